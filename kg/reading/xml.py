"""XML from outside -> elements, by expat alone: no entity is expanded, nothing is opened, depth is limited."""

from __future__ import annotations

import html
import re
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from ..errors import ReadError
from .text import decode

DEEPEST = 200


def parse_xml(data: bytes, name: str) -> Element:
    """The root element, names as `{namespace}tag`.

    Raises ReadError if the data is not well-formed, nests over 200 deep, or
    declares entities: a few lines of those can expand to gigabytes or name
    files of this machine.

    >>> parse_xml(b"<a><b>c</b></a>", "a.xml").tag
    'a'
    """
    builder = TreeBuilder()
    parser = expat.ParserCreate(namespace_separator="}")
    parser.buffer_text = True
    parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
    depth = 0

    def refuse(why: str) -> None:
        raise ReadError(name, why, "save the document anew from the program that wrote it")

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > DEEPEST:
            refuse(f"its XML nests more than {DEEPEST} deep")
        builder.start(_name(tag), {_name(key): value for key, value in attributes.items()})

    def end(tag: str) -> None:
        nonlocal depth
        depth -= 1
        builder.end(_name(tag))

    def doctype(_: str, __: str | None, ___: str | None, internal: int) -> None:
        if internal:
            refuse("its XML declares things of its own")

    def entity(*_: object) -> None:
        refuse("its XML declares entities")

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = builder.data
    parser.StartDoctypeDeclHandler = doctype
    parser.EntityDeclHandler = entity
    parser.ExternalEntityRefHandler = lambda *_: 1  # an outside declaration is left unread
    try:
        parser.Parse(data, True)
        return builder.close()
    except (expat.ExpatError, AssertionError, ValueError, LookupError) as error:
        if isinstance(error, ReadError):
            raise
        raise ReadError(name, f"its XML is not well-formed ({error})", "save the document anew") from error


def _name(tag: str) -> str:
    return "{" + tag if "}" in tag else tag


_OWN_TERMS = re.compile(rb"<!(?:ENTITY|ATTLIST|ELEMENT|NOTATION)|<!DOCTYPE[^>\[]*\[", re.I)
_BARE = re.compile(r"&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[0-9a-fA-F]{1,6});)([A-Za-z][A-Za-z0-9]{1,30};)?")
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def lenient_xml(data: bytes, name: str) -> tuple[Element, str | None]:
    """The root of XML as feeds have it, and what is wrong with it where it is not well-formed.

    Mended are blanks before the declaration, a bare `&`, the names that HTML
    has for characters, and control characters; what does not nest is closed
    where it must end. Declarations of entities are refused, as in `parse_xml`,
    and nothing is ever opened.

    Raises ReadError if that does not make XML of it.

    >>> root, fault = lenient_xml(b"<item><title>Mill & river</title></item>", "feed.xml")
    >>> root.findtext("title"), (fault or "")[:26]
    ('Mill & river', 'its XML is not well-formed')
    """
    try:
        return parse_xml(data, name), None
    except ReadError as error:
        if _OWN_TERMS.search(data) or "well-formed" not in error.why:
            raise
        fault = f"{error.why}; it was read as far as it can be"
    declared = re.match(rb"\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9_.-]{2,30})", data)
    text = decode(data, name, declared[1].decode() if declared else None)
    text = re.sub(r"^\s*<\?xml[^>]{0,400}\?>", "", text.lstrip("\ufeff \t\r\n"))
    text = _BARE.sub(
        lambda m: (
            html.unescape(m.group()) if m[1] and html.unescape(m.group()) != m.group() else "&amp;" + (m[1] or "")
        ),
        text,
    )
    mended = _NO_XML.sub(" ", text).encode()
    try:
        return parse_xml(mended, name), fault
    except ReadError as error:
        if "well-formed" not in error.why:
            raise
    return _recovered(mended, name), fault


def _recovered(data: bytes, name: str) -> Element:
    """What lxml makes of elements that do not nest, under the limits of `parse_xml`."""
    from lxml import etree

    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except (etree.LxmlError, ValueError) as error:
        raise ReadError(name, f"its XML is not well-formed ({error})", "save the document anew") from error
    if root is None:
        raise ReadError(name, "its XML is not well-formed (nothing can be read)", "save the document anew")
    builder, depth = TreeBuilder(), 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if not isinstance(element.tag, str):
            continue
        if event == "start":
            depth += 1
            if depth > DEEPEST:
                raise ReadError(name, f"its XML nests more than {DEEPEST} deep", "save the document anew")
            builder.start(element.tag, {str(k): str(v) for k, v in element.attrib.items()})
            builder.data(element.text or "")
        else:
            depth -= 1
            builder.end(element.tag)
            if element is not root:
                builder.data(element.tail or "")
    return builder.close()
