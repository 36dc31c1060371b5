"""What the encoder learns from: PolNeAR's files as they are laid out; reading needs none of the training's libraries."""

from __future__ import annotations

import subprocess
import sys

import pytest

from kg.errors import ReadError
from kg.text.article import Span
from kg.training.polnear import read_split

TEXT = "The mayor said she would go.\r\nNobody was skeptical of it."
BRAT = (
    "T1\tSource 0 9\tThe mayor\nT2\tCue 10 14\tsaid\nT3\tContent 15 27\tshe would go\n"
    "T4\tSource 30 36\tNobody\nT5\tCue 37 52\twas skeptical of\nT6\tContent 54 56;56 57\tit .\n"
    "E1\tAttribution:T2 Source:T1 Cue:T2 Content:T3\nE2\tAttribution:T5 Source1:T4 Cue:T5 Content:T6\n"
    "E3\tAttribution:T9 Source:T1\nA1\tnote E1\n"
)


@pytest.fixture
def polnear(tmp_path):
    for folder in ("text", "attributions"):
        (tmp_path / "data" / "train" / folder).mkdir(parents=True)
    (tmp_path / "data/train/text/a_story.txt").write_bytes(TEXT.encode())
    (tmp_path / "data/train/attributions/a_story_x1.ann").write_text(BRAT)
    (tmp_path / "data/train/attributions/a_story_x2.ann").write_text("")
    return tmp_path


def test_an_article_is_read_with_the_first_annotators_attributions(polnear):
    ((name, text, attributions),) = read_split(polnear, "train")
    assert (name, text) == ("a_story", TEXT)
    assert [a["source"] for a in attributions] == [(Span(0, 9),), (Span(30, 36),)]
    assert attributions[1]["content"] == (Span(54, 56), Span(56, 57))


def test_a_folder_that_is_no_polnear_is_refused(tmp_path):
    with pytest.raises(ReadError, match=r"attributions"):
        list(read_split(tmp_path, "train"))


def test_reading_needs_no_training_library():
    code = "import sys, kg.stages.rules; print(sorted(m for m in sys.modules if m in ('sklearn', 'torch', 'scipy')))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    assert run.stdout.strip() == "[]"
