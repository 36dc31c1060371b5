"""What every command shares: the app, its usual options, and what it prints and where."""

from __future__ import annotations

import getpass
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ..errors import KGError
from ..resources import VERSION

if TYPE_CHECKING:
    from rich.console import Console

    from ..reading import Metadata

app = typer.Typer(
    name="kg",
    help="News into a knowledge graph of who said what, on whose word, with which figures, and where the text says so.",
    no_args_is_help=True,
    add_completion=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


def _version(given: bool) -> None:
    if given:
        typer.echo(f"reportedly {VERSION}")
        raise typer.Exit


@app.callback()
def _kg(
    version: Annotated[
        bool, typer.Option("--version", help="Say which version this is.", callback=_version, is_eager=True)
    ] = False,
) -> None:
    pass


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

Extractor = Annotated[
    str, typer.Option(help="What extracts: the rules, or what an installed package offers as kg.extractors.")
]

Llm = Annotated[
    Path | None,
    typer.Option(
        "--llm", exists=True, dir_okay=False, help="A file that names a language model to extract with: url, model ..."
    ),
]
AllowHost = Annotated[
    list[str] | None,
    typer.Option("--allow-host", help="A machine elsewhere to which --llm may send articles."),
]

Replies = Annotated[
    Path | None,
    typer.Option(
        "--replies", file_okay=False, help="Keep a language model's replies in this folder, and ask nothing twice."
    ),
]

Ocr = Annotated[bool, typer.Option("--ocr", help="Recognise the text in pictures and scanned PDF; needs Tesseract.")]

Attitudes = Annotated[
    bool, typer.Option("--attitudes", help="Count what people want, plan, know or support among the statements, too.")
]
Fast = Annotated[bool, typer.Option("--fast", help="Read by the grammar alone: less than half the time, less right.")]

MinConfidence = Annotated[
    float, typer.Option(min=0, max=1, help="Leave out what is less likely right than this, from 0 to 1.")
]

Apart = Annotated[
    bool, typer.Option("--apart", help="Take people, bodies and places of each article for themselves, none as one.")
]

GRAPH = Path("graph")


def reported(command: Callable[..., None]) -> Callable[..., None]:
    """The command with every error of ours, and every word of the system's, printed as one line and exit code 2."""

    @wraps(command)
    def run(*args: Any, **kwargs: Any) -> None:
        try:
            command(*args, **kwargs)
        except KGError as error:
            complain(str(error))
            raise typer.Exit(2) from error
        except BrokenPipeError:
            _close_output()
            raise typer.Exit(0) from None
        except OSError as error:  # a full disk under standard output, a folder taken away
            complain(f"{error.filename or 'the output'}: {error.strerror or error}")
            _close_output()
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # what is not written yet cannot be, either
            raise typer.Exit(2) from error

    return run


def _close_output() -> None:
    """Let what is still to be written go nowhere: at the end of the process it would fail once more, and say so."""
    with suppress(OSError):  # what stands in for standard output in a test is no file
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def complain(line: str) -> None:
    """Say on standard error, in one line, what is wrong."""
    typer.echo("kg: " + visible(" ".join(line.split())), err=True)


def console() -> Console:
    """Where tables are printed, as wide as there is room."""
    from rich.console import Console

    # What is not a terminal has no width: a file or a pipe gets whole lines.
    width = None if sys.stdout.isatty() or "COLUMNS" in os.environ else 240
    return Console(markup=False, highlight=False, emoji=False, width=width)


def pairs(given: list[str] | None, option: str, example: str) -> dict[str, str]:
    """Names and values written as name=value.

    Raises ReadError at one that is not.

    >>> pairs(["date=2017-05-16", "title=Mill closes"], "--meta", "title=...")
    {'date': '2017-05-16', 'title': 'Mill closes'}
    >>> pairs(["2017"], "--meta", "date=2017-05-16")
    Traceback (most recent call last):
        ...
    kg.errors.ReadError: --meta: '2017' is no name=value; write --meta date=2017-05-16
    """
    from ..errors import ReadError

    values = {}
    for pair in given or []:
        name, equals, value = pair.partition("=")
        if not equals:
            raise ReadError(option, f"{pair!r} is no name=value", f"write {option} {example}")
        values[name] = value
    return values


Language = Annotated[
    str | None, typer.Option(help="en: the texts are in English, and none is refused as being in another language.")
]


def metadata(given: list[str] | None, language: str | None = None) -> Metadata:
    """What `--meta` and `--language` give.

    Raises ReadError at a field or value that is none, or a language that is not read.

    >>> metadata(["date=2017-05-16", "publisher=The Courier"]).publisher
    'The Courier'
    """
    from ..errors import ReadError
    from ..reading import Metadata

    if language and not language.lower().startswith("en"):
        raise ReadError("--language", f"{language!r} is not read", "this version reads English only: --language en")
    said = {**pairs(given, "--meta", "date=2017-05-16"), **({"language": language} if language else {})}
    return Metadata.parse(said, "--meta")


def person(given: str | None = None) -> str:
    """Who decides: as said, or as KG_WHO says, or the name somebody is logged in by.

    >>> person("Ida")
    'Ida'
    """
    return given or os.environ.get("KG_WHO") or os.environ.get("USER") or getpass.getuser()


def visible(value: object) -> str:
    """A cell as text that cannot steer a terminal.

    >>> visible("Jo\\x1b[31m Hill"), visible(None)
    ('Jo�[31m Hill', '')
    """
    text = "" if value is None else str(value)
    return "".join(c if c.isprintable() or c == "\n" else "�" for c in text)
