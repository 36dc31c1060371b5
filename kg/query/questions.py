"""Named questions and free SPARQL, asked of a store or of an rdflib Dataset, answered alike."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from ..errors import QueryError
from ..rdf import vocab
from ..rdf.interop import from_oxigraph, from_rdflib
from ..rdf.terms import Blank, Iri, Lit, Term, clean, ntriples
from ..rdf.turtle import turtle
from ..store import Store
from .apart import apart
from .explained import broken, check_language, first_line
from .guard import guard, split_variables
from .spellings import near, spelt

if TYPE_CHECKING:
    import pyoxigraph
    import rdflib

_FOLDER = Path(__file__).resolve().parent / "shipped"


@dataclass(frozen=True, slots=True)
class Parameter:
    """A value that a query takes in place of the one that stands in its text: `VALUES ?name { "default" }`.

    `type` is string, decimal, integer or date.
    """

    name: str
    type: str
    default: str
    help: str

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True, slots=True)
class Question:
    """A query that ships with the package; `evidence` are its variables for the records that a row rests on.

    `group` is the heading, one of GROUPS, under which a gallery shows it.
    """

    name: str
    title: str
    about: str
    parameters: tuple[Parameter, ...]
    evidence: tuple[str, ...]
    text: str
    group: str


GROUPS = ("Who said what", "Figures", "Roles and time", "Comparisons", "Articles and records")
"""What the shipped questions ask, the simplest first."""


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer: `terms` under `columns` (SELECT), `triples` (CONSTRUCT, DESCRIBE) or a `verdict` (ASK).

    `columns` is None where the answer is a graph. `note` says why a question
    found nothing, where that can be told.
    """

    columns: tuple[str, ...] | None = None
    terms: tuple[tuple[Term | None, ...], ...] = ()
    triples: tuple[tuple[Term, Term, Term], ...] = ()
    verdict: bool | None = None
    note: str | None = None

    @property
    def rows(self) -> list[tuple[str | None, ...]]:
        """The answer as people read it: IRIs shortened by prefixes, None for what is unbound, yes or no for ASK."""
        if self.verdict is not None:
            return [("yes" if self.verdict else "no",)]
        return [tuple(None if term is None else shown(term) for term in row) for row in self.terms]

    def format(self, form: str) -> str:
        """The answer as text: `table` (tab-separated), `csv`, `json` (both as SPARQL 1.1 has them) or `ttl`.

        Raises QueryError if the answer has no such form.
        """
        if form not in {"table", "csv", "json", "ttl"}:
            raise QueryError(f"there is no format {form!r}; there are table, csv, json and ttl")
        if (form == "ttl") is not (self.columns is None) and not (form == "table" and self.columns is None):
            remedy = "ask for it as ttl" if self.columns is None else "ask for it as table, csv or json"
            raise QueryError(f"the answer is {'a graph' if self.columns is None else 'no graph'}; {remedy}")
        if self.columns is None:
            return turtle(self.triples)
        if form == "json":
            return self._json()
        rows = [["" if value is None else value for value in row] for row in self.rows]
        if form == "csv" and self.verdict is None:
            rows = [[_plain(term) for term in row] for row in self.terms]
        out = io.StringIO()
        if form == "csv":
            csv.writer(out, lineterminator="\r\n").writerows([self.columns, *rows])
        else:
            flat = [[re.sub(r"[\t\r\n]+", " ", value) for value in row] for row in rows]
            out.writelines("\t".join(row) + "\n" for row in ([*self.columns], *flat))
        return out.getvalue()

    def _json(self) -> str:
        if self.verdict is not None:
            made: dict[str, Any] = {"head": {}, "boolean": self.verdict}
        else:
            columns = self.columns or ()
            bindings = [
                {name: _binding(term) for name, term in zip(columns, row, strict=True) if term is not None}
                for row in self.terms
            ]
            made = {"head": {"vars": list(columns)}, "results": {"bindings": bindings}}
        return json.dumps(made, ensure_ascii=False, indent=1) + "\n"


def shown(term: Term) -> str:
    """A term as people read it.

    >>> from kg.rdf.terms import Lit
    >>> shown(Lit("13000"))
    '13000'
    """
    if isinstance(term, Iri):
        for prefix, namespace in vocab.PREFIXES.items():
            if term.startswith(namespace) and re.fullmatch(r"[\w-]+", term[len(namespace) :]):
                return f"{prefix}:{term[len(namespace) :]}"
        return term
    return _plain(term)


def _plain(term: Term | None) -> str:
    if term is None:
        return ""
    return f"_:{term}" if isinstance(term, Blank) else term.text if isinstance(term, Lit) else term


def _binding(term: Term) -> dict[str, str]:
    if isinstance(term, Lit):
        found = {"type": "literal", "value": term.text}
        if term.language:
            found["xml:lang"] = term.language
        elif term.datatype != vocab.string:
            found["datatype"] = term.datatype
        return found
    return {"type": "bnode" if isinstance(term, Blank) else "uri", "value": str(term)}


# -- questions

_PARAM = re.compile(r"param (\w+): (.+)")
_VALUES = re.compile(r'VALUES \?(\w+) \{ "([^"\\\n]*)"(?:\^\^xsd:(decimal|integer|date))? \}')
_BOUND = re.compile(
    r'VALUES \?(\w+) \{ ("(?:[^"\\\n]|\\.)*")(?:\^\^(?:xsd:|<http://www\.w3\.org/2001/XMLSchema#)(\w+)>?)? \}'
)
_TYPES = {
    "string": (vocab.string, re.compile(r"(?s:.*)")),
    "decimal": (vocab.decimal, re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)")),
    "integer": (vocab.integer, re.compile(r"[+-]?\d+")),
    "date": (vocab.date, re.compile(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])")),
}
"""The datatypes of a parameter, each with the values that are legal."""


@lru_cache(maxsize=1)
def questions() -> tuple[Question, ...]:
    """The questions that ship with the package, by name.

    >>> [question.name for question in questions()][:3]
    ['articles', 'claim-history', 'conflicts']
    """
    return tuple(_question(path) for path in sorted(_FOLDER.glob("*.rq"), key=lambda path: path.stem))


def _question(path: Path) -> Question:
    text = path.read_text(encoding="utf-8")
    header, help = dict[str, str](), dict[str, str]()
    for line in text.split("\n"):
        if not line.startswith("# "):
            break
        if match := _PARAM.fullmatch(line[2:]):
            help[match[1]] = match[2]
        else:
            key, _, value = line[2:].partition(": ")
            header[key] = value
    evidence = tuple(header["evidence"].split())
    return Question(
        path.stem, header["title"], header["about"], parameters(text, help), evidence, text, header["group"]
    )


def parameters(text: str, help: Mapping[str, str] = MappingProxyType({})) -> tuple[Parameter, ...]:
    """The parameters of a query: its clauses of the shape `VALUES ?name { "default" }`.

    >>> parameters('SELECT * { VALUES ?name { "Ann" } ?p rdfs:label ?name }')
    (Parameter(name='name', type='string', default='Ann', help=''),)
    """
    return tuple(Parameter(m[1], m[3] or "string", m[2], help.get(m[1], "")) for m in _VALUES.finditer(text))


def question(name: str) -> Question:
    """The question of that name.

    Raises QueryError if there is none; the message names the nearest.

    >>> question("denials").title
    'Denials and doubts'
    """
    known = {each.name: each for each in questions()}
    if name not in known:
        near = get_close_matches(name, known, n=3, cutoff=0.4)
        hint = f"did you mean {' or '.join(near)}?" if near else f"there are {', '.join(known)}"
        raise QueryError(f"no question is called {name!r}; {hint}")
    return known[name]


def run(
    source: Store | rdflib.Dataset | rdflib.Graph, query: str, parameters: Mapping[str, str] | None = None
) -> Answer:
    """The answer to a named question, or to any SPARQL query; `kg.rdf.vocab.PREFIXES` need no declaration.

    The default graph is the union of all graphs. A parameter takes the place of
    the value in the query's `VALUES ?name { "default" }`, as a literal whose
    type is the default's: whatever it holds, it stays a literal. Names are found
    as keyboards type them: `Jose Nunez` for José Núñez, `Syria's` for Syria’s.

    Raises QueryError for an unknown name, an unknown or illegal parameter,
    broken SPARQL, and for whatever would change or leave the graph.

    >>> from kg import Article, extract, to_rdf
    >>> graph = to_rdf(extract(Article("Jo Hill said the mill had closed."), fast=True))
    >>> run(graph, "SELECT ?name WHERE { ?who a kg:Person ; rdfs:label ?name }").rows
    [('Jo Hill',)]
    """
    name = query.strip().removeprefix("\ufeff")
    if re.fullmatch(r"[\w.-]*", name) is None:
        return _asked(source, quickest(bind(query.removeprefix("\ufeff"), parameters or {})))
    text, note = prepared(source, question(name), parameters or {})
    found = _asked(source, text)
    return replace(found, note=note) if found.columns is not None and not found.terms else found


def _asked(source: Store | rdflib.Dataset | rdflib.Graph, text: str) -> Answer:
    check_language(text)
    dataset = guard(text, allow_from=isinstance(source, Store))
    return _in_oxigraph(source, text, union=not dataset) if isinstance(source, Store) else _in_rdflib(source, text)


def prepared(source: Store | rdflib.Graph, asked: Question, values: Mapping[str, str]) -> tuple[str, str | None]:
    """A question's query for some values, each as the graph spells it; and what to say if it finds nothing.

    >>> from kg import Article, extract, to_rdf
    >>> graph = to_rdf(extract(Article("José Núñez said the mill had closed."), fast=True))
    >>> text, note = prepared(graph, question("who-said-what"), {"speaker": "jose nunez"})
    >>> "josé núñez" in text.lower(), note
    (True, "the graph knows 'jose nunez', but the question finds nothing of it")
    """
    strings = {p.name for p in asked.parameters if p.type == "string"}
    given: dict[str, str | Sequence[str]] = dict(values)
    notes = []
    for name, words in values.items():
        if name in strings and words.strip():
            spellings = spelt(source, words)
            given[name] = spellings or words
            if spellings:
                notes.append(f"the graph knows {words!r}, but the question finds nothing of it")
            else:
                like = " or ".join(map(repr, near(source, words)))
                notes.append(f"nothing in the graph is called {words!r}" + (f"; did you mean {like}?" if like else ""))
    return apart(inlined(bind(asked.text, given))), "; ".join(notes) or None


_HEADER = re.compile(r"(?:\s*PREFIX\s+[\w-]*:\s*<[^<>\s]*>)*")


def quickest(text: str) -> str:
    """A query that is a shipped question's, with whatever values, as it is answered soonest; any other as it is."""
    header = _HEADER.match(text)
    start = header.end() if header else 0
    if _shape(text[start:]) in _shapes():
        return f"{text[:start]} {apart(inlined(text[start:]))}"
    return text


def _shape(text: str) -> str:
    """A query but for its values, comments and blanks."""
    return " ".join(_BOUND.sub(r"VALUES ?\1", re.sub(r"^\s*#.*", "", text, flags=re.M)).split())


@lru_cache(maxsize=1)
def _shapes() -> frozenset[str]:
    return frozenset(_shape(each.text) for each in questions())


def bind(text: str, values: Mapping[str, str | Sequence[str]]) -> str:
    """The query with other values for its parameters, of which each may have several.

    Raises QueryError for a parameter that it does not have, or a value that is not of its type.

    >>> bind('SELECT * { VALUES ?name { "Ann" } ?p rdfs:label ?name }', {"name": 'A "B" }'})
    'SELECT * { VALUES ?name { "A \\\\"B\\\\" }" } ?p rdfs:label ?name }'
    """
    known = {parameter.name: parameter for parameter in parameters(text)}
    for name, value in values.items():
        if name not in known:
            takes = f"it takes {', '.join(known)}" if known else "it takes none"
            raise QueryError(f"the query has no parameter {name!r}; {takes}")
        for each in _several(value):
            if not _TYPES[known[name].type][1].fullmatch(each):
                raise QueryError(f"{each!r} is no {known[name].type}, which the parameter {name!r} must be")

    def put(match: re.Match[str]) -> str:
        if match[1] not in values:
            return match.group()
        datatype = _TYPES[match[3] or "string"][0]
        literals = " ".join(ntriples(Lit(clean(value), datatype)) for value in _several(values[match[1]]))
        return f"VALUES ?{match[1]} {{ {literals} }}"

    return _VALUES.sub(put, text)


def _several(value: str | Sequence[str]) -> Sequence[str]:
    return [value] if isinstance(value, str) else value


def inlined(text: str) -> str:
    """A query whose parameters are constants wherever they are used: Oxigraph then filters before it joins.

    The parameters must not be projected or grouped by; those of the shipped questions are not.

    >>> inlined('SELECT ?p { VALUES ?name { "Ann" } ?p rdfs:label ?n FILTER(?n = ?name) }')
    'SELECT ?p {  ?p rdfs:label ?n FILTER(?n = "Ann") }'
    """
    constants = {}
    for match in _BOUND.finditer(text):
        literal, datatype = match[2], match[3]
        constants[match[1]] = f"{literal}^^<{vocab.XSD}{datatype}>" if datatype else literal
    rest = _BOUND.sub("", text)
    return "".join(constants.get(part[1:], part) if part[:1] in "?$" else part for part in split_variables(rest))


# -- engines


def _in_oxigraph(store: Store, text: str, union: bool) -> Answer:
    try:
        return _read(store.oxigraph.query(text, prefixes=dict(vocab.PREFIXES), use_default_graph_as_union=union))
    except SyntaxError as error:
        raise broken(error, text) from None
    except (ValueError, RuntimeError, OSError) as error:
        raise QueryError(f"the query failed: {first_line(error)}") from None


def _read(answer: pyoxigraph.QuerySolutions | pyoxigraph.QueryTriples | pyoxigraph.QueryBoolean) -> Answer:
    import pyoxigraph as ox

    if isinstance(answer, ox.QueryBoolean):
        return Answer(("answer",), verdict=bool(answer))
    if isinstance(answer, ox.QueryTriples):
        found = ((from_oxigraph(t.subject), from_oxigraph(t.predicate), from_oxigraph(t.object)) for t in answer)
        return Answer(triples=_ordered(found))
    # Answers repeat names and headlines in row after row: each is read once.
    unread = Iri()
    known: dict[Any, Term | None] = {None: None}

    def read(term: Any) -> Term | None:
        found: Term | None = known.get(term, unread)
        if found is unread:
            found = known[term] = from_oxigraph(term)
        return found

    columns = tuple(variable.value for variable in answer.variables)
    return Answer(columns, tuple(tuple(map(read, row)) for row in answer))


def _in_rdflib(source: rdflib.Dataset | rdflib.Graph, text: str) -> Answer:
    import rdflib

    graph = source
    if isinstance(source, rdflib.Dataset) and not source.default_union:
        graph = rdflib.Dataset(store=source.store, default_union=True)
    try:
        answer = graph.query(text, initNs=dict(vocab.PREFIXES))
        if answer.type == "ASK":
            return Answer(("answer",), verdict=bool(answer.askAnswer))
        if answer.type in {"CONSTRUCT", "DESCRIBE"}:
            found = (answer.graph or rdflib.Graph()).triples((None, None, None))
            return Answer(triples=_ordered(tuple(map(from_rdflib, triple)) for triple in found))
        columns = tuple(str(name) for name in answer.vars or ())
        rows = [
            tuple(None if (term := row.get(name)) is None else from_rdflib(term) for name in answer.vars or ())
            for row in answer.bindings
        ]
        return Answer(columns, tuple(rows))
    except RecursionError:
        raise QueryError("the query nests too deeply for rdflib; ask the store") from None
    except Exception as error:
        # pyparsing and rdflib raise what they like on broken queries, plain Exception among it
        raise broken(error, text) from None


def _ordered(triples: Iterator[Any]) -> tuple[tuple[Term, Term, Term], ...]:
    return tuple(sorted(set(triples), key=lambda triple: tuple((type(t).__name__, str(t)) for t in triple)))
