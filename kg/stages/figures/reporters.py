"""Whose a figure is: the statement that holds it, a source that counts, or the one of the sentence before."""

from __future__ import annotations

from dataclasses import dataclass

from ...language.lexicon import words
from ...language.syntax import VERBAL
from ...records.attribution import Attribution
from ...records.entity import Entity
from ...records.figure import Telling
from ...text.article import Span
from ...text.document import Document
from .chains import chain
from .concept_lexicon import lexicon
from .counted import Counted
from .counters import EXPECTING, Counters, told_by
from .givers import Givers
from .issuers import Issuers
from .quantities import Quantity

_TURNS = words("figures", "turns")


@dataclass(frozen=True, slots=True)
class Report:
    """Who reports a figure: Entity ids of the reporters, of whom they have it from, and the attribution's id.

    `method` is how the number was come by, in the article's words ("a survey
    of 1,200 households", "photographs"), where it says so; `chain` is as in
    `kg.records.figure.Figure`.
    """

    reporters: tuple[str, ...] = ()
    via: str | None = None
    attribution: str | None = None
    method: str | None = None
    chain: tuple[Telling, ...] = ()


@dataclass(frozen=True, slots=True)
class FigureTold:
    """A figure that was told before: what it counts, by whom, and in which sentence."""

    counted: Counted
    report: Report
    sentence: int


class Reporting:
    """The statements of one document, by sentence, with who counts and who gives the figures in it."""

    __slots__ = ("_attributions", "_counters", "_document", "_givers", "_sentences")

    def __init__(self, document: Document, entities: tuple[Entity, ...], attributions: tuple[Attribution, ...]) -> None:
        self._document = document
        issuers = Issuers(document, entities)
        self._counters, self._givers = Counters(document, entities, issuers), Givers(document, entities, issuers)
        self._attributions = {a.id: a for a in attributions}
        self._sentences: dict[int, list[Attribution]] = {}
        for attribution in attributions:
            touched = {
                document.tokens[i].sentence for span in attribution.content for i in range(*document.range(span))
            }
            for sentence in sorted(touched):
                self._sentences.setdefault(sentence, []).append(attribution)

    def report(self, q: Quantity, counted: Counted, before: FigureTold | None) -> Report:
        """Who reports a figure; nobody where the article itself does.

        The source of the innermost statement that holds it; else one that
        counts it ("the network documented 306 deaths", "its estimate of 40");
        else the reporter of the figure `before`, where this one goes on about
        the same happening.
        """
        d, span = self._document, q.core
        first, last = d.range(span)
        method = self._counters.method(first, last)
        held = self._holding(span, d.tokens[first].sentence)
        passed_on = self._passed_on(first, last, held[0], method) if held else None
        if passed_on is not None:
            return passed_on
        stated = self._stated(held, first, method)
        if stated is not None:
            return stated
        counter = self._counters.counter(first, last)
        if counter is not None:
            return self._told(counter, None, None, method)
        if not held and before is not None and self._goes_on(first, counted, before):
            told = before.report
            return Report(told.reporters, told.via, told.attribution, method, told.chain)
        share = q.unit is not None and q.unit.kind == "ratio"
        pollster = self._counters.pollster(first) if share and not held else None
        if pollster is not None:
            return self._told(pollster, None, None, method)
        return Report((), None, held[0].id if held else None, method)

    def _passed_on(self, first: int, last: int, held: Attribution, method: str | None) -> Report | None:
        """By whom a figure is that somebody only passes on; by nobody if who reckons so is no named thing."""
        origin = self._counters.counter(first, last, EXPECTING)
        reckoners = self._counters.reckoners(first, held) if origin is None else None
        if reckoners is not None:
            origin = told_by(self._counters.entity(reckoners[0]), reckoners[1])
            if origin is None and reckoners[0].pos == "NOUN":
                return Report((), None, held.id, method)  # "said organizers expected that 40 people would stay"
        if origin is None:
            return None
        opposed = self._opposed(origin)
        if not opposed and (origin.entity == held.entity or any(origin.cue[0] in cue for cue in held.cue)):
            return None  # the statement itself is what counts: a report that documented 306 deaths
        return self._told(origin, None if opposed else held, None, method)

    def _stated(self, held: list[Attribution], first: int, method: str | None) -> Report | None:
        """By whose statement a figure is told, of those that hold it, innermost first; None if by none of them."""
        withheld = next((attribution for attribution in held if self._givers.withholds(attribution)), None)
        if withheld is not None:
            return Report((), None, withheld.id, method)
        for attribution in held:
            if attribution.entity is not None and self._givers.gives(attribution, held, first):
                teller = Telling(self._givers.answering(attribution), attribution.cue, attribution.id)
                return self._told(teller, attribution, attribution.via, method)
        unknown = held and held[0].source and held[0].entity is None
        return self._told(None, held[0], held[0].via, method) if unknown else None

    def _told(
        self, teller: Telling | None, attribution: Attribution | None, via: str | None, method: str | None
    ) -> Report:
        said = self._attributions.get(teller.attribution or "") if teller is not None else None
        joint = said.joint if said is not None and teller is not None and said.entity == teller.entity else ()
        reporters = () if teller is None else (teller.entity, *joint)
        steps = chain(attribution, self._attributions, teller, via)
        return Report(reporters, via, attribution.id if attribution is not None else None, method, steps)

    def _holding(self, span: Span, sentence: int) -> list[Attribution]:
        """The statements whose content holds a span, innermost first."""
        found = [a for a in self._sentences.get(sentence, ()) if any(c.start <= span.start < c.end for c in a.content)]
        return sorted(found, key=lambda a: (-self._depth(a), sum(c.end - c.start for c in a.content), a.id))

    def _depth(self, attribution: Attribution) -> int:
        depth, seen = 0, {attribution.id}
        while attribution.parent is not None and attribution.parent in self._attributions:
            attribution = self._attributions[attribution.parent]
            if attribution.id in seen:
                break
            seen.add(attribution.id)
            depth += 1
        return depth

    def _opposed(self, teller: Telling) -> bool:
        """Whether a number is set against what was said before it: police said 12, but the hospital put it at 15."""
        d = self._document
        verb = d.tokens[d.range(teller.cue[0])[0]]
        turns = any(t.dep == "cc" and t.lower in ("but", "yet") for t in d.kids(verb.head))
        return verb.dep == "conj" and turns

    def _goes_on(self, first: int, counted: Counted, before: FigureTold) -> bool:
        """Whether a sentence without a source goes on with what the reported one before it said.

        It does where "it" has so many of the same, or where the same kind of thing happens to people in it ("50
        detainees were killed" after "5,000 were hanged"), where nobody new speaks
        or acts and no word turns to something else.
        """
        d = self._document
        here = d.tokens[first]
        same = self._of_the_same(first, counted, before.counted)
        near = here.sentence - before.sentence in ((0, 1) if same else (1,))
        if not near or before.report.attribution is None or not before.report.reporters:
            return False
        if self._sentences.get(here.sentence):
            return False
        if not same and not _related(counted.event, before.counted.event):
            return False
        sentence = d.sentences[here.sentence]
        if d.tokens[d.sentences[before.sentence].start].block != here.block or d.tokens[sentence.start].lower in _TURNS:
            return False
        return not self._new_actor(first)

    def _of_the_same(self, first: int, counted: Counted, before: Counted) -> bool:
        """Whether "it" has so many of what was told: a seat had 70,000 people, he said. In Wales it was 59,000."""
        d = self._document
        verb = next((t for t in d.ancestors(first) if t.pos in VERBAL), None)
        it = verb is not None and any(t.dep == "nsubj" and t.lower == "it" for t in d.kids(verb.i))
        return it and counted.span is None and counted.text is not None and counted.text == before.text

    def _new_actor(self, first: int) -> bool:
        """Whether somebody does what the sentence tells: a subject that is not what the figure counts."""
        d = self._document
        for parent in d.ancestors(first):
            if parent.pos == "VERB":
                subject = next((t for t in d.kids(parent.i) if t.dep == "nsubj"), None)
                return subject is not None and first not in d.subtree(subject.i)
        return False


def _related(a: str | None, b: str | None) -> bool:
    """Whether two happenings are one, or one is a kind of the other, and happen to people."""
    table = lexicon()
    if a is None or b is None or a not in table.of_people or b not in table.of_people:
        return False
    return a == b or a in table.above(b) or b in table.above(a)
