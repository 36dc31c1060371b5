"""RSS and Atom files -> the articles whose text they carry. Links are kept, never followed."""

from __future__ import annotations

from collections.abc import Callable
from xml.etree.ElementTree import Element

from ..errors import ReadError
from .html import fragment_text
from .metadata import Metadata, stated_day
from .pieces import Piece, Pieces
from .xml import parse_xml

_CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
_DC = "{http://purl.org/dc/elements/1.1/}"
_ATOM = "{http://www.w3.org/2005/Atom}"


def looks_like_feed(data: bytes) -> bool:
    """Whether bytes start as a feed does."""
    start = data[:2048].lower()
    return any(mark in start for mark in (b"<rss", b"<feed", b"<rdf:rdf")) and b"<html" not in start


def pieces_from_feed(data: bytes, name: str) -> Pieces:
    """Each entry of a feed: its title and the fullest text it has; entries without text are ReadErrors.

    Raises ReadError if the file is no feed.
    """
    root = parse_xml(data, name)
    atom = root.tag == f"{_ATOM}feed"
    items = list(root.iter(f"{_ATOM}entry")) if atom else [e for e in root.iter() if _local(e) == "item"]
    if not atom and _local(root) not in ("rss", "RDF"):
        raise ReadError(name, f"its root is {_local(root)}, not a feed's", "give an RSS or Atom file")
    site = _site(root, atom)
    for n, item in enumerate(items, 1):
        where = f"{name}#{n}"
        try:
            yield _atom_entry(item, where, site) if atom else _rss_item(item, where, site)
        except ReadError as error:
            yield error


def _local(element: Element) -> str:
    return element.tag.rpartition("}")[2]


def _site(root: Element, atom: bool) -> Metadata:
    channel = root if atom else next((e for e in root.iter() if _local(e) == "channel"), root)
    title = _child(channel, lambda e: _local(e) == "title")
    language = _child(channel, lambda e: _local(e) == "language") or root.get(
        "{http://www.w3.org/XML/1998/namespace}lang"
    )
    return Metadata.found("feed", publisher=title, language=(language or "")[:2].lower() or None)


def _child(element: Element, wanted: Callable[[Element], bool]) -> str | None:
    return next((" ".join(c.text.split()) for c in element if wanted(c) and c.text and c.text.strip()), None)


def _children(element: Element, *names: str) -> tuple[str, ...]:
    return tuple(" ".join(c.text.split()) for c in element if _local(c) in names and c.text and c.text.strip())


def _rss_item(item: Element, where: str, site: Metadata) -> Piece:
    full = next((c.text for c in item if c.tag == _CONTENT and c.text), None)
    brief = next((c.text for c in item if _local(c) == "description" and c.text), None)
    link = _child(item, lambda e: _local(e) == "link")
    authors = _children(item, "creator") or tuple(a for a in _children(item, "author") if "@" not in a)
    day = stated_day(_child(item, lambda e: _local(e) == "pubDate") or _child(item, lambda e: e.tag == f"{_DC}date"))
    said = Metadata.found(
        "feed entry",
        title=fragment_text(_child(item, lambda e: _local(e) == "title") or "", where),
        authors=authors,
        published=day,
        url=link if link and link.startswith(("http://", "https://")) else None,
    )
    return _piece(where, full or brief, said.over(site))


def _atom_entry(entry: Element, where: str, site: Metadata) -> Piece:
    content = next((c for c in entry if c.tag == f"{_ATOM}content"), None)
    if content is None or not "".join(content.itertext()).strip():
        content = next((c for c in entry if c.tag == f"{_ATOM}summary"), None)
    authors = tuple(
        " ".join(n.text.split())
        for a in entry
        if a.tag == f"{_ATOM}author"
        for n in a
        if n.tag == f"{_ATOM}name" and n.text
    )
    links = [c.get("href", "") for c in entry if c.tag == f"{_ATOM}link" and c.get("rel", "alternate") == "alternate"]
    said = Metadata.found(
        "feed entry",
        title=fragment_text(_child(entry, lambda e: e.tag == f"{_ATOM}title") or "", where),
        authors=authors,
        published=stated_day(_child(entry, lambda e: e.tag == f"{_ATOM}published")),
        url=next((link for link in links if link.startswith(("http://", "https://"))), None),
    )
    text = None
    if content is not None:
        xhtml = content.get("type") == "xhtml"
        text = _xhtml_text(content) if xhtml else content.text
    return _piece(where, text, said.over(site))


def _xhtml_text(element: Element) -> str:
    """The text of inline XHTML, a blank line after each paragraph-like element."""
    parts: list[str] = []

    def walk(e: Element) -> None:
        parts.append((e.text or "").replace("<", "&lt;"))
        for child in e:
            walk(child)
            if _local(child) in ("p", "div", "li", "h1", "h2", "h3", "br", "blockquote"):
                parts.append("<br>")
            parts.append((child.tail or "").replace("<", "&lt;"))

    walk(element)
    return "".join(parts)


def _piece(where: str, markup: str | None, said: Metadata) -> Piece:
    body = fragment_text(markup or "", where)
    if not body:
        raise ReadError(where, "the entry carries no text", "fetch the page it links to, and read that")
    title = said.title
    return Piece(where, body if title is None or body.startswith(title) else f"{title}\n\n{body}", said)
