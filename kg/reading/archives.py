"""Compressed files -> the sources in them, under a limit: a file of a few kilobytes can unpack to petabytes."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import zipfile
from collections.abc import Callable, Iterator
from pathlib import PurePosixPath
from typing import IO, Any, cast

from ..errors import ReadError
from .source import BROKEN, EXPANSION, LARGEST_FILE, Source

ARCHIVES = frozenset({".gz", ".bz2", ".xz", ".zip"})
"""Suffixes of compressed files."""

MOST_MEMBERS = 100_000
"""Files in the largest zip archive that is read."""


def _gunzip(stream: IO[bytes]) -> IO[bytes]:
    return cast(IO[bytes], gzip.GzipFile(fileobj=stream))


_OPENERS: dict[str, Callable[[IO[bytes]], IO[bytes]]] = {".gz": _gunzip, ".bz2": bz2.BZ2File, ".xz": lzma.LZMAFile}


def unpacked(source: Source) -> Iterator[Source | ReadError]:
    """The sources in a compressed file, members of a zip archive sorted by name and called `ARCHIVE/MEMBER`.

    Archives in archives are not opened. A stream is cut off with a ReadError
    where it grows past sixty times its packed size, but not before 50 MB.

    >>> import gzip
    >>> from .source import from_bytes
    >>> [one.data() for one in unpacked(from_bytes("a.txt.gz", gzip.compress(b"It failed."), ".gz"))]
    [b'It failed.']
    """
    if source.suffix == ".zip":
        yield from _members(source)
        return
    open_packed = _OPENERS[source.suffix]
    inner = source.name[: -len(source.suffix)]
    limit = max(LARGEST_FILE, EXPANSION * (source.size or 0))
    yield Source(
        source.name,
        PurePosixPath(inner).suffix.lower(),
        lambda: _limited(open_packed(source.open()), source.name, limit),
    )


def _members(source: Source) -> Iterator[Source | ReadError]:
    try:
        with zipfile.ZipFile(source.open()) as archive:
            infos = sorted(archive.infolist(), key=lambda info: info.filename)
    except BROKEN as error:
        raise ReadError(source.name, f"the archive is damaged ({error})", "pack it anew") from error
    if len(infos) > MOST_MEMBERS:
        raise ReadError(source.name, f"the archive has {len(infos):,} files", f"pack at most {MOST_MEMBERS:,}")
    total = 0
    allowed = max(20 * LARGEST_FILE, EXPANSION * (source.size or 0))
    for info in infos:
        path = PurePosixPath(info.filename.replace("\\", "/"))
        if info.is_dir() or any(p.startswith((".", "__MACOSX")) and p != ".." for p in path.parts):
            continue
        name = f"{source.name}/{info.filename}"
        total += info.file_size
        if total > allowed:
            yield ReadError(name, f"the archive unpacks to more than {allowed:,} bytes", "unpack it yourself")
            return
        if info.flag_bits & 1:
            yield ReadError(name, "the file is locked by a password", "unpack it yourself")
            continue
        yield Source(name, path.suffix.lower(), _member_opener(source, info, name), info.file_size)


def _member_opener(source: Source, info: zipfile.ZipInfo, name: str) -> Callable[[], IO[bytes]]:
    def opener() -> IO[bytes]:
        try:
            stream = zipfile.ZipFile(source.open()).open(info)  # noqa: SIM115
        except BROKEN as error:
            raise ReadError(name, f"the archive is damaged ({error})", "pack it anew") from error
        return _limited(stream, name, max(LARGEST_FILE, EXPANSION * info.compress_size))

    return opener


class _Limited(io.RawIOBase):
    """Unpacked bytes; ReadError past a limit, and where the packing is broken, after all that came before."""

    def __init__(self, inner: IO[bytes], name: str, limit: int) -> None:
        super().__init__()
        # one read of the inner stream at a time: a longer one loses what precedes the place where it breaks off
        self._read = cast(Callable[[int], bytes], getattr(inner, "read1", inner.read))
        self._inner, self._name, self._left, self._limit = inner, name, limit, limit

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        try:
            data = self._read(len(buffer))
        except BROKEN as error:
            if isinstance(error, ReadError):
                raise
            raise ReadError(self._name, f"the packing is damaged or breaks off ({error})", "pack it anew") from error
        self._left -= len(data)
        if self._left < 0:
            raise ReadError(self._name, f"it unpacks to more than {self._limit:,} bytes", "unpack it yourself")
        buffer[: len(data)] = data
        return len(data)

    def close(self) -> None:
        if not self.closed:
            self._inner.close()
        super().close()


def _limited(inner: IO[bytes], name: str, limit: int) -> IO[bytes]:
    return io.BufferedReader(_Limited(inner, name, limit), 65_536)
