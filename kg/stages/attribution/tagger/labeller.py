"""Scene -> candidates: likely cues, the units around them labelled, the likeliest readings of each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise, repeat
from math import exp, log

import numpy as np

from .crf import Floats, best, marginals
from .cue_features import cue_features
from .model import Model
from .readings import CandidateReading, readings
from .role_features import traits
from .role_weights import RoleWeights
from .scene import Scene
from .scene_units import units

LEAST_CUE = 0.2
"""Cues less likely than this are not looked at further: they gain 0.1 points of F1 and cost a fifth of the time."""

READINGS = 5
WORST = -3.0
"""How many readings a cue is given, and how far behind the likeliest, in log probability, they may be."""

LEAST_LABEL = 0.01
LONGEST_SENTENCE = 300
"""Cues in longer sentences, which are lists or debris, are left to the rules; so the time stays linear."""

STEPS = (0.02, 0.04, 0.08, 0.15, 0.25, 0.4, 0.55, 0.7, 0.85)
UNKNOWN = "x"
UNKNOWN_RATIO = 0.05
BATCH = 64


def step(ratio: float | None) -> str:
    """How often a word is a cue, as a feature."""
    return UNKNOWN if ratio is None else str(sum(ratio >= s for s in STEPS))


LEAST_RATIO = 0.02
"""How often a word that is no verb must be a cue to be known as one: at 0, three times as many are looked at, for one
cue in 600."""


def may_be_cue(scene: Scene, i: int, known: bool) -> bool:
    """Whether token `i` is looked at as a cue: outside quotations any verb, and what is `known` as a cue."""
    token = scene.document[i]
    if scene.quoted[i] or not (known or token.pos == "VERB"):
        return False
    sentence = scene.document.sentences[token.sentence]
    return sentence.end - sentence.start <= LONGEST_SENTENCE


def likely_cues(scene: Scene, model: Model) -> dict[int, float]:
    """The tokens that are likely cues, with their probabilities."""
    weight_of = model.cues.get
    floor = log(LEAST_CUE / (1 - LEAST_CUE))
    found: dict[int, float] = {}
    for token in scene.document.tokens:
        known = model.known.get(token.pos)
        if known is not None and not scene.quoted[token.i]:
            ratio = known.get(scene.lemmas[token.i])
            if (ratio is not None or token.pos == "VERB") and may_be_cue(scene, token.i, ratio is not None):
                score = sum(map(weight_of, cue_features(scene, token.i, step(ratio)), repeat(0.0)))
                if score >= floor:
                    found[token.i] = 1 / (1 + exp(-score))
    return found


def label(
    scene: Scene,
    cues: Mapping[int, float],
    ratios: Mapping[int, float],
    roles: RoleWeights,
    transitions: Floats,
) -> list[CandidateReading]:
    """Each cue with its units, labels and readings, in the order of the text."""
    heads = sorted(cues)
    found: list[CandidateReading] = []
    for group in _batches(heads):
        pieces = [units(scene, head) for head in group]
        known = [traits(scene, head, around, heads, cues) for head, around in zip(group, pieces, strict=True)]
        ends = np.cumsum([0, *map(len, pieces)])
        scores = roles.scores(known)
        states = [scores[first:last] for first, last in pairwise(ends)]
        full = [n for n, s in enumerate(states) if len(s)]
        probabilities, totals = marginals([states[n] for n in full], transitions)
        for n, probability, total in zip(full, probabilities, totals, strict=True):
            labellings = best(states[n], transitions, probability, total, 2 * READINGS, LEAST_LABEL)
            head = group[n]
            listed = readings(scene, head, pieces[n], labellings, READINGS, WORST)
            if listed:
                found.append(
                    CandidateReading(head, cues[head], ratios[head], tuple(pieces[n]), probability, tuple(listed))
                )
    return found


def _batches(heads: Sequence[int]) -> Iterator[Sequence[int]]:
    return (heads[n : n + BATCH] for n in range(0, len(heads), BATCH))
