"""Document -> figures: reported quantities, what they count, who reports them, when and where."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ...language.lexicon import words
from ...records.attribution import Attribution
from ...records.entity import Entity
from ...records.figure import Bound, Change, Figure, Telling
from ...records.time import Time
from ...text.article import Span
from ...text.document import Document
from .change import find_change
from .concept_lexicon import lexicon
from .counted import Counted, people
from .counting import find_counted
from .measures import rate_after
from .moneys import Moneys
from .nonfigures import Sieve
from .numbers import Shape
from .periods import Periods
from .places import Places
from .printed import Reason
from .quantities import Quantity, find_quantities
from .read_again import read_again
from .reporters import FigureTold, Report, Reporting
from .units import unit_of_words

__all__ = ["Bound", "Change", "Figure", "Telling", "find_figures"]


_NEAR = 4
"""The most tokens between a figure and a verb that its evidence takes in."""


def find_figures(
    document: Document, entities: tuple[Entity, ...], attributions: tuple[Attribution, ...], times: tuple[Time, ...]
) -> tuple[Figure, ...]:
    """The reported quantities of a document, in order."""
    sources = tuple(span for attribution in attributions for span in attribution.source)
    periods, places = Periods(document, times, sources), Places(document, entities)
    reporting = Reporting(document, entities, attributions)
    found: list[Figure] = []
    before: FigureTold | None = None
    told: tuple[int | None, int] | None = None
    moneys = Moneys(document, entities)
    for printed, counted in _count(document, Sieve(document, times)):
        q = moneys.told(printed)
        report = reporting.report(q, counted, before)
        figure = _figure(f"f{len(found) + 1}", document, q, counted, periods, places, report)
        here = document.tokens[document.range(q.core)[0]].sentence
        behind = document.range(q.core)[1]
        of_them = document.words(behind, min(behind + 2, len(document))).lower() == "of them"
        same = counted.head is not None and told is not None and counted.head == told[0]
        if told is not None and (same or of_them) and here - told[1] == 1:
            figure = _dated_as(figure, found[-1])
        told = (counted.head, here)
        found.append(figure)
        if report.reporters:
            before = FigureTold(counted, report, here)
    return tuple(found)


def _dated_as(figure: Figure, before: Figure) -> Figure:
    """The figure with the period of the one before, as of "98 shark attacks last year. Six were fatal"."""
    if (figure.start, figure.end, figure.as_of) != (None, None, None):
        return figure
    return replace(figure, start=before.start, end=before.end, as_of=before.as_of)


def _count(document: Document, sieve: Sieve) -> Iterator[tuple[Quantity, Counted]]:
    """The quantities of a document that are figures, in order, each with what it counts and its rate.

    A number without a noun may count what the one before it did, in the same
    sentence or the next.
    """
    before, sentence, label, done = None, -2, None, 0
    weighed: Counted | None = None
    beside: tuple[Quantity, Counted] | None = None
    for block in document.blocks:
        for printed in find_quantities(document.text, block.span.start, block.span.end):
            q = read_again(document, printed, beside[0] if beside is not None else None)
            first, last = document.range(q.core)
            if first >= last or q.core.start < done:
                continue
            reason = sieve.why_not(q, label)
            label = q.core if reason is Reason.LABEL else None
            if reason is not None:
                continue
            here = document.tokens[first].sentence
            if beside is not None and here - document.tokens[document.range(beside[0].core)[0]].sentence > 1:
                beside = None
            counted = find_counted(document, q, before if here - sentence <= 1 else None, beside)
            weighed, counted = _weighed(document, q, counted, weighed)
            if q.shape is not Shape.MULTIPLE:
                beside = q, counted
            rate = _rate(document, q, counted)
            if rate is not None:
                done = rate[1]
            yield (q if rate is None else replace(q, per=rate[0])), counted
            if q.unit is None and counted.text is not None and q.shape is not Shape.MULTIPLE:
                before, sentence = _joined(document, before, counted), here


def _weighed(
    document: Document, q: Quantity, counted: Counted, before: Counted | None
) -> tuple[Counted | None, Counted]:
    """What was weighed last, and what this counts: the same where it is a mass of nothing named: seized 5.1 tonnes."""
    if q.unit is None or q.unit.kind != "mass" or q.per is not None:
        return before, counted
    if counted.text != "weight":
        return (counted if counted.span is not None else before), counted
    verb = document.tokens[counted.verb] if counted.verb is not None else None
    moved = verb is not None and verb.lemma.lower() in words("figures", "done to goods")
    if before is None or not moved:
        return before, counted
    return before, replace(before, span=None, event=counted.event, verb=counted.verb)


def _joined(document: Document, before: Counted | None, counted: Counted) -> Counted:
    """What a bare number after this one counts: people, where it is told with others: 752 passengers and 118 crew."""
    persons = [c for c in (before, counted) if c is not None and c.concept and lexicon().is_person(c.concept)]
    if len(persons) < 2 or persons[0].head is None or counted.head is None or persons[0].text == counted.text:
        return counted
    noun = document.tokens[counted.head]
    return people(counted.event, counted.verb) if noun.dep == "conj" and noun.head == persons[0].head else counted


def _rate(document: Document, q: Quantity, counted: Counted) -> tuple[str, int] | None:
    """The denominator after what is counted: 62 murders per 100,000 people, 12 attacks a day."""
    if q.per is not None:
        return None
    end = counted.span.end if counted.span is not None and counted.span.start >= q.core.end else q.span.end
    direct = rate_after(document.text, end)
    often = _how_often(document, counted.verb) if direct is None and counted.verb is not None else None
    return direct if often is None else (often, q.span.end)


def _how_often(document: Document, verb: int) -> str | None:
    """The unit of time of "every day" after what happens: 83 were killed every day."""
    for time in document.kids(verb):
        if time.dep == "npadvmod" and any(t.lower in ("every", "each") for t in document.kids(time.i)):
            return time.lemma.lower() if unit_of_words([time.lemma]) is not None else None
    return None


def _figure(
    id: str,
    document: Document,
    q: Quantity,
    counted: Counted,
    periods: Periods,
    places: Places,
    report: Report,
) -> Figure:
    tokens = document.range(q.core)
    trend = find_change(document, q)
    evidence = _evidence(document, q, counted)
    taken = Span(q.span.start, max(q.span.end, counted.span.end)) if counted.span is not None else q.span
    lasts = q.unit is not None and q.unit.kind == "time"
    period = periods.of(taken, tokens, counted.verb, lasts=lasts)
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
        place=places.of(q.span, tokens, counted.verb),
        method=report.method,
        chain=report.chain,
        change=trend.change if trend is not None else None,
        evidence=evidence,
    )


def _evidence(document: Document, q: Quantity, counted: Counted) -> Span:
    """The stretch from the number, with the words that bound it, to what it counts and to the verb close by."""
    spans = [q.words, q.span, *([counted.span] if counted.span is not None else [])]
    start, end = min(span.start for span in spans), max(span.end for span in spans)
    first, last = document.range(Span(start, end))
    verb = document.tokens[counted.verb] if counted.verb is not None else None
    near = verb is not None and (0 <= first - verb.i <= _NEAR or 0 <= verb.i - last < _NEAR)
    if verb is not None and near and counted.event is not None and verb.sentence == document.tokens[first].sentence:
        start, end = min(start, verb.start), max(end, verb.end)
    quote, after = document.text[start:end], document.text[end : end + 1]
    return Span(start, end + (after == "”" and quote.count("“") > quote.count("”")))
