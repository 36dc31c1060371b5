"""Dates with parts left out -> points: the year, month or day that the story, the tense and now fill in."""

from __future__ import annotations

from datetime import date

from ...text.document import Document
from .calendar import Point, season, shifted, valid_day
from .meanings import NamedTime, Rel
from .narrative import STEP, Narrative
from .tense import PlacedPhrase, in_present, looks_ahead
from .time_words import SEASON_MONTHS, Grain, TimeUnit


def point_named(document: Document, story: Narrative, place: PlacedPhrase, meaning: NamedTime) -> Point | None:
    """The point that a named date means; None if its year or day cannot be told or does not exist."""
    if meaning.month is not None:
        base = _month_day(document, story, place, meaning)
    elif meaning.season or meaning.quarter or meaning.half:
        return _part_of_year(document, story, place, meaning)
    elif meaning.year is not None:
        return Point(Grain.YEAR, meaning.year)
    elif meaning.weekday is not None:
        base = _weekday(document, story, place, meaning.weekday, meaning.rel)
    else:
        base = _same_day(story, place, meaning)
    if base is None or base.grain < Grain.DAY:
        return base
    code = code_of(meaning)
    if not code:
        return base
    grain = Grain.CLOCK if meaning.clock is not None else Grain.PART
    return Point(grain, base.year, base.month, base.day, code)


def _same_day(story: Narrative, place: PlacedPhrase, meaning: NamedTime) -> Point | None:
    """A day of the month, a part of a day or an hour, on the day or in the month last spoken of."""
    anchor = story.pointed_at(place, meaning.rel or Rel.SAME)
    if anchor is None:
        return None
    if meaning.day is not None:
        if anchor.grain < Grain.MONTH or not valid_day(anchor.year, anchor.month, meaning.day):
            return None
        return Point(Grain.DAY, anchor.year, anchor.month, meaning.day)
    if anchor.grain < Grain.DAY:
        return None
    step = STEP[meaning.rel or Rel.SAME]
    day = anchor.at(Grain.DAY)
    return shifted(day, step, TimeUnit.DAY) if step else day


def _month_day(document: Document, story: Narrative, place: PlacedPhrase, meaning: NamedTime) -> Point | None:
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


def _year_by(story: Narrative, place: PlacedPhrase, rel: Rel) -> int | None:
    anchor = story.pointed_at(place, rel, near=3)
    return None if anchor is None else anchor.year + STEP[rel]


_JUST_OVER = 6
"""Months back to which the present tense may speak of one."""


def _year_of(document: Document, story: Narrative, place: PlacedPhrase, meaning: NamedTime) -> int | None:
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


def _part_of_year(document: Document, story: Narrative, place: PlacedPhrase, meaning: NamedTime) -> Point | None:
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


def _year_of_part(
    document: Document, story: Narrative, place: PlacedPhrase, meaning: NamedTime, first: int
) -> int | None:
    """The year of a season, quarter or half that begins with the month `first` and does not state its year."""
    if meaning.year_rel is not None:
        return _year_by(story, place, meaning.year_rel)
    anchor = story.pointed_at(place, meaning.rel or Rel.THIS, near=2)
    if anchor is None:
        return None
    if story.narrative or anchor is not story.now:
        return anchor.year + (STEP[meaning.rel] if meaning.rel else 0)
    if meaning.rel in _EARLIER:
        return anchor.year - (first >= anchor.month - 2)
    if meaning.rel in _LATER:
        return anchor.year + (first <= anchor.month)
    over = meaning.rel is None and first > anchor.month and not looks_ahead(document, place)
    return anchor.year - over


def _weekday(document: Document, story: Narrative, place: PlacedPhrase, weekday: int, rel: Rel | None) -> Point | None:
    anchor = story.pointed_at(place, rel or Rel.LAST)
    if anchor is None or anchor.grain < Grain.DAY or not 2 <= anchor.year <= 9990:
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


def code_of(meaning: NamedTime) -> str:
    """The hour or the part of the day that a date names, as TIMEX3 writes it after the day."""
    if meaning.clock is not None:
        hour, minute = meaning.clock
        return f"T{hour:02d}:{minute or 0:02d}"
    return f"T{meaning.part}" if meaning.part else ""
