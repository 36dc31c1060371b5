"""A store -> another SPARQL server: each graph by HTTP PUT, as the SPARQL 1.1 Graph Store HTTP Protocol has it.

What a server already took is remembered beside the store, by the hash of each
graph, so that a push that was stopped goes on and an unchanged graph is not
sent again. A graph that left the store is deleted there.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from typing import TYPE_CHECKING

from .errors import StoreError
from .store import Store

if TYPE_CHECKING:
    import httpx

STATE = "pushed.json"
TRIES = 3
"""Attempts at a graph when the server is busy (429, 5xx) or does not answer."""


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
    store: Store, url: str, *, user: str | None = None, password: str | None = None, digest: bool = False
) -> Iterator[Pushed]:
    """Send every graph of a store to the Graph Store endpoint at `url`; a result as each is taken.

    `digest` answers the server's challenge as RFC 7616 has it (Virtuoso asks
    for that); otherwise user and password go as RFC 7617 Basic.

    Raises StoreError if the server refuses a graph or is not there; what it
    took before is remembered.
    """
    import httpx

    auth: httpx.Auth | None = None
    if user is not None:
        auth = (httpx.DigestAuth if digest else httpx.BasicAuth)(user, password or "")
    if not url.startswith(("http://", "https://")):
        raise StoreError(f"{url}: is no address of a server; write http://host:port/path")
    path = store.folder / STATE
    everywhere = _remembered(store)
    taken = everywhere.setdefault(url, {})
    bodies = _graphs(store)
    with httpx.Client(auth=auth, timeout=60, follow_redirects=False, trust_env=False) as client:
        for graph in sorted({*bodies, *taken}):
            body = bodies.get(graph)
            if body is not None and taken.get(graph) == sha256(body).hexdigest():
                yield Pushed(graph, Sent.SAME)
                continue
            _send(client, url, graph, body)
            if body is None:
                del taken[graph]
            else:
                taken[graph] = sha256(body).hexdigest()
            path.write_text(json.dumps(everywhere, indent=1, sort_keys=True) + "\n", encoding="utf-8")
            yield Pushed(graph, Sent.DELETED if body is None else Sent.PUT)


def _send(client: httpx.Client, url: str, graph: str, body: bytes | None) -> None:
    import httpx

    problem = ""
    for attempt in range(TRIES):
        if attempt:
            time.sleep(2.0**attempt)
        try:
            if body is None:
                answer = client.delete(url, params={"graph": graph})
            else:
                headers = {"Content-Type": "application/n-triples"}
                answer = client.put(url, params={"graph": graph}, content=body, headers=headers)
        except httpx.HTTPError as error:
            problem = f"the server does not answer ({type(error).__name__}: {error})"
            continue
        if answer.is_success or (body is None and answer.status_code == httpx.codes.NOT_FOUND):
            return
        first = answer.text.strip().splitlines()[:1]
        problem = f"the server answered {answer.status_code} {answer.reason_phrase} {' '.join(first)[:200]}".strip()
        if (
            answer.status_code != httpx.codes.TOO_MANY_REQUESTS
            and answer.status_code < httpx.codes.INTERNAL_SERVER_ERROR
        ):
            break
    raise StoreError(f"{url}: graph {graph} was not taken: {problem}; what was taken before stays, push again to go on")


def _graphs(store: Store) -> dict[str, bytes]:
    """Each graph's triples as sorted N-Triples."""
    lines: dict[str, list[str]] = {}
    for line in store.lines():
        triple, _, graph = line.removesuffix(" .").rpartition(" ")
        lines.setdefault(graph.strip("<>"), []).append(triple + " .")
    return {graph: ("\n".join(sorted(found)) + "\n").encode() for graph, found in lines.items()}


def _remembered(store: Store) -> dict[str, dict[str, str]]:
    path = store.folder / STATE
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except ValueError as error:
        raise StoreError(f"{path}: is not JSON ({error}); remove it to push everything again") from None
    if not isinstance(found, dict):
        raise StoreError(f"{path}: is no JSON object; remove it to push everything again")
    return found
