"""What is known of the entities of an article while its sources are resolved."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from ...language.lexicon import words
from ...language.syntax import NOMINAL
from ...records.mention import EntityType, Mention, MentionKind
from ...text.article import Span
from ...text.document import Document


@dataclass(slots=True)
class Book:
    """The entities known so far and where they are mentioned; grows as sources turn up that nothing names."""

    document: Document
    names: dict[str, str] = field(default_factory=dict)
    types: dict[str, EntityType] = field(default_factory=dict)
    named: dict[str, bool] = field(default_factory=dict)
    genders: dict[str, str | None] = field(default_factory=dict)
    mentions: dict[str, list[Mention]] = field(default_factory=dict)
    at: dict[int, tuple[str, Mention]] = field(default_factory=dict)
    described: dict[str, list[tuple[int, str]]] = field(default_factory=dict)
    spoken: list[tuple[int, str]] = field(default_factory=list)
    highest: int = 0

    def enter(self, entity: str, kind: EntityType, name: str, *, named: bool, gender: str | None) -> None:
        """Take in an entity."""
        self.names[entity], self.types[entity], self.named[entity] = name, kind, named
        self.genders[entity] = gender
        self.mentions[entity] = []
        if entity[1:].isdigit():
            self.highest = max(self.highest, int(entity[1:]))

    def add(self, kind: EntityType, name: str, *, named: bool, gender: str | None) -> str:
        """A new entity, with the next id."""
        entity = f"e{self.highest + 1}"
        self.enter(entity, kind, name, named=named, gender=gender)
        return entity

    def mention(self, entity: str, first: int, last: int, kind: MentionKind) -> None:
        """Note that the tokens from `first` to `last` mean this entity."""
        self.note(entity, Mention(self.document.span(first, last + 1), kind, self.types[entity]))

    def note(self, entity: str, mention: Mention) -> None:
        """Note a mention; words that already mean something keep it."""
        if any(m.span == mention.span for m in self.mentions[entity][-8:]):
            return
        self.mentions[entity].append(mention)
        for i in range(*self.document.range(mention.span)):
            self.at.setdefault(i, (entity, mention))


def tokens_of(document: Document, spans: Iterable[Span]) -> list[int]:
    """The tokens of spans, in their order."""
    return [i for span in spans for i in range(*document.range(span))]


def top_of(document: Document, tokens: Sequence[int]) -> int:
    """The word that governs the others: the first whose own governor stands outside."""
    inside = set(tokens)
    heads = [i for i in tokens if document[i].head not in inside or document[i].head == i]
    nominal = [i for i in heads if document[i].pos in NOMINAL or document[i].pos in ("DET", "NUM", "ADJ")]
    # "the 20-year-old", of which the parse has the article for the head
    nominal = [i for i in nominal if document[i].lower not in words("grammar", "article")] or nominal
    # "lead author Jo Hill", where "lead" is taken for a verb
    nominal = nominal or [i for i in tokens if document[i].head in heads and document[i].pos in NOMINAL]
    return (nominal or heads or list(tokens))[0]
