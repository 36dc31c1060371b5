"""What figures count, as concepts: a thing and what happens to it, their label, and the broader ones above them."""

from __future__ import annotations

import re
from typing import NamedTuple

from .figures import Figure
from .iris import normalised


class Counted(NamedTuple):
    """A thing counted, what happens to it, or both, as lemmas: (detainee, hang)."""

    head: str | None
    happening: str | None


_BROADER_HEAD = {
    "detainee": "prisoner", "inmate": "prisoner", "prisoner": "person", "civilian": "person", "child": "person",
    "woman": "person", "man": "person", "soldier": "fighter", "militant": "fighter", "rebel": "fighter",
    "fighter": "person", "resident": "person", "villager": "resident", "migrant": "person", "refugee": "person",
    "passenger": "person", "patient": "person", "worker": "person", "student": "person", "protester": "person",
    "journalist": "person", "officer": "person", "voter": "person", "boy": "child", "girl": "child",
}  # fmt: skip
_BROADER_HAPPENING = {
    "hang": "execute", "behead": "execute", "execute": "kill", "murder": "kill", "massacre": "kill",
    "assassinate": "kill", "kill": "die", "drown": "die", "wound": "injure", "arrest": "detain", "imprison": "detain",
    "jail": "detain",
}  # fmt: skip
_PARTICIPLES = {
    "bear": "born", "beat": "beaten", "bring": "brought", "build": "built", "burn": "burned", "buy": "bought",
    "catch": "caught", "choose": "chosen", "cut": "cut", "drive": "driven", "fall": "fallen", "feed": "fed",
    "find": "found", "flee": "fled", "give": "given", "hang": "hanged", "hit": "hit", "hold": "held", "hurt": "hurt",
    "keep": "kept", "kidnap": "kidnapped", "leave": "left", "lose": "lost", "make": "made", "pay": "paid", "put": "put",
    "say": "said", "see": "seen", "sell": "sold", "send": "sent", "shoot": "shot", "sink": "sunk", "spend": "spent",
    "steal": "stolen", "take": "taken", "tell": "told", "win": "won", "write": "written",
}  # fmt: skip


_SHORT = re.compile("[^aeiou]*[aeiou][^aeiouwxy]")
"""Verbs that double their last letter: stab, rob, ban."""


def counted(figure: Figure) -> Counted | None:
    """What a figure counts; None if the article leaves it open.

    Where no normalised head is known, the article's own words stand in.
    """
    head = normalised(figure.concept or figure.counted or "") or None
    happening = normalised(figure.event or "") or None
    return Counted(head, happening) if head or happening else None


def broader(concept: Counted) -> tuple[Counted, ...]:
    """The concepts directly above: of a broader thing, and of a broader happening."""
    head, happening = concept
    above: list[Counted] = []
    if head in _BROADER_HEAD:
        above.append(Counted(_BROADER_HEAD[head], happening))
    if happening in _BROADER_HAPPENING:
        above.append(Counted(head, _BROADER_HAPPENING[happening]))
    return tuple(above)


def preferred_label(concept: Counted) -> str:
    """The concept in words, in the singular.

    >>> preferred_label(Counted("detainee", "hang"))
    'detainee hanged'
    """
    return " ".join(part for part in (concept.head, concept.happening and _participle(concept.happening)) if part)


def _participle(lemma: str) -> str:
    verb, space, rest = lemma.partition(" ")
    if verb in _PARTICIPLES:
        return _PARTICIPLES[verb] + space + rest
    if verb.endswith("e"):
        return f"{verb}d{space}{rest}"
    if _SHORT.fullmatch(verb):
        return f"{verb}{verb[-1]}ed{space}{rest}"
    if verb.endswith("y") and verb[-2:-1] not in "aeiou":
        return f"{verb[:-1]}ied{space}{rest}"
    return f"{verb}ed{space}{rest}"
