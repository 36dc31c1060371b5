"""What hands do with the graph: pin and unpin, expand, fill the screen, two fingers, the small map; and that all of it can be undone."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from functools import cache
from typing import Any

import pytest
from test_graph_page import AT, DATA, EYE, GRAPH, Hand, node
from test_speed import many
from view_cases import five
from waiting import until

from kg.view import page

pytestmark = pytest.mark.browser
WORDS = "[...kgview.graphview.toSvg().querySelectorAll('text')].map(t => t.textContent)"
PINNED = "[...kgview.state.pinned]"
# all that the picture depends on
PICTURE = """JSON.stringify([[...kgview.graphview.drawn().nodes.values()].map(n => [n.id, Math.round(n.x), Math.round(n.y)]).sort(),
  kgview.graphview.drawn().edges.map(e => [e.id, e.left]).sort(), [...kgview.state.pinned], kgview.state.path, kgview.state.lens, kgview.state.only])"""
# where on the screen a node has its +n, and the middle of an edge
PLATE = """() => { const n = [...kgview.graphview.drawn().nodes.values()].filter(n => n.more > 9).sort((a, b) => b.more - a.more)[0];
  const [x, y] = kgview.graphpen.moreAt(n), p = kgview.graphview.net().canvasToDOM({ x, y }), box = document.getElementById('mygraph').getBoundingClientRect();
  return [n.id, n.more, p.x + box.left, p.y + box.top]; }"""
MIDDLE = """kind => { const e = kgview.graphview.drawn().edges.find(e => e.kind === kind), { at, s, t } = kgview.graphpen.curve(e);
  const [x, y] = at((s + t) / 2), p = kgview.graphview.net().canvasToDOM({ x, y }), box = document.getElementById('mygraph').getBoundingClientRect();
  return [p.x + box.left, p.y + box.top]; }"""


@cache
def large() -> str:
    return page(many(), identity=lambda extraction, entity: entity.name)


@pytest.fixture(scope="module")
def html() -> str:
    return page(five())


@pytest.fixture
def hand(opened: Callable[..., Any], html: str) -> Any:
    hand = Hand(opened(html))
    yield hand
    hand.view.assert_quiet()


def entry(hand: Hand, label: str, words: str) -> None:
    """Right click on a node, then a line of the menu."""
    hand.click(label, button="right")
    hand.page.click(f"#menu >> text={words}")
    hand.rest()


def drag(hand: Hand, label: str, by: tuple[int, int]) -> None:
    x, y = hand.at(label)
    hand.page.mouse.move(x, y)
    hand.page.mouse.down()
    hand.page.mouse.move(x + by[0], y + by[1], steps=8)
    hand.page.mouse.up()
    hand.rest()


def test_pin_and_unpin_by_the_menu(hand: Hand) -> None:
    entry(hand, "Nikki Haley", "Pin")
    assert hand.view.run(PINNED) == [node("Nikki Haley")]
    assert "pin" in hand.view.run(WORDS)
    drag(hand, "United Nations", (40, 30))
    assert hand.view.run(PINNED) == [node("Nikki Haley")]
    entry(hand, "Nikki Haley", "Unpin")
    assert hand.view.run(PINNED) == [] and "pin" not in hand.view.run(WORDS)


def test_what_is_pinned_stays_while_a_neighbour_is_dragged(hand: Hand) -> None:
    goals = {e.end for e in GRAPH.edges if e.start == node("Nikki Haley")}
    near = next(key for key in hand.nodes() if key in goals)
    at = "id => [kgview.graphview.drawn().nodes.get(id).x, kgview.graphview.drawn().nodes.get(id).y]"
    hand.view.run("id => kgview.select(id)", near)
    hand.press("p")
    before = hand.view.run(at, near)
    hand.press("Escape")
    drag(hand, "Nikki Haley", (60, 40))
    assert hand.view.run(at, near) == pytest.approx(before, abs=1)
    hand.view.run("id => kgview.select(id)", near)
    hand.press("p", "Escape")
    drag(hand, "Nikki Haley", (60, 40))
    assert hand.view.run(at, near) != pytest.approx(before, abs=1)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("Hide", "!kgview.graphview.drawn().nodes.has(id)"),
        ("Pin", "kgview.state.pinned.has(id)"),
        ("Path from here", "kgview.state.path[0] === id"),
        ("Only this", "kgview.state.only === id"),
        ("Unfold statements", "[...kgview.graphview.drawn().nodes.values()].some(n => n.kind === 'Card')"),
    ],
)
def test_each_line_of_the_menu_does_what_it_says(hand: Hand, words: str, told: str) -> None:
    test = f"id => {told}"
    assert not hand.view.run(test, node("Robert Ford"))
    entry(hand, "Robert Ford", words)
    assert hand.view.run(test, node("Robert Ford"))


DEEDS: dict[str, Callable[[Hand], None]] = {
    "hide": lambda hand: entry(hand, "Robert Ford", "Hide"),
    "pin": lambda hand: entry(hand, "Robert Ford", "Pin"),
    "drag": lambda hand: drag(hand, "Robert Ford", (60, 40)),
    "unfold": lambda hand: hand.double("crematorium"),
    "only": lambda hand: entry(hand, "Robert Ford", "Only this"),
    "path": lambda hand: entry(hand, "Robert Ford", "Path from here"),
    "lens": lambda hand: (hand.page.click("#graph .bar >> text=Disputed"), hand.rest())[-1],
    "filter": lambda hand: (hand.page.uncheck("[data-facet=stance][data-value=denies]"), hand.rest())[-1],
}


@pytest.mark.parametrize("deed", DEEDS)
def test_whatever_changes_the_picture_is_undone_and_done_again(hand: Hand, deed: str) -> None:
    before = hand.view.run(PICTURE)
    DEEDS[deed](hand)
    after = hand.view.run(PICTURE)
    assert after != before
    hand.page.click("#graph .bar >> text=↶")
    hand.rest()
    assert hand.view.run(PICTURE) == before
    hand.page.click("#graph .bar >> text=↷")
    hand.rest()
    assert hand.view.run(PICTURE) == after


def test_a_press_on_what_waits_at_a_node_brings_it_in(opened: Callable[..., Any]) -> None:
    hand = Hand(opened(large()))
    before = hand.nodes()
    key, more, x, y = hand.view.run(PLATE)
    hand.page.mouse.click(x, y)
    hand.rest()
    came = hand.nodes() - before
    near = {
        e["to"] if e["from"] == key else e["from"]
        for e in hand.view.run("kgview.data.graph.edges")
        if key in (e["from"], e["to"])
    }
    assert came and came <= near and before <= hand.nodes()
    assert hand.view.run("id => kgview.graphview.drawn().nodes.get(id).more", key) == more - len(came)
    labels = hand.view.run("[...kgview.graphview.drawn().nodes.values()].map(n => [n.x, n.y, n.w, n.h])")
    over = [
        (a, b)
        for i, a in enumerate(labels)
        for b in labels[i + 1 :]
        if abs(a[0] - b[0]) + 0.5 < (a[2] + b[2]) / 2 and abs(a[1] - b[1]) + 0.5 < (a[3] + b[3]) / 2
    ]
    assert over == []


def test_expand_by_menu_is_undone_and_done_again(opened: Callable[..., Any]) -> None:
    hand = Hand(opened(large()))
    key, more, *_ = hand.view.run(PLATE)
    hand.view.run("id => kgview.select(id)", key)
    hand.press("m")
    before = hand.view.run(PICTURE)
    hand.page.click(f"#menu >> text=Expand +{more}")
    hand.rest()
    after = hand.view.run(PICTURE)
    assert after != before and hand.view.run("kgview.state.added.size") > 0
    hand.press("Control+z")
    assert hand.view.run(PICTURE) == before and hand.view.run("kgview.state.added.size") == 0
    hand.press("Control+y")
    assert hand.view.run(PICTURE) == after
    hand.view.assert_quiet()


def test_far_away_the_best_connected_are_labelled_first_and_none_over_another(opened: Callable[..., Any]) -> None:
    hand = Hand(opened(large()))
    told = hand.view.run(
        """() => { const { graphview, graphpen, graph } = kgview, words = [], nodes = [...graphview.drawn().nodes.values()];
        graphpen.hubs({ text: (x, y, text, o) => words.push([text, x, y, o.size]) }, nodes, 0.25, null);
        const weight = n => graph.around.get(n.id).length + n.said;
        const hub = nodes.reduce((a, b) => (weight(b) > weight(a) ? b : a));
        return [words, hub.label.replace('\\n', ' ')]; }"""
    )
    words, hub = told
    assert 4 < len(words) < 60 and words[0][0] == hub
    assert {round(size * 0.25, 2) for *_, size in words} == {10.5}


def test_the_graph_fills_the_screen_and_goes_back(hand: Hand) -> None:
    small = hand.page.locator("#mygraph").bounding_box()
    hand.page.click("#graph .bar >> text=⛶")
    until(hand.page, "document.fullscreenElement === document.getElementById('graph')")
    until(hand.page, "width => document.getElementById('mygraph').clientWidth > width", small["width"] + 50)
    hand.rest()
    hand.click("crematorium")
    assert hand.view.run("kgview.state.sel") == node("crematorium")
    hand.page.keyboard.press("f")
    until(hand.page, "document.fullscreenElement === null")
    until(hand.page, "width => document.getElementById('mygraph').clientWidth <= width", small["width"])


def test_the_small_map_is_dragged(hand: Hand) -> None:
    hand.page.mouse.move(700, 450)
    hand.page.mouse.wheel(0, -500)
    until(hand.page, "!document.getElementById('minimap').hidden")
    hand.rest()
    box = hand.page.locator("#minimap").bounding_box()
    hand.page.mouse.move(box["x"] + 40, box["y"] + 40)
    hand.page.mouse.down()
    seen = [hand.view.run(EYE)]
    for step in (1, 2, 3):
        hand.page.mouse.move(box["x"] + 40 + 25 * step, box["y"] + 40 + 12 * step)
        seen.append(hand.view.run(EYE))
    hand.page.mouse.up()
    hand.rest()
    assert all(a[1] < b[1] and a[2] < b[2] and a[0] == b[0] for a, b in itertools.pairwise(seen))
    assert "camera=" in hand.hash()


def test_an_edge_under_the_pointer_says_its_word_and_quotes_its_sentence(hand: Hand) -> None:
    assert not any(words.startswith("doubts") for words in hand.view.run(WORDS))
    hand.page.mouse.move(*hand.view.run(MIDDLE, "doubts"))
    until(hand.page, "!document.getElementById('card').hidden")
    card = hand.page.inner_text("#card")
    said = hand.view.run("kgview.graphview.drawn().edges.find(e => e.kind === 'doubts').left")
    texts = [s["text"] for s in DATA["statements"] if s["id"] in said]
    assert len(said) == 2 and any(text in card for text in texts)
    assert "doubts ×2" in hand.view.run(WORDS)


def test_a_link_opens_the_same_picture(opened: Callable[..., Any], html: str, hand: Hand) -> None:
    entry(hand, "Robert Ford", "Hide")
    hand.double("crematorium")
    drag(hand, "Stuart Jones", (70, -40))
    hand.page.mouse.move(700, 450)
    hand.page.mouse.wheel(0, -200)
    hand.rest()
    again = Hand(opened(html, hand.view.run("location.hash.slice(1)")))
    assert again.nodes() == hand.nodes()
    for key in hand.nodes():
        where = [
            h.view.run(
                "id => [kgview.graphview.drawn().nodes.get(id).x, kgview.graphview.drawn().nodes.get(id).y]", key
            )
            for h in (hand, again)
        ]
        assert where[0] == pytest.approx(where[1], abs=1.5)
    assert again.view.run(EYE) == pytest.approx(hand.view.run(EYE), abs=1.5)


class Fingers:
    """Fingers on a window as wide as a telephone's."""

    def __init__(self, opened: Callable[..., Any], html: str) -> None:
        self.hand = Hand(opened(html, width=390, height=844, touch=True))
        self.client = self.hand.page.context.new_cdp_session(self.hand.page)

    def touch(self, kind: str, *points: tuple[float, float]) -> None:
        at = [{"x": x, "y": y, "id": n} for n, (x, y) in enumerate(points)]
        self.client.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": at})


def test_two_fingers_zoom_the_graph_and_not_the_page(opened: Callable[..., Any], html: str) -> None:
    fingers = Fingers(opened, html)
    hand = fingers.hand
    before = hand.view.run(EYE)
    fingers.touch("touchStart", (165, 450), (215, 450))
    for step in range(1, 11):
        fingers.touch("touchMove", (165 - 8 * step, 450), (215 + 8 * step, 450))
        hand.page.wait_for_timeout(16)
    fingers.touch("touchEnd")
    until(hand.page, f"scale => {EYE}[0] > 1.5 * scale", before[0])
    hand.rest()
    assert hand.view.run("[visualViewport.scale, scrollX, scrollY]") == [1, 0, 0]
    assert "camera=" in hand.hash()
    hand.view.assert_quiet()


def test_a_finger_moves_the_picture_drags_a_node_and_selects_it(opened: Callable[..., Any], html: str) -> None:
    fingers = Fingers(opened, html)
    hand = fingers.hand
    hand.view.run(
        "id => kgview.graphview.net().moveTo({ position: kgview.graphview.drawn().nodes.get(id), scale: 1.2 })",
        node("Stuart Jones"),
    )
    hand.rest()
    x, y = hand.at("Stuart Jones")
    before = hand.view.run(EYE)
    fingers.touch("touchStart", (x, y))
    for step in range(1, 11):
        fingers.touch("touchMove", (x + 4 * step, y + 5 * step))
        hand.page.wait_for_timeout(16)
    fingers.touch("touchEnd")
    until(hand.page, "kgview.state.moved.size > 0")
    hand.rest()
    assert hand.view.run(EYE) == before
    assert hand.at("Stuart Jones")[1] > y + 25
    x, y = hand.at("Stuart Jones")
    fingers.touch("touchStart", (x, y))
    fingers.touch("touchEnd")
    until(hand.page, "id => kgview.state.sel === id", node("Stuart Jones"))
    assert hand.page.is_visible("#panel")


def test_a_menu_is_walked_with_the_keyboard(hand: Hand) -> None:
    hand.click("Robert Ford")
    hand.press("m")
    first = hand.view.run("document.activeElement.textContent")
    hand.press("ArrowDown")
    assert hand.view.run("document.activeElement.getAttribute('role')") == "menuitem"
    assert hand.view.run("document.activeElement.textContent") != first
    lines = hand.page.locator("#menu [role=menuitem]").all_inner_texts()
    hide = next(n for n, words in enumerate(lines) if words.startswith("Hide"))
    hand.press(*["ArrowDown"] * (hide - 1), "Enter")
    assert node("Robert Ford") not in hand.nodes()


LIT = """() => { const net = kgview.graphview.net(), { left } = document.getElementById('mygraph').getBoundingClientRect(), s = net.getScale() / 2;
  return [...kgview.graphview.lit().nodes].map(id => kgview.graphview.drawn().nodes.get(id)).map(n => [n.label, left + net.canvasToDOM(n).x + n.w * s]); }"""


def test_what_stands_out_comes_out_from_under_the_panel(hand: Hand) -> None:
    panel = hand.page.viewport_size["width"] - 328
    at = {key: hand.view.run(AT, GRAPH.nodes[key].label.replace("\n", " ")) for key in hand.nodes()}
    near: dict[str, set[str]] = {key: set() for key in at}
    for e in GRAPH.edges:
        if {e.start, e.end} <= at.keys():
            near[e.start].add(e.end)
            near[e.end].add(e.start)
    covered = sorted(k for k, (x, _) in at.items() if x < panel - 60 and any(at[o][0] > panel for o in near[k]))
    assert covered
    for key in covered[:3]:
        hand.view.run("kgview.select(null)")
        hand.page.click("#graph .bar >> text=Fit")
        hand.rest()
        hand.click(GRAPH.nodes[key].label.replace("\n", " "))
        assert (
            hand.view.run("kgview.state.sel") is not None and hand.page.locator("#panel").bounding_box()["x"] == panel
        )
        assert [name for name, right in hand.view.run(LIT) if right > panel] == []


def test_a_slow_double_click_unfolds_though_a_panel_opened_at_the_first(hand: Hand) -> None:
    x, y = hand.at("crematorium")
    hand.page.mouse.click(x, y)
    hand.page.wait_for_timeout(220)
    eye = hand.view.run(EYE)
    hand.page.mouse.click(x, y, click_count=2)
    hand.rest()
    assert hand.view.run("kgview.state.open.size") > 1, eye


def test_the_panel_begins_below_the_bar_however_many_lines_that_has(opened: Callable[..., Any], html: str) -> None:
    for width in (1400, 960):
        hand = Hand(opened(html, width=width))
        hand.click("Nikki Haley")
        hand.press("h")
        hand.click("Stuart Jones")
        hand.press("u")
        bar, panel = (hand.page.locator(s).bounding_box() for s in ("#graph .bar", "#panel"))
        assert abs(bar["y"] + bar["height"] - panel["y"]) <= 1
    assert bar["height"] > 42


def test_who_is_pointed_at_is_named_once(hand: Hand) -> None:
    hand.page.mouse.move(*hand.at("Stuart Jones"))
    until(hand.page, "!document.getElementById('card').hidden")
    assert hand.page.locator("#card b bdi", has_text="Stuart Jones").count() == 1
    hand.page.mouse.move(*hand.at("crematorium"))
    until(hand.page, "document.getElementById('card').innerText.startsWith('crematorium')")
    assert hand.page.locator("#card b").count() > 2  # here it must say who


def test_what_was_searched_for_leaves_the_field_free(hand: Hand) -> None:
    hand.page.fill("#query", "haly")
    hand.press("Enter")
    assert hand.view.run("kgview.state.sel") == node("Nikki Haley")
    assert hand.page.input_value("#query") == ""


def test_on_a_phone_the_small_map_leaves_the_filters_in_sight(opened: Callable[..., Any], html: str) -> None:
    hand = Hand(opened(html, width=390, height=844, touch=True))
    hand.page.tap("#narrow")
    hand.rest()
    sheet = hand.page.locator("#filters").bounding_box()
    seen = hand.page.locator("#filters label").evaluate_all(
        "(all, end) => all.map(e => e.getBoundingClientRect()).filter(r => r.bottom < end && document.elementFromPoint(r.left + 8, r.top + 8)?.closest('label')).length",
        sheet["y"] + sheet["height"],
    )
    assert seen >= 7
