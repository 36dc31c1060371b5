"""What people decided about identity: an append-only file beside the store, a line a decision, each reversible.

A line is a JSON object: `do` is "merge", "apart" or "undo"; `a` and `b` are the
IRIs of two entities; `note` may say why. The last word on a pair holds, and
"undo" takes it back. Nothing is ever rewritten.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from ..errors import StoreError

FILE = "decisions.jsonl"


class Act(StrEnum):
    """What a line does to a pair."""

    MERGE = "merge"
    APART = "apart"
    UNDO = "undo"


@dataclass(frozen=True, slots=True)
class Decision:
    """One line of the file."""

    do: Act
    a: str
    b: str
    note: str | None = None

    @property
    def pair(self) -> tuple[str, str]:
        """Both IRIs in order, so that a decision on (b, a) is one on (a, b)."""
        first, second = sorted((self.a, self.b))
        return first, second


@dataclass(frozen=True, slots=True)
class Decided:
    """What holds: pairs to merge and pairs to keep apart, sorted."""

    merged: tuple[tuple[str, str], ...] = ()
    apart: tuple[tuple[str, str], ...] = ()


def decisions(folder: Path) -> Iterator[Decision]:
    """The lines of a store's decision file, in order; none where there is no file.

    Raises StoreError at a line that is no decision.
    """
    path = folder / FILE
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return
    except OSError as error:
        raise StoreError(f"{path}: cannot be read: {error.strerror}") from None
    for n, line in enumerate(lines, 1):
        try:
            found = json.loads(line)
            yield Decision(Act(found["do"]), found["a"], found["b"], found.get("note"))
        except (ValueError, KeyError, TypeError) as error:
            raise StoreError(
                f'{path}, line {n}: is no decision ({error}); write {{"do": "merge", "a": IRI, "b": IRI}}'
            ) from None


def decided(folder: Path) -> Decided:
    """What the file comes to: the last word on each pair."""
    last: dict[tuple[str, str], Act] = {}
    for decision in decisions(folder):
        if decision.do is Act.UNDO:
            last.pop(decision.pair, None)
        else:
            last[decision.pair] = decision.do
    return Decided(
        tuple(sorted(p for p, act in last.items() if act is Act.MERGE)),
        tuple(sorted(p for p, act in last.items() if act is Act.APART)),
    )


def decide(folder: Path, decision: Decision) -> None:
    """Append a decision and have it on the disk before returning.

    Raises StoreError if the file cannot be written.
    """
    record = {"do": decision.do, "a": decision.a, "b": decision.b}
    if decision.note:
        record["note"] = decision.note
    try:
        with (folder / FILE).open("a", encoding="utf-8", newline="\n") as file:
            file.write(json.dumps(record, ensure_ascii=False) + "\n")
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise StoreError(f"{folder / FILE}: cannot be written: {error.strerror}") from None
