"""An index of a user's file: what it reads, what it finds, and what it refuses."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from kg.errors import ReadError, StoreError
from kg.identity.external import find_links
from kg.identity.name_index import FILE, LINE, NAMES, Index, index
from kg.identity.name_likeness import Profile
from kg.identity.reference_tables import WIKIDATA
from kg.records.mention import EntityType

PERSON, ORGANIZATION, PLACE = EntityType.PERSON, EntityType.ORGANIZATION, EntityType.PLACE

FTM = [
    {"id": "NK-1", "schema": "Person", "properties": {"name": ["Ana Rojas"], "alias": ["Anita Rojas"], "country": ["cl"]}},
    {"id": "Q99", "schema": "Organization", "properties": {"name": ["River Aid"]}},
    {"id": "NK-2", "schema": "LegalEntity", "properties": {"name": ["Rojas Holding"], "wikidataId": ["Q77"]}},
    {"id": "NK-3", "schema": "Vessel", "properties": {"name": ["Ana Rojas"]}},
]  # fmt: skip


def made(tmp_path: Path, name: str, text: str, **more: str) -> Index:
    source = tmp_path / name
    source.write_text(text, encoding="utf-8")
    index(source, tmp_path / "graph", **more)
    return Index(tmp_path / "graph" / FILE)


def ids(known: Index, name: str, kind: EntityType) -> list[str]:
    return [thing.ids[0] for thing in known.find(name, kind)]


def test_followthemoney_lines(tmp_path: Path) -> None:
    lines = "\n".join(map(json.dumps, FTM))
    known = made(tmp_path, "entities.ftm.json", lines, prefix="https://www.opensanctions.org/entities/")
    (ana,) = known.find("Ána  ROJAS", PERSON)
    assert (ana.ids, ana.type, ana.country) == (("https://www.opensanctions.org/entities/NK-1",), PERSON, "CL")
    assert ids(known, "Anita Rojas", PERSON) == ids(known, "Ana Rojas", PERSON)
    assert ids(known, "River Aid", ORGANIZATION) == [WIKIDATA + "Q99"]
    assert ids(known, "Rojas Holding", ORGANIZATION) == [WIKIDATA + "Q77"]
    assert ids(known, "Ana Rojas", ORGANIZATION) == []


def test_wikidata_dump_lines(tmp_path: Path) -> None:
    def item(id: str, label: str, **claims: list[str]) -> str:
        stated = {
            p: [{"mainsnak": {"datavalue": {"value": {"id": q}}}} for q in qs] if qs else [{"mainsnak": {}}]
            for p, qs in claims.items()
        }
        return json.dumps({"id": id, "labels": {"en": {"language": "en", "value": label}}, "claims": stated})

    dump = [
        item("Q1", "Ana Rojas", P31=["Q5"], P27=["Q298"]),
        item("Q2", "River Aid", P31=["Q163740"]),
        item("Q3", "Lowtown", P625=[]),
    ]
    known = made(tmp_path, "dump.json", "[\n" + ",\n".join(dump) + "\n]\n")
    (ana,) = known.find("Ana Rojas", PERSON)
    assert (ana.ids, ana.country) == ((WIKIDATA + "Q1",), "CL")
    assert ids(known, "River Aid", ORGANIZATION) == [WIKIDATA + "Q2"]
    assert ids(known, "Lowtown", PLACE) == [WIKIDATA + "Q3"]


def test_csv_with_aliases_type_and_country(tmp_path: Path) -> None:
    text = "id,name,aliases,type,country\n7,Ana Rojas,A. Rojas; Anita Rojas,Person,Chile\nhttps://x.example/8,River Aid,,,\n"
    known = made(tmp_path, "list.csv", text)
    (ana,) = known.find("Anita Rojas", PERSON)
    assert (ana.country, ana.ids) == ("CL", ("https://w3id.org/reportedly/id/external/7",))
    assert ids(known, "River Aid", ORGANIZATION) == ["https://x.example/8"]


def test_gzip_and_byte_order_mark(tmp_path: Path) -> None:
    (tmp_path / "list.csv.gz").write_bytes(gzip.compress("\ufeffid,name\n1,Ana Rojas\n".encode()))
    assert index(tmp_path / "list.csv.gz", tmp_path / "graph").things == 1


def test_all_words_of_a_name_find_a_longer_one(tmp_path: Path) -> None:
    known = made(tmp_path, "list.csv", "id,name\n1,Ana María Rojas Soto\n2,Ana Soto\n")
    assert ids(known, "Ana Rojas", PERSON) == ["https://w3id.org/reportedly/id/external/1"]


@pytest.mark.parametrize(
    "name",
    [
        '" OR name:*',
        "x AND (",
        "*",
        "'; DROP TABLE thing; --",
        "NEAR(a b)",
        "\x00 \x00",
        "a" * 10_000,
        "-a -b",
        '"a" "b"',
    ],
)
def test_no_name_is_an_operator_of_the_search(tmp_path: Path, name: str) -> None:
    known = made(tmp_path, "list.csv", "id,name\n1,Ana Rojas\n")
    assert known.find(name, PERSON) == []
    assert len(known.find("Ana Rojas", PERSON)) == 1


def test_a_hostile_file_is_data(tmp_path: Path) -> None:
    many = {"id": "m", "schema": "Person", "properties": {"name": [f"Name {n}" for n in range(1000)]}}
    lines = [
        "not json", "null", "[1]", "{}", "[" * 100_000,
        json.dumps({"id": 5, "schema": "Person", "properties": {"name": ["A B"]}}),
        json.dumps({"id": "a", "schema": ["Person"], "properties": {"name": ["A B"]}}),
        json.dumps({"id": "b", "schema": "Person", "properties": {"name": "A B"}}),
        json.dumps({"id": "c", "schema": "Person", "properties": {"name": [None, {}, "A" * 1000]}}),
        json.dumps({"id": "Q1", "labels": [], "claims": {"P31": {"a": 1}}}),
        json.dumps({"id": "javascript:alert(1)", "schema": "Person", "properties": {"name": ["Evil One"]}}),
        json.dumps({"id": "http://x/> <urn:y", "schema": "Person", "properties": {"name": ["Evil Two"]}}),
        json.dumps(many),
    ]  # fmt: skip
    source = tmp_path / "x.jsonl"
    source.write_text("\n".join(lines) + "\n" + "x" * (LINE + 10) + "\n" + json.dumps(FTM[0]) + "\n", encoding="utf-8")
    report = index(source, tmp_path / "graph")
    assert report.things == 4
    assert report.skipped == 11
    known = Index(tmp_path / "graph" / FILE)
    assert ids(known, "Evil One", PERSON) == ["https://w3id.org/reportedly/id/external/javascript%3Aalert%281%29"]
    assert all(c not in ids(known, "Evil Two", PERSON)[0] for c in "<> ")
    (many_names,) = known.find("Name 0", PERSON)
    assert len(many_names.aliases) == NAMES - 1


def test_a_file_that_holds_nothing_leaves_the_index_that_was_there(tmp_path: Path) -> None:
    made(tmp_path, "list.csv", "id,name\n1,Ana Rojas\n")
    (tmp_path / "empty.jsonl").write_text("hello\n")
    with pytest.raises(ReadError, match="holds no thing"):
        index(tmp_path / "empty.jsonl", tmp_path / "graph")
    with pytest.raises(ReadError, match="No such file"):
        index(tmp_path / "none.jsonl", tmp_path / "graph")
    with pytest.raises(ReadError, match="UTF-8"):
        (tmp_path / "bytes.jsonl").write_bytes(b"\xff\xfe{}\n")
        index(tmp_path / "bytes.jsonl", tmp_path / "graph")
    with pytest.raises(ReadError, match="--prefix"):
        index(tmp_path / "list.csv", tmp_path / "graph", prefix="no iri")
    assert len(Index(tmp_path / "graph" / FILE).find("Ana Rojas", PERSON)) == 1


def test_what_is_no_index_is_named(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text("hello")
    with pytest.raises(StoreError, match="is no index"):
        Index(tmp_path / FILE)


def test_equal_files_give_equal_stamps(tmp_path: Path) -> None:
    a = made(tmp_path / "a", "l.csv", "id,name\n1,Ana Rojas\n") if (tmp_path / "a").mkdir() is None else None
    b = made(tmp_path / "b", "l.csv", "id,name\n1,Ana Rojas\n") if (tmp_path / "b").mkdir() is None else None
    assert a is not None and b is not None
    assert a.sha256 == b.sha256


def test_a_person_of_the_index_is_linked_where_the_country_agrees(tmp_path: Path) -> None:
    known = made(tmp_path, "list.csv", "id,name,type,country\n1,Ana Rojas,Person,CL\n")
    ana = [Profile("k", "a", PERSON, "Ana Rojas")]
    assert [link.chosen for link in find_links(ana, "Chilean police", [known])] == [True]
    assert [link.chosen for link in find_links(ana, "Swedish police", [known])] == [False]
