"""Texts of news corpora that are not ours: they lie with whoever may have them, and only offsets into them are kept."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

from ..errors import ReadError


def rows_with_texts(path: Path, texts: Path) -> Iterator[tuple[dict[str, Any], str]]:
    """Each line of a file of offsets with the text that it is about.

    A line has `corpus`, `doc` and the first half of the text's SHA-256;
    `texts` holds the corpora in folders of their names, as their makers lay
    them out.

    Raises ReadError where a text is missing or another than was annotated.
    """
    opened: dict[str, Callable[[str], str]] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        corpus, doc = row["corpus"], row["doc"]
        try:
            if corpus not in opened:
                opened[corpus] = _OPENED[corpus](texts / corpus)
            text = opened[corpus](doc)
        except (OSError, KeyError) as error:
            raise ReadError(f"{texts / corpus}: {doc}", f"no such text ({error})", "lay the corpus there") from error
        if sha256(text.encode()).hexdigest()[:16] != row["sha256"]:
            raise ReadError(f"{texts / corpus}: {doc}", "another text than was annotated", "take the original")
        yield row, text


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
