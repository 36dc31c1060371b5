"""What the server answers in JSON, described in OpenAPI 3.1: for programs, and for those who write them."""

from __future__ import annotations

import json
from typing import Any, Final

from ..resources import VERSION
from .negotiation import GRAPHS, SOLUTIONS
from .request_limits import VIEW_ARTICLES

_PLAIN: Final = {"text/plain": {"schema": {"type": "string"}}}
_REFUSED: Final = {
    "400": {"description": "The request is not right; a line of text says what would be.", "content": _PLAIN},
    "401": {"description": "A token is needed.", "content": _PLAIN},
    "403": {"description": "An update, or a page of another site.", "content": _PLAIN},
    "406": {"description": "None of the media types asked for can be had.", "content": _PLAIN},
    "413": {"description": "The body is too long.", "content": _PLAIN},
    "503": {"description": "It takes more time, memory or rows than is given.", "content": _PLAIN},
}
_TEXT: Final = {"type": "string"}
_SPAN: Final = {
    "type": "array",
    "prefixItems": [{"type": "integer"}, {"type": "integer"}],
    "minItems": 2,
    "maxItems": 2,
}


def _parameter(name: str, about: str, schema: dict[str, Any] | None = None, *, needed: bool = False) -> dict[str, Any]:
    return {"name": name, "in": "query", "description": about, "required": needed, "schema": schema or _TEXT}


def _answer(about: str, *medias: str, schema: dict[str, Any] | None = None) -> dict[str, Any]:
    content = {media: {"schema": (schema or {}) if "json" in media else _TEXT} for media in medias}
    return {"200": {"description": about, "content": content}, **_REFUSED}


def _operation(
    id: str,
    summary: str,
    responses: dict[str, Any],
    *,
    parameters: list[dict[str, Any]] | None = None,
    body: dict[str, Any] | None = None,
) -> dict[str, Any]:
    asked: dict[str, Any] = {} if parameters is None else {"parameters": parameters}
    if body is not None:
        asked["requestBody"] = {"required": True, "content": body}
    return {"operationId": id, "summary": summary, **asked, "responses": responses}


_GRAPHS: Final = [
    _parameter(name, "A graph of the store, by its IRI; may be given again.", {"type": "array", "items": _TEXT})
    for name in ("default-graph-uri", "named-graph-uri")
]
_FORMAT: Final = _parameter("format", "A short name or media type of the answer, before what Accept says.")
_ROWS: Final = "Rows, a truth value, or a graph."
_FORM: Final = {"type": "object", "required": ["query"], "properties": {"query": _TEXT, "format": _TEXT}}
_SPANNED: Final = {"type": "array", "items": {"type": "object", "properties": {"span": _SPAN}}}
_SPANS: Final = {"type": "array", "items": _SPAN}
_STANDOFF: Final = {
    "type": "object",
    "required": ["doc", "text_sha256", "model", "entities", "attributions", "figures", "roles", "times", "events"],
    "properties": {
        **dict.fromkeys(("doc", "text_sha256", "model"), _TEXT),
        **dict.fromkeys(("figures", "roles", "times", "events", "relations"), _SPANNED),
        "entities": {"type": "array", "items": {"type": "object"}},
        "attributions": {
            "type": "array",
            "items": {"type": "object", "properties": {"cue": _SPANS, "content": _SPANS}},
        },
    },
}


def document() -> dict[str, Any]:
    """The description of `/sparql`, `/query`, `/view/data`, `/annotate` and of itself; pages for people have none."""
    rows, graphs = tuple(SOLUTIONS), tuple(GRAPHS)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "reportedly",
            "version": VERSION,
            "description": "Who said what, on whose word, with which figures, and where the text says so; read-only.",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": "/"}],
        "components": {"securitySchemes": {"token": {"type": "http", "scheme": "bearer"}}},
        "security": [{}, {"token": []}],
        "paths": {
            "/sparql": {
                "get": _operation(
                    "query",
                    "SPARQL 1.1 query; without a query, the service description.",
                    _answer(_ROWS, *dict.fromkeys((*rows, *graphs))),
                    parameters=[
                        _parameter("query", "The query; usual prefixes need no declaration."),
                        *_GRAPHS,
                        _FORMAT,
                    ],
                ),
                "post": _operation(
                    "queryByPost",
                    "The same, with the query in the body.",
                    _answer(_ROWS, *dict.fromkeys((*rows, *graphs))),
                    body={
                        "application/sparql-query": {"schema": _TEXT},
                        "application/x-www-form-urlencoded": {"schema": _FORM},
                    },
                ),
            },
            "/query": {
                "get": _operation(
                    "question",
                    "A shipped question by its name; a parameter of it is p.NAME, as in p.speaker=Patel.",
                    _answer("Rows, or a page for people.", *rows, "text/html"),
                    parameters=[_parameter("name", "The question's name.", needed=True), _FORMAT],
                )
            },
            "/view/data": {
                "get": _operation(
                    "viewData",
                    "The records of some articles, as the view holds them.",
                    {
                        **_answer("Records.", "application/json", schema={"type": "object"}),
                        "404": {"description": "The store holds no such thing.", "content": _PLAIN},
                    },
                    parameters=[
                        _parameter("offset", "Articles to pass over.", {"type": "integer", "minimum": 0}),
                        _parameter("limit", "Articles.", {"type": "integer", "minimum": 1, "maximum": VIEW_ARTICLES}),
                        _parameter("focus", "Only what has to do with a thing: its id in the view, or its IRI."),
                    ],
                )
            },
            "/annotate": {
                "post": _operation(
                    "annotate",
                    "What is found in a text, with offsets in code points, half-open.",
                    _answer("Standoff annotations.", "application/json", schema=_STANDOFF),
                    body=_PLAIN,
                )
            },
            "/openapi.json": {
                "get": _operation(
                    "description",
                    "This description.",
                    _answer("OpenAPI 3.1.", "application/json", schema={"type": "object"}),
                )
            },
        },
    }


def text() -> str:
    """The description as JSON."""
    return json.dumps(document(), ensure_ascii=False, indent=1) + "\n"
