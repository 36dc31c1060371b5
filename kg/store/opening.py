"""Opening a store's folder: is it one, under which base are its nodes named, has a killed process left something?

A folder is a store if it holds `store.json`, which says under which base nodes
are named; `store/` beside it is Oxigraph's. What a crash leaves half done is
undone on the next opening, and what it leaves waiting is taken in.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

from ..errors import StoreError
from ..rdf.iris import BASE, check_base
from .journal import waiting
from .locks import PATIENCE, held, lock
from .store import Store

FORMAT = 1
"""Which layout of graphs this code writes; a store of another is refused."""


def open(path: str | os.PathLike[str], *, write: bool = False, create: bool = False, base: str | None = None) -> Store:
    """The store in a folder: to read, to write, or made if it is not there (`create`, which also writes).

    `base` names nodes in a new store; an existing one keeps its own.

    Raises StoreError if the folder is not a store, is damaged, is not
    accessible, has another base, or is in use by a process that excludes this one.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder, open(f"{folder}/graph", write=True, create=True) as store:
    ...     len(store)
    0
    """
    folder = Path(path)
    write = write or create
    settings = _settings(folder, create, base)
    if not write:
        recover(folder)
    return Store(folder, settings, lock(folder, write), write)


def recover(folder: Path, *, patience: float = PATIENCE) -> None:
    """Take in what a process that was killed has left waiting in a store's folder, so that it may be read.

    Raises StoreError if the folder is being written (for longer than `patience` seconds), or cannot be.
    """
    with held(folder, patience=patience):
        left = waiting(folder)
    if left:
        try:
            open(folder, write=True).close()
        except StoreError as error:
            raise StoreError(
                f"{left[0]}: is what a build left that was killed, and cannot be taken in: {error}"
            ) from None


def _settings(folder: Path, create: bool, base: str | None) -> str:
    """The base of the store in a folder; writes it down where a store is made."""
    mark = folder / "store.json"
    try:
        if create and not mark.exists():
            if folder.exists() and not folder.is_dir():
                raise StoreError(f"{folder}: is a file; a store needs a folder")
            folder.mkdir(parents=True, exist_ok=True)
            made = {"format": FORMAT, "base": check_base(base or BASE)}
            part = folder / "store.json.part"
            part.write_text(json.dumps(made) + "\n", encoding="utf-8")
            part.replace(mark)
        found = json.loads(mark.read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError):
        where = "no such folder" if not folder.exists() else "is not a store (it holds no store.json)"
        raise StoreError(f"{folder}: {where}; `kg build SOURCE -d {folder}` makes one") from None
    except json.JSONDecodeError:
        raise StoreError(f"{mark}: is not JSON; the store is damaged, build it again in another folder") from None
    except OSError as error:
        raise StoreError(f"{folder}: {error.strerror or error}; choose a folder that you may use") from None
    if not isinstance(found, dict) or found.get("format") != FORMAT or not isinstance(found.get("base"), str):
        raise StoreError(f"{mark}: is not of format {FORMAT}, which this version reads; build the store again")
    own: str = found["base"]
    if base is not None and base != own:
        raise StoreError(f"{folder}: names its nodes under {own}, not {base}; use another folder for another base")
    return own
