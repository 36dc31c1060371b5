"""People's decisions over HTTP: taken whole or refused in a line, on the disk before the answer, then in the graph.

`POST /review/decisions` takes `{"decisions": [...]}`, lines as in the decisions file. A line without `when` is signed
with the server's time; one that has an `id` is checked against it. `GET` gives all lines and the ids of those in force.
Both need the token that `kg serve --review` printed, as `X-KG-Review`, and a page of this server itself. The graph
follows within seconds; `kg review apply` writes the files beside it anew.
"""

from __future__ import annotations

import asyncio
import hmac
import json
import time
from collections.abc import Callable
from contextlib import suppress
from http import HTTPStatus
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from starlette.datastructures import Headers

from .. import store as stores
from ..errors import DecisionError, KGError, Refused, StoreError
from ..identity.linking import link
from ..review.decision_file import FILE, append, as_json, load, now, parse
from ..review.history import in_force, missing
from ..review.in_graph import check_quotes, revise
from ..review.verdicts import Line, Reversal
from ..store import Store
from . import logs

HEADER = "x-kg-review"
"""Where the token stands: no page of another site can send it unasked."""

MOST = 500
"""Decisions in one request."""

_PAUSE = 1.0
"""Seconds before the graph is brought up to date, so that many decisions do so once; and before it is tried again."""


class ReviewDesk:
    """Takes decisions for the graph in a folder from whoever has the token."""

    def __init__(self, folder: Path, token: str) -> None:
        self.folder, self._token = folder, token
        self._new = asyncio.Event()
        self._one = asyncio.Lock()

    def admit(self, headers: Headers) -> None:
        """Let a request in.

        Raises Refused if it is by another site's page, or without the token.
        """
        origin = headers.get("origin")
        elsewhere = origin is not None and urlsplit(origin).netloc.lower() != headers.get("host", "").lower()
        if elsewhere or headers.get("sec-fetch-site", "same-origin") not in {"same-origin", "none"}:
            raise Refused(HTTPStatus.FORBIDDEN, "only this server's own pages may decide")
        given = headers.get(HEADER, "").encode("utf-8", "replace")
        if not hmac.compare_digest(given, self._token.encode("utf-8", "replace")):
            raise Refused(HTTPStatus.UNAUTHORIZED, f"send {HEADER}: and the token that kg serve --review printed")

    def listed(self) -> dict[str, Any]:
        """All lines of the file, and the ids of those in force."""
        lines = load(self.folder / FILE)
        return {"decisions": [as_json(line) for line in lines], "in_force": [line.id for line in in_force(lines)]}

    async def take(self, body: bytes, kind: str, snapshot: Callable[[], str]) -> dict[str, Any]:
        """Take the decisions of a request; what was new and what was known comes back when they are on the disk.

        Raises Refused, with nothing taken, if one of them is none.
        """
        if kind.partition(";")[0].strip().lower() != "application/json":
            raise Refused(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "send application/json")
        try:
            lines = _lines(body)
            async with self._one:
                new = await asyncio.to_thread(self._kept, lines, snapshot)
        except DecisionError as error:
            raise Refused(HTTPStatus.BAD_REQUEST, str(error)) from None
        except StoreError as error:
            raise Refused(HTTPStatus.SERVICE_UNAVAILABLE, str(error)) from None
        if new:
            self._new.set()
        return {"added": [line.id for line in new], "known": len(lines) - len(new)}

    def _kept(self, lines: list[Line], snapshot: Callable[[], str]) -> list[Line]:
        before = load(self.folder / FILE)
        new = missing(before, lines)
        known = {line.id for line in before}
        for line in new:
            if isinstance(line, Reversal) and line.of not in known:
                raise DecisionError(f"{line.of} is the id of no decision before it")
            known.add(line.id)
        with _served(snapshot) as store:
            check_quotes(store, new, "the request")
        append(self.folder / FILE, new)
        return new

    async def keep_graph(self) -> None:
        """Bring the graph up to date whenever there are new decisions; where a build has it, afterwards."""
        if (self.folder / FILE).exists():  # a crash may have come between file and graph
            self._new.set()
        while True:
            await self._new.wait()
            await asyncio.sleep(_PAUSE)
            self._new.clear()
            try:
                changed = await asyncio.to_thread(self.bring_up_to_date)
                logs.info("the graph has what people decided", folder=self.folder, articles=changed)
            except KGError as error:
                logs.warning("decisions wait for the graph", folder=self.folder, why=error)
                self._new.set()

    def bring_up_to_date(self) -> int:
        """Have the graph say what people decided; how many articles changed.

        Raises StoreError if somebody else has it.
        """
        with stores.open(self.folder, write=True) as store:
            changed = revise(store).changed
            link(store)
        return changed


def _served(snapshot: Callable[[], str]) -> Store:
    """The store as it is served; where a newer one has just taken its place, that."""
    for _ in range(20):
        with suppress(StoreError):
            return stores.open(snapshot())
        time.sleep(0.1)
    return stores.open(snapshot())


def _lines(body: bytes) -> list[Line]:
    try:
        found = json.loads(body.decode("utf-8"))
    except (ValueError, RecursionError):
        raise DecisionError("the body is no JSON in UTF-8") from None
    if not isinstance(found, dict) or set(found) != {"decisions"} or not isinstance(found["decisions"], list):
        raise DecisionError('send {"decisions": [...]}, lines as in the decisions file')
    if not 0 < len(found["decisions"]) <= MOST:
        raise DecisionError(f"send 1 to {MOST} decisions")
    lines = []
    for n, one in enumerate(found["decisions"], 1):
        unsigned = isinstance(one, dict) and "when" not in one and "id" not in one
        try:
            lines.append(parse(json.dumps(one | {"when": now()} if unsigned else one).encode()))
        except DecisionError as error:
            raise DecisionError(f"decision {n}: {error}; nothing was taken") from None
    return lines
