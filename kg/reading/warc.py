"""Web archives (WARC, and ARC before it) -> the articles of the pages in them."""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Iterator
from contextlib import redirect_stderr
from typing import IO, Any, cast

from ..errors import ReadError
from .address import shown
from .html import piece_from_html
from .metadata import Metadata
from .pieces import Piece, Pieces
from .source import LARGEST_ROW, Source
from .text import decode

_CHARSET = re.compile(r"charset\s*=\s*[\"']?([A-Za-z0-9_-]{2,30})", re.I)


def pieces_from_warc(source: Source) -> Pieces:
    """The article of each page that was answered with 200, named `FILE#URL`; the URL is the one it was asked by.

    The day of the crawl is no day of publication, and is not used. A broken
    or truncated archive gives what it holds, then a ReadError.

    Raises ReadError without warcio, the extra `web`.
    """
    try:
        from warcio.archiveiterator import ArchiveIterator
    except ImportError as error:
        raise ReadError(
            source.name, "reading web archives needs warcio", "install it with: pip install 'reportedly[web]'"
        ) from error
    with source.open() as stream:
        records = iter(ArchiveIterator(_OneRead(stream), check_digests=False, arc2warc=True))
        while True:
            try:
                record = _next(records, source.name)
                if record is None:
                    return
                found = _piece(record, source.name)
            except ReadError as error:
                yield error
                if error.source == source.name:
                    return
                continue
            except (EOFError, OSError, ValueError, LookupError) as error:
                yield _damaged(source.name, error)
                return
            if found is not None:
                yield found


def _next(records: Iterator[object], name: str) -> object | None:
    """The next record; None at the end. What warcio says to the terminal on the way is left out.

    Raises ReadError if the archive is damaged, whatever warcio makes of that.
    """
    from warcio.exceptions import ArchiveLoadFailed

    try:
        with redirect_stderr(io.StringIO()):
            return next(records, None)
    except (ArchiveLoadFailed, EOFError, OSError, ValueError, LookupError, AttributeError, TypeError) as error:
        raise _damaged(name, error) from error


def _damaged(name: str, error: Exception) -> ReadError:
    return ReadError(
        name, f"the archive is damaged or breaks off ({' '.join(str(error).split())[:200]})", "copy it anew"
    )


class _OneRead:
    """A stream whose read gives what one read below gives: a longer one loses what precedes the place it breaks off."""

    __slots__ = ("_stream",)

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = cast(io.BufferedReader, stream)

    def read(self, size: int = -1) -> bytes:
        return self._stream.read1(size)

    def close(self) -> None:
        self._stream.close()


def _brotli(record: object, chunked: bool, name: str) -> bytes:
    """A page that is packed with Brotli, unpacked no further than is read.

    Raises ReadError without the package brotli, and if the packing is damaged.
    """
    from warcio.bufferedreaders import ChunkedDataReader

    try:
        import brotli
    except ImportError as error:
        raise ReadError(name, "the page is packed with Brotli", "install: pip install 'reportedly[web]'") from error
    stream = record.raw_stream  # type: ignore[attr-defined]
    packed = (ChunkedDataReader(stream, decomp_type=None) if chunked else stream).read(LARGEST_ROW + 1)
    unpack = brotli.Decompressor()
    try:
        data: bytes = unpack.process(packed, output_buffer_limit=LARGEST_ROW + 1)
        while len(data) <= LARGEST_ROW and not unpack.is_finished():
            more = unpack.process(b"", output_buffer_limit=LARGEST_ROW + 1 - len(data))
            if not more:
                raise ReadError(name, "the packing of the page breaks off", "copy the archive anew")
            data += more
    except brotli.error as error:
        raise ReadError(name, f"the packing of the page is damaged ({error})", "copy the archive anew") from error
    return data


def _gzip(packed: bytes, name: str) -> bytes:
    try:
        return zlib.decompressobj(wbits=31).decompress(packed, LARGEST_ROW + 1)
    except zlib.error as error:
        raise ReadError(name, f"the packing of the page is damaged ({error})", "copy the archive anew") from error


def _page(record: object, headers: Any, name: str) -> bytes:
    """The bytes of a page, unpacked.

    Raises ReadError if they are too many or the packing is damaged.
    """
    if (headers.get_header("Content-Encoding") or "").strip().lower() == "br":
        data = _brotli(record, (headers.get_header("Transfer-Encoding") or "").lower() == "chunked", name)
    else:
        data = record.content_stream().read(LARGEST_ROW + 1)  # type: ignore[attr-defined]
    if data.startswith(b"\x1f\x8b"):  # packed, and no header says so
        data = _gzip(data, name)
    if len(data) > LARGEST_ROW:
        raise ReadError(name, f"the page has more than {LARGEST_ROW:,} bytes", "leave it out")
    return data


def _piece(record: object, archive: str) -> Piece | None:
    """The article of one record; None if the record is no answered page of text."""
    if getattr(record, "rec_type", None) != "response" or getattr(record, "http_headers", None) is None:
        return None
    headers = record.http_headers  # type: ignore[attr-defined]
    kind = (headers.get_header("Content-Type") or "").lower()
    if headers.get_statuscode() != "200" or not kind.startswith(("text/html", "application/xhtml", "text/plain")):
        return None
    url = record.rec_headers.get_header("WARC-Target-URI") or ""  # type: ignore[attr-defined]
    name = f"{archive}#{shown(url)}"
    data = _page(record, headers, name)
    charset = _CHARSET.search(kind)
    known = Metadata.found("WARC-Target-URI", url=url)
    if kind.startswith("text/plain"):
        return Piece(name, decode(data, name, charset[1] if charset else None), known)
    return piece_from_html(data, name, charset[1] if charset else None, known)
