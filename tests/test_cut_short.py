"""An article may end anywhere: in the middle of a name, a quotation, a figure."""

from __future__ import annotations

import re

import pytest

import kg
from kg.text.article import Article

SENTENCES = (
    "Tom Hill studied at Ohio State.",
    "“We lost 1,200 of the 3,000 seats,” the Rowan County State's Attorney, Jo Marsh Jr., told reporters in March 2024.",
    "Profit fell 5.9% to $20.7 million from a year earlier, according to Ana Ortiz, who has led Norvik Ltd. since 2019.",
    "She is one of the twelve who were chosen in 2020 and said that there were half a dozen more at the start of May.",
    "He denied that between 30 and 40 people, two of them children, had been killed, a spokesman for the U.S. army said.",
)


@pytest.mark.parametrize("sentence", SENTENCES)
def test_text_that_ends_after_any_word_is_read(sentence: str) -> None:
    for end in (m.end() for m in re.finditer(r"\w+|[^\w\s]", sentence)):
        extraction = kg.extract(Article(sentence[:end]), fast=True)
        assert all(m.span.end <= end for entity in extraction.entities for m in entity.mentions)
