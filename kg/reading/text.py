"""Plain text and Markdown -> Article."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime

from ..article import Article
from ..blocks import BlockKind, find_blocks
from ..errors import ReadError
from .metadata import Metadata

_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufeff\ud800-\udfff]")
_DAY = re.compile(
    r"([A-Za-z]{3,9})\.?\s(\d{1,2})(?:st|nd|rd|th)?,?\s(\d{4})|(\d{1,2})(?:st|nd|rd|th)?\s([A-Za-z]{3,9})\.?,?\s(\d{4})|(\d{4}-\d\d-\d\d)"
)


def decode(data: bytes, name: str) -> str:
    """The characters that bytes stand for: UTF-8, UTF-16 with a mark, or a single-byte encoding that fits.

    Raises ReadError if the bytes are no text.
    """
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", errors="replace")
    if b"\x00" in data[:4096] or data[:4] in (b"%PDF", b"PK\x03\x04", b"\x89PNG", b"\x7fELF"):
        raise ReadError(name, "the file is binary, not text", "give a text, Markdown or HTML file")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    try:
        return data.decode("cp1252")  # what English text is in when it is not UTF-8
    except UnicodeDecodeError:
        from charset_normalizer import from_bytes

    best = from_bytes(data).best()
    if best is None:
        raise ReadError(name, "the encoding cannot be told", "save the file as UTF-8")
    return str(best)


def clean(text: str) -> str:
    """The text as it is kept: NFC, without control characters; line ends stay as they are."""
    return unicodedata.normalize("NFC", _CONTROL.sub("", text))


def article_from_text(text: str, meta: Metadata, path: str | None = None) -> Article:
    """An article from its plain text; the headline and a date alone on a line fill what `meta` leaves open."""
    kept = clean(text)
    bare = Article(kept)
    title, published = meta.title, meta.published
    for block in find_blocks(bare)[:4]:
        if title is None and block.kind is BlockKind.HEADLINE:
            title = bare.quote(block.span).lstrip("# ")
        if published is None and block.kind is BlockKind.DATELINE:
            published = day(bare.quote(block.span))
    return Article(kept, title, meta.authors or (), meta.publisher, published, meta.url, meta.language, path)


def day(words: str) -> date | None:
    """The day that words such as `Friday, August 21, 2015` name, or None."""
    match = _DAY.search(words)
    if not match:
        return None
    month, d1, y1, d2, month2, y2, iso = match.groups()
    if iso:
        candidates = [(iso, "%Y-%m-%d")]
    else:
        written = f"{d1 or d2} {(month or month2)[:3]} {y1 or y2}"
        candidates = [(written, "%d %b %Y")]
    for text, pattern in candidates:
        try:
            return datetime.strptime(text, pattern).date()
        except ValueError:
            return None
    return None
