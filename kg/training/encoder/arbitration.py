"""Encoders of all folds and annotated news -> the arbiter, its scores on held-out articles, the files that ship."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ...errors import ReadError
from ...language.quotes import Quotes, find_quotations
from ...resources import resource
from ...stages.attribution.arbiter import Arbiter
from ...stages.attribution.cases import cases
from ...stages.attribution.cues import load_cues
from ...stages.attribution.encoder.encoder_weights import Encoder, load, save
from ...stages.attribution.encoder.glance import Glance
from ...stages.attribution.encoder.tokens import in_tokens
from ...stages.attribution.encoder.words import words_of
from ...stages.attribution.passes import drawn_drafts
from ...stages.attribution.weighing import rows, weighed
from ...text.article import Article
from ...text.document import Document, parse
from ..folds import FOLDS, fold_of
from ..said import read_said
from .judging import JudgedDraft, Statement, calibration_error, fit_arbiter, judged, statements

LEAST = 0.45
"""Probability from which a case stands: see the curve in the card."""

THRESHOLDS = (0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)


@dataclass(frozen=True, slots=True)
class Read:
    """An article with its gold, as the encoder of its fold reads it, which has not seen it."""

    name: str
    document: Document
    quotes: Quotes
    glance: Glance
    gold: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class HeldOut:
    """The same with the grammar's drafts beside it, and what the gold says of both."""

    read: Read
    judged: JudgedDraft

    @property
    def fold(self) -> int:
        return fold_of(self.read.name)


LEARNT = frozenset(("newsmix", "polnear"))
"""Corpora of `data/gold/said.jsonl` that the encoder has read: of them it would be surer than of others."""


def read_out(newsmix: Path, work: Path, *, texts: Path | None = None, model: str | None = None) -> list[Read]:
    """The articles of a folder in newsmix's layout, each read by the encoder of its fold.

    Where `texts` holds their words, those of `data/gold/said.jsonl` from which
    no encoder has learnt come after them.

    Raises ReadError if the folder holds none.
    """
    given = []
    for path in sorted((newsmix / "gold").glob("*.json")):
        text = (newsmix / "text" / f"{path.stem}.txt").read_text(encoding="utf-8")
        given.append((path.stem, text, json.loads(path.read_text(encoding="utf-8"))))
    if not given:
        raise ReadError(str(newsmix), "the folder holds no gold/*.json", "give a folder with text/ and gold/")
    if texts:
        given += [(n, t, g) for c, n, t, g in read_said(resource("data/gold/said.jsonl"), texts) if c not in LEARNT]
    encoders: dict[int, Encoder] = {}
    found = []
    for name, text, gold in given:
        document = parse(Article(text, path=name), model)
        fold = fold_of(name)
        if fold not in encoders:
            encoders[fold] = load(work / f"fold{fold}" / "reader.onnx", work / f"fold{fold}" / "reader.npz")
        encoder = encoders[fold]
        words = words_of(document.article, encoder.vocabulary, document.blocks)
        readings, vectors = encoder.look(words)
        glance = Glance(document, words, readings, vectors, encoder.arrays)
        found.append(Read(name, document, find_quotations(document), glance, tuple(statements(document, gold))))
    return found


def beside_grammar(every: Sequence[Read]) -> list[HeldOut]:
    """The articles with the grammar's drafts, judged by the gold."""
    lexicon = load_cues()
    found = []
    for read in every:
        drawn = drawn_drafts(read.document, read.quotes, lexicon, attitudes=False)
        readings = in_tokens(read.document, read.glance.words, read.glance.readings)
        matched = cases(readings, [draft for draft, _ in drawn], [sure for _, sure in drawn])
        some = weighed(read.document, read.quotes, lexicon, matched)
        found.append(HeldOut(read, judged(read.name, read.document, some, read.gold)))
    return found


def judges(every: Sequence[HeldOut]) -> Iterator[tuple[HeldOut, Arbiter]]:
    """Each article with an arbiter that has learnt from the other folds."""
    for fold in range(FOLDS):
        others = [held.judged for held in every if held.fold != fold]
        arbiter = fit_arbiter(others, LEAST)
        yield from ((held, arbiter) for held in every if held.fold == fold)


def train(
    newsmix: Path,
    work: Path,
    out: Path,
    *,
    texts: Path | None = None,
    model: str | None,
    date: str | None,
) -> dict[str, Any]:
    """Learns the arbiter, writes `reader.onnx` and `reader.npz` to `out`, and gives the card that is in them."""
    every = beside_grammar(read_out(newsmix, work, texts=texts, model=model))
    sure: list[float] = []
    right: list[bool] = []
    for held, judge in judges(every):
        if held.judged.some:
            sure += judge.confidences(rows(held.judged.some))
            right += held.judged.right(judge)
    whole = load(work / "all" / "reader.onnx", work / "all" / "reader.npz")
    arbiter = fit_arbiter([held.judged for held in every], LEAST)
    card = {
        "date": date,
        "data": "PolNeAR train, newsmix, GAP development, GUM; MiniLM-L6-v2 to start from; SEER, re3d for the arbiter",
        "articles": len(every),
        "cases": len(sure),
        "right": sum(right),
        "calibration error": round(calibration_error(sure, right), 4),
        "curve": [_at(threshold, sure, right) for threshold in THRESHOLDS],
        "encoder": dict(whole.card),
    }
    out.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(work / "all" / "reader.onnx", out / "reader.onnx")
    own = ("format", "graph", "vocabulary", "card")
    arrays = {name: part for name, part in whole.arrays.items() if name not in own}
    vocabulary = whole.arrays["vocabulary"].tobytes().decode().split("\n")
    save(out / "reader.npz", out / "reader.onnx", vocabulary, {**arrays, **arbiter.arrays()}, card)
    return card


def _at(threshold: float, sure: Sequence[float], right: Sequence[bool]) -> dict[str, float]:
    """Of the cases from a threshold on: the share that is right, and the share of all right ones that is kept."""
    kept = [r for s, r in zip(sure, right, strict=True) if s >= threshold]
    return {
        "threshold": threshold,
        "precision": round(sum(kept) / max(1, len(kept)), 3),
        "kept": round(sum(kept) / max(1, sum(right)), 3),
    }
