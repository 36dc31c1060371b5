"""The links of a store, kept beside it by what each article brings: after a change only what it touches is made anew.

`links.sqlite` holds what of every article is compared with others. It can always be made again from the store: it is
used only if the links in the store are those that it was left with.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from datetime import date
from hashlib import sha256
from itertools import combinations
from typing import Any, Final

from ..comparison.kept_items import (
    QUOTATIONS,
    SENTENCES,
    KeptQuotation,
    KeptSentence,
    figures,
    kept_figures,
    kept_quotations,
    kept_sentences,
    told_claims,
    told_figures,
    told_utterances,
)
from ..comparison.meetings import SCHEMA, WORK, Board, Known, Meeting, changes, number_of, place_of
from ..comparison.stored_figures import reported_figures
from ..comparison.stored_statements import told_statements
from ..comparison.voices import Voices, voices
from ..rdf import vocab
from ..rdf.iris import LEDGER, LINKS, article_iri, graph_iri
from ..rdf.terms import Iri, Lit, Quad, nquads
from ..rdf.write import link_quads
from ..store import Store
from ..store.article_quads import ArticleQuads
from .decisions import Decided
from .duplicates import Sketch, likeness, sketch, story_keys
from .external import Reference, link_nodes
from .kept_names import SCHEMA as NAMES_SCHEMA
from .kept_names import WORK as NAMES_WORK
from .kept_names import KeptNames, Pairs, entities_of, thing_of
from .profiles import stored

FILE: Final = "links.sqlite"
"""The file's name in a store's folder."""

NEAR_STORIES: Final = 40
"""With how many articles before it one is compared for one part of its sketch that both have."""

OWN_SCHEMA: Final = """
CREATE TABLE about (version INTEGER, known TEXT, made_from TEXT, total TEXT, merged TEXT, apart TEXT);
CREATE TABLE article (id TEXT PRIMARY KEY, digest TEXT, published TEXT, first TEXT) WITHOUT ROWID;
CREATE TABLE voice (article TEXT, a TEXT, b TEXT, x TEXT, y TEXT);
CREATE INDEX voice_article ON voice (article);
CREATE INDEX voice_a ON voice (a);
CREATE INDEX voice_b ON voice (b);
CREATE INDEX voice_things ON voice (x, y);
CREATE INDEX voice_other ON voice (y, x);
"""

_Pair = tuple[str, str]


class KeptLinks:
    """The links of a store as they are kept; use it with `contextlib.closing`.

    `version` and `known` say what made them besides articles and decisions. With `whole` nothing of before is used.
    """

    def __init__(
        self, store: Store, version: int, known: str, words: Decided, sources: Sequence[Reference], whole: bool
    ) -> None:
        self.store, self._sources, self._words = store, sources, words
        self._version, self._known = version, known
        self.path = store.folder / FILE
        if whole:
            self.path.unlink(missing_ok=True)
        self._db = sqlite3.connect(self.path, isolation_level=None)
        self._db.executescript("PRAGMA synchronous = OFF; PRAGMA temp_store = FILE; PRAGMA cache_size = -65536;")
        self._db.executescript(WORK + NAMES_WORK)
        self._db.execute("BEGIN")
        if whole:
            for script in (SCHEMA, NAMES_SCHEMA, OWN_SCHEMA):
                for statement in filter(str.strip, script.split(";")):
                    self._db.execute(statement)
            self._db.execute("INSERT INTO about VALUES (?, ?, '', '0', '[]', '[]')", (version, known))
        self._whole = whole
        self.stories = self._board(Meeting(1, NEAR_STORIES, _story, story_keys, _alike))
        self.figures = self._board(figures(self._one_voice, self._is_copy))
        self.quotations: Board[KeptQuotation] = self._board(QUOTATIONS)
        self.sentences: Board[KeptSentence] = self._board(SENTENCES)
        self._boards: tuple[Board[Any], ...] = (self.stories, self.figures, self.quotations, self.sentences)

    def _board(self, meeting: Meeting[Any]) -> Board[Any]:
        return Board(self._db, meeting, lambda entity: thing_of(self._db, entity), self.store.base, self._whole)

    def close(self) -> None:
        """Give the file free; what was not committed is as it was before."""
        self._db.close()

    # -- what is kept of what

    @property
    def total(self) -> int:
        """A number that stands for all articles with what read them."""
        return int(self._db.execute("SELECT total FROM about").fetchone()[0])

    @property
    def identities(self) -> int:
        """How many things there are that several entities are."""
        return int(self._db.execute("SELECT count(*) FROM identity").fetchone()[0])

    def _decided(self) -> tuple[Pairs, Pairs]:
        merged, apart = self._db.execute("SELECT merged, apart FROM about").fetchone()
        return [(a, b) for a, b in json.loads(merged)], [(a, b) for a, b in json.loads(apart)]

    # -- a change

    def change(self, articles: Iterable[str]) -> None:
        """Have these articles as they are in the store now, and find anew what they touch."""
        before, words = self._decided(), (self._words.merged, self._words.apart)
        names = KeptNames(self._db, self.store.base, *words, self._whole)
        changed, total = sorted(articles), self.total
        names.remember(before[0])
        self._remember(before[0])
        voiced = {pair for article in changed for pair in self._voiced_in(article)}
        total += sum(self._take_out(article, names) for article in changed)
        self.sentences.also.clear()
        total += sum(self._take_in(article, names) for article in changed if article in self.store)
        names.decide(*before)
        for merged in (before[0], words[0]):
            names.remember(merged)
            self._remember(merged)
        self._tell_stories()
        self._move(names, voiced)
        for old, new in zip(before, words, strict=True):
            for key in sorted({key for pair in {*old} ^ {*new} for key in pair}):
                self.sentences.tell_again(self.sentences.about(key))
        self.sentences.also.clear()
        self._remember(words[0])
        self._tell()
        decided = [json.dumps([*pairs]) for pairs in words]
        self._db.execute("UPDATE about SET total = ?, merged = ?, apart = ?", (str(total % (1 << 128)), *decided))

    def quads(self) -> tuple[Iterator[Quad], Iterator[Quad]]:
        """The quads that are said no more, and those that are said now."""
        gone, come = changes(self._db)
        if self._whole:
            said = self.store.quads(g=graph_iri(self.store.base, LINKS))
            asked = "SELECT 1 FROM come WHERE hash = ?"
            gone = (q for q in said if self._db.execute(asked, (number_of(nquads([q])[0]),)).fetchone() is None)
        return gone, come

    def commit(self, made_from: str) -> None:
        """Keep what was changed; `made_from` is what the links in the store say they were made from."""
        self._db.execute("UPDATE about SET made_from = ?", (made_from,))
        self._db.execute("COMMIT")

    def _remember(self, merged: Pairs) -> None:
        """Have sentences of statements that people merge looked at together."""
        for pair in merged:
            one, other = (min(self.sentences.about(key), default=None) for key in pair)
            if one is not None and other is not None:
                self.sentences.also.setdefault(one, set()).add(other)
                self.sentences.also.setdefault(other, set()).add(one)

    def _take_out(self, article: str, names: KeptNames) -> int:
        """Take an article out; what comes to `total`."""
        row = self._db.execute("SELECT digest FROM article WHERE id = ?", (article,)).fetchone()
        if row is None:
            return 0
        for board in self._boards:
            board.forget(board.of(article))
        self.stories.untell([place_of(None, article, 1)])
        names.remove(article)
        self._db.execute("DELETE FROM voice WHERE article = ?", (article,))
        self._db.execute("DELETE FROM article WHERE id = ?", (article,))
        return -int(row[0], 16)

    def _take_in(self, article: str, names: KeptNames) -> int:
        """Take an article in; what comes to `total`."""
        quads, digest = ArticleQuads(self.store, article), self._digest(article)
        said = (quad for p in (vocab.articleBody, vocab.datePublished) for quad in quads.quads(p=p))
        texts = {quad.p: quad.o.text for quad in said if isinstance(quad.o, Lit)}
        day = texts.get(vocab.datePublished)
        self._db.execute("INSERT INTO article VALUES (?, ?, ?, ?)", (article, digest, day, article))
        for told in stored(quads, self._sources):
            names.put(told.profiles)
            self.stories.tell(place_of(None, article, 1), link_nodes(told.links, base=self.store.base), stays=False)
        found = sketch(texts.get(vocab.articleBody, ""))
        self.stories.put(place_of(None, article, 0), article, [found.digest.hex(), found.runs, found.minima.hex()])
        heard = voices(quads, {})
        rows = [(article, min(pair), max(pair)) for pair in heard.pairs]
        self._db.executemany("INSERT INTO voice VALUES (?, ?, ?, NULL, NULL)", rows)
        statements = sorted(told_statements(quads, {}), key=lambda one: (one.at.start, one.key))
        reported = reported_figures(quads, {}, heard, statements)
        for board, items in (
            (self.figures, kept_figures(reported)),
            (self.quotations, kept_quotations(statements, heard)),
            (self.sentences, kept_sentences(statements, heard)),
        ):
            for n, item in enumerate(items):
                place = place_of(None if day is None else date.fromisoformat(day), article, n)
                board.put(place, article, item.data, item.things)
        return int(digest, 16)

    def _digest(self, article: str) -> str:
        """A hash of what the ledger says of an article."""
        ledger, lines = graph_iri(self.store.base, LEDGER), []
        for read in self.store.quads(s=article_iri(self.store.base, article), p=vocab.readFrom, g=ledger):
            if isinstance(read.o, Iri):
                lines += nquads([read, *self.store.quads(s=read.o, g=ledger)])
        return sha256("\n".join(sorted(lines)).encode("utf-8", "surrogatepass")).hexdigest()[:32]

    # -- stories

    def _tell_stories(self) -> None:
        """Say anew which articles print one story, and have what depends on it looked at again."""
        self.stories.meet()
        first: dict[str, str] = {}
        for found in self.stories.together():
            prints = [id[3:11].hex() for id in found.ids]
            dated = ((self._article(one, "published") or "9999", one) for one in prints)
            earliest = min(dated)[1]
            iris = {one: article_iri(self.store.base, one) for one in prints}
            copies: dict[str, str] = {iris[one]: iris[earliest] for one in prints if one != earliest}
            self.stories.tell(found.ids[0], link_quads({}, {}, copies, base=self.store.base), stays=False)
            first.update((one, earliest) for one in prints if self._article(one, "first") != earliest)
        for article, earliest in first.items():
            if (self._article(article, "first") == article) is not (earliest == article):
                self.figures.again(self.figures.of(article))
            for board in (self.quotations, self.sentences):
                board.tell_again(board.of(article))
        rows = [(earliest, article) for article, earliest in first.items()]
        self._db.executemany("UPDATE article SET first = ? WHERE id = ?", rows)

    def _article(self, article: str, what: str) -> str | None:
        row = self._db.execute(f"SELECT {what} FROM article WHERE id = ?", (article,)).fetchone()
        return None if row is None else row[0]

    def _is_copy(self, article: str) -> bool:
        id = article.rpartition("/")[2]
        return self._article(id, "first") != id

    # -- things and voices

    def _move(self, names: KeptNames, voiced: set[_Pair]) -> None:
        """Find anew what is one thing, and have what depends on it looked at again."""
        moved = names.settle()
        for key in sorted(moved):
            for board in self._boards[1:]:
                board.again(board.about(key))
        asked = "SELECT rowid, x, y FROM voice WHERE a = ? OR b = ?"
        rows = {row[0]: row[1:] for key in moved for row in self._db.execute(asked, (key, key))}
        voiced |= set(rows.values())
        names.apply()
        if self._whole:
            self._place_voices()
            return
        for (rowid,) in self._db.execute("SELECT rowid FROM voice WHERE x IS NULL").fetchall():
            rows[rowid] = ("", "")
        for rowid in rows:
            rows[rowid] = self._place_voice(rowid)
        come = {pair for pair in rows.values() if pair not in voiced and not self._voices_but(pair, rows)}
        for pair in sorted(come | {pair for pair in voiced if not self._voices_but(pair, ())}):
            self._heard_again(pair)

    def _place_voices(self) -> None:
        """Say of every voice which things it is about, a thousand at a time."""
        asked, last = "SELECT rowid FROM voice WHERE rowid > ? ORDER BY rowid LIMIT 1000", 0
        while some := [rowid for (rowid,) in self._db.execute(asked, (last,))]:
            for last in some:
                self._place_voice(last)

    def _place_voice(self, rowid: int) -> _Pair:
        """Say which things a voice is about; in order."""
        ends: Iterable[str] = self._db.execute("SELECT a, b FROM voice WHERE rowid = ?", (rowid,)).fetchone()
        x, y = sorted(thing_of(self._db, end) for end in ends)
        self._db.execute("UPDATE voice SET x = ?, y = ? WHERE rowid = ?", (x, y, rowid))
        return x, y

    def _voiced_in(self, article: str) -> list[_Pair]:
        return self._db.execute("SELECT x, y FROM voice WHERE article = ?", (article,)).fetchall()

    def _voices_but(self, pair: _Pair, rows: Container[int]) -> bool:
        """Whether an article other than in these rows says that two things are one voice."""
        found = self._db.execute("SELECT rowid FROM voice WHERE x = ? AND y = ?", pair)
        return any(rowid not in rows for (rowid,) in found)

    def _heard_again(self, pair: _Pair) -> None:
        """Look again at what the one of two things says of which less is said: they are one voice now, or no more."""
        for key in entities_of(self._db, pair):
            self.figures.again(self.figures.about(key))
            for board in (self.quotations, self.sentences):
                board.tell_again(board.about(key))

    def _one_voice(self, one: Iri, other: Iri) -> bool:
        return one == other or self._voices_but((min(one, other), max(one, other)), ())

    def _voices(self, things: Iterable[Iri]) -> Voices:
        """Which of these things are one voice."""
        among = sorted(set(things))
        return Voices(frozenset(frozenset(two) for two in combinations(among, 2) if self._one_voice(*two)))

    # -- what is told

    def _tell(self) -> None:
        """Find who meets whom anew, and tell it."""
        base = self.store.base
        for board in self._boards[1:]:
            board.meet()
        for figures_found in self.figures.together():
            self.figures.tell(figures_found.ids[-1], told_figures(base, figures_found, self._one_voice))
        for quoted in self.quotations.together():
            things = {thing for one in quoted.items for thing in (*one.quotation.of.speakers, *one.cited)}
            copies = self._copies(one.quotation.of.article for one in quoted.items)
            self.quotations.tell(quoted.ids[0], told_utterances(base, quoted, copies, self._voices(things)))
        decided = ([(Iri(a), Iri(b)) for a, b in pairs] for pairs in (self._words.merged, self._words.apart))
        merged, apart = decided
        for said in self.sentences.together():
            things = {thing for one in said.items for thing in (*one.sentence.of.speakers, *one.cited)}
            copies = self._copies(one.sentence.of.article for one in said.items)
            told = told_claims(base, said, copies, self._voices(things), merged, apart)
            self.sentences.tell(said.ids[0], told)

    def _copies(self, articles: Iterable[Iri]) -> Mapping[str, str]:
        """The first print of the story of each article."""
        ids = {article: article.rpartition("/")[2] for article in articles}
        return {iri: article_iri(self.store.base, self._article(id, "first") or id) for iri, id in ids.items()}


def _story(row: list[Any], _known: Known) -> Sketch:
    digest, runs, minima = row
    return Sketch(bytes.fromhex(digest), runs, bytes.fromhex(minima))


def _alike(one: Sketch, other: Sketch) -> float:
    return float(likeness(one, other) is not None)


def left_with(store: Store, version: int, known: str) -> tuple[str, int] | None:
    """The hash that the kept links of a store were left with, and the number for its articles.

    None if there are none that this version can use.
    """
    path = store.folder / FILE
    if not path.exists():
        return None
    try:
        with closing(sqlite3.connect(path)) as db:
            row = db.execute("SELECT version, known, made_from, total FROM about").fetchone()
    except sqlite3.Error:  # no file of ours, or one that a crash has broken: it is made again
        return None
    return (row[2], int(row[3])) if row is not None and row[:2] == (version, known) else None
