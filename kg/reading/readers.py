"""Which reader takes which source: by suffix, by the type a server declares, and else by how the bytes start."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from ..errors import ReadError
from .archives import ARCHIVES
from .kinds import KINDS, left_out, not_read
from .metadata import Metadata
from .ocr import PICTURES
from .pieces import Piece, Pieces
from .source import Source
from .text import decode, unwrapped

Columns = Mapping[str, str]
Reader = Callable[[Source, Columns], Pieces]

_PAST_SNIFF = 2048
_MAIL_HEAD = re.compile(rb"(?:[A-Za-z][A-Za-z-]*:[^\n]*\n(?:[ \t][^\n]*\n)*){2,}")


READERS: dict[str, Reader] = {}
"""Readers by suffix."""

_TYPES: dict[str, str] = {}
"""A suffix for each type that a server may declare."""

_SURE: set[str] = set()
"""Suffixes that are believed whatever the bytes are."""


def _reads(*names: str, sure: bool = True) -> Callable[[Reader], Reader]:
    """Enter a reader for suffixes and media types; if `sure`, a file with such a suffix is looked at no further."""
    suffixes = [name for name in names if name.startswith(".")]

    def entered(reader: Reader) -> Reader:
        READERS.update(dict.fromkeys(suffixes, reader))
        _TYPES.update({name: suffixes[0] for name in names if "/" in name})
        _SURE.update(suffixes if sure else ())
        return reader

    return entered


@_reads(".md", ".markdown", "text/markdown", sure=False)
@_reads(".txt", ".text", "text/plain", sure=False)
def _text(source: Source, _: Columns) -> Pieces:
    if source.suffix in KINDS:
        raise not_read(source.name, source.suffix)
    yield Piece(source.name, unwrapped(decode(source.data(), source.name)))


@_reads(".html", ".htm", ".xhtml", "text/html", "application/xhtml+xml", sure=False)
def _html(source: Source, _: Columns) -> Pieces:
    from .html import piece_from_html

    yield piece_from_html(source.data(), source.name)


@_reads(".pdf", "application/pdf", sure=False)
def _pdf(source: Source, options: Columns) -> Pieces:
    from .ocr import OPTION
    from .pdf import piece_from_pdf

    yield piece_from_pdf(source.data(), source.name, ocr=OPTION in options)


def _picture(source: Source, options: Columns) -> Pieces:
    from .ocr import piece_from_picture

    yield piece_from_picture(source, options)


@_reads(".docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document")
def _docx(source: Source, _: Columns) -> Pieces:
    from .office import piece_from_docx

    yield piece_from_docx(source)


@_reads(".odt", "application/vnd.oasis.opendocument.text")
def _odt(source: Source, _: Columns) -> Pieces:
    from .office import piece_from_odt

    yield piece_from_odt(source)


@_reads(".eml", "message/rfc822")
def _mail(source: Source, _: Columns) -> Pieces:
    from .mail import piece_from_mail

    yield piece_from_mail(source.data(), source.name)


@_reads(".mbox", "application/mbox")
def _mbox(source: Source, _: Columns) -> Pieces:
    from .mail import pieces_from_mbox

    return pieces_from_mbox(source)


@_reads(".mhtml", ".mht", "multipart/related")
def _mhtml(source: Source, _: Columns) -> Pieces:
    from .mail import piece_from_mhtml

    yield piece_from_mhtml(source.data(), source.name)


@_reads(".rtf", "application/rtf", "text/rtf")
def _rtf(source: Source, _: Columns) -> Pieces:
    from .rtf import piece_from_rtf

    yield piece_from_rtf(source.data(), source.name)


@_reads(".srt", ".vtt", "application/x-subrip", "text/vtt")
def _subtitles(source: Source, _: Columns) -> Pieces:
    from .subtitles import piece_from_subtitles

    yield piece_from_subtitles(source.data(), source.name)


@_reads(".xlsx", ".xlsm", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
def _xlsx(source: Source, columns: Columns) -> Pieces:
    from .tables import pieces_from_xlsx

    return pieces_from_xlsx(source, columns)


@_reads(".epub", "application/epub+zip")
def _epub(source: Source, _: Columns) -> Pieces:
    from .epub import pieces_from_epub

    return pieces_from_epub(source)


@_reads(".pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation")
def _pptx(source: Source, _: Columns) -> Pieces:
    from .epub import piece_from_pptx

    yield piece_from_pptx(source)


@_reads(
    ".rss", ".atom", ".xml", "application/rss+xml", "application/atom+xml", "text/xml", "application/xml", sure=False
)
def _feed(source: Source, _: Columns) -> Pieces:
    from .feeds import pieces_from_feed

    return pieces_from_feed(source.data(), source.name)


@_reads(".jsonl", ".ndjson", "application/x-ndjson")
def _jsonl(source: Source, columns: Columns) -> Pieces:
    from .tables import pieces_from_jsonl

    return pieces_from_jsonl(source, columns)


@_reads(".json", "application/json", "application/feed+json")
def _json(source: Source, columns: Columns) -> Pieces:
    from .tables import pieces_from_json

    return pieces_from_json(source.data(), source.name, columns)


@_reads(".csv", ".tsv", ".tab", "text/csv")
def _csv(source: Source, columns: Columns) -> Pieces:
    from .tables import pieces_from_csv

    return pieces_from_csv(source, columns)


@_reads(".parquet")
def _parquet(source: Source, columns: Columns) -> Pieces:
    from .tables import pieces_from_parquet

    return pieces_from_parquet(source, columns)


@_reads(".warc", ".arc", "application/warc")
def _warc(source: Source, _: Columns) -> Pieces:
    from .warc import pieces_from_warc

    return pieces_from_warc(source)


SUFFIXES = frozenset(READERS) | ARCHIVES
"""Every suffix that is read."""


def pieces_of(
    source: Source,
    columns: Columns,
    *,
    media_type: str | None = None,
    charset: str | None = None,
    known: Metadata | None = None,
) -> Pieces:
    """The articles of a source that is no folder.

    `media_type`, `charset` and `known` are what a server said of it.

    Raises ReadError if the source as a whole cannot be read.

    >>> import io
    >>> row = b'{"text": "The mill has closed, its owner said.", "url": "https://example.org/mill"}\\n'
    >>> dump = Source("mills.jsonl", ".jsonl", lambda: io.BytesIO(row))
    >>> [(piece.name, piece.said.url) for piece in pieces_of(dump, {})]
    [('mills.jsonl:1', 'https://example.org/mill')]
    """
    suffix = _TYPES.get(media_type or "", "") or source.suffix
    if suffix in (".html", ".txt", "") and (charset or known):
        yield from _page(source, suffix, charset, known or Metadata())
        return
    if suffix in ARCHIVES:
        yield from _unpacked(source, columns)
        return
    for piece in _reader(source, suffix)(source, columns):
        if isinstance(piece, Piece) and known is not None:
            yield replace(piece, said=piece.said.over(known))
        else:
            yield piece


def _page(source: Source, suffix: str, charset: str | None, known: Metadata) -> Pieces:
    from .html import looks_like_html, piece_from_html

    data = source.data()
    if suffix == ".html" or looks_like_html(data):
        yield piece_from_html(data, source.name, charset, known)
    else:
        yield Piece(source.name, decode(data, source.name, charset), known)


def _reader(source: Source, suffix: str) -> Reader:
    named = _picture if suffix in PICTURES else READERS.get(suffix, _text)
    return _sniffed(source, suffix) or named


def _sniffed(source: Source, suffix: str) -> Reader | None:
    """A better reader than the suffix tells, by how the bytes start: pages are saved as .txt, feeds as .html."""
    from .feeds import looks_like_feed
    from .html import looks_like_html

    if suffix in _SURE:
        return None
    head = source.head(_PAST_SNIFF)
    for begins, reader in _BEGINNINGS:
        if begins.match(head):
            return reader
    if _MAIL_HEAD.match(head) and re.search(rb"^MIME-Version:", head, re.M | re.I):
        return _mhtml if re.search(rb"^Content-Type:\s*multipart/related", head, re.M | re.I) else _mail
    if looks_like_feed(head):
        return _feed
    return _html if looks_like_html(head) else None


_BEGINNINGS = (
    (re.compile(rb"\{\\rtf"), _rtf),
    (re.compile(rb"filedesc://|WARC/1\."), _warc),
    (re.compile(rb"(?:\xef\xbb\xbf)?WEBVTT\b|(?:\xef\xbb\xbf)?1\r?\n\d\d:\d\d:\d\d,\d{3} --> "), _subtitles),
    (re.compile(rb"From \S+ .*\r?\n[A-Za-z-]+: "), _mbox),
    (re.compile(rb"%PDF"), _pdf),
)
"""How files begin, whatever they are called."""


def _unpacked(source: Source, columns: Columns) -> Iterator[Piece | ReadError]:
    """What is in an archive; the last article says what else is there that no reader exists for."""
    others: Counter[str] = Counter()
    held: Piece | ReadError | None = None
    for piece in _members(source, columns, others):
        if held is not None:
            yield held
        held = piece
    if others and held is None:
        raise ReadError(source.name, f"there is no article in it: {left_out(others)}", "unpack it, and name its files")
    if held is not None:
        more = (f"in the archive {left_out(others)}",) if others else ()
        yield replace(held, warnings=(*held.warnings, *more)) if isinstance(held, Piece) else held


def _members(source: Source, columns: Columns, others: Counter[str]) -> Iterator[Piece | ReadError]:
    from .archives import unpacked

    for inner in unpacked(source):
        if isinstance(inner, ReadError):
            yield inner
            continue
        if inner.suffix not in READERS and source.suffix == ".zip":
            others[inner.suffix] += 1
            continue
        try:
            yield from pieces_of(inner, columns) if inner.suffix not in ARCHIVES else _nested(inner)
        except ReadError as error:
            yield error


def _nested(source: Source) -> Iterator[ReadError]:
    yield ReadError(source.name, "it is an archive in an archive", "unpack the outer one")
