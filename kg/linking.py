"""All articles of a store together: which of their entities are one thing, and which of them print the same story."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256

from . import vocab
from .decisions import decided
from .duplicates import Sketch, find_duplicates, sketch, stories
from .entities import Entity
from .external import Link, link_nodes
from .extraction import Extraction
from .graph import entity_iris, identity_iri
from .identity import Identity, Profile, identify
from .index import sources, stamp
from .iris import LEDGER, LINKS, article_iri, graph_iri
from .mentions import EntityType
from .profiles import stored
from .store import Store
from .terms import Iri, Lit, nquads

VERSION = 2
"""Raised whenever this room, or a room it asks, comes to other links from equal articles."""


def identities(store: Store) -> tuple[list[Profile], Identity]:
    """The named entities of all articles, and which of them are one: by evidence, and by what people decided."""
    everyone, found, _ = _judged(store)
    return everyone, found


def _judged(store: Store) -> tuple[list[Profile], Identity, list[Link]]:
    """As `identities`, with what the shipped tables know of the entities, and an index where the folder has one."""
    everyone: list[Profile] = []
    links: list[Link] = []
    with sources(store.folder) as asked:
        for told in stored(store, asked):
            everyone += told.profiles
            links += told.links
    words = decided(store.folder)
    return everyone, identify(everyone, words.merged, words.apart), links


def link(store: Store) -> int:
    """Say anew which entities are the same thing and which articles print one story; how many identities there are.

    Does nothing if the links were made from what the ledger holds now.
    """
    made_from = _state(store)
    if made_from is not None and made_from == _made_from(store):
        return sum(1 for _ in store.quads(p=vocab.type_, o=vocab.Identity, g=graph_iri(store.base, LINKS)))
    everyone, found, links = _judged(store)
    members: dict[str, list[str]] = {}
    for key, least in found.cluster.items():
        members.setdefault(least, []).append(key)
    by_key = {p.key: p for p in everyone}
    same: dict[str, str] = {}
    labels: dict[str, tuple[EntityType, str]] = {}
    for least, keys in sorted(members.items()):
        if len(keys) > 1:
            iri = identity_iri(least, base=store.base)
            same.update((key, iri) for key in keys)
            # The fullest name; the first in the alphabet among equals.
            name = min((by_key[k].name for k in keys), key=lambda n: (-len(n), n))
            labels[iri] = (by_key[least].type, name)
    outside = link_nodes(links, base=store.base)
    store.set_links(same, labels, copies=copies(store), outside=outside, made_from=made_from)
    return len(labels)


def _made_from(store: Store) -> str | None:
    """The hash of what the links in a store were made from."""
    said = store.quads(s=graph_iri(store.base, LINKS), p=vocab.linkedFrom, g=graph_iri(store.base, LEDGER))
    return next((quad.o.text for quad in said if isinstance(quad.o, Lit)), None)


def _state(store: Store) -> str | None:
    """A hash of all that links depend on: every input with what read it, and what people decided.

    None if an article came without the hash of its input, so that nobody can tell whether it is another one now.
    """
    ledger, links = graph_iri(store.base, LEDGER), graph_iri(store.base, LINKS)
    lines, inputs, hashed = [], 0, 0
    for quad in store.quads(g=ledger):
        if quad.s != links:
            lines += nquads([quad])
            inputs += quad.p == vocab.path
            hashed += quad.p == vocab.inputHash
    if hashed < inputs:
        return None
    words = decided(store.folder)
    whole = "\n".join((str(VERSION), repr(words), str(stamp(store.folder)), *sorted(lines)))
    return sha256(whole.encode("utf-8", "surrogatepass")).hexdigest()


def copies(store: Store) -> dict[str, str]:
    """Articles that print another's story, by IRI, each with the IRI of the earliest print of it."""
    sketches: dict[str, Sketch] = {}
    for quad in store.quads(p=vocab.articleBody):
        if isinstance(quad.o, Lit):
            sketches[quad.s.rpartition("/")[2]] = sketch(quad.o.text)
    dates = {q.s.rpartition("/")[2]: q.o.text for q in store.quads(p=vocab.datePublished) if isinstance(q.o, Lit)}
    found: dict[str, str] = {}
    for story in stories(find_duplicates(sketches)):
        first = min(story, key=lambda id: (dates.get(id, "9999"), id))
        found.update((article_iri(store.base, id), article_iri(store.base, first)) for id in story if id != first)
    return found


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
