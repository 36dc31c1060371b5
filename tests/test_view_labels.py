"""What the view calls its title, its articles and what happened."""

from __future__ import annotations

from datetime import date

import pytest
from view_cases import PERSON, Reading, briefing, five

from kg.records.extraction import Extraction
from kg.view.data import view_data
from kg.view.wording import happened, labelled, title_of


def article(topic: str, publisher: str | None, day: date | None) -> Extraction:
    reading = Reading(f"Ada spoke of the {topic}.", publisher=publisher, published=day, title=f"On the {topic}")
    key = reading.said(reading.entity(PERSON, "Ada"), "Ada", "spoke of", f"the {topic}")
    reading.topic(topic, key)
    return reading.done()


def test_a_page_is_called_by_what_its_articles_share() -> None:
    year = [date(2019, 3, 1), date(2021, 4, 2)]
    assert title_of([article("dam", "Post", d) for d in year]) == "Dam: 2 articles, 2019 to 2021"
    several = [article("dam", "Post", year[0]), article("bridge", "Post", year[0]), article("mine", "Echo", None)]
    assert title_of(several) == "Post, Echo: 3 articles, 2019"
    assert title_of([article("dam", None, None), article("mine", None, None)]) == "2 articles"
    assert title_of([briefing()]) == briefing().article.title
    assert title_of([]) == "No articles"


def test_many_publishers_are_counted_not_listed() -> None:
    assert title_of([article(t, t.upper(), None) for t in "abcd"]) == "A, B, 2 others: 4 articles"


def test_articles_of_one_publisher_are_told_apart_by_their_titles() -> None:
    same = [{"publisher": "Post", "title": t, "published": "2019-03-01"} for t in ("One", "Two", "Three")]
    assert [a["label"] for a in labelled([*same, {"publisher": "Echo", "title": "Four", "published": None}])] == [
        "2019-03-01, One",
        "2019-03-01, Two",
        "2019-03-01, Three",
        "Four",
    ]
    two = [{"publisher": p, "title": "x", "published": "2019-03-01"} for p in ("Post", "Echo")]
    assert [a["label"] for a in labelled(two)] == ["2019-03-01, Post", "2019-03-01, Echo"]


@pytest.mark.parametrize(
    ("event", "words"),
    [
        ("hang", "hanged"),
        ("kill", "killed"),
        ("die", "died"),
        ("shoot dead", "shot dead"),
        ("take hostage", "taken hostage"),
        ("rob", "robbed"),
        ("visit", "visited"),
        ("deny", "denied"),
        ("destroy", "destroyed"),
        ("transfer", "transferred"),
        ("missing", "missing"),
        ("have", None),
    ],
)
def test_events_are_named_by_what_happened(event: str, words: str | None) -> None:
    assert happened(event) == words


def test_the_data_says_what_happened() -> None:
    words = {f["happened"] for f in view_data(five())["figures"] if f["event"] == "hang"}
    assert words == {"hanged"}
