"""Whom "he" and "she" mean in real news that was marked: right, wrong, left open, with the weights that ship.

    python tests/benchmarks/meant.py TEXTS [--without MODULE.FUNCTION] [--errors] [--grammar]

TEXTS is a folder with `newsmix/`, `polnear/`, `re3d/` and `seer/`; the marks are `data/gold/meant.jsonl`. The weights have
learnt from these texts, so that the numbers say what a change of rules does, not how good the resolver is on others.
`--without` puts a function of `kg.stages.entities.reference` out that says whether something is so: it says no.
"""

from __future__ import annotations

import argparse
import importlib
from collections import Counter
from pathlib import Path

from kg.records.mention import MentionKind
from kg.stages import entities
from kg.stages.attribution.reading_bench import default_bench
from kg.stages.entities.mentions import find_mentions
from kg.text.article import Article
from kg.text.document import parse
from kg.training.reference.reference_corpora import Passage, Range, read_meant

MARKS = Path("data/gold/meant.jsonl")
PRONOUNS = frozenset(("he", "she", "him", "her", "his", "hers", "himself", "herself"))


def verdicts(passage: Passage, *, grammar: bool) -> list[tuple[str, Range]]:
    """Of each pronoun that is marked whether it means whom it should ("right"), somebody else, or nobody ("open")."""
    document = parse(Article(passage.text))
    glance = None if grammar else default_bench().look(document)
    found = entities.find_entities(document, find_mentions(document), pointer=glance)
    said: dict[int, str | None] = {}
    for entity in found:
        names = [m.span for m in entity.mentions if m.kind is MentionKind.NAME]
        groups = Counter(g for (s, e), g in passage.names.items() for n in names if s < n.end and n.start < e)
        whose = groups.most_common(1)[0][0] if groups else None
        said |= {m.span.start: whose for m in entity.mentions if m.kind is MentionKind.PRONOUN}
    result = []
    for (start, end), wanted in sorted(passage.asked.items()):
        if passage.text[start:end].lower() in PRONOUNS:
            verdict = "open" if start not in said else "right" if said[start] == wanted else "wrong"
            result.append((verdict, (start, end)))
    return result


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("texts", type=Path)
    options.add_argument("--without", action="append", default=[])
    options.add_argument("--errors", action="store_true", help="print what is wrong or open")
    options.add_argument("--grammar", action="store_true", help="without the encoder")
    asked = options.parse_args()
    for name in asked.without:
        module, function = name.rsplit(".", 1)
        room = importlib.import_module(f"kg.stages.entities.reference.{module}")
        setattr(room, function, lambda *_: False)
    counts: Counter[str] = Counter()
    for passage in read_meant(MARKS, asked.texts):
        for verdict, (start, end) in verdicts(passage, grammar=asked.grammar):
            counts[verdict] += 1
            if asked.errors and verdict != "right":
                around = passage.text[max(0, start - 200) : end + 60]
                print(verdict, passage.name, start, repr(around))
    print(*(f"{verdict} {counts[verdict]}" for verdict in ("right", "wrong", "open")), f"of {counts.total()}")


if __name__ == "__main__":
    main()
