"""Document and entities -> roles: who holds which post, where, from when until when."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from .article import Span
from .document import Document
from .entities import Entity
from .times import Time


class RoleStatus(StrEnum):
    """What the article says of the role's currency."""

    CURRENT = "current"
    FORMER = "former"
    ACTING = "acting"
    DESIGNATE = "designate"


@dataclass(frozen=True, slots=True)
class Role:
    """A post, rank or membership that the article gives somebody.

    `holder`, `organization` and `place` are Entity ids. `title` is the post as
    printed, without the article before it. `start`, `end` and `as_of` are EDTF
    strings. `span` holds the words that say it.
    """

    id: str
    holder: str
    title: str
    span: Span
    organization: str | None = None
    place: str | None = None
    start: str | None = None
    end: str | None = None
    as_of: str | None = None
    status: RoleStatus = RoleStatus.CURRENT
    confidence: float = 1.0


def find_roles(document: Document, entities: tuple[Entity, ...], times: tuple[Time, ...]) -> tuple[Role, ...]:
    """The roles of an article, in order; the same role stated twice is returned once."""
    return ()
