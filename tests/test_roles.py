from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from gold import cases

from kg.records.entity import Entity
from kg.records.extraction import Extraction
from kg.records.mention import EntityType, Mention, MentionKind
from kg.records.role import Role, RoleStatus
from kg.records.time import Time, TimeType
from kg.resources import resource
from kg.stages.roles import find_roles, with_origins
from kg.stages.roles.mention_index import index_names
from kg.stages.roles.role_lexicon import PostKind, noun_kind, places_of, role_nouns, singular
from kg.stages.roles.tenure import bounds_at
from kg.text.article import Article, Span
from kg.text.document import Document, Sentence, Token, parse
from kg.training.news_texts import rows_with_texts

CASES = cases("data/gold/roles.jsonl")
TEXTS = [case.values[0]["text"] for case in CASES]


def test_every_case_was_loaded() -> None:
    assert len(CASES) >= 75


@pytest.mark.model
@pytest.mark.parametrize("case", CASES)
def test_gold(case: dict[str, Any], extraction: Callable[..., Extraction]) -> None:
    published = date.fromisoformat(case["published"]) if "published" in case else None
    found = extraction(case["text"], published=published)
    names = {e.id: e.name for e in found.entities}
    expected = [_expected(r) for r in case["roles"]]
    stated = {key for r in case["roles"] for key in r}
    actual = [
        {
            "holder": names[r.holder],
            "title": r.title,
            "organization": names.get(r.organization or ""),
            "start": r.start,
            "end": r.end,
            **({"status": str(r.status)} if "status" in stated else {}),
            **({"place": names.get(r.place or "")} if "place" in stated else {}),
        }
        for r in found.roles
    ]
    assert sorted(actual, key=_key) == sorted(expected, key=_key)


def _key(role: dict[str, Any]) -> tuple[str, str]:
    return role["holder"], role["title"]


def _expected(role: dict[str, Any]) -> dict[str, Any]:
    return {"organization": None, "start": None, "end": None, **role}


@pytest.mark.model
@pytest.mark.parametrize("text", TEXTS, ids=[case.id for case in CASES])
def test_evidence_holds_title_and_order(text: str, extraction: Callable[..., Extraction]) -> None:
    found = extraction(text)
    for role in found.roles:
        words = found.article.quote(role.span)
        # A plural shared by several holders is given in the singular, a deed as the name of its doer, a seat as a member's.
        assert (
            role.title in words or role.title.split()[-1][:2] in words or (role.title == "member" and " on " in words)
        )
    assert [r.span.start for r in found.roles] == sorted(r.span.start for r in found.roles)
    assert [r.id for r in found.roles] == [f"r{n}" for n in range(1, len(found.roles) + 1)]


def test_role_of_a_title_before_a_name() -> None:
    document = by_hand("Finance/NN minister/NN Ana/NNP Ruiz/NNP resigned/VBD ./.")
    person = named("e1", EntityType.PERSON, "Ana Ruiz", document)
    assert find_roles(document, (person,), ()) == (Role("r1", "e1", "Finance minister", Span(0, 25), confidence=0.95),)


def test_no_role_without_a_person() -> None:
    document = by_hand("Finance/NN minister/NN resigned/VBD ./.")
    assert find_roles(document, (), ()) == ()


def test_as_of_is_the_day_of_publication() -> None:
    document = by_hand("Minister/NN Ana/NNP Ruiz/NNP resigned/VBD ./.", published=date(2017, 5, 16))
    (role,) = find_roles(document, (named("e1", EntityType.PERSON, "Ana Ruiz", document),), ())
    assert (role.as_of, role.status) == ("2017-05-16", RoleStatus.CURRENT)


@pytest.mark.parametrize(
    ("words", "start", "end"),
    [
        ("from/IN 2011/CD to/IN 2014/CD", "2011", "2014"),
        ("between/IN 2011/CD and/CC 2014/CD", "2011", "2014"),
        ("(/-LRB- 2011/CD –/: 2014/CD", "2011", "2014"),
        (",/, 2011/CD to/IN 2014/CD", "2011", "2014"),
        ("since/IN 2011/CD", "2011", None),
        ("until/IN 2014/CD", None, "2014"),
        ("in/IN 2014/CD", None, None),
    ],
)
def test_bounds(words: str, start: str | None, end: str | None) -> None:
    document = by_hand(f"{words} ./.")
    times = tuple(
        Time(Span(t.start, t.end), TimeType.DATE, t.text, t.text, t.text) for t in document.tokens if t.tag == "CD"
    )
    found = bounds_at(index_names(document, (), times), 0, len(document))
    assert (found.start, found.end) == (start, end)


def test_lexicon() -> None:
    assert role_nouns()["ambassador"] is PostKind.ENVOY
    assert "wife" not in role_nouns()
    assert [singular(w) for w in ("spokesmen", "deputies", "actors", "witness")] == [
        "spokesman",
        "deputy",
        "actor",
        "witness",
    ]
    assert places_of("Swedish") == ("sweden",)
    assert places_of("Texan") == ("texas",)
    assert places_of("tired") == ()
    assert noun_kind(by_hand("major/JJ").tokens[0]) is None


@pytest.mark.model
@pytest.mark.shared
def test_the_first_article(shared: Path, extraction: Callable[..., Extraction]) -> None:
    text = (shared / "article" / "syria-daily.txt").read_text(encoding="utf-8")
    found = extraction(text, published=date(2017, 5, 16))
    names = {e.id: e.name for e in found.entities}
    roles = {names[r.holder]: r for r in found.roles}
    assert roles["Stuart Jones"].title == "Acting Assistant Secretary of State for Near Eastern Affairs"
    assert roles["Stuart Jones"].status is RoleStatus.ACTING
    assert roles["Nikki Haley"].title == "US Ambassador to the United Nations"
    assert roles["Geoffrey Mock"].title.startswith("Middle East specialist")
    assert names[roles["Geoffrey Mock"].organization or ""] == "Amnesty International"
    assert roles["Paulo Pinheiro"].title.startswith("chairman of the UN tribunal")
    ford = roles["Robert Ford"]
    assert (ford.title, ford.start, ford.end, ford.status) == ("US Ambassador to Syria", "2011", "2014", "former")
    assert roles["Caesar"].title == "prison photographer"


POS = {"NN": "NOUN", "NNP": "PROPN", "VBD": "VERB", "JJ": "ADJ", "CD": "NUM", "IN": "ADP", "CC": "CCONJ"}


def by_hand(tagged: str, published: date | None = None) -> Document:
    """A Document of one sentence from `word/TAG` pairs; every token is its own root but the last, a full stop."""
    pairs = [tuple(p.rsplit("/", 1)) for p in tagged.split()]
    text = " ".join(word for word, _ in pairs)
    tokens, start = [], 0
    for i, (word, tag) in enumerate(pairs):
        # fmt: off
        tokens.append(
            Token(i, word, word.lower(), word.lower(), POS.get(tag, "PUNCT"), tag, "dep", i,
                  start, start + len(word), "", "O", 0, 0)
        )
        # fmt: on
        start += len(word) + 1
    return Document(Article(text, published=published), tuple(tokens), (Sentence(0, 0, len(tokens), 0),), (), "by hand")


def named(name_id: str, kind: EntityType, name: str, document: Document) -> Entity:
    at = document.text.index(name)
    return Entity(name_id, kind, name, (Mention(Span(at, at + len(name)), MentionKind.NAME, kind),))


def test_posts_that_were_read_stand_in_their_articles(shared: Path) -> None:
    rows = list(rows_with_texts(resource("data/gold/posts.jsonl"), shared / "eval"))
    spans = [(text, span) for row, text in rows for p in row["posts"] for span in (p["holder"], p["title"])]
    assert (len(rows), len(spans)) == (93, 2 * 559)
    spans += [(text, at) for row, text in rows for p in row["posts"] for of in p["body"] or () for at in of]
    assert [
        text[s:e] for text, (s, e) in spans if not text[s:e].strip() or re.match(r"\w\w", text[e - 1 : e + 1])
    ] == []


@pytest.mark.model
def test_what_an_adjective_tells_of_has_an_id_of_its_own() -> None:
    def named(number: int, name: str, start: int) -> Entity:
        at = Span(start, start + len(name))
        return Entity(f"e{number}", EntityType.PERSON, name, (Mention(at, MentionKind.NAME, EntityType.PERSON),))

    document = parse(Article("Samoan President Ida Blom met Tom Hale, the Republican nominee."))
    entities = (named(2, "Ida Blom", 17), named(3, "Tom Hale", 30))
    found = with_origins(document, entities)
    assert [(e.id, e.name) for e in found[2:]] == [("e4", "Samoa"), ("e5", "Republican Party")]
