"""A SPARQL server of another maker, as the tests see it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import httpx


@dataclass(frozen=True)
class Server:
    """A running server: where it answers queries and takes graphs, and as whom."""

    name: str
    queries: str
    graphs: str
    user: str | None = None
    password: str | None = None

    @property
    def access(self) -> dict[str, Any]:
        """What `kg.store.push.push` needs to be let in."""
        return {"user": self.user, "password": self.password, "digest": True} if self.user else {}

    def ask(self, query: str) -> dict[str, Any]:
        """The answer to a query, as SPARQL JSON."""
        headers = {"accept": "application/sparql-results+json"}
        answer = httpx.post(self.queries, data={"query": query}, headers=headers, timeout=120, trust_env=False)
        assert answer.status_code == 200, f"{self.name}: {answer.text[:1000]}"
        found: dict[str, Any] = json.loads(answer.text, strict=False)  # Virtuoso leaves control characters as they are
        return found

    def count(self, graph: str) -> int:
        """How many triples a graph has there."""
        rows = self.ask(f"SELECT (COUNT(*) AS ?n) {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}")["results"]["bindings"]
        return int(rows[0]["n"]["value"])
