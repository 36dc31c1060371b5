"""Turtle and TriG for people: prefixes, grouped by subject, sorted; the same bytes on every run.

Both are made of lines of N-Quads and N-Triples as they stand: a store gives these far sooner than terms.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import groupby

from .terms import Term, ntriples
from .vocab import PREFIXES, boolean, integer, type_

_LOCAL = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*")
_ID = re.compile(r"[a-z]+/([0-9a-f]{16}|[a-z]+)")
_PLAIN = re.compile(r"-?\d+|true|false")

_Words = tuple[str, str, str]
"""A triple, each term as N-Triples writes it."""


def turtle(triples: Iterable[tuple[Term, Term, Term]]) -> str:
    """Triples as Turtle.

    >>> from kg.rdf.terms import Iri, Lit
    >>> label = Iri("http://www.w3.org/2000/01/rdf-schema#label")
    >>> print(turtle([(Iri("http://a/x"), label, Lit("a mill"))]).splitlines()[-1].strip())
    rdfs:label "a mill" .
    """
    namer = _Namer(None)
    body = namer.block(sorted({(ntriples(s), ntriples(p), ntriples(o)) for s, p, o in triples}, key=_key), "")
    return namer.header() + body


def trig(lines: Iterable[str], *, base: str | None = None) -> str:
    """Canonical N-Quads lines as TriG, a block a graph; names under `base` are written without it.

    >>> print(trig(["<http://a/x> <http://a/y> <http://a/z> <http://a/g> ."]).splitlines()[1])
    <http://a/g> {
    """
    graphs: dict[str, list[_Words]] = {}
    for line in lines:
        s, p, rest = line.split(" ", 2)
        o, _, g = rest[:-2].rpartition(" ")
        graphs.setdefault(g, []).append((s, p, o))
    namer = _Namer(base)
    blocks = [
        f"\n{namer.term(graph)} {{\n{namer.block(sorted(graphs[graph], key=_key), '  ')}}}\n"
        for graph in sorted(graphs, key=_bare)
    ]
    return namer.header() + "".join(blocks)


_TYPE = ntriples(type_)


def _key(triple: _Words) -> tuple[str, bool, str, str]:
    s, p, o = triple
    return _bare(s), p != _TYPE, _bare(p), o


def _bare(term: str) -> str:
    """What stands for an IRI or blank node in the order."""
    return term[1:-1] if term[0] == "<" else term[2:]


class _Namer:
    """Shortens names, and remembers which prefixes it used."""

    def __init__(self, base: str | None) -> None:
        self.base = base
        self.used: set[str] = set()
        self.based = False
        self._names: dict[str, str] = {}

    def header(self) -> str:
        lines = [f"@base <{self.base}> .\n"] if self.based else []
        return "".join(lines + [f"@prefix {p}: <{n}> .\n" for p, n in PREFIXES.items() if p in self.used])

    def term(self, term: str) -> str:
        if term[0] == '"':
            return self._literal(term)
        name = self._names.get(term)
        if name is None:
            name = self._names[term] = self._name(term[1:-1]) if term[0] == "<" else term
        return name

    def _name(self, iri: str) -> str:
        for prefix, namespace in PREFIXES.items():
            if iri.startswith(namespace) and _LOCAL.fullmatch(iri[len(namespace) :]):
                self.used.add(prefix)
                return f"{prefix}:{iri[len(namespace) :]}"
        own = self.base is not None and self.base.endswith("/") and iri.startswith(self.base)
        short = iri.removeprefix(self.base or "") if own else ""
        if _ID.fullmatch(short):
            self.based = True
            return f"<{short}>"
        return f"<{iri}>"

    def _literal(self, term: str) -> str:
        if term[-1] != ">":
            return term
        quoted, _, datatype = term.rpartition("^^<")
        if datatype[:-1] in (integer, boolean) and _PLAIN.fullmatch(quoted[1:-1]):
            return quoted[1:-1]
        return f"{quoted}^^{self.term(f'<{datatype}')}"

    def block(self, triples: Iterable[_Words], indent: str) -> str:
        out: list[str] = []
        for subject, of_subject in groupby(triples, key=lambda t: t[0]):
            parts = []
            for predicate, of_predicate in groupby(of_subject, key=lambda t: t[1]):
                objects = ", ".join([self.term(o) for _, _, o in of_predicate])
                parts.append(f"{'a' if predicate == _TYPE else self.term(predicate)} {objects}")
            out.append(f"{indent}{self.term(subject)}\n{indent}  " + f" ;\n{indent}  ".join(parts) + " .\n")
        return "".join(out)
