"""kg serve over HTTP: the SPARQL 1.1 Protocol by the text of its specification, pages, limits, and who is let in."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
import threading
import time
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import httpx
import pyoxigraph as ox
import pytest
from samples import rich, rival
from serving import BERG, make_store, serving

from kg import store as stores
from kg.errors import ServeError, StoreError
from kg.identity.linking import link, linked
from kg.identity.points import land
from kg.query import Answer, question, questions, run
from kg.rdf import vocab
from kg.rdf.iris import LINKS, graph_iri
from kg.rdf.terms import Lit
from kg.rdf.write import entity_iris
from kg.serve import RequestLimits, pages
from kg.serve import run as serve
from kg.serve import store_counts as overall
from kg.serve.negotiation import GRAPHS, SOLUTIONS, negotiate
from kg.serve.pages import with_prefixes
from kg.serve.snapshot import stamp, sweep, take
from kg.serve.viewing import _Index, view
from kg.serve.worker import count_rows
from kg.store.journal import Journal
from kg.view.data import view_data
from kg.view.overview import overview

SELECT = "SELECT ?who { ?s kg:saidBy/rdfs:label ?who } ORDER BY ?who"
GRAPH = f"https://w3id.org/reportedly/id/graph/{rich().article.id}"
OTHER = f"https://w3id.org/reportedly/id/graph/{rival().article.id}"
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o }"
COUNT = "SELECT (COUNT(?s) AS ?n) { ?s a kg:Statement }"
COUNT_NAMED = "SELECT (COUNT(?s) AS ?n) { GRAPH ?g { ?s a kg:Statement } }"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_store(tmp_path_factory.mktemp("served"))


@pytest.fixture(scope="module")
def address(folder: Path) -> Iterator[str]:
    with serving(folder, seconds=4) as found:
        yield found


@pytest.fixture
def client(address: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=address, timeout=60, trust_env=False) as made:
        yield made


def ask(client: httpx.Client, query: str, **parameters: Any) -> httpx.Response:
    headers = parameters.pop("headers", {})
    return client.get("/sparql", params={"query": query, **parameters}, headers=headers)


def number(answer: httpx.Response) -> int:
    assert answer.status_code == 200, answer.text
    return int(answer.json()["results"]["bindings"][0]["n"]["value"])


# -- query operation: three ways of asking (section 2.1)


def test_three_ways_of_asking_give_one_answer(client: httpx.Client) -> None:
    by_get = client.get("/sparql", params={"query": SELECT})
    by_form = client.post("/sparql", data={"query": SELECT})
    directly = client.post("/sparql", content=SELECT, headers={"content-type": "application/sparql-query"})
    assert by_get.status_code == by_form.status_code == directly.status_code == 200
    assert by_get.content == by_form.content == directly.content
    assert by_get.headers["content-type"] == "application/sparql-results+json"
    assert "Ida Berg" in {row["who"]["value"] for row in by_get.json()["results"]["bindings"]}


@pytest.mark.parametrize(
    "kind", ["application/sparql-query; charset=UTF-8", 'Application/SPARQL-Query;charset="utf-8"']
)
def test_the_type_of_a_direct_query_may_name_its_encoding(client: httpx.Client, kind: str) -> None:
    text = 'ASK { FILTER ("Zoë" = "Zo\u00eb") }'
    assert client.post("/sparql", content=text.encode(), headers={"content-type": kind}).json() == {
        "head": {},
        "boolean": True,
    }


def test_head_is_get_without_a_body(client: httpx.Client) -> None:
    answer = client.head("/sparql", params={"query": SELECT})
    assert (answer.status_code, answer.content) == (200, b"")


FORM = {"content-type": "application/x-www-form-urlencoded"}
DIRECT = {"content-type": "application/sparql-query"}
WRONG = [
    ("GET", "?query=ASK{}&query=ASK{}", {}, b"", 400),
    ("POST", "", FORM, b"query=ASK{}&query=ASK{}", 400),
    ("POST", "", FORM, b"", 400),
    ("POST", "", FORM, b"default-graph-uri=http://x", 400),
    ("POST", "?query=ASK{}", DIRECT, b"ASK {}", 400),
    ("GET", "?query=SELECT", {}, b"", 400),
    ("GET", "?query=", {}, b"", 400),
    ("POST", "", DIRECT, b"", 400),
    ("POST", "", DIRECT, b"ASK { \xff\xfe }", 400),
    ("POST", "", FORM, b"query=%FF%FE", 400),
    ("GET", "?query=%FF%FE", {}, b"", 400),
    ("GET", "?query=ASK%20%7B%20%3Chttp://x%20y%3E%20a%20%3Cb%3E%20%7D", {}, b"", 400),
    ("POST", "", {}, b"query=ASK{}", 415),
    ("POST", "", {"content-type": "text/plain"}, b"ASK {}", 415),
    ("POST", "", {"content-type": "multipart/form-data; boundary=x"}, b"--x--", 415),
    ("POST", "", {"content-type": "application/sparql-query; charset=utf-16"}, "ASK {}".encode("utf-16"), 415),
    ("POST", "", {**DIRECT, "content-encoding": "gzip"}, b"\x1f\x8b", 415),
    ("POST", "", {"content-type": "application/sparql-update"}, b"CLEAR ALL", 403),
    ("POST", "", FORM, b"update=CLEAR+ALL", 403),
    ("POST", "?update=CLEAR%20ALL", FORM, b"query=ASK{}", 403),
    ("GET", "?update=CLEAR%20ALL", {}, b"", 403),
    ("GET", "?query=CLEAR%20ALL", {}, b"", 400),
    ("PUT", "", DIRECT, b"ASK {}", 405),
    ("DELETE", "?query=ASK{}", {}, b"", 405),
    ("PATCH", "", FORM, b"query=ASK{}", 405),
    ("POST", "", DIRECT, b"#" * ((1 << 20) + 1), 413),
    ("POST", "", FORM, b"query=ASK{}&" + b"a=b&" * 200, 400),
]


@pytest.mark.parametrize(("method", "tail", "headers", "body", "status"), WRONG)
def test_what_is_wrong_gets_its_status_and_one_line(
    client: httpx.Client, method: str, tail: str, headers: dict[str, str], body: bytes, status: int
) -> None:
    answer = client.request(method, "/sparql" + tail, headers=headers, content=body)
    assert answer.status_code == status, answer.text
    assert len(answer.text.strip().splitlines()) == 1
    if status == 405:
        assert {"GET", "POST"} <= set(answer.headers["allow"].replace(" ", "").split(","))


# -- what is sent back (sections 2.1.5 to 2.1.7)


@pytest.mark.parametrize("form", ["json", "xml", "csv", "tsv"])
def test_rows_come_in_each_format_of_the_recommendations(client: httpx.Client, folder: Path, form: str) -> None:
    media = next(m for m, short in SOLUTIONS.items() if short == form)
    answer = ask(client, SELECT, headers={"accept": media})
    assert answer.headers["content-type"].partition(";")[0] == media
    with stores.open(folder) as store:
        wanted = [row[0] for row in run(store, SELECT).rows]
    match form:
        case "json":
            found = [row["who"]["value"] for row in answer.json()["results"]["bindings"]]
        case "xml":
            found = [e.text for e in ET.fromstring(answer.text).iter("{http://www.w3.org/2005/sparql-results#}literal")]
        case "csv":
            found = [row[0] for row in csv.reader(io.StringIO(answer.text))][1:]
        case _:
            found = [line.strip('"') for line in answer.text.splitlines()[1:]]
    assert found == wanted
    assert len(found) > 3


@pytest.mark.parametrize("form", ["json", "xml"])
def test_a_verdict_comes_in_the_formats_that_have_one(client: httpx.Client, form: str) -> None:
    media = next(m for m, short in SOLUTIONS.items() if short == form)
    answer = ask(client, "ASK { ?s a kg:Person }", headers={"accept": media})
    assert answer.headers["content-type"] == media
    assert "true" in answer.text


@pytest.mark.parametrize("media", sorted(GRAPHS))
@pytest.mark.parametrize("query", ["CONSTRUCT WHERE { ?s a kg:Person }", f"DESCRIBE <{GRAPH}>"])
def test_graphs_come_in_each_format(client: httpx.Client, media: str, query: str) -> None:
    answer = ask(client, query, headers={"accept": media})
    assert answer.headers["content-type"].partition(";")[0] == media
    parsed = {
        tuple(map(str, quad))[:3]
        for quad in ox.parse(answer.content, format=ox.RdfFormat.from_extension(GRAPHS[media]), base_iri="http://x/")
    }
    turtle = ask(client, query, headers={"accept": "application/n-triples"})
    assert parsed == {tuple(map(str, q))[:3] for q in ox.parse(turtle.content, format=ox.RdfFormat.N_TRIPLES)}
    assert parsed


ACCEPTS = [
    (None, "application/sparql-results+json"),
    ("*/*", "application/sparql-results+json"),
    ("text/csv", "text/csv"),
    ("TEXT/CSV", "text/csv"),
    ("text/*", "text/csv"),
    ("text/csv;q=0.4, application/sparql-results+xml;q=0.6", "application/sparql-results+xml"),
    ("text/csv;q=0, */*;q=0.1", "application/sparql-results+json"),
    ("text/html, application/xhtml+xml, */*;q=0.8", "application/sparql-results+json"),
    ("application/json", "application/json"),
    ("application/*;q=0.2, text/tab-separated-values;q=0.3", "text/tab-separated-values"),
    ("text/*;q=0.9, text/csv;q=0.1", "text/tab-separated-values"),
    ("text/csv;charset=utf-8;q=0.5", "text/csv"),
    ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "application/sparql-results+json"),
    ("application/xml", "application/xml"),
    ("text/xml;q=0.9, application/rdf+xml", "text/xml"),
    ("image/png", None),
    ("text/turtle", None),
    ("application/sparql-results+json;q=0", None),
    ("nonsense, ;;;, text/csv", "text/csv"),
    ("nonsense", "application/sparql-results+json"),
    ("text/csv;q=2", "text/csv"),
]


@pytest.mark.parametrize(("accept", "media"), ACCEPTS)
def test_the_client_is_given_what_it_likes_best(client: httpx.Client, accept: str | None, media: str | None) -> None:
    assert negotiate(accept, SOLUTIONS) == media
    request = client.build_request("GET", "/sparql", params={"query": "SELECT (1 AS ?one) {}"})
    del request.headers["accept"]
    if accept is not None:
        request.headers["accept"] = accept
    answer = client.send(request)
    if media is None:
        assert answer.status_code == 406
        assert "text/csv" in answer.text
    else:
        assert answer.headers["content-type"].partition(";")[0] == media


def test_a_format_may_be_named_in_the_address(client: httpx.Client) -> None:
    assert ask(client, SELECT, format="csv").text.startswith("who\r\n")
    assert ask(client, SELECT, format="text/csv").text.startswith("who\r\n")
    assert ask(client, SELECT, format="application/json").headers["content-type"] == "application/json"
    assert ask(client, SELECT, format="ttl").headers["content-type"] == "application/sparql-results+json"
    assert ask(client, SELECT, format="nonsense", headers={"accept": "text/csv"}).text.startswith("who\r\n")
    assert ask(client, SELECT, format="ttl", headers={"accept": "text/turtle"}).status_code == 406


# -- the dataset (section 2.1.4)


def test_without_a_dataset_the_default_graph_is_the_union(client: httpx.Client) -> None:
    both = number(ask(client, COUNT))
    one, other = number(ask(client, COUNT, **{"default-graph-uri": GRAPH})), 0
    other = number(ask(client, COUNT, **{"default-graph-uri": OTHER}))
    assert both == one + other
    assert min(one, other) > 0


def test_the_request_names_the_dataset(client: httpx.Client) -> None:
    one = number(ask(client, COUNT, **{"default-graph-uri": GRAPH}))
    parameters = [("query", COUNT), ("default-graph-uri", GRAPH), ("default-graph-uri", OTHER)]
    merged = client.get("/sparql", params=parameters)
    posted = client.post(
        "/sparql",
        content=httpx.QueryParams(parameters).__str__(),
        headers={"content-type": "application/x-www-form-urlencoded"},
    )
    direct = client.post("/sparql", params=parameters[1:], content=COUNT, headers=DIRECT)
    assert number(merged) == number(posted) == number(direct) == number(ask(client, COUNT))
    assert number(ask(client, COUNT_NAMED, **{"default-graph-uri": GRAPH})) == 0
    assert number(ask(client, COUNT, **{"named-graph-uri": GRAPH})) == 0
    assert number(ask(client, COUNT_NAMED, **{"named-graph-uri": GRAPH})) == one
    full = {"default-graph-uri": OTHER, "named-graph-uri": GRAPH}
    assert number(ask(client, COUNT_NAMED, **full)) == one
    assert number(ask(client, COUNT, **full)) == number(ask(client, COUNT)) - one


def test_the_dataset_of_the_request_goes_before_that_of_the_query(client: httpx.Client) -> None:
    own = COUNT.replace("{ ?s", f"FROM <{GRAPH}> {{ ?s")
    one = number(ask(client, own))
    assert one == number(ask(client, COUNT, **{"default-graph-uri": GRAPH}))
    assert number(ask(client, own, **{"default-graph-uri": OTHER})) == number(ask(client, COUNT)) - one
    named = COUNT_NAMED.replace("{ GRAPH", f"FROM NAMED <{GRAPH}> {{ GRAPH")
    assert number(ask(client, named)) == one


@pytest.mark.parametrize(
    "graph", ["http://example.com/x", "file:///etc/passwd", "relative", "urn:none", "http://127.0.0.1:1/g", " ", "a b"]
)
def test_a_graph_outside_the_store_is_refused(client: httpx.Client, graph: str) -> None:
    for answer in (
        ask(client, COUNT, **{"default-graph-uri": graph}),
        ask(client, COUNT, **{"named-graph-uri": graph}),
        ask(client, COUNT.replace("{ ?s", f"FROM <{graph}> {{ ?s")),
        ask(client, COUNT.replace("{ ?s", f"FROM NAMED <{graph}> {{ ?s")),
    ):
        assert answer.status_code == 400
        assert "graph" in answer.text or "IRI" in answer.text or "SPARQL" in answer.text


# -- service description (SPARQL 1.1 Service Description, section 2)


def test_the_endpoint_describes_itself(client: httpx.Client, address: str) -> None:
    sd = "http://www.w3.org/ns/sparql-service-description#"
    for accept, form in (("text/turtle", ox.RdfFormat.TURTLE), ("application/rdf+xml", ox.RdfFormat.RDF_XML)):
        answer = client.get("/sparql", headers={"accept": accept})
        assert answer.headers["content-type"].partition(";")[0] == accept
        found = {(q.predicate.value, str(q.object)) for q in ox.parse(answer.content, format=form)}
        assert (sd + "endpoint", f"<{address}/sparql>") in found
        assert (sd + "supportedLanguage", f"<{sd}SPARQL11Query>") in found
    assert client.get("/sparql", headers={"accept": "image/png"}).status_code == 406
    assert client.get("/sparql", headers={"accept": "text/html"}).headers["location"] == "/editor"


# -- shipped questions


@pytest.mark.parametrize("name", [question.name for question in questions()])
def test_a_shipped_question_is_answered_as_by_the_command(client: httpx.Client, folder: Path, name: str) -> None:
    with stores.open(folder) as store:
        wanted = json.loads(run(store, name).format("json"))
    assert client.get("/query", params={"name": name, "format": "json"}).json() == wanted
    page = client.get("/query", params={"name": name}, headers={"accept": "text/html"})
    assert page.status_code == 200
    assert f"{len(wanted['results']['bindings'])} row" in page.text


def test_a_question_takes_its_parameters(client: httpx.Client) -> None:
    everyone = client.get("/query", params={"name": "speaker"}).json()["results"]["bindings"]
    one = client.get("/query", params={"name": "speaker", "p.name": "berg"}).json()["results"]["bindings"]
    assert 0 < len(one) < len(everyone)
    assert {row["who"]["value"] for row in one} == {"Ida Berg"}
    nobody = client.get("/query", params={"name": "speaker", "p.name": '" } } DROP ALL # \\'})
    assert nobody.json()["results"]["bindings"] == []
    late = client.get("/query", params={"name": "timeline", "p.after": "2019-04-01"}).json()["results"]["bindings"]
    assert all(row["from"]["value"] >= "2019-04-01" for row in late)


@pytest.mark.parametrize(
    "parameters",
    [
        {"name": "speakr"},
        {"name": "speaker", "p.nam": "x"},
        {"name": "timeline", "p.after": "soon"},
        {"name": "../../x"},
    ],
)
def test_a_question_that_is_not_there_is_told(client: httpx.Client, parameters: dict[str, str]) -> None:
    answer = client.get("/query", params=parameters)
    assert answer.status_code == 400
    assert len(answer.text.splitlines()) == 1


# -- pages


def test_pages_lead_to_the_words(client: httpx.Client) -> None:
    front = client.get("/").text
    id = rich().article.id
    assert f"/article/{id}" in front
    page = client.get(f"/article/{id}").text
    assert "Ida Berg" in page
    assert f"/article/{id}?from=" in page
    start = rich().article.text.index("The report is false")
    marked = client.get(f"/article/{id}", params={"from": start, "to": start + 19}).text
    assert '<mark id="evidence">The report is false</mark>' in marked


def test_an_entity_page_tells_what_all_articles_say(client: httpx.Client) -> None:
    own = entity_iris(rich())["e5"].rpartition("/")[2]
    page = client.get(f"/entity/{own}").text
    assert "<h1><bdi>Mayor Ida Berg</bdi></h1>" in page
    assert page.count("<h2>") == 2
    assert "The report is false" in page
    assert client.get(f"/entity/{BERG.rpartition('/')[2]}").text == page
    found = client.get("/entities", params={"name": "berg"}).text
    assert "1 found" in found
    assert "in 2 articles" in found


@pytest.mark.parametrize("path", ["/article/0123456789abcdef", "/entity/0123456789abcdef", "/article/x", "/nothing"])
def test_what_is_not_there_is_not_found(client: httpx.Client, path: str) -> None:
    assert client.get(path).status_code == 404


def test_the_view_is_made_once_and_keeps_its_policy(client: httpx.Client) -> None:
    first = client.get("/view")
    assert first.status_code == 200
    assert "'sha256-" in first.headers["content-security-policy"]
    assert "frame-ancestors 'none'" in first.headers["content-security-policy"]
    began = time.perf_counter()
    assert client.get("/view").content == first.content
    assert time.perf_counter() - began < 1


def test_the_view_shows_a_part(client: httpx.Client) -> None:
    whole, part = client.get("/view").text, client.get("/view", params={"focus": "coast guard"}).text
    assert "Coast guard raises toll" in part
    assert len(part) < len(whole) + len(land())  # a part may ask for places, and has the land of the map for them
    assert client.get("/view", params={"focus": "nobody of that name"}).status_code == 404


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"query": "denials"}, None),
        ({"query": "speaker", "p.name": "Berg"}, None),
        ({"query": "CONSTRUCT { ?s kg:saidBy ?p } WHERE { ?s kg:saidBy ?p }"}, None),
        ({"query": "SELECT ?who ?what { ?s kg:text ?what ; kg:saidBy/rdfs:label ?who }"}, None),
        ({"query": "speaker", "p.name": 'Nobody <b> " \\'}, "the query returns nothing"),
        ({"query": "speaker", "p.colour": "red"}, "no parameter 'colour'"),
        ({"query": "no-such-question"}, "no question is called"),
        ({"query": "ASK { ?s ?p ?o }"}, "an ASK answers yes or no"),
        ({"query": "DELETE WHERE { ?s ?p ?o }"}, "DELETE is not allowed"),
        ({"query": "SELECT * { SERVICE <http://x.example/> { ?s ?p ?o } }"}, "SERVICE is not allowed"),
        ({"query": "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"}, "rows of text and numbers"),
        ({"query": "SELECT ?s { ?s"}, "not legal SPARQL"),
        ({"query": ""}, "no question is called"),
    ],
)
def test_a_view_of_what_a_query_finds(client: httpx.Client, asked: dict[str, str], said: str | None) -> None:
    answer = client.get("/view", params=asked)
    if said is None:
        assert answer.status_code == 200 and answer.text.startswith("<!doctype html>")
        assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
        # a part may ask for more, with places in it: it has the land of the map, which a whole without points leaves out
        assert len(answer.content) <= len(client.get("/view").content) + len(land().encode())
    else:
        assert answer.status_code == 400 and said in answer.text and answer.text.count("\n") == 1


def test_a_question_with_its_prefixes_is_as_soon_answered_as_by_its_name(client: httpx.Client) -> None:
    by_name = client.get("/query", params={"name": "sourcing", "format": "json"}).json()
    text = with_prefixes(question("sourcing").text)
    asked = client.post("/sparql", data={"query": text}, headers={"accept": "application/sparql-results+json"}).json()
    assert asked["results"] == by_name["results"] and len(asked["results"]["bindings"]) > 5


def test_a_view_of_more_than_a_page_holds_reads_the_latest_and_counts_all(tmp_path: Path) -> None:
    with stores.open(make_store(tmp_path / "graph"), write=True) as store:
        for number in range(4):
            article = replace(rich().article, url=f"https://x.test/{number}", published=date(2018 + number, 1, 1))
            store.put(replace(rich(), article=article), key=str(number))
        index = _Index(store)
        extractions = [store.extraction(id) for id in reversed(index.newest)]
        wanted = overview(extractions, linked(store))
        assert overall.overview(store, index.newest[::-1], index.dates, index.key) == wanted
        html = view(store, {"focus": None, "review": False}, RequestLimits(view_statements=9))[2].decode()
    held = [e.article for e in extractions[-2:]]
    assert "6 articles, 2018 to 2021" in html
    assert all((f'"a.{e.article.id}"' in html) is (e.article in held) for e in extractions)
    assert '"unnamed":' + str(wanted["unnamed"]) in html


RECORDS = ("statements", "figures", "roles", "relations", "events")


def more(client: httpx.Client, **parameters: Any) -> dict[str, Any]:
    answer = client.get("/view/data", params=parameters)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/json"
    found: dict[str, Any] = answer.json()
    return found


def test_the_view_asks_for_more_page_by_page(client: httpx.Client, folder: Path) -> None:
    with stores.open(folder) as store:
        whole = view_data(store.extractions(), identity=linked(store))
    pages = [more(client, offset=n, limit=1) for n in (0, 1)]
    assert [p["page"] for p in pages] == [
        {"offset": 0, "limit": 1, "next": 1, "articles": 2},
        {"offset": 1, "limit": 1, "next": None, "articles": 2},
    ]
    assert set(pages[0]) == {*whole, "page", "graph", "axes"}
    assert [p["articles"][0]["id"] for p in pages] == [a["id"] for a in reversed(whole["articles"])], "the latest first"
    for kind in RECORDS:
        there = [record | {"article": None} for page in reversed(pages) for record in page[kind]]
        assert there == [record | {"article": None} for record in whole[kind]]
    everything = more(client)
    assert everything["page"]["next"] is None
    assert {e["id"]: e["name"] for e in everything["entities"]} == {e["id"]: e["name"] for e in whole["entities"]}
    past = more(client, offset=2)
    assert past["page"]["next"] is None
    assert past["articles"] == past["statements"] == []


def test_the_view_asks_for_more_on_one_thing(client: httpx.Client, folder: Path) -> None:
    with stores.open(folder) as store:
        whole = view_data(store.extractions(), identity=linked(store))
        topic = min(str(q.s) for q in store.quads(p=vocab.lemma))
    berg = next(e for e in whole["entities"] if "Ida Berg" in e["names"])
    by_id, by_iri = more(client, focus=berg["id"]), more(client, focus=BERG)
    assert by_id == by_iri == more(client, focus=entity_iris(rich())["e5"])
    assert len(by_id["articles"]) == 2
    said = {s["id"] for s in whole["statements"] if s["by"] == berg["id"]}
    assert said <= {s["id"] for s in by_id["statements"]} < {s["id"] for s in whole["statements"]}
    filed = next(t for t in whole["topics"] if t["statements"])
    assert set(filed["statements"]) <= {s["id"] for s in more(client, focus=filed["id"])["statements"]}
    assert more(client, focus=topic)["statements"]
    article = more(client, focus=whole["articles"][0]["id"])
    assert [s["id"] for s in article["statements"]] == [s["id"] for s in whole["statements"] if s["article"] == 0]


@pytest.mark.parametrize(
    ("parameters", "status"),
    [
        ({"offset": "-1"}, 400),
        ({"offset": "9" * 11}, 400),
        ({"limit": "0"}, 400),
        ({"limit": "201"}, 400),
        ({"limit": "\u0661"}, 400),
        ({"limit": ["1", "2"]}, 400),
        ({"focus": "e.nobody"}, 404),
        ({"focus": "http://x.test/<y>"}, 404),
        ({"focus": ""}, 404),
        ({"focus": "a.0123456789abcdef"}, 404),
        ({"focus": "a.<x> a.\x00"}, 404),
    ],
)
def test_what_the_view_cannot_ask_for(client: httpx.Client, parameters: dict[str, Any], status: int) -> None:
    answer = client.get("/view/data", params=parameters)
    assert (answer.status_code, len(answer.text.splitlines())) == (status, 1)
    assert client.post("/view/data").status_code == 405


def test_the_editor_has_the_questions_and_asks_nobody_else(client: httpx.Client) -> None:
    page = client.get("/editor")
    assert "http" not in page.text.replace("https://w3id.org", "")
    known = client.get("/editor.json").json()
    assert [q["title"] for q in known["questions"]] == [q.title for q in questions()]
    for step in [*known["steps"], *known["questions"]]:
        ox.Store().query(step["query"])  # every prefix it uses is declared
    for path in ("/static/yasgui/yasgui.min.js", "/static/yasgui/yasgui.min.css", "/static/editor.js"):
        assert client.get(path).status_code == 200
    assert "MIT License" in client.get("/static/yasgui/LICENSES.txt").text


def test_the_ontology_is_told_term_by_term(client: httpx.Client) -> None:
    page = client.get("/ontology").text
    assert all(f'id="{term.removeprefix(vocab.KG)}"' in page for term in vocab.TERMS)
    assert "A news text as read." in page
    assert 'href="/ontology"' in client.get("/").text


def test_an_answer_shows_no_empty_column_and_the_first_steps_find_something(
    client: httpx.Client, tmp_path: Path
) -> None:
    asked = replace(questions()[0], parameters=())
    answer = Answer(("who", "nothing"), ((Lit("<b>Berg"), None), (Lit("Ellis"), Lit(""))))
    with stores.open(tmp_path / "none", create=True) as empty:
        page = pages.question(empty, asked, answer, [(), ()], {})
    assert '<th scope="col">who</th></tr>' in page
    assert "&lt;b&gt;Berg" in page
    for step in client.get("/editor.json").json()["steps"]:
        found = client.post("/sparql", data={"query": step["query"]}, headers={"accept": "text/csv, text/turtle"})
        assert found.status_code == 200
        assert len(found.text.splitlines()) > 1, step["title"]


def test_all_answers_carry_the_headers_of_a_closed_house(client: httpx.Client) -> None:
    for path in (
        "/",
        "/sparql",
        "/sparql?query=ASK{}",
        "/nothing",
        "/static/style.css",
        "/editor",
        "/view",
        "/sparql?query=x",
    ):
        headers = client.get(path).headers
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"
        assert headers["content-security-policy"].startswith("default-src 'none'; script-src 'self'") or path == "/view"
        assert "unsafe" not in headers["content-security-policy"]
        assert "server" not in headers
        assert "access-control-allow-origin" not in headers
    page = client.get("/").text + client.get(f"/article/{rich().article.id}").text
    assert "<script" not in page
    assert " style=" not in page


# -- annotation


@pytest.mark.model
def test_a_text_is_annotated(client: httpx.Client) -> None:
    text = "“The bridge is safe,” Mayor Ida Berg said on Monday. Officials said 12 people were hurt."
    plain = client.post("/annotate", content=text.encode(), headers={"content-type": "text/plain; charset=utf-8"})
    form = client.post("/annotate", data={"text": text})
    assert plain.status_code == 200, plain.text
    assert plain.json() == form.json()
    assert any(text[slice(*f["span"])] == "12 people" or f["low"] == 12 for f in plain.json()["figures"])
    names = {e["name"] for e in plain.json()["entities"]}
    assert "Ida Berg" in names


@pytest.mark.parametrize(
    ("headers", "body", "status"),
    [
        ({"content-type": "text/plain"}, b"", 400),
        ({"content-type": "text/plain"}, b"\xff", 400),
        ({"content-type": "application/json"}, b"{}", 415),
        ({"content-type": "text/plain"}, b"a " * 100_001, 413),
        ({"content-type": "text/plain"}, b"a" * ((1 << 20) + 1), 413),
        ({"content-type": "application/x-www-form-urlencoded"}, b"other=1", 400),
        ({"content-type": "text/plain", "origin": "http://evil.example"}, b"text", 403),
    ],
)
def test_what_cannot_be_annotated_is_told(
    client: httpx.Client, headers: dict[str, str], body: bytes, status: int
) -> None:
    assert client.post("/annotate", content=body, headers=headers).status_code == status


# -- limits


def test_an_endless_query_ends_at_its_limit_while_fifty_others_are_answered(address: str) -> None:
    ended: list[httpx.Response] = []

    def endless() -> None:
        ended.append(httpx.get(address + "/sparql", params={"query": ENDLESS}, timeout=60, trust_env=False))

    thread = threading.Thread(target=endless)
    began = time.perf_counter()
    thread.start()
    with httpx.Client(base_url=address, timeout=60, trust_env=False) as client:
        answers = [ask(client, SELECT) for _ in range(50)]
    took = time.perf_counter() - began
    assert [a.status_code for a in answers] == [200] * 50
    assert took < 4, "the fifty waited for the endless one"
    thread.join()
    assert ended[0].status_code == 503
    assert ended[0].text == "stopped after 4 seconds, the limit here; ask for less\n"
    assert ended[0].headers["retry-after"] == "5"


def test_after_more_endless_queries_than_workers_all_is_well(address: str) -> None:
    ended: list[int] = []
    threads = [
        threading.Thread(
            target=lambda: ended.append(
                httpx.get(address + "/sparql", params={"query": ENDLESS}, timeout=60, trust_env=False).status_code
            )
        )
        for _ in range(3)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert ended == [503] * 3
    assert httpx.get(address + "/sparql", params={"query": SELECT}, timeout=60, trust_env=False).status_code == 200


def test_a_client_that_leaves_takes_its_query_along(folder: Path) -> None:
    with serving(folder, seconds=60, workers=1) as address:
        with pytest.raises(httpx.ReadTimeout):
            httpx.get(address + "/sparql", params={"query": ENDLESS}, timeout=0.5, trust_env=False)
        began = time.perf_counter()
        answer = httpx.get(address + "/sparql", params={"query": SELECT}, timeout=50, trust_env=False)
        assert answer.status_code == 200
        assert time.perf_counter() - began < 30


def test_memory_rows_and_bytes_have_their_limits(folder: Path) -> None:
    with (
        serving(folder, seconds=30, memory=100 << 20, rows=1000, size=8 << 20, workers=1) as address,
        httpx.Client(base_url=address, timeout=60, trust_env=False) as client,
    ):
        hungry = ask(client, "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?i ?f ?c LIMIT 1000000")
        assert hungry.status_code == 503, hungry.text[:200]
        assert "memory" in hungry.text
        long = ask(client, "SELECT * { ?a ?b ?c . ?d ?e ?f }")
        assert (long.status_code, "more than 8 MB" in long.text) == (503, True)
        for form in ("json", "csv", "tsv", "xml"):
            many = ask(client, "SELECT ?x { VALUES ?x { 1 2 3 } ?d a [] . ?g a [] }", format=form)
            assert (many.status_code, "rows" in many.text) == (503, True), many.text[:100]
            few = ask(client, "SELECT ?x { VALUES ?x { 1 2 3 } ?d a [] . ?g a [] } LIMIT 1000", format=form)
            assert few.status_code == 200, few.text[:100]
        assert ask(client, SELECT).status_code == 200


@pytest.mark.parametrize("form", ["json", "csv", "tsv", "xml"])
def test_rows_are_counted_whatever_their_values_hold(form: str) -> None:
    store = ox.Store()
    tricky = 'a\\"},{"b":\n,"x"\t<result>\r\n{},{}"'
    values = " ".join(f"({ox.Literal(tricky + str(n))} UNDEF)" for n in range(9))
    answer = store.query(f"SELECT * {{ VALUES (?a ?b) {{ {values} (UNDEF UNDEF) }} }}")
    kinds = {k: getattr(ox.QueryResultsFormat, k.upper()) for k in ("json", "csv", "tsv", "xml")}
    assert count_rows(answer.serialize(format=kinds[form]), form, 1) == 10


# -- who is let in


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "LOCALHOST:1234", "127.0.0.1:9", "[::1]", "[::1]:80"])
def test_the_names_of_this_machine_are_known(client: httpx.Client, host: str) -> None:
    assert client.get("/sparql?query=ASK{}", headers={"host": host}).status_code == 200


@pytest.mark.parametrize(
    "host",
    [
        "evil.example", "localhost.evil.example", "127.0.0.1.evil.example", "evil.example:8000", "0.0.0.0", "192.168.0.1",
        "localhost:", "localhost:80:80", "localhost@evil.example", "", "[::2]", "::1", "127.0.0.1:x", "2130706433",
    ],
)  # fmt: skip
def test_another_name_is_not(client: httpx.Client, host: str) -> None:
    assert client.get("/sparql?query=ASK{}", headers={"host": host}).status_code in {421, 400}


def test_a_name_that_is_allowed_is_known_and_no_other(folder: Path) -> None:
    options = {"names": ["KG.Example", "fe80::1"]}
    with serving(folder, options=options) as found, httpx.Client(base_url=found, trust_env=False, timeout=60) as client:
        for host, status in {
            "kg.example": 200, "kg.example:8000": 200, "[fe80::1]:80": 200, "127.0.0.1": 200,
            "x.kg.example": 421, "kg.example.evil.example": 421, "example": 421,
        }.items():  # fmt: skip
            assert client.get("/sparql?query=ASK{}", headers={"host": host}).status_code == status, host


@pytest.mark.parametrize(
    "name", ["*", "", "http://kg.example", "kg.example:8000", "kg.example/", "a b", ".example", "a..b"]
)
def test_a_name_that_is_none_is_told(folder: Path, name: str) -> None:
    with pytest.raises(ServeError, match="is no host name"):
        serve(folder, names=[name])


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "http://evil.example"},
        {"origin": "null"},
        {"origin": "http://127.0.0.1:1"},
        {"sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors"},
        {"sec-fetch-site": "same-site", "sec-fetch-mode": "cors"},
    ],
)
def test_pages_of_other_sites_are_not_answered(client: httpx.Client, headers: dict[str, str]) -> None:
    assert client.get("/sparql?query=ASK{}", headers=headers).status_code == 403
    assert client.post("/sparql", data={"query": "ASK{}"}, headers=headers).status_code == 403


def test_elsewhere_a_token_is_needed(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ServeError, match="--token"):
        serve(folder, host="0.0.0.0")
    with pytest.raises(ServeError, match="16 or more"):
        serve(folder, token="short")
    token = "a token & more than 16=?"
    with serving(folder, options={"host": "0.0.0.0", "token": token}) as shown:
        address = shown.replace("0.0.0.0", "127.0.0.1")
        with httpx.Client(base_url=address, timeout=60, trust_env=False) as client:
            for headers in (
                {},
                {"authorization": "Bearer x"},
                {"authorization": f"Basic {token}"},
                {"cookie": "kg_token=x"},
            ):
                for path in ("/", "/sparql?query=ASK{}", "/static/style.css", "/nothing", "/?token=wrong", "/?token="):
                    refused = client.get(path, headers=headers)
                    assert refused.status_code == 401
                    assert refused.headers["www-authenticate"].startswith("Bearer")
            assert client.get("/sparql?query=ASK{}", headers={"authorization": f"Bearer {token}"}).status_code == 200
            let_in = client.get("/sparql", params={"query": "ASK{}", "token": token})
            assert (let_in.status_code, let_in.headers["location"]) == (303, "/sparql?query=ASK%7B%7D")
            assert token not in let_in.headers["set-cookie"]
            assert {"HttpOnly", "SameSite=lax"} <= set(let_in.headers["set-cookie"].split("; "))
            assert client.get(let_in.headers["location"]).json()["boolean"] is True
            away = httpx.get(f"{address}//evil.example/", params={"token": token}, trust_env=False)
            assert away.headers["location"] == "/evil.example/"
            ip = client.get("/", headers={"host": "192.0.2.7:80"})
            assert ip.status_code == 200
            assert client.get("/", headers={"host": "evil.example"}).status_code == 421


# -- starting


def test_a_folder_that_is_no_store_is_told_before_anything_starts(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"no store\.json"):
        serve(tmp_path)


def test_a_taken_port_is_told(folder: Path, address: str) -> None:
    with pytest.raises(ServeError, match="choose another address or port"):
        serve(folder, port=int(address.rpartition(":")[2]))


def test_without_its_packages_it_says_what_to_install(folder: Path) -> None:
    code = (
        "import sys; sys.modules['uvicorn'] = None\n"
        "import kg.serve\n"
        "assert 'starlette' not in sys.modules\n"
        "from kg.errors import ServeError\n"
        "try: kg.serve.run(sys.argv[1])\n"
        "except ServeError as error: print(error)\n"
    )
    done = subprocess.run([sys.executable, "-c", code, str(folder)], capture_output=True, text=True, check=True)
    assert done.stdout == "kg serve needs uvicorn; pip install 'reportedly[serve]'\n"


# -- builds while it is served


def until(client: httpx.Client, query: str, wanted: int, seconds: float = 60) -> int:
    """The number that a query gives, asked until it is the wanted one or time is up."""
    end = time.monotonic() + seconds
    while (found := number(ask(client, query))) != wanted and time.monotonic() < end:
        time.sleep(0.2)
    return found


def test_while_it_is_served_others_write_and_it_answers_from_what_they_wrote(tmp_path: Path) -> None:
    folder = make_store(tmp_path / "graph")
    articles = "SELECT (COUNT(?a) AS ?n) { ?a a kg:Article }"
    with serving(folder) as address, httpx.Client(base_url=address, timeout=60, trust_env=False) as client:
        assert number(ask(client, articles)) == 2
        before = client.get("/view").text
        with stores.open(folder, write=True) as store:
            store.put(replace(rival(), article=replace(rival().article, url="https://third.example/1")), key="third")
            assert number(ask(client, articles)) == 2, "while a build runs it answers from the store before it"
        assert until(client, articles, 3) == 3
        assert len(client.get("/view").text) > len(before)
        assert client.get("/view/data").json()["page"]["articles"] == 3
        with stores.open(folder, write=True) as store:
            store.remove(rich().article.id)
        assert until(client, articles, 2) == 2
        assert len(list(folder.glob("serving-*"))) <= 2
    assert list(folder.glob("serving-*")) == [], "nothing is left beside the store"
    with stores.open(folder) as store:
        assert len(store.ids()) == 2


def test_an_endless_query_ends_on_the_store_it_began_on(tmp_path: Path) -> None:
    folder = make_store(tmp_path / "graph")
    answers: list[int] = []
    with (
        serving(folder, seconds=15, workers=1) as address,
        httpx.Client(base_url=address, timeout=60, trust_env=False) as client,
    ):
        thread = threading.Thread(target=lambda: answers.append(ask(client, ENDLESS).status_code))
        thread.start()
        time.sleep(1)
        with stores.open(folder, write=True) as store:
            store.remove(rich().article.id)
        assert until(client, "SELECT (COUNT(?a) AS ?n) { ?a a kg:Article }", 1) == 1
        thread.join(60)
    assert answers == [503]


def test_a_server_that_was_killed_leaves_a_snapshot_that_the_next_one_sweeps(tmp_path: Path) -> None:
    folder = make_store(tmp_path / "graph")
    killed, held = take(folder), take(folder)
    killed._holds.close()
    sweep(folder)
    assert list(folder.glob("serving-*")) == [held.folder]
    with stores.open(held.folder) as store:
        assert len(store.ids()) == 2
    held.remove()
    assert list(folder.glob("serving-*")) == []


def test_a_snapshot_stays_as_it_is(tmp_path: Path) -> None:
    folder = make_store(tmp_path / "graph")
    snapshot = take(folder)
    with stores.open(folder) as store:
        lines = store.lines()
    for round in range(3):
        with stores.open(folder, write=True) as store:
            store.remove("reports/coast.txt" if round == 0 else f"x{round - 1}")
            store.put(rival(), key=f"x{round}")
            store.put(replace(rich(), article=replace(rich().article, title=f"Title {round}")))
            store.oxigraph.optimize()
    assert stamp(folder) != snapshot.stamp
    with stores.open(snapshot.folder) as store:
        assert store.lines() == lines
    snapshot.remove()


def test_a_snapshot_in_which_nothing_is_one_thing_leaves_the_store_as_it_is(tmp_path: Path) -> None:
    folder = make_store(tmp_path / "graph")
    with stores.open(folder, write=True) as store:
        link(store)
        lines = store.lines()
    snapshot = take(folder, apart=True)
    with stores.open(snapshot.folder) as store:
        left, links = store.lines(), graph_iri(store.base, LINKS)
    assert set(left) < set(lines) and any("sameThingAs" in line for line in lines)
    assert all(f"<{links}> ." in line for line in set(lines) - set(left)) and "sameThingAs" not in "".join(left)
    snapshot.remove()
    with stores.open(folder) as store:
        assert store.lines() == lines


def test_a_snapshot_has_what_a_killed_build_left_waiting(tmp_path: Path) -> None:
    folder = make_store(tmp_path / "g")
    with stores.open(folder) as store:
        lines = store.lines()
    before = stamp(folder)
    left = Journal(folder / "incoming-0.nq")
    left.append(b"<urn:left> <urn:p> <urn:o> <urn:g> .\n")
    left.close()
    assert stamp(folder) != before
    snapshot = take(folder)
    with stores.open(snapshot.folder) as store:
        assert store.lines() == sorted([*lines, "<urn:left> <urn:p> <urn:o> <urn:g> ."])
    snapshot.remove()


def test_where_no_snapshot_can_be_made_the_store_itself_is_served(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = make_store(tmp_path / "graph")

    def no_links(*_: object) -> None:
        raise OSError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", no_links)
    found = take(folder)
    assert (found.folder, found.why) == (folder, "Operation not permitted")
    found.remove()
    assert sorted(p.name for p in folder.iterdir()) == ["changed.txt", "lock", "store", "store.json"]


def test_a_store_that_is_being_written_is_not_copied(tmp_path: Path) -> None:
    folder = make_store(tmp_path / "graph")
    with stores.open(folder, write=True), pytest.raises(StoreError, match="being written"):
        take(folder)
    with stores.open(tmp_path / "new", create=True):
        pass
    empty = take(tmp_path / "new")
    with stores.open(empty.folder) as store:
        assert len(store) == 0
    empty.remove()


def test_limits_survive_the_command_line() -> None:
    assert RequestLimits.from_json(RequestLimits(seconds=3, rows=7).to_json()) == RequestLimits(seconds=3, rows=7)


def test_the_server_leaves_no_process_behind(folder: Path) -> None:
    if not Path("/proc").is_dir():
        pytest.skip("needs /proc to see processes")

    def workers() -> set[str]:
        found = set()
        for path in Path("/proc").glob("[0-9]*/cmdline"):
            try:
                words = path.read_bytes().split(b"\0")
            except OSError:
                continue
            if b"kg.serve.worker" in words and any(word.startswith(os.fsencode(folder)) for word in words):
                found.add(path.parent.name)
        return found

    before = workers()
    with serving(folder):
        assert workers() - before
    deadline = time.monotonic() + 10
    while workers() - before and time.monotonic() < deadline:
        time.sleep(0.1)
    assert workers() - before == set()
