"""Counts over a whole store, by queries: what `kg.view.overview.overview` counts, without reading every article."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from ..query import run
from ..rdf import vocab
from ..rdf.terms import Iri, Lit, Term
from ..rdf.write import CLASSES
from ..view.plain import Json, flat, fold, hashed

if TYPE_CHECKING:
    from ..store import Store

_STATEMENTS = """SELECT ?a ?stance ?p {
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
    """How many statements each article has, by its id; an article without is not counted."""
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
        str(p): (flat(_text(name)), _text(named) == "true", _TYPES[Iri(str(kind))])
        for p, name, named, kind in _rows(store, _SPEAKERS)
    }
    speakers: dict[str, Counter[str]] = defaultdict(Counter)
    articles: dict[str, set[str]] = defaultdict(set)
    first: dict[str, tuple[str, str, bool]] = {}
    months: Counter[str] = Counter()
    total = unnamed = 0
    for a, stance, p in sorted(_rows(store, _STATEMENTS), key=place):
        article = _id(a)
        total += 1
        if article in dates:
            months[dates[article][:7]] += 1
        if p is None or not known[str(p)][1]:
            unnamed += 1
        if p is None:
            continue
        name, named, kind = known[str(p)]
        who = hashed("e", key(str(p)))
        first.setdefault(who, (name, str(kind), named))
        speakers[who][_text(stance)] += 1
        articles[who].add(article)
    topics: dict[str, Counter[str]] = defaultdict(Counter)
    labels: dict[str, str] = {}
    for _, label, lemma, entity, stance, n in sorted(_rows(store, _TOPICS), key=place):
        about = hashed("t", fold(_text(lemma)) if entity is None else hashed("e", key(str(entity))))
        labels.setdefault(about, flat(_text(label)))
        topics[about][_text(stance)] += int(_text(n))
    figures = sum(1 for _ in store.quads(p=vocab.bound))
    return {
        "articles": len(oldest),
        "statements": total,
        "figures": figures,
        "unnamed": unnamed,
        "months": sorted(months.items()),
        "speakers": [
            {"id": who, "name": first[who][0], "type": first[who][1], "named": first[who][2]}
            | {"articles": len(articles[who]), "stances": dict(sorted(counts.items()))}
            for who, counts in _first(speakers, most)
        ],
        "topics": [
            {"id": about, "label": labels[about], "stances": dict(sorted(counts.items()))}
            for about, counts in _first(topics, most)
        ],
    }


def _rows(store: Store, text: str) -> tuple[tuple[Term | None, ...], ...]:
    return run(store, text).terms


def _id(article: Term | None) -> str:
    return str(article).rpartition("/")[2]


def _text(term: Term | None) -> str:
    return term.text if isinstance(term, Lit) else ""


def _first(counts: dict[str, Counter[str]], most: int) -> list[tuple[str, Counter[str]]]:
    return sorted(counts.items(), key=lambda item: (-item[1].total(), item[0]))[:most]
