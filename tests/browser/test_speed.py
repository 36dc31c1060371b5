"""How much the page asks of a processor, in seconds of its main thread, so that a busy machine counts no other.

Others on the machine slow a processor down all the same: what is measured is divided by how much longer some plain work takes
just then than it does where nothing else is done, and what is too much is measured again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from view_cases import PERSON, Reading
from waiting import rest, until

from kg.records.attribution import Stance
from kg.records.extraction import Extraction
from kg.records.figure import Bound
from kg.view import page
from kg.view.by_name import Identity

pytestmark = pytest.mark.browser
STATEMENTS = 1700
STANCES = [Stance.ASSERTS, Stance.ASSERTS, Stance.ASSERTS, Stance.DENIES, Stance.DOUBTS, Stance.DEMANDS]


def many(
    statements: int = STATEMENTS, topics: int = 170, kinds: int = 90, *, hub: bool = False
) -> Iterator[Extraction]:
    """Articles with 20 statements each, by 240 people on so many topics; every fourth counts things of so many kinds.
    With a hub, one of them says every seventh statement."""
    for number in range(statements // 20):
        who = [
            "Hub Everywhere" if hub and (number + n) % 7 == 0 else f"Speaker{(number * 7 + n * n) % 240}"
            for n in range(20)
        ]
        lines = [f"{who[n]} said {n + 3} things about topic{(number * 3 + n) % topics} fell." for n in range(20)]
        # what tells one article from those after which speakers and topics come round again
        reading = Reading(f"{' '.join(lines)} End of report {number}.", title=f"Article {number}")
        known: dict[str, str] = {}
        for n, line in enumerate(lines):
            name, words = line.split(" said ")[0], line.split(" said ")[1].rstrip(".")
            if name not in known:
                known[name] = reading.entity(PERSON, name)
            key = reading.said(known[name], name, "said", words, stance=STANCES[(number + n) % len(STANCES)])
            reading.topic(words.split(" ")[3], key)
            if n % 4 == 0:
                reading.figure(
                    words.split(" ")[0],
                    n + 3,
                    n + 3,
                    Bound.EXACT,
                    f"things of kind {(number + n) % kinds}",
                    words,
                    reporters=(known[name],),
                    attribution=key,
                )
        yield reading.done()


# plain work of a page, and the seconds that it takes where nothing else is done
WORK = """() => { const host = document.createElement('div'); document.body.append(host);
  for (let i = 0; i < 1500; i += 1) { const p = document.createElement('p'); p.textContent = `${i} words that take some room`; host.append(p); }
  let sum = host.offsetHeight; host.remove();
  for (let i = 0; i < 4e6; i += 1) sum = (sum * 31 + i) % 1000003;
  return sum; }"""
PACE = 0.045


class Clocked:
    """A page whose main thread is clocked."""

    def __init__(self, browser: Any, path: Path, fragment: str = "") -> None:
        self.browser, self.path = browser, path
        self.context = browser.new_context(viewport={"width": 1400, "height": 900}, offline=True)
        self.page = self.context.new_page()
        self.session = self.context.new_cdp_session(self.page)
        self.session.send("Performance.enable", {"timeDomain": "threadTicks"})
        before = self.seconds()
        self.page.goto(path.as_uri() + fragment)
        self.page.wait_for_selector("html[data-ready='1']", state="attached", timeout=60000)
        spent = self.seconds() - before
        self.first = spent / self.slowed()

    def seconds(self) -> float:
        found = self.session.send("Performance.getMetrics")["metrics"]
        return float(next(m["value"] for m in found if m["name"] == "TaskDuration"))

    def slowed(self) -> float:
        """How many times slower the machine is just now."""
        self.page.evaluate(WORK)  # until it is compiled
        before = self.seconds()
        self.page.evaluate(WORK)
        return max(1.0, (self.seconds() - before) / PACE)

    def opening(self, view: str) -> float:
        """The seconds from a click on the tab of a view to its first frame, once nothing else is done."""
        rest(self.page, 1500)
        slowed = self.slowed()
        before = self.seconds()
        self.page.evaluate(
            "view => new Promise(done => (document.getElementById('tab-' + view).click(), requestAnimationFrame(() => setTimeout(done))))",
            view,
        )
        return (self.seconds() - before) / slowed

    def anew(self, measure: Callable[[Clocked], float], fragment: str = "") -> float:
        """The same measured on a page of its own."""
        fresh = Clocked(self.browser, self.path, fragment)
        try:
            return measure(fresh)
        finally:
            fresh.context.close()


def least(most: float, first: float, again: Callable[[], float]) -> float:
    """What has been measured, or, where that is too much, the least of two more tries."""
    return first if first <= most else min(again(), again())


@pytest.fixture(scope="module")
def clocked(browser: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Clocked]:
    path = tmp_path_factory.mktemp("speed") / "view.html"
    identity: Identity = lambda extraction, entity: entity.name  # noqa: E731
    path.write_text(page(many(), identity=identity), encoding="utf-8")
    clocked = Clocked(browser, path)
    yield clocked
    clocked.context.close()


def test_the_first_picture_comes_soon(clocked: Clocked) -> None:
    assert clocked.page.evaluate("kgview.data.statements.length") == STATEMENTS
    assert clocked.page.evaluate("kgview.graph.nodes.size") > 400
    assert clocked.page.evaluate("kgview.graphview.drawn().nodes.size") > 100
    assert least(1.5, clocked.first, lambda: clocked.anew(lambda fresh: fresh.first)) <= 1.5


@pytest.mark.slow
@pytest.mark.parametrize(
    ("statements", "fragment", "seconds"), [(1000, "", 1), (5000, "", 2), (100_000, "#view=overview", 3)]
)
def test_the_first_picture_of_more_comes_soon(
    browser: Any, tmp_path: Path, statements: int, fragment: str, seconds: float
) -> None:
    path = tmp_path / "view.html"
    path.write_text(page(many(statements), identity=lambda extraction, entity: entity.name), encoding="utf-8")
    view = Clocked(browser, path, fragment)
    told = "kgview.data.overview?.statements ?? kgview.data.statements.length"
    assert view.page.evaluate(told) == statements
    assert least(seconds, view.first, lambda: view.anew(lambda fresh: fresh.first, fragment)) <= seconds
    view.context.close()


@pytest.mark.parametrize("view", ["claims", "figures", "matrix", "reader", "table", "overview", "map", "graph"])
def test_a_view_opens_at_once(clocked: Clocked, view: str) -> None:
    def measure(page: Clocked) -> float:
        if view == "graph":
            page.page.evaluate("document.getElementById('tab-table').click()")
        return page.opening(view)

    assert least(0.3, measure(clocked), lambda: clocked.anew(measure)) <= 0.3


@pytest.mark.slow
def test_what_is_all_in_one_group_opens_at_once_too(browser: Any, tmp_path: Path) -> None:
    """Three topics of hundreds of statements each, figures of two kinds: what is out of sight is drawn later."""
    path = tmp_path / "view.html"
    path.write_text(page(many(topics=3, kinds=2), identity=lambda extraction, entity: entity.name), encoding="utf-8")
    view = Clocked(browser, path, "#view=table")
    for name in ("claims", "figures", "claims", "figures"):
        anew = lambda: view.anew(lambda fresh: fresh.opening(name), "#view=table")  # noqa: B023, E731
        assert least(0.3, view.opening(name), anew) <= 0.3, name

    def shown() -> float:
        view.page.evaluate("kgview.select(null); kgview.change('filter')")
        view.page.evaluate("document.getElementById('tab-claims').click()")
        slowed = view.slowed()
        before = view.seconds()
        view.page.evaluate(
            "kgview.select(kgview.data.statements.at(-1).id); document.getElementById('panel').offsetHeight"
        )
        return (view.seconds() - before) / slowed

    assert least(0.4, shown(), shown) <= 0.4  # though all 1,700 statements had to be drawn first
    assert len(view.page.evaluate("kgview.claims.drawn()")) == STATEMENTS
    view.context.close()


HUB = """() => { const n = [...kgview.graphview.drawn().nodes.values()].filter(n => n.r)
    .sort((a, b) => kgview.graph.around.get(b.id).length - kgview.graph.around.get(a.id).length)[0];
  const p = kgview.graphview.net().canvasToDOM({ x: n.x, y: n.y - n.h / 2 + n.r });
  const box = document.getElementById('mygraph').getBoundingClientRect(); return [p.x + box.left, p.y + box.top]; }"""
MORE = """most => { const { state, graph, graphview } = kgview; const drawn = graphview.drawn().nodes;
  for (const id of graph.nodes.keys()) if (drawn.size + state.added.size < most && !drawn.has(id) && graph.around.get(id).length) state.added.add(id);
  kgview.change('graph'); }"""


def test_a_click_shows_the_evidence_at_once(clocked: Clocked) -> None:
    clocked.page.evaluate("document.getElementById('tab-graph').click()")
    until(clocked.page, "kgview.graphview.drawn().nodes.size > 100")

    def measure() -> float:
        clocked.page.evaluate("kgview.select(null)")
        rest(clocked.page, 1000)
        slowed = clocked.slowed()
        before = clocked.seconds()
        length = clocked.page.evaluate(
            """() => { const said = [...kgview.graphview.drawn().nodes.values()].sort((a, b) => b.said - a.said)[0];
            kgview.select(said.id); return document.querySelector('#panel').innerText.length; }"""
        )
        assert length > 200
        return (clocked.seconds() - before) / slowed

    assert least(0.1, measure(), measure) <= 0.1
    clocked.page.evaluate("kgview.select(null)")


# the milliseconds till a frame shows what was asked for: the evidence behind a hub, or the card of it
TOLD = """([ask, told]) => new Promise(done => {
  const hub = [...kgview.graphview.drawn().nodes.values()].sort((a, b) => b.said - a.said)[0];
  const box = document.getElementById('mygraph').getBoundingClientRect();
  const at = kgview.graphview.net().canvasToDOM({ x: hub.x, y: hub.y - hub.h / 2 + hub.r });
  const event = { bubbles: true, clientX: at.x + box.left, clientY: at.y + box.top };
  const lines = () => kgview.graphview.lit()?.edges.size ?? 0;
  if (ask === 'click') kgview.select(hub.id);
  else document.querySelector('#mygraph canvas').dispatchEvent(new MouseEvent('mousemove', event));
  requestAnimationFrame(() => requestAnimationFrame(() => done([hub.said, lines(), document.querySelector(told).innerText.length]))); })"""


@pytest.fixture(scope="module")
def hub(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("hub") / "view.html"
    path.write_text(page(many(hub=True), identity=lambda extraction, entity: entity.name), encoding="utf-8")
    return path


@pytest.mark.parametrize(("ask", "told"), [("click", "#panel"), ("point", "#card")])
def test_what_stands_behind_a_hub_is_told_before_its_lines_are_laid(
    browser: Any, hub: Path, ask: str, told: str
) -> None:
    """A name with 243 statements, most of whose lines have not been drawn: they follow, and are the same each time."""
    ways = []

    def measure(view: Clocked) -> float:
        rest(view.page, 1000)
        slowed = view.slowed()
        before = view.seconds()
        said, lines, length = view.page.evaluate(TOLD, [ask, told])
        spent = (view.seconds() - before) / slowed
        assert said >= 200 and length > 60 and (ask == "point" or lines >= 60)
        until(view.page, "kgview.graphview.still()")
        ways.append(view.page.evaluate("kgview.graphview.drawn().edges.map(e => kgview.graphpen.curve(e).d)"))
        return spent

    view = Clocked(browser, hub)
    assert least(0.1, measure(view), lambda: view.anew(measure)) <= 0.1
    view.anew(measure)
    assert all(way == ways[0] for way in ways)
    view.context.close()


@pytest.mark.parametrize(("nodes", "frames_a_second"), [(150, 50), (262, 40)])
def test_a_drag_is_light(clocked: Clocked, nodes: int, frames_a_second: int) -> None:
    """In seconds of one processor a frame: what leaves so many of them to a second."""
    clocked.page.evaluate("document.getElementById('tab-graph').click()")
    until(clocked.page, "kgview.graphview.drawn().nodes.size > 100")
    clocked.page.evaluate(MORE, nodes)
    until(clocked.page, f"kgview.graphview.drawn().nodes.size >= {nodes} - 5")

    def a_frame() -> float:
        rest(clocked.page, 1000)
        x, y = clocked.page.evaluate(HUB)
        clocked.page.mouse.move(x, y)
        clocked.page.mouse.down()
        clocked.page.mouse.move(x + 10, y + 5)
        rest(clocked.page, 300)
        count = "window.__n = 0; (function count() { window.__n += 1; window.__c = requestAnimationFrame(count); })()"
        clocked.page.evaluate(f"cancelAnimationFrame(window.__c); {count}")
        slowed = clocked.slowed()
        before, first = clocked.seconds(), clocked.page.evaluate("window.__n")
        for step in range(40):
            clocked.page.mouse.move(x + 20 + step, y + 10 + step % 7)
            clocked.page.wait_for_timeout(16)
        frames = clocked.page.evaluate("window.__n") - first
        spent = clocked.seconds() - before
        clocked.page.mouse.up()
        assert frames > 10
        return spent / frames / slowed

    most = 1 / frames_a_second
    assert least(most, a_frame(), a_frame) <= most
    clocked.page.evaluate("kgview.state.added.clear(); kgview.state.moved.clear(); kgview.change('graph')")
