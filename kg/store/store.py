"""The store: one named graph an article in Oxigraph; an article comes, changes and goes in one atomic write.

The ledger beside the articles says what was read from where, so that a build
reads again only what is new (`kg.store.ledger`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import islice
from types import MappingProxyType
from typing import Final

from ..errors import StoreError
from ..rdf import vocab
from ..rdf.iris import LEDGER, LINKS, REJECTED, REVIEWS, article_iri, graph_iri
from ..rdf.read import read_article
from ..rdf.terms import Iri, Lit, Quad, joined, nquads, read_line
from ..rdf.write import link_quads, to_nquads
from ..records.extraction import Extraction
from ..records.mention import EntityType
from .article_quads import content, referred
from .ledger import Entry, about_input, about_inputs, entry_quads, inputs_of, keys_under, read_entries, read_entry
from .quad_store import QuadStore

_ID = re.compile("[0-9a-f]{16}")

CHANGED: Final = "changed.txt"
"""The file in a store's folder that names, a line each, articles that came, changed or went since the last links."""

AT_ONCE: Final = 50_000
"""Quads of links that change in one transaction; of more, a build that is killed has links made anew."""


@dataclass(frozen=True, slots=True)
class ListedArticle:
    """An article of a store, in short."""

    id: str
    title: str | None
    publisher: str | None
    published: date | None
    url: str | None
    inputs: tuple[str, ...]


class Store(QuadStore):
    """An open store. Use it in a `with` block, or `close` it: until then it keeps others from writing.

    `base` is the IRI under which its nodes are named.
    """

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
            self._take_in(text + joined(nquads(entry_quads(self.base, entry))), article, entry.key)
            return
        new = _read(text)
        others = set(self.inputs(article)) - {entry.key}
        if others and min(others) < entry.key:
            new = content(self, article)
        entries = set(entry_quads(self.base, entry))
        for other in others:
            entries |= about_input(self, other)
        before = self.entry(entry.key)
        leaving = {article}
        if before is not None:
            self._mark(before.article)
            if set(self.inputs(before.article)) == {entry.key}:
                leaving.add(before.article)
        old = content(self, *sorted(leaving)) | about_inputs(self, article) | about_input(self, entry.key)
        self._change(old, self._with_links(new, old) | entries, article, entry.key)

    def rewrite(self, article: str, text: bytes) -> None:
        """Put other quads in the place of all that is said of an article and by it, as `put_nquads`; inputs stay."""
        self._mark(article)
        old = content(self, article)
        self._change(old, self._with_links(_read(text), old), article)

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
            self._change(about_input(self, name), set())
        else:
            self._change(content(self, article) | about_inputs(self, article))
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

    def part(self) -> None:
        """Have nothing be one thing with another article's any more; other links stay."""
        same = set(self.quads(p=vocab.sameThingAs))
        self._change(same.union(*(self.quads(s=quad.o) for quad in same if isinstance(quad.o, Iri))))

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

    # -- the ledger

    def entry(self, key: str) -> Entry | None:
        """What the ledger holds of an input; None if it was never read."""
        return read_entry(self._taken(key), key)

    def entries(self) -> tuple[Entry, ...]:
        """The whole ledger, by key."""
        return read_entries(self)

    def keys(self, *roots: str) -> tuple[str, ...]:
        """The keys of the inputs that are one of these or lie under one: files of a folder, rows of a file; sorted.

        >>> import tempfile
        >>> from kg import open
        >>> with tempfile.TemporaryDirectory() as folder, open(f"{folder}/graph", write=True, create=True) as store:
        ...     store.keys("news")
        ()
        """
        return keys_under(self.oxigraph, self.base, *roots)

    def unchanged(self, key: str, input_hash: str, extractor: str, model: str) -> bool:
        """Whether an input with these bytes was already read by this extractor and model."""
        entry = self.entry(key)
        return entry is not None and entry.unchanged(input_hash, extractor, model)

    def inputs(self, article: str) -> tuple[str, ...]:
        """The keys of the inputs that hold an article, sorted."""
        return inputs_of(self, article)

    # -- reading

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
        return any(True for _ in self._taken(article).quads(s=article_iri(self.base, article), p=vocab.type_))

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
        return referred(self, content(self, article) | about_inputs(self, article))

    def own(self, article: str) -> set[Quad]:
        """The quads of an article that depend on nothing else: no links, no reviews, nothing of the ledger."""
        others = {graph_iri(self.base, name) for name in (LINKS, LEDGER, REVIEWS, REJECTED)}
        return {quad for quad in self.about(article) if quad.g not in others}

    def extraction(self, name: str) -> Extraction:
        """The extraction of an article, by anything that `find` takes.

        Raises StoreError if the store has no such article.
        """
        article = self.find(name)
        return read_article(content(self, article) | about_inputs(self, article))

    def extractions(self) -> Iterator[Extraction]:
        """The extractions of all articles, by id."""
        return map(self.extraction, self.ids())


def _read(text: bytes) -> set[Quad]:
    return set(map(read_line, filter(None, text.decode().split("\n"))))
