"""Words -> numbers, years and days of the month."""

from __future__ import annotations

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
    if not 1000 <= y <= 2100 or len(word) != 4:
        return None
    return i + 1, y


def day_number(word: str) -> int | None:
    """The day of a month that a word such as 13 or 13th gives, else None."""
    if word[-2:] in ORDINAL_ENDS:
        word = word[:-2]
    return integer(word, 1, 31) if len(word) <= 2 else None


def count_at(w: Words, i: int) -> tuple[int, float | None] | None:
    """A count of units: 3, 1.5, twenty-five, two and a half, half a, a couple of, several (None)."""
    word = w[i]
    if word[:1].isdigit():
        plain = word.replace(",", "")
        if plain.count(".") > 1 or not plain.replace(".", "").isdigit() or not plain.isascii() or len(plain) > 9:
            return None
        if w[i + 1] == "1/2":
            return i + 2, float(plain) + 0.5
        j = i + 1
        value = float(plain)
    elif word in W.NUMBERS or word in W.SCALES:
        value, j = 0.0, i
        while w[j] in W.NUMBERS or w[j] in W.SCALES or (w[j] in ("-", "and") and w[j + 1] in W.NUMBERS and j > i):
            if w[j] in W.NUMBERS:
                if w[j - 1] != "-" and j > i and w[j - 1] in W.SMALL:
                    break
                value += W.NUMBERS[w[j]]
            elif w[j] in W.SCALES:
                value = (value or 1) * W.SCALES[w[j]]
            j += 1
    elif word == "half" and w[i + 1] in ("a", "an", "-"):
        return i + 2, 0.5
    elif word in ("a", "an"):
        if w[i + 1] == "couple":
            return (i + 3 if w[i + 2] == "of" else i + 2), 2
        if w[i + 1] == "dozen":
            return i + 2, 12
        if w[i + 1] in ("few", "number", "handful"):
            return (i + 3 if w[i + 2] == "of" else i + 2), None
        if w[i + 1] in ("hundred", "thousand"):
            return i + 2, W.SCALES[w[i + 1]]
        if w[i + 1] == "half" and w[i + 2] in W.UNITS:
            return i + 2, 0.5
        return i + 1, 1
    elif word in W.VAGUE_COUNTS:
        return i + 1, None
    else:
        return None
    if w.has(j, ("and", "a", "half")):
        return j + 3, value + 0.5
    return j, value
