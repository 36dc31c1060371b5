"""A cue's possible readings, each a whole source and content, and what tells the right one: features as numbers."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import prod
from typing import NamedTuple

from ....text.document import Token
from ..proposals import Construction, trimmed
from .crf import Floats, Labelling
from .scene import Scene
from .scene_units import SceneUnit

NOTHING, SOURCE, CONTENT, CUE = range(4)

TAGS = "VBD VBZ VBP VB VBG VBN NN NNS NNP JJ IN : RB TO DT PRP PRP$ WP WDT WRB CC CD `` NNPS EX MD".split()
DEPS = (
    "ROOT ccomp conj advcl relcl acl xcomp prep parataxis dobj pobj nsubj nsubjpass pcomp dep attr punct "
    "amod appos agent poss compound csubj dative nmod"
).split()
KINDS = "PERSON ORG GPE NORP PRON NN NNS NNP WP other".split()
CONSTRUCTIONS = tuple(Construction)


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a cue: sorted token indices of cue, source and content, and how likely the labels are."""

    cue: tuple[int, ...]
    source: tuple[int, ...]
    content: tuple[int, ...]
    labels: tuple[int, ...]
    log_probability: float


class Tagged(NamedTuple):
    """An attribution as the labeller reads it: sorted token indices, the cue's governing word, and the probability that
    source and content are both right."""

    head: int
    cue: tuple[int, ...]
    source: tuple[int, ...]
    content: tuple[int, ...]
    confidence: float


@dataclass(frozen=True, slots=True)
class CandidateReading:
    """A possible cue with the units around it, their label probabilities, and its readings, likeliest first."""

    head: int
    probability: float
    ratio: float
    pieces: tuple[SceneUnit, ...]
    marginals: Floats
    readings: tuple[Reading, ...]


def readings(
    scene: Scene, head: int, pieces: Sequence[SceneUnit], labellings: Sequence[Labelling], limit: int, worst: float
) -> list[Reading]:
    """The different readings among labellings, at most `limit`, at most `-worst` (a logarithm) behind the first.

    A reading without content is none; labellings that differ only in what
    belongs to the cue are one reading.
    """
    found: list[Reading] = []
    seen: set[tuple[int, ...]] = set()
    for labelling in labellings:
        key = tuple(NOTHING if k == CUE else k for k in labelling.labels)
        if key in seen or CONTENT not in key:
            continue
        if found and labelling.log_probability < found[0].log_probability + worst:
            break
        seen.add(key)
        tokens: tuple[list[int], ...] = ([], [], [], [head])
        for unit, k in zip(pieces, labelling.labels, strict=True):
            tokens[k].extend(range(unit.first, unit.last))
        content = trimmed(scene.document, tokens[CONTENT])
        if not content:
            continue
        found.append(
            Reading(
                tuple(sorted(tokens[CUE])), tuple(trimmed(scene.document, tokens[SOURCE])), tuple(content),
                labelling.labels, labelling.log_probability,
            )
        )  # fmt: skip
        if len(found) == limit:
            break
    return found


def reading_features(scene: Scene, candidates: Sequence[CandidateReading]) -> list[list[list[float]]]:
    """For each candidate of a document, and each of its readings, what tells the right one, as numbers."""
    field = Field(scene, candidates)
    return [_Cue(field, candidate).rows() for candidate in candidates]


class Field:
    """All candidates of a document: heads in order, who claims which token, their number a 100 tokens."""

    def __init__(self, scene: Scene, candidates: Sequence[CandidateReading]) -> None:
        self.scene = scene
        self.candidates = candidates
        self.heads = [c.head for c in candidates]
        self.density = 100 * sum(c.probability for c in candidates) / max(1, len(scene.document))
        # for each token the strongest claim of a cue to have it in its content, whose that is, and the next of another
        self._first = [0.0] * len(scene.document)
        self._owner = [-1] * len(scene.document)
        self._second = [0.0] * len(scene.document)
        for candidate in candidates:
            shares = candidate.marginals[:, CONTENT].tolist()
            for unit, share in zip(candidate.pieces, shares, strict=True):
                p = candidate.probability * share
                if p >= LEAST_CLAIM:
                    self._claim(unit, p, candidate.head)

    def _claim(self, unit: SceneUnit, p: float, head: int) -> None:
        first, owner, second = self._first, self._owner, self._second
        for i in range(unit.first, unit.last):
            if p > first[i]:
                if owner[i] != head:
                    second[i] = first[i]
                first[i], owner[i] = p, head
            elif p > second[i] and owner[i] != head:
                second[i] = p

    def between(self, first: int, last: int) -> Sequence[CandidateReading]:
        """The candidates with their heads from token `first` to token `last`."""
        return self.candidates[bisect_left(self.heads, first) : bisect_right(self.heads, last)]

    def claimed(self, indices: Sequence[int], head: int) -> float:
        """How likely cues other than `head` have the tokens in their contents, added up."""
        first, owner, second = self._first, self._owner, self._second
        return sum([second[i] if owner[i] == head else first[i] for i in indices])


LEAST_CLAIM = 0.05


class _Cue:
    """What is the same for all readings of a cue, and what is not, as the weights have learnt them."""

    def __init__(self, field: Field, candidate: CandidateReading) -> None:
        self.field, self.scene, self.candidate = field, field.scene, candidate
        document = self.scene.document
        self.tokens, self.at = document.tokens, self.scene.quotes.at
        self.head = candidate.head
        token = self.tokens[self.head]
        self.sentence = document.sentences[token.sentence]
        kids = list(document.kids(self.head))
        self.below = set(document.subtree(self.head))
        self.clause = {i for k in kids if k.dep in ("ccomp", "xcomp") for i in document.subtree(k.i)}
        things = ("dobj", "attr", "oprd", "acomp")
        self.thing = {i for k in kids if k.dep in things for i in document.subtree(k.i)}
        self.subjects = {k.i for k in kids if k.dep in ("nsubj", "nsubjpass", "csubj", "poss", "agent")}
        self.quotations = {self.at[i] for i in range(self.sentence.start, self.sentence.end)} - {None}
        proposal = self.scene.proposal(self.head)
        self.rule_content, self.rule_source = set(proposal.content), set(proposal.source)
        self.construction = _place(CONSTRUCTIONS, proposal.construction)
        self.content_p: list[float] = candidate.marginals[:, CONTENT].tolist()
        self.source_p: list[float] = candidate.marginals[:, SOURCE].tolist()
        self.absent = prod(1 - p for p in self.source_p)
        self.words = [u.last - u.first for u in candidate.pieces]
        self.best = candidate.readings[0].log_probability
        self.spread = candidate.readings[1].log_probability - self.best if len(candidate.readings) > 1 else -20.0
        rivals = field.between(self.sentence.start, self.sentence.end - 1)
        self.near = sum(c.probability for c in rivals if c.head != self.head)
        self.above = field.claimed((self.head,), self.head)
        follow = self.tokens[self.head + 1].text if self.head + 1 < len(self.tokens) else ""
        self.follow = 1.0 if follow == ":" else 2.0 if follow == "," else 0.0
        self.static = (
            candidate.ratio, _place(TAGS, token.tag), _place(DEPS, token.dep),
            float(document.kind(self.head) == "headline"), float(self.scene.depths[self.head]),
            float(self.sentence.end - self.sentence.start), float(self.head - self.sentence.start),
        )  # fmt: skip
        self.block = token.block

    def rows(self) -> list[list[float]]:
        """A row of numbers for each reading."""
        return [self._row(rank, reading) for rank, reading in enumerate(self.candidate.readings)]

    def _row(self, rank: int, reading: Reading) -> list[float]:
        content, source = set(reading.content), set(reading.source)
        runs = _runs(reading.content)
        return [
            self.candidate.probability, reading.log_probability, float(rank), reading.log_probability - self.best,
            self.spread, *self._labels(reading), *self._extent(reading, runs),
            *self._quotation(reading, runs), _dice(content, self.rule_content), _dice(source, self.rule_source),
            self.construction, *_source(self.scene, reading, self.head, self.subjects), *self.static,
            len(content & self.below) / len(content), _dice(content, self.clause), _dice(content, self.thing),
            float(bool(self.clause)), float(bool(self.thing)), float(bool(self.subjects)),
            *self._rivals(reading, content), *self._edges(reading), self.near, float(min(self.block, 30)),
            self.field.density,
        ]  # fmt: skip

    def _labels(self, reading: Reading) -> tuple[float, ...]:
        """How sure the labels are, taken and left."""
        inside = [n for n, k in enumerate(reading.labels) if k == CONTENT]
        content, source = [self.content_p[n] for n in inside], self.source_p
        words = [self.words[n] for n in inside]
        return (
            min(content),
            sum([p * n for p, n in zip(content, words, strict=True)]) / sum(words),
            max([p for p, k in zip(self.content_p, reading.labels, strict=True) if k != CONTENT], default=0.0),
            max([p for p, k in zip(source, reading.labels, strict=True) if k == SOURCE], default=0.0),
            max([p for p, k in zip(source, reading.labels, strict=True) if k != SOURCE], default=0.0),
            self.absent,
        )

    def _extent(self, reading: Reading, runs: Sequence[tuple[int, int]]) -> tuple[float, ...]:
        """How long the content is, where it lies from the cue, and whether it begins and ends with a sentence."""
        first, last = reading.content[0], reading.content[-1]
        tokens, sentences, h = self.tokens, self.scene.document.sentences, self.head
        end, begin = sentences[tokens[last].sentence].end, sentences[tokens[first].sentence].start
        return (
            float(len(reading.content)),
            float(len(runs)),
            float(max(first - h, h - last, 0)),
            2.0 if first > h else 0.0 if last < h else 1.0,
            float(all(tokens[i].pos == "PUNCT" for i in range(last + 1, end))),
            float(all(tokens[i].pos == "PUNCT" for i in range(begin, first))),
            float(any(start == h + 1 or stop == h for start, stop in runs)),
        )

    def _quotation(self, reading: Reading, runs: Sequence[tuple[int, int]]) -> tuple[float, ...]:
        """How much is quoted, which quotations are cut or left, and over how many sentences and paragraphs it runs."""
        document, tokens = self.scene.document, self.tokens
        touched: set[int | None] = set()
        sentences: set[int] = set()
        for start, stop in runs:
            touched.update(self.at[start:stop])
            sentences.update(range(tokens[start].sentence, tokens[stop - 1].sentence + 1))
        touched.discard(None)
        blocks = {document.sentences[s].block for s in sentences} | {self.block}
        cut = quoted = 0
        if touched:
            content = set(reading.content)
            for q in touched:
                assert q is not None
                first, last = document.range(self.scene.quotes.quotations[q].outer)
                cut += any(i not in content for i in range(first, last) if tokens[i].pos != "PUNCT")
            quoted = sum([self.scene.quoted[i] for i in reading.content])
        return (
            quoted / len(reading.content),
            float(cut),
            float(len(self.quotations - touched)),
            float(len(sentences)),
            float(len(blocks)),
            float(quoted / len(reading.content) > 0.95),
        )

    def _rivals(self, reading: Reading, content: set[int]) -> tuple[float, ...]:
        """Other cues: inside the content, before it, above this cue, and with a claim on the same words."""
        first, last, h = reading.content[0], reading.content[-1], self.head
        low, high = (h, first) if first > h else (last, h) if last < h else (h, h)
        inside = [c.probability for c in self.field.between(first, last) if c.head in content]
        between = [c.probability for c in self.field.between(low + 1, high - 1)]
        return (
            max(inside, default=0.0),
            max(between, default=0.0),
            self.above,
            self.field.claimed(reading.content, h) / len(content),
        )

    def _edges(self, reading: Reading) -> tuple[float, ...]:
        """What the content might have gone on with, its first word, and what stands after it and after the cue."""
        pieces, last = self.candidate.pieces, reading.content[-1]
        n = max(n for n, k in enumerate(reading.labels) if k == CONTENT)
        following = pieces[n + 1] if n + 1 < len(pieces) else None
        joined = following is not None and following.first == last + 1 and _branch(following) == _branch(pieces[n])
        return (
            self.content_p[n + 1] if following is not None else -1.0,
            float(joined),
            _place(TAGS, self.tokens[reading.content[0]].tag),
            _place(TAGS, self.tokens[last + 1].tag) if last + 1 < len(self.tokens) else -1.0,
            self.follow,
            float(bisect_left(reading.content, self.head)),
            float(len(reading.content) - bisect_right(reading.content, self.head)),
        )


def _runs(indices: Sequence[int]) -> list[tuple[int, int]]:
    """Sorted token indices as half-open runs of neighbours."""
    starts = [0, *(n for n, (a, b) in enumerate(pairwise(indices), 1) if b != a + 1), len(indices)]
    return [(indices[a], indices[b - 1] + 1) for a, b in pairwise(starts)]


def _branch(unit: SceneUnit) -> str:
    return unit.place.split(">")[0]


def _source(scene: Scene, reading: Reading, head: int, subjects: set[int]) -> list[float]:
    if not reading.source:
        return [0.0, 0.0, -1.0, -1.0, 0.0, 0.0, 0.0]
    tokens = scene.document.tokens
    source = set(reading.source)
    tops = [i for i in reading.source if tokens[i].head not in source or tokens[i].head == i]
    top = min(tops, key=lambda i: scene.depths[i])
    gap = reading.source[0] - head if reading.source[0] > head else reading.source[-1] - head
    return [
        float(len(source)), float(gap), _place(DEPS, tokens[top].dep), float(_kind(tokens[top])),
        float(len(_runs(reading.source))), float(bool(source & subjects)), float(scene.quoted[top]),
    ]  # fmt: skip


def _kind(token: Token) -> int:
    name = token.ent if token.ent in KINDS else "PRON" if token.pos == "PRON" else token.tag
    if token.tag.startswith("W"):
        name = "WP"
    return KINDS.index(name if name in KINDS else "other")


def _dice(a: set[int], b: set[int]) -> float:
    """How much two sets share, from 0 to 1; 1 if both are empty, -1 if one is."""
    return 2 * len(a & b) / (len(a) + len(b)) if a and b else -1.0 if a or b else 1.0


def _place(names: Sequence[str], name: str) -> float:
    return float(names.index(name)) if name in names else -1.0
