"""What a figure counts, as a record, and its makers where the article has no noun for it."""

from __future__ import annotations

from dataclasses import dataclass

from ...language.lexicon import noted
from ...text.article import Span

_ELSE = noted("figures", "sums of nothing named")
"""What a sum is that no noun has: it would cost millions, a cost."""


@dataclass(frozen=True, slots=True)
class Counted:
    """What is counted. `text` is as printed, or a word of ours where the article leaves it out ("238 wounded": people).

    `head` is the token of the noun, None where the article has none; `concept`
    its shared concept; `event` the concept of what happens to it, else the
    lemma of the verb, and `verb` the token that says so.
    """

    text: str | None = None
    span: Span | None = None
    head: int | None = None
    concept: str | None = None
    event: str | None = None
    verb: int | None = None


def people(event: str | None, verb: int | None) -> Counted:
    """People, whom the article leaves out, with what happens to them and the token that says so."""
    return Counted("people", None, None, "person", event, verb)


def sum_of(lemma: str, event: str | None, verb: int | None) -> Counted:
    """A sum that no noun has: what the verb makes it, or money."""
    what = _ELSE.get(lemma) or _ELSE.get(event or "", "money")
    return Counted(what, None, None, what, event, verb)
