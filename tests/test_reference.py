"""Who is meant: what grammar forbids, what the ranker decides, and what is decided for nobody."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from kg.errors import ReadError
from kg.stages.entities import find_entities, judges
from kg.stages.entities.aliases import find_clusters
from kg.stages.entities.gazetteer import gazetteer
from kg.stages.entities.mentions import find_mentions
from kg.stages.entities.reference.pairs import AskedMention, Numbers
from kg.stages.entities.reference.ranker_weights import POINTED, Ranker, References, default_references, load, save
from kg.stages.entities.reference.resolver import Judges, resolve
from kg.stages.forest import LEAF, Forest
from kg.text.document import Document

Parse = Callable[..., Document]

pytestmark = pytest.mark.model


def candidates(document: Document, word: str) -> list[str]:
    """Whom grammar lets the last such word of a text stand for, when every word before it stands for nobody."""
    found: list[str] = []

    def judge(asked: AskedMention, numbers: list[Numbers]) -> None:
        if asked.token.text == word:
            found[:] = [r.cluster.name for r in asked.candidates]

    resolve(
        document,
        find_clusters(document, find_mentions(document), gazetteer()),
        gazetteer(),
        Judges(judge, judge, judge),
    )
    return sorted(found)


@pytest.mark.parametrize(
    ("text", "word", "allowed"),
    [
        ("Peter Novak met Tom Hill. Tom Hill praised him.", "him", ["Peter Novak"]),  # the object is not the subject
        ("Peter Novak met Tom Hill. Tom Hill praised himself.", "himself", ["Peter Novak", "Tom Hill"]),
        ("Peter Novak waited. His brother, Tom Hill, left.", "His", ["Peter Novak"]),  # nobody is his own brother
        ("Peter Novak waited. Tom Hill and he left.", "he", ["Peter Novak"]),  # nor stands beside himself in a list
        ("Peter Novak waited. “He lied,” Tom Hill said.", "He", ["Peter Novak"]),  # who speaks says "I"
        ("Mr Peter Novak met Mrs Anna Hill. She smiled.", "She", ["Anna Hill"]),  # titles tell the gender
        ("Peter Novak waited.\n\n“Tom Hill lied to us,” he said.", "he", ["Peter Novak"]),  # his words name another
        ("Peter Novak waited.\n\n“I am Tom Hill,” he said.", "he", ["Peter Novak", "Tom Hill"]),
        ("Peter Novak waited. “Tom Hill lied,” a man shouted. Then he said it was late.", "he", []),
        ("Peter Novak waited. Anna Berg told Tom Hill. Then he said it was late.", "he", ["Peter Novak"]),  # was told
        ("Peter Novak waited. Anna Berg saw Tom Hill. Then he said it was late.", "he", ["Peter Novak", "Tom Hill"]),
        ("Oxfam sued Shell. Shell ignored it.", "it", []),  # an object is as often a thing
        ("Oxfam sued Shell. Shell said it paid.", "it", ["Oxfam", "Shell"]),
        ("Peter Novak sued Shell. It paid.", "It", ["Shell"]),  # a person is no "it"
    ],
)
def test_what_grammar_forbids(text: str, word: str, allowed: list[str], document: Parse) -> None:
    named = set(candidates(document(text), word)) & {"Peter Novak", "Tom Hill", "Anna Hill", "Oxfam", "Shell"}
    assert sorted(named) == allowed


def test_a_description_is_not_asked_of_its_own_owner(document: Parse) -> None:
    text = "Anna Berg, the minister, met Tom Hill. Her minister resigned."
    named: list[list[str]] = []

    def judge(asked: AskedMention, numbers: list[Numbers]) -> tuple[int, float] | None:
        if asked.token.text == "minister":
            named.append([r.cluster.name for r in asked.candidates])
        return next(((n, 0.9) for n, r in enumerate(asked.candidates) if r.cluster.name == "Anna Berg"), None)

    d = document(text)
    resolve(d, find_clusters(d, find_mentions(d), gazetteer()), gazetteer(), Judges(judge, judge, judge))
    assert named == [["Tom Hill"]]


def test_a_mention_keeps_how_likely_it_means_its_thing(document: Parse) -> None:
    d = document("Tom Hill, the mayor, left. He was ill. The mayor will rest.")
    (hill,) = (e for e in find_entities(d, find_mentions(d)) if e.name == "Tom Hill")
    certain = {d.text[m.span.start : m.span.end]: m.certainty for m in hill.mentions}
    assert certain["Tom Hill"] == 1 and 0.4 <= certain["He"] < 1


def test_without_weights_nobody_is_decided_for(document: Parse, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.stages.entities.default_references", lambda: None)
    d = document("Peter Novak waited. He left.")
    assert [len(e.mentions) for e in find_entities(d, find_mentions(d))] == [1]


def test_a_word_for_a_persons_name_that_he_stands_for_is_a_person(document: Parse) -> None:
    d = document("Zabrov lost the match. He had trained for a year, and Zabrov's coach praised him.")
    found = find_entities(d, find_mentions(d))
    assert [
        (e.name, e.type.value) for e in found if "He" in [d.text[m.span.start : m.span.end] for m in e.mentions]
    ] == [("Zabrov", "Person")]


def ranker(votes: float, least: float = 0.5) -> Ranker:
    """One that gives every candidate the same."""
    forest = Forest(
        np.array([LEAF], np.int16),
        np.zeros(1),
        np.zeros(1, np.int32),
        np.zeros(1, np.int32),
        np.array([votes], np.float32),
        np.zeros(1, np.int32),
        0.0,
    )
    return Ranker(forest, ("tokens",), least, max(least, 0.6))


def test_probabilities_leave_something_to_nobody() -> None:
    likely = ranker(0.0).probabilities(np.zeros((3, 1), np.float32))
    assert likely.tolist() == [0.25] * 3
    assert ranker(0.0).choose([{"tokens": 1.0}] * 3) is None
    chosen = ranker(5.0, 0.3).choose([{"tokens": 1.0}] * 3)
    assert chosen is not None and chosen[0] == 0 and 0.3 < chosen[1] < 0.34
    assert ranker(5.0).choose([]) is None


def test_who_speaks_needs_more_than_who_is_meant_otherwise() -> None:
    doubtful = ranker(0.0, 0.4)
    asked = {"tokens": 1.0, "speaks": 0.0, "quoted": 0.0}
    assert doubtful.choose([asked]) == (0, 0.5)
    assert doubtful.choose([asked | {"speaks": 1.0}]) is None
    assert doubtful.choose([asked | {"speaks": 1.0, "quoted": 1.0}]) == (0, 0.5)


def test_weights_survive_the_file(tmp_path: Path) -> None:
    path = tmp_path / "weights.npz"
    save(References({"personal": ranker(2.0, 0.4)}, {"data": "none"}), path)
    found = load(path)
    assert found.card == {"data": "none"}
    kept = found.rankers["personal"]
    assert (kept.features, kept.least) == (("tokens",), 0.4)
    chosen = kept.choose([{"tokens": 0.0}])
    assert chosen is not None and chosen[0] == 0


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 broken", b"no archive at all"])
def test_a_broken_file_is_one_error(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "weights.npz"
    path.write_bytes(content)
    with pytest.raises(ReadError, match="no weights that this version can use"):
        load(path)


def test_the_shipped_weights_read_what_the_resolver_gives(document: Parse) -> None:
    found = default_references()
    assert found is not None
    assert set(found.rankers) == {*Judges._fields, "personal" + POINTED}
    seen: dict[str, set[str]] = {}

    def spy(name: str) -> Callable[[AskedMention, list[Numbers]], None]:
        return lambda asked, numbers: seen.setdefault(name, set()).update(*numbers)

    d = document("Oxfam sued the firm Shell. It paid. Anna Berg, the minister, left. She wept. The lawyer slept.")
    resolve(d, find_clusters(d, find_mentions(d), gazetteer()), gazetteer(), Judges(*map(spy, Judges._fields)))
    for name, numbers in seen.items():
        assert set(found.rankers[name].features) <= numbers
    assert set(seen) == set(Judges._fields)


def test_the_same_text_gives_the_same_mentions(document: Parse) -> None:
    text = "Anna Berg met Tom Hill. He praised her. The firm said it would pay. They left, and she thanked him."
    first, second = (find_entities(d, find_mentions(d)) for d in (document(text), document(text)))
    assert first == second
    assert judges().personal is not None


def test_an_encoder_has_its_say(document: Parse) -> None:
    d = document("Peter Novak met Tom Hill at the station. He left early.")

    def towards(name: str) -> Callable[[int, Sequence[tuple[int, int]]], NDArray[np.float64]]:
        """Points to whatever mention ends in a word, and else to nobody."""
        return lambda token, mentions: np.array([9.0 if d[head].text == name else -9.0 for _, head in mentions] + [0.0])

    for name, full in (("Novak", "Peter Novak"), ("Hill", "Tom Hill")):
        found = find_entities(d, find_mentions(d), pointer=towards(name))
        assert [e.name for e in found if "He" in [d.text[m.span.start : m.span.end] for m in e.mentions]] == [full]


NOBODY = Judges(lambda asked, numbers: None, lambda asked, numbers: None, lambda asked, numbers: None)


@pytest.mark.parametrize(
    ("text", "word", "name"),
    [
        ("Anna Berg, a judge, met Tom Hill. The judge smiled.", "judge", "Anna Berg"),
        ("Anna Berg, a judge, met Tom Hill, a judge. The judge smiled.", "judge", None),  # there are two
        ("Anna Berg, a judge, met Tom Hill. The senior judge smiled.", "judge", None),  # it may be another
        ("Anna Berg, a judge, met Tom Hill. His judge smiled.", "judge", None),
        ("Anna Berg waited. The 45-year-old said she was well.", "old", "Anna Berg"),
        ("Anna Berg met Tom Hill. The 45-year-old said she was well.", "old", None),
        (
            "Anna Berg waited. It rained. It snowed. It hailed. The 45-year-old said she was well.",
            "old",
            None,
        ),  # too far
        ("The Ministry of Trade waited. The ministry paid.", "ministry", "Ministry of Trade"),
        ("The Ministry of Trade sued the Ministry of Health. The ministry paid.", "ministry", None),
        ("The Ministry of Trade waited. The new ministry paid.", "ministry", None),
        ("Oxfam waited. “We pay,” said its leader.", "its", "Oxfam"),
        ("Oxfam sued Shell. “We pay,” said its leader.", "its", None),
        ("Oxfam waited. They paid it.", "it", None),
    ],
)
def test_what_is_certain_without_the_ranker(text: str, word: str, name: str | None, document: Parse) -> None:
    d = document(text)
    clusters = find_clusters(d, find_mentions(d), gazetteer())
    resolve(d, clusters, gazetteer(), NOBODY)
    last = [t.i for t in d.tokens if t.text == word][-1]
    holders = [c.name for c in clusters if any(s <= last < e for s, e, _ in c.mentions) and not c.unnamed]
    assert holders == ([name] if name else [])
