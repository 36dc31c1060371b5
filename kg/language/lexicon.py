"""The words of `data/lexicon/`: a table a room, a row a word, with its class and what the class says of it.

A class is in small letters unless its name ends in `as printed`. The words of `parse` are labels and tags as a parser
prints them, each class what a rule asks of a token.
"""

from __future__ import annotations

from functools import cache

from ..resources import rows


@cache
def _classes(table: str) -> dict[str, dict[str, str]]:
    """The words of each class of a table with their notes, in its order."""
    found: dict[str, dict[str, str]] = {}
    for word, name, note in rows(f"data/lexicon/{table}.tsv"):
        found.setdefault(name, {})[word] = note
    return found


@cache
def words(table: str, *classes: str) -> frozenset[str]:
    """The words of some classes of a table.

    Raises KeyError for a class that the table lacks.

    >>> "third" in words("figures", "part")
    True
    """
    return frozenset(word for name in classes for word in _classes(table)[name])


def listed(table: str, name: str) -> tuple[str, ...]:
    """The words of a class in their order.

    >>> listed("figures", "prison")[0]
    'prison'
    """
    return tuple(_classes(table)[name])


def noted(table: str, name: str) -> dict[str, str]:
    """The words of a class, each with its note.

    >>> noted("grammar", "irregular verb")["say"]
    'said'
    """
    return dict(_classes(table)[name])


def phrases(table: str, name: str) -> tuple[tuple[str, ...], ...]:
    """The words of each phrase of a class, in their order.

    >>> phrases("times", "past")[1]
    ('in', 'the', 'past')
    """
    return tuple(tuple(phrase.split()) for phrase in _classes(table)[name])
