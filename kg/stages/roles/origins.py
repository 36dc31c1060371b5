"""What an article has only as whose a post is: the Samoa of "Samoan Prime Minister", the party of a nominee."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from ...language.lexicon import words
from ...records.entity import Entity
from ...records.mention import EntityType, Mention, MentionKind
from ...text.document import Document
from ..entities.gazetteer import gazetteer
from . import role_lexicon as lexicon
from .belonging import possessive
from .mention_index import index_names
from .role_lexicon import PostKind

_OF_COUNTRIES = (PostKind.STATE, PostKind.ENVOY)
_POSTS_OF_BODIES = words("roles", "post of a body, before its name")
_RUNNING = words("roles", "running") - {"appointee"}
_LONGEST = 6
"""Words between where somebody is from and the post."""


def with_origins(document: Document, entities: tuple[Entity, ...]) -> tuple[Entity, ...]:
    """The entities, and behind them what only an adjective tells of: countries before posts of state, parties.

    A party that has a name elsewhere in the article is met again before its nominee. Whoever has a chief executive
    or a founder is no person, if nothing else says so.
    """
    entities = tuple(_as_body(e) if _is_body(document, e) else e for e in entities)
    index = index_names(document, entities, ())
    people = {document[n.start].sentence for n in index.names if n.entity.type is EntityType.PERSON}
    told: dict[tuple[str, EntityType], list[Mention]] = {}
    again: dict[str, list[Mention]] = {}
    origins = [(*found, EntityType.PLACE) for found in _before_posts(document)]
    parties = [(*found, EntityType.ORGANIZATION) for found in _before_candidates(document) if found[1] not in index.at]
    for name, start, end, type_ in origins + parties:
        known = index.called.get(name.casefold())
        mention = Mention(document.span(start, end), MentionKind.NOMINAL, type_)
        if known is None and document[start].sentence in people:
            told.setdefault((name, type_), []).append(mention)
        elif known is not None and known.type is type_ is EntityType.ORGANIZATION:
            again.setdefault(known.id, []).append(mention)
    highest = max((int(e.id[1:]) for e in entities), default=0)  # numbers may be missing: some were joined
    numbers = range(highest + 1, highest + len(told) + 1)
    met = (replace(e, mentions=_in_order(e.mentions, again[e.id])) if e.id in again else e for e in entities)
    more = (Entity(f"e{n}", key[1], key[0], tuple(told[key])) for n, key in zip(numbers, told, strict=True))
    return (*met, *more)


def _is_body(document: Document, entity: Entity) -> bool:
    """Whether what was taken for a person has what bodies have: "CEO of Holly Marsh", "the Robert Dane founder"."""
    if entity.type is not EntityType.PERSON or gazetteer().get(entity.name) is not None:
        return False
    if any(m.kind is not MentionKind.NAME for m in entity.mentions):
        return False
    places = [document.range(m.span) for m in entity.mentions]
    titled = any(first and lexicon.is_title(document[first - 1]) for first, _ in places)
    return not titled and any(_has_post(document, first, last) for first, last in places if first < last)


def _has_post(document: Document, first: int, last: int) -> bool:
    k = first - 1 - (first > 0 and document[first - 1].lower == "the")
    before = k > 0 and document[k].lower in ("of", "at") and document[k - 1].lower in _POSTS_OF_BODIES
    after = document[last] if last < len(document) else None
    if after is None or after.sentence != document[first].sentence:
        return before
    determined = first > 0 and document[first - 1].lower in lexicon.DETERMINERS
    return (determined and after.lower in _POSTS_OF_BODIES) or (before and not possessive(document, last))


def _as_body(entity: Entity) -> Entity:
    mentions = tuple(replace(m, type=EntityType.ORGANIZATION) for m in entity.mentions)
    return replace(entity, type=EntityType.ORGANIZATION, mentions=mentions, gender=None)


def _in_order(mentions: tuple[Mention, ...], more: list[Mention]) -> tuple[Mention, ...]:
    return tuple(sorted((*mentions, *more), key=lambda m: (m.span.start, m.span.end)))


def _before_posts(document: Document) -> Iterator[tuple[str, int, int]]:
    """The countries that adjectives before posts of state point at, with the tokens of the adjective."""
    adjectives = gazetteer().adjectives
    for i, token in enumerate(document.tokens):
        end = i + 2 if document.words(i, i + 2) in adjectives else i + 1
        country = adjectives.get(document.words(i, end)) if token.text[:1].isupper() else None
        if country is not None and country != document.words(i, end) and _opens_post(document, end, _of_country):
            yield country, i, end


def _before_candidates(document: Document) -> Iterator[tuple[str, int, int]]:
    """The parties that adjectives before those who run for them point at: "Republican presidential nominee"."""
    for i, token in enumerate(document.tokens):
        party = gazetteer().get(f"{token.text} Party") if token.text[:1].isupper() else None
        if party is not None and _opens_post(document, i + 1, _runs):
            yield party.name, i, i + 1


def _of_country(document: Document, i: int) -> bool:
    return lexicon.kind_at(document, i) in _OF_COUNTRIES and not lexicon.is_plural(document[i])


def _runs(document: Document, i: int) -> bool:
    noun = lexicon.singular(document[i].lower)
    return (f"{document[i - 2].lower}-{noun}" if document[i - 1].text == "-" else noun) in _RUNNING


def _opens_post(document: Document, first: int, wanted: Callable[[Document, int], bool]) -> bool:
    """Whether the nouns and adjectives from a token on lead to a post that is wanted, and to no other before it."""
    for i in range(first, min(first + _LONGEST, len(document))):
        if wanted(document, i):
            return True
        if lexicon.kind_at(document, i) is not None and not lexicon.is_plural(document[i]):
            return False
        inside = document[i].pos in ("NOUN", "PROPN", "ADJ") or document[i].text == "-"
        if not inside or document[i].sentence != document[first].sentence:
            return False
    return False
