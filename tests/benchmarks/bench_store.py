"""The store against bare pyoxigraph and rdflib, side by side in one run: `python tests/benchmarks/bench_store.py [QUADS]`.

Articles are copies of the hand-written samples under other addresses, with
other numbers and places, so that a million quads need no parser. A ratio says
more than a time: other work on the machine slows both sides.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pyoxigraph as ox

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from samples import rich, rival  # noqa: E402

from kg import store as stores  # noqa: E402
from kg.extraction import Extraction  # noqa: E402
from kg.graph import quads  # noqa: E402
from kg.interop import dataset  # noqa: E402
from kg.query import inlined, questions, run  # noqa: E402
from kg.vocab import PREFIXES  # noqa: E402

HEADS = ("passenger", "detainee", "house", "soldier", "refugee", "ship", "worker", "child", "voter", "tonne")


def articles(seed: int = 0) -> Iterator[Extraction]:
    """Articles without end, the same for the same seed."""
    chance = random.Random(seed)
    number = 0
    while True:
        for model in (rich(), rival()):
            place = f"Port {chance.randrange(500)}"
            entities = tuple(replace(e, name=place) if e.type == "Place" else e for e in model.entities)
            figures = tuple(
                replace(
                    f,
                    low=f.low and f.low + chance.randrange(50),
                    high=f.high and f.high + Decimal(50),
                    concept=chance.choice(HEADS),
                )
                for f in model.figures
            )
            topics = tuple(replace(t, lemma=f"{t.lemma} {chance.randrange(500)}") for t in model.topics)
            article = replace(model.article, url=f"https://x.test/{number}", path=f"{number:07}.txt")
            yield replace(model, article=article, entities=entities, figures=figures, topics=topics)
            number += 1


def seconds(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def main(size: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        found, total = [], 0
        for extraction in articles():
            found.append(extraction)
            total += len(quads(extraction))
            if total >= size:
                break
        texts = ["\n".join(quads(e)).encode() for e in found]
        raw = ox.Store(f"{folder}/raw")
        plain = seconds(lambda: [raw.extend(ox.parse(t, format=ox.RdfFormat.N_QUADS)) for t in texts])
        with stores.open(f"{folder}/kg", create=True) as store:
            ours = seconds(lambda: [store.put(e) for e in found])
            print(f"{len(found)} articles, {len(store)} quads")
            print(f"load: {ours:.1f} s, bare pyoxigraph from ready lines {plain:.1f} s, ratio {ours / plain:.2f}")
            few = dataset(q for e in store.ids()[:20] for q in store.about(e))
            with stores.open(f"{folder}/few", create=True) as small:
                for extraction in sorted(found, key=lambda e: e.article.id)[:20]:
                    small.put(extraction)
                for question in questions():
                    text = inlined(question.text)
                    bare = seconds(
                        lambda t=text: list(
                            store.oxigraph.query(t, prefixes=dict(PREFIXES), use_default_graph_as_union=True)
                        )
                    )
                    full = seconds(lambda q=question: run(store, q.name))
                    there = seconds(lambda q=question: run(small, q.name))
                    slow = seconds(lambda q=question: run(few, q.name))
                    print(
                        f"{question.name:22s} {full:6.2f} s, bare {bare:6.2f} s, ratio {full / bare:5.2f}; "
                        f"20 articles: rdflib takes {slow / there:6.1f} times as long"
                    )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
