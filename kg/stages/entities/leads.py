"""Candidates -> candidates: names without the common noun whose capital is only that of the sentence it opens."""

from __future__ import annotations

from dataclasses import replace

from ...language.lexicon import words
from ...records.mention import EntityType
from ...text.document import Document, Token
from .candidate import Candidate, is_capital
from .names import is_person_noun, lexicon, plain

LETTERS = words("entities", "letters, as printed")
"""Letters after a person's name that are no part of it."""

_FIRMS = words("entities", "firms")


def _is_firm_noun(word: str) -> bool:
    """Whether a noun, lower case, tells that the name after it is a firm's or another body's.

    >>> _is_firm_noun("chipmaker"), _is_firm_noun("retailer"), _is_firm_noun("baker")
    (True, True, False)
    """
    return word in _FIRMS or (word.endswith("maker") and word not in words("entities", "makers who are people"))


def opens_sentence(document: Document, i: int) -> bool:
    """Whether a token is the first word of its sentence, quotation marks aside.

    >>> from kg.text.document import Article, parse
    >>> document = parse(Article("It failed. She left."))
    >>> opens_sentence(document, 3), opens_sentence(document, 4)
    (True, False)
    """
    first = document.sentences[document[i].sentence].start
    return i == first or (i == first + 1 and not document[first].text[0].isalnum()) or _is_behind_dateline(document, i)


def _is_behind_dateline(document: Document, i: int) -> bool:
    """Whether a dash or colon before a token ends what opens its paragraph in capitals: "OSLO (AP) - Brewer Voss"."""
    first = document.range(document.blocks[document[i].block].span)[0]
    near = first < i - 1 < first + _LONGEST_DATELINE
    return near and document[i - 1].text in "-–—:" and len(document[first].text) > 2 and document[first].text.isupper()


_LONGEST_DATELINE = 10


def without_lead(document: Document, c: Candidate) -> Candidate:
    """The candidate without a noun that opens the sentence: "Retailer Marsh", "Husband Tom Reed".

    A noun for a firm goes always, one for a person where a given name and a
    further word follow: "Husband Tom Reed" and not "Baker Hughes".
    """
    if c.known or c.end - c.start < 2 or not opens_sentence(document, c.start):
        return c
    first, second = document[c.start], document[c.start + 1]
    if not is_capital(second):
        return c
    if _is_firm_noun(first.lower):
        # what the parser took for a person's name was the noun with the firm's
        label = None if c.label is EntityType.PERSON and c.end - c.start == 2 else c.label
        return replace(c, start=c.start + 1, label=label)
    if c.end - c.start > 2 and _describes(first.lower, second.lower):
        return replace(c, start=c.start + 1, label=EntityType.PERSON)
    return c


def _describes(noun: str, second: str) -> bool:
    """Whether a noun for a person, "Researchers" among them, stands before a given name and is none itself."""
    words = lexicon()
    person = is_person_noun(noun) or is_person_noun(noun.removesuffix("s"))
    return person and noun not in words.given and plain(second) in words.given


def without_letters(document: Document, c: Candidate) -> Candidate:
    """A person's name without the letters after it: "Ann Reed KC"."""
    end = c.end
    while end - c.start > 2 and document[end - 1].text in LETTERS:
        end -= 1
    return replace(c, end=end)


def is_lead(document: Document, token: Token) -> bool:
    """Whether a word is a noun for a firm, in lower case or with the capital of the sentence that it opens."""
    return _is_firm_noun(token.lower) and (not is_capital(token) or opens_sentence(document, token.i))
