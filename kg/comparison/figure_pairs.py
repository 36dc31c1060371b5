"""Figures of several reporters -> pairs that can be compared, and what may be said of each.

A pair is a conflict or an agreement only where the text leaves little doubt
that two reporters speak of the same thing, place and time; where place or time
is open, it is one to check. Whatever is known and differs keeps two apart.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from itertools import combinations

from ..rdf.terms import Iri
from .claims import exclude, likeness, overlap
from .told_words import figure_term


class Finding(StrEnum):
    """What may be said of two figures: they exclude each other, agree, follow one another in time, or need a look."""

    CONFLICT = "conflict"
    AGREE = "agree"
    SERIES = "series"
    CHECK = "check"


@dataclass(frozen=True, slots=True)
class ReportedFigure:
    """A figure as it is compared.

    `concept` is the IRI of what it measures, `named` whether that says enough by
    itself, `counted` the article's words for it. `reporters`, `cited` (whom
    they have it from) and `place` are keys of identities; `setting` is the place that the article names most.
    A `share` is a percentage, and of what is seldom said twice in the same way.
    `start` and `end` are the days that its period and reference date reach.
    `plain` is a count without a unit; `context` are the terms, without figures, of
    the sentence that states it, empty where no statement does, `beside` its figures,
    `aimed` whether it speaks of a goal, a limit or a forecast, `at` where it begins in its article.
    """

    key: Iri
    article: Iri
    published: date | None
    concept: Iri
    named: bool
    counted: str
    low: Decimal | None
    high: Decimal | None
    rounded: bool
    share: bool
    reporters: tuple[Iri, ...]
    cited: tuple[Iri, ...]
    place: Iri | None
    setting: Iri | None
    start: date | None
    end: date | None
    plain: bool = True
    context: frozenset[str] = frozenset()
    beside: frozenset[str] = frozenset()
    aimed: bool = False
    at: int = 0


@dataclass(frozen=True, slots=True)
class FigurePair:
    """Two figures, and what may be said of them."""

    first: ReportedFigure
    second: ReportedFigure
    finding: Finding


OneVoice = Callable[[Iri, Iri], bool]
"""Whether two reporters speak with one voice."""

SLACK = Decimal("0.1")
"""How far "about 300" reaches, up and down, as a share of it."""

DAYS = 3
"""Days between two articles within which a count that has no date of its own may be of the same moment."""

NEAR_WORDS = 0.6
"""How much of their words two sentences must share whose figures are shares or amounts: of what says the sentence."""

SOME_WORDS = 0.2
"""The same for plain counts, which say what they count."""

PAST = 60
"""Days before an article from which a happening is none of those that it reports without a date."""

BESIDE = 200
"""Characters between two figures of one article within which they may stand in one sentence."""

AHEAD = 50
"""With how many of those that were printed next a figure is compared: what keeps the work linear."""


def figure_pairs(told: Iterable[ReportedFigure], one_voice: OneVoice) -> Iterator[FigurePair]:
    """The pairs of figures that different voices report of one thing in one place, in order of concept and date."""
    groups: dict[tuple[Iri, Iri], list[ReportedFigure]] = defaultdict(list)
    for one in told:
        for key in figure_keys(one):
            groups[key].append(one)
    done: set[tuple[Iri, Iri]] = set()
    for _, group in sorted(groups.items()):
        group.sort(key=_in_order)
        for n, first in enumerate(group):
            for second in group[n + 1 : n + 1 + AHEAD]:
                pair = None if (first.key, second.key) in done else paired(first, second, one_voice)
                if pair is not None:
                    done.add((first.key, second.key))
                    yield pair


def figure_keys(one: ReportedFigure) -> set[tuple[Iri, Iri]]:
    """What it measures and where: a figure meets those that have one of these too."""
    if not one.reporters or (one.low is None and one.high is None):
        return set()
    return {(one.concept, where) for where in (one.article, one.place or one.setting or one.article)}


def paired(one: ReportedFigure, other: ReportedFigure, one_voice: OneVoice) -> FigurePair | None:
    """Two figures with what may be said of them, in order of date; None as in `compare`."""
    first, second = sorted((one, other), key=_in_order)
    finding = compare(first, second, one_voice)
    return None if finding is None else FigurePair(first, second, finding)


def _in_order(one: ReportedFigure) -> tuple[date, Iri]:
    return one.published or date.min, one.key


def compare(first: ReportedFigure, second: ReportedFigure, one_voice: OneVoice) -> Finding | None:
    """What may be said of two figures of one concept; None if they are of two things, of one voice, or both right."""
    mine, theirs = (*first.reporters, *first.cited), (*second.reporters, *second.cited)
    if any(a == b or one_voice(a, b) for a in mine for b in theirs):
        return None
    place, time = _place(first, second), _time(first, second)
    if _Meeting.APART in (place, time) or not _same_words(first.counted, second.counted):
        return None
    if not _same_sentence(first, second) or (first.aimed is not second.aimed):
        return None
    if not (first.named or ((first.start or first.end) and (second.start or second.end))):
        return None
    apart, equal = _are_apart(first, second), (first.low, first.high) == (second.low, second.high)
    if not (apart or equal) or (apart and _told_together(first, second)):
        return None
    if time is _Meeting.LATER:
        return Finding.SERIES if apart and (place is _Meeting.SAME or _names(first) & _names(second)) else None
    if place is time is _Meeting.SAME and not first.share:
        return Finding.CONFLICT if apart else Finding.AGREE
    return Finding.CHECK if apart else None


class _Meeting(StrEnum):
    SAME = "same"
    OPEN = "open"
    LATER = "later"
    APART = "apart"


def _same_words(first: str, second: str) -> bool:
    """Whether what is counted is said in the same words, or by one of them more closely."""
    one, other = set(first.lower().split()), set(second.lower().split())
    return one <= other or other <= one


def _same_sentence(first: ReportedFigure, second: ReportedFigure) -> bool:
    """Whether the sentences around two figures may speak of one thing, by who is named and the words they share."""
    if not (first.plain and second.plain):
        # Among Democrats, among all voters: who is named beside a share or an amount says of whom it is.
        return _names(first) == _names(second) and likeness(first.context, second.context) >= NEAR_WORDS
    if not (first.context and second.context):
        # Side by side each must be stated: "A named five people, B six" tells what two did.
        return first.article != second.article or abs(first.at - second.at) > BESIDE
    return not exclude(first.context, second.context, "@") and overlap(first.context, second.context) >= SOME_WORDS


def _names(one: ReportedFigure) -> frozenset[str]:
    """Who and what else is named around a figure."""
    return frozenset(term for term in one.context if term[0] in "@~")


def _told_together(first: ReportedFigure, second: ReportedFigure) -> bool:
    """Whether one sentence has both figures, or parts that make the other: it tells of two things."""
    for one, other in ((first, second), (second, first)):
        parts = [Decimal(term[1:]) for term in other.beside if term[1:].replace(".", "", 1).isdecimal()]
        sums = {figure_term(a + b, a + b) for a, b in combinations(parts, 2)}
        if figure_term(one.low, one.high) in sums.union(other.beside):
            return True
    return False


def _place(first: ReportedFigure, second: ReportedFigure) -> _Meeting:
    if first.place is not None and second.place is not None:
        return _Meeting.SAME if first.place == second.place else _Meeting.APART
    return _Meeting.SAME if first.article == second.article else _Meeting.OPEN


def _time(first: ReportedFigure, second: ReportedFigure) -> _Meeting:
    """Whether two figures are of one time: by their periods, else by when they were printed."""
    dated = [one for one in (first, second) if one.start or one.end]
    if len(dated) == 2:
        return _Meeting.SAME if _alike(first, second) else _Meeting.APART
    if dated and dated[0].start and (dated[0].end or date.max) < _lately(first):
        return _Meeting.APART
    if first.article == second.article:
        return _Meeting.SAME
    if dated or first.published is None or second.published is None:
        return _Meeting.OPEN
    near = abs((first.published - second.published).days) <= DAYS
    return _Meeting.OPEN if near else _Meeting.LATER


def _lately(one: ReportedFigure) -> date:
    """The first day that an article speaks of as of now."""
    return one.published - timedelta(PAST) if one.published is not None else date.min


def _alike(one: ReportedFigure, other: ReportedFigure) -> bool:
    """Whether two periods meet, end in one year and, where both say so, begin in one."""
    return (
        (one.start or date.min) <= (other.end or date.max)
        and (other.start or date.min) <= (one.end or date.max)
        and _same_year(one.end, other.end)
        and _same_year(one.start, other.start)
    )


def _same_year(one: date | None, other: date | None) -> bool:
    return one is None or other is None or one.year == other.year


def _are_apart(one: ReportedFigure, other: ReportedFigure) -> bool:
    return _is_below(one, other) or _is_below(other, one)


def _is_below(one: ReportedFigure, other: ReportedFigure) -> bool:
    """Whether all of one figure lies under all of the other; a rounded one reaches a tenth further."""
    if one.high is None or other.low is None:
        return False
    high = one.high * (1 + SLACK) if one.rounded else one.high
    low = other.low * (1 - SLACK) if other.rounded else other.low
    return high < low
