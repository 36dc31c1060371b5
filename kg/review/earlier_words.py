"""What people had decided when a page of records was made: the words, and the records that bear them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from ..rdf import vocab
from ..rdf.iris import REVIEWS, article_iri, graph_iri, node
from ..rdf.terms import Lit
from ..store import Store
from .decision_file import FILE, load
from .verdicts import Line, Mentioned, Pairing, Reversal, Ruling


@dataclass(frozen=True, slots=True)
class EarlierWords:
    """Lines of the decisions file, in order; the id of the word on each record that has one, by article and own id."""

    lines: tuple[Line, ...] = ()
    words: Mapping[tuple[str, str], str] = field(default_factory=dict)

    def about(self, texts: Collection[str]) -> tuple[Line, ...]:
        """The lines on articles with these hashes of their texts, and what takes them back or says them again."""
        kept: dict[str, Line] = {}
        for line in self.lines:
            if _concerns(line, texts) or (isinstance(line, Reversal) and line.of in kept):
                kept[line.id] = line
        return tuple(line for line in self.lines if line.id in kept)


def _concerns(line: Line, texts: Collection[str]) -> bool:
    if isinstance(line, Ruling):
        return line.text in texts
    if isinstance(line, Pairing):
        return all(not isinstance(one, Mentioned) or one.text in texts for one in (line.a, line.b))
    return False


def earlier_words(store: Store) -> EarlierWords:
    """What people had decided about the records of a store when it was last brought up to date.

    Raises StoreError if its decisions file holds anything else.
    """
    lines = tuple(load(store.folder / FILE))
    reviews, whole = graph_iri(store.base, REVIEWS), article_iri(store.base, "")
    by_text: dict[str, list[str]] = defaultdict(list)
    for line in lines:
        if isinstance(line, Ruling):
            by_text[line.text].append(line.id)
    ids = {
        node(store.base, "review", quad.s.removeprefix(whole), id): id
        for quad in store.quads(p=vocab.textHash)
        if isinstance(quad.o, Lit)
        for id in by_text.get(quad.o.text, ())
    }
    words: dict[tuple[str, str], str] = {}
    for quad in store.quads(p=vocab.reviewed, g=reviews):
        for place in store.quads(s=quad.s, p=vocab.localId):
            if isinstance(place.o, Lit) and quad.o in ids:
                words[place.g.removeprefix(graph_iri(store.base, "")), place.o.text] = ids[quad.o]
    return EarlierWords(lines, words)
