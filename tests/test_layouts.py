"""Who says what in layouts and turns of news that a reader may take for something else: data/gold/layouts.jsonl.

Each by the grammar alone, and by the encoder with the grammar.
"""

from __future__ import annotations

from typing import Any

import pytest
from gold import cases

from kg.language.quotes import find_quotations
from kg.stages.attribution.constructions import Construction
from kg.stages.attribution.cues import CueClass
from kg.stages.attribution.drafts import Draft
from kg.stages.attribution.mouths import in_right_mouths
from kg.stages.rules import read_document, readers

pytestmark = pytest.mark.model
GOLD = "data/gold/layouts.jsonl"


def test_enough_cases() -> None:
    loaded = cases(GOLD)
    assert len(loaded) >= 60
    assert len({c.id for c in loaded}) == len(loaded)


@pytest.mark.parametrize("fast", [True, False], ids=["fast", "encoder"])
@pytest.mark.parametrize("case", cases(GOLD))
def test_layouts(case: dict[str, Any], fast: bool, document: Any) -> None:
    if not fast:
        pytest.importorskip("onnxruntime")
    found = read_document(document(case["text"]), reading=readers(fast=fast))
    names = {e.id: e.name for e in found.entities}
    said = [
        {
            "who": names.get(a.entity or ""),
            "words": " … ".join(map(found.article.quote, a.content)),
            "form": str(a.form),
            "stance": str(a.stance),
        }
        for a in found.attributions
    ]
    assert sorted(said, key=str) == sorted(case["said"], key=str)


def test_a_slogan_that_opens_other_quoted_words_is_no_speaker(document: Any) -> None:
    text = document("The fight is over, added “Bread For All is what we want,” and left.")
    said = next(t.i for t in text.tokens if t.text == "added")
    slogan = tuple(t.i for t in text.tokens if t.text in ("Bread", "For", "All"))
    draft = Draft(said, (said,), slogan, (0, 1, 2, 3), CueClass.ASSERTS, Construction.CLAUSE)
    assert in_right_mouths(text, find_quotations(text), [(draft, 0.5)]) == []
