"""The ontology reasons without contradiction; its shapes pass what is right and fail what is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest
import rdflib
from rdflib.namespace import OWL, RDF, SH
from samples import rich, rival

from kg.query import run
from kg.rdf import vocab
from kg.rdf.write import to_rdf
from kg.resources import resource
from kg.store.validate import report

EXAMPLES = resource("ontology/examples")
INVALID = sorted(EXAMPLES.glob("invalid-*.ttl"))


def example(path: Path) -> rdflib.Dataset:
    """An example as a dataset with one graph."""
    made = rdflib.Dataset(default_union=True)
    made.graph(rdflib.URIRef("https://example.org/kg/graph/example")).parse(path, format="turtle")
    return made


def test_the_valid_example_has_every_class_and_property() -> None:
    graph = example(EXAMPLES / "valid.ttl")
    ontology = rdflib.Graph().parse(resource("ontology/kg.ttl"))
    classes = {str(c) for c in ontology.subjects(RDF.type, OWL.Class) if str(c) in vocab.TERMS}
    used = {str(o) for o in graph.objects(None, RDF.type)} | {str(p) for p in graph.predicates()}
    abstract = {vocab.Source, vocab.Agent, vocab.participant, vocab.bearsOn}
    assert classes - used - abstract == set()
    assert vocab.TERMS - used - abstract == set()


def test_the_valid_example_conforms() -> None:
    assert report(example(EXAMPLES / "valid.ttl")) == []


def test_every_shape_has_an_invalid_example() -> None:
    shapes = rdflib.Graph().parse(resource("ontology/shapes.ttl"))
    names = {str(s).rpartition("#")[2].lower() for s in shapes.subjects(RDF.type, SH.NodeShape)}
    assert {path.stem.removeprefix("invalid-") for path in INVALID} == names
    assert len(names) >= 15


@pytest.mark.parametrize("path", INVALID, ids=lambda path: path.stem)
def test_an_invalid_example_breaks_its_shape(path: Path) -> None:
    """The first line of the file says which message is expected, and nothing else is wrong."""
    expected = path.read_text(encoding="utf-8").split("\n")[0].removeprefix("# ")
    problems = report(example(path))
    assert len(problems) == 1, problems
    assert expected in problems[0]


def test_graphs_of_extractions_conform() -> None:
    assert report(to_rdf([rich(), rival()])) == []


def test_owl_finds_no_contradiction() -> None:
    """All that OWL 2 RL derives from ontology, alignments, and graphs in their terms holds together."""
    import owlrl

    graph = rdflib.Graph()
    for name in ("kg.ttl", "align.ttl", "examples/valid.ttl"):
        graph.parse(resource(f"ontology/{name}"), format="turtle")
    for triple in to_rdf([rich(), rival()]).triples((None, None, None)):
        graph.add(triple)
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(graph)
    errors = [
        str(o)
        for s in graph.subjects(RDF.type, rdflib.URIRef("http://www.daml.org/2002/03/agents/agent-ont#ErrorMessage"))
        for o in graph.objects(s)
    ]
    assert errors == []
    agent = rdflib.URIRef("http://www.w3.org/ns/prov#Agent")
    assert (None, RDF.type, agent) in graph, "the alignment derives PROV agents"


def test_owl_does_find_a_contradiction_where_there_is_one() -> None:
    import owlrl

    graph = rdflib.Graph().parse(resource("ontology/kg.ttl"))
    both = rdflib.URIRef("https://example.org/both")
    graph.add((both, RDF.type, rdflib.URIRef(vocab.Statement)))
    graph.add((both, RDF.type, rdflib.URIRef(vocab.Figure)))
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(graph)
    assert any("disjoint" in str(o) for o in graph.objects())


ONE_LINERS = (
    "SELECT ?who ?what { ?s kg:saidBy/rdfs:label ?who ; kg:text ?what }",
    "SELECT ?who ?low ?high ?what { ?f kg:reportedBy/rdfs:label ?who ; kg:counts/skos:prefLabel ?what . "
    "OPTIONAL { ?f kg:low ?low } OPTIONAL { ?f kg:high ?high } }",
    "SELECT ?quote ?from ?to ?article { ?s kg:evidence ?e . "
    "?e oa:exact ?quote ; oa:start ?from ; oa:end ?to ; oa:hasSource ?article }",
)


@pytest.mark.parametrize("text", ONE_LINERS)
def test_the_one_line_queries_find_what_the_example_says(text: str) -> None:
    assert run(example(EXAMPLES / "valid.ttl"), text).terms
