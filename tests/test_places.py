"""Where places are: coordinates by GeoNames id, said as GeoSPARQL in the graph and as GeoJSON for maps."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from decimal import Decimal
from itertools import accumulate
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from test_opened import hostile

from kg import store as stores
from kg.export.formats import export, write
from kg.identity.linking import link
from kg.identity.points import MapPoint, land, point_of
from kg.identity.profiles import points_in
from kg.identity.reference_tables import GEONAMES
from kg.query import run
from kg.records.entity import Entity
from kg.records.event import Event, Participant
from kg.records.extraction import Extraction
from kg.records.figure import Bound, Figure
from kg.records.mention import EntityType, Mention, MentionKind
from kg.resources import resource
from kg.store.validate import report
from kg.text.article import Article, Span, locate
from kg.view.data import view_data

TEXT = "In Damascus, the capital of Syria, 40 people were hurt on Friday. Beirut was calm, and so was Ruritania."


def story(text: str = TEXT, **changes: Any) -> Extraction:
    article = Article(text, title="Friday", publisher="Shore Mail")
    names = [n for n in ("Damascus", "Syria", "Beirut", "Ruritania") if n in text]
    entities = tuple(
        Entity(f"e{k}", EntityType.PLACE, n, (Mention(locate(n, article), MentionKind.NAME, EntityType.PLACE),))
        for k, n in enumerate(names, 1)
    )
    number = locate("40", article)
    figure = Figure(
        "f1", number, Decimal(40), Decimal(40), Bound.EXACT, counted="people", counted_span=Span(number.end + 1, number.end + 7), place="e1"
    )  # fmt: skip
    hurt = locate("hurt", article)
    event = Event(
        "ev1", "harm", hurt, (Participant("patient", "e1"),), locate("40 people were hurt", article), place="e1"
    )
    return replace(Extraction(article, "m", entities, figures=(figure,), events=(event,)), **changes)


def test_every_city_and_country_of_the_gazetteer_has_a_point() -> None:
    rows = [line.split("\t") for line in resource("data/linking/points.tsv").read_text("utf-8").splitlines()[1:]]
    points = {row[0]: row for row in rows}
    assert len(points) == len(rows) > 5000 and list(points) == sorted(points, key=int)
    assert all(-90 <= float(lat) <= 90 and -180 <= float(lon) <= 180 for _, lat, lon, _ in rows)
    cities = [line.split("\t")[0] for line in resource("data/gazetteer/cities.tsv").read_text("utf-8").splitlines()[1:]]
    countries = [
        line.split("\t")[1] for line in resource("data/gazetteer/countries.tsv").read_text("utf-8").splitlines()[1:]
    ]
    assert not [c for c in cities if c not in points] and len([c for c in countries if c not in points]) <= 4


def test_a_point_is_that_of_geonames() -> None:
    damascus = point_of([f"{GEONAMES}170654/"])
    assert isinstance(damascus, MapPoint) and damascus.wkt == "POINT(36.2913 33.5102)" and damascus.of == "city"
    assert point_of(["http://www.wikidata.org/entity/Q858"]) is None and point_of([f"{GEONAMES}1/"]) is None


def test_the_places_of_an_article_have_their_points_without_a_store() -> None:
    assert {id: (p.longitude, str(p.of)) for id, p in points_in(story()).items()} == {
        "e1": ("36.2913", "city"), "e2": ("37.05", "country"), "e3": ("35.5016", "city"),
    }  # fmt: skip
    joined = {e["name"]: e.get("point") for e in view_data([story(), hostile()])["entities"]}
    assert joined["Damascus"] == [36.2913, 33.5102, "city"] and joined["Ruritania"] is None


def test_the_land_is_where_its_cities_are() -> None:
    rings = []
    for line in land().replace("z", "z\n").splitlines():
        steps = [int(n) for n in re.findall(r"-?\d+", line)]
        xs, ys = accumulate(steps[::2]), accumulate(steps[1::2])
        rings.append([(x / 10, -y / 10) for x, y in zip(xs, ys, strict=True)])
    assert len(rings) > 300 and all(-180 <= x <= 180 and -60 < y < 84 for ring in rings for x, y in ring)
    # where the land ends at the edge of the map no line runs over the whole of it to the other
    assert all(abs(a[0] - b[0]) < 180 for ring in rings for a, b in zip(ring, [*ring[1:], ring[0]], strict=True))

    def ashore(longitude: float, latitude: float) -> bool:
        sides = (side for ring in rings for side in zip(ring, [*ring[1:], ring[0]], strict=True))
        return sum((a[1] > latitude) != (b[1] > latitude) and longitude < a[0] + (latitude - a[1]) / (b[1] - a[1]) * (b[0] - a[0]) for a, b in sides) % 2 == 1  # fmt: skip

    rows = [line.split("\t") for line in resource("data/linking/points.tsv").read_text("utf-8").splitlines()[1:]]
    found = [ashore(float(lon), float(lat)) for _, lat, lon, of in rows[::40] if of == "city"]
    assert len(found) > 90 and sum(found) > 0.9 * len(found)
    assert not ashore(-30, 30) and not ashore(80, -20) and ashore(20, 0)


def test_the_graph_says_where_its_places_are(tmp_path: Path) -> None:
    with stores.open(tmp_path / "g", create=True) as store:
        store.put(story())
        link(store)
        asked = "SELECT ?name ?how ?wkt { ?p rdfs:label ?name ; ?how ?g . ?g a geo:Geometry ; geo:asWKT ?wkt } ORDER BY ?name"
        answer = run(store, asked)
        told = [(row[0], str(row[1]).rpartition(":")[2], row[2]) for row in answer.rows]
        assert told == [
            ("Beirut", "hasGeometry", "POINT(35.5016 33.8933)"),
            ("Damascus", "hasGeometry", "POINT(36.2913 33.5102)"),
            ("Syria", "hasCentroid", "POINT(37.05 35.01)"),
        ]
        assert report(store) == []
        from_store = export(store, "all", "geojson")
    assert json.loads(from_store) == json.loads(export(story(), "all", "geojson"))


def test_geojson_is_what_its_standard_asks_for(tmp_path: Path) -> None:
    whole = json.loads(write([story(), hostile()], tmp_path / "map.geojson").read_text("utf-8"))
    assert whole["type"] == "FeatureCollection" and "GeoNames" in whole["attribution"] and "crs" not in whole
    assert [f["properties"]["name"] for f in whole["features"]] == ["Beirut", "Damascus", "Syria"]
    for feature in whole["features"]:
        assert set(feature) == {"type", "id", "geometry", "properties"} and feature["type"] == "Feature"
        longitude, latitude = feature["geometry"]["coordinates"]
        assert feature["geometry"]["type"] == "Point" and -180 <= longitude <= 180 and -90 <= latitude <= 90
    damascus = whole["features"][1]["properties"]
    assert [(f["low"], f["counted"], f["quote"]) for f in damascus["figures"]] == [(40, "people", "40")]
    assert [(e["type"], e["quote"]) for e in damascus["events"]] == [("harm", "40 people were hurt")]
    assert (
        damascus["articles"][0]["publisher"] == "Shore Mail"
        and whole["features"][2]["properties"]["point"] == "country"
    )


def test_one_place_in_two_articles_is_one_dot_whatever_the_order(tmp_path: Path) -> None:
    other = story(TEXT.replace("Beirut was calm", "There was calm"))
    text = export([story(), other], "all", "geojson")
    assert text == export([other, story()], "all", "geojson")
    (damascus,) = [f for f in json.loads(text)["features"] if f["properties"]["name"] == "Damascus"]
    assert len(damascus["properties"]["articles"]) == len(damascus["properties"]["figures"]) == 2


@pytest.mark.parametrize("text", ["In Ruritania 40 people were hurt on Friday.", "Nowhere were 40 people hurt."])
def test_a_place_that_nobody_knows_is_on_no_map(text: str) -> None:
    found = (
        story(text)
        if "Ruritania" in text
        else replace(story(), article=Article(text), entities=(), figures=(), events=())
    )
    if "Ruritania" in text:
        found = replace(found, figures=(), events=())
    assert json.loads(export(found, "all", "geojson"))["features"] == []


# -- a page with a map


def page(*found: Extraction) -> str:
    return export(list(found), "all", "map")


def test_the_map_has_a_dot_a_place_and_says_what_is_there(tmp_path: Path) -> None:
    text = write(story(), tmp_path / "places.html").read_text("utf-8")
    root = ElementTree.fromstring(re.sub(r"<!doctype html>|<meta[^>]*>", "", text))
    circles = {c[0].text: c.attrib for c in root.iter("circle")}
    assert list(circles) == [
        "Damascus: 1 articles, 1 figures, 1 events", "Beirut: 1 articles, 0 figures, 0 events",
        "Syria: 1 articles, 0 figures, 0 events",
    ]  # fmt: skip
    damascus, beirut, syria = circles.values()
    assert (damascus["class"], syria["class"]) == ("city", "midst")
    assert float(beirut["cx"]) < float(damascus["cx"]) and float(beirut["cy"]) < float(damascus["cy"]), "west and north"
    assert "“40 people were hurt” — Friday" in text and "CC BY 4.0" in text
    assert {a.attrib["href"] for a in root.iter("a")} == {f"#{s.attrib['id']}" for s in root.iter("section")}


def test_the_map_asks_nobody_and_runs_nothing() -> None:
    bad = "<img src=x onerror=alert(1)>\"'&"
    article = replace(story().article, title=bad, url="javascript:alert(1)")
    text = page(replace(story(), article=article), hostile())
    assert "<img" not in text and "<script" not in text and "javascript:" not in text and "default-src 'none'" in text
    assert not re.search(r"<[^>]*\s(?:src|on\w+)=", text) and "@import" not in text and "url(" not in text
    linked = page(replace(story(), article=replace(story().article, url='https://a.example/?"><b>')))
    assert "https://a.example/?&quot;&gt;&lt;b&gt;" in linked and "<b>" not in linked


def test_a_map_without_places_says_so_and_order_does_not_show() -> None:
    empty = replace(story(), entities=(), figures=(), events=())
    assert "No place of this graph has a point" in page(empty)
    other = story(TEXT.replace("Beirut was calm", "There was calm"))
    assert page(story(), other) == page(other, story())
