"""The head that answers questions of reference, learnt beside the attributions on the same vectors."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from ...stages.attribution.encoder.decoding import FARTHEST
from ...stages.attribution.encoder.pointing import BREAKS, POINTER
from ...stages.attribution.encoder.windows import inputs
from .reference_questions import Query, QuestionPassage, query
from .torch_model import WIDTH, TorchEncoder, of_words, steps


def padded(rows: Sequence[Sequence[int]], step: int = 32) -> Tensor:
    """Rows as one tensor; few widths, since kernels are prepared for each."""
    width = -(-max(map(len, rows)) // step) * step
    return torch.tensor([[*row, *[0] * (width - len(row))] for row in rows])


def stacked(rows: Sequence[Tensor | None], step: int = 32) -> tuple[Tensor, Tensor]:
    """Vectors of texts [pieces, WIDTH] as one tensor, and what of it is no padding."""
    kept = [row for row in rows if row is not None]
    width = -(-max(len(row) for row in kept) // step) * step
    live = torch.tensor([[n < len(row) for n in range(width)] for row in kept])
    return torch.stack([functional.pad(row, (0, 0, 0, width - len(row))) for row in kept]), live


def lowered(encoder: TorchEncoder, passages: Sequence[QuestionPassage], frozen: int) -> list[QuestionPassage]:
    """The passages with their vectors below layer `frozen`, which training need not work out again and again."""
    found = []
    for passage in passages:
        ids, features, _ = inputs(passage.words, passage.window)
        found.append(replace(passage, below=below(encoder, ids.tolist(), features.tolist(), frozen)))
    return found


def below(encoder: TorchEncoder, ids: Sequence[int], features: Sequence[int], frozen: int) -> Tensor:
    """The vectors of one window below layer `frozen`, in bfloat16."""
    with torch.no_grad():
        return encoder.lower_in_half(torch.tensor([ids]), torch.tensor([features]), frozen)[0].bfloat16()


class PointerHead(nn.Module):
    """Scores of (mention, candidate), and of "none" from the mention alone."""

    def __init__(self) -> None:
        super().__init__()
        self.distance, self.breaks = nn.Embedding(2 * FARTHEST + 1, 32), nn.Embedding(2 * BREAKS + 1, 16)
        self.pair = nn.Sequential(nn.Linear(4 * WIDTH + 48, 192), nn.GELU(), nn.Dropout(0.2), nn.Linear(192, 1))
        self.none = nn.Sequential(nn.Linear(WIDTH, 64), nn.GELU(), nn.Linear(64, 1))

    def loss(self, x: Tensor, queries: Sequence[Query]) -> tuple[Tensor, int]:
        """The summed loss of all queries over the vectors of words [rows, words, WIDTH], and how many were right."""
        flat = [(n, c) for n, q in enumerate(queries) for c in range(len(q.candidates))]
        owner = torch.tensor(flat).T
        mentions = torch.tensor([(q.row, q.mention) for q in queries]).T
        asked = [queries[n] for n, _ in flat]
        places = [queries[n].candidates[c] for n, c in flat]
        rows = torch.tensor([q.row for q in asked])
        own = x[rows, torch.tensor([q.mention for q in asked])]
        last = x[rows, torch.tensor([b for _, b in places])]
        named = (x[rows, torch.tensor([a for a, _ in places])] + last) / 2
        away = torch.tensor([a - q.mention for q, (a, _) in zip(asked, places, strict=True)])
        between = torch.tensor([queries[n].between[c] for n, c in flat])
        extra = torch.cat((self.distance(steps(away)), self.breaks(between)), -1)
        scores = self.pair(torch.cat((own, named, own * named, last, extra), -1)).squeeze(-1)
        wide = 1 + max(c for _, c in flat)
        table = torch.full((len(queries), wide), -1e4).index_put(tuple(owner), scores)
        right = torch.zeros(len(queries), wide + 1, dtype=torch.bool)
        for n, q in enumerate(queries):
            for c in q.right or (wide,):
                right[n, c] = True
        table = torch.cat((table, self.none(x[mentions[0], mentions[1]])), 1)
        loss = torch.logsumexp(table, 1) - torch.logsumexp(table.masked_fill(~right, -1e4), 1)
        return loss.sum(), int(right.gather(1, table.argmax(1, keepdim=True)).sum())

    def passages(self, encoder: TorchEncoder, some: Sequence[QuestionPassage], frozen: int) -> tuple[Tensor, int, int]:
        """The summed loss of the questions of passages, how many were right, and how many there are."""
        first = padded([inputs(p.words, p.window)[2].tolist() for p in some])
        x = of_words(encoder.upper_in_half(*stacked([p.below for p in some]), frozen), first)
        x = functional.dropout(x, 0.1, self.training)
        queries = [query(p.words, p.window, n, q) for n, p in enumerate(some) for q in p.questions]
        loss, right = self.loss(x, queries)
        return loss, right, len(queries)

    def parts(self) -> tuple[Tensor, ...]:
        """The weights in the order of `POINTER`."""
        layers = (self.pair[0], self.pair[3], self.none[0], self.none[2])
        return self.distance.weight, self.breaks.weight, *(part for one in layers for part in (one.weight, one.bias))

    def arrays(self) -> dict[str, NDArray[np.float16]]:
        """The head as named arrays, for `kg.stages.attribution.encoder.pointing`."""
        named = zip(POINTER, self.parts(), strict=True)
        return {f"pointer_{name}": part.detach().numpy().astype(np.float16) for name, part in named}
