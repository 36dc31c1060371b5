"""Whatever holds extractions (a store, a Dataset, extractions themselves) -> its extractions, or its quads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, TypeAlias

from ..rdf.interop import rdflib_quads
from ..rdf.iris import REJECTED, graph_iri
from ..rdf.read import read_articles
from ..rdf.terms import Quad
from ..rdf.write import describe
from ..records.extraction import Extraction
from .store import Store

if TYPE_CHECKING:
    from rdflib import Dataset

    Source: TypeAlias = Store | Dataset | Extraction | Iterable[Extraction]
    """Whatever holds extractions."""


def extractions(source: Source) -> Iterator[Extraction]:
    """The extractions of a Dataset or store, in the order of their articles' ids.

    Every field comes back; spans of one field come in the order of the text,
    and a figure without evidence of its own has its span as evidence.

    Raises EvidenceError if a record lacks what it needs.

    >>> from kg import Article, extract, to_rdf
    >>> found = extract(Article("Jo Hill, the mayor, said the mill in Leeds had closed."), fast=True)
    >>> [one.attributions == found.attributions for one in extractions(to_rdf(found))]
    [True]
    """
    import rdflib

    if isinstance(source, Store):
        return source.extractions()
    if isinstance(source, rdflib.Dataset):
        return read_articles(rdflib_quads(source))
    several = [source] if isinstance(source, Extraction) else source
    return iter(sorted(several, key=lambda one: one.article.id))


def all_quads(source: Source) -> Iterable[Quad]:
    """The quads of a Dataset, store or extractions, in no useful order and some of them perhaps twice.

    What people took out of a store is left out.

    >>> from kg import Article, extract, to_rdf
    >>> found = extract(Article("Jo Hill said the mill had closed."), fast=True)
    >>> set(all_quads(found)) == set(all_quads(to_rdf(found)))
    True
    """
    import rdflib

    if isinstance(source, Store):
        rejected = graph_iri(source.base, REJECTED)
        return (quad for quad in source.quads() if quad.g != rejected)
    if isinstance(source, rdflib.Dataset):
        return rdflib_quads(source)
    several = [source] if isinstance(source, Extraction) else source
    return (quad for one in several for quad in describe(one))
