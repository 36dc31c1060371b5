"""Names that are only a title ("Urban Development Minister") -> mentions of its holder, where the article names one."""

from __future__ import annotations

from ....language.lexicon import words
from ....records.mention import Mention, MentionKind
from ....text.document import Document
from ..aliases import PERSON, Cluster
from ..names import is_person_noun, lexicon
from .offices import offices_of

_BETWEEN = words("entities", "between a name and its title")
"""What may stand between a name and the title that is given to it."""

_MOST = 4
"""Tokens that may stand there."""


def settle_titles(document: Document, clusters: list[Cluster]) -> None:
    """Give each bare title to its only holder; of several it is nobody's name, and of none it stays as it is.

    The holder is whom the article gives the title or, where it gives it to nobody, who is known to hold it.
    """
    persons = [c for c in clusters if c.type == PERSON and not _is_bare_title(c)]
    for cluster in [c for c in clusters if _is_bare_title(c)]:
        title = max((n.words for n in cluster.names), key=len)
        holders = [c for c in persons if _holds(document, c, title)] or [c for c in persons if _is_known_as(c, title)]
        if holders:
            clusters.remove(cluster)
        if len(holders) == 1:
            mentions = [(s, e, Mention(m.span, MentionKind.NOMINAL, PERSON)) for s, e, m in cluster.mentions]
            holders[0].mentions = sorted([*holders[0].mentions, *mentions], key=lambda m: m[0])
            holders[0].roles.add(title[-1])


def _is_bare_title(cluster: Cluster) -> bool:
    """Whether the fullest name of a thing ends in a word for an office, before which no title stands."""
    fullest = max((n.words for n in cluster.names), key=len, default=())
    ends = bool(fullest) and (fullest[-1] in lexicon().titles or is_person_noun(fullest[-1]))
    return ends and all(not n.titles and set(n.words) <= set(fullest) for n in cluster.names)


def _holds(document: Document, person: Cluster, title: tuple[str, ...]) -> bool:
    """Whether the article gives somebody a title beside one of his names: before it, or after a comma or "is"."""
    size = len(title)
    for name in person.names:
        before = tuple(document[i].lower for i in range(max(0, name.start - size), name.start))
        at = name.end
        while at < len(document) and at - name.end < _MOST and document[at].lower in _BETWEEN:
            at += 1
        after = tuple(document[i].lower for i in range(at, min(len(document), at + size)))
        if before == title or (at > name.end and after == title):
            return True
    return False


def _is_known_as(person: Cluster, title: tuple[str, ...]) -> bool:
    """Whether somebody of public life is known to hold or have held an office: "prime minister"."""
    known = offices_of(person)
    return title[-1] in known.nouns and set(title[:-1]) <= known.further
