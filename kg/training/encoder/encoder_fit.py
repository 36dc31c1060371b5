"""Lessons -> weights: the losses of a batch, and the loop over epochs."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from random import Random
from typing import Any

import torch
from torch import Tensor
from torch.nn import functional

from ...stages.attribution.encoder.decoding import PARAGRAPHS
from .lessons import Lesson, batches
from .pointer import PointerHead, padded, stacked
from .reference_questions import QuestionPassage, batched
from .torch_model import Reader, crf_loss, of_words, steps

SHARE, HIDDEN = 0.2, 0.5
"""Weights of the losses of labels and of hidden names against that of cues."""


def _losses(
    model: Reader, pointer: PointerHead, some: Sequence[Lesson], frozen: int = 0
) -> tuple[Tensor, Tensor, Tensor]:
    """The losses of cues, of labels at the cues of the annotation, and of hidden names, each for one of them."""
    ids, features, first = (padded([getattr(x, name) for x in some]) for name in ("ids", "features", "first"))
    if frozen:
        vectors = model.encoder.upper_in_half(*stacked([x.below for x in some]), frozen)
    else:
        vectors = model.encoder.in_half(ids, features)
    words = of_words(vectors, first)
    words = functional.dropout(words, 0.1, model.training)
    scores, word, anchor = model.heads(words)
    scheme = torch.tensor([x.scheme for x in some])
    scores = scores.gather(2, scheme[:, None, None].expand(-1, scores.shape[1], 1)).squeeze(2)
    target, weight = torch.zeros_like(scores), torch.zeros_like(scores)
    blocks = torch.zeros_like(scores, dtype=torch.long)
    asked: list[tuple[int, int, int, tuple[int, ...]]] = []
    for k, lesson in enumerate(some):
        size = len(lesson.blocks)
        weight[k, :size], blocks[k, :size] = torch.tensor(lesson.weights), torch.tensor(lesson.blocks)
        for ask in lesson.asked:
            target[k, ask.anchor] = weight[k, ask.anchor] = 1.0
            if ask.labels is not None:
                asked.append((k, ask.anchor, ask.low, ask.labels))
    cue = (functional.binary_cross_entropy_with_logits(scores, target, reduction="none") * weight).sum()
    labelled = torch.zeros(())
    asked.sort(key=lambda x: len(x[3]))
    for group in (asked[n : n + 96] for n in range(0, len(asked), 96)):
        which, at, low = torch.tensor([x[:3] for x in group]).T
        sizes = torch.tensor([len(x[3]) for x in group])
        index = low[:, None] + torch.arange(int(sizes.max()))
        live = torch.arange(int(sizes.max())) < sizes[:, None]
        index = index.clamp(max=words.shape[1] - 1)
        apart = (blocks[which[:, None], index] - blocks[which, at][:, None]).clamp(-PARAGRAPHS, PARAGRAPHS) + PARAGRAPHS
        emissions = model.heads.emissions(
            word[which[:, None], index], anchor[which, at], steps(index - at[:, None]), apart
        )
        labels = torch.zeros(index.shape, dtype=torch.long)
        for i, (*_, wanted) in enumerate(group):
            labels[i, : len(wanted)] = torch.tensor(wanted)
        labelled = labelled + crf_loss(emissions, labels, live, model.heads.transitions, model.heads.edge).sum()
    queries = [replace(q, row=k) for k, lesson in enumerate(some) for q in lesson.queries]
    hidden = pointer.loss(words, queries)[0] / len(queries) if queries else torch.zeros(())
    return cue / target.sum().clamp(min=1), labelled / max(1, len(asked)), hidden


def _optimiser(model: torch.nn.Module, rate: float, head_rate: float) -> Any:
    """AdamW with one rate for the encoder and one for the rest; word vectors, half of all weights, stay as they are."""
    groups: list[list[Tensor]] = [[], []]
    for name, weight in model.named_parameters():
        if name.startswith("encoder.word."):
            weight.requires_grad_(False)
        if weight.requires_grad:
            groups[not name.startswith("encoder.")].append(weight)
    rated = [{"params": group, "lr": lr} for group, lr in zip(groups, (rate, head_rate), strict=True)]
    return torch.optim.AdamW(rated, weight_decay=0.01, fused=True)


def _schedule(optimiser: Any, total: int, warmup: float = 0.06) -> Any:
    """Rates that rise over the first steps and fall to a fiftieth."""
    return torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda s: min((s + 1) / (warmup * total), max(0.02, (total - s) / (total * (1 - warmup))))
    )


def fit(
    model: Reader, pointer: PointerHead, drawn: Callable[[Random], list[Lesson]], *,
    epochs: int, size: int, rate: float, seed: int,
) -> Iterator[dict[str, float]]:  # fmt: skip
    """Trains epoch by epoch; `drawn` gives an epoch's lessons. Yields losses and seconds after each."""
    random = Random(seed)
    torch.manual_seed(seed)
    both = torch.nn.ModuleDict({"encoder": model.encoder, "heads": model.heads, "pointer": pointer})
    adam = _optimiser(both, rate, rate * 20 / 3)
    plan = _schedule(adam, epochs * (len(drawn(Random(seed))) // size + 1))
    for epoch in range(1, epochs + 1):
        both.train()
        began, cues, labels, names = time.monotonic(), 0.0, 0.0, 0.0
        groups = batches(drawn(random), size, random)
        for some in groups:
            cue, labelled, hidden = _losses(model, pointer, some)
            (cue + SHARE * labelled + HIDDEN * hidden).backward()
            torch.nn.utils.clip_grad_norm_(both.parameters(), 1.0)
            adam.step()
            adam.zero_grad()
            plan.step()
            cues, labels, names = cues + cue.item(), labels + labelled.item(), names + hidden.item()
        both.eval()
        yield {
            "epoch": epoch, "cue loss": round(cues / len(groups), 3), "label loss": round(labels / len(groups), 3),
            "hidden loss": round(names / len(groups), 3), "seconds": round(time.monotonic() - began),
        }  # fmt: skip


def adapt(
    model: Reader, pointer: PointerHead, rounds: Sequence[Sequence[Lesson]], passages: Sequence[QuestionPassage], *,
    size: int, rate: float, seed: int, frozen: int, asked: int,
) -> Iterator[dict[str, float]]:  # fmt: skip
    """Trains on: attributions and reference in turn, the lowest `frozen` layers as they are.

    What those layers make of lessons and passages comes with them. Each round
    has its lessons, and the share of the passages that makes `asked` times all
    of them in the end.
    Yields losses, the share of questions answered right, and seconds.
    """
    random = Random(seed)
    torch.manual_seed(seed)
    for name, weight in model.encoder.named_parameters():
        if not name.startswith("layers.") or int(name.split(".")[1]) < frozen:
            weight.requires_grad_(False)
    both = torch.nn.ModuleDict({"encoder": model.encoder, "heads": model.heads, "pointer": pointer})
    adam = _optimiser(both, rate, rate * 20 / 3)
    share = len(passages) * asked / len(rounds)
    plan = _schedule(adam, sum(len(some) // size + int(share) // (2 * size) + 2 for some in rounds))
    waiting: list[QuestionPassage] = []
    for number, given in enumerate(rounds, start=1):
        both.train()
        began, cues, labels, pointed, right, count = time.monotonic(), 0.0, 0.0, 0.0, 0, 0
        while len(waiting) < int(share):
            waiting += random.sample(passages, len(passages))
        now, waiting = waiting[: int(share)], waiting[int(share) :]
        groups: list[tuple[list[Lesson], list[QuestionPassage]]] = [
            (some, []) for some in batches(list(given), size, random)
        ]
        lessons = len(groups)
        groups += [([], some) for some in batched(now, size, random)]
        random.shuffle(groups)
        for some, asking in groups:
            if some:
                cue, labelled, hidden = _losses(model, pointer, some, frozen)
                loss = cue + SHARE * labelled + HIDDEN * hidden
                cues, labels = cues + cue.item(), labels + labelled.item()
            else:
                loss, hits, questions = pointer.passages(model.encoder, asking, frozen)
                pointed, right, count = pointed + loss.item(), right + hits, count + questions
                loss = loss / questions
            loss.backward()
            torch.nn.utils.clip_grad_norm_(both.parameters(), 1.0)
            adam.step()
            adam.zero_grad()
            plan.step()
        both.eval()
        yield {
            "round": number, "cue loss": round(cues / lessons, 3), "label loss": round(labels / lessons, 3),
            "reference loss": round(pointed / max(1, count), 3), "reference right": round(right / max(1, count), 3),
            "seconds": round(time.monotonic() - began),
        }  # fmt: skip
