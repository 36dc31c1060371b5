"""A thing that several mentions of an article name."""

from __future__ import annotations

from dataclasses import dataclass

from .mention import EntityType, Mention


@dataclass(frozen=True, slots=True)
class Entity:
    """A person, organisation, place or group of one article, and every mention of it.

    `id` is `e1`, `e2` ... in the order of first mention. `name` is the fullest
    name the article uses; for what the article leaves unnamed ("witnesses",
    "two officials") it is the description, and `named` is False. `gender` is
    "f", "m" or None: as the article's pronouns and titles tell, never a guess
    that is shown to anyone.
    """

    id: str
    type: EntityType
    name: str
    mentions: tuple[Mention, ...]
    named: bool = True
    gender: str | None = None
