"""The command that measures: eval."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from .console import GRAPH, Extractor, Fast, MinConfidence, Model, app, reported, visible


@app.command("eval")
@reported
def evaluate(
    gold: Annotated[
        Path | None,
        typer.Argument(help="A folder with text/NAME.txt and gold/NAME.json; with --reviewed, of a graph, or none."),
    ] = None,
    model: Model = None,
    extractor: Extractor = "rules",
    fast: Fast = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
    min_confidence: MinConfidence = 0.0,
    reviewed: Annotated[
        bool, typer.Option("--reviewed", help="How many of a graph's records people found right, with a curve.")
    ] = False,
    curve: Annotated[
        Path | None, typer.Option(help="With --reviewed: where the curve goes; default: reliability.svg in the folder.")
    ] = None,
) -> None:
    """Score an extractor on a gold folder: precision, recall and F1 of each measure."""
    from ..eval.score import gold_articles, peers, score
    from ..reading import read
    from ..records.extraction import confident
    from ..records.standoff import standoff
    from ..stages.plugins import extract

    if reviewed or gold is None:
        if not reviewed:
            raise typer.BadParameter("name a gold folder, or ask for --reviewed")
        _reviewed(gold or GRAPH, min_confidence, curve)
        return
    pairs = []
    for _, file, wanted in gold_articles(gold):
        article = read(file)
        found = confident(extract(article, model, extractor=extractor, fast=fast), min_confidence)
        pairs.append((article.text, standoff(found), wanted))
    scores = score(pairs)
    if as_json:
        rows = {
            name: {
                "P": round(s.precision, 1),
                "R": round(s.recall, 1),
                "F1": round(s.f1, 1),
                "found": s.found,
                "gold": s.gold,
            }
            for name, s in scores.items()
        }
        typer.echo(json.dumps({"articles": len(pairs), **rows}))
        return
    others = peers(gold.resolve().name)
    typer.echo(f"{len(pairs)} articles")
    for name, s in scores.items():
        beside = f"   {others[name]}" if name in others else ""
        line = f"{name:28s} P {s.precision:5.1f}  R {s.recall:5.1f}  F1 {s.f1:5.1f}   (found {s.found}, gold {s.gold})"
        typer.echo(line + beside)


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
