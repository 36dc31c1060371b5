"""Named entities of many articles, kept in a database: which are one thing, found anew only where something changed.

Entities that articles tell of in the same words are one node; nodes of one name stand together; names are tied if
evidence may join entities of theirs. What is tied, directly or through others, is grouped as `grouping` groups it.
After any change all that is kept equals what the entities at hand alone give.
"""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import product
from typing import Final

from ..comparison.meetings import number_of
from ..rdf.iris import LINKS, graph_iri
from ..rdf.terms import Iri, Quad, nquads
from ..rdf.vocab import sameThingAs
from ..rdf.write import identity_iri, link_quads
from ..records.mention import EntityType
from .grouping import as_told, clusters
from .matching import Facts, Judgement, facts_of, grounds, judge, name_alone, share
from .name_likeness import Profile, merge_keys, name_key

SCHEMA: Final = """
CREATE TABLE entity (key TEXT PRIMARY KEY, article TEXT, node INTEGER, class INTEGER) WITHOUT ROWID;
CREATE INDEX entity_article ON entity (article);
CREATE INDEX entity_node ON entity (node, key);
CREATE INDEX entity_class ON entity (class);
CREATE TABLE node (id INTEGER PRIMARY KEY, told TEXT UNIQUE, name TEXT, iri TEXT);
CREATE INDEX node_name ON node (name);
CREATE INDEX node_iri ON node (iri);
CREATE TABLE identity (iri TEXT PRIMARY KEY, kind TEXT, label TEXT) WITHOUT ROWID;
CREATE TABLE spot (key TEXT, name TEXT, PRIMARY KEY (key, name)) WITHOUT ROWID;
CREATE INDEX spot_name ON spot (name);
CREATE TABLE tie (a TEXT, b TEXT, PRIMARY KEY (a, b)) WITHOUT ROWID;
"""
"""The tables of what is kept."""

WORK: Final = """
CREATE TEMP TABLE dirty (id INTEGER PRIMARY KEY);
CREATE TEMP TABLE newcomer (key TEXT PRIMARY KEY, node INTEGER) WITHOUT ROWID;
CREATE TEMP TABLE name_todo (name TEXT PRIMARY KEY) WITHOUT ROWID;
"""
"""The tables of one change."""

Pairs = Collection[tuple[str, str]]

_SEPARATOR: Final = "\x1f"


@dataclass(frozen=True, slots=True)
class _Node:
    """Entities told of in the same words: the least of them and how many they are."""

    id: int
    told: Profile
    least: str
    count: int
    iri: str | None


class KeptNames:
    """The entities of a store; `merged` and `apart` are what people decided, as in `identify`."""

    def __init__(self, db: sqlite3.Connection, base: str, merged: Pairs, apart: Pairs, whole: bool) -> None:
        self._db, self._base, self._merged, self._apart, self._whole = db, base, merged, apart, whole
        self._singled = {key for pair in (*merged, *apart) for key in pair}
        self._also: dict[str, set[str]] = defaultdict(set)
        self._links = graph_iri(base, LINKS)
        self._next = 1 + (db.execute("SELECT max(class) FROM entity").fetchone()[0] or 0)
        self._moved: dict[str, int] = {}
        self._ties: dict[str, list[tuple[Profile, Facts]]] = {}

    # -- entities come and go

    def put(self, profiles: Iterable[Profile]) -> None:
        """Take in the entities of an article."""
        for profile in profiles:
            self._enter(profile.key, profile.article, as_told(profile))

    def _enter(self, key: str, article: str, told: Profile, number: int | None = None) -> None:
        text = _written(told, key if key in self._singled else "")
        row = self._db.execute("SELECT id, iri FROM node WHERE told = ?", (text,)).fetchone()
        if row is None:
            name = _SEPARATOR.join(name_key(told))
            added = self._db.execute("INSERT INTO node (told, name) VALUES (?, ?)", (text, name))
            row = (added.lastrowid, None)
        node, iri = row
        if iri is None or key < self._least(node):
            self._db.execute("INSERT OR IGNORE INTO dirty VALUES (?)", (node,))
        self._db.execute("INSERT INTO entity VALUES (?, ?, ?, ?)", (key, article, node, number))
        self._db.execute("INSERT INTO newcomer VALUES (?, ?)", (key, node))

    def _least(self, node: int) -> str:
        found = self._db.execute("SELECT min(key) FROM entity WHERE node = ?", (node,)).fetchone()[0]
        return str(found) if found is not None else ""

    def remove(self, article: str) -> None:
        """Take the entities of an article away."""
        for (key,) in self._db.execute("SELECT key FROM entity WHERE article = ?", (article,)).fetchall():
            self._leave(key)

    def _leave(self, key: str) -> tuple[str, Profile, int | None]:
        """Take an entity away; its article, what was told of it, and its number."""
        article, node, number, text, iri = self._db.execute(
            "SELECT article, node, class, told, iri FROM entity JOIN node ON node = id WHERE key = ?", (key,)
        ).fetchone()
        if iri is not None and self._db.execute("SELECT 1 FROM newcomer WHERE key = ?", (key,)).fetchone() is None:
            self._note("gone", [Quad(Iri(key), sameThingAs, Iri(iri), self._links)])
        self._db.execute("DELETE FROM newcomer WHERE key = ?", (key,))
        least = self._least(node)
        self._db.execute("DELETE FROM entity WHERE key = ?", (key,))
        few = self._db.execute("SELECT key FROM entity WHERE node = ? LIMIT 2", (node,)).fetchall()
        if key == least or len(few) < 2:
            self._db.execute("INSERT OR IGNORE INTO dirty VALUES (?)", (node,))
        return article, _read(text), number

    def remember(self, merged: Pairs) -> None:
        """Look at the entities of pairs that people merge, or had merged, together."""
        for x, y in merged:
            ours, theirs = self._name_of(x), self._name_of(y)
            if ours is not None and theirs is not None and ours != theirs:
                self._also[ours].add(theirs)
                self._also[theirs].add(ours)

    def decide(self, merged: Pairs, apart: Pairs) -> None:
        """Say what people had decided when all this was kept: what changed since is looked at again."""
        changed = {key for pair in {*merged} ^ {*self._merged} for key in pair}
        changed |= {key for pair in {*apart} ^ {*self._apart} for key in pair}
        for key in sorted(changed):
            if self._name_of(key) is not None:
                self._enter(key, *self._leave(key))
                self._db.execute("INSERT OR IGNORE INTO dirty SELECT node FROM entity WHERE key = ?", (key,))

    def _name_of(self, key: str) -> str | None:
        asked = "SELECT name FROM entity JOIN node ON node = id WHERE key = ?"
        row = self._db.execute(asked, (key,)).fetchone()
        return None if row is None else row[0]

    # -- what is one thing

    def settle(self) -> dict[str, int]:
        """Find anew what is one thing where something changed; whose thing is another now, with its number.

        The numbers hold when `apply` was called.
        """
        names = [row[0] for row in self._db.execute("SELECT DISTINCT name FROM dirty JOIN node USING (id)")]
        around = set(names) if self._whole else self._around(names)
        empty = "id IN (SELECT id FROM dirty) AND NOT EXISTS (SELECT 1 FROM entity WHERE entity.node = node.id)"
        for (iri,) in self._db.execute(f"SELECT DISTINCT iri FROM node WHERE iri IS NOT NULL AND {empty}").fetchall():
            self._close(iri)
        self._db.execute(f"DELETE FROM node WHERE {empty}")
        self._tie(sorted(names))
        if not self._whole:
            around |= self._around(names)
            for name in sorted(around):
                asked = "SELECT DISTINCT iri FROM node WHERE name = ? AND iri IS NOT NULL"
                for (iri,) in self._db.execute(asked, (name,)).fetchall():
                    self._close(iri)
        self._db.executemany("INSERT OR IGNORE INTO name_todo VALUES (?)", [(name,) for name in around])
        while True:
            first = self._db.execute("SELECT name FROM name_todo ORDER BY name LIMIT 1").fetchone()
            if first is None:
                break
            together = self._around(first)
            self._db.executemany("DELETE FROM name_todo WHERE name = ?", [(name,) for name in together])
            self._group(sorted(together))
        self._welcome()
        self._db.execute("DELETE FROM dirty")
        self._db.execute("DELETE FROM newcomer")
        return self._moved

    def apply(self) -> None:
        """Have the numbers that `settle` gave hold."""
        rows = [(number, key) for key, number in self._moved.items()]
        self._db.executemany("UPDATE entity SET class = ? WHERE key = ?", rows)
        self._moved = {}

    def _around(self, names: Iterable[str]) -> set[str]:
        found: set[str] = set()
        waiting = list(names)
        while waiting:
            name = waiting.pop()
            if name not in found:
                found.add(name)
                waiting += [row[0] for row in self._db.execute("SELECT b FROM tie WHERE a = ?", (name,))]
                waiting += self._also.get(name, ())
        return found

    def _tie(self, names: list[str]) -> None:
        """Find anew which names are tied to these."""
        for name in names:
            self._db.execute("DELETE FROM spot WHERE name = ?", (name,))
            self._db.execute("DELETE FROM tie WHERE a = ?", (name,))
            self._db.execute("DELETE FROM tie WHERE b = ?", (name,))
            keys = {key for kind, _ in self._kinds(name) for key in merge_keys(kind)}
            self._db.executemany("INSERT INTO spot VALUES (?, ?)", [(key, name) for key in sorted(keys)])
        fresh = set(names)
        for name in names:
            asked = "SELECT DISTINCT b.name FROM spot a JOIN spot b USING (key) WHERE a.name = ? AND b.name != ?"
            for (other,) in self._db.execute(asked, (name, name)).fetchall():
                if (other not in fresh or other < name) and self._may_join(name, other):
                    self._db.executemany("INSERT OR IGNORE INTO tie VALUES (?, ?)", [(name, other), (other, name)])

    def _may_join(self, name: str, other: str) -> bool:
        """Whether evidence may join entities of two names."""
        for (a, mine), (b, theirs) in product(self._kinds(name), self._kinds(other)):
            ground = grounds(a, b)
            if ground.verdict is Judgement.MERGE:
                return True
            if ground.needs is not None and (ground.needs == 0 or share(mine, theirs)):
                return True
        return False

    def _kinds(self, name: str) -> list[tuple[Profile, Facts]]:
        """The kinds of entities of a name, each with all that is told of them."""
        found = self._ties.get(name)
        if found is None:
            facts: dict[Profile, list[Facts]] = defaultdict(list)
            for (text,) in self._db.execute("SELECT told FROM node WHERE name = ?", (name,)):
                told = _read(text)
                facts[name_alone(told)].append(facts_of(told))
            found = [(kind, _all_of(some)) for kind, some in facts.items()]
            if len(self._ties) > 10_000:
                self._ties.clear()
            self._ties[name] = found
        return found

    def _group(self, names: Collection[str]) -> None:
        """Group the entities of names that are tied."""
        nodes = list(self._nodes(names))
        by_key = {node.least: node for node in nodes}
        profiles = (replace(node.told, key=node.least) for node in nodes)
        found = clusters(profiles, self._merged, self._apart)
        groups: dict[str, list[_Node]] = defaultdict(list)
        for key, least in found.items():
            groups[least].append(by_key[key])
        crowds: list[list[_Node]] = []
        for least, members in groups.items():
            one = sum(node.count for node in members) > 1 and (len(members) > 1 or _is_one(members[0].told))
            iri = identity_iri(least, base=self._base) if one else None
            for node in members:
                self._name(node, iri)
            if iri is not None:
                label = min((node.told.name for node in members), key=lambda name: (-len(name), name))
                self._open(iri, members[0].told.type, label)
                crowds.append(members)
            else:
                crowds.extend([node] for node in members)
        self._number(crowds)

    def _nodes(self, names: Iterable[str]) -> Iterator[_Node]:
        asked = (
            "SELECT id, told, min(key), count(*), iri FROM node JOIN entity ON node = id WHERE name = ?"
            " GROUP BY id ORDER BY id"
        )
        for name in names:
            for id, text, least, count, iri in self._db.execute(asked, (name,)):
                yield _Node(id, _read(text), least, count, iri)

    # -- what is said of it

    def _close(self, iri: str) -> None:
        """Say no more what a thing is."""
        row = self._db.execute("SELECT kind, label FROM identity WHERE iri = ?", (iri,)).fetchone()
        if row is not None:
            self._note("gone", link_quads({}, {iri: (EntityType(row[0]), row[1])}, base=self._base))
            self._db.execute("DELETE FROM identity WHERE iri = ?", (iri,))

    def _open(self, iri: str, kind: EntityType, label: str) -> None:
        self._note("come", link_quads({}, {iri: (kind, label)}, base=self._base))
        self._db.execute("INSERT INTO identity VALUES (?, ?, ?)", (iri, kind, label))

    def _name(self, node: _Node, iri: str | None) -> None:
        """Say what thing the entities of a node are."""
        if node.iri == iri:
            return
        known = "SELECT key, key IN (SELECT key FROM newcomer) FROM entity WHERE node = ?"
        for key, new in self._db.execute(known, (node.id,)).fetchall():
            if node.iri is not None and not new:
                self._note("gone", [Quad(Iri(key), sameThingAs, Iri(node.iri), self._links)])
            if iri is not None and not new:
                self._note("come", [Quad(Iri(key), sameThingAs, Iri(iri), self._links)])
        self._db.execute("UPDATE node SET iri = ? WHERE id = ?", (iri, node.id))

    def _welcome(self) -> None:
        """Say what thing newcomers are, and give those of a node that was not looked at again its number."""
        rows = "SELECT key, node, iri FROM newcomer JOIN node ON node = id"
        for key, node, iri in self._db.execute(rows).fetchall():
            if iri is not None:
                self._note("come", [Quad(Iri(key), sameThingAs, Iri(iri), self._links)])
            number = self._db.execute("SELECT class FROM entity WHERE key = ?", (key,)).fetchone()[0]
            if number is None:
                asked = "SELECT key, class FROM entity WHERE node = ? AND class IS NOT NULL ORDER BY key LIMIT 1"
                like = self._db.execute(asked, (node,)).fetchone()
                if like is None or iri is None:
                    number, self._next = self._next, self._next + 1
                else:
                    number = self._moved.get(like[0], like[1])
                self._db.execute("UPDATE entity SET class = ? WHERE key = ?", (number, key))

    def _number(self, crowds: Iterable[list[_Node]]) -> None:
        """Give each thing a number: that of most of its entities, if it has no better claim elsewhere."""
        groups: list[dict[str, int | None]] = []
        for crowd in crowds:
            members = [
                row for node in crowd
                for row in self._db.execute("SELECT key, class FROM entity WHERE node = ?", (node.id,)).fetchall()
            ]  # fmt: skip
            together = len(crowd) > 1 or crowd[0].count == 1 or _is_one(crowd[0].told)
            groups += [dict(members)] if together else [{key: number} for key, number in members]
        claims: dict[tuple[int, int], int] = defaultdict(int)
        for n, group in enumerate(groups):
            for number in group.values():
                if number is not None:
                    claims[n, number] += 1
        given: dict[int, int] = {}
        taken: set[int] = set()
        for (n, number), _ in sorted(claims.items(), key=lambda claim: (-claim[1], claim[0])):
            if n not in given and number not in taken:
                given[n] = number
                taken.add(number)
        for n, group in enumerate(groups):
            if n not in given:
                given[n], self._next = self._next, self._next + 1
            new = [(given[n], key) for key, number in group.items() if number is None]
            self._db.executemany("UPDATE entity SET class = ? WHERE key = ?", new)
            self._moved.update((key, given[n]) for key, number in group.items() if number not in (None, given[n]))

    def _note(self, table: str, quads: Iterable[Quad]) -> None:
        rows = [(number_of(line), line) for line in nquads(quads)]
        self._db.executemany(f"INSERT OR IGNORE INTO {table} VALUES (?, ?)", rows)


def _all_of(several: Collection[Facts]) -> Facts:
    none: frozenset[str] = frozenset()
    return Facts(
        none.union(*(one.roles for one in several)),
        none.union(*(one.organizations for one in several)),
        none.union(*(one.places for one in several)),
        none.union(*(one.heads for one in several)),
    )


def _is_one(told: Profile) -> bool:
    """Whether all who are told of in these words are one thing."""
    kind, facts = name_alone(told), facts_of(told)
    return judge(grounds(kind, kind), facts, facts)[0] is Judgement.MERGE


def _written(told: Profile, single: str) -> str:
    row = [
        told.type, told.name, told.aliases, told.gender, told.roles, told.organizations, told.places, told.external,
        single,
    ]  # fmt: skip
    return json.dumps(row, separators=(",", ":"))


@lru_cache(maxsize=1 << 14)
def _read(text: str) -> Profile:
    kind, name, aliases, gender, roles, organizations, places, external, _ = json.loads(text)
    return Profile(
        "", "", EntityType(kind), name, tuple(aliases), gender, tuple(roles), tuple(organizations), tuple(places),
        external,
    )  # fmt: skip


def thing_of(db: sqlite3.Connection, entity: str) -> str:
    """What stands for the thing that an entity is: its number; an entity without a name is itself."""
    row = db.execute("SELECT class FROM entity WHERE key = ?", (entity,)).fetchone()
    return entity if row is None else str(row[0])
