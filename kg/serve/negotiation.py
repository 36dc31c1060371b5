"""Which media type to answer in: the Accept header of RFC 9110 against what can be had."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
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
        "application/xml": "xml",
        "text/xml": "xml",
    }
)
"""Media types of SELECT and ASK answers, the preferred one first, with their short names."""

VERDICTS: Final[Mapping[str, str]] = MappingProxyType({**SOLUTIONS, "text/boolean": "boolean"})
"""Media types of ASK answers: `true` or `false` alone, as RDF4J has it, is one more."""

GRAPHS: Final[Mapping[str, str]] = MappingProxyType(
    {
        TURTLE: "ttl",
        "application/n-triples": "nt",
        "application/n-quads": "nq",
        "application/trig": "trig",
        "application/ld+json": "jsonld",
        "application/rdf+xml": "rdf",
        "text/n3": "ttl",
        "text/rdf+n3": "ttl",
        "application/n3": "ttl",
        "application/turtle": "ttl",
        "application/x-turtle": "ttl",
        "text/plain": "nt",
        "application/x-trig": "trig",
        "text/x-nquads": "nq",
        "application/xml": "rdf",
        "text/xml": "rdf",
        "application/json": "jsonld",
    }
)
"""Media types of CONSTRUCT and DESCRIBE answers, as above; older names of a type after those that are registered."""

_SHORT: Final[Mapping[str, str]] = MappingProxyType(
    {
        "turtle": "ttl", "n3": "ttl", "ntriples": "nt", "n-triples": "nt", "nquads": "nq", "n-quads": "nq",
        "json-ld": "jsonld", "rdf+xml": "rdf", "rdfxml": "rdf", "rdf-xml": "rdf", "sparql-results+json": "json",
        "sparql-results+xml": "xml", "text": "csv",
    }
)  # fmt: skip
"""Other short names that clients use."""

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
    if HTML in ranges:  # a browser takes any XML before what it does not know, and shows it as a tree
        ranges = {name: quality for name, quality in ranges.items() if not name.endswith("/xml")}
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


def chosen(forms: Iterable[str], accept: str | None, offers: Mapping[str, str]) -> str | None:
    """The media type to answer in: the first of the named formats that there is, else what the header takes.

    A name that is no format of this answer is passed over, as many clients
    name one for all their queries.

    >>> chosen(["xml"], "application/rdf+xml", GRAPHS)
    'application/rdf+xml'
    """
    for form in forms:
        media = _named(form, offers)
        if media is not None:
            return media
    return negotiate(accept, offers)


def _named(form: str, offers: Mapping[str, str]) -> str | None:
    """The media type of that name, short (`format=csv`) or whole (`format=text/csv`)."""
    name = form.strip().lower()
    if name in offers:
        return name
    wanted = _SHORT.get(name, name)
    if wanted == "xml" and wanted not in offers.values():
        wanted = "rdf"
    if wanted == "json" and wanted not in offers.values():
        wanted = "jsonld"
    return next((media for media, short in offers.items() if short == wanted), None)
