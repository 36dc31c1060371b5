"""Annotated text -> the same in another typography or layout, its annotation moved along.

Seven US outlets print “double” or "straight" marks and nothing else; other
news prints ‘single’ ones, « », „ “, dashes, forgets to close them, or puts a
speaker's name and a colon before the words. What stands in the marks and who
says it stays the same, so the labels stay right.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random

from ...language.quotes import Quotation, quotations_in
from ...text.article import Article
from ...text.blocks import find_blocks

Pairs = tuple[tuple[int, int], ...]

STYLES = (
    ("“", "”"), ('"', '"'), ("‘", "’"), ("'", "'"), ("«", "»"), ("„", "“"), ("``", "''"), ("« ", " »"), ("''", "''"),
)  # fmt: skip
WEIGHTS = (20, 20, 20, 20, 4, 4, 4, 3, 5)


@dataclass(frozen=True, slots=True)
class Marked:
    """An attribution as annotated: character spans (start, end) of source, cue and content."""

    source: Pairs
    cue: Pairs
    content: Pairs


@dataclass(frozen=True, slots=True)
class ToldWay:
    """A text with its attributions."""

    name: str
    text: str
    marked: tuple[Marked, ...]


Edit = tuple[int, int, str]


@dataclass(frozen=True, slots=True)
class Rewritten:
    """Another text for the characters from `start` to `end`, and an attribution's spans within that text."""

    start: int
    end: int
    text: str
    at: Marked


def varied(told: ToldWay, random: Random) -> ToldWay:
    """The text in a style drawn at random: four in ten stay as they are."""
    if random.random() < 0.4:
        return told
    rewritten = _transcript(told, random) if random.random() < 0.25 else {}
    taken = [(r.start, r.end) for r in rewritten.values()]
    edits = [e for e in _restyled(told.text, random) if not any(s < e[1] and e[0] < end for s, end in taken)]
    return edited(told, edits, rewritten)


def _restyled(text: str, random: Random) -> list[Edit]:
    """Other quotation marks for all double ones; a few lose their closing mark, or both."""
    opening, closing = random.choices(STYLES, WEIGHTS)[0]
    lossy = random.random() < 0.25
    edits: list[Edit] = []
    for quotation in _quotations(text):
        if not quotation.double:
            continue
        # an apostrophe at a word's end would close a single straight mark
        if closing in "'’" and any(mark in text[quotation.inner.start : quotation.inner.end] for mark in ("' ", "’ ")):
            continue
        before, after = opening, closing
        if lossy and random.random() < 0.15:
            after = ""
            before = "" if random.random() < 0.5 else before
        edits.append((quotation.outer.start, quotation.inner.start, before))
        if quotation.closed:
            edits.append((quotation.inner.end, quotation.outer.end, after))
    return edits


def _quotations(text: str) -> tuple[Quotation, ...]:
    return quotations_in(text, [block.span for block in find_blocks(Article(text))])


def _transcript(told: ToldWay, random: Random) -> dict[int, Rewritten]:
    """Lines that hold one quotation and who said it, as `NAME: words`, `Name: "words"` or `"words" — Name`.

    The mark takes the place of the cue; what else the line said is dropped.
    """
    found: dict[int, Rewritten] = {}
    form = random.randrange(4)
    for n, marked in enumerate(told.marked):
        every = [*marked.source, *marked.cue, *marked.content]
        start = told.text.rfind("\n", 0, every[0][0]) + 1
        end = told.text.find("\n", start)
        end = len(told.text) if end < 0 else end
        inside = all(start <= s and e <= end for s, e in every)
        alone = not any(
            s < end and start < e for m in told.marked if m is not marked for s, e in (*m.source, *m.cue, *m.content)
        )
        if not (marked.source and inside and alone and random.random() < 0.5):
            continue
        name = told.text[marked.source[0][0] : marked.source[0][1]]
        words = " ".join(told.text[s:e].strip(" ,“”\"'") for s, e in marked.content)
        said = sum(e - s for s, e in every)
        if not _NAME.fullmatch(name) or said < 0.8 * (end - start) or "“" in words or '"' in words:
            continue
        name = name.upper() if form == 0 else name
        left, right = ("“", "”") if form > 1 else ("", "")
        if form == 3:
            at = len(left + words + right) + 1
            found[n] = Rewritten(
                start, end, f"{left}{words}{right} — {name}",
                Marked(((at + 2, at + 2 + len(name)),), ((at, at + 1),), ((0, at - 1),)),
            )  # fmt: skip
        else:
            at = len(name) + 2
            found[n] = Rewritten(
                start, end, f"{name}: {left}{words}{right}",
                Marked(((0, len(name)),), ((at - 2, at - 1),), ((at, at + len(left + words + right)),)),
            )  # fmt: skip
    return found


_NAME = re.compile(r"(?:[A-Z][\w.’'-]+ ){1,3}[A-Z][\w.’'-]+")


def edited(told: ToldWay, edits: Sequence[Edit], rewritten: Mapping[int, Rewritten] | None = None) -> ToldWay:
    """The text with the edits made, which must not overlap, and every span moved to where its words are now."""
    rewritten = rewritten or {}
    pieces: list[str] = []
    starts: list[int] = []
    shifts: list[int] = []
    at = shift = 0
    for start, end, text in sorted([*edits, *((r.start, r.end, r.text) for r in rewritten.values())]):
        pieces += [told.text[at:start], text]
        shift += len(text) - (end - start)
        starts.append(end)
        shifts.append(shift)
        at = end
    pieces.append(told.text[at:])

    def place(p: int) -> int:
        k = bisect_right(starts, p) - 1
        return p + (shifts[k] if k >= 0 else 0)

    def moved(spans: Pairs) -> Pairs:
        return tuple((place(start), place(end)) for start, end in spans if place(start) < place(end))

    marked: list[Marked] = []
    for n, m in enumerate(told.marked):
        if (new := rewritten.get(n)) is not None:
            shift = place(new.start)
            roles = (new.at.source, new.at.cue, new.at.content)
            marked.append(Marked(*(tuple((s + shift, e + shift) for s, e in role) for role in roles)))
        else:
            marked.append(Marked(moved(m.source), moved(m.cue), moved(m.content)))
    return ToldWay(told.name, "".join(pieces), tuple(marked))
