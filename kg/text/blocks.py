"""Article -> blocks: headline, dateline, caption, subhead, paragraph; the units that a parser reads."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from .article import Article, Span


class BlockKind(StrEnum):
    """What a block of a news text is."""

    HEADLINE = "headline"
    DATELINE = "dateline"
    CAPTION = "caption"
    SUBHEAD = "subhead"
    PARAGRAPH = "paragraph"


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of text that no sentence crosses."""

    kind: BlockKind
    span: Span


_LINE = re.compile(r"[^\r\n\x0b\x0c\x85\u2028\u2029]+")
_TERMINAL = (".", "!", "?", "…", ":", ";", ",")
_CLOSERS = "\"'”’»)]"
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?"
_DATE_ONLY = re.compile(
    rf"(?:published:?\s|updated:?\s|posted:?\s)?\s*(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s)?\s*"
    rf"(?:{_MONTH}\s\d{{1,2}}(?:st|nd|rd|th)?,?\s\d{{4}}|\d{{1,2}}(?:st|nd|rd|th)?\s{_MONTH},?\s\d{{4}}|\d{{4}}-\d\d-\d\d)"
    r"(?:[\s,|–-]+\d{1,2}:\d\d(?:\s?[ap]m)?[\w\s]{0,8})?",
    re.I,
)
_CAPTION = re.compile(
    r"(?:is|are) (?:seen|shown|pictured)\b|"
    r"\b(?:photo|photograph|image|picture|file photo)\b(?: (?:by|courtesy|credit)|:|/)|"
    r"\bstill image\b|\(AP Photo|\bGetty Images\b",
    re.I,
)


# "GENEVA, June 28 (Reuters) - The", "NEW YORK — Human Rights Watch", "(CNN) -- A", "(Relk) – The"; without a dash or
# capitals only with date and agency: "Bhopal, March 20 (IANS) The"
_PLACELINE = re.compile(
    r"(?:[A-Z][A-Z.'’]{2,}(?:[ ,/-]{1,2}[A-Z][A-Z.'’]+){0,4}(?:, [A-Z][A-Za-z. ]{2,20}[a-z.])?"
    r"(?:, (?:[A-Z][a-z]{2,8}\.? \d{1,2}|\d{1,2} [A-Z][a-z]{2,8})(?:,? \d{4})?)?"
    r"(?: ?\([A-Z][\w. ]{1,20}\))?|\([A-Z][A-Za-z. ,’'-]{1,24}\))(?= ?(?:-|–|—|--) [“\"‘A-Z])"
    r"|[A-Z][A-Za-z.'’ -]{2,24}, (?:[A-Z][a-z]{2,8}\.? \d{1,2}|\d{1,2} [A-Z][a-z]{2,8})(?:,? \d{4})?"
    r" \([A-Z][\w. ]{1,20}\)(?= (?:(?:-|–|—|--) )?[“\"‘A-Z])"
)


def is_dateline(line: str) -> bool:
    """Whether a line holds a date and nothing else, such as `Friday, August 21, 2015`.

    >>> is_dateline("Friday, August 21, 2015"), is_dateline("It failed on Friday.")
    (True, False)
    """
    return _DATE_ONLY.fullmatch(line.strip()) is not None


def find_blocks(article: Article) -> tuple[Block, ...]:
    """The blocks of an article in order, without the white space around them.

    A line is a block, unless the text is wrapped at a fixed width: then lines
    up to a blank line make one. The first short block that does not end like a
    sentence is the headline, later ones are subheads. The place before a
    report's first words ("GENEVA (Reuters) -", "CHENNAI: Workers") is a dateline of its own, and so
    is the hour before each entry of a live blog ("14.30 The mayor came") or turn of
    a film ("[00:01:02]").

    >>> text = "Mill closes\\n\\nThe mill closed on Monday, its owner said."
    >>> [str(block.kind) for block in find_blocks(Article(text))]
    ['headline', 'paragraph']
    """
    blocks: list[Block] = []
    labels = [m["name"] for m in _LABEL.finditer(article.text)]
    live = len(_HOUR_OF_ENTRY.findall(article.text)) > 1
    for whole in _units(article.text):
        span = whole
        hour = _HOUR_OF_ENTRY.match(article.text, span.start, span.end) if live else None
        if hour:
            blocks.append(Block(BlockKind.DATELINE, Span(span.start, hour.end("hour"))))
            span = Span(hour.end(), span.end)
        line = article.text[span.start : span.end]
        kind = _kind(line, blocks)
        place = _PLACELINE.match(line) or _before_colon(line, labels, article.text, blocks)
        if place and kind is BlockKind.PARAGRAPH:
            body = _DASHES.match(line, place.end())
            start = span.start + (body.end() if body else place.end())
            blocks.append(Block(BlockKind.DATELINE, Span(span.start, span.start + place.end())))
            blocks.append(Block(kind, Span(start, span.end)))
        else:
            blocks.append(Block(kind, span))
    return tuple(blocks)


def _before_colon(line: str, labels: list[str], text: str, before: list[Block]) -> re.Match[str] | None:
    """The town in capitals before a colon: "CHENNAI: Workers"; None where it may be who speaks, as in a transcript.

    It is the only such label of a text, and opens the first paragraph or names
    nobody of whom the text speaks elsewhere.
    """
    place = _LABEL.match(line)
    kinds = [block.kind for block in before]
    if place is None or labels != [place["name"]]:
        return None
    leads = {BlockKind.PARAGRAPH, BlockKind.DATELINE}.isdisjoint(kinds)  # a film's turns have their hours
    if not leads and BlockKind.HEADLINE not in kinds:
        return None
    named = re.findall(rf"\b{re.escape(labels[0].split()[-1])}\b", text, re.IGNORECASE)
    return place if leads or len(named) == 1 else None


# "KOLKATA: A", "NEW YORK: The", "LONDON (Relk): The"
_LABEL = re.compile(
    r"^(?P<name>[A-Z][A-Z.'’-]{2,}(?: [A-Z][A-Z.'’-]+){0,2})(?:,? ?\([A-Z][\w. ]{1,20}\))?:(?= [“\"‘A-Z])", re.M
)
_HOUR_OF_ENTRY = re.compile(
    r"^(?P<hour>(?:[01]?\d|2[0-3])[.:h][0-5]\d(?: ?[ap]\.?m\.?)?(?: (?:GMT|BST|CET|[ECMP][DS]?T|UTC))?)"
    r"[ \t]+[|–—:-]?[ \t]*(?=[“\"‘'A-Z])",
    re.M,
)
_DASHES = re.compile(r"[\s–—-]+")
_TIME_CODE = re.compile(r"\[\d\d:\d\d:\d\d\]")


def _units(text: str) -> list[Span]:
    units: list[Span] = []
    chunk: list[Span] = []
    for match in _LINE.finditer(text):
        raw = match.group()
        stripped = raw.strip()
        if not stripped:
            units += _unwrapped(chunk)
            chunk = []
            continue
        start = match.start() + raw.index(stripped[0])
        span = Span(start, start + len(stripped))
        if chunk and text.count("\n", chunk[-1].end, span.start) > 1:
            units += _unwrapped(chunk)
            chunk = []
        chunk.append(span)
    return units + _unwrapped(chunk)


def _unwrapped(lines: list[Span]) -> list[Span]:
    """One span for lines that a fixed width broke, the lines themselves otherwise."""
    widths = [line.end - line.start for line in lines]
    if len(lines) > 1 and 40 <= max(widths) <= 100 and all(width >= 0.6 * max(widths) for width in widths[:-1]):
        return [Span(lines[0].start, lines[-1].end)]
    return lines


def _kind(line: str, before: list[Block]) -> BlockKind:
    ends_sentence = line.rstrip(_CLOSERS).endswith(_TERMINAL)
    if is_dateline(line) or _TIME_CODE.fullmatch(line):
        return BlockKind.DATELINE
    if not before:
        return BlockKind.PARAGRAPH if len(line) > 200 or (ends_sentence and len(line) > 120) else BlockKind.HEADLINE
    if len(line) <= 300 and _CAPTION.search(line):
        return BlockKind.CAPTION
    if len(line) <= 90 and not ends_sentence:
        return BlockKind.SUBHEAD
    return BlockKind.PARAGRAPH
