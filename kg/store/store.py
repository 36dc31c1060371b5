"""The store on disk: Oxigraph, one named graph an article; an article comes, changes and goes in one atomic write.

A folder is a store if it holds `store.json`, which says under which base nodes
are named; `store/` beside it is Oxigraph's. One process may write, or several
may read. New articles wait in a journal until Oxigraph takes them in, many at
a time (`kg.store.journal`). What a crash leaves half done is undone on the next
opening, and what it leaves waiting is taken in.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from itertools import islice
from pathlib import Path
from types import MappingProxyType, TracebackType
from typing import TYPE_CHECKING, Any, Final, Self, cast

from ..errors import StoreError
from ..rdf import vocab
from ..rdf.interop import oxigraph_quads, to_oxigraph
from ..rdf.iris import BASE, LEDGER, LINKS, REJECTED, REVIEWS, article_iri, check_base, graph_iri, input_iri
from ..rdf.read import read_article
from ..rdf.scribe import input_quads
from ..rdf.terms import Iri, Lit, Quad, joined, nquads, ntriples, read_line
from ..rdf.write import link_quads, to_nquads
from ..records.extraction import Extraction
from ..records.mention import EntityType
from .article_quads import content, referred
from .journal import Intake, waiting
from .locks import PATIENCE, held, in_use, lock

if TYPE_CHECKING:
    import pyoxigraph

FORMAT = 1
"""Which layout of graphs this code writes; a store of another is refused."""

_ID = re.compile("[0-9a-f]{16}")

CHANGED: Final = "changed.txt"
"""The file in a store's folder that names, a line each, articles that came, changed or went since the last links."""

AT_ONCE: Final = 50_000
"""Quads of links that change in one transaction; of more, a build that is killed has links made anew."""


@dataclass(frozen=True, slots=True)
class Entry:
    """The ledger's line on one input: which article it held, and what read it when its bytes had this hash."""

    key: str
    article: str
    input_hash: str | None = None
    extractor: str | None = None
    model: str | None = None


@dataclass(frozen=True, slots=True)
class ListedArticle:
    """An article of a store, in short."""

    id: str
    title: str | None
    publisher: str | None
    published: date | None
    url: str | None
    inputs: tuple[str, ...]


def open(path: str | os.PathLike[str], *, write: bool = False, create: bool = False, base: str | None = None) -> Store:
    """The store in a folder: to read, to write, or made if it is not there (`create`, which also writes).

    `base` names nodes in a new store; an existing one keeps its own.

    Raises StoreError if the folder is not a store, is damaged, is not
    accessible, has another base, or is in use by a process that excludes this one.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder, open(f"{folder}/graph", write=True, create=True) as store:
    ...     len(store)
    0
    """
    folder = Path(path)
    write = write or create
    settings = _settings(folder, create, base)
    if not write:
        recover(folder)
    return Store(folder, settings, lock(folder, write), write)


def recover(folder: Path, *, patience: float = PATIENCE) -> None:
    """Take in what a process that was killed has left waiting in a store's folder, so that it may be read.

    Raises StoreError if the folder is being written (for longer than `patience` seconds), or cannot be.
    """
    with held(folder, patience=patience):
        left = waiting(folder)
    if left:
        try:
            open(folder, write=True).close()
        except StoreError as error:
            raise StoreError(
                f"{left[0]}: is what a build left that was killed, and cannot be taken in: {error}"
            ) from None


def _settings(folder: Path, create: bool, base: str | None) -> str:
    """The base of the store in a folder; writes it down where a store is made."""
    mark = folder / "store.json"
    try:
        if create and not mark.exists():
            if folder.exists() and not folder.is_dir():
                raise StoreError(f"{folder}: is a file; a store needs a folder")
            folder.mkdir(parents=True, exist_ok=True)
            made = {"format": FORMAT, "base": check_base(base or BASE)}
            part = folder / "store.json.part"
            part.write_text(json.dumps(made) + "\n", encoding="utf-8")
            part.replace(mark)
        found = json.loads(mark.read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError):
        where = "no such folder" if not folder.exists() else "is not a store (it holds no store.json)"
        raise StoreError(f"{folder}: {where}; `kg build SOURCE -d {folder}` makes one") from None
    except json.JSONDecodeError:
        raise StoreError(f"{mark}: is not JSON; the store is damaged, build it again in another folder") from None
    except OSError as error:
        raise StoreError(f"{folder}: {error.strerror or error}; choose a folder that you may use") from None
    if not isinstance(found, dict) or found.get("format") != FORMAT or not isinstance(found.get("base"), str):
        raise StoreError(f"{mark}: is not of format {FORMAT}, which this version reads; build the store again")
    own: str = found["base"]
    if base is not None and base != own:
        raise StoreError(f"{folder}: names its nodes under {own}, not {base}; use another folder for another base")
    return own


class Store:
    """An open store. Use it in a `with` block, or `close` it: until then it keeps others from writing.

    `base` is the IRI under which its nodes are named.
    """

    def __init__(self, folder: Path, base: str, lock: int | None, write: bool) -> None:
        import pyoxigraph as ox

        self.folder, self.base, self.writable = folder, base, write
        self._lock = lock
        self._open: pyoxigraph.Store | None = None
        self._intake: Intake | None = None
        files = folder / "store"
        try:
            if write:
                self._open = ox.Store(str(files))
                self._intake = Intake(folder, self._open)
            elif files.exists():
                self._open = ox.Store.read_only(str(files))
            else:  # made, and killed before its first write
                self._open = ox.Store()
        except (OSError, RuntimeError) as error:
            self.close()
            reason = str(error).strip().splitlines()[0]
            if "lock" in reason.lower():
                raise in_use(folder, write) from None
            raise StoreError(f"{folder}: cannot be opened as a store: {reason}") from None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        try:
            self.close()
        except StoreError:
            if error is None:  # else the error that ended the block says more
                raise

    def close(self) -> None:
        """Give the folder free for others. A closed store cannot be used.

        Raises StoreError if the disk is full; nothing is lost, what was written stands in Oxigraph's log.
        """
        try:
            if self._intake is not None:
                self.settle()
        finally:
            if self._intake is not None:
                self._intake.close()
            self._open = self._intake = None
            if self._lock is not None:
                os.close(self._lock)
                self._lock = None

    def settle(self) -> None:
        """Have Oxigraph take in all that waits, and put it on the disk in order.

        Raises StoreError if the disk is full; nothing is lost, what was written stands in logs.
        """
        with self._writing() as oxigraph:
            oxigraph.flush()

    @property
    def oxigraph(self) -> pyoxigraph.Store:
        """Oxigraph's own store. To write, use the methods here: they keep graphs and ledger in step."""
        return self._with()

    def _with(self, *names: str) -> pyoxigraph.Store:
        """Oxigraph's store with all that waits, or at least with what waits under some names."""
        if self._open is None:
            raise StoreError(f"{self.folder}: the store is closed; open it again")
        if self._intake is not None and (not names or self._intake.waits(*names)):
            with self._errors():
                self._intake.settle()
        return self._open

    def __len__(self) -> int:
        return len(self.oxigraph)

    # -- writing

    def put(
        self,
        extraction: Extraction,
        *,
        key: str | None = None,
        input_hash: str | None = None,
        extractor: str | None = None,
    ) -> None:
        """Add an article, or replace it whole, together with its ledger entry, in one atomic write.

        `key` names the input it came from (by default the article's path or
        id). An article that this input held before, and no other input holds,
        goes in the same write. Where two inputs hold the same article, the one
        whose key sorts first says its metadata, whichever was put first.
        """
        article = extraction.article
        key = key or article.path or article.id
        entry = Entry(key, article.id, input_hash, extractor, extraction.model)
        self.put_nquads(to_nquads(extraction, base=self.base), entry)

    def put_nquads(self, text: bytes, entry: Entry) -> None:
        """As `put`, for an article's quads as canonical N-Quads, made here or elsewhere by `kg.rdf.write.to_nquads`."""
        article = entry.article
        self._mark(article)
        if article not in self and self.entry(entry.key) is None:
            self._take_in(text + joined(nquads(self._entry_quads(entry))), article, entry.key)
            return
        new = _read(text)
        others = set(self.inputs(article)) - {entry.key}
        if others and min(others) < entry.key:
            new = content(self, article)
        entries = set(self._entry_quads(entry))
        for other in others:
            entries |= self._about_input(other)
        before = self.entry(entry.key)
        leaving = {article}
        if before is not None:
            self._mark(before.article)
            if set(self.inputs(before.article)) == {entry.key}:
                leaving.add(before.article)
        old = content(self, *sorted(leaving)) | self._ledger_of(article) | self._about_input(entry.key)
        self._change(old, self._with_links(new, old) | entries)

    def rewrite(self, article: str, text: bytes) -> None:
        """Put other quads in the place of all that is said of an article and by it, as `put_nquads`; inputs stay."""
        self._mark(article)
        old = content(self, article)
        self._change(old, self._with_links(_read(text), old))

    def _with_links(self, new: set[Quad], old: set[Quad]) -> set[Quad]:
        """Quads of an article with the links, among those before, of what is still there."""
        kept = {quad.s for quad in new}
        links = graph_iri(self.base, LINKS)
        judged = {quad.s for quad in old if quad.p == vocab.linkOf and quad.o in kept}
        new = new | {quad for quad in old if quad.g == links and quad.s in kept | judged}
        new |= {quad for quad in old if quad.p == vocab.copyOf and quad.o in kept}
        same = {quad.o for quad in new if quad.p == vocab.sameThingAs}
        return new | {quad for quad in old if quad.g == links and quad.s in same}

    def remove(self, name: str) -> str:
        """Remove an article with all that only it brought; its id comes back.

        `name` is its id, IRI, URL or the key of its input; an input that shares
        its article with another takes only itself away.

        Raises StoreError if the store has no such article.
        """
        article = self.find(name)
        entry = self.entry(name)
        self._mark(article)
        if entry is not None and set(self.inputs(article)) != {name}:
            self._change(self._about_input(name), set())
        else:
            self._change(content(self, article) | self._ledger_of(article))
        return article

    def set_links(
        self,
        identities: Mapping[str, str],
        labels: Mapping[str, tuple[EntityType, str]],
        *,
        copies: Mapping[str, str] = MappingProxyType({}),
        outside: Iterable[Quad] = (),
        made_from: str | None = None,
    ) -> None:
        """Say which entities are the same thing and which articles copies, in place of all that was said before.

        See `kg.rdf.write.link_quads`; `outside` are further quads of that graph, as
        `kg.identity.external` and `kg.comparison` make them; `made_from` is a hash of
        what all was found from.
        """
        links, ledger = graph_iri(self.base, LINKS), graph_iri(self.base, LEDGER)
        old = {*self.quads(g=links), *self.quads(s=links, g=ledger)}
        new = {*link_quads(identities, labels, copies, base=self.base), *outside}
        if made_from is not None:
            new.add(Quad(links, vocab.linkedFrom, Lit(made_from), ledger))
        self._change(old, new)

    def change_links(self, gone: Iterable[Quad], come: Iterable[Quad], made_from: str) -> None:
        """Take quads of the graph `links` away and add others, which are then `made_from` what the hash says.

        All at once, or, where they are many, without that hash until all is done.
        """
        links, ledger = graph_iri(self.base, LINKS), graph_iri(self.base, LEDGER)
        stamp = {Quad(links, vocab.linkedFrom, Lit(made_from), ledger)}
        before = set(self.quads(s=links, g=ledger))
        taken, added = iter(gone), iter(come)
        some, more = set(islice(taken, AT_ONCE)), set(islice(added, AT_ONCE))
        while len(some) == AT_ONCE or len(more) == AT_ONCE:
            self._change(before | some, more)
            before = set()
            some, more = set(islice(taken, AT_ONCE)), set(islice(added, AT_ONCE))
        self._change(before | some, more | stamp)

    def changed(self) -> set[str]:
        """The ids of articles that may have come, changed or gone since `links_made`.

        Raises StoreError if the file that names them cannot be read.
        """
        try:
            return {line for line in (self.folder / CHANGED).read_text("ascii").split() if _ID.fullmatch(line)}
        except FileNotFoundError:
            return set()
        except (OSError, ValueError) as error:
            raise StoreError(f"{self.folder / CHANGED}: cannot be read ({error}); remove links.sqlite and it") from None

    def links_made(self) -> None:
        """Say that links are made of all that is in the store."""
        with self._errors():
            (self.folder / CHANGED).unlink(missing_ok=True)

    def _mark(self, article: str) -> None:
        """Say beforehand that an article changes."""
        if not self.writable:
            raise StoreError(f"{self.folder}: was opened to read; open it with write=True")
        with self._errors(), (self.folder / CHANGED).open("a", encoding="ascii") as file:
            file.write(f"{article}\n")

    def _change(self, old: Collection[Quad], new: Collection[Quad] = ()) -> None:
        """Take away and add in one transaction, all of it or nothing."""
        gone = set(old).difference(new)
        come = set(new).difference(old)
        if gone:
            parts = [
                f"{verb} DATA {{\n{_blocks(some)}\n}}" for verb, some in (("DELETE", gone), ("INSERT", come)) if some
            ]
            with self._writing() as oxigraph:
                oxigraph.update(" ;\n".join(parts))
        elif come:
            self._take_in(joined(nquads(come)))

    def _take_in(self, text: bytes, *names: str) -> None:
        """Add N-Quads of our own making, all of them or none."""
        if self._intake is None:
            raise StoreError(f"{self.folder}: was opened to read; open it with write=True")
        with self._errors():
            self._intake.add(text, names)

    @contextmanager
    def _writing(self) -> Iterator[pyoxigraph.Store]:
        if not self.writable:
            raise StoreError(f"{self.folder}: was opened to read; open it with write=True")
        oxigraph = self.oxigraph
        with self._errors():
            yield oxigraph

    @contextmanager
    def _errors(self) -> Iterator[None]:
        try:
            yield
        except (OSError, RuntimeError) as error:
            raise StoreError(f"{self.folder}: cannot be written: {str(error).splitlines()[0]}") from None

    # -- what belongs to an article

    def _ledger_of(self, article: str) -> set[Quad]:
        found: set[Quad] = set()
        for key in self.inputs(article):
            found |= self._about_input(key)
        return found

    def _about_input(self, key: str) -> set[Quad]:
        ledger, name = graph_iri(self.base, LEDGER), input_iri(self.base, key)
        return {*self.quads(s=name, g=ledger), *self.quads(p=vocab.readFrom, o=name, g=ledger)}

    def _entry_quads(self, entry: Entry) -> Iterator[Quad]:
        yield from input_quads(entry.article, entry.key, base=self.base)
        ledger, name = graph_iri(self.base, LEDGER), input_iri(self.base, entry.key)
        for p, text in (
            (vocab.inputHash, entry.input_hash),
            (vocab.extractor, entry.extractor),
            (vocab.model, entry.model),
        ):
            if text is not None:
                yield Quad(name, p, Lit(text), ledger)

    # -- reading

    def quads(
        self, s: Iri | None = None, p: Iri | None = None, o: Iri | Lit | None = None, g: Iri | None = None
    ) -> Iterator[Quad]:
        """The quads with the given parts, all where none is given."""
        return _quads(self.oxigraph, s, p, o, g)

    def lines(self) -> list[str]:
        """The whole store as canonical N-Quads: equal stores, equal lines."""
        import pyoxigraph as ox

        text = (self.oxigraph.dump(format=ox.RdfFormat.N_QUADS) or b"").decode()
        return sorted(line for line in text.split("\n") if line)

    def entry(self, key: str) -> Entry | None:
        """What the ledger holds of an input; None if it was never read."""
        ledger, name, oxigraph = graph_iri(self.base, LEDGER), input_iri(self.base, key), self._with(key)
        texts = {quad.p: quad.o.text for quad in _quads(oxigraph, s=name, g=ledger) if isinstance(quad.o, Lit)}
        article = next((quad.s for quad in _quads(oxigraph, p=vocab.readFrom, o=name, g=ledger)), None)
        if article is None:
            return None
        return Entry(
            key,
            article.rpartition("/")[2],
            texts.get(vocab.inputHash),
            texts.get(vocab.extractor),
            texts.get(vocab.model),
        )

    def entries(self) -> tuple[Entry, ...]:
        """The whole ledger, by key."""
        keys = {
            quad.o.text for quad in self.quads(p=vocab.path, g=graph_iri(self.base, LEDGER)) if isinstance(quad.o, Lit)
        }
        return tuple(entry for entry in map(self.entry, sorted(keys)) if entry is not None)

    def keys(self, *roots: str) -> tuple[str, ...]:
        """The keys of the inputs that are one of these or lie under one: files of a folder, rows of a file; sorted.

        >>> import tempfile
        >>> with tempfile.TemporaryDirectory() as folder, open(f"{folder}/graph", write=True, create=True) as store:
        ...     store.keys("news")
        ()
        """
        under = [f"STRSTARTS(?key, {ntriples(Lit(root + sign))})" for root in roots for sign in (os.sep, ":")]
        of = " || ".join([f"?key = {ntriples(Lit(root))}" for root in roots] + under)
        ledger = graph_iri(self.base, LEDGER)
        asked = f"SELECT ?key {{ GRAPH <{ledger}> {{ ?input <{vocab.path}> ?key }} FILTER ({of or 'false'}) }}"
        found = cast("pyoxigraph.QuerySolutions", self.oxigraph.query(asked))
        return tuple(sorted(row["key"].value for row in found))

    def unchanged(self, key: str, input_hash: str, extractor: str, model: str) -> bool:
        """Whether an input with these bytes was already read by this extractor and model."""
        entry = self.entry(key)
        return entry is not None and (entry.input_hash, entry.extractor, entry.model) == (input_hash, extractor, model)

    def inputs(self, article: str) -> tuple[str, ...]:
        """The keys of the inputs that hold an article, sorted."""
        ledger = graph_iri(self.base, LEDGER)
        found: set[str] = set()
        for read in self.quads(s=article_iri(self.base, article), p=vocab.readFrom, g=ledger):
            if isinstance(read.o, Iri):
                paths = self.quads(s=read.o, p=vocab.path, g=ledger)
                found.update(quad.o.text for quad in paths if isinstance(quad.o, Lit))
        return tuple(sorted(found))

    def ids(self) -> tuple[str, ...]:
        """The ids of all articles, sorted."""
        return tuple(sorted(q.s.rpartition("/")[2] for q in self.quads(p=vocab.type_, o=vocab.Article)))

    def articles(self) -> tuple[ListedArticle, ...]:
        """All articles in short, by id."""
        return tuple(self.listed(article) for article in self.ids())

    def listed(self, article: str) -> ListedArticle:
        """The article with this id, in short."""
        own = self.quads(s=article_iri(self.base, article), g=graph_iri(self.base, article))
        texts = {quad.p: quad.o.text for quad in own if isinstance(quad.o, Lit)}
        published = texts.get(vocab.datePublished)
        return ListedArticle(
            article,
            texts.get(vocab.headline),
            texts.get(vocab.publisher),
            date.fromisoformat(published) if published else None,
            texts.get(vocab.url),
            self.inputs(article),
        )

    def __contains__(self, article: str) -> bool:
        return any(True for _ in _quads(self._with(article), s=article_iri(self.base, article), p=vocab.type_))

    def find(self, name: str) -> str:
        """The id of the article with this id, IRI, URL, or key of an input.

        Raises StoreError if there is none, or several have the URL.
        """
        plain = name.removeprefix(f"{self.base}article/")
        if _ID.fullmatch(plain) and plain in self:
            return plain
        entry = self.entry(name)
        if entry is not None:
            return entry.article
        at = sorted({quad.s for quad in self.quads(p=vocab.url, o=Lit(name, vocab.anyURI))})
        if len(at) == 1:
            return at[0].rpartition("/")[2]
        if at:
            raise StoreError(f"{self.folder}: {len(at)} articles have the address {name}; name one by its id")
        raise StoreError(
            f"{self.folder}: no article has the id, address or path {name!r}; `kg query articles` lists them"
        )

    def about(self, article: str) -> set[Quad]:
        """All that is said of an article, with what that refers to: concepts and those above them, identities."""
        return referred(self, content(self, article) | self._ledger_of(article))

    def own(self, article: str) -> set[Quad]:
        """The quads of an article that depend on nothing else: no links, no reviews, nothing of the ledger."""
        others = {graph_iri(self.base, name) for name in (LINKS, LEDGER, REVIEWS, REJECTED)}
        return {quad for quad in self.about(article) if quad.g not in others}

    def extraction(self, name: str) -> Extraction:
        """The extraction of an article, by anything that `find` takes.

        Raises StoreError if the store has no such article.
        """
        article = self.find(name)
        return read_article(content(self, article) | self._ledger_of(article))

    def extractions(self) -> Iterator[Extraction]:
        """The extractions of all articles, by id."""
        return map(self.extraction, self.ids())


def _read(text: bytes) -> set[Quad]:
    return set(map(read_line, filter(None, text.decode().split("\n"))))


def _quads(
    oxigraph: pyoxigraph.Store,
    s: Iri | None = None,
    p: Iri | None = None,
    o: Iri | Lit | None = None,
    g: Iri | None = None,
) -> Iterator[Quad]:
    parts: list[Any] = [None if term is None else to_oxigraph(term) for term in (s, p, o, g)]
    return oxigraph_quads(oxigraph.quads_for_pattern(*parts))


def _blocks(quads: Iterable[Quad]) -> str:
    """Quads as SPARQL Update writes data: a GRAPH block for each graph."""
    by_graph: dict[Iri, list[str]] = {}
    for s, p, o, g in quads:
        by_graph.setdefault(g, []).append(f"<{s}> <{p}> {ntriples(o)} .")
    return "\n".join(f"GRAPH <{g}> {{\n" + "\n".join(lines) + "\n}" for g, lines in by_graph.items())
