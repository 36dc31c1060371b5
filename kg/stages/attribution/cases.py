"""What two readers find -> cases: pairs of readings of the same words, and what one reader alone has found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from .drafts import Draft
from .encoder.decoding import EncoderReading

ALIKE = 0.5
"""Share of words, of all that either has, from which contents with other cues are the same words."""


@dataclass(frozen=True, slots=True)
class Case:
    """A reading of the encoder, a draft of the grammar with its confidence, or both of the same words."""

    reading: EncoderReading | None
    draft: Draft | None
    sure: float = 0.0


def cases(readings: Sequence[EncoderReading], drafts: Sequence[Draft], sure: Sequence[float]) -> list[Case]:
    """Every reading and every draft in one case; those with a cue in common are paired before those with a content."""
    by_content = by_token([draft.content for draft in drafts])
    by_cue = by_token([draft.cue for draft in drafts])
    pairs: list[tuple[bool, float, int, int]] = []
    for r, reading in enumerate(readings):
        shared = Counter(n for i in reading.content for n in by_content.get(i, ()))
        of_cue = {n for i in reading.cue for n in by_cue.get(i, ())}
        for n in sorted({*shared, *of_cue}):
            alike = shared[n] / (len(reading.content) + len(drafts[n].content) - shared[n])
            if n in of_cue or (alike > ALIKE and not set(drafts[n].cue) & set(reading.content)):
                pairs.append((n not in of_cue, -alike, r, n))
    read: dict[int, int] = {}
    taken: set[int] = set()
    for _, _, r, n in sorted(pairs):
        if r not in read and n not in taken:
            read[r] = n
            taken.add(n)
    found = [
        Case(reading, drafts[read[r]], sure[read[r]]) if r in read else Case(reading, None)
        for r, reading in enumerate(readings)
    ]
    return found + [Case(None, draft, sure[n]) for n, draft in enumerate(drafts) if n not in taken]


def by_token(lists: Sequence[Sequence[int]]) -> dict[int, list[int]]:
    """For each token, the numbers of the lists that it is in."""
    found: dict[int, list[int]] = {}
    for n, tokens in enumerate(lists):
        for i in tokens:
            found.setdefault(i, []).append(n)
    return found


def shared(a: Sequence[int], b: Sequence[int]) -> float:
    """The share of what two have in common of what either has; 1 where both are empty."""
    either = {*a, *b}
    return len(set(a) & set(b)) / len(either) if either else 1.0
