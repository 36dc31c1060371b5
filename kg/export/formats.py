"""A store, dataset or extractions -> text in other formats: N-Quads, TriG, JSON-LD, tables, GraphML, GEXF."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any

from ..errors import ExportError
from ..identity.linking import linked, with_same_as
from ..rdf import vocab
from ..rdf.concepts import counted, preferred_label
from ..rdf.iris import BASE
from ..rdf.terms import Iri, Lit, Quad, nquads
from ..rdf.turtle import trig
from ..rdf.write import GAP, number
from ..records.extraction import Extraction
from ..records.figure import Figure
from ..store import Store
from ..store.contents import all_quads, extractions
from ..text.article import Span
from .ftm import ftm_lines
from .network import gexf, graphml, to_networkx

if TYPE_CHECKING:
    from decimal import Decimal

    from ..store.contents import Source


def export(source: Source, what: str = "all", form: str = "nq", *, same_as: bool = False) -> str:
    """All of a graph as nq, trig, jsonld, graphml, gexf or ftm; or its figures, statements or roles as a table in CSV.

    Equal graphs give equal bytes. In graphml and gexf entities that were judged
    to be the same thing are one node, in ftm (FollowTheMoney) one entity. A table needs no `form`: it is CSV.
    With `same_as`, for nq, trig and jsonld, links and identities are said as owl:sameAs too.

    Raises ExportError for anything else.
    """
    if same_as and (what != "all" or form not in {"nq", "trig", "jsonld"}):
        raise ExportError(f"cannot write owl:sameAs into {what!r} as {form!r}; ask for all as nq, trig or jsonld")
    if what in _TABLES and form in {"csv", "nq"}:
        return table(source, what)
    if what == "all" and form == "nq" and isinstance(source, Store) and not same_as:
        return "".join(f"{line}\n" for line in source.lines())
    if what == "all" and form in {"nq", "trig", "jsonld"}:
        found = with_same_as(all_quads(source)) if same_as else all_quads(source)
        if form == "nq":
            return "".join(f"{line}\n" for line in nquads(found))
        base = source.base if isinstance(source, Store) else BASE
        return trig(found, base=base) if form == "trig" else jsonld(found)
    if what == "all" and form in {"graphml", "gexf"}:
        return (graphml if form == "graphml" else gexf)(to_networkx(source))
    if what == "all" and form == "ftm":
        return "".join(f"{line}\n" for line in _ftm(source))
    raise ExportError(
        f"cannot write {what!r} as {form!r}; there are all as nq, trig, jsonld, graphml, gexf and ftm, "
        f"and {', '.join(_TABLES)} as csv"
    )


def _ftm(source: Source) -> Iterator[str]:
    """FollowTheMoney lines; those of a store know what is one thing, and its ids outside."""
    if not isinstance(source, Store):
        return ftm_lines(extractions(source))
    external: dict[str, list[str]] = {}
    for quad in source.quads(p=vocab.closeMatch):
        external.setdefault(quad.s, []).append(str(quad.o))
    return ftm_lines(extractions(source), identity=linked(source), external=external, base=source.base)


# -- JSON-LD


def jsonld(quads: Iterable[Quad]) -> str:
    """Quads as flattened JSON-LD 1.1 whose context stands in it: nothing has to be fetched to read it."""
    graphs = []
    ordered = sorted(set(quads), key=lambda q: (q.g, q.s, q.p, isinstance(q.o, Lit), q.o))
    for graph, in_graph in groupby(ordered, key=lambda q: q.g):
        nodes = [_node(name, about) for name, about in groupby(in_graph, key=lambda q: q.s)]
        graphs.append({"@id": graph, "@graph": nodes})
    return json.dumps({"@context": dict(vocab.PREFIXES), "@graph": graphs}, ensure_ascii=False, indent=1) + "\n"


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


# -- tables

Row = Mapping[str, object]
_ABOUT = ("article", "headline", "publisher", "published", "url")


def table(source: Source, what: str) -> str:
    """The figures, statements or roles of a graph as CSV, one a row, in the order of articles and text.

    A cell that a spreadsheet would run as a formula gets an apostrophe in front.
    """
    columns, rows = _TABLES[what]
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow((*_ABOUT, *columns))
    for extraction in extractions(source):
        article = extraction.article
        about = (article.id, article.title, article.publisher, article.published, article.url)
        for row in rows(extraction):
            writer.writerow([_cell(value) for value in (*about, *(row[column] for column in columns))])
    return out.getvalue()


_FORMULA = re.compile(r"[=@\t\r]|[+-](?![\d.]+$)")


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    text = str(value)
    return f"'{text}" if _FORMULA.match(text) else text


def _names(extraction: Extraction) -> dict[str | None, str]:
    return {entity.id: entity.name for entity in extraction.entities}


def _where(extraction: Extraction, span: Span) -> dict[str, object]:
    return {"quote": extraction.article.quote(span), "start": span.start, "end": span.end}


def _decimal(value: Decimal | None) -> str | None:
    return None if value is None else number(value)


def _figures(extraction: Extraction) -> Iterator[Row]:
    names = _names(extraction)
    for figure in extraction.figures:
        concept = counted(figure)
        yield {
            "id": figure.id,
            "reporters": "; ".join(names[id] for id in figure.reporters),
            "via": names.get(figure.via),
            "chain": _chain(extraction, figure),
            "low": _decimal(figure.low),
            "high": _decimal(figure.high),
            "bound": figure.bound,
            "approximate": figure.approximate,
            "unit": figure.unit,
            "per": figure.per,
            "change": figure.change,
            "what": preferred_label(concept) if concept else None,
            "counted": figure.counted,
            "happening": figure.event,
            "place": names.get(figure.place),
            "from": figure.start,
            "until": figure.end,
            "as_of": figure.as_of,
            "method": figure.method,
            "statement": figure.attribution,
            "confidence": f"{figure.confidence:.4g}",
            **_where(extraction, figure.evidence or figure.span),
        }


def _chain(extraction: Extraction, figure: Figure) -> str:
    """By whom a figure came, from the outlet to the first source: Herald > Amnesty [said] > witnesses [told]."""
    names, quote = _names(extraction), extraction.article.quote
    steps = [extraction.article.publisher] if extraction.article.publisher else []
    for step in figure.chain:
        cue = " ".join(quote(span) for span in step.cue)
        steps.append(f"{names[step.entity]} [{cue}]" if cue else names[step.entity])
    return " > ".join(steps)


def _statements(extraction: Extraction) -> Iterator[Row]:
    names = _names(extraction)
    for attribution in extraction.attributions:
        spans = (*attribution.source, *attribution.cue, *attribution.content)
        quote = extraction.article.quote
        yield {
            "id": attribution.id,
            "who": names.get(attribution.entity),
            "stance": attribution.stance,
            "text": GAP.join(quote(span) for span in attribution.content),
            "cue": GAP.join(quote(span) for span in attribution.cue),
            "form": attribution.form,
            "via": names.get(attribution.via),
            "nested_in": attribution.parent,
            "topics": "; ".join(topic.label for topic in extraction.topics if attribution.id in topic.attributions),
            "confidence": f"{attribution.confidence:.4g}",
            **_where(extraction, Span(min(s.start for s in spans), max(s.end for s in spans))),
        }


def _roles(extraction: Extraction) -> Iterator[Row]:
    names = _names(extraction)
    for role in extraction.roles:
        yield {
            "id": role.id,
            "holder": names[role.holder],
            "title": role.title,
            "organization": names.get(role.organization),
            "place": names.get(role.place),
            "status": role.status,
            "from": role.start,
            "until": role.end,
            "as_of": role.as_of,
            "confidence": f"{role.confidence:.4g}",
            **_where(extraction, role.span),
        }


_WHERE = ("quote", "start", "end")
_TABLES: Mapping[str, tuple[Sequence[str], Callable[[Extraction], Iterator[Row]]]] = {
    "figures": (
        (
            *(
                "id",
                "reporters",
                "via",
                "chain",
                "low",
                "high",
                "bound",
                "approximate",
                "unit",
                "per",
                "change",
                "what",
            ),
            *("counted", "happening", "place", "from", "until", "as_of", "method", "statement", "confidence", *_WHERE),
        ),
        _figures,
    ),
    "statements": (
        ("id", "who", "stance", "text", "cue", "form", "via", "nested_in", "topics", "confidence", *_WHERE),
        _statements,
    ),
    "roles": (
        ("id", "holder", "title", "organization", "place", "status", "from", "until", "as_of", "confidence", *_WHERE),
        _roles,
    ),
}
