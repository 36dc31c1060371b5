"""(extraction, people's words on its text) -> the extraction as people left it, what holds, and what stays open.

Pure: an extraction is read anew on every build, and the same words put it
right again. Which record a word is about, and whether it can hold, is heard in
`hearing`; here is what it does.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import chain
from typing import Any

from ..records.attribution import Attribution, Form, Stance
from ..records.entity import Entity
from ..records.extraction import Extraction, without_statements
from ..records.figure import Bound, Change, Figure, Telling
from ..records.mention import EntityType, Mention, MentionKind
from ..records.role import Role, RoleStatus
from ..stages.figures.concept_lexicon import lexicon
from ..text.article import Article, Span
from .fields import LISTED
from .hearing import Hearing, OpenRuling, ReviewVerdict, RulingState
from .seen import ALIKE, Record, alike
from .verdicts import Fields, Quote, RecordKind, Ruling, Value, Who


@dataclass(frozen=True, slots=True)
class Held:
    """A word that holds: what it came to, the record as found (None if added), and its id now (None if rejected)."""

    ruling: Ruling
    verdict: ReviewVerdict
    found: Record | None
    now: str | None
    to: Fields


@dataclass(frozen=True, slots=True)
class Reviewed:
    """An extraction as people left it; `held` and `open` in the order of the words."""

    extraction: Extraction
    held: tuple[Held, ...] = ()
    open: tuple[OpenRuling, ...] = ()


def review(extraction: Extraction, rulings: Iterable[Ruling]) -> Reviewed:
    """What people's words in force, the last one last, come to on an extraction; words on other texts are not heard.

    >>> from kg import Article, extract
    >>> from kg.review.decision_file import ruling
    >>> from kg.review.seen import everything_seen
    >>> from kg.review.verdicts import Do, Signature
    >>> found = extract(Article("Jo Hill said the mill had closed."), fast=True)
    >>> one = everything_seen(found)[0]
    >>> ida = Signature("Ida", "2026-05-01T12:00:00Z")
    >>> no = ruling(Do.REJECT, found.article.sha256, one.kind, ida, seen=one.seen)
    >>> len(found.attributions), len(review(found, [no]).extraction.attributions)
    (1, 0)
    """
    own = [r for r in rulings if r.text == extraction.article.sha256]
    if not own:
        return Reviewed(extraction)
    bench = Hearing(extraction)
    for n, ruling in enumerate(own):
        bench.hear(ruling, n)
    return _Clerk(extraction, bench).reviewed()


class _Clerk:
    """Writes the extraction anew from what the words came to."""

    def __init__(self, extraction: Extraction, bench: Hearing) -> None:
        self.extraction, self.bench = extraction, bench
        self.article = extraction.article
        self.states = sorted(bench.states.values(), key=lambda s: s.order)
        self.of = {(s.kind, s.found.id): s for s in self.states if s.found is not None}
        self.entities: dict[str, Entity] = {e.id: e for e in extraction.entities}
        self.made: list[tuple[Span, str]] = []
        self.now: dict[int, str | None] = {}
        self.ids = {
            "e": _last_number("e", extraction.entities) + 1,
            "a": _last_number("a", extraction.attributions) + 1,
            "f": _last_number("f", extraction.figures) + 1,
            "r": _last_number("r", extraction.roles) + 1,
        }

    def reviewed(self) -> Reviewed:
        """The extraction as people left it."""
        self._entities()
        attributions = self._attributions()
        extraction = replace(self.extraction, attributions=tuple(attributions))
        gone = {
            s.found.id for s in self.states
            if s.kind is RecordKind.STATEMENT and s.verdict is ReviewVerdict.REJECTED and s.found is not None
        }  # fmt: skip
        kept = {
            s.found.id for s in self.states
            if s.kind is RecordKind.FIGURE and s.verdict is not ReviewVerdict.REJECTED and s.found is not None
        }  # fmt: skip
        extraction = without_statements(extraction, gone, spared=kept)
        figures = self._figures(extraction.figures, extraction.attributions)
        roles = self._roles()
        entities = tuple(self.entities.values())
        extraction = replace(extraction, figures=tuple(figures), roles=tuple(roles), entities=entities)
        held = [Held(s.ruling, s.verdict, s.found, self.now.get(s.order), s.to) for s in self.states]
        return Reviewed(extraction, tuple(held), tuple(o for _, o in sorted(self.bench.open, key=lambda pair: pair[0])))

    def _new(self, prefix: str) -> str:
        self.ids[prefix] += 1
        return f"{prefix}{self.ids[prefix] - 1}"

    def _added(self, kind: RecordKind) -> list[RulingState]:
        return [s for s in self.states if s.kind is kind and s.found is None and s.verdict is ReviewVerdict.ADDED]

    # -- entities

    def _entities(self) -> None:
        for state in self.states:
            if state.kind is not RecordKind.ENTITY or state.verdict is ReviewVerdict.REJECTED:
                continue
            if state.found is None:
                who = Who(_quote(state.to["at"]), EntityType(str(state.to["type"])))
                id = self._entity_at(who)
                assert id is not None
                if "name" in state.to:
                    self.entities[id] = replace(self.entities[id], name=str(state.to["name"]))
            else:
                id = state.found.id
                self._corrected_entity(id, state.to)
            self.now[state.order] = id
        # all that are named are made first, in the order of the text, so that the order of words makes no difference
        named = chain.from_iterable(_named(s.to) for s in self.states if s.verdict is not ReviewVerdict.REJECTED)
        for who in sorted(named, key=lambda w: (w.at.span.start, -w.at.span.end, str(w.type or ""))):
            self._entity_at(who)

    def _corrected_entity(self, id: str, to: Fields) -> None:
        entity = self.entities[id]
        if "mentions" in to:
            entity = self._split(entity, {q.span for q in _quotes(to["mentions"])})
        if "type" in to:
            new = EntityType(str(to["type"]))
            mentions = tuple(replace(m, type=new) if m.type is entity.type else m for m in entity.mentions)
            entity = replace(entity, type=new, mentions=mentions)
        self.entities[id] = replace(entity, name=str(to["name"])) if "name" in to else entity

    def _split(self, entity: Entity, stay: set[Span]) -> Entity:
        """An entity with the mentions that stay; the others become an entity of their own."""
        kept = tuple(m for m in entity.mentions if m.span in stay)
        others = tuple(m for m in entity.mentions if m.span not in stay)
        if not kept or not others:
            return entity
        names = [self.article.quote(m.span) for m in others if m.kind is MentionKind.NAME]
        name = max(names, key=len) if names else self.article.quote(others[0].span)
        id = self._new("e")
        self.entities[id] = Entity(id, entity.type, name, others, named=bool(names), gender=entity.gender)
        self.made += [(m.span, id) for m in others]
        return replace(entity, mentions=kept)

    def _entity_at(self, who: Who) -> str | None:
        """The id of the entity at a place; it is made where there is none."""
        span = who.at.span
        for place, id in self.made:
            if place == span or alike(place, span) >= ALIKE:
                return id
        found = self.bench.places.entity(span)
        if found is not None:
            return found
        id, kind = self._new("e"), who.type or EntityType.OTHER
        named = any(c.isupper() for c in who.at.words)
        mention = Mention(span, MentionKind.NAME if named else MentionKind.NOMINAL, kind)
        self.entities[id] = Entity(id, kind, " ".join(who.at.words.split()), (mention,), named=named)
        self.made.append((span, id))
        return id

    def _fields(self, to: Fields) -> dict[str, Any]:
        """A record's fields as a person gave them: places as spans, entities by their ids."""
        return {name: self._field(name, value) for name, value in to.items()}

    def _field(self, name: str, value: Value) -> Any:
        if isinstance(value, Who):
            return self._entity_at(value)
        if isinstance(value, Quote):
            return value.span
        if name in LISTED:
            return tuple(dict.fromkeys(id for w in _whom(value) if (id := self._entity_at(w)) is not None))
        if isinstance(value, tuple):
            return tuple(sorted(q.span for q in _quotes(value)))
        return value if value is None or name not in ENUMS else ENUMS[name](str(value))

    # -- statements

    def _attributions(self) -> list[Attribution]:
        found: list[Attribution] = []
        for a in self.extraction.attributions:
            state = self.of.get((RecordKind.STATEMENT, a.id))
            moved = self._moved(a)
            if state is None:
                found.append(moved)
                continue
            self.now[state.order] = None if state.verdict is ReviewVerdict.REJECTED else a.id
            found.append(self._corrected_statement(replace(moved, confidence=1.0), state.to))
        for state in self._added(RecordKind.STATEMENT):
            made = Attribution(self._new("a"), (), (), (), Form.INDIRECT, Stance.ASSERTS)
            made = self._corrected_statement(made, state.to)
            if "form" not in state.to:
                made = replace(made, form=_form(self.article, made.content))
            made = replace(made, parent=_innermost(made.content, found))
            self.now[state.order] = made.id
            found.append(made)
        return found

    def _moved(self, a: Attribution) -> Attribution:
        """A statement whose speaker was split goes with the words that name him."""
        for place, id in self.made:
            for speaker in a.speakers if any(s.overlaps(place) for s in a.source) else ():
                held = self.entities[speaker]
                if all(m.span != place for m in held.mentions) and self.entities[id].type is held.type:
                    entity, *joint = (id if one == speaker else one for one in a.speakers)
                    return replace(a, entity=entity, joint=tuple(joint))
        return a

    def _corrected_statement(self, a: Attribution, to: Fields) -> Attribution:
        changed = self._fields(to)
        if "entity" in to and "source" not in to:
            who = to["entity"]
            if who is None:
                changed["source"] = ()
            elif isinstance(who, Who) and not a.source:
                changed["source"] = (who.at.span,)
        made = replace(a, **changed)
        # whoever is named as the source is nobody else beside it, and beside nobody there is nobody
        beside = tuple(id for id in dict.fromkeys(made.joint) if made.entity not in (None, id))
        return replace(made, joint=beside)

    # -- figures

    def _figures(self, figures: tuple[Figure, ...], attributions: tuple[Attribution, ...]) -> list[Figure]:
        speakers = self._new_speakers()
        by_id = {f.id: f for f in figures}
        found: list[Figure] = []
        for figure in self.extraction.figures:
            state = self.of.get((RecordKind.FIGURE, figure.id))
            if state is not None and state.verdict is ReviewVerdict.REJECTED:
                self.now[state.order] = None
            elif figure.id in by_id:
                made = _followed(by_id[figure.id], speakers)
                if state is not None:
                    self.now[state.order] = figure.id
                    made = self._corrected_figure(replace(made, confidence=1.0), state.to)
                found.append(made)
        for state in self._added(RecordKind.FIGURE):
            span = _quote(state.to["span"]).span
            holder = next((a for a in attributions if a.id == _innermost((span,), attributions)), None)
            figure = Figure(self._new("f"), span, None, None, Bound.VAGUE, evidence=span)
            if holder is not None:
                teller = (Telling(holder.entity, holder.cue, holder.id),) if holder.entity else ()
                figure = replace(figure, attribution=holder.id, reporters=holder.speakers, chain=teller)
            self.now[state.order] = figure.id
            found.append(self._corrected_figure(figure, state.to))
        return found

    def _new_speakers(self) -> dict[tuple[str, str], str | None]:
        """Whom a person put in the place of whom, by statement and by the speaker as found."""
        return {
            (s.found.id, s.found.entity): self._field("entity", s.to["entity"])
            for s in self.states
            if isinstance(s.found, Attribution) and s.found.entity is not None and "entity" in s.to
        }

    def _corrected_figure(self, f: Figure, to: Fields) -> Figure:
        changed = self._fields(to)
        if "counted" in to:
            quote = to["counted"]
            words = " ".join(quote.words.split()) if isinstance(quote, Quote) else None
            changed |= {"counted": words, "counted_span": changed["counted"]}
            changed.setdefault("concept", None if words is None else _head(words))
        if "reporters" in to:
            changed["chain"] = tuple(Telling(id) for id in changed["reporters"])
        made = replace(f, **changed)
        inside = [made.span, *((made.counted_span,) if made.counted_span else ()), made.evidence or made.span]
        return replace(made, evidence=Span(min(s.start for s in inside), max(s.end for s in inside)))

    # -- roles

    def _roles(self) -> list[Role]:
        found: list[Role] = []
        for role in self.extraction.roles:
            state = self.of.get((RecordKind.ROLE, role.id))
            if state is None:
                found.append(role)
            elif state.verdict is not ReviewVerdict.REJECTED:
                self.now[state.order] = role.id
                found.append(replace(role, confidence=1.0, **self._fields(state.to)))
        for state in self._added(RecordKind.ROLE):
            role = Role(self._new("r"), "", "", _quote(state.to["span"]).span)
            self.now[state.order] = role.id
            found.append(replace(role, **self._fields(state.to)))
        return found


ENUMS: Mapping[str, type[StrEnum]] = {
    "stance": Stance, "form": Form, "bound": Bound, "change": Change, "status": RoleStatus,
}  # fmt: skip
"""The parts that are one word of a fixed set."""


def _followed(figure: Figure, speakers: Mapping[tuple[str, str], str | None]) -> Figure:
    """A figure whose statement was given another speaker has the other reporter."""
    if not speakers or figure.attribution is None:
        return figure

    def now(id: str) -> str | None:
        return speakers.get((figure.attribution or "", id), id)

    reporters = tuple(dict.fromkeys(new for new in map(now, figure.reporters) if new is not None))
    steps = []
    for step in figure.chain:
        teller = speakers.get((step.attribution or "", step.entity), step.entity)
        if teller is not None:
            steps.append(replace(step, entity=teller))
    return replace(figure, reporters=reporters, chain=tuple(steps))


def _last_number(prefix: str, records: Iterable[Record]) -> int:
    numbers = (re.fullmatch(rf"{prefix}(\d{{1,9}})", r.id) for r in records)
    return max((int(m[1]) for m in numbers if m), default=0)


def _quote(value: object) -> Quote:
    if not isinstance(value, Quote):
        raise TypeError(f"{value!r} is no quotation")
    return value


def _quotes(value: object) -> list[Quote]:
    return [v for v in value if isinstance(v, Quote)] if isinstance(value, tuple) else []


def _whom(value: object) -> list[Who]:
    return [v for v in value if isinstance(v, Who)] if isinstance(value, tuple) else []


def _named(to: Fields) -> list[Who]:
    return [
        w
        for value in to.values()
        for w in (_whom(value) if isinstance(value, tuple) else [value])
        if isinstance(w, Who)
    ]


def _innermost(spans: tuple[Span, ...], attributions: Iterable[Attribution]) -> str | None:
    """The id of the statement with the least content that holds these places."""
    holding = [
        (sum(c.end - c.start for c in a.content), a.id)
        for a in attributions
        if all(any(s in c for c in a.content) for s in spans) and set(a.content) != set(spans)
    ]
    return min(holding)[1] if holding else None


def _form(article: Article, content: tuple[Span, ...]) -> Form:
    """Whether all, none or some of the words stand in quotation marks of their own."""
    quoted = [_MARKED.match(article.text[max(s.start - 1, 0) : s.end + 1]) is not None for s in content]
    return Form.DIRECT if all(quoted) else Form.MIXED if any(quoted) else Form.INDIRECT


_MARKED = re.compile(r'.?["“„«‘].*["”“»’].?', re.S)


def _head(words: str) -> str:
    """The concept of the last word of what is counted."""
    return lexicon().thing(words.rsplit(maxsplit=1)[-1])
