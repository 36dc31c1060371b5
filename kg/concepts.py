"""What figures count, as concepts: a thing and what happens to it, their label, and the broader ones above them."""

from __future__ import annotations

import re
from typing import NamedTuple

from .figures import Figure
from .iris import normalised


class Counted(NamedTuple):
    """What a figure measures: a thing, what happens to it, or both, as lemmas; and in which unit, rate and change.

    Figures that measure the same can be compared: detainees hanged per day with
    detainees hanged per day, a rise of a price with a rise of that price.
    """

    head: str | None
    happening: str | None
    unit: str | None = None
    per: str | None = None
    change: str | None = None


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
    if head is None and happening is None:
        return None
    return Counted(head, happening, figure.unit, figure.per, figure.change)


def broader(concept: Counted) -> tuple[Counted, ...]:
    """The concepts directly above: of a broader thing, and of a broader happening."""
    above: list[Counted] = []
    if concept.head in _BROADER_HEAD:
        above.append(concept._replace(head=_BROADER_HEAD[concept.head]))
    if concept.happening in _BROADER_HAPPENING:
        above.append(concept._replace(happening=_BROADER_HAPPENING[concept.happening]))
    return tuple(above)


def preferred_label(concept: Counted) -> str:
    """The concept in words, in the singular.

    >>> preferred_label(Counted("detainee", "hang", per="day"))
    'detainee hanged per day'
    """
    happening = concept.happening and _participle(concept.happening)
    words = [part for part in (concept.head, happening) if part]
    if concept.unit:
        words.append(f"in {concept.unit}")
    if concept.per:
        words.append(f"per {concept.per}")
    if concept.change:
        words.append(f"({concept.change})")
    return " ".join(words)


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
