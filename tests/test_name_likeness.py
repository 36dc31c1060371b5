"""How well two names agree as names of one thing, pair by pair."""

import pytest

from kg.identity.name_likeness import (
    Profile,
    agreement,
    block_keys,
    core_of,
    merge_keys,
    misspelt,
    other_names,
    person_names,
)
from kg.records.mention import EntityType

PERSON, BODY = EntityType.PERSON, EntityType.ORGANIZATION


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("Ann Hill", "Ann Hill", 1.0),
        ("Hill Ann", "Ann Hill", 0.96),
        ("Hill", "Hill", 0.7),
        ("Hill", "Ann Hill", 0.7),
        ("Ann", "Ann Hill", 0),
        ("", "Ann Hill", 0),
        ("Jr.", "Jr.", 0),
        ("Jr.", "Ann Hill", 0),
        ("Ann Hill Jr.", "Ann Hill", 0),
        ("Ann Hill Jr.", "Ann Hill Sr.", 0),
        ("Ann Hill Jr.", "Hill", 0.7),
        ("A. Hill", "Ann Hill", 0.85),
        ("Ann Hill", "A. Hill", 0.85),
        ("B. Hill", "Ann Hill", 0),
        ("Robert Hill", "Bob Hill", 0.97),
        ("Bob Hill", "Robert Hill", 0.97),
        ("Bill Hill", "Will Hill", 0.9),
        ("Michael Hill", "Michelle Hill", 0.9),
        ("Kristin Hill", "Cristin Hill", 0),
        ("Ann Hill", "Joe Hill", 0),
        ("Jo Hill", "Jo Hall", 0),
        ("Muammar Gaddafi", "Moammar Qaddafi", 0.97),
        ("Olu Kiza", "Olu Kyza", 0),
        ("John Adams", "John Quincy Adams", 0.94),
        ("John Q. Adams", "John Adams", 0.95),
        ("John Q. Adams", "John Quincy Adams", 1.0),
        ("John Q. Adams", "John P. Adams", 0),
        ("John Q. R. Adams", "John Quincy Adams", 0),
        ("John Quincy Adams", "John Quentin Adams", 0),
    ],
)
def test_names_of_persons(one: str, other: str, alike: float) -> None:
    assert agreement(PERSON, one, other) == alike


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("Acme Mills", "the Acme Mills Ltd", 1.0),
        ("Ministry of Health", "Ministry of Health", 0.8),
        ("Ministry of Health", "Ministry for Health", 0.97),
        ("World Health Organization", "WHO", 0.85),
        ("FAO", "Food and Agriculture Organization", 0.85),
        ("FAAO", "Food and Agriculture Organization", 0.85),
        ("WHA", "World Health Organization", 0),
        ("UN Security Council", "United Nations Security Council", 1.0),
        ("Acme Mills", "Acme Mill", 0.9),
        ("Sednaya Prison", "Saydnaya Prison", 0.9),
        ("Sednaya Prison", "Saydnaya Camp", 0),
        ("Sednaya", "Sednaya Prison", 0),
        ("Acme", "Acne", 0),
        ("The", "The", 0),
        ("The", "Acme", 0),
    ],
)
def test_names_of_bodies(one: str, other: str, alike: float) -> None:
    assert agreement(BODY, one, other) == alike
    assert agreement(BODY, other, one) == alike


def called(kind: EntityType, name: str, *aliases: str, external: str | None = None) -> Profile:
    return Profile(name, "", kind, name, aliases, external=external)


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        (called(BODY, "Harbour Relief", "HR"), called(BODY, "Port Aid", "HR"), 0),  # two letters name too many
        (called(BODY, "Harbour Relief", "HRF"), called(BODY, "Port Aid", "HRF"), 0.8),
        (called(BODY, "Harbour Relief", "Port Help"), called(BODY, "Port Aid", "Port Help"), 0.95),
        (called(BODY, "Port Relief Fund", "PRF"), called(BODY, "Harbour Fund", "PRF"), 0.95),
        (called(BODY, "Acme Mills", "Acme"), called(BODY, "Acme Mills Pension Fund", "Acme"), 0.85),
        (called(PERSON, "Hill", "Ann Hill"), called(PERSON, "Ann Hill"), 1.0),
        (called(PERSON, "Ann Hill", "Hill"), called(PERSON, "Joe Hill", "Hill"), 0),  # two full names: no alias helps
    ],
)
def test_what_aliases_say(one: Profile, other: Profile, alike: float) -> None:
    assert (person_names if one.type is PERSON else other_names)(one, other)[0] == alike


@pytest.mark.parametrize(
    ("one", "other", "slip"),
    [
        ("ottoline farquharson", "ottoline farquarson", True),
        ("ottoline farquharson", "ottoline farquharson", False),
        ("ottoline farquharson", "ottolina farquarson", False),
        ("ottoline farquharson", "farquarson", False),
        ("jo hill", "jo hall", False),
        ("ann hill", "anne hill", False),
        ("maryx hill", "mary hill", True),
        ("jo hill", "jx hill", False),
    ],
)
def test_a_slip_in_one_word(one: str, other: str, slip: bool) -> None:
    assert misspelt(tuple(one.split()), tuple(other.split())) is slip


def test_keys_that_names_of_one_thing_share() -> None:
    assert block_keys(PERSON, "") == block_keys(BODY, "The") == []
    assert len(block_keys(PERSON, "Hill")) == 1
    assert set(block_keys(PERSON, "Hill")) < set(block_keys(PERSON, "Ann Hill"))
    assert "who" in block_keys(BODY, "World Health Organization") and "who" in block_keys(BODY, "WHO")
    assert merge_keys(called(PERSON, "Hill")) == set()
    assert merge_keys(called(PERSON, "Hill", external="Q1")) == {"Person|id|Q1"}
    assert merge_keys(called(PERSON, "Bob Hill")) & merge_keys(called(PERSON, "Robert Hill"))
    assert not merge_keys(called(PERSON, "Ann Hill")) & merge_keys(called(PERSON, "Joe Hall"))
    assert merge_keys(called(BODY, "Acme", "the Acme Mills")) == {"Organization|acme", "Organization|acme mills"}
    assert merge_keys(called(BODY, "The")) == set()


def test_the_core_of_a_title() -> None:
    assert core_of("campaign manager for the east") == core_of("manager, campaign")
    assert core_of("manager for the east") == ""
