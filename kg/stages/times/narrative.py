"""Where the narrative stands while its time phrases are read in order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from ...text.blocks import BlockKind
from ...text.document import Document
from .calendar import Point, of_date, valid_day
from .meanings import Between, Meaning, NamedTime, Offset, Rel, Relative
from .tense import PlacedPhrase
from .time_words import Grain

STEP = {Rel.NEAREST: 0, Rel.LAST: -1, Rel.THIS: 0, Rel.NEXT: 1, Rel.BEFORE: -1, Rel.SAME: 0, Rel.AFTER: 1}
"""How many units on from its anchor each relation points."""

_FROM_NOW = (Rel.LAST, Rel.THIS, Rel.NEXT, Rel.NEAREST)


@dataclass(slots=True)
class Narrative:
    """Where the narrative stands while the phrases are read in order.

    `then` is the time last spoken of and `line` the one before the present
    aside: a year that the story does not stay in counts in its own sentence only.
    """

    now: Point | None
    narrative: bool
    then: Point | None = None
    then_sentence: int = -10
    line: Point | None = None
    told_finely: bool = False
    aside: bool = False

    def anchor(self, sentence: int, *, near: int = 1) -> Point | None:
        """The time last spoken of, if a narrative or near enough, else now."""
        self._end_aside(sentence)
        if self.then is not None and (self.narrative or sentence - self.then_sentence <= near):
            return self.then
        return self.now

    def move(self, point: Point | None, sentence: int, *, explicit: bool) -> None:
        """The story comes to a point; for a while only, if it is an aside."""
        if point is None or point.grain < Grain.YEAR:
            return
        self._end_aside(sentence)
        if self.aside and self.then is not None:
            self.line = self.line or self.then
        elif explicit or self.line is None:
            self.line = None
        self.then, self.then_sentence = point, sentence
        self.told_finely = (explicit or self.told_finely) and point.grain >= Grain.MONTH

    def _end_aside(self, sentence: int) -> None:
        """An aside counts in its own sentence only."""
        if self.line is not None and sentence > self.then_sentence:
            self.then, self.line = self.line, None

    def pointed_at(self, place: PlacedPhrase, rel: Rel, *, near: int = 2) -> Point | None:
        """What a phrase counts from: now, or the time last spoken of."""
        if rel in _FROM_NOW and not self.narrative:
            return self.now
        return self.anchor(place.sentence, near=near)


def begun(document: Document, places: Sequence[PlacedPhrase]) -> Narrative:
    """The story of an article before its first phrase."""
    published = document.article.published or _dateline(document, places)
    return Narrative(of_date(published) if published else None, _is_narrative(places, published))


def _explicit_year(meaning: Meaning) -> int | None:
    if isinstance(meaning, Between):
        return meaning.first.year
    return meaning.year if isinstance(meaning, NamedTime) else None


def asides_of(places: Sequence[PlacedPhrase]) -> set[int]:
    """The phrases with a bare year far from the story's that the next year named takes back: "as in 1812"."""
    dated = [(k, year) for k, place in enumerate(places) if (year := _explicit_year(place.meaning)) is not None]
    asides: set[int] = set()
    line: int | None = None
    for n, (k, year) in enumerate(dated):
        meaning = places[k].meaning
        bare = isinstance(meaning, NamedTime) and meaning.month is None and meaning.season is None
        if line is not None and abs(year - line) > 2 and n + 1 < len(dated):
            following = dated[n + 1][1]
            if bare and abs(following - line) < abs(following - year):
                asides.add(k)
                continue
        line = year
    return asides


def _dateline(document: Document, places: Sequence[PlacedPhrase]) -> date | None:
    """The full date that stands alone on its line, if the article states no other day of publication."""
    for place in places:
        meaning = place.meaning
        if document.kind(place.first) is BlockKind.DATELINE and isinstance(meaning, NamedTime):
            year, month, day = meaning.year, meaning.month, meaning.day
            if year and month and day and year > 0 and valid_day(year, month, day):
                return date(year, month, day)
    return None


def _is_narrative(places: Sequence[PlacedPhrase], published: date | None) -> bool:
    """Whether most of what the text dates lies years before its publication, so that bare months follow the story."""
    years = [year for p in places if (year := _explicit_year(p.meaning)) is not None]
    fresh = sum(_is_fresh(p.meaning) for p in places)
    if published is None:
        return len(years) >= 4 and len(years) >= 4 * fresh
    old = sum(year < published.year for year in years)
    far = sum(year < published.year - 5 for year in years)
    return (old >= 8 and old > 0.6 * len(years) and old > 6 * fresh) or (far >= 5 and far == len(years) > 3 * fresh)


def _is_fresh(meaning: Meaning) -> bool:
    """Whether a phrase counts from the day of writing."""
    if isinstance(meaning, NamedTime):
        return (meaning.weekday is not None and not meaning.day) or meaning.rel in _FROM_NOW
    return isinstance(meaning, Offset) or (isinstance(meaning, Relative) and meaning.rel in _FROM_NOW)
