"""What a SPARQL text may hold before an engine sees it: queries only, no way out, no nesting that an engine dies of.

The lexer cuts a text where Oxigraph's parser does. Where that parser could
read a text in two ways (is `<` an operator or does it open an IRI?), a text
that would mean something else in the other reading is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

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
    reading = _QueryReading(text, allow_from, broken)
    for token in _tokens(text):
        if token.lastgroup != "comment":
            reading.take(token)
            reading.before = token
    if reading.deepest > DEEPEST:
        raise QueryError(f"the query nests {reading.deepest} brackets; the limit is {DEEPEST}")
    if reading.parts > MOST_PARTS:
        raise QueryError(
            f"the query has {reading.parts} operators, triple patterns and clauses; the limit is {MOST_PARTS}"
        )
    return reading.dataset


@dataclass(slots=True)
class _QueryReading:
    """A query while it is read: brackets open, parts counted, its form, the token before, whether it has a FROM."""

    text: str
    allow_from: bool
    broken: int
    depth: int = 0
    deepest: int = 0
    parts: int = 0
    form: str | None = None
    before: re.Match[str] | None = None
    dataset: bool = False

    def take(self, token: re.Match[str]) -> None:
        match token.lastgroup:
            case "open":
                self._open(token)
            case "close":
                self.depth -= 1
            case "part":
                self.parts += 1
            case "iri":
                _check_iri(self.text, token)
            case "name":
                self._name(token)
            case "run":
                self._run(token)
            case "broken":
                self.broken -= 1
                if self.broken < 0:
                    _refuse(self.text, token, "a string is not closed")

    def _open(self, token: re.Match[str]) -> None:
        self.depth += 1
        self.deepest = max(self.deepest, self.depth)
        if self.before is not None and token.group() == "{" and self.before.lastgroup == "name":
            _check_service(self.text, self.before, self.before["head"])

    def _name(self, token: re.Match[str]) -> None:
        # Oxigraph reads a keyword and a name without a space between them as the two that they are
        declares = self.before is not None and self.before.group().upper() == "PREFIX"
        if "FROM" in token["head"].upper() and (not self.allow_from or (self.depth == 0 and not declares)):
            _refuse(self.text, token, "FROM must stand by itself")
        local = token["local"]
        self.parts += len(local) - len(local.rstrip("."))

    def _run(self, token: re.Match[str]) -> None:
        """Words that are keywords, each checked."""
        run = token.group()
        _check_service(self.text, token, run)
        self.parts += run.count(".") + run.count("-")
        if "FROM" in run.upper() and (self.depth == 0 or not self.allow_from):
            if not self.allow_from:
                _refuse(self.text, token, "FROM is not allowed here", "; use GRAPH, or query the store")
            if run.upper() != "FROM":
                _refuse(self.text, token, "FROM must stand by itself")
            self.dataset = True
        for word in map(str.upper, _WORD.findall(run)):
            if self.form is None and self.depth == 0 and word in _UPDATES:
                _refuse(self.text, token, f"{word} is not allowed", "; a query cannot change the graph")
            if word == "LOAD":
                _refuse(self.text, token, "LOAD is not allowed", "; a query reads this graph alone")
            if word in _FORMS:
                self.form = self.form or word
            self.parts += word in _PARTS


def _check_service(text: str, token: re.Match[str], words: str) -> None:
    if "SERVICE" in words.upper():
        _refuse(text, token, "SERVICE is not allowed", "; a query reads this graph alone")


def _check_iri(text: str, token: re.Match[str]) -> None:
    """Where `<` may be an operator, what follows may be a comment, a string or the end of a filter."""
    if re.search(r"[#'()]", token.group()) and not _WHOLE.match(token.group()):
        _refuse(text, token, "an IRI that holds # ' ( or ) must be written whole, as <scheme://...>")


def _refuse(text: str, token: re.Match[str], what: str, why: str = "") -> None:
    raise QueryError(f"{what} ({place(text, token.start())}){why}")


def crossed(text: str) -> tuple[int, bool]:
    """Where the first bracket opens that one of another kind closes, or -1; and whether one is open at the end.

    >>> crossed("SELECT * { FILTER(?n > 3 }"), crossed("SELECT * { ?s ?p")
    ((17, False), (-1, True))
    """
    open_at: list[int] = []
    for token in _tokens(text):
        if token.lastgroup == "open":
            open_at.append(token.start())
        elif token.lastgroup == "close" and open_at:
            if "{}()[]".find(text[open_at[-1]] + token.group()) < 0:
                return open_at[-1], False
            open_at.pop()
    return -1, bool(open_at)


def place(text: str, offset: int) -> str:
    """Line and column of an offset, from 1, as people count.

    >>> place("SELECT *\\nWHERE {", 11)
    'line 2, column 3'
    """
    before = text[:offset]
    return f"line {before.count(chr(10)) + 1}, column {offset - before.rfind(chr(10))}"


def split_variables(text: str) -> list[str]:
    """A query in pieces that join to itself: its variables, and what stands between them.

    >>> split_variables("SELECT ?a?b WHERE {}")
    ['SELECT ', '?a', '', '?b', ' WHERE {}']
    """
    pieces: list[str] = []
    at = 0
    for token in _tokens(text):
        if token.lastgroup == "variable":
            pieces += [text[at : token.start()], token.group()]
            at = token.end()
    return [*pieces, text[at:]]
