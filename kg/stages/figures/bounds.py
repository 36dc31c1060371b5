"""How a figure bounds a quantity, as the words before and after a number say."""

from __future__ import annotations

from collections.abc import Sequence

from ...language.lexicon import words
from ...records.figure import Bound
from .lexemes import Lexeme, touches, word_at

_Phrases = dict[tuple[str, ...], Bound]


def _phrases(text: dict[Bound, str]) -> _Phrases:
    return {tuple(phrase.split()): bound for bound, listed in text.items() for phrase in listed.split(" | ")}


_BEFORE = _phrases(
    {
        Bound.AT_LEAST: "at least | no fewer than | no less than | not less than | not fewer than | a minimum of | "
        "minimum of | minimum sentence of | minimum term of | "
        "at the very least | at a minimum | upward of | upwards of | ≥",
        Bound.MORE_THAN: "more than | over | above | in excess of | exceeding | exceeded | exceed | exceeds | "
        "greater than | better than | well over | well above | topping | topped | surpassing | surpassed | north of | "
        "far more than | many more than | beyond | higher than | larger than | past | passed | >",
        Bound.AT_MOST: "at most | no more than | not more than | as many as | as much as | as high as | up to | "
        "a maximum of | maximum of | at the most | ≤ | maximum sentence of | maximum penalty of | "
        "maximum term of | maximum fine of | as far as | as long as | limited to | capped at",
        Bound.LESS_THAN: "fewer than | less than | under | below | lower than | smaller than | south of | short of | "
        "well under | well below | far fewer than | far less than | <",
        Bound.ABOUT: "about | around | approximately | approx | approx . | roughly | nearly | almost | an estimated | "
        "estimated | estimated at | close to | closer to | circa | near | some | an average of | averaging | "
        "average of | ~ | ≈ | ca | ca . | c . | perhaps | maybe | probably | virtually | somewhere around | "
        "in the region of | an approximate | possibly | practically | averaged | averages",
    }
)
_AFTER = _phrases(
    {
        Bound.AT_LEAST: "or more | and more | or higher | or above | or greater | and above | and up | and over | "
        "or over | or better | or older | and older | + | at least | at a minimum | and upward | and upwards | "
        "- plus | ‐ plus | and counting | to life",
        Bound.AT_MOST: "or less | or fewer | or lower | or below | or under | at most | at the most | and under | "
        "or younger",
        Bound.ABOUT: "or so | or thereabouts | give or take | odd | - odd | ‐ odd",
    }
)
_LONGEST = max(map(len, (*_BEFORE, *_AFTER)))
_PREPOSITIONS = words("figures", "prepositions")
_FILLERS = words("figures", "fillers")
_JUST = words("figures", "just")
_NO_PAST_AFTER = words("figures", "no bound in past after")
_NOT_OVER_AFTER = words("figures", "not over after")


def bound_before(lex: Sequence[Lexeme], i: int) -> tuple[Bound, bool, int] | None:
    """The bound that the words before lexeme `i` set, whether they make it approximate, and where they start.

    None if they set none.

    >>> from kg.stages.figures.lexemes import lexemes
    >>> bound_before(lexemes("killed at least 12"), 3)
    (<Bound.AT_LEAST: 'at least'>, False, 1)
    """
    end = i
    while (found := _ending_at(lex, end)) is None:
        if i - end >= 2 or word_at(lex, end - 1) not in _FILLERS:
            return None
        end -= 1
    bound, start = found
    if end - start == 1 and _is_preposition(lex, start, adjoining=end == i):
        return None
    if lex[start].lower == "c" and (end != i or lex[start].text != "c" or touches(lex, start)):
        return None  # the end of "Washington D.C."
    outer = _ending_at(lex, start)
    if bound is Bound.ABOUT and outer is not None and outer[0] is not Bound.ABOUT:
        return outer[0], True, outer[1]  # at least about 20
    before = word_at(lex, start - 1)
    if bound is Bound.AT_MOST and (before in words("figures", "comes up to") or _is_up_from(lex, start, i)):
        return None  # they add up to $1.5bn
    return bound, bound is Bound.ABOUT or before in _JUST, start - (before in _JUST)


def _is_up_from(lex: Sequence[Lexeme], start: int, i: int) -> bool:
    """Whether "up to" says where something has come: bookings were up to 2.1m from 1.8m."""
    led = word_at(lex, start - 1) in ("are", "is", "was", "were")
    return led and any(word_at(lex, k) in ("from", "compared") for k in range(i + 1, i + 4))


def _ending_at(lex: Sequence[Lexeme], end: int) -> tuple[Bound, int] | None:
    """The longest bound phrase that ends before lexeme `end`, and where it starts."""
    for width in range(min(_LONGEST, end), 0, -1):
        bound = _BEFORE.get(tuple(w.lower for w in lex[end - width : end]))
        if bound is not None:
            return bound, end - width
    return None


def _is_preposition(lex: Sequence[Lexeme], start: int, *, adjoining: bool) -> bool:
    """Whether "over" and its like are no bound: over the 10 years, past the 1,000 mark, handed over two."""
    word, before = lex[start].lower, word_at(lex, start - 1)
    if word in _PREPOSITIONS and not adjoining:
        return True
    if word == "past":
        return not before or before in _NO_PAST_AFTER
    if word == "over" and any(lex[k].lower in words("figures", "told over") for k in range(max(0, start - 5), start)):
        return True  # concern over three laws
    return word == "over" and before in _NOT_OVER_AFTER


def bound_after(lex: Sequence[Lexeme], i: int) -> tuple[Bound, bool, int] | None:
    """The bound that the words from lexeme `i` on set ("or more"), as in `bound_before`, and where they end."""
    for width in range(min(_LONGEST, len(lex) - i), 0, -1):
        bound = _AFTER.get(tuple(w.lower for w in lex[i : i + width]))
        if bound is not None:
            # "5 + 3" is a sum
            return (bound, bound is Bound.ABOUT, i + width) if lex[i].text != "+" or touches(lex, i) else None
    return None
