"""(extraction, people's words on its text) -> the extraction as people left it, what holds, and what stays open.

Pure: an extraction is read anew on every build, and the same words put it
right again. A word holds for the record that was seen, or for what an earlier
word made of it; a record that says anything else is another record, and the
word is open.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from itertools import chain
from typing import Any

from ..rdf.edtf import bounds
from ..records.attribution import Attribution, Form, Stance
from ..records.entity import Entity
from ..records.extraction import Extraction, without_statements
from ..records.figure import Bound, Change, Figure, Telling
from ..records.mention import EntityType, Mention, MentionKind
from ..records.role import Role, RoleStatus
from ..stages.figures.concept_lexicon import lexicon
from ..text.article import Article, Span
from .fields import quotes
from .seen import ALIKE, EntityPlaces, FoundRecord, Record, alike, as_seen, differing, everything_seen
from .verdicts import Do, Fields, Quote, RecordKind, Ruling, Who


class ReviewVerdict(StrEnum):
    """What a record is after people's words on it."""

    CONFIRMED = "confirmed"
    CORRECTED = "corrected"
    REJECTED = "rejected"
    ADDED = "added"


_VERDICTS = {
    Do.CONFIRM: ReviewVerdict.CONFIRMED,
    Do.REJECT: ReviewVerdict.REJECTED,
    Do.CORRECT: ReviewVerdict.CORRECTED,
}


@dataclass(frozen=True, slots=True)
class Held:
    """A word that holds: what it came to, the record as found (None if added), and its id now (None if rejected)."""

    ruling: Ruling
    verdict: ReviewVerdict
    found: Record | None
    now: str | None
    to: Fields


@dataclass(frozen=True, slots=True)
class OpenRuling:
    """A word that holds for nothing, and why."""

    ruling: Ruling
    why: str


@dataclass(frozen=True, slots=True)
class Reviewed:
    """An extraction as people left it; `held` and `open` in the order of the words."""

    extraction: Extraction
    held: tuple[Held, ...] = ()
    open: tuple[OpenRuling, ...] = ()


@dataclass(slots=True)
class _State:
    """What words have come to, so far, on one record."""

    kind: RecordKind
    found: Record | None
    seen: Fields
    to: Fields
    verdict: ReviewVerdict
    ruling: Ruling
    order: int


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
    bench = _Bench(extraction)
    for n, ruling in enumerate(own):
        bench.hear(ruling, n)
    return _Clerk(extraction, bench).reviewed()


class _Bench:
    """Hears words one by one: finds what each is about, and keeps what they come to."""

    def __init__(self, extraction: Extraction) -> None:
        self.article = extraction.article
        self.places = EntityPlaces(extraction)
        self.found = everything_seen(extraction)
        self.by_kind: dict[RecordKind, list[FoundRecord]] = {kind: [] for kind in RecordKind}
        for one in self.found:
            self.by_kind[one.kind].append(one)
        self.states: dict[tuple[RecordKind, str], _State] = {}
        self.open: list[tuple[int, OpenRuling]] = []

    def hear(self, ruling: Ruling, order: int) -> None:
        why = misquoted(ruling, self.article) or self._hear(ruling, order)
        if why is not None:
            self.open.append((order, OpenRuling(ruling, why)))

    def _hear(self, ruling: Ruling, order: int) -> str | None:
        """Keep what a word comes to; why it holds for nothing, if so."""
        kind = ruling.kind
        if ruling.do is Do.ADD:
            said = as_seen(_complete(ruling.to, {}, kind), kind)
            there = [f for f in self.by_kind[kind] if not self._differs(kind, said, f.seen)]
            if there:
                return self._set(there[0], ruling, order, Do.CONFIRM, {})
            if why := _unsound(said, adding=True):
                return why
            self.states[kind, ruling.id] = _State(
                kind, None, said, _complete(ruling.to, {}, kind), ReviewVerdict.ADDED, ruling, order
            )
            return None
        there = [f for f in self.by_kind[kind] if not self._differs(kind, ruling.seen, f.seen)]
        if there:
            there.sort(key=lambda f: [f.seen.get(part) != ruling.seen.get(part) for part in ("cue", "source")])
            return self._set(there[0], ruling, order, ruling.do, ruling.to)
        for state in self.states.values():
            if state.kind is kind and not self._differs(kind, ruling.seen, state.seen):
                return self._again(state, ruling, order)
        if ruling.do is Do.CORRECT:
            wanted = {**ruling.seen, **as_seen(_complete(ruling.to, ruling.seen, kind), kind)}
            there = [f for f in self.by_kind[kind] if not self._differs(kind, wanted, f.seen)]
            if there:  # the extractor finds by itself now what a person had to say
                return self._set(there[0], ruling, order, Do.CONFIRM, {})
        return self._nothing(ruling)

    def _differs(self, kind: RecordKind, one: Fields, other: Fields) -> list[str]:
        return differing(kind, one, other, self.places)

    def _set(self, found: FoundRecord, ruling: Ruling, order: int, do: Do, to: Fields) -> str | None:
        """A word on what was found replaces the words before it."""
        to = _complete(to, found.seen, found.kind) if do is Do.CORRECT else {}
        seen = {**found.seen, **as_seen(to, found.kind)}
        if do is Do.CORRECT and (why := _unsound(seen)):
            return why
        verdict = _VERDICTS[do]
        key = found.kind, found.record.id
        self.states.pop(key, None)
        self.states[key] = _State(found.kind, found.record, seen, to, verdict, ruling, order)
        return None

    def _again(self, state: _State, ruling: Ruling, order: int) -> str | None:
        """A word on what earlier words made goes on from there."""
        if ruling.do is Do.CORRECT:
            to = {**state.to, **_complete(ruling.to, state.seen, state.kind)}
            seen = {**state.seen, **as_seen(to, state.kind)}
            if why := _unsound(seen):
                return why
            state.to, state.seen = to, seen
            state.verdict = ReviewVerdict.ADDED if state.found is None else ReviewVerdict.CORRECTED
        elif ruling.do is Do.REJECT:
            state.verdict = ReviewVerdict.REJECTED
        elif state.verdict is ReviewVerdict.REJECTED:
            kept = ReviewVerdict.CORRECTED if state.to else ReviewVerdict.CONFIRMED
            state.verdict = ReviewVerdict.ADDED if state.found is None else kept
        state.ruling, state.order = ruling, order
        return None

    def _nothing(self, ruling: Ruling) -> str:
        """Why no record is the one that was seen."""
        first = next(iter(ruling.seen))
        near = [f for f in self.by_kind[ruling.kind] if f.seen.get(first) == ruling.seen[first]]
        if not near:
            return f"no such {ruling.kind} is found there"
        parts = min((self._differs(ruling.kind, ruling.seen, f.seen) for f in near), key=len)
        return f"the {ruling.kind} found there has another {', another '.join(parts)}"


def misquoted(ruling: Ruling, article: Article) -> str | None:
    """Where a word on an article does not quote it; None if all of its words stand there."""
    for quote in quotes(ruling.to):
        if article.text[quote.span.start : quote.span.end] != quote.words:
            return f"the article does not say {quote.words[:60]!r} at {quote.span.start} to {quote.span.end}"
    return None


def _unsound(seen: Fields, *, adding: bool = False) -> str | None:
    """Why a record with these parts would contradict itself; None if it does not."""
    start, end, low, high = (seen.get(name) for name in ("start", "end", "low", "high"))
    if isinstance(start, str) and isinstance(end, str):
        first, last = bounds(start)[0], bounds(end)[1]
        if first is not None and last is not None and first > last:
            return "its period would end before it starts"
    if isinstance(low, Decimal) and isinstance(high, Decimal) and low > high:
        return "its lower bound would be above the upper"
    if "bound" in seen and low is None and high is None and seen["bound"] != Bound.VAGUE:
        return "it would have no bound, and not be vague"
    return None


def _complete(to: Fields, seen: Fields, kind: RecordKind) -> Fields:
    """What a person said, with what follows from it: how new numbers bound the quantity."""
    if kind is not RecordKind.FIGURE or "bound" in to or not ({"low", "high"} & set(to) or not seen):
        return to
    low, high = to.get("low", seen.get("low")), to.get("high", seen.get("high"))
    if low is None or high is None:
        bound = Bound.VAGUE if low is high else Bound.AT_MOST if low is None else Bound.AT_LEAST
        before = seen.get("bound")
        strict = {Bound.AT_LEAST: Bound.MORE_THAN, Bound.AT_MOST: Bound.LESS_THAN}.get(bound)
        bound = strict if strict is not None and before == strict else bound
    elif low == high:
        bound = Bound.ABOUT if seen.get("bound") == Bound.ABOUT else Bound.EXACT
    else:
        bound = Bound.BETWEEN
    return {**to, "low": low, "high": high, "bound": str(bound)}


class _Clerk:
    """Writes the extraction anew from what the words came to."""

    def __init__(self, extraction: Extraction, bench: _Bench) -> None:
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

    def _added(self, kind: RecordKind) -> list[_State]:
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

    def _id(self, to: Fields, name: str, otherwise: str | None) -> str | None:
        if name not in to:
            return otherwise
        who = to[name]
        return self._entity_at(who) if isinstance(who, Who) else None

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
            if a.entity is not None and any(s.overlaps(place) for s in a.source):
                held = self.entities[a.entity]
                if all(m.span != place for m in held.mentions) and self.entities[id].type is held.type:
                    return replace(a, entity=id)
        return a

    def _corrected_statement(self, a: Attribution, to: Fields) -> Attribution:
        entity = self._id(to, "entity", a.entity)
        source = _spans(to, "source", a.source)
        if "entity" in to and "source" not in to:
            who = to["entity"]
            if who is None:
                source = ()
            elif isinstance(who, Who) and not source:
                source = (who.at.span,)
        return replace(
            a,
            source=source,
            cue=_spans(to, "cue", a.cue),
            content=_spans(to, "content", a.content),
            entity=entity,
            via=self._id(to, "via", a.via),
            stance=Stance(str(to.get("stance", a.stance))),
            form=Form(str(to.get("form", a.form))),
        )

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
                reporters = (holder.entity,) if holder.entity else ()
                figure = replace(figure, attribution=holder.id, reporters=reporters, chain=teller)
            self.now[state.order] = figure.id
            found.append(self._corrected_figure(figure, state.to))
        return found

    def _new_speakers(self) -> dict[tuple[str, str], str | None]:
        """Whom a person put in the place of whom, by statement and by the speaker as found."""
        return {
            (s.found.id, s.found.entity): self._id(s.to, "entity", s.found.entity)
            for s in self.states
            if isinstance(s.found, Attribution) and s.found.entity is not None and "entity" in s.to
        }

    def _corrected_figure(self, f: Figure, to: Fields) -> Figure:
        changed: dict[str, Any] = {
            name: to[name]
            for name in ("low", "high", "approximate", "unit", "per", "start", "end", "as_of", "concept", "event")
            if name in to
        }
        if "bound" in to:
            changed["bound"] = Bound(str(to["bound"]))
        if "change" in to:
            changed["change"] = None if to["change"] is None else Change(str(to["change"]))
        if "span" in to:
            changed["span"] = _quote(to["span"]).span
        if "counted" in to:
            quote = to["counted"]
            words = " ".join(quote.words.split()) if isinstance(quote, Quote) else None
            changed |= {"counted": words, "counted_span": quote.span if isinstance(quote, Quote) else None}
            changed.setdefault("concept", None if words is None else _head(words))
        if "reporters" in to:
            whom = [self._entity_at(w) for w in _whom(to["reporters"])]
            changed["reporters"] = tuple(dict.fromkeys(id for id in whom if id is not None))
            changed["chain"] = tuple(Telling(id) for id in changed["reporters"])
        if "via" in to:
            changed["via"] = self._id(to, "via", None)
        if "place" in to:
            changed["place"] = self._id(to, "place", None)
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
                found.append(self._corrected_role(replace(role, confidence=1.0), state.to))
        for state in self._added(RecordKind.ROLE):
            role = Role(self._new("r"), "", "", _quote(state.to["span"]).span)
            self.now[state.order] = role.id
            found.append(self._corrected_role(role, state.to))
        return found

    def _corrected_role(self, r: Role, to: Fields) -> Role:
        changed: dict[str, Any] = {name: to[name] for name in ("title", "start", "end", "as_of") if name in to}
        changed |= {name: self._id(to, name, None) for name in ("holder", "organization", "place") if name in to}
        if "span" in to:
            changed["span"] = _quote(to["span"]).span
        if "status" in to:
            changed["status"] = RoleStatus(str(to["status"]))
        return replace(r, **changed)


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


def _spans(to: Fields, name: str, otherwise: tuple[Span, ...]) -> tuple[Span, ...]:
    return tuple(sorted(q.span for q in _quotes(to[name]))) if name in to else otherwise


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
