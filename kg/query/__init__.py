"""Questions asked of a graph: those that ship, by name, and any SPARQL, behind one guard."""

from __future__ import annotations

from .questions import (
    GROUPS,
    Answer,
    Parameter,
    Question,
    bind,
    inlined,
    parameters,
    prepared,
    question,
    questions,
    run,
    shown,
)

__all__ = [
    "GROUPS",
    "Answer",
    "Parameter",
    "Question",
    "bind",
    "inlined",
    "parameters",
    "prepared",
    "question",
    "questions",
    "run",
    "shown",
]
