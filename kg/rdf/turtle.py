"""Turtle and TriG for people: prefixes, grouped by subject, sorted; the same bytes on every run."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import groupby

from .terms import Blank, Iri, Lit, Quad, Term, ntriples
from .vocab import PREFIXES, boolean, integer, type_

_LOCAL = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*")
_ID = re.compile(r"[a-z]+/([0-9a-f]{16}|[a-z]+)")


def turtle(triples: Iterable[tuple[Term, Term, Term]]) -> str:
    """Triples as Turtle.

    >>> label = Iri("http://www.w3.org/2000/01/rdf-schema#label")
    >>> print(turtle([(Iri("http://a/x"), label, Lit("a mill"))]).splitlines()[-1].strip())
    rdfs:label "a mill" .
    """
    namer = _Namer(None)
    body = namer.block(sorted(set(triples), key=_key), "")
    return namer.header() + body


def trig(quads: Iterable[Quad], *, base: str | None = None) -> str:
    """Quads as TriG, a block a graph; names under `base` are written without it.

    >>> from kg import Article, extract
    >>> found = extract(Article("Jo Hill, the mayor, said the mill in Leeds had closed."), fast=True)
    >>> from kg.rdf.write import describe
    >>> "kg:Statement" in trig(describe(found))
    True
    """
    namer = _Namer(base)
    blocks = []
    for graph, group in groupby(sorted(set(quads), key=lambda q: (q.g, _key(q[:3]))), key=lambda q: q.g):
        blocks.append(f"\n{namer.term(graph)} {{\n{namer.block([q[:3] for q in group], '  ')}}}\n")
    return namer.header() + "".join(blocks)


def _key(triple: tuple[Term, Term, Term]) -> tuple[str, bool, str, str]:
    s, p, o = triple
    return s if not isinstance(s, Lit) else s.text, p != type_, str(p), ntriples(o)


class _Namer:
    """Shortens names, and remembers which prefixes it used."""

    def __init__(self, base: str | None) -> None:
        self.base = base
        self.used: set[str] = set()
        self.based = False
        self._names: dict[Term, str] = {}

    def header(self) -> str:
        lines = [f"@base <{self.base}> .\n"] if self.based else []
        return "".join(lines + [f"@prefix {p}: <{n}> .\n" for p, n in PREFIXES.items() if p in self.used])

    def term(self, term: Term) -> str:
        if isinstance(term, Lit):
            return self._literal(term)
        name = self._names.get(term)
        if name is None:
            name = self._names[term] = self._name(term)
        return name

    def _name(self, term: Iri | Blank) -> str:
        if isinstance(term, Blank):
            return f"_:{term}"
        for prefix, namespace in PREFIXES.items():
            if term.startswith(namespace) and _LOCAL.fullmatch(term[len(namespace) :]):
                self.used.add(prefix)
                return f"{prefix}:{term[len(namespace) :]}"
        own = self.base is not None and self.base.endswith("/") and term.startswith(self.base)
        short = term.removeprefix(self.base or "") if own else ""
        if _ID.fullmatch(short):
            self.based = True
            return f"<{short}>"
        return f"<{term}>"

    def _literal(self, term: Lit) -> str:
        if term.datatype in {integer, boolean} and re.fullmatch(r"-?\d+|true|false", term.text):
            return term.text
        quoted, mark, _ = ntriples(term).rpartition("^^<")
        return f"{quoted}^^{self.term(Iri(term.datatype))}" if mark and not term.language else ntriples(term)

    def block(self, triples: list[tuple[Term, Term, Term]], indent: str) -> str:
        out: list[str] = []
        for subject, of_subject in groupby(triples, key=lambda t: t[0]):
            parts = []
            for predicate, of_predicate in groupby(of_subject, key=lambda t: t[1]):
                objects = ", ".join(self.term(o) for _, _, o in of_predicate)
                parts.append(f"{'a' if predicate == type_ else self.term(predicate)} {objects}")
            out.append(f"{indent}{self.term(subject)}\n{indent}  " + f" ;\n{indent}  ".join(parts) + " .\n")
        return "".join(out)
