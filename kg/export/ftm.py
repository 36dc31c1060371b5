"""FollowTheMoney: extractions -> its entities as JSON lines.

Plain JSON by the schemata of FollowTheMoney 4 (Article, Person, Organization,
LegalEntity, Territory, Mention, Note, Event, Membership, Position, Occupancy);
its package is not needed. What people use it for: Aleph, OpenSanctions, ftmq.
https://followthemoney.tech/explorer/
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from ..rdf.concepts import counted, preferred_label
from ..rdf.edtf import bounds
from ..rdf.forms import GAP, number
from ..rdf.iris import BASE, digest
from ..rdf.write import entity_iris
from ..records.entity import Entity
from ..records.event import Event
from ..records.extraction import Extraction
from ..records.mention import EntityType, MentionKind
from ..records.role import Role
from ..text.article import Article, Span

SCHEMATA: Mapping[EntityType, str] = {
    EntityType.PERSON: "Person",
    EntityType.ORGANIZATION: "Organization",
    EntityType.GROUP: "LegalEntity",
    EntityType.PLACE: "Territory",
}
"""The schema for each type of entity; what has none here is left out."""

_AGENTS = frozenset({"Person", "Organization", "LegalEntity"})
_WIKIDATA = "http://www.wikidata.org/entity/"

Properties = dict[str, list[str]]


def ftm_lines(
    extractions: Iterable[Extraction],
    *,
    identity: Callable[[Extraction, Entity], str] | None = None,
    external: Mapping[str, Sequence[str]] | None = None,
    base: str = BASE,
) -> Iterator[str]:
    """FollowTheMoney entities of any number of articles, a line of JSON each, sorted: equal articles, equal lines.

    `identity` gives entities of several articles that are one thing one key;
    `external` has the ids outside for an entity's IRI. An article is an
    Article; what it names a Person, Organization, LegalEntity or Territory
    with a Mention in each article; a statement or figure a Note on its source;
    what happened an Event with who took part; a role a Membership, or where no
    body is named an Occupancy of a Position. Whatever an article says has that
    article as `proof`, and says where: `char=97,140`, half-open code points of
    the article's text (RFC 5147).

    >>> from kg import Article, extract
    >>> found = extract(Article("Jo Hill said the mill had closed."), fast=True)
    >>> [json.loads(line)["schema"] for line in ftm_lines([found])]
    ['Article', 'Mention', 'Note', 'Person']
    """
    things: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    schemata: dict[str, set[str]] = defaultdict(set)
    lines: list[tuple[str, str, Properties]] = []
    for extraction in extractions:
        iris = entity_iris(extraction, base=base)
        document = f"kg-article-{extraction.article.id}"
        lines.append((document, "Article", _article(extraction)))
        ids: dict[str, str] = {}
        for entity in extraction.entities:
            if not entity.named or entity.type not in SCHEMATA:
                continue
            ids[entity.id] = id = _id("thing", identity(extraction, entity) if identity else iris[entity.id])
            schemata[id].add(SCHEMATA[entity.type])
            _add(things[id], extraction, entity, document, (external or {}).get(iris[entity.id], ()))
            if SCHEMATA[entity.type] in _AGENTS:
                lines.append(_mention(extraction, entity, iris[entity.id], id, document))
        lines += _notes(extraction, ids, document)
        lines += _figures(extraction, ids, document)
        lines += _events(extraction, ids, document)
        for role in extraction.roles:
            lines += _role(extraction, role, ids, document)
    lines += [(id, min(schemata[id]), {p: sorted(v) for p, v in about.items()}) for id, about in things.items()]
    for id, schema, properties in sorted(lines, key=lambda line: line[0]):
        kept = {p: values for p, values in sorted(properties.items()) if values}
        yield json.dumps({"id": id, "schema": schema, "properties": kept}, ensure_ascii=False)


def _id(kind: str, *parts: object) -> str:
    return f"kg-{kind}-{digest(*parts)}"


def _some(*values: str | None) -> list[str]:
    return [value for value in values if value]


def _article(extraction: Extraction) -> Properties:
    article = extraction.article
    published = article.published.isoformat() if article.published else None
    return {
        "name": [article.title or article.path or article.id],
        "title": _some(article.title),
        "fileName": _some(article.path or article.id),
        "author": list(article.authors),
        "publisher": _some(article.publisher),
        "publishedAt": _some(published),
        "sourceUrl": _some(article.url),
        "language": ["eng"] if (article.language or "").startswith("en") else [],  # three letters, as ISO 639-3
        "bodyText": _some(article.text),
        "processingAgent": _some(f"reportedly, {extraction.model}"),
    }


def _add(
    about: dict[str, set[str]], extraction: Extraction, entity: Entity, document: str, external: Sequence[str]
) -> None:
    """What one article adds to a thing. Names are names only: FollowTheMoney matches on them."""
    quote = extraction.article.quote
    about["name"].add(entity.name)
    spoken = {quote(m.span) for m in entity.mentions if m.kind is MentionKind.NAME} - {entity.name}
    about["weakAlias" if entity.type is EntityType.PERSON else "alias"].update(spoken)
    about["proof"].add(document)
    for id in external:
        if id.startswith(_WIKIDATA):
            about["wikidataId"].add(id.removeprefix(_WIKIDATA))
    if entity.type is EntityType.PERSON:  # no gender: that of an entity may be a guess, to find its pronouns by
        about["position"].update(role.title for role in extraction.roles if role.holder == entity.id)


def _mention(extraction: Extraction, entity: Entity, iri: str, id: str, document: str) -> tuple[str, str, Properties]:
    names = {extraction.article.quote(m.span) for m in entity.mentions if m.kind is MentionKind.NAME}
    properties = {
        "document": [document],
        "resolved": [id],
        "name": sorted(names | {entity.name}),
        "detectedSchema": [SCHEMATA[entity.type]],
    }
    return _id("mention", iri), "Mention", properties


def _notes(extraction: Extraction, ids: Mapping[str, str], document: str) -> Iterator[tuple[str, str, Properties]]:
    """Each statement as a note on its source: that it was said, and where; not that it is so."""
    names = {entity.id: entity.name for entity in extraction.entities}
    article = extraction.article
    filed: dict[str, list[str]] = defaultdict(list)
    for topic in extraction.topics:
        for id in topic.attributions:
            filed[id].append(topic.label)
    for a in extraction.attributions:
        who = " and ".join(names[id] for id in a.speakers) or GAP.join(article.quote(s) for s in sorted(a.source))
        first, last = min(s.start for s in a.content), max(s.end for s in a.content)
        told: Properties = {
            "description": [GAP.join(article.quote(s) for s in sorted(a.content))],
            "entity": [ids[id] for id in a.speakers if id in ids],
            "keywords": sorted({a.stance, a.form, *filed[a.id]}),
        }
        note = _printed(article, document, f"{who or 'unnamed source'} {a.stance}", Span(first, last))
        yield _id("note", article.id, a.id, first, last), "Note", {**note, **told}


def _printed(article: Article, document: str, name: str, evidence: Span) -> Properties:
    """What each note and event says of the place where it stands."""
    return {
        "name": [name], "description": [article.quote(evidence)], "notes": [_chars(evidence)], "proof": [document],
        "publisher": _some(article.publisher), "sourceUrl": _some(article.url),
    }  # fmt: skip


def _chars(*spans: Span) -> str:
    return "; ".join(f"char={span.start},{span.end}" for span in spans)


def _figures(extraction: Extraction, ids: Mapping[str, str], document: str) -> Iterator[tuple[str, str, Properties]]:
    """Each figure as a note on its reporters: FollowTheMoney has no schema for a quantity that is no money."""
    names = {entity.id: entity.name for entity in extraction.entities}
    article = extraction.article
    for f in extraction.figures:
        concept, evidence = counted(f), f.evidence or f.span
        what = preferred_label(concept) if concept else f.counted
        about = {
            "low": f.low, "high": f.high, "bound": f.bound, "unit": f.unit, "per": f.per, "counts": what,
            "place": names.get(f.place or ""), "from": f.start, "until": f.end, "as of": f.as_of,
            "via": names.get(f.via or ""), "method": f.method,
        }  # fmt: skip
        said = [f"{name}: {number(v) if isinstance(v, Decimal) else v}" for name, v in about.items() if v is not None]
        told: Properties = {
            "summary": ["; ".join(said)],
            "entity": [ids[id] for id in dict.fromkeys((*f.reporters, *_some(f.place))) if id in ids],
            "keywords": ["figure", *_some(what)],
        }
        note = _printed(article, document, " ".join(filter(None, (article.quote(f.span), what))), evidence)
        yield _id("figure", article.id, f.id, f.span.start, f.span.end), "Note", {**note, **told}


def _events(extraction: Extraction, ids: Mapping[str, str], document: str) -> Iterator[tuple[str, str, Properties]]:
    """Each event that an article or a statement in it says has happened; what is said not to have happened is none."""
    names = {entity.id: entity.name for entity in extraction.entities}
    types = {entity.id: entity.type for entity in extraction.entities}
    article = extraction.article
    for e in extraction.events:
        if e.negated:
            continue
        parts = [p.entity for p in e.participants if p.entity in ids and types[p.entity] is not EntityType.PLACE]
        told: Properties = {
            "involved": sorted({ids[id] for id in parts}),
            "location": _some(names.get(e.place or "")),
            "keywords": sorted({p.role for p in e.participants} | ({"said"} if e.attribution else set())),
        }
        name = f"{e.type}: {article.quote(e.trigger)}" if e.type else article.quote(e.trigger)
        event = {**_printed(article, document, name, e.span), **_period(e), **told}
        yield _id("event", article.id, e.id, e.span.start, e.span.end), "Event", event


def _period(record: Event | Role) -> Properties:
    start, end = bounds(record.start)[0], bounds(record.end)[1]
    return {
        "startDate": _some(start.isoformat() if start else None),
        "endDate": _some(end.isoformat() if end else None),
    }


def _role(
    extraction: Extraction, role: Role, ids: Mapping[str, str], document: str
) -> Iterator[tuple[str, str, Properties]]:
    types = {entity.id: entity.type for entity in extraction.entities}
    if role.holder not in ids or types.get(role.holder) is EntityType.PLACE:
        return
    period: Properties = {
        **_period(role),
        "status": [role.status],
        "proof": [document],
        "summary": [extraction.article.quote(role.span)],
        "description": [_chars(role.span)],
    }
    parts = (extraction.article.id, role.id, role.span.start, role.span.end)
    body = ids.get(role.organization or "")
    if body is not None and types.get(role.organization or "") is EntityType.ORGANIZATION:
        ends = {"member": [ids[role.holder]], "organization": [body], "role": [role.title]}
        yield _id("membership", *parts), "Membership", {**period, **ends}
    elif types[role.holder] is EntityType.PERSON:
        post = _id("position", *parts)
        yield post, "Position", {"name": [role.title], "proof": [document]}
        yield _id("occupancy", *parts), "Occupancy", {**period, "holder": [ids[role.holder]], "post": [post]}
