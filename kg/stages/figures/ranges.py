"""Two numbers that make one range, or the two ends of a change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from itertools import takewhile

from ...language.lexicon import words
from .lexemes import Lexeme, word_at
from .measures import DASHES, currency_before, unit_after
from .numbers import Number, Shape
from .spelled_numbers import COLLECTIVES
from .units import Unit, unit_table


class Joint(StrEnum):
    """What joins two numbers: a range, or the ends of a change ("rose from 5 to 7 million")."""

    TO = "to"
    OR = "or"
    CHANGE_FROM = "change from"
    CHANGE_TO = "change to"


@dataclass(frozen=True, slots=True)
class Range:
    """Two numbers and what joins them: values with the scale they share, unit, and the lexemes that all of it takes."""

    low: Decimal
    high: Decimal
    joint: Joint
    unit: Unit | None
    first: int
    last: int


_HEDGES = words("figures", "hedges")
_CHANGES = words("figures", "changes")


def find_range(lex: Sequence[Lexeme], a: Number, b: Number) -> Range | None:
    """Two numbers that follow each other as one range, if the words between and before them make them one.

    "5 to 7 million", "$5-7 billion" and "between 5 and 7 percent" share scale
    and unit. None for "2-1", "2003-04" or "rose by 3 to 40 million".
    """
    if not _may_join(a, b):
        return None
    money_a, first = currency_before(lex, a.first)
    money_b, second = currency_before(lex, b.first)
    unit_a, gap = unit_after(lex, a.last) if money_a is None else (None, a.last)
    words = [w.lower for w in lex[gap:second]]
    joint, spelled = _joint(lex, first, words)
    if joint is None:
        return None
    unit_b, last = unit_after(lex, b.last) if money_a is None and money_b is None else (None, b.last)
    if not _units_agree(lex, (money_a, unit_a), (money_b, unit_b), b.last, spelled):
        return None
    sums = money_a is not None and money_b is not None
    bare = money_a is None and not (a.scaled or b.scaled) and _bare(unit_a, unit_b)
    moved = word_at(lex, first - 1)
    if joint is Joint.TO and (
        _is_step(a, b, moved, bare=bare) or (sums and words == ["to"] and not spelled and moved in _CHANGES)
    ):
        return None
    low, high = a.low * _shared_scale(lex, a, b), b.low
    unit = money_a or money_b or unit_b or unit_a
    dashed = joint is Joint.TO and len(words) == 1 and words[0] in DASHES
    if not _plausible(a, b, (low, high), joint, dashed=dashed, spelled=spelled, measured=unit is not None):
        return None
    if Shape.FRACTION in (a.shape, b.shape) and unit is None:
        unit, low, high = unit_table().by_code("%"), low * 100, high * 100
    return Range(low, high, joint, unit, first, max(last, b.last))


def _may_join(a: Number, b: Number) -> bool:
    """Whether two numbers are of shapes that ranges are made of."""
    if a.high is None or b.high is None or {Shape.MULTIPLE, Shape.RATIO} & {a.shape, b.shape}:
        return False
    return a.shape is not Shape.FRACTION or b.shape is Shape.FRACTION  # cut by half to $156


def _bare(a: Unit | None, b: Unit | None) -> bool:
    """Whether two units leave it open that the first number is a step: fell 35.25 to 396p, rose 0.05% to 2.9%."""
    twice = a is not None and a.kind == "ratio"
    return b is None or b.kind == "money" or twice


def _is_step(a: Number, b: Number, moved: str, *, bare: bool) -> bool:
    """Whether the first is how far it moved, the second where to: "rose by 3 to 40 million", "fell 30.4 to 10,200"."""
    told = moved in ("by", "or") or (bare and moved in _CHANGES and a.low > 0)
    return told and (a.low == 0 or b.low / a.low > 5)


def _shared_scale(lex: Sequence[Lexeme], a: Number, b: Number) -> Decimal:
    """What the first leaves out of what the second says: "5 to 7 million"."""
    shared = Decimal(1)
    if not a.scaled and b.scaled and a.low < b.low and a.low < 1000:
        shared = _left_out(a.low, b.low)
    dozens = COLLECTIVES.get(lex[b.last - 1].lower)
    if dozens is not None and lex[a.last - 1].lower not in COLLECTIVES and a.last - a.first == 1:
        shared *= dozens  # two or three dozen
    return shared


def _units_agree(
    lex: Sequence[Lexeme],
    a: tuple[Unit | None, Unit | None],
    b: tuple[Unit | None, Unit | None],
    end: int,
    spelled: bool,
) -> bool:
    """Whether the money and unit of two numbers (money first) let them be one range."""
    (money_a, unit_a), (money_b, unit_b) = a, b
    if unit_a is not None:
        return unit_b is not None and unit_a.code == unit_b.code
    if money_a is not None and money_b is None:
        return spelled or unit_after(lex, end)[0] is None
    return True


def _left_out(low: Decimal, high: Decimal) -> Decimal:
    """The scale word that "5 to 7 million" leaves out after the 5."""
    for power in (15, 12, 9, 7, 6, 5, 3, 2):
        scale = Decimal(10) ** power
        if low * scale <= high and high / scale < 1000:
            return scale
    return Decimal(1)


def _joint(lex: Sequence[Lexeme], first: int, words: list[str]) -> tuple[Joint | None, bool]:
    """What joins two numbers, and whether "between" or "from" opens them."""
    opener = opening(lex, first)
    core = [w for w in words if w not in _HEDGES]
    if opener == "between" and core == ["and"]:
        return Joint.TO, True
    if opener == "from" and core == ["to"]:
        return (Joint.CHANGE_FROM if _changes(lex, first) else Joint.TO), True
    if words == ["to"] and word_at(lex, first - 1) == "in" and _changes(lex, first):
        return None, False  # rose 60 % in 2018 to 3.9 million
    dash = len(words) == 1 and words[0] in DASHES
    if dash or [w for w in words if w not in DASHES] == ["to"]:
        return Joint.TO, False
    return (Joint.OR, False) if words == ["or"] else (None, False)


def opening(lex: Sequence[Lexeme], first: int) -> str:
    """The "between" or "from" before a number, past words such as "about"; "" if there is none."""
    k = first - 1
    while k >= 0 and first - k < 4 and lex[k].lower in _HEDGES:
        k -= 1
    word = word_at(lex, k)
    return word if word in ("between", "from") else ""


def _changes(lex: Sequence[Lexeme], first: int) -> bool:
    """Whether a word of change stands in the few words before a number, in its sentence."""
    near = takewhile(lambda k: lex[k].text not in (".", ";"), range(first - 1, max(-1, first - 13), -1))
    return any(lex[k].lower in _CHANGES for k in near)


def _plausible(
    a: Number, b: Number, ends: tuple[Decimal, Decimal], joint: Joint, *, dashed: bool, spelled: bool, measured: bool
) -> bool:
    low, high = ends
    if joint is Joint.CHANGE_FROM:
        return not (_yearlike(a) and _yearlike(b))
    if joint is Joint.OR:
        near = high - low == 1 or (low >= 10 and 0 < high - low <= low / 2) or (low == 5 and high == 10)
        return a.shape is b.shape and low >= 1 and near
    if (low > high and not spelled) or (dashed and low == high) or (low == 0 and not measured and not spelled):
        return False
    if _yearlike(a) and not measured and (_yearlike(b) or (dashed and high < 2100)):
        return False
    return spelled or dashed or measured or a.shape is b.shape


def _yearlike(n: Number) -> bool:
    return n.shape is Shape.DIGITS and not n.scaled and 1500 <= n.low <= 2100 and n.span.end - n.span.start == 4
