"""Annotated news -> texts with their attributions, as the encoder learns from them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ...errors import ReadError
from ..polnear import Spans, read_gold, read_split
from ..written import written
from .variants import Marked, ToldWay

MARKS = "\"“”„«»‘’'`"


def polnear(root: Path, split: str = "train") -> Iterator[ToldWay]:
    """PolNeAR's articles: the outermost attributions, attitudes among them."""
    for name, text, attributions in read_split(root, split):
        yield ToldWay(name, text, tuple(_of_brat(roles) for roles in attributions))


def reviewed(folder: Path) -> Iterator[ToldWay]:
    """The articles of a folder that `kg review export --gold` wrote, in the same way.

    Raises ReadError if it is not laid out so.
    """
    for name, text, statements in read_gold(folder):
        yield ToldWay(name, text, tuple(_of_brat(roles) for roles in statements))


def _of_brat(roles: Spans) -> Marked:
    source, cue, content = (tuple((s.start, s.end) for s in roles[role]) for role in ("source", "cue", "content"))
    return Marked(source, cue, content)


def newsmix(root: Path) -> Iterator[ToldWay]:
    """Articles in the layout of `newsmix`: text/NAME.txt and gold/NAME.json; statements only, nested ones too.

    As in PolNeAR, quotation marks around a content and a "that" before it
    belong to it. A statement without a cue is nothing to learn from here.

    Raises ReadError if the folder holds no such files.
    """
    paths = sorted((root / "gold").glob("*.json"))
    if not paths:
        raise ReadError(str(root), "the folder holds no gold/*.json", "give a folder with text/ and gold/")
    for path in paths:
        text = (root / "text" / f"{path.stem}.txt").read_text(encoding="utf-8")
        yield _told(path.stem, text, json.loads(path.read_text(encoding="utf-8")))


def invented(path: Path) -> Iterator[ToldWay]:
    """The articles of `kg.training.written`, in the same way.

    Raises ReadError as it does.
    """
    for article in written(path):
        yield _told(article.name, article.text, article.gold)


def _told(name: str, text: str, gold: dict[str, Any]) -> ToldWay:
    return ToldWay(name, text, tuple(_of_statement(text, s) for s in gold["statements"] if s["cue"]))


def _of_statement(text: str, statement: dict[str, Any]) -> Marked:
    said_by = statement["said_by"]
    source = (_pair(said_by["span"]),) if said_by else ()
    content = tuple(_grown(text, *piece["span"]) for piece in statement["content"])
    return Marked(source, (_pair(statement["cue"]["span"]),), content)


def _pair(span: list[int]) -> tuple[int, int]:
    return span[0], span[1]


def _grown(text: str, start: int, end: int) -> tuple[int, int]:
    """A piece of content with the quotation marks around it and a "that" before it."""
    while start > 0 and text[start - 1] in MARKS:
        start -= 1
    if text[max(0, start - 5) : start] == "that ":
        start -= 5
    while end < len(text) and (text[end] in MARKS or text[end : end + 2] in (',"', ",”", ",'", ",’")):
        end += 1
    return start, end
