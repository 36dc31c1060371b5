"""A cue and its frames -> the words of its source and content: where in the clause each of them stands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ...language.lexicon import words
from ...text.document import Document, Token
from .cues import Cue, CueClass
from .proposals import NOMINAL, VERBAL, Construction
from .subjects import is_passive, speaker

ADDRESSING = frozenset((CueClass.DEMANDS, CueClass.ASKS, CueClass.ASSERTS, CueClass.PROMISES))
"""Classes whose object is who is spoken to, where an infinitive or a clause follows: "urged them to go"."""

_FINITE = frozenset(("VBZ", "VBD", "VBP", "MD"))
_SUBJECTS = frozenset(("nsubj", "nsubjpass", "csubj", "csubjpass", "expl"))
_QUESTION = frozenset(("WRB", "WP", "WDT", "WP$"))
_MARKS = frozenset(("that", "if", "whether"))


@dataclass(frozen=True, slots=True)
class Complement:
    """What a cue takes: the tokens of its content, tokens that join its cue, and how."""

    content: tuple[int, ...]
    cue: tuple[int, ...]
    construction: Construction


def clause_kind(document: Document, verb: int) -> str:
    """`clause` for a finite verb or one after a conjunction, `to` or `ing` for its form, else `bare`."""
    token = document[verb]
    kids = list(document.kids(verb))
    if any(k.dep == "aux" and k.lower == "to" for k in kids):
        question = any(k.tag in _QUESTION or k.lower == "whether" for k in kids if k.i < verb)
        return "clause" if question else "to"
    if token.tag in _FINITE or any(k.tag in _FINITE and k.dep in ("aux", "auxpass", "cop") for k in kids):
        return "clause"
    if any(k.dep == "mark" and k.lower in _MARKS for k in kids) or any(k.tag in _QUESTION and k.i < verb for k in kids):
        return "clause"
    if token.tag == "VBG":
        return "ing"
    if any(k.dep in ("aux", "auxpass") and k.lower not in ("being", "having") for k in kids):
        return "clause"
    return "bare"


def complement(document: Document, verb: Token, cue: Cue, used: frozenset[int]) -> Complement | None:
    """The content that the frames of a verbal cue give it in the parse; None where none of them is filled.

    `used` holds the tokens of the cue itself.
    """
    kids = [k for k in document.kids(verb.i) if k.i not in used]
    if len(cue.words) > 1 and document[verb.i + 1].dep == "prep":
        return _after_preposition(document, verb, cue, kids)
    passive = is_passive(document, verb)
    return (
        _clausal(document, verb, cue, kids, passive)
        or _nominal(document, verb, cue, kids, passive)
        or _oblique(document, verb, cue, kids)
    )


_HEARSAY = words("speech", "hearsay")
"""Verbs whose passive tells of its subject what others say: "he is said to have fled"."""


def _clausal(document: Document, verb: Token, cue: Cue, kids: list[Token], passive: bool) -> Complement | None:
    takes = cue.takes
    clauses = [
        k for k in kids if k.dep in ("ccomp", "xcomp") or (k.dep in ("advcl", "dep", "conj") and _that(document, k.i))
    ]
    hearsay = passive and verb.lemma in _HEARSAY
    for kid in clauses:
        if kid.i < verb.i and any(document[i].text == ";" for i in range(kid.i, verb.i)):
            continue  # "police counted 12; doctors said it was 15"
        if kid.i < verb.i and any(k.dep == "dobj" and k.i > verb.i for k in kids):
            continue
        kind = clause_kind(document, kid.i)
        if kind == "bare":
            if kid.dep == "ccomp" and kid.i > verb.i and takes & {"object", "as"} and "clause" not in takes:
                return Complement(_below(document, kid.i), (), Construction.OBJECT)
            if kid.dep == "xcomp" or "clause" not in takes:
                continue
            kind = "clause"
        if kind == "clause" and "clause" in takes:
            side = [k.i for k in clauses if (k.i > verb.i) == (kid.i > verb.i) and k.dep != "xcomp"]
            return Complement(_below(document, *(side or [kid.i])), (), Construction.CLAUSE)
        if kind in ("to", "ing") and (kind in takes or (hearsay and kind == "to")) and kid.i > verb.i:
            content = list(_below(document, kid.i))
            if kid.dep == "ccomp" and cue.cls in ADDRESSING and cue.words[0] not in ("demand", "recommend", "propose"):
                drop = {i for k in document.kids(kid.i) if k.dep in _SUBJECTS for i in document.subtree(k.i)}
                content = [i for i in content if i not in drop]
            if cue.cls is CueClass.SEEMS or hearsay or (passive and cue.cls not in ADDRESSING):
                content += _subject_below(document, kids)
            return Complement(tuple(sorted(content)), (), Construction.CLAUSE)
    return None


def _subject_below(document: Document, kids: list[Token]) -> list[int]:
    return [i for k in kids if k.dep in _SUBJECTS and k.lower != "it" for i in document.subtree(k.i)]


def _nominal(document: Document, verb: Token, cue: Cue, kids: list[Token], passive: bool) -> Complement | None:
    takes = cue.takes
    named = [k for k in kids if k.dep == "oprd" and k.i > verb.i]
    about = [k for k in kids if k.dep == "prep" and k.i > verb.i]
    if cue.cls is CueClass.SEEMS:
        more = [k for k in kids if k.dep in ("oprd", "acomp", "attr") or (k.dep == "prep" and k.lower in takes)]
        content = [*_below(document, *(k.i for k in more)), *_subject_below(document, kids)]
        return Complement(tuple(sorted(content)), (), Construction.OBJECT) if more else None
    objects = ("nsubjpass", "csubjpass") if passive else ("dobj",)
    whom = [k for k in kids if k.dep in objects and (k.lower != "it" or cue.cls is CueClass.DENIES)]
    what = [i for k in whom for i in document.subtree(k.i)]
    if passive and cue.cls is CueClass.ACCUSES:
        return None  # "he was accused of theft": the content is the theft
    if not whom and verb.dep in ("relcl", "acl"):
        # "the fees he reported", "a resort now called Doral": the noun that the clause hangs on is the object
        gap = not any(k.dep in ("dobj", "ccomp", "xcomp") for k in kids)
        if passive or (verb.dep == "relcl" and gap):
            what = document.subtree(verb.head, {verb.i})
    elif whom and whom[0].tag in ("WDT", "WP") and verb.dep == "relcl":
        what = document.subtree(verb.head, {verb.i})
    if "as" in takes:
        as_ = [k for k in about if k.lower == "as"] or [
            k for o in whom for k in document.kids(o.i) if k.dep == "prep" and k.lower == "as"
        ]
        if as_ or named:
            return Complement(_joined(what, _below(document, *(k.i for k in as_ or named))), (), Construction.OBJECT)
    if "object" in takes and what and not (passive and cue.cls in ADDRESSING and cue.words[0] == "tell"):
        more = [k for k in about if k.lower in takes] + named
        if not passive and what and max(what) > verb.i:
            more += _trailing(document, verb, kids, max(what))
        return Complement(_joined(what, _below(document, *(k.i for k in more))), (), Construction.OBJECT)
    return None


def _trailing(document: Document, verb: Token, kids: list[Token], last: int) -> list[Token]:
    """What follows an object without a comma, which the parse may hang on the verb: "cited attacks in recent years"."""
    found = []
    for kid in kids:
        if kid.i > last and kid.dep in ("prep", "npadvmod"):
            below = document.subtree(kid.i)
            if below[0] != last + 1:
                break
            found.append(kid)
            last = below[-1]
    return found


def _oblique(document: Document, verb: Token, cue: Cue, kids: list[Token]) -> Complement | None:
    for kid in kids:
        if kid.dep == "prep" and kid.i > verb.i and kid.lower in cue.takes and kid.lower != "as":
            below = [k.i for k in document.kids(kid.i) if k.dep in ("pobj", "pcomp")]
            if below:
                below += [k.i for k in _trailing(document, verb, kids, max(document.subtree(kid.i)))]
                return Complement(
                    _below(document, *below), (kid.i,) if kid.i == verb.i + 1 else (), Construction.OBLIQUE
                )
    return None


def _after_preposition(document: Document, verb: Token, cue: Cue, kids: list[Token]) -> Complement | None:
    """What follows "call for", "call on": the object of the preposition, and an infinitive with it."""
    below = [k.i for k in document.kids(verb.i + 1) if k.i > verb.i + 1]
    more = [k.i for k in kids if k.dep in ("xcomp", "advcl", "ccomp") and clause_kind(document, k.i) == "to"]
    if "to" in cue.takes and more:
        return Complement(_below(document, *more), (), Construction.CLAUSE)
    return Complement(_below(document, *below, *more), (), Construction.OBLIQUE) if below else None


def _joined(*parts: Iterable[int]) -> tuple[int, ...]:
    return tuple(sorted({i for part in parts for i in part}))


def noun_complement(document: Document, noun: Token, cue: Cue) -> Complement | None:
    """The content of a nominal or adjectival cue: its clause, its infinitive, or what its preposition opens."""
    for kid in document.kids(noun.i):
        if kid.dep in ("acl", "ccomp", "relcl", "xcomp", "advcl") and kid.i > noun.i:
            kind = clause_kind(document, kid.i)
            marked = any(k.dep == "mark" and k.lower in ("that", "whether") for k in document.kids(kid.i))
            joined = (kid.dep in ("ccomp", "acl") and _that(document, kid.i)) or (kid.dep == "relcl" and marked)
            if kind == "clause" and "clause" in cue.takes and joined:
                return Complement(_below(document, kid.i), (), Construction.NOUN)
            if kind == "clause" and "clause" in cue.takes and kid.dep in ("ccomp", "advcl") and noun.pos == "ADJ":
                return Complement(_below(document, kid.i), (), Construction.NOUN)
            if kind == "to" and "to" in cue.takes and kid.dep in ("acl", "xcomp"):
                return Complement(_below(document, kid.i), (), Construction.NOUN)
        if kid.dep == "prep" and kid.i > noun.i and kid.lower in cue.takes:
            below = [k for k in document.kids(kid.i) if k.dep in ("pobj", "pcomp")]
            if below:
                extra = (kid.i,) if kid.i == noun.i + 1 else ()
                return Complement(_below(document, *(k.i for k in below)), extra, Construction.NOUN)
    head = document[noun.head]
    if head.lemma == "be" and noun.dep == "nsubj" and "clause" in cue.takes:
        # "her message was that ..."
        for kid in document.kids(head.i):
            if kid.dep in ("ccomp", "advcl") and _that(document, kid.i):
                return Complement(_below(document, kid.i), (head.i,), Construction.NOUN)
    return None


def _that(document: Document, verb: int) -> bool:
    return any((k.dep == "mark" or k.tag == "IN") and k.lower in ("that", "whether") for k in document.kids(verb))


_LIGHT = words("speech", "light verb")
_LIGHT_TURNED = frozenset(("draw", "receive", "face"))


def holder(document: Document, noun: Token) -> list[int]:
    """Who makes a nominal claim: its possessor, its maker after by, from or among, or the subject of its verb."""
    for kid in document.kids(noun.i):
        if kid.dep == "poss":
            return document.subtree(kid.i)
    for kid in document.kids(noun.i):
        if kid.dep == "prep" and kid.lower in ("by", "from", "among"):
            found = [k.i for k in document.kids(kid.i) if k.dep == "pobj"]
            if found:
                return document.subtree(found[0])
    maker = [k.i for k in document.kids(noun.i) if k.dep == "compound" and k.ent in ("ORG", "PERSON", "GPE")]
    if maker:
        return sorted({i for k in maker for i in document.subtree(k)})
    head = document[noun.head]
    if noun.dep == "dobj" and head.pos in VERBAL and head.lemma in _LIGHT - _LIGHT_TURNED:
        who = speaker(document, head)
        if who is not None:
            return document.subtree(who, {head.i})
    return []


def experiencer(document: Document, adjective: Token) -> list[int]:
    """Who is confident, worried, critical: the subject of the adjective's copula, or the noun it stands with."""
    head = document[adjective.head]
    if adjective.dep in ("acomp", "attr", "oprd", "ccomp", "conj") and head.pos in VERBAL:
        who = speaker(document, head)
        if who is not None and document[who].pos in NOMINAL and document[who].lower not in ("it", "that", "this"):
            return document.subtree(who, {head.i})
    if adjective.dep in ("amod", "acl", "relcl") and adjective.i > head.i and head.pos in NOMINAL:
        return document.subtree(head.i, {adjective.i})
    return []


def _below(document: Document, *heads: int) -> tuple[int, ...]:
    found: set[int] = set()
    for head in heads:
        found.update(document.subtree(head))
    return tuple(sorted(found))


def clause_around(document: Document, i: int, without: Iterable[int]) -> list[int]:
    """The finite clause that token `i` stands in, without the given tokens."""
    drop = set(without)
    for token in document.ancestors(i):
        if token.pos in VERBAL and (token.head == token.i or clause_kind(document, token.i) == "clause"):
            return [k for k in document.subtree(token.i) if k not in drop]
    sentence = document.sentences[document[i].sentence]
    return [k for k in range(sentence.start, sentence.end) if k not in drop]
