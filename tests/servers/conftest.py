"""Two SPARQL servers of other makers, as processes on this machine: Oxigraph's own and Virtuoso."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from endpoints import Server

PASSWORD = "of-this-test"  # Virtuoso's +pwddba takes a longer one and then knows another


def _program(name: str, how: str) -> str:
    beside = Path(sys.executable).parent / name
    found = str(beside) if beside.exists() else shutil.which(name)
    if found is None:
        if os.environ.get("CI") == "true":
            pytest.fail(f"no {name} on the path, and CI must test against it: {how}")
        pytest.skip(f"no {name} on the path: {how}")
    return found


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port: int = taken.getsockname()[1]
    return port


def _wait(process: subprocess.Popen[bytes], url: str, log: Path) -> None:
    for _ in range(600):
        if process.poll() is not None:
            break
        try:
            httpx.get(url, params={"query": "ASK {}"}, trust_env=False)
        except httpx.HTTPError:
            time.sleep(0.1)
        else:
            return
    pytest.fail(f"the server did not start:\n{log.read_text(errors='replace')[-2000:]}")


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.kill()
    process.wait(30)


@pytest.fixture(scope="session")
def oxigraph(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    program = _program("oxigraph", "pip install oxigraph")
    folder, port = tmp_path_factory.mktemp("oxigraph"), _free_port()
    with (folder / "log").open("wb") as log:
        command = [
            program,
            "serve",
            "--location",
            str(folder / "data"),
            "--bind",
            f"127.0.0.1:{port}",
            "--union-default-graph",
        ]
        process = subprocess.Popen(command, stdout=log, stderr=log)
        try:
            _wait(process, f"http://127.0.0.1:{port}/query", folder / "log")
            yield Server("Oxigraph", f"http://127.0.0.1:{port}/query", f"http://127.0.0.1:{port}/store")
        finally:
            _stop(process)


INI = """
[Database]
DatabaseFile = {folder}/virtuoso.db
ErrorLogFile = {folder}/virtuoso.log
LockFile = {folder}/virtuoso.lck
TransactionFile = {folder}/virtuoso.trx
xa_persistent_file = {folder}/virtuoso.pxa
FileExtend = 20
[TempDatabase]
DatabaseFile = {folder}/temp.db
TransactionFile = {folder}/temp.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
ServerThreads = 10
CheckpointInterval = 0
NumberOfBuffers = 4000
MaxDirtyBuffers = 3000
DirsAllowed = {folder}/none
ThreadsPerQuery = 1
AsyncQueueMaxThreads = 1
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerThreads = 5
ServerRoot = {folder}
[SPARQL]
ResultSetMaxRows = 1000000
MaxQueryExecutionTime = 100
"""


@pytest.fixture(scope="session")
def virtuoso(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    program = _program("virtuoso-t", "apt-get install virtuoso-opensource-7-bin")
    folder, http = tmp_path_factory.mktemp("virtuoso"), _free_port()
    (folder / "virtuoso.ini").write_text(INI.format(folder=folder, sql=_free_port(), http=http), encoding="utf-8")
    command = [program, "+foreground", "+wait", "+configfile", str(folder / "virtuoso.ini")]
    with (folder / "out").open("wb") as log:
        passwords = ["+pwdold", "dba", "+pwddba", PASSWORD, "+pwddav", PASSWORD]
        subprocess.run([*command, *passwords], cwd=folder, stdout=log, stderr=log, check=True, timeout=120)
        process = subprocess.Popen(command, cwd=folder, stdout=log, stderr=log)
        try:
            base = f"http://127.0.0.1:{http}"
            _wait(process, f"{base}/sparql", folder / "out")
            yield Server("Virtuoso", f"{base}/sparql", f"{base}/sparql-graph-crud-auth", "dba", PASSWORD)
        finally:
            _stop(process)


@pytest.fixture(params=["oxigraph", "virtuoso"])
def server(request: pytest.FixtureRequest) -> Server:
    """Each of the two."""
    found: Server = request.getfixturevalue(request.param)
    return found
