"""Links are made anew only where something changed: after any change the graph is that of a build from nothing."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from kg import store as stores
from kg.identity.linking import identities, link
from kg.rdf import vocab
from kg.records.attribution import Attribution, Form, Stance
from kg.records.entity import Entity
from kg.records.extraction import Extraction
from kg.records.figure import Bound, Figure
from kg.records.mention import EntityType, Mention, MentionKind
from kg.records.role import Role
from kg.store import Store
from kg.text.article import Article, locate

PEOPLE = ("John Moss", "Ida Quillfeather", "John A. Moss", "Jon Mosse", "Ida Quillfether", "Moss")
BODIES = ("Harbour Watch", "Port Union", "PU", "Congress")
PLACES = ("Ashby", "Corby")
CLAIMS = (
    "the ferry Alma carried forty containers of stolen copper out of the eastern harbour",
    "the ferry Alma carried forty containers of stolen copper from the eastern harbour",
    "the pilot of the barge slept on the bridge while the tide tore the buoys away",
)
QUOTES = (
    "We counted every container on that deck twice over before dawn",
    "counted every container on that deck twice over",
)
FILLING = " ".join(f"Reel {n} of the film shows barge {n * n} turning at pier {n * 7}." for n in range(30))


@lru_cache(maxsize=4096)
def made(
    n: int,
    day: int | None,
    person: int,
    body: int,
    place: int,
    claim: int,
    quote: int,
    count: int,
    denied: bool,
    long: bool,
) -> Extraction:
    """An invented article: a body says a claim and a number, a person holds a post at it and is quoted."""
    who, said, where = PEOPLE[person], BODIES[body], PLACES[place]
    opening = f"Article {n}.\n\n{FILLING}\n\n" if long else ""
    verb = "denied" if denied else "said"
    text = (
        f"{opening}{said} {verb} that {CLAIMS[claim]}. {said} counted that {count} sailors drowned in {where}.\n\n"
        f"“{QUOTES[quote]},” {who}, pilot of {said}, said on day {n}."
    )
    published = None if day is None else date(2020, 3, 1) + timedelta(day)
    article = Article(text, title=f"Article {n}", published=published, path=f"{n}.txt")

    def name(words: str, kind: EntityType) -> Mention:
        return Mention(locate(words, article, after=len(opening)), MentionKind.NAME, kind)

    body_, person_, place_ = EntityType.ORGANIZATION, EntityType.PERSON, EntityType.PLACE
    at = len(opening)
    content, quoted = locate(CLAIMS[claim], article), locate(QUOTES[quote], article)
    counted = locate(f"{count} sailors drowned in {where}", article)
    speaker = name(who, person_)
    cues = (locate(verb, article, after=at), locate("counted", article, after=at), locate("said on", article, after=at))
    return Extraction(
        article,
        "by hand",
        entities=(
            Entity("e1", body_, said, (name(said, body_),)),
            Entity("e2", person_, who, (speaker,)),
            Entity("e3", place_, where, (name(where, place_),)),
        ),
        attributions=(
            Attribution("a1", (name(said, body_).span,), (cues[0],), (content,), Form.INDIRECT, Stance.DENIES if denied else Stance.ASSERTS, "e1"),
            Attribution("a2", (name(said, body_).span,), (cues[1],), (counted,), Form.INDIRECT, Stance.ASSERTS, "e1"),
            Attribution("a3", (speaker.span,), (cues[2],), (quoted,), Form.DIRECT, Stance.ASSERTS, "e2"),
        ),
        figures=(
            Figure(
                "f1", locate(str(count), article, after=counted.start), Decimal(count), Decimal(count), Bound.EXACT,
                counted="sailors", counted_span=locate("sailors", article, after=at), concept="sailor", event="drown",
                reporters=("e1",), attribution="a2", place="e3", evidence=counted,
            ),
        ),
        roles=(Role("r1", "e2", "pilot", locate("pilot of", article, after=at), organization="e1"),) if n % 2 else (),
    )  # fmt: skip


ARTICLE = st.builds(
    made, st.integers(0, 5), st.sampled_from([0, 0, 1, 2, 9, None]), st.integers(0, 5), st.integers(0, 3),
    st.integers(0, 1), st.integers(0, 2), st.integers(0, 1), st.sampled_from([11, 12]), st.booleans(), st.booleans(),
)  # fmt: skip
STEP = st.one_of(st.tuples(ARTICLE, st.booleans()), st.tuples(st.integers(0, 5), st.booleans()))
"""An article that comes or takes the place of the one of its number, or the number of one that goes; then whether links are made."""


def rebuilt(articles: Iterable[Extraction]) -> list[str]:
    with TemporaryDirectory() as name, stores.open(Path(name) / "graph", create=True) as store:
        for one in articles:
            put(store, one)
        link(store)
        return store.lines()


def put(store: Store, one: Extraction) -> None:
    store.put(one, key=one.article.path, input_hash=one.article.id)


@pytest.mark.slow
@settings(
    max_examples=15,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.too_slow],
)
@given(st.lists(STEP, min_size=3, max_size=9))
def test_after_any_change_the_graph_is_that_of_a_rebuild(steps: list[tuple[Extraction | int, bool]]) -> None:
    there: dict[str, Extraction] = {}
    with TemporaryDirectory() as name, stores.open(Path(name) / "graph", create=True) as store:
        for what, now in steps:
            if isinstance(what, int):
                gone = there.pop(f"{what}.txt", None)
                if gone is not None:
                    store.remove(f"{what}.txt")
            else:
                put(store, what)
                there[what.article.path or ""] = what
            if now:
                link(store)
                assert store.lines() == rebuilt(there.values())
        link(store)
        assert store.lines() == rebuilt(there.values())
        _, found = identities(store)
        one = {str(q.s): str(q.o) for q in store.quads(p=vocab.sameThingAs)}
        groups = {frozenset(k for k in found.cluster if found.cluster[k] == least) for least in found.cluster.values()}
        assert {g for g in groups if len(g) > 1} == {
            frozenset(k for k in one if one[k] == same) for same in one.values()
        }
