"""What an article tells of where its places lie: the countries it speaks of, and what stands beside a place's name."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from ..records.mention import EntityType
from ..stages.entities.gazetteer import gazetteer
from .name_likeness import Profile
from .reference_tables import ReferenceKind, codes, fold, tables


@dataclass(frozen=True, slots=True)
class Setting:
    """What the text of one article says of places, for telling those of one name apart.

    `countries` are the ISO codes of the countries that it speaks of. `homes`
    maps a name, folded, to the countries that the text puts it in ("Paris,
    Texas"), `units` to what the text says that it is ("Aleppo province").
    """

    countries: frozenset[str]
    homes: Mapping[str, frozenset[str]]
    units: Mapping[str, ReferenceKind]


def setting_of(profiles: Sequence[Profile], text: str) -> Setting:
    """The setting of an article's entities; `text` is the article's.

    >>> from ..records.mention import EntityType
    >>> damascus = Profile("e1", "a", EntityType.PLACE, "Damascus")
    >>> setting_of([damascus], "Trains from Damascus, Syria, were late.").countries
    frozenset({'SY'})
    """
    homes, units = _placed(text), _units(text)
    return Setting(_countries(profiles, text, homes), homes, units)


def _countries(profiles: Iterable[Profile], text: str, placed: Mapping[str, frozenset[str]]) -> frozenset[str]:
    """The countries that an article speaks of: by name, by a city or region only they have, by people.

    A name that things in two countries share tells nothing here, but that of a
    country is not shared by a town; nor does a name that the text puts elsewhere.
    """
    table, isos = gazetteer(), codes()
    found: set[str] = set()
    for profile in profiles:
        if profile.type is EntityType.PLACE:
            things = tables().find(profile.name, EntityType.PLACE)
            large = [thing for thing in things if thing.kind is not ReferenceKind.CITY]
            states = [thing for thing in large if thing.kind is ReferenceKind.COUNTRY]
            # Jamaica is not the Jamaica of New York; Georgia may be either.
            homes = {thing.country for thing in (large if states else things)}
            said = placed.get(fold(profile.name))
            found.update(home for home in homes if home and len(homes) == 1 and (said is None or home in said))
        elif profile.type is EntityType.GROUP:
            people = table.get(profile.name)
            if people is not None and people.kind == "people" and people.country:
                found.add(people.country)
    for word in set(_capitals(text)):
        name = table.adjectives.get(word)
        if name in isos:
            found.add(isos[name])
    return frozenset(found)


_CAPITAL = re.compile(r"[A-Z]\w+")


def _capitals(text: str) -> Iterator[str]:
    """Capitalised words, and those of two such words that a blank joins: British, South Korean."""
    end, before = -1, ""
    for found in _CAPITAL.finditer(text):
        word = found[0]
        if found.start() == end + 1 and text[end] == " ":
            yield f"{before} {word}"
        yield word
        end, before = found.end(), word


# Bounded, and from a word's first letter only: a text without blanks costs no more than another.
_WORD = r"[A-Z][\w’'-]{0,40}"
_NAME = rf"(?<![\w’'-]){_WORD}(?: (?:(?:of|the|de|del|la|el|al|du|do|da) )?{_WORD}){{0,3}}"
_SIDE = (
    r"(?:north|south|east|west|center|centre|middle|heart|coast|shores?|banks?|border|edge|outskirts|tip|corner|part)"
)
_SORT = r"(?:town|city|village|suburb|capital|port|resort|community|county|region|district|hamlet|municipality)"
_CONTAINED = re.compile(
    rf"({_NAME})(?:, | in |, in "
    rf"|, (?:a|an|the) (?:[a-z-]+ ){{0,2}}{_SORT} (?:in|of) "
    rf"|, (?:in|on|near|at) (?:the )?(?:[a-z-]+ ){{0,2}}{_SIDE} of )"
    rf"(?:the )?({_NAME})(?! and [A-Z]|, [A-Z][\w’'-]* and )"
)


def _placed(text: str) -> dict[str, frozenset[str]]:
    """The countries of the place that the text puts a name in, by the name folded: "Lebanon, Ohio" is American.

    Two names of one rank are a list: "Lebanon, Jordan".
    """
    found: dict[str, set[str]] = defaultdict(set)
    at = 0
    while (match := _CONTAINED.search(text, at)) is not None:
        at = match.start(2)
        left, right = match[1].split(), match[2].split()
        homes = next((h for n in range(len(right), 0, -1) if (h := _container(" ".join(right[:n])))), None)
        if homes is None:
            continue
        for n in range(min(4, len(left))):
            name = fold(" ".join(left[len(left) - 1 - n :]))
            if not homes & _ranks(name):
                found[name].update(iso for _, iso in homes)
    return {name: frozenset(isos) for name, isos in found.items()}


@lru_cache(maxsize=1024)
def _container(name: str) -> frozenset[tuple[ReferenceKind, str]]:
    """The countries and regions of a name, as rank and country."""
    return frozenset(pair for pair in _ranks(name) if pair[0] is not ReferenceKind.CITY)


@lru_cache(maxsize=4096)
def _ranks(name: str) -> frozenset[tuple[ReferenceKind, str]]:
    """Rank and country of all things of a name; all countries are of one rank, wherever they are."""
    found = set()
    for thing in tables().find(name, EntityType.PLACE):
        if thing.kind is not None and thing.country is not None:
            found.add((thing.kind, thing.country))
    return frozenset(found)


_REGION = r"(?:province|governorate|state|oblast|prefecture|department|county|region)"
_TOWN = r"(?:city|town|village)"
_AFTER = re.compile(rf"({_NAME}) (?:({_REGION})|{_TOWN})\b", re.A)
_BEFORE = re.compile(rf"\b(?:({_REGION})|{_TOWN}) of ({_NAME})")


_PAIR = re.compile(rf"({_NAME}) and ({_NAME})")


def _units(text: str) -> dict[str, ReferenceKind]:
    """What the text mostly calls a name: "Aleppo province" a region, "the city of Aleppo" a city."""
    votes: dict[str, Counter[ReferenceKind]] = defaultdict(Counter)
    for match in _AFTER.finditer(text):
        words = match[1].split()
        for n in range(len(words)):
            votes[" ".join(words[n:])][ReferenceKind.REGION if match[2] else ReferenceKind.CITY] += 1
    for match in _BEFORE.finditer(text):
        words = match[2].split()
        for n in range(len(words)):
            votes[" ".join(words[: n + 1])][ReferenceKind.REGION if match[1] else ReferenceKind.CITY] += 1
    found: dict[str, ReferenceKind] = {}
    for match in _PAIR.finditer(text):
        # Quebec beside Ontario is the province, and Georgia beside Alabama the state.
        one, other = fold(match[1]), fold(match[2])
        for name, beside in ((one, other), (other, one)):
            shared = {iso for kind, iso in _ranks(name) & _ranks(beside) if kind is ReferenceKind.REGION}
            if any((ReferenceKind.CITY, iso) not in _ranks(beside) for iso in shared):
                found[name] = ReferenceKind.REGION
    for name, kinds in votes.items():
        (kind, n), *rest = kinds.most_common()
        if name != "The" and 2 * n >= text.count(name) and not rest:
            found[fold(name)] = kind
    return found
