"""Footprints and lines -> positions: forces, then room for every label, then few lines across labels or each other.

The steps: a force-directed start in the manner of ForceAtlas2 (Jacomy et al.,
2014), stretched to the window and thinned out in the middle; footprints pushed
apart; then each node in turn takes the best of some other places. Only
additions, products, quotients and roots decide, and what decides is rounded:
the same input gives the same positions.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

# what a fault costs, in units of 130 pixels of line
OVERLAP, STRUCK, CROSSING, NARROW, WRITTEN = 60.0, 7.0, 1.8, 1.0, 2.0
# how much longer than what is written on it a line should be, and half the height of that
BESIDE, LINE = 40, 10
ROUNDS, LAST, TRIES = 12, 10, 24
# the first draw of places to try
SEED = 10
# rounds after which only what is at fault is moved
FIRST = 3
# the cosine of an angle between two lines of one node below which they run into one
ANGLE = 0.966
# how far the crowded middle is thinned out: the part of a place that is its rank from left to right
EVEN = 0.75
# how much of the window labels fill where each node has one line; with more lines they need more room
DENSE, THINNED = 0.62, 0.12
# the least part of the window's width and height that is used, and how long lines may be for nothing where all is free
LEAST, EASY = 0.6, 330
# of what a drawing needs beyond the window, the part that it gets: what is crowded stands closer
CROWDED = 0.8


def spread(
    rooms: Sequence[Sequence[float]],
    pairs: Sequence[Sequence[int]],
    weights: Sequence[int],
    gaps: Sequence[int],
    words: Sequence[int],
    wide: float,
    high: float,
) -> list[tuple[int, int]]:
    """Centres, in pixels about (0, 0), for footprints and the lines between pairs of them.

    A footprint is its width, its height, and how far above its centre lines
    end: at the sign, which stands above its label. No two footprints overlap.
    `gaps` is how much of each line should be seen between its footprints, and
    `words` how wide what is written on its middle is, 0 for nothing. The whole
    has about the shape of a window; what is too little to fill it has longer lines.
    """
    if not rooms:
        return []
    given = np.array(rooms, dtype=np.float64)
    size, lift = given[:, :2], np.stack([np.zeros(len(given)), -given[:, 2]], axis=1)
    links = np.array(pairs, dtype=np.int64).reshape(-1, 2)
    part = float(np.sqrt(filled(rooms, len(links)) / (wide * high)))
    part = min(part, 1 + (part - 1) * CROWDED)
    box = np.array([wide, high]) * max(LEAST, part)
    easy = EASY * max(0.0, 1 - part / LEAST)
    measures = _Measures(size, lift, links, np.array(gaps, dtype=np.float64), np.array(words, dtype=np.float64), easy)
    spots = _stretched(_forces(len(rooms), links, np.array(weights, dtype=np.float64)), size, box)
    # what is small is drawn several times, and the best kept; what is large a second time where many lines cross
    times = min(4, 1 + 9000 // (len(rooms) * max(1, len(links))))
    drafts = [_settled(spots, measures, box, ROUNDS, 0.3, seed) for seed in range(SEED, SEED + times)]
    if times == 1 and faults(drafts[0], given, links)[2] > len(links) / 4:
        drafts.append(_settled(spots, measures, box, ROUNDS, 0.3, 8))
    spots = min(drafts, key=lambda draft: _badness(faults(draft, given, links)) + WRITTEN * _covered(draft, measures))
    # the narrower way is stretched until the window is filled
    extent = np.ptp(spots, axis=0) + size.mean(axis=0)
    wider = np.clip(np.array([wide, high]) / extent / min(wide / extent[0], high / extent[1]), 1, 1.35)
    spots = _settled(
        (spots - (spots.max(axis=0) + spots.min(axis=0)) / 2) * wider, measures, box * wider, LAST, 0.05, 7
    )
    spots = _apart(spots, size + 9, 400)
    spots -= (spots.max(axis=0) + spots.min(axis=0)) / 2
    return [(round(x), round(y)) for x, y in spots.tolist()]


def filled(rooms: Sequence[Sequence[float]], links: int) -> float:
    """How many square pixels a drawing of footprints with so many lines between them takes."""
    return sum((w + 16) * (h + 16) for w, h, *_ in rooms) / (DENSE - THINNED * min(1.3, links / len(rooms)))


@dataclass(frozen=True, slots=True)
class _Measures:
    """What stands where: footprints, how far above their centres lines end, lines, how much of each should be seen,
    how wide what is written on it is, and how long a line may be for nothing."""

    size: Floats
    lift: Floats
    links: Ints
    gaps: Floats
    words: Floats
    easy: float


def _forces(count: int, links: Ints, weights: Floats, rounds: int = 900) -> Floats:
    """A force-directed drawing: all push each other off, by degree; lines pull, and the middle a little."""
    turn = np.arange(count) * 2.399963  # the golden angle: a sunflower, the same each time
    wheel = np.stack([np.cos(turn), np.sin(turn)], axis=1)
    spots: Floats = np.round(np.sqrt(np.arange(count) + 0.5)[:, None] * wheel, 6)
    mass: Floats = 1.0 + np.bincount(links.ravel(), minlength=count).astype(np.float64)
    pull = np.zeros((count, count))
    strong = 1 + np.sqrt(weights) / 3
    pull[links[:, 0], links[:, 1]] = strong
    pull[links[:, 1], links[:, 0]] = strong
    push = mass[:, None] * mass[None, :] * 2.0
    for step in range(rounds):
        dx = spots[:, None, 0] - spots[None, :, 0]
        dy = spots[:, None, 1] - spots[None, :, 1]
        square = dx * dx + dy * dy + 0.05
        force = push / square - pull
        move = np.stack([(force * dx).sum(axis=1), (force * dy).sum(axis=1)], axis=1)
        far = np.sqrt((spots * spots).sum(axis=1, keepdims=True)) + 0.01
        move -= 0.6 * mass[:, None] * spots / far
        length = np.sqrt((move * move).sum(axis=1, keepdims=True)) + 1e-9
        most = 1.2 * (1 - step / rounds) + 0.02
        spots = np.round(spots + move / length * np.minimum(length * 0.12 / mass[:, None], most), 6)
    return spots


def _stretched(spots: Floats, size: Floats, box: Floats) -> Floats:
    """Positions stretched over the box, the crowded middle opened: left stays left, above stays above."""
    count = len(spots)
    half = (box - size.max(axis=0)) / 2
    low, high = spots.min(axis=0), spots.max(axis=0)
    plain = ((spots - low) / np.maximum(high - low, 1e-9) * 2 - 1) * half
    rank = np.argsort(np.argsort(spots, axis=0, kind="stable"), axis=0, kind="stable")
    even = (rank / max(1, count - 1) * 2 - 1) * half
    spots = (1 - EVEN) * plain + EVEN * even
    for _ in range(30):
        spots = np.clip(_apart(spots, size + 12, 10), (size - box) / 2, (box - size) / 2)
    return spots


def _badness(found: tuple[int, int, int, int]) -> float:
    overlaps, struck, crossings, hidden = found
    return OVERLAP * (overlaps + hidden) + STRUCK * struck + CROSSING * crossings


def _settled(spots: Floats, m: _Measures, box: Floats, rounds: int, far: float, seed: int) -> Floats:
    """Each node in turn takes the cheapest of some places, `far` over the box at first, near ones at last."""
    rng = np.random.default_rng(seed)
    count = len(spots)
    near = [_Near(i, count, m) for i in range(count)]
    limit = (box - m.size) / 2
    order = np.argsort([-len(n.ends) for n in near], kind="stable")
    spots = spots.copy()
    guilty = np.ones(count, dtype=bool)
    for step in range(rounds):
        left = 1 - step / rounds
        reach = box * far * left * left + 8
        for i in order.tolist():
            here, own = spots[i], near[i]
            jump = (rng.random((TRIES, 2)) - 0.5) * 2
            jump *= rng.random((TRIES, 1)) * reach
            if step >= FIRST and not guilty[i]:
                continue
            tries = here + jump
            if len(own.ends) and far > 0.1:
                tries[TRIES // 2 :] = spots[own.ends].mean(axis=0) + jump[TRIES // 2 :] * 1.3
            tries[0] = here
            tries = np.clip(tries, -limit[i], limit[i])
            faults, length = own.price(tries, spots, m)
            price = faults + length
            price[0] -= 0.02  # what is as good stays
            best = int(np.round(price, 6).argmin())
            guilty[i] = faults[best] > 0.5
            if best:
                spots[i] = tries[best]
                guilty[own.ends] = True
    return spots


class _Near:
    """What one node's place is judged by: its lines, their other ends, the lines of others and their labels."""

    def __init__(self, i: int, count: int, m: _Measures) -> None:
        self.i = i
        links = m.links
        mine = (links[:, 0] == i) | (links[:, 1] == i)
        own = links[mine]
        self.ends: Ints = np.where(own[:, 0] == i, own[:, 1], own[:, 0])
        self.gaps, self.words = m.gaps[mine], m.words[mine]
        self.across = np.maximum(self.gaps, self.words + BESIDE * (self.words > 0))
        # which of these lines, and which of the others, something is written on
        self.own, self.theirs = np.nonzero(self.words)[0], np.nonzero(m.words[~mine])[0]
        self.halves, self.other_halves = _halves(self.words[self.own]), _halves(m.words[~mine][self.theirs])
        self.lines = links[~mine]
        self.others: Ints = np.delete(np.arange(count), i)
        # labels that a line of this node may not run through: all but those at its ends
        self.foreign = self.ends[:, None] != self.others[None, :]
        # lines that one of this node can cross: those that do not start where it ends
        a, b = self.lines[:, 0], self.lines[:, 1]
        self.strange = (a[None, :] != self.ends[:, None]) & (b[None, :] != self.ends[:, None])
        # lines that meet one of this node where it ends: which of its lines, and where they lead
        meet = [(n, other) for n, end in enumerate(self.ends) for other in _beyond(self.lines, int(end))]
        self.meeting: Ints = np.array(meet, dtype=np.int64).reshape(-1, 2)

    def price(self, tries: Floats, spots: Floats, m: _Measures) -> tuple[Floats, Floats]:
        """What each place would cost in faults - overlaps, lines through labels, crossings, lines that run into one,
        lines too short to see - and in length."""
        i, size, lift = self.i, m.size, m.lift
        others, room = spots[self.others], size[self.others] / 2
        apart = np.abs(others[None] - tries[:, None])
        cost: Floats = OVERLAP * _both(apart < room + size[i] / 2 + 11).sum(axis=1).astype(np.float64)
        ends = spots + lift
        c, d = ends[self.lines[:, 0]], ends[self.lines[:, 1]]
        cost += STRUCK * _through(c[None], d[None], tries[:, None], size[i] / 2 + 4).sum(axis=1)
        if not len(self.ends):
            return cost, np.zeros(len(tries))
        far = spots[self.ends]
        way = far[None] - tries[:, None]
        seen = np.abs(way) - (size[self.ends] + size[i]) / 2
        short = np.minimum(self.across - seen[..., 0], self.gaps - seen[..., 1])
        long = np.sqrt(_dot(way, way))
        cost += np.maximum(0, short).sum(axis=1) / 10
        here, far = (tries + lift[i])[:, None, None], ends[self.ends][None, :, None]
        struck = _through(here, far, others[None, None], room + 4)
        cost += STRUCK * (struck & self.foreign[None]).sum(axis=(1, 2))
        crossing = _cross(here, far, c[None, None], d[None, None])
        cost += CROSSING * (crossing & self.strange[None]).sum(axis=(1, 2))
        cost += NARROW * self._narrow(way / (long[..., None] + 1e-9), spots)
        if len(self.own) or len(self.theirs):
            cost += WRITTEN * self._covered(here, far, c, d, others, room)
            theirs = (c + d)[self.theirs] / 2
            cost += WRITTEN * _over(tries[:, None], theirs, size[i] / 2 + self.other_halves).sum(axis=1)
        return cost, np.maximum(0, long - m.easy).sum(axis=1) / 130

    def _covered(self, here: Floats, far: Floats, c: Floats, d: Floats, others: Floats, room: Floats) -> Floats:
        """How often other lines, words or labels are in the way of what is written on lines of this node, or its lines
        in the way of what is written on others."""
        own, theirs, half = (here + far)[:, self.own, 0][:, :, None] / 2, (c + d)[self.theirs] / 2, self.halves[:, None]
        struck = _through(c, d, own, half).sum(axis=(1, 2))
        mine = _through(here, far[:, None, :, 0], own, half)
        mine[:, np.arange(len(self.own)), self.own] = False
        found: Floats = (struck + mine.sum(axis=(1, 2))).astype(np.float64)
        found += _over(own, others, half + room).sum(axis=(1, 2))
        found += _over(own, theirs, half + self.other_halves).sum(axis=(1, 2))
        found += _through(here, far, theirs, self.other_halves).sum(axis=(1, 2))
        return found

    def _narrow(self, toward: Floats, spots: Floats) -> Floats:
        """How many pairs of lines leave this node, or an other end of its lines, in about the same direction."""
        between = _dot(toward[:, :, None], toward[:, None]) > ANGLE
        count = (between.sum(axis=(1, 2)) - len(self.ends)) / 2
        mine, other = self.meeting.T
        there = spots[other] - spots[self.ends[mine]]
        there /= np.sqrt(_dot(there, there))[:, None] + 1e-9
        found: Floats = count + (_dot(-toward[:, mine], there[None]) > ANGLE).sum(axis=1)
        return found


# across an axis of two, as numpy does it many times slower
def _both(pairs: Any) -> Any:
    return pairs[..., 0] & pairs[..., 1]


def _dot(p: Floats, q: Floats) -> Floats:
    return p[..., 0] * q[..., 0] + p[..., 1] * q[..., 1]


def _beyond(lines: Ints, end: int) -> list[int]:
    """The other ends of the lines that one node has."""
    return [int(b if a == end else a) for a, b in lines.tolist() if end in (a, b)]


def _halves(words: Floats) -> Floats:
    """Half the width and height of what is written on lines."""
    return np.stack([words / 2 + 3, np.full(len(words), LINE)], axis=1)


def _over(p: Floats, q: Floats, need: Floats) -> Any:
    """Whether boxes about p and q overlap that need so much between their centres."""
    return _both(np.abs(p - q) < need)


def _covered(spots: Floats, m: _Measures) -> int:
    """How often another line, other words or a label are in the way of what is written on the middle of a line."""
    written = np.nonzero(m.words)[0]
    c, d = (spots + m.lift)[m.links[:, 0]], (spots + m.lift)[m.links[:, 1]]
    at, half = ((c + d) / 2)[written, None], _halves(m.words[written])[:, None]
    struck = _through(c, d, at, half)
    struck[np.arange(len(written)), written] = False
    words = _over(at, at[:, 0], half + half[:, 0]).sum() - len(written)
    return int(struck.sum() + _over(at, spots, half + m.size / 2).sum() + words // 2)


def _through(c: Floats, d: Floats, at: Floats, half: Floats) -> Any:
    """Whether lines c-d run through boxes about `at`: the slab method."""
    first: Any = 0.0
    last: Any = 1.0
    for axis in (0, 1):
        start = c[..., axis]
        along = d[..., axis] - start
        along = np.where(np.abs(along) < 1e-9, 1e-9, along)
        middle, reach = (at[..., axis] - start) / along, half[..., axis] / np.abs(along)
        first = np.maximum(first, middle - reach)
        last = np.minimum(last, middle + reach)
    return first < last


def _cross(a: Floats, b: Floats, c: Floats, d: Floats) -> Any:
    """Whether lines a-b and c-d cross."""
    return (_side(a, b, c) * _side(a, b, d) < 0) & (_side(c, d, a) * _side(c, d, b) < 0)


def _side(o: Floats, u: Floats, v: Floats) -> Floats:
    return (u[..., 0] - o[..., 0]) * (v[..., 1] - o[..., 1]) - (u[..., 1] - o[..., 1]) * (v[..., 0] - o[..., 0])


def _apart(spots: Floats, size: Floats, rounds: int) -> Floats:
    """Overlapping footprints pushed apart, each pair along the axis on which it overlaps less."""
    spots = spots.copy()
    i, j = np.triu_indices(len(spots), 1)
    need = (size[i] + size[j]) / 2
    for _ in range(rounds):
        gap = spots[j] - spots[i]
        over = need - np.abs(gap)
        hit = np.nonzero((over > 0.5).all(axis=1))[0]
        if not len(hit):
            break
        axis = over[hit].argmin(axis=1)
        push = np.where(gap[hit, axis] < 0, -0.5, 0.5) * over[hit, axis]
        moves, times = np.zeros_like(spots), np.ones(len(spots))
        np.add.at(moves, (j[hit], axis), push)
        np.add.at(moves, (i[hit], axis), -push)
        np.add.at(times, np.concatenate([i[hit], j[hit]]), 0.35)
        spots = np.round(spots + moves / times[:, None] * 1.1, 4)
    return spots


def faults(
    spots: Sequence[Sequence[float]] | Floats,
    rooms: Sequence[Sequence[float]] | Floats,
    pairs: Sequence[Sequence[int]] | Ints,
) -> tuple[int, int, int, int]:
    """What makes a drawing hard to read: labels over labels, straight lines through the labels of others, crossings,
    and lines of which their own ends leave less than eight pixels to be seen.

    What a page draws instead of a line through a label is `graphpen.route`.
    """
    given = np.array(rooms, dtype=np.float64).reshape(-1, 3)
    p, size = np.array(spots, dtype=np.float64).reshape(-1, 2), given[:, :2]
    ends = p - np.stack([np.zeros(len(given)), given[:, 2]], axis=1)
    links = np.array(pairs, dtype=np.int64).reshape(-1, 2)
    i, j = np.triu_indices(len(p), 1)
    overlaps = ((np.abs(p[i] - p[j]) + 0.5) < (size[i] + size[j]) / 2).all(axis=1).sum()
    a, b = links[:, 0], links[:, 1]
    every = np.arange(len(p))
    foreign = (every != a[:, None]) & (every != b[:, None])
    struck = (_through(ends[a][:, None], ends[b][:, None], p, size / 2) & foreign).sum()
    m, n = np.triu_indices(len(links), 1)
    strange = (a[m] != a[n]) & (a[m] != b[n]) & (b[m] != a[n]) & (b[m] != b[n])
    crossings = (_cross(ends[a[m]], ends[b[m]], ends[a[n]], ends[b[n]]) & strange).sum()
    seen = (np.abs(p[a] - p[b]) - (size[a] + size[b]) / 2).max(axis=1, initial=-np.inf)
    return int(overlaps), int(struck), int(crossings), int((seen < 8).sum())
