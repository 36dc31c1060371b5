""" "It" and "they" and what they may stand for: bodies, places and groups that the article names."""

from __future__ import annotations

from ....language.lexicon import words
from ....language.syntax import NOUN_SUBJECTS
from ....text.document import Document, Token
from ..aliases import GROUP, ORGANIZATION, PLACE
from ..names import is_person_noun
from .article_scene import ReferenceScene
from .candidate_pool import CandidatePool, Referent
from .hard_limits import barred
from .pairs import AskedMention, Numbers, numbers

IT, THEY = words("grammar", "it"), words("grammar", "they")
NEUTER = IT | THEY

_FAR = 3
"""Sentences back in which such a thing was mentioned."""


_WEATHER = frozenset(("rain", "snow", "hail"))


def is_asked(scene: ReferenceScene, token: Token) -> bool:
    """Whether it is safe to ask what "it" or "they" stands for: of owners and subjects; objects are mostly things."""
    return token.dep in ("poss", *NOUN_SUBJECTS) and not _is_empty(scene, token)


def _is_empty(scene: ReferenceScene, token: Token) -> bool:
    """Whether "it" stands for nothing: "it rained", "it is clear that", "it seems"."""
    if token.lower != "it":
        return token.dep == "expl"
    verb = scene.document[token.head]
    clause = any(k.dep in words("parse", "clause beside it") for k in scene.document.kids(verb.i))
    return verb.lemma in _WEATHER or (clause and verb.lemma in ("be", "seem", "appear"))


def number_of(token: Token) -> str:
    """ "one" for "it", "several" for "they"."""
    return "one" if token.lower in IT else "several"


def asked_neuter(scene: ReferenceScene, pool: CandidatePool, token: Token) -> AskedMention:
    """A pronoun with the named bodies, places and groups of the sentences around it that it may stand for."""
    types = (ORGANIZATION, GROUP, PLACE) if token.lower in IT else (ORGANIZATION, GROUP)
    fits = [
        r
        for r in pool.near(token.i)
        if r.cluster.type in types
        and token.sentence - scene.document[r.spots[-1].i].sentence <= _FAR
        and not (token.lower in THEY and r.cluster.type == ORGANIZATION and people_near(scene.document, token))
        and not barred(scene, pool, token, r)
    ]
    speaker = _spoke_before(scene, pool, token)
    if speaker in fits:
        fits = [speaker]
    return AskedMention(token, scene.place(token.i), tuple(fits), number_of(token))


def _spoke_before(scene: ReferenceScene, pool: CandidatePool, token: Token) -> Referent | None:
    """Who spoke in the sentence before one that opens with "it says": the group of "The group says so. It says"."""
    if pool.speaker is None or not scene.speaks(token) or token.i != scene.document.sentences[token.sentence].start:
        return None
    last = scene.document[pool.speaker[0]]
    return pool.speaker[1] if last.block == token.block and last.sentence == token.sentence - 1 else None


def people_near(document: Document, token: Token) -> bool:
    """Whether this sentence up to a word, or the one before, tells of several people: "the experts ... they"."""
    first = document.sentences[max(0, token.sentence - 1)].start
    before = document.tokens[first : token.i]
    return any(t.tag == "NNS" and is_person_noun(t.lemma.lower()) for t in before)


def only_owner(scene: ReferenceScene, a: AskedMention) -> Referent | None:
    """The one thing that "its" can mean, a subject of this sentence or the one before: "said its leader"."""
    if a.token.lower != "its" or len(a.candidates) != 1:
        return None
    (r,) = a.candidates
    near = a.token.sentence - scene.document[r.spots[-1].i].sentence <= 1
    return r if near and scene.place(r.spots[-1].i).is_subject else None


def neuter_numbers(scene: ReferenceScene, pool: CandidatePool, a: AskedMention) -> list[Numbers]:
    """For each candidate what speaks for it and against it, other nouns that may be meant included."""
    several = float(a.token.lower in THEY)
    return [
        base
        | _rivals(scene, a, r)
        | {
            "they": several,
            "organization": float(r.cluster.type == ORGANIZATION),
            "group": float(r.cluster.type == GROUP),
            "described": float(r.cluster.described is not None),
        }
        for base, r in zip(numbers(scene, pool, a), a.candidates, strict=True)
    ]


def _rivals(scene: ReferenceScene, a: AskedMention, r: Referent) -> Numbers:
    """How many common nouns stand between a thing and the pronoun, by part and number."""
    between = scene.document.tokens[r.spots[-1].i + 1 : a.token.i]
    nouns = [t for t in between if t.pos == "NOUN" and not (scene.quotes[t.i] and not scene.quotes[a.token.i])]
    return {
        "nouns": float(min(len(nouns), 12)),
        "noun subjects": float(min(sum(t.dep in NOUN_SUBJECTS for t in nouns), 4)),
        "plural nouns": float(min(sum(t.tag == "NNS" for t in nouns), 6)),
    }
