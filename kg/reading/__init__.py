"""Sources -> articles: files, folders, archives, tables, feeds, standard input and, if asked, URLs.

A source that cannot be read is an Outcome with the error in it, so that the
others go on.
"""

from __future__ import annotations

import glob
import os
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import ReadError
from ..text.article import Article
from .archives import ARCHIVES
from .kinds import left_out
from .metadata import Metadata, sidecar
from .ocr import OPTION, PICTURES
from .ours import MARK, inputs, is_ours
from .outcome import Outcome
from .pieces import Piece
from .readers import READERS, SUFFIXES, pieces_of
from .source import from_bytes, from_file
from .text import article_with_origin

if TYPE_CHECKING:
    from .fetch import Fetcher

__all__ = ["LONGEST", "Metadata", "Outcome", "articles", "read"]

LONGEST = 500_000
"""Characters in the longest text taken for one article; more would cost over a minute and is a dump, not an article."""


def read(
    source: str | Path,
    *,
    meta: Metadata | None = None,
    columns: Mapping[str, str] | None = None,
    fetcher: Fetcher | None = None,
) -> Article:
    """The article that one source holds; `-` reads standard input.

    What the file says about itself wins over nothing, a sidecar file
    `NAME.meta.json` over the file, and `meta` over both.

    Raises ReadError if there is no such source, or it holds no English
    article, or several: `articles` reads those.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     _ = (path := Path(folder) / "a.txt").write_text("Jo Hill said no.")
    ...     read(path).text
    'Jo Hill said no.'
    """
    outcomes = (o for o in _outcomes(source, meta, columns or {}, fetcher) if o.article or o.error)
    first = next(outcomes, None)
    if first is None:
        raise ReadError(str(source), "there is no article in it", "give a file with an article's text")
    if first.article is None:
        raise first.error or ReadError(str(source), "it cannot be read", "give a file with an article's text")
    if next(outcomes, None) is not None:
        raise ReadError(str(source), "it holds more than one article", "read them with articles()")
    return first.article


def articles(
    sources: Iterable[str | Path],
    *,
    meta: Metadata | None = None,
    columns: Mapping[str, str] | None = None,
    fetcher: Fetcher | None = None,
) -> Iterator[Outcome]:
    """The articles of all sources, in order.

    A folder gives the files in it that a reader exists for, by name and at any
    depth, hidden ones and those that a build writes left out, and one outcome
    with a warning about files of other kinds; a pattern such as `2017/*.html`
    those that fit; a table, feed or archive each article in it. `columns` maps
    the columns of tables to text, title, authors, publisher, published, url and
    language where their own names do not tell, and date_order (dmy or mdy) says
    which day 12/03/2024 is; with ocr among them, text in pictures and scanned
    PDF is recognised. Where `meta` gives English as the language, no text
    is refused for being in another. A URL is fetched only if a `fetcher` is
    given; no link in a source is ever followed.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     _ = Path(folder, "mill.txt").write_text("Mill closes\\n\\nThe mill has closed, its owner said.")
    ...     _ = Path(folder, "logo.psd").write_bytes(b"8BPS")
    ...     [(outcome.article and outcome.article.title, outcome.warnings) for outcome in articles([folder])]
    [('Mill closes', ()), (None, ('1 file of another kind was left out (1 .psd)',))]
    """
    for source in sources:
        yield from _outcomes(source, meta, columns or {}, fetcher)


def _outcomes(
    source: str | Path, meta: Metadata | None, columns: Mapping[str, str], fetcher: Fetcher | None
) -> Iterator[Outcome]:
    name = str(source)
    try:
        if name == "-":
            data = from_bytes("standard input", sys.stdin.buffer.read())
            yield from _finished(pieces_of(data, columns), meta, path=None, source="-")
        elif "://" in name[:12] or name.lower().startswith(("file:", "data:")):
            yield from _fetched(name, meta, columns, fetcher)
        elif Path(source).is_dir():
            yield from _folder(Path(source), meta, columns)
        elif not os.path.lexists(name) and glob.has_magic(name):
            yield from _pattern(name, meta, columns)
        else:
            yield from _file(Path(source), meta, columns)
    except ReadError as error:
        yield Outcome(name, error=error)


def _file(path: Path, meta: Metadata | None, columns: Mapping[str, str]) -> Iterator[Outcome]:
    try:
        if is_ours(path):
            raise ReadError(str(path), "a command of ours wrote it beside a graph", "name a file that holds articles")
        source = from_file(path)
        given = (meta or Metadata()).over(sidecar(path))
        yield from _finished(pieces_of(source, columns), given, path=str(path))
    except ReadError as error:
        yield Outcome(str(path), error=error)


def _folder(folder: Path, meta: Metadata | None, columns: Mapping[str, str]) -> Iterator[Outcome]:
    found: list[Path] = []
    others: Counter[str] = Counter()
    denied: list[OSError] = []
    for where, folders, files in os.walk(folder, onerror=denied.append):
        inside, own = inputs(folders, files)
        folders[:] = sorted(f for f in inside if not f.startswith("."))
        shown = [f for f in own if not f.startswith(".") and not f.endswith(".meta.json")]
        found += [Path(where, f) for f in shown if _readable(f, columns)]
        if MARK not in files:  # what lies in a graph's folder is nobody's article
            others.update(Path(f).suffix.lower() for f in shown if not _readable(f, columns))
    for no in denied:
        yield Outcome(
            str(no.filename),
            error=ReadError(str(no.filename), f"the folder cannot be read ({no.strerror})", "check its permissions"),
        )
    if not found and not denied and not (folder / MARK).exists():  # `kg build *` names its own graph, too
        raise ReadError(str(folder), "the folder holds no article", f"files end in {', '.join(sorted(SUFFIXES))}")
    for path in sorted(found):
        yield from _file(path, meta, columns)
    if others:
        yield Outcome(str(folder), warnings=(left_out(others),))


def _readable(file: str, options: Mapping[str, str]) -> bool:
    """Whether a file found in a folder is taken up: by its suffix, and by the one below a packed file's."""
    suffixes = [s.lower() for s in Path(file).suffixes[-2:]]
    if not suffixes or file.endswith(".meta.json"):
        return False
    if suffixes[-1] in ARCHIVES - {".zip"}:
        return len(suffixes) == 2 and suffixes[0] in READERS
    return suffixes[-1] in SUFFIXES or (OPTION in options and suffixes[-1] in PICTURES)


def _pattern(pattern: str, meta: Metadata | None, columns: Mapping[str, str]) -> Iterator[Outcome]:
    found = sorted(f for f in glob.glob(pattern, recursive=True) if not is_ours(Path(f)))
    if not found:
        raise ReadError(pattern, "no file fits the pattern", "name files or a folder of articles")
    for name in found:
        path = Path(name)
        yield from _folder(path, meta, columns) if path.is_dir() else _file(path, meta, columns)


def _fetched(url: str, meta: Metadata | None, columns: Mapping[str, str], fetcher: Fetcher | None) -> Iterator[Outcome]:
    if fetcher is None:
        raise ReadError(
            url[:200], "URLs are not fetched unless asked", "ask for it (--fetch), or save the page as a file"
        )
    response = fetcher.fetch(url)
    known = Metadata.found("fetched from", url=response.url)
    source = from_bytes(url, response.body)
    pieces = pieces_of(source, columns, media_type=response.type, charset=response.charset, known=known)
    yield from _finished(pieces, meta, path=None, source=url)


def _finished(
    pieces: Iterator[Piece | ReadError], meta: Metadata | None, *, path: str | None, source: str | None = None
) -> Iterator[Outcome]:
    """Pieces -> outcomes: what the user says wins over what the source says; what is no article is refused."""
    given = meta or Metadata()
    empty = True
    while True:
        try:
            piece = next(pieces, None)
        except ReadError as error:
            yield Outcome(source or path or error.source, error=error)
            return
        if piece is None:
            if empty:
                yield Outcome(source or path or "", warnings=("there is no article in it",))
            return
        empty = False
        if isinstance(piece, ReadError):
            yield Outcome(piece.source, error=piece)
            continue
        name = piece.name if source is None or piece.name.startswith(f"{source}#") else source
        try:
            article, full = article_with_origin(piece.text, given.over(piece.said), path and piece.name)
            _check(article, piece.name, english=(given.language or "").lower().startswith("en"))
        except ReadError as error:
            yield Outcome(name, error=error)
            continue
        warnings = (*piece.warnings, *((piece.recognised,) if piece.recognised else ()))
        yield Outcome(name, article, origin=full.origin, warnings=warnings, recognised=piece.recognised)


def _check(article: Article, name: str, *, english: bool) -> None:
    from .english import other_language

    if not article.text.strip():
        raise ReadError(name, "there is no text in it", "give a file with an article's text")
    if len(article.text) > LONGEST:
        raise ReadError(
            name,
            f"the text has {len(article.text):,} characters",
            f"split it into articles of at most {LONGEST:,} characters",
        )
    other = None if english else other_language(article.text)
    if other is not None:
        raise ReadError(
            name,
            f"the text is not in English but in {other}",
            "this version reads English only; if it is English, say --language en",
        )
