"""The files beside a store: the whole graph for other programs and for people, and the HTML view."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import replace
from datetime import date
from pathlib import Path

from .errors import KGError
from .extraction import Extraction
from .files import write_whole
from .identity.linking import linked
from .store import Store

WHOLE = 2_000_000
"""Quads up to which a build writes the whole graph anew as files; beyond, `kg export` and `kg view --focus` do."""


def write_outputs(store: Store, folder: Path, *, outputs: bool | None = None) -> list[Path]:
    """Write `graph.nq` (canonical), `graph.trig` (for people) and `view.html` beside the store; their paths.

    With `outputs` False nothing is written, nor, unless it is True, for a
    store of more than WHOLE quads; files of an earlier state are then removed.

    Raises StoreError if one cannot be written; each is written whole or not at all.
    """
    from .export import export

    names = ("graph.nq", "graph.trig", "view.html")
    if outputs is False or (outputs is None and len(store) > WHOLE):
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
) -> Path:
    """Write the HTML view of a store.

    With `focus`, of the statements, figures and roles about one entity or
    topic; with `since` and `until`, of the articles published on these days or
    between them: one without a date is then left out; with `query`, of what a
    SPARQL query returns, as `kg.view.asked.asked` reads it.

    Raises KGError if that leaves nothing, QueryError if the query cannot make a view.
    """
    from .view import page
    from .view.asked import asked

    whole = store.extractions() if query is None else asked(store, query)
    found = [e for e in whole if _published(e, since, until)]
    if not found:
        raise KGError(f"{store.folder} has no article published in these days; kg query articles lists them")
    if focus is not None:
        found = [part for part in (focused(e, focus) for e in found) if part is not None]
        if not found:
            raise KGError(
                f"no entity or topic of {store.folder} is called {focus!r}; kg query topic and who-said-what list names"
            )
    return write_whole(path, page(found, identity=linked(store)))


def _published(extraction: Extraction, since: date | None, until: date | None) -> bool:
    day = extraction.article.published
    if since is None and until is None:
        return True
    return day is not None and (since is None or since <= day) and (until is None or day <= until)


def focused(extraction: Extraction, name: str) -> Extraction | None:
    """The part of an extraction that has to do with an entity or topic of that name; None if there is none."""
    wanted = name.casefold()
    entities = {
        e.id
        for e in extraction.entities
        if wanted in e.name.casefold() or any(wanted == extraction.article.quote(m.span).casefold() for m in e.mentions)
    }
    return narrowed(
        extraction, entities, {t.id for t in extraction.topics if wanted in t.label.casefold() or wanted == t.lemma}
    )


def narrowed(extraction: Extraction, entities: Set[str], topics: Set[str]) -> Extraction | None:
    """The part of an extraction that has to do with some of its entities and topics; None if there are none of them."""
    filed = {a for t in extraction.topics if t.id in topics for a in t.attributions}
    if not entities and not filed:
        return None
    spans = [m.span for e in extraction.entities if e.id in entities for m in e.mentions]
    about = {
        a.id
        for a in extraction.attributions
        if a.id in filed or a.entity in entities or any(s in c for s in spans for c in a.content)
    }
    figures = tuple(
        f for f in extraction.figures if f.attribution in about or f.place in entities or entities & set(f.reporters)
    )
    about |= {f.attribution for f in figures if f.attribution}
    contents = [c for a in extraction.attributions if a.id in about for c in a.content]
    return replace(
        extraction,
        attributions=tuple(
            replace(a, parent=a.parent if a.parent in about else None) for a in extraction.attributions if a.id in about
        ),
        figures=figures,
        roles=tuple(r for r in extraction.roles if r.holder in entities or r.organization in entities),
        relations=tuple(r for r in extraction.relations if r.subject in entities or r.object in entities),
        events=tuple(e for e in extraction.events if any(p.entity in entities for p in e.participants)),
        topics=tuple(
            replace(t, attributions=kept, mentions=tuple(m for m in t.mentions if any(m in c for c in contents)))
            for t in extraction.topics
            if (kept := tuple(a for a in t.attributions if a in about))
        ),
    )
