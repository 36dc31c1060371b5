"""Mentions -> entities: the things that several mentions name, within one article."""

from __future__ import annotations

from ...records.entity import Entity
from ...records.mention import Mention
from ...text.document import Document
from .aliases import find_clusters
from .coreference import resolve
from .gazetteer import Gazetteer, gazetteer


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
