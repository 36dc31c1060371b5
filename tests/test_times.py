from __future__ import annotations

import json
import random
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from gold import cases
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.records.time import Time, TimeType
from kg.stages.times import StretchKind, find_stretches, find_times
from kg.stages.times.calendar import Point, duration, shifted
from kg.stages.times.time_words import Grain, TimeUnit
from kg.text.article import Article, Span
from kg.text.blocks import Block, BlockKind
from kg.text.document import Document, Sentence, Token

CASES = cases("data/gold/times.jsonl")


def test_every_case_was_loaded() -> None:
    assert len(CASES) >= 110


@pytest.mark.model
@pytest.mark.parametrize("case", CASES)
def test_gold(case: dict[str, Any], document: Callable[..., Document]) -> None:
    published = date.fromisoformat(case["published"]) if case["published"] else None
    text = case["text"]
    found = find_times(document(text, published=published))
    assert [
        {"text": text[t.span.start : t.span.end], "type": t.type, "value": t.value, "start": t.start, "end": t.end}
        for t in found
    ] == case["times"]


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "kind", "span", "start", "end"),
    [
        ("Many were hanged between 2011 and 2015.", "between", "between 2011 and 2015", "2011", "2015"),
        (
            "Deaths from 1 March 2011 to 31 March 2021 were counted.",
            "between",
            "from 1 March 2011 to 31 March 2021",
            "2011-03-01",
            "2021-03-31",
        ),
        ("He was envoy from 2011 until late 2014.", "between", "from 2011 until late 2014", "2011", "2014"),
        ("He was envoy 2011-2014 in Rome.", "at", "2011-2014", "2011", "2014"),
        ("She has led the bank since May 2009.", "since", "since May 2009", "2009-05", None),
        ("She led the bank until 2009.", "until", "until 2009", None, "2009"),
        ("He did not resign, not until 2014.", "at", "2014", "2014", "2014"),
        ("As of March 2016, 900 were held.", "as of", "As of March 2016", "2016-03", "2016-03"),
    ],
)
def test_stretches_join_what_prepositions_join(
    text: str, kind: str, span: str, start: str | None, end: str | None, document: Callable[..., Document]
) -> None:
    parsed = document(text, published=date(2022, 6, 28))
    (stretch,) = find_stretches(parsed, find_times(parsed))
    assert (stretch.kind, stretch.start, stretch.end) == (StretchKind(kind), start, end)
    assert text[stretch.span.start : stretch.span.end] == span


@pytest.mark.model
def test_a_history_is_dated_by_its_story_not_by_its_publication(document: Callable[..., Document]) -> None:
    text = (
        "The war began in June 1866. By August 1866 the north had won. A truce was signed in October 1866, and in "
        "March 1867 it was broken. In May the capital fell. The king fled in 1868 and abdicated in January 1869. "
        "Two months later a republic was declared."
    )
    values = [t.value for t in find_times(document(text, published=date(2017, 5, 16)))]
    assert values == ["1866-06", "1866-08", "1866-10", "1867-03", "1867-05", "1868", "1869-01", "1869-03"]


@pytest.mark.model
def test_a_dateline_stands_in_for_an_unknown_day_of_publication(document: Callable[..., Document]) -> None:
    text = "Camp is closed\n\nFriday, August 21, 2015\n\nThe guards left the camp on Tuesday.\n"
    assert [t.value for t in find_times(document(text))] == ["2015-08-21", "2015-08-18"]


@pytest.mark.parametrize(
    ("point", "value", "period"),
    [
        (Point(Grain.CENTURY, 1800), "18", ("1801", "1900")),
        (Point(Grain.DECADE, 1930), "193", ("1930", "1939")),
        (Point(Grain.YEAR, -479), "BC0480", ("-0479", "-0479")),
        (Point(Grain.SEASON, 2013, 12, code="WI"), "2013-WI", ("2013-12", "2014-02")),
        (Point(Grain.QUARTER, 2016, 10), "2016-Q4", ("2016-10", "2016-12")),
        (Point(Grain.WEEK, 2017, 1, 2), "2017-W01", ("2017-01-02", "2017-01-08")),
        (Point(Grain.WEEKEND, 2017, 5, 8), "2017-W19-WE", ("2017-05-13", "2017-05-14")),
        (Point(Grain.CLOCK, 2017, 5, 8, "T17:30"), "2017-05-08T17:30", ("2017-05-08", "2017-05-08")),
    ],
)
def test_a_point_has_a_value_and_a_period(point: Point, value: str, period: tuple[str, str]) -> None:
    assert (point.value, point.period) == (value, period)


def test_counting_keeps_to_the_coarser_of_point_and_unit() -> None:
    day = Point(Grain.DAY, 2016, 3, 31)
    assert shifted(day, -1, TimeUnit.MONTH) == Point(Grain.MONTH, 2016, 2)
    assert shifted(day, 1, TimeUnit.DAY) == Point(Grain.DAY, 2016, 4, 1)
    assert shifted(Point(Grain.YEAR, 2016), 3, TimeUnit.DAY) is None
    assert shifted(Point(Grain.YEAR, -479), 1, TimeUnit.YEAR) == Point(Grain.YEAR, -478)
    assert (duration(2.5, TimeUnit.YEAR), duration(None, TimeUnit.HOUR), duration(1, TimeUnit.DECADE)) == (
        "P2.5Y",
        "PTXH",
        "P1DE",
    )


WORDS = (
    "the a last next this that of in on to and between from - – / , . ( ' 's day days week weekend month months year "
    "years quarter decade century hour hours minute coming past first second third half few several two twenty - five "
    "hundred 3 11 30 31 99 1914 2011 "
    "2015 0 00 12:30 25:99 1/2/2003 2003-02-30 '89 1980s 480 bc May March Sunday night morning early late mid end "
    "before after ago later earlier every each daily now today yesterday about more than Christmas Eve ² ½ ٣"
).split()


def _document(words: list[str], published: date | None) -> Document:
    text = " ".join(words)
    tokens, at = [], 0
    for i, word in enumerate(words):
        tag = "CD" if word[0].isdigit() else "NNP" if word[0].isupper() else "NN"
        row = (i, word, word.lower(), word, "NOUN", tag, "dep", max(0, i - 1), at, at + len(word), "", "O", 0, 0)
        tokens.append(Token(*row))
        at += len(word) + 1
    sentences = (Sentence(0, 0, len(tokens), 0),) if tokens else ()
    blocks = (Block(BlockKind.PARAGRAPH, Span(0, len(text))),) if text else ()
    return Document(Article(text, published=published), tuple(tokens), sentences, blocks, "by hand")


def _sound(document: Document, times: tuple[Time, ...]) -> None:
    last = 0
    for found in times:
        assert found.span.start >= last
        assert document.article.quote(found.span).strip()
        assert (found.start is None) == (found.end is None)
        if found.start is not None and found.end is not None and not found.start.startswith("-"):
            assert found.start[:4] <= found.end[:4]
        assert found.type in TimeType and found.value
        last = found.span.end


@settings(max_examples=300, deadline=None)
@given(
    st.lists(st.sampled_from(WORDS) | st.text(st.characters(exclude_categories=("Z", "C")), min_size=1, max_size=6)),
    st.none() | st.dates(),
)
def test_any_words_are_read_without_fault(words: list[str], published: date | None) -> None:
    document = _document(words, published)
    times = find_times(document)
    _sound(document, times)
    assert times == find_times(document)
    for stretch in find_stretches(document, times):
        assert document.article.quote(stretch.span)


def test_cost_grows_with_length_only() -> None:
    draw = random.Random(7)
    hard = [["the"] * 8000, ["two"] * 8000, ["-"] * 8000, ["May", "-"] * 4000, ["more", "than"] * 4000]
    hard.append([draw.choice(WORDS) for _ in range(8000)])
    for words in hard:
        document = _document(words, date(2017, 5, 16))
        started = time.process_time()
        find_times(document)
        assert time.process_time() - started < 2.0, words[:3]


@pytest.mark.shared
@pytest.mark.model
@pytest.mark.slow
def test_span_and_value_scores_on_narratives(shared: Path, document: Callable[..., Document]) -> None:
    """Two of the narratives: a floor below what is measured on all."""
    import sys

    sys.path.insert(0, str(shared / "eval" / "timex"))
    from score_timex import match, norm_value, read_tml, trim

    gold_n = found_n = relaxed = value = 0
    for name in ("06_KoreanWar", "19_RussoJap"):
        text, _, gold = read_tml(shared / "eval" / "timex" / "wikiwars" / f"{name}.tml")
        found = [(*trim(text, t.span.start, t.span.end), t.type, t.value) for t in find_times(document(text))]
        gold = [(*trim(text, g[0], g[1]), g[2], g[3]) for g in gold]
        pairs = match(gold, found)
        gold_n, found_n, relaxed = gold_n + len(gold), found_n + len(found), relaxed + len(pairs)
        value += sum(norm_value(gold[g][3]) == norm_value(found[f][3]) for g, f in pairs)
    assert 2 * relaxed / (gold_n + found_n) > 0.88, json.dumps([gold_n, found_n, relaxed])
    assert 2 * value / (gold_n + found_n) > 0.75
