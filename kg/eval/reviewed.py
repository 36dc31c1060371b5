"""People's words in a graph -> how precise it is, by kind, publisher, form, cue and confidence; a reliability curve.

Only what the extractor found counts, as it was found: a record is right if it
was confirmed, wrong if it was corrected or rejected. What was added was missed,
and says nothing of precision.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ..records.attribution import Attribution
from ..records.entity import Entity
from ..review.gold import JudgedArticle
from ..review.hearing import ReviewVerdict
from ..review.precision import Precision, precision
from .calibrating import expected_error

BINS = 10
"""Bins of equal width over confidence from 0 to 1."""


@dataclass(frozen=True, slots=True)
class Judged:
    """One record that people judged: what it is known by, and whether it was right as found."""

    kind: str
    publisher: str
    form: str
    cue: str
    confidence: float
    right: bool


def judged(articles: Iterable[JudgedArticle]) -> list[Judged]:
    """What people judged of the statements, figures and roles that were found."""
    found: list[Judged] = []
    for article in articles:
        quote = article.found.article.quote
        for held in article.reviewed.held:
            record = held.found
            if record is None or isinstance(record, Entity):
                continue
            said = isinstance(record, Attribution)
            cue = " ".join(quote(span) for span in record.cue).lower() if isinstance(record, Attribution) else ""
            found.append(Judged(
                str(held.ruling.kind),
                article.found.article.publisher or "(no publisher)",
                str(record.form) if isinstance(record, Attribution) else "",
                cue or ("(no cue)" if said else ""),
                record.confidence,
                held.verdict is ReviewVerdict.CONFIRMED,
            ))  # fmt: skip
    return found


def tables(rows: Sequence[Judged], most: int = 15) -> dict[str, dict[str, Precision]]:
    """The precision by kind, and of statements by publisher, form, cue and confidence: the `most` largest of each.

    >>> rows = [Judged("statement", "The Courier", "indirect", "said", 0.9, n > 0) for n in range(4)]
    >>> {name: str(row) for name, row in tables(rows)["cue"].items()}
    {'said': '3 of 4, 19 to 99 %'}
    """
    statements = [row for row in rows if row.kind == "statement"]
    groups: dict[str, dict[str, list[bool]]] = {}
    for name, some, key in (
        ("kind", rows, lambda r: f"{r.kind}s"),
        ("publisher", statements, lambda r: r.publisher),
        ("form", statements, lambda r: r.form),
        ("cue", statements, lambda r: r.cue),
        ("confidence", statements, lambda r: _bin(r.confidence)),
    ):
        of_key: dict[str, list[bool]] = defaultdict(list)
        for row in some:
            of_key[key(row)].append(row.right)
        groups[name] = of_key
    return {
        name: {
            key: precision(answers)
            for key, answers in sorted(
                of_key.items(), key=lambda pair: pair[0] if name == "confidence" else (-len(pair[1]), pair[0])
            )[:most]
        }
        for name, of_key in groups.items()
    }


def _bin(confidence: float) -> str:
    low = min(int(confidence * BINS), BINS - 1) / BINS
    return f"{low:.1f} to {low + 1 / BINS:.1f}"


def calibration_error(rows: Sequence[Judged]) -> float:
    """The expected calibration error over bins of equal width: how far confidence is from the share of right ones.

    >>> calibration_error([Judged("statement", "The Courier", "indirect", "said", 0.75, n > 0) for n in range(4)])
    0.0
    """
    return expected_error((row.confidence, row.right) for row in rows)


def curve(rows: Sequence[Judged]) -> str:
    """A picture (SVG): for each bin of confidence the share of right ones with its interval, beside the diagonal.

    >>> curve([Judged("statement", "The Courier", "indirect", "said", 0.75, n > 0) for n in range(4)])[:38]
    '<svg xmlns="http://www.w3.org/2000/svg'
    """
    side, edge = 320, 40
    bins: dict[int, list[Judged]] = defaultdict(list)
    for row in rows:
        bins[min(int(row.confidence * BINS), BINS - 1)].append(row)

    def x(share: float) -> str:
        return f"{edge + side * share:.1f}"

    def y(share: float) -> str:
        return f"{edge + side * (1 - share):.1f}"

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{side + 2 * edge}" height="{side + 2 * edge}" '
        f'viewBox="0 0 {side + 2 * edge} {side + 2 * edge}" font-family="sans-serif" font-size="11">',
        f"<title>Reliability: confidence and the share of right ones, {len(rows)} records</title>",
        f'<rect x="{edge}" y="{edge}" width="{side}" height="{side}" fill="white" stroke="#888"/>',
        f'<line x1="{x(0)}" y1="{y(0)}" x2="{x(1)}" y2="{y(1)}" stroke="#aaa" stroke-dasharray="4 4"/>',
    ]
    for tenth in range(0, 11, 2):
        share = tenth / 10
        parts.append(f'<text x="{x(share)}" y="{edge + side + 16}" text-anchor="middle">{share:.1f}</text>')
        parts.append(f'<text x="{edge - 6}" y="{y(share)}" text-anchor="end">{share:.1f}</text>')
    for _, some in sorted(bins.items()):
        found = precision(row.right for row in some)
        height = y(found.right / found.judged)
        middle = x(sum(row.confidence for row in some) / len(some))
        parts.append(
            f'<line x1="{middle}" y1="{y(found.low / 100)}" x2="{middle}" y2="{y(found.high / 100)}" stroke="#1b6ca8"/>'
        )
        parts.append(f'<circle cx="{middle}" cy="{height}" r="4" fill="#1b6ca8"/>')
        parts.append(f'<text x="{middle}" y="{height}" dx="7" dy="-5">{found.judged}</text>')
    below = f"confidence (expected calibration error {calibration_error(rows):.3f})"
    parts.append(f'<text x="{edge + side // 2}" y="{edge + side + 32}" text-anchor="middle">{below}</text>')
    parts.append(f'<text x="{edge}" y="{edge - 12}">share found right by people, its 95 % interval, number</text>')
    return "\n".join([*parts, "</svg>"]) + "\n"
