"""Document, entities, attributions and times -> events and relations."""

from __future__ import annotations

from bisect import bisect_right

from ...records.attribution import Attribution
from ...records.entity import Entity
from ...records.event import Event, Participant, Relation
from ...records.role import Role
from ...records.time import Time
from ...text.article import Span
from ...text.document import Document
from ..roles.mention_index import index_names
from . import relation_lexicon as lexicon
from .event_clauses import Happening, happenings
from .relations import ties
from .tie import Tie


def find_events(
    document: Document,
    entities: tuple[Entity, ...],
    attributions: tuple[Attribution, ...],
    times: tuple[Time, ...],
    roles: tuple[Role, ...] = (),
) -> tuple[tuple[Event, ...], tuple[Relation, ...]]:
    """The events and relations of an article, in order; the same relation told twice is returned once.

    `roles` adds what posts say of who leads or belongs to a body. Inside the
    content of a statement, the record points at the innermost attribution.

    >>> from kg import Article, extract
    >>> found = extract(Article("Poland joined the European Union in 2004."), fast=True)
    >>> [relation.type for relation in found.relations]
    ['memberOf']
    """
    index = index_names(document, entities, times)
    claims = _Claims(attributions)
    events: list[Event] = []
    found: list[Tie] = list(ties(index, roles, entities))
    for h in happenings(index):
        if h.kind in lexicon.lasting():
            found += _lasting(h)
        else:
            events.append(_event(document, h, len(events) + 1, claims))
    relations: list[Relation] = []
    seen: set[tuple[str, str, str]] = set()
    for tie in sorted(found, key=lambda t: (t.first, t.last, t.kind, t.subject.id, t.object.id)):
        key = (tie.kind, tie.subject.id, tie.object.id)
        if key in seen or tie.subject.id == tie.object.id:
            continue
        seen.add(key)
        span = document.span(tie.first, tie.last)
        name, claim = f"l{len(relations) + 1}", claims.at(span)
        relations.append(
            Relation(name, tie.kind, tie.subject.id, tie.object.id, span, claim, tie.start, tie.end, tie.confidence)
        )
    return tuple(events), tuple(relations)


class _Claims:
    """Which attribution's content holds a stretch of text: the innermost."""

    def __init__(self, attributions: tuple[Attribution, ...]) -> None:
        self._spans = sorted((span.start, span.end, a.id) for a in attributions for span in a.content)
        self._starts = [s for s, _, _ in self._spans]

    def at(self, span: Span) -> str | None:
        best: tuple[int, str] | None = None
        for start, end, name in self._spans[: bisect_right(self._starts, span.start)]:
            if span.end <= end and (best is None or end - start < best[0]):
                best = (end - start, name)
        return best[1] if best else None


def _lasting(h: Happening) -> list[Tie]:
    if h.negated:
        return []
    found = []
    for a in h.agents:
        for p in h.patients:
            first, last = min(a.start, h.verb, p.start), max(a.end, h.verb + 1, p.end)
            start = h.start if h.kind == "memberOf" else None
            found.append(Tie(h.kind or "", a.entity, p.entity, first, last, start, None, h.confidence))
    return found


def _event(document: Document, h: Happening, n: int, claims: _Claims) -> Event:
    parts = [Participant("agent", a.entity.id) for a in h.agents] + [
        Participant("patient", p.entity.id) for p in h.patients
    ]
    first = min([h.verb, *(a.start for a in h.agents), *(p.start for p in h.patients)])
    last = max([h.verb + 1, *(a.end for a in h.agents), *(p.end for p in h.patients)])
    trigger = document.span(h.verb, h.verb + 1)
    # fmt: off
    return Event(
        f"v{n}", h.kind, trigger, tuple(parts), document.span(first, last), h.place.id if h.place else None,
        h.start, h.end, h.negated, claims.at(trigger), h.confidence,
    )
    # fmt: on
