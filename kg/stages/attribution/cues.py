"""The cue lexicon: the words that put something into somebody's mouth or mind, and what they take as content."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

from ...errors import CueError
from ...language.inflect import noun_forms, verb_forms
from ...language.lexicon import words
from ...resources import resource


class CueKind(StrEnum):
    """What sort of word a cue is."""

    VERB = "verb"
    NOUN = "noun"
    ADJECTIVE = "adjective"
    PHRASE = "phrase"


class CueClass(StrEnum):
    """What somebody does with a content by a cue."""

    ASSERTS = "asserts"
    REPORTS = "reports"
    CALLS = "calls"
    DISCUSSES = "discusses"
    BELIEVES = "believes"
    EXPECTS = "expects"
    DENIES = "denies"
    DOUBTS = "doubts"
    ASKS = "asks"
    DEMANDS = "demands"
    PROMISES = "promises"
    ACCUSES = "accuses"
    JUDGES = "judges"
    FEELS = "feels"
    WANTS = "wants"
    KNOWS = "knows"
    INTENDS = "intends"
    SUPPORTS = "supports"
    SEEMS = "seems"


ATTITUDES = frozenset(
    (CueClass.WANTS, CueClass.KNOWS, CueClass.INTENDS, CueClass.SUPPORTS, CueClass.SEEMS, CueClass.EXPECTS)
)
"""Classes that tell of a state of mind or an intention and not of words: no statements by themselves."""

FRAMES = words("speech", "frame of a cue")
"""What the `takes` column may hold: a finite clause, a quotation, an object, an infinitive, a gerund, a
complement with `as`, prepositions that open the content, or (phrases) the source that follows."""


@dataclass(frozen=True, slots=True)
class Cue:
    """An entry of the lexicon; `words` is its citation form, the first word being the one that inflects."""

    words: tuple[str, ...]
    kind: CueKind
    cls: CueClass
    takes: frozenset[str]


@dataclass(frozen=True, slots=True)
class CueLexicon:
    """Entries by each form of their first word, those of several words first."""

    verbs: Mapping[str, tuple[Cue, ...]]
    nouns: Mapping[str, tuple[Cue, ...]]
    adjectives: Mapping[str, tuple[Cue, ...]]
    phrases: Mapping[str, tuple[Cue, ...]]


def is_cue(word: str, classes: Collection[CueClass] = frozenset(CueClass)) -> bool:
    """Whether a form of a verb is a cue by itself, of one of these classes.

    >>> is_cue("denied"), is_cue("denied", (CueClass.ASKS,))
    (True, False)
    """
    return any(len(cue.words) == 1 and cue.cls in classes for cue in load_cues().verbs.get(word, ()))


@lru_cache(maxsize=8)
def load_cues(*paths: Path) -> CueLexicon:
    """The shipped lexicon, `data/cues.tsv`, with the files of the given paths over it.

    A file has the columns cue, kind, class, takes, origin. A later line replaces
    an earlier one of the same cue and kind; the class `none` takes it out.

    Raises CueError if a line has an unknown kind, class or frame.

    >>> load_cues().verbs["denied"][0].cls
    <CueClass.DENIES: 'denies'>
    """
    entries: dict[tuple[str, CueKind], Cue | None] = {}
    for path in (resource("data/cues.tsv"), *paths):
        lines = path.read_text(encoding="utf-8").splitlines()
        for n, line in enumerate(lines[1:], start=2):
            if line.strip():
                kind, cue = _entry(path, n, line)
                entries[line.split("\t")[0], kind] = cue
    kept = [cue for cue in entries.values() if cue is not None]
    return CueLexicon(
        _by_form((c for c in kept if c.kind is CueKind.VERB), verb_forms),
        _by_form((c for c in kept if c.kind is CueKind.NOUN), noun_forms),
        _by_form((c for c in kept if c.kind is CueKind.ADJECTIVE), lambda word: (word,)),
        _by_form((c for c in kept if c.kind is CueKind.PHRASE), lambda word: (word,)),
    )


def _entry(path: Path, n: int, line: str) -> tuple[CueKind, Cue | None]:
    try:
        cue, kind, cls, takes, _ = line.split("\t")
        frames = frozenset(takes.split()) - {"-"}
        if not frames <= FRAMES:
            raise ValueError(f"{', '.join(sorted(frames - FRAMES))!r} is not a frame")
        if cls == "none":
            return CueKind(kind), None
        return CueKind(kind), Cue(tuple(cue.split()), CueKind(kind), CueClass(cls), frames)
    except ValueError as error:
        raise CueError(
            f"{path}, line {n}: {error}; a line has cue, kind ({', '.join(CueKind)}), class ({', '.join(CueClass)}, "
            f"none), takes ({', '.join(sorted(FRAMES))}) and origin, with tabs between"
        ) from error


def _by_form(cues: Iterable[Cue], forms: Callable[[str], Iterable[str]]) -> Mapping[str, tuple[Cue, ...]]:
    found: dict[str, list[Cue]] = {}
    for cue in cues:
        for form in forms(cue.words[0]):
            found.setdefault(form, []).append(cue)
    return MappingProxyType({form: tuple(sorted(c, key=lambda x: -len(x.words))) for form, c in found.items()})
