"""The encoder's words, windows, labels and files, without weights; nothing here needs onnxruntime unless it says so."""

from __future__ import annotations

import importlib.util
from itertools import pairwise, product
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import WeightsError
from kg.stages.attribution.encoder.decoding import LABELS, EncoderReading, read_window, runs, steps, viterbi
from kg.stages.attribution.encoder.encoder_weights import load, save
from kg.stages.attribution.encoder.pointing import POINTER, breaks, point
from kg.stages.attribution.encoder.windows import AFTER, BEFORE, LIMIT, Window, inputs, windows
from kg.stages.attribution.encoder.words import CLS, FEATURES, SEP, UNKNOWN, Vocabulary, words_of
from kg.text.article import Article

PIECES = ["[PAD]", "the", "harbour", "har", "##bour", "##s", "said", '"', "a", "##b", "l", "##p", "##l", "e", "cafe"]
VOCABULARY = Vocabulary(PIECES)
RUNTIME = importlib.util.find_spec("onnxruntime") is not None
TEXT = "Port closes\n\n“No ship sails,” said Ann Lee.\n'Not one' the crew added."


def words(text: str = TEXT):
    return words_of(Article(text), VOCABULARY)


# ---------------------------------------------------------------- words


@pytest.mark.parametrize(
    ("word", "pieces"),
    [
        ("harbour", (2,)),  # the longest piece first, though "har" + "##bour" would do
        ("HARBOURS", (2, 5)),
        ("harbours", (2, 5)),
        ("''", (7,)),
        ("café", (14,)),
        ("zebra", (UNKNOWN,)),
    ],
)
def test_words_are_spelt_with_the_longest_pieces(word, pieces):
    assert VOCABULARY.spell(word) == pieces


def test_words_know_case_quotation_marks_and_blocks():
    found = words()
    kinds = {found.form(i): found.features[i] - 1 for i in range(len(found))}
    assert kinds["Port"] == 1 + 8  # capital, outside marks, in a headline
    assert kinds["sails"] == 0 + 4
    assert kinds["Ann"] == 1
    assert kinds["one"] == 0 + 4  # in single marks
    assert kinds["crew"] == 0
    assert [found.blocks[i] for i in range(len(found)) if found.form(i) in ("closes", "ship", "crew")] == [0, 1, 2]


@given(st.text(alphabet="ab “”\"'‘’\n.,:L", max_size=300))
def test_every_word_quotes_its_text_and_every_feature_is_one(text):
    found = words(text)
    assert "".join(found.form(i) for i in range(len(found))) == "".join(text.split())
    assert all(0 < f < FEATURES for f in found.features)
    assert list(found.blocks) == sorted(found.blocks)


def test_words_touched_by_spans():
    found = words()
    start = TEXT.index("Ann Lee")
    assert [found.form(i) for i in found.touched([(start, start + 7), (start + 1, start + 2)])] == ["Ann", "Lee"]


# ---------------------------------------------------------------- windows


@given(st.lists(st.integers(1, 260), max_size=9), st.integers(0, 3))
def test_windows_look_at_every_word_once_and_fit_the_encoder(sizes, stop):
    text = "\n\n".join(" ".join("a." if stop and n % (7 * stop) == 0 else "lp" for n in range(size)) for size in sizes)
    found = words(text)
    looked = [i for window in windows(found) for i in range(window.first, window.last)]
    assert looked == list(range(len(found)))
    for window in windows(found):
        ids, features, first = inputs(found, window)
        assert len(ids) == len(features) <= 512
        assert ids[0] == CLS
        assert ids[-1] == SEP
        assert len(first) == window.high - window.low
        assert sum(len(found.pieces[i]) for i in range(window.first, window.last)) <= LIMIT + 3
        assert sum(len(found.pieces[i]) for i in range(window.low, window.first)) <= BEFORE
        assert sum(len(found.pieces[i]) for i in range(window.last, window.high)) <= AFTER


def test_an_endless_word_is_cut_and_a_long_paragraph_ends_at_a_sentence():
    assert len(VOCABULARY.spell("l" * 5000)) <= 48
    found = words("lp " * 90 + "a. " + "lp " * 150)
    first = next(iter(windows(found)))
    assert found.form(first.last - 1) == "."


# ---------------------------------------------------------------- labels


def test_viterbi_finds_what_trying_all_labellings_finds():
    random = np.random.default_rng(3)
    for size in (1, 2, 5):
        scores = random.normal(size=(size, 4)).astype(np.float32)
        transitions, edge = random.normal(size=(4, 4)).astype(np.float32), random.normal(size=4).astype(np.float32)

        def total(path, scores=scores, transitions=transitions, edge=edge):
            moves = sum(transitions[a, b] for a, b in pairwise(path))
            return edge[path[0]] + sum(scores[i, k] for i, k in enumerate(path)) + moves

        best = max(product(range(4), repeat=size), key=total)
        assert tuple(viterbi(scores, transitions, edge)) == best


def test_steps_of_distance_are_exact_near_and_coarse_far():
    found = steps(np.array([-500, -5, -4, -1, 0, 1, 4, 5, 6, 500]))
    assert found.tolist() == [0, 11, 11, 14, 15, 16, 19, 19, 20, 30]


def heads(middle: int = 2) -> dict[str, np.ndarray]:
    return {
        "distance": np.zeros((31, middle), np.float32), "paragraph": np.zeros((5, middle), np.float32),
        "out": np.zeros((4, middle), np.float32), "bias": np.zeros(4, np.float32),
        "transitions": np.zeros((4, 4), np.float32), "edge": np.zeros(4, np.float32),
    }  # fmt: skip


def outputs(labels: list[int], cues: dict[int, tuple[float, float]], middle: int = 2) -> list[np.ndarray]:
    """What a graph would give for words that shall get these labels: one row of cross scores a label."""
    size = len(labels)
    cue = np.full((1, size, 2), -6.0, np.float32)
    for i, scores in cues.items():
        cue[0, i] = scores
    word, anchor = np.zeros((1, size, middle + 4 * 48), np.float32), np.zeros((1, size, middle + 4 * 48), np.float32)
    for i, label in enumerate(labels):
        word[0, i, middle + label * 48] = 50.0
    anchor[0, :, middle::48] = 1.0
    return [cue, word, anchor]


def test_a_likely_cue_is_read_with_the_words_that_its_labels_give_it():
    found = words("Ann Lee said no ship sails")
    window = Window(0, 6, 0, 6)
    (reading,) = read_window(found, window, outputs([1, 1, 2, 3, 3, 3], {2: (2.0, 3.0)}), heads())
    assert (reading.anchor, reading.source, reading.cue, reading.content) == (2, (0, 1), (2,), (3, 4, 5))
    assert (reading.attribution, reading.statement) == (0.8808, 0.9526)
    assert len(LABELS) == 4


def test_a_cue_outside_the_words_looked_at_and_one_without_content_are_not_read():
    found = words("Ann Lee said no ship sails")
    looked = outputs([1, 1, 2, 3, 3, 3], {2: (2.0, 3.0)})
    assert read_window(found, Window(0, 6, 3, 6), looked, heads()) == []
    assert read_window(found, Window(0, 6, 0, 6), outputs([1, 1, 2, 0, 0, 0], {2: (2.0, 3.0)}), heads()) == []


def test_runs_close_over_marks_and_drop_quotation_marks_at_their_ends():
    found = words("“No ship, none,” he said")
    spans = runs(found, [0, 1, 2, 4, 5])
    assert [" ".join(found.form(i) for i in range(a, b + 1)) for a, b in spans] == ["No ship , none"]


# ---------------------------------------------------------------- reference


def test_sentence_ends_between_a_mention_and_a_candidate_are_counted_to_both_sides():
    found = words("Ann came. Bo left. She saw Cy. He")
    forms = [found.form(i) for i in range(len(found))]
    she = forms.index("She")
    assert [breaks(found, she, (forms.index(n), forms.index(n))) for n in ("Ann", "Bo", "Cy")] == [6, 5, 4]


def test_pointing_prefers_the_candidate_that_the_arrays_score_higher_and_may_say_none():
    size = 8
    found = words("Ann saw Bo . She")
    vectors = np.zeros((len(found), size), np.float32)
    vectors[0, 0] = vectors[4, 0] = 1.0
    arrays = {
        "distance": np.zeros((31, 2)), "breaks": np.zeros((9, 1)), "in": np.zeros((1, 4 * size + 3)),
        "in_bias": np.zeros(1), "out": np.ones((1, 1)), "out_bias": np.zeros(1),
        "none": np.zeros((1, size)), "none_bias": np.zeros(1), "none_out": np.ones((1, 1)), "none_out_bias": np.full(1, 1.0),
    }  # fmt: skip
    arrays["in"][0, 2 * size] = 5.0  # the product of mention and name
    named = {f"pointer_{name}": arrays[name] for name in POINTER}
    assert point(found, vectors, 4, [(0, 0), (2, 2)], named).argmax() == 0
    assert point(found, vectors, 4, [(2, 2)], named).argmax() == 1
    assert point(found, vectors, 4, [], named).shape == (1,)


# ---------------------------------------------------------------- files


def test_without_onnxruntime_or_files_there_is_one_clear_line(tmp_path: Path):
    with pytest.raises(WeightsError) as error:
        load(tmp_path / "reader.onnx", tmp_path / "reader.npz")
    assert "\n" not in str(error.value)
    assert "the grammar reads alone" in str(error.value)


@pytest.mark.skipif(not RUNTIME, reason="onnxruntime is not installed")
@pytest.mark.parametrize("harm", ["graph", "arrays", "cut", "format"])
def test_broken_exchanged_and_foreign_files_are_refused_in_one_line(tmp_path: Path, harm: str):
    graph, arrays = tmp_path / "reader.onnx", tmp_path / "reader.npz"
    graph.write_bytes(b"not a graph")
    save(arrays, graph, PIECES, heads(), {})
    if harm == "graph":
        graph.write_bytes(b"another graph")
    if harm == "arrays":
        arrays.write_bytes(b"PK\x03\x04 and nothing else")
    if harm == "cut":
        arrays.write_bytes(arrays.read_bytes()[:200])
    with pytest.raises(WeightsError) as error:
        load(graph, arrays)
    assert "no weights that this version can use" in str(error.value)
    assert "\n" not in str(error.value)


def test_the_same_arrays_give_the_same_bytes(tmp_path: Path):
    graph = tmp_path / "reader.onnx"
    graph.write_bytes(b"x")
    for name in ("a.npz", "b.npz"):
        save(tmp_path / name, graph, PIECES, heads(), {"b": 1, "a": 2})
    assert (tmp_path / "a.npz").read_bytes() == (tmp_path / "b.npz").read_bytes()


def test_readings_are_plain_records():
    reading = EncoderReading(1, 0.5, 0.6, (0,), (1,), (2,), 1.0)
    assert hash(reading) == hash(EncoderReading(1, 0.5, 0.6, (0,), (1,), (2,), 1.0))
