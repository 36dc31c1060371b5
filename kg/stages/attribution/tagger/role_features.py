"""What tells a cue's source and content from the rest: traits of the units around it, and the features they make."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from ....text.document import Token
from .scene import Scene, kind_of
from .scene_units import SceneUnit

LABELS = ("O", "S", "C", "U")
"""What a unit is: nothing, source, content, or part of the cue."""


class CueTraits(NamedTuple):
    """What is known of a cue: its word and part of speech, what hangs on it, how it takes its content."""

    cue: str
    cue_lemma: str
    cue_tag: str
    cue_dep: str
    frame: str
    construction: str
    follow: str


Column = Sequence[str | None]


class UnitTraits(NamedTuple):
    """What is known of the units around a cue: for each trait a column with a word for each unit, None if it has none.

    `rules` is what the parse alone takes the unit for, `joints` whether it hangs
    together with its neighbours, `inside` and `between` how likely another cue
    is in it and before it. The last five are had by units of other sentences.
    """

    place: Column
    route: Column
    branch: Column
    place_before: Column
    place_after: Column
    joints: Column
    step: Column
    quoted: Column
    length: Column
    rules: Column
    rules_around: Column
    kind: Column
    lemma: Column
    first: Column
    last: Column
    single: Column
    marker: Column
    inside: Column
    between: Column
    far: Column
    away: Column
    colon: Column
    quoted_ends: Column
    opening: Column


TRAITS = (*CueTraits._fields, *UnitTraits._fields)

TEMPLATES: Mapping[str, tuple[str, ...]] = {
    "": (),
    "p": ("place",),
    "pl": ("place", "cue"),
    "pt": ("place", "cue_tag"),
    "pf": ("place", "frame"),
    "pd": ("place", "cue_dep"),
    "pk": ("place", "kind"),
    "pq": ("place", "quoted", "construction"),
    "pn": ("place", "length"),
    "ph": ("place", "lemma"),
    "h": ("lemma",),
    "lh": ("cue", "kind"),
    "d": ("step",),
    "dq": ("step", "quoted"),
    "dl": ("step", "cue"),
    "q": ("quoted", "length"),
    "lq": ("cue", "quoted"),
    "r": ("rules",),
    "rk": ("rules", "construction", "quoted"),
    "rl": ("rules", "cue"),
    "rp": ("rules", "place"),
    "rf": ("rules", "frame"),
    "rr": ("rules_around",),
    "w": ("first", "length"),
    "pw": ("place", "first"),
    "v": ("last",),
    "a": ("place_before",),
    "z": ("place_after",),
    "fo": ("follow", "place"),
    "st": ("cue_lemma", "step", "rules"),
    "b": ("branch",),
    "bl": ("branch", "cue"),
    "bf": ("branch", "frame"),
    "br": ("branch", "rules", "construction"),
    "bj": ("branch", "joints"),
    "bp": ("joints", "route"),
    "bq": ("branch", "quoted", "joints"),
    "brl": ("branch", "rules", "cue"),
    "one": ("single", "place"),
    "mk": ("place", "marker"),
    "oi": ("inside",),
    "ob": ("between",),
    "f": ("far",),
    "fa": ("away", "far"),
    "fk": ("construction", "far"),
    "fp": ("route", "far"),
    "fc": ("far", "colon"),
    "fe": ("far", "quoted_ends"),
    "fl": ("cue_lemma", "far"),
    "fs": ("far", "opening"),
}
"""The features: which traits each joins. A unit has a feature of each whose traits it has."""


def features_of(cue: CueTraits, units: UnitTraits) -> list[list[str]]:
    """The names of each unit's features, as weights are stored by: template and traits with tabs between."""
    found: list[list[str]] = []
    for unit in zip(*units, strict=True):
        of = dict(zip(TRAITS, (*cue, *unit), strict=True))
        rows = ((template, *(of[trait] for trait in names)) for template, names in TEMPLATES.items())
        found.append(["\t".join(row) for row in rows if None not in row])
    return found


def traits(
    scene: Scene, cue: int, pieces: Sequence[SceneUnit], heads: Sequence[int], cues: Mapping[int, float]
) -> tuple[CueTraits, UnitTraits]:
    """The traits of a cue and of the units around it.

    `cues` gives the probability of every likely cue in the document, `heads`
    are these cues in order.
    """
    document, lemmas, at = scene.document, scene.lemmas, scene.quotes.at
    tokens = document.tokens
    proposal = scene.proposal(cue)
    sentence = document.sentences[tokens[cue].sentence]
    near = {*at[sentence.start : sentence.end]} - {None}
    rules = _shares(pieces, proposal.source, proposal.content)
    sides = ["<" if u.first < cue else ">" for u in pieces]
    places = [u.place + side for u, side in zip(pieces, sides, strict=True)]
    branches = [u.place.partition(">")[0] for u in pieces]
    joints = ["|", *(_joint(pieces, branches, n) for n in range(1, len(pieces))), "|"]
    tops, firsts = [tokens[u.top] for u in pieces], [tokens[u.first] for u in pieces]
    rivals = _Rivals(cue, pieces, heads, cues)
    turn = sides.count("<")
    far = [_far(scene, u, cue, near) if u.away else _NEAR for u in pieces]
    units = UnitTraits(
        place=places,
        route=[u.place for u in pieces],
        branch=[branch + side for branch, side in zip(branches, sides, strict=True)],
        place_before=["^", *places[:-1]],
        place_after=[*places[1:], "$"],
        joints=[a + b for a, b in pairwise(joints)],
        step=[_STEPS[max(-4, n) + 4] for n in range(-turn, 0)]
        + [_STEPS[min(4, n) + 4] for n in range(1, len(pieces) - turn + 1)],
        quoted=["-" if at[u.first] is None else "q" for u in pieces],
        length=[_length(u.last - u.first) for u in pieces],
        rules=rules,
        rules_around=[a + b + c for a, b, c in zip(["^", *rules[:-1]], rules, [*rules[1:], "$"], strict=True)],
        kind=[kind_of(top) for top in tops],
        lemma=[lemmas[u.top] for u in pieces],
        first=[first.lower for first in firsts],
        last=[tokens[u.last - 1].lower for u in pieces],
        single=[_word(top) if u.last - u.first == 1 else None for u, top in zip(pieces, tops, strict=True)],
        marker=[_marker(scene, u) for u in pieces],
        inside=[rivals.inside(u) for u in pieces],
        between=[rivals.between(u) for u in pieces],
        far=[f[0] for f in far],
        away=[f[1] for f in far],
        colon=[f[2] for f in far],
        quoted_ends=[f[3] for f in far],
        opening=[f[4] for f in far],
    )
    return _of_cue(scene, cue, proposal.construction.name, bool(near)), units


_NEAR = (None,) * 5


def _of_cue(scene: Scene, cue: int, construction: str, quoted: bool) -> CueTraits:
    tokens, t = scene.document.tokens, scene.document[cue]
    deps = {tokens[c].dep for c in scene.document.children[cue]}
    frame = "".join(letter for letter, dep in _FRAME if dep in deps)
    follow = tokens[cue + 1].text if cue + 1 < len(tokens) and tokens[cue + 1].pos == "PUNCT" else ""
    return CueTraits(
        f"{scene.lemmas[cue]}/{t.pos[0]}", scene.lemmas[cue], t.tag, t.dep,
        f"{construction}{'q' if quoted else ''}{frame}", construction, follow,
    )  # fmt: skip


_FRAME = (("s", "nsubj"), ("p", "nsubjpass"), ("o", "dobj"), ("d", "dative"), ("c", "ccomp"), ("x", "xcomp"))


class _Rivals:
    """How likely other cues are inside a unit, and between it and the cue, in quarters."""

    def __init__(self, cue: int, pieces: Sequence[SceneUnit], heads: Sequence[int], cues: Mapping[int, float]) -> None:
        first, last = min((u.first for u in pieces), default=0), max((u.last for u in pieces), default=0)
        self.cue = cue
        self.heads = [i for i in heads[bisect_left(heads, first) : bisect_left(heads, last)] if i != cue]
        self.quarters = [int(4 * cues[i]) for i in self.heads]

    def inside(self, unit: SceneUnit) -> str:
        return _QUARTERS[unit.away == 0][self._most(unit.first, unit.last)]

    def between(self, unit: SceneUnit) -> str:
        low, high = (self.cue, unit.first) if unit.first > self.cue else (unit.last, self.cue)
        return _QUARTERS[unit.away == 0][self._most(low, high)]

    def _most(self, first: int, last: int) -> int:
        start = bisect_left(self.heads, first)
        stop = bisect_left(self.heads, last, start)
        return max(self.quarters[start:stop]) if stop > start else 0


_QUARTERS = [[f"{where}{n}" for n in range(5)] for where in ("far", "own")]


def _joint(pieces: Sequence[SceneUnit], branches: Sequence[str], n: int) -> str:
    """Whether unit `n` goes on with the branch of the one before it."""
    return "=" if branches[n - 1] == branches[n] and pieces[n - 1].last == pieces[n].first else "|"


def _shares(pieces: Sequence[SceneUnit], source: Sequence[int], content: Sequence[int]) -> list[str]:
    """The role that at least half of each unit has: C, S or N for neither. `source` and `content` are sorted."""
    found: list[str] = []
    for unit in pieces:
        size = unit.last - unit.first
        if 2 * (bisect_left(content, unit.last) - bisect_left(content, unit.first)) >= size:
            found.append("C")
        elif 2 * (bisect_left(source, unit.last) - bisect_left(source, unit.first)) >= size:
            found.append("S")
        else:
            found.append("N")
    return found


def _marker(scene: Scene, unit: SceneUnit) -> str:
    """The word that introduces a clause: that, to, if."""
    tokens = scene.document.tokens
    for c in scene.document.children[unit.top]:
        if tokens[c].dep in ("mark", "aux") and c < unit.top:
            return tokens[c].lower
    return "-"


def _far(scene: Scene, unit: SceneUnit, cue: int, near: set[int | None]) -> tuple[str, str, str, str, str]:
    """How a unit of another sentence hangs together with the cue's sentence."""
    document, at, quotations = scene.document, scene.quotes.at, scene.quotes.quotations
    away = max(-3, min(3, unit.away))
    sentence = document.sentences[document[unit.first].sentence]
    here = at[unit.first]
    whole = all(at[i] is not None for i in range(sentence.start, sentence.end) if document[i].pos != "PUNCT")
    own = document.sentences[document[cue].sentence]
    starts, ends = at[own.start], at[own.end - 1]
    if here is not None and here in near:
        link = "same"
    elif here is None:
        link = "none"
    elif unit.away > 0:
        if _quoted_between(scene, own.end, unit.first):
            link = "after" if ends is None else "chain"
        else:
            link = "open" if ends is not None and not quotations[ends].closed else "loose"
    elif _quoted_between(scene, unit.last, own.start):
        link = "before" if starts is None else "chain"
    else:
        link = "loose"
    colon = document[own.end - 1].text == ":"
    quoted_ends = f"{'-' if starts is None else 'q'}{'-' if ends is None else 'q'}"
    base = f"{'+' if unit.away > 0 else '-'}{link}{'w' if whole else 'p'}"
    return base, str(away), f"{colon:d}", quoted_ends, document[sentence.start].lower


def _quoted_between(scene: Scene, first: int, last: int) -> bool:
    return all(scene.quoted[i] for i in range(first, last))


_STEPS = ("-4", "-3", "-2", "-1", "0", "1", "2", "3", "4")


def _word(token: Token) -> str:
    return token.text if token.pos == "PUNCT" else token.tag


def _length(n: int) -> str:
    return str(n) if n <= 3 else "6" if n <= 6 else "12" if n <= 12 else "+"
