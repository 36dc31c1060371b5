"""The fast way through a spaCy pipeline finds what the plain one finds."""

import pytest
import spacy
from spacy.language import Language

from kg.resources import resource
from kg.text.article import Article
from kg.text.document import default_model, from_doc, load, parse
from kg.text.parser import TOGETHER, _blas, _forms, _one_thread, analyses, read_doc
from kg.text.wordforms import Forms

pytestmark = pytest.mark.model

ODD = [
    "Let's go, he said, and they ain't gonna stop; I got ta leave.",
    "There is no doubt that there's one. It was him, not me, who'd seen y'all doin' nothin'.",
    "She did it, didn't she? He has had what others have: do they do what you don't?",
    "But that, which the ministry can't deny, was but one of those.",
    "C'm on,  said  Ada ,  once and then .",
    "\u00a0 a",
    "",
    "Sixty-two mice, oxen and geese were better fed than the worst-paid women.",
]


def plain(texts: list[str]) -> list[list[tuple[object, ...]]]:
    """What spaCy finds, a text at a time."""
    nlp = load(default_model())
    return [
        [
            (
                t.text,
                t.lower_,
                t.lemma_,
                t.pos_,
                t.tag_,
                t.dep_,
                t.head.i,
                t.idx,
                t.is_sent_start,
                t.ent_type_,
                t.ent_iob_,
            )
            for t in doc
            if not t.is_space
        ]
        for doc in nlp.pipe(texts)
    ]


def fast(texts: list[str]) -> list[list[tuple[object, ...]]]:
    return [
        [
            (form.text, form.lower, form.lemma, form.pos, form.tag, form.dep, *row)
            for form, *row in zip(a.forms, a.heads, a.offsets, a.starts, a.entities, a.iobs, strict=True)
            if not form.space
        ]
        for a in analyses(default_model(), texts)
    ]


def test_it_finds_what_the_plain_pipeline_finds() -> None:
    bundled = [
        p for f in sorted(resource("data/articles").glob("*.txt")) for p in f.read_text("utf-8").split("\n") if p
    ]
    texts = [*ODD, *bundled]
    assert fast(texts) == plain(texts)


def test_texts_longer_than_a_batch_are_all_read_in_order() -> None:
    texts = ["Ada Brown said so on Friday. " * (TOGETHER // 40)] * 3 + ["The end."]
    found = fast(texts)
    assert found[0] == found[1] == found[2]
    assert [row[0] for row in found[3]] == ["The", "end", "."]


def test_default_pipelines_have_a_table_and_others_go_without(monkeypatch: pytest.MonkeyPatch) -> None:
    nlp = load(default_model())
    assert _forms(nlp) is not None
    assert _forms(spacy.blank("en")) is None
    with nlp.select_pipes(disable=["lemmatizer"]):
        assert _forms(nlp) is None


@pytest.mark.parametrize("pattern", [{"SHAPE": "dd"}, {"LOWER": "a", "OP": "?"}, {"LOWER": {"FUZZY": "a"}}])
def test_a_ruler_with_patterns_of_another_kind_is_left_to_spacy(pattern: dict[str, object]) -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("attribute_ruler").add([[pattern]], {"POS": "X"})  # type: ignore[attr-defined]
    nlp.add_pipe("lemmatizer")
    with pytest.raises(ValueError, match="pattern"):
        Forms(nlp)


def test_later_patterns_win_and_rows_of_tokens_count() -> None:
    nlp: Language = spacy.blank("en")
    ruler = nlp.add_pipe("attribute_ruler")
    ruler.add([[{"LOWER": "tea"}]], {"POS": "NOUN", "LEMMA": "tea"})  # type: ignore[attr-defined]
    ruler.add([[{"LOWER": "high"}, {"LOWER": {"REGEX": "^te"}}]], {"LEMMA": "meal"}, index=-1)  # type: ignore[attr-defined]
    ruler.add([[{"LOWER": {"NOT_IN": ["tea"]}}]], {"POS": "ADJ", "LEMMA": "other"})  # type: ignore[attr-defined]
    doc = nlp("Tea, high tea")
    nlp.add_pipe("lemmatizer")
    found = read_doc(nlp.make_doc(doc.text), Forms(nlp)).forms
    assert [(f.lemma, f.pos) for f in found] == [(t.lemma_, t.pos_) for t in doc]
    assert [f.lemma for f in found] == ["tea", "other", "other", "meal"]


def test_somebody_elses_doc_gives_the_same_tokens() -> None:
    text = "Ada Brown said it was over, but Bo Green denied that."
    assert from_doc(load(default_model())(text)).tokens == parse(Article(text)).tokens


def test_numpy_has_its_threads_back() -> None:
    blas = _blas()
    if blas is None:
        pytest.skip("numpy brings another library than OpenBLAS")
    before = blas.get()
    with _one_thread(blas):
        assert blas.get() == 1
    assert blas.get() == before
