"""The tables of `data/lexicon/`: sound rows, and no class that nothing asks for."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest

from kg.language.lexicon import listed, noted, words

ROOT = Path(__file__).resolve().parents[1]
TABLES = sorted((ROOT / "data" / "lexicon").glob("*.tsv"))
SOURCES = "\n".join(path.read_text("utf-8") for path in sorted((ROOT / "kg").rglob("*.py")))


def rows(table: Path) -> list[list[str]]:
    return [line.split("\t") for line in table.read_text("utf-8").splitlines()]


def test_there_are_tables() -> None:
    assert len(TABLES) >= 6


@pytest.mark.parametrize("table", TABLES, ids=lambda path: path.stem)
class TestTable:
    def test_has_three_columns_and_no_blank_word_or_class(self, table: Path) -> None:
        assert rows(table)[0] == ["word", "class", "note"]
        broken = [r for r in rows(table) if len(r) != 3 or not all(r[:2]) or any(c != c.strip() for c in r)]
        assert broken == []

    def test_has_no_word_twice_in_a_class(self, table: Path) -> None:
        assert [pair for pair, n in Counter((r[0], r[1]) for r in rows(table)).items() if n > 1] == []

    def test_is_in_small_letters_where_it_is_compared_so(self, table: Path) -> None:
        printed = table.stem == "parse"
        assert [r for r in rows(table) if r[0] != r[0].lower() and not (printed or r[1].endswith("as printed"))] == []

    def test_keeps_the_words_of_a_class_together(self, table: Path) -> None:
        names = [r[1] for r in rows(table)]
        changes = sum(a != b for a, b in pairwise(names))
        assert changes + 1 == len(set(names))

    def test_has_no_class_that_nothing_asks_for(self, table: Path) -> None:
        unasked = {r[1] for r in rows(table)[1:]} - set(re.findall(r'"([^"\n]+)"', SOURCES))
        assert unasked == set()


def test_no_two_classes_have_the_same_words() -> None:
    """Of any two tables; within one where no note tells them apart, however few the words are."""
    classes = {(table.stem, row[1]) for table in TABLES for row in rows(table)[1:]}
    far = Counter(words(*name) for name in classes if len(words(*name)) > 3)
    near = Counter((name[0], words(*name)) for name in classes if not any(noted(*name).values()))
    assert [sorted(several) for several, n in far.items() if n > 1] == []
    assert [(table, sorted(several)) for (table, several), n in near.items() if n > 1] == []


def test_a_class_that_is_not_there_is_an_error() -> None:
    with pytest.raises(KeyError, match="no such class"):
        words("figures", "no such class")


def test_words_keep_their_order_and_notes() -> None:
    assert set(listed("figures", "prison")) == words("figures", "prison") == set(noted("figures", "prison"))
