"""Train the labeller's weights on PolNeAR, on reviewed articles or both; print how good they are on held-out ones."""

from __future__ import annotations

import argparse
import json
from itertools import chain
from pathlib import Path

from ..stages.attribution.tagger.model import save
from ..text.article import Article
from ..text.document import default_model, parse
from .polnear import align, read_gold, read_split
from .train import train


def main() -> None:
    """Read, parse, train, save; the parse takes most of the time, some ten minutes in all."""
    parser = argparse.ArgumentParser(prog="python -m kg.training", description=__doc__)
    parser.add_argument("--polnear", type=Path, help="a checkout of PolNeAR, which holds data/train/text")
    parser.add_argument("--gold", type=Path, action="append", default=[], help="what `kg review export --gold` wrote")
    parser.add_argument("--out", type=Path, default=Path("data/models/polnear.npz"))
    parser.add_argument("--model", default=None, help="spaCy pipeline that parses the articles")
    parser.add_argument("--date", default=None, help="goes into the model card, which holds no clock time of its own")
    args = parser.parse_args()
    if args.polnear is None and not args.gold:
        parser.error("there is nothing to learn from: name --polnear, --gold or both")
    documents, gold = {}, {}
    read = [read_split(args.polnear, "train")] if args.polnear else []
    for name, text, attributions in chain(*read, *map(read_gold, args.gold)):
        documents[name] = parse(Article(text, path=name), args.model)
        gold[name] = align(documents[name], attributions)
    model = train(documents, gold, {"date": args.date, "parser": args.model or default_model()})
    args.out.parent.mkdir(parents=True, exist_ok=True)
    save(model, args.out)
    print(json.dumps(model.card, indent=1))


if __name__ == "__main__":
    main()
