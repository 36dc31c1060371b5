"""Tables of articles -> pieces: JSON Lines, JSON, CSV, Excel, Parquet: a row an article, columns told by name."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import IO, Any, Final

from ..errors import ReadError
from ..language.lexicon import listed
from .html import fragment_text
from .metadata import FIELDS, Metadata
from .pieces import Piece, Pieces, under_headline
from .source import LARGEST_ROW, Source
from .text import decode
from .written_dates import read_day

_USUAL: Final = {
    "text": listed("reading", "column of text"),
    "title": listed("reading", "column of title"),
    "authors": listed("reading", "column of authors"),
    "publisher": listed("reading", "column of publisher"),
    "published": listed("reading", "column of published"),
    "url": listed("reading", "column of url"),
    "language": listed("reading", "column of language"),
}
"""The names that columns usually have, in order of preference; `Published At` and `publishedAt` are published_at."""

MOST_BLANK = 100_000
"""Blank lines in a row after which a file is given up."""

Columns = Mapping[str, str]
"""Which column holds which field: {"text": "body", "published": "pub_date"}; dots lead into nested objects.

`date_order` (dmy or mdy) is no column: it says which day 12/03/2024 is.
"""


def pieces_from_jsonl(source: Source, columns: Columns) -> Pieces:
    """The articles of a JSON Lines file, named `FILE:LINE`; a line that is no JSON object is a ReadError.

    The file is read as it is needed, and may be of any size.

    >>> from .source import from_bytes
    >>> source = from_bytes("a.jsonl", b'{"text": "It closed."}', ".jsonl")
    >>> [piece.text for piece in pieces_from_jsonl(source, {})]
    ['It closed.']
    """
    with source.open() as stream:
        for n, line in enumerate(_lines(stream, source.name), 1):
            where = f"{source.name}:{n}"
            if isinstance(line, ReadError):
                yield line
                continue
            if not line.strip() or line.strip() in (b"[", b"]"):
                continue
            warnings: tuple[str, ...] = ()
            try:
                text = decode(line, where).strip()
                if text.endswith("},"):
                    text, warnings = text[:-1], ("the line ends in a comma, and was read without it",)
                row = json.loads(text)
            except (ValueError, RecursionError) as error:
                if isinstance(error, ReadError):
                    yield error
                else:
                    yield ReadError(where, f"the line is no JSON ({error})", "write one object a line")
                continue
            if not isinstance(row, dict):
                yield ReadError(where, "the line is no JSON object", "write one object a line")
                continue
            yield _piece(_flat(row), where, columns, warnings)


def pieces_from_json(data: bytes, name: str, columns: Columns) -> Pieces:
    """The articles of a JSON file: an object, a list of them, or what an interface answers with a list in it.

    JSON Feed, NewsAPI, the Guardian's, Elasticsearch's and others' lists are
    found by what is in them: objects that hold a text.

    Raises ReadError if it is none of these.

    >>> found = b'[{"headline": "Mill closes", "body": "The mill has closed, its owner said.", "date": "2019-05-06"}]'
    >>> [(piece.name, piece.text, piece.said.published) for piece in pieces_from_json(found, "mill.json", {})]
    [('mill.json:1', 'Mill closes\\n\\nThe mill has closed, its owner said.', datetime.date(2019, 5, 6))]
    """
    try:
        value = json.loads(decode(data, name))
    except (ValueError, RecursionError) as error:
        if isinstance(error, ReadError):
            raise
        raise ReadError(name, f"it is no JSON ({error})", "write an object or a list of objects") from error
    inside = value if isinstance(value, list) else _envelope(value, columns) if isinstance(value, dict) else None
    rows = inside if inside is not None else [value]
    several = inside is not None
    site = Metadata.found("feed", publisher=_text(value.get("title"))) if _is_json_feed(value) else Metadata()
    for n, row in enumerate(rows, 1):
        where = f"{name}:{n}" if several else name
        if isinstance(row, dict):
            piece = _piece(_flat(row), where, columns)
            yield replace(piece, said=piece.said.over(site)) if isinstance(piece, Piece) else piece
        else:
            yield ReadError(where, "this is no JSON object", "write an object or a list of objects")


_DEEPEST_LIST = 4


def _is_json_feed(value: Any) -> bool:
    return isinstance(value, dict) and "jsonfeed.org" in str(value.get("version", ""))


def _text(value: object) -> str | None:
    return " ".join(value.split()) if isinstance(value, str) else None


def _envelope(value: Mapping[str, Any], columns: Columns) -> list[Any] | None:
    """The list of articles inside an answer; None if the answer is an article itself, or holds none."""
    if _holds_text(value, columns) and not _is_json_feed(value):
        return None
    if value and all(isinstance(each, Mapping) for each in value.values()):
        by_key, keys = list(value.values()), next(iter(value.values())).keys()
        if any(_holds_text(_flat(row), columns) for row in by_key[:20]):
            return by_key
        if all(each.keys() == keys for each in by_key):  # a column each, as pandas writes it
            rows = [{name: each[key] for name, each in value.items()} for key in keys]
            if any(_holds_text(row, columns) for row in rows[:20]):
                return rows
    level: list[Any] = [value]
    for _ in range(_DEEPEST_LIST):
        lists = [v for each in level for v in each.values() if isinstance(v, list)]
        for found in lists:
            if any(isinstance(row, dict) and _holds_text(_flat(row), columns) for row in found[:20]):
                return found
        level = [v for each in level for v in each.values() if isinstance(v, dict)]
    return None


def _holds_text(row: Mapping[str, Any], columns: Columns) -> bool:
    try:
        chosen = _chosen(row, columns, "")
    except ReadError:
        return False
    return isinstance(_bare(_value(row, chosen["text"])), str | list)


def _flat(row: Mapping[str, Any]) -> Mapping[str, Any]:
    """An object with what stands in its `_source`, `fields` or `attributes`, where interfaces keep the article."""
    for inner in ("_source", "fields", "attributes"):
        if isinstance(row.get(inner), dict):
            return {**row, **row[inner]}
    return row


def pieces_from_xlsx(source: Source, columns: Columns) -> Pieces:
    """The articles of a workbook, named `FILE:SHEET:ROW`: of each sheet whose first filled row names a column of texts.

    Raises ReadError if no sheet does, or the file cannot be read.
    """
    from .xlsx import sheets

    read, last = False, ReadError(source.name, "there is no row in it", "give a header row and a row an article")
    for sheet, names, rows in sheets(source):
        try:
            _chosen(dict.fromkeys(names), columns, f"{source.name}:{sheet}")
        except ReadError as error:
            last = error
            continue
        read = True
        for n, row in rows:
            if any(value not in (None, "") for value in row.values()):
                yield _piece(row, f"{source.name}:{sheet}:{n}", columns)
    if not read:
        raise last


def pieces_from_csv(source: Source, columns: Columns) -> Pieces:
    """The articles of a CSV or TSV file with a header line, named `FILE:ROW`; the header is row 1.

    A row that cannot be read is a ReadError among them. Raises ReadError if the whole file cannot.

    >>> from .source import from_bytes
    >>> source = from_bytes("a.csv", b"title,text\\nMill closes,It closed.\\n", ".csv")
    >>> [piece.said.title for piece in pieces_from_csv(source, {})]
    ['Mill closes']
    """
    encoding = _encoding(source)
    with source.open() as stream, io.TextIOWrapper(stream, encoding, errors="replace", newline="") as text:
        said = re.match(rb"(?:\xef\xbb\xbf)?sep=(.)\r?\n", source.head(16))  # Excel's own word for it
        if said is not None:
            text.readline()
        delimiter = (
            "\t" if source.suffix in (".tsv", ".tab") else said[1].decode("latin-1") if said else _delimiter(source)
        )
        limit = csv.field_size_limit(LARGEST_ROW)
        rows = csv.DictReader(_bounded(text), delimiter=delimiter)
        n = first = 2 if said is not None else 1
        names: object = None
        try:
            while True:
                try:
                    names, row = rows.fieldnames, next(rows, None)
                except csv.Error as error:
                    n += 1
                    yield ReadError(f"{source.name}:{n}", f"the row is no CSV ({error})", "quote fields with line ends")
                    if names is None:  # it is the header
                        return
                    continue
                if row is None:
                    break
                n += 1
                yield _piece({k: v for k, v in row.items() if isinstance(k, str)}, f"{source.name}:{n}", columns)
        finally:
            csv.field_size_limit(limit)
    if n == first:
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
    """The lines of a stream, blank ones too; an error for one that is too long, and as the last where it breaks off."""
    blank = n = 0
    while True:
        n += 1
        try:
            line = stream.readline(LARGEST_ROW + 1)
            long = len(line) > LARGEST_ROW
            while len(line) > LARGEST_ROW and not line.endswith(b"\n"):
                line = stream.readline(LARGEST_ROW + 1)
        except ReadError as error:
            yield error
            return
        except (OSError, EOFError) as error:
            yield ReadError(name, f"the file breaks off ({error})", "copy it anew")
            return
        if not line and not long:
            return
        blank = 0 if long or len(line) > 2 else blank + 1
        if blank > MOST_BLANK:
            yield ReadError(name, f"there are over {MOST_BLANK:,} blank lines in a row", "write one article a line")
            return
        if long:
            yield ReadError(f"{name}:{n}", f"the line has over {LARGEST_ROW:,} bytes", "write one article a line")
        else:
            yield line


def _bounded(text: IO[str]) -> Iterator[str]:
    """The lines of a table, of one that is too long its beginning alone, which the reader of CSV then refuses."""
    while line := text.readline(LARGEST_ROW + 1):
        yield line
        while len(line) > LARGEST_ROW and not line.endswith("\n"):
            line = text.readline(LARGEST_ROW + 1)


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
    unknown = sorted(set(columns) - {"text", "date_order", *FIELDS})
    if unknown:
        raise ReadError(where, f"no field is called {unknown[0]!r}", f"map columns to text, {', '.join(FIELDS)}")
    by_lower: dict[str, str] = {}
    for name in row:
        by_lower.setdefault(_plain_name(name), name)
    chosen = {name: column for name, column in columns.items() if name != "date_order"}
    for name, usual in _USUAL.items():
        if name not in chosen and (found := next((by_lower[u] for u in usual if u in by_lower), None)) is not None:
            chosen[name] = found
    if "text" not in chosen:
        have = ", ".join(map(str, list(row)[:12])) or "none"
        raise ReadError(where, "no column holds the text", f"name it with a column mapping text=...; there are {have}")
    return chosen


def _plain_name(name: str) -> str:
    """A column's name in small letters with underscores: published_at for `Published At` and `publishedAt`."""
    return re.sub(r"[\s_.-]+", "_", re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name.strip("\ufeff \t"))).lower()


_CUT_SHORT = re.compile(r"(?:…|\.\.\.)?\s*\[\+\d+ chars\]\s*$")


def _piece(row: Mapping[str, Any], where: str, columns: Columns, warnings: tuple[str, ...] = ()) -> Piece | ReadError:
    try:
        chosen = _chosen(row, columns, where)
    except ReadError as error:
        return error
    values = {name: _value(row, column) for name, column in chosen.items()}
    said = Metadata()
    for name in FIELDS:
        value = values.get(name)
        if name == "published":
            value, lost = read_day(_bare(value), columns.get("date_order"))
            warnings += (lost,) if lost else ()
        if value not in (None, "", [], ()):
            said = said.over(Metadata.found(f"column {chosen[name]}", **_field(name, value, where)))
    text = "\n\n".join(map(str, filter(None, map(_bare, _listed(values["text"])))))
    if not text:
        return ReadError(where, f"column {chosen['text']} holds no text", "leave the row out, or name another column")
    if _CUT_SHORT.search(text):
        text = _CUT_SHORT.sub("", text)
        warnings += ("the text is cut short where it comes from",)
    if text.lstrip()[:1] == "<" and "</" in text:
        text = fragment_text(text, where)
    return Piece(where, under_headline(said.title, text), said, warnings)


def _value(row: Mapping[str, Any], column: str) -> Any:
    if column in row:
        return row[column]
    value: Any = row
    for part in column.split("."):
        value = value.get(part) if isinstance(value, Mapping) else None
    return value


_INNER: Final = listed("reading", "name of what a value wraps")
_BY = re.compile(r"(?i:by):?\s+(?=[A-Z])")


def _bare(value: Any) -> Any:
    """What interfaces and databases wrap: `{"rendered": ...}`, `{"$date": ...}`, the first of a list; else None."""
    if isinstance(value, Mapping):
        return next((_bare(value[name]) for name in _INNER if value.get(name)), None)
    return (_bare(value[0]) if value else None) if isinstance(value, list) else value


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _field(name: str, value: Any, where: str) -> dict[str, Any]:
    """The value of one field, or of the field that it really is: a publisher that is an address is the page's."""
    if name == "published":
        return {name: value}
    if name == "authors":
        names = [_bare(each) for each in _listed(value)]
        return {name: tuple(_BY.sub("", " ".join(n.split()), count=1) for n in names if isinstance(n, str) and n)}
    bare = _bare(value)
    text = " ".join(str(bare).split()) if bare else None
    if name == "title" and _MARKED.search(text or ""):
        text = fragment_text(text or "", where)
    return {"url" if name == "publisher" and _ADDRESS.match(text or "") else name: text}


_ADDRESS = re.compile(r"https?://", re.I)
_MARKED = re.compile(r"&(?:#\d+|#x[\da-f]+|[a-z]\w*);|</[a-z]", re.I)
