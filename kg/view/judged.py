"""What `kg.comparison` has found of records of a page -> the page: pairs of figures, claims, utterances, one voice.

The page itself judges nothing. What a store holds of this in its graph `links`
is read there; of articles that are in no store it is found anew, by the same
functions.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ..comparison.figure_pairs import Finding, Fit, Meet, ReportedFigure, beside, fit, one_thing, parts
from ..comparison.some_quads import Gathered, SomeGraphs
from ..comparison.stored_figures import comparison_quads, reported_figures
from ..comparison.stored_statements import told_statements
from ..comparison.told_quads import BEARINGS, told_quads
from ..comparison.voices import Voices, voices
from ..identity.duplicates import find_duplicates, sketch, stories
from ..rdf import vocab
from ..rdf.iris import BASE, ENTITIES, LINKS, article_iri, graph_iri
from ..rdf.terms import Iri, Lit, Quad
from ..rdf.write import describe, entity_iris
from ..records.extraction import Extraction
from ..store.article_quads import Quads
from .by_name import Identity
from .plain import Json, flat, hashed

if TYPE_CHECKING:
    from ..store import Store

PART = "part"
"""What the page calls a pair of figures of which the first counts a part of what the second counts."""


@dataclass(frozen=True, slots=True)
class FoundTogether:
    """What is found of the records of some articles, by their ids on the page.

    `pairs` are figures with what may be said of them, `groups` the figures that one
    axis holds, by number of the group, `series` by number of the group the one thing
    that it counts, if other groups count it at other times; `voices` are speakers of one voice.
    """

    pairs: list[Json]
    groups: list[list[str]]
    series: list[str | None]
    voices: list[list[str]]
    claims: list[Json]
    utterances: list[Json]


def judged(extractions: Sequence[Extraction], identity: Identity, store: Store | None = None) -> FoundTogether:
    """What is found of the records of articles: read from the links of their store, or found anew if they are in none.

    `identity` must be that of the store (`kg.identity.linking.linked`) where there is one.
    """
    if store is not None:
        articles, links, same = _stored(extractions, store)
        return _Reading(articles, links, same).judged()
    made, same = _made(extractions, identity)
    reading = _Reading(made, Gathered(BASE, ()), same)
    printed = _copies(extractions)
    reading.links.add(comparison_quads(made, same, printed, reading.voices, reading.told))
    reading.links.add(told_quads(BASE, reading.told, printed, reading.voices))
    return reading.judged()


def _made(extractions: Sequence[Extraction], identity: Identity) -> tuple[Gathered, dict[str, str]]:
    """Articles of no store as quads, and the identities of their entities."""
    articles = Gathered(BASE, (quad for one in extractions for quad in describe(_comparable(one))))
    graph = graph_iri(BASE, LINKS)
    same: dict[str, str] = {}
    names: dict[str, str] = {}
    for extraction in extractions:
        iris = entity_iris(extraction)
        for entity in extraction.entities:
            same[iris[entity.id]] = key = identity(extraction, entity)
            names[key] = max(names.get(key, ""), flat(entity.name), key=lambda name: (len(name), name))
    articles.add(Quad(Iri(key), vocab.label, Lit(name), graph) for key, name in names.items())
    return articles, same


def _copies(extractions: Sequence[Extraction]) -> dict[str, str]:
    """Articles that print another's story, by IRI, each with the earliest print of it."""
    days = {one.article.id: str(one.article.published or "9999") for one in extractions}
    found: dict[str, str] = {}
    for story in stories(find_duplicates({one.article.id: sketch(one.article.text) for one in extractions})):
        first = min(story, key=lambda id: (days[id], id))
        found.update((article_iri(BASE, id), article_iri(BASE, first)) for id in story if id != first)
    return found


def _comparable(extraction: Extraction) -> Extraction:
    """What of an extraction is compared: its statements that have words, and its figures, posts and entities."""
    said = tuple(one for one in extraction.attributions if one.content)
    known = {one.id for one in said}
    return replace(
        extraction,
        attributions=tuple(replace(one, parent=one.parent if one.parent in known else None) for one in said),
        figures=tuple(
            replace(f, attribution=f.attribution if f.attribution in known else None) for f in extraction.figures
        ),
        events=(),
        relations=(),
        topics=(),
    )


def _stored(extractions: Sequence[Extraction], store: Store) -> tuple[Quads, Gathered, dict[str, str]]:
    """The graphs of articles in a store, what its links say of their records, and the identities of their entities."""
    links = graph_iri(store.base, LINKS)
    graphs = [graph_iri(store.base, one.article.id) for one in extractions]
    entities = [quad.s for graph in graphs for quad in store.quads(p=vocab.named, g=graph)]
    same = {str(s): str(quad.o) for s in entities for quad in store.quads(s, vocab.sameThingAs, g=links)}
    shared = graph_iri(store.base, ENTITIES)
    further = dict.fromkeys(quad for entity in entities for quad in store.quads(entity, g=shared))
    for key in sorted(set(same.values())):
        further.update(dict.fromkeys(store.quads(Iri(key), vocab.label, g=links)))
    ahead = [quad.o for graph in graphs for quad in store.quads(p=vocab.counts, g=graph)]
    while ahead:
        above = dict.fromkeys(
            q for o in dict.fromkeys(ahead) if isinstance(o, Iri) for q in store.quads(o, vocab.broader)
        )
        ahead = [quad.o for quad in above if quad not in further]
        further.update(above)
    if len(graphs) < len(store.ids()):
        for quad in _posts_elsewhere(store, links, graphs, same):
            further[quad] = None
            if isinstance(quad.o, Iri):
                same.update((str(quad.o), str(q.o)) for q in store.quads(quad.o, vocab.sameThingAs, g=links))
    records = [quad.s for graph in graphs for p in (vocab.bound, vocab.stance) for quad in store.quads(p=p, g=graph)]
    found = dict.fromkeys(quad for record in records for quad in _linked(store, links, record))
    ends = {Iri(str(quad.o)) for quad in found if quad.p in (vocab.compares, vocab.occurrence)}
    for other in sorted(ends.difference(records)):
        # the other end may be on the page already, or come later
        further.update(dict.fromkeys(store.quads(other, vocab.localId)))
    return SomeGraphs(store, graphs, Gathered(store.base, further)), Gathered(store.base, found), same


def _posts_elsewhere(store: Store, links: Iri, graphs: Sequence[Iri], same: Mapping[str, str]) -> Iterator[Quad]:
    """The posts that speakers of some articles have in others: who holds them, and where."""
    speakers = {
        same[quad.o]
        for graph in graphs
        for p in (vocab.saidBy, vocab.reportedBy, vocab.via, vocab.teller)
        for quad in store.quads(p=p, g=graph)
        if isinstance(quad.o, Iri) and quad.o in same
    }
    here = set(graphs)
    for key in sorted(speakers):
        for one in store.quads(p=vocab.sameThingAs, o=Iri(key), g=links):
            for post in store.quads(p=vocab.member, o=one.s):
                if post.g not in here:
                    yield post
                    yield from store.quads(post.s, vocab.organization)


def _linked(store: Store, links: Iri, record: Iri) -> Iterator[Quad]:
    """What the links of a store say of a figure or statement: its comparisons, claims and utterances, each whole."""
    for p in (vocab.compares, vocab.occurrence):
        for quad in store.quads(p=p, o=record, g=links):
            yield from store.quads(quad.s, g=links)
    for quad in store.quads(record, g=links):
        if quad.p in BEARINGS.values() and isinstance(quad.o, Iri):
            yield quad
            yield from store.quads(quad.o, g=links)


class _Reading:
    """Findings about records, read under the ids of the page."""

    def __init__(self, articles: Quads, links: Gathered, same: Mapping[str, str]) -> None:
        self.articles, self.links, self.same = articles, links, same
        self.ids = {
            quad.s: f"{quad.g.rpartition('/')[2]}.{quad.o.text}"
            for quad in articles.quads(p=vocab.localId)
            if isinstance(quad.o, Lit)
        }
        self.voices: Voices = voices(articles, same)
        self.told = list(told_statements(articles, same))
        self.figures = {one.key: one for one in reported_figures(articles, same, self.voices, self.told)}

    def judged(self) -> FoundTogether:
        pairs = self._pairs()
        close = [(a, b) for a, b, finding in pairs if finding is not Finding.SERIES]
        groups = [
            group
            for reported in (True, False)
            for group in beside([one for one in self.figures.values() if bool(one.reporters) is reported], close)
        ]
        return FoundTogether(
            pairs=[self._pair(*pair) for pair in pairs if pair[0] in self.ids and pair[1] in self.ids] + self._parts(),
            groups=[[self._figure(one.key) for one in group] for group in groups],
            series=_series(groups),
            voices=sorted(sorted(hashed("e", key) for key in pair) for pair in self.voices.pairs if len(pair) > 1),
            claims=self._several("c", vocab.Claim, self._bearings()),
            utterances=self._several("u", vocab.Utterance, self._occurrences()),
        )

    def _figure(self, key: Iri) -> str:
        return f"f.{self.ids[key]}"

    def _pairs(self) -> list[tuple[Iri, Iri, Finding]]:
        """The figures that are compared, two and two, with the finding."""
        ends: dict[Iri, list[Iri]] = defaultdict(list)
        for quad in self.links.quads(p=vocab.compares):
            if isinstance(quad.o, Iri):
                ends[quad.s].append(quad.o)
        of_figures = {str(finding): finding for finding in Finding}
        return sorted(
            (*sorted(ends[quad.s]), of_figures[quad.o.text])  # type: ignore[misc]
            for quad in self.links.quads(p=vocab.finding)
            if isinstance(quad.o, Lit) and quad.o.text in of_figures
        )

    def _pair(self, first: Iri, second: Iri, finding: Finding) -> Json:
        a, b = self.figures.get(first), self.figures.get(second)
        found = fit(a, b) if a is not None and b is not None else None
        reason = "" if found is None or a is None or b is None else _reason(a, b, found)
        return {"of": [self._figure(first), self._figure(second)], "finding": str(finding), "reason": reason}

    def _parts(self) -> list[Json]:
        """Figures of which one counts a part of what the other does, by the concepts above."""
        reported = [one for one in self.figures.values() if one.reporters]
        return [
            {"of": [self._figure(a.key), self._figure(b.key)], "finding": PART, "reason": ""}
            for a, b in parts(reported)
        ]

    def _bearings(self) -> dict[Iri, list[list[str]]]:
        """The statements that bear on each claim, each with what it does."""
        found: dict[Iri, list[list[str]]] = defaultdict(list)
        for bearing, p in BEARINGS.items():
            for quad in self.links.quads(p=p):
                if isinstance(quad.o, Iri) and quad.s in self.ids:
                    found[quad.o].append([f"s.{self.ids[quad.s]}", str(bearing)])
        return found

    def _occurrences(self) -> dict[Iri, list[list[str]]]:
        found: dict[Iri, list[list[str]]] = defaultdict(list)
        for quad in self.links.quads(p=vocab.occurrence):
            if isinstance(quad.o, Iri) and quad.o in self.ids:
                found[quad.s].append([f"s.{self.ids[quad.o]}", "quotes"])
        return found

    def _several(self, letter: str, kind: Iri, of: Mapping[Iri, list[list[str]]]) -> list[Json]:
        """Claims or utterances, those of most statements first: words, first date, and each statement's part in it."""
        words, since = (self._texts(p) for p in (vocab.wording, vocab.firstPublished))
        names = [quad.s for quad in self.links.quads(p=vocab.type_, o=kind) if quad.s in of]
        found: list[Json] = [
            {"id": hashed(letter, name), "words": flat(words[name]), "first": since.get(name), "of": sorted(of[name])}
            for name in names
        ]
        return sorted(found, key=lambda one: (-len(one["of"]), one["first"] or "9", one["words"], one["id"]))

    def _texts(self, p: Iri) -> dict[Iri, str]:
        return {quad.s: quad.o.text for quad in self.links.quads(p=p) if isinstance(quad.o, Lit)}


def _reason(first: ReportedFigure, second: ReportedFigure, found: Fit) -> str:
    """Why two figures are compared, in words: what is known of their places and times."""
    if first.article == second.article:
        place = "both stand in one article"
    else:
        place = "both are of one place" if found.place is Meet.SAME else "whether they are of one place is not said"
    return f"{place}; {_when(first, second, found)}"


def _when(first: ReportedFigure, second: ReportedFigure, found: Fit) -> str:
    if found.time is Meet.LATER and first.published and second.published:
        return f"printed {abs((second.published - first.published).days):,} days apart"
    if found.time is Meet.OPEN:
        return "whether they are of one time is not said"
    dated = (first.start or first.end) and (second.start or second.end)
    return "their periods meet" if dated else "nothing sets them apart in time"


def _series(groups: Sequence[Sequence[ReportedFigure]]) -> list[str | None]:
    """For each group the key of the first that counts the same thing in the same place, if another does as well."""
    by_concept: dict[Iri, list[int]] = defaultdict(list)
    for n, group in enumerate(groups):
        by_concept[group[0].concept].append(n)
    first = list(range(len(groups)))
    for numbers in by_concept.values():
        heads: list[int] = []
        for n in numbers:
            one = groups[n][0]
            fits = (m for m in heads if _one_series(groups[m][0], one))
            first[n] = next(fits, n)
            if first[n] == n:
                heads.append(n)
    shared = Counter(first)
    return [hashed("g", f"series {groups[m][0].key}") if shared[m] > 1 else None for m in first]


def _one_series(first: ReportedFigure, second: ReportedFigure) -> bool:
    alike = bool(first.reporters) is bool(second.reporters) and first.place == second.place
    return alike and one_thing(first, second)


def voices_among(pairs: Iterable[Sequence[str]], speakers: Iterable[Sequence[str]]) -> int:
    """How many voices there are among speakers, each given with those whom it cites; `pairs` are of one voice.

    >>> voices_among([("a", "b")], [("a",), ("b",), ("c", "d")])
    2
    """
    one = Voices(frozenset(frozenset(map(Iri, pair)) for pair in pairs))
    return one.count(tuple(map(Iri, several)) for several in speakers)
