"""Kinds of files that are not read: what each is, and what would read it. None of them is ever taken for plain text."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from ..errors import ReadError
from ..resources import rows

KINDS: Final = MappingProxyType({suffix: (kind, remedy) for suffix, kind, remedy in rows("data/reading/unread.tsv")})
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
