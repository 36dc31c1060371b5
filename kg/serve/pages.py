"""Pages for people: plain HTML that needs no script; every statement leads to the words it stands on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from ..query import GROUPS, Answer, Question, questions
from ..rdf import ontology as reference
from ..rdf import vocab
from ..rdf.iris import LINKS, article_iri, graph_iri
from ..rdf.terms import Iri, Lit
from ..records.attribution import Stance
from ..text.article import Span

if TYPE_CHECKING:
    from jinja2 import Environment

    from ..records.extraction import Extraction
    from ..store import Store

MOST_ROWS = 1_000
"""Rows of an answer that a page shows; the answer itself has them all."""

MOST_LISTED = 500
"""Articles and entities that a list shows."""

MOST_ARTICLES = 40
"""Articles that an entity's page tells of."""

# stances that people call otherwise than the ontology does
_STANCES = {Stance.ASSERTS: "says", Stance.OTHER: "speaks of"}


@lru_cache(maxsize=1)
def _environment() -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    made = Environment(
        loader=PackageLoader("kg.serve", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["short"] = _short
    made.globals["web"] = _web_address
    return made


def _render(template: str, /, **values: Any) -> str:
    return _environment().get_template(template).render(**values)


def _short(iri: str) -> str:
    """The end of an IRI, by which pages name it."""
    return iri.rpartition("/")[2]


def _web_address(url: str | None) -> str | None:
    """The address itself if a click may follow it: never a script."""
    return url if url is not None and re.match(r"https?://", url, re.I) else None


# -- pages without a store


def editor() -> str:
    """The query page."""
    return _render("editor.html.j2")


FIRST_STEPS = (
    (
        "Every article",
        "One triple pattern: everything that is an article.",
        "SELECT ?article {\n  ?article a kg:Article .\n}",
    ),
    (
        "Words said",
        "A property instead of a class: each statement and its words.",
        "SELECT ?statement ?words {\n  ?statement kg:text ?words .\n}\nLIMIT 100",
    ),
    (
        "Who said what",
        "Two patterns about one statement; a path leads over the speaker to the name.",
        "SELECT ?who ?words {\n  ?statement kg:saidBy/rdfs:label ?who ;\n    kg:text ?words .\n}\nLIMIT 100",
    ),
    (
        "Where an article says so",
        "From a statement to its evidence: the words as they stand, and at which characters.",
        "SELECT ?words ?quote ?from ?to {\n  ?statement kg:text ?words ;\n    kg:evidence ?evidence .\n"
        "  ?evidence oa:exact ?quote ;\n    oa:start ?from ;\n    oa:end ?to .\n}\nLIMIT 100",
    ),
    (
        "How many statements each has",
        "Grouped, counted and put in order.",
        "SELECT ?who (COUNT(*) AS ?statements) {\n  ?statement kg:saidBy/rdfs:label ?who .\n}\n"
        "GROUP BY ?who\nORDER BY DESC(?statements)\nLIMIT 100",
    ),
    (
        "A graph: who said what",
        "CONSTRUCT gives triples rather than rows: show them as a graph.",
        "CONSTRUCT { ?statement kg:saidBy ?who }\nWHERE { ?statement kg:saidBy ?who }\nLIMIT 100",
    ),
)
"""Examples before the shipped questions, each a step further: title, what it shows, query."""


def editor_data(asked: Iterable[Question]) -> dict[str, Any]:
    """What the query page's script needs: examples with the prefixes they use, prefixes, the ontology's terms."""
    terms = reference.definitions()
    return {
        "steps": [{"title": title, "query": with_prefixes(text)} for title, _, text in FIRST_STEPS],
        "questions": [{"name": q.name, "title": q.title, "query": with_prefixes(_lesson(q.text))} for q in asked],
        "prefixes": dict(vocab.PREFIXES),
        "classes": sorted(vocab.KG + term.name for term in terms if term.is_class),
        "properties": sorted(vocab.KG + term.name for term in terms if not term.is_class),
        "comments": {term.name: term.comment for term in terms},
    }


def _lesson(text: str) -> str:
    """A shipped question without the lines that only the loader reads."""
    return re.sub(r"^# (?:group|evidence): .*\n", "", text, flags=re.M)


def gallery() -> str:
    """First steps and shipped questions as cards, from one triple pattern to comparisons."""
    asked = sorted(questions(), key=lambda q: len(q.text))
    groups = {group: [q for q in asked if q.group == group] for group in GROUPS}
    return _render("gallery.html.j2", steps=FIRST_STEPS, groups=groups)


def with_prefixes(text: str) -> str:
    """A query with the prefixes declared that it uses, so that it runs anywhere.

    >>> with_prefixes("SELECT ?what { ?s kg:text ?what }").partition("<")[0]
    'PREFIX kg: '
    """
    used = [prefix for prefix in vocab.PREFIXES if re.search(rf"(?<![\w-]){prefix}:", text)]
    header = "".join(f"PREFIX {prefix}: <{vocab.PREFIXES[prefix]}>\n" for prefix in used)
    return f"{header}\n{text}"


def ontology() -> str:
    """Every term of the ontology: what it means, of what, with an example."""
    return _render("ontology.html.j2", sections=reference.sections(), described=reference.described)


def refused(message: str, query: str | None) -> str:
    """Why there is no page, and the way back: to the query, where one was asked."""
    return _render("refused.html.j2", message=message, query=query)


def annotate() -> str:
    """The form for a text."""
    return _render("annotate.html.j2")


# -- pages of a store; None where there is nothing to show


def front(store: Store, job: dict[str, Any]) -> str:
    """Articles, and a way to the questions."""
    ids = store.ids()
    listed = sorted(
        (store.listed(id) for id in ids[:MOST_LISTED]), key=lambda a: (str(a.published or ""), a.id), reverse=True
    )
    return _render("front.html.j2", articles=listed, total=len(ids), questions=len(questions()))


def question(
    store: Store, asked: Question, result: Answer, evidence: Sequence[Sequence[Iri]], values: Mapping[str, str]
) -> str:
    """The answer to a question as a table without its empty columns, with a form for its parameters.

    Where a row tells its article, that leads to the words there that its records (`evidence`) rest on.
    """
    rows = result.rows
    columns = result.columns or ()
    shown = [n for n, name in enumerate(columns) if name in _EVIDENCE or any(row[n] for row in rows)]
    return _render(
        "question.html.j2",
        question=asked,
        columns=[columns[n] for n in shown],
        rows=[
            [_cell(columns[n], row[n], places) for n in shown]
            for row, places in zip(rows[:MOST_ROWS], (_places(store, names) for names in evidence), strict=False)
        ],
        total=len(rows),
        values=values,
    )


_EVIDENCE = {"article": 0, "article1": 0, "article2": 1}
"""The columns that name an article, and which of a row's records is there."""


def _cell(column: str, value: str | None, places: Sequence[tuple[str, Span | None]]) -> dict[str, Any]:
    """A cell of an answer: its words, how they are set, and where in this server they lead."""
    number = _EVIDENCE.get(column, -1)
    href = f"/article/{quote(value, safe='')}" if column == "id" and value else _web_address(value)
    if 0 <= number < len(places):
        id, at = places[number]
        href = f"/article/{id}" + (f"?from={at.start}&to={at.end}#evidence" if at else "")
        value = value or id
    ours = (href or "").startswith("/article/")
    return {"column": column, "value": value, "kind": _set_as(value or ""), "href": href, "ours": ours}


def _set_as(value: str) -> str:
    """How a value is set: in full where it is long, else as a number or in one piece."""
    if len(value) > 40:
        return "long"
    return "n" if re.fullmatch(r"-?[\d.]+", value) else "brief" if len(value) <= 12 else ""


def _places(store: Store, names: Iterable[Iri]) -> list[tuple[str, Span | None]]:
    return [place for name in names if (place := _place(store, name)) is not None]


def _place(store: Store, name: Iri) -> tuple[str, Span | None] | None:
    """The article of a record, by its id, and the words of it that the record rests on; of an article all of it."""
    whole = article_iri(store.base, "")
    if name.startswith(whole):
        return name.removeprefix(whole), None
    for held in store.quads(s=name, p=vocab.evidence):
        if isinstance(held.o, Iri):
            ends = [
                int(quad.o.text)
                for edge in (vocab.start, vocab.end)
                for quad in store.quads(s=held.o, p=edge)
                if isinstance(quad.o, Lit)
            ]
            if len(ends) == 2:
                return held.g.removeprefix(graph_iri(store.base, "")), Span(*ends)
    return None


def article(store: Store, job: dict[str, Any]) -> str | None:
    """An article's text with one place marked, and what it says by whom."""
    if job["id"] not in store:
        return None
    extraction = store.extraction(job["id"])
    text = extraction.article.text
    marked = None
    if job["marked"] is not None and 0 <= job["marked"][0] < job["marked"][1] <= len(text):
        marked = Span(*job["marked"])
    cut = (text[: marked.start], text[marked.start : marked.end], text[marked.end :]) if marked else (text, "", "")
    return _render("article.html.j2", article=extraction.article, cut=cut, records=_records(store, extraction, None))


def entity(store: Store, job: dict[str, Any]) -> str | None:
    """An entity, or an identity: the same thing in several articles, with all they say of it."""
    links = graph_iri(store.base, LINKS)
    name, identity = Iri(f"{store.base}entity/{job['id']}"), Iri(f"{store.base}identity/{job['id']}")
    whole = next((q.o for q in store.quads(s=name, p=vocab.sameThingAs, g=links) if isinstance(q.o, Iri)), identity)
    members = sorted(q.s for q in store.quads(p=vocab.sameThingAs, o=whole, g=links)) or [name]
    where = {member: _article_of(store, member) for member in members}
    articles: dict[str, set[str]] = {}
    for member, id in where.items():
        if id is not None:
            articles.setdefault(id, set()).add(member)
    if not articles:
        return None
    shown = [name, *members] if name in members else members
    label = next((text for member in [whole, *shown] if (text := _label(store, member)) is not None), job["id"])
    told = []
    for id in sorted(articles)[:MOST_ARTICLES]:
        extraction = store.extraction(id)
        local = {q.o.text for m in articles[id] for q in store.quads(s=Iri(m), p=vocab.localId) if isinstance(q.o, Lit)}
        told.append((extraction.article, _records(store, extraction, local)))
    told.sort(key=lambda pair: (str(pair[0].published or ""), pair[0].id))
    also = sorted({text for member in members if (text := _label(store, member)) not in {None, label}})
    return _render("entity.html.j2", label=label, also=also, told=told, total=len(articles))


def entities(store: Store, job: dict[str, Any]) -> str:
    """Named entities whose name holds some words, those that are one thing once."""
    wanted = job["name"].casefold()
    groups: dict[str, tuple[str, str, int]] = {}
    same = {q.s: str(q.o) for q in store.quads(p=vocab.sameThingAs)}
    for quad in store.quads(p=vocab.named, o=Lit("true", vocab.boolean)):
        label = _label(store, quad.s) or ""
        if wanted in label.casefold():
            key = same.get(quad.s, str(quad.s))
            first, name, number = groups.get(key, (str(quad.s), label, 0))
            groups[key] = (min(first, str(quad.s)), max(name, label, key=lambda n: (len(n), n)), number + 1)
    found = sorted(groups.values(), key=lambda g: (g[1].casefold(), g[0]))
    return _render("entities.html.j2", name=job["name"], found=found[:MOST_LISTED], total=len(found))


def _label(store: Store, name: str) -> str | None:
    labels = [q.o.text for q in store.quads(s=Iri(name), p=vocab.label) if isinstance(q.o, Lit)]
    return min(labels, default=None)


def _article_of(store: Store, entity: str) -> str | None:
    prefix = article_iri(store.base, "")
    found = (q.o for q in store.quads(s=Iri(entity), p=vocab.inArticle))
    return next((str(o).removeprefix(prefix) for o in found if isinstance(o, Iri)), None)


# -- records


def _records(store: Store, extraction: Extraction, about: set[str] | None) -> dict[str, list[dict[str, Any]]]:
    """Statements, figures, roles and entities of an article as rows; with `about`, those that name these entities."""
    from ..rdf.write import entity_iris

    words = extraction.article.quote
    names = {e.id: e.name for e in extraction.entities}
    iris = entity_iris(extraction, base=store.base)

    def who(id: str | None) -> dict[str, str] | None:
        return None if id is None else {"name": names[id], "id": _short(iris[id])}

    def has(*ids: str | None) -> bool:
        return about is None or not about.isdisjoint(ids)

    spoken = [
        {
            "who": [who(id) for id in a.speakers],
            "via": who(a.via),
            "stance": _STANCES.get(a.stance, str(a.stance)),
            "cue": " … ".join(said for said in map(words, a.cue) if any(c.isalpha() for c in said)),
            "what": " … ".join(words(span) for span in sorted(a.content)),
            "at": Span(min(a.content).start, max(a.content).end),
        }
        for a in extraction.attributions
        if has(*a.speakers, a.via)
    ]
    figures = [
        {
            "what": words(f.evidence or f.span),
            "bound": str(f.bound),
            "low": f.low,
            "high": f.high,
            "counted": f.counted or f.unit,
            "who": [who(id) for id in f.reporters],
            "place": who(f.place),
            "at": f.evidence or f.span,
        }
        for f in extraction.figures
        if has(*f.reporters, f.via, f.place)
    ]
    roles = [
        {
            "who": who(r.holder),
            "title": r.title,
            "organization": who(r.organization),
            "place": who(r.place),
            "status": str(r.status),
            "start": r.start,
            "end": r.end,
            "at": r.span,
        }
        for r in extraction.roles
        if has(r.holder, r.organization, r.place)
    ]
    things = [
        {"who": who(e.id), "type": str(e.type), "at": e.mentions[0].span if e.mentions else None}
        for e in extraction.entities
        if e.named and has(e.id)
    ]
    return {"statements": spoken, "figures": figures, "roles": roles, "entities": things}
