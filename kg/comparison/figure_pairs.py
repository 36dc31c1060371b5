"""Figures of several reporters -> pairs that can be compared, and what may be said of each.

A pair is a conflict or an agreement only where the text leaves little doubt
that two reporters speak of the same thing, place and time; where place or time
is open, it is one to check. Whatever is known and differs keeps two apart.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from itertools import combinations
from typing import NamedTuple

from ..rdf.terms import Iri
from .agreeing import Joining
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
    they have it from) and `place` are keys of identities; `setting` is the place that the article names
    most, `around` are those it names next.
    A `share` is a percentage, and of what is seldom said twice in the same way.
    `start` and `end` are the days that its period and reference date reach.
    `plain` is a count without a unit; `context` are the terms, without figures, of
    the sentence that states it, empty where no statement does, `beside` its figures,
    `aimed` whether it speaks of a goal, a limit or a forecast, `at` where it begins in its article.
    A `vague` one ("thousands") is in no pair.
    `above` are the concepts of which its own is a part: what is hanged is killed, a detainee is a person.
    `called` are the words that its reporters, and the bodies at which they hold a post, are called by, in small
    letters. One that has `grown` to what it is was another before, and may be again.
    `paper` is whose own words state one that nobody reports: the publisher, else the article; None where somebody
    does, or where the sentence does not state it. `scene` are the places smaller than a country of what its
    article begins with, if that has the figure: its own, else those that the article names most.
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
    vague: bool = False
    above: frozenset[Iri] = frozenset()
    called: tuple[tuple[str, ...], ...] = ()
    grown: bool = False
    around: tuple[Iri, ...] = ()
    paper: Iri | None = None
    scene: tuple[Iri, ...] = ()

    @property
    def tellers(self) -> tuple[Iri, ...]:
        """On whose word it stands: its reporters and whom they have it from, else its paper."""
        return (*self.reporters, *self.cited) if self.paper is None else (self.paper,)


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

FEW_WORDS = 0.1
"""The same for counts of a happening that are worth a look: long sentences on one thing share little."""

COPIED = 0.8
"""How much of their words two sentences share of which one paper has the other's, perhaps with another number."""

PAST = 60
"""Days before an article from which a happening is none of those that it reports without a date."""

BESIDE = 200
"""Characters between two figures of one article within which they stand side by side, perhaps in one sentence."""

AHEAD = 50
"""With how many of those that were printed next a figure is compared: what keeps the work linear."""


def figure_pairs(told: Iterable[ReportedFigure], one_voice: OneVoice) -> Iterator[FigurePair]:
    """The pairs of figures that different voices report of one thing in one place, in order of concept and date."""
    for first, second in _met(filter(_may_pair, told)):
        finding = _compare(first, second, one_voice)
        if finding is not None:
            yield FigurePair(first, second, finding)


def _met(told: Iterable[ReportedFigure]) -> Iterator[tuple[ReportedFigure, ReportedFigure]]:
    """The pairs of figures of one concept in one article or place, each once, in order of concept and date."""
    groups: dict[tuple[Iri, Iri], list[ReportedFigure]] = defaultdict(list)
    for one in told:
        for key in _where(one):
            groups[key].append(one)
    done: set[tuple[Iri, Iri]] = set()
    for _, group in sorted(groups.items()):
        group.sort(key=_in_order)
        for n, first in enumerate(group):
            for second in group[n + 1 : n + 1 + AHEAD]:
                if (first.key, second.key) not in done:
                    done.add((first.key, second.key))
                    yield first, second


def beside(told: Sequence[ReportedFigure], pairs: Collection[tuple[Iri, Iri]]) -> list[list[ReportedFigure]]:
    """The figures in groups of which each can be compared with each: one thing, place and time, and one unit.

    What a finding of conflict, agreement or doubt ties stands together (`pairs`,
    by key), as does what one reporter says of it again, or a later article in the same figure.
    """
    place = {one.key: n for n, one in enumerate(told)}
    joining = Joining(told)
    near = [(place[a.key], place[b.key]) for a, b in _met(told)]
    for a, b in sorted(pairs):
        if a in place and b in place:
            joining.join(place[a], place[b], _one_count)
    for m, n in near:
        joining.join(m, n, _stand_together)
    grouped = joining.groups()
    alone = set(range(len(told))).difference(*grouped)
    return [[told[n] for n in group] for group in sorted([*grouped, *([n] for n in alone)])]


def _one_count(first: ReportedFigure, second: ReportedFigure) -> bool:
    return first.concept == second.concept and _same_words(first.counted, second.counted)


def _stand_together(first: ReportedFigure, second: ReportedFigure) -> bool:
    found, equal = fit(first, second), (first.low, first.high) == (second.low, second.high)
    return (found is not None and (equal or found.time is not Meet.LATER)) or _again(first, second)


def _again(first: ReportedFigure, second: ReportedFigure) -> bool:
    """Whether one reporter says the same of one thing a second time, in whatever words."""
    same = (first.concept, first.reporters, first.low, first.high, first.vague) == (
        second.concept, second.reporters, second.low, second.high, second.vague,
    )  # fmt: skip
    return same and _same_words(first.counted, second.counted) and _place(first, second) is not Meet.APART


def figure_keys(one: ReportedFigure) -> set[tuple[Iri, Iri]]:
    """What it measures and where: a figure meets those that have one of these too; none where it can be in no pair."""
    return _where(one) if _may_pair(one) else set()


def _where(one: ReportedFigure) -> set[tuple[Iri, Iri]]:
    return {(one.concept, where) for where in (one.article, one.place or one.setting or one.article, *one.around)}


def _may_pair(one: ReportedFigure) -> bool:
    return bool(one.reporters or one.paper) and not one.vague and (one.low is not None or one.high is not None)


def paired(one: ReportedFigure, other: ReportedFigure, one_voice: OneVoice) -> FigurePair | None:
    """Two figures with what may be said of them, in order of date; None as in `_compare`."""
    first, second = sorted((one, other), key=_in_order)
    finding = _compare(first, second, one_voice)
    return None if finding is None else FigurePair(first, second, finding)


def _in_order(one: ReportedFigure) -> tuple[date, Iri]:
    return one.published or date.min, one.key


def _compare(first: ReportedFigure, second: ReportedFigure, one_voice: OneVoice) -> Finding | None:
    """What may be said of two figures of one concept; None if they are of two things, of one voice, or both right."""
    if not _of_one_story(first, second):
        return None
    if _one_mouth(first, second, one_voice):
        return Finding.SERIES if _counted_anew(first, second) else None
    found = fit(first, second) or _loosely(first, second)
    if found is None:
        return None
    apart, equal = _are_apart(first, second), (first.low, first.high) == (second.low, second.high)
    if not (apart or equal) or (apart and _told_together(first, second)):
        return None
    if found.time is Meet.LATER or (apart and _has_grown(first, second)):
        return Finding.SERIES if apart and (found.place is Meet.SAME or _names(first) & _names(second)) else None
    settled = found.place is found.time is Meet.SAME and not first.share and _is_settled(first, second)
    if settled and not (apart and (first.grown or second.grown)) and not _is_copied(first, second):
        return Finding.CONFLICT if apart else Finding.AGREE
    return Finding.CHECK if apart else None


def _one_mouth(first: ReportedFigure, second: ReportedFigure, one_voice: OneVoice) -> bool:
    """Whether two figures are on one voice's word, or perhaps: police and the Metropolitan Police."""
    if any(a == b or one_voice(a, b) for a in first.tellers for b in second.tellers):
        return True
    return any(a <= b or b <= a for a in map(set, first.called) for b in map(set, second.called))


def _of_one_story(first: ReportedFigure, second: ReportedFigure) -> bool:
    """Whether figures that a paper has in its own words are of what two articles of some days tell first.

    So are any two that are reported. What an article says by itself it has from those whom it
    quotes: it does not disagree with them.
    """
    if first.paper is None and second.paper is None:
        return True
    days = [one.published for one in (first, second) if one.published is not None]
    soon = len(days) == 2 and abs((days[0] - days[1]).days) <= DAYS
    return soon and first.article != second.article and not set(first.scene).isdisjoint(second.scene)


def _is_copied(first: ReportedFigure, second: ReportedFigure) -> bool:
    """Whether two papers tell a count of their own in nearly the same words, of one agency perhaps, then or later."""
    return None not in (first.paper, second.paper) and overlap(first.context, second.context) >= COPIED


def _counted_anew(first: ReportedFigure, second: ReportedFigure) -> bool:
    """Whether one paper counts one thing by itself on two days, and comes to another number."""
    found = fit(first, second) if first.paper is not None and first.published != second.published else None
    return found is not None and found.place is Meet.SAME and _are_apart(first, second)


def _has_grown(first: ReportedFigure, second: ReportedFigure) -> bool:
    """Whether two figures are of two days and one of them tells to what the count has grown: it is one that goes on."""
    days = {first.published, second.published} - {None}
    return len(days) == 2 and (first.grown or second.grown)


def _is_settled(first: ReportedFigure, second: ReportedFigure) -> bool:
    """Whether two figures count the same in the same words, and place or time is known of both, or they are near.

    Seasonal staff are a part of the staff. That one article tells two figures, far apart, makes them neither of one
    place nor of one time: "100,000 people face starvation ... In Kenya, the Red Cross says 2.7 million do."
    """
    both = (first, second)
    known = all(one.place is not None for one in both) or all(one.start or one.end for one in both)
    beside = first.article == second.article and abs(first.at - second.at) <= BESIDE
    return first.counted.lower() == second.counted.lower() and (known or beside)


class Meet(StrEnum):
    """How the places, or the times, of two figures go together: for sure, perhaps, one after the other, or not."""

    SAME = "same"
    OPEN = "open"
    LATER = "later"
    APART = "apart"


class Fit(NamedTuple):
    """How the places and the times of two figures of one thing go together."""

    place: Meet
    time: Meet


def _loosely(first: ReportedFigure, second: ReportedFigure) -> Fit | None:
    """As `fit`, of two counts of one happening whose sentences share little; then time and place are open at best."""
    place, time = _place(first, second), _time(first, second)
    days = [one.published for one in (first, second) if one.published is not None]
    soon = first.article == second.article or (len(days) == 2 and abs((days[0] - days[1]).days) <= DAYS)
    near = soon and time in (Meet.SAME, Meet.OPEN) and place is not Meet.APART
    return Fit(Meet.OPEN, Meet.OPEN) if near and one_thing(first, second, FEW_WORDS) and first.named else None


def fit(first: ReportedFigure, second: ReportedFigure) -> Fit | None:
    """How place and time of two figures go together; None if they count two things, or in two places or times."""
    place, time = _place(first, second), _time(first, second)
    return None if Meet.APART in (place, time) or not one_thing(first, second) else Fit(place, time)


def parts(told: Sequence[ReportedFigure]) -> Iterator[tuple[ReportedFigure, ReportedFigure]]:
    """The pairs of figures of which the first counts a part of what the second counts, surely in one place."""
    counting: dict[Iri, list[ReportedFigure]] = defaultdict(list)
    for one in told:
        counting[one.concept].append(one)
    for one in told:
        for concept in sorted(one.above):
            yield from ((one, whole) for whole in counting.get(concept, ())[:AHEAD] if _is_part(one, whole))


def _is_part(one: ReportedFigure, whole: ReportedFigure) -> bool:
    return (
        _place(one, whole) is Meet.SAME
        and _time(one, whole) in (Meet.SAME, Meet.OPEN)
        and not _is_below(whole, one)
        and one.named
        and one.aimed is whole.aimed
        and _same_sentence(one, whole)
    )


def one_thing(first: ReportedFigure, second: ReportedFigure, least: float = SOME_WORDS) -> bool:
    """Whether two figures count one thing, wherever and whenever it was: in one unit, with one happening."""
    return (
        first.concept == second.concept
        and _same_words(first.counted, second.counted)
        and _same_sentence(first, second, least)
        and first.aimed is second.aimed
        and (first.named or bool((first.start or first.end) and (second.start or second.end)))
    )


def _same_words(first: str, second: str) -> bool:
    """Whether what is counted is said in the same words, or by one of them more closely."""
    one, other = set(first.lower().split()), set(second.lower().split())
    return one <= other or other <= one


def _same_sentence(first: ReportedFigure, second: ReportedFigure, least: float = SOME_WORDS) -> bool:
    """Whether the sentences around two figures may speak of one thing, by who is named and the words they share."""
    if not (first.plain and second.plain):
        # Among Democrats, among all voters: who is named beside a share or an amount says of whom it is.
        return _names(first) == _names(second) and likeness(first.context, second.context) >= NEAR_WORDS
    if not (first.context and second.context):
        # Side by side each must be stated: "A named five people, B six" tells what two did.
        return first.article != second.article or abs(first.at - second.at) > BESIDE
    return not exclude(first.context, second.context, "@") and overlap(first.context, second.context) >= least


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


def _place(first: ReportedFigure, second: ReportedFigure) -> Meet:
    if first.place is not None and second.place is not None:
        return Meet.SAME if first.place == second.place else Meet.APART
    if first.article != second.article:
        return Meet.OPEN if _may_be_in(first, second) and _may_be_in(second, first) else Meet.APART
    # In one article a figure without a place is of that which the article names most: "three in Latakia ... seven".
    places = {one.place or one.setting for one in (first, second)}
    return Meet.SAME if first.place is second.place or len(places) == 1 else Meet.OPEN


def _may_be_in(one: ReportedFigure, other: ReportedFigure) -> bool:
    """Whether the article of a figure names the place of another; none named, who knows."""
    named = {one.setting, *one.around} - {None}
    return one.place is not None or other.place is None or not named or other.place in named


def _time(first: ReportedFigure, second: ReportedFigure) -> Meet:
    """Whether two figures are of one time: by their periods, else by when they were printed."""
    dated = [one for one in (first, second) if one.start or one.end]
    if len(dated) == 2:
        if first.start is second.start is None and first.end != second.end:
            return Meet.LATER  # counted as of one day and as of another
        return Meet.SAME if _alike(first, second) else Meet.APART
    if dated and dated[0].start and _is_out_of(dated[0], second if dated[0] is first else first):
        return Meet.APART
    if first.article == second.article:
        return Meet.SAME
    if dated or first.published is None or second.published is None:
        return Meet.OPEN
    near = abs((first.published - second.published).days) <= DAYS
    return Meet.OPEN if near else Meet.LATER


def _is_out_of(dated: ReportedFigure, other: ReportedFigure) -> bool:
    """Whether a period lies before what the article of a figure without one speaks of as of now, or after its day."""
    if other.published is None:
        return False
    ends, begins = dated.end or date.max, dated.start or date.min
    return ends < other.published - timedelta(PAST) or begins > other.published


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
