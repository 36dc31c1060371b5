"""The pages of kg serve in a real browser: the editor asks this server alone, within its policy, by keys, and reads well."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from samples import rich, rival
from serving import BERG, make_store, serving
from test_hostile import ALL
from waiting import becomes

from kg import store as stores
from kg.query import questions
from kg.rdf import vocab
from kg.rdf.terms import Lit
from kg.serve.pages import FIRST_STEPS

NAMES = [question.name for question in questions()]
STEPS = [title for title, _, _ in FIRST_STEPS]

PAGES = [
    "/",
    f"/article/{rich().article.id}?from=24&to=36",
    f"/entity/{BERG.rpartition('/')[2]}",
    "/entities",
    "/annotate",
    "/ontology",
    "/questions",
    "/query?name=speaker",
    "/editor",
]

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with serving(make_store(tmp_path_factory.mktemp("served"))) as found:
        yield found


class Visit:
    """A page of the server and what went wrong on it."""

    def __init__(self, windows: Any, address: str, path: str, width: int = 1300) -> None:
        self.windows = windows
        self.page = windows.page({"width": width, "height": 900})
        self.errors: list[str] = []
        self.elsewhere: list[str] = []
        self.page.on("pageerror", lambda error: self.errors.append(f"uncaught {error}"))
        self.page.on("console", lambda m: self.errors.append(m.text) if m.type == "error" else None)
        self.page.on(
            "request",
            lambda r: None if r.url.startswith((address + "/", "data:", "blob:")) else self.elsewhere.append(r.url),
        )
        self.page.goto(address + path)

    def close(self) -> None:
        self.windows.give_back(self.page)

    def assert_quiet(self) -> None:
        assert self.errors == []
        assert self.elsewhere == []
        assert self.page.evaluate("window.__violations") == []


@pytest.fixture
def visit(windows: Any, address: str) -> Iterator[Any]:
    made: list[Visit] = []

    def go(path: str, width: int = 1300) -> Visit:
        made.append(Visit(windows, address, path, width))
        return made[-1]

    yield go
    for each in made:
        each.close()


def test_the_editor_runs_the_shipped_questions(visit: Any) -> None:
    at = visit("/editor")
    page = at.page
    page.wait_for_selector("html[data-ready='1']", state="attached")
    assert page.locator(".yasgui .tabsList .tab:not(.addTab)").count() == 1
    examples = page.locator("#examples option").all_inner_texts()
    assert examples[1:] == [title for title, _, _ in FIRST_STEPS] + [question.title for question in questions()]
    page.select_option("#examples", index=len(FIRST_STEPS) + 1 + NAMES.index("who-said-what"))
    page.locator(".tabPanel.active .yasqe_queryButton").click()
    page.wait_for_selector(".tabPanel.active .yasr table.dataTable tbody tr")
    assert "Ida Berg" in page.locator(".tabPanel.active .yasr table.dataTable").inner_text()
    at.assert_quiet()


def test_the_editor_shows_what_is_wrong_with_a_query(visit: Any) -> None:
    at = visit("/editor")
    page = at.page
    page.wait_for_selector("html[data-ready='1']", state="attached")
    page.evaluate(
        "document.querySelector('.tabPanel.active .CodeMirror').CodeMirror.setValue('SELECT * { SERVICE <http://x.test/> { ?s ?p ?o } }')"
    )
    page.locator(".tabPanel.active .yasqe_queryButton").click()
    page.wait_for_selector(".tabPanel.active .yasr .errorResult")
    assert "SERVICE is not allowed" in page.locator(".tabPanel.active .yasr").inner_text()
    assert at.elsewhere == []


WRITE = "text => document.querySelector('.tabPanel.active .CodeMirror').CodeMirror.setValue(text)"
ROWS = ".tabPanel.active .yasr table.dataTable tbody tr"


def ask(page: Any, query: str) -> None:
    """Write a query into the editor and run it."""
    page.evaluate(WRITE, query)
    page.locator(".tabPanel.active .yasqe_queryButton").click()


@pytest.mark.parametrize(
    ("query", "line", "wrong"),
    [
        ("SELECT * {\n  ?s kg:text ?o ..\n}", 3, "."),
        ("SELECT * {\n  ?s kg:text ?o\n  ?t kg:saidBy ?o .\n}", 4, "?t"),
        ("SELECT * {\n  OPTIONL { ?s kg:text ?o }\n}", 3, "OPTIONL"),
        ("SELECT * {\n  ?f kg:low ?n FILTER(?n > 3\n}", 3, "("),
    ],
)
def test_an_error_is_marked_where_it_is(visit: Any, query: str, line: int, wrong: str) -> None:
    page = visit("/editor").page
    page.wait_for_selector("html[data-ready='1']", state="attached")
    ask(page, query)
    page.wait_for_selector(".CodeMirror .fault")
    assert page.locator(".CodeMirror .fault").all_inner_texts() == [wrong]
    assert page.locator("#fault").inner_text().startswith(f"Wrong at line {line}, ")
    page.locator(".tabPanel.active .CodeMirror").click()
    page.keyboard.type(" ")
    becomes(page, "document.querySelectorAll('.CodeMirror .fault').length", 0)


def test_a_term_that_the_ontology_lacks_is_marked_and_its_neighbour_named(visit: Any) -> None:
    at = visit("/editor")
    page = at.page
    page.wait_for_selector("html[data-ready='1']", state="attached")
    page.evaluate(WRITE, "SELECT * {\n  ?s kg:textt ?o ; kg:saidBy ?who .\n}")
    assert page.locator(".CodeMirror .fault").all_inner_texts() == ["kg:textt"]
    assert page.inner_text("#fault") == "kg:textt is no term of the ontology; is it kg:text?"
    page.evaluate(WRITE, "SELECT * {\n  ?s kg:text ?o ; kg:saidBy ?who .\n}")
    assert page.locator(".CodeMirror .fault").count() == 0 and page.inner_text("#fault") == ""
    # what is known is declared: no mark of the editor either
    assert page.locator(".CodeMirror .parseErrorIcon").count() == 0
    at.assert_quiet()


def test_each_row_of_the_editor_leads_to_where_an_article_says_so(visit: Any) -> None:
    at = visit("/editor")
    page = at.page
    page.wait_for_selector("html[data-ready='1']", state="attached")
    query = "SELECT ?who ?words { ?s kg:saidBy/rdfs:label ?who ; kg:text ?words } ORDER BY ?words LIMIT 100"
    ask(page, query)
    page.wait_for_selector(f"{ROWS} button.where")
    rows = page.locator(ROWS).count()
    assert rows == page.locator("button.where").count() > 3
    for n in (0, rows - 1):
        words = page.locator(ROWS).nth(n).locator("td").last.inner_text()
        page.locator("button.where").nth(n).click()
        page.wait_for_selector("mark#evidence")
        assert words.split(" … ")[0] in page.inner_text("mark#evidence")
        page.go_back()
        page.wait_for_selector("html[data-ready='1']", state="attached")
        ask(page, query)
        page.wait_for_selector(f"{ROWS} button.where")
    ask(page, "SELECT (COUNT(*) AS ?n) { ?s kg:text ?t }")
    page.wait_for_selector("th:has-text('n')")
    page.locator("button.where").first.click()
    page.wait_for_selector("#fault:has-text('no record')")
    at.assert_quiet()


def test_an_answer_of_the_editor_is_sorted_filtered_and_leafed_through(visit: Any) -> None:
    at = visit("/editor")
    page = at.page
    page.wait_for_selector("html[data-ready='1']", state="attached")
    ask(page, "SELECT ?n { VALUES ?n { " + " ".join(str(1000 + n * 7 % 120) for n in range(120)) + " } }")
    page.wait_for_selector(ROWS)
    shown = "() => [...document.querySelectorAll('.yasr table.dataTable tbody tr')].map(r => Number(r.cells[1].textContent))"
    assert len(page.evaluate(shown)) == 50
    page.get_by_role("button", name="n: Activate to sort").click()
    becomes(page, shown, list(range(1000, 1050)))  # the table sorts in a task of its own
    page.locator(".yasr button.dt-paging-button.next").click()
    becomes(page, shown, list(range(1050, 1100)))
    page.locator(".yasr input.tableFilter").press_sequentially("1119")
    becomes(page, shown, [1119])
    at.assert_quiet()


def test_who_and_what_are_shown_as_a_graph_and_what_cannot_be_is_told_with_a_way_back(visit: Any) -> None:
    page = visit("/editor").page
    page.wait_for_selector("html[data-ready='1']", state="attached")
    page.evaluate(WRITE, "SELECT ?who ?what { ?s kg:saidBy/rdfs:label ?who ; kg:text ?what }")
    page.click("#as-graph")
    page.wait_for_selector("#tabs", state="attached")
    page.wait_for_selector("html[data-ready='1']", state="attached")
    assert page.evaluate("kgview.graphview.drawn().edges.length") > 3
    page.go_back()
    page.wait_for_selector("html[data-ready='1']", state="attached")
    nothing = "SELECT ?s { ?s kg:text 'nobody says <this> & that' }"
    page.evaluate(WRITE, nothing)
    page.click("#as-graph")
    page.wait_for_selector("h1:has-text('Not answered')")
    assert "the query returns nothing" in page.inner_text("main")
    page.click("text=Back to the query")
    page.wait_for_selector("html[data-ready='1']", state="attached")
    assert nothing in page.evaluate("document.querySelector('.tabPanel.active .CodeMirror').CodeMirror.getValue()")


def test_a_query_is_shared_by_a_link_that_opens_it(visit: Any) -> None:
    page = visit("/editor").page
    page.wait_for_selector("html[data-ready='1']", state="attached")
    query = "SELECT ?s { ?s a kg:Figure } # 100 % & more"
    page.evaluate(WRITE, query)
    page.click(".yasqe_share")
    link = page.locator(".yasqe_sharePopup input").input_value()
    again = visit(link[link.index("/editor") :]).page
    again.wait_for_selector("html[data-ready='1']", state="attached")
    assert query in again.evaluate("document.querySelector('.tabPanel.active .CodeMirror').CodeMirror.getValue()")


def test_a_term_is_completed_with_what_it_means(visit: Any) -> None:
    page = visit("/editor").page
    page.wait_for_selector("html[data-ready='1']", state="attached")
    page.evaluate(
        "(() => { const c = document.querySelector('.tabPanel.active .CodeMirror').CodeMirror;"
        "c.setValue('PREFIX kg: <https://w3id.org/reportedly/ns#>\\nSELECT * {\\n  ?s kg:sai\\n}'); c.focus(); c.setCursor({ line: 2, ch: 11 }); c.autocomplete(); })()"
    )
    page.wait_for_selector(".CodeMirror-hint .comment")
    hint = page.locator(".CodeMirror-hint").first.inner_text()
    assert hint.startswith("kg:saidBy")
    assert "Whose words" in hint


def test_what_is_written_with_a_known_prefix_is_completed_and_the_prefix_declared(visit: Any) -> None:
    at = visit("/editor")
    page = at.page
    page.wait_for_selector("html[data-ready='1']", state="attached")
    page.evaluate(
        "(() => { const c = document.querySelector('.tabPanel.active .CodeMirror').CodeMirror;"
        "c.setValue('SELECT * {\\n  ?s \\n}'); c.focus(); c.setCursor({ line: 1, ch: 5 }); })()"
    )
    page.keyboard.type("kg:sai")
    page.keyboard.press("Control+ ")
    page.wait_for_selector(".CodeMirror-hint .comment")
    assert page.locator(".CodeMirror-hint").first.inner_text().startswith("kg:saidBy")
    text = page.evaluate("document.querySelector('.tabPanel.active .CodeMirror').CodeMirror.getValue()")
    assert text.startswith("PREFIX kg: <https://w3id.org/reportedly/ns#>") and text.count("PREFIX") == 1
    at.assert_quiet()


def test_the_gallery_leads_from_one_pattern_to_comparisons_and_into_the_editor(visit: Any) -> None:
    at = visit("/")
    page = at.page
    page.get_by_role("navigation").get_by_role("link", name="Questions").click()
    page.wait_for_url("**/questions")
    titles = page.locator(".cards h3").all_inner_texts()
    assert titles[: len(STEPS)] == STEPS and {q.title for q in questions()} == set(titles[len(STEPS) :])
    assert all(q.about in page.inner_text("main") for q in questions())
    page.get_by_role("link", name=STEPS[1]).click()
    page.wait_for_selector("html[data-ready='1']", state="attached")
    shown = "document.querySelector('.tabPanel.active .CodeMirror').CodeMirror.getValue()"
    assert FIRST_STEPS[1][2] in page.evaluate(shown)
    page.go_back()
    page.get_by_role("link", name="On whose word in the editor").click()
    page.wait_for_selector("html[data-ready='1']", state="attached")
    assert "# title: On whose word" in page.evaluate(shown) and "# group" not in page.evaluate(shown)
    at.assert_quiet()


@pytest.mark.parametrize(
    ("path", "here"),
    [("/", "Articles"), ("/entities", "Entities"), ("/query?name=denials", "Questions"), ("/editor", "SPARQL")],
)
def test_a_page_says_where_one_is(visit: Any, path: str, here: str) -> None:
    assert visit(path).page.locator("nav [aria-current='page']").all_inner_texts() == [here]


def test_the_pages_are_in_one_row_and_on_a_telephone_in_a_menu(visit: Any) -> None:
    wide = visit("/entities").page
    assert len({link.bounding_box()["y"] for link in wide.locator("nav a").all()}) == 1
    assert not wide.is_visible("nav button")
    page = visit("/entities", 390).page
    assert page.locator("nav").bounding_box()["height"] <= 56 and not page.is_visible("nav a")
    button = page.get_by_role("button", name="Entities")
    button.focus()
    page.keyboard.press("Enter")
    boxes = [link.bounding_box() for link in page.locator("nav a").all()]
    assert len(boxes) == 7 and all(box["x"] >= 0 and box["x"] + box["width"] <= 390 for box in boxes)
    page.keyboard.press("Escape")
    becomes(page, "document.querySelector('nav a').checkVisibility()", False)
    assert button.evaluate("e => e === document.activeElement")
    button.click()
    page.get_by_role("link", name="Questions").first.click()
    page.wait_for_url("**/questions")
    assert page.locator("h1").inner_text()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_pages_look_as_the_view_does(visit: Any, scheme: str) -> None:
    look = """() => { const style = (e, names) => Object.fromEntries(names.map(n => [n, getComputedStyle(e)[n].replace('rgba(0, 0, 0, 0)', getComputedStyle(document.body)[n])]));
      const tab = s => style(document.querySelector(s), ['fontSize', 'color', 'backgroundColor', 'borderTopColor']);
      return [style(document.body, ['fontFamily', 'fontSize', 'color', 'backgroundColor']), tab(HERE), tab(OTHER)]; }"""
    looks = []
    for path, here, other in (
        ("/view", "#tabs [aria-selected=true]", "#tabs [aria-selected=false]"),
        ("/questions", "nav [aria-current]", "nav a:not([aria-current])"),
    ):
        page = visit(path).page
        page.emulate_media(color_scheme=scheme)
        page.wait_for_selector(here)
        looks.append(page.evaluate(look.replace("HERE", json.dumps(here)).replace("OTHER", json.dumps(other))))
    assert looks[0] == looks[1]


def test_a_column_that_no_row_fills_is_not_shown_nor_one_that_the_filter_leaves_bare(visit: Any) -> None:
    page = visit("/query?name=figures").page
    heads = "() => [...document.querySelectorAll('table.answer thead th')].filter(e => e.checkVisibility()).map(e => e.textContent)"
    filled = "() => [...document.querySelectorAll('table.answer thead th')].filter((e, n) => [...document.querySelectorAll('table.answer tbody tr')].some(r => r.cells[n].textContent.trim())).map(e => e.textContent)"
    every = page.evaluate(heads)
    assert every == page.evaluate(filled)
    page.locator("#rows-filter").fill("rescue survivors")
    assert page.evaluate(heads) == page.evaluate(filled) and len(page.evaluate(heads)) < len(every)


def test_lists_fill_the_window(visit: Any) -> None:
    for path in ("/", "/ontology", "/entities", "/questions"):
        page = visit(path, 1900).page
        furthest = "Math.max(...[...document.querySelectorAll('.list, .terms, .cards')].map(e => e.getBoundingClientRect().right))"
        assert page.evaluate(furthest) > 0.95 * 1900


def test_the_editor_fills_the_window(visit: Any) -> None:
    page = visit("/editor", 1900).page
    page.wait_for_selector("html[data-ready='1']", state="attached")
    box = page.locator("#yasgui").bounding_box()
    assert box["width"] > 0.95 * 1900 and box["y"] < 180 and box["y"] + box["height"] > 900 - 60


@pytest.mark.parametrize("path", ["/query?name=figures", "/query?name=who-said-what", PAGES[1], PAGES[2]])
@pytest.mark.parametrize("width", [390, 700, 1300])
def test_no_table_breaks_inside_a_word(visit: Any, path: str, width: int) -> None:
    broken = """() => {
      const found = [];
      const walk = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
      for (let node = walk.nextNode(); node; node = walk.nextNode()) if (node.parentElement.closest("table")) for (const { index, 0: word } of node.data.matchAll(/[\\p{L}\\p{N}’]+/gu)) {
        const range = document.createRange();
        range.setStart(node, index);
        range.setEnd(node, index + word.length);
        if (new Set([...range.getClientRects()].map((r) => r.top)).size > 1) found.push(word);
      }
      return found;
    }"""
    page = visit(path, width).page
    assert page.locator("main table").count() and page.evaluate(broken) == []


def test_an_answer_is_leafed_through(browser: Any, address: str) -> None:
    context = browser.new_context()
    page = context.new_page()

    def many(route: Any) -> None:
        answer = route.fetch()
        head, rows, foot = re.split(r"(?<=<tbody>)|(?=</tbody>)", answer.text())
        row = re.search(r"<tr>.*?</tr>", rows, re.S).group()
        route.fulfill(response=answer, body=head + row * 120 + foot)

    page.route("**/query?name=figures", many)
    page.goto(address + "/query?name=figures")
    said = page.locator("#rows-said")
    assert said.inner_text() == "rows 1 to 50 of 120" and page.locator("table.answer tbody tr").count() == 50
    assert page.is_disabled("#rows-before")
    page.click("#rows-after")
    page.click("#rows-after")
    assert said.inner_text() == "rows 101 to 120 of 120" and page.is_disabled("#rows-after")
    page.click("#rows-before")
    assert said.inner_text() == "rows 51 to 100 of 120"
    context.close()


def test_words_of_articles_are_words_on_every_page(windows: Any, tmp_path: Path) -> None:
    with stores.open(tmp_path / "bad", create=True) as made:
        for extraction in ALL:
            plain = [replace(event, participants=()) for event in extraction.events]  # whose parts have names of ours
            made.put(replace(extraction, events=tuple(plain)))
        named = sorted(str(q.s) for q in made.quads(p=vocab.named, o=Lit("true", vocab.boolean)))
    ends = [name.rpartition("/")[2] for name in named]
    with serving(tmp_path / "bad") as address:
        paths = [
            "/",
            "/entities",
            *(f"/article/{e.article.id}?from=0&to=4" for e in ALL),
            *(f"/entity/{e}" for e in ends[::6]),
        ]
        at = Visit(windows, address, "/questions")
        for path in (*paths, *(f"/query?name={name}" for name in NAMES)):
            at.page.goto(address + path)
            assert at.page.evaluate("window.__ran") is None, path
            at.assert_quiet()
        assert len(paths) > 80
        at.close()


def test_an_answer_is_sorted_and_filtered(visit: Any) -> None:
    at = visit("/query?name=figures")
    page = at.page
    who = "() => [...document.querySelectorAll('table.answer tbody tr')].map(r => r.cells[0].textContent)"
    page.get_by_role("button", name="who", exact=True).click()
    up = page.evaluate(who)
    assert len(up) > 2
    page.get_by_role("button", name="who", exact=True).click()
    assert page.evaluate(who)[0] == up[-1]
    page.locator("#rows-filter").fill("rescue survivors")
    becomes(page, who, ["Rescue Watch"])
    assert page.locator("#rows-said").inner_text() == "rows 1 to 1 of 1"
    page.locator("#rows-filter").fill("")
    becomes(page, f"({who})().length", len(up))
    # a single page: nothing to turn, and its rows are counted above
    assert not any(page.is_visible(f"#rows-{name}") for name in ("before", "after", "said"))
    at.assert_quiet()


def test_heads_stand_over_their_numbers_and_pages_on_one_grid(visit: Any) -> None:
    page = visit("/query?name=figures").page
    sides = page.evaluate(
        """() => [...document.querySelectorAll('table.answer thead th')].filter(th => th.checkVisibility())
        .map(th => [th, document.querySelector(`table.answer tbody tr td:nth-child(${th.cellIndex + 1})`)]).map(two => two.map(e => getComputedStyle(e).textAlign))"""
    )
    assert ["right", "right"] in sides and all(head == cell for head, cell in sides)
    left = page.evaluate("['nav b', 'h1'].map(s => document.querySelector(s).getBoundingClientRect().left)")
    assert len(set(left)) == 1


def test_an_article_is_listed_with_its_publisher_and_date_apart(visit: Any) -> None:
    said = visit("/").page.locator(".list .dim").all_inner_texts()
    assert said and all(re.fullmatch(r"(.+, )?(\d{4}-\d\d-\d\d)?", words) for words in said)


def test_a_node_in_an_answer_leads_to_its_page(visit: Any) -> None:
    at = visit("/editor")
    page = at.page
    page.wait_for_selector("html[data-ready='1']", state="attached")
    page.evaluate(
        "document.querySelector('.tabPanel.active .CodeMirror').CodeMirror.setValue('SELECT ?a { ?a a kg:Article } ORDER BY ?a')"
    )
    page.locator(".tabPanel.active .yasqe_queryButton").click()
    page.locator(".tabPanel.active .yasr table.dataTable tbody a").first.click()
    page.wait_for_url("**/article/*")
    at.assert_quiet()


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize(("width", "scheme"), [(1300, "light"), (1300, "dark"), (390, "light")])
def test_a_page_reads_well(visit: Any, path: str, width: int, scheme: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    at = visit(path, width)
    at.page.emulate_media(color_scheme=scheme)
    if path == "/editor":
        at.page.wait_for_selector("html[data-ready='1']", state="attached")
        at.page.locator(".tabPanel.active .yasqe_queryButton").click()
        at.page.wait_for_selector(".tabPanel.active .yasr table.dataTable tbody tr")
    assert at.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    at.assert_quiet()
    found = Axe().run(at.page).response["violations"]
    assert [f"{v['id']}: {json.dumps(v['nodes'][0]['target'])}" for v in found] == []


def test_the_view_works_as_it_is_served(visit: Any) -> None:
    at = visit("/view")
    at.page.wait_for_selector("html[data-ready='1']", state="attached")
    at.assert_quiet()


def test_an_answer_is_shown_as_a_graph_and_a_record_leads_to_its_words(visit: Any) -> None:
    at = visit("/editor")
    page = at.page
    page.wait_for_selector("html[data-ready='1']", state="attached")
    page.select_option("#examples", index=1 + STEPS.index("Words said"))
    page.locator(".tabPanel.active .yasqe_queryButton").click()
    page.wait_for_selector(".tabPanel.active .yasr table.dataTable tbody tr")
    page.locator(".tabPanel.active .yasr table.dataTable a.iri").first.click()
    page.wait_for_selector("mark#evidence")
    assert page.inner_text("mark#evidence") in rich().article.text + rival().article.text
    page.go_back()
    page.wait_for_selector("html[data-ready='1']", state="attached")
    page.select_option("#examples", index=1 + STEPS.index("A graph: who said what"))
    page.click("#as-graph")
    page.wait_for_selector("#tabs", state="attached")
    page.wait_for_selector("html[data-ready='1']", state="attached")
    assert page.evaluate("kgview.data.statements.length") == 6 and "CONSTRUCT" in page.url
    at.assert_quiet()


def test_each_row_of_a_question_leads_to_where_an_article_says_so(visit: Any) -> None:
    at = visit("/query?name=who-said-what&p.speaker=Ida")
    page = at.page
    rows = page.locator("table.answer tbody tr")
    assert rows.count() == page.locator("table.answer td:last-child a.evidence").count() > 1
    what = rows.first.locator("td").nth(2).inner_text()
    rows.first.locator("a.evidence").click()
    page.wait_for_selector("mark#evidence")
    assert what.split(" … ")[0] in page.inner_text("mark#evidence")
    page.go_back()
    page.get_by_role("link", name="Show as a graph").click()
    page.wait_for_selector("html[data-ready='1']", state="attached")
    speakers = page.evaluate(
        "kgview.data.statements.filter(s => !s.parent).map(s => kgview.data.entities.find(e => e.id === s.by).name)"
    )
    assert speakers and all("Berg" in name for name in speakers)
    at.assert_quiet()


@pytest.mark.parametrize("name", ["contradicted-by", "figures", "conflicts", "articles"])
def test_the_place_is_in_sight_in_a_wide_and_a_narrow_window(visit: Any, name: str) -> None:
    for width in (390, 1400):
        page = visit(f"/query?name={name}", width).page
        link = page.locator("table.answer td[data-column^=article] a").first
        box = link.bounding_box() if link.count() else None
        assert box is None or box["x"] + box["width"] <= width
        assert name in {"conflicts"} or box is not None
        if width == 390:
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
            assert page.evaluate(
                "(w => w.scrollWidth <= w.clientWidth)(document.querySelector('.wide') ?? document.body)"
            )


def test_the_records_of_an_article_fit_a_telephone_and_show_no_empty_column(visit: Any) -> None:
    at = visit(f"/article/{rich().article.id}", width=390)
    tables = at.page.locator(".wide table")
    assert tables.count() > 1
    assert tables.evaluate_all("all => all.every(e => e.scrollWidth <= 360)")
    bare = """all => all.flatMap(t => [...t.tHead.rows[0].cells].map((head, n) => [...t.tBodies[0].rows].every(r => !r.cells[n].textContent.trim())))"""
    assert not any(tables.evaluate_all(bare))
    assert at.page.locator(".wide td:visible").evaluate_all("all => all.every(e => e.textContent.trim())")


def test_columns_that_no_row_fills_are_not_shown(visit: Any) -> None:
    at = visit("/editor")
    page = at.page
    page.wait_for_selector("html[data-ready='1']", state="attached")
    page.evaluate(
        "document.querySelector('.tabPanel.active .CodeMirror').CodeMirror.setValue('SELECT ?what ?nothing ?who { ?s kg:text ?what OPTIONAL { ?s kg:saidBy ?who } }')"
    )
    page.locator(".tabPanel.active .yasqe_queryButton").click()
    page.wait_for_selector(".tabPanel.active .yasr table.dataTable tbody tr")
    heads = page.locator(".tabPanel.active .yasr table.dataTable thead th").all_inner_texts()
    assert [head.strip() for head in heads if head.strip()] == ["#", "what", "who"]
    page.locator(".tabPanel.active .yasr").get_by_label("Ellipse").uncheck()
    cell = ".tabPanel.active .yasr table.dataTable:not(.ellipseTable) td div"
    page.wait_for_selector(cell)
    assert page.locator(cell).evaluate_all("all => all.every(e => getComputedStyle(e).wordBreak === 'normal')")
    at.assert_quiet()
