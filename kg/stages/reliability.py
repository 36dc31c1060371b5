"""What was found -> the same, each record with the share of right ones among records like it on news marked by hand.

A reader's own confidence says how sure it is of words. Whether the right one is credited depends on more: a pronoun
may be somebody else's, a source may have no name. The weights of `data/models/confidence.tsv` put both together;
`data/models/README.md` says what they were learnt from and how well they keep their word.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import lru_cache

from ..records.attribution import Attribution
from ..records.entity import Entity
from ..records.extraction import Extraction
from ..records.figure import Figure
from ..records.mention import Mention, MentionKind
from ..resources import rows
from ..text.article import Span

Features = Mapping[str, float]
"""What a record is weighed by, by name; what is not there is 0."""

LEAST, MOST = 0.01, 0.99
"""No record of an extractor is surely wrong, and none surely right."""


def rated(extraction: Extraction, reader: str) -> Extraction:
    """An extraction with the confidence of its statements and figures put right for who read it.

    `reader` is "encoder" or "grammar". Roles have shares of right ones from their rules.
    """
    weights = scales()
    cast = Cast(extraction.entities)
    sure = {a.id: a.confidence for a in extraction.attributions}
    return replace(
        extraction,
        attributions=tuple(
            replace(a, confidence=likely(of_statement(a, cast), weights[f"statement, {reader}"]))
            for a in extraction.attributions
        ),
        figures=tuple(replace(f, confidence=likely(of_figure(f, sure), weights["figure"])) for f in extraction.figures),
    )


class Cast:
    """The entities of an article, and where pronouns stand for each."""

    def __init__(self, entities: Iterable[Entity]) -> None:
        self.entities = {e.id: e for e in entities}
        self._meant = {
            id: sorted((m for m in e.mentions if m.kind is not MentionKind.NAME), key=lambda m: m.span)
            for id, e in self.entities.items()
        }

    def meant(self, entity: str, source: Iterable[Span]) -> Mention | None:
        """The pronoun or description that stands for the entity at one of some places."""
        own = self._meant[entity]
        for place in source:
            n = bisect_left(own, place.end, key=lambda mention: mention.span.start)
            if n and own[n - 1].span.end > place.start:
                return own[n - 1]
        return None


def of_statement(a: Attribution, cast: Cast) -> Features:
    """What a statement is weighed by: its reader's log odds, how its source is named, its form and stance."""
    entity = cast.entities.get(a.entity or "")
    found = {"always": 1.0, "log odds": log_odds(a.confidence), f"form {a.form}": 1.0, f"stance {a.stance}": 1.0}
    if a.parent is not None:
        found["inside another"] = 1.0
    if not a.cue:
        found["no cue"] = 1.0
    if not a.source:
        found["no source"] = 1.0
    elif entity is None:
        found["source nobody knows"] = 1.0
    else:
        meant = cast.meant(entity.id, a.source)
        if meant is not None and meant.kind is MentionKind.PRONOUN:
            found["source a pronoun"] = 1.0
        elif not entity.named:
            found["source without a name"] = 1.0
        if meant is not None and meant.certainty < 1:
            found["log odds of who is meant"] = log_odds(meant.certainty)
    return found


def of_figure(f: Figure, sure: Mapping[str, float]) -> Features:
    """What a figure is weighed by: whether somebody reports it, and how sure its statement is to the reader."""
    found = {"always": 1.0}
    if f.reporters:
        found["reported"] = 1.0
    if f.attribution is not None and f.attribution in sure:
        found["log odds of its statement"] = log_odds(sure[f.attribution])
    return found


def log_odds(p: float) -> float:
    """The log odds of a probability, which is kept from 0 and 1.

    >>> log_odds(0.5)
    0.0
    """
    p = min(max(p, 0.001), 0.999)
    return math.log(p / (1 - p))


def likely(features: Features, weights: Features) -> float:
    """The probability that a record with these features is right, to four places."""
    total = sum(weights.get(name, 0.0) * value for name, value in features.items())
    return round(min(max(1 / (1 + math.exp(-total)), LEAST), MOST), 4)


@lru_cache(maxsize=1)
def scales() -> Mapping[str, Features]:
    """The weights that ship, by what is weighed and then by feature."""
    found: dict[str, dict[str, float]] = {}
    for what, feature, weight in rows("data/models/confidence.tsv"):
        found.setdefault(what, {})[feature] = float(weight)
    return found


def as_table(scales: Mapping[str, Features]) -> Iterator[str]:
    """Weights as the lines of their file."""
    yield "what\tfeature\tweight"
    for what, weights in scales.items():
        yield from (f"{what}\t{feature}\t{weight:.3f}" for feature, weight in weights.items())
