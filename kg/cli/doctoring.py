"""The command that looks at the installation and the graph: doctor."""

from __future__ import annotations

import platform
import shutil
import sys
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import typer

from ..errors import KGError
from ..resources import VERSION
from .console import GRAPH, Folder, app, reported

_EXTRAS = (
    ("pdf", ("pypdfium2",), "PDF"),
    ("tables", ("pyarrow",), "Parquet"),
    ("excel", ("xlsxwriter",), "writing of Excel"),
    ("pandas", ("pandas",), "data frames"),
    ("web", ("warcio", "brotli"), "web archives"),
    ("serve", ("starlette", "uvicorn"), "kg serve"),
    ("push", ("httpx",), "kg push"),
    ("scale", ("dask", "distributed"), "--workers, --scheduler"),
)
"""What each extra needs, and what for."""

_LITTLE = 2 << 30
"""Bytes of free disk under which a build may not end well."""


@app.command()
@reported
def doctor(folder: Folder = GRAPH) -> None:
    """Look whether all is there that kg needs: model, extras, graph, disk; a line each, what is wrong marked by !."""
    failed = False
    for fine, line in (*_installation(), *_extras(), _recognition(), _store(folder), _disk(folder)):
        typer.echo(f"{_MARKS[fine]} {line}")
        failed |= fine is False
    if failed:
        raise typer.Exit(1)


_MARKS = {True: "ok", None: "- ", False: "! "}

Finding = tuple[bool | None, str]
"""Whether it is fine (None: not there, and not needed for the main job), and a line about it."""


def _installation() -> Iterator[Finding]:
    yield True, f"reportedly {VERSION}, Python {platform.python_version()} on {platform.system()}, {sys.executable}"
    from ..text.document import default_model
    from ..text.parser import load

    try:
        name = default_model()
    except KGError as error:
        yield False, f"model: {error}"
        return
    try:
        load(name)
    except (KGError, OSError, ValueError, ImportError) as error:
        yield False, f"model {name} does not load: {' '.join(str(error).split())}"
        return
    yield True, f"model {name} {load(name).meta['version']}"
    yield _reader()


def _reader() -> Finding:
    from ..stages.rules import readers

    reading = readers()
    if reading.problem:
        return False, f"reader: {reading.problem}"
    if reading.bench is None:
        return None, "reader: without onnxruntime, no encoder: less is found right; pip install onnxruntime"
    return True, f"reader: {reading.name}"


def _version(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None


def _extras() -> Iterator[Finding]:
    for extra, packages, what in _EXTRAS:
        found = {package: _version(package) for package in packages}
        missing = [package for package, there in found.items() if there is None]
        if missing:
            yield None, f"{extra}: without {', '.join(missing)}, no {what}; pip install 'reportedly[{extra}]'"
        else:
            yield True, f"{extra}: {', '.join(f'{p} {v}' for p, v in found.items())} ({what})"


def _recognition() -> Finding:
    from ..reading.ocr import version

    try:
        return True, f"ocr: {version()} (pictures and scanned PDF)"
    except KGError:
        return None, "ocr: without tesseract on the PATH, no --ocr; apt install tesseract-ocr"


def _store(folder: Path) -> Finding:
    from .. import store as stores

    if not folder.exists():
        return None, f"graph {folder}: not there yet; kg build makes it"
    try:
        with stores.open(folder) as store:
            return True, f"graph {folder}: {len(store.ids())} articles, {len(store)} quads"
    except KGError as error:
        return False, f"graph {error}"


def _disk(folder: Path) -> Finding:
    place = folder.resolve()
    while not place.exists():
        place = place.parent
    free = shutil.disk_usage(place).free
    return free >= _LITTLE, f"disk {place}: {free / (1 << 30):.1f} GB free"
