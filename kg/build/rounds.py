"""Sources looked at again and again: what is new goes into the graph, and what a question newly answers is told."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

from .. import store as stores
from ..errors import StoreError
from ..query import run as ask
from ..store import Store
from ..store.files import write_whole
from .builder import Built, Pool, run, serial
from .plan import Plan

STATE = "watch.json"
"""The file in a graph's folder that says which answers have been told."""


@dataclass(frozen=True, slots=True)
class Alert:
    """A question whose new answers are told: a shipped one by name, or SPARQL, with its parameters."""

    question: str
    values: Mapping[str, str] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """What the state calls it."""
        return json.dumps([self.question, sorted(self.values.items())], ensure_ascii=False)


@dataclass(frozen=True, slots=True)
class News:
    """A row that a question did not give before."""

    question: str
    row: Mapping[str, str | None]

    def to_json(self) -> str:
        """One line of JSON."""
        return json.dumps({"question": self.question, **self.row}, ensure_ascii=False)


def look(
    plan: Plan, folder: Path, alerts: tuple[Alert, ...] = (), *, tell: Callable[[News], None], pool: Pool = serial
) -> Built:
    """Look at a plan's sources once: a build, then `tell` for each new answer of each alert, in its question's order.

    What a question answers before the first look is old. An answer counts as
    told only when `tell` has returned and the state is on the disk: a process
    that is killed in between tells it again, and none is lost.

    Raises StoreError if the graph cannot be used now; the next look makes up for it.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     mill = Path(folder, "mill.txt")
    ...     plan, graph, alerts = Plan([mill]), Path(folder, "graph"), (Alert("denials"),)
    ...     for text in ("Jo Hill said the mill had closed.", "Jo Hill denied that the mill had closed."):
    ...         _ = mill.write_text(text)
    ...         _ = look(plan, graph, alerts, tell=lambda new: print(new.row["what"]))
    the mill had closed
    """
    told = _told(folder, alerts)
    built = run(plan, folder, pool=pool)
    with stores.open(folder) as store:
        for alert in alerts:
            for digest, row in _rows(store, alert):
                if digest not in told[alert.key]:
                    tell(News(alert.question, row))
                    told[alert.key].append(digest)
    if alerts:
        _keep(folder, told)
    return built


def _told(folder: Path, alerts: tuple[Alert, ...]) -> dict[str, list[str]]:
    """Which answers have been told, by alert; what the graph answers now, for an alert that is new."""
    path = folder / STATE
    found: dict[str, Any] = {}
    if path.is_file():
        try:
            found = json.loads(path.read_text("utf-8"))
        except (ValueError, OSError) as error:
            raise StoreError(f"{path}: cannot be read ({error}); remove it, and all answers are new") from None
    told: dict[str, list[str]] = {}
    new = [alert for alert in alerts if alert.key not in found]
    if new and (folder / "store.json").is_file():
        with stores.open(folder) as store:
            told = {alert.key: [digest for digest, _ in _rows(store, alert)] for alert in new}
    told = {alert.key: told.get(alert.key, list(found.get(alert.key, ()))) for alert in alerts}
    if new:
        folder.mkdir(parents=True, exist_ok=True)
        _keep(folder, {**found, **told})
    return {**found, **told}


def _keep(folder: Path, told: Mapping[str, list[str]]) -> None:
    write_whole(folder / STATE, json.dumps(dict(sorted(told.items()))) + "\n")


def _rows(store: Store, alert: Alert) -> Iterator[tuple[str, dict[str, str | None]]]:
    """The rows that a question answers, with what tells one from another."""
    answer = ask(store, alert.question, alert.values)
    for row in answer.rows:
        found = dict(zip(answer.columns or (), row, strict=False))
        yield sha256(json.dumps(found, ensure_ascii=False).encode("utf-8", "replace")).hexdigest()[:16], found
