"""What all stages after the parse cost, beside the parse of the same texts in the same run.

python tests/benchmarks/extraction.py FILE_OR_FOLDER... [--model M]
"""

from __future__ import annotations

import argparse
import time

from kg.attribution import find_attributions
from kg.document import Document, parse
from kg.entities import find_entities
from kg.entities.mentions import find_mentions
from kg.figures import find_figures
from kg.reading import articles
from kg.rules import read_document
from kg.times import find_times


def main() -> None:
    """Print CPU seconds and ratios."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("sources", nargs="+")
    arguments.add_argument("--model")
    asked = arguments.parse_args()
    texts = [o.article for o in articles(asked.sources) if o.article]
    for article in texts[:2]:
        read_document(parse(article, asked.model))
    start = time.process_time()
    documents = [parse(article, asked.model) for article in texts]
    parsed = time.process_time() - start
    tokens = sum(map(len, documents))
    print(f"{len(texts)} articles, {tokens} tokens; parse {parsed:.2f} CPU s, {1e6 * parsed / tokens:.0f} us a token")
    read = {id(document): read_document(document) for document in documents}

    def counted(document: Document) -> None:
        made = read[id(document)]
        find_figures(document, made.entities, made.attributions, find_times(document))

    for name, stage in (
        ("names and coreference", lambda d: find_entities(d, find_mentions(d))),
        ("attributions", find_attributions),
        ("times and figures", counted),
        ("everything after the parse", read_document),
    ):
        start = time.process_time()
        for document in documents:
            stage(document)
        spent = time.process_time() - start
        print(
            f"{name:28s} {spent:6.2f} CPU s  {1e6 * spent / tokens:5.0f} us a token  {spent / parsed:6.1%} of the parse"
        )


if __name__ == "__main__":
    main()
