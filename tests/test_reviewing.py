"""`kg review`: a session, samples, lists, other people's files; gold and precision from what was judged."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from deciding import ED, added, by, quote, word
from hypothesis import given, settings
from hypothesis import strategies as st
from samples import rich, rival
from typer.testing import CliRunner, Result

from kg import store as stores
from kg.cli import app
from kg.errors import DecisionError
from kg.eval.reviewed import calibration_error, curve, judged, tables
from kg.eval.score import gold_articles, score
from kg.query import questions
from kg.query.nodes import nodes
from kg.records.extraction import confident
from kg.records.standoff import standoff
from kg.resources import resource
from kg.review.decision_file import FILE, append, load, reversal, to_text
from kg.review.gold import judged_articles
from kg.review.in_graph import revise
from kg.review.precision import precision
from kg.review.sitting import ReviewItem, drawn, items
from kg.review.typed import corrections
from kg.review.verdicts import Do, RecordKind, Who
from kg.training.polnear import read_gold


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with stores.open(tmp_path / "g", create=True) as store:
        store.put(rich())
        store.put(rival())
    return tmp_path / "g"


def kg(folder: Path, *words: str, input: str = "") -> Result:
    return CliRunner().invoke(app, ["review", *words, "-d", str(folder)], input=input, env={"KG_WHO": ED})


def session(folder: Path, *options: str, keys: str) -> Result:
    return CliRunner().invoke(app, ["review", "-d", str(folder), *options], input=keys, env={"KG_WHO": ED})


def found(folder: Path) -> list[ReviewItem]:
    with stores.open(folder) as store:
        return list(items(store))


def test_one_key_a_right_record_least_certain_first(folder: Path) -> None:
    result = session(folder, "--kind", "statement", keys="\ny\n\n")
    assert result.exit_code == 0, result.output
    said = load(folder / FILE)
    assert [line.do for line in said] == [Do.CONFIRM] * 3
    assert "1 of 6  statement, 50% sure" in result.output
    assert "[source: divers] [cue: believed] [content: at least 12 bodies were trapped]" in result.output
    assert "3 decisions hold, 0 open; 1 article changed" in result.output
    with stores.open(folder) as store:
        assert len(store.extraction(rich().article.id).attributions) == 4
    # what was decided is not asked about again
    assert "1 of 3" in session(folder, "--kind", "statement", keys="q\n").output


def test_wrong_correct_missed_undo_redo_search_and_moving(folder: Path) -> None:
    keys = (
        "n\nu\nr\nb\nn\n"  # wrong; taken back; said again; back; wrong
        "c\nwho = Ida Berg; stance = doubts\n"
        "c\nstance = shouts\ns\n"  # no stance: nothing is decided
        "/\n75 passengers\nm\nwords = Port Ellis; who = coast guard\nq\n"
    )
    result = session(folder, "--kind", "statement", keys=keys)
    assert result.exit_code == 0, result.output
    assert [line.do for line in load(folder / FILE)] == ["reject", "undo", "redo", "reject", "correct", "add"]
    assert "none of asserts, denies" in result.output
    assert "3 decisions hold" in result.output
    with stores.open(folder) as store:
        assert [len(e.attributions) for e in store.extractions()] in ([3, 3], [3, 3])


def test_figures_and_posts_that_were_missed_are_added_from_any_record(folder: Path) -> None:
    keys = (
        "m\nfigure: words = in March 2019; unit = a year\n"
        "m\nrole: words = Ida Berg; holder = Ida Berg; title = head of the port; organization = Harbour Party\n"
        "m\nrole: words = Ida Berg; title = head\n"  # whose post?
        "m\nfigure: words = at least 12 bodies; counted = bodies; by = divers\nu\nq\n"
    )
    result = session(folder, "--article", rich().article.id, "--kind", "statement", keys=keys)
    assert result.exit_code == 0, result.output
    assert "a role that was missed needs holder = ..." in result.output
    assert result.output.count("added a figure") == 2 and result.output.count("added a role") == 1
    assert [line.do for line in load(folder / FILE)] == ["add", "add", "add", "undo"]
    with stores.open(folder) as store:
        now = store.extraction(rich().article.id)
    (figure,) = now.figures[len(rich().figures) :]
    assert (figure.low, figure.high, figure.unit) == (2019, 2019, "a year")
    (role,) = now.roles[len(rich().roles) :]
    assert (role.holder, role.title, role.organization) == ("e5", "head of the port", "e6")


def test_a_session_of_one_speaker_or_article(folder: Path) -> None:
    assert "1 of 2  statement" in session(folder, "--speaker", "coast guard", keys="q\n").output
    assert "1 of 3" in session(folder, "--article", "raises toll", keys="q\n").output
    assert "1 of 1" in session(folder, "--words", "“and harmful.”", keys="q\n").output


def test_a_session_of_what_a_question_rests_on(folder: Path) -> None:
    with stores.open(folder) as store:
        denials = [a.id for e in store.extractions() for a in e.attributions if a.stance in {"denies", "doubts"}]
        for asked in questions():
            nodes(store, asked.name)  # every shipped question has nodes behind it, and breaks on none
    assert f"1 of {len(denials)}  statement" in session(folder, "--question", "denials", keys="q\n").output
    result = session(folder, "--question", "speaker", "-p", "name=Ida Berg", "--kind", "statement", keys="q\n")
    assert "1 of 3  statement" in result.output and "who: Ida Berg" in result.output
    one = session(folder, "--question", 'SELECT ?f { ?f kg:bound "about" }', keys="q\n").output
    assert "1 of 1  figure" in one
    nothing = session(folder, "--question", "SELECT ?a { ?a a kg:Article }", keys="q\n")
    assert nothing.exit_code == 2 and "none of which is a statement" in nothing.output


def test_a_sample_is_drawn_at_random_and_its_precision_has_limits(folder: Path) -> None:
    every = found(folder)
    assert drawn(every, 3, seed=1) == drawn(every[::-1], 3, seed=1) != drawn(every, 3, seed=2)
    result = kg(folder, "sample", "4", "--kind", "statement", input="y\nn\ny\n")
    assert "statements right: 2 of 3, 9 to 99 %; 1 not judged yet" in result.output
    assert (
        "statements right: 3 of 4, 19 to 99 %" in kg(folder, "sample", "4", "--kind", "statement", input="y\n").output
    )


@pytest.mark.parametrize(
    ("right", "n", "low", "high"), [(0, 10, 0, 30.8), (10, 10, 69.2, 100), (44, 50, 75.7, 95.5), (1, 2, 1.3, 98.7)]
)
def test_the_interval_is_the_exact_one(right: int, n: int, low: float, high: float) -> None:
    """Values of Clopper and Pearson's interval, as in tables."""
    found = precision([True] * right + [False] * (n - right))
    assert (found.low, found.high) == (pytest.approx(low, abs=0.06), pytest.approx(high, abs=0.06))


def test_the_list_says_in_words_what_was_decided_about(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    append(folder / FILE, [word(rich(), "f4", Do.CONFIRM, n=2)])
    article = rich().article
    words = article.quote(next(f.span for f in rich().figures if f.id == "f4"))
    assert f"figure “{words}”, {article.title}"[:60] in kg(folder, "list").output
    assert f"undo: confirm figure “{words}”" in kg(folder, "undo").output


def test_lists_undo_and_redo_by_id(folder: Path) -> None:
    words = [word(rich(), "a2", Do.REJECT, n=1), word(rich(), "f4", Do.CONFIRM, n=2)]
    append(folder / FILE, words)
    assert words[0].id in kg(folder, "list").output
    assert "undo: reject statement" in kg(folder, "undo", words[0].id[:6]).output
    assert words[0].id not in kg(folder, "list").output
    assert "taken back" in kg(folder, "list", "--history").output
    assert "redo: reject statement" in kg(folder, "redo").output
    assert "undo: reject" in kg(folder, "undo").output
    refused = kg(folder, "undo", "ffffff")
    assert refused.exit_code == 2 and "no word in force" in refused.output


def test_what_is_open_says_why(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "160")
    append(folder / FILE, [word(rich(), "a2", Do.REJECT, n=1)])
    with stores.open(folder, write=True) as store:
        store.remove(rich().article.id)
    assert "no article with this text" in kg(folder, "list", "--open").output


def test_decisions_from_elsewhere_are_applied_whole_or_not_at_all(folder: Path, tmp_path: Path) -> None:
    good, bad = word(rich(), "a2", Do.REJECT, n=1), word(
        rich(), "a1", Do.CORRECT, {"entity": Who(quote(rich().article, "divers"))}, n=2
    )  # fmt: skip
    file = tmp_path / "theirs.jsonl"
    file.write_text(to_text([good, bad]).replace("divers", "drivel"))
    refused = kg(folder, "apply", str(file))
    assert refused.exit_code == 2 and "somebody has changed it" in refused.output
    wrong = added(rich().article, RecordKind.STATEMENT, {"content": (quote(rich().article, "divers"),)}, 3)
    moved = added(rival().article, RecordKind.STATEMENT, wrong.to, 3)
    file.write_text(to_text([good, moved]))
    refused = kg(folder, "apply", str(file))
    assert (
        refused.exit_code == 2 and "does not say 'divers'" in refused.output and "nothing was applied" in refused.output
    )
    assert not (folder / FILE).exists()
    file.write_text(to_text([good, bad]))
    assert "2 new, 0 known" in kg(folder, "apply", str(file)).output
    assert "0 new, 2 known" in kg(folder, "apply", str(file)).output


def test_two_files_are_merged_and_conflicts_shown(folder: Path, tmp_path: Path) -> None:
    append(folder / FILE, [word(rich(), "a2", Do.REJECT, n=1)])
    theirs = tmp_path / "ann.jsonl"
    theirs.write_text(
        to_text([word(rich(), "a2", Do.CONFIRM, n=2, who="Ann"), word(rich(), "a3", Do.REJECT, n=3, who="Ann")])
    )
    merged = kg(folder, "merge", str(theirs))
    assert "2 new, 1 in conflict; ours hold" in merged.output and "Ed reject, Ann confirm" in merged.output
    with stores.open(folder) as store:
        assert [a.id for a in store.extraction(rich().article.id).attributions] == ["a1", "a4"]
    out = tmp_path / "out.jsonl"
    assert "4 lines" in kg(folder, "export", "-o", str(out)).output
    assert load(out) == load(folder / FILE)


def all_judged(folder: Path) -> Iterator[None]:
    with stores.open(folder, write=True) as store:
        append(folder / FILE, [word(rival(), a, Do.CONFIRM, n=n) for n, a in enumerate(("a1", "f1"))])
        append(
            folder / FILE,
            [word(rival(), "a2", Do.CORRECT, {"stance": "doubts"}, n=5), word(rich(), "a1", Do.REJECT, n=6)],
        )
        revise(store)
    yield


def test_what_was_judged_whole_becomes_gold(folder: Path, tmp_path: Path) -> None:
    list(all_judged(folder))
    assert "wrote 1 articles" in kg(folder, "export", "--gold", "-o", str(tmp_path / "gold")).output
    ((name, text, gold),) = gold_articles(tmp_path / "gold")
    assert name == rival().article.id
    with stores.open(folder) as store:
        now = store.extraction(name)
    scores = score([(text.read_text(), standoff(now), gold)])
    assert {scores[m].f1 for m in ("said", "who-said", "figure", "who-figure", "counted", "when")} == {100.0}
    ((_, learnt, said),) = read_gold(tmp_path / "gold")
    assert learnt == rival().article.text
    assert [learnt[s.start : s.end] for roles in said for s in roles["cue"]] == ["said", "denied"]


def test_judgements_tell_how_precise_the_graph_is(folder: Path, tmp_path: Path) -> None:
    list(all_judged(folder))
    with stores.open(folder) as store:
        rows = judged(judged_articles(store))
    assert {key: str(p) for key, p in tables(rows)["kind"].items()} == {
        "statements": "1 of 3, 1 to 91 %",
        "figures": "1 of 1, 3 to 100 %",
    }
    assert {key: p.judged for key, p in tables(rows)["publisher"].items()} == {"Second Paper": 2, "The Example": 1}
    assert list(tables(rows)["confidence"]) == ["0.9 to 1.0"]
    assert calibration_error([r for r in rows if r.kind == "statement"]) == pytest.approx((0.93 + 2 - 1) / 3)
    assert curve(rows).count("<circle") == 1
    told = [CliRunner().invoke(app, ["eval", "--reviewed", *way]) for way in (["-d", str(folder)], [str(folder)])]
    assert "statements" in told[0].output and told[0].output == told[1].output, "the old way says the same"
    assert (folder / "reliability.svg").read_text().startswith("<svg")
    for way, words in (
        (["eval", "--reviewed", "-d", str(folder), str(tmp_path)], "two graphs are named"),
        (["eval", "-d", str(folder), str(tmp_path)], "name a gold folder alone"),
        (["eval"], "name a gold folder alone"),
    ):
        result = CliRunner().invoke(app, way, env={"COLUMNS": "200"})
        assert result.exit_code == 2 and words in result.output


def test_typed_names_and_words_are_looked_up() -> None:
    item = next(_seen("a2"))
    to = corrections(item, "who = Harbour Party; words = “The report is false,” ... harmful; via = -")
    assert [to["entity"].at.words, [q.words for q in to["content"]], to["via"]] == [  # type: ignore[union-attr]
        "Harbour Party",
        ["“The report is false,”", "harmful"],
        None,
    ]
    for wrong in (
        "who = Napoleon",
        "colour = red",
        "stance = shouts",
        "",
        "who = divers (Colour)",
        "words = never said",
    ):
        with pytest.raises(DecisionError):
            corrections(item, wrong)


def _seen(id: str) -> Iterator[ReviewItem]:
    from kg.review.seen import everything_seen

    return (ReviewItem(rich(), f.kind, f.record, f.seen) for f in everything_seen(rich()) if f.record.id == id)


@settings(deadline=None)  # a busy machine counts no other
@given(st.floats(0, 1))
def test_a_graph_with_less_is_the_view_with_less(at_least: float) -> None:
    """What a build leaves out by confidence is what is left out of the graph of everything."""
    from kg.rdf.read import from_rdf
    from kg.rdf.write import quads, to_rdf

    def kept(extraction: object) -> list[str]:
        return quads(confident(extraction, at_least))  # type: ignore[arg-type]

    assert kept(rich()) == kept(from_rdf(to_rdf(rich())))


@pytest.mark.model
def test_min_confidence_leaves_the_same_in_every_command(tmp_path: Path) -> None:
    """`kg build`, `kg annotate`, `kg eval` and `kg view` leave out the same statements of one article."""
    text = resource("data/articles/2017-05-17-denial.txt").read_text(encoding="utf-8")
    (tmp_path / "text").mkdir()
    (tmp_path / "gold").mkdir()
    (tmp_path / "text" / "a.txt").write_text(text, encoding="utf-8")
    (tmp_path / "gold" / "a.json").write_text('{"entities": [], "statements": [], "figures": [], "roles": []}')

    def run(*words: object) -> str:
        result = CliRunner().invoke(app, [str(w) for w in words])
        assert result.exit_code == 0, result.output
        return result.stdout

    kinds = ("attributions", "figures", "roles")

    def count(folder: Path) -> list[int]:
        with stores.open(folder) as store:
            return [sum(len(getattr(e, kind)) for e in store.extractions()) for kind in kinds]

    source, least = tmp_path / "text" / "a.txt", ("--min-confidence", "0.86")
    counts: list[list[int]] = []
    run("build", source, "-o", tmp_path / "all", "--fast")
    run("build", source, "-o", tmp_path / "some", "--fast", *least)
    counts.append(count(tmp_path / "some"))
    annotated = json.loads(run("annotate", source, "--fast", *least))
    counts.append([len(annotated[kind]) for kind in kinds])
    scores = json.loads(run("eval", tmp_path, "--json", "--fast", *least))
    counts.append([scores[measure]["found"] for measure in ("said", "figure", "role")])
    left = [(step["confidence"], step["who-said"]["found"]) for step in scores["by confidence"]]
    assert [confidence for confidence, _ in left] == [0.9, 0.95]
    assert counts[0][0] >= left[0][1] > left[1][1]
    run("view", "-d", tmp_path / "all", "-o", tmp_path / "view.html", *least)
    data = re.search(r'id="data">(.*?)</script>', (tmp_path / "view.html").read_text(encoding="utf-8"), re.S)
    assert data is not None
    shown = json.loads(data[1])
    counts.append([len(shown[kind]) for kind in ("statements", "figures", "roles")])
    assert all(some < every for some, every in zip(counts[0][:2], count(tmp_path / "all"), strict=False))
    assert counts[0][0] > 0 and all(each == counts[0] for each in counts), counts


def test_undo_of_what_another_said_is_a_line_too(folder: Path) -> None:
    words = [word(rich(), "a2", Do.REJECT, n=1)]
    append(folder / FILE, [*words, reversal(Do.UNDO, words[0].id, by(2, "Ann"))])
    assert json.loads((folder / FILE).read_text().splitlines()[1])["who"] == "Ann"
