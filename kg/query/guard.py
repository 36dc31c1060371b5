"""What a SPARQL text may hold before an engine sees it: queries only, no way out, no nesting that an engine dies of.

The lexer cuts a text where Oxigraph's parser does. Where that parser could
read a text in two ways (is `<` an operator or does it open an IRI?), a text
that would mean something else in the other reading is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..errors import QueryError
from ..rdf.vocab import PREFIXES

LONGEST = 64 * 1024
"""Characters of a query."""

DEEPEST = 64
"""Brackets of any kind inside each other: a thousand make Oxigraph abort the process."""

MOST_PARTS = 300
"""Operators, triple patterns and clauses: Oxigraph dies of thousands, and orders a few hundred joins for minutes."""

# A run is taken whole, and a string that does not close ends the work: no text takes quadratic time.
_TOKEN = re.compile(
    r"""
      (?P<string> \"\"\"(?:[^"\\]|\\.|"(?!""))*+\"\"\" | '''(?:[^'\\]|\\.|'(?!''))*+'''
                | "(?:[^"\\\n\r]|\\.)*+" | '(?:[^'\\\n\r]|\\.)*+' )
    | (?P<iri> <(?:[^\x00-\x20<>"{}|^`\\]|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8})*+> )
    | (?P<comment> \#[^\n\r]*+ )
    | (?P<variable> [?$]\w++ )
    | (?P<name> (?P<head>[\w.-]*+) : (?P<local> (?:[^\s{}()\[\];,<>"'|/^*+?!=&\#$\\@~`]|\\[^\s])*+ ) )
    | (?P<run> [\w.-]++ )
    | (?P<open> [{(\[] )
    | (?P<close> [})\]] )
    | (?P<part> [!^/|&=<>+*;] )
    | (?P<broken> ["'] )
    """,
    re.X | re.S,
)
_WORD = re.compile(r"[A-Za-z_ſ]\w*")
_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_WHOLE = re.compile(r"<[A-Za-z][A-Za-z0-9+.-]*://")
_UPDATES = frozenset({"INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "COPY", "MOVE", "ADD", "WITH"})
_PARTS = frozenset({"UNION", "OPTIONAL", "MINUS", "FILTER", "BIND", "GRAPH", "EXISTS", "AS"})
_FORMS = frozenset({"SELECT", "CONSTRUCT", "ASK", "DESCRIBE"})


def guard(text: str, *, allow_from: bool = True) -> bool:
    """Let a query pass that reads, and only from the graph at hand; whether it names its own dataset (FROM).

    Raises QueryError for updates, SERVICE, LOAD, FROM (unless allowed: rdflib
    would fetch what it names), for texts too long and for nesting too deep.

    >>> guard("SELECT ?s WHERE { ?s ?p ?o }")
    False
    """
    if len(text) > LONGEST:
        raise QueryError(f"the query has {len(text)} characters; the limit is {LONGEST}")
    dataset = _guard(text, allow_from, broken=0)
    if _ESCAPE.search(text):  # some engines read escapes before anything else, so both readings must be harmless
        dataset |= _guard(_unescaped(text), allow_from, broken=20)
    return dataset


def sources(text: str) -> tuple[str, ...]:
    """The IRIs of the graphs that a query, which `guard` let pass, names after FROM and FROM NAMED.

    Raises QueryError for one that is not written as an IRI or with a declared prefix.

    >>> sources("SELECT ?s FROM <https://example.org/g> WHERE { ?s ?p ?o }")
    ('https://example.org/g',)
    """
    known = dict(PREFIXES)
    found: list[str] = []
    before: list[str] = []
    for token in _tokens(text):
        kind, words = token.lastgroup, token.group()
        if kind == "comment":
            continue
        if len(before) > 1 and before[-2].upper() == "PREFIX" and kind == "iri" and before[-1].endswith(":"):
            known[before[-1][:-1]] = _unescaped(words[1:-1])
        after = [word.upper() for word in before[-2:]]
        if (after[-1:] == ["FROM"] and words.upper() != "NAMED") or after == ["FROM", "NAMED"]:
            found.append(_source(token, known))
        before = [*before[-1:], words]
    return tuple(found)


def _source(token: re.Match[str], known: dict[str, str]) -> str:
    if token.lastgroup == "iri":
        return _unescaped(token.group()[1:-1])
    if token.lastgroup == "name" and token["head"] in known:
        return known[token["head"]] + re.sub(r"\\(.)", r"\1", token["local"])
    raise QueryError(f"FROM is followed by {token.group()[:80]!r}; write the graph's IRI as <...>")


def _tokens(text: str) -> Iterator[re.Match[str]]:
    return _TOKEN.finditer(text)


def _unescaped(text: str) -> str:
    return _ESCAPE.sub(_unescape, text)


def _unescape(match: re.Match[str]) -> str:
    code = int(match[1] or match[2], 16)
    return chr(code) if code <= 0x10FFFF and not 0xD800 <= code <= 0xDFFF else "\ufffd"


def _guard(text: str, allow_from: bool, broken: int) -> bool:
    """As `guard`, for one reading, in which so many strings may lack their end."""
    dataset = False
    depth = deepest = parts = 0
    form: str | None = None
    before: re.Match[str] | None = None
    for token in _tokens(text):
        match token.lastgroup:
            case "comment":
                continue
            case "open":
                depth += 1
                if before is not None and token.group() == "{" and before.lastgroup == "name":
                    _check_service(text, before, before["head"])
                deepest = max(deepest, depth)
            case "close":
                depth -= 1
            case "part":
                parts += 1
            case "iri":
                _check_iri(text, token)
            case "name":
                # Oxigraph reads a keyword and a name without a space between them as the two that they are
                declares = before is not None and before.group().upper() == "PREFIX"
                if "FROM" in token["head"].upper() and (not allow_from or (depth == 0 and not declares)):
                    _refuse(text, token, "FROM must stand by itself")
                local = token["local"]
                parts += len(local) - len(local.rstrip("."))
            case "run":
                run = token.group()
                _check_service(text, token, run)
                parts += run.count(".") + run.count("-")
                if "FROM" in run.upper() and (depth == 0 or not allow_from):
                    if not allow_from:
                        _refuse(text, token, "FROM is not allowed here", "; use GRAPH, or query the store")
                    if run.upper() != "FROM":
                        _refuse(text, token, "FROM must stand by itself")
                    dataset = True
                for word in map(str.upper, _WORD.findall(run)):
                    if form is None and depth == 0 and word in _UPDATES:
                        _refuse(text, token, f"{word} is not allowed", "; a query cannot change the graph")
                    if word == "LOAD":
                        _refuse(text, token, "LOAD is not allowed", "; a query reads this graph alone")
                    if word in _FORMS:
                        form = form or word
                    parts += word in _PARTS
            case "broken":
                broken -= 1
                if broken < 0:
                    _refuse(text, token, "a string is not closed")
        before = token
    if deepest > DEEPEST:
        raise QueryError(f"the query nests {deepest} brackets; the limit is {DEEPEST}")
    if parts > MOST_PARTS:
        raise QueryError(f"the query has {parts} operators, triple patterns and clauses; the limit is {MOST_PARTS}")
    return dataset


def _check_service(text: str, token: re.Match[str], words: str) -> None:
    if "SERVICE" in words.upper():
        _refuse(text, token, "SERVICE is not allowed", "; a query reads this graph alone")


def _check_iri(text: str, token: re.Match[str]) -> None:
    """Where `<` may be an operator, what follows may be a comment, a string or the end of a filter."""
    if re.search(r"[#'()]", token.group()) and not _WHOLE.match(token.group()):
        _refuse(text, token, "an IRI that holds # ' ( or ) must be written whole, as <scheme://...>")


def _refuse(text: str, token: re.Match[str], what: str, why: str = "") -> None:
    raise QueryError(f"{what} ({place(text, token.start())}){why}")


def place(text: str, offset: int) -> str:
    """Line and column of an offset, from 1, as people count.

    >>> place("SELECT *\\nWHERE {", 11)
    'line 2, column 3'
    """
    before = text[:offset]
    return f"line {before.count(chr(10)) + 1}, column {offset - before.rfind(chr(10))}"


def split_variables(text: str) -> list[str]:
    """A query in pieces that join to itself: its variables, and what stands between them."""
    pieces: list[str] = []
    at = 0
    for token in _tokens(text):
        if token.lastgroup == "variable":
            pieces += [text[at : token.start()], token.group()]
            at = token.end()
    return [*pieces, text[at:]]
