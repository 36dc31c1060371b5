"""Who said what: source, cue and content as spans, the form and the stance (PARC 3.0)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from ..text.article import Span


class Form(StrEnum):
    """Whether the content is quoted: wholly, not at all, or in part."""

    DIRECT = "direct"
    INDIRECT = "indirect"
    MIXED = "mixed"


class Stance(StrEnum):
    """What the source does with the content."""

    ASSERTS = "asserts"
    DENIES = "denies"
    DOUBTS = "doubts"
    HEDGES = "hedges"
    ASKS = "asks"
    DEMANDS = "demands"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Attribution:
    """One stretch of content that the text puts in somebody's mouth or mind (PARC 3.0: source, cue, content).

    `id` is `a1`, `a2` ... in the order of the text. `source` holds the words
    that name the source; it is empty where the text names none, as in a
    quotation that continues. `entity` and `via` are Entity ids: who says it,
    and through or from whom ("reported from witnesses"). `parent` is the id of
    the attribution whose content holds this one. `confidence` is the estimated
    probability that source and content are both right, from 0 to 1. `joint`
    are the Entity ids of those who say it together with `entity`, in the order
    of the text ("activists and state television said").
    """

    id: str
    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    form: Form
    stance: Stance
    entity: str | None = None
    via: str | None = None
    parent: str | None = None
    confidence: float = 1.0
    joint: tuple[str, ...] = ()

    @property
    def speakers(self) -> tuple[str, ...]:
        """The Entity ids of all who say it, `entity` first; empty where nobody is known.

        >>> Attribution("a1", (), (), (), Form.INDIRECT, Stance.ASSERTS, "e1", joint=("e2",)).speakers
        ('e1', 'e2')
        """
        return () if self.entity is None else (self.entity, *self.joint)
