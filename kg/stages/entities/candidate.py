"""A stretch of tokens that may be a name."""

from __future__ import annotations

from dataclasses import dataclass

from ...language.lexicon import words
from ...records.mention import EntityType
from ...text.document import Document, Token
from .names import is_person_noun

QUOTES = frozenset("\" “ ” ‘ ’ ' `` '' « » „".split())
FUNCTION = words("parse", "function word")
"""Parts of speech that are no name's own."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """Tokens `start` up to but not including `end` that may be a name.

    `label` is what the parser or the gazetteer says they are, None where
    capitals alone speak for a name. `known` says that the gazetteer has it.
    """

    start: int
    end: int
    label: EntityType | None
    known: bool = False


def is_capital(token: Token) -> bool:
    """Whether a token starts with a capital letter, past the d’ of "d’Orsi" too."""
    text = token.text
    return text[0].isupper() or (text[1:2] in ("'", "’") and text[0] in "dl" and text[2:3].isupper())


def inside_word(document: Document, i: int) -> bool:
    """Whether token `i` touches its neighbours on both sides, as the apostrophe of a name does."""
    tokens = document.tokens
    return 0 < i < len(tokens) - 1 and tokens[i - 1].end == tokens[i].start and tokens[i].end == tokens[i + 1].start


def is_post(token: Token) -> bool:
    """Whether a word with a capital is the noun of a post: the Member of "Member of Parliament"."""
    return token.text.istitle() and is_person_noun(token.lower)


def opens_post(document: Document, i: int) -> bool:
    """Whether "of" or "for" follows the noun of a post."""
    return is_post(document[i]) and i + 1 < len(document) and document[i + 1].lower in ("of", "for")
