"""By keys alone: Tab comes to all that can be acted on, shows where it is, and comes out again at the end."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from view_cases import five

from kg.view import page

pytestmark = pytest.mark.browser
VIEWS = ("graph", "claims", "figures", "matrix", "reader", "table", "overview", "map")
# all that a click would act on and that can be seen, but one tab, one dot of the map: arrows walk among these
WANTED = """() => {
  const all = [...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex='0']")];
  const seen = all.filter(e => e.tabIndex >= 0 && !e.disabled && e.checkVisibility({visibilityProperty: true}) && !e.matches(".skip"));
  seen.forEach((e, n) => { e.dataset.walked = n; });
  return seen.length;
}"""
HERE = """() => {
  const e = document.activeElement;
  if (!e || e === document.body) return null;
  const style = getComputedStyle(e);
  return [Number(e.dataset.walked ?? -1), style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0];
}"""


@pytest.fixture(scope="module")
def html() -> str:
    return page(five())


@pytest.mark.parametrize("name", VIEWS)
def test_tab_comes_to_all_that_can_be_acted_on(opened: Callable[..., Any], html: str, name: str) -> None:
    view = opened(html, f"view={name}")
    wanted = view.run(WANTED)
    assert wanted > 25
    come: set[int] = set()
    view.page.keyboard.press("Tab")
    assert view.run("document.activeElement.className") == "skip"
    for _ in range(2 * wanted + 50):
        view.page.keyboard.press("Tab")
        here = view.run(HERE)
        if here is None:  # past the end: the window's own bars
            break
        number, shown = here
        assert shown, view.run("document.activeElement.outerHTML.slice(0, 200)")
        come.add(number)
    else:
        raise AssertionError("a trap: Tab never came to the end")
    missed = view.run(
        "come => [...document.querySelectorAll('[data-walked]')].filter(e => !come.includes(Number(e.dataset.walked))).map(e => e.outerHTML.slice(0, 120))",
        sorted(come),
    )
    assert missed == []
    view.assert_quiet()
