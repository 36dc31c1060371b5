"""The trained labeller: its arithmetic against plain enumeration, its file, and what it reads in sentences of our own."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from itertools import pairwise, product
from pathlib import Path

import numpy as np
import pytest
from gold import cases

from kg.errors import ReadError
from kg.resources import resource
from kg.stages.attribution import find_attributions
from kg.stages.attribution.tagger import LEAST, WEIGHTS, Tagged, default_model, tag
from kg.stages.attribution.tagger.crf import best, marginals
from kg.stages.attribution.tagger.model import load, save
from kg.stages.attribution.tagger.role_features import features_of, traits
from kg.stages.attribution.tagger.scene import scene
from kg.stages.attribution.tagger.scene_units import units
from kg.stages.forest import LEAF, Forest
from kg.text.article import Span
from kg.text.document import Document

CASES = cases("data/gold/tagger.jsonl")


def tagged(document: Document, least: float = LEAST) -> tuple[Tagged, ...]:
    model = default_model()
    assert model is not None
    return tag(document, model, least)


def quoted(document: Document, spans: tuple[Span, ...]) -> str:
    return " … ".join(document.article.quote(span) for span in spans)


# ---------------------------------------------------------------- arithmetic


def chain(steps: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    return rng.normal(size=(steps, 4)).astype(np.float32), rng.normal(size=(4, 4)).astype(np.float32)


def enumerated(states: np.ndarray, transitions: np.ndarray) -> dict[tuple[int, ...], float]:
    scores = {}
    for labels in product(range(4), repeat=len(states)):
        score = sum(float(states[t, k]) for t, k in enumerate(labels))
        scores[labels] = score + sum(float(transitions[a, b]) for a, b in pairwise(labels))
    total = np.logaddexp.reduce(list(scores.values()))
    return {labels: score - float(total) for labels, score in scores.items()}


def test_marginals_are_those_of_all_labellings_added_up():
    (short, transitions), (long, _) = chain(3, 1), chain(5, 2)
    found, _ = marginals([short, long], transitions)
    for states, got in zip((short, long), found, strict=True):
        wanted = np.zeros_like(states)
        for labels, log_probability in enumerated(states, transitions).items():
            for t, k in enumerate(labels):
                wanted[t, k] += np.exp(log_probability)
        assert got == pytest.approx(wanted, abs=1e-5)


def test_the_likeliest_labellings_come_first_with_their_probabilities():
    states, transitions = chain(5, 3)
    (probability,), (total,) = marginals([states], transitions)
    wanted = sorted(enumerated(states, transitions).items(), key=lambda item: -item[1])
    found = best(states, transitions, probability, total, 40, 0.0)
    assert found[0].labels == wanted[0][0]
    assert [f.log_probability for f in found[:3]] == pytest.approx([p for _, p in wanted[:3]], abs=1e-4)


def test_nothing_to_label_gives_nothing():
    assert marginals([], np.zeros((4, 4), np.float32)) == ([], [])


def stump() -> Forest:
    """One tree: the second number at most 0.5 votes -2, over it 2."""
    return Forest(
        np.array([1, LEAF, LEAF], np.int16),
        np.array([0.5, 0, 0]),
        np.array([1, 0, 0], np.int32),
        np.array([2, 0, 0], np.int32),
        np.array([0, -2, 2], np.float32),
        np.array([0], np.int32),
        0.0,
    )


def test_a_tree_sends_rows_left_up_to_its_threshold():
    rows = np.array([[9, 0.5], [9, 0.6]], np.float32)
    assert stump().probabilities(rows) == pytest.approx([1 / (1 + np.exp(2)), 1 / (1 + np.exp(-2))])
    assert stump().probabilities(np.zeros((0, 2), np.float32)).shape == (0,)


@pytest.mark.model
def test_a_unit_scores_the_weights_of_the_features_it_has(document):
    model = default_model()
    assert model is not None
    found = scene(document("“We won,” the mayor said on Monday, adding that nobody had hoped so. “Very close.”"))
    cues = {t.i: 0.5 for t in found.document.tokens if t.lower in ("said", "adding")}
    known = [traits(found, i, units(found, i), sorted(cues), cues) for i in sorted(cues)]
    row = {name: n for n, name in enumerate(model.roles.names)}
    wanted = [
        sum(model.roles.weights[row[f]].astype(float) for f in features if f in row)
        for cue, around in known
        for features in features_of(cue, around)
    ]
    assert len(wanted) > 10
    assert model.roles.scores(known) == pytest.approx(np.array(wanted), abs=1e-6)
    assert model.roles.scores([]).shape == (0, 4)


# ---------------------------------------------------------------- the file


def test_the_weights_are_small_quick_to_load_and_hold_no_pickle():
    path = resource(WEIGHTS)
    assert path.stat().st_size < 5_000_000
    load.cache_clear()
    start = time.process_time()
    load(path)
    assert time.process_time() - start < 0.5
    with np.load(path, allow_pickle=False) as arrays:
        assert not any(arrays[name].dtype.hasobject for name in arrays.files)


def test_a_model_written_and_read_is_the_same_and_so_are_its_bytes(tmp_path):
    model = load(resource(WEIGHTS))
    save(model, tmp_path / "a.npz")
    again = load(tmp_path / "a.npz")
    assert (again.cues, again.ratios, again.card) == (model.cues, model.ratios, model.card)
    assert again.roles.names == model.roles.names
    assert np.array_equal(again.roles.weights, model.roles.weights)
    save(again, tmp_path / "b.npz")
    assert (tmp_path / "a.npz").read_bytes() == (tmp_path / "b.npz").read_bytes()


@pytest.mark.parametrize("content", [b"", b"PK no archive", b"\x80\x04N."])
def test_a_file_that_holds_no_weights_is_refused(tmp_path, content):
    path = tmp_path / "bad.npz"
    path.write_bytes(content)
    with pytest.raises(ReadError, match=r"kg\.training"):
        load(path)


def test_the_card_says_what_a_reader_must_know():
    card = (resource(WEIGHTS).parent / "README.md").read_text(encoding="utf-8")
    assert "carries none" in card and "Reliability" in card
    held_out = load(resource(WEIGHTS)).card["held_out"]
    assert f"{held_out['f1']}" in card


# ---------------------------------------------------------------- reading


@pytest.mark.model
def test_units_hold_every_other_word_of_the_cues_sentence_once(document):
    parsed = document(
        "“We won,” the mayor of Springfield said on Monday, adding that nobody, not even her aides, had hoped so.\n\n"
        "“It was close,” she went on. “Very close.”"
    )
    found = scene(parsed)
    for token in parsed.tokens:
        if token.pos == "VERB":
            held = [i for unit in units(found, token.i) if unit.away == 0 for i in range(unit.first, unit.last)]
            sentence = parsed.sentences[token.sentence]
            assert sorted(held) == [i for i in range(sentence.start, sentence.end) if i != token.i]


def test_cases_are_there():
    assert len(CASES) >= 25


@pytest.mark.model
@pytest.mark.parametrize("case", CASES)
def test_a_sentence_of_our_own(document, case):
    parsed = document(case["text"])
    found = find_attributions(parsed)
    assert [[quoted(parsed, a.source), quoted(parsed, a.content)] for a in found] == case["attributions"]


@pytest.mark.model
def test_confidence_is_a_probability_and_filters(document):
    parsed = document(
        "The minister said taxes would fall. Critics doubt it. According to the bank, growth slowed. He likes tea."
    )
    everything = tagged(parsed, 0.0)
    assert all(0 <= t.confidence <= 1 for t in everything)
    assert set(tagged(parsed, 0.8)) <= set(tagged(parsed, LEAST)) <= set(everything)
    assert [parsed[t.head].lower for t in tagged(parsed, 0.8)] == ["said"]


@pytest.mark.model
@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n\n",
        '"' * 20_000,
        "said " * 3_000,
        "he said she said " * 1_000,
        "“" + '‘a’ "b" ”“ ' * 2_000,
        ": : :\n:" * 500,
    ],
    ids=["empty", "blank", "marks", "said", "he-said", "unbalanced", "colons"],
)
def test_odd_text_is_read_without_a_crash(document, text):
    assert all(0 <= t.confidence <= 1 for t in tagged(document(text)))


@pytest.mark.model
def test_time_grows_with_the_text_and_not_faster(document):
    paragraph = "“We will go,” the captain said. The owner, who denied it, told reporters that he knew nothing.\n\n"

    def seconds(times: int) -> float:
        parsed = document(paragraph * times)
        start = time.process_time()
        tagged(parsed)
        return time.process_time() - start

    seconds(5)
    assert seconds(400) < 16 * seconds(50) + 0.5


@pytest.mark.model
def test_the_same_text_is_read_alike_whatever_the_hash_seed():
    code = (
        "from kg.text.article import Article; from kg.text.document import parse; from kg.stages.attribution import find_attributions;"
        "print(find_attributions(parse(Article('The mayor said that he would not go, and she urged him to stay.'))))"
    )
    root = Path(__file__).resolve().parents[1]
    runs = [
        subprocess.run(
            [sys.executable, "-c", code],
            cwd=root,
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    ]
    assert runs[0] == runs[1]
    assert b"Attribution" in runs[0]
