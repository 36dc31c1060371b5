"""The view of a store, and what one page cannot hold of it: records by the page, in the shape of `view_data`."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from http import HTTPStatus
from itertools import accumulate, islice
from typing import TYPE_CHECKING, Any

from ..identity.linking import linked
from ..rdf import vocab
from ..rdf.iris import article_iri, graph_iri
from ..rdf.terms import Iri, Lit
from ..rdf.write import entity_iris
from ..records.extraction import Extraction
from ..records.subset import focused, narrowed
from ..review.earlier_words import earlier_words
from ..view.from_query import asked
from ..view.page import page, records
from ..view.plain import fold, hashed
from . import store_counts as overall
from .request_limits import VIEW_STATEMENTS, RequestLimits

if TYPE_CHECKING:
    from ..store import Store

Answer = tuple[int, str, bytes]
_PLAIN = "text/plain; charset=utf-8"
_NOTHING = (int(HTTPStatus.NOT_FOUND), _PLAIN, b"the store holds nothing to show here\n")


def view(store: Store, job: dict[str, Any], limits: RequestLimits) -> Answer:
    """The interactive view of the whole store, of what has to do with one entity or topic, or of a query's answer.

    Of a store with more statements than a page holds only the latest articles are read.
    """
    identity, beyond, title = linked(store), None, None
    if job.get("query") is not None:
        found = asked(store, job["query"], job.get("values"))
    elif job["focus"] is not None:
        found = [part for part in (focused(each, job["focus"]) for each in store.extractions()) if part is not None]
    else:
        numbers = overall.statements(store)
        if numbers.total() > limits.view_statements:
            index = _index(store)
            years = sorted({day[:4] for day in index.dates.values()})
            when = f", {' to '.join(dict.fromkeys((years[0], years[-1])))}" if years else ""
            title = f"{len(index.newest):,} articles{when}"
            beyond = overall.overview(store, index.newest[::-1], index.dates, index.key)
            found = [store.extraction(id) for id in _latest(index.newest, numbers, limits.view_statements)]
        else:
            found = list(store.extractions())
    if not found:
        return _NOTHING
    html = page(
        found,
        title=title,
        identity=identity,
        most=limits.view_statements,
        beyond=beyond,
        served=True,
        part=job["focus"] is not None or job.get("query") is not None,
        review=job["review"],
        decided=earlier_words(store),
        store=store,
    )
    return 200, "text/html; charset=utf-8", html.encode()


def _latest(newest: list[str], numbers: Mapping[str, int], most: int) -> list[str]:
    """The latest articles that have no more than so many statements together, but one at least."""
    totals = accumulate(numbers.get(id, 0) for id in newest)
    return [id for place, (id, total) in enumerate(zip(newest, totals, strict=True)) if total <= most or place == 0]


def data(store: Store, job: dict[str, Any], limits: RequestLimits) -> Answer:
    """`limit` articles from the `offset`th, the latest first, as `kg.view.page.records` has them; and where to go on.

    With `focus` those that name one thing, and of each what has to do with it.
    """
    index = _index(store)
    thing = None if job["focus"] is None else index.thing(job["focus"])
    if job["focus"] is not None and thing is None:
        return _NOTHING
    ids = [id for id in index.newest if thing is None or id in thing.articles]
    end, shown = _from_offset(store, ids, job, thing)
    where = {
        "offset": job["offset"],
        "limit": job["limit"],
        "next": end if end < len(ids) else None,
        "articles": len(ids),
    }
    body = {"page": where} | records(shown, identity=index.identity, store=store)
    text = json.dumps(body, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode("utf-8", "replace")
    if len(text) > limits.size:
        return int(HTTPStatus.SERVICE_UNAVAILABLE), _PLAIN, b"these articles are larger than the limit; ask for fewer\n"
    return 200, "application/json", text


def _from_offset(
    store: Store, ids: list[str], job: dict[str, Any], thing: _Thing | None
) -> tuple[int, list[Extraction]]:
    """The articles that one answer shows, no more than hold so many statements together, and where the next begins."""
    end, statements, shown = job["offset"], 0, list[Extraction]()
    for id in islice(ids, job["offset"], job["offset"] + job["limit"]):
        found: Extraction | None = store.extraction(id)
        if found is not None and thing is not None and not thing.whole:
            found = _about(store, found, thing)
        if found is not None:
            statements += len(found.attributions)
            if shown and statements > VIEW_STATEMENTS:
                break
            shown.append(found)
        end += 1
    return end, shown


def _about(store: Store, extraction: Extraction, thing: _Thing) -> Extraction | None:
    """What an article says of a thing; None if it says nothing."""
    iris = entity_iris(extraction, base=store.base)
    entities = {e.id for e in extraction.entities if iris[e.id] in thing.entities}
    topics = {t.id for t in extraction.topics if t.entity in entities or fold(t.lemma) == thing.lemma}
    found = narrowed(extraction, entities, topics)
    kept = found is not None and (found.attributions or found.figures or found.roles or found.relations or found.events)
    return found if kept else None


@dataclass(frozen=True, slots=True)
class _Thing:
    """What a page of records is about: the entities that are one thing, or the topic of a lemma, or a `whole` article.

    `articles` are the ids of those that name it.
    """

    articles: frozenset[str]
    entities: frozenset[str] = frozenset()
    lemma: str | None = None
    whole: bool = False


class _Index:
    """What is asked of a store again and again as its view grows: its articles in order, its things by their ids there.

    Holds as long as the store does not change.
    """

    def __init__(self, store: Store) -> None:
        self.store = store
        self.identity = linked(store)
        days = ((q.s.rpartition("/")[2], q.o) for q in store.quads(p=vocab.datePublished))
        self.dates = {id: day.text for id, day in days if isinstance(day, Lit)}
        self.newest = [key[-1] for key in sorted(self._keys(), reverse=True)]
        self.articles = frozenset(self.newest)
        self._same = {q.s: str(q.o) for q in store.quads(p=vocab.sameThingAs)}
        self._members: dict[str, list[Iri]] = {}
        for quad in store.quads(p=vocab.named):
            self._members.setdefault(self._same.get(quad.s, str(quad.s)), []).append(quad.s)
        self._entities = {hashed("e", key): key for key in self._members}
        denoted = {q.s: str(q.o) for q in store.quads(p=vocab.denotes)}
        self._topics: dict[str, tuple[str | None, str]] = {}
        self._lemmas: dict[str, list[Iri]] = {}
        self._iris: dict[Iri, str] = {}
        for quad in store.quads(p=vocab.lemma):
            if isinstance(quad.o, Lit):
                lemma, entity = fold(quad.o.text), denoted.get(quad.s)
                whole = None if entity is None else self._same.get(Iri(entity), entity)
                key = hashed("t", lemma if whole is None else hashed("e", whole))
                self._topics[key] = (whole, lemma)
                self._iris[quad.s] = key
                if whole is None:
                    self._lemmas.setdefault(lemma, []).append(quad.g)

    def _keys(self) -> Iterator[tuple[bool, str, str, str]]:
        """What orders articles in `view_data`, their ids last."""
        store = self.store
        dates = {article_iri(store.base, id): day for id, day in self.dates.items()}
        titles = {q.s: q.o.text for q in store.quads(p=vocab.headline) if isinstance(q.o, Lit)}
        for id in store.ids():
            name = article_iri(store.base, id)
            yield name not in dates, dates.get(name, ""), titles.get(name, ""), id

    def key(self, entity: str) -> str:
        """What stands for an entity in the view, by its IRI: its identity, or itself."""
        return self._same.get(Iri(entity), entity)

    def thing(self, name: str) -> _Thing | None:
        """The thing of that id in the view (`a.`, `e.`, `t.`) or of that IRI; None if there is none."""
        base = self.store.base
        article = name.removeprefix("a.").removeprefix(article_iri(base, ""))
        if article != name:
            return _Thing(frozenset({article}), whole=True) if article in self.articles else None
        key = self._entities.get(name) or self._same.get(Iri(name), name)
        if key in self._members:
            return self._entity(key)
        topic = self._topics.get(self._iris.get(Iri(name), name))
        if topic is None:
            return None
        whole, lemma = topic
        if whole is not None:
            return self._entity(whole)
        return _Thing(frozenset(map(self._article, self._lemmas[lemma])), lemma=lemma)

    def _entity(self, key: str) -> _Thing:
        members = self._members[key]
        graphs = (q.g for member in members for q in self.store.quads(s=member, p=vocab.named))
        return _Thing(frozenset(map(self._article, graphs)), frozenset(members))

    def _article(self, graph: Iri) -> str:
        return graph.removeprefix(graph_iri(self.store.base, ""))


@lru_cache(maxsize=1)
def _index(store: Store) -> _Index:
    return _Index(store)
