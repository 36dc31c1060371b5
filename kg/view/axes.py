"""Figures of the view -> axes: which stand on one, in which order, and what an axis is called.

Which figures can be compared, and what may be said of them, is found by
`kg.comparison` (`kg.view.judged`). The page is given the axes made; where a filter
leaves some figures out, its script counts those that are left, and their pairs.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ..stages.figures.concept_lexicon import lexicon
from .judged import voices_among
from .plain import Json, hashed

VERDICTS = {
    "conflict": "{who}: figures that exclude each other",
    "check": "{who}: perhaps the same, check",
    "agree": "{who}: the same figure",
    "one": "{who}",
    "overlap": "{who}: figures that can both be right",
}
"""What is said of the reporters of one axis, the gravest first; {who} is "3 reporters, 2 voices"."""

PAIRS = {
    "conflict": "In conflict: {a}, {b}",
    "check": "To check: {a}, {b}",
    "agree": "The same figure: {a}, {b}",
    "series": "{a}, then {b}",
    "part": "{a} counts part of {b}",
}
"""What is said of two figures, by the finding of `kg.comparison`."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is said of the reporters of one axis: `kind` is a key of VERDICTS, `text` says it."""

    kind: str
    text: str


def _shared(values: Iterable[str | None]) -> str:
    """The one value that those have which have any."""
    found = set(filter(None, values))
    return found.pop() or "" if len(found) == 1 else ""


def _year(date: str | None) -> str:
    return date[:4] if date and date[:4].isdigit() else ""


def is_open(figure: Json) -> bool:
    """Whether a figure has no bound at all."""
    return figure["low"] is None and figure["high"] is None


def verdict(rows: Sequence[Json], data: Json) -> Verdict | None:
    """What is said of the reporters of some figures of one axis; None for one reporter.

    Counted here, judged in `kg.comparison`: the pairs it found among the rows, and who speaks with one voice.
    """
    told = [f for f in rows if f["reporters"]]
    reporters = len({f["reporters"][0] for f in told})
    if reporters < 2:
        return None
    here = {f["id"] for f in rows}
    found = {pair["finding"] for pair in data["pairs"] if here.issuperset(pair["of"])}
    voices = voices_among(data["voices"], map(_mouths, told))
    kind = next((k for k in VERDICTS if k in found), "one" if voices == 1 else "overlap")
    who = f"{reporters:,} reporters, {voices:,} voice{'s' * (voices > 1)}"
    return Verdict(kind, VERDICTS[kind].format(who=who))


def _mouths(f: Json) -> list[str]:
    """Who reports a figure, and whom that one has it from: ids of entities."""
    return [*f["reporters"], *filter(None, (f["via"], *f["chain"]))]


def axes(data: Json, groups: Sequence[Sequence[str]], series: Sequence[str | None]) -> list[Json]:
    """The axes of all figures of view data, those that somebody reports first, as the page draws them.

    `groups` are the figures that can be compared, by id, `series` what each group
    counts if another counts it at another time. Those in conflict come first, then
    those to check, then those of several reporters and most rows. A figure of which the
    article does not say what it counts stands on an axis of its own. A row is a figure's id, and
    the year it stands for in a series, as a number; axes of one `series` count
    one thing in one place. `place` and `period` are those of all rows that have one.
    """
    by_id = {f["id"]: f for f in data["figures"]}
    order = {id: n for n, id in enumerate(by_id)}
    grouped = [
        [by_id[id] for id in sorted((id for id in group if id in by_id), key=order.__getitem__)] for group in groups
    ]
    alone = set(by_id) - {f["id"] for rows in grouped for f in rows}
    each = [*zip(grouped, series, strict=True), *(([f], None) for f in data["figures"] if f["id"] in alone)]
    found = [(_axis(rows, key, data), verdict(rows, data)) for rows, key in each if rows]
    rank = {kind: n for n, kind in enumerate(VERDICTS)}
    found.sort(
        key=lambda pair: (
            rank[pair[1].kind] if pair[1] else len(rank),
            -len(pair[0]["rows"]),
            order[pair[0]["rows"][0][0]],
        )
    )
    return [axis for reported in (True, False) for axis, _ in found if axis["reported"] is reported]


def _axis(rows: Sequence[Json], series: str | None, data: Json) -> Json:
    place, period = _shared(f["place"] for f in rows), _shared(map(_period_of, rows))
    serial = all(not is_open(f) and f["bound"] != "vague" and _when(f, data) is not None for f in rows)
    names = {e["id"]: e["name"] for e in data["entities"]} if place else {}
    heading = _heading_of(rows)
    event = next((f["happened"] for f in rows if f["happened"] and not _tells(f)), "")
    event = "" if event in heading.lower() else event
    return {
        "id": hashed("g", json.dumps(rows[0]["id"])),
        "reported": bool(rows[0]["reporters"]),
        "heading": heading,
        "context": " · ".join(filter(None, (event, names.get(place, ""), period))),
        "place": place,
        "period": period,
        "series": series if serial else None,
        "rows": [[f["id"], _when(f, data)] for f in rows],
    }


def _when(f: Json, data: Json) -> float | None:
    """The middle of a figure's period in years, else the day it was printed; None where there is neither."""
    dates = [f[name] or f["asOf"] for name in ("start", "end")]
    dates = dates if any(dates) else [data["articles"][f["article"]]["published"]]
    known = [at for at in map(_in_years, dates) if at is not None]
    return round(sum(known) / len(known), 4) if known else None


def _in_years(date: str | None) -> float | None:
    if not date or not _year(date):
        return None
    month, day = date[5:7], date[8:10]
    days = (int(day) - 0.5) / 365.25 if day.isdigit() else 15 / 365.25
    return int(date[:4]) + ((int(month) - 1) / 12 + days if month.isdigit() else 0.5)


def _heading_of(rows: Sequence[Json]) -> str:
    """What the figures of an axis count: `Detainees a day`."""
    first = rows[0]
    names = sorted((f["counted"] for f in rows if f["counted"]), key=len, reverse=True)
    what = names[0] if names else f"Amount in {_unit(first)}" if first["unit"] else "The article does not say of what"
    unit = f" in {_unit(first)}" if first["unit"] and first["counted"] else ""
    per = f" a {first['per']}" if first["per"] else ""
    return f"{what[:1].upper()}{what[1:]}{unit}{per}" + (f", {first['change']}" if first["change"] else "")


def _tells(f: Json) -> bool:
    """Whether what is counted tells by itself what happened, as deaths do, or is an amount."""
    words = (f["counted"] or "").lower().split()
    return bool(f["unit"]) or (bool(words) and f["event"] is not None and lexicon().event(words[-1]) == f["event"])


def _unit(f: Json) -> str:
    return str(f.get("unitWords") or f["unit"])


def _period_of(record: Json) -> str:
    """A period in words; open ends stay open."""
    start, end = record["start"], record["end"]
    if start and end:
        return str(start) if start == end else f"{start} to {end}"
    as_of = record.get("asOf")
    return f"since {start}" if start else f"until {end}" if end else f"as of {as_of}" if as_of else ""
