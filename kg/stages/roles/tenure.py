"""From when until when: the dates beside a post or the verb that gives it."""

from __future__ import annotations

from typing import NamedTuple

from ...language.lexicon import words
from .mention_index import MentionIndex

_FROM = words("roles", "from")
_UNTIL = words("roles", "until")
_LAST = frozenset("until till through".split())
_OPENERS = frozenset(", ( –".split())


class Bounds(NamedTuple):
    """Start and end as EDTF strings, None where not said, and the token after the words that say so."""

    start: str | None
    end: str | None
    stop: int


def bounds_at(index: MentionIndex, i: int, stop: int) -> Bounds:
    """The period said right at token `i`, after a comma or bracket too: `from 2011 to 2014`, `since May`.

    A date after `in` is no period; see `moment_at`. Without one, `stop` is `i`.
    """
    nothing = Bounds(None, None, i)
    opening = _opening(index, i, stop)
    if opening is None:
        return nothing
    opened, j, bracketed = opening
    time = index.timed[j]
    after = _past(index, j)
    if opened in _LAST:
        return Bounds(None, time.end or time.start, after)
    second = _second(index, after, stop)
    if second is not None:
        return Bounds(time.start, second.end, second.stop)
    if opened in words("roles", "opens a tenure"):
        return Bounds(time.start, None, after)
    stretch = time.end is not None and time.start is not None and time.end != time.start
    if opened in _FROM or (bracketed and stretch):
        return Bounds(time.start, time.end if stretch else None, after)
    return nothing


def _opening(index: MentionIndex, i: int, stop: int) -> tuple[str, int, bool] | None:
    """The word that opens a period, "" if none does; the token of its first date; whether a bracket stands before."""
    document = index.document
    k = i + (i < stop and document[i].text in _OPENERS)
    if k >= stop:
        return None
    word = document[k].lower
    opened = word if word in _FROM | _LAST else ""
    if not opened and k not in index.timed:
        return None
    j = k + (k not in index.timed)
    j += j not in index.timed and j < stop and document[j].lower in words("roles", "before a bound")
    return (opened, j, k > i and document[i].text == "(") if j in index.timed else None


def moment_at(index: MentionIndex, i: int, stop: int) -> str | None:
    """The date said right at token `i`: `in 2009`, `on 3 May`, `last year`."""
    document = index.document
    k = i
    if k < stop and document[k].lower in words("roles", "before a moment"):
        k += 1
    time = index.timed.get(k) if k < stop else None
    if time is None:
        return None
    return time.start


def _past(index: MentionIndex, j: int) -> int:
    """The token after the time expression at `j`."""
    time = index.timed[j]
    while index.timed.get(j) is time:
        j += 1
    return j


def _second(index: MentionIndex, k: int, stop: int) -> Bounds | None:
    """The end of a period whose start ends before token `k`."""
    document = index.document
    if k + 1 >= stop or document[k].lower not in _UNTIL:
        return None
    time = index.timed.get(k + 1)
    if time is None and document[k + 1].lower in words("roles", "before a second bound") and k + 2 < stop:
        k += 1
        time = index.timed.get(k + 1)
    if time is None:
        return None
    return Bounds(None, time.end or time.start, _past(index, k + 1))
