"""Whose money an article means where it prints a sign or word that several countries have: $, rupees, K500m."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from itertools import pairwise
from urllib.parse import urlsplit

from ...language.lexicon import noted, words
from ...records.entity import Entity
from ...records.mention import EntityType, MentionKind
from ...text.document import Document
from ..entities.gazetteer import gazetteer
from .quantities import Quantity
from .units import Unit, unit_table

_LEAST = 2
"""The fewest times that an article on a country names it, where it names another one."""
_OF_THE_US = re.compile(r"U\.?S|American", re.IGNORECASE)
_OWN = noted("figures", "money of a country, as printed")
_SEVERAL = noted("figures", "sign of several moneys, as printed")


class Moneys:
    """The countries that one document names, and what its sums are in by them."""

    __slots__ = ("_document", "_dollar", "_named")

    def __init__(self, document: Document, entities: tuple[Entity, ...]) -> None:
        self._document = document
        self._named = _named(document, entities)
        self._dollar = self._unknown_dollar()

    def told(self, q: Quantity) -> Quantity:
        """The quantity, in the money of the country that the article is on where its sign or word does not say whose.

        A rupee or peso is that of the one country named which has such; a
        dollar in an article on a country with its own is an unknown one.
        """
        if q.unit is None or q.unit.kind != "money":
            return q
        if self._dollar is not None and self._is_bare_dollar(q):
            return replace(q, unit=self._dollar)
        own = self._own(_SEVERAL.get(self._sign(q), q.unit.code))
        return q if own is None else replace(q, unit=own)

    def _sign(self, q: Quantity) -> str:
        """The letters before a sum: the Rs of "Rs.500 crore"."""
        return self._document.text[q.span.start : q.core.start].strip(" .")

    def _own(self, code: str) -> Unit | None:
        """The unit that a money such as the rupee is, by the country named most of those that have one."""
        with_own = ((country, _OWN.get(f"{code} {country}")) for country, _ in self._named.most_common())
        own = [(country, unit) for country, unit in with_own if unit is not None]
        if not own or (len(own) > 1 and self._named[own[0][0]] == self._named[own[1][0]]):
            return None
        return unit_table().by_code(own[0][1])

    def _unknown_dollar(self) -> Unit | None:
        """The unit for dollars that may be another country's; None where they are those of the United States."""
        own = words("figures", "own dollar, as printed")
        host = urlsplit(self._document.article.url or "").hostname or ""
        if host.rpartition(".")[2].upper() in own:
            return unit_table().by_code("{dollar}")
        named = self._named.most_common(2)
        about = named and named[0][0] in own
        most = len(named) == 1 or (len(named) > 1 and named[0][1] > named[1][1] and named[0][1] >= _LEAST)
        return unit_table().by_code("{dollar}") if about and most else None

    def _is_bare_dollar(self, q: Quantity) -> bool:
        """Whether a sum is in dollars without a word that says whose."""
        printed = self._document.text[q.span.start : q.span.end]
        return q.unit is not None and q.unit.code == "USD" and _OF_THE_US.search(printed) is None


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
