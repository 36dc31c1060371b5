"""A graph in the formats of other tools."""

from __future__ import annotations

from .data_frames import frames
from .formats import export, write
from .table_rows import TABLES, as_csv

__all__ = ["TABLES", "as_csv", "export", "frames", "write"]
