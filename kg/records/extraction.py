"""What every extractor returns, and what counts as an extractor."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Protocol

from ..text.article import Article
from .attribution import Attribution
from .entity import Entity
from .event import Event, Relation
from .figure import Figure
from .role import Role
from .time import Time
from .topic import Topic


@dataclass(frozen=True, slots=True)
class Extraction:
    """An article and everything found in it; records point at each other by id.

    `model` names what parsed the text, `extractor` what found the records (None
    if that is not known); `problems` says, a line each, what could not be read.
    """

    article: Article
    model: str
    entities: tuple[Entity, ...] = ()
    attributions: tuple[Attribution, ...] = ()
    figures: tuple[Figure, ...] = ()
    roles: tuple[Role, ...] = ()
    times: tuple[Time, ...] = ()
    events: tuple[Event, ...] = ()
    relations: tuple[Relation, ...] = ()
    topics: tuple[Topic, ...] = ()
    problems: tuple[str, ...] = ()
    extractor: str | None = None


class Extractor(Protocol):
    """Anything that reads an article: rules, a language model, a human's file; `kg.stages.plugins` finds them."""

    def __call__(self, article: Article, /) -> Extraction: ...


def confident(extraction: Extraction, at_least: float) -> Extraction:
    """The extraction without records whose confidence is lower, from 0 to 1, and without what rests on one.

    >>> from kg import Article, extract
    >>> found = extract(Article("Jo Hill said the mill had closed."), fast=True)
    >>> len(found.attributions), len(confident(found, 1.0).attributions)
    (1, 0)
    """
    if at_least <= 0:
        return extraction
    kept = without_statements(extraction, {a.id for a in extraction.attributions if a.confidence < at_least})
    return replace(
        kept,
        figures=tuple(f for f in kept.figures if f.confidence >= at_least),
        roles=tuple(r for r in kept.roles if r.confidence >= at_least),
        events=tuple(e for e in kept.events if e.confidence >= at_least),
        relations=tuple(r for r in kept.relations if r.confidence >= at_least),
    )


def with_used_times(extraction: Extraction) -> Extraction:
    """The extraction with those of its time expressions only that begin or end when a dated record does.

    Dated are figures, roles, events and relations with a start, an end or a day
    they refer to. What anybody asks of a graph rests on no other times.

    >>> from kg import Article, extract
    >>> found = extract(Article("Jo Hill said on Monday no."), fast=True)
    >>> len(found.times), len(with_used_times(found).times)
    (1, 0)
    """
    begun: set[str | None] = set()
    ended: set[str | None] = set()
    dated: tuple[Figure | Role | Event | Relation, ...]
    dated = (*extraction.figures, *extraction.roles, *extraction.events, *extraction.relations)
    for record in dated:
        begun.add(record.start)
        ended |= {record.end, getattr(record, "as_of", None)}
    begun.discard(None)
    ended.discard(None)
    return replace(extraction, times=tuple(t for t in extraction.times if t.start in begun or t.end in ended))


def topics_of(extraction: Extraction, statements: Collection[str]) -> tuple[Topic, ...]:
    """The topics of some statements, by id, with these statements alone and the mentions in their words.

    >>> from kg import Article, extract
    >>> found = extract(Article("Jo Hill said the mill had closed. She denied that the river was dirty."), fast=True)
    >>> [topic.lemma for topic in topics_of(found, {found.attributions[0].id})]
    ['mill']
    """
    words = {a.id: a.content for a in extraction.attributions}

    def kept(topic: Topic) -> Topic:
        about = tuple(a for a in topic.attributions if a in statements)
        if len(about) == len(topic.attributions):
            return topic
        said = [c for a in about for c in words.get(a, ())]
        return replace(
            topic, attributions=about, mentions=tuple(m for m in topic.mentions if any(m in c for c in said))
        )

    return tuple(topic for topic in map(kept, extraction.topics) if topic.attributions)


def without_statements(
    extraction: Extraction, gone: Collection[str], *, spared: Collection[str] = frozenset()
) -> Extraction:
    """The extraction without the statements of these ids, and without what rests on one.

    A figure without its reporter would read as the article's own, so it goes
    too; the figures `spared`, by id, stay and rest on nothing. What was nested
    in a statement that goes is nested in what held that.

    >>> from kg import Article, extract
    >>> found = extract(Article("Jo Hill said the mill had closed."), fast=True)
    >>> without_statements(found, {"a1"}).attributions
    ()
    """
    if not gone:
        return extraction
    parents = {a.id: a.parent for a in extraction.attributions}

    def stands(attribution: str | None) -> bool:
        return attribution is None or attribution not in gone

    return replace(
        extraction,
        attributions=tuple(
            replace(a, parent=_outer(a.parent, parents, gone)) for a in extraction.attributions if a.id not in gone
        ),
        figures=tuple(
            _without_tellings(f, gone) for f in extraction.figures if stands(f.attribution) or f.id in spared
        ),
        events=tuple(e for e in extraction.events if stands(e.attribution)),
        relations=tuple(r for r in extraction.relations if stands(r.attribution)),
        topics=topics_of(extraction, {a.id for a in extraction.attributions if a.id not in gone}),
    )


def _outer(parent: str | None, parents: Mapping[str, str | None], gone: Collection[str]) -> str | None:
    """The innermost of the statements around one that is not gone."""
    while parent is not None and parent in gone:
        parent = parents.get(parent)
    return parent


def _without_tellings(figure: Figure, gone: Collection[str]) -> Figure:
    """A figure that no longer rests on statements that are gone."""
    chain = tuple(t for t in figure.chain if t.attribution is None or t.attribution not in gone)
    return replace(figure, attribution=None if figure.attribution in gone else figure.attribution, chain=chain)
