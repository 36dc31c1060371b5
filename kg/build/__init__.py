"""Many sources -> one store and the files beside it, here or on many machines, stopped and gone on with anywhere."""

from __future__ import annotations

from .builder import Built, Job, Made, Pool, Step, build, make, run, serial, waiting
from .plan import Plan
from .results import REPORT, Fate, Result, write_report

__all__ = [
    "REPORT", "Built", "Fate", "Job", "Made", "Plan", "Pool", "Result", "Step", "build", "make", "run", "serial",
    "waiting", "write_report",
]  # fmt: skip
