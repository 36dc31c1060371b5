"""Files beside the store, written whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from ..errors import StoreError


def write_whole(path: Path, content: str | bytes | Iterable[str]) -> Path:
    """Write bytes, or a text or parts of one in UTF-8; the file has its name only when it is on the disk.

    Raises StoreError if it cannot be written; what had the name before then still has it.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write_whole(Path(folder) / "a.txt", "whole").read_text()
    'whole'
    """
    parts = [content] if isinstance(content, str | bytes) else content
    with made_whole(path) as part, part.open("wb") as file:
        file.writelines(each if isinstance(each, bytes) else each.encode() for each in parts)
        file.flush()
        os.fsync(file.fileno())
    return path


@contextmanager
def made_whole(path: Path, *errors: type[Exception]) -> Iterator[Path]:
    """Another path, for a file that has this name once the block is done, and is gone if the block fails.

    Raises StoreError for an OSError in the block, or one of these errors.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     with made_whole(Path(folder) / "a.txt") as part:
    ...         _ = part.write_text("whole")
    ...     Path(folder, "a.txt").read_text()
    'whole'
    """
    part = path.with_name(path.name + ".part")
    told: tuple[type[Exception], ...] = (OSError, *errors)
    try:
        part.unlink(missing_ok=True)
        yield part
        part.replace(path)
    except told as error:
        part.unlink(missing_ok=True)
        raise unwritten(path, error) from None
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def unwritten(path: Path, error: Exception) -> StoreError:
    """The error for a file that cannot be written: which, and why.

    >>> str(unwritten(Path("none/a.txt"), OSError()))
    'none/a.txt: cannot be written: there is no folder none'
    """
    why = getattr(error, "strerror", None) or str(error)
    return StoreError(
        f"{path}: cannot be written: {why if path.parent.is_dir() else f'there is no folder {path.parent}'}"
    )
