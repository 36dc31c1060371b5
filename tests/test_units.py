from __future__ import annotations

import re

import pytest

from kg.resources import resource
from kg.stages.figures.concept_lexicon import lexicon
from kg.stages.figures.units import singular, unit_of_words, unit_table


def test_there_are_units_enough_and_no_two_alike() -> None:
    units = unit_table().units
    assert sum(unit.kind != "money" for unit in units) >= 150
    assert sum(unit.kind == "money" for unit in units) >= 80
    assert len({unit.code for unit in units}) == len(units)
    assert len({unit.name for unit in units}) == len(units)


def test_every_row_has_six_cells() -> None:
    rows = resource("data/units.tsv").read_text(encoding="utf-8").splitlines()
    assert {row.count("\t") for row in rows} == {5}


def test_codes_are_plain_ascii_without_blanks_but_in_braces() -> None:
    for unit in unit_table().units:
        assert unit.code.isascii(), unit
        assert " " not in re.sub(r"\{[^}]*\}", "", unit.code), unit


def test_qudt_iris_lie_in_its_unit_vocabulary() -> None:
    with_iri = [unit.qudt for unit in unit_table().units if unit.qudt is not None]
    assert len(with_iri) >= 200
    assert all(re.fullmatch(r"http://qudt\.org/vocab/unit/[A-Za-z0-9_-]+", iri) for iri in with_iri)
    assert len(set(with_iri)) == len(with_iri)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("kilometres",), "km"),
        (("square", "miles"), "[smi_us]"),
        (("Feet",), "[ft_i]"),
        (("per", "cent"), "%"),
        (("percentage", "points"), "{percentage point}"),
        (("Canadian", "dollars"), "CAD"),
        (("Danish", "crowns"), "DKK"),
        (("centuries",), "100.a"),
        (("degrees", "Celsius"), "Cel"),
    ],
)
def test_words_name_units(words: tuple[str, ...], code: str) -> None:
    unit = unit_of_words(words)
    assert unit is not None
    assert unit.code == code


@pytest.mark.parametrize("words", [("people",), ("house",), ("kilo", "metre"), ("dollar", "bills")])
def test_other_words_name_none(words: tuple[str, ...]) -> None:
    assert unit_of_words(words) is None


def test_symbols_keep_their_case() -> None:
    symbols = unit_table().symbols
    assert symbols["MW"].code == "MW"
    assert symbols["mW"].code == "mW"
    assert "KM/H" not in symbols


@pytest.mark.parametrize(
    ("plural", "one"), [("tonnes", "tonne"), ("bodies", "body"), ("inches", "inch"), ("glass", "glass")]
)
def test_singular(plural: str, one: str) -> None:
    assert singular(plural) == one


def test_concepts_lead_up_to_a_top() -> None:
    table = lexicon()
    for above in (table.above_thing, table.above_event):
        for concept in above:
            top, steps = concept, 0
            while top in above:
                top, steps = above[top], steps + 1
                assert steps < 10, f"{concept} is above itself"


@pytest.mark.parametrize(
    ("word", "concept"),
    [("hanged", "hang"), ("executions", "execute"), ("deaths", "die"), ("wounded", "wound"), ("fled", "flee")],
)
def test_events_by_any_form(word: str, concept: str) -> None:
    assert lexicon().event(word) == concept


def test_killed_is_broader_than_hanged_and_people_are_kept_apart() -> None:
    table = lexicon()
    assert table.above_event["hang"] == "execute"
    assert table.above_event["execute"] == "kill"
    assert table.thing("people") == "person"
    assert len({table.thing(word) for word in ("people", "civilians", "detainees", "children")}) == 4
    assert all(table.is_person(word) for word in ("civilians", "detainees", "schoolgirls"))
    assert not table.is_person("houses")
