"""Who speaks with one voice: whoever holds a post, speaks for a body or cites somebody is one with it or them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import takewhile

from ..language.lexicon import words
from ..rdf import vocab
from ..rdf.forms import CLASSES, MENTIONS
from ..rdf.terms import Iri, Lit
from ..records.mention import EntityType
from ..store.article_quads import Quads
from .placement import placed
from .told_words import plain_words

_FIRM = words("identity", "legal form") | words("identity", "whole of a firm")
_PREPOSITION = words("identity", "preposition")
_SPEAKS_FOR = words("claims", "speaks for somebody")


def firm(name: Sequence[str]) -> str:
    """What is left of a body's name, in words in small letters, without those that only say that it is a firm's.

    >>> firm(["acme", "group", "plc"]), firm(["acme"]), firm(["the", "group"])
    ('acme', 'acme', 'the')
    """
    kept = list(name)
    while len(kept) > 1 and kept[-1] in _FIRM:
        kept.pop()
    return " ".join(kept)


@dataclass(frozen=True, slots=True)
class Voices:
    """Pairs of speakers, by identity, that are one voice wherever both speak, and whom each record cites."""

    pairs: frozenset[frozenset[Iri]] = frozenset()
    cited: Mapping[Iri, tuple[Iri, ...]] = field(default_factory=dict)

    def one(self, first: Iri, second: Iri) -> bool:
        """Whether two speakers are one voice."""
        return first == second or frozenset((first, second)) in self.pairs

    def count(self, speakers: Iterable[tuple[Iri, ...]], jointly: Iterable[tuple[Iri, ...]] = ()) -> int:
        """How many voices there are among those who speak; who stand together, as speaker and cited, are one.

        Who speak `jointly` are one voice more where none of them, nor whom they cite, speaks otherwise.

        >>> Voices().count([(Iri("a"),), (Iri("b"), Iri("a")), (Iri("c"),)])
        2
        >>> Voices().count([(Iri("a"),)], [(Iri("a"), Iri("b")), (Iri("c"), Iri("d"))])
        2
        """
        groups: list[set[Iri]] = []
        for together in speakers:
            self._enter(groups, together)
        alone = [*groups]
        for together in jointly:
            if not self._near(alone, together):
                self._enter(groups, together)
        return len(groups)

    def _enter(self, groups: list[set[Iri]], together: tuple[Iri, ...]) -> None:
        near = self._near(groups, together)
        groups[:] = [*(group for group in groups if group not in near), set(together).union(*near)]

    def _near(self, groups: Iterable[set[Iri]], together: tuple[Iri, ...]) -> list[set[Iri]]:
        return [group for group in groups if any(self.one(a, b) for a in together for b in group)]


def voices(store: Quads, same: Mapping[str, str]) -> Voices:
    """The voices of a store; `same` has the identity of entities, by IRI.

    >>> import tempfile
    >>> from kg import Article, extract, open
    >>> with tempfile.TemporaryDirectory() as folder, open(f"{folder}/graph", create=True) as store:
    ...     _ = store.put(extract(Article("Ida Berg, the head of the Red Cross, said the mill had closed."), fast=True))
    ...     len(voices(store, {}).pairs)
    1
    """

    def known(thing: Iri) -> Iri:
        return Iri(same.get(thing, thing))

    pairs: set[frozenset[Iri]] = set()
    members = {quad.s: quad.o for quad in store.quads(p=vocab.member)}
    for quad in store.quads(p=vocab.organization):
        holder = members.get(quad.s)
        if isinstance(holder, Iri) and isinstance(quad.o, Iri):
            pairs.add(frozenset((known(holder), known(quad.o))))
    pairs.update(frozenset((known(one), known(body))) for one, body in _spokespeople(store))
    cited: dict[Iri, list[Iri]] = defaultdict(list)
    for quad in store.quads(p=vocab.via):
        if isinstance(quad.o, Iri):
            cited[quad.s].append(known(quad.o))
    tellers = {quad.s: quad.o for quad in store.quads(p=vocab.teller)}
    for quad in store.quads(p=vocab.throughTelling):
        teller = tellers.get(quad.o) if isinstance(quad.o, Iri) else None
        if isinstance(teller, Iri):
            cited[quad.s].append(known(teller))
    return Voices(frozenset(pairs), {record: tuple(sorted(set(whom))) for record, whom in cited.items()})


def _spokespeople(store: Quads) -> Iterable[tuple[Iri, Iri]]:
    """Speakers without a name, each with the bodies in the words that describe it: "a ministry official".

    Who speaks for a person is one voice with that person, too; a neighbour of hers is not.
    """
    bodies = {quad.s for quad in store.quads(p=vocab.type_, o=CLASSES[EntityType.ORGANIZATION])}
    people = {quad.s for quad in store.quads(p=vocab.type_, o=CLASSES[EntityType.PERSON])}
    speaking = {quad.s for quad in store.quads(p=vocab.label) if isinstance(quad.o, Lit) and _speaks_for(quad.o.text)}
    unnamed = {quad.s for quad in store.quads(p=vocab.named, o=Lit("false", vocab.boolean))}
    named: dict[Iri, dict[int, tuple[int, Iri]]] = defaultdict(dict)
    for entity, graph, span in placed(store, MENTIONS.values()):
        if entity in bodies | people and entity not in unnamed:
            named[graph][span.start] = (span.end, entity)
    for entity, graph, span in placed(store, MENTIONS.values()):
        if entity in unnamed:
            here = named[graph]
            inside = (here[at] for at in range(span.start, span.end) if at in here)
            yield from (
                (entity, one) for end, one in inside if end <= span.end and (one in bodies or entity in speaking)
            )


def _speaks_for(description: str) -> bool:
    """Whether words for somebody say that they speak for another: a spokesman for Jo Hill, Jo Hill's lawyer."""
    before = list(takewhile(lambda word: word not in _PREPOSITION, plain_words(description)))
    return before[-1:] != [] and before[-1] in _SPEAKS_FOR
