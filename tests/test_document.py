from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.errors import ModelMissing
from kg.text.article import Article
from kg.text.document import LONGEST_RUN, Document, load, parse

pytestmark = pytest.mark.model

pieces = st.sampled_from(
    [
        "Ada said so.",
        "“No,” said Bo",
        " ",
        "\n\n",
        "\r\n",
        "é",
        "😀",
        "Dept.Stuart Jones,said",
        "(" * 450,
        "a\u2028b",
        "x.com",
        "\t",
        "…",
    ]
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(pieces, max_size=12).map("".join))
def test_every_token_quotes_the_text(text: str) -> None:
    document = parse(Article(text))
    assert [text[t.start : t.end] for t in document.tokens] == [t.text for t in document.tokens]
    assert [t.i for t in document.tokens] == list(range(len(document)))
    covered = [i for s in document.sentences for i in range(s.start, s.end)]
    assert covered == list(range(len(document)))
    assert all(t.dep == "ROOT" for t in document.tokens if t.head == t.i)
    for s in document.sentences:
        assert {t.block for t in document.tokens[s.start : s.end]} == {s.block}


def test_sentences_glued_together_are_split_and_no_offset_moves(document: Callable[..., Document]) -> None:
    text = "The camp was shut, according to the Interior Ministry.Ada Brown, its spokeswoman,said, “It is over.”Nobody was hurt."
    found = document(text)
    assert [found.words(s.start, s.end) for s in found.sentences] == [
        "The camp was shut, according to the Interior Ministry.",
        "Ada Brown, its spokeswoman,said, “It is over.”",
        "Nobody was hurt.",
    ]


def test_a_headline_does_not_run_into_the_body(document: Callable[..., Document]) -> None:
    found = document("Ministry denies deaths at camp\nThe minister spoke on Friday.")
    assert [s.block for s in found.sentences] == [0, 1]


def test_web_addresses_stay_whole(document: Callable[..., Document]) -> None:
    assert "example.com/News" in [t.text for t in document("He wrote to example.com/News today.").tokens]


def test_a_run_without_white_space_is_cut_before_the_tokenizer(document: Callable[..., Document]) -> None:
    found = document("(" * (3 * LONGEST_RUN))
    assert sum(t.end - t.start for t in found.tokens) == 3 * LONGEST_RUN


def test_a_long_run_of_blanks_is_no_token(document: Callable[..., Document]) -> None:
    assert [t.text for t in document("a" + " " * 30_000 + "b").tokens] == ["a", "b"]


def test_no_text_is_no_token(document: Callable[..., Document]) -> None:
    assert len(document("")) == 0


def test_a_pipeline_that_is_not_there_is_named() -> None:
    with pytest.raises(ModelMissing, match="no_such_pipeline"):
        load("no_such_pipeline")


@pytest.mark.parametrize(
    "text",
    [
        "Up to 50 detainees a day were being hanged there, he said.",
        "“Why did they leave?” she asked.",
        "“Nobody knows,” said Ada Brown.",
    ],
)
def test_what_is_said_and_who_says_it_are_one_sentence_and_one_tree(
    document: Callable[..., Document], text: str
) -> None:
    found = document(f"The report came out on Friday. {text}")
    assert len(found.sentences) == 2
    last = found.sentences[1]
    assert [t.lemma for t in found.tokens[last.start : last.end] if t.head == t.i] in (["say"], ["ask"])
