"""`data/gold/meant.jsonl` -> who is meant in real news."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ..news_texts import rows_with_texts
from .reference_corpora import Passage


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
