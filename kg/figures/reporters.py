"""Whose a figure is: the attribution that states it, or a source carried over from the sentence before."""

from __future__ import annotations

from dataclasses import dataclass

from ..article import Span
from ..attribution import Attribution
from ..document import Document
from ..entities import Entity


@dataclass(frozen=True, slots=True)
class Report:
    """Who reports a figure: Entity ids of the reporters, of whom they have it from, and the attribution's id."""

    reporters: tuple[str, ...] = ()
    via: str | None = None
    attribution: str | None = None


NOBODY = Report()


def find_report(document: Document, span: Span, attributions: tuple[Attribution, ...]) -> Report:
    """Who reports the figure at `span`: the source of the innermost statement that holds it; nobody where none does."""
    holding = [
        a
        for a in attributions
        if any(span in c or (c.overlaps(span) and c.start <= span.start < c.end) for c in a.content)
    ]
    if not holding:
        return NOBODY
    holding.sort(key=lambda a: (sum(c.end - c.start for c in a.content), a.id))
    for attribution in holding:
        if attribution.entity is not None:
            return Report((attribution.entity,), attribution.via, attribution.id)
    return Report((), None, holding[0].id)


def entity_index(entities: tuple[Entity, ...]) -> dict[str, Entity]:
    """The entities by their ids."""
    return {entity.id: entity for entity in entities}
