"""Time phrases -> values: what each phrase means, given the day of publication, the story so far and the tense."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from ...language.lexicon import words
from ...text.document import Document
from .calendar import Point, duration, shifted
from .meanings import Age, Between, Every, Length, Meaning, NamedTime, Offset, Ref, Rel, Relative, Shift
from .narrative import STEP, Narrative, asides_of, begun
from .partial_dates import code_of, point_named
from .tense import PlacedPhrase, looks_ahead
from .time_words import UNIT_GRAIN, Grain, TimeUnit


class Resolved(NamedTuple):
    """A TIMEX3 type and value, and the EDTF period it covers, if it lies in the calendar."""

    type: str
    value: str
    start: str | None = None
    end: str | None = None


def resolve(document: Document, places: Sequence[PlacedPhrase]) -> list[Resolved]:
    """What each phrase means, in order."""
    story, asides = begun(document, places), asides_of(places)
    out: list[Resolved] = []
    for k, place in enumerate(places):
        meaning = place.meaning
        if isinstance(meaning, NamedTime) and meaning.year is None and meaning.month is not None:
            meaning = _year_from_next(document, places, k, meaning)
        story.aside = k in asides
        out.append(_value(document, story, place, meaning))
    return out


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
    if following.year is None or not gap or any(t.lower not in _LINKS for t in gap):
        return meaning
    return replace(meaning, year=following.year - (meaning.month > following.month))


def _value(document: Document, story: Narrative, place: PlacedPhrase, meaning: Meaning) -> Resolved:
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
        point = _age(meaning)
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
        point = point_named(document, story, place, meaning)
        if point is None:
            return Resolved("TIME" if meaning.part or meaning.clock else "DATE", _partial(meaning))
    story.move(point, place.sentence, explicit=True)
    return _of(point, "XXXX")


def _of(point: Point | None, fallback: str) -> Resolved:
    if point is None:
        return Resolved("DATE", fallback)
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
    return base + code_of(meaning)


def _age(meaning: Age) -> Point:
    if meaning.century is not None:
        n = meaning.century
        return Point(Grain.CENTURY, 1 - 100 * n if meaning.bc else 100 * (n - 1))
    decade = meaning.decade or 0
    if meaning.bc:
        return Point(Grain.DECADE, 1 - decade - 9)
    return Point(Grain.DECADE, decade)


def _relative(document: Document, story: Narrative, place: PlacedPhrase, meaning: Relative) -> Point | None:
    anchor = story.pointed_at(place, meaning.rel)
    if anchor is None or anchor.grain < UNIT_GRAIN[meaning.unit]:
        return None
    step = STEP[meaning.rel]
    if meaning.rel is Rel.NEAREST and not looks_ahead(document, place):
        step = -1 if meaning.unit is TimeUnit.QUARTER else step
    if meaning.unit is TimeUnit.WEEKEND and step == 0 and not looks_ahead(document, place):
        # early in the week, the weekend that was is the last one
        step = -1 if _weekday_of(anchor) < 3 else 0
    return shifted(anchor, step, meaning.unit)


def _weekday_of(point: Point) -> int:
    return date(point.year, point.month, point.day).weekday()


def _shift(story: Narrative, place: PlacedPhrase, meaning: Shift) -> Resolved:
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


def _between(document: Document, story: Narrative, place: PlacedPhrase, meaning: Between) -> Resolved:
    first = point_named(document, story, place, meaning.first)
    if first is None:
        return Resolved("DATE", _partial(meaning.first))
    story.move(first, place.sentence, explicit=True)
    last_named = meaning.last
    if last_named.year is None:
        wraps = (last_named.month or 0) < (meaning.first.month or 0)
        last_named = NamedTime(first.year + wraps, last_named.month, last_named.day)
    last = point_named(document, story, place, last_named)
    return Resolved("DATE", first.value, first.period[0], (last or first).period[1])
