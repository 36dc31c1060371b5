from pathlib import Path

import pytest

from kg.errors import StoreError
from kg.identity.decisions import FILE, Act, Decided, Decision, decide, decided


def test_the_last_word_on_a_pair_holds_and_undo_takes_it_back(tmp_path: Path) -> None:
    assert decided(tmp_path) == Decided()
    decide(tmp_path, Decision(Act.MERGE, "y", "x"))
    decide(tmp_path, Decision(Act.MERGE, "x", "z"))
    decide(tmp_path, Decision(Act.APART, "x", "y", "two people"))
    assert decided(tmp_path) == Decided(merged=(("x", "z"),), apart=(("x", "y"),))
    decide(tmp_path, Decision(Act.UNDO, "y", "x"))
    assert decided(tmp_path) == Decided(merged=(("x", "z"),))
    assert len((tmp_path / FILE).read_text().splitlines()) == 4


def test_a_line_that_is_no_decision_is_named(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text('{"do": "merge", "a": "x", "b": "y"}\n{"do": "burn"}\n')
    with pytest.raises(StoreError, match="line 2"):
        decided(tmp_path)
