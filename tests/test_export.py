"""Other formats: the same bytes each time, and read back by others as the same graph."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from samples import rich, rival

from kg import store as stores
from kg.export import export
from kg.rdf.write import quads, to_rdf
from kg.records.extraction import Extraction
from kg.text.article import Article

BOTH = (rich(), rival())


def lines(found: rdflib.Dataset) -> set[tuple[object, ...]]:
    return {(s, p, o, str(g)) for s, p, o, g in found.quads()}


@pytest.mark.parametrize(("form", "name"), [("nq", "nquads"), ("trig", "trig"), ("jsonld", "json-ld")])
def test_rdf_formats_hold_the_same_graph(form: str, name: str) -> None:
    read = rdflib.Dataset()
    read.parse(data=export(BOTH, "all", form), format=name)
    assert lines(read) == lines(to_rdf(BOTH))


@pytest.mark.parametrize("form", ["trig", "jsonld"])
def test_oxigraph_reads_them_too(form: str) -> None:
    kind = ox.RdfFormat.TRIG if form == "trig" else ox.RdfFormat.JSON_LD
    found = {str(q) for q in ox.parse(export(BOTH, "all", form).encode(), format=kind)}
    assert found == {line.removesuffix(" .") for e in BOTH for line in quads(e)}


@pytest.mark.parametrize("what", ["all:nq", "all:trig", "all:jsonld", "all:graphml", "all:gexf", "figures:csv", "statements:csv", "roles:csv"])  # fmt: skip
def test_order_and_source_do_not_show(tmp_path: Path, what: str) -> None:
    table, form = what.split(":")
    text = export(BOTH, table, form)
    assert export(reversed(BOTH), table, form) == text
    assert export(to_rdf(BOTH), table, form) == text
    with stores.open(tmp_path / "g", create=True) as store:
        for extraction in BOTH:
            store.put(extraction)
        stored = export(store, table, form)
        assert export(store, table, form) == stored
        if form in {"csv", "graphml", "gexf"}:
            assert stored == text


def test_trig_is_short_for_people() -> None:
    text = export(rich(), "all", "trig")
    assert text.startswith("@base <https://w3id.org/reportedly/id/> .\n@prefix kg:")
    assert "kg:approximate true" in text
    assert '"2019-06-30"^^xsd:date' in text
    assert "https://w3id.org/reportedly/id/entity" not in text


def test_a_row_a_figure() -> None:
    rows = list(csv.DictReader(io.StringIO(export(BOTH, "figures"))))
    assert len(rows) == 5
    first = next(row for row in rows if row["headline"] == "Harbour toll disputed" and row["id"] == "f1")
    assert (first["reporters"], first["via"], first["low"], first["high"], first["bound"]) == (
        "Rescue Watch",
        "survivors",
        "40",
        "60",
        "between",
    )
    assert (first["what"], first["place"], first["from"]) == ("passenger drowned", "Port Ellis", "2019-03")
    assert first["chain"] == "The Example > Rescue Watch [reported] > survivors"
    assert first["quote"] == rich().article.text[int(first["start"]) : int(first["end"])]


def test_a_row_a_statement_and_a_role() -> None:
    statements = list(csv.DictReader(io.StringIO(export(BOTH, "statements"))))
    assert len(statements) == 6
    assert {row["who"] for row in statements if row["nested_in"]} == {"divers"}
    roles = list(csv.DictReader(io.StringIO(export(BOTH, "roles"))))
    assert [(row["holder"], row["title"], row["status"]) for row in roles] == [
        ("Ida Berg", "Mayor", "current"),
        ("Ida Berg", "mayor", "acting"),
    ]


@pytest.mark.parametrize("text", ["=1+1", "@SUM(A1)", "+cmd", "-2+3", "\tx"])
def test_a_cell_cannot_be_a_formula(text: str) -> None:
    hostile = replace(rich(), article=replace(rich().article, title=text, url=None))
    assert {row["headline"] for row in csv.DictReader(io.StringIO(export(hostile, "roles")))} == {f"'{text}"}


def test_numbers_stay_numbers() -> None:
    below = replace(rich().figures[3], low=rich().figures[3].low and -rich().figures[3].low)
    rows = list(csv.DictReader(io.StringIO(export(replace(rich(), figures=(below,)), "figures"))))
    assert rows[0]["low"] == "-5"


def test_hostile_text_stays_text() -> None:
    text = "</script> \x00 \x0b ]]> <b>&amp; \ud800 \"' end"
    found = Extraction(Article(text, title=text), "m")
    for form in ("trig", "jsonld", "nq", "graphml", "gexf"):
        export(found, "all", form).encode("utf-8")
    read = rdflib.Dataset()
    read.parse(data=export(found, "all", "trig"), format="trig")
    assert any(str(o).startswith("</script> \x00") for _, _, o, _ in read.quads())
