"""Graphs -> networkx: who says what about what, whom they have it from, what they report, who holds which role."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

from ..rdf import vocab
from ..rdf.terms import Iri, Lit, Quad
from ..rdf.write import PLACES
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
    {vocab.Evidence, vocab.TimeExpression, vocab.Article, vocab.Extraction, vocab.Input, vocab.Identity}
)
"""Classes whose nodes stay out: they say where and by what, not what."""

_HIDDEN_VALUES = PLACES | {vocab.label, vocab.prefLabel, vocab.mentionType}

_LABELS = (vocab.label, vocab.prefLabel, vocab.text, vocab.title, vocab.eventType, vocab.relationType, vocab.counted)
_NUMBERS = frozenset({vocab.low, vocab.high, vocab.confidence})
_FLAGS = frozenset({vocab.approximate, vocab.named, vocab.negated})


def to_networkx(source: Source) -> nx.MultiDiGraph[str]:
    """A directed multigraph of entities, statements, figures, roles, events, relations, topics and concepts.

    A node is an IRI with `kind` (its class), `label`, its literal properties as
    attributes, `article` (the IRI), and `quote`, `start` and `end` of its
    evidence. An edge's key and `kind` is the property: saidBy, via, about,
    reportedBy, counts ... Entities judged to be the same thing are one node.
    Nodes and edges come in a fixed order.
    """
    import networkx as nx

    index: dict[Iri, dict[Iri, list[Iri | Lit]]] = {}
    for s, p, o, _ in sorted(set(all_quads(source)), key=_order):
        index.setdefault(s, {}).setdefault(p, []).append(o)
    same = {s: o for s, about in index.items() for o in about.get(vocab.sameThingAs, ()) if isinstance(o, Iri)}
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    kinds = {s: [k for k in about.get(vocab.type_, ()) if isinstance(k, Iri)] for s, about in index.items()}
    shown = [s for s in index if kinds[s] and not _HIDDEN.intersection(kinds[s])]
    for s in shown:
        node: Iri = same.get(s, s)
        if node not in graph:
            named = index[node] if node != s else index[s]
            graph.add_node(node, kind=_short(kinds[s][0]), **_attributes(index, s, named))
    for s in shown:
        for edge, kind in _EDGES.items():
            for o in index[s].get(Iri(edge), ()):
                if isinstance(o, Iri) and o in index:
                    graph.add_edge(same.get(s, s), same.get(o, o), key=kind, kind=kind)
    return graph


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
            found[_short(p)] = (
                float(texts[0]) if p in _NUMBERS else texts[0] == "true" if p in _FLAGS else _legal("; ".join(texts))
            )
    for article in about.get(vocab.inArticle, ()):
        found["article"] = str(article)
    for evidence in about.get(vocab.evidence, ()):
        if isinstance(evidence, Iri):
            for p, name in ((vocab.exact, "quote"), (vocab.start, "start"), (vocab.end, "end")):
                value = index[evidence][p][0]
                if isinstance(value, Lit):
                    found[name] = _legal(value.text) if p == vocab.exact else int(value.text)
    return found


_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def _legal(text: str) -> str:
    """Text without what XML cannot hold."""
    return _ILLEGAL.sub("\ufffd", text)


def graphml(graph: nx.MultiDiGraph[str]) -> str:
    """The graph as GraphML, for Gephi, Cytoscape, yEd: the same bytes for the same graph."""
    from networkx.readwrite.graphml import GraphMLWriter

    out = io.BytesIO()
    writer = GraphMLWriter(encoding="utf-8", prettyprint=True)
    writer.add_graph_element(graph)
    writer.dump(out)
    return out.getvalue().decode() + "\n"


def gexf(graph: nx.MultiDiGraph[str]) -> str:
    """The graph as GEXF 1.2, for Gephi, without the date that networkx adds: the same bytes for the same graph."""
    import networkx as nx

    space = "http://www.gexf.net/1.2draft"
    # "id" and "label" are names that GEXF keeps for itself.
    root = ElementTree.fromstring("\n".join(nx.generate_gexf(graph, prettyprint=False)))
    for meta in root.findall(f"{{{space}}}meta"):
        root.remove(meta)
    ElementTree.register_namespace("", space)
    ElementTree.register_namespace("viz", f"{space}/viz")
    ElementTree.indent(root)
    return f"<?xml version='1.0' encoding='utf-8'?>\n{ElementTree.tostring(root, encoding='unicode')}\n"
