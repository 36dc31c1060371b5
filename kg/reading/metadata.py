"""What is known of an article besides its text, and from where: the page itself, a sidecar file, the command line."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path
from typing import Any

from ..errors import ReadError

_ALIASES = {"date": "published", "author": "authors", "site": "publisher", "source": "publisher", "lang": "language"}


@dataclass(frozen=True, slots=True)
class Metadata:
    """Title, authors, publisher, date of publication, URL and language of an article; None where not known."""

    title: str | None = None
    authors: tuple[str, ...] | None = None
    publisher: str | None = None
    published: date | None = None
    url: str | None = None
    language: str | None = None

    def over(self, other: Metadata) -> Metadata:
        """What this one says, and the other's word where this one is silent."""
        return Metadata(**{f.name: _either(getattr(self, f.name), getattr(other, f.name)) for f in fields(self)})

    @classmethod
    def parse(cls, values: Mapping[str, Any], where: str) -> Metadata:
        """Metadata from names and values as people write them; `date` means published, `author` authors.

        Raises ReadError at a name that is not known or a date that is none.
        """
        found: dict[str, Any] = {}
        for key, value in values.items():
            name = _ALIASES.get(key.strip().lower(), key.strip().lower())
            if name not in {f.name for f in fields(cls)}:
                known = ", ".join(f.name for f in fields(cls))
                raise ReadError(where, f"no metadata is called {key!r}", f"use {known}")
            if value in (None, "", []):
                continue
            if name == "published":
                found[name] = _date(str(value), where)
            elif name == "authors":
                found[name] = tuple(value) if isinstance(value, list) else (str(value),)
            else:
                found[name] = str(value)
        return cls(**found)


def sidecar(path: Path) -> Metadata:
    """The metadata in `NAME.meta.json` beside `NAME.txt`; empty where there is no such file.

    Raises ReadError if the file is not a JSON object of known names.
    """
    beside = path.with_name(path.stem + ".meta.json")
    try:
        values = json.loads(beside.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Metadata()
    except (OSError, ValueError) as error:
        raise ReadError(
            str(beside), f"the sidecar is no JSON ({error})", 'write {"published": "2017-05-16"}'
        ) from error
    if not isinstance(values, dict):
        raise ReadError(str(beside), "the sidecar is no JSON object", 'write {"published": "2017-05-16"}')
    return Metadata.parse(values, str(beside))


def _date(value: str, where: str) -> date:
    try:
        return date.fromisoformat(value.strip()[:10])
    except ValueError:
        raise ReadError(where, f"{value!r} is no date", "write it as YYYY-MM-DD") from None


def _either(first: Any, second: Any) -> Any:
    return second if first is None else first
