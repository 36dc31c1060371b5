"""Quantities whose unit or bound only the sentence tells."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from ...language.lexicon import words
from ...language.syntax import NOUN_SUBJECTS, has, root_of
from ...records.figure import Bound
from ...text.document import Document
from .concept_lexicon import lexicon
from .quantities import Quantity
from .said_of import verb_over

_NEAR = 6
"""The most tokens between the two ends of a change of which only the first has its unit."""
_HUNDRED = Decimal(100)
_MILLION = Decimal(1_000_000)


def read_again(document: Document, q: Quantity, before: Quantity | None) -> Quantity:
    """A quantity with what its sentence tells of it and the words beside it do not; `before` is the one before it."""
    q = _in_percent(document, _in_millions(document, q, before), before)
    return _not_more(document, _in_money(document, q, before))


def _in_percent(document: Document, q: Quantity, before: Quantity | None) -> Quantity:
    """The quantity, in percent where a share came to it: falling from 9.7 percent in June to 8.9 in July."""
    if before is None or before.unit is None or before.unit.code != "%" or q.unit is not None or q.scaled:
        return q
    led = document.text[: before.words.start].endswith("from ") and document.text[: q.words.start].endswith(" to ")
    return replace(q, unit=before.unit) if led and _stands_alone(document, q, before) else q


def _stands_alone(document: Document, q: Quantity, before: Quantity) -> bool:
    """Whether a number close behind another may be a share: no noun follows it that it counts."""
    first, last = document.range(q.core)
    near = first - document.range(before.core)[1] <= _NEAR and q.stated[0] <= _HUNDRED
    return near and (last >= len(document) or document[last].pos in ("ADP", "PUNCT", "CCONJ"))


def _in_money(document: Document, q: Quantity, before: Quantity | None) -> Quantity:
    """The quantity, in the money of the sum that it is set against: to 210 million euros from 365 million."""
    if before is None or before.unit is None or before.unit.kind != "money" or q.unit is not None or not q.scaled:
        return q
    between = document.text[before.span.end : q.words.start].strip(" ,").removeprefix("up ").removeprefix("down ")
    against = between in words("figures", "sets sums against each other")
    return replace(q, unit=before.unit) if against else q


def _in_millions(document: Document, q: Quantity, before: Quantity | None) -> Quantity:
    """The quantity, in millions where the m behind it is no metre: subscribers rose to 3.4m, compared with 3.1m."""
    tight = document.text[q.core.end : q.core.end + 1] == "m"
    if not tight or q.unit is None or q.unit.code != "m" or q.per is not None:
        return q
    first, last = document.range(q.span)
    again = before is not None and before.scaled and document.text[before.core.end : before.span.end] == "m"
    here = (
        again and before is not None and document[document.range(before.core)[0]].sentence == document[first].sentence
    )
    if not here and not _counts_many(document, first, last):
        return q
    low, high = (None if end is None else end * _MILLION for end in (q.low, q.high))
    stated = (q.stated[0] * _MILLION, q.stated[1] * _MILLION)
    return replace(q, low=low, high=high, stated=stated, unit=None, scaled=True)


def _counts_many(document: Document, first: int, last: int) -> bool:
    """Whether the verb over a number says it of people, or of what comes in millions."""
    found = verb_over(document, root_of(document, first, last), range(first, last)) if first < last else None
    kids = document.kids(found[0].i) if found is not None else ()
    subject = next((t for t in kids if t.dep in NOUN_SUBJECTS), None)
    if subject is None or subject.tag != "NNS":
        return False
    return lexicon().is_person(subject.lemma) or subject.lemma.lower() in words("figures", "comes in millions")


def _not_more(document: Document, q: Quantity) -> Quantity:
    """The quantity, at most so much where more than that is denied: could not hold power for more than 24 hours."""
    if q.bound is not Bound.MORE_THAN:
        return q
    first, last = document.range(q.span)
    found = verb_over(document, root_of(document, first, last), range(first, last)) if first < last else None
    if found is None or found[0].i > first or not has(document, found[0].i, "neg"):
        return q
    return replace(q, bound=Bound.AT_MOST, low=None, high=q.stated[1])
