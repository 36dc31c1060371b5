"""A graph in the formats of other tools."""

from __future__ import annotations

from .formats import export, table

__all__ = ["export", "table"]
