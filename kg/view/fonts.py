"""Which font of this machine draws our words: resvg asks for one by name, and its own default is Arial."""

from __future__ import annotations

import os
import struct
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

PREFERRED = ("Noto Sans", "Segoe UI", "Roboto", "DejaVu Sans")
"""Families that the pictures name, best first."""

_SUFFIXES = (".ttf", ".otf", ".ttc")
_FAMILY, _TYPOGRAPHIC = 1, 16  # OpenType, `name`: the second, where it is there, holds more styles together
_WINDOWS, _ENGLISH = 3, 0x0409


@dataclass(frozen=True, slots=True)
class Font:
    """A font file, and the family by which it is asked for."""

    path: Path
    family: str


def _folders() -> tuple[Path, ...]:
    """Where fonts are installed on this system, of the user and of all."""
    home = Path.home()
    if sys.platform == "win32":
        roots = [os.environ.get("WINDIR", r"C:\Windows") + r"\Fonts"]
        return (*map(Path, roots), home / "AppData/Local/Microsoft/Windows/Fonts")
    if sys.platform == "darwin":
        return (home / "Library/Fonts", Path("/Library/Fonts"), Path("/System/Library/Fonts"))
    data = os.environ.get("XDG_DATA_HOME") or home / ".local/share"
    return (Path(data, "fonts"), home / ".fonts", Path("/usr/local/share/fonts"), Path("/usr/share/fonts"))


def installed(where: Iterable[Path] | None = None) -> Iterator[Font]:
    """The fonts in some folders (by default this system's), those first that suit a picture of ours best."""
    found = [
        Font(path, name)
        for folder in (_folders() if where is None else where)
        for path in sorted(folder.rglob("*"))
        if path.suffix.lower() in _SUFFIXES and (name := family(path)) is not None
    ]
    yield from sorted(found, key=_rank)


def _rank(font: Font) -> tuple[int, bool, bool, str, Path]:
    place = PREFERRED.index(font.family) if font.family in PREFERRED else len(PREFERRED)
    return place, "sans" not in font.family.lower(), "regular" not in font.path.stem.lower(), font.family, font.path


def family(path: Path) -> str | None:
    """The family of a TrueType or OpenType file, or of the first font of a collection; None if it says none."""
    try:
        with path.open("rb") as file:
            start = file.read(16)
            at = struct.unpack(">I", start[12:16])[0] if start[:4] == b"ttcf" else 0
            file.seek(at)
            (tables,) = struct.unpack(">4xH6x", file.read(12))
            directory = file.read(16 * tables)
            offset, length = next(
                (offset, length)
                for tag, offset, length in struct.iter_unpack(">4s4xII", directory)
                if tag == b"name" and length < 1 << 20
            )
            file.seek(offset)
            return _named(file.read(length))
    except (OSError, struct.error, StopIteration):  # unreadable, cut short, or no font
        return None


def _named(table: bytes) -> str | None:
    """The family that a table `name` gives, in English where it has it."""
    count, texts = struct.unpack(">2xHH", table[:6])
    found: dict[tuple[int, bool], str] = {}
    for platform, _, language, which, length, offset in struct.iter_unpack(">6H", table[6 : 6 + 12 * count]):
        if platform == _WINDOWS and which in (_FAMILY, _TYPOGRAPHIC):
            text = table[texts + offset : texts + offset + length].decode("utf-16-be", "replace")
            found.setdefault((which, language == _ENGLISH), text)
    best = max(found, default=None)
    return found[best] if best is not None else None
