"""Names known beforehand: countries and their peoples, regions, cities, bodies of public life, armed groups.

The tables ship in `data/gazetteer/`; a user's own table of the same form
(`name`, `type`, `aliases` separated by `|`) is read on top of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from ...errors import ReadError
from ...language.lexicon import words
from ...records.mention import EntityType
from ...resources import rows
from ...text.document import Token
from .names import lexicon


@dataclass(frozen=True, slots=True)
class Known:
    """A thing that the tables name.

    `kind` is "country", "region", "district" (a region that its name alone
    hardly tells), "city", "area", "site", "water", "people", "person" or
    "organization"; `country` its ISO 3166-1 alpha-2 code, `gender`
    a person's, where the tables have them. `weight` says how much the listing
    tells: 5 for what hardly means anything else, 1 for a smaller city.
    """

    name: str
    type: EntityType
    kind: str
    country: str | None = None
    gender: str | None = None
    weight: float = 5.0


@dataclass(frozen=True, slots=True, eq=False)
class Gazetteer:
    """Surface forms, case and all, and what they name.

    `adjectives` maps a demonym ("Syrian") to the name of its country, and that
    of another people, faith or party ("Kurdish") to itself. `runs` has the
    surface forms of several words, without blanks, and `firsts` maps the first
    of those words to the numbers of words of the forms that begin with it,
    longest first.
    """

    names: dict[str, Known]
    adjectives: dict[str, str]
    runs: dict[str, Known]
    firsts: dict[str, tuple[int, ...]]

    def get(self, words: str) -> Known | None:
        """What the words name, if the tables have them with these capitals, or a longer word all in capitals.

        >>> gazetteer().get("DAMASCUS").name, gazetteer().get("Us")
        ('Damascus', None)
        """
        found = self.names.get(words) or self.runs.get(_squeeze(words))
        if found is None and len(words) > 4 and words.isupper():
            return self.names.get(words.title())
        return found

    def is_country(self, words: str) -> bool:
        """Whether the words name a country."""
        known = self.get(words)
        return known is not None and known.kind == "country"

    def longest(self, tokens: Sequence[Token], i: int) -> int:
        """The end of the longest listed name of several words that starts at token `i`; i + 1 if there is none."""
        lengths = self.firsts.get(tokens[i].text)
        if lengths is None:
            return i + 1
        for end in range(min(i + lengths[0] + 1, len(tokens)), i + 1, -1):
            one_sentence = tokens[end - 1].sentence == tokens[i].sentence
            if one_sentence and _squeeze("".join(t.text for t in tokens[i:end])) in self.runs:
                return end
        return i + 1


_LARGE = 1_000_000

_WORD = re.compile(r"[^\W_]+(?:\.[^\W_]+)+\.?|St\.|[^\W_]+|[^\w\s]")


def _squeeze(words: str) -> str:
    """The words without blanks, so that `al-Nusra` and `al - Nusra` are one.

    >>> _squeeze("al - Nusra")
    'al-Nusra'
    """
    return words.replace(" ", "").replace("’", "'")


@lru_cache(maxsize=8)
def gazetteer(extra: Path | None = None) -> Gazetteer:
    """The shipped tables and, on top of them, a user's own.

    Raises ReadError if the user's table has a line without name and type, or a
    type that is no EntityType.

    >>> gazetteer().get("Syria").kind
    'country'
    """
    names: dict[str, Known] = {}
    adjectives: dict[str, str] = {}
    for row in rows("data/gazetteer/people.tsv"):
        _add(names, Known(row[0], EntityType.PERSON, "person", gender=row[1]), row[2])
    _add_places(names)
    _add_peoples(names, adjectives)
    for surface, country in _regions():
        # Two words and more hardly mean anything else; one is often a surname too: Bolivar, Santander.
        kind, weight = ("region", 3.0) if " " in surface else ("district", 1.0)
        names.setdefault(surface, Known(surface, EntityType.PLACE, kind, country, weight=weight))
    for row in rows("data/gazetteer/organizations.tsv"):
        _add(names, Known(row[0], EntityType(row[1]), "organization"), row[2])
    for n, row in enumerate(rows(extra) if extra is not None else (), 2):
        if len(row) < 2 or row[1] not in set(EntityType):
            raise ReadError(
                str(extra), f"line {n} is not name, type, aliases", f"types are {', '.join(sorted(EntityType))}"
            )
        _add(names, Known(row[0], EntityType(row[1]), "organization"), row[2] if len(row) > 2 else "")
    runs, firsts = _index(names)
    return Gazetteer(names, adjectives, runs, firsts)


def _add_places(names: dict[str, Known]) -> None:
    for row in rows("data/gazetteer/cities.tsv"):
        weight = 2.0 if int(row[3]) >= _LARGE else 1.0
        names.setdefault(row[1], Known(row[1], EntityType.PLACE, "city", row[2], weight=weight))
    for row in rows("data/gazetteer/places.tsv"):
        weight = 3.0 if row[1] in ("city", "region", "site") else 5.0
        _add(names, Known(row[0], EntityType.PLACE, row[1], row[2] or None, weight=weight), row[3])


def _add_peoples(names: dict[str, Known], adjectives: dict[str, str]) -> None:
    """Countries with the people and the adjectives of each, and peoples without one."""
    for row in rows("data/gazetteer/countries.tsv"):
        _add(names, Known(row[2], EntityType.PLACE, "country", row[0]), row[3])
        for people in filter(None, row[5].split("|")):
            names.setdefault(people, Known(people, EntityType.GROUP, "people", row[0]))
        for adjective in filter(None, row[4].split("|")):
            adjectives.setdefault(adjective, row[2])
    for row in rows("data/gazetteer/peoples.tsv"):
        adjectives.setdefault(row[0], row[0])
        if row[1]:
            names.setdefault(row[1], Known(row[1], EntityType.GROUP, "people"))


_UNITS = words("entities", "units, as printed")
_COMMON = words("entities", "common, as printed")
"""First-level regions whose names are words."""


def _regions() -> Iterator[tuple[str, str]]:
    """Names of first-level regions in English with their countries: Tamil Nadu; Helmand and Helmand Province."""
    given = lexicon().given
    for code, _, _, name, *_ in rows("data/linking/regions.tsv"):
        words = name.split()
        short = " ".join(words[:-1]) if words[-1] in _UNITS else ""
        for surface in (name, short):
            if len(surface) > 3 and surface not in _COMMON and surface.lower() not in given:
                yield surface, code[:2]


def _add(names: dict[str, Known], known: Known, aliases: str) -> None:
    for surface in (known.name, *filter(None, aliases.split("|"))):
        names[surface] = known


def _index(names: dict[str, Known]) -> tuple[dict[str, Known], dict[str, tuple[int, ...]]]:
    """The forms of several words without blanks, and how many words the forms have that begin with a word."""
    runs: dict[str, Known] = {}
    lengths: dict[str, set[int]] = {}
    for name, known in names.items():
        if not name.isalnum():
            words = _WORD.findall(name)
            runs[_squeeze(name)] = known
            lengths.setdefault(words[0], set()).add(len(words))
    return runs, {first: tuple(sorted(found, reverse=True)) for first, found in lengths.items()}
