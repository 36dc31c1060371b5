"""Files beside the store, written whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterable
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
    part = path.with_name(path.name + ".part")
    try:
        parts = [content] if isinstance(content, str | bytes) else content
        with part.open("wb") as file:
            file.writelines(each if isinstance(each, bytes) else each.encode() for each in parts)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise unwritten(path, error) from None
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    return path


def unwritten(path: Path, error: Exception) -> StoreError:
    """The error for a file that cannot be written: which, and why.

    >>> str(unwritten(Path("none/a.txt"), OSError()))
    'none/a.txt: cannot be written: there is no folder none'
    """
    why = getattr(error, "strerror", None) or str(error)
    return StoreError(
        f"{path}: cannot be written: {why if path.parent.is_dir() else f'there is no folder {path.parent}'}"
    )
