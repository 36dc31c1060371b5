"""The graph in a real browser: what is drawn, what a mouse and a keyboard can do with it, what is kept in the link."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from view_cases import ORG, PERSON, Reading, briefing, five
from waiting import rest, until

from kg.records.attribution import Stance
from kg.records.extraction import Extraction
from kg.records.mention import EntityType
from kg.view import page
from kg.view.data import view_data
from kg.view.graph import graph_of, seen_through

pytestmark = pytest.mark.browser
DATA = view_data(five())
GRAPH = graph_of(DATA)
LABELS = """() => [...kgview.graphview.drawn().nodes.values()].map(n => [n.x - n.w / 2, n.y - n.h / 2, n.x + n.w / 2, n.y + n.h / 2, n.id])"""
# each line drawn, followed pixel by pixel: what it runs behind, and where it strikes the label of its own end
STRUCK = """() => { const { nodes, edges } = kgview.graphview.drawn();
  const within = (n, [x, y], top) => Math.abs(x - n.x) < n.w / 2 - 0.5 && y > top + 0.5 && y < n.y + n.h / 2 - 0.5;
  const label = n => n.r ? n.y - n.h / 2 + 2 * n.r + 3 : n.y - n.h / 2;
  return edges.filter(e => !kgview.graphview.isQuiet(e)).flatMap(e => {
    const { at, s, t, long } = kgview.graphpen.curve(e);
    const steps = Math.ceil(long);
    const points = Array.from({ length: steps + 1 }, (_, i) => at(s + (t - s) * i / (steps || 1)));
    return [...nodes.values()].filter(n => points.some(p => within(n, p, n === e.a || n === e.b ? label(n) : n.y - n.h / 2)))
      .map(n => `${e.id} x ${n.label}`); }); }"""
# ends of lines that are tied to a corner of a label rather than to the sign or about the middle of a side
CORNERED = """() => kgview.graphview.drawn().edges.filter(e => !kgview.graphview.isQuiet(e)).flatMap(e => {
  const { points } = kgview.graphpen.curve(e);
  const off = (n, [x, y]) => { if (!n.r || Math.hypot(x - n.x, y - (n.y - n.h / 2 + n.r)) < n.r + 8) return false;
    const top = n.y - n.h / 2 + 2 * n.r, end = n.y + n.h / 2;
    return y > end ? Math.abs(x - n.x) > 0.4 * n.w : Math.abs(y - (top + end) / 2) > 0.42 * (end - top); };
  return [off(e.a, points[0]) && `${e.id} at ${e.a.label}`, off(e.b, points.at(-1)) && `${e.id} at ${e.b.label}`].filter(Boolean); })"""
# words of the picture that lie over others: labels, what is written on lines, signs
OVERWRITTEN = """() => { const picture = kgview.graphview.toSvg(); picture.style.position = 'absolute'; document.body.append(picture);
  const words = [...picture.querySelectorAll('text')].filter(t => Number(t.getAttribute('opacity') ?? 1) > 0.5).map(t => [t.textContent, t.getBoundingClientRect()]);
  picture.remove();
  const over = (a, b) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1 && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 4;
  return words.flatMap(([a, p], i) => words.slice(i + 1).filter(([, q]) => over(p, q)).map(([b]) => `${a} / ${b}`)); }"""
# signs of stances that lie on a label, in the picture as it is exported
SIGNED = """() => { const nodes = [...kgview.graphview.drawn().nodes.values()];
  return [...kgview.graphview.toSvg().querySelectorAll('circle')].filter(c => c.getAttribute('r') === '7.5').filter(c => nodes.some(n =>
    Math.abs(c.getAttribute('cx') - n.x) < n.w / 2 + 5 && c.getAttribute('cy') > n.y - n.h / 2 + (n.r ? 2 * n.r + 3 : 0) - 5 && c.getAttribute('cy') < n.y + n.h / 2 + 5)).length; }"""
# pairs of lines that run into one: for 24 pixels or more nobody could tell which is which
FUSED = """() => { const ways = kgview.graphview.drawn().edges.filter(e => !kgview.graphview.isQuiet(e)).map(e => {
    const { at, s, t, long } = kgview.graphpen.curve(e);
    const n = Math.max(2, Math.ceil(long / 3)), points = Array.from({ length: n + 1 }, (_, i) => at(s + (t - s) * i / n));
    return { e, steps: points.slice(1).map((p, i) => { const [dx, dy] = [p[0] - points[i][0], p[1] - points[i][1]], d = Math.hypot(dx, dy) || 1; return [...p, dx / d, dy / d]; }) }; });
  const one = ([x, y, u, v], steps) => steps.some(([a, b, p, q]) => Math.hypot(a - x, b - y) < 4.5 && Math.abs(u * p + v * q) > 0.94);
  return ways.flatMap((w, i) => ways.slice(i + 1).filter(o => w.steps.filter(step => one(step, o.steps)).length > 8).map(o => `${w.e.id} = ${o.e.id}`)); }"""
AT = """label => { const n = [...kgview.graphview.drawn().nodes.values()].find(n => n.label.replace('\\n', ' ').startsWith(label));
  if (!n) return null;
  const { x, y } = kgview.graphview.net().canvasToDOM({ x: n.x, y: n.r ? n.y - n.h / 2 + n.r : n.y });
  const { left, top } = document.getElementById('mygraph').getBoundingClientRect();
  return [x + left, y + top]; }"""
# how many nodes are seen whole, and how many are cut by the rim of the window
WHOLE = """() => { const net = kgview.graphview.net(), { clientWidth: w, clientHeight: h } = document.getElementById('mygraph'), s = net.getScale() / 2;
  const at = [...kgview.graphview.drawn().nodes.values()].map(n => [net.canvasToDOM(n), n.w * s, n.h * s]);
  const seen = at.filter(([p, x, y]) => p.x + x > 0 && p.x - x < w && p.y + y > 0 && p.y - y < h);
  const whole = seen.filter(([p, x, y]) => p.x - x > -1 && p.x + x < w + 1 && p.y - y > -1 && p.y + y < h + 1);
  return [whole.length, seen.length - whole.length]; }"""
KINDS = "[...kgview.graphview.drawn().nodes.values()].map(n => [n.label.replace('\\n', ' '), n.kind])"
STILL = "kgview.state.view !== 'graph' || kgview.graphview.still()"
EYE = "[kgview.graphview.net().getScale(), ...Object.values(kgview.graphview.net().getViewPosition())]"


@pytest.fixture(scope="module")
def html() -> str:
    return page(five())


class Hand:
    """A hand on the graph: finds nodes by their labels and waits until all has come to rest."""

    def __init__(self, view: Any) -> None:
        self.view, self.page = view, view.page
        self.rest()

    def rest(self) -> None:
        # what was done is heard in the frame after it, or in one that is late; then nothing moves, twice in a row
        for _ in range(2):
            rest(self.page, 15)
            until(self.page, STILL)

    def at(self, label: str) -> tuple[float, float]:
        found = self.view.run(AT, label)
        assert found is not None, f"{label} is not drawn"
        return found[0], found[1]

    def click(self, label: str, **how: Any) -> None:
        self.page.mouse.click(*self.at(label), **how)
        self.rest()

    def double(self, label: str) -> None:
        self.page.mouse.dblclick(*self.at(label))
        self.rest()

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)
        self.rest()

    def nodes(self) -> set[str]:
        return set(self.view.run("[...kgview.graphview.drawn().nodes.keys()]"))

    def behind(self) -> set[str]:
        """The records behind the edges drawn."""
        return set(self.view.run("kgview.graphview.drawn().edges.flatMap(e => e.left)"))

    def hash(self) -> str:
        return str(self.view.run("decodeURIComponent(location.hash)"))


@pytest.fixture
def hand(opened: Callable[..., Any], html: str) -> Hand:
    return Hand(opened(html))


def node(label: str) -> str:
    return next(key for key, n in GRAPH.nodes.items() if n.label.replace("\n", " ").startswith(label))


def test_the_graph_is_the_first_view_and_every_statement_is_behind_an_edge(hand: Hand) -> None:
    assert hand.view.run("kgview.state.view") == "graph"
    statements = {s["id"] for s in DATA["statements"]}
    assert statements <= hand.behind()
    assert {f["id"] for f in DATA["figures"] if f["reporters"]} <= hand.behind()
    shelf = hand.page.inner_text("#graph .shelf")
    own = sum(not f["reporters"] for f in DATA["figures"])
    assert own and f"{own} figure{'s' * (own > 1)} on nobody’s word" in shelf
    hand.view.assert_quiet()


@pytest.mark.parametrize("width", [1920, 1400, 900])
@pytest.mark.parametrize("lens", ["all", "disputed", "figures", "posts"])
def test_at_opening_no_label_is_over_another_and_no_line_runs_through_one(
    opened: Callable[..., Any], html: str, lens: str, width: int
) -> None:
    hand = Hand(opened(html, f"lens={lens}", width=width))
    labels = hand.view.run(LABELS)
    assert len(labels) > 5
    over = [
        (a[4], b[4])
        for i, a in enumerate(labels)
        for b in labels[i + 1 :]
        if min(a[2], b[2]) - max(a[0], b[0]) > 0.5 and min(a[3], b[3]) - max(a[1], b[1]) > 0.5
    ]
    assert over == []
    assert hand.view.run(STRUCK) == hand.view.run(CORNERED) == []
    for key in [None, *list(hand.nodes())[:8]]:
        hand.view.run("id => kgview.select(id)", key)
        assert hand.view.run(OVERWRITTEN) == []


@pytest.mark.parametrize("lens", ["all", "disputed", "figures", "posts"])
def test_each_lens_can_be_read_on_a_phone(opened: Callable[..., Any], html: str, lens: str) -> None:
    hand = Hand(opened(html, width=390, height=844))
    if lens != "all":
        hand.page.click(f"#graph .bar >> text={lens.title() if lens != 'posts' else 'Roles'}")
        hand.rest()
    seen = hand.view.run(
        """() => { const net = kgview.graphview.net(), { clientWidth: w, clientHeight: h } = document.getElementById('mygraph');
        return [...kgview.graphview.drawn().nodes.values()].filter(n => { const p = net.canvasToDOM(n); return p.x > 0 && p.x < w && p.y > 0 && p.y < h; })
          .map(n => n.size * net.getScale()); }"""
    )
    assert len(seen) >= 6 and min(seen) >= 9.99
    assert hand.view.run(STRUCK) == []
    whole, halved = hand.view.run(WHOLE)
    assert halved == 0 and whole == len(hand.nodes())


def test_a_phone_draws_what_fits_and_the_rest_when_asked(opened: Callable[..., Any], html: str) -> None:
    hand = Hand(opened(html, width=390, height=844, touch=True))
    few = hand.nodes()
    assert 10 <= len(few) < 30 and hand.view.run(WHOLE) == [len(few), 0]
    hand.page.tap("#graph .shelf >> text=Draw ")
    hand.rest()
    many = hand.nodes()
    assert few < many and len(many) > 40 and "small=no" in hand.hash()
    hand.page.tap("text=↶")
    hand.rest()
    assert hand.nodes() == few and "small" not in hand.hash()
    hand.page.tap("text=↷")
    hand.page.tap("#graph .shelf >> text=Draw ")
    hand.rest()
    assert hand.nodes() == few and hand.view.run(WHOLE) == [len(few), 0]
    # turned, the window is wide enough for all
    hand.page.set_viewport_size({"width": 844, "height": 390})
    until(hand.page, "most => kgview.graphview.drawn().nodes.size === most", len(many))
    hand.page.set_viewport_size({"width": 390, "height": 844})
    until(hand.page, "most => kgview.graphview.drawn().nodes.size === most", len(few))


def test_a_link_opens_the_places_it_was_made_with_in_windows_of_any_width(
    opened: Callable[..., Any], html: str
) -> None:
    where = "[...kgview.graphview.drawn().nodes.values()].map(n => [n.id, n.x, n.y])"
    for width, other in ((390, 1400), (1400, 390)):
        hand = Hand(opened(html, width=width, height=844))
        hand.view.run("id => (kgview.select(id), kgview.graphview.fly(id))", node("Stuart Jones"))
        hand.rest()
        hand.press("p", "+")
        link = hand.view.run("location.hash.slice(1)")
        assert "camera=" in link and ("small=yes" in link) == (width == 390)
        again = Hand(opened(html, link, width=other, height=844))
        assert again.view.run(where) == hand.view.run(where)


@pytest.mark.parametrize("width", [1400, 1000, 390])
def test_what_is_counted_is_not_cut(opened: Callable[..., Any], width: int) -> None:
    hand = Hand(opened(page(five()), width=width))
    told = "11 of 333 sources · 143 of 614 statements · 29 of 104 reported figures · 11 denied · 3 doubted · 3 hedged"
    cut = hand.view.run(
        """told => { const lead = document.querySelector('#graph .lead'); lead.textContent = told;
        return lead.scrollHeight > lead.clientHeight + 1 || lead.scrollWidth > lead.clientWidth; }""",
        told,
    )
    assert not cut


def test_on_a_phone_what_is_searched_for_lies_above_the_panel(opened: Callable[..., Any], html: str) -> None:
    hand = Hand(opened(html, width=390, height=844))
    hand.page.fill("#query", "amnesty")
    hand.press("Enter")
    y = hand.view.run(
        """() => { const net = kgview.graphview.net(), top = document.getElementById('mygraph').getBoundingClientRect().top;
        const n = [...kgview.graphview.drawn().nodes.values()].find(n => n.id === kgview.state.sel || n.ids?.includes(kgview.state.sel));
        return top + net.canvasToDOM(n).y; }"""
    )
    panel = hand.page.locator("#panel").bounding_box()
    assert hand.page.locator("#mygraph").bounding_box()["y"] < y < panel["y"]


def test_on_a_phone_the_panel_leaves_the_graph_most_of_the_window(opened: Callable[..., Any], html: str) -> None:
    hand = Hand(opened(html, width=390, height=844, touch=True))
    for label in ("Stuart Jones", "Amnesty", "crematorium"):
        hand.view.run("id => (kgview.select(id), kgview.graphview.fly(id))", node(label))
        hand.rest()
        grip, panel = (hand.page.locator(s).bounding_box() for s in ("#grip", "#panel"))
        assert panel["height"] <= 0.33 * 844 and grip["y"] + grip["height"] == pytest.approx(panel["y"], abs=1)
        x, y = hand.at(label)
        assert hand.page.locator("#mygraph").bounding_box()["y"] < y < grip["y"] and 0 < x < 390
        assert hand.page.evaluate("([x, y]) => document.elementFromPoint(x, y).localName", [x, y]) == "canvas"
    hand.page.tap("#grip")
    assert hand.page.locator("#panel").bounding_box()["height"] > 0.7 * 844
    hand.page.tap("#grip")
    hand.page.tap("#panel > .close")
    assert not hand.page.is_visible("#panel") and not hand.page.is_visible("#grip")
    hand.view.assert_quiet()


@pytest.mark.parametrize("view", ["graph", "claims"])
def test_on_a_phone_what_is_tapped_is_large_enough(opened: Callable[..., Any], html: str, view: str) -> None:
    page = opened(html, f"view={view}&sel={node('Stuart Jones')}", width=390, height=844, touch=True).page
    small = page.evaluate(
        """() => [...document.querySelectorAll('button, summary, select, input[type=search], #filters label')]
        .filter(e => e.checkVisibility() && e.getClientRects().length && e.id !== 'grip')
        .map(e => [e.matches('.link, .chip, .cell, .fold, label') ? 24 : 40, e.getBoundingClientRect().height, e.textContent])
        .filter(([least, tall]) => tall < least)"""
    )
    assert small == []


def test_the_small_map_lies_over_nothing(hand: Hand) -> None:
    assert not hand.page.is_visible("#minimap")
    hand.page.mouse.move(700, 450)
    hand.page.mouse.wheel(0, -400)
    until(hand.page, "!document.getElementById('minimap').hidden")
    hand.rest()
    small, graph = (hand.page.locator(s).bounding_box() for s in ("#minimap", "#mygraph"))
    assert small["x"] + small["width"] <= graph["x"]
    before = hand.view.run(EYE)
    hand.page.mouse.click(small["x"] + 12, small["y"] + 12)
    hand.rest()
    assert hand.view.run(EYE)[1] < before[1]
    hand.press("0")
    assert not hand.page.is_visible("#minimap")


def test_the_picture_fills_windows_of_other_shapes(opened: Callable[..., Any], html: str) -> None:
    for width, height in ((1920, 1080), (1000, 1000)):
        hand = Hand(opened(html, width=width, height=height))
        labels = hand.view.run(LABELS)
        scale = hand.view.run("kgview.graphview.net().getScale()")
        box = hand.page.locator("#mygraph").bounding_box()
        filled = [(max(b[k + 2] for b in labels) - min(b[k] for b in labels)) * scale for k in (0, 1)]
        assert filled[0] > 0.85 * box["width"] and filled[1] > 0.85 * box["height"]


def test_words_fit_their_boxes(hand: Hand) -> None:
    wide = hand.view.run(
        """() => { const ctx = document.createElement('canvas').getContext('2d');
        return [...kgview.graphview.drawn().nodes.values()].flatMap(n => n.lines.filter(line => {
          ctx.font = `600 ${n.size}px system-ui, "Noto Sans", "DejaVu Sans", sans-serif`;
          return ctx.measureText(line).width > n.w + 2; })); }"""
    )
    assert wide == []


def test_a_click_shows_the_evidence_and_dims_the_rest(hand: Hand) -> None:
    hand.click("crematorium")
    assert hand.view.run("kgview.state.sel") == node("crematorium")
    panel = hand.page.inner_text("#panel")
    assert "Denies it" in panel and "Nikki Haley" not in panel
    lit = set(hand.view.run("[...kgview.graphview.lit().nodes]"))
    assert node("crematorium") in lit and len(lit) < len(hand.nodes())
    hand.press("Escape")
    assert hand.view.run("kgview.state.sel") is None


def test_a_pointer_at_rest_is_told_the_sentence(hand: Hand) -> None:
    hand.page.mouse.move(*hand.at("Nikki Haley"))
    until(hand.page, "!document.getElementById('card').hidden")
    card = hand.page.inner_text("#card")
    assert "Nikki Haley" in card and "stop shielding" in card and "1 demanded" in card


def test_an_edge_of_several_records_shows_all_of_them(hand: Hand) -> None:
    edge = max(GRAPH.edges, key=lambda e: len(e.records))
    assert len(edge.records) > 1
    hand.view.run("id => kgview.select(id)", f"l.{edge.kind}.{edge.start}.{edge.end}")
    quotes = hand.page.locator("#panel blockquote").count()
    assert quotes == len(edge.records)


def test_statements_unfold_and_fold(hand: Hand) -> None:
    before = hand.nodes()
    hand.double("crematorium")
    cards = hand.nodes() - before
    said = {f"c.{r}" for e in GRAPH.edges if e.end == node("crematorium") for r in e.records}
    assert cards and cards <= said
    labels = hand.view.run(LABELS)
    assert not [
        1
        for i, a in enumerate(labels)
        for b in labels[i + 1 :]
        if min(a[2], b[2]) - max(a[0], b[0]) > 0.5 and min(a[3], b[3]) - max(a[1], b[1]) > 0.5
    ]
    # they are read at once, and beside each stands what its source does
    small = "Math.min(...[...kgview.graphview.drawn().nodes.values()].filter(n => n.kind === 'Card').map(n => n.size * kgview.graphview.net().getScale()))"
    assert hand.view.run(small) >= 10 and hand.view.run(SIGNED) == 0
    hand.double("crematorium")
    assert hand.nodes() == before


def test_of_a_hub_that_is_unfolded_its_statements_are_read_and_all_else_fades(opened: Callable[..., Any]) -> None:
    reading = Reading(" ".join(f"Ada Lenz said thing{n} of all fell. Bo{n} said thing{n} stood." for n in range(40)))
    ada = reading.entity(PERSON, "Ada Lenz")
    for n in range(40):
        other = reading.entity(PERSON, f"Bo{n}")
        said = reading.said(ada, "Ada Lenz", "said", f"thing{n} of all fell")
        reading.topic(f"thing{n}", said, reading.said(other, f"Bo{n}", "said", f"thing{n} stood"))
    hand = Hand(opened(page([reading.done()])))
    hand.double("Ada Lenz")
    lit = set(hand.view.run("[...kgview.graphview.lit().nodes]"))
    cards = {key for key in hand.nodes() if key.startswith("c.")}
    assert len(cards) == 12 and cards < lit and len(lit) == 1 + 2 * 12
    size = "Math.min(...[...kgview.graphview.lit().nodes].map(id => kgview.graphview.drawn().nodes.get(id)).map(n => n.size * kgview.graphview.net().getScale()))"
    assert hand.view.run(size) >= 8
    hand.double("Ada Lenz")
    assert len(hand.view.run("[...kgview.graphview.lit().nodes]")) == 41


def test_hide_undo_redo_and_back(hand: Hand) -> None:
    before = hand.nodes()
    hand.click("Nikki Haley")
    hand.press("h")
    assert node("Nikki Haley") not in hand.nodes() and "hidden=" in hand.hash()
    hand.press("Control+z")
    assert hand.nodes() == before
    hand.press("Control+y")
    assert node("Nikki Haley") not in hand.nodes()
    hand.page.go_back()
    hand.rest()
    assert hand.nodes() == before and hand.page.url.startswith("file:")


def test_back_after_a_zoom_is_the_picture_before_it(hand: Hand) -> None:
    def wheel(by: int) -> None:
        before = hand.view.run(EYE)
        hand.page.mouse.wheel(0, by)
        until(hand.page, f"before => {EYE}[0] !== before[0]", before)
        hand.rest()

    opened = hand.view.run(EYE)
    hand.page.mouse.move(700, 450)
    wheel(-300)
    wheel(-300)
    zoomed = hand.view.run(EYE)
    hand.click("crematorium")
    hand.page.go_back()
    hand.rest()
    assert hand.view.run("kgview.state.sel") is None
    assert hand.view.run(EYE) == pytest.approx(zoomed, abs=1)
    hand.page.go_back()
    until(hand.page, "location.protocol === 'file:' && kgview.state.camera === null")
    hand.rest()
    assert hand.view.run(EYE) == pytest.approx(opened, abs=1)
    hand.page.go_forward()
    until(hand.page, "kgview.state.camera !== null")
    hand.rest()
    assert hand.view.run(EYE) == pytest.approx(zoomed, abs=1)


def test_undo_takes_zoom_and_pan_back_and_many_turns_of_the_wheel_at_once(hand: Hand) -> None:
    def eye() -> list[float]:
        hand.rest()
        scale, *at = hand.view.run(EYE)
        return [1000 * scale, *at]

    def same(eye: list[float]) -> Any:
        return pytest.approx(eye, abs=2)

    opened = eye()
    hand.page.mouse.move(700, 450)
    for _ in range(6):
        hand.page.mouse.wheel(0, -120)
    until(hand.page, "kgview.state.camera !== null")
    zoomed = eye()
    assert zoomed != same(opened) and hand.page.is_enabled("text=↶")
    rest(hand.page, 1100)  # what comes later is a step of its own
    hand.page.mouse.move(300, 850)
    hand.page.mouse.down()
    hand.page.mouse.move(420, 800, steps=6)
    hand.page.mouse.up()
    panned = eye()
    assert panned != same(zoomed)
    hand.view.run("id => (kgview.state.hidden.add(id), kgview.change('graph'))", node("Nikki Haley"))
    hand.rest()
    assert node("Nikki Haley") not in hand.nodes()
    for key, want in (
        ("z", panned),  # she is back
        ("z", zoomed),
        ("z", opened),
        ("y", zoomed),
        ("y", panned),
    ):
        hand.press(f"Control+{key}")
        assert eye() == same(want)
    assert node("Nikki Haley") in hand.nodes()
    hand.page.mouse.move(700, 450)
    hand.page.mouse.wheel(0, -300)
    hand.press("Control+z")  # before the page has taken note of it
    assert eye() == same(panned)
    hand.page.click("text=↶")
    assert eye() == same(zoomed)
    hand.page.click("text=↷")
    assert eye() == same(panned)


def test_undo_after_a_flight_goes_back_to_where_the_flight_ended(hand: Hand) -> None:
    hand.page.fill("#query", "haly")
    hand.press("Enter")
    flown = hand.view.run(EYE)
    hand.page.focus("#graph")
    hand.press("-", "-")
    assert hand.view.run(EYE)[0] < 0.7 * flown[0]
    hand.press("Control+z")
    assert hand.view.run(EYE) == [pytest.approx(flown[0], rel=0.01), *(pytest.approx(v, abs=2) for v in flown[1:])]


def test_back_over_another_lens_keeps_what_was_moved(hand: Hand) -> None:
    x, y = hand.at("Robert Ford")
    hand.page.mouse.move(x, y)
    hand.page.mouse.down()
    hand.page.mouse.move(x + 60, y + 40, steps=8)
    hand.page.mouse.up()
    hand.rest()
    moved = hand.view.run("[...kgview.state.moved]")
    hand.page.click("#graph .bar >> text=Roles")
    hand.rest()
    hand.page.go_back()
    until(hand.page, "kgview.state.lens === 'all'")
    hand.rest()
    assert moved and hand.view.run("[...kgview.state.moved]") == moved


FADED = "kgview.graphview.lit() !== null"


def test_what_the_legend_leaves_out_fades_nothing(hand: Hand) -> None:
    for box in ("stance][data-value=denies", "type][data-value=Person", "thing][data-value=Figure"):
        hand.page.hover(f"#filters label:has([data-facet={box}])")
        until(hand.page, FADED)
        hand.page.uncheck(f"input[data-facet={box}]")
        hand.rest()
        hand.page.mouse.move(
            *hand.page.evaluate(
                "box => { const r = document.querySelector(box).getBoundingClientRect(); return [r.x + 40, r.y + 5]; }",
                f"input[data-facet={box}]",
            )
        )
        hand.rest()
        assert not hand.view.run(FADED)
    hand.page.mouse.move(700, 5)
    hand.rest()
    assert not hand.view.run(FADED)


def test_no_card_is_left_where_the_picture_has_changed(hand: Hand) -> None:
    def card(label: str) -> None:
        hand.page.mouse.move(5, 5)
        hand.page.mouse.move(*hand.at(label))
        until(hand.page, "!document.getElementById('card').hidden")

    card("crematorium")
    hand.page.mouse.dblclick(*hand.at("crematorium"))
    hand.rest()
    assert not hand.page.is_visible("#card")
    hand.press("Escape", "Escape")
    card("Robert Ford")
    hand.page.mouse.wheel(0, -300)
    until(hand.page, "document.getElementById('card').hidden")


def test_while_a_path_is_asked_for_all_it_may_lead_to_can_be_seen(hand: Hand) -> None:
    hand.click("Paulo Pinheiro")
    hand.press("w")
    assert not hand.view.run(FADED)
    hand.page.mouse.move(*hand.at("Nikki Haley"))
    until(hand.page, "!document.getElementById('card').hidden")
    assert "the path leads here" in hand.page.inner_text("#card")
    hand.click("Nikki Haley")
    assert hand.view.run(FADED) and not hand.page.is_visible("#card")
    assert hand.view.run("kgview.graphview.drawn().route.nodes.at(-1)") == node("Nikki Haley")


def test_pins_moves_and_zoom_are_kept_in_the_link(opened: Callable[..., Any], html: str, hand: Hand) -> None:
    x, y = hand.at("Robert Ford")
    hand.page.mouse.move(x, y)
    hand.page.mouse.down()
    hand.page.mouse.move(x + 60, y + 40, steps=8)
    hand.page.mouse.up()
    hand.rest()
    hand.click("Robert Ford")
    hand.press("p")
    hand.page.mouse.move(700, 450)
    hand.page.mouse.wheel(0, -300)
    hand.rest()
    link = hand.view.run("location.hash.slice(1)")
    assert all(word in link for word in ("moved=", "pinned=", "camera=", "shape="))
    again = Hand(opened(html, link, width=1920, height=1000))
    for what in ("kgview.graphview.drawn().nodes.get(id).x", "kgview.graphview.net().getScale()"):
        found = [h.view.run(f"id => {what}", node("Robert Ford")) for h in (hand, again)]
        assert found[0] == pytest.approx(found[1], abs=1.5)


def test_neighbours_follow_a_drag_and_nothing_moves_by_itself(hand: Hand) -> None:
    where = "[...kgview.graphview.drawn().nodes.values()].map(n => [n.id, n.x, n.y])"
    before = {key: (x, y) for key, x, y in hand.view.run(where)}
    x, y = hand.at("Robert Ford")
    hand.page.mouse.move(x, y)
    hand.page.mouse.down()
    hand.page.mouse.move(x + 50, y + 10, steps=8)
    hand.page.mouse.up()
    hand.rest()
    after = {key: (x, y) for key, x, y in hand.view.run(where)}
    near = {e.end for e in GRAPH.edges if e.start == node("Robert Ford")}
    assert any(after[key] != before[key] for key in near if key in after)
    rest(hand.page, 300)
    assert {key: (x, y) for key, x, y in hand.view.run(where)} == after
    assert hand.view.run(STRUCK) == []


def test_a_path_leads_between_any_two_and_quotes_each_step(hand: Hand) -> None:
    hand.click("Paulo Pinheiro")
    hand.press("w")
    assert "choose where it should lead" in hand.page.inner_text("#graph .lead")
    hand.page.fill("#query", "Nikki Haley")
    hand.press("Enter")
    way = hand.view.run("kgview.graphview.drawn().route.nodes")
    assert way[0] == node("Paulo Pinheiro") and way[-1] == node("Nikki Haley")
    assert hand.page.locator("#panel blockquote").count() >= len(way) - 1
    hand.press("Escape")
    assert hand.view.run("kgview.state.path") == []


def test_a_path_fills_the_window_and_what_is_chosen_is_never_under_the_panel(
    opened: Callable[..., Any], html: str
) -> None:
    box = """ids => { const net = kgview.graphview.net(), at = ids.map(id => net.canvasToDOM(kgview.graphview.drawn().nodes.get(id)));
      return [Math.min(...at.map(p => p.x)), Math.min(...at.map(p => p.y)), Math.max(...at.map(p => p.x)), Math.max(...at.map(p => p.y))]; }"""
    hand = Hand(opened(html))
    hand.click("Paulo Pinheiro")
    hand.press("w")
    hand.page.fill("#query", "Nikki Haley")
    hand.press("Enter")
    hand.rest()
    x0, y0, x1, y1 = hand.view.run(box, hand.view.run("kgview.graphview.drawn().route.nodes"))
    host, panel = (hand.page.locator(s).bounding_box() for s in ("#mygraph", "#panel"))
    assert x0 >= 0 and x1 <= panel["x"] - host["x"] and y0 >= 0 and y1 <= host["height"]
    filled = max((x1 - x0) / (panel["x"] - host["x"]), (y1 - y0) / host["height"])
    assert filled > 0.5 or hand.view.run("kgview.graphview.net().getScale()") >= 1.1
    for width, height in ((1400, 900), (390, 844)):
        hand = Hand(opened(html, width=width, height=height))
        for key in list(hand.nodes())[:6]:
            hand.view.run("id => kgview.select(id)", key)
            hand.rest()
            x0, y0, x1, y1 = hand.view.run(box, [key])
            host, panel = (hand.page.locator(s).bounding_box() for s in ("#mygraph", "#panel"))
            under = panel["x"] - host["x"] if width > 900 else host["width"]
            below = host["height"] if width > 900 else panel["y"] - host["y"]
            assert x0 >= 0 and x1 <= under and y0 >= 0 and y1 <= below


def test_escape_leaves_path_mode_and_menus(hand: Hand) -> None:
    hand.click("Nikki Haley", button="right")
    assert hand.page.is_visible("#menu") and "Pin" in hand.page.inner_text("#menu")
    hand.press("Escape")
    assert not hand.page.is_visible("#menu")
    hand.press("w")
    assert hand.view.run("kgview.state.path.length") == 1
    hand.press("Escape")
    assert hand.view.run("kgview.state.path.length") == 0


def test_a_lasso_picks_what_can_then_be_hidden(hand: Hand) -> None:
    x, y = hand.at("Nikki Haley")
    hand.page.keyboard.down("Shift")
    hand.page.mouse.move(x - 30, y - 6)
    hand.page.mouse.down()
    for dx, dy in ((30, -6), (40, 40), (-40, 40), (-30, -6)):
        hand.page.mouse.move(x + dx, y + dy, steps=3)
    hand.page.mouse.up()
    hand.page.keyboard.up("Shift")
    hand.rest()
    assert hand.view.run("[...kgview.graphview.picked()]") == [node("Nikki Haley")]
    assert not hand.page.is_visible("#card")
    hand.page.click("#graph .bar >> text=Hide")
    assert node("Nikki Haley") not in hand.nodes()


@pytest.mark.parametrize(
    ("words", "label"), [("haly", "Nikki Haley"), ("5000", "5,000–13,000"), ("pinhero", "Paulo Pinheiro")]
)
def test_search_flies_to_the_node_and_forgives(hand: Hand, words: str, label: str) -> None:
    hand.page.fill("#query", words)
    hand.press("Enter")
    assert hand.view.run("id => kgview.graph.nodeOf(kgview.state.sel) === id", node(label))
    x, y = hand.at(label)
    box = hand.page.locator("#mygraph").bounding_box()
    assert box["x"] < x < box["x"] + box["width"] - 320 and box["y"] < y < box["y"] + box["height"]


def test_search_brings_in_what_is_not_drawn_and_flies_there(opened: Callable[..., Any]) -> None:
    """Of 250 speakers a good half wait: one of them comes in with what it speaks of, in sight and at a size to be read."""
    reading = Reading(" ".join(f"Speaker{n} said x{n} on matter{n % 50}." for n in range(250)))
    for n in range(250):
        who = reading.entity(PERSON, f"Speaker{n}")
        reading.topic(f"matter{n % 50}", reading.said(who, f"Speaker{n}", "said", f"x{n} on matter{n % 50}"))
    hand = Hand(opened(page([reading.done()])))
    drawn = hand.nodes()
    waits, about = hand.view.run(
        """() => { const { graph, graphview } = kgview, drawn = graphview.drawn().nodes;
        const n = [...graph.nodes.values()].filter(n => n.said && !drawn.has(n.id)).at(-1);
        return [n, graph.other(graph.around.get(n.id)[0], n.id)]; }"""
    )
    assert waits["id"] not in drawn
    hand.page.fill("#query", waits["label"].lower())
    hand.press("Enter")
    assert {waits["id"], about} <= hand.nodes() and hand.view.run("kgview.state.sel") == waits["id"]
    assert waits["id"] in hand.view.run("[...kgview.graphview.lit().nodes]")
    x, y = hand.at(waits["label"])
    box, panel = (hand.page.locator(s).bounding_box() for s in ("#mygraph", "#panel"))
    assert box["x"] < x < panel["x"] and box["y"] < y < box["y"] + box["height"]
    size = "id => kgview.graphview.drawn().nodes.get(id).size * kgview.graphview.net().getScale()"
    assert hand.view.run(size, waits["id"]) >= 10
    assert x == pytest.approx((box["x"] + panel["x"]) / 2, abs=120)  # in the middle of what the panel leaves free
    # and it can be taken back
    hand.press("Escape", "Control+z")
    assert hand.nodes() == drawn


def test_documents_that_speak_or_are_spoken_of_are_nodes_with_a_sign_of_their_own(opened: Callable[..., Any]) -> None:
    reading = Reading("The Harbour Report said the quay sinks. Ada Lenz denied the Tide Survey is old.")
    report = reading.entity(EntityType.DOCUMENT, "The Harbour Report")
    ada = reading.entity(PERSON, "Ada Lenz")
    reading.entity(EntityType.DOCUMENT, "Tide Survey")
    reading.topic("quay", reading.said(report, "The Harbour Report", "said", "the quay sinks"))
    reading.said(ada, "Ada Lenz", "denied", "the Tide Survey is old", stance=Stance.DENIES)
    hand = Hand(opened(page([reading.done()])))
    kinds = dict(hand.view.run(KINDS))
    assert kinds["The Harbour Report"] == kinds["Tide Survey"] == "Document" and kinds["Ada Lenz"] == "Person"
    ends = "kgview.graphview.drawn().edges.map(e => [e.a.label.replace('\\n', ' '), e.kind, e.b.label.replace('\\n', ' ')])"
    assert sorted(hand.view.run(ends)) == [
        ["Ada Lenz", "denies", "Tide Survey"],
        ["The Harbour Report", "asserts", "quay"],
    ]
    # the sheet with a folded corner, which the legend explains and can leave out
    corner = "[...document.querySelectorAll('#filters label:has([data-value=Document]) path')].map(p => p.getAttribute('d').replace(/[\\d .-]+/g, ''))"
    signs = (
        "[...kgview.graphview.toSvg().querySelectorAll('path')].map(p => p.getAttribute('d').replace(/[\\d .-]+/g, ''))"
    )
    assert hand.view.run(corner) == ["Mhlvhz"] and hand.view.run(signs).count("Mhlvhz") == 2
    hand.page.uncheck("input[data-facet=type][data-value=Document]")
    hand.rest()
    assert "Document" not in {kind for _, kind in hand.view.run(KINDS)}


def test_the_legend_acts_on_nodes_and_edges(hand: Hand) -> None:
    hand.page.uncheck("input[data-facet=stance][data-value=denies]")
    hand.rest()
    assert hand.view.run("kgview.graphview.drawn().edges.filter(e => e.kind === 'denies').length") == 0
    hand.page.uncheck("input[data-facet=thing][data-value=Figure]")
    hand.page.uncheck("input[data-facet=type][data-value=Place]")
    hand.rest()
    kinds = set(hand.view.run("[...kgview.graphview.drawn().nodes.values()].map(n => n.kind)"))
    assert "Figure" not in kinds and "Place" not in kinds
    hand.page.uncheck("input[data-facet=line][data-value=role]")
    hand.rest()
    assert "role" not in hand.view.run("kgview.graphview.drawn().edges.map(e => e.kind)")
    hand.page.click("text=Clear filters")
    hand.rest()
    assert {s["id"] for s in DATA["statements"]} <= hand.behind()


@pytest.mark.parametrize("lens", ["disputed", "figures", "posts"])
def test_the_legend_of_a_lens_tells_of_nothing_that_is_not_in_it(
    opened: Callable[..., Any], html: str, lens: str
) -> None:
    hand = Hand(opened(html, f"lens={lens}"))
    rows = hand.view.run(
        """() => [...document.querySelectorAll('#filters label:has([data-facet]):has(.n)')].map(row => {
        const { facet, value } = row.querySelector('input').dataset;
        return [facet, value, row.querySelector('.n').textContent]; })"""
    )
    edges = seen_through(GRAPH, lens)
    ends = {key for e in edges for key in (e.start, e.end)}
    kinds = {GRAPH.nodes[key].kind for key in ends}
    assert rows and [row for row in rows if row[2] == "0" and row[1] not in kinds] == []
    bare = "[...document.querySelectorAll('#filters section')].filter(s => s.innerHTML === s.firstElementChild.outerHTML && s.querySelector('h2')).map(s => s.innerText)"
    assert hand.view.run(bare) == []
    if lens == "posts":
        counted = Counter(GRAPH.nodes[key].kind for key in ends)
        assert {value: int(n) for facet, value, n in rows if facet == "type"} == counted
    assert {value for facet, value, _ in rows if facet == "thing"} <= kinds


def test_the_legend_is_told_apart_without_colour(hand: Hand) -> None:
    looks = hand.view.run(
        """() => [...document.querySelectorAll('#filters label:has([data-facet=stance], [data-facet=line]) svg')].map(s => {
        const bare = s.cloneNode(true);
        for (const e of bare.querySelectorAll('*')) for (const name of ['fill', 'stroke']) if ((e.getAttribute(name) ?? 'none') !== 'none') e.setAttribute(name, 'x');
        return bare.innerHTML; })"""
    )
    assert len(looks) > 6 and len(set(looks)) == len(looks)
    marks = hand.page.locator("#filters label:has([data-facet=stance]) svg").all_text_contents()
    assert {"✕", "?", "!"} <= {mark.strip() for mark in marks}


def test_only_this_leaves_what_has_to_do_with_it(hand: Hand) -> None:
    hand.click("Robert Ford")
    hand.press("o")
    about = {key for e in GRAPH.edges for key in (e.start, e.end) if node("Robert Ford") in (e.start, e.end)}
    assert hand.nodes() == about


def test_a_lens_is_a_layout_of_its_own(hand: Hand) -> None:
    hand.page.click("#graph .bar >> text=Roles")
    hand.rest()
    assert set(hand.view.run("kgview.graphview.drawn().edges.map(e => e.kind)")) <= {"role", "relation"}
    assert "lens=posts" in hand.hash()
    hand.page.click("#graph .bar >> text=Disputed")
    hand.rest()
    assert "denies" in hand.view.run("kgview.graphview.drawn().edges.map(e => e.kind)")


def test_a_post_stands_on_its_line_without_the_name_of_where_it_is(opened: Callable[..., Any]) -> None:
    reading = Reading("Ada Lenz, chair of the Water Board, and Bo Ruiz, Water Board spokesperson, said no.")
    board = reading.entity(ORG, "Water Board")
    for name, post in (("Ada Lenz", "chair of the Water Board"), ("Bo Ruiz", "Water Board spokesperson")):
        who = reading.entity(PERSON, name)
        reading.role(who, post, post, organization=board)
    hand = Hand(opened(page([reading.done()]), "lens=posts"))
    words = hand.view.run("[...kgview.graphview.toSvg().querySelectorAll('text')].map(t => t.textContent)")
    assert {"chair", "spokesperson"} <= set(words)


def test_a_long_post_is_cut_between_words_on_its_line(opened: Callable[..., Any]) -> None:
    post = "deputy Middle East and North Africa director"
    reading = Reading(f"Ada Lenz, {post} of the Water Board, said no.")
    who, board = reading.entity(PERSON, "Ada Lenz"), reading.entity(ORG, "Water Board")
    reading.role(who, f"{post} of the Water Board", post, organization=board)
    hand = Hand(opened(page([reading.done()]), "lens=posts"))
    words = hand.view.run("[...kgview.graphview.toSvg().querySelectorAll('text')].map(t => t.textContent)")
    assert "deputy Middle East…" in words


def posts_at_bodies(count: int) -> tuple[Extraction, list[str]]:
    """So many people and bodies, each person with a post at one of them and some at two; and all their posts."""
    names = "Ada Lenz, Bo Ruiz, Cleo Marsh, Dina Okafor, Emil Novak, Fay Brandt, Gus Alvarez, Hana Ito, Ivo Petrov"
    titles = ["chair", "spokesperson", "deputy director", "head of research", "treasurer", "secretary general"]
    bodies = ["Water Board", "Harbour Trust", "Road Office"][: 1 + (count > 4) + (count > 7)]
    people = names.split(", ")[: count - len(bodies)]
    posts = [(n, n % len(bodies), titles[n % 6]) for n in range(len(people))]
    posts += [(n, n + 1, titles[n + 3]) for n in range(len(bodies) - 1)]
    reading = Reading(" ".join(f"{people[n]} is {title} of the {bodies[k]}." for n, k, title in posts))
    holders = [reading.entity(PERSON, name) for name in people]
    places = [reading.entity(ORG, name) for name in bodies]
    for n, k, title in posts:
        reading.role(holders[n], title, f"{title} of the {bodies[k]}", organization=places[k])
    return reading.done(), [title for *_, title in posts]


@pytest.mark.parametrize("count", [2, 3, 5, 8, 12])
def test_in_a_small_graph_each_line_has_room_for_its_words(opened: Callable[..., Any], count: int) -> None:
    read, posts = posts_at_bodies(count)
    hand = Hand(opened(page([read]), "lens=posts"))
    assert len(hand.nodes()) == count
    words = hand.view.run("[...kgview.graphview.toSvg().querySelectorAll('text')].map(t => t.textContent)")
    assert sorted(word for word in words if word in posts) == sorted(posts)
    assert (hand.view.run(STRUCK), hand.view.run(OVERWRITTEN), hand.view.run(FUSED)) == ([], [], [])


def test_the_list_says_what_the_picture_shows(hand: Hand) -> None:
    hand.press("l")
    words = hand.page.inner_text(".sheet")
    assert "Nikki Haley" in words and "demands: " in words
    hand.page.click(".sheet >> text=Nikki Haley")
    assert hand.view.run("kgview.state.sel") == node("Nikki Haley")
    hand.press("Escape")
    assert not hand.page.is_visible(".sheet")


def test_arrows_walk_from_node_to_node(hand: Hand) -> None:
    hand.page.focus("#graph")
    hand.press("ArrowDown")
    first = hand.view.run("kgview.state.sel")
    hand.press("ArrowLeft")
    assert first is not None and hand.view.run("kgview.state.sel") not in (None, first)


def test_the_picture_to_take_along_keeps_its_arrowheads_and_words(hand: Hand) -> None:
    drawn = ET.fromstring(hand.view.run("kgview.exports.svgText()"))
    svg = "{http://www.w3.org/2000/svg}"
    words = {t.text for t in drawn.iter(f"{svg}text")}
    assert {"Nikki Haley", "5,000–13,000", "✕"} <= words
    heads = [
        p for p in drawn.iter(f"{svg}path") if p.get("d", "").endswith("Z") and p.get("fill") not in (None, "none")
    ]
    closed = "kgview.graphview.drawn().edges.filter(e => ['asserts', 'demands', 'role'].includes(e.kind)).length"
    assert len(heads) == hand.view.run(closed) > 10


def test_time_plays(opened: Callable[..., Any], html: str) -> None:
    hand = Hand(opened(html))
    every = hand.nodes()
    hand.page.click("text=Play through time")
    until(hand.page, "most => kgview.graphview.drawn().nodes.size < most", len(every))
    assert hand.nodes() < every
    until(hand.page, "kgview.state.to === ''", seconds=15)
    hand.rest()
    assert hand.nodes() == every


def test_a_speaker_of_sixty_statements_on_no_topic_is_one_fold(opened: Callable[..., Any]) -> None:
    reading = Reading("".join(f"Ada said word{n} it is. " for n in range(60)))
    who = reading.entity(PERSON, "Ada")
    for n in range(60):
        reading.said(who, "Ada", "said", f"word{n} it is")
    hand = Hand(opened(page([reading.done()])))
    assert len(hand.nodes()) == 2 and len(hand.behind()) == 60
    hand.double("Ada")
    assert 2 < len(hand.nodes()) <= 14


@pytest.mark.parametrize(("scheme", "size"), [("light", (1400, 900)), ("dark", (1400, 900)), ("light", (1920, 1080))])
def test_one_article_fills_the_window(opened: Callable[..., Any], scheme: str, size: tuple[int, int]) -> None:
    hand = Hand(opened(page([briefing()]), scheme=scheme, width=size[0], height=size[1]))
    labels = hand.view.run(LABELS)
    scale = hand.view.run("kgview.graphview.net().getScale()")
    width = max(b[2] for b in labels) - min(b[0] for b in labels)
    box = hand.page.locator("#mygraph").bounding_box()
    assert (
        width * scale > 0.6 * box["width"]
        or (max(b[3] for b in labels) - min(b[1] for b in labels)) * scale > 0.8 * box["height"]
    )
