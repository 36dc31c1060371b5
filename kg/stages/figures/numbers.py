"""Text -> numbers: literals in digits, in words or in both, and vague ones, with their value and place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from math import gcd

from ...language.lexicon import words
from ...text.article import Span
from .lexemes import HYPHENS, Lexeme, touches, word_at
from .spelled_numbers import COLLECTIVES, FRACTIONS, SCALES, TENS, UNITS, numerals, spelled_number
from .units import unit_of_words, unit_table


class Shape(StrEnum):
    """How a number is written."""

    DIGITS = "digits"
    WORDS = "words"
    VAGUE = "vague"
    FRACTION = "fraction"
    RATIO = "ratio"
    MULTIPLE = "multiple"


@dataclass(frozen=True, slots=True)
class Number:
    """A number in a text: what it says, from where to where, in lexemes `first` up to but not including `last`.

    A vague word ("dozens") has its least literal value as `low` and no `high`:
    24 for dozens, 200 for hundreds, 2,000 for thousands. `scaled` says that a
    word such as "million" is part of it, `approximate` that the words do not
    mean one exact number ("several hundred").
    """

    span: Span
    low: Decimal
    high: Decimal | None
    shape: Shape
    first: int
    last: int
    scaled: bool = False
    approximate: bool = False


_DECIMAL_COMMA = re.compile(r"\d{1,3}(?:[.]\d{3})*,\d\d?\Z|\d{1,3}(?:[    '’]\d{3})+,\d\d?\Z")

_SHORT_SCALES = numerals("figures", "scale in letters")
_ONLY_MONEY = {"mm", "b", "cr"}
_SURE_SHORT = words("figures", "sure short")
_PLURALS = numerals("figures", "many times")
_NO_S = tuple(words("figures", "counts without s"))
_SIGNS = {
    "½": (1, 2), "⅓": (1, 3), "⅔": (2, 3), "¼": (1, 4), "¾": (3, 4), "⅕": (1, 5), "⅛": (1, 8), "⅜": (3, 8), "⅝": (5, 8),
    "⅞": (7, 8),
}  # fmt: skip
_ADVERBS = {"twice": Decimal(2), "thrice": Decimal(3)}
_SEVERAL = (("several",), ("a", "few"), ("a", "couple"), ("a", "couple", "of"), ("many",), ("some", "few"))
_METRE_WORDS = words("figures", "metre words")
CURRENCY_SIGNS = frozenset("$€£¥₹₩₽₺₪฿₴₦₫₱₸₾֏₼৳₵₿")


def _value(digits: str) -> Decimal:
    """What digits mean: 1,234.5, 12,34,567, 12 500, 1.250.000 and 1.234,56."""
    if _DECIMAL_COMMA.match(digits) or digits.count(".") > 1:
        digits = digits.replace(".", "").replace(",", ".")
    return Decimal("".join(c for c in digits if c.isdigit() or c == "."))


def find_numbers(lex: Sequence[Lexeme]) -> tuple[Number, ...]:
    """The numbers among the lexemes of a text, in order, none inside another.

    Dates, scores and names are numbers here too: telling figures from those
    takes more than the digits.
    """
    found, i = [], 0
    while i < len(lex):
        number = _number(lex, i) if _may_start(lex[i]) else None
        if number is None:
            i += 1
        else:
            found.append(number)
            i = number.last
    return tuple(found)


_STARTS = {*_ADVERBS, *_PLURALS, *UNITS, *TENS, *_SIGNS, "half", "a", "an", *(words[0] for words in _SEVERAL)}
"""The words that a number may begin with, beside those in digits and "tenfold"."""


def _may_start(lexeme: Lexeme) -> bool:
    """Whether a number may begin with a lexeme; nine words in ten are passed over by this."""
    return lexeme.lower in _STARTS or lexeme.text[0].isdigit() or lexeme.text[0] == "." or lexeme.lower.endswith("fold")


def _number(lex: Sequence[Lexeme], i: int) -> Number | None:
    word = lex[i].lower
    if word in _ADVERBS:
        return _made(lex, i, i + 1, _ADVERBS[word], Shape.MULTIPLE)
    for read in (_vague, _half, _fraction, _cardinal, _term):
        number = read(lex, i)
        if number is not None:
            return _ratio(lex, number) or _fold(lex, number) or number
    return _fold_word(lex, i)


def _made(
    lex: Sequence[Lexeme],
    first: int,
    last: int,
    value: Decimal,
    shape: Shape,
    scaled: bool = False,
    vague: bool = False,
) -> Number:
    high = None if shape is Shape.VAGUE else value
    return Number(Span(lex[first].start, lex[last - 1].end), value, high, shape, first, last, scaled, vague)


def _vague(lex: Sequence[Lexeme], i: int) -> Number | None:
    """dozens, tens of thousands, several hundred, a few dozen, a couple of million; hundreds and hundreds."""
    for several in _SEVERAL:
        k = i + len(several)
        if tuple(word_at(lex, i + n) for n in range(len(several))) == several and k < len(lex):
            unit = SCALES.get(lex[k].lower) or COLLECTIVES.get(lex[k].lower)
            if unit is not None:
                while word_at(lex, k + 1) in SCALES:
                    k += 1
                    unit *= SCALES[lex[k].lower]
                return _made(lex, i, k + 1, 2 * unit, Shape.VAGUE, scaled=True, vague=True)
    if word_at(lex, i) not in _PLURALS:
        return None
    value, k = 2 * _PLURALS[lex[i].lower], i + 1
    while word_at(lex, k) in words("figures", "joins numbers") and word_at(lex, k + 1) in _PLURALS:
        if word_at(lex, k) == "of":
            # "tens of thousands" is at least 10,000 and "hundreds of thousands" at least 200,000
            value *= _PLURALS[lex[k + 1].lower]
        k += 2
    return _made(lex, i, k, value, Shape.VAGUE, scaled=True, vague=True)


def _half(lex: Sequence[Lexeme], i: int) -> Number | None:
    """half a million, half-a-dozen, half of, half the."""
    if word_at(lex, i) != "half":
        return None
    k = i + 1
    if word_at(lex, k) in HYPHENS and word_at(lex, k):
        k += 1
    if word_at(lex, k) in ("a", "an"):
        k += 1
        if word_at(lex, k) in HYPHENS and word_at(lex, k):
            k += 1
        unit = SCALES.get(word_at(lex, k)) or COLLECTIVES.get(word_at(lex, k))
        if unit is not None:
            return _made(lex, i, k + 1, unit / 2, Shape.WORDS, scaled=True)
        # half a mile: the article belongs to the number, so that the unit follows it
        return _made(lex, i, i + 2, Decimal("0.5"), Shape.FRACTION) if k == i + 2 else None
    if i and lex[i - 1].end == lex[i].start:
        return None
    return _made(lex, i, i + 1, Decimal("0.5"), Shape.FRACTION)


def _term(lex: Sequence[Lexeme], i: int) -> Number | None:
    """The article that is a number before a term behind bars: up to a year in jail."""
    if word_at(lex, i + 1) not in words("figures", "terms"):
        return None
    confined = word_at(lex, i + 2) in ("in", "behind") and word_at(lex, i + 3) in words("figures", "prison")
    return _made(lex, i, i + 1, Decimal(1), Shape.WORDS) if confined else None


def _fraction(lex: Sequence[Lexeme], i: int) -> Number | None:
    """a third, two-thirds, one quarter, 3/4, ½."""
    if lex[i].text in _SIGNS:
        a, b = _SIGNS[lex[i].text]
        return _made(lex, i, i + 1, Decimal(a) / b, Shape.FRACTION)
    word, k = lex[i].lower, i + 1
    if word_at(lex, k) in HYPHENS and word_at(lex, k):
        k += 1
    below = FRACTIONS.get(word_at(lex, k))
    above = Decimal(1) if word in ("a", "an") else UNITS.get(word)
    if below is None or above is None or above >= below or above == 0:
        return _slash_fraction(lex, i)
    if (above > 1) != word_at(lex, k).endswith(("s", "halves")) or gcd(int(above), int(below)) > 1:
        return None  # two quarters, which are no half
    scale = SCALES.get(word_at(lex, k + 3)) if [word_at(lex, k + 1), word_at(lex, k + 2)] == ["of", "a"] else None
    if scale is not None:
        return _made(lex, i, k + 4, above * scale / below, Shape.WORDS, scaled=True)  # a quarter of a million
    return _made(lex, i, k + 1, above / below, Shape.FRACTION)


def _slash_fraction(lex: Sequence[Lexeme], i: int, *, joined: bool = False) -> Number | None:
    if not (lex[i].text.isdigit() and word_at(lex, i + 1) in ("/", "⁄") and touches(lex, i + 1)):
        return None
    if not (touches(lex, i + 2) and lex[i + 2].text.isdigit()) or word_at(lex, i + 3) in ("/", "-"):
        return None
    above, below = int(lex[i].text), int(lex[i + 2].text)
    if (
        not 0 < above < below
        or below not in (2, 3, 4, 5, 6, 8, 10, 12, 16, 32, 64)
        or (i and lex[i - 1].text in "/-" and not joined)
    ):
        return None
    return _made(lex, i, i + 3, Decimal(above) / below, Shape.FRACTION)


def _cardinal(lex: Sequence[Lexeme], i: int) -> Number | None:
    read = _plain(lex, i)
    if read is None:
        return None
    value, k, shape, scaled = read
    # a million and a half, two and a half million, 2 1/2, 3 ½
    more = _and_a_half(lex, k)
    if more is not None:
        part, after = more
        last_scale = SCALES.get(word_at(lex, k - 1))
        value += part * (last_scale or 1)
        k = after
        if word_at(lex, k) in SCALES:
            value, k, scaled = value * SCALES[lex[k].lower], k + 1, True
    if word_at(lex, k) in COLLECTIVES and not (word_at(lex, k) == "score" and shape is Shape.DIGITS):
        value, k = value * COLLECTIVES[lex[k].lower], k + 1
    return _made(lex, i, k, value, shape, scaled)


def _plain(lex: Sequence[Lexeme], i: int) -> tuple[Decimal, int, Shape, bool] | None:
    """The number in digits, or else in words, that begins at lexeme `i`, and the lexeme after it."""
    digits = _digits(lex, i)
    told = spelled_number(lex, i) if digits is None else None
    return digits if told is None else (told[0], told[1], Shape.WORDS, told[2])


def _and_a_half(lex: Sequence[Lexeme], k: int) -> tuple[Decimal, int] | None:
    if word_at(lex, k) in HYPHENS and word_at(lex, k) and word_at(lex, k + 1) == "and":
        return (Decimal("0.5"), k + 6) if [word_at(lex, k + n) for n in (3, 5)] == ["a", "half"] else None
    if word_at(lex, k) == "and" and word_at(lex, k + 1) in ("a", "one"):
        n = k + 3 if word_at(lex, k + 2) in HYPHENS and word_at(lex, k + 2) else k + 2
        part = {"half": Decimal("0.5"), "quarter": Decimal("0.25"), "third": Decimal(1) / 3}.get(word_at(lex, n))
        return (part, n + 1) if part is not None else None
    if k < len(lex) and lex[k].text in _SIGNS:
        a, b = _SIGNS[lex[k].text]
        return Decimal(a) / b, k + 1
    # 2 1/2, 5-1/2, 3 and 3/4
    joined = word_at(lex, k) == "and" or (word_at(lex, k) in HYPHENS and word_at(lex, k) != "" and touches(lex, k + 1))
    k += joined
    fraction = k < len(lex) and lex[k].text.isdigit() and (joined or not touches(lex, k))
    part_number = _slash_fraction(lex, k, joined=True) if fraction else None
    return (part_number.low, part_number.last) if part_number is not None else None


def _digits(lex: Sequence[Lexeme], i: int) -> tuple[Decimal, int, Shape, bool] | None:
    """3.2, 1,709, 3.2 million, 3.2m, 5bn, 2.5 lakh crore."""
    if not lex[i].digits or not all(c.isascii() for c in lex[i].text if c.isdigit()):
        return None
    value, k, scaled = _value(lex[i].text), i + 1, False
    if k < len(lex) and lex[k].text[0] == " ":
        value, k = value + Decimal(lex[k].text.strip()), k + 1  # $1 .5 million
    elif _decimal_comma(lex, i):
        value, k = Decimal(f"{lex[i].text}.{lex[i + 2].text}"), i + 3
    while True:
        hyphen = word_at(lex, k) in HYPHENS and word_at(lex, k) != "" and touches(lex, k + 1)
        if word_at(lex, k + hyphen) not in SCALES:
            break
        value, k, scaled = value * SCALES[lex[k + hyphen].lower], k + hyphen + 1, True  # 5-million, lakh-crore
    if scaled:
        more, k = _and_less(lex, k)
        return value + more, k, Shape.DIGITS, True
    if k >= len(lex):
        return value, k, Shape.DIGITS, False
    short = _short_scale(lex, i, k)
    if short is not None:
        return value * short, k + 1, Shape.DIGITS, True
    return value, k, Shape.DIGITS, False


def _hyphened(lex: Sequence[Lexeme], k: int) -> bool:
    """Whether a hyphen joins what stands on both its sides."""
    return word_at(lex, k) in HYPHENS and touches(lex, k) and touches(lex, k + 1)


def _and_less(lex: Sequence[Lexeme], k: int) -> tuple[Decimal, int]:
    """What is told behind the lakhs or crores of a number in smaller ones: 5 lakh 65 thousand, 2 crore 50 lakh."""
    above, below = SCALES[lex[k - 1].lower], SCALES.get(word_at(lex, k + 1), Decimal(0))
    indian = word_at(lex, k - 1) in words("figures", "scale before a smaller one")
    if not indian or not 0 < below < above or not lex[k].text.isdigit():
        return Decimal(0), k
    return Decimal(lex[k].text) * below, k + 2


def _decimal_comma(lex: Sequence[Lexeme], i: int) -> bool:
    """Whether a comma between digits is one of decimals: 3,5 %, 1,5 million, 1,5-million, 2,5 km; not of a list."""
    if not (word_at(lex, i + 1) == "," and touches(lex, i + 1) and touches(lex, i + 2)):
        return False
    digits, after = (lex[i].text, lex[i + 2].text), word_at(lex, i + 3 + _hyphened(lex, i + 3))
    short = digits[0].isdigit() and len(digits[0]) <= 3 and digits[1].isdigit() and len(digits[1]) <= 2
    return short and (
        after in SCALES or after in ("%", "per") or unit_of_words([after]) is not None or after in unit_table().symbols
    )


def _short_scale(lex: Sequence[Lexeme], i: int, k: int) -> Decimal | None:
    """The scale that letters after digits stand for: m is a million after a currency or before things, else metres."""
    letters = lex[k]
    scale = _SHORT_SCALES.get(letters.lower)
    if scale is None or (touches(lex, k + 1) and lex[k + 1].text not in ",.;:)'’”\"!?-–—/"):
        return None
    if letters.lower in _SURE_SHORT or _to_millions(lex, k, letters.text):
        return scale
    if not touches(lex, k):
        return scale if _after_currency(lex, i) and letters.lower in ("m", "b", "mm", "cr") else None
    if _after_currency(lex, i):
        return scale
    if letters.lower in _ONLY_MONEY:
        return None
    if word_at(lex, k + 1) in HYPHENS and word_at(lex, k + 2) in ("year", "years"):
        return scale  # 200m-year-old bones
    following = lex[k + 1] if k + 1 < len(lex) and not touches(lex, k + 1) else None
    if letters.lower == "k":
        return scale if letters.text == "k" or following is None or following.text[0].islower() else None
    counts = following is not None and following.letters and following.text[0].islower()
    plural = following is not None and following.lower.endswith(("s", *_NO_S))
    return scale if counts and plural and following is not None and following.lower not in _METRE_WORDS else None


def _to_millions(lex: Sequence[Lexeme], k: int, letters: str) -> bool:
    """Whether a range goes on after these letters to a number that has them as its scale: 15m to 16m units."""
    joined = touches(lex, k) and (word_at(lex, k + 1) in HYPHENS or word_at(lex, k + 1) in ("to", "and", "or"))
    same = joined and k + 3 < len(lex) and lex[k + 2].digits and lex[k + 3].text == letters and touches(lex, k + 3)
    return same and _short_scale(lex, k + 2, k + 3) is not None


def _after_currency(lex: Sequence[Lexeme], i: int) -> bool:
    before = lex[i - 1].text if i else ""
    unit = unit_table().symbols.get(before)
    return before in CURRENCY_SIGNS or before == "PS" or (unit is not None and unit.kind == "money")


def _ratio(lex: Sequence[Lexeme], first: Number) -> Number | None:
    """One in three, 9 out of 10, one-in-five, two of every five: the share as a number below one."""
    k = first.last
    joined = word_at(lex, k) in HYPHENS and word_at(lex, k) != ""
    if joined:
        k += 1
    if word_at(lex, k) == "in":
        k += 1
    elif [word_at(lex, k), word_at(lex, k + 1)] == ["out", "of"]:
        k += 2
    elif [word_at(lex, k), word_at(lex, k + 1)] == ["of", "every"]:
        k += 1
    else:
        return None
    if word_at(lex, k) == "every":
        k += 1
    if joined and word_at(lex, k) in HYPHENS and word_at(lex, k):
        k += 1
    if k >= len(lex) or first.shape not in (Shape.DIGITS, Shape.WORDS):
        return None
    whole = _plain(lex, k)
    if whole is None or not 0 < first.low < whole[0] or whole[0] < 2 or first.low != first.low.to_integral_value():
        return None
    below, last = whole[0], whole[1]
    year = whole[2] is Shape.DIGITS and 1500 <= below <= 2100 and word_at(lex, k - 1) == "in"
    timed = word_at(lex, last) in words("figures", "time unit")
    # "one in 20" too: numbers below ten are written out
    written = first.shape is whole[2] or word_at(lex, k - 2) == "out" or below % 10 == 0
    if year or timed or not written or (word_at(lex, k - 1) == "in" and first.low > 20):
        return None
    return _made(lex, first.first, last, first.low / below, Shape.RATIO)


def _fold(lex: Sequence[Lexeme], number: Number) -> Number | None:
    """six-fold, 60 fold, a thousand fold."""
    k = number.last
    if word_at(lex, k) in HYPHENS and word_at(lex, k):
        k += 1
    if word_at(lex, k) == "fold" and number.shape in (Shape.DIGITS, Shape.WORDS):
        return _made(lex, number.first, k + 1, number.low, Shape.MULTIPLE)
    return None


def _fold_word(lex: Sequence[Lexeme], i: int) -> Number | None:
    """Sixfold, tenfold."""
    word = lex[i].lower
    if word.endswith("fold") and (word[:-4] in UNITS or word[:-4] in TENS):
        return _made(lex, i, i + 1, UNITS.get(word[:-4]) or TENS[word[:-4]], Shape.MULTIPLE)
    return None
