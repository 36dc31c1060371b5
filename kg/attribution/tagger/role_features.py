"""What tells a cue's source and content from the rest: features of the units around it, as strings."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence

from ...document import Token
from .scene import Scene, kind_of
from .units import Unit

LABELS = ("O", "S", "C", "U")
"""What a unit is: nothing, source, content, or part of the cue."""


def role_features(
    scene: Scene, cue: int, pieces: Sequence[Unit], heads: Sequence[int], cues: Mapping[int, float]
) -> list[list[str]]:
    """The features of each unit around the cue.

    `cues` gives the probability of every likely cue in the document, `heads`
    are these cues in order.
    """
    document, lemmas, at = scene.document, scene.lemmas, scene.quotes.at
    tokens = document.tokens
    t = tokens[cue]
    key = f"{lemmas[cue]}/{t.pos[0]}"
    proposal = scene.proposal(cue)
    rules = _shares(pieces, proposal.source, proposal.content)
    kind = proposal.construction.name
    sentence = document.sentences[t.sentence]
    near = {at[i] for i in range(sentence.start, sentence.end)} - {None}
    low, high = (min(u.first for u in pieces), max(u.last for u in pieces)) if pieces else (cue, cue)
    others = [i for i in heads[bisect_left(heads, low) : bisect_left(heads, high)] if i != cue]
    frame = f"{kind}{'q' if near else ''}{_frame(scene, cue)}"
    follow = tokens[cue + 1].text if cue + 1 < len(tokens) and tokens[cue + 1].pos == "PUNCT" else ""
    places = [f"{u.place}{'<' if u.first < cue else '>'}" for u in pieces]
    branches = [u.place.split(">")[0] for u in pieces]
    turn = sum(u.first < cue for u in pieces)
    out: list[list[str]] = []
    for n, u in enumerate(pieces):
        p = places[n]
        top = tokens[u.top]
        q = "q" if at[u.first] is not None else "-"
        r = rules[n]
        length = _length(u.last - u.first)
        distance = n - turn if n < turn else n - turn + 1
        step = max(-4, min(4, distance))
        f = [
            "", f"p={p}", f"pl={p}/{key}", f"pt={p}/{t.tag}", f"pf={p}/{frame}", f"pd={p}/{t.dep}",
            f"pk={p}/{kind_of(top)}",
            f"pq={p}/{q}/{kind}", f"pn={p}/{length}", f"ph={p}/{lemmas[u.top]}", f"h={lemmas[u.top]}",
            f"lh={key}/{kind_of(top)}",
            f"d={step}", f"dq={step}/{q}", f"dl={step}/{key}", f"q={q}/{length}", f"lq={key}/{q}",
            f"r={r}", f"rk={r}/{kind}/{q}", f"rl={r}/{key}", f"rp={r}/{p}", f"rf={r}/{frame}",
            f"rr={rules[n - 1] if n else '^'}{r}{rules[n + 1] if n + 1 < len(pieces) else '$'}",
            f"w={tokens[u.first].lower}/{length}", f"pw={p}/{tokens[u.first].lower}", f"v={tokens[u.last - 1].lower}",
            f"a={places[n - 1] if n else '^'}", f"z={places[n + 1] if n + 1 < len(pieces) else '$'}",
            f"fo={follow}/{p}", f"st={scene.lemmas[cue]}/{step}/{r}",
        ]  # fmt: skip
        b = f"{branches[n]}{p[-1]}"
        joined = "=" if n and branches[n - 1] == branches[n] and pieces[n - 1].last == u.first else "|"
        joins = "=" if n + 1 < len(pieces) and branches[n + 1] == branches[n] and pieces[n + 1].first == u.last else "|"
        f += [
            f"b={b}",
            f"bl={b}/{key}",
            f"bf={b}/{frame}",
            f"br={b}/{r}/{kind}",
            f"bj={b}/{joined}{joins}",
            f"bp={joined}{joins}/{u.place}",
            f"bq={b}/{q}/{joined}{joins}",
            f"brl={b}/{r}/{key}",
        ]
        if u.last - u.first == 1:
            f.append(f"one={top.text if top.pos == 'PUNCT' else top.tag}/{p}")
        f.append(f"mk={p}/{_marker(scene, u)}")
        f += _rivals(u, cue, others, cues)
        if u.away:
            f += _far(scene, u, t, near, kind)
        out.append(f)
    return out


def _frame(scene: Scene, cue: int) -> str:
    deps = {scene.document[c].dep for c in scene.document.children[cue]}
    return "".join(
        letter
        for letter, dep in (
            ("s", "nsubj"),
            ("p", "nsubjpass"),
            ("o", "dobj"),
            ("d", "dative"),
            ("c", "ccomp"),
            ("x", "xcomp"),
        )
        if dep in deps
    )


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
    document = scene.document
    for c in document.children[unit.top]:
        if document[c].dep in ("mark", "aux") and c < unit.top:
            return document[c].lower
    return "-"


def _rivals(unit: Unit, cue: int, others: Sequence[int], cues: Mapping[int, float]) -> list[str]:
    """Other likely cues inside the unit, and between it and the cue."""
    inside = max((cues[i] for i in others if unit.first <= i < unit.last), default=0.0)
    low, high = (cue, unit.first) if unit.first > cue else (unit.last - 1, cue)
    between = max((cues[i] for i in others if low < i < high), default=0.0)
    where = "far" if unit.away else "own"
    return [f"oi={where}{int(4 * inside)}", f"ob={where}{int(4 * between)}"]


def _far(scene: Scene, unit: Unit, cue: Token, near: set[int | None], kind: str) -> list[str]:
    """How a unit of another sentence hangs together with the cue's sentence."""
    document, at, quotations = scene.document, scene.quotes.at, scene.quotes.quotations
    away = max(-3, min(3, unit.away))
    sentence = document.sentences[document[unit.first].sentence]
    here = at[unit.first]
    whole = all(at[i] is not None for i in range(sentence.start, sentence.end) if document[i].pos != "PUNCT")
    if here is not None and here in near:
        link = "same"
    elif here is None:
        link = "none"
    elif unit.away > 0:
        own = document.sentences[cue.sentence]
        quoted = _quoted_between(scene, own.end, unit.first)
        open_end = at[own.end - 1] is not None and not quotations[at[own.end - 1] or 0].closed
        link = (
            "chain"
            if quoted and (at[own.end - 1] is not None or own.end == unit.first)
            else "open"
            if open_end
            else "loose"
        )
        if quoted and at[own.end - 1] is None:
            link = "after"
    else:
        own = document.sentences[cue.sentence]
        link = "chain" if _quoted_between(scene, unit.last, own.start) and at[own.start] is not None else "loose"
        if link == "loose" and _quoted_between(scene, unit.last, own.start):
            link = "before"
    colon = document[document.sentences[cue.sentence].end - 1].text == ":"
    ends = "q" if at[document.sentences[cue.sentence].end - 1] is not None else "-"
    starts = "q" if at[document.sentences[cue.sentence].start] is not None else "-"
    base = f"{'+' if unit.away > 0 else '-'}{link}{'w' if whole else 'p'}"
    return [
        f"f={base}", f"fa={away}/{base}", f"fk={kind}/{base}", f"fp={unit.place}/{base}", f"fc={base}/{colon:d}",
        f"fe={base}/{starts}{ends}", f"fl={scene.lemmas[cue.i]}/{base}", f"fs={base}/{document[sentence.start].lower}",
    ]  # fmt: skip


def _quoted_between(scene: Scene, first: int, last: int) -> bool:
    return all(scene.quoted[i] for i in range(first, last))


def _length(n: int) -> str:
    return str(n) if n <= 3 else "6" if n <= 6 else "12" if n <= 12 else "+"
