"""kg push against real servers, and against one that fails as servers do."""

from __future__ import annotations

import base64
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from endpoints import Server
from samples import rich, rival

from kg import store as stores
from kg.errors import StoreError
from kg.rdf import vocab
from kg.rdf.terms import Lit
from kg.store import Store
from kg.store import push as pushing
from kg.store.push import STATE, Sent, push, triples

pytestmark = pytest.mark.server


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with stores.open(tmp_path / "graph", create=True, base=f"http://{tmp_path.name}.test/id/") as made:
        made.put(rich())
        made.put(rival())
        yield made


def graphs(store: Store) -> dict[str, int]:
    found: dict[str, int] = {}
    for quad in store.quads():
        if quad.p == vocab.path:  # of this machine, and not sent
            continue
        found[quad.g] = found.get(quad.g, 0) + 1
    return found


def counts(results: Iterator[pushing.Pushed]) -> dict[Sent, int]:
    found = dict.fromkeys(Sent, 0)
    for result in results:
        found[result.what] += 1
    return found


# -- real servers


@pytest.fixture
def guest(server: Server, store: Store) -> Iterator[Server]:
    """Each server, left as it was: what is taken out of the store is taken out there."""
    there = graphs(store)
    yield server
    for article in store.ids():
        store.remove(article)
    list(push(store, server.graphs, **server.access))
    assert sum(server.count(graph) for graph in there) == 0


def test_a_server_gets_every_graph_and_only_what_changed(guest: Server, store: Store) -> None:
    server = guest
    wanted = graphs(store)
    assert counts(push(store, server.graphs, **server.access)) == {Sent.PUT: len(wanted), Sent.SAME: 0, Sent.DELETED: 0}
    assert {graph: server.count(graph) for graph in wanted} == wanted
    assert counts(push(store, server.graphs, **server.access))[Sent.SAME] == len(wanted)
    store.remove(rival().article.id)
    third = counts(push(store, server.graphs, **server.access))
    assert third[Sent.DELETED] == 1
    now = graphs(store)
    assert {graph: server.count(graph) for graph in wanted} == {graph: now.get(graph, 0) for graph in wanted}
    assert counts(push(store, server.graphs, again=True, **server.access))[Sent.PUT] == len(now)
    assert {graph: server.count(graph) for graph in now} == now


def test_a_push_that_was_stopped_goes_on(guest: Server, store: Store) -> None:
    server = guest
    wanted = graphs(store)
    work = push(store, server.graphs, **server.access)
    next(work), next(work)
    work.close()
    path = store.folder / STATE
    path.write_text(
        path.read_text() + '{"url": "' + server.graphs + '", "gra', encoding="utf-8"
    )  # as kill -9 leaves it
    rest = counts(push(store, server.graphs, **server.access))
    assert rest == {Sent.SAME: 2, Sent.PUT: len(wanted) - 2, Sent.DELETED: 0}
    assert {graph: server.count(graph) for graph in wanted} == wanted


def test_virtuoso_lets_nobody_in_without_the_password(virtuoso: Server, store: Store) -> None:
    for access in (
        {},
        {"user": "dba", "password": "wrong", "digest": True},
        {"user": "dba", "password": virtuoso.password},
    ):
        with pytest.raises(StoreError, match=r"401.*asks for Digest"):
            list(push(store, virtuoso.graphs, **access))
    assert sum(virtuoso.count(graph) for graph in graphs(store)) == 0


# -- a server that fails


class Failing(ThreadingHTTPServer):
    """Answers with what `plan` says, status by status, and then takes what it is given."""

    daemon_threads = True

    def __init__(self, plan: list[tuple[int, dict[str, str]]]) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.plan, self.graphs, self.seen = plan, dict[str, bytes](), list[tuple[str, str | None]]()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/store?default"


class Handler(BaseHTTPRequestHandler):
    server: Failing

    def answer(self) -> None:
        body = self.rfile.read(int(self.headers.get("content-length", "0")))
        graph = parse_qs(urlsplit(self.path).query)["graph"][0]
        self.server.seen.append((self.command, self.headers.get("authorization")))
        status, headers = self.server.plan.pop(0) if self.server.plan else (204, {})
        if status < 300 and self.command == "PUT":
            self.server.graphs[graph] = body
        if status < 300 and self.command == "DELETE":
            del self.server.graphs[graph]
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("content-length", "0")
        self.end_headers()

    do_PUT = do_DELETE = do_GET = answer

    def log_message(self, *_: object) -> None:
        """Nothing is printed."""


@contextmanager
def failing(*plan: tuple[int, dict[str, str]]) -> Iterator[Failing]:
    with Failing(list(plan)) as made:
        threading.Thread(target=made.serve_forever, daemon=True).start()
        yield made
        made.shutdown()


@pytest.fixture
def waits(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    found: list[float] = []
    monkeypatch.setattr(pushing.time, "sleep", found.append)
    return found


def test_what_is_sent_is_the_graph_sorted(store: Store) -> None:
    with failing() as server:
        list(push(store, server.url))
        assert server.graphs == {graph: triples(store, graph) for graph in graphs(store)}
    for body in server.graphs.values():
        lines = body.decode().splitlines()
        assert lines == sorted(lines)


def test_paths_of_this_machine_stay_here_unless_they_are_asked_for(store: Store) -> None:
    store.put(replace(rival(), article=replace(rival().article, url="https://x.test/1")), key="https://x.test/1")
    paths = {q.o.text for q in store.quads(p=vocab.path) if isinstance(q.o, Lit)}
    assert paths == {"reports/harbour.txt", "reports/coast.txt", "https://x.test/1"}
    with failing() as server:
        list(push(store, server.url, paths=True))
        assert paths == {path for path in paths if any(f'"{path}"' in b.decode() for b in server.graphs.values())}
        again = counts(push(store, server.url))
        assert again[Sent.PUT] == 1, "the ledger alone, and in place of the one with the paths"
        sent = "".join(body.decode() for body in server.graphs.values())
    assert "reports/" not in sent
    assert f'<{vocab.path}> "https://x.test/1"' in sent


def test_a_busy_server_is_asked_again_when_it_says(store: Store, waits: list[float]) -> None:
    with failing((503, {"retry-after": "7"}), (429, {"retry-after": "9999"}), (500, {})) as server:
        assert counts(push(store, server.url))[Sent.PUT] == len(graphs(store))
    assert waits[:4] == [0.0, 7.0, 30.0, 4.0]


@pytest.mark.parametrize(
    ("plan", "words"),
    [
        ([(503, {})] * 9, "503"),
        ([(400, {})], "400"),
        ([(401, {"www-authenticate": 'Basic realm="x"'})], "asks for Basic"),
        ([(302, {"location": "http://elsewhere.test/"})], "redirects are not followed"),
    ],
)
def test_a_refusal_is_told_and_what_was_taken_stays(
    store: Store, waits: list[float], plan: list[tuple[int, dict[str, str]]], words: str
) -> None:
    with failing((204, {}), *plan) as server:
        with pytest.raises(StoreError, match=words) as caught:
            list(push(store, server.url))
        assert "push again to go on" in str(caught.value)
        server.plan.clear()
        assert counts(push(store, server.url))[Sent.SAME] == 1
        assert len(server.graphs) == len(graphs(store))


def test_nobody_there_is_told(store: Store, waits: list[float]) -> None:
    with failing() as server:
        url = server.url
    with pytest.raises(StoreError, match="does not answer"):
        list(push(store, url))
    assert len(waits) == pushing.TRIES


def test_basic_is_sent_as_rfc_7617_has_it(store: Store) -> None:
    with failing() as server:
        list(push(store, server.url, user="ann", password="pässword: x"))
    wanted = "Basic " + base64.b64encode("ann:pässword: x".encode()).decode()
    assert {header for _, header in server.seen} == {wanted}


@pytest.mark.parametrize("url", ["file:///x", "ftp://x/", "//x", "x", "http://", "http://ann:secret@x/", "http://[x/"])
def test_an_address_that_is_none_is_refused(store: Store, url: str) -> None:
    with pytest.raises(StoreError) as caught:
        list(push(store, url))
    assert "secret" not in str(caught.value)
    assert not (store.folder / STATE).exists()


def test_two_servers_are_remembered_apart(store: Store) -> None:
    with failing() as one, failing() as other:
        list(push(store, one.url))
        assert counts(push(store, other.url))[Sent.PUT] == len(graphs(store))
        assert counts(push(store, one.url))[Sent.SAME] == len(graphs(store))


def test_a_ledger_that_is_none_is_refused(store: Store) -> None:
    (store.folder / STATE).write_text("not ours\n", encoding="utf-8")
    with failing() as server, pytest.raises(StoreError, match="line 1"):
        list(push(store, server.url))
    assert server.graphs == {}
