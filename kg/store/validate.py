"""Whether a graph keeps to `ontology/shapes.ttl` (SHACL), and every span quotes its article."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import ResourceMissing
from ..rdf import vocab
from ..rdf.forms import PLACES
from ..rdf.interop import to_rdflib
from ..rdf.terms import Iri, Lit, Quad
from ..resources import resource
from .contents import all_quads
from .store import Store

if TYPE_CHECKING:
    import rdflib

    from .contents import Source

_AT_ONCE = 20
"""Articles of a store that are checked together: more need more memory, fewer more time."""


def report(source: Source, shapes: Path | None = None) -> list[str]:
    """What is wrong with a graph, a line each, sorted: empty if nothing is.

    `shapes` are SHACL shapes in Turtle to use in place of ours.

    Raises ResourceMissing if there is no such file, or it holds no shapes that
    pySHACL can use.

    >>> from kg import Article, extract, to_rdf
    >>> found = extract(Article("Jo Hill, the mayor, said the mill in Leeds had closed."), fast=True)
    >>> report(to_rdf(found))
    []
    """
    found: set[str] = set()
    for quads in _portions(source):
        found.update(_misquoted(quads))
        found.update(_violations(quads, shapes or resource("ontology/shapes.ttl")))
    return sorted(found)


def _portions(source: Source) -> Iterator[list[Quad]]:
    if isinstance(source, Store):
        waiting = iter(source.ids())
        while some := list(islice(waiting, _AT_ONCE)):
            yield [quad for article in some for quad in source.about(article)]
    else:
        yield list(all_quads(source))


def _misquoted(quads: list[Quad]) -> Iterator[str]:
    """Spans whose words are not those of their article at that place."""
    texts: dict[str, str] = {}
    lengths: dict[Iri, int] = {}
    spans: dict[str, dict[str, str]] = {}
    for s, p, o, g in quads:
        if p == vocab.articleBody and isinstance(o, Lit):
            texts[s] = o.text
            lengths[g] = len(o.text)
        elif p in {vocab.start, vocab.end, vocab.exact, vocab.hasSource}:
            spans.setdefault(s, {})[p] = o.text if isinstance(o, Lit) else o
    for name, span in spans.items():
        text = texts.get(span.get(vocab.hasSource, ""))
        if text is None or len(span) < 4:
            continue  # the shapes say what is missing
        start, end, words = span[vocab.start], span[vocab.end], span[vocab.exact]
        if not (start.isdigit() and end.isdigit() and text[int(start) : int(end)] == words):
            yield f"<{name}>: the article does not say {words!r} at {start} to {end}"
    for s, p, o, g in quads:
        if p in PLACES and isinstance(o, Lit) and (match := _PLACE.fullmatch(o.text)) and g in lengths:
            start, end = match.groups()
            if not int(start) < int(end) <= lengths[g]:
                yield f"<{s}>: {match.group()} is no place in its article, which has {lengths[g]} characters"


_PLACE = re.compile(r"char=(\d{1,9}),(\d{1,9})")


def _violations(quads: Iterable[Quad], shapes: Path) -> Iterator[str]:
    import pyshacl
    import rdflib
    from rdflib.namespace import SH

    data = rdflib.Graph()
    # The text of articles is long and has been checked; a mark in its place says that it is there.
    for s, p, o, _ in quads:
        known = Lit("…") if p == vocab.articleBody else o
        data.add((to_rdflib(s), to_rdflib(p), to_rdflib(known)))
    with _rdflib_unharmed():
        try:
            _, results, _ = pyshacl.validate(data, shacl_graph=_graph(shapes), ont_graph=_ontology(), inplace=True)
        except Exception as error:
            # pySHACL raises a dozen kinds of errors, some plain Exception, for shapes that it cannot use
            reason = (str(error).strip() or type(error).__name__).splitlines()[0]
            raise ResourceMissing(f"{shapes}: holds no shapes that pySHACL can use: {reason}") from None
    for result in results.subjects(rdflib.RDF.type, SH.ValidationResult):
        message = results.value(result, SH.resultMessage)
        value = results.value(result, SH.value)
        yield f"<{results.value(result, SH.focusNode)}>: {message}" + (f" (found {_brief(value)})" if value else "")


def _brief(value: object) -> str:
    text = str(value)
    return text if len(text) <= 80 else text[:79] + "…"


@lru_cache(maxsize=4)
def _graph(path: Path) -> rdflib.Graph:
    import rdflib

    try:
        return rdflib.Graph().parse(path, format="turtle")
    except FileNotFoundError:
        raise ResourceMissing(f"{path}: no such file; shapes are a Turtle file") from None


def _ontology() -> rdflib.Graph:
    return _graph(resource("ontology/kg.ttl"))


@contextmanager
def _rdflib_unharmed() -> Iterator[None]:
    """Put back what pySHACL changes in rdflib for all, and leaves changed where it fails."""
    import rdflib
    from rdflib import term

    boolean = rdflib.XSD.boolean
    normalize, parse = rdflib.NORMALIZE_LITERALS, term._toPythonMapping[boolean]
    try:
        yield
    finally:
        rdflib.NORMALIZE_LITERALS = normalize
        term._toPythonMapping[boolean] = parse
