"""Units, currencies and rates as text writes them beside a number."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from ...language.lexicon import noted, words
from .lexemes import Lexeme, lexemes, touches, word_at
from .numbers import CURRENCY_SIGNS, find_numbers
from .spelled_numbers import SCALES
from .units import Unit, singular, unit_of_words, unit_table

DASHES = frozenset("-‐‑–—−")
_WIDEST = 5
"""The most lexemes of a unit that are tried: "fluid ounces", "lb. - ft.", "U.S. dollars"."""
_TIME_ADJECTIVES = words("figures", "time adjectives")
_RATED = words("figures", "rated")
_IRREGULAR = noted("figures", "irregular")
_SHORT = words("figures", "short, as printed")
"""Symbols that are also words or letters of something else: they must touch the number."""
_SPACED = frozenset("m g t l V W J PS min MB".split())
"""Those of them that may stand apart where the phrase ends after them."""
_ENDS = words("figures", "ends")


@lru_cache(maxsize=1)
def _edges() -> tuple[frozenset[str], frozenset[str]]:
    """How a unit may start, in small letters, and what a currency may end with: most text does neither."""
    table = unit_table()
    starts = {lexemes(word)[0].lower for word in (*table.words, *table.symbols)}
    ends = {lexemes(sign)[-1].text for sign, unit in table.symbols.items() if unit.kind == "money"}
    return frozenset(starts), frozenset({*ends, "PS"})


def currency_before(lex: Sequence[Lexeme], i: int) -> tuple[Unit | None, int]:
    """The currency whose sign or code stands before lexeme `i`, and where it starts; None and `i` if none does."""
    if not i or lex[i - 1].text not in _edges()[1] or lex[i].start - lex[i - 1].end > 1:
        return None, i
    for width in range(min(_WIDEST, i), 0, -1):
        parts = lex[i - width : i]
        gap = max((b.start - a.end for a, b in pairwise(parts)), default=0)
        if gap > 1 or (gap and len(parts[0].text) == 1):
            continue  # "A $2 million grant" is no amount in A$
        unit = unit_table().symbols.get("".join(part.text for part in parts))
        # a code that is the end of a longer word is none: "X-AUD 5"
        glued = touches(lex, i - width) and (lex[i - width - 1].letters or lex[i - width - 1].text in "-/&")
        if unit is not None and unit.kind == "money" and not (glued and parts[0].letters):
            sign = "".join(part.text for part in parts)
            # "COP28", "AMD 64", "R12": letters that are also something else stand before an amount
            doubtful = (len(sign) == 1 and sign.isalpha()) or sign.lower() in words("figures", "currency code or word")
            return (unit, i - width) if not doubtful or _amount(lex, i) else (None, i)
    if lex[i - 1].text == "PS" and touches(lex, i):
        return unit_table().by_code("GBP"), i - 1  # how wire copy in plain ASCII writes £
    return None, i


def _amount(lex: Sequence[Lexeme], i: int) -> bool:
    """Whether the number at `i` is written as sums are: in thousands, with decimals, with "million" or its letters."""
    short = touches(lex, i + 1) and word_at(lex, i + 1) in words("figures", "scale in letters")
    decimals = touches(lex, i + 1) and word_at(lex, i + 1) == "," and touches(lex, i + 2) and lex[i + 2].digits
    hyphen = touches(lex, i + 1) and word_at(lex, i + 1) in DASHES
    return len(lex[i].text) > 3 or word_at(lex, i + 1 + hyphen) in SCALES or short or decimals


def unit_after(lex: Sequence[Lexeme], i: int) -> tuple[Unit | None, int]:
    """The unit that starts at lexeme `i`, perhaps after a hyphen, and where it ends; None and `i` if none does."""
    if word_at(lex, i) in _TIME_ADJECTIVES:
        unit, end = unit_after(lex, i + 1)
        return (unit, end) if unit is not None and unit.kind == "time" and lex[i + 1].letters else (None, i)
    hyphen = i < len(lex) and lex[i].text in DASHES and touches(lex, i) and touches(lex, i + 1)
    k = i + 1 if hyphen else i
    starts = _edges()[0]
    if k >= len(lex) or (lex[k].lower not in starts and singular(lex[k].lower) not in starts):
        return None, i
    for width in range(min(_WIDEST, len(lex) - k), 0, -1):
        parts, end = lex[k : k + width], k + width
        if touches(lex, end) and lex[end].letters and parts[-1].letters:
            continue
        unit = _symbol(lex, k, end) or (None if _in_name(lex, k, end) else _named(parts, word_at(lex, end)))
        if unit is not None:
            return unit, end
    return None, i


def _in_name(lex: Sequence[Lexeme], k: int, end: int) -> bool:
    """Whether a capitalised word goes on in capitals, as a name does: the "Rand" of "8 Rand Whitfield"."""
    if lex[k].lower in words("figures", "time unit"):
        return False  # 3 Years Later
    following = end < len(lex) and lex[end].letters and lex[end].text[0].isupper() and lex[end].start > lex[end - 1].end
    return following and lex[k].text[0].isupper() and not lex[end].text.isupper() and lex[end].lower != "of"


def _named(parts: Sequence[Lexeme], after: str) -> Unit | None:
    """The unit that words name; one word in capitals is rather a name, if of no degree, currency, years or "of"."""
    if not parts[-1].letters or not all(part.letters or part.text in "-." for part in parts):
        return None
    unit = unit_of_words([part.text for part in parts if part.letters])
    capital = len(parts) == 1 and parts[0].text[0].isupper() and not (after == "of" and parts[0].lower[-1] == "s")
    if not capital or unit is None or unit.kind in ("temperature", "money"):
        return unit
    return unit if unit.kind == "time" and parts[0].lower[-1] == "s" else None  # jailed for 5 Years


def _symbol(lex: Sequence[Lexeme], k: int, end: int) -> Unit | None:
    """The unit whose symbol the lexemes from `k` to `end` are; `m` and its like where nothing else can be meant."""
    printed = lex[k].text + "".join((" " if b.start > a.end else "") + b.text for a, b in pairwise(lex[k:end]))
    unit = unit_table().symbols.get(printed)
    if unit is None:
        return None
    if unit.kind == "money" and touches(lex, end) and lex[end].digits:
        return None  # nine $500 gifts
    if unit.kind == "money":
        return unit if printed in CURRENCY_SIGNS or printed.isupper() or _coin(lex, k, end, printed) else None
    if printed not in _SHORT or touches(lex, k):
        return unit
    after = word_at(lex, end)
    return unit if printed in _SPACED and (not after[:1].isalpha() or after in _ENDS) else None


def _coin(lex: Sequence[Lexeme], k: int, end: int, printed: str) -> bool:
    """Whether a letter is a coin: 58p, and 39c where no name or letter follows right on."""
    alone = printed == "p" or not (touches(lex, end) and (lex[end].letters or lex[end].text in DASHES))
    return printed in ("p", "c") and touches(lex, k) and alone


def rate_at(lex: Sequence[Lexeme], i: int) -> tuple[str | None, int]:
    """The denominator that starts at lexeme `i` (per day, a week, /month, per 100,000 people), and its end."""
    word = word_at(lex, i)
    if word in DASHES and touches(lex, i) and word_at(lex, i + 2) in DASHES and word_at(lex, i + 1) in ("a", "per"):
        noun = singular(word_at(lex, i + 3))  # a $6m-a-day cost
        return (noun, i + 4) if noun in _RATED else (None, i)
    if word == "per" or (word == "/" and i + 1 < len(lex) and lex[i + 1].letters):
        return _per(lex, i, word)
    noun = singular(word_at(lex, i + 1))
    if word in ("a", "an", "each", "every") and noun in _RATED and not _no_rate(lex, i + 2):
        return noun, i + 2
    return None, i


def _per(lex: Sequence[Lexeme], i: int, word: str) -> tuple[str | None, int]:
    if word_at(lex, i + 1) == "capita":
        return "person", i + 2
    numbers = find_numbers(lex[i + 1 : i + 4]) if word == "per" else ()
    if numbers and numbers[0].first == 0:
        k = i + 1 + numbers[0].last
        noun = _denominator(lex, k)
        return f"{numbers[0].low.normalize():f} {noun or 'person'}", k + (noun is not None)
    adjective = word_at(lex, i + 1) in words("figures", "before a denominator")
    noun = _denominator(lex, i + 1 + adjective)
    if noun is None or noun == "cent":
        return None, i
    pair = unit_of_words([word_at(lex, i + 1), word_at(lex, i + 2)])
    if pair is not None and not adjective:
        return pair.name, i + 3  # per kilowatt hour
    return (f"{word_at(lex, i + 1)} {noun}" if adjective else noun), i + 2 + adjective


def _denominator(lex: Sequence[Lexeme], i: int) -> str | None:
    if i >= len(lex) or not lex[i].letters:
        return None
    unit = unit_table().symbols.get(lex[i].text)
    if unit is not None and unit.kind != "money":
        return unit.name
    return _IRREGULAR.get(lex[i].lower) or singular(lex[i].lower)


def _no_rate(lex: Sequence[Lexeme], i: int) -> bool:
    """Whether what follows "a year" makes it a time or a length: a year ago, a month and a half."""
    if word_at(lex, i + (word_at(lex, i) in DASHES)) in words("figures", "after a stretch"):
        return True  # a year ago, a year-ago
    return word_at(lex, i) == "and" and word_at(lex, i + 1) in ("a", "one")


def rate_after(text: str, offset: int) -> tuple[str, int] | None:
    """The denominator that starts at an offset of a text, and the offset of its end; None if there is none.

    >>> rate_after("62 murders per 100,000 people", 10)
    ('100000 person', 29)
    """
    lex = lexemes(text, offset, min(len(text), offset + 60))
    per, stop = rate_at(lex, 0)
    return (per, lex[stop - 1].end) if per is not None else None
