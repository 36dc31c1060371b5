"""How well the same thing is known across articles: pairs of `data/gold/identity_pairs.jsonl` in graphs built before.

python tests/benchmarks/identity.py GRAPH [GRAPH ...] [--half open|held] [--errors]

The graphs are those of `kg build` on the texts of PolNeAR (train), newsmix and SEER (dev), a file an article. A pair
names two entities by article and name; same is what a reader of both articles said. Prints precision and recall of
pairs that are joined, and B-cubed over their entities. A pair whose entity an extractor no longer finds is counted apart.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import networkx as nx

from kg import store as stores
from kg.identity.grouping import identify
from kg.identity.name_likeness import Profile
from kg.identity.profiles import stored_profiles
from kg.resources import resource

Key = tuple[str, str, str]
"""Article, type and name of an entity."""


def pairs(half: str | None) -> list[dict[str, Any]]:
    """The judged pairs, all or one half."""
    lines = resource("data/gold/identity_pairs.jsonl").read_text(encoding="utf-8").splitlines()
    return [pair for pair in map(json.loads, lines) if half in (None, pair["half"])]


def keys(pair: Mapping[str, Any]) -> tuple[Key, Key]:
    """The two entities of a pair."""
    (article, name), (other, called) = pair["a"], pair["b"]
    return (article, pair["type"], name), (other, pair["type"], called)


def b_cubed(found: Mapping[Key, str], judged: Iterable[Mapping[str, Any]]) -> tuple[float, float]:
    """B-cubed precision and recall of clusters against those that the pairs judged the same make."""
    graph = nx.Graph()
    for pair in judged:
        graph.add_nodes_from(keys(pair))
        if pair["same"]:
            graph.add_edge(*keys(pair))
    gold = {key: n for n, group in enumerate(nx.connected_components(graph)) for key in group}
    apart = {frozenset(keys(pair)) for pair in judged if not pair["same"]}

    def share(key: Key, mine: Mapping[Key, Any], theirs: Mapping[Key, Any]) -> float:
        """The share right of those in the cluster of a key whom the gold speaks of together with it."""
        others = [k for k in gold if mine[k] == mine[key] and (gold[k] == gold[key] or frozenset((k, key)) in apart)]
        right: int = sum(1 for k in others if theirs[k] == theirs[key])
        return right / len(others)

    count = len(gold)
    return sum(share(k, found, gold) for k in gold) / count, sum(share(k, gold, found) for k in gold) / count


def main() -> None:
    """Print the scores."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("graphs", nargs="+", type=Path)
    arguments.add_argument("--half", choices=("open", "held"))
    arguments.add_argument("--errors", action="store_true", help="print the pairs of the open half that are wrong")
    given = arguments.parse_args()
    everyone: dict[str, Profile] = {}
    for graph in given.graphs:
        with stores.open(graph) as store:
            everyone.update((profile.key, profile) for profile in stored_profiles(store))
    cluster = identify(everyone.values()).cluster
    known: dict[Key, str] = {}
    for key in sorted(everyone, reverse=True):
        profile = everyone[key]
        known[profile.article, str(profile.type), profile.name] = cluster[key]
    asked = pairs(given.half)
    there = [pair for pair in asked if all(key in known for key in keys(pair))]
    counts: dict[tuple[bool, bool], int] = defaultdict(int)
    for pair in there:
        a, b = keys(pair)
        joined = known[a] == known[b]
        counts[joined, pair["same"]] += 1
        if given.errors and joined is not pair["same"] and pair["half"] == "open":
            print("joined" if joined else "apart ", pair["type"], a[2], "~", b[2])
    right = counts[True, True]
    precision, recall = right / (right + counts[True, False]), right / (right + counts[False, True])
    inside, whole = b_cubed({key: known[key] for pair in there for key in keys(pair)}, there)
    print(f"{len(there)} pairs of {len(asked)} ({right + counts[False, True]} the same)")
    print(f"joined: precision {100 * precision:.1f}, recall {100 * recall:.1f}")
    print(f"B-cubed: {100 * inside:.1f} / {100 * whole:.1f} / F1 {200 * inside * whole / (inside + whole):.1f}")


if __name__ == "__main__":
    main()
