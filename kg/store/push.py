"""A store -> another SPARQL server: each graph by HTTP PUT, as the SPARQL 1.1 Graph Store HTTP Protocol has it.

What a server took is written down beside the store at once, by the hash of
each graph, so that a push that was stopped goes on and an unchanged graph is
not sent again. A graph that left the store is deleted there. Sending a graph
twice does no harm: PUT replaces. Where files lie on this machine is nobody
else's business: the ledger goes without paths unless they are asked for.
"""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING, TextIO
from urllib.parse import urlsplit

from ..errors import StoreError
from ..rdf import vocab
from ..rdf.iris import REJECTED, graph_iri
from ..rdf.terms import Iri, Lit, Quad, ntriples
from .store import Store

if TYPE_CHECKING:
    import httpx

STATE = "pushed.jsonl"
TRIES = 4
"""Attempts at a graph when the server is busy (429, 5xx) or does not answer."""

LONGEST_WAIT = 30.0
"""Seconds between attempts, whatever the server asks for."""

_WEB = re.compile(r"https?://", re.I)


class Sent(StrEnum):
    """What was done about one graph."""

    PUT = "put"
    SAME = "unchanged"
    DELETED = "deleted"


@dataclass(frozen=True, slots=True)
class Pushed:
    """One graph of the store, and what was done about it."""

    graph: str
    what: Sent


def push(
    store: Store,
    url: str,
    *,
    user: str | None = None,
    password: str | None = None,
    digest: bool = False,
    again: bool = False,
    paths: bool = False,
    timeout: float = 60.0,
) -> Iterator[Pushed]:
    """Send every graph of a store to the Graph Store endpoint at `url`; a result as each is taken.

    `digest` answers the server's challenge as RFC 7616 has it (Virtuoso asks
    for that); otherwise user and password go as RFC 7617 Basic. `again` sends
    all graphs, whatever the server is thought to have. `paths` sends the paths
    of inputs on this machine as well; addresses on the web are always sent.
    `timeout` is in seconds, for each step of a request.

    Raises StoreError if the server refuses a graph or is not there; what it
    took before is remembered.
    """
    endpoint = _checked(url)
    with _client(user, password, digest, timeout) as client, _Ledger(store.folder / STATE, endpoint) as ledger:
        names = _graphs(store)
        for graph in sorted({*names, *ledger.taken}):
            body = triples(store, graph, paths=paths) if graph in names else None
            hashed = None if body is None else sha256(body).hexdigest()
            if hashed is not None and not again and ledger.taken.get(graph) == hashed:
                yield Pushed(graph, Sent.SAME)
                continue
            _send(client, endpoint, graph, body)
            ledger.note(graph, hashed)
            yield Pushed(graph, Sent.DELETED if body is None else Sent.PUT)


def triples(store: Store, graph: str, *, paths: bool = False) -> bytes:
    """A graph's triples as sorted N-Triples: equal graphs, equal bytes.

    `paths` of this machine are left out unless asked for.

    >>> import tempfile
    >>> from kg import Article, extract, open
    >>> with tempfile.TemporaryDirectory() as folder, open(f"{folder}/graph", create=True) as store:
    ...     _ = store.put(extract(Article("Jo Hill said the mill had closed."), fast=True))
    ...     b"the mill had closed" in triples(store, f"{store.base}graph/{store.ids()[0]}")
    True
    """
    kept = (q for q in store.quads(g=Iri(graph)) if paths or not _local(q))
    return "".join(sorted(f"<{q.s}> <{q.p}> {ntriples(q.o)} .\n" for q in kept)).encode()


def _local(quad: Quad) -> bool:
    """Whether a quad says where an input lies on this machine."""
    return quad.p == vocab.path and isinstance(quad.o, Lit) and not _WEB.match(quad.o.text)


def _graphs(store: Store) -> frozenset[str]:
    # a graph from which everything was taken away may still have its name
    named = (name.value for name in store.oxigraph.named_graphs())
    shown = (name for name in named if name != graph_iri(store.base, REJECTED))  # what people rejected stays here
    return frozenset(name for name in shown if next(store.quads(g=Iri(name)), None) is not None)


def _checked(url: str) -> str:
    """The address itself, if it names a server and nothing more.

    Raises StoreError otherwise.
    """
    try:
        parts = urlsplit(url)
        fits = parts.scheme in {"http", "https"} and bool(parts.hostname)
    except ValueError:
        fits = False
    if not fits:
        raise StoreError(f"{url}: is no address of a server; write http://host:port/path")
    if parts.username is not None or parts.password is not None:
        raise StoreError("the address holds a user or password, which would be written down; give them by themselves")
    return url


def _client(user: str | None, password: str | None, digest: bool, timeout: float) -> httpx.Client:
    try:
        import httpx
    except ImportError:
        raise StoreError("kg push needs httpx; pip install 'reportedly[push]'") from None
    auth: httpx.Auth | None = None
    if user is not None:
        auth = (httpx.DigestAuth if digest else httpx.BasicAuth)(user, password or "")
    return httpx.Client(auth=auth, timeout=timeout, follow_redirects=False, trust_env=False)


def _send(client: httpx.Client, url: str, graph: str, body: bytes | None) -> None:
    """PUT a graph, or DELETE it.

    Raises StoreError if the server does not take it.
    """
    import httpx

    problem, wait = "", 0.0
    for attempt in range(TRIES):
        time.sleep(wait)
        wait = 2.0**attempt
        try:
            if body is None:
                answer = client.delete(url, params=_parameters(url, graph))
            else:
                headers = {"Content-Type": "application/n-triples"}
                answer = client.put(url, params=_parameters(url, graph), content=body, headers=headers)
        except httpx.InvalidURL as error:
            raise StoreError(f"{url}: is no address of a server: {error}") from None
        except httpx.HTTPError as error:
            problem = f"the server does not answer ({type(error).__name__}: {error})"
            continue
        if answer.is_success or (body is None and answer.status_code == HTTPStatus.NOT_FOUND):
            return
        problem = _problem(answer)
        if answer.status_code != HTTPStatus.TOO_MANY_REQUESTS and not answer.is_server_error:
            break
        wait = _wait(answer, wait)
    raise StoreError(f"{url}: graph {graph} was not taken: {problem}; what was taken before stays, push again to go on")


def _parameters(url: str, graph: str) -> httpx.QueryParams:
    """The parameters of the address itself, and the graph's name."""
    import httpx

    return httpx.URL(url).params.add("graph", graph)


def _problem(answer: httpx.Response) -> str:
    said = " ".join(answer.text.split())[:200]
    line = f"the server answered {answer.status_code} {answer.reason_phrase} {said}".strip()
    if answer.status_code == HTTPStatus.UNAUTHORIZED:
        asks = answer.headers.get("www-authenticate", "").partition(" ")[0]
        line += f"; it asks for {asks or 'a user'}: give user and password, and digest where it asks for Digest"
    if answer.is_redirect:
        line += f"; redirects are not followed, push to {answer.headers.get('location', '')[:200]} if that is right"
    return line


def _wait(answer: httpx.Response, wait: float) -> float:
    asked = answer.headers.get("retry-after", "")
    return min(float(asked), LONGEST_WAIT) if asked.isascii() and asked.isdigit() else wait


class _Ledger:
    """What one server took, graph -> hash: a line is added as each graph is taken, so that nothing is lost at any stop.

    Lines of other servers stay as they are; on opening, what later lines took
    back is left out, and a line that a crash cut short is no line.
    """

    def __init__(self, path: Path, url: str) -> None:
        self.path, self.url = path, url
        everywhere = _read(path)
        self.taken = everywhere.get(url, {})
        self._compact(everywhere)
        self._file: TextIO | None = None

    def __enter__(self) -> _Ledger:
        self._file = self.path.open("a", encoding="utf-8")
        return self

    def __exit__(self, *_: object) -> None:
        if self._file is not None:
            self._file.close()

    def note(self, graph: str, hashed: str | None) -> None:
        """Write down that the server has a graph of this hash; None that it has it no more."""
        assert self._file is not None
        if hashed is None:
            self.taken.pop(graph, None)
        else:
            self.taken[graph] = hashed
        self._file.write(_line(self.url, graph, hashed))
        self._file.flush()

    def _compact(self, everywhere: dict[str, dict[str, str]]) -> None:
        part = self.path.with_name(self.path.name + ".part")
        try:
            with part.open("w", encoding="utf-8") as file:
                for url, taken in sorted(everywhere.items()):
                    file.writelines(_line(url, graph, hashed) for graph, hashed in sorted(taken.items()))
            part.replace(self.path)
        except OSError as error:
            raise StoreError(f"{self.path}: cannot be written: {error.strerror}; a push remembers there") from None


def _line(url: str, graph: str, hashed: str | None) -> str:
    return json.dumps({"url": url, "graph": graph, "sha256": hashed}) + "\n"


def _read(path: Path) -> dict[str, dict[str, str]]:
    """Server -> graph -> hash, from the lines of a ledger; a last line without its end counts for nothing."""
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError) as error:
        raise StoreError(f"{path}: cannot be read ({error}); remove it to push everything again") from None
    found: dict[str, dict[str, str]] = {}
    for number, line in enumerate(text.split("\n")[:-1], 1):
        try:
            entry = json.loads(line)
            url, graph, hashed = entry["url"], entry["graph"], entry["sha256"]
        except (ValueError, KeyError, TypeError):
            raise StoreError(
                f"{path} line {number}: is not what a push wrote; remove the file to push everything again"
            ) from None
        taken = found.setdefault(url, {})
        if hashed is None:
            taken.pop(graph, None)
        else:
            taken[graph] = hashed
    return found
