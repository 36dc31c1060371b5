"""What a line of the decisions file says: a person's word on a record, on two entities, or on an earlier line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import TypeAlias

from ..records.mention import EntityType
from ..text.article import Span


class Do(StrEnum):
    """What a line does: to a record, to a pair of entities, to an earlier line."""

    CONFIRM = "confirm"
    REJECT = "reject"
    CORRECT = "correct"
    ADD = "add"
    MERGE = "merge"
    APART = "apart"
    UNDO = "undo"
    REDO = "redo"


class RecordKind(StrEnum):
    """What kind of record a person decides about."""

    STATEMENT = "statement"
    FIGURE = "figure"
    ROLE = "role"
    ENTITY = "entity"


@dataclass(frozen=True, slots=True)
class Quote:
    """A stretch of the article with the words that it must hold, so that a decision proves itself."""

    span: Span
    words: str


@dataclass(frozen=True, slots=True)
class Who:
    """An entity by one of its mentions; `type` is what to make where nothing was found there."""

    at: Quote
    type: EntityType | None = None


Value: TypeAlias = (
    bool | str | Decimal | Span | tuple[Span, ...] | Quote | tuple[Quote, ...] | Who | tuple[Who, ...] | None
)
Fields: TypeAlias = Mapping[str, Value]
"""Parts of a record by name, as `kg.review.fields` lists them for each kind."""


@dataclass(frozen=True, slots=True)
class Signature:
    """Who decided, when (ISO 8601, in UTC) and why; None where the line does not say."""

    who: str | None = None
    when: str | None = None
    why: str | None = None


@dataclass(frozen=True, slots=True)
class Ruling:
    """A person's word on a record of one text.

    `text` is the SHA-256 of the article's text; `seen` what the record said when
    it was looked at (nothing where one is added), by which it is known again;
    `to` what it says instead. Entities are known by a mention.
    """

    id: str
    by: Signature
    do: Do
    text: str
    kind: RecordKind
    seen: Fields
    to: Fields


@dataclass(frozen=True, slots=True)
class Mentioned:
    """An entity of one text, by the place of a mention of it."""

    text: str
    at: Span


@dataclass(frozen=True, slots=True)
class Pairing:
    """A person's word on two entities, each an IRI or a mention: one thing, two things, or no word any more (undo)."""

    id: str
    by: Signature
    do: Do
    a: str | Mentioned
    b: str | Mentioned


@dataclass(frozen=True, slots=True)
class Reversal:
    """An earlier line taken back (undo), or said again as the last word (redo); `of` is its id."""

    id: str
    by: Signature
    do: Do
    of: str


Line: TypeAlias = Ruling | Pairing | Reversal
