"""Sentences and their attributions: data/gold/attribution.jsonl against the rules, with the default model."""

from __future__ import annotations

from typing import Any

import pytest
from gold import cases

from kg.language.quotes import find_quotations
from kg.language.syntax import clause_kind
from kg.records.attribution import Attribution
from kg.stages.attribution import find_attributions
from kg.stages.attribution.proposals import propose
from kg.stages.attribution.sources import resolve_sources
from kg.stages.entities import find_entities
from kg.stages.entities.mentions import find_mentions
from kg.text.article import Span
from kg.text.document import Document

GOLD = "data/gold/attribution.jsonl"


def words(document: Document, spans: tuple[Span, ...]) -> list[str]:
    return [document.text[s.start : s.end] for s in spans]


def found(document: Document, case: dict[str, Any]) -> list[dict[str, Any]]:
    """What the rules find, with the keys that the case asks for."""
    attributions = find_attributions(document, attitudes=case.get("attitudes", False), trained=False)
    resolved, entities = resolve_sources(document, attributions, find_entities(document, find_mentions(document)))
    names = {e.id: e.name for e in entities}
    numbers = {a.id: n for n, a in enumerate(resolved)}

    def row(a: Attribution, asked: dict[str, Any]) -> dict[str, Any]:
        everything = {
            "source": " ".join(words(document, a.source)),
            "cue": " ".join(words(document, a.cue)),
            "content": words(document, a.content),
            "form": str(a.form),
            "stance": str(a.stance),
            "entity": names.get(a.entity or ""),
            "via": names.get(a.via or ""),
            "parent": numbers.get(a.parent or ""),
        }
        return {key: everything[key] for key in asked}

    asked = case["attributions"]
    plain = {"source": "", "cue": "", "content": []}
    return [row(a, asked[n] if n < len(asked) else plain) for n, a in enumerate(resolved)]


def test_enough_cases() -> None:
    loaded = cases(GOLD)
    assert len(loaded) >= 175
    assert len({c.id for c in loaded}) == len(loaded)


@pytest.mark.model
@pytest.mark.parametrize("case", cases(GOLD))
def test_gold(case: dict[str, Any], document: Any) -> None:
    assert found(document(case["text"]), case) == case["attributions"]


@pytest.mark.model
def test_whom_a_verb_forces_is_who_is_proposed_for_what_he_has_to_admit(document: Any) -> None:
    text = document("The court forced Tom Hale to admit that the bridge was unsafe.")
    proposal = propose(text, find_quotations(text), [5, 6])
    assert [text[i].text for i in proposal.source] == ["Tom", "Hale"]


@pytest.mark.model
def test_a_question_without_a_finite_verb_is_a_clause(document: Any) -> None:
    text = document("Tom Hale asked why go there at all.")
    assert (text[4].text, clause_kind(text, 4)) == ("go", "clause")
