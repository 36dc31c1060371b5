"""RDF terms as light values, and N-Quads lines: what graphs are made of before any RDF library sees them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from ..errors import GraphError

_STRING = "http://www.w3.org/2001/XMLSchema#string"
_LANG_STRING = "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString"


class Iri(str):
    """The name of a node, property or graph."""

    __slots__ = ()


class Blank(str):
    """A node without a name. Our graphs hold none; answers to other people's queries may."""

    __slots__ = ()


class Lit(NamedTuple):
    """A value: its text, the IRI of its datatype, and its language where it has one."""

    text: str
    datatype: str = _STRING
    language: str | None = None


Term = Iri | Blank | Lit


class Quad(NamedTuple):
    """`subject` `predicate` `object`, in the graph `graph`."""

    s: Iri
    p: Iri
    o: Iri | Lit
    g: Iri


_ESCAPED = re.compile('["\\\\\x00-\x1f\x7f]')
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r"}
_SURROGATE = re.compile("[\ud800-\udfff]")


def clean(text: str) -> str:
    """Text that UTF-8 can hold: each lone surrogate becomes U+FFFD, so that offsets stay.

    >>> clean("Jo\\ud800 Hill") == "Jo\\ufffd Hill"
    True
    """
    return text if text.isascii() else _SURROGATE.sub("\ufffd", text)


def _escape(match: re.Match[str]) -> str:
    character = match.group()
    return _ESCAPES.get(character) or f"\\u{ord(character):04X}"


def _quoted(text: str) -> str:
    # Most texts hold nothing to escape, and these three tests cost less than one search.
    if text.isprintable() and '"' not in text and "\\" not in text:
        return f'"{text}"'
    return f'"{_ESCAPED.sub(_escape, text)}"'


def ntriples(term: Iri | Blank | Lit) -> str:
    r"""A term as canonical N-Triples writes it: what must be escaped is, everything else stays UTF-8.

    >>> ntriples(Lit('a "b"\n'))
    '"a \\"b\\"\\n"'
    """
    if isinstance(term, Lit):
        text, datatype, language = term
        quoted = _quoted(text)
        if language:
            return f"{quoted}@{language}"
        return quoted if datatype == _STRING else f"{quoted}^^<{datatype}>"
    return f"_:{term}" if isinstance(term, Blank) else f"<{term}>"


def nquads(quads: Iterable[Quad]) -> list[str]:
    """Canonical N-Quads, a line each without its line end: sorted by code point, none twice.

    >>> nquads([Quad(Iri("http://a"), Iri("http://b"), Iri("http://c"), Iri("http://g"))])
    ['<http://a> <http://b> <http://c> <http://g> .']
    """
    return sorted({f"<{s}> <{p}> {ntriples(o) if type(o) is Lit else f'<{o}>'} <{g}> ." for s, p, o, g in quads})


def joined(lines: Iterable[str]) -> bytes:
    """Lines, as `nquads` makes them, as an N-Quads document.

    >>> joined(["<a> <b> <c> .", "<d> <e> <f> ."])
    b'<a> <b> <c> .\\n<d> <e> <f> .\\n'
    """
    return "".join([f"{line}\n" for line in lines]).encode()


_LINE = re.compile(
    r'<([^>]*)> <([^>]*)> (?:<([^>]*)>|"((?:[^"\\]|\\.)*)"(?:\^\^<([^>]*)>|@([A-Za-z0-9-]+))?) <([^>]*)> \.'
)
_UNESCAPED = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))")
_UNESCAPES = {"b": "\b", "t": "\t", "n": "\n", "f": "\f", "r": "\r"}


def _unescape(match: re.Match[str]) -> str:
    code = match[1] or match[2]
    return chr(int(code, 16)) if code else _UNESCAPES.get(match[3], match[3])


def read_line(line: str) -> Quad:
    r"""The quad of a canonical N-Quads line, as `nquads` writes them.

    Raises GraphError if it is none; use an RDF library for N-Quads from elsewhere.

    >>> read_line("<http://a> <http://b> <http://c> <http://g> .")
    Quad(s='http://a', p='http://b', o='http://c', g='http://g')
    """
    match = _LINE.fullmatch(line)
    if match is None:
        raise GraphError(f"not a canonical N-Quads line: {line[:100]!r}")
    s, p, o, text, datatype, language, g = match.groups()
    if o is not None:
        return Quad(Iri(s), Iri(p), Iri(o), Iri(g))
    plain = _UNESCAPED.sub(_unescape, text) if "\\" in text else text
    return Quad(Iri(s), Iri(p), Lit(plain, _LANG_STRING if language else datatype or _STRING, language), Iri(g))
