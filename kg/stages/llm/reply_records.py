"""What a model pointed at -> records: every span is found in the article, or its record is refused and counted."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from itertools import islice, pairwise
from typing import Any, Final, TypeVar

from ...errors import EvidenceError
from ...language.lexicon import words
from ...language.quotes import Quotation, quotations_in
from ...records.attribution import Attribution, Form, Stance
from ...records.entity import Entity
from ...records.extraction import Extraction
from ...records.figure import Figure, Telling
from ...records.mention import EntityType, Mention, MentionKind
from ...records.role import Role, RoleStatus
from ...text.article import Article, Span
from ...text.blocks import find_blocks
from ..figures.concept_lexicon import lexicon
from ..figures.quantities import find_quantities

_E = TypeVar("_E", bound=StrEnum)

KINDS: Final = ("entities", "statements", "figures", "roles")
"""What a reply lists."""

CONFIDENCE: Final = 0.5
"""What a record of a model is given: nobody has measured how often one is right."""

NOT_THERE: Final = "its words are not in the article"
"""Why most are refused that are."""

MOST: Final = 200
"""Records of one kind that a part of an article may have."""

LONGEST: Final = 4000
"""Characters in the longest words that a model may quote."""

_MENTIONS = 100
_PRONOUNS: Final = words("speech", "stands for a speaker")
_ALIKE: Final = str.maketrans("’‘‚‛“”„‟«»–—‑\u00a0\u202f\n\t", '\'\'\'\'""""""---    ')
"""Characters that a model writes for another of the same meaning, one for one: spans stay where they are."""


@dataclass(frozen=True, slots=True)
class Pointed:
    """One reply as data, and the part of the article that it is about."""

    part: Span
    reply: Any


def records(article: Article, replies: Sequence[Pointed]) -> tuple[Extraction, Counter[str]]:
    """What the replies point at in an article, and how many records were refused, by reason.

    A passage is looked for in its part of the article, a record's words in its
    passage, a name anywhere in the article. Words count as found where they
    stand as whole words, letter for letter; straight and curly marks, dashes
    and kinds of blank count as the same. The value of a number is read from its
    words, and whose a figure is from the statement that holds it.
    """
    clerk = _Clerk(article)
    for pointed in replies:
        clerk.take(pointed)
    return clerk.extraction(), clerk.refused


@dataclass(slots=True)
class _Clerk:
    """Takes replies down: what it has located so far, and what it refused."""

    article: Article
    folded: str = ""
    quotations: tuple[Quotation, ...] = ()
    types: dict[str, EntityType] = field(default_factory=dict)
    mentions: dict[str, dict[Span, MentionKind]] = field(default_factory=dict)
    statements: dict[tuple[tuple[Span, ...], ...], Attribution] = field(default_factory=dict)
    figures: dict[Span, Figure] = field(default_factory=dict)
    roles: dict[tuple[str, str, str | None, Span], Role] = field(default_factory=dict)
    refused: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.folded = self.article.text.translate(_ALIKE)
        self.quotations = quotations_in(self.article.text, [block.span for block in find_blocks(self.article)])

    # -- taking

    def take(self, pointed: Pointed) -> None:
        """Everything of one reply that has its words in the article."""
        reply = pointed.reply if isinstance(pointed.reply, dict) else {}
        for row in _rows(reply, "entities"):
            name, kind = row.get("name"), row.get("type")
            if isinstance(name, str) and isinstance(kind, str) and kind in list(EntityType):
                self.types.setdefault(name, EntityType(kind))
        for name, one in (("statements", self.statement), ("figures", self.figure), ("roles", self.role)):
            rows = _rows(reply, name)
            self.refused["there are too many"] += max(0, len(rows) - MOST)
            for row in rows[:MOST]:
                try:
                    one(row, pointed.part)
                except EvidenceError as reason:
                    self.refused[str(reason)] += 1
        self.refused = +self.refused

    def statement(self, row: dict[str, Any], part: Span) -> None:
        """One statement: its parts stand in one passage, none in another's place. Raises EvidenceError where not."""
        passage = self.place(row.get("passage"), part)
        content = self.several(row.get("content"), passage)
        source, cue = (self.optional(row.get(key), passage) for key in ("source", "cue"))
        if _overlapping([*content, *source, *cue]):
            raise EvidenceError("its parts overlap")
        stance = _one(Stance, row.get("stance"), "its stance is none")
        who = self.entity(row.get("who"), source)
        via = self.entity(row.get("via"), ())
        if who is None and not cue:
            raise EvidenceError("nothing says that it is said")
        found = Attribution("", source, cue, content, self.form(content), stance, who, via, confidence=CONFIDENCE)
        self.statements.setdefault((source, cue, content), found)

    def figure(self, row: dict[str, Any], part: Span) -> None:
        """One figure: the number's value, bound and unit are what its own words say. Raises EvidenceError where not."""
        passage = self.place(row.get("passage"), part)
        span = self.place(row.get("number"), passage)
        near = find_quantities(self.article.text, passage.start, passage.end)
        q = next((q for q in near if q.span.overlaps(span)), None)
        if q is None:
            raise EvidenceError("its number is none")
        reporter = row.get("reporter")
        name = self.entity(reporter, ()) if next(self.places(reporter, passage), None) is not None else None
        found = Figure(
            "", q.span, q.low, q.high, q.bound, q.approximate, q.unit.code if q.unit else None, q.per,
            reporters=() if name is None else (name,), evidence=_hull(q.words, q.span), confidence=CONFIDENCE,
        )  # fmt: skip
        self.figures.setdefault(q.span, self.counting(found, row.get("counted"), passage))

    def counting(self, figure: Figure, words_: Any, passage: Span) -> Figure:
        """The figure with what it counts, which stands in its passage; the number itself is none of it."""
        for span in self.optional(words_, passage):
            start = figure.span.end if span.overlaps(figure.span) else span.start
            counted = self.trimmed(Span(start, span.end)) if start < span.end else None
            if counted is None:
                break
            quote = self.article.quote(counted)
            noun = re.findall(r"\w+", quote)[-1:]
            concept = lexicon().thing(noun[0]) if noun else None
            whole = _hull(figure.evidence or figure.span, counted)
            return replace(figure, counted=quote, counted_span=counted, concept=concept, evidence=whole)
        return figure

    def role(self, row: dict[str, Any], part: Span) -> None:
        """One role: its title stands in the passage with holder and organisation. Raises EvidenceError where not."""
        passage = self.place(row.get("passage"), part)
        title = self.place(row.get("title"), passage)
        status = _one(RoleStatus, row.get("status"), "its status is none")
        holder = self.place(row.get("holder"), passage)
        body = self.optional(row.get("organization"), passage)
        if _overlapping([title, holder]):
            raise EvidenceError("its parts overlap")
        who = self.entity(row.get("holder"), (), EntityType.PERSON)
        of = self.entity(row.get("organization"), (), EntityType.ORGANIZATION) if body else None
        span = _hull(title, holder, *body)
        words_ = self.article.quote(title)
        found = Role("", str(who), words_, span, of, status=status, confidence=CONFIDENCE)
        self.roles.setdefault((str(who), words_.lower(), of, span), found)

    # -- locating

    def place(self, quote: Any, within: Span) -> Span:
        """Where the words stand as whole words, the first place in a stretch.

        Raises EvidenceError if they do not, or are none.
        """
        found = next(self.places(quote, within), None)
        if found is None:
            raise EvidenceError(NOT_THERE)
        return found

    def places(self, quote: Any, within: Span) -> Iterator[Span]:
        """All places of words in a stretch, in order, none over another."""
        if not isinstance(quote, str) or not quote.strip() or len(quote) > LONGEST:
            return
        wanted = quote.strip().translate(_ALIKE)
        at = self.folded.find(wanted, within.start, within.end)
        while at >= 0:
            end = at + len(wanted)
            if _whole(self.folded, at, end):
                yield Span(at, end)
            at = self.folded.find(wanted, end, within.end)

    def several(self, quotes: Any, within: Span) -> tuple[Span, ...]:
        """Where several words stand, each after the one before. Raises EvidenceError where one does not."""
        if not isinstance(quotes, list) or not 0 < len(quotes) <= 12:
            raise EvidenceError(NOT_THERE)
        found: list[Span] = []
        for quote in quotes:
            start = found[-1].end if found else within.start
            if start >= within.end:
                raise EvidenceError(NOT_THERE)
            found.append(self.place(quote, Span(start, within.end)))
        return tuple(found)

    def optional(self, quote: Any, within: Span) -> tuple[Span, ...]:
        """Where words stand that need not be given."""
        return () if quote is None or quote == "" else (self.place(quote, within),)

    def trimmed(self, span: Span) -> Span | None:
        """A stretch without the blanks at its ends; None if nothing is left."""
        quote = self.article.quote(span)
        kept = quote.strip()
        start = span.start + quote.index(kept) if kept else 0
        return Span(start, start + len(kept)) if kept else None

    # -- what is named

    def entity(self, name: Any, source: tuple[Span, ...], kind: EntityType | None = None) -> str | None:
        """The entity of a name that stands in the article, or of the words of a source; None if neither is given.

        Raises EvidenceError if the article does not have the name.
        """
        said = self.article.quote(source[0]) if source else ""
        wanted = name or said
        if wanted == "" or (isinstance(wanted, str) and wanted.lower() in _PRONOUNS):
            return None
        whole = Span(0, len(self.article.text))
        name = self.article.quote(self.place(wanted, whole))
        if said and _is_name(said) and not _shared(said, name):
            raise EvidenceError("it is somebody else's than its passage says")
        self.types.setdefault(name, kind or EntityType.OTHER)
        if name not in self.mentions:
            how = MentionKind.NAME if _is_name(name) else MentionKind.NOMINAL
            self.mentions[name] = dict.fromkeys(islice(self.places(name, whole), _MENTIONS), how)
        for span in source:
            self.mention(name, span)
        return str(name)

    def mention(self, name: str, span: Span) -> None:
        """Write down the words of a source as a mention, unless one of the entity stands there."""
        named, quote = self.mentions[name], self.article.quote(span)
        if any(span.overlaps(other) for other in named):
            return
        part = set(quote.split()) <= set(name.split())
        pronoun = quote.lower() in _PRONOUNS
        named[span] = MentionKind.NAME if part else MentionKind.PRONOUN if pronoun else MentionKind.NOMINAL

    def form(self, content: tuple[Span, ...]) -> Form:
        """Whether the content stands in quotation marks: all of it, nothing, or a part."""
        marked = [
            any(span.start >= q.outer.start and span.end <= q.outer.end for q in self.quotations) for span in content
        ]
        touched = any(span.overlaps(q.outer) for span in content for q in self.quotations)
        return Form.DIRECT if all(marked) else Form.MIXED if touched else Form.INDIRECT

    # -- in the end

    def extraction(self) -> Extraction:
        """Everything that was taken, numbered in the order of the text."""
        ids = self.ids()
        said = [self.named(a, ids) for a in sorted(self.statements.values(), key=_whole_span)]
        said = [replace(a, id=f"a{n}") for n, a in enumerate(said, 1)]
        said = [replace(a, parent=_parent(a, said)) for a in said]
        figures = sorted(self.figures.values(), key=lambda f: f.span)
        roles = sorted(self.roles.values(), key=lambda r: (r.span, r.title, r.holder))
        return Extraction(
            self.article,
            "",
            tuple(self.entities(ids)),
            tuple(said),
            tuple(replace(_reported(f, said, ids), id=f"f{n}") for n, f in enumerate(figures, 1)),
            tuple(
                replace(r, id=f"r{n}", holder=ids[r.holder], organization=ids.get(r.organization or ""))
                for n, r in enumerate(roles, 1)
            ),
        )

    def ids(self) -> dict[str, str]:
        """The id of each name, in the order of first mention."""
        order = sorted(self.mentions, key=lambda name: (min(self.mentions[name]), name))
        return {name: f"e{n}" for n, name in enumerate(order, 1)}

    def entities(self, ids: dict[str, str]) -> Iterator[Entity]:
        """The entities in the order of their ids."""
        for name, id in ids.items():
            kind = self.types.get(name, EntityType.OTHER)
            mentions = tuple(Mention(span, how, kind) for span, how in sorted(self.mentions[name].items()))
            yield Entity(id, kind, name, mentions, named=_is_name(name))

    def named(self, a: Attribution, ids: dict[str, str]) -> Attribution:
        """A statement with ids in the place of names."""
        return replace(a, entity=ids.get(a.entity or ""), via=ids.get(a.via or ""))


def _one(kind: type[_E], value: Any, why: str) -> _E:
    """The member of an enumeration with a value. Raises EvidenceError, saying why, if there is none."""
    try:
        return kind(value)
    except ValueError:
        raise EvidenceError(why) from None


def _rows(reply: dict[str, Any], name: str) -> list[dict[str, Any]]:
    rows = reply.get(name)
    return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []


def _whole(text: str, start: int, end: int) -> bool:
    """Whether no word is cut at either end."""
    before = start > 0 and text[start - 1].isalnum() and text[start].isalnum()
    after = end < len(text) and text[end - 1].isalnum() and text[end].isalnum()
    return not before and not after


def _is_name(words_: str) -> bool:
    """Whether words name something of their own: a capital after the first word, or one word that is none of ours."""
    parts = words_.split()
    capitals = [part for part in parts if part[:1].isupper()]
    return len(parts) == 1 == len(capitals) or any(part[:1].isupper() for part in parts[1:])


def _shared(said: str, name: str) -> bool:
    """Whether two names have a word with a capital in common."""
    return any(word[:1].isupper() for word in set(re.findall(r"\w+", said)) & set(re.findall(r"\w+", name)))


def _overlapping(spans: Sequence[Span]) -> bool:
    ordered = sorted(spans)
    return any(a.end > b.start for a, b in pairwise(ordered))


def _hull(*spans: Span) -> Span:
    """The shortest stretch that holds all of them."""
    return Span(min(s.start for s in spans), max(s.end for s in spans))


def _whole_span(a: Attribution) -> Span:
    return _hull(*a.source, *a.cue, *a.content)


def _parent(a: Attribution, said: Iterable[Attribution]) -> str | None:
    """The id of the shortest content that holds a whole statement."""
    inside = _whole_span(a)
    holding = [(c.end - c.start, b.id) for b in said if b.id != a.id for c in b.content if inside in c and inside != c]
    return min(holding)[1] if holding else None


def _reported(figure: Figure, said: Sequence[Attribution], ids: dict[str, str]) -> Figure:
    """A figure with its statement; who reports it is who says that, and nobody who denies it."""
    holding = [(c.end - c.start, a.id, a) for a in said for c in a.content if figure.span in c]
    if not holding:
        return replace(figure, reporters=tuple(ids[name] for name in figure.reporters))
    _, _, a = min(holding, key=lambda found: found[:2])
    told = () if a.stance is Stance.DENIES else a.speakers
    chain = tuple(Telling(entity, a.cue, a.id) for entity in told)
    return replace(figure, reporters=told, via=a.via, attribution=a.id, chain=chain)
