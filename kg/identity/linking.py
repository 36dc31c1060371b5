"""All articles of a store together: what of them is one thing, prints the same story, or may be compared."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from ..errors import StoreError
from ..rdf import vocab
from ..rdf.forms import MENTIONS
from ..rdf.iris import LEDGER, LINKS, graph_iri
from ..rdf.terms import Iri, Lit, Quad
from ..rdf.write import entity_iris
from ..records.entity import Entity
from ..records.extraction import Extraction
from ..records.mention import EntityType
from ..review.in_graph import rulings_hash
from ..review.seen import ALIKE, alike
from ..review.verdicts import Mentioned
from ..store import Store
from ..text.article import Span
from .decisions import decided
from .external import Link, Reference
from .grouping import Identity, identify
from .kept_links import FILE as FILE_OF_LINKS
from .kept_links import KeptLinks, left_with
from .name_index import FILE, Index
from .name_likeness import Profile
from .profiles import stored
from .reconcile import CACHE, Answers
from .reference_tables import tables

VERSION = 22
"""Raised whenever this room, or a room it asks, comes to other links from equal articles."""


def identities(store: Store) -> tuple[list[Profile], Identity]:
    """The named entities of all articles, and which of them are one: by evidence, and by what people decided.

    >>> import tempfile
    >>> from kg import Article, extract, open
    >>> with tempfile.TemporaryDirectory() as folder, open(f"{folder}/graph", create=True) as store:
    ...     for text in ("Acme Mills said it had closed.", "Acme Mills denied the report."):
    ...         _ = store.put(extract(Article(text), fast=True))
    ...     everyone, found = identities(store)
    >>> len(everyone), len(set(found.cluster.values()))
    (2, 1)
    """
    everyone, found, _ = _judged(store)
    return everyone, found


def _judged(store: Store) -> tuple[list[Profile], Identity, list[Link]]:
    """As `identities`, with what `_sources` know of the entities."""
    everyone: list[Profile] = []
    links: list[Link] = []
    with _sources(store.folder) as known:
        for told in stored(store, known):
            everyone += told.profiles
            links += told.links
    words = decided(store.folder, _by_mention(store))
    return everyone, identify(everyone, words.merged, words.apart), links


def _by_mention(store: Store) -> Callable[[str | Mentioned], str | None]:
    """The IRI of an entity that somebody decided about, also where it is known by a mention; None if there is none."""

    def named(thing: str | Mentioned) -> str | None:
        if isinstance(thing, str):
            return thing
        found: list[tuple[float, str]] = []
        for text in store.quads(p=vocab.textHash, o=Lit(thing.text)):
            for p in MENTIONS.values():
                for quad in store.quads(p=p, g=text.g):
                    if isinstance(quad.o, Lit):
                        start, _, end = quad.o.text.removeprefix("char=").partition(",")
                        found.append((-alike(thing.at, Span(int(start), int(end))), quad.s))
        return min(found)[1] if found and -min(found)[0] >= ALIKE else None

    return named


@dataclass(frozen=True, slots=True)
class ListedEntity:
    """An entity as people look it up: what is told of it, the least key of its group, and what it links to."""

    profile: Profile
    same: str
    link: Link | None


def listed(store: Store) -> list[ListedEntity]:
    """Every named entity of a store with its group and its link, group by group.

    >>> import tempfile
    >>> from kg import Article, extract, open
    >>> with tempfile.TemporaryDirectory() as folder, open(f"{folder}/graph", create=True) as store:
    ...     _ = store.put(extract(Article("Jo Hill said trains from Damascus were late."), fast=True))
    ...     sorted(row.profile.name for row in listed(store))
    ['Damascus', 'Jo Hill']
    """
    everyone, found, links = _judged(store)
    of = {link.entity: link for link in links}
    rows = (ListedEntity(p, found.cluster[p.key], of.get(p.key)) for p in everyone)
    return sorted(rows, key=lambda row: (row.same, row.profile.key))


def with_same_as(quads: Iterable[Quad]) -> Iterator[Quad]:
    """The quads, and owl:sameAs beside each chosen link and each identity: for those who ask for it.

    A reasoner then takes entity, identity and the thing outside for one, also
    where a judgement was wrong; no graph has it unasked.

    >>> quad = Quad(Iri("https://example.org/hill"), vocab.sameThingAs, Iri("https://example.org/1"), Iri("links"))
    >>> [each.p.rpartition("#")[2] for each in with_same_as([quad])]
    ['sameThingAs', 'sameAs']
    """
    for quad in quads:
        yield quad
        if quad.p in (vocab.closeMatch, vocab.sameThingAs):
            yield Quad(quad.s, vocab.sameAs, quad.o, quad.g)


def link(store: Store) -> int:
    """Say anew which entities are the same thing and which articles print one story; how many identities there are.

    Only what changed since is looked at, and nothing if nothing did.

    Raises StoreError if it cannot be written.

    >>> import tempfile
    >>> from kg import Article, extract, open
    >>> with tempfile.TemporaryDirectory() as folder, open(f"{folder}/graph", create=True) as store:
    ...     for text in ("Acme Mills said it had closed.", "Acme Mills denied the report."):
    ...         _ = store.put(extract(Article(text), fast=True))
    ...     link(store)
    1
    """
    known, words = _known(store.folder), decided(store.folder, _by_mention(store))
    said = f"{VERSION}\n{words!r}{rulings_hash(store.folder)}\n{known}"
    changed, left = store.changed(), left_with(store, VERSION, known)
    whole = left is None or left[0] != _made_from(store)
    if left is not None and not whole and not changed and left[0] == _stamp(said, left[1]):
        return sum(1 for _ in store.quads(p=vocab.type_, o=vocab.Identity, g=graph_iri(store.base, LINKS)))
    try:
        with _sources(store.folder) as asked, closing(KeptLinks(store, VERSION, known, words, asked, whole)) as kept:
            kept.change(store.ids() if whole else changed)
            made_from = _stamp(said, kept.total)
            store.change_links(*kept.quads(), made_from)
            kept.commit(made_from)
            count = kept.identities
    except sqlite3.Error as error:
        raise StoreError(f"{store.folder / FILE_OF_LINKS}: cannot be written: {error}") from None
    store.links_made()
    return count


def _stamp(said: str, total: int) -> str:
    """A hash of all that links depend on: every input with what read it, and what people decided."""
    return sha256(f"{said}\n{total:032x}".encode("utf-8", "surrogatepass")).hexdigest()


def _made_from(store: Store) -> str | None:
    """The hash of what the links in a store were made from."""
    made = store.quads(s=graph_iri(store.base, LINKS), p=vocab.linkedFrom, g=graph_iri(store.base, LEDGER))
    return next((quad.o.text for quad in made if isinstance(quad.o, Lit)), None)


@contextmanager
def _sources(folder: Path) -> Iterator[list[Reference]]:
    """What is asked about entities: the shipped tables, then an index and what services answered, if the folder has it.

    Nothing is asked outside this machine.
    """
    index = Index(folder / FILE) if (folder / FILE).exists() else None
    try:
        known: list[Reference] = [tables()]
        if index is not None:
            known.append(index)
        if (folder / CACHE).exists():
            known.append(Answers(folder))
        yield known
    finally:
        if index is not None:
            index.close()


def _known(folder: Path) -> str:
    """A hash of what a folder holds for `_sources`."""
    index = ""
    if (folder / FILE).exists():
        own = Index(folder / FILE)
        own.close()
        index = own.sha256
    answers = (folder / CACHE).read_bytes() if (folder / CACHE).exists() else b""
    return index + sha256(answers).hexdigest()


def unlinked(store: Store) -> list[tuple[str, EntityType]]:
    """The names of people, bodies and places that no source here settles: what a service may be asked for."""
    chosen = {quad.s for quad in store.quads(p=vocab.closeMatch)}
    asked = (EntityType.PERSON, EntityType.ORGANIZATION, EntityType.PLACE)
    everyone, _, _ = _judged(store)
    return sorted({(p.name, p.type) for p in everyone if p.key not in chosen and p.type in asked})


def linked(store: Store) -> Callable[[Extraction, Entity], str]:
    """A key for each entity by which the same thing in several articles is one: its identity, or its own IRI."""
    same = {q.s: str(q.o) for q in store.quads(p=vocab.sameThingAs)}
    names: dict[str, dict[str, str]] = {}

    def key(extraction: Extraction, entity: Entity) -> str:
        article = extraction.article.id
        if article not in names:
            names[article] = {id: str(iri) for id, iri in entity_iris(extraction, base=store.base).items()}
        own = names[article][entity.id]
        return same.get(Iri(own), own)

    return key
