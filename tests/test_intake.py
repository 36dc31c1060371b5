"""What comes into a store is written at once, whole or not at all, and nothing of it is lost on the way to Oxigraph."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from threading import Event
from typing import Any

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.store import journal as intake
from kg.store.journal import Intake, Journal, waiting

RECORDS = [f"<urn:s{n}> <urn:p> <urn:o> <urn:g> .\n".encode() * (n + 1) for n in range(4)]


def journal(path: Path) -> bytes:
    made = Journal(path)
    for record in RECORDS:
        made.append(record)
    made.close()
    assert made.quads == 10
    return path.read_bytes()


def subjects(store: ox.Store) -> list[str]:
    return sorted(str(quad.subject) for quad in store)


def test_a_journal_is_n_quads_that_oxigraph_reads(tmp_path: Path) -> None:
    store = ox.Store()
    store.load(journal(tmp_path / "j.nq"), format=ox.RdfFormat.N_QUADS)
    assert len(store) == 4


@settings(deadline=None)
@given(st.data())
def test_what_is_torn_or_garbled_ends_the_journal_before_it(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    path = tmp_path_factory.mktemp("j") / "j.nq"
    written = bytearray(journal(path))
    at = data.draw(st.integers(0, len(written) - 1))
    if data.draw(st.booleans()):
        del written[at:]
    else:
        written[at] ^= 1 << data.draw(st.integers(0, 7))
    path.write_bytes(written)
    left = Journal.left(path)
    whole = 0
    ends = [0]
    for record in RECORDS:
        ends.append(ends[-1] + len(b"# %d 00000000\n" % len(record)) + len(record))
    while whole < 4 and ends[whole + 1] <= at:
        whole += 1
    assert path.stat().st_size == ends[whole] and (left.quads, left.records) == (sum(range(1, whole + 1)), whole)
    left.append(RECORDS[3])
    left.close()
    assert Journal.left(path).quads == left.quads


def test_a_full_disk_leaves_the_records_before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = Journal(tmp_path / "j.nq")
    made.append(RECORDS[0])
    write = os.write

    def full(file: int, data: Any) -> int:
        if len(data) <= 20:
            raise OSError(errno.ENOSPC, "No space left on device")
        return write(file, data[:20])

    with monkeypatch.context() as patch:
        patch.setattr(os, "write", full)
        with pytest.raises(OSError, match="No space"):
            made.append(RECORDS[1])
    made.append(RECORDS[2])
    with monkeypatch.context() as patch:
        patch.setattr(os, "write", full)
        with pytest.raises(OSError, match="No space"):
            made.append(RECORDS[1])
    made.close()
    assert made.quads == 4 and (tmp_path / "j.nq").read_bytes().count(b"\n") == 6
    assert Journal.left(tmp_path / "j.nq").quads == 4


def test_ctrl_c_between_writing_and_counting_leaves_no_record(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = Journal(tmp_path / "j.nq")
    made.append(RECORDS[0])
    write = os.write

    def interrupted(file: int, data: Any) -> int:
        write(file, data)
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(os, "write", interrupted)
        with pytest.raises(KeyboardInterrupt):
            made.append(RECORDS[1])
    made.append(RECORDS[2])
    made.close()
    assert Journal.left(tmp_path / "j.nq").quads == made.quads == 4


@pytest.mark.parametrize(("load", "bulk", "most"), [(1, 1, 9), (4, 1, 9), (100, 100, 9), (100, 1, 9), (100, 1, 2)])
def test_all_that_was_added_is_there_when_it_has_settled(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, load: int, bulk: int, most: int
) -> None:
    monkeypatch.setattr(intake, "LOAD", load)
    monkeypatch.setattr(intake, "MOST", most)
    monkeypatch.setattr(intake, "BULK", bulk)
    store = ox.Store(str(tmp_path / "store"))
    coming = Intake(tmp_path, store)
    for n, record in enumerate(RECORDS):
        coming.add(record, [f"name {n}"])
    assert not coming.waits("name 4")
    coming.settle()
    assert subjects(store) == [f"<urn:s{n}>" for n in range(4)]
    assert not any(coming.waits(f"name {n}") for n in range(4)) and waiting(tmp_path) == []
    coming.close()


def test_what_a_killed_process_left_is_taken_in(tmp_path: Path) -> None:
    (tmp_path / "store").mkdir()
    (tmp_path / "store" / "bulk-17.sst").write_bytes(b"half")
    journal(tmp_path / "incoming-3.nq")
    (tmp_path / "incoming-5.nq").write_bytes(journal(tmp_path / "incoming-4.nq")[:-3])
    store = ox.Store(str(tmp_path / "store"))
    Intake(tmp_path, store).close()
    assert len(store) == 4 and waiting(tmp_path) == [] and not list((tmp_path / "store").glob("bulk-*"))


class Balking:
    """An Oxigraph store that has no space for a while."""

    def __init__(self, store: ox.Store) -> None:
        self.store, self.full, self.loads = store, True, 0

    def load(self, **more: Any) -> None:
        self.loads += 1
        if self.full:
            raise OSError(errno.ENOSPC, "No space left on device")
        self.store.load(**more)

    bulk_load = load


def test_what_oxigraph_cannot_take_in_waits_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(intake, "LOAD", 1)
    store = ox.Store()
    balking: Any = Balking(store)
    coming = Intake(tmp_path, balking)
    coming.add(RECORDS[0], ["first"])
    with pytest.raises(OSError, match="No space"):
        coming.settle()
    with pytest.raises(OSError, match="No space"):
        coming.add(RECORDS[1], ["second"])
        coming.settle()
    assert coming.waits("first") and coming.waits("second") and len(waiting(tmp_path)) == 2
    balking.full = False
    coming.settle()
    assert len(store) == 2 and waiting(tmp_path) == [] and not coming.waits("first", "second")
    coming.close()


def test_ctrl_c_while_it_waits_for_a_load_loads_nothing_twice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(intake, "LOAD", 1)
    begun, go_on = Event(), Event()

    class Slow(Balking):
        def load(self, **more: Any) -> None:
            begun.set()
            go_on.wait(10)
            super().load(**more)

        bulk_load = load

    slow: Any = Slow(ox.Store())
    slow.full = False
    coming = Intake(tmp_path, slow)
    coming.add(RECORDS[0], ["first"])
    begun.wait(10)
    with monkeypatch.context() as patch:
        patch.setattr(coming._loading, "result", _interrupted)
        with pytest.raises(KeyboardInterrupt):
            coming.settle()
    assert coming.waits("first")
    go_on.set()
    coming.settle()
    assert slow.loads == 1 and len(slow.store) == 1 and not coming.waits("first")
    coming.close()


def _interrupted() -> None:
    raise KeyboardInterrupt
