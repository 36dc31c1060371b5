"""Noun phrases that tell where a thing lies: its place behind it, its owner before it, where somebody comes from."""

from __future__ import annotations

from collections.abc import Iterator

from ...language.lexicon import words
from ...language.syntax import child, has
from ...records.mention import EntityType
from ...text.document import Document, Token
from ..entities.gazetteer import Known, gazetteer
from ..roles.mention_index import MentionIndex, NamedEntity
from . import relation_lexicon as lexicon
from .tie import Tie


def _abroad(part: Known | None, whole: Known) -> bool:
    """Whether a region is known to lie in another country: "North Carolina, Georgia" lists two states."""
    countries = part is not None and part.country is not None and whole.kind == "country" and whole.country is not None
    return countries and part is not None and part.country != whole.country


def located(index: MentionIndex, n: int) -> Iterator[Tie]:
    """Where a thing lies that is named before another.

    `Evansville, Indiana`; `the Weston Museum in Durham`; `the Karrada district of Baghdad`; `Paris, capital of France`.
    """
    a, b = index.names[n], index.names[n + 1]
    places = [named.entity.type is EntityType.PLACE for named in (a, b)]
    if a.entity.id == b.entity.id or not any(places):
        return
    tokens = index.document.tokens[a.end : b.start]
    between = " ".join(t.lower for t in tokens if t.lower not in _DIRECTIONS)
    owned = _of_owner(between, b.entity.name) if places[0] else 0.0
    sure = owned
    if not owned and places[1]:
        if places[0]:
            sure = _of_place(index, n, between)
        elif a.entity.type is EntityType.ORGANIZATION:
            sure = _of_site(index, n, between)
    if sure:
        part, whole = (b.entity, a.entity) if owned else (a.entity, b.entity)
        yield Tie("locatedIn", part, whole, a.start, b.end, None, None, sure)


def _of_owner(between: str, second: str) -> float:
    """How sure it is that a place owns what is named after it: "Iraq's capital, Baghdad"; 0.0 where it does not."""
    if between in ("'s", "’s"):
        return 0.85 if is_site(second) else 0.0
    what = between.removeprefix("'s ").removeprefix("’s ")
    return 0.9 if what != between and what in words("events", "owned place") else 0.0


def _of_place(index: MentionIndex, n: int, between: str) -> float:
    """How sure it is that a place lies in the one named after it; 0.0 where nothing says so."""
    a, b = index.names[n], index.names[n + 1]
    part, whole = gazetteer().get(a.entity.name), gazetteer().get(b.entity.name)
    if part is not None and part.kind in ("country", "area"):
        return 0.0
    if between == ",":
        return 0.85 if not _listed(index, n) and _lies_in(index, a, part, whole) else 0.0
    if between in ("in", "in the"):
        return 0.8
    if _is_division(between):
        return 0.85
    return 0.9 if between in words("events", "lies in, after a town") else 0.0


def _is_division(between: str) -> bool:
    """Whether words between two places are a part of the second: "district of", "province in"."""
    first, *middle = between.split() or [""]
    return first in _DIVISIONS and 1 <= len(middle) <= 2 and middle[-1] in ("of", "in")


def _lies_in(index: MentionIndex, a: NamedEntity, part: Known | None, whole: Known | None) -> bool:
    """Whether the tables have the second of two places for one that holds the first, or the first for nothing."""
    if whole is None:
        return False
    if part is None and a.start and index.document[a.start - 1].pos == "ADP":
        return True
    larger = whole.kind in ("country", "region", "area") and (part is None or part.kind != whole.kind)
    return larger and not _abroad(part, whole)


def _of_site(index: MentionIndex, n: int, between: str) -> float:
    """How sure it is that a building or body lies in the place named after it; 0.0 where nothing says so."""
    document, a, b = index.document, index.names[n], index.names[n + 1]
    site = is_site(a.entity.name)
    attached = a.end < b.start and a.start <= document[a.end].head < a.end
    if site and attached and between in ("in", "in the") and document[a.end - 1].dep != "dobj":
        return 0.8
    known = site and between == "," and gazetteer().get(b.entity.name) is not None
    return 0.9 if known or between in words("events", "lies in, after a site") else 0.0


_DIRECTIONS = words("events", "directions")


def of_origin(index: MentionIndex, named: NamedEntity) -> Iterator[Tie]:
    """`the Iraqi city of Mosul`."""
    document = index.document
    a = named.start
    if named.entity.type is not EntityType.PLACE or a < 3 or document[a - 1].lower != "of":
        return
    if document[a - 2].lower in _SETTLED:
        country = index.origin(document[a - 3], document[a - 4] if a > 3 else None)
        if country is not None:
            yield Tie("locatedIn", named.entity, country, a - 3, named.end, None, None, 0.9)


_SETTLED = words("events", "settled")
_DIVISIONS = words("events", "divisions")
_SITES = words("events", "sites")


def is_site(name: str) -> bool:
    """Whether an organisation's name is that of a building or campus, which has one place."""
    return bool(_SITES & set(name.casefold().split()))


def _listed(index: MentionIndex, n: int) -> bool:
    """Whether two places belong to a list of their like: `Sudan, Iran, Libya and Yemen`."""
    a, b = index.names[n], index.names[n + 1]
    if _gap_after(index, n + 1) in words("events", "closes a list") or _gap_after(index, n - 1, True) in _JOINS:
        return True
    around = [i for i in (b.end, a.start - 1) if 0 <= i < len(index.document)]
    return any(index.document[i].lower in ("and", "or") for i in around)


_JOINS = words("events", "joins a list")


def _gap_after(index: MentionIndex, n: int, first: bool = False) -> str | None:
    """The words between a name and the next where both, or `first` alone, are places; None where they are not."""
    if not 0 <= n < len(index.names) - 1:
        return None
    a, b = index.names[n], index.names[n + 1]
    place = a if first else b
    if place.entity.type is not EntityType.PLACE:
        return None
    return " ".join(t.lower for t in index.document.tokens[a.end : b.start])


def lies(index: MentionIndex, i: int) -> Iterator[Tie]:
    """`A is a town in B`, `A is an organisation based in B`."""
    document = index.document
    subject, what = child(document, i, "nsubj"), child(document, i, "attr")
    a = index.thing(subject.i) if subject is not None else None
    if a is None or what is None or has(document, i, "neg") or a.entity.type not in _PLACED:
        return
    if what.lemma.lower() in lexicon.PLACED:
        for obj in _in_what(document, what):
            b = index.thing(obj)
            if b is not None and b.entity.type is EntityType.PLACE and b.entity.id != a.entity.id:
                yield Tie("locatedIn", a.entity, b.entity, a.start, b.end, None, None, 0.85)


def _in_what(document: Document, noun: Token) -> Iterator[int]:
    """What follows "in" after a noun, or after its "based" or "located"."""
    for kid in document.kids(noun.i):
        sits = kid.lower in words("events", "located")
        for preposition in (*document.kids(kid.i), kid) if sits else (kid,):
            if preposition.lower == "in" and preposition.i < noun.i + 6:
                yield from (k.i for k in document.kids(preposition.i))


_PLACED = (EntityType.PLACE, EntityType.ORGANIZATION)
