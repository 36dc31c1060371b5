"""An entity of FollowTheMoney, as a user's file holds it -> what of it helps to know a name in the news.

Plain JSON by the schemata of FollowTheMoney 4; its package is not needed.
https://followthemoney.tech/explorer/
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ..records.mention import EntityType

_TYPES: Mapping[str, EntityType | None] = {
    "Person": EntityType.PERSON,
    "Organization": EntityType.ORGANIZATION,
    "PublicBody": EntityType.ORGANIZATION,
    "Company": EntityType.ORGANIZATION,
    "LegalEntity": None,
    "Territory": EntityType.PLACE,
}
"""What the things of a user's file can be; a LegalEntity is person or body, who knows."""


@dataclass(frozen=True, slots=True)
class Described:
    """What matters here of an entity of FollowTheMoney: `countries` are ISO codes in capitals, the main name first."""

    id: str
    type: EntityType | None
    names: tuple[str, ...]
    countries: tuple[str, ...] = ()
    wikidata: tuple[str, ...] = ()


def read_entity(found: Mapping[str, Any]) -> Described | None:
    """A FollowTheMoney entity from its JSON object; None if it is no thing that a name in the news may mean.

    >>> found = {"id": "Q1", "schema": "Person", "properties": {"name": ["Jo Hill"], "alias": ["J. Hill"]}}
    >>> thing = read_entity(found)
    >>> thing and thing.names
    ('Jo Hill', 'J. Hill')
    """
    id, schema, properties = found.get("id"), found.get("schema"), found.get("properties")
    if (
        not isinstance(id, str)
        or not isinstance(schema, str)
        or schema not in _TYPES
        or not isinstance(properties, dict)
    ):
        return None

    def texts(*names: str) -> tuple[str, ...]:
        stated = [properties.get(name) for name in names]
        flat = (value for values in stated if isinstance(values, list) for value in values)
        return tuple(dict.fromkeys(value for value in flat if isinstance(value, str)))

    caption = found.get("caption")
    names = (*((caption,) if isinstance(caption, str) else ()), *texts("name", "alias", "previousName", "abbreviation"))
    homes = texts("nationality", "citizenship", "country", "jurisdiction", "mainCountry")
    codes = tuple(dict.fromkeys(c.upper() for c in homes if len(c) == 2 and c.isascii() and c.isalpha()))
    return Described(id, _TYPES[schema], tuple(dict.fromkeys(names)), codes, texts("wikidataId"))
