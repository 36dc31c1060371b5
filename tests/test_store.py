"""The store: an article comes, changes and goes whole; what is left is exactly the graph of the rest."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rights import unprivileged
from samples import rich, rival

from kg import store as stores
from kg.errors import StoreError
from kg.rdf import vocab
from kg.rdf.iris import BASE, article_iri
from kg.rdf.terms import joined
from kg.rdf.write import entity_iris, identity_iri, quads, to_nquads
from kg.records.extraction import Extraction
from kg.records.figure import Figure
from kg.records.mention import EntityType
from kg.store import Entry, Store, quad_store
from kg.store import journal as intake

HERE = Path(__file__).resolve().parent


def settled(extraction: Extraction) -> Extraction:
    return replace(extraction, figures=tuple(replace(f, evidence=f.evidence or f.span) for f in extraction.figures))


def filled(folder: Path, *found: Extraction) -> list[str]:
    """The lines of a store into which extractions were put in this order."""
    with stores.open(folder, create=True) as store:
        for extraction in found:
            store.put(extraction)
        return store.lines()


def test_a_store_holds_the_graph_and_the_ledger(tmp_path: Path) -> None:
    with stores.open(tmp_path / "g", create=True) as store:
        store.put(rich(), key="in/a.html", input_hash="f" * 64, extractor="reportedly 0.1.0")
        assert store.ids() == (rich().article.id,)
        assert rich().article.id in store
        assert store.entries() == (Entry("in/a.html", rich().article.id, "f" * 64, "reportedly 0.1.0", "by hand"),)
        ledger = {line for line in store.lines() if line.endswith("graph/ledger> .")}
        assert set(store.lines()) - ledger == {line for line in quads(rich()) if not line.endswith("graph/ledger> .")}
        listed = store.articles()[0]
        assert (listed.title, listed.publisher, str(listed.published)) == (
            "Harbour toll disputed",
            "The Example",
            "2019-06-30",
        )
        assert listed.inputs == ("in/a.html",)


def test_keys_are_those_under_a_folder_or_of_a_file_and_no_neighbours(tmp_path: Path) -> None:
    with stores.open(tmp_path / "graph", create=True) as store:
        for key in ("in/a.jsonl:1", "in/a.jsonl:2", "in/a.jsonl2", "inside/b.txt", 'in/"c" \\.txt'):
            store.put(replace(rich(), article=replace(rich().article, url=f"https://x.test/{key}")), key=key)
        assert store.keys("in") == ('in/"c" \\.txt', "in/a.jsonl2", "in/a.jsonl:1", "in/a.jsonl:2")
        assert store.keys("in/a.jsonl") == ("in/a.jsonl:1", "in/a.jsonl:2")
        assert store.keys("inside/b.txt", "in/a.jsonl2") == ("in/a.jsonl2", "inside/b.txt")
        assert store.keys() == ()


def test_an_extraction_comes_back_by_any_name(tmp_path: Path) -> None:
    with stores.open(tmp_path / "g", create=True) as store:
        store.put(rich())
        store.put(rival())
        for name in (
            rich().article.id,
            f"{store.base}article/{rich().article.id}",
            "reports/harbour.txt",
            rich().article.url or "",
        ):
            assert store.extraction(name) == settled(rich())
        assert [e.article.id for e in store.extractions()] == sorted([rich().article.id, rival().article.id])
        with pytest.raises(StoreError, match="no article"):
            store.extraction("nothing of the kind")


def test_the_same_bytes_in_any_order_and_again(tmp_path: Path) -> None:
    one = filled(tmp_path / "1", rich(), rival())
    assert filled(tmp_path / "2", rival(), rich()) == one
    assert filled(tmp_path / "3", rich(), rival(), rich(), rival()) == one


def test_lines_from_another_process_make_the_same_store(tmp_path: Path) -> None:
    one = filled(tmp_path / "1", rich())
    with stores.open(tmp_path / "2", create=True) as store:
        store.put_nquads(to_nquads(rich()), Entry("reports/harbour.txt", rich().article.id, model="by hand"))
        assert store.lines() == one


def test_remove_leaves_exactly_the_rest(tmp_path: Path) -> None:
    one = filled(tmp_path / "1", rich())
    with stores.open(tmp_path / "2", create=True) as store:
        store.put(rich())
        store.put(rival())
        assert store.remove("reports/coast.txt") == rival().article.id
        assert store.lines() == one
        store.remove(rich().article.id)
        assert store.lines() == []
        with pytest.raises(StoreError, match="no article"):
            store.remove(rich().article.id)


@pytest.mark.parametrize("going", [rich(), rival()], ids=["the first goes", "the copy goes"])
def test_what_is_said_of_copies_goes_with_either_article(going: Extraction, tmp_path: Path) -> None:
    """Removed, or changed so that its id is another: nothing says any more that one prints the other's story."""
    first, copy = (article_iri(BASE, found.article.id) for found in (rich(), rival()))
    for n, change in enumerate((lambda store: store.remove(going.article.id), lambda store: store.put(_moved(going)))):
        with stores.open(tmp_path / str(n), create=True) as store:
            store.put(rich())
            store.put(rival())
            store.set_links({}, {}, copies={copy: first})
            assert [(q.s, q.o) for q in store.quads(p=vocab.copyOf)] == [(copy, first)]
            change(store)
            assert list(store.quads(p=vocab.copyOf)) == []


def test_what_is_said_of_copies_stays_with_an_article_that_is_read_anew(tmp_path: Path) -> None:
    first, copy = (article_iri(BASE, found.article.id) for found in (rich(), rival()))
    for again in (rich(), rival()):
        with stores.open(tmp_path / again.article.id, create=True) as store:
            store.put(rich())
            store.put(rival())
            store.set_links({}, {}, copies={copy: first})
            store.put(replace(again, roles=()))
            assert [(q.s, q.o) for q in store.quads(p=vocab.copyOf)] == [(copy, first)]


def _moved(found: Extraction) -> Extraction:
    """The same input, in which another article stands now."""
    return replace(found, article=replace(found.article, url="https://news.example/moved"))


def test_a_changed_input_replaces_its_article(tmp_path: Path) -> None:
    before = replace(rich(), article=replace(rich().article, url="https://news.example/before"))
    assert before.article.id != rich().article.id
    one = filled(tmp_path / "1", rich())
    assert filled(tmp_path / "2", before, rich()) == one


def test_a_better_extractor_replaces_the_records(tmp_path: Path) -> None:
    worse = replace(rich(), figures=rich().figures[1:], roles=(), model="older")
    assert filled(tmp_path / "2", worse, rich()) == filled(tmp_path / "1", rich())


def test_an_unchanged_input_is_known(tmp_path: Path) -> None:
    with stores.open(tmp_path / "g", create=True) as store:
        assert store.entry("a") is None
        store.put(rich(), key="a", input_hash="1", extractor="x")
        assert store.unchanged("a", "1", "x", "by hand")
        assert not store.unchanged("a", "2", "x", "by hand")
        assert not store.unchanged("a", "1", "y", "by hand")
        assert not store.unchanged("a", "1", "x", "other model")
        assert not store.unchanged("b", "1", "x", "by hand")


def test_two_inputs_of_one_article(tmp_path: Path) -> None:
    """The same report in two files is one article, which goes with the last of them; metadata are of the first key."""
    again = replace(rich(), article=replace(rich().article, path="z.txt", title="Another headline"))
    lines = []
    for n, order in enumerate([(rich(), again), (again, rich())]):
        lines.append(filled(tmp_path / str(n), *order))
    assert lines[0] == lines[1]
    with stores.open(tmp_path / "0", write=True) as store:
        assert store.inputs(rich().article.id) == ("reports/harbour.txt", "z.txt")
        store.remove("z.txt")
        assert store.lines() == filled(tmp_path / "alone", rich())


def test_a_second_input_of_an_article_is_known_at_once(tmp_path: Path) -> None:
    """What a second key adds had waited without a name: the next article under that key left the first one with it."""
    with stores.open(tmp_path / "store", create=True) as store:
        store.put(rich(), key="k1", input_hash="1")
        store.put(rich(), key="k2", input_hash="2")
        entry = store.entry("k2")
        assert entry is not None and entry.article == rich().article.id
        store.put(rival(), key="k2", input_hash="3")
        assert store.inputs(rich().article.id) == ("k1",)


def test_concepts_stay_while_a_figure_counts_them(tmp_path: Path) -> None:
    with stores.open(tmp_path / "g", create=True) as store:
        store.put(rich())
        store.put(rival())
        store.remove(rich().article.id)
        labels = {q.o.text for q in store.quads(p=vocab.prefLabel) if not isinstance(q.o, str)}
        assert {"passenger drowned", "person died"} <= labels
        assert "body trapped" not in labels


def test_links_are_set_and_go_with_their_articles(tmp_path: Path) -> None:
    with stores.open(tmp_path / "g", create=True) as store:
        store.put(rich())
        alone = store.lines()
        store.put(rival())
        unlinked = store.lines()
        berg = identity_iri("Ida Berg", base=store.base)
        same = {entity_iris(rich())["e5"]: berg, entity_iris(rival())["e3"]: berg}
        store.set_links(same, {berg: (EntityType.PERSON, "Ida Berg")})
        assert len(store.lines()) == len(unlinked) + 5
        store.put(rich())
        assert len(store.lines()) == len(unlinked) + 5, "a replaced article keeps the links of its entities"
        store.remove(rival().article.id)
        assert len(list(store.quads(p=vocab.sameThingAs))) == 1
        store.set_links({}, {})
        assert store.lines() == alone


ARTICLES = {
    f"{name}{n}": replace(each, article=replace(each.article, url=f"https://x.test/{name}{n}", path=f"{name}.txt"))
    for name, each in (("a", rich()), ("b", rival()), ("c", replace(rich(), figures=rich().figures[:2])))
    for n in range(2)
}
STEPS = st.lists(st.tuples(st.sampled_from(["put", "remove"]), st.sampled_from(sorted(ARTICLES))), max_size=8)


def test_what_a_killed_writer_left_is_taken_in_by_the_next_who_opens(tmp_path: Path) -> None:
    one = filled(tmp_path / "1", rich(), rival())
    filled(tmp_path / "2", rich())
    left = intake.Journal(tmp_path / "2" / "incoming-0.nq")
    with stores.open(tmp_path / "1") as store:
        left.append(joined(store.lines()))
    left.close()
    with stores.open(tmp_path / "2") as store, stores.open(tmp_path / "2") as other:
        assert store.lines() == other.lines() == one
    assert sorted(p.name for p in (tmp_path / "2").iterdir()) == ["changed.txt", "lock", "store", "store.json"]


def test_what_is_left_and_cannot_be_taken_in_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    filled(tmp_path / "g", rich())
    left = tmp_path / "g" / "incoming-0.nq"
    left.write_bytes(b"")

    def read_only(*_: object) -> None:
        raise OSError(30, "Read-only file system")

    with monkeypatch.context() as patch:
        patch.setattr("kg.store.quad_store.Intake", read_only)
        with pytest.raises(StoreError, match=r"incoming-0.nq: is what a build left .* Read-only file system"):
            stores.open(tmp_path / "g")
    stores.open(tmp_path / "g").close()
    assert not left.exists()


@settings(max_examples=int(os.environ.get("KG_SEQUENCES", "25")), deadline=None)
@given(STEPS, st.sampled_from([1, 700, intake.LOAD]))
def test_any_sequence_of_changes_equals_a_rebuild(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, str]], load: int
) -> None:
    folder = tmp_path_factory.mktemp("s")
    now: dict[str, str] = {}
    with pytest.MonkeyPatch.context() as patch, stores.open(folder / "1", create=True) as store:
        patch.setattr(intake, "LOAD", load)
        patch.setattr(intake, "BULK", load)
        for verb, name in steps:
            key = ARTICLES[name].article.path or ""
            if verb == "put":
                store.put(ARTICLES[name])
                now[key] = name
            elif key in now:
                store.remove(key)
                del now[key]
        lines = store.lines()
    assert lines == filled(folder / "2", *(ARTICLES[name] for name in sorted(now.values())))


# -- opening


def test_the_second_writer_is_told_at_once(tmp_path: Path) -> None:
    with stores.open(tmp_path / "g", create=True):
        code = f"from kg import store; store.open({str(tmp_path / 'g')!r}, write=True)"
        begun = time.monotonic()
        other = subprocess.run(
            [sys.executable, "-c", code], check=False, cwd=HERE.parent, capture_output=True, text=True
        )
        assert "in use by another process" in other.stderr.strip().splitlines()[-1]
        assert time.monotonic() - begun < 20
        with pytest.raises(StoreError, match="being written"):
            stores.open(tmp_path / "g")


def test_many_may_read(tmp_path: Path) -> None:
    lines = filled(tmp_path / "g", rich())
    with stores.open(tmp_path / "g") as one, stores.open(tmp_path / "g") as two:
        assert one.lines() == two.lines() == lines
        with pytest.raises(StoreError, match="opened to read"):
            one.put(rival())
        with pytest.raises(StoreError, match="in use"):
            stores.open(tmp_path / "g", write=True)
    with pytest.raises(StoreError, match="closed"):
        one.lines()


@pytest.mark.parametrize(
    "case", ["nothing", "a folder", "a file", "bad json", "another format", "another base", "garbled"]
)
def test_what_is_no_store_gets_one_clear_line(tmp_path: Path, case: str) -> None:
    place, base = tmp_path / "g", None
    if case == "a folder":
        place.mkdir()
    elif case == "a file":
        place.write_text("hello")
    elif case != "nothing":
        filled(place, rich())
        mark = place / "store.json"
        if case == "bad json":
            mark.write_text("{")
        elif case == "another format":
            mark.write_text('{"format": 99, "base": "https://x.test/"}')
        elif case == "another base":
            base = "https://other.test/"
        else:
            (place / "store" / "CURRENT").write_text("rubbish\n")
    with pytest.raises(StoreError) as caught:
        stores.open(place, write=True, base=base)
    assert "\n" not in str(caught.value)
    assert str(place) in str(caught.value)


def test_a_folder_that_may_not_be_written(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    code = f"from kg import store\nstore.open({str(tmp_path / 'g')!r}, create=True)"
    done = subprocess.run(
        [*unprivileged(), sys.executable, "-c", code], check=False, capture_output=True, text=True, cwd=HERE.parent
    )
    assert done.returncode == 1
    assert "StoreError" in done.stderr and "may use" in done.stderr


def test_a_file_in_the_way(tmp_path: Path) -> None:
    (tmp_path / "f").write_text("x")
    with pytest.raises(StoreError):
        stores.open(tmp_path / "f" / "g", create=True)
    with pytest.raises(StoreError):
        stores.open(tmp_path / "f", create=True)


def test_a_store_killed_at_birth_opens_empty(tmp_path: Path) -> None:
    stores.open(tmp_path / "g", create=True).close()
    for path in (tmp_path / "g" / "store").iterdir():
        path.unlink()
    (tmp_path / "g" / "store").rmdir()
    with stores.open(tmp_path / "g") as store:
        assert store.lines() == []


def test_a_kill_loses_the_article_in_hand_at_most(tmp_path: Path) -> None:
    """Killed with -9 while it puts; what is there is whole articles, and going on gives the uninterrupted store."""
    code = (
        "import sys; from dataclasses import replace; from kg import store; from samples import rich\n"
        f"with store.open({str(tmp_path / 'g')!r}, create=True) as s:\n"
        "    for n in range(400):\n"
        "        s.put(replace(rich(), article=replace(rich().article, url=f'https://x.test/{n}', path=f'{n}')))\n"
        "        print(n, flush=True)\n"
    )
    env = {**os.environ, "PYTHONPATH": f"{HERE.parent}{os.pathsep}{HERE}"}
    work = subprocess.Popen([sys.executable, "-c", code], env=env, stdout=subprocess.PIPE, text=True)
    assert work.stdout is not None
    for line in work.stdout:
        if int(line) >= 5:
            break
    work.send_signal(signal.SIGKILL)
    work.wait()
    done = 0

    def each(n: int) -> Extraction:
        return replace(rich(), article=replace(rich().article, url=f"https://x.test/{n}", path=f"{n}"))

    with stores.open(tmp_path / "g", write=True) as store:
        done = len(store.ids())
        assert done >= 6
        before = store.lines()
    assert before == filled(tmp_path / "plain", *map(each, range(done)))


def test_a_figure_more_in_a_new_version(tmp_path: Path) -> None:
    """A concept that only the old version of an article counted goes with it, in the write that brings the new one."""
    odd: Figure = replace(rich().figures[0], concept="zebra", event="vanish")
    with stores.open(tmp_path / "g", create=True) as store:
        store.put(replace(rich(), figures=(odd,)))
        store.put(rich())
        assert store.lines() == filled(tmp_path / "h", rich())


def test_closing_twice_is_harmless(tmp_path: Path) -> None:
    store: Store = stores.open(tmp_path / "g", create=True)
    store.close()
    store.close()
    stores.open(tmp_path / "g", write=True).close()


def test_a_closed_store_keeps_no_log_to_write_over_and_no_old_diary(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(quad_store, "LOGS", 1_000)
    lines = filled(tmp_path / "g", rich(), rival())
    for _ in range(2):
        with stores.open(tmp_path / "g", write=True) as store:
            store.remove(rich().article.id)
            store.put(rich())
            assert set(lines) == {*store.lines()}
    files = list((tmp_path / "g" / "store").iterdir())
    assert [file.name for file in files if file.name.startswith("LOG.old")] == []
    assert sum(file.stat().st_size for file in files if file.suffix == ".log") <= 1_000


def test_who_holds_the_engine_keeps_a_closed_store_from_nothing_but_its_logs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(quad_store, "LOGS", 0)
    with stores.open(tmp_path / "g", create=True) as store:
        store.put(rich())
        held = store.oxigraph
    assert len(held) > 0
    del held
    with stores.open(tmp_path / "g", write=True) as store:
        assert rich().article.id in store
