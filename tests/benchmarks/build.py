"""What a build costs beside the parser alone, what a second worker brings, and whether memory grows; ratios side by side.

Run `python tests/benchmarks/build.py [parse|workers|memory] [--articles N]`; without a name all three. Seconds are
CPU seconds where one process works, and seconds by the clock for workers.
"""

from __future__ import annotations

import argparse
import random
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "faults"))

from driver import stub, text

from kg import build as building
from kg import store as stores
from kg.build.limits import _resident
from kg.build.plan import rules
from kg.rdf.write import to_nquads
from kg.resources import resource
from kg.text.article import Article
from kg.text.document import default_model
from kg.text.document import parse as parsing
from kg.text.parser import _installed

WARM = 20
"""Articles before the clock of `workers` starts: by then all workers are under way, whatever their number."""


def sentences() -> list[str]:
    """The sentences of the sample articles that ship with the project."""
    files = sorted(resource("data/articles").glob("*.txt"))
    return [s + "." for f in files for s in f.read_text(encoding="utf-8").split(". ") if len(s) > 40]


def texts(n: int) -> list[str]:
    """`n` articles of 25 sentences, put together anew from the sample articles."""
    known, chosen = sentences(), random.Random(7)
    return [
        "\n\n".join(" ".join(chosen.choice(known) for _ in range(5)) for _ in range(5)) + f"\n\nThis was story {k}."
        for k in range(n)
    ]


def written(folder: Path, stories: list[str]) -> Path:
    """The stories as files."""
    folder.mkdir()
    for k, story in enumerate(stories):
        (folder / f"{k:05}.txt").write_text(story, encoding="utf-8")
    return folder


def _cpu(work: Callable[[], object]) -> float:
    begun = time.process_time()
    work()
    return time.process_time() - begun


def parse(n: int, folder: Path, repeats: int = 3) -> None:
    """A build of `n` articles against spaCy's `nlp.pipe` with the same pipeline on the same texts.

    Taken in turns, and of each the best of so many times: another process may slow down any of them.
    """
    import spacy

    stories = texts(n)
    source = written(folder / "in", stories)
    spare = sentences()[:200]
    building.run(building.Plan([written(folder / "spare", spare)], outputs=False), folder / "warm")
    nlp = spacy.load(_installed(default_model()) or default_model())
    for _ in nlp.pipe(spare):
        pass
    best: dict[str, float] = {}

    def take(name: str, work: Callable[[], object]) -> None:
        best[name] = min(best.get(name, float("inf")), _cpu(work))

    for k in range(repeats):
        take("nlp.pipe", lambda: [len(doc) for doc in nlp.pipe(stories)])
        take("parse", lambda: [parsing(Article(story)) for story in stories])
        take("kg build", lambda k=k: building.run(building.Plan([source], outputs=False), folder / f"graph{k}"))
        take("all unchanged", lambda k=k: building.run(building.Plan([source], outputs=False), folder / f"graph{k}"))
    tokens = sum(len(doc) for doc in nlp.pipe(stories))
    plain, built = best["nlp.pipe"], best["kg build"]
    print(f"{n} articles, {tokens} tokens, {default_model()}; CPU seconds, best of {repeats}")
    for name, seconds in best.items():
        print(f"  {name:14s} {seconds:6.2f} s  {seconds / tokens * 1e6:4.0f} us a token  {seconds / plain:.2f}")
    print(f"  throughput of kg build / nlp.pipe: {plain / built:.2f} (aim 0.80)")
    with stores.open(folder / "graph0") as store:
        size = sum(f.stat().st_size for f in (folder / "graph0" / "store").rglob("*") if f.is_file())
        print(f"  an article: {len(store) / n:.0f} quads, {size / n / 1e3:.0f} kB in the store")
        print(f"  a core: {n / built * 3600:.0f} articles an hour")


def workers(n: int, folder: Path, repeats: int = 2) -> None:
    """Two Dask workers against one, by the clock, from the 21st article that comes back until the store is settled.

    Taken in turns, and of each the best of so many times. With one worker the
    process that writes works beside it, on the other core; with two, both
    cores share all work: so two can bring about 2 W / (W + M) where an article
    costs W in a worker and M in the process that writes, in CPU seconds.
    """
    from kg.build.cluster import pool

    stories = texts(n)
    source = written(folder / "in", stories)
    took: dict[int, float] = {}
    writing: list[float] = []
    for count in (1, 2) * repeats:
        begun = (0.0, 0.0)
        with stores.open(folder / "graph", create=True) as store:
            for k, _ in enumerate(building.build(building.Plan([source]), store, pool=pool(workers=count))):
                if k == WARM:
                    begun = time.monotonic(), time.process_time()
            store.settle()
            spent = (time.monotonic() - begun[0]) / (n - 1 - WARM)
            writing.append((time.process_time() - begun[1]) / (n - 1 - WARM))
        shutil.rmtree(folder / "graph")
        took[count] = min(took.get(count, spent), spent)
        print(
            f"  {count} workers: {spent * 1e3:.0f} ms an article by the clock, {writing[-1] * 1e3:.0f} CPU ms to write it"
        )
    for story in stories[:8]:  # the tables and the vocabulary fill
        rules(Article(story), default_model())
    some = stories[:80]
    working = _cpu(lambda: [to_nquads(rules(Article(story), default_model())) for story in some]) / len(some)
    least = min(writing)
    print(f"{n} articles: two workers / one: {took[1] / took[2]:.2f} (aim 1.70 on two free cores)")
    print(f"  an article: {working * 1e3:.0f} CPU ms in a worker, {least * 1e3:.0f} in the process that writes:")
    print(
        f"  so about {2 * working / (working + least):.2f} on two cores, and on more up to {working / least:.0f} workers"
    )


def memory(n: int, folder: Path) -> None:
    """What the process holds after each tenth of `n` articles whose extraction is stubbed."""
    source = folder / "in"
    source.mkdir()
    for k in range(n):
        (source / f"{k:06}.txt").write_text(text(k), encoding="utf-8")
    held: list[int] = []

    def each(_: building.Result) -> None:
        each.count += 1  # type: ignore[attr-defined]
        if each.count % max(1, n // 10) == 0:  # type: ignore[attr-defined]
            held.append(_resident())

    each.count = 0  # type: ignore[attr-defined]
    with stores.open(folder / "graph", create=True) as store:
        for result in building.build(building.Plan([source], model="stub", extract=stub), store):
            each(result)
    growth = (held[-1] - held[0]) / 1e6 / (n * 0.9 / 1000)
    print(f"{n} articles: {', '.join(f'{h / 1e6:.0f}' for h in held)} MB; {growth:.1f} MB a thousand (at most 5)")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("what", nargs="*", default=["parse", "workers", "memory"])
    parser.add_argument("--articles", type=int, default=0)
    given = parser.parse_args()
    for what in given.what:
        folder = Path(tempfile.mkdtemp())
        try:
            if what == "parse":
                parse(given.articles or 60, folder)
            elif what == "workers":
                workers(given.articles or 400, folder)
            else:
                memory(given.articles or 10_000, folder)
        finally:
            shutil.rmtree(folder)


if __name__ == "__main__":
    main()
