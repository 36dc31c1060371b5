"""`kg serve --review`: writing needs the flag, the token, this server's own page and JSON; two at once lose nothing."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import pytest
from deciding import quote, word
from samples import rich
from serving import make_store, serving

from kg.review.decision_file import FILE, as_json, load
from kg.review.verdicts import Do, Who

TOKEN = "a token that nobody guesses"
HEADERS = {"x-kg-review": TOKEN}


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_store(tmp_path_factory.mktemp("reviewed") / "graph")


@pytest.fixture(scope="module")
def server(graph: Path) -> Iterator[str]:
    with serving(graph, options={"review": TOKEN}) as address:
        yield address + "/review/decisions"


def line(n: int, id: str = "a2", do: Do = Do.REJECT, who: str = "Ed", **to: Any) -> dict[str, Any]:
    return as_json(word(rich(), id, do, to or None, n=n, who=who))


def send(server: str, *lines: Any, headers: dict[str, str] | None = None) -> httpx.Response:
    return httpx.post(server, json={"decisions": list(lines)}, headers=HEADERS if headers is None else headers)


def test_reading_stays_the_default(graph: Path) -> None:
    with serving(graph) as address:
        assert httpx.post(f"{address}/review/decisions", json={}, headers=HEADERS).status_code == 404


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 401),
        ({"x-kg-review": "another token, as long as"}, 401),
        ({"authorization": f"Bearer {TOKEN}"}, 401),
        ({**HEADERS, "origin": "https://evil.example"}, 403),
        ({**HEADERS, "origin": "null"}, 403),
        ({**HEADERS, "sec-fetch-site": "cross-site"}, 403),
        ({**HEADERS, "sec-fetch-site": "same-site"}, 403),
        ({**HEADERS, "host": "evil.example"}, 421),
    ],
)
def test_nobody_else_decides(server: str, graph: Path, headers: dict[str, str], status: int) -> None:
    before = load(graph / FILE)
    answer = send(server, line(900), headers=headers)
    assert answer.status_code == status
    assert answer.text.count("\n") == 1
    assert load(graph / FILE) == before


@pytest.mark.parametrize(
    "body",
    [
        b"", b"{", b"[]", b"null", b'{"decisions": []}', b'{"decisions": {}}', b'{"decisions": [1]}', b"\xff\xfe",
        b'{"decisions": [{"do": "burn"}]}', b"[" * 100_000, b'{"decisions": [], "more": 1}',
        json.dumps({"decisions": [line(901), {**line(902), "who": "Eve"}]}).encode(),
        json.dumps({"decisions": [line(903)] * 501}).encode(),
        json.dumps({"decisions": [{"do": "undo", "of": "0123456789abcdef", "who": "Ed"}]}).encode(),
    ],
)  # fmt: skip
def test_what_is_no_decision_is_refused_and_nothing_taken(server: str, graph: Path, body: bytes) -> None:
    before = load(graph / FILE)
    answer = httpx.post(server, content=body, headers={**HEADERS, "content-type": "application/json"})
    assert answer.status_code == 400, answer.text
    assert answer.text.count("\n") == 1
    assert httpx.post(server, content=body, headers={**HEADERS, "content-type": "text/plain"}).status_code == 415
    assert load(graph / FILE) == before


def test_words_that_are_not_there_are_refused(server: str, graph: Path) -> None:
    at = quote(rich().article, "divers")
    good = line(904, "a1", Do.CORRECT, entity=Who(at))
    bad = {key: value for key, value in good.items() if key not in {"id", "when"}}
    bad["to"] = {"entity": {"at": [at.span.start, at.span.end, "drivel"]}}
    answer = send(server, bad)
    assert answer.status_code == 400 and "does not say 'drivel'" in answer.text


def test_a_decision_is_on_the_disk_at_once_and_in_the_graph_soon(server: str, graph: Path) -> None:
    unsigned = {key: value for key, value in line(1).items() if key not in {"id", "when"}}
    answer = send(server, unsigned)
    assert answer.status_code == 200, answer.text
    (id,) = answer.json()["added"]
    assert load(graph / FILE)[-1].id == id
    listed = httpx.get(server, headers=HEADERS).json()
    assert listed["in_force"][-1] == id
    where = server.replace("/review/decisions", "/sparql")
    query = {"query": "SELECT ?v { ?r kg:verdict ?v }", "format": "json"}
    for _ in range(100):
        found = httpx.get(where, params=query, headers={"accept": "application/sparql-results+json"}).json()
        if found["results"]["bindings"]:
            break
        time.sleep(0.2)
    assert [b["v"]["value"] for b in found["results"]["bindings"]] == ["rejected"]
    assert send(server, {"do": "undo", "of": id, "who": "Ann"}).status_code == 200
    assert id not in httpx.get(server, headers=HEADERS).json()["in_force"]


def test_two_reviewers_at_once_lose_nothing(server: str, graph: Path) -> None:
    before = len(load(graph / FILE))
    lines = [line(2000 + n, who=f"P{n % 2}") for n in range(60)]
    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(lambda one: send(server, one), lines))
    assert {a.status_code for a in answers} == {200}
    assert {one["id"] for one in lines} <= {found.id for found in load(graph / FILE)}
    assert len(load(graph / FILE)) == before + 60
    again = send(server, *lines).json()
    assert (again["added"], again["known"]) == ([], 60)
