"""The words of a sentence -> time phrases, not yet resolved: what is said, before it is known when that is.

One pass from left to right; at each word the forms that it can start are tried
and the longest is taken. No form looks further than a dozen words ahead, so
the cost is linear.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum

from ..document import Token
from . import words as W
from .words import Unit


class Rel(Enum):
    """How a phrase points from its anchor: the first four from now, the others from the time last spoken of."""

    LAST = "last"
    THIS = "this"
    NEXT = "next"
    NEAREST = "the"
    BEFORE = "the previous"
    SAME = "that"
    AFTER = "the following"


class Ref(Enum):
    """TIMEX3's vague points."""

    PRESENT = "PRESENT_REF"
    PAST = "PAST_REF"
    FUTURE = "FUTURE_REF"


@dataclass(frozen=True, slots=True)
class Named:
    """A place in the calendar, given in part or whole. `clock` is (hour, minute); `year` is astronomical: 1 BC is 0."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    season: str | None = None
    quarter: int | None = None
    half: int | None = None
    part: str | None = None
    clock: tuple[int, int | None] | None = None
    rel: Rel | None = None
    year_rel: Rel | None = None


@dataclass(frozen=True, slots=True)
class Age:
    """A decade (by its first year) or century (by its number); `short` if the century was left out ("the '80s")."""

    decade: int | None = None
    century: int | None = None
    short: bool = False
    bc: bool = False


@dataclass(frozen=True, slots=True)
class Relative:
    """A unit counted off from an anchor: last year, that month, the following day."""

    rel: Rel
    unit: Unit


@dataclass(frozen=True, slots=True)
class Shift:
    """A length of time before or after an anchor: two days ago, a year later. `event` if a named event anchors it."""

    count: float | None
    unit: Unit
    sign: int
    from_now: bool
    event: bool = False


@dataclass(frozen=True, slots=True)
class Offset:
    """Days from today, with a part of the day if given: yesterday, tonight."""

    days: int
    part: str | None = None


@dataclass(frozen=True, slots=True)
class Length:
    """A duration; `count` None if vague."""

    count: float | None
    unit: Unit


@dataclass(frozen=True, slots=True)
class Every:
    """A repetition: every two weeks, daily, every Monday, nights."""

    count: float | None = 1
    unit: Unit | None = None
    weekday: int | None = None
    part: str | None = None


@dataclass(frozen=True, slots=True)
class Between:
    """A range printed as one run: 2011-2015, May 3-5."""

    first: Named
    last: Named


Meaning = Named | Age | Relative | Shift | Offset | Length | Every | Between | Ref


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words [start, end) of a sentence and what they say."""

    start: int
    end: int
    meaning: Meaning


Found = tuple[int, Meaning] | None
"""Where a form ends, and what it says; None if the words do not have it."""

_DASHES = frozenset({"-", "–", "—", "/"})
_RANGE = _DASHES | {"to", "and", "until", "through"}
_APOSTROPHES = "'’‘"
_ORDINAL_ENDS = ("st", "nd", "rd", "th")
_PAD = 14


class Words(Sequence[str]):
    """The lower-case words of a sentence, endless with "" past its end; Penn tags and entity labels likewise."""

    __slots__ = ("_words", "ents", "forms", "tags")

    def __init__(self, tokens: Sequence[Token]) -> None:
        self._words = [t.lower for t in tokens] + [""] * _PAD
        self.forms = [t.text for t in tokens] + [""] * _PAD
        self.tags = [t.tag for t in tokens] + [""] * _PAD
        self.ents = [t.ent for t in tokens] + [""] * _PAD

    def __len__(self) -> int:
        return len(self._words) - _PAD

    def __getitem__(self, i: int) -> str:  # type: ignore[override]
        return self._words[i] if i >= 0 else ""

    def has(self, i: int, phrase: tuple[str, ...]) -> bool:
        """Whether the words from `i` on are those of the phrase."""
        return all(self._words[i + k] == word for k, word in enumerate(phrase))


def find_phrases(words: Words) -> Iterator[Phrase]:
    """The time phrases of a sentence, left to right, none overlapping."""
    i, n = 0, len(words)
    while i < n:
        word = words[i]
        forms = _FORMS.get(word)
        if forms is None:
            if word.startswith("mid-"):
                forms = (_mid,)
            elif word[0].isdigit() or (word[0] in _APOSTROPHES and word[1:2].isdigit()):
                forms = _NUMERIC
            else:
                i += 1
                continue
        best: Found = None
        for form in forms:
            found = form(words, i)
            if found is not None and (best is None or found[0] > best[0]):
                best = found
        if best is None or best[0] > n:
            i += 1
        else:
            yield Phrase(i, best[0], best[1])
            i = best[0]


# Numbers


def _integer(word: str, low: int, high: int) -> int | None:
    return int(word) if word.isascii() and word.isdigit() and len(word) <= 4 and low <= int(word) <= high else None


def _year(w: Words, i: int) -> tuple[int, int] | None:
    """An explicit year: 1914, 480 BC, AD 79; astronomical."""
    word = w[i]
    if word in ("bc", "b.c.", "ad", "a.d.") and (y := _integer(w[i + 1], 1, 2200)) and word[0] == "a":
        return i + 2, y
    y = _integer(word, 1, 2200)
    if y is None:
        return None
    for k, ends in ((1, ("bc", "bce", "b.c.", "b.c", "b.c.e.")),):
        if w[i + k] in ends:
            return i + 2, 1 - y
    if w[i + 1] in ("ad", "ce", "a.d."):
        return i + 2, y
    if not 1000 <= y <= 2100 or len(word) != 4:
        return None
    return i + 1, y


def _day_number(word: str) -> int | None:
    if word[-2:] in _ORDINAL_ENDS:
        word = word[:-2]
    return _integer(word, 1, 31) if len(word) <= 2 else None


def _count(w: Words, i: int) -> tuple[int, float | None] | None:
    """A count of units: 3, 1.5, twenty-five, two and a half, half a, a couple of, several (None)."""
    word = w[i]
    if word[:1].isdigit():
        plain = word.replace(",", "")
        if plain.count(".") > 1 or not plain.replace(".", "").isdigit() or not plain.isascii() or len(plain) > 9:
            return None
        if w[i + 1] == "1/2":
            return i + 2, float(plain) + 0.5
        j = i + 1
        value = float(plain)
    elif word in W.NUMBERS or word in W.SCALES:
        value, j = 0.0, i
        while w[j] in W.NUMBERS or w[j] in W.SCALES or (w[j] in ("-", "and") and w[j + 1] in W.NUMBERS and j > i):
            if w[j] in W.NUMBERS:
                if w[j - 1] != "-" and j > i and w[j - 1] in W.SMALL:
                    break
                value += W.NUMBERS[w[j]]
            elif w[j] in W.SCALES:
                value = (value or 1) * W.SCALES[w[j]]
            j += 1
    elif word == "half" and w[i + 1] in ("a", "an", "-"):
        return i + 2, 0.5
    elif word in ("a", "an"):
        if w[i + 1] == "couple":
            return (i + 3 if w[i + 2] == "of" else i + 2), 2
        if w[i + 1] == "dozen":
            return i + 2, 12
        if w[i + 1] in ("few", "number", "handful"):
            return (i + 3 if w[i + 2] == "of" else i + 2), None
        if w[i + 1] in ("hundred", "thousand"):
            return i + 2, W.SCALES[w[i + 1]]
        if w[i + 1] == "half" and w[i + 2] in W.UNITS:
            return i + 2, 0.5
        return i + 1, 1
    elif word in W.VAGUE_COUNTS:
        return i + 1, None
    else:
        return None
    if w.has(j, ("and", "a", "half")):
        return j + 3, value + 0.5
    return j, value


def _unit(w: Words, i: int) -> tuple[int, Unit] | None:
    unit = W.UNITS.get(w[i])
    return None if unit is None else (i + 1, unit)


# Calendar dates


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


_BEFORE_MONTH = frozenset(
    "in since until till by during through last this next early late mid mid- - and to of from between before after "
    "for late-".split()
)


def _named(w: Words, i: int) -> Found:
    """Dates by weekday, month, day and year, in the orders that English has, with a part of the day before or after."""
    j, weekday = i, None
    if w[j] in W.WEEKDAYS and (w.forms[j][0].isupper()):
        weekday = W.WEEKDAYS[w[j]]
        j += 1
        if w[j] in W.PARTS and not w[j].endswith("s"):
            k = j + 1
            found = _date(w, k + (w[k] in (",", "of"))) if w[k] else None
            if found and isinstance(found[1], Named) and found[1].day is not None:
                return found[0], replace(found[1], weekday=weekday, part=W.PARTS[w[j]])
            return _clock_after(w, j + 1, Named(weekday=weekday, part=W.PARTS[w[j]]))
        k = j + (w[j] == ",")
        k += w[k] == "the"
        found = _date(w, k)
        if found and isinstance(found[1], Named) and found[1].day is not None:
            return _clock_after(w, found[0], replace(found[1], weekday=weekday))
        return _clock_after(w, j, Named(weekday=weekday))
    found = _date(w, j)
    if found and isinstance(found[1], Named) and found[1].day is not None:
        return _clock_after(w, *found) if found[1].clock is None else found
    return found


def _date(w: Words, i: int) -> Found:
    month = _month(w, i)
    if month is not None:
        return _month_first(w, i, month)
    day = _day_number(w[i])
    if day is None:
        return None
    j = i + 1
    glued = _glued_range(w, i, day)
    if glued is not None:
        return glued
    last = None
    if w[j] in _DASHES and (last := _day_number(w[j + 1])) is not None:
        j += 2
    if w[j] == "of":
        j += 1
    month = _month(w, j)
    if month is None or (w[j] in ("may", "march") and w.tags[j] in ("MD", "VB", "VBP")):
        return None
    j, year, year_rel = _year_after(w, j + 1)
    first = Named(year=year, month=month, day=day, year_rel=year_rel)
    return (j, first) if last is None else (j, Between(first, replace(first, day=last)))


def _glued_range(w: Words, i: int, day: int) -> Found:
    """14 August-24 September 1918, where the tokenizer keeps "August-24" together."""
    name, dash, digits = w[i + 1].partition("-")
    month, last_day = W.MONTHS.get(name), _day_number(digits) if dash else None
    last_month = _month(w, i + 2)
    if month is None or last_day is None or last_month is None:
        return None
    j, year, year_rel = _year_after(w, i + 3)
    first = Named(year=year, month=month, day=day, year_rel=year_rel)
    return j, Between(first, replace(first, month=last_month, day=last_day))


def _month_first(w: Words, i: int, month: int) -> Found:
    j = i + 1
    j += w[j] == "the"
    day = _day_number(w[j])
    if day is not None and w[j + 1] not in ("percent", "%", "million", "billion", "people"):
        j += 1
        last: Named | None = None
        if w[j] in _DASHES:
            if (number := _day_number(w[j + 1])) is not None and number > day:
                last = Named(month=month, day=number)
                j += 2
            elif (other := _month(w, j + 1)) is not None and (number := _day_number(w[j + 2])) is not None:
                last = Named(month=other, day=number)
                j += 3
        j, year, year_rel = _year_after(w, j)
        first = Named(year=year, month=month, day=day, year_rel=year_rel)
        return (j, first) if last is None else (j, Between(first, replace(last, year=year, year_rel=year_rel)))
    j, year, year_rel = _year_after(w, i + 1)
    if year is None and year_rel is None:
        if w[j] in _DASHES and (other := _month(w, j + 1)) is not None:
            j, year, year_rel = _year_after(w, j + 2)
            first = Named(year=year, month=month, year_rel=year_rel)
            return j, Between(first, replace(first, month=other))
        if not _alone(w, i):
            return None
    return j, Named(year=year, month=month, year_rel=year_rel)


def _year_after(w: Words, i: int) -> tuple[int, int | None, Rel | None]:
    """The year that follows a month or day: 2011; , 2011; of 2011; of that year; last year."""
    j = i + (w[i] in (",", "of", "in"))
    found = _year(w, j)
    if found is not None and w[found[0]] not in ("people", "men", "troops", "soldiers", "%", "percent"):
        return found[0], found[1], None
    if w[j][:1] in _APOSTROPHES and (short := _short_year(w[j])) is not None:
        return j + 1, short, None
    relative = _relative(w, j) if w[i] != "in" else None
    if relative is not None and isinstance(relative[1], Relative) and relative[1].unit is Unit.YEAR and w[i] != ",":
        return relative[0], None, relative[1].rel
    return i, None, None


def _short_year(word: str) -> int | None:
    if len(word) == 3 and word[0] in _APOSTROPHES and word[1:].isascii() and word[1:].isdigit():
        yy = int(word[1:])
        return 1900 + yy if yy > 30 else 2000 + yy
    return None


def _year_alone(w: Words, i: int) -> Found:
    """A year by itself, or a range of years."""
    word = w[i]
    if (short := _short_year(word)) is not None:
        return (i + 1, Named(year=short)) if w.tags[i + 1] not in ("NN", "NNS") or w[i - 1] == "of" else None
    found = _year(w, i)
    if found is None:
        # "499-493 BC", "264 to 241 BC": the era stands once
        first = _integer(word, 1, 2200)
        if first and w[i + 1] in _RANGE and (last_bc := _year(w, i + 2)) and last_bc[1] < 1 and 1 - first < last_bc[1]:
            ends = (Named(year=1 - first), Named(year=last_bc[1]))
            return (i + 1, ends[0]) if w[i + 1] not in _DASHES else (last_bc[0], Between(*ends))
        return None
    j, year = found
    if j > i + 1:
        return j, Named(year=year)
    if w[i - 1] in ("$", "£", "€", "#", ".", "no.", "route", "rs") or word != w.forms[i]:
        return None
    if w[j] in _DASHES:
        end = w[j + 1]
        last = _year(w, j + 1)
        if last is not None and year < last[1] <= year + 200:
            return last[0], Between(Named(year=year), Named(year=last[1]))
        if len(end) == 2 and end.isdigit() and year % 100 < int(end) and (w[j + 2] not in _DASHES):
            return j + 2, Between(Named(year=year), Named(year=year - year % 100 + int(end)))
        if end.isdigit() and w[j + 2] in _DASHES and (iso := _iso(w, i)) is not None:
            return iso
        if w[j] == "-" and end and end not in W.UNITS:
            return None if end[0].isdigit() else (j, Named(year=year))
    if (w.tags[j] in ("NNS",) and w[j - 2] not in _BEFORE_YEAR) or w[j] in ("%", "percent", "years", "people"):
        return None
    if w[i - 1] in ("about", "nearly", "almost", "than", "least", "some") and w[i - 2] not in _BEFORE_YEAR:
        return None
    return j, Named(year=year)


_IN_YEAR = frozenset("in since until till by during through the late early mid".split())
_BEFORE_YEAR = frozenset(
    "in since until till by during through of the from between before after late early mid for and".split()
)


def _iso(w: Words, i: int) -> Found:
    month, day = _integer(w[i + 2], 1, 12), _integer(w[i + 4], 1, 31)
    if month and day and w[i + 1] == w[i + 3] == "-":
        return i + 5, Named(year=int(w[i]), month=month, day=day)
    return None


def _slashed(w: Words, i: int) -> Found:
    """2017-05-16 as one word, and 5/16/2017, American order unless that is impossible."""
    parts = w[i].split("-") if w[i].count("-") == 2 else w[i].split("/")
    if len(parts) != 3 or not all(p.isascii() and p.isdigit() and len(p) in (1, 2, 4) for p in parts):
        return None
    a, b, c = (int(p) for p in parts)
    if len(parts[0]) == 4:
        year, month, day = a, b, c
    else:
        year = c if len(parts[2]) == 4 else 1900 + c if c > 40 else 2000 + c
        month, day = (a, b) if a <= 12 else (b, a)
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    return i + 1, Named(year=year, month=month, day=day)


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
        return (i + 2 if after in ("hrs", "hr", "hours", "gmt", "utc", "est", "edt") else i + 1), digits
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


def _clock_alone(w: Words, i: int) -> Found:
    found = _clock(w, i)
    if found is None or (found[1][1] is None and w[i + 1] == ""):
        return None
    j, clock = found
    j += w[j] in ("gmt", "utc", "est", "edt", "et")
    if w[j] == "local" and w[j + 1] == "time":
        j += 2
    k = j + (w[j] in (",", "on"))
    date = _named(w, k)
    if date is not None and isinstance(date[1], Named) and (date[1].day or date[1].weekday is not None):
        return date[0], replace(date[1], clock=clock)
    return j, Named(clock=clock)


def _clock_after(w: Words, j: int, named: Meaning) -> Found:
    if isinstance(named, Named):
        k = j + (w[j] in ("at", ","))
        found = _clock(w, k)
        if found is not None:
            return found[0], replace(named, clock=found[1], part=None)
        if w[j] in W.PARTS and not w[j].endswith("s") and named.part is None:
            return j + 1, replace(named, part=W.PARTS[w[j]])
    return j, named


# Seasons, quarters, halves, decades, centuries, holidays


def _season(w: Words, i: int) -> Found:
    code = W.SEASONS.get(w[i])
    if code is None or (w[i] in ("fall", "spring") and w.tags[i][:2] != "NN"):
        return None
    j, year, year_rel = _year_after(w, i + 1)
    if year is not None or year_rel is not None:
        return j, Named(year=year, season=code, year_rel=year_rel)
    if w[i] in ("fall", "spring") and w[i - 1] not in _BEFORE_SEASON:
        return None
    # "the fall of Saigon" is no autumn; "in the fall" is one when nothing falls
    if w[i] == "fall" and (w[i + 1] == "of" or not (w[i - 1] in _NEAR_FALL or w[i - 2] in _BEFORE_FALL)):
        return None
    if w.tags[i] in ("NNP", "NNPS") and (w.tags[i - 1] in ("NNP",) or w.tags[i + 1] in ("NNP", "NNPS")):
        return None
    return i + 1, Named(season=code)


_NEAR_FALL = frozenset({"last", "this", "next", "early", "late"})
_BEFORE_FALL = frozenset({"in", "during", "by", "until", "through", "throughout", "late", "since"})
_BEFORE_SEASON = frozenset("in the this last next early late by during since until that each every - of".split())


def _quarter(w: Words, i: int) -> Found:
    """the third quarter of 2011; the first half of the year; Q3 2011."""
    ordinal = W.ORDINALS.get(w[i], 0) if w[i] in W.ORDINALS else W.HALVES.get(w[i], 0)
    j = i + 1
    j += w[j] == "-"
    j += w[j] == "fiscal"
    if w[j] == "quarter" and 1 <= ordinal <= 4:
        j, year, year_rel = _year_after(w, j + 1)
        return j, Named(year=year, quarter=ordinal, year_rel=year_rel)
    if w[j] == "half" and w[i] in W.HALVES:
        j, year, year_rel = _year_after(w, j + 1)
        if year is None and year_rel is None:
            if w.has(j, ("of", "the", "year")):
                return j + 3, Named(half=W.HALVES[w[i]])
            return None
        return j, Named(year=year, half=W.HALVES[w[i]], year_rel=year_rel)
    if w[j] in ("century", "centuries"):
        return _bc_age(w, j + 1, Age(century=ordinal)) if ordinal else None
    return None


def _nth_century(w: Words, i: int) -> Found:
    word = w[i]
    if word[-2:] in _ORDINAL_ENDS and word[:-2].isascii() and word[:-2].isdigit() and len(word) <= 4:
        j = i + 1
        j += w[j] == "-"
        if w[j] in ("century", "centuries"):
            return _bc_age(w, j + 1, Age(century=int(word[:-2])))
        if w[j] == "quarter" and word[0] in "1234" and len(word) == 3:
            j, year, year_rel = _year_after(w, j + 1)
            return j, Named(year=year, quarter=int(word[0]), year_rel=year_rel)
    if word in ("q1", "q2", "q3", "q4"):
        j, year, year_rel = _year_after(w, i + 1)
        return j, Named(year=year, quarter=int(word[1]), year_rel=year_rel)
    return None


def _bc_age(w: Words, j: int, age: Age) -> Found:
    if w[j] in ("bc", "b.c.", "bce", "b.c"):
        return j + 1, replace(age, bc=True)
    return j, age


_DECADE_WORDS = {
    "twenties": 20, "thirties": 30, "forties": 40, "fifties": 50, "sixties": 60, "seventies": 70, "eighties": 80,
    "nineties": 90,
}  # fmt: skip


def _decade(w: Words, i: int) -> Found:
    """the 1930s, the '80s, the 470s BC, the early nineties."""
    i += w[i] in ("'", "’", "‘")
    word = w[i]
    j = i + 1
    if word in _DECADE_WORDS:
        return (j, Age(decade=1900 + _DECADE_WORDS[word], short=True)) if w[i - 1] in ("the", "early", "late") else None
    body = word.lstrip(_APOSTROPHES)
    if body.endswith("s"):
        body = body[:-1].rstrip(_APOSTROPHES)
    elif w[j] in ("s", "'s", "’s"):
        j += 1
    else:
        return None
    if not (body.isascii() and body.isdigit() and body.endswith("0")):
        return None
    value = int(body)
    if len(body) == 2 and value >= 20 and w[i - 1] in ("the", "early", "late", "mid", "-", "'", "’", "‘"):
        return j, Age(decade=1900 + value, short=True)
    if len(body) == 3:
        return (j + 1, Age(decade=value, bc=True)) if w[j] in ("bc", "b.c.", "bce") else None
    if len(body) == 4 and 1000 <= value <= 2100:
        return _bc_age(w, j, Age(decade=value))
    return None


def _holiday(w: Words, i: int) -> Found:
    for phrase, (month, day) in W.HOLIDAYS.items():
        if w.has(i, phrase) and w.forms[i][0].isupper():
            j, year, year_rel = _year_after(w, i + len(phrase))
            part = None
            if w[j] in W.PARTS:
                part, j = W.PARTS[w[j]], j + 1
            return j, Named(year=year, month=month, day=day, part=part, year_rel=year_rel)
    return None


# Relative to now, or to what was spoken of


_REL = {
    "last": Rel.LAST, "past": Rel.LAST, "this": Rel.THIS, "current": Rel.THIS, "next": Rel.NEXT, "coming": Rel.NEXT,
    "previous": Rel.BEFORE, "preceding": Rel.BEFORE, "prior": Rel.BEFORE, "same": Rel.SAME, "that": Rel.SAME,
    "following": Rel.AFTER, "upcoming": Rel.NEXT, "ensuing": Rel.AFTER, "subsequent": Rel.AFTER,
}  # fmt: skip


def _relative(w: Words, i: int) -> Found:
    """last year, this week, that same day, the following morning, next Tuesday, this March."""
    j, the = i, False
    if w[j] == "the":
        j, the = j + 1, True
    word = w[j]
    rel = _REL.get(word)
    if rel is None or (rel in (Rel.BEFORE, Rel.SAME, Rel.AFTER) and not the and word != "that"):
        return None
    j += 1
    if word == "that" and w[j] in ("same", "very"):
        j += 1
    if word == "this" and w[j] in ("past", "coming"):
        rel = _REL[w[j]]
        j += 1
    if the and rel is Rel.NEXT and word == "next":
        rel = Rel.AFTER
    before_unit = j
    while w[j] in W.ADJECTIVES and j < before_unit + 2:
        j += 1
    target = w[j]
    if target in W.UNITS and not target.endswith("s"):
        unit = W.UNITS[target]
        if (word == "past" and the) or (the and word == "last" and unit in (Unit.DECADE, Unit.CENTURY)):
            return j + 1, Length(1, unit)
        if word == "coming" and the:
            return j + 1, Relative(Rel.NEXT, unit)
        if unit in (Unit.SECOND, Unit.MINUTE, Unit.HOUR):
            return None
        if word == "last" and the and (unit is Unit.DAY or w[j + 1] == "of"):
            return None
        if word == "that" and w.tags[j - 1] == "WDT":
            return None
        return j + 1, Relative(rel, unit)
    if target in W.PARTS and word in ("this", "last", "that", "next", "following", "same", "previous"):
        if target in ("noon", "midnight", "midday", "daytime") or target.endswith("s"):
            return None
        return j + 1, Named(part=W.PARTS[target], rel=rel)
    if j > before_unit:
        return None
    if target in W.WEEKDAYS and w.forms[j][0].isupper():
        found = _named(w, j)
        if found is not None and isinstance(found[1], Named):
            return found[0], replace(found[1], rel=rel)
    if target in W.MONTHS and w.forms[j][0].isupper() and w[j + 1] not in W.MONTHS:
        found = (
            _month_first(w, j, W.MONTHS[target])
            if w[j] not in W.MONTH_ALSO_WORD
            else (j + 1, Named(month=W.MONTHS[target]))
        )
        if found is not None and isinstance(found[1], Named):
            return found[0], replace(found[1], rel=rel)
    if target in W.SEASONS:
        return j + 1, Named(season=W.SEASONS[target], rel=rel)
    return None


def _past_stretch(w: Words, i: int) -> Found:
    """the past two years, the next few months, the first three years, the final weeks."""
    j = i + (w[i] == "the")
    if w[j] not in _STRETCHES:
        return None
    word = w[j]
    j += 1
    counted = _count(w, j)
    if counted is not None and w[j] not in ("a", "an"):
        j, count = counted
    elif word in ("past", "last", "next", "coming", "following", "recent", "final", "previous", "early", "succeeding"):
        count = None
    else:
        return None
    j += w[j] == "-"
    j += w[j] in W.ADJECTIVES
    unit = W.UNITS.get(w[j])
    if unit is None or (count is None and not w[j].endswith("s")):
        return None
    if word == "early" and unit is not Unit.YEAR:
        return None
    return j + 1, Length(count, unit)


_STRETCHES = frozenset(
    "past last next previous coming first final following preceding remaining recent succeeding intervening "
    "early".split()
)


def _deictic(w: Words, i: int) -> Found:
    word = w[i]
    if w.tags[i - 1] == "NNP" and w.forms[i][0].isupper() and i:
        return None  # USA Today
    days = {"today": 0, "tonight": 0, "yesterday": -1, "tomorrow": 1}[word]
    if word == "tonight":
        return i + 1, Offset(0, "NI")
    part = w[i + 1]
    if part in W.PARTS and not part.endswith("s") and word != "today":
        return i + 2, Offset(days, W.PARTS[part])
    return i + 1, Offset(days)


def _day_before(w: Words, i: int) -> Found:
    """the day before (yesterday), the day after (tomorrow), the day after the vote."""
    if w[i] != "the" or w[i + 1] != "day" or w[i + 2] not in ("before", "after", "following"):
        return None
    sign = -1 if w[i + 2] == "before" else 1
    if w[i + 3] in ("yesterday", "tomorrow"):
        return i + 4, Offset(2 * sign)
    ends = w.tags[i + 3] in (",", ".", "", "CC", ":") or w[i + 3] in ("that", "when")
    return i + 3, Shift(1, Unit.DAY, sign, from_now=False, event=not ends)


_SHIFT = {"ago": (-1, True), "earlier": (-1, False), "before": (-1, False), "later": (1, False), "after": (1, False),
          "previously": (-1, False), "hence": (1, True), "afterwards": (1, False), "prior": (-1, False)}  # fmt: skip


def _counted(w: Words, i: int) -> Found:
    """two days; two days later; a year ago; three years before the war; a two-year period; half an hour."""
    j = i
    for phrase in W.APPROXIMATORS:
        if w.has(i, phrase):
            j = max(j, i + len(phrase))
    if w[j] == "the" and j > i:
        j += 1
    if w[j] == "those" or w[j] == "these":
        j += 1
    counted = _count(w, j)
    if counted is None:
        return None
    k, count = counted
    if w[k] == "or" and w[k + 1] == "more":
        k += 2
    if w[k] in ("to", "or", "-", "–") and (upper := _count(w, k + 1)) is not None and w[upper[0]] in W.UNITS:
        k, count = upper[0], None
    hyphen = w[k] in ("-", "–")
    k += hyphen
    k += not hyphen and w[k] in W.ADJECTIVES and w[k + 1] in W.UNITS
    unit = W.UNITS.get(w[k])
    if unit is None or (count is not None and 1900 <= count <= 2100 and len(w[j]) == 4 and not w[k].endswith("s")):
        return None
    article = w[j] in ("a", "an") and k == j + 1
    k += 1
    if w.has(k, ("and", "a", "half")) and count is not None:
        k, count = k + 3, count + 0.5
    if w[k] in ("-", "old") and ("old" in (w[k], w[k + 1])):
        return None
    if w[k] in ("of",) and w[k + 1] == "age":
        return None
    direction = _SHIFT.get(w[k])
    if direction is None and w.has(k, ("from", "now")):
        return k + 2, Shift(count, unit, 1, from_now=True)
    if direction is not None and not hyphen:
        sign, from_now = direction
        if w[k] in ("before", "after", "prior"):
            ends = w.tags[k + 1] in (",", ".", "", "CC", ":", "VBD", "VBZ") or (
                w[k + 1] in ("that", "the", "") and False
            )
            if not ends:
                return k, Shift(count, unit, sign, from_now=False, event=True)
        return k + 1, Shift(count, unit, sign, from_now=from_now)
    if unit is Unit.SECOND and count in (1, None):
        return None
    if article and (unit in (Unit.QUARTER, Unit.SECOND) or _is_rate(w, j)):
        return None
    if w[j] in ("some", "many", "recent", "coming", "few", "numerous", "various") and not w[k - 1].endswith("s"):
        return None
    if unit is Unit.QUARTER and w[k] in ("of", "to", "-"):
        return None
    return k, Length(count, unit)


_RATED = frozenset("% percent cents times once twice dollars million billion each half".split())


def _is_rate(w: Words, i: int) -> bool:
    """Whether "a day" after a quantity is a denominator: $5 a day, twice a year, 300 people a month."""
    before = w[i - 1]
    return (
        w.tags[i - 1] in ("CD", "NNS", "$")
        or before
        in ("%", "percent", "cents", "times", "once", "twice", "dollars", "million", "billion", "each", "half")
        or (before[:1].isdigit())
    )


def _plural_unit(w: Words, i: int) -> Found:
    """for years, within hours, weeks of fighting, months later."""
    word = w[i]
    unit = W.UNITS[word]
    direction = _SHIFT.get(w[i + 1])
    if direction is not None:
        ends = w[i + 1] not in ("before", "after")
        return (i + 2 if ends else i + 1), Shift(None, unit, direction[0], direction[1], event=not ends)
    if w[i - 1] in _BEFORE_PLURAL and w[i + 1] not in ("-",):
        return i + 1, Length(None, unit)
    if w[i + 1] == "of" and w[i - 1] not in ("the", "all", "his", "her", "their", "its"):
        return i + 1, Length(None, unit)
    if w[i + 1] == "-" and w[i + 2] == "long":
        return i + 3, Length(None, unit)
    return None


_BEFORE_PLURAL = frozenset(
    "for in over within after take took taken takes taking lasted last spent spend through".split()
)


def _every(w: Words, i: int) -> Found:
    if w[i + 1] in W.WEEKDAYS:
        return i + 2, Every(weekday=W.WEEKDAYS[w[i + 1]])
    if w[i + 1] in W.PARTS:
        return i + 2, Every(part=W.PARTS[w[i + 1]])
    if w[i + 1] in W.UNITS and not w[i + 1].endswith("s"):
        return i + 2, Every(1, W.UNITS[w[i + 1]])
    counted = _count(w, i + 1)
    if counted is not None and counted[1] is not None and w[counted[0]] in W.UNITS:
        return counted[0] + 1, Every(counted[1], W.UNITS[w[counted[0]]])
    return None


def _adverb(w: Words, i: int) -> Found:
    unit = W.ADVERBS[w[i]]
    if unit is None or w.tags[i] in ("NNP", "NNPS"):
        return None
    return i + 1, Every(1, unit)


def _weekdays_plural(w: Words, i: int) -> Found:
    weekday = W.WEEKDAYS.get(w[i][:-1])
    return None if weekday is None else (i + 1, Every(weekday=weekday))


def _long(w: Words, i: int) -> Found:
    """year-long, month-long, week long."""
    unit = W.UNITS[w[i]]
    j = i + 1
    if w[j] == "-" and w[j + 1] == "long":
        return j + 2, Length(1, unit)
    if w[j] == "-" and w[j + 1] in ("ago", "earlier"):
        return j + 2, Shift(1, unit, -1, from_now=True)
    if w[j] in ("-", "'s", "’s") and w[j + 1] == "end" and unit in (Unit.YEAR, Unit.MONTH):
        return j + 2, Relative(Rel.SAME if unit is Unit.MONTH else Rel.THIS, unit)
    return None


def _night(w: Words, i: int) -> Found:
    """at night, the night of 8 February, one afternoon, the early morning hours of 1 November."""
    j = i + (w[i] == "the")
    j += w[j] in ("early", "late")
    part = W.PARTS.get(w[j])
    if part is None:
        return None
    k = j + 1
    k += w[k] == "hours"
    if w[k] in ("of", "on") or w[k] in W.MONTHS or w[k] in W.WEEKDAYS or _day_number(w[k]) is not None:
        k += w[k] in ("of", "on")
        k += w[k] == "the"
        found = _named(w, k)
        if found is not None and isinstance(found[1], Named) and (found[1].day or found[1].weekday is not None):
            return found[0], replace(found[1], part=part)
    if w[i] == "the" and part in ("MO", "AF", "EV") and w[i - 1] in ("in", "during", "until", "by"):
        return j + 1, Named(part=part, rel=Rel.SAME)
    if w[i - 1] in ("at", "by") and w[i] in ("night", "dawn", "noon", "midnight", "dusk", "midday"):
        return i + 1, Every(part=part) if w[i] == "night" else Named(part=part, rel=Rel.SAME)
    return None


# Modifiers


def _edge(w: Words, i: int) -> Found:
    """the end of March, the beginning of the year, early 2014, mid-September, later that month, late in the year."""
    j = i + (w[i] == "the")
    word = w[j]
    if word in W.EDGES and w[j + 1] == "of":
        j += 2
        found = _point(w, j)
        if found is None and w[j] == "the" and w[j + 1] in W.UNITS and not w[j + 1].endswith("s"):
            unit = W.UNITS[w[j + 1]]
            if unit >= Unit.WEEK:
                return j + 2, Relative(Rel.SAME, unit)
        return found
    if word in ("early", "late", "mid", "later", "earlier", "midway"):
        j += 1
        j += w[j] == "-"
        if w[j] in ("in", "on"):
            j += 1
            if w.has(j, ("the", "year")) or w.has(j, ("the", "month")) or w.has(j, ("the", "week")):
                return j + 2, Relative(Rel.SAME, W.UNITS[w[j + 1]])
        elif word in ("later", "earlier"):
            found = _relative(w, j)
            return found if found is not None and not isinstance(found[1], Length) else None
        return _point(w, j)
    return None


def _mid(w: Words, i: int) -> Found:
    """mid-2007, mid-1980s, mid-June as one word."""
    rest = w[i].partition("-")[2]
    if rest in W.MONTHS:
        j, year, year_rel = _year_after(w, i + 1)
        return j, Named(year=year, month=W.MONTHS[rest], year_rel=year_rel)
    if rest in W.SEASONS:
        j, year, year_rel = _year_after(w, i + 1)
        return j, Named(year=year, season=W.SEASONS[rest], year_rel=year_rel)
    if (year := _integer(rest, 1000, 2100)) is not None:
        return i + 1, Named(year=year)
    if len(rest) == 5 and rest.endswith("0s") and (decade := _integer(rest[:-1], 1000, 2100)) is not None:
        return i + 1, Age(decade=decade)
    return None


def _point(w: Words, i: int) -> Found:
    """A point in time of at least a day, for a modifier to stand before."""
    j = i + (w[i] == "the")
    best: Found = None
    for form in (_named, _year_alone, _decade, _season, _quarter, _nth_century, _relative, _holiday):
        found = form(w, i) if form is _relative else form(w, j)
        if found is not None and not isinstance(found[1], Length) and (best is None or found[0] > best[0]):
            best = found
    return best


def _with_the(w: Words, i: int) -> Found:
    """the 1930s, the third quarter, the summer, the 19th of October, the 13th, the quarter, the weekend."""
    j = i + 1
    found: Found = None
    for form in (_decade, _quarter, _nth_century, _season, _named):
        trial = form(w, j)
        if trial is not None and (found is None or trial[0] > found[0]):
            found = trial
    if found is not None:
        if isinstance(found[1], Named) and found[1].month is not None and found[1].day is None:
            return None
        return found
    if w[j] in ("quarter", "weekend") and w[j + 1] not in ("of", "-", "back", "final", "finals"):
        return j + 1, Relative(Rel.NEAREST, W.UNITS[w[j]])
    if w[j] == "year" and _year(w, j + 1) is not None:
        year = _year(w, j + 1)
        return None if year is None else (year[0], Named(year=year[1]))
    if w[j] in W.HALVES and w[j + 1] == "half":
        return _quarter(w, j)
    if (
        w[j][-2:] in _ORDINAL_ENDS
        and (day := _day_number(w[j])) is not None
        and w[i - 1] in ("on", "of", "until", "by", "from", "to", "and", "before", "after")
        and w.tags[j + 1][:2] not in ("NN", "JJ")
        and w[j + 1] not in ("-", "of")
    ):
        return j + 1, Named(day=day, rel=Rel.SAME)
    return None


def _vague(phrases: tuple[tuple[str, ...], ...], ref: Ref) -> Callable[[Words, int], Found]:
    def match(w: Words, i: int) -> Found:
        best = 0
        for phrase in phrases:
            if len(phrase) > best and w.has(i, phrase):
                best = len(phrase)
        if not best or (
            ref is Ref.PAST and w[i + best - 1] == "past" and (w[i + best] in W.UNITS or _count(w, i + best))
        ):
            return None  # in the past year, in the past two years
        if best == 1 and w[i] in ("recent", "current") and w[i + 1] in W.UNITS:
            return None
        if w[i] in ("the",) and w.tags[i + best][:2] == "NN":
            return None
        return i + best, ref

    return match


_present, _past, _future = _vague(W.PRESENT, Ref.PRESENT), _vague(W.PAST, Ref.PAST), _vague(W.FUTURE, Ref.FUTURE)

Form = Callable[[Words, int], Found]


def _table() -> dict[str, tuple[Form, ...]]:
    table: dict[str, list[Form]] = {}

    def add(form: Form, starts: object) -> None:
        for start in starts:  # type: ignore[attr-defined]
            forms = table.setdefault(start, [])
            if form not in forms:
                forms.append(form)

    add(_named, [*W.MONTHS, *W.WEEKDAYS])
    add(_weekdays_plural, [day + "s" for day in W.WEEKDAYS if not day.endswith(".")])
    add(_season, W.SEASONS)
    add(_quarter, [*W.ORDINALS, *W.HALVES])
    add(_nth_century, ("q1", "q2", "q3", "q4"))
    add(_decade, _DECADE_WORDS)
    add(_holiday, {phrase[0] for phrase in W.HOLIDAYS})
    add(_relative, [*_REL, "the"])
    add(_past_stretch, [*_STRETCHES, "the"])
    add(_deictic, ("today", "tonight", "yesterday", "tomorrow"))
    add(_day_before, ("the",))
    add(_counted, [*W.NUMBERS, *W.SCALES, *W.VAGUE_COUNTS, "a", "an", "half", *(p[0] for p in W.APPROXIMATORS)])
    add(_plural_unit, [u for u in W.UNITS if u.endswith("s") and u != "hrs"])
    add(_long, [u for u in W.UNITS if not u.endswith("s")])
    add(_every, W.EVERY)
    add(_adverb, W.ADVERBS)
    add(_night, [*W.PARTS, "the", "early", "late"])
    add(_edge, [*W.EDGES, *W.EARLY_LATE, "the"])
    add(_with_the, ("the",))
    add(_year_alone, ("ad", "a.d."))
    for form, phrases in ((_present, W.PRESENT), (_past, W.PAST), (_future, W.FUTURE)):
        add(form, {phrase[0] for phrase in phrases})
    return {start: tuple(forms) for start, forms in table.items()}


_FORMS = _table()
_NUMERIC: tuple[Form, ...] = (
    _named, _counted, _year_alone, _decade, _nth_century, _slashed, _clock_alone,
)  # fmt: skip
