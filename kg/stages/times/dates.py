"""Words -> days, months and hours as the calendar and the clock name them, and feasts."""

from __future__ import annotations

from dataclasses import replace

from ...language.lexicon import words
from . import time_words as W
from .counts import day_number, integer, year_at
from .meanings import (
    DASHES,
    REL,
    Between,
    Every,
    Found,
    NamedTime,
    Words,
)
from .time_words import TimeUnit
from .year_forms import with_year


def _month(w: Words, i: int) -> int | None:
    month = W.MONTHS.get(w[i])
    if month is None or not w.forms[i][0].isupper():
        return None
    return month


def _alone(w: Words, i: int) -> bool:
    """Whether a month's name with nothing beside it is a month here: in May, but not May said, the march."""
    if w[i] not in W.MONTH_ALSO_WORD:
        return True
    before, tag = w[i - 1], w.tags[i]
    if tag not in ("NNP", "NN", "NNPS") or w.tags[i - 1] in words("parse", "before a month as a name"):
        return False
    if w.tags[i + 1] in ("NNP", "NNPS", "POS"):
        return False
    return before in _BEFORE_MONTH


_BEFORE_MONTH = words("times", "before month")


def named_form(w: Words, i: int) -> Found:
    """Dates by weekday, month, day and year, in the orders that English has, with a part of the day before or after."""
    if _in_name(w, i):
        return None
    j, weekday = i, None
    if w[j] in W.WEEKDAYS and w.forms[j][0].isupper():
        weekday = W.WEEKDAYS[w[j]]
        j += 1
        if w[j] in W.PARTS and not w[j].endswith("s"):
            k = j + 1
            found = _date(w, k + (w[k] in (",", "of"))) if w[k] else None
            if found and isinstance(found[1], NamedTime) and found[1].day is not None:
                return found[0], replace(found[1], weekday=weekday, part=W.PARTS[w[j]])
            return _clock_after(w, j + 1, NamedTime(weekday=weekday, part=W.PARTS[w[j]]))
        k = j + (w[j] == ",")
        k += w[k] == "the"
        found = _date(w, k)
        if found and isinstance(found[1], NamedTime) and found[1].day is not None:
            return _clock_after(w, found[0], replace(found[1], weekday=weekday))
        return _clock_after(w, j, NamedTime(weekday=weekday))
    found = _date(w, j)
    if found and isinstance(found[1], NamedTime) and found[1].day is not None:
        return _clock_after(w, found[0], found[1])
    return found


def _in_name(w: Words, i: int) -> bool:
    """Whether a day or month is part of a name: April Summers, the Sunday Times, Black Friday."""
    if w[i][:1].isdigit() or not w[i]:
        return False
    if w.forms[i - 1][:1].isupper() and w[i - 1] in words("times", "names a day") and i > 0:
        return True
    after, dated = w[i + 1], w.ents[i] in ("DATE", "TIME", "")
    follows = (
        w.tags[i + 1] in ("NNP", "NNPS") and w.forms[i + 1][:1].isupper() and w.ents[i + 1] not in ("DATE", "TIME")
    )
    named = follows and after not in W.PARTS
    led = w.tags[i - 1] in words("parse", "before a month and its day") if i > 0 else False
    return (named and not led) or (not dated and w.ents[i] == "PERSON")


def _date(w: Words, i: int) -> Found:
    month = _month(w, i)
    if month is not None:
        return month_first(w, i, month)
    day = day_number(w[i])
    if day is None:
        return None
    j = i + 1
    glued = _glued_range(w, i, day)
    if glued is not None:
        return glued
    last = None
    if w[j] in DASHES and (last := day_number(w[j + 1])) is not None:
        j += 2
    if w[j] == "of":
        j += 1
    month = _month(w, j)
    if month is None:
        return None
    j, first = with_year(w, j + 1, NamedTime(month=month, day=day))
    return (j, first) if last is None else (j, Between(first, replace(first, day=last)))


def _glued_range(w: Words, i: int, day: int) -> Found:
    """14 August-24 September 1918, where the tokenizer keeps "August-24" together."""
    name, dash, digits = w[i + 1].partition("-")
    month, last_day = W.MONTHS.get(name), day_number(digits) if dash else None
    last_month = _month(w, i + 2)
    if month is None or last_day is None or last_month is None:
        return None
    j, first = with_year(w, i + 3, NamedTime(month=month, day=day))
    return j, Between(first, replace(first, month=last_month, day=last_day))


def month_first(w: Words, i: int, month: int) -> Found:
    """May 3, 2013; May 3-5; October 2015; October."""
    j = i + 1
    j += w[j] == "the"
    day = day_number(w[j])
    if day is not None and w[j + 1] not in words("times", "counted, no day"):
        j, last = _last_day(w, j + 1, month, day)
        j, first = with_year(w, j, NamedTime(month=month, day=day))
        if last is None:
            return j, first
        return j, Between(first, replace(last, year=first.year, year_rel=first.year_rel))
    j, named = with_year(w, i + 1, NamedTime(month=month))
    if not named.has_year and w[j] in DASHES and (other := _month(w, j + 1)) is not None:
        j, first = with_year(w, j + 2, NamedTime(month=month))
        return j, Between(first, replace(first, month=other))
    return (j, named) if named.has_year or _alone(w, i) else None


def _last_day(w: Words, j: int, month: int, day: int) -> tuple[int, NamedTime | None]:
    """The end of a stretch of days that goes on at `j`, and its last: May 3 and 4, May 3-5, May 30-June 2."""
    number = day_number(w[j + 1])
    later = number is not None and number > day
    if w[j] in ("and", "to"):
        is_day = w.tags[j + 2][:1] not in ("N", "J") or w[j + 2] in REL
        return (j + 2, NamedTime(month=month, day=number)) if later and is_day else (j, None)
    if w[j] in DASHES:
        if later:
            return j + 2, NamedTime(month=month, day=number)
        other, number = _month(w, j + 1), day_number(w[j + 2])
        if other is not None and number is not None:
            return j + 3, NamedTime(month=other, day=number)
    return j, None


def nth_weekday_form(w: Words, i: int) -> Found:
    """the first Monday of June, the last Friday in May 2019, the second Sunday of every month, the last week of May."""
    j = i + (w[i] == "the")
    nth = -1 if w[j] == "last" else W.ORDINALS.get(w[j], 0)
    day = w[j + 1]
    if not (nth == -1 or 1 <= nth <= 5) or w[j + 2] not in ("of", "in") or (day not in W.WEEKDAYS and day != "week"):
        return None
    if w[j + 3] in ("every", "each") and w[j + 4] == "month":
        return j + 5, Every(weekday=W.WEEKDAYS.get(day)) if day in W.WEEKDAYS else Every(1, TimeUnit.MONTH)
    month = _month(w, j + 3)
    if month is None:
        return None
    k, named = with_year(w, j + 4, NamedTime(month=month))
    return k, replace(named, weekday=W.WEEKDAYS[day], nth=nth) if day in W.WEEKDAYS else named


def months_of_year_form(w: Words, i: int) -> Found:
    """the first three months of 2024, the last six months of 2019."""
    j = i + (w[i] == "the")
    count = W.NUMBERS.get(w[j + 1]) or integer(w[j + 1], 1, 11)
    year = year_at(w, j + 4) if w[j + 2] == "months" and w[j + 3] == "of" else None
    if w[j] not in words("times", "part of months") or not count or year is None or count > 11:
        return None
    first, last = (1, count) if w[j] in ("first", "opening") else (13 - count, 12)
    return year[0], Between(NamedTime(year=year[1], month=first), NamedTime(year=year[1], month=last))


def slashed_form(w: Words, i: int) -> Found:
    """5/16/2017, in the article's order, else the American; 16.5.2017 has the day first."""
    dotted = w[i].count(".") == 2
    parts = w[i].split("." if dotted else "/")
    if dotted and len(parts[2]) != 4:
        return None
    if len(parts) != 3 or not all(p.isascii() and p.isdigit() and len(p) in (1, 2, 4) for p in parts):
        return None
    a, b, c = (int(p) for p in parts)
    if len(parts[0]) == 4:
        year, month, day = a, b, c
    else:
        year = c if len(parts[2]) == 4 else 1900 + c if c > 40 else 2000 + c
        month, day = (b, a) if dotted or w.day_first or a > 12 else (a, b)
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    return i + 1, NamedTime(year=year, month=month, day=day)


def _clock(w: Words, i: int) -> tuple[int, tuple[int, int | None]] | None:
    """11 a.m., 5:34 PM, 17:30, 3 o'clock, 0530hrs."""
    word = w[i]
    for ending in ("am", "pm", "hrs", "a.m.", "p.m."):
        if word.endswith(ending) and word[: -len(ending)].replace(":", "").isdigit():
            hour = _clock_digits(word[: -len(ending)])
            return None if hour is None else (i + 1, _half_day(hour, ending))
    digits = _clock_digits(word)
    if digits is None:
        return None
    after = w[i + 1]
    if after in ("a.m.", "p.m.", "a.m", "p.m", "am", "pm"):
        return i + 2, _half_day(digits, after)
    if after in ("o'clock", "o’clock"):
        return i + 2, digits
    if ":" in word:
        return (i + 2 if after in words("times", "after a clock") else i + 1), digits
    return None


def _clock_digits(word: str) -> tuple[int, int | None] | None:
    hour, colon, minute = word.partition(":")
    minute = minute.partition(":")[0]
    if not (hour.isascii() and hour.isdigit() and len(hour) <= 2 and int(hour) <= 24):
        return None
    if colon and not (minute.isascii() and minute.isdigit() and len(minute) == 2 and int(minute) < 60):
        return None
    return int(hour), int(minute) if colon else None


def _half_day(clock: tuple[int, int | None], half: str) -> tuple[int, int | None]:
    hour, minute = clock
    if half[0] == "p" and hour < 12:
        hour += 12
    if half[0] == "a" and hour == 12:
        hour = 0
    return hour, minute


def clock_alone_form(w: Words, i: int) -> Found:
    """An hour with the day after it if there is one: 8 p.m. Sunday."""
    found = _clock(w, i)
    if found is None or (found[1][1] is None and w[i + 1] == ""):
        return None
    j, clock = found
    j += w[j] in words("times", "zone of a clock")
    if w[j] == "local" and w[j + 1] == "time":
        j += 2
    k = j + (w[j] in (",", "on"))
    date = named_form(w, k)
    if date is not None and isinstance(date[1], NamedTime) and (date[1].day or date[1].weekday is not None):
        return date[0], replace(date[1], clock=clock)
    return j, NamedTime(clock=clock)


def _clock_after(w: Words, j: int, named: NamedTime) -> tuple[int, NamedTime]:
    found = _clock(w, j + (w[j] in ("at", ",")))
    return (j, named) if found is None else (found[0], replace(named, clock=found[1], part=None))


def holiday_form(w: Words, i: int) -> Found:
    """Days that have a name and a fixed date: Christmas Eve 2015."""
    for phrase, (month, day) in W.HOLIDAYS.items():
        if w.has(i, phrase) and w.forms[i][0].isupper():
            j, named = with_year(w, i + len(phrase), NamedTime(month=month, day=day))
            return (j + 1, replace(named, part=W.PARTS[w[j]])) if w[j] in W.PARTS else (j, named)
    return None
