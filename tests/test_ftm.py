"""FollowTheMoney lines: its schemata, its properties, and no more than the articles say."""

from __future__ import annotations

import json
from itertools import pairwise

import pytest
from samples import rich, rival

from kg.export.ftm import ftm_lines
from kg.identity.ftm_entity import read_entity
from kg.records.mention import EntityType

# The properties of FollowTheMoney 4.11 that we write, by schema, with those that the schema requires.
THING = {
    "name",
    "alias",
    "weakAlias",
    "wikidataId",
    "proof",
    "keywords",
    "notes",
    "publisher",
    "sourceUrl",
    "description",
}
INTERVAL = {"startDate", "endDate", "summary", "description", "proof"}
SCHEMATA: dict[str, tuple[set[str], set[str]]] = {
    "Article": (
        THING | {"title", "fileName", "author", "publishedAt", "language", "bodyText", "processingAgent"}, {"fileName", "name"},
    ),
    "Person": (THING | {"position"}, {"name"}),
    "Organization": (THING, {"name"}),
    "LegalEntity": (THING, {"name"}),
    "Territory": (THING, {"name"}),
    "Mention": ({"document", "resolved", "name", "detectedSchema"}, {"document", "name"}),
    "Note": (THING | {"entity", "summary"}, {"name"}),
    "Event": (THING | INTERVAL | {"involved", "location"}, {"name"}),
    "Membership": (INTERVAL | {"member", "organization", "role", "status"}, {"member", "organization"}),
    "Position": (THING, {"name"}),
    "Occupancy": (INTERVAL | {"holder", "post", "status"}, {"holder", "post"}),
}  # fmt: skip
REFERENCES = {
    "proof": {"Article"},
    "document": {"Article"},
    "resolved": {"Person", "Organization", "LegalEntity"},
    "entity": {"Person", "Organization", "LegalEntity", "Territory"},
    "involved": {"Person", "Organization", "LegalEntity"},
    "member": {"Person", "Organization", "LegalEntity"},
    "organization": {"Organization"},
    "holder": {"Person"},
    "post": {"Position"},
}


def lines() -> list[dict]:
    return [json.loads(line) for line in ftm_lines([rich(), rival()])]


def test_every_line_keeps_to_its_schema() -> None:
    found = lines()
    schema = {line["id"]: line["schema"] for line in found}
    assert len(schema) == len(found), "ids are unique"
    for line in found:
        allowed, required = SCHEMATA[line["schema"]]
        assert set(line) == {"id", "schema", "properties"}
        assert set(line["properties"]) <= allowed, line
        assert required <= set(line["properties"]), line
        for p, values in line["properties"].items():
            assert values and all(isinstance(value, str) and value for value in values)
            if p in REFERENCES:
                assert {schema[value] for value in values} <= REFERENCES[p], (line["schema"], p)


def test_lines_are_sorted_and_do_not_depend_on_the_order_of_articles() -> None:
    found = list(ftm_lines([rich(), rival()]))
    assert found == list(ftm_lines([rival(), rich()]))
    ids = [json.loads(line)["id"] for line in found]
    assert all(a < b for a, b in pairwise(ids))


def test_every_statement_is_a_note_on_its_source_with_its_article_as_proof() -> None:
    extraction = rich()
    notes = [line["properties"] for line in map(json.loads, ftm_lines([extraction])) if line["schema"] == "Note"]
    notes = [note for note in notes if "figure" not in note["keywords"]]
    assert len(notes) == len(extraction.attributions)
    assert all(note["proof"] == [f"kg-article-{extraction.article.id}"] for note in notes)
    said = {note["description"][0] for note in notes}
    assert all(
        any(extraction.article.quote(s) in text for text in said) for a in extraction.attributions for s in a.content
    )


def test_every_figure_is_a_note_with_its_value_its_reporters_and_its_place_in_the_text() -> None:
    extraction = rich()
    found = [json.loads(line) for line in ftm_lines([extraction])]
    names = {line["id"]: line["properties"].get("name", [""])[0] for line in found}
    notes = [line["properties"] for line in found if "figure" in line["properties"].get("keywords", ())]
    assert len(notes) == len(extraction.figures)
    toll = next(note for note in notes if note["name"] == ["between 40 and 60 passenger drowned"])
    assert "low: 40; high: 60; bound: between; counts: passenger drowned; place: Port Ellis" in toll["summary"][0]
    assert {names[id] for id in toll["entity"]} == {"Rescue Watch", "Port Ellis"}
    start, end = map(int, toll["notes"][0].removeprefix("char=").split(","))
    assert extraction.article.text[start:end] == toll["description"][0]


def test_what_is_said_not_to_have_happened_is_no_event() -> None:
    extraction = rich()
    events = [json.loads(line)["properties"] for line in ftm_lines([extraction]) if '"Event"' in line]
    assert len(events) == len([e for e in extraction.events if not e.negated]) > 0
    assert any(e.negated for e in extraction.events)


def test_followthemoney_itself_takes_every_line() -> None:
    model = pytest.importorskip(
        "followthemoney", reason="FollowTheMoney is not installed: its ICU needs a compiler"
    ).model
    found = [model.get_proxy(line, cleaned=False) for line in lines()]
    for proxy, line in zip(found, lines(), strict=True):
        proxy.schema.validate(line)
        assert proxy.to_dict()["properties"] == line["properties"], "its own cleaning leaves every value as it is"
    by_id = {proxy.id: proxy for proxy in found}
    for proxy in found:
        for prop, value in proxy.itervalues():
            if prop.type.name == "entity":
                assert by_id[value].schema.is_a(prop.range), (proxy, prop)


def test_one_thing_in_two_articles_is_one_entity_with_two_proofs() -> None:
    named = next(e for e in rich().entities if e.named and e.type is EntityType.ORGANIZATION)
    joined = ftm_lines(
        [rich(), rival()], identity=lambda x, e: e.type if e.type is EntityType.ORGANIZATION else e.id + x.article.id
    )
    bodies = [line for line in map(json.loads, joined) if line["schema"] == "Organization"]
    assert len(bodies) == 1
    assert named.name in bodies[0]["properties"]["name"]


def test_an_id_of_wikidata_is_given_and_no_other() -> None:
    from kg.rdf.write import entity_iris

    extraction = rich()
    iris = entity_iris(extraction)
    entity = next(e for e in extraction.entities if e.named and e.type is EntityType.PERSON)
    external = {iris[entity.id]: ["http://www.wikidata.org/entity/Q1", "https://sws.geonames.org/2/"]}
    found = [json.loads(line) for line in ftm_lines([extraction], external=external)]
    given = [line["properties"]["wikidataId"] for line in found if "wikidataId" in line["properties"]]
    assert given == [["Q1"]]


def test_an_entity_is_read_back() -> None:
    read = [read_entity(line) for line in lines()]
    assert {r.type for r in read if r} >= {EntityType.PERSON, EntityType.ORGANIZATION}
    assert read_entity({"id": "x", "schema": "Vessel", "properties": {"name": ["A"]}}) is None
    assert read_entity({"id": "x", "schema": "Person", "properties": []}) is None
    ana = read_entity(
        {"id": "x", "schema": "Person", "properties": {"name": ["Ana", 5], "nationality": ["cl", "suhh"]}}
    )
    assert ana is not None
    assert (ana.names, ana.countries) == (("Ana",), ("CL",))
