"""Dates as tables and feeds write them -> the day, and what to say where one cannot be read or could be two days."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

from .metadata import stated_day
from .text import day

_SLASHES = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4})(?:\D.*)?", re.S)
_YEAR_FIRST = re.compile(r"(\d{4})[/.](\d{1,2})[/.](\d{1,2})(?:\D.*)?", re.S)
_NAMED = re.compile(r"(\d{1,2})[ -]([A-Za-z]{3,9})[ -](\d{4})(?:\D.*)?", re.S)
_EARLIEST, _LATEST = datetime(1980, 1, 1, tzinfo=UTC).timestamp(), datetime(2100, 1, 1, tzinfo=UTC).timestamp()


def read_day(value: object, order: str | None = None) -> tuple[date | None, str | None]:
    """The day that a value names, and a warning where it names none or, without an `order`, could name two.

    Takes ISO 8601, RFC 5322, words, seconds or milliseconds since 1970 (UTC),
    `2024/03/12`, `13/03/2024` and `12.03.2024` (day first).

    >>> read_day("12/03/2024")
    (None, "the date '12/03/2024' could be 3 December or 12 March; say --date-order dmy or mdy")
    """
    text = "" if value is None else str(value).strip()
    if not text:
        return None, None
    found = stated_day(value) or _since_1970(value) or _with_year_first(text) or _with_month_named(text)
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
    return day(f"{match[1]} {match[2]} {match[3]}") if match else None


def _made(year: str, month: str, of_month: str) -> date | None:
    try:
        return date(int(year), int(month), int(of_month))
    except ValueError:
        return None


def _since_1970(value: object) -> date | None:
    """The day, in UTC, of a plausible number of seconds or milliseconds."""
    if isinstance(value, bool) or not re.fullmatch(r"\d{9,10}(?:\.\d+)?|\d{12,13}", str(value).strip()):
        return None
    seconds = float(str(value))
    seconds = seconds / 1000 if seconds > 1e11 else seconds
    return datetime.fromtimestamp(seconds, UTC).date() if _EARLIEST <= seconds <= _LATEST else None
