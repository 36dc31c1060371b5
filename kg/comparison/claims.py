"""Statements of many articles -> claims: what several of them say in other words, and who denies it.

Two sentences say the same if they share most of what tells something, by
weight: stems, figures, who is named. Numbers that exclude each other, or
somebody else in the same place, keep them apart. A sentence that is turned round, by
"not" or by a denial, contradicts the other. Groups come from the likeliest pairs first,
and take in what agrees with all that is in them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import combinations, pairwise
from typing import Final

from ..rdf.terms import Iri
from ..records.attribution import Stance
from .agreeing import Joining, Repeated
from .told import ToldPart, ToldStatement, in_order, may_be_called
from .told_words import (
    NOT,
    is_to_come,
    is_whole,
    opening,
    plain_words,
    thousandths,
    told_terms,
    undone,
    weighty,
)

SAME: Final = 0.7
"""How much of what tells something two sentences share at least that say the same, from 0 to 1."""

SURELY: Final = 0.85
"""The same where one of them has a word that may say no to something."""

AGAIN: Final = (0.6, 11.0)
"""How much two sentences with a verb are alike at least, and how much they must share then, that one speaker says."""

LEAST: Final = 0.45
"""The same for any two sentences of one claim."""

SHARED: Final = 14.0
"""How much two sentences must share at least, as `told_words` weighs: two or three words that few articles have."""

SHARED_ALL: Final = 9.0
"""The same for two sentences with a verb that are `SURELY` alike."""

OPPOSED: Final = ((0.85, 8.0), (0.75, 9.0))
"""How much two sentences are alike at least, and how much they must share then, of which one says no to the other."""

DONE: Final = (3, 11.0)
"""How many words of what a negation says was not done another sentence must have at least, and how much they tell."""

DENIED: Final = 0.8
"""How much of a denial another sentence must have to be what it denies."""

DENIED_SHARED: Final = 8.0
"""How much a denial and what it denies must share at least: denials are short."""

LEAST_TOLD: Final = 5.0
"""How much a sentence tells at least that is compared at all."""

WORD_FOR_WORD: Final = (0.95, 4)
"""How much two sentences are alike, and how many words they share then, that are one claim in whatever words."""

HEAVY: Final = 7
"""Terms of a sentence by which it meets others, those that tell most; a pair of them in common is enough."""

NEAR: Final = 20
"""With how many of those before it a sentence is compared for one pair of terms: what keeps the work linear."""

MARKS: Final = "#@~%"
"""How the terms begin that are a figure, a person, anything else that has a name, and a day or month."""

MUST: Final = "#@"
"""Those of which no two sentences of a claim may have different ones: a regime may be a government."""


class Bearing(StrEnum):
    """What a statement does with a claim."""

    AFFIRMS = "affirms"
    DENIES = "denies"
    DOUBTS = "doubts"
    HEDGES = "hedges"


@dataclass(frozen=True, slots=True)
class SaidAlike:
    """Two statements of which one says what the other says, or (`contrary`) denies; `score` is how far words agree."""

    first: Iri
    second: Iri
    contrary: bool
    score: float


@dataclass(frozen=True, slots=True)
class FoundClaim:
    """What several statements say, in order of date.

    `words` is the first wording that affirms it, `first` the first date,
    `bearings` what each statement does with it, `likenesses` why they are together.
    """

    bearings: tuple[tuple[Iri, Bearing], ...]
    words: str
    first: date | None
    likenesses: tuple[SaidAlike, ...]


@dataclass(frozen=True, slots=True)
class ToldSentence:
    """A sentence of a statement."""

    of: ToldStatement
    part: ToldPart


_Face = tuple[frozenset[str], bool, Iri | None]
"""What of a sentence decides whether it agrees with others: terms, whether it denies, whose it is if decided about."""


def claims(
    told: Iterable[ToldStatement],
    merged: Collection[tuple[Iri, Iri]] = (),
    apart: Collection[tuple[Iri, Iri]] = (),
) -> list[FoundClaim]:
    """The claims that at least two statements bear on, in order of their first statement.

    `merged` and `apart` are what people decided of pairs of statements.

    >>> import tempfile
    >>> from kg import Article, extract, open
    >>> from kg.comparison.stored_statements import told_statements
    >>> with tempfile.TemporaryDirectory() as folder, open(f"{folder}/graph", create=True) as store:
    ...     for who in ("Jo Hill said", "Ida Berg denied that"):
    ...         _ = store.put(extract(Article(f"{who} soldiers had burned the village."), fast=True))
    ...     [(found.words, len(found.bearings)) for found in claims(told_statements(store, {}))]
    [('soldiers had burned the village', 2)]
    """
    found = [one for statement in sorted(told, key=in_order) for one in sentences(statement)]
    return grouped(found, _pairs(found), merged, apart)


def grouped(
    sentences: Sequence[ToldSentence],
    pairs: Iterable[tuple[int, int, float]],
    merged: Collection[tuple[Iri, Iri]] = (),
    apart: Collection[tuple[Iri, Iri]] = (),
) -> list[FoundClaim]:
    """The claims of sentences in order, by the pairs that `agreeing` gives a score; decisions as in `claims`."""
    decided = {key for pair in (*merged, *apart) for key in pair}
    together = {key for pair in merged for key in pair}
    never = {frozenset(pair) for pair in apart}
    faces = [(one.part.terms, _denies(one), one.of.key if one.of.key in decided else None) for one in sentences]
    joining = Joining(faces)

    def agree(a: _Face, b: _Face) -> bool:
        if frozenset((a[2], b[2])) in never or a[2] in together or b[2] in together:
            return frozenset((a[2], b[2])) not in never
        if exclude(a[0], b[0], MUST):
            return False
        return (_denied(a[0], b[0], a[1]) if a[1] is not b[1] else overlap(a[0], b[0])) >= LEAST

    pairs = sorted(pairs, key=lambda pair: (-pair[2], pair[0], pair[1]))
    first = {one.of.key: n for n, one in reversed(list(enumerate(sentences)))}
    for a, b in sorted(merged):
        if a in first and b in first:
            joining.join(first[a], first[b], lambda _x, _y: True)
    for m, n, _ in pairs:
        joining.join(m, n, agree)
    groups = joining.groups()
    home = {n: k for k, group in enumerate(groups) for n in group}
    alike: dict[int, list[tuple[int, int, float]]] = defaultdict(list)
    for m, n, score in pairs:
        if m in home and home.get(n) == home[m]:
            alike[home[m]].append((m, n, score))
    found = [_claim(sentences, group, alike[k]) for k, group in enumerate(groups)]
    return [one for one in found if one is not None and len(one.bearings) > 1]


def likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """How much of what two sentences tell is the same, from 0 to 1; 0 where figures or names exclude each other.

    >>> likeness(frozenset({"#30", "die", "blast"}), frozenset({"#12", "die", "blast"}))
    0.0
    """
    return 0.0 if exclude(one, other, MARKS) else overlap(one, other)


def overlap(one: frozenset[str], other: frozenset[str]) -> float:
    """How much of what two sentences tell is the same, from 0 to 1, whatever excludes each other."""
    return round(2 * weighty(one & other) / max(weighty(one) + weighty(other), 1e-9), 3)


def _denied(one: frozenset[str], other: frozenset[str], first: bool) -> float:
    """How much of a denial another sentence has; `first` is whether the first of the two is the denial."""
    return round(weighty(one & other) / max(weighty(one if first else other), 1e-9), 3)


def exclude(one: frozenset[str], other: frozenset[str], marks: str) -> bool:
    """Whether each of two sentences has a figure or a name that the other has not, of one of these marks.

    >>> thirty, dozen = frozenset({"#30", "die"}), frozenset({"#12", "die"})
    >>> exclude(thirty, dozen, "#"), exclude(thirty, frozenset({"die"}), "#")
    (True, False)
    """
    return any(_only(one, other, mark) and _only(other, one, mark) for mark in marks)


def _only(one: frozenset[str], other: frozenset[str], mark: str) -> bool:
    return any(term[0] == mark and term not in other for term in one)


def sentences(statement: ToldStatement) -> Iterator[ToldSentence]:
    """The sentences of a statement that tell enough to be known again, if it says that something is so or not."""
    denial = statement.stance is Stance.DENIES
    if statement.stance in (Stance.ASSERTS, Stance.DOUBTS, Stance.HEDGES) or (denial and statement.denies):
        for part in statement.parts:
            if weighty(part.terms) >= LEAST_TOLD and not part.text.rstrip("”\"’'").endswith("?"):
                yield ToldSentence(statement, part)


def _pairs(sentences: Sequence[ToldSentence]) -> Iterator[tuple[int, int, float]]:
    """Pairs of sentences, by place in the order, of which one says what the other says or denies."""
    met: dict[tuple[str, str], list[int]] = defaultdict(list)
    twice = Repeated((key for one in sentences for key in meeting_keys(one)), len(sentences) * HEAVY * (HEAVY - 1) // 2)
    for n, one in enumerate(sentences):
        near: set[int] = set()
        for key in meeting_keys(one):
            if key in twice:
                near.update(met[key][-NEAR:])
                met[key].append(n)
        for m in sorted(near):
            score = agreeing(sentences[m], one)
            if score:
                yield m, n, score


def meeting_keys(one: ToldSentence) -> Iterator[tuple[str, str]]:
    """The pairs of terms by which a sentence meets others: of those that tell most."""
    heavy = sorted(one.part.terms, key=lambda term: (-thousandths(term), term))[:HEAVY]
    return combinations(sorted(heavy), 2)


def agreeing(one: ToldSentence, other: ToldSentence) -> float:
    """How far two sentences agree, 0 where they share too little to tell, or one stands inside the other."""
    if other.of.key == one.of.refutes or one.of.key == other.of.refutes:
        return 1.0
    shared = one.part.terms & other.part.terms
    if one.of.article == other.of.article and one.of.at.overlaps(other.of.at):
        return 0.0
    if _denies(one) is not _denies(other):
        return _denied_alike(one, other, shared)
    score = likeness(one.part.terms, other.part.terms)
    if len(shared) > 2 and _is_opposed(one, other) and _opposes(score, shared):
        return score
    if _is_undone(one, other):
        return 1.0
    verbal = one.part.verbal and other.part.verbal
    alike = one.part.turned is other.part.turned and not _negates(one, other)
    if verbal and alike and _words(shared) > 2 and _says_again(one, other, shared):
        return overlap(one.part.terms, other.part.terms)
    told = score >= SAME and _tells_enough(score, shared, verbal=verbal)
    return score if told and (alike or _is_contrary(one, other)) else 0.0


def _denied_alike(one: ToldSentence, other: ToldSentence, shared: Collection[str]) -> float:
    """How far one of two sentences tells what the other denies; 0 where they share too little, or both say no.

    Words without a verb say nothing that could be denied ("the scandal over contacts"), nor does anybody contradict
    himself: "He denied contacts, and said his words on contacts had been about something else."
    """
    if weighty(shared) < DENIED_SHARED or _words(shared) < 2 or len(shared) < 3:
        return 0.0
    if _is_one_speaker(one, other) or not _affirms((other if _denies(one) else one).part):
        return 0.0
    inside = _denied(one.part.terms, other.part.terms, _denies(one))
    apart = exclude(one.part.terms, other.part.terms, MARKS) or _turned_apart(one, other) or _of_two(one, other)
    return inside if inside >= DENIED and not apart else 0.0


def _affirms(part: ToldPart) -> bool:
    """Whether words say that something is so or was done: with a verb, or as "the shipyard of hiding copper"."""
    return part.verbal or any(
        not is_whole(before) and doing.endswith("ing") for before, doing in pairwise(plain_words(part.text))
    )


def _tells_enough(score: float, shared: Collection[str], *, verbal: bool) -> bool:
    """Whether what two sentences share makes them one claim; of a phrase without a verb nearly all must be the same."""
    least, words = WORD_FOR_WORD
    if verbal and score >= least and _words(shared) >= words:
        return True
    if _words(shared) < 3 or weighty(shared) < (SHARED_ALL if verbal and score >= SURELY else SHARED):
        return False
    return verbal or score >= SURELY or any(term[0] == "#" for term in shared)


def _words(terms: Iterable[str]) -> int:
    """How many of terms name nobody and nothing, and no day."""
    return sum(term[0] not in "@~%" for term in terms)


def _opposes(score: float, shared: Collection[str]) -> bool:
    """Whether two sentences that are so much alike and share this are of one thing, of which one says no."""
    return any(score >= least and weighty(shared) >= weight for least, weight in OPPOSED)


def _says_again(one: ToldSentence, other: ToldSentence, shared: Collection[str]) -> bool:
    """Whether one named speaker says nearly the same in two articles; what is named besides may go by other names."""
    least, weight = AGAIN
    return (
        _is_one_speaker(one, other)
        and one.of.article != other.of.article
        and weighty(shared) >= weight
        and not exclude(one.part.terms, other.part.terms, MUST)
        and overlap(one.part.terms, other.part.terms) >= least
    )


def _is_one_speaker(one: ToldSentence, other: ToldSentence) -> bool:
    named = bool(one.of.name and other.of.name)
    return named and (one.of.speaker == other.of.speaker or may_be_called(one.of.name, other.of.name))


def _turned_apart(one: ToldSentence, other: ToldSentence) -> bool:
    """Whether the words of a denial, or of what it may deny, say no by themselves; where both do, as they point."""
    if one.of.refutes or other.of.refutes:
        return one.part.turned is not other.part.turned
    return one.part.turned or other.part.turned


def _is_opposed(one: ToldSentence, other: ToldSentence) -> bool:
    """Whether of two sentences on somebody one says no to what the other says, as of one time and of other mouths."""
    names = any(term[0] in "@~" for term in one.part.terms & other.part.terms)
    return (
        names and one.part.verbal and other.part.verbal and _is_contrary(one, other)
        and not (one.of.denies or other.of.denies)
        and not _is_one_speaker(one, other)
    )  # fmt: skip


def _denies(one: ToldSentence) -> bool:
    """Whether a sentence says that what its terms say is not so; who denies that it is a lie says that it is."""
    return (one.of.stance is Stance.DENIES) is not one.part.denied


def _negates(one: ToldSentence, other: ToldSentence) -> bool:
    """Whether one of two sentences says no to a word that both have, and nothing else turns one of them round."""
    shared = (one.part.negated ^ other.part.negated) & one.part.terms & other.part.terms
    return one.part.turning ^ other.part.turning == {NOT} and any(term[0] not in MARKS for term in shared)


def _is_contrary(one: ToldSentence, other: ToldSentence) -> bool:
    """Whether one of two sentences that are alike says no to what the other says: by a denial, or by a negation."""
    return _denies(one) is not _denies(other) or _says_no(one, other)


def _says_no(one: ToldSentence, other: ToldSentence) -> bool:
    """Whether one of two sentences that are alike has a negation where the other has none."""
    return (
        Stance.DOUBTS not in (one.of.stance, other.of.stance)
        and one.of.speakers != other.of.speakers
        and _negates(one, other)
        and is_to_come(one.part.text) is is_to_come(other.part.text)
        and not _of_two(one, other)
    )


def _is_undone(one: ToldSentence, other: ToldSentence) -> bool:
    """Whether of two sentences one says that something was not done that the other says was, whatever else it says.

    "The trawler had not entered Korin waters"; "it had entered Korin waters and ignored three warnings".
    """
    if not _says_no(one, other) or one.of.denies or other.of.denies or _is_one_speaker(one, other):
        return False
    first, second = (one, other) if NOT in one.part.turning else (other, one)
    done, said = undone(first.part.text), told_terms(second.part.text)
    least, weight = DONE
    if len(set(done)) < least or weighty(set(done)) < weight:
        return False
    reach = len(done) + 2
    return any(term == done[0] and set(done) <= {*said[n : n + reach]} for n, term in enumerate(said))


def _of_two(one: ToldSentence, other: ToldSentence) -> bool:
    """Whether each of two sentences begins with somebody or something that the other does not speak of at all."""
    subjects = opening(one.part.text), opening(other.part.text)
    if not one.of.refutes and not other.of.refutes:
        return bool(
            (subjects[0] & one.part.terms) - other.part.terms and (subjects[1] & other.part.terms) - one.part.terms
        )
    return False


def _claim(
    sentences: Sequence[ToldSentence], group: Sequence[int], alike: Sequence[tuple[int, int, float]]
) -> FoundClaim | None:
    """The claim of a group of sentences, in the words that mislead least; None if one mouth tells it once.

    Of statements one in another the inner one counts.
    """
    several = [sentences[n] for n in group]
    outer = {
        one.of.key for one in several for other in several
        if one.of.article == other.of.article and one.of.at != other.of.at and other.of.at in one.of.at
        and one.of.refutes != other.of.key
    }  # fmt: skip
    several = [one for one in several if one.of.key not in outer]
    if len({one.of.article for one in several}) < 2 and len({one.of.speakers for one in several}) < 2:
        return None
    first = min(several, key=_misleads)
    bearings: dict[Iri, Bearing] = {}
    for one in several:
        bearings.setdefault(one.of.key, _bearing(one, first))
    likest: dict[tuple[Iri, Iri], SaidAlike] = {}
    for m, n, score in alike:
        a, b = sentences[m], sentences[n]
        if a.of.key in bearings and b.of.key in bearings:
            likest.setdefault((a.of.key, b.of.key), SaidAlike(a.of.key, b.of.key, _is_contrary(a, b), score))
    since = min((one.of.published for one in several if one.of.published is not None), default=None)
    return FoundClaim(tuple(bearings.items()), first.part.text, since, tuple(likest.values()))


def _misleads(one: ToldSentence) -> tuple[bool, bool, bool]:
    """How ill a sentence may stand for the claim: one that denies or doubts it, says no, or begins in the middle."""
    return one.of.stance is not Stance.ASSERTS, bool(one.part.negated), not is_whole(one.part.text)


def _bearing(one: ToldSentence, first: ToldSentence) -> Bearing:
    """What a sentence does with a claim in the words of the first, which all who have them may deny.

    "It is a lie that the ferry sank" are words that deny by themselves: who says them affirms them.
    """
    if one.of.stance is Stance.DOUBTS:
        return Bearing.DOUBTS
    if _denies(one) is not first.part.denied or _says_no(one, first):
        return Bearing.DENIES
    return Bearing.HEDGES if one.part.hedged or one.of.stance is Stance.HEDGES else Bearing.AFFIRMS
