"""Text -> quantities: numbers with their unit, bound, range and rate, as the words around them say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from ...language.lexicon import words
from ...records.figure import Bound
from ...text.article import Span
from .bounds import bound_after, bound_before
from .lexemes import Lexeme, lexemes, touches, word_at
from .measures import currency_before, rate_at, unit_after
from .numbers import CURRENCY_SIGNS, Number, Shape, find_numbers
from .ranges import Joint, Range, find_range, opening
from .units import Unit, unit_of_words, unit_table


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number or range in a text with its unit.

    `span` runs from the currency sign to the unit or rate, `core` over the
    digits or number words alone, `words` over those that bound it too ("at
    least", "between"). `low` and `high` are as in
    `kg.records.figure.Figure`; `stated` is the number (or the two of a range) as
    printed, before bounds apply. A share ("a third", "one in five") is in
    percent, and its `shape` FRACTION or RATIO. `per` is the denominator of a
    rate, `scaled` whether a word such as "million" is part of the number.
    """

    span: Span
    core: Span
    words: Span
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


_OF_VAGUE = words("figures", "of vague")
"""What "millions of" may be said of as an amount: millions of dollars, hundreds of miles."""


def find_quantities(text: str, start: int = 0, end: int | None = None) -> tuple[Quantity, ...]:
    """The quantities between two offsets of a text, in order, none inside another; linear in its length."""
    lex = lexemes(text, start, end)
    numbers = find_numbers(lex)
    found: list[Quantity] = []
    n = 0
    while n < len(numbers):
        joined = find_range(lex, numbers[n], numbers[n + 1]) if n + 1 < len(numbers) else None
        if joined is None:
            q = _bounded(lex, _single(lex, numbers[n]), numbers[n].first, numbers[n].last)
            if (
                n + 1 < len(numbers)
                and word_at(lex, numbers[n].last) == "to"
                and numbers[n].last + 1 == numbers[n + 1].first
            ):
                q = _led(q, _single(lex, numbers[n + 1]))
            if found and _restates(text, found[-1], q):
                if text[found[-1].span.end : q.span.start].strip() == "(":
                    found[-1] = replace(found[-1], per=found[-1].per or q.per)
                q = _converted(found[-1], q)
            found.append(q)
            n += 1
        else:
            a, b = numbers[n : n + 2]
            found += _ends(lex, joined, a, b) if joined.joint is Joint.CHANGE_FROM else [_ranged(lex, joined, a, b)]
            n += 2
        while n < len(numbers) and numbers[n].span.start < found[-1].span.end:
            n += 1  # the 100,000 of "per 100,000" is no quantity of its own
    return tuple(_measured(text, found))


_SMALLER = {
    ("a", "mo"): 12, ("a", "wk"): 52, ("wk", "d"): 7, ("d", "h"): 24, ("h", "min"): 60, ("min", "s"): 60,
    ("USD", "USD/100"): 100, ("[ft_i]", "[in_i]"): 12, ("[lb_av]", "[oz_av]"): 16, ("[stone_av]", "[lb_av]"): 14,
}  # fmt: skip
"""Units that are said together, and how many of the second make one of the first."""


def _measured(text: str, found: list[Quantity]) -> list[Quantity]:
    """The quantities, where two that say one measure are one: two hours 45 minutes, 18 months to two years."""
    out: list[Quantity] = []
    for q in found:
        joined = _compound(text, out[-1], q) if out else None
        if joined is None:
            out.append(q)
        else:
            out[-1] = joined
    return out


def _compound(text: str, a: Quantity, b: Quantity) -> Quantity | None:
    if a.unit is None or b.unit is None or None in (a.high, b.high) or a.joint or b.joint or a.per or b.unit == a.unit:
        return None
    between = text[a.span.end : b.words.start].strip()
    parts = _SMALLER.get((a.unit.code, b.unit.code))
    span, core, stated = Span(a.span.start, b.span.end), Span(a.core.start, b.core.end), b.stated[1]
    if parts is not None and between in ("", "and") and stated < parts and a.low is not None:
        total = a.stated[0] * parts + stated
        ends = (None if a.low is None else total, None if a.high is None else total)
        return replace(a, span=span, core=core, words=Span(a.words.start, b.span.end), low=ends[0], high=ends[1],
                       stated=(total, total), unit=b.unit, per=b.per)  # fmt: skip
    more = _SMALLER.get((b.unit.code, a.unit.code))
    if more is None or between not in ("to", "-", "–") or a.stated[0] >= stated * more:
        return None
    if a.unit.kind == "money" and not text[: a.words.start].endswith("of "):
        return None  # earnings of 94 cents to $1.03, but fell 4 cents to $1.27
    return replace(a, span=span, core=core, words=Span(a.words.start, b.span.end), low=a.stated[0], high=stated * more,
                   stated=(a.stated[0], stated * more), bound=Bound.BETWEEN, joint=Joint.TO, per=b.per)  # fmt: skip


def _led(q: Quantity, after: Quantity) -> Quantity:
    """The first share of "leads 46 to 40 percent", in percent too."""
    shares = after.unit is not None and after.unit.code == "%" and after.shape is Shape.DIGITS
    led = shares and q.unit is None and q.shape is Shape.DIGITS and q.stated[0] <= 100
    return replace(q, unit=after.unit) if led else q


def _single(lex: Sequence[Lexeme], number: Number) -> Quantity:
    """One number with its unit."""
    unit, first, last = _unit(lex, number)
    low, high = number.low, number.high
    if high is not None and _negative(lex, first):
        first, low, high = first - 1, -low, -high
    if number.shape in (Shape.FRACTION, Shape.RATIO) and unit is None:
        unit = unit_table().by_code("%")
        low, high = low * 100, high * 100 if high is not None else None
    return Quantity(
        span=Span(lex[first].start, max(number.span.end, lex[last - 1].end)),
        core=number.span,
        words=number.span,
        low=low,
        high=high,
        stated=(low, low),
        shape=number.shape,
        bound=Bound.VAGUE if number.shape is Shape.VAGUE else Bound.EXACT,
        approximate=number.approximate,
        unit=unit,
        scaled=number.scaled,
    )


def _unit(lex: Sequence[Lexeme], number: Number) -> tuple[Unit | None, int, int]:
    """The unit of a number and the lexemes that number and unit take together."""
    money, first = currency_before(lex, number.first)
    if money is not None:
        named = unit_of_words([word_at(lex, number.last)]) if number.last < len(lex) else None
        return money, first, number.last + (named is not None and named.code == money.code)
    unit, last = unit_after(lex, number.last) if number.shape is not Shape.MULTIPLE else (None, number.last)
    if unit is None and word_at(lex, number.first - 1) == "magnitude" and number.first:
        return unit_table().by_code("{magnitude}"), number.first, number.last
    if unit is None and number.shape is Shape.VAGUE and word_at(lex, number.last) == "of":
        unit, last = unit_after(lex, number.last + 1)
        if unit is None or unit.kind not in _OF_VAGUE:
            return None, number.first, number.last
    if unit is not None and unit.code == "[lb_av]" and _sterling(lex, number, last):
        unit = unit_table().by_code("GBP")
    return unit, number.first, last


def _sterling(lex: Sequence[Lexeme], number: Number, last: int) -> bool:
    """Whether pounds are money: millions of them, or what is paid; not those of something, nor lb."""
    restated = word_at(lex, last) == "(" and word_at(lex, last + 1) not in CURRENCY_SIGNS  # (140 kilos)
    if not lex[last - 1].lower.startswith("pound") or restated or word_at(lex, last) == "of":
        return False
    near = {lexeme.lower for lexeme in lex[max(0, number.first - 6) : number.first]}
    if word_at(lex, last) in ("in", "from"):
        near |= {lexeme.lower for lexeme in lex[last : last + 3]}  # 300 pounds in cash, from the till
    return number.scaled or not near.isdisjoint(words("figures", "of money"))


def _negative(lex: Sequence[Lexeme], first: int) -> bool:
    """Whether a minus stands before a number, and not a dash: -5 °C, minus 40."""
    if word_at(lex, first - 1) == "minus":
        return word_at(lex, first - 2) != "or"  # plus or minus 3
    opens = first == 1 or not touches(lex, first - 1) or word_at(lex, first - 2) == "("
    return word_at(lex, first - 1) in ("-", "−", "–") and touches(lex, first) and opens


def _ranged(lex: Sequence[Lexeme], found: Range, a: Number, b: Number) -> Quantity:
    """A range as one quantity."""
    q = Quantity(
        span=Span(lex[found.first].start, lex[found.last - 1].end),
        core=Span(a.span.start, b.span.end),
        words=Span(a.span.start, b.span.end),
        low=min(found.low, found.high),
        high=max(found.low, found.high),
        stated=(found.low, found.high),
        shape=a.shape,
        bound=Bound.BETWEEN,
        unit=found.unit,
        scaled=a.scaled or b.scaled,
        joint=found.joint,
    )
    return _bounded(lex, q, a.first, b.last)


def _ends(lex: Sequence[Lexeme], change: Range, a: Number, b: Number) -> list[Quantity]:
    """The two ends of a change as quantities of one unit."""
    ends = []
    for number, value, joint in ((a, change.low, Joint.CHANGE_FROM), (b, change.high, Joint.CHANGE_TO)):
        q = replace(_single(lex, number), low=value, high=value, stated=(value, value), unit=change.unit, joint=joint)
        ends.append(_bounded(lex, q, number.first, number.last))
    return ends


def _bounded(lex: Sequence[Lexeme], q: Quantity, first: int, last: int) -> Quantity:
    """The quantity with the rate after it and the bound that the words around it set."""
    start, end = first, last
    while start and lex[start - 1].start >= q.span.start:
        start -= 1
    while end < len(lex) and lex[end].end <= q.span.end:
        end += 1
    if q.joint in (Joint.TO, Joint.CHANGE_FROM) and opening(lex, start):
        while lex[start].lower not in ("between", "from"):
            start -= 1
    per, stop = rate_at(lex, end)
    if per is not None:
        q = replace(q, per=per, span=Span(q.span.start, lex[stop - 1].end))
    elif q.unit is not None and word_at(lex, end) == ")":
        q = replace(q, per=rate_at(lex, end + 1)[0])  # 250 km (155 miles) per hour
    before, after = bound_before(lex, start), bound_after(lex, last) or bound_after(lex, end)
    words = Span(
        lex[before[2] if before is not None else start].start,
        max(q.span.end, lex[after[2] - 1].end if after is not None else 0),
    )
    q = replace(q, words=words)
    if before is not None and after is not None and before[0] is Bound.ABOUT:
        return _with_bound(q, after[0], approximate=True)  # about 12 or more
    found = before or after
    return _with_bound(q, found[0], approximate=found[1]) if found is not None else q


def _with_bound(q: Quantity, bound: Bound, *, approximate: bool) -> Quantity:
    """The quantity bounded by the words beside it."""
    approximate = approximate or q.approximate
    if bound is Bound.ABOUT:
        kept = q.bound if q.bound in (Bound.BETWEEN, Bound.VAGUE) else bound
        return replace(q, bound=kept, approximate=True)
    ranged = q.joint is Joint.TO
    if bound in (Bound.AT_LEAST, Bound.MORE_THAN):
        return replace(q, bound=bound, approximate=approximate, high=q.high if ranged else None)
    if q.shape is Shape.VAGUE:
        return replace(q, bound=bound, approximate=True, low=None, high=q.stated[0])
    return replace(q, bound=bound, approximate=approximate, low=q.low if ranged else None)


def _restates(text: str, before: Quantity, q: Quantity) -> bool:
    """Whether a measure says the one before it in another unit; over half (55 %) says how many those are."""
    between = text[before.span.end : q.span.start].strip()
    same = None in (before.unit, q.unit) or (before.unit == q.unit and before.shape is not q.shape)
    return between in ("(", "/", "[", ", or") and q.bound is Bound.EXACT and not same


def _converted(before: Quantity, q: Quantity) -> Quantity:
    """The quantity bounded like the one before it, which it restates: more than 100 km (60 miles)."""
    bound = before.bound if before.joint is None else Bound.EXACT
    low, high = (None if before.low is None else q.low), (None if before.high is None else q.high)
    return replace(q, bound=bound, approximate=before.approximate, low=low, high=high)
