"""The nodes behind an answer: what the rows of a question are about, though they tell names and words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from ..errors import QueryError
from ..rdf.terms import Iri
from .questions import Answer, Question, prepared, question, run

if TYPE_CHECKING:
    from ..store import Store

_NAME = re.compile(r"[\w.-]*")
_SELECT = re.compile(r"\bSELECT\b", re.I)
_TOLD = re.compile(r"SELECT\b[^{(]*?(?=\bWHERE\b|\{)", re.I)
"""What a query tells of what it finds, where that is variables alone."""


def nodes(store: Store, query: str, values: Mapping[str, str] | None = None) -> list[Iri]:
    """The IRIs that an answer rests on, each once: of a shipped question all that its rows bind, else those told.

    Of a question that counts, the records that its rows rest on.

    Raises QueryError as `kg.query.run` does.

    >>> import tempfile
    >>> from kg import Article, extract, open
    >>> with tempfile.TemporaryDirectory() as folder, open(f"{folder}/graph", create=True) as store:
    ...     _ = store.put(extract(Article("Jo Hill denied that the mill had closed."), fast=True))
    ...     [name.rsplit("/", 2)[-2] for name in nodes(store, "denials")]
    ['article', 'entity', 'statement']
    """
    if _NAME.fullmatch(query.strip()):
        asked = question(query.strip())
        text, _ = prepared(store, asked, values or {})
        if (whole := _told_whole(text)) == text:
            return list(dict.fromkeys(name for row in with_records(store, asked, values)[1] for name in row))
        answer = run(store, whole)
    else:
        answer = run(store, query, values)
    return _iris(answer)


def _iris(answer: Answer) -> list[Iri]:
    """The IRIs of an answer, each once, in its order."""
    rows = answer.triples if answer.columns is None else answer.terms
    return list(dict.fromkeys(term for row in rows for term in row if isinstance(term, Iri)))


def _told_whole(text: str) -> str:
    """A SELECT that tells all that it binds; one that counts or reckons as it is."""
    first = _SELECT.search(text)
    told = _TOLD.match(text, first.start()) if first else None
    return f"{text[: told.start()]}SELECT * {text[told.end() :]}" if told else text


def with_records(
    store: Store, asked: Question, values: Mapping[str, str] | None = None
) -> tuple[Answer, list[tuple[Iri, ...]]]:
    """The answer to a shipped question, and for each of its rows the records that it rests on.

    Raises QueryError as `kg.query.run` does.

    >>> import tempfile
    >>> from kg import Article, extract, open
    >>> with tempfile.TemporaryDirectory() as folder, open(f"{folder}/graph", create=True) as store:
    ...     _ = store.put(extract(Article("Jo Hill denied that the mill had closed."), fast=True))
    ...     answer, records = with_records(store, question("denials"))
    ...     answer.rows[0][:3], [len(row) for row in records]
    (('Jo Hill', 'denies', 'the mill had closed'), [1])
    """
    text, note = prepared(store, asked, values or {})
    more = " ".join(f"?{name}" for name in asked.evidence)
    whole = run(store, re.sub(r"\bWHERE\b", f"{more} WHERE", text, count=1))
    told = len(whole.columns or ()) - len(asked.evidence)
    once = " DISTINCT " in text.partition("{")[0]
    rows, records, known = [], [], set()
    for row in whole.terms:
        if not once or row[:told] not in known:
            known.add(row[:told])
            rows.append(row[:told])
            records.append(tuple(term for term in row[told:] if isinstance(term, Iri)))
    found = replace(whole, columns=(whole.columns or ())[:told], terms=tuple(rows), note=None if rows else note)
    return found, records


def behind_rows(store: Store, query: str, values: Mapping[str, str] | None = None) -> list[Iri]:
    """The IRIs that the rows of an answer are about, for a view: records rather than whom they name.

    Of a shipped question those of its evidence; of any other query those told,
    or where it tells words alone, the statements, figures and other records
    that it finds them in.

    Raises QueryError as `kg.query.run` does, for an ASK, and where there are none.

    >>> import tempfile
    >>> from kg import Article, extract, open
    >>> with tempfile.TemporaryDirectory() as folder, open(f"{folder}/graph", create=True) as store:
    ...     _ = store.put(extract(Article("Jo Hill denied that the mill had closed."), fast=True))
    ...     len(behind_rows(store, "SELECT ?what { ?s kg:text ?what }"))
    1
    """
    if _NAME.fullmatch(query.strip()):
        _, records = with_records(store, question(query.strip()), values)
        found = list(dict.fromkeys(name for row in records for name in row))
        rows = len(records)
    else:
        answer = run(store, query, values)
        if answer.verdict is not None:
            raise QueryError("an ASK answers yes or no, and a view needs nodes; write a SELECT or a CONSTRUCT")
        found, rows = _iris(answer), len(answer.terms) or len(answer.triples)
        if rows and not found:
            every = _iris(run(store, _told_whole(query), values))
            found = [name for name in every if _RECORD.search(name)] or every
    if not found:
        what = f"{rows:,} rows of text and numbers" if rows else "nothing"
        raise QueryError(
            f"the query returns {what}; a view needs nodes, so select them: SELECT ?s {{ ?s a kg:Statement }}"
        )
    return found


_RECORD = re.compile(r"/(?:statement|figure|role|relation|event)/[0-9a-f]{16}$")
