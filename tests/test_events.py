from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from gold import cases

import kg.stages.events
from kg.records.attribution import Attribution, Form, Stance
from kg.records.entity import Entity
from kg.records.event import Event, Relation
from kg.records.extraction import Extraction
from kg.stages.entities import find_entities
from kg.stages.entities.mentions import find_mentions
from kg.stages.events import find_events
from kg.stages.events.relation_lexicon import verbs
from kg.text.document import Document

CASES = cases("data/gold/relations.jsonl")
TEXTS = [case.values[0]["text"] for case in CASES]


def test_every_case_was_loaded() -> None:
    assert len(CASES) >= 118


@pytest.mark.model
@pytest.mark.parametrize("case", [c for c in CASES if "relations" in c.values[0]])
def test_relations(case: dict[str, Any], extraction: Callable[..., Extraction]) -> None:
    found = extraction(case["text"])
    names = {e.id: e.name for e in found.entities}
    triples = [[names[r.subject], r.type, names[r.object]] for r in found.relations]
    assert sorted(triples) == sorted(case["relations"])


@pytest.mark.model
@pytest.mark.parametrize("case", [c for c in CASES if "events" in c.values[0]])
def test_events(case: dict[str, Any], extraction: Callable[..., Extraction]) -> None:
    found = extraction(case["text"])
    names = {e.id: e.name for e in found.entities}
    speakers = {a.id: names.get(a.entity or "") for a in found.attributions}
    expected = [{"agent": [], "patient": [], "negated": False, "claim": None, **e} for e in case["events"]]
    said = {key for e in expected for key in e}
    actual = [_plain(found, e, names, speakers) for e in found.events]
    assert [{k: v for k, v in e.items() if k in said} for e in actual] == expected


def _plain(found: Extraction, event: Event, names: dict[str, str], speakers: dict[str, str | None]) -> dict[str, Any]:
    by_role = {role: [names[p.entity] for p in event.participants if p.role == role] for role in ("agent", "patient")}
    return {
        "type": event.type,
        "trigger": found.article.quote(event.trigger),
        **by_role,
        "place": names.get(event.place or ""),
        "start": event.start,
        "negated": event.negated,
        "claim": speakers[event.attribution] if event.attribution else None,
    }


@pytest.mark.model
@pytest.mark.parametrize("text", TEXTS, ids=[case.id for case in CASES])
def test_evidence_holds_the_trigger(text: str, extraction: Callable[..., Extraction]) -> None:
    found = extraction(text)
    for event in found.events:
        assert event.trigger in event.span
    assert [e.id for e in found.events] == [f"v{n}" for n in range(1, len(found.events) + 1)]
    assert [r.id for r in found.relations] == [f"l{n}" for n in range(1, len(found.relations) + 1)]


@pytest.mark.model
def test_the_innermost_claim_is_the_claim(document: Callable[..., Document]) -> None:
    parsed = document("Turkey said that Iraq said that Russia bombed Georgia.")
    entities = find_entities(parsed, find_mentions(parsed))
    outer = _attribution("a1", parsed, 12, "a2")
    inner = _attribution("a2", parsed, 27, None)
    events, _ = find_events(parsed, entities, (outer, inner), ())
    assert [e.attribution for e in events if e.type == "fight"] == ["a2"]


def _attribution(name: str, document: Document, start: int, parent: str | None) -> Attribution:
    from kg.text.article import Span

    content = (Span(start, len(document.text) - 1),)
    return Attribution(name, (), (), content, Form.INDIRECT, Stance.ASSERTS, parent=parent)


def test_nothing_of_nothing(document: Callable[..., Document]) -> None:
    entities: tuple[Entity, ...] = ()
    empty: tuple[tuple[Event, ...], tuple[Relation, ...]] = ((), ())
    from test_roles import by_hand

    assert find_events(by_hand("Rain/NN fell/VBD ./."), entities, (), ()) == empty


def test_the_docstring_names_every_kind() -> None:
    told = {kind for frames in verbs().values() for kind in frames.values()} | {
        "leads",
        "partOf",
        "locatedIn",
        "fights",
    }
    assert len(told) >= 15
    unknown = [kind for kind in sorted(told) if f"`{kind}`" not in (kg.stages.events.__doc__ or "")]
    assert not unknown, "each kind of data/relations.tsv has a row in the table of kg/stages/events/__init__.py"


def test_kinds_are_those_of_the_ontology() -> None:
    ontology = Path(__file__).resolve().parents[1] / "ontology" / "kg.ttl"
    if "eventType" not in (ontology.read_text(encoding="utf-8") if ontology.exists() else ""):
        pytest.skip("the ontology does not speak of event types yet")
    assert "relationType" in ontology.read_text(encoding="utf-8")
