"""What stands around a name that may be one: the words beside it, and what the tables know of its own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ...language.lexicon import words
from ...language.syntax import root_of
from ...records.mention import EntityType
from ...text.document import Document, Token
from .candidate import Candidate
from .gazetteer import Gazetteer, Known

PERSON, ORGANIZATION, PLACE = EntityType.PERSON, EntityType.ORGANIZATION, EntityType.PLACE

SAYING = words("entities", "saying")

Evidence = Iterator[tuple[str, EntityType]]
"""What was seen, by its name in the table, and the type that it speaks for."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """A candidate, what the tables know of its words, and what stands around it in its sentence."""

    document: Document
    candidate: Candidate
    text: str
    entry: Known | None
    head: Token
    before: Token | None
    after: Token | None

    @classmethod
    def of(cls, document: Document, c: Candidate, known: Gazetteer) -> Surroundings:
        text = document.words(c.start, c.end)
        sentence = document[c.start].sentence
        before = document[c.start - 1] if c.start else None
        after = document[c.end] if c.end < len(document) else None
        return cls(
            document,
            c,
            text,
            known.get(text),
            root_of(document, c.start, c.end),
            before if before is not None and before.sentence == sentence else None,
            after if after is not None and after.sentence == sentence else None,
        )

    @property
    def first(self) -> Token:
        return self.document[self.candidate.start]

    @property
    def single(self) -> bool:
        """Whether it is one word."""
        return self.candidate.end == self.candidate.start + 1

    @property
    def tokens(self) -> tuple[Token, ...]:
        return self.document.tokens[self.candidate.start : self.candidate.end]

    @property
    def is_place(self) -> bool:
        """Whether the tables have the name as a place's."""
        return self.entry is not None and self.entry.type == PLACE

    @property
    def second_before(self) -> Token | None:
        """The word before the one before."""
        return self.document[self.candidate.start - 2] if self.candidate.start > 1 else None
