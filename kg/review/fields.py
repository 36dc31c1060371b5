"""Which parts of a record a person can see and put right, and how each is written in the decisions file.

What was seen is written as places in the text, values and words; what is said
instead proves itself: each place comes with the words that stand there.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

from ..errors import DecisionError
from ..rdf.edtf import bounds
from ..rdf.forms import number
from ..records.attribution import Form, Stance
from ..records.figure import Bound, Change
from ..records.mention import EntityType
from ..records.role import RoleStatus
from ..text.article import Span
from .verdicts import Fields, Quote, RecordKind, Value, Who

LONGEST = 2_000
"""Characters of a name, title or reason."""

MOST = 200
"""EntityPlaces that one part of a record may have."""


@dataclass(frozen=True, slots=True)
class PartShape:
    """How a part is read from JSON, and written: `read` raises DecisionError."""

    read: Callable[[Any], Value]
    write: Callable[[Any], Any]


def one_line(value: Any) -> str:
    """Words that a person typed: one line that cannot steer a terminal or turn other text round.

    Raises DecisionError.

    >>> one_line("Jo Hill")
    'Jo Hill'
    >>> one_line("Jo\\nHill")
    Traceback (most recent call last):
        ...
    kg.errors.DecisionError: 'Jo\\nHill' holds characters that cannot be shown
    """
    if not isinstance(value, str) or not value.strip() or len(value) > LONGEST:
        raise DecisionError(f"{_shown(value)} is no text of 1 to {LONGEST} characters")
    if any(unicodedata.category(c) in {"Cc", "Cs", "Co", "Cn", "Zl", "Zp"} or c in _TURNING for c in value):
        raise DecisionError(f"{_shown(value)} holds characters that cannot be shown")
    return value


def as_printed(value: Any) -> str:
    """Words of an article, or of an older file, whatever they are.

    Raises DecisionError at what is no text, or too long.

    >>> as_printed("Jo\\nHill")
    'Jo\\nHill'
    """
    if not isinstance(value, str) or len(value) > LONGEST:
        raise DecisionError(f"{_shown(value)} is no text of up to {LONGEST} characters")
    return value


_TURNING = frozenset("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def _shown(value: Any) -> str:
    text = ascii(value)
    return text if len(text) <= 60 else f"{text[:57]}..."


def span(value: Any) -> Span:
    """A place written [start, end].

    Raises DecisionError.

    >>> span([3, 8])
    Span(start=3, end=8)
    >>> span([8, 3])
    Traceback (most recent call last):
        ...
    kg.errors.DecisionError: [8, 3] is no place in a text; 0 <= start < end
    """
    if not isinstance(value, list) or len(value) != 2:
        raise DecisionError(f"{_shown(value)} is no place; write [start, end]")
    start, end = value
    if type(start) is not int or type(end) is not int or not 0 <= start < end <= 10**9:
        raise DecisionError(f"{_shown(value)} is no place in a text; 0 <= start < end")
    return Span(start, end)


def _quote(value: Any) -> Quote:
    if not isinstance(value, list) or len(value) != 3 or not isinstance(value[2], str):
        raise DecisionError(f'{_shown(value)} is no quotation; write [start, end, "words"]')
    place = span(value[:2])
    if len(value[2]) != place.end - place.start:
        raise DecisionError(
            f"{_shown(value)}: the words have {len(value[2])} characters, the place {place.end - place.start}"
        )
    return Quote(place, value[2])


def _who(value: Any) -> Who:
    if not isinstance(value, dict) or not set(value) <= {"at", "type"} or "at" not in value:
        raise DecisionError(f'{_shown(value)} is no entity; write {{"at": [start, end, "words"], "type": "Person"}}')
    kind = value.get("type")
    return Who(_quote(value["at"]), None if kind is None else EntityType(_among(EntityType)(kind)))


def _decimal(value: Any) -> Decimal:
    if not isinstance(value, str) or not _NUMBER.fullmatch(value):
        raise DecisionError(f'{_shown(value)} is no number; write it as text, such as "5000" or "-3.5"')
    return Decimal(value)


_NUMBER = re.compile(r"-?[0-9]{1,24}(?:\.[0-9]{1,12})?")


def _date(value: Any) -> str:
    if not isinstance(value, str) or len(value) > 64 or bounds(value) == (None, None):
        raise DecisionError(f"{_shown(value)} is no date; write 2017, 2017-05 or 2017-05-16 (EDTF)")
    return one_line(value)


def _flag(value: Any) -> bool:
    if type(value) is not bool:
        raise DecisionError(f"{_shown(value)} is neither true nor false")
    return value


def _among(kinds: type[StrEnum]) -> Callable[[Any], str]:
    def read(value: Any) -> str:
        if not isinstance(value, str) or value not in set(kinds):
            raise DecisionError(f"{_shown(value)} is none of {', '.join(kinds)}")
        return str(value)

    return read


def _many(read: Callable[[Any], Any]) -> Callable[[Any], Any]:
    def each(value: Any) -> tuple[Any, ...]:
        if not isinstance(value, list) or len(value) > MOST:
            raise DecisionError(f"{_shown(value)} is no list of up to {MOST} places")
        return tuple(map(read, value))

    return each


def _or_null(read: Callable[[Any], Value]) -> Callable[[Any], Value]:
    return lambda value: None if value is None else read(value)


def write_span(place: Span) -> list[int]:
    """A place as [start, end].

    >>> write_span(Span(3, 8))
    [3, 8]
    """
    return [place.start, place.end]


def _write_quote(quote: Quote) -> list[Any]:
    return [quote.span.start, quote.span.end, quote.words]


def _write_who(who: Who) -> dict[str, Any]:
    return {"at": _write_quote(who.at)} | ({"type": str(who.type)} if who.type else {})


def _each(write: Callable[[Any], Any]) -> Callable[[Any], Any]:
    return lambda values: [write(value) for value in values]


def _null_or(write: Callable[[Any], Any]) -> Callable[[Any], Any]:
    return lambda value: None if value is None else write(value)


def _shape(read: Callable[[Any], Value], write: Callable[[Any], Any]) -> PartShape:
    return PartShape(read, write)


def _optional(read: Callable[[Any], Value], write: Callable[[Any], Any]) -> PartShape:
    return PartShape(_or_null(read), _null_or(write))


_SPAN, _SPANS = _shape(span, write_span), _shape(_many(span), _each(write_span))
_PERHAPS_SPAN = _optional(span, write_span)
_QUOTE, _QUOTES = _shape(_quote, _write_quote), _shape(_many(_quote), _each(_write_quote))
_PERHAPS_QUOTE = _optional(_quote, _write_quote)
_WHO, _WHOM = _shape(_who, _write_who), _shape(_many(_who), _each(_write_who))
_PERHAPS_WHO = _optional(_who, _write_who)
_WORDS, _PERHAPS_WORDS = _shape(one_line, str), _optional(one_line, str)
_NUMERAL, _DATE, _FLAG = _optional(_decimal, number), _optional(_date, str), _shape(_flag, bool)
_STANCE, _FORM = _shape(_among(Stance), str), _shape(_among(Form), str)
_BOUND, _CHANGE = _shape(_among(Bound), str), _optional(_among(Change), str)
_STATUS, _TYPE = _shape(_among(RoleStatus), str), _shape(_among(EntityType), str)
_ANYTHING = _optional(as_printed, str)

_PARTS: Mapping[RecordKind, Mapping[str, tuple[PartShape | None, PartShape]]] = {
    RecordKind.STATEMENT: {
        "content": (_SPANS, _QUOTES), "source": (_SPANS, _QUOTES), "cue": (_SPANS, _QUOTES),
        "entity": (_PERHAPS_SPAN, _PERHAPS_WHO), "stance": (_STANCE, _STANCE), "form": (_FORM, _FORM),
        "via": (_PERHAPS_SPAN, _PERHAPS_WHO), "joint": (_SPANS, _WHOM),
    },
    RecordKind.FIGURE: {
        "span": (_SPAN, _QUOTE), "low": (_NUMERAL, _NUMERAL), "high": (_NUMERAL, _NUMERAL), "bound": (_BOUND, _BOUND),
        "approximate": (None, _FLAG), "unit": (_ANYTHING, _PERHAPS_WORDS), "per": (_ANYTHING, _PERHAPS_WORDS),
        "change": (_CHANGE, _CHANGE), "counted": (_ANYTHING, _PERHAPS_QUOTE), "concept": (None, _PERHAPS_WORDS),
        "event": (None, _PERHAPS_WORDS), "reporters": (_SPANS, _WHOM), "via": (_PERHAPS_SPAN, _PERHAPS_WHO),
        "start": (_ANYTHING, _DATE), "end": (_ANYTHING, _DATE), "as_of": (_ANYTHING, _DATE),
        "place": (_PERHAPS_SPAN, _PERHAPS_WHO),
    },
    RecordKind.ROLE: {
        "span": (_SPAN, _QUOTE), "holder": (_SPAN, _WHO), "title": (_ANYTHING, _WORDS),
        "organization": (_PERHAPS_SPAN, _PERHAPS_WHO), "place": (_PERHAPS_SPAN, _PERHAPS_WHO),
        "start": (_ANYTHING, _DATE), "end": (_ANYTHING, _DATE), "as_of": (_ANYTHING, _DATE),
        "status": (_STATUS, _STATUS),
    },
    RecordKind.ENTITY: {
        "at": (_SPAN, _QUOTE), "type": (_TYPE, _TYPE), "name": (_ANYTHING, _WORDS), "mentions": (None, _QUOTES),
    },
}  # fmt: skip
"""The parts of each kind of record: how each is written as it was seen, and as a person puts it right."""

SEEN: Mapping[RecordKind, Mapping[str, PartShape]] = {
    kind: {name: seen for name, (seen, _) in parts.items() if seen is not None} for kind, parts in _PARTS.items()
}
"""What is written down of a record that a person decides about: by all of it the record is known again."""

SPARED = frozenset({"joint"})
"""The parts that are written down only of a record that has them."""

LISTED = frozenset({"reporters", "joint"})
"""The parts that are several entities, in their order."""

TO: Mapping[RecordKind, Mapping[str, PartShape]] = {
    kind: {name: to for name, (_, to) in parts.items()} for kind, parts in _PARTS.items()
}
"""What a person can say instead, or of a record that is added."""

ENTITIES: Mapping[RecordKind, frozenset[str]] = {
    kind: frozenset(name for name, shape in parts.items() if shape in (_WHO, _WHOM, _PERHAPS_WHO))
    for kind, parts in TO.items()
}
"""The parts that are entities, each known by a mention."""

NEEDED: Mapping[RecordKind, frozenset[str]] = {
    RecordKind.STATEMENT: frozenset({"content"}),
    RecordKind.FIGURE: frozenset({"span"}),
    RecordKind.ROLE: frozenset({"span", "holder", "title"}),
    RecordKind.ENTITY: frozenset({"at", "type"}),
}
"""What a record that is added must say."""


def read_fields(found: Any, shapes: Mapping[str, PartShape]) -> Fields:
    """The parts of a record from JSON.

    Raises DecisionError at a part that there is not, or that is not what it should be.

    >>> read_fields({"content": [[13, 32]], "stance": "denies"}, SEEN[RecordKind.STATEMENT])
    {'content': (Span(start=13, end=32),), 'stance': 'denies'}
    >>> read_fields({"mood": "glad"}, SEEN[RecordKind.ENTITY])
    Traceback (most recent call last):
        ...
    kg.errors.DecisionError: 'mood' is none of at, type, name
    """
    if not isinstance(found, dict):
        raise DecisionError(f"{_shown(found)} is no object of parts")
    parts: dict[str, Value] = {}
    for name, value in found.items():
        if name not in shapes:
            raise DecisionError(f"{_shown(name)} is none of {', '.join(shapes)}")
        try:
            parts[name] = shapes[name].read(value)
        except DecisionError as error:
            raise DecisionError(f"{name}: {error}") from None
    return parts


def write_fields(fields: Fields, shapes: Mapping[str, PartShape]) -> dict[str, Any]:
    """The parts of a record as JSON, in the order of the table.

    >>> write_fields({"stance": "denies", "content": (Span(13, 32),)}, SEEN[RecordKind.STATEMENT])
    {'content': [[13, 32]], 'stance': 'denies'}
    """
    return {name: shape.write(fields[name]) for name, shape in shapes.items() if name in fields}


def quotes(fields: Fields) -> list[Quote]:
    """All places of a record's parts that say which words stand there.

    >>> quotes({"holder": Who(Quote(Span(0, 7), "Jo Hill")), "status": "former"})
    [Quote(span=Span(start=0, end=7), words='Jo Hill')]
    """
    found: list[Quote] = []
    for value in fields.values():
        for one in value if isinstance(value, tuple) else (value,):
            if isinstance(one, Quote):
                found.append(one)
            elif isinstance(one, Who):
                found.append(one.at)
    return found
