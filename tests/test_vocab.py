from __future__ import annotations

import subprocess
import sys

import rdflib
from rdflib.namespace import RDFS, SKOS

from kg.rdf import ontology as reference
from kg.rdf import vocab
from kg.resources import resource


def ontology() -> rdflib.Graph:
    return rdflib.Graph().parse(resource("ontology/kg.ttl"))


def test_code_and_ontology_name_the_same_terms() -> None:
    defined = {str(term) for term in ontology().subjects(RDFS.label) if str(term).startswith(vocab.KG)}
    assert defined == vocab.TERMS
    assert len(defined) > 80


def test_every_term_has_label_comment_and_example() -> None:
    graph = ontology()
    bare = [
        t
        for t in sorted(vocab.TERMS)
        for p in (RDFS.label, RDFS.comment, SKOS.example)
        if not graph.value(rdflib.URIRef(t), p)
    ]
    assert bare == []


def test_a_constant_is_called_as_its_term() -> None:
    named = {name: value for name, value in vars(vocab).items() if isinstance(value, str) and value in vocab.TERMS}
    assert {name.rstrip("_"): value for name, value in named.items()} == {
        value[len(vocab.KG) :]: value for value in named.values()
    }


def test_the_terms_load_no_rdf_library() -> None:
    code = "import sys, kg.rdf.write; sys.exit(any(m in sys.modules for m in ('rdflib', 'pyoxigraph', 'spacy')))"
    subprocess.run([sys.executable, "-c", code], check=True)


def test_the_reference_page_is_what_the_ontology_says() -> None:
    """`python -m kg.rdf.ontology` writes it anew."""
    assert resource("ontology/README.md").read_text(encoding="utf-8") == reference.markdown()
    assert {vocab.KG + term.name for term in reference.definitions()} == vocab.TERMS
    said = {term.name: (term.parents, term.domain, term.range) for term in reference.definitions()}
    assert said["nameMention"] == (("kg:mention",), "kg:Entity", None)
