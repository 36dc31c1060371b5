"""The clauses around a figure: what is said of the thing it counts, and what of the clause above."""

from __future__ import annotations

from collections.abc import Iterator

from ...language.lexicon import words
from ...language.syntax import NOUN_SUBJECTS, VERBAL
from ...text.document import Document, Token
from .concept_lexicon import lexicon

_LED = words("parse", "led by a verb")
_SAYING = words("figures", "saying")


def ancestors_by_clause(d: Document, tokens: tuple[int, int], verb: int | None) -> Iterator[tuple[frozenset[int], int]]:
    """The tokens between a figure and its verb, then those up to the next verb where one clause leads to another.

    Each comes with the token before which an adverbial of it must stand. Of a
    clause joined by "and", with a subject of its own, only what opens the
    sentence holds for both: "In Mali, two died and five were hurt".
    """
    level = set(range(*tokens))
    if verb is not None and d.tokens[verb].sentence == d.tokens[tokens[0]].sentence:
        level.add(verb)
    before = len(d)
    for parent in d.ancestors(tokens[0]):
        level.add(parent.i)
        if parent.pos in VERBAL and parent.dep not in ("aux", "auxpass"):
            yield frozenset(level), before
            if not _leads_up(d, parent):
                return
            if parent.dep == "conj" and any(t.lower == "to" and t.dep == "aux" for t in d.kids(parent.i)):
                before = min(before, parent.head)  # to be ready by 2040 and to buy 90,000 vans
            if parent.dep == "conj" and (own := _subject(d, parent)) is not None:
                above = _subject(d, d.tokens[parent.head])
                if above is not None and above.i != own.i:
                    before = min(before, above.i)
            level = set()
    if level:
        yield frozenset(level), before


def _subject(d: Document, verb: Token) -> Token | None:
    return next((t for t in d.kids(verb.i) if t.dep in NOUN_SUBJECTS), None)


def _leads_up(d: Document, verb: Token) -> bool:
    """Whether what is said of the clause above holds for this one: not where that is somebody's saying it."""
    above = d.tokens[verb.head]
    if above.i == verb.i or above.lemma.lower() in _SAYING:
        return False
    return verb.dep in _LED or (verb.dep in ("advcl", "acl") and verb.tag == "VBG")


def introduces_time(d: Document, verb: Token, openers: frozenset[str]) -> bool:
    """Whether a clause is one of time, by the word that opens it."""
    return any(t.lower in openers and t.i < verb.i for t in d.kids(verb.i))


def harmed_besides(d: Document, level: frozenset[int]) -> frozenset[int]:
    """The verbs of harm joined on to those of a clause: "injured" for the figure of "40 were killed and 60 injured"."""
    events = lexicon()
    return frozenset(
        kid.i
        for i in level
        if d.tokens[i].pos == "VERB"
        for kid in d.kids(i)
        if kid.dep == "conj" and events.event(kid.lemma) in events.of_people
    )
