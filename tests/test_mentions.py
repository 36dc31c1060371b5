"""Names: found with the right edges and types, document by document, and nothing else taken for one."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest
from gold import cases

from kg.records.mention import EntityType, MentionKind
from kg.stages.entities.mentions import find_mentions
from kg.text.article import Span
from kg.text.document import Document

NAMES = [case for case in cases("data/gold/entities.jsonl") if "names" in case.values[0]]


def test_cases_are_there() -> None:
    assert len(NAMES) >= 50


@pytest.mark.model
@pytest.mark.parametrize("case", NAMES)
def test_names(case: dict[str, Any], document: Callable[..., Document]) -> None:
    found = [[case["text"][m.span.start : m.span.end], m.type.value] for m in find_mentions(document(case["text"]))]
    assert found == case["names"]


@pytest.mark.model
def test_mentions_are_names_in_order_and_apart(document: Callable[..., Document]) -> None:
    text = "Prime Minister Erna Solberg met King Salman of Saudi Arabia in Riyadh. Solberg thanked the King."
    mentions = find_mentions(document(text))
    assert len(mentions) == 5
    assert all(m.kind is MentionKind.NAME for m in mentions)
    assert all(a.span.end <= b.span.start for a, b in pairwise(mentions))


@pytest.mark.model
@pytest.mark.parametrize("text", ["", "   \n\n ", "it rained.", "?!", "A", "“", "'s", "- - -", "\u00a0The\u00a0"])
def test_nothing_comes_of_nothing(text: str, document: Callable[..., Document]) -> None:
    assert find_mentions(document(text)) == ()


@pytest.mark.model
def test_one_type_a_name(document: Callable[..., Document]) -> None:
    text = (
        "Jarvik spoke in Oslo. Henrik Jarvik, a lawyer, wants the vote delayed. "
        "“I will not wait,” Jarvik said. Jarvik's party agreed. In March, Jarvik travelled to Bergen."
    )
    mentions = [m for m in find_mentions(document(text)) if "Jarvik" in text[m.span.start : m.span.end]]
    assert [m.type for m in mentions] == [EntityType.PERSON] * 5
    assert mentions[0].span == Span(0, 6)
