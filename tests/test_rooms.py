"""The house: rooms import only from rooms below them, nothing in a circle, every name once."""

import ast
from collections import Counter, defaultdict
from pathlib import Path

import networkx as nx
import pytest

KG = Path(__file__).resolve().parents[1] / "kg"

ROOMS = (
    "errors", "resources", "text", "records", "language", "reading", "stages", "rdf", "store", "query", "review",
    "comparison", "identity", "export", "view", "build", "serve", "training", "eval", "cli", "__main__",
)  # fmt: skip
"""From the ground up: a room imports from itself and from those before it. `kg/__init__.py` is the door to all."""

MODULES = {
    ".".join(("kg", *p.relative_to(KG).with_suffix("").parts)).removesuffix(".__init__"): p
    for p in sorted(KG.rglob("*.py"))
}


def _room(module: str) -> str:
    return module.split(".")[1]


def _module(name: str) -> str:
    """The module that a dotted name is in, or is."""
    while name not in MODULES:
        name = name.rpartition(".")[0]
    return name


def _imported(module: str) -> set[str]:
    """All modules of ours that a module imports, at its head, inside functions and for types alone."""
    path, found = MODULES[module], set()
    package = module if path.name == "__init__.py" else module.rpartition(".")[0]
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {_module(a.name) for a in node.names if a.name.split(".")[0] == "kg"}
        elif isinstance(node, ast.ImportFrom):
            base = package.rsplit(".", node.level - 1)[0] if node.level else ""
            whole = ".".join(filter(None, (base, node.module or "")))
            if whole.split(".")[0] == "kg":
                found |= {_module(f"{whole}.{a.name}") for a in node.names}
    return found - {module}


IMPORTS = {module: _imported(module) for module in MODULES}


def test_at_most_three_modules_lie_flat() -> None:
    """Beside `__main__`, which nobody imports: it is what `python -m kg` runs."""
    flat = {p.stem for p in KG.glob("*.py")}
    assert flat == {"__init__", "__main__", "errors", "resources"}
    assert {p.name for p in KG.iterdir() if p.is_dir() and p.name != "__pycache__"} | flat - {"__init__"} == {*ROOMS}


def test_imports_go_down_only() -> None:
    up = [
        f"{module} imports {other}"
        for module, others in IMPORTS.items()
        for other in sorted(others)
        if module != "kg" and (other == "kg" or ROOMS.index(_room(other)) > ROOMS.index(_room(module)))
    ]
    assert len(IMPORTS) > 150 and not up


def test_no_module_imports_in_a_circle() -> None:
    graph = nx.DiGraph([(a, b) for a, others in IMPORTS.items() if a != "kg" for b in others])
    assert [sorted(c) for c in nx.strongly_connected_components(graph) if len(c) > 1] == []


def test_modules_and_classes_are_called_each_by_a_name_of_its_own() -> None:
    names = Counter(p.stem for p in MODULES.values() if not p.stem.startswith("__"))
    assert [name for name, n in names.items() if n > 1] == []
    classes: dict[str, list[str]] = defaultdict(list)
    for module, path in MODULES.items():
        for node in ast.parse(path.read_text("utf-8")).body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                classes[node.name].append(module)
    assert {name: where for name, where in classes.items() if len(where) > 1} == {}


@pytest.mark.parametrize("module", [m for m, p in MODULES.items() if p.name == "__init__.py"])
def test_no_record_lives_in_an_init(module: str) -> None:
    tree = ast.parse(MODULES[module].read_text("utf-8"))
    assert [node.name for node in tree.body if isinstance(node, ast.ClassDef)] == []
