"""XML from outside -> elements, by expat alone: no entity is expanded, nothing is opened, depth is limited."""

from __future__ import annotations

from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from ..errors import ReadError

DEEPEST = 200


def parse_xml(data: bytes, name: str) -> Element:
    """The root element, names as `{namespace}tag`.

    Raises ReadError if the data is not well-formed, nests over 200 deep, or
    declares entities: a few lines of those can expand to gigabytes or name
    files of this machine.
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
