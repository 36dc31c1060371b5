"""Where a figure holds: the place that its clause names, or points back to."""

from __future__ import annotations

from bisect import bisect_left

from ...language.lexicon import words as classed
from ...language.syntax import BEFORE_NOUN, NOUNS
from ...records.entity import Entity
from ...records.mention import EntityType, MentionKind
from ...text.article import Span
from ...text.document import Document, Token
from ..entities.names import lexicon as words
from .clauses import ancestors_by_clause, harmed_besides, introduces_time

_IN = classed("figures", "in")
_DIRECT = classed("figures", "direct")
_STRIKING = classed("figures", "striking")
_EVENTS = classed("figures", "events")
_POINTING = frozenset(("the", "this", "that"))
_PARTS = classed("figures", "parts")
_ANY_SITE = frozenset(("site", "scene"))


class Places:
    """The places of one document, and which of them a figure is about.

    Besides names, "there" and "in the prison" count: they stand for the place
    last spoken of, and for the one whose prison the article has named.
    """

    __slots__ = ("_anchors", "_document", "_named", "_sites", "_starts")

    def __init__(self, document: Document, entities: tuple[Entity, ...]) -> None:
        self._document = document
        named = [
            (mention.span, entity.id)
            for entity in entities
            if entity.type is EntityType.PLACE
            for mention in entity.mentions
            if mention.kind is not MentionKind.PRONOUN
        ]
        self._named = sorted(named, key=lambda place: (place[0].start, place[0].end))
        self._starts = [span.start for span, _ in self._named]
        self._sites = self._find_sites()
        self._anchors = self._find_anchors()

    def of(self, taken: Span, tokens: tuple[int, int], verb: int | None) -> str | None:
        """The id of the place that locates the figure at `tokens`; None if the text tells none.

        `taken` are the words of the figure itself. What stands nearer in the
        syntax goes first: on the number itself, in its clause, in a clause of
        time below it, in the clauses above it.
        """
        d = self._document
        sentence = d.sentences[d.tokens[tokens[0]].sentence]
        here = [place for place in self._in_sentence(sentence.start, sentence.end) if not place[0].overlaps(taken)]
        each = (t.i for i in range(*tokens) for t in d.kids(i) if t.lower == "each")
        own = frozenset((*range(*tokens), *each))
        for level, before in ancestors_by_clause(d, tokens, verb):
            found = []
            for span, entity in here:
                first, last = d.range(span)
                if first >= last or first >= before:
                    continue
                rank = _located(d, first, last, level, own)
                if rank is not None:
                    found.append((rank, abs(span.start - taken.start), entity))
            if found:
                return min(found)[2]
            back = self._pointed_at(level, sentence.start, min(sentence.end, before))
            if back is not None:
                return back
        return None

    def _in_sentence(self, start: int, end: int) -> list[tuple[Span, str]]:
        d = self._document
        low, high = bisect_left(self._starts, d.tokens[start].start), bisect_left(self._starts, d.tokens[end - 1].end)
        return self._named[low:high]

    def _find_sites(self) -> list[tuple[int, str, str]]:
        """Token, noun and place of every site called after a place: ("prison", Tadmor) for "Tadmor military prison"."""
        d, heads = self._document, words().heads
        found: list[tuple[int, str, str]] = []
        for span, entity in self._named:
            first, last = d.range(span)
            if first >= last:
                continue
            own = d.tokens[last - 1].lower
            if last - first > 1 and heads.get(own) == "site":
                found.append((first, own, entity))
            for k in range(last, min(last + 3, len(d))):
                noun = d.tokens[k]
                if noun.sentence != d.tokens[first].sentence or noun.pos not in ("NOUN", "ADJ", "PROPN"):
                    break
                if heads.get(noun.lemma.lower()) == "site" and not noun.text.isupper():
                    found.append((first, noun.lemma.lower(), entity))
                    break
        return found

    def _find_anchors(self) -> list[tuple[int, str]]:
        """Tokens at which something is located, in order, each with the place: what "there" may point back to."""
        d = self._document
        found: list[tuple[int, str]] = []
        for span, entity in self._named:
            first, last = d.range(span)
            if first < last and _preposition(d, first, last) in _DIRECT:
                found.append((first, entity))
        for i, noun in enumerate(d.tokens):
            if noun.pos == "NOUN" and d.tokens[noun.head].lower in _DIRECT:
                place = self._site_at(i)
                if place is not None:
                    found.append((i, place))
        return sorted(found)

    def _site_at(self, i: int) -> str | None:
        """The place of a site called by its noun alone, "the prison", "the prison complex"; None if it is no such."""
        d = self._document
        token = d.tokens[i]
        kids = tuple(d.kids(i))
        if token.tag != "NN" or not any(k.lower in _POINTING for k in kids):
            return None
        nouns = {token.lower} | {k.lower for k in kids if k.dep == "compound" and token.lower in _PARTS}
        for first, noun, entity in reversed(self._sites):
            if first < i and (noun in nouns or token.lower in _ANY_SITE):
                return entity
        return None

    def _pointed_at(self, level: frozenset[int], start: int, end: int) -> str | None:
        """The place that "there", or the noun of a site, points back to from a clause."""
        d = self._document
        for i in range(start, end):
            token = d.tokens[i]
            if token.lower == "there" and token.dep == "advmod" and token.head in level:
                return self._last_before(i)
            above = d.tokens[token.head]
            if token.dep == "pobj" and above.lower in _DIRECT and above.head in level:
                place = self._site_at(i)
                if place is not None:
                    return place
        return None

    def _last_before(self, i: int) -> str | None:
        """The place where the text was last, in the same or the sentence before."""
        d = self._document
        k = bisect_left(self._anchors, (i, "")) - 1
        if k < 0:
            return None
        anchor, entity = self._anchors[k]
        return entity if d.tokens[i].sentence - d.tokens[anchor].sentence <= 1 else None


def _top(d: Document, first: int, last: int) -> Token:
    """The noun that a place name belongs to: the prison of "at Tadmor military prison", else the name's own head."""
    top = d.tokens[last - 1]
    for i in range(first, last):
        if not first <= d.tokens[i].head < last:
            top = d.tokens[i]
    for _ in range(3):
        if top.dep not in BEFORE_NOUN or d.tokens[top.head].pos not in NOUNS:
            break
        top = d.tokens[top.head]
    return top


def _preposition(d: Document, first: int, last: int) -> str:
    above = d.tokens[_top(d, first, last).head]
    return above.lower if above.pos == "ADP" else ""


def _located(d: Document, first: int, last: int, level: frozenset[int], own: frozenset[int]) -> int | None:
    """How directly a place name locates what a clause says, 0 the most; None if it does not."""
    top = _top(d, first, last)
    above = d.tokens[top.head]
    if top.dep == "poss" and above.head in level:
        return 3  # in Mecca's Grand Mosque
    if _of_time(d, top, level):
        return 5
    if above.lower not in _IN:
        return None
    if above.head in own:
        return 0  # 640 houses in one town and 210 in another
    rank = 1 if above.lower in _DIRECT else 2
    if above.head in level:
        return rank
    outer = d.tokens[above.head]
    if outer.pos == "NOUN" and d.tokens[outer.head].pos == "ADP" and d.tokens[outer.head].head in level:
        return rank + 2
    return None


def _of_time(d: Document, top: Token, level: frozenset[int]) -> bool:
    """Whether a place is where something happened when the clause did: "... when a quake struck the city of Van"."""
    above = d.tokens[top.head]
    if above.lower == "of" and d.tokens[above.head].dep == "dobj":
        top = d.tokens[above.head]
        above = d.tokens[top.head]
    if top.dep == "dobj" and above.lemma in _STRIKING:
        verb = above
    elif above.lower in _DIRECT and d.tokens[above.head].pos == "VERB":
        verb = d.tokens[above.head]
    else:
        return False
    if verb.dep != "advcl" or not introduces_time(d, verb, _EVENTS):
        return False
    return verb.head in level or verb.head in harmed_besides(d, level)
