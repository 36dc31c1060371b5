"""The store against bare pyoxigraph and rdflib, side by side in one run: `python tests/benchmarks/bench_store.py [QUADS]`.

Articles are copies of the hand-written samples under other addresses, with
other numbers and places, so that a million quads need no parser. Seconds are those
of the processor; a ratio says more: other work on the machine slows both sides.
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
from statistics import median

import pyoxigraph as ox

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from samples import rich, rival  # noqa: E402

from kg import store as stores  # noqa: E402
from kg.query import prepared, questions, run  # noqa: E402
from kg.rdf import vocab  # noqa: E402
from kg.rdf.interop import dataset  # noqa: E402
from kg.rdf.terms import Lit  # noqa: E402
from kg.rdf.vocab import PREFIXES  # noqa: E402
from kg.rdf.write import identity_iri, quads  # noqa: E402
from kg.records.extraction import Extraction  # noqa: E402
from kg.records.mention import EntityType  # noqa: E402

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


def seconds(work: Callable[[], object], *, times: int = 1) -> float:
    """CPU seconds of this process, the least of so many runs: what other programs do counts for little."""
    found = []
    for _ in range(times):
        begun = time.process_time()
        work()
        found.append(time.process_time() - begun)
    return min(found)


def one_by_one(folder: Path, texts: list[bytes]) -> None:
    """Bare Oxigraph, a transaction an article."""
    store = ox.Store(str(folder / "one-by-one"))
    for text in texts:
        store.load(text, format=ox.RdfFormat.N_QUADS)
    store.flush()


def at_once(folder: Path, texts: list[bytes]) -> None:
    """Bare Oxigraph, all in one bulk load."""
    store = ox.Store(str(folder / "at-once"))
    store.bulk_load(b"\n".join(texts), format=ox.RdfFormat.N_QUADS)
    store.flush()


def link(store: stores.Store) -> None:
    """Say that the places of a name are one, and people of a name one in so many articles."""
    same: dict[str, str] = {}
    labels: dict[str, tuple[EntityType, str]] = {}
    for quad in store.quads(p=vocab.label):
        name = quad.o.text if isinstance(quad.o, Lit) else ""
        if name.startswith("Port "):
            identity, kind = identity_iri(name), EntityType.PLACE
        elif name in {"Ida Berg", "Rescue Watch"}:
            identity, kind = identity_iri(name, int(quad.s[-3:], 16) % 200), EntityType.PERSON
        else:
            continue
        same[str(quad.s)] = identity
        labels[identity] = (kind, name)
    store.set_links(same, labels)


def main(size: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        found, total = [], 0
        for extraction in articles():
            found.append(extraction)
            total += len(quads(extraction))
            if total >= size:
                break
        texts = ["\n".join(quads(e)).encode() for e in found]
        plain, sorted_in = (seconds(lambda load=load: load(Path(folder), texts)) for load in (one_by_one, at_once))  # type: ignore[misc]
        with stores.open(f"{folder}/kg", create=True) as store:
            ours = seconds(lambda: [*(store.put(e) for e in found), store.settle()])
            print(f"{len(found)} articles, {len(store)} quads")
            print(
                f"load: {ours:.1f} s, with their graphs made; bare pyoxigraph from ready lines {plain:.1f} s an article "
                f"at a time, ratio {ours / plain:.2f}, {sorted_in:.1f} s all in one bulk load, ratio {ours / sorted_in:.2f}"
            )
            link(store)
        with stores.open(f"{folder}/kg") as store, stores.open(f"{folder}/few", create=True) as small:
            few = dataset(q for e in store.ids()[:20] for q in store.about(e))
            for extraction in sorted(found, key=lambda e: e.article.id)[:20]:
                small.put(extraction)
            link(small)
            slowest, overheads, gains = 0.0, [], []
            for question in questions():
                text, _ = prepared(store, question, {})

                def bare(t: str = text) -> list[ox.QuerySolution]:
                    answer = store.oxigraph.query(t, prefixes=dict(PREFIXES), use_default_graph_as_union=True)
                    return list(answer)  # type: ignore[arg-type]

                least = seconds(bare, times=3)
                full = seconds(lambda q=question: run(store, q.name), times=3)  # type: ignore[misc]
                there = seconds(lambda q=question: run(small, q.name), times=3)  # type: ignore[misc]
                slow = seconds(lambda q=question: run(few, q.name))  # type: ignore[misc]
                slowest = max(slowest, full)
                overheads.append(full / least)
                gains.append(slow / there)
                print(
                    f"{question.name:22s} {len(run(store, question.name).terms):6d} rows {full:6.2f} s, "
                    f"bare {least:6.2f} s, ratio {full / least:5.2f}; "
                    f"20 articles: rdflib takes {slow / there:6.1f} times as long"
                )
            print(
                f"slowest {slowest:.2f} s; against bare pyoxigraph at most {max(overheads):.2f} times as long, ", end=""
            )
            print(f"in the median {median(overheads):.2f}; rdflib in the median {median(gains):.0f} times as long")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
