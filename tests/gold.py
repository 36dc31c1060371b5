"""Cases as data: sentences and what should be found in them, a line each."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest


def cases(path: str) -> list[Any]:
    """The cases of a JSONL file under the project's root, as pytest parameters; `xfail` marks a known miss, strictly."""
    lines = (Path(__file__).resolve().parents[1] / path).read_text(encoding="utf-8").splitlines()
    loaded = [json.loads(line) for line in lines if line.strip()]
    return [
        pytest.param(c, id=c["id"], marks=[pytest.mark.xfail(reason=c["xfail"], strict=True)] if "xfail" in c else [])
        for c in loaded
    ]
