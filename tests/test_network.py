from __future__ import annotations

import io
from pathlib import Path

import networkx as nx
import pytest
from samples import rich, rival

import kg
from kg import store as stores
from kg.export.network import gexf, graphml, to_networkx
from kg.rdf.write import entity_iris, figure_iris, identity_iri, statement_iris, to_rdf
from kg.records.mention import EntityType


def test_nodes_and_edges_say_what_the_records_say() -> None:
    graph = kg.to_networkx(rich())
    who, said, counted = entity_iris(rich()), statement_iris(rich()), figure_iris(rich())
    assert graph.nodes[who["e5"]]["kind"] == "Person"
    assert graph.nodes[who["e5"]]["label"] == "Ida Berg"
    assert graph.nodes[said["a1"]]["quote"].startswith("Rescue Watch reported")
    assert graph.nodes[said["a1"]]["stance"] == "asserts"
    assert (graph.nodes[counted["f1"]]["low"], graph.nodes[counted["f1"]]["high"]) == (40.0, 60.0)
    assert set(graph.edges(said["a4"], keys=True)) == {
        (said["a4"], who["e7"], "saidBy"),
        (said["a4"], said["a3"], "nestedIn"),
    }
    assert (counted["f1"], who["e1"], "reportedBy") in graph.edges(keys=True)
    assert {kind for _, kind in graph.nodes(data="kind")}.isdisjoint({"Evidence", "TimeExpression", "Article"})


def test_all_sources_give_the_same_network(tmp_path: Path) -> None:
    direct = to_networkx([rich(), rival()])
    with stores.open(tmp_path / "g", create=True) as store:
        store.put(rich())
        store.put(rival())
        for other in (to_networkx(store), to_networkx(to_rdf([rival(), rich()]))):
            assert list(other.nodes(data=True)) == list(direct.nodes(data=True))
            assert list(other.edges(data=True, keys=True)) == list(direct.edges(data=True, keys=True))


def test_the_same_thing_is_one_node(tmp_path: Path) -> None:
    berg = identity_iri("Ida Berg")
    same = {entity_iris(rich())["e5"]: berg, entity_iris(rival())["e3"]: berg}
    with stores.open(tmp_path / "g", create=True) as store:
        store.put(rich())
        store.put(rival())
        store.set_links(same, {berg: (EntityType.PERSON, "Mayor Berg")})
        graph = to_networkx(store)
    assert graph.nodes[berg]["label"] == "Mayor Berg"
    assert graph.nodes[berg]["kind"] == "Person"
    assert not set(same) & set(graph)
    assert len([e for e in graph.in_edges(berg, keys=True) if e[2] == "saidBy"]) == 3


@pytest.mark.parametrize("write", [graphml, gexf])
def test_files_read_back_and_do_not_change(write: object) -> None:
    assert callable(write)
    graph = to_networkx([rich(), rival()])
    text = write(graph)
    assert text == write(to_networkx([rival(), rich()]))
    assert "lastmodified" not in text
    read = (nx.read_graphml if write is graphml else nx.read_gexf)(io.BytesIO(text.encode()))
    assert set(read.nodes) == set(graph.nodes)
    assert len(read.edges) == len(graph.edges)
