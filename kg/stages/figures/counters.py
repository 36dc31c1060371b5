"""Who has come by a number outside of any statement: counted, reckoned or polled it, and how."""

from __future__ import annotations

from ...language.lexicon import words
from ...language.syntax import VERBAL
from ...records.attribution import Attribution
from ...records.entity import Entity
from ...records.figure import Telling
from ...records.mention import EntityType
from ...text.article import Span
from ...text.document import Document, Token
from .issuers import Issuers

_COUNTING = words("figures", "counting")
"""Verbs by which an organisation gives a number as their object: the network documented 306 deaths."""
EXPECTING = words("figures", "expecting")
"""Those by which it gives its own number, also inside what somebody else reports: the city expects 6 million."""
_ESTIMATES = words("figures", "estimates")
_METHODS = words("figures", "methods")
_SHOWING = words("figures", "showing")
_BEFALLING = words("figures", "befalls a place")
"""What a body does and what happens in a place: the office recorded 40 thefts, the region recorded 40 thefts."""
_REPORTING = frozenset({EntityType.ORGANIZATION, EntityType.GROUP, EntityType.DOCUMENT, EntityType.PLACE})


class Counters:
    """The named things of one document, by place, and which of them has counted, reckoned or polled a number."""

    __slots__ = ("_document", "_issuers", "_starts")

    def __init__(self, document: Document, entities: tuple[Entity, ...], issuers: Issuers) -> None:
        self._document, self._issuers = document, issuers
        self._starts: dict[int, tuple[int, Entity]] = {}
        for entity in entities:
            for mention in entity.mentions:
                first, last = document.range(mention.span)
                for i in range(first, last):
                    held = self._starts.get(i)
                    if held is None or held[0] < last - first:
                        self._starts[i] = (last - first, entity)

    def counter(self, first: int, last: int, verbs: frozenset[str] | None = None) -> Telling | None:
        """The organisation whose counting the figure is: the object of its verb, or of its "estimate".

        With `verbs` it is the object of one of these alone.
        """
        d = self._document
        for i in (first, *(t.i for t in d.ancestors(first))):
            token = d.tokens[i]
            if verbs is None and token.pos == "NOUN" and token.lemma.lower() in _ESTIMATES and not first <= i < last:
                owner = self._owner(token)
                if owner is not None:
                    return told_by(owner, token)
            if token.pos == "VERB":
                forecast = next((t for t in d.kids(i) if t.dep == "dobj" and t.lemma.lower() in _ESTIMATES), None)
                if forecast is not None and verbs is None:
                    return told_by(self._owner(forecast), forecast)  # cut its forecast to 1.8 percent
                if token.lemma.lower() not in (verbs or _COUNTING):
                    if token.dep == "acl" or self._expected(token):
                        continue  # the number of civilians killed at 300; expects 300 to leave
                    return None
                subject = self.subject(token)
                if subject is None or first in d.subtree(subject.i) or self._pays_in(token, first):
                    return None
                who = self.entity(subject, persons=token.lemma.lower() in ("put", "estimate"))
                return None if token.lemma.lower() in _BEFALLING and _is_area(who) else told_by(who, token)
        return None

    def reckoners(self, first: int, held: Attribution) -> tuple[Token, Token] | None:
        """Whose number somebody passes on, and the word that says so: "the UN estimated that 5,000 people had fled"."""
        d = self._document
        inside = {i for span in held.content for i in range(*d.range(span))}
        for token in d.ancestors(first):
            if token.i not in inside:
                return None
            above = d.tokens[token.head]
            if token.dep == "ccomp" and above.i in inside and above.lemma.lower() in words("figures", "reckons that"):
                subject = self.subject(above)
                return (subject, above) if subject is not None and subject.i in inside else None
            if token.dep in ("acl", "prep", "pobj") and above.pos == "NOUN" and above.lemma.lower() in _ESTIMATES:
                return self._estimator(above)
        return None

    def _estimator(self, noun: Token) -> tuple[Token, Token] | None:
        """The named thing whose estimate it is, and the noun that says so."""
        owners = [t for t in self._document.kids(noun.i) if t.dep in ("poss", "compound", "nmod")]
        named = (t for t in owners if self.entity(t) is not None or (t.dep == "poss" and t.pos == "NOUN"))
        return next(((t, noun) for t in named), None)

    def _pays_in(self, verb: Token, first: int) -> bool:
        """Whether a sum is put somewhere, which reckons nothing: put $5 million into the club, but put it at 300."""
        d = self._document
        if verb.lemma.lower() != "put":
            return False
        return not any(t.lower == "at" and t.i < first and first in d.subtree(t.i) for t in d.kids(verb.i))

    def _expected(self, verb: Token) -> bool:
        """Whether a verb is what somebody expects: expects 300 people to leave."""
        above = self._document.tokens[verb.head]
        return verb.tag == "VB" and verb.dep in ("ccomp", "xcomp") and above.lemma.lower() in EXPECTING

    def subject(self, verb: Token) -> Token | None:
        """Who does what a verb says, also over a verb above: the office used records to estimate 300."""
        for _ in range(3):
            subject = next((t for t in self._document.kids(verb.i) if t.dep == "nsubj"), None) or self._agent(verb)
            if subject is not None or verb.dep not in ("xcomp", "conj", "advcl"):
                return subject
            verb = self._document.tokens[verb.head]
        return None

    def _owner(self, noun: Token) -> Entity | None:
        """Whose estimate: the bank's estimate, an estimate by the bank, a figure given by the bank."""
        d = self._document
        for kid in d.kids(noun.i):
            if kid.dep == "poss":
                return self.entity(kid)
            if kid.lower in ("by", "from"):
                return self.entity(next((t for t in d.kids(kid.i) if t.dep == "pobj"), None))
            if kid.dep == "acl" and kid.tag == "VBN":
                return self.entity(self._agent(kid))
        return None

    def _agent(self, verb: Token) -> Token | None:
        by = next((t for t in self._document.kids(verb.i) if t.dep == "agent"), None)
        return next((t for t in self._document.kids(by.i) if t.dep == "pobj"), None) if by is not None else None

    def entity(self, token: Token | None, *, persons: bool = False) -> Entity | None:
        """The body, group, document or place that a token names; also the person, with `persons`."""
        held = self._starts.get(token.i) if token is not None else None
        if held is None:
            return None
        return held[1] if held[1].type in _REPORTING or (persons and held[1].type is EntityType.PERSON) else None

    def method(self, first: int, last: int) -> str | None:
        """How a number was come by: photographs that show it, a survey it was found in, records it is based on."""
        d = self._document
        for parent in d.ancestors(first):
            if parent.pos == "VERB":
                subject = next((t for t in d.kids(parent.i) if t.dep == "nsubj"), None)
                if parent.dep == "relcl":
                    return None
                if subject is not None and parent.lemma.lower() in _SHOWING and subject.lemma.lower() in _METHODS:
                    return self._words(subject, first, last)
                for kid in d.kids(parent.i):
                    if kid.lower in ("based", "using") or (kid.dep == "prep" and kid.lower in ("in", "from", "on")):
                        noun = self._source_noun(kid)
                        if noun is not None and first not in d.subtree(noun.i):
                            return self._words(noun, first, last)
        return None

    def pollster(self, first: int) -> Telling | None:
        """Whose poll a share was answered in: "In a September Gallup poll, 75 percent of Republicans said"."""
        d = self._document
        for verb in d.ancestors(first):
            for preposition in d.kids(verb.i) if verb.pos in VERBAL else ():
                noun = self._source_noun(preposition) if preposition.lower in ("in", "from") else None
                if noun is not None and noun.lemma.lower() in ("poll", "survey", "census"):
                    whose = next((t for t in d.kids(noun.i) if t.dep in ("compound", "nmod", "poss")), None)
                    owner = self.entity(whose) or self._issuers.of(noun)
                    return told_by(owner, noun) if owner is not None and owner.named else None
            if verb.dep == "relcl":
                return None
        return None

    def _source_noun(self, token: Token) -> Token | None:
        """The survey of "in a survey", "based on a survey"."""
        d = self._document
        for kid in d.kids(token.i):
            if kid.dep == "pobj" or (kid.dep == "dobj" and token.lower == "using"):
                return kid if kid.lemma.lower() in _METHODS else None
            if kid.lower == "on":
                return self._source_noun(kid)
        return None

    def _words(self, noun: Token, first: int, last: int) -> str:
        """A noun phrase without its article and relative clause; a number inside "a survey of 1,200 people" stays."""
        d = self._document
        clauses = frozenset(t.i for t in d.kids(noun.i) if t.dep in words("parse", "outside a reporter"))
        inside = [i for i in d.subtree(noun.i, clauses) if not first <= i < last]
        low, high = inside[0], noun.i
        while high + 1 in inside:
            high += 1
        while low < noun.i and d.tokens[low].pos == "DET":
            low += 1
        return d.words(low, high + 1)


def _is_area(entity: Entity | None) -> bool:
    """Whether something is a place, as a region is: East Orin recorded the highest price, which nobody told."""
    if entity is None:
        return False
    return entity.type is EntityType.PLACE or entity.name.split()[-1].lower() in words("entities", "place nouns")


def told_by(entity: Entity | None, cue: Token) -> Telling | None:
    """A named thing as the one that tells a number, with the word that says so; None for nothing named."""
    return None if entity is None else Telling(entity.id, (Span(cue.start, cue.end),))
