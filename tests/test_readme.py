"""Every block of README and guide runs and prints what the page says it prints."""

from __future__ import annotations

import contextlib
import io
import os
import re
import shlex
from pathlib import Path

import goldens
import pytest
from house import prose
from recording import played, written
from typer.testing import CliRunner

from kg.cli import app
from kg.text.document import default_model

ROOT = Path(__file__).resolve().parents[1]
PAGES = {
    name: re.findall(r"^```(\w+)\n(.*?)^```$", (ROOT / name).read_text(encoding="utf-8"), re.M | re.S)
    for name in ("README.md", "kg/GUIDE.md")
}
"""The blocks of each page, by kind."""

page = pytest.mark.parametrize("name", PAGES)

# Outputs are those of the pipeline that every supported Python can install.
small = pytest.mark.skipif(default_model() != "en_core_web_sm", reason="the README shows the output of en_core_web_sm")


def test_the_first_two_commands_are_single_lines_for_a_fresh_machine() -> None:
    first, second = [body for kind, body in PAGES["README.md"] if kind == "sh"][:2]
    for command in (first, second):
        assert command.count("\n") == 1
        assert command.startswith("python3 -m venv .venv && .venv/bin/pip install")
    assert "kg build data/articles" in first
    assert "pytest" in second


def test_the_readme_is_short_enough_to_be_read() -> None:
    assert prose((ROOT / "README.md").read_text(encoding="utf-8")) <= 900


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "data").symlink_to(ROOT / "data", target_is_directory=True)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@small
@pytest.mark.model
@page
def test_python_prints_what_the_page_shows(here: Path, name: str) -> None:
    blocks = PAGES[name]
    names: dict[str, object] = {}
    checked = 0
    for (kind, body), (following, shown) in zip(blocks, [*blocks[1:], ("", "")], strict=True):
        if kind == "python":
            printed = io.StringIO()
            with contextlib.redirect_stdout(printed):
                exec(compile(body, name, "exec"), names)
            if following == "text":
                assert printed.getvalue() == shown, body
                checked += 1
    assert checked >= 2


@small
@pytest.mark.model
@page
def test_commands_print_what_the_page_shows(here: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv("COLUMNS", "120")
    run = 0
    for kind, body in PAGES[name]:
        if kind != "console":
            continue
        for command, shown in re.findall(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", body, re.M):
            words = shlex.split(command)
            assert words[0] == "kg", command
            result = CliRunner().invoke(app, words[1:], env=dict(os.environ))
            assert result.exit_code == 0, result.output
            lines = [line.rstrip() for line in result.stdout.splitlines()]
            wanted = [line.rstrip() for line in shown.splitlines()]
            if wanted and wanted[-1] == "...":
                wanted.pop()
                lines = lines[: len(wanted)]
            assert lines == wanted, command
            run += 1
    assert run >= 3


@small
@pytest.mark.model
def test_the_session_is_as_it_was_recorded(here: Path) -> None:
    if goldens.is_written_here(goldens.SMALL):
        assert played(here) == written()
        return
    # on another kind of processor a statement may stand that fell there, and another be asked about first
    now, then = played(here).splitlines(), written().splitlines()
    assert (now[0], now[-1].partition(";")[0]) == (then[0], then[-1].partition(";")[0])
