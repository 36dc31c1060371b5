"""Utterances and claims of a store -> quads for its graph `links`."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal

from ..rdf import vocab
from ..rdf.forms import number
from ..rdf.iris import LINKS, graph_iri, node
from ..rdf.terms import Iri, Lit, Quad, clean
from .claims import Bearing, FoundClaim, claims
from .told import ToldStatement
from .utterances import FoundUtterance, utterances
from .voices import Voices, firm

BEARINGS: Mapping[Bearing, Iri] = {
    Bearing.AFFIRMS: vocab.affirms,
    Bearing.DENIES: vocab.denies,
    Bearing.DOUBTS: vocab.doubts,
    Bearing.HEDGES: vocab.hedges,
}
"""The property of the ontology for each thing that a statement does with a claim."""


def told_quads(
    base: str,
    told: Collection[ToldStatement],
    copies: Mapping[str, str],
    voices: Voices,
    merged: Collection[tuple[str, str]] = (),
    apart: Collection[tuple[str, str]] = (),
) -> Iterator[Quad]:
    """The utterances and claims of the statements of a store whose nodes are named under `base`.

    `copies` has the first print of each reprint, by IRI; `merged` and `apart` are
    pairs of statements that people decided about.
    """
    scribe = ToldScribe(base, {one.key: one for one in told}, copies, voices)
    for utterance in utterances(told):
        yield from scribe.utterance(utterance)
    decided = ([(Iri(a), Iri(b)) for a, b in pairs] for pairs in (merged, apart))
    for claim in claims(told, *decided):
        yield from scribe.claim(claim)


def _affirming(found: FoundClaim) -> list[Iri]:
    """The statements that say a claim; where all deny or doubt it, these."""
    said = [key for key, bearing in found.bearings if bearing in (Bearing.AFFIRMS, Bearing.HEDGES)]
    return said or [key for key, _ in found.bearings]


class ToldScribe:
    """Writes down utterances and claims of statements that it knows by key."""

    def __init__(self, base: str, told: Mapping[Iri, ToldStatement], copies: Mapping[str, str], voices: Voices) -> None:
        self.base, self.told, self.copies, self.voices = base, told, copies, voices
        self.links = graph_iri(base, LINKS)

    def utterance(self, found: FoundUtterance) -> Iterator[Quad]:
        """The quads of an utterance."""
        name = node(self.base, "utterance", *found.occurrences, found.words)
        yield from self._group(name, vocab.Utterance, found.words, found.first, found.occurrences)
        for one in found.occurrences:
            yield Quad(name, vocab.occurrence, one, self.links)

    def claim(self, found: FoundClaim) -> Iterator[Quad]:
        """The quads of a claim, with what was judged of each two statements of it."""
        keys = [key for key, _ in found.bearings]
        name = node(self.base, "claim", *keys, found.words)
        yield from self._group(name, vocab.Claim, found.words, found.first, _affirming(found))
        for key, bearing in found.bearings:
            yield Quad(key, BEARINGS[bearing], name, self.links)
        for like in found.likenesses:
            pair = node(self.base, "comparison", like.first, like.second)
            yield Quad(pair, vocab.type_, vocab.Comparison, self.links)
            yield Quad(pair, vocab.compares, like.first, self.links)
            yield Quad(pair, vocab.compares, like.second, self.links)
            yield Quad(pair, vocab.finding, Lit("contrary" if like.contrary else "same"), self.links)
            yield Quad(pair, vocab.score, Lit(number(Decimal(f"{like.score:.3f}")), vocab.decimal), self.links)

    def _group(self, name: Iri, kind: Iri, words: str, first: date | None, keys: Iterable[Iri]) -> Iterator[Quad]:
        """What utterances and claims have in common: their words, their first date, and in how many ways they came."""
        several = [self.told[key] for key in keys]
        speakers = {speaker for one in several for speaker in one.speakers}
        yield Quad(name, vocab.type_, kind, self.links)
        yield Quad(name, vocab.wording, Lit(clean(words)), self.links)
        if first is not None:
            yield Quad(name, vocab.firstPublished, Lit(first.isoformat(), vocab.date), self.links)
        for p, count in (
            (vocab.articles, len({one.article for one in several})),
            (vocab.reports, Voices().count(map(self._report, several))),
            (vocab.speakers, len(speakers)),
            (vocab.voices, self.voices.count(*(self._voices(several, joint=joint) for joint in (False, True)))),
        ):
            yield Quad(name, p, Lit(str(count), vocab.integer), self.links)

    def _report(self, one: ToldStatement) -> tuple[Iri, ...]:
        """What makes two articles one report: the first print of the story, or the paragraph that one took over."""
        first = Iri(self.copies.get(one.article, one.article))
        return (first,) if one.paragraph is None else (first, one.paragraph)

    def _voices(self, several: Collection[ToldStatement], *, joint: bool) -> Iterator[tuple[Iri, ...]]:
        """Who makes each statement, with whom it cites: of those that several make together, or of the others.

        Acme and Acme Group are perhaps two things, but never two voices for sure.
        """
        firms = {firm(one.name) for one in several if firm(one.name) != " ".join(one.name)}
        for one in several:
            if one.speakers and joint is bool(one.joint):
                own = [Iri(f"firm:{firm(one.name)}")] if firm(one.name) in firms else []
                yield *one.speakers, *self.voices.cited.get(one.key, ()), *own
