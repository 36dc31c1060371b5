"""A store as it stood at one moment: what is served, so that builds of the same folder go on meanwhile.

RocksDB, under Oxigraph, never changes a table or a log once another writer has opened the folder: it writes new ones.
So links to these files, with a copy of the few small ones that name them, made while nobody writes, are the store of
that moment: in milliseconds, whatever its size, and without space of its own until builds have replaced the files.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from .. import store as stores
from ..errors import StoreError
from ..review.decision_file import FILE
from ..store import Store, locks, recover
from ..store.journal import waiting

PREFIX = "serving-"
_LINKED = (".sst", ".log", ".blob")
_LEFT_OUT = ("LOG", "LOCK")  # RocksDB's diary, and its own lock

Stamp = tuple[tuple[str, int, int], ...]


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The folder of a store that stays as it is, or the `original` where no snapshot can be made, and `why`."""

    folder: Path
    stamp: Stamp
    why: str | None = None
    _holds: ExitStack = field(default_factory=ExitStack, compare=False, repr=False)

    @property
    def original(self) -> bool:
        """Whether it is the store itself, from which writers are kept as long as it is open."""
        return self.why is not None

    def remove(self) -> None:
        """Take the links away; nobody may read them any more."""
        self._holds.close()
        if not self.original:
            shutil.rmtree(self.folder, ignore_errors=True)


def stamp(folder: Path) -> Stamp:
    """What changes whenever a store does: names, sizes and times of its files."""
    files = waiting(folder)
    with suppress(FileNotFoundError):
        files += (file for file in (folder / "store").iterdir() if not file.name.startswith(_LEFT_OUT))
    found = []
    for file in files:
        with suppress(FileNotFoundError):  # a build that runs has just removed it
            about = file.stat()
            found.append((file.name, about.st_size, about.st_mtime_ns))
    return tuple(sorted(found))


def take(folder: Path, *, patience: float = locks.PATIENCE, apart: bool = False) -> Snapshot:
    """A snapshot of the store in a folder, beside its files; `patience` is how many seconds it waits for others.

    Where the folder cannot be written, or knows no links, it is the store itself. With
    `apart` nothing in it is one thing with another article's.

    Raises StoreError if the folder is being written, is no folder any more, or has to be written and cannot (`apart`).
    """
    recover(folder, patience=patience)
    with locks.held(folder, patience=patience) as still:
        now = stamp(folder)
        if not still:
            return Snapshot(folder, now, "the folder cannot be locked")
        made, holds = None, ExitStack()
        try:
            made = Path(tempfile.mkdtemp(prefix=PREFIX, dir=folder))
            (made / "lock").touch()
            shutil.copy2(folder / "store.json", made)
            if (folder / FILE).is_file():
                shutil.copy2(folder / FILE, made)
            if now:  # a store before its first write has no files
                (made / "store").mkdir()
            for name, _, _ in now:
                put = os.link if name.endswith(_LINKED) else shutil.copy2
                put(folder / "store" / name, made / "store" / name)
            if apart:
                with stores.open(made, write=True) as store:
                    store.part()
            holds.enter_context(locks.held(made))
        except OSError as error:
            holds.close()
            if made is not None:
                shutil.rmtree(made, ignore_errors=True)
            why = error.strerror or str(error)
            if apart:
                raise StoreError(f"{folder}: cannot be asked apart where nothing can be written: {why}") from None
            return Snapshot(folder, now, why)
        return Snapshot(made, now, None, holds)


@contextmanager
def opened(folder: Path, *, apart: bool = False) -> Iterator[Store]:
    """The store in a folder, to read; with `apart` as `take` has it.

    Raises StoreError as `kg.store.open` and `take` do.

    >>> import tempfile
    >>> from kg import Article, extract, open
    >>> from kg.identity.linking import link
    >>> from kg.rdf import vocab
    >>> found = []
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     with open(f"{folder}/graph", create=True) as store:
    ...         for text in ("Acme Mills said it had closed.", "Acme Mills denied the report."):
    ...             _ = store.put(extract(Article(text), fast=True))
    ...         _ = link(store)
    ...     for apart in (False, True):
    ...         with opened(Path(folder, "graph"), apart=apart) as store:
    ...             found.append(len(list(store.quads(p=vocab.sameThingAs))))
    >>> found
    [2, 0]
    """
    snapshot = take(folder, apart=True) if apart else None
    try:
        with stores.open(snapshot.folder if snapshot else folder) as store:
            yield store
    finally:
        if snapshot:
            snapshot.remove()


def sweep(folder: Path) -> None:
    """Remove what servers left behind that were killed: the snapshots that nobody holds."""
    left = sorted(folder.glob(PREFIX + "*"))
    if not left:
        return
    with suppress(StoreError, OSError), locks.held(folder, write=True):  # else another server is taking one now
        for old in left:
            with suppress(StoreError, OSError), locks.held(old, write=True):
                shutil.rmtree(old, ignore_errors=True)
