"""Denials that the parse hides: set after what is denied."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ...language.lexicon import words
from ...language.quotes import Quotes
from ...language.syntax import NOMINAL, child
from ...text.document import Document, Token
from .constructions import Construction
from .cues import CueClass
from .drafts import Draft

DASHES = frozenset(("-", "--", "–", "—"))
_CLAIMS = words("speech", "claim denied beside it")
_DENYING = words("speech", "denies beside it")
_IN_NAME = words("parse", "inside a noun phrase")
_HELPERS = words("speech", "before a denial beside it")
_LONGEST = 7
"""Words of who denies it."""


def with_asides(document: Document, quotes: Quotes, kept: Sequence[Draft]) -> list[Draft]:
    """The drafts, and those for "a figure the ministry disputes" beside them.

    What is denied so is taken out of what was said before it.
    """
    beside: dict[int, list[Draft]] = {}
    for draft in kept:
        at = draft.head if draft.head is not None else draft.content[0]
        beside.setdefault(document[at].sentence, []).append(draft)
    for token in document.tokens:
        if quotes.at[token.i] is not None:
            continue
        new: Draft | None = None
        found = beside.get(token.sentence, [])
        if token.lower in _DENYING:
            new = _disputed(document, quotes, token, found) or _dismissed_as(document, quotes, token)
        if new is None:
            continue
        first = min(*new.source, *new.cue)
        if first > new.content[-1]:
            # the noun and its article before who denies it belong to the denial
            found = [_without(document, d, _noun_before(document, first), token) for d in found]
        taken = {*new.cue, new.content[0]}
        beside[token.sentence] = [*(d for d in found if d.head not in taken), new]
    return [draft for drafts in beside.values() for draft in drafts]


def without_contested(document: Document, kept: Sequence[Draft]) -> list[Draft]:
    """The drafts, each without the aside at its end in which somebody else judges what it says.

    "Votes were lost, an accusation the party calls absurd": what is judged comes
    before who judges it, and both stand in the other's content.
    """
    judged = [d for d in kept if d.source and d.cue and d.content]
    found = []
    for draft in kept:
        held = set(draft.content)
        cuts = [
            comma
            for other in judged
            if other is not draft
            and draft.construction is not Construction.LABEL  # all of a turn is its speaker's
            and held.issuperset((*other.source, *other.cue))
            and draft.content[-1] - max(*other.source, *other.cue, *other.content) <= 1
            and (comma := _mark_before(document, min(*other.source, *other.cue), draft.content[0])) is not None
            and (other.content[0] < min(*other.source, *other.cue) or document[comma + 2].lower in _CLAIMS)
        ]
        content = tuple(i for i in draft.content if i < min(cuts)) if cuts else draft.content
        found.append(replace(draft, content=content) if content else draft)
    return found


def _mark_before(document: Document, first: int, start: int) -> int | None:
    """The comma or dash that opens the aside in which who judges stands at `first`; None if none is near."""
    near = range(first - 1, max(start, first - _LONGEST), -1)
    return next((i for i in near if document[i].text in (",", *DASHES)), None)


def _noun_before(document: Document, first: int) -> int:
    """The first token of ", a figure" before whoever denies it, or of ", a figure which"."""
    noun = next((i for i in range(first - 1, first - 4, -1) if document[i].lower in _CLAIMS), first - 1)
    return noun - 2


def _without(document: Document, draft: Draft, comma: int, denied: Token) -> Draft:
    """The draft without the words of its content from a comma on, up to the verb that denies."""
    if not draft.content or not draft.content[0] < comma <= draft.content[-1]:
        return draft
    content = tuple(i for i in draft.content if not comma <= i <= denied.i)
    return replace(draft, content=content)


def _disputed(document: Document, quotes: Quotes, verb: Token, kept: Sequence[Draft]) -> Draft | None:
    """ "..., a figure the ministry disputes": what is denied is the statement before, or the clause before."""
    sentence = document.sentences[verb.sentence]
    last = verb.i
    while last - 1 > sentence.start and document[last - 1].lower in _HELPERS:
        last -= 1
    first = _after_claim(document, quotes, last, sentence.start)
    if first is None:
        return None
    article = first - 2
    first += document[first].lower in ("that", "which")
    who = range(first, last)
    source = tuple(i for i in who if document[i].pos != "DET" or first <= document[i].head < last)
    if article - 1 <= sentence.start or not _is_aside(document, verb, article, sentence.end):
        return None
    if not source:
        return None
    content = _denied(document, kept, sentence.start, article)
    cue = tuple(range(last, verb.i + 1))
    return Draft(verb.i, cue, source, content, CueClass.DENIES, Construction.OBJECT) if content else None


def _after_claim(document: Document, quotes: Quotes, last: int, start: int) -> int | None:
    """The token after the noun of a claim that stands before a name that ends at `last`."""
    first = last
    while first - 1 > start and document[first - 1].lower not in _CLAIMS:
        first -= 1
        if document[first].pos not in _IN_NAME or quotes.at[first] is not None or last - first > _LONGEST:
            return None
    return first


def _is_aside(document: Document, verb: Token, article: int, end: int) -> bool:
    """Whether ", a" opens the words around a denial, and the verb takes no object of its own."""
    if document[article].lower not in ("a", "an") or document[article - 1].text not in (",", *DASHES):
        return False
    after = document[verb.i + 1] if verb.i + 1 < end else None
    return after is None or after.pos not in NOMINAL | {"DET", "SCONJ"}


def _denied(document: Document, kept: Sequence[Draft], start: int, article: int) -> tuple[int, ...]:
    """The content of the last statement before an aside in its sentence, or the words before it."""
    heads = [d for d in kept if d.content and d.head is not None and start <= d.head < article]
    before = [d.content for d in heads]
    if not before:
        return tuple(range(start, article - 1))
    return tuple(i for i in max(before, key=lambda content: content[0]) if i < article - 1)


def scorned(document: Document, verb: Token) -> int | None:
    """The noun of what a verb denies before it is named: the reports of "denied as untrue, reports that he lied"."""
    end = document.sentences[verb.sentence].end
    if verb.lower not in _DENYING or verb.i + 4 >= end or document[verb.i + 1].lower != "as":
        return None
    near = range(verb.i + 3, min(verb.i + FARTHEST_TALE + 1, end - 1))
    return next((i for i in near if document[i].lower in words("speech", "tale")), None)


FARTHEST_TALE = 5
"""Tokens from a verb that denies to the noun of what it denies "as untrue"."""


def _dismissed_as(document: Document, quotes: Quotes, verb: Token) -> Draft | None:
    """ "He dismissed as nonsense reports that ...": the parse takes the noun of the claim for a verb."""
    end = document.sentences[verb.sentence].end
    noun = scorned(document, verb)
    if noun is None or document[noun].pos != "VERB":
        return None
    who = child(document, verb.i, "nsubj")
    while end > noun and document[end - 1].pos == "PUNCT":
        end -= 1
    if who is None or any(quotes.at[i] is not None for i in range(noun, end)):
        return None
    source = tuple(document.subtree(who.i, {verb.i}))
    return Draft(verb.i, (verb.i,), source, tuple(range(noun, end)), CueClass.DENIES, Construction.OBJECT)
