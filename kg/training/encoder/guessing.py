"""PolNeAR's attributions -> those of them that are statements, as the cue lexicon tells them from attitudes.

PolNeAR marks what people want, plan and support as it marks what they say; the
news that tells the two apart is little. A cue that the lexicon knows as one of
words counts as a statement here, one of attitudes as none, and one that it does
not know, or knows as both, teaches nothing.
"""

from __future__ import annotations

from dataclasses import replace

from ...stages.attribution.cues import ATTITUDES, CueLexicon
from ...stages.attribution.encoder.words import EncoderWords
from .variants import Marked, ToldWay


def statements_of(told: ToldWay, words: EncoderWords, lexicon: CueLexicon) -> tuple[ToldWay, tuple[Marked, ...]]:
    """The text with its statements only, and the attributions of which nobody knows."""
    kept: list[Marked] = []
    unknown: list[Marked] = []
    for marked in told.marked:
        said = _says(words, marked, lexicon)
        if said is None:
            unknown.append(marked)
        elif said:
            kept.append(marked)
    return replace(told, marked=tuple(kept)), tuple(unknown)


def _says(words: EncoderWords, marked: Marked, lexicon: CueLexicon) -> bool | None:
    """Whether the words of a cue are words of saying, None where the lexicon knows none of them, or both sorts."""
    forms = [words.form(i).lower() for i in words.touched(marked.cue)]
    if "according" in forms or forms == [":"]:
        return True
    classes = {
        cue.cls
        for form in forms
        for table in (lexicon.verbs, lexicon.nouns, lexicon.adjectives)
        for cue in table.get(form, ())
        if len(cue.words) == 1 or all(word in forms for word in cue.words[1:])
    }
    sorts = {cls in ATTITUDES for cls in classes}
    return None if len(sorts) != 1 else sorts == {False}
