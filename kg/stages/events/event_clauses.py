"""Clauses that tell an event: who did what to whom, where and when."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ...language.lexicon import words
from ...language.syntax import has, is_factual, is_negated, is_participle_passive
from ...records.entity import Entity
from ...records.mention import EntityType
from ...text.document import Document
from ..roles.mention_index import MentionIndex
from ..roles.role_lexicon import DEEDS
from . import relation_lexicon as lexicon
from .arguments import (
    Argument,
    arguments,
    complements,
    distinct,
    objects,
    subject,
    undergoer,
)


class Happening(NamedTuple):
    """An event, or a relation told by a verb, before it becomes a record."""

    kind: str | None
    verb: int
    agents: tuple[Argument, ...]
    patients: tuple[Argument, ...]
    place: Entity | None
    start: str | None
    end: str | None
    negated: bool
    confidence: float


def happenings(index: MentionIndex) -> Iterator[Happening]:
    """The events and verbal relations of a document, in order."""
    document = index.document
    known = lexicon.verbs()
    for token in document.tokens:
        if not distinct(document, token):
            continue
        lemma = token.lemma.lower()
        frames = known.get(lemma)
        if frames is None and lemma in lexicon.PLAIN and lemma not in lexicon.LIGHT:
            continue
        found = _happening(index, token.i, lemma, frames or {})
        if found is not None:
            yield found


def _happening(index: MentionIndex, v: int, lemma: str, frames: dict[str, str]) -> Happening | None:
    document = index.document
    told = _waged(index, v, lemma) or _talks(index, v, lemma)
    if told is not None:
        return told
    kind, agents, patients = _sides(index, v, frames)
    if not (agents or patients) or not is_factual(document, v):
        return None
    kind, agents, patients = _checked(index, v, lemma, kind, agents, patients)
    if not (agents or patients) or {a.entity.id for a in agents} & {p.entity.id for p in patients}:
        return None
    if kind is None and not (agents and patients and _plain(document, v, lemma, frames, agents, patients)):
        return None
    return _made(index, v, v, kind, agents, patients)


def _sides(index: MentionIndex, v: int, frames: dict[str, str]) -> tuple[str | None, Arguments, Arguments]:
    """The kind that a verb tells, who does it and to whom: in the passive by whom, and its subject."""
    if is_participle_passive(index.document, v):
        return frames.get("-"), complements(index, v, "by"), undergoer(index, v)
    kind, patients = _frame(index, v, frames)
    return kind, subject(index, v), patients


def _made(
    index: MentionIndex, v: int, trigger: int, kind: str | None, agents: Arguments, patients: Arguments
) -> Happening:
    """A happening with the time, place and denial that stand with its verb."""
    place = _where(index, v)
    if place is None and kind == "build":
        built = (k.i for k in index.document.kids(v) if k.dep == "dobj")
        place = next((p for k in built if (p := _where(index, k)) is not None), None)
    start, end = _when(index, v)
    sure = round(min(a.sure for a in (*agents, *patients)), 2)
    return Happening(kind, trigger, agents, patients, place, start, end, is_negated(index.document, v), sure)


def _frame(index: MentionIndex, v: int, frames: dict[str, str]) -> tuple[str | None, tuple[Argument, ...]]:
    """The kind that an active verb tells with what follows it, and who stands there."""
    direct = objects(index, v)
    if direct or has(index.document, v, "dobj"):
        return frames.get("-"), direct
    for preposition, kind in frames.items():
        if preposition != "-":
            found = complements(index, v, preposition)
            if found:
                return kind, found
    return frames.get("-"), ()


def _checked(
    index: MentionIndex,
    v: int,
    lemma: str,
    kind: str | None,
    agents: tuple[Argument, ...],
    patients: tuple[Argument, ...],
) -> tuple[str | None, tuple[Argument, ...], tuple[Argument, ...]]:
    """The event if its participants are such as its kind needs; otherwise no kind and nobody."""
    if kind == "criticize" and not patients:
        patients = _blamed(index, v)
    needs = _NEEDS.get(kind or "")
    persons = lemma in lexicon.WARLIKE and _of_type((*agents, *patients), EntityType.PERSON)
    fails = (
        (needs is not None and not needs(index.document, v, lemma, agents, patients)),
        kind == "fight" and persons,
        kind == "memberOf" and not all(p.entity.type in _MEMBERED for p in patients),
    )
    return (None, (), ()) if any(fails) else (kind, agents, () if kind == "defect" else patients)


Arguments = tuple[Argument, ...]
_MEMBERED = (EntityType.ORGANIZATION, EntityType.GROUP)


def _of_type(several: Arguments, *types: EntityType) -> bool:
    return any(a.entity.type in types for a in several)


def _both(document: Document, v: int, lemma: str, agents: Arguments, patients: Arguments) -> bool:
    return bool(agents and patients)


def _accused(document: Document, v: int, lemma: str, agents: Arguments, patients: Arguments) -> bool:
    return bool(patients) and (bool(agents) or is_participle_passive(document, v))


def _met(document: Document, v: int, lemma: str, agents: Arguments, patients: Arguments) -> bool:
    apart = not any(k.lower == "with" for k in document.kids(v))
    return bool(agents and patients) or (len(agents) > 1 and not patients and apart)


def _harmed(document: Document, v: int, lemma: str, agents: Arguments, patients: Arguments) -> bool:
    victims = any(k.dep == "dobj" and k.lemma.lower() in lexicon.VICTIMS for k in document.kids(v))
    if not patients:
        return bool(agents) and victims
    if lemma == "capture" and any(p.entity.type is not EntityType.PERSON for p in patients):
        return False
    return not _of_type(patients, EntityType.PLACE)


def _detained(document: Document, v: int, lemma: str, agents: Arguments, patients: Arguments) -> bool:
    places = any(a.entity.type is EntityType.PLACE and a.sure > 0.8 for a in agents)
    return _harmed(document, v, lemma, agents, patients) and not (patients and places)


def _built(document: Document, v: int, lemma: str, agents: Arguments, patients: Arguments) -> bool:
    if any(k.lemma.lower() in lexicon.BUILT for k in document.kids(v)):
        return True
    return bool(patients) and not _of_type(patients, EntityType.PERSON, EntityType.GROUP)


def _somebody(document: Document, v: int, lemma: str, agents: Arguments, patients: Arguments) -> bool:
    return bool(agents)


_NEEDS = {
    "accuse": _accused, "criticize": _accused, "supports": _both, "fight": _both, "memberOf": _both, "allyOf": _both,
    "meet": _met, "kill": _harmed, "detain": _detained, "build": _built, "defect": _somebody,
}  # fmt: skip
"""What each kind needs of its participants."""


def _blamed(index: MentionIndex, v: int) -> tuple[Argument, ...]:
    """Whose act is condemned: `condemned the Syrian regime's use of gas`."""
    document = index.document
    for kid in document.kids(v):
        if kid.dep == "dobj" and kid.lemma.lower() in lexicon.ACTS:
            return tuple(a for k in document.kids(kid.i) if k.dep == "poss" for a in arguments(index, k.i))
    return ()


def _waged(index: MentionIndex, v: int, lemma: str) -> Happening | None:
    """`A launched strikes against B`."""
    document = index.document
    if lemma not in lexicon.WAGING or is_participle_passive(document, v) or not is_factual(document, v):
        return None
    for kid in document.kids(v):
        if kid.dep == "dobj" and kid.lemma.lower() in lexicon.STRIKES:
            agents = tuple(a for a in subject(index, v) if a.entity.type is not EntityType.PERSON)
            patients = tuple(
                p for preposition in ("against", "on") for k in (kid.i, v) for p in complements(index, k, preposition)
                if p.entity.type is not EntityType.PERSON
            )  # fmt: skip
            if agents and patients:
                return _made(index, v, kid.i, "fight", agents, patients)
    return None


def _talks(index: MentionIndex, v: int, lemma: str) -> Happening | None:
    """`A held talks with B`."""
    document = index.document
    if lemma not in lexicon.HOLDING or is_participle_passive(document, v) or not is_factual(document, v):
        return None
    for kid in document.kids(v):
        if kid.dep == "dobj" and kid.lemma.lower() in words("events", "talks"):
            agents = subject(index, v)
            patients = (*complements(index, kid.i, "with"), *complements(index, v, "with"))
            if agents and patients:
                return _made(index, v, kid.i, "meet", agents, patients)
    return None


def _plain(
    document: Document,
    v: int,
    lemma: str,
    frames: dict[str, str],
    agents: tuple[Argument, ...],
    patients: tuple[Argument, ...],
) -> bool:
    """Whether a verb without a kind makes an event of its own: between two names, with nothing left open."""
    if frames or lemma in lexicon.PLAIN or lemma in DEEDS:
        return False
    verb = document[v]
    if has(document, v, "xcomp", "ccomp", "prt", "dative", "oprd") or verb.dep in (
        "xcomp",
        "pcomp",
    ):
        return False
    if verb.tag not in words("parse", "verb of an event"):
        return False
    return all(a.sure >= 0.9 for a in (*agents, *patients))


def _when(index: MentionIndex, v: int) -> tuple[str | None, str | None]:
    """The time that a verb's own adverbials name, in EDTF."""
    document = index.document
    for kid in document.kids(v):
        if kid.i in index.timed:
            return index.timed[kid.i].start, index.timed[kid.i].end
        if kid.lower in words("events", "before a time"):
            for obj in document.kids(kid.i):
                time = index.timed.get(obj.i)
                if time is not None:
                    return time.start, None if kid.lower == "since" else time.end
    return None, None


def _where(index: MentionIndex, v: int) -> Entity | None:
    """The place that a verb's own adverbials name."""
    document = index.document
    for kid in document.kids(v):
        if kid.lower in words("events", "before a place"):
            for obj in document.kids(kid.i):
                found = arguments(index, obj.i)
                if found and found[0].entity.type is EntityType.PLACE:
                    return found[0].entity
    return None
