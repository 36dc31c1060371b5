"""Where somebody of public life is known to hold office: what a text takes for granted, if it names the place."""

from __future__ import annotations

from collections import defaultdict
from functools import cache

from ...language.lexicon import noted, words
from ...records.entity import Entity
from ...records.mention import EntityType
from ...resources import rows
from ..entities.gazetteer import gazetteer
from ..entities.names import plain
from .draft_role import Found
from .mention_index import MentionIndex

_OF_COUNTRIES = words("roles", "of a state") - {"leader"}
_OF_REGIONS = words("roles", "of a region or town")


def seat(index: MentionIndex, found: Found) -> Entity | None:
    """The only place of the article for which the holder of a post of state is known by that post.

    A country for a president or minister, a region or town for a governor, a senator or a mayor.
    """
    noun = found.noun.strip(".")
    noun = noted("roles", "short for").get(noun, noun)
    known = gazetteer().get(found.holder.name)
    nouns, further = _offices().get(_key(known.name if known else found.holder.name), ((), frozenset()))
    if noun not in nouns or noun not in _OF_COUNTRIES | _OF_REGIONS:
        return None
    places = {n.entity.id: n.entity for n in index.names if n.entity.type is EntityType.PLACE}.values()
    fitting = [
        p
        for p in places
        if gazetteer().is_country(p.name) is (noun in _OF_COUNTRIES)
        and any(further.issuperset(_key(name).split()) for name in _called(p.name))
    ]
    return fitting[0] if len(fitting) == 1 else None


def _called(name: str) -> set[str]:
    """A place's name as printed and as listed, and its adjectives."""
    known = gazetteer().get(name)
    return {name} if known is None else {name, known.name, *_adjectives().get(known.name, ())}


def _key(name: str) -> str:
    return plain(name).casefold().replace(".", "")


@cache
def _offices() -> dict[str, tuple[tuple[str, ...], frozenset[str]]]:
    """What people of public life are called, and what else is said with it, by name."""
    table = rows("data/gazetteer/offices.tsv")
    return {_key(name): (tuple(nouns.split()), frozenset(further.split())) for name, nouns, further in table}


@cache
def _adjectives() -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for adjective, country in gazetteer().adjectives.items():
        found[country].append(adjective)
    return found
