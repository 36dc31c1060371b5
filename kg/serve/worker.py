"""The process that answers jobs, one a line, from standard input to standard output; killed when one takes too long.

Run as `python -m kg.serve.worker store FOLDER LIMITS` or `python -m kg.serve.worker text MODEL LIMITS`. A job is a
JSON object; an answer is a line of JSON (status, type, length) and so many bytes.
"""

from __future__ import annotations

import json
import os
import re
import sys
import traceback
from collections.abc import Callable, Mapping
from functools import partial
from http import HTTPStatus
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from ..errors import KGError, QueryError, TooMuch
from ..query.explained import broken, check_language
from ..query.guard import guard, sources
from ..query.questions import quickest
from ..rdf import vocab
from . import pages
from .negotiation import GRAPHS, HTML, SOLUTIONS, VERDICTS, chosen
from .request_limits import RequestLimits
from .sandbox import bound, give_up, more_time

if TYPE_CHECKING:
    import pyoxigraph
    from typing_extensions import Buffer

    from ..store import Store

Job = dict[str, Any]
Answer = tuple[int, str, bytes]
"""Status, media type and body."""

TEXT = "text/plain; charset=utf-8"


def _refusal(status: int, message: str) -> Answer:
    """An answer that says in one line why there is no other."""
    return int(status), TEXT, (message + "\n").encode("utf-8", "replace")


class Sink(BytesIO):
    """Takes an answer's bytes up to a limit."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self.most = most

    def write(self, data: Buffer, /) -> int:
        if self.tell() + memoryview(data).nbytes > self.most:
            raise TooMuch(f"more than {self.most >> 20} MB")
        return super().write(data)


# -- queries


def _query(store: Store, job: Job, limits: RequestLimits) -> Answer:
    """The answer to a query, in the format that the client takes."""
    text = job["query"]
    check_language(text)
    own = guard(text)
    asked = [*job["default"], *job["named"]] or [*(sources(text) if own else ())]
    for graph in asked:
        _check_graph(store, graph)
    answer = _evaluate(store, quickest(text), job["default"], job["named"], own)
    import pyoxigraph as ox

    offers = GRAPHS if isinstance(answer, ox.QueryTriples) else SOLUTIONS
    if isinstance(answer, ox.QueryBoolean):
        offers = VERDICTS
    media = chosen(job["format"], job["accept"], offers)
    if media is None:
        return _refusal(HTTPStatus.NOT_ACCEPTABLE, f"this answer can be had as {', '.join(offers)}")
    try:
        body = _serialized(answer, offers[media], limits)
    except TooMuch as error:
        return _refusal(
            HTTPStatus.SERVICE_UNAVAILABLE, f"the answer has {error}, the limit here; ask for less, with LIMIT"
        )
    return 200, media + ("; charset=utf-8" if media.startswith("text/") else ""), body


def _evaluate(store: Store, text: str, default: list[str], graphs: list[str], own: bool) -> Any:
    import pyoxigraph as ox

    try:
        if default or graphs:  # what the request names goes before what the query names
            return store.oxigraph.query(
                text,
                prefixes=dict(vocab.PREFIXES),
                default_graph=[ox.NamedNode(name) for name in default],
                named_graphs=[ox.NamedNode(name) for name in graphs],
            )
        return store.oxigraph.query(text, prefixes=dict(vocab.PREFIXES), use_default_graph_as_union=not own)
    except SyntaxError as error:
        raise broken(error, text) from None
    except ValueError as error:
        raise QueryError(f"the query cannot be answered: {_line(error)}") from None


def _check_graph(store: Store, name: str) -> None:
    import pyoxigraph as ox

    try:
        there = store.oxigraph.contains_named_graph(ox.NamedNode(name))
    except ValueError:
        raise QueryError(f"{name[:200]!r} is no absolute IRI; a graph is named by its whole IRI") from None
    if not there:
        raise QueryError(f"there is no graph <{name[:200]}> in this store; nothing is read from files or other servers")


def _serialized(
    answer: pyoxigraph.QuerySolutions | pyoxigraph.QueryBoolean | pyoxigraph.QueryTriples,
    form: str,
    limits: RequestLimits,
) -> bytes:
    import pyoxigraph as ox

    sink = Sink(limits.size)
    if isinstance(answer, ox.QueryTriples):
        prefixes = dict(vocab.PREFIXES) if form in {"ttl", "trig"} else None
        ox.serialize(answer, sink, format=ox.RdfFormat.from_extension(form), prefixes=prefixes)
        return sink.getvalue()
    if form == "boolean":
        return b"true" if answer else b"false"
    answer.serialize(sink, format=ox.QueryResultsFormat.from_extension(form))
    body = sink.getvalue()
    if isinstance(answer, ox.QuerySolutions):
        rows = count_rows(body, form, limits.rows)
        if rows > limits.rows:
            raise TooMuch(f"{rows} rows, more than {limits.rows}")
    return body


_JSON_STRING = re.compile(rb'"(?:[^"\\]|\\.)*+"')
_CSV_STRING = re.compile(rb'"(?:[^"]|"")*+"')


def count_rows(body: bytes, form: str, most: int) -> int:
    """How many solutions a body has, as Oxigraph writes them; 0 where it is too short to have more than `most`.

    >>> count_rows(b"who,what\\r\\nJo Hill,no\\r\\nIda Berg,yes\\r\\n", "csv", 1)
    2
    """
    if len(body) <= 2 * most:
        return 0
    match form:
        case "xml":
            return body.count(b"<result>")
        case "tsv":
            return body.count(b"\n") - 1
        case "csv":
            return _CSV_STRING.sub(b"", body).count(b"\n") - 1
        case _:
            return _JSON_STRING.sub(b"", body).count(b"},{") + 1


def _line(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0][:300]


# -- pages


def _question(store: Store, job: Job, limits: RequestLimits) -> Answer:
    """A shipped question with its parameters: a page for people, or as any query."""
    from ..query import prepared, question
    from ..query.nodes import with_records

    asked = question(job["name"])
    values = {name: value for name, value in job["values"].items() if value != "" or name in job["given"]}
    known = {parameter.name for parameter in asked.parameters}
    text, _ = prepared(store, asked, values)
    offers = {**SOLUTIONS, HTML: "html"}
    media = chosen(job["format"], job["accept"], offers)
    if media != HTML:
        more: Job = {"default": [], "named": [], "query": text}
        return _query(store, job | more, limits)
    result, records = with_records(store, asked, values)
    shown = {name: value for name, value in values.items() if name in known}
    return 200, "text/html; charset=utf-8", pages.question(store, asked, result, records, shown).encode()


def _view(store: Store, job: Job, limits: RequestLimits) -> Answer:
    from .viewing import view

    return view(store, job, limits)


def _data(store: Store, job: Job, limits: RequestLimits) -> Answer:
    from .viewing import data

    return data(store, job, limits)


def _page(make: Callable[[Store, Job], str | None]) -> Callable[[Store, Job, RequestLimits], Answer]:
    def answer(store: Store, job: Job, limits: RequestLimits) -> Answer:
        html = make(store, job)
        if html is None:
            return _refusal(HTTPStatus.NOT_FOUND, "the store holds no such thing")
        return 200, "text/html; charset=utf-8", html.encode("utf-8", "replace")

    return answer


JOBS: Mapping[str, Callable[[Store, Job, RequestLimits], Answer]] = {
    "query": _query,
    "question": _question,
    "view": _view,
    "data": _data,
    "front": _page(pages.front),
    "article": _page(pages.article),
    "entity": _page(pages.entity),
    "entities": _page(pages.entities),
}


# -- text


def _annotate(model: str | None, job: Job) -> Answer:
    """What the rules find in a text, as standoff JSON."""
    from ..records.standoff import standoff
    from ..stages.rules import extract
    from ..text.article import Article

    found = standoff(extract(Article(job["text"]), model))
    return 200, "application/json", (json.dumps(found, ensure_ascii=False) + "\n").encode("utf-8", "replace")


# -- the process


def main(kind: str, what: str, limits: RequestLimits) -> None:
    """Answer jobs until standard input ends."""
    jobs, answers = _channels()
    if kind == "store":
        give_up()
        from .. import store as stores

        try:
            store = stores.open(Path(what))
        except KGError as error:
            _send(answers, _refusal(HTTPStatus.INTERNAL_SERVER_ERROR, str(error)))
            return
        bound(limits.memory)
        _send(answers, (200, TEXT, b"ready\n"))
        for line in jobs:
            job = json.loads(line)
            more_time(job["seconds"])
            _answer(answers, partial(JOBS[job["do"]], store, job, limits))
    else:
        give_up()
        bound(limits.text_memory)
        _send(answers, (200, TEXT, b"ready\n"))
        for line in jobs:
            job = json.loads(line)
            more_time(job["seconds"])
            _answer(answers, partial(_annotate, what or None, job))


def _answer(answers: BinaryIO, answer: Callable[[], Answer]) -> None:
    """Send the answer, or why there is none."""
    log = None
    try:
        found = answer()
    except QueryError as error:
        found = _refusal(HTTPStatus.BAD_REQUEST, str(error))
    except MemoryError:
        found = _refusal(HTTPStatus.SERVICE_UNAVAILABLE, "it needs more memory than the limit here; ask for less")
    except KGError as error:
        found = _refusal(HTTPStatus.INTERNAL_SERVER_ERROR, str(error))
    except Exception as error:  # one request that breaks must not cost the others
        log = "".join(traceback.format_exception(error))  # standard error may be a file, and no file is written here
        why = f"the server failed ({type(error).__name__}); please report it"
        found = _refusal(HTTPStatus.INTERNAL_SERVER_ERROR, why)
    _send(answers, found, log)


def _channels() -> tuple[BinaryIO, BinaryIO]:
    """Standard input and output; whatever else prints goes to standard error, so that it cannot break an answer."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return sys.stdin.buffer, answers


def _send(answers: BinaryIO, answer: Answer, log: str | None = None) -> None:
    status, media, body = answer
    head = {"status": status, "type": media, "length": len(body), "log": log}
    answers.write(json.dumps(head).encode() + b"\n" + body)
    answers.flush()


if __name__ == "__main__":
    try:
        main(sys.argv[1], sys.argv[2], RequestLimits.from_json(sys.argv[3]))
    except BrokenPipeError:  # the server has gone while this was on its way: nobody waits for an answer
        os._exit(1)
