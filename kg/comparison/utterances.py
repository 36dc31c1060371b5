"""Statements of many articles -> utterances: words that several articles quote from one mouth, whole or in part."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from typing import Final

from ..rdf.terms import Iri
from .agreeing import Joining, Repeated
from .told import ToldStatement, in_order, may_be_one
from .told_words import plain_words, term_of

RUN: Final = 5
"""Words in a row that two quotations must share: fewer are a phrase that anybody uses."""

TOLD: Final = 3
"""Words among those that say something, so that "it was one of the" makes no utterance."""

APART: Final = 8
"""Words in a row that two quotations share at least where neither is part of the other."""

UNNAMED: Final = 14
"""The same where one of the two names nobody: of "a special place in hell for women who" many say how it goes on."""

NEAR: Final = 12
"""With how many of those before it a quotation is compared for one run of words: what keeps the work linear."""


@dataclass(frozen=True, slots=True)
class FoundUtterance:
    """What several articles quote from one source: its occurrences in order of date, longest wording and first date."""

    occurrences: tuple[Iri, ...]
    words: str
    first: date | None


@dataclass(frozen=True, slots=True)
class QuotedStretch:
    """One stretch in quotation marks of a statement."""

    of: ToldStatement
    words: tuple[str, ...]
    text: str


def utterances(told: Iterable[ToldStatement]) -> list[FoundUtterance]:
    """The utterances that at least two articles carry, in order of their first occurrence.

    >>> import tempfile
    >>> from kg import Article, extract, open
    >>> from kg.comparison.stored_statements import told_statements
    >>> told = "Jo Hill said, “No one had told us that the old mill would be sold to strangers.”"
    >>> with tempfile.TemporaryDirectory() as folder, open(f"{folder}/graph", create=True) as store:
    ...     for text in (told, f"Nobody was at work. {told} It rained all day."):
    ...         _ = store.put(extract(Article(text), fast=True))
    ...     [(found.words, len(found.occurrences)) for found in utterances(told_statements(store, {}))]
    [('No one had told us that the old mill would be sold to strangers.', 2)]
    """
    quoted = [one for statement in sorted(told, key=in_order) for one in quotations(statement)]
    return carried(quoted, _pairs(quoted))


def quotations(statement: ToldStatement) -> Iterator[QuotedStretch]:
    """The stretches in quotation marks of a statement."""
    return (QuotedStretch(statement, tuple(plain_words(text)), text) for text in statement.quoted)


def carried(quoted: Sequence[QuotedStretch], pairs: Iterable[tuple[int, int]]) -> list[FoundUtterance]:
    """The utterances of quotations in order, by the pairs of them that share words, as they come."""
    joining = Joining([(one.of.speaker, one.of.name) for one in quoted])
    for m, n in pairs:
        joining.join(m, n, may_be_one)
    groups = ([quoted[n] for n in group] for group in joining.groups())
    return [_utterance(group) for group in groups if len({one.of.article for one in group}) > 1]


def _pairs(quoted: Sequence[QuotedStretch]) -> Iterator[tuple[int, int]]:
    """Pairs of quotations, by place in the order, that share words."""
    met_by: dict[tuple[str, ...], list[int]] = defaultdict(list)
    twice = Repeated((run for one in quoted for run in runs(one)), sum(len(one.words) for one in quoted))
    for n, one in enumerate(quoted):
        met: set[int] = set()
        for run in runs(one):
            if run in twice:
                met.update(met_by[run][-NEAR:])
                met_by[run].append(n)
        for m in sorted(met):
            if share_words(one, quoted[m]):
                yield m, n


def runs(one: QuotedStretch) -> Iterator[tuple[str, ...]]:
    """The runs of words of a quotation by which it meets others."""
    return (one.words[k : k + RUN] for k in range(len(one.words) - RUN + 1))


def _utterance(group: Sequence[QuotedStretch]) -> FoundUtterance:
    longest = max(group, key=lambda one: len(one.words))
    dates = (one.of.published for one in group if one.of.published is not None)
    return FoundUtterance(tuple(dict.fromkeys(one.of.key for one in group)), longest.text, min(dates, default=None))


def share_words(one: QuotedStretch, other: QuotedStretch) -> bool:
    """Whether two quotations have the same words: one is the whole of a part of the other, or they share a long run.

    Where nobody is named only a long run tells that both are of one mouth: "unfit to be commander in chief" many say.
    In one article that quotes two interviews a long run may be what somebody says again and again.
    """
    match = SequenceMatcher(None, one.words, other.words, autojunk=False).find_longest_match()
    words = one.words[match.a : match.a + match.size]
    named = bool(one.of.name and other.of.name)
    whole = match.size == min(len(one.words), len(other.words))
    least = APART if named or whole else UNNAMED
    long = match.size >= least and one.of.article != other.of.article
    enough = long or (named and whole and match.size >= RUN)
    return enough and len(set(filter(None, map(term_of, words)))) >= TOLD
