"""What the page needs so that somebody can decide on it: each record as it is seen, and what can be said instead."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from enum import StrEnum
from hashlib import sha256

from ..records.extraction import Extraction
from ..records.mention import EntityType
from ..review.applying import ENUMS
from ..review.decision_file import as_json
from ..review.earlier_words import EarlierWords
from ..review.fields import SEEN, write_fields
from ..review.seen import everything_seen
from ..review.verdicts import RecordKind
from .plain import Json

_KINDS: Mapping[str, type[StrEnum]] = {**ENUMS, "type": EntityType}

CHOICES: Json = {part: list(map(str, kind)) for part, kind in _KINDS.items()}
"""The values that a part of a record can have, in the order in which they are offered."""


def seen_by_id(extraction: Extraction) -> dict[tuple[RecordKind, str], Json]:
    """What a person sees of each record of an extraction, by its id there, as a line of the decisions file has it."""
    return {(one.kind, one.record.id): write_fields(one.seen, SEEN[one.kind]) for one in everything_seen(extraction)}


_LETTERS = {"a": "s", "f": "f", "r": "r"}
"""With what a record's id begins on the page, by what it begins with in its article."""


def earlier(decided: EarlierWords, texts: Collection[str]) -> Json:
    """What people decided before on articles with these hashes: lines of the file, and the id of each record's word."""
    lines = decided.about(texts)
    told = {line.id for line in lines}
    words = {
        f"{_LETTERS[id[0]]}.{article}.{id}": word
        for (article, id), word in sorted(decided.words.items())
        if id[0] in _LETTERS and word in told
    }
    return {"lines": list(map(as_json, lines)), "words": words}


def digest(text: str) -> str:
    """A hash of the page's data: what is decided on one page is not taken for what was decided on another."""
    return sha256(text.encode()).hexdigest()[:16]
