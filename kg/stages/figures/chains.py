"""The way by which a figure came to the article: who tells it, from whom, each with the words that say so."""

from __future__ import annotations

from collections.abc import Mapping

from ...records.attribution import Attribution
from ...records.figure import Telling


def chain(
    attribution: Attribution | None, attributions: Mapping[str, Attribution], reporter: Telling | None, via: str | None
) -> tuple[Telling, ...]:
    """The steps from the one next to the article's outlet to the first source.

    They are the sources of the statements around `attribution`, outermost
    first; `reporter` in place of the source of `attribution` itself, where it
    is another; and `via`, whom that one has it from. Who tells in two steps
    running, as in "it said it had counted", is one step with the cues of both.
    """
    steps: list[Telling] = [] if via is None else [Telling(via, (), attribution.id if attribution else None)]
    if reporter is not None:
        steps.append(reporter)
    at = attribution
    if at is not None and reporter is not None and reporter.attribution == at.id:
        at = attributions.get(at.parent or "")
    seen: set[str] = set()
    while at is not None and at.id not in seen:
        seen.add(at.id)
        if at.entity is not None:
            steps.append(Telling(at.entity, at.cue, at.id))
        at = attributions.get(at.parent or "")
    return _merged(steps[::-1])


def _merged(steps: list[Telling]) -> tuple[Telling, ...]:
    out: list[Telling] = []
    for step in steps:
        if out and out[-1].entity == step.entity:
            cue = tuple(sorted({*out[-1].cue, *step.cue}))
            out[-1] = Telling(step.entity, cue, step.attribution or out[-1].attribution)
        else:
            out.append(step)
    return tuple(out)
