"""Builds with the extraction stubbed: what is new is read, what changed replaced, what is gone removed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg import store as stores
from kg.article import Article, Span
from kg.attribution import Attribution, Form, Stance
from kg.build import Fate, build, focused, link, linked
from kg.entities import Entity
from kg.extraction import Extraction
from kg.mentions import EntityType, Mention, MentionKind
from kg.reading import Metadata
from kg.roles import Role

STORY = "Ada Brown, a minister, said on Friday that it was over and that nobody in the town of {} would be asked."


def stub(article: Article, model: str) -> Extraction:
    """Ada Brown says something in every article; an article about Ruin breaks the extractor."""
    if "Ruin" in article.text:
        raise RuntimeError("boom")
    name, said = Span(0, 9), Span(23, 27)
    ada = Entity("e1", EntityType.PERSON, article.quote(name), (Mention(name, MentionKind.NAME, EntityType.PERSON),))
    statement = Attribution(
        "a1", (name,), (said,), (Span(28, len(article.text.rstrip())),), Form.INDIRECT, Stance.ASSERTS, "e1"
    )
    role = Role("r1", "e1", "minister", Span(13, 21))
    return Extraction(article, model, (ada,), (statement,), roles=(role,))


def run(folder: Path, *sources: Path, **more: object) -> dict[str, Fate]:
    with stores.open(folder, create=True) as store:
        results = list(build(sources, store, model="en_core_web_sm", extract=stub, **more))  # type: ignore[arg-type]
        link(store)
    return {Path(r.source).name: r.fate for r in results}


def lines(folder: Path) -> list[str]:
    with stores.open(folder) as store:
        return store.lines()


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Path]:
    source = tmp_path / "in"
    source.mkdir()
    for name in ("Ashby", "Corby"):
        (source / f"{name}.txt").write_text(STORY.format(name))
    yield source


def test_new_unchanged_changed_removed(town: Path, tmp_path: Path) -> None:
    graph = tmp_path / "graph"
    assert run(graph, town) == {"Ashby.txt": Fate.ADDED, "Corby.txt": Fate.ADDED}
    before = lines(graph)
    assert run(graph, town) == {"Ashby.txt": Fate.UNCHANGED, "Corby.txt": Fate.UNCHANGED}
    assert lines(graph) == before
    (town / "Corby.txt").write_text(STORY.format("Corby Fields"))
    (town / "Ashby.txt").unlink()
    assert run(graph, town) == {"Corby.txt": Fate.REPLACED, "Ashby.txt": Fate.REMOVED}
    run(tmp_path / "fresh", town)
    assert lines(graph) == lines(tmp_path / "fresh")


def test_other_metadata_is_a_change(town: Path, tmp_path: Path) -> None:
    graph = tmp_path / "graph"
    run(graph, town)
    assert set(run(graph, town, meta=Metadata(publisher="The Example")).values()) == {Fate.REPLACED}


def test_an_article_that_breaks_the_extractor_is_named_and_the_rest_stored(town: Path, tmp_path: Path) -> None:
    (town / "Bad.txt").write_text(STORY.format("Ruin"))
    with stores.open(tmp_path / "graph", create=True) as store:
        results = {Path(r.source).name: r for r in build([town], store, model="en_core_web_sm", extract=stub)}
        link(store)
    assert results["Bad.txt"].fate is Fate.FAILED
    assert "Bad.txt" in (results["Bad.txt"].why or "") and "boom" in (results["Bad.txt"].why or "")
    (town / "Bad.txt").unlink()
    run(tmp_path / "fresh", town)
    assert lines(tmp_path / "fresh") == lines(tmp_path / "graph")


def test_a_row_that_left_a_table_is_removed_but_not_when_the_table_breaks_off(tmp_path: Path) -> None:
    table, graph = tmp_path / "dump.jsonl", tmp_path / "graph"
    rows = [json.dumps({"text": STORY.format(name)}) for name in ("Ashby", "Corby", "Derby")]
    table.write_text("\n".join(rows) + "\n")
    assert len(run(graph, table)) == 3
    table.write_text(rows[0] + "\n" + rows[1] + "\n")
    fates = run(graph, table)
    assert sorted(fates.values()) == [Fate.REMOVED, Fate.UNCHANGED, Fate.UNCHANGED]
    table.write_text(rows[0] + '\n{"text": "broken\n')
    fates = run(graph, table)
    assert Fate.REMOVED not in fates.values() and Fate.FAILED in fates.values()


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(st.sampled_from("abcd"), st.sampled_from(["", "Ashby", "Corby", "Derby"])), min_size=1, max_size=6
    )
)
def test_any_sequence_of_changes_gives_the_graph_of_what_is_there(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, str]]
) -> None:
    root = tmp_path_factory.mktemp("sequence")
    source = root / "in"
    source.mkdir()
    (source / "always.txt").write_text(STORY.format("Oakham"))
    for name, words in steps:
        file = source / f"{name}.txt"
        if words:
            file.write_text(STORY.format(words))
        elif file.exists():
            file.unlink()
        run(root / "graph", source)
    run(root / "fresh", source)
    assert lines(root / "graph") == lines(root / "fresh")


def test_the_same_person_in_two_articles_is_one_by_role(town: Path, tmp_path: Path) -> None:
    graph = tmp_path / "graph"
    run(graph, town)
    with stores.open(graph) as store:
        key = linked(store)
        keys = {key(x, x.entities[0]) for x in store.extractions()}
    assert len(keys) == 1


def test_a_view_can_be_focused_on_one_entity() -> None:
    article = Article(STORY.format("Ashby"))
    found = stub(article, "none")
    assert focused(found, "ada brown") == replace(found)
    assert focused(found, "Bo Green") is None
