"""PolNeAR (Newell et al., 2018), and gold of one's own -> articles and their attributions as spans.

The corpus: 1,008 articles of seven US publishers on the 2016 campaign, brat
standoff files beside the texts, the outermost attributions only.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from ..errors import ReadError
from ..text.article import Span

Spans = Mapping[str, tuple[Span, ...]]
ROLES = ("source", "cue", "content")


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
