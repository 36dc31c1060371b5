"""Tables of articles -> pieces: JSON Lines, CSV and Parquet, a row an article, columns told by name or by the user."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from typing import IO, Any, Final

from ..errors import ReadError
from .html import fragment_text
from .metadata import FIELDS, Metadata, stated_day
from .pieces import Piece, Pieces
from .source import LARGEST_ROW, Source
from .text import day, decode

_USUAL: Final = {
    "text": ("text", "body", "content", "maintext", "article_text", "fulltext", "full_text", "story", "article"),
    "title": ("title", "headline", "head"),
    "authors": ("authors", "author", "byline", "creator"),
    "publisher": ("publisher", "source", "outlet", "publication", "site", "source_name", "site_name", "newspaper"),
    "published": ("published", "date_publish", "date_published", "publish_date", "published_at", "pub_date", "pubdate",
                  "publication_date", "datepublished", "date"),
    "url": ("url", "link", "canonical_url", "source_url"),
    "language": ("language", "lang"),
}  # fmt: skip
"""The names that columns usually have, in order of preference."""

MOST_BLANK = 100_000
"""Blank lines in a row after which a file is given up."""

Columns = Mapping[str, str]
"""Which column holds which field: {"text": "body", "published": "pub_date"}; dots lead into nested objects."""


def pieces_from_jsonl(source: Source, columns: Columns) -> Pieces:
    """The articles of a JSON Lines file, named `FILE:LINE`; a line that is no JSON object is a ReadError.

    The file is read as it is needed, and may be of any size.
    """
    with source.open() as stream:
        for n, line in enumerate(_lines(stream, source.name), 1):
            where = f"{source.name}:{n}"
            if isinstance(line, ReadError):
                yield line
                return
            if not line.strip():
                continue
            try:
                row = json.loads(decode(line, where))
            except (ValueError, RecursionError) as error:
                if isinstance(error, ReadError):
                    yield error
                else:
                    yield ReadError(where, f"the line is no JSON ({error})", "write one object a line")
                continue
            if not isinstance(row, dict):
                yield ReadError(where, "the line is no JSON object", "write one object a line")
                continue
            yield _piece(row, where, columns)


def pieces_from_json(data: bytes, name: str, columns: Columns) -> Pieces:
    """The articles of a JSON file: an object, or a list of them. Raises ReadError if it is neither."""
    try:
        value = json.loads(decode(data, name))
    except (ValueError, RecursionError) as error:
        if isinstance(error, ReadError):
            raise
        raise ReadError(name, f"it is no JSON ({error})", "write an object or a list of objects") from error
    rows = value if isinstance(value, list) else [value]
    for n, row in enumerate(rows, 1):
        where = f"{name}:{n}" if isinstance(value, list) else name
        if isinstance(row, dict):
            yield _piece(row, where, columns)
        else:
            yield ReadError(where, "this is no JSON object", "write an object or a list of objects")


def pieces_from_csv(source: Source, columns: Columns) -> Pieces:
    """The articles of a CSV or TSV file with a header line, named `FILE:ROW`; the header is row 1."""
    encoding = _encoding(source)
    with source.open() as stream, io.TextIOWrapper(stream, encoding, errors="replace", newline="") as text:
        delimiter = "\t" if source.suffix in (".tsv", ".tab") else _delimiter(source)
        limit = csv.field_size_limit(LARGEST_ROW)
        rows = csv.DictReader(text, delimiter=delimiter)
        n = 1
        try:
            while True:
                try:
                    row = next(rows, None)
                except csv.Error as error:
                    yield ReadError(
                        f"{source.name}:{n + 1}", f"the row is no CSV ({error})", "quote fields with line ends"
                    )
                    return
                if row is None:
                    break
                n += 1
                yield _piece({k: v for k, v in row.items() if isinstance(k, str)}, f"{source.name}:{n}", columns)
        finally:
            csv.field_size_limit(limit)
    if n == 1:
        raise ReadError(source.name, "there is no row in it", "give a header line and a row an article")


def pieces_from_parquet(source: Source, columns: Columns) -> Pieces:
    """The articles of a Parquet file, named `FILE:ROW`, read a batch at a time.

    Raises ReadError without pyarrow, the extra `tables`.
    """
    try:
        import pyarrow
        from pyarrow import parquet
    except ImportError as error:
        raise ReadError(
            source.name, "reading Parquet needs pyarrow", "install it with: pip install 'reportedly[tables]'"
        ) from error
    try:
        file = parquet.ParquetFile(source.path or io.BytesIO(source.data()))
        names = file.schema_arrow.names
        wanted = sorted({w.partition(".")[0] for w in _chosen(dict.fromkeys(names), columns, source.name).values()})
        n = 0
        for batch in file.iter_batches(batch_size=64, columns=wanted):
            for row in batch.to_pylist():
                n += 1
                yield _piece(row, f"{source.name}:{n}", columns)
    except (pyarrow.ArrowException, OSError) as error:
        raise ReadError(source.name, f"it is no Parquet file that can be read ({error})", "write it anew") from error


def _lines(stream: IO[bytes], name: str) -> Iterator[bytes | ReadError]:
    """The lines of a stream, blank ones too; an error as the last where it breaks off or is no file of lines."""
    blank = 0
    while True:
        try:
            line = stream.readline(LARGEST_ROW + 1)
        except ReadError as error:
            yield error
            return
        except (OSError, EOFError) as error:
            yield ReadError(name, f"the file breaks off ({error})", "copy it anew")
            return
        if not line:
            return
        blank = 0 if len(line) > 2 else blank + 1
        if len(line) > LARGEST_ROW or blank > MOST_BLANK:
            yield ReadError(
                name,
                f"there are over {MOST_BLANK:,} blank lines in a row"
                if blank
                else f"a line has over {LARGEST_ROW:,} bytes",
                "write one article a line",
            )
            return
        yield line


def _encoding(source: Source) -> str:
    head = source.head(65_536)
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    if b"\x00" in head:
        raise ReadError(source.name, "the file is binary, not a table", "give CSV with a header line")
    try:
        # the head may end inside a character
        head[: head.rfind(b"\n") + 1].decode("utf-8")
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8-sig"


def _delimiter(source: Source) -> str:
    first = source.head(65_536).partition(b"\n")[0]
    return max((",", ";", "\t", "|"), key=lambda mark: first.count(mark.encode()))


def _chosen(row: Mapping[str, Any], columns: Columns, where: str) -> dict[str, str]:
    """Which column holds which field, the user's word first. Raises ReadError if none holds the text."""
    unknown = sorted(set(columns) - {"text", *FIELDS})
    if unknown:
        raise ReadError(where, f"no field is called {unknown[0]!r}", f"map columns to text, {', '.join(FIELDS)}")
    by_lower: dict[str, str] = {}
    for name in row:
        by_lower.setdefault(name.strip().lower(), name)
    chosen = dict(columns)
    for name, usual in _USUAL.items():
        if name not in chosen and (found := next((by_lower[u] for u in usual if u in by_lower), None)) is not None:
            chosen[name] = found
    if "text" not in chosen:
        have = ", ".join(map(str, list(row)[:12])) or "none"
        raise ReadError(where, "no column holds the text", f"name it with a column mapping text=...; there are {have}")
    return chosen


def _piece(row: Mapping[str, Any], where: str, columns: Columns) -> Piece | ReadError:
    try:
        chosen = _chosen(row, columns, where)
    except ReadError as error:
        return error
    values = {name: _value(row, column) for name, column in chosen.items()}
    said = Metadata()
    for name in FIELDS:
        value = values.get(name)
        if value not in (None, "", [], ()):
            said = said.over(Metadata.found(f"column {chosen[name]}", **{name: _field(name, value)}))
    text = values["text"]
    if isinstance(text, list):
        text = "\n\n".join(str(part) for part in text)
    text = str(text or "")
    if text.lstrip()[:1] == "<" and "</" in text:
        text = fragment_text(text, where)
    title = said.title
    if title is not None and not text.lstrip().startswith(title):
        text = f"{title}\n\n{text}"
    if not values["text"]:
        return ReadError(where, f"column {chosen['text']} holds no text", "leave the row out, or name another column")
    return Piece(where, text, said)


def _value(row: Mapping[str, Any], column: str) -> Any:
    if column in row:
        return row[column]
    value: Any = row
    for part in column.split("."):
        value = value.get(part) if isinstance(value, Mapping) else None
    return value


def _field(name: str, value: Any) -> Any:
    if name == "published":
        return stated_day(value) or (day(value) if isinstance(value, str) else None)
    if name == "authors":
        values = value if isinstance(value, list | tuple) else [value]
        names = [v.get("name") if isinstance(v, Mapping) else v for v in values]
        return tuple(" ".join(str(n).split()) for n in names if n)
    if isinstance(value, Mapping):
        value = value.get("name") or value.get("title")
    return " ".join(str(value).split()) if value else None
