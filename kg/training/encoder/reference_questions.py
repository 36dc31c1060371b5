"""GAP and GUM -> questions of reference: a mention, the mentions before it that it may mean, and which are right."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

from ...errors import ReadError
from ...language.lexicon import words
from ...stages.attribution.encoder.pointing import Range, breaks
from ...stages.attribution.encoder.windows import Window, packs
from ...stages.attribution.encoder.words import EncoderWords, Vocabulary, words_of
from ...text.article import Article

if TYPE_CHECKING:
    from torch import Tensor

MOST = 14
"""Candidates of a question at most, the nearest ones."""

LIMIT = 360
"""Pieces of a window."""


@dataclass(frozen=True, slots=True)
class ReferenceQuestion:
    """A word that refers to something, the mentions that it may mean, and which are right; none if it is none."""

    mention: int
    candidates: tuple[Range, ...]
    right: frozenset[int]


@dataclass(frozen=True, slots=True)
class QuestionPassage:
    """A window of a text with its questions; `below` are its vectors below the layers that learn."""

    name: str
    words: EncoderWords
    window: Window
    questions: tuple[ReferenceQuestion, ...]
    below: Tensor | None = None


@dataclass(frozen=True, slots=True)
class Query:
    """A question with word numbers of a window, the window's row in a batch, and sentence ends to each candidate."""

    row: int
    mention: int
    candidates: tuple[Range, ...]
    between: tuple[int, ...]
    right: frozenset[int]


def query(words: EncoderWords, window: Window, row: int, question: ReferenceQuestion) -> Query:
    """A question about a window."""
    low = window.low
    return Query(
        row,
        question.mention - low,
        tuple((a - low, b - low) for a, b in question.candidates),
        tuple(breaks(words, question.mention, pair) for pair in question.candidates),
        question.right,
    )


def gap(path: Path, vocabulary: Vocabulary) -> Iterator[QuestionPassage]:
    """The rows of a GAP file: candidates are A, B and up to four other names, which share no word with them."""
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            text = row["Text"]
            words = words_of(Article(text), vocabulary)
            offset = int(row["Pronoun-offset"])
            mention = words.touched([(offset, offset + len(row["Pronoun"]))])[0]
            pair = [_range(words, int(row[f"{k}-offset"]), int(row[f"{k}-offset"]) + len(row[k])) for k in "AB"]
            right = [n for n, k in enumerate("AB") if row[f"{k}-coref"] == "TRUE"]
            known = {w.lower() for k in "AB" for w in row[k].split()}
            others = []
            for m in _NAME.finditer(text) if right else ():
                if not known & {w.lower() for w in m.group().split()} and m.start() > 0:
                    others.append(_range(words, *m.span()))
            others = sorted(others, key=lambda c: abs(c[0] - mention))[:4]
            window = Window(0, len(words), 0, len(words))
            yield QuestionPassage(
                row["ID"], words, window, (ReferenceQuestion(mention, (*pair, *others), frozenset(right)),)
            )


_NAME = re.compile(r"(?<![.!?] )(?<!^)\b[A-Z][a-zà-ÿ]+(?: [A-Z][a-zà-ÿ]+)+")


def _range(words: EncoderWords, start: int, end: int) -> Range:
    found = words.touched([(start, end)])
    return found[0], found[-1]


def gum(folder: Path, vocabulary: Vocabulary, random: Random) -> Iterator[QuestionPassage]:
    """The documents of a folder of GUM's CoNLL-U files as passages.

    Asked are third-person pronouns and nouns with "the"; candidates are the
    mentions before them in the window. A noun without an antecedent there
    means none of them.

    Raises ReadError if the folder holds no such file.
    """
    paths = sorted(folder.glob("*.conllu"))
    if not paths:
        raise ReadError(str(folder), "the folder holds no *.conllu", "give a folder of GUM's dep/ files")
    for path in paths:
        text, mentions = _read_gum(path)
        words = words_of(Article(text), vocabulary)
        placed = [(*_range(words, s, e), group, kind) for s, e, group, kind in mentions]
        for low, high in packs(words, LIMIT, random.randint(LIMIT // 3, LIMIT)):
            inside = [m for m in placed if low <= m[0] and m[1] < high]
            questions = [q for m in inside if (q := _question(words, m, inside)) is not None]
            if questions:
                yield QuestionPassage(path.stem, words, Window(low, high, low, high), tuple(questions))


def _question(words: EncoderWords, m: _Placed, inside: Sequence[_Placed]) -> ReferenceQuestion | None:
    first, last, group, kind = m
    pronoun = words.form(first).lower() in _PRONOUNS and first == last
    definite = words.form(first).lower() == "the" and kind in ("person", "organization")
    if not (pronoun or definite):
        return None
    before = [c for c in inside if c[1] < first and c[3] in _KINDS and words.form(c[0]).lower() not in _SPEAKERS]
    candidates = before[-MOST:]
    if not candidates:
        return None
    right = frozenset(n for n, c in enumerate(candidates) if c[2] == group)
    if pronoun and not right:
        return None
    return ReferenceQuestion(last, tuple((c[0], c[1]) for c in candidates), right)


_PRONOUNS = words("grammar", "he", "she", "it", "they")
_SPEAKERS = words("grammar", "first person", "second person")
_KINDS = frozenset(("person", "organization", "place", "animal", "object"))
_PART = re.compile(r"\(([^()]*)(\))?|([^()]*)\)")


_Placed = tuple[int, int, str, str]
"""First and last word of a mention, its entity and its kind."""


@dataclass(slots=True)
class _Row:
    """A token of a CoNLL-U file: its characters, its number in the sentence, its governor and relation."""

    start: int
    end: int
    number: str
    head: str
    relation: str


def _read_gum(path: Path) -> tuple[str, list[tuple[int, int, str, str]]]:
    """The text of a CoNLL-U file, and its mentions (start, end, entity, kind) in order, each up to its head."""
    text = ""
    gap = new = False
    rows: list[_Row] = []
    open_: dict[str, list[tuple[int, str]]] = {}
    found: list[tuple[int, int, str, str]] = []
    for line in path.read_text(encoding="utf-8").split("\n"):
        if line.startswith("# newpar") and not line.startswith("# newpar_block"):
            new = True
        cells = line.split("\t")
        if len(cells) != 10 or not cells[0].isdigit():
            gap = gap or not line
            continue
        text += "\n\n" if new and text else " " if gap and text else ""
        new = False
        rows.append(_Row(len(text), len(text) + len(cells[1]), cells[0], cells[6], cells[7]))
        text += cells[1]
        gap = "SpaceAfter=No" not in cells[9]
        entity = next((part[7:] for part in cells[9].split("|") if part.startswith("Entity=")), "")
        for m in _PART.finditer(entity):
            if m.group(1) is not None:
                group, kind = m.group(1).split("-")[:2]
                open_.setdefault(group, []).append((len(rows) - 1, kind))
            else:
                group = m.group(3).split("-")[0]
            if (m.group(1) is None or m.group(2)) and open_.get(group):
                begun, kind = open_[group].pop()
                found.append((rows[begun].start, _head_end(rows[begun:]), group, kind))
    return text, sorted(found)


def _head_end(rows: Sequence[_Row]) -> int:
    """Where the head of a mention ends, with the rest of a name."""
    numbers = {row.number for row in rows}
    head = next((row for row in rows if row.head not in numbers), rows[-1])
    return max([head.end, *(row.end for row in rows if row.head == head.number and row.relation == "flat")])


def batched(passages: Sequence[QuestionPassage], size: int, random: Random) -> list[list[QuestionPassage]]:
    """The passages in batches of like length, in random order."""
    every = sorted(passages, key=lambda p: (p.window.high - p.window.low, p.name))
    found = [every[i : i + size] for i in range(0, len(every), size)]
    random.shuffle(found)
    return found
