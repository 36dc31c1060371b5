"""How a figure bounds a quantity, as the words before and after a number say."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from .numbers import Lexeme, word_at


class Bound(StrEnum):
    """How a figure bounds the quantity."""

    EXACT = "exact"
    AT_LEAST = "at least"
    MORE_THAN = "more than"
    AT_MOST = "at most"
    LESS_THAN = "less than"
    BETWEEN = "between"
    ABOUT = "about"
    VAGUE = "vague"


_BEFORE_TEXT = {
    Bound.AT_LEAST: (
        "at least|no fewer than|no less than|not less than|not fewer than|a minimum of|minimum of|"
        "at the very least|at a minimum|upward of|upwards of|≥"
    ),
    Bound.MORE_THAN: (
        "more than|over|above|in excess of|exceeding|exceeded|exceed|exceeds|greater than|"
        "better than|well over|well above|topping|topped|surpassing|surpassed|north of|"
        "far more than|many more than|beyond|higher than|larger than|past|passed|upwards of|>|more like"
    ),
    Bound.AT_MOST: (
        "at most|no more than|not more than|as many as|as much as|as high as|up to|a maximum of|"
        "maximum of|at the most|≤|as far as|as long as|limited to|capped at"
    ),
    Bound.LESS_THAN: (
        "fewer than|less than|under|below|lower than|smaller than|south of|short of|well under|"
        "well below|far fewer than|far less than|<"
    ),
    Bound.ABOUT: (
        "about|around|approximately|approx|approx.|roughly|nearly|almost|an estimated|estimated|"
        "estimated at|close to|closer to|circa|near|some|an average of|averaging|average of|~|≈|ca|"
        "ca.|c.|c|"
        "perhaps|maybe|probably|virtually|or so|on average|somewhere around|in the region of|"
        "an approximate|possibly|practically|roughly speaking|averaged|averages|averaged about|"
        "averaged roughly"
    ),
}
_JUST = {"just": True, "slightly": True, "a little": True, "little": True, "marginally": True}
_AFTER_TEXT = {
    Bound.AT_LEAST: (
        "or more|and more|or higher|or above|or greater|and above|and up|and over|or over|or better|"
        "or older|and older|plus|+|at least|at a minimum|minimum|upwards|and upward|and upwards|"
        "and counting"
    ),
    Bound.AT_MOST: (
        "or less|or fewer|or lower|or below|or under|at most|at the most|maximum|max|and under|or younger|tops"
    ),
    Bound.ABOUT: "or so|or thereabouts|give or take|-ish|ish|odd|-odd",
}
_BEFORE = {tuple(phrase.split()): bound for bound, text in _BEFORE_TEXT.items() for phrase in text.split("|")}
_AFTER = {
    tuple(phrase.replace("-", "- ").split()): bound for bound, text in _AFTER_TEXT.items() for phrase in text.split("|")
}
_LONGEST = max(len(phrase) for phrase in _BEFORE)
_FILLERS = frozenset(
    {
        "the",
        "a",
        "an",
        "another",
        "additional",
        "extra",
        "further",
        "only",
        "just",
        "total",
        "of",
        "its",
        "his",
        "her",
        "their",
        "our",
        "my",
    }
)
_UP_TO_NOT_AFTER = frozenset(
    {
        "adds",
        "added",
        "add",
        "adding",
        "brought",
        "brings",
        "bring",
        "bringing",
        "it",
        "built",
        "went",
        "goes",
        "go",
        "live",
        "lives",
        "lived",
        "come",
        "came",
    }
)


def bound_before(lex: Sequence[Lexeme], i: int) -> tuple[Bound, bool] | None:
    """The bound that the words before lexeme `i` set, and whether they make it approximate; None if they set none.

    >>> from kg.figures.numbers import lexemes
    >>> bound_before(lexemes("killed at least 12"), 3)
    (<Bound.AT_LEAST: 'at least'>, False)
    """
    k = i
    # "at least another 12", "more than a thousand" is read with the article inside the number
    for _ in range(3):
        found = _ending_at(lex, k)
        if found is not None:
            break
        if word_at(lex, k - 1) not in _FILLERS:
            return None
        k -= 1
    else:
        return None
    bound, width = found
    start = k - width
    approximate = bound is Bound.ABOUT
    outer = _ending_at(lex, start)
    if bound is Bound.ABOUT and outer is not None and outer[0] is not Bound.ABOUT:
        return outer[0], True
    if word_at(lex, start - 1) in _JUST:
        approximate = True
    if bound in (Bound.LESS_THAN,) and word_at(lex, start - 1) in ("no", "not"):
        return Bound.AT_LEAST, approximate
    if bound is Bound.AT_MOST and lex[start].lower == "up" and word_at(lex, start - 1) in _UP_TO_NOT_AFTER:
        return None
    if (
        lex[start].lower in ("past", "near", "below", "above", "over", "beyond", "passed", "c", "some", "short")
        and width == 1
        and _is_adverb(lex, start)
    ):
        return None
    return bound, approximate


def _is_adverb(lex: Sequence[Lexeme], start: int) -> bool:
    """Whether "over", "past" and their like belong to a verb or a time: over the past 10 years, fell below, turned over two."""
    before, word = word_at(lex, start - 1), lex[start].lower
    if word == "past":
        return before in ("the", "over", "in", "this") or not before
    if word == "c":
        return not (word_at(lex, start + 1) == ".")
    if word == "passed":
        return False
    return before in ("handed", "turned", "taken", "took", "all", "and", "hand", "turn") and word == "over"


def _ending_at(lex: Sequence[Lexeme], end: int) -> tuple[Bound, int] | None:
    """The longest bound phrase that ends before lexeme `end`, and its length."""
    for width in range(min(_LONGEST, end), 0, -1):
        bound = _BEFORE.get(tuple(w.lower for w in lex[end - width : end]))
        if bound is not None:
            return bound, width
    return None


def bound_after(lex: Sequence[Lexeme], i: int) -> tuple[Bound, bool] | None:
    """The bound that the words from lexeme `i` on set ("or more", "or so"), as in `bound_before`."""
    for width in (3, 2, 1):
        words = tuple(w.lower for w in lex[i : i + width])
        bound = _AFTER.get(words)
        if bound is not None and len(words) == width:
            if width == 1 and words[0] in ("odd", "minimum", "max", "maximum", "plus", "upwards", "tops", "ish"):
                if words[0] not in ("odd", "plus") or (not lex[i].start == lex[i - 1].end and words[0] == "plus"):
                    return None
            return bound, bound is Bound.ABOUT
    return None
