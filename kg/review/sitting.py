"""What a person goes through in a session: records in an order, what was said of each so far, undo and redo."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from ..errors import KGError, QueryError
from ..query.nodes import nodes
from ..rdf import vocab
from ..rdf.iris import graph_iri
from ..rdf.read import read_article
from ..rdf.terms import Lit
from ..records.extraction import Extraction
from ..store import Store
from ..text.article import Span
from .applying import Held, review
from .decision_file import FILE, append, load, now, reversal, ruling
from .history import in_force
from .in_graph import affected, as_found, in_words, rulings
from .seen import Record, everything_seen
from .verdicts import Do, Fields, Line, RecordKind, Ruling, Signature

JUDGED = (RecordKind.STATEMENT, RecordKind.FIGURE, RecordKind.ROLE)
"""The kinds of records that a session goes through."""


@dataclass(frozen=True, slots=True)
class ReviewItem:
    """A record as the extractor found it, with its article and what a person sees of it."""

    extraction: Extraction
    kind: RecordKind
    record: Record
    seen: Fields

    @property
    def text(self) -> str:
        """The SHA-256 of the article's text."""
        return self.extraction.article.sha256

    @property
    def confidence(self) -> float:
        """The probability that the record is right, as the extractor had it."""
        return float(getattr(self.record, "confidence", 1.0))

    def spans(self) -> list[Span]:
        """Where the record stands in its article."""
        found: list[Span] = []
        for value in self.seen.values():
            places = value if isinstance(value, tuple) else (value,)
            found += [place for place in places if isinstance(place, Span)]
        return found

    def parts(self) -> dict[str, str]:
        """The record in words."""
        return in_words(self.extraction, self.record)


def items(store: Store, kinds: Sequence[RecordKind] = JUDGED) -> Iterator[ReviewItem]:
    """All records of a store of some kinds, as they were found, article by article.

    >>> import tempfile
    >>> from kg import Article, extract, open
    >>> with tempfile.TemporaryDirectory() as folder, open(f"{folder}/graph", create=True) as store:
    ...     _ = store.put(extract(Article("Jo Hill denied that the mill had closed."), fast=True))
    ...     [(str(item.kind), item.parts()["words"]) for item in items(store)]
    [('statement', 'the mill had closed')]
    """
    touched = {article for article, _ in affected(store, rulings(store.folder))}
    for article in store.ids():
        found = read_article(as_found(store, article)) if article in touched else store.extraction(article)
        for one in everything_seen(found):
            if one.kind in kinds:
                yield ReviewItem(found, one.kind, one.record, one.seen)


def least_certain_first(found: Iterable[ReviewItem]) -> list[ReviewItem]:
    """Records, those first that are most likely wrong."""
    return sorted(found, key=lambda i: (i.confidence, i.extraction.article.id, min(i.spans()), i.kind, i.record.id))


def chosen(
    found: Iterable[ReviewItem], *, speaker: str | None = None, article: str | None = None, holding: str | None = None
) -> list[ReviewItem]:
    """The records of a speaker, of an article (by id, or part of its title), or whose words hold some words.

    >>> from kg import Article, extract
    >>> from kg.review.seen import everything_seen
    >>> found = extract(Article("Jo Hill said the mill had closed. Ida Berg denied it."), fast=True)
    >>> some = [ReviewItem(found, one.kind, one.record, one.seen) for one in everything_seen(found)]
    >>> [item.parts()["words"] for item in chosen(some, speaker="hill")]
    ['the mill had closed']
    """
    who, which, what = ((part or "").casefold() for part in (speaker, article, holding))
    kept = []
    for item in found:
        parts, text = item.parts(), item.extraction.article
        named = " ".join(parts.get(p, "") for p in ("who", "with", "via", "reporters", "holder"))
        here = text.id == which or which in (text.title or "").casefold()
        if who in named.casefold() and here and what in " ".join(parts.values()).casefold():
            kept.append(item)
    return kept


def behind(store: Store, found: Iterable[ReviewItem], query: str, values: Mapping[str, str]) -> list[ReviewItem]:
    """The records that the answer to a question rests on: a shipped one by name, or any SPARQL query.

    Raises QueryError if the query is not legal, or its answer rests on none of them.
    """
    names = nodes(store, query, values)
    whole = graph_iri(store.base, "")
    places = {
        (quad.g.removeprefix(whole), quad.o.text)
        for name in names
        for quad in store.quads(s=name, p=vocab.localId)
        if isinstance(quad.o, Lit)
    }
    kept = [item for item in found if (item.extraction.article.id, item.record.id) in places]
    if not kept:
        raise QueryError(
            f"the answer rests on {len(names):,} nodes, none of which is a statement, figure or role to decide about"
        )
    return kept


def drawn(found: Iterable[ReviewItem], n: int, seed: int = 1) -> list[ReviewItem]:
    """`n` records of each kind at random: the same for the same graph and seed, whoever draws and however often."""

    def lot(item: ReviewItem) -> str:
        return sha256(f"{seed}\x1f{item.text}\x1f{item.kind}\x1f{sorted(item.spans())}".encode()).hexdigest()

    by_lot = sorted(found, key=lambda item: (lot(item), item.record.id))
    return [item for kind in JUDGED for item in [i for i in by_lot if i.kind is kind][:n]]


class Sitting:
    """A session over some records: each word is on the disk before the next is asked for."""

    def __init__(self, folder: Path, found: Sequence[ReviewItem], who: str) -> None:
        self.path, self.items, self.who = folder / FILE, list(found), who
        self.lines: list[Line] = load(self.path)
        self.at = 0
        self._said: list[tuple[int, str]] = []
        self._taken_back: list[tuple[int, str]] = []

    @property
    def item(self) -> ReviewItem | None:
        """The record that is asked about; None when all have been."""
        return self.items[self.at] if 0 <= self.at < len(self.items) else None

    def held(self, item: ReviewItem) -> Held | None:
        """What people's words have come to on a record."""
        words = [w for w in in_force(self.lines) if isinstance(w, Ruling) and w.text == item.text]
        if not words:
            return None
        return next((h for h in review(item.extraction, words).held if h.found == item.record), None)

    def judged(self) -> int:
        """How many of the records have been decided about."""
        return sum(self.held(item) is not None for item in self.items)

    def to_first_open(self) -> None:
        """Go to the first record that nobody has decided about."""
        self.at = next((n for n, item in enumerate(self.items) if self.held(item) is None), len(self.items))

    def move(self, steps: int) -> None:
        """Go some records on, or back."""
        self.at = max(0, min(len(self.items), self.at + steps))

    def search(self, words: str) -> bool:
        """Go to the next record that holds some words; whether there is one."""
        order = [*range(self.at + 1, len(self.items)), *range(min(self.at + 1, len(self.items)))]
        for n in order:
            if words.casefold() in " ".join(self.items[n].parts().values()).casefold():
                self.at = n
                return True
        return False

    def say(self, do: Do, to: Fields | None = None, why: str | None = None, kind: RecordKind | None = None) -> None:
        """Decide about the record that is asked about, and go on to the next; one that is added may be of another kind.

        Raises StoreError if the file cannot be written, DecisionError if it is no word.
        """
        item = self.item
        if item is None:
            return
        if do is Do.ADD:
            made = ruling(do, item.text, kind or item.kind, self._by(why), to=to)
        else:
            made = ruling(do, item.text, item.kind, self._by(why), seen=item.seen, to=to)
        self._write(made)
        self._said.append((self.at, made.id))
        self._taken_back.clear()
        if do is not Do.ADD:
            self.move(1)

    def undo(self) -> bool:
        """Take back the last word of this session that stands, and go to its record; whether there was one."""
        return self._reverse(Do.UNDO, self._said, self._taken_back)

    def redo(self) -> bool:
        """Say again what was taken back last; whether there was anything."""
        return self._reverse(Do.REDO, self._taken_back, self._said)

    def _reverse(self, do: Do, stack: list[tuple[int, str]], other: list[tuple[int, str]]) -> bool:
        if not stack:
            return False
        at, of = stack.pop()
        self._write(reversal(do, of, self._by(None)))
        other.append((at, of))
        self.at = at if do is Do.UNDO else min(at + 1, len(self.items))
        return True

    def _by(self, why: str | None) -> Signature:
        return Signature(self.who, now(), why)

    def _write(self, line: Line) -> None:
        append(self.path, [line])
        self.lines.append(line)


def undone(lines: Sequence[Line], do: Do, which: str | None, by: Signature) -> tuple[Line, Line]:
    """The line that takes back, or says again, the word with this id, or the last one; and that word.

    Raises KGError if there is none.
    """
    words = in_force(lines)
    active = {word.id for word in words}
    every = [line for line in lines if not hasattr(line, "of")]
    known = words if do is Do.UNDO else [line for line in every if line.id not in active]
    found = [line for line in known if which is None or line.id.startswith(which)]
    if not found or (which is not None and len(found) > 1):
        how = "no word" if not found else f"{len(found)} words"
        raise KGError(
            f"{how} {'in force' if do is Do.UNDO else 'taken back'} with id {which!r}; `kg review list` has them"
        )
    return reversal(do, found[-1].id, by), found[-1]
