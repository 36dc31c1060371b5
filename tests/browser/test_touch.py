"""The page under a finger."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from view_cases import five
from waiting import until

from kg.view import page

pytestmark = pytest.mark.browser
STILL = """() => new Promise(done => { const region = document.getElementById("claims"); let last = -1;
  const look = () => (region.scrollTop === last ? done(last) : ((last = region.scrollTop), setTimeout(look, 150))); look(); })"""
MIDDLE = """() => { const seen = [...document.querySelectorAll(".claim")].map(c => [c.dataset.id, c.getBoundingClientRect()])
    .filter(([, r]) => r.top > 250 && r.bottom < innerHeight - 80);
  return [seen[0][0], seen[0][1].left + 40, seen[0][1].top + 14]; }"""


@pytest.mark.parametrize("rest", [0, 600])
def test_a_finger_scrolls_the_claims_and_selects(browser: Any, tmp_path: Path, rest: int) -> None:
    """Also a finger that rests for a while, as on a slow machine any does."""
    path = tmp_path / "view.html"
    path.write_text(page(five()), encoding="utf-8")
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True, offline=True)
    tab = context.new_page()
    tab.goto(path.as_uri() + "#view=claims")
    tab.wait_for_selector("html[data-ready='1']", state="attached")
    client = context.new_cdp_session(tab)

    def touch(kind: str, *points: tuple[float, float]) -> None:
        client.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x, "y": y} for x, y in points]})

    touch("touchStart", (190, 600))
    for step in range(1, 16):
        touch("touchMove", (190, 600 - 20 * step))
        tab.wait_for_timeout(16)
    touch("touchEnd")
    until(tab, "document.getElementById('claims').scrollTop > 150")
    tab.evaluate(STILL)
    key, x, y = tab.evaluate(MIDDLE)
    touch("touchStart", (x, y))
    tab.wait_for_timeout(rest)
    touch("touchEnd")
    until(tab, "key => kgview.state.sel === key", key)
    context.close()
