"""The recording of a review session in the guide: `python tests/recording.py` plays it anew and writes it down."""

from __future__ import annotations

import io
import os
import re
import tempfile
from collections.abc import Iterable
from contextlib import chdir, redirect_stdout
from pathlib import Path
from unittest.mock import patch

from kg.cli import app

ROOT = Path(__file__).resolve().parents[1]
GUIDE = ROOT / "kg" / "GUIDE.md"
COMMAND = ("review", "--kind", "statement")
TYPED = ("y", "c", "stance = hedges", "n", "u", "q")
"""What the person types, a line each; `y` or Enter alone says that a statement is right."""

_BLOCK = re.compile(r"(?<=^```session\n).*?(?=^```$)", re.M | re.S)


def written() -> str:
    """The recording as it stands in the guide."""
    found = _BLOCK.search(GUIDE.read_text(encoding="utf-8"))
    assert found is not None
    return found[0]


class Typing(io.StringIO):
    """What a person types, seen on the screen as it is read."""

    def __init__(self, lines: Iterable[str], screen: io.StringIO) -> None:
        super().__init__("".join(f"{line}\n" for line in lines))
        self.screen = screen

    def readline(self, size: int | None = -1, /) -> str:  # type: ignore[override]
        line = super().readline()
        self.screen.write(line)
        return line


def played(folder: Path) -> str:
    """The same session, played in a folder in which `data` is ours: what the terminal shows, and what is typed."""
    screen = io.StringIO()
    with chdir(folder), patch.dict(os.environ, {"KG_WHO": "Ida Berg"}), redirect_stdout(io.StringIO()):
        app(["build", "data/articles"], standalone_mode=False)
        with redirect_stdout(screen), patch("sys.stdin", Typing(TYPED, screen)):
            app(list(COMMAND), standalone_mode=False)
    lines = [line.rstrip() for line in f"$ kg {' '.join(COMMAND)}\n{screen.getvalue()}".splitlines()]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as name:
        (Path(name) / "data").symlink_to(ROOT / "data", target_is_directory=True)
        session = played(Path(name))
    GUIDE.write_text(_BLOCK.sub(lambda _: session, GUIDE.read_text(encoding="utf-8"), count=1), encoding="utf-8")
