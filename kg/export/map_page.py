"""Places -> one HTML page with a dot for each: no script, nothing asked of anybody."""

from __future__ import annotations

from html import escape
from math import cos, radians, sqrt
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from ..identity.points import land
from .geojson import SOURCE, features

if TYPE_CHECKING:
    from ..store.contents import Source

WIDTH: Final = 1000
"""Of the drawing, in its own units."""

LEAST: Final = 8.0
"""Degrees that a map shows at least, either way."""

_STYLE: Final = """
body{font:15px/1.45 system-ui,sans-serif;margin:1.5rem auto;max-width:64rem;padding:0 1rem}
body{color:#1b1b1b;background:#fff}
svg{width:100%;height:auto;background:#f3f6f8;border:1px solid #ccc}
.land{fill:#e3e1d8;stroke:#b9b5a6;stroke-width:1;vector-effect:non-scaling-stroke}.grid{stroke:#dde3e7;fill:none}
.city{fill:#b3402acc;stroke:#fff}.midst{fill:#fff9;stroke:#b3402a;stroke-width:2;stroke-dasharray:4 2}
text{font:600 13px system-ui,sans-serif;paint-order:stroke;stroke:#f3f6f8;stroke-width:4px;fill:#1b1b1b}
section{border-top:1px solid #ccc;margin-top:1rem}h2{font-size:1.05rem;margin:.6rem 0}
blockquote{margin:.2rem 0 .2rem 1rem}
@media(prefers-color-scheme:dark){body{background:#161a1d;color:#e6e6e6}svg{background:#20262b}.land{fill:#333a37;stroke:#57605b}
.grid{stroke:#2e363c}text{fill:#eee;stroke:#20262b}.city{fill:#f0907acc}.midst{stroke:#f0907a;fill:#0006}a{color:#8ec5ff}}
"""


class _Frame(NamedTuple):
    """What part of the world is shown, in degrees, and how degrees become units of the drawing."""

    west: float
    south: float
    east: float
    north: float

    @property
    def scale(self) -> float:
        return WIDTH / (self.east - self.west)

    @property
    def stretch(self) -> float:
        """How much longer a degree of latitude is drawn than one of longitude, amid the map."""
        return 1 / max(0.2, cos(radians((self.north + self.south) / 2)))

    @property
    def height(self) -> int:
        return round((self.north - self.south) * self.scale * self.stretch)

    def at(self, longitude: float, latitude: float) -> tuple[float, float]:
        """The place of a point in the drawing."""
        x = (longitude - self.west) * self.scale
        return round(x, 1), round((self.north - latitude) * self.scale * self.stretch, 1)


def map_page(source: Source) -> str:
    """A page with a map of all places whose point is known, and below it what the articles put at each.

    The map shows the part of the world that holds them. The larger a dot, the
    more articles, figures and events; a hollow one is a town in the midst of a
    country or region. Equal graphs give equal text.

    >>> from kg import Article, extract, to_rdf
    >>> page = map_page(to_rdf(extract(Article("Jo Hill said the mill in Leeds had closed."), fast=True)))
    >>> page[:15], "Leeds" in page
    ('<!doctype html>', True)
    """
    found = sorted(features(source), key=lambda f: (-_weight(f), f["properties"]["name"]))
    frame = _frame([f["geometry"]["coordinates"] for f in found])
    drawn = [_land(frame), _grid(frame), *_dots(found, frame)]
    listed = "".join(_section(feature["properties"]) for feature in found)
    nothing = "" if found else "<p>No place of this graph has a point that is known.</p>"
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>Places</title>'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
        f'<meta name="viewport" content="width=device-width"><style>{_STYLE}</style></head><body>'
        f"<h1>Places</h1>{nothing}"
        f'<svg viewBox="0 0 {WIDTH} {frame.height}" role="img" aria-label="Map of {len(found)} places, listed below">'
        f"{''.join(drawn)}</svg><p>A filled dot is a city, a hollow one lies amid the country or region that "
        f"it stands for. {escape(SOURCE)}. Land: Natural Earth.</p>{listed}</body></html>\n"
    )


def _frame(points: list[list[float]]) -> _Frame:
    """The part of the world around points, with a margin; all of it where there are none."""
    if not points:
        return _Frame(-180, -60, 180, 80)
    west, east = min(p[0] for p in points), max(p[0] for p in points)
    south, north = min(p[1] for p in points), max(p[1] for p in points)
    wide = max((east - west) * 1.2, (north - south) * 0.8, LEAST)
    high = max((north - south) * 1.3, wide * 0.35, LEAST * 0.6)
    x, y = (west + east) / 2, (south + north) / 2
    return _Frame(max(-180, x - wide / 2), max(-85, y - high / 2), min(180, x + wide / 2), min(85, y + high / 2))


def _grid(frame: _Frame) -> str:
    """Lines of longitude and latitude, every 10 or 30 degrees."""
    step = 30 if frame.east - frame.west > 120 else 10
    lines = []
    for degree in range(-180, 181, step):
        if frame.west < degree < frame.east:
            lines.append(f"M{frame.at(degree, frame.north)[0]} 0V{frame.height}")
        if frame.south < degree < frame.north:
            lines.append(f"M0 {frame.at(0, degree)[1]}H{WIDTH}")
    return f'<path class="grid" d="{"".join(lines)}"/>'


def _land(frame: _Frame) -> str:
    x, y = frame.at(0, 0)
    wide = frame.scale / 10
    return f'<path class="land" d="{land()}" transform="matrix({wide:.4f} 0 0 {wide * frame.stretch:.4f} {x} {y})"/>'


def _weight(feature: dict[str, Any]) -> int:
    return sum(len(feature["properties"][kind]) for kind in ("articles", "figures", "events"))


class _Dot(NamedTuple):
    """A place as it is drawn."""

    x: float
    y: float
    size: float
    said: dict[str, Any]

    def circle(self) -> str:
        """The dot, which leads to what is listed of it."""
        said = self.said
        counts = ", ".join(f"{len(said[kind])} {kind}" for kind in ("articles", "figures", "events"))
        kind = "city" if said["point"] == "city" else "midst"
        place = f'class="{kind}" cx="{self.x}" cy="{self.y}" r="{self.size}"'
        title = f"<title>{escape(said['name'])}: {counts}</title>"
        return f'<a href="#{_anchor(said)}"><circle {place}>{title}</circle></a>'


def _dots(found: list[dict[str, Any]], frame: _Frame) -> list[str]:
    """The dots, and after them the names that have room beside them."""
    dots = [
        _Dot(*frame.at(*f["geometry"]["coordinates"]), round(4 + 2.5 * sqrt(_weight(f)), 1), f["properties"])
        for f in found
    ]
    taken = [(dot.x - dot.size, dot.y, dot.x + dot.size) for dot in dots]
    names = []
    for dot in dots:
        gap, width = dot.size + 3, 8.0 * len(dot.said["name"])
        for start, side, x in (
            (dot.x + gap, "start", dot.x + gap),
            (dot.x - gap - width, "end", dot.x - gap),
        ):
            if _has_room(start, dot.y, start + width, taken):
                taken.append((start, dot.y, start + width))
                place = f'x="{x:.1f}" y="{dot.y + 4:.1f}" text-anchor="{side}"'
                names.append(f"<text {place}>{escape(dot.said['name'])}</text>")
                break
    return [*(dot.circle() for dot in dots), *names]


def _has_room(start: float, y: float, end: float, taken: list[tuple[float, float, float]]) -> bool:
    """Whether a name is inside the drawing, and over nothing that is drawn."""
    free = all(abs(y - other) > 15 or start > b or end < a for a, other, b in taken)
    return free and start >= 0 and end <= WIDTH


def _anchor(said: dict[str, Any]) -> str:
    return "place-" + "".join(c for c in said["geonames"] if c.isdigit())


def _section(said: dict[str, Any]) -> str:
    """What the articles put at a place, in their words."""
    titles = {a["id"]: a for a in said["articles"]}
    rows = [*said["figures"], *said["events"]]
    quotes = "".join(
        f"<blockquote>“{escape(row['quote'])}” — {_article(titles[row['article']])}</blockquote>" for row in rows
    )
    named = ", ".join(_article(a) for a in said["articles"])
    return f'<section id="{_anchor(said)}"><h2>{escape(said["name"])}</h2>{quotes}<p>Named in {named}.</p></section>'


def _article(article: dict[str, Any]) -> str:
    """An article by its title, linked where it has an address on the web."""
    title = escape(article["title"] or article["id"])
    day = f", {article['published']}" if article["published"] else ""
    url = article["url"] or ""
    if url.lower().startswith(("http://", "https://")):
        return f'<a href="{escape(url)}" rel="noreferrer">{title}</a>{day}'
    return f"{title}{day}"
