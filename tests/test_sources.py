"""Sources -> entities, on whole short articles, and what no input may break."""

from __future__ import annotations

import gc
import time
from typing import Any

import pytest
from gold import cases

from kg.records.attribution import Attribution
from kg.records.entity import Entity
from kg.records.mention import EntityType
from kg.stages.attribution import find_attributions
from kg.stages.attribution.pronouns import antecedent
from kg.stages.attribution.sources import resolve_sources
from kg.stages.entities import find_entities
from kg.stages.entities.mentions import find_mentions
from kg.text.article import Article, Span
from kg.text.blocks import Block
from kg.text.document import Document

pytestmark = pytest.mark.model

GOLD = "data/gold/sources.jsonl"


def resolved(document: Document) -> tuple[tuple[Attribution, ...], dict[str, Entity]]:
    attributions, entities = resolve_sources(
        document, find_attributions(document), find_entities(document, find_mentions(document))
    )
    return attributions, {e.id: e for e in entities}


def speakers(document: Document) -> list[str | None]:
    attributions, entities = resolved(document)
    return [entities[a.entity].name if a.entity else None for a in attributions]


def test_enough_cases() -> None:
    loaded = cases(GOLD)
    assert len(loaded) >= 130
    assert len({c.id for c in loaded}) == len(loaded)


@pytest.mark.parametrize("case", cases(GOLD))
def test_speakers(case: dict[str, Any], document: Any) -> None:
    """The entities who speak, in the order of the text, None where nobody can tell."""
    assert speakers(document(case["text"])) == case["speakers"]


def test_a_pronoun_is_nobody_named_in_what_it_says(document: Any) -> None:
    attributions, entities = resolved(document("Peter Novak praised Tom Hill. “Tom Hill saved us,” he said."))
    assert entities[attributions[-1].entity or ""].name == "Peter Novak"
    hill = next(e for e in entities.values() if e.name == "Tom Hill")
    assert not {m.span for m in hill.mentions} & set(attributions[-1].source)


def test_a_quotation_without_cue_is_the_last_speakers(document: Any) -> None:
    d = document(
        "Dana Reed said the town was lost.\n\nThe crowd fell silent.\n\n“We waited twenty years for this day.”\n\nIt rained."
    )
    assert speakers(d) == ["Dana Reed", "Dana Reed"]


def test_what_nothing_names_becomes_a_group(document: Any) -> None:
    attributions, entities = resolved(document("Two witnesses said the car was red. A study found the road was icy."))
    found = [entities[a.entity] for a in attributions if a.entity]
    assert [(e.name, e.type, e.named) for e in found] == [
        ("Two witnesses", EntityType.GROUP, False),
        ("study", EntityType.DOCUMENT, False),
    ]


def test_a_noun_is_no_name_of_the_body_beside_it(document: Any) -> None:
    attributions, entities = resolved(document("The winners, a team from Orin, said the plan had failed."))
    winners = entities[attributions[0].entity or ""]
    assert (winners.name, winners.type, winners.named) == ("winners", EntityType.GROUP, False)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A resident said the road was closed.", [("resident", EntityType.PERSON, None)]),
        ("Her lawyer denied that the money was missing.", [("Her lawyer", EntityType.PERSON, None)]),
        ("The bus driver told police that the lights were red.", [("bus driver", EntityType.PERSON, None)]),
        ("A woman said the shop burned.", [("woman", EntityType.PERSON, "f")]),
        ("A spokesman for the port said no ship had sunk.", [("spokesman for the port", EntityType.PERSON, "m")]),
        ("Someone claimed that the vote was rigged.", [("Someone", EntityType.PERSON, None)]),
        ("Three residents said the road was closed.", [("Three residents", EntityType.GROUP, None)]),
        ("The crew said the engine failed.", [("crew", EntityType.GROUP, None)]),
        ("The court said the law was void.", [("court", EntityType.ORGANIZATION, None)]),
    ],
)
def test_one_somebody_is_a_person_and_several_are_a_group(
    text: str, expected: list[tuple[str, EntityType, str | None]], document: Any
) -> None:
    attributions, entities = resolved(document(text))
    found = [entities[a.entity] for a in attributions if a.entity]
    assert [(e.name, e.type, e.gender) for e in found] == expected
    assert not any(e.named for e in found)


def test_he_is_no_woman_who_spoke_before(document: Any) -> None:
    d = document("A driver said the bridge shook. A woman said the shop burned. He said it was arson.")
    assert speakers(d) == ["driver", "woman", "driver"]


def test_a_description_taken_up_again_is_the_same(document: Any) -> None:
    attributions, entities = resolved(
        document("Two witnesses said the car was red. The driver fled. The witnesses said it drove north.")
    )
    assert len({a.entity for a in attributions}) == 1
    assert len(entities) == 1


def test_ids_go_on_and_are_unique(document: Any) -> None:
    _, entities = resolved(
        document("Maria Lopez said officials claimed that witnesses lied. Critics disagreed with her.")
    )
    assert sorted(entities, key=lambda e: int(e[1:])) == [f"e{n}" for n in range(1, len(entities) + 1)]


def test_first_person_in_a_quotation_is_its_speaker(document: Any) -> None:
    attributions, entities = resolved(
        document("“My brother says that the mine is closed, and our union says so too,” said Maria Lopez.")
    )
    inside = [a for a in attributions if a.parent]
    assert attributions[0].entity is not None
    assert entities[attributions[0].entity].name == "Maria Lopez"
    assert all(a.parent == attributions[0].id for a in inside)


def test_a_court_is_taken_up_by_its_noun(document: Any) -> None:
    d = document("The Supreme Court met on Friday. The court said the law was invalid.")
    assert speakers(d) == ["Supreme Court"]


def test_event_verbs_make_no_source(document: Any) -> None:
    assert (
        find_attributions(document("Prosecutors charged eight men. Police arrested two more. Rebels shelled a town."))
        == ()
    )


def test_evidence_and_order(document: Any) -> None:
    d = document("“It is late,” Maria Lopez said. According to Becker, the train was cancelled. He said so twice.")
    attributions = find_attributions(d)
    assert [a.id for a in attributions] == [f"a{n}" for n in range(1, len(attributions) + 1)]
    for a in attributions:
        assert a.content
        for span in (*a.source, *a.cue, *a.content):
            text = d.text[span.start : span.end]
            assert text == text.strip()
    assert not any("“" in d.text[s.start : s.end] for a in attributions for s in a.content)


SHAPES = {
    "marks": '"' * 900,
    "open marks": "“" * 900,
    "unbalanced": "“He said “no, ‘never’ said Ann. \"It is\" she said, 'not' " * 30,
    "capitals": "THE MAYOR SAID THE BRIDGE WAS SAFE. “WE CHECKED,” SHE SAID. " * 30,
    "transcript": "HILL: I said that it was over.\nSTONE: They told us that we lied.\n" * 30,
    "one paragraph": "“It is late,” he said. “We go.” According to Ann, all is well. " * 30,
    "one sentence": "he said that she said that " * 60,
}


def tiled(document: Document, times: int) -> Document:
    """The same parse again and again, a paragraph after the other: length without the cost of parsing."""
    text, n = document.text + "\n\n", len(document)
    size, blocks, sentences = len(text), len(document.blocks), len(document.sentences)
    return Document(
        Article(text * times),
        tuple(
            t._replace(
                i=t.i + k * n, head=t.head + k * n, start=t.start + k * size, end=t.end + k * size,
                sentence=t.sentence + k * sentences, block=t.block + k * blocks,
            )
            for k in range(times)
            for t in document.tokens
        ),
        tuple(
            s._replace(i=s.i + k * sentences, start=s.start + k * n, end=s.end + k * n, block=s.block + k * blocks)
            for k in range(times)
            for s in document.sentences
        ),
        tuple(
            Block(b.kind, Span(b.span.start + k * size, b.span.end + k * size))
            for k in range(times)
            for b in document.blocks
        ),
        document.model,
    )  # fmt: skip


@pytest.mark.parametrize("shape", SHAPES)
def test_time_is_linear(document: Any, shape: str) -> None:
    parsed = document(SHAPES[shape])

    def cost(size: int) -> float:
        d = tiled(parsed, size // len(parsed.text) + 1)
        gc.collect()
        gc.disable()  # what other tests have left behind is not counted
        try:
            start = time.process_time()
            resolve_sources(d, find_attributions(d), ())
            return time.process_time() - start
        finally:
            gc.enable()

    cost(1_000)
    short, long = cost(10_000), cost(100_000)
    assert long < 40 * max(short, 0.02)


def test_who_is_named_only_in_a_quotation_does_not_go_on_after_it(document: Any) -> None:
    d = document(
        "Dana Reed opened the letter.\n\n“Peter Hill is our guest, and he also understands that the road is closed.”\n\n"
        "It rained.\n\n“We waited twenty years for this day.”"
    )
    assert "Peter Hill" not in {name for name in speakers(d)[1:] if name}


def test_who_is_named_in_the_words_does_not_go_on_with_them(document: Any) -> None:
    d = document("Dana Reed said the town was lost.\n\n“Dana Reed has lied to us for twenty years.”")
    assert speakers(d) == ["Dana Reed", None]


def test_who_spoke_far_before_does_not_go_on(document: Any) -> None:
    between = "\n\n".join(["The crowd fell silent.", "It rained.", "Shops were shut."] * 3)
    near = document("Dana Reed said the town was lost.\n\nIt rained.\n\n“We waited twenty years for this day.”")
    far = document(f"Dana Reed said the town was lost.\n\n{between}\n\n“We waited twenty years for this day.”")
    assert speakers(near) == ["Dana Reed", "Dana Reed"]
    assert speakers(far) == ["Dana Reed", None]


@pytest.mark.parametrize(
    ("text", "noun"),
    [
        ("Leaders condemned remarks about Kenya, which have angered many.", "remarks"),
        ("Hale wrote a report for the clubs, which says the pitch is unsafe.", "report"),
        ("He praised the clubs of the league, which are said to be rich.", "clubs"),
    ],
)
def test_a_relative_clause_goes_with_a_noun_of_its_number(document: Any, text: str, noun: str) -> None:
    d = document(text)
    which = next(t for t in d.tokens if t.lower == "which")
    found = antecedent(d, which)
    assert found is not None and d[found].text == noun
