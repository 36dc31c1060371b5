"""When and where a figure holds: the times and the place that govern it."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from datetime import date, timedelta

from ..article import Span
from ..document import Document, Token
from ..entities import Entity
from ..mentions import EntityType, MentionKind
from ..times import StretchKind, Time, TimeType, find_stretches


@dataclass(frozen=True, slots=True)
class Period:
    """The time a figure covers, first and last day, month or year as EDTF; `as_of` is when it was so."""

    start: str | None = None
    end: str | None = None
    as_of: str | None = None


NEVER = Period()
_IN = frozenset("in at near across inside within around throughout outside on off from of along over above".split())
_NOW = frozenset("today now currently tonight".split())
_BACK = re.compile(r"P(\d{1,4})([YMWD])")
_CLAUSES = ("xcomp", "conj", "ccomp", "pcomp", "prep")
_SAYING = frozenset("say tell report claim announce estimate believe add state warn note write put".split())


class Setting:
    """The times and places of one document, and which of them govern a figure."""

    __slots__ = ("_document", "_places", "_starts", "_times")

    def __init__(self, document: Document, entities: tuple[Entity, ...], times: tuple[Time, ...]) -> None:
        self._document = document
        self._times = _dated(document, times)
        self._starts = [span.start for span, _ in self._times]
        places = [
            (mention.span, entity.id)
            for entity in entities
            if entity.type is EntityType.PLACE
            for mention in entity.mentions
            if mention.kind is MentionKind.NAME
        ]
        self._places = sorted(places, key=lambda place: (place[0].start, place[0].end))

    def period(self, taken: Span, tokens: tuple[int, int], verb: int | None) -> Period:
        """The period stated in the clause of the figure at `tokens`, else in the nearest clause above; none if none is.

        `taken` are the words of the figure itself, in which no time counts.
        """
        d = self._document
        sentence = d.sentences[d.tokens[tokens[0]].sentence]
        low, high = d.tokens[sentence.start].start, d.tokens[sentence.end - 1].end
        near = self._times[bisect_left(self._starts, low) : bisect_left(self._starts, high)]
        placed = [(_governor(d, span), span, period) for span, period in near if not span.overlaps(taken)]
        for level in _levels(d, tokens, verb):
            found = [
                (abs(span.start - taken.start), period)
                for governor, span, period in placed
                if governor in level or _when(d, governor, level) or _of_subject(d, governor, level)
            ]
            if found:
                return min(found, key=lambda f: f[0])[1]
        return NEVER

    def place(self, taken: Span, tokens: tuple[int, int], verb: int | None) -> str | None:
        """The id of the place that the clause of a figure names with "in" or the like; None if it names none."""
        d = self._document
        sentence = d.sentences[d.tokens[tokens[0]].sentence]
        low, high = d.tokens[sentence.start].start, d.tokens[sentence.end - 1].end
        here = [place for place in self._places if low <= place[0].start < high and not place[0].overlaps(taken)]
        for level in _levels(d, tokens, verb):
            found = []
            for span, entity in here:
                first, last = d.range(span)
                if first < last and (rank := _located(d, first, last, level)) is not None:
                    found.append((rank, abs(span.start - taken.start), entity))
            if found:
                return min(found)[2]
        return None


def _dated(d: Document, times: tuple[Time, ...]) -> list[tuple[Span, Period]]:
    """The times of a document as periods, in order: stretches ("since 2011"), and "the past two years" counted back."""
    out: list[tuple[Span, Period]] = []
    for stretch in find_stretches(d, times):
        start, end = _day(stretch.start), _day(stretch.end)
        if stretch.kind is StretchKind.AS_OF or d.text[stretch.span.start : stretch.span.end].lower() in _NOW:
            out.append((stretch.span, Period(as_of=end)))
        elif stretch.kind is StretchKind.AT and _word_before(d, stretch.span) == "by":
            out.append((stretch.span, Period(end=end)))
        else:
            out.append((stretch.span, Period(start, end)))
    for time in times:
        back = _BACK.fullmatch(time.value) if time.type is TimeType.DURATION and time.start is None else None
        words = d.text[time.span.start : time.span.end].lower().split()
        if back is not None and d.article.published is not None and {"past", "last"} & set(words[:2]):
            out.append((time.span, _looking_back(d.article.published, int(back[1]), back[2])))
    return sorted(out, key=lambda dated: dated[0])


def _word_before(d: Document, span: Span) -> str:
    first = d.range(span)[0]
    return d.tokens[first - 1].lower if first else ""


def _day(value: str | None) -> str | None:
    """A moment's day: figures hold for days, months and years."""
    return value.partition("T")[0] if value is not None else None


def _looking_back(published: date, count: int, unit: str) -> Period:
    """The last so many years, months, weeks or days before a date, in that precision."""
    if unit == "Y":
        return Period(f"{published.year - count:04d}", f"{published.year:04d}") if count < published.year else NEVER
    if unit == "M":
        month = published.year * 12 + published.month - 1
        return Period(f"{(month - count) // 12:04d}-{(month - count) % 12 + 1:02d}", f"{published:%Y-%m}")
    days = count * 7 if unit == "W" else count
    start = date.fromordinal(max(1, published.toordinal() - timedelta(days=days).days))
    return Period(start.isoformat(), published.isoformat())


def _governor(d: Document, span: Span) -> int:
    """The first verb or noun above a time that is not part of it; -1 where the time covers no token."""
    first, last = d.range(span)
    for i in range(first, last):
        token = d.tokens[i]
        if not first <= token.head < last:
            parent = d.tokens[token.head]
            while parent.pos in ("ADP", "SCONJ", "ADV", "PART", "PUNCT") and parent.head != parent.i:
                parent = d.tokens[parent.head]
            return parent.i
    return first if first < last else -1


def _levels(d: Document, tokens: tuple[int, int], verb: int | None) -> list[set[int]]:
    """The tokens between a figure and its verb, then those up to the next verb where one clause leads to another."""
    inside = set(range(*tokens))
    if verb is not None and d.tokens[verb].sentence == d.tokens[tokens[0]].sentence:
        inside.add(verb)
    levels = [inside]
    for parent in d.ancestors(tokens[0]):
        levels[-1].add(parent.i)
        if parent.pos in ("VERB", "AUX") and parent.dep not in ("aux", "auxpass"):
            if not _leads_up(d, parent):
                break
            levels.append(set())
    return levels


def _leads_up(d: Document, verb: Token) -> bool:
    """Whether what is said of the clause above holds for this one: not where that is somebody's saying it."""
    above = d.tokens[verb.head]
    if above.i == verb.i or above.lemma.lower() in _SAYING:
        return False
    return verb.dep in _CLAUSES or (verb.dep in ("advcl", "acl") and verb.tag == "VBG")


def _when(d: Document, governor: int, level: set[int]) -> bool:
    """Whether a time stands in a clause of time below the figure's verb: "drew 11,000 when it opened in 2010"."""
    if governor < 0:
        return False
    verb = d.tokens[governor]
    if verb.dep != "advcl" or verb.head not in level:
        return False
    return any(t.lower in ("when", "while") for t in d.kids(verb.i))


def _of_subject(d: Document, governor: int, level: set[int]) -> bool:
    """Whether a time dates the subject of the figure's clause: "a landslide on 3 June killed 55"."""
    return governor >= 0 and d.tokens[governor].dep in ("nsubj", "nsubjpass") and d.tokens[governor].head in level


def _located(d: Document, first: int, last: int, level: set[int]) -> int | None:
    """How directly a place name locates what a clause says, 0 the most; None if it does not."""
    top = d.tokens[last - 1]
    for i in range(first, last):
        if not first <= d.tokens[i].head < last:
            top = d.tokens[i]
    for _ in range(3):
        if top.dep not in ("compound", "nmod", "amod") or d.tokens[top.head].pos not in ("NOUN", "PROPN"):
            break
        top = d.tokens[top.head]  # at Saydnaya military prison
    above = d.tokens[top.head]
    if top.dep == "poss" and above.head in level:
        return 2  # in Mecca's Grand Mosque
    if above.pos != "ADP" or above.lower not in _IN:
        return None
    rank = 0 if above.lower in ("in", "at", "inside", "across", "throughout", "within", "near") else 1
    if above.head in level:
        return rank
    outer = d.tokens[above.head]
    return (
        rank + 2
        if outer.pos == "NOUN" and d.tokens[outer.head].pos == "ADP" and d.tokens[outer.head].head in level
        else None
    )
