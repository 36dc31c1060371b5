"""What a review in the browser found wrong with the view, each as a test that failed before it was mended."""

from __future__ import annotations

import csv
import io
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from view_cases import ORG, PERSON, PLACE, Reading, briefing, five
from waiting import becomes, rest

import kg.store
from kg.identity.linking import link, linked
from kg.records.extraction import Extraction
from kg.records.figure import Bound
from kg.view import page
from kg.view.data import view_data
from kg.view.graph import graph_of, seen_through
from kg.view.page import records

pytestmark = pytest.mark.browser
DATA = view_data(five())
VIEWS = ("graph", "claims", "figures", "matrix", "reader", "table", "overview", "map")


@pytest.fixture(scope="module")
def html() -> str:
    return page(five())


def topic(label: str) -> dict[str, Any]:
    return next(t for t in DATA["topics"] if t["label"] == label)


@pytest.mark.parametrize(
    ("view", "words"),
    [
        ("overview", "Who speaks most"),
        ("matrix", "Who speaks about what"),
        ("reader", "WASHINGTON, 15 May 2017."),
        ("table", "Confidence"),
        ("claims", "deputy director for research"),
        ("figures", "Reported figures"),
    ],
)
def test_the_picture_exported_is_that_of_the_view(opened: Callable[..., Any], html: str, view: str, words: str) -> None:
    article = next(a["id"] for a in DATA["articles"] if a["title"] == briefing().article.title)
    shown = opened(html, f"view={view}&article={article}")
    drawn = ET.fromstring(shown.run("kgview.exports.svgText()"))
    text = " ".join(t.text or "" for t in drawn.iter("{http://www.w3.org/2000/svg}text"))
    assert words in text
    with shown.page.expect_download() as download:
        shown.page.click("summary")
        shown.page.click("text=Picture (PNG)")
    assert download.value.suggested_filename.endswith(f"-{view}.png")
    shown.assert_quiet()


def test_csv_in_figures_gives_figures(opened: Callable[..., Any], html: str) -> None:
    view = opened(html, "view=figures")
    rows = list(csv.DictReader(io.StringIO(view.run("kgview.exports.csv()").lstrip("\ufeff"))))
    assert [row["id"] for row in rows] == [f["id"] for f in DATA["figures"]]


def test_the_print_keeps_the_graph_with_its_arrowheads(opened: Callable[..., Any], html: str) -> None:
    view = opened(html)
    view.run("dispatchEvent(new Event('beforeprint'))")
    heads = view.run(
        "[...document.querySelectorAll('#print path')].filter(p => p.getAttribute('d').endsWith('Z')).length"
    )
    assert heads > 10
    view.run("dispatchEvent(new Event('afterprint'))")
    assert view.run("document.querySelectorAll('#print *').length") == 0


def test_a_selected_topic_marks_what_belongs_to_it_everywhere(opened: Callable[..., Any], html: str) -> None:
    chosen = topic("hanged") if any(t["label"] == "hanged" for t in DATA["topics"]) else DATA["topics"][0]
    said = set(chosen["statements"])
    view = opened(html, f"view=table&sel={chosen['id']}")
    rows = "[...document.querySelectorAll('#table tr.sel')].map(r => r.dataset.id)"
    assert set(view.run(rows)) == said
    figures = {f["id"] for f in DATA["figures"] if f["statement"] in said}
    view.run("kgview.change('table', {table: 'figures'})")
    assert set(view.run(rows)) == figures
    view.show("matrix")
    assert view.run("[...document.querySelectorAll('.cell.sel')].length") > 0
    view.show("figures")
    marked = "[...document.querySelectorAll('#figures g[data-ids]')].filter(g => g.firstChild.getAttribute('opacity') === '1').flatMap(g => g.dataset.ids.split(' '))"
    assert set(view.run(marked)) >= {
        f for f in figures if next(x for x in DATA["figures"] if x["id"] == f)["reporters"]
    }
    number = next(s["article"] for s in DATA["statements"] if s["id"] in said)
    view.run("n => kgview.change('view', {view: 'reader', article: n})", number)
    assert view.run("document.querySelectorAll('#reader mark.sel').length") > 0


def test_back_goes_a_step_back_and_does_not_leave(opened: Callable[..., Any], html: str) -> None:
    view = opened(html)
    url = view.page.url.split("#")[0]
    view.show("figures")
    view.show("table")
    view.page.go_back()
    becomes(view.page, "kgview.state.view", "figures")
    assert view.page.is_visible("#figures")
    view.page.go_back()
    becomes(view.page, "kgview.state.view", "graph")
    assert view.page.url.split("#")[0] == url


def test_keys_work_after_a_click_on_a_checkbox(opened: Callable[..., Any], html: str) -> None:
    view = opened(html)
    view.page.uncheck("input[data-facet=stance][data-value=denies]")
    view.page.keyboard.press("3")
    assert view.run("kgview.state.view") == "figures"


@pytest.mark.parametrize("width", [390, 900, 1400])
def test_the_list_of_hits_stays_inside_the_window(opened: Callable[..., Any], html: str, width: int) -> None:
    view = opened(html, width=width)
    view.page.fill("#query", "a")
    box = view.page.locator("#results").bounding_box()
    assert box["x"] >= 0 and box["x"] + box["width"] <= width


def test_a_narrow_window_keeps_the_tab_in_sight_and_lets_the_panel_go(opened: Callable[..., Any], html: str) -> None:
    view = opened(html, f"view=overview&sel={DATA['statements'][0]['id']}", width=390, height=844)
    tab = view.page.locator("#tab-overview").bounding_box()
    assert tab["x"] >= 0 and tab["x"] + tab["width"] <= 390
    view.page.click("#panel .close")
    assert not view.page.is_visible("#panel")
    view.show("graph")
    assert view.run("document.documentElement.scrollWidth") <= 390
    for name in VIEWS:
        view.show(name)
        cut = view.run(
            """() => [...document.querySelectorAll('section.view:not([hidden]) :is(.claim, .who, h2, h3)')]
            .map(e => e.getBoundingClientRect()).filter(r => r.width && (r.left < -1 || r.right > 391)).length"""
        )
        assert cut == 0, name


def test_buttons_never_lie_over_what_one_reads(opened: Callable[..., Any], html: str) -> None:
    view = opened(html, f"sel={DATA['statements'][0]['id']}", width=390, height=844)
    for name in ("graph", "claims"):
        view.show(name)
        bar = view.page.locator(f"#{name} .bar").bounding_box()
        panel = view.page.locator("#panel").bounding_box()
        assert bar["y"] + bar["height"] <= panel["y"] + 1


def test_labels_are_never_under_the_toolbars(opened: Callable[..., Any], html: str) -> None:
    for width in (1400, 1920):
        view = opened(html, width=width)
        host = view.page.locator("#mygraph").bounding_box()
        for part in ("#graph .bar", "#graph .shelf"):
            box = view.page.locator(part).bounding_box()
            assert box["y"] + box["height"] <= host["y"] + 1 or box["y"] >= host["y"] + host["height"] - 1
        tops = view.run(
            "[...kgview.graphview.drawn().nodes.values()].map(n => [kgview.graphview.net().canvasToDOM({x: n.x, y: n.y - n.h / 2}).y, kgview.graphview.net().canvasToDOM({x: n.x, y: n.y + n.h / 2}).y])"
        )
        assert min(t for t, _ in tops) >= 0 and max(b for _, b in tops) <= host["height"]


def test_a_table_without_rows_says_so_and_prints_no_null(opened: Callable[..., Any]) -> None:
    reading = Reading("Ada said it rains.")
    reading.said(reading.entity(PERSON, "Ada"), "Ada", "said", "it rains")
    view = opened(page([reading.done()]), "view=table&table=events")
    assert "null" not in view.page.inner_text("#table")
    assert "The articles hold no events." in view.page.inner_text("#table")
    view = opened(page([reading.done()]), "view=table&off-stance=asserts")
    assert "No row passes the filters." in view.page.inner_text("#table")


@pytest.mark.parametrize(
    "address",
    [
        "view=claims",
        "view=claims&off-stance=asserts,asks",
        "view=claims&off-form=indirect",
        "view=claims&off-type=Organization",
        "view=claims&off-naming=named",
        "view=claims&min=0.95",
        "view=claims&from=2017-01-01&to=2017-12-31",
        "view=claims&since=2012&until=2014&undated=no",
        "view=claims&off-article=a.7ed510e9533adbf8",
    ],
)
def test_the_query_returns_what_is_on_the_screen(opened: Callable[..., Any], html: str, address: str) -> None:
    from kg import to_rdf

    view = opened(html, address)
    shown = view.run("kgview.claims.drawn()")
    graph = to_rdf(five())
    graph.default_union = True
    rows = list(graph.query(view.run("kgview.exports.sparql(null)")))
    said = {s["id"]: s["text"] for s in DATA["statements"]}
    names = {e["id"]: e["name"] for e in DATA["entities"]}
    # a source that no entity stands for is in the page alone
    expected = sorted(
        said[s["id"]] for s in DATA["statements"] if s["id"] in shown and names[s["by"]] != "Some reports"
    )
    assert sorted(str(row["what"]) for row in rows) == expected
    assert 0 < len(shown) < len(said) or address == "view=claims"


@pytest.mark.parametrize("lens", ["disputed", "figures", "posts", "all"])
def test_the_query_of_a_graph_returns_what_it_shows(opened: Callable[..., Any], html: str, lens: str) -> None:
    from kg import to_rdf

    view = opened(html, f"lens={lens}&off-stance=denies")
    hidden = view.run("kgview.graphview.drawn().edges.find((e) => e.kind !== 'counts').from")
    view = opened(html, f"lens={lens}&off-stance=denies&hidden={hidden}")
    shown = set(view.run("kgview.graphview.drawn().edges.flatMap((e) => e.left)"))
    shown |= set(view.run("[...kgview.graph.shelf]")) if lens == "all" else set()
    graph = to_rdf(five())
    graph.default_union = True
    rows = list(graph.query(view.run("kgview.exports.sparql(null)")))
    letter = {"figures": "f", "posts": "rxv"}.get(lens, "s")
    expected = {id for id in shown if id[0] in letter}
    if lens == "posts":
        assert len({row["record"] for row in rows}) == len(expected) > 0
    elif lens == "figures":
        assert len(rows) >= len(expected) > 0
    else:
        named = {e["id"] for e in DATA["entities"] if e["name"] != "Some reports"}  # they are in the page alone
        said = {s["id"]: s["text"] for s in DATA["statements"] if s["stance"] != "denies" and s["by"] in named}
        assert {str(row["what"]) for row in rows} == {said[id] for id in expected if id in said}
        assert 0 < len(rows) < len(DATA["statements"])


def test_the_query_of_a_selection_keeps_the_filters(opened: Callable[..., Any], html: str) -> None:
    from kg import to_rdf

    graph = to_rdf(five())
    graph.default_union = True
    stances: dict[str, set[str]] = {}
    for said in DATA["statements"]:
        for topic in said["topics"]:
            stances.setdefault(topic, set()).add(said["stance"])
    chosen, both = next((topic, found) for topic, found in stances.items() if len(found) > 1)
    for address, left in (("", both), (f"&off-stance={min(both)}", both - {min(both)})):
        view = opened(html, f"view=claims{address}")
        rows = graph.query(view.run("id => kgview.exports.sparql(id)", chosen))
        assert {str(row["stance"]) for row in rows} == left


def test_a_picture_of_a_graph_shows_the_part_that_is_looked_at(opened: Callable[..., Any], html: str) -> None:
    box = "kgview.exports.picture().getAttribute('viewBox').split(' ').map(Number)"
    view = opened(html)
    whole = view.run(box)
    view = opened(html, "camera=10,20,2")
    x, y, width, height = view.run(box)
    canvas = view.run("[document.querySelector('#graph canvas')].map((c) => [c.clientWidth, c.clientHeight])[0]")
    assert (abs(width - canvas[0] / 2) < 2 and abs(height - canvas[1] / 2) < 2) and width < whole[2]
    assert abs(x + width / 2 - 10) < 2 and abs(y + height / 2 - 20) < 2


def test_escape_closes_the_menu_of_exports(opened: Callable[..., Any], html: str) -> None:
    view = opened(html, "view=claims")
    view.page.click("summary:has-text('Export')")
    assert view.run("document.querySelector('#more details').open")
    view.page.keyboard.press("Escape")
    assert not view.run("document.querySelector('#more details').open")


def test_an_overview_that_filters_have_emptied_blames_the_filters(opened: Callable[..., Any], html: str) -> None:
    view = opened(html, "view=overview&off-stance=denies,doubts,hedges&min=1")
    assert "Nobody denies" not in view.page.inner_text("#overview")
    assert "passes the filters" in view.page.inner_text("#overview")


def test_counts_agree_everywhere_and_follow_the_filters(opened: Callable[..., Any], html: str) -> None:
    view = opened(html)
    for address in ("", "off-article=a.7ed510e9533adbf8", "off-stance=denies", "from=2017-01-01&to=2018-01-01"):
        view = opened(html, f"view=claims&{address}")
        facts = dict(
            zip(
                view.run("[...document.querySelectorAll('#panel dt')].map(e => e.textContent)"),
                view.run("[...document.querySelectorAll('#panel dd')].map(e => e.textContent)"),
                strict=True,
            )
        )
        view.show("overview")
        stats = view.run("[...document.querySelectorAll('#overview .stats b')].map(b => b.textContent)")
        told = ("Articles", "Statements", "Sources", "Topics", "Figures", "On unnamed sources")
        assert stats == [facts[k] for k in told]
        contested = view.run(
            "[...document.querySelectorAll('#overview h2')].map(e => e.textContent).find(t => t.startsWith('Denied'))"
        )
        assert contested == f"Denied, doubted or left open ({facts['Denied, doubted or left open']})"
        view.show("table")
        assert view.page.inner_text(".subtabs [aria-pressed=true]") == f"Statements ({facts['Statements']})"
        view.show("graph")
        rest(view.page, 500)
        lead = view.page.inner_text("#graph .lead")
        for key, words in {
            "Statements": "statement",
            "Sources": "source",
            "Of them reported": "reported figure",
        }.items():
            if facts[key] != "0":
                assert f"{facts[key]} {words}" in lead
        legend = view.run(
            "Object.fromEntries([...document.querySelectorAll('[data-facet=thing]')].map(e => [e.dataset.value, e.parentElement.querySelector('.n').textContent]))"
        )
        assert (legend["Topic"], legend["Figure"]) == (facts["Topics"], facts["Of them reported"])
        view.show("claims")
        assert f"· {facts['Topics']} topic" in view.page.inner_text("#claims .lead")
        view.show("figures")
        heads = view.run(
            "[...document.querySelectorAll('#figures h2')].map(e => Number(e.textContent.match(/[(]([0-9]+)/)[1]))"
        )
        assert sum(heads) == int(facts["Figures"])


@pytest.mark.parametrize("lens", ["all", "disputed", "figures"])
def test_the_counts_of_the_legend_follow_the_lens(opened: Callable[..., Any], html: str, lens: str) -> None:
    view = opened(html, f"lens={lens}")
    edges = seen_through(graph_of(DATA), lens)
    behind = {r for e in edges for r in e.records}
    said = Counter(s["stance"] for s in DATA["statements"] if s["id"] in behind)
    legend = view.run(
        "Object.fromEntries([...document.querySelectorAll('[data-facet=stance]')].map(e => [e.dataset.value, Number(e.parentElement.querySelector('.n').textContent)]))"
    )
    assert {k: n for k, n in legend.items() if n} == said
    reports = {r for e in edges if e.kind == "reports" for r in e.records if r.startswith("f.")}
    told = view.page.locator("label:has([data-value=Figure]) .n").all_inner_texts()
    assert told == ([str(len(reports))] if reports else [])


def test_what_is_outside_a_lens_is_said_to_be_so(opened: Callable[..., Any], html: str) -> None:
    view = opened(html, "lens=figures")
    shelf = view.page.inner_text("#graph .shelf")
    assert "with no part in “Figures”" in shelf and "+n" not in shelf
    view.page.click("text=with no part in")
    assert "All shows them" in view.page.inner_text(".sheet")


def test_every_stance_has_its_sign_in_matrix_panel_and_claims(opened: Callable[..., Any], html: str) -> None:
    view = opened(html, "view=matrix")
    signs = {"denies": "✕ denies", "doubts": "? doubts", "demands": "! demands"}
    for stance, words in signs.items():
        said = next(s["id"] for s in DATA["statements"] if s["stance"] == stance)
        view.run("id => kgview.select(id)", said)
        assert words in view.page.inner_text(".cell.sel >> nth=0") and words in view.page.inner_text("#panel")
        view.show("claims")
        assert view.page.inner_text(f".claim.{stance} .tag >> nth=0") == words
        view.show("matrix")


def test_an_edge_tells_what_its_source_does_before_the_article_s_verb(opened: Callable[..., Any], html: str) -> None:
    view = opened(html)
    said = next(s for s in DATA["statements"] if s["stance"] == "denies")
    edge = "kgview.graphview.drawn().edges.find(e => e.kind === 'denies' && e.n === 1)"
    assert view.run(f"kgview.graphpen.wordsOn({edge}, {{ plain: true }})") == "denies" and said["cueText"] != "denies"
    view.run(f"kgview.select({edge}.id)")
    assert view.page.inner_text("#panel h2 >> nth=0") == "✕ denies"


def test_a_table_wider_than_its_window_says_how_to_see_the_rest(opened: Callable[..., Any], html: str) -> None:
    for width in (1400, 2600):
        view = opened(html, "view=table", width=width)
        cut = view.run("(e => e.scrollWidth > e.clientWidth + 4)(document.querySelector('#table .scroll'))")
        assert cut == (view.page.locator("#table .sideways").count() == 1)


def test_the_head_of_a_small_window_leaves_the_picture_most_of_it(opened: Callable[..., Any], html: str) -> None:
    view = opened(html, width=390, height=844)
    assert view.page.locator("header").bounding_box()["height"] <= 80
    assert view.page.locator("#mygraph").bounding_box()["height"] >= 0.75 * 844
    assert view.run("document.documentElement.scrollWidth") <= 390


def test_the_tools_of_a_small_window_are_in_a_menu_and_its_search_opens(opened: Callable[..., Any], html: str) -> None:
    view = opened(html, "view=claims", width=390, height=844)
    page = view.page
    assert not page.is_visible("#help-open")
    page.click("#more-open")
    assert page.is_visible("#help-open") and page.is_visible("#review-open")
    page.keyboard.press("Escape")
    assert not page.is_visible("#help-open") and page.evaluate("document.activeElement.id") == "more-open"
    page.click("#more-open")
    page.click("#help-open")
    assert page.locator("#help").evaluate("e => e.open && e.scrollTop === 0") and not page.is_visible("#more")
    page.click("#help >> text=Close")
    page.click("#more-open")
    page.click("#theme")
    assert view.run("document.documentElement.dataset.theme") == "dark"
    page.keyboard.press("/")
    assert page.locator("#query").bounding_box()["width"] > 300
    page.keyboard.type("haly")
    page.keyboard.press("Enter")
    assert "Nikki Haley" in page.inner_text("#panel") and page.is_visible("#tabs")


def test_a_table_of_a_small_window_is_a_card_a_record(opened: Callable[..., Any], html: str) -> None:
    view = opened(html, "view=table&table=figures", width=390, height=844)
    cards = view.page.locator("#table tbody tr")
    assert cards.count() == len(DATA["figures"])
    assert cards.evaluate_all("all => all.every(e => e.scrollWidth <= e.clientWidth + 1)")
    cells = cards.first.locator("td:visible")
    assert all(words.strip() for words in cells.all_inner_texts())
    assert "Value" in [cells.nth(n).get_attribute("data-column") for n in range(cells.count())]


def test_a_bar_of_the_overview_bears_the_sign_of_each_stance(opened: Callable[..., Any], html: str) -> None:
    view = opened(html, "view=overview")
    signs = {"denies": "✕", "doubts": "?", "hedges": "≈", "demands": "!", "asks": "Q"}
    for row in view.page.locator("#overview td.bar svg").all()[:12]:
        told = dict(reversed(part.split(" ")) for part in row.get_attribute("aria-label").split(", "))
        wanted = [sign for stance, sign in signs.items() if stance in told]
        assert row.locator("text").all_text_contents() == wanted


def test_a_selected_figure_marks_what_says_it(opened: Callable[..., Any], html: str) -> None:
    figure = next(f for f in DATA["figures"] if f["statement"])
    view = opened(html, f"view=claims&sel={figure['id']}")
    assert view.page.locator(".claim.sel").evaluate_all("all => all.map(e => e.dataset.id)") == [figure["statement"]]


def test_marks_of_neighbouring_days_hide_no_other(opened: Callable[..., Any]) -> None:
    days = [date(2020, 1, 1), *(date(2020, 6, n) for n in range(1, 13)), date(2024, 1, 1)]
    made = []
    for number, day in enumerate(days):
        reading = Reading(
            "".join(f"Ada said word{n} it is {number}. " for n in range(3)), published=day, title=f"Day {number}"
        )
        who = reading.entity(PERSON, "Ada")
        for n in range(3):
            reading.said(who, "Ada", "said", f"word{n} it is {number}")
        made.append(reading.done())
    view = opened(page(made, identity=lambda extraction, entity: entity.name), "view=overview")
    marks = view.run(
        "[...document.querySelectorAll('.lanes circle')].map(c => [Number(c.getAttribute('cx')), Number(c.getAttribute('cy'))])"
    )
    assert len(marks) == 3 * len(days)
    assert not [
        (p, q) for i, p in enumerate(marks) for q in marks[i + 1 :] if abs(p[0] - q[0]) < 14 and abs(p[1] - q[1]) < 14
    ]


def test_one_article_is_one_article(opened: Callable[..., Any]) -> None:
    view = opened(page([briefing()]), "view=overview")
    assert view.page.inner_text("#overview .stats button >> nth=0").split() == ["1", "article"]


def test_a_cell_names_the_verb_and_never_a_bare_number(opened: Callable[..., Any], html: str) -> None:
    view = opened(html, "view=matrix")
    cells = view.run("[...document.querySelectorAll('.cell')].map(c => c.firstChild.textContent)")
    assert cells and all(c[:1].isalpha() or c[:2] in ("✕ ", "? ", "! ", "Q ", "≈ ") for c in cells)
    small = view.run("[...document.querySelectorAll('.cell small')].map(c => c.textContent)")
    assert any("5,000 to 13,000 people" in words for words in small)


YEARS = {"2018": 120, "2019": 150, "2020": 90, "2021": 210}
MONTHS = {"2019-03": 120, "2019-04": 150, "2019-06": 90}


def series(years: dict[str, int]) -> Extraction:
    """One thing counted in one place at several times."""
    reading = Reading(" ".join(f"The agency said {n} people drowned at Sea in {year}." for year, n in years.items()))
    who = reading.entity(PERSON, "agency", "The agency", named=False)
    where = reading.entity(PERSON, "Sea")
    for year, n in years.items():
        told = f"{n} people drowned at Sea in {year}"
        reading.figure(
            str(n),
            n,
            n,
            Bound.EXACT,
            "people",
            told,
            reporters=(who,),
            attribution=reading.said(who, "The agency", "said", told),
            event="drown",
            concept="person",
            place=where,
            start=year,
            end=year,
        )
    return reading.done()


def test_figures_of_one_thing_at_several_times_are_a_series(opened: Callable[..., Any]) -> None:
    view = opened(page([series(YEARS)]), "view=figures")
    assert view.page.locator("#figures h3").count() == 1
    marks = view.run(
        "[...document.querySelectorAll('#figures g[data-id] circle')].map(c => [Number(c.getAttribute('cx')), Number(c.getAttribute('cy'))])"
    )
    assert len(marks) == 4
    xs = [x for x, _ in marks]
    assert xs == sorted(xs) and len(set(xs)) == 4
    # the larger the figure, the higher its mark
    assert [y for _, y in sorted(zip([120, 150, 90, 210], [y for _, y in marks], strict=True))] == sorted(
        (y for _, y in marks), reverse=True
    )
    view.page.click("#figures g[data-id] >> nth=0")
    assert "120" in view.page.inner_text("#panel")


@pytest.mark.parametrize("times", [YEARS, MONTHS])
def test_a_mark_of_a_series_stands_over_its_year_or_month(opened: Callable[..., Any], times: dict[str, int]) -> None:
    view = opened(page([series(times)]), "view=figures")
    words = dict(
        view.run(
            "[...document.querySelectorAll('#figures svg text')].map(t => [t.textContent, Number(t.getAttribute('x'))])"
        )
    )
    marks = view.run(
        "[...document.querySelectorAll('#figures g[data-id] circle')].map(c => Number(c.getAttribute('cx')))"
    )
    wide = 0.5 * (words["2019-04"] - words["2019-03"]) if times is MONTHS else 0
    assert [words[day] + wide for day in times] == pytest.approx(marks, abs=3)


def test_a_figure_beside_no_other_has_no_axis_and_counts_no_halves(opened: Callable[..., Any], html: str) -> None:
    view = opened(html, "view=figures")
    assert view.page.locator("#figures .lone").count() > 3 and view.page.locator("#figures .lone line").count() == 0
    assert "at least 6,786" in view.page.locator("#figures .lones").first.inner_text()
    view = opened(page([series({"2018": 1, "2019": 2, "2020": 1})]), "view=figures")
    ticks = view.run("[...document.querySelectorAll('#figures svg text')].map(t => t.textContent)")
    assert {"0", "1", "2"} <= set(ticks) and not any("." in words for words in ticks)


def test_a_long_axis_begins_with_its_first_rows_and_shows_what_is_selected(opened: Callable[..., Any]) -> None:
    told = [f"Speaker{n} said {100 + n} people drowned at Sea in 2018." for n in range(40)]
    reading = Reading(" ".join(told))
    where = reading.entity(PLACE, "Sea")
    for n, words in enumerate(told):
        who = reading.entity(PERSON, f"Speaker{n}")
        said = reading.said(who, f"Speaker{n}", "said", words.split(" said ")[1].rstrip("."))
        frame = {"event": "drown", "concept": "person", "place": where, "start": "2018", "end": "2018"}
        reading.figure(
            str(100 + n), 100 + n, 100 + n, Bound.EXACT, "people", f"{100 + n} people drowned",
            reporters=(who,), attribution=said, **frame,
        )  # fmt: skip
    view = opened(page([reading.done()]), "view=figures")
    rows = "[...document.querySelectorAll('#figures g[data-id]')].map(g => g.dataset.id)"
    every = view.run("kgview.figures.axes()[0].rows.map(f => f.id)")
    first = view.run(rows)
    assert len(every) == 40 and set(first) < set(every) and len(first) == 30
    view.page.click("#figures >> text=Show 10 more")
    assert set(view.run(rows)) == set(every)
    view = opened(page([reading.done()]), "view=figures")
    view.run("id => kgview.select(id)", next(id for id in every if id not in first))
    assert set(view.run(rows)) == set(every) and view.page.locator("#figures >> text=Show 10 more").count() == 0


def test_jargon_is_said_plainly(opened: Callable[..., Any]) -> None:
    reading = Reading("Ada said they waited 12 years. Bo said 9 fell.")
    for name, words, more in (("Ada", "12", {"unit": "a"}), ("Bo", "9", {})):
        who = reading.entity(PERSON, name)
        said = reading.said(who, name, "said", "they waited 12 years" if more else "9 fell")
        reading.figure(
            words, int(words), int(words), Bound.EXACT, None, words, reporters=(who,), attribution=said, **more
        )
    view = opened(page([reading.done()]), "view=figures")
    text = view.page.text_content("#figures")
    assert "12 years" in text and "12 a" not in text.replace("12 a ", "")
    assert "Number" not in text and "not given" not in text
    words = opened(page(five())).page.inner_text("#filters")
    assert "other" not in words.split() and "posts" not in words


def test_parts_of_records_are_called_by_words_of_everyday(opened: Callable[..., Any], html: str) -> None:
    view = opened(html)
    jargon = {"agent", "patient", "chain", "via", "cue", "negated", "indirect", "mixed", "asserts"}
    for kind in ("statements", "figures", "roles", "relations", "events"):
        view.run(f"kgview.change('table', {{ view: 'table', table: '{kind}' }})")
        assert not jargon & {head.lower() for head in view.page.locator("#table thead th").all_inner_texts()}
        for record in DATA[kind]:
            view.run("id => kgview.select(id)", record["id"])
            told = view.page.locator("#panel dt").all_inner_texts()
            assert not jargon & {word.lower() for word in told}
            assert all(words.strip() for words in view.page.locator("#panel dd").all_inner_texts())


@pytest.mark.parametrize("name", VIEWS)
def test_there_is_one_scale_of_type(opened: Callable[..., Any], html: str, name: str) -> None:
    view = opened(html, f"view={name}&sel={DATA['statements'][0]['id']}")
    sizes = view.run(
        """() => [...document.querySelectorAll('body *')].filter(e => !e.closest('svg, script, style') && e.checkVisibility()
             && [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim())).map(e => parseFloat(getComputedStyle(e).fontSize))"""
    )
    assert set(sizes) <= {12, 13, 14, 16, 18, 24}


def test_motion_can_be_turned_off(opened: Callable[..., Any], html: str) -> None:
    view = opened(html, "view=reader")
    moving = """() => [...document.querySelectorAll('*')].filter(e => {
      const s = getComputedStyle(e);
      return s.animationName !== 'none' || s.transitionDuration.split(', ').some(t => parseFloat(t));
    }).length"""
    assert view.run(moving) > 0
    view.page.emulate_media(reduced_motion="reduce")
    assert view.run(moving) == 0


@pytest.mark.parametrize("width", [390, 900, 1400, 1920])
def test_the_title_is_never_cut(opened: Callable[..., Any], width: int) -> None:
    view = opened(page(five(), title="Hangings, Saydnaya military prison: 5 articles, 2015 to 2022"), width=width)
    assert view.page.locator("h1").evaluate(
        "e => e.scrollHeight <= e.clientHeight + 1 && e.scrollWidth <= e.clientWidth"
    )


def test_figures_that_come_later_join_the_axis_of_what_they_are_compared_with(
    opened: Callable[..., Any], tmp_path: Path
) -> None:
    def told(name: str, n: int) -> Extraction:
        text = f"{name} said {n} people drowned in Aleppo in 2018."
        reading = Reading(text, title=name, published=date(2019, 1, 1))
        who = reading.entity(ORG, name)
        said = reading.said(who, name, "said", f"{n} people drowned in Aleppo in 2018")
        frame = {
            "event": "drown",
            "concept": "person",
            "place": reading.entity(PLACE, "Aleppo"),
            "start": "2018",
            "end": "2018",
        }
        reading.figure(
            str(n), n, n, Bound.EXACT, "people", f"{n} people drowned", reporters=(who,), attribution=said, **frame
        )
        return reading.done()

    axes = "kgview.figures.groups(true).map(g => [g.rows.length, g.verdict?.text ?? null])"
    with kg.store.open(tmp_path / "graph", create=True) as store:
        first, second = told("River Aid", 100), told("Harbour Watch", 200)
        for one in (first, second):
            store.put(one)
        link(store)
        view = opened(page([first], identity=linked(store), store=store))
        assert view.run(axes) == [[1, None]]
        part = records([second], identity=linked(store), store=store)
    view.run("part => { kgview.take(part); kgview.change('data'); }", part)
    assert view.run(axes) == [[2, "2 reporters, 2 voices: figures that exclude each other"]]
