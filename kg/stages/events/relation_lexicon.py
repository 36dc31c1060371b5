"""Verbs and nouns that tell a kind of event or relation."""

from __future__ import annotations

from functools import lru_cache

from ...language.lexicon import words
from ...resources import resource


@lru_cache(maxsize=1)
def verbs() -> dict[str, dict[str, str]]:
    """Lemma -> preposition ("-" for a plain object) -> kind.

    >>> verbs()["accuse"]
    {'-': 'accuse'}
    """
    found: dict[str, dict[str, str]] = {}
    for lemma, frame, kind, *_ in _rows():
        found.setdefault(lemma, {})[frame] = kind
    return found


@lru_cache(maxsize=1)
def lasting() -> frozenset[str]:
    """The kinds that are relations; the others are events.

    >>> sorted(lasting())[:2]
    ['allyOf', 'memberOf']
    """
    return frozenset(kind for _, _, kind, *lasts in _rows() if lasts == ["yes"])


@lru_cache(maxsize=1)
def _rows() -> tuple[list[str], ...]:
    lines = resource("data/relations.tsv").read_text(encoding="utf-8").splitlines()
    return tuple(line.split("\t") for line in lines if line and not line.startswith("#"))


PLAIN = words("events", "plain")
"""Verbs that make no plain event: of being, having, thinking and saying, and those too light to say what happened."""

WARLIKE = words("events", "warlike")
"""Verbs of fighting that between persons mostly mean words."""

BUILT = words("events", "built")
"""Things that are built in the plain sense."""

PARTS = words("events", "parts")
"""What one body is of another."""

HEADS = words("events", "heads")
"""Titles whose holder leads the body they belong to."""

NOT_MEMBERS = words("events", "not members")
"""Titles that name an organisation without belonging to it, or not any more."""

VICTIMS = words("events", "victims")
"""Whom killing and arresting is done to, where the article gives no name."""

STRIKES = words("events", "strikes")
"""Attacks as nouns, with `against` or `on` the attacked."""

WAGING = words("events", "waging")
"""Verbs whose subject makes the attack that is their object."""

HOLDING = frozenset("hold have".split())
"""Verbs whose subject has the talks that are their object."""

LIGHT = WAGING | HOLDING
"""Verbs that tell an event by their object alone."""

ACTS = words("events", "acts")
"""What somebody did: who condemns it criticises whose it is."""

PLACED = words("events", "placed")
"""What has a place, as something that is `a city in` or `a company in` somewhere."""
