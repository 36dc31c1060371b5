"""`data/gold/said.jsonl` -> articles of real news with every statement, in newsmix's layout."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from .news_texts import rows_with_texts


def read_said(path: Path, texts: Path) -> Iterator[tuple[str, str, str, dict[str, Any]]]:
    """Corpus, name, text and annotation of each article of a file of offsets.

    A line has `entities`, each with its `mentions` (first, end, kind), and
    `statements` with the numbers of their sources and the characters of
    `said_by`, `cue` and `content`.

    Raises ReadError as `rows_with_texts` does.
    """
    for row, text in rows_with_texts(path, texts):
        statements = [
            s | {"said_by": _span(s["said_by"]), "cue": _span(s["cue"]), "content": [{"span": c} for c in s["content"]]}
            for s in row["statements"]
        ]
        entities = [_entity(n, text, e) for n, e in enumerate(row["entities"])]
        gold = {"doc": row["doc"], "entities": entities, "statements": statements, "figures": [], "roles": []}
        yield row["corpus"], row["doc"], text, gold


def _entity(n: int, text: str, entity: dict[str, Any]) -> dict[str, Any]:
    """An entity under the longest of its names, else under the first words for it."""
    mentions = [{"span": [s, e], "kind": kind, "text": text[s:e]} for s, e, kind in entity["mentions"]]
    names = [m["text"] for m in mentions if m["kind"] == "name"] or [m["text"] for m in mentions[:1]] or [""]
    return {"id": n, "type": entity["type"], "name": max(names, key=len), "mentions": mentions}


def _span(pair: list[int] | None) -> dict[str, list[int]] | None:
    return {"span": pair} if pair else None
