"""Sources -> articles: files, folders and standard input, whatever their format.

A source that cannot be read is an Outcome with the error in it, so that the
others go on.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from ..article import Article
from ..errors import ReadError
from .metadata import Metadata, sidecar
from .text import article_from_text, decode

__all__ = ["LONGEST", "Metadata", "Outcome", "articles", "read"]

LONGEST = 500_000
"""Characters in the longest text taken for one article; more would cost over a minute and is a dump, not an article."""

LARGEST_FILE = 50_000_000
"""Bytes in the largest file that is opened at all."""

TEXT = frozenset({".txt", ".text", ".md", ".markdown"})
HTML = frozenset({".html", ".htm", ".xhtml"})


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one source: its article, or why there is none."""

    source: str
    article: Article | None = None
    error: ReadError | None = None


def read(source: str | Path, *, meta: Metadata | None = None) -> Article:
    """The article that one file holds; `-` reads standard input.

    What the file says about itself wins over nothing, a sidecar file
    `NAME.meta.json` over the file, and `meta` over both.

    Raises ReadError if there is no such file, or it holds no English article.
    """
    name = str(source)
    given = meta or Metadata()
    if name == "-":
        return _checked(article_from_text(decode(sys.stdin.buffer.read(), "standard input"), given), "standard input")
    path = Path(name)
    data = _bytes(path)
    given = given.over(sidecar(path))
    if path.suffix.lower() in HTML or _looks_like_html(data):
        from .html import article_from_html

        article = article_from_html(decode(data, name), name, given)
    else:
        article = article_from_text(decode(data, name), given, path=name)
    return _checked(article, name)


def articles(sources: Iterable[str | Path], *, meta: Metadata | None = None) -> Iterator[Outcome]:
    """The articles of all sources, in order; a folder gives the files in it that a reader exists for, by name."""
    for source in sources:
        path = Path(source)
        if str(source) != "-" and path.is_dir():
            found = sorted(p for p in path.rglob("*") if p.suffix.lower() in TEXT | HTML and p.is_file())
            if not found:
                yield Outcome(
                    str(source),
                    error=ReadError(
                        str(source), "the folder holds no article", f"files end in {', '.join(sorted(TEXT | HTML))}"
                    ),
                )
            for file in found:
                yield _outcome(file, meta)
        else:
            yield _outcome(source, meta)


def _outcome(source: str | Path, meta: Metadata | None) -> Outcome:
    try:
        return Outcome(str(source), read(source, meta=meta))
    except ReadError as error:
        return Outcome(str(source), error=error)


def _bytes(path: Path) -> bytes:
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise ReadError(
                str(path),
                f"the file has {path.stat().st_size:,} bytes",
                f"split it into articles of at most {LONGEST:,} characters",
            )
        return path.read_bytes()
    except FileNotFoundError:
        raise ReadError(str(path), "there is no such file", "name a file or a folder of articles") from None
    except OSError as error:
        raise ReadError(str(path), f"the file cannot be read ({error.strerror})", "check its permissions") from error


def _looks_like_html(data: bytes) -> bool:
    start = data[:1024].lstrip().lower()
    return start.startswith((b"<!doctype html", b"<html"))


def _checked(article: Article, name: str) -> Article:
    from .language import is_english

    if not article.text.strip():
        raise ReadError(name, "there is no text in it", "give a file with an article's text")
    if len(article.text) > LONGEST:
        raise ReadError(
            name,
            f"the text has {len(article.text):,} characters",
            f"split it into articles of at most {LONGEST:,} characters",
        )
    if not is_english(article.text):
        raise ReadError(name, "the text is not in English", "this version reads English only")
    return article
