"""Quads that are asked as a store is: those of some of its articles, or of articles that are in none."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from ..rdf.terms import Iri, Lit, Quad
from ..store.article_quads import Quads


class Gathered:
    """Quads at hand, each once."""

    def __init__(self, base: str, quads: Iterable[Quad]) -> None:
        self.base = base
        self._by_property: dict[Iri, list[Quad]] = defaultdict(list)
        self.add(quads)

    def add(self, quads: Iterable[Quad]) -> None:
        """Take in further quads, none of which is there yet."""
        for quad in dict.fromkeys(quads):
            self._by_property[quad.p].append(quad)

    def quads(
        self, s: Iri | None = None, p: Iri | None = None, o: Iri | Lit | None = None, g: Iri | None = None
    ) -> Iterator[Quad]:
        """The quads with the given parts, all where none is given."""
        found = (
            self._by_property.get(p, [])
            if p is not None
            else [q for several in self._by_property.values() for q in several]
        )
        return (q for q in found if s in (None, q.s) and o in (None, q.o) and g in (None, q.g))


class SomeGraphs:
    """Some graphs of a source, and `further` quads beside them."""

    def __init__(self, whole: Quads, graphs: Sequence[Iri], further: Gathered) -> None:
        self.base = whole.base
        self._whole, self._graphs, self._further = whole, graphs, further

    def quads(
        self, s: Iri | None = None, p: Iri | None = None, o: Iri | Lit | None = None, g: Iri | None = None
    ) -> Iterator[Quad]:
        """The quads with the given parts, graph by graph, then those beside them."""
        for graph in self._graphs if g is None else (g,):
            yield from self._whole.quads(s, p, o, graph)
        yield from self._further.quads(s, p, o, g)
