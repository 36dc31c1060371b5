"""Words that stand for who speaks: pronouns, bodies, documents, those who know something."""

from __future__ import annotations

from ...language.lexicon import words
from ...text.document import Token
from ..entities.names import is_person_noun

FIRST_PERSON = words("grammar", "first person")
THIRD_PERSON = words("grammar", "he", "she")
PLURAL = words("grammar", "they", "stands for several")
NEUTRAL = words("grammar", "it") | {"this"}
RELATIVE = words("grammar", "relative")

DOCUMENTS = words("speech", "document")
"""Nouns of things that say something without being anybody."""

BODIES = words("speech", "body")
"""Nouns of organisations, by which an article takes up one that it named before."""

INFORMANTS = words("speech", "informant")


def is_first_person(token: Token) -> bool:
    """Whether a word means whoever speaks: "we", "us", but not the country "US".

    >>> from kg.text.document import Article, parse
    >>> [is_first_person(token) for token in parse(Article("We left the US.")).tokens]
    [True, False, False, False, False]
    """
    return token.lower in FIRST_PERSON and token.text != "US"


def is_second_person(token: Token) -> bool:
    """Whether a word means whoever is spoken to."""
    return token.lower in words("grammar", "second person")


def can_tell(noun: Token) -> bool:
    """Whether a noun names somebody or something that tells: witnesses, a ministry, a report.

    >>> from kg.text.document import Article, parse
    >>> can_tell(parse(Article("The ministry left."))[1])
    True
    """
    lemma = noun.lemma.lower()
    return lemma in INFORMANTS or lemma in BODIES or lemma in DOCUMENTS or is_person_noun(lemma)
