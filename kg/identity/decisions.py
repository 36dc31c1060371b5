"""What people decided about identity: pairs of entities to merge and to keep apart, from the decisions file.

The last word on a pair holds, and "undo" takes it back. Older files name
entities by IRI; by a mention of theirs in a text, they are known again whatever
the extractor then calls them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from ..errors import DecisionError, StoreError
from ..review.decision_file import FILE, append, load, pairing
from ..review.history import in_force
from ..review.verdicts import Do, Mentioned, Pairing, Signature

__all__ = ["FILE", "Act", "Decided", "Decision", "decide", "decided"]

Act = Do
UNSIGNED = Signature()


@dataclass(frozen=True, slots=True)
class Decision:
    """A word on two entities: one thing (merge), two (apart), or none any more (undo)."""

    do: Do
    a: str
    b: str
    note: str | None = None
    by: Signature = UNSIGNED


@dataclass(frozen=True, slots=True)
class Decided:
    """What holds: pairs to merge and pairs to keep apart, sorted."""

    merged: tuple[tuple[str, str], ...] = ()
    apart: tuple[tuple[str, str], ...] = ()


def _as_named(thing: str | Mentioned) -> str | None:
    return thing if isinstance(thing, str) else None


def decided(folder: Path, named: Callable[[str | Mentioned], str | None] = _as_named) -> Decided:
    """What the file in a graph's folder comes to: the last word on each pair.

    `named` gives the IRI of an entity; a pair of which one is not there any more holds for nothing.

    Raises StoreError at a line that is no decision.
    """
    last: dict[tuple[str, str], Do] = {}
    for word in in_force(load(folder / FILE)):
        if not isinstance(word, Pairing):
            continue
        a, b = named(word.a), named(word.b)
        if a is None or b is None:
            continue
        pair = (a, b) if a < b else (b, a)
        last.pop(pair, None)
        if word.do is not Do.UNDO:
            last[pair] = word.do
    return Decided(
        tuple(sorted(p for p, do in last.items() if do is Do.MERGE)),
        tuple(sorted(p for p, do in last.items() if do is Do.APART)),
    )


def decide(folder: Path, decision: Decision) -> None:
    """Append a word and have it on the disk before returning.

    Raises StoreError if the file cannot be written, or it is no word that can be read again.

    >>> import tempfile
    >>> from kg.review.verdicts import Do
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     decide(Path(folder), Decision(Do.APART, "https://example.org/hill", "https://example.org/hall", "two"))
    ...     decided(Path(folder)).apart
    (('https://example.org/hall', 'https://example.org/hill'),)
    """
    by = Signature(decision.by.who, decision.by.when, decision.note or decision.by.why)
    try:
        made = pairing(decision.do, decision.a, decision.b, by)
    except DecisionError as error:
        raise StoreError(f"{folder / FILE}: this cannot be decided ({error}); write one line of plain text") from None
    append(folder / FILE, [made])
