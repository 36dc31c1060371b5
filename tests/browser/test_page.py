"""The page in a real browser: it shows what the records say, keeps one selection, and stays quiet."""

from __future__ import annotations

import csv
import io
import json
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from view_cases import PERSON, Reading, briefing, five, office
from waiting import becomes, rest, until

from kg.view import page
from kg.view.axes import verdict
from kg.view.data import view_data
from kg.view.notebook import show

pytestmark = pytest.mark.browser
VIEWS = ("graph", "claims", "figures", "matrix", "reader", "table", "overview", "map")


@pytest.fixture(scope="module")
def html() -> str:
    return page(five())


def statement(words: str) -> str:
    """The id of the statement that says this."""
    return next(s["id"] for s in view_data(five())["statements"] if words in s["text"])


def entity(name: str) -> str:
    return next(e["id"] for e in view_data(five())["entities"] if e["name"] == name)


def test_every_view_opens_without_request_error_or_breach(opened: Callable[..., Any], html: str) -> None:
    view = opened(html)
    for name in VIEWS:
        view.show(name)
        assert view.run("name => document.getElementById(name).checkVisibility()", name)
    view.assert_quiet()


@pytest.mark.parametrize("kind", ["statements", "figures", "roles", "relations", "events"])
def test_tables_hold_a_row_for_each_record(opened: Callable[..., Any], html: str, kind: str) -> None:
    view = opened(html, f"view=table&table={kind}")
    rows = view.run("[...document.querySelectorAll('#table tbody tr')].map(row => row.dataset.id)")
    assert sorted(rows) == sorted(record["id"] for record in view_data(five())[kind])


def test_a_table_row_says_what_the_record_says(opened: Callable[..., Any], html: str) -> None:
    view = opened(html, "view=table", width=1920)
    cells = view.run(
        "id => [...document.querySelectorAll(`tr[data-id='${id}'] td`)].map(c => c.textContent)", statement("be moved")
    )
    assert cells[0] == "Lynn Maalouf"
    assert cells[1:3] == ["“They were told they would be moved to a civilian prison,”", "says"]
    assert cells[3] == "deputy director for research, Amnesty International"
    assert cells[5] == "direct quotation"


def test_a_link_opens_the_same_view_and_selection(opened: Callable[..., Any], html: str) -> None:
    view = opened(html, f"view=reader&sel={statement('Hollywood')}&off-stance=asks&min=0.5&theme=dark")
    assert "Syria’s foreign ministry" in view.page.inner_text("#panel")
    assert "the charge" in view.run("[...document.querySelectorAll('#reader mark.sel')].map(m => m.textContent)")
    assert view.run("document.documentElement.dataset.theme") == "dark"
    address = view.run("location.hash")
    assert all(part in address for part in ("view=reader", "sel=s.", "off-stance=asks", "min=0.5"))


def test_unknown_words_in_the_address_are_passed_over(opened: Callable[..., Any], html: str) -> None:
    view = opened(html, "view=nowhere&sel=s.none.a1&min=x&from=<script>&theme=blue")
    assert view.run("[kgview.state.view, kgview.state.sel, kgview.state.min, kgview.state.from]") == [
        "graph",
        None,
        0,
        "",
    ]
    view.assert_quiet()


def test_selecting_in_one_view_selects_in_all(opened: Callable[..., Any], html: str) -> None:
    view = opened(html, "view=figures")
    view.page.click("g[data-id]:has-text('5,000 to 13,000')")
    panel = view.page.inner_text("#panel")
    assert "Amnesty International" in panel and "witnesses" in panel and "2011-09 to 2015-12" in panel
    view.show("reader")
    assert view.run("document.querySelector('#reader mark.sel').textContent") == "between 5,000 and 13,000"
    view.show("table")
    view.run("document.querySelectorAll('.subtabs button')[1].click()")
    assert view.run("document.querySelectorAll('#table tr.sel').length") == 1


def test_clicking_a_statement_shows_its_evidence(opened: Callable[..., Any], html: str) -> None:
    view = opened(html, "view=claims")
    key = statement("put up a crematorium")
    view.page.click(f".claim[data-id='{key}']")
    assert view.run("kgview.state.sel") == key
    panel = view.page.inner_text("#panel")
    assert "the Syrian government had put up a crematorium" in panel
    assert "characters 121–223" in panel or "characters" in panel
    assert "2017-05-16" in panel and "confidence 0.96" in panel


def test_the_panel_quotes_the_words_inside_their_sentence(opened: Callable[..., Any], html: str) -> None:
    view = opened(html, f"sel={statement('Hollywood')}")
    assert view.run("[...document.querySelectorAll('#panel blockquote b')].map(b => b.textContent)") == [
        "the charge",
        "“a new Hollywood story” that was “detached from reality”",
    ]
    assert view.run("document.querySelector('#panel blockquote').textContent") == (
        "Syria’s foreign ministry denied the charge a day later, calling it “a new Hollywood story” that was “detached from reality”."
    )


def test_a_list_of_statements_marks_only_what_is_out_of_the_ordinary(opened: Callable[..., Any], html: str) -> None:
    view = opened(html)
    statements = view.run("kgview.data.statements")
    by = [s["by"] for s in statements]
    busy = max(sorted(set(by)), key=by.count)
    view.run("id => kgview.select(id)", busy)
    said = [s for s in statements if s["by"] == busy]
    tags = view.page.locator("#panel .card .tag").all_inner_texts()
    assert len(said) >= 3 and "indirect speech" not in tags and "says" not in tags
    assert sum("denies" in tag for tag in tags) >= sum(s["stance"] == "denies" for s in said)


def test_offsets_past_the_basic_plane_still_quote_the_text(opened: Callable[..., Any]) -> None:
    from view_cases import Reading

    from kg.records.mention import EntityType

    reading = Reading("🛰🛰 Ada said 🚀 rockets flew.")
    who = reading.entity(EntityType.PERSON, "Ada")
    reading.said(who, "Ada", "said", "🚀 rockets flew")
    view = opened(page([reading.done()]), "sel=" + view_data([reading.done()])["statements"][0]["id"])
    assert view.run("document.querySelector('#panel blockquote b').textContent") == "🚀 rockets flew"


def test_filters_count_and_hide(opened: Callable[..., Any], html: str) -> None:
    view = opened(html, "view=table")
    box = "input[data-facet=stance][data-value=denies]"
    assert view.run(f"document.querySelector('{box}').closest('label').querySelector('.n').textContent") == "2"
    view.page.uncheck(box)
    assert view.run("document.querySelectorAll('#table tbody tr').length") == len(view_data(five())["statements"]) - 2
    view.show("claims")
    assert len(view.run("kgview.claims.drawn()")) == len(view_data(five())["statements"]) - 2
    view.show("table")
    view.page.click("text=Clear filters")
    assert view.run("document.querySelectorAll('#table tbody tr').length") == len(view_data(five())["statements"])


def test_search_finds_names_figures_and_words_of_the_text(opened: Callable[..., Any], html: str) -> None:
    view = opened(html)
    view.page.keyboard.press("/")
    view.page.keyboard.type("haley")
    assert "Nikki Haley" in view.page.inner_text("#results li >> nth=0")
    view.page.keyboard.press("Enter")
    assert view.run("kgview.state.sel") == entity("Nikki Haley")
    view.show("claims")
    view.page.fill("#query", "6,786")
    view.page.keyboard.press("Enter")
    assert view.run("kgview.state.view") == "figures"


@pytest.mark.parametrize("group", ["topic", "source", "article"])
def test_claims_hold_each_statement_once_under_its_speaker(opened: Callable[..., Any], html: str, group: str) -> None:
    view = opened(html, f"view=claims&group={group}")
    data = view_data(five())
    assert sorted(view.run("kgview.claims.drawn()")) == sorted(s["id"] for s in data["statements"])
    beside = view.run(
        "[...document.querySelectorAll('.claim')].map(c => [c.dataset.id, c.closest('.row2').querySelector('.who')?.dataset.id, c.closest('section').dataset.id])"
    )
    by = {s["id"]: s["by"] for s in data["statements"]}
    for key, who, section in beside:
        assert by[key] == (section if group == "source" else who)
    # who speaks is told once beside all that she says
    names = {e["id"]: e["name"] for e in data["entities"]}
    for key, who, words in view.run(
        "[...document.querySelectorAll('.claim')].map(c => [c.dataset.id, c.closest('.row2').querySelector('.who')?.dataset.id, c.textContent])"
    ):
        said = next(s["text"] for s in data["statements"] if s["id"] == key)
        assert names.get(who or "") is None or words.count(names[who]) == said.count(names[who])


def test_claims_fold_and_their_heads_stay_in_sight(opened: Callable[..., Any], html: str) -> None:
    view = opened(html, "view=claims", height=600)
    before = view.page.locator(".claim").count()
    first = view.page.locator(".claims-group").first
    inside = first.locator(".claim").count()
    view.run("document.getElementById('claims').scrollTop = 150")
    rest(view.page)
    top = view.run("document.getElementById('claims').getBoundingClientRect().top")
    assert first.locator("h2").bounding_box()["y"] < top + 60
    first.locator("h2 .fold").click()
    assert view.page.locator(".claim").count() == before - inside
    view.page.click("text=Fold all")
    assert view.page.locator(".claim").count() == 0
    view.page.click("text=Unfold all")
    assert view.page.locator(".claim").count() == before


def test_who_speaks_stays_beside_what_she_says(opened: Callable[..., Any]) -> None:
    reading = Reading(" ".join(f"Ada said thing{n} leaks and has leaked for years." for n in range(30)))
    who = reading.entity(PERSON, "Ada")
    said = [reading.said(who, "Ada", "said", f"thing{n} leaks and has leaked for years") for n in range(30)]
    reading.topic("leaks", *said)
    view = opened(page([reading.done()]), "view=claims", height=600)
    view.run("document.getElementById('claims').scrollTop = 700")
    head = view.page.locator(".claims-group h2").first.bounding_box()
    name = view.page.locator(".row2 .who").first.bounding_box()
    row = view.page.locator(".row2").first.bounding_box()
    assert row["y"] < 0 and head["y"] + head["height"] - 2 <= name["y"] < 300


@pytest.mark.parametrize("group", ["topic", "claim", "source", "article"])
def test_a_speaker_folds_in_every_grouping(opened: Callable[..., Any], html: str, group: str) -> None:
    view = opened(html, f"view=claims&group={group}")
    said = view.run("kgview.claims.drawn()")
    row = view.page.locator(".row2").first
    inside = row.locator(".claim").evaluate_all("all => all.map(e => e.dataset.id)")
    assert 0 < len(inside) < len(said)
    row.locator(".fold").focus()
    view.page.keyboard.press("Enter")
    fold = view.page.locator(".row2 .fold").first
    assert fold.get_attribute("aria-expanded") == "false" and fold.evaluate("e => e === document.activeElement")
    assert Counter(view.run("kgview.claims.drawn()")) == Counter(said) - Counter(inside)
    plural = "statement" if len(inside) == 1 else "statements"
    assert row.locator(".shut").inner_text().startswith(f"{len(inside)} {plural}") and row.locator(".who").is_visible()
    # what is selected elsewhere is unfolded to be seen
    view.run("id => kgview.select(id)", inside[-1])
    assert view.run("kgview.claims.drawn()") == said
    assert view.page.locator(f".claim.sel[data-id='{inside[-1]}']").first.is_visible()


def test_claims_fill_a_wide_window_and_zoom_with_a_pinch(opened: Callable[..., Any], html: str) -> None:
    view = opened(html, "view=claims", width=1920)
    right = max(r["x"] + r["width"] for r in (c.bounding_box() for c in view.page.locator(".row2").all()))
    assert right > 1920 - 328 - 60
    size = "document.querySelector('.claim').getBoundingClientRect().height"
    before = view.run(size)
    view.page.mouse.move(700, 400)
    view.page.keyboard.down("Control")
    for _ in range(4):
        view.page.mouse.wheel(0, -100)
    view.page.keyboard.up("Control")
    until(view.page, "kgview.claims.scale() > 1.3")
    assert view.run(size) > before
    assert view.run("devicePixelRatio") == 1


def test_a_wheel_scrolls_the_claims_and_a_pinch_or_a_key_zooms_without_losing_the_place(
    opened: Callable[..., Any], html: str
) -> None:
    view = opened(html, "view=claims", height=500)
    view.page.mouse.move(700, 300)
    view.page.mouse.wheel(0, 240)
    becomes(view.page, "document.getElementById('claims').scrollTop", 240)
    assert view.run("kgview.claims.scale()") == 1
    first = """y => { const e = [...document.querySelectorAll('#claims .claim')].find(e => e.getBoundingClientRect().bottom > y);
      return [e.dataset.id, e.getBoundingClientRect().top]; }"""
    where = "id => document.querySelector(`#claims .claim[data-id='${id}']`).getBoundingClientRect().top"
    under = view.run("document.querySelector('#claims .bar').getBoundingClientRect().bottom")
    for zoom, scale in (("wheel", "> 1.05"), ("+", "> 1.2"), ("-", "< 1.15"), ("0", "=== 1")):
        here, before = view.run(first, 300 if zoom == "wheel" else under)
        if zoom == "wheel":
            view.page.keyboard.down("Control")
            view.page.mouse.wheel(0, -100)
            view.page.keyboard.up("Control")
        else:
            view.page.keyboard.press(zoom)
        until(view.page, f"kgview.claims.scale() {scale}")
        rest(view.page)
        assert view.run(where, here) == pytest.approx(before, abs=3)
    view.assert_quiet()


def test_what_is_selected_elsewhere_comes_into_sight(opened: Callable[..., Any], html: str) -> None:
    view = opened(html, "view=figures", height=500)
    last = view.run("[...document.querySelectorAll('#figures g[data-id]')].at(-1).dataset.id")
    seen = """selector => { const { top, bottom } = document.querySelector(selector).getBoundingClientRect();
      return top >= -1 && bottom <= innerHeight + 1; }"""
    assert not view.run(seen, f"g[data-id='{last}']")
    view.run("id => kgview.select(id)", last)
    assert view.run(seen, f"g[data-id='{last}']")
    view.show("matrix")
    said = view.run("[...document.querySelectorAll('.cell')].at(-1).dataset.ids.split(' ')[0]")
    view.run("id => kgview.select(id)", said)
    assert view.run(seen, ".cell.sel")


@pytest.mark.parametrize("address", ["", "off-article=a.7ed510e9533adbf8", "off-type=Organization"])
def test_axes_are_those_of_python_and_their_verdicts_follow_the_filters(
    opened: Callable[..., Any], html: str, address: str
) -> None:
    view = opened(html, address)
    data = view_data(five())
    by_id = {f["id"]: f for f in data["figures"]}
    shown = set(view.run("kgview.data.figures.filter(f => kgview.shows(f.id)).map(f => f.id)"))
    found = view.run(
        "[true, false].flatMap(r => kgview.figures.groups(r)).map(g => [g.rows.map(f => f.id), g.verdict?.text ?? null, g.heading, g.context])"
    )
    every = [(axis, [by_id[id] for id, _ in axis["rows"] if id in shown]) for axis in data["axes"]]
    expected = [
        [[f["id"] for f in rows], v.text if (v := verdict(rows, data)) else None, axis["heading"], axis["context"]]
        for axis, rows in every
        if rows
    ]
    assert sorted(found) == sorted(expected) and (address == "") == (len(shown) == len(data["figures"]))
    if not address:
        assert found == expected


def test_it_works_in_the_frame_of_a_notebook(opened: Callable[..., Any]) -> None:
    frame = show([briefing()])._repr_html_()
    view = opened(f"<!doctype html><html data-ready='1'><meta charset=utf-8><body>{frame}")
    inside = view.page.frames[1]
    inside.wait_for_selector("html[data-ready='1']", state="attached")
    inside.click("#tab-table")
    assert inside.locator("#table tbody tr").count() == len(briefing().attributions)
    assert view.errors == []


def test_the_query_to_copy_finds_what_is_selected(opened: Callable[..., Any], html: str) -> None:
    from kg.rdf.write import to_rdf

    view = opened(html)
    graph = to_rdf(five())
    graph.default_union = True
    data = view_data(five())

    def ask(key: str | None) -> list[dict[str, str]]:
        found = graph.query(view.run("id => kgview.exports.sparql(id)", key))
        return [{str(k): str(v) for k, v in row.asdict().items()} for row in found]

    names = {e["id"]: e["name"] for e in data["entities"]}
    for record in data["statements"]:
        rows = ask(record["id"])
        # a source that no entity stands for is in the page alone
        if names[record["by"]] != "Some reports":
            assert {row["who"] for row in rows} == {names[record["by"]]}
            assert {row["what"] for row in rows} == {record["text"]} or "…" in record["text"]
    for record in data["figures"]:
        assert {row.get("low", "") for row in ask(record["id"])} == {str(record["low"] or "")}
    for record in (*data["roles"], *data["relations"], *data["events"]):
        assert len(ask(record["id"])) > 3
    said = [s for s in data["statements"] if s["by"] == entity("Robert Ford")]
    assert {row["what"] for row in ask(entity("Robert Ford"))} == {s["text"] for s in said}
    topic = data["topics"][0]
    assert len({row["what"] for row in ask(topic["id"])}) == len(topic["statements"])
    assert len(ask(None)) >= len(data["statements"]) - 1


def test_years_filter_what_statements_are_about_and_say_how_many_give_none(
    opened: Callable[..., Any], html: str
) -> None:
    first = "[...document.querySelectorAll('#table tbody tr td:first-child')].map(c => c.firstChild.textContent)"
    view = opened(html, "view=table&since=2012&until=2014")
    undated = "label:has(input[data-facet=undated])"
    without = int(view.page.inner_text(f"{undated} .n"))
    assert len(view.run(first)) > without > 10
    view.page.uncheck(f"{undated} input")
    assert set(view.run(first)) == {
        "Amnesty International",
        "UN Human Rights Office",
        "Syrian Observatory for Human Rights",
        "Ahmad Hariri (أحمد الحريري)",
    }
    assert "undated=no" in view.run("location.hash")


def test_overview_counts_the_rest_of_a_store(opened: Callable[..., Any]) -> None:
    view = opened(page(five(), most=8), "view=overview")
    words = view.page.inner_text("#overview")
    total = len(view_data(five())["statements"])
    assert f"of {total} statements" in words and "of 5 articles" in words
    assert view.run("kgview.data.articles.length") == 2
    view.assert_quiet()


def test_figures_that_exclude_each_other_are_said_to(opened: Callable[..., Any]) -> None:
    view = opened(page([office()]), "view=figures")
    assert view.page.inner_text(".verdict.conflict") == "2 reporters, 2 voices: figures that exclude each other"
    pair = view.page.inner_text(".pair.conflict")
    assert pair.startswith("In conflict: ") and "(306,887)" in pair and "(about 160,000)" in pair
    assert "both stand in one article" in pair


def test_figures_of_the_article_itself_stand_apart(opened: Callable[..., Any], html: str) -> None:
    view = opened(html, "view=figures")
    headings = view.run("[...document.querySelectorAll('#figures h2')].map(h => h.textContent)")
    assert [h.rsplit(" (", 1)[0] for h in headings] == ["Reported figures", "Figures on nobody’s word"]
    assert "the article itself" in view.page.locator("#figures svg").last.text_content()


def test_keys_walk_through_the_claims(opened: Callable[..., Any], html: str) -> None:
    view = opened(html, "view=claims")
    view.page.focus("#claims")
    view.page.keyboard.press("ArrowDown")
    first = view.run("kgview.state.sel")
    view.page.keyboard.press("ArrowLeft")
    assert view.run("kgview.state.sel")[0] == "e"
    view.page.keyboard.press("ArrowRight")
    assert view.run("kgview.state.sel")[0] == "s"
    view.page.keyboard.press("ArrowDown")
    assert first[0] == "s"
    view.page.keyboard.press("5")
    assert view.run("kgview.state.view") == "reader"
    view.page.keyboard.press("Escape")
    assert view.run("kgview.state.sel") is None


def test_exports_hold_what_is_seen(opened: Callable[..., Any], html: str) -> None:
    view = opened(html, "view=claims")
    drawn = ET.fromstring(view.run("kgview.exports.svgText()"))
    words = " ".join(t.text or "" for t in drawn.iter("{http://www.w3.org/2000/svg}text"))
    assert "Syria’s foreign ministry" in words and "✕ denies" in words
    rows = list(csv.DictReader(io.StringIO(view.run("kgview.exports.csv('statements')").lstrip("\ufeff"))))
    assert [row["id"] for row in rows] == [s["id"] for s in view_data(five())["statements"]]
    graph = ET.fromstring(view.run("kgview.exports.graphml()"))
    names = {d.text for d in graph.iter("{http://graphml.graphdrawing.org/xmlns}data")}
    assert {"Stuart Jones", "denies", "said", "about", "partOf"} <= names
    with view.page.expect_download() as download:
        view.page.click("summary")
        view.page.click("text=Picture (PNG)")
    assert download.value.suggested_filename == "Hanged-pictures-5-articles-2015-to-2022-claims.png"
    view.assert_quiet()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", VIEWS)
def test_axe_finds_nothing(kept: Callable[..., Any], html: str, name: str, scheme: str) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    for width in (1400, 390):
        view = kept(html, f"sel={statement('Hollywood')}", width=width, scheme=scheme)
        view.show(name)
        assert view.page.is_visible("#panel")
        found = axe.Axe().run(view.page).response["violations"]
        assert [(v["id"], [n["html"][:90] for n in v["nodes"]][:3]) for v in found] == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", VIEWS)
def test_axe_finds_nothing_on_a_telephone(opened: Callable[..., Any], html: str, name: str, scheme: str) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    view = opened(html, f"view={name}", width=390, height=844, scheme=scheme, touch=True)
    for button in (None, "#narrow", "#more-open"):
        if button:
            view.page.click(button)
        found = axe.Axe().run(view.page).response["violations"]
        assert [(v["id"], [n["html"][:90] for n in v["nodes"]][:3]) for v in found] == [], button


def test_axe_finds_nothing_in_the_dialogs(opened: Callable[..., Any], html: str) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    view = opened(html)
    view.page.keyboard.press("?")
    assert axe.Axe().run(view.page).response["violations"] == []
    view.page.click("dialog[open] >> text=Close")
    view.page.click("summary")
    view.page.click("text=SPARQL query")
    assert axe.Axe().run(view.page).response["violations"] == []


def test_it_fits_a_telephone(opened: Callable[..., Any], html: str) -> None:
    view = opened(html, width=390, height=844)
    for name in VIEWS:
        view.show(name)
        assert view.run("document.documentElement.scrollWidth") <= 390, name
    view.show("claims")
    sides = (
        "[...document.querySelectorAll('.claim, .who')].map(e => e.getBoundingClientRect()).map(r => [r.left, r.right])"
    )
    assert all(left >= 0 and right <= 390 for left, right in view.run(sides))


def test_filters_that_leave_nothing_say_so_and_let_go(opened: Callable[..., Any], html: str) -> None:
    view = opened(html, "view=claims&off-naming=named,unnamed")
    assert view.page.inner_text("#claims .nothing").startswith("No statement passes the filters.")
    view.page.click("#claims .nothing button")
    assert len(view.run("kgview.claims.drawn()")) > 20 and view.page.locator("#claims .nothing").count() == 0


def test_a_page_without_anything_says_so(opened: Callable[..., Any]) -> None:
    view = opened(page([]))
    assert view.page.inner_text("h1") == "No articles"
    assert "there is nothing to draw" in view.page.inner_text("#graph .nothing")
    for name in VIEWS:
        view.show(name)
        words = view.page.inner_text(f"#{name} :is(.note, .nothing) >> nth=0")
        assert words.strip().endswith(".") and "null" not in view.page.inner_text(f"#{name}"), name
    view.assert_quiet()


def test_sparql_of_a_selection_names_it(opened: Callable[..., Any]) -> None:
    view = opened(page([briefing()]))
    key = view_data([briefing()])["statements"][0]["by"]
    query = view.run("id => kgview.exports.sparql(id)", key)
    assert 'VALUES ?who { "State Department" }' in query


def test_the_data_is_what_python_made(opened: Callable[..., Any], html: str) -> None:
    view = opened(html)
    inside = json.loads(view.run("document.getElementById('data').textContent"))
    expected = json.loads(json.dumps(view_data(five())))
    assert {key: inside[key] for key in expected} == expected


def test_links_in_the_panel_flow_with_the_text_around_them(opened: Callable[..., Any], html: str) -> None:
    view = opened(html, "view=claims")
    for kind in ("statements", "figures", "roles", "entities", "topics"):
        view.run("kind => kgview.select(kgview.data[kind][0].id)", kind)
        shown = view.page.locator("#panel a.link").evaluate_all("all => all.map(e => getComputedStyle(e).display)")
        assert shown and set(shown) == {"inline"}, kind
    link = view.page.locator("#panel a.link").first
    goal = link.get_attribute("href")
    link.press("Enter")
    assert f"#sel={view.run('kgview.state.sel')}" == goal


def test_a_colon_is_no_verb(opened: Callable[..., Any], html: str) -> None:
    view = opened(html, "view=table", width=1920)
    view.run("() => { kgview.data.statements[0].cueText = ':'; kgview.select(kgview.data.statements[0].id); }")
    assert view.page.locator("#panel dt:has-text('verb')").count() == 0
    view.run("kgview.change('filter')")
    assert ":" not in view.page.locator("#table td[data-column='The article’s verb']").all_inner_texts()
    view.run("kgview.select(kgview.data.statements[1].id)")
    assert view.page.locator("#panel dt:has-text('verb')").count() == 1


def test_behind_a_figure_each_sentence_stands_once_and_leads_to_its_statement(
    opened: Callable[..., Any], html: str
) -> None:
    view = opened(html)
    node = view.run("[...kgview.graph.nodes.values()].find(n => n.kind === 'Figure' && n.label.startsWith('5,000')).id")
    view.run("id => kgview.select(id)", node)
    said = view.run("id => kgview.data.figures.find(f => kgview.graph.nodes.get(id).of.includes(f.id)).statement", node)
    words = view.run("id => kgview.data.statements.find(s => s.id === id).text", said)
    text = " ".join(view.page.inner_text("#panel").split())
    assert text.count(words) == 1
    assert "Compared" in text
    view.page.click("#panel blockquote b a")
    assert view.run("kgview.state.sel") == said
