"""Extraction -> profiles: what an article says of each named thing that helps to know it again elsewhere."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..rdf import vocab
from ..rdf.forms import CLASSES, MENTIONS
from ..rdf.iris import BASE, ENTITIES, graph_iri
from ..rdf.terms import Iri, Lit
from ..rdf.write import entity_iris
from ..records.entity import Entity
from ..records.extraction import Extraction
from ..records.mention import EntityType, MentionKind
from .external import Link, Reference, find_links, with_links
from .name_likeness import Profile
from .points import MapPoint, point_of

if TYPE_CHECKING:
    from ..store.article_quads import Quads

_TYPES: Mapping[Iri | Lit, EntityType] = {kind: type_ for type_, kind in CLASSES.items()}

_CONTEXT = 4
"""Places an article must be most about to count as the setting of what it names."""


@dataclass(frozen=True, slots=True)
class ToldOfArticle:
    """The profiles of one article, and what `kg.identity.external` links its entities to."""

    profiles: tuple[Profile, ...]
    links: tuple[Link, ...]


def profiles(extraction: Extraction, sources: Sequence[Reference] | None = None, *, base: str = BASE) -> list[Profile]:
    """A profile of each named entity, by its IRI; what the article leaves unnamed has none and is never merged.

    A person has the roles, organisations and places that roles give; anything
    else has the places that its article is mostly about. `sources` are asked
    for external ids, as in `kg.identity.external.find_links`.

    >>> from kg import Article, extract
    >>> found = profiles(extract(Article("Jo Hill, the mayor of Leeds, said the mill had closed."), fast=True))
    >>> [(profile.name, profile.roles, profile.places) for profile in found]
    [('Jo Hill', ('mayor of leeds',), ('Leeds',)), ('Leeds', (), ('Leeds',))]
    """
    return list(_told_of(extraction, sources, base=base).profiles)


def points_in(extraction: Extraction) -> dict[str, MapPoint]:
    """Where on Earth the places of one article are, by the id of their entity, as far as the shipped tables know.

    >>> from kg import Article, extract
    >>> [point.wkt for point in points_in(extract(Article("Trains from Damascus were late."), fast=True)).values()]
    ['POINT(36.2913 33.5102)']
    """
    iris = entity_iris(extraction, base=BASE)
    chosen = {link.entity: link.candidates[0].thing.ids for link in _told_of(extraction).links if link.chosen}
    points = {e.id: point_of(chosen.get(iris[e.id], ())) for e in extraction.entities if e.type is EntityType.PLACE}
    return {id: point for id, point in points.items() if point is not None}


def _told_of(extraction: Extraction, sources: Sequence[Reference] | None = None, *, base: str = BASE) -> ToldOfArticle:
    """The `profiles` of one article, and the links that give them their external ids."""
    iris = entity_iris(extraction, base=base)
    names = {e.id: e.name for e in extraction.entities}
    roles: dict[str, list[str]] = defaultdict(list)
    organizations: dict[str, list[str]] = defaultdict(list)
    places: dict[str, list[str]] = defaultdict(list)
    for role in extraction.roles:
        roles[role.holder].append(role.title.lower())
        for id, found in ((role.organization, organizations), (role.place, places)):
            if id in names:
                found[role.holder].append(names[id])
    setting = _setting(extraction)
    everyone = [
        Profile(
            iris[e.id],
            extraction.article.id,
            e.type,
            e.name,
            _aliases(extraction, e),
            e.gender,
            _sorted(roles[e.id]),
            _sorted(organizations[e.id]),
            _sorted(places[e.id]) if e.type is EntityType.PERSON else setting,
        )
        for e in extraction.entities
        if e.named
    ]
    links = find_links(everyone, extraction.article.text, sources)
    return ToldOfArticle(tuple(with_links(everyone, links)), links)


def _aliases(extraction: Extraction, entity: Entity) -> tuple[str, ...]:
    spoken = {extraction.article.quote(m.span) for m in entity.mentions if m.kind is MentionKind.NAME}
    return tuple(sorted(spoken - {entity.name}))


def stored_profiles(store: Quads, sources: Sequence[Reference] | None = None) -> Iterator[Profile]:
    """The profiles of all articles of a store, as `profiles` has them, in no useful order."""
    return (profile for told in stored(store, sources) for profile in told.profiles)


def stored(store: Quads, sources: Sequence[Reference] | None = None) -> Iterator[ToldOfArticle]:
    """The profiles and links of each article of a store, without reading anything else of the articles.

    In no useful order. Texts are read one at a time.
    """
    article_of = {q.g: q.s.rpartition("/")[2] for q in store.quads(p=vocab.textHash)}
    named: dict[Iri, list[Iri]] = defaultdict(list)
    for quad in store.quads(p=vocab.named, o=Lit("true", vocab.boolean)):
        named[quad.g].append(quad.s)
    shared = graph_iri(store.base, ENTITIES)
    names = {q.s: q.o.text for q in store.quads(p=vocab.label, g=shared) if isinstance(q.o, Lit)}
    types = {q.s: _TYPES[q.o] for q in store.quads(p=vocab.type_, g=shared) if q.o in _TYPES}
    genders = {q.s: q.o.text for q in store.quads(p=vocab.gender) if isinstance(q.o, Lit)}
    spoken: dict[Iri, list[tuple[int, int]]] = defaultdict(list)
    counts: dict[Iri, Counter[str]] = defaultdict(Counter)
    for kind, p in MENTIONS.items():
        for quad in store.quads(p=p):
            if types.get(quad.s) is EntityType.PLACE:
                counts[quad.g][names[quad.s]] += 1
            if kind is MentionKind.NAME and isinstance(quad.o, Lit):
                start, _, end = quad.o.text.removeprefix("char=").partition(",")
                spoken[quad.s].append((int(start), int(end)))
    held = _held(store, names)
    for text in store.quads(p=vocab.articleBody):
        if not isinstance(text.o, Lit):
            continue
        setting = _most(counts[text.g])
        found: list[Profile] = []
        for entity in sorted(named[text.g]):
            type_, name = types[entity], names[entity]
            said = {text.o.text[start:end] for start, end in spoken[entity]}
            roles, organizations, places = held.get(entity, ((), (), ()))
            found.append(Profile(
                entity, article_of[text.g], type_, name, tuple(sorted(said - {name})), genders.get(entity),
                roles, organizations, places if type_ is EntityType.PERSON else setting,
            ))  # fmt: skip
        links = find_links(found, text.o.text, sources)
        yield ToldOfArticle(tuple(with_links(found, links)), links)


def _held(
    store: Quads, names: Mapping[Iri, str]
) -> dict[Iri, tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]]:
    """The titles, organisations and places of the roles that somebody holds."""
    about: dict[Iri, dict[Iri, Iri | Lit]] = defaultdict(dict)
    for p in (vocab.member, vocab.title, vocab.organization, vocab.place):
        for quad in store.quads(p=p):
            about[quad.s][p] = quad.o
    found: dict[Iri, tuple[list[str], list[str], list[str]]] = defaultdict(lambda: ([], [], []))
    for role in about.values():
        holder, title = role.get(vocab.member), role.get(vocab.title)
        if isinstance(holder, Iri) and isinstance(title, Lit):
            found[holder][0].append(title.text.lower())
            for p, into in ((vocab.organization, found[holder][1]), (vocab.place, found[holder][2])):
                thing = role.get(p)
                if isinstance(thing, Iri):
                    into.append(names[thing])
    return {holder: (_sorted(a), _sorted(b), _sorted(c)) for holder, (a, b, c) in found.items()}


def _setting(extraction: Extraction) -> tuple[str, ...]:
    mentions: Counter[str] = Counter()
    for entity in extraction.entities:
        if entity.type is EntityType.PLACE:
            mentions[entity.name] += len(entity.mentions)
    return _most(mentions)


def _most(mentions: Counter[str]) -> tuple[str, ...]:
    return tuple(sorted(mentions, key=lambda name: (-mentions[name], name))[:_CONTEXT])


def _sorted(found: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(found)))
