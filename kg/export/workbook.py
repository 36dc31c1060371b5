"""A graph -> an Excel workbook: a sheet a table, values typed, filters on, evidence linked to its page and article."""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from ..errors import ExportError
from ..rdf.terms import clean
from ..store.files import write_whole
from .table_rows import TABLES, Kind, every_row

if TYPE_CHECKING:
    from ..store.contents import Source

_LONGEST = 32_767
"""Characters of a cell."""

_MOST_ROWS = 1_048_576
_MOST_LINKS = 60_000
_LONGEST_LINK = 2_000
_CUT = " … (cut; the graph has it whole)"
_WIDTHS = {"text": 60, "quote": 60, "headline": 40, "url": 24, "chain": 30, "what": 28, "reporters": 28, "who": 24}


def write_workbook(source: Source, path: Path) -> Path:
    """Write a workbook with the sheets statements, figures, roles, entities, articles and claims.

    Numbers, days and truth values are such cells, everything else is text,
    never a formula, whatever it starts with. A quotation links to its place on
    the page it is from, an article's id to its row. Equal graphs give equal bytes.

    Raises ExportError without XlsxWriter, the extra `excel`, and if a table is
    too long for a sheet; StoreError if the file cannot be written.

    >>> import tempfile
    >>> from kg import Article, extract, to_rdf
    >>> graph = to_rdf(extract(Article("Jo Hill said the mill had closed."), fast=True))
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write_workbook(graph, Path(folder, "mill.xlsx")).read_bytes()[:2]
    b'PK'
    """
    try:
        import xlsxwriter
    except ImportError as error:
        raise ExportError("writing Excel needs XlsxWriter; pip install 'reportedly[excel]'") from error
    out = io.BytesIO()
    book = xlsxwriter.Workbook(
        out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    )
    book.set_properties({"created": datetime(2000, 1, 1), "author": "reportedly"})  # the same bytes every time
    sheets = {name: _Sheet(book, name) for name in sorted(TABLES, key=_ORDER.index)}
    seen: dict[str, int] = {}
    for name, row in every_row(source):
        sheet = sheets[name]
        if sheet.rows >= _MOST_ROWS - 1:
            raise ExportError(f"the table {name} has more rows than a sheet of Excel holds; export it as sqlite or csv")
        if name == "articles":
            seen[str(row["article"])] = sheet.rows + 1
        sheet.add(row, seen.get(str(row.get("article"))) if name != "articles" else None)
    for sheet in sheets.values():
        sheet.finish()
    book.close()
    return write_whole(path, out.getvalue())


_ORDER = ("statements", "figures", "roles", "entities", "articles", "claims")


class _Sheet:
    """One sheet as it grows."""

    def __init__(self, book: Any, name: str) -> None:
        self._sheet = book.add_worksheet(name)
        self._columns: Mapping[str, Kind] = TABLES[name].columns
        self._link = book.add_format({"font_color": "#0563C1", "underline": 1})
        self._day = book.add_format({"num_format": "yyyy-mm-dd"})
        bold = book.add_format({"bold": True, "bg_color": "#E7E6E6"})
        for n, column in enumerate(self._columns):
            self._sheet.write_string(0, n, column, bold)
            self._sheet.set_column(n, n, _WIDTHS.get(column, 14))
        self._links = 0
        self.rows = 0

    def add(self, row: Mapping[str, object], article: int | None) -> None:
        self.rows += 1
        for n, (column, kind) in enumerate(self._columns.items()):
            value = row[column]
            if value is None:
                continue
            target = self._target(column, value, row, article)
            if target is not None and self._links < _MOST_LINKS:
                self._links += 1
                self._sheet.write_url(self.rows, n, target, self._link, _cell(value))
            else:
                self._write(n, value, kind)

    def _target(self, column: str, value: object, row: Mapping[str, object], article: int | None) -> str | None:
        if column == "article" and article is not None:
            return f"internal:'articles'!A{article + 1}"
        page = str(row.get("url") or "")
        if column in {"url", "quote"} and page.startswith(("http://", "https://")) and page.isprintable():
            words = str(value).split()
            place = f"{page.partition('#')[0]}#:~:text={_text(words)}" if column == "quote" and words else page
            return place if len(place) <= _LONGEST_LINK else page if len(page) <= _LONGEST_LINK else None
        return None

    def _write(self, n: int, value: object, kind: Kind) -> None:
        if kind is Kind.DAY and isinstance(value, date) and value.year >= 1900:  # Excel knows no day before
            self._sheet.write_datetime(self.rows, n, datetime(value.year, value.month, value.day), self._day)
        elif kind is Kind.FLAG:
            self._sheet.write_boolean(self.rows, n, bool(value))
        elif isinstance(value, int | float | Decimal) and abs(float(value)) < 1e15:  # beyond, Excel drops digits
            self._sheet.write_number(self.rows, n, round(value, 4) if isinstance(value, float) else value)
        else:
            self._sheet.write_string(self.rows, n, _cell(value))

    def finish(self) -> None:
        self._sheet.freeze_panes(1, 0)
        self._sheet.autofilter(0, 0, max(self.rows, 1), len(self._columns) - 1)


def _cell(value: object) -> str:
    text = clean(str(value))
    return text if len(text) <= _LONGEST else text[: _LONGEST - len(_CUT)] + _CUT


def _text(words: list[str]) -> str:
    """The text directive of a URL that leads to these words: their beginning and end where they are many."""
    parts = [words] if len(words) <= 8 else [words[:4], words[-4:]]
    return ",".join(quote(clean(" ".join(part)), safe="").replace("-", "%2D") for part in parts)
