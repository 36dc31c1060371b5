"""Points in the calendar, from a century down to a minute: TIMEX3 value, EDTF period, and counting from them."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from .time_words import SEASON_MONTHS, UNIT_CODE, UNIT_GRAIN, Grain, TimeUnit


@dataclass(frozen=True, slots=True)
class Point:
    """A stretch of the calendar as fine as `grain`, by its first day.

    `year` is astronomical: 1 BC is 0. `code` is TIMEX3's letters below the
    grain ("SU", "TMO", "T17:30"). Fields finer than the grain are 1, except
    that a quarter, half or season keeps its first month and a week its Monday.
    """

    grain: Grain
    year: int
    month: int = 1
    day: int = 1
    code: str = ""

    @property
    def value(self) -> str:
        """The TIMEX3 value: 1943-07, 1943-SU, 194, 18, BC0480."""
        grain = self.grain
        bc = "BC" if self.year < 1 else ""
        years = 1 - self.year if bc else self.year
        if grain is Grain.CENTURY:
            return f"{bc}{(years - 1 if bc else years) // 100:02d}"
        if grain is Grain.DECADE:
            return f"{bc}{years // 10:03d}"
        year = f"{bc}{years:04d}"
        if grain is Grain.YEAR:
            return year
        if grain in (Grain.HALF, Grain.QUARTER):
            return (
                f"{year}-H{(self.month - 1) // 6 + 1}"
                if grain is Grain.HALF
                else f"{year}-Q{(self.month - 1) // 3 + 1}"
            )
        if grain is Grain.SEASON:
            return f"{year}-{self.code}"
        if grain is Grain.MONTH:
            return f"{year}-{self.month:02d}"
        if grain in (Grain.WEEK, Grain.WEEKEND):
            iso = date(self.year, self.month, self.day).isocalendar()
            return f"{iso.year:04d}-W{iso.week:02d}" + ("-WE" if grain is Grain.WEEKEND else "")
        return f"{year}-{self.month:02d}-{self.day:02d}{self.code}"

    @property
    def period(self) -> tuple[str, str]:
        """The first and the last year, month or day covered, in EDTF."""
        grain = self.grain
        if grain is Grain.CENTURY:
            first = self.year if self.year < 1 else self.year + 1
            return _edtf(first), _edtf(first + 99)
        if grain is Grain.DECADE:
            return _edtf(self.year), _edtf(self.year + 9)
        if grain is Grain.YEAR:
            return _edtf(self.year), _edtf(self.year)
        if grain in (Grain.HALF, Grain.QUARTER, Grain.SEASON):
            last = self.month + (5 if grain is Grain.HALF else 2)
            return _edtf(self.year, self.month), _edtf(self.year + (last > 12), (last - 1) % 12 + 1)
        if grain is Grain.MONTH:
            return _edtf(self.year, self.month), _edtf(self.year, self.month)
        if grain in (Grain.WEEK, Grain.WEEKEND):
            monday = date(self.year, self.month, self.day)
            first_day = monday + timedelta(days=5 if grain is Grain.WEEKEND else 0)
            return first_day.isoformat(), (monday + timedelta(days=6)).isoformat()
        return _edtf(self.year, self.month, self.day), _edtf(self.year, self.month, self.day)

    @property
    def ordinal(self) -> int:
        """A number that grows with time, in days, good for comparing."""
        return self.year * 372 + self.month * 31 + self.day

    def at(self, grain: Grain) -> Point:
        """The stretch of the given grain that holds this point's first day; the point itself if that is no finer."""
        if grain >= self.grain:
            return self
        if grain in (Grain.WEEK, Grain.WEEKEND):
            this = date(self.year, self.month, self.day)
            return _of(this - timedelta(days=this.weekday()), grain)
        if grain in _YEARS:
            return Point(grain, self.year - self.year % _YEARS[grain])
        if grain is Grain.QUARTER:
            return Point(grain, self.year, (self.month - 1) // 3 * 3 + 1)
        return Point(grain, self.year, self.month, self.day if grain is Grain.DAY else 1)


_YEARS = {Grain.CENTURY: 100, Grain.DECADE: 10, Grain.YEAR: 1}


def _edtf(year: int, month: int | None = None, day: int | None = None) -> str:
    """An EDTF date of the precision given; years before 1 with their sign: 480 BC is -0479."""
    text = f"-{-year:04d}" if year < 0 else f"{year:04d}"
    return text + (f"-{month:02d}" if month else "") + (f"-{day:02d}" if day else "")


def _of(day: date, grain: Grain = Grain.DAY) -> Point:
    return Point(grain, day.year, day.month, day.day)


def of_date(day: date) -> Point:
    """The day."""
    return _of(day)


def valid_day(year: int, month: int, day: int) -> bool:
    """Whether the month has such a day."""
    return 1 <= day <= (29 if year < 1 and month == 2 else monthrange(max(year, 1), month)[1])


def shifted(point: Point, count: int, unit: TimeUnit) -> Point | None:
    """`count` units after the point, no finer than the point and the unit; None where the calendar does not reach."""
    if unit in (TimeUnit.SECOND, TimeUnit.MINUTE, TimeUnit.HOUR):
        return point.at(Grain.DAY)
    grain = UNIT_GRAIN[unit]
    if unit in (TimeUnit.DAY, TimeUnit.WEEK, TimeUnit.WEEKEND):
        finest = Grain.DAY if unit is TimeUnit.DAY else Grain.WEEK
        if point.grain < finest or not 2 <= point.year <= 9990 or abs(count) > 100_000:
            return None
        days = timedelta(days=count if unit is TimeUnit.DAY else 7 * count)
        return _of(date(point.year, point.month, point.day) + days).at(grain)
    if unit in (TimeUnit.MONTH, TimeUnit.QUARTER):
        if point.grain < Grain.QUARTER:
            return None
        months = point.year * 12 + point.month - 1 + count * (1 if unit is TimeUnit.MONTH else 3)
        return Point(Grain.MONTH, months // 12, months % 12 + 1).at(grain)
    years = {TimeUnit.YEAR: 1, TimeUnit.DECADE: 10, TimeUnit.CENTURY: 100}[unit] * count
    if not -9000 <= point.year + years <= 9000:
        return None
    return Point(Grain.YEAR, point.year + years).at(grain)


def season(year: int, code: str) -> Point:
    """A season of the northern hemisphere; the winter that starts in the year's December."""
    return Point(Grain.SEASON, year, SEASON_MONTHS[code], code=code)


def duration(count: float | None, unit: TimeUnit) -> str:
    """A TIMEX3 duration: P2.5Y, PT30M, PXD, P1DE."""
    code = UNIT_CODE[unit]
    time = "T" if code[0] == "T" else ""
    return f"P{time}{'X' if count is None else f'{count:g}'}{code[len(time) :]}"
