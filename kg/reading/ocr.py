"""Pictures of text -> text, by Tesseract where it is on the PATH: only if asked, and what came so is said."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import Final

from ..errors import ReadError
from ..language.lexicon import words
from .kinds import not_read
from .pieces import Piece
from .source import Source

OPTION: Final = "ocr"
"""Among the options of a reading: any value has text in pictures recognised."""

PICTURES: Final = words("reading", "suffix of a picture")
"""Suffixes of pictures that Tesseract reads."""

SECONDS: Final = 60
"""Longest that the recognition of one page may take."""

MEMORY: Final = 2_000_000_000
"""Most bytes of memory that it may take."""

LEGIBLE: Final = 60
"""The mean certainty of words, in percent, below which a page is said to be hardly legible."""


@dataclass(frozen=True, slots=True)
class Recognised:
    """The text of a picture, and how sure Tesseract is of its words on average, in percent."""

    text: str
    certainty: int


def piece_from_picture(source: Source, options: Mapping[str, str]) -> Piece:
    """The text in a picture.

    Raises ReadError if nobody asked for it, Tesseract is not there or finds no text, or a limit is passed.
    """
    if OPTION not in options:
        raise not_read(source.name, source.suffix)
    found = recognised(source.data(), source.name)
    if not found.text:
        raise ReadError(source.name, "no text is found in the picture", "give a larger or sharper one")
    return Piece(source.name, found.text, recognised=said([("the picture", found)]))


def recognised(picture: bytes, name: str) -> Recognised:
    """What stands in a picture, a paragraph a block of text; lines are joined, a broken word made whole.

    Raises ReadError if Tesseract is not there, cannot read the picture, or passes a limit.
    """
    command = [_program(name), "stdin", "stdout", "-l", "eng", "--psm", "3", "tsv"]
    limits = f'ulimit -t {SECONDS} && ulimit -v {MEMORY // 1024} && exec "$0" "$@"'
    try:
        done = subprocess.run(
            ["sh", "-c", limits, *command] if shutil.which("sh") else command,
            input=picture, capture_output=True, timeout=SECONDS + 10, check=False,
            env={**os.environ, "OMP_THREAD_LIMIT": "1"},
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        raise ReadError(name, f"recognising the text took over {SECONDS} s", "give a smaller picture") from None
    except OSError as error:
        raise ReadError(name, f"Tesseract cannot be started ({error})", "save the text as .txt") from error
    if done.returncode != 0:
        why = " ".join(done.stderr.decode("utf-8", "replace").split())[:200]
        raise ReadError(name, f"Tesseract cannot read the picture ({why or 'stopped at a limit'})", "save it as .png")
    return _text(done.stdout.decode("utf-8", "replace"))


def said(pages: list[tuple[str, Recognised]]) -> str:
    """What provenance and report say of the pages that were recognised."""
    sure = ", ".join(f"{name} {page.certainty} % sure" for name, page in pages)
    poor = any(page.certainty < LEGIBLE for _, page in pages)
    return f"text recognised by {version()}, letters may be wrong: {sure}{' (hardly legible)' if poor else ''}"


@lru_cache(maxsize=1)
def version() -> str:
    """Which Tesseract it is, as it says itself."""
    done = subprocess.run([_program("-"), "--version"], capture_output=True, text=True, timeout=10, check=False)
    return " ".join((done.stdout or done.stderr).split()[:2]) or "tesseract"


def _program(name: str) -> str:
    found = shutil.which("tesseract")
    if found is None:
        raise ReadError(
            name, "recognising text needs Tesseract", "install it (apt install tesseract-ocr), or save .txt"
        )
    return found


def _text(table: str) -> Recognised:
    """The words of Tesseract's table, by block and paragraph."""
    rows = [line.split("\t") for line in table.splitlines()[1:]]
    words = [row for row in rows if len(row) == 12 and row[0] == "5" and row[11].strip()]
    paragraphs = [_paragraph(paragraph) for _, paragraph in groupby(words, key=lambda row: row[1:4])]
    certainty = sum(float(row[10]) for row in words) / max(1, len(words))
    return Recognised("\n\n".join(paragraphs), round(certainty))


def _paragraph(words: Iterator[list[str]]) -> str:
    """The lines of a paragraph as one, a word that was broken at the end of one made whole."""
    text = ""
    for _, line in groupby(words, key=lambda row: row[4]):
        said_ = " ".join(row[11].strip() for row in line)
        broken = text.endswith("-") and said_[:1].islower()
        text = text[:-1] + said_ if broken else f"{text} {said_}".strip()
    return text
