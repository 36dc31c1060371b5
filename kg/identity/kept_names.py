"""Named entities of many articles, kept in a database: which are one thing, found anew only where something changed.

Entities that articles tell of in the same words are one node; nodes of one name stand together; names are tied if
evidence may join entities of theirs. What is tied, directly or through others, is grouped as `grouping` groups it.
After any change all that is kept equals what the entities at hand alone give.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter, defaultdict
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
from .grouping import MOST, as_told, clusters, says_nothing, says_who, with_most
from .matching import Facts, Judgement, facts_of, grounds, judge, name_alone, share
from .name_likeness import Profile, merge_keys, name_key

SCHEMA: Final = """
CREATE TABLE entity (key TEXT PRIMARY KEY, article TEXT, node INTEGER, facts TEXT) WITHOUT ROWID;
CREATE INDEX entity_article ON entity (article);
CREATE INDEX entity_node ON entity (node, key);
CREATE TABLE node (id INTEGER PRIMARY KEY, told TEXT UNIQUE, name TEXT, count INTEGER, iri TEXT, class INTEGER);
CREATE INDEX node_name ON node (name);
CREATE INDEX node_class ON node (class);
CREATE TABLE fact (
    node INTEGER, what INTEGER, value TEXT, count INTEGER, PRIMARY KEY (node, what, value)
) WITHOUT ROWID;
CREATE INDEX fact_most ON fact (node, what, count DESC, value);
CREATE TABLE identity (iri TEXT PRIMARY KEY, kind TEXT, label TEXT) WITHOUT ROWID;
CREATE TABLE spot (key TEXT, name TEXT, PRIMARY KEY (key, name)) WITHOUT ROWID;
CREATE INDEX spot_name ON spot (name);
CREATE TABLE tie (a TEXT, b TEXT, PRIMARY KEY (a, b)) WITHOUT ROWID;
"""
"""The tables of what is kept."""

WORK: Final = """
CREATE TEMP TABLE dirty (id INTEGER PRIMARY KEY);
CREATE TEMP TABLE newcomer (key TEXT PRIMARY KEY, node INTEGER) WITHOUT ROWID;
CREATE TEMP TABLE was (key TEXT PRIMARY KEY, thing TEXT) WITHOUT ROWID;
CREATE TEMP TABLE will (id INTEGER PRIMARY KEY, class INTEGER);
CREATE TEMP TABLE name_todo (name TEXT PRIMARY KEY) WITHOUT ROWID;
"""
"""The tables of one change."""

Pairs = Collection[tuple[str, str]]

_SEPARATOR: Final = "\x1f"

HELD: Final = 2_000
"""Names of which it is held in memory what is told of them, at most."""


@dataclass(frozen=True, slots=True)
class _Node:
    """Entities told of in the same words: what is told of them, the least of them and how many they are.

    `thing` is the number of the thing that all of them are, None where each may be another.
    """

    id: int
    told: Profile
    least: str
    count: int
    iri: str | None
    thing: int | None


class KeptNames:
    """The entities of a store; `merged` and `apart` are what people decided, as in `identify`."""

    def __init__(self, db: sqlite3.Connection, base: str, merged: Pairs, apart: Pairs, whole: bool) -> None:
        self._db, self._base, self._merged, self._apart, self._whole = db, base, merged, apart, whole
        self._singled = {key for pair in (*merged, *apart) for key in pair}
        self._also: dict[str, set[str]] = defaultdict(set)
        self._links = graph_iri(base, LINKS)
        self._next = 1 + (db.execute("SELECT max(class) FROM node").fetchone()[0] or 0)
        self._moved: set[str] = set()
        self._ties: dict[str, list[tuple[Profile, Facts]]] = {}

    # -- entities come and go

    def put(self, profiles: Iterable[Profile]) -> None:
        """Take in the entities of an article."""
        for profile in profiles:
            self._enter(profile)

    def _enter(self, profile: Profile) -> None:
        key, kind, single = profile.key, name_alone(profile), profile.key in self._singled
        told = kind if says_nothing(kind) and not single else as_told(profile)
        text = _written(told, key if single else "")
        alone = _is_alone(text)
        row = self._db.execute("SELECT id, iri FROM node WHERE told = ?", (text,)).fetchone()
        if row is None:
            name = _SEPARATOR.join(name_key(told))
            added = self._db.execute("INSERT INTO node (told, name, count) VALUES (?, ?, 0)", (text, name))
            row = (added.lastrowid, None)
        node, iri = row
        if not alone and (iri is None or key < self._least(node)):
            self._stir(node)
        facts = _facts(profile) if alone or says_who(kind) else None
        self._db.execute("INSERT INTO entity VALUES (?, ?, ?, ?)", (key, profile.article, node, facts))
        self._db.execute("INSERT INTO newcomer VALUES (?, ?)", (key, node))
        self._count(node, None if alone else facts, 1)

    def _count(self, node: int, facts: str | None, by: int) -> None:
        """Count an entity of a node, or one less, with what is told of it."""
        self._db.execute("UPDATE node SET count = count + ? WHERE id = ?", (by, node))
        told = [(node, what, value, by) for what, values in enumerate(json.loads(facts or "[]")) for value in values]
        if not told:
            return
        before = None if self._whole else self._most(node)
        self._db.executemany(
            "INSERT INTO fact VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET count = count + excluded.count", told
        )
        self._db.executemany(
            "DELETE FROM fact WHERE node = ? AND what = ? AND value = ? AND count = 0", [row[:3] for row in told]
        )
        if before != (None if self._whole else self._most(node)):
            self._stir(node)

    def _most(self, node: int) -> tuple[Counter[str], ...]:
        """What most articles tell of the entities of a node: roles, bodies and places."""
        asked = "SELECT value, count FROM fact WHERE node = ? AND what = ? ORDER BY count DESC, value LIMIT ?"
        return tuple(Counter(dict.fromkeys(self._values(asked, node, what), 1)) for what in range(3))

    def _values(self, asked: str, node: int, what: int) -> list[str]:
        return [row[0] for row in self._db.execute(asked, (node, what, MOST))]

    def _stir(self, node: int) -> None:
        """Have a node looked at again."""
        self._db.execute("INSERT OR IGNORE INTO dirty VALUES (?)", (node,))

    def _least(self, node: int) -> str:
        found = self._db.execute("SELECT min(key) FROM entity WHERE node = ?", (node,)).fetchone()[0]
        return str(found) if found is not None else ""

    def remove(self, article: str) -> None:
        """Take the entities of an article away."""
        for (key,) in self._db.execute("SELECT key FROM entity WHERE article = ?", (article,)).fetchall():
            self._leave(key)

    def _leave(self, key: str) -> Profile:
        """Take an entity away; what was told of it."""
        article, node, facts, text, iri = self._db.execute(
            "SELECT article, node, facts, told, iri FROM entity JOIN node ON node = id WHERE key = ?", (key,)
        ).fetchone()
        if iri is not None and self._db.execute("SELECT 1 FROM newcomer WHERE key = ?", (key,)).fetchone() is None:
            self._note("gone", [Quad(Iri(key), sameThingAs, Iri(iri), self._links)])
        self._db.execute("DELETE FROM newcomer WHERE key = ?", (key,))
        alone, least = _is_alone(text), self._least(node)
        self._db.execute("DELETE FROM entity WHERE key = ?", (key,))
        self._count(node, None if alone else facts, -1)
        few = self._db.execute("SELECT count FROM node WHERE id = ?", (node,)).fetchone()[0]
        if few == 0 or (not alone and (key == least or few < 2)):
            self._stir(node)
        told = replace(_read(text), key=key, article=article)
        if facts is None:
            return told
        roles, organizations, places = map(tuple, json.loads(facts))
        return replace(told, roles=roles, organizations=organizations, places=places)

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
                new = self._db.execute("SELECT 1 FROM newcomer WHERE key = ?", (key,)).fetchone() is not None
                thing = thing_of(self._db, key)
                self._enter(self._leave(key))
                self._db.execute("INSERT OR IGNORE INTO dirty SELECT node FROM entity WHERE key = ?", (key,))
                if not new:
                    self._db.execute("INSERT OR IGNORE INTO was VALUES (?, ?)", (key, thing))

    def _name_of(self, key: str) -> str | None:
        asked = "SELECT name FROM entity JOIN node ON node = id WHERE key = ?"
        row = self._db.execute(asked, (key,)).fetchone()
        return None if row is None else row[0]

    # -- what is one thing

    def settle(self) -> set[str]:
        """Find anew what is one thing where something changed; the entities that are another thing now.

        What they are holds when `apply` was called.
        """
        self._db.execute("INSERT OR IGNORE INTO name_todo SELECT name FROM dirty JOIN node USING (id)")
        around = set() if self._whole else self._around(self._todo())
        empty = "id IN (SELECT id FROM dirty) AND count = 0"
        for (iri,) in self._db.execute(f"SELECT DISTINCT iri FROM node WHERE iri IS NOT NULL AND {empty}").fetchall():
            self._close(iri)
        self._db.execute(f"DELETE FROM node WHERE {empty}")
        self._tie()
        if not self._whole:
            around |= self._around(self._todo())
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
        for key, thing in self._db.execute("SELECT key, thing FROM was").fetchall():
            if self._will_be(key) != thing:
                self._moved.add(key)
        self._db.execute("DELETE FROM dirty")
        self._db.execute("DELETE FROM newcomer")
        return self._moved

    def apply(self) -> None:
        """Have what `settle` found hold."""
        self._db.execute(
            "UPDATE node SET class = (SELECT class FROM will WHERE will.id = node.id) WHERE id IN (SELECT id FROM will)"
        )
        self._db.execute("DELETE FROM will")
        self._db.execute("DELETE FROM was")
        self._moved = set()

    def _will_be(self, key: str) -> str:
        """What stands for the thing that an entity is when `apply` was called."""
        asked = (
            "SELECT CASE WHEN will.id IS NULL THEN node.class ELSE will.class END"
            " FROM entity JOIN node ON node = node.id LEFT JOIN will ON will.id = node.id WHERE key = ?"
        )
        number = self._db.execute(asked, (key,)).fetchone()[0]
        return key if number is None else str(number)

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

    def _todo(self) -> Iterator[str]:
        """The names that are looked at, in order, a thousand at a time."""
        asked, last = "SELECT name FROM name_todo WHERE name > ? ORDER BY name LIMIT 1000", ""
        while some := [name for (name,) in self._db.execute(asked, (last,))]:
            yield from some
            last = some[-1]

    def _tie(self) -> None:
        """Find anew which names are tied to those that are looked at."""
        for name in self._todo():
            self._db.execute("DELETE FROM spot WHERE name = ?", (name,))
            self._db.execute("DELETE FROM tie WHERE a = ?", (name,))
            self._db.execute("DELETE FROM tie WHERE b = ?", (name,))
            keys = {key for kind, _ in self._kinds(name) for key in merge_keys(kind)}
            self._db.executemany("INSERT INTO spot VALUES (?, ?)", [(key, name) for key in sorted(keys)])
        asked = (
            "SELECT DISTINCT b.name FROM spot a JOIN spot b USING (key) WHERE a.name = ? AND b.name != a.name"
            " AND (b.name < a.name OR b.name NOT IN (SELECT name FROM name_todo))"
        )
        for name in self._todo():
            for (other,) in self._db.execute(asked, (name,)).fetchall():
                if self._may_join(name, other):
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
            for node, text in self._db.execute("SELECT id, told FROM node WHERE name = ?", (name,)).fetchall():
                told = self._told(node, text)
                facts[name_alone(told)].append(facts_of(told))
            found = [(kind, _all_of(some)) for kind, some in facts.items()]
            if len(self._ties) > HELD:
                self._ties.clear()
            self._ties[name] = found
        return found

    def _told(self, node: int, text: str) -> Profile:
        """What is told of the entities of a node."""
        told = _read(text)
        return with_most(told, *self._most(node)) if says_who(name_alone(told)) else told

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
        asked = "SELECT id, told, count, iri, class FROM node WHERE name = ? ORDER BY id"
        for name in names:
            for id, text, count, iri, number in self._db.execute(asked, (name,)).fetchall():
                yield _Node(id, self._told(id, text), self._least(id), count, iri, number)

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
        """Say what thing newcomers are."""
        rows = "SELECT key, iri FROM newcomer JOIN node ON node = id WHERE iri IS NOT NULL"
        for key, iri in self._db.execute(rows):
            self._note("come", [Quad(Iri(key), sameThingAs, Iri(iri), self._links)])

    def _number(self, crowds: Iterable[list[_Node]]) -> None:
        """Give each thing a number: that of most of its entities, if it has no better claim elsewhere."""
        groups = []
        for crowd in crowds:
            if len(crowd) > 1 or _is_one(crowd[0].told):
                groups.append(crowd)
            else:
                self._become(crowd[0], None)
        claims: dict[tuple[int, int], int] = defaultdict(int)
        for n, group in enumerate(groups):
            for node in group:
                if node.thing is not None:
                    claims[n, node.thing] += node.count
        given: dict[int, int] = {}
        taken: set[int] = set()
        for (n, number), _ in sorted(claims.items(), key=lambda claim: (-claim[1], claim[0])):
            if n not in given and number not in taken:
                given[n] = number
                taken.add(number)
        for n, group in enumerate(groups):
            if n not in given:
                given[n], self._next = self._next, self._next + 1
            for node in group:
                self._become(node, given[n])

    def _become(self, node: _Node, number: int | None) -> None:
        """Say which thing the entities of a node are; each its own without a number."""
        if node.thing == number:
            return
        self._db.execute("INSERT OR REPLACE INTO will VALUES (?, ?)", (node.id, number))
        if not self._whole:
            asked = "SELECT key FROM entity WHERE node = ? AND key NOT IN (SELECT key FROM newcomer)"
            self._moved.update(key for (key,) in self._db.execute(asked, (node.id,)))

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


@lru_cache(maxsize=1 << 12)
def _is_alone(text: str) -> bool:
    """Whether all who are told of in these words are things of their own, whatever else is told."""
    return not json.loads(text)[-1] and says_nothing(name_alone(_read(text)))


def _facts(profile: Profile) -> str:
    return json.dumps([profile.roles, profile.organizations, profile.places], separators=(",", ":"))


@lru_cache(maxsize=1 << 12)
def _read(text: str) -> Profile:
    kind, name, aliases, gender, roles, organizations, places, external, _ = json.loads(text)
    return Profile(
        "", "", EntityType(kind), name, tuple(aliases), gender, tuple(roles), tuple(organizations), tuple(places),
        external,
    )  # fmt: skip


def thing_of(db: sqlite3.Connection, entity: str) -> str:
    """What stands for the thing that an entity is: its number; an entity that is nothing else is itself."""
    before = db.execute("SELECT thing FROM was WHERE key = ?", (entity,)).fetchone()
    if before is not None:
        return str(before[0])
    row = db.execute("SELECT class FROM entity JOIN node ON node = id WHERE key = ?", (entity,)).fetchone()
    return entity if row is None or row[0] is None else str(row[0])


def entities_of(db: sqlite3.Connection, things: Iterable[str]) -> list[str]:
    """The entities that are one of these things: of that which has the fewest."""
    counted = "SELECT sum(count) FROM node WHERE class = ?"
    fewest = min(things, key=lambda thing: db.execute(counted, (thing,)).fetchone()[0] or 0)
    asked = "SELECT key FROM entity JOIN node ON node = id WHERE class = ?"
    return [row[0] for row in db.execute(asked, (fewest,))] or [fewest]
