"""A SPARQL query -> the part of a store that it returns, to be shown: what a view is made of by `--query`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from ..errors import QueryError
from ..query.nodes import behind_rows
from ..rdf import vocab
from ..rdf.iris import article_iri, graph_iri
from ..rdf.terms import Iri, Lit
from ..records.event import Event, Relation
from ..records.extraction import Extraction
from ..records.figure import Figure

if TYPE_CHECKING:
    from ..store import Store


def asked(store: Store, query: str, values: Mapping[str, str] | None = None) -> list[Extraction]:
    """What the nodes that a query returns have to do with, article by article, by the articles' ids.

    The query is a SELECT, CONSTRUCT or DESCRIBE, or the name of a shipped
    question, which `values` are for; each IRI in its answer counts, wherever it
    stands, and where it tells words alone, the records that hold them. A statement,
    figure, role, relation or event comes with its neighbourhood: what it says or
    is said in, its figures, the speech within and around it; a person, place or
    other entity with all that it says and that is said of it, a topic with the
    statements on it, an article whole. A thing of several articles, named by the
    IRI that `kg:sameThingAs` leads to, stands for all of them.

    Raises QueryError if the query is not legal, would change or leave the graph,
    or returns no node that a view could show, as an ASK does.

    >>> import tempfile
    >>> from kg import Article, extract, open
    >>> with tempfile.TemporaryDirectory() as folder, open(f"{folder}/graph", create=True) as store:
    ...     _ = store.put(extract(Article("Jo Hill denied that the mill had closed. She wept."), fast=True))
    ...     [len(part.attributions) for part in asked(store, "denials")]
    [1]
    """
    names = behind_rows(store, query, values)
    found = [part for id, local in _places(store, names).items() if (part := _part(store, id, local)) is not None]
    if not found:
        raise QueryError(
            f"of the {len(names):,} nodes that the query returns none is an article, a statement, a figure, a role, "
            f"a relation, an event, a topic or an entity of the graph; the first is {names[0]}"
        )
    return found


def _places(store: Store, names: list[Iri]) -> dict[str, set[str]]:
    """Ids of records by the id of their article, sorted; no ids where the article itself is meant."""
    ids = frozenset(store.ids())
    whole = graph_iri(store.base, "")
    places: dict[str, set[str]] = defaultdict(set)
    for name in names:
        for prefix in (article_iri(store.base, ""), whole):
            if name.startswith(prefix) and name[len(prefix) :] in ids:
                places[name[len(prefix) :]].add("")
        for one in (name, *(quad.s for quad in store.quads(p=vocab.sameThingAs, o=name))):
            for quad in store.quads(s=one, p=vocab.localId):
                article = quad.g.removeprefix(whole)
                if isinstance(quad.o, Lit) and article in ids:
                    places[article].add(quad.o.text)
    return dict(sorted(places.items()))


def _part(store: Store, article: str, local: set[str]) -> Extraction | None:
    """What records of an article, by their ids, have to do with; all of it if the article is among them."""
    extraction = store.extraction(article)
    if "" in local:
        return extraction
    from ..records.subset import narrowed

    things = narrowed(
        extraction, local & {e.id for e in extraction.entities}, local & {t.id for t in extraction.topics}
    )
    parts = [part for part in (things, _around(extraction, local)) if part is not None]
    return _joined(extraction, parts) if parts else None


def _around(extraction: Extraction, local: set[str]) -> Extraction | None:
    """The records of these ids, the statements that they stand in, and what stands in these or around them."""
    parents = {a.id: a.parent for a in extraction.attributions}
    records: tuple[Figure | Relation | Event, ...] = (*extraction.figures, *extraction.relations, *extraction.events)
    about = {a for a in parents if a in local} | {r.attribution for r in records if r.id in local and r.attribution}
    roles = tuple(r for r in extraction.roles if r.id in local)
    kept = {r.id for r in records if r.id in local}
    if not about and not kept and not roles:
        return None
    inner = {a for a, parent in parents.items() if parent in about}
    for statement in sorted(about):
        above = parents.get(statement)
        while above is not None and above not in about:
            about.add(above)
            above = parents.get(above)
    about |= inner
    speakers = {id for a in extraction.attributions if a.id in about for id in a.speakers}
    return replace(
        extraction,
        attributions=tuple(a for a in extraction.attributions if a.id in about),
        figures=tuple(f for f in extraction.figures if f.id in kept or f.attribution in about),
        relations=tuple(r for r in extraction.relations if r.id in kept or r.attribution in about),
        events=tuple(e for e in extraction.events if e.id in kept or e.attribution in about),
        roles=tuple(r for r in extraction.roles if r in roles or r.holder in speakers),
        topics=tuple(t for t in extraction.topics if about & set(t.attributions)),
    )


def _joined(extraction: Extraction, parts: list[Extraction]) -> Extraction:
    """The records that any of some parts of an extraction has, in its own order."""
    about = {a.id for part in parts for a in part.attributions}
    kept = {
        kind: {record.id for part in parts for record in getattr(part, kind)}
        for kind in ("figures", "roles", "relations", "events", "topics")
    }
    contents = [c for a in extraction.attributions if a.id in about for c in a.content]
    return replace(
        extraction,
        attributions=tuple(
            replace(a, parent=a.parent if a.parent in about else None) for a in extraction.attributions if a.id in about
        ),
        figures=tuple(f for f in extraction.figures if f.id in kept["figures"]),
        roles=tuple(r for r in extraction.roles if r.id in kept["roles"]),
        relations=tuple(r for r in extraction.relations if r.id in kept["relations"]),
        events=tuple(e for e in extraction.events if e.id in kept["events"]),
        topics=tuple(
            replace(
                t,
                attributions=tuple(a for a in t.attributions if a in about),
                mentions=tuple(m for m in t.mentions if any(m in c for c in contents)),
            )
            for t in extraction.topics
            if t.id in kept["topics"] and about & set(t.attributions)
        ),
    )
