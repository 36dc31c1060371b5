"""Extractions -> the plain data that the page shows: JSON-ready dictionaries, records of several articles joined.

Every record has an id that says what it is by its first letter and that stays
the same when other articles come or go, so that a link to it keeps working:
`a.` article, `e.` entity, `s.` statement, `f.` figure, `r.` role, `t.` topic,
`x.` relation, `v.` event. Offsets stay those of the article, in code points.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from functools import lru_cache
from hashlib import sha256
from typing import Any

from ..article import Article, Span
from ..attribution import Attribution
from ..blocks import Block, find_blocks
from ..entities import Entity
from ..extraction import Extraction
from ..figures import Figure
from ..mentions import EntityType
from ..roles import Role, RoleStatus

Identity = Callable[[Extraction, Entity], str]
Json = dict[str, Any]

_SPACE = re.compile(r"\s+")
_SENTENCE_END = re.compile(r"[.!?…]['\"”’»)\]]{0,3}(?=\s|[A-Z“\"‘])")


def view_data(
    extractions: Iterable[Extraction],
    *,
    title: str | None = None,
    identity: Identity | None = None,
    most: int | None = None,
) -> Json:
    """Everything the page shows, as JSON-ready data in a fixed order.

    `identity` names the thing an entity is; entities of equal identity are one
    in the view. Without it `same_things` decides. An article given twice is
    shown once. Where there are more than `most` statements, the latest articles
    that have no more are shown whole; `overview` then counts the rest as well,
    and is None otherwise.
    """
    unique = list({x.article.id: x for x in extractions}.values())
    unique.sort(key=lambda x: (x.article.published is None, x.article.published, x.article.title or "", x.article.id))
    names = identity or same_things(unique)
    shown = _latest(unique, most)
    data = _Joined(shown, names).data(title or _title(unique))
    return data | {"overview": overview(unique, names) if len(shown) < len(unique) else None}


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
            key = _hash("t", _hash("e", identity(extraction, entity)) if entity else _fold(topic.lemma))
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
                keys[entity.id] = _hash("e", identity(extraction, entity))
            named.setdefault(keys[entity.id], (flat(entity.name), str(entity.type), entity.named))
            speakers[keys[entity.id]][a.stance] += 1
            articles[keys[entity.id]].add(_id_of(article))
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


def same_things(extractions: Iterable[Extraction]) -> Identity:
    """An identity for entities by name: who or what is the same across these articles.

    Organisations, places and other named things are the same if type and name
    are. People of one name are the same only where two articles give them the
    same post or organisation as well. What has no name is never the same.
    """
    groups: dict[str, list[tuple[str, frozenset[str]]]] = defaultdict(list)
    for extraction in extractions:
        by_id = {entity.id: entity for entity in extraction.entities}
        for entity in extraction.entities:
            if entity.named and entity.type is EntityType.PERSON:
                key = f"{extraction.article.id}/{entity.id}"
                groups[_fold(entity.name)].append((key, _posts(extraction, entity, by_id)))
    person: dict[str, str] = {}
    for name in sorted(groups):
        for key, label in _clusters(groups[name]).items():
            person[key] = f"Person|{name}|{label}"

    def identity(extraction: Extraction, entity: Entity) -> str:
        own = f"{extraction.article.id}/{entity.id}"
        if not entity.named:
            return f"unnamed|{own}"
        if entity.type is EntityType.PERSON:
            return person.get(own, f"Person|{own}")
        return f"{entity.type}|{_fold(entity.name)}"

    return identity


def _posts(extraction: Extraction, entity: Entity, by_id: dict[str, Entity]) -> frozenset[str]:
    found: set[str] = set()
    for role in extraction.roles:
        if role.holder == entity.id:
            found.add("title " + _fold(role.title))
            if role.organization in by_id:
                found.add("organisation " + _fold(by_id[role.organization].name))
    return frozenset(found)


def _clusters(people: list[tuple[str, frozenset[str]]]) -> dict[str, str]:
    """Each person's key with the smallest key of those reached from it over shared posts."""
    label = {key: key for key, _ in people}
    changed = True
    while changed:
        changed = False
        for key, posts in people:
            for other, other_posts in people:
                if posts & other_posts and label[other] < label[key]:
                    label[key] = label[other]
                    changed = True
    return label


def _fold(text: str) -> str:
    return _SPACE.sub(" ", text).strip().casefold()


def _title(extractions: Sequence[Extraction]) -> str:
    if len(extractions) == 1:
        article = extractions[0].article
        return article.title or _headline(article)
    return f"{len(extractions)} articles"


def _headline(article: Article) -> str:
    blocks = _blocks(article)
    return flat(article.quote(blocks[0].span))[:160] if blocks else "Empty article"


# an article's hash and blocks are asked for once a record of it
@lru_cache(maxsize=64)
def _id_of(article: Article) -> str:
    return article.id


@lru_cache(maxsize=64)
def _blocks(article: Article) -> tuple[Block, ...]:
    return find_blocks(article)


def flat(text: str) -> str:
    """A text on one line, runs of white space as one space."""
    return _SPACE.sub(" ", text).strip()


def _hash(kind: str, key: str) -> str:
    return f"{kind}.{sha256(key.encode('utf-8', 'surrogatepass')).hexdigest()[:12]}"


def _number(value: Decimal | None) -> int | float | None:
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def _span(span: Span) -> list[int]:
    return [span.start, span.end]


def _spans(spans: Iterable[Span]) -> list[list[int]]:
    return [_span(span) for span in spans]


def _labelled(articles: list[Json]) -> list[Json]:
    """Articles with a short `label` each: date and publisher where these tell them apart, else date and title."""
    names = Counter((a["publisher"] or a["title"], a["published"]) for a in articles)
    alone = len({name for name, _ in names}) == 1
    for article in articles:
        name = article["publisher"] or article["title"]
        if alone or names[name, article["published"]] > 1:
            name = article["title"]
        article["label"] = ", ".join(part for part in (article["published"], name) if part)
    return articles


class _Joined:
    """Records of several extractions under one set of ids."""

    def __init__(self, extractions: Sequence[Extraction], identity: Identity) -> None:
        self.extractions = extractions
        self.keys: dict[tuple[str, str], str] = {}
        self.entities: dict[str, Json] = {}
        self.names: dict[str, Counter[str]] = defaultdict(Counter)
        self.topics: dict[str, Json] = {}
        for number, extraction in enumerate(extractions):
            for entity in extraction.entities:
                self._enter(number, extraction, entity, _hash("e", identity(extraction, entity)))
        for key, entity_data in self.entities.items():
            names = self.names[key]
            # the name most articles use; the longer, then the first in code point order among equals
            entity_data["name"] = min(names, key=lambda name: (-names[name], -len(name), name))
            entity_data["names"] = sorted(names)

    def _enter(self, number: int, extraction: Extraction, entity: Entity, key: str) -> None:
        self.keys[_id_of(extraction.article), entity.id] = key
        self.names[key][flat(entity.name)] += 1
        data = self.entities.setdefault(
            key, {"id": key, "type": str(entity.type), "named": entity.named, "articles": [], "mentions": []}
        )
        if number not in data["articles"]:
            data["articles"].append(number)
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
            "articles": _labelled([self._article(x) for x in self.extractions]),
            "entities": list(self.entities.values()),
            "topics": sorted(self.topics.values(), key=lambda t: (-len(t["statements"]), t["label"], t["id"])),
            "statements": statements,
            "figures": figures,
            "roles": roles,
            "relations": relations,
            "events": events,
        }

    def _id(self, kind: str, extraction: Extraction, local: str | None) -> str | None:
        return f"{kind}.{_id_of(extraction.article)}.{local}" if local else None

    def _key(self, extraction: Extraction, local: str | None) -> str | None:
        return self.keys.get((_id_of(extraction.article), local)) if local else None

    def _name(self, extraction: Extraction, local: str | None) -> str | None:
        key = self._key(extraction, local)
        return self.entities[key]["name"] if key else None

    def _article(self, extraction: Extraction) -> Json:
        article = extraction.article
        return {
            "id": f"a.{article.id}",
            "title": article.title or _headline(article),
            "publisher": article.publisher,
            "authors": list(article.authors),
            "published": article.published.isoformat() if article.published else None,
            "url": article.url,
            "language": article.language,
            "path": article.path,
            "sha256": article.sha256,
            "model": extraction.model,
            "problems": list(extraction.problems),
            "blocks": [[str(b.kind), b.span.start, b.span.end] for b in _blocks(article)],
            "text": article.text,
        }

    def _topics(self, number: int, extraction: Extraction) -> dict[str, list[str]]:
        """Topic ids by attribution, most spoken of first; the topics themselves are entered."""
        of: dict[str, list[str]] = defaultdict(list)
        for topic in extraction.topics:
            entity = self._key(extraction, topic.entity)
            key = _hash("t", entity or _fold(topic.lemma))
            data = self.topics.setdefault(
                key, {"id": key, "label": flat(topic.label), "entity": entity, "statements": [], "mentions": []}
            )
            data["statements"] += [f"s.{_id_of(extraction.article)}.{a}" for a in topic.attributions]
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
            "via": self._key(extraction, a.via),
            "parent": self._id("s", extraction, a.parent),
            "text": flat(" … ".join(article.quote(s) for s in a.content)),
            "cueText": flat(" ".join(article.quote(s) for s in a.cue)),
            "form": str(a.form),
            "stance": str(a.stance),
            "role": role_at(extraction, a.entity, self._name),
            "source": _spans(a.source),
            "cue": _spans(a.cue),
            "content": _spans(a.content),
            "sentence": _span(sentence_around(article, everything)) if everything else None,
            "topics": topics.get(a.id, []),
            "confidence": round(a.confidence, 4),
        }

    def _stand_in(self, number: int, extraction: Extraction, a: Attribution) -> str:
        """An unnamed source for a statement that has no entity: its own words, or one that says that there are none."""
        words = flat(" ".join(extraction.article.quote(s) for s in a.source))
        key = _hash("e", f"source|{_id_of(extraction.article)}|{a.id if words else ''}|{words}")
        if key not in self.entities:
            self.entities[key] = {
                "id": key,
                "type": "Other" if words else "None",
                "named": False,
                "articles": [number],
                "mentions": [[number, s.start, s.end, "nominal"] for s in a.source],
                "name": words or "no source named",
                "names": [words or "no source named"],
            }
        return key

    def _figure(self, number: int, extraction: Extraction, f: Figure) -> Json:
        article = extraction.article
        return {
            "id": self._id("f", extraction, f.id),
            "article": number,
            "text": flat(article.quote(f.span)),
            "low": _number(f.low),
            "high": _number(f.high),
            "bound": str(f.bound),
            "approximate": f.approximate,
            "unit": f.unit,
            "per": f.per,
            "counted": flat(f.counted) if f.counted else None,
            "concept": f.concept,
            "event": f.event,
            "reporters": [k for k in (self._key(extraction, r) for r in f.reporters) if k],
            "via": self._key(extraction, f.via),
            "statement": self._id("s", extraction, f.attribution),
            "start": f.start,
            "end": f.end,
            "asOf": f.as_of,
            "place": self._key(extraction, f.place),
            "change": str(f.change) if f.change else None,
            "method": f.method,
            "role": role_at(extraction, f.reporters[0], self._name) if f.reporters else None,
            "span": _span(f.span),
            "evidence": _span(f.evidence or f.span),
            "sentence": _span(sentence_around(article, [f.evidence or f.span, f.span])),
            "confidence": round(f.confidence, 4),
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
            "label": role_label(r, lambda local: self._name(extraction, local)),
            "span": _span(r.span),
            "sentence": _span(sentence_around(extraction.article, [r.span])),
            "confidence": round(r.confidence, 4),
        }

    def _relation(self, number: int, extraction: Extraction, r: Any) -> Json:
        return {
            "id": self._id("x", extraction, r.id),
            "article": number,
            "type": r.type,
            "subject": self._key(extraction, r.subject),
            "object": self._key(extraction, r.object),
            "statement": self._id("s", extraction, r.attribution),
            "start": r.start,
            "end": r.end,
            "span": _span(r.span),
            "sentence": _span(sentence_around(extraction.article, [r.span])),
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
            "span": _span(e.span),
            "sentence": _span(sentence_around(extraction.article, [e.span])),
            "confidence": round(e.confidence, 4),
        }


def role_label(role: Role, name: Callable[[str | None], str | None]) -> str:
    """A post in a line: `former Ambassador, United States, 2011 to 2014`."""
    title = flat(role.title)
    if role.status is not RoleStatus.CURRENT and not title.casefold().startswith(
        (role.status.value, "ex-", "then", "acting", "former")
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


def role_at(
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
    return role_label(held[0][1], lambda local: name(extraction, local)) if held else None


# a sentence is no longer than this; keeps a text without full stops from being searched once a record
_LONGEST = 1500


def sentence_around(article: Article, spans: Sequence[Span]) -> Span:
    """The sentence or sentences of one block that hold these spans: what a reader needs to judge them."""
    start, end = min(s.start for s in spans), max(s.end for s in spans)
    blocks = _blocks(article)
    first = max(0, bisect_right(blocks, start, key=lambda b: b.span.start) - 1)
    last = bisect_right(blocks, end - 1, key=lambda b: b.span.start) - 1
    low, high = start, end
    if blocks and blocks[first].span.end > start:
        low = max(blocks[first].span.start, start - _LONGEST) if blocks[first].span.start < start else start
    if last >= 0 and blocks[last].span.end > end:
        high = min(blocks[last].span.end, end + _LONGEST)
    for match in _SENTENCE_END.finditer(article.text, low, start):
        low = match.end()
    after = _SENTENCE_END.search(article.text, max(end - 2, low), high)
    high = max(after.end(), end) if after else high
    text = article.text[low:high]
    low += len(text) - len(text.lstrip())
    return Span(low, max(high - (len(text) - len(text.rstrip())), end))
