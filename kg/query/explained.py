"""What an engine says of a query that it cannot read -> what the one who wrote it can do about it."""

from __future__ import annotations

import re

from ..errors import QueryError
from ..rdf import vocab
from .guard import crossed, place

_PROLOGUE = re.compile(r"(?:\s+|#[^\n]*(?:\n|$)|//[^\n]*(?:\n|$)|--[^\n]*(?:\n|$)|/\*.*?\*/)*", re.S)
_CYPHER = re.compile(
    r"(?:OPTIONAL\s+)?MATCH\s*\(|(?:MERGE|CREATE|DETACH\s+DELETE|UNWIND|RETURN|CALL)\b(?!\s+(?:GRAPH|SILENT)\b)", re.I
)
_SQL = re.compile(
    r"SELECT\b[^{}]*?\bFROM\s+[\w\"`\[][\w\"`\].]*(?!\s*:)(?:\s+(?:AS\s+)?\w+)?\s*"
    r"(?:WHERE\s+[^{?$<]|JOIN\b|INNER\b|LEFT\b|GROUP\b|ORDER\b|LIMIT\b|;|$)|"
    r"(?:INSERT\s+INTO|UPDATE\s+\w+\s+SET|SHOW\s+(?:TABLES|DATABASES)|DELETE\s+FROM|WITH\s+\w+\s+AS\s*\()",
    re.I | re.S,
)
# what an engine says where it found a sign or word that it does not know, rather than one sign missing
_MAY_STAND = re.compile(r"expected (?:one of|\[|(?!BY$)[A-Z]+$)|Expected ")
# a word that is neither variable nor name, right before the place where it breaks
_BARE = re.compile(r"(?<![\w:?$<@\"'.-])[A-Za-z][\w-]*$")
_EXPECTED = "a query here is SPARQL, and begins with SELECT, ASK, CONSTRUCT or DESCRIBE"


def check_language(text: str) -> None:
    """Raises QueryError at a query in Cypher or SQL, by name: an engine's own message would not tell.

    >>> try:
    ...     check_language("MATCH (n) RETURN n")
    ... except QueryError as error:
    ...     print(str(error).partition(";")[0])
    this is Cypher, no SPARQL
    """
    body = text[_PROLOGUE.match(text).end() :]  # type: ignore[union-attr]  # it matches the empty string
    if _CYPHER.match(body):
        raise QueryError(
            f"this is Cypher, no SPARQL; {_EXPECTED} (`kg export --format cypher` takes the graph to Neo4j)"
        )
    if _SQL.match(body):
        raise QueryError(f"this is SQL, no SPARQL; {_EXPECTED} (`kg export --format sqlite` makes a database)")


def broken(error: Exception, text: str) -> QueryError:
    """One line that says where a query breaks, and, where that can be told, what it lacks.

    >>> str(broken(ValueError("error at 1:8: expected one of ?, $"), "SELECT who WHERE { ?who a kg:Person }"))
    "the query is not legal SPARQL at line 1, column 8: 'who' cannot stand here"
    """
    message = first_line(error)
    at = re.search(r"error at (\d+):(\d+)", message) or re.search(
        r"line:?\s*(\d+),\s*col(?:umn)?:?\s*(\d+)", str(error)
    )
    reason = re.sub(r"^error at \d+:\d+: ", "", message)
    if "Prefix not found" in reason:
        reason = f"a prefix is not declared; known without a declaration are {', '.join(vocab.PREFIXES)}"
    elif "SELECT contains a variable that is unbound" in reason and (loose := _ungrouped(text)):
        words = f"{loose[0]} must be" if len(loose) == 1 else f"{', '.join(loose)} must each be"
        reason = f"{words} in GROUP BY, or in an aggregate such as SAMPLE({loose[0]}), as the SELECT counts or sums"
    elif not re.search(r"\b(?:SELECT|ASK|CONSTRUCT|DESCRIBE)\b", text, re.I):
        reason = _EXPECTED
    elif at and _MAY_STAND.match(reason):
        return _misplaced(text, int(at[1]), int(at[2]))
    return _illegal(f"line {at[1]}, column {at[2]}" if at else "", reason)


def _illegal(where: str, reason: str) -> QueryError:
    told = reason if len(reason) <= 160 else f"{reason[:159]}…"
    return QueryError(f"the query is not legal SPARQL{where and ' at '}{where}: {told}")


def _misplaced(text: str, line: int, column: int) -> QueryError:
    """What stands where a query breaks: an engine's own message lists all signs that might."""
    opened, unfinished = crossed(text)
    if opened >= 0:
        return _illegal(place(text, opened), f"{text[opened]!r} is not closed")
    rest = _rest(text, line, column)
    if unfinished and not rest:
        return _illegal(f"line {line}, column {column}", "it ends too early; a bracket or a variable may be missing")
    if word := _BARE.search(text.split("\n")[line - 1][: column - 1]):
        column, rest = word.start() + 1, word.group()
    elif not unfinished and rest[:1] not in {"}", ")", "]"} and (found := _found(text)):
        line, column = found
        rest = _rest(text, line, column)
    reason = f"{rest!r} cannot stand here" if rest else "it breaks here or before"
    return _illegal(f"line {line}, column {column}", reason)


def _rest(text: str, line: int, column: int) -> str:
    """The first word at or after a place, or nothing at the end."""
    lines = text.split("\n")[line - 1 :]
    return "".join("\n".join(lines)[column - 1 :].split()[:1])[:30]


def _found(text: str) -> tuple[int, int] | None:
    """Line and column of what cannot stand where it does by rdflib's grammar; None where it sees nothing wrong.

    Oxigraph counts to the end of what it last tried, which may be a line further on. rdflib is slow, and asked
    about short queries alone.
    """
    if len(text) > 4000:
        return None
    from pyparsing import ParseBaseException
    from rdflib.plugins.sparql.parser import parseQuery

    try:
        parseQuery(text)
    except ParseBaseException as error:
        return error.lineno, error.col
    except RecursionError:  # of some twenty brackets inside each other
        pass
    return None


def _ungrouped(text: str) -> list[str]:
    """The variables that the first SELECT gives bare, beside an aggregate, and that no GROUP BY holds."""
    head = re.search(r"\bSELECT\b(.*?)(?:\bWHERE\b|\{)", text, re.I | re.S)
    if head is None:
        return []
    depth, bare = 0, []
    for token in re.finditer(r"[()]|[?$]\w+", head[1]):
        if token.group() in "()":
            depth += 1 if token.group() == "(" else -1
        elif depth == 0:
            bare.append(token.group())
    grouped = re.search(
        r"\bGROUP\s+BY\b(.*?)(?:\bHAVING\b|\bORDER\b|\bLIMIT\b|\bOFFSET\b|\bVALUES\b|$)", text, re.I | re.S
    )
    held = set(re.findall(r"[?$]\w+", grouped[1])) if grouped else set()
    return [name for name in dict.fromkeys(bare) if name not in held]


def first_line(error: Exception) -> str:
    """The first line of what an error says.

    >>> first_line(ValueError("no such graph\\nat line 3"))
    'no such graph'
    """
    return (str(error).strip().splitlines() or [type(error).__name__])[0]
