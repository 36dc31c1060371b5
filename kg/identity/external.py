"""Entities -> what databases outside call the same thing: links where one is clearly best, else candidates with scores.

Works without a network: countries, regions, cities and well-known bodies come
with the package, anything else from a user's own file (`kg.identity.index`). A link
needs name, type and country to agree; what is left open keeps its candidates
for a person to judge. An entity without a link is as good as any other: many
people in the news are in no database.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from typing import Protocol

from .. import vocab
from ..entities.gazetteer import EntityType, gazetteer
from ..entities.names import key
from ..graph import number
from ..iris import BASE, LINKS, graph_iri, node
from ..resources import resource
from ..terms import Iri, Lit, Quad, clean
from .matching import Profile, agreement, is_generic

WIKIDATA = "http://www.wikidata.org/entity/"
GEONAMES = "https://sws.geonames.org/"

CHOSEN = 0.8
"""The score that the best candidate needs to become a link."""

MARGIN = 0.1
"""How far the best must be ahead of the next: below it the choice is a person's."""

KEPT = 5
"""Candidates that are written down for one entity."""


class Method(StrEnum):
    """Where a candidate comes from."""

    TABLES = "shipped tables"
    INDEX = "index"
    SERVICE = "reconciliation service"


@dataclass(frozen=True, slots=True)
class Thing:
    """Something that a database describes.

    `ids` are its IRIs, the most widely used first. `type` is None where the
    database does not tell, `country` an ISO 3166-1 alpha-2 code. `weight`
    says how often the bare name means this thing, from 0 to 1.
    """

    ids: tuple[str, ...]
    name: str
    type: EntityType | None = None
    country: str | None = None
    weight: float = 1.0
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Candidate:
    """A thing that an entity may be, how likely from 0 to 1, and where it was found."""

    thing: Thing
    score: float
    method: Method


@dataclass(frozen=True, slots=True)
class Link:
    """What was found for one entity, best first; `chosen` if the first is clearly the best."""

    entity: str
    candidates: tuple[Candidate, ...]
    chosen: bool


class Source(Protocol):
    """Anything that knows things by name: the shipped tables, an index, a service."""

    method: Method

    def find(self, name: str, type: EntityType) -> Sequence[Thing]:
        """The things that may bear the name."""
        ...


class Tables:
    """The things that come with the package."""

    method = Method.TABLES

    def __init__(self, things: Iterable[tuple[str, Thing]]) -> None:
        self._things: dict[str, list[Thing]] = {}
        for name, thing in things:
            known = self._things.setdefault(fold(name), [])
            if all(other.ids != thing.ids for other in known):
                known.append(thing)

    def find(self, name: str, type: EntityType) -> Sequence[Thing]:
        """The things of that name, a body for a group and a group for a body too."""
        return [thing for thing in self._things.get(fold(name), ()) if _may_be(thing.type, type)]


@lru_cache(maxsize=1)
def tables() -> Tables:
    """The shipped tables, read once a process."""
    return Tables(_shipped())


@lru_cache(maxsize=65536)
def fold(name: str) -> str:
    """What the spellings of a name share.

    >>> fold("the Ţarţūs"), fold("U.S.")
    ('tartus', 'us')
    """
    return key(name).replace("'", "").replace("’", "").replace(".", "")


def find_links(profiles: Sequence[Profile], text: str, sources: Sequence[Source] | None = None) -> tuple[Link, ...]:
    """A link or candidates for each entity of one article that a source knows; what none knows is left out.

    `text` is the article's. The sources are asked in order, by default the
    shipped tables alone; one that settles an entity ends the search for it.
    """
    asked = list(sources) if sources is not None else [tables()]
    countries = countries_of(profiles, text)
    found = (_link(profile, asked, countries) for profile in profiles if profile.type in _LINKED)
    return tuple(link for link in found if link is not None)


def with_links(profiles: Iterable[Profile], links: Iterable[Link]) -> list[Profile]:
    """The profiles with the external id of what was chosen for them.

    What the tables name but have no id for (an area, a water) gets the name it has there.
    """
    of = {link.entity: link for link in links}
    return [replace(profile, external=_external(profile, of.get(profile.key))) for profile in profiles]


def _external(profile: Profile, link: Link | None) -> str | None:
    if link is not None:
        return link.candidates[0].thing.ids[0] if link.chosen else None
    if profile.type not in (EntityType.ORGANIZATION, EntityType.PLACE):
        return None
    known = gazetteer().get(profile.name)
    if known is None or known.type is not profile.type or is_generic(profile.name):
        return None
    return f"{known.kind}/{known.country or ''}/{known.name}"


def link_nodes(links: Iterable[Link], *, base: str = BASE) -> Iterator[Quad]:
    """Links as quads of the graph `links`: a node each candidate, and a plain skos:closeMatch where one was chosen."""
    graph = graph_iri(base, LINKS)
    for link in links:
        entity = Iri(link.entity)
        for n, candidate in enumerate(link.candidates):
            thing = candidate.thing
            name = node(base, "link", link.entity, thing.ids[0])
            yield Quad(name, vocab.type_, vocab.Link, graph)
            yield Quad(name, vocab.linkOf, entity, graph)
            yield Quad(name, vocab.label, Lit(clean(thing.name), vocab.string), graph)
            yield Quad(name, vocab.score, Lit(number(Decimal(f"{candidate.score:.4f}")), vocab.decimal), graph)
            yield Quad(name, vocab.linkMethod, Lit(candidate.method, vocab.string), graph)
            chosen = link.chosen and n == 0
            yield Quad(name, vocab.chosen, Lit("true" if chosen else "false", vocab.boolean), graph)
            for id in thing.ids:
                yield Quad(name, vocab.linkTo, Iri(id), graph)
                if chosen:
                    yield Quad(entity, vocab.closeMatch, Iri(id), graph)


def countries_of(profiles: Iterable[Profile], text: str) -> frozenset[str]:
    """The ISO codes of the countries that an article speaks of: by name, by a city or region only they have, by people.

    A name that things in two countries share tells nothing here.
    """
    table, codes = gazetteer(), _codes()
    found: set[str] = set()
    for profile in profiles:
        if profile.type is EntityType.PLACE:
            homes = {thing.country for thing in tables().find(profile.name, EntityType.PLACE)}
            found.update(home for home in homes if home and len(homes) == 1)
        elif profile.type is EntityType.GROUP:
            people = table.get(profile.name)
            if people is not None and people.kind == "people" and people.country:
                found.add(people.country)
    for word in set(_CAPITAL.findall(text)):
        name = table.adjectives.get(word)
        if name in codes:
            found.add(codes[name])
    return frozenset(found)


def iso_of(country: str) -> str | None:
    """The ISO 3166-1 alpha-2 code of a country by its code, Wikidata id or name; None if there is none.

    >>> iso_of("sy"), iso_of("Q858"), iso_of("Syria"), iso_of("Ruritania")
    ('SY', 'SY', 'SY', None)
    """
    return _isos().get(country.strip().casefold())


@lru_cache(maxsize=1)
def _isos() -> dict[str, str]:
    found = {row[1].casefold(): row[0] for row in _rows("data/linking/countries.tsv")}
    for iso, _, name, aliases, *_ in _rows("data/gazetteer/countries.tsv"):
        for surface in (iso, name, *filter(None, aliases.split("|"))):
            found[surface.casefold()] = iso
    return found


_CAPITAL = re.compile(r"[A-Z]\w+(?: [A-Z]\w+)?")
_LINKED = frozenset({EntityType.PERSON, EntityType.ORGANIZATION, EntityType.PLACE, EntityType.GROUP})
_BODIES = frozenset({EntityType.ORGANIZATION, EntityType.GROUP})


def _may_be(thing: EntityType | None, entity: EntityType) -> bool:
    return thing is None or thing is entity or (thing in _BODIES and entity in _BODIES)


def _surfaces(profile: Profile) -> list[str]:
    """The entity's name, then its others, fullest first.

    Of a person no single word, which tells too little; no part of the name
    either: the South Carolina Republican Party is not the party.
    """
    words = set(fold(profile.name).split())
    others = [n for n in profile.aliases if not set(fold(n).split()) < words]
    if profile.type is EntityType.PERSON:
        others = [n for n in others if " " in n]
    return [profile.name, *sorted(others, key=lambda n: (-len(n), n))]


def _link(profile: Profile, sources: Sequence[Source], countries: frozenset[str]) -> Link | None:
    best: dict[str, Candidate] = {}
    for source in sources:
        for surface in _surfaces(profile):
            found = source.find(surface, profile.type)
            for thing in found:
                if surface != profile.name and _is_part(profile.name, thing):
                    continue
                score = _score(profile.type, surface, thing, countries)
                held = best.get(thing.ids[0])
                if score > 0 and (held is None or held.score < score):
                    best[thing.ids[0]] = Candidate(thing, score, source.method)
            if found:  # the fullest name that is known decides
                break
        if _clear(_ranked(best)):
            break
    ranked = _ranked(best)
    return Link(profile.key, ranked[:KEPT], _clear(ranked)) if ranked else None


def _is_part(name: str, thing: Thing) -> bool:
    """Whether a name is a thing's with a word more: the New York Republican Party, called the GOP, is not the GOP."""
    words = set(fold(name).split())
    return any(set(fold(other).split()) < words for other in (thing.name, *thing.aliases))


def _ranked(found: dict[str, Candidate]) -> tuple[Candidate, ...]:
    return tuple(sorted(found.values(), key=lambda c: (-c.score, c.thing.ids)))


def _clear(ranked: Sequence[Candidate]) -> bool:
    return bool(ranked) and (
        ranked[0].score >= CHOSEN and (len(ranked) == 1 or ranked[0].score - ranked[1].score >= MARGIN)
    )


def _score(kind: EntityType, surface: str, thing: Thing, countries: frozenset[str]) -> float:
    """How likely a name means a thing: how well the names agree, times half country, half weight."""
    alike = max(agreement(kind, surface, name) for name in (thing.name, *thing.aliases))
    if fold(surface) in {fold(name) for name in (thing.name, *thing.aliases)}:
        alike = max(alike, 0.98)
    if thing.type is None:
        alike *= 0.9
    if kind is EntityType.PERSON and " " not in surface.strip():
        alike *= 0.6
    own = _country_in(surface) if kind in _BODIES else None
    if thing.country is None:
        # A body of the world needs no country; of a person nothing but the name agrees.
        fits = 0.5 if kind is EntityType.PERSON or is_generic(surface) else 1.0
    elif own is not None:
        fits = 1.0 if own == thing.country else 0.0
    elif not countries:
        fits = 0.5
    else:
        fits = 1.0 if thing.country in countries else 0.2
    return round(alike * (0.5 * fits + 0.5 * thing.weight), 3)


@lru_cache(maxsize=4096)
def _country_in(name: str) -> str | None:
    """The country that a body's name begins with: US Senate, Syrian army; and that of a country's own name."""
    words = name.removeprefix("the ").removeprefix("The ").split()
    adjectives, codes = gazetteer().adjectives, _codes()
    for n in range(min(3, len(words)), 0, -1):
        first = " ".join(words[:n])
        found = iso_of(first) if n > 1 or len(first) > 2 or first.isupper() else None
        found = found or codes.get(adjectives.get(first, ""))
        if found:
            return found
    return None


# -- the shipped tables


def _rows(name: str) -> list[list[str]]:
    return [line.split("\t") for line in resource(name).read_text(encoding="utf-8").splitlines()[1:]]


@lru_cache(maxsize=1)
def _codes() -> dict[str, str]:
    """The ISO code of each country by its name in the gazetteer."""
    return {row[2]: row[0] for row in _rows("data/gazetteer/countries.tsv")}


def _shipped() -> Iterator[tuple[str, Thing]]:
    """Every name and the thing it names."""
    place = EntityType.PLACE
    wikidata = dict(row[:2] for row in _rows("data/linking/countries.tsv"))
    for iso, geonames, name, aliases, *_ in _rows("data/gazetteer/countries.tsv"):
        ids = _ids(wikidata.get(iso), geonames)
        names = tuple(filter(None, aliases.split("|")))
        yield from _named(Thing(ids, name, place, iso, 1.0, names))
    sites: dict[tuple[str, str], list[str]] = {}
    for name, kind, country, aliases in _rows("data/gazetteer/places.tsv"):
        if kind in ("city", "region"):
            sites.setdefault((fold(name), country), []).extend((name, *filter(None, aliases.split("|"))))
    regions = [_region(row, sites) for row in _rows("data/linking/regions.tsv")]
    shared: dict[tuple[str, str], set[str]] = {}
    for region, short in regions:
        for name in short:
            if len(name) > 3:
                shared.setdefault((fold(name), region.country or ""), set()).update(short)
    cities: set[tuple[str, str]] = set()
    ranked = sorted(_rows("data/gazetteer/cities.tsv"), key=lambda row: (-int(row[3]), row[0]))
    for geonames, name, country, population in ranked:
        here = (fold(name), country)
        # A region and its city share their spellings: Ḩamāh, Hama.
        other = {*sites.get(here, ()), *shared.get(here, ())} - {name}
        # Of two cities of one name and country, the news means the larger.
        weight = 0.4 if here in cities else 0.9 if int(population) >= _LARGE else 0.75
        cities.update((fold(n), country) for n in (name, *other))
        bare = name.removesuffix(" City")
        if weight > 0.8 and (fold(bare), country) in sites:  # New York is a city and a state
            other.add(bare)
        yield from _named(Thing(_ids(None, geonames), name, place, country, weight, tuple(sorted(other))))
    known = gazetteer()
    for region, short in regions:
        named = {(fold(name), region.country or "") for name in short if len(name) > 3}  # La. is not L.A.
        shares = bool(named & cities)
        for name in (region.name, *region.aliases):
            # "Aleppo" is the city unless the words say governorate, "Mexico" the country.
            k = known.get(name)
            listed = k is not None and k.kind in ("city", "country") and k.country == region.country
            yield name, replace(region, weight=0.45) if name in short and (shares or listed) else region
    called = {row[0]: row for row in _rows("data/gazetteer/organizations.tsv")}
    for name, qid, country in _rows("data/linking/organizations.tsv"):
        _, kind, aliases = called[name]
        names = tuple(filter(None, aliases.split("|")))
        yield from _named(Thing(_ids(qid, None), name, EntityType(kind), country or None, 1.0, names))


_LARGE = 1_000_000
_UNIT = re.compile(r"(?i)\b(governorate|province|oblast|region|state|prefecture|county|district|republic|territory)\b")


def _region(row: list[str], sites: dict[tuple[str, str], list[str]]) -> tuple[Thing, tuple[str, ...]]:
    """A region, and those of its names that do not say what it is: Aleppo of Aleppo Governorate."""
    code, geonames, qid, name, aliases = row
    country = code.split("-")[0]
    names = dict.fromkeys((name, *filter(None, aliases.split("|")), *sites.get((fold(name), country), ())))
    thing = Thing(_ids(qid, geonames), name, EntityType.PLACE, country, 0.9, tuple(names)[1:])
    return thing, tuple(n for n in names if not _UNIT.search(n))


def _named(thing: Thing) -> Iterator[tuple[str, Thing]]:
    for name in (thing.name, *thing.aliases):
        yield name, thing


def _ids(wikidata: str | None, geonames: str | None) -> tuple[str, ...]:
    return (*([WIKIDATA + wikidata] if wikidata else []), *([f"{GEONAMES}{geonames}/"] if geonames else []))
