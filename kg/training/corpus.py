"""Parsed articles with their gold -> how often words are cues, what each step learns from, and what was right."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ..language.lexicon import words
from ..stages.attribution.tagger.labeller import LEAST_RATIO, UNKNOWN_RATIO, may_be_cue
from ..stages.attribution.tagger.readings import CandidateReading, Reading
from ..stages.attribution.tagger.role_features import LABELS
from ..stages.attribution.tagger.scene import Scene, key_of, scene
from ..stages.attribution.tagger.scene_units import SceneUnit
from ..text.document import Document
from .polnear import Gold

FOLDS = 3
FUNCTION_WORDS = words("reading", "function word of the labeller")
LEAST_COUNT = 3
LEAST_CUES = 2


@dataclass(frozen=True, slots=True)
class Story:
    """A parsed article with its gold; `fold` is the one that its predictions are held out of."""

    name: str
    scene: Scene
    gold: tuple[Gold, ...]
    fold: int


def stories(documents: Mapping[str, Document], gold: Mapping[str, Sequence[Gold]]) -> list[Story]:
    """The articles by name, dealt out to FOLDS folds in turn."""
    return [
        Story(name, scene(documents[name]), tuple(gold[name]), n % FOLDS) for n, name in enumerate(sorted(documents))
    ]


class Ratios:
    """How often each word (lemma and part of speech) governs a cue, over all articles or all but one."""

    def __init__(self, told: Sequence[Story]) -> None:
        self._seen: Counter[str] = Counter()
        self._cues: Counter[str] = Counter()
        self._own: dict[str, tuple[Counter[str], Counter[str]]] = {}
        for story in told:
            seen, cues = _counts(story)
            self._seen += seen
            self._cues += cues
            self._own[story.name] = (seen, cues)

    def ratio(self, story: Story, i: int) -> float | None:
        """That of token `i`, the article itself left out; None for a word too rare to say."""
        key = key_of(story.scene.lemmas[i], story.scene.document[i])
        seen, cues = self._own[story.name]
        return _smoothed(self._seen[key] - seen[key], self._cues[key] - cues[key])

    def is_candidate(self, story: Story, i: int) -> bool:
        """Whether token `i` is looked at as a cue, by what the other articles show."""
        key = key_of(story.scene.lemmas[i], story.scene.document[i])
        seen, cues = self._own[story.name]
        return may_be_cue(story.scene, i, _is_known(self._seen[key] - seen[key], self._cues[key] - cues[key]))

    def table(self) -> dict[str, float]:
        """The ratios over all articles: of verbs, and of other words that are known as cues."""
        found: dict[str, float] = {}
        for key in sorted(self._seen):
            ratio = _smoothed(self._seen[key], self._cues[key])
            if ratio is not None and (key.endswith("/VERB") or _is_known(self._seen[key], self._cues[key])):
                found[key] = round(ratio, 4)
        return found


def _counts(story: Story) -> tuple[Counter[str], Counter[str]]:
    lemmas, tokens = story.scene.lemmas, story.scene.document.tokens
    seen = Counter(key_of(lemmas[t.i], t) for t in tokens)
    return seen, Counter(key_of(lemmas[g.head], tokens[g.head]) for g in story.gold)


def _is_known(seen: int, cues: int) -> bool:
    ratio = _smoothed(seen, cues)
    return ratio is not None and ratio >= LEAST_RATIO and cues >= LEAST_CUES


def _smoothed(seen: int, cues: int) -> float | None:
    return None if seen < LEAST_COUNT else (cues + 0.2) / (seen + 4)


def known_ratio(ratio: float | None) -> float:
    """A ratio as a number."""
    return UNKNOWN_RATIO if ratio is None else ratio


def labels(pieces: Sequence[SceneUnit], gold: Gold) -> list[int]:
    """The label of each unit: cue if most of it is, else content or source if at least half of the rest is."""
    nothing, source, content, cue = range(len(LABELS))
    found: list[int] = []
    for unit in pieces:
        tokens = range(unit.first, unit.last)
        size = len(tokens)
        of_cue, of_content, of_source = (_overlap(tokens, role) for role in (gold.cue, gold.content, gold.source))
        if 2 * of_cue > size:
            found.append(cue)
        elif 2 * of_content >= size - of_cue:
            found.append(content)
        else:
            found.append(source if 2 * of_source >= size - of_cue else nothing)
    return found


def _overlap(tokens: range, role: Sequence[int]) -> int:
    return sum(i in tokens for i in role)


def right_readings(story: Story, candidates: Sequence[CandidateReading]) -> list[bool]:
    """For each reading of each candidate, whether it is an attribution of the gold.

    It is if they share half of the content, both ways, and a word of the source.

    A reading answers for the gold whose cue holds its head; one whose head is
    in no gold cue may stand for a gold that no other candidate has the head of.
    """
    document = story.scene.document
    heads = {c.head for c in candidates}
    by_cue = {i: n for n, gold in enumerate(story.gold) for i in gold.cue}
    free = [n for n, gold in enumerate(story.gold) if gold.head not in heads]
    found: list[bool] = []
    for candidate in candidates:
        mine = [by_cue[candidate.head]] if candidate.head in by_cue else free
        found += [any(_is_right(document, story.gold[n], reading) for n in mine) for reading in candidate.readings]
    return found


def _is_right(document: Document, gold: Gold, reading: Reading) -> bool:
    wanted, got = _words(document, gold.content), _words(document, reading.content)
    shared = len(wanted & got)
    if not shared or 2 * shared < max(len(wanted), len(got)):
        return False
    if not gold.source or not reading.source:
        return not gold.source and not reading.source
    return any(document[i].lower not in FUNCTION_WORDS for i in set(gold.source) & set(reading.source))


def _words(document: Document, indices: Sequence[int]) -> set[int]:
    return {i for i in indices if any(c.isalnum() for c in document[i].text)}
