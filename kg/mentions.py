"""Document -> mentions: spans of text that name a person, organisation, place or group."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from .article import Span
from .document import Document


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
    """Words that refer to something: without articles, titles, possessive endings or quotation marks."""

    span: Span
    kind: MentionKind
    type: EntityType


def find_mentions(document: Document) -> tuple[Mention, ...]:
    """The names in an article, in order, none inside another, typed by all their occurrences together."""
    return ()
