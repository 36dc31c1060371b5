"""Extractors by name: the example package in tests/extractor, installed as pip leaves one, and what breaks."""

from __future__ import annotations

import pickle
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from importlib.metadata import entry_points
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

import kg
from kg import store as stores
from kg.cli import app
from kg.errors import ExtractorError, KGError, SpanError
from kg.rdf.read import from_rdf
from kg.rdf.write import to_rdf
from kg.records.attribution import Attribution, Form, Stance
from kg.records.extraction import Extraction
from kg.records.standoff import standoff
from kg.stages.plugins import GROUP, Plugin, _load, installed, plugin
from kg.stages.rules import extract as rules
from kg.store.validate import report
from kg.text.article import Article, Span

EXAMPLE = Path(__file__).parent / "extractor"
HEARING = "ADA BROWN: Ten people died on Friday.\nBO LI: Nobody died.\nThe hearing went on.\n"


@pytest.fixture(autouse=True)
def fresh() -> Iterator[None]:
    yield
    _load.cache_clear()
    for name in ("transcripts", "mishaps", "others"):
        sys.modules.pop(name, None)


@pytest.fixture
def example(monkeypatch: pytest.MonkeyPatch) -> None:
    """The example package, as installed."""
    monkeypatch.syspath_prepend(EXAMPLE)


Install = Callable[..., None]


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Install:
    """A function that installs a package with one extractor, `broken`, of this code."""

    def put(code: str, package: str = "mishaps", value: str | None = None) -> None:
        folder = tmp_path / package
        info = folder / f"{package}-2.1.dist-info"
        info.mkdir(parents=True)
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {package}\nVersion: 2.1\n")
        (info / "entry_points.txt").write_text(f"[{GROUP}]\nbroken = {value or package + ':extract'}\n")
        (folder / f"{package}.py").write_text(code)
        monkeypatch.syspath_prepend(folder)

    return put


def command(*arguments: object, stdin: str | None = None) -> Result:
    return CliRunner().invoke(app, [str(a) for a in arguments], input=stdin)


def fates(result: Result) -> list[str]:
    assert result.exit_code == 0, result.output
    return [line.split()[1] for line in result.stdout.splitlines()[1:] if ".txt" in line]


def hearing(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "hearing.txt").write_text(HEARING)
    return folder


def test_the_example_is_as_short_as_promised() -> None:
    code = (EXAMPLE / "transcripts.py").read_text().splitlines()
    assert sum(1 for line in code if line.strip() and not line.startswith('"""')) <= 15


@pytest.mark.usefixtures("example")
def test_an_installed_extractor_is_found_by_its_name() -> None:
    article = Article(HEARING)
    found = kg.extract(article, extractor="transcript")
    assert [(e.name, article.quote(a.content[0])) for e, a in zip(found.entities, found.attributions, strict=True)] == [
        ("Ada Brown", "Ten people died on Friday."),
        ("Bo Li", "Nobody died."),
    ]
    assert found.extractor == "transcript" and standoff(found)["extractor"] == "transcript"
    assert "transcript" in installed() and installed()[0] == "rules"


def test_the_rules_are_what_the_package_itself_offers() -> None:
    (own,) = entry_points(group=GROUP, name="rules")
    assert own.value == f"{rules.__module__}:extract"


@pytest.mark.model
def test_the_rules_say_that_they_were_it() -> None:
    found = kg.extract(Article("Ada Brown said no."))
    assert found.extractor.startswith("rules, ") and kg.extract(found.article, extractor="rules") == found


@pytest.mark.usefixtures("example")
def test_the_name_goes_into_the_graph_and_comes_back(tmp_path: Path) -> None:
    found = kg.extract(Article(HEARING, path="hearing.txt"), extractor="transcript")
    graph = to_rdf(found)
    asked = "SELECT ?name { ?graph prov:wasGeneratedBy ?run . ?run a kg:Extraction ; kg:extractor ?name }"
    assert [str(row[0]) for row in graph.query(asked)] == ["transcript"]
    assert from_rdf(graph) == found
    unknown = replace(found, extractor=None)
    assert from_rdf(to_rdf(unknown)) == unknown
    with stores.open(tmp_path / "graph", create=True) as store:
        store.put(found)
        assert list(store.extractions()) == [found]
        assert report(store) == []


@pytest.mark.model
@pytest.mark.usefixtures("example")
def test_a_change_of_extractor_reads_every_article_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source, graph = hearing(tmp_path / "in"), tmp_path / "graph"
    build = ("build", source, "-o", graph)
    assert fates(command(*build)) == ["added"]
    assert fates(command(*build, "--extractor", "transcript")) == ["replaced"]
    assert fates(command(*build, "--extractor", "transcript")) == ["unchanged"]
    with stores.open(graph) as store:
        (found,) = store.extractions()
        (entry,) = store.entries()
    assert found.extractor == "transcript" and len(found.attributions) == 2
    assert entry.extractor is not None and "transcript of transcripts 1.0" in entry.extractor and entry.model is None
    assert "transcript of transcripts 1.0" in command("query", "provenance", "-d", graph, "--format", "csv").stdout
    monkeypatch.setattr(Plugin, "variant", property(lambda self: f"{self.name} of transcripts 1.1"))
    assert fates(command(*build, "--extractor", "transcript")) == ["replaced"]
    monkeypatch.undo()
    assert fates(command(*build, "--extractor", "rules")) == ["replaced"]
    assert fates(command(*build)) == ["unchanged"]


@pytest.mark.usefixtures("example")
def test_annotate_takes_one_too(tmp_path: Path) -> None:
    result = command("annotate", hearing(tmp_path) / "hearing.txt", "--extractor", "transcript")
    assert result.exit_code == 0, result.output
    assert '"extractor": "transcript"' in result.stdout and result.stdout.count('"form": "direct"') == 2


@pytest.mark.usefixtures("example")
@pytest.mark.parametrize("verb", ["build", "annotate"])
def test_a_name_that_none_has_is_one_line_that_lists_those_installed(verb: str, tmp_path: Path) -> None:
    result = command(verb, hearing(tmp_path / "in"), "--extractor", "nobody")
    assert result.exit_code == 2
    assert result.stderr == "kg: no extractor is called 'nobody'; installed are rules, transcript\n"
    assert not (tmp_path / "graph").exists()


@pytest.mark.usefixtures("example")
def test_what_only_the_rules_take_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ExtractorError, match="takes an article alone"):
        kg.extract(Article(HEARING), "en_core_web_sm", extractor="transcript")
    result = command("build", hearing(tmp_path / "in"), "--extractor", "transcript", "--attitudes")
    assert result.exit_code == 2 and "for the rules" in result.stderr


@pytest.mark.usefixtures("example")
def test_a_worker_elsewhere_gets_the_name_and_loads_it_there() -> None:
    article, sent = Article(HEARING), pickle.dumps(plugin("transcript"))
    assert len(sent) < 200
    assert pickle.loads(sent)(article) == kg.extract(article, extractor="transcript")
    with pytest.raises(ExtractorError, match="install the same wherever a worker runs"):
        Plugin("transcript", "transcripts 0.9")(article)


def test_one_that_cannot_be_loaded_is_one_line(install: Install, tmp_path: Path) -> None:
    install("import no_such_module\n")
    result = command("build", hearing(tmp_path / "in"), "--extractor", "broken")
    assert result.exit_code == 2 and len(result.stderr.splitlines()) == 1
    assert "broken of mishaps 2.1 cannot be loaded (ModuleNotFoundError: " in result.stderr


def test_one_that_is_no_function_is_said(install: Install) -> None:
    install("extract = 5\n")
    with pytest.raises(ExtractorError, match="cannot be called"):
        plugin("broken")


def test_two_packages_of_one_name_are_said(install: Install) -> None:
    install("extract = print\n")
    install("extract = print\n", package="others")
    with pytest.raises(ExtractorError, match=r"mishaps 2\.1 and others 2\.1 both offer an extractor called 'broken'"):
        plugin("broken")


def test_one_that_breaks_costs_its_article_only(install: Install, tmp_path: Path) -> None:
    install("def extract(article):\n    raise ZeroDivisionError('of mine')\n")
    result = command("build", hearing(tmp_path / "in"), "-o", tmp_path / "graph", "--extractor", "broken")
    assert result.exit_code == 1, result.stderr
    assert "extractor broken of mishaps 2.1 failed (ZeroDivisionError: of mine)" in result.stderr


def test_what_it_finds_must_be_of_the_article(monkeypatch: pytest.MonkeyPatch) -> None:
    article = Article("Ada said no.")
    beyond = Attribution("a1", (Span(0, 3),), (Span(4, 8),), (Span(9, 99),), Form.INDIRECT, Stance.ASSERTS)
    answers: list[tuple[object, type[KGError]]] = [
        (None, ExtractorError),
        (Extraction(Article("Bo said no."), "m"), ExtractorError),
        (Extraction(article, "m", attributions=(beyond,)), SpanError),
    ]
    for answer, error in answers:
        monkeypatch.setattr("kg.stages.plugins._load", lambda _, answer=answer: lambda _: answer)
        with pytest.raises(error):
            Plugin("it", "package 1.0")(article)
