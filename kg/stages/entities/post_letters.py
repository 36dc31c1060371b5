"""Clusters -> clusters: who is called by the letters of a post, "the CM", "DAG Holm", and no body of that name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import takewhile

from ...language.lexicon import words
from ...language.syntax import NOMINAL
from ...records.mention import MentionKind
from ...text.document import Document
from .aliases import PERSON, Cluster, Name
from .names import is_acronym, is_person_noun, lexicon

_LONGEST = 4
"""Words of a post that letters stand for."""

_POSTS = words("entities", "letters of a post")
_OF = words("grammar", "joins a post to its body")


def without_post_letters(document: Document, clusters: list[Cluster]) -> list[Cluster]:
    """The clusters, what letters of a post name given to the one person who holds it.

    After "Chief Minister Rafiq Ullah opened", "The CM said" is he: no body called CM speaks.
    Known letters of a post name nothing where nobody holds it.
    """
    posts: dict[str, list[Cluster]] = {}
    for holder in clusters:
        if holder.type == PERSON:
            for letters in {x for name in holder.names for x in _letters(document, name)}:
                posts.setdefault(letters, []).append(holder)
    kept: list[Cluster] = []
    for cluster in clusters:
        holders = posts.get(_called(document, cluster), [])
        if len(holders) == 1 and _may_be(cluster, holders[0]):
            _take(document, holders[0], cluster)
        elif cluster.full or _called(document, cluster) not in _POSTS:
            kept.append(cluster)
    return kept


def _called(document: Document, cluster: Cluster) -> str:
    """The letters that all names of a cluster are, or begin with, "the" before letters alone; "" if they are none."""
    found: set[str] = set()
    for name in cluster.names:
        first = document[name.start].text
        alone = name.end == name.start + 1
        led = name.start > 0 and document[name.start - 1].lower == "the"
        found.add(first.lower() if is_acronym(first) and len(first) <= _LONGEST and (led or not alone) else "")
    return found.pop() if len(found) == 1 else ""


def _may_be(cluster: Cluster, holder: Cluster) -> bool:
    """Whether the words after the letters, if any, are of the holder's name."""
    own = {word for form in holder.forms for word in form}
    return all(set(form[1:]) <= own for form in cluster.forms)


def _take(document: Document, holder: Cluster, cluster: Cluster) -> None:
    for start, end, mention in cluster.mentions:
        first = min(start + 1, end - 1)
        kind = MentionKind.NOMINAL if first == start else mention.kind
        holder.mentions.append((first, end, replace(mention, span=document.span(first, end), kind=kind, type=PERSON)))
    holder.mentions.sort(key=lambda m: m[0])


def _letters(document: Document, name: Name) -> Iterator[str]:
    """The letters of the posts beside a name: before it, before a comma and what leads, after a comma."""
    i = name.start - 1
    while i > 0 and document[i].lower.rstrip(".") in lexicon().honorifics:
        i -= 1
    if document[i].text == ",":
        of = next((k for k in range(i - 1, max(0, i - 8), -1) if document[k].lower in _OF), i)
        yield from _ending(document, of - 1)
    yield from _ending(document, i)
    if i > 1 and document[i - 1].lower == "of" and is_person_noun(document[i - 2].lower):
        yield (document[i - 2].text[0] + document[i].text[0]).lower()  # "Superintendent of Police Peter Holm"
    if name.end < len(document) and document[name.end].text == ",":
        rest = document.tokens[name.end + 1 : name.end + 2 + _LONGEST]
        post = list(takewhile(lambda t: t.pos in _IN_POST, rest))
        if post:
            yield from _ending(document, post[-1].i)


def _ending(document: Document, last: int) -> Iterator[str]:
    """The letters of the posts of two words and more that end in a word."""
    if last < 0 or not (is_person_noun(document[last].lower) or document[last].lower in lexicon().titles):
        return
    letters = ""
    for i in range(last, max(-1, last - 2 * _LONGEST), -1):
        if document[i].text == "-":
            continue
        if document[i].pos not in _IN_POST or document[i].sentence != document[last].sentence:
            return
        letters = document[i].text[0].lower() + letters
        if len(letters) > 1:
            yield letters


_IN_POST = NOMINAL | words("parse", "inside a post")
