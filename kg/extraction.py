"""What every extractor returns, and what counts as an extractor."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from .article import Article
from .attribution import Attribution
from .entities import Entity
from .events import Event, Relation
from .figures import Figure
from .roles import Role
from .times import Time
from .topics import Topic


@dataclass(frozen=True, slots=True)
class Extraction:
    """An article and everything found in it; records point at each other by id.

    `model` names what parsed the text; `problems` says, a line each, what could
    not be read.
    """

    article: Article
    model: str
    entities: tuple[Entity, ...] = ()
    attributions: tuple[Attribution, ...] = ()
    figures: tuple[Figure, ...] = ()
    roles: tuple[Role, ...] = ()
    times: tuple[Time, ...] = ()
    events: tuple[Event, ...] = ()
    relations: tuple[Relation, ...] = ()
    topics: tuple[Topic, ...] = ()
    problems: tuple[str, ...] = ()


class Extractor(Protocol):
    """Anything that reads an article: rules, a language model, a human's file."""

    def __call__(self, article: Article, /) -> Extraction: ...
