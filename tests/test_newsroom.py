"""Fourteen reports in the ways that newsrooms write: who says what in each, and how."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from kg.records.extraction import Extraction

LINES = (Path(__file__).resolve().parents[1] / "data" / "gold" / "newsroom.jsonl").read_text("utf-8").splitlines()
REPORTS: dict[str, dict[str, Any]] = {case["id"]: case for case in map(json.loads, LINES)}

pytestmark = pytest.mark.model


def _statements() -> list[Any]:
    return [
        pytest.param(
            report,
            said,
            id=f"{report}-{n}",
            marks=[pytest.mark.xfail(strict=True, reason=said["xfail"])] if "xfail" in said else [],
        )
        for report, case in REPORTS.items()
        for n, said in enumerate(case["statements"], start=1)
    ]


@pytest.fixture(scope="module")
def read(extraction: Callable[..., Extraction]) -> Callable[[str], Extraction]:
    found: dict[str, Extraction] = {}

    def reader(report: str) -> Extraction:
        if report not in found:
            case = REPORTS[report]
            found[report] = extraction(case["text"], published=date.fromisoformat(case["published"]), path=report)
        return found[report]

    return reader


def _is(name: str | None, wanted: str | None) -> bool:
    """Whether a speaker is the wanted one: by name, with "~" by a word of a description, None for nobody."""
    if wanted is None or name is None:
        return name is wanted
    return wanted[1:].lower() in name.lower() if wanted[0] == "~" else name == wanted


@pytest.mark.parametrize(("report", "said"), _statements())
def test_speaker_and_stance(report: str, said: dict[str, Any], read: Callable[[str], Extraction]) -> None:
    found = read(report)
    names = {e.id: e.name for e in found.entities}
    words = [said["says"]] if isinstance(said["says"], str) else said["says"]
    told = [
        (names.get(a.entity or ""), a.stance.value, content)
        for a in found.attributions
        if any(w in (content := " … ".join(found.article.quote(s) for s in a.content)) for w in words)
    ]
    assert any(
        any(_is(name, who) for who in said["who"]) and stance in said.get("stance", [stance])
        for name, stance, _ in told
    ), told


def test_names_are_whole_and_hold_no_title(read: Callable[[str], Extraction]) -> None:
    people = {e.name for r in REPORTS for e in read(r).entities if e.type == "Person" and e.named}
    bodies = {e.name for r in REPORTS for e in read(r).entities if e.type == "Organization" and e.named}
    assert {"Ana Ruiz", "Amelia Frost", "Pete Dane", "Priya Nair", "Gary Holt", "Roy Holt"} <= people
    assert {"Axon", "NovaChip", "Ashdown Homes", "Worcester Vale District Council", "Relief Now"} <= bodies
    led = ("Chipmaker", "Rival", "Developer", "Husband", "Chief", "Operating", "Prosecutor")
    assert not [name for name in people | bodies if name.startswith(led)]
