"""The same role stated more than once -> one role, in its fullest form."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from ...language.lexicon import noted, words
from ...records.role import RoleStatus
from . import role_lexicon as lexicon
from .draft_role import Found

_EMPTY = words("roles", "empty")
_SHORT = noted("roles", "short for")
_CHANGES = words("roles", "changes")
"""Words that make another post of the one they stand beside: a deputy minister is no minister."""


def merged(found: Iterable[Found]) -> list[Found]:
    """The roles in the order they are first said, each holder's repetitions and shortenings of one post made one."""
    by_holder: dict[str, list[Found]] = defaultdict(list)
    for f in sorted(found, key=lambda f: (f.first, f.last, f.title)):
        kept = by_holder[f.holder.id]
        for n, other in enumerate(kept):
            joined = _joined(other, f)
            if joined is not None:
                kept[n] = joined
                break
        else:
            kept.append(f)
    return sorted(
        (f for kept in by_holder.values() for f in kept), key=lambda f: (f.first, f.last, f.holder.id, f.title)
    )


def _words(title: str) -> frozenset[str]:
    words = (w.strip(".,'’\"“”") for w in title.casefold().replace("-", " ").split())
    return frozenset(_SHORT.get(w, w) for w in words) - _EMPTY - frozenset(lexicon.STATUS)


def _same_post(a: Found, b: Found) -> bool:
    """Whether two titles are alike up to their complements, and those do not tell two posts apart."""
    (post, first), (other, second) = (_post(f.title) for f in (a, b))
    if post != other:
        return False
    if a.organization is not None and b.organization is not None:
        return a.organization.id == b.organization.id and post[-1:] != ["member"]
    return (a.organization is None and first.islower()) or (b.organization is None and second.islower())


def _post(title: str) -> tuple[list[str], str]:
    """A title's words up to its first preposition, in lower case, and the rest as printed."""
    words = title.split()
    cut = next((n for n, w in enumerate(words) if w.lower() in lexicon.PREPOSITIONS), len(words))
    return [w.casefold() for w in words[:cut]], " ".join(words[cut:])


def _weight(found: Found) -> tuple[bool, bool, int]:
    any_body = not {"a", "an"}.isdisjoint(found.title.split())  # "CEO of a major US airline"
    return found.organization is not None, not any_body, len(_words(found.title))


def _joined(a: Found, b: Found) -> Found | None:
    """Two statements of one post as one: the longer title, and what either says besides; None if two posts."""
    first, second = _words(a.title), _words(b.title)
    if not (first <= second or second <= first or _same_post(a, b)):
        return None
    if (first ^ second) & _CHANGES:
        return None
    if a.organization and b.organization and a.organization.id != b.organization.id:
        return None
    if (a.start and b.start and a.start != b.start) or (a.end and b.end and a.end != b.end):
        return None
    if RoleStatus.ACTING in (a.status, b.status) and a.status is not b.status:
        return None
    full, other = (a, b) if _weight(a) >= _weight(b) else (b, a)
    return full._replace(
        organization=full.organization or other.organization,
        place=full.place or other.place,
        start=full.start or other.start,
        end=full.end or other.end,
        status=full.status if full.status is not RoleStatus.CURRENT else other.status,
        confidence=max(a.confidence, b.confidence),
    )
