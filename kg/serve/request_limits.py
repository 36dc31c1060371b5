"""What a server lets one request use."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class RequestLimits:
    """Bounds of one request, and how many are answered at once.

    `seconds` of wall time and as many of CPU time, `memory` in bytes on top of
    what an open store takes, `rows` and `size` (bytes) of an answer; `workers` processes
    answer queries, `waiting` requests may wait for one. The view, made once,
    may take `view_seconds` and holds `view_statements`. `text` is how many
    characters `/annotate` takes, in `text_seconds` and `text_memory`.
    """

    seconds: float = 20.0
    memory: int = 1 << 30
    rows: int = 200_000
    size: int = 64 << 20
    workers: int = 2
    waiting: int = 200
    view_seconds: float = 120.0
    view_statements: int = 5_000
    text: int = 200_000
    text_seconds: float = 60.0
    text_memory: int = 4 << 30

    def to_json(self) -> str:
        """One line, for the command line of a worker."""
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, text: str) -> RequestLimits:
        """What `to_json` wrote."""
        return cls(**json.loads(text))


BODY = 1 << 20
"""Bytes of a request's body."""

BODY_SECONDS = 20.0
"""Seconds in which a body must have come."""

FIELDS = 100
"""Parameters of a request."""

VIEW_ARTICLES = 200
"""Articles of one page of records for the view; 20 unless told."""

VIEW_STATEMENTS = 2_000
"""Statements of such a page, unless its first article has more."""
