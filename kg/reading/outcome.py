"""What became of one source: the article in it, or the error that says why there is none."""

from __future__ import annotations

from dataclasses import dataclass

from ..errors import ReadError
from ..text.article import Article


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one source: its article, or why there is none.

    `source` names the file, the row (`dump.jsonl:17`), the member of an
    archive (`dump.zip/a.txt`) or the page. `origin` says of each metadata value
    where it was found: ("published", "meta article:published_time"). `warnings`
    say what was lost on the way; an outcome with nothing else is about files
    of a folder that no reader exists for, or a source with nothing in it. `recognised` says how the text was
    recognised, where the source is a picture of it: provenance keeps that.
    """

    source: str
    article: Article | None = None
    error: ReadError | None = None
    origin: tuple[tuple[str, str], ...] = ()
    warnings: tuple[str, ...] = ()
    recognised: str | None = None
