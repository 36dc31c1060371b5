"""Who or what a verb's subject, object and complements stand for."""

from __future__ import annotations

from typing import NamedTuple

from ...language.lexicon import words
from ...language.syntax import BEFORE_NOUN, RELATIVE, VERBAL, conjuncts, in_passive
from ...records.entity import Entity
from ...records.mention import EntityType
from ...text.document import Document, Token
from ..roles.mention_index import MentionIndex

FORCES = words("events", "forces")
"""Heads of phrases that act for the body or country named before them: `Syrian forces`, `the Assad regime`."""

ACTORS = (EntityType.PERSON, EntityType.ORGANIZATION, EntityType.GROUP, EntityType.PLACE)


class Argument(NamedTuple):
    """An entity as a verb's argument, the tokens of its words, and how sure it is that they stand for it."""

    entity: Entity
    start: int
    end: int
    sure: float


def arguments(index: MentionIndex, i: int) -> tuple[Argument, ...]:
    """The named entities that the noun phrase headed by token `i` stands for, coordinated ones included."""
    document = index.document
    found: list[Argument] = []
    for k in conjuncts(document, i):
        argument = _one(index, k)
        if argument is not None and all(a.entity.id != argument.entity.id for a in found):
            found.append(argument)
    return tuple(found)


def _one(index: MentionIndex, i: int) -> Argument | None:
    token = index.document[i]
    named = index.at.get(i)
    if named is not None:
        # The last word of the name must head the phrase: in "Trump supporters" it does not.
        return Argument(named.entity, named.start, named.end, 0.9) if named.entity.type in ACTORS else None
    entity = index.refers.get(i)
    if entity is not None and entity.named and entity.type in ACTORS:
        return Argument(entity, i, i + 1, 0.75 if token.pos == "PRON" else 0.8)
    if token.lower in RELATIVE:
        return None
    sent_by = _owner_of_forces(index, i) if token.lemma.lower() in FORCES and i else None
    if sent_by is not None:
        return None if sent_by.entity.type is EntityType.PERSON else sent_by
    return _named_beside(index, i)


def _owner_of_forces(index: MentionIndex, i: int) -> Argument | None:
    """Whose the troops, planes or fans at token `i` are."""
    before = index.at.get(i - 1)
    if before is not None:
        return Argument(before.entity, before.start, i + 1, 0.75)
    origin = index.origin(index.document[i - 1], index.document[i - 2] if i > 1 else None)
    return None if origin is None else Argument(origin, i - 1, i + 1, 0.7)


def _named_beside(index: MentionIndex, i: int) -> Argument | None:
    """The name in apposition to token `i`."""
    for child in index.document.kids(i):
        name = index.at.get(child.i) if child.dep == "appos" else None
        if name is not None and name.entity.type in ACTORS:
            return Argument(name.entity, name.start, name.end, 0.8)
    return None


def subject(index: MentionIndex, v: int) -> tuple[Argument, ...]:
    """Who does what the verb says: its subject, that of the verb it is coordinated with, or the noun it describes."""
    document = index.document
    for _ in range(3):
        verb = document[v]
        for kid in document.kids(v):
            if kid.dep == "nsubj":
                return _relative(index, verb, kid)
            if kid.dep in ("nsubjpass", "csubj", "expl"):
                return ()
        if verb.dep == "acl" and verb.tag == "VBG":
            return arguments(index, verb.head)
        if verb.dep == "conj" and document[verb.head].pos in VERBAL:
            if in_passive(document, verb.head):
                return ()
            v = verb.head
            continue
        break
    return ()


def _relative(index: MentionIndex, verb: Token, subject: Token) -> tuple[Argument, ...]:
    """The entities that a subject stands for: for a relative pronoun, what its clause describes."""
    if subject.lower not in RELATIVE or verb.dep != "relcl":
        return arguments(index, subject.i)
    person = subject.lower == "who"
    return tuple(
        a for a in arguments(index, verb.head)
        if subject.lower == "that" or (a.entity.type in (EntityType.PERSON, EntityType.GROUP)) == person or (
            not person and a.entity.type is EntityType.GROUP
        )
    )  # fmt: skip


def undergoer(index: MentionIndex, v: int) -> tuple[Argument, ...]:
    """Whom a passive verb happens to."""
    document = index.document
    for _ in range(3):
        verb = document[v]
        for kid in document.kids(v):
            if kid.dep == "nsubjpass":
                return _relative(index, verb, kid)
        if verb.dep == "acl":
            return arguments(index, verb.head)
        if verb.dep == "conj" and in_passive(document, verb.head):
            v = verb.head
            continue
        break
    return ()


def complements(index: MentionIndex, v: int, preposition: str) -> tuple[Argument, ...]:
    """The entities in a verb's phrases with one preposition."""
    found: list[Argument] = []
    for kid in index.document.kids(v):
        if kid.lower == preposition and kid.dep in ("prep", "agent"):
            for obj in index.document.kids(kid.i):
                if obj.dep == "pobj":
                    found += arguments(index, obj.i)
    # The parser may hang each part of one name on the preposition.
    return tuple(a for n, a in enumerate(found) if all(a.entity.id != b.entity.id for b in found[:n]))


def objects(index: MentionIndex, v: int) -> tuple[Argument, ...]:
    """The entities that are a verb's direct object."""
    return tuple(a for k in index.document.kids(v) if k.dep == "dobj" for a in arguments(index, k.i))


def distinct(document: Document, token: Token) -> bool:
    """Whether a token is a verb of its own rather than a modifier or a noun.

    >>> from kg.text.document import Article, parse
    >>> document = parse(Article("They hanged the captured men."))
    >>> distinct(document, document[1]), distinct(document, document[3])
    (True, False)
    """
    return token.pos == "VERB" and token.dep not in BEFORE_NOUN | {"aux", "auxpass"}
