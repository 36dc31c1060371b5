"""Who may use a store's folder: one process that writes, or several that read."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ..errors import StoreError

PATIENCE = 0.5
"""Seconds to wait for those who hold a folder for a moment."""


def lock(folder: Path, write: bool, patience: float = PATIENCE) -> int | None:
    """A lock on the folder that the system gives back when the process ends, however it ends.

    None where the system has no such locks, or a reader may not write one.
    Others may hold theirs for a moment (`kg serve` does when it looks at the
    store anew), so it is asked for again, for `patience` seconds.

    Raises StoreError if the folder cannot be written, or a process that is there excludes this one.
    """
    try:
        import fcntl
    except ImportError:  # Windows: Oxigraph's own lock still keeps a second writer out
        return None
    try:
        handle = os.open(folder / "lock", os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        if write:
            raise StoreError(f"{folder}: cannot be written: {error.strerror}") from None
        return None
    end = time.monotonic() + patience
    while True:
        try:
            fcntl.flock(handle, (fcntl.LOCK_EX if write else fcntl.LOCK_SH) | fcntl.LOCK_NB)
            return handle
        except OSError:
            if time.monotonic() > end:
                os.close(handle)
                raise in_use(folder, write) from None
            time.sleep(0.02)


@contextmanager
def held(path: str | os.PathLike[str], *, write: bool = False, patience: float = PATIENCE) -> Iterator[bool]:
    """Keep writers from a store's folder, or (`write`) everybody, as an open store does, without opening it.

    False where the system or the folder does not let one.

    Raises StoreError if a process that is there already excludes this one.
    """
    handle = lock(Path(path), write, patience)
    try:
        yield handle is not None
    finally:
        if handle is not None:
            os.close(handle)


def in_use(folder: Path, write: bool) -> StoreError:
    """What is said to one who comes to read or write and is kept out.

    >>> str(in_use(Path("graph"), write=True))
    'graph: in use by another process, such as a build; wait for its end or stop it'
    """
    if write:
        return StoreError(f"{folder}: in use by another process, such as a build; wait for its end or stop it")
    return StoreError(f"{folder}: being written by another process; try again when its build is done")
