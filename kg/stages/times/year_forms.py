"""Words -> years and what is counted in them or of them: seasons, quarters, halves, decades, centuries."""

from __future__ import annotations

from dataclasses import replace

from ...language.lexicon import noted, words
from . import time_words as W
from .counts import integer, year_at
from .meanings import (
    APOSTROPHES,
    DASHES,
    ORDINAL_ENDS,
    RANGE,
    Age,
    Between,
    Found,
    NamedTime,
    Rel,
    Words,
    relation_form,
)


def year_after(w: Words, i: int) -> tuple[int, int | None, Rel | None]:
    """The year that follows a month or day: 2011; , 2011; of 2011; of that year; last year."""
    j = i + (w[i] in (",", "of", "in"))
    found = year_at(w, j)
    if found is not None and w[found[0]] not in words("times", "counted, no year"):
        return found[0], found[1], None
    if w[j] in APOSTROPHES and w[j] and (short := _short_year(w[j] + w[j + 1])) is not None:
        return j + 2, short, None
    related = relation_form(w, j) if w[i] not in ("in", ",") else None
    if related is not None and w[related[0]] == "year":
        return related[0] + 1, None, related[1]
    return i, None, None


def with_year(w: Words, i: int, named: NamedTime) -> tuple[int, NamedTime]:
    """A date with the year that follows it at `i`, if one does."""
    j, year, year_rel = year_after(w, i)
    return j, replace(named, year=year, year_rel=year_rel)


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


def year_alone_form(w: Words, i: int) -> Found:
    """A year by itself, or a range of years."""
    word = w[i]
    split = _short_year(word + w[i + 1]) if word in APOSTROPHES else None
    if split is not None and w[i - 1] in {*_BEFORE_YEAR, "to"}:
        return i + 2, NamedTime(year=split)
    if (span := _year_span(word)) is not None:
        return i + 1, Between(NamedTime(year=span[0]), NamedTime(year=span[1]))
    found = year_at(w, i)
    if found is None:
        return _before_christ(w, i)
    j, year = found
    if j > i + 1:
        return j, NamedTime(year=year)
    if w[i - 1] in words("times", "before no year"):
        return None
    if w[j] in DASHES and (ranged := _years_to(w, i, j, year)) is not None:
        return ranged[0]
    counts = (w.tags[j] == "NNS" and w[j - 2] not in _BEFORE_YEAR) or w[j] in ("%", "percent", "years", "people")
    counts = counts or (w[j] == "of" and w[j + 1] in words("times", "before a whole") and w.tags[j + 2] == "CD")
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
    if (iso := _iso(w, i)) is not None:
        return (iso,)
    if w[j] == "-" and end:
        return (None if end[0].isdigit() else (j, NamedTime(year=year)),)
    return None


_BEFORE_YEAR = words("times", "before year")


def _iso(w: Words, i: int) -> Found:
    month, day = integer(w[i + 2], 1, 12), integer(w[i + 4], 1, 31)
    if month and day and w[i + 1] == w[i + 3] == "-":
        return i + 5, NamedTime(year=int(w[i]), month=month, day=day)
    return None


def season_form(w: Words, i: int) -> Found:
    """spring, the summer of 2013; not the fall of a city."""
    code = W.SEASONS.get(w[i])
    span = _year_span(w[i + 1 + (w[i + 1] == "of")])
    if code is not None and span is not None:
        return i + 2 + (w[i + 1] == "of"), NamedTime(year=span[0], season=code)
    if code is None or (w[i] in ("fall", "spring") and w.tags[i][:2] != "NN"):
        return None
    dated = with_year(w, i + 1, NamedTime(season=code))
    if dated[1].has_year:
        return dated
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
        return with_year(w, j + 1, NamedTime(quarter=ordinal))
    if w[j] == "half" and w[i] in W.HALVES:
        j, half = with_year(w, j + 1, NamedTime(half=W.HALVES[w[i]]))
        if half.has_year:
            return j, half
        return (j + 3, half) if w.has(j, ("of", "the", "year")) else None
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
        if w[j] == "quarter" and word[0] in "1234":
            return with_year(w, j + 1, NamedTime(quarter=int(word[0])))
    if word in ("q1", "q2", "q3", "q4"):
        return with_year(w, i + 1, NamedTime(quarter=int(word[1])))
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
    if 1000 <= value <= 2100:
        return _bc_age(w, j, Age(decade=value))
    return None
