"""A store, dataset or extractions in the formats of other tools: as text where a format is text, else as files."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..errors import ExportError
from ..identity.linking import with_same_as
from ..rdf import vocab
from ..rdf.iris import BASE, REJECTED, graph_iri
from ..rdf.terms import Iri, Lit, Quad, nquads, ntriples
from ..rdf.turtle import trig, turtle
from ..store import Store
from ..store.contents import all_quads, extractions
from ..store.files import write_whole
from .cypher import cypher
from .database import write_sqlite
from .ftm import ftm_lines
from .geojson import geojson
from .map_page import map_page
from .network import gexf, graphml, to_networkx
from .parquet import write_parquet
from .table_rows import TABLES, as_csv, joined
from .vault import write_vault
from .workbook import write_workbook

if TYPE_CHECKING:
    from ..store.contents import Source

_GRAPHS = ("nq", "trig", "jsonld")
"""Formats of RDF that keep the graph of each article apart."""

_PLAIN = ("ttl", "nt", "rdf", "jsonld-flat")
"""Formats of RDF that hold one graph, as tools without named graphs read it."""


def export(
    source: Source, what: str = "all", form: str | None = None, *, same_as: bool = False, mark: bool = False
) -> str:
    """All of a graph as text in one of the formats below; or one of its tables as CSV.

    nq, trig and jsonld keep a graph an article; ttl, nt, rdf (RDF/XML) and
    jsonld-flat hold everything in one graph. In graphml and gexf entities that
    were judged to be the same thing are one node, in ftm (FollowTheMoney) one
    entity; cypher is a script for Neo4j, geojson
    the places for maps, map a page with one. A table needs no `form`: it is CSV,
    and with `mark` starts with the mark by which Excel knows UTF-8. With
    `same_as`, for RDF, links and identities are said as owl:sameAs too. Equal
    graphs give equal text.

    Raises ExportError for anything else.

    >>> from kg import Article, extract, to_rdf
    >>> graph = to_rdf(extract(Article("Jo Hill said the mill had closed."), fast=True))
    >>> print(export(graph, "statements", "csv").splitlines()[0][:40])
    article,headline,publisher,published,url
    """
    if what in TABLES:
        if form not in {None, "csv"} or same_as:
            raise _unknown(what, form, same_as=same_as)
        return as_csv(source, what, mark=mark)
    form = form or "nq"
    if what != "all" or form not in _TEXTS or mark or (same_as and form not in (*_GRAPHS, *_PLAIN)):
        raise _unknown(what, form, same_as=same_as, mark=mark)
    return _TEXTS[form](source, same_as)


def write(source: Source, path: Path, what: str = "all", form: str | None = None, **options: bool) -> Path:
    """Write an export to a file: what `export` gives, or xlsx, sqlite, obsidian (a folder), parquet (of one table).

    Without `form`, the file's suffix tells: `graph.xlsx`, `figures.csv`; one without
    a suffix is nq, or csv of a table. A file is written whole or not at all, and
    equal graphs give equal bytes.

    Raises ExportError for a format that there is none of, a missing package, or
    a folder that holds files of somebody else; StoreError if it cannot be written.

    >>> import tempfile
    >>> from kg import Article, extract, to_rdf
    >>> graph = to_rdf(extract(Article("Jo Hill said the mill had closed."), fast=True))
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write(graph, Path(folder, "who.csv"), "entities").read_text().splitlines()[0]
    'article,headline,publisher,published,url,id,name,type,named,thing,outside,mentions,also,quote,start,end'
    """
    form = form or _SUFFIXES.get(path.suffix.lower())
    if form is None and path.suffix:
        raise ExportError(f"{path}: no format is told by {path.suffix!r}; name one, or end the file in {_ENDINGS}")
    if form == "parquet" and what in TABLES and not any(options.values()):
        return write_parquet(source, path, what)
    if what == "all" and form is not None and form in _FILES and not any(options.values()):
        return _FILES[form](source, path)
    return write_whole(path, export(source, what, form, **options))


def _unknown(what: str, form: str | None, *, same_as: bool = False, mark: bool = False) -> ExportError:
    asked = f"cannot write {what!r} as {form or 'csv'!r}"
    whole, table = f"all as {', '.join((*_TEXTS, *_FILES))}", f"{', '.join(TABLES)} as csv or parquet"
    if mark:
        return ExportError(f"{asked} with a byte order mark; it goes with tables in CSV")
    if same_as:
        return ExportError(f"{asked} with owl:sameAs; it goes with {', '.join((*_GRAPHS, *_PLAIN))}")
    if what == "all" and form in ("csv", "parquet"):
        return ExportError(f"{form} holds one table: name it, there are {', '.join(TABLES)}")
    if what == "all" and form in _FILES:
        return ExportError(f"{asked} to standard output; name the file to write (-o)")
    if what in TABLES and form in {*_TEXTS, *_FILES}:
        return ExportError(f"{form} holds all there is: leave {what!r} out, or write that as csv or parquet")
    return ExportError(f"{asked}; there are {whole}; and {table}")


# -- RDF


def _quads(source: Source, same_as: bool) -> Iterable[Quad]:
    return with_same_as(all_quads(source)) if same_as else all_quads(source)


def _lines(source: Source, same_as: bool) -> Iterable[str]:
    """The quads as canonical N-Quads lines, sorted."""
    if not isinstance(source, Store) or same_as:
        return nquads(_quads(source, same_as))
    rejected = f" <{graph_iri(source.base, REJECTED)}> ."
    return (line for line in source.lines() if not line.endswith(rejected))


def _nq(source: Source, same_as: bool) -> str:
    return "".join(f"{line}\n" for line in _lines(source, same_as))


def _trig(source: Source, same_as: bool) -> str:
    return trig(_lines(source, same_as), base=source.base if isinstance(source, Store) else BASE)


def _triples(source: Source, same_as: bool) -> set[tuple[Iri, Iri, Iri | Lit]]:
    return {(q.s, q.p, q.o) for q in _quads(source, same_as)}


def _nt(source: Source, same_as: bool) -> str:
    return "".join(sorted(f"{ntriples(s)} {ntriples(p)} {ntriples(o)} .\n" for s, p, o in _triples(source, same_as)))


def _rdf(source: Source, same_as: bool) -> str:
    """RDF/XML by Oxigraph, of sorted triples; what XML cannot hold, such as control characters, is U+FFFD."""
    import pyoxigraph as ox

    lines = re.sub(r"\\u00(?:0[0-8BCEFbcef]|1[0-9A-Fa-f])", "\ufffd", _nt(source, same_as))
    triples = ox.parse(lines.encode(), format=ox.RdfFormat.N_TRIPLES)
    written = ox.serialize((q.triple for q in triples), format=ox.RdfFormat.RDF_XML, prefixes=dict(vocab.PREFIXES))
    return (written or b"").decode() + "\n"


# -- JSON-LD


def _jsonld(quads: Iterable[Quad], *, flat: bool = False) -> str:
    """Quads as flattened JSON-LD 1.1 whose context stands in it: nothing has to be fetched to read it.

    With `flat`, what stands in any graph stands in the default graph.
    """
    ordered = sorted(set(quads), key=lambda q: (q.g, q.s, q.p, isinstance(q.o, Lit), q.o))
    graphs = [{"@id": graph, "@graph": _nodes(found)} for graph, found in groupby(ordered, key=lambda q: q.g)]
    if flat:
        graphs = _nodes(
            sorted({q._replace(g=Iri()) for q in ordered}, key=lambda q: (q.s, q.p, isinstance(q.o, Lit), q.o))
        )
    return json.dumps({"@context": dict(vocab.PREFIXES), "@graph": graphs}, ensure_ascii=False, indent=1) + "\n"


def _nodes(quads: Iterable[Quad]) -> list[dict[str, Any]]:
    return [_node(name, about) for name, about in groupby(quads, key=lambda q: q.s)]


def _node(name: Iri, about: Iterator[Quad]) -> dict[str, Any]:
    node: dict[str, Any] = {"@id": name}
    for p, found in groupby(about, key=lambda q: q.p):
        if p == vocab.type_:
            node["@type"] = [_curie(str(q.o)) for q in found if isinstance(q.o, Iri)]
        else:
            values = [_value(q.o) for q in found]
            node[_curie(p)] = values if len(values) > 1 else values[0]
    return node


def _value(term: Iri | Lit) -> Any:
    if isinstance(term, Iri):
        return {"@id": term}
    if term.language:
        return {"@value": term.text, "@language": term.language}
    return term.text if term.datatype == vocab.string else {"@value": term.text, "@type": _curie(term.datatype)}


def _curie(iri: str) -> str:
    for prefix, namespace in vocab.PREFIXES.items():
        if iri.startswith(namespace):
            return f"{prefix}:{iri[len(namespace) :]}"
    return iri


# -- the formats


def _ftm(source: Source) -> str:
    """FollowTheMoney lines; those of a store know what is one thing, and its ids outside."""
    known = joined(source)
    lines = ftm_lines(extractions(source), identity=known.key, external=known.outside, base=known.base)
    return "".join(f"{line}\n" for line in lines)


_TEXTS: Mapping[str, Callable[[Source, bool], str]] = {
    "nq": _nq,
    "trig": _trig,
    "jsonld": lambda source, same_as: _jsonld(_quads(source, same_as)),
    "ttl": lambda source, same_as: turtle(_triples(source, same_as)),
    "nt": _nt,
    "rdf": _rdf,
    "jsonld-flat": lambda source, same_as: _jsonld(_quads(source, same_as), flat=True),
    "graphml": lambda source, _: graphml(to_networkx(source)),
    "gexf": lambda source, _: gexf(to_networkx(source)),
    "ftm": lambda source, _: _ftm(source),
    "cypher": lambda source, _: cypher(to_networkx(source)),
    "geojson": lambda source, _: geojson(source),
    "map": lambda source, _: map_page(source),
}
_FILES: Mapping[str, Callable[[Source, Path], Path]] = {
    "xlsx": write_workbook,
    "sqlite": write_sqlite,
    "obsidian": write_vault,
}
_SUFFIXES = {
    **{f".{form}": form for form in (*_TEXTS, "xlsx", "sqlite", "parquet", "csv")},
    ".db": "sqlite",
    ".sqlite3": "sqlite",
    ".json": "jsonld",
    ".xml": "rdf",
    ".cql": "cypher",
    ".html": "map",
}
_ENDINGS = ", ".join(_SUFFIXES)
