"""SHACL reports: what is wrong is said, what is right passes, and rdflib is left as it was."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import rdflib
from rdflib import term
from samples import rich, rival

from kg import store as stores
from kg.errors import ResourceMissing
from kg.rdf import vocab
from kg.rdf.interop import dataset
from kg.rdf.terms import Lit, Quad
from kg.rdf.write import describe, to_rdf
from kg.store.validate import report
from kg.text.article import Span


def test_an_extraction_and_a_store_conform(tmp_path: Path) -> None:
    assert report(rich()) == []
    with stores.open(tmp_path / "g", create=True) as store:
        store.put(rich())
        store.put(rival())
        assert report(store) == []


def changed(p: str, old: str, new: str) -> rdflib.Dataset:
    """The sample with the text of one property's values changed."""
    return dataset(
        q._replace(o=Lit(new, q.o.datatype)) if q.p == p and isinstance(q.o, Lit) and q.o.text == old else q
        for q in describe(rival())
    )


def test_a_wrong_quotation_is_found() -> None:
    problems = report(changed(vocab.exact, "75 passengers drowned off Port Ellis in March 2019", "57 passengers"))
    assert len(problems) == 1
    assert "the article does not say '57 passengers' at 36 to 86" in problems[0]


def test_a_place_beyond_the_text_is_found() -> None:
    problems = report(changed(vocab.figureSpan, "char=36,38", "char=36,3800"))
    assert len(problems) == 1
    assert "char=36,3800 is no place in its article" in problems[0]


def test_what_the_shapes_forbid_is_found() -> None:
    assert ["stance" in p for p in report(changed(vocab.stance, "denies", "sings"))] == [True]
    assert any("not above the upper" in p for p in report(changed(vocab.low, "75", "76")))


def test_a_period_that_ends_before_it_starts_is_found() -> None:
    wrong = replace(rival().figures[0], start="2020", end="2019")
    assert any("starts before it ends" in p for p in report(replace(rival(), figures=(wrong,))))


def test_shapes_that_cannot_be_used_harm_nothing(tmp_path: Path) -> None:
    bad = tmp_path / "bad.ttl"
    bad.write_text(
        "@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix kg: <https://w3id.org/reportedly/ns#> .\n"
        "[] a sh:NodeShape ; sh:targetClass kg:Figure ; sh:property [ sh:path [ sh:nonsense 1 ] ; sh:minCount 'x' ] .\n"
    )
    before = rdflib.NORMALIZE_LITERALS, term._toPythonMapping[rdflib.XSD.boolean]
    with pytest.raises(ResourceMissing, match="no shapes that pySHACL can use") as caught:
        report(rival(), shapes=bad)
    assert "\n" not in str(caught.value)
    assert (rdflib.NORMALIZE_LITERALS, term._toPythonMapping[rdflib.XSD.boolean]) == before
    assert rdflib.Literal("1", datatype=rdflib.XSD.boolean).value is True
    with pytest.raises(ResourceMissing, match="no such file"):
        report(rival(), shapes=tmp_path / "none.ttl")
    assert report(rival()) == []


def test_a_graph_that_is_cut_says_what_is_missing() -> None:
    without = dataset(q for q in describe(rival()) if q.p != vocab.evidence)
    assert any("no span, no record" in problem for problem in report(without))
    assert report(to_rdf(rival())) == []


def test_spans_are_checked_in_the_records_too() -> None:
    with pytest.raises(ValueError, match="outside article"):
        report(replace(rival(), roles=(), attributions=(replace(rival().attributions[0], content=(Span(0, 9999),)),)))


def test_quads_stay_as_they_were() -> None:
    found = describe(rival())
    copy = list(found)
    report(dataset(found))
    assert found == copy
    assert all(isinstance(q, Quad) for q in found)
