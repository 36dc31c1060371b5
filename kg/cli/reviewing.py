"""The commands by which a person judges what was found: a session, samples, and what was decided."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from textwrap import shorten
from types import MappingProxyType
from typing import TYPE_CHECKING, Annotated

import typer

from .console import GRAPH, Folder, app, complain, console, pairs, person, reported, visible

if TYPE_CHECKING:
    from ..review.sitting import ReviewItem, Sitting
    from ..review.verdicts import Line, RecordKind, Signature
    from ..text.article import Article

review_app = typer.Typer(
    help="Confirm, reject and correct what was found, one key a record; the last word is yours, over every rebuild.",
    invoke_without_command=True,
    no_args_is_help=False,
)
app.add_typer(review_app, name="review", rich_help_panel=None)

Person = Annotated[
    str | None, typer.Option("--who", envvar="KG_WHO", help="Who decides; default: the name you are logged in by.")
]
Why = Annotated[str | None, typer.Option("--why", help="Why, for those who read the decisions later.")]
Kinds = Annotated[list[str] | None, typer.Option("--kind", help="Only statement, figure or role; may be said twice.")]
Which = Annotated[str | None, typer.Argument(help="The id of a word, or how it begins; default: the last one.")]
Other = Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="A decisions file of somebody else.")]

KEYS = "y/Enter right  n wrong  c correct  m missed  → later  ← back  u undo  r redo  / search  q quit"


def _by(given: str | None, why: str | None = None) -> Signature:
    from ..review.decision_file import now
    from ..review.verdicts import Signature

    return Signature(person(given), now(), why)


@review_app.callback()
@reported
def review(
    context: typer.Context,
    folder: Folder = GRAPH,
    who: Person = None,
    kinds: Kinds = None,
    speaker: Annotated[str | None, typer.Option(help="Only what this person or body said, reported or held.")] = None,
    article: Annotated[str | None, typer.Option(help="Only this article: its id, or part of its title.")] = None,
    words: Annotated[str | None, typer.Option(help="Only records that hold these words.")] = None,
    question: Annotated[
        str | None,
        typer.Option(help="Only what a question's answer rests on: its name, or SPARQL.", metavar="NAME|SPARQL"),
    ] = None,
    parameters: Annotated[
        list[str] | None, typer.Option("-p", "--param", help="A value for the question: name=value.")
    ] = None,
    again: Annotated[bool, typer.Option("--again", help="Ask about what was decided before, too.")] = False,
) -> None:
    """Go through what was found, least certain first; each answer is kept at once."""
    if context.invoked_subcommand is not None:
        return
    from .. import store as stores
    from ..review import sitting

    with stores.open(folder) as store:
        found = list(sitting.items(store, _kinds(kinds)))
        if question is not None:
            found = sitting.behind(store, found, question, pairs(parameters, "-p", "name=value"))
    if speaker or words or article:
        found = sitting.chosen(found, speaker=speaker, article=article, holding=words)
    session = sitting.Sitting(folder, sitting.least_certain_first(found), person(who))
    if not again:
        session.items = [item for item in session.items if session.held(item) is None]
    _go_through(session)
    _bring_up_to_date(folder)


@review_app.command("sample")
@reported
def sample(
    size: Annotated[int, typer.Argument(min=1, help="How many records of each kind.")] = 50,
    folder: Folder = GRAPH,
    who: Person = None,
    kinds: Kinds = None,
    seed: Annotated[int, typer.Option(help="Which draw; the same seed draws the same records again.")] = 1,
) -> None:
    """Judge records drawn at random, and see how many are right, with the limits of the 95 % interval."""
    from .. import store as stores
    from ..review import sitting

    with stores.open(folder) as store:
        found = sitting.drawn(sitting.items(store, _kinds(kinds)), size, seed)
    session = sitting.Sitting(folder, found, person(who))
    session.to_first_open()
    if session.item is not None:
        _go_through(session)
    for line in _precisions(session):
        typer.echo(line)
    _bring_up_to_date(folder)


def _precisions(session: Sitting) -> list[str]:
    """A line a kind: how many of the judged are right, and between which shares the truth lies."""
    from ..review.hearing import ReviewVerdict
    from ..review.precision import precision
    from ..review.sitting import JUDGED

    lines = []
    for kind in JUDGED:
        of_kind = [item for item in session.items if item.kind is kind]
        held = [h for h in map(session.held, of_kind) if h is not None]
        if not of_kind:
            continue
        share = str(precision(h.verdict is ReviewVerdict.CONFIRMED for h in held)) if held else "none judged"
        rest = f"; {len(of_kind) - len(held)} not judged yet" if len(held) < len(of_kind) else ""
        lines.append(f"{kind}s right: {share}{rest}")
    return lines


@review_app.command("list")
@reported
def listing(
    folder: Folder = GRAPH,
    history: Annotated[bool, typer.Option("--history", help="Every line, also what was taken back.")] = False,
    left: Annotated[bool, typer.Option("--open", help="Only words that hold for nothing now, and why.")] = False,
) -> None:
    """List what people decided: who, when, what about, and whether it holds."""
    from rich.table import Table

    from .. import store as stores
    from ..review.decision_file import FILE, load
    from ..review.history import in_force
    from ..review.in_graph import articles_of, open_rulings

    lines = load(folder / FILE)
    force = {line.id for line in in_force(lines)}
    with stores.open(folder) as store:
        open_ = {o.ruling.id: o.why for o in open_rulings(store)}
        articles = articles_of(store, lines)
    table = Table("id", "when", "who", "decided", "about", "why", "holds", box=None, pad_edge=False)
    for line in lines:
        if (left and line.id not in open_) or (not history and line.id not in force):
            continue
        holds = "" if hasattr(line, "of") else "taken back" if line.id not in force else open_.get(line.id, "yes")
        by = line.by
        cells = (line.id, by.when, by.who, line.do, _about(line, articles), by.why, holds)
        table.add_row(*map(visible, cells))
    console().print(table if table.row_count else "(nothing)")


_PLACES = ("content", "span", "at")
"""The parts of a record of which one says where it stands."""


def _about(line: Line, articles: Mapping[str, Article] = MappingProxyType({})) -> str:
    """What a line is about, in short: the words of the record where the article is at hand."""
    from ..review.decision_file import as_json

    found = as_json(line)
    if "of" in found:
        return str(found["of"])
    if "a" in found:
        return f"{found['a']} and {found['b']}"
    seen, to = found.get("seen", {}), found.get("to", {})
    where = next(place for name, place in (seen or to).items() if name in _PLACES and place)
    start, end = (where[0] if isinstance(where[0], list) else where)[:2]
    changed = f": {', '.join(to)}" if to and seen else ""
    if (article := articles.get(found["text"])) is None:
        return f"{found['kind']} at {start} to {end} of {found['text'][:8]}{changed}"
    words = shorten(article.text[start:end], 50, placeholder=" …")
    return f"{found['kind']} “{words}”{changed}, {shorten(article.title or article.id, 40, placeholder=' …')}"


@review_app.command("undo")
@reported
def undo(which: Which = None, folder: Folder = GRAPH, who: Person = None, why: Why = None) -> None:
    """Take back a word: the one before it on the same record holds again, or none."""
    _reverse("undo", which, folder, who, why)


@review_app.command("redo")
@reported
def redo(which: Which = None, folder: Folder = GRAPH, who: Person = None, why: Why = None) -> None:
    """Say again what was taken back, as the last word."""
    _reverse("redo", which, folder, who, why)


def _reverse(how: str, which: str | None, folder: Path, who: str | None, why: str | None) -> None:
    from .. import store as stores
    from ..review.decision_file import FILE, append, load
    from ..review.in_graph import articles_of
    from ..review.sitting import undone
    from ..review.verdicts import Do

    line, about = undone(load(folder / FILE), Do(how), which, _by(who, why))
    append(folder / FILE, [line])
    with stores.open(folder) as store:
        articles = articles_of(store, [about])
    typer.echo(visible(f"{how}: {about.do} {_about(about, articles)}"))
    _bring_up_to_date(folder)


@review_app.command("apply")
@reported
def apply(
    file: Annotated[
        Path | None, typer.Argument(exists=True, dir_okay=False, help="Decisions from elsewhere, such as a view's.")
    ] = None,
    folder: Folder = GRAPH,
) -> None:
    """Take the decisions of a file, and bring the graph up to date; without a file only the latter."""
    from .. import store as stores
    from ..review.decision_file import FILE, append, load
    from ..review.history import missing
    from ..review.in_graph import check_quotes

    if file is not None:
        theirs = load(file)
        new = missing(load(folder / FILE), theirs)
        with stores.open(folder) as store:
            check_quotes(store, new, str(file))
        append(folder / FILE, new)
        typer.echo(f"{len(new)} new, {len(theirs) - len(new)} known")
    _bring_up_to_date(folder)


@review_app.command("merge")
@reported
def merge_files(
    file: Other,
    folder: Folder = GRAPH,
    who: Person = None,
    theirs: Annotated[bool, typer.Option("--theirs", help="Where two differ, theirs hold; otherwise ours.")] = False,
) -> None:
    """Take in another person's decisions, and show where the two of you differ."""
    from .. import store as stores
    from ..review.decision_file import FILE, append, load, reversal
    from ..review.history import conflicts, missing
    from ..review.in_graph import check_quotes
    from ..review.verdicts import Do

    ours, others = load(folder / FILE), load(file)
    new, differing = missing(ours, others), conflicts(ours, others)
    with stores.open(folder) as store:
        check_quotes(store, new, str(file))
    why = f"kept when {file.name} was merged"
    kept = [] if theirs else [reversal(Do.REDO, c.ours.id, _by(who, why)) for c in differing]
    append(folder / FILE, [*new, *kept])
    typer.echo(f"{len(new)} new, {len(differing)} in conflict; {'theirs' if theirs else 'ours'} hold")
    for c in differing:
        typer.echo(visible(f"  {_about(c.ours)}: {c.ours.by.who} {c.ours.do}, {c.theirs.by.who} {c.theirs.do}"))
    _bring_up_to_date(folder)


@review_app.command("export")
@reported
def export_decisions(
    out: Annotated[Path, typer.Option("-o", "--out", help="The file, or with --gold the folder, to write.")],
    folder: Folder = GRAPH,
    as_gold: Annotated[
        bool, typer.Option("--gold", help="Write articles judged whole as `kg eval` and kg.training read them.")
    ] = False,
) -> None:
    """Write the decisions for somebody else to merge, or as gold to measure and learn from."""
    from .. import store as stores
    from ..review.decision_file import FILE, load, to_text
    from ..review.gold import write_gold
    from ..store.files import write_whole

    if not as_gold:
        lines = load(folder / FILE)
        typer.echo(f"wrote {write_whole(out, to_text(lines))}: {len(lines)} lines")
        return
    with stores.open(folder) as store:
        written, left = write_gold(store, out)
    typer.echo(f"wrote {written} articles to {out}; {left} are judged in part and stay out")


def _kinds(given: list[str] | None) -> list[RecordKind]:
    from ..errors import DecisionError
    from ..review.sitting import JUDGED

    unknown = sorted(set(given or ()) - set(JUDGED))
    if unknown:
        raise DecisionError(f"{unknown[0]!r} is no kind; there are {', '.join(JUDGED)}")
    return [kind for kind in JUDGED if not given or kind in given]


def _bring_up_to_date(folder: Path) -> None:
    """Have the graph say what people decided; where somebody else has it open, say how to do so later."""
    from .. import store as stores
    from ..build.outputs import write_outputs
    from ..errors import StoreError
    from ..identity.linking import link
    from ..review.in_graph import revise

    try:
        with stores.open(folder, write=True) as store:
            result = revise(store)
            link(store)
            if result.changed:
                write_outputs(store, folder)
    except StoreError as error:
        complain(f"{error}; what you decided is kept, and `kg review apply` brings the graph up to date")
        raise typer.Exit(1) from None
    hold, changed = ("decision holds", "decisions hold")[result.held != 1], ("article", "articles")[result.changed != 1]
    typer.echo(f"{result.held} {hold}, {len(result.open)} open; {result.changed} {changed} changed")


# -- a session on the terminal


ARROWS = {"\r": "y", "\n": "y", "\x1b[C": "right", "\x1b[D": "left", "\x1b[A": "left", "\x1b[B": "right"}


def _key() -> str:
    """The next key; where input is no terminal, the next line of it, an empty one for Enter."""
    if sys.stdin.isatty():
        import click

        key = click.getchar()
        return ARROWS.get(key, key)
    line = sys.stdin.readline()
    return "q" if not line else line.strip() or "y"


def _asked(prompt: str) -> str:
    typer.echo(prompt, nl=False)
    return sys.stdin.readline().strip()


def _go_through(session: Sitting) -> None:
    from ..errors import DecisionError
    from ..review.verdicts import Do

    does: dict[str, Callable[[], object]] = {
        "y": lambda: session.say(Do.CONFIRM),
        "n": lambda: session.say(Do.REJECT),
        "c": lambda: _correct(session),
        "m": lambda: _add(session),
        "right": lambda: session.move(1),
        "left": lambda: session.move(-1),
        "u": lambda: _tell(session.undo(), "nothing to undo"),
        "r": lambda: _tell(session.redo(), "nothing to redo"),
        "/": lambda: _tell(session.search(_asked("words: ")), "no record holds that"),
    }
    does |= {"s": does["right"], "b": does["left"]}
    typer.echo(KEYS)
    while session.item is not None:
        _show(session)
        key = _key()
        if key == "q":
            return
        try:
            does.get(key, lambda: typer.echo(KEYS))()
        except DecisionError as error:
            complain(str(error))


def _tell(done: bool, otherwise: str) -> None:
    if not done:
        typer.echo(otherwise)


def _correct(session: Sitting) -> None:
    from ..review.typed import NAMES, corrections
    from ..review.verdicts import Do

    item = session.item
    if item is not None:
        line = _asked(f"what is so ({', '.join(NAMES[item.kind])}; such as who = Ida Berg; stance = denies): ")
        if line:
            session.say(Do.CORRECT, corrections(item, line))


def _add(session: Sitting) -> None:
    """Add a statement, figure or role that was missed in the article of the record that is shown."""
    from ..review.typed import missed
    from ..review.verdicts import Do

    item = session.item
    if item is None:
        return
    line = _asked(
        "what was missed (statement: words = it was over; who = Ida Berg; cue = said  -  figure: words = 12 bodies; "
        "counted = bodies; by = divers  -  role: words = Mayor Berg; holder = Berg; title = mayor): "
    )
    if line:
        kind, to = missed(item, line)
        session.say(Do.ADD, to, kind=kind)
        typer.echo(f"added a {kind}")


MARKS = {"source": "cyan", "cue": "yellow", "content": "green", "span": "green", "counted": "cyan", "holder": "cyan"}


def _show(session: Sitting) -> None:
    item = session.item
    if item is None:
        return
    held = session.held(item)
    article = item.extraction.article
    about = ", ".join(filter(None, (article.title, article.publisher, str(article.published or ""))))
    said = f", {held.verdict} by {held.ruling.by.who}" if held is not None else ""
    typer.echo("")
    head = f"{session.at + 1} of {len(session.items)}  {item.kind}, {item.confidence:.0%} sure{said}  {about}"
    typer.echo(visible(head))
    typer.echo(_marked(item, color=sys.stdout.isatty()))
    shown = {name: part for name, part in item.parts().items() if name not in {"words", "source", "cue", "content"}}
    typer.echo(visible("  " + "   ".join(f"{name}: {part}" for name, part in shown.items())))


def _marked(item: ReviewItem, *, color: bool) -> str:
    """The sentence with source, cue and content marked: in colours, or in brackets with their names."""
    from ..text.article import Span
    from ..view.plain import sentence_around

    article = item.extraction.article
    places: list[tuple[Span, str]] = []
    for name in MARKS:
        value = item.seen.get(name)
        for span in value if isinstance(value, tuple) else (value,):
            if isinstance(span, Span):
                places.append((span, name))
    around = sentence_around(article, [span for span, _ in places])
    longest_last = sorted(places, key=lambda place: place[0].end)
    at = {span.start: (span, name) for span, name in longest_last}
    out, position = "", around.start
    for start in sorted(at):
        span, name = at[start]
        if start < position:
            continue
        out += visible(article.text[position:start]) + _mark(visible(article.quote(span)), name, color)
        position = span.end
    return " ".join((out + visible(article.text[position : around.end])).split())


def _mark(words: str, name: str, color: bool) -> str:
    return typer.style(words, fg=MARKS[name], bold=True) if color else f"[{name}: {words}]"
