"""A noun phrase -> the entity that it means: beside a name, by a short form of it, taken up again, or new."""

from __future__ import annotations

from ...language.lexicon import words
from ...language.syntax import has_word, heads_a_clause
from ...records.mention import EntityType, MentionKind
from ...text.document import Document, Token
from ..entities.descriptions import edges, rank_of
from ..entities.names import is_person_noun, lexicon
from .book import Book
from .nouns import BODIES, DOCUMENTS

_ONE = words("speech", "one somebody")
_POSTS = words("entities", "letters of a post")
_SEVERAL = ("NNS", "NNPS")

_LABELS = {
    "PERSON": EntityType.PERSON,
    "ORG": EntityType.ORGANIZATION,
    "GPE": EntityType.PLACE,
    "LOC": EntityType.PLACE,
}


def beside(document: Document, book: Book, token: Token) -> str | None:
    """The name that stands beside a description: its apposition, or what it is an apposition to."""
    for kid in document.kids(token.i):
        if kid.dep == "appos" and kid.i in book.at and book.at[kid.i][1].kind is MentionKind.NAME:
            return book.at[kid.i][0]
    explains = token.dep == "appos" and token.head in book.at
    if explains and not heads_a_clause(document, token):
        return book.at[token.head][0]
    return None


def by_name(document: Document, book: Book, token: Token) -> str | None:
    """The one named entity that has the words of a capitalised source in its name, as a headline shortens it."""
    if not token.text[0].isupper():
        return None
    first, last = edges(document, token)
    for own in ({document[i].lower for i in range(first, last + 1)}, {token.lower}):
        fits = [e for e, name in book.names.items() if book.named[e] and own <= set(name.lower().split())]
        if fits:
            return fits[0] if len(fits) == 1 else None
    return None


def described(document: Document, book: Book, token: Token) -> str | None:
    """The entity that a description means: one described so before, an organisation of that sort, or a new one.

    An age alone means nobody: "the 34-year-old", where it does not take somebody up.
    """
    lemma = token.lemma.lower()
    if lemma == "old":
        return None
    definite = _is_definite(document, token)
    first, last = edges(document, token)
    key = " ".join(document[i].lemma.lower() for i in range(first, last + 1))
    another = has_word(document, token.i, ("det",), ("another",))
    who = next(
        (
            e
            for at, e in reversed(book.described.get(key, ()))
            if at < token.i and not another and _are_as_many(document[at], token)
        ),
        None,
    )
    if who is None and definite:
        who = next(
            (e for at, e in reversed(book.described.get(lemma, ())) if at < token.i and _fits(document, token, at)),
            None,
        )
    if who is None:
        kind = EntityType.DOCUMENT if lemma in DOCUMENTS else EntityType.GROUP
        gender = None
        label = None if token.lower in _POSTS else _LABELS.get(token.ent)
        named = token.pos == "PROPN" and label is not None
        if lemma in BODIES and token.tag in ("NN", "NNP"):
            kind = EntityType.ORGANIZATION
        elif _is_called_body(document, token):
            kind, named = EntityType.ORGANIZATION, True
        elif token.lower in _ONE | _POSTS or (token.tag in ("NN", "NNP") and is_person_noun(token.lower)):
            kind, gender = EntityType.PERSON, lexicon().persons.get(token.lower)
        who = book.add(label or kind, document.words(first, last + 1), named=named, gender=gender)
    book.mention(who, first, last, MentionKind.NOMINAL)
    remember(document, book, who, token)
    return who


def _fits(document: Document, token: Token, at: int) -> bool:
    """Whether an earlier description has all words of a later one: "the US president" is not "the French president"."""
    if not _are_as_many(document[at], token) or rank_of(document, document[at]) != rank_of(document, token):
        return False
    earlier, later = edges(document, document[at]), edges(document, token)
    said = {document[i].lemma.lower() for i in range(later[0], later[1] + 1) if document[i].pos not in ("DET", "PUNCT")}
    return said <= {document[i].lemma.lower() for i in range(earlier[0], earlier[1] + 1)}


def _are_as_many(one: Token, other: Token) -> bool:
    """Whether two nouns are both in the singular or both in the plural: "the officials" are not the official before."""
    return (one.tag in _SEVERAL) == (other.tag in _SEVERAL)


def remember(document: Document, book: Book, who: str, token: Token) -> None:
    """Note that a description means somebody, by all its words and by its noun alone."""
    first, last = edges(document, token)
    for word in (" ".join(document[i].lemma.lower() for i in range(first, last + 1)), token.lemma.lower()):
        book.described.setdefault(word, []).append((token.i, who))


def _is_called_body(document: Document, token: Token) -> bool:
    """Whether a capitalised word has a body for its apposition: "Clear Water, a charity"."""
    sides = [k for k in document.kids(token.i) if k.dep == "appos" and k.tag == "NN"]
    return token.text[0].isupper() and any(k.lemma.lower() in BODIES for k in sides)


def _is_definite(document: Document, token: Token) -> bool:
    return has_word(document, token.i, ("det",), words("grammar", "definite"))
