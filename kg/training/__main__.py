"""Train what `kg` has learnt: the resolver; encoder and arbiter on PolNeAR, newsmix, GAP and GUM.

    python -m kg.training resolver --gap FILE --gum PATH --texts FOLDER --encoders FOLDER
    python -m kg.training reader --minilm PATH --polnear PATH --newsmix PATH --gap FILE --gum PATH --work FOLDER

`reader` is `encoder` and then `arbiter`; with `--share 0.1` it learns from a
tenth of each corpus, in some minutes. What the working folder holds already is
not made again.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from ..text.document import default_model

WRITTEN = Path("data/written")


def main() -> None:
    """Read, learn, save, print the card."""
    parser = argparse.ArgumentParser(
        prog="python -m kg.training", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    commands = parser.add_subparsers(dest="command", required=True)
    of = {name: commands.add_parser(name) for name in ("encoder", "arbiter", "reader")}
    for name, command in of.items():
        command.add_argument("--model", default=None, help="spaCy pipeline that parses the articles")
        command.add_argument("--date", default=None, help="goes into the card, which holds no clock time of its own")
        command.add_argument(
            "--written", type=Path, default=WRITTEN, help="invented news, as `kg.training.written` reads it"
        )
        command.add_argument("--newsmix", type=Path, required=True, help="a folder with text/ and gold/")
        command.add_argument("--texts", type=Path, default=None, help="a folder with re3d/ and seer/, as for resolver")
        command.add_argument("--work", type=Path, required=True, help="folder for what is made on the way")
        if name != "arbiter":
            command.add_argument("--polnear", type=Path, required=True, help="a checkout of PolNeAR, with data/train")
            command.add_argument(
                "--gold", type=Path, action="append", default=[], help="what `kg review export --gold` wrote"
            )
            command.add_argument("--minilm", type=Path, required=True, help="a folder of all-MiniLM-L6-v2")
            command.add_argument("--gap", type=Path, required=True, help="GAP's gap-development.tsv")
            command.add_argument("--gum", type=Path, required=True, help="a folder of GUM's dep/*.conllu")
            command.add_argument("--share", type=float, default=1.0, help="how much of each corpus to learn from")
            command.add_argument("--start", type=Path, default=None, help="a base.pt of an earlier run to go on from")
            command.add_argument(
                "--resume", type=Path, default=None, help="a folder with what ships, data/models, to go on from"
            )
            command.add_argument("--epochs", type=int, default=3, help="times through PolNeAR")
            command.add_argument("--rounds", type=int, default=4, help="times through newsmix")
    for name in ("arbiter", "reader"):
        of[name].add_argument("--out", type=Path, default=Path("data/models"))
    resolver = commands.add_parser("resolver", help="who is meant: pronouns and descriptions")
    resolver.add_argument("--gap", type=Path, required=True, help="GAP's gap-development.tsv")
    resolver.add_argument("--gum", type=Path, required=True, help="a folder of GUM's dep/*.conllu")
    resolver.add_argument("--texts", type=Path, required=True, help="a folder with newsmix/, polnear/, re3d/, seer/")
    resolver.add_argument(
        "--written", type=Path, default=WRITTEN, help="invented news, as `kg.training.written` reads it"
    )
    resolver.add_argument("--encoders", type=Path, help="folder of the encoder by fold: fold0/reader.onnx ...")
    resolver.add_argument("--folds", type=Path, help="folder for the weights that have not learnt from a fold")
    resolver.add_argument("--model", default=None, help="spaCy pipeline that parses the texts")
    resolver.add_argument("--date", default=None, help="goes into the card, which holds no clock time of its own")
    resolver.add_argument("--out", type=Path, default=Path("data/models/reference.npz"))
    args = parser.parse_args()
    if args.command == "resolver":
        _resolver(args)
    if args.command in ("encoder", "reader"):
        _encoder(args)
    if args.command in ("arbiter", "reader"):
        _arbiter(args)


def _resolver(args: argparse.Namespace) -> None:
    from ..stages.entities.reference.ranker_weights import save as save_references
    from .reference.reference_run import ReferenceCorpora, train

    corpora = ReferenceCorpora(args.gap, args.gum, args.texts, args.written)
    card = {"date": args.date, "parser": args.model or default_model()}
    found, folds = train(corpora, card, args.encoders, args.model, lambda line: print(line, flush=True))
    save_references(found, args.out)
    for fold, references in folds.items() if args.folds else ():
        args.folds.mkdir(parents=True, exist_ok=True)
        save_references(references, args.folds / f"fold{fold}.npz")
    print(json.dumps(found.card, indent=1))


def _encoder(args: argparse.Namespace) -> None:
    from .encoder.encoder_run import EncoderPlan, train

    plan = EncoderPlan(
        args.minilm, args.polnear, args.newsmix, args.gap, args.gum, args.work, args.written, gold=tuple(args.gold),
        epochs=args.epochs, rounds=args.rounds, share=args.share, start=args.start,
        resume=args.resume,
    )  # fmt: skip
    train(plan, lambda line: print(line, flush=True))


def _arbiter(args: argparse.Namespace) -> None:
    from .encoder.arbitration import train

    print(
        json.dumps(
            train(
                args.newsmix,
                args.work,
                args.out,
                texts=args.texts,
                model=args.model,
                date=args.date,
            ),
            indent=1,
        )
    )


if __name__ == "__main__":
    main()
