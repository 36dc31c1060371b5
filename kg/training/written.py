"""Invented news with its statements marked by hand: the texts of `data/written`, as text and annotation.

A file holds articles, each after a line `=== NAME`. In the text, `[s1 ...]`,
`[c1 ...]` and `[q1 ...]` are source, cue and content of statement 1; pieces
with the same letter and number belong together, and brackets may lie in one
another. After a line `---` come the things that speak and, for each
statement, who says it and how:

    @ Karen Whitlock | Person | Ms Whitlock | Whitlock
    1 = Karen Whitlock; mixed; asserts
    2 = Karen Whitlock + Dane Trust; indirect; denies; via The Courier
    3 = (two witnesses); direct; asserts
    4 = -; indirect; asserts

In brackets is who has no name; a dash says that the text names nobody.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..errors import ReadError

KINDS = frozenset({"Person", "Organization", "Place", "Group", "Document", "Event", "Other"})
FORMS = frozenset({"direct", "indirect", "mixed"})
STANCES = frozenset({"asserts", "denies", "doubts", "hedges", "asks", "demands", "other"})
QUOTES = "\"“”‘’«»„'"
PRONOUNS = frozenset({"he", "she", "it", "they", "i", "we", "you", "who", "him", "her", "them", "both", "one", "some"})

_MARK = re.compile(r"\[([scq])(\d+) ")
_STATEMENT = re.compile(r"(\d+) = ([^;]+); (\w+); (\w+)(?:; via (.+))?$")


@dataclass(frozen=True, slots=True)
class WrittenArticle:
    """An invented article: its name, its text, and its annotation in the layout of `newsmix`'s gold."""

    name: str
    text: str
    gold: dict[str, Any]


def written(path: Path) -> Iterator[WrittenArticle]:
    """The articles of a file, or of all `.txt` files of a folder, in order.

    Raises ReadError, naming the article, where marks and list do not fit.
    """
    for file in sorted(path.glob("*.txt")) if path.is_dir() else [path]:
        for part in file.read_text(encoding="utf-8").split("\n=== ")[0:]:
            if part.strip():
                name, _, rest = part.removeprefix("=== ").partition("\n")
                try:
                    yield _article(name.strip(), rest)
                except ValueError as error:
                    raise ReadError(str(file), f"{name.strip()}: {error}", "see kg/training/written.py") from error


def export_written(path: Path, folder: Path) -> int:
    """Writes articles as `text/NAME.txt` and `gold/NAME.json` into a folder; how many there were."""
    for kind in ("text", "gold"):
        (folder / kind).mkdir(parents=True, exist_ok=True)
    count = 0
    for article in written(path):
        (folder / "text" / f"{article.name}.txt").write_text(article.text, encoding="utf-8")
        (folder / "gold" / f"{article.name}.json").write_text(
            json.dumps(article.gold, ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
        )
        count += 1
    return count


def _article(name: str, rest: str) -> WrittenArticle:
    marked, bar, notes = rest.partition("\n---\n")
    if not bar:
        raise ValueError("no line of three dashes")
    text, spans = _unmarked(marked.strip() + "\n")
    things, said = _notes(notes)
    numbers = {number for _, number in spans}
    if numbers != set(said):
        raise ValueError(f"statements marked and listed differ: {sorted(numbers ^ set(said))}")
    entities: dict[str, dict[str, Any]] = {}

    def entity(words: str, kind: str, forms: tuple[str, ...]) -> dict[str, Any]:
        if words not in entities:
            named = not words.startswith("(")
            mentions = _named(text, (words, *forms)) if named else []
            entities[words] = {
                "id": f"e{len(entities) + 1}", "type": kind, "name": words.strip("()"), "mentions": mentions,
            }  # fmt: skip
        return entities[words]

    for words, (kind, forms) in things.items():
        entity(words, kind, forms)
    statements = []
    for number, (who, form, stance, via) in sorted(said.items()):
        pieces = {role: [p for p in map(_tidied(text, role), spans.get((role, number), []))] for role in "scq"}
        if not pieces["q"]:
            raise ValueError(f"statement {number} has no content")
        source = []
        for words in who:
            if not words.startswith("(") and words not in things:
                raise ValueError(f"statement {number}: no line @ for {words!r}")
            found = entity(words, "Other", ())
            source.append(found["id"])
            for start, end in pieces["s"] if len(who) == 1 else ():
                _mention(found, text, start, end)
        if via is not None and not via.startswith("(") and via not in things:
            raise ValueError(f"statement {number}: no line @ for {via!r}")
        statements.append({
            "id": f"s{number}", "source": source, "said_by": _span(text, pieces["s"]), "cue": _span(text, pieces["c"]),
            "content": [{"span": [a, b], "text": text[a:b]} for a, b in pieces["q"]], "kind": form, "polarity": stance,
            "nested_in": None, "via": None if via is None else entity(via, "Other", ())["id"],
        })  # fmt: skip
    _nest(statements)
    gold = {"doc": name, "entities": list(entities.values()), "statements": statements, "figures": [], "roles": []}
    return WrittenArticle(name, text, gold)


def _unmarked(marked: str) -> tuple[str, dict[tuple[str, int], list[tuple[int, int]]]]:
    """The text without marks, and the spans of each letter and number."""
    out: list[str] = []
    length, position = 0, 0
    opened: list[tuple[str, int, int]] = []
    spans: dict[tuple[str, int], list[tuple[int, int]]] = {}
    while position < len(marked):
        mark = _MARK.match(marked, position)
        if mark:
            opened.append((mark[1], int(mark[2]), length))
            position = mark.end()
        elif marked[position] == "]":
            if not opened:
                raise ValueError(f"a bracket closes nothing before {marked[position : position + 40]!r}")
            letter, number, start = opened.pop()
            spans.setdefault((letter, number), []).append((start, length))
            position += 1
        elif marked[position] == "[":
            raise ValueError(f"a bracket without letter and number: {marked[position : position + 40]!r}")
        else:
            out.append(marked[position])
            length, position = length + 1, position + 1
    if opened:
        raise ValueError(f"{opened[-1][0]}{opened[-1][1]} is never closed")
    return "".join(out), {key: sorted(found) for key, found in spans.items()}


Said = dict[int, tuple[tuple[str, ...], str, str, str | None]]


def _notes(notes: str) -> tuple[dict[str, tuple[str, tuple[str, ...]]], Said]:
    things: dict[str, tuple[str, tuple[str, ...]]] = {}
    said: Said = {}
    for line in filter(None, map(str.strip, notes.split("\n"))):
        if line.startswith("@"):
            words, kind, *forms = (part.strip() for part in line[1:].split("|"))
            if kind not in KINDS:
                raise ValueError(f"no kind of thing: {line!r}")
            things[words] = kind, tuple(forms)
            continue
        match = _STATEMENT.match(line)
        if not match or match[3] not in FORMS or match[4] not in STANCES:
            raise ValueError(f"not a line of the list: {line!r}")
        who = () if match[2].strip() == "-" else tuple(part.strip() for part in match[2].split(" + "))
        said[int(match[1])] = who, match[3], match[4], match[5]
    return things, said


def _tidied(text: str, role: str) -> Any:
    """Content without the quotation marks around it and a "that" before it; other pieces as they are."""

    def tidy(span: tuple[int, int]) -> tuple[int, int]:
        start, end = span
        if role != "q":
            return span
        while start < end and (text[start] in QUOTES or text[start].isspace()):
            start += 1
        if text[start : start + 5] == "that ":
            start += 5
        while end > start and (text[end - 1].isspace() or text[end - 1] == ","):
            end -= 1
        if text[end - 1] in QUOTES and (text.count(text[end - 1], start, end) != 2 or text[end - 1] not in "\"'"):
            end -= 1 if not _opened(text[start:end]) else 0
        while end > start and text[end - 1] == ",":
            end -= 1
        return start, end

    return tidy


def _opened(words: str) -> bool:
    """Whether the mark that ends the words was opened within them."""
    pairs = {"”": "“", "’": "‘", "»": "«", '"': '"', "'": "'"}
    return pairs.get(words[-1], words[-1]) in words[:-1]


def _span(text: str, pieces: list[tuple[int, int]]) -> dict[str, Any] | None:
    if not pieces:
        return None
    start, end = pieces[0]
    return {"span": [start, end], "text": text[start:end]}


def _named(text: str, forms: tuple[str, ...]) -> list[dict[str, Any]]:
    """Each place where a thing is named, the longest form first."""
    taken: list[tuple[int, int]] = []
    for form in sorted(set(forms), key=len, reverse=True):
        for match in re.finditer(rf"(?<!\w){re.escape(form)}(?!\w)", text):
            if not any(match.start() < b and a < match.end() for a, b in taken):
                taken.append(match.span())
    return [{"span": [a, b], "text": text[a:b], "kind": "name"} for a, b in sorted(taken)]


def _mention(found: dict[str, Any], text: str, start: int, end: int) -> None:
    words = text[start:end]
    if any(m["span"][0] < end and start < m["span"][1] for m in found["mentions"]):
        return
    kind = "pronoun" if words.lower() in PRONOUNS else "nominal"
    found["mentions"].append({"span": [start, end], "text": words, "kind": kind})
    found["mentions"].sort(key=lambda m: m["span"])


def _nest(statements: list[dict[str, Any]]) -> None:
    """Names for each statement the innermost other whose content holds its content."""

    def size(s: dict[str, Any]) -> int:
        return sum(p["span"][1] - p["span"][0] for p in s["content"])

    for inner in statements:
        start, end = inner["content"][0]["span"]
        around = [
            s for s in statements
            if s is not inner and any(p["span"][0] <= start and end <= p["span"][1] for p in s["content"])
            and size(s) > size(inner)
        ]  # fmt: skip
        if around:
            inner["nested_in"] = min(around, key=size)["id"]


if __name__ == "__main__":
    import sys

    for argument in sys.argv[1:]:
        articles = list(written(Path(argument)))
        total = sum(len(a.gold["statements"]) for a in articles)
        print(f"{argument}: {len(articles)} articles, {total} statements")
