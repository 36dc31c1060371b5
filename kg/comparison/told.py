"""A statement as it is compared with those of other articles."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ..rdf.terms import Iri
from ..records.attribution import Stance
from ..text.article import Span


@dataclass(frozen=True, slots=True)
class ToldPart:
    """A sentence of what a statement says.

    `terms` are what it speaks of: stems, figures (`#30`), who (`@...`) and
    what else (`~...`) is named. `negated` are those of which it says no; `turning` are its
    words that may say no to something, `verbal` is whether one is a verb by its form, `hedged`
    whether one leaves it open. `denied` is whether it calls untrue what the terms say: "it is a lie that".
    """

    text: str
    terms: frozenset[str]
    negated: frozenset[str]
    turning: frozenset[str]
    verbal: bool
    hedged: bool
    denied: bool = False

    @property
    def turned(self) -> bool:
        """Whether any of its words may say no to something."""
        return bool(self.turning)


@dataclass(frozen=True, slots=True)
class OwnSentence:
    """A sentence of an article that is in nobody's mouth but its paper's, and where it stands."""

    part: ToldPart
    at: Span


@dataclass(frozen=True, slots=True)
class ToldStatement:
    """A statement of an article, with what tells whether another article has it too.

    `speaker` is the key of the identity, `name` the words of its name in small
    letters, empty where the article names nobody. `quoted` are the stretches in
    quotation marks. `paragraph` names the words of the paragraph it stands in, if
    they are enough to know it again in another article. `denies` is whether it says
    of something that it is not so; a bill that is rejected is denied by nobody. `refutes`
    is the statement at which a denial points: "he rejected the accusations"; its part is then what that one says.
    `joint` are those who say it together with `speaker`.
    """

    key: Iri
    article: Iri
    published: date | None
    at: Span
    speaker: Iri | None
    name: tuple[str, ...]
    stance: Stance
    denies: bool
    text: str
    quoted: tuple[str, ...]
    parts: tuple[ToldPart, ...]
    paragraph: Iri | None = None
    refutes: Iri | None = None
    joint: tuple[Iri, ...] = ()

    @property
    def speakers(self) -> tuple[Iri, ...]:
        """All who make it; nobody where no source is known."""
        return () if self.speaker is None else (self.speaker, *self.joint)


def in_order(told: ToldStatement) -> tuple[date, Iri, int, Iri]:
    """By date, those without one last; then by article, and by place in it."""
    return told.published or date.max, told.article, told.at.start, told.key


Speaker = tuple[Iri | None, tuple[str, ...]]
"""Whose words a statement has: the key of the identity, and the name."""


def may_be_one(one: Speaker, other: Speaker) -> bool:
    """Whether two statements may come from one mouth: one identity, names that agree, or one that is not named.

    >>> hill = (Iri("1"), ("jo", "hill"))
    >>> may_be_one(hill, (Iri("2"), ("hill",))), may_be_one(hill, (Iri("3"), ("ida", "berg")))
    (True, False)
    """
    (key, name), (second, called) = one, other
    return key == second or not name or not called or may_be_called(name, called)


def may_be_called(name: tuple[str, ...], called: tuple[str, ...]) -> bool:
    """Whether two names may be of one: the same words, or one word that the other begins or ends with."""
    short, long = sorted((name, called), key=len)
    return short == long or (len(short) == 1 and short[0] in (long[0], long[-1]))
