"""An article as read, and the spans that point into it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from ..errors import EvidenceError, SpanError


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of an article: `article.text[start:end]`.

    Offsets count Unicode code points and are half-open, as Python slices and
    Web Annotation's TextPositionSelector count them.

    Raises SpanError if the span is empty or runs backwards.

    >>> Span(0, 7).end
    7
    """

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise SpanError(
                f"span [{self.start}, {self.end}) is empty or runs backwards; "
                "offsets are half-open code points with 0 <= start < end"
            )

    def __contains__(self, other: Span) -> bool:
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """Whether the two share at least one code point."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Article:
    """A news text exactly as read, with what its source says about it.

    `text` is never changed after reading: every offset in every record refers
    to it. Metadata that the source does not state is None, never guessed.
    """

    text: str
    title: str | None = None
    authors: tuple[str, ...] = ()
    publisher: str | None = None
    published: date | None = None
    url: str | None = None
    language: str | None = None
    path: str | None = None

    @property
    def sha256(self) -> str:
        """The SHA-256 of the text in UTF-8, as 64 hexadecimal digits."""
        return sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()

    @property
    def id(self) -> str:
        """16 hexadecimal digits that name this article: a hash of its text, URL and date.

        Two papers that print the same words are two articles.
        """
        key = "\x1f".join((self.text, self.url or "", self.published.isoformat() if self.published else ""))
        return sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:16]

    def quote(self, span: Span) -> str:
        """The words that a span points at.

        Raises SpanError if the span reaches past the end of the text.
        """
        if span.end > len(self.text):
            raise SpanError(
                f"span [{span.start}, {span.end}) lies outside article {self.id}, which has {len(self.text)} characters"
            )
        return self.text[span.start : span.end]


def locate(quote: str, article: Article, *, after: int = 0) -> Span:
    """The first place at or past `after` where `article` says `quote`, verbatim.

    Offsets count code points, half-open, as Web Annotation's
    TextPositionSelector. Nothing is normalised: spaces and quotation marks
    must match too.

    Raises EvidenceError if the article does not contain the words.

    >>> locate("said", Article("Amnesty said so."))
    Span(start=8, end=12)
    """
    start = article.text.find(quote, after) if quote else -1
    if start < 0:
        raise EvidenceError(
            f"article {article.id} does not contain {quote!r} after offset {after}; "
            "an extractor must copy its evidence word for word"
        )
    return Span(start, start + len(quote))
