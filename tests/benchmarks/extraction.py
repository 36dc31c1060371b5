"""What the stages cost beside plain spaCy on the same texts in the same run, CPU time of the process.

python tests/benchmarks/extraction.py FILE_OR_FOLDER... [--model M] [--rounds N]

Text by text the two take turns, so that a busy machine slows both alike; the quickest of the rounds counts.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter
from collections.abc import Callable
from typing import Any

from kg.reading import articles
from kg.stages.attribution import find_attributions
from kg.stages.attribution.sources import resolve_sources
from kg.stages.entities import find_entities
from kg.stages.entities.mentions import find_mentions
from kg.stages.events import find_events
from kg.stages.figures import find_figures
from kg.stages.roles import find_roles
from kg.stages.rules import read_document
from kg.stages.times import find_times
from kg.text.article import Article
from kg.text.document import Document, default_model, parse
from kg.text.parser import load


def timed(spent: Counter[str], name: str, stage: Callable[[], Any]) -> Any:
    """What the stage returns; its CPU seconds are added up under its name."""
    start = time.process_time()
    found = stage()
    spent[name] += time.process_time() - start
    return found


def stages(document: Document) -> Counter[str]:
    """CPU seconds by stage, and of all together."""
    spent: Counter[str] = Counter()
    times = timed(spent, "figures and times", lambda: find_times(document))
    names = "names, coreference, roles and relations"
    named = timed(spent, names, lambda: find_entities(document, find_mentions(document)))
    said = timed(spent, "attributions", lambda: find_attributions(document))
    attributions, entities = timed(spent, "attributions", lambda: resolve_sources(document, said, named))
    timed(spent, "figures and times", lambda: find_figures(document, entities, attributions, times))
    roles = timed(spent, names, lambda: find_roles(document, entities, times, attributions))
    timed(spent, names, lambda: find_events(document, entities, attributions, times, roles))
    timed(spent, "everything after the parse", lambda: read_document(document))
    return spent


def measured(article: Article, model: str) -> tuple[int, Counter[str]]:
    """The article's tokens, and CPU seconds of plain spaCy, of the parse and of each stage."""
    spent: Counter[str] = Counter()
    timed(spent, "plain spaCy", lambda: load(model)(article.text))
    document = timed(spent, "the parse into a Document", lambda: parse(article, model))
    return len(document), spent + stages(document)


def main() -> None:
    """Print CPU seconds, microseconds a token and shares of plain spaCy's time."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("sources", nargs="+")
    arguments.add_argument("--model", default=default_model())
    arguments.add_argument("--rounds", type=int, default=3)
    asked = arguments.parse_args()
    texts = [o.article for o in articles(asked.sources) if o.article]
    measured(texts[0], asked.model)
    tokens, total = 0, Counter[str]()
    for article in texts:
        rounds = [measured(article, asked.model) for _ in range(asked.rounds)]
        tokens += rounds[0][0]
        total += Counter({name: min(spent[name] for _, spent in rounds) for name in rounds[0][1]})
    print(f"{len(texts)} articles, {tokens} tokens, model {asked.model}, best of {asked.rounds}")
    plain = total["plain spaCy"]
    for name, spent in total.items():
        each = 1e6 * spent / tokens
        print(f"{name:40s} {spent:6.2f} CPU s  {each:5.0f} us a token  {spent / plain:6.1%} of plain spaCy")
    both = total["the parse into a Document"] + total["everything after the parse"]
    print(f"all that kg does, from text to records: {both / plain:.2f} of plain spaCy's time")


if __name__ == "__main__":
    main()
