"""When a figure holds: the times that govern it."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from datetime import date, timedelta

from ...language.lexicon import words
from ...language.syntax import NOUN_SUBJECTS, VERBAL
from ...records.time import Time, TimeType
from ...text.article import Span
from ...text.document import Document, Token
from ..times import StretchKind, find_stretches
from .clauses import ancestors_by_clause, harmed_besides, introduces_time


@dataclass(frozen=True, slots=True)
class Period:
    """The time a figure covers, first and last day, month or year as EDTF; `as_of` is when it was so."""

    start: str | None = None
    end: str | None = None
    as_of: str | None = None


NEVER = Period()
_NOW = words("figures", "now")
_BACK = re.compile(r"P(\d{1,4})(DE|[YMWD])")
_WHEN = frozenset(("when", "while"))
_DURING = words("figures", "during")
_RECKONING = words("figures", "reckoning")
_PAPERS = words("figures", "papers of periods")


class Periods:
    """The times of one document, and which of them govern a figure; none that dates a source: "a 2009 report found"."""

    __slots__ = ("_document", "_starts", "_times")

    def __init__(self, document: Document, times: tuple[Time, ...], sources: tuple[Span, ...] = ()) -> None:
        self._document = document
        self._times = [dated for dated in _dated(document, times) if not any(dated[0] in s for s in sources)]
        self._starts = [span.start for span, _ in self._times]

    def of(self, taken: Span, tokens: tuple[int, int], verb: int | None, *, lasts: bool = False) -> Period:
        """The period stated in the clause of the figure at `tokens`, else in the nearest clause above; none if none is.

        `taken` are the words of the figure itself, in which no time counts. What
        `lasts` so long is not dated by the happening that it is told of.
        """
        d = self._document
        if lasts and verb is not None and _ends_or_begins(d, d.tokens[verb]):
            return NEVER
        sentence = d.sentences[d.tokens[tokens[0]].sentence]
        low, high = d.tokens[sentence.start].start, d.tokens[sentence.end - 1].end
        near = self._times[bisect_left(self._starts, low) : bisect_left(self._starts, high)]
        governed = [(_governor(d, span), span, period) for span, period in near if not span.overlaps(taken)]
        placed = [(governor, span, _opened(d, governor, period)) for governor, span, period in governed]
        placed = [p for p in placed if not _tells_when_said(d, p[0], p[1]) and not _compared_with(d, p[1])]
        formers = [(place, _of_former(d, place[1])) for place in placed]
        own = next((place for place, n in formers if n is not None and tokens[0] <= n < tokens[1]), None)
        if own is not None:
            return own[2]
        placed = [place for place, n in formers if n is None]
        levels = list(ancestors_by_clause(d, tokens, verb))
        if levels and (besides := harmed_besides(d, levels[0][0])):
            levels.append((besides, len(d)))
        for level, before in levels:
            found = [
                (_distance(d, taken, span), self._known(tokens, span, governor, period))
                for governor, span, period in placed
                if d.range(span)[0] < before
                and (
                    governor in level
                    or _when(d, governor, level)
                    or (not lasts and (_of_happening(d, governor, level) or _of_thing(d, governor, level)))
                )
            ]
            if found:
                return min(found, key=lambda f: f[0])[1]
        return NEVER

    def _known(self, tokens: tuple[int, int], span: Span, governor: int, period: Period) -> Period:
        """The period; only a date of reference where a time dates the reckoning: put the toll at 160,000 last year."""
        d = self._document
        if period.start is None or period.start != period.end:
            return period
        reckons = governor >= 0 and d.tokens[governor].lemma.lower() in _RECKONING
        put = span.start > d.tokens[tokens[1] - 1].start and _put_at(d, tokens[0])
        return Period(as_of=period.end) if reckons or put else period


def _dated(d: Document, times: tuple[Time, ...]) -> list[tuple[Span, Period]]:
    """The times of a document as periods, in order: stretches ("since 2011"), and "the past two years" counted back."""
    out: list[tuple[Span, Period]] = []
    for stretch in find_stretches(d, times):
        start, end = _day(stretch.start), _day(stretch.end)
        if stretch.kind is StretchKind.AS_OF or d.text[stretch.span.start : stretch.span.end].lower() in _NOW:
            out.append((stretch.span, Period(as_of=end)))
        elif _word_before(d, stretch.span) == "by":
            out.append((stretch.span, Period(end=end)))
        else:
            out.append((stretch.span, Period(start, end)))
    for time in times:
        back = _BACK.fullmatch(time.value) if time.type is TimeType.DURATION and time.start is None else None
        words = d.text[time.span.start : time.span.end].lower().split()
        if back is not None and d.article.published is not None and {"past", "last"} & set(words[:2]):
            out.append((time.span, _looking_back(d.article.published, int(back[1]), back[2])))
    return sorted(out, key=lambda dated: dated[0])


def _ends_or_begins(d: Document, verb: Token) -> bool:
    """Whether a time with it dates the edge of what lasts: the 14-year war ended, or came to an end, in 2003."""
    edges = words("figures", "ends or begins")
    ends = (t for to in d.kids(verb.i) if to.lower == "to" for t in d.kids(to.i))
    return verb.lemma.lower() in edges or (verb.lemma.lower() == "come" and any(t.lower in edges for t in ends))


def _word_before(d: Document, span: Span) -> str:
    first = d.range(span)[0]
    return d.tokens[first - 1].lower if first else ""


def _put_at(d: Document, first: int) -> bool:
    """Whether a number is what somebody puts something at."""
    above = tuple(d.ancestors(first))
    at = next((n for n, token in enumerate(above) if token.pos in ("ADP", "VERB")), None)
    return at is not None and any(t.lemma.lower() == "put" for t in above[at + 1 :])


def _day(value: str | None) -> str | None:
    """A moment's day: figures hold for days, months and years."""
    return value.partition("T")[0] if value is not None else None


def _looking_back(published: date, count: int, unit: str) -> Period:
    """The last so many years, months, weeks or days before a date, in that precision."""
    if unit in ("Y", "DE"):
        count *= 10 if unit == "DE" else 1
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
            while parent.pos in words("parse", "small word") and parent.head != parent.i:
                parent = d.tokens[parent.head]
            return parent.i
    return first if first < last else -1


def _when(d: Document, governor: int, level: frozenset[int]) -> bool:
    """Whether a time stands in a clause of time below the figure's verb: "drew 11,000 when it opened in 2010"."""
    if governor < 0:
        return False
    verb = d.tokens[governor]
    since = any(t.lower == "since" and t.i < verb.i for t in d.kids(verb.i))
    return verb.dep == "advcl" and verb.head in level and (since or introduces_time(d, verb, _WHEN))


def _opened(d: Document, governor: int, period: Period) -> Period:
    """The period; only its start in a clause of "since": "Since it opened in 2015, the firm has sold 300"."""
    since = governor >= 0 and any(t.lower == "since" and t.i < governor for t in d.kids(governor))
    clause = since and d.tokens[governor].dep == "advcl" and d.tokens[governor].pos in VERBAL
    return Period(period.start, None, period.as_of) if clause else period


def _of_happening(d: Document, governor: int, level: frozenset[int]) -> bool:
    """Whether a time dates what the clause tells of: "a landslide on 3 June killed 55", "hurt in clashes on Friday"."""
    if governor < 0:
        return False
    noun = d.tokens[governor]
    above = d.tokens[noun.head]
    if noun.dep == "pobj" and noun.pos == "NOUN":
        return above.lower in _DURING and above.head in level and noun.lemma.lower() not in _PAPERS
    return noun.dep in NOUN_SUBJECTS and noun.head in level


def _of_thing(d: Document, governor: int, level: frozenset[int]) -> bool:
    """Whether a time dates the thing told of: 656 fires that broke out in 2023, the May 2022 fire that killed 19."""
    if governor < 0:
        return False
    token = d.tokens[governor]
    if token.pos in VERBAL:
        return (
            token.dep in ("relcl", "acl") and token.head in level and d.tokens[token.head].pos in ("NOUN", "NUM", "SYM")
        )
    told = (d.tokens[i] for i in level if d.tokens[i].dep == "relcl" and d.tokens[i].head == governor)
    return token.pos == "NOUN" and any(t.tag != "WP" for t in told)


def _distance(d: Document, taken: Span, span: Span) -> int:
    """How far a time stands from a figure; none where it follows right on: 10 percent in 2018, a 31 % fall in 2003."""
    between = d.text[taken.end : span.start].split() if taken.end <= span.start <= taken.end + 40 else None
    joined = between is not None and len(between) <= 2 and between[-1:] in (["in"], ["for"], ["during"])
    return 0 if joined else abs(span.start - taken.start)


def _opens_at(d: Document, span: Span) -> int:
    """The first token of a time with the period that it places: in | the same quarter a year ago."""
    k = d.range(span)[0]
    for token in reversed(d.tokens[max(0, k - 5) : k]):
        if token.lower not in words("figures", "same period") or token.sentence != d.tokens[k].sentence:
            break
        k = token.i
    within = k < d.range(span)[0] and d.tokens[k].lower in words("figures", "before a period")
    return k + within


def _of_former(d: Document, span: Span) -> int | None:
    """The token of the number that alone a time dates: the 645 of "down to 310 from 645 a year earlier"."""
    k = _opens_at(d, span) - 1
    if k >= 0 and d.tokens[k].lower in words("figures", "before a period"):
        k -= 1
    for _ in range(4):
        if k < 1 or (d.tokens[k].pos not in ("NOUN", "SYM") and d.tokens[k].lower != "per"):
            break
        k -= 1
    number = k
    while k > 0 and (d.tokens[k].pos in ("NUM", "SYM") or d.tokens[k].lower in words("figures", "roughly")):
        k -= 1
    if number == k or d.tokens[k].sentence != d.tokens[number].sentence:
        return None
    first = next(i for i in range(k + 1, number + 2) if d.tokens[i].pos != "SYM")
    return (
        first
        if d.tokens[k].lower in words("figures", "sets one against another") | {"from"} or _compares(d, k)
        else None
    )


def _compares(d: Document, k: int) -> bool:
    return d.tokens[k - 1].lower == "compared"


def _compared_with(d: Document, span: Span) -> bool:
    """Whether a time is that of what something is compared with: more than a year before, twice as many as in 2015."""
    last, first = d.range(span)[1], _opens_at(d, span)
    back = first < d.range(span)[0] or d.tokens[last - 1].lower in words("figures", "ago")
    if first and back and d.tokens[first - 1].lower in ("from", "on", "over"):
        return True  # rose 6 percent in March from a year earlier, from the same month last year
    if first and [t.lower for t in d.tokens[first : first + 2]] in (["more", "than"], ["less", "than"]):
        return d.tokens[first - 1].lower in ("%", "percent", "cent")  # 8 % more than a year before
    k = first - 1
    if k >= 0 and d.tokens[k].lower in words("figures", "before a period"):
        k -= 1
    if k < 1 or d.tokens[k].sentence != d.tokens[k + 1].sentence:
        return False
    comparing = d.tokens[k].lower == "as" and d.tokens[k - 1].lower in words("figures", "as many as")
    return comparing or (d.tokens[k].lower == "than" and d.tokens[k - 1].tag in ("JJR", "RBR"))


def _tells_when_said(d: Document, governor: int, span: Span) -> bool:
    """Whether a time beside a verb of saying is when somebody said it: "the ministry said Monday"."""
    first, last = d.range(span)
    before = first - 2 if first and d.tokens[first - 1].lower == "on" else first - 1
    if before >= 0 and d.tokens[before].sentence == d.tokens[first].sentence and _says(d.tokens[before]):
        return last >= len(d) or d.tokens[last].tag != "POS"
    return governor in (last, last + 1) and _says(d.tokens[governor])


def _says(token: Token) -> bool:
    return token.lemma.lower() in ("say", "tell", "add")
