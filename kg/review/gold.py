"""Articles of which a person has judged every record -> gold that `kg eval` scores and `kg.training` learns from."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..errors import StoreError
from ..records.extraction import Extraction
from ..records.figure import Figure
from ..store import Store
from ..store.files import write_whole
from ..text.article import Span
from .applying import Reviewed
from .fields import write_span
from .in_graph import affected, as_found, reviewed, rulings
from .seen import everything_seen
from .sitting import JUDGED


@dataclass(frozen=True, slots=True)
class JudgedArticle:
    """An article with words of people on it: what was found, what they made of it, and whether they judged all."""

    found: Extraction
    now: Extraction
    reviewed: Reviewed
    complete: bool


def judged_articles(store: Store) -> Iterator[JudgedArticle]:
    """The articles of a store about which people have decided anything, by id."""
    words = rulings(store.folder)
    for article, _ in affected(store, words):
        result = reviewed(as_found(store, article), words, base=store.base)
        known = {(h.ruling.kind, h.found.id) for h in result.held if h.found is not None}
        wanted = {(one.kind, one.record.id) for one in everything_seen(result.found) if one.kind in JUDGED}
        held = Reviewed(result.extraction, result.held, result.open)
        yield JudgedArticle(result.found, result.extraction, held, bool(wanted) and wanted <= known)


def write_gold(store: Store, folder: Path) -> tuple[int, int]:
    """Write the articles that were judged whole as `text/ID.txt` and `gold/ID.json`; how many, and how many were not.

    Raises StoreError if the folder cannot be written.
    """
    try:
        for part in ("text", "gold"):
            (folder / part).mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(f"{folder}: cannot be written: {error.strerror}") from None
    written = left = 0
    for one in judged_articles(store):
        if not one.complete:
            left += 1
            continue
        name = one.now.article.id
        write_whole(folder / "text" / f"{name}.txt", one.now.article.text)
        write_whole(folder / "gold" / f"{name}.json", json.dumps(_gold(one.now), ensure_ascii=False, indent=1) + "\n")
        written += 1
    return written, left


def _gold(extraction: Extraction) -> dict[str, Any]:
    """An extraction that people have put right, as gold: what `kg.eval.score` reads, and spans to learn from."""
    quote = extraction.article.quote
    used: set[str | None] = {id for a in extraction.attributions for id in a.speakers}
    used |= {r.holder for r in extraction.roles}
    used |= {r.organization for r in extraction.roles} | {id for f in extraction.figures for id in f.reporters}
    # fmt: off
    return {
        "text_sha256": extraction.article.sha256,
        "entities": [
            {"id": e.id, "type": str(e.type), "name": e.name,
             "mentions": [{"text": quote(m.span), "span": write_span(m.span), "kind": str(m.kind)} for m in e.mentions]}
            for e in extraction.entities if e.id in used
        ],
        "statements": [
            {"id": a.id, "source": list(a.speakers), "kind": str(a.form), "stance": str(a.stance),
             "source_words": _pieces(extraction, a.source), "cue": _pieces(extraction, a.cue),
             "content": _pieces(extraction, a.content)}
            for a in extraction.attributions
        ],
        "figures": [
            {"id": f.id, "text": {"text": quote(f.span), "span": write_span(f.span)}, **_bounds(f),
             "counted": f.counted, "unit": f.unit, "reporter": list(f.reporters),
             "period": {"start": f.start, "end": f.end} if f.start or f.end else None}
            for f in extraction.figures
        ],
        "roles": [
            {"id": r.id, "person": r.holder, "title": r.title, "organization": r.organization} for r in extraction.roles
        ],
    }
    # fmt: on


def _pieces(extraction: Extraction, spans: tuple[Span, ...]) -> list[dict[str, Any]]:
    return [{"text": extraction.article.quote(span), "span": write_span(span)} for span in spans]


def _bounds(figure: Figure) -> dict[str, float]:
    if figure.low is not None and figure.low == figure.high:
        return {"value": float(figure.low)}
    ends = {"low": figure.low, "high": figure.high}
    return {name: float(end) for name, end in ends.items() if end is not None}
