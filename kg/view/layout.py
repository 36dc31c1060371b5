"""Where the page draws things: text broken into lines, boxes sized to it, boxes in columns.

A page made here is read where other fonts are installed, so widths are those
of a wide sans serif (DejaVu Sans, in em) and the page squeezes a line that is
wider still: a box always holds its text, and no two boxes overlap.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from .plain import Json

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
        return 0.7 if char.isupper() else 0.585
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


def claims(data: Json, measures: Columns = WIDE, *, several: bool | None = None) -> Json:
    """The claims view: what its boxes hold and in which order they stand, by topic, by source and by article.

    `sources`, `statements` and `topics` hold boxes: `id`, `w`, `h` and lines by
    style. `orders` gives, for each way to group, groups of a key and statement
    ids; nested speech stands under the statement that holds it, `depth` deep.
    A statement names its article where there are `several`, by default if so.
    """
    m = measures
    several = len(data["articles"]) > 1 if several is None else several
    entities = {e["id"]: e for e in data["entities"]}
    depths = _depths(data["statements"])
    posts: dict[str, list[str]] = {}
    for statement in data["statements"]:
        held = posts.setdefault(statement["by"], [])
        if statement["role"] and statement["role"] not in held:
            held.append(statement["role"])
    main = {s["id"]: topic for s in data["statements"] if (topic := _main_topic(s))}
    used = set(main.values())
    return {
        "sources": [_source_box(entities[key], posts.get(key, []), m) for key in _speakers(data["statements"])],
        "statements": [
            _statement_box(s, data, entities, min(depths[s["id"]], 3), m, several) for s in data["statements"]
        ],
        "topics": [_topic_box(topic, m) for topic in data["topics"] if topic["id"] in used],
        "main": main,
        "orders": {
            "topic": _groups(data, _topic_order(data["statements"], data["topics"], main), lambda s: main.get(s["id"])),
            "source": _groups(data, _source_order(data["statements"]), lambda s: s["by"]),
            "article": _groups(
                data, [a["id"] for a in data["articles"]], lambda s: data["articles"][s["article"]]["id"]
            ),
        },
        "measures": asdict(m) | {"width": m.topic_left + m.topic_width},
    }


def stack(
    columns: Json, statements: Mapping[str, Json], group: str = "topic", *, most: int | None = None
) -> list[Json]:
    """The boxes of the claims view with their places, `x` and `y` of the centre in CSS pixels, group by group.

    Sources and topics stand beside each group that they have to do with, as
    near to their statements as the others allow: every edge is short. A box
    that stands in several groups has its own `key` in each. With `most`, only
    the first so many statements and what stands beside them. The script of the
    page places boxes in the same way whenever a filter leaves some out.
    """
    m, main = columns["measures"], columns["main"]
    boxes = {box["id"]: box for kind in ("sources", "statements", "topics") for box in columns[kind]}
    out: list[Json] = []
    top, count = 0.0, 0
    for number, (_, keys) in enumerate(columns["orders"][group]):
        shown = keys if most is None else keys[: max(0, most - count)]
        if not shown:
            break
        count += len(shown)
        y = top
        pulls: dict[str, dict[str, list[float]]] = {"source": {}, "topic": {}}
        for key in shown:
            box = boxes[key]
            left = m["statement_left"] + box["depth"] * m["indent"]
            out.append(box | {"kind": "statement", "key": key, "x": left + box["w"] / 2, "y": y + box["h"] / 2})
            ends = {"source": [statements[key]["by"], statements[key]["via"]], "topic": [main.get(key)]}
            for side, others in ends.items():
                for other in others:
                    if other:
                        pulls[side].setdefault(other, []).append(y + box["h"] / 2)
            y += box["h"] + m["gap"]
        bottom = y
        for side, x in (("source", m["source_width"] / 2), ("topic", m["topic_left"] + m["topic_width"] / 2)):
            wanted = [(boxes[key], sum(ys) / len(ys)) for key, ys in pulls[side].items()]
            for box, at in beside(wanted, m["gap"], top):
                out.append(box | {"kind": side, "key": f"{box['id']}@{number}", "x": x, "y": at})
                bottom = max(bottom, at + box["h"] / 2 + m["gap"])
        top = bottom - m["gap"] + m["group_gap"]
    return out


def beside(wanted: Sequence[tuple[Json, float]], gap: float, top: float) -> list[tuple[Json, float]]:
    """Boxes of one column with the heights nearest to those wanted at which none overlaps, none above `top`.

    Least squares under order constraints by pooling adjacent violators (Barlow
    et al., 1972): boxes that would overlap form a block about their mean.
    """
    blocks: list[tuple[float, int, float, list[Json]]] = []  # sum of wanted tops, boxes, height
    for box, pull in sorted(wanted, key=lambda pair: (pair[1], pair[0]["id"])):
        block = (pull - box["h"] / 2, 1, box["h"] + gap, [box])
        while blocks and blocks[-1][0] / blocks[-1][1] + blocks[-1][2] > block[0] / block[1]:
            want, count, tall, boxes = blocks.pop()
            # wanted tops of the later block, measured back to the top of the one it joins
            block = (want + block[0] - block[1] * tall, count + block[1], tall + block[2], boxes + block[3])
        blocks.append(block)
    placed: list[tuple[Json, float]] = []
    bottom = top
    for want, count, _, boxes in blocks:
        bottom = max(want / count, bottom)
        for box in boxes:
            placed.append((box, bottom + box["h"] / 2))
            bottom += box["h"] + gap
    return placed


def _groups(data: Json, keys: Sequence[str], key_of: Callable[[Json], str | None]) -> list[list[Any]]:
    """Statements by group, the groups in the order of `keys`, those of no group last; nested speech with its holder."""
    known = {s["id"] for s in data["statements"]}
    children: dict[str, list[Json]] = {}
    groups: dict[str | None, list[str]] = {key: [] for key in [*keys, None]}
    roots: list[Json] = []
    for statement in data["statements"]:
        if statement["parent"] in known and statement["parent"] != statement["id"]:
            children.setdefault(statement["parent"], []).append(statement)
        else:
            roots.append(statement)
    done: set[str] = set()
    # the second round takes up statements that only hold each other
    for root in [*roots, *data["statements"]]:
        stack = [root]
        while stack:
            statement = stack.pop()
            if statement["id"] not in done:
                done.add(statement["id"])
                groups[key_of(root)].append(statement["id"])
                stack += children.get(statement["id"], [])[::-1]
    return [[key, ids] for key, ids in groups.items() if ids]


def _topic_order(statements: Sequence[Json], topics: Sequence[Json], main: Mapping[str, str]) -> list[str]:
    """Topics from the one of most statements on, each followed by the one that shares most speakers with it.

    Among so many that nobody reads them in a row, by number of statements alone.
    """
    if len(topics) > 300:
        return [topic["id"] for topic in topics]
    speakers: dict[str, set[str]] = {topic["id"]: set() for topic in topics}
    for statement in statements:
        if statement["id"] in main:
            speakers[main[statement["id"]]].add(statement["by"])
    left = list(speakers)
    out: list[str] = []
    while left:
        near = speakers[out[-1]] if out else set()
        # the first among equals: topics come with those of most statements first
        best = max(left, key=lambda key: len(speakers[key] & near))
        left.remove(best)
        out.append(best)
    return out


def _source_order(statements: Sequence[Json]) -> list[str]:
    """Speakers, those of most statements first."""
    counts = Counter(statement["by"] for statement in statements)
    return sorted(counts, key=lambda key: -counts[key])


def _main_topic(statement: Json) -> str | None:
    """The topic a statement stands under: its first, which is the one most of its article's statements are on."""
    return statement["topics"][0] if statement["topics"] else None


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


def _speakers(statements: Iterable[Json]) -> list[str]:
    return list(dict.fromkeys(k for s in statements for k in (s["by"], s["via"]) if k))


def _statement_box(
    statement: Json, data: Json, entities: Mapping[str, Json], depth: int, m: Columns, several: bool
) -> Json:
    width = m.statement_width - depth * m.indent
    room = width - 34 - 12
    head = entities[statement["by"]]["name"]
    if any(map(str.isalpha, statement["cueText"])):
        head += f" · {statement['cueText']}"
    if statement["via"]:
        head += f" · via {entities[statement['via']]['name']}"
    tail = data["articles"][statement["article"]]["label"] if several else ""
    tag = 0 if statement["stance"] == "asserts" else em(statement["stance"], bold=True) + 2
    lines = (
        [["head", line] for line in wrap(head, room / m.small - tag, bold=True, lines=2)]
        + [["text", line] for line in wrap(statement["text"] or "(no words)", room / m.text, lines=m.most_lines)]
        + [["tail", line] for line in wrap(tail, room / m.small, lines=1)]
    )
    height = 16 + sum(m.line if style == "text" else m.small_line for style, _ in lines)
    return {"id": statement["id"], "w": width, "h": height, "depth": depth, "lines": lines}


def _source_box(entity: Json, posts: Sequence[str], m: Columns) -> Json:
    room = m.source_width - 34
    lines = [["name", line] for line in wrap(entity["name"], room / m.text, bold=True, lines=3)]
    for post in _distinct(posts)[:2]:
        lines += [["role", line] for line in wrap(post, room / m.small, lines=4)]
    return {"id": entity["id"], "w": m.source_width, "h": _height(lines, m), "lines": lines}


def _distinct(posts: Sequence[str]) -> list[str]:
    """Posts without those that another one says as well, in more words or other capitals."""
    kept: list[tuple[str, frozenset[str]]] = []
    for post in posts:
        words = frozenset(post.replace(",", "").casefold().split()) - {"of", "the", "for", "in", "at"}
        if not any(_within(words, other) for _, other in kept):
            kept = [(p, w) for p, w in kept if not _within(w, words)] + [(post, words)]
    return [post for post, _ in kept]


def _within(words: frozenset[str], other: frozenset[str]) -> bool:
    """Whether each word, or one that it begins, is among others: "chair" says no more than "chairman"."""
    return all(any(word == o or (len(word) > 4 and o.startswith(word)) for o in other) for word in words)


def _topic_box(topic: Json, m: Columns) -> Json:
    room = m.topic_width - 30
    count = len(topic["statements"])
    lines = [["name", line] for line in wrap(topic["label"], room / m.text, bold=True, lines=5)]
    lines += [["role", line] for line in wrap(f"{count} statement{'s' * (count != 1)}", room / m.small)]
    return {"id": topic["id"], "w": m.topic_width, "h": _height(lines, m), "lines": lines}


def _height(lines: Sequence[Sequence[str]], m: Columns) -> int:
    return max(30, 8 + sum(m.line if style == "name" else m.small_line for style, _ in lines))
