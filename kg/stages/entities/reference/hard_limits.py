"""What grammar forbids: whom a pronoun cannot stand for, however much else speaks for it."""

from __future__ import annotations

from ....language.lexicon import words
from ....language.syntax import NOUN_SUBJECTS, child
from ....text.document import Document, Token
from ..aliases import PERSON
from ..names import is_person_noun
from .article_scene import REFLEXIVE, Part, ReferenceScene, gender_of
from .candidate_pool import CandidatePool, Referent, Spot


def may_be(referent: Referent, pronoun: Token) -> bool:
    """Whether a thing can be "he" or "she" at all: a person, whose titles do not speak against it."""
    return referent.may_be_person and (not referent.sure or referent.gender in (None, gender_of(pronoun)))


def barred(scene: ReferenceScene, pool: CandidatePool, pronoun: Token, referent: Referent) -> bool:
    """Whether the sentence forbids a pronoun to stand for a thing.

    The object of a verb is not its subject ("Hill saw him"), unless reflexive;
    nobody is his own relative ("his father Jo") or stands in a list beside
    himself ("Hill and he"); nobody is named by what he is the subject of ("he
    said Kane had asked him"), calls himself "he" in his own quotation, or
    denies what he accuses another of ("Moss accused Reed of lying, which he
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
        or _accuses(scene, pronoun, referent)
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
        or _was_told(scene, pronoun, referent)
        or _is_interrupted(scene, pool, pronoun, referent)
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
_TELLING = words("speech", "needs a hearer")


def _is_named_in_it(scene: ReferenceScene, pool: CandidatePool, pronoun: Token, referent: Referent) -> bool:
    """Whether what the pronoun is the subject of says something of a thing by its name: "he said Kane had asked him"."""
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


def _was_told(scene: ReferenceScene, pronoun: Token, referent: Referent) -> bool:
    """Whether a thing was last mentioned as the one who was told, in this sentence or the one before."""
    if not referent.spots:
        return False
    last = scene.document[referent.spots[-1].i]
    told = last.dep in ("dobj", "dative") and scene.document[last.head].lemma in _TELLING
    return told and pronoun.sentence - last.sentence <= 1


def _is_interrupted(scene: ReferenceScene, pool: CandidatePool, pronoun: Token, referent: Referent) -> bool:
    """Whether another spoke last whom the pronoun may mean, though nothing speaks for him.

    Somebody without a name: "The judge said it was late. He said"; or one whom
    pronouns alone have made a woman: "R. K. Mehta, who appeared for Dana Ruiz,
    said she was ill. He said".
    """
    if pool.speaker is None or pool.speaker[1] is referent:
        return False
    at, speaker = pool.speaker
    last = scene.document[at]
    before = last.sentence == pronoun.sentence - 1
    if speaker.cluster.unnamed:
        near = pronoun.block - last.block <= 1 and not referent.cluster.unnamed
        goes_on = near or (before and last.block == pronoun.block)
    else:
        goes_on = before and _is_guessed(speaker, pronoun)
    return goes_on and may_be(speaker, pronoun) and not pool.names_of(referent, at, pronoun.i)


def _is_guessed(speaker: Referent, pronoun: Token) -> bool:
    """Whether only pronouns taken for somebody say that he is of the other gender."""
    told = gender_of(pronoun)
    return speaker.gender is None and speaker.given is None and any(n for g, n in speaker.said.items() if g != told)


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


def _accuses(scene: ReferenceScene, pronoun: Token, referent: Referent) -> bool:
    """Whether somebody was last the subject of a charge against another that the pronoun denies."""
    document = scene.document
    if not referent.spots or pronoun.dep != "nsubj" or document[pronoun.head].lemma not in words("speech", "denying"):
        return False
    last = document[referent.spots[-1].i]
    verb = document[scene.place(last.i).governor]
    blames = verb.lemma in words("grammar", "blames its object") and child(document, verb.i, "dobj") is not None
    return blames and scene.place(last.i).part is Part.SUBJECT and pronoun.sentence - last.sentence <= 1


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
