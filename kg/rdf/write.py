"""Extraction -> RDF: one graph an article, types and labels in a shared one. The only maker of nodes.

Graphs, all named `base` + `graph/` + ...
  the article's id   everything that the article says, with its evidence
  entities           types and labels of entities, topics and concepts, and nothing else
  links              which entities of several articles are the same thing (decided by kg.identity.matching)
  provenance         which run of what made an article's graph
  ledger             from which inputs articles were read (the store adds their hashes)
  reviews, rejected  what people decided about records, and what they took out of the graph (`kg.review.in_graph`)
A triple never stands in two graphs: engines that do not merge duplicates would
count it twice. No node is blank, so equal extractions give equal bytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from ..records.extraction import Extraction
from ..records.mention import EntityType
from . import vocab
from .forms import literal
from .iris import (
    BASE,
    LEDGER,
    LINKS,
    check_base,
    graph_iri,
    node,
)
from .scribe import Scribe
from .terms import Iri, Lit, Quad, joined, nquads

if TYPE_CHECKING:
    from rdflib import Dataset


def quads(extraction: Extraction, *, base: str = BASE) -> list[str]:
    """The graph of an extraction as canonical N-Quads: sorted lines without line ends, the same on every run.

    Raises EvidenceError if a record has no evidence, or points at a record that is not there.

    >>> from kg import Article, extract
    >>> found = extract(Article("Jo Hill said the mill had closed."), fast=True)
    >>> sum("/ns#Statement>" in line for line in quads(found))
    1
    """
    return nquads(describe(extraction, base=base))


def to_nquads(extraction: Extraction, *, base: str = BASE) -> bytes:
    """The graph of an extraction as a canonical N-Quads document, without the ledger's quads: what a store is given.

    Raises EvidenceError as `quads` does.

    >>> from kg import Article, extract
    >>> found = extract(Article("Jo Hill, the mayor, said the mill in Leeds had closed."), fast=True)
    >>> to_nquads(found) == to_nquads(found)
    True
    """
    ledger = graph_iri(base, LEDGER)
    return joined(nquads(quad for quad in describe(extraction, base=base) if quad.g != ledger))


def to_rdf(extraction: Extraction | Iterable[Extraction], *, base: str = BASE) -> Dataset:
    """The graph of one or several extractions as an rdflib Dataset whose default graph is the union of all.

    Its `query` knows the prefixes of `kg.rdf.vocab.PREFIXES`.

    Raises EvidenceError as `quads` does.

    >>> from kg import Article, extract
    >>> len(to_rdf(extract(Article("Jo Hill said the mill had closed."), fast=True))) > 20
    True
    """
    from .interop import dataset

    several = [extraction] if isinstance(extraction, Extraction) else extraction
    return dataset(quad for one in several for quad in describe(one, base=base))


def describe(extraction: Extraction, *, base: str = BASE) -> list[Quad]:
    """The quads of an extraction, in no useful order and some of them twice: `quads` sorts them.

    >>> from kg import Article, extract
    >>> len(describe(extract(Article("Jo Hill said the mill had closed."), fast=True))) > 20
    True
    """
    scribe = Scribe(extraction, check_base(base))
    scribe.write()
    return scribe.quads


def link_quads(
    identities: Mapping[str, str],
    labels: Mapping[str, tuple[EntityType, str]],
    copies: Mapping[str, str] = MappingProxyType({}),
    *,
    base: str = BASE,
) -> list[Quad]:
    """The graph `links`: for each entity's IRI the identity it refers to, and each identity's type and name.

    `identities` maps the IRI of an entity to that of an identity, as
    `identity_iri` makes it; `labels` maps the IRI of an identity to what it is;
    `copies` maps the IRI of an article to that of the one whose story it prints.

    >>> who = "https://example.org/identity/1"
    >>> for quad in link_quads({"https://example.org/hill": who}, {who: (EntityType.PERSON, "Jo Hill")}):
    ...     print(quad.p.rpartition("#")[2], getattr(quad.o, "text", quad.o))
    sameThingAs https://example.org/identity/1
    type https://w3id.org/reportedly/ns#Identity
    identityType Person
    label Jo Hill
    """
    links = graph_iri(base, LINKS)
    found = [Quad(Iri(entity), vocab.sameThingAs, Iri(identity), links) for entity, identity in identities.items()]
    for identity, (kind, name) in labels.items():
        found.append(Quad(Iri(identity), vocab.type_, vocab.Identity, links))
        found.append(Quad(Iri(identity), vocab.identityType, Lit(kind), links))
        found.append(Quad(Iri(identity), vocab.label, literal(name), links))
    found += [Quad(Iri(article), vocab.copyOf, Iri(first), links) for article, first in copies.items()]
    return found


def identity_iri(*parts: object, base: str = BASE) -> Iri:
    """The name of an identity; `parts` are what makes it that one, such as its type and first entity.

    >>> identity_iri("Person", "Jo Hill", base="https://example.org/")
    'https://example.org/identity/5f1a4188baeba12f'
    """
    return node(base, "identity", *parts)


def entity_iris(extraction: Extraction, *, base: str = BASE) -> dict[str, Iri]:
    """The IRI of each entity of an extraction, by its id: what `kg.identity.matching` links across articles.

    >>> from kg import Article, extract
    >>> found = extract(Article("Jo Hill, the mayor, said the mill in Leeds had closed."), fast=True)
    >>> len(entity_iris(found)) == len(found.entities)
    True
    """
    return dict(Scribe(extraction, base).entities)


def statement_iris(extraction: Extraction, *, base: str = BASE) -> dict[str, Iri]:
    """The IRI of each attribution of an extraction, by its id.

    >>> from kg import Article, extract
    >>> found = extract(Article("Jo Hill, the mayor, said the mill in Leeds had closed."), fast=True)
    >>> len(statement_iris(found)) == len(found.attributions)
    True
    """
    return dict(Scribe(extraction, base).statements)


def figure_iris(extraction: Extraction, *, base: str = BASE) -> dict[str, Iri]:
    """The IRI of each figure of an extraction, by its id.

    >>> from kg import Article, extract
    >>> found = extract(Article("Jo Hill, the mayor, said the mill in Leeds had closed."), fast=True)
    >>> figure_iris(found)
    {}
    """
    return dict(Scribe(extraction, base).figures)


def role_iris(extraction: Extraction, *, base: str = BASE) -> dict[str, Iri]:
    """The IRI of each role of an extraction, by its id.

    >>> from kg import Article, extract
    >>> found = extract(Article("Jo Hill, the mayor, said the mill in Leeds had closed."), fast=True)
    >>> len(role_iris(found)) == len(found.roles)
    True
    """
    return dict(Scribe(extraction, base).roles)
