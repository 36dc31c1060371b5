"""More of a store than a page holds: asked of kg serve where the page comes from it, of nobody where it is a file."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from serving import serving
from test_hostile import PAYLOADS, hostile
from view_cases import five
from waiting import until

import kg.store.store
from kg.identity.linking import linked
from kg.rdf.write import entity_iris, identity_iri
from kg.records.mention import EntityType
from kg.view import page
from kg.view.data import view_data
from kg.view.page import records

pytestmark = pytest.mark.browser
HELD = 8  # statements that the page may hold; the five articles have several times as many


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("more") / "graph"
    with kg.store.open(path, write=True, create=True) as store:
        for extraction in five():
            store.put(extraction)
        ford = identity_iri("Robert Ford")
        named = {entity_iris(x)[e.id]: ford for x in five() for e in x.entities if e.name == "Robert Ford"}
        assert len(named) == 2
        store.set_links(named, {ford: (EntityType.PERSON, "Robert Ford")})
    return path


@pytest.fixture(scope="module")
def address(folder: Path) -> Iterator[str]:
    with serving(folder, view_statements=HELD) as found:
        yield found


class Visit:
    """A page of the server, what it asked for and what went wrong."""

    def __init__(self, windows: Any, url: str) -> None:
        self.page = windows.page({"width": 1400, "height": 900})
        self.asked: list[str] = []
        self.errors: list[str] = []
        self.page.on("request", lambda r: self.asked.append(r.url))
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("console", lambda m: self.errors.append(m.text) if m.type == "error" else None)
        self.page.goto(url)
        self.page.wait_for_selector("html[data-ready='1']", state="attached")

    def statements(self) -> int:
        return int(self.page.evaluate("kgview.data.statements.length"))

    def more(self, button: str) -> None:
        before = len(self.asked)
        self.page.click(f"button:has-text('{button}')")
        until(self.page, "document.getElementById('status').textContent.includes('more, from')")
        self.page.evaluate("document.getElementById('status').textContent = ''")
        assert len(self.asked) == before + 1


@pytest.fixture
def visit(windows: Any, address: str) -> Iterator[Callable[[str], Visit]]:
    made: list[Visit] = []

    def go(path: str) -> Visit:
        made.append(Visit(windows, address + path))
        return made[-1]

    yield go
    for one in made:
        assert one.errors == []
        assert one.page.evaluate("window.__violations") == []
        assert [url for url in one.asked if not url.startswith(address)] == []
        windows.give_back(one.page)


@pytest.fixture(scope="module")
def whole(folder: Path) -> Any:
    with kg.store.open(folder) as store:
        return view_data(store.extractions(), identity=linked(store))


def test_a_served_page_takes_in_the_rest_of_the_store(visit: Callable[[str], Visit], whole: Any, address: str) -> None:
    view = visit("/view#view=overview")
    assert view.statements() <= HELD < len(whole["statements"]) and len(view.asked) == 1
    view.more("Show older articles")
    assert view.asked[1] == f"{address}/view/data?offset=2&limit=100"
    held = view.page.evaluate("kgview.data")
    for kind in ("articles", "entities", "topics", "statements", "figures", "roles", "relations", "events"):
        assert {r["id"] for r in held[kind]} == {r["id"] for r in whole[kind]}, kind
    titles = [a["title"] for a in held["articles"]]
    for statement, other in ((s, o) for s in held["statements"] for o in whole["statements"] if s["id"] == o["id"]):
        assert titles[statement["article"]] == whole["articles"][other["article"]]["title"]
        text = held["articles"][statement["article"]]["text"]
        assert " … ".join(text[a:b] for a, b in statement["content"]) == statement["text"]
    for entity in held["entities"]:
        expected = next(e for e in whole["entities"] if e["id"] == entity["id"])
        assert len(entity["mentions"]) == len(expected["mentions"]), entity["name"]
    assert view.page.locator("#overview >> text=all that the store has").count() == 1


def test_what_is_taken_in_is_drawn_found_and_filtered(visit: Callable[[str], Visit], whole: Any) -> None:
    view = visit("/view#view=overview")
    view.more("Show older articles")
    view.page.click("#tab-claims")
    assert set(view.page.evaluate("kgview.claims.drawn()")) == {s["id"] for s in whole["statements"]}
    assert view.page.locator("#filters [data-facet=article]").count() == len(whole["articles"])
    view.page.fill("#query", "hollywood")
    assert "Syria’s foreign ministry" in view.page.inner_text("#results li >> nth=0")
    view.page.keyboard.press("Enter")
    assert "a new Hollywood story" in view.page.inner_text("#panel blockquote")
    view.page.click("#tab-graph")
    names = view.page.evaluate("[...kgview.graph.nodes.values()].map(n => n.label)")
    assert {"Stuart Jones", "State Department", "Nikki Haley"} <= set(names)
    view.page.click("#tab-table")
    assert view.page.locator("#table tbody tr").count() == len(whole["statements"])


def test_more_of_one_thing(visit: Callable[[str], Visit], whole: Any) -> None:
    view = visit("/view")
    who = next(e["id"] for e in whole["entities"] if e["name"] == "Robert Ford")
    articles = view.page.evaluate("id => kgview.data.entities.find(e => e.id === id).articles.length", who)
    before = view.statements()
    view.page.evaluate("id => kgview.select(id)", who)
    view.more("More from the store")
    said = view.page.evaluate("id => kgview.data.statements.filter(s => s.by === id).map(s => s.id)", who)
    assert sorted(said) == sorted(s["id"] for s in whole["statements"] if s["by"] == who)
    assert view.page.evaluate("id => kgview.data.entities.find(e => e.id === id).articles.length", who) > articles
    assert before < view.statements() < len(whole["statements"])
    assert "all that the store has" in view.page.inner_text("#panel")


def test_a_part_may_ask_for_more_and_a_whole_need_not(
    windows: Any, visit: Callable[[str], Visit], folder: Path, whole: Any
) -> None:
    view = visit("/view?focus=Nikki%20Haley")
    assert 0 < view.statements() <= HELD
    with serving(folder) as all_of_it:
        page_ = Visit(windows, all_of_it + "/view#view=overview")
        assert page_.statements() == len(whole["statements"])
        assert page_.page.locator("text=Show older articles").count() == 0
        assert "connect-src 'none'" in page_.page.content()
        windows.give_back(page_.page)


def test_a_server_that_fails_is_told(visit: Callable[[str], Visit]) -> None:
    view = visit("/view#view=overview")
    before = view.statements()
    view.page.route("**/view/data*", lambda route: route.fulfill(status=503, body="busy; try again"))
    view.page.click("text=Show older articles")
    view.page.wait_for_selector("text=not now: busy; try again")
    assert view.statements() == before
    view.page.unroute("**/view/data*")
    view.errors.clear()  # the browser logs the 503 itself
    view.more("Show older articles")
    assert view.statements() > before


def test_what_comes_later_runs_as_little_as_what_came_first(visit: Callable[[str], Visit]) -> None:
    hostiles = [hostile(payload, n) for n, payload in enumerate(PAYLOADS)]
    answer = {"page": {"offset": 2, "limit": 100, "next": None, "articles": 99}} | records(hostiles)
    view = visit("/view#view=overview")
    body = json.dumps(answer)
    view.page.route(
        "**/view/data*", lambda route: route.fulfill(status=200, content_type="application/json", body=body)
    )
    view.more("Show older articles")
    names = {e["id"]: e["name"] for e in answer["entities"]}
    held = {e["id"]: e["name"] for e in view.page.evaluate("kgview.data.entities")}
    assert len(names) > len(PAYLOADS) and names.items() <= held.items()
    for tab in ("claims", "figures", "matrix", "graph", "reader", "table", "overview"):
        view.page.click(f"#tab-{tab}")
        for record in answer["statements"][:: len(answer["statements"]) // 8]:
            view.page.evaluate("id => kgview.select(id)", record["id"])
    assert view.page.evaluate("window.__ran ?? []") == []


def test_a_file_asks_nobody(opened: Callable[..., Any]) -> None:
    view = opened(page(five(), most=HELD), "view=overview")
    assert "connect-src 'none'" in view.run("document.querySelector('meta[http-equiv]').content")
    assert view.page.locator("text=Show older articles").count() == 0
    assert "kg serve" in view.page.inner_text("#overview")
    assert view.run("fetch('view/data').then(() => 'let out', () => 'kept in')") == "kept in"
    assert [v for v in view.violations() if v.startswith("connect-src")]
    assert view.requests == []


def test_a_served_page_that_is_saved_asks_nobody(opened: Callable[..., Any]) -> None:
    view = opened(page(five(), most=HELD, served=True), "view=overview")
    assert view.page.locator("text=Show older articles").count() == 0
    view.assert_quiet()
