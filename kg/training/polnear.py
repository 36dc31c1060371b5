"""PolNeAR (Newell et al., 2018) -> articles and their attributions as token indices of our own parse.

The corpus: 1,008 articles of seven US publishers on the 2016 campaign, brat
standoff files beside the texts, the outermost attributions only.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ..errors import ReadError
from ..text.article import Span
from ..text.document import Document

Spans = Mapping[str, tuple[Span, ...]]
ROLES = ("source", "cue", "content")


@dataclass(frozen=True, slots=True)
class Gold:
    """An attribution as annotated: token indices of source, cue and content, sorted, none in two of them, and the token
    that governs the cue."""

    head: int
    source: tuple[int, ...]
    cue: tuple[int, ...]
    content: tuple[int, ...]


def read_split(root: Path, split: str) -> Iterator[tuple[str, str, list[Spans]]]:
    """Name, text and attributions of each annotated article of a split, by name; of several annotators, the first.

    Raises ReadError if the folder is not laid out as PolNeAR is.
    """
    base = root / "data" / split
    annotations: dict[str, Path] = {}
    for path in sorted((base / "attributions").glob("*.ann")):
        annotations.setdefault(path.stem.rsplit("_", 1)[0], path)
    if not annotations:
        raise ReadError(str(base), "the folder holds no attributions/*.ann", "give a checkout of PolNeAR")
    for name, path in annotations.items():
        text = base / "text" / f"{name}.txt"
        if text.is_file():
            with text.open(encoding="utf-8", newline="") as file:
                yield name, file.read(), _brat(path)


def read_gold(folder: Path) -> Iterator[tuple[str, str, list[Spans]]]:
    """Name, text and statements of each article of a gold folder, such as `kg review export --gold` writes.

    Statements inside others' contents are left out, as PolNeAR leaves them out, and those without the words of a cue.

    Raises ReadError if the folder is not laid out so.
    """
    files = sorted((folder / "gold").glob("*.json"))
    if not files:
        raise ReadError(str(folder), "the folder holds no gold/*.json", "give what `kg review export --gold` wrote")
    for file in files:
        text = (folder / "text" / f"{file.stem}.txt").read_bytes().decode("utf-8")
        said = [
            {role: tuple(Span(*piece["span"]) for piece in s.get(key, ())) for role, key in _GOLD_ROLES.items()}
            for s in json.loads(file.read_text(encoding="utf-8"))["statements"]
        ]
        outer = [
            a for a in said if a["cue"] and not any(a is not b and _inside(a["content"], b["content"]) for b in said)
        ]
        yield file.stem, text, list(outer)


_GOLD_ROLES = {"source": "source_words", "cue": "cue", "content": "content"}


def _inside(inner: tuple[Span, ...], outer: tuple[Span, ...]) -> bool:
    return inner != outer and all(any(span in whole for whole in outer) for span in inner)


def _brat(path: Path) -> list[Spans]:
    """The attributions of a brat file: T lines are spans, E lines say which of them belong together."""
    spans: dict[str, tuple[Span, ...]] = {}
    found: list[Spans] = []
    for line in path.read_text(encoding="utf-8").split("\n"):
        if re.match(r"T\d+\t", line):
            name, middle = line.split("\t")[:2]
            pairs = (pair.split() for pair in middle.split(" ", 1)[1].split(";"))
            spans[name] = tuple(Span(int(start), int(end)) for start, end in pairs)
        elif re.match(r"E\d+\t", line):
            roles: dict[str, tuple[Span, ...]] = dict.fromkeys(ROLES, ())
            for item in line.split("\t", 1)[1].split()[1:]:
                label, target = item.split(":")
                role = label.rstrip("0123456789").lower()
                if role in roles:
                    roles[role] += spans.get(target, ())
            if roles["cue"] and roles["content"]:
                found.append(roles)
    return found


def align(document: Document, attributions: Sequence[Spans]) -> list[Gold]:
    """The attributions as tokens of a parse; one without a cue or content there is left out."""
    found: list[Gold] = []
    for roles in attributions:
        cue = _tokens(document, roles["cue"])
        content = _tokens(document, roles["content"]) - cue
        source = _tokens(document, roles["source"]) - cue - content
        if cue and content:
            found.append(Gold(_head(document, cue), *(tuple(sorted(role)) for role in (source, cue, content))))
    return found


def _tokens(document: Document, spans: Sequence[Span]) -> set[int]:
    return {i for span in spans for i in range(*document.range(span))}


def _head(document: Document, cue: set[int]) -> int:
    """The token that governs a cue; where that is a mere "is" or "was", what is said with it: "is skeptical of"."""
    tops = [i for i in sorted(cue) if document[i].head not in cue or document[i].head == i]
    top = next((i for i in tops if document[i].pos in ("VERB", "NOUN", "ADJ")), tops[0])
    if document[top].pos == "AUX":
        inner = ("attr", "acomp", "ccomp", "xcomp", "prep", "oprd")
        return next((k.i for k in document.kids(top) if k.i in cue and k.dep in inner), top)
    return top
