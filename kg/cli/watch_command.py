"""The command that looks again and again: watch."""

from __future__ import annotations

import re
import signal
import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from .building import Column, DateOrder, by_rules, mapped
from .console import (
    GRAPH,
    Fast,
    Folder,
    Language,
    Meta,
    Model,
    Ocr,
    Sources,
    app,
    complain,
    metadata,
    pairs,
    reported,
    visible,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..build import Built
    from ..build.rounds import Alert, News

LEAST = 60.0
"""Seconds between two looks at what others serve."""


@app.command()
@reported
def watch(
    sources: Sources,
    folder: Folder = GRAPH,
    every: Annotated[str, typer.Option(help="How often to look: 30s, 15m, 2h.")] = "15m",
    once: Annotated[bool, typer.Option("--once", help="Look once and end, for cron.")] = False,
    alerts: Annotated[
        list[str] | None, typer.Option("--alert", help="A shipped question (or SPARQL) whose new answers are told.")
    ] = None,
    parameters: Annotated[
        list[str] | None, typer.Option("-p", "--param", help="A parameter of the questions: name=value.")
    ] = None,
    to: Annotated[
        Path | None, typer.Option("--alert-file", help="Append alerts to this file as JSON Lines; default: print.")
    ] = None,
    meta: Meta = None,
    language: Language = None,
    model: Model = None,
    fast: Fast = False,
    columns: Column = None,
    date_order: DateOrder = None,
    ocr: Ocr = False,
) -> None:
    """Look at feeds and folders again and again: new articles go into the graph, and new answers are told.

    A URL that is named is fetched, politely and by the site's robots.txt; no link in it is followed.
    """
    from ..build import Plan
    from ..build.rounds import look
    from ..errors import ReadError, StoreError
    from ..reading.fetch import Fetcher

    pause = _seconds(every)
    if any("://" in source[:12] for source in sources) and not once and pause < LEAST:
        raise ReadError("--every", f"{every} is too often to ask others", f"look every {LEAST:g} s or less often")
    if to is not None and not to.parent.is_dir():
        raise ReadError(str(to), f"there is no folder {to.parent}", "name an --alert-file in a folder that is there")
    asked = tuple(_asked(alerts or [], pairs(parameters, "-p", "name=value")))
    plan = Plan(sources, metadata(meta, language), model, columns=mapped(columns, date_order, ocr), fetcher=Fetcher())
    plan = by_rules(plan, fast=fast)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        while True:
            try:
                built = look(plan, folder, asked, tell=lambda news: _tell(news, to))
                _say(built)
                if once and any(result.why for result in built.results):
                    raise typer.Exit(1)
                if not built.complete:
                    raise KeyboardInterrupt
            except StoreError as error:  # a build of somebody else's; the next look makes up for it
                if once:
                    raise
                complain(str(error))
            if once:
                break
            time.sleep(pause)
    except KeyboardInterrupt:
        complain("stopped; what is done is kept, and the same command goes on")
        if once:
            raise typer.Exit(130) from None


def _asked(alerts: list[str], values: dict[str, str]) -> Iterator[Alert]:
    """Each question with those of the parameters that it takes. Raises QueryError if none takes one of them."""
    from ..build.rounds import Alert
    from ..errors import QueryError
    from ..query import question

    takes: dict[str, set[str]] = {
        name: {parameter.name for parameter in question(name).parameters} if re.fullmatch(r"[\w.-]*", name) else set()
        for name in alerts
    }
    for key in values:
        if not any(key in known for known in takes.values()):
            there = ", ".join(sorted(set().union(*takes.values()))) or "none"
            raise QueryError(f"no --alert has the parameter {key!r}; there are {there}")
    for name, known in takes.items():
        yield Alert(name, {key: value for key, value in values.items() if key in known})


def _seconds(every: str) -> float:
    from ..errors import ReadError

    match = re.fullmatch(r"(\d{1,6}(?:\.\d+)?)\s*(s|m|h|d)", every.strip())
    if match is None or float(match[1]) == 0:
        raise ReadError("--every", f"{every!r} is no stretch of time", "write 30s, 15m or 2h")
    return float(match[1]) * {"s": 1, "m": 60, "h": 3600, "d": 86400}[match[2]]


def _say(built: Built) -> None:
    """What changed, and what is wrong; nothing where nothing happened."""
    for result in built.results:
        for line in result.warnings if result.fate != "unchanged" else ():
            complain(f"{result.source}: {line}")
        if result.why is not None and result.fate != "unchanged":
            complain(result.why)
    counts = {fate: sum(r.fate == fate for r in built.results) for fate in ("added", "replaced", "removed")}
    said = ", ".join(f"{n} {fate}" for fate, n in counts.items() if n)
    if said:
        typer.echo(said)


def _tell(news: News, to: Path | None) -> None:
    from ..store.files import unwritten

    if to is None:
        shown = " | ".join(f"{name}: {visible(value)}" for name, value in news.row.items() if value)
        typer.echo(f"{visible(news.question)}: {' '.join(shown.split())}")
        return
    try:
        with to.open("a", encoding="utf-8") as file:
            file.write(news.to_json() + "\n")
    except OSError as error:
        raise unwritten(to, error) from None
