"""What belongs to an article: its own graph, and in the graphs that articles share what only it needs."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Protocol

from ..rdf import vocab
from ..rdf.iris import ENTITIES, LINKS, PROVENANCE, REJECTED, REVIEWS, article_iri, graph_iri, run_iri
from ..rdf.terms import Iri, Lit, Quad


class Quads(Protocol):
    """What can be asked for the quads that have some of four terms: a store."""

    @property
    def base(self) -> str: ...

    def quads(
        self, s: Iri | None = None, p: Iri | None = None, o: Iri | Lit | None = None, g: Iri | None = None
    ) -> Iterator[Quad]: ...


class ArticleQuads:
    """What an article tells of itself, asked for as of a store by property: its graph, and what its entities are.

    What is asked for once is kept; nothing else is read.
    """

    def __init__(self, store: Quads, article: str) -> None:
        self.base = store.base
        self._store, self._graph = store, graph_iri(store.base, article)
        self._asked: dict[tuple[Iri, Iri | Lit | None], list[Quad]] = {}
        shared = graph_iri(store.base, ENTITIES)
        self._shared = [about for quad in self._own(vocab.named, None) for about in store.quads(s=quad.s, g=shared)]

    def quads(
        self, s: Iri | None = None, p: Iri | None = None, o: Iri | Lit | None = None, g: Iri | None = None
    ) -> Iterator[Quad]:
        """The quads of a property with the given parts; none where no property is given."""
        own = self._own(p, o) if p is not None and g in (None, self._graph) else []
        shared = (quad for quad in self._shared if quad.p == p and o in (None, quad.o) and g in (None, quad.g))
        return (quad for quad in (*own, *shared) if s in (None, quad.s))

    def _own(self, p: Iri, o: Iri | Lit | None) -> list[Quad]:
        if (p, o) not in self._asked:
            self._asked[p, o] = list(self._store.quads(p=p, o=o, g=self._graph))
        return self._asked[p, o]


def content(store: Quads, *articles: str) -> set[Quad]:
    """The quads that would go with articles, but the ledger: their graphs, and what only they need elsewhere.

    >>> import tempfile
    >>> from kg import Article, extract, open
    >>> with tempfile.TemporaryDirectory() as folder, open(f"{folder}/graph", create=True) as store:
    ...     _ = store.put(extract(Article("Jo Hill said the mill had closed."), fast=True))
    ...     sorted({quad.g.rpartition("/")[2][:10] for quad in content(store, store.ids()[0])})
    ['304617ab6b', 'entities', 'provenance']
    """
    base = store.base
    graphs = {graph_iri(base, article) for article in articles}
    shared, links, provenance = (graph_iri(base, name) for name in (ENTITIES, LINKS, PROVENANCE))
    found = {quad for graph in graphs for quad in store.quads(g=graph)}
    named = {quad.s for quad in found if quad.p in {vocab.named, vocab.lemma}}
    concepts = {quad.o for quad in found if quad.p == vocab.counts and isinstance(quad.o, Iri)}
    for name in (*graphs, *(run_iri(base, article) for article in articles)):
        found.update(store.quads(s=name, g=provenance))
    identities: set[Iri] = set()
    for name in named:
        found.update(store.quads(s=name, g=shared))
        linked = list(store.quads(s=name, g=links))
        found.update(linked)
        for judged in store.quads(p=vocab.linkOf, o=name, g=links):
            found.update(store.quads(s=judged.s, g=links))
        identities.update(quad.o for quad in linked if isinstance(quad.o, Iri))
    for identity in identities:
        if all(quad.s in named for quad in store.quads(o=identity, g=links)):
            found.update(store.quads(s=identity, g=links))
    for article in articles:
        name = article_iri(base, article)
        found.update(store.quads(s=name, g=links))
        found.update(store.quads(p=vocab.copyOf, o=name, g=links))
    return found | _concepts_of(store, graphs, concepts, shared) | _reviews_of(store, articles)


def _reviews_of(store: Quads, articles: Collection[str]) -> set[Quad]:
    """What people decided about the records of articles, and who they are where they decided about no other's."""
    graphs = [graph_iri(store.base, name) for name in (REVIEWS, REJECTED)]
    found: set[Quad] = set()
    for article in articles:
        name = article_iri(store.base, article)
        found.update(store.quads(s=name, p=vocab.asFound, g=graphs[1]))
        for review in {quad.s for graph in graphs for quad in store.quads(p=vocab.reviewOf, o=name, g=graph)}:
            for graph in graphs:
                found.update(store.quads(s=review, g=graph))
            found.update(store.quads(p=vocab.reviewed, o=review, g=graphs[0]))
    own = {quad.s for quad in found if quad.p == vocab.reviewOf}
    for agent in {quad.o for quad in found if quad.p == vocab.wasAssociatedWith and isinstance(quad.o, Iri)}:
        if all(quad.s in own for quad in store.quads(p=vocab.wasAssociatedWith, o=agent)):
            found.update(store.quads(s=agent, g=graphs[0]))
    return found


def _concepts_of(store: Quads, graphs: set[Iri], concepts: set[Iri], shared: Iri) -> set[Quad]:
    """What is said of concepts, and of those above them, that no figure outside `graphs` needs."""
    found: set[Quad] = set()
    gone: set[Iri] = set()
    waiting = sorted(concepts)
    while waiting:
        concept = waiting.pop()
        counted = any(quad.g not in graphs for quad in store.quads(p=vocab.counts, o=concept))
        below = any(quad.s not in gone for quad in store.quads(p=vocab.broader, o=concept, g=shared))
        if concept in gone or counted or below:
            continue
        gone.add(concept)
        about = list(store.quads(s=concept, g=shared))
        found.update(about)
        waiting += sorted(quad.o for quad in about if quad.p == vocab.broader and isinstance(quad.o, Iri))
    return found


def referred(store: Quads, found: set[Quad]) -> set[Quad]:
    """Quads with all that is said of what they refer to: concepts and those above them, identities, reviewers."""
    found = set(found)
    shared, links = graph_iri(store.base, ENTITIES), graph_iri(store.base, LINKS)
    waiting = [quad.o for quad in found if quad.p in {vocab.counts, vocab.broader} and isinstance(quad.o, Iri)]
    met: set[Iri] = set()
    while waiting:
        concept = waiting.pop()
        if concept not in met:
            met.add(concept)
            said = list(store.quads(s=concept, g=shared))
            found.update(said)
            waiting += [quad.o for quad in said if quad.p == vocab.broader and isinstance(quad.o, Iri)]
    for identity in {quad.o for quad in found if quad.p == vocab.sameThingAs and isinstance(quad.o, Iri)}:
        found.update(store.quads(s=identity, g=links))
    for agent in {quad.o for quad in found if quad.p == vocab.wasAssociatedWith and isinstance(quad.o, Iri)}:
        found.update(store.quads(s=agent, g=graph_iri(store.base, REVIEWS)))
    return found
