"""What the syntax proposes for a cue: the words that name its source, the words of its content. No lexicon is needed.

The rules take these as they are; the trained labeller takes them as features.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from ...language.quotes import MARKS, Quotes
from ...language.syntax import NOMINAL, PASSIVE_SUBJECTS, SUBJECTS, VERBAL, branches, child, owner
from ...text.document import Document, Token

CLAUSES = frozenset(("ccomp", "xcomp"))
EDGES = frozenset(",.;:-–—…") | {"--", "..."} | MARKS
"""Marks that neither begin nor end a source or a content."""


class Construction(StrEnum):
    """How a cue takes its content."""

    CLAUSE = "clause"
    OBJECT = "object"
    OBLIQUE = "oblique"
    PARENTHETIC = "parenthetic"
    QUOTATION = "quotation"
    ACCORDING = "according"
    NOUN = "noun"
    LABEL = "label"
    CONTINUED = "continued"
    NOTHING = "nothing"
    RELAYED = "relayed"


@dataclass(frozen=True, slots=True)
class Proposal:
    """Token indices, each sorted, of a cue, its source and its content; the last two may be empty."""

    cue: tuple[int, ...]
    source: tuple[int, ...]
    content: tuple[int, ...]
    construction: Construction


def cue_head(document: Document, cue: Sequence[int]) -> int:
    """The word of a cue that governs the rest: a verb before a noun before an adjective, the highest first."""
    inside = set(cue)

    def rank(i: int) -> tuple[int, bool, int]:
        token = document[i]
        order = ("VERB", "NOUN", "PROPN", "ADJ", "AUX", "ADP", "SCONJ")
        return order.index(token.pos) if token.pos in order else len(order), token.head in inside and token.head != i, i

    return min(cue, key=rank)


def _subject(document: Document, verb: int) -> int | None:
    """Who does what a verb says: its subject, the agent of its passive, or that of the verb it is joined to.

    In a relative clause it is the pronoun. None where nobody is named: an
    agentless passive, an imperative. The labeller has learnt from this one, `kg.language.syntax.speaker` looks further.
    """
    for _ in range(5):
        kids = list(document.kids(verb))
        own = next((k for k in kids if k.dep in SUBJECTS or k.dep == "agent"), None)
        if own is not None:
            named = own if own.dep in SUBJECTS else child(document, own.i, "pobj")
            return named.i if named is not None else None
        token = document[verb]
        if token.head == verb or any(k.dep in PASSIVE_SUBJECTS for k in kids):
            return None
        if token.dep in ("acl", "relcl") and token.tag == "VBG":
            return token.head
        dative = _addressed(document, token) if token.dep == "xcomp" else None
        if dative is not None:
            return dative
        if token.dep not in _SHARING or document[token.head].pos not in VERBAL:
            return None
        verb = token.head
    return None


def _addressed(document: Document, verb: Token) -> int | None:
    """Who is told to do what an infinitive says: "asked him to go"."""
    whom = next((k for k in document.kids(verb.head) if k.dep in ("dobj", "dative") and k.i < verb.i), None)
    return whom.i if whom is not None and whom.pos in NOMINAL else None


_SHARING = frozenset(("conj", "advcl", "xcomp", "pcomp", "prep", "dep"))
"""How a clause hangs on another whose subject may be its own."""


def _phrase(document: Document, head: int, without: Iterable[int] = ()) -> list[int]:
    """The tokens of the noun phrase of `head`, its appositions and prepositions with it, its clauses not."""
    drop = set(without)
    drop.update(k.i for k in document.kids(head) if k.dep in ("relcl", "advcl", "parataxis", "ccomp"))
    return document.subtree(head, drop)


def trimmed(document: Document, indices: Iterable[int]) -> list[int]:
    """Sorted indices without the marks at either end; quotation marks inside stay."""
    kept = sorted(set(indices))
    first, last = 0, len(kept)
    while first < last and document[kept[first]].text in EDGES:
        first += 1
    while last > first and document[kept[last - 1]].text in EDGES:
        last -= 1
    return kept[first:last]


def propose(document: Document, quotes: Quotes, cue: Sequence[int]) -> Proposal:
    """The source and content that the parse gives a cue, found by the shape of the clause alone."""
    head = document[cue_head(document, cue)]
    inside = set(cue)
    if head.lower == "according" or (head.lower == "to" and document[head.head].lower == "according"):
        return _according(document, quotes, cue, head if head.lower == "according" else document[head.head])
    if head.pos in VERBAL:
        source, content, construction = _verb(document, quotes, head, inside)
    else:
        source, content, construction = _noun(document, head, inside)
    source = [i for i in source if i not in inside]
    content = [i for i in content if i not in inside and i not in set(source)]
    content = grown(document, quotes, content, inside | set(source))
    return Proposal(
        tuple(sorted(inside)), tuple(trimmed(document, source)), tuple(trimmed(document, content)), construction
    )


def grown(document: Document, quotes: Quotes, content: Iterable[int], without: set[int]) -> list[int]:
    """Content with each quotation that it touches taken whole."""
    grown = set(content)
    for q in {quotes.at[i] for i in grown} - {None}:
        assert q is not None
        first, last = document.range(quotes.quotations[q].outer)
        grown.update(i for i in range(first, last) if i not in without)
    return sorted(grown)


def _according(document: Document, quotes: Quotes, cue: Sequence[int], according: Token) -> Proposal:
    to = next((k for k in document.kids(according.i) if k.lower == "to"), None)
    noun = child(document, to.i, "pobj") if to is not None else None
    source = document.subtree(noun.i) if noun is not None else []
    sentence = document.sentences[according.sentence]
    bad = set(document.subtree(according.i)) | set(cue)
    content = [i for i in range(sentence.start, sentence.end) if i not in bad]
    return Proposal(
        tuple(sorted(cue)),
        tuple(trimmed(document, (i for i in source if i not in set(cue)))),
        tuple(trimmed(document, content)),
        Construction.ACCORDING,
    )


def _verb(document: Document, quotes: Quotes, verb: Token, cue: set[int]) -> tuple[list[int], list[int], Construction]:
    who = _subject(document, verb.i)
    source = _phrase(document, who, (verb.i,)) if who is not None else []
    content, construction = _taken(document, verb, cue)
    if verb.dep == "parataxis" and construction is not Construction.CLAUSE:
        content, construction = document.subtree(verb.head, {verb.i}), Construction.PARENTHETIC
    sentence = document.sentences[verb.sentence]
    if construction is not Construction.CLAUSE and not any(quotes.at[i] is not None for i in content):
        quoted = [i for i in range(sentence.start, sentence.end) if quotes.at[i] is not None]
        if len(quoted) >= 4:
            content, construction = quoted, Construction.QUOTATION
    return source, content, construction if content else Construction.NOTHING


def _taken(document: Document, verb: Token, cue: set[int]) -> tuple[list[int], Construction]:
    """What a verb takes: its clauses, else its objects, else what hangs on it or on the cue's other words."""
    kids = [k for k in document.kids(verb.i) if k.i not in cue]
    for labels, construction in ((CLAUSES, Construction.CLAUSE), (_OBJECTS, Construction.OBJECT)):
        content = branches(document, *(k.i for k in kids if k.dep in labels))
        if content:
            return list(content), construction
    return _hanging(document, cue, _OBLIQUES), Construction.OBLIQUE


_OBJECTS = frozenset(("dobj", "oprd", "attr", "acomp", "nsubjpass"))
_OBLIQUES = frozenset(("pobj", "pcomp", "dobj", "acl", "prep", "advcl"))
_UNDER_NOUNS = frozenset(("acl", "ccomp", "pobj", "pcomp", "relcl", "prep"))


def _hanging(document: Document, cue: set[int], labels: frozenset[str]) -> list[int]:
    kids = (k for i in sorted(cue) for k in document.kids(i))
    return list(branches(document, *(k.i for k in kids if k.i not in cue and k.dep in labels)))


def _noun(document: Document, noun: Token, cue: set[int]) -> tuple[list[int], list[int], Construction]:
    whose = owner(document, noun.i)
    source = document.subtree(whose.i) if whose is not None else []
    content = _hanging(document, cue, _UNDER_NOUNS)
    return source, content, Construction.NOUN if content else Construction.NOTHING
