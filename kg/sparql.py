"""What a SPARQL text may hold before an engine sees it: queries only, no way out, no nesting that an engine dies of."""

from __future__ import annotations

import re

from .errors import QueryError

LONGEST = 64 * 1024
"""Characters of a query."""

DEEPEST = 64
"""Brackets of any kind inside each other: a thousand make Oxigraph abort the process."""

MOST_PARTS = 300
"""Operators, triple patterns and clauses: Oxigraph dies of thousands, and orders a few hundred joins for minutes."""

_TOKEN = re.compile(
    r"""
      (?P<string> \"\"\"(?:[^"\\]|\\.|"(?!""))*\"\"\" | '''(?:[^'\\]|\\.|'(?!''))*'''
                | "(?:[^"\\\n\r]|\\.)*" | '(?:[^'\\\n\r]|\\.)*' )
    | (?P<iri> <[^\s<>"{}|^`\\]*> )
    | (?P<comment> \#[^\n\r]* )
    | (?P<variable> [?$]\w+ )
    | (?P<name> [\w.-]*:[^\s{}()\[\];,<>"'|/^*+?!=&]* )
    | (?P<word> [A-Za-z_][\w-]* )
    | (?P<open> [{(\[] )
    | (?P<close> [})\]] )
    | (?P<part> [!^/|&=<>+*;.-] )
    """,
    re.X | re.S,
)
_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_UPDATES = frozenset({"INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "COPY", "MOVE", "ADD", "WITH"})
_PARTS = frozenset({"UNION", "OPTIONAL", "MINUS", "FILTER", "BIND", "GRAPH", "EXISTS", "AS"})
_FORMS = frozenset({"SELECT", "CONSTRUCT", "ASK", "DESCRIBE"})


def guard(text: str, *, allow_from: bool = True) -> bool:
    """Let a query pass that reads, and only from the graph at hand; whether it names its own dataset (FROM).

    Raises QueryError for updates, SERVICE, LOAD, FROM (unless allowed: rdflib
    would fetch what it names), for texts too long and for nesting too deep.
    """
    if len(text) > LONGEST:
        raise QueryError(f"the query has {len(text)} characters; the limit is {LONGEST}")
    dataset = _guard(text, allow_from)
    if _ESCAPE.search(text):  # some engines read escapes before anything else, so both readings must be harmless
        dataset |= _guard(_ESCAPE.sub(_unescape, text), allow_from)
    return dataset


def _unescape(match: re.Match[str]) -> str:
    code = int(match[1] or match[2], 16)
    return chr(code) if code <= 0x10FFFF and not 0xD800 <= code <= 0xDFFF else "\ufffd"


def _guard(text: str, allow_from: bool) -> bool:
    dataset = False
    depth = deepest = parts = 0
    form: str | None = None
    for token in _TOKEN.finditer(text):
        match token.lastgroup:
            case "open":
                depth += 1
                deepest = max(deepest, depth)
            case "close":
                depth -= 1
            case "part":
                parts += 1
            case "word":
                word = token.group().upper()
                where = place(text, token.start())
                if word == "SERVICE":
                    raise QueryError(f"SERVICE is not allowed ({where}); a query reads this graph alone")
                dataset |= word == "FROM"
                if dataset and not allow_from:
                    raise QueryError(f"FROM is not allowed here ({where}); use GRAPH, or query the store")
                if form is None and depth == 0 and word in _UPDATES:
                    raise QueryError(f"{word} is not allowed ({where}); a query cannot change the graph")
                if word == "LOAD":
                    raise QueryError(f"LOAD is not allowed ({where}); a query reads this graph alone")
                if word in _FORMS:
                    form = form or word
                parts += word in _PARTS
    if deepest > DEEPEST:
        raise QueryError(f"the query nests {deepest} brackets; the limit is {DEEPEST}")
    if parts > MOST_PARTS:
        raise QueryError(f"the query has {parts} operators, triple patterns and clauses; the limit is {MOST_PARTS}")
    return dataset


def place(text: str, offset: int) -> str:
    """Line and column of an offset, from 1, as people count."""
    before = text[:offset]
    return f"line {before.count(chr(10)) + 1}, column {offset - before.rfind(chr(10))}"
