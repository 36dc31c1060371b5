"""What the rules quote as their examples: each phrase stands in a case of the gold, and each session in a docstring runs."""

from __future__ import annotations

import ast
import doctest
import importlib
import io
import json
import re
import tokenize
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
MODULES = [
    path
    for room in ("times", "entities", "figures", "roles", "events")
    for path in sorted((ROOT / "kg" / "stages" / room).glob("*.py"))
]
SESSIONS = [path for path in sorted((ROOT / "kg").rglob("*.py")) if ">>> " in path.read_text("utf-8")]

_PARSES = re.compile(r"(?:>>>|\.\.\.) .*(?:\b(?:parse|extract|rules|analyses|Plan)\(|spacy\.load)")
_QUOTED = re.compile(r"`([^`]+)`|\"([^\"]+)\"|“([^”]+)”", re.DOTALL)
_PLACEHOLDERS = {"a", "b", "c", "x", "org"}
_CODE = re.compile(r"[_/\[\]()=]|\w\.\w{2}|^data|\|")


def notes(path: Path) -> Iterator[tuple[int, str]]:
    """The docstrings and comments of a module, each with its line; neighbouring comment lines are one."""
    source = path.read_text("utf-8")
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and (text := ast.get_docstring(node)):
            yield node.body[0].lineno, text.partition(">>> ")[0]
    comments = [t for t in tokenize.generate_tokens(io.StringIO(source).readline) if t.type == tokenize.COMMENT]
    for n, comment in enumerate(comments):
        if n and comments[n - 1].start == (comment.start[0] - 1, comment.start[1]):
            continue
        text, k = comment.string, n
        while k + 1 < len(comments) and comments[k + 1].start == (comments[k].start[0] + 1, comments[k].start[1]):
            k += 1
            text += " " + comments[k].string.lstrip("# ")
        yield comment.start[0], text


def examples(path: Path) -> Iterator[tuple[int, str]]:
    """The phrases of three words or more that a module quotes."""
    for line, text in notes(path):
        for found in _QUOTED.finditer(text):
            phrase = " ".join(next(filter(None, found.groups())).split())
            if len(_words(phrase)) >= 3 and not _CODE.search(phrase):
                yield line, phrase


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+|\.\.\.|…", text.lower())


def _stands(phrase: str, text: str) -> bool:
    """Whether a phrase stands in a text, as words with a space before and after: any name for A, anything for "...".

    What stands between the words that are given may be of any length, so the first place of each will do.
    """
    at = more = 0
    run: list[str] = []
    for w in [*_words(phrase), None]:
        gap = w is None or w in ("...", "…") or (w in _PLACEHOLDERS and w.upper() in phrase)
        if not gap:
            run.append(str(w))
            continue
        if run:
            for _ in range(more):
                at = text.find(" ", at + 1)
                if at < 0:
                    return False
            at = text.find(f" {' '.join(run)} ", at)
            if at < 0:
                return False
            at += len(" ".join(run)) + 1
            more, run = 0, []
        more += w is not None and w not in ("...", "…")
    return text.count(" ", at + 1) >= more


@pytest.fixture(scope="module")
def texts() -> list[str]:
    """The texts of the cases, as words."""
    cases = [json.loads(line) for f in sorted((ROOT / "data" / "gold").glob("*.jsonl")) for line in f.open()]
    return [f" {' '.join(_words(case['text']))} " for case in cases if "text" in case]


@pytest.mark.parametrize("path", MODULES, ids=lambda p: f"{p.parent.name}/{p.stem}")
def test_each_example_is_a_case(path: Path, texts: list[str]) -> None:
    lacking = [f"{path.stem}.py:{line}: {e}" for line, e in examples(path) if not any(_stands(e, t) for t in texts)]
    assert not lacking, "no case in data/gold/ has these words"


def test_examples_are_found() -> None:
    assert sum(len(list(examples(path))) for path in MODULES) > 100
    assert len(SESSIONS) > 20


@pytest.mark.parametrize(
    "path",
    [pytest.param(p, marks=[pytest.mark.model] if _PARSES.search(p.read_text("utf-8")) else []) for p in SESSIONS],
    ids=lambda p: p.relative_to(ROOT / "kg").with_suffix("").as_posix(),
)
def test_a_session_in_a_docstring_gives_what_it_says(path: Path) -> None:
    module = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
    assert doctest.testmod(importlib.import_module(module)).failed == 0
