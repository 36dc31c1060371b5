"""People's words in a store: records as people left them, and beside them who decided what, when and why.

An article's graph holds its records as reviewed. The graph `reviews` has a node
for each word that holds, with what was found and what was decided; the graph
`rejected`, which no export holds, has the words that took a record away, and
for each article what the reviews changed, so that the graph as it was found
can be made again to the byte.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from hashlib import sha256
from pathlib import Path

from ..errors import DecisionError
from ..rdf import vocab
from ..rdf.forms import GAP, number
from ..rdf.iris import LEDGER, REJECTED, REVIEWS, article_iri, graph_iri, node
from ..rdf.read import read_article
from ..rdf.terms import Iri, Lit, Quad, clean, joined, nquads, read_line
from ..rdf.write import describe, entity_iris, figure_iris, role_iris, statement_iris
from ..records.attribution import Attribution
from ..records.entity import Entity
from ..records.extraction import Extraction
from ..records.figure import Figure
from ..records.role import Role
from ..store import Store
from ..text.article import Article, Span
from .applying import Held, review
from .decision_file import FILE, load
from .hearing import OpenRuling, ReviewVerdict, misquoted
from .history import in_force
from .seen import Record
from .verdicts import Line, RecordKind, Ruling, Signature

Rulings = Mapping[str, Sequence[Ruling]]
"""The words in force on records, by the SHA-256 of the text that they are about."""


def rulings(folder: Path) -> Rulings:
    """The words in force in a graph's folder.

    Raises StoreError if its decisions file holds anything else.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     dict(rulings(Path(folder)))
    {}
    """
    found: dict[str, list[Ruling]] = defaultdict(list)
    for word in in_force(load(folder / FILE)):
        if isinstance(word, Ruling):
            found[word.text].append(word)
    return found


def rulings_hash(folder: Path) -> str:
    """A hash of the words in force on records: by it one sees that links across articles are to be made anew."""
    ids = [ruling.id for _, some in sorted(rulings(folder).items()) for ruling in some]
    return sha256(" ".join(ids).encode()).hexdigest() if ids else ""


def as_found(store: Store, article: str) -> set[Quad]:
    """The quads of an article as the extractor found it, before people changed anything."""
    own = store.own(article)
    rejected = graph_iri(store.base, REJECTED)
    for quad in store.quads(s=article_iri(store.base, article), p=vocab.asFound, g=rejected):
        lines = quad.o.text.split("\n") if isinstance(quad.o, Lit) else []
        own -= {read_line(line[2:]) for line in lines if line.startswith("+ ")}
        own |= {read_line(line[2:]) for line in lines if line.startswith("- ")}
    return own


@dataclass(frozen=True, slots=True)
class ReviewedArticle:
    """An article with people's words on it: its quads, what was found, what people made of it, what stays open."""

    quads: set[Quad]
    found: Extraction
    extraction: Extraction
    held: tuple[Held, ...]
    open: tuple[OpenRuling, ...]


def reviewed(raw: set[Quad], words: Rulings, *, base: str) -> ReviewedArticle:
    """The quads of an article as found -> the same with people's words in force on it."""
    found = read_article(raw)
    result = review(found, words.get(found.article.sha256, ()))
    if not result.held:
        return ReviewedArticle(raw, found, found, (), result.open)
    ledger = graph_iri(base, LEDGER)
    left = {quad for quad in describe(result.extraction, base=base) if quad.g != ledger}
    quads = left | _changes(raw, left, found, base) | _review_quads(found, result.extraction, result.held, base)
    return ReviewedArticle(quads, found, result.extraction, result.held, result.open)


def with_reviews(text: bytes, words: Rulings, *, base: str) -> bytes:
    """An article's canonical N-Quads as found, with people's words in force on it."""
    if not words:
        return text
    raw = {read_line(line) for line in text.decode().split("\n") if line}
    if not any(q.p == vocab.textHash and isinstance(q.o, Lit) and q.o.text in words for q in raw):
        return text
    return joined(nquads(reviewed(raw, words, base=base).quads))


@dataclass(frozen=True, slots=True)
class Revised:
    """What bringing a store up to date came to: articles changed, words that hold, and those that do for nothing."""

    changed: int
    held: int
    open: tuple[OpenRuling, ...]


def revise(store: Store, words: Rulings | None = None) -> Revised:
    """Bring all articles of a store to what people's words in force make of them; links are to be made anew after it.

    A word about a text of which the store has no article is open.

    Raises StoreError if the decisions file is none, or the store cannot be written.
    """
    words = rulings(store.folder) if words is None else words
    changed = held = 0
    for article, _ in affected(store, words):
        result = reviewed(as_found(store, article), words, base=store.base)
        held += len(result.held)
        if result.quads != _present(store, article):
            store.rewrite(article, joined(nquads(result.quads)))
            changed += 1
    return Revised(changed, held, open_rulings(store))


def open_rulings(store: Store) -> tuple[OpenRuling, ...]:
    """The words in force that hold for nothing in a store, and why."""
    words = rulings(store.folder)
    found: dict[str, OpenRuling] = {}
    holding: set[str] = set()
    met: set[str] = set()
    for article, text in affected(store, words):
        result = reviewed(as_found(store, article), words, base=store.base)
        met.add(text)
        holding |= {h.ruling.id for h in result.held}
        found |= {o.ruling.id: o for o in result.open}
    for text in sorted(set(words) - met):
        found |= {ruling.id: OpenRuling(ruling, "the graph has no article with this text") for ruling in words[text]}
    # two papers that print one text are two articles: a word that holds for one of them is not open
    return tuple(o for id, o in found.items() if id not in holding)


def check_quotes(store: Store, lines: Iterable[Line], name: str) -> None:
    """See that words from elsewhere quote the articles of a store, where it has them.

    Raises DecisionError at the first that does not.
    """
    lines = list(lines)
    articles = articles_of(store, lines)
    for line in lines:
        if isinstance(line, Ruling) and line.text in articles and (why := misquoted(line, articles[line.text])):
            raise DecisionError(f"{name}, decision {line.id}: {why}; nothing was applied")


def articles_of(store: Store, lines: Iterable[Line]) -> dict[str, Article]:
    """The articles of a store that decisions are about, by the SHA-256 of their texts.

    >>> import tempfile
    >>> from kg import open
    >>> with tempfile.TemporaryDirectory() as folder, open(f"{folder}/graph", create=True) as store:
    ...     articles_of(store, [])
    {}
    """
    texts = {line.text for line in lines if isinstance(line, Ruling)}
    return {
        quad.o.text: store.extraction(quad.s.rpartition("/")[2]).article
        for quad in store.quads(p=vocab.textHash)
        if isinstance(quad.o, Lit) and quad.o.text in texts
    }


def affected(store: Store, words: Rulings) -> list[tuple[str, str]]:
    """The ids and text hashes of articles that words are about, or that hold what words made of them, by id."""
    touched = {quad.o for quad in store.quads(p=vocab.reviewOf)} | {quad.s for quad in store.quads(p=vocab.asFound)}
    return sorted(
        (quad.s.rpartition("/")[2], quad.o.text)
        for quad in store.quads(p=vocab.textHash)
        if isinstance(quad.o, Lit) and (quad.o.text in words or quad.s in touched)
    )


def _present(store: Store, article: str) -> set[Quad]:
    graphs = {graph_iri(store.base, name) for name in (REVIEWS, REJECTED)}
    return store.own(article) | {quad for quad in store.about(article) if quad.g in graphs}


def _changes(raw: set[Quad], left: set[Quad], found: Extraction, base: str) -> set[Quad]:
    """What was taken away (-) and put in (+), as one literal that no query reads as records."""
    if raw == left:
        return set()
    lines = [f"- {line}" for line in nquads(raw - left)] + [f"+ {line}" for line in nquads(left - raw)]
    name = article_iri(base, found.article.id)
    return {Quad(name, vocab.asFound, Lit("\n".join(lines)), graph_iri(base, REJECTED))}


def _review_quads(found: Extraction, now: Extraction, held: Iterable[Held], base: str) -> set[Quad]:
    reviews, rejected = graph_iri(base, REVIEWS), graph_iri(base, REJECTED)
    article = article_iri(base, found.article.id)
    iris: dict[RecordKind, dict[str, Iri]] = {
        RecordKind.STATEMENT: statement_iris(now, base=base),
        RecordKind.FIGURE: figure_iris(now, base=base),
        RecordKind.ROLE: role_iris(now, base=base),
        RecordKind.ENTITY: entity_iris(now, base=base),
    }
    records = {kind: {r.id: r for r in some} for kind, some in _records(now).items()}
    quads: set[Quad] = set()
    for one in held:
        ruling = one.ruling
        graph = rejected if one.verdict is ReviewVerdict.REJECTED else reviews
        name = node(base, "review", found.article.id, ruling.id)
        before = {} if one.found is None else in_words(found, one.found)
        record = records[ruling.kind].get(one.now) if one.now is not None else None
        after = {} if record is None else in_words(now, record)
        rows: list[tuple[Iri, Iri | Lit]] = [
            (vocab.type_, vocab.Review),
            (vocab.reviewOf, article),
            (vocab.verdict, Lit(one.verdict)),
            (vocab.recordKind, Lit(ruling.kind)),
            (vocab.words, Lit(clean((after or before).get("words", "")))),
            *_signed(ruling.by, base),
        ]
        if one.verdict in {ReviewVerdict.CORRECTED, ReviewVerdict.REJECTED}:
            rows.append((vocab.found, _json(before, after)))
        if one.verdict in {ReviewVerdict.CORRECTED, ReviewVerdict.ADDED}:
            rows.append((vocab.decided, _json(after, before)))
        if ruling.by.who is not None:
            agent = node(base, "reviewer", ruling.by.who)
            quads.add(Quad(agent, vocab.type_, vocab.person, reviews))
            quads.add(Quad(agent, vocab.label, Lit(clean(ruling.by.who)), reviews))
        quads |= {Quad(name, p, o, graph) for p, o in rows}
        if one.now is not None:
            quads.add(Quad(iris[ruling.kind][one.now], vocab.reviewed, name, reviews))
    return quads


def _signed(by: Signature, base: str) -> Iterator[tuple[Iri, Iri | Lit]]:
    """Who decided, when and why, as far as the line says."""
    if by.why is not None:
        yield vocab.reason, Lit(clean(by.why))
    if by.when is not None:
        yield vocab.endedAtTime, Lit(_instant(by.when), vocab.dateTime)
    if by.who is not None:
        yield vocab.wasAssociatedWith, node(base, "reviewer", by.who)


def _records(extraction: Extraction) -> dict[RecordKind, Sequence[Record]]:
    return {
        RecordKind.STATEMENT: extraction.attributions,
        RecordKind.FIGURE: extraction.figures,
        RecordKind.ROLE: extraction.roles,
        RecordKind.ENTITY: extraction.entities,
    }


def _json(these: Mapping[str, str], those: Mapping[str, str]) -> Lit:
    """Parts that differ, as JSON."""
    found = {name: value for name, value in these.items() if name != "words" and those.get(name) != value}
    return Lit(clean(json.dumps(found, ensure_ascii=False)))


def _instant(when: str) -> str:
    """A time in the one form that every engine gives back: no zeros at the end of a second's fraction."""
    return re.sub(r"\.?0*Z$", "Z", when) if "." in when else when


def in_words(extraction: Extraction, record: Record) -> dict[str, str]:
    """A record's parts as people read them: names and not ids, only those that it has; `words` says what it is.

    >>> from kg import Article, extract
    >>> found = extract(Article("Jo Hill denied that the mill had closed."), fast=True)
    >>> parts = in_words(found, found.attributions[0])
    >>> parts["who"], parts["stance"], parts["words"]
    ('Jo Hill', 'denies', 'the mill had closed')
    """
    names = {e.id: e.name for e in extraction.entities}
    quote = extraction.article.quote

    def name(id: str | None) -> str | None:
        return None if id is None else names.get(id)

    def said(spans: Iterable[Span]) -> str:
        return GAP.join(quote(span) for span in sorted(spans))

    parts: dict[str, str | None]
    if isinstance(record, Attribution):
        parts = {
            "words": said(record.content), "who": name(record.entity), "source": said(record.source),
            "with": "; ".join(names[id] for id in record.joint),
            "cue": said(record.cue), "content": said(record.content), "stance": record.stance, "form": record.form,
            "via": name(record.via),
        }  # fmt: skip
    elif isinstance(record, Figure):
        evidence = quote(record.evidence or record.span)
        parts = {
            "words": evidence, "figure": quote(record.span), "low": _number(record.low), "high": _number(record.high),
            "bound": record.bound, "approximate": "yes" if record.approximate else None, "unit": record.unit,
            "per": record.per, "change": record.change, "counted": record.counted,
            "reporters": "; ".join(names[id] for id in record.reporters), "via": name(record.via),
            "start": record.start, "end": record.end, "as of": record.as_of, "place": name(record.place),
        }  # fmt: skip
    elif isinstance(record, Role):
        parts = {
            "words": quote(record.span), "holder": name(record.holder), "title": record.title,
            "organization": name(record.organization), "place": name(record.place),
            "start": record.start, "end": record.end, "as of": record.as_of, "status": record.status,
        }  # fmt: skip
    else:
        parts = {"words": record.name, "name": record.name, "type": record.type, "mentions": _mentions(record)}
    return {part: str(value) for part, value in parts.items() if value}


def _number(value: Decimal | None) -> str | None:
    return None if value is None else number(value)


def _mentions(entity: Entity) -> str:
    return " ".join(f"{m.span.start}-{m.span.end}" for m in entity.mentions)
