"""Where in a document each entity is named or referred to, by token; and entities by name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from ...language.lexicon import words
from ...language.syntax import root_of
from ...records.entity import Entity
from ...records.mention import EntityType, MentionKind
from ...records.time import Time
from ...text.document import Document, Token
from ..entities.gazetteer import gazetteer
from .role_lexicon import noun_kind, places_of

_LONGEST = 12
"""Tokens of the longest description that is taken for one."""


class NamedEntity(NamedTuple):
    """A name of an entity: tokens `start` up to but not including `end`."""

    entity: Entity
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class MentionIndex:
    """The names of an article by token, what its pronouns and descriptions refer to, and its entities by name."""

    document: Document
    names: tuple[NamedEntity, ...]
    at: dict[int, NamedEntity]
    refers: dict[int, Entity]
    described: dict[int, Entity]
    called: dict[str, Entity]
    timed: dict[int, Time]
    bodies: dict[str, Entity]

    def person(self, i: int) -> NamedEntity | None:
        """The person's name that token `i` belongs to."""
        named = self.at.get(i)
        return named if named is not None and named.entity.type is EntityType.PERSON else None

    def thing(self, i: int) -> NamedEntity | None:
        """The name of something other than a person that token `i` belongs to."""
        named = self.at.get(i)
        return named if named is not None and named.entity.type is not EntityType.PERSON else None

    def who(self, i: int) -> Entity | None:
        """The entity that token `i` names or refers to: as part of a name, as a pronoun or as head of a description."""
        named = self.at.get(i)
        return named.entity if named is not None else self.refers.get(i)

    def origin(self, token: Token, before: Token | None = None) -> Entity | None:
        """The place that a word of origin points at (`Afghan`, `South Korean`), if the article names it."""
        if not token.text[:1].isupper():
            return None
        for form in ([f"{before.text} {token.text}"] if before else []) + [token.text]:
            for name in places_of(form):
                if name in self.called:
                    return self.called[name]
        return None

    def by_name(self, names: tuple[str, ...]) -> Entity | None:
        """The first entity with one of the given names, in lower case, whatever country stands before it."""
        for name in names:
            if name in self.called:
                return self.called[name]
        for name in names:
            for other, entity in self.called.items():
                if other.endswith(" " + name) and entity.type is EntityType.ORGANIZATION:
                    return entity
        return None


def index_names(document: Document, entities: tuple[Entity, ...], times: tuple[Time, ...]) -> MentionIndex:
    """The entities of a document by token and by name; where names overlap the longer one holds."""
    names: list[NamedEntity] = []
    refers: dict[int, Entity] = {}
    described: dict[int, Entity] = {}
    called: dict[str, Entity] = {}
    for entity in entities:
        for mention in entity.mentions:
            start, end = document.range(mention.span)
            if start >= end:
                continue
            if mention.kind is MentionKind.NAME:
                names.append(NamedEntity(entity, start, end))
                called.setdefault(_bare(document.article.quote(mention.span)), entity)
            else:
                if end - start > _LONGEST:
                    continue  # more than a description, however it came to be taken for one
                refers.setdefault(root_of(document, start, end).i, entity)
                heads = (document[root_of(document, start, end).i], document[end - 1])  # the "co-author" of a report
                if mention.kind is MentionKind.NOMINAL and all(noun_kind(t) is None for t in heads):
                    described.update((i, entity) for i in range(start, end))
        if entity.named:
            called.setdefault(_bare(entity.name), entity)
            known = gazetteer().get(entity.name)
            if known is not None:
                called.setdefault(known.name.casefold(), entity)
    names.sort(key=lambda n: (n.start, n.start - n.end, n.entity.id))
    at: dict[int, NamedEntity] = {}
    kept: list[NamedEntity] = []
    for named in names:
        if not any(i in at for i in range(named.start, named.end)):
            kept.append(named)
            at.update((i, named) for i in range(named.start, named.end))
    timed = {i: time for time in times for i in range(*document.range(time.span))}
    unnamed = {_bare(e.name): e for e in entities if not e.named and _is_by_noun(e.name)}
    return MentionIndex(document, tuple(kept), at, refers, described, called, timed, _bodies(unnamed | called))


def _bodies(called: dict[str, Entity]) -> dict[str, Entity]:
    """Common nouns that end the name of exactly one organisation, in lower case: `the university`, `team captain`."""
    found: dict[str, Entity | None] = {}
    for name, entity in called.items():
        last = name.partition(" of ")[0].split()[-1] if " of " in name else name.split()[-1]
        last = last if last in _BODY_NOUNS else last.removesuffix("s")  # the airline of Kestrel Airlines
        if (
            is_called_by_noun(name)
            and entity.type in (EntityType.ORGANIZATION, EntityType.GROUP)
            and last in _BODY_NOUNS
        ):
            found[last] = entity if found.get(last, entity) is entity else None
    return {word: entity for word, entity in found.items() if entity is not None}


def _is_by_noun(name: str) -> bool:
    """Whether a description is the noun of a body alone or with its owner: police, Zambia's health ministry."""
    return _bare(name) in _BODY_NOUNS or "’s " in name.replace("'", "’")


def is_called_by_noun(name: str) -> bool:
    """Whether the last word of a body's name may mean it, alone with a capital: no "Army" is the White Army."""
    *rest, last = name.split()
    return last != "army" or all(gazetteer().get(w.capitalize()) or places_of(w.capitalize()) for w in rest)


_BODY_NOUNS = words("roles", "body nouns")


def _bare(name: str) -> str:
    words = name.casefold().split()
    return " ".join(words[1:] if len(words) > 1 and words[0] in {"the", "a", "an"} else words)
