"""Whether a text is English, by its function words: enough to refuse what the parser would turn into nonsense."""

from __future__ import annotations

import re
from collections import Counter

from ..language.lexicon import noted, words

_WORD = re.compile(r"(?<![\d.])[^\W\d_]+")  # not the "bn" of 8.5bn
_ENGLISH = words("reading", "english function word")
_RIVALS = {name: frozenset(own.split()) for name, own in noted("reading", "other language, as printed").items()}


def other_language(text: str) -> str | None:
    """The language a text is in, as far as can be told, if that is not English; None if it is.

    Judged by the first thousand words that begin with a small letter. A text of
    fewer than eight of these in Latin letters is taken as English: there is too
    little to tell.

    >>> other_language("Der Minister sagte, dass die Fabrik nicht mit dem Geld der Stadt auf dem Land wird.")
    'German'
    """
    text = text[:8000]
    letters = "" if text.isascii() else "".join(filter(str.isalpha, text))
    if sum(map(str.isascii, letters)) < 0.5 * len(letters):  # letters of Russian read as those of Western Europe, too
        return "another script"
    # names say nothing of a language; where there is little else, there is too little to tell
    small = [word for word in _WORD.findall(text) if word[0].islower()][:1000]
    if len(small) < 8:
        return None
    counts = Counter(small)
    english = sum(map(counts.__getitem__, _ENGLISH))
    shares = {name: sum(map(counts.__getitem__, rivals)) for name, rivals in _RIVALS.items()}
    best = max(sorted(shares), key=shares.__getitem__)
    if shares[best] > english and shares[best] >= 0.1 * len(small):
        return best
    return None if english >= 0.1 * len(small) else "another language"
