"""GAP (Webster et al., 2018), GUM (Zeldes, 2017), real news, own cases, invented news -> what each word refers to."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ...errors import ReadError
from ...language.lexicon import words
from ...stages.attribution import find_attributions
from ...text.article import Article
from ...text.document import Document
from ..news_texts import rows_with_texts
from ..written import written

Range = tuple[int, int]
"""Characters from the first up to but not including the second."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A text whose names and further mentions are known.

    `names` has the characters of names and whose they are, `asked` those of
    pronouns and descriptions, or of their head words, and what they refer to.
    With `closed`, only the two names of a GAP row are known: None then means
    neither of them, and what else is named may be meant. `weight` is how much
    a question of it counts in training: news more than what is about it.
    """

    name: str
    text: str
    names: Mapping[Range, str]
    asked: Mapping[Range, str | None]
    closed: bool = False
    weight: float = 1.0


def read_gap(path: Path) -> Iterator[Passage]:
    """The rows of a GAP file."""
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            names = {_range(row, k): k for k in "AB"}
            right = next((k for k in "AB" if row[f"{k}-coref"] == "TRUE"), None)
            yield Passage(row["ID"], row["Text"], names, {_range(row, "Pronoun"): right}, closed=True)


def _range(row: Mapping[str, str], what: str) -> Range:
    start = int(row[f"{what}-offset"])
    return start, start + len(row[what])


def read_gum(folder: Path) -> Iterator[Passage]:
    """The documents of a folder of GUM's CoNLL-U files.

    Raises ReadError if it holds none.
    """
    paths = sorted(folder.glob("*.conllu"))
    if not paths:
        raise ReadError(str(folder), "the folder holds no *.conllu", "give a folder of GUM's dep/ files")
    return (_document(path) for path in paths)


@dataclass(slots=True)
class _Row:
    """A token of a CoNLL-U file."""

    start: int
    end: int
    number: str
    head: str
    part: str
    relation: str


_PART = re.compile(r"\(([^()]*)(\))?|([^()]*)\)")


def _document(path: Path) -> Passage:
    text, rows, mentions = _mentions(path)
    names: dict[Range, str] = {}
    asked: dict[Range, str | None] = {}
    for first, last, group in mentions:
        inside = rows[first : last + 1]
        numbers = {row.number for row in inside}
        head = next((row for row in inside if row.head not in numbers), inside[-1])
        if head.part == "PROPN":
            flat = [row for row in inside if row.head == head.number and row.relation in ("flat", "compound")]
            proper = [row for row in (head, *flat) if row.part == "PROPN"]
            names[min(row.start for row in proper), max(row.end for row in proper)] = group
        else:
            asked[head.start, head.end] = group
    return Passage(path.stem, text, names, asked)


def _mentions(path: Path) -> tuple[str, list[_Row], list[tuple[int, int, str]]]:
    """The text of a CoNLL-U file, its tokens, and the mentions by first and last token with what they refer to."""
    text = ""
    gap = new = gap_after = False
    last = ""
    rows: list[_Row] = []
    begun: dict[str, list[int]] = {}
    found: list[tuple[int, int, str]] = []
    for line in path.read_text(encoding="utf-8").split("\n"):
        new = new or line == "# newpar"
        cells = line.split("\t")
        if len(cells) == 10 and "-" in cells[0]:  # "cannot", whose parts follow
            last, gap_after = cells[0].partition("-")[2], "SpaceAfter=No" not in cells[9]
        if len(cells) != 10 or not cells[0].isdigit():
            gap = gap or not line
            continue
        hyphen = cells[4] == "HYPH"
        text += "\n\n" if new and text else " " if gap and text and not hyphen else ""
        new = False
        rows.append(_Row(len(text), len(text) + len(cells[1]), cells[0], cells[6], cells[3], cells[7]))
        text += cells[1]
        gap = "SpaceAfter=No" not in cells[9] and not hyphen
        if last:
            gap = gap_after and cells[0] == last
            last = "" if cells[0] == last else last
        entity = next((part[7:] for part in cells[9].split("|") if part.startswith("Entity=")), "")
        for m in _PART.finditer(entity):
            group = (m.group(1) or m.group(3) or "").split("-")[0]
            if m.group(1) is not None:
                begun.setdefault(group, []).append(len(rows) - 1)
            if (m.group(1) is None or m.group(2)) and begun.get(group):
                found.append((begun[group].pop(), len(rows) - 1, group))
    return text, rows, found


def read_meant(path: Path, texts: Path) -> Iterator[Passage]:
    """The articles of a file of offsets, with their words out of `texts`.

    A line has, by characters, `names` (first, end, whose) and `asked` (first,
    end, who is meant, or null for nobody whom the article names).

    Raises ReadError as `rows_with_texts` does.
    """
    for row, text in rows_with_texts(path, texts):
        names = {(first, end): str(whose) for first, end, whose in row["names"]}
        asked = {(first, end): None if whose is None else str(whose) for first, end, whose in row["asked"]}
        yield Passage(row["doc"], text, names, asked)


def read_invented(path: Path) -> Iterator[Passage]:
    """The articles of `kg.training.written`: names, and the words for sources."""
    for article in written(path):
        yield _annotated(article.name, article.text, article.gold, 1.0)


def _annotated(name: str, text: str, gold: Mapping[str, Any], weight: float) -> Passage:
    names: dict[Range, str] = {}
    asked: dict[Range, str | None] = {}
    for entity in gold["entities"]:
        for m in entity["mentions"]:
            start, end = m["span"]
            if m["kind"] == "name":
                names[start, end] = entity["id"]
            else:
                asked[start, end] = entity["id"]
    return Passage(name, text, names, asked, weight=weight)


_NEWS = 3.0


def read_cases(entities: Path, speakers: Path, parse: Callable[[Article], Document]) -> Iterator[Passage]:
    """The project's own sentences: names with the words for them, and who speaks in the order of the statements."""
    for line in entities.read_text(encoding="utf-8").splitlines():
        case = json.loads(line)
        if "entities" in case:
            yield _of_mentions(case)
    for line in speakers.read_text(encoding="utf-8").splitlines():
        case = json.loads(line)
        text = case["text"]
        names: dict[Range, str] = {}
        asked: dict[Range, str | None] = {}
        said = find_attributions(parse(Article(text)))
        for name in filter(None, case["speakers"]):
            for word in (name, name.split()[-1]):
                names |= {m.span(): name for m in re.finditer(rf"\b{re.escape(word)}\b", text)}
        if len(said) == len(case["speakers"]):
            for attribution, name in zip(said, case["speakers"], strict=True):
                if attribution.source and name:
                    asked[attribution.source[0].start, attribution.source[-1].end] = name
        kept = {at: name for at, name in asked.items() if not _touches(at, names)}
        yield Passage(f"case {case['id']}", text, names, kept, weight=_NEWS)


def _of_mentions(case: Mapping[str, Any]) -> Passage:
    """A case that lists the mentions of its entities in the order of the text."""
    text = case["text"]
    names: dict[Range, str] = {}
    asked: dict[Range, str | None] = {}
    for name, _, mentions in case["entities"]:
        at = 0
        for said in mentions:
            start = text.find(said, at)
            if start >= 0:
                at = start + len(said)
                capital = any(w[:1].isupper() and w.lower() not in _SMALL for w in said.split())
                (names if capital else asked)[start, at] = name
    return Passage(f"entity {case['id']}", text, names, asked, weight=_NEWS)


_SMALL = words("grammar", "he", "she", "it", "they", "definite") | {"a", "an"}


def _touches(at: Range, names: Mapping[Range, str]) -> bool:
    return any(s < at[1] and at[0] < e for s, e in names)
