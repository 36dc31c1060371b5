"""Attributions and entities -> attributions whose sources are resolved to entities."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from .article import Span
from .attribution import Attribution
from .document import Document, Token
from .entities import Entity
from .mentions import EntityType, Mention, MentionKind
from .proposals import NOMINAL

FIRST_PERSON = frozenset(("i", "we", "me", "us", "my", "our", "myself", "ourselves"))
THIRD_PERSON = frozenset(("he", "she", "him", "her", "his", "hers", "himself", "herself"))
PLURAL = frozenset(("they", "them", "their", "these", "those", "others", "some", "many", "both", "themselves"))
NEUTRAL = frozenset(("it", "its", "itself", "this"))
_ALWAYS_BACKWARDS = THIRD_PERSON | NEUTRAL | {"they", "them", "their"}
RELATIVE = frozenset(("who", "which", "that", "whom", "whose"))

DOCUMENTS = frozenset(
    "report study poll survey letter statement memo document article email e-mail book data figure estimate research "
    "paper analysis review audit investigation filing lawsuit complaint petition indictment transcript record poster "
    "story editorial column post tweet video ad advertisement photo photograph image picture footage website site page "
    "release communique declaration resolution law bill act treaty agreement constitution census statistic finding "
    "result evidence message note sign headline affidavit ruling verdict text dossier file cable account".split()
)
"""Nouns of things that say something without being anybody."""

BODIES = frozenset(
    "company firm group organization organisation agency department ministry party bank university union network "
    "newspaper paper court committee commission council government administration army military police church team "
    "club campaign association institute center centre office force bureau board tribunal parliament congress senate "
    "house regime charity foundation authority corporation outlet broadcaster station service league federation".split()
)
"""Nouns of organisations, by which an article takes up one that it named before."""


@dataclass(slots=True)
class _Book:
    """The entities known so far and where they are mentioned; grows as sources turn up that nothing names."""

    document: Document
    names: dict[str, str]
    types: dict[str, EntityType]
    named: dict[str, bool]
    at: dict[int, tuple[str, Mention]]
    mentions: dict[str, list[Mention]]
    order: list[str]
    described: dict[str, list[tuple[int, str]]] = field(default_factory=dict)

    @classmethod
    def of(cls, document: Document, entities: tuple[Entity, ...]) -> _Book:
        book = cls(document, {}, {}, {}, {}, {}, [])
        for entity in entities:
            book._enter(entity.id, entity.type, entity.name, entity.named)
            for mention in entity.mentions:
                book.mention(entity.id, mention)
        return book

    def _enter(self, entity: str, kind: EntityType, name: str, named: bool) -> None:
        self.names[entity], self.types[entity], self.named[entity] = name, kind, named
        self.mentions[entity] = []
        self.order.append(entity)

    def mention(self, entity: str, mention: Mention) -> None:
        """Note that the words of a mention mean this entity."""
        self.mentions[entity].append(mention)
        for i in range(*self.document.range(mention.span)):
            self.at.setdefault(i, (entity, mention))

    def add(self, kind: EntityType, name: str) -> str:
        """A new unnamed entity."""
        taken = {int(e[1:]) for e in self.order if e[1:].isdigit()}
        entity = f"e{max(taken, default=0) + 1}"
        self._enter(entity, kind, name, False)
        return entity


def resolve_sources(
    document: Document, attributions: tuple[Attribution, ...], entities: tuple[Entity, ...]
) -> tuple[tuple[Attribution, ...], tuple[Entity, ...]]:
    """Each attribution with the entity that speaks; sources left unnamed become entities of type Group.

    A source may be a name, a pronoun, a description, a relative pronoun, or
    nothing where a quotation continues; "I" and "we" in a quotation mean its
    speaker. What nobody can tell stays None.
    """
    book = _Book.of(document, entities)
    done: dict[str, Attribution] = {}
    for attribution in attributions:
        before = [done[a.id] for a in attributions if a.id in done]
        entity = _source(document, book, attribution, attributions, before)
        done[attribution.id] = replace(attribution, entity=entity, via=_via(document, book, attribution))
    resolved = tuple(done[a.id] for a in attributions)
    return resolved, _rebuilt(book, entities)


def _rebuilt(book: _Book, entities: tuple[Entity, ...]) -> tuple[Entity, ...]:
    old = {e.id: e for e in entities}
    rebuilt = []
    for entity in book.order:
        mentions = tuple(sorted(book.mentions[entity], key=lambda m: m.span))
        if entity in old:
            kept = old[entity]
            rebuilt.append(replace(kept, mentions=mentions) if len(mentions) != len(kept.mentions) else kept)
        else:
            rebuilt.append(Entity(entity, book.types[entity], book.names[entity], mentions, named=False))
    return tuple(rebuilt)


def _tokens(document: Document, spans: Iterable[Span]) -> list[int]:
    return [i for span in spans for i in range(*document.range(span))]


def _top(document: Document, tokens: Sequence[int]) -> int:
    """The word that governs the others: the first whose own governor stands outside."""
    inside = set(tokens)
    heads = [i for i in tokens if document[i].head not in inside or document[i].head == i]
    nominal = [i for i in heads if document[i].pos in NOMINAL or document[i].pos in ("DET", "NUM", "ADJ")]
    return (nominal or heads or list(tokens))[0]


def _source(
    document: Document,
    book: _Book,
    attribution: Attribution,
    everything: tuple[Attribution, ...],
    before: list[Attribution],
) -> str | None:
    if not attribution.source:
        return _carried(document, attribution, before) if not attribution.cue else None
    tokens = _tokens(document, attribution.source)
    return _who(document, book, _top(document, tokens), tokens, everything, before, attribution)


def _who(
    document: Document, book: _Book, head: int, tokens: Sequence[int], everything: tuple[Attribution, ...],
    before: list[Attribution], attribution: Attribution,
) -> str | None:  # fmt: skip
    token = document[head]
    if token.lower in FIRST_PERSON:
        return _speaker(document, head, before)
    if token.lower in RELATIVE and token.tag in ("WP", "WDT", "WP$", "IN"):
        noun = _antecedent(document, token)
        if noun is not None:
            return _who(document, book, noun, document.subtree(noun, {token.head}), everything, before, attribution)
        return None
    if head in book.at:
        return book.at[head][0]
    if token.lower in THIRD_PERSON | NEUTRAL or (token.lower in PLURAL and token.pos in ("PRON", "DET")):
        entity = _pronoun(document, book, token, before)
        if entity is not None:
            book.mention(entity, Mention(document.span(head, head + 1), MentionKind.PRONOUN, book.types[entity]))
        told = entity is not None or token.lower in _ALWAYS_BACKWARDS
        return entity if told else _described(document, book, token)
    beside = _beside(document, book, token)
    if beside is not None:
        return beside
    if token.pos == "PRON" and token.lower not in ("one", "another", "others", "someone", "everyone", "anyone"):
        return None
    return _described(document, book, token)


def _speaker(document: Document, i: int, before: list[Attribution]) -> str | None:
    """Who speaks the quotation around token `i`."""
    span = document.span(i, i + 1)
    around = [a for a in before if any(span in c for c in a.content)]
    return around[-1].entity if around else None


def _carried(document: Document, attribution: Attribution, before: list[Attribution]) -> str | None:
    """The speaker of the statement before, for a quotation that no cue introduces."""
    start = attribution.content[0].start
    for other in reversed(before):
        if other.parent is None and other.content[0].start < start:
            return other.entity
    return None


def _antecedent(document: Document, pronoun: Token) -> int | None:
    """The noun that a relative pronoun stands for."""
    for token in (pronoun, *document.ancestors(pronoun.i)):
        if token.dep in ("relcl", "acl"):
            return token.head
    return None


def _beside(document: Document, book: _Book, token: Token) -> str | None:
    """The name that stands beside a description: its apposition, or what it is an apposition to."""
    for kid in document.kids(token.i):
        if kid.dep == "appos" and kid.i in book.at and book.at[kid.i][1].kind is MentionKind.NAME:
            return book.at[kid.i][0]
    if token.dep == "appos" and token.head in book.at:
        return book.at[token.head][0]
    return None


def _pronoun(document: Document, book: _Book, token: Token, before: list[Attribution]) -> str | None:
    """The last source that a pronoun left open by coreference can stand for."""
    for other in reversed(before):
        if other.entity is None or not other.source:
            continue
        last = document.range(other.source[0])[0]
        if token.sentence - document[last].sentence > 4:
            break
        if other.source[0].start >= token.start:
            continue
        kind, named = book.types[other.entity], book.named[other.entity]
        if token.lower in THIRD_PERSON:
            if kind is EntityType.PERSON or (not named and kind is EntityType.GROUP):
                return other.entity
        elif token.lower in NEUTRAL:
            if kind in (EntityType.ORGANIZATION, EntityType.DOCUMENT, EntityType.PLACE):
                return other.entity
        elif kind in (EntityType.GROUP, EntityType.ORGANIZATION, EntityType.DOCUMENT):
            return other.entity
    if token.lower in NEUTRAL or token.lower in ("they", "them", "their"):
        return _subject_before(document, book, token)
    return None


def _subject_before(document: Document, book: _Book, token: Token) -> str | None:
    """The organisation or group that was last the subject of a clause, in this sentence or the two before."""
    for i in range(token.i - 1, -1, -1):
        other = document[i]
        if token.sentence - other.sentence > 2:
            return None
        if i in book.at and other.dep in ("nsubj", "nsubjpass"):
            entity = book.at[i][0]
            if book.types[entity] in (EntityType.ORGANIZATION, EntityType.GROUP, EntityType.DOCUMENT):
                return entity
    return None


def _described(document: Document, book: _Book, token: Token) -> str:
    """The entity that a description means: one described so before, an organisation of that sort, or a new one."""
    lemma = token.lemma.lower()
    kids = list(document.kids(token.i))
    definite = any(k.dep == "det" and k.lower in ("the", "this", "that", "these", "those") for k in kids)
    owned = any(k.dep in ("poss", "prep") for k in kids)
    first, last = _edges(document, token)
    name = document.words(first, last + 1)
    key = _key(document, first, last)
    if definite:
        for at, entity in reversed(book.described.get(lemma, [])):
            if at < token.i:
                return _also(document, book, entity, first, last, lemma, token.i)
    for at, entity in reversed(book.described.get(key, [])):
        if at < token.i:
            return _also(document, book, entity, first, last, key, token.i)
    if definite and not owned and lemma in BODIES:
        found = _body(document, book, token, lemma)
        if found is not None:
            return _also(document, book, found, first, last, lemma, token.i)
    kind = EntityType.DOCUMENT if lemma in DOCUMENTS else EntityType.GROUP
    if lemma in BODIES and token.tag == "NN":
        kind = EntityType.ORGANIZATION
    entity = book.add(kind, name)
    return _also(document, book, entity, first, last, key, token.i, lemma)


def _also(document: Document, book: _Book, entity: str, first: int, last: int, key: str, at: int, *more: str) -> str:
    book.mention(entity, Mention(document.span(first, last + 1), MentionKind.NOMINAL, book.types[entity]))
    for word in (key, *more):
        book.described.setdefault(word, []).append((at, entity))
    return entity


def _edges(document: Document, token: Token) -> tuple[int, int]:
    """A description's first and last token, with modifiers and prepositions, without article and clauses."""
    drop = {
        k.i for k in document.kids(token.i) if k.dep in ("relcl", "acl", "appos", "advcl", "cc", "conj", "punct", "det")
    }
    inside = document.subtree(token.i, drop)
    first = last = token.i
    while first - 1 in inside:
        first -= 1
    while last + 1 in inside:
        last += 1
    return first, last


def _key(document: Document, first: int, last: int) -> str:
    return " ".join(document[i].lemma.lower() for i in range(first, last + 1))


def _body(document: Document, book: _Book, token: Token, lemma: str) -> str | None:
    """The organisation that "the court" or "the company" takes up: one with the word in its name, or the last named."""
    latest = None
    for i in range(token.i - 1, -1, -1):
        if i not in book.at:
            continue
        entity, mention = book.at[i]
        if book.types[entity] is not EntityType.ORGANIZATION or mention.kind is not MentionKind.NAME:
            continue
        if lemma in book.names[entity].lower():
            return entity
        if latest is None and token.sentence - document[i].sentence <= 3 and lemma in _ANY_BODY:
            latest = entity
    return latest


_ANY_BODY = frozenset(
    "company firm group organization organisation agency charity outlet broadcaster newspaper".split()
)


def _via(document: Document, book: _Book, attribution: Attribution) -> str | None:
    """Through whom a source has it: "reported from witnesses", "said, citing aid groups"."""
    for i in _tokens(document, attribution.cue):
        for kid in document.kids(i):
            noun = None
            if kid.dep == "prep" and kid.lower == "from" and document[i].lemma in ("report", "learn", "hear", "know"):
                noun = next((k for k in document.kids(kid.i) if k.dep == "pobj"), None)
            elif kid.dep == "advcl" and kid.lower in ("citing", "quoting"):
                noun = next((k for k in document.kids(kid.i) if k.dep == "dobj"), None)
            if noun is not None:
                if noun.i in book.at and book.types[book.at[noun.i][0]] not in (EntityType.PLACE, EntityType.EVENT):
                    return book.at[noun.i][0]
                if noun.lemma.lower() in _WITNESSES:
                    return _described(document, book, noun)
    return None


_WITNESSES = frozenset(
    "witness official source resident activist survivor prisoner detainee guard judge relative doctor medic journalist "
    "group report document record police soldier officer diplomat lawyer expert analyst refugee worker".split()
)
