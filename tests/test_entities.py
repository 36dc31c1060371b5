"""Entities: names, pronouns and descriptions of one thing together, and nobody else's among them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from gold import cases

from kg.records.entity import Entity
from kg.records.mention import MentionKind
from kg.stages.entities import find_entities
from kg.stages.entities.gazetteer import gazetteer
from kg.stages.entities.mentions import find_mentions
from kg.stages.entities.name_forms import one_slip, organization_alias, person_alias, place_alias
from kg.text.document import Document

CLUSTERS = [case for case in cases("data/gold/entities.jsonl") if "entities" in case.values[0]]


def read(document: Document) -> tuple[Entity, ...]:
    return find_entities(document, find_mentions(document))


def words(text: str, entity: Entity) -> list[str]:
    """The mentions of an entity, without the articles that nominal mentions leave out too."""
    return [text[m.span.start : m.span.end] for m in entity.mentions]


def bare(mention: str) -> str:
    for article in ("The ", "the ", "A ", "a "):
        mention = mention.removeprefix(article)
    return mention


def test_cases_are_there() -> None:
    assert len(CLUSTERS) >= 41


@pytest.mark.model
@pytest.mark.parametrize("case", CLUSTERS)
def test_entities(case: dict[str, Any], document: Callable[..., Document]) -> None:
    text = case["text"]
    found = read(document(text))
    for name, kind, mentions in case["entities"]:
        fitting = [e for e in found if e.name == name and e.type == kind]
        assert fitting, f"no {kind} {name!r} among {[(e.name, e.type.value) for e in found]}"
        got, want = words(text, fitting[-1]), [bare(m) for m in mentions]
        assert set(want) <= set(got) if case.get("subset") else got == want
    mentioned = [w for e in found for w in words(text, e)]
    assert not set(case.get("absent", ())) & set(mentioned)


@pytest.mark.model
def test_ids_follow_the_text(document: Callable[..., Document]) -> None:
    text = "Kenya and Uganda signed a treaty. Uhuru Kenyatta praised it. Kenya will host the talks."
    found = read(document(text))
    assert [(e.id, e.name) for e in found] == [("e1", "Kenya"), ("e2", "Uganda"), ("e3", "Uhuru Kenyatta")]
    assert [len(e.mentions) for e in found] == [2, 1, 1]


@pytest.mark.model
def test_no_mention_belongs_to_two(document: Callable[..., Document]) -> None:
    text = (
        "The Obama administration backed Hillary Clinton in Ohio. Mrs. Clinton thanked the president. "
        "She said the administration had kept its word."
    )
    found = read(document(text))
    spans = [m.span for e in found for m in e.mentions]
    assert len(spans) == len(set(spans))
    hillary = next(e for e in found if e.name == "Hillary Clinton")
    assert hillary.gender == "f"
    assert {m.kind for m in hillary.mentions} == {MentionKind.NAME, MentionKind.PRONOUN}


@pytest.mark.model
@pytest.mark.shared
def test_the_first_article(shared: Any, document: Callable[..., Document]) -> None:
    text = (shared / "article" / "syria-daily.txt").read_text(encoding="utf-8")
    found = {e.name: e for e in read(document(text))}
    jones = words(text, found["Stuart Jones"])
    assert {"Stuart Jones", "Jones", "He", "Assistant Secretary"} <= set(jones)
    assert set(words(text, found["Amnesty International"])) == {"Amnesty International", "Amnesty"}
    kinds = {name: found[name].type.value for name in found}
    for name in ("Nikki Haley", "Geoffrey Mock", "Paulo Pinheiro", "Robert Ford", "Caesar", "Assad"):
        assert kinds[name] == "Person"
    assert kinds["Sednaya Prison"] == "Place"
    assert kinds["Assad regime"] == "Organization"


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("assad", "bashar al assad", True),
        ("hafez al assad", "bashar al assad", False),
        ("bob dole", "robert dole", True),
        ("j. smith", "john smith", True),
        ("john smith", "john paul smith", True),
        ("john smith", "jane smith", False),
        ("kim", "kim jong un", True),
        ("mauer", "maurer", False),
        ("al", "bashar al assad", False),
    ],
)
def test_person_alias(a: str, b: str, same: bool) -> None:
    assert bool(person_alias(tuple(a.split()), tuple(b.split()))) is same


@pytest.mark.parametrize(
    ("short", "long", "acronym", "same"),
    [
        ("hrw", "human rights watch", True, True),
        ("hra", "human rights watch", True, False),
        ("amnesty", "amnesty international", False, True),
        ("university", "university of oslo", False, False),
        ("syrian", "syrian observatory for human rights", False, False),
        ("state department", "us state department", False, True),
        ("human rights council", "un human rights council", False, True),
    ],
)
def test_organization_alias(short: str, long: str, acronym: bool, same: bool) -> None:
    found = organization_alias(tuple(short.split()), tuple(long.split()), acronym=acronym, known=gazetteer())
    assert bool(found) is same


def test_place_alias() -> None:
    known = gazetteer()
    assert place_alias(("sednaya",), ("sednaya", "prison"), known)
    assert not place_alias(("kansas",), ("kansas", "city"), known)


def test_one_slip_needs_long_words() -> None:
    assert one_slip("haddadi", "haddady")
    assert not one_slip("hafez", "hafiz")
