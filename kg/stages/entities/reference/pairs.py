"""A word that refers and what it may stand for -> the numbers that the ranker weighs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import log1p

from ....records.mention import MentionKind
from ....text.blocks import BlockKind
from ....text.document import Token
from ..aliases import PERSON
from .article_scene import Part, Place, ReferenceScene, gender_of
from .candidate_pool import CandidatePool, Referent, Spot
from .encoder_pointer import pointed
from .hard_limits import barred
from .turns import may_be

Numbers = dict[str, float]

_NEVER = 20.0
"""The distance of what has not been mentioned."""

_NEAR = 120
"""Tokens in which mentions count as recent."""

_KINDS = {MentionKind.NAME: 0.0, MentionKind.NOMINAL: 1.0, MentionKind.PRONOUN: 2.0}
_OTHER = {"m": "f", "f": "m"}


@dataclass(frozen=True, slots=True)
class AskedMention:
    """A word, where it stands, what it may stand for, the latest first, and the gender that it tells."""

    token: Token
    place: Place
    candidates: tuple[Referent, ...]
    gender: str | None


@dataclass(frozen=True, slots=True)
class _Seen:
    """A candidate and where it was mentioned last: at all, as a subject, by name."""

    referent: Referent
    last: Spot | None
    subject: Spot | None
    name: Spot | None


def asked(scene: ReferenceScene, pool: CandidatePool, pronoun: Token) -> AskedMention:
    """A pronoun with all that it may stand for: what was mentioned before, and what its sentence names after it."""
    end = scene.document.sentences[pronoun.sentence].end
    near = pool.near(pronoun.i)
    known = {r.number for r in near}
    ahead = [r for r in pool.ahead(pronoun.i, end) if r.number not in known]
    fits = [r for r in (*near, *ahead) if may_be(r, pronoun) and not barred(scene, pool, pronoun, r)]
    return AskedMention(pronoun, scene.place(pronoun.i), tuple(fits), gender_of(pronoun))


def numbers(scene: ReferenceScene, pool: CandidatePool, a: AskedMention) -> list[Numbers]:
    """For each candidate of a question what speaks for it and against it."""
    seen = [_seen(scene, r) for r in a.candidates]
    subjects = sorted((s.subject.i for s in seen if s.subject is not None), reverse=True)
    own = _own(scene, a)
    shown: list[Numbers] = [{}] * len(seen)
    if scene.pointer is not None:
        end = scene.document.sentences[a.token.sentence].end
        shown = pointed(
            scene.pointer, a.token.i, a.candidates, [pool.next_name(r, a.token.i, end) for r in a.candidates]
        )
    return [
        _recency(scene, a, n, seen, subjects)
        | _parts(scene, a, seen[n])
        | _clauses(scene, a, seen[n])
        | _salience(scene, a, n, seen)
        | _gender(a, seen[n])
        | _speech(scene, pool, a, n, seen)
        | _chain(scene, pool, a, seen[n])
        | _ahead(scene, pool, a, seen[n])
        | own
        | shown[n]
        for n in range(len(seen))
    ]


def _seen(scene: ReferenceScene, referent: Referent) -> _Seen:
    spots = referent.spots
    subject = next((s for s in reversed(spots[-6:]) if scene.place(s.i).is_subject), None)
    name = next((s for s in reversed(spots) if s.kind is MentionKind.NAME), None)
    return _Seen(referent, spots[-1] if spots else None, subject, name)


def _own(scene: ReferenceScene, a: AskedMention) -> Numbers:
    """The word itself: the part that it plays, how deep it stands, whether it is quoted or speaks."""
    document, token, here = scene.document, a.token, a.place
    found = {f"own {part.name.lower()}": float(here.part is part) for part in Part}
    return found | {
        "own depth": float(here.depth),
        "own verbs": float(len(here.verbs)),
        "opens": float(token.i - document.sentences[token.sentence].start < 3),
        "quoted": float(bool(scene.quotes[token.i])),
        "speaks": float(scene.speaks(token)),
        "candidates": float(len(a.candidates)),
    }


def _recency(scene: ReferenceScene, a: AskedMention, n: int, seen: Sequence[_Seen], subjects: Sequence[int]) -> Numbers:
    """How far back it was mentioned, and how many others later."""
    document, token = scene.document, a.token
    last, subject, name = seen[n].last, seen[n].subject, seen[n].name
    later = [s.last for s in seen if s.last is not None and (last is None or s.last.i > last.i)]
    return {
        "before": float(last is not None),
        "sentences": _sentences(scene, token, last.i if last else None),
        "tokens": log1p(token.i - last.i) if last else _NEVER,
        "blocks": float(min(token.block - document[last.i].block, 5)) if last else _NEVER,
        "rank": float(len(later)),
        "subject rank": float(subjects.index(subject.i)) if subject else 9.0,
        "between subjects": float(sum(scene.place(s.i).is_subject for s in later)),
        "name sentences": _sentences(scene, token, name.i if name else None),
        "name tokens": log1p(token.i - name.i) if name else _NEVER,
        "subject sentences": _sentences(scene, token, subject.i if subject else None),
    }


def _sentences(scene: ReferenceScene, token: Token, since: int | None) -> float:
    return _NEVER if since is None else float(min(token.sentence - scene.document[since].sentence, 12))


def _parts(scene: ReferenceScene, a: AskedMention, seen: _Seen) -> Numbers:
    """The part that it played last."""
    last = seen.last
    there = scene.place(last.i) if last else None
    found = {f"was {part.name.lower()}": float(there is not None and there.part is part) for part in Part}
    preposition = ""
    if there is not None and there.part is Part.PREPOSITION:
        preposition = scene.document[there.governor].lower
    return found | {
        "kind": _KINDS[last.kind] if last else -1.0,
        "same part": float(there is not None and there.part is a.place.part),
        "joined": float(there is not None and there.joined),
        "beside": float(there is not None and there.beside),
        "depth": float(there.depth) if there else -1.0,
        "of": float(preposition == "of"),
        "by": float(preposition == "by"),
        "name part": float(scene.place(seen.name.i).part) if seen.name else -1.0,
    }


def _clauses(scene: ReferenceScene, a: AskedMention, seen: _Seen) -> Numbers:
    """How its last clause and the word's hang together."""
    document, here = scene.document, a.place
    last = seen.last
    there = scene.place(last.i) if last else None
    if last is None or there is None:
        return dict.fromkeys(_CLAUSES, 0.0) | {"clause level": -1.0}
    same = document[last.i].sentence == a.token.sentence
    above = same and there.is_subject and not there.joined and there.governor in here.verbs
    owned = scene.place(there.governor).is_subject if there.part is Part.OWNER else False
    return {
        "same sentence": float(same),
        "clause level": float(here.verbs.index(there.governor)) if above else -1.0,
        "same verb": float(same and there.verbs[:1] == here.verbs[:1] != ()),
        "inside": float(same and any(t.i == last.i for t in document.ancestors(a.token.i))),
        "main subject": float(there.is_subject and len(there.verbs) == 1),
        "owner of subject": float(owned),
    }


_CLAUSES = ("same sentence", "same verb", "inside", "main subject", "owner of subject")


def _salience(scene: ReferenceScene, a: AskedMention, n: int, seen: Sequence[_Seen]) -> Numbers:
    """How much the article, and what stands before the word, is about it."""
    document, token, r = scene.document, a.token, seen[n].referent
    near = [[s for s in o.referent.spots[-30:] if token.i - s.i <= _NEAR] for o in seen]
    total = sum(map(len, near))
    last = seen[n].last
    first = last is not None and not any(
        o.last is not None and o.last.i < last.i and document[o.last.i].sentence == document[last.i].sentence
        for o in seen
    )
    return {
        "first in sentence": float(first),
        "mentions near": float(len(near[n])),
        "share near": len(near[n]) / total if total else 0.0,
        "subject share": sum(scene.place(s.i).is_subject for s in near[n]) / max(1, len(near[n])),
        "names in all": float(min(len(r.names), 20)),
        "most named": float(all(len(o.referent.names) <= len(r.names) for o in seen)),
        "first named": float(all(o.referent.number >= r.number for o in seen)),
        "headline": float(any(document.kind(s.i) is BlockKind.HEADLINE for s in r.names[:3])),
        "person": float(r.cluster.type == PERSON),
        "named": float(bool(r.names)),
        "single": float(bool(r.cluster.names) and not r.cluster.full),
        "others agree": float(sum(o.referent.gender == a.gender for o in seen) - (r.gender == a.gender)),
    }


def _gender(a: AskedMention, seen: _Seen) -> Numbers:
    """Whether names, titles and the pronouns taken for it so far agree with the gender that the word tells."""
    r, gender = seen.referent, a.gender or ""
    other = _OTHER.get(gender, "")
    return {
        "gender": _agree(r.gender, gender) * (2.0 if r.sure else 1.0),
        "given": _agree(r.given, gender),
        "votes": float(r.votes[gender] - r.votes[other]),
        "said": float(min(r.said[gender], 9)),
        "said other": float(min(r.said[other], 9)),
    }


def _agree(told: str | None, gender: str) -> float:
    return 0.0 if not told or not gender else 1.0 if told == gender else -1.0


def _speech(scene: ReferenceScene, pool: CandidatePool, a: AskedMention, n: int, seen: Sequence[_Seen]) -> Numbers:
    """Whether it was quoted or speaking when last mentioned, whether it spoke last, and how near outside quotations."""
    last, out, speaker = seen[n].last, seen[n].referent.outside, pool.speaker
    spoken = speaker is not None and speaker[1] is seen[n].referent
    others = [o.referent.outside for o in seen if o.referent.outside is not None]
    quote = scene.quotes[last.i] if last else 0
    spoke = last is not None and scene.speaks(scene.document[last.i])
    return {
        "was quoted": float(bool(quote)),
        "same quote": float(bool(quote) and quote == scene.quotes[a.token.i]),
        "spoke": float(spoke),
        "both speak": float(spoke and scene.speaks(a.token)),
        "spoke last": 0.0 if speaker is None else 1.0 if spoken else -1.0,
        "speech sentences": _sentences(scene, a.token, speaker[0] if speaker else None),
        "outside sentences": _sentences(scene, a.token, out),
        "outside rank": 9.0 if out is None else float(sum(o > out for o in others)),
    }


def _chain(scene: ReferenceScene, pool: CandidatePool, a: AskedMention, seen: _Seen) -> Numbers:
    """What the last pronoun of this gender stood for."""
    link = pool.chain.get(a.gender or "")
    if link is None:
        return {"chained": 0.0, "chain sentences": _NEVER, "chain part": -1.0}
    at, referent = link
    return {
        "chained": 1.0 if referent is seen.referent else -1.0,
        "chain sentences": float(min(a.token.sentence - scene.document[at].sentence, 12)),
        "chain part": float(scene.place(at).part),
    }


def _ahead(scene: ReferenceScene, pool: CandidatePool, a: AskedMention, seen: _Seen) -> Numbers:
    """Where its name comes after the word: "In her opening remarks, Waters said", but not "he said Hill was ill"."""
    document, here, token = scene.document, a.place, a.token
    end = document.sentences[token.sentence].end
    following = document.sentences[min(token.sentence + 1, len(document.sentences) - 1)].end
    found = {
        "ahead": 3 * _NEVER,
        "named next": float(pool.next_name(seen.referent, end - 1, following) is not None),
        "ahead subject": 0.0,
        "ahead above": 0.0,
        "ahead below": 0.0,
        "ahead same verb": 0.0,
    }
    spot = pool.next_name(seen.referent, token.i, end)
    if spot is None:
        return found
    there = scene.place(spot.i)
    return found | {
        "ahead": float(min(spot.i - token.i, 40)),
        "ahead subject": float(there.is_subject),
        "ahead above": float(there.governor in here.verbs),
        "ahead below": float(here.is_subject and here.governor in there.verbs),
        "ahead same verb": float(there.verbs[:1] == here.verbs[:1] != ()),
    }
