"""The command that measures: eval."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from .console import GRAPH, AllowHost, Fast, Folder, MinConfidence, Model, Replies, app, complain, reported, visible
from .extractor_choice import accounted, chosen, own_folder

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..eval.score import AtLeast, Score, Standoff
    from ..records.extraction import Extraction
    from ..stages.plugins import OwnExtractor
    from ..text.article import Article

STEPS = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95)
"""Confidences at which `kg eval` shows what is left."""


@app.command("eval")
@reported
def evaluate(
    gold: Annotated[
        Path | None,
        typer.Argument(help="A folder with text/NAME.txt and gold/NAME.json; none with --reviewed, which takes -d."),
    ] = None,
    model: Model = None,
    extractors: Annotated[
        list[str] | None,
        typer.Option("--extractor", help="What extracts: rules, or an installed one; several are set side by side."),
    ] = None,
    llms: Annotated[
        list[Path] | None,
        typer.Option("--llm", exists=True, dir_okay=False, help="A file that names a language model; may be repeated."),
    ] = None,
    hosts: AllowHost = None,
    replies: Replies = None,
    fast: Fast = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
    min_confidence: MinConfidence = 0.0,
    folder: Folder = GRAPH,
    reviewed: Annotated[
        bool, typer.Option("--reviewed", help="How many of a graph's records people found right, with a curve.")
    ] = False,
    curve: Annotated[
        Path | None, typer.Option(help="With --reviewed: where the curve goes; default: reliability.svg in the folder.")
    ] = None,
) -> None:
    """Score an extractor on a gold folder: precision, recall and F1 of each measure."""
    from ..eval.score import peers
    from ..stages.llm.language_model import NAME
    from ..stages.plugins import RULES

    if reviewed:
        _reviewed(_one_graph(folder, gold), min_confidence, curve)
        return
    if gold is None or folder != GRAPH:
        raise typer.BadParameter("name a gold folder alone, or ask for --reviewed of the graph that -d names")
    articles = list(_gold(gold))
    scores: dict[str, dict[str, Score]] = {}
    curves: dict[str, list[AtLeast]] = {}
    asked: list[tuple[str, Path | None]] = [(name, None) for name in extractors or ([] if llms else [RULES])]
    asked = [one for one in asked if not (llms and one[0] == NAME)] + [(NAME, file) for file in llms or ()]
    with own_folder(replies) as keeps:
        for name, llm in asked:
            own = chosen(name, llm, hosts, keeps, *((model, fast) if len(asked) == 1 else ()))
            shown = name if llm is None else str(llm) if llm.stem in scores else llm.stem
            with accounted(own, (article for article, _ in articles), kept=replies):
                found = [_found(article, own, model, fast) for article, _ in articles]
            scores[shown], curves[shown] = _scored(articles, found, min_confidence)
    if as_json:
        told: dict[str, dict[str, Any]] = {name: {**_plain(found)} for name, found in scores.items()}
        for name, steps in curves.items():
            told[name]["by confidence"] = [_step(step) for step in steps]
        rows = next(iter(told.values())) if len(told) == 1 else {"extractors": told}
        typer.echo(json.dumps({"articles": len(articles), **rows}))
        return
    typer.echo(f"{len(articles)} articles")
    if len(scores) == 1:
        _one(next(iter(scores.values())), peers(gold.resolve().name))
        _curve(next(iter(curves.values())))
    else:
        _beside(scores)


def _one_graph(folder: Path, named: Path | None) -> Path:
    """The folder of the graph: what -d says, or the one that stands where a gold folder does, as it had to before."""
    if named is not None and folder not in (GRAPH, named):
        raise typer.BadParameter(f"two graphs are named, {named} and {folder}: leave the first out")
    return named or folder


def _gold(folder: Path) -> Iterator[tuple[Article, Standoff]]:
    from ..eval.score import gold_articles
    from ..reading import read

    return ((read(file), wanted) for _, file, wanted in gold_articles(folder))


def _found(article: Article, own: OwnExtractor | None, model: str | None, fast: bool) -> Extraction:
    """What an extractor finds; None is the rules. What of another cannot be used is told, and counts as not found."""
    from ..errors import ReplyError
    from ..records.extraction import Extraction
    from ..stages.plugins import extract

    if own is None:
        return extract(article, model, fast=fast)
    try:
        found = own(article)
    except ReplyError as error:
        complain(f"{article.path}: {error}")
        return Extraction(article, own.variant)
    for problem in found.problems:
        complain(f"{article.path}: {problem}")
    return found


def _scored(
    articles: list[tuple[Article, Standoff]], extracted: list[Extraction], min_confidence: float
) -> tuple[dict[str, Score], list[AtLeast]]:
    """The scores of what one extractor found, and what is left of them from each confidence on."""
    from ..eval.score import at_least, score
    from ..records.extraction import confident
    from ..records.standoff import standoff

    def left(least: float) -> list[tuple[str, Standoff, Standoff]]:
        pairs = zip(articles, extracted, strict=True)
        return [(article.text, standoff(confident(found, least)), wanted) for (article, wanted), found in pairs]

    steps = [least for least in STEPS if least >= min_confidence]
    return score(left(min_confidence)), [at_least(least, left(least)) for least in steps]


def _step(step: AtLeast) -> dict[str, Any]:
    return {
        "confidence": step.confidence,
        **_plain({"who-said": step.said, "who-figure": step.reported}),
        "to a wrong name": step.misnamed,
    }


def _curve(steps: list[AtLeast]) -> None:
    """Print what trading finding less for erring less brings: the values of --min-confidence, a line each."""
    typer.echo("\n--min-confidence  who-said P / R  to a wrong name in 100  who-figure P / R")
    for step in steps:
        said, reported = (f"{s.precision:5.1f} / {s.recall:5.1f}" for s in (step.said, step.reported))
        typer.echo(f"{step.confidence:16.2f} {said:>15s} {step.misnamed_in_100:23.1f} {reported:>17s}")


def _plain(scores: dict[str, Score]) -> dict[str, dict[str, float]]:
    return {
        name: {
            "P": round(s.precision, 1),
            "R": round(s.recall, 1),
            "F1": round(s.f1, 1),
            "found": s.found,
            "gold": s.gold,
        }
        for name, s in scores.items()
    }


def _one(scores: dict[str, Score], others: dict[str, str]) -> None:
    """Print the scores of one extractor, with what other tools reached."""
    for name, s in scores.items():
        beside = f"   {others[name]}" if name in others else ""
        line = f"{name:28s} P {s.precision:5.1f}  R {s.recall:5.1f}  F1 {s.f1:5.1f}   (found {s.found}, gold {s.gold})"
        typer.echo(line + beside)


def _beside(scores: dict[str, dict[str, Score]]) -> None:
    """Print the scores of several extractors side by side: P / R / F1 of each."""
    names = [visible(name)[:24] for name in scores]
    measures = list(dict.fromkeys(measure for found in scores.values() for measure in found))
    typer.echo(" ".join([" " * 28, *(f"{name:>24s}" for name in names)]))
    for measure in measures:
        cells = []
        for found in scores.values():
            s = found.get(measure)
            cells.append("" if s is None else f"{s.precision:.1f} / {s.recall:.1f} / {s.f1:.1f}")
        typer.echo(" ".join([f"{measure:28s}", *(f"{cell:>24s}" for cell in cells)]))


def _reviewed(folder: Path, at_least: float, picture: Path | None) -> None:
    """Print how precise a graph is by what people judged of it, and draw the reliability of its confidence."""
    from .. import store as stores
    from ..eval.reviewed import calibration_error, curve, judged, tables
    from ..review.gold import judged_articles
    from ..store.files import write_whole

    with stores.open(folder) as store:
        rows = [row for row in judged(judged_articles(store)) if row.confidence >= at_least]
    if not rows:
        typer.echo("nobody has judged anything here yet; `kg review sample 50` draws what to judge")
        return
    for name, table in tables(rows).items():
        typer.echo(f"{name}{'' if name == 'kind' else ', of statements'}")
        for key, share in table.items():
            typer.echo(visible(f"  {key:28s} {share.right / share.judged:4.0%}  {share}"))
    statements = [row for row in rows if row.kind == "statement"]
    typer.echo(f"expected calibration error of statements: {calibration_error(statements):.3f}, n {len(statements)}")
    typer.echo(f"wrote {write_whole(picture or folder / 'reliability.svg', curve(statements))}")
