"""The command that measures: eval."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from .console import Extractor, Model, app, reported


@app.command("eval")
@reported
def evaluate(
    gold: Annotated[Path, typer.Argument(help="A folder with text/NAME.txt and gold/NAME.json.")],
    model: Model = None,
    extractor: Extractor = "rules",
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Score an extractor on a gold folder: precision, recall and F1 of each measure."""
    from ..eval.score import gold_articles, peers, score
    from ..reading import read
    from ..records.standoff import standoff
    from ..stages.plugins import extract

    pairs = []
    for _, file, wanted in gold_articles(gold):
        article = read(file)
        pairs.append((article.text, standoff(extract(article, model, extractor=extractor)), wanted))
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
