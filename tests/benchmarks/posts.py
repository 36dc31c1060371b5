"""Whose the posts are that `kg` finds: the body or place of each, against 559 that were read in 93 news articles.

    python tests/benchmarks/posts.py EVAL [--fast] [--errors]

EVAL is the folder with `polnear/` and `seer/` that `data/gold/posts.jsonl` points into. A post is right where its body,
else its place, has one of the names that reading allows; wrong where it has another; missing where it has none and
should; none where it has none and need not. Articles of fold 4 (`kg.training.folds`) are counted apart: no rule was
written for them. With `--errors` those of the other folds are printed.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from kg.records.entity import Entity
from kg.records.extraction import Extraction
from kg.records.mention import MentionKind
from kg.records.role import Role
from kg.resources import resource
from kg.stages.entities.gazetteer import gazetteer
from kg.stages.rules import extract
from kg.text.article import Article
from kg.training.folds import FOLDS, fold_of
from kg.training.news_texts import rows_with_texts

_SMALL = {"the", "a", "an", "of", "mr", "sir"}


def folded(words: str) -> set[str]:
    """The words of a name or title, without small ones and endings of the plural."""
    return {w.lower().removesuffix("s") for w in re.findall(r"\w+", words)} - _SMALL


def is_named(entity: Entity, spans: list[list[int]], text: str) -> bool:
    """Whether an entity is what some words name: a mention stands there under the same name, or they are its adjective."""
    said = text[slice(*spans[0])]
    known = gazetteer().get(said)
    if gazetteer().adjectives.get(said) == entity.name or (known is not None and known.name == entity.name):
        return True
    if gazetteer().get(f"{said} Party") == gazetteer().get(entity.name) is not None:
        return True
    here = any(m.span.start < e and s < m.span.end for s, e in spans for m in entity.mentions)
    names = [entity.name, *(text[m.span.start : m.span.end] for m in entity.mentions if m.kind is MentionKind.NAME)]
    wanted = folded(said)
    return here and any((found := folded(n)) and (found <= wanted or wanted <= found) for n in names)


def verdict(post: dict[str, Any], role: Role, by_id: dict[str, Entity], text: str) -> str:
    """What is to be said of the body of a role that stands where a post was read."""
    entity = by_id.get(role.organization or role.place or "")
    if entity is not None and any(is_named(entity, spans, text) for spans in post["body"]):
        return "right"
    optional = post.get("or_none", not post["body"])
    if role.organization is not None or (role.place is not None and not optional):
        return "wrong"
    return "none" if optional else "missing"


def judged(posts: list[dict[str, Any]], found: Extraction, text: str) -> Iterator[tuple[str, dict[str, Any], str]]:
    """Each post that was read, with its verdict and the body that was found."""
    by_id, left = {e.id: e for e in found.entities}, list(found.roles)
    for post in posts:
        title, holder = folded(text[slice(*post["title"])]), folded(text[slice(*post["holder"])])
        fitting = [
            (r.span.start < post["title"][1] and post["title"][0] < r.span.end, len(title & folded(r.title)), r)
            for r in left
            if folded(by_id[r.holder].name) & holder and 2 * len(title & folded(r.title)) >= len(title)
        ]
        if not fitting:
            yield "no such role" if post["body"] is not None else "no role, rightly", post, ""
            continue
        role = max(fitting, key=lambda f: f[:2])[2]
        left.remove(role)
        body = by_id.get(role.organization or role.place or "")
        said = "is no post" if post["body"] is None else verdict(post, role, by_id, text)
        yield said, post, body.name if body else ""


def main() -> None:
    """Print verdicts by folds."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("eval", type=Path)
    parser.add_argument("--fast", action="store_true", help="without the encoder")
    parser.add_argument("--errors", action="store_true")
    args = parser.parse_args()
    counts: dict[bool, Counter[str]] = {False: Counter(), True: Counter()}
    for row, text in rows_with_texts(resource("data/gold/posts.jsonl"), args.eval):
        apart = fold_of(row["doc"]) == FOLDS - 1
        for said, post, body in judged(row["posts"], extract(Article(text), fast=args.fast), text):
            counts[apart][said] += 1
            if args.errors and not apart and said not in ("right", "none"):
                print(f"{said}: {row['doc']} {text[slice(*post['title'])]!r} {body!r}")
    for apart, counter in counts.items():
        print("fold 4:" if apart else "folds 0-3:", ", ".join(f"{n} {said}" for said, n in sorted(counter.items())))


if __name__ == "__main__":
    main()
