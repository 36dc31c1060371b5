"""What builds and other commands write into a graph's folder, and therefore never read as an article."""

from __future__ import annotations

from pathlib import Path

MARK = "store.json"
"""The file that makes a folder a graph's."""

FILES = frozenset(
    f"{MARK} build-report.jsonl graph.nq graph.trig view.html decisions.jsonl index.sqlite pushed.jsonl "
    "reconciled.json watch.json links.sqlite changed.txt lock".split()
)
"""Files of a graph's folder by name; what else lies there may be somebody's articles."""

STORE, SERVING, REPLIES = "store", "serving-", "llm-replies"
"""The folder of Oxigraph's files, what the names of a server's snapshots begin with, what a language model answered."""


def inputs(folders: list[str], files: list[str]) -> tuple[list[str], list[str]]:
    """Of the names in a folder, those that no command wrote: all, unless it is a graph's."""
    if MARK not in files:
        return folders, files
    return [f for f in folders if not _holds_store(f)], [f for f in files if f not in FILES]


def is_ours(path: Path) -> bool:
    """Whether a path lies in a graph's folder and has the name of what is written there, or lies among its store's.

    >>> is_ours(Path("articles/mill.txt"))
    False
    """
    named = [part for part in (path, *path.parents) if _holds_store(part.name)] + [path] * (path.name in FILES)
    return any((part.parent / MARK).is_file() for part in named)


def _holds_store(folder: str) -> bool:
    return folder in (STORE, REPLIES) or folder.startswith(SERVING)
