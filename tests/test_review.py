"""People's words on records: what they change, what they leave alone, and that a rebuild in any order comes to the same."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from deciding import added, by, histories, newer, quote, word
from hypothesis import given, settings
from hypothesis import strategies as st
from samples import rich, rival

from kg import store as stores
from kg.export import export
from kg.identity.linking import link
from kg.query import run
from kg.rdf import vocab
from kg.rdf.write import entity_iris, to_nquads
from kg.records.extraction import Extraction
from kg.records.figure import Bound
from kg.records.mention import EntityType
from kg.review.applying import Reviewed, review
from kg.review.decision_file import FILE, append, pairing, reversal
from kg.review.hearing import ReviewVerdict
from kg.review.history import in_force
from kg.review.in_graph import open_rulings, revise, rulings, with_reviews
from kg.review.verdicts import Do, Line, Mentioned, RecordKind, Reversal, Ruling, Who
from kg.store import Entry, Store
from kg.store.validate import report

TEXT = rich().article


def judged(*words: Ruling, extraction: Extraction | None = None) -> Reviewed:
    return review(extraction or rich(), words)


def put(store: Store, extraction: Extraction) -> None:
    """As a build stores an article."""
    text = with_reviews(to_nquads(extraction, base=store.base), rulings(store.folder), base=store.base)
    key = extraction.article.path or ""
    store.put_nquads(text, Entry(key, extraction.article.id, "f" * 64, "x", extraction.model))


def built(folder: Path, found: Sequence[Extraction], lines: Sequence[Line], *, decide_first: bool) -> list[str]:
    """The graph after a build and people's words, in either order, and the links that follow."""
    with stores.open(folder, create=True) as store:
        if decide_first:
            append(folder / FILE, lines)
        for extraction in found:
            put(store, extraction)
        if not decide_first:
            append(folder / FILE, lines)
        revise(store)
        link(store)
        return store.lines()


# -- what words change


def test_a_confirmed_record_is_certain_and_nothing_else_changes() -> None:
    result = judged(word(rich(), "a2", Do.CONFIRM))
    assert [a.confidence for a in result.extraction.attributions] == [0.93, 1.0, 1.0, 0.5]
    assert replace(result.extraction, attributions=rich().attributions) == rich()
    assert [h.verdict for h in result.held] == [ReviewVerdict.CONFIRMED]


def test_what_rests_on_a_rejected_statement_goes_too() -> None:
    """The figure, event and relation of a1 go; what is nested in a3 is nested in nothing."""
    left = judged(word(rich(), "a1", Do.REJECT), word(rich(), "a3", Do.REJECT, n=1)).extraction
    assert [a.id for a in left.attributions] == ["a2", "a4"]
    assert [a.parent for a in left.attributions] == [None, None]
    assert [f.id for f in left.figures] == ["f2", "f3", "f4"]
    assert [e.id for e in left.events] == ["v2"]
    assert [r.id for r in left.relations] == ["n1"]
    assert [t.id for t in left.topics] == ["t1"]


def test_a_figure_that_was_confirmed_outlives_its_statement() -> None:
    left = judged(word(rich(), "a1", Do.REJECT), word(rich(), "f1", Do.CONFIRM, n=1)).extraction
    assert (left.figures[0].id, left.figures[0].attribution, left.figures[0].chain) == ("f1", None, ())


def test_another_speaker_is_another_reporter() -> None:
    to = {"entity": Who(quote(TEXT, "Ida Berg"))}
    left = judged(word(rich(), "a1", Do.CORRECT, to)).extraction
    assert left.attributions[0].entity == "e5"
    assert left.figures[0].reporters == ("e5",)
    assert [t.entity for t in left.figures[0].chain] == ["e5", "e2"]


def test_nobody_said_it() -> None:
    left = judged(word(rich(), "a2", Do.CORRECT, {"entity": None})).extraction
    assert (left.attributions[1].entity, left.attributions[1].source) == (None, ())


def test_a_speaker_whom_nothing_found_is_made() -> None:
    to = {"entity": Who(quote(TEXT, "Two officers"[:3] + " officers"), EntityType.GROUP)}
    assert judged(word(rich(), "a2", Do.CORRECT, to)).extraction.attributions[1].entity == "e10"
    new = {"entity": Who(quote(TEXT, "harmful"), EntityType.DOCUMENT)}
    left = judged(word(rich(), "a2", Do.CORRECT, new)).extraction
    assert left.attributions[1].entity == "e12"
    assert [(e.name, e.type, e.named) for e in left.entities if e.id == "e12"] == [("harmful", "Document", False)]


@pytest.mark.parametrize(
    ("to", "bound"),
    [
        ({"low": Decimal(45), "high": Decimal(45)}, Bound.EXACT),
        ({"low": Decimal(45)}, Bound.BETWEEN),
        ({"high": None}, Bound.AT_LEAST),
        ({"low": None}, Bound.AT_MOST),
        ({"low": None, "high": None}, Bound.VAGUE),
        ({"high": None, "bound": "more than"}, Bound.MORE_THAN),
    ],
)
def test_new_numbers_are_bounded_as_they_say(to: dict[str, Decimal | None], bound: Bound) -> None:
    assert judged(word(rich(), "f1", Do.CORRECT, to)).extraction.figures[0].bound is bound


def test_a_figure_that_contradicts_itself_stays_open() -> None:
    for to in ({"low": Decimal(99)}, {"start": "2020"}, {"bound": "exact", "low": None, "high": None}):
        result = judged(word(rich(), "f1", Do.CORRECT, to))
        assert (result.extraction, len(result.open)) == (rich(), 1)


def test_a_figure_has_its_parts_corrected() -> None:
    to = {
        "counted": quote(TEXT, "survivors"), "reporters": (Who(quote(TEXT, "divers")), Who(quote(TEXT, "survivors"))),
        "via": None, "place": None, "unit": "km", "start": "2018-01", "event": "flee", "as_of": "2019",
    }  # fmt: skip
    f = judged(word(rich(), "f1", Do.CORRECT, to)).extraction.figures[0]
    assert (f.counted, f.concept, f.reporters, f.via, f.place) == ("survivors", "survivor", ("e7", "e2"), None, None)
    assert (f.unit, f.start, f.event, f.as_of) == ("km", "2018-01", "flee", "2019")
    assert TEXT.quote(f.counted_span) == "survivors"  # type: ignore[arg-type]
    assert f.evidence is not None and f.counted_span in f.evidence and f.span in f.evidence


def test_a_role_and_an_entity_have_their_parts_corrected() -> None:
    words = (
        word(rich(), "r2", Do.CORRECT, {"title": "harbour master", "place": None, "status": "former"}),
        word(rich(), "e6", Do.CORRECT, {"type": "Group", "name": "The Harbour Party"}, n=1),
        word(rich(), "r1", Do.REJECT, n=2),
    )
    left = judged(*words).extraction
    assert [(r.id, r.title, r.place, r.status) for r in left.roles] == [("r2", "harbour master", None, "former")]
    party = left.entities[5]
    assert (party.type, party.name, party.mentions[0].type) == ("Group", "The Harbour Party", "Group")


def test_an_entity_is_split_and_its_statements_go_with_their_words() -> None:
    stay = {"mentions": (quote(TEXT, "Ida Berg"),)}
    left = judged(word(rich(), "e5", Do.CORRECT, stay)).extraction
    assert [TEXT.quote(m.span) for m in left.entities[4].mentions] == ["Ida Berg"]
    new = left.entities[-1]
    assert (new.id, new.name, [TEXT.quote(m.span) for m in new.mentions]) == ("e12", "Berg", ["Berg", "her"])
    assert [a.entity for a in left.attributions] == ["e1", "e5", "e12", "e7"]


def test_what_was_missed_is_added_with_its_parts() -> None:
    words = (
        added(TEXT, RecordKind.STATEMENT, {"content": (quote(TEXT, "12 bodies"),), "entity": Who(quote(TEXT, "divers"))}),
        added(TEXT, RecordKind.STATEMENT, {"content": (quote(TEXT, "“and harmful.”"),)}, 1),
        added(TEXT, RecordKind.FIGURE, {"span": quote(TEXT, "2015"), "low": Decimal(2015), "high": Decimal(2015)}, 2),
        added(TEXT, RecordKind.FIGURE, {"span": quote(TEXT, "60 passengers"), "low": Decimal(60)}, 3),
        added(TEXT, RecordKind.ROLE, {
            "span": quote(TEXT, "mayor since 2015"), "holder": Who(quote(TEXT, "Ida Berg")), "title": "chief",
        }, 4),
        added(TEXT, RecordKind.ENTITY, {"at": quote(TEXT, "June"), "type": "Event", "name": "The June"}, 5),
    )  # fmt: skip
    result = judged(*words)
    left = result.extraction
    assert [h.verdict for h in result.held] == [ReviewVerdict.ADDED] * 6 and not result.open
    first, second = left.attributions[4:]
    assert (first.id, first.entity, first.parent, first.form, first.confidence) == ("a5", "e7", "a4", "indirect", 1.0)
    assert (first.source, second.form) == ((quote(TEXT, "divers").span,), "direct")
    assert [(f.id, f.low, f.bound, f.reporters, f.attribution) for f in left.figures[4:]] == [
        ("f5", 2015, "exact", (), None),
        ("f6", 60, "at least", ("e1",), "a1"),
    ]
    assert [(r.id, r.title, r.holder) for r in left.roles[2:]] == [("r3", "chief", "e5")]
    assert left.entities[-1].name == "The June"


def test_what_the_extractor_finds_by_now_is_not_added_again() -> None:
    article = rival().article
    more = {
        "content": (quote(article, "anyone had drowned"),),
        "stance": "denies",
        "entity": Who(quote(article, "Ida Berg")),
    }
    result = judged(added(article, RecordKind.STATEMENT, more), extraction=rival())
    assert len(result.extraction.attributions) == 2
    assert result.held[0].verdict is ReviewVerdict.CONFIRMED
    unlike = judged(added(article, RecordKind.STATEMENT, {**more, "stance": "doubts"}), extraction=rival())
    assert len(unlike.extraction.attributions) == 3


# -- which record a word is about


def test_a_word_holds_for_the_record_that_was_seen_and_for_no_other() -> None:
    """Another speaker, other words, another stance: another record. The word is open, and says why."""
    said = word(rich(), "a2", Do.REJECT)
    a = rich().attributions[1]
    for changed, why in (
        (replace(a, entity="e1"), "another entity"),
        (replace(a, stance="asserts"), "another stance"),
        (replace(a, content=a.content[:1]), "no such statement is found there"),
    ):
        other = replace(rich(), attributions=(rich().attributions[0], changed, *rich().attributions[2:]))
        result = judged(said, extraction=other)
        assert result.extraction == other
        assert why in result.open[0].why
    shorter = replace(a, cue=(), source=(quote(TEXT, "Ida Berg").span,), confidence=0.1, id="a9")
    other = replace(rich(), attributions=(rich().attributions[0], shorter, *rich().attributions[2:]), topics=())
    assert len(judged(said, extraction=other).extraction.attributions) == 3


def test_a_correction_of_what_is_found_right_by_now_confirms_it() -> None:
    said = word(rich(), "a2", Do.CORRECT, {"stance": "doubts", "entity": Who(quote(TEXT, "divers"))})
    better = judged(said).extraction
    again = judged(said, extraction=replace(better, entities=rich().entities))
    assert (again.held[0].verdict, again.open) == (ReviewVerdict.CONFIRMED, ())


def test_a_word_on_what_a_word_made_goes_on_from_there() -> None:
    first = word(rich(), "a2", Do.CORRECT, {"stance": "doubts"})
    once = judged(first).extraction
    second = word(once, "a2", Do.CORRECT, {"entity": Who(quote(TEXT, "divers"))}, n=1)
    both = judged(first, second)
    assert (both.extraction.attributions[1].stance, both.extraction.attributions[1].entity) == ("doubts", "e7")
    assert [h.ruling for h in both.held] == [second]
    assert len(judged(first, second, word(both.extraction, "a2", Do.REJECT, n=2)).extraction.attributions) == 3
    assert "another stance" in judged(second).open[0].why


def test_words_that_are_not_there_are_no_evidence() -> None:
    good = quote(TEXT, "Ida Berg")
    said = word(rich(), "a2", Do.CORRECT, {"entity": Who(replace(good, words="Ida Borg"))})
    result = judged(said)
    assert result.extraction == rich()
    assert "does not say 'Ida Borg'" in result.open[0].why


def test_two_words_on_one_record_the_last_holds() -> None:
    result = judged(word(rich(), "a2", Do.REJECT), word(rich(), "a2", Do.CONFIRM, n=1))
    assert [(h.ruling.by.when, h.verdict) for h in result.held] == [(by(1).when, ReviewVerdict.CONFIRMED)]
    assert len(result.extraction.attributions) == 4


# -- in a store


@settings(max_examples=10, deadline=None)
@given(histories())
def test_a_graph_conforms_whatever_people_decide(lines: list[Line]) -> None:
    with tempfile.TemporaryDirectory() as place:
        built(Path(place), [rich(), rival()], lines, decide_first=True)
        with stores.open(place) as store:
            assert report(store) == []


@settings(max_examples=12, deadline=None)
@given(histories(), st.booleans(), st.booleans())
def test_deciding_then_building_is_building_then_deciding(lines: list[Line], version: bool, turned: bool) -> None:
    """In any order of articles, with the same or another version of the extractor; and all taken back, nothing is left."""
    found = [newer(rich()), rival()] if version else [rich(), rival()]
    with tempfile.TemporaryDirectory() as place:
        after = built(Path(place) / "after", found, lines, decide_first=False)
        assert built(Path(place) / "first", found[::-1] if turned else found, lines, decide_first=True) == after
        # decided in a graph of the version before, then built anew
        folder = Path(place) / "later"
        built(folder, [rich()], lines, decide_first=False)
        assert built(folder, found, [], decide_first=False) == after
        # all taken back
        bare = built(Path(place) / "bare", found, [], decide_first=False)
        undone = [reversal(Do.UNDO, line.id, by(1000 + n)) for n, line in enumerate(lines) if isinstance(line, Ruling)]
        assert built(folder, found, undone, decide_first=True) == bare
        with stores.open(Path(place) / "after", write=True) as store:
            append(store.folder / FILE, undone)
            revise(store)
            link(store)
            assert store.lines() == bare


@settings(max_examples=8, deadline=None)
@given(histories())
def test_an_article_that_was_written_anew_is_another_text(lines: list[Line]) -> None:
    """Its words are open, those on the other article hold; with the old text back all of them hold as before."""
    anew = replace(rich(), article=replace(TEXT, text=f"{TEXT.text}\n\nThis report was corrected."))
    about = [line for line in lines if isinstance(line, Ruling) and line.text == TEXT.sha256]
    others = [
        line for line in lines
        if line not in about and not (isinstance(line, Reversal) and any(line.of == a.id for a in about))
    ]  # fmt: skip
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "g"
        before = built(folder, [rich(), rival()], lines, decide_first=False)
        after = built(folder, [anew], [], decide_first=False)
        alone = built(Path(place) / "h", [anew, rival()], others, decide_first=True)
        assert [line for line in after if "#linkedFrom>" not in line] == [
            line
            for line in alone
            if "#linkedFrom>" not in line  # by which words the links were made, open ones too
        ]
        with stores.open(folder) as store:
            held = {line.id for line in in_force(lines) if line in about}
            assert held <= {o.ruling.id for o in open_rulings(store)}
        assert built(folder, [rich()], [], decide_first=False) == before


def test_a_graph_says_who_decided_what_and_what_was_found(tmp_path: Path) -> None:
    lines = [
        word(rich(), "a1", Do.REJECT, n=1),
        word(rich(), "a2", Do.CORRECT, {"stance": "doubts"}, n=2),
        word(rich(), "f4", Do.CONFIRM, n=3, who="Ann"),
        word(rich(), "a4", Do.CORRECT, {"stance": "asserts"}, n=4),
    ]
    lines.append(reversal(Do.UNDO, lines[-1].id, by(5)))
    built(tmp_path, [rich(), rival()], lines, decide_first=True)
    with stores.open(tmp_path) as store:
        rows = run(store, "reviewed").rows
        assert [row[:2] for row in rows] == [
            ("rejected", "statement"),
            ("corrected", "statement"),
            ("confirmed", "figure"),
        ]
        assert json.loads(rows[0][3] or "")["who"] == "Rescue Watch"
        assert (rows[1][3], rows[1][4]) == ('{"stance": "denies"}', '{"stance": "doubts"}')
        assert [row[5] for row in rows] == ["Ed", "Ed", "Ann"]
        assert len(run(store, "reviewed", {"is": "rejected"}).rows) == 1
        assert len(run(store, "reviewed", {"who": "an"}).rows) == 1
        # what was rejected answers no other question, and stands in no view or export
        said = run(store, "SELECT ?t { ?s kg:text ?t }").rows
        assert not any("passengers drowned" in str(t) for (t,) in said if "75" not in str(t))
        for form in ("nq", "trig", "jsonld", "ttl", "nt", "rdf", "jsonld-flat", "graphml"):
            assert 'Rescue Watch\\"' not in export(store, form=form)
            assert "asFound" not in export(store, form=form)


def test_an_article_leaves_with_its_reviews_and_the_last_one_with_its_reviewer(tmp_path: Path) -> None:
    lines = [word(rich(), "a1", Do.REJECT, n=1), word(rival(), "a1", Do.CONFIRM, n=2)]
    built(tmp_path / "g", [rich(), rival()], lines, decide_first=True)
    with stores.open(tmp_path / "g", write=True) as store:
        store.remove(rich().article.id)
        assert any("reviewer" in line for line in store.lines())
        assert report(store) == []
        store.remove(rival().article.id)
        assert [line for line in store.lines() if "/ledger>" not in line] == []


def test_one_text_in_two_papers_is_decided_about_once(tmp_path: Path) -> None:
    other = replace(rich(), article=replace(TEXT, url="https://other.example/2", path="reports/other.txt"))
    with stores.open(tmp_path, create=True) as store:
        append(tmp_path / FILE, [word(rich(), "a1", Do.REJECT)])
        for extraction in (rich(), other):
            put(store, extraction)
        result = revise(store)
        assert (result.changed, result.held, result.open) == (0, 2, ())
        assert [len(x.attributions) for x in store.extractions()] == [3, 3]


def test_a_word_about_a_text_that_is_not_there_is_open(tmp_path: Path) -> None:
    with stores.open(tmp_path, create=True) as store:
        put(store, rival())
        append(tmp_path / FILE, [word(rich(), "a1", Do.REJECT)])
        assert [o.why for o in revise(store).open] == ["the graph has no article with this text"]


def test_parts_of_an_archive_are_merged_as_found_with_what_people_decided(tmp_path: Path) -> None:
    from kg.build.cluster import merge

    lines = [word(rich(), "a1", Do.REJECT, n=1), word(rival(), "a2", Do.CORRECT, {"stance": "doubts"}, n=2)]
    built(tmp_path / "1", [rich()], lines[:1], decide_first=True)
    built(tmp_path / "2", [rival()], lines[1:], decide_first=True)
    whole = built(tmp_path / "whole", [rich(), rival()], lines, decide_first=True)
    for n, order in enumerate((("1", "2"), ("2", "1"))):
        with stores.open(tmp_path / f"merged{n}", create=True) as store:
            assert merge([tmp_path / part for part in order], store) == 2
            revise(store)
            link(store)
            assert store.lines() == whole


def test_entities_are_one_by_places_in_the_texts(tmp_path: Path) -> None:
    """A pair named by mentions holds whatever the extractor calls the two; where one is gone it holds for nothing."""
    berg, guard = quote(TEXT, "Ida Berg").span, quote(rival().article, "coast guard").span
    pair = pairing(Do.MERGE, Mentioned(TEXT.sha256, berg), Mentioned(rival().article.sha256, guard), by(1))
    with stores.open(tmp_path, create=True) as store:
        put(store, rich())
        put(store, newer(rival()))
        append(tmp_path / FILE, [pair])
        link(store)
        same = {q.s: q.o for q in store.quads(p=vocab.sameThingAs)}
        assert same[entity_iris(rich())["e5"]] == same[entity_iris(rival())["e1"]]
        store.remove(rival().article.id)
        link(store)
        assert not list(store.quads(p=vocab.sameThingAs))
