"""The words of a sentence -> time phrases, not yet resolved.

One pass from left to right; at each word the forms that it can start are tried
and the longest is taken. No form looks further than a dozen words ahead, so
the cost is linear.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial

from ...language.lexicon import words
from . import time_words as W
from .counts import count_at, day_number, integer, year_at
from .dates import clock_alone_form, holiday_form, months_of_year_form, named_form, nth_weekday_form, slashed_form
from .meanings import (
    APOSTROPHES,
    ORDINAL_ENDS,
    REL,
    Age,
    Found,
    Length,
    NamedTime,
    Ref,
    Rel,
    Relative,
    TimePhrase,
    Words,
)
from .relative import (
    DAYS_FROM_NOW,
    STRETCHES,
    adverb_form,
    counted_form,
    day_before_form,
    deictic_form,
    every_form,
    long_form,
    night_form,
    past_stretch_form,
    plural_unit_form,
    relative_form,
    weekdays_plural_form,
)
from .time_words import TimeUnit
from .year_forms import (
    DECADE_WORDS,
    decade_form,
    nth_century_form,
    quarter_form,
    season_form,
    year_alone_form,
)


def find_phrases(words: Words) -> Iterator[TimePhrase]:
    """The time phrases of a sentence, left to right, none overlapping."""
    i, n = 0, len(words)
    while i < n:
        word = words[i]
        forms = _FORMS.get(word)
        if forms is None:
            if word.startswith("mid-"):
                forms = (_mid,)
            elif word[0].isdigit() or (word[0] in APOSTROPHES and (word[1:2] or words[i + 1][:1]).isdigit()):
                forms = _NUMERIC
            else:
                i += 1
                continue
        best = _longest(form(words, i) for form in forms)
        if best is None or best[0] > n:
            i += 1
        else:
            yield TimePhrase(i, best[0], best[1])
            i = best[0]


def _edge(w: Words, i: int) -> Found:
    """the end of March, the beginning of the year, early 2014, mid-September, later that month, late in the year."""
    j = i + (w[i] == "the")
    if w[j] in W.EDGES and w[j + 1] == "of":
        return _point(w, j + 2) or _unit_spoken_of(w, j + 2)
    return _early_or_late(w, j) if w[j] in words("times", "early late") else None


def _unit_spoken_of(w: Words, j: int) -> Found:
    """the week, the month, the year: the one last spoken of."""
    unit = W.UNITS.get(w[j + 1]) if w[j] == "the" and not w[j + 1].endswith("s") else None
    return (j + 2, Relative(Rel.SAME, unit)) if unit is not None and unit >= TimeUnit.WEEK else None


def _early_or_late(w: Words, i: int) -> Found:
    """early 2014, late in the year, later that month."""
    j = i + 1
    j += w[j] == "-"
    if w[j] in ("in", "on"):
        j += 1
        if w[j + 1] in ("year", "month", "week") and w[j] == "the":
            return _unit_spoken_of(w, j)
    elif w[i] in ("later", "earlier"):
        found = relative_form(w, j)
        return found if found is not None and not isinstance(found[1], Length) else None
    return _point(w, j)


def _mid(w: Words, i: int) -> Found:
    """mid-2007, mid-1980s as one word."""
    rest = w[i].partition("-")[2]
    if (year := integer(rest, 1000, 2100)) is not None:
        return i + 1, NamedTime(year=year)
    if len(rest) == 5 and (decade := integer(rest[:-1], 1000, 2100)) is not None:
        return i + 1, Age(decade=decade)
    return None


def _longest(founds: Iterable[Found]) -> Found:
    """What ends last, the first of equals."""
    return max(filter(None, founds), key=lambda found: found[0], default=None)


_POINTS = (
    named_form, year_alone_form, decade_form, season_form, quarter_form, nth_century_form, relative_form, holiday_form,
)  # fmt: skip


def _point(w: Words, i: int) -> Found:
    """A point in time of at least a day, for a modifier to stand before."""
    j = i + (w[i] == "the")
    founds = (form(w, i if form is relative_form else j) for form in _POINTS)
    return _longest(found for found in founds if found is not None and not isinstance(found[1], Length))


def _with_the(w: Words, i: int) -> Found:
    """the 1930s, the third quarter, the summer, the 19th of October, the 13th, the quarter, the weekend."""
    j = i + 1
    found = _longest(form(w, j) for form in (decade_form, quarter_form, nth_century_form, season_form, named_form))
    if found is not None:
        month = isinstance(found[1], NamedTime) and found[1].month is not None and found[1].day is None
        return None if month else found
    if w[j] in ("quarter", "weekend") and w[j + 1] not in words("times", "no edge follows"):
        return j + 1, Relative(Rel.NEAREST, W.UNITS[w[j]])
    if w[j] == "year":
        year = year_at(w, j + 1)
        return None if year is None else (year[0], NamedTime(year=year[1]))
    return _day_of_month(w, j)


def _day_of_month(w: Words, j: int) -> Found:
    """The 13th, of the month last spoken of."""
    day = day_number(w[j]) if w[j][-2:] in ORDINAL_ENDS else None
    if day is None or w[j - 2] not in words("times", "before a day") or w[j + 1] in ("-", "of"):
        return None
    return (j + 1, NamedTime(day=day, rel=Rel.SAME)) if w.tags[j + 1][:2] not in ("NN", "JJ") else None


def _vague(phrases: tuple[tuple[str, ...], ...], ref: Ref, w: Words, i: int) -> Found:
    end = i + max((len(phrase) for phrase in phrases if w.has(i, phrase)), default=0)
    if end == i or (ref is Ref.PAST and _counts_units(w, end)):
        return None  # in the past year, in the past two years
    return None if w[i] == "the" and w.tags[end][:2] == "NN" else (end, ref)


def _counts_units(w: Words, i: int) -> bool:
    return w[i] in W.UNITS or count_at(w, i) is not None


_present = partial(_vague, W.PRESENT, Ref.PRESENT)
_past = partial(_vague, W.PAST, Ref.PAST)
_future = partial(_vague, W.FUTURE, Ref.FUTURE)

Form = Callable[[Words, int], Found]


def _table() -> dict[str, tuple[Form, ...]]:
    table: dict[str, list[Form]] = {}

    def add(form: Form, starts: object) -> None:
        for start in starts:  # type: ignore[attr-defined]
            forms = table.setdefault(start, [])
            if form not in forms:
                forms.append(form)

    add(named_form, [*W.MONTHS, *W.WEEKDAYS])
    add(weekdays_plural_form, [day + "s" for day in W.WEEKDAYS if not day.endswith(".")])
    add(season_form, W.SEASONS)
    add(quarter_form, [*W.ORDINALS, *W.HALVES])
    add(nth_weekday_form, [*W.ORDINALS, "last", "the"])
    add(months_of_year_form, [*words("times", "part of months"), "the"])
    add(nth_century_form, ("q1", "q2", "q3", "q4"))
    add(decade_form, DECADE_WORDS)
    add(holiday_form, {phrase[0] for phrase in W.HOLIDAYS})
    add(relative_form, [*REL, "the"])
    add(past_stretch_form, [*STRETCHES, "the"])
    add(deictic_form, DAYS_FROM_NOW)
    add(day_before_form, ("the",))
    add(counted_form, [*W.NUMBERS, *W.SCALES, *W.VAGUE_COUNTS, "a", "an", "half", *(p[0] for p in W.APPROXIMATORS)])
    add(plural_unit_form, [u for u in W.UNITS if u.endswith("s")])
    add(long_form, [u for u in W.UNITS if not u.endswith("s")])
    add(every_form, W.EVERY)
    add(adverb_form, W.ADVERBS)
    add(night_form, [*W.PARTS, "the", "early", "late"])
    add(_edge, [*W.EDGES, *W.EARLY_LATE, "the"])
    add(_with_the, ("the",))
    add(year_alone_form, ("ad", "a.d."))
    for form, phrases in ((_present, W.PRESENT), (_past, W.PAST), (_future, W.FUTURE)):
        add(form, {phrase[0] for phrase in phrases})
    return {start: tuple(forms) for start, forms in table.items()}


_FORMS = _table()
_NUMERIC: tuple[Form, ...] = (
    named_form, counted_form, year_alone_form, decade_form, nth_century_form, slashed_form, clock_alone_form,
)  # fmt: skip
