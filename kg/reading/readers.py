"""Which reader takes which source: by suffix, by the type a server declares, and else by how the bytes start."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from ..errors import ReadError
from .kinds import KINDS, left_out, not_read
from .metadata import Metadata
from .ocr import PICTURES
from .pieces import Piece, Pieces
from .source import Source
from .text import decode, unwrapped

Columns = Mapping[str, str]
Reader = Callable[[Source, Columns], Pieces]

_PAST_SNIFF = 2048
_SURE = frozenset(
    ".jsonl .ndjson .csv .tsv .tab .parquet .warc .arc .docx .odt .eml .json .mbox .mhtml .mht .rtf .srt .vtt .xlsx "
    ".xlsm .epub .pptx".split()
)
"""Suffixes that are believed whatever the bytes are."""
_MAIL_HEAD = re.compile(rb"(?:[A-Za-z][A-Za-z-]*:[^\n]*\n(?:[ \t][^\n]*\n)*){2,}")


def _text(source: Source, _: Columns) -> Pieces:
    if source.suffix in KINDS:
        raise not_read(source.name, source.suffix)
    yield Piece(source.name, unwrapped(decode(source.data(), source.name)))


def _html(source: Source, _: Columns) -> Pieces:
    from .html import piece_from_html

    yield piece_from_html(source.data(), source.name)


def _pdf(source: Source, options: Columns) -> Pieces:
    from .ocr import OPTION
    from .pdf import piece_from_pdf

    yield piece_from_pdf(source.data(), source.name, ocr=OPTION in options)


def _picture(source: Source, options: Columns) -> Pieces:
    from .ocr import piece_from_picture

    yield piece_from_picture(source, options)


def _docx(source: Source, _: Columns) -> Pieces:
    from .office import piece_from_docx

    yield piece_from_docx(source)


def _odt(source: Source, _: Columns) -> Pieces:
    from .office import piece_from_odt

    yield piece_from_odt(source)


def _mail(source: Source, _: Columns) -> Pieces:
    from .mail import piece_from_mail

    yield piece_from_mail(source.data(), source.name)


def _mbox(source: Source, _: Columns) -> Pieces:
    from .mail import pieces_from_mbox

    return pieces_from_mbox(source)


def _mhtml(source: Source, _: Columns) -> Pieces:
    from .mail import piece_from_mhtml

    yield piece_from_mhtml(source.data(), source.name)


def _rtf(source: Source, _: Columns) -> Pieces:
    from .rtf import piece_from_rtf

    yield piece_from_rtf(source.data(), source.name)


def _subtitles(source: Source, _: Columns) -> Pieces:
    from .subtitles import piece_from_subtitles

    yield piece_from_subtitles(source.data(), source.name)


def _xlsx(source: Source, columns: Columns) -> Pieces:
    from .tables import pieces_from_xlsx

    return pieces_from_xlsx(source, columns)


def _epub(source: Source, _: Columns) -> Pieces:
    from .epub import pieces_from_epub

    return pieces_from_epub(source)


def _pptx(source: Source, _: Columns) -> Pieces:
    from .epub import piece_from_pptx

    yield piece_from_pptx(source)


def _feed(source: Source, _: Columns) -> Pieces:
    from .feeds import pieces_from_feed

    return pieces_from_feed(source.data(), source.name)


def _jsonl(source: Source, columns: Columns) -> Pieces:
    from .tables import pieces_from_jsonl

    return pieces_from_jsonl(source, columns)


def _json(source: Source, columns: Columns) -> Pieces:
    from .tables import pieces_from_json

    return pieces_from_json(source.data(), source.name, columns)


def _csv(source: Source, columns: Columns) -> Pieces:
    from .tables import pieces_from_csv

    return pieces_from_csv(source, columns)


def _parquet(source: Source, columns: Columns) -> Pieces:
    from .tables import pieces_from_parquet

    return pieces_from_parquet(source, columns)


def _warc(source: Source, _: Columns) -> Pieces:
    from .warc import pieces_from_warc

    return pieces_from_warc(source)


READERS: dict[str, Reader] = {
    ".txt": _text, ".text": _text, ".md": _text, ".markdown": _text,
    ".html": _html, ".htm": _html, ".xhtml": _html,
    ".pdf": _pdf, ".docx": _docx, ".odt": _odt, ".eml": _mail,
    ".rss": _feed, ".atom": _feed, ".xml": _feed,
    ".jsonl": _jsonl, ".ndjson": _jsonl, ".json": _json, ".csv": _csv, ".tsv": _csv, ".tab": _csv, ".parquet": _parquet,
    ".warc": _warc, ".arc": _warc, ".mbox": _mbox, ".mhtml": _mhtml, ".mht": _mhtml, ".rtf": _rtf,
    ".srt": _subtitles, ".vtt": _subtitles, ".xlsx": _xlsx, ".xlsm": _xlsx, ".epub": _epub, ".pptx": _pptx,
}  # fmt: skip
"""Readers by suffix."""

ARCHIVES = frozenset({".gz", ".bz2", ".xz", ".zip"})
"""Suffixes of compressed files."""

SUFFIXES = frozenset(READERS) | ARCHIVES
"""Every suffix that is read."""

_TYPES = {
    "text/html": ".html", "application/xhtml+xml": ".html", "text/plain": ".txt", "text/markdown": ".md",
    "application/pdf": ".pdf", "application/rss+xml": ".rss", "application/atom+xml": ".atom", "text/xml": ".xml",
    "application/xml": ".xml", "message/rfc822": ".eml", "application/json": ".json",
    "application/feed+json": ".json", "application/x-ndjson": ".jsonl", "application/rtf": ".rtf", "text/rtf": ".rtf",
    "text/vtt": ".vtt", "application/x-subrip": ".srt", "application/epub+zip": ".epub", "application/mbox": ".mbox",
    "multipart/related": ".mhtml", "application/warc": ".warc",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": ".pptx",
    "text/csv": ".csv", "application/vnd.oasis.opendocument.text": ".odt",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
}  # fmt: skip


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
    """
    suffix = _TYPES.get(media_type or "", "") or source.suffix
    if suffix in (".html", ".txt", "") and (charset or known):
        yield from _page(source, suffix, charset, known or Metadata())
        return
    if suffix in ARCHIVES:
        yield from _unpacked(source, columns)
        return
    named = _picture if suffix in PICTURES else READERS.get(suffix, _text)
    reader = _sniffed(source, suffix) or named
    for piece in reader(source, columns):
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


def _sniffed(source: Source, suffix: str) -> Reader | None:
    """A better reader than the suffix tells, by how the bytes start: pages are saved as .txt, feeds as .html."""
    from .feeds import looks_like_feed
    from .html import looks_like_html

    if suffix in _SURE:
        return None
    head = source.head(_PAST_SNIFF)
    if head.startswith(b"{\\rtf"):
        return _rtf
    if head.startswith(b"filedesc://"):
        return _warc
    if re.match(rb"(?:\xef\xbb\xbf)?WEBVTT\b|(?:\xef\xbb\xbf)?1\r?\n\d\d:\d\d:\d\d,\d{3} --> ", head):
        return _subtitles
    if re.match(rb"From \S+ .*\r?\n[A-Za-z-]+: ", head):
        return _mbox
    if _MAIL_HEAD.match(head) and re.search(rb"^MIME-Version:", head, re.M | re.I):
        return _mhtml if re.search(rb"^Content-Type:\s*multipart/related", head, re.M | re.I) else _mail
    if head.startswith(b"%PDF"):
        return _pdf
    if head.startswith(b"WARC/1."):
        return _warc
    if looks_like_feed(head):
        return _feed
    if looks_like_html(head):
        return _html
    return None


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
