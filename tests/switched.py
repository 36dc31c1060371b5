"""Every guard compiled in, to be switched off without importing anew: which of them does any golden text notice?

    python tests/switched.py              the share of each room that the golden texts read by the grammar alone notice
    python tests/switched.py --silent     and the guards that none of them notices, by file and line
    python tests/switched.py --texts DIR  those instead that decide in no golden text and in none of a folder's

The guards are those of `mutate.py`, less what is made when a module is imported: tables, and numbers outside of
functions. In a text, those that decide are tried first to last: a guard decides if, dropped, its condition would have
come out otherwise, which is found while the text is read as ever. Then the text is read again with it off, and it is
noticed if the lines of the golden file differ. A guard that decides in `MOST` texts, the shortest first, and is noticed in none
is given up. Tests other than the golden ones are `mutate.py`'s business, which takes 2 seconds a guard; this takes 0.03.
"""

from __future__ import annotations

import argparse
import ast
import importlib
import importlib.abc
import importlib.machinery
import importlib.util
import signal
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

import mutate
from mutate import ROOMS, ROOT, Guard

MOST = 20
"""Texts in which a guard decides and is not noticed, after which it is given up."""

GRAMMAR = {room: folder for room, (folder, _) in ROOMS.items() if room != "identity"}
"""The rooms that read a text."""

GUARDS: list[Guard] = []
"""Each way to switch a guard off; its number is its place."""

INSIDE: set[int] = set()
"""Those of a function, which alone can be switched off."""

_off = [-1]
"""The guard that is off, if any."""

_aside = [False]
"""Whether what is computed just now is only to see whether it would differ."""

_decided: set[int] = set()
noticed: dict[int, str] = {}
"""The guards that some text notices, each with the text."""

_tried: dict[int, int] = defaultdict(int)

_settled: set[int] = set()
"""The guards of which nothing more is asked; they are not compiled in."""

BROKEN = (
    ArithmeticError, AssertionError, AttributeError, LookupError, NameError, RuntimeError, StopIteration, TypeError,
    ValueError,
)  # fmt: skip
"""What reading may raise with a guard off: as much a sign that the guard is missed as another answer."""


def _is_open(guard: int) -> bool:
    return guard not in noticed and guard not in _decided and _tried[guard] < MOST


# ---------------------------------------------------------------- what stands in place of a guard


def _condition(guards: tuple[int, ...], value: Any) -> Any:
    """A test; its first guard holds it for false, the last one for true."""
    if _off[0] in guards:
        return _off[0] == guards[-1]
    if not _aside[0] and _off[0] < 0:
        if not value:
            _decided.add(guards[-1])
        elif len(guards) > 1:
            _decided.add(guards[0])
    return value


def _bound(guard: int, joins: bool, value: Any) -> Any:
    """An operand beside one that gives something a name; `joins` is true in an "and"."""
    if _off[0] == guard:
        return joins
    if not _aside[0] and _off[0] < 0 and bool(value) != joins:
        _decided.add(guard)
    return value


def _number(guard: int, value: Any) -> Any:
    if _off[0] == guard:
        return type(value)(0)
    if not _aside[0] and _off[0] < 0:
        _decided.add(guard)
    return value


def _member(guards: tuple[int, ...], absent: bool, value: Any, listed: tuple[Any, ...]) -> bool:
    """Whether a value is in a tuple, or is not; each guard drops an entry, or one the whole."""
    by_entry = len(guards) == len(listed) > 1
    if _off[0] in guards:
        n = guards.index(_off[0])
        return (value in (listed[:n] + listed[n + 1 :] if by_entry else ())) != absent
    if not _aside[0] and _off[0] < 0 and value in listed:
        _decided.add(guards[listed.index(value)] if by_entry else guards[0])
    return (value in listed) != absent


def _operands(guards: dict[int, int], joins: bool, *operands: Callable[[], Any]) -> Any:
    """An "and", if `joins`, or an "or", with the guard of each operand."""
    dropped = next((n for n, guard in guards.items() if guard == _off[0]), None)
    values: list[Any] = []
    for n, operand in enumerate(operands):
        if n != dropped:
            values.append(operand())
            if bool(values[-1]) != joins:
                break
    value = values[-1] if values else joins
    last = len(values) - 1
    if _off[0] < 0 and not _aside[0] and bool(value) != joins and last in guards and _is_open(guards[last]):
        _aside[0] = True
        try:
            rest = next((v for o in operands[last + 1 :] if bool(v := o()) != joins), joins)
            differs = bool(rest) != bool(value) or not (joins or isinstance(value, bool) or rest == value)
        except BROKEN:  # the operand keeps the next ones from what they cannot ask
            differs = True
        finally:
            _aside[0] = False
        if differs:
            _decided.add(guards[last])
    return value


CALLED = {f"_switched{f.__name__}": f for f in (_condition, _bound, _number, _member, _operands)}


# ---------------------------------------------------------------- compiling


class _Compiled(ast.NodeTransformer):
    """A module with a call in place of each of its guards; `sites` has the numbers of a node's guards."""

    def __init__(self, sites: dict[Any, Any]) -> None:
        self.sites = sites

    def visit_MatchValue(self, node: ast.MatchValue) -> ast.MatchValue:
        return node

    def visit_If(self, node: Any) -> Any:
        self.generic_visit(node)
        if id(node) in self.sites:
            node.test = _call(_condition, ast.Constant(self.sites[id(node)]), node.test)
        return node

    visit_IfExp = visit_If

    def visit_comprehension(self, node: ast.comprehension) -> ast.comprehension:
        self.generic_visit(node)
        node.ifs = [
            _call(_condition, ast.Constant(self.sites[id(node), n]), test) if (id(node), n) in self.sites else test
            for n, test in enumerate(node.ifs)
        ]
        return node

    def visit_BoolOp(self, node: ast.BoolOp) -> ast.expr:
        names = any(isinstance(n, ast.NamedExpr | ast.Yield) for n in ast.walk(node))
        self.generic_visit(node)
        guards = self.sites.get(id(node), {})
        joins = ast.Constant(isinstance(node.op, ast.And))
        if names:
            node.values = [
                _call(_bound, ast.Constant(guards[n]), joins, value) if n in guards else value
                for n, value in enumerate(node.values)
            ]
            return node
        nothing = ast.arguments(posonlyargs=[], args=[], kwonlyargs=[], kw_defaults=[], defaults=[])
        table = ast.Dict([ast.Constant(n) for n in guards], [ast.Constant(g) for g in guards.values()])
        return (
            _call(_operands, table, joins, *(ast.Lambda(nothing, value) for value in node.values)) if guards else node
        )

    def visit_Compare(self, node: ast.Compare) -> ast.expr:
        self.generic_visit(node)
        if id(node) not in self.sites:
            return node
        absent = ast.Constant(isinstance(node.ops[0], ast.NotIn))
        return _call(_member, ast.Constant(self.sites[id(node)]), absent, node.left, node.comparators[0])

    def visit_Constant(self, node: ast.Constant) -> ast.expr:
        return _call(_number, ast.Constant(self.sites[id(node)][0]), node) if id(node) in self.sites else node


def _call(function: Callable[..., Any], *arguments: ast.expr) -> ast.Call:
    return ast.Call(ast.Name(f"_switched{function.__name__}", ast.Load()), list(arguments), [])


def compiled(path: Path) -> ast.Module:
    """A file with its guards compiled in, each numbered by its place in `GUARDS`."""
    tree = ast.parse(path.read_bytes())
    sites: dict[Any, Any] = {}
    several = mutate.guards(path)
    functions = [n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef | ast.Lambda)]
    inside = {id(part) for function in functions for part in ast.walk(function)}

    def numbers() -> tuple[int, ...]:
        ways = next(several)
        GUARDS.extend(ways)
        found = tuple(range(len(GUARDS) - len(ways), len(GUARDS)))
        INSIDE.update(found if id(node) in inside else ())
        return found

    # in the order of `mutate.guards`, which these cases must go with
    for node in mutate._visible(tree):
        match node:
            case ast.If(test=test) | ast.IfExp(test=test) if "TYPE_CHECKING" not in ast.unparse(test):
                sites[id(node)] = numbers()
            case ast.comprehension(ifs=tests):
                sites.update({(id(node), n): numbers() for n in range(len(tests))})
            case ast.BoolOp(values=values):
                named = [any(isinstance(n, ast.NamedExpr) for n in ast.walk(value)) for value in values]
                sites[id(node)] = {n: numbers()[0] for n in range(len(values)) if not named[n]}
            case ast.Set():
                INSIDE.difference_update(numbers())
            case ast.Dict(keys=keys) if keys and all(keys):
                INSIDE.difference_update(numbers())
            case ast.Compare(ops=[ast.In() | ast.NotIn()], comparators=[ast.Tuple(elts=entries)]) if entries:
                sites[id(node)] = numbers()
            case ast.Call(func=ast.Attribute(value=ast.Constant(value=str()), attr="split"), args=[]):
                INSIDE.difference_update(numbers())
            case ast.Constant(value=int() | float() as number) if not isinstance(number, bool) and abs(number) not in (
                0,
                1,
            ):
                sites[id(node)] = numbers()
    assert next(several, None) is None, f"{path}: guards are told apart here otherwise than by mutate.py"
    asked = {place: left for place, guards in sites.items() if (left := _left(guards))}
    return ast.fix_missing_locations(_Compiled(asked).visit(tree))


def _left(guards: Any) -> Any:
    """The guards of a place that are not settled, all of a test where one is not."""
    if isinstance(guards, dict):
        return {n: guard for n, guard in guards.items() if guard not in _settled}
    return () if _settled.issuperset(guards) else guards


class _Loader(importlib.machinery.SourceFileLoader):
    def get_code(self, fullname: str) -> Any:
        return compile(compiled(Path(self.path)), self.path, "exec", dont_inherit=True)

    def exec_module(self, module: ModuleType) -> None:
        vars(module).update(CALLED)
        super().exec_module(module)


class _Finder(importlib.abc.MetaPathFinder):
    def find_spec(self, name: str, path: Any, target: Any = None) -> importlib.machinery.ModuleSpec | None:
        found = importlib.machinery.PathFinder.find_spec(name, path, target)
        origin = str(found and found.origin)
        if not origin.endswith(".py") or not any(origin.startswith(f"{ROOT}/{folder}/") for folder in GRAMMAR.values()):
            return None
        inside = [str(Path(origin).parent)] if origin.endswith("__init__.py") else None
        return importlib.util.spec_from_file_location(
            name, origin, loader=_Loader(name, origin), submodule_search_locations=inside
        )


# ---------------------------------------------------------------- a text at a time


class Reader:
    """Reads texts with the guards compiled in; make one before any stage is imported."""

    def __init__(self) -> None:
        for name in [name for name in sys.modules if name.startswith(("kg.stages", "kg.language", "goldens"))]:
            del sys.modules[name]
        GUARDS.clear()
        INSIDE.clear()
        sys.meta_path[:] = [_Finder(), *(finder for finder in sys.meta_path if not isinstance(finder, _Finder))]
        for folder in GRAMMAR.values():
            for path in sorted((ROOT / folder).rglob("*.py")):
                module = path.relative_to(ROOT).with_suffix("").as_posix().replace("/", ".")
                importlib.import_module(module.removesuffix(".__init__"))
        self.rules = importlib.import_module("kg.stages.rules")
        self.goldens = importlib.import_module("goldens")
        self.parse = importlib.import_module("kg.text.document").parse
        self.fast = self.rules.readers(fast=True)
        signal.signal(signal.SIGPROF, _endless)

    def decides(self, articles: Iterable[Any]) -> set[int]:
        """The guards that decide where articles are read, those that did before among them."""
        for article in articles:
            self.rules.read_document(self.parse(article, self.goldens.SMALL), reading=self.fast)
        return set(_decided)

    def notices(self, article: Any, kinds: Sequence[str]) -> list[int]:
        """The guards that this text is the first to notice, by what is found of these kinds."""
        document = self.parse(article, self.goldens.SMALL)
        _decided.clear()
        before = self.rules.read_document(document, reading=self.fast)
        candidates = [guard for guard in _decided if guard not in noticed and _tried[guard] < MOST]
        found: list[int] = []
        for guard in candidates:
            if self.same(before, self.without(guard, document), kinds):
                _tried[guard] += 1
            else:
                noticed[guard] = str(article.path)
                found.append(guard)
        return found

    def without(self, guard: int, document: Any) -> Any:
        """What is found with a guard off; None if reading breaks or does not end."""
        _off[0] = guard
        signal.setitimer(signal.ITIMER_PROF, 3 + len(document.text) / 2000)
        try:
            return self.rules.read_document(document, reading=self.fast)
        except (*BROKEN, TimeoutError):
            return None
        finally:
            _off[0] = -1
            signal.setitimer(signal.ITIMER_PROF, 0)

    def same(self, before: Any, after: Any, kinds: Sequence[str]) -> bool:
        """Whether a golden file would hold the same lines for both; no file holds what cannot be written."""
        try:
            return after is not None and (
                all(getattr(before, kind) == getattr(after, kind) for kind in kinds)
                or self.told(before, kinds) == self.told(after, kinds)
            )
        except BROKEN:
            return False

    def told(self, extraction: Any, kinds: Sequence[str]) -> list[str]:
        """The lines of a golden file for records of these kinds."""
        heads = tuple(f'{{"is": "{kind}"' for kind in kinds)
        return [line for line in self.goldens.lines(extraction) if line.startswith(heads)]

    def texts(self) -> list[tuple[Any, Sequence[str]]]:
        """The golden texts, the shortest first, each with the kinds of records that a golden file keeps of it."""
        kinds, whole = self.goldens.KINDS, {a for several in self.goldens.articles().values() for a in several}
        found: list[tuple[Any, Sequence[str]]] = []
        for article in self.goldens.read_fast():
            if article in whole or article in self.goldens.reports():
                found.append((article, kinds))
            else:
                found.append((article, kinds[:-1] if article in self.goldens.sentences() else ("attributions",)))
        return sorted(found, key=lambda pair: len(pair[0].text))


def _endless(*_: object) -> None:
    raise TimeoutError


def shares() -> dict[str, tuple[float, int]]:
    """How many guards of each room are noticed, each by the share of its ways that are, and of how many."""
    ways: dict[tuple[str, Any], list[bool]] = defaultdict(list)
    for n, guard in enumerate(GUARDS):
        room = next(room for room, folder in GRAMMAR.items() if guard.path.startswith(f"{folder}/"))
        if n in INSIDE:
            ways[room, (guard.path, guard.start, guard.end, guard.old, guard.kind)].append(n in noticed)
    found = {}
    for room in GRAMMAR:
        several = [sum(w) / len(w) for (one, _), w in ways.items() if one == room]
        found[room] = sum(several), len(several)
    return found


def silent() -> Iterable[Guard]:
    """The guards that no text has noticed."""
    return (guard for n, guard in enumerate(GUARDS) if n in INSIDE and n not in noticed)


def idle(folder: Path) -> Iterator[Guard]:
    """The guards that decide in no golden text and in none of a folder's; what a part settles is asked no more."""
    golden = [article for article, _ in Reader().texts()]
    texts = [type(golden[0])(path.read_text("utf-8")) for path in sorted(folder.rglob("*.txt"))]
    for part in (golden[::10], golden, texts):
        _settled.update(Reader().decides(part))
    return (guard for n, guard in enumerate(GUARDS) if n in INSIDE and n not in _settled)


Key = tuple[str, int, int, str]
"""A guard by its file, its bytes and what stands there when it is off."""


def key(guard: Any) -> Key:
    return guard.path, guard.start, guard.end, guard.new


def noticing(several: Iterable[Key]) -> dict[Key, str]:
    """The first of the golden texts that notices each of some guards, if one does."""
    reader, wanted = Reader(), set(several)
    numbers = {n for n, guard in enumerate(GUARDS) if n in INSIDE and key(guard) in wanted}
    noticed.update((n, "not asked") for n in range(len(GUARDS)) if n not in numbers)
    for article, kinds in reader.texts():
        reader.notices(article, kinds)
    return {key(GUARDS[n]): noticed[n] for n in numbers if n in noticed}


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--silent", action="store_true", help="list the guards that no text notices")
    options.add_argument("--texts", type=Path, help="list those that decide in no text, these among them")
    asked = options.parse_args()
    if asked.texts:
        print(*idle(asked.texts), sep="\n")
        return
    reader = Reader()
    for article, kinds in reader.texts():
        reader.notices(article, kinds)
    if asked.silent:
        print(*silent(), sep="\n")
    found = shares()
    found["all"] = sum(n for n, _ in found.values()), sum(of for _, of in found.values())
    for room, (n, of) in found.items():
        print(f"{room:12} {n:5.0f} of {of:5} = {n / of:.1%}")


if __name__ == "__main__":
    main()
