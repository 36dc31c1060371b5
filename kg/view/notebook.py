"""The view in a notebook: what `kg.show` returns draws itself below the cell."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from .page import page

if TYPE_CHECKING:
    from ..store.contents import Source


@dataclass(frozen=True, slots=True)
class Shown:
    """A page as notebooks display it: in a frame of its own that may run the page's script and nothing else.

    `html` is the page, to be written to a file; `height` that of the frame in CSS pixels.
    """

    html: str
    height: int

    def _repr_html_(self) -> str:
        return (
            f'<iframe srcdoc="{escape(self.html)}" width="100%" height="{self.height}" '
            'sandbox="allow-scripts allow-downloads allow-modals" title="Who said what" '
            'style="border:1px solid #ccc"></iframe>'
        )


def show(graph: Source, *, title: str | None = None, height: int = 760) -> Shown:
    """The view of a graph, a store, an extraction or several, for the last line of a notebook cell.

    >>> from kg import Article, extract
    >>> show(extract(Article("Jo Hill denied that the mill had closed."), fast=True)).html[:15]
    '<!doctype html>'
    """
    from ..store.contents import extractions

    return Shown(page(extractions(graph), title=title), height)
