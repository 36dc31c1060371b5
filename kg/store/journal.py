"""What comes into a store: written to a journal at once, and taken into Oxigraph many articles at a time.

Oxigraph takes an article alone in 30 to 60 ms of processor time, and one among a hundred in half of that: it sorts
them into tables that need not be merged again and again. A thread of its own does that while the next are read.

A journal is N-Quads in records, each behind a comment with its length and CRC-32. What a kill leaves of the last
record is cut off; what is whole is taken in when the folder is opened next. A journal goes when Oxigraph has it.
"""

from __future__ import annotations

import ctypes
import os
import re
from collections.abc import Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING
from zlib import crc32

if TYPE_CHECKING:
    import pyoxigraph

LOAD, MOST = 200_000, 500
"""How many quads, and articles, wait at most: as many as Oxigraph takes in with some 170 MB of memory for a while."""

BULK = 20_000
"""From how many quads on a load into sorted tables pays."""

_NAME = "incoming-{}.nq"
_HEAD = re.compile(rb"# (\d{1,15}) ([0-9a-f]{8})\n")


class Journal:
    """A file of `records` that hold so many `quads`; `names` are those under which they were added."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.records = self.quads = 0
        self.names: set[str] = set()
        self._size = 0
        self._file: int | None = None

    @classmethod
    def left(cls, path: Path) -> Journal:
        """The journal of a process that is no more, cut off after the last record that is as it was written."""
        found = cls(path)
        data = path.read_bytes()
        while (head := _HEAD.match(data, found._size)) is not None:
            end = head.end() + int(head[1])
            text = data[head.end() : end]
            if len(text) != int(head[1]) or crc32(text) != int(head[2], 16):
                break
            found._size = end
            found.records += 1
            found.quads += text.count(b"\n")
        if found._size < len(data):
            os.truncate(path, found._size)
        return found

    def append(self, text: bytes) -> None:
        """Write a record, whole or not at all.

        Raises OSError if the disk is full.
        """
        if self._file is None:
            self._file = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
        self._cut()
        record = b"# %d %08x\n%b" % (len(text), crc32(text), text)
        at = 0
        while at < len(record):
            at += os.write(self._file, memoryview(record)[at:])
        self._size += len(record)
        self.records += 1
        self.quads += text.count(b"\n")

    def close(self) -> None:
        """Give the file free."""
        if self._file is not None:
            self._cut()
            os.close(self._file)
            self._file = None

    def _cut(self) -> None:
        """Take away what a full disk or Ctrl-C has left of a record that is not whole."""
        if self._file is not None:
            os.ftruncate(self._file, self._size)

    def remove(self) -> None:
        """Delete the file: what it holds is elsewhere."""
        self.close()
        self.path.unlink(missing_ok=True)


class Intake:
    """The way into an Oxigraph store whose folder nobody else writes.

    Whoever reads the store has to `settle` first, or to ask whether what is looked for `waits`.
    """

    def __init__(self, folder: Path, oxigraph: pyoxigraph.Store) -> None:
        """Takes in what is left of a process that was killed.

        Raises OSError or RuntimeError if it cannot be written.
        """
        self._folder, self._oxigraph = folder, oxigraph
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="kg-intake")
        self._open: Journal | None = None
        self._full: list[Journal] = [Journal.left(path) for path in waiting(folder)]
        self._loading: Future[None] | None = None
        self._sweep()
        self.settle()

    def waits(self, *names: str) -> bool:
        """Whether Oxigraph may not have yet what was added under one of these names."""
        journals = [*self._full, *([self._open] if self._open is not None else [])]
        return not all(journal.names.isdisjoint(names) for journal in journals)

    def add(self, text: bytes, names: Iterable[str]) -> None:
        """Keep N-Quads of our own making, all of them or none, under names that are asked for.

        Raises OSError or RuntimeError if the disk is full; then, all that was added before is still there.
        """
        if self._open is None:
            taken = {path.name for path in waiting(self._folder)}
            free = next(name for n in range(len(taken) + 1) if (name := _NAME.format(n)) not in taken)
            self._open = Journal(self._folder / free)
        self._open.names.update(names)
        self._open.append(text)
        if self._open.quads >= LOAD or self._open.records >= MOST:
            self._wait()
            self._close()
            self._loading = self._thread.submit(self._load)

    def settle(self) -> None:
        """Have Oxigraph take in all that waits.

        Raises OSError or RuntimeError if it cannot be written; it then waits on.
        """
        self._wait()
        self._close()
        self._load()

    def close(self) -> None:
        """End the thread; what Oxigraph could not take in stays in the journals."""
        self._thread.shutdown()
        self._close()

    def _close(self) -> None:
        if self._open is not None:
            self._open.close()
            self._full.append(self._open)
            self._open = None

    def _wait(self) -> None:
        if self._loading is None:
            return
        try:
            self._loading.result()
        finally:
            if self._loading.done():  # else it is Ctrl-C that ends the waiting, and the thread goes on
                self._loading = None

    def _load(self) -> None:
        import pyoxigraph as ox

        while self._full:
            journal = self._full[0]
            load = self._oxigraph.bulk_load if journal.quads >= BULK else self._oxigraph.load
            if journal.path.exists():  # else Ctrl-C came between the last two lines here
                try:
                    load(path=str(journal.path), format=ox.RdfFormat.N_QUADS, lenient=True)
                except (OSError, RuntimeError):
                    self._sweep()
                    raise
            journal.remove()
            del self._full[0]
            if load == self._oxigraph.bulk_load:
                _trim()

    def _sweep(self) -> None:
        """Delete the tables of loads that did not come to their end: nothing refers to them."""
        for left in (self._folder / "store").glob("bulk-*.sst"):
            left.unlink(missing_ok=True)


def _trim() -> None:
    """Give back to the system the hundreds of megabytes that a bulk load took, where the C library can (glibc)."""
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None) if os.name == "posix" else None
    if trim is not None:
        trim(0)


def waiting(folder: Path) -> list[Path]:
    """The journals in a store's folder: there are none unless it is being written, or its writer was killed."""
    return sorted(folder.glob(_NAME.format("*")))
