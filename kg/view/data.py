"""Extractions -> the plain data that the page shows: JSON-ready dictionaries, records of several articles joined.

Every record has an id that says what it is by its first letter and that stays
the same when other articles come or go, so that a link to it keeps working:
`a.` article, `e.` entity, `s.` statement, `f.` figure, `r.` role, `t.` topic,
`x.` relation, `v.` event. Offsets stay those of the article, in code points.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any

from ..comparison.told_words import WORD, is_negation, plain_words
from ..identity.points import MapPoint
from ..identity.profiles import points_in
from ..language.lexicon import words as classed
from ..records.attribution import Attribution
from ..records.entity import Entity
from ..records.event import Relation
from ..records.extraction import Extraction
from ..records.figure import Figure
from ..records.role import Role, RoleStatus
from ..records.standoff import json_number
from ..review.verdicts import RecordKind
from ..text.article import Article, Span
from .axes import axes
from .by_name import Identity, same_things
from .deciding import seen_by_id
from .judged import judged
from .overview import overview
from .plain import Json, article_id, blocks_of, flat, fold, hashed, headline, pair, pairs, sentence_around
from .wording import happened, labelled, title_of, unit_words

if TYPE_CHECKING:
    from ..store import Store

REACH = 24
"""Characters before a cue in which a negation of it stands."""


def view_data(
    extractions: Iterable[Extraction],
    *,
    title: str | None = None,
    identity: Identity | None = None,
    most: int | None = None,
    beyond: Json | None = None,
    store: Store | None = None,
) -> Json:
    """Everything the page shows, as JSON-ready data in a fixed order.

    `identity` names the thing an entity is; entities of equal identity are one
    in the view. Without it `same_things` decides. An article given twice is
    shown once. Where there are more than `most` statements, the latest articles
    that have no more are shown whole; `overview` then counts the rest as well,
    and is None otherwise. `beyond` is the overview of more articles, of which
    these are the latest. What is found of several records together (`axes`, `pairs`,
    `voices`, `claims`, `utterances`) is read from the links of `store`, whose
    identity must then be given, or found anew as its links would be.

    >>> from kg import Article, extract
    >>> data = view_data([extract(Article("Jo Hill denied that the mill had closed."), fast=True)])
    >>> data["title"], len(data["statements"]), data["overview"]
    ('Jo Hill denied that the mill had closed.', 1, None)
    """
    unique = list({x.article.id: x for x in extractions}.values())
    unique.sort(key=lambda x: (x.article.published is None, x.article.published, x.article.title or "", x.article.id))
    names = identity or same_things(unique)
    shown = _latest(unique, most)
    data = _Joined(shown, names).data(title or title_of(unique))
    found = judged(shown, names, store)
    data |= {name: getattr(found, name) for name in ("pairs", "voices", "claims", "utterances")}
    data["axes"] = axes(data, found.groups, found.series)
    if beyond is None and len(shown) < len(unique):
        beyond = overview(unique, names)
    return data | {"overview": beyond}


def _latest(extractions: list[Extraction], most: int | None) -> list[Extraction]:
    """The last articles that have no more than `most` statements together, but one at least."""
    if most is None:
        return extractions
    left, first = most, len(extractions)
    for number in range(len(extractions) - 1, -1, -1):
        left -= len(extractions[number].attributions)
        if left < 0 and first < len(extractions):
            break
        first = number
    return extractions[first:]


class _Joined:
    """Records of several extractions under one set of ids."""

    def __init__(self, extractions: Sequence[Extraction], identity: Identity) -> None:
        self.extractions = extractions
        self.keys: dict[tuple[str, str], str] = {}
        self.entities: dict[str, Json] = {}
        self.names: dict[str, Counter[str]] = defaultdict(Counter)
        self.topics: dict[str, Json] = {}
        self.seen = [seen_by_id(extraction) for extraction in extractions]
        for number, extraction in enumerate(extractions):
            points = points_in(extraction)
            for entity in extraction.entities:
                key = hashed("e", identity(extraction, entity))
                self._enter(number, extraction, entity, key)
                if entity.id in points:
                    self.entities[key].setdefault("point", _degrees(points[entity.id]))
        for key, entity_data in self.entities.items():
            names = self.names[key]
            # the name most articles use; the longer, then the first in code point order among equals
            entity_data["name"] = min(names, key=lambda name: (-names[name], -len(name), name))
            entity_data["names"] = sorted(names)

    def _enter(self, number: int, extraction: Extraction, entity: Entity, key: str) -> None:
        self.keys[article_id(extraction.article), entity.id] = key
        self.names[key][flat(entity.name)] += 1
        data = self.entities.setdefault(
            key,
            {"id": key, "type": str(entity.type), "named": entity.named, "articles": [], "mentions": [], "seen": []},
        )
        if number not in data["articles"]:
            data["articles"].append(number)
        if (seen := self.seen[number].get((RecordKind.ENTITY, entity.id))) is not None:
            data["seen"].append([number, seen])
        data["mentions"] += [[number, m.span.start, m.span.end, str(m.kind)] for m in entity.mentions]

    def data(self, title: str) -> Json:
        statements: list[Json] = []
        figures: list[Json] = []
        roles: list[Json] = []
        relations: list[Json] = []
        events: list[Json] = []
        for number, extraction in enumerate(self.extractions):
            topics = self._topics(number, extraction)
            statements += [self._statement(number, extraction, a, topics) for a in extraction.attributions]
            figures += [self._figure(number, extraction, f) for f in extraction.figures]
            roles += [self._role(number, extraction, r) for r in extraction.roles]
            relations += [self._relation(number, extraction, r) for r in extraction.relations]
            events += [self._event(number, extraction, e) for e in extraction.events]
        return {
            "title": title,
            "articles": labelled([self._article(x) for x in self.extractions]),
            "entities": list(self.entities.values()),
            "topics": sorted(self.topics.values(), key=lambda t: (-len(t["statements"]), t["label"], t["id"])),
            "statements": statements,
            "figures": figures,
            "roles": roles,
            "relations": relations,
            "events": events,
        }

    def _id(self, kind: str, extraction: Extraction, local: str | None) -> str | None:
        return f"{kind}.{article_id(extraction.article)}.{local}" if local else None

    def _key(self, extraction: Extraction, local: str | None) -> str | None:
        return self.keys.get((article_id(extraction.article), local)) if local else None

    def _name(self, extraction: Extraction, local: str | None) -> str | None:
        key = self._key(extraction, local)
        return self.entities[key]["name"] if key else None

    def _article(self, extraction: Extraction) -> Json:
        article = extraction.article
        return {
            "id": f"a.{article.id}",
            "title": article.title or headline(article),
            "publisher": article.publisher,
            "authors": list(article.authors),
            "published": article.published.isoformat() if article.published else None,
            "url": article.url,
            "language": article.language,
            "path": article.path,
            "sha256": article.sha256,
            "model": extraction.model,
            "problems": list(extraction.problems),
            "blocks": [[str(b.kind), b.span.start, b.span.end] for b in blocks_of(article)],
            "text": article.text,
        }

    def _topics(self, number: int, extraction: Extraction) -> dict[str, list[str]]:
        """Topic ids by attribution, most spoken of first; the topics themselves are entered."""
        of: dict[str, list[str]] = defaultdict(list)
        for topic in extraction.topics:
            entity = self._key(extraction, topic.entity)
            key = hashed("t", entity or fold(topic.lemma))
            data = self.topics.setdefault(
                key, {"id": key, "label": flat(topic.label), "entity": entity, "statements": [], "mentions": []}
            )
            data["statements"] += [f"s.{article_id(extraction.article)}.{a}" for a in topic.attributions]
            data["mentions"] += [[number, m.start, m.end] for m in topic.mentions]
            for attribution in topic.attributions:
                of[attribution].append(key)
        return of

    def _statement(self, number: int, extraction: Extraction, a: Attribution, topics: dict[str, list[str]]) -> Json:
        article = extraction.article
        everything = [*a.source, *a.cue, *a.content]
        return {
            "id": self._id("s", extraction, a.id),
            "article": number,
            "by": self._key(extraction, a.entity) or self._stand_in(number, extraction, a),
            **({"joint": [k for k in (self._key(extraction, id) for id in a.joint) if k]} if a.joint else {}),
            "via": self._key(extraction, a.via),
            "parent": self._id("s", extraction, a.parent),
            "text": flat(" … ".join(article.quote(s) for s in a.content)),
            "cueText": _cue_words(article, a.cue),
            "form": str(a.form),
            "stance": str(a.stance),
            "role": _role_at(extraction, a.entity, self._name),
            "source": pairs(a.source),
            "cue": pairs(a.cue),
            "content": pairs(a.content),
            "sentence": pair(sentence_around(article, everything)) if everything else None,
            "topics": topics.get(a.id, []),
            "confidence": round(a.confidence, 4),
            "seen": self.seen[number][RecordKind.STATEMENT, a.id],
        }

    def _stand_in(self, number: int, extraction: Extraction, a: Attribution) -> str:
        """An unnamed source for a statement that has no entity: its own words, or one that says that there are none."""
        words = flat(" ".join(extraction.article.quote(s) for s in a.source))
        key = hashed("e", f"source|{article_id(extraction.article)}|{a.id if words else ''}|{words}")
        if key not in self.entities:
            self.entities[key] = {
                "id": key,
                "type": "Other" if words else "None",
                "named": False,
                "articles": [number],
                "mentions": [[number, s.start, s.end, "nominal"] for s in a.source],
                "name": words or "no source named",
                "names": [words or "no source named"],
                "seen": [],
            }
        return key

    def _figure(self, number: int, extraction: Extraction, f: Figure) -> Json:
        article = extraction.article
        return {
            "id": self._id("f", extraction, f.id),
            "article": number,
            "text": flat(article.quote(f.span)),
            "low": json_number(f.low),
            "high": json_number(f.high),
            "bound": str(f.bound),
            "approximate": f.approximate,
            "unit": f.unit,
            "unitWords": unit_words(f.unit) if f.unit else None,
            "per": f.per,
            "counted": flat(f.counted) if f.counted else None,
            "concept": f.concept,
            "event": f.event,
            "happened": happened(f.event) if f.event else None,
            "reporters": [k for k in (self._key(extraction, r) for r in f.reporters) if k],
            "via": self._key(extraction, f.via),
            "chain": [k for k in (self._key(extraction, t.entity) for t in f.chain) if k],
            "statement": self._id("s", extraction, f.attribution),
            "start": f.start,
            "end": f.end,
            "asOf": f.as_of,
            "place": self._key(extraction, f.place),
            "change": str(f.change) if f.change else None,
            "method": f.method,
            "role": _role_at(extraction, f.reporters[0], self._name) if f.reporters else None,
            "span": pair(f.span),
            "evidence": pair(f.evidence or f.span),
            "sentence": pair(sentence_around(article, [f.evidence or f.span, f.span])),
            "confidence": round(f.confidence, 4),
            "seen": self.seen[number][RecordKind.FIGURE, f.id],
        }

    def _role(self, number: int, extraction: Extraction, r: Role) -> Json:
        return {
            "id": self._id("r", extraction, r.id),
            "article": number,
            "holder": self._key(extraction, r.holder),
            "title": flat(r.title),
            "organization": self._key(extraction, r.organization),
            "place": self._key(extraction, r.place),
            "start": r.start,
            "end": r.end,
            "asOf": r.as_of,
            "status": str(r.status),
            "label": _role_label(r, lambda local: self._name(extraction, local)),
            "span": pair(r.span),
            "sentence": pair(sentence_around(extraction.article, [r.span])),
            "confidence": round(r.confidence, 4),
            "seen": self.seen[number][RecordKind.ROLE, r.id],
        }

    def _relation(self, number: int, extraction: Extraction, r: Any) -> Json:
        return {
            "id": self._id("x", extraction, r.id),
            "article": number,
            "type": r.type,
            "subject": self._key(extraction, r.subject),
            "object": self._key(extraction, r.object),
            "statement": self._id("s", extraction, r.attribution),
            "role": self._id("r", extraction, _restated(extraction, r)),
            "start": r.start,
            "end": r.end,
            "span": pair(r.span),
            "sentence": pair(sentence_around(extraction.article, [r.span])),
            "confidence": round(r.confidence, 4),
        }

    def _event(self, number: int, extraction: Extraction, e: Any) -> Json:
        parts = [[p.role, self._key(extraction, p.entity)] for p in e.participants]
        return {
            "id": self._id("v", extraction, e.id),
            "article": number,
            "type": e.type,
            "trigger": flat(extraction.article.quote(e.trigger)),
            "participants": [[role, key] for role, key in parts if key],
            "place": self._key(extraction, e.place),
            "start": e.start,
            "end": e.end,
            "negated": e.negated,
            "statement": self._id("s", extraction, e.attribution),
            "span": pair(e.span),
            "sentence": pair(sentence_around(extraction.article, [e.span])),
            "confidence": round(e.confidence, 4),
        }


def _cue_words(article: Article, cue: Sequence[Span]) -> str:
    """The verb of a statement on one line, with the negation right before it: "no doubt", where the cue is "doubt"."""
    if not cue:
        return ""
    before = WORD.findall(article.text[max(0, cue[0].start - REACH) : cue[0].start])
    last = article.text[: cue[0].start].rstrip()[-1:]
    negated = bool(before) and last.isalnum() and is_negation(plain_words(before[-1])[0])
    return flat(" ".join([*(before[-1:] if negated else ()), *(article.quote(s) for s in cue)]))


def _restated(extraction: Extraction, relation: Relation) -> str | None:
    """The id of the post that a relation only says again: of the same words, between the same two."""
    for role in extraction.roles:
        ends = role.holder, (role.organization, role.place)
        if role.span == relation.span and relation.subject == ends[0] and relation.object in ends[1]:
            return role.id
    return None


def _degrees(point: MapPoint) -> list[float | str]:
    """Longitude, latitude, and what the point is of: a city, or a town amid a region or country."""
    return [float(point.longitude), float(point.latitude), str(point.of)]


def _role_label(role: Role, name: Callable[[str | None], str | None]) -> str:
    """A post in a line: `former Ambassador, United States, 2011 to 2014`."""
    title = flat(role.title)
    if role.status is not RoleStatus.CURRENT and not title.casefold().startswith(
        (role.status.value, *classed("roles", "says its own status"))
    ):
        title = f"{role.status.value} {title}"
    parts = [title]
    for local in (role.organization, role.place):
        words = name(local)
        if words and words.casefold() not in title.casefold():
            parts.append(words)
    if role.start and role.end:
        parts.append(f"{role.start} to {role.end}" if role.start != role.end else role.start)
    elif role.start:
        parts.append(f"from {role.start}")
    elif role.end:
        parts.append(f"until {role.end}")
    return ", ".join(parts)


def _role_at(
    extraction: Extraction, entity: str | None, name: Callable[[Extraction, str | None], str | None]
) -> str | None:
    """The post in which somebody speaks in an article: one held on its date before one held earlier.

    None if the article gives no post.
    """
    day = extraction.article.published
    year = day.isoformat() if day else None

    def rank(pair: tuple[int, Role]) -> tuple[bool, bool, int]:
        order, role = pair
        over = bool(year and role.end and role.end < year[: len(role.end)])
        return over, role.status is RoleStatus.FORMER, order

    held = sorted(((i, r) for i, r in enumerate(extraction.roles) if r.holder == entity), key=rank)
    return _role_label(held[0][1], lambda local: name(extraction, local)) if held else None
