"""How kinds, places and numbers of records are written in a graph: what its writer and its reader share."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from ..records.mention import EntityType, MentionKind
from ..text.article import Span
from . import vocab
from .terms import Iri, Lit, clean

CLASSES: Mapping[EntityType, Iri] = {
    EntityType.PERSON: vocab.Person,
    EntityType.ORGANIZATION: vocab.Organization,
    EntityType.PLACE: vocab.Place,
    EntityType.GROUP: vocab.Collective,
    EntityType.DOCUMENT: vocab.Document,
    EntityType.EVENT: vocab.NamedEvent,
    EntityType.OTHER: vocab.Entity,
}
"""The class of the ontology for each type of entity."""

PARTICIPANTS: Mapping[str, Iri] = {
    "agent": vocab.agent,
    "patient": vocab.patient,
    "recipient": vocab.recipient,
    "instrument": vocab.instrument,
}
"""The property of the ontology for each part in an event."""

MENTIONS: Mapping[MentionKind, Iri] = {
    MentionKind.NAME: vocab.nameMention,
    MentionKind.NOMINAL: vocab.nominalMention,
    MentionKind.PRONOUN: vocab.pronounMention,
}
"""The property of the ontology for each kind of mention."""

PLACES = frozenset(
    {*MENTIONS.values(), vocab.mention, vocab.sourceSpan, vocab.cueSpan, vocab.contentSpan}
    | {vocab.figureSpan, vocab.countedSpan, vocab.trigger}
)
"""The properties whose values are places in the text, as `fragment` writes them."""

GAP = " … "
"""Between the parts of a content that other words separate."""


def fragment(span: Span) -> str:
    """A span as RFC 5147 writes it.

    >>> fragment(Span(0, 7))
    'char=0,7'
    """
    return f"char={span.start},{span.end}"


def number(value: Decimal) -> str:
    """A decimal in the one form that every engine gives back unchanged: no exponent, no trailing zeros.

    >>> number(Decimal("1.50E+3"))
    '1500'
    """
    text = format(value, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in {"-0", ""} else text


def literal(text: str, datatype: Iri = vocab.string) -> Lit:
    """Text as a literal, without characters that UTF-8 cannot hold.

    >>> literal("It closed.").text
    'It closed.'
    """
    return Lit(clean(text), datatype)
