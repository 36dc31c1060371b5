"""How a graph spells what somebody types: accents, apostrophes and dashes aside; and what else they may have meant."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import TYPE_CHECKING

from ..language import lexicon
from ..rdf import vocab
from ..rdf.terms import Lit
from ..store import Store

if TYPE_CHECKING:
    import rdflib

_NAMES = (vocab.label, vocab.prefLabel)

_SIGNS = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛ʼʹ′`´＇", "'"), **dict.fromkeys("“”„‟«»″＂", '"'), **dict.fromkeys("‐‑‒–—―−", "-"),
        **dict.fromkeys("\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff", ""),
        "\u00a0": " ", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th",
    }
)  # fmt: skip


def _folded(text: str) -> str:
    """Text without case, accents and typographic signs: what a keyboard without them types.

    >>> _folded("José’s")
    "jose's"
    """
    return "".join(map(_fold, text))


def _fold(character: str) -> str:
    if character.isascii():
        return "'" if character == "`" else character.lower()
    plain = unicodedata.normalize("NFKD", character.casefold().translate(_SIGNS))
    return "".join(c for c in plain if not unicodedata.combining(c)).translate(_SIGNS)


def spelt(source: Store | rdflib.Graph, words: str) -> tuple[str, ...]:
    """The spellings, in lower case and sorted, by which names of the graph hold these words; none if no name does.

    >>> from kg import Article, extract, to_rdf
    >>> graph = to_rdf(extract(Article("José Núñez said the mill had closed."), fast=True))
    >>> spelt(graph, "jose nunez")
    ('josé núñez',)
    """
    wanted = _folded(words)
    found: set[str] = set()
    for name in _names(source):
        flat = _folded(name)
        at = flat.find(wanted)
        while at >= 0:
            found.add(_stretch(name, at, at + len(wanted)).lower())
            at = flat.find(wanted, at + 1)
    return tuple(sorted(found))


def _stretch(name: str, start: int, end: int) -> str:
    """The part of a name that becomes this part of it when folded."""
    at, kept = 0, []
    for character in name:
        length = len(_fold(character))
        if (at < end and at + length > start) or (length == 0 and start < at < end):
            kept.append(character)
        at += length
    return "".join(kept)


def near(source: Store | rdflib.Graph, words: str, most: int = 3) -> tuple[str, ...]:
    """Names of the graph that are most like these words, likeliest first; none where nothing is like them.

    >>> from kg import Article, extract, to_rdf
    >>> found = extract(Article("Jo Hill, the mayor, said the mill in Leeds had closed."), fast=True)
    >>> near(to_rdf(found), "Jo Hil")
    ('Jo Hill',)
    """
    from rapidfuzz import fuzz, process

    known = sorted(set(_names(source)))
    found = process.extract(_folded(words), known, processor=_folded, scorer=fuzz.WRatio, score_cutoff=70, limit=most)
    initials = [name for name in known if _initials(name) == _folded(words)] if len(words) > 1 else []
    return tuple(dict.fromkeys([*initials, *(name for name, *_ in found)]))[:most]


def _initials(name: str) -> str:
    small = lexicon.words("grammar", "no initial")
    return "".join(word[0] for word in _folded(name).replace("-", " ").split() if word not in small)


def _names(source: Store | rdflib.Graph) -> Iterator[str]:
    """What the things, topics and counts of a graph are called."""
    if isinstance(source, Store):
        for p in _NAMES:
            for quad in source.quads(p=p):
                if isinstance(quad.o, Lit):
                    yield quad.o.text
        return
    import rdflib

    for p in _NAMES:
        for triple in source.triples((None, rdflib.URIRef(p), None)):
            yield str(triple[2])
