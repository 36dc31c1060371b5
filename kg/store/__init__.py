"""The graph on disk: Oxigraph in a folder, one named graph an article, written in whole articles."""

from __future__ import annotations

from .store import Entry, ListedArticle, Store, open, recover

__all__ = ["Entry", "ListedArticle", "Store", "open", "recover"]
