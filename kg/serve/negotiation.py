"""Which media type to answer in: the Accept header of RFC 9110 against what can be had."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

JSON: Final = "application/sparql-results+json"
TURTLE: Final = "text/turtle"
HTML: Final = "text/html"

SOLUTIONS: Final[Mapping[str, str]] = MappingProxyType(
    {
        JSON: "json",
        "application/sparql-results+xml": "xml",
        "text/csv": "csv",
        "text/tab-separated-values": "tsv",
        "application/json": "json",
    }
)
"""Media types of SELECT and ASK answers, the preferred one first, with the short names that `format=` takes."""

GRAPHS: Final[Mapping[str, str]] = MappingProxyType(
    {
        TURTLE: "ttl",
        "application/n-triples": "nt",
        "application/n-quads": "nq",
        "application/trig": "trig",
        "application/ld+json": "jsonld",
        "application/rdf+xml": "rdf",
    }
)
"""Media types of CONSTRUCT and DESCRIBE answers, as above."""

_RANGE = re.compile(r"([!#$%&'*+.^_`|~\w-]{1,80})/([!#$%&'*+.^_`|~\w-]{1,80})")
_QUALITY = re.compile(r"q=(0(?:\.\d{0,3})?|1(?:\.0{0,3})?)", re.I)


def negotiate(accept: str | None, offers: Mapping[str, str]) -> str | None:
    """The offered media type that the client likes best; among equals the first offered; None if it takes none.

    A range counts with the quality of the most specific that covers a type.
    What is not legal in the header is passed over.

    >>> negotiate("text/csv;q=0.5, application/*;q=0.8", SOLUTIONS)
    'application/sparql-results+json'
    """
    ranges = _ranges(accept or "*/*") or {"*/*": 1.0}
    best, quality = None, 0.0
    for offer in offers:
        for pattern in (offer, offer.partition("/")[0] + "/*", "*/*"):
            if pattern in ranges:
                if ranges[pattern] > quality:
                    best, quality = offer, ranges[pattern]
                break
    return best


def _ranges(accept: str) -> dict[str, float]:
    found: dict[str, float] = {}
    for part in accept.split(",")[:100]:
        name, *parameters = (piece.strip() for piece in part.split(";"))
        if not _RANGE.fullmatch(name):
            continue
        values = [match[1] for p in parameters if (match := _QUALITY.fullmatch(p))]
        key = name.lower()
        found[key] = max(found.get(key, 0.0), float(values[0]) if values else 1.0)
    return found


def named(form: str, offers: Mapping[str, str]) -> str | None:
    """The media type with that short name, as `format=csv` asks for it."""
    return next((media for media, short in offers.items() if short == form.lower()), None)
