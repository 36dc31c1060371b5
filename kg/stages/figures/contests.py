"""What the shares of those who stand against each other are: the support or the votes that they have, or a margin."""

from __future__ import annotations

import re
from dataclasses import replace

from ...language.lexicon import noted, words
from ...language.syntax import NOUN_SUBJECTS
from ...text.document import Token
from .counted import Counted
from .counted_phrase import CountedPhrase
from .said_of import verb_over

_OF_CONTESTS = noted("figures", "contests")
"""What shares are beside a word that tells who is ahead: support, in votes that are over votes."""
_AGAINST = re.compile(r"\s*(?:to|versus|vs\.?)\s+[\d.]+\s*(?:%|per ?cent\b)")
_NEAR = 250
"""How many tokens before a share are looked through for a poll or a vote."""


class Contested(CountedPhrase):
    """A share of one of those who stand against each other, that no noun names."""

    __slots__ = ()

    def share(self) -> Counted | None:
        """What it is of: support, votes, or the margin between two; None where there is no contest."""
        unit = self.q.unit
        if unit is None or unit.kind != "ratio" or self.of() is not None or self.following(self.last) is not None:
            return None
        told, sort = self._told(), self._sort()
        if told is not None and self.word(1) in ("to", "versus") and (sort is not None or self._in_vote()):
            return replace(told, span=None)  # 46 percent to 44 percent
        found = verb_over(self.d, self.head, range(self.first, self.last))
        if sort is not None and _AGAINST.match(self.d.text, self.q.span.end):
            return self._of(sort, found[0] if found else None)
        if found is None:
            return None
        verb, link = found
        if verb.lemma.lower() in _OF_CONTESTS and (link == "by" or unit.code != "%"):
            return self._of("margin", verb)
        if not self._has(verb, link):
            return None
        return replace(told, span=None) if told is not None and link == "" else self._of(sort or "support", verb)

    def _told(self) -> Counted | None:
        """What the share before this one in its sentence is of."""
        beside = self.beside
        alike = beside is not None and self.here() and beside[0].unit == self.q.unit and beside[1].text is not None
        return beside[1] if alike and beside is not None else None

    def _sort(self) -> str | None:
        """What the last word of a contest before the share in its sentence makes it."""
        start = self.d.sentences[self.d.tokens[self.first].sentence].start
        before = reversed(self.d.tokens[start : self.first])
        return next((sort for t in before if (sort := _OF_CONTESTS.get(t.lemma.lower()))), None)

    def _of(self, what: str, verb: Token | None) -> Counted:
        return Counted(what, None, None, what, verb.lemma.lower() if verb else None, verb.i if verb else None)

    def _has(self, verb: Token, link: str) -> bool:
        """Whether somebody has this share in a poll or vote: Hill earned 42 percent, sits at 10 percent."""
        has = words("figures", "has a share") if link in ("at", "on", "with", "to") else frozenset()
        if verb.lemma.lower() not in (has if link else words("figures", "gets a share")):
            return False
        others = any(t.dep in ("dobj", "acomp") and t.i < self.first and t.pos != "PROPN" for t in self.d.kids(verb.i))
        return not others and self._somebody(verb) and self._in_vote()

    def _somebody(self, verb: Token) -> bool:
        """Whether the subject of a verb has a name, as persons and parties have, or is one of them by a pronoun."""
        verbs = (verb, self.d.tokens[verb.head]) if verb.dep == "conj" else (verb,)
        subjects = (t for v in verbs for t in self.d.kids(v.i) if t.dep in NOUN_SUBJECTS)
        subject = next(subjects, self.d.tokens[max(0, verb.i - 1)])
        return subject.pos == "PROPN" or subject.lower in words("figures", "somebody")

    def _in_vote(self) -> bool:
        """Whether the text speaks of a poll or a vote shortly before."""
        near = self.d.tokens[max(0, self.first - _NEAR) : self.first]
        return any(t.lemma.lower() in words("figures", "polls and votes") for t in near)
