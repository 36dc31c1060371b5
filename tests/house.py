"""How the house stands, counted: `python tests/house.py` prints a line a measure.

Functions count one decision point for each branch, loop, handler, condition of
a comprehension and `match` case, and one for each further operand of `and` or
`or`. A word list is a literal of four words or more: in a set, list or tuple of
strings, the keys of a dict, or a text that is split. Words of English among them
are the lists of which more than half are words in small letters that are neither
labels of a parse nor called so anywhere in the code, as fields and functions are. Words of an article's
parse are those that are its labels (`nsubj`) and tags (`NNP`).
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BRANCHES = (ast.If, ast.IfExp, ast.For, ast.AsyncFor, ast.While, ast.ExceptHandler, ast.match_case, ast.Assert)
LEAST = 4
"""Words from which a literal is a list of words."""


def decisions(function: ast.AST) -> int:
    """The decision points of a function, those of functions inside it included."""
    n = 0
    for node in ast.walk(function):
        n += isinstance(node, BRANCHES)
        n += len(node.values) - 1 if isinstance(node, ast.BoolOp) else 0
        n += len(node.ifs) if isinstance(node, ast.comprehension) else 0
    return n


def _texts(node: ast.expr) -> list[str]:
    if isinstance(node, ast.Set | ast.List | ast.Tuple):
        values: list[ast.expr] = node.elts
    elif isinstance(node, ast.Dict):
        values = [key for key in node.keys if key is not None]
    else:
        return []
    return [v.value for v in values if isinstance(v, ast.Constant) and isinstance(v.value, str)]


LABELS = frozenset(
    "acl acomp advcl advmod agent amod appos attr aux auxpass cc ccomp compound conj csubj csubjpass dative det dobj "
    "expl mark neg nmod npadvmod nsubj nsubjpass nummod oprd parataxis pcomp pobj poss prep prt punct relcl xcomp".split()
)


TAGS = re.compile(r"(?:[A-Z]{2,5}|(?:PRP|WP)\$)\Z")
"""Parts of speech, Penn's tags and types of names are printed in capitals."""


def of_a_parse(word: str) -> bool:
    """Whether a word is a label or a tag of a parse."""
    return word in LABELS or bool(TAGS.match(word))


def kinds_of_lines(source: str, tree: ast.AST) -> tuple[int, int, int]:
    """How many lines of a module are docstrings, how many are blank outside of them, and how many are left."""
    told: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
            told.update(range(node.lineno, (node.end_lineno or node.lineno) + 1))
    lines = source.splitlines()
    blank = sum(not line.strip() for n, line in enumerate(lines, 1) if n not in told)
    return len(told), blank, len(lines) - len(told) - blank


def lines_of(*patterns: str) -> int:
    """The lines of all files under the root that a pattern names."""
    paths = {path for pattern in patterns for path in ROOT.glob(pattern) if path.is_file()}
    return sum(len(path.read_text("utf-8").splitlines()) for path in paths)


def word_lists(tree: ast.AST) -> Iterator[list[str]]:
    """The words of each literal that lists words."""
    for node in ast.walk(tree):
        words: list[str] = []
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "split":
            if isinstance(node.func.value, ast.Constant) and isinstance(node.func.value.value, str):
                words = node.func.value.value.split()
        elif isinstance(node, ast.expr):
            words = _texts(node)
        words = [w for w in words if re.search(r"[A-Za-z]{2}", w)]
        if len(words) >= LEAST:
            yield words


def identifiers(tree: ast.AST) -> Iterator[str]:
    """What fields, functions and arguments are called."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute):
            yield node.attr
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            yield node.target.id
        elif isinstance(node, ast.FunctionDef | ast.ClassDef):
            yield node.name
        elif isinstance(node, ast.keyword) and node.arg:
            yield node.arg


def is_english(words: list[str], called: set[str]) -> bool:
    """Whether a list is one of words of the language rather than of labels, fields, formats or tags."""
    small = [w for w in words if re.fullmatch(r"[a-z][a-z'’ -]*", w) and w not in LABELS]
    return 2 * len(small) > len(words) and 2 * sum(w in called for w in words) < len(words)


def _documented(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    return ">>>" in (ast.get_docstring(function) or "")


def prose(page: str) -> int:
    """The words of a page that are read as sentences: those of neither a block of code nor the row of a table."""
    text = re.sub(r"^```.*?^```$", "", page, flags=re.MULTILINE | re.DOTALL)
    return sum(len(line.split()) for line in text.splitlines() if not line.startswith("|"))


def measures() -> dict[str, str]:
    """Each measure by name, as it is printed."""
    paths = sorted((ROOT / "kg").rglob("*.py"))
    trees = {path: ast.parse(path.read_text("utf-8")) for path in paths}
    functions = [
        (path, node)
        for path, tree in trees.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]
    counts = {(path, node.lineno): decisions(node) for path, node in functions}
    (worst_path, worst_line), worst = max(counts.items(), key=lambda pair: pair[1])
    over = sum(n > 10 for n in counts.values())
    lists = [words for tree in trees.values() for words in word_lists(tree)]
    called = {name for tree in trees.values() for name in identifiers(tree)}
    english = [words for words in lists if is_english(words, called)]
    public = [node for _, tree in trees.items() for node in tree.body if isinstance(node, ast.FunctionDef)]
    public = [node for node in public if not node.name.startswith("_")]
    shown = sum(map(_documented, public))
    kinds = [kinds_of_lines(path.read_text("utf-8"), tree) for path, tree in trees.items()]
    docs, blank, code = map(sum, zip(*kinds, strict=True))
    parse = sum(of_a_parse(word) for words in lists for word in words)
    readme = (ROOT / "README.md").read_text("utf-8")
    return {
        "modules flat in the package": str(len(list((ROOT / "kg").glob("*.py")))),
        "files": str(len(paths)),
        "lines": f"{sum(map(sum, kinds)):,}: {docs:,} of docstrings, {blank:,} blank, {code:,} others",
        "lines of script and style; of templates; of questions": "; ".join(
            f"{lines_of(*patterns) - vendored:,}"
            for patterns, vendored in (
                (("kg/**/*.js", "kg/**/*.css"), lines_of("kg/**/yasgui/*.js", "kg/**/yasgui/*.css")),
                (("kg/**/*.j2",), 0),
                (("kg/**/*.rq",), 0),
            )
        ),
        "lines of others' script": f"{lines_of('kg/**/yasgui/*.js', 'kg/**/yasgui/*.css'):,}",
        "rows of tables": f"{lines_of('data/**/*.tsv'):,}",
        "functions over 10 decision points": f"{over} of {len(counts)} ({100 * over / len(counts):.1f} %)",
        "the most decision points": f"{worst} ({worst_path.relative_to(ROOT)}:{worst_line})",
        "word lists in code": f"{len(lists)} with {sum(map(len, lists)):,} words",
        "words of a parse among them": f"{parse:,}",
        "words of English among them": f"{sum(map(len, english)):,} in {len(english)} lists",
        "public functions with a run example": f"{shown} of {len(public)} ({100 * shown / len(public):.1f} %)",
        "words in README": f"{len(readme.split()):,}, of which prose {prose(readme)}",
    }


if __name__ == "__main__":
    for name, value in measures().items():
        print(f"{name:54} {value}")
