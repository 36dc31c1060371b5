"""Our terms <-> those of rdflib and pyoxigraph."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from .terms import Blank, Iri, Lit, Quad, Term
from .vocab import PREFIXES

if TYPE_CHECKING:
    import pyoxigraph
    import rdflib

STRING = "http://www.w3.org/2001/XMLSchema#string"


def to_rdflib(term: Term) -> rdflib.term.Identifier:
    """The same term for rdflib. A plain string carries no datatype, as rdflib reads it from files.

    >>> to_rdflib(Lit("a mill"))
    rdflib.term.Literal('a mill')
    """
    import rdflib

    if isinstance(term, Lit):
        if term.language:
            return rdflib.Literal(term.text, lang=term.language)
        if term.datatype == STRING:
            return rdflib.Literal(term.text)
        return rdflib.Literal(term.text, datatype=rdflib.URIRef(term.datatype))
    return rdflib.BNode(term) if isinstance(term, Blank) else rdflib.URIRef(term)


def from_rdflib(term: object) -> Term:
    """The same term as ours.

    Raises TypeError for what is neither IRI, literal nor blank node.

    >>> import rdflib
    >>> from_rdflib(rdflib.URIRef("http://a/x"))
    'http://a/x'
    """
    import rdflib

    match term:
        case rdflib.Literal():
            return Lit(str(term), str(term.datatype or STRING) if not term.language else LANG_STRING, term.language)
        case rdflib.URIRef():
            return Iri(term)
        case rdflib.BNode():
            return Blank(term)
    raise TypeError(f"{term!r} is no RDF term")


LANG_STRING = "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString"


def from_oxigraph(term: object) -> Term:
    """The same term as ours.

    Raises TypeError for what is neither IRI, literal nor blank node.

    >>> import pyoxigraph
    >>> from_oxigraph(pyoxigraph.NamedNode("http://a/x"))
    'http://a/x'
    """
    import pyoxigraph as ox

    if isinstance(term, ox.NamedNode):
        return Iri(term.value)
    if isinstance(term, ox.Literal):
        return Lit(term.value, term.datatype.value, term.language)
    if isinstance(term, ox.BlankNode):
        return Blank(term.value)
    raise TypeError(f"{term!r} is no term of RDF 1.1")


def to_oxigraph(term: Iri | Lit) -> pyoxigraph.NamedNode | pyoxigraph.Literal:
    """The same term for Oxigraph.

    >>> to_oxigraph(Iri("http://a/x"))
    <NamedNode value=http://a/x>
    """
    import pyoxigraph as ox

    if isinstance(term, Lit):
        if term.language:
            return ox.Literal(term.text, language=term.language)
        return ox.Literal(term.text, datatype=ox.NamedNode(term.datatype))
    return ox.NamedNode(term)


def dataset(quads: Iterable[Quad]) -> rdflib.Dataset:
    """An rdflib Dataset with the given quads; its default graph is the union of all, its prefixes are ours.

    >>> from .terms import Quad
    >>> len(dataset([Quad(Iri("http://a/x"), Iri("http://a/y"), Lit("z"), Iri("http://a/g"))]))
    1
    """
    import rdflib

    made = rdflib.Dataset(default_union=True)
    for prefix, namespace in PREFIXES.items():
        made.bind(prefix, namespace, override=True, replace=True)
    known: dict[Term, rdflib.term.Identifier] = {}
    graphs: dict[str, rdflib.Graph] = {}

    def of(term: Term) -> rdflib.term.Identifier:
        if term not in known:
            known[term] = to_rdflib(term)
        return known[term]

    for s, p, o, g in quads:
        if g not in graphs:
            graphs[g] = made.graph(rdflib.URIRef(g))
        graphs[g].add((of(s), of(p), of(o)))
    return made


def rdflib_quads(source: rdflib.Dataset) -> Iterator[Quad]:
    """The quads of an rdflib Dataset that stand in named graphs.

    Raises TypeError if there is a blank node among them: our graphs hold none.

    >>> from kg import Article, extract, to_rdf
    >>> found = extract(Article("Jo Hill, the mayor, said the mill in Leeds had closed."), fast=True)
    >>> len(list(rdflib_quads(to_rdf(found)))) == len(to_rdf(found))
    True
    """
    for s, p, o, g in source.quads((None, None, None, None)):
        name = getattr(g, "identifier", g)
        if name is None or str(name) == "urn:x-rdflib:default":
            continue
        terms = [from_rdflib(term) for term in (s, p, o, name)]
        yield _quad(*terms)


def oxigraph_quads(found: Iterable[pyoxigraph.Quad]) -> Iterator[Quad]:
    """Quads of Oxigraph as ours.

    Raises TypeError if there is a blank node among them: our graphs hold none.
    """
    import pyoxigraph as ox

    properties: dict[object, Iri] = {}
    last: tuple[object, Iri] = (None, Iri())
    # This loop is most of what reading a store costs: it asks for a term's type once, and calls as little as it can.
    for s, p, o, g in found:
        if type(s) is not ox.NamedNode or type(g) is not ox.NamedNode:
            raise _no_quad(s, p, o, g)
        # Properties are few, and a graph's quads come together: most terms need not be made again.
        named = properties.get(p)
        if named is None:
            named = properties[p] = Iri(p.value)
        if g != last[0]:
            last = g, Iri(g.value)
        if type(o) is ox.Literal:
            yield Quad(Iri(s.value), named, Lit(o.value, o.datatype.value, o.language), last[1])
        elif type(o) is ox.NamedNode:
            yield Quad(Iri(s.value), named, Iri(o.value), last[1])
        else:
            raise _no_quad(s, p, o, g)


def _quad(s: Term, p: Term, o: Term, g: Term) -> Quad:
    if isinstance(s, Iri) and isinstance(p, Iri) and isinstance(o, Iri | Lit) and isinstance(g, Iri):
        return Quad(s, p, o, g)
    raise _no_quad(s, p, o, g)


def _no_quad(s: object, p: object, o: object, g: object) -> TypeError:
    return TypeError(f"{s} {p} {o} in {g}: our graphs hold no blank nodes")
