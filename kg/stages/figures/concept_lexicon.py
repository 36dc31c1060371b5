"""Shared concepts of what news counts: things and what happens to them, from `data/concepts.tsv`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from ...resources import rows
from .units import singular


@dataclass(frozen=True, slots=True)
class ConceptLexicon:
    """Words to concepts: `things` by noun, `events` by any form of verb, participle or noun.

    `above_thing` and `above_event` give the concept directly above another
    ("hang" -> "execute" -> "kill" -> "die"). `of_people` are the events that happen to people, so
    that a number alone counts people in them ("238 wounded").
    """

    things: dict[str, str]
    events: dict[str, str]
    above_thing: dict[str, str]
    above_event: dict[str, str]
    of_people: frozenset[str]

    def thing(self, word: str) -> str:
        """The concept of a noun; the noun itself, in small letters, where the table has none."""
        word = word.lower()
        return self.things.get(word) or self.things.get(singular(word)) or word

    def is_person(self, word: str) -> bool:
        """Whether a noun names a kind of person."""
        concept: str | None = self.thing(word)
        while concept is not None and concept != "person":
            concept = self.above_thing.get(concept)
        return concept == "person"

    def above(self, event: str) -> tuple[str, ...]:
        """The broader happenings, nearest first: hang -> execute, kill, die."""
        found: list[str] = []
        while event in self.above_event:
            event = self.above_event[event]
            found.append(event)
        return tuple(found)

    def event(self, word: str) -> str | None:
        """The concept of a verb, participle, adjective or noun that says what happens; None if the table has none."""
        word = word.lower()
        return self.events.get(word) or self.events.get(singular(word))


@lru_cache(maxsize=1)
def lexicon() -> ConceptLexicon:
    """The shipped table, read once a process."""
    words: dict[str, dict[str, str]] = {"thing": {}, "event": {}}
    broader: dict[str, dict[str, str]] = {"thing": {}, "event": {}}
    of_people: set[str] = set()
    for kind, concept, above, counts, listed in rows("data/concepts.tsv"):
        for word in (concept, *listed.split(",")):
            words[kind].setdefault(word, concept)
        if above:
            broader[kind][concept] = above
        if counts == "person":
            of_people.add(concept)
    return ConceptLexicon(words["thing"], words["event"], broader["thing"], broader["event"], frozenset(of_people))
