from __future__ import annotations

import time
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.records.figure import Bound
from kg.stages.figures.lexemes import lexemes
from kg.stages.figures.measures import rate_after
from kg.stages.figures.numbers import Shape, find_numbers
from kg.stages.figures.quantities import find_quantities
from kg.stages.figures.ranges import Joint

WORDS = (
    "one two three twelve twenty thirty hundred thousand million billion dozen dozens hundreds thousands half a an and or "
    "of to from between in out at least more than up about nearly per cent percent % $ € £ US A km kg m M k bn year years "
    "- – — / . , ( ) : 1 2 5 12 19 100 1,000 13,000 2015 3.2 .5 0 ½ # people killed rose fell by each every day fold twice"
).split()


def values(text: str) -> list[tuple[str, float, float | None]]:
    found = find_numbers(lexemes(text))
    return [(text[n.span.start : n.span.end], float(n.low), None if n.high is None else float(n.high)) for n in found]


@pytest.mark.parametrize(
    ("text", "words", "value"),
    [
        ("1,234,567.89 people", "1,234,567.89", 1234567.89),
        ("twenty-five men", "twenty-five", 25),
        ("one hundred and fifty thousand homes", "one hundred and fifty thousand", 150_000),
        ("five million two hundred thousand and six", "five million two hundred thousand and six", 5_200_006),
        ("half a million voters", "half a million", 500_000),
        ("a million and a half votes", "a million and a half", 1_500_000),
        ("two and a half dozen eggs", "two and a half dozen", 30),
        ("2 1/2 miles", "2 1/2", 2.5),
        ("3½ days", "3½", 3.5),
        ("12.5 lakh crore", "12.5 lakh crore", 12_500_000_000_000),
        ("$35bn", "35bn", 35_000_000_000),
        ("25k", "25k", 25_000),
        ("100m people", "100m", 100_000_000),
        ("a .500 record", ".500", 0.5),
        ("a thousand fold", "a thousand fold", 1000),
        ("tenfold", "tenfold", 10),
        ("nine out of 10", "nine out of 10", 0.9),
        ("one-in-four", "one-in-four", 0.25),
        ("two-thirds", "two-thirds", 2 / 3),
        ("3/4", "3/4", 0.75),
    ],
)
def test_one_number(text: str, words: str, value: float) -> None:
    (found,) = values(text)
    assert found[0] == words
    assert found[1] == pytest.approx(value)
    assert found[2] == pytest.approx(value)


@pytest.mark.parametrize(
    ("text", "low"),
    [
        ("dozens", 24),
        ("scores", 40),
        ("hundreds", 200),
        ("tens of thousands", 20_000),
        ("hundreds of thousands", 200_000),
        ("hundreds of millions", 200_000_000),
        ("several hundred", 200),
        ("a few dozen", 24),
        ("a couple of thousand", 2000),
        ("dozens and dozens", 24),
    ],
)
def test_vague_words_have_their_least_literal_value_and_no_upper_end(text: str, low: int) -> None:
    assert values(f"{text} of men") == [(text, low, None)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("five six", [5, 6]),
        ("thirty-two two-year terms", [32, 2]),
        ("a 100m sprint", [100]),
        ("1.5.2017", [1.5]),
        ("the hundred", []),
        ("tens", []),
        ("1709 pupils in 2015", [1709, 2015]),
        ("two in 2015", [2, 2015]),
        ("zero", [0]),
    ],
)
def test_what_is_one_number_and_what_two(text: str, found: list[float]) -> None:
    assert [v[1] for v in values(text)][: len(found)] == found


@pytest.mark.parametrize(
    ("text", "low", "high", "bound", "code"),
    [
        ("between 5,000 and 13,000", 5000, 13000, Bound.BETWEEN, None),
        ("5 to 7 million", 5_000_000, 7_000_000, Bound.BETWEEN, None),
        ("$5m to $7m", 5_000_000, 7_000_000, Bound.BETWEEN, "USD"),
        ("at least 12 km", 12, None, Bound.AT_LEAST, "km"),
        ("up to 50", None, 50, Bound.AT_MOST, None),
        ("just under 20 percent", None, 20, Bound.LESS_THAN, "%"),
        ("no less than 7", 7, None, Bound.AT_LEAST, None),
        ("107 or more", 107, None, Bound.AT_LEAST, None),
        ("300 or so", 300, 300, Bound.ABOUT, None),
        ("a third of", 100 / 3, 100 / 3, Bound.EXACT, "%"),
        ("minus 40 degrees Celsius", -40, -40, Bound.EXACT, "Cel"),
        ("-5 °C", -5, -5, Bound.EXACT, "Cel"),
        ("NZ $ 26 million", 26_000_000, 26_000_000, Bound.EXACT, "NZD"),
        ("more than a thousand", 1000, None, Bound.MORE_THAN, None),
        ("over the past 10 years", 10, 10, Bound.EXACT, "a"),
        ("rose by 3 to 40 million", 3, 3, Bound.EXACT, None),
    ],
)
def test_quantities(text: str, low: float | None, high: float | None, bound: Bound, code: str | None) -> None:
    q = find_quantities(text)[0]
    assert (None if q.low is None else float(q.low)) == (low if low is None else pytest.approx(low))
    assert (None if q.high is None else float(q.high)) == (high if high is None else pytest.approx(high))
    assert q.bound is bound
    assert (q.unit.code if q.unit is not None else None) == code


def test_the_ends_of_a_change_are_two_quantities_of_one_unit() -> None:
    first, second = find_quantities("fell from 9 to 7 percent")
    assert (first.joint, second.joint) == (Joint.CHANGE_FROM, Joint.CHANGE_TO)
    assert first.unit == second.unit
    assert (first.low, second.low) == (Decimal(9), Decimal(7))


def test_a_conversion_in_brackets_is_bounded_like_what_it_converts() -> None:
    first, second = find_quantities("more than 100 kilometres (60 miles)")
    assert first.bound is second.bound is Bound.MORE_THAN
    assert second.high is None


def test_rate_after() -> None:
    assert rate_after("62 murders per 100,000 people", 10) == ("100000 person", 29)
    assert rate_after("seen a year ago", 4) is None


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=60).map(" ".join) | st.text(max_size=300))
def test_any_text_gives_numbers_in_order_inside_it(text: str) -> None:
    found = find_quantities(text)
    for q in found:
        assert 0 <= q.span.start <= q.core.start < q.core.end <= q.span.end <= len(text)
        assert q.low is not None or q.high is not None
        if q.low is not None and q.high is not None and q.joint is not Joint.CHANGE_FROM:
            assert q.low <= q.high
    assert all(a.core.end <= b.core.start for a, b in pairwise(found))
    assert found == find_quantities(text)


@pytest.mark.parametrize(
    "piece",
    ["1,", "1,000", "one ", "and ", "twenty-", "a half and ", "$", "US $", "5-", "5 to ", "per ", "%", "1/2 ", "dozens of ",
     "million ", "more than ", "1.", "one in ", "from 5 to ", "a ", "(5 km) ", "\u00a0", "½", "-", "at least about "],
)  # fmt: skip
def test_time_is_linear_in_the_length(piece: str) -> None:
    """50 ms a kilobyte at most, on text made to be hard."""
    text = (piece * 8000)[:8000]
    spent = []
    for _ in range(3):  # the best of three: a busy machine slows one run, not the method
        start = time.process_time()
        find_quantities(text)
        spent.append(time.process_time() - start)
    assert min(spent) < 0.05 * len(text) / 1000


def test_shapes() -> None:
    shapes = [n.shape for n in find_numbers(lexemes("3 two dozens a third, one in ten, twice"))]
    assert shapes == [Shape.DIGITS, Shape.WORDS, Shape.VAGUE, Shape.FRACTION, Shape.RATIO, Shape.MULTIPLE]
