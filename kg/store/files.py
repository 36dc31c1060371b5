"""Files beside the store, written whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from ..errors import StoreError


def write_whole(path: Path, text: str | Iterable[str]) -> Path:
    """Write a text, or parts of one, in UTF-8 whatever the locale; the file has its name only when it is on the disk.

    Raises StoreError if it cannot be written; what had the name before then still has it.
    """
    part = path.with_name(path.name + ".part")
    try:
        with part.open("w", encoding="utf-8", newline="\n") as file:
            file.writelines([text] if isinstance(text, str) else text)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise StoreError(f"{path}: cannot be written: {error.strerror or error}") from None
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    return path
