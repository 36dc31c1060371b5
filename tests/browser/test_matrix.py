"""Who speaks about what: as many topics as a window holds, never scrolled sideways, and the way to the others."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from typing import Any

import pytest
from view_cases import PERSON, Reading, five

from kg.records.extraction import Extraction
from kg.view import page
from kg.view.data import view_data

pytestmark = pytest.mark.browser
DATA = view_data(five())
CELLS = "[...document.querySelectorAll('#matrix .cell')].map(c => [c.dataset.ids.split(' '), c.firstChild.textContent, c.closest('tr').dataset.id])"
HEADS = "[...document.querySelectorAll('#matrix thead th[data-id]')].map(e => e.dataset.id)"
WIDE = "(e => e.scrollWidth > e.clientWidth)(document.querySelector('#matrix')) || document.documentElement.scrollWidth > innerWidth"
CUT = """() => [...document.querySelectorAll('#matrix :is(.cell, th, .link)')].filter(e => {
  const { left, right } = e.getBoundingClientRect(), room = (e.closest('th, td') ?? e).getBoundingClientRect();
  return e.scrollWidth > e.clientWidth + 1 && e.clientWidth || left < room.left - 1 || right > room.right + 1; }).map(e => e.textContent)"""
AFTER = "button[aria-label='Topics after']"


def all_cells(view: Any) -> list[tuple[list[str], str, str]]:
    """Each cell of each page of topics: its statements, its words, whose it is."""
    found = list(view.run(CELLS))
    while view.page.locator(f"{AFTER}:enabled").count():
        view.page.click(AFTER)
        found += view.run(CELLS)
    return [(ids, words, who) for ids, words, who in found]


def many(topics: int) -> Extraction:
    """As many people as topics, each speaking about his own and the next."""
    names = [f"Speaker{n}" for n in range(topics)]
    reading = Reading(
        " ".join(f"{who} said thing{n} fell. {who} said thing{n + 1} stood." for n, who in enumerate(names))
    )
    on: dict[str, list[str]] = {}
    for n, who in enumerate(names):
        entity = reading.entity(PERSON, who)
        for words in (f"thing{n} fell", f"thing{n + 1} stood"):
            on.setdefault(words.split(" ")[0], []).append(reading.said(entity, who, "said", words))
    reading.said(entity, who, "said", words)  # and once about nothing
    for label, said in on.items():
        reading.topic(label, *said)
    return reading.done()


@pytest.fixture(scope="module")
def html() -> str:
    return page([*five(), many(40)])


@pytest.fixture(scope="module")
def bundled() -> str:
    return page(five())


@pytest.mark.parametrize("width", [390, 700, 1000, 1400, 1920])
def test_it_never_scrolls_sideways_and_cuts_nothing(opened: Callable[..., Any], html: str, width: int) -> None:
    view = opened(html, "view=matrix", width=width)
    seen = set()
    for _ in range(4):
        assert not view.run(WIDE) and view.run(CUT) == []
        seen |= set(view.run(HEADS))
        view.page.click(AFTER)
    assert len(seen) >= 4 and view.page.locator("#matrix .sideways").count() == 0


@pytest.mark.parametrize("width", [390, 1400])
def test_leafing_comes_to_every_statement_of_every_speaker(opened: Callable[..., Any], html: str, width: int) -> None:
    data = view_data([*five(), many(40)])
    view = opened(html, "view=matrix", width=width)
    by = {s["id"]: s["by"] for s in data["statements"]}
    cells = all_cells(view)
    assert {id for ids, _, _ in cells for id in ids} == set(by)
    assert all(by[id] == who for ids, _, who in cells for id in ids)
    assert view.page.locator(AFTER).is_disabled() and "on no topic" in view.page.inner_text("#matrix").lower()


def test_topics_of_the_same_people_stand_beside_each_other(opened: Callable[..., Any], bundled: str) -> None:
    view = opened(bundled, "view=matrix")
    heads = view.run(HEADS)
    on = {t["id"]: {s["by"] for s in DATA["statements"] if t["id"] in s["topics"]} for t in DATA["topics"]}
    assert heads[0] == DATA["topics"][0]["id"] and len(heads) == 6
    shares = lambda topic, others: any(on[topic] & on[other] for other in others)  # noqa: E731
    near = [shares(head, heads[:n]) for n, head in enumerate(heads) if n]
    assert sum(near) > 1
    # one with which they share nobody comes only where no topic is left with which they do
    last = near.index(False) + 1 if False in near else len(heads)
    assert last == len(heads) or not any(shares(topic, heads[:last]) for topic in set(on) - set(heads[:last]))
    # no row is empty: who speaks about none of these is with the topics that they speak about
    rows = view.page.locator("#matrix tbody tr")
    assert rows.count() > 5 and rows.evaluate_all("all => all.every(r => r.querySelector('.cell'))")


def test_what_is_selected_turns_to_its_topics_and_the_link_keeps_them(opened: Callable[..., Any], bundled: str) -> None:
    view = opened(bundled, "view=matrix")
    late = DATA["topics"][-1]["id"]
    assert late not in view.run(HEADS)
    view.run("id => kgview.select(id)", late)
    assert late in view.run(HEADS) and view.page.locator(f"#matrix th.sel[data-id='{late}']").count() == 1
    view.run("kgview.select(null)")
    view.page.click("button[aria-label='Topics before']")
    here = view.run(HEADS)
    # where there are none before these, the focus is on the way back
    before = view.page.is_enabled("button[aria-label='Topics before']")
    focus = view.page.evaluate("document.activeElement.getAttribute('aria-label')")
    assert focus == ("Topics before" if before else "Topics after")
    again = opened(bundled, view.run("location.hash.slice(1)"))
    assert again.run(HEADS) == here
    view.page.go_back()
    assert late in view.run(HEADS)
    view.assert_quiet()


def test_the_count_of_topics_is_that_of_the_panel(opened: Callable[..., Any], bundled: str) -> None:
    view = opened(bundled, "view=matrix&off-stance=denies")
    told = view.page.inner_text("#panel dt:has-text('Topics') + dd")
    assert f" of {told}, " in view.page.inner_text("#matrix .lead")


def test_what_is_disputed_stands_first_in_a_cell_and_apart(opened: Callable[..., Any]) -> None:
    view = opened(page(five()), "view=matrix")
    view.run("""() => { const said = kgview.matrix.table().speakers[0].statements.filter(s => s.topics.length);
      const more = ['asserts', 'denies', 'other'].map((stance, i) => ({ ...said[0], id: said[0].id + i, stance }));
      kgview.data.statements.push(...more); kgview.change('filter'); }""")
    boxes = view.page.locator("#matrix td:has(.cell.other) .cell").evaluate_all(
        "all => all.map(e => [e.className.split(' ')[1], e.getBoundingClientRect().top, e.getBoundingClientRect().bottom])"
    )
    order = ["denies", "doubts", "hedges", "demands", "asks", "asserts", "other"]
    kinds = [kind for kind, *_ in boxes]
    first = kinds[: kinds.index("other") + 1]
    assert len(first) > 2 and first == sorted(first, key=order.index)
    assert all(
        below - bottom >= 2
        for (_, _, bottom), (_, below, _) in itertools.pairwise(boxes[: len(first)])
        if below > bottom - 1
    )
