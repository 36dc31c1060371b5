"""What holds for every module of the house: no name that nothing uses, no broken word in a list, errors under one root."""

from __future__ import annotations

import ast
import builtins
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from house import decisions, word_lists

from kg import errors
from kg.errors import KGError

ROOT = Path(__file__).resolve().parents[1]
MODULES = sorted((ROOT / "kg").rglob("*.py"))
TREES = {path: ast.parse(path.read_text(encoding="utf-8")) for path in MODULES}
WORDS = {path: Counter(re.findall(r"\w+", path.read_text(encoding="utf-8"))) for path in MODULES}


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def _defined(tree: ast.Module) -> Iterator[str]:
    """The names that a module defines at its top level and that nothing but a mention can use."""
    for statement in tree.body:
        if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            if (
                not statement.decorator_list
            ):  # a command, a component and a fixture are called by whom they are given to
                yield statement.name
        elif isinstance(statement, ast.Assign | ast.AnnAssign):
            targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target]
            yield from (target.id for target in targets if isinstance(target, ast.Name))


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_every_name_is_used(path: Path) -> None:
    others = Counter(
        word
        for file in (*(ROOT / "tests").rglob("*.py"), ROOT / "pyproject.toml", ROOT / "README.md")
        for word in set(re.findall(r"\w+", file.read_text(encoding="utf-8")))
    )
    for name in _defined(TREES[path]):
        if name.startswith("__"):
            continue
        uses = WORDS[path][name] - 1
        if not name.startswith("_"):  # a private name is its module's own: the same word elsewhere is another name
            uses += others[name] + sum(words[name] for where, words in WORDS.items() if where != path)
        assert uses, f"{_name(path)}: nothing uses {name}"


PREFIXES = {"ex-", "late-", "mid-", "then-"}


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_no_list_has_a_broken_word(path: Path) -> None:
    """A line of words that is broken inside one: "secretary- " "general" are two words, and neither is a title."""
    for node in ast.walk(TREES[path]):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "split":
            line = node.func.value
            if isinstance(line, ast.Constant) and isinstance(line.value, str):
                broken = [word for word in line.value.split() if re.search(r"\w-$", word) and word not in PREFIXES]
                assert not broken, f"{_name(path)}, line {node.lineno}: {broken}"


def test_every_error_is_one_of_the_house() -> None:
    """Every class of errors is in `kg.errors`, under KGError and a built-in, and its docstring's tree names it."""
    for path in MODULES:
        classes = [node for node in ast.walk(TREES[path]) if isinstance(node, ast.ClassDef)]
        raised = {c.name for c in classes if any(_is_error(base) for base in c.bases)}
        if path != ROOT / "kg" / "errors.py":
            assert raised <= {"_Stop"}, f"{_name(path)}: {raised} belong in kg/errors.py"  # _Stop is no error
    ours = [e for e in vars(errors).values() if isinstance(e, type) and issubclass(e, BaseException)]
    assert len(ours) == 19
    for error in ours:
        built_in = [base for base in error.__mro__ if vars(builtins).get(base.__name__) is base]
        assert error is KGError or (issubclass(error, KGError) and len(built_in) > 3), error  # not of Exception alone
        assert re.search(rf"^ *{error.__name__}\b", errors.__doc__ or "", re.MULTILINE), error


def _is_error(base: ast.expr) -> bool:
    name = base.attr if isinstance(base, ast.Attribute) else base.id if isinstance(base, ast.Name) else ""
    known = getattr(builtins, name, None) or getattr(errors, name, None)
    return isinstance(known, type) and issubclass(known, BaseException)


def test_every_file_of_tests_has_a_name_of_its_own() -> None:
    """pytest imports them by it: of two that share one it collects neither, and only where both are run at once."""
    names = Counter(path.name for path in (ROOT / "tests").rglob("test_*.py"))
    assert [name for name, times in names.items() if times > 1] == []


def test_every_file_of_data_has_its_origin_and_licence_told() -> None:
    table = (ROOT / "data" / "README.md").read_text(encoding="utf-8")
    told = [
        name for row in re.findall(r"^\| (`.*?`) \|", table, re.MULTILINE) for name in re.findall(r"`([^`]+)`", row)
    ]
    files = [path for path in (ROOT / "data").rglob("*") if path.is_file() and path.name != "README.md"]
    untold = [path for path in files if not any(path.match(f"data/{name}") for name in told)]
    assert len(files) > 50 and untold == []


def test_no_function_decides_too_much() -> None:
    """None asks more than 25 things, and of a hundred fewer than eight more than ten."""
    counts = {
        (_name(path), node.name): decisions(node)
        for path, tree in TREES.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }
    assert {at: n for at, n in counts.items() if n > 25} == {}
    assert sum(n > 10 for n in counts.values()) < 0.08 * len(counts)


def test_words_stand_in_tables() -> None:
    """Lists of four words and more in code are names of fields, columns and formats, not of a language or a parse."""
    assert sum(len(words) for tree in TREES.values() for words in word_lists(tree)) < 1_600
