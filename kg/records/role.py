"""A post, rank or membership that an article gives somebody, and when."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from ..text.article import Span


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
    printed, without the article before it; a plural that names several holders
    ("publishers A and B") is given in the singular. `start`, `end` and `as_of`
    are EDTF strings. `span` holds the words that say it.
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
