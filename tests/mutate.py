"""Switches off one guard at a time and runs the tests of its room: how much of the rules would be missed if it were gone.

    python tests/mutate.py                  200 guards of all rooms, drawn with seed 1
    python tests/mutate.py --room figures   those of a room among them
    python tests/mutate.py --at kg/stages/figures/bounds.py:71   every guard of a line

A guard is a condition (held for false or for true), an operand of `and` or
`or` (dropped), an entry of a short table or a whole long one (dropped: single
words of a long list are data, and the gold watches them), or a number
(zeroed). It counts as caught when a test fails that passes without it, or
does not end in time.

Quick, because texts are parsed and seen by the encoder once and kept in the
system's folder for temporary files, each guard is tried in a fork that imports
anew only what depends on the changed module, stages that do not, answer from
memory, and only golden texts and tests are looked at that call the guard's
function: the room's own cases first, then other texts, then tests, the
quickest first.
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
import signal
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, fields, replace
from functools import cache, wraps
from pathlib import Path
from types import CodeType, FrameType, FunctionType
from typing import Any

import pytest

TESTS = Path(__file__).resolve().parent
ROOT = TESTS.parent
BEFORE = f"{ROOT}/"
KG = f"{ROOT}/kg/"
sys.path[:0] = [str(ROOT), str(TESTS)]

ROOMS: dict[str, tuple[str, str]] = {
    "times": ("kg/stages/times", "times"),
    "entities": ("kg/stages/entities", "entities mentions names reference articles sources"),
    "attribution": (
        "kg/stages/attribution",
        "attribution sources tidy cues newsroom layouts reader arbiter encoder articles quotes",
    ),
    "figures": ("kg/stages/figures", "figures numbers units"),
    "roles": ("kg/stages/roles", "roles"),
    "events": ("kg/stages/events", "events"),
    "language": ("kg/language", "quotes attribution tidy"),
    "identity": (
        "kg/identity",
        "identity name_likeness duplicates linking external index reconcile decisions ftm articles",
    ),
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

PATIENCE = 4.0
"""Seconds of CPU time after which reading a text, and ten times that after which all tests, count as endless."""

TIME = 20.0
"""Seconds that the tests of a guard may take together."""

JOINT = ("test_newsroom.py", "test_articles.py")
"""Tests of which several look at one reading."""


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
    return flat if len(flat) <= 90 else f"{flat[:60].rstrip()} … {flat[-25:].lstrip()}"


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
    told = [line[13:].strip() for line in report.splitlines() if line.startswith("SURVIVED")]
    found: dict[str, list[Guard]] = {}
    for guard in told:
        path, line, rest = guard.split(":", 2)
        room = next(room for room, (folder, _) in ROOMS.items() if path.startswith(f"{folder}/"))
        every = guards(ROOT / path) if (ROOT / path).exists() else ()
        alike = [g for ways in every for g in ways if str(g).split(":", 2)[2] == rest]
        found.setdefault(room, []).extend(sorted(alike, key=lambda g: abs(g.line - int(line)))[:1])
    return found


# ---------------------------------------------------------------- what is called

_called: set[CodeType] = set()
"""The functions of ours that were called since somebody last looked, while a `Tracing` is on."""

_numbers: dict[tuple[str, int], int] = {}
"""The number of each function, by its file and first line."""


def _trace(frame: FrameType, event: str, arg: object) -> None:
    _called.add(frame.f_code)


def called() -> int:
    """The functions called since last asked, a bit each."""
    found = 0
    several = list(_called)
    for code in several:
        if code.co_filename.startswith(KG):
            place = code.co_filename.removeprefix(BEFORE), code.co_firstlineno
            found |= 1 << _numbers.setdefault(place, len(_numbers))
    _called.clear()
    return found


@contextmanager
def traced() -> Iterator[None]:
    """Remembers every function called inside."""
    sys.settrace(_trace)
    try:
        yield
    finally:
        sys.settrace(None)


def concerned(guard: Guard) -> int | None:
    """The functions whose callers a guard may concern, a bit each; None where that cannot be told.

    A guard in a function concerns whoever calls it; one in a table, whoever calls a function that has the table's name.
    """
    tree = ast.parse((ROOT / guard.path).read_text("utf-8"))
    if "cache" in {n.id for n in ast.walk(tree) if isinstance(n, ast.Name)} | {
        a.name for n in ast.walk(tree) if isinstance(n, ast.ImportFrom) for a in n.names
    }:  # asked once, used by all that come later
        return None
    owner = next(
        n for n in tree.body if n.lineno <= guard.line <= (n.end_lineno or n.lineno) or _first(n) == guard.line
    )
    inside = [owner] if isinstance(owner, ast.FunctionDef) else []
    if isinstance(owner, ast.ClassDef):
        inside = [n for n in owner.body if isinstance(n, ast.FunctionDef) and n.lineno <= guard.line <= n.end_lineno]  # type: ignore[operator]
    if inside:
        return _bits((guard.path, _first(n)) for n in inside)
    names = {n.id for n in ast.walk(owner) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}
    names |= {owner.name} if isinstance(owner, ast.ClassDef) else set()
    return _users(frozenset(names), guard.path)


def _first(node: ast.stmt) -> int:
    return min([node.lineno, *(d.lineno for d in getattr(node, "decorator_list", ()))])


def _users(names: frozenset[str], home: str) -> int | None:
    """The functions that have one of these names; None where a module has it outside of one."""
    found: list[tuple[str, int]] = []
    for path in sorted((ROOT / "kg").rglob("*.py")):
        source = path.read_text("utf-8")
        if not any(name in source for name in names):
            continue
        for node in ast.parse(source).body:
            used = {n.id for n in ast.walk(node) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Load)}
            used |= {n.attr for n in ast.walk(node) if isinstance(n, ast.Attribute)}
            if names & used:
                several = node.body if isinstance(node, ast.ClassDef) else [node]
                functions = [n for n in several if isinstance(n, ast.FunctionDef)]
                if not functions:
                    return None
                found += [(path.relative_to(ROOT).as_posix(), _first(n)) for n in functions]
    return _bits(found)


def _bits(places: Iterable[tuple[str, int]]) -> int:
    found = 0
    for place in places:
        found |= 1 << _numbers[place] if place in _numbers else 0
    return found


# ---------------------------------------------------------------- tests


class Watch:
    """A pytest plugin: which tests failed, how long each took, which functions it called.

    Leaves out those that watch a clock; with `chosen`, all but those.
    """

    def __init__(self, chosen: Sequence[str] | None = None) -> None:
        self.chosen = None if chosen is None else {name: n for n, name in enumerate(chosen)}
        self.failed: list[str] = []
        self.ran: dict[str, tuple[float, int]] = {}

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        if self.chosen is None:
            items[:] = [i for i in items if not any(word in i.name for word in CLOCKED)]
        else:
            order = self.chosen
            items[:] = sorted((i for i in items if i.nodeid in order), key=lambda i: order[i.nodeid])

    @pytest.hookimpl(hookwrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        touched()
        started = time.process_time()
        yield
        self.ran[item.nodeid] = time.process_time() - started, touched()

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


def chosen(room: str, concern: int | None) -> list[str]:
    """The tests of a room that a guard may concern, the quickest first, as many as there is time for."""
    own = {file.removeprefix(f"{ROOT}/") for file in files(room)}
    several = [(took, name, bits) for name, (took, bits) in known.tests.items() if name.partition("::")[0] in own]
    found, spent = [], 0.0
    for took, name, bits in sorted(several):
        joint = name.partition("::")[0].endswith(JOINT)
        if (concern is None or joint or bits & concern) and name not in known.broken and spent + took <= TIME:
            found.append(name)
            spent += took
    return found


# ---------------------------------------------------------------- memory

Key = tuple[Any, ...]


@dataclass(slots=True)
class Known:
    """What is known of the house unchanged: kept from one run to the next."""

    broken: list[str] = field(default_factory=list)
    tests: dict[str, tuple[float, int]] = field(default_factory=dict)
    """How long each test takes, and which functions it calls."""
    golden: dict[Any, tuple[Any, int]] = field(default_factory=dict)
    """What is found in each of the golden texts, and which functions find it."""
    numbers: dict[tuple[str, int], int] = field(default_factory=dict)
    rooms: list[str] = field(default_factory=list)
    asked: dict[Key, tuple[Any, int]] = field(default_factory=dict)


known = Known()
_parsed: dict[Key, Any] = {}
_seen: dict[Key, Any] = {}
"""What the encoder's graph gives for each of its inputs."""
_documents: dict[int, tuple[Any, Key]] = {}
"""The parses by their identity, each with what it is the parse of."""


def remember_parses() -> None:
    """Parse nothing twice, and let the encoder look at nothing twice."""
    from kg.text import document

    plain = document.parse

    def parse(article: Any, model: str | None = None) -> Any:
        key = (article, model or document.default_model())
        same = (replace(article, path=None), key[1])  # where a text was read from makes no other parse
        if same not in _parsed:
            _parsed[same] = plain(same[0], model)
        if key not in _parsed:
            _parsed[key] = replace(_parsed[same], article=article)
        _documents[id(_parsed[key])] = (_parsed[key], same)
        return _parsed[key]

    document.parse = parse
    runtime = importlib.import_module("onnxruntime").InferenceSession
    compute = runtime.run

    def run(session: Any, names: Any, fed: Any, *others: Any) -> Any:
        key = (*names, *(fed[name].tobytes() for name in sorted(fed)))
        if key not in _seen:
            _seen[key] = compute(session, names, fed, *others)
        return _seen[key]

    runtime.run = run


def kept(name: str, *parts: str) -> Path:
    """The file for what does not change as long as the given files do not."""
    digest = hashlib.sha256(sys.version.encode())
    for path in sorted(p for part in parts for p in ROOT.glob(part) if p.is_file()):
        digest.update(path.read_bytes())
    return Path(tempfile.gettempdir()) / f"kg-mutate-{os.getuid()}-{name}-{digest.hexdigest()[:16]}.pickle"


def recall(path: Path) -> Any:
    """What was kept in a file of one's own, or None."""
    return pickle.loads(path.read_bytes()) if path.exists() and path.stat().st_uid == os.getuid() else None


def remembering(name: str, function: Callable[..., Any], memory: dict[Key, tuple[Any, int]]) -> Callable[..., Any]:
    """The function, asked once for the same arguments; Documents are the same when they are parses of the same text."""
    # To tell records apart by their identity is quicker; they are held here, so that no other takes it.
    alike: dict[Key, tuple[Any, ...]] = {}

    @wraps(function)
    def asked(document: Any, *others: Any, **named: Any) -> Any:
        parse = _documents.get(id(document))
        if parse is None or parse[0] is not document:  # made by a test, and gone soon
            return function(document, *others, **named)
        same = (parse[1], *map(id, others), *((k, id(v)) for k, v in sorted(named.items())))
        if same in alike:
            *_, found, bits = alike[same]
            _remembered[0] |= bits
            return found
        key = (name, parse[1], *map(_lasting, others), *((k, _lasting(v)) for k, v in sorted(named.items())))
        if _hashable(key):
            if key not in memory:
                before = touched()
                found = function(document, *others, **named)
                memory[key] = found, touched()
                _remembered[0] = before
            found, bits = memory[key]
            _remembered[0] |= bits
            alike[same] = (others, named, found, bits)
            return found
        return function(document, *others, **named)

    return asked


_remembered = [0]
"""The functions that would have been called, had not memory answered."""


def touched() -> int:
    """The functions that were called since last asked, or would have been without memory."""
    found, _remembered[0] = _remembered[0] | called(), 0
    return found


def _hashable(key: Key) -> bool:
    if any(isinstance(one, FunctionType) for part in key for one in (part if isinstance(part, tuple) else (part,))):
        return False  # a test's own, which no file can keep
    try:
        return bool(hash(key)) or True
    except TypeError:
        return False


def _lasting(argument: Any) -> Any:
    """An argument by which memory can tell calls apart: encoder and glance are those of the document."""
    return type(argument).__name__ if type(argument).__name__ in ("Bench", "Glance") else argument


def remember_stages(changed: frozenset[str] | None = None) -> None:
    """Let the stages answer from memory, those in changed modules from one of their own."""
    for module, names in STAGES.items():
        for name in names:
            if changed is None or module in changed:
                home = importlib.import_module(module)
                memory = known.asked if changed is None else {}
                setattr(home, name, remembering(name, getattr(home, name), memory))
    bench = "kg.stages.attribution.reading_bench"
    if changed is None or bench in changed:
        home, looked = importlib.import_module(bench).Bench, {}
        plain = home.look

        def look(self: Any, document: Any) -> Any:
            if id(document) not in looked:
                _remembered[0] |= called()
                looked[id(document)] = document, plain(self, document), called()
            *_, found, bits = looked[id(document)]
            _remembered[0] |= bits
            return found

        home.look = look


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


def switched_off(guard: Guard, room: str) -> str | None:
    """The first test that fails without the guard; None if all pass."""
    dependants(_module_of(guard))  # learnt once, not in each child
    sending, receiving = os.pipe()[::-1]
    child = os.fork()
    if child == 0:
        try:
            os.close(receiving)
            told = _without(guard, room)
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


def _without(guard: Guard, room: str) -> str | None:
    """The same, in a process of its own."""
    silent = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silent, 1)
    os.dup2(silent, 2)
    path = ROOT / guard.path
    source = path.read_bytes()
    module = _module_of(guard)
    concern = concerned(guard)
    changed = dependants(module)
    tests = [name for name, m in sys.modules.items() if str(getattr(m, "__file__", None) or "").startswith(str(TESTS))]
    tests = [name for name in tests if name != "goldens"]  # it knows the texts, and is only asked for them
    for name in (*changed, *tests):
        if name != "__main__":
            sys.modules.pop(name, None)
    sys.meta_path.insert(0, Changed(module, path, source[: guard.start] + guard.new.encode() + source[guard.end :]))
    try:
        remember_stages(changed)
        if "kg.stages.rules" in changed and (differing := read_otherwise(room, concern)) is not None:
            return f"golden: {differing}"
    except Exception as error:
        return f"raises {type(error).__name__}"
    some = chosen(room, concern)
    signal.setitimer(signal.ITIMER_PROF, 10 * PATIENCE)
    failed = tested(sorted({name.partition("::")[0] for name in some}), Watch(some), "-x") if some else []
    return failed[0].rpartition("/")[2] if failed else None


def read_otherwise(room: str, concern: int | None) -> str | None:
    """The first of the golden texts that is not read as before by the whole pipeline."""
    goldens = importlib.import_module("goldens")
    rules = importlib.import_module("kg.stages.rules")
    document = importlib.import_module("kg.text.document")
    for article in golden_texts(room):
        before, bits = known.golden[article]
        if concern is None or bits & concern:
            signal.setitimer(signal.ITIMER_PROF, PATIENCE)
            found = rules.read_document(document.parse(article, goldens.SMALL))
            if _records(found) != _records(before) and goldens.kept(article, found) != goldens.kept(article, before):
                return str(article.path)
    return None


def golden_texts(room: str) -> Iterable[Any]:
    """The texts of the golden files but those that the grammar alone reads: a room's cases first, then what is short."""
    goldens = importlib.import_module("goldens")
    whole = [a for several in goldens.articles().values() for a in several]
    own = [a for a in goldens.sentences() if a.path.startswith(f"{KINDRED.get(room, room)}/")]
    return dict.fromkeys((*own, *goldens.sentences(), *sorted(whole, key=lambda a: len(a.text))))


def _records(found: Any) -> tuple[Any, ...]:
    kinds = importlib.import_module("goldens").KINDS
    return tuple(getattr(found, kind) for kind in kinds)


def run(sample: dict[str, list[Guard]], told: Path | None) -> int:
    """Try every guard that is not among those told already; report; 1 if under 85 of a hundred were caught."""
    os.chdir(ROOT)
    os.environ["OMP_NUM_THREADS"] = "1"
    remember_parses()
    started = time.process_time()
    learn_texts()
    print(f"golden texts are known ({time.process_time() - started:.0f} s)", flush=True)
    noticed = noticed_by_grammar(sample)
    print(f"{len(noticed)} are noticed by the grammar alone ({sum(os.times()[:4]) - started:.0f} s)", flush=True)
    before = told.read_text("utf-8").splitlines() if told and told.exists() else []
    results = {line[13:].partition("  ")[0]: line for line in before}
    caught: Counter[str] = Counter()
    for room, several in sample.items():
        learn_tests(room)
        gc.freeze()  # what is in memory stays: no child needs to look through it
        for guard in several:
            line = results.get(str(guard))
            if line is None:
                started = sum(os.times()[:4])
                seen = noticed.get((guard.path, guard.start, guard.end, guard.new))
                failed = f"golden: {seen}" if seen else switched_off(guard, room)
                line = f"{'caught  ' if failed else 'SURVIVED'} {sum(os.times()[:4]) - started:3.0f} {guard}  {failed or ''}"
                print(line, flush=True)
                if told:
                    with told.open("a", encoding="utf-8") as out:
                        out.write(f"{line}\n")
            results[str(guard)] = line
            caught[room] += line.startswith("caught")
    lines = [results[str(guard)] for several in sample.values() for guard in several]
    total, right = len(lines), sum(caught.values())
    for room, several in sample.items():
        print(f"{room:12} {caught[room]:3} of {len(several):3}")
    share = right / total if total else 1.0
    print(
        f"{'all':12} {right:3} of {total:3} = {share:.1%}, {sum('  golden' in s for s in lines)} seen in the golden files"
    )
    return int(share < 0.85)


def learn_texts() -> None:
    """Learn what is found in golden texts and what that calls; kept in files for the next run."""
    goldens = importlib.import_module("goldens")
    rules = importlib.import_module("kg.stages.rules")
    document = importlib.import_module("kg.text.document")
    for path, memory in zip(memories(), (_parsed, _seen, {}), strict=True):
        memory.update(recall(path) or {})
        for name in {f.name for f in fields(known)} & {*memory}:
            setattr(known, name, memory[name])
    _numbers.update(known.numbers)
    known.numbers = _numbers
    remember_stages()
    for n, article in enumerate(golden_texts(""), 1):
        if article not in known.golden:
            with traced():
                found = rules.read_document(document.parse(article, goldens.SMALL))
            known.golden[article] = found, touched()
            if n % 500 == 0:
                keep()
        else:
            rules.readers().bench.look(document.parse(article, goldens.SMALL))


def noticed_by_grammar(sample: dict[str, list[Guard]]) -> dict[tuple[str, int, int, str], str]:
    """The guards that a golden text read by the grammar alone notices, each with it; learnt in a process of its own."""
    sending, receiving = os.pipe()[::-1]
    child = os.fork()
    if child == 0:
        os.close(receiving)
        switched = importlib.import_module("switched")
        told = switched.noticing([switched.key(guard) for several in sample.values() for guard in several])
        with os.fdopen(sending, "wb") as pipe:
            pickle.dump(told, pipe)
        os._exit(0)
    os.close(sending)
    with os.fdopen(receiving, "rb") as pipe:
        found: dict[tuple[str, int, int, str], str] = pickle.load(pipe)
    os.waitpid(child, 0)
    return found


def learn_tests(room: str) -> None:
    """Learn which tests of a room fail, how long each takes and what it calls; kept in files for the next run."""
    state = f"{room} {kept('', 'data/gold/*', 'tests/test_*.py', 'tests/gold.py').stem}"
    if state in known.rooms:
        return
    silent, out = os.open(os.devnull, os.O_WRONLY), os.dup(1)
    os.dup2(silent, 1)
    watch = Watch()
    with traced():
        known.broken += tested(files(room), watch)
    os.dup2(out, 1)
    known.tests.update(watch.ran)
    known.rooms.append(state)
    keep()
    took = sum(took for took, _ in watch.ran.values())
    print(f"{room}: {len(watch.ran)} tests in {took:.0f} s, of which fail {known.broken or 'none'}", flush=True)


def memories() -> tuple[Path, Path, Path]:
    """Where parses, the encoder's looks and all else that is known are kept."""
    return (
        kept("parses", "kg/text/*.py"),
        kept("looks", "data/models/reader.*"),
        kept("answers", "kg/**/*.py", "data/*.*", "data/[!g]*/**/*", "data/gazetteer/*", "tests/gold*.py"),
    )


def keep() -> None:
    """Write down what is known."""
    for path, memory in zip(
        memories(), (_parsed, _seen, {f.name: getattr(known, f.name) for f in fields(known)}), strict=True
    ):
        path.write_bytes(pickle.dumps(memory))


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--number", type=int, default=200)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--room", action="append", choices=list(ROOMS), help="these only")
    options.add_argument("--without", action="append", default=[], choices=list(ROOMS), help="all but these")
    options.add_argument("--at", action="append", help="the guards of a line, as file:line")
    options.add_argument("--kept", type=Path, help="file that results are written to; those in it are not tried again")
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
    return run(sample, asked.kept)


if __name__ == "__main__":
    sys.exit(main())
