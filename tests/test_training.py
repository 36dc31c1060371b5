"""Training of the labeller: PolNeAR's files as they are laid out, gold as tokens, and weights from a toy corpus."""

from __future__ import annotations

import subprocess
import sys

import pytest

from kg.errors import ReadError
from kg.stages.attribution.tagger import tag
from kg.stages.attribution.tagger.model import load, save
from kg.text.article import Span
from kg.text.document import Document
from kg.training.corpus import Ratios, stories
from kg.training.polnear import align, read_split

TEXT = "The mayor said she would go.\r\nNobody was skeptical of it."
BRAT = (
    "T1\tSource 0 9\tThe mayor\nT2\tCue 10 14\tsaid\nT3\tContent 15 27\tshe would go\n"
    "T4\tSource 30 36\tNobody\nT5\tCue 37 52\twas skeptical of\nT6\tContent 54 56;56 57\tit .\n"
    "E1\tAttribution:T2 Source:T1 Cue:T2 Content:T3\nE2\tAttribution:T5 Source1:T4 Cue:T5 Content:T6\n"
    "E3\tAttribution:T9 Source:T1\nA1\tnote E1\n"
)


@pytest.fixture
def polnear(tmp_path):
    for folder in ("text", "attributions"):
        (tmp_path / "data" / "train" / folder).mkdir(parents=True)
    (tmp_path / "data/train/text/a_story.txt").write_bytes(TEXT.encode())
    (tmp_path / "data/train/attributions/a_story_x1.ann").write_text(BRAT)
    (tmp_path / "data/train/attributions/a_story_x2.ann").write_text("")
    return tmp_path


def test_an_article_is_read_with_the_first_annotators_attributions(polnear):
    ((name, text, attributions),) = read_split(polnear, "train")
    assert (name, text) == ("a_story", TEXT)
    assert [a["source"] for a in attributions] == [(Span(0, 9),), (Span(30, 36),)]
    assert attributions[1]["content"] == (Span(54, 56), Span(56, 57))


def test_a_folder_that_is_no_polnear_is_refused(tmp_path):
    with pytest.raises(ReadError, match=r"attributions"):
        list(read_split(tmp_path, "train"))


@pytest.mark.model
def test_gold_is_aligned_to_tokens_and_a_copula_yields_to_its_adjective(document, polnear):
    ((_, text, attributions),) = read_split(polnear, "train")
    parsed = document(text)
    first, second = align(parsed, attributions)
    assert [parsed[i].text for i in first.content] == ["she", "would", "go"]
    assert parsed[first.head].text == "said"
    assert parsed[second.head].text == "skeptical"


SAYING = ("said", "claimed", "argued")
SIZE = 240
DOING = ("opened", "crossed", "painted")


def toy(parse) -> tuple[dict[str, Document], dict[str, list]]:
    """Small articles in which three verbs report and three do not; in one of eight nobody annotated it."""
    documents, gold = {}, {}
    for n in range(SIZE):
        who, verb, other = f"The {('mayor', 'judge', 'baker')[n % 3]}", SAYING[n // 3 % 3], DOING[n % 3]
        what = f"the {('road', 'bridge')[n % 2]} was {('wet', 'old', 'steep')[n // 6 % 3]}"
        text = f"{who} {verb} {what}. {who} {other} the case."
        documents[f"d{n:03}"] = parsed = parse(text)
        start = len(who) + 1
        spans = {
            "source": (Span(0, len(who)),),
            "cue": (Span(start, start + len(verb)),),
            "content": (Span(start + len(verb) + 1, start + len(verb) + 1 + len(what)),),
        }
        gold[f"d{n:03}"] = align(parsed, [spans] if n % 8 else [])
    return documents, gold


@pytest.mark.model
def test_an_article_does_not_count_its_own_cues(document):
    documents, gold = toy(document)
    told = stories(documents, gold)
    ratios = Ratios(told)
    story = next(s for s in told if s.gold and s.scene.lemmas[s.gold[0].head] == "say")
    seen = sum("say" in s.scene.lemmas for s in told)
    cues = sum("say" in s.scene.lemmas and bool(s.gold) for s in told)
    assert ratios.ratio(story, story.gold[0].head) == pytest.approx((cues - 1 + 0.2) / (seen - 1 + 4))
    assert ratios.table()["say/VERB"] == pytest.approx((cues + 0.2) / (seen + 4), abs=1e-4)
    assert ratios.table()["open/VERB"] < 0.02


@pytest.mark.model
def test_weights_learnt_from_a_toy_corpus_read_a_new_sentence_and_are_the_same_each_time(document, tmp_path):
    pytest.importorskip("sklearn", reason="the extra `train` is not installed")
    pytest.importorskip("pycrfsuite", reason="the extra `train` is not installed")
    from kg.training.train import train

    documents, gold = toy(document)
    for name in ("a.npz", "b.npz"):
        save(train(documents, gold, {"date": None}), tmp_path / name)
    assert (tmp_path / "a.npz").read_bytes() == (tmp_path / "b.npz").read_bytes()
    parsed = document("The baker argued the road was old. The judge painted the case.")
    found = tag(parsed, load(tmp_path / "a.npz"))
    assert [(parsed[t.head].text, parsed.words(t.content[0], t.content[-1] + 1)) for t in found] == [
        ("argued", "the road was old")
    ]


def test_reading_needs_no_training_library():
    code = "import sys, kg.stages.attribution.tagger; print(sorted(m for m in sys.modules if m in ('sklearn', 'pycrfsuite', 'scipy')))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    assert run.stdout.strip() == "[]"
