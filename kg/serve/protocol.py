"""A request of the SPARQL 1.1 Protocol -> what it asks: query, dataset, format."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qsl

from ..errors import Refused
from .request_limits import FIELDS

FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
UPDATE = "application/sparql-update"


@dataclass(frozen=True, slots=True)
class Asked:
    """What a client asks: the query, the graphs it names in the request, the formats it names there."""

    query: str | None
    default: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
    format: tuple[str, ...] = ()

    def job(self, accept: str | None) -> dict[str, Any]:
        """The same for a worker."""
        return {"do": "query", **asdict(self), "accept": accept}


Pairs = Sequence[tuple[str, str]]


def pairs(encoded: bytes, what: str) -> Pairs:
    """The parameters of a query string or a form.

    Raises Refused if they are not UTF-8 or too many.

    >>> pairs(b"query=ASK%20%7B%7D&format=json", "query string")
    [('query', 'ASK {}'), ('format', 'json')]
    """
    try:
        return parse_qsl(
            encoded.decode("utf-8"), keep_blank_values=True, encoding="utf-8", errors="strict", max_num_fields=FIELDS
        )
    except UnicodeDecodeError:
        raise Refused(HTTPStatus.BAD_REQUEST, f"the {what} is not UTF-8") from None
    except ValueError:
        raise Refused(HTTPStatus.BAD_REQUEST, f"the {what} has more than {FIELDS} parameters") from None


def one(parameters: Pairs, name: str) -> str | None:
    """The value of a parameter that may be given once.

    Raises Refused if it is given twice.

    >>> one([("query", "ASK {}")], "query"), one([], "query")
    ('ASK {}', None)
    """
    found = [value for key, value in parameters if key == name]
    if len(found) > 1:
        raise Refused(HTTPStatus.BAD_REQUEST, f"the parameter {name} is given {len(found)} times; give it once")
    return found[0] if found else None


def formats(parameters: Pairs) -> tuple[str, ...]:
    """What a request names as its format; SPARQLWrapper names one three ways, and some twice.

    >>> formats([("format", "json"), ("output", "json"), ("query", "ASK {}")])
    ('json',)
    """
    return tuple(dict.fromkeys(value for key, value in parameters if key in {"format", "output", "results"} and value))


def by_get(parameters: Pairs) -> Asked:
    """A query by GET; its query is None where a service description is asked for.

    Raises Refused for an update, or a query given twice.

    >>> by_get([("query", "ASK {}"), ("format", "json")]).query
    'ASK {}'
    >>> by_get([("update", "CLEAR ALL")])
    Traceback (most recent call last):
        ...
    kg.errors.Refused: this endpoint is read-only; it takes no updates
    """
    if any(key == "update" for key, _ in parameters):
        raise Refused(HTTPStatus.FORBIDDEN, "this endpoint is read-only; it takes no updates")
    graphs = [tuple(v for key, v in parameters if key == name) for name in ("default-graph-uri", "named-graph-uri")]
    query = one(parameters, "query")
    return Asked(query and query.removeprefix("\ufeff"), graphs[0], graphs[1], formats(parameters))


def by_post(content_type: str, parameters: Pairs, body: bytes) -> Asked:
    """A query by POST, as a form or directly.

    Raises Refused for an update, for a body of another type or encoding, and if there is no query.

    >>> by_post("application/sparql-query", [], b"ASK {}").query
    'ASK {}'
    """
    kind, _, rest = content_type.partition(";")
    kind = kind.strip().lower()
    if kind == UPDATE:
        raise Refused(HTTPStatus.FORBIDDEN, "this endpoint is read-only; it takes no updates")
    if kind not in {FORM, QUERY}:
        raise Refused(
            HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
            f"a body of type {kind[:80] or '(none given)'} is not read here; send {QUERY} or {FORM}",
        )
    charset = next((p.partition("=")[2].strip(' "') for p in rest.split(";") if "charset=" in p.lower()), "utf-8")
    if charset.lower() not in {"utf-8", "utf8", "us-ascii"}:
        raise Refused(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, f"the body is said to be {charset[:40]}; send UTF-8")
    if kind == FORM:
        form = pairs(body, "form")
        asked = by_get([*form, *((key, value) for key, value in parameters if key == "update")])
    else:
        if any(key == "query" for key, _ in parameters):
            raise Refused(HTTPStatus.BAD_REQUEST, "there is a query in the address and one in the body; send one")
        try:
            text = body.decode("utf-8")
        except UnicodeDecodeError:
            raise Refused(HTTPStatus.BAD_REQUEST, "the query is not UTF-8") from None
        asked = by_get([("query", text), *parameters])
    if asked.query is None:
        raise Refused(HTTPStatus.BAD_REQUEST, "the form has no parameter query")
    return asked
