"""The words that name times: months, days, parts of the day, units, numbers, relations."""

from __future__ import annotations

from enum import IntEnum
from typing import Final

from ...language.lexicon import listed, noted, words


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

MONTHS: Final = {
    name: k + 1
    for k, names in enumerate(
        (
            ("january", "jan", "jan."),
            ("february", "feb", "feb."),
            ("march", "mar", "mar."),
            ("april", "apr", "apr."),
            ("may",),
            ("june", "jun", "jun."),
            ("july", "jul", "jul."),
            ("august", "aug", "aug."),
            listed("times", "months"),
            ("october", "oct", "oct."),
            ("november", "nov", "nov."),
            ("december", "dec", "dec."),
        )
    )
    for name in names
}
MONTH_ALSO_WORD: Final = words("times", "month also word")
"""Month names that are also other words or names; alone they need the parse's consent."""

WEEKDAYS: Final = {
    name: k
    for k, names in enumerate(
        (
            ("monday", "mon."),
            ("tuesday", "tues.", "tue."),
            ("wednesday", "wed."),
            listed("times", "weekdays"),
            ("friday", "fri."),
            ("saturday", "sat."),
            ("sunday",),
        )
    )
    for name in names
}
PARTS: Final = noted("times", "parts")  # fmt: skip
SEASONS: Final = noted("times", "seasons")
SEASON_MONTHS: Final = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}
HALVES: Final = {"first": 1, "second": 2, "latter": 2, "last": 2}

UNITS: Final = {
    "second": TimeUnit.SECOND, "seconds": TimeUnit.SECOND, "minute": TimeUnit.MINUTE, "minutes": TimeUnit.MINUTE,
    "hour": TimeUnit.HOUR, "hours": TimeUnit.HOUR, "hrs": TimeUnit.HOUR, "day": TimeUnit.DAY, "days": TimeUnit.DAY,
    "week": TimeUnit.WEEK, "weeks": TimeUnit.WEEK, "weekend": TimeUnit.WEEKEND, "weekends": TimeUnit.WEEKEND,
    "month": TimeUnit.MONTH, "months": TimeUnit.MONTH, "quarter": TimeUnit.QUARTER, "quarters": TimeUnit.QUARTER,
    "year": TimeUnit.YEAR, "years": TimeUnit.YEAR, "decade": TimeUnit.DECADE, "decades": TimeUnit.DECADE,
    "century": TimeUnit.CENTURY, "centuries": TimeUnit.CENTURY,
}  # fmt: skip
"""Singular and plural."""

_SMALL = listed("times", "small")
_TENS = listed("times", "tens")
SMALL: Final = {word: k for k, word in enumerate(_SMALL)}
TENS: Final = {word: 10 * k for k, word in enumerate(_TENS, 2)}
NUMBERS: Final = SMALL | TENS
SCALES: Final = {"hundred": 100, "thousand": 1000}

ORDINALS: Final = {
    word: k
    for k, word in enumerate(
        listed("times", "ordinals"),
        1,
    )
}

VAGUE_COUNTS: Final = words("times", "vague counts")
"""Counts without a number: TIMEX3's X."""

HOLIDAYS: Final = {
    ("christmas", "day"): (12, 25), ("christmas", "eve"): (12, 24), ("christmas",): (12, 25),
    ("new", "year", "'s", "day"): (1, 1), ("new", "year", "'s", "eve"): (12, 31), ("new", "year", "’s", "day"): (1, 1),
    ("new", "year", "’s", "eve"): (12, 31), ("valentine", "'s", "day"): (2, 14), ("halloween",): (10, 31),
    ("may", "day"): (5, 1), ("bastille", "day"): (7, 14), ("armistice", "day"): (11, 11),
}  # fmt: skip

PRESENT: Final = (
    ("right", "now"), ("now",), ("currently",), ("at", "present"), ("at", "the", "moment"),
    ("at", "this", "moment"), listed("times", "present"), ("the", "time", "being"), ("these", "days"),
    ("nowadays",), ("to", "date"), ("at", "this", "time"), ("the", "present"), ("presently",),
    ("current",), ("present", "-", "day"), ("modern", "-", "day"),
)  # fmt: skip
PAST: Final = (
    ("recently",), ("in", "the", "past"), listed("times", "past"), ("the", "past"), ("recent",), ("lately",),
    ("long", "ago"), ("not", "long", "ago"),
)  # fmt: skip
FUTURE: Final = (
    ("in", "the", "future"), ("the", "future"), ("the", "near", "future"), listed("times", "future"),
    ("the", "foreseeable", "future"), listed("times", "future 2"),
)  # fmt: skip

EVERY: Final = frozenset({"every", "each"})
ADVERBS: Final = {
    "daily": TimeUnit.DAY, "weekly": TimeUnit.WEEK, "monthly": TimeUnit.MONTH, "quarterly": TimeUnit.QUARTER,
    "yearly": TimeUnit.YEAR,
    "annually": TimeUnit.YEAR, "annual": TimeUnit.YEAR, "hourly": TimeUnit.HOUR, "nightly": TimeUnit.DAY,
    "biannual": None, "everyday": TimeUnit.DAY,
}  # fmt: skip
APPROXIMATORS: Final = (
    ("more", "than"), ("less", "than"), ("at", "least"), ("at", "most"), ("up", "to"), ("close", "to"),
    ("as", "many", "as"), ("no", "more", "than"), ("about",), ("around",), ("nearly",), ("almost",), ("over",),
    ("under",), ("roughly",), ("some",), ("approximately",), ("just",), ("only",), ("another",), ("barely",),
    ("just", "over"), ("just", "under"), ("a", "little", "more", "than"), ("a", "mere"), ("only", "about"),
)  # fmt: skip
EDGES: Final = words("times", "edges")
EARLY_LATE: Final = words("times", "early late")
ADJECTIVES: Final = words("times", "adjectives")  # fmt: skip
