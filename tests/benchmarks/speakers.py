"""Is the right one credited? SEER's claims and annotated news, by the scorers that lie beside the data.

usage: speakers.py FOLDER [--folds FOLDER]

FOLDER holds agenteval.py with seer/dev.jsonl, and claimeval.py with newsmix/ (copies are in the project's shared
data). With `--folds`, an article is read by the weights of the resolver that did not learn from its fold.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

from kg.records.standoff import standoff
from kg.stages import entities
from kg.stages.entities.reference.ranker_weights import load
from kg.stages.rules import extract
from kg.text.article import Article
from kg.training.folds import FOLDS, fold_of


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--folds", type=Path)
    args = parser.parse_args()
    weights = {f: load(args.folds / f"fold{f}.npz") for f in range(FOLDS)} if args.folds else None
    seer, newsmix = args.folder / "seer" / "dev.jsonl", args.folder / "newsmix"
    claims = [json.loads(line) for line in seer.read_text(encoding="utf-8").splitlines()]
    mixed = {p.stem: p.read_text(encoding="utf-8") for p in sorted((newsmix / "text").glob("*.txt"))}
    for scorer, gold, texts in (
        (["agenteval.py", "score"], seer, {c["id"]: c["body"] for c in claims}),
        (["claimeval.py"], newsmix, mixed),
    ):
        with tempfile.TemporaryDirectory() as folder:
            predicted = Path(folder) / "predicted.jsonl"
            with predicted.open("w", encoding="utf-8") as file:
                for name, text in texts.items():
                    if weights is not None:
                        fold = fold_of(name)
                        entities.default_references = lambda fold=fold: weights[fold]  # type: ignore[attr-defined]
                    file.write(json.dumps({**standoff(extract(Article(text))), "doc": name}) + "\n")
            command = [sys.executable, str(args.folder / scorer[0]), *scorer[1:], str(gold), str(predicted)]
            subprocess.run(command, check=True)


if __name__ == "__main__":
    main()
