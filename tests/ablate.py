"""What each function of the rules earns: switches off one at a time and scores data that is not shipped.

usage: ablate.py EVAL CASES [--room figures ...] [--only PATTERN] [--least 0.1]

EVAL holds `newsmix`, `newsquant`, `gum` and `timex`, CASES the handed cases (copies are in the project's shared data).
A function that may find nothing (a bool, something or None, a collection) finds nothing, or says yes; one that returns
what it was given changes nothing. Printed are the scores that moved, in points of F1, and the cases that turned; a line
without either is a function that earns nothing. Parses are kept in the temporary folder: what is scored anew are the
stages of a room and those after it. `mutate.py` asks whether a test would notice; this asks whether anybody should.
"""

from __future__ import annotations

import argparse
import gc
import hashlib
import importlib
import inspect
import json
import os
import pickle
import sys
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from types import FunctionType
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests"), str(ROOT / "tests" / "benchmarks")]

import cases as handed  # noqa: E402
import newsquant  # noqa: E402

from kg import read  # noqa: E402
from kg.eval.score import gold_articles, score  # noqa: E402
from kg.records.extraction import Extraction  # noqa: E402
from kg.records.standoff import standoff  # noqa: E402
from kg.stages.attribution import find_attributions  # noqa: E402
from kg.stages.attribution.sources import resolve_sources  # noqa: E402
from kg.stages.entities import find_entities  # noqa: E402
from kg.stages.entities.mentions import find_mentions  # noqa: E402
from kg.stages.events import find_events  # noqa: E402
from kg.stages.figures import find_figures  # noqa: E402
from kg.stages.roles import find_roles  # noqa: E402
from kg.stages.rules import readers  # noqa: E402
from kg.stages.times import find_times  # noqa: E402
from kg.text.article import Article  # noqa: E402
from kg.text.document import Document, parse  # noqa: E402

LEFT_OUT = ("attribution", "reference")
SCORED = {
    "figures": ("newsmix", "newsquant", "cases"),
    "roles": ("newsmix", "cases"),
    "times": ("wikiwars", "newsmix", "cases"),
    "events": ("cases",),
    "entities": ("names", "newsmix", "cases"),
}
"""The data that a room is scored on."""


class Scorer:
    """Parses of all data, what earlier stages found in them, and the scores of what is found now."""

    def __init__(self, evaluation: Path, folder: Path) -> None:
        self.evaluation = evaluation
        sys.path[:0] = [str(evaluation / part) for part in ("newsquant", "gum", "timex")]
        self.quantity, self.gum, self.timex = map(
            importlib.import_module, ("score_quantities", "evalgum", "score_timex")
        )
        self.newsmix = gold_articles(evaluation / "newsmix")
        self.sentences = json.loads((evaluation / "newsquant" / "dev.json").read_text("utf-8"))
        given = argparse.Namespace(gum=str(evaluation / "gum" / "dep_train"), split="folder")
        self.gum_docs = list(self.gum.docs(given))
        self.wars = {p.stem: self.timex.read_tml(p) for p in sorted((evaluation / "timex" / "wikiwars").glob("*.tml"))}
        self.wanted = [
                json.loads(line)
                for line in Path(handed.__file__).with_name("cases.jsonl").read_text("utf-8").splitlines()
            ]  # fmt: skip
        texts = {
            row["id"]: row.get("text") or row.get("input", "")
            for name in ("readings.jsonl", "reports.jsonl")
            for row in map(json.loads, (folder / name).read_text("utf-8").splitlines())
        }
        self.case_articles = [
            Article(
                handed._DATED.sub("", texts[w["id"]]),
                published=date.fromisoformat(w["published"]) if "published" in w else None,
            )
            for w in self.wanted
        ]
        self.parsed: dict[str, Document] = {}
        self.before: dict[int, Any] = {}

    def document(self, key: str, article: Article) -> Document:
        if key not in self.parsed:
            self.parsed[key] = parse(article)
        return self.parsed[key]

    def prepare(self, path: Path) -> None:
        """Parse everything, or read it back."""
        if path.exists():
            self.parsed, said = pickle.loads(path.read_bytes())
        else:
            said = {}
        n = len(self.parsed)
        for name, file, _ in self.newsmix:
            self.document(f"newsmix {name}", read(str(file)))
        for i, s in enumerate(self.sentences):
            self.document(f"newsquant {i}", Article(s["text"]))
        for d in self.gum_docs:
            self.document(f"gum {d['id']}", Article(d["text"]))
        for name, (text, _, _) in self.wars.items():
            self.document(f"wars {name}", Article(text))
        for i, a in enumerate(self.case_articles):
            self.document(f"case {i}", a)
        for key, d in self.parsed.items():
            if key not in said and key.startswith(("newsmix", "case")):
                bench = readers().bench
                glance = bench.look(d) if bench is not None else None
                said[key] = (glance, find_attributions(d, bench=bench, glance=glance))
        if len(self.parsed) > n:
            path.write_bytes(pickle.dumps((self.parsed, said)))
        self.said = said

    def read(self, key: str, *, events: bool) -> Extraction:
        """What `read_document` finds, with what is said taken from memory."""
        d = self.parsed[key]
        glance, said = self.said[key]
        times = find_times(d)
        named = find_entities(d, find_mentions(d), None, glance)
        attributions, entities = resolve_sources(d, said, named)
        figures = find_figures(d, entities, attributions, times)
        roles = find_roles(d, entities, times, attributions)
        happened, relations = find_events(d, entities, attributions, times, roles) if events else ((), ())
        return Extraction(d.article, d.model, entities, attributions, figures, roles, times, happened, relations, ())

    def scores(self, *data: str) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for name in data:
            found |= getattr(self, f"_{name}")()
        return found

    def _newsmix(self) -> dict[str, Any]:
        pairs = (
            (file.read_text("utf-8"), standoff(self.read(f"newsmix {name}", events=False)), gold)
            for name, file, gold in self.newsmix
        )
        wanted = ("who-said", "figure", "counted", "who-figure", "when", "role", "role+org")
        return {k: v.f1 for k, v in score(pairs).items() if k in wanted}

    def _newsquant(self) -> dict[str, Any]:
        q = self.quantity
        aliases = q.load_aliases(str(self.evaluation / "newsquant" / "unit_aliases.json"))
        right: dict[str, int] = {}
        n = 0
        for i, s in enumerate(self.sentences):
            gold = [q.gold_quantity(x, aliases) for x in s["quantities"]]
            rows = newsquant.quantities(self.parsed[f"newsquant {i}"])
            got = [p for x in rows if (p := q.pred_quantity(x, aliases)) is not None]
            matched = q.score_sentence(gold, got)[0]
            n += len(gold) + len(got)
            for k, v in matched.items():
                right[k] = right.get(k, 0) + v
        return {f"nq {k}": 200 * v / n for k, v in right.items() if k != "concept"}

    def _names(self) -> dict[str, Any]:
        tp = fp = fn = 0
        for d in self.gum_docs:
            ents = [
                {"start": m.span.start, "end": m.span.end, "type": m.type, "kind": m.kind}
                for m in find_mentions(self.parsed[f"gum {d['id']}"])
            ]
            for a, b, c in self.gum.ner_doc(d, {"ents": ents})["head"].values():
                tp, fp, fn = tp + a, fp + b, fn + c
        return {"names": 200 * tp / (2 * tp + fp + fn)}

    def _wikiwars(self) -> dict[str, Any]:
        t = self.timex
        right = n = 0
        for name, (text, _, told) in self.wars.items():
            pred = [
                (*t.trim(text, x.span.start, x.span.end), x.type, x.value)
                for x in find_times(self.parsed[f"wars {name}"])
            ]
            gold = [(*t.trim(text, g[0], g[1]), g[2], g[3]) for g in told]
            n += len(gold) + len(pred)
            right += sum(t.norm_value(gold[g][3]) == t.norm_value(pred[p][3]) for g, p in t.match(gold, pred))
        return {"time value": 200 * right / n}

    def _cases(self) -> dict[str, Any]:
        passed = set()
        for i, want in enumerate(self.wanted):
            try:
                found = self.read(f"case {i}", events=True)
                if not any(handed.faults(found, want)):
                    passed.add(want["id"])
            except Exception as error:
                passed.add(f"{type(error).__name__} in {want['id']}")
        return {"cases": frozenset(passed)}


def functions(room: str) -> Iterator[tuple[str, FunctionType]]:
    """The functions and methods that a room defines."""
    for path in sorted((ROOT / "kg" / "stages" / room).glob("*.py")):
        module = importlib.import_module(f"kg.stages.{room}.{path.stem}".removesuffix(".__init__"))
        for name, value in list(vars(module).items()):
            if getattr(value, "__module__", None) != module.__name__:
                continue
            several = vars(value).items() if isinstance(value, type) else [(name, value)]
            for inner, found in several:
                f = getattr(found, "fget", found)
                if isinstance(f, FunctionType) and not inner.startswith("__") and f.__code__.co_freevars == ():
                    yield f"{path.stem}.{value.__name__ + '.' if isinstance(value, type) else ''}{inner}", f


def stubs(f: FunctionType) -> Iterator[tuple[str, FunctionType]]:
    """What a function may be without: its neutral answers by name."""
    told = str(f.__annotations__.get("return", ""))
    given = {k: str(v) for k, v in f.__annotations__.items() if k != "return"}
    space: dict[str, Any] = {}
    answers: list[str] = []
    if told == "bool":
        answers = ["False", "True"]
    elif told.endswith("| None"):
        answers = ["None"]
    elif told.startswith(("Iterator", "Iterable")):
        answers = ["iter(())"]
    elif told.startswith("list"):
        answers = ["[]"]
    elif told.startswith("tuple") and "..." in told:
        answers = ["()"]
    elif told.startswith(("frozenset", "set")):
        answers = ["set()"]
    same = [k for k, v in given.items() if v == told and v != "bool"]
    if len(same) == 1:
        answers.append(same[0])
    for answer in answers:
        names = ", ".join(
            f"{'*' if p.kind is p.VAR_POSITIONAL else '**' if p.kind is p.VAR_KEYWORD else ''}{p.name}"
            + ("=None" if p.default is not p.empty else "")
            for p in inspect.signature(f).parameters.values()
            if p.kind is not p.KEYWORD_ONLY
        )
        only = [p.name for p in inspect.signature(f).parameters.values() if p.kind is p.KEYWORD_ONLY]
        if only:
            names += ("" if "*" in names else ", *" if names else "*") + "".join(f", {n}=None" for n in only)
        exec(f"def stub({names}): return {answer}", space)
        yield answer, space["stub"]


def moved(base: dict[str, Any], now: dict[str, Any]) -> dict[str, Any]:
    """How scores and cases differ, lost points positive."""
    out: dict[str, Any] = {
        k: round(base[k] - v, 2) for k, v in now.items() if k != "cases" and abs(base[k] - v) > 0.004
    }
    if "cases" in now and now["cases"] != base["cases"]:
        out["lost"], out["won"] = sorted(base["cases"] - now["cases"]), sorted(now["cases"] - base["cases"])
    return out


def evidence(scorer: Scorer, base: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """What each thing that speaks for a name's type earns: the scores without its points."""
    from kg.stages.entities.name_evidence import weights

    for seen, points in list(weights().items()):
        weights()[seen] = 0.0
        yield seen, moved(base, scorer.scores("names", "newsmix", "cases"))
        weights()[seen] = points


def without(scorer: Scorer, room: str, f: FunctionType, stub: FunctionType, base: dict[str, Any]) -> Any:
    """What moves without a function; tried in a process of its own."""
    taking, giving = os.pipe()
    if (child := os.fork()) == 0:
        try:
            f.__code__ = stub.__code__
            told: Any = moved(base, scorer.scores(*SCORED[room]))
        except BaseException as error:
            told = {"raises": type(error).__name__}
        os.write(giving, json.dumps(told).encode())
        os._exit(0)
    os.close(giving)
    with os.fdopen(taking) as pipe:
        answer = pipe.read()
    os.waitpid(child, 0)
    return json.loads(answer)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("evaluation", type=Path)
    options.add_argument("cases", type=Path)
    options.add_argument("--room", action="append", choices=list(SCORED))
    options.add_argument("--only", default="")
    options.add_argument("--base", action="store_true", help="print the scores of what stands, and no more")
    options.add_argument("--evidence", action="store_true", help="the points of data/names/evidence.tsv, one at a time")
    asked = options.parse_args()
    scorer = Scorer(asked.evaluation, asked.cases)
    digest = hashlib.sha256(b"".join(p.read_bytes() for p in sorted((ROOT / "kg" / "text").glob("*.py")))).hexdigest()
    scorer.prepare(Path(tempfile.gettempdir()) / f"kg-ablate-{os.getuid()}-{digest[:12]}.pickle")
    base = scorer.scores("newsmix", "newsquant", "names", "wikiwars", "cases")
    print({k: round(v, 2) if k != "cases" else len(v) for k, v in base.items()}, flush=True)
    gc.freeze()
    for seen, told in evidence(scorer, base) if asked.evidence else ():
        print(f"{seen}\t{json.dumps(told) if told else 'nothing'}", flush=True)
    for room in () if asked.base or asked.evidence else asked.room or SCORED:
        for name, f in functions(room):
            for answer, stub in stubs(f) if asked.only in name else ():
                told = without(scorer, room, f, stub, base)
                print(f"{room}/{name} -> {answer}\t{json.dumps(told) if told else 'nothing'}", flush=True)


if __name__ == "__main__":
    main()
