"""Worker processes for an asyncio server: jobs in, answers out; one that takes too long is killed and replaced."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import Awaitable, Callable
from contextlib import suppress
from http import HTTPStatus
from pathlib import Path
from typing import Any

from ..errors import Refused, ServeError
from . import logs
from .request_limits import RequestLimits

Answer = tuple[int, str, bytes]
Gone = Callable[[], Awaitable[bool]]
"""Whether the client has gone."""

_LOOK = 0.25  # seconds between looks at whether the client is still there
_START = 60.0  # seconds a worker may take to start


class Worker:
    """A process that answers one job at a time, from the store `what`."""

    def __init__(self, process: Process, what: str) -> None:
        self.process, self.what = process, what

    @classmethod
    async def start(cls, kind: str, what: str, limits: RequestLimits) -> Worker:
        """A worker that is ready.

        Raises ServeError if it cannot open the store.
        """
        root = str(Path(__file__).resolve().parents[2])
        paths = os.pathsep.join([root, *filter(None, [os.environ.get("PYTHONPATH")])])
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-B", "-P", "-m", "kg.serve.worker", kind, what, limits.to_json()),
            stdin=PIPE,
            stdout=PIPE,
            limit=1 << 20,
            env={**os.environ, "PYTHONPATH": paths},
        )
        worker = cls(process, what)
        try:
            async with asyncio.timeout(_START):
                status, _, body = await worker._read()
        except (TimeoutError, asyncio.IncompleteReadError):
            await worker.kill()
            raise ServeError("a worker process does not start; its own words are above") from None
        if status != HTTPStatus.OK:
            await worker.kill()
            raise ServeError(body.decode("utf-8", "replace").strip())
        return worker

    async def ask(self, job: dict[str, Any], seconds: float, gone: Gone) -> Answer | None:
        """The answer to a job; None if the client has gone. The worker is dead after None, and after an error.

        Raises Refused when time is up, and when the job ended the process.
        """
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps(job).encode() + b"\n")
        reading = asyncio.ensure_future(self._read())
        clock = asyncio.get_running_loop().time
        end = clock() + seconds
        try:
            while not reading.done():
                await asyncio.wait({reading}, timeout=max(0.0, min(_LOOK, end - clock())))
                if reading.done():
                    break
                if clock() >= end:
                    raise Refused(
                        HTTPStatus.SERVICE_UNAVAILABLE,
                        f"stopped after {seconds:g} seconds, the limit here; ask for less",
                    )
                if await gone():
                    return None
            return reading.result()
        except (asyncio.IncompleteReadError, BrokenPipeError, ConnectionResetError):
            raise Refused(
                HTTPStatus.SERVICE_UNAVAILABLE,
                "stopped: it took more memory than the limit here, or more than the engine can do; ask for less",
            ) from None
        finally:
            if not reading.done() or reading.cancelled() or reading.exception() is not None:
                reading.cancel()
                await self.kill()

    @property
    def alive(self) -> bool:
        """Whether it can be asked again."""
        return self.process.returncode is None

    async def kill(self) -> None:
        """End the process, whatever it is doing."""
        with suppress(ProcessLookupError):
            self.process.kill()
        await self.process.wait()

    async def _read(self) -> Answer:
        assert self.process.stdout is not None
        line = await self.process.stdout.readuntil(b"\n")
        head = json.loads(line)
        if head["log"]:
            logs.error("a request broke a worker's code", traceback=head["log"])
        return head["status"], head["type"], await self.process.stdout.readexactly(head["length"])


class Pool:
    """So many workers of a kind, each asked by one request at a time."""

    def __init__(self, kind: str, what: str, limits: RequestLimits, *, workers: int, seconds: float) -> None:
        self.kind, self.what, self.limits, self.size, self.seconds = kind, what, limits, workers, seconds
        self._idle: asyncio.Queue[Worker] = asyncio.Queue()
        self._all: set[Worker] = set()
        self._starting: set[asyncio.Task[None]] = set()
        self._waiting = 0
        self._closed = False

    async def open(self) -> None:
        """Start the workers.

        Raises ServeError if one cannot open the store.
        """
        await self._start()
        self._fill()

    async def close(self) -> None:
        """End all of them."""
        self._closed = True
        for task in self._starting:
            task.cancel()
        await asyncio.gather(*self._starting, return_exceptions=True)
        for worker in list(self._all):  # one whose request is cancelled leaves meanwhile
            await worker.kill()

    async def ask(self, job: dict[str, Any], gone: Gone, seconds: float | None = None) -> Answer | None:
        """The answer of the next worker that is free; None if the client has gone. `seconds` as said, or the pool's.

        Raises Refused when too many wait, none gets free in time, or the job goes past a limit.
        """
        worker = await self._free()
        try:
            limit = seconds or self.seconds
            return await worker.ask(job | {"seconds": limit}, limit, gone)
        finally:
            if worker.alive and worker.what == self.what:
                self._idle.put_nowait(worker)
            else:
                self._all.discard(worker)
                self._fill()
                await worker.kill()

    async def renew(self, what: str) -> None:
        """Answer from another store from now on; who is answering from the one before does so to the end.

        Raises ServeError, and goes on as before, if the other cannot be opened.
        """
        first = await Worker.start(self.kind, what, self.limits)
        self.what = what
        self._all.add(first)
        old = [self._idle.get_nowait() for _ in range(self._idle.qsize())]
        self._idle.put_nowait(first)
        self._fill()
        for worker in old:
            self._all.discard(worker)
            await worker.kill()

    async def left(self, what: str) -> None:
        """Wait until no worker answers from a store any more."""
        while any(worker.what == what for worker in self._all):
            await asyncio.sleep(_LOOK)

    async def _free(self) -> Worker:
        if self._waiting >= self.limits.waiting:
            raise Refused(HTTPStatus.SERVICE_UNAVAILABLE, "too many requests wait for an answer; try again")
        self._waiting += 1
        try:
            async with asyncio.timeout(2 * self.seconds + _START):
                return await self._idle.get()
        except TimeoutError:
            raise Refused(HTTPStatus.SERVICE_UNAVAILABLE, "no worker got free in time; try again") from None
        finally:
            self._waiting -= 1

    async def _start(self) -> None:
        what = self.what
        worker = await Worker.start(self.kind, what, self.limits)
        if what != self.what or self._closed:
            await worker.kill()
            return
        self._all.add(worker)
        self._idle.put_nowait(worker)

    def _fill(self) -> None:
        """See to it that there are as many workers as there should be."""
        if self._closed:
            return
        there = sum(worker.what == self.what for worker in self._all) + len(self._starting)
        for _ in range(there, self.size):
            task = asyncio.ensure_future(self._start_again())
            self._starting.add(task)
            task.add_done_callback(self._started)

    def _started(self, task: asyncio.Task[None]) -> None:
        self._starting.discard(task)
        self._fill()  # a worker that started on the store before has left at once

    async def _start_again(self) -> None:
        """Start a worker, again and again where that fails: the store may be in use for a while."""
        while not self._closed:
            try:
                await self._start()
            except ServeError as error:
                logs.warning("a worker does not start, and is tried again", why=error)
                await asyncio.sleep(1.0)
            else:
                return
