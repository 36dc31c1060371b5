"""Kinds of files that are not read: what each is, and what would read it. None of them is ever taken for plain text."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

from ..errors import ReadError
from ..resources import rows

KINDS: Final = MappingProxyType({suffix: (kind, remedy) for suffix, kind, remedy in rows("data/reading/unread.tsv")})
"""By suffix: what the file is, and what to do with it."""


def not_read(name: str, suffix: str) -> ReadError:
    """The error that names the kind of a file and what would read it.

    >>> print(not_read("a.doc", ".doc"))
    a.doc: it is a Word 97 document, which is not read here; save it as .docx or PDF
    """
    kind, remedy = KINDS[suffix]
    return ReadError(name, f"it is {kind}, which is not read here", remedy)
