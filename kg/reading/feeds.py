"""RSS and Atom files -> the articles whose text they carry, named by their ids. Links are kept, never followed."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from ..errors import ReadError
from ..language.lexicon import words
from .html import fragment_text
from .metadata import Metadata
from .pieces import Piece, Pieces, under_headline
from .written_dates import read_day
from .xml import lenient_xml

_XML = "{http://www.w3.org/XML/1998/namespace}"


def looks_like_feed(data: bytes) -> bool:
    """Whether bytes start as a feed does.

    >>> looks_like_feed(b"<rss version='2.0'></rss>")
    True
    """
    start = data[:2048].lower()
    return any(mark in start for mark in (b"<rss", b"<feed", b"<rdf:rdf")) and b"<html" not in start


def pieces_from_feed(data: bytes, name: str) -> Pieces:
    """Each entry of an RSS or Atom feed of any version, with or without namespaces: its title and its fullest text.

    A feed that is not well-formed is read as far as it can be, and its pieces
    say so; entries without text are ReadErrors.

    Raises ReadError if the file is no feed.

    >>> item = b"<item><title>Mill closes</title><description>It closed.</description></item>"
    >>> feed = b"<rss><channel>" + item + b"</channel></rss>"
    >>> [piece.said.title for piece in pieces_from_feed(feed, "a.rss")]
    ['Mill closes']
    """
    root, fault = lenient_xml(data, name)
    kind = _local(root)
    if kind not in ("rss", "RDF", "feed"):
        raise ReadError(name, f"its root is {kind}, not a feed's", "give an RSS or Atom file")
    atom = kind == "feed"
    items = [e for e in root.iter() if _local(e) == ("entry" if atom else "item")]
    site = _site(root, atom)
    warnings = (fault,) if fault else ()
    for n, item in enumerate(items, 1):
        # by what it calls itself: its place changes with every item that comes before it
        own = _child(item, "guid", "id") or _child(item, "link") or str(n)
        where = f"{name}#{re.sub(r'[^!-~]+', '-', own)[:200]}"
        try:
            yield _atom_entry(item, where, site, warnings) if atom else _rss_item(item, where, site, warnings)
        except ReadError as error:
            yield error


def _local(element: Element) -> str:
    """An element's name without its namespace, or the prefix that stands for one that is not declared."""
    return element.tag.rpartition("}")[2].rpartition(":")[2]


def _site(root: Element, atom: bool) -> Metadata:
    channel = root if atom else next((e for e in root.iter() if _local(e) == "channel"), root)
    title = _child(channel, "title")
    language = _child(channel, "language") or root.get(f"{_XML}lang")
    return Metadata.found("feed", publisher=title, language=(language or "")[:2].lower() or None)


def _child(element: Element, *names: str) -> str | None:
    """The text of the first child of one of these names, in their order, that has any."""
    found = (" ".join(c.text.split()) for n in names for c in element if _local(c) == n and c.text and c.text.strip())
    return next(found, None)


def _children(element: Element, *names: str) -> tuple[str, ...]:
    return tuple(" ".join(c.text.split()) for c in element if _local(c) in names and c.text and c.text.strip())


def _is_page(link: str | None) -> bool:
    return bool(link) and str(link).startswith(("http://", "https://"))


def _rss_item(item: Element, where: str, site: Metadata, warnings: tuple[str, ...]) -> Piece:
    full = next((_inner(c) for c in item if _local(c) == "encoded" and _inner(c).strip()), None)
    brief = next((_inner(c) for c in item if _local(c) == "description" and _inner(c).strip()), None)
    link = _child(item, "link")
    authors = _children(item, "creator") or tuple(a for a in _children(item, "author") if "@" not in a)
    day, lost = read_day(_child(item, "pubDate", "date"))
    said = Metadata.found(
        "feed entry",
        title=fragment_text(_child(item, "title") or "", where),
        authors=authors,
        published=day,
        url=link if _is_page(link) else None,
    )
    return _piece(where, full or brief, said.over(site), (*warnings, *((lost,) if lost else ())))


def _atom_entry(entry: Element, where: str, site: Metadata, warnings: tuple[str, ...]) -> Piece:
    content = next((c for c in entry if _local(c) == "content"), None)
    if content is None or not "".join(content.itertext()).strip():
        content = next((c for c in entry if _local(c) == "summary"), None)
    people = [n for a in entry if _local(a) == "author" for n in a if _local(n) == "name" and n.text]
    links = [c.get("href", "") for c in entry if _local(c) == "link" and c.get("rel", "alternate") == "alternate"]
    day, lost = read_day(_child(entry, "published", "issued"))
    said = Metadata.found(
        "feed entry",
        title=fragment_text(_child(entry, "title") or "", where),
        authors=tuple(" ".join((n.text or "").split()) for n in people),
        published=day,
        url=next((link for link in links if _is_page(link)), None),
    )
    text = _inner(content) if content is not None else None
    changed = _child(entry, "updated", "modified") if day is None and lost is None else None
    if changed is not None:
        lost = f"it says when it was last changed ({changed[:40]}), not when it was published"
    return _piece(where, text, said.over(site), (*warnings, *((lost,) if lost else ())))


def _inner(element: Element) -> str:
    """What an element holds as HTML: its text, which is HTML, or the elements that stand in it, each block parted."""
    if not len(element):
        return element.text or ""
    parts: list[str] = []

    def walk(e: Element) -> None:
        parts.append((e.text or "").replace("&", "&amp;").replace("<", "&lt;"))
        for child in e:
            walk(child)
            if _local(child) in words("reading", "block element"):
                parts.append("<br>")
            parts.append((child.tail or "").replace("&", "&amp;").replace("<", "&lt;"))

    walk(element)
    return "".join(parts)


def _piece(where: str, markup: str | None, said: Metadata, warnings: tuple[str, ...]) -> Piece:
    body = fragment_text(markup or "", where)
    if not body:
        raise ReadError(where, "the entry carries no text", "fetch the page it links to, and read that")
    return Piece(where, under_headline(said.title, body), said, warnings)
