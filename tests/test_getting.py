"""Getting it: what is installed says so, the wheel works from an empty folder, one name for the graph's folder, OpenAPI."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import httpx
import pytest
import typer
from serving import make_store, serving
from typer.testing import CliRunner

from kg.cli import app
from kg.resources import VERSION
from kg.serve.openapi import document

ROOT = Path(__file__).resolve().parents[1]


def test_the_version_is_said() -> None:
    result = CliRunner().invoke(app, ["--version"])
    assert (result.exit_code, result.output) == (0, f"reportedly {VERSION}\n")


@pytest.mark.model
def test_the_doctor_says_a_line_each(tmp_path: Path) -> None:
    folder = make_store(tmp_path / "g")
    result = CliRunner().invoke(app, ["doctor", "-d", str(folder)])
    lines = result.output.splitlines()
    assert all(line[:3] in {"ok ", "-  ", "!  "} for line in lines)
    assert any(re.fullmatch(r"ok model en_core_web_\w+ \d+\.\d+.*", line) for line in lines)
    assert f"ok graph {folder}: 2 articles" in result.output
    assert re.search(r"^(ok pdf: .*\(PDF\)|-  pdf: without pypdfium2, no PDF; pip install)", result.output, re.M)
    missing = CliRunner().invoke(app, ["doctor", "-d", str(tmp_path / "none")])
    assert "-  graph" in missing.output
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "store.json").write_text("{")
    broken = CliRunner().invoke(app, ["doctor", "-d", str(tmp_path / "other")])
    assert broken.exit_code == 1 and "!  graph" in broken.output


def commands(command: click.Command, path: str = "kg") -> Iterator[tuple[str, click.Command]]:
    if isinstance(command, click.Group) or hasattr(command, "commands"):
        for name, each in command.commands.items():  # type: ignore[attr-defined]
            yield from commands(each, f"{path} {name}")
    else:
        yield path, command


def test_every_command_calls_the_graphs_folder_alike() -> None:
    found = dict(commands(typer.main.get_command(app)))
    without = {"kg annotate", "kg agreement"}
    for name, command in found.items():
        options = [option for p in command.params for option in p.opts]
        assert ("-d" in options and "--dir" in options) or name in without, name
    assert len(found) > 15


def test_completion_can_be_shown() -> None:
    env = {**os.environ, "_TYPER_COMPLETE_TEST_DISABLE_SHELL_DETECTION": "1"}
    shown = subprocess.run(
        [sys.executable, "-m", "kg", "--show-completion", "bash"],
        capture_output=True,
        text=True,
        env=env,
        cwd=ROOT,
        check=False,
    )
    assert shown.returncode == 0, shown.stderr
    assert "complete" in shown.stdout


# -- OpenAPI


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with serving(make_store(tmp_path_factory.mktemp("described"))) as found:
        yield found


EXAMPLES: dict[tuple[str, str], dict[str, Any]] = {
    ("/sparql", "get"): {"params": {"query": "SELECT ?s { ?s a kg:Person }"}},
    ("/sparql", "post"): {"data": {"query": "SELECT ?s { ?s a kg:Person }"}},
    ("/query", "get"): {"params": {"name": "denials", "format": "json"}},
    ("/view/data", "get"): {"params": {"limit": 1}},
    ("/openapi.json", "get"): {},
}


def test_the_description_is_open_api_and_what_it_says_is_so(address: str) -> None:
    patient = httpx.Client(timeout=120)  # the machine may have other work
    found = patient.get(f"{address}/openapi.json").json()
    assert found == json.loads(json.dumps(document()))
    assert re.fullmatch(r"3\.1\.\d", found["openapi"]) and found["info"]["version"] == VERSION
    operations = {(path, method): op for path, methods in found["paths"].items() for method, op in methods.items()}
    assert set(EXAMPLES) | {("/annotate", "post")} == set(operations)
    assert len({op["operationId"] for op in operations.values()}) == len(operations)
    for (path, method), op in operations.items():
        names = [p["name"] for p in op.get("parameters", [])]
        assert len(set(names)) == len(names) and all(p["in"] == "query" for p in op.get("parameters", []))
        assert all(r["description"] and r["content"] for r in op["responses"].values())
        if (path, method) in EXAMPLES:
            answer = patient.request(method, address + path, **EXAMPLES[path, method])
            assert answer.status_code == 200, answer.text
            assert answer.headers["content-type"].partition(";")[0] in op["responses"]["200"]["content"]
    assert patient.get(f"{address}/view/data", params={"limit": 0}).status_code == 400


def test_a_validator_of_open_api_finds_nothing() -> None:
    validator = pytest.importorskip("openapi_spec_validator")
    validator.validate(document())


# -- the container


def test_the_container_file_names_what_there_is() -> None:
    text = (ROOT / ".ci" / "Containerfile").read_text()
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    extras = re.search(r"/src\[([\w,]+)\]", text)
    assert extras is not None and set(extras[1].split(",")) <= set(project["optional-dependencies"])
    version = re.search(r"python:(\d\.\d+)-slim", text)
    assert version is not None and f"Programming Language :: Python :: {version[1]}" in project["classifiers"]
    assert 'ENTRYPOINT ["kg"]' in text and "kg" in project["scripts"]
    assert text.index("USER kg") < text.index("ENTRYPOINT"), "it runs as nobody of importance"


# -- the wheel


@pytest.mark.slow
@pytest.mark.model
def test_the_wheel_works_from_an_empty_folder(tmp_path: Path) -> None:
    pytest.importorskip("hatchling")
    build = [sys.executable, "-m", "hatchling", "build", "-d", str(tmp_path / "dist")]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = (tmp_path / "dist").glob("*.whl")
    (sdist,) = (tmp_path / "dist").glob("*.tar.gz")
    assert sdist.stat().st_size > 100_000
    site, empty = tmp_path / "site", tmp_path / "empty"
    empty.mkdir()
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(site)
    env = {**os.environ, "PYTHONPATH": str(site)}

    def kg(*arguments: str, **options: Any) -> str:
        done = subprocess.run(
            [sys.executable, "-P", "-m", "kg", *arguments],
            cwd=empty,
            env=env,
            capture_output=True,
            text=True,
            check=False,
            **options,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    where = subprocess.run(
        [sys.executable, "-P", "-c", "import kg; print(kg.__file__)"],
        cwd=empty,
        env=env,
        capture_output=True,
        text=True,
        check=True,
    )
    assert where.stdout.startswith(str(site))
    assert kg("--version") == f"reportedly {VERSION}\n"
    kg("build", "-", input="The mayor, Rosa Lindqvist, said on Monday that 300 people had left the town by boat.\n")
    assert "Rosa Lindqvist" in kg("query", "who-said-what")
    kg("export", "-o", "graph.ttl")
    assert "who-said-what" in kg("query", "--list")
    assert (empty / "graph" / "view.html").stat().st_size > 50_000 and (empty / "graph.ttl").is_file()
