"""What the syntax proposes for a cue: the words that name its source, the words of its content. No lexicon is needed.

The rules take these as they are; the trained labeller takes them as features.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from ...language.quotes import MARKS, Quotes
from ...text.document import Document, Token

VERBAL = frozenset(("VERB", "AUX"))
NOMINAL = frozenset(("NOUN", "PROPN", "PRON"))
SUBJECTS = frozenset(("nsubj", "csubj"))
PASSIVE_SUBJECTS = frozenset(("nsubjpass", "csubjpass"))
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


def is_candidate(token: Token, quotes: Quotes) -> bool:
    """Whether a token may be a cue: a word outside quotation marks, or a colon."""
    return quotes.at[token.i] is None and (token.text == ":" or token.pos not in ("PUNCT", "SPACE", "SYM"))


def cue_head(document: Document, cue: Sequence[int]) -> int:
    """The word of a cue that governs the rest: a verb before a noun before an adjective, the highest first."""
    inside = set(cue)

    def rank(i: int) -> tuple[int, bool, int]:
        token = document[i]
        order = ("VERB", "NOUN", "PROPN", "ADJ", "AUX", "ADP", "SCONJ")
        return order.index(token.pos) if token.pos in order else len(order), token.head in inside and token.head != i, i

    return min(cue, key=rank)


def subject(document: Document, verb: int) -> int | None:
    """Who does what a verb says: its subject, the agent of its passive, or that of the verb it is joined to.

    In a relative clause it is the pronoun. None where nobody is named: an
    agentless passive, an imperative.
    """
    passive = False
    for _ in range(5):
        for kid in document.kids(verb):
            if kid.dep in SUBJECTS:
                return kid.i
            if kid.dep == "agent":
                return next((p.i for p in document.kids(kid.i) if p.dep == "pobj"), None)
            passive = passive or kid.dep in PASSIVE_SUBJECTS
        token = document[verb]
        if passive or token.head == verb:
            return None
        if token.dep == "acl" or (token.dep == "relcl" and token.tag == "VBG"):
            return token.head if token.tag == "VBG" else None
        if token.dep not in ("conj", "advcl", "xcomp", "pcomp", "prep", "dep"):
            return None
        if token.dep == "xcomp":
            dative = next((k.i for k in document.kids(token.head) if k.dep in ("dobj", "dative") and k.i < verb), None)
            if dative is not None and document[dative].pos in NOMINAL:
                return dative
        verb = token.head
        if document[verb].pos not in VERBAL:
            return None
    return None


def phrase(document: Document, head: int, without: Iterable[int] = ()) -> list[int]:
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
    noun = next((k for k in document.kids(to.i) if k.dep == "pobj"), None) if to is not None else None
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
    who = subject(document, verb.i)
    source = phrase(document, who, (verb.i,)) if who is not None else []
    kids = [k for k in document.kids(verb.i) if k.i not in cue]
    content = _below(document, (k for k in kids if k.dep in CLAUSES))
    construction = Construction.CLAUSE
    if not content:
        objects = ("dobj", "oprd", "attr", "acomp", "nsubjpass")
        content = _below(document, (k for k in kids if k.dep in objects))
        construction = Construction.OBJECT
    if not content:
        obliques = ("pobj", "pcomp", "dobj", "acl", "prep", "advcl")
        content = _below(
            document, (k for i in sorted(cue) for k in document.kids(i) if k.i not in cue and k.dep in obliques)
        )
        construction = Construction.OBLIQUE
    if verb.dep == "parataxis" and construction is not Construction.CLAUSE:
        content = document.subtree(verb.head, {verb.i})
        construction = Construction.PARENTHETIC
    sentence = document.sentences[verb.sentence]
    if construction is not Construction.CLAUSE and not any(quotes.at[i] is not None for i in content):
        quoted = [i for i in range(sentence.start, sentence.end) if quotes.at[i] is not None]
        if len(quoted) >= 4:
            content, construction = quoted, Construction.QUOTATION
    return source, content, construction if content else Construction.NOTHING


def _noun(document: Document, noun: Token, cue: set[int]) -> tuple[list[int], list[int], Construction]:
    owner = next((k.i for k in document.kids(noun.i) if k.dep == "poss"), None)
    source = document.subtree(owner) if owner is not None else []
    kinds = ("acl", "ccomp", "pobj", "pcomp", "relcl", "prep")
    kids = (k for i in sorted(cue) for k in document.kids(i) if k.i not in cue and k.dep in kinds)
    content = _below(document, kids)
    return source, content, Construction.NOUN if content else Construction.NOTHING


def _below(document: Document, kids: Iterable[Token]) -> list[int]:
    found: set[int] = set()
    for kid in kids:
        found.update(document.subtree(kid.i))
    return sorted(found)
