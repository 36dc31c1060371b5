"""Encoder and arbiter with the weights that ship: what stands, the same on every run; and what happens without them."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import kg
from kg.records.extraction import Extraction
from kg.stages.attribution.encoder import encoder_weights as weights
from kg.stages.attribution.reading_bench import default_bench
from kg.stages.reliability import LEAST, MOST
from kg.stages.rules import extract, readers
from kg.text.article import Article

pytestmark = pytest.mark.model

NEWS = """Ferry line halts all crossings

The Norvale ferry line stopped all crossings on Friday after a crack was found in the hull of its oldest ship, its managing director, Petra Lund, said.

"We will not sail before every plate has been checked," Lund told reporters at the harbour. "That may take a week."

The seamen's union, which had warned of corrosion in March, said the company had known of the damage for months. The company denied it.

According to a report by the transport inspectorate, three of the five ships are older than forty years.
"""


def statements(found: Extraction) -> list[tuple[str, str, str]]:
    quote = found.article.quote
    return [
        (" ".join(map(quote, a.source)), " ".join(map(quote, a.cue)), " … ".join(map(quote, a.content)))
        for a in found.attributions
    ]


@pytest.fixture(scope="module")
def read() -> Extraction:
    pytest.importorskip("onnxruntime")
    return extract(Article(NEWS))


def test_a_report_is_read_by_both_and_says_so(read: Extraction):
    assert read.extractor == f"rules, {default_bench().name}"
    assert read.problems == ()
    found = statements(read)
    contents = [content for _, _, content in found]
    assert any("not sail before every plate has been checked" in c for c in contents)
    assert any(s == "The seamen's union, which had warned of corrosion in March" or "union" in s for s, _, _ in found)
    assert any(cue == "denied" for _, cue, _ in found)
    assert any("inspectorate" in s and "forty years" in c for s, _, c in found)


def test_every_span_quotes_the_article_and_nothing_is_surely_right_or_wrong(read: Extraction):
    for a in read.attributions:
        assert all(read.article.text[s.start : s.end] == read.article.quote(s) for s in (*a.source, *a.cue, *a.content))
        assert LEAST <= a.confidence <= MOST


def test_the_answer_is_the_same_over_runs_hash_seeds_and_what_was_read_before(read: Extraction):
    code = (
        "import json, sys; from kg.stages.rules import extract; from kg.records.standoff import standoff; "
        "from kg.text.article import Article; text = sys.stdin.read(); "
        "extract(Article('Ann Lee said no. ' * 30)); print(json.dumps(standoff(extract(Article(text)))))"
    )
    answers = []
    for seed in ("1", "2"):
        done = subprocess.run(
            [sys.executable, "-c", code], input=NEWS, capture_output=True, text=True, check=True,
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(sys.path)},
        )  # fmt: skip
        answers.append(done.stdout)
    assert answers[0] == answers[1]
    assert statements(extract(Article(NEWS))) == statements(read)


def test_a_text_without_words_and_one_without_speech_say_nothing():
    pytest.importorskip("onnxruntime")
    for text in ("", "\n\n", "— … “”", "12 34"):
        assert extract(Article(text)).attributions == ()


def test_fast_reads_by_the_grammar_alone():
    found = extract(Article(NEWS), fast=True)
    assert found.extractor == "rules, grammar"
    assert found.problems == ()
    assert len(found.attributions) >= 3


@pytest.mark.parametrize("harm", ["absent", "broken", "no runtime"])
def test_without_weights_or_runtime_the_others_read_and_one_line_says_why(harm: str, tmp_path: Path, monkeypatch):
    if harm != "no runtime":
        pytest.importorskip("onnxruntime")
    if harm == "absent":
        monkeypatch.setattr(weights, "GRAPH", "data/models/nowhere.onnx")
    elif harm == "broken":
        for name in ("GRAPH", "ARRAYS"):
            path = tmp_path / name
            path.write_bytes(b"broken")
            monkeypatch.setattr(weights, name, str(path))
    else:
        monkeypatch.setitem(sys.modules, "onnxruntime", None)
        weights.load.cache_clear()
    default_bench.cache_clear()
    try:
        found = extract(Article(NEWS))
        assert found.extractor == "rules, grammar"
        if harm == "no runtime":  # an extra that is not installed is no problem
            assert found.problems == ()
        else:
            (problem,) = found.problems
            assert problem == readers().problem
            assert problem.endswith("the grammar reads alone")
            assert "\n" not in problem
        assert found.attributions == extract(Article(NEWS), fast=True).attributions
    finally:
        default_bench.cache_clear()
        weights.load.cache_clear()


def test_kg_extract_takes_fast():
    assert kg.extract(Article(NEWS), fast=True).extractor == "rules, grammar"
