"""Trained attribution: who said what, learnt from PolNeAR where its weights are present.

Three steps, each a small model over the parse: which words are cues (logistic
regression), which of the pieces around a cue are source and content (a
conditional random field), and which of the likeliest readings is right (boosted
trees), whose probability is the confidence. Inference is plain numpy.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np

from ....errors import ResourceMissing
from ....language.quotes import Quotes
from ....resources import resource
from ....text.document import Document
from .labeller import UNKNOWN_RATIO, label, likely_cues
from .model import Model, load
from .readings import CandidateReading, Tagged, reading_features
from .scene import key_of, scene

__all__ = ["Tagged", "default_model", "tag"]

WEIGHTS = "data/models/polnear.npz"
LEAST = 0.35
"""Confidence from which an attribution counts: the best F1 on held-out folds."""


def default_model() -> Model | None:
    """The shipped weights, or None where their file was taken out: then `kg` works by rules."""
    try:
        return load(resource(WEIGHTS))
    except ResourceMissing:
        return None


def tag(document: Document, model: Model, least: float = LEAST, quotes: Quotes | None = None) -> tuple[Tagged, ...]:
    """The attributions of a document with at least the given confidence, in the order of their cues.

    As in PolNeAR, only the outermost of nested ones are looked for, attitudes
    and intentions count, and a pronoun stays a pronoun.
    """
    set_up = scene(document, quotes)
    cues = likely_cues(set_up, model)
    ratios = {i: model.ratios.get(key_of(set_up.lemmas[i], document[i]), UNKNOWN_RATIO) for i in cues}
    candidates = label(set_up, cues, ratios, model.roles, model.transitions)
    rows = reading_features(set_up, candidates)
    sure = model.forest.probabilities(np.array([row for c in rows for row in c], np.float32)) if rows else np.zeros(0)
    return tuple(settle(candidates, sure.tolist(), least))


def settle(candidates: Sequence[CandidateReading], sure: Sequence[float], least: float) -> list[Tagged]:
    """The likeliest reading of each candidate, if likely enough and its content not another's, by the cue's place.

    `sure` has the probability of each reading of each candidate.
    """
    best: list[Tagged] = []
    n = 0
    for candidate in candidates:
        k = max(range(len(candidate.readings)), key=lambda k: (sure[n + k], -k))
        if sure[n + k] >= least:
            r = candidate.readings[k]
            best.append(Tagged(candidate.head, r.cue, r.source, r.content, sure[n + k]))
        n += len(candidate.readings)
    owner: dict[int, int] = {}
    kept: list[Tagged] = []
    for reading in sorted(best, key=lambda b: (-b.confidence, b.head)):
        shared = Counter(owner[i] for i in reading.content if i in owner)
        if any(2 * k >= min(len(reading.content), len(kept[m].content)) for m, k in shared.items()):
            continue
        owner.update(dict.fromkeys(reading.content, len(kept)))
        kept.append(reading)
    return sorted(kept, key=lambda b: b.head)
