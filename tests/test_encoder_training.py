"""What the encoder learns from: corpora, typography varied by program, hidden names, lessons; and that it learns at all."""

from __future__ import annotations

import json
import re
from pathlib import Path
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import ReadError
from kg.stages.attribution.encoder.windows import Window
from kg.stages.attribution.encoder.words import Vocabulary, words_of
from kg.text.article import Article
from kg.training.encoder.encoder_corpora import newsmix
from kg.training.encoder.hidden import hide
from kg.training.encoder.lessons import UNSURE, CueRatios, batches, lessons, read
from kg.training.encoder.reference_questions import gap, gum
from kg.training.encoder.variants import STYLES, Marked, ToldWay, edited, varied
from kg.training.folds import FOLDS, fold_of

VOCABULARY = Vocabulary(
    ["[PAD]", "he", "she", *"abcdefghijklmnopqrstuvwxyz", *(f"##{c}" for c in "abcdefghijklmnopqrstuvwxyz")]
)
TEXT = "Port closes\n\n“No ship sails today,” Ann Lee said.\n\nBo Ray said the “long” talks had failed, “and won’t resume.”\n"


def at(text: str, *words: str) -> tuple[tuple[int, int], ...]:
    return tuple((text.index(w), text.index(w) + len(w)) for w in words)


def told(text: str = TEXT) -> ToldWay:
    return ToldWay(
        "port",
        text,
        (
            Marked(at(text, "Ann Lee"), ((text.index(" said.") + 1, text.index(" said.") + 5),), at(text, "“No ship sails today,”")),
            Marked(at(text, "Bo Ray"), ((text.index(" said the") + 1, text.index(" said the") + 5),),
                   at(text, "the “long” talks had failed, “and won’t resume.”")),
        ),
    )  # fmt: skip


def bare(text: str) -> str:
    return re.sub(r"[^A-Za-z]+", " ", text).strip().lower()


# ---------------------------------------------------------------- variants


@given(st.integers(0, 400))
def test_typography_changes_and_the_annotated_words_stay(seed):
    before = told()
    after = varied(before, Random(seed))
    assert len(after.marked) == len(before.marked)
    for old, new in zip(before.marked, after.marked, strict=True):
        for role in ("source", "content"):
            was = " ".join(before.text[s:e] for s, e in getattr(old, role))
            now = " ".join(after.text[s:e] for s, e in getattr(new, role))
            assert bare(now) == bare(was)
        assert new.cue


def test_all_styles_and_layouts_come_up():
    texts = [varied(told(), Random(seed)).text for seed in range(400)]
    for opening, closing in STYLES[2:6]:
        assert any(f"{opening}No ship sails today,{closing}" in text for text in texts)
    assert any(re.search(r"^ANN LEE: No ship sails today$", text, re.M) for text in texts)
    assert any(re.search(r"“No ship sails today” — Ann Lee$", text, re.M) for text in texts)
    assert any("No ship sails today, Ann Lee said" in text or "“No ship sails today, Ann" in text for text in texts)


def test_edits_move_every_span():
    before = ToldWay("x", "ab cd ef", (Marked(((0, 2),), ((3, 5),), ((6, 8),)),))
    after = edited(before, [(2, 3, "---"), (5, 6, "")])
    assert after.text == "ab---cdef"
    assert after.marked == (Marked(((0, 2),), ((5, 7),), ((7, 9),)),)


# ---------------------------------------------------------------- corpora


def test_newsmix_is_read_with_marks_and_that_and_without_what_has_no_cue(tmp_path: Path):
    text = "Ann Lee said that “no ship sails”, and left. “Never.”"
    span = lambda w: {"span": [text.index(w), text.index(w) + len(w)], "text": w}  # noqa: E731
    gold = {"entities": [], "statements": [
        {"said_by": span("Ann Lee"), "cue": span("said"), "content": [span("no ship sails")], "source": []},
        {"said_by": None, "cue": None, "content": [span("Never.")], "source": []},
    ]}  # fmt: skip
    for folder in ("text", "gold"):
        (tmp_path / folder).mkdir()
    (tmp_path / "text" / "a.txt").write_text(text, encoding="utf-8")
    (tmp_path / "gold" / "a.json").write_text(json.dumps(gold), encoding="utf-8")
    (article,) = newsmix(tmp_path)
    ((source, cue, content),) = [(m.source, m.cue, m.content) for m in article.marked]
    quoted = [text[s:e] for s, e in (*source, *cue, *content)]
    assert quoted == ["Ann Lee", "said", "that “no ship sails”"] or quoted == ["Ann Lee", "said", "“no ship sails”"]
    with pytest.raises(ReadError, match="gold"):
        list(newsmix(tmp_path / "text"))


def test_a_row_of_gap_is_a_question(tmp_path: Path):
    text = "Bo Ray met Ann Lee and Cy Orr. Later she left."
    header = "ID Text Pronoun Pronoun-offset A A-offset A-coref B B-offset B-coref URL".split()
    row = [
        "development-1",
        text,
        "she",
        text.index("she"),
        "Bo Ray",
        0,
        "FALSE",
        "Ann Lee",
        text.index("Ann"),
        "TRUE",
        "u",
    ]
    path = tmp_path / "gap.tsv"
    path.write_text("\t".join(header) + "\n" + "\t".join(map(str, row)) + "\n", encoding="utf-8")
    (passage,) = gap(path, VOCABULARY)
    (question,) = passage.questions
    named = [passage.words.form(b) for _, b in question.candidates]
    assert passage.words.form(question.mention) == "she"
    assert (named, question.right) == (["Ray", "Lee", "Orr"], {1})


def test_gum_asks_what_pronouns_and_definite_nouns_mean(tmp_path: Path):
    rows = [
        ("Ann", "PROPN", 2, "nsubj", "(1-person-new-x-cf1-1-coref"), ("Lee", "PROPN", 1, "flat", "1)"),
        ("met", "VERB", 0, "root", "_"), ("the", "DET", 5, "det", "(2-person-new-x-cf1-2-coref"),
        ("mayor", "NOUN", 3, "obj", "2)"), ("and", "CCONJ", 7, "cc", "_"), ("she", "PRON", 8, "nsubj", "(1-person-giv-x-cf1-1-ana)"),
        ("left", "VERB", 3, "conj", "_"),
    ]  # fmt: skip
    lines = ["# newpar"]
    for n, (form, pos, head, relation, entity) in enumerate(rows, 1):
        misc = f"Entity={entity}" if entity != "_" else "_"
        lines.append("\t".join((str(n), form, form, pos, pos, "_", str(head), relation, "_", misc)))
    (tmp_path / "GUM_x.conllu").write_text("\n".join(lines) + "\n\n", encoding="utf-8")
    (passage,) = gum(tmp_path, VOCABULARY, Random(1))
    asked = {
        passage.words.form(q.mention): [(passage.words.form(q.candidates[k][1])) for k in q.right]
        for q in passage.questions
    }
    assert asked == {"mayor": [], "she": ["Lee"]}


def test_folds_go_by_name_and_are_of_like_size():
    counts = [sum(fold_of(f"article-{n}") == fold for n in range(1000)) for fold in range(FOLDS)]
    assert min(counts) > 150


# ---------------------------------------------------------------- lessons


def test_a_hidden_surname_is_asked_for_with_the_pronoun_that_fits():
    text = "Mary Hill met Tom Ray in Rome. Later Hill left the port. Then Ray said no."
    words = words_of(Article(text), VOCABULARY)
    shown, questions = hide(words, Window(0, len(words), 0, len(words)), VOCABULARY, Random(1))
    asked = {words.form(q.mention): [words.form(q.candidates[k][1]) for k in q.right] for q in questions}
    assert asked == {"Hill": ["Hill"], "Ray": ["Ray"]}
    pieces = {words.form(q.mention): shown.pieces[q.mention] for q in questions}
    assert pieces == {"Hill": VOCABULARY.spell("she"), "Ray": VOCABULARY.spell("he")}


def test_lessons_label_source_cue_and_content_around_each_anchor():
    article = told()
    words = read(article, VOCABULARY)
    (lesson,) = lessons(article, words, VOCABULARY, CueRatios([(words, article)]), Random(1), scheme=0, nested=False)[
        -1:
    ]
    by_label = []
    for asked in lesson.asked:
        assert asked.labels is not None
        start = len(words) - len(lesson.blocks)
        forms = [words.form(start + asked.low + i) for i, k in enumerate(asked.labels) if k == 1]
        by_label.append(forms)
    assert ["Bo", "Ray"] in by_label
    assert set(lesson.weights) == {1.0, UNSURE}
    assert all(
        w == 1.0
        for w in lessons(article, words, VOCABULARY, CueRatios([]), Random(1), scheme=1, nested=True)[0].weights
    )


def test_batches_hold_every_lesson_once():
    article = told()
    words = read(article, VOCABULARY)
    every = [
        x
        for seed in range(9)
        for x in lessons(article, words, VOCABULARY, CueRatios([]), Random(seed), scheme=0, nested=False)
    ]
    groups = batches(list(every), 4, Random(2))
    assert sorted(id(x) for g in groups for x in g) == sorted(map(id, every))
    assert max(map(len, groups)) <= 4


# ---------------------------------------------------------------- with torch


@pytest.mark.slow
def test_a_small_model_learns_its_lessons_and_the_numpy_labels_are_torchs():
    torch = pytest.importorskip("torch")
    pytest.importorskip("safetensors")
    from kg.stages.attribution.encoder.decoding import read_window, steps
    from kg.stages.attribution.encoder.windows import inputs, windows
    from kg.training.encoder import encoder_fit as fit
    from kg.training.encoder import export, pointer
    from kg.training.encoder import torch_model as model

    torch.manual_seed(1)
    reader, head = model.Reader(layers=1), pointer.PointerHead()
    article = told()
    words = read(article, VOCABULARY)
    ratios = CueRatios([(words, article)])

    def drawn(random: Random) -> list:
        return lessons(article, words, VOCABULARY, ratios, random, scheme=0, nested=False) * 8

    log = list(fit.fit(reader, head, drawn, epochs=12, size=4, rate=3e-4, seed=1))
    assert log[-1]["cue loss"] < log[0]["cue loss"] / 2
    assert log[-1]["label loss"] < log[0]["label loss"] / 2
    (window,) = windows(words)
    ids, features, first = inputs(words, window)
    with torch.no_grad():
        outputs = [x.numpy() for x in reader(*(torch.tensor(a)[None] for a in (ids, features, first)))]
    readings = read_window(words, window, outputs, export.small(reader))
    forms = {words.form(r.anchor): " ".join(words.form(i) for i in r.source) for r in readings if r.attribution > 0.5}
    assert forms == {"said": "Bo Ray"} or len([r for r in readings if r.attribution > 0.5]) == 2
    far = np.arange(-300, 300)
    assert model.steps(torch.tensor(far)).tolist() == steps(far).tolist()


def test_what_ships_is_read_back_to_the_byte(tmp_path: Path):
    pytest.importorskip("torch")
    pytest.importorskip("onnx")
    from kg.resources import resource
    from kg.stages.attribution.encoder.encoder_weights import ARRAYS, GRAPH, load
    from kg.training.encoder.export import export, small
    from kg.training.encoder.resumed import resumed

    reader, pointer = resumed(resource(GRAPH), resource(ARRAYS))
    export(reader, tmp_path / "again.onnx")
    assert (tmp_path / "again.onnx").read_bytes() == resource(GRAPH).read_bytes()
    shipped = load(resource(GRAPH), resource(ARRAYS)).arrays
    for name, part in {**small(reader), **pointer.arrays()}.items():
        assert np.array_equal(part, shipped[name]), name
