"""MiniLM (BERT) in plain torch, and what reads attributions from it: scores of cues, labels of words around a cue."""

from __future__ import annotations

import math
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

from ...stages.attribution.encoder.decoding import CROSS, FARTHEST, LABELS, PARAGRAPHS, SCHEMES
from ...stages.attribution.encoder.words import FEATURES

WIDTH = 384
"""Numbers in the vector of a piece."""

MIDDLE = 160
"""Numbers in the additive score of a cue and a word."""

RARE = -3.5
"""Where the scores of cues start: one word in thirty."""


class Layer(nn.Module):
    """Self-attention and a feed-forward part, each followed by a norm, as BERT has them."""

    def __init__(self, heads: int = 12, inner: int = 4 * WIDTH) -> None:
        super().__init__()
        self.heads = heads
        self.query, self.key, self.value, self.out = (nn.Linear(WIDTH, WIDTH) for _ in range(4))
        self.up, self.down = nn.Linear(WIDTH, inner), nn.Linear(inner, WIDTH)
        self.norm, self.last_norm = nn.LayerNorm(WIDTH, 1e-12), nn.LayerNorm(WIDTH, 1e-12)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """The vectors [batch, pieces, WIDTH] after the layer; `mask` is added to the scores of attention."""
        batch, size, _ = x.shape
        query, key, value = (
            f(x).view(batch, size, self.heads, -1).transpose(1, 2) for f in (self.query, self.key, self.value)
        )
        if torch.onnx.is_in_onnx_export():
            scores = query @ key.transpose(2, 3) / math.sqrt(WIDTH // self.heads) + mask
            attended = torch.softmax(scores, -1) @ value
        else:
            attended = functional.scaled_dot_product_attention(query, key, value, mask.to(query.dtype))
        x = self.norm(x + self.out(attended.transpose(1, 2).reshape(batch, size, WIDTH)))
        return self.last_norm(x + self.down(functional.gelu(self.up(x))))


class TorchEncoder(nn.Module):
    """BERT's encoder, and an embedding (zero at first) of each word's case, quotation marks and block."""

    def __init__(self, layers: int = 6) -> None:
        super().__init__()
        self.word, self.position = nn.Embedding(30522, WIDTH), nn.Embedding(512, WIDTH)
        self.kind = nn.Embedding(2, WIDTH)
        self.feature, self.norm = nn.Embedding(FEATURES, WIDTH), nn.LayerNorm(WIDTH, 1e-12)
        nn.init.zeros_(self.feature.weight)
        self.layers = nn.ModuleList(Layer() for _ in range(layers))

    def forward(self, ids: Tensor, features: Tensor) -> Tensor:
        """The vectors of pieces [batch, pieces, WIDTH]; piece 0 is padding."""
        return self.upper(self.lower(ids, features, 0), ids != 0, 0)

    def lower(self, ids: Tensor, features: Tensor, upto: int) -> Tensor:
        """The vectors below layer `upto`."""
        place = self.position(torch.arange(ids.shape[1]))
        x = self.norm(self.word(ids) + place + self.kind.weight[0] + self.feature(features))
        x = functional.dropout(x, 0.1, self.training)
        mask = _mask(ids != 0)
        for layer in self.layers[:upto]:
            x = layer(x, mask)
        return x

    def upper(self, x: Tensor, live: Tensor, since: int) -> Tensor:
        """What layer `since` and those above make of the vectors below; `live` marks what is no padding."""
        mask = _mask(live)
        for layer in self.layers[since:]:
            x = layer(x, mask)
        return x

    def in_half(self, ids: Tensor, features: Tensor) -> Tensor:
        """`forward` in bfloat16, 1.6 times as fast where the processor has it; the weights stay float32."""
        return self._half("forward", ids, features)

    def lower_in_half(self, ids: Tensor, features: Tensor, upto: int) -> Tensor:
        """`lower` in bfloat16."""
        return self._half("lower", ids, features, upto)

    def upper_in_half(self, x: Tensor, live: Tensor, since: int) -> Tensor:
        """`upper` in bfloat16."""
        return self._half("upper", x.bfloat16(), live, since)

    def _half(self, part: str, *given: Tensor | int) -> Tensor:
        names = [n for n, _ in self.named_parameters() if part != "upper" or n.startswith("layers.")]
        weights = {f"inner.{n}": self.get_parameter(n).bfloat16() for n in names}
        vectors: Tensor = torch.func.functional_call(_Part(self, part), weights, given)
        return vectors.float()

    def load_minilm(self, folder: Path) -> None:
        """Takes the weights over from a folder of all-MiniLM-L6-v2."""
        old, new = load_file(folder / "model.safetensors"), self.state_dict()
        parts = {
            "word": "word_embeddings", "position": "position_embeddings", "kind": "token_type_embeddings",
            "query": "attention.self.query", "key": "attention.self.key", "value": "attention.self.value",
            "out": "attention.output.dense", "norm": "attention.output.LayerNorm",
            "up": "intermediate.dense", "down": "output.dense", "last_norm": "output.LayerNorm",
        }  # fmt: skip
        for name in new:
            *at, part, kind = name.split(".")
            if at:
                new[name] = old[f"encoder.layer.{at[1]}.{parts[part]}.{kind}"]
            elif part != "feature":
                new[name] = old[f"embeddings.{'LayerNorm' if part == 'norm' else parts[part]}.{kind}"]
        self.load_state_dict(new)


class _Part(nn.Module):
    """A part of the encoder's work as a module of its own."""

    def __init__(self, inner: TorchEncoder, part: str) -> None:
        super().__init__()
        self.inner, self.part = inner, part

    def forward(self, *given: Tensor | int) -> Tensor:
        vectors: Tensor = getattr(self.inner, self.part)(*given)
        return vectors


def _mask(live: Tensor) -> Tensor:
    return (1.0 - live.float())[:, None, None, :] * -1e4


class Heads(nn.Module):
    """Scores of words as anchors of cues, and for an anchor the scores of every word's labels."""

    def __init__(self) -> None:
        super().__init__()
        labels = len(LABELS)
        self.cue = nn.Sequential(nn.Linear(WIDTH, 128), nn.GELU(), nn.Linear(128, len(SCHEMES)))
        self.asked, self.word = nn.Linear(WIDTH, MIDDLE), nn.Linear(WIDTH, MIDDLE)
        self.left, self.right = nn.Linear(WIDTH, labels * CROSS), nn.Linear(WIDTH, labels * CROSS)
        self.distance, self.paragraph = nn.Embedding(2 * FARTHEST + 1, MIDDLE), nn.Embedding(2 * PARAGRAPHS + 1, MIDDLE)
        self.out = nn.Linear(MIDDLE, labels)
        self.transitions, self.edge = nn.Parameter(torch.zeros(labels, labels)), nn.Parameter(torch.zeros(labels))
        nn.init.constant_(self.cue[2].bias, RARE)

    def forward(self, words: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Scores of cues [batch, words, schemes], and what a word gives to labels as a word and as an anchor."""
        word = torch.cat((self.word(words), self.right(words)), -1)
        return self.cue(words), word, torch.cat((self.asked(words), self.left(words)), -1)

    def labelling(self) -> tuple[Tensor, ...]:
        """The weights that the graph leaves out, in the order of `HEADS`: they label words once it has run."""
        out = (self.out.weight, self.out.bias)
        return self.distance.weight, self.paragraph.weight, *out, self.transitions, self.edge

    def emissions(self, word: Tensor, anchor: Tensor, distance: Tensor, paragraph: Tensor) -> Tensor:
        """Scores of labels [n, words, labels] of n anchors; `distance` and `paragraph` are numbered steps away."""
        count, size, _ = word.shape
        labels = len(LABELS)
        added = anchor[:, None, :MIDDLE] + word[..., :MIDDLE] + self.distance(distance) + self.paragraph(paragraph)
        left = anchor[:, MIDDLE:].view(count, 1, labels, CROSS)
        crossed = (left * word[..., MIDDLE:].view(count, size, labels, CROSS)).sum(-1)
        scores: Tensor = self.out(functional.gelu(added)) + crossed / math.sqrt(CROSS)
        return scores


class Reader(nn.Module):
    """Encoder and heads; what comes out of it is what the ONNX graph gives."""

    def __init__(self, layers: int = 6) -> None:
        super().__init__()
        self.encoder, self.heads = TorchEncoder(layers), Heads()

    def forward(self, ids: Tensor, features: Tensor, first: Tensor) -> tuple[Tensor, ...]:
        """Cue scores, word and anchor parts, and the vectors of the words whose first pieces are `first`."""
        words = of_words(self.encoder(ids, features), first)
        return (*self.heads(words), words)


def of_words(vectors: Tensor, first: Tensor) -> Tensor:
    """The vectors of the pieces whose numbers are `first`."""
    return vectors.gather(1, first[:, :, None].expand(-1, -1, vectors.shape[2]))


def steps(distance: Tensor) -> Tensor:
    """Signed distances in words as numbers from 0 to 2 * FARTHEST, logarithmic beyond 4."""
    away = distance.abs()
    far = (4 + (torch.log2(away.float().clamp(min=1) / 4) * 2).floor()).clamp(4, FARTHEST)
    return torch.where(away <= 4, away.float(), far).long() * torch.sign(distance) + FARTHEST


def crf_loss(scores: Tensor, labels: Tensor, live: Tensor, transitions: Tensor, edge: Tensor) -> Tensor:
    """Negative log-likelihood of each row's labels in a linear chain; `live` marks a row's words, from its first on."""
    alpha = scores[:, 0] + edge
    gold = alpha.gather(1, labels[:, :1]).squeeze(1)
    moves = scores.gather(2, labels[:, :, None]).squeeze(2)[:, 1:] + transitions[labels[:, :-1], labels[:, 1:]]
    for i in range(1, scores.shape[1]):
        new = torch.logsumexp(alpha[:, :, None] + transitions, 1) + scores[:, i]
        alpha = torch.where(live[:, i, None], new, alpha)
    return torch.logsumexp(alpha, 1) - gold - (moves * live[:, 1:]).sum(1)
