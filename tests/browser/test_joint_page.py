"""Who says something together is named in every view of it, and found by every name."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from test_joint import joined
from waiting import until

from kg.view import page

pytestmark = pytest.mark.browser
BOTH = "Activists and Harbour Television"


@pytest.fixture(scope="module")
def html() -> str:
    return page([joined()])


def test_the_panel_names_both_and_each_leads_to_the_statement(opened: Callable[..., Any], html: str) -> None:
    view = opened(html)
    both = view.run("kgview.data.statements.find((s) => s.joint).id")
    view.run("id => kgview.select(id)", both)
    until(view.page, "both => document.getElementById('panel').textContent.includes(`Said by${both}`)", BOTH)
    for name in ("Activists", "Harbour Television"):
        view.run("name => kgview.select(kgview.data.entities.find((e) => e.name === name).id)", name)
        until(
            view.page,
            "both => ['Said (1)', both].every((words) => document.getElementById('panel').textContent.includes(words))",
            BOTH,
        )
    view.assert_quiet()


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("claims", "together with Harbour Television"),
        ("table", BOTH),
        ("matrix", "Harbour Television"),
        ("reader", "Harbour Television"),
        ("overview", BOTH),
    ],
)
def test_every_view_names_both(opened: Callable[..., Any], html: str, name: str, words: str) -> None:
    view = opened(html)
    view.show(name)
    until(view.page, "([id, words]) => document.getElementById(id).textContent.includes(words)", [name, words])
    view.assert_quiet()


def test_a_statement_is_counted_once(opened: Callable[..., Any], html: str) -> None:
    view = opened(html, "view=claims")
    until(view.page, "document.querySelectorAll('#claims .claim').length === 2")
    assert view.run("document.querySelectorAll('#claims .claim.denies').length") == 1
    view.assert_quiet()
