"""A graph -> pandas data frames, a frame a table."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from ..errors import ExportError
from .table_rows import TABLES, Kind, every_row

if TYPE_CHECKING:
    from pandas import DataFrame

    from ..store.contents import Source


def frames(graph: Source) -> dict[str, DataFrame]:
    """The tables statements, figures, roles, entities, articles and claims as data frames by name.

    Numbers, days and flags have such types, with pandas's own mark for what is
    missing; `figures.low` and `figures.high` are floats.

    Raises ExportError without pandas, the extra `pandas`.

    >>> from kg import Article, extract, to_rdf
    >>> tables = frames(to_rdf(extract(Article("Jo Hill said the mill had closed."), fast=True)))
    >>> list(tables)[:3], len(tables["statements"])
    (['articles', 'statements', 'figures'], 1)
    """
    try:
        import pandas
    except ImportError as error:
        raise ExportError("data frames need pandas; pip install 'reportedly[pandas]'") from error
    found: dict[str, list[dict[str, Any]]] = {name: [] for name in TABLES}
    for name, row in every_row(graph):
        found[name].append({c: float(v) if isinstance(v, Decimal) else v for c, v in row.items()})
    types = {Kind.WHOLE: "Int64", Kind.NUMBER: "Float64", Kind.FLAG: "boolean", Kind.DAY: "datetime64[s]"}
    made = {}
    for name, table in TABLES.items():
        frame = pandas.DataFrame(found[name], columns=list(table.columns))
        made[name] = frame.astype({column: types.get(kind, "string") for column, kind in table.columns.items()})
    return made
