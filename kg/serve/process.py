"""The process that serves: the application with its workers, the store looked at for changes, and the listening."""

from __future__ import annotations

import asyncio
import os
import socket
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware

from .. import store as stores
from ..errors import ServeError, StoreError
from . import logs
from .gate import Gate, is_loopback, names
from .pool import Pool
from .request_limits import RequestLimits
from .review_desk import ReviewDesk
from .routes import ServerState, all_routes
from .snapshot import Snapshot, stamp, sweep, take

_WATCH = 1.0  # seconds between looks at whether the store has changed


def _application(
    folder: Path,
    host: str,
    *,
    token: str | None = None,
    model: str | None = None,
    allowed: Iterable[str] = (),
    origins: Iterable[str] = (),
    limits: RequestLimits | None = None,
    review: str | None = None,
    apart: bool = False,
) -> Starlette:
    """The application for a store; its workers start and end with it. `review` is the token of those who may decide."""
    bounds = limits or RequestLimits()
    state = ServerState(
        folder,
        Pool("store", str(folder), bounds, workers=bounds.workers, seconds=bounds.seconds),
        Pool("text", model or "", bounds, workers=1, seconds=bounds.text_seconds),
        bounds,
        desk=None if review is None else ReviewDesk(folder, review),
    )

    @asynccontextmanager
    async def life(app: Starlette) -> AsyncIterator[None]:
        app.state.kg = state
        sweep(folder)
        watch = keeping = None
        snapshot: Snapshot | None = None
        try:
            snapshot = take(folder, apart=apart)
            state.queries.what = str(snapshot.folder)
            await state.queries.open()
            if snapshot.original:
                logs.warning("cannot be built while it is served", folder=folder, why=snapshot.why)
            watch = asyncio.create_task(_watch(state, snapshot, apart))
            keeping = None if state.desk is None else asyncio.create_task(state.desk.keep_graph())
        except (ServeError, StoreError) as error:
            state.failure = error
        try:
            yield
        finally:
            if keeping is not None:
                keeping.cancel()
                await asyncio.gather(keeping, return_exceptions=True)
            await state.queries.close()
            await state.texts.close()
            if watch is not None:
                watch.cancel()
                await asyncio.gather(watch, return_exceptions=True)
            elif snapshot is not None:
                snapshot.remove()
            logs.info("stopped", folder=folder)

    gate = Middleware(
        Gate, names=names(host, allowed), any_address=not is_loopback(host), token=token, origins=frozenset(origins)
    )
    return Starlette(
        routes=all_routes(reviewing=review is not None),
        middleware=[Middleware(logs.Told), gate],
        lifespan=life,
    )


async def _watch(state: ServerState, current: Snapshot, apart: bool) -> None:
    """Serve the store anew whenever a build has changed it; while one runs, serve it as it was before."""
    leaving: set[asyncio.Task[None]] = set()
    try:
        while True:
            await asyncio.sleep(_WATCH)
            if current.original or stamp(state.folder) == current.stamp:
                continue
            try:
                found = take(state.folder, patience=0, apart=apart)  # a wait would be one for all clients
            except StoreError:  # being written
                continue
            if found.original:
                continue
            try:
                await state.queries.renew(str(found.folder))
            except ServeError as error:
                logs.warning("goes on as it was: what a build wrote cannot be opened", why=error)
                found.remove()
                continue
            except asyncio.CancelledError:
                found.remove()
                raise
            task = asyncio.create_task(_remove(state.queries, current))
            leaving.add(task)
            task.add_done_callback(leaving.discard)
            current = found
            logs.info("serves what a build has written", folder=state.folder)
    finally:
        for task in leaving:
            task.cancel()
        await asyncio.gather(*leaving, return_exceptions=True)
        current.remove()


async def _remove(pool: Pool, snapshot: Snapshot) -> None:
    """Remove a snapshot when nobody is answered from it any more."""
    try:
        await pool.left(str(snapshot.folder))
    finally:
        snapshot.remove()


def serve(
    folder: Path,
    host: str,
    port: int,
    *,
    token: str | None,
    model: str | None,
    names: Iterable[str],
    origins: Iterable[str],
    limits: RequestLimits,
    review: str | None,
    apart: bool,
    ready: Callable[[str], None] | None,
) -> None:
    """Listen until interrupted; see `kg.serve.run`."""
    with stores.open(folder):  # says what is wrong with the folder before anything starts
        pass
    app = _application(
        folder, host, token=token, model=model, allowed=names, origins=origins, limits=limits, review=review,
        apart=apart,
    )  # fmt: skip
    listener = _listener(host, port)
    config = uvicorn.Config(
        app,
        log_config=None,
        access_log=False,  # addresses may hold a token, and what people search for
        server_header=False,
        proxy_headers=False,
        ws="none",
        http="h11",
        timeout_keep_alive=5,
        limit_concurrency=limits.waiting + 100,
        timeout_graceful_shutdown=3,
    )
    server = _Server(config, lambda: app.state.kg, ready, f"http://{_shown(host)}:{listener.getsockname()[1]}/")
    with listener, suppress(KeyboardInterrupt):  # the way to end it
        server.run(sockets=[listener])
    if app.state.kg.failure is not None:
        raise app.state.kg.failure


def _listener(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # the protocol is named because asyncio switches off Nagle's delay (40 ms an answer) only where it is
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        if os.name == "posix":  # elsewhere it would let another process listen there too
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host.strip("[]"), port))
        listener.listen(256)
    except OSError as error:
        listener.close()
        why = error.strerror or str(error)
        raise ServeError(f"cannot listen at {host} port {port}: {why}; choose another address or port") from None
    return listener


def _shown(host: str) -> str:
    plain = host.strip("[]")
    return f"[{plain}]" if ":" in plain else plain


class _Server(uvicorn.Server):
    """uvicorn that says when it answers."""

    def __init__(
        self,
        config: uvicorn.Config,
        state: Callable[[], ServerState],
        ready: Callable[[str], None] | None,
        address: str,
    ) -> None:
        super().__init__(config)
        self._state, self._ready, self._address = state, ready, address

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self._state().failure is not None:
            self.should_exit = True
        elif self.started and self._ready is not None:
            self._ready(self._address)
