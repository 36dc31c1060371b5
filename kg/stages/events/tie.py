"""A relation that noun phrases tell, before it becomes a record."""

from __future__ import annotations

from typing import NamedTuple

from ...records.entity import Entity


class Tie(NamedTuple):
    """A relation before it becomes a record: tokens `first` up to but not including `last` say it."""

    kind: str
    subject: Entity
    object: Entity
    first: int
    last: int
    start: str | None
    end: str | None
    confidence: float
