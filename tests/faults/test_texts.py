"""Texts made to hurt: short, each goes through; as long as an article may be, each ends within its limits."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from texts import TEXTS

from kg.rdf.write import quads
from kg.records.extraction import Extraction

TEXTS_FILE = Path(__file__).parent / "texts.py"


@pytest.mark.model
@pytest.mark.parametrize("name", TEXTS)
def test_no_text_breaks_a_stage(name: str, extraction: Callable[..., Extraction]) -> None:
    assert quads(extraction(TEXTS[name][:1500]))


@pytest.mark.model
def test_a_number_of_sixty_digits_is_read(extraction: Callable[..., Extraction]) -> None:
    assert quads(extraction(f"The ministry said on Friday that {'7' * 60} people had voted."))


@pytest.mark.skipif("KG_HOSTILE" not in os.environ, reason="takes a minute a text; set KG_HOSTILE to run it")
@pytest.mark.parametrize("name", TEXTS)
def test_the_longest_text_ends_within_its_limits(name: str) -> None:
    ran = subprocess.run([sys.executable, str(TEXTS_FILE), name], capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    seconds, megabytes, _ = ran.stdout.split(maxsplit=2)
    assert float(seconds) < 70 and float(megabytes) < 1400
