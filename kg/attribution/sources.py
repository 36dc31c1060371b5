"""Attributions and entities -> attributions whose sources are resolved to entities."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from ..article import Span
from ..document import Document, Token
from ..entities import Entity
from ..entities.mentions import EntityType, Mention, MentionKind
from ..entities.names import is_person_noun, lexicon
from . import Attribution, Form
from .proposals import NOMINAL
from .quoting import QUOTING, quoter

FIRST_PERSON = frozenset(("i", "we", "me", "us", "my", "our", "myself", "ourselves"))
THIRD_PERSON = frozenset(("he", "she", "him", "her", "his", "hers", "himself", "herself"))
PLURAL = frozenset(("they", "them", "their", "these", "those", "others", "some", "many", "both", "themselves"))
_GENDERS = {word: "f" if word in ("she", "her", "hers", "herself") else "m" for word in THIRD_PERSON}
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

_SOMEBODY = frozenset(("one", "another", "others", "someone", "everyone", "anyone", "nobody", "none"))
_ONE = frozenset(("one", "another", "someone", "somebody"))
_ANY_BODY = frozenset(
    "company firm group organization organisation agency charity outlet broadcaster newspaper".split()
)
_INFORMANTS = frozenset(
    "witness official source resident activist survivor prisoner detainee guard judge relative doctor medic journalist "
    "group report document record police soldier officer diplomat lawyer expert analyst refugee worker".split()
)
_LABELS = {
    "PERSON": EntityType.PERSON,
    "ORG": EntityType.ORGANIZATION,
    "GPE": EntityType.PLACE,
    "LOC": EntityType.PLACE,
}
_FAR = 2_000
"""Tokens before a description within which the name it takes up is looked for."""


@dataclass(slots=True)
class _Book:
    """The entities known so far and where they are mentioned; grows as sources turn up that nothing names."""

    document: Document
    names: dict[str, str] = field(default_factory=dict)
    types: dict[str, EntityType] = field(default_factory=dict)
    named: dict[str, bool] = field(default_factory=dict)
    genders: dict[str, str | None] = field(default_factory=dict)
    mentions: dict[str, list[Mention]] = field(default_factory=dict)
    at: dict[int, tuple[str, Mention]] = field(default_factory=dict)
    described: dict[str, list[tuple[int, str]]] = field(default_factory=dict)
    spoken: list[tuple[int, str]] = field(default_factory=list)
    highest: int = 0

    def enter(self, entity: str, kind: EntityType, name: str, *, named: bool, gender: str | None) -> None:
        """Take in an entity."""
        self.names[entity], self.types[entity], self.named[entity] = name, kind, named
        self.genders[entity] = gender
        self.mentions[entity] = []
        if entity[1:].isdigit():
            self.highest = max(self.highest, int(entity[1:]))

    def add(self, kind: EntityType, name: str, *, named: bool, gender: str | None) -> str:
        """A new entity, with the next id."""
        entity = f"e{self.highest + 1}"
        self.enter(entity, kind, name, named=named, gender=gender)
        return entity

    def mention(self, entity: str, first: int, last: int, kind: MentionKind) -> None:
        """Note that the tokens from `first` to `last` mean this entity."""
        self.note(entity, Mention(self.document.span(first, last + 1), kind, self.types[entity]))

    def note(self, entity: str, mention: Mention) -> None:
        """Note a mention; words that already mean something keep it."""
        if any(m.span == mention.span for m in self.mentions[entity][-8:]):
            return
        self.mentions[entity].append(mention)
        for i in range(*self.document.range(mention.span)):
            self.at.setdefault(i, (entity, mention))


def resolve_sources(
    document: Document, attributions: tuple[Attribution, ...], entities: tuple[Entity, ...]
) -> tuple[tuple[Attribution, ...], tuple[Entity, ...]]:
    """Each attribution with the entity that speaks; sources left unnamed become entities of their own.

    One somebody ("a resident", "her lawyer") is a Person, several ("two
    officials") are a Group, what is printed is a Document, a body an
    Organization.

    A source may be a name, a pronoun, a description, a relative pronoun, or
    nothing where a quotation continues; "I" and "we" in a quotation mean its
    speaker. What nobody can tell stays None.
    """
    book = _Book(document)
    for entity in entities:
        book.enter(entity.id, entity.type, entity.name, named=entity.named, gender=entity.gender)
        for mention in entity.mentions:
            book.note(entity.id, mention)
    done: dict[str, Attribution] = {}
    last: str | None = None
    only_cites = [a for a in attributions if _only_cites(document, a)]
    passed_over = {a.id for a in only_cites}
    told = [a for a in attributions if a.id not in passed_over]
    cited = _hosts(document, told, only_cites)
    for attribution in told:
        if attribution.source:
            speaker = done[attribution.parent].entity if attribution.parent in done else None
            who = _source(document, book, _tokens(document, attribution.source), speaker)
            if who is not None:
                book.spoken.append((document.range(attribution.source[0])[0], who))
        else:
            who = None if attribution.cue else last
        via = _via(document, book, attribution)
        if via is None and attribution.id in cited:
            via = _informant(document, book, cited[attribution.id])
        done[attribution.id] = replace(attribution, entity=who, via=via if via != who else None)
        if attribution.parent is None:
            last = who
    return tuple(done[a.id] for a in attributions if a.id in done), _rebuilt(book, entities)


def _rebuilt(book: _Book, entities: tuple[Entity, ...]) -> tuple[Entity, ...]:
    old = {e.id: e for e in entities}
    rebuilt = []
    for entity, name in book.names.items():
        mentions = tuple(sorted(book.mentions[entity], key=lambda m: m.span))
        kept = old.get(entity)
        if kept is None:
            rebuilt.append(Entity(entity, book.types[entity], name, mentions, book.named[entity], book.genders[entity]))
        else:
            rebuilt.append(kept if len(mentions) == len(kept.mentions) else replace(kept, mentions=mentions))
    return tuple(rebuilt)


def _tokens(document: Document, spans: Iterable[Span]) -> list[int]:
    return [i for span in spans for i in range(*document.range(span))]


def _top(document: Document, tokens: Sequence[int]) -> int:
    """The word that governs the others: the first whose own governor stands outside."""
    inside = set(tokens)
    heads = [i for i in tokens if document[i].head not in inside or document[i].head == i]
    nominal = [i for i in heads if document[i].pos in NOMINAL or document[i].pos in ("DET", "NUM", "ADJ")]
    return (nominal or heads or list(tokens))[0]


def _source(document: Document, book: _Book, tokens: Sequence[int], speaker: str | None) -> str | None:
    """Whom the words of a source mean; `speaker` is who says the quotation that they stand in."""
    token = document[_top(document, tokens)]
    if token.text == "WHO" and token.i in book.at:
        return book.at[token.i][0]
    if token.lower in RELATIVE and token.tag in ("WP", "WDT", "WP$", "IN"):
        noun = _antecedent(document, token)
        if noun is None:
            return None
        token = document[noun]
    if token.lower in FIRST_PERSON and token.text != "US":
        return speaker
    if token.i in book.at:
        return book.at[token.i][0]
    if token.lower in THIRD_PERSON | NEUTRAL or (token.lower in PLURAL and token.pos in ("PRON", "DET")):
        who = _pronoun(document, book, token)
        if who is not None:
            book.mention(who, token.i, token.i, MentionKind.PRONOUN)
        if who is not None or token.lower in _ALWAYS_BACKWARDS:
            return who
    elif token.pos == "PRON" and token.text != "US" and token.lower not in _SOMEBODY:
        return None
    return (
        _beside(document, book, token)
        or _by_name(document, book, token)
        or _by_title(document, book, token)
        or _described(document, book, token)
    )


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


def _by_name(document: Document, book: _Book, token: Token) -> str | None:
    """The one named entity that has the words of a capitalised source in its name, as a headline shortens it."""
    if not token.text[0].isupper():
        return None
    first, last = _edges(document, token)
    words = {document[i].lower for i in range(first, last + 1)}
    fits = [e for e, name in book.names.items() if book.named[e] and words <= set(name.lower().split())]
    return fits[0] if len(fits) == 1 else None


def _is_definite(document: Document, token: Token) -> bool:
    return any(k.dep == "det" and k.lower in ("the", "this", "that", "these", "those") for k in document.kids(token.i))


def _by_title(document: Document, book: _Book, token: Token) -> str | None:
    """The person whom the article gave the title that a description repeats: "the Assistant Secretary"."""
    if not _is_definite(document, token) or any(k.dep == "prep" for k in document.kids(token.i)):
        return None
    first, last = _edges(document, token)
    words = {document[i].lower for i in range(first, last + 1)}
    for i in range(first - 1, max(-1, first - _FAR), -1):
        other = document[i]
        if other.lower != token.lower or i in book.at:
            continue
        who = _titled(document, book, other)
        if who is not None and words <= {document[k].lower for k in _title(document, other)}:
            return who
    return None


def _title(document: Document, noun: Token) -> range:
    """The words of a title that end in a noun: "the Acting Assistant Secretary"."""
    left = noun.i
    while left > 0 and document[left - 1].pos in ("PROPN", "ADJ", "NOUN", "VERB") and noun.i - left < 5:
        left -= 1
    return range(left, noun.i + 1)


def _titled(document: Document, book: _Book, noun: Token) -> str | None:
    """The person whom a title stands beside: "Jo Hill, the Acting Secretary", "Secretary Jo Hill"."""
    around = [noun.head] if noun.dep in ("appos", "compound", "nmod", "attr") else []
    around += [k.i for k in document.kids(noun.i) if k.dep in ("appos", "compound")]
    if noun.dep == "attr":
        around += [k.i for k in document.kids(noun.head) if k.dep == "nsubj"]
    for i in around:
        if i in book.at and book.types[book.at[i][0]] is EntityType.PERSON:
            return book.at[i][0]
    return None


def _pronoun(document: Document, book: _Book, token: Token) -> str | None:
    """The last source that a pronoun left open by coreference can stand for, or the last subject of its kind."""
    for at, who in reversed(book.spoken):
        if at >= token.i:
            continue
        if token.sentence - document[at].sentence > 4:
            break
        kind = book.types[who]
        if token.lower in THIRD_PERSON:
            somebody = kind is EntityType.PERSON or (not book.named[who] and kind is EntityType.GROUP)
            if somebody and book.genders[who] in (None, _GENDERS[token.lower]):
                return who
        elif token.lower in NEUTRAL:
            if kind in (EntityType.ORGANIZATION, EntityType.DOCUMENT, EntityType.PLACE):
                return who
        elif kind in (EntityType.GROUP, EntityType.ORGANIZATION):
            return who
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
            who = book.at[i][0]
            if book.types[who] in (EntityType.ORGANIZATION, EntityType.GROUP, EntityType.DOCUMENT):
                return who
    return None


def _described(document: Document, book: _Book, token: Token) -> str:
    """The entity that a description means: one described so before, an organisation of that sort, or a new one."""
    lemma = token.lemma.lower()
    definite = _is_definite(document, token)
    owned = any(k.dep in ("poss", "prep") for k in document.kids(token.i))
    first, last = _edges(document, token)
    key = " ".join(document[i].lemma.lower() for i in range(first, last + 1))
    who = next((e for at, e in reversed(book.described.get(key, ())) if at < token.i), None)
    if who is None and definite:
        who = next((e for at, e in reversed(book.described.get(lemma, ())) if at < token.i), None)
        if who is None and not owned and lemma in BODIES:
            who = _body(document, book, token, lemma)
    if who is None:
        kind = EntityType.DOCUMENT if lemma in DOCUMENTS else EntityType.GROUP
        gender = None
        if lemma in BODIES and token.tag == "NN":
            kind = EntityType.ORGANIZATION
        elif token.lower in _ONE or (token.tag in ("NN", "NNP") and is_person_noun(token.lower)):
            kind, gender = EntityType.PERSON, lexicon().persons.get(token.lower)
        named = token.pos == "PROPN" and token.ent in _LABELS
        who = book.add(_LABELS.get(token.ent, kind), document.words(first, last + 1), named=named, gender=gender)
    book.mention(who, first, last, MentionKind.NOMINAL)
    for word in (key, lemma):
        book.described.setdefault(word, []).append((token.i, who))
    return who


def _edges(document: Document, token: Token) -> tuple[int, int]:
    """A description's first and last token, with modifiers and prepositions, without article and clauses."""
    apart = ("relcl", "acl", "appos", "advcl", "cc", "conj", "punct", "det", "predet", "case")
    inside = set(document.subtree(token.i, {k.i for k in document.kids(token.i) if k.dep in apart}))
    first = last = token.i
    while first - 1 in inside:
        first -= 1
    while last + 1 in inside:
        last += 1
    return first, last


def _body(document: Document, book: _Book, token: Token, lemma: str) -> str | None:
    """The organisation that "the court" or "the company" takes up: one with the word in its name, or the last named."""
    latest = None
    for i in range(token.i - 1, max(-1, token.i - _FAR), -1):
        if i not in book.at:
            continue
        who, mention = book.at[i]
        if book.types[who] is not EntityType.ORGANIZATION or mention.kind is not MentionKind.NAME:
            continue
        if lemma in book.names[who].lower():
            return who
        if latest is None and token.sentence - document[i].sentence <= 3 and lemma in _ANY_BODY:
            latest = who
    return latest


def _via(document: Document, book: _Book, attribution: Attribution) -> str | None:
    """Through whom a source has it: "reported from witnesses", "said, citing aid groups", "was quoted by the paper"."""
    cue = _tokens(document, attribution.cue)
    for i in cue:
        if document[i].lemma in QUOTING and cue[-1] - i <= 30 and document[i].pos == "VERB":
            noun = quoter(document, document[i])
            if noun is not None and noun.i not in _tokens(document, attribution.source):
                return _source(document, book, document.subtree(noun.i, {document[i].i}), None)
        for kid in document.kids(i):
            if kid.dep == "prep" and kid.lower == "from" and document[i].lemma in ("report", "learn", "hear", "know"):
                noun = next((k for k in document.kids(kid.i) if k.dep == "pobj"), None)
            elif kid.lower in _CITING and kid.tag == "VBG":
                noun = next((k for k in document.kids(kid.i) if k.dep in ("dobj", "pobj")), None)
            else:
                continue
            who = _informant(document, book, noun)
            if who is not None:
                return who
    source = _tokens(document, attribution.source)
    near = range(source[-1] + 1, min(source[-1] + 4, len(document))) if source else range(0)
    for i in (*source, *near):
        token = document[i]
        if token.lower in _CITING and token.tag == "VBG" and token.i > source[0]:
            noun = next((k for k in document.kids(i) if k.dep in ("dobj", "pobj")), None)
            return _informant(document, book, noun)
        if i > source[-1] and token.text != "," and token.pos != "ADV":
            break
    return None


_CITING = frozenset(("citing", "quoting"))


def _informant(document: Document, book: _Book, noun: Token | None) -> str | None:
    """The entity of a noun that can know something: a person, a body, witnesses, a report; not a place."""
    if noun is not None and noun.i in book.at:
        who = book.at[noun.i][0]
        return who if book.types[who] not in (EntityType.PLACE, EntityType.EVENT) else None
    if noun is not None and _can_tell(noun):
        return _described(document, book, noun)
    return None


def _hosts(document: Document, told: Sequence[Attribution], only_cites: Sequence[Attribution]) -> dict[str, Token]:
    """By id of an attribution the noun that names whom its source cites for it, found as an attribution of its own."""
    found: dict[str, Token] = {}
    by_source: dict[tuple[Span, ...], list[Attribution]] = {}
    for attribution in told:
        if attribution.source and attribution.cue:
            by_source.setdefault(attribution.source, []).append(attribution)
    for citing in only_cites:
        at = document.range(citing.cue[0])[0]
        near = by_source.get(citing.source, [])
        near = [a for a in near if document[document.range(a.cue[0])[0]].sentence == document[at].sentence]
        if near:
            host = min(near, key=lambda a: (a.parent is not None, abs(document.range(a.cue[0])[0] - at)))
            found[host.id] = document[_top(document, _tokens(document, citing.content))]
    return found


def _can_tell(noun: Token) -> bool:
    """Whether a noun names somebody or something that tells: witnesses, a ministry, a report."""
    lemma = noun.lemma.lower()
    return lemma in _INFORMANTS or lemma in BODIES or lemma in DOCUMENTS or is_person_noun(lemma)


def _only_cites(document: Document, attribution: Attribution) -> bool:
    """Whether an attribution only names whom somebody has it from: "citing officials", without words of theirs."""
    cue = _tokens(document, attribution.cue)
    if not cue or document[cue[-1]].lower not in _CITING or attribution.form is not Form.INDIRECT:
        return False
    content = _tokens(document, attribution.content)
    if document[_top(document, content)].pos not in NOMINAL:
        return False
    noun = document[_top(document, content)]
    known = noun.ent in ("PERSON", "ORG", "NORP") or _can_tell(noun)
    return known and not any(document[i].tag in ("VBD", "VBZ", "VBP", "MD") for i in content)
