"""The graph -> what is drawn of it at first and where: a scene for all of it, for disputes, figures and posts.

Sizes come from a table of letter widths that is rather too wide (`layout.em`),
so that no browser is needed to keep labels apart.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import sqrt

from .graph import DISPUTES, HUB, LENSES, MOST, Edge, Graph, Node, drawn, seen_through
from .layout import em, wrap
from .plain import Json

BOXES = ("Topic", "Figure", "Words")
# the stage at 1,400 pixels, and on a telephone: what a scene is stretched to fill
WIDTH, HEIGHT = 1180, 780
NARROW, TALL = 380, 640
# pixels of line between two labels: with a sign for the stance on it, and without
SIGNED, PLAIN = 54, 30
# the type size of words on lines, in pixels, and how many letters of them there are at most
TYPE, LETTERS = 10.5, 24
# edges without a sign for what the speaker does
UNSIGNED = ("asserts", "reports", "counts", "role", "relation")
# nodes that a lens other than the whole draws at first
FEWER = 90
# by how much a scene may want to be larger than the stage: beyond, its least type would have fewer than eight pixels;
# on a telephone, fewer than ten
LARGEST, WHOLE = 1.5, 1.0
# lines to a node, and lines in all, beyond which nobody follows them
CROWDED, LINES = 1.4, 160


@dataclass(frozen=True, slots=True)
class Stage:
    """What a scene fills, in CSS pixels, and by how much it may want to be larger."""

    wide: int
    high: int
    largest: float


_DESK, _PHONE = Stage(WIDTH, HEIGHT, LARGEST), Stage(NARROW, TALL, WHOLE)


@dataclass(frozen=True, slots=True)
class Footprint:
    """The room of a node and its label, in CSS pixels: a sign of radius `r` above its lines, or a box about them."""

    lines: tuple[str, ...]
    size: float
    r: float
    w: int
    h: int


def _footprint(node: Node, weight: float) -> Footprint:
    """Lines, type size and room of a node that weighs so many times what a strong one does: the heavier, the larger."""
    size = round(11 + 4 * min(1.0, weight) + 2.5 * min(1.0, weight / 4), 1)
    size = 11 if node.kind == "Words" else size
    if node.kind == "Figure":
        head, _, rest = node.label.partition("\n")
        lines = [*wrap(head, 13, bold=True, lines=2), *wrap(rest, 11, lines=2)]
    elif node.kind == "Words":
        head, _, rest = node.label.partition("\n")
        lines = [*wrap(f"“{head}”", 13, lines=2), *([rest] if rest else [])]
    else:
        lines = wrap(node.label, 9.5, bold=True, lines=3)
    wide = max((em(line, bold=node.kind != "Words") for line in lines), default=0.0) * size
    if node.kind in BOXES:
        return Footprint(tuple(lines), size, 0.0, round(wide + 14), round(len(lines) * size * 1.24 + 8))
    r = round(5.5 + 2.4 * sqrt(min(node.said, 40)), 1) if node.said else 5.0
    return Footprint(tuple(lines), size, r, round(max(2 * r, wide) + 4), round(2 * r + 3 + len(lines) * size * 1.2))


def scenes(graph: Graph) -> Json:
    """The graph as the page holds it: nodes with their footprints, edges, the shelf, and where each lens puts nodes."""
    strength: Counter[str] = Counter()
    for e in graph.edges:
        strength[e.start] += len(e.records)
        strength[e.end] += len(e.records)
    # a dozen names stand out, however many there are
    strong = max(10, min(sorted(strength.values(), reverse=True)[:12], default=1))
    prints = {key: _footprint(node, strength[key] / strong) for key, node in graph.nodes.items()}
    return {
        "nodes": [_node(node, prints[node.id]) for node in graph.nodes.values()],
        "edges": [
            {
                "from": e.start,
                "to": e.end,
                "kind": e.kind,
                "ids": e.records,
                **({"through": e.through} if e.through else {}),
            }
            for e in graph.edges
        ],
        "shelf": graph.shelf,
        "places": {
            lens: _places(graph, seen_through(graph, lens), prints, MOST if lens == "all" else FEWER, _DESK)
            | {"small": _places(graph, seen_through(graph, lens), prints, FEWER, _PHONE)}
            for lens in LENSES
        },
    }


def _node(node: Node, room: Footprint) -> Json:
    more: Json = {} if node.named else {"named": False}
    more |= {"stance": node.stance} if node.stance else {}
    return {
        "id": node.id,
        "kind": node.kind,
        "label": node.label,
        "of": node.of,
        "said": node.said,
        "lines": room.lines,
        "size": room.size,
        "r": room.r,
        "w": room.w,
        "h": room.h,
    } | more


def _places(graph: Graph, edges: Sequence[Edge], prints: Mapping[str, Footprint], most: int, stage: Stage) -> Json:
    """Positions by node, and `quiet`: edges, by number, that wait for the pointer, as there are too many to follow.

    Where there are more than seven lines for five nodes, or more than
    `LINES`, drawn are those of `_heaviest` and all that dispute; of several
    between the same two, again the heaviest.
    """
    keys = _readable(graph, edges, prints, most, stage)
    at = {key: number for number, key in enumerate(keys)}
    weight: Counter[tuple[int, int]] = Counter()
    signed: set[tuple[int, int]] = set()
    # where posts are all there is, which post it is stands on the line
    titled = {e.kind for e in edges} <= {"role", "relation"}
    written: dict[tuple[int, int], int] = defaultdict(int)
    disputed: set[tuple[int, int]] = set()
    lines = _shown(edges, at)
    for e in lines:
        pair = _pair(at, e)
        weight[pair] += len(e.records) * (3 if e.kind in DISPUTES else 1)
        if titled or e.kind not in UNSIGNED:
            signed.add(pair)
        if titled:
            written[pair] = max(written[pair], _written(e, graph.nodes[e.end].label))
        if e.kind in DISPUTES:
            disputed.add(pair)
    crowded = len(lines) > min(CROWDED * len(keys), LINES)
    kept = (disputed | _heaviest(weight)) if crowded else set(weight)
    pairs = sorted(kept)
    rooms = _rooms(prints, keys)
    gaps = [SIGNED if pair in signed else PLAIN for pair in pairs]
    words = [written[pair] for pair in pairs]
    spots = _placed(json.dumps([rooms, pairs, [weight[pair] for pair in pairs], gaps, words, stage.wide, stage.high]))
    number = {(e.start, e.end, e.kind): n for n, e in enumerate(graph.edges)}
    heaviest = {_pair(at, e): e for e in sorted(lines, key=lambda e: len(e.records))}
    alone = {id(e) for e in heaviest.values()} if crowded else {id(e) for e in lines}
    loud = {id(e) for e in lines if _pair(at, e) in kept and (e.kind in DISPUTES or id(e) in alone)}
    quiet = sorted(number[e.start, e.end, e.kind] for e in lines if id(e) not in loud)
    return {"at": dict(zip(keys, spots, strict=True)), "quiet": quiet}


def _readable(
    graph: Graph, edges: Sequence[Edge], prints: Mapping[str, Footprint], most: int, stage: Stage
) -> list[str]:
    """The nodes drawn at first: at most so many, and fewer where these are too many for the stage to be read."""
    from .spread import filled

    while True:
        keys = drawn(graph, edges, most)
        at = {key: number for number, key in enumerate(keys)}
        links = len({_pair(at, e) for e in _shown(edges, at)})
        over = filled(_rooms(prints, keys), links) / (stage.wide * stage.high * stage.largest**2) if keys else 0
        if over <= 1:
            return keys
        most = min(most - 1, int(len(keys) / over) + 1)


def _rooms(prints: Mapping[str, Footprint], keys: Iterable[str]) -> list[tuple[float, float, float]]:
    """Width, height, and how far above the middle lines end: for `spread`."""
    return [(p.w, p.h, round(p.h / 2 - p.r, 1) if p.r else 0) for p in map(prints.__getitem__, keys)]


def _written(e: Edge, end: str) -> int:
    """How wide what stands on a line is: its post, without the name of what it leads to."""
    own = e.words.replace(end, "").strip()[:LETTERS]
    count = f" ×{len(e.records)}" if len(e.records) > 1 else ""
    return round(em(own + count, bold=True) * TYPE)


def _heaviest(weight: Mapping[tuple[int, int], int]) -> set[tuple[int, int]]:
    """Of the lines between pairs of nodes the heaviest of each node that leads to no hub; of a hub the heaviest `HUB`
    of more than one record, and those that alone hold another node."""
    near: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for pair in sorted(weight, key=lambda p: (-weight[p], p)):
        for end in pair:
            near[end].append(pair)
    hubs = {end for end, ties in near.items() if len(ties) > HUB}
    kept = {pair for hub in hubs for pair in near[hub][:HUB] if weight[pair] > 1}
    for ties in near.values():
        calm = [pair for pair in ties if not hubs.intersection(pair)]
        kept |= set(calm[:1] or ties[:1])
    return kept


def _pair(at: Mapping[str, int], e: Edge) -> tuple[int, int]:
    return (at[e.start], at[e.end]) if at[e.start] < at[e.end] else (at[e.end], at[e.start])


def _shown(edges: Iterable[Edge], kept: Mapping[str, object]) -> list[Edge]:
    """The edges drawn between the nodes drawn: one that figures on its way say as well gives way to them."""
    return [
        e
        for e in edges
        if e.start in kept and e.end in kept and not (e.through and all(key in kept for key in e.through))
    ]


@lru_cache(maxsize=128)
def _placed(asked: str) -> list[tuple[int, int]]:
    """Positions for what was asked, kept while the process runs: a server places a graph anew only if it is another."""
    from .spread import spread

    rooms, pairs, weights, gaps, words, wide, high = json.loads(asked)
    return spread(rooms, pairs, weights, gaps, words, wide, high)
