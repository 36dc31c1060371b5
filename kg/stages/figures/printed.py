"""Digits that by their print are no quantity: telephone numbers, times of day, dotted dates, coordinates."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum

from ...language.lexicon import words
from ...text.article import Span
from .spelled_numbers import UNITS


class Reason(StrEnum):
    """Why a number states no quantity that is reported."""

    DATE = "date"
    CLOCK = "time of day"
    ORDINAL = "ordinal"
    SCORE = "score"
    LABEL = "label"
    NAME = "part of a name"
    AGE = "age of a person"
    IDIOM = "idiom"
    ONE = "one, not counting"
    ONE_OF = "one of"
    PERIOD = "time adverbial"
    TAKEN_UP = "told of before"


_HOUR = "|".join(["[1-9]", "1[0-2]", *(word for word, n in UNITS.items() if 0 < n <= 12)])
_MINUTES = "|".join(["[1-5]?[0-9]", "half", "quarter", "twenty(?:[ -]five)?", *(w for w, n in UNITS.items() if n > 1)])
_STREETS = "|".join(sorted(word.title() for word in words("figures", "street")))
_BEFORE_A_TIME = tuple(f"{word} " for word in words("figures", "before a time of day"))
_PRINTED = {
    Reason.LABEL: re.compile(
        rf"(?<![\w.,$€£-])\d{{1,5}} (?:[A-Z][a-z]+ ){{1,3}}(?:{_STREETS})\b|"  # 3150 Mary Kay Drive
        r"(?<![\w,])\+\d[\d ().-]{6,14}\d|(?<![\w.,])\(?0\d[\d ()-]{5,14}\d"  # +44 20 7946 0958, 0800 123 456
        r"|(?<![\w.,$€£-])(?:\d[-. ])?(?:\(?\d{3}\)?[-. ]{1,2})?\d{3}[-.]\d{4}(?![\w,%]|\.\d)"  # 555-0142, 212 555-0187
        r"|(?<![\w.,-])\d{3}-[A-Z]{3,}(?: ?\(\d{4,}\))?"  # 415-HELP (4357)
        r"|(?<![\w@.-])(?:[\w-]{1,30}\.){1,4}[a-z]{2,6}/\S{1,200}"  # bit.ly/1N6
        r"|\d{1,3}(?:\.\d+)?° ?(?:\d{1,2}(?:\.\d+)?[′'’] ?)?(?:\d{1,2}(?:\.\d+)?[″\"”] ?)?[NSEW]\b"  # 34.05° N
    ),
    Reason.CLOCK: re.compile(
        rf"\b(?:half|quarter|(?:{_MINUTES})(?: minutes)?) (?:past|to) (?:{_HOUR}|noon|midnight)\b"
        r"(?= (?:in|on|at)\b|\W{0,3}$|[,.;](?!\d))"
        r"|\b(?:[01]?\d|2[0-3])(?:[.:][0-5]\d)?(?: ?[ap]\.?m\b\.?)? ?[-–] ?"
        r"(?:[01]?\d|2[0-3])(?:[.:][0-5]\d)? ?[ap]\.?m\b"
        r"|\b[0-2]?\d(?:[.:]?[0-5]\d)? ?(?:[ap]\.?m\b|o['’]clock\b|hrs\b|(?:hours )?[A-Z]{1,2}T\b|[A-Z][DS]T\b|UTC\b)"
        rf"|\b(?:{_HOUR}) (?:in the (?:morning|afternoon|evening)|at night)\b"
        r"|^(?:[01]\d|2[0-3])[.:][0-5]\d$",  # the hour before an entry of a live blog
        re.MULTILINE,
    ),
    Reason.DATE: re.compile(
        r"(?<![\w.,])(?:0?[1-9]|[12]\d|3[01])\.(?:0?[1-9]|1[0-2])\.(?:19|20)\d\d(?![\w.]*\d)"  # 13.04.2023
        r"|(?<!\w)['’‘]\d\d(?![\w%]|[.,]\d)"  # '99
    ),
}


def printed(text: str, start: int, end: int) -> Iterator[tuple[Span, Reason]]:
    """The stretches of a text between two offsets that are such, each with what it is; linear in their length."""
    for reason, shape in _PRINTED.items():
        for m in shape.finditer(text, start, end):
            if reason is not Reason.CLOCK or " to " not in m.group() or _at(text, m.start()):
                yield Span(m.start(), m.end()), reason


def _at(text: str, start: int) -> bool:
    """Whether the word before says that a time of day follows: at ten to nine, but five to nine people."""
    return text[max(0, start - 8) : start].endswith(_BEFORE_A_TIME)
