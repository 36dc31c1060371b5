"""Text -> runs of digits as they are printed, words and single signs, in order."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple


class Lexeme(NamedTuple):
    """A run of digits, of letters, or a single sign."""

    text: str
    lower: str
    start: int
    end: int

    @property
    def digits(self) -> bool:
        return self.text[0].isdigit() or (self.text[0] == "." and len(self.text) > 1)

    @property
    def letters(self) -> bool:
        return self.text[0].isalpha()


# Every alternative starts with another kind of character, so that matching never has to go back further than one group.
_LEXEME = re.compile(
    r"\d{1,2}(?:,\d\d){1,6},\d{3}(?![\d,])(?:\.\d+)?"  # 12,34,567
    r"|\d{1,3}(?:\.\d{3}){1,6},\d\d?(?!\d|,\d)|\d{1,3}(?:\.\d{3}){2,6}(?![\d.,]\d|\d)"  # 1.234,56 and 1.250.000
    r"|(?<![\d+.,:/-])(?<!\d[ \u00a0\u2009\u202f])[1-9]\d{0,2}([ \u00a0\u2009\u202f'’])\d{3}(?:\1\d{3}){0,5}"  # 12 500
    r"(?![.,:/-]\d{3}|\d|[ \u00a0\u2009\u202f'’]\d)(?:,\d\d?(?!\d))?"
    r"|(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?|(?<=[$€£]\d) \.\d+|(?<![A-Za-z])\.\d+(?![\w.])|[^\W\d_]+|[^\s]"
)
_NAMED = re.compile(r"(?<![.!?”\"] )\b[A-Z][a-z]+\.? \Z")
"""A capitalised word inside a sentence: what follows it is "May 12, 500 people" or "Flight 370", not "12 500"."""

HYPHENS = "-‐‑–"


def lexemes(text: str, start: int = 0, end: int | None = None) -> tuple[Lexeme, ...]:
    """The digits, words and signs of a text in order; time is linear in its length."""
    out: list[Lexeme] = []
    for m in _LEXEME.finditer(text, start, len(text) if end is None else end):
        at, word = m.start(), m.group()
        if m.group(1) == " " and len(out) > 1 and _NAMED.search(text, max(start, at - 20), at):
            for part in word.replace(",", " , ").split():
                out.append(Lexeme(part, part, at, at + len(part)))
                at += len(part) + 1
        else:
            out.append(Lexeme(word, word.lower(), at, m.end()))
    return tuple(out)


def word_at(lex: Sequence[Lexeme], i: int) -> str:
    """The lexeme at `i` in small letters, "" outside the text."""
    return lex[i].lower if 0 <= i < len(lex) else ""


def touches(lex: Sequence[Lexeme], i: int) -> bool:
    """Whether lexeme `i` follows the one before it without white space."""
    return 0 < i < len(lex) and lex[i - 1].end == lex[i].start
