"""The names of nodes: base, kind, and a hash of what the node says. Text never becomes an IRI."""

from __future__ import annotations

import re
import unicodedata
from hashlib import sha256

from ..errors import GraphError
from .terms import Iri

BASE = "https://w3id.org/reportedly/id/"
"""Under which nodes are named unless `--base` says otherwise."""

ENTITIES, LINKS, PROVENANCE, LEDGER = "entities", "links", "provenance", "ledger"
REVIEWS, REJECTED = "reviews", "rejected"
"""The graphs that are no article's: `base` + `graph/` + one of these."""

_LEGAL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>\"{}|^`\\\x7f]+")


def check_base(base: str) -> str:
    """The base itself, if nodes can be named under it.

    Raises GraphError if it is no absolute IRI that ends with `/` or `#`.

    >>> check_base("https://example.org/news/")
    'https://example.org/news/'
    """
    if not _LEGAL.fullmatch(base) or not base.endswith(("/", "#")):
        raise GraphError(f"base {base!r} is not an absolute IRI that ends with / or #, such as {BASE}")
    return base


def is_iri(text: str) -> bool:
    """Whether a text is an absolute IRI that can stand in a graph as it is.

    >>> is_iri("https://example.org/a"), is_iri("not one")
    (True, False)
    """
    return _LEGAL.fullmatch(text) is not None


def normalised(surface: str) -> str:
    """Words without what should not tell two nodes apart: case, compatibility forms, runs of white space.

    >>> normalised("  The  Mill ")
    'the mill'
    """
    return " ".join(unicodedata.normalize("NFKC", surface).casefold().split())


def digest(*parts: object) -> str:
    """16 hexadecimal digits of the SHA-256 of the parts: the same on every run and machine.

    >>> digest("a", 1) == digest("a", 1), len(digest("a"))
    (True, 16)
    """
    return sha256("\x1f".join(map(str, parts)).encode("utf-8", "replace")).hexdigest()[:16]


def node(base: str, kind: str, *parts: object) -> Iri:
    """The name of a node of a kind; `parts` are what makes it that node.

    >>> node(BASE, "span", "596c1fec", 0, 7)
    'https://w3id.org/reportedly/id/span/cbb2e905fbd244ed'
    """
    return Iri(f"{base}{kind}/{digest(*parts)}")


def article_iri(base: str, article_id: str) -> Iri:
    """The name of an article.

    >>> article_iri("https://example.org/", "a1b2")
    'https://example.org/article/a1b2'
    """
    return Iri(f"{base}article/{article_id}")


def graph_iri(base: str, name: str) -> Iri:
    """The name of an article's graph, or of one of the shared graphs.

    >>> graph_iri("https://example.org/", "links")
    'https://example.org/graph/links'
    """
    return Iri(f"{base}graph/{name}")


def run_iri(base: str, article_id: str) -> Iri:
    """The name of the extraction that made an article's graph.

    >>> run_iri("https://example.org/", "a1b2")
    'https://example.org/extraction/a1b2'
    """
    return Iri(f"{base}extraction/{article_id}")


def input_iri(base: str, key: str) -> Iri:
    """The name of the file, address or record with this path or key.

    >>> input_iri("https://example.org/", "mill.txt")
    'https://example.org/input/575639148f1bbeb0'
    """
    return node(base, "input", key)
