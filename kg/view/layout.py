"""Where the page draws things: text broken into lines, boxes sized to it, boxes in columns; positions of a network.

A page made here is read where other fonts are installed, so widths are those
of a wide sans serif (DejaVu Sans, in em) and the page squeezes a line that is
wider still: a box always holds its text, and no two boxes overlap.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Json = dict[str, Any]

_NARROW = frozenset("iljI.,:;'|!’‘` ")
_SLIM = frozenset('frt()[]{}-/\\"“”*°')
_WIDE = frozenset("mwMW@%—…")
# what turns text around or hides it: never drawn on the canvas, where <bdi> cannot contain it
_INVISIBLE = frozenset("\u061c\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff")


def em(text: str, *, bold: bool = False) -> float:
    """The width of a text in em, rather too wide than too narrow."""
    return sum(map(_advance, text)) * (1.08 if bold else 1.0)


def _advance(char: str) -> float:
    if char in _NARROW:
        return 0.34
    if char in _SLIM:
        return 0.46
    if char in _WIDE:
        return 0.98
    if char < "\u0250":
        return 0.72 if char.isupper() else 0.61
    if char in _INVISIBLE or unicodedata.combining(char) or unicodedata.category(char) in {"Mn", "Cf"}:
        return 0.0
    return 1.05 if unicodedata.east_asian_width(char) in {"W", "F"} else 0.68


def wrap(text: str, width: float, *, bold: bool = False, lines: int = 0) -> list[str]:
    """A text in lines at most `width` em wide, broken at spaces, inside a word only where it alone is too long.

    With `lines`, no more than so many; the last then ends in an ellipsis.
    """
    visible = "".join(c for c in text if c not in _INVISIBLE and (c >= " " and c != "\x7f"))
    out: list[str] = []
    line, used = "", 0.0
    for word in visible.split():
        for piece in _pieces(word, width, bold):
            size = em(piece, bold=bold)
            gap = 0.34 if line else 0.0
            if line and used + gap + size > width:
                out.append(line)
                line, used, gap = "", 0.0, 0.0
            line = f"{line} {piece}" if line else piece
            used += gap + size
    out += [line] if line else []
    if lines and len(out) > lines:
        last = out[lines - 1]
        while last and em(last + "…", bold=bold) > width:
            last = last[:-1]
        out = [*out[: lines - 1], last.rstrip() + "…"]
    return out


def _pieces(word: str, width: float, bold: bool) -> list[str]:
    if em(word, bold=bold) <= width:
        return [word]
    pieces, piece, used = [], "", 0.0
    for char in word:
        size = em(char, bold=bold)
        if piece and used + size > width:
            pieces.append(piece)
            piece, used = "", 0.0
        piece += char
        used += size
    return [*pieces, piece]


@dataclass(frozen=True, slots=True)
class Columns:
    """Measures of the claims view, in CSS pixels."""

    source_width: int = 196
    statement_left: int = 262
    statement_width: int = 376
    topic_left: int = 694
    topic_width: int = 140
    indent: int = 26
    gap: int = 12
    group_gap: int = 26
    text: int = 14
    small: int = 12
    line: int = 18
    small_line: int = 16
    most_lines: int = 12


WIDE = Columns()


def claims(data: Json, measures: Columns = WIDE) -> Json:
    """The claims view: sources, statements and topics as boxes in three columns, with edges between them.

    Each box has `id`, `x` and `y` of its centre, `w`, `h` and its lines by
    style. Statements stand in groups by topic, in `order`, nested speech under
    the statement that holds it; sources and topics as near to their statements
    as others allow.
    """
    m = measures
    entities = {e["id"]: e for e in data["entities"]}
    topics = {t["id"]: t for t in data["topics"]}
    order = statement_order(data)
    depths = _depths(data["statements"])
    statements: Json = {}
    y, group = 0.0, object()
    for statement in order:
        topic = _main_topic(statement, topics)
        depth = min(depths[statement["id"]], 3)
        box = _statement_box(statement, data, entities, depth, m)
        y += 0 if not statements else (m.group_gap if topic != group and depth == 0 else m.gap)
        group = topic
        box["y"] = y + box["h"] / 2
        y += box["h"]
        statements[statement["id"]] = box
    sources = {key: _source_box(entities[key], data, m) for key in _speakers(order)}
    _beside(sources, _pulls(order, statements, lambda s: [k for k in (s["by"], s["via"]) if k]), m.gap + 4)
    used = {t for s in order if (t := _main_topic(s, topics))}
    topic_boxes = {key: _topic_box(topics[key], m) for key in topics if key in used}
    _beside(topic_boxes, _pulls(order, statements, lambda s: [t] if (t := _main_topic(s, topics)) else []), m.gap)
    return {
        "sources": list(sources.values()),
        "statements": list(statements.values()),
        "topics": list(topic_boxes.values()),
        "width": m.topic_left + m.topic_width,
        "gap": m.gap,
        "groupGap": m.group_gap,
    }


def statement_order(data: Json) -> list[Json]:
    """Statements by topic, then as the articles have them; nested ones after the one that holds them."""
    topics = {t["id"]: t for t in data["topics"]}
    rank = {key: i for i, key in enumerate(_topic_order(data["statements"], topics))}
    known = {s["id"] for s in data["statements"]}
    place = {s["id"]: i for i, s in enumerate(data["statements"])}
    children: dict[str, list[Json]] = {}
    roots: list[Json] = []
    for statement in data["statements"]:
        parent = statement["parent"]
        if parent in known and parent != statement["id"]:
            children.setdefault(parent, []).append(statement)
        else:
            roots.append(statement)
    roots.sort(key=lambda s: (rank.get(_main_topic(s, topics) or "", len(rank)), place[s["id"]]))
    out: list[Json] = []
    stack = roots[::-1]
    while stack:
        statement = stack.pop()
        out.append(statement)
        stack += children.get(statement["id"], [])[::-1]
    return out + [s for s in data["statements"] if s["id"] not in {o["id"] for o in out}]


def _topic_order(statements: Sequence[Json], topics: Mapping[str, Json]) -> list[str]:
    """Topics from the one of most statements on, each followed by the one that shares most speakers with it.

    So the edges of somebody who speaks on two topics stay short.
    """
    speakers: dict[str, set[str]] = {key: set() for key in topics}
    for statement in statements:
        if topic := _main_topic(statement, topics):
            speakers[topic].add(statement["by"])
    left = list(topics)
    out: list[str] = []
    while left:
        near = speakers[out[-1]] if out else set()
        # the first among equals: topics come with those of most statements first
        best = max(left, key=lambda key: len(speakers[key] & near))
        left.remove(best)
        out.append(best)
    return out


def _main_topic(statement: Json, topics: Mapping[str, Json]) -> str | None:
    found = [t for t in statement["topics"] if t in topics]
    return max(found, key=lambda t: len(topics[t]["statements"])) if found else None


def _depths(statements: Sequence[Json]) -> dict[str, int]:
    parent = {s["id"]: s["parent"] for s in statements}
    depths: dict[str, int] = {}
    for key, above in parent.items():
        seen, up = {key}, above
        while up in parent and up not in seen:
            seen.add(up)
            up = parent[up]
        depths[key] = len(seen) - 1
    return depths


def _speakers(order: Iterable[Json]) -> list[str]:
    return list(dict.fromkeys(k for s in order for k in (s["by"], s["via"]) if k))


def _statement_box(statement: Json, data: Json, entities: Mapping[str, Json], depth: int, m: Columns) -> Json:
    width = m.statement_width - depth * m.indent
    inner = (width - 34 - 12) / m.text
    head = entities[statement["by"]]["name"]
    if statement["cueText"]:
        head += f" · {statement['cueText']}"
    if statement["via"]:
        head += f" · via {entities[statement['via']]['name']}"
    many = len(data["articles"]) > 1
    article = data["articles"][statement["article"]]
    tail = " · ".join(x for x in (article["publisher"] or article["title"], article["published"]) if x) if many else ""
    room = (width - 34 - 12) / m.small
    tag = 0 if statement["stance"] == "asserts" else em(statement["stance"], bold=True) + 2
    lines = (
        [["head", line] for line in wrap(head, room - tag, bold=True, lines=2)]
        + [["text", line] for line in wrap(statement["text"] or "(no words)", inner, lines=m.most_lines)]
        + [["tail", line] for line in wrap(tail, room, lines=1)]
    )
    height = 16 + sum(m.line if style == "text" else m.small_line for style, _ in lines)
    return {
        "id": statement["id"],
        "x": m.statement_left + depth * m.indent + width / 2,
        "y": 0.0,
        "w": width,
        "h": height,
        "depth": depth,
        "lines": lines,
    }


def _source_box(entity: Json, data: Json, m: Columns) -> Json:
    room = m.source_width - 34
    posts = list(dict.fromkeys(s["role"] for s in data["statements"] if s["by"] == entity["id"] and s["role"]))
    lines = [["name", line] for line in wrap(entity["name"], room / m.text, bold=True, lines=3)]
    for post in posts[:2]:
        lines += [["role", line] for line in wrap(post, room / m.small, lines=4)]
    height = max(30, 8 + sum(m.line if style == "name" else m.small_line for style, _ in lines))
    return {"id": entity["id"], "x": m.source_width / 2, "y": 0.0, "w": m.source_width, "h": height, "lines": lines}


def _topic_box(topic: Json, m: Columns) -> Json:
    lines = [["name", line] for line in wrap(topic["label"], (m.topic_width - 30) / m.text, bold=True, lines=5)]
    count = len(topic["statements"])
    lines += [["role", line] for line in wrap(f"{count} statement{'s' * (count != 1)}", (m.topic_width - 32) / m.small)]
    height = max(30, 8 + sum(m.line if style == "name" else m.small_line for style, _ in lines))
    return {
        "id": topic["id"],
        "x": m.topic_left + m.topic_width / 2,
        "y": 0.0,
        "w": m.topic_width,
        "h": height,
        "lines": lines,
    }


def _pulls(order: Sequence[Json], boxes: Mapping[str, Json], ends: Any) -> dict[str, float]:
    """For each thing at the end of statements' edges, the mean height of those statements (its barycentre)."""
    heights: dict[str, list[float]] = {}
    for statement in order:
        for key in ends(statement):
            heights.setdefault(key, []).append(boxes[statement["id"]]["y"])
    return {key: sum(ys) / len(ys) for key, ys in heights.items()}


def _beside(boxes: dict[str, Json], pulls: Mapping[str, float], gap: float) -> None:
    """Give boxes of one column the heights nearest to their pulls at which none overlaps, in the order of the pulls.

    Least squares under order constraints by pooling adjacent violators (Barlow
    et al., 1972): boxes that would overlap form a block about their mean.
    """
    ordered = sorted(boxes, key=lambda key: (pulls[key], key))
    blocks: list[list[float]] = []  # sum of wanted tops, number of boxes, height
    members: list[list[str]] = []
    for key in ordered:
        height = boxes[key]["h"] + gap
        blocks.append([pulls[key] - height / 2, 1, height])
        members.append([key])
        while len(blocks) > 1 and blocks[-2][0] / blocks[-2][1] + blocks[-2][2] > blocks[-1][0] / blocks[-1][1]:
            total, count, tall = blocks.pop()
            # tops of the merged boxes, measured back to the top of the block they join
            blocks[-1] = [blocks[-1][0] + total - count * blocks[-1][2], blocks[-1][1] + count, blocks[-1][2] + tall]
            members[-2:] = [members[-2] + members[-1]]
    bottom = float("-inf")
    for block, keys in zip(blocks, members, strict=True):
        top = max(block[0] / block[1], bottom)
        for key in keys:
            boxes[key]["y"] = round(top + (boxes[key]["h"] + gap) / 2, 1)
            top += boxes[key]["h"] + gap
        bottom = top
    if boxes and (low := min(b["y"] - b["h"] / 2 for b in boxes.values())) < 0:
        for box in boxes.values():
            box["y"] -= low


def network(nodes: Sequence[str], edges: Iterable[tuple[str, str]], *, most: int = 300) -> dict[str, tuple[int, int]]:
    """Positions of at most `most` nodes, those of most edges first, in CSS pixels: component by component, in rows.

    A spring layout (Fruchterman and Reingold, 1991) from a fixed start: below
    500 nodes networkx needs NumPy only for it, and the outcome is the same each time.
    """
    import networkx as nx

    graph: Any = nx.Graph()
    graph.add_nodes_from(nodes)
    graph.add_edges_from((a, b) for a, b in edges if a != b)
    kept = sorted(graph, key=lambda n: (-graph.degree(n), n))[:most]
    graph = graph.subgraph(kept)
    parts = sorted((sorted(c) for c in nx.connected_components(graph)), key=lambda c: (-len(c), c))
    positions: dict[str, tuple[int, int]] = {}
    left, top, row = 0.0, 0.0, 0.0
    for part in parts:
        ordered: Any = nx.Graph()
        ordered.add_nodes_from(part)
        ordered.add_edges_from(sorted(tuple(sorted(e)) for e in graph.subgraph(part).edges))
        side = 105 * len(part) ** 0.62
        start = nx.circular_layout(ordered)
        placed = nx.spring_layout(ordered, pos=start, seed=1, iterations=120, k=2.4 / len(part) ** 0.5)
        # wider than tall, as windows are and as names need
        spots = {key: (1.5 * side * float(placed[key][0]), side * float(placed[key][1])) for key in part}
        x0, y0 = (min(spot[i] for spot in spots.values()) for i in (0, 1))
        x1, y1 = (max(spot[i] for spot in spots.values()) for i in (0, 1))
        if left and left + x1 - x0 > 1200:
            left, top, row = 0.0, top + row, 0.0
        for key, (x, y) in spots.items():
            positions[key] = (round(left + x - x0), round(top + y - y0))
        left += x1 - x0 + 190
        row = max(row, y1 - y0 + 70)
    return positions
