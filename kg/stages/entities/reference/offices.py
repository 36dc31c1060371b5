"""Offices that people of public life are known to hold or to have held: what a text takes for granted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from ....resources import rows
from ..aliases import PERSON, Cluster
from ..names import plain


@dataclass(frozen=True, slots=True)
class Offices:
    """The nouns that somebody is called by ("senator"), and what else is said with them ("vermont")."""

    nouns: frozenset[str]
    further: frozenset[str]


NONE = Offices(frozenset(), frozenset())


@cache
def _table() -> tuple[Mapping[tuple[str, ...], Offices], Mapping[str, Offices]]:
    """`data/gazetteer/offices.tsv` by full name and, where only one bears it, by surname."""
    full: dict[tuple[str, ...], Offices] = {}
    bearers: dict[str, list[Offices]] = defaultdict(list)
    for name, nouns, further in rows("data/gazetteer/offices.tsv"):
        words = tuple(plain(name).lower().split())
        full[words] = Offices(frozenset(nouns.split()), frozenset(further.split()))
        bearers[words[-1]].append(full[words])
    return full, {surname: some[0] for surname, some in bearers.items() if len(some) == 1}


def offices_of(cluster: Cluster) -> Offices:
    """What is known of the person whom a thing's names name; nothing of whoever shares a surname alone."""
    if cluster.type != PERSON:
        return NONE
    full, surnames = _table()
    names = [tuple(plain(word).lower() for word in name.words) for name in cluster.names]
    whole = [name for name in names if len(name) > 1]
    for name in whole:
        if name in full:
            return full[name]
    return NONE if whole else next((surnames[n[0]] for n in names if n and n[0] in surnames), NONE)
