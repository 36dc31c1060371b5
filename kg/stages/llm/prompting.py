"""What a model is told: the prompt and the schema, which are data, and an article in parts that it can hold."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from ...errors import ExtractorError
from ...resources import resource
from ...text.article import Article, Span
from ...text.blocks import find_blocks

LETTERS = 4
"""Characters of English in a token, about: what is told before a run is counted by it."""


@dataclass(frozen=True, slots=True)
class Prompt:
    """What stands before every article, and the shape of what is wanted."""

    text: str
    schema: str

    @property
    def hash(self) -> str:
        """16 hexadecimal digits that name both: provenance has them."""
        return sha256(f"{self.text}\x1f{self.schema}".encode()).hexdigest()[:16]

    @property
    def shape(self) -> dict[str, Any]:
        """The schema as JSON Schema."""
        found: dict[str, Any] = json.loads(self.schema)
        return found

    def messages(self, article: Article, part: Span) -> list[dict[str, str]]:
        """The prompt, and a part of an article between marks that its words cannot have foreseen."""
        words = article.quote(part)
        mark = f"article-{sha256(words.encode('utf-8', 'surrogatepass')).hexdigest()[:12]}"
        told = f"The article stands between <{mark}> and </{mark}>.\n<{mark}>\n{words}\n</{mark}>"
        return [
            {"role": "system", "content": self.text},
            {"role": "user", "content": told.encode("utf-8", "replace").decode()},
        ]


@lru_cache(maxsize=8)
def prompt(path: Path | None = None) -> Prompt:
    """The shipped prompt, or somebody's own in a file, with the shipped schema.

    Raises ExtractorError if the file cannot be read or is empty.
    """
    shape = json.dumps(json.loads(resource("data/llm/schema.json").read_text("utf-8")), separators=(",", ":"))
    try:
        text = (path or resource("data/llm/prompt.txt")).read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise ExtractorError(f"{path}: the prompt cannot be read ({error})") from None
    if not text:
        raise ExtractorError(f"{path}: the prompt is empty; data/llm/prompt.txt is the one that ships")
    return Prompt(text, shape)


def parts(article: Article, letters: int) -> tuple[Span, ...]:
    """An article in stretches of whole blocks, of at most so many characters; a longer block is cut between words."""
    found: list[Span] = []
    for block in find_blocks(article):
        for piece in _cut(article.text, block.span, letters):
            if found and piece.end - found[-1].start <= letters:
                found[-1] = Span(found[-1].start, piece.end)
            else:
                found.append(piece)
    return tuple(found)


def _cut(text: str, span: Span, letters: int) -> list[Span]:
    """A stretch in pieces: after a sentence where one ends in the second half of a piece, else between words."""
    pieces: list[Span] = []
    start = span.start
    while span.end - start > letters:
        least, most = start + letters // 2, start + letters
        end = max(text.rfind(". ", least, most) + 1, 0) or max(text.rfind(" ", least, most), 0) or most
        pieces.append(Span(start, end))
        start = end
    return [*pieces, Span(start, span.end)] if start < span.end else pieces
