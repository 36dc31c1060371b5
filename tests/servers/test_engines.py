"""rdflib, Oxigraph and Virtuoso give equal answers to every shipped question: the same rows in the same order."""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import rdflib
from endpoints import Server

from kg import store as stores
from kg.build import Plan, build
from kg.identity.linking import link
from kg.query import bind, question, questions, run
from kg.rdf.interop import dataset
from kg.resources import resource
from kg.serve.pages import with_prefixes
from kg.store import Store
from kg.store.push import push

pytestmark = [pytest.mark.server, pytest.mark.model]

ASKED = [(q.name, {}) for q in questions()] + [
    ("speaker", {"name": "jones"}),
    ("speaker", {"name": "No such “name” \\ '"}),
    ("who-said-what", {"speaker": "watch"}),
    ("topic", {"topic": "photograph"}),
    ("figures", {"counted": "detainee"}),
    ("figures-compared", {"counted": "detainee"}),
    ("conflicts", {"counted": "detainee"}),
    ("sourcing", {"speaker": "amnesty"}),
    ("roles-over-time", {"name": "assad"}),
    ("timeline", {"after": "2012-01-01", "before": "2016-12-31"}),
    ("contradicted-by", {"speaker": "department"}),
]
NAMES = [f"{name} {' '.join(values.values())}".strip() for name, values in ASKED]


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """The bundled articles, as `kg build` stores them."""
    with stores.open(tmp_path_factory.mktemp("library"), create=True) as made:
        results = list(build(Plan([str(resource("data/articles"))]), made))
        assert len(results) >= 5
        assert [r.why for r in results if r.why] == []
        link(made)
        yield made


@pytest.fixture(scope="module")
def in_memory(library: Store) -> rdflib.Dataset:
    return dataset(library.quads())


@pytest.fixture(scope="module", params=["oxigraph", "virtuoso"])
def elsewhere(request: pytest.FixtureRequest, library: Store) -> Server:
    """Each server, with the same graphs."""
    server: Server = request.getfixturevalue(request.param)
    list(push(library, server.graphs, paths=True, **server.access))
    return server


def rows(answer: dict[str, Any]) -> list[tuple[Any, ...]]:
    """The rows of an answer as values.

    What RDF leaves to the engine is levelled: how a number is written (12,
    12.0), which of its numeric types it has, and whether a plain string names
    its datatype. Virtuoso has no booleans of its own (1 is true), and says
    `typed-literal`, as drafts of the format did.
    """
    columns = answer["head"]["vars"]
    return [tuple(_value(row.get(name)) for name in columns) for row in answer["results"]["bindings"]]


def _value(binding: dict[str, str] | None) -> Any:
    if binding is None:
        return None
    kind = binding.get("datatype", "").rpartition("#")[2]
    text = binding["value"]
    if kind in {"decimal", "integer", "int", "double", "float"}:
        return Decimal(text).normalize()
    if kind == "boolean":
        return text in {"true", "1"}
    return (binding["type"].removeprefix("typed-"), "" if kind == "string" else kind, text)


@pytest.mark.parametrize(("name", "values"), ASKED, ids=NAMES)
def test_rdflib_answers_as_oxigraph_does(
    library: Store, in_memory: rdflib.Dataset, name: str, values: dict[str, str]
) -> None:
    wanted = rows(json.loads(run(library, name, values).format("json")))
    assert rows(json.loads(run(in_memory, name, values).format("json"))) == wanted


@pytest.mark.parametrize(("name", "values"), ASKED, ids=NAMES)
def test_another_server_answers_as_the_store_does(
    library: Store, elsewhere: Server, name: str, values: dict[str, str]
) -> None:
    wanted = rows(json.loads(run(library, name, values).format("json")))
    answer = elsewhere.ask(with_prefixes(bind(question(name).text, values)))
    assert answer["head"]["vars"] == json.loads(run(library, name, values).format("json"))["head"]["vars"]
    assert rows(answer) == wanted


def test_the_questions_have_answers_to_compare(library: Store) -> None:
    empty = [name for name, values in ASKED if not values and not run(library, name).rows]
    assert empty == ["reviewed"], "nobody has decided anything about the bundled articles"
    folder = Path(resource("data/articles"))
    assert len(run(library, "articles").rows) == len(list(folder.glob("*.txt")))


def test_a_server_holds_the_very_graph(library: Store, elsewhere: Server) -> None:
    found = {
        row["g"]["value"]: int(row["n"]["value"])
        for row in elsewhere.ask("SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g")["results"][
            "bindings"
        ]
    }
    wanted: dict[str, int] = {}
    for quad in library.quads():
        wanted[quad.g] = wanted.get(quad.g, 0) + 1
    assert {graph: found.get(graph) for graph in wanted} == wanted
