"""The commands that talk to others: serve and push."""

from __future__ import annotations

import secrets
import sys
from typing import Annotated

import typer

from ..serve.logs import Level
from .console import GRAPH, Apart, Folder, Model, app, complain, reported


@app.command()
@reported
def serve(
    folder: Folder = GRAPH,
    host: Annotated[
        str, typer.Option(help="Where to listen; anything but this machine demands a token.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="The port; 0 takes a free one.")] = 8000,
    token: Annotated[
        str | None, typer.Option(envvar="KG_TOKEN", help="What others must show; better given in the variable.")
    ] = None,
    names: Annotated[
        list[str] | None, typer.Option("--allow-host", help="A further name by which others call this machine.")
    ] = None,
    origins: Annotated[
        list[str] | None,
        typer.Option("--allow-origin", help="A page elsewhere that may ask by script: https://notes.example (CORS)."),
    ] = None,
    timeout: Annotated[float | None, typer.Option(min=0.1, help="Seconds a query may take.")] = None,
    model: Model = None,
    review: Annotated[
        bool, typer.Option("--review", help="Let those decide about records who have the token printed at the start.")
    ] = False,
    apart: Apart = False,
    level: Annotated[
        Level, typer.Option("--log-level", help="What is told on standard error, as a line of JSON an event.")
    ] = Level.INFO,
) -> None:
    """Answer SPARQL, show the view and annotate text on this machine; read-only but for --review."""
    from ..serve import logs, run

    logs.configure(level)
    secret = secrets.token_urlsafe(24) if review else None

    def ready(at: str) -> None:
        logs.info("serving", address=at, folder=folder)
        if sys.stdout.isatty():
            typer.echo(f"open {at} in a browser; Ctrl-C ends the server")
        if secret is not None:  # to whoever started it, and not into the log
            typer.echo(f"to review: {at}view#review={secret}")

    run(
        folder, host, port, token=token, names=names or (), origins=origins or (), timeout=timeout, model=model,
        review=secret, apart=apart, ready=ready,
    )  # fmt: skip


@app.command()
@reported
def push(
    url: Annotated[str, typer.Argument(help="The Graph Store endpoint, such as http://127.0.0.1:7878/store.")],
    folder: Folder = GRAPH,
    user: Annotated[str | None, typer.Option(help="User name, if the server asks for one.")] = None,
    password: Annotated[
        str | None, typer.Option(envvar="KG_PASSWORD", help="Password; better given in the variable than on the line.")
    ] = None,
    digest: Annotated[bool, typer.Option("--digest", help="Answer by Digest, as Virtuoso asks, not Basic.")] = False,
    again: Annotated[bool, typer.Option("--again", help="Send all, also what the server is thought to have.")] = False,
    paths: Annotated[bool, typer.Option("--paths", help="Send the paths of files on this machine, too.")] = False,
    unchecked: Annotated[bool, typer.Option("--unchecked", help="Do not check the shapes first.")] = False,
) -> None:
    """Send every graph to another SPARQL server; what it already has is not sent again."""
    from .. import store as stores
    from ..store.push import Sent
    from ..store.push import push as send
    from ..store.validate import report

    counts = dict.fromkeys(Sent, 0)
    with stores.open(folder) as store:
        problems = [] if unchecked else report(store)
        for problem in problems:
            complain(problem)
        if problems:
            raise typer.Exit(1)
        for pushed in send(store, url, user=user, password=password, digest=digest, again=again, paths=paths):
            counts[pushed.what] += 1
    typer.echo(", ".join(f"{n} {what}" for what, n in counts.items()))
