"""Numbers in words: what each word is worth, and what a row of them says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from ...language.lexicon import noted, words
from .lexemes import HYPHENS, Lexeme, touches, word_at


def numerals(table: str, name: str) -> dict[str, Decimal]:
    """The words of a class of a table of `data/lexicon/`, each with the number that it stands for.

    >>> numerals("figures", "scale")["lakh"]
    Decimal('100000')
    """
    return {word: Decimal(number) for word, number in noted(table, name).items()}


UNITS, TENS, SCALES = numerals("grammar", "number"), numerals("grammar", "tens"), numerals("figures", "scale")
COLLECTIVES = {"dozen": Decimal(12), "score": Decimal(20)}
FRACTIONS = {word: int(below) for word, below in noted("figures", "share of one").items()}


@dataclass(slots=True)
class _Spelled:
    """A number in words so far: what is complete, what a scale may still multiply, and what may follow."""

    total: Decimal = Decimal(0)
    current: Decimal = Decimal(0)
    scaled: bool = False
    tens: bool = True
    units: bool = True

    def take(self, word: str) -> bool:
        """Take in a word, if it may follow."""
        if word in TENS and self.tens and self.units:
            self.current, self.tens = self.current + TENS[word], False
        elif word in UNITS and self.units and (self.tens or 0 < UNITS[word] < 10):
            self.current, self.units, self.tens = self.current + UNITS[word], False, False
        else:
            return self._scale(word)
        return True

    def _scale(self, word: str) -> bool:
        if not self.current or word not in SCALES or (word == "hundred" and self.current >= 100):
            return False
        if word == "hundred":
            self.current *= 100
        else:
            self.total, self.current = self.total + self.current * SCALES[word], Decimal(0)
        self.scaled = self.tens = self.units = True
        return True


def spelled_number(lex: Sequence[Lexeme], i: int) -> tuple[Decimal, int, bool] | None:
    """The number in words that begins at lexeme `i`, the lexeme after it, and whether a scale is part of it.

    twenty-five, one hundred and fifty thousand, a million, a dozen; None where none begins.
    """
    spelled, k = _Spelled(), i
    if word_at(lex, i) in ("a", "an"):
        k = i + 2 if word_at(lex, i + 1) in HYPHENS else i + 1
        if word_at(lex, k) in COLLECTIVES and word_at(lex, k + 1) not in words("figures", "named by a scale"):
            return _collective(lex, k)
        if word_at(lex, k) not in SCALES:
            return None
        spelled.current = Decimal(1)
    elif word_at(lex, i) not in UNITS and word_at(lex, i) not in TENS:
        return None
    while k < len(lex) and (spelled.take(lex[k].lower) or _links(lex, k, spelled)):
        k += 1
    value = spelled.total + spelled.current
    if word_at(lex, k) == "point" and word_at(lex, k + 1) in UNITS and UNITS[lex[k + 1].lower] < 10:
        return _spoken(lex, k + 1, value, spelled.scaled)
    return value, k, spelled.scaled


def _collective(lex: Sequence[Lexeme], k: int) -> tuple[Decimal, int, bool] | None:
    """a dozen, a score of ships; not a score in a match."""
    counts = lex[k].lower == "dozen" or (word_at(lex, k + 1) == "of" and word_at(lex, k + 2).endswith("s"))
    return (COLLECTIVES[lex[k].lower], k + 1, False) if counts else None


def _links(lex: Sequence[Lexeme], k: int, spelled: _Spelled) -> bool:
    """Whether an "and" or a hyphen joins what stands before it to a number that goes on."""
    if lex[k].lower == "and":
        return spelled.scaled and _continues(lex, k + 1, spelled.units)
    hyphen = lex[k].lower in HYPHENS and touches(lex, k) and touches(lex, k + 1)
    return hyphen and _continues(lex, k + 1, spelled.units, scales=True)


def _spoken(lex: Sequence[Lexeme], k: int, value: Decimal, scaled: bool) -> tuple[Decimal, int, bool]:
    """The decimals after "point", digit by digit, and the scale of it all: three point two million."""
    power = Decimal(1)
    while word_at(lex, k) in UNITS and UNITS[lex[k].lower] < 10:
        power /= 10
        value, k = value + UNITS[lex[k].lower] * power, k + 1
    while word_at(lex, k) in SCALES:
        value, k, scaled = value * SCALES[lex[k].lower], k + 1, True
    return value, k, scaled


def _continues(lex: Sequence[Lexeme], k: int, open_units: bool, scales: bool = False) -> bool:
    word = word_at(lex, k)
    if scales and word in SCALES:
        return True
    return open_units and (word in UNITS or word in TENS) and word_at(lex, k + 1) not in FRACTIONS
