"""The things mentioned in an article, up to a point of it: what a pronoun or a description may stand for."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections import Counter
from dataclasses import dataclass, field

from ....records.mention import MentionKind
from ..aliases import ORGANIZATION, PERSON, PLACE, Cluster
from ..gazetteer import Gazetteer
from ..names import lexicon, plain
from .article_scene import ReferenceScene

_OTHERS = (ORGANIZATION, PLACE)

WINDOW = 400
"""Tokens before a word in which what it stands for was mentioned."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A mention: the token that heads it, its tokens, and how it refers."""

    i: int
    first: int
    last: int
    kind: MentionKind


@dataclass(slots=True, eq=False)
class Referent:
    """A thing of the article and its mentions so far, `spots`; `names` are all its names, those to come too.

    `gender` is what titles, names and nouns tell, `sure` whether titles or
    nouns do; `given` is the gender of a given name that stands alone; `said`
    counts the pronouns of each gender taken for it so far, `outside` is the last
    token outside quotations that mentions it.
    """

    cluster: Cluster
    number: int
    names: list[Spot]
    gender: str | None
    sure: bool
    given: str | None
    unsettled: bool
    spots: list[Spot] = field(default_factory=list)
    outside: int | None = None
    said: Counter[str] = field(default_factory=Counter)
    votes: Counter[str] = field(default_factory=Counter)

    @property
    def may_be_person(self) -> bool:
        """Whether this is a person, or a single word of no table that the parser may have taken for something else."""
        return self.cluster.type == PERSON or self.unsettled


class CandidatePool:
    """Referents in the order of their first mention, and all mentions up to a point."""

    def __init__(self, scene: ReferenceScene, known: Gazetteer) -> None:
        self.scene = scene
        self.known = known
        self.referents: list[Referent] = []
        self.seen: list[tuple[int, Referent, Spot]] = []
        self.by_cluster: dict[int, Referent] = {}
        self.heads: dict[int, Referent] = {}
        self.speaker: tuple[int, Referent] | None = None
        self.actor: tuple[int, Referent] | None = None
        self.chain: dict[str, tuple[int, Referent]] = {}
        self.names: list[tuple[int, Referent]] = []
        self.named: dict[int, Referent] = {}

    def enter(self, cluster: Cluster, names: list[Spot]) -> Referent:
        """Take in a thing, with all its names."""
        gender, sure = cluster.gender, False
        if cluster.type == PERSON:
            titled = {g for n in cluster.names for t in n.titles if (g := lexicon().titles.get(t))}
            sure = len(titled) == 1 or not cluster.names
        words = {plain(n.words[0]) for n in cluster.names if len(n.words) == 1}
        told = {g for w in sorted(words) if (g := lexicon().given.get(w)) in ("m", "f")}
        given = told.pop() if len(told) == 1 else None
        unsettled = self._may_be_person(cluster) and not any(self._is_place(spot) for spot in names)
        referent = Referent(cluster, len(self.referents), names, gender, sure, given, unsettled)
        self.referents.append(referent)
        self.by_cluster[id(cluster)] = referent
        for spot in names:
            insort(self.names, (spot.i, referent), key=lambda pair: pair[0])
            self.named[spot.i] = referent
        return referent

    def _may_be_person(self, cluster: Cluster) -> bool:
        """Whether a thing of another type has only single words for names, none of them an acronym or listed."""
        if cluster.type not in _OTHERS or not cluster.names:
            return False
        return not any(len(n.words) > 1 or n.acronym or self.known.get(n.text) is not None for n in cluster.names)

    def _is_place(self, spot: Spot) -> bool:
        """Whether somebody or something is in it: "a hospital in Denz"."""
        token = self.scene.document[spot.i]
        return self.scene.document[token.head].lower in ("in", "near")

    def mention(self, referent: Referent, spot: Spot) -> None:
        """Note a mention; mentions come in the order of the text."""
        referent.spots.append(spot)
        self.seen.append((spot.i, referent, spot))
        if not self.scene.quotes[spot.i]:
            referent.outside = spot.i
            token, place = self.scene.document[spot.i], self.scene.place(spot.i)
            if token.dep != "nsubjpass" and self.scene.speaks(token):  # not "she had not been asked"
                self.speaker = spot.i, referent
            elif referent.cluster.unnamed and place.is_subject and len(place.verbs) < 2:
                self.actor = spot.i, referent
        self.heads[spot.i] = referent

    def near(self, i: int, window: int = WINDOW) -> list[Referent]:
        """What was mentioned at most so many tokens before token `i`, the latest first."""
        found: dict[int, Referent] = {}
        for at, referent, _ in reversed(self.seen):
            if i - at > window:
                break
            found.setdefault(referent.number, referent)
        return list(found.values())

    def ahead(self, i: int, end: int) -> list[Referent]:
        """What is named after token `i` and before token `end`, in order."""
        found: dict[int, Referent] = {}
        first = bisect_right(self.names, i, key=lambda pair: pair[0])
        last = bisect_left(self.names, end, key=lambda pair: pair[0])
        for _, referent in self.names[first:last]:
            found.setdefault(referent.number, referent)
        return list(found.values())

    def names_of(self, referent: Referent, start: int, end: int) -> list[Spot]:
        """The names of a referent from token `start` up to but not including token `end`."""
        first = bisect_left(referent.names, start, key=lambda s: s.i)
        return referent.names[first : bisect_left(referent.names, end, key=lambda s: s.i)]

    def next_name(self, referent: Referent, i: int, end: int) -> Spot | None:
        """The first name of a referent after token `i` and before token `end`."""
        k = bisect_right(referent.names, i, key=lambda s: s.i)
        return referent.names[k] if k < len(referent.names) and referent.names[k].i < end else None
