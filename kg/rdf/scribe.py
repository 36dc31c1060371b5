"""One extraction -> quads, a kind of record at a time."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache

from ..errors import EvidenceError
from ..records.attribution import Attribution
from ..records.entity import Entity
from ..records.event import Event, Relation
from ..records.extraction import Extraction
from ..records.figure import Figure, Telling
from ..records.role import Role
from ..records.time import Time
from ..records.topic import Topic
from ..text.article import Span
from . import vocab
from .concepts import Concept, broader, counted, preferred_label
from .edtf import bounds
from .forms import CLASSES, GAP, MENTIONS, PARTICIPANTS, fragment, literal, number
from .iris import BASE, ENTITIES, LEDGER, PROVENANCE, article_iri, graph_iri, input_iri, node, normalised, run_iri
from .terms import Iri, Lit, Quad

_TRUE, _FALSE = Lit("true", vocab.boolean), Lit("false", vocab.boolean)


def concept_iri(concept: Concept, *, base: str = BASE) -> Iri:
    """The name of a concept: the same in every article.

    >>> from .concepts import Concept
    >>> concept_iri(Concept("detainee", "hang")) == concept_iri(Concept("detainee", "hang"))
    True
    """
    return node(base, "concept", *(part or "" for part in concept))


def input_quads(article_id: str, key: str, *, base: str = BASE) -> list[Quad]:
    """The ledger's entry for an article that was read from the file, address or record `key`.

    >>> [quad.p.rpartition("/")[2] for quad in input_quads("0" * 24, "mill.txt")]
    ['22-rdf-syntax-ns#type', 'ns#path', 'ns#readFrom']
    """
    graph, name = graph_iri(base, LEDGER), input_iri(base, key)
    return [
        Quad(name, vocab.type_, vocab.Input, graph),
        Quad(name, vocab.path, literal(key), graph),
        Quad(article_iri(base, article_id), vocab.readFrom, name, graph),
    ]


@lru_cache(maxsize=4096)
def _confidence(value: float) -> Lit:
    return Lit(number(Decimal(f"{value:.4f}")), vocab.decimal)


class Scribe:
    """Writes down one extraction: `quads` grows; `entities`, `statements` ... name nodes by record id."""

    def __init__(self, extraction: Extraction, base: str) -> None:
        self.extraction, self.base = extraction, base
        self.source = extraction.article
        self.id = self.source.id
        self.article = article_iri(base, self.id)
        self.graph = graph_iri(base, self.id)
        self.shared = graph_iri(base, ENTITIES)
        self.quads: list[Quad] = []
        self._append = self.quads.append
        self._spans: dict[Span, Iri] = {}
        self._taken: dict[Iri, int] = {}
        self._concepts: set[Concept] = set()
        self.entities = {
            e.id: self._name("entity", *(m.span for m in e.mentions[:1]), surface=e.name) for e in extraction.entities
        }
        self.statements = {a.id: self._name("statement", *a.cue, *a.content) for a in extraction.attributions}
        self.figures = {f.id: self._name("figure", f.span) for f in extraction.figures}
        self.roles = {
            r.id: self._name("role", r.span, surface=f"{self.entities.get(r.holder)} {r.title}")
            for r in extraction.roles
        }

    def write(self) -> None:
        """Write down everything, each kind of record once."""
        extraction = self.extraction
        self._article()
        self._provenance()
        for entity in extraction.entities:
            self._entity(entity)
        for attribution in extraction.attributions:
            self._statement(attribution)
        for figure in extraction.figures:
            self._figure(figure)
        for role in extraction.roles:
            self._role(role)
        for event in extraction.events:
            self._event(event)
        for relation in extraction.relations:
            self._relation(relation)
        for topic in extraction.topics:
            self._topic(topic)
        for time in extraction.times:
            self._time(time)

    # -- naming and adding

    def _name(self, kind: str, *spans: Span, surface: str | None = None) -> Iri:
        """A node's name: a hash of the article, the kind, where it stands and what it says there.

        Two records that say the same in the same place (one quotation, two speakers) are told apart by their order.
        """
        words = " ".join(self.source.quote(span) for span in spans) if surface is None else surface
        offsets = [f"{span.start}-{span.end}" for span in spans]
        name = node(self.base, kind, self.id, kind, *offsets, normalised(words))
        seen = self._taken.get(name, 0)
        self._taken[name] = seen + 1
        return node(self.base, kind, name, seen) if seen else name

    def _add(self, s: Iri, p: Iri, o: Iri | Lit) -> None:
        self._append(Quad(s, p, o, self.graph))

    def _share(self, s: Iri, p: Iri, o: Iri | Lit) -> None:
        self._append(Quad(s, p, o, self.shared))

    def _say(self, s: Iri, p: Iri, text: str | None, datatype: Iri = vocab.string) -> None:
        if text is not None:
            self._add(s, p, literal(text, datatype))

    def _mark(self, s: Iri, p: Iri, holds: bool) -> None:
        self._add(s, p, _TRUE if holds else _FALSE)

    def _span(self, span: Span) -> Iri:
        """The evidence for a span, written down on first use."""
        if span not in self._spans:
            name = node(self.base, "span", self.id, span.start, span.end)
            self._spans[span] = name
            self._add(name, vocab.type_, vocab.Evidence)
            self._add(name, vocab.start, Lit(str(span.start), vocab.integer))
            self._add(name, vocab.end, Lit(str(span.end), vocab.integer))
            self._add(name, vocab.exact, literal(self.source.quote(span)))
            self._add(name, vocab.hasSource, self.article)
        return self._spans[span]

    def _at(self, s: Iri, p: Iri, *spans: Span) -> None:
        """Where something stands, in short: what proves a record is a node, and what makes it up is not."""
        for span in spans:
            self.source.quote(span)  # raises if the article ends before
            self._add(s, p, Lit(fragment(span)))

    def _record(self, name: Iri, kind: Iri, local: str | None, evidence: Span, confidence: float | None) -> None:
        """What every record has."""
        self._add(name, vocab.type_, kind)
        self._add(name, vocab.inArticle, self.article)
        self._add(name, vocab.evidence, self._span(evidence))
        self._say(name, vocab.localId, local)
        if confidence is not None:
            self._add(name, vocab.confidence, _confidence(confidence))

    def _refer(self, name: Iri, p: Iri, names: Mapping[str, Iri], id: str | None) -> None:
        if id is None:
            return
        if id not in names:
            raise EvidenceError(
                f"article {self.id}: a record points at {id!r} by {p.rpartition('#')[2]}, and no record has that id"
            )
        self._add(name, p, names[id])

    def _period(self, name: Iri, start: str | None, end: str | None, as_of: str | None = None) -> None:
        """Start, end and reference date: as stated, and the outermost days they can mean."""
        for stated, plain, value, side in (
            (vocab.fromEdtf, vocab.from_, start, 0),
            (vocab.untilEdtf, vocab.until, end, 1),
            (vocab.asOfEdtf, vocab.asOf, as_of, 1),
        ):
            self._say(name, stated, value)
            day = bounds(value)[side]
            if day is not None:
                self._add(name, plain, Lit(day.isoformat(), vocab.date))

    # -- records

    def _article(self) -> None:
        source, name = self.source, self.article
        self._add(name, vocab.type_, vocab.Article)
        self._say(name, vocab.articleBody, source.text)
        self._say(name, vocab.textHash, source.sha256)
        self._say(name, vocab.headline, source.title)
        for author in source.authors:
            self._say(name, vocab.author, author)
        if len(source.authors) > 1:
            self._say(name, vocab.byline, "\n".join(source.authors))
        self._say(name, vocab.publisher, source.publisher)
        if source.published is not None:
            self._add(name, vocab.datePublished, Lit(source.published.isoformat(), vocab.date))
        self._say(name, vocab.url, source.url, vocab.anyURI)
        self._say(name, vocab.inLanguage, source.language)

    def _provenance(self) -> None:
        graph, run = graph_iri(self.base, PROVENANCE), run_iri(self.base, self.id)
        rows: list[tuple[Iri, Iri, Iri | Lit]] = [
            (self.graph, vocab.wasDerivedFrom, self.article),
            (self.graph, vocab.wasGeneratedBy, run),
            (run, vocab.type_, vocab.Extraction),
            (run, vocab.used, self.article),
            (run, vocab.model, literal(self.extraction.model)),
        ]
        if self.extraction.extractor is not None:
            rows.append((run, vocab.extractor, literal(self.extraction.extractor)))
        if self.extraction.problems:
            rows.append((run, vocab.problems, literal("\n".join(self.extraction.problems))))
        self.quads.extend(Quad(*row, graph) for row in rows)
        if self.source.path is not None:
            self.quads.extend(input_quads(self.id, self.source.path, base=self.base))

    def _entity(self, entity: Entity) -> None:
        name = self.entities[entity.id]
        self._share(name, vocab.type_, CLASSES[entity.type])
        self._share(name, vocab.label, literal(entity.name))
        self._add(name, vocab.inArticle, self.article)
        self._say(name, vocab.localId, entity.id)
        self._mark(name, vocab.named, entity.named)
        self._say(name, vocab.gender, entity.gender)
        for mention in entity.mentions:
            self._at(name, MENTIONS[mention.kind], mention.span)
            if mention.type is not entity.type:
                self._say(name, vocab.mentionType, f"{fragment(mention.span)} {mention.type}")

    def _statement(self, attribution: Attribution) -> None:
        if not attribution.content:
            raise EvidenceError(f"article {self.id}: attribution {attribution.id!r} has no content; it needs a span")
        name = self.statements[attribution.id]
        spans = (*attribution.source, *attribution.cue, *attribution.content)
        whole = Span(min(span.start for span in spans), max(span.end for span in spans))
        self._record(name, vocab.Statement, attribution.id, whole, attribution.confidence)
        self._say(name, vocab.text, GAP.join(self.source.quote(span) for span in sorted(attribution.content)))
        if attribution.cue:
            self._say(name, vocab.cue, GAP.join(self.source.quote(span) for span in sorted(attribution.cue)))
        self._say(name, vocab.form, attribution.form)
        self._say(name, vocab.stance, attribution.stance)
        self._at(name, vocab.sourceSpan, *attribution.source)
        self._at(name, vocab.cueSpan, *attribution.cue)
        self._at(name, vocab.contentSpan, *attribution.content)
        for speaker in attribution.speakers:
            self._refer(name, vocab.saidBy, self.entities, speaker)
        if attribution.joint:
            self._say(name, vocab.speakerOrder, " ".join(attribution.speakers))
        self._refer(name, vocab.via, self.entities, attribution.via)
        self._refer(name, vocab.nestedIn, self.statements, attribution.parent)

    def _figure(self, figure: Figure) -> None:
        name = self.figures[figure.id]
        self._record(name, vocab.Figure, figure.id, figure.evidence or figure.span, figure.confidence)
        self._at(name, vocab.figureSpan, figure.span)
        for p, bound in ((vocab.low, figure.low), (vocab.high, figure.high)):
            if bound is not None:
                self._add(name, p, Lit(number(bound), vocab.decimal))
        self._mark(name, vocab.approximate, figure.approximate)
        for p, words in (
            (vocab.bound, figure.bound),
            (vocab.unit, figure.unit),
            (vocab.per, figure.per),
            (vocab.counted, figure.counted),
            (vocab.countedHead, figure.concept),
            (vocab.happening, figure.event),
            (vocab.change, figure.change),
            (vocab.method, figure.method),
        ):
            self._say(name, p, words)
        concept = counted(figure)
        if concept is not None:
            self._add(name, vocab.counts, self._concept(concept))
        if figure.counted_span is not None:
            self._at(name, vocab.countedSpan, figure.counted_span)
        for reporter in figure.reporters:
            self._refer(name, vocab.reportedBy, self.entities, reporter)
        if len(figure.reporters) > 1:
            self._say(name, vocab.reporterOrder, " ".join(figure.reporters))
        self._refer(name, vocab.via, self.entities, figure.via)
        self._refer(name, vocab.statedIn, self.statements, figure.attribution)
        self._refer(name, vocab.place, self.entities, figure.place)
        self._period(name, figure.start, figure.end, figure.as_of)
        for position, telling in enumerate(figure.chain, 1):
            self._telling(name, position, telling)

    def _telling(self, figure: Iri, position: int, telling: Telling) -> None:
        """One step of the way by which a figure came to the article."""
        name = node(self.base, "telling", figure, position)
        self._add(figure, vocab.throughTelling, name)
        self._add(name, vocab.type_, vocab.Telling)
        self._add(name, vocab.position, Lit(str(position), vocab.integer))
        self._refer(name, vocab.teller, self.entities, telling.entity)
        self._refer(name, vocab.statedIn, self.statements, telling.attribution)
        self._at(name, vocab.cueSpan, *telling.cue)
        if telling.cue:
            self._say(name, vocab.cue, GAP.join(self.source.quote(span) for span in telling.cue))

    def _concept(self, concept: Concept) -> Iri:
        """The concept, written down on first use together with all above it."""
        name = concept_iri(concept, base=self.base)
        if concept not in self._concepts:
            self._concepts.add(concept)
            self._share(name, vocab.type_, vocab.Concept)
            self._share(name, vocab.prefLabel, literal(preferred_label(concept)))
            for above in broader(concept):
                self._share(name, vocab.broader, self._concept(above))
        return name

    def _role(self, role: Role) -> None:
        name = self.roles[role.id]
        self._record(name, vocab.Role, role.id, role.span, role.confidence)
        self._say(name, vocab.title, role.title)
        self._say(name, vocab.status, role.status)
        self._refer(name, vocab.member, self.entities, role.holder)
        self._refer(name, vocab.organization, self.entities, role.organization)
        self._refer(name, vocab.place, self.entities, role.place)
        self._period(name, role.start, role.end, role.as_of)

    def _event(self, event: Event) -> None:
        name = self._name("event", event.trigger)
        self._record(name, vocab.Event, event.id, event.span, event.confidence)
        self._say(name, vocab.eventType, event.type)
        self._at(name, vocab.trigger, event.trigger)
        self._mark(name, vocab.negated, event.negated)
        for part in event.participants:
            if part.role not in PARTICIPANTS:
                raise EvidenceError(
                    f"article {self.id}: event {event.id!r} has a participant of role {part.role!r}; "
                    f"the ontology has {', '.join(PARTICIPANTS)}"
                )
            self._refer(name, PARTICIPANTS[part.role], self.entities, part.entity)
        self._refer(name, vocab.statedIn, self.statements, event.attribution)
        self._refer(name, vocab.place, self.entities, event.place)
        self._period(name, event.start, event.end)

    def _relation(self, relation: Relation) -> None:
        ends = f"{relation.type} {self.entities.get(relation.subject)} {self.entities.get(relation.object)}"
        name = self._name("relation", relation.span, surface=ends)
        self._record(name, vocab.Relation, relation.id, relation.span, relation.confidence)
        self._say(name, vocab.relationType, relation.type)
        self._refer(name, vocab.subject, self.entities, relation.subject)
        self._refer(name, vocab.object, self.entities, relation.object)
        self._refer(name, vocab.statedIn, self.statements, relation.attribution)
        self._period(name, relation.start, relation.end)

    def _topic(self, topic: Topic) -> None:
        name = self._name("topic", surface=topic.lemma)
        self._share(name, vocab.type_, vocab.Topic)
        self._share(name, vocab.prefLabel, literal(topic.label))
        self._add(name, vocab.inArticle, self.article)
        self._say(name, vocab.localId, topic.id)
        self._say(name, vocab.lemma, topic.lemma)
        self._refer(name, vocab.denotes, self.entities, topic.entity)
        self._at(name, vocab.mention, *topic.mentions)
        for attribution in topic.attributions:
            if attribution not in self.statements:
                raise EvidenceError(f"article {self.id}: topic {topic.id!r} points at no attribution {attribution!r}")
            self._add(self.statements[attribution], vocab.about, name)

    def _time(self, time: Time) -> None:
        name = self._name("time", time.span)
        self._record(name, vocab.TimeExpression, None, time.span, None)
        self._say(name, vocab.timeType, time.type)
        self._say(name, vocab.timeValue, time.value)
        self._period(name, time.start, time.end)
