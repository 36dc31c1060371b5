"""The addresses: the request behind each read into a job for a worker, or answered at once."""

from __future__ import annotations

import asyncio
import html
import json
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import sha256
from http import HTTPStatus
from pathlib import Path
from typing import Any

from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from ..errors import KGError, Refused, ServeError, StoreError
from ..query import questions
from ..query.explained import check_language
from ..query.guard import guard
from . import openapi, pages
from .description import described
from .gate import POLICY
from .negotiation import GRAPHS, HTML, chosen
from .pool import Answer, Pool
from .protocol import Asked, Pairs, by_get, by_post, formats, one, pairs
from .request_limits import BODY, BODY_SECONDS, VIEW_ARTICLES, RequestLimits
from .review_desk import ReviewDesk

_STATIC = Path(__file__).resolve().parent / "static"
_TYPES = {".js": "text/javascript", ".css": "text/css", ".txt": "text/plain", ".svg": "image/svg+xml"}
_POLICY = re.compile(r'http-equiv="Content-Security-Policy" content="([^"]*)"')
# the one style sheet that YASGUI writes by script: the grips that widen the columns of a table
_GRIPS = "'sha256-zCK2EVMoPc04mRF/g5CotUvxbJPWS+8V0b+s9ptqQIk='"
_ID = re.compile(r"[0-9a-f]{16}")


@dataclass(slots=True)
class ServerState:
    """What the server holds while it runs."""

    folder: Path
    queries: Pool
    texts: Pool
    limits: RequestLimits
    view: tuple[str, Answer] | None = None
    viewing: asyncio.Lock = field(default_factory=asyncio.Lock)
    texting: asyncio.Lock = field(default_factory=asyncio.Lock)
    texts_open: bool = False
    failure: ServeError | StoreError | None = None
    desk: ReviewDesk | None = None


# -- reading requests

Endpoint = Callable[[Request], Awaitable[Response]]


def _answered(endpoint: Endpoint) -> Endpoint:
    """The endpoint with every refusal as one line of text, which a browser that opens it as a page gets as one."""

    async def answer(request: Request) -> Response:
        try:
            response = await endpoint(request)
        except Refused as error:
            headers = {"retry-after": "5"} if error.status == HTTPStatus.SERVICE_UNAVAILABLE else None
            response = PlainTextResponse(error.message + "\n", int(error.status), headers)
        except ClientDisconnect:
            return Response(status_code=499)
        plain = response.headers.get("content-type", "").startswith("text/plain")
        if response.status_code < HTTPStatus.BAD_REQUEST or not plain or HTML not in request.headers.get("accept", ""):
            return response
        body = pages.refused(bytes(response.body).decode("utf-8", "replace"), request.query_params.get("query"))
        headers = {"retry-after": "5"} if "retry-after" in response.headers else None
        return Response(body, response.status_code, headers, media_type=HTML)

    return answer


async def _body(request: Request) -> bytes:
    """The body, if it is small and comes in time.

    Raises Refused otherwise.
    """
    too_long = Refused(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, f"the body is longer than {BODY} bytes, the limit here")
    if request.headers.get("content-encoding", "identity") != "identity":
        raise Refused(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "compressed bodies are not read here; send it plain")
    length = request.headers.get("content-length", "0")
    if not length.isdecimal() or int(length) > BODY:
        raise too_long
    parts, size = [], 0
    try:
        async with asyncio.timeout(BODY_SECONDS):
            async for part in request.stream():
                size += len(part)
                if size > BODY:
                    raise too_long
                parts.append(part)
    except TimeoutError:
        raise Refused(HTTPStatus.REQUEST_TIMEOUT, f"the body did not come in {BODY_SECONDS:g} seconds") from None
    return b"".join(parts)


def _parameters(request: Request) -> list[tuple[str, str]]:
    return list(pairs(request.scope["query_string"], "address"))


def _state(request: Request) -> ServerState:
    found: ServerState = request.app.state.kg
    return found


async def _work(request: Request, job: dict[str, Any]) -> Response:
    return _response(await _state(request).queries.ask(job, request.is_disconnected))


def _response(answer: Answer | None, headers: dict[str, str] | None = None) -> Response:
    if answer is None:
        raise ClientDisconnect
    status, media, body = answer
    response = Response(body, status, headers)
    response.headers["content-type"] = media
    if status == HTTPStatus.SERVICE_UNAVAILABLE:
        response.headers["retry-after"] = "5"
    return response


# -- addresses


async def sparql(request: Request) -> Response:
    """The SPARQL 1.1 Protocol, query operation; without a query, the service description."""
    parameters = _parameters(request)
    if request.method == "POST":
        body = await _body(request)
        asked = by_post(request.headers.get("content-type", ""), parameters, body)
    else:
        asked = by_get(parameters)
    if asked.query is None:
        return _description(request, asked)
    _allowed(asked.query)
    return await _work(request, asked.job(request.headers.get("accept")))


def _allowed(query: str) -> None:
    try:
        check_language(query)
        guard(query)
    except KGError as error:
        raise Refused(HTTPStatus.BAD_REQUEST, str(error)) from None


def _description(request: Request, asked: Asked) -> Response:
    offers = {**GRAPHS, HTML: "html"}
    accept = request.headers.get("accept")
    media = chosen(asked.format, accept, offers)
    if media is None:
        raise Refused(HTTPStatus.NOT_ACCEPTABLE, f"the service description can be had as {', '.join(GRAPHS)}")
    if media == HTML:
        return RedirectResponse("/editor", HTTPStatus.SEE_OTHER)
    body = described(str(request.url.replace(query="", fragment="")), media)
    response = Response(body)
    response.headers["content-type"] = media + ("; charset=utf-8" if media.startswith("text/") else "")
    return response


async def front(request: Request) -> Response:
    """What there is: articles, questions, ways in."""
    return await _work(request, {"do": "front"})


async def question(request: Request) -> Response:
    """A shipped question: `name=speaker&p.name=Patel`."""
    parameters = _parameters(request)
    name = one(parameters, "name")
    if name is None:
        return RedirectResponse("/", HTTPStatus.SEE_OTHER)
    given = [key.removeprefix("p.") for key, _ in parameters if key.startswith("p.")]
    job = {
        "do": "question",
        "name": name,
        "values": {key: one(parameters, f"p.{key}") or "" for key in given},
        "format": formats(parameters),
        "accept": request.headers.get("accept"),
    }
    return await _work(request, job)


async def view(request: Request) -> Response:
    """The interactive view, made once for a state of the store.

    `focus` shows a part of it, `query` what a SELECT, a CONSTRUCT or a shipped question (`p.name=...`) finds.
    """
    state = _state(request)
    parameters = _parameters(request)
    focus, query = one(parameters, "focus"), one(parameters, "query")
    values = {key.removeprefix("p."): value for key, value in parameters if key.startswith("p.") and value}
    whole = focus is None and query is None
    async with state.viewing:  # one at a time: it takes a worker for long
        what = state.queries.what
        answer = state.view[1] if whole and state.view is not None and state.view[0] == what else None
        if answer is None:
            job = {"do": "view", "focus": focus, "query": query, "values": values, "review": state.desk is not None}
            answer = await state.queries.ask(job, request.is_disconnected, state.limits.view_seconds)
            if answer is None or answer[0] != HTTPStatus.OK:
                return _response(answer)
            if whole:
                state.view = (what, answer)
    return _response(answer, {"content-security-policy": f"{_policy_of(answer[2])}; frame-ancestors 'none'"})


def _policy_of(page: bytes) -> str:
    """What a page says that may be loaded into it; nothing where it says nothing."""
    policy = _POLICY.search(page[:4096].decode("utf-8", "replace"))
    return html.unescape(policy[1]) if policy else "default-src 'none'"


async def view_data(request: Request) -> Response:
    """What the view holds no more: `offset`, `limit` (articles) and `focus`; see the package's docstring."""
    parameters = _parameters(request)
    job = {
        "do": "data",
        "focus": one(parameters, "focus"),
        "offset": _number(parameters, "offset", 0, 0, 10**9),
        "limit": _number(parameters, "limit", 20, 1, VIEW_ARTICLES),
    }
    return await _work(request, job)


def _number(parameters: Pairs, name: str, default: int, least: int, most: int) -> int:
    given = one(parameters, name)
    if given is None:
        return default
    if not re.fullmatch(r"[0-9]{1,10}", given) or not least <= int(given) <= most:
        raise Refused(HTTPStatus.BAD_REQUEST, f"{name} is {given[:40]!r}; give a number from {least} to {most}")
    return int(given)


def _id(request: Request) -> str:
    found: str = request.path_params["id"]
    if not _ID.fullmatch(found):
        raise Refused(HTTPStatus.NOT_FOUND, "no such page: an id has 16 hexadecimal digits")
    return found


async def article(request: Request) -> Response:
    """An article: its text with one place marked, and its records."""
    parameters = _parameters(request)
    place = [one(parameters, name) or "" for name in ("from", "to")]
    marked = [int(n) for n in place] if all(re.fullmatch(r"[0-9]{1,9}", n) for n in place) else None
    return await _work(request, {"do": "article", "id": _id(request), "marked": marked})


async def entity(request: Request) -> Response:
    """All that the articles say of one person, organisation or place."""
    return await _work(request, {"do": "entity", "id": _id(request)})


async def entities(request: Request) -> Response:
    """Entities by part of their name."""
    return await _work(request, {"do": "entities", "name": (one(_parameters(request), "name") or "")[:200]})


async def editor(request: Request) -> Response:
    """YASGUI, with the first steps and the shipped questions to choose from."""
    policy = POLICY.replace("style-src 'self'", f"style-src 'self' {_GRIPS}")
    return Response(pages.editor(), media_type="text/html", headers={"content-security-policy": policy})


async def editor_data(request: Request) -> Response:
    """What the editor's script needs to know."""
    return Response(json.dumps(pages.editor_data(questions()), ensure_ascii=False), media_type="application/json")


async def gallery(request: Request) -> Response:
    """Examples and questions as cards."""
    return Response(pages.gallery(), media_type="text/html")


async def ontology(request: Request) -> Response:
    """What the terms mean."""
    return Response(pages.ontology(), media_type="text/html")


async def annotate(request: Request) -> Response:
    """Text -> standoff JSON; by GET a form."""
    if request.method != "POST":
        return Response(pages.annotate(), media_type="text/html")
    state = _state(request)
    body = await _body(request)
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind == "application/x-www-form-urlencoded":
        text = (one(pairs(body, "form"), "text") or "").replace("\r\n", "\n")
    elif kind == "text/plain":
        try:
            text = body.decode("utf-8")
        except UnicodeDecodeError:
            raise Refused(HTTPStatus.BAD_REQUEST, "the text is not UTF-8") from None
    else:
        raise Refused(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "send text/plain, or a form with a field text")
    if not text.strip():
        raise Refused(HTTPStatus.BAD_REQUEST, "there is no text")
    if len(text) > state.limits.text:
        raise Refused(
            HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
            f"the text has {len(text)} characters; the limit here is {state.limits.text}; kg annotate takes any length",
        )
    async with state.texting:  # its worker holds a parser of some hundred MB, so it starts when first needed
        if not state.texts_open:
            await state.texts.open()
            state.texts_open = True
    return _response(await state.texts.ask({"text": text}, request.is_disconnected))


async def decisions(request: Request) -> Response:
    """What people decided, and by POST more of it; see `kg.serve.review_desk`."""
    state = _state(request)
    assert state.desk is not None
    state.desk.admit(request.headers)
    if request.method == "POST":
        kind = request.headers.get("content-type", "")
        found = await state.desk.take(await _body(request), kind, lambda: state.queries.what)
    else:
        found = await asyncio.to_thread(state.desk.listed)
    return Response(json.dumps(found, ensure_ascii=False), media_type="application/json")


async def described_api(request: Request) -> Response:
    """What programs may ask for."""
    return Response(openapi.text(), media_type="application/json")


@lru_cache(maxsize=1)
def _files() -> dict[str, tuple[str, bytes, str]]:
    """The files that can be asked for, by name: media type, bytes, tag. There are no others."""
    found = {}
    for path in sorted(_STATIC.rglob("*")):
        if path.is_file() and path.suffix in _TYPES:
            body = path.read_bytes()
            name = path.relative_to(_STATIC).as_posix()
            found[name] = (_TYPES[path.suffix], body, f'"{sha256(body).hexdigest()[:16]}"')
    return found


async def static(request: Request) -> Response:
    """Scripts and styles."""
    file = _files().get(request.path_params["name"])
    if file is None:
        raise Refused(HTTPStatus.NOT_FOUND, "no such file")
    media, body, tag = file
    headers = {"etag": tag, "cache-control": "private, max-age=60"}
    if request.headers.get("if-none-match") == tag:
        return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=headers)
    return Response(body, media_type=media, headers=headers)


def all_routes(*, reviewing: bool) -> list[Route]:
    """All addresses; that of decisions only where people may decide."""
    decided = [Route("/review/decisions", _answered(decisions), methods=["GET", "POST"])]
    return [
        Route("/", _answered(front)),
        Route("/sparql", _answered(sparql), methods=["GET", "POST"]),
        Route("/editor", _answered(editor)),
        Route("/editor.json", _answered(editor_data)),
        Route("/questions", _answered(gallery)),
        Route("/ontology", _answered(ontology)),
        Route("/query", _answered(question)),
        Route("/view", _answered(view)),
        Route("/view/data", _answered(view_data)),
        Route("/article/{id}", _answered(article)),
        Route("/entity/{id}", _answered(entity)),
        Route("/entities", _answered(entities)),
        Route("/annotate", _answered(annotate), methods=["GET", "POST"]),
        Route("/openapi.json", _answered(described_api)),
        Route("/static/{name:path}", _answered(static)),
        *(decided if reviewing else ()),
    ]
