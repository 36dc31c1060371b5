"""NewsQuant's way of writing quantities: sentences in, its JSONL of value, bound, unit and concept out.

usage: newsquant.py GOLD.json PREDICTIONS.jsonl [--model NAME]

NewsQuant (Almasian et al., CQE, EMNLP 2023) keeps other conventions than a
Figure: a vague word is an interval of a decade, a share a number below one,
"one of", "the two", ages and every duration count, units are English names, and a
change by a verb is a bound of its own.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from kg.records.figure import Bound, Change
from kg.stages.figures.change import find_change
from kg.stages.figures.counted import Counted
from kg.stages.figures.counting import find_counted
from kg.stages.figures.measures import rate_after
from kg.stages.figures.nonfigures import Sieve
from kg.stages.figures.numbers import Shape
from kg.stages.figures.printed import Reason
from kg.stages.figures.quantities import Quantity, find_quantities
from kg.stages.figures.ranges import Joint
from kg.stages.times import find_times
from kg.text.article import Article
from kg.text.document import Document, parse

_SIGNS = {
    Bound.EXACT: "=",
    Bound.BETWEEN: "=",
    Bound.VAGUE: "=",
    Bound.ABOUT: "~",
    Bound.AT_LEAST: ">",
    Bound.MORE_THAN: ">",
    Bound.AT_MOST: "<",
    Bound.LESS_THAN: "<",
}
_NAMES = {
    "USD": "dollar",
    "USD/100": "cent",
    "ILS": "shekel",
    "%": "percentage",
    "{percentage point}": "percentage",
    "Cel": "celsius",
    "[degF]": "fahrenheit",
    "[lb_av]": "pound-mass",
    "Gt": "gigaton",
    "[HP]{brake}": "brake horsepower",
    "75.kgf.m/s": "horsepower",
    "[lbf_av].[ft_i]": "foot pound-force",
    "/min{rev}": "revolutions per minute",
    "[ston_av]": "ton",
    "10*6.[Btu]": "mega british thermal unit",
}
_COUNTED_TOO = frozenset({Reason.AGE, Reason.PERIOD, Reason.ONE_OF, Reason.TAKEN_UP})


def quantities(document: Document) -> list[dict[str, Any]]:
    """The quantities of a sentence in NewsQuant's terms."""
    sieve = Sieve(document, find_times(document))
    out: list[dict[str, Any]] = []
    before: Counted | None = None
    label = None
    for block in document.blocks:
        kept: list[tuple[Quantity, Reason | None]] = []
        for q in find_quantities(document.text, block.span.start, block.span.end):
            reason = sieve.why_not(q, label)
            label = q.core if reason is Reason.LABEL else None
            if reason is None or reason in _COUNTED_TOO:
                kept.append((q, reason))
        for n, (q, reason) in enumerate(kept):
            if q.joint is Joint.CHANGE_TO or document.text[q.core.start : q.core.end].lower() == "twice":
                continue
            counted = find_counted(document, q, before)
            row = _row(document, q, reason, counted)
            if q.joint is Joint.CHANGE_FROM and n + 1 < len(kept):
                row["high"] = float(kept[n + 1][0].stated[0])
            out += _apart(row) if q.joint is Joint.OR else [row]
            if q.unit is None and counted.text is not None:
                before = counted
    return out


def _row(document: Document, q: Quantity, reason: Reason | None, counted: Counted) -> dict[str, Any]:
    low, high = (float(v) for v in q.stated)
    if q.shape is Shape.VAGUE:
        low, high = low / 2, low / 2 * 10
    if q.shape in (Shape.FRACTION, Shape.RATIO) and q.unit is not None and q.unit.code == "%":
        low, high = low / 100, high / 100
    return {
        "low": low,
        "high": high,
        "bound": _bound(document, q),
        "unit": _unit(document, q, reason, counted),
        "concept": [],
    }


def _apart(row: dict[str, Any]) -> list[dict[str, Any]]:
    """Eight or nine: two values."""
    return [{**row, "high": row["low"]}, {**row, "low": row["high"]}]


def _bound(document: Document, q: Quantity) -> str:
    if q.bound not in (Bound.EXACT, Bound.BETWEEN, Bound.VAGUE) or (q.bound is Bound.BETWEEN and q.approximate):
        return _SIGNS[q.bound] if q.bound is not Bound.BETWEEN else "~"
    trend = find_change(document, q)
    if trend is not None and not trend.noun and trend.change in (Change.UP_BY, Change.DOWN_BY):
        return "up" if trend.change is Change.UP_BY else "down"
    return _SIGNS[q.bound]


def _unit(document: Document, q: Quantity, reason: Reason | None, counted: Counted) -> str:
    per = f" per {q.per}".replace("million british", "mega british") if q.per else ""
    if reason is Reason.AGE:
        return "year of age"
    if q.unit is not None:
        if q.shape in (Shape.FRACTION, Shape.RATIO) and q.unit.code == "%":
            return "% -"
        return _NAMES.get(q.unit.code, q.unit.name.lower()) + per
    if counted.span is not None and not per:
        rate = rate_after(document.text, counted.span.end)
        per = f" per {rate[0]}" if rate is not None else ""
    if counted.text in ("times", "time"):
        return "count" + per
    if counted.head is None or (counted.span is not None and counted.span.start < q.core.start):
        return "people" if counted.text == "people" and q.shape is not Shape.DIGITS else "-"
    return _noun(document, counted) + per


def _noun(document: Document, counted: Counted) -> str:
    """The counted noun in the singular with its adjectives, superlatives in their plain form."""
    assert counted.head is not None
    head = document.tokens[counted.head]
    noun = head.lemma.lower() if head.pos == "NOUN" and head.lower != "people" else head.lower
    if counted.span is None:
        return noun
    first, _ = document.range(counted.span)
    words = [
        t.lemma.lower() if t.tag in ("JJS", "JJR") else t.lower
        for t in document.tokens[first : counted.head]
        if (t.pos != "PUNCT" or t.text == "-") and t.tag != "VBG"
    ]
    return " ".join([*words, noun]).replace(" - ", "-")


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description="NewsQuant sentences to predictions in its conventions.")
    parser.add_argument("gold", type=Path)
    parser.add_argument("predictions", type=Path)
    parser.add_argument("--model")
    given = parser.parse_args(arguments)
    sentences = json.loads(given.gold.read_text(encoding="utf-8"))
    with given.predictions.open("w", encoding="utf-8") as file:
        for sentence in sentences:
            rows = quantities(parse(Article(sentence["text"]), given.model))
            file.write(json.dumps({"quantities": rows}) + "\n")


if __name__ == "__main__":
    main()
