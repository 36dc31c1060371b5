"""The tasks of an investigator on the graph, with mouse and keyboard, each in at most three actions."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from test_graph_page import DATA, GRAPH, Hand, node
from test_whole_sets import read
from view_cases import five

from kg import to_rdf
from kg.view import page

pytestmark = pytest.mark.browser


class Acting(Hand):
    """A hand whose actions are counted: a click, a key, a search ended with Enter."""

    actions = 0

    def click(self, label: str, **how: Any) -> None:
        self.actions += 1
        super().click(label, **how)

    def press(self, *keys: str) -> None:
        self.actions += len(keys)
        super().press(*keys)

    def search(self, words: str) -> None:
        self.actions += 1
        self.page.fill("#query", words)
        super().press("Enter")

    def push(self, what: str) -> None:
        self.actions += 1
        self.page.click(what)
        self.rest()

    def panel(self) -> str:
        return str(self.page.inner_text("#panel"))


@pytest.fixture(scope="module")
def html() -> str:
    return page(five())


@pytest.fixture
def hand(opened: Callable[..., Any], html: str) -> Any:
    hand = Acting(opened(html))
    yield hand
    assert 1 <= hand.actions <= 3
    hand.view.assert_quiet()


def said_by(name: str) -> list[dict[str, Any]]:
    return [s for s in DATA["statements"] if s["by"] == node(name)]


def test_all_that_one_speaker_said(hand: Acting) -> None:
    hand.search("robert ford")
    assert all(s["text"] in hand.panel() for s in said_by("Robert Ford")) and len(said_by("Robert Ford")) > 1


def test_who_denies_or_doubts_the_crematorium(hand: Acting) -> None:
    hand.click("crematorium")
    on = next(t for t in DATA["topics"] if t["label"] == "crematorium")["statements"]
    against = [s for s in DATA["statements"] if s["id"] in on and s["stance"] in ("denies", "doubts")]
    names = {e["id"]: e["name"] for e in DATA["entities"]}
    parts = hand.page.locator("#panel section:has(h2:text-matches('denies it|doubts it', 'i'))")
    section = " ".join(parts.all_inner_texts())
    assert against and all(names[s["by"]] in section for s in against)


def test_the_figures_for_the_hangings_and_whether_they_agree(hand: Acting) -> None:
    hand.search("5000")
    assert "5,000" in hand.panel()
    hand.push("#tab-figures")
    words = hand.page.inner_text("#figures")
    assert "5,000 to 13,000" in words and "2 reporters, 2 voices: figures that can both be right" in words


def test_where_exactly_it_says_so(hand: Acting) -> None:
    hand.search("Hollywood story")
    hand.push("text=Read in article")
    said = next(s for s in DATA["statements"] if "Hollywood" in s["text"])
    marks = hand.view.run(
        "[...document.querySelectorAll('#reader mark.sel')].map(m => [Number(m.dataset.at), m.textContent])"
    )
    text = DATA["articles"][said["article"]]["text"]
    assert marks and all(text[at : at + len(words)] == words for at, words in marks)


def test_one_speaker_over_time(hand: Acting) -> None:
    hand.search("robert ford")
    assert hand.page.locator("#panel svg g[role=button]").count() == len(said_by("Robert Ford"))


def test_what_rests_on_unnamed_sources(hand: Acting) -> None:
    hand.push("input[data-facet=naming][data-value=named]")
    unnamed = {e["id"] for e in DATA["entities"] if not e["named"]}
    shown = {r for r in hand.behind() if r.startswith("s.")}
    assert shown == {s["id"] for s in DATA["statements"] if s["by"] in unnamed}


def test_the_path_between_two(hand: Acting) -> None:
    hand.search("Paulo Pinheiro")
    hand.press("w")
    hand.search("Nikki Haley")
    way = hand.view.run("kgview.graphview.drawn().route.nodes")
    assert way[0] == node("Paulo Pinheiro") and way[-1] == node("Nikki Haley")
    assert hand.page.locator("#panel blockquote").count() >= len(way) - 1


@pytest.fixture
def reader(opened: Callable[..., Any]) -> Any:
    """A hand on the articles that come along, as they are read."""
    hand = Acting(opened(read("data/articles")[1]))
    yield hand
    assert 1 <= hand.actions <= 3
    hand.view.assert_quiet()


@pytest.mark.model
def test_all_who_deny_doubt_or_could_not_confirm_the_crematorium(reader: Acting) -> None:
    reader.search("crematorium")
    against = reader.view.run(
        """() => { const { statements, topics, entities } = kgview.data;
        const on = topics.filter(t => t.label.includes('crematorium')).flatMap(t => t.statements);
        return statements.filter(s => on.includes(s.id) && ['denies', 'doubts', 'hedges'].includes(s.stance))
          .map(s => entities.find(e => e.id === s.by).name); }"""
    )
    assert len(set(against)) >= 3
    parts = reader.page.locator("#panel section:has(h2:text-matches('denies it|doubts it|leaves it open', 'i'))")
    words = " ".join(parts.all_inner_texts())
    assert all(name in words for name in against)


@pytest.mark.model
def test_the_path_from_russia_to_amnesty(reader: Acting) -> None:
    reader.search("russia")
    reader.press("w")
    reader.search("amnesty international")
    names = reader.view.run(
        "kgview.graphview.drawn().route.nodes.map(id => kgview.graph.nodes.get(id).label.replace('\\n', ' '))"
    )
    assert names[0] == "Russia" and names[-1] == "Amnesty International"
    assert reader.page.locator("#panel blockquote").count() >= len(names) - 1


def test_hide_a_type(hand: Acting) -> None:
    hand.push("input[data-facet=type][data-value=Person]")
    assert "Person" not in hand.view.run("[...kgview.graphview.drawn().nodes.values()].map(n => n.kind)")


def test_pin_a_node_and_reload(hand: Acting) -> None:
    hand.click("Nikki Haley")
    hand.press("p")
    hand.page.reload()
    hand.page.wait_for_selector("html[data-ready='1']", state="attached")
    assert hand.view.run("[...kgview.state.pinned]") == [node("Nikki Haley")]


def test_back_and_undo(hand: Acting) -> None:
    before = hand.nodes()
    hand.click("Nikki Haley")
    hand.press("h")
    hand.press("Control+z")
    assert hand.nodes() == before
    hand.page.go_back()
    hand.rest()
    assert hand.page.url.startswith("file:")


def test_a_picture_of_what_is_on_the_screen(hand: Acting) -> None:
    hand.push("summary")
    with hand.page.expect_download() as download:
        hand.push("text=Picture (PNG)")
    assert download.value.suggested_filename.endswith("-graph.png")
    assert Path(download.value.path()).stat().st_size > 20_000


def test_a_query_that_returns_what_is_on_the_screen(hand: Acting) -> None:
    hand.push("input[data-facet=stance][data-value=asserts]")
    graph = to_rdf(five())
    graph.default_union = True
    rows = {str(row["what"]) for row in graph.query(hand.view.run("kgview.exports.sparql(null)"))}
    shown = {s["text"] for s in DATA["statements"] if s["id"] in hand.behind()}
    assert rows == shown and shown


def test_every_edge_is_told_apart_without_colour() -> None:
    assert len({e.kind for e in GRAPH.edges}) > 5
    source = (Path(__file__).parents[2] / "kg" / "view" / "static" / "graph.js").read_text("utf-8")
    lines = [line for line in source.splitlines() if "word:" in line and "dash:" in line]
    looks = {
        (line.split("dash:")[1].split("]")[0], line.split("end:")[1].split(",")[0].split("}")[0]) for line in lines
    }
    # says and relation are told apart by weight, is about by colour of what it leads from
    assert len(looks) >= len(lines) - 2
