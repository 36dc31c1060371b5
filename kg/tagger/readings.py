"""A cue's possible readings, each a whole source and content, and what tells the right one: features as numbers."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from ..document import Token
from .crf import Floats, Labelling
from .scene import Scene
from .units import Unit

NOTHING, SOURCE, CONTENT, CUE = range(4)

FEATURES = (
    "cue", "log", "rank", "margin", "spread",
    "content_least", "content_mean", "content_missed", "source_sure", "source_missed", "source_absent",
    "content_words", "content_runs", "gap", "side", "ends_sentence", "starts_sentence", "touches_cue",
    "quoted", "quotes_cut", "quotes_left", "sentences", "blocks", "fully_quoted",
    "rule_content", "rule_source", "construction",
    "source_words", "source_gap", "source_dep", "source_kind", "source_runs", "source_subject", "source_quoted",
    "ratio", "cue_tag", "cue_dep", "kind", "depth", "sentence_words", "cue_at",
    "in_subtree", "clause", "object", "has_clause", "has_object", "has_subject",
    "rival_inside", "rival_between", "rival_above", "claimed", "next_probability", "next_joined",
    "first_tag", "after", "colon", "before_words", "after_words", "near",
)  # fmt: skip
"""The features of a reading, in order; those that name a label or tag hold its place in TAGS, KINDS or DEPS."""

TAGS = (
    "VBD",
    "VBZ",
    "VBP",
    "VB",
    "VBG",
    "VBN",
    "NN",
    "NNS",
    "NNP",
    "JJ",
    "IN",
    ":",
    "RB",
    "TO",
    "DT",
    "PRP",
    "PRP$",
    "WP",
    "WDT",
    "WRB",
    "CC",
    "CD",
    "``",
    "NNPS",
    "EX",
    "MD",
)
DEPS = (
    "ROOT",
    "ccomp",
    "conj",
    "advcl",
    "relcl",
    "acl",
    "xcomp",
    "prep",
    "parataxis",
    "dobj",
    "pobj",
    "nsubj",
    "nsubjpass",
    "pcomp",
    "dep",
    "attr",
    "punct",
    "amod",
    "appos",
    "agent",
    "poss",
    "compound",
    "csubj",
    "dative",
    "nmod",
)
KINDS = ("PERSON", "ORG", "GPE", "NORP", "PRON", "NN", "NNS", "NNP", "WP", "other")
CONSTRUCTIONS = ("NOTHING", "CLAUSE", "OBJECT", "OBLIQUE", "PARENTHETIC", "QUOTATION", "ACCORDING", "NOUN")


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a cue: sorted token indices of cue, source and content, and how likely the labels are."""

    cue: tuple[int, ...]
    source: tuple[int, ...]
    content: tuple[int, ...]
    labels: tuple[int, ...]
    log_probability: float


@dataclass(frozen=True, slots=True)
class Candidate:
    """A possible cue with the units around it, their label probabilities, and its readings, likeliest first."""

    head: int
    probability: float
    ratio: float
    pieces: tuple[Unit, ...]
    marginals: Floats
    readings: tuple[Reading, ...]


def readings(
    head: int, pieces: Sequence[Unit], labellings: Sequence[Labelling], limit: int, worst: float
) -> tuple[Reading, ...]:
    """The different readings among labellings, at most `limit`, at most `-worst` (a logarithm) behind the first.

    A reading without content is none; labellings that differ only in what
    belongs to the cue are one reading.
    """
    found: list[Reading] = []
    seen: set[tuple[int, ...]] = set()
    for labelling in labellings:
        key = tuple(NOTHING if k == CUE else k for k in labelling.labels)
        if key in seen or CONTENT not in key:
            continue
        if found and labelling.log_probability < found[0].log_probability + worst:
            break
        seen.add(key)
        tokens: tuple[list[int], ...] = ([], [], [], [head])
        for unit, k in zip(pieces, labelling.labels, strict=True):
            tokens[k].extend(range(unit.first, unit.last))
        found.append(
            Reading(
                tuple(sorted(tokens[CUE])), tuple(tokens[SOURCE]), tuple(tokens[CONTENT]), labelling.labels,
                labelling.log_probability,
            )
        )  # fmt: skip
        if len(found) == limit:
            break
    return tuple(found)


def reading_features(scene: Scene, candidates: Sequence[Candidate]) -> list[list[list[float]]]:
    """For each candidate of a document, and each of its readings, the numbers named in FEATURES."""
    claims = _claims(candidates)
    heads = [c.head for c in candidates]
    return [_features(scene, candidate, candidates, heads, claims) for candidate in candidates]


@dataclass(slots=True)
class _Claim:
    """The two strongest claims of different cues to have a token in their content."""

    first: float = 0.0
    owner: int = -1
    second: float = 0.0

    def add(self, p: float, owner: int) -> None:
        if p > self.first:
            self.first, self.owner, self.second = p, owner, self.first if self.owner != owner else self.second
        elif p > self.second and owner != self.owner:
            self.second = p

    def by_others(self, owner: int) -> float:
        return self.second if self.owner == owner else self.first


def _claims(candidates: Sequence[Candidate]) -> dict[int, _Claim]:
    found: dict[int, _Claim] = {}
    for candidate in candidates:
        shares = candidate.marginals[:, CONTENT].tolist()
        for unit, share in zip(candidate.pieces, shares, strict=True):
            p = candidate.probability * share
            if p >= 0.05:
                for i in range(unit.first, unit.last):
                    found.setdefault(i, _Claim()).add(p, candidate.head)
    return found


def _features(
    scene: Scene, candidate: Candidate, candidates: Sequence[Candidate], heads: Sequence[int], claims: dict[int, _Claim]
) -> list[list[float]]:
    document, quotes = scene.document, scene.quotes
    tokens, at = document.tokens, quotes.at
    h = candidate.head
    t = tokens[h]
    sentence = document.sentences[t.sentence]
    proposal = scene.proposal(h)
    rule_content, rule_source = set(proposal.content), set(proposal.source)
    kids = list(document.kids(h))
    clause = {i for k in kids if k.dep in ("ccomp", "xcomp") for i in document.subtree(k.i)}
    thing = {i for k in kids if k.dep in ("dobj", "attr", "oprd", "acomp") for i in document.subtree(k.i)}
    subjects = {k.i for k in kids if k.dep in ("nsubj", "nsubjpass", "csubj", "poss", "agent")}
    below = set(document.subtree(h))
    here = {at[i] for i in range(sentence.start, sentence.end)} - {None}
    pieces = candidate.pieces
    content_p = candidate.marginals[:, CONTENT].tolist()
    source_p = candidate.marginals[:, SOURCE].tolist()
    absent = 1.0
    for p in source_p:
        absent *= 1 - p
    words = [u.last - u.first for u in pieces]
    best = candidate.readings[0].log_probability
    spread = candidate.readings[1].log_probability - best if len(candidate.readings) > 1 else -20.0
    rivals = candidates[bisect_left(heads, sentence.start) : bisect_left(heads, sentence.end)]
    near = sum(c.probability for c in rivals if c.head != h)
    claim = claims.get(h)
    above = claim.by_others(h) if claim is not None else 0.0
    follow = tokens[h + 1].text if h + 1 < len(tokens) else ""
    static = [
        candidate.ratio, _place(TAGS, t.tag), _place(DEPS, t.dep), float(document.kind(h) == "headline"),
        float(scene.depths[h]), float(sentence.end - sentence.start), float(h - sentence.start),
    ]  # fmt: skip
    rows: list[list[float]] = []
    for rank, reading in enumerate(candidate.readings):
        content, source = set(reading.content), set(reading.source)
        first, last = reading.content[0], reading.content[-1]
        size = len(content)
        inside = [n for n, k in enumerate(reading.labels) if k == CONTENT]
        touched = {at[i] for i in content} - {None}
        cut = 0
        for q in touched:
            assert q is not None
            low, high = document.range(quotes.quotations[q].outer)
            cut += any(i not in content for i in range(low, high) if tokens[i].pos != "PUNCT")
        quoted = sum(at[i] is not None for i in reading.content) / size
        end = all(tokens[i].pos == "PUNCT" for i in range(last + 1, document.sentences[tokens[last].sentence].end))
        n_last = inside[-1]
        following = pieces[n_last + 1] if n_last + 1 < len(pieces) else None
        joined = following is not None and following.first == last + 1 and _branch(following) == _branch(pieces[n_last])
        low, high = (h, first) if first > h else (last, h) if last < h else (h, h)
        after = tokens[last + 1] if last + 1 < len(tokens) else None
        rows.append([
            candidate.probability, reading.log_probability, float(rank), reading.log_probability - best, spread,
            min(content_p[n] for n in inside), sum(content_p[n] * words[n] for n in inside) / size,
            max((p for p, k in zip(content_p, reading.labels, strict=True) if k != CONTENT), default=0.0),
            max((p for p, k in zip(source_p, reading.labels, strict=True) if k == SOURCE), default=0.0),
            max((p for p, k in zip(source_p, reading.labels, strict=True) if k != SOURCE), default=0.0), absent,
            float(size), float(sum(i - 1 not in content for i in content)), float(max(first - h, h - last, 0)),
            2.0 if first > h else 0.0 if last < h else 1.0, float(end),
            float(first == document.sentences[tokens[first].sentence].start),
            float(h + 1 in content or h - 1 in content),
            quoted, float(cut), float(len(here - touched)), float(len({tokens[i].sentence for i in content})),
            float(len({tokens[i].block for i in content} | {t.block})), float(quoted > 0.95),
            _dice(content, rule_content), _dice(source, rule_source), _place(CONSTRUCTIONS, proposal.construction.name),
            *_source(scene, reading, h, subjects), *static,
            len(content & below) / size, _dice(content, clause), _dice(content, thing), float(bool(clause)),
            float(bool(thing)), float(bool(subjects)),
            max((candidates[n].probability for n in _between(heads, first, last) if heads[n] in content), default=0.0),
            max((candidates[n].probability for n in _between(heads, low + 1, high - 1)), default=0.0),
            above, sum(claims[i].by_others(h) for i in content if i in claims) / size,
            content_p[n_last + 1] if following is not None else -1.0, float(joined),
            _place(TAGS, tokens[first].tag), _place(TAGS, after.tag) if after is not None else -1.0,
            1.0 if follow == ":" else 2.0 if follow == "," else 0.0,
            float(sum(i < h for i in content)), float(sum(i > h for i in content)), near,
        ])  # fmt: skip
    return rows


def _between(heads: Sequence[int], first: int, last: int) -> range:
    """The places in `heads` of the cues from token `first` to token `last`."""
    return range(bisect_left(heads, first), bisect_right(heads, last))


def _branch(unit: Unit) -> str:
    return unit.place.split(">")[0]


def _source(scene: Scene, reading: Reading, head: int, subjects: set[int]) -> list[float]:
    if not reading.source:
        return [0.0, 0.0, -1.0, -1.0, 0.0, 0.0, 0.0]
    tokens = scene.document.tokens
    source = set(reading.source)
    tops = [i for i in reading.source if tokens[i].head not in source or tokens[i].head == i]
    top = min(tops, key=lambda i: scene.depths[i])
    gap = reading.source[0] - head if reading.source[0] > head else reading.source[-1] - head
    return [
        float(len(source)), float(gap), _place(DEPS, tokens[top].dep), float(_kind(tokens[top])),
        float(sum(i - 1 not in source for i in source)), float(bool(source & subjects)), float(scene.quoted[top]),
    ]  # fmt: skip


def _kind(token: Token) -> int:
    name = token.ent if token.ent in KINDS else "PRON" if token.pos == "PRON" else token.tag
    if token.tag.startswith("W"):
        name = "WP"
    return KINDS.index(name if name in KINDS else "other")


def _dice(a: set[int], b: set[int]) -> float:
    """How much two sets share, from 0 to 1; 1 if both are empty, -1 if one is."""
    return 2 * len(a & b) / (len(a) + len(b)) if a and b else -1.0 if a or b else 1.0


def _place(names: Sequence[str], name: str) -> float:
    return float(names.index(name)) if name in names else -1.0
