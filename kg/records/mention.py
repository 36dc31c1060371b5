"""Words that refer to something, and of what kind that is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from ..text.article import Span


class EntityType(StrEnum):
    """What kind of thing a mention refers to."""

    PERSON = "Person"
    ORGANIZATION = "Organization"
    PLACE = "Place"
    GROUP = "Group"
    DOCUMENT = "Document"
    EVENT = "Event"
    OTHER = "Other"


class MentionKind(StrEnum):
    """How a mention refers: by name, by description, by pronoun."""

    NAME = "name"
    NOMINAL = "nominal"
    PRONOUN = "pronoun"


@dataclass(frozen=True, slots=True)
class Mention:
    """Words that refer to something: without articles, titles, possessive endings or quotation marks.

    `certainty` is how likely the words mean that thing, from 0 to 1, where it
    was weighed against others; 1 where grammar or the name itself says so.
    """

    span: Span
    kind: MentionKind
    type: EntityType
    certainty: float = 1.0
