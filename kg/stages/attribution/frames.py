"""A cue and its frames -> the words of its source and content: where in the clause each of them stands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from ...language.lexicon import words
from ...language.syntax import (
    CLAUSE_SUBJECTS,
    NOMINAL,
    branches,
    child,
    clause_kind,
    is_passive,
    opens_with_that,
    owner,
    speaker,
)
from ...text.document import Document, Token
from .constructions import Construction
from .cues import Cue, CueClass

ADDRESSING = frozenset((CueClass.DEMANDS, CueClass.ASKS, CueClass.ASSERTS, CueClass.PROMISES))
"""Classes whose object is who is spoken to, where an infinitive or a clause follows: "urged them to go"."""


@dataclass(frozen=True, slots=True)
class Complement:
    """What a cue takes: the tokens of its content, tokens that join its cue, and how."""

    content: tuple[int, ...]
    cue: tuple[int, ...]
    construction: Construction


class _Clause(NamedTuple):
    """A verbal cue in its clause: what depends on the verb besides the cue's own tokens."""

    document: Document
    verb: Token
    cue: Cue
    kids: list[Token]
    passive: bool

    @property
    def hearsay(self) -> bool:
        """Whether its passive tells of its subject what others say: "he is said to have fled"."""
        return self.passive and self.verb.lemma in words("speech", "hearsay")

    @property
    def subject(self) -> list[int]:
        """The tokens of the subject, if it is not "it"."""
        some = (k for k in self.kids if k.dep in CLAUSE_SUBJECTS and k.lower != "it")
        return [i for k in some for i in self.document.subtree(k.i)]


def complement(document: Document, verb: Token, cue: Cue, used: frozenset[int]) -> Complement | None:
    """The content that the frames of a verbal cue give it in the parse; None where none of them is filled.

    `used` holds the tokens of the cue itself.
    """
    kids = [k for k in document.kids(verb.i) if k.i not in used]
    if len(cue.words) > 1 and document[verb.i + 1].dep in ("prep", "mark"):
        return _after_preposition(document, verb, cue, kids)
    clause = _Clause(document, verb, cue, kids, is_passive(document, verb))
    return _clausal(clause) or _nominal(clause) or _oblique(clause)


def _clausal(c: _Clause) -> Complement | None:
    clauses = [
        k
        for k in c.kids
        if k.dep in ("ccomp", "xcomp") or (k.dep in ("advcl", "dep", "conj") and opens_with_that(c.document, k.i))
    ]
    for kid in clauses or _under_paper(c):
        if kid.i < c.verb.i and _is_apart(c, kid):
            continue
        found = _finite(c, kid, clauses) or _with_infinitive(c, kid)
        if found is not None:
            return found
    return None


def _under_paper(c: _Clause) -> list[Token]:
    """The clause that the parse hangs on where it was said: "said in a statement that the mill would close"."""
    objects = (o for k in c.kids if k.dep == "prep" and k.i > c.verb.i for o in c.document.kids(k.i) if o.dep == "pobj")
    return [k for o in objects for k in c.document.kids(o.i) if k.dep == "acl" and opens_with_that(c.document, k.i)]


def _is_apart(c: _Clause, kid: Token) -> bool:
    """Whether a clause before the verb is none of its own: "police counted 12; doctors said it was 15"."""
    stop = any(c.document[i].text == ";" for i in range(kid.i, c.verb.i))
    heard = c.verb.lemma in words("speech", "needs a hearer")
    return stop or (not heard and any(k.dep == "dobj" and k.i > c.verb.i for k in c.kids))


def _finite(c: _Clause, kid: Token, clauses: list[Token]) -> Complement | None:
    """A finite clause, or one that the parse makes bare."""
    kind, after = clause_kind(c.document, kid.i), kid.i > c.verb.i
    clause = "clause" in c.cue.takes
    if kind == "bare" and kid.dep == "ccomp" and after and c.cue.takes & {"object", "as"} and not clause:
        return Complement(branches(c.document, kid.i), (), Construction.OBJECT)
    if not clause or kind not in ("bare", "clause") or (kind == "bare" and kid.dep == "xcomp"):
        return None
    side = [k.i for k in clauses if (k.i > c.verb.i) == after and k.dep != "xcomp"]
    return Complement(branches(c.document, *(side or [kid.i])), (), Construction.CLAUSE)


def _with_infinitive(c: _Clause, kid: Token) -> Complement | None:
    """An infinitive or a gerund after the verb, without whom it is put to, with whom others tell it of."""
    kind = clause_kind(c.document, kid.i)
    taken = kind in c.cue.takes or c.hearsay
    if not taken or kid.i < c.verb.i:
        return None
    content = set(c.document.subtree(kid.i))
    addressing = c.cue.cls in ADDRESSING
    if kid.dep == "ccomp" and addressing:
        whom = (k.i for k in c.document.kids(kid.i) if k.dep in CLAUSE_SUBJECTS)
        content.difference_update(branches(c.document, *whom))
    if c.cue.cls is CueClass.SEEMS or c.hearsay or (c.passive and not addressing):
        content.update(c.subject)
    return Complement(tuple(sorted(content)), (), Construction.CLAUSE)


def _nominal(c: _Clause) -> Complement | None:
    if c.cue.cls is CueClass.SEEMS:
        return _seeming(c)
    if c.passive and c.cue.cls is CueClass.ACCUSES:
        return None  # "he was accused of theft": the content is the theft
    whom = _objects(c)
    what = _what(c, whom)
    named = [k for k in c.kids if k.dep == "oprd" and k.i > c.verb.i]
    about = [k for k in c.kids if k.dep == "prep" and k.i > c.verb.i]
    as_ = _called_as(c, whom, about) or named if "as" in c.cue.takes else []
    if as_:
        return Complement(_joined(what, branches(c.document, *(k.i for k in as_))), (), Construction.OBJECT)
    if "object" not in c.cue.takes or not what:
        return None
    more = [k for k in about if k.lower in c.cue.takes] + named
    if not c.passive and max(what) > c.verb.i:
        more += _trailing(c, max(what))
    return Complement(_joined(what, branches(c.document, *(k.i for k in more))), (), Construction.OBJECT)


def _called_as(c: _Clause, whom: list[Token], about: list[Token]) -> list[Token]:
    """The "as" of "described him as a liar", under the verb or under its object."""
    inside = (k for o in whom for k in c.document.kids(o.i) if k.dep == "prep")
    return [k for k in about if k.lower == "as"] or [k for k in inside if k.lower == "as"]


def _seeming(c: _Clause) -> Complement | None:
    more = [k for k in c.kids if k.dep in ("oprd", "acomp", "attr") or k.lower in c.cue.takes]
    content = [*branches(c.document, *(k.i for k in more)), *c.subject]
    return Complement(tuple(sorted(content)), (), Construction.OBJECT) if more else None


def _objects(c: _Clause) -> list[Token]:
    """The objects of the verb, or what its passive is said of."""
    labels = ("nsubjpass", "csubjpass") if c.passive else ("dobj",)
    return [k for k in c.kids if k.dep in labels and (k.lower != "it" or c.cue.cls is CueClass.DENIES)]


def _what(c: _Clause, whom: list[Token]) -> list[int]:
    """The tokens of the objects; of a clause under a noun the noun: "the fees he reported", "a resort called Doral"."""
    relative = c.verb.dep == "relcl"
    if whom:
        pronoun = relative and whom[0].tag in ("WDT", "WP")
    else:
        gap = relative and not any(k.dep in ("dobj", "ccomp", "xcomp") for k in c.kids)
        pronoun = gap or (c.passive and c.verb.dep in ("relcl", "acl"))
    if pronoun:
        return c.document.subtree(c.verb.head, {c.verb.i})
    return [i for k in whom for i in c.document.subtree(k.i)]


def _trailing(c: _Clause, last: int) -> list[Token]:
    """What follows an object without a comma, which the parse may hang on the verb: "cited attacks in recent years"."""
    found = []
    for kid in c.kids:
        if kid.i > last and (kid.dep in ("prep", "npadvmod") or _is_purpose(c, kid)):
            own = c.document.subtree(kid.i)
            if own[0] != last + 1:
                break
            found.append(kid)
            last = own[-1]
    return found


def _is_purpose(c: _Clause, kid: Token) -> bool:
    """Whether a clause tells what the object is for: "announced a further £25 million to clean the bay"."""
    return kid.dep == "advcl" and clause_kind(c.document, kid.i) == "to" and c.cue.cls is CueClass.ASSERTS


def _oblique(c: _Clause) -> Complement | None:
    for kid in c.kids:
        if kid.dep == "prep" and kid.i > c.verb.i and kid.lower in c.cue.takes:
            opened = _opened(c.document, kid)
            if opened:
                opened += [k.i for k in _trailing(c, max(c.document.subtree(kid.i)))]
                extra = (kid.i,) if kid.i == c.verb.i + 1 else ()
                return Complement(branches(c.document, *opened), extra, Construction.OBLIQUE)
    return None


def _opened(document: Document, preposition: Token) -> list[int]:
    return [k.i for k in document.kids(preposition.i) if k.dep in ("pobj", "pcomp")]


def _after_preposition(document: Document, verb: Token, cue: Cue, kids: list[Token]) -> Complement | None:
    """What follows "call for", "call on": the object of the preposition, and an infinitive with it.

    In "called for the road to be closed" the parse hangs the "for" on the infinitive.
    """
    joint = document[verb.i + 1]
    if joint.dep == "mark":
        asked = [i for i in document.subtree(joint.head) if i > joint.i]
        return Complement(tuple(asked), (), Construction.CLAUSE) if joint.head > joint.i else None
    first = [k.i for k in document.kids(verb.i + 1) if k.i > verb.i + 1]
    more = [k.i for k in kids if clause_kind(document, k.i) == "to"]
    if "to" in cue.takes and more:
        return Complement(branches(document, *more), (), Construction.CLAUSE)
    return Complement(branches(document, *first, *more), (), Construction.OBLIQUE) if first else None


def _joined(*parts: Iterable[int]) -> tuple[int, ...]:
    return tuple(sorted({i for part in parts for i in part}))


def noun_complement(document: Document, noun: Token, cue: Cue) -> Complement | None:
    """The content of a nominal or adjectival cue: its clause, its infinitive, or what its preposition opens."""
    for kid in (*document.kids(noun.i), *_under_maker(document, noun)):
        if kid.i < noun.i:
            continue
        if _is_its_clause(document, noun, cue, kid):
            return Complement(branches(document, kid.i), (), Construction.NOUN)
        opened = _opened(document, kid) if kid.lower in cue.takes else []
        if opened:
            extra = (kid.i,) if kid.i == noun.i + 1 else ()
            return Complement(branches(document, *opened), extra, Construction.NOUN)
    head = document[noun.head]
    if head.lemma == "be" and noun.dep == "nsubj" and "clause" in cue.takes:
        # "her message was that ..."
        for kid in document.kids(head.i):
            if kid.dep in ("ccomp", "advcl") and opens_with_that(document, kid.i):
                return Complement(branches(document, kid.i), (head.i,), Construction.NOUN)
    return None


def _under_maker(document: Document, noun: Token) -> list[Token]:
    """The clause that the parse hangs on the maker of a claim: "claims by the union that men were hurt"."""
    makers = (child(document, k.i, "pobj") for k in document.kids(noun.i) if k.lower in _BY and k.i > noun.i)
    clauses = (k for m in makers if m is not None for k in document.kids(m.i) if k.dep in ("relcl", "acl"))
    return [k for k in clauses if opens_with_that(document, k.i)]


def _is_its_clause(document: Document, noun: Token, cue: Cue, kid: Token) -> bool:
    """Whether what follows a noun or an adjective is the clause or the infinitive that it takes."""
    if kid.dep not in words("parse", "clause that a noun takes"):
        return False
    kind = clause_kind(document, kid.i)
    if kind == "to":
        return "to" in cue.takes and kid.dep in ("acl", "xcomp")
    if kind != "clause" or "clause" not in cue.takes:
        return False
    if kid.dep in ("ccomp", "advcl") and noun.pos == "ADJ":
        return True
    return opens_with_that(document, kid.i)


_BY = frozenset(("by", "from", "among"))
LIGHT_TURNED = frozenset(("draw", "receive", "face"))


def holder(document: Document, noun: Token) -> list[int]:
    """Who makes a nominal claim: its possessor, its maker after by, from or among, or the subject of its verb."""
    whose = owner(document, noun.i)
    if whose is not None:
        return document.subtree(whose.i)
    prepositions = (k for k in document.kids(noun.i) if k.lower in _BY)
    by = next((m for k in prepositions if (m := child(document, k.i, "pobj")) is not None), None)
    if by is not None:
        return document.subtree(by.i, {k.i for k in document.kids(by.i) if opens_with_that(document, k.i)})
    maker = [k.i for k in document.kids(noun.i) if k.dep == "compound" and k.ent in ("ORG", "PERSON", "GPE")]
    head = document[noun.head]
    light = noun.dep == "dobj" and head.lemma in words("speech", "light verb") - LIGHT_TURNED
    who = speaker(document, head) if light and not maker else None
    return document.subtree(who, {head.i}) if who is not None else list(branches(document, *maker))


def experiencer(document: Document, adjective: Token) -> list[int]:
    """Who is confident, worried, critical: the subject of the adjective's copula, or the noun it stands with."""
    head = document[adjective.head]
    if adjective.dep in words("parse", "adjective under a verb"):
        who = speaker(document, head)
        if who is not None and document[who].pos in NOMINAL and document[who].lower not in ("it", "that", "this"):
            return document.subtree(who, {head.i})
    if adjective.dep in ("amod", "acl", "relcl") and adjective.i > head.i and head.pos in NOMINAL:
        return document.subtree(head.i, {adjective.i})
    return []
