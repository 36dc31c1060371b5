"""The default extractor: the stages over a parse, in order."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ..errors import WeightsError
from ..records.extraction import Extraction
from ..text.article import Article
from ..text.document import Document, parse
from .attribution import find_attributions
from .attribution.cues import load_cues
from .attribution.encoder.encoder_weights import is_installed
from .attribution.reading_bench import Bench, default_bench
from .attribution.sources import resolve_sources
from .entities import find_entities
from .entities.gazetteer import gazetteer
from .entities.mentions import find_mentions
from .events import find_events
from .figures import find_figures
from .reliability import rated
from .roles import find_roles, with_origins
from .times import find_times
from .topics import find_topics


@dataclass(frozen=True, slots=True)
class UserTables:
    """A user's own tables, read on top of those that ship.

    `names` is for `kg.stages.entities.gazetteer`, `cues` for `kg.stages.attribution.cues`.
    """

    names: Path | None = None
    cues: Path | None = None


def extract(
    article: Article,
    /,
    model: str | None = None,
    *,
    tables: UserTables | None = None,
    attitudes: bool = False,
    fast: bool = False,
) -> Extraction:
    """Everything the rules find in an article, parsed by the given spaCy pipeline or the best one installed.

    With `attitudes`, what somebody wants, plans, knows or supports counts as a statement too, as in PolNeAR.
    With `fast`, the encoder does not read: about half the time, and more misread.

    Raises ModelMissing if no pipeline is, and ReadError if one of the user's tables cannot be read.

    >>> extract(Article("Jo Hill said no."), fast=True).entities[0].name
    'Jo Hill'
    """
    return read_document(parse(article, model), tables, attitudes=attitudes, reading=readers(fast=fast))


@dataclass(frozen=True, slots=True)
class Readers:
    """Who reads attributions: encoder and arbiter, or None; what they are called; why there is none unasked."""

    bench: Bench | None
    name: str
    problem: str | None = None


def readers(*, fast: bool = False) -> Readers:
    """The encoder where onnxruntime is installed and the weights are sound, unless it shall be fast; else the grammar.

    Weights that are missing or broken are a problem; that onnxruntime is not installed is none.

    >>> readers(fast=True).name
    'grammar'
    """
    if fast or not is_installed():
        return Readers(None, "grammar")
    try:
        bench = default_bench()
    except WeightsError as error:
        return Readers(None, "grammar", str(error))
    return Readers(bench, bench.name)


def read_document(
    document: Document,
    tables: UserTables | None = None,
    *,
    attitudes: bool = False,
    reading: Readers | None = None,
) -> Extraction:
    """Everything the rules find in a parsed article, its attributions by the given readers, else those that ship.

    `problems` says why where the encoder should have read and could not.
    """
    reading = reading or readers()
    own = tables or UserTables()
    known = gazetteer(own.names) if own.names else None
    lexicon = load_cues(own.cues) if own.cues else None
    times = find_times(document)
    bench = reading.bench
    glance = bench.look(document) if bench is not None else None
    named = find_entities(document, find_mentions(document, known), known, glance)
    said = find_attributions(document, lexicon=lexicon, attitudes=attitudes, bench=bench, glance=glance)
    attributions, entities = resolve_sources(document, said, named)
    figures = find_figures(document, entities, attributions, times)
    entities = with_origins(document, entities)
    roles = find_roles(document, entities, times, attributions)
    events, relations = find_events(document, entities, attributions, times, roles)
    topics = find_topics(document, attributions, entities)
    found = Extraction(
        document.article, document.model, entities, attributions, figures, roles, times, events, relations, topics,
        problems=(reading.problem,) if reading.problem else (), extractor=f"rules, {reading.name}",
    )  # fmt: skip
    # what somebody wants or feels has no marked news to be weighed by: it keeps its reader's own confidence
    return found if attitudes else rated(found, "grammar" if bench is None else "encoder")
