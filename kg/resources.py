"""Paths of the `ontology/` and `data/` files, in a checkout and in an installed wheel alike."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from .errors import ResourceMissing

VERSION: Final = "0.1.0"
"""Of the package: part of what the ledger knows of an article's extraction."""

_PACKAGE = Path(__file__).resolve().parent
_ROOTS = (_PACKAGE / "_resources", _PACKAGE.parent)


def resource(name: str) -> Path:
    """The path of a shipped file or folder, such as `data/cues.tsv` or `ontology/kg.ttl`.

    Raises ResourceMissing if neither the wheel nor the checkout holds it.

    >>> resource("data/cues.tsv").name
    'cues.tsv'
    """
    for root in _ROOTS:
        path = root / name
        if path.exists():
            return path
    raise ResourceMissing(
        f"{name} is not part of this installation (looked in {', '.join(map(str, _ROOTS))}); reinstall reportedly"
    )


def rows(table: str | Path) -> list[list[str]]:
    """The cells of each line below the heading of a table (TSV): a shipped one by its name, or a user's.

    Raises ResourceMissing as `resource` does.

    >>> rows("data/names/spellings.tsv")[0][0].split("|")[:2]
    ['mohammed', 'mohammad']
    """
    path = resource(table) if isinstance(table, str) else table
    return [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()[1:]]
