"""Articles extracted by many processes, on one machine or a cluster: Dask spreads the jobs, one process writes.

A worker turns an article into sorted N-Quads lines. Names in them are hashes
of what they stand for, so that a job done twice gives the same lines, and the
graph has the same bytes whoever did which job in what order.

A worker that dies has its job done by another. A job on which workers die
again and again is put aside and done once more alone, when all others are
done; if that fails too, its article is quarantined.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from importlib import import_module
from pathlib import Path
from threading import Lock
from time import monotonic
from typing import Any

from . import __version__
from . import store as stores
from .build import Done, Job, Made, Pool, Result, Step, make
from .errors import KGError
from .store import Store
from .terms import joined, nquads

AHEAD = 4
"""Jobs given out for each thread of a worker: one to do, and some to go on with while this process writes."""

TOGETHER = 16
"""The most articles that are stored in one write: half the work for them of sixteen writes."""

WAIT = 5.0
"""Seconds after which what came back is stored, though it is less."""

MEMORY = "4GB"
"""What a worker may hold before it is started anew: a pipeline, and the most that one article may take."""

PATIENCE = "30s"
"""How long a scheduler may take to answer."""

_SETTINGS = {
    "distributed.scheduler.allowed-failures": 2,
    "distributed.scheduler.worker-saturation": 1.0,  # nobody waits behind a job that kills its worker
    "distributed.scheduler.worker-ttl": "180s",  # a worker stuck in a single step cannot be reached by our own limits
    "distributed.comm.timeouts.connect": "60s",
    "distributed.nanny.pre-spawn-environ": {"OMP_NUM_THREADS": 1, "OPENBLAS_NUM_THREADS": 1, "MKL_NUM_THREADS": 1},
    "distributed.logging.distributed": "critical",  # a worker that dies is reported by its article, not in tracebacks
}

_ONE = Lock()
"""A spaCy pipeline serves one thread at a time."""


def pool(*, workers: int | None = None, scheduler: str | None = None) -> Pool:
    """A pool for `kg.build`: so many processes of this machine, or a Dask scheduler's, such as `tcp://host:8786`.

    Nothing is started before the first job. On a cluster the same version of
    this package and the pipeline must be installed wherever a worker runs.

    Raises KGError, then, if Dask is not installed, the scheduler does not
    answer, or a worker has another version.
    """
    if (workers is None) is (scheduler is None):
        raise KGError("name either a number of workers or the address of a scheduler, not both")
    if workers is not None and workers < 1:
        raise KGError(f"{workers} workers cannot do anything; give at least 1")

    def spread(steps: Iterable[Step]) -> Iterator[Sequence[Done]]:
        with ExitStack() as stack:
            yield from together(_spread(steps, stack, workers, scheduler))

    return spread


def shard(text: str) -> tuple[int, int]:
    """Which part of how many `i/n` names: for `--shard`.

    Raises KGError if it names none.

    >>> shard("2/8")
    (2, 8)
    """
    found = re.fullmatch(r"(\d{1,6})/(\d{1,6})", text.strip())
    if found is None or not 1 <= int(found[1]) <= int(found[2]):
        raise KGError(f"{text!r} names no part; write 1/8 for the first of eight")
    return int(found[1]), int(found[2])


def merge(folders: Iterable[Path], store: Store) -> int:
    """Take the articles of other stores, such as the shards of a build, into one; how many there are.

    `kg.build.link` has to follow.

    Raises StoreError if one is no store, or names its nodes under another base.
    """
    taken = 0
    for folder in folders:
        with stores.open(folder, base=store.base) as part:
            entries = part.entries()
            new = [entry for entry in entries if store.entry(entry.key) != entry]
            for i in range(0, len(new), TOGETHER):
                some = new[i : i + TOGETHER]
                store.put_several([(joined(nquads(part.own(entry.article))), entry) for entry in some])
            taken += len(entries)
    return taken


def together(each: Iterable[Done]) -> Iterator[Sequence[Done]]:
    """What comes, in groups to be stored in one write each."""
    group: list[Done] = []
    begun = 0.0
    for done in each:
        if not group:
            begun = monotonic()
        group.append(done)
        if len(group) >= TOGETHER or monotonic() - begun > WAIT:
            yield group
            group = []
    if group:
        yield group


def _dask(name: str) -> Any:
    """A module of Dask, whose functions have no types that mypy accepts."""
    return import_module(name)


def _client(stack: ExitStack, workers: int | None, scheduler: str | None) -> Any:
    try:
        dask, dd = _dask("dask"), _dask("distributed")
    except ImportError:
        raise KGError("several workers need Dask; install reportedly[scale]") from None
    stack.enter_context(dask.config.set(_SETTINGS))
    try:
        if scheduler is not None:
            return stack.enter_context(dd.Client(scheduler, timeout=PATIENCE, set_as_default=False))
        cluster = dd.LocalCluster(
            n_workers=workers, threads_per_worker=1, processes=True, memory_limit=MEMORY, dashboard_address=None
        )
        stack.enter_context(cluster)
        return stack.enter_context(dd.Client(cluster, timeout="60s", set_as_default=False))
    except (OSError, TimeoutError, ValueError) as error:
        where = scheduler or f"{workers} workers of this machine"
        raise KGError(f"{where}: no Dask scheduler answers ({error}); check the address and that it runs") from None


def _spread(steps: Iterable[Step], stack: ExitStack, workers: int | None, scheduler: str | None) -> Iterator[Done]:
    client: Any = None
    completed: Any = None
    jobs: dict[Any, Job] = {}
    suspects: list[Job] = []
    for step in steps:
        if isinstance(step, Result):
            yield step
            continue
        if client is None:
            client = _client(stack, workers, scheduler)
            completed = _dask("distributed").as_completed(loop=client.loop)
        while len(jobs) >= AHEAD * max(1, sum(client.nthreads().values())):
            yield from _next(completed, jobs, suspects)
        future = client.submit(_work, step, __version__, pure=False)
        jobs[future] = step
        completed.add(future)
    while jobs:
        yield from _next(completed, jobs, suspects)
    for job in suspects:
        future = client.submit(_work, job, __version__, pure=False)
        yield (
            job,
            _outcome(future, job)
            or Made(why=f"{job.entry.key}: every worker that read it died; split it, or leave it out"),
        )


def _next(completed: Any, jobs: dict[Any, Job], suspects: list[Job]) -> Iterator[tuple[Job, Made]]:
    future = next(completed)
    job = jobs.pop(future)
    made = _outcome(future, job)
    if made is None:
        suspects.append(job)
    else:
        yield job, made


def _outcome(future: Any, job: Job) -> Made | None:
    """What a job came to; None if the workers that did it died.

    Raises KGError if the fault is not the article's.
    """
    dd = _dask("distributed")
    try:
        nquads, counts, why = future.result()
    except dd.KilledWorker:
        return None
    except dd.CancelledError as error:
        raise KGError(f"the Dask scheduler is gone ({error}); what is stored stays, build again to go on") from None
    finally:
        future.release()
    return Made(nquads, counts, why)


def _work(job: Job, version: str) -> tuple[bytes, tuple[int, int, int, int], str | None]:
    """Do a job in a worker.

    Raises KGError if the worker would do it otherwise than the process that asks.
    """
    if version != __version__:
        raise KGError(f"a worker has reportedly {__version__}, this process {version}; install the same on both")
    with _ONE:
        made = make(job)
    return made.nquads, made.counts, made.why
