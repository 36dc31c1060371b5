"""What figures count, as concepts: a thing and what happens to it, their label, and the broader ones above them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from ..language.inflect import participle
from ..records.figure import Figure
from ..stages.figures.concept_lexicon import lexicon
from .iris import normalised


class Concept(NamedTuple):
    """What a figure measures: a thing, what happens to it, or both, as lemmas; and in which unit, rate and change.

    Figures that measure the same can be compared: detainees hanged per day with
    detainees hanged per day, a rise of a price with a rise of that price.
    """

    head: str | None
    happening: str | None
    unit: str | None = None
    per: str | None = None
    change: str | None = None


def counted(figure: Figure) -> Concept | None:
    """What a figure counts; None if the article leaves it open.

    Where no normalised head is known, the article's own words stand in.

    >>> from kg import Article, extract
    >>> found = extract(Article("The court said 40 detainees were hanged."), fast=True)
    >>> preferred_label(counted(found.figures[0]))
    'detainee hanged'
    """
    head = normalised(figure.concept or figure.counted or "") or None
    happening = normalised(figure.event or "") or None
    if head is None and happening is None:
        return None
    return Concept(head, happening, figure.unit, figure.per, figure.change)


def broader(concept: Concept) -> tuple[Concept, ...]:
    """The concepts directly above: of a broader thing, and of a broader happening, by `data/concepts.tsv`.

    >>> broader(Concept("detainee", "hang"))[:1]
    (Concept(head='prisoner', happening='hang', unit=None, per=None, change=None),)
    """
    table = lexicon()
    above: list[Concept] = []
    if concept.head is not None:
        head = _above(concept.head, table.thing(concept.head), table.above_thing)
        if head is not None:
            above.append(concept._replace(head=head))
    if concept.happening is not None:
        happening = _above(concept.happening, table.event(concept.happening), table.above_event)
        if happening is not None:
            above.append(concept._replace(happening=happening))
    return tuple(above)


def _above(word: str, concept: str | None, table: Mapping[str, str]) -> str | None:
    """The concept that a word names, if it is another word, else what stands above it."""
    return concept if concept is not None and concept != word else table.get(word)


def preferred_label(concept: Concept) -> str:
    """The concept in words, in the singular.

    >>> preferred_label(Concept("detainee", "hang", per="day"))
    'detainee hanged per day'
    """
    happening = concept.happening and participle(concept.happening)
    words = [part for part in (concept.head, happening) if part]
    if concept.unit:
        words.append(f"in {concept.unit}")
    if concept.per:
        words.append(f"per {concept.per}")
    if concept.change:
        words.append(f"({concept.change})")
    return " ".join(words)
