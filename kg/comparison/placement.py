"""Where records of a store stand in their articles."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..rdf.terms import Iri, Lit
from ..store.article_quads import Quads
from ..text.article import Span


def placed(store: Quads, properties: Iterable[Iri]) -> Iterator[tuple[Iri, Iri, Span]]:
    """Each record with the graph of its article and a place there that one of the properties gives."""
    for p in properties:
        for quad in store.quads(p=p):
            if isinstance(quad.o, Lit):
                start, _, end = quad.o.text.removeprefix("char=").partition(",")
                yield quad.s, quad.g, Span(int(start), int(end))
