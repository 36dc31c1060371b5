"""Figures of the view -> axes: which can be compared, whether they agree, and what an axis is called.

The page is given them made (`shipped`); where a filter leaves some figures out,
its script only asks anew whether those that are left exclude each other.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor, inf, log10

from .plain import Json, hashed

# what is said of reporters who exclude each other, agree, or can both be right
VERDICTS = {
    "differ": "{n} reporters, figures that exclude each other",
    "agree": "{n} reporters, the same figure",
    "overlap": "{n} reporters, figures that can both be right",
}
# how far from a round "about 5,000" others may be and still agree with it
SLACK = 0.05


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether reporters of one thing can all be right: `kind` is differ, overlap or agree; `text` says so."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Axis:
    """Figures of one thing counted, unit, place and period; None where no two reporters can be compared."""

    thing: str
    place: str
    period: str
    rows: tuple[Json, ...]
    verdict: Verdict | None


def axes(figures: Sequence[Json]) -> list[Axis]:
    """Figures that can be compared, in axes: those that exclude each other first, then those of most rows.

    A figure whose place or period is not given joins the one axis that it
    fits, if there is just one; it never counts as a contradiction.
    """
    groups: dict[str, tuple[tuple[str, str, str], list[Json]]] = {}
    for figure in figures:
        key = key_of(figure)
        groups.setdefault(json.dumps(key), (key, []))[1].append(figure)
    kept = []
    for key, rows in sorted(groups.values(), key=lambda group: _known(group[0])):
        fits = [
            others
            for other, others in groups.values()
            if other[0] == key[0]
            and _known(other) > _known(key)
            and all(not mine or mine == theirs for mine, theirs in zip(key[1:], other[1:], strict=True))
        ]
        if len(fits) == 1 and key[0].split("\x1f", 1)[0]:
            fits[0].extend(rows)
        else:
            kept.append((key, rows))
    found = [Axis(*key, tuple(rows), verdict(rows)) for key, rows in kept]
    rank = {"differ": 0, "overlap": 1, "agree": 2}
    return sorted(found, key=lambda a: (rank[a.verdict.kind] if a.verdict else 3, -len(a.rows)))


def key_of(figure: Json) -> tuple[str, str, str]:
    """What a figure counts, where, and in which years; empty where it does not say."""
    thing = (figure["concept"] or figure["counted"] or "").lower(), (figure["event"] or "").lower()
    names = "\x1f".join((*thing, figure["unit"] or "", figure["per"] or "", figure["change"] or ""))
    start, end = figure["start"], figure["end"]
    return names, figure["place"] or "", f"{_year(start)}/{_year(end)}" if start or end else ""


def _known(key: tuple[str, str, str]) -> int:
    return bool(key[1]) + bool(key[2])


def _year(date: str | None) -> str:
    return date[:4] if date and date[:4].isdigit() else ""


def is_open(figure: Json) -> bool:
    """Whether a figure has no bound at all."""
    return figure["low"] is None and figure["high"] is None


def verdict(rows: Sequence[Json]) -> Verdict | None:
    """Whether reporters of the same thing contradict each other: their intervals have nothing in common.

    Figures of which nobody says what they count are compared with nothing.
    """
    if not (rows[0]["concept"] or rows[0]["counted"]):
        return None
    frame = key_of(rows[0])[1:]
    known = [f for f in rows if _comparable(f, frame)]
    reporters = {f["reporters"][0] for f in known}
    if len(reporters) < 2:
        return None
    pairs = [(a, b) for i, a in enumerate(known) for b in known[i + 1 :] if a["reporters"][0] != b["reporters"][0]]
    if any(_apart(a, b) for a, b in pairs):
        return _verdict("differ", len(reporters))
    if all((a["low"], a["high"]) == (b["low"], b["high"]) for a, b in pairs):
        return _verdict("agree", len(reporters))
    return _verdict("overlap", len(reporters))


def _comparable(f: Json, frame: tuple[str, ...]) -> bool:
    """Whether a figure has bounds and a reporter, and states the place and period that others do."""
    return f["bound"] != "vague" and not is_open(f) and bool(f["reporters"]) and key_of(f)[1:] == frame


def shipped(data: Json) -> list[Json]:
    """The axes of all figures of view data, those that somebody reports first, as the page draws them.

    A row is a figure's id, whether it can be compared, its bounds, how far it is
    rounded (a part of itself), and the year it stands for in a series, as a
    number; axes of one `series` count one thing in one place at several times.
    """
    found = []
    for reported in (True, False):
        for axis in axes([f for f in data["figures"] if bool(f["reporters"]) is reported]):
            key = [axis.thing, axis.place, axis.period, reported]
            found.append(
                {
                    "id": hashed("g", json.dumps(key)),
                    "reported": reported,
                    "heading": heading_of(axis),
                    "context": context_of(axis, data),
                    "place": axis.place,
                    "period": axis.period,
                    "compared": bool(axis.rows[0]["concept"] or axis.rows[0]["counted"]),
                    "series": hashed("g", json.dumps([axis.thing, axis.place, reported])) if _serial(axis) else None,
                    "rows": [_row(f, axis) for f in axis.rows],
                }
            )
    return found


def _row(f: Json, axis: Axis) -> list[object]:
    known = _comparable(f, key_of(axis.rows[0])[1:])
    return [f["id"], known, f["low"], f["high"], SLACK if f["approximate"] else 0, _when(f)]


def _serial(axis: Axis) -> bool:
    """Whether an axis can be a point of a series: what it counts and when are known, and each figure has bounds."""
    rows = axis.rows
    known = all(f["bound"] != "vague" and not is_open(f) and _when(f) is not None for f in rows)
    return bool(axis.period and axis.thing.split("\x1f", 1)[0]) and known


def _when(f: Json) -> float | None:
    """The middle of a figure's period in years, the month as a part of one; None where it has none."""
    ends = [_in_years(f[name] or f["asOf"]) for name in ("start", "end")]
    known = [at for at in ends if at is not None]
    return round(sum(known) / len(known), 4) if known else None


def _in_years(date: str | None) -> float | None:
    if not date or not _year(date):
        return None
    month = date[5:7]
    return int(date[:4]) + (int(month) - 1 if month.isdigit() else 6) / 12


def _verdict(kind: str, reporters: int) -> Verdict:
    return Verdict(kind, VERDICTS[kind].format(n=f"{reporters:,}"))


def _apart(a: Json, b: Json) -> bool:
    slack = SLACK if a["approximate"] or b["approximate"] else 0.0
    first, second = sorted((_interval(a), _interval(b)), key=lambda pair: pair[0])
    return second[0] * (1 - slack) > first[1] * (1 + slack)


def _interval(f: Json) -> tuple[float, float]:
    return -inf if f["low"] is None else f["low"], inf if f["high"] is None else f["high"]


def together(rows: Sequence[Json]) -> list[list[Json]]:
    """Figures that one reporter gives in the same way several times, in one row."""
    found: dict[str, list[Json]] = {}
    for f in rows:
        words = f["text"] if f["bound"] == "vague" else ""
        key = [f[name] for name in ("reporters", "via", "low", "high", "bound", "approximate")]
        frame = key_of(f)[1:] == key_of(rows[0])[1:]
        found.setdefault(json.dumps([*key, words, frame] if f["reporters"] else f["id"]), []).append(f)
    return list(found.values())


def heading_of(axis: Axis) -> str:
    """What an axis counts: `Detainees a day`."""
    first = axis.rows[0]
    names = sorted((f["counted"] for f in axis.rows if f["counted"]), key=len, reverse=True)
    what = names[0] if names else f"Amount in {_unit(first)}" if first["unit"] else "The article does not say of what"
    unit = f" ({_unit(first)})" if first["unit"] and first["counted"] else ""
    per = f" a {first['per']}" if first["per"] else ""
    return f"{what[:1].upper()}{what[1:]}{unit}{per}" + (f", {first['change']}" if first["change"] else "")


def _unit(f: Json) -> str:
    return str(f.get("unitWords") or f["unit"])


def context_of(axis: Axis, data: Json) -> str:
    """The event, place and period of an axis, as far as they are given and the heading does not say them."""
    names = {e["id"]: e["name"] for e in data["entities"]}
    event = next((f["happened"] for f in axis.rows if f["happened"]), "")
    event = "" if event in heading_of(axis).lower() else event
    return " · ".join(filter(None, (event, names.get(axis.place, ""), period_of(axis.rows[0]) if axis.period else "")))


def period_of(record: Json) -> str:
    """A period in words; open ends stay open."""
    start, end = record["start"], record["end"]
    if start and end:
        return str(start) if start == end else f"{start} to {end}"
    return f"since {start}" if start else f"until {end}" if end else ""


def value_of(f: Json) -> str:
    """A figure's value as the article bounds it: never a point for a range."""
    if f["bound"] == "vague" or is_open(f):
        return f"“{f['text']}” (vague)"
    low, high = (None if v is None else f"{v:,}" for v in (f["low"], f["high"]))
    if low is not None and high is not None:
        value = low if low == high else f"{low} to {high}"
    elif low is not None:
        value = f"{'more than' if f['bound'] == 'more than' else 'at least'} {low}"
    else:
        value = f"{'fewer than' if f['bound'] == 'less than' else 'up to'} {high}"
    about = "about " if f["approximate"] or f["bound"] == "about" else ""
    change = f"{f['change']} " if f["change"] else ""
    unit = "" if not f["unit"] else "%" if f["unit"] == "%" else f" {_unit(f)}"
    return f"{change}{about}{value}{unit}" + (f" a {f['per']}" if f["per"] else "")


def ticks(top: float, *, log: bool) -> tuple[list[float], float]:
    """Round numbers along an axis that reaches somewhat past `top`, and where it ends."""
    if log:
        powers = ceil(log10(top * 1.05))
        return [10**i for i in range(powers + 1)], float(10**powers)
    most = top * 1.18
    power = 10.0 ** floor(log10(most / 5))
    step = next(k * power for k in (1, 2, 5, 10) if k * power >= most / 5)
    marks = [round(i * step, 10) for i in range(int(most / step) + 1)]
    return [int(m) if m == int(m) else m for m in marks], most
