"""What a person sees of a record, and whether a record found anew is the one that was seen.

A record is the one that was seen if it says the same: a better extractor that
finds another speaker for the same words has found another record. Only what
makes no difference to a reader may differ: ids, confidence, the words of the
cue, and by which of its mentions an entity is named.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeAlias

from ..records.attribution import Attribution
from ..records.entity import Entity
from ..records.extraction import Extraction
from ..records.figure import Figure
from ..records.mention import MentionKind
from ..records.role import Role
from ..text.article import Span
from .fields import ENTITIES, LISTED, SEEN, SPARED
from .verdicts import Fields, Quote, RecordKind, Value, Who

Record: TypeAlias = Attribution | Figure | Role | Entity

ALIKE = 0.5
"""Of the characters that either of two places covers, how many must be common for both to name one entity."""


@dataclass(frozen=True, slots=True)
class FoundRecord:
    """A record of an extraction, and what a person sees of it."""

    kind: RecordKind
    record: Record
    seen: Fields


class EntityPlaces:
    """Which entity of an extraction stands at a place."""

    def __init__(self, extraction: Extraction) -> None:
        self._exact: dict[Span, str] = {}
        for entity in extraction.entities:
            for mention in entity.mentions:
                self._exact.setdefault(mention.span, entity.id)

    def entity(self, at: Span) -> str | None:
        """The id of the entity with a mention at the place, or with one that covers nearly the same."""
        if at in self._exact:
            return self._exact[at]
        best = max(self._exact, key=lambda place: (alike(at, place), -place.start, -place.end), default=None)
        return self._exact[best] if best is not None and alike(at, best) >= ALIKE else None

    def same(self, one: Span, other: Span) -> bool:
        """Whether one entity stands at both places."""
        first, second = self.entity(one), self.entity(other)
        return alike(one, other) >= ALIKE if first is None or second is None else first == second


def alike(one: Span, other: Span) -> float:
    """The share of characters that two places have in common among those that either covers.

    >>> alike(Span(0, 8), Span(4, 8)), alike(Span(0, 7), Span(8, 9))
    (0.5, 0.0)
    """
    common = min(one.end, other.end) - max(one.start, other.start)
    return max(common, 0) / (max(one.end, other.end) - min(one.start, other.start))


def anchor(entity: Entity) -> Span:
    """The mention by which an entity is known: its first by name, else its first.

    >>> from kg import Article, extract
    >>> article = Article("She was told. Jo Hill said the mill had closed.")
    >>> article.quote(anchor(extract(article, fast=True).entities[0]))
    'Jo Hill'
    """
    named = (m.span for m in entity.mentions if m.kind is MentionKind.NAME)
    return next(named, entity.mentions[0].span)


def everything_seen(extraction: Extraction) -> list[FoundRecord]:
    """All records that a person can decide about, with what is seen of each.

    >>> from kg import Article, extract
    >>> found = extract(Article("Jo Hill said the mill had closed."), fast=True)
    >>> [(str(one.kind), one.record.id) for one in everything_seen(found)]
    [('statement', 'a1'), ('entity', 'e1')]
    """
    at = {e.id: anchor(e) for e in extraction.entities if e.mentions}
    records: list[tuple[RecordKind, Sequence[Record]]] = [
        (RecordKind.STATEMENT, extraction.attributions),
        (RecordKind.FIGURE, extraction.figures),
        (RecordKind.ROLE, extraction.roles),
    ]
    found = [FoundRecord(kind, record, _parts(kind, record, at)) for kind, some in records for record in some]
    return found + [FoundRecord(RecordKind.ENTITY, e, _entity(e)) for e in extraction.entities if e.mentions]


def _parts(kind: RecordKind, record: Record, at: Mapping[str, Span]) -> Fields:
    """What is seen of a record: its fields of those names, entities by their anchors."""
    shown = {part: _shown(getattr(record, part), at if part in ENTITIES[kind] else None) for part in SEEN[kind]}
    return {part: value for part, value in shown.items() if value != () or part not in SPARED}


def _shown(value: Any, at: Mapping[str, Span] | None) -> Value:
    if isinstance(value, tuple):
        return tuple(sorted(value)) if at is None else tuple(at[id] for id in value if id in at)
    if isinstance(value, StrEnum):
        return str(value)
    return value if at is None else at.get(value)


def _entity(e: Entity) -> Fields:
    return {"at": anchor(e), "type": str(e.type), "name": e.name}


def as_seen(to: Fields, kind: RecordKind) -> Fields:
    """What a person said instead, in the form in which records are seen.

    >>> as_seen({"holder": Who(Quote(Span(0, 7), "Jo Hill")), "status": "former"}, RecordKind.ROLE)
    {'holder': Span(start=0, end=7), 'status': 'former'}
    """
    return {name: _plain(value, name) for name, value in to.items() if name in SEEN[kind]}


def _plain(value: Value, name: str) -> Value:
    if isinstance(value, Quote):
        return value.words if name == "counted" else value.span
    if isinstance(value, Who):
        return value.at.span
    if isinstance(value, tuple):
        places = tuple(v.span if isinstance(v, Quote) else v.at.span if isinstance(v, Who) else v for v in value)
        return places if name in LISTED else tuple(sorted(places))
    return value


def differing(kind: RecordKind, one: Fields, other: Fields, places: EntityPlaces) -> list[str]:
    """The names of the parts in which two records differ for a reader, of those that both have.

    >>> from kg import Article, extract
    >>> places = EntityPlaces(extract(Article("Jo Hill said the mill had closed."), fast=True))
    >>> differing(RecordKind.STATEMENT, {"stance": "denies"}, {"stance": "asserts"}, places)
    ['stance']
    """
    loose = {"cue"} if one.get("entity") is None and other.get("entity") is None else {"cue", "source"}
    return [
        name
        for name in SEEN[kind]
        if name in one
        and name in other
        and name not in loose
        and not _equal(name in ENTITIES[kind] or name == "at", one[name], other[name], places)
    ]


def _equal(entities: bool, a: Value, b: Value, places: EntityPlaces) -> bool:
    if not entities or a is None or b is None:
        return a == b
    if isinstance(a, Span) and isinstance(b, Span):
        return places.same(a, b)
    if isinstance(a, tuple) and isinstance(b, tuple):
        pairs = [(x, y) for x in a for y in b if isinstance(x, Span) and isinstance(y, Span) and places.same(x, y)]
        return len(a) == len(b) == len({x for x, _ in pairs}) == len({y for _, y in pairs})
    return False
