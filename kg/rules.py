"""The default extractor: the stages over a parse, in order."""

from __future__ import annotations

from .article import Article
from .attribution import find_attributions
from .document import Document, parse
from .entities import find_entities
from .events import find_events
from .extraction import Extraction
from .figures import find_figures
from .mentions import find_mentions
from .roles import find_roles
from .sources import resolve_sources
from .times import find_times
from .topics import find_topics


def extract(article: Article, /, model: str | None = None) -> Extraction:
    """Everything the rules find in an article, parsed by the given spaCy pipeline or the best one installed.

    Raises ModelMissing if no pipeline is.
    """
    return read_document(parse(article, model))


def read_document(document: Document) -> Extraction:
    """Everything the rules find in a parsed article."""
    times = find_times(document)
    named = find_entities(document, find_mentions(document))
    attributions, entities = resolve_sources(document, find_attributions(document), named)
    figures = find_figures(document, entities, attributions, times)
    roles = find_roles(document, entities, times)
    events, relations = find_events(document, entities, attributions, times, roles)
    topics = find_topics(document, attributions, entities)
    return Extraction(
        document.article, document.model, entities, attributions, figures, roles, times, events, relations, topics
    )
