"""Document -> persons whose initials, without stops, the parser takes for nouns: "R K Mehta"."""

from __future__ import annotations

from ...language.lexicon import words
from ...language.syntax import NOMINAL
from ...records.mention import EntityType
from ...text.document import Document, Token
from .candidate import Candidate, is_capital
from .gazetteer import Gazetteer
from .names import is_acronym, is_person_noun, lexicon


def initialled(document: Document, known: Gazetteer) -> list[Candidate]:
    """Names of two initials and one word or two, or of one initial after a title, in the order of the text.

    >>> from kg.text.document import Article, parse
    >>> from .gazetteer import gazetteer
    >>> document = parse(Article("Advocate R K Mehta left."))
    >>> [document.words(c.start, c.end) for c in initialled(document, gazetteer())]
    ['R K Mehta']
    """
    tokens = document.tokens
    people: list[Candidate] = []
    for i in range(len(tokens) - 1):
        end = _past_initials(document, i)
        before = tokens[i - 1] if i > document.sentences[tokens[i].sentence].start else None
        titled = before is not None and (before.lower in lexicon().titles or is_person_noun(before.lower))
        named = before is not None and is_capital(before) and not titled
        if (
            end - i < 2 - titled
            or named
            or document.words(i, end) in words("entities", "capitals of nobody, as printed")
        ):
            continue
        stop = _past_surnames(document, end, known)
        if stop > end:
            people.append(Candidate(i, stop, EntityType.PERSON))
    return people


def _past_initials(document: Document, i: int) -> int:
    """The end of the single capitals that begin at token `i`; `i` if there are none, or one stands before it."""
    tokens, sentence = document.tokens, document[i].sentence
    if i and _is_initial(tokens[i - 1]) and tokens[i - 1].sentence == sentence:
        return i
    end = i
    while end < len(tokens) and _is_initial(tokens[end]) and tokens[end].sentence == sentence:
        end += 1
    return end


def _past_surnames(document: Document, i: int, known: Gazetteer) -> int:
    """The end of the one or two surnames that begin at token `i`."""
    end = i
    while end < min(i + 2, len(document)) and document[end].sentence == document[i - 1].sentence:
        if not _is_surname(document[end], known):
            break
        end += 1
    return end


def _is_initial(token: Token) -> bool:
    return len(token.text) == 1 and token.text.isupper()


def _is_surname(token: Token, known: Gazetteer) -> bool:
    """Whether a word may end the name of a person whose initials stand before it."""
    named = token.pos in NOMINAL
    return named and is_free(token, known) and token.lower not in words("entities", "last word of a firm")


def is_free(token: Token, known: Gazetteer) -> bool:
    """Whether a capitalised word is nothing that stands before a name: no country, people, title or acronym."""
    word = token.lower.rstrip(".")
    return (
        is_capital(token)
        and not is_acronym(token.text)
        and known.get(token.text) is None
        and token.text not in known.adjectives
        and word not in lexicon().titles
        and word.removesuffix("s") not in lexicon().titles
        and not word.endswith("ing")
        and word not in lexicon().heads
    )
