"""A noun phrase -> the entity that it means: beside a name, by a title, taken up again, or new."""

from __future__ import annotations

from ...records.mention import EntityType, MentionKind
from ...text.document import Document, Token
from ..entities.names import is_person_noun, lexicon
from .book import Book
from .nouns import BODIES, DOCUMENTS

_ONE = frozenset(("one", "another", "someone", "somebody"))

_ANY_BODY = frozenset(
    "company firm group organization organisation agency charity outlet broadcaster newspaper".split()
)

_LABELS = {
    "PERSON": EntityType.PERSON,
    "ORG": EntityType.ORGANIZATION,
    "GPE": EntityType.PLACE,
    "LOC": EntityType.PLACE,
}

_FAR = 2_000
"""Tokens before a description within which the name it takes up is looked for."""


def beside(document: Document, book: Book, token: Token) -> str | None:
    """The name that stands beside a description: its apposition, or what it is an apposition to."""
    for kid in document.kids(token.i):
        if kid.dep == "appos" and kid.i in book.at and book.at[kid.i][1].kind is MentionKind.NAME:
            return book.at[kid.i][0]
    if token.dep == "appos" and token.head in book.at:
        return book.at[token.head][0]
    return None


def by_name(document: Document, book: Book, token: Token) -> str | None:
    """The one named entity that has the words of a capitalised source in its name, as a headline shortens it."""
    if not token.text[0].isupper():
        return None
    first, last = _edges(document, token)
    words = {document[i].lower for i in range(first, last + 1)}
    fits = [e for e, name in book.names.items() if book.named[e] and words <= set(name.lower().split())]
    return fits[0] if len(fits) == 1 else None


def by_title(document: Document, book: Book, token: Token) -> str | None:
    """The person whom the article gave the title that a description repeats: "the Assistant Secretary".

    What else the description says must be a place or a nation ("the Texas
    senator"), and then the title no second person's.
    """
    if token.tag in ("NNS", "NNPS") or not _is_definite(document, token):
        return None
    if any(k.dep == "prep" for k in document.kids(token.i)):
        return None
    first, last = _edges(document, token)
    words = {document[i].lower for i in range(first, last + 1)}
    places = {document[i].lower for i in range(first, token.i) if document[i].ent in ("GPE", "LOC", "NORP")}
    likely: set[str] = set()
    for i in range(first - 1, max(-1, first - _FAR), -1):
        other = document[i]
        if other.lower != token.lower or i in book.at:
            continue
        who = _titled(document, book, other)
        title = {document[k].lower for k in _title(document, other)}
        if who is not None and words <= title:
            return who
        if who is not None and words - places <= title:
            likely.add(who)
    return likely.pop() if len(likely) == 1 else None


def by_age(document: Document, book: Book, token: Token) -> str | None:
    """The person whom "the 45-year-old" takes up: the last subject who is one, in this sentence or the two before."""
    if token.lower != "old" or document[token.i - 1].text != "-":
        return None
    if not _is_definite(document, token) and (token.i < 5 or document[token.i - 5].lower != "the"):
        return None
    for i in range(token.i - 1, -1, -1):
        other = document[i]
        if token.sentence - other.sentence > 2:
            return None
        if i in book.at and other.dep in ("nsubj", "nsubjpass"):
            who = book.at[i][0]
            if book.types[who] is EntityType.PERSON:
                return who
    return None


def by_nation(document: Document, book: Book, token: Token) -> str | None:
    """The person whom "the Italian" takes up: whoever spoke last, in this sentence or the two before."""
    if token.ent != "NORP" or token.tag in ("NNS", "NNPS") or not _is_definite(document, token):
        return None
    for at, who in reversed(book.spoken):
        if at < token.i and token.sentence - document[at].sentence <= 2:
            return who if book.types[who] is EntityType.PERSON else None
    return None


def _title(document: Document, noun: Token) -> range:
    """The words of a title that end in a noun: "the Acting Assistant Secretary"."""
    left = noun.i
    while left > 0 and document[left - 1].pos in ("PROPN", "ADJ", "NOUN", "VERB") and noun.i - left < 5:
        left -= 1
    return range(left, noun.i + 1)


def _titled(document: Document, book: Book, noun: Token) -> str | None:
    """The person whom a title stands beside: "Jo Hill, the Acting Secretary", "Secretary Jo Hill"."""
    around = [noun.head] if noun.dep in ("appos", "compound", "nmod", "attr") else []
    around += [k.i for k in document.kids(noun.i) if k.dep in ("appos", "compound")]
    if noun.dep == "attr":
        around += [k.i for k in document.kids(noun.head) if k.dep == "nsubj"]
    for i in around:
        if i in book.at and book.types[book.at[i][0]] is EntityType.PERSON:
            return book.at[i][0]
    return None


def described(document: Document, book: Book, token: Token) -> str:
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
        named = token.pos == "PROPN" and token.ent in _LABELS
        if lemma in BODIES and token.tag == "NN":
            kind = EntityType.ORGANIZATION
        elif _is_called_body(document, token):
            kind, named = EntityType.ORGANIZATION, True
        elif token.lower in _ONE or (token.tag in ("NN", "NNP") and is_person_noun(token.lower)):
            kind, gender = EntityType.PERSON, lexicon().persons.get(token.lower)
        who = book.add(_LABELS.get(token.ent, kind), document.words(first, last + 1), named=named, gender=gender)
    book.mention(who, first, last, MentionKind.NOMINAL)
    for word in (key, lemma):
        book.described.setdefault(word, []).append((token.i, who))
    return who


def _is_called_body(document: Document, token: Token) -> bool:
    """Whether a capitalised word has a body for its apposition: "Clear Water, a charity"."""
    sides = [k for k in document.kids(token.i) if k.dep == "appos" and k.tag == "NN"]
    return token.text[0].isupper() and any(k.lemma.lower() in BODIES for k in sides)


def _body(document: Document, book: Book, token: Token, lemma: str) -> str | None:
    """The organisation that "the court" or "the company" takes up: one with the word in its name, or the last named."""
    latest = None
    for i in range(token.i - 1, max(-1, token.i - _FAR), -1):
        if i not in book.at:
            continue
        who, mention = book.at[i]
        above = document[i].head
        if above != i and above in book.at and book.at[above][1] is mention:
            continue  # how a name stands in its sentence is told by its head
        if book.types[who] is not EntityType.ORGANIZATION or mention.kind is not MentionKind.NAME:
            continue
        if lemma in book.names[who].lower():
            return who
        near = latest is None and token.sentence - document[i].sentence <= 3 and lemma in _ANY_BODY
        if near and not _is_other(document, document[i], book.names[who], lemma):
            latest = who
    return latest


def _is_other(document: Document, token: Token, name: str, lemma: str) -> bool:
    """Whether a name is no "company", "group" ... by its words ("Supreme Court"), or stands where reporters do.

    Those are the agency of a dateline, "(AP)", and whoever is told something.
    """
    if any(word in BODIES and word not in _ANY_BODY for word in name.lower().split()):
        return True
    bracketed = token.i > 0 and document[token.i - 1].text == "("
    spoken_to = token.dep == "dobj" and document[token.head].lemma == "tell"
    return (bracketed and lemma in ("company", "firm", "charity")) or spoken_to


def _edges(document: Document, token: Token) -> tuple[int, int]:
    """A description's first and last token, with modifiers and prepositions, without article and clauses."""
    apart = ("relcl", "acl", "appos", "advcl", "cc", "conj", "punct", "det", "predet", "case")
    inside = set(document.subtree(token.i, {k.i for k in document.kids(token.i) if k.dep in apart}))
    first = last = token.i
    while first - 1 in inside:
        first -= 1
    while last + 1 in inside:
        last += 1
    while last > token.i and not document[last].text[-1].isalnum() and document[last].pos == "PUNCT":
        last -= 1
    return first, last


def _is_definite(document: Document, token: Token) -> bool:
    return any(k.dep == "det" and k.lower in ("the", "this", "that", "these", "those") for k in document.kids(token.i))
