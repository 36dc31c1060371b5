"""Those who say something together, and those through whom it comes: from the text to the page."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from deciding import quote, word
from gold import cases
from hypothesis import given, settings
from hypothesis import strategies as st
from view_cases import GROUP, ORG, PERSON, Reading

from kg import store as stores
from kg.comparison.stored_statements import told_statements
from kg.eval.score import score
from kg.export import export
from kg.identity.linking import link
from kg.query import run
from kg.rdf import vocab
from kg.rdf.read import read_article
from kg.rdf.write import describe, quads, to_rdf
from kg.records.attribution import Attribution, Stance
from kg.records.extraction import Extraction
from kg.records.standoff import standoff
from kg.records.subset import focused
from kg.review.applying import review
from kg.review.decision_file import FILE, append, load
from kg.review.gold import write_gold
from kg.review.in_graph import in_words, rulings
from kg.review.verdicts import Do, Ruling, Who
from kg.store.validate import report
from kg.view.data import view_data
from kg.view.graph import graph_of
from kg.view.overview import overview

GOLD = "data/gold/relays.jsonl"


def joined(n: int = 0, published: date | None = None) -> Extraction:
    """Activists and a broadcaster deny something together; the mayor says it alone."""
    r = Reading(
        f"Report {n}. The mayor, Ida Berg, said that the ferry carried weapons for the rebels to the harbour. "
        "Activists and Harbour Television denied that the ferry carried weapons for the rebels to the harbour.",
        path=f"{n}.txt",
        published=published,
    )
    berg = r.entity(PERSON, "Ida Berg")
    activists = r.entity(GROUP, "Activists", named=False)
    television = r.entity(ORG, "Harbour Television")
    first = r.said(berg, "Ida Berg", "said", "the ferry carried weapons for the rebels to the harbour")
    second = r.said(
        activists, "Activists and Harbour Television", "denied",
        "Television denied that the ferry carried weapons for the rebels to the harbour", stance=Stance.DENIES, joint=(television,),
    )  # fmt: skip
    r.topic("ferry", first, second)
    made = r.done()
    spans = r.at("the ferry carried weapons for the rebels to the harbour", after=r.article.text.index("denied"))
    return replace(made, attributions=(made.attributions[0], replace(made.attributions[1], content=spans)))


def test_enough_cases() -> None:
    loaded = cases(GOLD)
    assert len(loaded) >= 86
    assert len({c.id for c in loaded}) == len(loaded)


@pytest.mark.model
@pytest.mark.parametrize("case", cases(GOLD))
def test_who_says_it_together_and_through_whom(case: dict[str, Any], document: Any) -> None:
    """The speakers of each statement, those who say it together in one list, and through whom it comes."""
    from test_sources import resolved

    attributions, entities = resolved(document(case["text"]))
    names = {id: entity.name for id, entity in entities.items()}
    assert [[names[id] for id in a.speakers] for a in attributions] == case["said"]
    assert [names.get(a.via or "") for a in attributions] == case.get("via", [None] * len(attributions))


NAMES = ("Ida Berg", "Oxfam", "the police", "residents", "France", "her lawyer", "the Red Cross", "Tom Reed")


@pytest.mark.model
@settings(max_examples=25, deadline=None)
@given(st.lists(st.sampled_from(NAMES), min_size=2, max_size=4, unique=True))
def test_each_of_a_list_speaks_once_and_first_whoever_stands_first(names: list[str]) -> None:
    from test_sources import resolved

    from kg.text.document import Article, parse

    listed = f"{', '.join(names[:-1])} and {names[-1]}"
    attributions, entities = resolved(parse(Article(f"{listed[0].upper()}{listed[1:]} said that the road was open.")))
    for a in attributions:
        assert len(set(a.speakers)) == len(a.speakers)
        assert set(a.speakers) <= set(entities)
        assert all(any(m.span in s for m in entities[id].mentions for s in a.source) for id in a.joint)


def test_a_graph_holds_every_source_once_and_their_order() -> None:
    for extraction in (joined(), swapped(joined())):
        again = read_article(describe(extraction))
        assert again.attributions == extraction.attributions
        said = [q for q in describe(extraction) if q.p == vocab.saidBy]
        assert len(said) == len(set(said)) == 3
        assert [q.o.text for q in describe(extraction) if q.p == vocab.speakerOrder] == [  # type: ignore[union-attr]
            " ".join(extraction.attributions[1].speakers)
        ]
        assert report(to_rdf(extraction)) == []


def test_a_graph_without_the_order_still_gives_all_sources_the_same_each_time() -> None:
    left = [q for q in describe(swapped(joined())) if q.p != vocab.speakerOrder]
    for several in (left, left[::-1]):
        assert read_article(several).attributions[1].speakers == ("e2", "e3")


def swapped(extraction: Extraction) -> Extraction:
    """With the second source first."""
    a = extraction.attributions[1]
    changed = replace(a, entity=a.joint[0], joint=(a.entity or "",))
    return replace(extraction, attributions=(extraction.attributions[0], changed))


def alone(extraction: Extraction) -> Extraction:
    return replace(extraction, attributions=tuple(replace(a, joint=()) for a in extraction.attributions))


def test_nothing_is_written_of_joint_sources_where_there_are_none() -> None:
    lone, several = standoff(alone(joined()))["attributions"], standoff(joined())["attributions"]
    assert [a["source"].get("joint") for a in several] == [None, ["e3"]]
    assert all("joint" not in a["source"] for a in lone)
    assert not any("speakerOrder" in line for line in quads(alone(joined())))
    assert all("joint" not in s for s in view_data([alone(joined())])["statements"])


def test_every_question_about_who_says_what_has_a_row_for_each_source(tmp_path: Path) -> None:
    with stores.open(tmp_path / "graph", create=True) as store:
        store.put(joined())
        for question, of, rows in (
            ("who-said-what", "who", 3), ("speaker", "who", 3), ("denials", "who", 2), ("contradicted-by", "by", 2),
            ("topic", "who", 3),
        ):  # fmt: skip
            found = run(store, question)
            who = [row[(found.columns or ()).index(of)] for row in found.rows]
            assert len(who) == rows, question
            assert {"Activists", "Harbour Television"} <= set(who), question


def test_a_contradiction_names_both_who_deny_it(tmp_path: Path) -> None:
    with stores.open(tmp_path / "graph", create=True) as store:
        for n in range(2):
            store.put(joined(n, date(2024, 5, n + 1)))
        link(store)
        found = run(store, "contradictions")
        assert {row[(found.columns or ()).index("by")] for row in found.rows} == {"Activists", "Harbour Television"}
        told = {one.key: one.speakers for one in told_statements(store, {})}
        assert sorted(map(len, told.values())) == [1, 1, 2, 2]


def test_a_correction_keeps_or_changes_those_beside_the_source() -> None:
    found = joined()
    text = found.article
    berg, television = Who(quote(text, "Ida Berg")), Who(quote(text, "Harbour Television"))

    def after(**to: Any) -> Attribution:
        return review(found, [word(found, "a2", Do.CORRECT, to)]).extraction.attributions[1]

    assert after(stance="doubts").speakers == ("e2", "e3")
    assert after(entity=berg).speakers == ("e1", "e3")
    assert after(entity=television).speakers == ("e3",)
    assert after(entity=None).speakers == ()
    assert after(joint=()).speakers == ("e2",)
    assert after(joint=(berg, television)).speakers == ("e2", "e1", "e3")


def test_a_word_on_a_statement_holds_whether_or_not_joint_sources_are_found(tmp_path: Path) -> None:
    for before, now in ((alone(joined()), joined()), (joined(), alone(joined()))):
        said = word(before, "a2", Do.CORRECT, {"stance": "doubts"})
        assert ("joint" in said.seen) is bool(before.attributions[1].joint)
        append(tmp_path / FILE, [said])
        (read,) = (line for line in load(tmp_path / FILE) if isinstance(line, Ruling) and line.id == said.id)
        result = review(now, [read])
        assert result.open == () and result.extraction.attributions[1].stance is Stance.DOUBTS
        assert result.extraction.attributions[1].joint == now.attributions[1].joint


def test_people_read_and_find_both_sources(tmp_path: Path) -> None:
    found = joined()
    parts = in_words(found, found.attributions[1])
    assert (parts["who"], parts["with"]) == ("Activists", "Harbour Television")
    part = focused(found, "Harbour Television")
    assert part is not None and [a.id for a in part.attributions] == ["a2"]
    with stores.open(tmp_path / "graph", create=True) as store:
        store.put(found)
        append(store.folder / FILE, [word(found, id, Do.CONFIRM) for id in ("a1", "a2")])
        assert rulings(store.folder)
        assert write_gold(store, tmp_path / "gold") == (1, 0)
    (gold,) = (json.loads(path.read_text("utf-8")) for path in (tmp_path / "gold" / "gold").glob("*.json"))
    assert [s["source"] for s in gold["statements"]] == [["e1"], ["e2", "e3"]]
    right, lone = (score([(found.article.text, standoff(x), gold)])["joint"] for x in (found, alone(found)))
    assert (right.right, right.found, right.gold) == (1, 1, 1)
    assert (lone.right, lone.found, lone.gold) == (0, 0, 1)


def test_exports_name_both() -> None:
    graph = to_rdf(joined())
    assert "Activists; Harbour Television,denies" in export(graph, "statements")
    things = [json.loads(line) for line in export(graph, form="ftm").splitlines()]
    ids = {t["properties"]["name"][0]: t["id"] for t in things if t["schema"] in ("Person", "Organization")}
    (note,) = (t for t in things if t["schema"] == "Note" and "denies" in t["properties"]["keywords"])
    assert note["properties"]["name"] == ["Activists and Harbour Television denies"]
    assert ids["Harbour Television"] in note["properties"]["entity"]


def test_the_page_has_an_edge_from_each_and_counts_the_statement_once() -> None:
    found = joined()
    data = view_data([found])
    (both,) = (s for s in data["statements"] if s["stance"] == "denies")
    names = {e["id"]: e["name"] for e in data["entities"]}
    assert [names[id] for id in (both["by"], *both["joint"])] == ["Activists", "Harbour Television"]
    graph = graph_of(data)
    edges = [e for e in graph.edges if both["id"] in e.records and e.kind == "denies"]
    assert {graph.nodes[e.start].label for e in edges} == {"Activists", "Harbour Television"}
    assert len({e.end for e in edges}) == 1
    counted = overview([found], lambda extraction, entity: entity.name)
    assert counted["statements"] == 2
    assert {s["name"]: s["stances"] for s in counted["speakers"]} == {
        "Ida Berg": {"asserts": 1}, "Activists": {"denies": 1}, "Harbour Television": {"denies": 1},
    }  # fmt: skip
