"""A network -> a Cypher script for Neo4j and Memgraph: `cypher-shell -f graph.cypher`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import networkx as nx

_BATCH = 200
"""Nodes or edges a statement."""


def cypher(graph: nx.MultiDiGraph[str]) -> str:
    """A script that makes or updates each node, by its IRI, and each edge once, however often it is run.

    Nodes have the label Node and that of their kind. Words of articles are
    values in quotation marks, with everything but ASCII letters, digits and
    plain signs escaped: they cannot end the string that holds them.

    >>> from kg import Article, extract, to_networkx, to_rdf
    >>> found = extract(Article("Jo Hill, the mayor, said the mill in Leeds had closed."), fast=True)
    >>> "Jo Hill" in cypher(to_networkx(to_rdf(found)))
    True
    """
    return "".join(f"{line}\n" for line in _statements(graph))


def _statements(graph: nx.MultiDiGraph[str]) -> Iterator[str]:
    yield "CREATE CONSTRAINT node_iri IF NOT EXISTS FOR (n:Node) REQUIRE n.iri IS UNIQUE;"
    nodes = sorted(graph.nodes(data=True), key=lambda node: node[1]["kind"])
    for kind, of_kind in groupby(nodes, key=lambda node: str(node[1]["kind"])):
        for some in _batches([{"iri": node, "data": {**data, "iri": node}} for node, data in of_kind]):
            yield f"UNWIND {_value(some)} AS row MERGE (n:Node {{iri: row.iri}}) SET n:{_name(kind)}, n += row.data;"
    edges = sorted(((data["kind"], s, o) for s, o, data in graph.edges(data=True)), key=lambda edge: edge[0])
    for kind, of_kind in groupby(edges, key=lambda edge: str(edge[0])):
        for some in _batches([{"s": s, "o": o} for _, s, o in of_kind]):
            yield (
                f"UNWIND {_value(some)} AS row MATCH (s:Node {{iri: row.s}}), (o:Node {{iri: row.o}}) "
                f"MERGE (s)-[:{_name(kind)}]->(o);"
            )


def _batches(rows: list[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    for start in range(0, len(rows), _BATCH):
        yield rows[start : start + _BATCH]


def _value(value: object) -> str:
    """A value as Cypher writes it: strings as JSON has them, which Cypher reads alike, and names of keys quoted."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_name(key)}: {_value(each)}" for key, each in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ",\n ".join(map(_value, value)) + "]"
    if isinstance(value, str):
        # a slash and a semicolon are escaped too: shells and older parsers look for comments and ends in strings
        return json.dumps(value).replace("/", "\\u002f").replace(";", "\\u003b").replace("\x7f", "\\u007f")
    return json.dumps(value)


def _name(name: str) -> str:
    return "`" + name.replace("`", "") + "`"
