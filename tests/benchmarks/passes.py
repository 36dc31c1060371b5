"""What each pass and rule of attribution brings: scores with it, and with something in its place that does nothing.

    python tests/benchmarks/passes.py EVAL [--only PATTERN] [--whole] [--every] [--encoder] [--jobs 2] [--polnear 150]

EVAL is a folder with `newsmix/`, `seer/dev.jsonl` and `agenteval.py`, `polnear/` and `attribeval.py`. Texts are parsed
once; the parses lie in a file of the temporary folder. What is switched off are the passes of `PASSES`, with `--every`
each function of `kg.stages.attribution` (of `kg.stages.entities.reference` too, with `--whole`) that gives a truth
value, a draft, something or nothing, or a list: it gives False and True, what it was given, None, or nothing instead.
`--only` is a regular expression on `module.function`. Columns are changes without the pass: who-said precision, recall
and F1 on newsmix, F1 of what was said and of contents word for word; SEER's claims found, credited right and wrong; F1
on PolNeAR's training articles by the grammar alone, and that of exact contents. What earns nothing prints zeros.
With `--encoder` the encoder and its arbiter read too, PolNeAR as well: its weights have seen all these texts, so that a
rule looks dearer to lose than it is on news that they have not.
"""

from __future__ import annotations

import argparse
import importlib
import inspect
import json
import os
import pickle
import pkgutil
import re
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from types import ModuleType
from typing import Any

from kg.eval.score import gold_articles, score
from kg.records.extraction import Extraction
from kg.records.standoff import standoff
from kg.resources import VERSION
from kg.stages.attribution import find_attributions
from kg.stages.attribution.encoder.glance import Glance
from kg.stages.attribution.reading_bench import Bench, default_bench
from kg.stages.attribution.sources import resolve_sources
from kg.stages.entities import find_entities
from kg.stages.entities.mentions import find_mentions
from kg.text.article import Article
from kg.text.document import Document, parse

ROOMS = ("kg.stages.attribution", "kg.stages.entities.reference")
LEARNT = re.compile(r"\.(encoder|arbiter|cases|read_drafts|weighing|reading_bench)\b")
"""Modules whose functions are numbers that weights were learnt from, or the weights' own: no rules."""

PASSES = re.compile(
    r"\.(find_labelled|find_introduced|relayed|bounded|deal|find_quoted|with_asides|"
    r"without_occasion|tidied|is_somebody|is_unsaid|uncued|stance_of|beside|"
    r"by_name|pronoun_of|only_cites|hosts|named_within|_continuing|_not_himself|_not_the_speaker|_via|antecedent)="
)


@dataclass(slots=True)
class Texts:
    """What is read: name, parse and entities by data set, and the gold."""

    eval: Path
    newsmix: dict[str, tuple[Document, Any]] = field(default_factory=dict)
    seer: dict[str, tuple[Document, Any]] = field(default_factory=dict)
    polnear: dict[str, tuple[Document, Any]] = field(default_factory=dict)


def parsed(folder: Path, most: int) -> Texts:
    """Every text of the three sets, parsed, and for news its entities; kept in a file by version and number."""
    kept = Path(tempfile.gettempdir()) / f"kg-passes-{os.getuid()}-{VERSION}-{most}.pickle"
    if kept.exists():
        every: dict[str, dict[str, Document]] = pickle.loads(kept.read_bytes())
    else:
        claims = map(json.loads, (folder / "seer" / "dev.jsonl").read_text(encoding="utf-8").splitlines())
        train = sorted((folder / "polnear" / "data" / "train" / "text").glob("*.txt"))
        every = {
            "newsmix": {n: parse(Article(f.read_text("utf-8"))) for n, f, _ in gold_articles(folder / "newsmix")},
            "seer": {c["id"]: parse(Article(c["body"])) for c in claims},
            "polnear": {f.stem: parse(Article(f.read_bytes().decode())) for f in train[:: max(1, len(train) // most)]},
        }
        kept.write_bytes(pickle.dumps(every))
    texts = Texts(folder)
    for name in ("newsmix", "seer"):
        setattr(texts, name, {n: (d, find_entities(d, find_mentions(d))) for n, d in every[name].items()})
    _gold(folder, tuple(every["polnear"]))
    texts.polnear = {n: (d, None) for n, d in every["polnear"].items()}
    return texts


def said(document: Document, entities: Any, *, anew: bool) -> dict[str, Any]:
    """Standoff of who said what, with the entities given or found anew."""
    named = find_entities(document, find_mentions(document)) if anew else entities
    attributions, found = resolve_sources(document, find_attributions(document, **seen(document)), named)
    return standoff(Extraction(document.article, document.model, found, attributions))


BENCH: Bench | None = None
SEEN: dict[int, Glance] = {}
"""What the encoder has made of each document, by its identity, once for all variants."""


def seen(document: Document) -> dict[str, Any]:
    """The encoder, and the document as it has seen it."""
    return {"bench": BENCH, "glance": SEEN[id(document)]} if BENCH is not None else {}


def measured(texts: Texts, *, anew: bool) -> dict[str, float]:
    """The scores, as things stand."""
    gold = {name: wanted for name, _, wanted in gold_articles(texts.eval / "newsmix")}
    pairs = [(d.text, said(d, e, anew=anew), gold[name]) for name, (d, e) in texts.newsmix.items()]
    of = score(pairs)
    who = of["who-said"]
    found = {"P": who.precision, "R": who.recall, "F1": who.f1, "said F1": of["said"].f1, "exact": exact(pairs)}
    with tempfile.TemporaryDirectory() as folder:
        predicted, numbers = Path(folder) / "predicted.jsonl", Path(folder) / "numbers.json"
        lines = [json.dumps({**said(d, e, anew=anew), "doc": n}) for n, (d, e) in texts.seer.items()]
        predicted.write_text("\n".join(lines), encoding="utf-8")
        command = [sys.executable, str(texts.eval / "agenteval.py"), "score", str(texts.eval / "seer" / "dev.jsonl")]
        subprocess.run([*command, str(predicted), "--json", str(numbers)], check=True, stdout=subprocess.DEVNULL)
        claims = json.loads(numbers.read_text())
    found |= {"found": claims["found"], "right": claims["resolved"], "wrong": claims["wrong"]}
    return found | polnear(texts)


def exact(pairs: list[tuple[str, Any, Any]]) -> float:
    """F1 of contents that are word for word those of the gold."""
    right = found = wanted = 0
    for text, one, gold in pairs:
        mine = Counter(_words(text, a["content"]) for a in one["attributions"])
        theirs = Counter(_words(text, [c["span"] for c in s["content"]]) for s in gold["statements"])
        right, found, wanted = right + (mine & theirs).total(), found + mine.total(), wanted + theirs.total()
    return 200 * right / max(1, found + wanted)


def _words(text: str, spans: list[Any]) -> tuple[str, ...]:
    return tuple(word for start, end in spans for word in re.findall(r"\w+", text[start:end]))


def polnear(texts: Texts) -> dict[str, float]:
    """F1, of attributions and of exact contents, of the grammar alone on articles of PolNeAR's training part."""
    scorer: Any = importlib.import_module("attribeval")
    docs, gold = _gold(texts.eval, tuple(texts.polnear))
    found = {}
    for name, (document, _) in texts.polnear.items():
        read = find_attributions(document, attitudes=True, **seen(document))
        outer = [a for a in read if a.parent is None]
        spans = [{role: [(s.start, s.end) for s in getattr(a, role)] for role in ROLES} for a in outer]
        found[name] = docs[name].attach([scorer.Attribution(one) for one in spans])
    of = scorer.evaluate(docs, gold, found)[0]
    alike, whole = of["slices"]["all"]["attribution"]["f1"], of["roles"]["content"]["exact"]["f1"]
    return {"PolNeAR": 100 * alike, "P. exact": 100 * whole}


ROLES = ("source", "cue", "content")


def _gold(folder: Path, names: tuple[str, ...], _kept: dict[Path, Any] = {}) -> Any:  # noqa: B006
    if folder not in _kept:
        sys.path.insert(0, str(folder))
        scorer: Any = importlib.import_module("attribeval")
        docs, gold = scorer.load_polnear(folder / "polnear", "train")
        _kept[folder] = {n: docs[n] for n in names}, {n: gold[n] for n in names}
    return _kept[folder]


def modules() -> Iterator[ModuleType]:
    """The modules of the rooms, those left out whose functions are what weights have learnt from."""
    for room in ROOMS:
        package = importlib.import_module(room)
        yield package
        for info in pkgutil.walk_packages(package.__path__, f"{room}."):
            if not LEARNT.search(info.name):
                yield importlib.import_module(info.name)


def instead(function: Callable[..., Any]) -> Iterator[tuple[str, Callable[..., Any]]]:
    """What can stand in a function's place and do nothing, by what it says it gives."""
    gives = str(function.__annotations__.get("return", ""))
    given = inspect.signature(function).parameters
    same = [
        n
        for n, p in enumerate(given.values())
        if gives and str(p.annotation) in (gives, gives.replace("list", "Sequence"))
    ]
    if gives == "bool":
        yield "False", lambda *_, **__: False
        yield "True", lambda *_, **__: True
    elif same and gives != "Token":
        yield "same", lambda *args, **__: list(args[same[-1]]) if gives.startswith("list") else args[same[-1]]
    elif gives.endswith("| None"):
        yield "None", lambda *_, **__: None
    elif gives.startswith(("list", "tuple", "set", "dict", "frozenset")) and "int, int" not in gives:
        yield "empty", lambda *_, **__: importlib.import_module("builtins").__dict__[gives.split("[")[0]]()


def variants() -> dict[str, Callable[[], None]]:
    """What can be switched off, by name: each puts something else wherever the function is known."""
    found: dict[str, Callable[[], None]] = {}
    for module in modules():
        for name, function in vars(module).items():
            if inspect.isfunction(function) and function.__module__ == module.__name__:
                for what, stand_in in instead(function):
                    short = module.__name__.removeprefix("kg.stages.")
                    found[f"{short}.{name}={what}"] = partial(_put, function, stand_in)
    return found


def _put(function: Callable[..., Any], stand_in: Callable[..., Any]) -> None:
    for module in list(sys.modules.values()):
        if module.__name__.startswith("kg."):
            for name, value in list(vars(module).items()):
                if value is function:
                    setattr(module, name, stand_in)


def without(name: str | None, anew: bool) -> dict[str, float] | str:
    """The scores with one thing switched off, in a process of its own."""
    if name is not None:
        variants()[name]()
    try:
        return measured(TEXTS, anew=anew)
    except Exception as error:
        return f"{type(error).__name__}: {error}"


TEXTS: Texts


def main() -> None:
    global TEXTS, BENCH  # noqa: PLW0603 - what a forked process inherits
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("eval", type=Path)
    parser.add_argument("--only", type=re.compile)
    parser.add_argument("--whole", action="store_true", help="find the entities anew each time")
    parser.add_argument("--every", action="store_true", help="each function, not only the passes")
    parser.add_argument("--encoder", action="store_true", help="with the encoder and its arbiter")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--polnear", type=int, default=150)
    args = parser.parse_args()
    TEXTS = parsed(args.eval, args.polnear)
    if args.encoder:
        BENCH = default_bench()
        every = (*TEXTS.newsmix.values(), *TEXTS.seer.values(), *TEXTS.polnear.values())
        SEEN.update({id(document): BENCH.look(document) for document, _ in every})
    wanted = args.only or (re.compile("") if args.every else PASSES)
    names = [n for n in variants() if wanted.search(n) and (args.whole or n.startswith("attribution"))]
    shown(names, args)


def shown(names: list[str], args: argparse.Namespace) -> None:
    """Print the scores, then a line for each variant as it comes."""
    context = get_context("fork")
    with context.Pool(args.jobs, maxtasksperchild=1) as pool:
        todo = partial(without, anew=args.whole)
        whole = pool.apply(todo, (None,))
        if isinstance(whole, str):
            sys.exit(whole)
        print(f"{'':60}" + "".join(f"{k:>8}" for k in whole), flush=True)
        print(f"{'as it is':60}" + "".join(f"{v:8.1f}" for v in whole.values()), flush=True)
        for name, found in zip(names, pool.imap(todo, names, chunksize=1), strict=True):
            line = found if isinstance(found, str) else "".join(f"{found[k] - whole[k]:+8.2f}" for k in whole)
            print(f"{name:60}{line}", flush=True)


if __name__ == "__main__":
    main()
