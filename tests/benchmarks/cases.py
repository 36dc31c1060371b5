"""Small inputs that once failed, as the project's shared data holds them, and which of them come right now, by kind.

usage: cases.py FOLDER [--kind KIND] [--model NAME] [--failed]

FOLDER holds `readings.jsonl` and `reports.jsonl`: an object a line with `id` and `text` or `input`. What is right is said
there in words; `cases.jsonl` beside this script says it for a program, by id: the figures in order with what each must
have, roles, names with their type, times, and what must not be found. The inputs themselves belong to others.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from kg.records.extraction import Extraction
from kg.records.figure import Figure
from kg.stages.figures.units import unit_table
from kg.stages.rules import read_document
from kg.text.article import Article
from kg.text.document import parse

_DATED = re.compile(r"\s*\[published (\d{4}-\d\d-\d\d)\]\s*$")


def faults(found: Extraction, want: dict[str, Any]) -> Iterator[str]:
    """What an extraction has otherwise than wanted, in words."""
    names = {e.id: e.name for e in found.entities}
    types = {e.name: str(e.type) for e in found.entities}
    if "figures" in want:
        yield from _figures(found, want, names)
    for value, event in want.get("not_happening", ()):
        if any(f.low == value and f.event == event for f in found.figures):
            yield f"{value} {event}"
    yield from (f"event {f.event}" for f in found.figures if f.event in want.get("events_not", ()))
    yield from (
        f"reported by {names[r]}"
        for f in found.figures
        for r in f.reporters
        if names[r] in want.get("reporters_not", ())
    )
    for role in want.get("roles", ()):
        held = [r for r in found.roles if names[r.holder] == role["holder"] and r.title == role["title"]]
        if not held or ("organization" in role and names.get(held[0].organization or "") != role["organization"]):
            yield f"no role {role} but {[(names[r.holder], r.title) for r in found.roles]}"
    yield from (f"title {r.title}" for r in found.roles for t in want.get("titles_not", ()) if t in r.title)
    for name, kind in want.get("entities", {}).items():
        if types.get(name, types.get(f"the {name}", types.get(f"The {name}"))) != kind:
            yield f"{name} among {types}"
    for part, kind in want.get("entities_hold", {}).items():
        if not any(part in name and t == kind for name, t in types.items()):
            yield f"{part} among {types}"
    yield from (f"entity {name}" for name in types if name in want.get("no_entities", ()))
    yield from (f"person {name}" for name in want.get("not_persons", ()) if types.get(name) == "Person")
    if "entities_count" in want and len(types) != want["entities_count"]:
        yield f"{types}"
    values = [t.start or t.value for t in found.times]
    if ("times" in want and not all(t in values for t in want["times"])) or (want.get("times") == [] and values):
        yield f"times {values}"
    yield from (f"time {v}" for v in values if v in want.get("times_not", ()))
    for start, end in want.get("spans_of_times", ()):
        if not any((t.start, t.end) == (start, end) for t in found.times):
            yield f"times {[(t.start, t.end) for t in found.times]}"
    for period in want.get("periods_of", ()):
        if not any(
            f.low == period["value"] and (f.start, f.end) == (period["start"], period["end"]) for f in found.figures
        ):
            yield f"periods {[(f.start, f.end) for f in found.figures]}"


def _figures(found: Extraction, want: dict[str, Any], names: dict[str, str]) -> Iterator[str]:
    figures = list(found.figures)
    if want.get("figures_any"):
        figures = [f for f in figures if any(_number(f.low) == w.get("value") for w in want["figures"])]
    if len(figures) != len(want["figures"]):
        yield f"figures {[found.article.quote(f.span) for f in figures]}"
        return
    for figure, wanted in zip(figures, want["figures"], strict=True):
        wrong = [key for key, value in wanted.items() if not _right(figure, key, value, names)]
        if wrong:
            has = (figure.low, figure.high, figure.unit, figure.counted, figure.event, figure.start, figure.end)
            yield f"{wrong} of {found.article.quote(figure.span)!r}: {has} {[names[r] for r in figure.reporters]}"


def _number(value: Any) -> float | None:
    return None if value is None else float(value)


def _right(figure: Figure, key: str, value: Any, names: dict[str, str]) -> bool:
    """Whether a figure has what a case wants of it under one key."""
    if key == "value":
        return bool(_number(figure.low) == value or _number(figure.high) == value)
    if key in ("low", "high"):
        return bool(_number(getattr(figure, key)) == value)
    if key == "money":
        unit = unit_table().by_code(figure.unit or "")
        return (unit is not None and unit.kind == "money") == value
    if key == "counted":
        return any(word.lower() in (figure.counted or "").lower() for word in value.split("|"))
    if key == "reporters":
        told = [names[r].lower() for r in figure.reporters]
        return len(told) == len(value) and all(any(v.lower() in t for t in told) for v in value)
    if key in ("place", "place_in"):
        place = names.get(figure.place or "")
        return place in value if key == "place_in" else place == value
    if key == "start_in":
        return figure.start in value
    return bool(getattr(figure, key) == value)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--kind")
    parser.add_argument("--model")
    parser.add_argument("--failed", action="store_true", help="name those that fail, and what is wrong")
    given = parser.parse_args()
    inputs = {
        row["id"]: row.get("text") or row.get("input", "")
        for name in ("readings.jsonl", "reports.jsonl")
        for row in map(json.loads, (given.folder / name).read_text(encoding="utf-8").splitlines())
    }
    passed, tried = Counter[str](), Counter[str]()
    for line in (Path(__file__).parent / "cases.jsonl").read_text(encoding="utf-8").splitlines():
        want = json.loads(line)
        if given.kind not in (None, want["kind"]):
            continue
        published = date.fromisoformat(want["published"]) if "published" in want else None
        text = _DATED.sub("", inputs[want["id"]])
        wrong = list(faults(read_document(parse(Article(text, published=published), given.model)), want))
        tried[want["kind"]] += 1
        passed[want["kind"]] += not wrong
        if wrong and given.failed:
            print(want["id"], "|", "; ".join(wrong))
    for kind in sorted(tried):
        print(f"{kind:8s} {passed[kind]:3d} of {tried[kind]:3d}")


if __name__ == "__main__":
    main()
