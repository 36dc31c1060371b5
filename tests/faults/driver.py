"""A build with the extraction stubbed, to be killed: `driver.py SOURCE GRAPH LOG [--die STEP:WHEN:N] [--load N] [--bulk]`.

Every result is a line of LOG before the next article is begun. `--die` kills
the process with -9 at the N-th passing of a step, so that nothing runs after
it. `--load` and `--bulk` have Oxigraph take in few articles as it does many.
Where things lie in the view's graph is not worked out: it takes three seconds
and writes nothing.

`driver.py --serve` has all that a build needs loaded, reads such command lines
from its standard input, a JSON list each after the file for its errors, and
builds each in a process of its own: a fork, which starts in no time.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import sys
from collections.abc import Callable, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import kg.build.builder as building
import kg.build.outputs
import kg.identity.kept_links
import kg.identity.reference_tables
import kg.store.journal
import kg.store.store as stores
import kg.view.scenes
from kg.errors import KGError
from kg.records.attribution import Attribution, Form, Stance
from kg.records.entity import Entity
from kg.records.extraction import Extraction
from kg.records.figure import Bound, Figure
from kg.records.mention import EntityType, Mention, MentionKind
from kg.records.role import Role
from kg.text.article import Article, Span, locate

_FIRST = "Ada Bo Cleo Dan Eve Finn Gus Hana Ida Jon Kim Lea Max Nora Otto Pia Quin Rosa Sam Tess".split()
_LAST = (
    "Amber Birch Cedar Dale Elm Fern Glen Heath Iris Jade Kelp Lark Moss Nettle Oak Pine Reed Sage Thorn Vale".split()
)
_THINGS = "grain timber salt coal cloth paper glass copper wool oil tea bricks lamps maps seed tools".split()


def text(n: int, town: str = "Port") -> str:
    """The n-th article: somebody who is in another article too says how many boats left a town."""
    chosen = random.Random(n)
    cargo = " and then ".join(" with ".join(chosen.sample(_THINGS, 3)) for _ in range(4))
    speaker = f"{_FIRST[n % 20]} {_LAST[n // 20 % 20]}"
    return f"{speaker}, minister of {town}{n}, said on Friday that {n % 50 + 2} boats had left with {cargo}."


def stub(article: Article, model: str) -> Extraction:
    """What `text` says."""
    if "Ruin" in article.text:
        raise RuntimeError("a text about Ruin")
    speaker = article.text.split(",")[0]
    name, post, said = locate(speaker, article), locate("minister", article), locate("said", article)
    town_at = locate(article.text.split(" of ")[1].split(",")[0], article)
    content = Span(locate("that", article).start, len(article.text))
    count = article.text.split("that ")[1].split()[0]
    ada = Entity("e1", EntityType.PERSON, speaker, (Mention(name, MentionKind.NAME, EntityType.PERSON),))
    town = Entity(
        "e2", EntityType.PLACE, article.quote(town_at), (Mention(town_at, MentionKind.NAME, EntityType.PLACE),)
    )
    boats = Figure(
        "f1", locate(count, article), Decimal(count), Decimal(count), Bound.EXACT, counted="boats", concept="boat", event="leave",
        reporters=("e1",), attribution="a1", place="e2",
    )  # fmt: skip
    return Extraction(
        article,
        model,
        (ada, town),
        (Attribution("a1", (name,), (said,), (content,), Form.INDIRECT, Stance.ASSERTS, "e1"),),
        (boats,),
        (Role("r1", "e1", "minister", Span(post.start, town_at.end), place="e2"),),
    )


def _dying(function: Callable[..., Any], at: int, when: str) -> Callable[..., Any]:
    passed = 0

    def call(*args: Any, **kwargs: Any) -> Any:
        nonlocal passed
        passed += 1
        if passed == at and when == "before":
            os.kill(os.getpid(), signal.SIGKILL)
        result = function(*args, **kwargs)
        if passed == at:
            os.kill(os.getpid(), signal.SIGKILL)
        return result

    return call


STEPS: dict[str, tuple[Any, str]] = {
    "make": (building, "make"),
    "put": (stores.Store, "put_nquads"),
    "append": (kg.store.journal.Journal, "append"),
    "load": (kg.store.journal.Intake, "_load"),
    "loaded": (kg.store.journal.Journal, "remove"),
    "settle": (stores.Store, "settle"),
    "remove": (stores.Store, "remove"),
    "change": (stores.Store, "_change"),
    "link": (building, "link"),
    "change-links": (stores.Store, "change_links"),
    "keep-links": (kg.identity.kept_links.KeptLinks, "commit"),
    "links-made": (stores.Store, "links_made"),
    "outputs": (building, "write_outputs"),
    "write-whole": (kg.build.outputs, "write_whole"),
    "replace": (Path, "replace"),
    "sync": (os, "fsync"),
    "report": (building, "write_report"),
    "close": (stores.Store, "close"),
}


def serve() -> int:
    """Build what is asked for, one after the other: the number of each process, and when it has ended, how."""
    import jinja2
    import pyvis.network

    assert jinja2 and pyvis
    kg.identity.reference_tables.tables()
    for line in sys.stdin:
        errors, *arguments = json.loads(line)
        child = os.fork()
        if child == 0:
            kept = os.open(errors, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
            os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
            os.dup2(kept, 1)
            os.dup2(kept, 2)
            return build(arguments)
        print(child, flush=True)
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
    return 0


def build(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("source", type=Path)
    parser.add_argument("graph", type=Path)
    parser.add_argument("log", type=Path)
    parser.add_argument("--die", default="")
    parser.add_argument("--outputs", action="store_true")
    parser.add_argument("--bulk", action="store_true")
    parser.add_argument("--load", type=int, default=kg.store.journal.LOAD, help="how many quads wait at most")
    given = parser.parse_args(arguments)
    # As at a terminal: whatever a shell starts in the background ignores Ctrl-C, and all its children do.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    if given.die:
        step, when, at = given.die.split(":")
        where, name = STEPS[step]
        setattr(where, name, _dying(getattr(where, name), int(at), when))
    kg.view.scenes._placed = lambda asked: [(n, n) for n, _ in enumerate(json.loads(asked)[0])]
    kg.store.journal.LOAD = given.load
    if given.bulk:
        kg.store.journal.BULK = 1
    log = os.open(given.log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    os.write(log, b"ready\n")

    def each(result: building.Result) -> None:
        os.write(log, f"{result.fate} {result.source}\n".encode())

    plan = building.Plan([given.source], model="stub", extract=stub, outputs=given.outputs)
    try:
        built = building.run(plan, given.graph, each=each)
    except KGError as error:
        print(f"kg: {error}", file=sys.stderr)
        return 2
    return 0 if built.complete else 130


if __name__ == "__main__":
    sys.exit(serve() if sys.argv[1:] == ["--serve"] else build(sys.argv[1:]))
