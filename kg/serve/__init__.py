"""A store over HTTP, to read: SPARQL 1.1 Protocol, query page, view, articles, entities, annotation of text.

Importing it loads neither Starlette nor uvicorn (extra `serve`): `run` does.
"""

from __future__ import annotations

from .limits import Limits
from .run import run

__all__ = ["Limits", "run"]
