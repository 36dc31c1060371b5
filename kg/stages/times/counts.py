"""Words -> numbers, years and days of the month."""

from __future__ import annotations

from ...language.lexicon import noted
from . import time_words as W
from .meanings import ORDINAL_ENDS, Words


def integer(word: str, low: int, high: int) -> int | None:
    """A number in digits within bounds, else None."""
    return int(word) if word.isascii() and word.isdigit() and len(word) <= 4 and low <= int(word) <= high else None


def year_at(w: Words, i: int) -> tuple[int, int] | None:
    """An explicit year: 1914, 480 BC, AD 79; astronomical."""
    word = w[i]
    if word in ("ad", "a.d.") and (y := integer(w[i + 1], 1, 2200)):
        return i + 2, y
    y = integer(word, 1, 2200)
    if y is None:
        return None
    if w[i + 1] in ("bc", "bce", "b.c.", "b.c", "b.c.e."):
        return i + 2, 1 - y
    if w[i + 1] in ("ad", "ce", "a.d."):
        return i + 2, y
    if not 1000 <= y <= 2100:
        return None
    return i + 1, y


def day_number(word: str) -> int | None:
    """The day of a month that a word such as 13 or 13th gives, else None."""
    if word[-2:] in ORDINAL_ENDS:
        word = word[:-2]
    return integer(word, 1, 31) if len(word) <= 2 else None


Count = tuple[int, float | None] | None
"""Where a count ends, and how many it is: None where it says only that they are several."""


def count_at(w: Words, i: int) -> Count:
    """A count of units: 3, 1.5, twenty-five, two and a half, half a, a couple of, several (None)."""
    if w[i][:1].isdigit():
        found = _in_digits(w, i)
    elif w[i] in W.NUMBERS or w[i] in W.SCALES:
        found = _in_words(w, i)
    else:
        return _without_number(w, i)
    if found is None or not w.has(found[0], ("and", "a", "half")):
        return found
    return found[0] + 3, found[1] + 0.5


def _in_digits(w: Words, i: int) -> tuple[int, float] | None:
    """3; 1.5; 4,000; 2 1/2."""
    plain = w[i].replace(",", "")
    if plain.count(".") > 1 or not plain.replace(".", "").isdigit() or not plain.isascii() or len(plain) > 9:
        return None
    return (i + 2, float(plain) + 0.5) if w[i + 1] == "1/2" else (i + 1, float(plain))


def _in_words(w: Words, i: int) -> tuple[int, float]:
    """twenty-five; three hundred and two."""
    value, j = 0.0, i
    while w[j] in W.NUMBERS or w[j] in W.SCALES or (w[j] in ("-", "and") and w[j + 1] in W.NUMBERS and j > i):
        if w[j] in W.NUMBERS:
            if j > i and w[j - 1] in W.SMALL:
                break
            value += W.NUMBERS[w[j]]
        elif w[j] in W.SCALES:
            value = (value or 1) * W.SCALES[w[j]]
        j += 1
    return j, value


_LOOSE = {word: int(count) if count else None for word, count in noted("times", "loose counts").items()}
"""What "a" makes a count of, with "of" after it or without."""

_ROUND = {"dozen": 12, **W.SCALES}


def _without_number(w: Words, i: int) -> Count:
    """half a; a couple of; a dozen; a few; a half hour; a day; several."""
    word, after = w[i], w[i + 1]
    if word == "half" and after in ("a", "an", "-"):
        return i + 2, 0.5
    if word not in ("a", "an"):
        return (i + 1, None) if word in W.VAGUE_COUNTS else None
    if after in _LOOSE:
        return i + 2 + (w[i + 2] == "of"), _LOOSE[after]
    if after in _ROUND:
        return i + 2, _ROUND[after]
    return (i + 2, 0.5) if after == "half" and w[i + 2] in W.UNITS else (i + 1, 1)
