"""The word lists and the gazetteer: read quickly, consistent, and a user's own on top."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from kg.errors import ReadError
from kg.records.mention import EntityType
from kg.stages.entities.gazetteer import gazetteer
from kg.stages.entities.names import gender_of_name, initials, is_acronym, key, lexicon, plain


def test_loading_is_quick() -> None:
    spent = []
    for _ in range(3):  # the garbage of the tests before may be collected during one of them
        lexicon.cache_clear()
        gazetteer.cache_clear()
        start = time.process_time()
        lexicon()
        gazetteer()
        spent.append(time.process_time() - start)
    assert min(spent) < 0.25  # 30 ms on a quiet machine


def test_key_is_what_spellings_share() -> None:
    assert key("the Al-Assad’s") == key("al Assad") == "al assad"
    assert key("Médecins Sans Frontières") == key("Medecins Sans Frontieres")
    assert plain("Erdoğan") == "Erdogan"


def test_acronyms() -> None:
    assert is_acronym("U.N.") and is_acronym("KCNA") and not is_acronym("Un") and not is_acronym("A.")
    assert "un" in initials(["united", "nations"])


def test_given_names_tell_a_gender_only_with_a_surname() -> None:
    assert gender_of_name(["nikki", "haley"]) == "f"
    assert gender_of_name(["stuart", "jones"]) == "m"
    assert gender_of_name(["kim"]) is None


def test_no_word_is_two_kinds_of_head() -> None:
    words = lexicon()
    assert words.heads["ministry"] == "org" and words.heads["prison"] == "site"
    assert words.titles["queen"] == "f" and words.titles["president"] is None


@pytest.mark.parametrize(
    ("surface", "name", "kind"),
    [
        ("U.S.", "United States", "country"),
        ("Daesh", "Islamic State", "organization"),
        ("al - Nusra Front", "Jabhat al-Nusra", "organization"),
        ("DAMASCUS", "Damascus", "city"),
        ("Syrians", "Syrians", "people"),
    ],
)
def test_gazetteer_knows(surface: str, name: str, kind: str) -> None:
    found = gazetteer().get(surface)
    assert found is not None
    assert (found.name, found.kind) == (name, kind)


def test_gazetteer_minds_capitals() -> None:
    assert gazetteer().get("us") is None
    assert gazetteer().get("is") is None


def test_own_gazetteer_comes_on_top(tmp_path: Path) -> None:
    table = tmp_path / "own.tsv"
    table.write_text("name\ttype\taliases\nBlue Crescent\tGroup\tBC|Crescent\n", encoding="utf-8")
    own = gazetteer(table)
    found = own.get("Crescent")
    assert found is not None
    assert (found.name, found.type) == ("Blue Crescent", EntityType.GROUP)
    assert own.get("Syria") == gazetteer().get("Syria")


def test_bad_own_gazetteer_is_refused(tmp_path: Path) -> None:
    table = tmp_path / "bad.tsv"
    table.write_text("name\ttype\taliases\nBlue Crescent\tArmy\t\n", encoding="utf-8")
    with pytest.raises(ReadError, match="line 2"):
        gazetteer(table)
