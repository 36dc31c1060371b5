"""How good the two readers and the arbiter are on articles that their weights have not seen, and what each brings.

    python tests/benchmarks/reader.py folds   --newsmix FOLDER --work WORK --out pred.jsonl [--least 0.4] [--without PART]
    python tests/benchmarks/reader.py curve   --newsmix FOLDER --work WORK
    python tests/benchmarks/reader.py ablation --newsmix FOLDER --work WORK
    python tests/benchmarks/reader.py confidence --newsmix FOLDER --work WORK --texts FOLDER --references FOLDER
    python tests/benchmarks/reader.py cost    TEXT...

`folds` writes standoff of every article of a folder in newsmix's layout, read by the encoder and the arbiter of its
fold (`python -m kg.training encoder` makes the working folder); score it with the folder's own scorer. With
`--texts` the arbiter learns from SEER and re3d too, with `--references` the resolver's weights are those of the fold. `--without`
leaves out the encoder, the grammar (its drafts) or the arbiter (then everything stands that either
reader is half sure of). `ablation` prints who-said with everything, with each of these parts left out, and with each pass of the grammar left
out, the arbiter learnt anew each time. `curve` prints precision, recall of what was found and calibration at every threshold. `cost`
prints seconds of processor time for parse, grammar, encoder and arbiter. `confidence` learns the weights of
`data/models/confidence.tsv` (`--out`) from what the readers of the folds found, and prints how well they keep their
word on each origin of news when all others have taught them.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from kg.eval.calibrating import CountedRecord, fit_weights, left_out, weighed_records
from kg.eval.score import gold_articles, score
from kg.language.quotes import find_quotations
from kg.records.standoff import standoff
from kg.resources import resource
from kg.stages import entities, rules
from kg.stages.attribution import find_attributions, passes
from kg.stages.attribution.arbiter import Arbiter, join
from kg.stages.attribution.cues import load_cues
from kg.stages.attribution.drafts import Draft
from kg.stages.attribution.encoder.glance import Glance
from kg.stages.attribution.encoder.words import words_of
from kg.stages.attribution.reading_bench import Bench, default_bench, plain_layouts
from kg.stages.attribution.weighing import Weighed, rows
from kg.stages.entities.reference.ranker_weights import load
from kg.stages.reliability import as_table
from kg.stages.rules import Readers, read_document
from kg.text.article import Article
from kg.text.document import parse
from kg.training.encoder.arbitration import LEARNT, LEAST, HeldOut, beside_grammar, judges, read_out
from kg.training.encoder.judging import calibration_error
from kg.training.folds import FOLDS
from kg.training.said import read_said

PARTS = ("encoder", "grammar", "arbiter")
READ_NOW = [0]
"""The fold of the article that is read: whose weights of the resolver count, with `--references`."""


class Settled:
    """Stands in for a Bench: what was settled before, whatever is asked, and what the encoder of the fold has seen."""

    name = "folds"

    def __init__(self, found: list[Any], glance: Glance) -> None:
        self._found, self._glance = found, glance

    def look(self, _: object) -> Glance:
        return self._glance

    def settle(self, *_: object, **__: object) -> list[Any]:
        return self._found


def settle(held: HeldOut, arbiter: Arbiter, without: str | None) -> list[Any]:
    """What stands in an article, with a part left out."""
    some = list(held.judged.some)
    if without == "encoder":
        return [(w.drawn, w.case.sure) for w in some if w.drawn is not None]
    if without == "grammar":
        return [
            (w.read, w.case.reading.statement)
            for w in some
            if w.case.reading and w.case.reading.statement >= 0.5 and w.read
        ]
    if without == "arbiter":
        return [(join(w, read_content=True), _either(w)) for w in some if _either(w) >= 0.5]
    kept = arbiter.settle(some)
    drawn = [(w.drawn, w.case.sure) for w in some if w.drawn is not None]
    return kept + plain_layouts(held.read.document, held.read.quotes, drawn, kept)


def _either(w: Weighed) -> float:
    return max(w.case.sure if w.drawn is not None else 0.0, w.case.reading.statement if w.case.reading else 0.0)


def readings(every: list[HeldOut], least: float, without: str | None = None) -> Iterator[tuple[HeldOut, Readers]]:
    """Each article with who reads it: the weights of its fold."""
    for held, arbiter in judges(every):
        READ_NOW[0] = held.fold
        settled = settle(held, replace(arbiter, least=least), without)
        settled = sorted(settled, key=lambda pair: (min(pair[0].cue + pair[0].content), pair[0].content))
        bench: Any = Settled(settled, held.read.glance)
        yield held, Readers(bench, "folds")


def standoffs(every: list[HeldOut], least: float, without: str | None = None) -> dict[str, dict[str, Any]]:
    """What stands in each article by the weights of its fold, as standoff."""
    return {
        held.read.name: standoff(read_document(held.read.document, reading=reading))
        for held, reading in readings(every, least, without)
    }


def use_references(folder: Path | None) -> None:
    """Has the resolver's weights be those of the fold that is read, where a folder holds them."""
    if folder:
        weights = {fold: load(folder / f"fold{fold}.npz") for fold in range(FOLDS)}
        entities.default_references = lambda: weights[READ_NOW[0]]  # type: ignore[attr-defined]


def folds(args: argparse.Namespace) -> None:
    every = beside_grammar(read_out(args.newsmix, args.work, texts=args.texts))
    use_references(args.references)
    with args.out.open("w", encoding="utf-8") as out:
        for name, found in standoffs(every, args.least, args.without).items():
            out.write(json.dumps({**found, "doc": name}, ensure_ascii=False) + "\n")


def same(document: Any, *given: Any) -> Any:
    """A pass of drafts that changes nothing: the drafts are the last list it is given, or the one draft."""
    return next(x for x in reversed(given) if isinstance(x, list | Draft))


LEFT_OUT: dict[str, Callable[..., Any]] = {
    "find_labelled": lambda *_: [],
    "find_introduced": lambda *_: [],
    "relayed": same,
    "bounded": same,
    "deal": same,
    "find_quoted": lambda *_: [],
    "with_asides": same,
    "without_occasion": same,
    "tidied": same,
    "is_somebody": lambda *_: True,
    "is_unsaid": lambda *_: False,
    "uncued": lambda document, quotes, drafts, joined: drafts,
}
"""Passes of `kg.stages.attribution.passes`, each with what stands in for it."""


def ablation(args: argparse.Namespace) -> None:
    read = read_out(args.newsmix, args.work)
    gold = {file.stem: wanted for _, file, wanted in gold_articles(args.newsmix)}
    texts = {r.name: r.document.text for r in read}

    def scored(every: list[HeldOut], without: str | None = None) -> str:
        found = standoffs(every, args.least, without)
        of = score([(texts[name], found[name], gold[name]) for name in found])
        return "  ".join(
            f"{m} {of[m].precision:5.1f} {of[m].recall:5.1f} {of[m].f1:5.1f}" for m in ("said", "who-said")
        )

    whole = beside_grammar(read)
    print(f"{'everything':20s} {scored(whole)}", flush=True)
    for part in PARTS:
        print(f"{'no ' + part:20s} {scored(whole, part)}", flush=True)
    for name, instead in LEFT_OUT.items():
        before = getattr(passes, name)
        setattr(passes, name, instead)
        print(f"{'no ' + name:20s} {scored(beside_grammar(read))}", flush=True)
        setattr(passes, name, before)


def curve(args: argparse.Namespace) -> None:
    sure: list[float] = []
    right: list[bool] = []
    for held, arbiter in judges(beside_grammar(read_out(args.newsmix, args.work))):
        if held.judged.some:
            sure += arbiter.confidences(rows(held.judged.some))
            right += held.judged.right(arbiter)
    print(f"{len(sure)} cases, {sum(right)} right, calibration error {calibration_error(sure, right):.4f}")
    for step in range(5, 100, 5):
        kept = [r for s, r in zip(sure, right, strict=True) if s >= step / 100]
        if kept:
            print(
                f"{step / 100:.2f}  kept {len(kept):4d}  right {sum(kept) / len(kept):.3f}  of all right {sum(kept) / sum(right):.3f}"
            )


def confidence(args: argparse.Namespace) -> None:
    use_references(args.references)
    rules.rated = lambda found, _: found  # type: ignore[attr-defined]
    gold = {file.stem: wanted for _, file, wanted in gold_articles(args.newsmix)}
    origins = dict.fromkeys(gold, "")
    for corpus, name, _, wanted in read_said(resource("data/gold/said.jsonl"), args.texts):
        if corpus not in LEARNT:
            gold[name], origins[name] = wanted, corpus
    every: dict[str, list[CountedRecord]] = {}
    for held, reading in readings(beside_grammar(read_out(args.newsmix, args.work, texts=args.texts)), LEAST):
        name = held.read.name
        origin = origins[name] or name[:3]
        for reader, who in (("encoder", reading), ("grammar", Readers(None, "grammar"))):
            found = read_document(held.read.document, reading=who)
            for record in weighed_records(found, gold[name], reader, origin):
                every.setdefault(record.what, []).append(record)
    for what, some in every.items():
        print(what)
        for proof in left_out(some):
            print(
                f"  {proof.origin:10s} n {proof.n:5d}  confidence {proof.confidence:.3f}  right {proof.right:.3f}"
                f"  error {proof.error:.3f}"
            )
    table = as_table({what: fit_weights(some) for what, some in sorted(every.items())})
    args.out.write_text("".join(f"{line}\n" for line in table), encoding="utf-8")


def cost(args: argparse.Namespace) -> None:
    articles = [Article(path.read_text(encoding="utf-8")) for path in args.texts]
    parse(articles[0])
    bench: Bench = default_bench()
    seconds = dict.fromkeys(("parse", "grammar", "encoder", "all of attribution", "everything after the parse"), 0.0)
    tokens = 0
    for article in articles:
        at = time.process_time()
        document = parse(article)
        tokens += len(document)
        for name, work in (
            ("parse", lambda: None),
            (
                "grammar",
                lambda d=document: passes.drawn_drafts(d, find_quotations(d), load_cues(), attitudes=False),
            ),
            ("encoder", lambda d=document: bench.encoder.look(words_of(d.article, bench.encoder.vocabulary, d.blocks))),
            ("all of attribution", lambda d=document: find_attributions(d, bench=bench)),
            ("everything after the parse", lambda d=document: read_document(d)),
        ):
            work()
            now = time.process_time()
            seconds[name] += now - at
            at = now
    print(f"{len(articles)} articles, {tokens} tokens")
    for name, took in seconds.items():
        print(
            f"{name:28s} {took:7.2f} s  {tokens / max(took, 1e-9):8.0f} tokens a second  {took / seconds['parse']:5.2f} parses"
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    for name in ("folds", "curve", "ablation", "confidence"):
        command = commands.add_parser(name)
        command.add_argument("--newsmix", type=Path, required=True)
        command.add_argument("--work", type=Path, required=True)
    of_folds = commands.choices["folds"]
    of_folds.add_argument("--out", type=Path, required=True)
    for name in ("folds", "ablation"):
        commands.choices[name].add_argument("--least", type=float, default=LEAST)
    of_folds.add_argument("--without", choices=PARTS)
    of_folds.add_argument(
        "--texts", type=Path, help="a folder with seer/ and re3d/ for the arbiter to learn from besides"
    )
    of_folds.add_argument(
        "--references", type=Path, help="fold0.npz ..., the resolver's weights that a fold has not taught"
    )
    of_confidence = commands.choices["confidence"]
    of_confidence.add_argument("--texts", type=Path, required=True)
    of_confidence.add_argument("--references", type=Path, required=True)
    of_confidence.add_argument("--out", type=Path, required=True)
    commands.add_parser("cost").add_argument("texts", nargs="+", type=Path)
    args = parser.parse_args()
    {"folds": folds, "curve": curve, "ablation": ablation, "confidence": confidence, "cost": cost}[args.command](args)


if __name__ == "__main__":
    main()
