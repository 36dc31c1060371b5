"""`data/gold/meant.jsonl` -> who is meant in real news: offsets into texts that lie with whoever may have them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from hashlib import sha256
from pathlib import Path

from ...errors import ReadError
from .reference_corpora import Passage


def read_meant(path: Path, texts: Path) -> Iterator[Passage]:
    """The articles of a file of offsets, with their words out of `texts`.

    A line has `corpus`, `doc`, the first half of the text's SHA-256, and by
    characters `names` (first, end, whose) and `asked` (first, end, who is
    meant, or null for nobody whom the article names). `texts` holds the corpora
    in folders of their names as their makers lay them out.

    Raises ReadError where a text is missing or another than the offsets were taken from.
    """
    known: dict[str, Callable[[str], str]] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        corpus = row["corpus"]
        if corpus not in known:
            known[corpus] = _OPENED[corpus](texts / corpus)
        text = known[corpus](row["doc"])
        if sha256(text.encode()).hexdigest()[:16] != row["sha256"]:
            raise ReadError(f"{texts / corpus}: {row['doc']}", "another text than was annotated", "take the original")
        names = {(first, end): str(whose) for first, end, whose in row["names"]}
        asked = {(first, end): None if whose is None else str(whose) for first, end, whose in row["asked"]}
        yield Passage(row["doc"], text, names, asked)


def _files(folder: Path) -> Callable[[str], str]:
    return lambda name: (folder / f"{name}.txt").read_bytes().decode()


def _bodies(files: Iterable[Path], name: str, text: str) -> Callable[[str], str]:
    """The texts of files of JSON lines, by the fields that hold name and text."""
    found: dict[str, str] = {}
    for file in files:
        rows = (json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line.strip())
        found |= {row[name]: row[text] for row in rows}
    return found.__getitem__


_OPENED: Mapping[str, Callable[[Path], Callable[[str], str]]] = {
    "newsmix": lambda folder: _files(folder / "text"),
    "polnear": lambda folder: _files(folder / "data" / "train" / "text"),
    "seer": lambda folder: _bodies([folder / "dev.jsonl"], "id", "body"),
    "re3d": lambda folder: _bodies(sorted(folder.glob("*/documents.json")), "_id", "text"),
}
