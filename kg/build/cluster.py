"""Articles extracted by many processes, on one machine or a cluster: Dask spreads the jobs, one process writes.

A worker turns an article into sorted N-Quads lines. Names in them are hashes
of what they stand for, so that a job done twice gives the same lines, and the
graph has the same bytes whoever did which job in what order.

A task is a few jobs. When a worker dies its tasks are done by another. The
jobs of a task on which workers die again and again are put aside and done once
more, each alone, when all others are done; a job on which all die then too has
its article quarantined.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from importlib import import_module
from pathlib import Path
from threading import Lock
from typing import Any

from .. import store as stores
from ..errors import KGError
from ..rdf.terms import joined, nquads
from ..resources import VERSION
from ..review.decision_file import FILE, append, load
from ..review.history import missing
from ..review.in_graph import as_found
from ..store import Store
from .builder import Done, Job, Made, Pool, Step, make
from .results import Result

AHEAD = 3
"""Tasks given out for each thread of a worker: one to do, one to go on with, and one that the scheduler has."""

JOBS, LETTERS = 4, 20_000
"""A task is at most so many articles, of about so many characters: each task costs Dask some milliseconds."""

MEMORY = "4GB"
"""What a worker may hold before it is started anew: a pipeline, and the most that one article may take."""

PATIENCE = "30s"
"""How long a scheduler may take to answer."""

_SETTINGS = {
    "distributed.scheduler.allowed-failures": 2,
    "distributed.scheduler.worker-saturation": 1.5,  # a task waits at each worker, or it would wait for this process
    "distributed.scheduler.worker-ttl": "180s",  # a worker stuck in a single step cannot be reached by our own limits
    "distributed.comm.timeouts.connect": "60s",
    "distributed.logging.distributed": "critical",  # a worker that dies is reported by its article, not in tracebacks
    "distributed.nanny.pre-spawn-environ": {
        "OMP_NUM_THREADS": 1,
        "OPENBLAS_NUM_THREADS": 1,
        "MKL_NUM_THREADS": 1,
        "DASK_DISTRIBUTED__LOGGING__DISTRIBUTED": "critical",
    },
}

_ONE = Lock()
"""A spaCy pipeline serves one thread at a time."""


def pool(*, workers: int | None = None, scheduler: str | None = None) -> Pool:
    """A pool for `kg.build`: so many processes of this machine, or a Dask scheduler's, such as `tcp://host:8786`.

    Nothing is started before the first job. On a cluster the same version of
    this package and the pipeline must be installed wherever a worker runs.

    Raises KGError, then, if Dask is not installed, the scheduler does not
    answer, or a worker has another version.

    >>> pool(workers=0)
    Traceback (most recent call last):
        ...
    kg.errors.KGError: 0 workers cannot do anything; give at least 1
    """
    if (workers is None) is (scheduler is None):
        raise KGError("name either a number of workers or the address of a scheduler, not both")
    if workers is not None and workers < 1:
        raise KGError(f"{workers} workers cannot do anything; give at least 1")

    def spread(steps: Iterable[Step]) -> Iterator[Done]:
        with ExitStack() as stack:
            yield from _spread(steps, stack, workers, scheduler)

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

    What people decided in them comes, too. `kg.review.in_graph.revise` and `kg.build.link` have to follow.

    Raises StoreError if one is no store, or names its nodes under another base.
    """
    taken = 0
    for folder in folders:
        with stores.open(folder, base=store.base) as part:
            append(store.folder / FILE, missing(load(store.folder / FILE), load(part.folder / FILE)))
            for entry in part.entries():
                if store.entry(entry.key) != entry:
                    store.put_nquads(joined(nquads(as_found(part, entry.article))), entry)
                taken += 1
    return taken


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
    tasks: dict[Any, list[Job]] = {}
    suspects: list[Job] = []
    for step in _tasks(steps):
        if isinstance(step, Result):
            yield step
            continue
        if client is None:
            client = _client(stack, workers, scheduler)
            completed = _dask("distributed").as_completed(loop=client.loop)
        while len(tasks) >= AHEAD * max(1, sum(client.nthreads().values())):
            yield from _next(completed, tasks, suspects)
        future = client.submit(_work, step, VERSION, pure=False)
        tasks[future] = step
        completed.add(future)
    while tasks:
        yield from _next(completed, tasks, suspects)
    for job in suspects:
        alone = _outcome(client.submit(_work, [job], VERSION, pure=False))
        died = Made(why=f"{job.entry.key}: every worker that read it died; split it, or leave it out")
        yield job, alone[0] if alone is not None else died


def _tasks(steps: Iterable[Step]) -> Iterator[Result | list[Job]]:
    """Jobs, several at a time; results as they come."""
    task: list[Job] = []
    letters = 0
    for step in steps:
        if isinstance(step, Result):
            yield step
            continue
        task.append(step)
        letters += len(step.article.text)
        if len(task) >= JOBS or letters >= LETTERS:
            yield task
            task, letters = [], 0
    if task:
        yield task


def _next(completed: Any, tasks: dict[Any, list[Job]], suspects: list[Job]) -> Iterator[tuple[Job, Made]]:
    future = next(completed)
    jobs = tasks.pop(future)
    made = _outcome(future)
    if made is None:
        suspects += jobs
    else:
        yield from zip(jobs, made, strict=True)


def _outcome(future: Any) -> list[Made] | None:
    """What the jobs of a task came to; None if the workers that did it died.

    Raises KGError if the fault is not the articles'.
    """
    dd = _dask("distributed")
    try:
        made: list[Made] = future.result()
    except dd.KilledWorker:
        return None
    except dd.CancelledError as error:
        raise KGError(f"the Dask scheduler is gone ({error}); what is stored stays, build again to go on") from None
    finally:
        future.release()
    return made


def _work(jobs: list[Job], version: str) -> list[Made]:
    """Do jobs in a worker.

    Raises KGError if the worker would do them otherwise than the process that asks.
    """
    if version != VERSION:
        raise KGError(f"a worker has reportedly {VERSION}, this process {version}; install the same on both")
    with _ONE:
        return [make(job) for job in jobs]
