"""Figures, quotations and sentences as items that meet: how each is kept, read, and told as quads."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

from ..rdf.terms import Iri, Quad
from ..records.attribution import Stance
from ..text.article import Span
from .claims import NEAR, ToldSentence, agreeing, grouped, meeting_keys, sentences
from .figure_pairs import AHEAD, Finding, OneVoice, ReportedFigure, figure_keys, paired
from .meetings import Known, Meeting, Together
from .stored_figures import pair_quads
from .told import ToldPart, ToldStatement
from .told_quads import ToldScribe
from .utterances import NEAR as NEAR_QUOTED
from .utterances import QuotedStretch, carried, quotations, runs, share_words
from .voices import Voices

JOIN: Final = "\x1f"
"""What stands between the parts of a key."""

FINDINGS: Final = tuple(Finding)
"""What may be said of two figures, by number."""

IsCopy = Callable[[str], bool]
"""Whether an article, by IRI, prints another's story."""


@dataclass(frozen=True, slots=True)
class KeptSentence:
    """A sentence with those whom its statement cites."""

    sentence: ToldSentence
    cited: tuple[Iri, ...]


@dataclass(frozen=True, slots=True)
class KeptQuotation:
    """A quotation with those whom its statement cites."""

    quotation: QuotedStretch
    cited: tuple[Iri, ...]


@dataclass(frozen=True, slots=True)
class Kept:
    """An item to be kept, and the things on whose identity it depends."""

    data: list[Any]
    things: frozenset[str]


# -- what is kept of an article


def kept_figures(told: Iterable[ReportedFigure]) -> Iterator[Kept]:
    """The figures of an article that may be compared."""
    for one in told:
        if figure_keys(one):
            things = {*one.reporters, *one.cited, one.place, one.setting, *one.around} - {None}
            yield Kept(_figure_row(one), frozenset(filter(None, things)))


def kept_sentences(told: Iterable[ToldStatement], voices: Voices) -> Iterator[Kept]:
    """The sentences of an article that may say what others say."""
    for statement in told:
        cited = voices.cited.get(statement.key, ())
        for one in sentences(statement):
            part = one.part
            row = [
                _statement_row(statement), part.text, sorted(part.terms), sorted(part.negated),
                sorted(part.turning), part.verbal, part.hedged, part.denied, cited,
            ]  # fmt: skip
            yield Kept(row, _things(statement, cited))


def kept_quotations(told: Iterable[ToldStatement], voices: Voices) -> Iterator[Kept]:
    """The quotations of an article that others may have too."""
    for statement in told:
        cited = voices.cited.get(statement.key, ())
        for one in quotations(statement):
            if any(runs(one)):
                yield Kept([_statement_row(statement), one.text, one.words, cited], _things(statement, cited))


def _things(statement: ToldStatement, cited: Iterable[Iri]) -> frozenset[str]:
    return frozenset({statement.key, *cited, *statement.speakers})


def _statement_row(one: ToldStatement) -> list[Any]:
    """A statement without its words."""
    return [
        one.key, one.article, one.published and one.published.isoformat(), one.at.start, one.at.end, one.speaker,
        one.name, one.stance, one.denies, one.paragraph, one.refutes,
        one.joint,
    ]  # fmt: skip


def _figure_row(one: ReportedFigure) -> list[Any]:
    days = [day and day.isoformat() for day in (one.published, one.start, one.end)]
    bounds = [None if bound is None else str(bound) for bound in (one.low, one.high)]
    return [
        one.key, one.article, *days, one.concept, one.named, one.counted, *bounds, one.rounded, one.share,
        one.reporters, one.cited, one.place, one.setting, one.plain, sorted(one.context), sorted(one.beside), one.aimed,
        one.at, one.called, one.grown, one.around, one.paper, one.scene,
    ]  # fmt: skip


# -- how it is read


def _thing(known: Known, thing: str | None) -> Iri | None:
    return None if thing is None else Iri(known(thing))


def _all(known: Known, things: Iterable[str]) -> tuple[Iri, ...]:
    return tuple(sorted({Iri(known(thing)) for thing in things}))


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def _statement(row: list[Any], known: Known) -> ToldStatement:
    key, article, published, start, end, speaker, name, stance, denies, paragraph, refutes, joint = row
    return ToldStatement(
        Iri(key), Iri(article), _day(published), Span(start, end), _thing(known, speaker), tuple(name), Stance(stance),
        denies, "", (), (), None if paragraph is None else Iri(paragraph), None if refutes is None else Iri(refutes),
        tuple(dict.fromkeys(Iri(known(thing)) for thing in joint)),
    )  # fmt: skip


def _sentence(row: list[Any], known: Known) -> KeptSentence:
    statement, text, terms, negated, turning, verbal, hedged, denied, cited = row
    part = ToldPart(text, frozenset(terms), frozenset(negated), frozenset(turning), verbal, hedged, denied)
    return KeptSentence(ToldSentence(_statement(statement, known), part), _all(known, cited))


def _quotation(row: list[Any], known: Known) -> KeptQuotation:
    statement, text, words, cited = row
    return KeptQuotation(QuotedStretch(_statement(statement, known), tuple(words), text), _all(known, cited))


def _figure(row: list[Any], known: Known) -> ReportedFigure:
    (
        key, article, published, start, end, concept, named, counted, low, high, rounded, share, reporters, cited,
        place, setting, plain, context, beside, aimed, at, called, grown, around, paper, scene,
    ) = row  # fmt: skip
    return ReportedFigure(
        Iri(key), Iri(article), _day(published), Iri(concept), named, counted,
        None if low is None else Decimal(low), None if high is None else Decimal(high), rounded, share,
        _all(known, reporters), _all(known, cited), _thing(known, place), _thing(known, setting),
        _day(start), _day(end), plain, frozenset(context), frozenset(beside), aimed, at,
        called=tuple(map(tuple, called)), grown=grown, around=_all(known, around),
        paper=None if paper is None else Iri(paper), scene=_all(known, scene),
    )  # fmt: skip


# -- who meets whom

SENTENCES: Final[Meeting[KeptSentence]] = Meeting(
    4,
    NEAR,
    _sentence,
    lambda one: map(JOIN.join, meeting_keys(one.sentence)),
    lambda one, other: agreeing(one.sentence, other.sentence),
)
QUOTATIONS: Final[Meeting[KeptQuotation]] = Meeting(
    3,
    NEAR_QUOTED,
    _quotation,
    lambda one: map(JOIN.join, runs(one.quotation)),
    lambda one, other: float(share_words(other.quotation, one.quotation)),
)


def figures(one_voice: OneVoice, is_copy: IsCopy) -> Meeting[ReportedFigure]:
    """How figures meet; those of an article that prints another's story are no reports of their own."""

    def keys(one: ReportedFigure) -> Iterator[str]:
        return map(JOIN.join, () if is_copy(one.article) else sorted(figure_keys(one)))

    def score(one: ReportedFigure, other: ReportedFigure) -> float:
        pair = paired(one, other, one_voice)
        return 0.0 if pair is None else 1.0 + FINDINGS.index(pair.finding)

    return Meeting(2, AHEAD, _figure, keys, score, alone=True)


# -- what is told


def told_figures(base: str, found: Together[ReportedFigure], one_voice: OneVoice) -> Iterator[Quad]:
    """What may be said of figures that meet."""
    for m, n, _ in found.pairs:
        pair = paired(found.items[m], found.items[n], one_voice)
        if pair is not None:
            yield from pair_quads(base, pair)


def told_utterances(
    base: str, found: Together[KeptQuotation], copies: Mapping[str, str], voices: Voices
) -> Iterator[Quad]:
    """The utterances of quotations that share words; `voices` has pairs of speakers."""
    several = [one.quotation for one in found.items]
    cited = {one.quotation.of.key: one.cited for one in found.items}
    scribe = ToldScribe(base, {one.of.key: one.of for one in several}, copies, Voices(voices.pairs, cited))
    for utterance in carried(several, ((m, n) for m, n, _ in found.pairs)):
        yield from scribe.utterance(utterance)


def told_claims(
    base: str,
    found: Together[KeptSentence],
    copies: Mapping[str, str],
    voices: Voices,
    merged: Collection[tuple[Iri, Iri]],
    apart: Collection[tuple[Iri, Iri]],
) -> Iterator[Quad]:
    """The claims of sentences that say the same or deny it; `voices` has pairs of speakers."""
    several = [one.sentence for one in found.items]
    cited = {one.sentence.of.key: one.cited for one in found.items}
    scribe = ToldScribe(base, {one.of.key: one.of for one in several}, copies, Voices(voices.pairs, cited))
    for claim in grouped(several, found.pairs, merged, apart):
        yield from scribe.claim(claim)
