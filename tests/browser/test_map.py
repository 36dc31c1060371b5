"""The map of the page in a real browser: a dot for each place that has a point, walked by keys, and the same as a list."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from test_places import TEXT, story
from view_cases import PERSON, PLACE, Reading, five

from kg.records.attribution import Stance
from kg.records.extraction import Extraction
from kg.text.article import Article
from kg.view import page

pytestmark = pytest.mark.browser

DOTS = "[...document.querySelectorAll('#map g[data-place]')].reverse().map(g => [g.getAttribute('aria-label'), ...['cx', 'cy'].map(n => Number(g.querySelector('circle').getAttribute(n)))])"
FOCUSED = "document.activeElement.getAttribute('aria-label')"
LISTED = "[...document.querySelectorAll('#map .places h3')].map(e => e.textContent)"


@pytest.fixture(scope="module")
def html() -> str:
    return page([story()])


def test_a_place_is_a_dot_where_it_is_and_a_line_of_the_list(opened: Callable[..., Any], html: str) -> None:
    view = opened(html, "view=map")
    dots = {label: at for label, *at in view.run(DOTS)}
    assert list(dots) == ["Damascus: 1 figure, 1 event", "Beirut: named in 1 article", "Syria: named in 1 article"]
    damascus, beirut, syria = dots.values()
    assert beirut[0] < damascus[0] < syria[0] and syria[1] < beirut[1] < damascus[1], "west to east, north above"
    assert view.run(LISTED) == ["Damascus 1 figure, 1 event", "Beirut named in 1 article", "Syria named in 1 article"]
    items = view.run("[...document.querySelectorAll('#map .places li')].map(e => e.textContent)")
    assert [item.partition(" – ")[0] for item in items] == ["40 people", "40 people were hurt"]
    words = view.page.inner_text("#map")
    assert (
        "GeoNames" in words and "Natural Earth" in words and "1 place without a point that is known: Ruritania" in words
    )
    assert view.run("document.querySelector('#map path').getAttribute('d').length") > 30_000, "the land is drawn"
    view.assert_quiet()


def test_what_is_denied_at_a_place_is_not_told_as_said(opened: Callable[..., Any]) -> None:
    reading = Reading("Ada Lenz denied that a fire burned in Damascus.")
    place = reading.entity(PLACE, "Damascus")
    who = reading.entity(PERSON, "Ada Lenz")
    key = reading.said(who, "Ada Lenz", "denied", "a fire burned in Damascus", stance=Stance.DENIES)
    reading.topic("Damascus", key, entity=place)
    view = opened(page([reading.done()]), "view=map")
    items = view.run("[...document.querySelectorAll('#map .places li')].map(e => e.textContent)")
    assert [item.partition(" – ")[0] for item in items] == ["Ada Lenz ✕ denies: a fire burned in Damascus"]
    view.page.click("#map .places li a")
    assert view.run("kgview.state.sel")[0] == "s"
    view.assert_quiet()


def test_what_is_amid_a_country_is_hollow_and_dashed(opened: Callable[..., Any], html: str) -> None:
    view = opened(html, "view=map")
    dashes = view.run(
        "Object.fromEntries([...document.querySelectorAll('#map g[data-place]')].map(g => [g.getAttribute('aria-label').split(':')[0], g.querySelector('circle').hasAttribute('stroke-dasharray')]))"
    )
    assert dashes == {"Damascus": False, "Beirut": False, "Syria": True}


def test_keys_walk_from_dot_to_dot_and_select(opened: Callable[..., Any], html: str) -> None:
    view = opened(html, "view=map")
    view.page.focus("#map g[tabindex='0']")
    assert view.run(FOCUSED).startswith("Damascus")
    for key, name in (
        ("ArrowLeft", "Beirut"),
        ("ArrowRight", "Damascus"),
        ("ArrowUp", "Beirut"),
        ("ArrowRight", "Damascus"),
    ):
        view.page.keyboard.press(key)
        assert view.run(FOCUSED).startswith(name), key
    assert view.run("document.querySelectorAll('#map g[tabindex=\"0\"]').length") == 1
    view.page.keyboard.press("Enter")
    assert view.run("kgview.data.entities.find(e => e.id === kgview.state.sel).name") == "Damascus"
    assert view.run(FOCUSED).startswith("Damascus"), "who walks stays where she is"
    assert view.run("document.activeElement.getAttribute('aria-pressed')") == "true"
    assert view.page.inner_text("#map section.sel h3").startswith("Damascus")
    assert "Damascus" in view.page.inner_text("#panel")


def test_the_map_comes_nearer_and_shows_all_again(opened: Callable[..., Any], html: str) -> None:
    view = opened(html, "view=map")
    apart = lambda: (lambda dots: abs(dots[0][1] - dots[1][1]))(view.run(DOTS))  # noqa: E731
    first = apart()
    view.page.click("#map [aria-label='Come nearer']")
    assert apart() == pytest.approx(first * 1.6, rel=0.03)
    view.page.click("#map [aria-label='Show all places']")
    assert apart() == first
    view.page.focus("#map g[tabindex='0']")
    view.page.keyboard.press("-")
    assert apart() == pytest.approx(first / 1.6, rel=0.05) and view.run(FOCUSED).startswith("Damascus")


def test_a_mouse_drags_the_map(opened: Callable[..., Any], html: str) -> None:
    view = opened(html, "view=map")
    before = view.run(DOTS)[0]
    box = view.page.locator("#map > svg").bounding_box()
    view.page.mouse.move(box["x"] + 30, box["y"] + 30)
    view.page.mouse.down()
    view.page.mouse.move(box["x"] + 90, box["y"] + 50, steps=3)
    view.page.mouse.up()
    after = view.run(DOTS)[0]
    assert after[1] - before[1] == pytest.approx(60, abs=1) and after[2] - before[2] == pytest.approx(20, abs=3)


def test_a_record_of_the_list_marks_its_place(opened: Callable[..., Any], html: str) -> None:
    view = opened(html, "view=map")
    view.page.click("#map .places li:nth-child(2) .link")
    assert view.run("kgview.state.sel").startswith("v.")
    assert view.run("document.querySelector('#map g[aria-pressed=true]').getAttribute('aria-label')").startswith(
        "Damascus"
    )


def test_the_map_has_what_the_filters_leave(opened: Callable[..., Any]) -> None:
    calm = story(TEXT.replace("Beirut was calm", "There was calm"))
    html = page([story(), replace(calm, article=replace(calm.article, title="Saturday"))])
    view = opened(html, "view=map")
    leave_out = "id => (kgview.state.off.article.add(id), kgview.change('filter'))"
    assert view.run(DOTS)[0][0] == "Damascus: 2 figures, 2 events"
    saturday = view.run("kgview.data.articles.find(a => a.title === 'Saturday').id")
    view.run(leave_out, saturday)
    assert next(dot[0] for dot in view.run(DOTS)) == "Damascus: 1 figure, 1 event" and len(view.run(DOTS)) == 3
    friday = view.run("kgview.data.articles.find(a => a.title === 'Friday').id")
    view.run(leave_out, friday)
    assert view.page.inner_text("#map [role=status]") == "No place passes the filters."
    assert view.run(DOTS) == [] and view.run(LISTED) == []


def test_without_a_known_place_the_map_is_absent_in_words(opened: Callable[..., Any]) -> None:
    nowhere = Extraction(Article("Nothing happened in any place."), "m")
    view = opened(page([nowhere]), "view=map")
    assert "No place that the articles name has a point that is known" in view.page.inner_text("#map")
    assert view.page.locator("#map svg").count() == 0 and view.run("kgview.data.land") == ""
    view.assert_quiet()


def test_words_from_outside_stay_words(opened: Callable[..., Any]) -> None:
    text = TEXT.replace("40 people were hurt", "40 people were hurt <img src=x onerror=alert(1)>")
    bad = story(text)
    (event,) = bad.events
    start = text.index("40 people")
    span = replace(event.span, start=start, end=text.index(" on Friday"))
    view = opened(page([replace(bad, events=(replace(event, span=span),))]), "view=map")
    assert "<img src=x onerror=alert(1)>" in view.page.inner_text("#map .places")
    assert view.page.locator("#map img").count() == 0
    view.assert_quiet()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_a_map(opened: Callable[..., Any], html: str, scheme: str) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    for width in (1400, 390):
        view = opened(html, "view=map", width=width, scheme=scheme)
        view.page.click("#map .places h3 .link")
        found = axe.Axe().run(view.page).response["violations"]
        assert [(v["id"], [n["html"][:90] for n in v["nodes"]][:3]) for v in found] == []
        assert view.run("document.documentElement.scrollWidth") <= width


def test_the_map_is_taken_along_as_a_picture(opened: Callable[..., Any], html: str) -> None:
    view = opened(html, "view=map")
    picture = view.run("new XMLSerializer().serializeToString(kgview.exports.picture())")
    assert "Damascus" in picture and picture.count("<circle") == 3 and not re.search(r"<g[^>]*tabindex", picture)


def test_later_records_bring_their_places(opened: Callable[..., Any]) -> None:
    from kg.view.page import records

    view = opened(page(five(), served=True), "view=map")
    assert [label.partition(":")[0] for label, *_ in view.run(DOTS)] == ["Syria"]
    view.run("part => (kgview.take(part), kgview.change('data'))", records([story()]))
    assert {label.partition(":")[0] for label, *_ in view.run(DOTS)} == {"Syria", "Damascus", "Beirut"}
