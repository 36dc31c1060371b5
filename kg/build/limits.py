"""How much time and memory one article may take before the others go on without it.

Python code is stopped between two steps of the interpreter: in the main thread
by a signal, in another (a Dask worker's) by a watching thread. The parser works
on blocks of 10,000 characters, so that it comes back to Python all the time.
"""

from __future__ import annotations

import ctypes
import os
import signal
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import TypeVar

from ..errors import OverLimit

T = TypeVar("T")

_TICK = 0.2
"""Seconds between two looks at the clock."""

_PATIENCE = 10
"""How many times its seconds of work an article may take by the clock on the wall, on a machine that is busy."""


@dataclass(frozen=True, slots=True)
class ArticleLimits:
    """What one article may take: seconds of processor time, and bytes of memory beyond what the process had before."""

    seconds: float = 60.0
    memory: int = 1 << 30


class _Stop(BaseException):
    """Thrown into the work; no `except Exception` on the way takes it for an error of its own."""


def within(limits: ArticleLimits, work: Callable[[], T]) -> T:
    """What the work returns.

    Raises OverLimit if it takes more time or memory than it may, besides what it raises itself.

    >>> within(ArticleLimits(seconds=60), lambda: "done")
    'done'
    """
    gauge = _Gauge(limits)
    main = threading.current_thread() is threading.main_thread()
    guard = _signalled if main and hasattr(signal, "setitimer") else _watched
    try:
        return guard(gauge, work)
    except _Stop:
        raise OverLimit(gauge.why or "took too long") from None


class _Gauge:
    """What the current thread has used since this was made."""

    def __init__(self, limits: ArticleLimits) -> None:
        self.limits = limits
        self.why: str | None = None
        own = hasattr(time, "pthread_getcpuclockid")
        self._clock = time.pthread_getcpuclockid(threading.get_ident()) if own else None
        self._worked, self._began, self._held = self._work(), time.monotonic(), _resident()

    def _work(self) -> float:
        return time.clock_gettime(self._clock) if self._clock is not None else time.monotonic()

    def over(self) -> bool:
        """Whether a limit is passed; `why` then says which."""
        if self._work() - self._worked > self.limits.seconds:
            self.why = f"took more than {self.limits.seconds:g} s of processor time"
        elif time.monotonic() - self._began > _PATIENCE * self.limits.seconds:
            self.why = f"took more than {_PATIENCE * self.limits.seconds:g} s"
        elif _resident() - self._held > self.limits.memory:
            self.why = f"took more than {self.limits.memory / 1e6:,.0f} MB of memory"
        return self.why is not None


def _resident() -> int:
    """Bytes of memory that the process holds now, or at most ever held where the system does not say."""
    try:
        return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError, IndexError):
        pass
    try:
        import resource
    except ImportError:  # Windows
        return 0
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if os.uname().sysname == "Darwin" else 1024)


def _signalled(gauge: _Gauge, work: Callable[[], T]) -> T:
    def look(_number: int, _frame: FrameType | None) -> None:
        if gauge.over():
            raise _Stop

    before = signal.signal(signal.SIGALRM, look)
    signal.siginterrupt(signal.SIGALRM, False)  # what Oxigraph reads and writes meanwhile goes on
    signal.setitimer(signal.ITIMER_REAL, _TICK, _TICK)
    try:
        return work()
    finally:
        while True:
            try:
                signal.setitimer(signal.ITIMER_REAL, 0)
                signal.signal(signal.SIGALRM, before)
                break
            except _Stop:  # raised when the work was already over
                continue


def _watched(gauge: _Gauge, work: Callable[[], T]) -> T:
    worker, done, lock = ctypes.c_ulong(threading.get_ident()), threading.Event(), threading.Lock()
    throw = ctypes.pythonapi.PyThreadState_SetAsyncExc

    def watch() -> None:
        while not done.wait(_TICK):
            with lock:
                if not done.is_set() and gauge.over():
                    throw(worker, ctypes.py_object(_Stop))
                    return

    thread = threading.Thread(target=watch, name="kg-limits", daemon=True)
    thread.start()
    try:
        return work()
    finally:
        with lock:
            done.set()
        if gauge.why is not None:
            throw(worker, None)  # thrown when the work was already over
