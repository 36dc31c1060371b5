"""What the grammar says of each word that may refer: its role, its clause, the quotation around it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from ....language.lexicon import words
from ....language.quotes import find_quotations
from ....language.syntax import NOUN_SUBJECTS, VERBAL
from ....text.document import Document, Token
from ..surroundings import SAYING


class Pointer(Protocol):
    """Something that has read the text: log odds that a token means each of some mentions, the last: none."""

    def __call__(self, token: int, mentions: Sequence[tuple[int, int]], /) -> NDArray[np.float64]: ...


HE, SHE = words("grammar", "he"), words("grammar", "she")
PERSONAL = HE | SHE
REFLEXIVE = words("grammar", "reflexive")


class Part(IntEnum):
    """The part that a word plays in its clause."""

    OTHER = 0
    SUBJECT = 1
    PASSIVE = 2
    OBJECT = 3
    PREPOSITION = 4
    OWNER = 5


_PARTS = {
    "nsubj": Part.SUBJECT,
    "nsubjpass": Part.PASSIVE,
    "csubj": Part.SUBJECT,
    "dobj": Part.OBJECT,
    "dative": Part.OBJECT,
    "attr": Part.OTHER,
    "pobj": Part.PREPOSITION,
    "agent": Part.PREPOSITION,
    "poss": Part.OWNER,
}
_DEEP = 12


def gender_of(pronoun: Token) -> str | None:
    """The gender of "he" and "she", "m" or "f"; None for other words."""
    return "m" if pronoun.lower in HE else "f" if pronoun.lower in SHE else None


@dataclass(frozen=True, slots=True)
class Place:
    """Where a word stands: the part it plays, as the first of a list or what it stands beside does, and its clauses.

    `verbs` are the verbs above it, the nearest first; `joined` says that the
    word follows another in a list, `beside` that it explains a noun.
    """

    part: Part
    governor: int
    verbs: tuple[int, ...]
    joined: bool
    beside: bool
    depth: int

    @property
    def is_subject(self) -> bool:
        """Whether this is the subject of a clause, active or passive."""
        return self.part in (Part.SUBJECT, Part.PASSIVE)


class ReferenceScene:
    """A document with what is asked of its words again and again.

    `quotes` holds for each token the number of the quotation it stands in, 0 outside.
    """

    def __init__(self, document: Document, pointer: Pointer | None = None) -> None:
        self.document = document
        self.pointer = pointer
        self.quotes = [0 if q is None else q + 1 for q in find_quotations(document).at]
        self._places: dict[int, Place] = {}

    def place(self, i: int) -> Place:
        """Where token `i` stands."""
        found = self._places.get(i)
        if found is None:
            found = self._places[i] = self._place(self.document[i])
        return found

    def speaks(self, token: Token) -> bool:
        """Whether a token is the subject of a verb of saying, or whom something is said according to."""
        if token.dep in NOUN_SUBJECTS:
            return self.document[token.head].lemma in SAYING
        above = self.document[token.head]
        return self.document[above.head].lower == "according"

    def _place(self, token: Token) -> Place:
        document = self.document
        joined = beside = False
        top = token
        for _ in range(_DEEP):
            if top.dep == "conj" and document[top.head].pos not in VERBAL:
                joined = True
            elif top.dep == "appos":
                beside = True
            elif top.dep not in ("compound", "nmod", "flat"):
                break
            if top.head == top.i:
                break
            top = document[top.head]
        verbs = []
        depth = 0
        for above in document.ancestors(top.i):
            depth += 1
            if above.pos in VERBAL:
                verbs.append(above.i)
            if depth >= _DEEP:
                break
        return Place(_PARTS.get(top.dep, Part.OTHER), top.head, tuple(verbs), joined, beside, depth)
