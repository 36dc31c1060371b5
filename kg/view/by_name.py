"""Entities of several articles -> which are the same thing, by name: what the view falls back on without a store."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable

from ..records.entity import Entity
from ..records.extraction import Extraction
from ..records.mention import EntityType
from .plain import fold

Identity = Callable[[Extraction, Entity], str]


def same_things(extractions: Iterable[Extraction]) -> Identity:
    """An identity for entities by name: who or what is the same across these articles.

    Organisations, places and other named things are the same if type and name
    are. People of one name are the same only where two articles give them the
    same post or organisation as well. What has no name is never the same.
    """
    groups: dict[str, list[tuple[str, frozenset[str]]]] = defaultdict(list)
    for extraction in extractions:
        by_id = {entity.id: entity for entity in extraction.entities}
        for entity in extraction.entities:
            if entity.named and entity.type is EntityType.PERSON:
                key = f"{extraction.article.id}/{entity.id}"
                groups[fold(entity.name)].append((key, _posts(extraction, entity, by_id)))
    person: dict[str, str] = {}
    for name in sorted(groups):
        for key, label in _clusters(groups[name]).items():
            person[key] = f"Person|{name}|{label}"

    def identity(extraction: Extraction, entity: Entity) -> str:
        own = f"{extraction.article.id}/{entity.id}"
        if not entity.named:
            return f"unnamed|{own}"
        if entity.type is EntityType.PERSON:
            return person.get(own, f"Person|{own}")
        return f"{entity.type}|{fold(entity.name)}"

    return identity


def _posts(extraction: Extraction, entity: Entity, by_id: dict[str, Entity]) -> frozenset[str]:
    found: set[str] = set()
    for role in extraction.roles:
        if role.holder == entity.id:
            found.add("title " + fold(role.title))
            if role.organization in by_id:
                found.add("organisation " + fold(by_id[role.organization].name))
    return frozenset(found)


def _clusters(people: list[tuple[str, frozenset[str]]]) -> dict[str, str]:
    """Each person's key with the smallest key of those reached from it over shared posts."""
    label = {key: key for key, _ in people}
    changed = True
    while changed:
        changed = False
        for key, posts in people:
            for other, other_posts in people:
                if posts & other_posts and label[other] < label[key]:
                    label[key] = label[other]
                    changed = True
    return label
