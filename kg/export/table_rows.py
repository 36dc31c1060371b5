"""Extractions -> tables: articles, statements, figures, roles, entities and claims, a row a record, typed values.

What spreadsheets, databases and data frames share: the columns, their kinds,
and the rows in the order of articles and text.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, NamedTuple

from ..errors import ExportError
from ..identity.linking import linked
from ..rdf import vocab
from ..rdf.concepts import Concept, counted, preferred_label
from ..rdf.forms import GAP, number
from ..rdf.iris import BASE
from ..rdf.terms import clean
from ..rdf.write import entity_iris
from ..records.entity import Entity
from ..records.extraction import Extraction
from ..records.figure import Figure
from ..records.mention import MentionKind
from ..store import Store
from ..store.contents import extractions
from ..text.article import Span

if TYPE_CHECKING:
    from ..store.contents import Source

Row = Mapping[str, object]


class Kind(StrEnum):
    """What the values of a column are, where they are not empty."""

    TEXT = "text"
    WHOLE = "whole number"
    NUMBER = "number"
    FLAG = "yes or no"
    DAY = "day"
    URL = "address"


@dataclass(frozen=True, slots=True)
class TableShape:
    """A table: its columns with their kinds, and the rows that one article gives it."""

    columns: Mapping[str, Kind]
    rows: Callable[[Extraction, Joined], Iterator[Row]]


@dataclass(frozen=True, slots=True)
class Joined:
    """What is known across articles: which entities are one thing, and what a thing is called elsewhere."""

    key: Callable[[Extraction, Entity], str] | None = None
    outside: Mapping[str, Sequence[str]] = field(default_factory=dict)
    base: str = BASE

    def same(self, extraction: Extraction, entity: Entity) -> str:
        """The IRI that an entity shares with whatever is judged to be the same thing."""
        return self.key(extraction, entity) if self.key else entity_iris(extraction, base=self.base)[entity.id]


def joined(source: Source) -> Joined:
    """What a store knows across its articles; other sources know nothing."""
    if not isinstance(source, Store):
        return Joined()
    outside: dict[str, list[str]] = {}
    for quad in source.quads(p=vocab.closeMatch):
        outside.setdefault(quad.s, []).append(str(quad.o))
    return Joined(linked(source), {s: sorted(ids) for s, ids in outside.items()}, source.base)


def rows(source: Source, what: str) -> Iterator[Row]:
    """The rows of one table, made as they are asked for.

    Raises ExportError if there is no such table.

    >>> from kg import Article, extract, to_rdf
    >>> graph = to_rdf(extract(Article("Jo Hill said the mill had closed."), fast=True))
    >>> [(row["who"], row["stance"], row["text"]) for row in rows(graph, "statements")]
    [('Jo Hill', 'asserts', 'the mill had closed')]
    """
    shape(what)
    if what == "claims":
        claims: _Claims = {}
        for extraction in extractions(source):
            _claim(claims, extraction)
        yield from _claim_rows(claims)
        return
    known = joined(source)
    for extraction in extractions(source):
        yield from TABLES[what].rows(extraction, known)


def every_row(source: Source) -> Iterator[tuple[str, Row]]:
    """The rows of all tables with the tables' names, in one reading of the source; the claims come last.

    >>> from kg import Article, extract, to_rdf
    >>> graph = to_rdf(extract(Article("Jo Hill said the mill had closed."), fast=True))
    >>> [name for name, _ in every_row(graph)]
    ['articles', 'statements', 'entities']
    """
    known = joined(source)
    claims: _Claims = {}
    for extraction in extractions(source):
        for name, table in TABLES.items():
            for row in table.rows(extraction, known):
                yield name, row
        _claim(claims, extraction)
    for row in _claim_rows(claims):
        yield "claims", row


def shape(what: str) -> TableShape:
    """The table of that name. Raises ExportError if there is none.

    >>> list(shape("statements").columns)[:3]
    ['article', 'headline', 'publisher']
    """
    if what not in TABLES:
        raise ExportError(f"there is no table {what!r}; there are {', '.join(TABLES)}")
    return TABLES[what]


def as_csv(source: Source, what: str, *, mark: bool = False) -> str:
    """A table as CSV; with `mark` it starts with the byte order mark by which Excel knows UTF-8.

    A cell that a spreadsheet would run as a formula gets an apostrophe in front.

    >>> from kg import Article, extract, to_rdf
    >>> graph = to_rdf(extract(Article("Jo Hill said the mill had closed."), fast=True))
    >>> as_csv(graph, "entities").count("Jo Hill") > 0
    True
    """
    columns = shape(what).columns
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(columns)
    for row in rows(source, what):
        writer.writerow([_cell(row[column]) for column in columns])
    return ("\ufeff" if mark else "") + out.getvalue()


_FORMULA = re.compile(r"[=@\t\r]|[+-](?![\d.]+$)")


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:.4g}"
    text = clean(number(value) if isinstance(value, Decimal) else str(value))
    return f"'{text}" if _FORMULA.match(text) else text


# -- the rows


def _about(extraction: Extraction) -> Row:
    article = extraction.article
    return {
        "article": article.id,
        "headline": article.title,
        "publisher": article.publisher,
        "published": article.published,
        "url": article.url,
    }


def _names(extraction: Extraction) -> dict[str | None, str]:
    return {entity.id: entity.name for entity in extraction.entities}


def _where(extraction: Extraction, span: Span) -> Row:
    return {"quote": extraction.article.quote(span), "start": span.start, "end": span.end}


def _articles(extraction: Extraction, _: Joined) -> Iterator[Row]:
    article = extraction.article
    yield {
        **_about(extraction),
        "authors": "; ".join(article.authors) or None,
        "language": article.language,
        "file": article.path,
        "characters": len(article.text),
        "statements": len(extraction.attributions),
        "figures": len(extraction.figures),
        "roles": len(extraction.roles),
        "entities": len(extraction.entities),
        "model": extraction.model,
        "problems": "; ".join(extraction.problems) or None,
    }


def _statements(extraction: Extraction, _: Joined) -> Iterator[Row]:
    names, quote = _names(extraction), extraction.article.quote
    for attribution in extraction.attributions:
        spans = (*attribution.source, *attribution.cue, *attribution.content)
        topics = (topic.label for topic in extraction.topics if attribution.id in topic.attributions)
        yield {
            **_about(extraction),
            "id": attribution.id,
            "who": "; ".join(names[id] for id in attribution.speakers) or None,
            "stance": str(attribution.stance),
            "text": GAP.join(quote(span) for span in attribution.content),
            "cue": GAP.join(quote(span) for span in attribution.cue),
            "form": str(attribution.form),
            "via": names.get(attribution.via),
            "nested_in": attribution.parent,
            "topics": "; ".join(topics) or None,
            "confidence": attribution.confidence,
            **_where(extraction, Span(min(s.start for s in spans), max(s.end for s in spans))),
        }


def _figures(extraction: Extraction, _: Joined) -> Iterator[Row]:
    names = _names(extraction)
    for figure in extraction.figures:
        concept = counted(figure)
        yield {
            **_about(extraction),
            "id": figure.id,
            "reporters": "; ".join(names[id] for id in figure.reporters) or None,
            "via": names.get(figure.via),
            "chain": _chain(extraction, figure) or None,
            "low": figure.low,
            "high": figure.high,
            "bound": str(figure.bound),
            "approximate": figure.approximate,
            "unit": figure.unit,
            "per": figure.per,
            "change": figure.change and str(figure.change),
            "what": preferred_label(concept) if concept else None,
            "counted": figure.counted,
            "happening": figure.event,
            "place": names.get(figure.place),
            "from": figure.start,
            "until": figure.end,
            "as_of": figure.as_of,
            "method": figure.method,
            "statement": figure.attribution,
            "confidence": figure.confidence,
            **_where(extraction, figure.evidence or figure.span),
        }


def _chain(extraction: Extraction, figure: Figure) -> str:
    """By whom a figure came, from the outlet to the first source: Herald > Amnesty [said] > witnesses [told]."""
    names, quote = _names(extraction), extraction.article.quote
    steps = [extraction.article.publisher] if extraction.article.publisher else []
    for step in figure.chain:
        cue = " ".join(quote(span) for span in step.cue)
        steps.append(f"{names[step.entity]} [{cue}]" if cue else names[step.entity])
    return " > ".join(steps)


def _roles(extraction: Extraction, _: Joined) -> Iterator[Row]:
    names = _names(extraction)
    for role in extraction.roles:
        yield {
            **_about(extraction),
            "id": role.id,
            "holder": names[role.holder],
            "title": role.title,
            "organization": names.get(role.organization),
            "place": names.get(role.place),
            "status": str(role.status),
            "from": role.start,
            "until": role.end,
            "as_of": role.as_of,
            "confidence": role.confidence,
            **_where(extraction, role.span),
        }


def _entities(extraction: Extraction, known: Joined) -> Iterator[Row]:
    iris = entity_iris(extraction, base=known.base)
    for entity in extraction.entities:
        said = [extraction.article.quote(m.span) for m in entity.mentions if m.kind is MentionKind.NAME]
        yield {
            **_about(extraction),
            "id": entity.id,
            "name": entity.name,
            "type": str(entity.type),
            "named": entity.named,
            "thing": known.same(extraction, entity),
            "outside": "; ".join(known.outside.get(iris[entity.id], ())) or None,
            "mentions": len(entity.mentions),
            "also": "; ".join(dict.fromkeys(name for name in said if name != entity.name)) or None,
            **_where(extraction, min(m.span for m in entity.mentions)),
        }


# -- claims: figures of all articles that measure the same thing, place and time

_Key = tuple[Concept, str | None, str | None, str | None]


class _Said(NamedTuple):
    """One figure of a claim, and no more of it than the claim's row needs."""

    article: str
    figure: str
    low: Decimal | None
    high: Decimal | None
    reporters: tuple[str, ...]


_Claims = dict[_Key, list[_Said]]


def _claim(claims: _Claims, extraction: Extraction) -> None:
    names = _names(extraction)
    for figure in extraction.figures:
        concept = counted(figure)
        if concept is not None:
            said = _Said(
                extraction.article.id, figure.id, figure.low, figure.high, tuple(names[id] for id in figure.reporters)
            )
            claims.setdefault((concept, names.get(figure.place), figure.start, figure.end), []).append(said)


def _claim_rows(claims: _Claims) -> Iterator[Row]:
    def order(key: _Key) -> tuple[str, ...]:
        concept, *rest = key
        return (preferred_label(concept), *(part or "" for part in (*rest, *concept)))

    for key in sorted(claims, key=order):
        (concept, place, start, end), said = key, claims[key]
        yield {
            "what": preferred_label(concept),
            "unit": concept.unit,
            "per": concept.per,
            "change": concept.change,
            "place": place,
            "from": start,
            "until": end,
            "lowest": min((s.low for s in said if s.low is not None), default=None),
            "highest": max((s.high for s in said if s.high is not None), default=None),
            "figures": len(said),
            "articles": len({s.article for s in said}),
            "reporters": "; ".join(sorted({name for s in said for name in s.reporters})) or None,
            "where": "; ".join(f"{s.article}#{s.figure}" for s in said),
        }


# -- the columns

_T, _W, _N = Kind.TEXT, Kind.WHOLE, Kind.NUMBER


def _columns(text: str, **others: Kind) -> Mapping[str, Kind]:
    """Columns by name in that order; those that `others` does not name are text."""
    return MappingProxyType({name: others.get(name, _T) for name in text.split()})


_USUAL: Final = "article headline publisher published url "
_PLACE: Final = " quote start end"
_KINDS: Final[Mapping[str, Kind]] = MappingProxyType(
    {"published": Kind.DAY, "url": Kind.URL, "start": _W, "end": _W, "confidence": _N}
)

TABLES: Final[Mapping[str, TableShape]] = MappingProxyType(
    {
        "articles": TableShape(
            _columns(
                f"{_USUAL}authors language file characters statements figures roles entities model problems",
                **_KINDS,
                **dict.fromkeys(("characters", "statements", "figures", "roles", "entities"), _W),
            ),
            _articles,
        ),
        "statements": TableShape(
            _columns(f"{_USUAL}id who stance text cue form via nested_in topics confidence{_PLACE}", **_KINDS),
            _statements,
        ),
        "figures": TableShape(
            _columns(
                f"{_USUAL}id reporters via chain low high bound approximate unit per change what counted happening "
                f"place from until as_of method statement confidence{_PLACE}",
                **_KINDS, low=_N, high=_N, approximate=Kind.FLAG,
            ),
            _figures,
        ),
        "roles": TableShape(
            _columns(
                f"{_USUAL}id holder title organization place status from until as_of confidence{_PLACE}", **_KINDS
            ),
            _roles,
        ),
        "entities": TableShape(
            _columns(
                f"{_USUAL}id name type named thing outside mentions also{_PLACE}",
                **_KINDS, named=Kind.FLAG, mentions=_W,
            ),
            _entities,
        ),
        "claims": TableShape(
            _columns(
                "what unit per change place from until lowest highest figures articles reporters where",
                lowest=_N, highest=_N, figures=_W, articles=_W,
            ),
            lambda extraction, _: iter(()),
        ),
    }
)  # fmt: skip
"""The tables by name. A row of claims is made of all articles together, so that one article gives none."""
