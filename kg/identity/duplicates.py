"""Articles -> which of them print the same story: linked, never dropped.

An agency report in ten papers is one report with ten readers, not ten
independent ones. Each text is cut to overlapping runs of five words; a
MinHash sketch (Broder 1997) of those is small enough to keep beside every
article, and banding (Leskovec, Rajaraman, Ullman: Mining of Massive Datasets,
3.4) finds the pairs that may match without comparing all with all.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from hashlib import blake2b, sha256
from typing import Any

import numpy as np

RUN = 5
"""Words in a shingle: long enough that two reporters do not happen on the same one."""

BANDS, ROWS = 48, 3
"""144 minima in bands of three: of pairs that share 40 % of their runs one in 24 is missed, of those with 60 % none."""

LEAST = 0.4
"""The share of common runs from which two articles count as one story, if a text is not inside the other."""

LEAST_INSIDE = 0.7
"""The share of the shorter text's runs that the longer one must have for the shorter to count as cut from it."""

MOST_IN_BUCKET = 200
"""Articles that are compared with each other for one equal band; boilerplate would make a bucket of all."""

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_SEEDS = np.frombuffer(
    b"".join(blake2b(bytes([n]), digest_size=16, person=b"kg-minhash").digest() for n in range(BANDS * ROWS)), "<u8"
).reshape(BANDS * ROWS, 2)
_FACTORS = _SEEDS[:, 0] | np.uint64(1)
_ADDENDS = _SEEDS[:, 1]
_MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)


@dataclass(frozen=True, slots=True)
class Sketch:
    """A text in 584 bytes, whatever its length: enough to estimate how much of it another has.

    `digest` names the exact words, `runs` counts the distinct runs of five,
    `minima` are 144 little-endian 32-bit numbers.
    """

    digest: bytes
    runs: int
    minima: bytes


class Likeness(StrEnum):
    """How much alike two articles are."""

    SAME = "same words"
    NEAR = "nearly the same"
    CUT = "one cut from the other"


@dataclass(frozen=True, slots=True)
class Duplicate:
    """Two articles with the same story, the smaller id first; `share` is the share of runs they have in common."""

    first: str
    second: str
    likeness: Likeness
    share: float


def sketch(text: str) -> Sketch:
    """The sketch of a text. Case, punctuation and the kind of quotation marks make no difference.

    >>> sketch("The mill has closed, its owner said.") == sketch("the mill has closed its owner said")
    True
    """
    words = [w.replace("’", "'") for w in _WORD.findall(text.casefold())]
    hashes = _hashes(words)
    digest = sha256(" ".join(words).encode("utf-8", "surrogatepass")).digest()[:8]
    if not len(hashes):
        return Sketch(digest, 0, b"")
    minima = np.full(BANDS * ROWS, np.iinfo(np.uint64).max, np.uint64)
    for chunk in np.array_split(hashes, len(hashes) // 4096 + 1):
        with np.errstate(over="ignore"):
            mixed = chunk[None, :] * _FACTORS[:, None] + _ADDENDS[:, None]
            mixed ^= mixed >> np.uint64(29)
            mixed *= _MULTIPLIER
        minima = np.minimum(minima, mixed.min(axis=1))
    return Sketch(digest, len(hashes), (minima >> np.uint64(32)).astype("<u4").tobytes())


def _hashes(words: list[str]) -> np.ndarray[Any, np.dtype[np.uint64]]:
    """The distinct runs of a text as sorted 64-bit numbers."""
    if not words:
        return np.empty(0, np.uint64)
    known: dict[str, int] = {}
    for word in words:
        if word not in known:
            known[word] = int.from_bytes(
                blake2b(word.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little"
            )
    numbers = np.array([known[w] for w in words], np.uint64)
    width = min(RUN, len(words))
    runs = np.zeros(len(words) - width + 1, np.uint64)
    with np.errstate(over="ignore"):
        for k in range(width):
            runs = (runs ^ (runs >> np.uint64(31))) * _MULTIPLIER + numbers[k : len(words) - width + 1 + k]
    return np.unique(runs)


def common_share(a: Sketch, b: Sketch) -> float:
    """The share of runs that two texts have in common, of all that either has, estimated to about 0.04.

    >>> common_share(sketch("One two three four five six."), sketch("One, two, three, four, five, six"))
    1.0
    """
    if not a.minima or not b.minima:
        return 0.0
    same = np.frombuffer(a.minima, "<u4") == np.frombuffer(b.minima, "<u4")
    return float(np.count_nonzero(same)) / len(same)


def likeness(a: Sketch, b: Sketch) -> tuple[Likeness, float] | None:
    """How two texts are alike and the share of runs they have in common; None if they tell different stories.

    >>> likeness(sketch("The mill has closed, its owner said."), sketch("“The mill has closed,” its owner said."))
    (<Likeness.SAME: 'same words'>, 1.0)
    """
    if a.digest == b.digest and a.runs == b.runs:
        return Likeness.SAME, 1.0
    share = common_share(a, b)
    if share >= LEAST:
        return Likeness.NEAR, share
    # |A and B| from the share of the union, and that over the smaller set
    inside = share / (1 + share) * (a.runs + b.runs) / max(1, min(a.runs, b.runs))
    if inside >= LEAST_INSIDE and min(a.runs, b.runs) >= 40:
        return Likeness.CUT, share
    return None


def find_duplicates(sketches: Mapping[str, Sketch]) -> tuple[Duplicate, ...]:
    """The pairs of articles that print the same story, sorted; the articles stay as they are.

    A short piece cut from one more than three times its length may be missed.

    >>> story = "The mill in the valley has closed, its owner said on Monday, and no one had been told of it before."
    >>> find_duplicates({"one": sketch(story), "two": sketch(story.upper()), "three": sketch("It rained all day.")})
    (Duplicate(first='one', second='two', likeness=<Likeness.SAME: 'same words'>, share=1.0),)
    """
    buckets: dict[str, list[str]] = {}
    for key in sorted(sketches):
        for bucket in story_keys(sketches[key]):
            buckets.setdefault(bucket, []).append(key)
    seen: set[tuple[str, str]] = set()
    for keys in buckets.values():
        for n, first in enumerate(keys[:MOST_IN_BUCKET]):
            seen.update((first, second) for second in keys[n + 1 : MOST_IN_BUCKET])
    found = []
    for first, second in sorted(seen):
        how = likeness(sketches[first], sketches[second])
        if how is not None:
            found.append(Duplicate(first, second, *how))
    return tuple(found)


def story_keys(one: Sketch) -> Iterator[str]:
    """Parts of a sketch of which two texts that may print one story share one."""
    width = 4 * ROWS
    if one.minima:
        yield f"={one.digest.hex()}"
        for band in range(BANDS):
            yield f"{band}:{one.minima[band * width : (band + 1) * width].hex()}"


def stories(duplicates: Iterable[Duplicate]) -> tuple[tuple[str, ...], ...]:
    """The groups of articles that duplicates join, sorted: each group is one story in several prints.

    >>> same = Likeness.SAME
    >>> stories([Duplicate("a", "b", same, 1.0), Duplicate("b", "c", same, 1.0), Duplicate("x", "y", same, 1.0)])
    (('a', 'b', 'c'), ('x', 'y'))
    """
    import networkx as nx

    pairs = nx.Graph((pair.first, pair.second) for pair in duplicates)
    return tuple(sorted(tuple(sorted(keys)) for keys in nx.connected_components(pairs)))
