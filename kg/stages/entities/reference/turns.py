"""Whose turn it is to speak: not his who has just been told, has just asked, or stands inside another's name."""

from __future__ import annotations

from ....language.lexicon import words
from ....language.syntax import child
from ....text.document import Token
from .article_scene import Part, ReferenceScene, gender_of
from .candidate_pool import CandidatePool, Referent

_TELLING = words("speech", "needs a hearer")
_ASKING = words("speech", "asks somebody")
_REPLYING = words("speech", "replies")
_DENYING = words("speech", "denying")
_UNTRUE = words("speech", "untrue")
_CLAIMS = words("speech", "claim") | words("speech", "claim denied beside it")


def may_be(referent: Referent, pronoun: Token) -> bool:
    """Whether a thing can be "he" or "she" at all: a person, whose titles do not speak against it."""
    return referent.may_be_person and (not referent.sure or referent.gender in (None, gender_of(pronoun)))


def is_anothers_turn(scene: ReferenceScene, pool: CandidatePool, pronoun: Token, referent: Referent) -> bool:
    """Whether another is to speak: who answers, who was asked, who spoke or did something last without a name.

    Not who was told something, but he where it is answered: "Moss told Reed that
    it was off. He replied that he was glad" is Reed.
    """
    if not referent.spots:
        return _is_interrupted(scene, pool, pronoun, referent)
    return (
        _was_told(scene, pronoun, referent)
        or _is_in_an_aside(scene, pool, pronoun, referent)
        or _asked(scene, pool, pronoun, referent)
        or _is_interrupted(scene, pool, pronoun, referent)
    )


def accuses(scene: ReferenceScene, pronoun: Token, referent: Referent) -> bool:
    """Whether somebody was last the subject of a charge against another that the pronoun denies."""
    document = scene.document
    if not referent.spots or pronoun.dep != "nsubj" or not _denies(scene, pronoun):
        return False
    last = document[referent.spots[-1].i]
    verb = document[scene.place(last.i).governor]
    blames = verb.lemma in words("grammar", "blames its object") and child(document, verb.i, "dobj") is not None
    said = child(document, verb.i, "ccomp")
    other = child(document, said.i, "nsubj", "nsubjpass") if said is not None else None
    blames = blames or (other is not None and other.ent == "PERSON")
    return blames and scene.place(last.i).part is Part.SUBJECT and 0 <= pronoun.sentence - last.sentence <= 1


def _denies(scene: ReferenceScene, pronoun: Token) -> bool:
    """Whether a pronoun is the subject of a denial: "he denies it", "he said the claim was false"."""
    document = scene.document
    verb = document[pronoun.head]
    said = child(document, verb.i, "ccomp")
    if verb.lemma in _DENYING:
        return True
    if said is None or not scene.speaks(pronoun):
        return False
    subject = child(document, said.i, "nsubj")
    called = child(document, said.i, "acomp", "attr")
    about = subject is not None and (subject.lower in _CLAIMS or subject.lower == "it")
    return about and called is not None and called.lower in _UNTRUE


def _was_told(scene: ReferenceScene, pronoun: Token, referent: Referent) -> bool:
    """Whether a thing was last mentioned as the one who was told, in this sentence or the one before."""
    document = scene.document
    last = document[referent.spots[-1].i]
    told = last.dep in ("dobj", "dative") and document[last.head].lemma in _TELLING
    return told and pronoun.sentence - last.sentence <= 1 and document[pronoun.head].lemma not in _REPLYING


def _is_in_an_aside(scene: ReferenceScene, pool: CandidatePool, pronoun: Token, referent: Referent) -> bool:
    """Whether a thing is named in a phrase before the clause of the pronoun, and nowhere before it.

    "In a letter to Moss, he said", "Asked about Moss, he said"; not "After Moss left, he said".
    """
    sentence = scene.document.sentences[pronoun.sentence]
    here = pool.names_of(referent, sentence.start, pronoun.i)
    if not here or here[0] is not referent.spots[0] or scene.document[pronoun.head].i < here[0].i:
        return False
    above = _above(scene, here[0].i)
    phrase = scene.place(here[0].i).part in (Part.PREPOSITION, Part.OBJECT)
    return phrase and pronoun.head in above and pronoun.dep == "nsubj"


def _asked(scene: ReferenceScene, pool: CandidatePool, pronoun: Token, referent: Referent) -> bool:
    """Whether a thing has just asked or told another, who answers: "Hill asked Reed if it was safe. He said it was"."""
    document = scene.document
    if any(_asks_here(scene, spot.i, pronoun) for spot in referent.spots[-4:]):
        return True
    last = document[referent.spots[-1].i]
    place = scene.place(last.i)
    verb = document[place.governor]
    if last.sentence != pronoun.sentence - 1:
        return False
    hearer = child(document, verb.i, "dobj", "dative")
    if place.part is not Part.SUBJECT or hearer is None or hearer.i not in pool.heads:
        return False
    if not may_be(pool.heads[hearer.i], pronoun) or pool.heads[hearer.i] is referent:
        return False
    return verb.lemma in _ASKING or (verb.lemma in _TELLING and document[pronoun.head].lemma in _REPLYING)


def _asks_here(scene: ReferenceScene, i: int, pronoun: Token) -> bool:
    """Whether token `i` names who asks in the sentence of an answer: "asked by Hill if it was safe, he said"."""
    by = scene.document[scene.place(i).governor]
    verb = scene.document[by.head]
    fronted = by.lower == "by" and verb.tag == "VBN" and verb.lemma in _ASKING
    return fronted and verb.sentence == pronoun.sentence and verb.i < pronoun.i and pronoun.head not in (verb.i, by.i)


def _is_interrupted(scene: ReferenceScene, pool: CandidatePool, pronoun: Token, referent: Referent) -> bool:
    """Whether another spoke or acted last whom the pronoun may mean, though nothing speaks for him.

    Somebody without a name: "The judge said it was late. He said", "A man
    stopped Hill. He said"; or one whom pronouns alone have made a woman:
    "R. K. Mehta, who appeared for Dana Ruiz, said she was ill. He said".
    """
    return _comes_after(scene, pool, pool.speaker, pronoun, referent) or _comes_after(
        scene, pool, pool.actor, pronoun, referent
    )


def _comes_after(
    scene: ReferenceScene, pool: CandidatePool, other: tuple[int, Referent] | None, pronoun: Token, referent: Referent
) -> bool:
    if other is None or other[1] is referent:
        return False
    at, speaker = other
    last = scene.document[at]
    before = last.sentence == pronoun.sentence - 1
    unnamed = speaker.cluster.unnamed
    if unnamed:
        near = pronoun.block - last.block <= 1 and not referent.cluster.unnamed
        goes_on = (near and other is pool.speaker) or (before and last.block == pronoun.block)
    else:
        goes_on = before and _is_guessed(speaker, pronoun)
    named = [s for s in pool.names_of(referent, at, pronoun.i) if not unnamed or _leads(scene, s.i, at)]
    return goes_on and may_be(speaker, pronoun) and not named


def _leads(scene: ReferenceScene, i: int, at: int) -> bool:
    """Whether a name is a subject, and not inside the phrase at `at`: not in "a lawyer for Hill", "a man hit Hill"."""
    return scene.place(i).part is Part.SUBJECT and at not in _above(scene, i)


def _above(scene: ReferenceScene, i: int) -> set[int]:
    return {t.i for t in scene.document.ancestors(i)}


def _is_guessed(speaker: Referent, pronoun: Token) -> bool:
    """Whether only pronouns taken for somebody say that he is of the other gender."""
    told = gender_of(pronoun)
    return speaker.gender is None and speaker.given is None and any(n for g, n in speaker.said.items() if g != told)
