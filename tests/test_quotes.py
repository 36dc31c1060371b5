"""Quotation marks -> quotations, on documents made by hand: a token a word, marks apart."""

from __future__ import annotations

import random
import re
import time
import timeit
from itertools import pairwise

import pytest

from kg.language.quotes import find_quotations
from kg.text.article import Article
from kg.text.blocks import find_blocks
from kg.text.document import Document, Sentence, Token


def plain(text: str) -> Document:
    """A document without a parse: words and marks, a sentence a block."""
    article = Article(text)
    blocks = find_blocks(article)
    tokens: list[Token] = []
    sentences: list[Sentence] = []
    for b, block in enumerate(blocks):
        first = len(tokens)
        for match in re.finditer(r"\w+|''|``|[^\w\s]", text[block.span.start : block.span.end]):
            i, start = len(tokens), block.span.start + match.start()
            word = match.group()
            pos = "X" if word.isalnum() else "PUNCT"
            end = start + len(word)
            tokens.append(
                Token(i, word, word.lower(), word.lower(), pos, "XX", "dep", first, start, end, "", "O", b, b)
            )
        sentences.append(Sentence(b, first, len(tokens), b))
    return Document(article, tuple(tokens), tuple(sentences), blocks, "by hand")


def inner(text: str) -> list[str]:
    quotes = find_quotations(plain(text))
    return [text[q.inner.start : q.inner.end] for q in quotes.quotations]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('"Yes," he said, "we go."', ["Yes,", "we go."]),
        ("“Yes,” he said. “We go.”", ["Yes,", "We go."]),
        ("''Yes,'' he said. ``We go.''", ["Yes,", "We go."]),
        ("«Yes», he said.", ["Yes"]),
        ("„Yes”, he said.", ["Yes"]),
        ("'Yes,' he said. 'We go.'", ["Yes,", "We go."]),
        ("‘Yes,’ he said.", ["Yes,"]),
        ("‘The workers’ rights are gone,’ he said.", ["The workers’ rights are gone,"]),
        ("“He told me ‘never’ twice,” she said.", ["He told me ‘never’ twice,"]),
        ("He said “yes.“ And left.", ["yes."]),
        ('the department."We go," he said.', ["We go,"]),
        ("It's the boys' club of '98, rock 'n' roll, 'til dawn.", []),
        ('A 6" plate and a 4" one.', []),
        ('"Yes, he said. "We go."', ["We go."]),
        ("“It runs on.", ["It runs on."]),
        ('""', []),
        ("no marks at all", []),
    ],
)
def test_inner(text: str, expected: list[str]) -> None:
    assert inner(text) == expected


def test_marks_count_as_inside() -> None:
    quotes = find_quotations(plain('He said "no" twice'))
    assert tuple(q is not None for q in quotes.at) == (False, False, True, True, True, False)


def test_a_paragraph_that_opens_again_goes_on() -> None:
    quotes = find_quotations(plain("“We lost.\n\n“We will win,” he said."))
    assert [(q.closed, q.continues) for q in quotes.quotations] == [(False, False), (True, True)]


def test_a_closing_mark_in_the_next_paragraph_closes() -> None:
    assert inner('He said: "We lost.\n\nWe will win." He left.') == ["We lost.", "We will win."]


def test_a_paragraph_without_marks_is_run_through() -> None:
    assert inner('"One.\n\nTwo two two.\n\nThree." Four.') == ["One.", "Two two two.", "Three."]


def seconds(document: Document) -> float:
    """The best of three, and no garbage is collected meanwhile: what other tests hold would count, or other processes."""
    return min(timeit.repeat(lambda: find_quotations(document), timer=time.process_time, repeat=3, number=1))


@pytest.mark.parametrize("alphabet", ['"', "“", "'", "“”", "\"' ", "“”‘’\"'«» a", "a' b"])
def test_time_is_linear_in_marks(alphabet: str) -> None:
    choose = random.Random(7).choice
    text = "".join(choose(alphabet) for _ in range(160_000))
    document = plain(text)
    # eight times the text: quadratic time would be 64 times as long, linear with caches that overflow up to 16
    assert seconds(document) < 30 * max(seconds(plain(text[:20_000])), 0.005)
    found = find_quotations(document).quotations
    assert all(a.outer.end <= b.outer.start for a, b in pairwise(found))


def test_straight_single_marks_left_open_go_on_where_the_next_paragraph_opens_again() -> None:
    assert inner("Hill said: 'It fell.\n\n'It won't rise again.'") == ["It fell.", "It won't rise again."]
    assert inner("'Tis late, and so on.\n\nThe boys' mother left.") == []
    assert inner("It is 5' tall.\n\n'It fell.\n\nNobody came.") == []


def test_a_mark_right_after_a_digit_opens_nothing() -> None:
    assert inner('The 6"pipe fell on us all.') == []


def test_a_mark_that_can_open_does_not_close_what_the_paragraph_before_left_open() -> None:
    assert inner('"We won the match.\n\nThen he paused—"…and we lost the cup," Hale said.') == ["We won the match."]
