"""Mentions -> entities: the things that several mentions name, within one article."""

from __future__ import annotations

from dataclasses import dataclass

from ..document import Document
from .aliases import find_clusters
from .coreference import resolve
from .gazetteer import Gazetteer, gazetteer
from .mentions import EntityType, Mention


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


def find_entities(
    document: Document, mentions: tuple[Mention, ...], known: Gazetteer | None = None
) -> tuple[Entity, ...]:
    """The entities of an article: names clustered by alias, then pronouns and descriptions added to them."""
    table = known or gazetteer()
    clusters = find_clusters(document, mentions, table)
    resolve(document, clusters, table)
    clusters.sort(key=lambda c: min(m[0] for m in c.mentions))
    return tuple(
        Entity(
            f"e{n}",
            cluster.type,
            cluster.name,
            tuple(mention for *_, mention in sorted(cluster.mentions, key=lambda m: (m[0], m[1]))),
            gender=cluster.gender,
        )
        for n, cluster in enumerate(clusters, 1)
    )
