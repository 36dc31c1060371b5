"""A settled source -> those who say it with him: "activists and state television said"."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from ...language.syntax import child, has
from ...records.mention import EntityType
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
        if other is None or book.types[other] is EntityType.EVENT or _is_under(document, first, token):
            continue
        found[other] = None
    return tuple(found)[1:]


def _joined(document: Document, first: Token, inside: frozenset[int]) -> Iterator[Token]:
    """The tokens that "and" joins to the first of a source, and who says it "together with" that one."""
    members = list(_chain(document, first, inside))
    joins = [t for m in members for t in _beside(document, m, inside) if t.dep == "cc"]
    between = (document[i].lower for i in range(first.i, members[-1].i))
    if joins and all(_is_and(document, t) for t in joins) and "not" not in between:
        yield from members[1:]
    for kid in document.kids(first.i):
        together = kid.lower == "with" and kid.i in inside and document[kid.i - 1].lower in _TOGETHER
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
    return token.lower in _JOINING or (token.lower == "as" and document[token.i - 1].lower == "well")


def _somebody(
    document: Document, book: Book, first: Token, token: Token, meant: Callable[[int], str | None]
) -> str | None:
    """Who a joined token is: somebody named, or described by a noun of those who can tell; no second post of one."""
    bare = not has(document, token.i, "det", "poss", "nummod")
    if token.i in book.at:
        posted = any(k.dep == "compound" and k.pos == "NOUN" for k in document.kids(token.i))
        # "the mayor and party leader Jo Hill" is one
        return None if bare and posted and is_person_noun(first.lower) else book.at[token.i][0]
    if token.tag == "NN" and bare and is_person_noun(token.lower) and not has(document, token.i, "appos"):
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
