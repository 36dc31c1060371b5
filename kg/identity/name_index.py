"""A local index of a user's own file of people, bodies and places, to link entities against: SQLite, full-text.

Reads FollowTheMoney and OpenSanctions entities (JSON lines), Wikidata's JSON
dump (an item a line) and CSV with a header (`id`, `name`, and as wanted
`aliases`, `type`, `country`), each also as .gz. The file is data only: no
value of it is run, fetched or used as a path, and each has a bound.
"""

from __future__ import annotations

import csv
import gzip
import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import IO, Any
from urllib.parse import quote

from ..errors import ReadError, StoreError
from ..rdf.iris import BASE, is_iri
from ..records.mention import EntityType
from .ftm_entity import read_entity
from .reference_tables import WIKIDATA, Method, Thing, fold, iso_of

FILE = "index.sqlite"
"""The index of a graph, in its folder."""

LINE = 4_000_000
"""Characters of one line; a longer one is counted and left out."""

NAMES = 64
"""Names of one thing that are kept."""

NAME = 300
"""Characters of a name; a longer one is left out."""

NEAR = 20
"""Things that one look-up brings at most."""

_FORMAT = 1


@dataclass(frozen=True, slots=True)
class Indexed:
    """What became of a file: things taken, and lines that were none (`skipped`)."""

    path: Path
    things: int
    skipped: int


def index(source: str | Path, folder: Path, *, prefix: str | None = None) -> Indexed:
    """Index a file beside a graph, in place of an index that is there; whole or not at all.

    `prefix` goes before ids that are no IRIs, such as
    `https://www.opensanctions.org/entities/`; without it they get one of this
    package. Ids like Q42 are Wikidata's.

    Raises ReadError if the file cannot be read or holds nothing, StoreError if
    the index cannot be written.
    """
    path, target = Path(source), folder / FILE
    part = target.with_name(FILE + ".part")
    before = prefix if prefix is not None else f"{BASE}external/"
    if not is_iri(before + "x"):
        raise ReadError("--prefix", f"{before!r} is no beginning of an IRI", "write https://host/path/")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        part.unlink(missing_ok=True)
        with closing(sqlite3.connect(part)) as db:
            taken, skipped = _fill(db, path, before)
        if not taken:
            part.unlink()
            raise ReadError(
                str(path), "holds no thing with id and name", "give FollowTheMoney or Wikidata JSON lines, or CSV"
            )
        part.replace(target)
    except sqlite3.Error as error:
        raise StoreError(f"{target}: cannot be written: {error}") from None
    except OSError as error:
        if error.filename is not None and Path(error.filename) == path:
            raise ReadError(str(path), error.strerror or str(error), "give a file that you may read") from None
        raise StoreError(f"{target}: cannot be written: {error.strerror or error}") from None
    return Indexed(target, taken, skipped)


def _fill(db: sqlite3.Connection, path: Path, prefix: str) -> tuple[int, int]:
    db.executescript(
        "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;"
        "CREATE TABLE about (format INTEGER, sha256 TEXT);"
        "CREATE TABLE thing (n INTEGER PRIMARY KEY, iri TEXT, name TEXT, type TEXT, country TEXT, aliases TEXT);"
        "CREATE TABLE surface (key TEXT, n INTEGER);"
        "CREATE VIRTUAL TABLE words USING fts5 (name, n UNINDEXED, tokenize = 'unicode61 remove_diacritics 2');"
    )
    skipped = taken = 0
    digest = sha256()
    found = _things(path, prefix)
    for batch in iter(lambda: list(islice(found, 1000)), []):
        for thing in batch:
            if thing is None:
                skipped += 1
                continue
            taken += 1
            aliases = "\n".join(thing.aliases)
            row = (taken, thing.ids[0], thing.name, thing.type, thing.country, aliases)
            digest.update(repr(row).encode("utf-8", "surrogatepass"))
            db.execute("INSERT INTO thing VALUES (?, ?, ?, ?, ?, ?)", row)
            names = dict.fromkeys((thing.name, *thing.aliases))
            db.executemany("INSERT INTO surface VALUES (?, ?)", [(fold(name), taken) for name in names])
            db.executemany("INSERT INTO words VALUES (?, ?)", [(name, taken) for name in names])
        db.commit()
    db.execute("CREATE INDEX by_key ON surface (key)")
    db.execute("INSERT INTO about VALUES (?, ?)", (_FORMAT, digest.hexdigest()))
    db.commit()
    return taken, skipped


class Index:
    """An index of a user's file, open to read: a source of `kg.identity.external`."""

    method = Method.INDEX

    def __init__(self, path: Path) -> None:
        try:
            self._db = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
            row = self._db.execute("SELECT format, sha256 FROM about").fetchone()
        except sqlite3.Error as error:
            raise StoreError(f"{path}: is no index ({error}); make it again with kg index FILE") from None
        if row is None or row[0] != _FORMAT:
            raise StoreError(f"{path}: is not of format {_FORMAT}; make it again with kg index FILE")
        self.sha256 = str(row[1])

    def close(self) -> None:
        self._db.close()

    def find(self, name: str, type: EntityType) -> Sequence[Thing]:
        """The things of that name; without any, those whose names have all its words."""
        key = fold(name)
        rows = self._rows("SELECT DISTINCT n FROM surface WHERE key = ? ORDER BY n LIMIT ?", key) if key else []
        # Each word as a quoted string: nothing in a name is an operator of the search.
        words = " ".join('"' + word.replace('"', "") + '"' for word in name.split() if any(map(str.isalnum, word)))
        if not rows and " " in words:
            rows = self._rows("SELECT DISTINCT n FROM words WHERE words MATCH ? ORDER BY rank, n LIMIT ?", words)
        kinds = {type, EntityType.ORGANIZATION} if type is EntityType.GROUP else {type}
        return [thing for thing in rows if thing.type is None or thing.type in kinds]

    def _rows(self, query: str, what: str) -> list[Thing]:
        numbers = self._db.execute(query, (what, NEAR)).fetchall()
        found = []
        for (n,) in numbers:
            row = self._db.execute("SELECT iri, name, type, country, aliases FROM thing WHERE n = ?", (n,)).fetchone()
            kind = EntityType(row[2]) if row[2] else None
            aliases = tuple(filter(None, str(row[4]).split("\n")))
            found.append(Thing((str(row[0]),), str(row[1]), kind, row[3], 1.0, aliases))
        return found


# -- reading a user's file


def _things(path: Path, prefix: str) -> Iterator[Thing | None]:
    """What each line or row holds; None for one that holds no thing."""
    plain = path.name.removesuffix(".gz")
    with _open(path) as file:
        try:
            if plain.endswith((".csv", ".tsv")):
                yield from _table(file, "\t" if plain.endswith(".tsv") else ",", prefix)
            else:
                for line in _lines(file):
                    yield None if line is None else _json(line, prefix)
        except (UnicodeDecodeError, EOFError, gzip.BadGzipFile, csv.Error) as error:
            raise ReadError(str(path), f"cannot be read to its end ({error})", "give it whole, in UTF-8") from None


def _open(path: Path) -> IO[str]:
    if path.name.endswith(".gz"):
        return gzip.open(path, "rt", encoding="utf-8-sig", newline="")
    return path.open(encoding="utf-8-sig", newline="")


def _lines(file: IO[str]) -> Iterator[str | None]:
    """The lines that may hold an object; None for one that is too long."""
    while line := file.readline(LINE):
        if not line.endswith("\n") and len(line) == LINE:
            while (rest := file.readline(LINE)) and not rest.endswith("\n"):
                pass
            yield None
            continue
        text = line.strip().rstrip(",")
        if text not in ("", "[", "]"):
            yield text


def _json(line: str, prefix: str) -> Thing | None:
    try:
        found = json.loads(line)
    except (ValueError, RecursionError):
        return None
    if not isinstance(found, dict) or not isinstance(found.get("id"), str):
        return None
    if "labels" in found:
        return _wikidata(found)
    entity = read_entity(found)
    if entity is None:
        return None
    qid = [entity.id] if _is_qid(entity.id) else [q for q in entity.wikidata if _is_qid(q)]
    country = entity.countries[0] if len(entity.countries) == 1 else None
    return _thing(qid[0] if qid else entity.id, entity.names, entity.type, country, prefix)


def _table(file: IO[str], delimiter: str, prefix: str) -> Iterator[Thing | None]:
    reader = csv.DictReader(file, delimiter=delimiter)
    for row in reader:
        cells = {str(k).strip().lower(): v.strip() for k, v in row.items() if isinstance(k, str) and isinstance(v, str)}
        aliases = [a.strip() for a in cells.get("aliases", "").replace("|", ";").split(";")]
        kind = {t.lower(): t for t in EntityType}.get(cells.get("type", "").lower())
        country = iso_of(cells.get("country", ""))
        yield _thing(cells.get("id", ""), [cells.get("name", ""), *aliases], kind, country, prefix)


def _thing(id: str, names: Iterable[str], kind: EntityType | None, country: str | None, prefix: str) -> Thing | None:
    kept = tuple(islice((n for n in dict.fromkeys(map(_one_line, names)) if 0 < len(n) <= NAME), NAMES))
    if not kept or not id or len(id) > NAME:
        return None
    iri = WIKIDATA + id if _is_qid(id) else id if id.startswith("http") and is_iri(id) else prefix + quote(id, safe="")
    return Thing((iri,), kept[0], kind, country, 1.0, kept[1:])


def _one_line(name: str) -> str:
    return " ".join(name.split())


def _is_qid(id: str) -> bool:
    return id[:1] == "Q" and id[1:].isdecimal() and id.isascii() and len(id) < 16


# -- Wikidata

_ORGANIZATIONS = frozenset(
    # organization, business, nonprofit, NGO, international organization, government agency, political party, ministry,
    # armed organization, news agency, newspaper, broadcaster, university, terrorist organization, parliament, court
    "Q43229 Q4830453 Q163740 Q79913 Q484652 Q327333 Q7278 Q192350 Q17149090 Q192283 Q11032 Q15265344 Q3918 "
    "Q17127659 Q35749 Q41487".split()
)


def _wikidata(item: dict[str, Any]) -> Thing | None:
    """An item of a dump: label and aliases in English, person or place or body by its claims, the one country of it."""
    names = [_value(_dict(item.get("labels")).get("en"))]
    others = _dict(item.get("aliases")).get("en")
    names += [_value(a) for a in others] if isinstance(others, list) else []
    claims = _dict(item.get("claims"))
    kinds = set(_targets(claims, "P31"))
    kind: EntityType | None = None
    if "Q5" in kinds:
        kind = EntityType.PERSON
    elif "P625" in claims and not kinds & _ORGANIZATIONS:
        kind = EntityType.PLACE
    elif kinds & _ORGANIZATIONS or "P159" in claims:
        kind = EntityType.ORGANIZATION
    homes = {iso for q in _targets(claims, "P27" if kind is EntityType.PERSON else "P17") if (iso := iso_of(q))}
    country = homes.pop() if len(homes) == 1 else None
    id = item["id"]
    return _thing(id, names, kind, country, WIKIDATA) if _is_qid(id) else None


def _dict(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _value(label: object) -> str:
    value = _dict(label).get("value")
    return value if isinstance(value, str) else ""


def _targets(claims: dict[str, Any], p: str) -> Iterator[str]:
    """The items that a property of an item points at."""
    stated = claims.get(p)
    for claim in stated if isinstance(stated, list) else []:
        value = _dict(_dict(_dict(_dict(claim).get("mainsnak")).get("datavalue")).get("value"))
        if isinstance(value.get("id"), str):
            yield value["id"]
