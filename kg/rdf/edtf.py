"""EDTF (ISO 8601-2) dates -> the first and last day that they can mean."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from functools import lru_cache

_DATE = re.compile(r"(\d{2,4}X{0,2})(?:-(\d\d|XX)(?:-(\d\d|XX))?)?(?:T.*)?")
_SPANS = {
    21: (3, 5), 22: (6, 8), 23: (9, 11), 24: (12, 12),
    25: (3, 5), 26: (6, 8), 27: (9, 11), 28: (12, 12),
    29: (9, 11), 30: (12, 12), 31: (3, 5), 32: (6, 8),
    33: (1, 3), 34: (4, 6), 35: (7, 9), 36: (10, 12),
    37: (1, 4), 38: (5, 8), 39: (9, 12), 40: (1, 6), 41: (7, 12),
}  # fmt: skip
"""EDTF sub-year groupings by their first and last month: seasons, quarters, quadrimesters, semestrals."""


def bounds(value: str | None) -> tuple[date | None, date | None]:
    """The first and last day of an EDTF date or interval; None where it is open, unknown or cannot be read.

    A winter is taken as starting in December and lasting three months. Marks of
    doubt (`~`, `?`, `%`) do not widen it.

    >>> bounds("2016-02")
    (datetime.date(2016, 2, 1), datetime.date(2016, 2, 29))
    """
    if not value:
        return None, None
    first, slash, last = value.partition("/")
    return _bounds(first)[0], _bounds(last if slash else first)[1]


@lru_cache(maxsize=4096)
def _bounds(value: str) -> tuple[date | None, date | None]:
    match = _DATE.fullmatch(re.sub("[~?%]", "", value))
    if match is None or len(match[1]) != 4:
        return None, None
    low, high = int(match[1].replace("X", "0")), int(match[1].replace("X", "9"))
    if not low:
        return None, None
    month, day = match[2], match[3]
    if month is None or month == "XX":
        return date(low, 1, 1), date(high, 12, 31)
    number = int(month)
    if number in _SPANS:
        start, end = _SPANS[number]
        if (start, end) == (12, 12):
            return date(low, 12, 1), _last_day(min(high + 1, 9999), 2)
        return date(low, start, 1), _last_day(high, end)
    if not 1 <= number <= 12:
        return None, None
    if day is None or day == "XX":
        return date(low, number, 1), _last_day(high, number)
    if not 1 <= int(day) <= monthrange(low, number)[1] or low != high:
        return None, None
    return date(low, number, int(day)), date(low, number, int(day))


def _last_day(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])
