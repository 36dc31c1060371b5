"""Countries that an article only has as where a post is held: the Samoa of "Samoan Prime Minister"."""

from __future__ import annotations

from collections.abc import Iterator

from ...records.entity import Entity
from ...records.mention import EntityType, Mention, MentionKind
from ...text.document import Document
from ..entities.gazetteer import gazetteer
from . import role_lexicon as lexicon
from .mention_index import index_names
from .role_lexicon import PostKind

_OF_COUNTRIES = (PostKind.STATE, PostKind.ENVOY)
_LONGEST = 6
"""Words between where somebody is from and the post."""


def with_origins(document: Document, entities: tuple[Entity, ...]) -> tuple[Entity, ...]:
    """The entities, and behind them the countries that only an adjective before a post of state tells of."""
    index = index_names(document, entities, ())
    people = {document[n.start].sentence for n in index.names if n.entity.type is EntityType.PERSON}
    told: dict[str, list[Mention]] = {}
    for country, start, end in _before_posts(document):
        if country.casefold() not in index.called and document[start].sentence in people:
            mention = Mention(document.span(start, end), MentionKind.NOMINAL, EntityType.PLACE)
            told.setdefault(country, []).append(mention)
    numbers = range(len(entities) + 1, len(entities) + len(told) + 1)
    more = (Entity(f"e{n}", EntityType.PLACE, name, tuple(told[name])) for n, name in zip(numbers, told, strict=True))
    return (*entities, *more)


def _before_posts(document: Document) -> Iterator[tuple[str, int, int]]:
    """The countries that adjectives before posts of state point at, with the tokens of the adjective."""
    adjectives = gazetteer().adjectives
    for i, token in enumerate(document.tokens):
        end = i + 2 if document.words(i, i + 2) in adjectives else i + 1
        country = adjectives.get(document.words(i, end)) if token.text[:1].isupper() else None
        if country is not None and country != document.words(i, end) and _opens_post(document, end):
            yield country, i, end


def _opens_post(document: Document, first: int) -> bool:
    """Whether the nouns and adjectives from a token on lead to a post of state."""
    for i in range(first, min(first + _LONGEST, len(document))):
        kind = lexicon.kind_at(document, i)
        if kind is not None and not lexicon.is_plural(document[i]):
            return kind in _OF_COUNTRIES
        if document[i].pos not in ("NOUN", "PROPN", "ADJ") or document[i].sentence != document[first].sentence:
            return False
    return False
