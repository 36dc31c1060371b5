"""A table -> a Parquet file, for DuckDB, Polars, Arrow."""

from __future__ import annotations

import io
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..errors import ExportError
from ..rdf.terms import clean
from ..store.files import write_whole
from .table_rows import Kind, rows, shape

if TYPE_CHECKING:
    from ..store.contents import Source


def write_parquet(source: Source, path: Path, what: str) -> Path:
    """Write one table with typed columns.

    Raises ExportError without pyarrow, the extra `tables`; StoreError if the file cannot be written.

    >>> import tempfile
    >>> from kg import Article, extract, to_rdf
    >>> graph = to_rdf(extract(Article("Jo Hill said the mill had closed."), fast=True))
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write_parquet(graph, Path(folder, "statements.parquet"), "statements").read_bytes()[:4]
    b'PAR1'
    """
    try:
        import pyarrow
        from pyarrow import parquet
    except ImportError as error:
        raise ExportError("writing Parquet needs pyarrow; pip install 'reportedly[tables]'") from error
    types = {
        Kind.WHOLE: pyarrow.int64(), Kind.NUMBER: pyarrow.float64(), Kind.FLAG: pyarrow.bool_(),
        Kind.DAY: pyarrow.date32(),
    }  # fmt: skip
    fields = [pyarrow.field(name, types.get(kind, pyarrow.string())) for name, kind in shape(what).columns.items()]
    found = [{name: _value(value) for name, value in row.items()} for row in rows(source, what)]
    out = io.BytesIO()
    parquet.write_table(pyarrow.Table.from_pylist(found, schema=pyarrow.schema(fields)), out)
    return write_whole(path, out.getvalue())


def _value(value: object) -> Any:
    return float(value) if isinstance(value, Decimal) else clean(value) if isinstance(value, str) else value
