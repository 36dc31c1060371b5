"""A quantity that an article states: value, bound, thing counted, period, place, and by whom it came."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from ..text.article import Span


class Bound(StrEnum):
    """How a figure bounds the quantity."""

    EXACT = "exact"
    AT_LEAST = "at least"
    MORE_THAN = "more than"
    AT_MOST = "at most"
    LESS_THAN = "less than"
    BETWEEN = "between"
    ABOUT = "about"
    VAGUE = "vague"


class Change(StrEnum):
    """Whether a figure is the size or the result of a change."""

    UP_BY = "up by"
    DOWN_BY = "down by"
    UP_TO = "up to"
    DOWN_TO = "down to"
    FROM = "from"


@dataclass(frozen=True, slots=True)
class Telling:
    """One step of the way: the Entity id of who tells, the words that say so, and the attribution's id.

    `cue` is empty where no words say so: in a quotation that goes on, or for
    whom somebody else names as the source. `attribution` is None where the
    article names a counting ("the bank's estimate") and no statement.
    """

    entity: str
    cue: tuple[Span, ...] = ()
    attribution: str | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """A quantity that an article states.

    An exact number has low = high; "at least" only `low`; "up to" only `high`;
    a vague word ("dozens") its interval's low end. No point is made up for a
    range. `unit` is a UCUM code ("km", "%", "a"), an ISO 4217 code ("USD") or
    None for a plain count; `per` is the denominator of a rate ("day", "100000
    person"). `counted` is the thing counted, in the article's words, and
    `concept` its normalised head ("person", "detainee"); `event` what happens
    to it ("hang", "kill"), both as in `data/concepts.tsv` where that has them.

    `reporters` are Entity ids: whom the innermost statement that holds the
    figure has for its source; empty when the article itself reports it, and when
    that source denies it. `via` is whom the reporter had it from, `method` how, in the article's words
    ("survey of 1,200 households"). `chain` is the way by which the figure came
    to the article, from who told the outlet to the first source, each with the
    words that say so: a spokesman, the office, witnesses.

    `start` and `end` are the first and last day, month or year that it covers,
    `as_of` when it was the state of things, as EDTF strings; `place` is an
    Entity id. `change` says whether it is the size or an end of a change.
    `evidence` is the stretch that states the figure, with the words that bound
    it and what it counts.
    """

    id: str
    span: Span
    low: Decimal | None
    high: Decimal | None
    bound: Bound
    approximate: bool = False
    unit: str | None = None
    per: str | None = None
    counted: str | None = None
    counted_span: Span | None = None
    concept: str | None = None
    event: str | None = None
    reporters: tuple[str, ...] = ()
    via: str | None = None
    attribution: str | None = None
    start: str | None = None
    end: str | None = None
    as_of: str | None = None
    place: str | None = None
    change: Change | None = None
    method: str | None = None
    evidence: Span | None = None
    confidence: float = 1.0
    chain: tuple[Telling, ...] = ()
