"""Which dollars an article means where it prints the sign or the word alone."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from urllib.parse import urlsplit

from ...language.lexicon import words
from ...records.entity import Entity
from ...records.mention import EntityType, MentionKind
from ...text.document import Document
from ..entities.gazetteer import gazetteer
from .quantities import Quantity
from .units import Unit, unit_table

_LEAST = 2
"""The fewest times that an article on a country names it."""
_OF_THE_US = re.compile(r"U\.?S|American", re.IGNORECASE)


def unknown_dollar(document: Document, entities: tuple[Entity, ...]) -> Unit | None:
    """The unit for dollars that may be another country's: an article on one that has its own does not say whose.

    None where they are those of the United States.
    """
    own = words("figures", "own dollar, as printed")
    host = urlsplit(document.article.url or "").hostname or ""
    if host.rpartition(".")[2].upper() in own:
        return unit_table().by_code("{dollar}")
    named = _named(document, entities).most_common(2)
    about = named and named[0][0] in own and named[0][1] >= _LEAST and (len(named) == 1 or named[0][1] > named[1][1])
    return unit_table().by_code("{dollar}") if about else None


def _named(document: Document, entities: tuple[Entity, ...]) -> Counter[str]:
    """How often an article names each country, its places, bodies or people, by ISO 3166-1 alpha-2 code."""
    known, codes = gazetteer(), Counter[str]()
    for entity in entities:
        for country in _countries(entity):
            codes[country] += sum(m.kind is MentionKind.NAME for m in entity.mentions)
    for token in document.tokens:
        people = known.get(known.adjectives.get(token.text, "")) if token.pos == "ADJ" else None
        if people is not None and people.country is not None:
            codes[people.country] += 1
    return codes


def _countries(entity: Entity) -> set[str]:
    """The country of a place, and those that the name of a body holds: Air New Zealand."""
    known, parts = gazetteer(), entity.name.split()
    names = [entity.name] if entity.type is EntityType.PLACE else []
    if entity.type is EntityType.ORGANIZATION:
        names = [name for name in (*parts, *map(" ".join, pairwise(parts))) if known.is_country(name)]
    entries = [known.get(name) for name in names]
    return {entry.country for entry in entries if entry is not None and entry.country is not None}


def is_bare(document: Document, q: Quantity) -> bool:
    """Whether a sum is in dollars without a word that says whose."""
    printed = document.text[q.span.start : q.span.end]
    return q.unit is not None and q.unit.code == "USD" and _OF_THE_US.search(printed) is None
