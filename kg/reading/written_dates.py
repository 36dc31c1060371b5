"""Dates as tables and feeds write them -> the day, and what to say where one cannot be read or could be two days."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta

from .metadata import stated_day
from .text import day

_SLASHES = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4})(?:\D.*)?", re.S)
_YEAR_FIRST = re.compile(r"(\d{4})[/.](\d{1,2})[/.](\d{1,2})(?:\D.*)?", re.S)
_NAMED = re.compile(r"(\d{1,2})[ -]([A-Za-z]{3,9})[ -](\d{4}|\d{2})(?:\D.*)?", re.S)
_EXCEL = re.compile(r"(\d{5})(?:\.\d+)?")
_FIRST_OF_EXCEL = date(1899, 12, 30)
_EARLIEST, _LATEST = datetime(1980, 1, 1, tzinfo=UTC).timestamp(), datetime(2100, 1, 1, tzinfo=UTC).timestamp()


def read_day(value: object, order: str | None = None) -> tuple[date | None, str | None]:
    """The day that a value names, and a warning where it names none or, without an `order`, could name two.

    Takes ISO 8601, RFC 5322, words, seconds or milliseconds since 1970 (UTC),
    Excel's count of days (1980 to 2099), `2024/03/12`, `13/03/2024`,
    `12-Mar-24` and `12.03.2024` (day first).

    >>> read_day("12/03/2024")
    (None, "the date '12/03/2024' could be 3 December or 12 March; say --date-order dmy or mdy")
    """
    text = "" if value is None else str(value).strip()
    if not text:
        return None, None
    found = stated_day(value) or _counted(value) or _with_year_first(text) or _with_month_named(text)
    if found is None and (match := _SLASHES.fullmatch(text)):
        ways = _ways(match, order)
        if len(ways) > 1:
            either = " or ".join(f"{each.day} {each:%B}" for each in ways)
            return None, f"the date {text[:40]!r} could be {either}; say --date-order dmy or mdy"
        found = ways[0] if ways else None
    if found is None and isinstance(value, str):
        found = day(text)
    return (found, None) if found else (None, f"the date {text[:40]!r} cannot be read; write it as YYYY-MM-DD")


def _ways(match: re.Match[str], order: str | None) -> list[date]:
    """The days that 12/03/2024 can be: by the order that is given, else each, month first; 12.03.2024 is by the day."""
    first, mark, second, year = match.groups()
    by_day, by_month = _made(year, second, first), _made(year, first, second)
    if order is not None:
        found = [by_day if order == "dmy" else by_month]
    else:
        found = [by_day] if mark == "." else [by_month, by_day]
    return list(dict.fromkeys(one for one in found if one is not None))


def _with_year_first(text: str) -> date | None:
    match = _YEAR_FIRST.fullmatch(text)
    return _made(match[1], match[2], match[3]) if match else None


def _with_month_named(text: str) -> date | None:
    match = _NAMED.fullmatch(text)
    if match is None:
        return None
    century = "" if len(match[3]) == 4 else "19" if match[3] > "68" else "20"  # as POSIX has it
    return day(f"{match[1]} {match[2]} {century}{match[3]}")


def _made(year: str, month: str, of_month: str) -> date | None:
    try:
        return date(int(year), int(month), int(of_month))
    except ValueError:
        return None


def _counted(value: object) -> date | None:
    """The day of a plausible number: seconds or milliseconds since 1970, in UTC, or days as Excel counts them."""
    days = None if isinstance(value, bool) else _EXCEL.fullmatch(str(value).strip())
    if days is not None:
        found = _FIRST_OF_EXCEL + timedelta(int(days[1]))
        return found if 1980 <= found.year < 2100 else None
    if isinstance(value, bool) or not re.fullmatch(r"\d{9,10}(?:\.\d+)?|\d{12,13}", str(value).strip()):
        return None
    seconds = float(str(value))
    seconds = seconds / 1000 if seconds > 1e11 else seconds
    return datetime.fromtimestamp(seconds, UTC).date() if _EARLIEST <= seconds <= _LATEST else None
