"""Items that meet by a key they share, kept in a database: a change costs what it touches, not what there is.

Items stand in an order. By each of its keys an item meets those before it that have the key too, so many of them at
most; of two that meet, a score says whether they belong together. What items belong together by, directly or through
others, is told of all of them at once. After any change all that is kept equals what the items at hand alone give.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from hashlib import blake2b
from typing import Any, Final, Generic, TypeVar

from ..rdf.terms import Quad, nquads, read_line

T = TypeVar("T")

Known = Callable[[str], str]
"""What stands for the thing that an entity is, by the entity's IRI."""

SCHEMA: Final = """
CREATE TABLE item (kind INTEGER, id BLOB, article TEXT, data TEXT, PRIMARY KEY (kind, id)) WITHOUT ROWID;
CREATE INDEX item_article ON item (article, kind);
CREATE TABLE item_about (kind INTEGER, id BLOB, thing TEXT, PRIMARY KEY (kind, id, thing)) WITHOUT ROWID;
CREATE INDEX about_thing ON item_about (thing, kind);
CREATE TABLE met (kind INTEGER, key INTEGER, id BLOB, PRIMARY KEY (kind, key, id)) WITHOUT ROWID;
CREATE TABLE edge (
    kind INTEGER, later BLOB, earlier BLOB, score REAL, PRIMARY KEY (kind, later, earlier)
) WITHOUT ROWID;
CREATE INDEX edge_earlier ON edge (kind, earlier);
CREATE TABLE output (kind INTEGER, id BLOB, hash INTEGER, quad TEXT, PRIMARY KEY (kind, id, hash)) WITHOUT ROWID;
CREATE INDEX output_hash ON output (hash);
"""
"""The tables of what is kept."""

WORK: Final = """
CREATE TEMP TABLE coming (kind INTEGER, id BLOB, PRIMARY KEY (kind, id)) WITHOUT ROWID;
CREATE TEMP TABLE fresh (kind INTEGER, id BLOB, PRIMARY KEY (kind, id)) WITHOUT ROWID;
CREATE TEMP TABLE todo (kind INTEGER, id BLOB, PRIMARY KEY (kind, id)) WITHOUT ROWID;
CREATE TEMP TABLE staged (key INTEGER, id BLOB);
CREATE TEMP TABLE gone (hash INTEGER PRIMARY KEY, quad TEXT);
CREATE TEMP TABLE come (hash INTEGER PRIMARY KEY, quad TEXT);
CREATE TEMP TABLE stays (hash INTEGER PRIMARY KEY);
"""
"""The tables of one change."""

CACHED: Final = 4_000
"""Items that are held in memory at most."""


MARK: Final = "\x01"
"""What stands for the base of names in what is kept; JSON and N-Quads both escape it where a text has it."""


def _short(text: str, base: str) -> str:
    return text.replace(base, MARK)


def place_of(published: date | None, article: str, n: int) -> bytes:
    """Where the n-th item of an article stands in the order: by date, those without one last; then by article.

    >>> place_of(date(2019, 5, 6), "0a" * 8, 1) < place_of(None, "0a" * 8, 0)
    True
    """
    day = 0xFFFFFF if published is None else published.toordinal()
    return day.to_bytes(3) + bytes.fromhex(article) + n.to_bytes(3)


def number_of(text: str) -> int:
    """64 bits that stand for a text.

    >>> number_of("mill")
    -3864727294568297549
    """
    return int.from_bytes(blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest(), signed=True)


@dataclass(frozen=True, slots=True)
class Meeting(Generic[T]):
    """A kind of items: how many before it one meets by a key, how it is read, its keys, its score with an earlier one.

    `alone` items belong together only with whom they meet, not through others.
    """

    kind: int
    near: int
    read: Callable[[Any, Known], T]
    keys: Callable[[T], Iterable[str]]
    score: Callable[[T, T], float]
    alone: bool = False


@dataclass(frozen=True, slots=True)
class Together(Generic[T]):
    """Items that belong together, in order, and the pairs that are why: places in that order, the earlier first."""

    ids: tuple[bytes, ...]
    items: tuple[T, ...]
    pairs: tuple[tuple[int, int, float], ...]


class Board(Generic[T]):
    """The items of one kind.

    `base` is what the names of nodes begin with. With `whole` there was nothing before, so that nothing needs to be
    looked up or undone.
    """

    def __init__(self, db: sqlite3.Connection, meeting: Meeting[T], known: Known, base: str, whole: bool) -> None:
        self._db, self._meeting, self._known, self._whole = db, meeting, known, whole
        self._base = base
        self._kind = meeting.kind
        self._cache: dict[bytes, T] = {}
        self.also: dict[bytes, set[bytes]] = {}
        """Items that belong together because people said so."""

    # -- items come and go

    def put(self, id: bytes, article: str, data: object, things: Iterable[str] = ()) -> None:
        """Take in an item; `things` are those on whose identity it depends."""
        text = _short(json.dumps(data, separators=(",", ":")), self._base)
        self._db.execute("INSERT INTO item VALUES (?, ?, ?, ?)", (self._kind, id, article, text))
        rows = [(self._kind, id, thing.removeprefix(self._base)) for thing in sorted(set(things))]
        self._db.executemany("INSERT INTO item_about VALUES (?, ?, ?)", rows)
        self._note("coming", [id])

    def of(self, article: str) -> list[bytes]:
        """The items of an article."""
        return self._ids("SELECT id FROM item WHERE article = ? AND kind = ?", article, self._kind)

    def about(self, thing: str) -> list[bytes]:
        """The items that depend on a thing."""
        return self._ids(
            "SELECT id FROM item_about WHERE thing = ? AND kind = ?", thing.removeprefix(self._base), self._kind
        )

    def forget(self, ids: Iterable[bytes]) -> None:
        """Take items away."""
        for id in ids:
            self._leave(id)
            for table in ("item", "item_about", "coming", "fresh", "todo"):
                self._db.execute(f"DELETE FROM {table} WHERE kind = ? AND id = ?", (self._kind, id))

    def again(self, ids: Iterable[bytes]) -> None:
        """Have items come anew: their keys or scores may be others."""
        for id in ids:
            if not self._is_in("coming", id):
                self._leave(id)
                self._note("coming", [id])

    def tell_again(self, ids: Iterable[bytes]) -> None:
        """Have what is told of items, and of those they belong together with, made anew."""
        self._touch(ids)

    def _leave(self, id: bytes) -> None:
        if self._is_in("coming", id):
            return
        later = "SELECT later FROM edge WHERE kind = ? AND earlier = ?"
        self._touch([id, *self._ids(later, self._kind, id)])
        for key in self._keys(id):
            self._note("fresh", self._after(key, id))
            self._db.execute("DELETE FROM met WHERE kind = ? AND key = ? AND id = ?", (self._kind, key, id))
        self._db.execute("DELETE FROM edge WHERE kind = ? AND later = ?", (self._kind, id))
        self._db.execute("DELETE FROM edge WHERE kind = ? AND earlier = ?", (self._kind, id))
        self._cache.pop(id, None)

    # -- who meets whom

    def meet(self) -> None:
        """Enter what comes, and find the pairs of all items that may meet others now."""
        self._cache.clear()
        here = "EXISTS (SELECT 1 FROM item WHERE item.kind = todo.kind AND item.id = todo.id)"
        self._db.execute(f"DELETE FROM todo WHERE kind = ? AND NOT {here}", (self._kind,))
        coming = "SELECT id FROM coming WHERE kind = ?"
        for id in self._stream(coming, self._kind):
            self._db.executemany("INSERT INTO staged VALUES (?, ?)", [(key, id) for key in self._keys(id)])
        entered = "INSERT OR IGNORE INTO met SELECT ?, key, id FROM staged ORDER BY key, id"
        self._db.execute(entered, (self._kind,))
        if not self._whole:
            for key, id in self._db.execute("SELECT key, id FROM staged").fetchall():
                self._note("fresh", self._after(key, id))
        self._db.execute("INSERT OR IGNORE INTO fresh SELECT kind, id FROM coming WHERE kind = ?", (self._kind,))
        self._db.execute("DELETE FROM coming WHERE kind = ?", (self._kind,))
        self._db.execute("DELETE FROM staged")
        for id in self._stream("SELECT id FROM fresh WHERE kind = ?", self._kind):
            self._refresh(id)
        self._db.execute("DELETE FROM fresh WHERE kind = ?", (self._kind,))

    def _refresh(self, id: bytes) -> None:
        """Find anew whom of those before it an item belongs together with."""
        one = self._item(id)
        near = sorted({m for key in self._keys(id) for m in self._before(key, id)})
        new = {m: score for m in near if (score := self._meeting.score(self._item(m), one))}
        old = {} if self._whole else dict(self._edges(id))
        if new == old:
            return
        self._touch([id, *new, *old])
        self._db.execute("DELETE FROM edge WHERE kind = ? AND later = ?", (self._kind, id))
        rows = [(self._kind, id, m, score) for m, score in new.items()]
        self._db.executemany("INSERT INTO edge VALUES (?, ?, ?, ?)", rows)

    def _edges(self, later: bytes) -> list[tuple[bytes, float]]:
        asked = "SELECT earlier, score FROM edge WHERE kind = ? AND later = ? ORDER BY earlier"
        return self._db.execute(asked, (self._kind, later)).fetchall()

    def _before(self, key: int, id: bytes) -> list[bytes]:
        asked = "SELECT id FROM met WHERE kind = ? AND key = ? AND id < ? ORDER BY id DESC LIMIT ?"
        return self._ids(asked, self._kind, key, id, self._meeting.near)

    def _after(self, key: int, id: bytes) -> list[bytes]:
        asked = "SELECT id FROM met WHERE kind = ? AND key = ? AND id > ? ORDER BY id LIMIT ?"
        return self._ids(asked, self._kind, key, id, self._meeting.near)

    # -- what is told

    def together(self) -> Iterator[Together[T]]:
        """The items of which something may have changed, with those that belong together with them."""
        while True:
            first = self._ids("SELECT id FROM todo WHERE kind = ? ORDER BY id LIMIT 1", self._kind)
            if not first:
                return
            ids = first if self._meeting.alone else sorted(self._around(first))
            self._db.executemany("DELETE FROM todo WHERE kind = ? AND id = ?", [(self._kind, id) for id in ids])
            edges = [(m, id, score) for id in ids for m, score in self._edges(id)]
            every = sorted({*ids, *(m for m, _, _ in edges)})
            at = {id: n for n, id in enumerate(every)}
            pairs = tuple((at[m], at[n], score) for m, n, score in edges)
            yield Together(tuple(every), tuple(map(self._item, every)), pairs)

    def tell(self, id: bytes, quads: Iterable[Quad], *, stays: bool = True) -> None:
        """Keep what is told of an item, or of those of which it is the first.

        Without `stays` it may have gone from the store with an article, although it was told before.
        """
        for line in nquads(quads):
            number = number_of(line)
            row = (self._kind, id, number, _short(line, self._base))
            self._db.execute("INSERT OR IGNORE INTO output VALUES (?, ?, ?, ?)", row)
            self._db.execute("INSERT OR IGNORE INTO come VALUES (?, ?)", (number, line))
            if stays:
                self._db.execute("INSERT OR IGNORE INTO stays VALUES (?)", (number,))

    def _touch(self, ids: Iterable[bytes]) -> None:
        """What is told of items, and of those that belong together with them now, is to be made anew."""
        if self._whole or self._meeting.alone:
            around: Collection[bytes] = set(ids)
        else:
            around = self._around(ids)
        self._note("todo", around)
        if not self._whole:
            self.untell(around)

    def untell(self, ids: Iterable[bytes]) -> None:
        """Tell no more what was told of items."""
        for id in ids:
            told = "SELECT hash, quad FROM output WHERE kind = ? AND id = ?"
            rows = self._db.execute(told, (self._kind, id)).fetchall()
            long = [(number, line.replace(MARK, self._base)) for number, line in rows]
            self._db.executemany("INSERT OR IGNORE INTO gone VALUES (?, ?)", long)
            self._db.execute("DELETE FROM output WHERE kind = ? AND id = ?", (self._kind, id))

    def _around(self, ids: Iterable[bytes]) -> set[bytes]:
        found: set[bytes] = set()
        waiting = list(ids)
        asked = (
            "SELECT earlier FROM edge WHERE kind = ? AND later = ?",
            "SELECT later FROM edge WHERE kind = ? AND earlier = ?",
        )
        while waiting:
            id = waiting.pop()
            if id not in found:
                found.add(id)
                waiting += [m for text in asked for m in self._ids(text, self._kind, id)]
                waiting += self.also.get(id, ())
        return found

    # -- the database

    def _item(self, id: bytes) -> T:
        found = self._cache.get(id)
        if found is None:
            row = self._db.execute("SELECT data FROM item WHERE kind = ? AND id = ?", (self._kind, id)).fetchone()
            if len(self._cache) >= CACHED:
                self._cache.clear()
            found = self._cache[id] = self._meeting.read(json.loads(row[0].replace(MARK, self._base)), self._known)
        return found

    def _keys(self, id: bytes) -> list[int]:
        return [number_of(key) for key in dict.fromkeys(self._meeting.keys(self._item(id)))]

    def _is_in(self, table: str, id: bytes) -> bool:
        asked = f"SELECT 1 FROM {table} WHERE kind = ? AND id = ?"
        return self._db.execute(asked, (self._kind, id)).fetchone() is not None

    def _note(self, table: str, ids: Iterable[bytes]) -> None:
        self._db.executemany(f"INSERT OR IGNORE INTO {table} VALUES (?, ?)", [(self._kind, id) for id in ids])

    def _ids(self, asked: str, *values: object) -> list[bytes]:
        return [row[0] for row in self._db.execute(asked, values)]

    def _stream(self, asked: str, *values: object) -> Iterator[bytes]:
        """Ids in order, a thousand at a time."""
        last = b""
        while found := self._ids(f"{asked} AND id > ? ORDER BY id LIMIT 1000", *values, last):
            yield from found
            last = found[-1]


def changes(db: sqlite3.Connection) -> tuple[Iterator[Quad], Iterator[Quad]]:
    """The quads that are told no more, and those that are told now, of all boards of a database."""
    gone = (
        "SELECT quad FROM gone WHERE hash NOT IN (SELECT hash FROM come)"
        " AND NOT EXISTS (SELECT 1 FROM output WHERE output.hash = gone.hash)"
    )
    come = (
        "SELECT quad FROM come WHERE NOT (hash IN (SELECT hash FROM stays) AND hash IN (SELECT hash FROM gone))"
        " ORDER BY hash"
    )
    return (
        (read_line(row[0]) for row in db.execute(gone)),
        (read_line(row[0]) for row in db.execute(come)),
    )
