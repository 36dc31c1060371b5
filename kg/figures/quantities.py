"""Text -> quantities: numbers with their unit, bound, range and rate, as the words around them say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache

from ..article import Span
from .bounds import Bound, bound_after, bound_before
from .numbers import CURRENCY_SIGNS, Lexeme, Number, Shape, find_numbers, lexemes, touches, word_at
from .units import Unit, singular, unit_of_words, unit_table


class Joint(StrEnum):
    """What joins two numbers: a range, or the ends of a change ("rose from 5 to 7 million": CHANGE_FROM, CHANGE_TO)."""

    TO = "to"
    OR = "or"
    CHANGE_FROM = "change from"
    CHANGE_TO = "change to"


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number or range in a text with its unit.

    `span` runs from the currency sign to the unit, `core` over the digits or
    number words alone. `low` and `high` are as in `kg.figures.Figure`; `stated` is the number
    (or the two of a range) as printed, before bounds apply. A share ("a third", "one
    in five") has the unit percent and `shape` FRACTION or RATIO. `per` is the
    denominator of a rate.
    """

    span: Span
    core: Span
    low: Decimal | None
    high: Decimal | None
    stated: tuple[Decimal, Decimal]
    shape: Shape
    bound: Bound = Bound.EXACT
    approximate: bool = False
    unit: Unit | None = None
    per: str | None = None
    scaled: bool = False
    joint: Joint | None = None


_DASHES = frozenset("-‐‑–—−")
_BETWEEN_BOUNDS = frozenset(
    "about around roughly nearly almost up some as much many high over more than at least perhaps an estimated".split()
)
_PER_NOUNS = frozenset(
    "second minute hour day night week month quarter year season decade barrel share tonne ton litre "
    "liter gallon kilo kilogram pound ounce piece game match "
    "person head household family capita child worker employee student voter vote inhabitant "
    "resident vehicle car unit mile kilometre kilometer acre hectare plate ticket "
    "user customer download song visit trip therm megawatt patient case dose bottle pack night seat".split()
)
_AN_NOUNS = frozenset(
    "second minute hour day night week month quarter year season decade barrel share tonne ton litre "
    "liter gallon kilo kilogram pound ounce piece game match "
    "person head household bottle pack ticket plate seat share month vote mile acre unit barrel".split()
)
_TIME_ADJECTIVES = frozenset(
    "straight consecutive full more additional whole previous further extra successive working other calendar".split()
)


def find_quantities(text: str, start: int = 0, end: int | None = None) -> tuple[Quantity, ...]:
    """The quantities between two offsets of a text, in order, none inside another; linear in its length."""
    lex = lexemes(text, start, end)
    numbers = find_numbers(lex)
    found: list[Quantity] = []
    n = 0
    while n < len(numbers):
        after = numbers[n + 1] if n + 1 < len(numbers) else None
        joined = _range(lex, numbers[n], after) if after is not None else None
        if joined is None or after is None:
            q = _finished(lex, _single(lex, numbers[n]), numbers[n].first, numbers[n].last)
            found.append(_converted(text, found[-1], q) if found else q)
            n += 1
        elif joined.joint is Joint.CHANGE_FROM:
            found += _ends(lex, joined, numbers[n], after)
            n += 2
        else:
            found.append(_finished(lex, joined, numbers[n].first, after.last))
            n += 2
        while n < len(numbers) and numbers[n].span.start < found[-1].span.end:
            n += 1  # the 100,000 of "per 100,000" is no figure of its own
    return tuple(found)


def _converted(text: str, before: Quantity, q: Quantity) -> Quantity:
    """The quantity, bounded like the one before it where it says the same in another unit: more than 100 km (60 miles)."""
    between = text[before.span.end : q.span.start].strip()
    if between not in ("(", "/", "[", ", or", ",or") or q.bound is not Bound.EXACT or None in (before.unit, q.unit):
        return q
    bound = before.bound if before.joint is None else Bound.EXACT
    low = None if before.low is None else q.low
    return replace(
        q, bound=bound, approximate=before.approximate, low=low, high=None if before.high is None else q.high
    )


def _ends(lex: Sequence[Lexeme], change: Quantity, a: Number, b: Number) -> list[Quantity]:
    """The two ends of a change as quantities of one unit."""
    ends = []
    for number, value, joint in zip((a, b), change.stated, (Joint.CHANGE_FROM, Joint.CHANGE_TO), strict=True):
        q = replace(
            _single(lex, number), low=value, high=value, stated=(value, value), unit=change.unit, joint=joint,
            scaled=change.scaled,
        )  # fmt: skip
        ends.append(_finished(lex, q, number.first, number.last))
    return ends


def _single(lex: Sequence[Lexeme], number: Number) -> Quantity:
    unit, first, last = _unit(lex, number)
    low, high = number.low, number.high
    first, low, high = _signed(lex, first, number, low, high)
    if number.shape in (Shape.FRACTION, Shape.RATIO) and unit is None:
        unit = unit_table().by_code("%")
        low, high = low * 100, high * 100 if high is not None else None
    return Quantity(
        span=Span(lex[first].start, max(number.span.end, lex[last - 1].end)),
        core=number.span,
        low=low,
        high=high,
        stated=(low, low),
        shape=number.shape,
        bound=Bound.VAGUE if number.shape is Shape.VAGUE else Bound.EXACT,
        approximate=number.approximate,
        unit=unit,
        scaled=number.scaled,
    )


def _signed(
    lex: Sequence[Lexeme], first: int, number: Number, low: Decimal, high: Decimal | None
) -> tuple[int, Decimal, Decimal | None]:
    """The number with a minus before it, where one stands there that is no dash: -5 °C, minus 40."""
    sign = word_at(lex, first - 1)
    opens = first == 1 or not touches(lex, first - 1) or word_at(lex, first - 2) == "("
    if high is not None and ((sign in ("-", "−", "–") and touches(lex, first) and opens) or sign == "minus"):
        return first - 1, -low, -high
    return first, low, high


def _unit(lex: Sequence[Lexeme], number: Number) -> tuple[Unit | None, int, int]:
    """The unit of a number and the lexemes that number and unit take together."""
    money, first = currency_before(lex, number.first)
    if money is not None:
        dollars = unit_of_words([word_at(lex, number.last)]) if number.last < len(lex) else None
        return money, first, number.last + (dollars is not None and dollars.code == money.code)
    unit, last = unit_after(lex, number.last)
    if unit is None and number.shape is Shape.VAGUE and word_at(lex, number.last) == "of":
        unit, last = unit_after(lex, number.last + 1)  # millions of dollars
        if unit is None or unit.kind not in ("money", "length", "mass", "time", "area", "volume"):
            return None, number.first, number.last
    return unit, number.first, last


def currency_before(lex: Sequence[Lexeme], i: int) -> tuple[Unit | None, int]:
    """The currency whose sign or code stands before lexeme `i`, and where the sign starts."""
    symbols = unit_table().symbols
    if not i or lex[i - 1].text not in _edges()[1]:
        return None, i
    for width in (4, 3, 2, 1):
        if i - width < 0:
            continue
        parts = lex[i - width : i]
        if any(b.start - a.end > 1 for a, b in zip(parts, parts[1:], strict=False)) or lex[i].start - parts[-1].end > 1:
            continue
        sign = "".join(p.text for p in parts)
        unit = symbols.get(sign)
        if (
            unit is not None
            and unit.kind == "money"
            and not (parts[0].letters and touches(lex, i - width) and lex[i - width - 1].letters)
        ):
            if width == 1 and parts[0].letters and touches(lex, i - 1) and lex[i - 2].text in "-/&":
                continue
            return unit, i - width
    if lex[i - 1].text == "PS" and touches(lex, i):
        return unit_table().by_code("GBP"), i - 1  # how wire copy in plain ASCII writes £
    return None, i


@lru_cache(maxsize=1)
def _edges() -> tuple[frozenset[str], frozenset[str]]:
    """How a unit may start, in small letters, and what a currency before a number may end with: most text is neither."""
    table = unit_table()
    starts = {lexemes(word)[0].lower for word in (*table.words, *table.symbols)}
    ends = {lexemes(sign)[-1].text for sign, unit in table.symbols.items() if unit.kind == "money"}
    return frozenset(starts), frozenset({*ends, "PS"})


def unit_after(lex: Sequence[Lexeme], i: int) -> tuple[Unit | None, int]:
    """The unit whose name or symbol starts at lexeme `i` (perhaps after a hyphen), and where it ends."""
    table = unit_table()
    if word_at(lex, i) in _TIME_ADJECTIVES:
        unit, end = unit_after(lex, i + 1)
        return (unit, end) if unit is not None and unit.kind == "time" and lex[i + 1].letters else (None, i)
    k = i + 1 if word_at(lex, i) in _DASHES and word_at(lex, i) and touches(lex, i) and touches(lex, i + 1) else i
    if k >= len(lex) or (lex[k].lower not in _edges()[0] and singular(lex[k].lower) not in _edges()[0]):
        return None, i
    for width in range(min(4, len(lex) - k), 0, -1):
        parts = lex[k : k + width]
        printed = _printed(parts)
        ends = k + width
        cut = touches(lex, ends) and lex[ends].letters and parts[-1].letters
        if cut:
            continue
        unit = table.symbols.get(printed)
        if unit is not None and _is_symbol(lex, i, k, ends, printed, unit):
            return unit, ends
        if all(p.letters or p.text in "-.%" for p in parts):
            words = [p.text for p in parts if p.text not in "-."]
            unit = unit_of_words(words) if words and parts[-1].letters else None
            if unit is not None and not (
                width == 1 and parts[0].text[0].isupper() and unit.kind != "temperature" and unit.kind != "money"
            ):
                if unit.code == "%" and word_at(lex, ends) in ("point", "points"):
                    return table.by_code("{percentage point}"), ends + 1
                return unit, ends
    return None, i


def _printed(parts: Sequence[Lexeme]) -> str:
    out = [parts[0].text]
    for a, b in zip(parts, parts[1:], strict=False):
        out.append((" " if b.start > a.end else "") + b.text)
    return "".join(out)


_AMBIGUOUS_SYMBOLS = frozenset(
    {
        "m",
        "t",
        "g",
        "l",
        "s",
        "h",
        "J",
        "W",
        "V",
        "p",
        "in",
        "C",
        "F",
        "a",
        "pc",
        "ct",
        "kt",
        "MB",
        "mo",
        "mi",
        "min",
        "rad",
        "gal",
        "′",
        "″",
        "hz",
        "PS",
        "ms",
        "Mt",
    }
)


def _is_symbol(lex: Sequence[Lexeme], i: int, k: int, end: int, printed: str, unit: Unit) -> bool:
    """Whether a symbol after a number is one: `m` and its like only where they touch it or end the phrase."""
    if unit.kind == "money":
        return printed in CURRENCY_SIGNS or printed.isupper() or (printed in ("p", "¢") and touches(lex, k))
    if printed in _AMBIGUOUS_SYMBOLS and not touches(lex, k):
        after = word_at(lex, end)
        return printed in ("m", "g", "t", "l", "V", "W", "J", "PS", "min", "MB") and (
            after == ""
            or not after[0].isalpha()
            or after
            in (
                "of",
                "in",
                "from",
                "and",
                "to",
                "or",
                "long",
                "high",
                "wide",
                "deep",
                "tall",
                "below",
                "above",
                "away",
                "per",
            )
        )
    return True


def _range(lex: Sequence[Lexeme], a: Number, b: Number) -> Quantity | None:
    """The two numbers as one range, if the words between and before them make them one."""
    if a.high is None or b.high is None or Shape.MULTIPLE in (a.shape, b.shape) or Shape.RATIO in (a.shape, b.shape):
        return None
    money_a, first = currency_before(lex, a.first)
    money_b, b_first = currency_before(lex, b.first)
    unit_a, gap = unit_after(lex, a.last) if money_a is None else (None, a.last)
    words = [w.lower for w in lex[gap:b_first]]
    joint, between = _joint(lex, first, gap, words)
    if joint is None or (money_b is not None and money_a is None and unit_a is not None):
        return None
    unit_b, last = unit_after(lex, b.last) if money_b is None and money_a is None else (None, b.last)
    unit = money_a or money_b or unit_b or unit_a
    if unit_a is not None and unit_b is not None and unit_a.code != unit_b.code:
        return None
    if unit_a is not None and unit_b is None and money_b is None:
        return None
    if money_a is not None and money_b is None and unit_after(lex, b.last)[0] is not None and not between:
        return None
    low, high = a.low, b.low
    if word_at(lex, first - 1) == "by" and joint is Joint.TO and (a.low == 0 or b.low / a.low > 5):
        return None  # increased by 3 to 40 million
    if not a.scaled and b.scaled and low < 1000 and (low < high):
        low *= _shared_scale(low, high)
    dash = joint is Joint.TO and bool(words) and all(w in _DASHES for w in words)
    if not _plausible_range(a, b, low, high, joint, dash, between, unit):
        return None
    if a.low == low and low == 0 and joint is Joint.TO and not between and unit is None:
        return None
    if Shape.FRACTION in (a.shape, b.shape) and unit is None:
        unit, low, high = unit_table().by_code("%"), low * 100, high * 100
    return Quantity(
        span=Span(lex[first].start, max(b.span.end, lex[last - 1].end)),
        core=Span(a.span.start, b.span.end),
        low=min(low, high) if joint is not Joint.CHANGE_FROM else low,
        high=max(low, high) if joint is not Joint.CHANGE_FROM else high,
        stated=(low, high),
        shape=a.shape,
        bound=Bound.BETWEEN,
        unit=unit,
        scaled=a.scaled or b.scaled,
        joint=joint,
    )


def _shared_scale(low: Decimal, high: Decimal) -> Decimal:
    """The scale word that "5 to 7 million" leaves out after the 5."""
    for power in (15, 12, 9, 7, 6, 5, 3, 2):
        scale = Decimal(10) ** power
        if high >= scale and low * scale <= high and high % scale in (0, high % scale) and high / scale < 1000:
            return scale
    return Decimal(1)


def _joint(lex: Sequence[Lexeme], first: int, gap: int, words: list[str]) -> tuple[Joint | None, bool]:
    """What joins two numbers, and whether "between" opens them."""
    opener = _opener(lex, first)
    core = [w for w in words if w not in _BETWEEN_BOUNDS]
    if opener == "between" and core == ["and"]:
        return Joint.TO, True
    if words == ["to"] and word_at(lex, first - 1) == "in" and _changes(lex, first):
        return None, False  # rose 60 % in 2018 to 3.9 million
    if (
        words == ["to"]
        or (words and all(w in _DASHES for w in words) and len(words) <= 1)
        or [w for w in words if w not in _DASHES] == ["to"]
    ):
        if opener == "from" and words == ["to"] and _changes(lex, first):
            return Joint.CHANGE_FROM, False
        return Joint.TO, opener == "from"
    if words == ["or"]:
        return Joint.OR, False
    if words == ["and"] and opener == "from":
        return None, False
    if opener == "from" and core == ["to"]:
        return (Joint.CHANGE_FROM if _changes(lex, first) else Joint.TO), True
    return None, False


def _opener(lex: Sequence[Lexeme], first: int) -> str:
    """The "between" or "from" before a number, past words such as "about"."""
    k = first - 1
    while k >= 0 and first - k < 4 and lex[k].lower in _BETWEEN_BOUNDS:
        k -= 1
    word = word_at(lex, k)
    return word if word in ("between", "from") else ""


_CHANGE_STEMS = (
    "rise rises rose risen rising increase increases increased increasing grow grows grew grown "
    "growing climb climbs climbed climbing jump jumps jumped jumping fall falls fell fallen falling "
    "drop drops dropped dropping decline declines declined declining decrease decreased decreasing "
    "went go goes going plunge plunged plummet plummeted slump slumped shrink shrank shrunk "
    "raise raised raising cut cuts cutting lower lowered lowering reduce reduced reducing soar "
    "soared surge surged swell swelled revised upped moved slipped slid tumbled dipped expand "
    "expanded boosted doubled up down change changed increase drop"
).split()
_CHANGE_WORDS = frozenset(_CHANGE_STEMS)


def _changes(lex: Sequence[Lexeme], first: int) -> bool:
    """Whether a verb of change stands in the few words before "from"."""
    return any(word_at(lex, k) in _CHANGE_WORDS for k in range(max(0, first - 8), first))


def _plausible_range(
    a: Number, b: Number, low: Decimal, high: Decimal, joint: Joint, dash: bool, between: bool, unit: Unit | None
) -> bool:
    if joint is Joint.CHANGE_FROM:
        return not _yearlike(a) or not _yearlike(b)
    if joint is Joint.OR:
        return (
            a.shape is b.shape
            and 0 < high - low <= max(Decimal(3), low)
            and low >= 1
            and (high - low == 1 or low >= 10)
        )
    if low > high and not between:
        return False
    if dash and low == high:
        return False
    if _yearlike(a) and (_yearlike(b) or (dash and high < 2100)) and unit is None:
        return False
    if a.shape is not b.shape and not between and {a.shape, b.shape} & {Shape.FRACTION}:
        return False
    return between or dash or a.shape is b.shape or unit is not None


def _yearlike(n: Number) -> bool:
    return n.shape is Shape.DIGITS and not n.scaled and 1500 <= n.low <= 2100 and n.span.end - n.span.start == 4


def _finished(lex: Sequence[Lexeme], q: Quantity, first: int, last: int) -> Quantity:
    """The quantity with its bound and its rate."""
    start = first
    while start and lex[start - 1].start >= q.span.start:
        start -= 1
    end = last
    while end < len(lex) and lex[end].end <= q.span.end:
        end += 1
    if q.joint in (Joint.TO, Joint.CHANGE_FROM) and _opener(lex, start) in ("between", "from"):
        while start and lex[start].lower not in ("between", "from"):
            start -= 1
    per, stop = _rate(lex, end)
    if per is not None:
        q = replace(q, per=per, span=Span(q.span.start, lex[stop - 1].end))
    before = bound_before(lex, start)
    after = bound_after(lex, last) or bound_after(lex, end)
    return _bounded(q, before, after)


def _bounded(q: Quantity, before: tuple[Bound, bool] | None, after: tuple[Bound, bool] | None) -> Quantity:
    bound, approximate = before or after or (None, False)
    if before is not None and after is not None and before[0] is Bound.ABOUT:
        bound, approximate = after[0], True
    approximate = approximate or q.approximate
    if bound is None:
        return q
    if bound is Bound.ABOUT:
        keep = q.bound if q.bound in (Bound.BETWEEN, Bound.VAGUE) else bound
        return replace(q, bound=keep, approximate=True)
    if bound in (Bound.AT_LEAST, Bound.MORE_THAN):
        high = q.high if q.joint is Joint.TO else None
        return replace(q, bound=bound, approximate=approximate, high=high)
    if q.shape is Shape.VAGUE:
        return replace(q, bound=bound, approximate=True, low=None, high=q.stated[0])
    low = q.low if q.joint is Joint.TO else None
    return replace(q, bound=bound, approximate=approximate, low=low)


def _rate(lex: Sequence[Lexeme], i: int) -> tuple[str | None, int]:
    """The denominator after a quantity: per day, a week, /month, per 100,000 people, each year."""
    word = word_at(lex, i)
    if word == "per" or (word == "/" and i + 1 < len(lex) and lex[i + 1].letters):
        if word_at(lex, i + 1) == "capita":
            return "person", i + 2
        head = find_numbers(lex[i + 1 : i + 4])
        if head and head[0].first == 0 and word == "per":
            k = i + 1 + head[0].last
            value = format(head[0].low.normalize(), "f")
            noun = _per_noun(lex, k)
            return f"{value} {noun or 'person'}", k + (noun is not None)
        square = word_at(lex, i + 1) in ("square", "cubic")
        noun = _per_noun(lex, i + 1 + square)
        if noun is None or noun == "cent":
            return None, i
        return (f"{word_at(lex, i + 1)} {noun}" if square else noun), i + 2 + square
    if word in ("a", "an", "each", "every") and singular(word_at(lex, i + 1)) in _AN_NOUNS and not _no_rate(lex, i + 2):
        return singular(word_at(lex, i + 1)), i + 2
    return None, i


def _no_rate(lex: Sequence[Lexeme], i: int) -> bool:
    """Whether what follows "a year" makes it a time or a length: a year ago, a month and a half."""
    if word_at(lex, i) in ("ago", "earlier", "later", "before", "after", "long", "old"):
        return True
    return word_at(lex, i) == "and" and word_at(lex, i + 1) in ("a", "one")


def rate_after(text: str, offset: int) -> tuple[str, int] | None:
    """The denominator that starts at an offset ("a day", "per 100,000 people"), and where it ends; None if there is none."""
    lex = lexemes(text, offset, min(len(text), offset + 60))
    per, stop = _rate(lex, 0)
    return (per, lex[stop - 1].end) if per is not None and stop > 0 else None


def _per_noun(lex: Sequence[Lexeme], i: int) -> str | None:
    if i >= len(lex) or not lex[i].letters:
        return None
    unit = unit_table().symbols.get(lex[i].text)
    if unit is not None and unit.kind != "money":
        return unit.name
    return {"people": "person", "feet": "foot", "children": "child", "women": "woman", "men": "man"}.get(
        lex[i].lower
    ) or singular(lex[i].lower)
