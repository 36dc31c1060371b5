"""Deciding in the page: what is wrong is rejected, corrected, merged, split and added; exported or saved by the server; nothing is lost."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from deciding import by, word
from samples import rich, rival
from serving import make_store, serving
from typer.testing import CliRunner
from view_cases import five
from waiting import until

from kg import store as stores
from kg.cli import app
from kg.records.extraction import confident
from kg.review.decision_file import FILE, append, as_json, digest_of, load, parse, reversal
from kg.review.earlier_words import earlier_words
from kg.review.verdicts import Do
from kg.view import page
from kg.view.data import view_data

pytestmark = pytest.mark.browser

ARTICLES = Path(__file__).resolve().parents[2] / "data" / "articles"
TOKEN = "a token that nobody guesses"


def kg(*arguments: object) -> None:
    result = CliRunner().invoke(app, [str(a) for a in arguments])
    assert result.exit_code == 0, result.output


class Desk:
    """A page in which somebody decides, by keys and buttons as a person would."""

    def __init__(self, page: Any) -> None:
        self.page = page

    def data(self, script: str) -> Any:
        return self.page.evaluate(f"(data => {script})(kgview.data)")

    def choose(self, id: str, view: str = "claims") -> None:
        self.page.evaluate("([id, view]) => kgview.select(id, { view })", [id, view])

    def fill(self, **fields: str) -> None:
        for name, value in fields.items():
            field = self.page.locator(f"#deciding-{name}")
            if field.evaluate("e => e.localName") == "select":
                field.select_option(value)
            else:
                field.fill(value)

    def press(self, verb: str) -> None:
        self.page.locator("#deciding").get_by_role("button", name=verb, exact=True).click()

    def wrong(self) -> str:
        return str(self.page.inner_text("#deciding .wrong"))

    def mark(self, words: str) -> None:
        """Select words of an article with the pointer's own selection."""
        found = self.page.evaluate(
            """words => {
              const at = (offset) => {
                const walk = document.createTreeWalker(block, NodeFilter.SHOW_TEXT, (n) => (n.parentElement.closest(".who") ? 2 : 1));
                for (let left = offset; walk.nextNode(); left -= walk.currentNode.length)
                  if (left <= walk.currentNode.length) return [walk.currentNode, left];
              };
              const plain = (b) => { const c = b.cloneNode(true); c.querySelectorAll(".who").forEach((w) => w.remove()); return c.textContent; };
              const block = [...document.querySelectorAll("[data-block]")].find((b) => plain(b).includes(words));
              if (!block) return false;
              const from = plain(block).indexOf(words);
              getSelection().setBaseAndExtent(...at(from), ...at(from + words.length));
              return true;
            }""",
            words,
        )
        assert found, words

    def unsaved(self) -> int:
        return int(self.page.evaluate("kgview.decisions.unsaved()"))

    def export(self, to: Path) -> Path:
        self.page.click("#tools summary")
        with self.page.expect_download() as download:
            self.page.get_by_role("button", name="Decisions (for kg review apply)").click()
        download.value.save_as(to)
        return to


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("bundled") / "graph"
    kg("build", ARTICLES, "-o", folder, "--fast")
    return folder


@pytest.fixture
def folder(built: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(built, tmp_path / "graph"))


def decide_all(desk: Desk, *, saves: bool = False) -> dict[str, Any]:
    """Reject one statement, correct a speaker, merge two entities, add a missed quotation: what is expected of the graph.

    A page that `saves` each at once draws itself anew when the answer comes, and a selection goes.
    """
    said = desk.data("data.statements.filter(s => !s.parent).map(s => [s.id, s.article, s.text, s.by])")
    wrong = said[0]
    desk.choose(wrong[0])
    desk.page.keyboard.press("n")
    assert "Wrong" in desk.page.inner_text("#panel .deciding")

    names = dict(desk.data("data.entities.map(e => [e.id, e.name])"))
    spoken = {s[3] for s in said}
    corrected = next(s for s in said if s[1] != wrong[1])
    speaker = next(
        e
        for e in desk.data(
            "data.entities.filter(e => e.named && e.type == 'Organization').map(e => [e.id, e.name, e.articles])"
        )
        if corrected[1] in e[2] and e[0] != corrected[3]
    )
    desk.choose(corrected[0])
    desk.page.keyboard.press("c")
    desk.fill(entity=speaker[1], why="the sentence before names it")
    desk.press("Correct")

    one, other = [
        e
        for e in desk.data("data.entities.filter(e => e.named && e.type == 'Person').map(e => [e.id, e.name])")
        if e[0] in spoken
    ][:2]
    desk.choose(one[0])
    desk.page.get_by_role("button", name="Same as …").click()
    desk.page.fill("#deciding-search", other[1])
    desk.page.locator("#deciding").get_by_label(other[1]).first.check()
    desk.press("Merge")

    n, words = desk.data(
        """(() => {
          for (const [n, a] of data.articles.entries())
            for (const [kind, from, to] of a.blocks) {
              const some = a.text.slice(from, from + 24).trim();
              if (kind === "paragraph" && to - from > 60 && !data.statements.some(s => s.article === n && s.content.some(([x, y]) => x < from + 24 && y > from)))
                return [n, some];
            }
        })()"""
    )
    if saves:
        until(desk.page, "kgview.decisions.unsaved() === 0")
    desk.choose(desk.data(f"data.articles[{n}].id"), "reader")
    desk.mark(words)
    desk.page.keyboard.press("a")
    assert desk.page.input_value("#deciding-content") == words
    desk.fill(entity=names[desk.data(f"data.entities.find(e => e.named && e.seen.some(([m]) => m === {n})).id")])
    desk.press("Add")
    return {
        "rejected": wrong[2], "corrected": (corrected[2], speaker[1]), "merged": (one[1], other[1]), "added": words,
    }  # fmt: skip


def check_all(desk: Desk, expected: dict[str, Any]) -> None:
    """Everything that was decided is in the page."""
    said = dict(desk.data("data.statements.map(s => [s.text, data.entities.find(e => e.id === s.by).name])"))
    assert expected["rejected"] not in said
    words, speaker = expected["corrected"]
    assert said[words] == speaker
    assert expected["added"] in said
    together = [
        names for names in desk.data("data.entities.map(e => e.names)") if set(expected["merged"]) <= set(names)
    ]
    assert len(together) == 1


@pytest.mark.model
def test_a_file_is_decided_on_exported_applied_rebuilt_and_opened_again(
    opened: Callable[..., Any], folder: Path, tmp_path: Path
) -> None:
    view = opened((folder / "view.html").read_text("utf-8"), "view=claims")
    desk = Desk(view.page)
    expected = decide_all(desk)
    assert view.page.inner_text("#review-open") == "Review: 4 unsaved"
    view.page.reload()
    view.page.wait_for_selector("html[data-ready='1']", state="attached")
    assert view.page.inner_text("#review-open") == "Review: 4 unsaved"
    file = desk.export(tmp_path / "decisions.jsonl")
    assert view.page.inner_text("#review-open") == "Review"
    assert [line.do for line in load(file)] == ["reject", "correct", "merge", "add"]
    assert load(file)[1].by.why == "the sentence before names it"
    view.assert_quiet()

    kg("review", "apply", file, "--dir", folder)
    check_all(Desk(opened((folder / "view.html").read_text("utf-8")).page), expected)
    (folder / "view.html").unlink()
    kg("build", ARTICLES, "-o", folder, "--fast")
    again = opened((folder / "view.html").read_text("utf-8"))
    check_all(Desk(again.page), expected)
    again.assert_quiet()


@pytest.fixture
def visit(browser: Any) -> Iterator[Callable[[str], Any]]:
    contexts: list[Any] = []

    def go(address: str) -> Any:
        context = browser.new_context(viewport={"width": 1400, "height": 900})
        contexts.append(context)
        found = context.new_page()
        found.errors = []
        found.on("pageerror", lambda error: found.errors.append(str(error)))
        found.on("console", lambda m: found.errors.append(m.text) if m.type == "error" else None)
        found.goto(address)
        found.wait_for_selector("html[data-ready='1']", state="attached")
        return found

    yield go
    for context in contexts:
        context.close()


@pytest.mark.model
def test_a_server_saves_at_once_and_two_reviewers_lose_nothing(visit: Callable[[str], Any], folder: Path) -> None:
    with serving(folder, options={"review": TOKEN}) as address:
        here = f"{address}/view#review={TOKEN}"
        first, second = Desk(visit(here)), Desk(visit(here))
        assert TOKEN not in first.page.evaluate("location.href")
        expected = decide_all(first, saves=True)
        figure, role = (second.data(f"data.{kind}[0].id") for kind in ("figures", "roles"))
        for id in (figure, role):
            second.choose(id)
            second.page.keyboard.press("y")
        for desk in (first, second):
            until(desk.page, "kgview.decisions.unsaved() === 0")
            assert desk.page.errors == []
        lines = load(folder / FILE)
        assert sorted(line.do for line in lines) == ["add", "confirm", "confirm", "correct", "merge", "reject"]
        # a third who comes later sees what both decided, and takes back what one of them did
        third = Desk(visit(here))
        until(third.page, "kgview.decisions.inForce().length === 6")
        third.choose(figure)
        third.page.get_by_role("button", name="Take back").click()
        until(third.page, "kgview.decisions.unsaved() === 0 && kgview.decisions.inForce().length === 5")
        assert load(folder / FILE)[-1].do == "undo"
        # the graph follows, perhaps in several steps
        wanted = [json.dumps(expected[name]) for name in ("rejected", "added")]
        for _ in range(40):
            last = visit(here)
            if last.evaluate(
                f"(has => !has({wanted[0]}) && has({wanted[1]}))(words => kgview.data.statements.some(s => s.text === words))"
            ):
                break
            last.wait_for_timeout(500)
        check_all(Desk(last), expected)
    kg("build", ARTICLES, "-o", folder, "--fast")
    with serving(folder) as address:
        check_all(Desk(visit(f"{address}/view")), expected)


def test_without_the_token_nothing_is_sent(visit: Callable[[str], Any], tmp_path: Path) -> None:
    folder = make_store(tmp_path / "graph")
    with serving(folder, options={"review": TOKEN}) as address:
        desk = Desk(visit(f"{address}/view"))
        desk.choose(desk.data("data.statements[0].id"))
        desk.page.keyboard.press("y")
        until(desk.page, "kgview.decisions.unsaved() === 1")
        wrong = Desk(visit(f"{address}/view#review=another"))
        wrong.choose(wrong.data("data.statements[0].id"))
        wrong.page.keyboard.press("y")
        until(wrong.page, "kgview.decisions.trouble().startsWith('Not saved')")
        assert wrong.unsaved() == 1
    assert load(folder / FILE) == []


@pytest.fixture(scope="module")
def html() -> str:
    return page(five())


def test_every_line_is_one_that_the_file_takes_with_the_id_it_says(opened: Callable[..., Any], html: str) -> None:
    view = opened(html, "view=claims")
    desk = Desk(view.page)
    view.run("localStorage.setItem('reportedly reviewer', 'Zoë “Z” \\u007f Łuk')")
    for kind in ("statements", "figures", "roles"):
        for id in desk.data(f"data.{kind}.map(r => r.id)"):
            desk.choose(id)
            desk.page.keyboard.press("y")
    until(
        view.page,
        "kgview.decisions.own().length === kgview.data.statements.length + kgview.data.figures.length + kgview.data.roles.length",
    )
    lines = [entry["line"] for entry in view.run("kgview.decisions.own()")]
    assert len(lines) > 30
    for line in lines:
        assert line["id"] == digest_of(line)
        if "\x7f" not in line["who"]:
            assert as_json(parse(json.dumps(line).encode()))["id"] == line["id"]


def test_corrections_say_what_was_changed_and_refuse_what_is_not_there(opened: Callable[..., Any], html: str) -> None:
    view = opened(html, "view=claims")
    desk = Desk(view.page)
    statement = desk.data(
        "data.statements.find(s => s.content.length === 1 && s.content[0][1] - s.content[0][0] > 30).id"
    )
    desk.choose(statement)
    desk.page.keyboard.press("c")
    desk.press("Correct")
    assert desk.wrong() == "Nothing is changed"
    desk.fill(content="words that nobody wrote")
    desk.press("Correct")
    assert "does not say" in desk.wrong()
    desk.fill(content="")
    desk.press("Correct")
    assert "cannot be empty" in desk.wrong()
    words = desk.data(f"data.statements.find(s => s.id === {json.dumps(statement)}).text")[:20].strip()
    desk.fill(content=words, stance="denies", entity="")
    desk.press("Correct")
    figure = desk.data("data.figures[0].id")
    desk.choose(figure, "figures")
    desk.page.keyboard.press("c")
    desk.fill(low="many", start="2017-02-30")
    desk.press("Correct")
    assert "is no number" in desk.wrong()
    desk.fill(low="9", high="5")
    desk.press("Correct")
    assert "is no date" in desk.wrong()
    desk.fill(start="2017-02-28")
    desk.press("Correct")
    assert "above" in desk.wrong()
    desk.fill(high="1,000.5")
    desk.press("Correct")
    lines = [parse(json.dumps(entry["line"]).encode()) for entry in view.run("kgview.decisions.own()")]
    first, second = (as_json(line)["to"] for line in lines)
    assert set(first) == {"content", "stance", "entity"} and first["entity"] is None and first["content"][0][2] == words
    assert (second["low"], second["high"], second["start"]) == ("9", "1000.5", "2017-02-28")
    view.assert_quiet()


def test_an_entity_is_split_over_articles_and_in_one(opened: Callable[..., Any], html: str) -> None:
    view = opened(html)
    desk = Desk(view.page)
    id = desk.data("data.entities.find(e => e.articles.length > 1).id")
    desk.choose(id)
    desk.page.keyboard.press("s")
    desk.page.locator("#deciding fieldset").first.locator("input").first.check()
    desk.press("Split")
    lines = [entry["line"] for entry in view.run("kgview.decisions.own()")]
    assert {line["do"] for line in lines} <= {"apart", "correct"} and lines[-1]["do"] == "apart"
    for line in lines:
        parse(json.dumps(line).encode())
    assert "Two, not one" in desk.page.inner_text("#panel .deciding")
    desk.page.keyboard.press("b")
    until(view.page, f"kgview.decisions.own().length === {len(lines) - 1}")
    view.assert_quiet()


def test_selected_words_past_the_basic_plane_and_over_blocks(opened: Callable[..., Any]) -> None:
    from kg.records.extraction import Extraction
    from kg.text.article import Article

    article = Article("A title \U0001f30a\n\n\U0001f30a “It is over,” she said.\n\nNobody \U0001f600 believed it.")
    view = opened(page([Extraction(article, "by hand")]), "view=reader")
    desk = Desk(view.page)
    view.run(
        """() => {
          const [, one, two] = document.querySelectorAll("[data-block]");
          getSelection().setBaseAndExtent(one.firstChild, 3, two.firstChild, 9);
        }"""
    )
    desk.page.keyboard.press("a")
    assert desk.page.input_value("#deciding-content") == "“It is over,” she said.\nNobody \U0001f600"
    desk.fill(cue="said", entity="she")
    desk.press("Add")
    (entry,) = view.run("kgview.decisions.own()")
    quotes = [*entry["line"]["to"]["content"], *entry["line"]["to"]["cue"], entry["line"]["to"]["entity"]["at"]]
    assert [article.text[start:end] for start, end, _ in quotes] == [words for *_, words in quotes]
    assert entry["line"]["to"]["entity"]["type"] == "Person"
    parse(json.dumps(entry["line"]).encode())
    view.assert_quiet()


@pytest.fixture
def decided(tmp_path: Path) -> Path:
    """A graph in which each kind of record was decided about before its view was written."""
    folder = make_store(tmp_path / "graph")
    lines = [
        word(rich(), "a1", Do.REJECT, n=1),
        word(rich(), "a2", Do.CORRECT, {"stance": "doubts"}, n=2, who="Ann"),
        word(rich(), "f4", Do.CONFIRM, n=3),
        word(rich(), "r1", Do.CORRECT, {"title": "harbour master"}, n=4),
        word(rich(), "e6", Do.CORRECT, {"name": "The Harbour Party"}, n=5),
        word(rich(), "a4", Do.REJECT, n=6),
    ]
    lines.append(reversal(Do.UNDO, lines[-1].id, by(7)))
    append(folder / FILE, lines)
    kg("review", "apply", "--dir", folder)
    kg("view", "--dir", folder)
    return folder


def shown(desk: Desk, script: str, view: str = "claims") -> str:
    """What the panel says of what was decided about a record."""
    desk.choose(desk.data(script), view)
    return str(desk.page.inner_text("#panel .deciding"))


def test_a_file_shows_what_was_decided_before_it_was_made(
    opened: Callable[..., Any], decided: Path, tmp_path: Path
) -> None:
    view = opened((decided / "view.html").read_text("utf-8"), "view=claims")
    desk = Desk(view.page)
    assert desk.unsaved() == 0
    corrected = shown(desk, "data.statements.find(s => s.stance === 'doubts' && s.id.endsWith('.a2')).id")
    assert "Corrected by Ann (what is done with it was denies)" in corrected
    assert "Right by Ed" in shown(desk, "data.figures.find(f => f.id.endsWith('.f4')).id", "figures")
    post = shown(desk, "data.roles.find(r => r.title === 'harbour master').id", "table")
    assert "Corrected by Ed (post was Mayor)" in post
    assert "Corrected by Ed" in shown(desk, "data.entities.find(e => e.name === 'The Harbour Party').id")
    assert " by " not in shown(desk, "data.statements.find(s => s.id.endsWith('.a4')).id")
    view.page.click("#review-open")
    rows = view.page.locator("#deciding li")
    assert rows.count() == 5
    rejected = rows.filter(has_text="Wrong")
    assert "passengers drowned" in rejected.inner_text()
    # taken back, what was rejected is there again, and what was corrected is as it was found
    rejected.get_by_role("button", name="Take back").click()
    until(view.page, "document.querySelectorAll('#deciding li').length === 4")
    view.page.keyboard.press("Escape")
    desk.choose(desk.data("data.statements.find(s => s.stance === 'doubts' && s.id.endsWith('.a2')).id"))
    view.page.keyboard.press("b")
    until(view.page, "kgview.decisions.unsaved() === 2")
    assert " by " not in view.page.inner_text("#panel .deciding")
    file = desk.export(tmp_path / "decisions.jsonl")
    view.assert_quiet()
    kg("review", "apply", file, "--dir", decided)
    again = Desk(opened((decided / "view.html").read_text("utf-8")).page)
    stances = dict(again.data("data.statements.map(s => [s.id.split('.').pop(), s.stance])"))
    assert (set(stances), stances["a2"]) == ({"a1", "a2", "a3", "a4"}, "denies")


def test_a_server_shows_what_was_decided_before_to_whoever_reads(visit: Callable[[str], Any], decided: Path) -> None:
    with serving(decided) as address:
        desk = Desk(visit(f"{address}/view"))
        assert "Corrected by Ann" in shown(
            desk, "data.statements.find(s => s.stance === 'doubts' && s.id.endsWith('.a2')).id"
        )
        assert desk.page.errors == []


def test_a_page_of_some_articles_tells_nothing_of_others(tmp_path: Path) -> None:
    folder = make_store(tmp_path / "graph")
    append(folder / FILE, [word(rich(), "a1", Do.REJECT, n=1), word(rival(), "a1", Do.CONFIRM, n=2, who="Zoë Quill")])
    kg("review", "apply", "--dir", folder)
    with stores.open(folder) as store:
        html = page([store.extraction(rich().article.id)], decided=earlier_words(store))
    assert "Quill" not in html and '"who":"Ed"' in html


def test_figures_and_posts_that_were_missed_are_added(opened: Callable[..., Any], tmp_path: Path) -> None:
    folder = make_store(tmp_path / "graph")
    kg("view", "--dir", folder)
    view = opened((folder / "view.html").read_text("utf-8"), "view=claims")
    desk = Desk(view.page)
    desk.choose(desk.data("data.articles.find(a => a.text.includes('mayor since 2015')).id"), "reader")

    def missed(kind: str, words: str, **fields: str) -> None:
        desk.mark(words)
        view.page.keyboard.press("a")
        desk.fill(kind=kind)
        assert view.page.input_value("#deciding-span") == words
        desk.fill(**fields)
        desk.press("Add")

    missed("figure", "in March 2019", unit="a year")
    missed("role", "Ida Berg", holder="Ida Berg", title="")
    assert desk.wrong() == "Post cannot be empty"
    desk.fill(title="head of the port", organization="Harbour Party", status="former")
    desk.press("Add")
    until(view.page, "kgview.decisions.unsaved() === 2")
    figure, role = (as_json(line)["to"] for line in load(desk.export(tmp_path / "d.jsonl")))
    assert (figure["low"], figure["high"], figure["span"][2]) == ("2019", "2019", "in March 2019")
    assert (role["title"], role["holder"]["at"][2], role["status"]) == ("head of the port", "Ida Berg", "former")
    kg("review", "apply", tmp_path / "d.jsonl", "--dir", folder)
    with stores.open(folder) as store:
        after = store.extraction(rich().article.id)
    assert [(f.low, f.unit) for f in after.figures if f.unit == "a year"] == [(2019, "a year")]
    assert [(r.title, r.holder) for r in after.roles if r.title == "head of the port"] == [("head of the port", "e5")]
    view.assert_quiet()


def test_a_browser_that_keeps_nothing_says_so(browser: Any, html: str, tmp_path: Path) -> None:
    file = tmp_path / "view.html"
    file.write_text(html, encoding="utf-8")
    context = browser.new_context(offline=True)
    context.add_init_script("Object.defineProperty(window, 'localStorage', { get() { throw new Error('no'); } });")
    found = context.new_page()
    found.goto(file.as_uri() + "#view=claims")
    found.wait_for_selector("html[data-ready='1']", state="attached")
    desk = Desk(found)
    desk.choose(desk.data("data.statements[0].id"))
    assert "keeps nothing" in found.inner_text("#panel .deciding")
    found.keyboard.press("n")
    until(found, "kgview.decisions.unsaved() === 1")
    assert [line.do for line in load(desk.export(tmp_path / "d.jsonl"))] == ["reject"]
    context.close()


def test_two_tabs_and_a_page_of_a_later_build_lose_nothing(browser: Any, html: str, tmp_path: Path) -> None:
    (tmp_path / "one.html").write_text(html, encoding="utf-8")
    (tmp_path / "two.html").write_text(page(five(), title="A later build"), encoding="utf-8")
    context = browser.new_context(offline=True)

    def tab(name: str) -> Desk:
        found = context.new_page()
        found.goto((tmp_path / name).as_uri() + "#view=claims")
        found.wait_for_selector("html[data-ready='1']", state="attached")
        return Desk(found)

    first, second = tab("one.html"), tab("one.html")
    for desk, n in ((first, 0), (second, 1), (first, 2)):
        desk.choose(desk.data(f"data.statements[{n}].id"))
        desk.page.keyboard.press("y")
    for desk in (first, second):
        until(desk.page, "kgview.decisions.unsaved() === 3")
    assert tab("two.html").unsaved() == 3
    context.close()


HOSTILE = [
    "{", "[]", "null", "[1, null, {}]", '[{"line": 1}]', '[{"line": {"do": "burn", "when": ""}}]',
    '[{"line": {"do": "<img src=x onerror=alert(1)>", "when": "<b>", "who": "<script>alert(1)</script>", "kind": {}, "seen": "x"}}]',
    '[{"line": {"do": "merge", "when": "x", "a": null, "b": [[[]]]}}]',
    '[{"line": {"do": "correct", "when": "x", "seen": {"content": 7}, "to": 5, "text": ["a"]}}]',
    '[{"line": {"do": "undo", "when": "x", "of": {"a": 1}}, "saved": "no"}]',
]  # fmt: skip


@pytest.mark.parametrize("kept", HOSTILE)
def test_what_somebody_put_into_the_store_is_no_markup_and_stops_nothing(
    opened: Callable[..., Any], html: str, kept: str
) -> None:
    view = opened(html, "view=claims")
    view.run("kept => localStorage.setItem('reportedly decisions ' + kgview.data.hash, kept)", kept)
    view.page.reload()
    view.page.wait_for_selector("html[data-ready='1']", state="attached")
    desk = Desk(view.page)
    desk.choose(desk.data("data.statements[0].id"))
    desk.page.keyboard.press("y")
    view.page.click("#review-open")
    assert view.page.locator("#deciding img, #deciding script, #panel img").count() == 0
    assert "Right" in view.page.inner_text("#deciding")
    view.assert_quiet()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1400, 390])
def test_axe_finds_nothing_where_somebody_decides(
    opened: Callable[..., Any], html: str, scheme: str, width: int
) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    view = opened(html, "view=claims", scheme=scheme, width=width)
    desk = Desk(view.page)
    entity = desk.data("data.entities.find(e => e.articles.length > 1).id")
    steps: list[tuple[str, str, str]] = [
        (desk.data("data.statements[0].id"), "claims", "n"), (desk.data("data.statements[0].id"), "claims", "c"),
        (desk.data("data.figures[0].id"), "figures", "c"), (desk.data("data.roles[0].id"), "table", "c"),
        (entity, "claims", "c"), (entity, "claims", "j"), (entity, "claims", "s"), (desk.data("data.articles[0].id"), "reader", "a"),
    ]  # fmt: skip
    for id, where, key in steps:
        desk.choose(id, where)
        view.page.keyboard.press(key)
        if key != "n":
            until(view.page, "document.querySelector('#deciding[open]')")
        assert axe.Axe().run(view.page).response["violations"] == []
        assert view.run("document.documentElement.scrollWidth <= window.innerWidth")
        assert view.run("(d => d.scrollWidth <= d.clientWidth)(document.querySelector('#deciding'))")
        view.page.keyboard.press("Escape")
        until(view.page, "!document.querySelector('dialog[open]')")
    if not view.page.is_visible("#review-open"):
        view.page.click("#more-open")  # on a telephone it is in the menu
    view.page.click("#review-open")
    assert axe.Axe().run(view.page).response["violations"] == []
    view.assert_quiet()


def test_a_key_counts_at_once_when_a_dialog_has_closed(opened: Callable[..., Any], html: str) -> None:
    """Until the page is drawn anew, the focus is still in the closed dialog: a key pressed then was lost."""
    desk = Desk(opened(html, "view=figures").page)
    desk.choose(desk.data("data.figures[0].id"), "figures")
    desk.page.keyboard.press("c")
    until(desk.page, "document.querySelector('#deciding[open]')")
    desk.page.locator("#deciding input").first.focus()
    opens_again = """() => {
      const dialog = document.querySelector("#deciding");
      dialog.close();
      if (!dialog.contains(document.activeElement)) return "the focus has left";
      document.activeElement.dispatchEvent(new KeyboardEvent("keydown", { key: "c", bubbles: true }));
      return dialog.open;
    }"""
    assert desk.page.evaluate(opens_again) is True


@pytest.mark.parametrize("at_least", [0.0, 0.5, 0.9, 0.95, 0.99])
def test_the_slider_leaves_what_min_confidence_leaves(opened: Callable[..., Any], html: str, at_least: float) -> None:
    view = opened(html, f"view=claims&min={at_least}")
    kinds = ("statements", "figures", "roles", "relations", "events")
    shown = view.run(
        "kinds => { const { shows } = kgview; return kinds.map(k => kgview.data[k].map(r => r.id).filter(shows)); }",
        kinds,
    )
    kept = view_data([confident(e, at_least) for e in five()])
    assert [set(ids) for ids in shown] == [{r["id"] for r in kept[kind]} for kind in kinds]
    assert at_least < 0.95 or sum(map(len, shown)) < sum(len(view_data(five())[kind]) for kind in kinds)
