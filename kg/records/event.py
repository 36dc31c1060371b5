"""What is said to have happened, and what lasts between two entities."""

from __future__ import annotations

from dataclasses import dataclass

from ..text.article import Span


@dataclass(frozen=True, slots=True)
class Participant:
    """An entity's part in an event: agent, patient, recipient or instrument."""

    role: str
    entity: str


@dataclass(frozen=True, slots=True)
class Event:
    """Something that is said to have happened.

    `type` is one of a small documented set ("kill", "detain", "meet" ...) or
    None, and `trigger` the words that name it. `attribution` is the id of the
    attribution whose content states it; None when the article does. `start`
    and `end` are EDTF strings, `place` an Entity id.
    """

    id: str
    type: str | None
    trigger: Span
    participants: tuple[Participant, ...]
    span: Span
    place: str | None = None
    start: str | None = None
    end: str | None = None
    negated: bool = False
    attribution: str | None = None
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Relation:
    """A lasting relation between two entities: `subject` `type` `object`, as in e1 memberOf e2."""

    id: str
    type: str
    subject: str
    object: str
    span: Span
    attribution: str | None = None
    start: str | None = None
    end: str | None = None
    confidence: float = 1.0
