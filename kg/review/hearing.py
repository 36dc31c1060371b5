"""People's words on an article's text -> what each is about, and whether it can hold.

A word holds for the record that was seen, or for what an earlier word made of
it; a record that says anything else is another record, and the word is open.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from ..rdf.edtf import bounds
from ..records.extraction import Extraction
from ..records.figure import Bound
from ..text.article import Article
from .fields import quotes
from .seen import EntityPlaces, FoundRecord, Record, as_seen, differing, everything_seen
from .verdicts import Do, Fields, RecordKind, Ruling, Value


class ReviewVerdict(StrEnum):
    """What a record is after people's words on it."""

    CONFIRMED = "confirmed"
    CORRECTED = "corrected"
    REJECTED = "rejected"
    ADDED = "added"


_VERDICTS = {
    Do.CONFIRM: ReviewVerdict.CONFIRMED,
    Do.REJECT: ReviewVerdict.REJECTED,
    Do.CORRECT: ReviewVerdict.CORRECTED,
}


@dataclass(frozen=True, slots=True)
class OpenRuling:
    """A word that holds for nothing, and why."""

    ruling: Ruling
    why: str


@dataclass(slots=True)
class RulingState:
    """What words have come to, so far, on one record."""

    kind: RecordKind
    found: Record | None
    seen: Fields
    to: Fields
    verdict: ReviewVerdict
    ruling: Ruling
    order: int


class Hearing:
    """Hears words one by one: finds what each is about, and keeps what they come to."""

    def __init__(self, extraction: Extraction) -> None:
        self.article = extraction.article
        self.places = EntityPlaces(extraction)
        self.found = everything_seen(extraction)
        self.by_kind: dict[RecordKind, list[FoundRecord]] = {kind: [] for kind in RecordKind}
        for one in self.found:
            self.by_kind[one.kind].append(one)
        self.states: dict[tuple[RecordKind, str], RulingState] = {}
        self.open: list[tuple[int, OpenRuling]] = []

    def hear(self, ruling: Ruling, order: int) -> None:
        why = misquoted(ruling, self.article) or self._hear(ruling, order)
        if why is not None:
            self.open.append((order, OpenRuling(ruling, why)))

    def _hear(self, ruling: Ruling, order: int) -> str | None:
        """Keep what a word comes to; why it holds for nothing, if so."""
        if ruling.do is Do.ADD:
            return self._add(ruling, order)
        kind = ruling.kind
        if there := self._like(kind, ruling.seen):
            there.sort(key=lambda f: [f.seen.get(part) != ruling.seen.get(part) for part in ("cue", "source")])
            return self._set(there[0], ruling, order, ruling.do, ruling.to)
        for state in self.states.values():
            if state.kind is kind and not self._differs(kind, ruling.seen, state.seen):
                return self._again(state, ruling, order)
        if ruling.do is Do.CORRECT:
            wanted = {**ruling.seen, **as_seen(_completed(ruling.to, ruling.seen, kind), kind)}
            if there := self._like(kind, wanted):  # the extractor finds by itself now what a person had to say
                return self._set(there[0], ruling, order, Do.CONFIRM, {})
        return self._nothing(ruling)

    def _add(self, ruling: Ruling, order: int) -> str | None:
        """A record that a person adds; where it was found by now, it is confirmed."""
        kind, to = ruling.kind, _completed(ruling.to, {}, ruling.kind)
        said = as_seen(to, kind)
        if there := self._like(kind, said):
            return self._set(there[0], ruling, order, Do.CONFIRM, {})
        if why := _unsound(said):
            return why
        self.states[kind, ruling.id] = RulingState(kind, None, said, to, ReviewVerdict.ADDED, ruling, order)
        return None

    def _like(self, kind: RecordKind, seen: Fields) -> list[FoundRecord]:
        """The records found that say the same."""
        return [f for f in self.by_kind[kind] if not self._differs(kind, seen, f.seen)]

    def _differs(self, kind: RecordKind, one: Fields, other: Fields) -> list[str]:
        return differing(kind, one, other, self.places)

    def _set(self, found: FoundRecord, ruling: Ruling, order: int, do: Do, to: Fields) -> str | None:
        """A word on what was found replaces the words before it."""
        to = _completed(to, found.seen, found.kind) if do is Do.CORRECT else {}
        seen = {**found.seen, **as_seen(to, found.kind)}
        if do is Do.CORRECT and (why := _unsound(seen)):
            return why
        verdict = _VERDICTS[do]
        key = found.kind, found.record.id
        self.states.pop(key, None)
        self.states[key] = RulingState(found.kind, found.record, seen, to, verdict, ruling, order)
        return None

    def _again(self, state: RulingState, ruling: Ruling, order: int) -> str | None:
        """A word on what earlier words made goes on from there."""
        if ruling.do is Do.CORRECT:
            to = {**state.to, **_completed(ruling.to, state.seen, state.kind)}
            seen = {**state.seen, **as_seen(to, state.kind)}
            if why := _unsound(seen):
                return why
            state.to, state.seen = to, seen
            state.verdict = ReviewVerdict.ADDED if state.found is None else ReviewVerdict.CORRECTED
        elif ruling.do is Do.REJECT:
            state.verdict = ReviewVerdict.REJECTED
        elif state.verdict is ReviewVerdict.REJECTED:
            kept = ReviewVerdict.CORRECTED if state.to else ReviewVerdict.CONFIRMED
            state.verdict = ReviewVerdict.ADDED if state.found is None else kept
        state.ruling, state.order = ruling, order
        return None

    def _nothing(self, ruling: Ruling) -> str:
        """Why no record is the one that was seen."""
        first = next(iter(ruling.seen))
        near = [f for f in self.by_kind[ruling.kind] if f.seen.get(first) == ruling.seen[first]]
        if not near:
            return f"no such {ruling.kind} is found there"
        parts = min((self._differs(ruling.kind, ruling.seen, f.seen) for f in near), key=len)
        return f"the {ruling.kind} found there has another {', another '.join(parts)}"


def misquoted(ruling: Ruling, article: Article) -> str | None:
    """Where a word on an article does not quote it; None if all of its words stand there."""
    for quote in quotes(ruling.to):
        if article.text[quote.span.start : quote.span.end] != quote.words:
            return f"the article does not say {quote.words[:60]!r} at {quote.span.start} to {quote.span.end}"
    return None


def _unsound(seen: Fields) -> str | None:
    """Why a record with these parts would contradict itself; None if it does not."""
    start, end, low, high = (seen.get(name) for name in ("start", "end", "low", "high"))
    if isinstance(start, str) and isinstance(end, str) and _is_backward(start, end):
        return "its period would end before it starts"
    if isinstance(low, Decimal) and isinstance(high, Decimal) and low > high:
        return "its lower bound would be above the upper"
    if "bound" in seen and low is None and high is None and seen["bound"] != Bound.VAGUE:
        return "it would have no bound, and not be vague"
    return None


def _is_backward(start: str, end: str) -> bool:
    first, last = bounds(start)[0], bounds(end)[1]
    return first is not None and last is not None and first > last


def _completed(to: Fields, seen: Fields, kind: RecordKind) -> Fields:
    """What a person said, with what follows from it: how new numbers bound the quantity."""
    if kind is not RecordKind.FIGURE or "bound" in to or not ({"low", "high"} & set(to) or not seen):
        return to
    low, high = to.get("low", seen.get("low")), to.get("high", seen.get("high"))
    return {**to, "low": low, "high": high, "bound": str(_bound(low, high, seen.get("bound")))}


def _bound(low: Value, high: Value, before: Value) -> Bound:
    """How two numbers bound a quantity; what was strict, or about so much, stays so."""
    if low is None or high is None:
        bound = Bound.VAGUE if low is high else Bound.AT_MOST if low is None else Bound.AT_LEAST
        strict = {Bound.AT_LEAST: Bound.MORE_THAN, Bound.AT_MOST: Bound.LESS_THAN}.get(bound)
        return strict if strict is not None and before == strict else bound
    if low != high:
        return Bound.BETWEEN
    return Bound.ABOUT if before == Bound.ABOUT else Bound.EXACT
