"""Every error this package raises on purpose, as a tree.

KGError
  SpanError         an offset lies outside the article, or runs backwards
  EvidenceError     a quoted text is not in the article
  ReadError         a source cannot be read as an article
  CueError          a line of a table of cues cannot be read
  ModelMissing      the parsing model is not installed
  ExtractorError    there is no such extractor, or it cannot be loaded
  ReplyError        a language model answered nothing that can be read
  OverLimit         an article took more time or memory than it may
  GraphError        a base or a line of N-Quads is not what graphs here are made of
  StoreError        a folder is not a store, or cannot be written
  DecisionError     what somebody decided cannot be read, or does not quote the article
  QueryError        a query is not known, not legal, or lacks a parameter
  ExportError       there is no such table or format
  ServeError        the server cannot start as asked
  Refused           a request to the server is not answered
  TooMuch           an answer is larger than the server gives
  WeightsError      trained weights are missing, broken or not what they should be
  ResourceMissing   a file that ships with the package is not there
"""


class KGError(Exception):
    """Base of all errors raised on purpose: the message says what, where, and what would be right."""


class SpanError(KGError, ValueError):
    """An offset lies outside the article, or runs backwards."""


class EvidenceError(KGError, ValueError):
    """An extractor quoted words that the article does not contain."""


class ReadError(KGError, ValueError):
    """A source cannot be read as an article: one line, whatever the source is called."""

    def __init__(self, source: str, why: str, remedy: str) -> None:
        line = " ".join(f"{source}: {why}; {remedy}".split())
        super().__init__("".join(c if c.isprintable() else "\ufffd" for c in line))
        self.source, self.why, self.remedy = source, why, remedy


class CueError(KGError, ValueError):
    """A line of a cue lexicon cannot be read."""


class ModelMissing(KGError, ImportError):
    """The spaCy pipeline asked for is not installed."""


class ExtractorError(KGError, LookupError):
    """No extractor of that name is installed, or what is cannot be loaded."""


class ReplyError(ExtractorError):
    """A language model answered nothing that can be read as records."""


class OverLimit(KGError, RuntimeError):
    """An article took more time or memory than it may."""


class GraphError(KGError, ValueError):
    """Nodes cannot be named under a base, or a line is none of canonical N-Quads."""


class StoreError(KGError, OSError):
    """A folder is not a store of this package, or cannot be used now."""


class DecisionError(KGError, ValueError):
    """A line is no decision that can be read, or speaks of words that are not there."""


class QueryError(KGError, ValueError):
    """A query has no such name, is not legal SPARQL, or lacks a parameter."""


class ExportError(KGError, ValueError):
    """There is no such table or format to export."""


class ServeError(KGError, RuntimeError):
    """The server cannot start as asked: a package, a token or a free port is missing."""


class Refused(KGError, RuntimeError):
    """A request that is not answered: the status says which rule it breaks, the message what would be right."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status, self.message = status, message


class TooMuch(KGError, RuntimeError):
    """An answer is larger than the server gives."""


class WeightsError(KGError, ValueError):
    """Trained weights, or what runs them, are missing, broken or not what they should be."""


class ResourceMissing(KGError, FileNotFoundError):
    """A file that ships with the package is not where it should be."""
