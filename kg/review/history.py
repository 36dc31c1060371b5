"""The lines of decisions files together: what is in force, what was said before, where two people differ."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from .decision_file import as_json
from .verdicts import Do, Line, Pairing, Reversal, Ruling

Word: TypeAlias = Ruling | Pairing


def in_force(lines: Iterable[Line]) -> list[Word]:
    """The words that hold, the last one last: one taken back is left out, one said again stands where it was.

    >>> from kg.review.decision_file import pairing, reversal
    >>> from kg.review.verdicts import Signature
    >>> word = pairing(Do.MERGE, "https://example.org/hill", "https://example.org/j-hill", Signature())
    >>> back = reversal(Do.UNDO, word.id, Signature("Ida", "2026-05-01T12:00:00Z"))
    >>> len(in_force([word])), len(in_force([word, back]))
    (1, 0)
    """
    known: dict[str, Word] = {}
    active: dict[str, Word] = {}
    for line in lines:
        if isinstance(line, Reversal):
            active.pop(line.of, None)
            if line.do is Do.REDO and line.of in known:
                active[line.of] = known[line.of]
        else:
            known[line.id] = line
            active.pop(line.id, None)
            active[line.id] = line
    return list(active.values())


def _target(word: Word) -> str:
    """What a word is about: two words about the same record, or pair, have the same target."""
    found = as_json(word)
    if isinstance(word, Pairing):
        return json.dumps(sorted(json.dumps(found[key], sort_keys=True) for key in "ab"))
    about = {"text": word.text, "kind": word.kind, "of": found["to"] if word.do is Do.ADD else found["seen"]}
    return json.dumps(about, sort_keys=True)


def last_words(lines: Iterable[Line]) -> dict[str, Word]:
    """The last word in force on each target, in the order in which they were said.

    >>> from kg.review.decision_file import pairing
    >>> from kg.review.verdicts import Signature
    >>> two = "https://example.org/hill", "https://example.org/j-hill"
    >>> words = [pairing(do, *two, Signature("Ida", "2026-05-01T12:00:00Z")) for do in (Do.MERGE, Do.APART)]
    >>> [word.do for word in last_words(words).values()]
    [<Do.APART: 'apart'>]
    """
    last: dict[str, Word] = {}
    for word in in_force(lines):
        last.pop(_target(word), None)
        last[_target(word)] = word
    return last


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two people's last words on one thing that do not say the same."""

    ours: Word
    theirs: Word


def conflicts(ours: Iterable[Line], theirs: Iterable[Line]) -> list[Conflict]:
    """Where the words of two files differ, in the order of ours.

    >>> from kg.review.decision_file import pairing
    >>> from kg.review.verdicts import Signature
    >>> two = "https://example.org/hill", "https://example.org/j-hill"
    >>> ours, theirs = (pairing(do, *two, Signature()) for do in (Do.MERGE, Do.APART))
    >>> [(conflict.ours.do, conflict.theirs.do) for conflict in conflicts([ours], [theirs])]
    [(<Do.MERGE: 'merge'>, <Do.APART: 'apart'>)]
    """
    mine, others = last_words(ours), last_words(theirs)
    return [
        Conflict(word, others[about])
        for about, word in mine.items()
        if about in others and _says(word) != _says(others[about])
    ]


def _says(word: Word) -> str:
    signed = {"who", "when", "why", "note", "id"}
    return json.dumps({key: value for key, value in as_json(word).items() if key not in signed}, sort_keys=True)


def missing(ours: Sequence[Line], theirs: Iterable[Line]) -> list[Line]:
    """The lines of another file that ours lacks, in their order.

    >>> from kg.review.decision_file import pairing
    >>> from kg.review.verdicts import Signature
    >>> word = pairing(Do.MERGE, "https://example.org/hill", "https://example.org/j-hill", Signature())
    >>> missing([], [word]) == [word], missing([word], [word])
    (True, [])
    """
    known = {line.id for line in ours}
    return [line for line in theirs if line.id not in known]
