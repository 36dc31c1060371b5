"""The commands about who is who and what is the same claim: entity, claim, index, reconcile."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from .console import GRAPH, Folder, app, console, person, reported, visible

if TYPE_CHECKING:
    from ..identity.external import Link
    from ..identity.grouping import Identity
    from ..identity.name_likeness import Profile
    from ..store import Store

entity_app = typer.Typer(help="Which entities are the same thing: look up, merge, keep apart, review suggestions.")
app.add_typer(entity_app, name="entity", rich_help_panel=None, no_args_is_help=True)

Which = Annotated[str, typer.Argument(help="An entity: its IRI, the end of its IRI, or its name if only one has it.")]


@entity_app.command("list")
@reported
def entity_list(
    name: Annotated[str | None, typer.Argument(help="Only entities whose name holds this.")] = None,
    folder: Folder = GRAPH,
) -> None:
    """List the named entities of all articles, those that are one thing together, and what they link to."""
    from rich.table import Column, Table

    from .. import store as stores
    from ..identity.linking import listed

    with stores.open(folder) as store:
        rows = listed(store)
    articles: dict[str, set[str]] = {}
    for row in rows:
        articles.setdefault(row.same, set()).add(row.profile.article)
    # what a command is told an entity by is never cut, however narrow the terminal
    by, same = (Column(head, no_wrap=True, min_width=_ID) for head in ("entity", "same as"))
    table = Table(by, "type", "name", "roles", "article", same, "joined", "link", box=None, pad_edge=False)
    for row in rows:
        p = row.profile
        if name is None or name.casefold() in p.name.casefold():
            table.add_row(
                _short(p.key), p.type, visible(p.name), visible("; ".join(p.roles)), p.article,
                "" if row.same == p.key else _short(row.same), _joined(len(articles[row.same])),
                visible(_link(row.link)),
            )  # fmt: skip
    console().print(table)


_ID = 16
"""Characters of an entity's key."""


def _joined(articles: int) -> str:
    """In how many articles an entity was known again, by name or by decision."""
    return f"in {articles} articles" if articles > 1 else ""


def _link(link: Link | None) -> str:
    """What an entity links to; where nothing is clearly best, how many candidates it has, likeliest first."""
    if link is None:
        return ""
    first = link.candidates[0]
    outside = first.thing.ids[0] if link.chosen else f"{first.thing.name} {first.score:.2f}"
    more = len(link.candidates) - 1
    return outside if link.chosen else f"? {outside}{f' and {more} more' if more else ''}"


@entity_app.command("suggestions")
@reported
def entity_suggestions(folder: Folder = GRAPH) -> None:
    """List pairs that may be the same thing, likeliest first, with the reasons."""
    from .. import store as stores
    from ..identity import linking

    with stores.open(folder) as store:
        everyone, found = linking.identities(store)
    for line in _suggestions(everyone, found):
        typer.echo(line)


@entity_app.command("review")
@reported
def entity_review(folder: Folder = GRAPH) -> None:
    """Go through the suggestions one by one: same, different, skip or quit; answers are kept and can be undone."""
    from .. import store as stores
    from ..build import outputs
    from ..identity import linking
    from ..identity.decisions import Act, Decision, decide
    from ..review.decision_file import now
    from ..review.verdicts import Signature

    with stores.open(folder, write=True) as store:
        everyone, found = linking.identities(store)
        for suggestion, line in zip(found.suggestions, _suggestions(everyone, found), strict=True):
            typer.echo(line)
            answer = typer.prompt("same thing? [y]es, [n]o, [s]kip, [q]uit", default="s").strip().lower()[:1]
            if answer == "q":
                break
            if answer in "yn":
                act = Act.MERGE if answer == "y" else Act.APART
                decide(folder, Decision(act, suggestion.first, suggestion.second, by=Signature(person(), now())))
        linking.link(store)
        outputs.write_outputs(store, folder)


def _decision(act: str, kind: str, first: str, second: str, folder: Path, note: str | None) -> None:
    from .. import store as stores
    from ..build import outputs
    from ..identity import linking
    from ..identity.decisions import Act, Decision, decide
    from ..review.decision_file import now
    from ..review.verdicts import Signature

    with stores.open(folder, write=True) as store:
        a, b = (_FIND[kind](store, which) for which in (first, second))
        decide(folder, Decision(Act(act), a, b, note, Signature(person(), now())))
        linking.link(store)
        outputs.write_outputs(store, folder)
    typer.echo(f"{act}: {_short(a)} and {_short(b)}; `kg {kind} undo` takes it back")


Note = Annotated[str | None, typer.Option(help="Why, for those who read the decisions later.")]


@entity_app.command("merge")
@reported
def entity_merge(first: Which, second: Which, folder: Folder = GRAPH, note: Note = None) -> None:
    """Decide that two entities are the same thing."""
    _decision("merge", "entity", first, second, folder, note)


@entity_app.command("apart")
@reported
def entity_apart(first: Which, second: Which, folder: Folder = GRAPH, note: Note = None) -> None:
    """Decide that two entities are different things."""
    _decision("apart", "entity", first, second, folder, note)


@entity_app.command("undo")
@reported
def entity_undo(first: Which, second: Which, folder: Folder = GRAPH, note: Note = None) -> None:
    """Take back what was decided about two entities."""
    _decision("undo", "entity", first, second, folder, note)


claim_app = typer.Typer(help="Which statements say the same: merge, keep apart; `kg query same-claim` lists them.")
app.add_typer(claim_app, name="claim", rich_help_panel=None, no_args_is_help=True)

Statement = Annotated[
    str, typer.Argument(help="A statement: its IRI or the end of it, as `kg query same-claim` has it.")
]


@claim_app.command("merge")
@reported
def claim_merge(first: Statement, second: Statement, folder: Folder = GRAPH, note: Note = None) -> None:
    """Decide that two statements make the same claim, or that one denies what the other says."""
    _decision("merge", "claim", first, second, folder, note)


@claim_app.command("apart")
@reported
def claim_apart(first: Statement, second: Statement, folder: Folder = GRAPH, note: Note = None) -> None:
    """Decide that two statements speak of different things."""
    _decision("apart", "claim", first, second, folder, note)


@claim_app.command("undo")
@reported
def claim_undo(first: Statement, second: Statement, folder: Folder = GRAPH, note: Note = None) -> None:
    """Take back what was decided about two statements."""
    _decision("undo", "claim", first, second, folder, note)


def _short(iri: str) -> str:
    return iri.rpartition("/")[2]


def _named(profile: Profile) -> str:
    return f"{profile.name} ({_short(profile.key)}, article {profile.article})"


def _suggestions(everyone: list[Profile], found: Identity) -> list[str]:
    names = {p.key: p for p in everyone}
    return [
        visible(
            f"{s.comparison.score:.2f}  {_named(names[s.first])}  ~  {_named(names[s.second])}: "
            f"{'; '.join(s.comparison.reasons)}"
        )
        for s in found.suggestions
    ]


def _statement(store: Store, which: str) -> str:
    """The IRI of the one statement that is meant."""
    from ..rdf import vocab

    matching = {q.s for q in store.quads(p=vocab.stance) if which in (q.s, _short(q.s))}
    return _only(matching, which, "statement", "statements", "kg query same-claim")


def _entity(store: Store, which: str) -> str:
    """The IRI of the one entity that is meant."""
    from ..identity import linking

    known = ((p.key, p.name) for p in linking.identities(store)[0])
    matching = {key for key, name in known if which in (key, _short(key)) or name.casefold() == which.casefold()}
    return _only(matching, which, "entity", "entities", "kg entity list")


def _only(matching: Collection[str], which: str, one: str, several: str, shown_by: str) -> str:
    """The one IRI that the words lead to. Raises QueryError where they lead to none, or to several."""
    from ..errors import QueryError

    if not matching:
        raise QueryError(f"no {one} is called {which!r}; `{shown_by}` shows them")
    if len(matching) > 1:
        some = ", ".join(map(_short, sorted(matching)[:5]))
        raise QueryError(f"{len(matching)} {several} are called {which!r}; name one by its id: {some}")
    return next(iter(matching))


_FIND: Mapping[str, Callable[[Store, str], str]] = {"entity": _entity, "claim": _statement}


@app.command()
@reported
def index(
    source: Annotated[Path, typer.Argument(help="OpenSanctions or FollowTheMoney JSONL, Wikidata JSON lines, or CSV.")],
    folder: Folder = GRAPH,
    prefix: Annotated[
        str | None, typer.Option(help="What makes an id of the file an address, such as https://...")
    ] = None,
) -> None:
    """Index a file of known entities beside the graph, and link names to it where one is clearly best."""
    from .. import store as stores
    from ..build import outputs
    from ..identity import linking
    from ..identity.name_index import index as make

    with stores.open(folder, write=True) as store:
        found = make(source, folder, prefix=prefix)
        typer.echo(f"wrote {found.path}: {found.things} things, {found.skipped} lines left out")
        linking.link(store)
        outputs.write_outputs(store, folder)


@app.command()
@reported
def reconcile(
    url: Annotated[str, typer.Argument(help="A W3C Reconciliation service; the names of entities are sent to it.")],
    folder: Folder = GRAPH,
    prefix: Annotated[str | None, typer.Option(help="What makes an id of the service an address.")] = None,
) -> None:
    """Ask a service which known entity each unlinked name may be; answers are kept, and later builds ask nobody."""
    from .. import store as stores
    from ..build import outputs
    from ..identity import linking
    from ..identity.linking import unlinked
    from ..identity.reconcile import ask

    with stores.open(folder, write=True) as store:
        asked = sum(1 for _ in ask(url, folder, unlinked(store), prefix=prefix))
        linking.link(store)
        outputs.write_outputs(store, folder)
    typer.echo(f"asked for {asked} names")
