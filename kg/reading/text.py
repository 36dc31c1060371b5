"""Bytes and plain text -> the characters of an article, and what its first lines say about it."""

from __future__ import annotations

import codecs
import re
import unicodedata
from datetime import date, datetime

from ..errors import ReadError
from ..language.lexicon import words
from ..text.article import Article
from ..text.blocks import BlockKind, find_blocks
from .metadata import Metadata
from .mojibake import repair

_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufeff]")
_UNSEEN = re.compile("[\u00ad\u061c\u180e\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f]")
_COMPATIBLE = re.compile("[\uff01-\uff5e\ufb00-\ufb06\u3000]|(?![0-9])\\d")
_BROKEN = re.compile(r"(?<![\w-])([A-Za-z][A-Za-z’']*)-[ \t]*\r?\n[ \t]*([a-z]+)")
_PREFIXES = words("reading", "written before a hyphen")
"""What is written before a hyphen that belongs to the word."""
_SURROGATE = re.compile("[\ud800-\udfff]")
_DAY = re.compile(
    r"([A-Za-z]{3,9})\.?\s(\d{1,2})(?:st|nd|rd|th)?,?\s(\d{4})|(\d{1,2})(?:st|nd|rd|th)?\s([A-Za-z]{3,9})\.?,?\s(\d{4})|"
    r"(\d{4}-\d\d-\d\d)"
)
_NAME = r"[A-Z][\w.'’-]*(?:\s(?:(?:van|von|der|den|de|da|di|dos|del|la|le|bin|al|ter|ten)\s)*[A-Z][\w.'’-]*){1,3}"
_BYLINE = re.compile(rf"(?i:by):?\s({_NAME}(?:(?:,|\sand|,\sand)\s{_NAME})*)")
_AND = re.compile(r",\s(?:and\s)?|\sand\s")
_UPDATE = re.compile(r"updated\b", re.I)
_BINARY = (
    b"%PDF", b"PK\x03\x04", b"\x89PNG", b"\x7fELF", b"GIF8", b"\xff\xd8\xff", b"\x1f\x8b", b"BZh", b"\xfd7zXZ", b"PAR1",
    b"\xd0\xcf\x11\xe0", b"Rar!", b"7z\xbc\xaf", b"MZ", b"OggS", b"ID3", b"SQLite format 3", b"\xca\xfe\xba\xbe",
)  # fmt: skip
_UNPRINTED = bytes([*range(9), *range(14, 27)])
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"),
)  # fmt: skip


def decode(data: bytes, name: str, declared: str | None = None) -> str:
    """The characters that bytes stand for: by their mark, as UTF-8, as declared, or in an encoding that fits.

    Raises ReadError if the bytes are no text.

    >>> decode("naïve".encode("utf-8"), "a.txt")
    'naïve'
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return data.decode(encoding, errors="replace")
    if data.startswith(_BINARY):
        raise _binary(name)
    if b"\x00" in data[:4096]:
        return _wide(data, name)
    head = data[:4096]
    if len(head) - len(head.translate(None, _UNPRINTED)) > len(head) // 50:
        raise _binary(name)
    try:
        return repair(data.decode("utf-8"))
    except UnicodeDecodeError as error:
        return _not_utf8(data, name, declared, error)


def _wide(data: bytes, name: str) -> str:
    """UTF-16 without a mark: every other byte of English is zero."""
    sample = data[:4096]
    odd, even = sample[1::2].count(0), sample[0::2].count(0)
    half = len(sample) // 2
    for zeros, others, encoding in ((odd, even, "utf-16-le"), (even, odd, "utf-16-be")):
        if zeros > 0.7 * half and others < 0.1 * half and len(data) % 2 == 0:
            try:
                return data.decode(encoding)
            except UnicodeDecodeError:
                break
    raise _binary(name)


def _not_utf8(data: bytes, name: str, declared: str | None, error: UnicodeDecodeError) -> str:
    text = data.decode("utf-8", errors="surrogateescape")
    broken = len(_SURROGATE.findall(text))
    if sum(ord(c) > 127 for c in text) - broken > 3 * broken:
        # mostly UTF-8, with single bytes of the encoding that was there before
        return repair(_SURROGATE.sub(lambda m: _byte(ord(m.group()) - 0xDC00), text))
    for encoding in (declared, "cp1252"):
        if encoding is None:
            continue
        try:
            text = data.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
        if not _is_mac(text):
            return repair(text)
    if _is_mac(text):
        return data.decode("mac_roman")
    from charset_normalizer import from_bytes

    best = from_bytes(data[:200_000]).best()
    if best is None:
        raise ReadError(name, "the encoding cannot be told", "save the file as UTF-8") from error
    return data.decode(best.encoding, errors="replace")


def _byte(value: int) -> str:
    return bytes([value]).decode("cp1252", errors="replace")


def _is_mac(text: str) -> bool:
    """Whether text read as Windows-1252 is Mac Roman: its quotation marks come out as capital letters in words."""
    odd = len(
        re.findall(r"[a-z]\u00d5(?:s|t|re|ve|ll|d|m)\b|(?:^|\s)\u00d2[A-Za-z]|[a-z.,!?]\u00d3(?:\s|$)", text[:50_000])
    )
    return odd > 0 and odd * 2 >= sum(text[:50_000].count(c) for c in "\u00d2\u00d3\u00d4\u00d5")


def _binary(name: str) -> ReadError:
    return ReadError(name, "the file is binary, not text", "give a text, HTML, PDF, Word, mail or table file")


def clean(text: str) -> str:
    """The text as it is kept: NFC, each control character a blank, lone surrogates replaced; line ends stay.

    A blank for each keeps the offsets those of the file. What nobody sees
    (soft hyphens, marks of direction, joiners of width zero) goes; letters of
    full width, ligatures and digits of other scripts become those of English.

    >>> clean("a\\u200bb")
    'ab'
    """
    if text.isascii():
        return _CONTROL.sub(" ", text)
    text = _COMPATIBLE.sub(_plain, _UNSEEN.sub("", _CONTROL.sub(" ", text)))
    return unicodedata.normalize("NFC", _SURROGATE.sub("\ufffd", text))


def _plain(match: re.Match[str]) -> str:
    character = match.group()
    return str(unicodedata.decimal(character)) if character.isdecimal() else unicodedata.normalize("NFKC", character)


def unwrapped(text: str) -> str:
    """Text whose lines were broken by hand, with the words that a hyphen breaks at a line's end made whole.

    Only where several lines end so, as in a column that was set; what is
    written with a hyphen (`well-known`) keeps it.

    >>> unwrapped("a moun-\\ntain, a well-\\nknown vil-\\nlage")
    'a mountain, a well-known village'
    """
    if len(_BROKEN.findall(text)) < 2:
        return text
    return _BROKEN.sub(lambda m: f"{m[1]}-{m[2]}" if m[1].lower() in _PREFIXES else f"{m[1]}{m[2]}", text)


def article_with_origin(text: str, meta: Metadata, path: str | None = None) -> tuple[Article, Metadata]:
    """An article from its plain text, and the metadata that went into it with where each value was found.

    The headline and a date alone on a line fill what `meta` leaves open.

    >>> article, told = article_with_origin("Mill closes\\n\\nThe mill closed on Monday, its owner said.", Metadata())
    >>> article.title, told.origin
    ('Mill closes', (('title', 'first line'),))
    """
    kept = clean(text)
    bare = Article(kept)
    said = Metadata()
    for block in find_blocks(bare)[:4]:
        words = bare.quote(block.span)
        if said.title is None and block.kind is BlockKind.HEADLINE:
            said = said.over(Metadata.found("first line", title=words.lstrip("# ")))
        if said.published is None and block.kind is BlockKind.DATELINE and not _UPDATE.match(words):
            said = said.over(Metadata.found("dateline", published=day(words)))
        byline = _BYLINE.fullmatch(words) if block.kind is BlockKind.SUBHEAD and said.authors is None else None
        if byline is not None:
            said = said.over(Metadata.found("byline", authors=tuple(_AND.split(byline[1]))))
    full = meta.over(said)
    article = Article(
        kept, full.title, full.authors or (), full.publisher, full.published, full.url, full.language, path
    )
    return article, full


def day(words: str) -> date | None:
    """The day that words such as `Friday, August 21, 2015` name, or None.

    >>> day("3 May 2014")
    datetime.date(2014, 5, 3)
    """
    match = _DAY.search(words)
    if not match:
        return None
    month, d1, y1, d2, month2, y2, iso = match.groups()
    try:
        if iso:
            return date.fromisoformat(iso)
        return datetime.strptime(f"{d1 or d2} {(month or month2)[:3]} {y1 or y2}", "%d %b %Y").date()
    except ValueError:
        return None
