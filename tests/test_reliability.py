"""Confidence as a share of right ones: what lowers it, that it keeps its bounds, and that weights are learnt as they should."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from samples import rich

from kg.eval.calibrating import CountedRecord, expected_error, fit_weights, left_out, weighed_records
from kg.records.standoff import standoff
from kg.resources import resource
from kg.stages.reliability import LEAST, MOST, Cast, as_table, likely, log_odds, of_statement, rated, scales
from kg.stages.rules import extract
from kg.text.article import Article


def test_weights_ship_for_all_that_is_weighed_and_are_written_as_they_are_read() -> None:
    assert set(scales()) == {"statement, encoder", "statement, grammar", "figure"}
    text = resource("data/models/confidence.tsv").read_text(encoding="utf-8")
    assert "".join(f"{line}\n" for line in as_table(scales())) == text


@pytest.mark.parametrize("reader", ["encoder", "grammar"])
def test_a_source_that_is_a_pronoun_or_unknown_makes_less_sure(reader: str) -> None:
    extraction, cast = rich(), Cast(rich().entities)
    a = replace(extraction.attributions[0], confidence=0.9)
    weights = scales()[f"statement, {reader}"]
    named = likely(of_statement(a, cast), weights)
    pronoun = next(m.span for e in rich().entities for m in e.mentions if m.kind == "pronoun")
    of = next(e.id for e in rich().entities for m in e.mentions if m.span == pronoun)
    by_pronoun = likely(of_statement(replace(a, entity=of, source=(pronoun,)), cast), weights)
    unknown = likely(of_statement(replace(a, entity=None), cast), weights)
    none = likely(of_statement(replace(a, entity=None, source=()), cast), weights)
    assert named > max(by_pronoun, none) and by_pronoun > unknown
    assert likely(of_statement(replace(a, confidence=0.6), cast), weights) < named


def test_all_records_are_rated_and_nothing_else_changes() -> None:
    found = rated(rich(), "encoder")
    sure = [r.confidence for some in (found.attributions, found.figures) for r in some]
    assert all(LEAST <= p <= MOST for p in sure)
    back = replace(
        found,
        attributions=tuple(
            replace(a, confidence=b.confidence)
            for a, b in zip(found.attributions, rich().attributions, strict=True)
        ),
        figures=tuple(
            replace(a, confidence=b.confidence) for a, b in zip(found.figures, rich().figures, strict=True)
        ),
    )  # fmt: skip
    assert back == rich()


def test_weights_that_are_learnt_undo_what_a_reader_overstates() -> None:
    """A reader who says .95 and is right eight times in ten, but for pronouns, where it is every second time."""
    lot = random.Random(3)
    some = [
        CountedRecord("x", f"paper {n % 3}", {"always": 1.0, "log odds": log_odds(0.95)} | extra, lot.random() < p)
        for n in range(3000)
        for extra, p in (({}, 0.8), ({"source a pronoun": 1.0}, 0.5))
    ]
    weights = fit_weights(some)
    assert likely(some[0].features, weights) == pytest.approx(0.8, abs=0.03)
    assert likely(some[1].features, weights) == pytest.approx(0.5, abs=0.03)
    *each, every = left_out(some)
    assert [p.origin for p in each] == ["paper 0", "paper 1", "paper 2"]
    assert (every.n, every.error < 0.04) == (6000, True)
    assert expected_error((0.95, c.right) for c in some) > 0.25


def test_records_are_counted_right_as_the_score_counts_them() -> None:
    extraction = rich()
    gold = {
        "entities": [
            {"id": e.id, "name": e.name, "mentions": [
                {"span": [m.span.start, m.span.end], "text": extraction.article.quote(m.span), "kind": str(m.kind)}
                for m in e.mentions
            ]} for e in extraction.entities
        ],
        "statements": [
            {"source": [a.entity] if a.entity else [], "kind": "direct",
             "content": [{"span": [s.start, s.end]} for s in a.content]} for a in extraction.attributions[1:]
        ],
        "figures": [], "roles": [],
    }  # fmt: skip
    counted = weighed_records(extraction, gold, "encoder", "paper")
    assert [(c.what, c.right) for c in counted] == [("statement, encoder", n > 0) for n in range(4)]
    assert len(standoff(extraction)["attributions"]) == 4


@pytest.mark.model
def test_what_somebody_wants_keeps_its_readers_own_confidence() -> None:
    article = Article("“We will not sell,” Ida Berg said on Monday. She hopes that prices fall.")
    usual, more = (extract(article, fast=True, attitudes=also) for also in (False, True))
    assert {a.confidence for a in usual.attributions}.isdisjoint({a.confidence for a in more.attributions})
