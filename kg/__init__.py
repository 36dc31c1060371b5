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

from .resources import VERSION as __version__  # noqa: F401

if TYPE_CHECKING:
    from .export.data_frames import frames as frames
    from .export.network import to_networkx as to_networkx
    from .rdf.write import to_rdf as to_rdf
    from .reading import read as read
    from .records.extraction import Extraction as Extraction
    from .records.standoff import standoff as standoff
    from .stages.plugins import extract as extract
    from .store import open as open
    from .text.article import Article as Article
    from .text.article import Span as Span
    from .text.article import locate as locate
    from .view.notebook import show as show

_HOME = {
    "Article": "text.article",
    "Extraction": "records.extraction",
    "Span": "text.article",
    "extract": "stages.plugins",
    "frames": "export.data_frames",
    "locate": "text.article",
    "open": "store",
    "read": "reading",
    "show": "view.notebook",
    "standoff": "records.standoff",
    "to_networkx": "export.network",
    "to_rdf": "rdf.write",
}

__all__ = sorted(_HOME)  # noqa: PLE0605 - a list made from the one table of names


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}; it offers {', '.join(sorted(_HOME))}")
    return getattr(import_module(f".{_HOME[name]}", __name__), name)


def __dir__() -> list[str]:
    return sorted(_HOME)
