"""Every error this package raises on purpose, as a tree.

KGError
  SpanError         an offset lies outside the article, or runs backwards
  EvidenceError     a quoted text is not in the article
  ReadError         a source cannot be read as an article
  ModelMissing      the parsing model is not installed
  StoreError        a folder is not a store, or cannot be written
  QueryError        a query is not known, not legal, or lacks a parameter
  ExportError       there is no such table or format
  ServeError        the server cannot start as asked
  ResourceMissing   a file that ships with the package is not there
"""


class KGError(Exception):
    """Base of all errors raised on purpose: the message says what, where, and what would be right."""


class SpanError(KGError, ValueError):
    """An offset lies outside the article, or runs backwards."""


class EvidenceError(KGError, ValueError):
    """An extractor quoted words that the article does not contain."""


class ReadError(KGError, ValueError):
    """A source cannot be read as an article."""

    def __init__(self, source: str, why: str, remedy: str) -> None:
        super().__init__(f"{source}: {why}; {remedy}")
        self.source, self.why, self.remedy = source, why, remedy


class ModelMissing(KGError, ImportError):
    """The spaCy pipeline asked for is not installed."""


class StoreError(KGError, OSError):
    """A folder is not a store of this package, or cannot be used now."""


class QueryError(KGError, ValueError):
    """A query has no such name, is not legal SPARQL, or lacks a parameter."""


class ExportError(KGError, ValueError):
    """There is no such table or format to export."""


class ServeError(KGError, RuntimeError):
    """The server cannot start as asked: a package, a token or a free port is missing."""


class ResourceMissing(KGError, FileNotFoundError):
    """A file that ships with the package is not where it should be."""
