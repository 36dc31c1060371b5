"""Which name a pronoun is, on GAP (Webster et al., 2018): over all names that are found, and with the two names given.

usage: gap.py FILE.tsv [--folds FOLDER]

The shipped weights learnt from GAP development; for honest numbers on it give
the folder where `python -m kg.training resolver --folds FOLDER` left the
weights that did not learn from a passage's fold.
"""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path

from kg.records.mention import EntityType, Mention, MentionKind
from kg.stages import entities
from kg.stages.entities.mentions import find_mentions
from kg.stages.entities.reference.ranker_weights import load
from kg.text.article import Article, Span
from kg.text.document import Document, parse
from kg.training.folds import FOLDS, fold_of
from kg.training.reference.reference_corpora import Passage, Range, read_gap


def overlap(a: Range, b: Range) -> bool:
    return a[0] < b[1] and b[0] < a[1]


def with_names(mentions: tuple[Mention, ...], names: list[Range]) -> tuple[Mention, ...]:
    """The mentions, with the given names as persons in place of what was found there as something else."""
    kept = list(mentions)
    for start, end in names:
        there = [m for m in kept if overlap((m.span.start, m.span.end), (start, end))]
        if not there or any(m.type is not EntityType.PERSON for m in there):
            kept = [m for m in kept if m not in there]
            kept.append(Mention(Span(start, end), MentionKind.NAME, EntityType.PERSON))
    return tuple(sorted(kept, key=lambda m: m.span))


def answers(passage: Passage, document: Document, *, given: bool) -> set[str]:
    """Which of A and B the pronoun's entity is named by."""
    mentions = find_mentions(document)
    if given:
        mentions = with_names(mentions, list(passage.names))
    (pronoun,) = passage.asked
    for entity in entities.find_entities(document, mentions):
        if any(m.kind is MentionKind.PRONOUN and m.span.start == pronoun[0] for m in entity.mentions):
            spans = [(m.span.start, m.span.end) for m in entity.mentions if m.kind is not MentionKind.PRONOUN]
            return {k for at, k in passage.names.items() if any(overlap(at, s) for s in spans)}
    return set()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path)
    parser.add_argument("--folds", type=Path)
    args = parser.parse_args()
    weights = {f: load(args.folds / f"fold{f}.npz") for f in range(FOLDS)} if args.folds else None
    passages = [(p, parse(Article(p.text))) for p in read_gap(args.file)]
    for given in (False, True):
        counts: Counter[tuple[str, str]] = Counter()
        for passage, document in passages:
            if weights is not None:
                fold = fold_of(passage.name)
                entities.default_references = lambda fold=fold: weights[fold]  # type: ignore[attr-defined]
            said = answers(passage, document, given=given)
            (at,), (right,) = passage.asked, passage.asked.values()
            gender = "feminine" if passage.text[at[0] : at[1]].lower() in ("she", "her", "hers") else "masculine"
            for group in ("all", gender):
                counts[group, "said"] += len(said)
                counts[group, "true"] += right is not None
                counts[group, "right"] += right in said
        print("the two names given" if given else "over all names found")
        f1 = {}
        for group in ("all", "feminine", "masculine"):
            right, said_, true = (counts[group, k] for k in ("right", "said", "true"))
            f1[group] = 200 * right / max(1, said_ + true)
            print(
                f"  {group:10} P {100 * right / max(1, said_):.1f} R {100 * right / max(1, true):.1f} F1 {f1[group]:.1f}"
            )
        print(f"  feminine to masculine {f1['feminine'] / max(1.0, f1['masculine']):.3f}")


if __name__ == "__main__":
    main()
