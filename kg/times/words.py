"""The words that name times: months, days, parts of the day, units, numbers, relations."""

from __future__ import annotations

from enum import IntEnum
from typing import Final


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


class Unit(IntEnum):
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
    Unit.SECOND: "TS", Unit.MINUTE: "TM", Unit.HOUR: "TH", Unit.DAY: "D", Unit.WEEK: "W", Unit.WEEKEND: "WE",
    Unit.MONTH: "M", Unit.QUARTER: "Q", Unit.YEAR: "Y", Unit.DECADE: "DE", Unit.CENTURY: "CE",
}  # fmt: skip
"""TIMEX3's letters; a leading T stands before the number."""

UNIT_GRAIN: Final = {
    Unit.DAY: Grain.DAY, Unit.WEEK: Grain.WEEK, Unit.WEEKEND: Grain.WEEKEND, Unit.MONTH: Grain.MONTH,
    Unit.QUARTER: Grain.QUARTER, Unit.YEAR: Grain.YEAR, Unit.DECADE: Grain.DECADE, Unit.CENTURY: Grain.CENTURY,
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
            ("september", "sept", "sept.", "sep", "sep."),
            ("october", "oct", "oct."),
            ("november", "nov", "nov."),
            ("december", "dec", "dec."),
        )
    )
    for name in names
}
MONTH_ALSO_WORD: Final = frozenset({"march", "may", "mar", "jan", "dec", "sep", "jun"})
"""Month names that are also other words or names; alone they need the parse's consent."""

WEEKDAYS: Final = {
    name: k
    for k, names in enumerate(
        (
            ("monday", "mon."),
            ("tuesday", "tues.", "tue."),
            ("wednesday", "wed."),
            ("thursday", "thurs.", "thu.", "thur."),
            ("friday", "fri."),
            ("saturday", "sat."),
            ("sunday",),
        )
    )
    for name in names
}
PARTS: Final = {
    "morning": "MO", "dawn": "MO", "noon": "MI", "midday": "MI", "midnight": "NI", "afternoon": "AF",
    "evening": "EV", "dusk": "EV", "night": "NI", "daytime": "DT", "overnight": "NI",
    "mornings": "MO", "afternoons": "AF", "evenings": "EV", "nights": "NI",
}  # fmt: skip
SEASONS: Final = {"spring": "SP", "summer": "SU", "fall": "FA", "autumn": "FA", "winter": "WI"}
SEASON_MONTHS: Final = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}
HALVES: Final = {"first": 1, "second": 2, "latter": 2, "last": 2}

UNITS: Final = {
    "second": Unit.SECOND, "seconds": Unit.SECOND, "minute": Unit.MINUTE, "minutes": Unit.MINUTE,
    "hour": Unit.HOUR, "hours": Unit.HOUR, "hrs": Unit.HOUR, "day": Unit.DAY, "days": Unit.DAY,
    "week": Unit.WEEK, "weeks": Unit.WEEK, "weekend": Unit.WEEKEND, "weekends": Unit.WEEKEND,
    "month": Unit.MONTH, "months": Unit.MONTH, "quarter": Unit.QUARTER, "quarters": Unit.QUARTER,
    "year": Unit.YEAR, "years": Unit.YEAR, "decade": Unit.DECADE, "decades": Unit.DECADE,
    "century": Unit.CENTURY, "centuries": Unit.CENTURY,
}  # fmt: skip
"""Singular and plural."""

_SMALL = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
SMALL: Final = {word: k for k, word in enumerate(_SMALL)}
TENS: Final = {word: 10 * k for k, word in enumerate(_TENS, 2)}
NUMBERS: Final = SMALL | TENS
SCALES: Final = {"hundred": 100, "thousand": 1000}

ORDINALS: Final = {
    word: k
    for k, word in enumerate(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
        "fifteenth sixteenth seventeenth eighteenth nineteenth twentieth".split(),
        1,
    )
}

VAGUE_COUNTS: Final = frozenset({"several", "some", "many", "few", "recent", "coming", "numerous", "various"})
"""Counts without a number: TIMEX3's X."""

HOLIDAYS: Final = {
    ("christmas", "day"): (12, 25), ("christmas", "eve"): (12, 24), ("christmas",): (12, 25),
    ("new", "year", "'s", "day"): (1, 1), ("new", "year", "'s", "eve"): (12, 31), ("new", "year", "’s", "day"): (1, 1),
    ("new", "year", "’s", "eve"): (12, 31), ("valentine", "'s", "day"): (2, 14), ("halloween",): (10, 31),
    ("may", "day"): (5, 1), ("bastille", "day"): (7, 14), ("armistice", "day"): (11, 11),
}  # fmt: skip

PRESENT: Final = (
    ("right", "now"), ("now",), ("currently",), ("at", "present"), ("at", "the", "moment"),
    ("at", "this", "moment"), ("for", "the", "time", "being"), ("the", "time", "being"), ("these", "days"),
    ("nowadays",), ("to", "date"), ("at", "this", "time"), ("the", "present"), ("presently",),
    ("current",), ("present", "-", "day"), ("modern", "-", "day"),
)  # fmt: skip
PAST: Final = (
    ("recently",), ("in", "the", "past"), ("in", "the", "recent", "past"), ("the", "past"), ("recent",), ("lately",),
    ("long", "ago"), ("not", "long", "ago"),
)  # fmt: skip
FUTURE: Final = (
    ("in", "the", "future"), ("the", "future"), ("the", "near", "future"), ("in", "the", "near", "future"),
    ("the", "foreseeable", "future"), ("in", "the", "coming", "future"),
)  # fmt: skip

EVERY: Final = frozenset({"every", "each"})
ADVERBS: Final = {
    "daily": Unit.DAY, "weekly": Unit.WEEK, "monthly": Unit.MONTH, "quarterly": Unit.QUARTER, "yearly": Unit.YEAR,
    "annually": Unit.YEAR, "annual": Unit.YEAR, "hourly": Unit.HOUR, "nightly": Unit.DAY, "biannual": None,
    "everyday": Unit.DAY,
}  # fmt: skip
APPROXIMATORS: Final = (
    ("more", "than"), ("less", "than"), ("at", "least"), ("at", "most"), ("up", "to"), ("close", "to"),
    ("as", "many", "as"), ("no", "more", "than"), ("about",), ("around",), ("nearly",), ("almost",), ("over",),
    ("under",), ("roughly",), ("some",), ("approximately",), ("just",), ("only",), ("another",), ("barely",),
    ("just", "over"), ("just", "under"), ("a", "little", "more", "than"), ("a", "mere"), ("only", "about"),
)  # fmt: skip
EDGES: Final = frozenset({"end", "beginning", "start", "middle", "close", "rest", "remainder", "turn", "dawn"})
EARLY_LATE: Final = frozenset({"early", "late", "mid", "later", "earlier", "midway"})
ADJECTIVES: Final = frozenset(
    {"fiscal", "calendar", "financial", "school", "academic", "full", "whole", "entire", "single", "consecutive",
     "straight", "long", "short", "past", "last", "next", "previous", "following", "coming", "bloody", "solid"}
)  # fmt: skip
