"""What ships with the package to link against: countries, first-level regions, cities and well-known bodies by name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache

from ..records.mention import EntityType
from ..resources import rows
from ..stages.entities.gazetteer import gazetteer
from ..stages.entities.names import key

WIKIDATA = "http://www.wikidata.org/entity/"
GEONAMES = "https://sws.geonames.org/"


class ReferenceKind(StrEnum):
    """The rank of a place."""

    COUNTRY = "country"
    REGION = "region"
    CITY = "city"


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
    says how often the bare name means this thing, from 0 to 1. `kind` is the
    rank of a place of the shipped tables.
    """

    ids: tuple[str, ...]
    name: str
    type: EntityType | None = None
    country: str | None = None
    weight: float = 1.0
    aliases: tuple[str, ...] = ()
    kind: ReferenceKind | None = None


class ReferenceTables:
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
def tables() -> ReferenceTables:
    """The shipped tables, read once a process."""
    return ReferenceTables(_shipped())


@lru_cache(maxsize=1 << 12)
def fold(name: str) -> str:
    """What the spellings of a name share.

    >>> fold("the Ţarţūs"), fold("U.S.")
    ('tartus', 'us')
    """
    return key(name).replace("'", "").replace("’", "").replace(".", "")


def iso_of(country: str) -> str | None:
    """The ISO 3166-1 alpha-2 code of a country by its code, Wikidata id or name; None if there is none.

    >>> iso_of("sy"), iso_of("Q858"), iso_of("Syria"), iso_of("Ruritania")
    ('SY', 'SY', 'SY', None)
    """
    return _isos().get(country.strip().casefold())


@lru_cache(maxsize=1)
def _isos() -> dict[str, str]:
    found = {row[1].casefold(): row[0] for row in rows("data/linking/countries.tsv")}
    for iso, _, name, aliases, *_ in rows("data/gazetteer/countries.tsv"):
        for surface in (iso, name, *filter(None, aliases.split("|"))):
            found[surface.casefold()] = iso
    return found


BODIES = frozenset({EntityType.ORGANIZATION, EntityType.GROUP})


def _may_be(thing: EntityType | None, entity: EntityType) -> bool:
    """Whether a thing of one type may be an entity of the other: a body may be a group."""
    return thing is None or thing is entity or (thing in BODIES and entity in BODIES)


# -- the shipped tables


@lru_cache(maxsize=1)
def codes() -> dict[str, str]:
    """The ISO code of each country by its name in the gazetteer.

    >>> codes()["Syria"]
    'SY'
    """
    return {row[2]: row[0] for row in rows("data/gazetteer/countries.tsv")}


def _shipped() -> Iterator[tuple[str, Thing]]:
    """Every name and the thing it names."""
    place = EntityType.PLACE
    wikidata = dict(row[:2] for row in rows("data/linking/countries.tsv"))
    for iso, geonames, name, aliases, *_ in rows("data/gazetteer/countries.tsv"):
        ids = _ids(wikidata.get(iso), geonames)
        names = tuple(filter(None, aliases.split("|")))
        yield from _named(Thing(ids, name, place, iso, 1.0, names, ReferenceKind.COUNTRY))
    sites: dict[tuple[str, str], list[str]] = {}
    for name, kind, country, aliases in rows("data/gazetteer/places.tsv"):
        if kind in ("city", "region"):
            sites.setdefault((fold(name), country), []).extend((name, *filter(None, aliases.split("|"))))
    regions = [_region(row, sites) for row in rows("data/linking/regions.tsv")]
    shared: dict[tuple[str, str], set[str]] = {}
    for region, short in regions:
        for name in short:
            if len(name) > 3:
                shared.setdefault((fold(name), region.country or ""), set()).update(short)
    cities: dict[tuple[str, str], int] = {}
    ranked = sorted(rows("data/gazetteer/cities.tsv"), key=lambda row: (-int(row[3]), row[0]))
    for geonames, name, country, population in ranked:
        here = (fold(name), country)
        # A region and its city share their spellings: Ḩamāh, Hama.
        other = {*sites.get(here, ()), *shared.get(here, ())} - {name}
        # Of two cities of one name and country, the news means the one that is far larger.
        lesser = cities.get(here, 0) >= _FAR_LARGER * int(population)
        weight = 0.4 if lesser else 0.9 if int(population) >= _LARGE else 0.75
        for n in (name, *other):
            cities.setdefault((fold(n), country), int(population))
        bare = name.removesuffix(" City")
        if weight > 0.8 and (fold(bare), country) in sites:  # New York is a city and a state
            other.add(bare)
        yield from _named(
            Thing(_ids(None, geonames), name, place, country, weight, tuple(sorted(other)), ReferenceKind.CITY)
        )
    known = gazetteer()
    for region, short in regions:
        named = {(fold(name), region.country or "") for name in short if len(name) > 3}  # La. is not L.A.
        shares = bool(named & cities.keys())
        for name in (region.name, *region.aliases):
            # "Aleppo" is the city unless the words say governorate, "Mexico" the country.
            k = known.get(name)
            listed = k is not None and k.kind in ("city", "country") and k.country == region.country
            yield name, replace(region, weight=0.45) if name in short and (shares or listed) else region
    called = {row[0]: row for row in rows("data/gazetteer/organizations.tsv")}
    for name, qid, country in rows("data/linking/organizations.tsv"):
        _, kind, aliases = called[name]
        names = tuple(filter(None, aliases.split("|")))
        yield from _named(Thing(_ids(qid, None), name, EntityType(kind), country or None, 1.0, names))


_LARGE = 1_000_000
_FAR_LARGER = 3
_UNIT = re.compile(r"(?i)\b(governorate|province|oblast|region|state|prefecture|county|district|republic|territory)\b")


def _region(row: list[str], sites: dict[tuple[str, str], list[str]]) -> tuple[Thing, tuple[str, ...]]:
    """A region, and those of its names that do not say what it is: Aleppo of Aleppo Governorate."""
    code, geonames, qid, name, aliases = row
    country = code.split("-")[0]
    names = dict.fromkeys((name, *filter(None, aliases.split("|")), *sites.get((fold(name), country), ())))
    thing = Thing(_ids(qid, geonames), name, EntityType.PLACE, country, 0.9, tuple(names)[1:], ReferenceKind.REGION)
    return thing, tuple(n for n in names if not _UNIT.search(n))


def _named(thing: Thing) -> Iterator[tuple[str, Thing]]:
    for name in (thing.name, *thing.aliases):
        yield name, thing


def _ids(wikidata: str | None, geonames: str | None) -> tuple[str, ...]:
    return (*([WIKIDATA + wikidata] if wikidata else []), *([f"{GEONAMES}{geonames}/"] if geonames else []))
