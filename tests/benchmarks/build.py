"""What a build costs beside the parser alone, what a second worker brings, and whether memory grows; ratios side by side.

Run `python tests/benchmarks/build.py [parse|workers|share|memory|size] [--articles N]`; without a name all but the last. Seconds are
CPU seconds where one process works, and seconds by the clock for workers.
"""

from __future__ import annotations

import argparse
import random
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "faults"))

from driver import stub, text

import kg
from kg import build as building
from kg import store as stores
from kg.build.builder import Done, Step, make
from kg.build.cluster import pool
from kg.build.limits import _resident
from kg.build.outputs import write_outputs
from kg.build.plan import Extract, rules
from kg.identity.linking import link
from kg.rdf.write import describe
from kg.resources import resource
from kg.text.article import Article
from kg.text.document import default_model
from kg.text.document import parse as parsing
from kg.text.parser import _installed

WHOLE = 400
"""Articles of the build that `share` speaks of."""

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
    """Two Dask workers against one, by the clock, from the 21st article that comes back until all is linked.

    Taken in turns, and of each the best of so many times. On a machine that is busy otherwise `share` says more.
    """
    source = written(folder / "in", texts(n))
    took: dict[int, float] = {}
    for count in (1, 2) * repeats:
        begun = 0.0
        with stores.open(folder / "graph", create=True) as store:
            for k, _ in enumerate(building.build(building.Plan([source]), store, pool=pool(workers=count))):
                if k == WARM:
                    begun = time.monotonic()
            store.settle()
            link(store)
            spent = (time.monotonic() - begun) / (n - 1 - WARM)
        shutil.rmtree(folder / "graph")
        took[count] = min(took.get(count, spent), spent)
        print(f"  {count} workers: {spent * 1e3:.0f} ms an article by the clock")
    print(f"{n} articles: two workers / one: {took[1] / took[2]:.2f} (aim 1.70 on two free cores)")


def share(n: int, folder: Path, own: Path | None = None) -> None:
    """What of a build only one process can do: CPU seconds in a worker against those of writer, links and files.

    With one worker the process that writes works beside it, on the other core; with two, both cores share all work.
    The stories of `texts` say the same few sentences again and again, which makes links dear; `own` is a folder of others.
    What the page costs once, however many articles it has (where its nodes lie), counts as in a build of WHOLE articles.
    """
    spare = written(folder / "spare", texts(WARM))
    files = sorted(own.glob("*.txt"))[:n] if own else [written(folder / "in", texts(n))]
    n = len(files) if own else n
    for name, extract in (("as it is read by default", rules), ("with --fast", partial(kg.extract, fast=True))):
        _shared([spare], folder / f"warm {name}", extract)  # the tables and the vocabulary fill
        *each, once = _shared(files, folder / name, extract)
        made, alone, linked, beside = (s / n * 1e3 for s in each)
        print(f"{n} articles {name}: CPU ms an article: in a worker {made:.0f}, writing {alone:.0f}, ", end="")
        print(f"links {linked:.0f}, files beside the store {beside:.0f}, and once {once:.1f} s")
        beside += once / WHOLE * 1e3
        for what, after in (("with links", linked), ("with links and files", linked + beside)):
            serial = (alone + after) / (made + alone + after)
            print(f"  {what}: {serial:.1%} not parallel; two workers / one on two free cores: ", end="")
            print(f"{(max(made, alone) + after) / ((made + alone) / 2 + after):.2f}")


def _shared(sources: list[Path], folder: Path, extract: Extract) -> tuple[float, float, float, float, float]:
    """CPU seconds of a build: of workers, of its writer, of links, of the files beside it, and of these but once."""
    made = 0.0

    def here(steps: Iterable[Step]) -> Iterator[Done]:
        nonlocal made
        for step in steps:
            begun = time.process_time()
            done = step if isinstance(step, building.Result) else (step, make(step))
            made += time.process_time() - begun
            yield done

    with stores.open(folder, create=True) as store:
        built = _cpu(lambda: list(building.build(building.Plan(sources, extract=extract), store, pool=here)))
        settled, linked = _cpu(store.settle), _cpu(lambda: link(store))
        first, again = (_cpu(lambda: write_outputs(store, folder)) for _ in "12")
        return made, built - made + settled, linked, again, first - again


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


def size(sources: Path) -> None:
    """What the articles of a folder come to in quads and on the disk, a token and an article of 950 tokens."""
    with tempfile.TemporaryDirectory() as folder:
        building.run(building.Plan([sources], outputs=False), Path(folder))
        held = sum(file.stat().st_size for file in Path(folder, "store").iterdir())
        with stores.open(folder) as store:
            extractions = list(store.extractions())
            quads, linked = sum(len(set(describe(e))) for e in extractions), len(store)
        tokens = sum(len(parsing(e.article)) for e in extractions)
        beside = Path(folder, "links.sqlite").stat().st_size
    print(
        f"{len(extractions)} articles, {tokens:,} tokens: {quads / tokens:.3f} quads a token, {linked / tokens:.2f} with "
        f"ledger and links; of 950 tokens {held / tokens * 950 / 1e6:.2f} MB in the store, "
        f"{beside / tokens * 950 / 1e6:.2f} MB beside it"
    )


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("what", nargs="*", default=["parse", "workers", "share", "memory"])
    parser.add_argument("--articles", type=int, default=0)
    parser.add_argument("--of", type=Path, help="a folder of articles of your own, for share and size")
    given = parser.parse_args()
    for what in given.what:
        folder = Path(tempfile.mkdtemp())
        try:
            if what == "parse":
                parse(given.articles or 60, folder)
            elif what == "workers":
                workers(given.articles or 400, folder)
            elif what == "share":
                share(given.articles or 50, folder, given.of)
            elif what == "size":
                size(given.of or resource("data/articles"))
            else:
                memory(given.articles or 10_000, folder)
        finally:
            shutil.rmtree(folder)


if __name__ == "__main__":
    main()
