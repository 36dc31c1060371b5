"""The words of `data/lexicon/`: a table a field, a row a word, with its class."""

from __future__ import annotations

from functools import cache

from ..resources import resource


@cache
def _classes(table: str) -> dict[str, tuple[str, ...]]:
    """The words of each class of a table, in its order."""
    found: dict[str, list[str]] = {}
    for line in resource(f"data/lexicon/{table}.tsv").read_text(encoding="utf-8").splitlines()[1:]:
        word, name = line.split("\t")[:2]
        found.setdefault(name, []).append(word)
    return {name: tuple(words) for name, words in found.items()}


def words(table: str, *classes: str) -> frozenset[str]:
    """The words of some classes of a table, in small letters.

    Raises KeyError for a class that the table lacks.

    >>> "third" in words("figures", "part")
    True
    """
    return frozenset(word for name in classes for word in _classes(table)[name])
