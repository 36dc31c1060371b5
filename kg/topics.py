"""Document and attributions -> topics: what several statements of an article are about."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from .article import Span
from .attribution import Attribution
from .blocks import BlockKind
from .document import Document, Token
from .entities import Entity
from .mentions import EntityType, MentionKind

MOST_TOPICS = 12
"""Topics kept for one article: a reader's overview, not an index."""

TOPICS_A_STATEMENT = 2
"""Topics that one statement is filed under."""

_EMPTY = frozenset(
    "thing people person year month week day time way number lot part case fact kind sort point hand side end place "
    "issue matter reason question answer man woman something someone anything everything one group member statement "
    "comment word report doubt number today yesterday tomorrow morning night percent average rest series bit idea need "
    "use".split()
)


@dataclass(frozen=True, slots=True)
class Topic:
    """A thing that statements of an article speak of.

    `label` is in the article's words ("satellite images"), `lemma` its
    normalised form, by which the same topic meets in two articles; `entity`
    the Entity id where the topic is one. `attributions` are the ids of the
    statements about it, and `mentions` the words in their contents.
    """

    id: str
    label: str
    lemma: str
    attributions: tuple[str, ...]
    mentions: tuple[Span, ...]
    entity: str | None = None


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
    each statement is filed under its most salient ones.
    """
    owner = _entity_of_token(document, entities)
    by_statement = {a.id: list(_candidates(document, a, owner)) for a in attributions}
    statements = Counter(lemma for found in by_statement.values() for lemma in {c.lemma for c in found})
    everywhere = Counter(t.lemma.lower() for t in document.tokens if t.pos == "NOUN")
    headline = {
        t.lemma.lower() for t in document.tokens if document.kind(t.i) in (BlockKind.HEADLINE, BlockKind.SUBHEAD)
    }

    def salience(c: _Candidate) -> tuple[float, str]:
        # What nearly every statement mentions ("Syria") tells none of them apart.
        spread = statements[c.lemma] if statements[c.lemma] <= 0.6 * len(attributions) + 1 else 1
        said = min(everywhere[c.lemma], 5) / 2
        score = 2 * spread + said + 2 * (c.lemma in headline) - (c.entity is not None)
        return -score, c.lemma

    chosen: dict[str, list[tuple[str, _Candidate]]] = defaultdict(list)
    for attribution_id, found in by_statement.items():
        best: dict[str, _Candidate] = {}
        for c in sorted(found, key=salience):
            best.setdefault(c.lemma, c)
        shared = [c for c in best.values() if statements[c.lemma] > 1][:TOPICS_A_STATEMENT]
        for c in shared or list(best.values())[:1]:
            chosen[c.lemma].append((attribution_id, c))
    ranked = sorted(chosen.items(), key=lambda item: (-len(item[1]), item[1][0][1].span, item[0]))[:MOST_TOPICS]
    return tuple(
        Topic(
            f"t{n}",
            _label([c.label for _, c in found]),
            lemma,
            tuple(a for a, _ in found),
            tuple(c.span for _, c in found),
            found[0][1].entity,
        )
        for n, (lemma, found) in enumerate(ranked, 1)
    )


def _label(labels: list[str]) -> str:
    """The words most statements use; among equals the longer, which say more."""
    counts = Counter(labels)
    return min(counts, key=lambda label: (-counts[label], -len(label), label))


def _entity_of_token(document: Document, entities: tuple[Entity, ...]) -> dict[int, Entity]:
    owner: dict[int, Entity] = {}
    for entity in entities:
        if entity.named and entity.type is not EntityType.PERSON:
            for mention in entity.mentions:
                if mention.kind is MentionKind.NAME:
                    start, end = document.range(mention.span)
                    owner.update((i, entity) for i in range(start, end))
    return owner


def _candidates(document: Document, attribution: Attribution, owner: dict[int, Entity]) -> Iterator[_Candidate]:
    seen: set[str] = set()
    for span in attribution.content:
        for i in range(*document.range(span)):
            token, entity = document[i], owner.get(i)
            if entity is not None:
                if entity.id not in seen and entity.id != attribution.entity:
                    seen.add(entity.id)
                    yield _Candidate(entity.name.casefold(), entity.name, Span(token.start, token.end), entity.id)
            elif (
                token.pos == "NOUN" and token.dep != "compound" and len(token.lemma) > 2
                and token.lemma.lower() not in _EMPTY
            ):  # fmt: skip
                yield _noun(document, token)


def _noun(document: Document, token: Token) -> _Candidate:
    """The noun with the nouns compounded to it: `mass graves`, filed under its head, `grave`."""
    start = token.i
    while (
        start and document[start - 1].dep == "compound" and document[start - 1].head == token.i
        and document[start - 1].pos == "NOUN"
    ):  # fmt: skip
        start -= 1
    words = document.words(start, token.i + 1)
    label = words if words.isupper() else words[:1].lower() + words[1:]
    return _Candidate(token.lemma.lower(), label, document.span(start, token.i + 1), None)
