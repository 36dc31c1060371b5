"""What an encoder of the words adds: how likely each candidate is meant, by the vectors of the words alone."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from .article_scene import Pointer
from .candidate_pool import Referent, Spot

MOST = 3
"""Mentions of a candidate that are pointed to: the last ones, and the next name."""


def pointed(
    pointer: Pointer, token: int, candidates: Sequence[Referent], ahead: Sequence[Spot | None]
) -> list[dict[str, float]]:
    """For each candidate how likely it is meant by its best mention, and how far it stands above none and the others.

    `ahead` has each candidate's next name after the token.
    """
    spots = [[*r.spots[-MOST:], *([a] if a is not None else [])] for r, a in zip(candidates, ahead, strict=True)]
    mentions = [(s.first, s.i) for own in spots for s in own]
    scores = pointer(token, mentions)
    nobody = float(scores[-1])
    best: list[float] = []
    at = 0
    for own in spots:
        best.append(float(scores[at : at + len(own)].max()) if own else nobody - 9.0)
        at += len(own)
    top = max([nobody, *best])
    total = float(np.exp(np.array([*best, nobody]) - top).sum())
    second = sorted([*best, nobody], reverse=True)
    return [
        {
            "points": b - nobody,
            "points likely": float(np.exp(b - top)) / total,
            "points ahead": b - (second[1] if b == second[0] else second[0]),
        }
        for b in best
    ]
