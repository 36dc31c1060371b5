"""What it costs to say what many articles have in common: seconds and memory at three numbers of made-up articles.

python tests/benchmarks/across.py [--sizes 1000 10000 100000] [--graph GRAPH]

Articles have eight statements and eight names each, drawn as news draws them: few things often, most once. Prints the
CPU milliseconds of one article for names, utterances and claims, and the memory at the peak, in MB, each size in a process
of its own. With --graph, what linking a whole graph takes, an article.
"""

from __future__ import annotations

import argparse
import resource as usage
from collections.abc import Callable
from datetime import date, timedelta
from multiprocessing import get_context
from pathlib import Path
from random import Random
from time import process_time
from typing import Any

from kg import store as stores
from kg.comparison.claims import claims
from kg.comparison.told import ToldPart, ToldStatement
from kg.comparison.utterances import utterances
from kg.identity.grouping import identify
from kg.identity.linking import link
from kg.identity.matching import Profile
from kg.rdf import vocab
from kg.rdf.iris import LEDGER, graph_iri
from kg.rdf.terms import Iri
from kg.records.attribution import Stance
from kg.records.mention import EntityType
from kg.text.article import Span

WORDS = ["".join(Random(n).choices("bdfgklmnprstvzaeiou", k=8)) for n in range(20_000)]
"""Words of made-up statements."""


def often(random: Random, most: int) -> int:
    """A number below `most`, the small ones far oftener."""
    return min(int(random.paretovariate(0.6)) - 1, most - 1)


def made(articles: int) -> tuple[list[ToldStatement], list[Profile]]:
    """Statements and names of so many articles."""
    random = Random(1)
    told, people = [], []
    for n in range(articles):
        day = date(2020, 1, 1) + timedelta(n % 1000)
        for k in range(8):
            story = often(random, articles) * 8 + k if random.random() < 0.3 else random.randrange(articles * 80)
            chosen = Random(story).sample(WORDS, 8)
            text = " ".join([*chosen[:7], random.choice(WORDS)])
            part = ToldPart(text, frozenset(text.split()), frozenset(), turned=False, verbal=True, hedged=False)
            who = (f"name{story % 997}",)
            told.append(ToldStatement(
                Iri(f"s{n}-{k}"), Iri(f"a{n}"), day, Span(k * 90, k * 90 + 80), Iri(who[0]), who, Stance.ASSERTS,
                False, text, (text,) if k % 2 else (), (part,),
            ))  # fmt: skip
            name = f"{WORDS[often(random, 2_000)]} {WORDS[often(random, 20_000)]}".title()
            people.append(Profile(f"e{n}-{k}", f"a{n}", EntityType.PERSON, name, roles=(random.choice(WORDS),)))
    return told, people


def measured(size: int) -> dict[str, float]:
    """Milliseconds an article for each step, and the memory at the peak, in MB."""
    told, people = made(size)
    steps: dict[str, Callable[[], Any]] = {
        "names": lambda: identify(people),
        "utterances": lambda: utterances(told),
        "claims": lambda: claims(told),
    }
    found = {}
    for step, run in steps.items():
        start = process_time()
        run()
        found[step] = 1000 * (process_time() - start) / size
    return found | {"MB": usage.getrusage(usage.RUSAGE_SELF).ru_maxrss / 1024}


def main() -> None:
    """Print a line a size."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--sizes", nargs="*", type=int, default=[1_000, 10_000, 100_000])
    arguments.add_argument("--graph", type=Path)
    given = arguments.parse_args()
    for size in given.sizes:
        with get_context("spawn").Pool(1) as pool:
            found = pool.apply(measured, (size,))
        print(f"{size:>7} articles:", ", ".join(f"{step} {value:.2f}" for step, value in found.items()))
    if given.graph:
        with stores.open(given.graph, write=True) as store:
            ledger = graph_iri(store.base, LEDGER)
            store.oxigraph.update(f"DELETE WHERE {{ GRAPH <{ledger}> {{ ?s <{vocab.linkedFrom}> ?o }} }}")
            start = process_time()
            identities = link(store)
            count = len(store.ids())
            print(
                f"{count} articles: {identities} identities, {1000 * (process_time() - start) / count:.1f} ms an article"
            )


if __name__ == "__main__":
    main()
