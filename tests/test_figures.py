from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from gold import cases
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.records.attribution import Attribution, Form, Stance
from kg.records.extraction import Extraction
from kg.records.figure import Figure
from kg.stages.figures import find_figures
from kg.stages.figures.counted import Counted
from kg.stages.figures.numbers import Shape
from kg.stages.figures.quantities import Quantity
from kg.stages.figures.reporters import Reporting
from kg.text.article import Article, Span
from kg.text.blocks import Block, BlockKind
from kg.text.document import Document, Sentence, Token

CASES = cases("data/gold/figures.jsonl")


def test_every_case_was_loaded() -> None:
    assert len(CASES) >= 610
    assert sum(len(case.values[0]["figures"]) for case in CASES) >= 530


def told(figure: Figure, found: Extraction, key: str) -> object:
    """A field of a figure as the cases write it: numbers as floats, entities by name."""
    names = {entity.id: entity.name for entity in found.entities}
    value = getattr(figure, key)
    if isinstance(value, Decimal):
        return pytest.approx(float(value))
    if key == "reporters":
        return [names[i] for i in figure.reporters]
    if key == "chain":
        return [[names[t.entity], " ".join(map(found.article.quote, t.cue))] for t in figure.chain]
    return names[value] if key in ("via", "place") and value is not None else value


@pytest.mark.model
@pytest.mark.parametrize("case", CASES)
def test_gold(case: dict[str, Any], extraction: Callable[..., Extraction]) -> None:
    published = date.fromisoformat(case["published"]) if "published" in case else None
    text = case["text"]
    found = extraction(text, published=published)
    assert [text[f.span.start : f.span.end] for f in found.figures] == [f["text"] for f in case["figures"]]
    for figure, gold in zip(found.figures, case["figures"], strict=True):
        keys = [key for key in gold if key != "text"]
        assert {key: told(figure, found, key) for key in keys} == {key: gold[key] for key in keys}


def attribution(id: str, content: Span, entity: str | None, parent: str | None = None) -> Attribution:
    return Attribution(
        id, (Span(0, 1),), (Span(1, 2),), (content,), Form.INDIRECT, Stance.ASSERTS, entity, parent=parent
    )


def reporters(at: Span, *attributions: Attribution) -> tuple[str, ...]:
    document = flat("word " * 25 + "word")
    q = Quantity(at, at, at, Decimal(1), Decimal(1), (Decimal(1), Decimal(1)), Shape.DIGITS)
    return Reporting(document, (), attributions).report(q, Counted(), None).reporters


def test_the_innermost_statement_reports() -> None:
    outer, inner = attribution("a1", Span(10, 90), "e1"), attribution("a2", Span(40, 80), "e2", "a1")
    assert reporters(Span(50, 55), outer, inner) == ("e2",)
    assert reporters(Span(20, 25), outer, inner) == ("e1",)
    assert reporters(Span(95, 99), outer, inner) == ()


def test_a_statement_without_a_source_leaves_it_to_the_one_around_it() -> None:
    outer, inner = attribution("a1", Span(10, 90), "e1"), attribution("a2", Span(40, 80), None, "a1")
    assert reporters(Span(50, 55), outer, inner) == ("e1",)


def flat(text: str) -> Document:
    """A Document whose every word hangs on the first: a parse as bad as can be."""
    tokens, at = [], 0
    for i, word in enumerate(text.split(" ")):
        pos = "NUM" if word[:1].isdigit() else "NOUN"
        # fmt: off
        tokens.append(Token(i, word, word.lower(), word, pos, "NN", "dep", 0, at, at + len(word), "", "O", 0, 0))
        # fmt: on
        at += len(word) + 1
    sentence = (Sentence(0, 0, len(tokens), 0),)
    return Document(Article(text), tuple(tokens), sentence, (Block(BlockKind.PARAGRAPH, Span(0, len(text))),), "none")


WORDS = st.sampled_from(
    "5 12,000 two one half a third dozens thousands million % $ km people killed dead of in to by rose fell at least up "
    "years old ago day per each more others them which aged , ( ) - first last".split()
)


@settings(max_examples=200, deadline=None)
@given(st.lists(WORDS, min_size=1, max_size=40))
def test_any_parse_gives_figures_that_quote_the_text(words: list[str]) -> None:
    document = flat(" ".join(words))
    found = find_figures(document, (), (), ())
    assert found == find_figures(document, (), (), ())
    assert [f.id for f in found] == [f"f{n}" for n in range(1, len(found) + 1)]
    for figure in found:
        assert figure.low is not None or figure.high is not None
        assert figure.evidence is not None
        assert figure.span in figure.evidence
        for span in (figure.span, figure.evidence, figure.counted_span):
            assert span is None or document.article.quote(span)
