"""A pronoun that coreference left open -> the entity that it means as a source."""

from __future__ import annotations

from collections.abc import Sequence

from ...language.lexicon import words
from ...language.syntax import NOUN_SUBJECTS, child, has
from ...records.mention import EntityType, MentionKind
from ...text.document import Document, Token
from ..entities.names import is_person_noun, lexicon
from ..entities.reference.neuter import people_near
from .book import Book, tokens_of, top_of
from .described_sources import described
from .nouns import BODIES, DOCUMENTS, NEUTRAL, THIRD_PERSON, can_tell

THEY = frozenset(("they", "them", "their"))
_GENDERS = {word: "f" if word in words("grammar", "she") else "m" for word in THIRD_PERSON}


def pronoun_of(document: Document, book: Book, token: Token) -> str | None:
    """The last source that a pronoun left open by coreference can stand for, or the last subject of its kind.

    People called by their state in the same sentence are nearer than both: "she paid the accused and they left".
    """
    people = _so_called(document, token) if token.lower in THEY else None
    if people is not None:
        return described(document, book, people)
    if _of_accused(document, token) or document[token.head].lemma in words("speech", "replies"):
        return None  # one of several, or whom another has told something
    several = token.lower in THEY and people_near(document, token)
    for at, who in reversed(book.spoken):
        if at >= token.i:
            continue
        if token.sentence - document[at].sentence > 4:
            break
        if token.lower not in THIRD_PERSON:
            if _may_be(document, book, token, who, people=several):
                if several and document[at].sentence < token.sentence - 1:
                    return None  # the people told of since are nearer
                return who if _leads(document, book, at, who) else None
        elif book.types[who] is EntityType.PERSON and book.genders[who] in (None, _GENDERS[token.lower]):
            return who if _goes_on(document, book, token, at, who) else None
    if token.lower in NEUTRAL or token.lower in THEY:
        return _subject_before(document, book, token)
    return None


def _may_be(document: Document, book: Book, token: Token, who: str, *, people: bool) -> bool:
    """Whether a source is of the kind that "it" or "they" means: a force or a movement by its name is "it", too."""
    kind = book.types[who]
    if token.lower not in NEUTRAL:
        return kind in (_PEOPLE if people else _SEVERAL)
    force = kind is EntityType.GROUP and book.named[who]
    return (force or kind in _THINGS) and not _is_several(document, book, who)


def _goes_on(document: Document, book: Book, pronoun: Token, at: int, who: str) -> bool:
    """Whether nobody stands in the way of the last speaker's being meant, who has a name or spoke in this paragraph."""
    known = book.named[who] or document[at].lower in THIRD_PERSON or document[at].block == pronoun.block
    return known and _somebody_before(document, book, pronoun, at) in (None, who)


def _of_accused(document: Document, pronoun: Token) -> bool:
    """Whether somebody is accused in the sentence of a pronoun that denies it, or the one before: "which he denies"."""
    if document[pronoun.head].lemma not in words("speech", "denying"):
        return False
    near = range(document.sentences[max(0, pronoun.sentence - 1)].start, pronoun.i)
    verbs = (document[document[i].head] for i in near if document[i].dep == "dobj")
    return any(verb.lemma in words("grammar", "blames its object") for verb in verbs)


def _so_called(document: Document, pronoun: Token) -> Token | None:
    """The last word before a pronoun in its sentence that calls people by their state: "the accused", "the injured"."""
    start = document.sentences[pronoun.sentence].start
    for i in range(pronoun.i - 1, start, -1):
        if document[i].lower in words("speech", "people by their state") and document[i - 1].lower == "the":
            return document[i] if document[i + 1].pos not in ("NOUN", "PROPN", "ADJ") else None
    return None


def _leads(document: Document, book: Book, at: int, who: str) -> bool:
    """Whether no other body is the subject of a sentence in which somebody spoke: "Beijing acted after Tokyo said"."""
    root = next((t for t in (document[at], *document.ancestors(at)) if t.dep == "ROOT"), None)
    subject = child(document, root.i, "nsubj") if root is not None else None
    if subject is None or subject.i not in book.at:
        return True
    other = book.at[subject.i][0]
    return other == who or book.types[other] not in _THINGS


def _is_several(document: Document, book: Book, who: str) -> bool:
    """Whether an entity without a name, or a people, is called by plurals alone: "previous studies", "the Kurds"."""
    if book.named[who] and book.types[who] is not EntityType.GROUP:
        return False
    called = MentionKind.NAME if book.named[who] else MentionKind.NOMINAL
    spans = (m.span for m in book.mentions[who] if m.kind is called)
    tags = {document[top_of(document, tokens_of(document, (span,)))].tag for span in spans}
    return bool(tags) and tags <= {"NNS", "NNPS"}


_THINGS = (EntityType.ORGANIZATION, EntityType.DOCUMENT, EntityType.PLACE)
_SEVERAL = (EntityType.GROUP, EntityType.ORGANIZATION)
_PEOPLE = (EntityType.GROUP,)


def _somebody_before(document: Document, book: Book, token: Token, after: int) -> str | None:
    """The person who was last a subject: "Her son nods. “No water,” he says".

    Looked for in this sentence and the two before, past token `after`; nobody
    if the last such person cannot be meant.
    """
    gender = _GENDERS.get(token.lower)
    for i in range(token.i - 1, after, -1):
        other = document[i]
        if token.sentence - other.sentence > 2:
            return None
        if other.dep != "nsubj":
            continue
        if i in book.at and book.types[book.at[i][0]] is EntityType.PERSON:
            who = book.at[i][0]
            return who if book.genders[who] in (None, gender) else None
        if is_person_noun(other.lower):
            fits = lexicon().persons.get(other.lower) in (None, gender)
            return described(document, book, other) if fits else None
    return None


def _subject_before(document: Document, book: Book, token: Token) -> str | None:
    """Whoever was last the subject of a clause and can be "it" or "they", in this sentence or the two before.

    A description that nothing has taken up yet counts: "Residents fled. They
    said ...", "A report came out. It said ...". Where people are told of in this
    sentence or the one before, nothing farther back is "they": these are nearer.
    """
    several = token.lower in THEY
    people = several and people_near(document, token)
    for i in range(token.i - 1, -1, -1):
        other = document[i]
        if token.sentence - other.sentence > (1 if people else 2):
            return None
        if other.dep not in NOUN_SUBJECTS:
            continue
        if i in book.at:
            who = book.at[i][0]
            one = EntityType.GROUP if several else EntityType.DOCUMENT
            if book.types[who] is one or (book.types[who] is EntityType.ORGANIZATION and not people):
                return who
        elif _can_be(other, several=several):
            return described(document, book, other)
    return None


def _can_be(noun: Token, *, several: bool) -> bool:
    """Whether a noun that tells of itself can be "they", or "it": people and bodies, or one body or document."""
    lemma = noun.lemma.lower()
    if several:
        return noun.tag in ("NNS", "NNPS") and can_tell(noun) and lemma not in DOCUMENTS
    return noun.tag in ("NN", "NNP") and (lemma in DOCUMENTS or lemma in BODIES)


def named_within(document: Document, book: Book, who: str, content: Sequence[int], quoted: bool) -> bool:
    """Whether a content names an entity by its full name, or by any where nothing is quoted.

    He who says it is somebody else: "he said Hill was ill" is not said by Hill.
    """
    for i in content:
        if i not in book.at or book.at[i][0] != who or book.at[i][1].kind is not MentionKind.NAME:
            continue
        first, last = document.range(book.at[i][1].span)
        if last - first >= (2 if quoted else 1):
            return True
    return False


def antecedent(document: Document, pronoun: Token) -> int | None:
    """The noun that a relative pronoun stands for.

    >>> from kg.text.document import Article, parse
    >>> document = parse(Article("The woman who left was ill."))
    >>> document[antecedent(document, document[2])].text
    'woman'
    """
    for token in (pronoun, *document.ancestors(pronoun.i)):
        if token.dep in ("relcl", "acl"):
            noun = _of_number(document, _past_not(document, document[token.head]), token)
            return _person_of(document, document[noun]) if pronoun.lower == "who" else noun
    return None


def _past_not(document: Document, noun: Token) -> Token:
    """The one who is meant before one who is not: the mayor of "it was the mayor, not the clerk, who said"."""
    first = document.subtree(noun.i)[0]
    left = next((k.i for k in document.kids(noun.i) if k.dep in ("det", "poss", "neg")), first)
    denied = "not" in (document[left].lower, document[left - 1].lower)
    return document[noun.head] if denied and noun.dep in ("appos", "conj") else noun


def _of_number(document: Document, noun: Token, verb: Token) -> int:
    """The noun that a relative clause goes with by number: the remarks of "remarks about Kenya, which have angered"."""
    finite = next((t for t in (*document.kids(verb.i), verb) if t.tag in ("VBP", "VBZ") and t.i <= verb.i), None)
    if finite is None or noun.dep != "pobj" or has(document, noun.i, "conj"):
        return noun.i
    several = finite.tag == "VBP"
    above = document[document[noun.head].head]
    agrees = above.tag in (("NNS", "NNPS") if several else ("NN", "NNP"))
    return above.i if agrees and noun.tag in (("NN", "NNP") if several else ("NNS", "NNPS")) else noun.i


def _person_of(document: Document, noun: Token) -> int:
    """The noun for a person whose place "who" follows: the physician of "a physician in Leeds, who believes"."""
    above = document[document[noun.head].head]
    placed = noun.ent in words("parse", "place of somebody") and noun.dep == "pobj"
    person = above.ent == "PERSON" or is_person_noun(above.lower)
    return above.i if placed and person else noun.i
