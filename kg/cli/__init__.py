"""The command line: arguments, printing, exit codes; nothing else.

Exit codes: 0 all went well, 1 some articles failed (they are listed, the
others are kept), 2 the command was used wrongly or cannot run.
"""

from __future__ import annotations

import sys

# In the order in which help lists them.
from . import building as making, asking, identifying, reviewing, watch_command as watching, serving, scoring, doctoring  # isort: skip
from .console import app

__all__ = [
    "app", "asking", "doctoring", "identifying", "main", "making", "reviewing", "scoring", "serving", "watching",
]  # fmt: skip


def main() -> None:
    """The entry point of the `kg` command."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    app()
