"""A graph -> an SQLite file: the tables, their full-text index, foreign keys to the articles; Datasette opens it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from ..rdf.terms import clean
from ..store.files import made_whole
from .table_rows import TABLES, Kind, every_row

if TYPE_CHECKING:
    from ..store.contents import Source

_TYPES = {Kind.WHOLE: "INTEGER", Kind.NUMBER: "REAL", Kind.FLAG: "INTEGER"}
_SEARCHED = {
    "articles": ("headline", "publisher", "authors"),
    "statements": ("who", "text", "quote"),
    "figures": ("what", "reporters", "quote"),
    "roles": ("holder", "title", "organization"),
    "entities": ("name", "also"),
}
"""The columns of each table that its full-text index holds, in the table `NAME_fts`."""


def write_sqlite(source: Source, path: Path) -> Path:
    """Write the tables as a database of its own; a file of that name is replaced when the new one is whole.

    Days are ISO 8601 text, flags 0 and 1; every table has its `rowid`, and all
    but claims an `article` that refers to the articles.

    Raises StoreError if the file cannot be written.

    >>> import tempfile
    >>> from kg import Article, extract, to_rdf
    >>> graph = to_rdf(extract(Article("Jo Hill said the mill had closed."), fast=True))
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     base = sqlite3.connect(write_sqlite(graph, Path(folder, "mill.sqlite")))
    ...     base.execute("SELECT who, stance, text FROM statements").fetchall()
    [('Jo Hill', 'asserts', 'the mill had closed')]
    """
    with made_whole(path, sqlite3.Error) as part, closing(sqlite3.connect(part)) as base:
        _fill(base, source)
    return path


def _fill(base: sqlite3.Connection, source: Source) -> None:
    base.execute("PRAGMA journal_mode = OFF")
    for name, table in TABLES.items():
        columns = [f'"{column}" {_TYPES.get(kind, "TEXT")}' for column, kind in table.columns.items()]
        if name == "articles":
            columns[0] += " PRIMARY KEY"
        elif "article" in table.columns:
            columns.append('FOREIGN KEY ("article") REFERENCES "articles" ("article")')
        base.execute(f'CREATE TABLE "{name}" ({", ".join(columns)})')
    inserts = {
        name: f'INSERT INTO "{name}" VALUES ({", ".join("?" * len(table.columns))})' for name, table in TABLES.items()
    }
    for name, row in every_row(source):
        base.execute(inserts[name], [_value(row[column]) for column in TABLES[name].columns])
    for name, searched in _SEARCHED.items():
        columns = [f'"{column}"' for column in searched]
        base.execute(
            f'CREATE VIRTUAL TABLE "{name}_fts" USING FTS5 ({", ".join(columns)}, content="{name}", '
            "tokenize='unicode61 remove_diacritics 2')"
        )
        base.execute(f'INSERT INTO "{name}_fts" ("{name}_fts") VALUES (\'rebuild\')')
        if name != "articles":
            base.execute(f'CREATE INDEX "{name}_article" ON "{name}" ("article")')
    base.commit()
    base.execute("VACUUM")


def _value(value: object) -> str | int | float | None:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() and abs(value) < 2**63 else float(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        return round(value, 4)
    return clean(value) if isinstance(value, str) else value if value is None or isinstance(value, int) else str(value)
