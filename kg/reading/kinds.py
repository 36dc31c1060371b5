"""Kinds of files that are not read: what each is, and what would read it. None of them is ever taken for plain text."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from ..errors import ReadError

_WORD = "save it as .docx or PDF"
_SHEET = "save it as .xlsx or CSV"
_PICTURE = "say --ocr, which needs Tesseract, or save its text as .txt"
_SOUND = "have it transcribed first, and save that as .vtt, .srt or .txt"
_SLIDES = "save it as .pptx or PDF"
_PAGE = "save the page as .html"

KINDS: Final = MappingProxyType(
    {
        ".doc": ("a Word 97 document", _WORD), ".dot": ("a Word 97 template", _WORD),
        ".pages": ("a Pages document", _WORD), ".wpd": ("a WordPerfect document", _WORD),
        ".xls": ("an Excel 97 workbook", _SHEET), ".xlsb": ("a binary Excel workbook", _SHEET),
        ".ods": ("an OpenDocument spreadsheet", _SHEET), ".numbers": ("a Numbers spreadsheet", _SHEET),
        ".ppt": ("a PowerPoint 97 file", _SLIDES), ".odp": ("an OpenDocument presentation", _SLIDES),
        ".key": ("a Keynote file", _SLIDES), ".djvu": ("a DjVu scan", _PICTURE),
        ".mobi": ("a Kindle book", "convert it to .epub"), ".azw3": ("a Kindle book", "convert it to .epub"),
        ".msg": ("an Outlook message", "save it as .eml"), ".pst": ("an Outlook mailbox", "export it as .mbox"),
        ".olm": ("an Outlook mailbox", "export it as .mbox"), ".zim": ("a Kiwix archive", _PAGE),
        ".wacz": ("a WACZ web archive", "unpack it, and read the .warc.gz in its folder archive"),
        ".webarchive": ("a Safari web archive", _PAGE), ".maff": ("a MAFF archive", _PAGE),
        ".ps": ("a PostScript file", "convert it to PDF"), ".xps": ("an XPS document", "print it to PDF"),
        ".tex": ("a LaTeX source", "convert it to PDF or text"),
        **dict.fromkeys(".tar .tgz .7z .rar .zst .lz4 .br".split(), ("an archive", "unpack it, or pack it as .zip")),
        **dict.fromkeys(".png .jpg .jpeg .gif .tif .tiff .webp .heic .bmp .svg".split(), ("a picture", _PICTURE)),
        **dict.fromkeys(".mp3 .m4a .wav .ogg .flac".split(), ("a sound recording", _SOUND)),
        **dict.fromkeys(".mp4 .mov .mkv .webm .avi".split(), ("a film", _SOUND)),
        **dict.fromkeys(".db .sqlite .sqlite3".split(), ("a database", "export its articles as CSV or JSON Lines")),
    }
)  # fmt: skip
"""By suffix: what the file is, and what to do with it."""


def left_out(suffixes: Mapping[str, int]) -> str:
    """What is said of files that no reader exists for, by suffix.

    >>> left_out({".css": 2, "": 1})
    '3 files of other kinds were left out (1 no suffix, 2 .css)'
    """
    total = sum(suffixes.values())
    what = "1 file of another kind was" if total == 1 else f"{total:,} files of other kinds were"
    kinds = ", ".join(f"{n:,} {suffix or 'no suffix'}" for suffix, n in sorted(suffixes.items()))
    return f"{what} left out ({kinds})"


def not_read(name: str, suffix: str) -> ReadError:
    """The error that names the kind of a file and what would read it.

    >>> print(not_read("a.doc", ".doc"))
    a.doc: it is a Word 97 document, which is not read here; save it as .docx or PDF
    """
    kind, remedy = KINDS[suffix]
    return ReadError(name, f"it is {kind}, which is not read here", remedy)
