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

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..errors import ReadError
from ..language.lexicon import words as lexicon
from ..records.attribution import Form, Stance
from ..records.mention import EntityType

KINDS, FORMS, STANCES = (frozenset(map(str, words)) for words in (EntityType, Form, Stance))
PAIRS = {"”": "“", "’": "‘", "»": "«"}
QUOTES = "\"“”‘’«»„'"

_MARK = re.compile(r"\[([scq])(\d+) ")
_STATEMENT = re.compile(r"(\d+) = ([^;]+); (\w+); (\w+)(?:; via (.+))?$")


@dataclass(frozen=True, slots=True)
class WrittenArticle:
    """An invented article: its name ("written courts_01"), its text, its annotation in `newsmix`'s layout."""

    name: str
    text: str
    gold: dict[str, Any]


def written(path: Path) -> Iterator[WrittenArticle]:
    """The articles of a file, or of all `.txt` files of a folder, in order.

    Raises ReadError, naming the article, where marks and list do not fit.
    """
    for file in sorted(path.glob("*.txt")) if path.is_dir() else [path]:
        for part in file.read_text(encoding="utf-8").split("\n=== "):
            if part.strip():
                name, _, rest = part.removeprefix("=== ").partition("\n")
                try:
                    yield _article(name.strip(), rest)
                except ValueError as error:
                    raise ReadError(str(file), f"{name.strip()}: {error}", "see kg/training/written.py") from error


Pair = tuple[int, int]
Said = tuple[tuple[str, ...], str, str, str | None]


def _article(name: str, rest: str) -> WrittenArticle:
    marked, bar, notes = rest.partition("\n---\n")
    if not bar:
        raise ValueError("no line of three dashes")
    text, spans = _unmarked(marked.strip() + "\n")
    things, said = _notes(notes)
    numbers = {number for _, number in spans}
    if numbers != set(said):
        raise ValueError(f"statements marked and listed differ: {sorted(numbers ^ set(said))}")
    cast = _Cast(text, things)
    statements = [_statement(text, spans, number, cast, *said[number]) for number in sorted(said)]
    _nest(statements)
    gold = {"doc": name, "entities": cast.entities(), "statements": statements, "figures": [], "roles": []}
    return WrittenArticle(f"written {name}", text, gold)


def _statement(
    text: str, spans: dict[tuple[str, int], list[Pair]], number: int, cast: _Cast,
    who: tuple[str, ...], form: str, stance: str, via: str | None,
) -> dict[str, Any]:  # fmt: skip
    source, cue, content = (spans.get((letter, number), []) for letter in "scq")
    if not content:
        raise ValueError(f"statement {number} has no content")
    found = [cast.find(words, number) for words in who]
    if len(found) == 1:
        for span in source:
            cast.mention(found[0], *span)
    bare = [_bare(text, *span) for span in content]
    return {
        "id": f"s{number}", "source": [entity["id"] for entity in found],
        "said_by": _first(text, source), "cue": _first(text, cue),
        "content": [{"span": [start, end], "text": text[start:end]} for start, end in bare],
        "kind": form, "polarity": stance, "nested_in": None,
        "via": None if via is None else cast.find(via, number)["id"],
    }  # fmt: skip


class _Cast:
    """Who appears in an article, as entities of the gold; somebody in round brackets appears when first asked for."""

    def __init__(self, text: str, things: dict[str, tuple[str, tuple[str, ...]]]) -> None:
        self._text = text
        self._found: dict[str, dict[str, Any]] = {}
        for words, (kind, forms) in things.items():
            self._add(words, kind, _named(text, (words, *forms)))

    def _add(self, words: str, kind: str, mentions: list[dict[str, Any]]) -> dict[str, Any]:
        self._found[words] = {
            "id": f"e{len(self._found) + 1}", "type": kind, "name": words.strip("()"), "mentions": mentions,
        }  # fmt: skip
        return self._found[words]

    def entities(self) -> list[dict[str, Any]]:
        """Everybody, in order."""
        return list(self._found.values())

    def find(self, words: str, number: int) -> dict[str, Any]:
        """The entity that statement `number` names. Raises ValueError if no line tells of it."""
        if words not in self._found:
            if not words.startswith("("):
                raise ValueError(f"statement {number}: no line @ for {words!r}")
            return self._add(words, "Other", [])
        return self._found[words]

    def mention(self, entity: dict[str, Any], start: int, end: int) -> None:
        """Note words that name a source, unless they hold a name that is noted already."""
        mentions = entity["mentions"]
        if any(m["span"][0] < end and start < m["span"][1] for m in mentions):
            return
        words = self._text[start:end]
        kind = "pronoun" if words.lower() in lexicon("speech", "stands for a speaker") else "nominal"
        mentions.append({"span": [start, end], "text": words, "kind": kind})
        mentions.sort(key=lambda m: m["span"])


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


def _notes(notes: str) -> tuple[dict[str, tuple[str, tuple[str, ...]]], dict[int, Said]]:
    things: dict[str, tuple[str, tuple[str, ...]]] = {}
    said: dict[int, Said] = {}
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


def _bare(text: str, start: int, end: int) -> Pair:
    """A content without the quotation marks around it, a "that" before it and a comma after it."""
    while start < end and (text[start] in QUOTES or text[start].isspace()):
        start += 1
    if text.startswith("that ", start):
        start += 5
    while start < end and (text[end - 1] in ", " or _closes_nothing(text[start:end])):
        end -= 1
    return start, end


def _closes_nothing(words: str) -> bool:
    """Whether words end with a quotation mark that was not opened among them."""
    return words[-1] in QUOTES and PAIRS.get(words[-1], words[-1]) not in words[:-1]


def _first(text: str, pieces: list[Pair]) -> dict[str, Any] | None:
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
