"""The graph on disk: Oxigraph in a folder, one named graph an article, written in whole articles."""

from __future__ import annotations

from .ledger import Entry
from .opening import open, recover
from .store import ListedArticle, Store

__all__ = ["Entry", "ListedArticle", "Store", "open", "recover"]
