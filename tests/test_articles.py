"""Whole articles of many regions: every name with its type, the pronouns and short names of it, its posts."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from kg.identity.grouping import identify
from kg.identity.profiles import profiles
from kg.records.extraction import Extraction

LINES = (Path(__file__).resolve().parents[1] / "data" / "gold" / "articles.jsonl").read_text("utf-8").splitlines()
ARTICLES: list[dict[str, Any]] = [json.loads(line) for line in LINES]

FLOORS = {"entities": 0.95, "mentions": 0.92, "roles": 0.88}
"""Of the names, of their pronouns and short forms, and of the posts: the share found right at least."""

pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def read(extraction: Callable[..., Extraction]) -> Callable[[dict[str, Any]], Extraction]:
    return lambda case: extraction(case["text"], published=date.fromisoformat(case["published"]), path=case["id"])


def test_names_mentions_and_posts_as_pinned(read: Callable[[dict[str, Any]], Extraction]) -> None:
    wanted: Counter[str] = Counter()
    missed: list[tuple[str, str, str, str]] = []
    for case in ARTICLES:
        found = read(case)
        by_name = {e.name: e for e in found.entities}
        names = {e.id: e.name for e in found.entities}
        for name, kind in case["entities"].items():
            wanted["entities"] += 1
            if name not in by_name or by_name[name].type != kind:
                missed.append(("entities", case["id"], name, kind))
        for name, words in case["pronouns"].items():
            said = {found.article.quote(m.span) for m in by_name[name].mentions} if name in by_name else set()
            wanted["mentions"] += len(words)
            missed += [("mentions", case["id"], name, word) for word in words if word not in said]
        for holder, title, more in case["roles"]:
            wanted["roles"] += 1
            posts = [r for r in found.roles if names[r.holder] == holder and title.lower() in r.title.lower()]
            told = [
                {"organization": names.get(r.organization or ""), "start": r.start, "end": r.end, "status": r.status}
                for r in posts
            ]
            if not any(all(post[key] == value for key, value in more.items()) for post in told):
                missed.append(("roles", case["id"], holder, title))
        assert not set(case["absent"]) & set(by_name)
    right = {what: 1 - sum(m[0] == what for m in missed) / n for what, n in wanted.items()}
    print(f"\narticles: { ({what: f'{right[what]:.3f} of {n}' for what, n in wanted.items()}) }")
    assert len(ARTICLES) >= 10
    assert {what for what, share in right.items() if share < FLOORS[what]} == set(), missed


def test_one_minister_in_two_articles_is_one_and_nobody_else(read: Callable[[dict[str, Any]], Extraction]) -> None:
    everyone = [p for case in ARTICLES for p in profiles(read(case))]
    found = identify(everyone)
    names = {p.key: (p.article, p.name) for p in everyone}
    people: dict[str, set[tuple[str, str]]] = {}
    for p in everyone:
        if p.type == "Person":
            people.setdefault(found.cluster[p.key], set()).add(names[p.key])
    several = [{name for _, name in group} for group in people.values() if len(group) > 1]
    assert several == [{"Juan Carlos Ibáñez Portillo"}]
