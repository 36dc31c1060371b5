"""What tells a cue's source and content from the rest: traits of the units around it, and the features they make."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from .scene import Scene, kind_of
from .units import Unit

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


class UnitTraits(NamedTuple):
    """What is known of a unit around a cue, each trait a word; None if the unit has no such trait.

    `rules` is what the parse alone takes the unit for, `joints` whether it hangs
    together with its neighbours, `inside` and `between` how likely another cue
    is in it and before it. The last five are had by units of other sentences.
    """

    place: str
    route: str
    branch: str
    place_before: str
    place_after: str
    joints: str
    step: str
    quoted: str
    length: str
    rules: str
    rules_around: str
    kind: str
    lemma: str
    first: str
    last: str
    single: str | None
    marker: str
    inside: str
    between: str
    far: str | None = None
    away: str | None = None
    colon: str | None = None
    quoted_ends: str | None = None
    opening: str | None = None


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


def features_of(cue: CueTraits, unit: UnitTraits) -> list[str]:
    """The names of a unit's features, as weights are stored by: template and traits with tabs between."""
    of = {**cue._asdict(), **unit._asdict()}
    found: list[str] = []
    for template, names in TEMPLATES.items():
        values = [of[name] for name in names]
        if None not in values:
            found.append("\t".join((template, *values)))
    return found


def traits(
    scene: Scene, cue: int, pieces: Sequence[Unit], heads: Sequence[int], cues: Mapping[int, float]
) -> tuple[CueTraits, list[UnitTraits]]:
    """The traits of a cue and of each unit around it.

    `cues` gives the probability of every likely cue in the document, `heads`
    are these cues in order.
    """
    document, lemmas, at = scene.document, scene.lemmas, scene.quotes.at
    tokens = document.tokens
    proposal = scene.proposal(cue)
    sentence = document.sentences[tokens[cue].sentence]
    near = {at[i] for i in range(sentence.start, sentence.end)} - {None}
    rules = ["^", *_shares(pieces, proposal.source, proposal.content), "$"]
    sides = ["<" if u.first < cue else ">" for u in pieces]
    places = ["^", *(u.place + side for u, side in zip(pieces, sides, strict=True)), "$"]
    branches = [u.place.partition(">")[0] for u in pieces]
    joints = ["|", *(_joint(pieces, branches, n) for n in range(1, len(pieces))), "|"]
    rivals = _Rivals(cue, pieces, heads, cues)
    turn = sides.count("<")
    found: list[UnitTraits] = []
    for n, u in enumerate(pieces):
        top, size = tokens[u.top], u.last - u.first
        found.append(
            UnitTraits(
                places[n + 1], u.place, branches[n] + sides[n], places[n], places[n + 2], joints[n] + joints[n + 1],
                _step(n - turn if n < turn else n - turn + 1), "-" if at[u.first] is None else "q", _length(size),
                rules[n + 1], rules[n] + rules[n + 1] + rules[n + 2],
                kind_of(top), lemmas[u.top], tokens[u.first].lower, tokens[u.last - 1].lower,
                None if size > 1 else top.text if top.pos == "PUNCT" else top.tag, _marker(scene, u),
                *rivals.of(u), *(_far(scene, u, cue, near) if u.away else ()),
            )
        )  # fmt: skip
    return _of_cue(scene, cue, proposal.construction.name, bool(near)), found


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

    def __init__(self, cue: int, pieces: Sequence[Unit], heads: Sequence[int], cues: Mapping[int, float]) -> None:
        first, last = min((u.first for u in pieces), default=0), max((u.last for u in pieces), default=0)
        self.cue = cue
        self.heads = [i for i in heads[bisect_left(heads, first) : bisect_left(heads, last)] if i != cue]
        self.cues = [cues[i] for i in self.heads]

    def of(self, unit: Unit) -> tuple[str, str]:
        where = "far" if unit.away else "own"
        low, high = (self.cue, unit.first) if unit.first > self.cue else (unit.last, self.cue)
        return where + self._likeliest(unit.first, unit.last), where + self._likeliest(low, high)

    def _likeliest(self, first: int, last: int) -> str:
        if not self.heads:
            return "0"
        inside = self.cues[bisect_left(self.heads, first) : bisect_left(self.heads, last)]
        return str(int(4 * max(inside))) if inside else "0"


def _joint(pieces: Sequence[Unit], branches: Sequence[str], n: int) -> str:
    """Whether unit `n` goes on with the branch of the one before it."""
    return "=" if branches[n - 1] == branches[n] and pieces[n - 1].last == pieces[n].first else "|"


def _shares(pieces: Sequence[Unit], source: Sequence[int], content: Sequence[int]) -> list[str]:
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


def _marker(scene: Scene, unit: Unit) -> str:
    """The word that introduces a clause: that, to, if."""
    tokens = scene.document.tokens
    for c in scene.document.children[unit.top]:
        if tokens[c].dep in ("mark", "aux") and c < unit.top:
            return tokens[c].lower
    return "-"


def _far(scene: Scene, unit: Unit, cue: int, near: set[int | None]) -> tuple[str, str, str, str, str]:
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


def _step(distance: int) -> str:
    """How many units away, at most four."""
    return _STEPS[max(-4, min(4, distance)) + 4]


def _length(n: int) -> str:
    return str(n) if n <= 3 else "6" if n <= 6 else "12" if n <= 12 else "+"
