"""What several statements of an article are about."""

from __future__ import annotations

from dataclasses import dataclass

from ..text.article import Span


@dataclass(frozen=True, slots=True)
class Topic:
    """A thing that statements of an article speak of.

    `label` is in the article's words ("satellite images"), `lemma` its
    normalised form, by which the same topic meets in two articles; `entity`
    the Entity id where the topic is one. `attributions` are the ids of the
    statements about it, and `mentions` the words in their contents.
    """

    id: str
    label: str
    lemma: str
    attributions: tuple[str, ...]
    mentions: tuple[Span, ...]
    entity: str | None = None
