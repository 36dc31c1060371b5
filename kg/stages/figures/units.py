"""Units of measurement and currencies: names and symbols -> UCUM or ISO 4217 code and QUDT IRI."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from ...language.lexicon import words
from ...resources import rows

_IN_ES = tuple(words("figures", "plural in es"))


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of `data/units.tsv`.

    `code` is its UCUM code ("km", "%", "[mi_i]"), or for money the ISO 4217
    code ("USD"). `kind` is the quantity it measures ("length", "money"), and
    `qudt` its IRI in the QUDT vocabulary, None where that has none.
    """

    name: str
    kind: str
    code: str
    qudt: str | None


@dataclass(frozen=True, slots=True)
class UnitTable:
    """All units, and how text writes them: `words` in small letters and the singular, `symbols` as printed."""

    units: tuple[Unit, ...]
    words: dict[str, Unit]
    symbols: dict[str, Unit]
    longest: int

    def by_code(self, code: str) -> Unit | None:
        """The unit with this UCUM or ISO 4217 code."""
        return next((unit for unit in self.units if unit.code == code), None)


@lru_cache(maxsize=1)
def unit_table() -> UnitTable:
    """The shipped table, read once a process."""
    units: list[Unit] = []
    words: dict[str, Unit] = {}
    symbols: dict[str, Unit] = {}
    for name, kind, code, aliases, signs, qudt in rows("data/units.tsv"):
        unit = Unit(name, kind, code, qudt or None)
        units.append(unit)
        for word in (name, *_listed(aliases)):
            words.setdefault(word.lower().replace("-", " "), unit)
        for sign in _listed(signs):
            symbols.setdefault(sign, unit)
    longest = max(len(word.split()) for word in words)
    return UnitTable(tuple(units), words, symbols, longest)


def _listed(cell: str) -> list[str]:
    return [part for part in cell.split(",") if part]


def singular(word: str) -> str:
    """The singular of a regular English plural in small letters: "tonnes" -> "tonne", "countries" -> "country".

    >>> singular("inches"), singular("glass"), singular("bodies")
    ('inch', 'glass', 'body')
    """
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if word.endswith(_IN_ES):
        return word[:-2]
    if len(word) > 2 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


def unit_of_words(words: Sequence[str]) -> Unit | None:
    """The unit that these words name, in any number: ("square", "Miles") -> square mile."""
    table = unit_table()
    lower = [word.lower() for word in words]
    found = table.words.get(" ".join(lower))
    return found or table.words.get(" ".join([*lower[:-1], singular(lower[-1])]))
