"""Names, and which of them and which pronouns are one, on GUM's news articles, as GUM's scorer in the data counts them.

usage: names.py FOLDER [--gum dep|dep_train] [--split dev|heldout|all|folder] [--model NAME] [--folds FOLDER]

FOLDER holds `evalgum.py` and, in `dep/`, the articles (Zeldes, GUM, LREC 2017; a copy is in the project's shared data).
With `--folds`, an article is read by the resolver's weights that did not learn from its fold.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import kg.stages.entities
from kg.records.mention import Mention
from kg.stages.entities import find_entities
from kg.stages.entities.mentions import find_mentions
from kg.stages.entities.reference.ranker_weights import load
from kg.text.article import Article
from kg.text.document import parse
from kg.training.folds import FOLDS, fold_of


def _place(mention: Mention) -> dict[str, Any]:
    return {"start": mention.span.start, "end": mention.span.end, "type": mention.type, "kind": mention.kind}


def found(name: str, text: str, model: str | None) -> dict[str, Any]:
    """What is found in a text, as the scorer reads it."""
    document = parse(Article(text), model)
    mentions = find_mentions(document)
    entities = find_entities(document, mentions)
    return {
        "doc": name,
        "ents": [_place(m) for m in mentions],
        "entities": [{"type": e.type, "name": e.name, "mentions": [_place(m) for m in e.mentions]} for e in entities],
    }


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--gum", default="dep", help="the folder of articles")
    parser.add_argument("--split", default="dev")
    parser.add_argument("--folds", type=Path)
    parser.add_argument("--model")
    given = parser.parse_args()
    weights = {f: load(given.folds / f"fold{f}.npz") for f in range(FOLDS)} if given.folds else None
    scorer = [sys.executable, str(given.folder / "evalgum.py")]
    gold = ["--gum", str(given.folder / given.gum), "--split", given.split]
    texts = subprocess.run([*scorer, "text", *gold], check=True, capture_output=True, text=True).stdout
    with tempfile.TemporaryDirectory() as folder:
        predicted = Path(folder) / "predicted.jsonl"
        with predicted.open("w", encoding="utf-8") as file:
            for line in texts.splitlines():
                one = json.loads(line)
                if weights is not None:
                    fold = fold_of(one["doc"])
                    kg.stages.entities.default_references = lambda fold=fold: weights[fold]  # type: ignore[attr-defined]
                file.write(json.dumps(found(one["doc"], one["text"], given.model)) + "\n")
        for what in ("ner", "coref"):
            subprocess.run([*scorer, what, *gold, "--pred", str(predicted)], check=True)


if __name__ == "__main__":
    main()
