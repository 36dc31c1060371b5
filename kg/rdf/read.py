"""RDF -> extractions: what `kg.rdf.write` wrote, read back whole."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, TypeVar

from ..errors import EvidenceError
from ..records.attribution import Attribution, Form, Stance
from ..records.entity import Entity
from ..records.event import Event, Participant, Relation
from ..records.extraction import Extraction
from ..records.figure import Bound, Change, Figure, Telling
from ..records.mention import EntityType, Mention
from ..records.role import Role, RoleStatus
from ..records.time import Time, TimeType
from ..records.topic import Topic
from ..text.article import Article, Span
from . import vocab
from .forms import CLASSES, MENTIONS, PARTICIPANTS, fragment
from .interop import rdflib_quads
from .terms import Iri, Lit, Quad

if TYPE_CHECKING:
    from rdflib import Dataset

T = TypeVar("T")

_TYPES = {kind: type_ for type_, kind in CLASSES.items()}


def from_rdf(source: Dataset) -> Extraction:
    """The one extraction that a Dataset holds.

    Raises EvidenceError if it holds none or several; `kg.store.contents.extractions` reads those.

    >>> from kg import Article, extract, to_rdf
    >>> found = extract(Article("Jo Hill said the mill had closed."), fast=True)
    >>> from_rdf(to_rdf(found)).attributions == found.attributions
    True
    """
    found = list(read_articles(rdflib_quads(source)))
    if len(found) != 1:
        raise EvidenceError(f"the dataset holds {len(found)} articles; from_rdf reads one, extractions() any number")
    return found[0]


def read_articles(quads: Iterable[Quad]) -> Iterator[Extraction]:
    """The extractions of any number of articles from all their quads, by the articles' ids.

    Raises EvidenceError if a record lacks what it needs.

    >>> from kg.rdf.write import describe
    >>> from kg import Article, extract
    >>> found = extract(Article("Jo Hill, the mayor, said the mill in Leeds had closed."), fast=True)
    >>> [one.attributions == found.attributions for one in read_articles(describe(found))]
    [True]
    """
    by_graph: dict[Iri, list[Quad]] = defaultdict(list)
    for quad in quads:
        by_graph[quad.g].append(quad)
    articles = {g for g, found in by_graph.items() if any(q.p == vocab.type_ and q.o == vocab.Article for q in found)}
    common = _index(quad for graph, found in by_graph.items() if graph not in articles for quad in found)
    for graph in sorted(articles):
        yield _Reader(_index(by_graph[graph]), common).extraction()


def read_article(quads: Iterable[Quad]) -> Extraction:
    """The extraction of one article from its own quads and those about it in the shared graphs.

    Raises EvidenceError if a record lacks what it needs, or there is no article.

    >>> from kg.rdf.write import describe
    >>> from kg import Article, extract
    >>> found = extract(Article("Jo Hill, the mayor, said the mill in Leeds had closed."), fast=True)
    >>> read_article(describe(found)).roles == found.roles
    True
    """
    index = _index(quads)
    return _Reader(index, index).extraction()


_Index = dict[str, dict[str, list[Iri | Lit]]]


def _index(quads: Iterable[Quad]) -> _Index:
    index: _Index = {}
    for s, p, o, _ in quads:
        index.setdefault(s, {}).setdefault(p, []).append(o)
    return index


def _natural(id: str) -> tuple[tuple[int, str], ...]:
    """Sorts e2 before e10."""
    return tuple((int(part), "") if part.isdigit() else (-1, part) for part in re.split(r"(\d+)", id) if part)


def _order_of_times(time: Time) -> tuple[Span, str, str, str, str]:
    return time.span, time.type, time.value, time.start or "", time.end or ""


def _span(text: str) -> Span:
    start, end = text.removeprefix("char=").split(",")
    return Span(int(start), int(end))


class _Reader:
    """Reads one article: `own` indexes its graph, `common` the shared graphs, by subject and property."""

    def __init__(self, own: _Index, common: _Index) -> None:
        self.own, self.common = own, common
        self.by_type: dict[str, list[str]] = defaultdict(list)
        for name, found in own.items():
            for kind in found.get(vocab.type_, ()):
                self.by_type[kind if isinstance(kind, Iri) else ""].append(name)
        if not self.by_type[vocab.Article]:
            raise EvidenceError("the graph holds no article (no node of class kg:Article)")
        self.article = self.by_type[vocab.Article][0]
        self.ids = {name: self._text(name, vocab.localId) for name in own}
        self.entities = [n for n in own if vocab.named in own[n]]
        self.topics = [n for n in own if vocab.lemma in own[n]]

    def extraction(self) -> Extraction:
        run = next((n for n, found in self.common.items() if self.article in found.get(vocab.used, ())), None)
        problems = self._text(run, vocab.problems) if run else None
        return Extraction(
            self._article(),
            (self._text(run, vocab.model) or "") if run else "",
            self._all(self.entities, self._entity),
            self._all(self.by_type[vocab.Statement], self._statement),
            self._all(self.by_type[vocab.Figure], self._figure),
            self._all(self.by_type[vocab.Role], self._role),
            tuple(sorted(map(self._time, self.by_type[vocab.TimeExpression]), key=_order_of_times)),
            self._all(self.by_type[vocab.Event], self._event),
            self._all(self.by_type[vocab.Relation], self._relation),
            self._all(self.topics, self._topic),
            tuple(problems.split("\n")) if problems else (),
            self._text(run, vocab.extractor) if run else None,
        )

    # -- values

    def _all(self, names: list[str], read: Callable[[str], T]) -> tuple[T, ...]:
        return tuple(read(name) for name in sorted(names, key=lambda n: _natural(self.ids[n] or n)))

    def _values(self, name: str, p: str) -> list[Iri | Lit]:
        return self.own.get(name, {}).get(p) or self.common.get(name, {}).get(p) or []

    def _text(self, name: str, p: str) -> str | None:
        """The text of a literal, the smallest if there are several."""
        return min((value.text for value in self._values(name, p) if isinstance(value, Lit)), default=None)

    def _need(self, name: str, p: str) -> str:
        text = self._text(name, p)
        if text is None:
            raise EvidenceError(
                f"<{name}> in article <{self.article}> has no <{p}>; the graph is not one of ours, or cut"
            )
        return text

    def _nodes(self, name: str, p: str) -> list[str]:
        return [value for value in self._values(name, p) if isinstance(value, Iri)]

    def _id(self, name: str, p: str) -> str | None:
        """The local id of the record that a property points at."""
        found = self._nodes(name, p)
        return self._need(found[0], vocab.localId) if found else None

    def _ordered(self, name: str, p: str, order: str) -> tuple[str, ...]:
        """The local ids of all records that a property points at, ordered by another one if it is there."""
        ordered = (self._text(name, order) or "").split(" ")
        found = sorted((self._need(node, vocab.localId) for node in self._nodes(name, p)), key=_natural)
        return tuple(sorted(found, key=lambda id: ordered.index(id) if id in ordered else len(ordered)))

    def _flag(self, name: str, p: str) -> bool:
        return self._text(name, p) == "true"

    def _decimal(self, name: str, p: str) -> Decimal | None:
        text = self._text(name, p)
        return None if text is None else Decimal(text)

    def _confidence(self, name: str) -> float:
        return float(self._need(name, vocab.confidence))

    def _spans(self, name: str, p: str) -> tuple[Span, ...]:
        return tuple(sorted(_span(value.text) for value in self._values(name, p) if isinstance(value, Lit)))

    def _evidence(self, name: str) -> Span:
        for node in self._nodes(name, vocab.evidence):
            return Span(int(self._need(node, vocab.start)), int(self._need(node, vocab.end)))
        raise EvidenceError(
            f"<{name}> in article <{self.article}> has no evidence; the graph is not one of ours, or cut"
        )

    # -- records

    def _article(self) -> Article:
        name = self.article
        published = self._text(name, vocab.datePublished)
        byline = self._text(name, vocab.byline)
        author = self._text(name, vocab.author)
        paths = [self._text(node, vocab.path) for node in self._nodes(name, vocab.readFrom)]
        return Article(
            self._need(name, vocab.articleBody),
            title=self._text(name, vocab.headline),
            authors=tuple(byline.split("\n")) if byline is not None else (author,) if author is not None else (),
            publisher=self._text(name, vocab.publisher),
            published=date.fromisoformat(published) if published else None,
            url=self._text(name, vocab.url),
            language=self._text(name, vocab.inLanguage),
            path=min((path for path in paths if path is not None), default=None),
        )

    def _entity(self, name: str) -> Entity:
        kinds = [_TYPES[kind] for kind in map(Iri, self._nodes(name, vocab.type_)) if kind in _TYPES]
        if not kinds:
            raise EvidenceError(f"<{name}> in article <{self.article}> has no class; are the shared graphs missing?")
        typed = dict(v.text.split(" ", 1) for v in self._values(name, vocab.mentionType) if isinstance(v, Lit))
        found = [
            Mention(span, kind, EntityType(typed.get(fragment(span), kinds[0])))
            for kind, p in MENTIONS.items()
            for span in self._spans(name, p)
        ]
        found.sort(key=lambda mention: mention.span)
        return Entity(
            self._need(name, vocab.localId),
            kinds[0],
            self._need(name, vocab.label),
            tuple(found),
            named=self._flag(name, vocab.named),
            gender=self._text(name, vocab.gender),
        )

    def _statement(self, name: str) -> Attribution:
        speakers = self._ordered(name, vocab.saidBy, vocab.speakerOrder)
        return Attribution(
            self._need(name, vocab.localId),
            self._spans(name, vocab.sourceSpan),
            self._spans(name, vocab.cueSpan),
            self._spans(name, vocab.contentSpan),
            Form(self._need(name, vocab.form)),
            Stance(self._need(name, vocab.stance)),
            speakers[0] if speakers else None,
            self._id(name, vocab.via),
            self._id(name, vocab.nestedIn),
            self._confidence(name),
            joint=speakers[1:],
        )

    def _figure(self, name: str) -> Figure:
        change = self._text(name, vocab.change)
        counted = self._spans(name, vocab.countedSpan)
        return Figure(
            self._need(name, vocab.localId),
            _span(self._need(name, vocab.figureSpan)),
            self._decimal(name, vocab.low),
            self._decimal(name, vocab.high),
            Bound(self._need(name, vocab.bound)),
            approximate=self._flag(name, vocab.approximate),
            unit=self._text(name, vocab.unit),
            per=self._text(name, vocab.per),
            counted=self._text(name, vocab.counted),
            counted_span=counted[0] if counted else None,
            concept=self._text(name, vocab.countedHead),
            event=self._text(name, vocab.happening),
            reporters=self._ordered(name, vocab.reportedBy, vocab.reporterOrder),
            via=self._id(name, vocab.via),
            attribution=self._id(name, vocab.statedIn),
            start=self._text(name, vocab.fromEdtf),
            end=self._text(name, vocab.untilEdtf),
            as_of=self._text(name, vocab.asOfEdtf),
            place=self._id(name, vocab.place),
            change=Change(change) if change else None,
            method=self._text(name, vocab.method),
            chain=self._chain(name),
            evidence=self._evidence(name),
            confidence=self._confidence(name),
        )

    def _chain(self, name: str) -> tuple[Telling, ...]:
        steps = sorted(self._nodes(name, vocab.throughTelling), key=lambda n: int(self._need(n, vocab.position)))
        return tuple(
            Telling(self._id(n, vocab.teller) or "", self._spans(n, vocab.cueSpan), self._id(n, vocab.statedIn))
            for n in steps
        )

    def _role(self, name: str) -> Role:
        return Role(
            self._need(name, vocab.localId),
            self._id(name, vocab.member) or "",
            self._need(name, vocab.title),
            self._evidence(name),
            organization=self._id(name, vocab.organization),
            place=self._id(name, vocab.place),
            start=self._text(name, vocab.fromEdtf),
            end=self._text(name, vocab.untilEdtf),
            as_of=self._text(name, vocab.asOfEdtf),
            status=RoleStatus(self._need(name, vocab.status)),
            confidence=self._confidence(name),
        )

    def _event(self, name: str) -> Event:
        parts = [
            Participant(role, self._need(node, vocab.localId))
            for role, p in PARTICIPANTS.items()
            for node in sorted(self._nodes(name, p), key=lambda n: _natural(self._need(n, vocab.localId)))
        ]
        return Event(
            self._need(name, vocab.localId),
            self._text(name, vocab.eventType),
            _span(self._need(name, vocab.trigger)),
            tuple(parts),
            self._evidence(name),
            place=self._id(name, vocab.place),
            start=self._text(name, vocab.fromEdtf),
            end=self._text(name, vocab.untilEdtf),
            negated=self._flag(name, vocab.negated),
            attribution=self._id(name, vocab.statedIn),
            confidence=self._confidence(name),
        )

    def _relation(self, name: str) -> Relation:
        return Relation(
            self._need(name, vocab.localId),
            self._need(name, vocab.relationType),
            self._id(name, vocab.subject) or "",
            self._id(name, vocab.object) or "",
            self._evidence(name),
            attribution=self._id(name, vocab.statedIn),
            start=self._text(name, vocab.fromEdtf),
            end=self._text(name, vocab.untilEdtf),
            confidence=self._confidence(name),
        )

    def _topic(self, name: str) -> Topic:
        about = [n for n in self.by_type[vocab.Statement] if name in self._nodes(n, vocab.about)]
        return Topic(
            self._need(name, vocab.localId),
            self._need(name, vocab.prefLabel),
            self._need(name, vocab.lemma),
            tuple(sorted((self._need(n, vocab.localId) for n in about), key=_natural)),
            self._spans(name, vocab.mention),
            entity=self._id(name, vocab.denotes),
        )

    def _time(self, name: str) -> Time:
        return Time(
            self._evidence(name),
            TimeType(self._need(name, vocab.timeType)),
            self._need(name, vocab.timeValue),
            start=self._text(name, vocab.fromEdtf),
            end=self._text(name, vocab.untilEdtf),
        )
