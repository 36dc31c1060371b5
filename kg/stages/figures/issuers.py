"""Whose a report is: the body that an article says published it, for what "the report" says later on."""

from __future__ import annotations

from collections.abc import Iterator

from ...language.lexicon import words
from ...language.syntax import BEFORE_NOUN
from ...records.entity import Entity
from ...records.mention import EntityType
from ...text.document import Document, Token

_PAPERS = words("figures", "papers")
_ISSUING = words("figures", "issuing")
_TELLING = words("figures", "telling")
_PICTURES = words("figures", "pictures")
_DEFINITE = frozenset(("the", "this", "that"))

_BODIES = (EntityType.ORGANIZATION, EntityType.GROUP, EntityType.PLACE)


class Issuers:
    """Finds the body behind a report in one document."""

    __slots__ = ("_bodies", "_document", "_known")

    def __init__(self, document: Document, entities: tuple[Entity, ...]) -> None:
        self._document = document
        mentions = [(e, document.range(m.span)) for e in entities if e.type in _BODIES for m in e.mentions]
        # of mentions inside each other the shorter is written last
        mentions.sort(key=lambda found: found[1][0] - found[1][1])
        self._bodies = {i: entity for entity, (first, last) in mentions for i in range(first, last)}
        self._known = tuple(self._stated())

    def of(self, noun: Token) -> Entity | None:
        """The body whose report a noun means; None if it is no report, or the article does not say whose it is.

        Said with it ("its report", "a report by Human Rights Watch"), or said before of
        the only report so far: "Human Rights Watch said in a report ... The report put".
        """
        if noun.lemma.lower() not in _PAPERS | _PICTURES:
            return None
        own = self._owner(noun)
        if own is not None or not self._plain(noun):
            return own
        before = {body.id: body for i, lemma, body in self._known if i < noun.i and lemma == noun.lemma.lower()}
        return next(iter(before.values())) if len(before) == 1 else None

    def _body(self, token: Token | None) -> Entity | None:
        return self._bodies.get(token.i) if token is not None else None

    def _stated(self) -> Iterator[tuple[int, str, Entity]]:
        for token in self._document.tokens:
            if token.pos == "NOUN" and token.lemma.lower() in _PAPERS:
                body = self._owner(token)
                if body is not None:
                    yield token.i, token.lemma.lower(), body

    def _plain(self, noun: Token) -> bool:
        """Whether nothing tells a definite "the report" from others, as in "the earlier report", "the UN report"."""
        kids = tuple(self._document.kids(noun.i))
        told = any(k.dep in words("parse", "tells which") for k in kids)
        return not told and any(k.dep == "det" and k.lower in _DEFINITE for k in kids)

    def _owner(self, noun: Token) -> Entity | None:
        d = self._document
        for kid in d.kids(noun.i):
            if kid.dep == "poss":
                return self._body(kid)
            if kid.lower in ("by", "from") and kid.i > noun.i:
                return self._body(_object(d, kid))
            if noun.lemma.lower() in _PICTURES and kid.dep in BEFORE_NOUN and self._body(kid):
                return self._body(kid)  # AFP images
            if kid.dep == "acl" and kid.lemma.lower() in _ISSUING:
                agent = next((t for t in d.kids(kid.i) if t.dep == "agent"), None)
                if agent is not None:
                    return self._body(_object(d, agent))
        above = d.tokens[noun.head]
        verb = d.tokens[above.head] if above.lower == "in" else above
        lemma = verb.lemma.lower()
        told = above.lower == "in" and lemma in _TELLING
        issued = noun.dep == "dobj" and lemma in _ISSUING
        if not (told or issued):
            return None
        return self._body(next((t for t in d.kids(verb.i) if t.dep == "nsubj"), None))


def _object(d: Document, preposition: Token) -> Token | None:
    return next((t for t in d.kids(preposition.i) if t.dep == "pobj"), None)
