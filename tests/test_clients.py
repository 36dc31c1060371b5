"""SPARQL clients as people have them: SPARQLWrapper in all its formats, format= of others, pages elsewhere, typed questions."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
import rdflib
from serving import make_store, serving

PAGE = "http://notes.example:8888"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with serving(make_store(tmp_path_factory.mktemp("asked")), options={"origins": [PAGE]}) as found:
        yield found


CONSTRUCT = "CONSTRUCT { ?s rdfs:label ?o } WHERE { ?s rdfs:label ?o }"
DESCRIBE = "DESCRIBE ?s WHERE { ?s a kg:Person }"


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("form", ["(default)", "xml", "n3", "turtle", "rdf", "rdf+xml", "json-ld"])
@pytest.mark.parametrize("query", [CONSTRUCT, DESCRIBE])
def test_sparqlwrapper_gets_graphs(address: str, query: str, form: str, method: str) -> None:
    wrapper = pytest.importorskip("SPARQLWrapper")
    client = wrapper.SPARQLWrapper(f"{address}/sparql")
    client.setMethod(method)
    client.setQuery(
        "PREFIX kg: <https://w3id.org/reportedly/ns#> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> " + query
    )
    if form != "(default)":
        client.setReturnFormat(form)
    found: Any = client.query().convert()
    graph = found if isinstance(found, rdflib.Graph) else rdflib.Graph().parse(data=found)
    assert len(graph) > 5


@pytest.mark.parametrize("form", ["(default)", "xml", "json", "csv", "tsv"])
@pytest.mark.parametrize("query", ["SELECT ?s WHERE { ?s ?p ?o } LIMIT 3", "ASK { ?s ?p ?o }"])
def test_sparqlwrapper_gets_rows(address: str, query: str, form: str) -> None:
    wrapper = pytest.importorskip("SPARQLWrapper")
    if query.startswith("ASK") and form in {"csv", "tsv"}:
        pytest.skip("a verdict has no such form")
    client = wrapper.SPARQLWrapper(f"{address}/sparql")
    client.setQuery(query)
    if form != "(default)":
        client.setReturnFormat(form)
    assert client.query().convert()


@pytest.mark.parametrize("media", ["application/xml", "text/xml", "text/boolean", "application/json"])
def test_older_types_of_a_verdict(address: str, media: str) -> None:
    answer = httpx.get(f"{address}/sparql", params={"query": "ASK {}"}, headers={"accept": media})
    assert answer.status_code == 200 and answer.headers["content-type"].partition(";")[0] == media
    assert "true" in answer.text and (media != "text/boolean" or answer.text == "true")


@pytest.mark.parametrize("media", ["text/n3", "application/x-turtle", "text/rdf+n3", "application/turtle"])
def test_older_types_of_turtle(address: str, media: str) -> None:
    answer = httpx.get(f"{address}/sparql", params={"query": CONSTRUCT}, headers={"accept": media})
    assert answer.status_code == 200 and answer.headers["content-type"].partition(";")[0] == media
    assert len(rdflib.Graph().parse(data=answer.text, format="turtle")) > 5


@pytest.mark.parametrize("name", ["format", "output", "results"])
@pytest.mark.parametrize("value", ["text/csv", "csv", "CSV"])
def test_a_format_has_several_names(address: str, name: str, value: str) -> None:
    answer = httpx.get(f"{address}/sparql", params={"query": "SELECT (1 AS ?one) {}", name: value})
    assert answer.text == "one\r\n1\r\n"


def test_a_mark_before_a_query_is_dropped(address: str) -> None:
    direct = {"content-type": "application/sparql-query"}
    assert httpx.post(f"{address}/sparql", content="\ufeffASK {}".encode(), headers=direct).status_code == 200
    assert httpx.get(f"{address}/sparql", params={"query": "\ufeffASK {}"}).status_code == 200


def test_a_page_of_an_allowed_origin_may_ask_and_no_other(address: str) -> None:
    asked = {"params": {"query": "ASK {}"}}
    welcome = httpx.get(f"{address}/sparql", headers={"origin": PAGE, "sec-fetch-site": "cross-site"}, **asked)
    assert welcome.status_code == 200
    assert welcome.headers["access-control-allow-origin"] == PAGE
    assert "access-control-allow-credentials" not in welcome.headers
    assert "origin" in welcome.headers["vary"].lower()
    ahead = httpx.options(f"{address}/sparql", headers={"origin": PAGE, "access-control-request-method": "POST"})
    assert ahead.status_code == 204 and "POST" in ahead.headers["access-control-allow-methods"]
    for other in ("http://notes.example", "https://notes.example:8888", "http://evil.example", "null"):
        refused = httpx.get(f"{address}/sparql", headers={"origin": other}, **asked)
        assert refused.status_code == 403 and "access-control-allow-origin" not in refused.headers
        assert (
            httpx.options(
                f"{address}/sparql", headers={"origin": other, "access-control-request-method": "POST"}
            ).status_code
            == 403
        )


@pytest.mark.parametrize("origin", ["*", "notes.example", "https://notes.example/page", "javascript:x", ""])
def test_an_origin_that_is_none_is_told(tmp_path: Path, origin: str) -> None:
    from kg.errors import ServeError
    from kg.serve import run

    with pytest.raises(ServeError, match="is no origin of a page"):
        run(make_store(tmp_path), origins=[origin])


# -- what people type


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """A graph whose speakers have names that keyboards lack."""
    from dataclasses import replace

    from samples import rich

    from kg import store as stores

    names = {"e1": "Cordoba’s river ministry", "e5": "Zoë Lukšić", "e7": "O’Hara–Smith"}
    sample = rich()
    made = replace(sample, entities=tuple(replace(e, name=names.get(e.id, e.name)) for e in sample.entities))
    with stores.open(tmp_path_factory.mktemp("told"), create=True) as store:
        store.put(made)
        yield store


TYPED = [
    ("Cordoba's", 1), ("cordoba’s", 1), ("CORDOBA`S", 1), ("Zoe Luksic", 2), ("zoë lukšić", 2), ("lukšic", 2),
    ("O'Hara-Smith", 1), ("ohara", 0), ("", 4),
]  # fmt: skip


@pytest.mark.parametrize(("words", "rows"), TYPED)
def test_names_are_found_as_keyboards_type_them(told: Any, words: str, rows: int) -> None:
    from kg.query import run
    from kg.rdf.write import to_rdf

    answer = run(told, "who-said-what", {"speaker": words})
    assert len(answer.rows) == rows
    assert bool(answer.note) is (rows == 0)
    graph = to_rdf(told.extractions())
    assert run(graph, "who-said-what", {"speaker": words}).rows == answer.rows


def test_two_spellings_are_both_found(tmp_path: Path) -> None:
    from dataclasses import replace

    from samples import rich, rival

    from kg import store as stores
    from kg.query import run

    with stores.open(tmp_path / "g", create=True) as store:
        for sample, name in ((rich(), "José"), (rival(), "Jose")):
            store.put(replace(sample, entities=tuple(replace(e, name=f"{name} {e.id}") for e in sample.entities)))
        assert len(run(store, "who-said-what", {"speaker": "jose"}).rows) == 6


MEANT = [
    ("Zoe Luksik", "Zoë Lukšić"),
    ("Cordova's river ministery", "Cordoba’s river ministry"),
    ("hp", "Harbour Party"),
]


@pytest.mark.parametrize(("words", "name"), MEANT)
def test_what_may_be_meant_is_said(told: Any, words: str, name: str) -> None:
    from kg.query import run

    note = run(told, "who-said-what", {"speaker": words}).note
    assert (
        note is not None and note.startswith(f"nothing in the graph is called {words!r}; did you mean") and name in note
    )
    assert "did you mean" not in (run(told, "who-said-what", {"speaker": "Qqqqqqqqqq"}).note or "")
    assert "finds nothing of it" in (run(told, "who-said-what", {"speaker": "Port Ellis"}).note or "")


MISTAKEN = [
    ("MATCH (n) RETURN n", "this is Cypher, no SPARQL"),
    ("// all\nMATCH (n:Person)-[:saidBy]->(m) RETURN n LIMIT 5", "this is Cypher"),
    ("CREATE (n:Person)", "this is Cypher"),
    ("SELECT * FROM statements WHERE who = 'Ann'", "this is SQL, no SPARQL"),
    ("select who, count(*) from statements group by who", "this is SQL"),
    ("SELECT s.text FROM statements s JOIN articles a ON a.id = s.article", "this is SQL"),
    ("-- x\nINSERT INTO statements VALUES (1)", "this is SQL"),
    ("SELECT ?w (COUNT(*) AS ?n) { ?s kg:saidBy ?w }", "?w must be in GROUP BY"),
    ("SELECT ?w ?x (SUM(?y) AS ?n) WHERE { ?w ?x ?y } GROUP BY ?x", "?w must be in GROUP BY"),
    ("SELECT ?who { ?s said:by ?who }", "known without a declaration are kg"),
    ("who said what", "begins with SELECT, ASK, CONSTRUCT or DESCRIBE"),
]
LEGAL = [
    "\ufeffSELECT ?s { ?s a kg:Statement }", "# MATCH (n)\nASK { ?s ?p ?o }",
    "SELECT ?w (COUNT(*) AS ?n) { ?s kg:saidBy ?w } GROUP BY ?w", 'SELECT ?s { ?s ?p "FROM here WHERE x" }',
    "PREFIX match: <http://x/> SELECT ?s { ?s match:a ?o }",
]  # fmt: skip


@pytest.mark.parametrize(("text", "says"), MISTAKEN)
def test_a_mistake_is_told_by_what_it_is(told: Any, address: str, text: str, says: str) -> None:
    from kg.errors import QueryError
    from kg.query import run

    with pytest.raises(QueryError) as error:
        run(told, text)
    assert says in str(error.value) and "\n" not in str(error.value)
    answer = httpx.get(f"{address}/sparql", params={"query": text})
    assert answer.status_code == 400 and says in answer.text


@pytest.mark.parametrize("text", LEGAL)
def test_what_is_right_is_not_taken_for_a_mistake(told: Any, address: str, text: str) -> None:
    from kg.query import run

    run(told, text)
    assert httpx.get(f"{address}/sparql", params={"query": text}).status_code == 200
