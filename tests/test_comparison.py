"""From sentences to answers: which figures can be compared, and how their ranges relate, on articles of our own."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from pathlib import Path

import pytest

from kg import store as stores
from kg.identity.linking import link
from kg.query import run
from kg.rdf import vocab
from kg.rdf.terms import Lit
from kg.rdf.write import to_rdf
from kg.records.extraction import Extraction
from kg.resources import resource
from kg.store import Store

pytestmark = pytest.mark.model

TOLD = {
    "River Aid": "River Aid said on Monday that 300 to 500 civilians were killed in Aleppo in March 2016.",
    "Red Crescent": "The Red Crescent said 400 to 600 civilians were killed in Aleppo in March 2016.",
    "World Bank": "The World Bank said 410 civilians were killed in Aleppo in March 2016.",
    "UNICEF": "UNICEF said at least 700 civilians were killed in Aleppo in March 2016.",
    # none of the others: another month, another count, a rate, a share, and another town
    "Human Rights Watch": "Human Rights Watch said 90 civilians were killed in Aleppo in May 2016.",
    "Oxfam": "Oxfam said 410 soldiers were killed in Aleppo in March 2016.",
    "Amnesty International": "Amnesty International said 20 civilians a day were killed in Aleppo in March 2016.",
    "Save the Children": "Save the Children said 40 % of civilians were killed in Aleppo in March 2016.",
    "World Vision": "World Vision said 800 civilians were killed in Homs in March 2016.",
}


@pytest.fixture(scope="module")
def pairs(
    extraction: Callable[..., Extraction], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[[str], set[tuple[str, str, str]]]]:
    """A function: a shipped question -> the pairs of reporters that it gives, with how their ranges relate."""
    published = date(2016, 6, 1)
    folder = tmp_path_factory.mktemp("told") / "graph"
    with stores.open(folder, create=True) as store:
        for who, text in TOLD.items():
            store.put(extraction(text, published=published, path=f"{who}.txt"))
        link(store)
        yield partial(_ask, store)


def _ask(store: Store, question: str) -> set[tuple[str, str, str]]:
    found = run(store, question, {"counted": "killed"})
    rows = [dict(zip(found.columns or (), row, strict=True)) for row in found.rows]
    ends = [sorted((str(row["who1"]), str(row["who2"]))) for row in rows]
    said = [str(row.get("relation") or row.get("finding")) for row in rows]
    return {(a, b, relation) for (a, b), relation in zip(ends, said, strict=True)}


def test_ranges_that_share_some_all_or_none_are_told_apart(pairs: Callable[[str], set[tuple[str, str, str]]]) -> None:
    assert pairs("figures-compared") == {
        ("Red Crescent", "River Aid", "overlapping"),
        ("River Aid", "World Bank", "nested"),
        ("Red Crescent", "World Bank", "nested"),
        ("River Aid", "UNICEF", "disjoint"),
        ("Red Crescent", "UNICEF", "disjoint"),
        ("UNICEF", "World Bank", "disjoint"),
    }


def test_only_disjoint_ranges_are_in_conflict(pairs: Callable[[str], set[tuple[str, str, str]]]) -> None:
    assert pairs("conflicts") == {
        ("River Aid", "UNICEF", "conflict"),
        ("Red Crescent", "UNICEF", "conflict"),
        ("UNICEF", "World Bank", "conflict"),
    }


def test_every_figure_stays_as_it_was_told(extraction: Callable[..., Extraction]) -> None:
    published = date(2016, 6, 1)
    told = [extraction(text, published=published, path=f"{who}.txt") for who, text in TOLD.items()]
    rows = run(to_rdf(told), "figures", {"counted": "killed"}).rows
    assert len(rows) == len(TOLD)
    assert {row[0] for row in rows} == set(TOLD)


PLANTED = [json.loads(line) for line in resource("data/gold/comparisons.jsonl").read_text("utf-8").splitlines()]


def _planted() -> Iterator[object]:
    for case in PLANTED:
        marks = [pytest.mark.xfail(reason=case["xfail"], strict=True)] if "xfail" in case else []
        yield pytest.param(case["reports"], case["finding"], id=case["id"], marks=marks)


@pytest.mark.parametrize(("reports", "finding"), _planted())
def test_planted_conflicts_are_found_and_nothing_else(
    reports: list[str], finding: str | None, extraction: Callable[..., Extraction], tmp_path: Path
) -> None:
    with stores.open(tmp_path / "graph", create=True) as store:
        for n, text in enumerate(reports):
            store.put(extraction(text, published=date(2024, 3, 4), path=f"{n}.txt"))
        link(store)
        found = [quad.o.text for quad in store.quads(p=vocab.finding) if isinstance(quad.o, Lit)]
    assert [one for one in found if one not in ("same", "contrary")] == ([finding] if finding else [])


def test_a_toll_that_has_grown_by_the_next_day_is_a_series(
    extraction: Callable[..., Extraction], tmp_path: Path
) -> None:
    with stores.open(tmp_path / "graph", create=True) as store:
        for day, text in (
            (4, "Police said 41 people were killed in the fire in Graz."),
            (5, "The mayor said the death toll of the fire in Graz had risen to 52."),
        ):
            store.put(extraction(text, published=date(2024, 3, day), path=f"{day}.txt"))
        link(store)
        assert [quad.o for quad in store.quads(p=vocab.finding)] == [Lit("series")]


@pytest.mark.parametrize(
    ("publishers", "finding"), [(["Graz Post"] * 2, ["series"]), (["Graz Post", "Mur Daily"], ["conflict"])]
)
def test_what_one_paper_counts_anew_by_itself_is_a_series(
    publishers: list[str], finding: list[str], extraction: Callable[..., Extraction], tmp_path: Path
) -> None:
    texts = (
        "Thirty people died in a fire in Graz on 2 March 2024. The roof fell in.",
        "Smoke hung over the old town. The blaze in Graz on 2 March 2024 killed 42 people.",
    )
    with stores.open(tmp_path / "graph", create=True) as store:
        for day, text, publisher in zip((3, 4), texts, publishers, strict=True):
            store.put(extraction(text, published=date(2024, 3, day), publisher=publisher, path=f"{day}.txt"))
        link(store)
        assert [quad.o for quad in store.quads(p=vocab.finding)] == [Lit(one) for one in finding]
        rows = run(store, "conflicts").rows
    whose = {value for row in rows for value in row if value == "the article itself"}
    assert bool(whose) is (finding == ["conflict"])


def test_nine_of_ten_planted_conflicts_are_found() -> None:
    conflicts = [case for case in PLANTED if case["finding"] == "conflict"]
    assert len(PLANTED) == 127 and len(conflicts) >= 30
    assert sum("xfail" not in case for case in conflicts) >= 0.9 * len(conflicts)
