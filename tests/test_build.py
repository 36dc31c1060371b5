"""Builds with the extraction stubbed: what is new is read, what changed replaced, what is gone removed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from samples import rich, rival

from kg import build as building
from kg import query as queries
from kg import store as stores
from kg.build import Fate, Plan, build
from kg.build.limits import ArticleLimits
from kg.build.results import REPORT
from kg.comparison.stored_figures import comparison_quads
from kg.comparison.voices import Voices
from kg.errors import ReadError, StoreError
from kg.identity import kept_links, linking
from kg.identity.linking import link, linked
from kg.identity.profiles import profiles, stored_profiles
from kg.rdf import vocab
from kg.rdf.iris import article_iri
from kg.reading import Metadata, ours, read
from kg.records.attribution import Attribution, Form, Stance
from kg.records.entity import Entity
from kg.records.extraction import Extraction
from kg.records.mention import EntityType, Mention, MentionKind
from kg.records.role import Role
from kg.records.subset import focused
from kg.store.files import write_whole
from kg.text.article import Article, Span

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
        results = list(build(Plan(sources, model="en_core_web_sm", extract=stub, **more), store))  # type: ignore[arg-type]
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
        results = {Path(r.source).name: r for r in build(Plan([town], model="en_core_web_sm", extract=stub), store)}
        link(store)
    assert results["Bad.txt"].fate is Fate.QUARANTINED
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


def whole(folder: Path, *sources: Path, **more: object) -> building.Built:
    how = {key: more.pop(key) for key in ("each", "pool") if key in more}
    plan = Plan(sources, model="en_core_web_sm", **({"extract": stub, "outputs": False} | more))  # type: ignore[arg-type]
    return building.run(plan, folder, **how)  # type: ignore[arg-type]


def reported(folder: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in (folder / REPORT).read_text().splitlines()]


def test_the_report_tells_the_fate_of_every_source(town: Path, tmp_path: Path) -> None:
    (town / "Bad.txt").write_text(STORY.format("Ruin"))
    (town / "empty.txt").write_text("")
    built = whole(tmp_path / "graph", town)
    first, *rest = reported(tmp_path / "graph")
    assert first == {
        "complete": True, "sources": 4, "added": 2, "replaced": 0, "unchanged": 0, "removed": 0, "failed": 1,
        "quarantined": 1, "left out": 0,
    }  # fmt: skip
    assert [Path(str(r["source"])).name for r in rest] == ["Ashby.txt", "Bad.txt", "Corby.txt", "empty.txt"]
    assert [bool(r.get("why")) for r in rest] == [False, True, False, True]
    assert rest[0]["statements"] == 1 and built.complete
    before = (tmp_path / "graph" / REPORT).read_bytes()
    whole(tmp_path / "other", town)
    assert (tmp_path / "other" / REPORT).read_bytes() == before


def test_ctrl_c_keeps_what_was_stored_and_the_next_build_goes_on(town: Path, tmp_path: Path) -> None:
    def pressed(article: Article, model: str) -> Extraction:
        if "Corby" in article.text:
            raise KeyboardInterrupt
        return stub(article, model)

    graph = tmp_path / "graph"
    built = whole(graph, town, extract=pressed)
    assert not built.complete and reported(graph)[0]["complete"] is False
    assert [Path(r.source).name for r in built.results] == ["Ashby.txt"]
    assert [r.fate for r in whole(graph, town).results] == [Fate.UNCHANGED, Fate.ADDED]
    whole(tmp_path / "fresh", town)
    assert lines(graph) == lines(tmp_path / "fresh")


def test_an_article_that_takes_too_long_or_too_much_is_quarantined(
    town: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kg.build.limits._PATIENCE", 1000)  # on a machine that is busy, the other clock strikes first

    def endless(article: Article, model: str) -> Extraction:
        held = []
        while "Ashby" in article.text:
            pass
        while "Corby" in article.text:
            held.append(bytearray(1 << 20))
        return stub(article, model)

    (town / "Derby.txt").write_text(STORY.format("Derby"))
    built = whole(tmp_path / "graph", town, extract=endless, limits=ArticleLimits(seconds=0.5, memory=1 << 26))
    ashby, corby, derby = built.results
    assert "processor time" in (ashby.why or "") and "memory" in (corby.why or "") and derby.fate is Fate.ADDED


def test_a_file_named_twice_is_read_once(town: Path, tmp_path: Path) -> None:
    assert len(whole(tmp_path / "graph", town, town / "Ashby.txt").results) == 2


def test_shards_together_are_the_whole(town: Path, tmp_path: Path) -> None:
    for n in range(20):
        (town / f"{n}.txt").write_text(STORY.format(f"Town {n}"))
    parts = [{r.source for r in whole(tmp_path / f"graph{i}", town, shard=(i, 3)).results} for i in (1, 2, 3)]
    assert all(parts) and sum(map(len, parts)) == 22 == len(set.union(*parts))
    again = whole(tmp_path / "graph1", town, shard=(2, 3)).results
    assert {r.fate for r in again} == {Fate.ADDED}, "another shard's articles are not gone"


def test_links_are_made_anew_only_when_something_changed(town: Path, tmp_path: Path) -> None:
    graph = tmp_path / "graph"
    whole(graph, town)
    with stores.open(graph, write=True) as store:
        store.set_links({}, {}, made_from=linking._made_from(store))
        assert link(store) == 0, "nothing changed: what stands in the store stays"
        store.set_links({}, {}, made_from="of another state")
        assert link(store) == 1
        (graph / kept_links.FILE).write_bytes(b"broken by a crash")
        store.set_links({}, {}, made_from=linking._made_from(store))
        assert link(store) == 1, "what cannot be used is made again"


def test_profiles_read_from_a_store_are_those_of_its_extractions(tmp_path: Path) -> None:
    with stores.open(tmp_path / "graph", create=True) as store:
        for found in (rich(), rival()):
            store.put(found)
        expected = [p for found in store.extractions() for p in profiles(found, base=store.base)]
        assert sorted(stored_profiles(store), key=lambda p: p.key) == sorted(expected, key=lambda p: p.key)
        assert len(expected) > 5


def test_the_same_story_in_several_papers_points_at_the_earliest(tmp_path: Path) -> None:
    source = tmp_path / "in"
    source.mkdir()
    words = " ".join(f"The {n}th barge left harbour {n * 7} with grain and {n * 3} sailors." for n in range(40))
    for name, day, text in (
        ("agency", "2020-03-01", words),
        ("morning", "2020-03-02", words + " Our own reporters added a line."),
        ("evening", "2020-03-03", words[: len(words) * 3 // 4]),
        ("other", "2020-02-01", " ".join(f"Rain fell on field {n * n} all of week {n}." for n in range(40))),
    ):
        (source / f"{name}.txt").write_text(text)
        (source / f"{name}.meta.json").write_text(json.dumps({"published": day}))
    whole(tmp_path / "graph", source, extract=Extraction)
    with stores.open(tmp_path / "graph") as store:
        ids = {Path(k.key).stem: k.article for k in store.entries()}
        found = {(q.s.rpartition("/")[2], str(q.o).rpartition("/")[2]) for q in store.quads(p=vocab.copyOf)}
    assert found == {(ids["morning"], ids["agency"]), (ids["evening"], ids["agency"])}


def test_a_file_that_cannot_be_written_leaves_the_one_before(tmp_path: Path) -> None:
    path = write_whole(tmp_path / "a.txt", "before")

    def broken() -> Iterator[str]:
        yield "half"
        raise OSError(28, "No space left on device")

    with pytest.raises(StoreError, match="No space left"):
        write_whole(path, broken())
    assert path.read_text() == "before" and [p.name for p in tmp_path.iterdir()] == ["a.txt"]


def test_a_copy_of_a_story_is_no_report_of_its_own(tmp_path: Path) -> None:
    other = replace(
        rival().article, url="https://third.example/1", publisher="Third Paper", title="Toll of the harbour"
    )
    again = replace(rival(), article=other)
    with stores.open(tmp_path / "graph", create=True) as store:
        for found in (rich(), rival()):
            store.put(found)
        once = queries.run(store, "figures-compared", {}).rows
        compared = comparison_quads(store, {}, (), Voices())
        store.put(again, key="third")
        assert len(queries.run(store, "figures-compared", {}).rows) > len(once) > 0
        copy, first = (article_iri(store.base, x.article.id) for x in (again, rival()))
        store.set_links({}, {}, copies={copy: first})
        assert queries.run(store, "figures-compared", {}).rows == once
        assert comparison_quads(store, {}, {copy}, Voices()) == compared


@pytest.mark.parametrize("graph", ["graph", "."])
@pytest.mark.parametrize("sources", [["."], ["**/*.*"], ["*"], ["Ashby.txt", "Corby.txt", "graph"]], ids=str)
def test_what_a_build_writes_is_never_its_input(
    graph: str, sources: list[str], town: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`kg build .` reads the folder in which it writes, whichever that is, and finds there what it found at first."""
    monkeypatch.chdir(town)
    Path("graph").mkdir()
    (town / "graph" / "store.json").write_text('{"format": 1, "base": "https://w3id.org/reportedly/id/"}')
    for fate in (Fate.ADDED, Fate.UNCHANGED):
        built = building.run(Plan(sources, model="stub", extract=stub, outputs=True), Path(graph))
        assert {(r.source, r.fate) for r in built.results} == {("Ashby.txt", fate), ("Corby.txt", fate)}


def test_every_file_of_a_graph_is_known_as_one(town: Path, tmp_path: Path) -> None:
    from kg.identity import decisions, name_index, reconcile
    from kg.serve.snapshot import PREFIX
    from kg.store.push import STATE

    graph = tmp_path / "graph"
    building.run(Plan([town], model="stub", extract=stub, outputs=True), graph)
    assert {p.name for p in graph.iterdir() if p.is_file()} <= ours.FILES
    assert {REPORT, decisions.FILE, name_index.FILE, reconcile.CACHE, STATE, "graph.nq", "view.html"} <= ours.FILES
    assert ours.SERVING == PREFIX
    for name in sorted(ours.FILES):
        (graph / name).touch()
        with pytest.raises(ReadError, match="wrote it beside a graph"):
            read(graph / name)
    for name in ("store/a.txt", "serving-1/store.json"):
        assert ours.is_ours(graph / name)
    (graph / "story.txt").write_text("Ada Brown said on Friday that the harbour of Port had closed.")
    assert not ours.is_ours(graph / "story.txt") and read(graph / "story.txt").text
    (town / "decisions.jsonl").write_text('{"text": "Ada Brown said on Friday that the harbour of Port had closed."}')
    assert read(town / "decisions.jsonl").text  # beside no graph it is like any other
