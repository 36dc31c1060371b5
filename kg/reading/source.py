"""Bytes with a name: what a reader is given, however it was wrapped, and the limits that keep a hostile file small."""

from __future__ import annotations

import io
import lzma
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from ..errors import ReadError

LARGEST_FILE = 50_000_000
"""Bytes in the largest document that is held in memory whole."""

LARGEST_ROW = 5_000_000
"""Bytes in the longest line of a JSONL file, or record of an archive."""

BROKEN = (OSError, EOFError, ValueError, RuntimeError, zlib.error, lzma.LZMAError, zipfile.BadZipFile)
"""What the standard library raises at an archive that is cut short, damaged, encrypted or packed in an unknown way."""

EXPANSION = 60
"""How many times larger than itself a compressed file may become; text is rarely packed better than 20 to 1."""


@dataclass(frozen=True, slots=True)
class Source:
    """A stream of bytes that can be opened, its name for people, and the suffix that tells its format.

    `size` is the number of bytes where it is known before reading.
    """

    name: str
    suffix: str
    opener: Callable[[], IO[bytes]]
    size: int | None = None
    path: Path | None = None

    def open(self) -> IO[bytes]:
        """The bytes from their start. Raises ReadError if they cannot be opened."""
        try:
            return self.opener()
        except OSError as error:
            raise _unreadable(self.name, error) from error

    def head(self, count: int = 4096) -> bytes:
        """The first bytes."""
        with self.open() as stream:
            return _read(stream, count, self.name)

    def data(self, limit: int = LARGEST_FILE) -> bytes:
        """All bytes. Raises ReadError if there are more than `limit`."""
        if self.size is not None and self.size > limit:
            raise too_large(self.name, limit)
        with self.open() as stream:
            found = _read(stream, limit + 1, self.name)
        if len(found) > limit:
            raise too_large(self.name, limit)
        return found


def from_file(path: Path) -> Source:
    """A file. Raises ReadError if there is none, or it is a device, a pipe or a folder.

    >>> from_file(Path("no-such-mill.txt"))
    Traceback (most recent call last):
        ...
    kg.errors.ReadError: no-such-mill.txt: there is no such file; name a file or a folder of articles
    """
    try:
        stat = path.stat()
    except FileNotFoundError:
        raise ReadError(str(path), "there is no such file", "name a file or a folder of articles") from None
    except (OSError, ValueError) as error:
        raise _unreadable(str(path), error) from error
    if not path.is_file():
        raise ReadError(str(path), "this is no ordinary file", "name a file or a folder of articles")
    return Source(str(path), path.suffix.lower(), lambda: path.open("rb"), stat.st_size, path)


def from_bytes(name: str, data: bytes, suffix: str = "") -> Source:
    """Bytes in memory.

    >>> from_bytes("a.txt", b"It failed.").data()
    b'It failed.'
    """
    return Source(name, suffix, lambda: io.BytesIO(data), len(data))


def too_large(name: str, limit: int) -> ReadError:
    """The error for a document over its limit.

    >>> print(too_large("mill.xml", 50_000_000))
    mill.xml: it holds more than 50,000,000 bytes; split it into articles
    """
    return ReadError(name, f"it holds more than {limit:,} bytes", "split it into articles")


def _read(stream: IO[bytes], count: int, name: str) -> bytes:
    try:
        return stream.read(count)
    except (OSError, EOFError) as error:
        raise _unreadable(name, error) from error


def _unreadable(name: str, error: Exception) -> ReadError:
    reason = getattr(error, "strerror", None) or str(error) or type(error).__name__
    return ReadError(name, f"the file cannot be read ({reason})", "check its permissions")
