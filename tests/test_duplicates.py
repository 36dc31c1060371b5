from __future__ import annotations

import random
import time

from hypothesis import given, settings
from hypothesis import strategies as st

from kg.identity.duplicates import Likeness, common_share, find_duplicates, likeness, sketch, stories

WORDS = [
    a + b for a in "ba ke li mo nu pra sto ter vin zu".split() for b in "d fal gen kor lin man pos ret sun tul".split()
]


def story(seed: int, sentences: int = 20) -> list[str]:
    draw = random.Random(seed)
    return [" ".join(draw.choices(WORDS, k=draw.randint(8, 20))).capitalize() + "." for _ in range(sentences)]


def test_the_same_words_are_found_whatever_the_marks() -> None:
    text = "“It’s over,” said the mayor of the town - and he left the hall at once."
    other = '"It\'s over" said the Mayor of the town – and he left the hall at once.'
    assert likeness(sketch(text), sketch(other)) == (Likeness.SAME, 1.0)


def test_an_agency_story_is_found_in_every_paper_that_prints_it() -> None:
    base = story(1)
    papers = {
        "wire": " ".join(base),
        "headed": "Town shaken by new findings\n\n" + " ".join(base) + " Additional reporting by our staff.",
        "edited": " ".join([*base[:4], story(2, 1)[0], *base[5:17]]),
        "brief": " ".join(base[:8]),
        "other": " ".join(story(3)),
    }
    found = find_duplicates({name: sketch(text) for name, text in papers.items()})
    assert stories(found) == (("brief", "edited", "headed", "wire"),)
    assert {d.likeness for d in found if "brief" in (d.first, d.second)} <= {Likeness.CUT, Likeness.NEAR}


def test_two_reports_of_one_event_in_other_words_stay_apart() -> None:
    first = (
        "The ministry said on Monday that forty people had died when a bridge fell into the river near the port. " * 2
    )
    second = (
        "Forty people were killed on Monday as a bridge collapsed close to the harbour, according to the ministry. " * 2
    )
    assert likeness(sketch(first), sketch(second)) is None


def test_the_share_of_common_runs_is_estimated_well() -> None:
    shared, one, two = story(4, 30), story(5, 15), story(6, 15)
    left, right = " ".join(shared + one), " ".join(shared + two)
    runs = [
        {tuple(words[k : k + 5]) for k in range(len(words) - 4)}
        for words in (left.lower().split(), right.lower().split())
    ]
    true = len(runs[0] & runs[1]) / len(runs[0] | runs[1])
    assert abs(common_share(sketch(left), sketch(right)) - true) < 0.12


def test_nothing_is_like_the_empty_text() -> None:
    empty = sketch(" \n… ")
    assert (empty.runs, empty.minima) == (0, b"")
    assert likeness(empty, sketch("ten people died")) is None
    assert find_duplicates({"a": empty, "b": sketch("ten people died in the camp")}) == ()


@settings(max_examples=80, deadline=None)
@given(st.text(), st.text())
def test_likeness_is_symmetric_and_a_text_is_like_itself(a: str, b: str) -> None:
    one, two = sketch(a), sketch(b)
    assert likeness(one, two) == likeness(two, one)
    assert likeness(one, one) == (Likeness.SAME, 1.0)
    assert 0 <= common_share(one, two) <= 1


def test_a_thousand_articles_are_compared_in_seconds() -> None:
    texts = {f"{n:04}": " ".join(story(n)) for n in range(1000)}
    texts |= {f"copy-{n:04}": texts[f"{n:04}"] + " Reporting by others." for n in range(0, 1000, 100)}
    started = time.process_time()
    sketches = {name: sketch(text) for name, text in texts.items()}
    found = find_duplicates(sketches)
    assert [(d.first, d.second) for d in found] == [(f"{n:04}", f"copy-{n:04}") for n in range(0, 1000, 100)]
    assert time.process_time() - started < 20
