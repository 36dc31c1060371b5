"""When and where a figure holds: the times and the place that govern it."""

from __future__ import annotations

from dataclasses import dataclass

from ..document import Document
from ..entities import Entity
from ..mentions import EntityType, MentionKind
from ..times import Time, TimeType


@dataclass(frozen=True, slots=True)
class Period:
    """The time a figure covers, first and last day, month or year as EDTF; `as_of` is the day it was the state of things."""

    start: str | None = None
    end: str | None = None
    as_of: str | None = None


NEVER = Period()


def find_period(document: Document, tokens: tuple[int, int], verb: int | None, times: tuple[Time, ...]) -> Period:
    """The period that the clause of a figure states; none if it states none."""
    clause = _clause(document, tokens, verb)
    start = document.tokens[tokens[0]].start
    found = []
    for time in times:
        if time.type not in (TimeType.DATE, TimeType.TIME, TimeType.DURATION) or (
            time.start is None and time.end is None
        ):
            continue
        first, last = document.range(time.span)
        if first >= last or document.tokens[first].sentence != document.tokens[tokens[0]].sentence:
            continue
        governor = _governor(document, first, last)
        if governor in clause:
            found.append((abs(time.span.start - start), time))
    if not found:
        return NEVER
    time = min(found, key=lambda f: f[0])[1]
    return Period(time.start, time.end)


def _governor(d: Document, first: int, last: int) -> int:
    """The first verb or noun above a time that is not part of it."""
    for i in range(first, last):
        token = d.tokens[i]
        if not first <= token.head < last:
            parent = d.tokens[token.head]
            while parent.pos in ("ADP", "SCONJ", "ADV", "PART") and parent.head != parent.i:
                parent = d.tokens[parent.head]
            return parent.i
    return first


def _clause(d: Document, tokens: tuple[int, int], verb: int | None) -> set[int]:
    """The tokens between a figure and its verb, both included."""
    inside = set(range(*tokens))
    if verb is not None:
        inside.add(verb)
    for parent in d.ancestors(tokens[0]):
        inside.add(parent.i)
        if parent.pos in ("VERB", "AUX"):
            break
    return inside


def find_place(
    document: Document, tokens: tuple[int, int], verb: int | None, entities: tuple[Entity, ...]
) -> str | None:
    """The place named in the clause of a figure by "in", "at" or "near"; None if there is none."""
    clause = _clause(document, tokens, verb)
    best: tuple[int, str] | None = None
    for entity in entities:
        if entity.type is not EntityType.PLACE:
            continue
        for mention in entity.mentions:
            if mention.kind is not MentionKind.NAME:
                continue
            first, last = document.range(mention.span)
            if first >= last or document.tokens[first].sentence != document.tokens[tokens[0]].sentence:
                continue
            top = document.tokens[last - 1]
            prep = document.tokens[top.head]
            if prep.pos != "ADP" or prep.lower not in (
                "in",
                "at",
                "near",
                "across",
                "inside",
                "within",
                "around",
                "throughout",
                "off",
            ):
                continue
            if prep.head in clause:
                distance = abs(first - tokens[0])
                if best is None or distance < best[0]:
                    best = (distance, entity.id)
    return best[1] if best else None
