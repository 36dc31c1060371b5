"""Attributions and entities -> attributions whose sources are resolved to entities."""

from __future__ import annotations

from .attribution import Attribution
from .document import Document
from .entities import Entity


def resolve_sources(
    document: Document, attributions: tuple[Attribution, ...], entities: tuple[Entity, ...]
) -> tuple[tuple[Attribution, ...], tuple[Entity, ...]]:
    """Each attribution with the entity that speaks; sources left unnamed become entities of type Group."""
    return attributions, entities
