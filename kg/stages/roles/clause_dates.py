"""When what a clause tells began, ended or took place: dates right after its post or hung on its verb."""

from __future__ import annotations

from ...language.lexicon import words
from .draft_role import sentence_end
from .mention_index import MentionIndex
from .tenure import Bounds, bounds_at, moment_at


def period_of(index: MentionIndex, v: int, end: int, stop: int) -> Bounds:
    """The period said right after a post, else anywhere with its verb."""
    bounds = bounds_at(index, end, stop)
    return bounds if bounds.start is not None or bounds.end is not None else period_by_verb(index, v, end)


def period_by_verb(index: MentionIndex, v: int, end: int) -> Bounds:
    """A period said anywhere else with the verb: `since 2009 he has been`, `he was, from 2009 to 2011, mayor`."""
    document = index.document
    stop = sentence_end(document, v)
    for kid in document.kids(v):
        if kid.lower in words("roles", "bounds a tenure"):
            found = bounds_at(index, kid.i, stop)
            if found.start is not None or found.end is not None:
                return found._replace(stop=max(end, found.stop) if kid.i > v else end)
    return Bounds(None, None, end)


def event_date(index: MentionIndex, v: int, end: int, stop: int) -> str | None:
    """When a verb's event took place: a date right after the post, or hung on the verb."""
    document = index.document
    when = moment_at(index, end, stop)
    if when is not None:
        return when
    if end < stop and document[end].text == ",":
        when = moment_at(index, end + 1, stop)
        if when is not None:
            return when
    for kid in document.kids(v):
        if kid.dep in words("parse", "dates a verb"):
            when = moment_at(index, kid.i, stop)
            if when is not None:
                return when
    return None
