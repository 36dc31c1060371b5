"""Time phrases -> values: what each phrase means, given the day of publication, the story so far and the tense."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from ...language.lexicon import words
from ...text.blocks import BlockKind
from ...text.document import Document
from .calendar import Point, duration, of_date, season, shifted, valid_day
from .meanings import Age, Between, Every, Length, Meaning, NamedTime, Offset, Ref, Rel, Relative, Shift
from .tense import PlacedPhrase, in_present, looks_ahead
from .time_words import SEASON_MONTHS, UNIT_GRAIN, Grain, TimeUnit


class Resolved(NamedTuple):
    """A TIMEX3 type and value, and the EDTF period it covers, if it lies in the calendar."""

    type: str
    value: str
    start: str | None = None
    end: str | None = None


@dataclass(slots=True)
class _Story:
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
        if self.line is not None and sentence > self.then_sentence:
            self.then, self.line = self.line, None
        if self.then is not None and (self.narrative or sentence - self.then_sentence <= near):
            return self.then
        return self.now

    def move(self, point: Point | None, sentence: int, *, explicit: bool) -> None:
        """The story comes to a point; for a while only, if it is an aside."""
        if point is None or point.grain < Grain.YEAR:
            return
        if self.line is not None and sentence > self.then_sentence:
            self.then, self.line = self.line, None
        if self.aside and self.then is not None:
            self.line = self.line or self.then
        elif explicit or self.line is None:
            self.line = None
        self.then, self.then_sentence = point, sentence
        self.told_finely = (explicit or self.told_finely) and point.grain >= Grain.MONTH


def resolve(document: Document, places: Sequence[PlacedPhrase]) -> list[Resolved]:
    """What each phrase means, in order."""
    published = document.article.published or _dateline(document, places)
    story = _Story(of_date(published) if published else None, _is_narrative(places, published))
    asides = _asides(places)
    out: list[Resolved] = []
    for k, place in enumerate(places):
        meaning = place.meaning
        if isinstance(meaning, NamedTime) and meaning.year is None and meaning.month is not None:
            meaning = _year_from_next(document, places, k, meaning)
        story.aside = k in asides
        out.append(_value(document, story, place, meaning))
    return out


def _explicit_year(meaning: Meaning) -> int | None:
    if isinstance(meaning, Between):
        return meaning.first.year
    return meaning.year if isinstance(meaning, NamedTime) else None


def _asides(places: Sequence[PlacedPhrase]) -> set[int]:
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


_LINKS = words("times", "links")


def _year_from_next(document: Document, places: Sequence[PlacedPhrase], k: int, meaning: NamedTime) -> NamedTime:
    """The year that a following date gives to this one: "from March to May 2011"."""
    if k + 1 >= len(places) or places[k + 1].sentence != places[k].sentence:
        return meaning
    after = places[k + 1]
    following = after.meaning.first if isinstance(after.meaning, Between) else after.meaning
    if not isinstance(following, NamedTime) or following.month is None or meaning.month is None:
        return meaning
    gap = document.tokens[places[k].last : after.first]
    if following.year_rel is not None and meaning.year_rel is None and gap and len(gap) <= 2:
        return replace(meaning, year_rel=following.year_rel) if all(t.lower in _LINKS for t in gap) else meaning
    if following.year is None or len(gap) > 3 or not gap or any(t.lower not in _LINKS for t in gap):
        return meaning
    return replace(meaning, year=following.year - (meaning.month > following.month))


def _value(document: Document, story: _Story, place: PlacedPhrase, meaning: Meaning) -> Resolved:
    if isinstance(meaning, Ref):
        return Resolved("DATE", meaning.value)
    if isinstance(meaning, Length):
        return Resolved("DURATION", duration(meaning.count, meaning.unit))
    if isinstance(meaning, Every):
        return _every(meaning)
    if isinstance(meaning, Between):
        return _between(document, story, place, meaning)
    point: Point | None
    if isinstance(meaning, Age):
        point = _age(story, meaning)
    elif isinstance(meaning, Offset):
        if story.now is None or story.narrative:
            return _offset_unknown(meaning)
        point = shifted(story.now, meaning.days, TimeUnit.DAY)
        if point is not None and meaning.part:
            point = Point(Grain.PART, point.year, point.month, point.day, f"T{meaning.part}")
        return _of(point, "XXXX-XX-XX")
    elif isinstance(meaning, Relative):
        point = _relative(document, story, place, meaning)
        fallback = _unknown(UNIT_GRAIN[meaning.unit])
        story.move(point, place.sentence, explicit=False)
        return _of(point, fallback)
    elif isinstance(meaning, Shift):
        return _shift(story, place, meaning)
    else:
        point = _named(document, story, place, meaning)
        if point is None:
            return Resolved("TIME" if meaning.part or meaning.clock else "DATE", _partial(meaning))
    story.move(point, place.sentence, explicit=True)
    return _of(point, "XXXX")


def _of(point: Point | None, fallback: str) -> Resolved:
    if point is None:
        return Resolved("TIME" if "T" in fallback else "DATE", fallback)
    start, end = point.period
    return Resolved("TIME" if point.grain >= Grain.PART else "DATE", point.value, start, end)


def _every(meaning: Every) -> Resolved:
    if meaning.weekday is not None:
        return Resolved("SET", f"XXXX-WXX-{meaning.weekday + 1}")
    if meaning.part is not None:
        return Resolved("SET", f"XXXX-XX-XXT{meaning.part}")
    return Resolved("SET", duration(meaning.count, meaning.unit or TimeUnit.DAY))


def _offset_unknown(meaning: Offset) -> Resolved:
    if meaning.part:
        return Resolved("TIME", f"XXXX-XX-XXT{meaning.part}")
    return Resolved("DATE", "PRESENT_REF" if meaning.days == 0 else "XXXX-XX-XX")


def _unknown(grain: Grain) -> str:
    return {
        Grain.DAY: "XXXX-XX-XX", Grain.WEEK: "XXXX-WXX", Grain.WEEKEND: "XXXX-WXX-WE", Grain.MONTH: "XXXX-XX",
        Grain.QUARTER: "XXXX-QX", Grain.DECADE: "XXX", Grain.CENTURY: "XX",
    }.get(grain, "XXXX")  # fmt: skip


def _partial(meaning: NamedTime) -> str:
    """The value of a date whose year nothing tells."""
    if meaning.season:
        return f"XXXX-{meaning.season}"
    if meaning.quarter:
        return f"XXXX-Q{meaning.quarter}"
    if meaning.half:
        return f"XXXX-H{meaning.half}"
    month = f"{meaning.month:02d}" if meaning.month else "XX"
    if meaning.month and not meaning.day:
        return f"XXXX-{month}"
    if meaning.weekday is not None and not meaning.day:
        base = f"XXXX-WXX-{meaning.weekday + 1}"
    else:
        base = f"XXXX-{month}-{f'{meaning.day:02d}' if meaning.day else 'XX'}"
    return base + _code(meaning)


def _code(meaning: NamedTime) -> str:
    if meaning.clock is not None:
        hour, minute = meaning.clock
        return f"T{hour:02d}:{minute or 0:02d}"
    return f"T{meaning.part}" if meaning.part else ""


def _age(story: _Story, meaning: Age) -> Point:
    if meaning.century is not None:
        n = meaning.century
        return Point(Grain.CENTURY, 1 - 100 * n if meaning.bc else 100 * (n - 1))
    decade = meaning.decade or 0
    if meaning.bc:
        return Point(Grain.DECADE, 1 - decade - 9)
    return Point(Grain.DECADE, decade)


_STEP = {Rel.NEAREST: 0, Rel.LAST: -1, Rel.THIS: 0, Rel.NEXT: 1, Rel.BEFORE: -1, Rel.SAME: 0, Rel.AFTER: 1}
_FROM_NOW = (Rel.LAST, Rel.THIS, Rel.NEXT, Rel.NEAREST)


def _anchor(story: _Story, place: PlacedPhrase, rel: Rel, *, near: int = 2) -> Point | None:
    if rel in _FROM_NOW and not story.narrative:
        return story.now
    return story.anchor(place.sentence, near=near)


def _relative(document: Document, story: _Story, place: PlacedPhrase, meaning: Relative) -> Point | None:
    anchor = _anchor(story, place, meaning.rel)
    if anchor is None or anchor.grain < UNIT_GRAIN[meaning.unit]:
        return None
    step = _STEP[meaning.rel]
    if meaning.rel is Rel.NEAREST and not looks_ahead(document, place):
        step = -1 if meaning.unit is TimeUnit.QUARTER else step
    if meaning.unit is TimeUnit.WEEKEND and step == 0 and anchor is story.now and not looks_ahead(document, place):
        # early in the week, the weekend that was is the last one
        step = -1 if _weekday_of(anchor) < 3 else 0
    return shifted(anchor, step, meaning.unit)


def _weekday_of(point: Point) -> int:
    return date(point.year, point.month, point.day).weekday()


def _shift(story: _Story, place: PlacedPhrase, meaning: Shift) -> Resolved:
    count, unit = meaning.count, meaning.unit
    if meaning.event:
        return Resolved("DURATION", duration(count, unit))
    if count is None:
        return Resolved("DATE", "PAST_REF" if meaning.sign < 0 else "FUTURE_REF")
    if unit in (TimeUnit.SECOND, TimeUnit.MINUTE, TimeUnit.HOUR):
        return Resolved("DURATION", duration(count, unit))
    if meaning.from_now and not story.narrative:
        anchor: Point | None = story.now
    else:
        anchor = story.anchor(place.sentence, near=1)
    whole = int(count)
    if anchor is None or whole != count:
        return Resolved("DATE", _unknown(UNIT_GRAIN[unit]))
    if unit is TimeUnit.YEAR and anchor.grain in (Grain.QUARTER, Grain.HALF) and not meaning.from_now:
        point: Point | None = replace(anchor, year=anchor.year + meaning.sign * whole)  # the same quarter of that year
    else:
        point = shifted(anchor, meaning.sign * whole, unit)
    story.move(point, place.sentence, explicit=False)
    return _of(point, _unknown(UNIT_GRAIN[unit]))


def _between(document: Document, story: _Story, place: PlacedPhrase, meaning: Between) -> Resolved:
    first = _named(document, story, place, meaning.first)
    if first is None:
        return Resolved("DATE", _partial(meaning.first))
    story.move(first, place.sentence, explicit=True)
    last_named = meaning.last
    if last_named.year is None:
        wraps = (last_named.month or 0) < (meaning.first.month or 0)
        last_named = NamedTime(first.year + wraps, last_named.month, last_named.day)
    last = _named(document, story, place, last_named)
    return Resolved("DATE", first.value, first.period[0], (last or first).period[1])


# Dates with parts left out


def _named(document: Document, story: _Story, place: PlacedPhrase, meaning: NamedTime) -> Point | None:
    """The point that a named date means; None if its year or day cannot be told or does not exist."""
    if meaning.month is not None:
        base = _month_day(document, story, place, meaning)
    elif meaning.season or meaning.quarter or meaning.half:
        return _part_of_year(document, story, place, meaning)
    elif meaning.year is not None:
        return Point(Grain.YEAR, meaning.year)
    elif meaning.weekday is not None:
        base = _weekday(document, story, place, meaning)
    else:
        base = _same_day(story, place, meaning)
    if base is None or base.grain < Grain.DAY:
        return base
    code = _code(meaning)
    if not code:
        return base
    grain = Grain.CLOCK if meaning.clock is not None else Grain.PART
    return Point(grain, base.year, base.month, base.day, code)


def _same_day(story: _Story, place: PlacedPhrase, meaning: NamedTime) -> Point | None:
    """A day of the month, a part of a day or an hour, on the day or in the month last spoken of."""
    anchor = _anchor(story, place, meaning.rel or Rel.SAME)
    if anchor is None:
        return None
    if meaning.day is not None:
        if anchor.grain < Grain.MONTH or not valid_day(anchor.year, anchor.month, meaning.day):
            return None
        return Point(Grain.DAY, anchor.year, anchor.month, meaning.day)
    if anchor.grain < Grain.DAY:
        return None
    step = _STEP[meaning.rel or Rel.SAME]
    day = anchor.at(Grain.DAY)
    return shifted(day, step, TimeUnit.DAY) if step else day


def _month_day(document: Document, story: _Story, place: PlacedPhrase, meaning: NamedTime) -> Point | None:
    month, day = meaning.month or 1, meaning.day
    year = meaning.year if meaning.year is not None else _year_of(document, story, place, meaning)
    if year is None:
        return None
    if meaning.nth is not None and meaning.weekday is not None:
        return _nth_weekday(year, month, meaning.weekday, meaning.nth)
    if day is None:
        return Point(Grain.MONTH, year, month)
    return Point(Grain.DAY, year, month, day) if valid_day(year, month, day) else None


def _nth_weekday(year: int, month: int, weekday: int, nth: int) -> Point | None:
    """The nth day of the week in a month, the last for -1; None if the month has no fifth."""
    if not 1 <= year <= 9998:
        return None
    first = (weekday - date(year, month, 1).weekday()) % 7 + 1
    days = [day for day in range(first, 32, 7) if valid_day(year, month, day)]
    return Point(Grain.DAY, year, month, days[nth if nth < 0 else nth - 1]) if nth <= len(days) else None


def _year_by(story: _Story, place: PlacedPhrase, rel: Rel) -> int | None:
    anchor = _anchor(story, place, rel, near=3)
    return None if anchor is None else anchor.year + _STEP[rel]


_JUST_OVER = 6
"""Months back to which the present tense may speak of one."""


def _year_of(document: Document, story: _Story, place: PlacedPhrase, meaning: NamedTime) -> int | None:
    """The year of a date that does not state it."""
    if meaning.year_rel is not None:
        return _year_by(story, place, meaning.year_rel)
    month = meaning.month or 1
    now, then = story.now, story.anchor(place.sentence)
    if story.narrative:
        return None if then is None else _year_pointed_at(then, month, meaning.rel)
    if now is not None and meaning.rel in (Rel.THIS, *_EARLIER, *_LATER):
        return _year_pointed_at(now, month, meaning.rel)
    future = looks_ahead(document, place)
    # "In March 2003 ... In April": as long as the story is told by months
    told = story.told_finely and place.sentence <= story.then_sentence + 1 and not future
    if told and then is not None and (now is None or then.year < now.year):
        return then.year
    if now is None:
        return None
    if meaning.day is not None:
        return _nearest_year(now, month, meaning.day or 1, future=future)
    if not future:
        return now.year - (month > now.month)
    # what stands in the present tense may be over: "60 percent, up from 40 in April", said in May
    just_over = 0 < now.month - month <= _JUST_OVER and in_present(document, place)
    return now.year + (month < now.month and not just_over)


_EARLIER = (Rel.LAST, Rel.BEFORE)
_LATER = (Rel.NEXT, Rel.AFTER)


def _year_pointed_at(anchor: Point, month: int, rel: Rel | None) -> int:
    """The year of the last such month before the anchor's, of the next one after it, or the anchor's own."""
    if rel in _EARLIER:
        return anchor.year - (month >= anchor.month)
    if rel in _LATER:
        return anchor.year + (month <= anchor.month)
    return anchor.year


def _nearest_year(now: Point, month: int, day: int, *, future: bool) -> int:
    """The year that brings a day nearest to now, four months dearer on the side that the tense does not point to."""

    def distance(year: int) -> int:
        wrong_side = ((year, month, day) < (now.year, now.month, now.day)) is future
        return abs(year * 372 + month * 31 + day - now.ordinal) + 120 * wrong_side

    return min((now.year - 1, now.year, now.year + 1), key=distance)


def _part_of_year(document: Document, story: _Story, place: PlacedPhrase, meaning: NamedTime) -> Point | None:
    """A season, quarter or half of a year."""
    first = SEASON_MONTHS[meaning.season] if meaning.season else 1
    if meaning.quarter:
        first = 3 * meaning.quarter - 2
    if meaning.half:
        first = 6 * meaning.half - 5
    year = meaning.year if meaning.year is not None else _year_of_part(document, story, place, meaning, first)
    if year is None:
        return None
    if meaning.season:
        return season(year, meaning.season)
    return Point(Grain.QUARTER if meaning.quarter else Grain.HALF, year, first)


def _year_of_part(document: Document, story: _Story, place: PlacedPhrase, meaning: NamedTime, first: int) -> int | None:
    """The year of a season, quarter or half that begins with the month `first` and does not state its year."""
    if meaning.year_rel is not None:
        return _year_by(story, place, meaning.year_rel)
    anchor = _anchor(story, place, meaning.rel or Rel.THIS, near=2)
    if anchor is None:
        return None
    if story.narrative or anchor is not story.now:
        return anchor.year + (_STEP[meaning.rel] if meaning.rel else 0)
    if meaning.rel in _EARLIER:
        return anchor.year - (first >= anchor.month - 2)
    if meaning.rel in _LATER:
        return anchor.year + (first <= anchor.month)
    over = meaning.rel is None and first > anchor.month and not looks_ahead(document, place)
    return anchor.year - over


def _weekday(document: Document, story: _Story, place: PlacedPhrase, meaning: NamedTime) -> Point | None:
    weekday = meaning.weekday or 0
    rel = meaning.rel
    anchor = _anchor(story, place, rel or Rel.LAST)
    if anchor is None or anchor.grain < Grain.DAY or anchor.year < 2 or anchor.year > 9990:
        return None
    today = date(anchor.year, anchor.month, anchor.day).weekday()
    back, ahead = (today - weekday) % 7, (weekday - today) % 7
    if rel in _LATER:
        step = ahead or 7
    elif rel in _EARLIER:
        step = -(back or 7)
    elif story.narrative or rel is Rel.SAME or looks_ahead(document, place):
        step = ahead
    else:
        step = -back
    return shifted(anchor.at(Grain.DAY), step, TimeUnit.DAY)
