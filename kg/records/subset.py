"""The part of an extraction that has to do with some of its things."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import replace

from .extraction import Extraction, topics_of


def focused(extraction: Extraction, name: str) -> Extraction | None:
    """The part of an extraction that has to do with an entity or topic of that name; None if there is none.

    >>> from kg import Article, extract
    >>> found = extract(Article("Jo Hill said the mill had closed. Ann Moor denied it."), fast=True)
    >>> [entity.name for entity in focused(found, "Ann Moor").entities]
    ['Jo Hill', 'Ann Moor']
    """
    wanted = name.casefold()
    entities = {
        e.id
        for e in extraction.entities
        if wanted in e.name.casefold() or any(wanted == extraction.article.quote(m.span).casefold() for m in e.mentions)
    }
    return narrowed(
        extraction, entities, {t.id for t in extraction.topics if wanted in t.label.casefold() or wanted == t.lemma}
    )


def narrowed(extraction: Extraction, entities: Set[str], topics: Set[str]) -> Extraction | None:
    """The part of an extraction that has to do with some of its entities and topics; None if there are none of them.

    >>> from kg import Article, extract
    >>> found = extract(Article("Jo Hill, the mayor, said the mill in Leeds had closed."), fast=True)
    >>> narrowed(found, frozenset(), frozenset())
    """
    about = _statements_about(extraction, entities, topics)
    if not entities and not about:
        return None
    figures = tuple(f for f in extraction.figures if f.attribution in about or entities & {f.place, *f.reporters})
    about |= {f.attribution for f in figures if f.attribution}
    return replace(
        extraction,
        attributions=tuple(
            replace(a, parent=a.parent if a.parent in about else None) for a in extraction.attributions if a.id in about
        ),
        figures=figures,
        roles=tuple(r for r in extraction.roles if entities & {r.holder, r.organization}),
        relations=tuple(r for r in extraction.relations if entities & {r.subject, r.object}),
        events=tuple(e for e in extraction.events if any(p.entity in entities for p in e.participants)),
        topics=topics_of(extraction, about),
    )


def _statements_about(extraction: Extraction, entities: Set[str], topics: Set[str]) -> set[str]:
    """The statements filed under one of the topics, and those that one of the entities makes, or that name one."""
    filed = {a for t in extraction.topics if t.id in topics for a in t.attributions}
    spans = [m.span for e in extraction.entities if e.id in entities for m in e.mentions]
    return {
        a.id
        for a in extraction.attributions
        if a.id in filed or not entities.isdisjoint(a.speakers) or any(s in c for s in spans for c in a.content)
    }
