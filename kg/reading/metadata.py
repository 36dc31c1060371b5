"""What is known of an article besides its text, and from where: the page itself, a sidecar file, the command line."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from email.utils import parsedate_to_datetime
from errno import ENAMETOOLONG
from pathlib import Path
from typing import Any, Final

from ..errors import ReadError

FIELDS: Final = ("title", "authors", "publisher", "published", "url", "language")
_ALIASES: Final = {
    "date": "published", "author": "authors", "site": "publisher", "source": "publisher", "lang": "language",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Metadata:
    """Title, authors, publisher, date of publication, URL and language of an article; None where not known.

    `origin` says of each known field where its value was found: ("published",
    "article:published_time").
    """

    title: str | None = None
    authors: tuple[str, ...] | None = None
    publisher: str | None = None
    published: date | None = None
    url: str | None = None
    language: str | None = None
    origin: tuple[tuple[str, str], ...] = ()

    def over(self, other: Metadata) -> Metadata:
        """What this one says, and the other's word where this one is silent."""
        mine, others = dict(self.origin), dict(other.origin)
        values: dict[str, Any] = {}
        origin: list[tuple[str, str]] = []
        for name in FIELDS:
            first = getattr(self, name) is not None
            values[name] = getattr(self if first else other, name)
            if (where := (mine if first else others).get(name)) is not None:
                origin.append((name, where))
        return Metadata(**values, origin=tuple(origin))

    @classmethod
    def found(cls, where: str, **values: Any) -> Metadata:
        """Metadata whose every value was found at one place; None and empty values count as not found."""
        kept = {name: value for name, value in values.items() if value}
        return cls(**kept, origin=tuple((name, where) for name in FIELDS if name in kept))

    @classmethod
    def parse(cls, values: Mapping[str, Any], where: str) -> Metadata:
        """Metadata from names and values as people write them; `date` means published, `author` authors.

        Raises ReadError at a name that is not known or a date that is none.
        """
        found: dict[str, Any] = {}
        for key, value in values.items():
            name = _ALIASES.get(key.strip().lower(), key.strip().lower())
            if name not in FIELDS:
                raise ReadError(where, f"no metadata is called {key!r}", f"use {', '.join(FIELDS)}")
            if value in (None, "", []):
                continue
            if name == "published":
                found[name] = _date(str(value), where)
            elif name == "authors":
                found[name] = tuple(map(str, value)) if isinstance(value, list | tuple) else (str(value),)
            else:
                found[name] = str(value)
        return cls.found(where, **found)


def sidecar(path: Path) -> Metadata:
    """The metadata in `NAME.meta.json` beside `NAME.txt`; empty where there is no such file.

    Raises ReadError if the file is not a JSON object of known names.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     _ = Path(folder, "mill.meta.json").write_text('{"date": "2019-05-06"}')
    ...     sidecar(Path(folder, "mill.txt")).published
    datetime.date(2019, 5, 6)
    """
    beside = path.with_name(path.stem + ".meta.json")
    try:
        values = json.loads(beside.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Metadata()
    except (OSError, ValueError, RecursionError) as error:
        if isinstance(error, OSError) and error.errno == ENAMETOOLONG:  # no file can be called so
            return Metadata()
        raise ReadError(
            str(beside), f"the sidecar is no JSON ({error})", 'write {"published": "2017-05-16"}'
        ) from error
    if not isinstance(values, dict):
        raise ReadError(str(beside), "the sidecar is no JSON object", 'write {"published": "2017-05-16"}')
    return Metadata.parse(values, str(beside))


def stated_day(value: object) -> date | None:
    """The calendar day of a date as machines write it: ISO 8601, RFC 5322 or eight digits; None if it is none.

    The day is the one written, in whatever zone it was written; a bare number
    of seconds is not guessed at.

    >>> stated_day("Tue, 16 May 2017 23:50:00 -0400")
    datetime.date(2017, 5, 16)
    """
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    text = str(value or "").strip()
    if len(text) < 8:
        return None
    for candidate in (text[:10], text[:8] if text[:8].isdigit() and not text[8:9].isdigit() else ""):
        try:
            return date.fromisoformat(candidate)
        except ValueError:
            continue
    try:
        return parsedate_to_datetime(text).date()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _date(value: str, where: str) -> date:
    try:
        return date.fromisoformat(value.strip()[:10])
    except ValueError:
        raise ReadError(where, f"{value!r} is no date", "write it as YYYY-MM-DD") from None
