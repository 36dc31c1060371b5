"""The body and the place said right behind a name: "Nick Rhodes of Duran Duran", "Gov. Mike Pence of Indiana"."""

from __future__ import annotations

from ...language.lexicon import words
from ...records.entity import Entity
from ...records.mention import EntityType
from .belonging import possessive
from .mention_index import MentionIndex

CLOSERS = frozenset(', . ; : ) — – - ” " ’ ! ?'.split())


def of_organization(index: MentionIndex, k: int) -> Entity | None:
    """The organisation said after a name: `Nick Rhodes of Duran Duran`."""
    document = index.document
    if k + 1 < len(document) and document[k].text == "," and document[k + 1].lower in ("of", "from"):
        k += 1
    if k + 1 < len(document) and document[k].lower in words("roles", "before a body"):
        k += 1
        while k < len(document) - 1 and (document[k].tag in ("DT", "POS") or _glosses(index, k)):
            k += 1
        thing = index.thing(k) if k < len(document) else None
        if thing is not None and thing.entity.type in (EntityType.ORGANIZATION, EntityType.GROUP):
            return thing.entity
    return None


def _glosses(index: MentionIndex, k: int) -> bool:
    """Whether a word only says what sort of body is named after it: `of the anti-fraud squad BVR`."""
    token = index.document[k]
    plain = index.at.get(k) is None and token.pos in ("NOUN", "ADJ", "PUNCT") and not token.text[:1].isupper()
    after = index.document[k + 1]
    return plain and token.text not in CLOSERS - {"-"} and (after.pos in ("NOUN", "ADJ", "PROPN") or after.text == "-")


def of_place(index: MentionIndex, k: int) -> Entity | None:
    """The place said after an officeholder's name: `Gov. Mike Pence of Indiana`."""
    document = index.document
    of = k + 1 < len(document) and document[k].lower == "of"  # or "Senator Ana Ruiz, who represents Ohio"
    # "Sen. A, R-Ohio", "Rep. A (D-Ohio)"
    party = k + 3 < len(document) and document[k].text in (",", "(") and document[k + 2].text == "-"
    elected = party and document[k + 1].text in words("roles", "letters of parties, as printed")
    seat = document.words(k, min(k + 3, len(document))).lower() == ", who represents"
    thing = index.thing(k + 1) if of else index.thing(k + 3) if elected or seat else None
    if thing is None or thing.entity.type is not EntityType.PLACE:
        return None
    owns = thing.end < len(index.document) and possessive(index.document, thing.end)  # "of Italy's La Repubblica"
    return None if owns else thing.entity
