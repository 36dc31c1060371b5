"""The commands as a user meets them: what they print, what they leave, how they end."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
import re
import subprocess
import sys
from contextlib import nullcontext
from pathlib import Path

import pytest
from rich.console import Console
from typer.testing import CliRunner, Result

from kg.cli import app, asking
from kg.query import Answer
from kg.rdf.terms import Lit

pytestmark = pytest.mark.model

ARTICLES = Path(__file__).resolve().parents[1] / "data" / "articles"
STORY = "Ministry denies deaths\n\nFriday, March 3, 2017\n\nThe health ministry denied on Friday that ten people had died.\n\nAda Brown, a doctor, said at least twelve patients died.\n"


def kg(*arguments: object, stdin: str | bytes | None = None) -> Result:
    return CliRunner().invoke(app, [str(a) for a in arguments], input=stdin)


def one_line(result: Result) -> str:
    lines = [line for line in result.stderr.splitlines() if line]
    assert len(lines) == 1, result.stderr
    assert "Traceback" not in lines[0]
    return lines[0]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("built") / "graph"
    result = kg("build", ARTICLES, "-o", folder)
    assert result.exit_code == 0, result.output
    return folder


def test_a_build_writes_graph_and_view_and_says_so(built: Path) -> None:
    for name in ("graph.nq", "graph.trig", "view.html", "store.json"):
        assert (built / name).stat().st_size > 0
    again = kg("build", ARTICLES, "-o", built)
    assert again.exit_code == 0
    assert again.stdout.count("unchanged") == 5
    assert not any(line.endswith("0") for line in again.stdout.splitlines())  # nothing was counted anew
    assert "view.html" in again.stdout


def test_a_build_of_many_lists_what_changed_and_counts_the_rest(tmp_path: Path) -> None:
    for n in range(61):
        (tmp_path / f"a{n}.txt").write_text(f"Jo Hill said that {n} mills had closed.")
    graph = tmp_path / "a folder with a name that is longer than most lines of a terminal are wide, and then some"
    command = ("build", tmp_path, "-d", graph, "--no-outputs", "--fast")
    first = kg(*command).stdout.splitlines()
    assert len(first) == 63 and first[-2] == "61 articles: 61 added"
    assert first[-1] == f"wrote {graph / 'build-report.jsonl'}"
    (tmp_path / "a7.txt").write_text("Jo Hill denied that the mill had closed.")
    again = kg(*command).stdout.splitlines()
    assert [line.split()[:2] for line in again[1:-2]] == [["a7.txt", "replaced"]]
    assert again[-2] == "61 articles: 1 replaced, 60 unchanged"


def test_an_export_to_a_name_that_tells_no_format_is_refused(built: Path, tmp_path: Path) -> None:
    result = kg("export", "-d", built, "-o", tmp_path / "graph.foo")
    assert result.exit_code == 2 and "no format is told by '.foo'" in one_line(result)
    assert not (tmp_path / "graph.foo").exists()


def test_who_said_what(built: Path) -> None:
    result = kg("query", "who-said-what", "-d", built, "--format", "csv")
    assert result.exit_code == 0, result.output
    rows = [row for row in result.stdout.splitlines() if "Nikki Haley" in row]
    assert any("worst offenses against humanity" in row for row in rows)


def test_which_organisations_report_how_many_hanged(built: Path) -> None:
    result = kg("query", "figures", "-d", built, "--format", "json")
    rows = json.loads(result.stdout)["results"]["bindings"]
    hanged = [
        r for r in rows
        if r.get("low", {}).get("value") == "5000" and r.get("high", {}).get("value") == "13000"
        and "Amnesty" in json.dumps(r)
    ]  # fmt: skip
    assert len(hanged) >= 2


def test_a_query_from_a_file_and_from_standard_input(built: Path, tmp_path: Path) -> None:
    text = "SELECT (COUNT(*) AS ?n) { ?a a kg:Article }"
    (tmp_path / "q.rq").write_text(text)
    from_file = kg("query", tmp_path / "q.rq", "-d", built, "--format", "csv")
    from_stdin = kg("query", "-", "-d", built, "--format", "csv", stdin=text)
    assert from_file.stdout == from_stdin.stdout
    assert from_file.stdout.split() == ["n", "5"]


def test_bad_articles_are_named_and_the_others_built(tmp_path: Path) -> None:
    source = tmp_path / "in"
    source.mkdir()
    (source / "good.txt").write_text(STORY)
    (source / "empty.txt").write_text("")
    (source / "binary.txt").write_bytes(bytes(range(256)))
    (source / "german.txt").write_text(
        "Der Minister hat am Freitag gesagt, dass im Lager niemand gestorben sei und alles gut ist."
    )
    (source / "huge.txt").write_text("The minister said that it was over. " * 290_000)
    result = kg("build", source, tmp_path / "missing.txt", "-o", tmp_path / "graph")
    assert result.exit_code == 1
    complaints = [line for line in result.stderr.splitlines() if line.startswith("kg: ")]
    for name in ("empty.txt", "binary.txt", "german.txt", "huge.txt", "missing.txt"):
        assert sum(name in line for line in complaints) == 1, (name, complaints)
    assert "Traceback" not in result.output
    answer = kg(
        "query",
        "-",
        "-d",
        tmp_path / "graph",
        "--format",
        "csv",
        stdin="SELECT ?t { ?a a kg:Article ; schema:headline ?t }",
    )
    assert answer.stdout.splitlines() == ["t", "Ministry denies deaths"]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("query", "who-said-wat"), "who-said-what"),
        (("query", "-"), "SPARQL"),
        (("query", "speaker", "-p", "nobody"), "name=value"),
    ],
)
def test_a_wrong_query_is_one_clear_line(built: Path, arguments: tuple[str, ...], says: str) -> None:
    result = kg(*arguments, "-d", built, stdin="SELECT ?s { ?s ?p }")
    assert result.exit_code == 2
    assert says in one_line(result)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device here is always full")
def test_a_full_disk_under_standard_output_is_one_line(built: Path) -> None:
    for command in ("export", "query"):
        ask = [sys.executable, "-m", "kg", command, *(["articles"] * (command == "query")), "-d", str(built)]
        with open("/dev/full", "w") as full:
            done = subprocess.run(ask, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
        assert done.returncode == 2
        assert done.stderr == "kg: the output: No space left on device\n"


def test_who_listens_no_longer_is_told_nothing(built: Path) -> None:
    asked = [sys.executable, "-m", "kg", "export", "-d", str(built)]
    with subprocess.Popen(asked, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None and process.stderr is not None
        process.stdout.read(1)
        process.stdout.close()
        assert process.stderr.read() == ""
    assert process.returncode == 0


def test_the_name_of_a_file_steers_no_terminal(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a\x1b]0;x\x07\n[31m.txt").write_text("Jo Hill said the mill had closed.")
    (tmp_path / "in" / "b\x1b[2J.txt").write_text("")
    result = CliRunner().invoke(
        app, ["build", str(tmp_path / "in"), "-d", str(tmp_path / "g"), "--fast", "--no-outputs"]
    )
    assert result.exit_code == 1 and "there is no text in it" in result.output
    assert not any(c in result.output for c in "\x1b\x07")
    assert [line.split()[-5] for line in result.output.splitlines() if "added" in line] == ["added"]


def test_a_folder_that_is_no_store_is_named(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "none"):
        result = kg("query", "figures", "-d", folder)
        assert result.exit_code == 2
        assert str(folder) in one_line(result)


def test_wrong_metadata_is_one_clear_line(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(STORY)
    result = kg("annotate", tmp_path / "a.txt", "--meta", "date=yesterday")
    assert result.exit_code == 2
    assert "YYYY-MM-DD" in one_line(result)


def test_removing_an_article_leaves_the_graph_of_the_rest(tmp_path: Path) -> None:
    first, second = sorted(ARTICLES.glob("*.txt"))[:2]
    kg("build", first, "-o", tmp_path / "one")
    kg("build", first, second, "-o", tmp_path / "both")
    assert (tmp_path / "one" / "graph.nq").read_bytes() != (tmp_path / "both" / "graph.nq").read_bytes()
    assert kg("remove", second, "-d", tmp_path / "both").exit_code == 0
    for name in ("graph.nq", "graph.trig", "view.html"):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "both" / name).read_bytes()


def test_standoff_quotes_the_article(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(STORY)
    result = kg("annotate", tmp_path / "a.txt")
    found = json.loads(result.stdout)
    assert found["text_sha256"] == hashlib.sha256(STORY.encode()).hexdigest()
    denial = next(a for a in found["attributions"] if "ten people had died" in STORY[slice(*a["content"][0])])
    assert denial["stance"] == "denies"
    (figure,) = [f for f in found["figures"] if f["low"] == 12]
    assert STORY[slice(*figure["span"])] == "twelve"
    assert "at least twelve patients" in STORY[slice(*figure["evidence"])]
    assert figure["high"] is None


def test_the_same_bytes_whatever_the_hash_seed(tmp_path: Path) -> None:
    digests = []
    for seed in ("0", "42"):
        out = tmp_path / seed
        environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONUTF8": "0", "LC_ALL": "C"}
        command = [sys.executable, "-m", "kg"]
        subprocess.run(
            [*command, "build", str(ARTICLES), "-o", str(out)], check=True, env=environment, capture_output=True
        )
        standoff = subprocess.run(
            [*command, "annotate", str(ARTICLES)], check=True, env=environment, capture_output=True
        ).stdout
        files = [out / name for name in ("graph.nq", "graph.trig", "view.html")]
        digests.append(
            [hashlib.sha256(f.read_bytes()).hexdigest() for f in files] + [hashlib.sha256(standoff).hexdigest()]
        )
    assert digests[0] == digests[1]


def test_the_graph_conforms(built: Path) -> None:
    result = kg("check", "-d", built)
    assert result.exit_code == 0, result.output


def test_merging_and_undoing_leaves_the_graph_as_it_was(built: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "160")
    before = (built / "graph.nq").read_bytes()
    listed = kg("entity", "list", "-d", built).stdout.splitlines()
    russia = next(line.split()[0] for line in listed if " Russia " in line)
    iran = next(line.split()[0] for line in listed if " Iran " in line)
    assert kg("entity", "merge", russia, iran, "-d", built).exit_code == 0
    assert (built / "graph.nq").read_bytes() != before
    assert kg("entity", "undo", iran, russia, "-d", built).exit_code == 0
    assert (built / "graph.nq").read_bytes() == before


def test_statements_are_kept_apart_and_joined_again(built: Path) -> None:
    before = (built / "graph.nq").read_bytes()
    rows = list(csv.DictReader(kg("query", "same-claim", "-d", built, "--format", "csv").stdout.splitlines()))
    said = [row["statement"] for row in rows if row["claim"].startswith("Syria burned")]
    assert len(said) == 3
    assert kg("claim", "apart", said[0], said[1], "-d", built).exit_code == 0
    assert (built / "graph.nq").read_bytes() != before
    assert kg("claim", "undo", said[1], said[0], "-d", built).exit_code == 0
    assert (built / "graph.nq").read_bytes() == before
    assert "no statement is called" in one_line(kg("claim", "merge", said[0], "nobody", "-d", built))


def test_a_build_reports_the_fate_of_every_article(built: Path) -> None:
    report = [line for line in (built / "build-report.jsonl").read_text().splitlines() if line]
    assert len([line for line in report if '"unchanged"' in line or '"added"' in line]) >= 5


def test_own_names_and_cues_count_and_changing_them_reads_anew(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Clashes go on\n\nThe Zarathul Brigade blurbled that ten people had died.\n")
    (tmp_path / "names.tsv").write_text("name\ttype\taliases\nZarathul Brigade\tOrganization\tZB\n")
    (tmp_path / "cues.tsv").write_text(
        "cue\tkind\tclass\ttakes\torigin\nblurble\tverb\tasserts\tclause object quote\town\n"
    )
    plain = ("build", tmp_path / "a.txt", "-o", tmp_path / "graph")
    own = (*plain, "--gazetteer", tmp_path / "names.tsv", "--cues", tmp_path / "cues.tsv")
    assert kg(*plain).exit_code == 0
    result = kg(*own)
    assert result.exit_code == 0, result.output
    assert "replaced" in result.stdout
    assert "unchanged" in kg(*own).stdout
    answer = kg("query", "who-said-what", "-d", tmp_path / "graph", "--format", "csv").stdout
    assert any("Zarathul Brigade" in row and "ten people had died" in row for row in answer.splitlines())


def test_a_view_of_some_days_only(built: Path, tmp_path: Path) -> None:
    result = kg("view", "-d", built, "-o", tmp_path / "v.html", "--since", "2017-05-01", "--until", "2017-05-31")
    assert result.exit_code == 0, result.output
    page = (tmp_path / "v.html").read_text(encoding="utf-8")
    assert "Robert Ford" in page and "Michelle Bachelet" not in page
    empty = kg("view", "-d", built, "-o", tmp_path / "w.html", "--since", "2031-01-01")
    assert empty.exit_code == 2 and "published" in one_line(empty)


def test_a_view_of_articles_whose_people_stand_for_themselves(built: Path, tmp_path: Path) -> None:
    bodies = {}
    for how in ((), ("--apart",)):
        result = kg("view", "-d", built, "-o", tmp_path / "v.html", *how)
        assert result.exit_code == 0, result.output
        found = re.search(r'id="data">(.*?)</script>', (tmp_path / "v.html").read_text(), re.S)
        assert found is not None
        bodies[how] = [e["name"] for e in json.loads(found[1])["entities"]].count("Amnesty International")
    assert bodies == {(): 1, ("--apart",): 4}


def test_questions_and_exports_of_articles_whose_people_stand_for_themselves(built: Path) -> None:
    same = "SELECT (COUNT(DISTINCT ?i) AS ?n) { ?e kg:sameThingAs ?i . ?i a kg:Identity }"
    things = {}
    for how in ((), ("--apart",)):
        counted = kg("query", same, "-d", built, "--format", "csv", *how)
        rows = csv.DictReader(io.StringIO(kg("export", "entities", "-d", built, *how).output))
        named = [row["thing"] for row in rows if row["name"] == "Amnesty International"]
        things[how] = counted.output.split()[-1] != "0", len(set(named))
    assert things == {(): (True, 1), ("--apart",): (False, 4)}
    assert list(built.glob("serving-*")) == []


def test_an_index_of_known_things_links_names(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Clashes go on\n\nThe Zarathul Relief Agency said that ten people had died.\n")
    (tmp_path / "known.csv").write_text("id,name,aliases,type,country\n7,Zarathul Relief Agency,ZRA,Organization,\n")
    assert kg("build", tmp_path / "a.txt", "-o", tmp_path / "graph").exit_code == 0
    result = kg("index", tmp_path / "known.csv", "-d", tmp_path / "graph", "--prefix", "https://known.example/")
    assert result.exit_code == 0, result.output
    assert "1 things" in result.stdout
    assert "https://known.example/7" in (tmp_path / "graph" / "graph.nq").read_text()
    assert "sameAs" not in (tmp_path / "graph" / "graph.nq").read_text()


def test_a_build_with_an_index_links_at_once(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Clashes go on\n\nThe Zarathul Relief Agency said that ten people had died.\n")
    (tmp_path / "known.csv").write_text("id,name,aliases,type,country\nQ7,Zarathul Relief Agency,ZRA,Organization,\n")
    result = kg("build", tmp_path / "a.txt", "-o", tmp_path / "graph", "--index", tmp_path / "known.csv")
    assert result.exit_code == 0, result.output
    assert "wikidata.org/entity/Q7>" in (tmp_path / "graph" / "graph.nq").read_text()


def test_merged_shards_are_the_graph_of_one_build(built: Path, tmp_path: Path) -> None:
    for part in ("1/2", "2/2"):
        folder = tmp_path / part[0]
        assert kg("build", ARTICLES, "-o", folder, "--shard", part, "--no-outputs").exit_code == 0
    result = kg("merge", tmp_path / "1", tmp_path / "2", "-o", tmp_path / "all")
    assert result.exit_code == 0, result.output
    assert "the graph has 5" in result.stdout
    assert (tmp_path / "all" / "graph.nq").read_bytes() == (built / "graph.nq").read_bytes()
    nowhere = kg("merge", tmp_path / "none", "-o", tmp_path / "all")
    assert nowhere.exit_code == 2 and "none" in one_line(nowhere)


def test_an_article_over_its_seconds_is_listed_and_the_others_kept(tmp_path: Path) -> None:
    (tmp_path / "long.txt").write_text(
        "\n\n".join(f"Aid worker {n} said that {n} people had died." for n in range(4000))
    )
    (tmp_path / "short.txt").write_text(STORY)
    result = kg("build", tmp_path / "long.txt", tmp_path / "short.txt", "-o", tmp_path / "graph", "--max-seconds", "2")
    assert result.exit_code == 1
    assert "more than 2 s of processor time" in one_line(result)
    assert "Ministry denies deaths" in kg("query", "articles", "-d", tmp_path / "graph", "--format", "csv").stdout


def test_a_base_that_is_none_is_one_line(tmp_path: Path) -> None:
    result = kg("build", ARTICLES, "-o", tmp_path / "graph", "--base", "here")
    assert result.exit_code == 2 and "absolute IRI" in one_line(result)
    assert not (tmp_path / "graph" / "store.json").exists()


def test_a_graph_whose_last_article_goes_has_no_files_and_no_error(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(STORY)
    graph = tmp_path / "graph"
    assert kg("build", tmp_path / "a.txt", "-o", graph).exit_code == 0 and (graph / "view.html").exists()
    gone = kg("remove", tmp_path / "a.txt", "-d", graph)
    assert gone.exit_code == 0, gone.stderr
    assert not (graph / "view.html").exists() and not (graph / "graph.nq").exists()


def test_a_terminal_is_told_how_many_rows_and_gets_a_page_at_a_time(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    paged: list[bool] = []

    def terminal() -> Console:
        made = Console(force_terminal=True, width=60, height=10, color_system=None)
        monkeypatch.setattr(made, "pager", lambda: paged.append(True) or nullcontext())
        return made

    monkeypatch.setattr(asking, "console", terminal)
    for rows, says in ((1, "(1 row)"), (3, "(3 rows)"), (40, "(40 rows)"), (0, "(no rows)")):
        asking._print_table(Answer(("who",), ((Lit("Berg"),),) * rows))
        shown = capsys.readouterr().out.splitlines()
        assert shown[-1] == says
        assert max(map(len, shown)) <= 60
    assert paged == [True]
    # more columns than there is room for: each row is a paragraph, with nothing cut
    names = tuple(f"column{n}" for n in range(6))
    asking._print_table(Answer(names, ((*(Lit(f"some words of no. {n}") for n in range(5)), None),) * 2))
    shown = capsys.readouterr().out.splitlines()
    assert [line.split(maxsplit=1) for line in shown[:5]] == [
        [f"column{n}", f"some words of no. {n}"] for n in range(5)
    ]
    assert shown[-1] == "(2 rows)" and "column5" not in "".join(shown) and max(map(len, shown)) <= 60
    assert paged == [True, True]


def test_no_word_is_broken_where_a_table_has_many_columns(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    word = "Internationalisierungsausschuss"  # 31 letters, in a row of columns that want more room than there is
    monkeypatch.setenv("COLUMNS", "150")
    rows = tuple(
        (Lit(f"The {word} of {n}"), *(Lit("some words that go on and on and on") for _ in range(5))) for n in "ab"
    )
    asking._print_table(Answer(("who", *(f"column{n}" for n in range(5))), rows))
    assert capsys.readouterr().out.count(word) == 2


def test_what_is_said_has_more_room_than_the_title_of_the_article(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    said = "the bridge will be closed before the end of the month, as too few people use it"
    row = ("Harbour Council", "denies", said, "2020-01-02", "Council says the bridge stays open until the winter")
    asking._print_table(Answer(("who", "stance", "what", "published", "article"), (tuple(map(Lit, row)),) * 2))
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 1 + 2 * 2 and max(map(len, lines)) <= 100 and lines[1].rstrip().endswith("…")


def test_how_many_rows_stands_beside_what_is_piped_on(capsys: pytest.CaptureFixture[str]) -> None:
    for rows, says in ((2, "(2 rows)"), (0, "(no rows)")):
        asking._print_table(Answer(("who",), ((Lit("Berg"),),) * rows))
        told = capsys.readouterr()
        assert told.err.strip() == says and says not in told.out and told.out.count("Berg") == rows
