"""Quads on disk: Oxigraph in a folder behind a journal, changed all at once or not at all.

One process may write, or several may read. What is new waits in a journal
until Oxigraph takes it in, much at a time (`kg.store.journal`).
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from ..errors import StoreError
from ..rdf.interop import oxigraph_quads, to_oxigraph
from ..rdf.terms import Iri, Lit, Quad, joined, nquads, ntriples
from .journal import Intake
from .locks import in_use

if TYPE_CHECKING:
    import pyoxigraph

LOGS = 500_000
"""Bytes of logs whose tables are on the disk from which on a store is opened once more to be rid of them."""


class TakenQuads:
    """What an Oxigraph store has taken in, asked for in our terms."""

    def __init__(self, oxigraph: pyoxigraph.Store, base: str) -> None:
        self._oxigraph, self.base = oxigraph, base

    def quads(
        self, s: Iri | None = None, p: Iri | None = None, o: Iri | Lit | None = None, g: Iri | None = None
    ) -> Iterator[Quad]:
        """The quads with the given parts, all where none is given."""
        parts: list[Any] = [None if term is None else to_oxigraph(term) for term in (s, p, o, g)]
        return oxigraph_quads(self._oxigraph.quads_for_pattern(*parts))


class QuadStore:
    """An open folder of quads. Use it in a `with` block, or `close` it: until then it keeps others from writing.

    `base` is the IRI under which its nodes are named.
    """

    def __init__(self, folder: Path, base: str, lock: int | None, write: bool) -> None:
        import pyoxigraph as ox

        self.folder, self.base, self.writable = folder, base, write
        self._lock = lock
        self._open: pyoxigraph.Store | None = None
        self._intake: Intake | None = None
        files = folder / "store"
        try:
            if write:
                self._open = ox.Store(str(files))
                self._intake = Intake(folder, self._open)
            elif files.exists():
                self._open = ox.Store.read_only(str(files))
            else:  # made, and killed before its first write
                self._open = ox.Store()
        except (OSError, RuntimeError) as error:
            self.close()
            reason = str(error).strip().splitlines()[0]
            if "lock" in reason.lower():
                raise in_use(folder, write) from None
            raise StoreError(f"{folder}: cannot be opened as a store: {reason}") from None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        try:
            self.close()
        except StoreError:
            if error is None:  # else the error that ended the block says more
                raise

    def close(self) -> None:
        """Give the folder free for others. A closed store cannot be used.

        Raises StoreError if the disk is full; nothing is lost, what was written stands in Oxigraph's log.
        """
        try:
            if self._intake is not None:
                self.settle()
        finally:
            wrote = self._intake is not None
            if self._intake is not None:
                self._intake.close()
            self._open = self._intake = None
            if wrote:
                _leave_lean(self.folder / "store")
            if self._lock is not None:
                os.close(self._lock)
                self._lock = None

    def settle(self) -> None:
        """Have Oxigraph take in all that waits, and put it on the disk in order.

        Raises StoreError if the disk is full; nothing is lost, what was written stands in logs.
        """
        with self._writing() as oxigraph:
            oxigraph.flush()

    @property
    def oxigraph(self) -> pyoxigraph.Store:
        """Oxigraph's own store. To write, use the methods here: they keep graphs and ledger in step."""
        return self._with()

    def _taken(self, *names: str) -> TakenQuads:
        """The quads with all that waits, or at least with what waits under some names."""
        return TakenQuads(self._with(*names), self.base)

    def _with(self, *names: str) -> pyoxigraph.Store:
        """Oxigraph's store with all that waits, or at least with what waits under some names."""
        if self._open is None:
            raise StoreError(f"{self.folder}: the store is closed; open it again")
        if self._intake is not None and (not names or self._intake.waits(*names)):
            with self._errors():
                self._intake.settle()
        return self._open

    def __len__(self) -> int:
        return len(self.oxigraph)

    def quads(
        self, s: Iri | None = None, p: Iri | None = None, o: Iri | Lit | None = None, g: Iri | None = None
    ) -> Iterator[Quad]:
        """The quads with the given parts, all where none is given."""
        return self._taken().quads(s, p, o, g)

    def lines(self) -> list[str]:
        """The whole store as canonical N-Quads: equal stores, equal lines."""
        import pyoxigraph as ox

        text = (self.oxigraph.dump(format=ox.RdfFormat.N_QUADS) or b"").decode()
        return sorted(line for line in text.split("\n") if line)

    def _change(self, old: Collection[Quad], new: Collection[Quad] = (), *names: str) -> None:
        """Take away and add in one transaction, all of it or nothing; `names` are what is asked for it by."""
        gone = set(old).difference(new)
        come = set(new).difference(old)
        if gone:
            parts = [
                f"{verb} DATA {{\n{_blocks(some)}\n}}" for verb, some in (("DELETE", gone), ("INSERT", come)) if some
            ]
            with self._writing() as oxigraph:
                oxigraph.update(" ;\n".join(parts))
        elif come:
            self._take_in(joined(nquads(come)), *names)

    def _take_in(self, text: bytes, *names: str) -> None:
        """Add N-Quads of our own making, all of them or none."""
        if self._intake is None:
            raise StoreError(f"{self.folder}: was opened to read; open it with write=True")
        with self._errors():
            self._intake.add(text, names)

    @contextmanager
    def _writing(self) -> Iterator[pyoxigraph.Store]:
        if not self.writable:
            raise StoreError(f"{self.folder}: was opened to read; open it with write=True")
        oxigraph = self.oxigraph
        with self._errors():
            yield oxigraph

    @contextmanager
    def _errors(self) -> Iterator[None]:
        try:
            yield
        except (OSError, RuntimeError) as error:
            raise StoreError(f"{self.folder}: cannot be written: {str(error).splitlines()[0]}") from None


def _leave_lean(files: Path) -> None:
    """Delete what RocksDB keeps for itself: logs to write over, which it drops on opening, and its earlier diaries.

    Whoever still holds Oxigraph's own store keeps them until it is opened next.
    """
    import pyoxigraph as ox

    if sum(log.stat().st_size for log in files.glob("*.log")) > LOGS:
        with suppress(OSError):
            ox.Store(str(files))
    for diary in files.glob("LOG.old.*"):
        diary.unlink(missing_ok=True)


def _blocks(quads: Iterable[Quad]) -> str:
    """Quads as SPARQL Update writes data: a GRAPH block for each graph."""
    by_graph: dict[Iri, list[str]] = {}
    for s, p, o, g in quads:
        by_graph.setdefault(g, []).append(f"<{s}> <{p}> {ntriples(o)} .")
    return "\n".join(f"GRAPH <{g}> {{\n" + "\n".join(lines) + "\n}" for g, lines in by_graph.items())
