"""The nodes behind an answer: what the rows of a question are about, though they tell names and words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from ..rdf.terms import Iri
from .questions import prepared, question, run

if TYPE_CHECKING:
    from ..store import Store

_TOLD = re.compile(r"^SELECT\s.*?\bWHERE\b", re.S | re.M)


def nodes(store: Store, query: str, values: Mapping[str, str] | None = None) -> list[Iri]:
    """The IRIs that an answer rests on, each once: of a shipped question all that its rows bind, else those told.

    Raises QueryError as `kg.query.run` does.
    """
    if re.fullmatch(r"[\w.-]*", query.strip()):
        text, _ = prepared(store, question(query.strip()), values or {})
        answer = run(store, _TOLD.sub("SELECT * WHERE", text, count=1))
    else:
        answer = run(store, query, values)
    rows = answer.triples if answer.columns is None else answer.terms
    return list(dict.fromkeys(term for row in rows for term in row if isinstance(term, Iri)))
