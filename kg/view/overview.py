"""Extractions -> counts over all of them: who speaks most, on what and when."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from ..records.extraction import Extraction
from .by_name import Identity
from .plain import Json, article_id, flat, fold, hashed


def overview(extractions: Sequence[Extraction], identity: Identity, *, most: int = 60) -> Json:
    """Who speaks most, on what and when, counted over all articles: the `most` first of each, by stance."""
    speakers: dict[str, Counter[str]] = defaultdict(Counter)
    articles: dict[str, set[str]] = defaultdict(set)
    named: dict[str, tuple[str, str, bool]] = {}
    topics: dict[str, Counter[str]] = defaultdict(Counter)
    labels: dict[str, str] = {}
    months: Counter[str] = Counter()
    unnamed = 0
    for extraction in extractions:
        article = extraction.article
        entities = {e.id: e for e in extraction.entities}
        keys: dict[str, str] = {}
        about: dict[str, list[str]] = defaultdict(list)
        for topic in extraction.topics:
            entity = entities.get(topic.entity or "")
            key = hashed("t", hashed("e", identity(extraction, entity)) if entity else fold(topic.lemma))
            labels.setdefault(key, flat(topic.label))
            for attribution in topic.attributions:
                about[attribution].append(key)
        for a in extraction.attributions:
            if article.published:
                months[article.published.isoformat()[:7]] += 1
            for key in about[a.id]:
                topics[key][a.stance] += 1
            entity = entities.get(a.entity or "")
            if entity is None or not entity.named:
                unnamed += 1
            if entity is None:
                continue
            if entity.id not in keys:
                keys[entity.id] = hashed("e", identity(extraction, entity))
            named.setdefault(keys[entity.id], (flat(entity.name), str(entity.type), entity.named))
            speakers[keys[entity.id]][a.stance] += 1
            articles[keys[entity.id]].add(article_id(article))
    return {
        "articles": len(extractions),
        "statements": sum(len(x.attributions) for x in extractions),
        "figures": sum(len(x.figures) for x in extractions),
        "unnamed": unnamed,
        "months": sorted(months.items()),
        "speakers": [
            {"id": key, "name": named[key][0], "type": named[key][1], "named": named[key][2]}
            | {"articles": len(articles[key]), "stances": dict(sorted(counts.items()))}
            for key, counts in _first(speakers, most)
        ],
        "topics": [
            {"id": key, "label": labels[key], "stances": dict(sorted(counts.items()))}
            for key, counts in _first(topics, most)
        ],
    }


def _first(counts: dict[str, Counter[str]], most: int) -> list[tuple[str, Counter[str]]]:
    return sorted(counts.items(), key=lambda item: (-item[1].total(), item[0]))[:most]
