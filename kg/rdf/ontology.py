"""What `ontology/kg.ttl` says of each term, and the reference page made of it.

`python -m kg.rdf.ontology` writes `ontology/README.md`; a test holds the two equal.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from ..resources import resource
from .vocab import KG, PREFIXES

_SECTION = re.compile(r"^#{20,} (.+)$", re.M)
_DEFINED = re.compile(r"^:(\w+) a ", re.M)
_RDFS = PREFIXES["rdfs"]
_SKOS = PREFIXES["skos"]
_OWL_CLASS = "http://www.w3.org/2002/07/owl#Class"


@dataclass(frozen=True, slots=True)
class Definition:
    """A class or property of the ontology; names of other terms are prefixed, those of `kg:` too."""

    name: str
    section: str
    is_class: bool
    comment: str
    example: str
    parents: tuple[str, ...]
    domain: str | None
    range: str | None


@lru_cache(maxsize=1)
def definitions() -> tuple[Definition, ...]:
    """Every term, in the ontology's order.

    >>> [d.comment for d in definitions() if d.name == "Article"]
    ['A news text as read.']
    """
    import pyoxigraph as ox

    text = resource("ontology/kg.ttl").read_text(encoding="utf-8")
    said: dict[str, dict[str, list[str]]] = {}
    for quad in ox.parse(text, format=ox.RdfFormat.TURTLE):
        if isinstance(quad.subject, ox.NamedNode) and not isinstance(quad.object, ox.BlankNode | ox.Triple):
            said.setdefault(quad.subject.value, {}).setdefault(quad.predicate.value, []).append(quad.object.value)
    found = []
    cuts = [*_SECTION.finditer(text)]
    for n, head in enumerate(cuts):
        end = cuts[n + 1].start() if n + 1 < len(cuts) else len(text)
        for match in _DEFINED.finditer(text, head.end(), end):
            found.append(_definition(match[1], head[1], said[KG + match[1]]))
    return tuple(found)


def _definition(name: str, section: str, said: dict[str, list[str]]) -> Definition:
    def first(predicate: str) -> str:
        return next(iter(said.get(predicate, ())), "")

    return Definition(
        name,
        section,
        _OWL_CLASS in said[PREFIXES["rdf"] + "type"],
        first(_RDFS + "comment"),
        first(_SKOS + "example"),
        tuple(_short(p) for key in ("subClassOf", "subPropertyOf") for p in said.get(_RDFS + key, ())),
        _short(first(_RDFS + "domain")) or None,
        _short(first(_RDFS + "range")) or None,
    )


def _short(iri: str) -> str:
    for prefix, start in PREFIXES.items():
        if iri.startswith(start):
            return f"{prefix}:{iri[len(start) :]}"
    return iri


def sections() -> dict[str, list[Definition]]:
    """The terms under the headings that the ontology has.

    >>> list(sections())[:2]
    ['what a text names', 'what was read']
    """
    found: dict[str, list[Definition]] = {}
    for each in definitions():
        found.setdefault(each.section, []).append(each)
    return found


def markdown() -> str:
    """The reference as `ontology/README.md` holds it.

    >>> markdown().startswith("# The ontology")
    True
    """
    lines = [
        "# The ontology",
        "",
        "`kg.ttl` defines the terms, `shapes.ttl` says what a graph must hold (`kg check`), `align.ttl` what is near a",
        "term in other vocabularies, `examples/` has a graph with every term and one broken graph a shape. A graph in",
        "these terms says that something was *said*, never that it is true.",
        "",
        "This page is made from `kg.ttl` by `python -m kg.rdf.ontology`; `kg serve` shows it at `/ontology`.",
        f"Prefix: `kg:` is `<{KG}>`.",
    ]
    for section, terms in sections().items():
        lines += ["", f"## {section[0].upper()}{section[1:]}"]
        for term in terms:
            lines += ["", f"### kg:{term.name}", "", f"*{described(term)}.* {term.comment}"]
            if term.example:
                lines += ["", f"Example: {term.example}"]
    return "\n".join(lines) + "\n"


def described(term: Definition) -> str:
    """What kind of term it is, of what and to what.

    >>> next(described(term) for term in definitions() if term.name == "saidBy")
    'Property of kg:Statement, its value kg:Source'
    """
    kind = "Class" if term.is_class else "Property"
    return (
        kind
        + (f" of {term.domain}" if term.domain else "")
        + (f", its value {term.range}" if term.range else "")
        + (f", narrower than {', '.join(term.parents)}" if term.parents else "")
    )


if __name__ == "__main__":
    (resource("ontology/kg.ttl").parent / "README.md").write_text(markdown(), encoding="utf-8")
