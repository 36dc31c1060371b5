"""How many people the news may mean by one full name, from how common its given name and its surname are.

Bearers of a name are taken to be as many as chance makes them: the share of
its given name times that of its surname among people whom English-language
news names. Shares are those of `data/names/common.tsv`; a name that is not in
it is rarer than all that are. It is the idea of term frequencies in record
linkage (Fellegi and Sunter, 1969; Winkler, 1990): a rare name says by itself
who is meant, a common one needs more.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from ..resources import rows

NAMED: Final = 1_000_000
"""People whom the articles of one store may name: those of some public note, a few in ten thousand."""

RARE: Final = {"given": 100.0, "surname": 30.0}
"""Bearers in a million of a given name or surname that the table does not have."""


def namesakes(given: str, surname: str) -> float:
    """How many people of public note may bear both names, in lower case; below 1 where hardly two do.

    >>> namesakes("barack", "obama") < 0.01, namesakes("john", "smith") > 50
    (True, True)
    """
    shares = _shares()
    first = shares.get((given, "given"), RARE["given"]) / 1e6
    last = shares.get((surname, "surname"), RARE["surname"]) / 1e6
    return NAMED * first * last


def is_common(word: str) -> bool:
    """Whether a word in lower case is a common given name or surname.

    >>> is_common("smith"), is_common("farquharson-reyes")
    (True, False)
    """
    return (word, "given") in _shares() or (word, "surname") in _shares()


@lru_cache(maxsize=1)
def _shares() -> dict[tuple[str, str], float]:
    return {(name, kind): float(share) for name, kind, share in rows("data/names/common.tsv")}
