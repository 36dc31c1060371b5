"""Small inputs that once failed, as the project's shared data holds them, and which of them come right now, by kind.

usage: cases.py FOLDER [--kind KIND] [--model NAME] [--fast] [--failed]

FOLDER holds `readings.jsonl` and `reports.jsonl`: an object a line with `id` and `text` or `input`. What is right is said
there in words; `cases.jsonl` beside this script says it for a program, by id: the figures in order with what each must
have, roles, names with their type, times, statements (who says which words; long ones by their first two words, their
last two and how many they are), and what must not be found. The inputs themselves belong to others.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from kg.records.attribution import Attribution
from kg.records.extraction import Extraction
from kg.records.figure import Figure
from kg.stages.figures.units import unit_table
from kg.stages.rules import read_document, readers
from kg.text.article import Article, Span
from kg.text.document import parse

_DATED = re.compile(r"\s*\[published (\d{4}-\d\d-\d\d)\]\s*$")
_WORD = re.compile(r"\w+")


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
    yield from _statements(found, want)


def _words(text: str) -> list[str]:
    return [word.lower() for word in _WORD.findall(text)]


def _statements(found: Extraction, want: dict[str, Any]) -> Iterator[str]:
    """What is said otherwise than wanted, each wanted statement another one of those found; a list gives several ways."""
    left = list(found.attributions)
    for wanted in want.get("said", ()):
        ways = wanted if isinstance(wanted, list) else [wanted]
        taken = next((a for way in ways for a in left if _is_said(found, a, way)), None)
        if taken is None:
            yield f"nobody says {wanted}"
        else:
            left.remove(taken)
    if want.get("only"):
        yield from (f"also {_shown(found, a)}" for a in left)
    for a in found.attributions:
        content, cue = _words(_quoted(found, a.content)), _words(_quoted(found, a.cue))
        unsaid = any(set(_words(words)) <= set(content) for words in want.get("unsaid", ()))
        if unsaid or set(cue) & set(want.get("cues_not", ())) or _is_speaker(found, a, want.get("speakers_not", ())):
            yield f"wrongly {_shown(found, a)}"


def _quoted(found: Extraction, spans: tuple[Span, ...]) -> str:
    return " ".join(found.article.quote(span) for span in spans)


def _shown(found: Extraction, a: Attribution) -> str:
    return f"{' and '.join(_speakers(found, a)) or None} {a.stance}: {_quoted(found, a.content)}"


def _speakers(found: Extraction, a: Attribution) -> list[str]:
    """The names of those who say it, in order."""
    names = {e.id: e.name for e in found.entities}
    return [names[who] for who in a.speakers]


def _is_speaker(found: Extraction, a: Attribution, names: Sequence[str]) -> bool:
    """Whether one of those who say it has one of the names, or ends with it."""
    every = [_words(name) for name in _speakers(found, a)]
    return any(words[-len(_words(name)) :] == _words(name) for name in names for words in every)


def _is_said(found: Extraction, a: Attribution, way: dict[str, Any]) -> bool:
    """Whether a statement is the wanted one in each thing that is asked of it."""
    by = way["who"] if isinstance(way["who"], list) else [way["who"]] if way["who"] else []
    speakers = _speakers(found, a)
    parents = [name for b in found.attributions if b.id == a.parent for name in _speakers(found, b)]
    return bool(
        len(by) == len(speakers)
        and all(map(_is_called, speakers, by))
        and _has_words(_words(_quoted(found, a.content)), way)
        and ("cue" not in way or way["cue"] in _words(_quoted(found, a.cue)))
        and way.get("form", a.form) == a.form
        and way.get("stance", a.stance) == a.stance
        and ("within" not in way or any(_is_called(name, way["within"]) for name in parents))
    )


def _is_called(name: str, wanted: str) -> bool:
    """Whether a name has all of the wanted words."""
    return set(_words(wanted)) <= set(_words(name))


def _has_words(content: list[str], way: dict[str, Any]) -> bool:
    """Whether a content is the wanted one, or holds the words that it must hold."""
    asked = way.get("words")
    if isinstance(asked, dict):
        ends = _words(asked["opens"]), _words(asked["ends"]), asked["length"]
        return bool((content[:2], content[-2:], len(content)) == ends)
    return (asked is None or content == _words(asked)) and " ".join(_words(way.get("holds", ""))) in " ".join(content)


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
    parser.add_argument("--fast", action="store_true", help="without the encoder")
    parser.add_argument("--failed", action="store_true", help="name those that fail, and what is wrong")
    given = parser.parse_args()
    inputs = {
        row["id"]: row.get("text") or row.get("input", "")
        for name in ("readings.jsonl", "reports.jsonl")
        for row in map(json.loads, (given.folder / name).read_text(encoding="utf-8").splitlines())
    }
    reading = readers(fast=given.fast)
    passed, tried = Counter[str](), Counter[str]()
    for line in (Path(__file__).parent / "cases.jsonl").read_text(encoding="utf-8").splitlines():
        want = json.loads(line)
        if given.kind not in (None, want["kind"]):
            continue
        published = date.fromisoformat(want["published"]) if "published" in want else None
        text = _DATED.sub("", inputs[want["id"]])
        found = read_document(parse(Article(text, published=published), given.model), reading=reading)
        wrong = list(faults(found, want))
        tried[want["kind"]] += 1
        passed[want["kind"]] += not wrong
        if wrong and given.failed:
            print(want["id"], "|", "; ".join(wrong))
    for kind in sorted(tried):
        print(f"{kind:9s} {passed[kind]:3d} of {tried[kind]:3d}")


if __name__ == "__main__":
    main()
