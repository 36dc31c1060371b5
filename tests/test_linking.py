"""Identity and links over a whole store: whatever was added, removed, decided and undone, only what is left counts."""

from __future__ import annotations

import shutil
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kg import store as stores
from kg.errors import ExportError
from kg.export import export
from kg.identity.decisions import FILE, Act, Decision, decide, decided
from kg.identity.linking import identities, link, listed, unlinked, with_same_as
from kg.identity.name_index import index
from kg.identity.profiles import profiles
from kg.identity.reference_tables import WIKIDATA
from kg.rdf import vocab
from kg.records.entity import Entity
from kg.records.extraction import Extraction
from kg.records.mention import EntityType, Mention, MentionKind
from kg.records.role import Role, RoleStatus
from kg.store import Store
from kg.store.validate import report
from kg.text.article import Article, locate

PERSON, ORGANIZATION, PLACE = EntityType.PERSON, EntityType.ORGANIZATION, EntityType.PLACE

TEXTS = (
    ("Paul Brown", "chair of the UN Panel on Water", "UN Panel on Water", "Syria"),
    ("Paul Brown", "chairwoman of the United Nations Panel on Water", "United Nations Panel on Water", "Syria"),
    ("Paul Brown", "singer", "River Band", "Georgia"),
    ("Paul B. Brown", "chair of the UN Panel on Water", "UN Panel on Water", "Syria"),
    ("Bo Green", "mayor", "Harbour Party", "Lebanon"),
    ("Bo Green", "mayor", "Harbour Party", "Tripoli"),
    ("Paul Brown", "nurse", "Cloud Clinic", "Syria"),
)


@lru_cache(maxsize=16)
def told(n: int) -> Extraction:
    """An article of one sentence: somebody, what they are, of which body, speaking where."""
    name, title, body, place = TEXTS[n]
    article = Article(f"{name}, {title} of {body}, spoke in {place}.", path=f"{n}.txt")
    found = []
    for id, (words, kind) in enumerate(((name, PERSON), (body, ORGANIZATION), (place, PLACE)), 1):
        after = article.text.rfind(words) if kind is not PERSON else 0
        mention = Mention(locate(words, article, after=after), MentionKind.NAME, kind)
        found.append(Entity(f"e{id}", kind, words, (mention,)))
    role = Role("r1", "e1", title, locate(f"{name}, {title}", article), organization="e2", status=RoleStatus.CURRENT)
    return Extraction(article, "by hand", entities=tuple(found), roles=(role,))


def put(store: Store, n: int) -> None:
    store.put(told(n), input_hash=f"{n:064}")


def key(n: int, entity: int = 0) -> str:
    return profiles(told(n))[entity].key


def lines(folder: Path) -> list[str]:
    with stores.open(folder, write=True) as store:
        link(store)
        return store.lines()


def rebuilt(articles: set[int], decisions: Path) -> list[str]:
    """The lines of a fresh store of these articles and decisions."""
    with TemporaryDirectory() as name:
        folder = Path(name) / "graph"
        with stores.open(folder, create=True) as store:
            for n in sorted(articles):
                put(store, n)
            if decisions.exists():
                shutil.copy(decisions, folder / FILE)
            link(store)
            return store.lines()


ARTICLE = st.integers(0, len(TEXTS) - 1)
STEP = st.one_of(
    st.tuples(st.just("put"), ARTICLE, ARTICLE),
    st.tuples(st.just("remove"), ARTICLE, ARTICLE),
    st.tuples(st.just("link"), ARTICLE, ARTICLE),
    st.tuples(st.sampled_from(["merge", "apart", "undo"]), ARTICLE, ARTICLE),
)


@settings(max_examples=30, deadline=None)
@example([("put", 0, 0), ("link", 0, 0), ("remove", 0, 0), ("put", 0, 0)])
@example([("put", 0, 0), ("put", 3, 0), ("link", 0, 0), ("put", 3, 0)])
@given(st.lists(STEP, min_size=3, max_size=14))
def test_any_adding_removing_deciding_and_undoing_equals_a_rebuild(steps: list[tuple[str, int, int]]) -> None:
    with TemporaryDirectory() as name:
        folder, present = Path(name) / "graph", set[int]()
        with stores.open(folder, create=True) as store:
            for what, a, b in steps:
                if what == "put":
                    put(store, a)
                    present.add(a)
                elif what == "remove" and a in present:
                    store.remove(told(a).article.id)
                    present.discard(a)
                elif what == "link":
                    link(store)
                elif what in set(Act) and a != b:
                    decide(folder, Decision(Act(what), key(a), key(b)))
        assert lines(folder) == rebuilt(present, folder / FILE)


@settings(max_examples=15, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(["merge", "apart"]), ARTICLE, ARTICLE), max_size=6))
def test_what_is_decided_and_undone_leaves_no_trace_in_the_graph(pairs: list[tuple[str, int, int]]) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name) / "graph"
        with stores.open(folder, create=True) as store:
            for n in range(len(TEXTS)):
                put(store, n)
            link(store)
            before = store.lines()
            for what, a, b in pairs:
                decide(folder, Decision(Act(what), key(a), key(b)))
                link(store)
            for _, a, b in reversed(pairs):
                decide(folder, Decision(Act.UNDO, key(b), key(a)))
            link(store)
            assert store.lines() == before
        assert decided(folder).merged == decided(folder).apart == ()
        assert (folder / FILE).exists() is bool(pairs), "what people did is still on record"


def filled(folder: Path, *articles: int) -> Store:
    store = stores.open(folder, create=True)
    for n in articles:
        put(store, n)
    return store


def test_titles_that_differ_merge_on_the_body_they_share(tmp_path: Path) -> None:
    with filled(tmp_path / "g", 0, 1, 2) as store:
        _, found = identities(store)
    assert found.cluster[key(0)] == found.cluster[key(1)]
    assert found.cluster[key(2)] == key(2), "a singer of the same name is only suggested"
    asked = [{s.first, s.second} for s in found.suggestions if key(2) in (s.first, s.second)]
    assert [pair & {key(0), key(1)} != set() for pair in asked] == [True]
    assert found.cluster[key(0, 1)] == found.cluster[key(1, 1)], "UN Panel and United Nations Panel are one body"


def test_links_are_in_the_graph_and_conform(tmp_path: Path) -> None:
    with filled(tmp_path / "g", 0, 2, 5) as store:
        link(store)
        matches = {(q.s, q.o) for q in store.quads(p=vocab.closeMatch)}
        assert (key(0, 2), WIKIDATA + "Q858") in matches
        open_ = {q.o for q in store.quads(p=vocab.linkOf)} - {s for s, _ in matches}
        assert open_ == {key(2, 2), key(5, 2)}, "Georgia and Tripoli have candidates only"
        assert not any(q.p.endswith("sameAs") for q in store.quads())
        assert report(store) == []


def test_same_as_only_for_those_who_ask(tmp_path: Path) -> None:
    with filled(tmp_path / "g", 0, 1, 2) as store:
        link(store)
        asked = {(q.s, q.o) for q in with_same_as(store.quads()) if q.p == vocab.sameAs}
        assert (key(0, 2), WIKIDATA + "Q858") in asked, "a chosen link"
        assert (key(0), next(store.quads(s=vocab.Iri(key(0)), p=vocab.sameThingAs)).o) in asked, "an identity"
        assert key(2, 2) not in {s for s, _ in asked}, "candidates are none"
        for form in ("nq", "trig", "jsonld"):
            told = export(store, form=form, same_as=True)
            assert "owl:sameAs" in told or str(vocab.sameAs) in told
            assert "sameAs" not in export(store, form=form)
        for what, form in (("all", "gexf"), ("figures", "csv")):
            with pytest.raises(ExportError, match="owl:sameAs"):
                export(store, what, form, same_as=True)


def test_a_list_of_entities_has_groups_and_links(tmp_path: Path) -> None:
    with filled(tmp_path / "g", 0, 1, 2) as store:
        rows = {row.profile.key: row for row in listed(store)}
    assert len(rows) == 9
    assert rows[key(0)].same == rows[key(1)].same != rows[key(2)].same
    syria, georgia = rows[key(0, 2)].link, rows[key(2, 2)].link
    assert syria is not None and syria.chosen and syria.candidates[0].thing.name == "Syria"
    assert georgia is not None and not georgia.chosen and len(georgia.candidates) > 1
    assert rows[key(0)].link is None


def test_links_go_with_their_article(tmp_path: Path) -> None:
    with filled(tmp_path / "g", 0, 5) as store:
        link(store)
        store.remove(told(5).article.id)
        assert not list(store.quads(p=vocab.linkOf, o=vocab.Iri(key(5, 2))))
        assert {q.s for q in store.quads(p=vocab.linkTo)} == {q.s for q in store.quads(p=vocab.linkOf)}


@pytest.mark.parametrize("country", ["SY", "SE"])
def test_an_index_in_the_folder_is_asked_and_a_change_of_it_is_noticed(tmp_path: Path, country: str) -> None:
    folder = tmp_path / "g"
    with filled(folder, 0) as store:
        link(store)
        assert ("Paul Brown", PERSON) in unlinked(store)
        (tmp_path / "db.csv").write_text(f"id,name,type,country\nQ5,Paul Brown,Person,{country}\n")
        index(tmp_path / "db.csv", folder)
        link(store)
        linked = (key(0), WIKIDATA + "Q5") in {(q.s, q.o) for q in store.quads(p=vocab.closeMatch)}
        assert linked is (country == "SY")
        assert (("Paul Brown", PERSON) in unlinked(store)) is not linked
        assert report(store) == []


def test_one_id_outside_merges_what_roles_do_not(tmp_path: Path) -> None:
    folder = tmp_path / "g"
    with filled(folder, 0, 6) as store:
        _, found = identities(store)
        assert found.cluster[key(0)] != found.cluster[key(6)]
        (tmp_path / "db.csv").write_text("id,name,type,country\nQ5,Paul Brown,Person,SY\n")
        index(tmp_path / "db.csv", folder)
        _, found = identities(store)
        assert found.cluster[key(0)] == found.cluster[key(6)]
