"""What grammar forbids: whom a pronoun cannot stand for, however much else speaks for it."""

from __future__ import annotations

from ....language.lexicon import words
from ....language.syntax import NOUN_SUBJECTS
from ....text.document import Document, Token
from ..aliases import PERSON
from ..names import is_person_noun
from .article_scene import REFLEXIVE, Part, ReferenceScene, gender_of
from .candidate_pool import CandidatePool, Referent, Spot
from .turns import is_anothers_charge, is_anothers_turn


def barred(scene: ReferenceScene, pool: CandidatePool, pronoun: Token, referent: Referent) -> bool:
    """Whether the sentence forbids a pronoun to stand for a thing.

    The object of a verb is not its subject ("Hill saw him"), unless reflexive;
    nobody is his own relative ("his father Jo") or stands in a list beside
    himself ("Hill and he"); nobody is named by what he is the subject of ("he
    said Kane had asked him"), calls himself "he" in his own quotation, pleads
    where another is charged, or denies what he accuses another of ("Moss accused Reed of lying, which he
    denies"). He who speaks is nobody whom only quotations name, whom his own
    quoted words name, who has just been told something, or whose given name is
    of the other gender.
    """
    return (
        _is_body_of_somebody(scene, referent)
        or _is_own_subject(scene, pool, pronoun, referent)
        or _is_owned(scene, pool, pronoun, referent)
        or _is_listed(scene, pool, pronoun, referent)
        or _is_named_in_it(scene, pool, pronoun, referent)
        or is_anothers_charge(scene, pool, pronoun, referent)
        or (bool(scene.quotes[pronoun.i]) and _speaks(scene, pool, pronoun, referent))
        or (scene.speaks(pronoun) and not scene.quotes[pronoun.i] and _does_not_speak(scene, pool, pronoun, referent))
    )


def _does_not_speak(scene: ReferenceScene, pool: CandidatePool, pronoun: Token, referent: Referent) -> bool:
    quoted = bool(referent.spots) and all(scene.quotes[s.i] for s in referent.spots)
    if quoted and not any(_introduces(scene, spot) for spot in referent.spots):
        return True
    return (
        _is_called_otherwise(referent, pronoun)
        or _is_spoken_of(scene, pool, pronoun, referent)
        or is_anothers_turn(scene, pool, pronoun, referent)
    )


_VOTES = 2


def _is_called_otherwise(referent: Referent, pronoun: Token) -> bool:
    """Whether a given name speaks against a pronoun, and not two others of the article that can mean nobody else.

    Only of who speaks: in encyclopedia articles (GAP) names deceive too often.
    """
    told = gender_of(pronoun)
    if told is None or referent.gender in (None, told):
        return False
    return referent.votes[told] - referent.votes["f" if told == "m" else "m"] < _VOTES


_INTRODUCING = words("speech", "introduces himself")


def _is_named_in_it(scene: ReferenceScene, pool: CandidatePool, pronoun: Token, referent: Referent) -> bool:
    """Whether what the pronoun is the subject of tells of a thing by its name: "he said Kane had asked him"."""
    document = scene.document
    if pronoun.dep not in NOUN_SUBJECTS:
        return False
    for clause in document.kids(pronoun.head):
        if clause.dep != "ccomp" or scene.quotes[clause.i]:
            continue
        inside = _of_clause(document, clause.i)
        before = clause.i < pronoun.i
        if before and not any(document[i].lower in _DONE_TO and document[i].dep in _OBJECTS for i in inside):
            continue  # "Hill was ill, he said" is of himself
        if any(document[i].text in (":", ";") or scene.quotes[i] for i in range(pronoun.i, clause.i)):
            continue  # a sentence of its own, which the parse has joined
        if any(pool.named.get(i) is referent for i in inside):
            return True
    return False


_DONE_TO = frozenset(("him", "her"))
_OBJECTS = frozenset(("dobj", "dative", "pobj"))


def _of_clause(document: Document, verb: int) -> list[int]:
    """The tokens of a clause that are of no clause inside or beside it."""
    found = []
    for kid in document.kids(verb):
        if kid.dep in words("parse", "inside one clause"):
            found += [kid.i, *_of_clause(document, kid.i)]
    return found


def _is_spoken_of(scene: ReferenceScene, pool: CandidatePool, pronoun: Token, referent: Referent) -> bool:
    """Whether the quotation right before or behind the pronoun has a name, not after "I am" or "my name is"."""
    beside = _quotations_beside(scene, pronoun)
    first, last = scene.document.range(scene.document.blocks[pronoun.block].span)
    return any(
        scene.quotes[spot.i] in beside and not _introduces(scene, spot) for spot in pool.names_of(referent, first, last)
    )


_BESIDE = 6
"""Tokens between a pronoun and a quotation that it may be the speaker of."""


def _quotations_beside(scene: ReferenceScene, pronoun: Token) -> set[int]:
    block = scene.document.range(scene.document.blocks[pronoun.block].span)
    before = reversed(range(max(block[0], pronoun.i - _BESIDE), pronoun.i))
    behind = range(pronoun.i + 1, min(block[1], pronoun.i + _BESIDE))
    return {n for side in (before, behind) if (n := next((q for i in side if (q := scene.quotes[i])), 0))}


def _introduces(scene: ReferenceScene, spot: Spot) -> bool:
    before = scene.document.tokens[max(0, spot.first - 4) : spot.first]
    return any(t.lower in _INTRODUCING for t in before)


def _is(pool: CandidatePool, referent: Referent, i: int) -> bool:
    """Whether token `i` mentions a thing, or names it later."""
    return pool.heads.get(i) is referent or pool.named.get(i) is referent


def _is_body_of_somebody(scene: ReferenceScene, referent: Referent) -> bool:
    """Whether a name that may be a body's has a person hanging on it: "a spokesman for Norvik", "Norvik bosses"."""
    if not referent.unsettled or referent.cluster.type == PERSON:
        return False
    document = scene.document
    behind = [document[s.last] for s in referent.names[:20] if s.last < len(document)]
    if any(t.text.islower() and is_person_noun(t.lemma.lower()) for t in behind):
        return True
    above = [
        document[scene.place(s.i).governor] for s in referent.names[:20] if scene.place(s.i).part is Part.PREPOSITION
    ]
    return any(t.lower in ("for", "at") and is_person_noun(document[t.head].lemma.lower()) for t in above)


def _is_own_subject(scene: ReferenceScene, pool: CandidatePool, pronoun: Token, referent: Referent) -> bool:
    if pronoun.dep not in ("dobj", "dative") or pronoun.lower in REFLEXIVE:
        return False
    return any(pool.heads.get(k.i) is referent for k in scene.document.kids(pronoun.head))


def _is_owned(scene: ReferenceScene, pool: CandidatePool, pronoun: Token, referent: Referent) -> bool:
    if pronoun.dep != "poss":
        return False
    sides = (k.i for k in scene.document.kids(pronoun.head) if k.dep == "appos")
    return any(_is(pool, referent, i) for i in (pronoun.head, *sides))


def _is_listed(scene: ReferenceScene, pool: CandidatePool, pronoun: Token, referent: Referent) -> bool:
    if pronoun.dep == "conj" and _is(pool, referent, pronoun.head):
        return True
    beside = [k.i for k in scene.document.kids(pronoun.i) if k.dep == "conj"]
    if pronoun.dep in NOUN_SUBJECTS:
        # "Tom Hill and he left", whom the parse may take for two subjects of one verb
        beside += [k.i for k in scene.document.kids(pronoun.head) if k.dep in NOUN_SUBJECTS and k.i != pronoun.i]
    return any(_is(pool, referent, i) for i in beside)


def _speaks(scene: ReferenceScene, pool: CandidatePool, token: Token, referent: Referent) -> bool:
    """Whether a thing is the subject of a verb of saying outside the quotation that a token stands in."""
    document = scene.document
    sentence = document.sentences[token.sentence]
    return any(
        not scene.quotes[k] and scene.speaks(document[k]) and _is(pool, referent, k)
        for k in range(sentence.start, sentence.end)
    )
