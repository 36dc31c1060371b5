"""Sentences and their attributions: data/gold/attribution.jsonl against the rules, with the default model."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from gold import cases

from kg.language.syntax import clause_kind
from kg.records.attribution import Attribution
from kg.stages.attribution import find_attributions
from kg.stages.attribution.constructions import Construction
from kg.stages.attribution.cues import CueClass
from kg.stages.attribution.drafts import Draft
from kg.stages.attribution.nonstatements import is_unsaid
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
    attributions = find_attributions(document, attitudes=case.get("attitudes", False))
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
@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n\n",
        '"' * 20_000,
        "said " * 3_000,
        "he said she said " * 1_000,
        "“" + '‘a’ "b" ”“ ' * 2_000,
        ": : :\n:" * 500,
    ],
    ids=["empty", "blank", "marks", "said", "he-said", "unbalanced", "colons"],
)
def test_odd_text_is_read_without_a_crash(document: Any, text: str) -> None:
    assert all(0 <= a.confidence <= 1 and a.content for a in find_attributions(document(text)))


def test_whoever_is_the_subject_of_the_words_has_not_said_them(document: Any) -> None:
    d = document("Officers explaining the plan were heckled from the floor.")
    draft = Draft(1, (1,), (0,), tuple(range(2, 9)), CueClass.ASSERTS, Construction.CLAUSE)
    assert is_unsaid(d, draft)
    assert not is_unsaid(d, replace(draft, content=(2, 3)))


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "cls", "source"),
    [
        ("The side conceded most of their penalties in the first half.", CueClass.ASSERTS, (0, 1)),
        ("The company reported its results for Norvia in May.", CueClass.REPORTS, (0, 1)),
        ("The staff were never instructed to check the file.", CueClass.DEMANDS, ()),
        ("Callers hang up when they think nobody will come.", CueClass.BELIEVES, (4,)),
    ],
)
def test_what_is_lost_published_never_told_or_thought_whenever_is_no_statement(
    document: Any, text: str, cls: CueClass, source: tuple[int, ...]
) -> None:
    d = document(text)
    head = next(t.i for t in d.tokens if t.text in ("conceded", "reported", "instructed", "think"))
    assert is_unsaid(d, Draft(head, (head,), source, (head + 2, head + 3), cls, Construction.CLAUSE))


@pytest.mark.model
@pytest.mark.parametrize(
    "text",
    [
        "The side conceded defeat in the second half.",
        "The company reported a loss in May.",
        "The staff were instructed to check the file.",
        "Callers hang up because they think nobody will come.",
    ],
)
def test_what_is_granted_reported_told_or_thought_is_one(document: Any, text: str) -> None:
    d = document(text)
    head = next(t.i for t in d.tokens if t.text in ("conceded", "reported", "instructed", "think"))
    assert not is_unsaid(d, Draft(head, (head,), (), (head + 1, head + 2), CueClass.BELIEVES, Construction.CLAUSE))


@pytest.mark.model
def test_a_question_without_a_finite_verb_is_a_clause(document: Any) -> None:
    text = document("Tom Hale asked why go there at all.")
    assert (text[4].text, clause_kind(text, 4)) == ("go", "clause")
