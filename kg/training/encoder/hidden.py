"""News without annotation -> questions of reference: a surname is hidden behind "he" or "she", and who it was is asked.

"Mary Hill came. ... Hill said so." becomes "Mary Hill came. ... She said so.":
the text itself knows the answer. It costs no pass of its own, since the window
is read for its attributions anyway, and no annotated passage is spent on it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from random import Random

from ...resources import resource
from ...stages.attribution.encoder.pointing import Range
from ...stages.attribution.encoder.windows import Window
from ...stages.attribution.encoder.words import EncoderWords, Vocabulary
from .reference_questions import ReferenceQuestion

MOST = 2
"""Names hidden in a window at most."""

CANDIDATES = 14


@lru_cache(maxsize=1)
def _genders() -> Mapping[str, str]:
    """Given names that are a man's ("m") or a woman's ("f"), by the shipped table."""
    lines = resource("data/names/given.tsv").read_text(encoding="utf-8").splitlines()[1:]
    rows = (line.split("\t")[:2] for line in lines)
    return {name: gender for name, gender in rows if gender in ("m", "f")}


def hide(
    words: EncoderWords, window: Window, vocabulary: Vocabulary, random: Random
) -> tuple[EncoderWords, tuple[ReferenceQuestion, ...]]:
    """The words with some surnames of the window as pronouns, and the questions that this makes."""
    names = _names(words, window)
    full = {words.form(b): words.form(a).lower() for a, b in names if b > a and words.form(a).lower() in _genders()}
    asked: list[tuple[int, int]] = []
    for n, (a, b) in enumerate(names):
        alone = a == b and words.form(a) in full and any(_is_full(words, names[m], a) for m in range(n))
        owned = b + 1 < window.high and words.form(b + 1) in ("'", "’")
        if alone and not owned:
            asked.append((n, a))
    chosen = sorted(random.sample(asked, min(MOST, len(asked))))
    if not chosen:
        return words, ()
    pieces, features = list(words.pieces), list(words.features)
    found = []
    for n, at in chosen:
        pronoun = "she" if _genders()[full[words.form(at)]] == "f" else "he"
        pieces[at] = vocabulary.spell(pronoun)
        if at > 0 and words.blocks[at] == words.blocks[at - 1] and words.form(at - 1) not in '.!?“"':
            features[at] -= (features[at] - 1) % 4
        hidden = {m for m, _ in chosen}
        before = [m for m in range(n) if m not in hidden][-CANDIDATES:]
        right = frozenset(k for k, m in enumerate(before) if words.form(names[m][1]) == words.form(at))
        if right and len(right) < len(before):
            found.append(ReferenceQuestion(at, tuple(names[m] for m in before), right))
    return replace(words, pieces=tuple(pieces), features=tuple(features)), tuple(found)


def _is_full(words: EncoderWords, name: Range, surname: int) -> bool:
    return name[1] > name[0] and words.form(name[1]) == words.form(surname)


def _names(words: EncoderWords, window: Window) -> list[Range]:
    """Runs of up to four capitalised words in a window, those that only open a sentence left out."""
    found: list[Range] = []
    i = window.low
    while i < window.high:
        j = i
        while j < window.high and j < i + 4 and _is_capital(words, j) and words.blocks[j] == words.blocks[i]:
            j += 1
        if j == i:
            i += 1
            continue
        opens = i == window.low or words.blocks[i - 1] != words.blocks[i] or words.form(i - 1) in _ENDS
        start = i + 1 if opens and words.form(i).lower() not in _genders() else i  # "Later Hill", "The Hague"
        if j - start > 1 or (j > start and not (opens and start == i)):
            found.append((start, j - 1))
        i = j
    surnames = {words.form(b) for a, b in found}
    # one word that opens a sentence is a name if it is one elsewhere
    opening = [
        (i, i) for i in range(window.low, window.high)
        if _is_capital(words, i) and words.form(i) in surnames and not any(a <= i <= b for a, b in found)
    ]  # fmt: skip
    return sorted(found + opening)


def _is_capital(words: EncoderWords, i: int) -> bool:
    return words.features[i] > 0 and (words.features[i] - 1) % 4 == 1 and len(words.form(i)) > 1


_ENDS = frozenset((".", "!", "?", "“", '"', "‘", ":"))
