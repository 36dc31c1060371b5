"""Who said what in the news, on whose word, with which figures, in which role, and where the text says so.

    import kg
    article = kg.read("article.txt")
    extraction = kg.extract(article)
    graph = kg.to_rdf(extraction)

Every public name is loaded on first use: importing the package loads no
parser, reads no environment and configures no logging.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .article import Article as Article
    from .article import Span as Span
    from .article import locate as locate
    from .extraction import Extraction as Extraction
    from .graph import to_rdf as to_rdf
    from .network import to_networkx as to_networkx
    from .reading import read as read
    from .rules import extract as extract
    from .standoff import standoff as standoff
    from .store import open as open
    from .view.notebook import show as show

__version__ = "0.1.0"

_HOME = {
    "Article": "article",
    "Extraction": "extraction",
    "Span": "article",
    "extract": "rules",
    "locate": "article",
    "open": "store",
    "read": "reading",
    "show": "view.notebook",
    "standoff": "standoff",
    "to_networkx": "network",
    "to_rdf": "graph",
}

__all__ = sorted(_HOME)  # noqa: PLE0605 - a list made from the one table of names


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}; it offers {', '.join(sorted(_HOME))}")
    return getattr(import_module(f".{_HOME[name]}", __name__), name)


def __dir__() -> list[str]:
    return sorted(_HOME)
