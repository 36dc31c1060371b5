"""The cue lexicon: what it holds, how words inflect, how a user adds to it."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import CueError
from kg.language.inflect import noun_forms, verb_forms
from kg.resources import resource
from kg.stages.attribution.cues import ATTITUDES, CueClass, load_cues


def test_forms() -> None:
    assert verb_forms("say") == ("say", "says", "said", "saying")
    assert verb_forms("reply") == ("reply", "replies", "replied", "replying")
    assert verb_forms("admit") == ("admit", "admits", "admitted", "admitting")
    assert verb_forms("write") == ("write", "writes", "wrote", "written", "writing")
    assert verb_forms("stress") == ("stress", "stresses", "stressed", "stressing")
    assert "labelled" in verb_forms("label") and "labeled" in verb_forms("label")
    assert noun_forms("plea") == ("plea", "pleas")
    assert noun_forms("inquiry") == ("inquiry", "inquiries")


def test_the_file_is_large_sorted_and_ours() -> None:
    rows = [line.split("\t") for line in resource("data/cues.tsv").read_text(encoding="utf-8").splitlines()[1:]]
    assert len(rows) >= 500
    assert len({(cue, kind) for cue, kind, *_ in rows}) == len(rows)
    assert {row[4] for row in rows} == {"own"}
    kinds = ["verb", "noun", "adjective", "phrase"]
    assert rows == sorted(rows, key=lambda r: (kinds.index(r[1]), r[0]))


def test_every_class_is_used() -> None:
    lexicon = load_cues()
    used = {c.cls for table in (lexicon.verbs, lexicon.nouns, lexicon.adjectives) for cs in table.values() for c in cs}
    assert used == set(CueClass)
    assert used > ATTITUDES


def test_longer_cues_come_first() -> None:
    assert [c.words for c in load_cues().verbs["called"]][-1] == ("call",)
    assert ("call", "for") in [c.words for c in load_cues().verbs["called"]][:-1]


def test_a_user_adds_replaces_and_removes(tmp_path: Path) -> None:
    file = tmp_path / "mine.tsv"
    file.write_text("cue\tkind\tclass\ttakes\torigin\nratfink\tverb\taccuses\tobject\tmine\nsay\tverb\tnone\t-\tmine\n")
    lexicon = load_cues(file)
    assert lexicon.verbs["ratfinked"][0].cls is CueClass.ACCUSES
    assert "said" not in lexicon.verbs
    assert "said" in load_cues().verbs


@pytest.mark.parametrize(
    "line",
    ["say\tverb\tasserts\tclause", "say\tverb\tyells\tclause\tme", "say\tverb\tasserts\tclaws\tme", "x\ty\tz\t-\tme"],
)
def test_a_line_that_cannot_be_read_says_where_and_why(tmp_path: Path, line: str) -> None:
    file = tmp_path / "mine.tsv"
    file.write_text("cue\tkind\tclass\ttakes\torigin\n" + line + "\n")
    with pytest.raises(CueError, match=r"mine\.tsv, line 2: .*a line has cue, kind"):
        load_cues(file)
