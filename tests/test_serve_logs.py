"""What kg serve tells of itself: a line of JSON an event, from a level on, and nothing that was asked in confidence."""

from __future__ import annotations

import json
import logging
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from serving import ROOT, make_store

from kg import store as stores
from kg.serve import logs

httpx = pytest.importorskip("httpx")
pytest.importorskip("uvicorn")


def told(line: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(line)
    assert found.pop("time").endswith("+00:00")
    return found


@pytest.mark.parametrize("level", ["debug", "info", "error"])
def test_the_command_tells_events_as_lines_from_a_level_on(level: str, tmp_path: Path) -> None:
    folder = make_store(tmp_path / "graph")
    command = [sys.executable, "-m", "kg", "serve", "-d", str(folder), "--port", "0", "--log-level", level]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT)
    assert server.stderr is not None
    try:
        if level == "error":
            time.sleep(4)
            first = None
        else:
            first = told(server.stderr.readline())
            assert first == {"level": "info", "event": "serving", "address": first["address"], "folder": str(folder)}
            assert httpx.get(first["address"] + "sparql?query=ASK%7B%7D&token=confidence").status_code == 200
            assert httpx.get(first["address"] + "no%0Asuch").status_code == 404
    finally:
        server.send_signal(signal.SIGTERM)
        printed, errors = server.communicate(timeout=30)
    assert printed == ""
    rest = list(map(told, errors.splitlines()))
    if first is None:
        assert rest == []
        return
    assert "confidence" not in errors and "ASK" not in errors
    requests = [(e["method"], e["path"], e["status"]) for e in rest if e["event"] == "request"]
    assert requests == ([("GET", "/sparql", 200), ("GET", "/no\nsuch", 404)] if level == "debug" else [])
    assert rest[-1] == {"level": "info", "event": "stopped", "folder": str(folder)}


def test_a_person_at_a_terminal_is_told_where_to_look(tmp_path: Path) -> None:
    pty = pytest.importorskip("pty", reason="this system has no terminals of that kind")
    try:
        leader, follower = pty.openpty()
    except OSError as error:
        pytest.skip(f"this system has no terminal to give ({error})")
    command = [sys.executable, "-m", "kg", "serve", "-d", str(make_store(tmp_path / "graph")), "--port", "0"]
    server = subprocess.Popen(command, stdout=follower, stderr=subprocess.DEVNULL, cwd=ROOT)
    os.close(follower)
    try:
        said = ""
        while not said.endswith("\n"):
            said += os.read(leader, 200).decode()
        assert re.fullmatch(r"open http://127\.0\.0\.1:\d+/ in a browser; Ctrl-C ends the server\r\n", said)
    finally:
        server.terminate()
        server.wait(timeout=30)
        os.close(leader)


def test_a_server_that_takes_up_a_build_says_so(tmp_path: Path) -> None:
    folder = make_store(tmp_path / "graph")
    command = [sys.executable, "-m", "kg", "serve", "-d", str(folder), "--port", "0"]
    server = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, cwd=ROOT)
    assert server.stderr is not None
    try:
        assert told(server.stderr.readline())["event"] == "serving"
        with stores.open(folder, write=True) as store:
            store.remove(store.ids()[0])
        event = told(server.stderr.readline())
        assert event == {"level": "info", "event": "serves what a build has written", "folder": str(folder)}
    finally:
        server.terminate()
        server.communicate(timeout=30)


def test_a_line_is_one_line_whatever_it_tells() -> None:
    record = logging.LogRecord("kg.serve", logging.WARNING, "here", 1, "a\nb", (), None)
    record.fields = {"why": "line\r\n\u2028end \x1b[2J", "path": Path("x")}
    line = logs.Lines().format(record)
    assert line.isascii() and line.isprintable() and len(line.splitlines()) == 1
    assert told(line) == {"level": "warning", "event": "a\nb", "why": "line\r\n\u2028end \x1b[2J", "path": "x"}
    try:
        raise ValueError("of mine")
    except ValueError:
        record.exc_info = sys.exc_info()
    assert "of mine" in told(logs.Lines().format(record))["traceback"]


def test_nothing_is_set_up_before_somebody_asks() -> None:
    code = "import logging, kg.serve, kg.cli; print(logging.getLogger('kg.serve').handlers, logging.root.handlers)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)
    assert done.stdout == "[] []\n"


def test_the_server_prints_nothing() -> None:
    for path in sorted((ROOT / "kg" / "serve").glob("*.py")):
        assert "print(" not in path.read_text(encoding="utf-8"), path
