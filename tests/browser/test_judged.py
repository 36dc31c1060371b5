"""What the view says of several reporters is what `kg.comparison` found, word for word in every view: on the bundled articles."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from test_matrix import all_cells

import kg
from kg import store as stores
from kg.build.outputs import write_view
from kg.identity.linking import link, linked
from kg.query import run
from kg.resources import resource
from kg.store import Store
from kg.view.data import view_data

pytestmark = [pytest.mark.browser, pytest.mark.model]
QUESTION = "SELECT ?f { ?f a kg:Figure ; kg:reportedBy ?who }"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A store of the bundled articles, with its links."""
    with stores.open(tmp_path_factory.mktemp("judged") / "graph", create=True) as store:
        for path in sorted(resource("data/articles").glob("*.txt")):
            store.put(kg.extract(kg.read(path), fast=True))
        link(store)
        yield store


@pytest.fixture(scope="module")
def html(store: Store, tmp_path_factory: pytest.TempPathFactory) -> str:
    return write_view(store, tmp_path_factory.mktemp("page") / "view.html").read_text("utf-8")


def test_figures_are_in_conflict_where_the_question_says_so(
    opened: Callable[..., Any], store: Store, tmp_path: Path
) -> None:
    rows = run(store, "conflicts").rows
    asked = {frozenset({str(r[4]), str(r[8])}) for r in rows}
    for query in (None, QUESTION):
        path = write_view(store, tmp_path / "view.html", query=query)
        view = opened(path.read_text("utf-8"), "view=figures")
        shown = view.run(
            """[...document.querySelectorAll('#figures .pair.conflict, #figures .pair.check')].map(p => p.dataset.of.split(' ')
            .map(id => kgview.data.figures.find(f => f.id === id)).map(f => String(f.low)))"""
        )
        assert set(map(frozenset, shown)) == asked and asked
        conflict, check, *_ = view.page.inner_text("#figures").split("Side by side")
        assert "306,887" in conflict and "both stand in one article" in check


def test_a_holder_of_a_post_and_the_body_are_one_voice(opened: Callable[..., Any], html: str) -> None:
    view = opened(html, "view=figures")
    [words] = [w for w in view.page.locator(".verdict").all_inner_texts() if "Stuart Jones" in w]
    assert words.startswith("2 reporters, 1 voice. ")
    assert "Stuart Jones holds a post at State Department" in words


def test_deaths_in_prison_and_of_civilians_stand_on_two_axes(opened: Callable[..., Any], html: str) -> None:
    view = opened(html, "view=figures")
    rows = "kgview.figures.groups(true).map(g => g.rows.map(f => f.low ?? f.high))"
    for axis in view.run(rows):
        assert not {60000, 143350} <= set(axis) and not {60000, 306887} <= set(axis)


def test_a_hyponym_is_part_of_what_stands_above_it(opened: Callable[..., Any], html: str) -> None:
    view = opened(html, "view=figures")
    lines = view.page.locator("#figures .pair.part").all_inner_texts()
    assert any("detainees hanged a day" in line.split("counts part of")[0] and "killed a day" in line for line in lines)
    assert not any("306,887" in line and "60,000" in line for line in lines)


def test_articles_of_no_store_are_judged_as_those_of_a_store(store: Store) -> None:
    several, names = list(store.extractions()), linked(store)
    with_links, without = view_data(several, identity=names, store=store), view_data(several, identity=names)
    for part in ("pairs", "axes", "voices"):
        assert with_links[part] == without[part] and with_links[part]
    words = [[(c["words"], c["of"]) for c in data["claims"]] for data in (with_links, without)]
    assert sorted(words[0]) == sorted(words[1]) and words[0]


def test_a_claim_tells_how_many_say_it_as_the_graph_does(opened: Callable[..., Any], html: str, store: Store) -> None:
    view = opened(html, "view=claims&group=claim")
    shown = view.run(
        "[...document.querySelectorAll('.claims-group[data-id]')].filter(g => g.dataset.id).map(g => [g.querySelector('h2 .link').textContent, g.querySelector('h2 .n').textContent, [...g.querySelectorAll('h3.side')].map(h => h.firstChild.textContent)])"
    )
    rows = [
        dict(zip(("claim", "articles", "reports", "speakers", "voices", "denials"), r, strict=False))
        for r in run(store, "corroboration").rows
    ]

    def some(n: Any, word: str) -> str:
        return f"{n} {word}{'s' * (int(n) != 1)}"

    assert rows and {words.strip("“”") for words, *_ in shown} == {str(row["claim"]) for row in rows}
    for row in rows:
        [(_, counts, sides)] = [one for one in shown if one[0].strip("“”") == str(row["claim"])]
        told = (some(row["articles"], "article"), some(row["speakers"], "reporter"), some(row["voices"], "voice"))
        assert counts.startswith(", ".join(told))
        assert ("Denies it" in sides) == (int(str(row["denials"])) > 0)
    listed = view.run("[...document.querySelectorAll('#claims .claim')].map(e => e.dataset.id)")
    assert len(listed) == len(set(listed)) == view.run("kgview.data.statements.length")


def test_a_verb_that_is_negated_is_noted_with_its_negation(opened: Callable[..., Any], html: str) -> None:
    view = opened(html, "view=claims")
    notes = view.page.locator("#claims .claim .meta").all_inner_texts()
    assert any(note.startswith("no doubt") for note in notes)
    assert not any(note.startswith("doubt ") for note in notes)


def test_what_leaves_it_open_is_filed_alike_everywhere(opened: Callable[..., Any], html: str) -> None:
    view = opened(html)
    topic = view.run("kgview.data.topics.find(t => t.label === 'crematorium').id")
    view.run("id => kgview.select(id)", topic)
    heads = view.page.locator("#panel section h2").all_inner_texts()
    assert any(head.startswith("Leaves it open") for head in heads) and any(h.startswith("Denies it") for h in heads)
    assert not any(head.startswith("Statements") for head in heads)
    view.page.click("#panel >> text=Side by side")
    columns = view.page.locator("#finding .beside section").all_inner_texts()
    assert {"Says so", "Denies it", "Leaves it open"} <= {column.split("\n")[0] for column in columns}
    [opened_] = [column for column in columns if column.startswith("Leaves it open")]
    assert "Paulo Pinheiro" in opened_ and "Amnesty International" in opened_


FILTERS = ("", "off-stance=asserts", "min=0.8", "off-type=Organization", "from=2017-01-01&to=2017-12-31")


@pytest.mark.parametrize("address", FILTERS)
def test_every_number_is_what_the_filters_leave(opened: Callable[..., Any], html: str, address: str) -> None:
    view = opened(html, f"view=claims&{address}")
    statements = {s["id"]: s for s in view.run("kgview.data.statements.filter(s => kgview.shows(s.id))")}
    on = Counter(topic for s in statements.values() for topic in s["topics"])
    by = Counter(s["by"] for s in statements.values())
    whole = view.run("kgview.data.statements.length")
    assert len(statements) > 0 and (address == "") == (len(statements) == whole)

    heads = view.run(
        "[...document.querySelectorAll('.claims-group')].filter(g => g.dataset.id).map(g => [g.dataset.id, parseInt(g.querySelector('h2 .n').textContent)])"
    )
    assert heads and all(on[topic] == n for topic, n in heads)
    listed = view.run("kgview.claims.drawn()")
    assert sorted(listed) == sorted(statements)
    assert view.page.inner_text("#claims .lead").startswith(f"{len(statements)} statement")

    view.show("overview")
    for title, counts in (("On what", on), ("Who speaks most", by)):
        names = {
            r["id"]: r.get("label") or r["name"] for r in view.run("[...kgview.data.topics, ...kgview.data.entities]")
        }
        rows = view.run(
            "title => [...[...document.querySelectorAll('#overview section')].find(s => s.firstChild.textContent === title).querySelectorAll('tr')].map(r => [r.querySelector('.link').textContent, Number(r.querySelector('.num').textContent)])",
            title,
        )
        told = Counter((names[key], n) for key, n in counts.items())
        assert rows and not Counter(map(tuple, rows)) - told

    view.show("matrix")
    cells = all_cells(view)
    for ids, words, _ in cells:
        assert set(ids) <= set(statements) and (f"×{len(ids)}" in words) == (len(ids) > 1)
    assert {id for ids, _, _ in cells for id in ids} == set(statements)

    figures = view.run("kgview.data.figures.filter(f => kgview.shows(f.id)).length")
    view.show("figures")
    heads = view.run(
        "[...document.querySelectorAll('#figures h2')].map(e => parseInt(e.textContent.match(/[(]([0-9]+)/)[1]))"
    )
    assert sum(heads) == figures

    sections = "[...document.querySelectorAll('#panel section h2')].map(h => [h.textContent.split(' (')[0], parseInt((h.textContent.match(/[(]([0-9]+)/) ?? [0, 0])[1])])"
    topic, speaker = on.most_common(1)[0][0], by.most_common(1)[0][0]
    view.run("id => kgview.select(id)", topic)
    assert sum(n for _, n in view.run(sections)) == on[topic]
    view.run("id => kgview.select(id)", speaker)
    assert dict(view.run(sections))["Said"] == by[speaker]


def test_a_post_is_told_once(opened: Callable[..., Any], html: str) -> None:
    view = opened(html)
    person = view.run("kgview.data.entities.find(e => e.name === 'Nadim Houry').id")
    view.run("id => kgview.select(id)", person)
    heads = view.page.locator("#panel section h2").all_inner_texts()
    assert "Roles (1)" in heads and not any(head.startswith("Relations") for head in heads)
    edges = view.run("kgview.graph.edges.filter(e => e.kind === 'role').map(e => e.ids)")
    assert edges and all(id[0] == "r" for ids in edges for id in ids)
