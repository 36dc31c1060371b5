"""What a person types to put a record right -> its parts: names and words are looked up in the article."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation

from ..errors import DecisionError
from ..records.entity import Entity
from ..records.extraction import Extraction
from ..records.mention import EntityType
from ..text.article import Article, Span
from .fields import ENTITIES, LISTED, NEEDED, SEEN, TO
from .seen import anchor
from .sitting import ReviewItem
from .verdicts import Fields, Quote, RecordKind, Value, Who

_TYPED = {"content": "words", "span": "words", "entity": "who", "joint": "with", "reporters": "by", "start": "from",
          "end": "until", "as_of": "as-of"}  # fmt: skip


def _typed(kind: RecordKind) -> dict[str, str]:
    """The parts by what they are called; of a statement first who said it."""
    first = ENTITIES[kind] if kind is RecordKind.STATEMENT else frozenset()
    return {_TYPED.get(part, part): part for part in sorted(SEEN[kind], key=lambda part: part not in first)}


NAMES: Mapping[RecordKind, Mapping[str, str]] = {
    kind: _typed(kind) for kind in RecordKind if kind is not RecordKind.ENTITY
}
"""What a person calls the parts of each kind of record."""

_WORDS = frozenset({"content", "source", "cue"})


def corrections(item: ReviewItem, text: str, kind: RecordKind | None = None) -> Fields:
    """The parts that a line such as `who = Ida Berg; stance = denies` puts right; `-` is nobody or nothing.

    They are those of the record, or of a record of another `kind`. Names are
    those of entities, or words of the article, with the type after them where
    it is new: `Ida Berg (Person)`. Parts of content go apart by `...`.

    Raises DecisionError at what is not there.

    >>> from kg import Article, extract
    >>> from kg.review.seen import everything_seen
    >>> found = extract(Article("Jo Hill said the mill had closed."), fast=True)
    >>> one = everything_seen(found)[0]
    >>> item = ReviewItem(found, one.kind, one.record, one.seen)
    >>> corrections(item, "stance = denies; who = -")
    {'stance': 'denies', 'entity': None}
    >>> corrections(item, "mood = glad")  # doctest: +ELLIPSIS
    Traceback (most recent call last):
        ...
    kg.errors.DecisionError: 'mood = glad' puts nothing right; ...
    """
    kind = kind or item.kind
    names = NAMES[kind]
    found: dict[str, Value] = {}
    for part in filter(str.strip, text.split(";")):
        name, equals, said = (piece.strip() for piece in part.partition("="))
        if not equals or name not in names:
            raise DecisionError(
                f"{part.strip()!r} puts nothing right; write one of {', '.join(names)} and = and what is so"
            )
        found[names[name]] = _value(item, kind, names[name], said)
    if not found:
        raise DecisionError(f"nothing to put right; write one of {', '.join(names)} and = and what is so")
    return found


def missed(item: ReviewItem, text: str) -> tuple[RecordKind, Fields]:
    """What was missed in the article of a record: `statement: words = it was over; who = Ida Berg`, a figure or a role.

    Without a kind before it, it is one of the record's own. A figure whose words hold one number has it.

    Raises DecisionError at what is not there, or not said.

    >>> from kg import Article, extract
    >>> from kg.review.seen import everything_seen
    >>> found = extract(Article("Jo Hill said the mill had closed and 30 people had left."), fast=True)
    >>> one = everything_seen(found)[0]
    >>> item = ReviewItem(found, one.kind, one.record, one.seen)
    >>> kind, to = missed(item, "figure: words = 30 people; counted = people")
    >>> str(kind), str(to["low"])
    ('figure', '30')
    """
    before, colon, rest = text.partition(":")
    kind, text = (RecordKind(before.strip()), rest) if colon and before.strip() in NAMES else (item.kind, text)
    to = dict(corrections(item, text, kind))
    lacking = [name for name, part in NAMES[kind].items() if part in NEEDED[kind] and part not in to]
    if lacking:
        raise DecisionError(f"a {kind} that was missed needs {' and '.join(f'{name} = ...' for name in lacking)}")
    words = to.get("span")
    if kind is RecordKind.FIGURE and isinstance(words, Quote) and not {"low", "high"} & set(to):
        numbers = _NUMBER.findall(words.words)
        if len(numbers) == 1:
            to["low"] = to["high"] = Decimal(numbers[0].replace(",", ""))
    return kind, to


_NUMBER = re.compile(r"(?<![\d.,])\d[\d,]*(?:\.\d+)?(?![\d.,]*\d)")


def _value(item: ReviewItem, kind: RecordKind, name: str, said: str) -> Value:
    article, near = item.extraction.article, min(item.spans()).start
    if name in LISTED:
        return () if said == "-" else tuple(_entity(item.extraction, one, near) for one in said.split(","))
    if name in _WORDS:
        return () if said == "-" else tuple(_quoted(article, piece.strip(), near) for piece in said.split("..."))
    if said == "-":
        return TO[kind][name].read(None)
    if name in ENTITIES[kind]:
        return _entity(item.extraction, said, near)
    if name in {"counted", "span"}:
        return _quoted(article, said, near)
    if name in {"low", "high"}:
        try:
            return TO[kind][name].read(f"{Decimal(said.replace(',', '')):f}")
        except InvalidOperation:
            raise DecisionError(f"{said!r} is no number") from None
    return TO[kind][name].read(said)


def _entity(extraction: Extraction, said: str, near: int) -> Who:
    """The entity of that name, or whatever the nearest such words name.

    Raises DecisionError if the article holds neither.
    """
    name, _, kind = said.strip().partition(" (")
    kind = kind.removesuffix(")")
    if kind and kind not in set(EntityType):
        raise DecisionError(f"{kind!r} is no type; there are {', '.join(EntityType)}")
    named = [e for e in extraction.entities if e.mentions and name.casefold() in _names(extraction, e)]
    if named:
        at = min((anchor(e) for e in named), key=lambda span: abs(span.start - near))
        return Who(Quote(at, extraction.article.quote(at)), EntityType(kind) if kind else None)
    return Who(_quoted(extraction.article, name, near), EntityType(kind) if kind else None)


def _names(extraction: Extraction, e: Entity) -> set[str]:
    return {e.name.casefold(), *(extraction.article.quote(m.span).casefold() for m in e.mentions if m.kind == "name")}


def _quoted(article: Article, words: str, near: int) -> Quote:
    """The place nearest to a record where the article says some words."""
    places: list[int] = []
    start = article.text.find(words) if words else -1
    while start >= 0:
        places.append(start)
        start = article.text.find(words, start + 1)
    if not places:
        raise DecisionError(f"the article does not say {words!r}; words must stand there as they are")
    first = min(places, key=lambda place: abs(place - near))
    return Quote(Span(first, first + len(words)), words)
