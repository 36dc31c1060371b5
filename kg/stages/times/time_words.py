"""The words that name times: months, days, parts of the day, units, numbers, relations."""

from __future__ import annotations

from enum import IntEnum
from typing import Final

from ...language.lexicon import listed, noted, phrases, words


class Grain(IntEnum):
    """How fine a point in time is given, from coarse to fine."""

    CENTURY = 0
    DECADE = 1
    YEAR = 2
    HALF = 3
    SEASON = 4
    QUARTER = 5
    MONTH = 6
    WEEK = 7
    WEEKEND = 8
    DAY = 9
    PART = 10
    CLOCK = 11


class TimeUnit(IntEnum):
    """A unit of duration."""

    SECOND = 0
    MINUTE = 1
    HOUR = 2
    DAY = 3
    WEEK = 4
    WEEKEND = 5
    MONTH = 6
    QUARTER = 7
    YEAR = 8
    DECADE = 9
    CENTURY = 10


UNIT_CODE: Final = {
    TimeUnit.SECOND: "TS", TimeUnit.MINUTE: "TM", TimeUnit.HOUR: "TH", TimeUnit.DAY: "D", TimeUnit.WEEK: "W",
    TimeUnit.WEEKEND: "WE",
    TimeUnit.MONTH: "M", TimeUnit.QUARTER: "Q", TimeUnit.YEAR: "Y", TimeUnit.DECADE: "DE", TimeUnit.CENTURY: "CE",
}  # fmt: skip
"""TIMEX3's letters; a leading T stands before the number."""

UNIT_GRAIN: Final = {
    TimeUnit.DAY: Grain.DAY, TimeUnit.WEEK: Grain.WEEK, TimeUnit.WEEKEND: Grain.WEEKEND, TimeUnit.MONTH: Grain.MONTH,
    TimeUnit.QUARTER: Grain.QUARTER, TimeUnit.YEAR: Grain.YEAR, TimeUnit.DECADE: Grain.DECADE,
    TimeUnit.CENTURY: Grain.CENTURY,
}  # fmt: skip

MONTHS: Final = {name: int(number) for name, number in noted("grammar", "month").items()}
MONTH_ALSO_WORD: Final = words("times", "month also word")
"""Month names that are also other words or names; alone they need the parse's consent."""

WEEKDAYS: Final = {name: int(number) for name, number in noted("times", "weekdays").items()}
"""The days of the week, Monday as 0."""

PARTS: Final = noted("times", "parts")
SEASONS: Final = noted("times", "seasons")
SEASON_MONTHS: Final = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}
HALVES: Final = {word: int(half) for word, half in noted("times", "halves").items()}

UNITS: Final = {word: TimeUnit[unit.upper()] for word, unit in noted("times", "units").items()}
"""Singular and plural."""

SMALL: Final = {word: int(number) for word, number in noted("grammar", "number").items()}
TENS: Final = {word: int(number) for word, number in noted("grammar", "tens").items()}
NUMBERS: Final = SMALL | TENS
SCALES: Final = {word: int(times) for word, times in noted("times", "scales").items()}

ORDINALS: Final = {word: k for k, word in enumerate(listed("times", "ordinals"), 1)}

VAGUE_COUNTS: Final = words("times", "vague counts")
"""Counts without a number: TIMEX3's X."""

HOLIDAYS: Final = {
    tuple(name.split()): tuple(map(int, day.split("-"))) for name, day in noted("times", "holidays").items()
}
"""Their month and day."""

PRESENT: Final = phrases("times", "present")
PAST: Final = phrases("times", "past")
FUTURE: Final = phrases("times", "future")

EVERY: Final = frozenset({"every", "each"})
ADVERBS: Final = {word: TimeUnit[unit.upper()] if unit else None for word, unit in noted("times", "adverbs").items()}
APPROXIMATORS: Final = phrases("times", "approximators")
EDGES: Final = words("times", "edges")
EARLY_LATE: Final = words("times", "early late")
ADJECTIVES: Final = words("times", "adjectives")
