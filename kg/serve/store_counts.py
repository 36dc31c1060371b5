"""Counts over a whole store, by queries: what `kg.view.overview.overview` counts, without reading every article."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from ..query import run
from ..rdf import vocab
from ..rdf.forms import CLASSES
from ..rdf.terms import Iri, Lit, Term
from ..view.overview import Speaker, Tally
from ..view.plain import Json, flat, fold, hashed

if TYPE_CHECKING:
    from ..store import Store

_STATEMENTS = """SELECT ?a ?stance ?p ?s {
  { SELECT ?s ?stance { ?s kg:stance ?stance } }
  { SELECT ?s ?a { ?s kg:inArticle ?a } }
  OPTIONAL { { SELECT ?s ?p { ?s kg:saidBy ?p } } }
}"""
_SPEAKERS = """SELECT ?p ?name ?named ?type {
  { SELECT DISTINCT ?p { ?s kg:saidBy ?p } }
  { SELECT ?p ?name { ?p rdfs:label ?name } }
  { SELECT ?p ?named { ?p kg:named ?named } }
  { SELECT ?p ?type { ?p a ?type } }
}"""
_TOPICS = """SELECT ?a ?label ?lemma ?entity ?stance (COUNT(?s) AS ?n) {
  { SELECT ?s ?t { ?s kg:about ?t } }
  { SELECT ?s ?stance { ?s kg:stance ?stance } }
  { SELECT ?t ?a { ?t kg:inArticle ?a } }
  { SELECT ?t ?label { ?t skos:prefLabel ?label } }
  { SELECT ?t ?lemma { ?t kg:lemma ?lemma } }
  OPTIONAL { { SELECT ?t ?entity { ?t kg:denotes ?entity } } }
} GROUP BY ?a ?label ?lemma ?entity ?stance"""
_TYPES = {iri: kind for kind, iri in CLASSES.items()}


def statements(store: Store) -> Counter[str]:
    """How many statements each article has, by its id; an article without is not counted.

    >>> import tempfile
    >>> from kg import Article, extract, open
    >>> with tempfile.TemporaryDirectory() as folder, open(f"{folder}/graph", create=True) as store:
    ...     _ = store.put(extract(Article("Jo Hill denied that the mill had closed."), fast=True))
    ...     list(statements(store).values())
    [1]
    """
    rows = run(store, "SELECT ?a (COUNT(?s) AS ?n) { ?s kg:stance ?stance ; kg:inArticle ?a } GROUP BY ?a").terms
    return Counter({str(a).rpartition("/")[2]: int(_text(n)) for a, n in rows})


def overview(
    store: Store, oldest: Sequence[str], dates: Mapping[str, str], key: Callable[[str], str], *, most: int = 60
) -> Json:
    """Who speaks most, on what and when, in the whole store.

    `oldest` are the ids of its articles in the order of the view, `dates` the
    days of those that have one, `key` gives the identity of an entity by its IRI.
    """
    order = {article: number for number, article in enumerate(oldest)}

    def place(row: tuple[Term | None, ...]) -> tuple[int, str]:
        return order[_id(row[0])], repr(row[1:])

    known = {
        str(p): Speaker(hashed("e", key(str(p))), flat(_text(name)), _TYPES[Iri(str(kind))], _text(named) == "true")
        for p, name, named, kind in _rows(store, _SPEAKERS)
    }
    tally = Tally()
    told: dict[Term | None, list[tuple[Term | None, ...]]] = {}
    for row in sorted(_rows(store, _STATEMENTS), key=place):
        told.setdefault(row[3], []).append(row)
    for several in told.values():
        a, stance, *_ = several[0]
        speakers = [known[str(p)] for _, _, p, _ in several if p is not None]
        tally.statement(_id(a), dates.get(_id(a)), speakers, _text(stance))
    for _, label, lemma, entity, stance, n in sorted(_rows(store, _TOPICS), key=place):
        about = hashed("t", fold(_text(lemma)) if entity is None else hashed("e", key(str(entity))))
        tally.topic(about, flat(_text(label)), Counter({_text(stance): int(_text(n))}))
    return tally.shown(len(oldest), sum(1 for _ in store.quads(p=vocab.bound)), most)


def _rows(store: Store, text: str) -> tuple[tuple[Term | None, ...], ...]:
    return run(store, text).terms


def _id(article: Term | None) -> str:
    return str(article).rpartition("/")[2]


def _text(term: Term | None) -> str:
    return term.text if isinstance(term, Lit) else ""
