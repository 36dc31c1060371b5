"""Who reports a figure, beside PolNeAR: a figure inside a gold content has that attribution's source.

python tests/benchmarks/reporters.py POLNEAR [--split dev] [--model M]

POLNEAR holds `data/SPLIT/text/*.txt` and the annotation, and `attribeval.py`
beside it reads that. A figure's reporter is right where its source's words, or
those of a source further up the chain, overlap the gold ones.
"""

from __future__ import annotations

import argparse
import importlib.util
from collections import Counter
from pathlib import Path
from typing import Any

from kg.records.extraction import Extraction
from kg.records.figure import Figure
from kg.stages.rules import read_document
from kg.text.article import Article, Span
from kg.text.document import parse


def words(extraction: Extraction, figure: Figure) -> list[Span]:
    """The words that name the reporter of a figure, and those further up its chain."""
    attributions = {a.id: a for a in extraction.attributions}
    found: list[Span] = []
    at, seen = attributions.get(figure.attribution or ""), set[str]()
    if at is None or not at.source:
        named = next(e for e in extraction.entities if e.id == figure.reporters[0])
        found += [mention.span for mention in named.mentions]
    while at is not None and at.id not in seen:
        seen.add(at.id)
        found += at.source
        at = attributions.get(at.parent or "")
    return found


def compare(extraction: Extraction, gold: list[Any]) -> Counter[str]:
    """How many figures gold gives a source, how many have a reporter, and how many of those are right."""
    count: Counter[str] = Counter()
    for figure in extraction.figures:
        told = [a for a in gold if any(figure.span.overlaps(Span(*c)) for c in a.spans["content"])]
        sources = [Span(*span) for a in told for span in a.spans["source"]]
        count["gold"] += bool(sources)
        if figure.reporters:
            count["found"] += 1
            count["right"] += any(w.overlaps(s) for w in words(extraction, figure) for s in sources)
    return count


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("polnear", type=Path)
    arguments.add_argument("--split", default="dev")
    arguments.add_argument("--model")
    asked = arguments.parse_args()
    spec = importlib.util.spec_from_file_location("attribeval", asked.polnear.parent / "attribeval.py")
    assert spec is not None and spec.loader is not None
    scorer = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(scorer)
    _, gold = scorer.load_polnear(str(asked.polnear), asked.split)
    total: Counter[str] = Counter()
    for file in sorted((asked.polnear / "data" / asked.split / "text").glob("*.txt")):
        with file.open(encoding="utf-8", newline="") as text:
            total += compare(read_document(parse(Article(text.read()), asked.model)), gold[file.stem])
    precision, recall = total["right"] / total["found"], total["right"] / total["gold"]
    print(f"{total['gold']} figures with a source, {total['found']} with a reporter, {total['right']} right")
    print(f"P {precision:.1%}  R {recall:.1%}  F1 {2 * precision * recall / (precision + recall):.1%}")


if __name__ == "__main__":
    main()
