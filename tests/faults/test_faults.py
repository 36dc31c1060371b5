"""Builds killed at any moment, full disks, torn logs, second writers: the graph is right, or the error is clear.

`KG_KILLS=100` kills a thousand-article build as often, with and without bulk loads; CI kills one of half the size, and less.
"""

from __future__ import annotations

import json
import os
import random
import select
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from hashlib import sha256
from pathlib import Path

import pytest
from driver import STEPS, text
from rights import unprivileged

from kg import store as stores
from kg.build.results import REPORT
from kg.errors import StoreError
from kg.store.journal import waiting

DRIVER = Path(__file__).parent / "driver.py"
KILLS = int(os.environ.get("KG_KILLS", "13"))
ARTICLES = 1000 if "KG_KILLS" in os.environ else 500
ROOT = Path(__file__).resolve().parents[2]


def write_sources(folder: Path, articles: int, bad: frozenset[int] = frozenset()) -> Path:
    """Tables of a hundred articles; those numbered in `bad` break the stub."""
    folder.mkdir()
    for table in range(0, articles, 100):
        rows = [
            json.dumps({"text": text(n, "Ruin" if n in bad else "Port")})
            for n in range(table, min(table + 100, articles))
        ]
        (folder / f"{table:05}.jsonl").write_text("\n".join(rows) + "\n")
    return folder


class Build:
    """A build that the server of builds is asked for: what of subprocess.Popen is used here."""

    def __init__(self, server: subprocess.Popen[bytes], errors: Path, arguments: Sequence[str]) -> None:
        assert server.stdin is not None and server.stdout is not None
        self.told, self.errors = server.stdout, errors
        self.returncode: int | None = None
        server.stdin.write(json.dumps([str(errors), *arguments]).encode() + b"\n")
        self.pid = int(self.told.readline())

    def poll(self) -> int | None:
        if self.returncode is None and select.select([self.told], [], [], 0)[0]:
            self.returncode = int(self.told.readline())
        return self.returncode

    def wait(self, timeout: float) -> int:
        if self.returncode is None and not select.select([self.told], [], [], timeout)[0]:
            raise subprocess.TimeoutExpired(str(self.pid), timeout)
        code = self.poll()
        assert code is not None
        return code

    def send_signal(self, signal: int) -> None:
        if self.poll() is None:
            os.kill(self.pid, signal)

    def communicate(self, timeout: float) -> tuple[None, str]:
        self.wait(timeout)
        return None, self.errors.read_text()


Process = Build | subprocess.Popen[str]
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT)}
SERVERS: list[subprocess.Popen[bytes]] = []


@pytest.fixture(scope="module", autouse=True)
def server() -> Iterator[None]:
    """A process that builds what it is asked to, each in a fork: an interpreter takes longer to start than most builds do."""
    command = [sys.executable, str(DRIVER), "--serve"]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0, env=ENVIRONMENT
    ) as process:
        SERVERS.append(process)
        yield
        SERVERS.remove(process)
    assert process.returncode == 0


def start(source: Path, graph: Path, log: Path, *more: str, within: Sequence[str] = (), alone: bool = False) -> Process:
    """Begin a build; where something stands before its command, or it is to be `alone`, in an interpreter of its own."""
    arguments = [str(source), str(graph), str(log), *more]
    if not within and not alone:
        return Build(SERVERS[-1], log.with_name(f"{log.name}.errors"), arguments)
    command = [*within, sys.executable, str(DRIVER), *arguments]
    return subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=ENVIRONMENT)


def finish(
    source: Path, graph: Path, log: Path, *more: str, within: Sequence[str] = (), alone: bool = False
) -> tuple[int, str]:
    process = start(source, graph, log, *more, within=within, alone=alone)
    _, errors = process.communicate(timeout=300)
    assert process.returncode is not None
    return process.returncode, errors


def digest(graph: Path) -> str:
    with stores.open(graph) as store:
        return sha256("\n".join(store.lines()).encode()).hexdigest()


def partial(graph: Path) -> list[str]:
    return [p.name for p in graph.iterdir() if p.name.endswith(".part")]


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str, float]:
    """Many articles, the hash of their graph, and how long a build of it takes once it has begun."""
    root = tmp_path_factory.mktemp("many")
    source = write_sources(root / "in", ARTICLES)
    process = start(source, root / "whole", root / "log")
    wait_for_start(process, root / "log")
    begun = time.monotonic()
    assert process.wait(300) == 0
    return source, digest(root / "whole"), time.monotonic() - begun


def wait_for_start(process: Process, log: Path) -> None:
    while process.poll() is None and not (log.exists() and log.stat().st_size):
        time.sleep(0.01)


def kill_somewhere(process: Process, log: Path, chosen: random.Random, takes: float) -> None:
    """Kill a build at a random article, or in a fifth of the cases at a random moment after the last."""
    line, later = chosen.randrange(1, ARTICLES * 5 // 4), chosen.uniform(0, takes / 4)
    while process.poll() is None and log.read_bytes().count(b"\n") <= min(line, ARTICLES):
        time.sleep(chosen.uniform(0, 0.004))
    if line > ARTICLES:
        time.sleep(later)
    process.send_signal(signal.SIGKILL)


@pytest.mark.slow
@pytest.mark.parametrize("how", [(), ("--load", "2000", "--bulk")], ids=["few", "as-many"])
def test_killed_at_any_moment_and_resumed_the_graph_is_the_same(
    how: tuple[str, ...], many: tuple[Path, str, float], tmp_path: Path
) -> None:
    source, expected, takes = many
    chosen = random.Random(20)
    kills = builds = 0
    while kills < KILLS:
        graph, runs = tmp_path / f"graph{builds}", 0
        logs: list[Path] = []
        while True:
            logs.append(tmp_path / f"log{builds}-{runs}")
            process = start(source, graph, logs[-1], *how)
            wait_for_start(process, logs[-1])
            if kills < KILLS:
                kill_somewhere(process, logs[-1], chosen, takes)
            if process.wait(300) == 0:
                break
            assert process.returncode == -signal.SIGKILL, process.communicate()
            kills += 1
            runs += 1
        assert digest(graph) == expected, f"build {builds} after {runs} kills"
        assert partial(graph) == [] and not list((graph / "store").glob("bulk-*"))
        added = Counter(line for log in logs for line in log.read_text().splitlines() if line.startswith("added "))
        redone = sum(n - 1 for n in added.values())
        assert redone <= 32 * runs
        builds += 1
        shutil.rmtree(graph)
    print(f"{kills} kills in {builds} builds, the graph of each as if never killed")


@pytest.fixture(scope="module")
def forty(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    root = tmp_path_factory.mktemp("forty")
    source = write_sources(root / "in", 40)
    assert finish(source, root / "whole", root / "log", "--outputs")[0] == 0
    return source, digest(root / "whole")


@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("step", [s for s in STEPS if s != "remove"])
def test_killed_at_each_step(step: str, when: str, forty: tuple[Path, str], tmp_path: Path) -> None:
    source, expected = forty
    at = {"make": 17, "put": 17, "append": 17, "load": 3, "loaded": 3}.get(step, 1)
    die = ("--outputs", "--load", "500", "--bulk", "--die", f"{step}:{when}:{at}")
    code, _ = finish(source, tmp_path / "graph", tmp_path / "log", *die)
    assert code == -signal.SIGKILL, "the step is not on the way of a build"
    assert finish(source, tmp_path / "graph", tmp_path / "log", "--outputs")[0] == 0
    assert digest(tmp_path / "graph") == expected
    assert {"graph.nq", "graph.trig", "view.html", REPORT} <= {p.name for p in (tmp_path / "graph").iterdir()}


@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("step", ["put", "append", "load", "loaded"])
def test_who_reads_what_a_killed_build_left_has_all_that_was_stored(
    step: str, when: str, forty: tuple[Path, str], tmp_path: Path
) -> None:
    source, _ = forty
    at = 2 if step in {"load", "loaded"} else 30
    finish(source, tmp_path / "graph", tmp_path / "log", "--load", "1000", "--bulk", "--die", f"{step}:{when}:{at}")
    told = (tmp_path / "log").read_text().count("added ")
    with stores.open(tmp_path / "graph") as store:
        assert told <= len(store.ids()) <= told + 1
    assert waiting(tmp_path / "graph") == []


@pytest.mark.parametrize("when", ["before", "after"])
def test_killed_while_it_removes(when: str, forty: tuple[Path, str], tmp_path: Path) -> None:
    _, expected = forty
    source = write_sources(tmp_path / "in", 40)
    extra = source / "more.jsonl"
    extra.write_text("".join(json.dumps({"text": text(n, "Bay")}) + "\n" for n in range(2, 6)))
    finish(source, tmp_path / "graph", tmp_path / "log")
    extra.unlink()
    assert finish(source, tmp_path / "graph", tmp_path / "log", "--die", f"remove:{when}:2")[0] == -signal.SIGKILL
    assert finish(source, tmp_path / "graph", tmp_path / "log")[0] == 0
    with stores.open(tmp_path / "graph") as store:
        texts = [line.replace(str(tmp_path / "in"), "") for line in store.lines() if "articleBody" in line]
    assert len(texts) == 40 and not any("Bay" in text for text in texts) and expected


def garbled(graph: Path, chosen: random.Random) -> str:
    """Tear or garble a log of the store, Oxigraph's or our own; what was done."""
    logs = sorted(p for p in [*(graph / "store").glob("*.log"), *graph.glob("incoming-*.nq")] if p.stat().st_size)
    log = chosen.choice(logs)
    data = bytearray(log.read_bytes())
    at = chosen.randrange(len(data))
    how = chosen.choice(["torn", "zeros", "noise", "bit", "more"])
    if how == "torn":
        del data[at:]
    elif how == "zeros":
        data[at : at + 4096] = bytes(len(data[at : at + 4096]))
    elif how == "noise":
        data[at : at + 64] = chosen.randbytes(len(data[at : at + 64]))
    elif how == "bit":
        data[at] ^= 1 << chosen.randrange(8)
    else:
        data += chosen.randbytes(500)
    log.write_bytes(data)
    return f"{log.name}: {how} at {at} of {len(data)}"


def test_torn_and_garbled_logs_lose_nothing_in_silence(forty: tuple[Path, str], tmp_path: Path) -> None:
    source, expected = forty
    killed = tmp_path / "killed"
    assert finish(source, killed, tmp_path / "log", "--load", "1000", "--die", "put:after:33")[0] == -signal.SIGKILL
    fates: Counter[str] = Counter()
    for seed in range(20):
        graph = tmp_path / f"graph{seed}"
        shutil.copytree(killed, graph)
        done = garbled(graph, random.Random(seed))
        code, errors = finish(source, graph, tmp_path / f"log{seed}")
        if code == 0:
            assert digest(graph) == expected, done
        else:
            assert code == 2 and len(errors.strip().splitlines()) == 1 and str(graph) in errors, (done, errors)
        fates["rebuilt" if code == 0 else "refused"] += 1
        fates["journal" if done.startswith("incoming") else "log"] += 1
    print(dict(fates))
    assert fates["rebuilt"] >= 10 and fates["journal"] >= 5 and fates["log"] >= 5


def test_a_second_writer_is_told_within_two_seconds(forty: tuple[Path, str], tmp_path: Path) -> None:
    source, _ = forty
    with stores.open(tmp_path / "graph", create=True):
        begun = time.monotonic()
        with pytest.raises(StoreError, match="in use by another process"):
            stores.open(tmp_path / "graph", write=True)
        assert time.monotonic() - begun < 2
        code, errors = finish(source, tmp_path / "graph", tmp_path / "log")
        assert code == 2 and "in use by another process" in errors and len(errors.splitlines()) == 1


def test_bad_ones_among_many_are_listed_and_the_graph_is_that_of_the_rest(tmp_path: Path) -> None:
    bad = frozenset(range(7, 200, 10))
    source = write_sources(tmp_path / "in", 200, bad)
    assert finish(source, tmp_path / "graph", tmp_path / "log")[0] == 0
    first, *rest = [json.loads(line) for line in (tmp_path / "graph" / REPORT).read_text().splitlines()]
    assert first["quarantined"] == 20 and first["added"] == 180 and len(rest) == 200
    assert {int(r["source"].rpartition(":")[2]) - 1 + int(Path(r["source"].rpartition(":")[0]).stem)
            for r in rest if "Ruin" in r.get("why", "")} == bad  # fmt: skip
    with stores.open(tmp_path / "graph") as store:
        assert len(store.ids()) == 180 and not any("Ruin" in line for line in store.lines())


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A folder on a disk of its own, to be filled; skips where the system lets nobody mount one."""
    folder = tmp_path / "disk"
    folder.mkdir()
    yield folder
    subprocess.run(["umount", str(folder)], check=False, capture_output=True)


@pytest.mark.parametrize("how", [(), ("--load", "500", "--bulk")], ids=["few", "as-many"])
@pytest.mark.parametrize("kilobytes", [64, 200, 256, 512, 1024, 1500, 2048, 2500])
def test_a_full_disk_is_said_and_the_rerun_is_whole(
    kilobytes: int, how: tuple[str, ...], forty: tuple[Path, str], disk: Path, tmp_path: Path
) -> None:
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={kilobytes}k", "tmpfs", str(disk)], check=False, capture_output=True
    )
    if mounted.returncode:
        pytest.skip("needs the right to mount a small file system")
    source, expected = forty
    code, errors = finish(source, disk / "graph", tmp_path / "log", "--outputs", *how)
    assert code == 2, "the disk is not full; the sizes are too large"
    assert len(errors.strip().splitlines()) == 1 and str(disk) in errors, errors
    assert not (disk / "graph").exists() or partial(disk / "graph") == []
    subprocess.run(["mount", "-o", "remount,size=200m", str(disk)], check=True)
    code, errors = finish(source, disk / "graph", tmp_path / "log", "--outputs", *how)
    assert code == 0, errors
    assert digest(disk / "graph") == expected


@pytest.fixture(params=[signal.default_int_handler, signal.SIG_IGN], ids=["terminal", "background"])
def suite(request: pytest.FixtureRequest) -> Iterator[None]:
    """The suite as it runs at a terminal, and as a shell runs it in the background: Ctrl-C ignored, and inherited."""
    before = signal.signal(signal.SIGINT, request.param)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("suite")
def test_ctrl_c_ends_in_one_line_and_the_next_build_goes_on(many: tuple[Path, str, float], tmp_path: Path) -> None:
    source, expected, _ = many
    process = start(source, tmp_path / "graph", tmp_path / "log", alone=True)
    wait_for_start(process, tmp_path / "log")
    while process.poll() is None and (tmp_path / "log").stat().st_size < 2000:
        time.sleep(0.01)
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 130 and "Traceback" not in errors
    report = (tmp_path / "graph" / REPORT).read_text().splitlines()
    assert json.loads(report[0])["complete"] is False and len(report) > 10
    assert finish(source, tmp_path / "graph", tmp_path / "log")[0] == 0
    assert digest(tmp_path / "graph") == expected


def test_a_read_only_folder_is_said(forty: tuple[Path, str], tmp_path: Path) -> None:
    (tmp_path / "graph").mkdir(mode=0o555)
    code, errors = finish(forty[0], tmp_path / "graph", tmp_path / "log", within=unprivileged())
    assert code == 2 and "Permission denied" in errors and len(errors.splitlines()) == 1


def test_what_lies_in_a_folder_that_may_not_be_looked_into_stays_in_the_graph(tmp_path: Path) -> None:
    (tmp_path / "in" / "shut").mkdir(parents=True)
    (tmp_path / "in" / "a.txt").write_text(text(1))
    (tmp_path / "in" / "shut" / "b.txt").write_text(text(2))
    (tmp_path / "in" / "b.txt").write_text(text(3))
    assert finish(tmp_path / "in", tmp_path / "graph", tmp_path / "log") == (0, "")
    (tmp_path / "in" / "shut").chmod(0)
    (tmp_path / "in" / "b.txt").unlink()
    try:
        assert finish(tmp_path / "in", tmp_path / "graph", tmp_path / "log", within=unprivileged()) == (0, "")
    finally:
        (tmp_path / "in" / "shut").chmod(0o755)
    report = [json.loads(line) for line in (tmp_path / "graph" / REPORT).read_text().splitlines()]
    assert sorted(one["fate"] for one in report if "fate" in one) == ["failed", "removed", "unchanged"]
    (why,) = [one["why"] for one in report if one.get("fate") == "failed"]
    assert why.startswith(f"{tmp_path / 'in' / 'shut'}: the folder cannot be read (Permission denied); ")
    with stores.open(tmp_path / "graph") as store:
        assert len(store.ids()) == 2


def test_a_file_that_may_not_be_read_is_listed_and_the_others_built(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for name in ("a.txt", "b.txt"):
        (tmp_path / "in" / name).write_text(text(len(name)) + name)
    (tmp_path / "in" / "a.txt").chmod(0)
    assert finish(tmp_path / "in", tmp_path / "graph", tmp_path / "log", within=unprivileged()) == (0, "")
    report = [json.loads(line) for line in (tmp_path / "graph" / REPORT).read_text().splitlines()]
    failed = [one for one in report if one.get("fate") == "failed"]
    assert len(failed) == 1 and "a.txt" in failed[0]["why"] and "Permission denied" in failed[0]["why"]
    with stores.open(tmp_path / "graph") as store:
        assert len(store.ids()) == 1
