"""The body of a page without what a site puts around it: lines of posting above, lines about the site below."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from ..resources import rows
from .metadata import Metadata
from .text import day

_MAIL: Final = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_POSTED: Final = re.compile(
    r"(?:(?:posted|published)(?: on)?:?\s*)?(?:[A-Z][a-z]+day,?\s)?"
    r"(?:[A-Z][a-z]{2,8}\.?\s\d{1,2}|\d{1,2}\s[A-Z][a-z]{2,8}),?\s\d{4}"
    r"[.,|\s]*(?:(?:at\s)?\d{1,2}[:.]\d\d\s?(?:[ap]\.?m\.?)?\s?(?:[A-Z]{2,4})?\.?)?",
    re.I,
)
_FIRST: Final = 6
"""Paragraphs among which lines of posting are looked for."""
_LAST: Final = 6
"""Paragraphs at the end that may be about the site."""


def trimmed(body: str, title: str | None) -> tuple[str, Metadata]:
    """The paragraphs of a body that are the article's, and the day that a line of posting names.

    Above the article go a line that is only a date, with the hour or not, or an
    address of mail, and what stands directly over such an address (`Staff
    Reporter`); below it what begins as the rows of `data/reading/endings.tsv` do.

    >>> body, said = trimmed("Posted on 2 May 2019\\n\\nThe mill has closed.", "Mill closes")
    >>> body, said.published
    ('The mill has closed.', datetime.date(2019, 5, 2))
    """
    paragraphs = body.split("\n\n")
    head, said = [], Metadata()
    for n, paragraph in enumerate(paragraphs[:_FIRST]):
        following = paragraphs[n + 1] if n + 1 < len(paragraphs) else ""
        if _POSTED.fullmatch(paragraph):
            said = said.over(Metadata.found("dateline", published=day(paragraph)))
        elif not _MAIL.fullmatch(paragraph) and not (paragraph != title and _is_post(paragraph, following)):
            head.append(paragraph)
    kept = [*head, *paragraphs[_FIRST:]]
    least = max(1, len(kept) - _LAST)
    while len(kept) > least and is_about_the_site(kept[-1]):
        kept.pop()
    return "\n\n".join(kept), said


def _is_post(paragraph: str, following: str) -> bool:
    """Whether a line says what somebody is whose address of mail follows."""
    return _MAIL.fullmatch(following) is not None and len(paragraph.split()) <= 4 and paragraph[-1:].isalnum()


def is_about_the_site(words: str) -> bool:
    """Whether a paragraph or sentence asks to follow somebody elsewhere, to subscribe, or says whose a page is.

    >>> is_about_the_site("Follow Ada Brown on Twitter @adabrown."), is_about_the_site("Follow the money.")
    (True, False)
    """
    words = " ".join(words.split()).casefold()
    return len(words) < 400 and any(
        words.startswith(begins) and re.match(r"\w", words[len(begins) :]) is None and holds in words
        for begins, holds in _endings()
    )


@lru_cache(maxsize=1)
def _endings() -> list[tuple[str, str]]:
    return [(begins, holds) for begins, holds in rows("data/reading/endings.tsv")]
