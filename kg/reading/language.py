"""Whether a text is English, by its function words: enough to refuse what the parser would turn into nonsense."""

from __future__ import annotations

import re

_WORD = re.compile(r"[^\W\d_]+")
_ENGLISH = frozenset(
    "the of and to in a is that for it as was with be by on not he his but at are this have from or had an they which "
    "one you were her all she there would their we him been has when who will more no if out so said what up its about "
    "into than them can only other new some could time these may then do first any my now such like our over me".split()
)


def is_english(text: str) -> bool:
    """Whether at least a tenth of the first thousand words are common English function words.

    A text of fewer than eight words is taken as English: there is too little to tell.
    """
    words = [w.lower() for w in _WORD.findall(text[:8000])][:1000]
    return len(words) < 8 or sum(w in _ENGLISH for w in words) >= 0.1 * len(words)
