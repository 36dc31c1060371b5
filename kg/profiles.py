"""Extraction -> profiles: what an article says of each named thing that helps to know it again elsewhere."""

from __future__ import annotations

from collections import Counter, defaultdict

from .entities import Entity
from .extraction import Extraction
from .gazetteer import Gazetteer, gazetteer
from .graph import entity_iris
from .identity import Profile
from .iris import BASE
from .mentions import EntityType, MentionKind

_CONTEXT = 4
"""Places an article must be most about to count as the setting of what it names."""


def profiles(extraction: Extraction, *, base: str = BASE) -> list[Profile]:
    """A profile of each named entity, by its IRI; what the article leaves unnamed has none and is never merged.

    A person has the roles, organisations and places that roles give; anything
    else has the places that its article is mostly about.
    """
    iris = entity_iris(extraction, base=base)
    names = {e.id: e.name for e in extraction.entities}
    known = gazetteer()
    roles: dict[str, list[str]] = defaultdict(list)
    organizations: dict[str, list[str]] = defaultdict(list)
    places: dict[str, list[str]] = defaultdict(list)
    for role in extraction.roles:
        roles[role.holder].append(role.title.lower())
        for id, found in ((role.organization, organizations), (role.place, places)):
            if id in names:
                found[role.holder].append(names[id])
    setting = _setting(extraction)
    return [
        Profile(
            iris[e.id],
            extraction.article.id,
            e.type,
            e.name,
            _aliases(extraction, e),
            e.gender,
            tuple(roles[e.id]),
            tuple(organizations[e.id]),
            tuple(places[e.id]) if e.type is EntityType.PERSON else setting,
            _external(e, known),
        )
        for e in extraction.entities
        if e.named
    ]


def _aliases(extraction: Extraction, entity: Entity) -> tuple[str, ...]:
    spoken = {extraction.article.quote(m.span) for m in entity.mentions if m.kind is MentionKind.NAME}
    return tuple(sorted(spoken - {entity.name}))


def _setting(extraction: Extraction) -> tuple[str, ...]:
    mentions = Counter({e.name: len(e.mentions) for e in extraction.entities if e.type is EntityType.PLACE})
    return tuple(name for name, _ in mentions.most_common(_CONTEXT))


def _external(entity: Entity, known: Gazetteer) -> str | None:
    """The key under which the shipped tables know an organisation or place. They know people by name only: no key."""
    if entity.type not in (EntityType.ORGANIZATION, EntityType.PLACE):
        return None
    found = known.get(entity.name)
    if found is None or found.type is not entity.type:
        return None
    return f"{found.kind}/{found.country or ''}/{found.name}"
