"""Many sources -> one store: what is new is read, what changed replaced, what is gone removed, the rest skipped."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from . import __version__, vocab
from .article import Article
from .decisions import decided
from .document import default_model
from .entities import Entity
from .errors import KGError
from .extraction import Extraction, confident
from .graph import entity_iris, identity_iri
from .identity import Identity, Profile, identify
from .mentions import EntityType
from .profiles import profiles
from .reading import Metadata, Outcome, articles
from .store import Store
from .terms import Iri

if TYPE_CHECKING:
    from .reading.fetch import Fetcher


class Fate(StrEnum):
    """What became of a source."""

    ADDED = "added"
    REPLACED = "replaced"
    UNCHANGED = "unchanged"
    REMOVED = "removed"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one source, how much was found in it, and why nothing was."""

    source: str
    fate: Fate
    article: str | None = None
    statements: int = 0
    figures: int = 0
    roles: int = 0
    entities: int = 0
    why: str | None = None


Extract = Callable[[Article, str], Extraction]


def _rules(article: Article, model: str) -> Extraction:
    from .rules import extract

    return extract(article, model)


def build(
    sources: Iterable[str | Path],
    store: Store,
    *,
    meta: Metadata | None = None,
    model: str | None = None,
    min_confidence: float = 0.0,
    columns: Mapping[str, str] | None = None,
    fetcher: Fetcher | None = None,
    extract: Extract = _rules,
) -> Iterator[Result]:
    """Bring a store up to date with its sources; a result as soon as each article is stored.

    An article is stored in one atomic write with its entry in the ledger, so
    that a build that is stopped anywhere goes on where it was. An input whose
    bytes, metadata, extractor and model are those of the ledger is skipped.
    What was read from a folder, table or archive and is no longer in it is
    removed. `columns` and `fetcher` are as in `kg.reading.articles`.

    Raises ModelMissing if no parser is installed; what is wrong with a single
    article is its Result's `why`.
    """
    named = [str(s) for s in sources]
    parser = model or default_model()
    extractor = f"reportedly {__version__} rules, confidence >= {min_confidence:g}"
    seen: set[str] = set()
    failed: set[str] = set()
    for outcome in articles(named, meta=meta, columns=columns, fetcher=fetcher):
        seen.add(outcome.source)
        if outcome.article is None:
            failed.add(outcome.source)
        yield _one(outcome, store, extractor, parser, min_confidence, extract)
    yield from _gone(named, seen, failed, store)


def _one(outcome: Outcome, store: Store, extractor: str, model: str, min_confidence: float, extract: Extract) -> Result:
    article, key = outcome.article, outcome.source
    if article is None:
        return Result(key, Fate.FAILED, why=str(outcome.error))
    if key == "-":
        key = f"stdin:{article.id}"
    before = store.entry(key)
    if store.unchanged(key, _input_hash(article), extractor, model):
        return Result(outcome.source, Fate.UNCHANGED, before.article if before else None)
    try:
        found = confident(extract(article, model), min_confidence)
    except KGError as error:
        return Result(key, Fate.FAILED, why=f"{key}: {error}")
    except Exception as error:  # one article that breaks a stage must not cost the others
        return Result(
            key, Fate.FAILED, why=f"{key}: the extractor failed ({type(error).__name__}: {error}); please report it"
        )
    store.put(found, key=key, input_hash=_input_hash(article), extractor=extractor)
    return Result(
        outcome.source,
        Fate.REPLACED if before else Fate.ADDED,
        article.id,
        len(found.attributions),
        len(found.figures),
        len(found.roles),
        len(found.entities),
    )


def _input_hash(article: Article) -> str:
    """A hash of all that is known of an article before it is parsed."""
    return sha256(repr(article).encode("utf-8", "surrogatepass")).hexdigest()


def _gone(sources: list[str], seen: set[str], failed: set[str], store: Store) -> Iterator[Result]:
    """Remove what was read from these sources before and is in them no more.

    A file, table or archive is the unit: what a broken one did not give now stays as it was.
    """
    roots = tuple(s.rstrip(os.sep) for s in sources if s != "-" and Path(s).exists())
    for entry in store.entries():
        if entry.key in seen or not any(entry.key == r or entry.key.startswith((r + os.sep, r + ":")) for r in roots):
            continue
        whole = _container(entry.key)
        if whole is None or not any(f == whole or f.startswith((whole + os.sep, whole + ":")) for f in failed):
            store.remove(entry.key)
            yield Result(entry.key, Fate.REMOVED)


def _container(key: str) -> str | None:
    """The file that holds, or held, an input: `dump.jsonl` for `dump.jsonl:17`; None if it is not there."""
    while key and not Path(key).exists():
        cut = max(key.rfind(":"), key.rfind(os.sep))
        key = key[: max(cut, 0)]
    return key if key and Path(key).is_file() else None


def identities(store: Store) -> tuple[list[Profile], Identity]:
    """The named entities of all articles, and which of them are one: by evidence, and by what people decided."""
    everyone = [p for found in store.extractions() for p in profiles(found, base=store.base)]
    words = decided(store.folder)
    return everyone, identify(everyone, words.merged, words.apart)


def link(store: Store) -> int:
    """Say anew which entities of all articles are the same thing; how many groups of two or more there are."""
    everyone, found = identities(store)
    cluster = found.cluster
    members: dict[str, list[str]] = {}
    for key, least in cluster.items():
        members.setdefault(least, []).append(key)
    by_key = {p.key: p for p in everyone}
    same: dict[str, str] = {}
    labels: dict[str, tuple[EntityType, str]] = {}
    for least, keys in sorted(members.items()):
        if len(keys) > 1:
            iri = identity_iri(least, base=store.base)
            same.update((key, iri) for key in keys)
            # The fullest name; the first in the alphabet among equals.
            name = min((by_key[k].name for k in keys), key=lambda n: (-len(n), n))
            labels[iri] = (by_key[least].type, name)
    store.set_links(same, labels)
    return len(labels)


def linked(store: Store) -> Callable[[Extraction, Entity], str]:
    """A key for each entity by which the same thing in several articles is one: its identity, or its own IRI."""
    same = {q.s: str(q.o) for q in store.quads(p=vocab.sameThingAs)}
    names: dict[str, dict[str, str]] = {}

    def key(extraction: Extraction, entity: Entity) -> str:
        article = extraction.article.id
        if article not in names:
            names[article] = {id: str(iri) for id, iri in entity_iris(extraction, base=store.base).items()}
        own = names[article][entity.id]
        return same.get(Iri(own), own)

    return key


def write_outputs(store: Store, folder: Path) -> list[Path]:
    """Write `graph.nq` (canonical), `graph.trig` (for people) and `view.html` beside the store; their paths."""
    from .export import export

    written = []
    for name, form in (("graph.nq", "nq"), ("graph.trig", "trig")):
        written.append(_write(folder / name, export(store, "all", form)))
    written.append(write_view(store, folder / "view.html"))
    return written


def write_view(store: Store, path: Path, *, focus: str | None = None) -> Path:
    """Write the HTML view of a store; with `focus`, of the statements, figures and roles about one entity or topic."""
    from .view import page

    found = list(store.extractions())
    if focus is not None:
        found = [part for part in (focused(e, focus) for e in found) if part is not None]
        if not found:
            raise KGError(
                f"no entity or topic of {store.folder} is called {focus!r}; kg query topic and who-said-what list names"
            )
    return _write(path, page(found, identity=linked(store)))


def focused(extraction: Extraction, name: str) -> Extraction | None:
    """The part of an extraction that has to do with an entity or topic of that name; None if there is none."""
    wanted = name.casefold()
    entities = {
        e.id
        for e in extraction.entities
        if wanted in e.name.casefold() or any(wanted == extraction.article.quote(m.span).casefold() for m in e.mentions)
    }
    filed = {a for t in extraction.topics if wanted in t.label.casefold() or wanted == t.lemma for a in t.attributions}
    if not entities and not filed:
        return None
    spans = [m.span for e in extraction.entities if e.id in entities for m in e.mentions]
    about = {
        a.id
        for a in extraction.attributions
        if a.id in filed or a.entity in entities or any(s in c for s in spans for c in a.content)
    }
    figures = tuple(
        f for f in extraction.figures if f.attribution in about or f.place in entities or entities & set(f.reporters)
    )
    about |= {f.attribution for f in figures if f.attribution}
    return replace(
        extraction,
        attributions=tuple(
            replace(a, parent=a.parent if a.parent in about else None) for a in extraction.attributions if a.id in about
        ),
        figures=figures,
        roles=tuple(r for r in extraction.roles if r.holder in entities or r.organization in entities),
        relations=tuple(r for r in extraction.relations if r.subject in entities or r.object in entities),
        events=tuple(e for e in extraction.events if any(p.entity in entities for p in e.participants)),
        topics=tuple(
            replace(t, attributions=tuple(a for a, _ in kept), mentions=tuple(m for _, m in kept))
            for t in extraction.topics
            if (kept := [(a, m) for a, m in zip(t.attributions, t.mentions, strict=True) if a in about])
        ),
    )


def _write(path: Path, text: str) -> Path:
    """Write a file whole or not at all, in UTF-8 whatever the locale."""
    part = path.with_name(path.name + ".part")
    part.write_text(text, encoding="utf-8", newline="\n")
    part.replace(path)
    return path
