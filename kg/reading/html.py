"""A saved web page -> the article in it, by trafilatura, which reads the page alone and opens nothing."""

from __future__ import annotations

import re
from typing import Any

from ..errors import ReadError
from ..language.lexicon import words
from .furniture import trimmed
from .markup import markup_says, without_site
from .markup_marks import with_marks
from .metadata import Metadata
from .pieces import Piece
from .text import clean, decode

_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]{2,30})", re.I)
_XML_CHARSET = re.compile(rb"^\s*<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([A-Za-z0-9_-]{2,30})", re.I)
_BLOCKS = words("reading", "block element")
LEAST_WORDS = 8
"""Words in the shortest article body; less is a menu or a notice that the page is gone."""

_TAGS = re.compile(r"</(?:p|div|li|ul|ol|blockquote|h[1-6]|a|b|i|em|strong|span)\s*>|<(?:p|br)\s*/?>", re.I)
_AFTER_THE_END = re.compile(
    r"related(?: \w+)?:?|most (?:read|popular)\b[^.]{0,40}|(?:read|see|watch) (?:more|also|next)\b[^.]{0,120}"
    r"|more (?:on|from|about) [^.]{1,80}|share (?:this|on) [^.]{1,60}|advert(?:isement)?|tags?: .{1,160}"
    r"|(?:sign up|subscribe)\b.{0,160}\b(?:newsletters?|updates|alerts|inbox|e-?mails?)\b.{0,60}"
    r"|follow .{1,40} on (?:twitter|facebook|instagram|x|youtube|tiktok|bluesky)\b.{0,80}"
    r"|(?:copyright|©|\(c\)) .{1,160}|.{0,120}\ball rights reserved\b.{0,40}",
    re.I,
)
"""A line that pages put behind an article and that is none of it."""
_TERM = "\x1f"
"""Stands between a term and what is said of it, until it is known how that begins."""
_AFTER = {**dict.fromkeys(_BLOCKS, "\n"), "dt": _TERM, "td": " | ", "th": " | "}
"""What stands where an element ends."""
_HIDDEN = words("reading", "element left out")


def looks_like_html(data: bytes) -> bool:
    """Whether bytes start as a page does.

    >>> looks_like_html(b"<!doctype html><title>a</title>"), looks_like_html(b"plain words")
    (True, False)
    """
    start = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return start.startswith((b"<!doctype html", b"<html", b"<head", b"<body")) or (
        start.startswith((b"<?xml", b"<!--")) and b"<html" in data[:4096].lower()
    )


def piece_from_html(data: bytes, name: str, charset: str | None = None, known: Metadata | None = None) -> Piece:
    """The body text of a page, its headline first, with what the page's own markup says about it.

    `charset` is what the transport declared; `known` what is known from elsewhere (the URL it was fetched from)
    and holds only where the page is silent.

    Raises ReadError if no article body is found.

    >>> said = "<p>The mill has closed, its owner said. The river was clean, the council found last year.</p>"
    >>> page = f"<html><title>Mill closes</title><body><article><h1>Mill closes</h1>{said}</article></body></html>"
    >>> piece = piece_from_html(page.encode(), "mill.html")
    >>> piece.text[:31], piece.said.title
    ('Mill closes\\n\\nThe mill has close', 'Mill closes')
    """
    import trafilatura

    tree = parsed(decode_page(data, name, charset), name)
    said = markup_says(tree)
    found = trafilatura.bare_extraction(
        with_marks(tree), favor_precision=True, include_comments=False, include_tables=False, with_metadata=False
    )
    if isinstance(found, dict):  # only with as_dict=True, which is not asked for
        raise TypeError("trafilatura returned a dict")
    # a blank line between paragraphs, or lines of equal length would look like one wrapped paragraph
    lines = [line.strip() for line in clean((found.text if found else None) or "").split("\n") if line.strip()]
    while lines and _AFTER_THE_END.fullmatch(lines[-1]):
        lines.pop()
    body = "\n\n".join(lines)
    if len(body.split()) < LEAST_WORDS:
        raise ReadError(name, "no article body is found in the page", "save the article's text as .txt")
    said = _with_title(said, without_site(said.title, said.publisher))
    title = said.title
    body, posted = trimmed(body, title)
    said = said.over(posted)
    text = body if title is None or " ".join(body[: 2 * len(title)].split()).startswith(title) else f"{title}\n\n{body}"
    return Piece(name, text, said.over(known or Metadata()))


def _with_title(said: Metadata, title: str | None) -> Metadata:
    """The metadata with another title from the same place."""
    where = dict(said.origin).get("title")
    if title is None or where is None:
        return said
    return Metadata.found(where, title=title).over(said)


def decode_page(data: bytes, name: str, charset: str | None = None) -> str:
    """The characters of a page, in the encoding that the transport or the page itself declares where it fits.

    >>> decode_page("<p>naïve</p>".encode(), "a.html")
    '<p>naïve</p>'
    """
    declared = charset
    if declared is None:
        match = _XML_CHARSET.match(data[:200]) or _CHARSET.search(data[:4096])
        declared = match[1].decode("ascii") if match else None
    if declared is not None and declared.lower() in words("reading", "read as windows-1252"):
        declared = "cp1252"  # as browsers read it
    return decode(data, name, declared)


MOST_ATTRIBUTES = 5_000
_LONG_TAG = re.compile(r"<[A-Za-z][^<>]{10000,}")
_VALUE = re.compile(r"\"[^\"]*\"|'[^']*'")


def parsed(page: str, name: str) -> Any:
    """The tree of a page. Raises ReadError if there is nothing in it, or a tag that would take for ever to read.

    >>> parsed("<title>Mill closes</title><p>No one was told.</p>", "mill.html").findtext(".//p")
    'No one was told.'
    """
    from lxml import etree, html

    if any(len(_VALUE.sub("", tag).split()) > MOST_ATTRIBUTES for tag in _LONG_TAG.findall(page)):
        why = f"a tag in it has over {MOST_ATTRIBUTES:,} attributes"  # each is compared with all before it
        raise ReadError(name, why, "save the article's text as .txt")
    try:
        # a declared encoding is settled by now, and lxml refuses one in decoded text
        return html.document_fromstring(re.sub(r"^\s*<\?xml[^>]*\?>", "", page), ensure_head_body=False)
    except (etree.LxmlError, ValueError) as error:
        raise ReadError(name, f"the page cannot be read ({error})", "save the article's text as .txt") from error


def fragment_text(markup: str, name: str) -> str:
    """The text of a piece of HTML such as a feed's, a line for each block; plain text comes back as it is.

    >>> fragment_text("<p>It <b>failed</b>.</p>", "a row")
    'It failed.'
    """
    if "<" not in markup and "&" not in markup:
        return clean(markup).strip()
    tree = with_marks(parsed(f"<html><body>{markup}</body></html>", name))
    parts: list[str] = []
    _collect(tree, parts)
    text = "".join(parts)
    if _TAGS.search(text) and not _TAGS.search(markup):  # escaped twice
        return fragment_text(text, name)
    text = re.sub(rf"{_TERM}\s*(?=([a-z])?)", lambda m: " " if m[1] else ": ", text)
    lines = (" ".join(line.split()).removesuffix(" |") for line in text.split("\n"))
    return clean("\n\n".join(line for line in lines if line))


def _collect(tree: Any, parts: list[str]) -> None:
    """The text below an element in order, by a walk that does not recurse: nesting may be deep."""
    hidden = 0
    from lxml import etree

    for event, element in etree.iterwalk(tree, events=("start", "end", "comment", "pi")):
        tag = element.tag if isinstance(element.tag, str) else ""
        if event == "start":
            hidden += tag in _HIDDEN
            parts.append("\n" if tag in _BLOCKS else "")
            if not hidden and element.text:
                parts.append(element.text.replace("\n", " "))
            continue
        if event == "end":
            hidden -= tag in _HIDDEN
            parts.append(_AFTER.get(tag, ""))
        if not hidden and element.tail:
            parts.append(element.tail.replace("\n", " "))
