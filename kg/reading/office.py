"""Word (.docx) and OpenDocument (.odt) files -> text, from the XML in their zip archive."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from itertools import chain
from xml.etree.ElementTree import Element

from ..errors import ReadError
from .metadata import Metadata
from .pieces import Piece
from .source import BROKEN, LARGEST_FILE, Source
from .xml import parse_xml

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_META = "{urn:oasis:names:tc:opendocument:xmlns:meta:1.0}"


def piece_from_docx(source: Source) -> Piece:
    """The paragraphs of a Word document, its notes after them; title and author where its properties state them.

    Hidden and deleted text is left out. The dates in the properties are when the file was made, and are left out.

    Raises ReadError if the file is damaged, locked by a password or no document.
    """
    with opened(source) as archive:
        hiding: frozenset[str] = frozenset()
        if "word/styles.xml" in archive.namelist():
            hiding = _hiding(parse_xml(member(archive, "word/styles.xml", source.name), source.name))
        body = _shown(parse_xml(member(archive, "word/document.xml", source.name), source.name), hiding)
        notes: list[str] = []
        for path in ("word/footnotes.xml", "word/endnotes.xml"):
            if path in archive.namelist():
                notes += _docx_notes(_shown(parse_xml(member(archive, path, source.name), source.name), hiding))
        said = core(archive, "docProps/core.xml", source.name)
    return Piece(source.name, joined(chain(_docx_paragraphs(body), notes)), said)


def piece_from_odt(source: Source) -> Piece:
    """The paragraphs of an OpenDocument text; title and author where its properties state them.

    Raises ReadError if the file is damaged, locked by a password or no document.
    """
    with opened(source) as archive:
        body = parse_xml(member(archive, "content.xml", source.name), source.name)
        said = core(archive, "meta.xml", source.name)
    return Piece(source.name, joined(_odt_paragraphs(body)), said)


_SUSPECT, _DENSEST = 10_000_000, 150
"""Bytes from which on a file of a document is looked at, and how many times smaller than itself it may be packed."""

_OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def opened(source: Source) -> zipfile.ZipFile:
    """The zip archive that a document is. Raises ReadError if it is none.

    >>> import io
    >>> opened(Source("mill.docx", ".docx", lambda: io.BytesIO(b"no archive")))
    Traceback (most recent call last):
        ...
    kg.errors.ReadError: mill.docx: the document is damaged (File is not a zip file); save it anew, or as plain text
    """
    if source.head(8) == _OLD:
        raise ReadError(
            source.name, "it is locked with a password, or of the kind before 2007", "save it anew, unlocked"
        )
    try:
        return zipfile.ZipFile(source.open())
    except (zipfile.BadZipFile, OSError, ValueError, EOFError) as error:
        raise _damaged(source.name, error) from error


def _damaged(name: str, error: Exception) -> ReadError:
    return ReadError(name, f"the document is damaged ({error})", "save it anew, or as plain text")


def member(archive: zipfile.ZipFile, path: str, name: str) -> bytes:
    """One file of an archive. Raises ReadError if it is not there, damaged, larger than what is read, or a bomb."""
    try:
        with archive.open(path) as stream:
            data = stream.read(LARGEST_FILE + 1)
            packed = archive.getinfo(path).compress_size
    except KeyError as error:
        raise ReadError(name, f"there is no {path} in it", "save it anew from the program that wrote it") from error
    except BROKEN as error:
        raise _damaged(name, error) from error
    if len(data) > LARGEST_FILE:
        raise ReadError(name, f"its text unpacks to more than {LARGEST_FILE:,} bytes", "split it into articles")
    if len(data) > _SUSPECT and len(data) > _DENSEST * packed:
        raise ReadError(name, f"it is packed {len(data) // max(packed, 1)} to 1, as no text is", "save it anew")
    return data


def core(archive: zipfile.ZipFile, path: str, name: str) -> Metadata:
    """Title and author where a document's properties state them."""
    if path not in archive.namelist():
        return Metadata()
    root = parse_xml(member(archive, path, name), name)
    title = _said(root, f"{_DC}title")
    author = _said(root, f"{_META}initial-creator") or _said(root, f"{_DC}creator")
    return Metadata.found("document properties", title=title, authors=(author,) if author else None)


def _said(root: Element, tag: str) -> str | None:
    return next((" ".join(e.text.split()) for e in root.iter(tag) if e.text and e.text.strip()), None)


def joined(paragraphs: Iterator[str]) -> str:
    """One text of all paragraphs that hold something.

    >>> joined(iter(["The mill  has closed.", " ", "No one was told."]))
    'The mill has closed.\\n\\nNo one was told.'
    """
    return "\n\n".join(p for p in (" ".join(p.split()) for p in paragraphs) if p)


def _docx_paragraphs(root: Element) -> Iterator[str]:
    """The text of each paragraph; the second rendering of a drawing and deleted text are passed over."""
    for paragraph in _elements(root, f"{_W}p", skip=(f"{_MC}Fallback", f"{_W}del", f"{_W}moveFrom")):
        parts: list[str] = []
        for element in _inside(paragraph, f"{_W}p", (f"{_MC}Fallback", f"{_W}del", f"{_W}moveFrom")):
            if element.tag == f"{_W}t":
                parts.append(element.text or "")
            elif element.tag in (f"{_W}tab", f"{_W}br", f"{_W}cr"):
                parts.append(" ")
            elif element.tag == f"{_W}noBreakHyphen":
                parts.append("-")
        yield "".join(parts)


def _docx_notes(root: Element) -> Iterator[str]:
    """The text of each footnote or endnote; the lines that part them from the page are none."""
    for note in root:
        if note.get(f"{_W}type") is None:
            yield from _docx_paragraphs(note)


def _hiding(styles: Element) -> frozenset[str]:
    """The ids of the styles that hide what is written in them, and of those that rest on one."""
    of = {style.get(f"{_W}styleId", ""): style for style in styles.iter(f"{_W}style")}
    found = {name for name, style in of.items() if _vanishes(style)}
    while True:
        bases = ((name, style.find(f"{_W}basedOn")) for name, style in of.items() if name not in found)
        more = {name for name, base in bases if base is not None and base.get(f"{_W}val") in found}
        if not more:
            return frozenset(found)
        found |= more


def _vanishes(element: Element) -> bool | None:
    """Whether the format of a run or style hides it; None if it does not say."""
    marks = [e for e in element.findall(f"{_W}rPr/*") if e.tag in (f"{_W}vanish", f"{_W}webHidden")]
    return any(mark.get(f"{_W}val") not in ("0", "false", "off") for mark in marks) if marks else None


def _shown(root: Element, hiding: frozenset[str]) -> Element:
    """What is left without the runs and paragraphs that their format or a style of theirs hides."""
    for parent in list(root.iter()):
        for child in list(parent):
            own = _vanishes(child) if child.tag == f"{_W}r" else None
            named = child.find(
                {f"{_W}r": f"{_W}rPr/{_W}rStyle", f"{_W}p": f"{_W}pPr/{_W}pStyle"}.get(child.tag, "none")
            )
            if own or (own is None and named is not None and named.get(f"{_W}val") in hiding):
                parent.remove(child)
    return root


def _elements(root: Element, tag: str, skip: tuple[str, ...]) -> Iterator[Element]:
    for child in root:
        if child.tag in skip:
            continue
        if child.tag == tag:
            yield child
        yield from _elements(child, tag, skip)


def _inside(root: Element, stop: str, skip: tuple[str, ...]) -> Iterator[Element]:
    """The elements below one, in order, but not into another of its kind (a text box has paragraphs of its own)."""
    for child in root:
        if child.tag in skip or child.tag == stop:
            continue
        yield child
        yield from _inside(child, stop, skip)


_ODT_SKIP = (f"{_TEXT}tracked-changes", f"{_OFFICE}annotation", f"{_TEXT}note", f"{_OFFICE}forms")


def _odt_paragraphs(root: Element) -> Iterator[str]:
    for tag in _odt_blocks(root):
        yield "".join(_odt_text(tag))


def _odt_blocks(root: Element) -> Iterator[Element]:
    for child in root:
        if child.tag in _ODT_SKIP:
            continue
        if child.tag in (f"{_TEXT}p", f"{_TEXT}h"):
            yield child
        else:
            yield from _odt_blocks(child)


def _odt_text(element: Element) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if child.tag in (f"{_TEXT}s", f"{_TEXT}tab", f"{_TEXT}line-break"):
            yield " "
        elif child.tag not in _ODT_SKIP:
            yield from _odt_text(child)
        yield child.tail or ""
