"""The commands that write a graph: build, merge, remove; and annotate, which only prints."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from .console import (
    GRAPH,
    AllowHost,
    Attitudes,
    Extractor,
    Fast,
    Folder,
    Language,
    Llm,
    Meta,
    MinConfidence,
    Model,
    Ocr,
    Replies,
    Sources,
    app,
    complain,
    console,
    metadata,
    pairs,
    reported,
    visible,
)
from .extractor_choice import accounted, chosen, own_folder

if TYPE_CHECKING:
    from ..build import Plan, Result
    from ..reading import Outcome


class DateOrders(StrEnum):
    """Which of two numbers in a date is the day."""

    DMY = "dmy"
    MDY = "mdy"


Column = Annotated[
    list[str] | None, typer.Option("--column", help="Which column of a table holds what: text=body, title=head ...")
]
DateOrder = Annotated[DateOrders | None, typer.Option("--date-order", help="Which day 12/03/2024 is: dmy, 12 March.")]
Into = Annotated[Path, typer.Option("-d", "--dir", "-o", "--out", help="The folder that takes the graph.")]
Outputs = Annotated[
    bool | None, typer.Option("--outputs/--no-outputs", help="Write graph and view as files; default: if not huge.")
]


@app.command()
@reported
def build(
    sources: Sources,
    out: Into = GRAPH,
    meta: Meta = None,
    language: Language = None,
    model: Model = None,
    extractor: Extractor = "rules",
    llm: Llm = None,
    hosts: AllowHost = None,
    min_confidence: MinConfidence = 0.0,
    gazetteer: Annotated[
        Path | None, typer.Option(exists=True, dir_okay=False, help="A table of your own names: name, type, aliases.")
    ] = None,
    cues: Annotated[
        Path | None, typer.Option(exists=True, dir_okay=False, help="A table of your own cues, as data/cues.tsv.")
    ] = None,
    attitudes: Attitudes = False,
    all_times: Annotated[
        bool, typer.Option("--all-times", help="Store every time expression, not only those that date a record.")
    ] = False,
    fast: Fast = False,
    columns: Column = None,
    date_order: DateOrder = None,
    ocr: Ocr = False,
    fetch: Annotated[
        bool, typer.Option("--fetch", help="Let URLs among the sources be fetched; nothing else is.")
    ] = False,
    workers: Annotated[int | None, typer.Option(min=1, help="Extract in so many processes (needs Dask).")] = None,
    scheduler: Annotated[str | None, typer.Option(help="Extract on a Dask cluster: tcp://host:8786.")] = None,
    max_seconds: Annotated[
        float, typer.Option(min=0.1, help="Seconds of processor time that one article may take.")
    ] = 60.0,
    max_memory: Annotated[int, typer.Option(min=1, help="Megabytes of memory that one article may take.")] = 1024,
    shard: Annotated[str | None, typer.Option(help="Only this part of the articles: 2/8, for arrays of jobs.")] = None,
    known: Annotated[
        Path | None,
        typer.Option(
            "--index", exists=True, dir_okay=False, help="A file of known entities to link to, as `kg index` takes."
        ),
    ] = None,
    outputs: Outputs = None,
    base: Annotated[str | None, typer.Option(help="The IRI under which a new graph names its nodes.")] = None,
) -> None:
    """Read articles, extract who said what, store the graph, write graph.trig, graph.nq and view.html."""
    from dataclasses import replace

    from .. import build as building
    from ..build.limits import ArticleLimits
    from ..reading.ours import REPLIES

    plan = building.Plan(
        sources, metadata(meta, language), model, min_confidence, mapped(columns, date_order, ocr), base=base,
        limits=ArticleLimits(max_seconds, max_memory << 20), outputs=outputs, all_times=all_times,
    )  # fmt: skip
    pool: building.Pool = building.serial
    if fetch:
        from ..reading.fetch import Fetcher

        plan = replace(plan, fetcher=Fetcher())
    if workers is not None or scheduler is not None:
        from ..build import cluster as scale

        pool = scale.pool(workers=workers, scheduler=scheduler)
    if shard is not None:
        from ..build import cluster as scale

        plan = replace(plan, shard=scale.shard(shard))
    own_extractor = chosen(extractor, llm, hosts, out / REPLIES, model, gazetteer, cues, attitudes, fast)
    if own_extractor is not None:
        plan = replace(plan, extract=own_extractor)
    else:
        plan = by_rules(plan, gazetteer, cues, attitudes=attitudes, fast=fast)
    if known is not None:
        from ..identity.name_index import index

        index(known, out)
    here = [source for source in sources if source != "-" and "://" not in source[:12]]
    waiting = building.waiting(replace(plan, sources=here), out)
    with accounted(own_extractor, waiting, more=len(here) < len(sources), kept=out / REPLIES), _progress() as each:
        built = building.run(plan, out, each=each, pool=pool)
    _summary(list(built.results), list(built.written))
    if not built.complete:
        complain("the build was stopped; what is done is kept, and the same command goes on")
        raise typer.Exit(130)
    if _failures(list(built.results)):
        raise typer.Exit(1)


def by_rules(
    plan: Plan, gazetteer: Path | None = None, cues: Path | None = None, *, attitudes: bool = False, fast: bool = False
) -> Plan:
    """The plan with the rules as its extractor, and what the ledger says of them: the same for every command."""
    from dataclasses import replace
    from functools import partial

    from ..stages.rules import UserTables, extract

    own = f"with own tables {_digest(gazetteer, cues)}, " if gazetteer or cues else ""
    variant = f"rules {own}{'attitudes too, ' if attitudes else ''}read by {_readers(fast=fast)}"
    read = partial(extract, tables=UserTables(gazetteer, cues), attitudes=attitudes, fast=fast)
    return replace(plan, extract=read, variant=variant)


def _readers(*, fast: bool) -> str:
    """What will read the attributions; a complaint where the encoder should and cannot."""
    from ..stages.rules import readers

    reading = readers(fast=fast)
    if reading.problem:
        complain(reading.problem)
    return reading.name


def _digest(*paths: Path | None) -> str:
    """What tells a user's tables from others: the ledger keeps it, so that a changed table is read anew."""
    return sha256(b"\x00".join(path.read_bytes() if path else b"" for path in paths)).hexdigest()[:16]


@contextmanager
def _progress() -> Iterator[Callable[[object], None]]:
    """Something to call with each result: counts and the rate on a terminal, nothing elsewhere."""
    if not sys.stderr.isatty():
        yield lambda result: None
        return
    from rich.console import Console
    from rich.progress import Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.completed} articles"), TextColumn("{task.fields[rate]}"), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("build", total=None, rate="")

        def each(result: object) -> None:
            done, elapsed = progress.tasks[0].completed + 1, progress.tasks[0].elapsed or 0.0
            progress.update(task, advance=1, rate=f"{done / elapsed:.1f}/s" if elapsed else "")

        yield each


def mapped(columns: list[str] | None, date_order: DateOrders | None, ocr: bool) -> dict[str, str]:
    """What `--column` and `--date-order` say of tables, and `--ocr` of pictures."""
    from ..reading.ocr import OPTION

    said = pairs(columns, "--column", "text=body")
    return said | ({"date_order": date_order} if date_order else {}) | ({OPTION: "yes"} if ocr else {})


def _failures(results: list[Result]) -> int:
    for result in results:
        for warning in result.warnings:
            complain(f"{result.source}: {warning}")
    failed = [r for r in results if r.why is not None]
    for result in failed:
        complain(result.why or "")
    return len(failed)


_MOST_ROWS = 60
"""Articles that the table after a build lists; of more it leaves out those that did not change, then the last."""


def _summary(results: list[Result], written: list[Path]) -> None:
    from rich.table import Table

    from ..build import Fate

    table = Table("article", "what", "statements", "figures", "roles", "entities", box=None, pad_edge=False)
    for column in table.columns[2:]:
        column.justify = "right"
    every = [r for r in results if r.fate is not Fate.LEFT_OUT]
    whole = len(every) <= _MOST_ROWS
    for r in every if whole else [r for r in every if r.fate is not Fate.UNCHANGED][:_MOST_ROWS]:
        read = r.article and r.fate is not Fate.UNCHANGED
        counts = [str(n) for n in (r.statements, r.figures, r.roles, r.entities)] if read else ["", "", "", ""]
        table.add_row(" ".join(visible(Path(r.source).name or r.source).split()), r.fate, *counts)
    out = console()
    if table.row_count:
        out.print(table)
    if not whole:
        fates = Counter(r.fate for r in every)
        out.print(f"{len(every)} articles: {', '.join(f'{n} {fate}' for fate, n in sorted(fates.items()))}")
    for path in written:
        out.print(f"wrote {path}", soft_wrap=True)  # a path in one piece


@app.command()
@reported
def merge(
    parts: Annotated[
        list[Path], typer.Argument(help="Folders of graphs, such as the shards of a build.", metavar="FOLDER...")
    ],
    out: Into = GRAPH,
    outputs: Outputs = None,
) -> None:
    """Take the articles of several graphs into one, and find anew who is the same across them."""
    from .. import store as stores
    from ..build.cluster import merge as take
    from ..build.outputs import write_outputs
    from ..identity import linking
    from ..review.in_graph import revise

    with stores.open(parts[0]) as first:
        base = first.base
    with stores.open(out, create=True, base=base) as store:
        taken = take(parts, store)
        revise(store)
        linking.link(store)
        written = write_outputs(store, out, outputs=outputs)
        typer.echo(f"took {taken} articles; the graph has {len(store.ids())}")
    for path in written:
        typer.echo(f"wrote {path}")


@app.command()
@reported
def remove(
    article: Annotated[str, typer.Argument(help="An article: its id, as `kg query articles` lists it, or its file.")],
    folder: Folder = GRAPH,
) -> None:
    """Take an article out of the graph; what is left is exactly the graph of the others."""
    from .. import store as stores
    from ..build.outputs import write_outputs
    from ..identity import linking

    with stores.open(folder, write=True) as store:
        removed = store.remove(article)
        linking.link(store)
        write_outputs(store, folder)
    typer.echo(f"removed article {removed}")


@app.command()
@reported
def annotate(
    sources: Sources,
    meta: Meta = None,
    language: Language = None,
    model: Model = None,
    extractor: Extractor = "rules",
    llm: Llm = None,
    hosts: AllowHost = None,
    replies: Replies = None,
    attitudes: Attitudes = False,
    min_confidence: MinConfidence = 0.0,
    columns: Column = None,
    date_order: DateOrder = None,
    ocr: Ocr = False,
    fast: Fast = False,
) -> None:
    """Print what is found as standoff JSONL, an object an article, offsets in code points of its text."""
    from ..errors import ReplyError
    from ..reading import articles
    from ..records.extraction import confident
    from ..records.standoff import standoff
    from ..stages.plugins import RULES, extract

    failed = 0
    with own_folder(replies) as keeps:
        own = chosen(extractor, llm, hosts, keeps, model, attitudes, fast)
        if own is None:
            _readers(fast=fast)
        outcomes: Iterable[Outcome]
        outcomes = articles(sources, meta=metadata(meta, language), columns=mapped(columns, date_order, ocr))
        if own is not None:  # what all will take is told before the first
            outcomes = list(outcomes)
        known = (o.article for o in outcomes if o.article is not None)
        with accounted(own, known, kept=replies):
            for outcome in outcomes:
                for warning in outcome.warnings:
                    complain(f"{outcome.source}: {warning}")
                if outcome.error is not None:
                    complain(str(outcome.error))
                    failed += 1
                elif outcome.article is not None:
                    try:
                        found = extract(outcome.article, model, extractor=own or RULES, attitudes=attitudes, fast=fast)
                    except ReplyError as error:  # the others may fare better
                        complain(f"{outcome.source}: {error}")
                        failed += 1
                        continue
                    typer.echo(json.dumps(standoff(confident(found, min_confidence)), ensure_ascii=False))
    if failed:
        raise typer.Exit(1)
