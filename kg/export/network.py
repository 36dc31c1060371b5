"""Graphs -> networkx: who says what about what, whom they have it from, what they report, who holds which role."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

from ..rdf import vocab
from ..rdf.forms import PLACES
from ..rdf.terms import Iri, Lit, Quad
from ..store.contents import all_quads

if TYPE_CHECKING:
    import networkx as nx

    from ..store.contents import Source

_EDGES: Mapping[str, str] = {
    str(p): p.rpartition("#")[2]
    for p in (
        vocab.saidBy,
        vocab.via,
        vocab.nestedIn,
        vocab.about,
        vocab.denotes,
        vocab.reportedBy,
        vocab.counts,
        vocab.broader,
        vocab.statedIn,
        vocab.place,
        vocab.member,
        vocab.organization,
        vocab.agent,
        vocab.patient,
        vocab.recipient,
        vocab.instrument,
        vocab.subject,
        vocab.object,
    )
}
"""Properties that become edges, by the name of the edge."""

_HIDDEN = frozenset(
    {vocab.Evidence, vocab.TimeExpression, vocab.Article, vocab.Extraction, vocab.Input, vocab.Identity, vocab.Review}
    | {vocab.person}
)
"""Classes whose nodes stay out: they say where and by what, not what."""

_HIDDEN_VALUES = PLACES | {vocab.label, vocab.prefLabel, vocab.mentionType}

_LABELS = (vocab.label, vocab.prefLabel, vocab.text, vocab.title, vocab.eventType, vocab.relationType, vocab.counted)
_NUMBERS = frozenset({vocab.low, vocab.high, vocab.confidence})
_FLAGS = frozenset({vocab.approximate, vocab.named, vocab.negated})


def to_networkx(source: Source) -> nx.MultiDiGraph[str]:
    """A directed multigraph of entities, statements, figures, roles, events, relations, topics and concepts.

    A node is an IRI with `kind` (its class), `label`, its literal properties as
    attributes, `article` (the IRI), `published` (the day of the first article
    that it is in), and `quote`, `start` and `end` of its evidence. An edge's key
    and `kind` is the property: saidBy, via, about, reportedBy, counts ...
    Entities judged to be the same thing are one node. Nodes and edges come in a
    fixed order.

    >>> from kg import Article, extract, to_rdf
    >>> graph = to_networkx(to_rdf(extract(Article("Jo Hill said the mill had closed."), fast=True)))
    >>> sorted(data["label"] for _, data in graph.nodes(data=True))
    ['Jo Hill', 'mill', 'the mill had closed']
    """
    import networkx as nx

    index = _index(source)
    same = {s: o for s, about in index.items() for o in _nodes_of(about, vocab.sameThingAs)}
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    kinds = {s: _nodes_of(about, vocab.type_) for s, about in index.items()}
    shown = [s for s in index if kinds[s] and not _HIDDEN.intersection(kinds[s])]
    days = {s: o.text for s, about in index.items() for o in about.get(vocab.datePublished, ()) if isinstance(o, Lit)}
    for s in shown:
        node: Iri = same.get(s, s)
        if node not in graph:
            named = index[node] if node != s else index[s]
            graph.add_node(node, kind=_short(kinds[s][0]), **_attributes(index, s, named))
        _date(graph.nodes[node], [days[a] for a in index[s].get(vocab.inArticle, ()) if a in days])
    for s in shown:
        for kind, o in _edges_from(index[s]):
            if o in index:
                graph.add_edge(same.get(s, s), same.get(o, o), key=kind, kind=kind)
    return graph


def _edges_from(about: Mapping[Iri, list[Iri | Lit]]) -> Iterator[tuple[str, Iri]]:
    """The kinds of a node's edges, each with the node that it leads to."""
    for edge, kind in _EDGES.items():
        for o in _nodes_of(about, Iri(edge)):
            yield kind, o


def _nodes_of(about: Mapping[Iri, list[Iri | Lit]], p: Iri) -> list[Iri]:
    """The nodes that a property leads to."""
    return [o for o in about.get(p, ()) if isinstance(o, Iri)]


def _index(source: Source) -> dict[Iri, dict[Iri, list[Iri | Lit]]]:
    """What is said of each node, by property, in a fixed order."""
    index: dict[Iri, dict[Iri, list[Iri | Lit]]] = {}
    for s, p, o, _ in sorted(set(all_quads(source)), key=_order):
        index.setdefault(s, {}).setdefault(p, []).append(o)
    return index


def _date(node: dict[str, Any], days: list[str]) -> None:
    """Give a node the day of the first article that it is in."""
    known = [*days, *([node["published"]] if "published" in node else [])]
    if known:
        node["published"] = min(known)


def _order(quad: Quad) -> tuple[str, str, bool, str]:
    return quad.s, quad.p, isinstance(quad.o, Lit), quad.o.text if isinstance(quad.o, Lit) else quad.o


def _short(iri: str) -> str:
    return re.split("[#/]", iri)[-1]


def _attributes(
    index: Mapping[Iri, Mapping[Iri, list[Iri | Lit]]], s: Iri, named: Mapping[Iri, list[Iri | Lit]]
) -> dict[str, Any]:
    about = index[s]
    label = next((o.text for p in _LABELS for o in (*named.get(p, ()), *about.get(p, ())) if isinstance(o, Lit)), "")
    found: dict[str, Any] = {"label": _legal(label) or _short(s)}
    for p, values in about.items():
        texts = [o.text for o in values if isinstance(o, Lit)]
        if texts and p not in _HIDDEN_VALUES:
            found[_short(p)] = _attribute(p, texts)
    for article in about.get(vocab.inArticle, ()):
        found["article"] = str(article)
    for evidence in _nodes_of(about, vocab.evidence):
        found |= _evidence(index[evidence])
    return found


def _attribute(p: Iri, texts: list[str]) -> float | bool | str:
    """The literals of a property as one attribute: a number, a truth or words."""
    if p in _NUMBERS:
        return float(texts[0])
    return texts[0] == "true" if p in _FLAGS else _legal("; ".join(texts))


def _evidence(about: Mapping[Iri, list[Iri | Lit]]) -> Iterator[tuple[str, str | int]]:
    """The words of a record and where they stand."""
    for p, name in ((vocab.exact, "quote"), (vocab.start, "start"), (vocab.end, "end")):
        value = about[p][0]
        if isinstance(value, Lit):
            yield name, _legal(value.text) if p == vocab.exact else int(value.text)


_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def _legal(text: str) -> str:
    """Text without what XML cannot hold."""
    return _ILLEGAL.sub("\ufffd", text)


def graphml(graph: nx.MultiDiGraph[str]) -> str:
    """The graph as GraphML, for Gephi, Cytoscape, yEd: the same bytes for the same graph.

    Each edge has an id of its own (Gephi and yEd keep one edge an id), and its kind as data.

    >>> from kg import Article, extract, to_rdf
    >>> found = extract(Article("Jo Hill, the mayor, said the mill in Leeds had closed."), fast=True)
    >>> graphml(to_networkx(to_rdf(found))).startswith("<?xml")
    True
    """
    import networkx as nx
    from networkx.readwrite.graphml import GraphMLWriter

    numbered: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    numbered.add_nodes_from(graph.nodes(data=True))
    for n, (s, o, data) in enumerate(graph.edges(data=True)):
        numbered.add_edge(s, o, key=f"edge{n}", **data, label=data["kind"])
    out = io.BytesIO()
    writer = GraphMLWriter(encoding="utf-8", prettyprint=True)
    writer.add_graph_element(numbered)
    writer.dump(out)
    return out.getvalue().decode() + "\n"


_GEXF = "http://www.gexf.net/1.2draft"
_GEXF_TYPES: Mapping[type, str] = {bool: "boolean", int: "integer", float: "double"}
_GEXF_NAMES = {"start": "from_character", "end": "to_character", "id": "local_id"}
"""Attributes under other names: GEXF has a meaning of its own for these."""


def gexf(graph: nx.MultiDiGraph[str]) -> str:
    """The graph as GEXF 1.2, for Gephi and Gephi Lite: the same bytes for the same graph.

    It is dynamic where articles have a date: a node lives from the day of the
    first article that holds it, a node without a date always.

    >>> from kg import Article, extract, to_rdf
    >>> gexf(to_networkx(to_rdf(extract(Article("Jo Hill said the mill had closed."), fast=True))))[:60]
    '<?xml version=\\'1.0\\' encoding=\\'utf-8\\'?>\\n<gexf xmlns="http://w'
    """
    days = [day for _, day in graph.nodes(data="published") if day]
    root = ElementTree.Element("gexf", {"xmlns": _GEXF, "version": "1.2"})
    timed = (
        {"mode": "dynamic", "timeformat": "date", "start": min(days), "end": max(days)} if days else {"mode": "static"}
    )
    body = ElementTree.SubElement(root, "graph", {"defaultedgetype": "directed", **timed})
    columns = _gexf_columns(graph)
    declared = ElementTree.SubElement(body, "attributes", {"class": "node", "mode": "static"})
    for n, (name, kind) in enumerate(columns.items()):
        title = _GEXF_NAMES.get(name, name)
        ElementTree.SubElement(declared, "attribute", {"id": str(n), "title": title, "type": kind})
    on_edges = ElementTree.SubElement(body, "attributes", {"class": "edge", "mode": "static"})
    ElementTree.SubElement(on_edges, "attribute", {"id": "0", "title": "kind", "type": "string"})
    nodes = ElementTree.SubElement(body, "nodes")
    places = {name: n for n, name in enumerate(columns)}
    for node, data in graph.nodes(data=True):
        life = {"start": data["published"]} if data.get("published") else {}
        element = ElementTree.SubElement(nodes, "node", {"id": node, "label": data["label"], **life})
        _gexf_values(element, {places[name]: value for name, value in data.items() if name in places})
    edges = ElementTree.SubElement(body, "edges")
    for n, (s, o, kind) in enumerate(graph.edges(data="kind")):
        ends = {"id": f"edge{n}", "source": s, "target": o, "label": kind}
        _gexf_values(ElementTree.SubElement(edges, "edge", ends), {0: kind})
    ElementTree.indent(root)
    return f"<?xml version='1.0' encoding='utf-8'?>\n{ElementTree.tostring(root, encoding='unicode')}\n"


def _gexf_columns(graph: nx.MultiDiGraph[str]) -> dict[str, str]:
    """The attributes of nodes by name with their types; one whose values are of several types is text."""
    found: dict[str, set[str]] = {}
    for _, data in graph.nodes(data=True):
        for name, value in data.items():
            if name != "label":
                found.setdefault(name, set()).add(_GEXF_TYPES.get(type(value), "string"))
    return {name: kinds.pop() if len(kinds) == 1 else "string" for name, kinds in sorted(found.items())}


def _gexf_values(element: ElementTree.Element, values: Mapping[int, Any]) -> None:
    if values:
        kept = ElementTree.SubElement(element, "attvalues")
        for column, value in sorted(values.items()):
            text = str(value).lower() if isinstance(value, bool) else str(value)
            ElementTree.SubElement(kept, "attvalue", {"for": str(column), "value": text})
