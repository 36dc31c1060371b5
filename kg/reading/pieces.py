"""What every reader gives: the text of one article, what its source says about it, and a name to find it by."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from ..errors import ReadError
from .metadata import Metadata


@dataclass(frozen=True, slots=True)
class Piece:
    """One article's text as a reader found it; `name` says where in the source: `dump.jsonl:17`.

    `warnings` say what of the source could not be read, or was read with
    leniency; `recognised` how its text was recognised, where it is no text but a picture.
    """

    name: str
    text: str
    said: Metadata = field(default_factory=Metadata)
    warnings: tuple[str, ...] = ()
    recognised: str | None = None


Pieces = Iterator[Piece | ReadError]
"""Articles in the order of the source; a ReadError stands for one that could not be read, and the next may follow."""


def under_headline(title: str | None, text: str) -> str:
    """A text under its headline, unless it begins with it.

    >>> under_headline("Mill closes", "It closed on Monday.")
    'Mill closes\\n\\nIt closed on Monday.'
    """
    return text if title is None or text.lstrip().startswith(title) else f"{title}\n\n{text}"
