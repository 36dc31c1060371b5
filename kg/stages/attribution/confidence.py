"""How often a draft is right: source and content both, as counted on news annotated by others.

The numbers are shares of right ones among what the rules find in the training
part of PolNeAR 1.0 (outermost attributions, half of the content shared),
rounded to a twentieth, smoothed by hand where fewer than 20 were seen.
"""

from __future__ import annotations

from .constructions import Construction
from .cues import ATTITUDES, CueClass
from .drafts import Draft

_CLAUSE = {
    CueClass.ASSERTS: 0.85,
    CueClass.DENIES: 0.85,
    CueClass.DOUBTS: 0.85,
    CueClass.ASKS: 0.75,
    CueClass.FEELS: 0.75,
    CueClass.REPORTS: 0.7,
    CueClass.PROMISES: 0.7,
    CueClass.DEMANDS: 0.65,
    CueClass.EXPECTS: 0.65,
    CueClass.BELIEVES: 0.6,
}
_OBJECT = {
    CueClass.DOUBTS: 0.8,
    CueClass.ACCUSES: 0.75,
    CueClass.DENIES: 0.65,
    CueClass.JUDGES: 0.65,
    CueClass.CALLS: 0.65,
    CueClass.ASSERTS: 0.6,
    CueClass.DEMANDS: 0.55,
    CueClass.FEELS: 0.5,
    CueClass.ASKS: 0.5,
    CueClass.BELIEVES: 0.5,
}
_OTHERWISE = {
    Construction.ACCORDING: 0.85,
    Construction.PARENTHETIC: 0.8,
    Construction.QUOTATION: 0.8,
    Construction.LABEL: 0.7,
    Construction.NOUN: 0.55,
    Construction.OBLIQUE: 0.5,
    Construction.CONTINUED: 0.5,
    Construction.NOTHING: 0.3,
    Construction.RELAYED: 0.85,
}


def confidence_of(draft: Draft, quoted: float) -> float:
    """The estimated probability that source and content are right; `quoted` is the share of quoted words."""
    if draft.construction is Construction.CLAUSE:
        value = _CLAUSE.get(draft.cls, 0.5)
        if quoted == 1 and draft.cls is CueClass.ASSERTS:
            return 0.95
    elif draft.construction is Construction.OBJECT:
        value = _OBJECT.get(draft.cls, 0.4)
    else:
        value = _OTHERWISE[draft.construction]
    if quoted > 0 and draft.construction in (Construction.CLAUSE, Construction.OBJECT, Construction.OBLIQUE):
        value += 0.05
    if not draft.source and draft.head is not None:
        value -= 0.25
    if draft.cls in ATTITUDES:
        value = min(value, 0.5)
    return round(value, 2)
