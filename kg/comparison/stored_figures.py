"""A store -> its figures as they are compared, who is one voice with whom, and the comparisons as quads."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Final

from ..language.lexicon import noted, words
from ..rdf import vocab
from ..rdf.concepts import Concept
from ..rdf.edtf import bounds
from ..rdf.forms import CLASSES, MENTIONS
from ..rdf.iris import LINKS, digest, graph_iri, node, normalised
from ..rdf.scribe import concept_iri
from ..rdf.terms import Iri, Lit, Quad
from ..records.figure import Bound, Change
from ..records.mention import EntityType
from ..stages.entities.gazetteer import gazetteer
from ..stages.figures.concept_lexicon import lexicon
from ..store.article_quads import Quads
from ..text.article import Span
from .figure_pairs import FigurePair, ReportedFigure, figure_pairs
from .placement import placed
from .stored_statements import own_sentences
from .told import OwnSentence, ToldPart, ToldStatement
from .told_words import figure_term, is_to_come, plain_words, term_of
from .voices import Voices

_AIMS = words("claims", "aim")
"""Stems of what is wished, allowed or foreseen: a goal and what was reached are no conflict."""

_POINTS = words("figures", "points of a scale")
_IN = words("claims", "happens in")
_PART_OF = re.compile(rf"\b(?:{'|'.join(sorted(_IN))}) (?:the|a|an) (?:[\w-]+ ){{1,4}}of (?:the )?$")
"""How a place is named by what it is, or by a part of it: "in the port city of", "in the north of"."""

_SAME_HAPPENING = noted("claims", "one happening")
"""Of what was killed or wounded, that it died or was injured: of one happening news says either."""

_TAKES_PART = words("claims", "takes part")
_TAKING_PART = words("claims", "taking part")
_CROWDS = words("claims", "who takes part")
_GATHERINGS = frozenset(map(term_of, words("claims", "gathering")))

ATTENDED: Final = "attend"
"""What happens where people are at a gathering, in whatever words."""

_FOLDED: Final = frozenset({ATTENDED, *_SAME_HAPPENING.values()})
"""The happenings that reports tell in several ways."""

_GROWN: Final = frozenset({Change.UP_TO, Change.DOWN_TO})
"""The changes of which a figure is the result."""

NOWHERE: Final = Span(0, 1)
"""Where a record stands of which no place is told."""

SETTINGS: Final = 3
"""How many of the places of an article its figures may be of that name none: what keeps the work linear."""

LEAD: Final = 500
"""Characters of an article in which it tells what happened: what it counts further on may be of other days."""

BACK: Final = 50
"""Characters before a place in which it stands how something goes together with it: "outside", "in the city of"."""


def comparison_quads(
    store: Quads,
    same: Mapping[str, str],
    copies: Collection[str],
    voices: Voices,
    statements: Iterable[ToldStatement] = (),
) -> list[Quad]:
    """What may be said of figures of a store, for its graph `links`.

    `same` has the identity of entities, by IRI; `copies` are the articles that
    print another's story, which are no reports of their own; `statements` have
    the words around figures.
    """
    told = [one for one in reported_figures(store, same, voices, statements) if one.article not in copies]
    return [quad for pair in figure_pairs(told, voices.one) for quad in pair_quads(store.base, pair)]


def pair_quads(base: str, pair: FigurePair) -> Iterator[Quad]:
    """What may be said of two figures as quads of the graph `links` of a store whose nodes are named under `base`."""
    links, name = graph_iri(base, LINKS), node(base, "comparison", pair.first.key, pair.second.key)
    yield Quad(name, vocab.type_, vocab.Comparison, links)
    yield Quad(name, vocab.compares, pair.first.key, links)
    yield Quad(name, vocab.compares, pair.second.key, links)
    yield Quad(name, vocab.finding, Lit(pair.finding), links)


def reported_figures(
    store: Quads, same: Mapping[str, str], voices: Voices, statements: Iterable[ToldStatement] = ()
) -> Iterator[ReportedFigure]:
    """The figures of a store that name what they count, by key.

    >>> import tempfile
    >>> from kg import Article, extract, open
    >>> from kg.comparison.voices import Voices
    >>> with tempfile.TemporaryDirectory() as folder, open(f"{folder}/graph", create=True) as store:
    ...     _ = store.put(extract(Article("Jo Hill said 30 people had been hurt."), fast=True))
    ...     [(one.counted, str(one.low)) for one in reported_figures(store, {}, Voices())]
    [('people', '30')]
    """

    def iris(p: Iri) -> dict[Iri, list[Iri]]:
        found: dict[Iri, list[Iri]] = defaultdict(list)
        for quad in store.quads(p=p):
            if isinstance(quad.o, Iri):
                found[quad.s].append(quad.o)
        return found

    def texts(p: Iri) -> dict[Iri, str]:
        return {quad.s: quad.o.text for quad in store.quads(p=p) if isinstance(quad.o, Lit)}

    def known(thing: Iri) -> Iri:
        return Iri(same.get(thing, thing))

    published = {s: date.fromisoformat(day) for s, day in texts(vocab.datePublished).items()}
    reporters, places, articles = iris(vocab.reportedBy), iris(vocab.place), iris(vocab.inArticle)
    low, high, bound, rounded = (texts(p) for p in (vocab.low, vocab.high, vocab.bound, vocab.approximate))
    counted, happenings = (texts(p) for p in (vocab.counted, vocab.happening))
    units, names = texts(vocab.unit), texts(vocab.label)
    starts, ends, as_of = (texts(p) for p in (vocab.fromEdtf, vocab.untilEdtf, vocab.asOfEdtf))
    above, by_key = _above(store), {one.key: one for one in statements}
    stated, cues = iris(vocab.statedIn), texts(vocab.cue)
    around_in = _happens_in(store)
    spans = {figure: span for figure, _, span in placed(store, [vocab.figureSpan])}
    counts_of = iris(vocab.counts)
    own = own_sentences(store, _on_nobodys_word(spans, {*counts_of} & {*happenings}, {*reporters, *stated}))
    papers = _papers(store)
    bodies = _bodies(store)
    most_named = _settings(store)
    settings = {article: tuple(map(known, several)) for article, several in most_named.items()}
    heads, change = texts(vocab.countedHead), texts(vocab.change)
    kinds = [units, texts(vocab.per), change]

    def counts(figure: Iri, part: ToldPart | None) -> Concept:
        head = normalised(heads.get(figure) or counted.get(figure, "")) or None
        kind = Concept(head, happenings.get(figure), *(kind.get(figure) for kind in kinds))
        return _as_counted(kind, part)

    for figure, (as_stated, *_) in sorted(counts_of.items()):
        article = articles[figure][0]
        statement = by_key.get(stated[figure][0]) if figure in stated else None
        alone = own.get(figure)
        part = alone.part if alone else _around(statement, low.get(figure), high.get(figure))
        around = frozenset() if part is None else part.terms
        kind = counts(figure, part)
        concept = concept_iri(kind, base=store.base) if kind.happening in _FOLDED else as_stated
        around |= {ATTENDED} if around and kind.happening == ATTENDED else set()
        here = set(places.get(figure, ())[:1] or _places(statement or alone, around_in[article]))
        place, at = set(map(known, here)), spans.get(figure, NOWHERE).start
        scene = _scene(here, most_named.get(article, ()), at, names)
        called = {
            tuple(plain_words(names[each])) for one in reporters.get(figure, ()) for each in (one, *bodies.get(one, ()))
        }
        yield ReportedFigure(
            figure, article, published.get(article), concept,
            named=kind.happening is not None,
            counted=counted.get(figure, "") if part is None else _as_said(counted.get(figure, ""), kind),
            low=Decimal(low[figure]) if figure in low else None,
            high=Decimal(high[figure]) if figure in high else None,
            rounded=rounded.get(figure) == "true" or bound.get(figure) == Bound.ABOUT,
            share=units.get(figure) == "%" or _is_points(counted.get(figure, "")),
            reporters=tuple(sorted(map(known, reporters.get(figure, ())))), cited=voices.cited.get(figure, ()),
            place=place.pop() if len(place) == 1 else None, setting=next(iter(settings.get(article, ())), None),
            around=settings.get(article, ())[1:],
            start=bounds(starts.get(figure))[0], end=bounds(ends.get(figure) or as_of.get(figure))[1],
            grown=change.get(figure) in _GROWN,
            plain=figure not in units and not _is_points(counted.get(figure, "")),
            context=frozenset(term for term in around if term[0] not in "#%"),
            beside=frozenset(term for term in around if term[0] == "#"),
            aimed=_is_aimed(statement, cues, around), at=at,
            vague=bound.get(figure) == Bound.VAGUE, above=above.get(concept, frozenset()),
            called=tuple(sorted(called)), paper=_paper(alone, papers.get(article, article)),
            scene=tuple(sorted(map(known, scene))),
        )  # fmt: skip


def _papers(store: Quads) -> dict[Iri, Iri]:
    """What stands for the publisher of each article that says who that is."""
    said = ((quad.s, quad.o) for quad in store.quads(p=vocab.publisher))
    return {article: Iri(f"paper:{digest(*plain_words(o.text))}") for article, o in said if isinstance(o, Lit)}


def _on_nobodys_word(spans: Mapping[Iri, Span], counted: Collection[Iri], told: Collection[Iri]) -> dict[Iri, Span]:
    """Where the figures stand that an article gives by itself in what it tells first."""
    return {f: span for f, span in spans.items() if f in counted and f not in told and span.start <= LEAD}


def _scene(here: Collection[Iri], most_named: Sequence[Iri], at: int, names: Mapping[Iri, str]) -> list[Iri]:
    """The places but countries of a figure that its article tells first: the only one it has, else the most named."""
    several = here if len(here) == 1 else most_named
    return [one for one in several if at <= LEAD and not gazetteer().is_country(names[one])]


def _paper(alone: OwnSentence | None, paper: Iri) -> Iri | None:
    """The paper, of a figure that a sentence of its own states: it leaves nothing open, denies and asks nothing."""
    if alone is None:
        return None
    part = alone.part
    left_open = part.hedged or part.turned or part.denied or part.text.endswith("?") or is_to_come(part.text)
    return None if left_open else paper


def _bodies(store: Quads) -> Mapping[Iri, list[Iri]]:
    """The bodies of those who hold a post at one: who speaks for the coast guard may be the coast guard elsewhere."""
    found: dict[Iri, list[Iri]] = defaultdict(list)
    holders = {quad.s: quad.o for quad in store.quads(p=vocab.member)}
    for quad in store.quads(p=vocab.organization):
        holder = holders.get(quad.s)
        if isinstance(holder, Iri) and isinstance(quad.o, Iri):
            found[holder].append(quad.o)
    return found


def _is_points(counted: str) -> bool:
    """Whether points of a scale are counted: those by which somebody leads in a poll are of each group of voters."""
    return counted.lower().rpartition(" ")[2].removesuffix("s") in _POINTS


def _is_aimed(statement: ToldStatement | None, cues: Mapping[Iri, str], around: frozenset[str]) -> bool:
    """Whether words tell of what is wished or foreseen, by themselves or by the word that tells who says so."""
    cue = () if statement is None else map(term_of, plain_words(cues.get(statement.key, "")))
    told = () if statement is None or not around else statement.parts
    to_come = any(is_to_come(part.text) for part in told if part.terms >= around)
    return to_come or not _AIMS.isdisjoint([*around, *cue])


def _happens_in(store: Quads) -> dict[Iri, list[tuple[Span, Iri]]]:
    """Of each article the places named behind a word such as "in", and where."""
    places = {quad.s for quad in store.quads(p=vocab.type_, o=CLASSES[EntityType.PLACE])}
    bodies = {quad.g: quad for quad in store.quads(p=vocab.articleBody)}
    found: dict[Iri, list[tuple[Span, Iri]]] = defaultdict(list)
    for place, graph, span in placed(store, MENTIONS.values()):
        body = bodies.get(graph) if place in places else None
        if body is not None and isinstance(body.o, Lit):
            before = body.o.text[max(0, span.start - BACK) : span.start]
            if plain_words(before)[-1:] != [] and (plain_words(before)[-1] in _IN or _PART_OF.search(before)):
                found[body.s].append((span, place))
    return found


def _places(statement: ToldStatement | OwnSentence | None, named: Iterable[tuple[Span, Iri]]) -> list[Iri]:
    """The places in which a statement, or a sentence of an article's own, says that something happened."""
    return [] if statement is None else [place for span, place in named if span in statement.at]


def _above(store: Quads) -> dict[Iri, frozenset[Iri]]:
    """All concepts above each."""
    direct: dict[Iri, list[Iri]] = defaultdict(list)
    for quad in store.quads(p=vocab.broader):
        if isinstance(quad.o, Iri):
            direct[quad.s].append(quad.o)
    found: dict[Iri, frozenset[Iri]] = {}
    for concept in direct:
        reached, ahead = {concept}, [concept]
        while ahead:
            new = [above for above in direct.get(ahead.pop(), ()) if above not in reached]
            reached.update(new)
            ahead += new
        found[concept] = frozenset(reached - {concept})
    return found


def _around(statement: ToldStatement | None, low: str | None, high: str | None) -> ToldPart | None:
    """The sentence of a statement that has a figure; None where none has it."""
    figure = figure_term(low, high)
    parts = () if statement is None else statement.parts
    return next((part for part in parts if figure in part.terms), None)


def _as_counted(kind: Concept, part: ToldPart | None) -> Concept:
    """What a figure counts as any report of the happening may say it, by its sentence.

    What was killed has died. Who attends, joins or marches at a gathering takes part in it, and who takes part is a
    person: "8,000 marchers". A toll that has risen to 30 is 30.
    """
    if _takes_part(kind, part):
        return Concept("person", ATTENDED)
    happening = _SAME_HAPPENING.get(kind.happening or "", kind.happening)
    change = None if kind.change in _GROWN and happening in _FOLDED else kind.change
    return kind._replace(happening=happening, change=change)


def _takes_part(kind: Concept, part: ToldPart | None) -> bool:
    """Whether a figure counts who is at a gathering."""
    crowd = kind.head is not None and lexicon().thing(kind.head) in _CROWDS
    if any(kind[2:]) or not (crowd or (kind.head and lexicon().is_person(kind.head))):
        return False
    if kind.happening is None or kind.happening in _TAKES_PART:
        return crowd or (part is not None and not _GATHERINGS.isdisjoint(part.terms))
    said = "" if part is None else f" {' '.join(plain_words(part.text))} "
    return any(f" {phrase} " in said for phrase in _TAKING_PART)


def _as_said(counted: str, kind: Concept) -> str:
    """The words for what a sentence counts; the dead of a toll and the marchers of a march are people."""
    people = kind.happening == ATTENDED or (kind.head == "person" and lexicon().event(counted) is not None)
    return "people" if people else counted


def _settings(store: Quads) -> dict[Iri, tuple[Iri, ...]]:
    """The places that each article names most, the first in order among equals."""
    places = {quad.s for quad in store.quads(p=vocab.type_, o=CLASSES[EntityType.PLACE])}
    articles = {quad.s: quad.o for quad in store.quads(p=vocab.inArticle) if quad.s in places}
    counts: dict[Iri, Counter[Iri]] = defaultdict(Counter)
    for p in MENTIONS.values():
        for quad in store.quads(p=p):
            article = articles.get(quad.s)
            if isinstance(article, Iri):
                counts[article][quad.s] += 1
    return {
        article: tuple(sorted(found, key=lambda place: (-found[place], place))[:SETTINGS])
        for article, found in counts.items()
    }
