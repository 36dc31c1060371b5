"""What it costs to say what many articles have in common, and what one article more does: made-up articles in a store.

python tests/benchmarks/across.py [--sizes 1000 10000 100000] [--at FOLDER] [--graph GRAPH] [--rebuild]

Articles have eight statements, eight names and two figures each, drawn as news draws them: few things often, most once.
Prints for each size the CPU milliseconds an article of linking them all, the memory at the peak in MB, the seconds that
one article more takes (the slowest of five, then one that goes), by the processor and by the clock, and the megabytes of
what is kept beside the store. Each size runs in a process of its own, which says on standard error where it is. With --graph, linking a graph of real articles, how
many of its statements have a topic, and the CPU seconds of every shipped question on it, the better of two.
"""

from __future__ import annotations

import argparse
import resource as usage
import shutil
import sys
from datetime import date, timedelta
from decimal import Decimal
from hashlib import sha256
from multiprocessing import get_context
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from time import perf_counter, process_time

from kg import store as stores
from kg.identity.kept_links import FILE
from kg.identity.linking import link
from kg.query import questions, run
from kg.rdf import vocab
from kg.rdf.iris import LINKS, graph_iri
from kg.rdf.terms import nquads
from kg.records.attribution import Attribution, Form, Stance
from kg.records.entity import Entity
from kg.records.extraction import Extraction
from kg.records.figure import Bound, Figure
from kg.records.mention import EntityType, Mention, MentionKind
from kg.records.role import Role
from kg.store import Store
from kg.text.article import Article, Span

WORDS = ["".join(Random(n).choices("bdfgklmnprstvzaeiou", k=8)) for n in range(20_000)]
"""Words of made-up statements and names."""

KINDS = (EntityType.PERSON, EntityType.PERSON, EntityType.ORGANIZATION, EntityType.PLACE)


def often(random: Random, most: int) -> int:
    """A number below `most`, the small ones far oftener."""
    return min(int(random.paretovariate(0.6)) - 1, most - 1)


def made(n: int, articles: int) -> Extraction:
    """The n-th of so many made-up articles."""
    random, text = Random(n), ""
    entities, statements, figures, roles = [], [], [], []

    def write(words: str) -> Span:
        nonlocal text
        text += f"{words} "
        return Span(len(text) - 1 - len(words), len(text) - 1)

    for k in range(8):
        kind = KINDS[k % 4]
        thing = often(random, 300 * articles)
        words = [WORDS[thing % 19_997], WORDS[(thing * 7 + thing // 19_997) % 19_993]]
        name = " ".join(words[: 1 if kind is EntityType.PLACE else 2]).title()
        at = write(name)
        entities.append(Entity(f"e{k}", kind, name, (Mention(at, MentionKind.NAME, kind),)))
        if kind is EntityType.PERSON:
            title = WORDS[(thing * 3 + random.randrange(2)) % 997]
            roles.append(Role(f"r{k}", f"e{k}", title, write(title), organization=None if k % 4 else f"e{k + 2}"))
    for k in range(8):
        repeated = random.random() < 0.1
        told = int(articles * random.random() ** 2 / 10) * 8 + k if repeated else random.randrange(articles * 800)
        chosen = Random(told).sample(WORDS, 12)
        cue = write("said")
        start, counted = len(text), None
        write(" ".join(chosen[:6]))
        if k < 2:
            count = random.randrange(2, 90)
            counted = write(str(count)), write(chosen[6])
        end = write(" ".join([*chosen[7:11], random.choice(WORDS)])).end
        form = Form.DIRECT if k % 2 else Form.INDIRECT
        speaker = entities[k % 3]
        source = speaker.mentions[0].span
        content = Span(start, end)
        statements.append(Attribution(f"a{k}", (source,), (cue,), (content,), form, Stance.ASSERTS, speaker.id))
        if counted is not None:
            figures.append(Figure(
                f"f{k}", counted[0], Decimal(count), Decimal(count), Bound.EXACT, counted=chosen[6],
                counted_span=counted[1], concept=chosen[6], event="drown", reporters=(speaker.id,), attribution=f"a{k}",
                place="e3", evidence=content,
            ))  # fmt: skip
    day = date(2020, 1, 1) + timedelta(random.randrange(1000))
    article = Article(text, title=f"Article {n}", published=day, path=f"{n}.txt")
    return Extraction(
        article, "by program", entities=tuple(entities), attributions=tuple(statements), figures=tuple(figures),
        roles=tuple(roles),
    )  # fmt: skip


def peak() -> float:
    """The most memory that this process has had, in MB."""
    return usage.getrusage(usage.RUSAGE_SELF).ru_maxrss / 1024


def note(what: str, begun: float) -> None:
    """Say on standard error how far the work is, after how many seconds and at which peak of memory."""
    print(f"  {perf_counter() - begun:8.0f} s {peak():6.0f} MB  {what}", file=sys.stderr, flush=True)


def put(store: Store, n: int, articles: int) -> None:
    """Put the n-th article into a store."""
    one = made(n, articles)
    store.put(one, input_hash=one.article.id)


def linked(store: Store) -> tuple[float, float]:
    """Link a store: seconds of the processor, and by the clock."""
    start, begun = process_time(), perf_counter()
    link(store)
    return process_time() - start, perf_counter() - begun


def said(store: Store) -> str:
    """A hash of all that links say."""
    return sha256("\n".join(sorted(nquads(store.quads(g=graph_iri(store.base, LINKS))))).encode()).hexdigest()


def measured(size: int, folder: Path, rebuild: bool) -> dict[str, float]:
    """What linking so many articles costs, and what a change does; with `rebuild`, whether all links made anew differ."""
    begun = perf_counter()
    with stores.open(folder, create=True) as store:
        if not store.ids():
            for n in range(size):
                put(store, n, size)
                if (n + 1) % 1000 == 0:
                    note(f"{n + 1} articles stored", begun)
            store.settle()
            note("settled", begun)
        (folder / FILE).unlink(missing_ok=True)
        before = peak()
        found = {"ms an article": 1000 * linked(store)[0] / size}
        found |= {"MB before": before, "MB after": peak()}
        note(f"linked, {found}", begun)
        more = []
        for n in range(size, size + 5):
            put(store, n, size)
            store.settle()
            more.append(linked(store))
            note(f"one more linked in {more[-1]}", begun)
        if rebuild:
            before_it = said(store)
            (folder / FILE).unlink()
            link(store)
            note("linked anew", begun)
            found["links that a rebuild makes otherwise"] = float(said(store) != before_it)
        found |= {"s one more": max(more)[0], "by the clock": max(clock for _, clock in more)}
        store.remove(f"{size // 2}.txt")
        found["s one less"] = linked(store)[0]
        for n in range(size, size + 5):
            store.remove(f"{n}.txt")
        put(store, size // 2, size)
        link(store)
    return found | {"MB kept": (folder / FILE).stat().st_size / 1e6}


def asked(store: Store, name: str) -> tuple[float, str, int]:
    """What a shipped question takes, in CPU seconds, its name, and how many rows it gives."""
    spent, rows = [], 0
    for _ in "12":
        start = process_time()
        rows = len(run(store, name).terms)
        spent.append(process_time() - start)
    return min(spent), name, rows


def with_topic(store: Store) -> tuple[int, int]:
    """How many statements a store has, and how many of them have a topic."""
    statements = {quad.s for quad in store.quads(p=vocab.stance)}
    return len(statements), len(statements & {quad.s for quad in store.quads(p=vocab.about)})


def main() -> None:
    """Print a line a size."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--sizes", nargs="*", type=int, default=[1_000, 10_000, 100_000])
    arguments.add_argument("--at", type=Path, help="where the stores are kept for the next time")
    arguments.add_argument("--graph", type=Path)
    arguments.add_argument("--rebuild", action="store_true", help="say whether links made anew say otherwise")
    given = arguments.parse_args()
    for size in given.sizes:
        with TemporaryDirectory() as name, get_context("spawn").Pool(1) as pool:
            found = pool.apply(measured, (size, (given.at or Path(name)) / str(size), given.rebuild))
        print(f"{size:>7} articles:", ", ".join(f"{step} {value:.2f}" for step, value in found.items()), flush=True)
    if given.graph:
        with TemporaryDirectory() as name:
            shutil.copytree(given.graph, Path(name) / "graph")
            (Path(name) / "graph" / FILE).unlink(missing_ok=True)
            with stores.open(Path(name) / "graph", write=True) as store:
                seconds, count = linked(store)[0], len(store.ids())
                print(f"{count} articles, {len(store)} quads: {1000 * seconds / count:.1f} ms an article")
                print("  of {} statements {} have a topic".format(*with_topic(store)))
                for spent, question, rows in sorted((asked(store, one.name) for one in questions()), reverse=True):
                    print(f"  {question:22s} {spent:.2f} s {rows} rows")


if __name__ == "__main__":
    main()
