"""Extraction -> standoff JSON, an object an article: the exchange format that scorers and other tools read."""

from __future__ import annotations

from dataclasses import fields
from decimal import Decimal
from typing import Any

from ..text.article import Span
from .attribution import Attribution
from .event import Event, Participant, Relation
from .extraction import Extraction
from .time import Time


def standoff(extraction: Extraction) -> dict[str, Any]:
    """An extraction as plain data; offsets are half-open, in Unicode code points of the article's text.

    >>> from kg import Article, extract
    >>> found = standoff(extract(Article("Jo Hill said the mill had closed."), fast=True))
    >>> found["attributions"][0]["content"]
    [[13, 32]]
    """
    article = extraction.article
    # fmt: off
    return {
        "doc": article.path or article.id,
        "text_sha256": article.sha256,
        "model": extraction.model,
        "extractor": extraction.extractor,
        "entities": [
            {"id": e.id, "type": e.type, "name": e.name, "named": e.named,
             "mentions": [[m.span.start, m.span.end, m.kind] for m in e.mentions]}
            for e in extraction.entities
        ],
        "attributions": [
            {"id": a.id, "source": _source(a), "cue": _spans(a.cue), "content": _spans(a.content),
              "form": a.form, "stance": a.stance, "via": a.via, "parent": a.parent,
             "confidence": round(a.confidence, 4)}
            for a in extraction.attributions
        ],
        "figures": [
            {"id": f.id, "span": _span(f.span), "low": json_number(f.low), "high": json_number(f.high),
             "bound": f.bound, "approximate": f.approximate, "unit": f.unit, "per": f.per, "counted": f.counted,
             "concept": f.concept, "event": f.event, "reporters": list(f.reporters), "via": f.via,
             "attribution": f.attribution,
             "chain": [{"entity": t.entity, "cue": _spans(t.cue), "attribution": t.attribution} for t in f.chain],
             "start": f.start, "end": f.end, "as_of": f.as_of, "place": f.place, "change": f.change,
             "method": f.method, "evidence": _span(f.evidence or f.span), "confidence": round(f.confidence, 4)}
            for f in extraction.figures
        ],
        "roles": [
            {"id": r.id, "holder": r.holder, "title": r.title, "organization": r.organization, "place": r.place,
             "start": r.start, "end": r.end, "as_of": r.as_of, "status": r.status, "span": _span(r.span),
             "confidence": round(r.confidence, 4)}
            for r in extraction.roles
        ],
        "times": [_plain(t) for t in extraction.times],
        "events": [_plain(e) for e in extraction.events],
        "relations": [_plain(r) for r in extraction.relations],
    }
    # fmt: on


def _source(a: Attribution) -> dict[str, Any]:
    """Who says it, and the words that name them; `joint` only where several do."""
    return {"entity": a.entity, "spans": _spans(a.source)} | ({"joint": list(a.joint)} if a.joint else {})


def _plain(value: Any) -> Any:
    """A record that is told whole, or a field of it."""
    if isinstance(value, Span):
        return _span(value)
    if isinstance(value, Time | Event | Relation | Participant):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    return round(value, 4) if isinstance(value, float) else value


def _span(span: Span) -> list[int]:
    return [span.start, span.end]


def _spans(spans: tuple[Span, ...]) -> list[list[int]]:
    return [_span(s) for s in spans]


def json_number(value: Decimal | None) -> int | float | None:
    """A decimal as JSON has it: whole where the figure is; None for None.

    >>> json_number(Decimal("13000")), json_number(Decimal("2.5")), json_number(None)
    (13000, 2.5, None)
    """
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)
