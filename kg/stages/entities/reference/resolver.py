"""Pronouns and descriptions added to the clusters of names that they stand for, in one pass from left to right."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import NamedTuple

from ....language.syntax import root_of
from ....records.mention import Mention, MentionKind
from ....text.document import Document, Token
from ..aliases import PERSON, Cluster
from ..descriptions import Describer, edges, left_edge, mention_governments, unnamed_person
from ..gazetteer import Gazetteer
from . import neuter
from .article_scene import PERSONAL, Pointer, ReferenceScene, gender_of
from .bare_titles import settle_titles
from .candidate_pool import CandidatePool, Referent, Spot
from .described import (
    asked_noun,
    called_so,
    is_asked,
    just_brought_in,
    noun_numbers,
    only_holder,
    only_person,
    taken_up,
)
from .neuter import NEUTER, asked_neuter, neuter_numbers, number_of
from .pairs import AskedMention, Numbers, asked, numbers

Judge = Callable[[AskedMention, list[Numbers]], tuple[int, float] | None]
"""Which of the candidates a word stands for, by what speaks for each, and how likely; None for nobody."""


class Judges(NamedTuple):
    """Who decides what "he" and "she" stand for, what "it" and "they" do, and what descriptions do."""

    personal: Judge
    neuter: Judge
    noun: Judge


def resolve(
    document: Document, clusters: list[Cluster], known: Gazetteer, judges: Judges, pointer: Pointer | None = None
) -> None:
    """Add pronouns and descriptions to the clusters they refer to, and clusters for what has no name.

    Those are governments and the like, and persons whom a pronoun takes up.
    """
    settle_titles(document, clusters)
    clusters += mention_governments(document, clusters, known)
    scene = ReferenceScene(document, pointer)
    pool = CandidatePool(scene, known)
    starts: dict[int, tuple[Referent, Spot]] = {}
    inside: set[int] = set()
    named: dict[int, Cluster] = {}
    for cluster in sorted(clusters, key=lambda c: min(m[0] for m in c.mentions)):
        mentions = sorted(cluster.mentions, key=lambda m: m[0])
        spots = [Spot(root_of(document, s, e).i, s, e, m.kind) for s, e, m in mentions]
        referent = pool.enter(cluster, spots)
        for spot in spots:
            starts[spot.i] = referent, spot
            named[spot.i] = cluster
            inside.update(range(spot.first, spot.last))
    _vote(scene, starts)
    describer = Describer(document, named, inside, known)
    for token in document.tokens:
        if token.i in starts:
            pool.mention(*starts[token.i])
        elif token.i not in inside:
            _take_up(scene, pool, token, describer, judges)
    clusters += [r.cluster for r in pool.referents if r.cluster.unnamed and len(r.spots) > 1]


def _take_up(scene: ReferenceScene, pool: CandidatePool, token: Token, describer: Describer, judges: Judges) -> None:
    """Let a pronoun or a noun stand for what it takes up, if it takes up anything."""
    if token.lower in PERSONAL:
        _personal(scene, pool, token, judges.personal)
    elif token.lower in NEUTER and neuter.is_asked(scene, token):
        _neuter(scene, pool, token, judges.neuter)
    elif token.pos in ("NOUN", "PROPN", "ADJ") or token.lower == "one":
        _noun(scene, pool, token, describer, judges.noun)


def _personal(scene: ReferenceScene, pool: CandidatePool, token: Token, judge: Judge) -> None:
    """Let "he" or "she" stand for whom the judge chooses."""
    question = asked(scene, pool, token)
    if not question.candidates:
        return
    chosen = judge(question, numbers(scene, pool, question))
    if chosen is None:
        return
    referent, gender = question.candidates[chosen[0]], gender_of(token)
    assert gender is not None
    pool.chain[gender] = token.i, referent
    referent.said[gender] += 1
    cluster = referent.cluster
    _become_person(cluster)
    cluster.gender = cluster.gender or gender
    _note(scene, pool, referent, Spot(token.i, token.i, token.i + 1, MentionKind.PRONOUN), chosen[1])


def _note(scene: ReferenceScene, pool: CandidatePool, referent: Referent, spot: Spot, certainty: float) -> None:
    """Add a mention to a thing."""
    span = scene.document.span(spot.first, spot.last)
    mention = Mention(span, spot.kind, referent.cluster.type, round(certainty, 4))
    referent.cluster.mentions.append((spot.first, spot.last, mention))
    pool.mention(referent, spot)


def _neuter(scene: ReferenceScene, pool: CandidatePool, token: Token, judge: Judge) -> None:
    """Let "it" or "they" stand for the body, place or group that the judge chooses."""
    question = asked_neuter(scene, pool, token)
    owner = neuter.only_owner(scene, question)
    found = (owner, 1.0) if owner is not None else _judged(question, judge, neuter_numbers(scene, pool, question))
    if found is None:
        return
    pool.chain[number_of(token)] = token.i, found[0]
    _note(scene, pool, found[0], Spot(token.i, token.i, token.i + 1, MentionKind.PRONOUN), found[1])


def _judged(question: AskedMention, judge: Judge, speaking: list[Numbers]) -> tuple[Referent, float] | None:
    """Whom the judge chooses, if anybody, and how likely."""
    chosen = judge(question, speaking) if question.candidates else None
    return (question.candidates[chosen[0]], chosen[1]) if chosen is not None else None


def _become_person(cluster: Cluster) -> None:
    """Take a name that the parser had for a body's or a place's, and that "he" or "she" stands for, for a person's."""
    if cluster.type != PERSON:
        cluster.type = PERSON
        cluster.mentions = [(s, e, replace(m, type=PERSON)) for s, e, m in cluster.mentions]


def _noun(scene: ReferenceScene, pool: CandidatePool, token: Token, describer: Describer, judge: Judge) -> None:
    """Let a description stand for what it is said of, what the judge chooses, or a person whom nothing names."""
    document = scene.document
    cluster = describer.appositions.get(token.i)
    called = any(k.dep == "appos" and k.i in pool.named for k in document.kids(token.i))  # "her publisher, Larkhall"
    if cluster is not None:
        found: tuple[Referent, float] | None = pool.by_cluster[id(cluster)], 1.0
    else:
        found = _described(scene, pool, token, describer, judge) if is_asked(scene, token) and not called else None
    first = left_edge(document, token)
    spot = Spot(token.i, first, token.i + 1, MentionKind.NOMINAL)
    person = unnamed_person(document, token) if found is None and not called else None
    if person is not None:
        start, end = edges(document, token)
        person.described = document.words(start, end + 1)
        found = pool.enter(person, []), 1.0
    if found is not None:
        _note(scene, pool, found[0], spot, found[1])


def _described(
    scene: ReferenceScene, pool: CandidatePool, token: Token, describer: Describer, judge: Judge
) -> tuple[Referent, float] | None:
    """What a description takes up, and how likely: what a rule is sure of, else what the judge chooses."""
    question = asked_noun(scene, pool, token, describer)
    sure = (
        just_brought_in(scene, pool, question)
        or called_so(question, describer)
        or only_holder(scene, question, describer)
        or only_person(scene, pool, question)
        or taken_up(scene, pool, question, describer)
    )
    if sure is not None:
        return sure, 1.0
    return _judged(question, judge, noun_numbers(scene, pool, question, describer))


def _vote(scene: ReferenceScene, starts: dict[int, tuple[Referent, Spot]]) -> None:
    """Count for each person the pronouns with nobody else named near them."""
    by_sentence: dict[int, list[Referent]] = {}
    for i in sorted(starts):
        if starts[i][0].may_be_person:
            by_sentence.setdefault(scene.document[i].sentence, []).append(starts[i][0])
    for token in scene.document.tokens:
        gender = gender_of(token)
        if gender is not None:
            near = by_sentence.get(token.sentence, []) + by_sentence.get(token.sentence - 1, [])
            if near and all(r is near[0] for r in near):
                near[0].votes[gender] += 1
