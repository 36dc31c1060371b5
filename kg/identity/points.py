"""Where on Earth a place is: coordinates by GeoNames id, from `data/linking/points.tsv`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from ..rdf import vocab
from ..rdf.iris import BASE, node
from ..rdf.terms import Iri, Lit, Quad
from ..resources import resource, rows
from .reference_tables import GEONAMES, ReferenceKind


@dataclass(frozen=True, slots=True)
class MapPoint:
    """A point in degrees (WGS 84), as the table has it, and of what: a city, or a town amid a region or country."""

    geonames: str
    latitude: str
    longitude: str
    of: ReferenceKind

    @property
    def wkt(self) -> str:
        """As GeoSPARQL writes it, longitude first.

        >>> point_of([GEONAMES + "170654/"]).wkt
        'POINT(36.2913 33.5102)'
        """
        return f"POINT({self.longitude} {self.latitude})"


def point_of(ids: Iterable[str]) -> MapPoint | None:
    """The point of what bears one of these IRIs; None if none is GeoNames' or its point is not known.

    >>> point_of(["https://example.org/nowhere"]) is None
    True
    """
    for id in ids:
        if id.startswith(GEONAMES):
            return _points().get(id[len(GEONAMES) :].strip("/"))
    return None


def point_quads(entity: Iri, ids: Iterable[str], graph: Iri, *, base: str = BASE) -> Iterator[Quad]:
    """What GeoSPARQL says of where an entity is: a geometry of a city, a centroid of what is larger."""
    point = point_of(ids)
    if point is None:
        return
    name = node(base, "geometry", point.geonames)
    how = vocab.hasGeometry if point.of is ReferenceKind.CITY else vocab.hasCentroid
    yield Quad(entity, how, name, graph)
    yield Quad(name, vocab.type_, vocab.Geometry, graph)
    yield Quad(name, vocab.asWKT, Lit(point.wkt, vocab.wktLiteral), graph)


@lru_cache(maxsize=1)
def land() -> str:
    """The outline of all land as the `d` of an SVG path: longitude rightwards, latitude down, in tenths of a degree."""
    return "".join(resource("data/map/land.txt").read_text(encoding="utf-8").split("\n"))


@lru_cache(maxsize=1)
def _points() -> dict[str, MapPoint]:
    table = rows("data/linking/points.tsv")
    return {id: MapPoint(id, latitude, longitude, ReferenceKind(of)) for id, latitude, longitude, of in table}
