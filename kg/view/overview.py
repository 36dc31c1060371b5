"""Extractions -> counts over all of them: who speaks most, on what and when."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from ..records.extraction import Extraction
from .by_name import Identity
from .plain import Json, article_id, flat, fold, hashed


class Speaker(NamedTuple):
    """Who speaks: the key of the thing, and how one article calls it."""

    key: str
    name: str
    type: str
    named: bool


def _counters() -> dict[str, Counter[str]]:
    return defaultdict(Counter)


@dataclass(slots=True)
class Tally:
    """Statements as they are counted: by speaker, by topic and by month; what is met first gives names and labels."""

    statements: int = 0
    unnamed: int = 0
    months: Counter[str] = field(default_factory=Counter)
    _speakers: dict[str, Counter[str]] = field(default_factory=_counters)
    _articles: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    _first: dict[str, Speaker] = field(default_factory=dict)
    _topics: dict[str, Counter[str]] = field(default_factory=_counters)
    _labels: dict[str, str] = field(default_factory=dict)

    def statement(self, article: str, day: str | None, speakers: Sequence[Speaker], stance: str) -> None:
        """Count a statement once, and once for each who makes it; `day` is that of its article, if it has one."""
        self.statements += 1
        self.unnamed += not any(speaker.named for speaker in speakers)
        if day is not None:
            self.months[day[:7]] += 1
        for speaker in {speaker.key: speaker for speaker in speakers}.values():
            self._first.setdefault(speaker.key, speaker)
            self._speakers[speaker.key][stance] += 1
            self._articles[speaker.key].add(article)

    def topic(self, key: str, label: str, stances: Counter[str]) -> None:
        """Count what is said on a topic, by stance."""
        self._labels.setdefault(key, label)
        if stances:
            self._topics[key] += stances

    def shown(self, articles: int, figures: int, most: int) -> Json:
        """The counts, with the `most` first speakers and topics."""
        return {
            "articles": articles,
            "statements": self.statements,
            "figures": figures,
            "unnamed": self.unnamed,
            "months": sorted(self.months.items()),
            "speakers": [
                {"id": key, "name": self._first[key].name, "type": self._first[key].type}
                | {"named": self._first[key].named, "articles": len(self._articles[key])}
                | {"stances": dict(sorted(counts.items()))}
                for key, counts in _most_said(self._speakers, most)
            ],
            "topics": [
                {"id": key, "label": self._labels[key], "stances": dict(sorted(counts.items()))}
                for key, counts in _most_said(self._topics, most)
            ],
        }


def overview(extractions: Sequence[Extraction], identity: Identity, *, most: int = 60) -> Json:
    """Who speaks most, on what and when, counted over all articles: the `most` first of each, by stance.

    >>> from kg import Article, extract
    >>> found = extract(Article("Jo Hill denied that the mill had closed."), fast=True)
    >>> overview([found], lambda extraction, entity: entity.name)["statements"]
    1
    """
    tally = Tally()
    for extraction in extractions:
        article = extraction.article
        day = article.published.isoformat() if article.published else None
        entities = {e.id: e for e in extraction.entities}
        speaking = {id for a in extraction.attributions for id in a.speakers}
        speakers = {
            e.id: Speaker(hashed("e", identity(extraction, e)), flat(e.name), str(e.type), e.named)
            for e in extraction.entities
            if e.id in speaking
        }
        stances = {a.id: str(a.stance) for a in extraction.attributions}
        for topic in extraction.topics:
            entity = entities.get(topic.entity or "")
            key = hashed("t", hashed("e", identity(extraction, entity)) if entity else fold(topic.lemma))
            tally.topic(key, flat(topic.label), Counter(stances[a] for a in topic.attributions if a in stances))
        for a in extraction.attributions:
            tally.statement(article_id(article), day, [speakers[id] for id in a.speakers], a.stance)
    return tally.shown(len(extractions), sum(len(x.figures) for x in extractions), most)


def _most_said(counts: dict[str, Counter[str]], most: int) -> list[tuple[str, Counter[str]]]:
    return sorted(counts.items(), key=lambda item: (-item[1].total(), item[0]))[:most]
