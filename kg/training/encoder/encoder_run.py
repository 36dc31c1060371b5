"""Corpora and MiniLM's weights -> the encoder's files: of all folds and of each, in a working folder.

A working folder holds `base.pt` (PolNeAR alone), and for "all" and each fold a
folder with what `kg.stages.attribution.encoder.encoder_weights` loads. What is there
already is not made again, so that a run that was stopped goes on.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random
from typing import Any

import torch

from ...stages.attribution.cues import load_cues
from ...stages.attribution.encoder.encoder_weights import save
from ...stages.attribution.encoder.words import EncoderWords, Vocabulary
from ..folds import FOLDS, fold_of
from .encoder_corpora import invented, newsmix, polnear, reviewed
from .encoder_fit import adapt, fit
from .export import export, small
from .guessing import statements_of
from .lessons import CueRatios, Lesson, lessons, read
from .pointer import PointerHead, below, lowered
from .reference_questions import QuestionPassage, gap, gum
from .resumed import resumed
from .torch_model import Reader
from .variants import ToldWay, varied

REPLAYED, GUESSED = 12, 24
"""Articles of PolNeAR that each round of adapting goes through again: lest what they taught is lost, and for what
the cue lexicon takes for statements among their attributions."""

SIZE, FEW, SEED = 16, 8, 1
"""Windows of a batch on PolNeAR, and on the little news there is; the seed of all draws."""

FROZEN = 3
"""Layers that stay as PolNeAR has made them: what they make of a text is worked out once for all folds."""

BASE_RATE, ADAPT_RATE = 1.5e-4, 1e-4


@dataclass(frozen=True, slots=True)
class EncoderPlan:
    """What to learn from and how long; `share` takes the first part of each corpus only.

    The encoder starts from `start`, a `base.pt` of an earlier run, else from MiniLM; or it goes on from `resume`, a
    folder with the files that ship, and what it learnt of PolNeAR it keeps. Of `gold`, folders that `kg review export
    --gold` wrote, all is learnt.
    """

    minilm: Path
    polnear: Path
    newsmix: Path
    gap: Path
    gum: Path
    work: Path
    written: Path | None = None
    epochs: int = 3
    rounds: int = 4
    asked: int = 2
    share: float = 1.0
    folds: tuple[int, ...] = tuple(range(FOLDS))
    start: Path | None = None
    resume: Path | None = None
    gold: tuple[Path, ...] = ()

    def vocabulary(self) -> list[str]:
        """MiniLM's pieces in order."""
        return (self.minilm / "vocab.txt").read_text(encoding="utf-8").rstrip("\n").split("\n")


@dataclass(frozen=True, slots=True)
class EncoderCorpora:
    """What a plan learns from, read."""

    base: tuple[ToldWay, ...]
    news: tuple[ToldWay, ...]
    passages: tuple[QuestionPassage, ...]
    vocabulary: Vocabulary
    ratios: CueRatios


def _corpora(plan: EncoderPlan) -> EncoderCorpora:
    """The corpora of a plan, or its share of each."""
    vocabulary = Vocabulary(plan.vocabulary())
    base = _share(list(polnear(plan.polnear)), plan.share)
    news = _share(list(newsmix(plan.newsmix)), plan.share)
    news += _share(list(invented(plan.written)), plan.share) if plan.written else []
    news += [told for folder in plan.gold for told in reviewed(folder)]
    asked = _share(list(gap(plan.gap, vocabulary)), plan.share)
    asked += _share(list(gum(plan.gum, vocabulary, Random(SEED))), plan.share)
    ratios = CueRatios([(read(told, vocabulary), told) for told in (*base, *news)])
    return EncoderCorpora(tuple(base), tuple(news), tuple(asked), vocabulary, ratios)


def _share(every: list[Any], share: float) -> list[Any]:
    return every[: max(1, round(len(every) * share))]


def train(plan: EncoderPlan, say: Callable[[str], None]) -> None:
    """Trains what the working folder lacks; `say` is told how it goes, a line an epoch."""
    torch.set_num_threads(1)
    plan.work.mkdir(parents=True, exist_ok=True)
    data = _corpora(plan)
    base = plan.work / "base.pt"
    if not base.exists():
        if plan.resume is not None:
            _resumed(plan.resume, base)
        else:
            _base(plan, data, base, say)
    state = torch.load(base, weights_only=True)
    lessons = _drawn_once(plan, data, state)
    say("the lowest layers have read everything")
    for fold in (*plan.folds, None):
        folder = plan.work / ("all" if fold is None else f"fold{fold}")
        if not (folder / "reader.npz").exists():
            _adapted(plan, lessons, state, fold, folder, say)


@dataclass(frozen=True, slots=True)
class Drawn:
    """Lessons of each round, by the name of their article, and passages, all read by the lowest layers."""

    news: tuple[dict[str, list[Lesson]], ...]
    replayed: tuple[list[Lesson], ...]
    passages: tuple[QuestionPassage, ...]


def _drawn_once(plan: EncoderPlan, data: EncoderCorpora, state: dict[str, Any]) -> Drawn:
    model = Reader()
    model.load_state_dict(state["reader"])
    encoder = model.encoder.eval()
    random = Random(SEED)

    def read_low(some: list[Lesson]) -> list[Lesson]:
        return [replace(x, below=below(encoder, x.ids, x.features, FROZEN)) for x in some]

    news = tuple(
        {told.name: read_low(_lessons([told], data, random, scheme=1, nested=True)) for told in data.news}
        for _ in range(plan.rounds)
    )
    replayed = tuple(
        read_low(_guessed(random.sample(data.base, min(GUESSED, len(data.base))), data, random))
        + read_low(
            _lessons(random.sample(data.base, min(REPLAYED, len(data.base))), data, random, scheme=0, nested=False)
        )
        for _ in range(plan.rounds)
    )
    return Drawn(news, replayed, tuple(lowered(encoder, data.passages, FROZEN) if plan.asked else ()))


def _base(plan: EncoderPlan, data: EncoderCorpora, path: Path, say: Callable[[str], None]) -> None:
    model, pointer = Reader(), PointerHead()
    if plan.start is not None:
        state = torch.load(plan.start, weights_only=True)
        model.load_state_dict(state["reader"])
        pointer.load_state_dict(state["pointer"])
    else:
        model.encoder.load_minilm(plan.minilm)

    def drawn(random: Random) -> list[Lesson]:
        return _lessons(data.base, data, random, scheme=0, nested=False)

    log = []
    for epoch in fit(model, pointer, drawn, epochs=plan.epochs, size=SIZE, rate=BASE_RATE, seed=SEED):
        say(f"base {json.dumps(epoch)}")
        log.append(epoch)
    (plan.work / "base.json").write_text(json.dumps(log))
    torch.save({"reader": model.state_dict(), "pointer": pointer.state_dict()}, path)


def _resumed(shipped: Path, path: Path) -> None:
    model, pointer = resumed(shipped / "reader.onnx", shipped / "reader.npz")
    torch.save({"reader": model.state_dict(), "pointer": pointer.state_dict()}, path)


def _adapted(
    plan: EncoderPlan, given: Drawn, state: dict[str, Any], fold: int | None, folder: Path, say: Callable[[str], None]
) -> None:
    def taught(name: str) -> bool:
        return fold is None or fold_of(name) != fold

    model, pointer = Reader(), PointerHead()
    model.load_state_dict(state["reader"])
    pointer.load_state_dict(state["pointer"])
    if plan.resume is None:
        cue: Any = model.heads.cue[2]
        with torch.no_grad():  # what a statement is starts as what an attribution is
            cue.weight[1], cue.bias[1] = cue.weight[0], cue.bias[0]
    rounds = [
        [x for name, some in news.items() if taught(name) for x in some] + replayed
        for news, replayed in zip(given.news, given.replayed, strict=True)
    ]
    passages = [passage for passage in given.passages if taught(passage.name)]
    log = []
    for step in adapt(
        model, pointer, rounds, passages, size=FEW, rate=ADAPT_RATE, seed=SEED, frozen=FROZEN, asked=plan.asked
    ):
        say(f"{folder.name} {json.dumps(step)}")
        log.append(step)
    folder.mkdir(parents=True, exist_ok=True)
    export(model, folder / "reader.onnx")
    card = {"fold": fold, "articles": sum(map(taught, given.news[0])), "passages": len(passages), "rounds": log}
    save(folder / "reader.npz", folder / "reader.onnx", plan.vocabulary(), {**small(model), **pointer.arrays()}, card)


def _guessed(some: Iterable[ToldWay], data: EncoderCorpora, random: Random) -> list[Lesson]:
    """Lessons on statements from PolNeAR's attributions, by the cue lexicon."""
    found: list[Lesson] = []
    for told in some:
        new = varied(told, random)
        words = read(new, data.vocabulary)
        said, unknown = statements_of(new, words, load_cues())
        found += lessons(said, words, data.vocabulary, data.ratios, random, scheme=1, nested=False, unknown=unknown)
    return found


def _lessons(
    some: Iterable[ToldWay], data: EncoderCorpora, random: Random, *, scheme: int, nested: bool
) -> list[Lesson]:
    found: list[Lesson] = []
    for told in some:
        new = varied(told, random)
        words: EncoderWords = read(new, data.vocabulary)
        found += lessons(new, words, data.vocabulary, data.ratios, random, scheme=scheme, nested=nested)
    return found
