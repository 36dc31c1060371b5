"""The ledger of a store: which input held which article, and what read it when its bytes were which."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from ..rdf import vocab
from ..rdf.iris import LEDGER, article_iri, graph_iri, input_iri
from ..rdf.scribe import input_quads
from ..rdf.terms import Iri, Lit, Quad, ntriples
from .article_quads import Quads

if TYPE_CHECKING:
    import pyoxigraph


@dataclass(frozen=True, slots=True)
class Entry:
    """The ledger's line on one input: which article it held, and what read it when its bytes had this hash."""

    key: str
    article: str
    input_hash: str | None = None
    extractor: str | None = None
    model: str | None = None

    def unchanged(self, input_hash: str, extractor: str, model: str) -> bool:
        """Whether the input had these bytes, and this extractor and model read it."""
        return (self.input_hash, self.extractor, self.model) == (input_hash, extractor, model)


def entry_quads(base: str, entry: Entry) -> Iterator[Quad]:
    """What the ledger of a store whose nodes are named under `base` says of an entry."""
    yield from input_quads(entry.article, entry.key, base=base)
    ledger, name = graph_iri(base, LEDGER), input_iri(base, entry.key)
    for p, text in (
        (vocab.inputHash, entry.input_hash),
        (vocab.extractor, entry.extractor),
        (vocab.model, entry.model),
    ):
        if text is not None:
            yield Quad(name, p, Lit(text), ledger)


def about_input(store: Quads, key: str) -> set[Quad]:
    """All that a store's ledger says of an input, and which article it held."""
    ledger, name = graph_iri(store.base, LEDGER), input_iri(store.base, key)
    return {*store.quads(s=name, g=ledger), *store.quads(p=vocab.readFrom, o=name, g=ledger)}


def about_inputs(store: Quads, article: str) -> set[Quad]:
    """All that a store's ledger says of the inputs that hold an article."""
    return {quad for key in inputs_of(store, article) for quad in about_input(store, key)}


def read_entry(store: Quads, key: str) -> Entry | None:
    """What a store's ledger holds of an input; None if it was never read."""
    ledger, name = graph_iri(store.base, LEDGER), input_iri(store.base, key)
    texts = {quad.p: quad.o.text for quad in store.quads(s=name, g=ledger) if isinstance(quad.o, Lit)}
    article = next((quad.s for quad in store.quads(p=vocab.readFrom, o=name, g=ledger)), None)
    if article is None:
        return None
    return Entry(
        key,
        article.rpartition("/")[2],
        texts.get(vocab.inputHash),
        texts.get(vocab.extractor),
        texts.get(vocab.model),
    )


def read_entries(store: Quads) -> tuple[Entry, ...]:
    """A store's whole ledger, by key."""
    found = store.quads(p=vocab.path, g=graph_iri(store.base, LEDGER))
    keys = sorted({quad.o.text for quad in found if isinstance(quad.o, Lit)})
    return tuple(entry for key in keys if (entry := read_entry(store, key)) is not None)


def inputs_of(store: Quads, article: str) -> tuple[str, ...]:
    """The keys of the inputs that hold an article, sorted."""
    ledger = graph_iri(store.base, LEDGER)
    found: set[str] = set()
    for read in store.quads(s=article_iri(store.base, article), p=vocab.readFrom, g=ledger):
        if isinstance(read.o, Iri):
            paths = store.quads(s=read.o, p=vocab.path, g=ledger)
            found.update(quad.o.text for quad in paths if isinstance(quad.o, Lit))
    return tuple(sorted(found))


def keys_under(oxigraph: pyoxigraph.Store, base: str, *roots: str) -> tuple[str, ...]:
    """The keys in a ledger that are one of these or lie under one: files of a folder, rows of a file; sorted."""
    under = [f"STRSTARTS(?key, {ntriples(Lit(root + sign))})" for root in roots for sign in (os.sep, ":")]
    of = " || ".join([f"?key = {ntriples(Lit(root))}" for root in roots] + under)
    ledger = graph_iri(base, LEDGER)
    asked = f"SELECT ?key {{ GRAPH <{ledger}> {{ ?input <{vocab.path}> ?key }} FILTER ({of or 'false'}) }}"
    found = cast("pyoxigraph.QuerySolutions", oxigraph.query(asked))
    return tuple(sorted(row["key"].value for row in found))
