"""Electronic books (.epub) -> an article a chapter, in the book's order; slides (.pptx) -> one article."""

from __future__ import annotations

import posixpath
import re
from datetime import date
from urllib.parse import unquote
from xml.etree.ElementTree import Element

from ..errors import ReadError
from .html import LEAST_WORDS, decode_page, fragment_text, parsed
from .metadata import Metadata
from .office import core, joined, member, opened
from .pieces import Piece, Pieces
from .source import Source
from .written_dates import read_day
from .xml import parse_xml

_OPF = "{http://www.idpf.org/2007/opf}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_BOX = "{urn:oasis:names:tc:opendocument:xmlns:container}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"


def pieces_from_epub(source: Source) -> Pieces:
    """Each chapter with eight words or more, named `FILE#CHAPTER`; author, publisher and day of the book.

    Raises ReadError if the file is damaged, locked, or no book.
    """
    with opened(source) as archive:
        if "META-INF/encryption.xml" in archive.namelist() and "META-INF/rights.xml" in archive.namelist():
            raise ReadError(source.name, "the book is locked (DRM)", "ask its publisher for an open copy")
        box = parse_xml(member(archive, "META-INF/container.xml", source.name), source.name)
        root = next((e.get("full-path") for e in box.iter(f"{_BOX}rootfile") if e.get("full-path")), None)
        if root is None:
            raise ReadError(source.name, "the book names no contents", "save it anew")
        book = parse_xml(member(archive, root, source.name), source.name)
        said = Metadata.found(
            "book properties",
            authors=tuple(_texts(book, f"{_DC}creator")),
            publisher=next(iter(_texts(book, f"{_DC}publisher")), None),
            published=_published(book),
            language=(next(iter(_texts(book, f"{_DC}language")), "") or "")[:2].lower() or None,
        )
        files = {e.get("id"): e.get("href") or "" for e in book.iter(f"{_OPF}item")}
        names = set(archive.namelist())
        for entry in book.iter(f"{_OPF}itemref"):
            href = unquote(files.get(entry.get("idref"), "")).partition("#")[0]
            path = posixpath.normpath(posixpath.join(posixpath.dirname(root), href))
            if not href or path not in names:
                continue
            where = f"{source.name}#{href}"
            try:
                text, title = _chapter(member(archive, path, source.name), where)
            except ReadError as error:
                yield error
                continue
            if len(text.split()) >= LEAST_WORDS:
                yield Piece(where, text, Metadata.found("chapter", title=title).over(said))


def _published(book: Element) -> date | None:
    """The day the book came out; a converter writes the year 101 where it knows none."""
    days = (
        read_day(e.text)[0] for e in book.iter(f"{_DC}date") if e.get(f"{_OPF}event", "publication") == "publication"
    )
    return next((day for day in days if day is not None and day.year > 1450), None)


def _texts(root: Element, tag: str) -> list[str]:
    return [" ".join(e.text.split()) for e in root.iter(tag) if e.text and e.text.strip()]


def _chapter(data: bytes, name: str) -> tuple[str, str | None]:
    page = decode_page(data, name)
    tree = parsed(page, name)
    heading = next(
        (" ".join(e.text_content().split()) for e in tree.iter("h1", "h2") if e.text_content().strip()), None
    )
    body = re.search(r"<body\b[^>]*>(.*)</body>", page, re.S | re.I)
    return fragment_text(body[1] if body else page, name), heading


def piece_from_pptx(source: Source) -> Piece:
    """The text of all slides in their order, a paragraph a paragraph; hidden slides and speakers' notes left out.

    Raises ReadError if the file is damaged, locked by a password or no presentation.
    """
    with opened(source) as archive:
        member(archive, "ppt/presentation.xml", source.name)
        names = [
            (int(m[1]), n) for n in archive.namelist() if (m := re.fullmatch(r"ppt/slides/slide(\d{1,5})\.xml", n))
        ]
        paragraphs: list[str] = []
        for _, name in sorted(names):
            slide = parse_xml(member(archive, name, source.name), source.name)
            if slide.get("show") == "0":
                continue
            for paragraph in slide.iter(f"{_A}p"):
                parts = [
                    (e.text or "") if e.tag == f"{_A}t" else " "
                    for e in paragraph.iter()
                    if e.tag in (f"{_A}t", f"{_A}br")
                ]
                paragraphs.append("".join(parts))
        said = core(archive, "docProps/core.xml", source.name)
    return Piece(source.name, joined(iter(paragraphs)), said)
