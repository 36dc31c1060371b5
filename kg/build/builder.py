"""Many sources -> one store: what is new is read, what changed replaced, what is gone removed, the rest skipped."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path

from .. import store as stores
from ..errors import KGError, ModelMissing, StoreError
from ..identity.linking import link
from ..rdf.write import to_nquads
from ..reading import Outcome, articles
from ..records.extraction import confident, with_used_times
from ..review.in_graph import Rulings, revise, rulings, with_reviews
from ..stages.plugins import OwnExtractor
from ..store import Entry, Store
from ..text.article import Article
from .limits import ArticleLimits, within
from .outputs import write_outputs
from .plan import Extract, Plan, rules
from .results import Fate, Result, write_report


@dataclass(frozen=True, slots=True)
class Job:
    """An article to extract: all that a process elsewhere has to know; `recognised` as in `kg.reading.Outcome`."""

    entry: Entry
    source: str
    article: Article
    base: str
    min_confidence: float
    extract: Extract = rules
    all_times: bool = False
    limits: ArticleLimits = field(default_factory=ArticleLimits)
    recognised: str | None = None


@dataclass(frozen=True, slots=True)
class Made:
    """What a job came to: canonical N-Quads, with how many statements, figures, roles, entities; or why to nothing.

    `warnings` are what an extractor other than the rules could not read.
    """

    nquads: bytes = b""
    counts: tuple[int, int, int, int] = (0, 0, 0, 0)
    why: str | None = None
    warnings: tuple[str, ...] = ()


Step = Job | Result
Done = Result | tuple[Job, Made]
Pool = Callable[[Iterable[Step]], Iterator[Done]]
"""Whatever does jobs, here or elsewhere, in any order: results pass through it, jobs come back with what they made."""


def make(job: Job) -> Made:
    """Do a job. Whatever an article does to the extractor is its own Made's `why`.

    Raises ModelMissing if the parser is not installed: that is no article's fault.
    """

    def work() -> Made:
        found = confident(job.extract(job.article, job.entry.model or ""), job.min_confidence)
        counts = (len(found.attributions), len(found.figures), len(found.roles), len(found.entities))
        warnings = found.problems if isinstance(job.extract, OwnExtractor) else ()
        if job.recognised is not None:
            found = replace(found, problems=(*found.problems, job.recognised))
        whole = found if job.all_times else with_used_times(found)
        return Made(to_nquads(whole, base=job.base), counts, warnings=warnings)

    name = job.entry.key
    try:
        return within(job.limits, work)
    except ModelMissing:
        raise
    except KGError as error:
        return Made(why=f"{name}: {error}")
    except MemoryError:
        return Made(why=f"{name}: the extractor ran out of memory; split the text")
    except Exception as error:  # one article that breaks a stage must not cost the others
        reason = " ".join(f"{type(error).__name__}: {error}".split())[:300]
        return Made(why=f"{name}: the extractor failed ({reason}); please report it")


def serial(steps: Iterable[Step]) -> Iterator[Done]:
    """The pool that is this process.

    >>> list(serial([Result("mill.txt", Fate.UNCHANGED)]))[0].fate
    <Fate.UNCHANGED: 'unchanged'>
    """
    for step in steps:
        yield step if isinstance(step, Result) else (step, make(step))


def build(plan: Plan, store: Store, *, pool: Pool = serial) -> Iterator[Result]:
    """Bring a store up to date with a plan's sources; a result as soon as each article is stored.

    An article is stored in one atomic write with its entry in the ledger, so
    that a build that is stopped anywhere goes on where it was. An input whose
    bytes, metadata, extractor and model are those of the ledger is skipped.
    What was read from a folder, table or archive and is no longer in it is
    removed. People's words in force go with the article into the store.

    Raises ModelMissing if no parser is installed, StoreError if the store
    cannot be written; what is wrong with a single article is its Result's `why`.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder, stores.open(f"{folder}/graph", create=True) as store:
    ...     mill = Path(folder, "mill.txt")
    ...     text = mill.write_text("Jo Hill said the mill had closed. The mayor denied that it had been sold.")
    ...     [(str(result.fate), result.statements) for _ in "12" for result in build(Plan([mill]), store)]
    [('added', 2), ('unchanged', 0)]
    """
    named = [str(s) for s in plan.sources]
    inputs = _Inputs(plan, store.entry, store.base)
    words = rulings(store.folder)
    for done in pool(inputs.steps()):
        if isinstance(done, Result):
            yield done
        else:
            result = _stored(*done, store, words)
            yield replace(result, warnings=(*inputs.warned.pop(done[0].source, ()), *done[1].warnings))
    yield from _gone(named, inputs.seen, inputs.failed, store, plan.shard)


def waiting(plan: Plan, folder: Path) -> Iterator[Article]:
    """The articles that a build of the plan into a folder would extract, in its order; nothing is written.

    Raises StoreError if the folder holds no store that can be read, other than none.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     _ = Path(folder, "mill.txt").write_text("Jo Hill said the mill had closed. The mayor denied that it had.")
    ...     [article.text[:15] for article in waiting(Plan([folder]), Path(folder, "graph"))]
    ['Jo Hill said th']
    """
    known: dict[str, Entry] = {}
    if (folder / "store.json").is_file():
        with stores.open(folder) as store:
            known = {entry.key: entry for entry in store.entries()}
    for step in _Inputs(plan, known.get, "").steps():
        if isinstance(step, Job):
            yield step.article


@dataclass(slots=True)
class _Inputs:
    """A plan's sources as steps, and what came of reading them; `entry` is what the ledger has of one."""

    plan: Plan
    entry: Callable[[str], Entry | None]
    base: str
    seen: dict[str, str] = field(default_factory=dict)
    failed: set[str] = field(default_factory=set)
    warned: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def steps(self) -> Iterator[Step]:
        """What is to be extracted as jobs, what is not as results."""
        plan, parser, extractor = self.plan, self.plan.parser(), self.plan.extractor()
        named = [str(s) for s in plan.sources]
        for outcome in articles(named, meta=plan.meta, columns=plan.columns, fetcher=plan.fetcher):
            key = _key(outcome, self.seen)
            if plan.shard is not None and not _falls_in(key, *plan.shard):
                continue
            if outcome.article is None:
                yield self._unread(key, outcome)
                continue
            entry = Entry(key, outcome.article.id, _input_hash(outcome.article), extractor, parser)
            if self.seen.get(key) == entry.input_hash:  # the same file, named twice
                continue
            self.seen[key] = entry.input_hash or ""
            if self.entry(key) == entry:
                yield Result(key, Fate.UNCHANGED, entry.article, warnings=outcome.warnings)
                continue
            self.warned[key] = outcome.warnings
            yield Job(
                entry, key, outcome.article, self.base, plan.min_confidence, plan.extract, plan.all_times, plan.limits,
                outcome.recognised,
            )  # fmt: skip

    def _unread(self, key: str, outcome: Outcome) -> Result:
        if outcome.error is None:
            return Result(key, Fate.LEFT_OUT, warnings=outcome.warnings)
        self.failed.add(outcome.source)
        self.seen.setdefault(key, "")
        return Result(key, Fate.FAILED, why=str(outcome.error), warnings=outcome.warnings)


def _key(outcome: Outcome, seen: Mapping[str, str]) -> str:
    """What the ledger calls an input; several articles of one source without names are told apart by their ids."""
    article = outcome.article
    if article is None:
        return outcome.source
    if outcome.source == "-":
        return f"stdin:{article.id}"
    if seen.get(outcome.source) in (None, _input_hash(article)):
        return outcome.source
    return f"{outcome.source}#{article.id}"


def _falls_in(key: str, i: int, n: int) -> bool:
    return int(sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:12], 16) % n == i - 1


def _stored(job: Job, made: Made, store: Store, words: Rulings) -> Result:
    entry = job.entry
    if made.why is not None:
        return Result(job.source, Fate.QUARANTINED, why=made.why)
    before = store.entry(entry.key)
    store.put_nquads(with_reviews(made.nquads, words, base=store.base), entry)
    return Result(job.source, Fate.REPLACED if before else Fate.ADDED, entry.article, *made.counts)


def _input_hash(article: Article) -> str:
    """A hash of all that is known of an article before it is parsed."""
    return sha256(repr(article).encode("utf-8", "surrogatepass")).hexdigest()


def _gone(
    sources: list[str], seen: Collection[str], failed: set[str], store: Store, shard: tuple[int, int] | None
) -> Iterator[Result]:
    """Remove what was read from these sources before and is in them no more.

    A file, table or archive is the unit: what a broken one did not give now stays as it was, and so does what lies in
    a folder that may not be looked into.
    """
    shut = tuple(f + os.sep for f in failed if Path(f).is_dir() and not os.access(f, os.R_OK | os.X_OK))
    roots = tuple(s.rstrip(os.sep) for s in sources if s != "-" and Path(s).exists())
    for key in store.keys(*roots):
        if key in seen or key.startswith(shut) or (shard is not None and not _falls_in(key, *shard)):
            continue
        whole = _container(key)
        if whole is None or not any(f == whole or f.startswith((whole + os.sep, whole + ":")) for f in failed):
            store.remove(key)
            yield Result(key, Fate.REMOVED)


def _container(key: str) -> str | None:
    """The file that holds, or held, an input: `dump.jsonl` for `dump.jsonl:17`; None if it is not there."""
    while key and not Path(key).exists():
        cut = max(key.rfind(":"), key.rfind(os.sep))
        key = key[: max(cut, 0)]
    return key if key and Path(key).is_file() else None


@dataclass(frozen=True, slots=True)
class Built:
    """What a build came to: what became of each source, the files written, and whether it came to its end."""

    results: tuple[Result, ...]
    written: tuple[Path, ...]
    complete: bool


def run(
    plan: Plan, folder: Path, *, each: Callable[[Result], None] = lambda result: None, pool: Pool = serial
) -> Built:
    """A whole build: `build` into the store in a folder, `link`, `write_outputs`, and the report of it all.

    `each` is called with every result as it comes. Ctrl-C ends the build: what
    was stored stays, the report says that the build is not complete, and the
    next build goes on.

    Raises StoreError if the folder is no store, in use or cannot be written,
    and then leaves the store as the last article left it.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     _ = Path(folder, "mill.txt").write_text("Jo Hill said the mill had closed. The mayor denied that it had.")
    ...     built = run(Plan([folder]), Path(folder, "graph"))
    ...     [path.name for path in built.written], built.complete
    (['graph.nq', 'graph.trig', 'view.html', 'build-report.jsonl'], True)
    """
    results: list[Result] = []
    written: tuple[Path, ...] = ()
    with stores.open(folder, create=True, base=plan.base) as store:
        try:
            for result in build(plan, store, pool=pool):
                results.append(result)
                each(result)
            revise(store)
            link(store)
            written = tuple(write_outputs(store, folder, outputs=plan.outputs))
        except KeyboardInterrupt:
            return Built(tuple(results), (write_report(results, folder, complete=False),), False)
        except StoreError:
            with suppress(StoreError):  # the first error says more than that its report cannot be written either
                write_report(results, folder, complete=False)
            raise
        report = write_report(results, folder)
    return Built(tuple(results), (*written, report), True)
