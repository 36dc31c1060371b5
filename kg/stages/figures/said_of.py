"""Of what a size is said: the subject or object of the verb that states or changes it."""

from __future__ import annotations

from ...language.lexicon import words
from ...language.syntax import NOMINAL, NOUN_SUBJECTS, NOUNS, VERBAL
from ...text.document import Document, Token
from .change import BOTH, DOWN, UP
from .concept_lexicon import lexicon

_LINKS = words("figures", "leads to a size") | {""}
_REACH = 8
"""The most governors between a number and its verb that are looked at."""


def verb_over(d: Document, head: Token, inside: range) -> tuple[Token, str] | None:
    """The verb that a number's head depends on, and the preposition between them ("" if none).

    None if a noun stands between: the size is that noun's.
    """
    link = ""
    for n, parent in enumerate(d.ancestors(head.i)):
        if parent.pos in VERBAL:
            return parent, link
        if n >= _REACH:
            return None
        if parent.pos in ("ADP", "SCONJ") and parent.dep in ("prep", "agent", "pcomp"):
            link = parent.lower
        elif parent.lemma.lower() in words("figures", "names no thing"):
            link = ""  # sold for a total of $3m
        elif parent.i not in inside and parent.pos in NOMINAL and not sized(d, parent):
            return None
    return None


def sized(d: Document, token: Token) -> bool:
    """Whether a noun is a unit or a share that a number of its own stands before: 30 percent, 5 million dollars."""
    return token.lemma.lower() in words("figures", "unit noun") or any(
        (t.dep in ("nummod", "quantmod") and t.ent != "DATE") or t.lower in ("$", "£", "€") for t in d.kids(token.i)
    )


def measured(d: Document, head: Token, inside: range) -> Token | None:
    """What a size is said of by its verb: shares that dropped to $20, a target cut to $150, a fee put at $3."""
    found = verb_over(d, head, inside)
    if found is None:
        return None
    verb, link = found
    lemma = verb.lemma.lower()
    changes = lemma in UP or lemma in DOWN or lemma in BOTH
    if link in _LINKS and (changes or lemma in words("figures", "sets an amount")):
        object = next((t for t in d.kids(verb.i) if t.dep == "dobj" and t.i not in inside and t.i < head.i), None)
        if object is not None and object.pos in NOUNS and not sized(d, object):
            return object
        if object is not None and object.pos == "PRON":
            return None  # the bank revised it up to 3 percent
    if link == "at" and (priced := _priced(d, verb, head)) is not None:
        return priced
    suffers = verb.dep == "acl" or any(t.dep in ("nsubjpass", "auxpass") for t in d.kids(verb.i))
    passive = verb.tag == "VBN" and suffers and lemma in words("figures", "sets an amount")
    stays = link == "at" and lemma in words("figures", "stays at")
    if changes or passive or stays or lemma in words("figures", "states a size"):
        return _subject(d, verb)
    return None


def _priced(d: Document, verb: Token, head: Token) -> Token | None:
    """The measure that a verb has for its object right before "at": recorded the highest price at $3."""
    at = d.tokens[head.head]
    noun = d.tokens[at.i - 1] if at.lower == "at" else None
    own = noun is not None and noun.dep == "dobj" and noun.head == verb.i
    return noun if own and noun is not None and noun.lemma.lower() in words("figures", "measure noun") else None


def _subject(d: Document, verb: Token) -> Token | None:
    """Who or what does what a verb says: its own subject, that of the verb above, or the noun that it modifies."""
    for _ in range(4):
        own = next((t for t in d.kids(verb.i) if t.dep in NOUN_SUBJECTS), None)
        if own is not None and not (own.tag in ("WDT", "WP") and verb.dep == "relcl"):
            return own
        if own is not None or (verb.dep, verb.tag) == ("relcl", "VB") or verb.dep == "acl":
            return _sized_by(d, d.tokens[verb.head])
        beside = _mistaken(d, verb)
        if beside is not None or verb.dep not in words("parse", "verb under a verb"):
            return beside
        verb = d.tokens[d.tokens[verb.head].head if verb.dep == "pcomp" else verb.head]
    return None


def _mistaken(d: Document, verb: Token) -> Token | None:
    """The subject right before a verb that the parse takes for an object: in the year to June sales were $5m."""
    noun = d.tokens[verb.i - 1] if verb.i else verb
    finite = verb.tag in words("parse", "finite verb") and verb.dep in ("ROOT", "conj")
    return noun if finite and noun.pos == "NOUN" and noun.dep in ("pobj", "conj") and noun.head < noun.i else None


def _sized_by(d: Document, noun: Token) -> Token:
    """The cost of "the cost of a day ranging from £2.50", where the parser has the day range."""
    of = d.tokens[noun.head]
    above = d.tokens[of.head]
    return above if of.lower == "of" and above.lemma.lower() in words("figures", "measure noun") else noun


def paid_for(d: Document, verb: Token, head: Token, after: int) -> Token | None:
    """What a sum is paid for or spent on, at or past token `after`: paid $5m for the rights, spent $2m on scanners."""
    if verb.lemma.lower() not in words("figures", "pays for"):
        return None
    governors = [t for above in (head, verb) for t in d.kids(above.i) if t.i >= after]
    things = [thing for t in governors if t.lower in ("on", "for") for thing in _things(d, t)]
    aims = (t for t in governors if t.tag == "VB" and t.lemma.lower() in words("figures", "buys"))
    things += [t for aim in aims for t in d.kids(aim.i) if t.dep == "dobj" and t.pos == "NOUN"]
    return things[0] if things else None


def _things(d: Document, preposition: Token) -> list[Token]:
    """The things that a preposition governs: neither names nor people."""
    objects = (t for t in d.kids(preposition.i) if t.dep == "pobj" and t.pos == "NOUN" and t.ent == "")
    return [t for t in objects if not lexicon().is_person(t.lemma)]
