"""Words -> dates and times that the calendar names: days, months, years, hours, seasons, quarters, decades, feasts."""

from __future__ import annotations

from dataclasses import replace

from ...language.lexicon import noted, words
from . import time_words as W
from .counts import day_number, integer, year_at
from .meanings import (
    APOSTROPHES,
    DASHES,
    ORDINAL_ENDS,
    RANGE,
    REL,
    Age,
    Between,
    Every,
    Found,
    Meaning,
    NamedTime,
    Rel,
    Words,
    relation_form,
)
from .time_words import TimeUnit


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
    if tag not in ("NNP", "NN", "NNPS") or w.tags[i - 1] in ("NNP", "NNPS", "DT", "PRP$", "POS"):
        return False
    if w.tags[i + 1] in ("NNP", "NNPS", "POS") and w[i + 1] not in W.WEEKDAYS:
        return False
    return before in _BEFORE_MONTH or (w[i + 1] in ("and", "to", "through") and w[i + 2] in W.MONTHS)


_BEFORE_MONTH = words("times", "before month")


def named_form(w: Words, i: int) -> Found:
    """Dates by weekday, month, day and year, in the orders that English has, with a part of the day before or after."""
    if _in_name(w, i):
        return None
    j, weekday = i, None
    if w[j] in W.WEEKDAYS and (w.forms[j][0].isupper()):
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
        return _clock_after(w, *found) if found[1].clock is None else found
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
    named = follows and after not in W.MONTHS and after not in W.WEEKDAYS and after not in W.PARTS
    led = w.tags[i - 1] in ("IN", "VBD", "JJ", "TO") if i > 0 else False
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
    if month is None or (w[j] in ("may", "march") and w.tags[j] in ("MD", "VB", "VBP")):
        return None
    j, year, year_rel = year_after(w, j + 1)
    first = NamedTime(year=year, month=month, day=day, year_rel=year_rel)
    return (j, first) if last is None else (j, Between(first, replace(first, day=last)))


def _glued_range(w: Words, i: int, day: int) -> Found:
    """14 August-24 September 1918, where the tokenizer keeps "August-24" together."""
    name, dash, digits = w[i + 1].partition("-")
    month, last_day = W.MONTHS.get(name), day_number(digits) if dash else None
    last_month = _month(w, i + 2)
    if month is None or last_day is None or last_month is None:
        return None
    j, year, year_rel = year_after(w, i + 3)
    first = NamedTime(year=year, month=month, day=day, year_rel=year_rel)
    return j, Between(first, replace(first, month=last_month, day=last_day))


def month_first(w: Words, i: int, month: int) -> Found:
    """May 3, 2013; May 3-5; October 2015; October."""
    j = i + 1
    j += w[j] == "the"
    day = day_number(w[j])
    if day is not None and w[j + 1] not in words("times", "counted, no day"):
        j += 1
        last: NamedTime | None = None
        if w[j] in ("and", "to") and (number := day_number(w[j + 1])) is not None and number > day:
            if w.tags[j + 2][:1] not in ("N", "J") or w[j + 2] in REL:
                last = NamedTime(month=month, day=number)
                j += 2
        elif w[j] in DASHES:
            if (number := day_number(w[j + 1])) is not None and number > day:
                last = NamedTime(month=month, day=number)
                j += 2
            elif (other := _month(w, j + 1)) is not None and (number := day_number(w[j + 2])) is not None:
                last = NamedTime(month=other, day=number)
                j += 3
        j, year, year_rel = year_after(w, j)
        first = NamedTime(year=year, month=month, day=day, year_rel=year_rel)
        return (j, first) if last is None else (j, Between(first, replace(last, year=year, year_rel=year_rel)))
    j, year, year_rel = year_after(w, i + 1)
    if year is None and year_rel is None:
        if w[j] in DASHES and (other := _month(w, j + 1)) is not None:
            j, year, year_rel = year_after(w, j + 2)
            first = NamedTime(year=year, month=month, year_rel=year_rel)
            return j, Between(first, replace(first, month=other))
        if not _alone(w, i):
            return None
    return j, NamedTime(year=year, month=month, year_rel=year_rel)


def year_after(w: Words, i: int) -> tuple[int, int | None, Rel | None]:
    """The year that follows a month or day: 2011; , 2011; of 2011; of that year; last year."""
    j = i + (w[i] in (",", "of", "in"))
    found = year_at(w, j)
    if found is not None and w[found[0]] not in words("times", "counted, no year"):
        return found[0], found[1], None
    if w[j][:1] in APOSTROPHES and (short := _short_year(w[j])) is not None:
        return j + 1, short, None
    if w[j] in APOSTROPHES and w[j] and (short := _short_year(w[j] + w[j + 1])) is not None:
        return j + 2, short, None
    related = relation_form(w, j) if w[i] not in ("in", ",") else None
    if related is not None and w[related[0]] == "year":
        return related[0] + 1, None, related[1]
    return i, None, None


def _short_year(word: str) -> int | None:
    if len(word) == 3 and word[0] in APOSTROPHES and word[1:].isascii() and word[1:].isdigit():
        yy = int(word[1:])
        return 1900 + yy if yy > 30 else 2000 + yy
    return None


def _year_span(word: str) -> tuple[int, int] | None:
    """The two years of "2012-13", "2023/24" or "1999-2001", where the tokenizer keeps them together."""
    first, last = word[:4], word[5:]
    if not (
        word[4:5] in DASHES and first.isdecimal() and last.isdecimal() and len(last) in (2, 4) and word.isprintable()
    ):
        return None
    a = integer(first, 1000, 2100)
    b = None if a is None else integer(last, 0, 2200) if len(last) == 4 else a - a % 100 + int(last)
    return (a, b) if a is not None and b is not None and a < b <= a + 200 else None


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
    k, year, year_rel = year_after(w, j + 4)
    named = NamedTime(year=year, month=month, year_rel=year_rel)
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


def year_alone_form(w: Words, i: int) -> Found:
    """A year by itself, or a range of years."""
    word = w[i]
    split = _short_year(word + w[i + 1]) if word in APOSTROPHES else None
    if split is not None and w[i - 1] in {*_BEFORE_YEAR, "to"}:
        return i + 2, NamedTime(year=split)
    if (span := _year_span(word)) is not None:
        return i + 1, Between(NamedTime(year=span[0]), NamedTime(year=span[1]))
    if (short := _short_year(word)) is not None:
        return (i + 1, NamedTime(year=short)) if w.tags[i + 1] not in ("NN", "NNS") or w[i - 1] == "of" else None
    found = year_at(w, i)
    if found is None:
        return _before_christ(w, i)
    j, year = found
    if j > i + 1:
        return j, NamedTime(year=year)
    if w[i - 1] in words("times", "before no year") or word != w.forms[i]:
        return None
    if w[j] in DASHES and (ranged := _years_to(w, i, j, year)) is not None:
        return ranged[0]
    counts = (w.tags[j] == "NNS" and w[j - 2] not in _BEFORE_YEAR) or w[j] in ("%", "percent", "years", "people")
    roughly = w[i - 1] in words("times", "roughly") and w[i - 2] not in _BEFORE_YEAR
    return None if counts or roughly else (j, NamedTime(year=year))


def _before_christ(w: Words, i: int) -> Found:
    """The first of two years whose era stands once: "499-493 BC", "264 to 241 BC"."""
    first = integer(w[i], 1, 2200)
    last = year_at(w, i + 2) if first and w[i + 1] in RANGE else None
    if not first or last is None or last[1] >= 1 or 1 - first >= last[1]:
        return None
    ends = (NamedTime(year=1 - first), NamedTime(year=last[1]))
    return (i + 1, ends[0]) if w[i + 1] not in DASHES else (last[0], Between(*ends))


def _years_to(w: Words, i: int, j: int, year: int) -> tuple[Found] | None:
    """What a year and the dash behind it at `j` open, in brackets: a range, a date, nothing; None if the year alone."""
    end, last = w[j + 1], year_at(w, j + 1)
    if last is not None and year < last[1] <= year + 200:
        return ((last[0], Between(NamedTime(year=year), NamedTime(year=last[1]))),)
    if len(end) == 2 and end.isdigit() and year % 100 < int(end) and w[j + 2] not in DASHES:
        return ((j + 2, Between(NamedTime(year=year), NamedTime(year=year - year % 100 + int(end)))),)
    if end.isdigit() and w[j + 2] in DASHES and (iso := _iso(w, i)) is not None:
        return (iso,)
    if w[j] == "-" and end and end not in W.UNITS:
        return (None if end[0].isdigit() else (j, NamedTime(year=year)),)
    return None


_BEFORE_YEAR = words("times", "before year")


def _iso(w: Words, i: int) -> Found:
    month, day = integer(w[i + 2], 1, 12), integer(w[i + 4], 1, 31)
    if month and day and w[i + 1] == w[i + 3] == "-":
        return i + 5, NamedTime(year=int(w[i]), month=month, day=day)
    return None


def slashed_form(w: Words, i: int) -> Found:
    """2017-05-16 as one word, and 5/16/2017, in the article's order, else the American; 16.5.2017 has the day first."""
    dotted = w[i].count(".") == 2
    parts = w[i].split("-") if w[i].count("-") == 2 else w[i].split("." if dotted else "/")
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


def _clock_after(w: Words, j: int, named: Meaning) -> Found:
    if isinstance(named, NamedTime):
        k = j + (w[j] in ("at", ","))
        found = _clock(w, k)
        if found is not None:
            return found[0], replace(named, clock=found[1], part=None)
        if w[j] in W.PARTS and not w[j].endswith("s"):
            return j + 1, replace(named, part=W.PARTS[w[j]])
    return j, named


def season_form(w: Words, i: int) -> Found:
    """spring, the summer of 2013; not the fall of a city."""
    code = W.SEASONS.get(w[i])
    span = _year_span(w[i + 1 + (w[i + 1] == "of")])
    if code is not None and span is not None:
        return i + 2 + (w[i + 1] == "of"), NamedTime(year=span[0], season=code)
    if code is None or (w[i] in ("fall", "spring") and w.tags[i][:2] != "NN"):
        return None
    j, year, year_rel = year_after(w, i + 1)
    if year is not None or year_rel is not None:
        return j, NamedTime(year=year, season=code, year_rel=year_rel)
    if w[i] in ("fall", "spring") and w[i - 1] not in _BEFORE_SEASON:
        return None
    # "the fall of Saigon" is no autumn; "in the fall" is one when nothing falls
    if w[i] == "fall" and (w[i + 1] == "of" or not (w[i - 1] in _NEAR_FALL or w[i - 2] in _BEFORE_FALL)):
        return None
    if w.tags[i] in ("NNP", "NNPS") and (w.tags[i - 1] in ("NNP",) or w.tags[i + 1] in ("NNP", "NNPS")):
        return None
    return i + 1, NamedTime(season=code)


_NEAR_FALL = words("times", "near fall")
_BEFORE_FALL = words("times", "before fall")
_BEFORE_SEASON = words("times", "before season")


def quarter_form(w: Words, i: int) -> Found:
    """the third quarter of 2011; the first half of the year; Q3 2011."""
    ordinal = W.ORDINALS.get(w[i], 0) if w[i] in W.ORDINALS else W.HALVES.get(w[i], 0)
    j = i + 1
    j += w[j] == "-"
    j += w[j] == "fiscal"
    if w[j] == "quarter" and 1 <= ordinal <= 4:
        j, year, year_rel = year_after(w, j + 1)
        return j, NamedTime(year=year, quarter=ordinal, year_rel=year_rel)
    if w[j] == "half" and w[i] in W.HALVES:
        j, year, year_rel = year_after(w, j + 1)
        if year is None and year_rel is None:
            if w.has(j, ("of", "the", "year")):
                return j + 3, NamedTime(half=W.HALVES[w[i]])
            return None
        return j, NamedTime(year=year, half=W.HALVES[w[i]], year_rel=year_rel)
    if w[j] in ("century", "centuries"):
        return _bc_age(w, j + 1, Age(century=ordinal)) if ordinal else None
    return None


def nth_century_form(w: Words, i: int) -> Found:
    """the 12th century, 3rd quarter, Q3 2016."""
    word = w[i]
    if word[-2:] in ORDINAL_ENDS and word[:-2].isascii() and word[:-2].isdigit() and len(word) <= 4:
        j = i + 1
        j += w[j] == "-"
        if w[j] in ("century", "centuries"):
            return _bc_age(w, j + 1, Age(century=int(word[:-2])))
        if w[j] == "quarter" and word[0] in "1234" and len(word) == 3:
            j, year, year_rel = year_after(w, j + 1)
            return j, NamedTime(year=year, quarter=int(word[0]), year_rel=year_rel)
    if word in ("q1", "q2", "q3", "q4"):
        j, year, year_rel = year_after(w, i + 1)
        return j, NamedTime(year=year, quarter=int(word[1]), year_rel=year_rel)
    return None


def _bc_age(w: Words, j: int, age: Age) -> Found:
    if w[j] in ("bc", "b.c.", "bce", "b.c"):
        return j + 1, replace(age, bc=True)
    return j, age


DECADE_WORDS = {word: int(decade) for word, decade in noted("times", "decades").items()}


def decade_form(w: Words, i: int) -> Found:
    """the 1930s, the '80s, the 470s BC, the early nineties."""
    i += w[i] in ("'", "’", "‘")
    word = w[i]
    j = i + 1
    if word in DECADE_WORDS:
        return (j, Age(decade=1900 + DECADE_WORDS[word], short=True)) if w[i - 1] in ("the", "early", "late") else None
    body = word.lstrip(APOSTROPHES)
    if body.endswith("s"):
        body = body[:-1].rstrip(APOSTROPHES)
    elif w[j] in ("s", "'s", "’s"):
        j += 1
    else:
        return None
    if not (body.isascii() and body.isdigit() and body.endswith("0")):
        return None
    value = int(body)
    if len(body) == 2 and value >= 20 and w[i - 1] in words("times", "before a decade"):
        return j, Age(decade=1900 + value, short=True)
    if len(body) == 3:
        return (j + 1, Age(decade=value, bc=True)) if w[j] in ("bc", "b.c.", "bce") else None
    if len(body) == 4 and 1000 <= value <= 2100:
        return _bc_age(w, j, Age(decade=value))
    return None


def holiday_form(w: Words, i: int) -> Found:
    """Days that have a name and a fixed date: Christmas Eve 2015."""
    for phrase, (month, day) in W.HOLIDAYS.items():
        if w.has(i, phrase) and w.forms[i][0].isupper():
            j, year, year_rel = year_after(w, i + len(phrase))
            part = None
            if w[j] in W.PARTS:
                part, j = W.PARTS[w[j]], j + 1
            return j, NamedTime(year=year, month=month, day=day, part=part, year_rel=year_rel)
    return None
