"""Whether a figure is the size of a change, what it led to, or where it started."""

from __future__ import annotations

from dataclasses import dataclass

from ...language.lexicon import words
from ...language.syntax import VERBAL, root_of
from ...records.figure import Change
from ...text.document import Document, Token
from .quantities import Quantity
from .ranges import Joint


@dataclass(frozen=True, slots=True)
class Trend:
    """A change that a figure belongs to; `noun` says that a noun states it ("an increase of 5 %"), not a verb."""

    change: Change
    noun: bool = False


UP = words("figures", "up")
DOWN = words("figures", "down")
BOTH = words("figures", "both")
_ONLY_RATIOS = words("figures", "only ratios")
_RISES = words("figures", "rises")
_FALLS = words("figures", "falls")
_LINKED = words("parse", "by how much")


def find_change(document: Document, q: Quantity) -> Trend | None:
    """The change that a quantity is part of, by the verb, particle or noun that states it."""
    direct = _Changing(document, q)
    if direct.set_against():
        return None
    return direct.joined() or direct.particle() or direct.verb() or direct.noun()


class _Changing:
    __slots__ = ("d", "first", "head", "last", "q")

    def __init__(self, document: Document, q: Quantity) -> None:
        self.d, self.q = document, q
        self.first, self.last = document.range(q.span)
        token = root_of(document, self.first, self.last)
        while token.dep in words("parse", "number in an amount") and token.head >= self.last:
            token = document.tokens[token.head]
        while token.dep in ("conj", "appos") and token.head < self.first and self._restates():
            token = document.tokens[token.head]
        self.head = token

    def _restates(self) -> bool:
        """Whether a change is told once more in other units: lost 190 points, or 0.6 %; fell 1 °C (1.8 °F)."""
        before = self.d.tokens[self.d.range(self.q.words)[0] - 1]
        return before.lower in ("or", "(")

    def set_against(self) -> bool:
        """Whether it is what the changed thing was or might have been: doubled to 256, instead of the 128."""
        k = self.first - 1
        while k > 1 and self.d.tokens[k].pos in ("DET", "ADJ", "ADV"):
            k -= 1
        before = (self.d.tokens[k - 1].lower, self.d.tokens[k].lower) if k > 0 else ("", "")
        return before in (("instead", "of"), ("rather", "than"))

    def joined(self) -> Trend | None:
        """The ends of "rose from 5 to 7 million"."""
        if self.q.joint is Joint.CHANGE_FROM:
            return Trend(Change.FROM)
        if self.q.joint is Joint.CHANGE_TO:
            return Trend(self._to())
        return None

    def _to(self) -> Change:
        for parent in self.d.ancestors(self.head.i):
            way = self._way(parent)
            if way is not None:
                return Change.DOWN_TO if way is Change.DOWN_BY else Change.UP_TO
        return Change.UP_TO

    def particle(self) -> Trend | None:
        """Up 5 %, down by nearly 3 points: not "gave up 5 yards", "up to 5"."""
        k = self.first - 1
        while k >= 0 and self.d.tokens[k].lower in words("figures", "before an amount"):
            k -= 1
        if k > 0 and self.d.tokens[k].lower == "from" and self.d.tokens[k - 1].lower in ("up", "down"):
            return Trend(Change.FROM)
        if k < 0 or self.d.tokens[k].lower not in ("up", "down") or self.d.tokens[k + 1].lower == "to":
            return None
        token = self.d.tokens[k]
        governor = self.d.tokens[token.head]
        if token.dep == "prt" and self.head.dep == "dobj" and governor.lemma.lower() not in BOTH:
            return None
        return Trend(Change.UP_BY if token.lower == "up" else Change.DOWN_BY)

    def _way(self, verb: Token) -> Change | None:
        lemma = verb.lemma.lower()
        ways = (t for t in self.d.kids(verb.i) if t.dep in words("parse", "which way"))
        # not "was 61 percent, down from 67"
        particles = {t.lower for t in ways if t.i < self.last or self.d.tokens[t.i - 1].text != ","}
        if lemma in BOTH:
            if particles & words("figures", "upwards"):
                return Change.UP_BY
            return Change.DOWN_BY if particles & words("figures", "downwards") else None
        if lemma in UP:
            return Change.UP_BY
        return Change.DOWN_BY if lemma in DOWN else None

    def verb(self) -> Trend | None:
        """Rose 5 %, fell by 3 points, increased to 7 million."""
        head, d = self.head, self.d
        preposition = d.tokens[head.head] if head.dep == "pobj" else None
        verb = d.tokens[preposition.head if preposition is not None else head.head]
        if preposition is not None and preposition.lower in ("by", "to", "from") and verb.dep == "dobj":
            verb = d.tokens[verb.head]  # cut rates by 25 points
        way = self._way(verb) if verb.pos in VERBAL and verb.i < self.first else None
        if way is None:
            return None
        share = self.q.unit is not None
        if preposition is None:
            if head.dep not in _LINKED or (verb.lemma.lower() in _ONLY_RATIOS and not share and not self._points()):
                return None
            money = self.q.unit is not None and self.q.unit.kind == "money"
            return None if money and self._made_or_lost(verb) else Trend(way)
        adjoining = d.tokens[d.range(self.q.words)[0] - 1].lower
        link = adjoining if adjoining in ("to", "from") else preposition.lower  # rose by $4bn to $40bn
        if link == "by":
            return Trend(way)
        if link == "to":
            return Trend(Change.UP_TO if way is Change.UP_BY else Change.DOWN_TO)
        return Trend(Change.FROM) if link == "from" else None

    def _made_or_lost(self, verb: Token) -> bool:
        """Whether a sum is what somebody raises, or who is no price loses: raised $5m, a grower lost $40m."""
        subject = next((t for t in self.d.kids(verb.i) if t.dep == "nsubj"), None)
        priced = subject is None or subject.lemma.lower() in words("figures", "measure noun", "has a price")
        return verb.lemma.lower() == "raise" or (verb.lemma.lower() == "lose" and not priced)

    def _points(self) -> bool:
        return any(
            t.lemma.lower() in words("figures", "points of a scale") for t in self.d.tokens[self.first : self.last + 2]
        )

    def noun(self) -> Trend | None:
        """A 5 % increase, a drop of 300, an increase from 12."""
        head, d = self.head, self.d
        if head.dep in words("parse", "amount before a change") and head.head >= self.last:
            noun = d.tokens[head.head]
        elif d.tokens[head.head].lower in ("of", "from", "to"):
            noun = d.tokens[d.tokens[head.head].head]
        else:
            noun = head
        lemma = noun.lemma.lower()
        own = noun.i == head.i and self.first <= noun.i < self.last
        if lemma not in _RISES | _FALLS or own:
            return None
        if lemma == "loss" and (self.q.unit is None or self.q.unit.kind != "ratio"):
            return None  # the loss of 5,000 jobs, a loss of $3m
        up = lemma in _RISES
        preposition = d.tokens[head.head].lower if head.dep == "pobj" else ""
        if preposition == "from":
            return Trend(Change.FROM, True)
        if preposition == "to":
            return Trend(Change.UP_TO if up else Change.DOWN_TO, True)
        return Trend(Change.UP_BY if up else Change.DOWN_BY, True)
