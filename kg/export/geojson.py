"""Places -> GeoJSON (RFC 7946): a feature a place whose point is known, with what happens and is counted there."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from ..identity.points import MapPoint, point_of
from ..identity.profiles import points_in
from ..rdf.write import entity_iris
from ..records.event import Event
from ..records.extraction import Extraction
from ..records.figure import Figure
from ..records.mention import EntityType
from ..records.standoff import json_number
from ..store import Store
from ..store.contents import extractions
from ..text.article import Article
from .table_rows import Joined, joined

if TYPE_CHECKING:
    from ..store.contents import Source

SOURCE = "Coordinates: GeoNames (https://www.geonames.org/), CC BY 4.0"


def features(source: Source) -> list[dict[str, Any]]:
    """All places whose point is known, by name.

    A feature is a place and whatever is judged to be the same one: its name,
    its GeoNames id, what the point is of ("city", or "region" or "country":
    then it is a town in the midst), the articles that name it, and the figures
    and events that the articles put there, with the words that say so.

    >>> from kg import Article, extract, to_rdf
    >>> found = extract(Article("Jo Hill said the mill in Leeds had closed."), fast=True)
    >>> [(place["properties"]["name"], place["geometry"]["coordinates"]) for place in features(to_rdf(found))]
    [('Leeds', [-1.5478, 53.7965])]
    """
    found: dict[str, _Found] = {}
    known = joined(source)
    for extraction in extractions(source):
        points = _linked(extraction, known) if isinstance(source, Store) else points_in(extraction)
        _take(found, extraction, points)
    return [_feature(place) for place in sorted(found.values(), key=lambda f: (f.name, f.point.geonames))]


def geojson(source: Source) -> str:
    """One FeatureCollection of the `features` of a graph; equal graphs give equal text.

    >>> from kg import Article, extract, to_rdf
    >>> geojson(to_rdf(extract(Article("Jo Hill said the mill in Leeds had closed."), fast=True)))[:30]
    '{\\n "type": "FeatureCollection"'
    """
    whole = {"type": "FeatureCollection", "attribution": SOURCE, "features": features(source)}
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"


@dataclass(slots=True)
class _Found:
    """A place as it is put together from articles."""

    point: MapPoint
    name: str
    articles: list[dict[str, Any]] = field(default_factory=list)
    figures: list[dict[str, Any]] = field(default_factory=list)
    events: list[dict[str, Any]] = field(default_factory=list)


def _linked(extraction: Extraction, known: Joined) -> dict[str, MapPoint]:
    """The points of the places of one article as its store has linked them, by the id of their entity."""
    iris = entity_iris(extraction, base=known.base)
    places = [e.id for e in extraction.entities if e.type is EntityType.PLACE]
    points = {id: point_of(known.outside.get(iris[id], ())) for id in places}
    return {id: point for id, point in points.items() if point is not None}


def _take(found: dict[str, _Found], extraction: Extraction, points: Mapping[str, MapPoint]) -> None:
    article = extraction.article
    names = {e.id: e.name for e in extraction.entities}
    here = _here(found, extraction, points)
    said = {
        "id": article.id, "title": article.title, "publisher": article.publisher, "url": article.url,
        "published": article.published.isoformat() if article.published else None,
    }  # fmt: skip
    for place in {place.point.geonames: place for place in here.values()}.values():
        place.articles.append(said)
    for figure in extraction.figures:
        if figure.place in here:
            here[figure.place].figures.append(_figure(article, figure, names))
    for event in extraction.events:
        if event.place in here:
            here[event.place].events.append(_event(article, event))


def _here(found: dict[str, _Found], extraction: Extraction, points: Mapping[str, MapPoint]) -> dict[str | None, _Found]:
    """The places of an article whose point is known, by the id of their entity."""
    here: dict[str | None, _Found] = {}
    for entity in extraction.entities:
        point = points.get(entity.id)
        if point is not None:
            place = found.setdefault(point.geonames, _Found(point, entity.name))
            place.name = min((place.name, entity.name), key=lambda n: (-len(n), n))
            here[entity.id] = place
    return here


def _figure(article: Article, figure: Figure, names: Mapping[str, str]) -> dict[str, Any]:
    return {
        "low": json_number(figure.low), "high": json_number(figure.high), "bound": figure.bound, "unit": figure.unit,
        "counted": figure.counted, "event": figure.event, "reporters": [names[r] for r in figure.reporters],
        "from": figure.start, "until": figure.end, "article": article.id,
        "quote": article.quote(figure.evidence or figure.span),
    }  # fmt: skip


def _event(article: Article, event: Event) -> dict[str, Any]:
    return {
        "type": event.type, "negated": event.negated, "from": event.start, "until": event.end,
        "article": article.id, "quote": article.quote(event.span),
    }  # fmt: skip


def _feature(place: _Found) -> dict[str, Any]:
    point = place.point
    return {
        "type": "Feature",
        "id": int(point.geonames),
        "geometry": {"type": "Point", "coordinates": [float(point.longitude), float(point.latitude)]},
        "properties": {
            "name": place.name,
            "geonames": f"https://sws.geonames.org/{point.geonames}/",
            "point": point.of,
            "articles": place.articles,
            "figures": place.figures,
            "events": place.events,
        },
    }
