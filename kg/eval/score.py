"""Found against gold: precision, recall and F1 of who said what, which figures, and which roles.

Gold is a folder with `text/NAME.txt` and `gold/NAME.json`; what is found comes
as standoff objects (`kg.records.standoff`). Pairing is one-to-one, best first; counts
are added up over articles (micro-average).
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

from ..errors import ReadError
from ..language.lexicon import words
from ..resources import rows

_WORD = re.compile(r"\w+(?:[.,]\d+)*")
_SMALL = words("grammar", "small words of a name")
"""What makes no difference where titles and descriptions are compared."""

Standoff = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Score:
    """How many of the found are right, of how many found and how many in gold."""

    right: int = 0
    found: int = 0
    gold: int = 0

    def __add__(self, other: Score) -> Score:
        return Score(self.right + other.right, self.found + other.found, self.gold + other.gold)

    @property
    def precision(self) -> float:
        """Right among found, in percent; 0 if nothing was found."""
        return 100 * self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        """Right among gold, in percent; 0 if gold is empty."""
        return 100 * self.right / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall, in percent."""
        return 200 * self.right / (self.found + self.gold) if self.found + self.gold else 0.0


def peers(data: str) -> dict[str, str]:
    """What other tools scored on a data set, by measure, as one line each; empty for data that they were not run on.

    The figures in `data/peers.tsv` were measured once, on the same texts by the same measures.

    >>> peers("no such data")
    {}
    """
    found: dict[str, str] = {}
    for name, measure, tool, value in rows("data/peers.tsv"):
        if name == data:
            found[measure] = f"{found[measure]}, {tool} {value}" if measure in found else f"{tool} {value}"
    return found


def gold_articles(folder: Path) -> list[tuple[str, Path, Standoff]]:
    """Name, text file and gold object of each article in a gold folder, by name.

    Raises ReadError if the folder is not laid out so.

    >>> gold_articles(Path("no-such-folder"))
    Traceback (most recent call last):
        ...
    kg.errors.ReadError: no-such-folder: the folder holds no gold/NAME.json; give a folder with text/ and gold/
    """
    files = sorted((folder / "gold").glob("*.json"))
    if not files:
        raise ReadError(str(folder), "the folder holds no gold/NAME.json", "give a folder with text/ and gold/")
    found = []
    for file in files:
        text = folder / "text" / f"{file.stem}.txt"
        if not text.is_file():
            raise ReadError(str(text), "the text of a gold file is missing", f"put the text of {file.name} there")
        try:
            found.append((file.stem, text, json.loads(file.read_text(encoding="utf-8"))))
        except ValueError as error:
            raise ReadError(str(file), f"the gold file is no JSON ({error})", "write one object an article") from error
    return found


def score(pairs: Iterable[tuple[str, Standoff, Standoff]]) -> dict[str, Score]:
    """The scores over articles, each given as its text, what was found and its gold.

    `said`: content shares at least half of its words (Jaccard) with a gold
    statement's; `who-said`: and the source is right; `recall of ...`: who-said
    by form; `joint`: of the sources of who-said beside the first, those that are
    the gold's; `figure`: spans overlap and both bounds are equal; `who-figure`,
    `counted`, `when`: and reporters, counted noun, years are right; `role`:
    holder and half of the title's words; `role+org`: and the organisation.

    >>> from kg import Article, extract, standoff
    >>> text, mentions = "Jo Hill said the mill had closed.", [{"text": "Jo Hill", "kind": "name", "span": [0, 7]}]
    >>> hill = {"id": "e1", "type": "Person", "name": "Jo Hill", "mentions": mentions}
    >>> told = {"source": ["e1"], "kind": "indirect", "content": [{"text": "the mill had closed", "span": [13, 32]}]}
    >>> gold = {"entities": [hill], "statements": [told], "figures": [], "roles": []}
    >>> score([(text, standoff(extract(Article(text), fast=True)), gold)])["who-said"]
    Score(right=1, found=1, gold=1)
    """
    total: dict[str, Score] = {}
    for text, found, gold in pairs:
        for name, one in (*_statements(text, found, gold), *_figures(found, gold), *_roles(found, gold)):
            total[name] = total.get(name, Score()) + one
    return total


@dataclass(frozen=True, slots=True)
class AtLeast:
    """What is left if nothing less sure stands: scores of who said what and whose figure, and who is wrongly named.

    `misnamed` counts statements with the words of one of the gold's that go to
    somebody by name who is not its source.
    """

    confidence: float
    said: Score
    misnamed: int
    reported: Score

    @property
    def misnamed_in_100(self) -> float:
        """Of 100 statements that are left, how many go to a wrong name."""
        return 100 * self.misnamed / self.said.found if self.said.found else 0.0


def at_least(confidence: float, pairs: Iterable[tuple[str, Standoff, Standoff]]) -> AtLeast:
    """The scores over articles, as `score` takes them, of which only what is as sure as `confidence` is left."""
    said, reported, misnamed = Score(), Score(), 0
    for text, found, gold in pairs:
        scores = {**dict(_statements(text, found, gold)), **dict(_figures(found, gold))}
        said, reported = said + scores["who-said"], reported + scores["who-figure"]
        paired, source_right = _paired_statements(text, found, gold)
        entities = _by_id(found)
        for i, j in paired:
            entity = entities.get((found["attributions"][i].get("source") or {}).get("entity"))
            misnamed += not source_right(i, j) and entity is not None and "name" in _kinds(entity)
    return AtLeast(confidence, said, misnamed, reported)


def right_ones(text: str, found: Standoff, gold: Standoff) -> dict[str, list[bool]]:
    """Of each statement, figure and role that was found, in order, whether it is right: its words and who, its
    bounds and reporters, its holder and title.

    >>> from kg import Article, extract, standoff
    >>> text = "Jo Hill said the mill had closed."
    >>> told = {"source": [], "kind": "indirect", "content": [{"text": "the mill had closed", "span": [13, 32]}]}
    >>> gold = {"entities": [], "statements": [told], "figures": [], "roles": []}
    >>> right_ones(text, standoff(extract(Article(text), fast=True)), gold)
    {'statement': [False], 'figure': [], 'role': []}
    """
    said, source_right = _paired_statements(text, found, gold)
    figures, reporters = _paired_figures(found, gold)
    right = {
        "statement": {i for i, j in said if source_right(i, j)},
        "figure": {i for i, j in figures if reporters(i, j)},
        "role": {i for i, _ in _paired_roles(found, gold)},
    }
    numbers = {"statement": "attributions", "figure": "figures", "role": "roles"}
    return {kind: [i in right[kind] for i in range(len(found.get(key, [])))] for kind, key in numbers.items()}


_Test: TypeAlias = Callable[[int, int], bool]
_Pairs: TypeAlias = list[tuple[int, int]]


def _statements(text: str, found: Standoff, gold: Standoff) -> Iterator[tuple[str, Score]]:
    said, wanted = found.get("attributions", []), gold["statements"]
    paired, source_right = _paired_statements(text, found, gold)
    right = [(i, j) for i, j in paired if source_right(i, j)]
    yield "said", Score(len(paired), len(said), len(wanted))
    yield "who-said", Score(len(right), len(said), len(wanted))
    joint = [_joint(found, gold, i, j) for i, j in right]
    yield "joint", sum(joint, Score())
    for form in ("direct", "indirect", "mixed"):
        of_form = {j for j, s in enumerate(wanted) if s["kind"] == form}
        yield f"recall of {form}", Score(sum(j in of_form for _, j in right), len(of_form), len(of_form))


def _joint(found: Standoff, gold: Standoff, i: int, j: int) -> Score:
    """The sources of a statement beside the first: those that are the gold's, all found, all of the gold."""
    entities, gold_entities = _by_id(found), _by_id(gold)
    theirs = [gold_entities[name] for name in gold["statements"][j]["source"]]
    mine = [entities.get(id) for id in found["attributions"][i]["source"].get("joint", ())]
    right = sum(any(_same(m, t) or _same_description(m, t) for t in theirs) for m in mine)
    return Score(min(right, max(0, len(theirs) - 1)), len(mine), max(0, len(theirs) - 1))


def _paired_statements(text: str, found: Standoff, gold: Standoff) -> tuple[_Pairs, _Test]:
    """Found and gold statements with the same words, and whether such a pair has the same source."""
    entities, gold_entities = _by_id(found), _by_id(gold)
    said, wanted = found.get("attributions", []), gold["statements"]
    tokens = [_tokens(text, a["content"]) for a in said]
    gold_tokens = [_tokens(text, [c["span"] for c in s["content"]]) for s in wanted]

    def source_right(i: int, j: int) -> bool:
        source = said[i].get("source") or {}
        entity = entities.get(source.get("entity"))
        if not wanted[j]["source"]:
            return entity is None and not source.get("spans")
        for name in wanted[j]["source"]:
            right = gold_entities[name]
            if _same(entity, right) or (not _is_named(right) and _touches(source.get("spans", []), right)):
                return True
        return False

    candidates = [
        (len(a & g) / len(a | g) + 0.001 * source_right(i, j), i, j)
        for i, a in enumerate(tokens)
        for j, g in enumerate(gold_tokens)
        if (a or g) and 2 * len(a & g) >= len(a | g)
    ]
    return _pair(candidates), source_right


def _figures(found: Standoff, gold: Standoff) -> Iterator[tuple[str, Score]]:
    figures, wanted = found.get("figures", []), gold["figures"]
    paired, reporters = _paired_figures(found, gold)

    def counted(i: int, j: int) -> bool:
        mine, theirs = _words(figures[i].get("counted")), _words(wanted[j].get("counted"))
        return _singular(mine[-1]) == _singular(theirs[-1]) if mine and theirs else not mine and not theirs

    def when(i: int, j: int) -> bool:
        period = wanted[j].get("period") or {}
        return all(_year(figures[i].get(end)) == _year(period.get(end)) for end in ("start", "end"))

    tests: tuple[tuple[str, _Test], ...] = (
        ("figure", lambda i, j: True), ("who-figure", reporters), ("counted", counted), ("when", when),
    )  # fmt: skip
    for name, test in tests:
        yield name, Score(sum(test(i, j) for i, j in paired), len(figures), len(wanted))
    reported = {j for j, g in enumerate(wanted) if g.get("reporter")}
    right = sum(reporters(i, j) for i, j in paired if j in reported)
    yield "recall of reported figures", Score(right, len(reported), len(reported))


def _paired_figures(found: Standoff, gold: Standoff) -> tuple[_Pairs, _Test]:
    """Found and gold figures with the same bounds, and whether such a pair has the same reporters."""
    entities, gold_entities = _by_id(found), _by_id(gold)
    figures, wanted = found.get("figures", []), gold["figures"]
    candidates = [(1.0, i, j) for i, f in enumerate(figures) for j, g in enumerate(wanted) if _is_figure(f, g)]

    def reporters(i: int, j: int) -> bool:
        mine = [entities.get(r) for r in figures[i].get("reporters", [])]
        theirs = [gold_entities[r] for r in wanted[j].get("reporter", [])]
        if not mine or not theirs:
            return not mine and not theirs
        return all(any(_same(m, t) or _same_description(m, t) for t in theirs) for m in mine)

    return _pair(candidates), reporters


def _is_figure(found: Standoff, gold: Standoff) -> bool:
    """Whether a figure overlaps a gold one and has its bounds."""
    (start, end), (gold_start, gold_end) = found["span"], gold["text"]["span"]
    value = gold.get("value")
    low, high = (gold.get("low"), gold.get("high")) if value is None else (value, value)
    overlap = start < gold_end and gold_start < end
    return overlap and _equal(found.get("low"), low) and _equal(found.get("high"), high)


def _roles(found: Standoff, gold: Standoff) -> Iterator[tuple[str, Score]]:
    entities, gold_entities = _by_id(found), _by_id(gold)
    roles, wanted = found.get("roles", []), gold["roles"]
    paired = _paired_roles(found, gold)

    def organization(i: int, j: int) -> bool:
        mine = entities.get(roles[i].get("organization"))
        theirs = gold_entities.get(wanted[j].get("organization"))
        return (mine is None and theirs is None) or _same(mine, theirs)

    yield "role", Score(len(paired), len(roles), len(wanted))
    yield "role+org", Score(sum(organization(i, j) for i, j in paired), len(roles), len(wanted))


def _paired_roles(found: Standoff, gold: Standoff) -> _Pairs:
    """Found and gold roles with the same holder and half of the title's words."""
    entities, gold_entities = _by_id(found), _by_id(gold)
    candidates = []
    for i, r in enumerate(found.get("roles", [])):
        for j, g in enumerate(gold["roles"]):
            mine, theirs = set(_words(r.get("title"))) - _SMALL, set(_words(g["title"])) - _SMALL
            alike = bool(mine and theirs) and 2 * len(mine & theirs) >= len(theirs)
            if alike and _same(entities.get(r.get("holder")), gold_entities[g["person"]]):
                candidates.append((len(mine & theirs) / len(mine | theirs), i, j))
    return _pair(candidates)


def _pair(candidates: list[tuple[float, int, int]]) -> list[tuple[int, int]]:
    """One-to-one pairs, best score first."""
    left: set[int] = set()
    right: set[int] = set()
    pairs = []
    for _, i, j in sorted(candidates, key=lambda c: (-c[0], c[1], c[2])):
        if i not in left and j not in right:
            left.add(i)
            right.add(j)
            pairs.append((i, j))
    return pairs


def _by_id(standoff: Standoff) -> dict[str | None, Standoff]:
    return {e["id"]: e for e in standoff.get("entities", [])}


def _same(mine: Standoff | None, theirs: Standoff | None) -> bool:
    """Whether a found entity is the gold one: a mention overlaps, and one name's words contain the other's."""
    if mine is None or theirs is None:
        return False
    if not _touches([m[:2] for m in mine["mentions"]], theirs):
        return False
    names = {theirs["name"], *(m["text"] for m in theirs["mentions"] if m["kind"] != "pronoun")}
    return any(_contains(mine["name"], name) for name in sorted(names))


def _same_description(mine: Standoff | None, theirs: Standoff) -> bool:
    return mine is not None and not _is_named(theirs) and _contains(mine["name"], theirs["name"])


def _contains(a: str, b: str) -> bool:
    first, second = set(_words(a)) - _SMALL, set(_words(b)) - _SMALL
    return bool(first and second) and (first <= second or second <= first)


def _is_named(gold_entity: Standoff) -> bool:
    return any(m["kind"] == "name" for m in gold_entity["mentions"])


def _kinds(found: Standoff) -> set[str]:
    return {kind for _, _, kind in found["mentions"]}


def _touches(spans: Iterable[Any], gold_entity: Standoff) -> bool:
    return any(s < m["span"][1] and m["span"][0] < e for s, e in spans for m in gold_entity["mentions"])


def _tokens(text: str, spans: Iterable[Any]) -> set[int]:
    return {m.start() for s, e in spans for m in _WORD.finditer(text, s, e)}


def _words(text: str | None) -> list[str]:
    return [w.lower() for w in _WORD.findall(text or "")]


def _singular(word: str) -> str:
    return re.sub(r"(ies|es|s)$", "", word) if len(word) > 3 else word


def _equal(a: float | None, b: float | None) -> bool:
    if a is None or b is None:
        return a is None and b is None
    return abs(a - b) <= 1e-6 * max(1.0, abs(b))


def _year(value: object) -> str | None:
    return str(value)[:4] if value not in (None, "") else None
