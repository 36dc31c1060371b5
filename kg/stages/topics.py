"""Document and attributions -> topics: what several statements of an article are about."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

from ..language.lexicon import noted, words
from ..language.syntax import BEFORE_NOUN, NOUN_SUBJECTS
from ..records.attribution import Attribution
from ..records.entity import Entity
from ..records.mention import EntityType, MentionKind
from ..records.topic import Topic
from ..text.article import Span
from ..text.blocks import BlockKind
from ..text.document import Document, Token
from .figures.concept_lexicon import lexicon

MOST_TOPICS = 12
"""Topics kept for one article that several statements may share: a reader’s overview; the others follow."""

TOPICS_A_STATEMENT = 2
"""Topics that one statement is filed under."""

GOES_ON = 200
"""Characters between two statements of one source at most, of which the later goes on with what the former is about."""

_EMPTY = words("topics", "empty")

_HAPPENINGS = noted("topics", "happenings")  # fmt: skip
"""What a reader calls a happening that befalls people; verbs and nouns of one meet in it."""


@dataclass(frozen=True, slots=True)
class _Candidate:
    lemma: str
    label: str
    span: Span
    entity: str | None


def find_topics(
    document: Document, attributions: tuple[Attribution, ...], entities: tuple[Entity, ...]
) -> tuple[Topic, ...]:
    """The topics of an article's statements, those of most statements first.

    A topic is a noun or a named thing in a statement's content. It is salient
    if other statements, the headline and the rest of the text speak of it too;
    each statement is filed under its most salient ones. A statement that has none
    of these is filed under what it names, else under its subject; one that names
    nothing ("We waited too long") under what its source was speaking of right before.

    >>> from kg import Article, extract
    >>> text = "The mayor said the mill would close. The owner denied that the mill was lost."
    >>> [topic.label for topic in extract(Article(text), fast=True).topics]
    ['mill']
    """
    owner = _entity_of_token(document, entities)
    by_statement = {a.id: list(_candidates(document, a, owner)) for a in attributions}
    weights = _Weights.of(document, entities, by_statement.values())
    chosen: dict[str, list[tuple[str, _Candidate]]] = defaultdict(list)
    for attribution_id, found in by_statement.items():
        for c in weights.best(found):
            chosen[c.lemma].append((attribution_id, c))
    ranked = sorted(chosen.items(), key=lambda item: (-len(item[1]), item[1][0][1].span, item[0]))[:MOST_TOPICS]
    filed = _filed(document, attributions, dict(ranked), entities)
    return tuple(
        Topic(
            f"t{n}",
            _label([c.label for _, c in found]),
            lemma,
            tuple(a for a, _ in found),
            tuple(c.span for _, c in found),
            found[0][1].entity,
        )
        for n, (lemma, found) in enumerate(filed.items(), 1)
    )


@dataclass(frozen=True, slots=True)
class _Weights:
    """How much an article speaks of what its statements name: in statements, anywhere, by name and in its headlines."""

    statements: Counter[str]
    everywhere: Counter[str]
    mentions: dict[str, int]
    headline: frozenset[str]
    number: int

    @classmethod
    def of(cls, document: Document, entities: tuple[Entity, ...], found: Collection[list[_Candidate]]) -> _Weights:
        """Those of an article with what each of its statements names."""
        heads = (BlockKind.HEADLINE, BlockKind.SUBHEAD)
        return cls(
            Counter(lemma for some in found for lemma in {c.lemma for c in some}),
            Counter(_happening(t) or t.lemma.lower() for t in document.tokens if t.pos in ("NOUN", "VERB")),
            {entity.id: len(entity.mentions) for entity in entities},
            frozenset(t.lemma.lower() for t in document.tokens if document.kind(t.i) in heads),
            len(found),
        )

    def best(self, found: list[_Candidate]) -> list[_Candidate]:
        """What a statement is filed under: the most salient that others name too, else the most salient."""
        best: dict[str, _Candidate] = {}
        for c in sorted(found, key=self._salience):
            if not self._is_passing(c):
                best.setdefault(c.lemma, c)
        shared = [c for c in best.values() if self.statements[c.lemma] > 1][:TOPICS_A_STATEMENT]
        return shared or list(best.values())[:1]

    def _is_passing(self, c: _Candidate) -> bool:
        often = self.everywhere[c.lemma] if c.entity is None else self.mentions[c.entity]
        return self.statements[c.lemma] < 2 and often < 2 and c.lemma not in self.headline

    def _salience(self, c: _Candidate) -> tuple[float, str]:
        # What nearly every statement mentions ("Syria") tells none of them apart.
        spread = self.statements[c.lemma] if self.statements[c.lemma] <= 0.6 * self.number + 1 else 1
        said = min(self.everywhere[c.lemma], 5) / 2
        score = 2 * spread + said + 2 * (c.lemma in self.headline) - (c.entity is not None)
        return -score, c.lemma


def _filed(
    document: Document,
    attributions: tuple[Attribution, ...],
    known: dict[str, list[tuple[str, _Candidate]]],
    entities: tuple[Entity, ...],
) -> dict[str, list[tuple[str, _Candidate]]]:
    """Topics, each with its statements in order: those known, and one for each statement that they leave without."""
    filed = {id for found in known.values() for id, _ in found}
    order = {a.id: n for n, a in enumerate(attributions)}
    named = _entity_of_token(document, entities, people=True)
    meant = _entity_of_token(document, entities, people=True, kinds=frozenset(MentionKind))
    about = {id: c for found in reversed(known.values()) for id, c in found}
    for before, attribution in zip((None, *attributions), attributions, strict=False):
        if attribution.id not in filed:
            found = list(_candidates(document, attribution, named))
            subject = next((c for c in found if document[document.range(c.span)[1] - 1].dep in NOUN_SUBJECTS), None)
            named_first = next((c for c in found if c.entity is not None), None)
            best = named_first or subject or next(iter(found), None) or _meant(document, attribution, meant)
            if best is None and before is not None and _follows(before, attribution):
                left = about.get(before.id)
                best = None if left is None else replace(left, span=attribution.content[0])
            if best is not None:
                about[attribution.id] = best
                known.setdefault(best.lemma, []).append((attribution.id, best))
    return {lemma: sorted(found, key=lambda item: order[item[0]]) for lemma, found in known.items()}


def _follows(before: Attribution, attribution: Attribution) -> bool:
    """Whether a statement follows right upon one of the same source."""
    gap = attribution.content[0].start - before.content[-1].end
    return attribution.entity is not None and before.entity == attribution.entity and 0 <= gap <= GOES_ON


def _meant(document: Document, attribution: Attribution, owner: dict[int, Entity]) -> _Candidate | None:
    """The first named thing that a pronoun or a description in a statement means, be it who makes it."""
    for span in attribution.content:
        for i in range(*document.range(span)):
            entity = owner.get(i)
            if entity is not None:
                return _Candidate(entity.name.casefold(), entity.name, document.span(i, i + 1), entity.id)
    return None


def _label(labels: list[str]) -> str:
    """The words most statements use; among equals the longer, which say more."""
    counts = Counter(labels)
    return min(counts, key=lambda label: (-counts[label], -len(label), label))


def _entity_of_token(
    document: Document,
    entities: tuple[Entity, ...],
    *,
    people: bool = False,
    kinds: frozenset[MentionKind] = frozenset({MentionKind.NAME}),
) -> dict[int, Entity]:
    owner: dict[int, Entity] = {}
    for entity in entities:
        if entity.named and (people or entity.type is not EntityType.PERSON):
            for mention in entity.mentions:
                if mention.kind in kinds:
                    start, end = document.range(mention.span)
                    owner.update((i, entity) for i in range(start, end))
    return owner


def _candidates(document: Document, attribution: Attribution, owner: dict[int, Entity]) -> Iterator[_Candidate]:
    seen: set[str] = set()
    for i in (i for span in attribution.content for i in range(*document.range(span))):
        token, entity = document[i], owner.get(i)
        if entity is not None:
            if entity.id not in seen.union(attribution.speakers) and not _modifies(document, token, owner):
                seen.add(entity.id)
                yield _Candidate(entity.name.casefold(), entity.name, Span(token.start, token.end), entity.id)
        elif (happening := _happening(token)) is not None:
            yield _Candidate(happening, happening, Span(token.start, token.end), None)
        elif token.pos == "NOUN" and token.dep != "compound" and _is_full(token.lemma.lower()):
            yield _noun(document, token)


def _is_full(lemma: str) -> bool:
    """Whether a noun says what something is about; what footnotes cling to ("officer.[3") is no word."""
    return len(lemma) > 2 and lemma not in _EMPTY and re.search(r"[^\w’'-]", lemma) is None


def _happening(token: Token) -> str | None:
    """The happening that a verb or noun tells of, as a reader calls it: "hangings" for "were hanged"."""
    if token.pos not in ("VERB", "NOUN") or token.dep == "compound":
        return None
    concept = lexicon().event(token.lemma)
    label = _HAPPENINGS.get(concept) if concept is not None else None
    # "custody" goes with arrests, but is none
    return label if label is None or token.pos == "VERB" or label[:3] == token.lower[:3] else None


def _modifies(document: Document, token: Token, owner: dict[int, Entity]) -> bool:
    """Whether a name only says which thing is meant: "Hollywood story", "Saydnaya prison"."""
    return token.dep in BEFORE_NOUN and token.head not in owner and document[token.head].pos == "NOUN"


def _noun(document: Document, token: Token) -> _Candidate:
    """The noun with the nouns and names before it: `mass graves`, filed under its head, `grave`."""
    start = token.i
    while start and document[start - 1].head == token.i and _says_which(document[start - 1]):
        before = start - 2 - (start > 2 and document[start - 2].text == "-")
        if before >= 0 and document[before].pos == "NUM":  # "a 10-foot shark" is no foot shark
            break
        start -= 1
    while document[start].pos == "PROPN" and start and document[start - 1].pos == "PROPN":  # a name is not cut
        start -= 1
    if 1 < start < token.i and document[start - 1].text == "-":  # "fake-news era" is no news era
        start -= 2
    words = document.words(start, token.i + 1)
    # Only the capital that begins a sentence, or stands in a headline, goes: "USAI package" and "Cheetos" keep theirs.
    capital = document[start].text.istitle() and document[start].pos != "PROPN" and not _goes_on(document, start)
    label = words[:1].lower() + words[1:] if capital else words
    return _Candidate(token.lemma.lower(), label, document.span(start, token.i + 1), None)


def _goes_on(document: Document, i: int) -> bool:
    """Whether a token stands right after a word of a paragraph."""
    return i > 0 and document[i - 1].text[-1].isalnum() and document.kind(i) is BlockKind.PARAGRAPH


def _says_which(token: Token) -> bool:
    """Whether a word before a noun belongs to what a reader calls the thing: `satellite images`, not `Monday talks`."""
    if token.dep == "compound" and token.pos == "NOUN":
        return True
    name = token.dep in ("compound", "nmod") and token.pos == "PROPN" and token.ent not in ("DATE", "TIME")
    return name or token.lower in _KINDS


_KINDS = words("topics", "kinds")
"""Adjectives that make another thing of a noun: `chemical weapons`, `human rights`."""
