"""Document -> figures: reported quantities, what they count, who reports them, when and where."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from ..article import Span
from ..attribution import Attribution
from .bounds import Bound
from .change import Change, find_change
from .counting import Counted, find_counted
from ..document import Document
from ..entities import Entity
from .nonfigures import Reason, Sieve
from .periods import find_period, find_place
from .quantities import Quantity, find_quantities
from .reporters import find_report
from ..times import Time

__all__ = ["Bound", "Change", "Figure", "find_figures"]


@dataclass(frozen=True, slots=True)
class Figure:
    """A quantity that an article states.

    An exact number has low = high; "at least" only `low`; "up to" only `high`;
    a vague word ("dozens") its interval's low end. No point is made up for a
    range. `unit` is a UCUM code ("km", "%", "a"), an ISO 4217 code ("USD") or
    None for a plain count; `per` is the denominator of a rate ("day", "100000
    person"). `counted` is the thing counted, in the article's words, and
    `concept` its normalised head ("person", "detainee"); `event` the lemma of
    what happens to it ("hang", "kill"). `reporters` are Entity ids, the outer
    one first; empty when the article itself reports it. `via` is whom they had
    it from. `start`, `end` and `as_of` are EDTF strings; `place` is an Entity
    id. `evidence` is the stretch that states the figure with what it counts.
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


def find_figures(
    document: Document, entities: tuple[Entity, ...], attributions: tuple[Attribution, ...], times: tuple[Time, ...]
) -> tuple[Figure, ...]:
    """The reported quantities of a document, in order."""
    sieve = Sieve(document, entities, times)
    found: list[Figure] = []
    before: Counted | None = None
    label: Span | None = None
    said = -2
    for block in document.blocks:
        for q in find_quantities(document.text, block.span.start, block.span.end):
            tokens = document.range(q.core)
            if tokens[0] >= tokens[1]:
                continue
            reason = sieve.why_not(q, label)
            label = q.core if reason is Reason.LABEL else None
            if reason is not None:
                continue
            sentence = document.tokens[tokens[0]].sentence
            near = before if sentence - said <= 1 else None
            counted = find_counted(document, q, near)
            found.append(_figure(f"f{len(found) + 1}", document, q, tokens, counted, entities, attributions, times))
            if q.unit is None and counted.text is not None:
                before, said = counted, sentence
    return tuple(found)


def _figure(
    id: str,
    document: Document,
    q: Quantity,
    tokens: tuple[int, int],
    counted: Counted,
    entities: tuple[Entity, ...],
    attributions: tuple[Attribution, ...],
    times: tuple[Time, ...],
) -> Figure:
    report = find_report(document, q.core, attributions)
    trend = find_change(document, q)
    period = find_period(document, tokens, counted.verb, times)
    return Figure(
        id=id,
        span=q.span,
        low=q.low,
        high=q.high,
        bound=q.bound,
        approximate=q.approximate,
        unit=q.unit.code if q.unit is not None else None,
        per=q.per,
        counted=counted.text,
        counted_span=counted.span,
        concept=counted.concept,
        event=counted.event,
        reporters=report.reporters,
        via=report.via,
        attribution=report.attribution,
        start=period.start,
        end=period.end,
        as_of=period.as_of,
        place=find_place(document, tokens, counted.verb, entities),
        change=trend.change if trend is not None else None,
        evidence=_evidence(q, counted),
    )


def _evidence(q: Quantity, counted: Counted) -> Span:
    """The stretch from the number to what it counts."""
    if counted.span is None:
        return q.span
    return Span(min(q.span.start, counted.span.start), max(q.span.end, counted.span.end))
