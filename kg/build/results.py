"""What became of each source of a build, and the report of it that programs read."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path

from ..store.files import write_whole

REPORT = "build-report.jsonl"
"""The report's name in the graph's folder."""


class Fate(StrEnum):
    """What became of a source.

    `failed` could not be read; `quarantined` was read, and broke the extractor
    or a limit: neither stops the others, and both are tried again next time.
    `left out` are files of a folder that no reader exists for.
    """

    ADDED = "added"
    REPLACED = "replaced"
    UNCHANGED = "unchanged"
    REMOVED = "removed"
    FAILED = "failed"
    QUARANTINED = "quarantined"
    LEFT_OUT = "left out"


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one source, how much was found in it, and why nothing was; `warnings` say what of it was lost."""

    source: str
    fate: Fate
    article: str | None = None
    statements: int = 0
    figures: int = 0
    roles: int = 0
    entities: int = 0
    why: str | None = None
    warnings: tuple[str, ...] = ()


def write_report(results: Iterable[Result], folder: Path, *, complete: bool = True) -> Path:
    """Write the report into a graph's folder, whole or not at all, and give its path.

    JSON Lines: the first says whether the build came to its end and how many
    sources had which fate, each other one what became of a source. Sorted by
    source and without times, so that equal builds give equal bytes.

    Raises StoreError if it cannot be written.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     written = write_report([Result("mill.txt", Fate.ADDED, statements=2)], Path(folder)).read_text()
    >>> lines = written.splitlines()
    >>> lines[0][:48]
    '{"complete": true, "sources": 1, "added": 1, "re'
    >>> lines[1]
    '{"source": "mill.txt", "fate": "added", "statements": 2, "figures": 0, "roles": 0, "entities": 0}'
    """
    return write_whole(folder / REPORT, _lines(sorted(results, key=lambda r: (r.source, r.article or "")), complete))


def _lines(results: list[Result], complete: bool) -> Iterator[str]:
    counts = Counter(r.fate for r in results)
    yield json.dumps({"complete": complete, "sources": len(results), **{str(f): counts[f] for f in Fate}}) + "\n"
    for result in results:
        yield json.dumps({k: v for k, v in asdict(result).items() if v not in (None, ())}, ensure_ascii=True) + "\n"
