"""Whose turn it is to speak: not his who has just been told, has just asked, or stands inside another's name."""

from __future__ import annotations

from ....language.lexicon import words
from ....language.syntax import child
from ....text.document import Document, Token
from .article_scene import PERSONAL, Part, ReferenceScene, gender_of
from .candidate_pool import CandidatePool, Referent

_TELLING = words("speech", "needs a hearer")
_ASKING = words("speech", "asks somebody")
_REPLYING = words("speech", "replies")
_DENYING = words("speech", "denying")
_QUESTION = words("speech", "opens what is told") - {"that"} | {"about"}
_UNTRUE = words("speech", "untrue")
_BLAMING = words("grammar", "blames its object")
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
        or _is_aside_speaker(scene, pool, pronoun, referent)
        or _asked(scene, pool, pronoun, referent)
        or _is_interrupted(scene, pool, pronoun, referent)
    )


def is_anothers_charge(scene: ReferenceScene, pool: CandidatePool, pronoun: Token, referent: Referent) -> bool:
    """Whether what a pronoun denies or pleads to was charged to another: by a thing, or where only he is accused."""
    return _accuses(scene, pronoun, referent) or _pleads_for_another(scene, pool, pronoun, referent)


def _accuses(scene: ReferenceScene, pronoun: Token, referent: Referent) -> bool:
    """Whether somebody was last the subject of a charge against another that the pronoun denies."""
    document = scene.document
    if not referent.spots or pronoun.dep != "nsubj" or not _denies(scene, pronoun):
        return False
    last = document[referent.spots[-1].i]
    verb = document[scene.place(last.i).governor]
    blames = verb.lemma in _BLAMING and child(document, verb.i, "dobj") is not None
    said = child(document, verb.i, "ccomp")
    other = child(document, said.i, "nsubj", "nsubjpass") if said is not None else None
    blames = blames or (other is not None and other.ent == "PERSON")
    return blames and scene.place(last.i).part is Part.SUBJECT and 0 <= pronoun.sentence - last.sentence <= 1


def _pleads_for_another(scene: ReferenceScene, pool: CandidatePool, pronoun: Token, referent: Referent) -> bool:
    """Whether somebody else was accused just before a plea: "Jo Hill arrested Dan Moss. He pleaded" is Moss."""
    if scene.document[pronoun.head].lemma != "plead" or _is_accused(scene, pronoun, referent):
        return False
    others = (r for r in pool.near(pronoun.i, _NEAR) if r is not referent and may_be(r, pronoun))
    return any(_is_accused(scene, pronoun, r) for r in others)


def _is_accused(scene: ReferenceScene, pronoun: Token, referent: Referent) -> bool:
    """Whether a thing has been charged with something in the three sentences before a pronoun."""
    document = scene.document
    near = (document[s.i] for s in referent.spots[-6:] if pronoun.sentence - document[s.i].sentence <= _PARAGRAPHS)
    return any(t.dep in ("dobj", "nsubjpass") and document[t.head].lemma in _BLAMING for t in near)


def _denies(scene: ReferenceScene, pronoun: Token) -> bool:
    """Whether a pronoun is the subject of a denial of what was said: "he denies it", "he said the claim was false"."""
    document = scene.document
    verb = document[pronoun.head]
    if verb.lemma in _DENYING:
        return _is_bare(document, child(document, verb.i, "dobj"), verb)
    said = child(document, verb.i, "ccomp")
    if said is None or not scene.speaks(pronoun):
        return False
    called = child(document, said.i, "acomp", "attr")
    return called is not None and called.lower in _UNTRUE and _is_bare(document, child(document, said.i, "nsubj"), said)


def _is_bare(document: Document, noun: Token | None, verb: Token) -> bool:
    """Whether a word means what was said before, and no clause of its own: "the charge", not "claims that he lied"."""
    if noun is None or any(k.i > noun.i for k in document.kids(noun.i)):
        return False
    own = any(k.dep in words("parse", "clause that a noun takes") for k in document.kids(verb.i))
    return not own and (noun.lower in ("it", "this") or noun.lower in _CLAIMS or noun.lemma in _CLAIMS)


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
    """Whether a thing has just asked or told another, who answers: "Hill asked Reed if it was safe. He said it was".

    After a request nobody answers; somebody without a name who has done
    something to a named person is no more likely to go on than he.
    """
    for spot in referent.spots[-4:]:
        verb = scene.document[scene.place(spot.i).governor]
        hearer = _hearer(scene, pool, spot.i, pronoun)
        if hearer is not None and hearer is not referent:
            return _is_answered(scene, verb, pronoun) or (referent.cluster.unnamed and not hearer.cluster.unnamed)
    return False


def _is_aside_speaker(scene: ReferenceScene, pool: CandidatePool, pronoun: Token, referent: Referent) -> bool:
    """Whether somebody without a name has only spoken beside or of a named person, who may go on.

    "Hill won.\n\nAn official said it was close.\n\nHe said", "A doctor said he would live. He said".
    """
    document = scene.document
    last = document[referent.spots[-1].i]
    if not referent.cluster.unnamed or last.lower in PERSONAL:
        return False
    named = [r for r in pool.near(pronoun.i, _NEAR) if not r.cluster.unnamed and may_be(r, pronoun)]
    if last.block < pronoun.block:
        spots = (s.i for r in named for s in r.spots)
        return any(_leads(scene, i, last.i) and pronoun.block - document[i].block <= _PARAGRAPHS for i in spots)
    told = range(last.i + 1, document.sentences[last.sentence].end)
    return any(document[i].lower in PERSONAL and pool.heads.get(i) in named for i in told)


_NEAR = 200
_PARAGRAPHS = 3
"""Tokens and paragraphs within which somebody named goes on past one without a name."""


def _hearer(scene: ReferenceScene, pool: CandidatePool, i: int, pronoun: Token) -> Referent | None:
    """Who is the object of the verb of token `i`, in the sentence before a pronoun that may mean him."""
    place = scene.place(i)
    if place.part is not Part.SUBJECT or scene.document[i].sentence != pronoun.sentence - 1 or len(place.verbs) > 1:
        return None
    hearer = child(scene.document, place.governor, "dobj", "dative")
    found = pool.heads.get(hearer.i) if hearer is not None else None
    return found if found is not None and may_be(found, pronoun) else None


def _is_answered(scene: ReferenceScene, verb: Token, pronoun: Token) -> bool:
    """Whether a verb asks a question, or tells something that the pronoun replies to."""
    document = scene.document
    replies = document[pronoun.head].lemma in _REPLYING
    if verb.lemma not in _ASKING:
        return replies and verb.lemma in _TELLING
    end = document.sentences[verb.sentence].end
    asks = any(document[i].lower in _QUESTION or document[i].text in "?:" for i in range(verb.i + 1, end))
    return replies or asks or verb.lemma != "ask"


def _is_interrupted(scene: ReferenceScene, pool: CandidatePool, pronoun: Token, referent: Referent) -> bool:
    """Whether another spoke or acted last whom the pronoun may mean, though nothing speaks for him.

    Somebody without a name: "The judge said it was late. He said", "A man
    stopped Hill. He said"; or one whom pronouns alone have made a woman:
    "R. K. Mehta, who appeared for Dana Ruiz, said she was ill. He said".
    """
    return _comes_after(scene, pool, pool.speaker, pronoun, referent) or _comes_after(
        scene, pool, pool.actor, pronoun, referent
    )


def _is_asked(scene: ReferenceScene, pool: CandidatePool, at: int, pronoun: Token, referent: Referent) -> bool:
    """Whether a thing is who was asked by the one at token `at`."""
    verb = scene.document[scene.place(at).governor]
    return _hearer(scene, pool, at, pronoun) is referent and _is_answered(scene, verb, pronoun)


def _comes_after(
    scene: ReferenceScene, pool: CandidatePool, other: tuple[int, Referent] | None, pronoun: Token, referent: Referent
) -> bool:
    if other is None or other[1] is referent:
        return False
    at, speaker = other
    last = scene.document[at]
    before = last.sentence == pronoun.sentence - 1
    if speaker.cluster.unnamed:
        near = pronoun.block - last.block <= 1 and not referent.cluster.unnamed
        goes_on = (near and other is pool.speaker) or (before and last.block == pronoun.block)
        named = _leads_since(scene, pool, referent, at, pronoun)
    elif before and referent.spots and _is_told_of(scene, referent.spots[-1].i, at):
        goes_on, named = True, _leads_since(scene, pool, referent, at, pronoun)
    else:
        goes_on, named = before and _is_guessed(speaker, pronoun), bool(pool.names_of(referent, at, pronoun.i))
    asked = _is_asked(scene, pool, at, pronoun, referent)
    return goes_on and may_be(speaker, pronoun) and not named and not asked


def _leads_since(scene: ReferenceScene, pool: CandidatePool, referent: Referent, at: int, pronoun: Token) -> bool:
    """Whether a thing is named as the subject of a sentence after token `at`."""
    return any(_leads(scene, spot.i, at) for spot in pool.names_of(referent, at, pronoun.i))


def _is_told_of(scene: ReferenceScene, i: int, at: int) -> bool:
    """Whether a word stands only in what the one at token `at` says: "Reed said Moss lied. He said"."""
    verbs = scene.place(i).verbs
    return i > at and len(verbs) > 1 and scene.place(at).governor in verbs[1:]


def _leads(scene: ReferenceScene, i: int, at: int) -> bool:
    """Whether a name is a sentence's subject, and not inside the phrase at `at`: not in "a man hit Hill"."""
    place = scene.place(i)
    return place.part is Part.SUBJECT and len(place.verbs) < 2 and at not in _above(scene, i)


def _above(scene: ReferenceScene, i: int) -> set[int]:
    return {t.i for t in scene.document.ancestors(i)}


def _is_guessed(speaker: Referent, pronoun: Token) -> bool:
    """Whether only pronouns taken for somebody say that he is of the other gender."""
    told = gender_of(pronoun)
    return speaker.gender is None and speaker.given is None and any(n for g, n in speaker.said.items() if g != told)
