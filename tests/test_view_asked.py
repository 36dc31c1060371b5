"""A query as a view: what its nodes have to do with, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner
from view_cases import briefing, five

import kg.store.store
from kg.build.outputs import write_view
from kg.cli import app
from kg.errors import KGError, QueryError
from kg.store import Store
from kg.view.data import view_data
from kg.view.from_query import asked

DENIED = "SELECT ?s { ?s a kg:Statement ; kg:stance ?stance FILTER(STR(?stance) = 'denies') }"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("store") / "graph"
    with kg.store.open(path, write=True, create=True) as store:
        for extraction in five():
            store.put(extraction)
    return path


@pytest.fixture
def store(folder: Path) -> Iterator[Store]:
    with kg.store.open(folder) as store:
        yield store


def stances(store: Store, query: str) -> list[str]:
    return [s["stance"] for s in view_data(asked(store, query))["statements"]]


def test_statements_come_with_those_around_them(store: Store) -> None:
    data = view_data(asked(store, DENIED))
    denied = [s for s in data["statements"] if s["stance"] == "denies"]
    everything = view_data(five())["statements"]
    assert len(denied) == sum(s["stance"] == "denies" for s in everything) > 0
    near = {s["parent"] for s in denied} | {s["id"] for s in data["statements"] if s["parent"]}
    assert all(s["id"] in near for s in data["statements"] if s["stance"] != "denies")
    assert {s["text"] for s in denied} == {s["text"] for s in everything if s["stance"] == "denies"}
    assert {r["holder"] for r in data["roles"]} <= {s["by"] for s in data["statements"]}


def test_a_construct_makes_the_same_view_as_a_select(store: Store) -> None:
    graph = DENIED.replace("SELECT ?s", "CONSTRUCT { ?s kg:stance ?stance }")
    assert view_data(asked(store, graph)) == view_data(asked(store, DENIED))


def test_words_alone_stand_for_the_records_that_hold_them(store: Store) -> None:
    """Who and what, as people ask; and a shipped question by the records of its rows, not by whom they name."""
    words = "SELECT ?who ?what WHERE { ?s kg:stance 'denies' ; kg:text ?what ; kg:saidBy ?p . ?p rdfs:label ?who }"
    nodes = "SELECT ?s { ?s kg:stance 'denies' ; kg:saidBy ?p }"
    assert view_data(asked(store, words)) == view_data(asked(store, nodes))
    doubted = "SELECT ?s { ?s kg:stance ?stance ; kg:saidBy ?p FILTER(?stance IN ('denies', 'doubts')) }"
    assert view_data(asked(store, "denials")) == view_data(asked(store, doubted))
    one = view_data(asked(store, "speaker", {"name": "Robert Ford"}))
    assert {s["by"] for s in one["statements"] if not s["parent"]} == {
        e["id"] for e in one["entities"] if e["name"] == "Robert Ford"
    }


def test_a_person_comes_with_what_she_says_and_what_is_said_of_her(store: Store) -> None:
    data = view_data(asked(store, "SELECT ?who { ?who rdfs:label 'Robert Ford' }"))
    names = {e["id"]: e["name"] for e in data["entities"]}
    ford = [s for s in data["statements"] if names[s["by"]] == "Robert Ford"]
    assert len(ford) == 2 and len(data["articles"]) == 2
    assert all(names[s["by"]] == "Robert Ford" or "Ford" in s["text"] for s in data["statements"])


def test_a_figure_comes_with_its_statement_and_an_article_whole(store: Store) -> None:
    data = view_data(asked(store, "SELECT ?f { ?f a kg:Figure ; kg:low ?low FILTER(?low = 5000) }"))
    assert {(f["low"], f["high"]) for f in data["figures"]} >= {(5000, 13000)}
    assert {f["statement"] for f in data["figures"]} <= {s["id"] for s in data["statements"]}
    whole = view_data(
        asked(store, f"SELECT ?a {{ ?a a kg:Article FILTER(STRENDS(STR(?a), '{briefing().article.id}')) }}")
    )
    assert len(whole["statements"]) == len(briefing().attributions) and len(whole["articles"]) == 1


def test_a_topic_comes_with_the_statements_on_it(store: Store) -> None:
    label = view_data(five())["topics"][0]["label"]
    data = view_data(asked(store, f"SELECT ?t {{ ?t a kg:Topic ; skos:prefLabel '{label}' }}"))
    topic = next(t for t in data["topics"] if t["label"] == label)
    assert {s["id"] for s in data["statements"] if topic["id"] in s["topics"]} == set(topic["statements"])
    assert len(data["statements"]) < len(view_data(five())["statements"])


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("SELECT ?s { ?s a kg:Statement ; kg:text 'nobody says this' }", "returns nothing"),
        ("SELECT (COUNT(*) AS ?n) { ?s kg:text ?text }", "rows of text and numbers; a view needs nodes"),
        ("SELECT ?class { ?s a ?class }", "none is an article"),
        ("ASK { ?s a kg:Statement }", "an ASK answers yes or no"),
        ("DELETE WHERE { ?s ?p ?o }", "DELETE is not allowed"),
        ("SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }", "SERVICE is not allowed"),
        ("SELECT ?s { ?s", "ends too early"),
    ],
)
def test_what_makes_no_view_is_refused_in_words(store: Store, query: str, words: str) -> None:
    with pytest.raises(QueryError, match=words):
        asked(store, query)


def test_the_same_question_gives_the_same_file(store: Store, tmp_path: Path) -> None:
    paths = [write_view(store, tmp_path / name, query=DENIED) for name in ("a.html", "b.html")]
    assert paths[0].read_bytes() == paths[1].read_bytes()
    with pytest.raises(KGError, match="no article published in these days"):
        write_view(store, tmp_path / "c.html", query=DENIED, since=date(2017, 5, 17))


def test_the_command_takes_a_file_or_the_query_itself(folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "denied.rq"
    file.write_text(DENIED, encoding="utf-8")
    for given, name in ((str(file), "a.html"), (DENIED, "b.html")):
        done = CliRunner().invoke(app, ["view", "-d", str(folder), "--query", given, "-o", str(tmp_path / name)])
        assert done.exit_code == 0, done.output
    assert (tmp_path / "a.html").read_bytes() == (tmp_path / "b.html").read_bytes()
    refused = CliRunner().invoke(
        app, ["view", "-d", str(folder), "--query", "CLEAR ALL", "-o", str(tmp_path / "c.html")]
    )
    assert refused.exit_code == 2 and "CLEAR is not allowed" in refused.output
    assert not (tmp_path / "c.html").exists()
