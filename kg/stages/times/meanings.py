"""What time phrases say, before it is known when that is; and the words of a sentence that forms are tried on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from ...language.lexicon import listed, noted, words
from ...text.document import Token
from .time_words import TimeUnit


class Rel(Enum):
    """How a phrase points from its anchor: the first four from now, the others from the time last spoken of."""

    LAST = "last"
    THIS = "this"
    NEXT = "next"
    NEAREST = "the"
    BEFORE = "the previous"
    SAME = "that"
    AFTER = "the following"


class Ref(Enum):
    """TIMEX3's vague points."""

    PRESENT = "PRESENT_REF"
    PAST = "PAST_REF"
    FUTURE = "FUTURE_REF"


@dataclass(frozen=True, slots=True)
class NamedTime:
    """A place in the calendar, given in part or whole. `clock` is (hour, minute); `year` is astronomical: 1 BC is 0."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    season: str | None = None
    quarter: int | None = None
    half: int | None = None
    part: str | None = None
    clock: tuple[int, int | None] | None = None
    rel: Rel | None = None
    year_rel: Rel | None = None
    nth: int | None = None
    """Which of its weekdays in the month: the first Monday of June; -1 for the last."""

    @property
    def has_year(self) -> bool:
        """Whether the year is said, in digits or as "last year"."""
        return self.year is not None or self.year_rel is not None


@dataclass(frozen=True, slots=True)
class Age:
    """A decade (by its first year) or century (by its number); `short` if the century was left out ("the '80s")."""

    decade: int | None = None
    century: int | None = None
    short: bool = False
    bc: bool = False


@dataclass(frozen=True, slots=True)
class Relative:
    """A unit counted off from an anchor: last year, that month, the following day."""

    rel: Rel
    unit: TimeUnit


@dataclass(frozen=True, slots=True)
class Shift:
    """A length of time before or after an anchor: two days ago, a year later. `event` if a named event anchors it."""

    count: float | None
    unit: TimeUnit
    sign: int
    from_now: bool
    event: bool = False


@dataclass(frozen=True, slots=True)
class Offset:
    """Days from today, with a part of the day if given: yesterday, tonight."""

    days: int
    part: str | None = None


@dataclass(frozen=True, slots=True)
class Length:
    """A duration; `count` None if vague."""

    count: float | None
    unit: TimeUnit


@dataclass(frozen=True, slots=True)
class Every:
    """A repetition: every two weeks, daily, every Monday, nights."""

    count: float | None = 1
    unit: TimeUnit | None = None
    weekday: int | None = None
    part: str | None = None


@dataclass(frozen=True, slots=True)
class Between:
    """A range printed as one run: 2011-2015, May 3-5."""

    first: NamedTime
    last: NamedTime


Meaning = NamedTime | Age | Relative | Shift | Offset | Length | Every | Between | Ref


@dataclass(frozen=True, slots=True)
class TimePhrase:
    """Words [start, end) of a sentence and what they say."""

    start: int
    end: int
    meaning: Meaning


Found = tuple[int, Meaning] | None
"""Where a form ends, and what it says; None if the words do not have it."""

DASHES = frozenset({"-", "–", "—", "/"})
RANGE = DASHES | words("times", "range")
APOSTROPHES = "'’‘"
ORDINAL_ENDS = listed("grammar", "ordinal ending")
_PAD = 14


class Words(Sequence[str]):
    """The lower-case words of a sentence, endless with "" past its end; Penn tags and entity labels likewise.

    `day_first` says that the article writes 31/12/2020 and not 12/31/2020.
    """

    __slots__ = ("_words", "day_first", "ents", "forms", "tags")

    def __init__(self, tokens: Sequence[Token], *, day_first: bool = False) -> None:
        self.day_first = day_first
        self._words = [t.lower for t in tokens] + [""] * _PAD
        self.forms = [t.text for t in tokens] + [""] * _PAD
        self.tags = [t.tag for t in tokens] + [""] * _PAD
        self.ents = [t.ent for t in tokens] + [""] * _PAD

    def __len__(self) -> int:
        return len(self._words) - _PAD

    def __getitem__(self, i: int) -> str:  # type: ignore[override]
        return self._words[i] if i >= 0 else ""

    def has(self, i: int, phrase: tuple[str, ...]) -> bool:
        """Whether the words from `i` on are those of the phrase."""
        return self._words[i : i + len(phrase)] == list(phrase)


REL = {word: Rel[name.upper()] for word, name in noted("times", "relations").items()}
"""How words before a unit point."""


def relation_form(w: Words, i: int) -> tuple[int, Rel] | None:
    """Where "last", "that same", "the following" before a unit end, and how they point."""
    the = w[i] == "the"
    word = w[i + the]
    rel = REL.get(word)
    if rel is None or (rel in (Rel.BEFORE, Rel.SAME, Rel.AFTER) and not the and word != "that"):
        return None
    j = i + the + 1
    if word == "that" and w[j] in ("same", "very"):
        j += 1
    if w[j] in ("past", "coming"):
        rel = REL[w[j]]
        j += 1
    return j, Rel.AFTER if the and word == "next" else rel
