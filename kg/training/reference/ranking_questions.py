"""Passages -> what the resolver asks about them, with the right answers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from ...stages.entities.aliases import Cluster, find_clusters
from ...stages.entities.gazetteer import gazetteer
from ...stages.entities.mentions import find_mentions
from ...stages.entities.reference.article_scene import Pointer
from ...stages.entities.reference.candidate_pool import Referent
from ...stages.entities.reference.pairs import AskedMention, Numbers
from ...stages.entities.reference.resolver import Judge, Judges, resolve
from ...text.document import Document
from ..folds import fold_of
from .boosting import RankingQuestion
from .reference_corpora import Passage, Range

Choose = Callable[[Sequence[Numbers]], tuple[int, float] | None]


@dataclass(frozen=True, slots=True, eq=False)
class Posed:
    """A question with the passage that it is about; `what` is "personal", "neuter" or "noun".

    `whose` says for each candidate what it is named for, `wanted` what is
    meant, `named` whether that has a name.
    """

    passage: str
    fold: int
    what: str
    word: str
    question: RankingQuestion
    whose: tuple[str | None, ...]
    wanted: str | None
    named: bool


def _pose(
    passage: Passage, document: Document, choose: Mapping[str, Choose], pointer: Pointer | None = None
) -> list[Posed]:
    """The questions of a passage whose answers it has, as the resolver comes to them when it answers as told."""
    clusters = find_clusters(document, find_mentions(document), gazetteer())
    found: list[Posed] = []
    whose = _Whose(passage, document)
    wanted = {_head(document, at): group for at, group in passage.asked.items()}

    def judge(what: str) -> Judge:
        def answer(asked: AskedMention, speaking: list[Numbers]) -> tuple[int, float] | None:
            if asked.token.i in wanted:
                found.append(_posed(passage, what, asked, speaking, whose, wanted[asked.token.i]))
            return choose[what](speaking)

        return answer

    resolve(document, clusters, gazetteer(), Judges(judge("personal"), judge("neuter"), judge("noun")), pointer)
    return found


def _head(document: Document, at: Range) -> int | None:
    """The token that governs a range of characters."""
    inside = [t for t in document.tokens if at[0] <= t.start and t.end <= at[1]]
    own = {t.i for t in inside}
    return next((t.i for t in inside if t.head not in own or t.head == t.i), None)


class _Whose:
    """What each thing of an article is named for, as the passage has it."""

    def __init__(self, passage: Passage, document: Document) -> None:
        self.passage = passage
        self.document = document
        self.known: dict[int, str | None] = {}

    def __call__(self, referent: Referent) -> str | None:
        if id(referent.cluster) not in self.known:
            self.known[id(referent.cluster)] = self._of(referent)
        return self.known[id(referent.cluster)]

    def _of(self, referent: Referent) -> str | None:
        votes: Counter[str] = Counter()
        for name in referent.cluster.names:
            span = name.mention.span
            votes.update(g for (s, e), g in sorted(self.passage.names.items()) if s < span.end and span.start < e)
        if not referent.cluster.names and referent.spots:
            token = self.document[referent.spots[0].i]
            votes.update(g for (s, e), g in self.passage.asked.items() if s <= token.start and token.end <= e and g)
        return votes.most_common(1)[0][0] if votes else None


def _posed(
    passage: Passage, what: str, asked: AskedMention, numbers: list[Numbers], whose: _Whose, wanted: str | None
) -> Posed:
    groups = tuple(map(whose, asked.candidates))
    if passage.closed and (wanted is None or wanted not in groups):
        right = tuple(g is None for g in groups)
    elif passage.closed:
        right_names = [passage.text[s:e] for (s, e), g in passage.names.items() if g == wanted]
        words = {w for name in right_names for w in name.lower().split()}
        right = tuple(
            g == wanted or (g is None and _shares(r.cluster, words))
            for g, r in zip(groups, asked.candidates, strict=True)
        )
    else:
        right = tuple(
            g == wanted if g is not None else wanted is None and not r.cluster.names
            for g, r in zip(groups, asked.candidates, strict=True)
        )
    nobody = wanted is None or wanted not in groups
    question = RankingQuestion(tuple(numbers), right, nobody, passage.weight)
    named = wanted in set(passage.names.values())
    return Posed(passage.name, fold_of(passage.name), what, asked.token.lower, question, groups, wanted, named)


def _shares(cluster: Cluster, words: set[str]) -> bool:
    """Whether a thing has a word of a name in one of its own, so that it may be the same."""
    return any(not words.isdisjoint(form) for form in cluster.forms)


Pointers = Callable[[Passage, Document], Pointer | None]


def of_all(
    passages: Sequence[tuple[Passage, Document]],
    choose: Mapping[int, Mapping[str, Choose]],
    pointers: Pointers = lambda passage, document: None,
) -> list[Posed]:
    """The questions of all passages, each answered by what has not learnt from its fold."""
    return [
        question
        for passage, document in passages
        for question in _pose(passage, document, choose[fold_of(passage.name)], pointers(passage, document))
    ]
