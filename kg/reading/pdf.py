"""PDF -> text, by PDFium in a process of its own that the system stops at its limits of time and memory."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections import Counter

from ..errors import ReadError
from .metadata import Metadata
from .ocr import Recognised, recognised
from .ocr import said as recognition
from .pieces import Piece

SECONDS = 30
"""Longest that a PDF may take."""

MEMORY = 1_000_000_000
"""Most bytes of memory that reading a PDF may take."""


def piece_from_pdf(data: bytes, name: str, *, ocr: bool = False) -> Piece:
    """The text of a PDF, lines joined to paragraphs, running heads and page numbers left out; title, author if stated.

    The dates in its properties are when the file was made, and are left out.
    With `ocr`, the text of pages that are but pictures is recognised; `recognised` then says which.

    Raises ReadError if it is damaged, locked, only pictures, or past the limits, or without pypdfium2, the extra `pdf`.
    """
    said = json.loads(_work(data, name))
    pages: list[str] = said["pages"]
    read = _recognised(data, name, pages) if ocr else {}
    text = _paragraphs([read[n].text if n in read else page for n, page in enumerate(pages)])
    if not text:
        raise ReadError(
            name, "there is no text in the PDF, only pictures", "say --ocr to have it recognised, which needs Tesseract"
        )
    title, author = _stated(said.get("title")), _stated(said.get("author"))
    known = Metadata.found("document properties", title=title, authors=(author,) if author else None)
    warnings = (f"only the first {MOST_RECOGNISED} scanned pages were read",) if len(read) == MOST_RECOGNISED else ()
    told = recognition([(f"page {n + 1}", page) for n, page in read.items()]) if read else None
    return Piece(name, text, known, warnings, told)


MOST_RECOGNISED = 100
"""Pages of one PDF whose text is recognised at most: each takes some seconds."""


def _recognised(data: bytes, name: str, pages: list[str]) -> dict[int, Recognised]:
    """The pages without text of their own, by number from 0, as Tesseract reads them."""
    bare = [n for n, page in enumerate(pages) if sum(c.isalnum() for c in page) < 20]
    found = {n: recognised(_work(data, name, page=n), f"{name} page {n + 1}") for n in bare[:MOST_RECOGNISED]}
    return {n: page for n, page in found.items() if page.text}


def _work(data: bytes, name: str, *, page: int | None = None) -> bytes:
    """What the worker answers: JSON of all pages, or the picture of one.

    Raises ReadError as `piece_from_pdf` does.
    """
    drawn = [] if page is None else [str(page)]
    command = [sys.executable, "-I", "-c", _worker_source(), str(SECONDS), str(MEMORY), *drawn]
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=SECONDS + 10, check=False)
    except subprocess.TimeoutExpired as error:
        raise ReadError(name, f"reading the PDF took over {SECONDS} s", "print it to a new PDF") from error
    except OSError as error:
        raise ReadError(name, f"the PDF reader cannot be started ({error})", "save the text as .txt") from error
    if done.returncode == 0 and done.stdout:
        return done.stdout
    if done.returncode == 3:
        raise ReadError(name, "reading PDF needs pypdfium2", "install it with: pip install 'reportedly[pdf]'")
    if done.returncode == 4:
        why = done.stderr.decode("utf-8", "replace").strip().splitlines()[-1:] or ["damaged"]
        raise ReadError(name, f"the PDF cannot be opened ({why[0]})", "print it to a new PDF")
    raise ReadError(
        name, f"reading the PDF was stopped at {SECONDS} s or {MEMORY:,} bytes of memory", "print it to a new PDF"
    )


def _worker_source() -> str:
    from importlib.resources import files

    return files(__package__).joinpath("pdfworker.py").read_text(encoding="utf-8")


def _stated(value: object) -> str | None:
    """A property that says something: not the name of a file or of a program."""
    text = " ".join(str(value or "").replace("\x00", " ").split())
    if re.search(
        r"\.(?:docx?|pdf|indd|qxd|rtf|odt|tmp)\b|^(?:microsoft|untitled|document\d*|user|admin|owner)\b", text, re.I
    ):
        return None
    return text if 3 <= len(text) <= 300 else None


_PAGE_NUMBER = re.compile(r"(?:page\s*)?\d{1,4}(?:\s*(?:/|of)\s*\d{1,4})?|-\s*\d{1,4}\s*-", re.I)


def _paragraphs(pages: list[str]) -> str:
    """One text of all pages: running heads out, lines joined, a word broken at a line's end made whole."""
    # PDFium joins a word that a hyphen broke, and leaves U+FFFE or U+0002 in the place
    whole = [page.replace("\ufffe", "").replace("\x02", "") for page in pages]
    lines = [[" ".join(line.split()) for line in page.splitlines()] for page in whole]
    edges = Counter(re.sub(r"\d+", "#", line) for page in lines for line in {*page[:2], *page[-2:]} if line)
    often = max(3, len(pages) // 2)
    kept: list[str] = []
    for page in lines:
        for n, line in enumerate(page):
            edge = n < 2 or n >= len(page) - 2
            if edge and (_PAGE_NUMBER.fullmatch(line) or edges[re.sub(r"\d+", "#", line)] >= often):
                continue
            kept.append(line)
    widest = sorted(len(line) for line in kept if line)
    width = widest[int(0.9 * (len(widest) - 1))] if widest else 0
    return "\n\n".join(_joined(kept, width))


def _joined(lines: list[str], width: int) -> list[str]:
    """Paragraphs: a line that is much shorter than the column and ends a sentence, or a blank line, ends one."""
    out: list[str] = []
    now = ""
    for line in lines:
        if line:
            now = _line_on(now, line)
            short = len(line) < 0.75 * width and (_ENDS.search(line) or (len(line) < 0.6 * width and not out))
        else:
            short = _ENDS.search(now) is not None
        if short:
            out.append(now)
            now = ""
    return [*out, now] if now else out


_ENDS = re.compile(r"[.!?:][\"'”’)]?$")
"""How the last line of a paragraph ends."""


def _line_on(text: str, line: str) -> str:
    """A text with its next line, a word put together that was parted at the end of the line."""
    if text.endswith(("-", "\u00ad")) and line[:1].islower():
        return text[:-1] + line
    return f"{text} {line}" if text else line
