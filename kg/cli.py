"""The command line: arguments, printing, exit codes; nothing else.

Exit codes: 0 all went well, 1 some articles failed (they are listed, the
others are kept), 2 the command was used wrongly or cannot run.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from enum import StrEnum
from functools import wraps
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from .errors import KGError

if TYPE_CHECKING:
    from rich.console import Console

    from .build import Result
    from .identity.matching import Identity, Profile
    from .query import Result as Answer
    from .reading import Metadata

app = typer.Typer(
    name="kg",
    help="News into a knowledge graph of who said what, on whose word, with which figures, and where the text says so.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

Sources = Annotated[
    list[str], typer.Argument(help="Files or folders of articles; - reads standard input.", metavar="SOURCE...")
]
Folder = Annotated[Path, typer.Option("-d", "--dir", help="The folder of the graph.")]
Meta = Annotated[
    list[str] | None,
    typer.Option(
        "--meta", help="Metadata of the articles: date=2017-05-16, publisher=..., url=..., title=..., author=..."
    ),
]
Model = Annotated[
    str | None, typer.Option(help="The spaCy English pipeline that parses; default: the best one installed.")
]

Attitudes = Annotated[
    bool, typer.Option("--attitudes", help="Count what people want, plan, know or support among the statements, too.")
]

GRAPH = Path("graph")


class QueryFormat(StrEnum):
    """How the rows of a query are printed."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"
    TTL = "ttl"


def main() -> None:
    """The entry point of the `kg` command."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    app()


def _reported(command: Callable[..., None]) -> Callable[..., None]:
    """The command with every error of ours printed as one line and exit code 2."""

    @wraps(command)
    def run(*args: Any, **kwargs: Any) -> None:
        try:
            command(*args, **kwargs)
        except KGError as error:
            _complain(str(error))
            raise typer.Exit(2) from error
        except BrokenPipeError:
            raise typer.Exit(0) from None

    return run


def _complain(line: str) -> None:
    typer.echo("kg: " + " ".join(line.split()), err=True)


def _console() -> Console:
    from rich.console import Console

    # What is not a terminal has no width: a file or a pipe gets whole lines.
    width = None if sys.stdout.isatty() or "COLUMNS" in os.environ else 240
    return Console(markup=False, highlight=False, emoji=False, width=width)


def _pairs(given: list[str] | None, option: str, example: str) -> dict[str, str]:
    """Names and values written as name=value.

    Raises ReadError at one that is not.
    """
    from .errors import ReadError

    values = {}
    for pair in given or []:
        name, equals, value = pair.partition("=")
        if not equals:
            raise ReadError(option, f"{pair!r} is no name=value", f"write {option} {example}")
        values[name] = value
    return values


def _metadata(given: list[str] | None) -> Metadata:
    from .reading import Metadata

    return Metadata.parse(_pairs(given, "--meta", "date=2017-05-16"), "--meta")


@app.command()
@_reported
def build(
    sources: Sources,
    out: Annotated[Path, typer.Option("-o", "--out", help="The folder that takes the graph.")] = GRAPH,
    meta: Meta = None,
    model: Model = None,
    min_confidence: Annotated[
        float, typer.Option(min=0, max=1, help="Leave out what is less likely right than this, from 0 to 1.")
    ] = 0.0,
    gazetteer: Annotated[
        Path | None, typer.Option(exists=True, dir_okay=False, help="A table of your own names: name, type, aliases.")
    ] = None,
    cues: Annotated[
        Path | None, typer.Option(exists=True, dir_okay=False, help="A table of your own cues, as data/cues.tsv.")
    ] = None,
    attitudes: Attitudes = False,
    columns: Annotated[
        list[str] | None, typer.Option("--column", help="Which column of a table holds what: text=body, title=head ...")
    ] = None,
    fetch: Annotated[
        bool, typer.Option("--fetch", help="Let URLs among the sources be fetched; nothing else is.")
    ] = False,
    workers: Annotated[int | None, typer.Option(min=1, help="Extract in so many processes (needs Dask).")] = None,
    scheduler: Annotated[str | None, typer.Option(help="Extract on a Dask cluster: tcp://host:8786.")] = None,
    shard: Annotated[str | None, typer.Option(help="Only this part of the articles: 2/8, for arrays of jobs.")] = None,
    outputs: Annotated[
        bool | None, typer.Option("--outputs/--no-outputs", help="Write graph and view as files; default: if not huge.")
    ] = None,
    base: Annotated[str | None, typer.Option(help="The IRI under which a new graph names its nodes.")] = None,
) -> None:
    """Read articles, extract who said what, store the graph, write graph.trig, graph.nq and view.html."""
    from functools import partial

    from . import build as building
    from .rules import Tables, extract

    options: dict[str, Any] = {}
    if fetch:
        from .reading.fetch import Fetcher

        options["fetcher"] = Fetcher()
    if workers is not None or scheduler is not None:
        from . import scale

        options["pool"] = scale.pool(workers=workers, scheduler=scheduler)
    if shard is not None:
        from . import scale

        options["shard"] = scale.shard(shard)
    if gazetteer or cues or attitudes:
        options["extract"] = partial(extract, tables=Tables(gazetteer, cues), attitudes=attitudes)
        options["variant"] = f"rules with own tables {_digest(gazetteer, cues)}{' and attitudes' if attitudes else ''}"
    with _progress() as each:
        built = building.run(
            sources, out, base=base, outputs=outputs, each=each, meta=_metadata(meta), model=model,
            min_confidence=min_confidence, columns=_pairs(columns, "--column", "text=body"), **options,
        )  # fmt: skip
    _summary(list(built.results), list(built.written))
    if not built.complete:
        _complain("the build was stopped; what is done is kept, and the same command goes on")
        raise typer.Exit(130)
    if _failures(list(built.results)):
        raise typer.Exit(1)


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


def _failures(results: list[Result]) -> int:
    failed = [r for r in results if r.why is not None]
    for result in failed:
        _complain(result.why or "")
    return len(failed)


def _summary(results: list[Result], written: list[Path]) -> None:
    from rich.table import Table

    table = Table("article", "what", "statements", "figures", "roles", "entities", box=None, pad_edge=False)
    for column in table.columns[2:]:
        column.justify = "right"
    for r in results:
        counts = [str(n) for n in (r.statements, r.figures, r.roles, r.entities)] if r.article else ["", "", "", ""]
        table.add_row(Path(r.source).name or r.source, r.fate, *counts)
    console = _console()
    console.print(table)
    for path in written:
        console.print(f"wrote {path}")


@app.command()
@_reported
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
) -> None:
    """Ask the graph: a shipped question by name, or any SPARQL query; prefixes are declared for you."""
    from . import query as queries
    from . import store as stores

    if listing or what is None:
        for question in queries.questions():
            wanted = " ".join(f"-p {name}=..." for name in question.parameters)
            typer.echo(f"{question.name:22s} {question.title}{'  ' + wanted if wanted else ''}")
        return
    values = _pairs(parameters, "-p", "name=value")
    text = sys.stdin.read() if what == "-" else what
    if what != "-" and Path(what).is_file():
        text = Path(what).read_text(encoding="utf-8")
    with stores.open(folder) as store:
        result = queries.run(store, text, values)
    if form is QueryFormat.TABLE:
        _print_table(result)
    else:
        typer.echo(result.format(form), nl=False)


def _print_table(result: Answer) -> None:
    """Rows under their columns; a column that no row fills is left out, so that the others have room."""
    from rich.table import Table

    if result.columns is None:
        typer.echo(result.format("ttl"), nl=False)
        return
    rows = [[_visible(value) for value in row] for row in result.rows]
    shown = [n for n, _ in enumerate(result.columns) if any(row[n] for row in rows)]
    table = Table(box=None, pad_edge=False, header_style="bold")
    room = 40 if len(shown) <= 6 else 22
    for n in shown:
        name, widest = result.columns[n], max(len(row[n]) for row in rows)
        if widest <= 12:  # a number or a date is read in one piece
            table.add_column(name, no_wrap=True, min_width=widest)
        elif name.startswith(("article", "quote")):
            table.add_column(name, no_wrap=True, overflow="ellipsis", max_width=room)
        else:
            table.add_column(name, min_width=min(widest, 20), max_width=48, overflow="fold")
    for row in rows:
        table.add_row(*(row[n] for n in shown))
    _console().print(table if rows else "(no rows)")


def _visible(value: object) -> str:
    """A cell as text that cannot steer a terminal."""
    text = "" if value is None else str(value)
    return "".join(c if c.isprintable() or c == "\n" else "�" for c in text)


@app.command()
@_reported
def view(
    folder: Folder = GRAPH,
    out: Annotated[
        Path | None, typer.Option("-o", "--out", help="The HTML file; default: view.html in the graph's folder.")
    ] = None,
    focus: Annotated[str | None, typer.Option(help="Only what has to do with this entity or topic.")] = None,
    since: Annotated[str | None, typer.Option(help="Only articles published on this day or later: 2017-05-16.")] = None,
    until: Annotated[str | None, typer.Option(help="Only articles published on this day or earlier.")] = None,
    show: Annotated[bool, typer.Option("--open", help="Open it in the browser.")] = False,
) -> None:
    """Write the HTML view of the graph, or of a part of it."""
    from . import build as building
    from . import store as stores

    first, last = (_day(day, option) for day, option in ((since, "--since"), (until, "--until")))
    with stores.open(folder) as store:
        path = building.write_view(store, out or folder / "view.html", focus=focus, since=first, until=last)
    typer.echo(f"wrote {path}")
    if show:
        typer.launch(path.resolve().as_uri())


def _day(value: str | None, option: str) -> date | None:
    from .errors import ReadError

    try:
        return date.fromisoformat(value) if value else None
    except ValueError:
        raise ReadError(option, f"{value!r} is no date", "write it as YYYY-MM-DD") from None


@app.command()
@_reported
def index(
    source: Annotated[Path, typer.Argument(help="OpenSanctions or FollowTheMoney JSONL, Wikidata JSON lines, or CSV.")],
    folder: Folder = GRAPH,
    prefix: Annotated[
        str | None, typer.Option(help="What makes an id of the file an address, such as https://...")
    ] = None,
) -> None:
    """Index a file of known entities beside the graph, and link names to it where one is clearly best."""
    from . import build as building
    from . import store as stores
    from .identity.index import index as make

    with stores.open(folder, write=True) as store:
        found = make(source, folder, prefix=prefix)
        typer.echo(f"wrote {found.path}: {found.things} things, {found.skipped} lines left out")
        building.link(store)
        building.write_outputs(store, folder)


@app.command()
@_reported
def reconcile(
    url: Annotated[str, typer.Argument(help="A W3C Reconciliation service; the names of entities are sent to it.")],
    folder: Folder = GRAPH,
    prefix: Annotated[str | None, typer.Option(help="What makes an id of the service an address.")] = None,
) -> None:
    """Ask a service which known entity each unlinked name may be; answers are kept, and later builds ask nobody."""
    from . import build as building
    from . import store as stores
    from .identity.linking import unlinked
    from .identity.reconcile import ask

    with stores.open(folder, write=True) as store:
        asked = sum(1 for _ in ask(url, folder, unlinked(store), prefix=prefix))
        building.link(store)
        building.write_outputs(store, folder)
    typer.echo(f"asked for {asked} names")


@app.command()
@_reported
def annotate(sources: Sources, meta: Meta = None, model: Model = None, attitudes: Attitudes = False) -> None:
    """Print what is found as standoff JSONL, an object an article, offsets in code points of its text."""
    from .reading import articles
    from .rules import extract
    from .standoff import standoff

    failed = 0
    for outcome in articles(sources, meta=_metadata(meta)):
        if outcome.article is None:
            _complain(str(outcome.error))
            failed += 1
        else:
            typer.echo(json.dumps(standoff(extract(outcome.article, model, attitudes=attitudes)), ensure_ascii=False))
    if failed:
        raise typer.Exit(1)


@app.command()
@_reported
def remove(
    article: Annotated[str, typer.Argument(help="An article's id, or its source as listed by `kg query articles`.")],
    folder: Folder = GRAPH,
) -> None:
    """Take an article out of the graph; what is left is exactly the graph of the others."""
    from . import build as building
    from . import store as stores

    with stores.open(folder, write=True) as store:
        removed = store.remove(article)
        building.link(store)
        building.write_outputs(store, folder)
    typer.echo(f"removed article {removed}")


@app.command()
@_reported
def check(folder: Folder = GRAPH) -> None:
    """Check the graph against the SHACL shapes and every span against its text."""
    from . import store as stores
    from .validate import report

    with stores.open(folder) as store:
        problems = report(store)
    for problem in problems:
        _complain(problem)
    if problems:
        raise typer.Exit(1)
    typer.echo("the graph conforms to the ontology's shapes")


@app.command()
@_reported
def export(
    what: Annotated[str, typer.Argument(help="all, figures, statements or roles.")] = "all",
    folder: Folder = GRAPH,
    form: Annotated[
        str, typer.Option("--format", help="nq, trig, jsonld, graphml, gexf, ftm; csv for a table.")
    ] = "nq",
    out: Annotated[
        Path | None, typer.Option("-o", "--out", help="The file to write; default: standard output.")
    ] = None,
) -> None:
    """Write the graph, or a table of it, in another format."""
    from . import export as exporting
    from . import store as stores

    with stores.open(folder) as store:
        text = exporting.export(store, what, form)
    if out is None:
        typer.echo(text, nl=False)
    else:
        out.write_text(text, encoding="utf-8", newline="\n")
        typer.echo(f"wrote {out}")


entity_app = typer.Typer(help="Which entities are the same thing: look up, merge, keep apart, review suggestions.")
app.add_typer(entity_app, name="entity", rich_help_panel=None, no_args_is_help=True)

Which = Annotated[str, typer.Argument(help="An entity: its IRI, the end of its IRI, or its name if only one has it.")]


@entity_app.command("list")
@_reported
def entity_list(
    name: Annotated[str | None, typer.Argument(help="Only entities whose name holds this.")] = None,
    folder: Folder = GRAPH,
) -> None:
    """List the named entities of all articles, those that are one thing together."""
    from rich.table import Table

    from . import build as building
    from . import store as stores

    with stores.open(folder) as store:
        everyone, found = building.identities(store)
    table = Table("entity", "type", "name", "roles", "article", "same as", box=None, pad_edge=False)
    for p in sorted(everyone, key=lambda p: (found.cluster[p.key], p.key)):
        if name is None or name.casefold() in p.name.casefold():
            same = found.cluster[p.key]
            table.add_row(
                _short(p.key), p.type, _visible(p.name), _visible("; ".join(p.roles)), p.article,
                "" if same == p.key else _short(same),
            )  # fmt: skip
    _console().print(table)


@entity_app.command("suggestions")
@_reported
def entity_suggestions(folder: Folder = GRAPH) -> None:
    """List pairs that may be the same thing, likeliest first, with the reasons."""
    from . import build as building
    from . import store as stores

    with stores.open(folder) as store:
        everyone, found = building.identities(store)
    for line in _suggestions(everyone, found):
        typer.echo(line)


@entity_app.command("review")
@_reported
def entity_review(folder: Folder = GRAPH) -> None:
    """Go through the suggestions one by one: same, different, skip or quit; answers are kept and can be undone."""
    from . import build as building
    from . import store as stores
    from .identity.decisions import Act, Decision, decide

    with stores.open(folder, write=True) as store:
        everyone, found = building.identities(store)
        for suggestion, line in zip(found.suggestions, _suggestions(everyone, found), strict=True):
            typer.echo(line)
            answer = typer.prompt("same thing? [y]es, [n]o, [s]kip, [q]uit", default="s").strip().lower()[:1]
            if answer == "q":
                break
            if answer in "yn":
                act = Act.MERGE if answer == "y" else Act.APART
                decide(folder, Decision(act, suggestion.first, suggestion.second))
        building.link(store)
        building.write_outputs(store, folder)


def _decision(act: str, first: str, second: str, folder: Path, note: str | None) -> None:
    from . import build as building
    from . import store as stores
    from .identity.decisions import Act, Decision, decide

    with stores.open(folder, write=True) as store:
        everyone, _ = building.identities(store)
        a, b = (_entity([(p.key, p.name) for p in everyone], which) for which in (first, second))
        decide(folder, Decision(Act(act), a, b, note))
        building.link(store)
        building.write_outputs(store, folder)
    typer.echo(f"{act}: {_short(a)} and {_short(b)}; `kg entity undo` takes it back")


Note = Annotated[str | None, typer.Option(help="Why, for those who read the decisions later.")]


@entity_app.command("merge")
@_reported
def entity_merge(first: Which, second: Which, folder: Folder = GRAPH, note: Note = None) -> None:
    """Decide that two entities are the same thing."""
    _decision("merge", first, second, folder, note)


@entity_app.command("apart")
@_reported
def entity_apart(first: Which, second: Which, folder: Folder = GRAPH, note: Note = None) -> None:
    """Decide that two entities are different things."""
    _decision("apart", first, second, folder, note)


@entity_app.command("undo")
@_reported
def entity_undo(first: Which, second: Which, folder: Folder = GRAPH, note: Note = None) -> None:
    """Take back what was decided about two entities."""
    _decision("undo", first, second, folder, note)


def _short(iri: str) -> str:
    return iri.rpartition("/")[2]


def _named(profile: Profile) -> str:
    return f"{profile.name} ({_short(profile.key)}, article {profile.article})"


def _suggestions(everyone: list[Profile], found: Identity) -> list[str]:
    names = {p.key: p for p in everyone}
    return [
        _visible(
            f"{s.comparison.score:.2f}  {_named(names[s.first])}  ~  {_named(names[s.second])}: "
            f"{'; '.join(s.comparison.reasons)}"
        )
        for s in found.suggestions
    ]


def _entity(known: list[tuple[str, str]], which: str) -> str:
    """The IRI of the one entity that is meant."""
    from .errors import QueryError

    matching = [key for key, name in known if which in (key, _short(key)) or name.casefold() == which.casefold()]
    if len(matching) == 1:
        return matching[0]
    if not matching:
        raise QueryError(f"no entity is called {which!r}; `kg entity list` shows them")
    some = ", ".join(_short(key) for key in matching[:5])
    raise QueryError(f"{len(matching)} entities are called {which!r}; name one by its id: {some}")


@app.command()
@_reported
def serve(
    folder: Folder = GRAPH,
    host: Annotated[
        str, typer.Option(help="Where to listen; anything but this machine demands a token.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="The port; 0 takes a free one.")] = 8000,
    token: Annotated[
        str | None, typer.Option(envvar="KG_TOKEN", help="What others must show; better given in the variable.")
    ] = None,
    timeout: Annotated[float | None, typer.Option(min=0.1, help="Seconds a query may take.")] = None,
    model: Model = None,
) -> None:
    """Answer SPARQL, show the view and annotate text on this machine, read-only."""
    from .serve import run

    run(folder, host, port, token=token, timeout=timeout, model=model, ready=lambda at: typer.echo(f"serving {at}"))


@app.command()
@_reported
def push(
    url: Annotated[str, typer.Argument(help="The Graph Store endpoint, such as http://127.0.0.1:7878/store.")],
    folder: Folder = GRAPH,
    user: Annotated[str | None, typer.Option(help="User name, if the server asks for one.")] = None,
    password: Annotated[
        str | None, typer.Option(envvar="KG_PASSWORD", help="Password; better given in the variable than on the line.")
    ] = None,
    digest: Annotated[bool, typer.Option("--digest", help="Answer by Digest, as Virtuoso asks, not Basic.")] = False,
    unchecked: Annotated[bool, typer.Option("--unchecked", help="Do not check the shapes first.")] = False,
) -> None:
    """Send every graph to another SPARQL server; what it already has is not sent again."""
    from . import store as stores
    from .push import Sent
    from .push import push as send
    from .validate import report

    counts = dict.fromkeys(Sent, 0)
    with stores.open(folder) as store:
        problems = [] if unchecked else report(store)
        for problem in problems:
            _complain(problem)
        if problems:
            raise typer.Exit(1)
        for pushed in send(store, url, user=user, password=password, digest=digest):
            counts[pushed.what] += 1
    typer.echo(", ".join(f"{n} {what}" for what, n in counts.items()))


@app.command("eval")
@_reported
def evaluate(
    gold: Annotated[Path, typer.Argument(help="A folder with text/NAME.txt and gold/NAME.json.")],
    model: Model = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Score the extractor on a gold folder: precision, recall and F1 of each measure."""
    from .reading import read
    from .rules import extract
    from .score import gold_articles, peers, score
    from .standoff import standoff

    pairs = []
    for _, file, wanted in gold_articles(gold):
        article = read(file)
        pairs.append((article.text, standoff(extract(article, model)), wanted))
    scores = score(pairs)
    if as_json:
        rows = {
            name: {
                "P": round(s.precision, 1),
                "R": round(s.recall, 1),
                "F1": round(s.f1, 1),
                "found": s.found,
                "gold": s.gold,
            }
            for name, s in scores.items()
        }
        typer.echo(json.dumps({"articles": len(pairs), **rows}))
        return
    others = peers(gold.resolve().name)
    typer.echo(f"{len(pairs)} articles")
    for name, s in scores.items():
        beside = f"   {others[name]}" if name in others else ""
        line = f"{name:28s} P {s.precision:5.1f}  R {s.recall:5.1f}  F1 {s.f1:5.1f}   (found {s.found}, gold {s.gold})"
        typer.echo(line + beside)


if __name__ == "__main__":
    main()
