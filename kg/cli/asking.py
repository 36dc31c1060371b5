"""The commands that read a graph: query, view, export, check."""

from __future__ import annotations

import sys
from contextlib import nullcontext
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from .console import GRAPH, Apart, Folder, MinConfidence, app, complain, console, pairs, reported, visible

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.table import Table

    from ..query import Answer


class QueryFormat(StrEnum):
    """How the rows of a query are printed."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"
    TTL = "ttl"


@app.command()
@reported
def query(
    what: Annotated[
        str | None,
        typer.Argument(
            help="A shipped question's name, a file of SPARQL, or - for standard input.", metavar="[NAME|FILE|-]"
        ),
    ] = None,
    folder: Folder = GRAPH,
    listing: Annotated[bool, typer.Option("--list", help="List the shipped questions.")] = False,
    form: Annotated[QueryFormat, typer.Option("--format", help="How to print the answer.")] = QueryFormat.TABLE,
    parameters: Annotated[
        list[str] | None, typer.Option("-p", "--param", help="A parameter of the question: name=value.")
    ] = None,
    mark: Annotated[
        bool, typer.Option("--bom", help="Start CSV with a byte order mark, by which Excel knows UTF-8.")
    ] = False,
    apart: Apart = False,
) -> None:
    """Ask the graph: a shipped question by name, or any SPARQL query; prefixes are declared for you."""
    from .. import query as queries
    from ..serve.snapshot import opened

    if listing or what is None:
        for question in queries.questions():
            wanted = " ".join(f"-p {name}=..." for name in question.parameters)
            typer.echo(f"{question.name:22s} {question.title}{'  ' + wanted if wanted else ''}")
        return
    values = pairs(parameters, "-p", "name=value")
    with opened(folder, apart=apart) as store:
        result = queries.run(store, _sparql(what), values)
    if form is QueryFormat.TABLE:
        _print_table(result)
    else:
        typer.echo(("\ufeff" if mark and form is QueryFormat.CSV else "") + result.format(form), nl=False)
    if result.note:
        complain(result.note)


BRIEF, LEAST, WORD = 12, 20, 40
"""Characters up to which a value is read in one piece, that a column of longer ones has at least, and up to which no
word is broken."""


def _print_table(result: Answer) -> None:
    """Rows under their columns, without those that no row fills; in a terminal a page at a time, with their number.

    Where a terminal is too narrow for so many columns, each row is a paragraph.
    """
    if result.columns is None:
        typer.echo(result.format("ttl"), nl=False)
        return
    rows = [[visible(value) for value in row] for row in result.rows]
    shown = [n for n, _ in enumerate(result.columns) if any(row[n] for row in rows)]
    names = [result.columns[n] for n in shown]
    filled = [[row[n] for n in shown] for row in rows]
    out = console()
    number = f"({len(rows)} row{'' if len(rows) == 1 else 's'})" if rows else "(no rows)"
    if not out.is_terminal:
        if rows:
            out.print(_table(names, filled, out.width))
        typer.echo(number, err=True)  # beside what is piped on
        return
    columns = zip(*filled, strict=True)
    needed = sum(_least([name, *column]) for name, column in zip(names, columns, strict=True)) + 2 * (len(names) - 1)
    wide = needed > out.width
    with out.pager() if len(rows) * (len(names) if wide else 1) >= out.height else nullcontext():
        if rows and not wide:
            out.print(_table(names, filled, out.width))
        for row in filled if wide else ():
            out.print(_paragraph(names, row))
        out.print(number)


def _least(values: Sequence[str]) -> int:
    """Characters that a column has at least: all of its values where they are brief, else enough for each word."""
    widest = max(map(len, values))
    word = max((len(word) for value in values for word in value.split()), default=0)
    return widest if widest <= BRIEF else min(widest, max(LEAST, word), WORD)


def _table(names: Sequence[str], rows: Sequence[Sequence[str]], width: int) -> Table:
    """Rows under their columns; titles and quotations, which are cut, leave most width to what is read in full."""
    from rich.table import Table

    table = Table(box=None, pad_edge=False, header_style="bold")
    room = min(40 if len(names) <= 6 else 22, max(16, width // 5))
    for n, name in enumerate(names):
        widest = max(len(row[n]) for row in rows)
        if widest <= BRIEF:
            table.add_column(name, no_wrap=True, min_width=widest)
        elif name.startswith(("article", "quote")):
            table.add_column(name, no_wrap=True, overflow="ellipsis", max_width=room)
        else:
            least = _least([row[n] for row in rows])
            table.add_column(name, min_width=least, max_width=48, overflow="fold")
    for row in rows:
        table.add_row(*row)
    return table


def _paragraph(names: Sequence[str], row: Sequence[str]) -> Table:
    """A row as lines of what it fills, under each other, and a blank one."""
    from rich.table import Table

    table = Table(box=None, pad_edge=False, show_header=False)
    table.add_column(style="dim", no_wrap=True, min_width=max(map(len, names)))
    table.add_column(overflow="fold")
    for name, value in zip(names, row, strict=True):
        if value:
            table.add_row(name, value)
    table.add_row()
    return table


@app.command()
@reported
def view(
    folder: Folder = GRAPH,
    out: Annotated[
        Path | None, typer.Option("-o", "--out", help="The HTML file; default: view.html in the graph's folder.")
    ] = None,
    focus: Annotated[str | None, typer.Option(help="Only what has to do with this entity or topic.")] = None,
    query: Annotated[
        str | None,
        typer.Option(
            help="Only what a SPARQL query returns: a SELECT or CONSTRUCT of nodes.", metavar="FILE|-|NAME|SPARQL"
        ),
    ] = None,
    since: Annotated[str | None, typer.Option(help="Only articles published on this day or later: 2017-05-16.")] = None,
    until: Annotated[str | None, typer.Option(help="Only articles published on this day or earlier.")] = None,
    min_confidence: MinConfidence = 0.0,
    apart: Apart = False,
    show: Annotated[bool, typer.Option("--open", help="Open it in the browser.")] = False,
) -> None:
    """Write the HTML view of the graph, or of a part of it."""
    from ..build import outputs
    from ..serve.snapshot import opened

    first, last = (_day(day, option) for day, option in ((since, "--since"), (until, "--until")))
    with opened(folder, apart=apart) as store:
        path = outputs.write_view(
            store, out or folder / "view.html", focus=focus, since=first, until=last,
            query=query and _sparql(query), min_confidence=min_confidence,
        )  # fmt: skip
    typer.echo(f"wrote {path}")
    if show:
        typer.launch(path.resolve().as_uri())


def _sparql(what: str) -> str:
    """A query's text from a file, from standard input (-), or as it stands."""
    if what == "-":
        return sys.stdin.read()
    try:
        return Path(what).read_text(encoding="utf-8") if Path(what).is_file() else what
    except (OSError, ValueError):  # too long for a path, or with characters that none has
        return what


def _day(value: str | None, option: str) -> date | None:
    from ..errors import ReadError

    try:
        return date.fromisoformat(value) if value else None
    except ValueError:
        raise ReadError(option, f"{value!r} is no date", "write it as YYYY-MM-DD") from None


@app.command()
@reported
def export(
    what: Annotated[
        str, typer.Argument(help="all, or a table: articles, statements, figures, roles, entities, claims.")
    ] = "all",
    folder: Folder = GRAPH,
    form: Annotated[
        str | None,
        typer.Option(
            "--format",
            help="nq, trig, jsonld; in one graph ttl, nt, rdf, jsonld-flat; graphml, gexf, ftm, cypher, geojson, map; "
            "to a file xlsx, sqlite, to a folder obsidian; csv or parquet for a table. Default: as the file is called.",
        ),
    ] = None,
    out: Annotated[
        Path | None, typer.Option("-o", "--out", help="The file to write; default: standard output.")
    ] = None,
    same_as: Annotated[
        bool, typer.Option("--same-as", help="Say links and identities as owl:sameAs too, for reasoners.")
    ] = False,
    mark: Annotated[
        bool, typer.Option("--bom", help="Start CSV with a byte order mark, by which Excel knows UTF-8.")
    ] = False,
    apart: Apart = False,
) -> None:
    """Write the graph, or a table of it, for other programs: RDF tools, Excel, SQLite, Gephi, Neo4j, Obsidian."""
    from .. import export as exporting
    from ..serve.snapshot import opened

    with opened(folder, apart=apart) as store:
        if out is not None:
            written = exporting.write(store, out, what, form, same_as=same_as, mark=mark)
            typer.echo(f"wrote {written}")
        else:
            typer.echo(exporting.export(store, what, form, same_as=same_as, mark=mark), nl=False)


@app.command()
@reported
def check(folder: Folder = GRAPH) -> None:
    """Check the graph against the SHACL shapes and every span against its text."""
    from .. import store as stores
    from ..store.validate import report

    with stores.open(folder) as store:
        problems = report(store)
    for problem in problems:
        complain(problem)
    if problems:
        raise typer.Exit(1)
    typer.echo("the graph conforms to the ontology's shapes")
