"""Mentions -> entities: the things that several mentions name, within one article."""

from __future__ import annotations

from ...records.entity import Entity
from ...records.mention import Mention
from ...text.document import Document
from .aliases import find_clusters
from .gazetteer import Gazetteer, gazetteer
from .post_letters import without_post_letters
from .reference.article_scene import Pointer
from .reference.ranker_weights import POINTED, default_references
from .reference.resolver import Judge, Judges, resolve


def find_entities(
    document: Document,
    mentions: tuple[Mention, ...],
    known: Gazetteer | None = None,
    pointer: Pointer | None = None,
) -> tuple[Entity, ...]:
    """The entities of an article: names clustered by alias, then pronouns and descriptions added to them.

    A `pointer` is an encoder that has read the text and has its say on whom a word means.

    >>> from kg.text.document import Article, parse
    >>> from .mentions import find_mentions
    >>> document = parse(Article("Jo Hill left Leeds. Hill was ill."))
    >>> [(entity.name, len(entity.mentions)) for entity in find_entities(document, find_mentions(document))]
    [('Jo Hill', 2), ('Leeds', 1)]
    """
    table = known or gazetteer()
    clusters = without_post_letters(document, find_clusters(document, mentions, table))
    resolve(document, clusters, table, judges(pointed=pointer is not None), pointer)
    clusters.sort(key=lambda c: min(m[0] for m in c.mentions))
    return tuple(
        Entity(
            f"e{n}",
            cluster.type,
            cluster.name,
            tuple(mention for *_, mention in sorted(cluster.mentions, key=lambda m: (m[0], m[1]))),
            named=not cluster.unnamed,
            gender=cluster.gender,
        )
        for n, cluster in enumerate(clusters, 1)
    )


def judges(*, pointed: bool = False) -> Judges:
    """The shipped rankers as judges, with `pointed` the one for "he" and "she" that heeds an encoder.

    Without weights all means nobody. Of bodies and descriptions an encoder's word brought nothing.
    """
    found = default_references()
    rankers = found.rankers if found is not None else {}

    def judge(name: str) -> Judge:
        ranker = rankers.get(name + POINTED if pointed and name == "personal" else name)
        return lambda asked, numbers: ranker.choose(numbers) if ranker is not None else None

    return Judges(*map(judge, Judges._fields))
