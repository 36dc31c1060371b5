"""A stretch of tokens that may be a name."""

from __future__ import annotations

from dataclasses import dataclass

from ...records.mention import EntityType
from ...text.document import Token


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
    """Whether a token starts with a capital letter."""
    return token.text[0].isupper()
