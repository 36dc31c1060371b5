"""The claims and the figures as SVG, drawn without a browser: for papers, slides and a README.

Signs, borders and colours are those of the page, whose script draws what can be
touched; text is broken as `layout.py` breaks it and squeezed where a font is
wider than expected.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import log10
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from ..records.extraction import Extraction
from .axes import is_open, ticks, together, value_of, verdict
from .by_name import Identity
from .data import view_data
from .layout import claims, em, stack, wrap
from .plain import Json

FONT = "system-ui, 'Noto Sans', 'Segoe UI', Roboto, 'DejaVu Sans', sans-serif"
LIGHT = {
    "bg": "#ffffff",
    "fg": "#16181d",
    "mut": "#565b66",
    "line": "#d3d6dc",
    "edge": "#6b7280",
    "box": "#ffffff",
    "Person": "#0072b2",
    "Organization": "#b87300",
    "Place": "#007a5a",
    "Group": "#777d87",
    "Document": "#2f86b8",
    "Event": "#a84b82",
    "denies": "#c04a00",
    "doubts": "#8b3d73",
    "hedges": "#8b3d73",
    "asks": "#0b5cad",
    "demands": "#007a5a",
}
DARK = {
    "bg": "#14161a",
    "fg": "#eceef2",
    "mut": "#a9afbb",
    "line": "#383d47",
    "edge": "#8d94a1",
    "box": "#1d2027",
    "Person": "#56b4e9",
    "Organization": "#e69f00",
    "Place": "#2fc493",
    "Group": "#9aa0ab",
    "Document": "#8fd0f5",
    "Event": "#e08fbd",
    "denies": "#ff8442",
    "doubts": "#e79ac6",
    "hedges": "#e79ac6",
    "asks": "#7cc4ff",
    "demands": "#2fc493",
}
DASH = {"direct": None, "indirect": "6 4", "mixed": "9 3 2 3"}
WIDTH = {"denies": 2.6, "doubts": 2.0, "asks": 1.6, "demands": 1.6}
MARGIN = 13


def claims_svg(
    extractions: Sequence[Extraction],
    *,
    group: str = "topic",
    dark: bool = False,
    identity: Identity | None = None,
    most: int = 200,
) -> str:
    """Sources, statements and topics in three columns, as one SVG document; at most so many statements.

    `group` is topic, source or article. Raises KeyError for another.
    """
    data = view_data(extractions, identity=identity)
    columns = claims(data)
    statements = {s["id"]: s for s in data["statements"]}
    boxes = stack(columns, statements, group, most=most)
    pen = _Pen(DARK if dark else LIGHT)
    number = {key: n for n, (_, keys) in enumerate(columns["orders"][group]) for key in keys}
    placed = {box["key"]: box for box in boxes}
    for box in boxes:
        if box["kind"] == "statement":
            _edges(pen, box, statements[box["key"]], columns["main"], number, placed)
    entities = {e["id"]: e for e in data["entities"]}
    topics = {t["id"]: t for t in data["topics"]}
    for box in boxes:
        if box["kind"] == "statement":
            _statement(pen, box, statements[box["id"]])
        elif box["kind"] == "source":
            _source(pen, box, entities[box["id"]])
        else:
            _topic(pen, box, entities.get(topics[box["id"]]["entity"] or ""))
    height = max((box["y"] + box["h"] / 2 for box in boxes), default=20.0)
    return pen.document(columns["measures"]["width"] + 2 * MARGIN, height + 2 * MARGIN, data["title"])


def figures_svg(
    extractions: Sequence[Extraction], *, width: int = 900, dark: bool = False, identity: Identity | None = None
) -> str:
    """Reported figures, an axis for each thing counted, unit, place and period, as one SVG document."""
    data = view_data(extractions, identity=identity)
    pen = _Pen(DARK if dark else LIGHT)
    y = 8.0
    by_id = {f["id"]: f for f in data["figures"]}
    for axis in data["axes"]:
        if not axis["reported"]:
            continue
        rows = [by_id[id] for id, _ in axis["rows"]]
        y += 28
        heading = f"{axis['heading']}  "
        pen.text(0, y, heading, size=15, bold=True)
        pen.text(em(heading, bold=True) * 15, y, axis["context"], size=13, fill="mut")
        said = verdict(rows, data)
        if said is not None:
            y += 19
            fill = {"conflict": "denies", "agree": "Place"}.get(said.kind, "fg")
            pen.text(0, y, said.text, size=13, bold=True, fill=fill)
        y = _axis(pen, rows, data, y + 8, width)
    return pen.document(width + 2 * MARGIN, y + 2 * MARGIN, data["title"])


class _Pen:
    """SVG elements in order; text is escaped, and characters that XML has no place for are replaced."""

    def __init__(self, colours: dict[str, str]) -> None:
        self.colours = colours
        self.parts: list[str] = []

    def colour(self, name: str) -> str:
        return self.colours.get(name, self.colours["edge"])

    def path(
        self, d: str, *, stroke: str | None = None, fill: str | None = None, width: float = 1, dash: str | None = None
    ) -> None:
        self._add("path", d=d, **self._paint(stroke, fill, width, dash))

    def circle(self, x: float, y: float, r: float, *, stroke: str | None = None, fill: str | None = None) -> None:
        self._add("circle", cx=x, cy=y, r=r, **self._paint(stroke, fill, 2, None))

    def text(
        self,
        x: float,
        y: float,
        text: str,
        *,
        size: int,
        fill: str = "fg",
        bold: bool = False,
        italic: bool = False,
        anchor: str | None = None,
    ) -> None:
        values = {"x": x, "y": y, "font-size": size, "fill": self.colour(fill), "text-anchor": anchor}
        values |= {"font-weight": 600 if bold else None, "font-style": "italic" if italic else None}
        self._add("text", escape(_xml(text)), **values)

    def _paint(self, stroke: str | None, fill: str | None, width: float, dash: str | None) -> dict[str, Any]:
        paint: dict[str, Any] = {"fill": self.colour(fill) if fill else "none"}
        if stroke:
            paint |= {"stroke": self.colour(stroke), "stroke-width": width, "stroke-dasharray": dash}
        return paint

    def _add(self, tag: str, text: str = "", **values: Any) -> None:
        shown = {k: _round(v) if isinstance(v, float) else str(v) for k, v in values.items() if v is not None}
        attributes = "".join(f" {k}={quoteattr(v)}" for k, v in shown.items())
        self.parts.append(f"<{tag}{attributes}>{text}</{tag}>" if text else f"<{tag}{attributes}/>")

    def document(self, width: float, height: float, title: str) -> str:
        w, h = _round(float(width)), _round(float(height))
        ground = f'<rect x="{-MARGIN}" y="{-MARGIN}" width="{w}" height="{h}" fill="{self.colour("bg")}"/>'
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{w}" height="{h}" '
            f'viewBox="{-MARGIN} {-MARGIN} {w} {h}" font-family="{FONT}" role="img">\n'
            f"<title>{escape(_xml(title))}</title>\n{ground}\n" + "\n".join(self.parts) + "\n</svg>\n"
        )


def _round(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


def _xml(text: str) -> str:
    return "".join(
        c if c in "\t\n" or " " <= c < "\ud800" or "\udfff" < c < "\ufffe" or c > "\uffff" else "\ufffd" for c in text
    )


def _edges(pen: _Pen, box: Json, statement: Json, main: Json, number: Json, placed: Json) -> None:
    stance, group = statement["stance"], number[box["key"]]
    left, right = box["x"] - box["w"] / 2, box["x"] + box["w"] / 2

    def curve(x0: float, y0: float, x1: float, y1: float, **look: Any) -> None:
        bend = (x1 - x0) * 0.8
        pen.path(f"M{x0:.1f} {y0:.1f}C{x0 + bend:.1f} {y0:.1f} {x1 - bend:.1f} {y1:.1f} {x1:.1f} {y1:.1f}", **look)

    stroke = stance if stance in WIDTH else "edge"
    source = placed[f"{statement['by']}@{group}"]
    look = {"stroke": stroke, "width": max(1.3, WIDTH.get(stance, 1.3) - 0.3), "dash": DASH[statement["form"]]}
    curve(source["x"] + source["w"] / 2, source["y"], left - 6, box["y"], **look)
    _arrow(pen, stance, left, box["y"], stroke)
    if statement["via"]:
        via = placed[f"{statement['via']}@{group}"]
        curve(via["x"] + via["w"] / 2, via["y"], left, box["y"], stroke=stroke, width=1.2, dash="2 4")
    if box["key"] in main:
        topic = placed[f"{main[box['key']]}@{group}"]
        curve(right, box["y"], topic["x"] - topic["w"] / 2, topic["y"], stroke="line", width=1.2)


def _arrow(pen: _Pen, stance: str, x: float, y: float, colour: str) -> None:
    if stance == "denies":
        pen.path(f"M{x - 4:.1f} {y - 7:.1f}V{y + 7:.1f}", stroke=colour, width=3)
    elif stance == "doubts":
        pen.circle(x - 4, y, 4, fill=colour)
    elif stance == "demands":
        pen.path(f"M{x - 9:.1f} {y:.1f}l4.5 -4l4.5 4l-4.5 4z", fill=colour)
    else:
        pen.path(f"M{x:.1f} {y:.1f}l-8 -4v8z", fill=colour)


def _statement(pen: _Pen, box: Json, statement: Json) -> None:
    stance, form = statement["stance"], statement["form"]
    left, top = box["x"] - box["w"] / 2, box["y"] - box["h"] / 2
    stroke = stance if stance in WIDTH else "edge"
    outline = _outline(stance, left, top, box["w"], box["h"])
    pen.path(outline, fill="box", stroke=stroke, width=WIDTH.get(stance, 1.3), dash=DASH[form])
    if form != "indirect":
        for dx in (0, 8):
            x, y = left + 11 + dx, top + 15
            mark = (
                f"M{x + 5:.1f} {y - 5:.1f}C{x:.1f} {y - 4:.1f} {x - 1:.1f} {y:.1f} {x:.1f} {y + 4:.1f}"
                f"H{x + 5:.1f}V{y:.1f}H{x + 2.5:.1f}"
                f"C{x + 2.5:.1f} {y - 2:.1f} {x + 3.5:.1f} {y - 3:.1f} {x + 5:.1f} {y - 3.4:.1f}z"
            )
            partly = form == "mixed"
            pen.path(mark, stroke=stroke if partly else None, fill=None if partly else stroke)
    at = top + 8
    for style, line in box["lines"]:
        at += 18 if style == "text" else 16
        fill = "mut" if style == "tail" else "fg"
        pen.text(left + 34, at - 4, line, size=14 if style == "text" else 12, fill=fill, bold=style == "head")
    if stance != "asserts":
        words = "✕ denies" if stance == "denies" else stance
        pen.text(left + box["w"] - 13, top + 20, words, size=12, bold=True, fill=stroke, anchor="end")


def _outline(stance: str, x: float, y: float, w: float, h: float) -> str:
    c = min(11, h / 3)
    if stance == "denies":
        points = [(c, 0), (w - c, 0), (w, c), (w, h - c), (w - c, h), (c, h), (0, h - c), (0, c)]
    elif stance == "asks":
        points = [(0, 0), (w, 0), (w, h), (22, h), (8, h + 8), (8, h), (0, h)]
    elif stance == "demands":
        points = [(0, 0), (w - 9, 0), (w, h / 2), (w - 9, h), (0, h)]
    elif stance == "other":
        points = [(0, 0), (w - c, 0), (w, c), (w, h), (0, h)]
    else:
        r = min(19, h / 2) if stance == "doubts" else 3
        return (
            f"M{x + r:.1f} {y:.1f}h{w - 2 * r:.1f}a{r} {r} 0 0 1 {r} {r}v{h - 2 * r:.1f}a{r} {r} 0 0 1 {-r} {r}"
            f"h{2 * r - w:.1f}a{r} {r} 0 0 1 {-r} {-r}v{2 * r - h:.1f}a{r} {r} 0 0 1 {r} {-r}z"
        )
    return "M" + "L".join(f"{x + dx:.1f} {y + dy:.1f}" for dx, dy in points) + "z"


def _sign(pen: _Pen, kind: str, named: bool, x: float, y: float, r: float) -> None:
    fill = kind if named else "bg"
    if kind == "Person":
        pen.circle(x, y, r, stroke=kind, fill=fill)
    elif kind == "Group":
        for dx in (-0.5, 0.5):
            pen.circle(x + dx * r, y, 0.7 * r, stroke=kind, fill=fill)
    else:
        shapes: dict[str, list[tuple[float, float]]] = {
            "Organization": [(-1, -1), (1, -1), (1, 1), (-1, 1)],
            "Place": [(0, -1.1), (1.15, 1), (-1.15, 1)],
            "Document": [(-0.8, -1), (0.2, -1), (0.8, -0.4), (0.8, 1), (-0.8, 1)],
        }
        points = shapes.get(kind, [(0, -1.2), (1.2, 0), (0, 1.2), (-1.2, 0)])
        d = "M" + "L".join(f"{x + dx * r:.1f} {y + dy * r:.1f}" for dx, dy in points) + "z"
        pen.path(d, stroke=kind, fill=fill, width=2)


def _source(pen: _Pen, box: Json, entity: Json) -> None:
    right = box["x"] + box["w"] / 2
    _sign(pen, entity["type"], entity["named"], right - 10, box["y"], 8)
    at = box["y"] - box["h"] / 2 + 4 + (5 if len(box["lines"]) == 1 else 0)
    for style, line in box["lines"]:
        name = style == "name"
        at += 18 if name else 16
        bold, italic = name and entity["named"], name and not entity["named"]
        fill = "fg" if name else "mut"
        pen.text(right - 30, at - 4, line, size=14 if name else 12, fill=fill, bold=bold, italic=italic, anchor="end")


def _topic(pen: _Pen, box: Json, entity: Json | None) -> None:
    left = box["x"] - box["w"] / 2
    _sign(pen, entity["type"] if entity else "Topic", True, left + 9, box["y"], 7)
    at = box["y"] - box["h"] / 2 + 4
    for style, line in box["lines"]:
        name = style == "name"
        at += 18 if name else 16
        pen.text(left + 27, at - 4, line, size=14 if name else 12, fill="fg" if name else "mut", bold=name)


def _axis(pen: _Pen, rows: Sequence[Json], data: Json, y: float, width: int) -> float:
    """The rows of one axis from a height on; the height below it."""
    entities = {e["id"]: e for e in data["entities"]}
    labels = 290
    left, right = labels + 18.0, width - 34.0
    values = [v for f in rows for v in (f["low"], f["high"]) if v is not None]
    top = max([*values, 1])
    log = all(v > 0 for v in values) and bool(values) and top / min(values) > 200
    marks, most = ticks(top, log=log)
    low = min([0, *values]) * 1.1

    def x(value: float) -> float:
        share = log10(max(value, 1)) / log10(most) if log else (value - low) / (most - low)
        return left + (right - left) * share

    start, before = y, len(pen.parts)
    for same in together(rows):
        f = same[0]
        reporter = entities[f["reporters"][0]]
        notes = [f"via {entities[f['via']]['name']}" if f["via"] else "", f["method"] or "", f["role"] or ""]
        articles = [data["articles"][other["article"]] for other in same]
        if len(same) > 1:
            days = dict.fromkeys(a["published"] or a["title"] for a in articles)
            notes.append(f"{len(same)} times: {', '.join(days)}")
        elif len(data["articles"]) > 1:
            notes.append(articles[0]["label"])
        names = ", on the word of ".join(entities[r]["name"] for r in f["reporters"])
        lines = [(line, True) for line in wrap(names, (labels - 26) / 13, bold=True, lines=2)]
        lines += [(line, False) for line in wrap(" · ".join(filter(None, notes)), (labels - 26) / 12, lines=3)]
        tall = max(46, 16 * len(lines) + 14)
        for i, (line, bold) in enumerate(lines):
            fill = "fg" if bold else "mut"
            pen.text(labels - 22, y + 17 + 16 * i, line, size=13 if bold else 12, bold=bold, fill=fill, anchor="end")
        _sign(pen, reporter["type"], reporter["named"], labels - 8, y + 13, 6)
        _mark(pen, f, x, y + tall / 2 + 6, left, right, reporter["type"])
        y += tall
    drawn, pen.parts = pen.parts[before:], pen.parts[:before]
    for value in marks if values else []:
        pen.path(f"M{x(value):.1f} {start - 2:.1f}V{y + 4:.1f}", stroke="line")
        pen.text(x(value), y + 20, f"{value:,}".removesuffix(".0"), size=12, fill="mut", anchor="middle")
    # the rows over the lines of the axis
    pen.parts += drawn
    return y + 26


def _mark(pen: _Pen, f: Json, x: Any, y: float, left: float, right: float, kind: str) -> None:
    """The value as what it is: a point, a bar between two ends, a line open to one side, a wave where it is vague."""
    low, high = f["low"], f["high"]
    about = f["approximate"] or f["bound"] == "about"
    text = value_of(f)

    def label(at: float) -> None:
        half = em(text, bold=True) * 13 / 2
        pen.text(min(right + 30 - half, max(left + half, at)), y - 11, text, size=13, bold=True, anchor="middle")

    if f["bound"] == "vague" or is_open(f):
        start = left if low is None else x(low)
        end = right if high is None else max(x(high), start + 24)
        waves = "".join(f"q3 {5 if i % 2 else -5} 6 0" for i in range(int((end - start) / 6)))
        pen.path(f"M{start:.1f} {y:.1f}{waves}", stroke=kind, width=2)
        label((start + min(end, start + 120)) / 2)
    elif low is not None and high is not None and low != high:
        pen.path(f"M{x(low):.1f} {y:.1f}H{x(high):.1f}", stroke=kind, width=5, dash="7 4" if about else None)
        for value in (low, high):
            pen.circle(x(value), y, 5, stroke=kind, fill="bg" if about else kind)
        label((x(low) + x(high)) / 2)
    elif low is not None and high is not None:
        if about:
            pen.path(f"M{x(low) - 15:.1f} {y:.1f}H{x(low) + 15:.1f}", stroke="line", width=10)
        pen.circle(x(low), y, 6, stroke=kind, fill="bg" if about else kind)
        label(x(low))
    elif high is not None:
        pen.path(f"M{left:.1f} {y:.1f}H{x(high):.1f}", stroke=kind, width=3, dash="2 5")
        pen.path(f"M{x(high):.1f} {y - 9:.1f}V{y + 9:.1f}", stroke=kind, width=1.6 if f["bound"] == "less than" else 4)
        label(x(high))
    else:
        pen.path(f"M{x(low):.1f} {y:.1f}H{right:.1f}", stroke=kind, width=3, dash="2 5")
        pen.path(f"M{right + 8:.1f} {y:.1f}l-10 -5v10z", fill=kind)
        pen.path(f"M{x(low):.1f} {y - 9:.1f}V{y + 9:.1f}", stroke=kind, width=1.6 if f["bound"] == "more than" else 4)
        label(x(low))
