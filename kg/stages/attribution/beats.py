"""Who speaks in a quotation without a cue: whoever does something in the sentence beside it: Hill nodded. “We won.”"""

from __future__ import annotations

from collections.abc import Sequence

from ...language.lexicon import words
from ...language.quotes import Quotes
from ...language.syntax import FINITE, child
from ...text.document import Document, Token
from ..entities.names import is_person_noun
from .constructions import trimmed
from .nouns import THIRD_PERSON

LONGEST_BEAT = 14
"""Tokens of a sentence that only shows who speaks."""


def beat_source(document: Document, quotes: Quotes, content: Sequence[int]) -> list[int]:
    """The words that name who does something right before or after quoted sentences, in their paragraph; [] if open.

    Where one person acts before and another after them, the one before speaks
    if he "turned to" or "began talking to" somebody; else nobody can tell.
    """
    before = _beat(document, quotes, content[0] - 1, document[content[0]].block)
    after = _beat(document, quotes, content[-1] + 1, document[content[0]].block)
    who = before or after
    if who is None or (before is not None and after is not None and not _is_before(document, before, after)):
        return []
    return trimmed(document, document.subtree(who.i))


def _is_before(document: Document, before: Token, after: Token) -> bool:
    """Whether it is the one before who speaks: he acts again after, or has turned to the other."""
    sentence = document.sentences[before.sentence]
    alone = all(document[i].pos != "PROPN" for i in range(before.i + 1, sentence.end))
    again = after.lower == before.lower or (after.lower in THIRD_PERSON and alone)
    return again or _addresses(document, before)


def _beat(document: Document, quotes: Quotes, i: int, block: int) -> Token | None:
    """The person who is the subject of the sentence at a token."""
    if not 0 <= i < len(document) or document[i].block != block or quotes.at[i] is not None:
        return None
    sentence = document.sentences[document[i].sentence]
    tokens = range(sentence.start, sentence.end)
    if len(tokens) > LONGEST_BEAT or any(quotes.at[k] is not None for k in tokens):
        return None
    root = next(k for k in tokens if document[k].head == k)
    who = child(document, root, "nsubj")
    acts = document[root].tag in FINITE and document[root].lemma != "be"
    bodily = document[root].lemma in words("speech", "gesture") | words("speech", "turns to somebody")
    return who if acts and who is not None and _is_person(who, bodily=bodily) else None


def _is_person(token: Token, *, bodily: bool) -> bool:
    """Whether a word can mean one person; what he does with his body tells more than the parser's label of a name."""
    if token.pos == "PROPN":
        return token.ent in ("PERSON", "") or bodily
    return token.lower in THIRD_PERSON or is_person_noun(token.lower)


def _addresses(document: Document, who: Token) -> bool:
    """Whether the verb of a subject, or the one under it, is of turning to somebody to speak."""
    verbs = (document[who.head], *document.kids(who.head))
    return any(verb.lemma in words("speech", "turns to somebody") for verb in verbs)
