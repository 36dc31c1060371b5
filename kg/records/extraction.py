"""What every extractor returns, and what counts as an extractor."""

from __future__ import annotations

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
    """The extraction without records whose confidence is lower, from 0 to 1.

    What rests on a statement that goes, goes too: a figure without its
    reporter would read as the article's own.
    """
    if at_least <= 0:
        return extraction
    attributions = tuple(a for a in extraction.attributions if a.confidence >= at_least)
    kept = {a.id for a in attributions}

    def stands(attribution: str | None, confidence: float) -> bool:
        return confidence >= at_least and (attribution is None or attribution in kept)

    topics = []
    for topic in extraction.topics:
        about = [(a, m) for a, m in zip(topic.attributions, topic.mentions, strict=True) if a in kept]
        if about:
            topics.append(replace(topic, attributions=tuple(a for a, _ in about), mentions=tuple(m for _, m in about)))
    return replace(
        extraction,
        attributions=tuple(replace(a, parent=a.parent if a.parent in kept else None) for a in attributions),
        figures=tuple(
            replace(f, chain=tuple(t for t in f.chain if t.attribution is None or t.attribution in kept))
            for f in extraction.figures
            if stands(f.attribution, f.confidence)
        ),
        roles=tuple(r for r in extraction.roles if r.confidence >= at_least),
        events=tuple(e for e in extraction.events if stands(e.attribution, e.confidence)),
        relations=tuple(r for r in extraction.relations if stands(r.attribution, r.confidence)),
        topics=tuple(topics),
    )
