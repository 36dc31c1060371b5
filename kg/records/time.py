"""A time expression and its value (TIMEX3)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from ..text.article import Span


class TimeType(StrEnum):
    """The TIMEX3 types."""

    DATE = "DATE"
    TIME = "TIME"
    DURATION = "DURATION"
    SET = "SET"


@dataclass(frozen=True, slots=True)
class Time:
    """A time expression. `value` is its TIMEX3 value ("2017-02", "P3D", "PAST_REF").

    `start` and `end` are the first and last day, month or year that it covers,
    as EDTF (ISO 8601-2) strings of the precision the text gives ("2011",
    "2017-02", "2017-05-15"); None where it does not place anything in time.
    """

    span: Span
    type: TimeType
    value: str
    start: str | None = None
    end: str | None = None
