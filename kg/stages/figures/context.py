"""A quantity with the words around it in its sentence."""

from __future__ import annotations

from ...language.lexicon import words
from ...language.syntax import NOUNS, root_of
from ...text.document import Document, Token
from .quantities import Quantity


class Context:
    """A quantity with the words around it."""

    __slots__ = ("after", "before", "d", "first", "head", "last", "next", "q", "tight")

    def __init__(self, d: Document, q: Quantity) -> None:
        self.d, self.q = d, q
        self.first, self.last = d.range(q.core)
        self.before, self.next = self.token(-1), self.token(0)
        self.after = d.text[q.core.end : q.core.end + 12]
        self.tight = d.text[max(0, q.core.start - 1) : q.core.start].strip()
        self.head = root_of(d, self.first, self.last)

    @property
    def bare(self) -> bool:
        """Whether neither unit nor scale marks the number as a quantity."""
        return self.q.unit is None and not self.q.scaled

    @property
    def governor(self) -> Token:
        return self.d.tokens[self.head.head]

    @property
    def counts(self) -> bool:
        """Whether the number modifies a noun to its right."""
        modifies = self.head.dep in words("parse", "number before a noun")
        return modifies and self.governor.i >= self.last and self.governor.pos in NOUNS

    @property
    def counts_many(self) -> bool:
        """Whether the noun to its right is a plural."""
        return self.counts and self.governor.tag in ("NNS", "NNPS")

    @property
    def is_tally(self) -> bool:
        """Whether it is said to be a number, and so no year: an average of 1500, the total number is 1810."""
        subjects = (t for t in self.d.kids(self.governor.i) if t.dep == "nsubj")
        told = self.governor.pos == "AUX" and self.head.dep == "attr"
        counts = told and any(t.lemma.lower() in words("figures", "number nouns") for t in subjects)
        share = self.word(0) == "or" and self.word(2) in ("%", "percent", "per")  # 1667 or 92 percent
        return counts or share or (self.word(-2), self.word(-1)) == ("average", "of")

    def token(self, offset: int) -> Token | None:
        """The token `offset` before (negative) or after (from 0) the number, in its block."""
        i = self.first + offset if offset < 0 else self.last + offset
        if 0 <= i < len(self.d) and self.d.tokens[i].block == self.d.tokens[self.first].block:
            return self.d.tokens[i]
        return None

    def word(self, offset: int) -> str:
        """As `token`, the word in small letters; "" where there is none."""
        token = self.token(offset)
        return token.lower if token is not None else ""
