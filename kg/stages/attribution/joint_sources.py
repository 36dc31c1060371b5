"""A settled source -> those who say it with him: "activists and state television said"."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from ...language.lexicon import words
from ...language.syntax import child, has, has_word
from ...records.mention import EntityType, MentionKind
from ...text.document import Document, Token
from ..entities.names import is_person_noun
from .book import Book, top_of
from .nouns import can_tell

_JOINING = frozenset(("and", "&", "nor"))
_TOGETHER = frozenset(("together", "along"))
_OWNING = frozenset(("of", "for", "from"))


def joint(
    document: Document,
    book: Book,
    source: Sequence[int],
    cue: Sequence[int],
    who: str,
    meant: Callable[[int], str | None],
) -> tuple[str, ...]:
    """The entities that a source joins to `who`, whom it names first, in the order of the text.

    `meant` gives whom the phrase under a token means. Whoever is one of two
    ("the mayor or her deputy"), or has a verb for one alone ("Stars and Stripes
    says"), is no joint source; one whom nobody can tell is left out.
    """
    if not source or any(document[i].tag == "VBZ" for i in cue):
        return ()
    first, inside = document[top_of(document, source)], frozenset(source)
    if has(document, first.i, "case"):
        return ()
    found = dict.fromkeys((who,))
    for token in _joined(document, first, inside):
        other = _somebody(document, book, first, token, meant)
        if other is None or _is_under(document, first, token):
            continue
        found[other] = None
    return tuple(found)[1:]


def of_two(document: Document, book: Book, token: Token) -> tuple[str, str] | None:
    """The two whom one noun means: bodies of "the Danish and German governments", the last two people of "the pair"."""
    if token.lower in words("speech", "two of them") and has_word(document, token.i, ("det",), ("the",)):
        return _last_two(document, book, token)
    if token.tag != "NNS" or token.lemma not in words("entities", "governments") or token.i < 3:
        return None
    one, joins, other = document.tokens[token.i - 3 : token.i]
    if joins.lower != "and" or not (one.text[0].isupper() and other.text[0].isupper()):
        return None
    return _body(book, one, one, token), _body(book, other, token, token)


def _body(book: Book, owner: Token, last: Token, noun: Token) -> str:
    """The body of an owner, the one that the article knows by that name or a new one."""
    name = f"{owner.text} {noun.lemma}"
    who = next((e for e, known in book.names.items() if known.casefold() == name.casefold()), None)
    who = who or book.add(EntityType.ORGANIZATION, name, named=True, gender=None)
    book.mention(who, owner.i, last.i, MentionKind.NOMINAL)
    return who


_NEAR = 3
"""Sentences in which two people are looked for whom "the pair" takes up."""


def _last_two(document: Document, book: Book, token: Token) -> tuple[str, str] | None:
    """The last two people whom "and" joins before a token, where it joins no third; nobody if people are nearer."""
    start = document.sentences[max(0, token.sentence - _NEAR)].start
    for i in range(token.i - 1, start - 1, -1):
        if document[i].dep != "conj" or _person(book, i) is None:
            continue
        first = document[document[i].head]
        people = [_person(book, t.i) for t in _chain(document, first, frozenset(document.subtree(first.i)))]
        if first.dep == "conj" or len(people) != 2 or None in people:
            return None
        return people[0] or "", people[1] or ""
    return None


def _person(book: Book, i: int) -> str | None:
    who = book.at[i][0] if i in book.at else None
    return who if who is not None and book.types[who] is EntityType.PERSON else None


def _joined(document: Document, first: Token, inside: frozenset[int]) -> Iterator[Token]:
    """The tokens that "and" joins to the first of a source, and who says it "together with" that one."""
    members = list(_chain(document, first, inside))
    joins = [t for m in members for t in _beside(document, m, inside) if t.dep == "cc"]
    between = (document[i].lower for i in range(first.i, members[-1].i))
    if joins and all(_is_and(document, t) for t in joins) and "not" not in between:
        yield from members[1:]
    for kid in document.kids(first.i):
        together = kid.lower == "with" and document[kid.i - 1].lower in _TOGETHER
        noun = child(document, kid.i, "pobj") if together else None
        if noun is not None:
            yield from _chain(document, noun, inside)


def _chain(document: Document, first: Token, inside: frozenset[int]) -> Iterator[Token]:
    """A token and those that the parse joins to it."""
    yield first
    for kid in _beside(document, first, inside):
        if kid.dep == "conj" and kid.i > first.i:
            noun = child(document, kid.i, "pobj") if kid.pos == "ADP" else kid
            if noun is not None:
                yield from _chain(document, noun, inside)


def _beside(document: Document, token: Token, inside: frozenset[int]) -> list[Token]:
    """What hangs on a token of a source, or on its preposition: "according to A and to B"."""
    heads = (token.i, token.head) if token.dep == "pobj" else (token.i,)
    return [kid for head in heads for kid in document.kids(head) if kid.i in inside and kid.i != token.i]


def _is_and(document: Document, token: Token) -> bool:
    return token.lower in _JOINING or token.lower == "as"


def _somebody(
    document: Document, book: Book, first: Token, token: Token, meant: Callable[[int], str | None]
) -> str | None:
    """Who a joined token is: somebody named, or described by a noun of those who can tell; no second post of one."""
    named = book.at.get(token.i + 1)
    if first.pos == "PROPN" and named and is_person_noun(token.lower):
        return named[0]  # "Nick Vale and chief editor Jo Hill", where the parse joins the editor
    bare = not has(document, token.i, "det", "poss", "nummod")
    if token.i in book.at:
        posted = any(k.dep == "compound" and k.pos == "NOUN" for k in document.kids(token.i))
        # "the mayor and party leader Jo Hill" is one
        return None if bare and posted and is_person_noun(first.lower) else book.at[token.i][0]
    if token.tag == "NN" and bare and is_person_noun(token.lower):
        return None  # "the singer and actor"
    return meant(token.i) if can_tell(token) else None


def _is_under(document: Document, first: Token, token: Token) -> bool:
    """Whether a joined word hangs rather on a noun before it: "a spokesman for the mayor and the police"."""
    for kid in document.kids(first.i):
        owner = child(document, kid.i, "pobj") if kid.lower in _OWNING and kid.i < token.i else None
        if owner is not None and _article(document, owner) == _article(document, token) != _article(document, first):
            return True
    return False


def _article(document: Document, token: Token) -> str | None:
    found = child(document, token.i, "det", "poss")
    return found.lower if found is not None else None
