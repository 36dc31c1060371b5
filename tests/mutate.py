"""Switches off one guard at a time and runs the tests of its room: how much of the rules would be missed if it were gone.

    python tests/mutate.py                  200 guards of all rooms, drawn with seed 1
    python tests/mutate.py --room figures   those of a room among them
    python tests/mutate.py --at kg/stages/figures/bounds.py:71   every guard of a line

A guard is a condition (held for false or for true), an operand of `and` or
`or` (dropped), an entry of a short table or a whole long one (dropped: single
words of a long list are data, and the gold watches them), or a number
(zeroed). It counts as caught when a test fails that passes without it, or
does not end in time.

Quick, because texts are parsed once and kept in the system's folder for
temporary files, each guard is tried in a fork that imports anew only what
depends on the changed module, stages that do not, answer from memory, and what
the golden files hold is looked at first, a text at a time.
Not part of CI; `tests/README.md` says what came out last.
"""

from __future__ import annotations

import argparse
import ast
import gc
import hashlib
import importlib
import importlib.abc
import importlib.machinery
import json
import os
import pickle
import random
import resource
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, wraps
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

TESTS = Path(__file__).resolve().parent
ROOT = TESTS.parent
sys.path[:0] = [str(ROOT), str(TESTS)]

ROOMS: dict[str, tuple[str, str]] = {
    "times": ("kg/stages/times", "times"),
    "entities": ("kg/stages/entities", "entities mentions names"),
    "attribution": ("kg/stages/attribution", "attribution sources tidy cues newsroom"),
    "figures": ("kg/stages/figures", "figures numbers units"),
    "roles": ("kg/stages/roles", "roles"),
    "events": ("kg/stages/events", "events"),
    "language": ("kg/language", "quotes attribution tidy"),
    "identity": ("kg/identity", "identity duplicates linking external index reconcile decisions ftm articles"),
}
"""Each room's folder, and the test files that are its own; what it means for other rooms, the golden texts tell."""

KINDRED = {"events": "relations", "language": "attribution"}
"""The rooms whose cases are kept by another name."""

CLOCKED = ("linear", "cost", "quick", "seconds", "time_grows", "hash_seed")
"""Words in the names of tests that watch a clock or start a process: no guard's business."""

STAGES = {
    "kg.stages.times": ("find_times",),
    "kg.stages.entities.mentions": ("find_mentions",),
    "kg.stages.entities": ("find_entities",),
    "kg.stages.attribution": ("find_attributions",),
    "kg.stages.attribution.sources": ("resolve_sources",),
    "kg.stages.figures": ("find_figures",),
    "kg.stages.roles": ("find_roles",),
    "kg.stages.events": ("find_events",),
    "kg.stages.topics": ("find_topics",),
}
"""Pure functions over a Document that need not be asked twice."""

SHORT = 4
"""Entries up to which a table loses one entry, not all."""

PATIENCE = 40
"""Seconds of CPU time after which a run counts as endless."""


@dataclass(frozen=True, slots=True)
class Guard:
    """One way to switch one guard off: bytes `start` to `end` of a file become `new`."""

    path: str
    line: int
    kind: str
    old: str
    new: str
    start: int
    end: int

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.kind}: {_line(self.old)} -> {_line(self.new)}"


def _line(code: str) -> str:
    flat = " ".join(code.split())
    return flat if len(flat) <= 90 else f"{flat[:60]} … {flat[-25:]}"


# ---------------------------------------------------------------- guards


def guards(path: Path) -> Iterator[tuple[Guard, ...]]:
    """The guards of a file, each with the ways in which it can be switched off."""
    source = path.read_bytes()
    starts = [0]
    for line in source.splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    name = path.relative_to(ROOT).as_posix()

    def at(node: Any) -> tuple[int, int]:
        return starts[node.lineno - 1] + node.col_offset, starts[node.end_lineno - 1] + node.end_col_offset

    def text(node: ast.AST) -> str:
        start, end = at(node)
        return source[start:end].decode()

    def made(node: Any, kind: str, *new: str) -> tuple[Guard, ...]:
        return tuple(Guard(name, node.lineno, kind, text(node), n, *at(node)) for n in new)

    for node in _visible(ast.parse(source)):
        match node:
            case ast.If(test=test) | ast.IfExp(test=test) if "TYPE_CHECKING" not in text(test):
                yield made(test, "condition", f"(({text(test)}) and False)", f"(({text(test)}) or True)")
            case ast.comprehension(ifs=tests):
                for test in tests:
                    yield made(test, "condition", f"(({text(test)}) or True)")
            case ast.BoolOp(op=op, values=values):
                joint = " and " if isinstance(op, ast.And) else " or "
                for k, value in enumerate(values):
                    if not any(isinstance(n, ast.NamedExpr) for n in ast.walk(value)):
                        rest = joint.join(f"({text(v)})" for j, v in enumerate(values) if j != k)
                        yield tuple(
                            Guard(name, value.lineno, "operand", text(value), f"({rest})", *at(node)) for _ in (0,)
                        )
            case ast.Set(elts=entries):
                yield _table(made, node, [text(e) for e in entries], "set()")
            case ast.Dict(keys=keys, values=values) if keys and all(keys):
                rows = [f"{text(k)}: {text(v)}" for k, v in zip(keys, values, strict=True) if k is not None]
                yield _table(made, node, rows, "{}")
            case ast.Compare(ops=[ast.In() | ast.NotIn()], comparators=[ast.Tuple(elts=entries) as listed]) if entries:
                yield _table(made, listed, [text(e) for e in entries], "()")
            case ast.Call(func=ast.Attribute(value=ast.Constant(value=str(words)) as listed, attr="split"), args=[]):
                yield made(listed, "table", *(repr(w) for w in _without_one(words.split(), " ", "")))
            case ast.Constant(value=int() | float() as number) if not isinstance(number, bool) and abs(number) not in (
                0,
                1,
            ):
                yield made(node, "number", "0" if isinstance(number, int) else "0.0")


def _table(made: Callable[..., tuple[Guard, ...]], node: ast.AST, entries: list[str], empty: str) -> tuple[Guard, ...]:
    opening, closing = ("(", ",)") if empty == "()" else ("{", "}")
    return made(
        node, "table", *(f"{opening}{rest}{closing}" if rest else empty for rest in _without_one(entries, ", ", ""))
    )


def _without_one(entries: list[str], joint: str, empty: str) -> list[str]:
    if not 1 < len(entries) <= SHORT:
        return [empty]
    return [joint.join(e for j, e in enumerate(entries) if j != k) for k in range(len(entries))]


def _visible(tree: ast.AST) -> Iterator[ast.AST]:
    """The nodes that say what is done: no decorators, types, subscripts, docstrings or insides of f-strings."""
    queue: list[ast.AST] = [tree]
    while queue:
        node = queue.pop(0)
        yield node
        skipped: list[Any] = []
        match node:
            case ast.JoinedStr() | ast.Raise():
                continue
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
                skipped = [*node.decorator_list, getattr(node, "args", None), getattr(node, "returns", None)]
            case ast.AnnAssign():
                skipped = [node.annotation]
            case ast.Subscript():
                skipped = [node.slice]
        queue += [child for child in ast.iter_child_nodes(node) if not any(child is s for s in skipped)]


def drawn(rooms: Sequence[str], number: int, seed: int) -> dict[str, list[Guard]]:
    """A sample of the rooms' guards: as many of a room as it has of all, but ten at least."""
    every = {
        room: [g for path in sorted((ROOT / ROOMS[room][0]).rglob("*.py")) for g in guards(path) if g] for room in ROOMS
    }
    total = sum(len(every[room]) for room in rooms)
    found = {}
    for room in rooms:
        draw = random.Random(f"{seed} {room}")
        count = min(len(every[room]), max(10, round(number * len(every[room]) / total)))
        found[room] = sorted((draw.choice(g) for g in draw.sample(every[room], count)), key=lambda g: (g.path, g.line))
    return found


def survivors(report: str) -> dict[str, list[Guard]]:
    """The guards that a former report says survived, where they stand now, the nearest of those that read the same."""
    told = [line.split("  ", 2)[2].strip() for line in report.splitlines() if line.startswith("SURVIVED")]
    found: dict[str, list[Guard]] = {}
    for guard in told:
        path, line, rest = guard.split(":", 2)
        room = next(room for room, (folder, _) in ROOMS.items() if path.startswith(f"{folder}/"))
        alike = [g for ways in guards(ROOT / path) for g in ways if str(g).split(":", 2)[2] == rest]
        found.setdefault(room, []).extend(sorted(alike, key=lambda g: abs(g.line - int(line)))[:1])
    return found


# ---------------------------------------------------------------- tests


class Watch:
    """A pytest plugin: which tests failed, leaving out those that watch a clock or failed before."""

    def __init__(self, broken: Iterable[str] = ()) -> None:
        self.broken, self.failed = frozenset(broken), []  # type: ignore[var-annotated]

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        kept = [i for i in items if i.nodeid not in self.broken and not any(word in i.name for word in CLOCKED)]
        # Generated input takes seconds: it comes last.
        items[:] = sorted(kept, key=lambda i: hasattr(getattr(i, "function", None), "hypothesis"))

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed:
            self.failed.append(report.nodeid)

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.failed:
            self.failed.append(report.nodeid or "collection")


def tested(files: Sequence[str], watch: Watch, *options: str) -> list[str]:
    """The tests that fail."""
    arguments = ["-q", "--tb=no", "-p", "no:cacheprovider", "-m", "not slow and not shared", *options, *files]
    code = pytest.main(arguments, [watch])
    return watch.failed or ([f"pytest ended with {code}"] if code not in (0, 5) else [])


def files(room: str) -> list[str]:
    return [str(TESTS / f"test_{name}.py") for name in ROOMS[room][1].split() if (TESTS / f"test_{name}.py").exists()]


# ---------------------------------------------------------------- memory

Key = tuple[Any, ...]
_asked: dict[Key, Any] = {}
_parsed: dict[Key, Any] = {}
_known: dict[int, tuple[Any, Key]] = {}
"""The parses by their identity, each with what it is the parse of."""


def remember_parses() -> None:
    """Parse nothing twice."""
    from kg.text import document

    plain = document.parse

    def parse(article: Any, model: str | None = None) -> Any:
        key = (article, model or document.default_model())
        same = (replace(article, path=None), key[1])  # where a text was read from makes no other parse
        if same not in _parsed:
            _parsed[same] = plain(same[0], model)
        if key not in _parsed:
            _parsed[key] = replace(_parsed[same], article=article)
        _known[id(_parsed[key])] = (_parsed[key], same)
        return _parsed[key]

    document.parse = parse


def kept(name: str, *parts: str) -> Path:
    """The file for what does not change as long as the given files do not."""
    digest = hashlib.sha256(sys.version.encode())
    for path in sorted(p for part in parts for p in ROOT.glob(part) if p.is_file()):
        digest.update(path.read_bytes())
    return Path(tempfile.gettempdir()) / f"kg-mutate-{os.getuid()}-{name}-{digest.hexdigest()[:16]}.pickle"


def recall(path: Path) -> Any:
    """What was kept in a file of one's own, or None."""
    return pickle.loads(path.read_bytes()) if path.exists() and path.stat().st_uid == os.getuid() else None


def remembering(name: str, function: Callable[..., Any], memory: dict[Key, Any]) -> Callable[..., Any]:
    """The function, asked once for the same arguments; Documents are the same when they are parses of the same text."""

    # To tell records apart by their identity is quicker; they are held here, so that no other takes it.
    alike = {(k[1], *map(id, k[2]), *k[3:]): (k[2], found) for k, found in memory.items() if k[0] == name}

    @wraps(function)
    def asked(document: Any, *others: Any, **named: Any) -> Any:
        known = _known.get(id(document))
        if known is None or known[0] is not document:  # made by a test, and gone soon
            return function(document, *others, **named)
        same = (known[1], *map(id, others), *sorted(named.items()))
        key = (name, known[1], others, *sorted(named.items()))
        try:
            if same in alike:
                return alike[same][1]
            if key not in memory:
                memory[key] = function(document, *others, **named)
        except TypeError as error:
            if "unhashable" not in str(error):
                raise
            return function(document, *others, **named)
        alike[same] = (others, memory[key])
        return memory[key]

    return asked


def remember_stages(changed: frozenset[str]) -> None:
    """Let the stages answer from memory, those in changed modules from one of their own."""
    for module, names in STAGES.items():
        for name in names:
            if (home := _module(module)) is not None and module in changed:
                setattr(home, name, remembering(name, getattr(home, name), {}))


def _module(name: str) -> ModuleType | None:
    try:
        return importlib.import_module(name)
    except ModuleNotFoundError:
        return None


def _module_of(guard: Guard) -> str:
    return guard.path.removesuffix(".py").replace("/", ".").removesuffix(".__init__")


@cache
def dependants(module: str) -> frozenset[str]:
    """The module and all that import it, directly or not."""
    from test_rooms import IMPORTS

    found, queue = {module}, [module]
    while queue:
        used = queue.pop()
        more = {m for m, imported in IMPORTS.items() if used in imported} - found - {"kg"}
        found |= more
        queue += more
    return frozenset(found)


# ---------------------------------------------------------------- a guard at a time


class Changed(importlib.abc.MetaPathFinder, importlib.abc.SourceLoader):
    """Loads one module with other bytes than its file has."""

    def __init__(self, module: str, path: Path, source: bytes) -> None:
        self.module, self.path, self.source = module, path, source

    def find_spec(self, name: str, path: object, target: object = None) -> importlib.machinery.ModuleSpec | None:
        if name != self.module:
            return None
        return importlib.util.spec_from_file_location(
            name,
            self.path,
            loader=self,
            submodule_search_locations=[str(self.path.parent)] if self.path.name == "__init__.py" else None,
        )

    def get_filename(self, name: str) -> str:
        return str(self.path)

    def get_data(self, path: str | bytes) -> bytes:
        return self.source

    def path_stats(self, path: str | bytes) -> Any:
        raise OSError


BROKEN = "not tried: "
"""How a child begins that could not try its guard for a fault of this script."""


def switched_off(guard: Guard, broken: Sequence[str], room: str) -> str | None:
    """The first test that fails without the guard; None if all pass."""
    dependants(_module_of(guard))  # learnt once, not in each child
    sending, receiving = os.pipe()[::-1]
    child = os.fork()
    if child == 0:
        try:
            os.close(receiving)
            resource.setrlimit(resource.RLIMIT_CPU, (PATIENCE, PATIENCE))
            told = _without(guard, broken, room)
        except BaseException:
            told = BROKEN + traceback.format_exc()
        os.write(sending, json.dumps(told).encode())
        os._exit(0)
    os.close(sending)
    with os.fdopen(receiving, "rb") as pipe:
        answer = pipe.read()
    os.waitpid(child, 0)
    found = json.loads(answer) if answer else "never ends"
    if str(found).startswith(BROKEN):
        raise RuntimeError(f"{guard} could not be tried:\n{found}")
    return str(found) if found is not None else None


def _without(guard: Guard, broken: Sequence[str], room: str) -> str | None:
    """The same, in a process of its own."""
    silent = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silent, 1)
    os.dup2(silent, 2)
    path = ROOT / guard.path
    source = path.read_bytes()
    module = _module_of(guard)
    changed = dependants(module)
    tests = [name for name, m in sys.modules.items() if str(getattr(m, "__file__", None) or "").startswith(str(TESTS))]
    tests = [name for name in tests if name != "goldens"]  # it knows the texts, and is only asked for them
    for name in (*changed, *tests):
        if name != "__main__":
            sys.modules.pop(name, None)
    sys.meta_path.insert(0, Changed(module, path, source[: guard.start] + guard.new.encode() + source[guard.end :]))
    try:
        remember_stages(changed)
        if "kg.stages.rules" in changed and (differing := read_otherwise(room)) is not None:
            return f"golden: {differing}"
    except Exception as error:
        return f"raises {type(error).__name__}"
    failed = tested(files(room), Watch(broken), "-x")
    return failed[0].rpartition("/")[2] if failed else None


_golden: dict[Any, Any] = {}
"""What is found in each of the golden texts, as it is read unchanged."""


def read_otherwise(room: str | None) -> str | None:
    """The first of the golden texts that is not read as before; without a room, learn how they are read."""
    goldens = importlib.import_module("goldens")
    rules = importlib.import_module("kg.stages.rules")
    document = importlib.import_module("kg.text.document")
    whole = [a for several in goldens.articles().values() for a in several]
    own = [a for a in goldens.sentences() if room is not None and a.path.startswith(f"{KINDRED.get(room, room)}/")]
    for article in dict.fromkeys((*own, *whole, *goldens.sentences())):
        found = rules.read_document(document.parse(article, goldens.SMALL))
        if room is None:
            _golden[article] = found
        elif _told(found, article in goldens.sentences()) != _told(_golden[article], article in goldens.sentences()):
            return str(article.path)
    return None


def _told(found: Any, case: bool) -> tuple[Any, ...]:
    """What golden files and cases hold: of a case the speakers, not what they say."""
    names = {e.id: e.name for e in found.entities} if case else {}
    said = [names.get(a.entity) for a in found.attributions] if case else (found.attributions, found.topics)
    return found.entities, found.times, found.figures, found.roles, found.events, found.relations, said


def run(sample: dict[str, list[Guard]]) -> int:
    """Try every guard; report; 1 if under 85 of a hundred were caught."""
    os.chdir(ROOT)
    os.environ["OMP_NUM_THREADS"] = "1"
    remember_parses()
    goldens = importlib.import_module("goldens")
    goldens.articles(), goldens.sentences()
    related = list(
        dict.fromkeys(file for room in ROOMS if room != "attribution" or room in sample for file in files(room))
    )
    started = time.monotonic()
    broken = unchanged(related)
    gc.freeze()  # what is in memory stays: no child needs to look through it
    print(f"without a change: {len(broken)} tests fail {broken or ''} ({time.monotonic() - started:.0f} s)", flush=True)
    caught: Counter[str] = Counter()
    by_golden = 0
    for room, several in sample.items():
        for guard in several:
            started = time.monotonic()
            failed = switched_off(guard, broken, room)
            caught[room] += failed is not None
            by_golden += "golden" in (failed or "")
            took = time.monotonic() - started
            print(f"{'caught  ' if failed else 'SURVIVED'} {took:3.0f} s  {guard}  {failed or ''}", flush=True)
    total, right = sum(map(len, sample.values())), sum(caught.values())
    for room, several in sample.items():
        print(f"{room:12} {caught[room]:3} of {len(several):3}")
    share = right / total if total else 1.0
    print(f"{'all':12} {right:3} of {total:3} = {share:.1%}, {by_golden} of them seen in the golden files")
    return int(share < 0.85)


def unchanged(related: list[str]) -> list[str]:
    """The tests that fail unchanged; what was parsed and found on the way stays in memory, and in files for the next run."""
    parses = kept("parses", "kg/text/*.py")
    _parsed.update(recall(parses) or {})
    sources = ("kg/**/*.py", "data/**/*", "tests/test_*.py", "tests/gold*.py")
    answers = kept(hashlib.sha256(" ".join(related).encode()).hexdigest()[:8], *sources)
    broken, asked, golden = recall(answers) or (None, {}, {})
    _asked.update(asked)
    _golden.update(golden)
    for module, names in STAGES.items():
        for name in names:
            if (home := _module(module)) is not None:
                setattr(home, name, remembering(name, getattr(home, name), _asked))
    if broken is not None:
        return list(broken)
    silent, out = os.open(os.devnull, os.O_WRONLY), os.dup(1)
    os.dup2(silent, 1)
    before = len(_parsed)
    read_otherwise(None)
    broken = tested(related, Watch())
    os.dup2(out, 1)
    if len(_parsed) > before:
        parses.write_bytes(pickle.dumps(_parsed))
    answers.write_bytes(pickle.dumps((broken, _asked, _golden)))

    return list(broken)


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--number", type=int, default=200)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--room", action="append", choices=list(ROOMS), help="these only")
    options.add_argument("--without", action="append", default=[], choices=list(ROOMS), help="all but these")
    options.add_argument("--at", action="append", help="the guards of a line, as file:line")
    options.add_argument("--again", type=Path, help="those that a former report, kept in this file, says survived")
    options.add_argument("--list", action="store_true", help="show the sample, try nothing")
    asked = options.parse_args()
    sample: dict[str, list[Guard]]
    if asked.again:
        sample = survivors(asked.again.read_text("utf-8"))
    elif asked.at:
        sample = {}
        for place in asked.at:
            path, _, line = place.partition(":")
            room = next(r for r, (folder, _) in ROOMS.items() if path.startswith(f"{folder}/"))
            sample.setdefault(room, []).extend(
                g for ways in guards(ROOT / path) for g in ways if not line or g.line == int(line)
            )
    else:
        everywhere = [room for room in ROOMS if room not in asked.without]
        sample = drawn(everywhere, asked.number, asked.seed)
        sample = {room: several for room, several in sample.items() if not asked.room or room in asked.room}
    if asked.list:
        for several in sample.values():
            print(*several, sep="\n")
        print({room: len(several) for room, several in sample.items()})
        return 0
    return run(sample)


if __name__ == "__main__":
    sys.exit(main())
