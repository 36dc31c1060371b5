"""What an investigator asks of the page, each in at most three actions, and the answer read off the screen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from view_cases import five

from kg.view import page
from kg.view.data import view_data

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def html() -> str:
    return page(five())


@dataclass
class Walk:
    """An open page, and how often somebody has acted on it: a click, or a search ended with Enter, is one action."""

    view: Any
    actions: int = 0

    def click(self, what: str) -> None:
        self.actions += 1
        self.view.page.click(what)

    def search(self, words: str) -> None:
        self.actions += 1
        self.view.page.fill("#query", words)
        self.view.page.keyboard.press("Enter")

    def click_box(self, key: str) -> None:
        """A click on a statement of the claims view."""
        self.actions += 1
        self.view.page.click(f".claim[data-id='{key}']")

    def statements(self) -> list[str]:
        """The statements that the claims view draws."""
        return sorted(self.view.run("kgview.claims.drawn()"))

    def panel(self) -> str:
        return str(self.view.page.inner_text("#panel"))


@pytest.fixture
def walk(opened: Callable[..., Any], html: str) -> Any:
    walk = Walk(opened(html, "view=claims"))
    yield walk
    assert 1 <= walk.actions <= 3
    walk.view.assert_quiet()


DATA = view_data(five())
NAMES = {e["id"]: e["name"] for e in DATA["entities"]}


def test_who_doubts_the_claim_and_in_which_role(walk: Walk) -> None:
    walk.click("input[data-value='asserts']")
    doubted = [s for s in DATA["statements"] if s["stance"] == "doubts"]
    assert {s["id"] for s in doubted} <= set(walk.statements()) < {s["id"] for s in DATA["statements"]}
    sources = walk.view.run("[...document.querySelectorAll('.who')].map(w => [w.dataset.id, w.textContent])")
    for statement in doubted:
        words = next(words for key, words in sources if key == statement["by"])
        assert NAMES[statement["by"]] in words
        assert not statement["role"] or statement["role"].split(",")[0] in words
    walk.click_box(doubted[0]["id"])
    panel = walk.panel()
    assert NAMES[doubted[0]["by"]] in panel and doubted[0]["role"] in panel
    assert doubted[0]["text"] in panel and "doubts" in panel


def test_which_figures_exist_for_the_hangings_and_do_they_agree(walk: Walk) -> None:
    walk.click("#tab-figures")
    found = walk.view.run(
        """() => [...document.querySelectorAll('#figures h3')].filter(h => /hanged/.test(h.textContent)).map(h => {
          let verdict = "", axis = h;
          while (axis.localName !== "svg") { axis = axis.nextElementSibling; if (axis.classList.contains("verdict")) verdict = axis.textContent; }
          return [h.textContent, verdict, [...axis.querySelectorAll("g[role=button]")].map(g => g.getAttribute("aria-label"))]; })"""
    )
    several = [(verdict, rows) for _, verdict, rows in found if verdict]
    assert several == [
        (
            "2 reporters, 2 voices: figures that can both be right",
            [
                "Amnesty International: 5,000 to 13,000 people hanged",
                "Ahmad Hariri (أحمد الحريري): more than 13,000 people hanged",
            ],
        )
    ]
    expected = {f["id"] for f in DATA["figures"] if f["event"] == "hang" and f["reporters"]}
    drawn = walk.view.run(
        "[...document.querySelectorAll('#figures g[data-ids]')].flatMap(g => g.dataset.ids.split(' '))"
    )
    assert expected and expected <= set(drawn)


def test_where_exactly_the_article_says_it(walk: Walk) -> None:
    said = next(s for s in DATA["statements"] if "Hollywood" in s["text"])
    walk.search("Hollywood story")
    assert walk.view.run("kgview.state.sel") == said["id"]
    walk.click("text=Read in article")
    marked = walk.view.run(
        """() => [...document.querySelectorAll("#reader mark.sel")].map(m => [Number(m.dataset.at), m.textContent,
          m.getBoundingClientRect().top > 0 && m.getBoundingClientRect().bottom < innerHeight])"""
    )
    text = DATA["articles"][said["article"]]["text"]
    assert marked and all(seen and text[at : at + len(words)] == words for at, words, seen in marked)
    assert all(any(a <= at < b for at, _, _ in marked) for a, b in said["content"])
    assert all(f"{a}–{b}" in walk.panel() for a, b in said["content"])


def test_everything_that_one_speaker_said_over_time(walk: Walk) -> None:
    walk.search("robert ford")
    said = [s for s in DATA["statements"] if NAMES[s["by"]] == "Robert Ford"]
    days = sorted(DATA["articles"][s["article"]]["published"] for s in said)
    assert len(set(days)) > 1
    section = "#panel section:has(h2:text-matches('^said \\\\(', 'i'))"
    assert f"({len(said)})" in walk.view.page.inner_text(f"{section} h2")
    cards = walk.view.page.locator(f"{section} .card").all_inner_texts()
    assert sorted(s["text"] for s in said) == sorted(s["text"] for s in said if any(s["text"] in c for c in cards))
    assert [next(day for day in days if day in card) for card in cards] == days


def test_what_rests_on_unnamed_sources(walk: Walk) -> None:
    walk.click("input[data-value='named']")
    named = {e["id"] for e in DATA["entities"] if e["named"]}
    assert walk.statements() == sorted(s["id"] for s in DATA["statements"] if s["by"] not in named)


def test_the_first_screen_answers_what_is_contested(walk: Walk) -> None:
    panel = walk.panel().casefold()
    assert all(
        words in panel
        for words in ("denied, doubted or left open", "figures of several reporters", "on unnamed sources")
    )
    against = [s["id"] for s in DATA["statements"] if s["stance"] in {"denies", "doubts", "hedges"}]
    walk.click(f"#panel >> text=All {len(against)} in Claims")
    assert walk.statements() == sorted(against)


def test_the_chain_behind_a_figure_is_in_the_panel_and_under_the_pointer(walk: Walk) -> None:
    figure = next(f for f in DATA["figures"] if f["via"] and NAMES[f["reporters"][0]] == "Amnesty International")
    walk.click("#tab-figures")
    row = walk.view.page.locator(f"g[data-ids~='{figure['id']}']")
    outlet = DATA["articles"][figure["article"]]["publisher"]
    chain = f"{outlet}, from Amnesty International, from {NAMES[figure['via']]}"
    assert chain in row.locator("title").text_content()
    walk.click(f"g[data-ids~='{figure['id']}']")
    assert walk.view.page.inner_text("#panel dt:has-text('By way of') + dd") == chain.replace(", from", " from")
