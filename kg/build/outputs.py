"""The files beside a store: the whole graph for other programs and for people, and the HTML view."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from ..errors import KGError
from ..identity.linking import linked
from ..records.extraction import Extraction, confident
from ..records.subset import focused
from ..store import Store
from ..store.files import write_whole

WHOLE = 2_000_000
"""Quads up to which a build writes the whole graph anew as files; beyond, `kg export` and `kg view --focus` do."""


def write_outputs(store: Store, folder: Path, *, outputs: bool | None = None) -> list[Path]:
    """Write `graph.nq` (canonical), `graph.trig` (for people) and `view.html` beside the store; their paths.

    With `outputs` False nothing is written, nor for a store without articles,
    nor, unless it is True, for one of more than WHOLE quads; files of an
    earlier state are then removed.

    Raises StoreError if one cannot be written; each is written whole or not at all.

    >>> import tempfile
    >>> from kg import Article, extract, open
    >>> with tempfile.TemporaryDirectory() as folder, open(f"{folder}/graph", create=True) as store:
    ...     _ = store.put(extract(Article("Jo Hill said the mill had closed."), fast=True))
    ...     [path.name for path in write_outputs(store, Path(folder))]
    ['graph.nq', 'graph.trig', 'view.html']
    """
    from ..export import export

    names = ("graph.nq", "graph.trig", "view.html")
    if outputs is False or not store.ids() or (outputs is None and len(store) > WHOLE):
        for name in names:
            (folder / name).unlink(missing_ok=True)
        return []
    written = [write_whole(folder / name, export(store, "all", name.rpartition(".")[2])) for name in names[:2]]
    return [*written, write_view(store, folder / "view.html")]


def write_view(
    store: Store,
    path: Path,
    *,
    focus: str | None = None,
    since: date | None = None,
    until: date | None = None,
    query: str | None = None,
    min_confidence: float = 0.0,
) -> Path:
    """Write the HTML view of a store.

    With `focus`, of the statements, figures and roles about one entity or
    topic; with `since` and `until`, of the articles published on these days or
    between them: one without a date is then left out; with `query`, of what a
    SPARQL query returns, as `kg.view.from_query.asked` reads it. What is less
    likely right than `min_confidence` is left out, as in a build.

    Raises KGError if that leaves nothing, QueryError if the query cannot make a view.

    >>> import tempfile
    >>> from kg import Article, extract, open
    >>> with tempfile.TemporaryDirectory() as folder, open(f"{folder}/graph", create=True) as store:
    ...     _ = store.put(extract(Article("Jo Hill said the mill had closed."), fast=True))
    ...     write_view(store, Path(folder, "hill.html"), focus="Jo Hill").read_text()[:15]
    '<!doctype html>'
    """
    from ..review.earlier_words import earlier_words
    from ..view import page
    from ..view.from_query import asked

    whole = store.extractions() if query is None else asked(store, query)
    found = [confident(e, min_confidence) for e in whole if _published(e, since, until)]
    if not found:
        raise KGError(f"{store.folder} has no article published in these days; kg query articles lists them")
    if focus is not None:
        found = [part for part in (focused(e, focus) for e in found) if part is not None]
        if not found:
            raise KGError(
                f"no entity or topic of {store.folder} is called {focus!r}; kg query topic and who-said-what list names"
            )
    return write_whole(path, page(found, identity=linked(store), decided=earlier_words(store), store=store))


def _published(extraction: Extraction, since: date | None, until: date | None) -> bool:
    day = extraction.article.published
    if since is None and until is None:
        return True
    return day is not None and (since is None or since <= day) and (until is None or day <= until)
