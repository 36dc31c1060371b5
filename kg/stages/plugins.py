"""Extractors by name: the rules, and whatever an installed package offers under the entry point `kg.extractors`.

A package offers one by a line of its `pyproject.toml`:

    [project.entry-points."kg.extractors"]
    transcript = "my_package:extract"

where `extract` is any function from an Article to an Extraction. What it
finds is checked before anybody sees it: every span must lie in the article.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass, replace
from functools import lru_cache
from importlib.metadata import EntryPoint, entry_points
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from ..errors import ExtractorError, KGError
from ..records.extraction import Extraction, Extractor
from ..text.article import Article, Span

if TYPE_CHECKING:
    from .rules import UserTables

GROUP = "kg.extractors"
RULES = "rules"
"""The name of the extractor that ships."""


@dataclass(frozen=True, slots=True)
class Plugin:
    """An installed extractor: its name, and the package and version that offer it. It is loaded where it is called."""

    name: str
    package: str

    @property
    def variant(self) -> str:
        """What tells it from other extractors, and from its own other versions: the ledger of a build keeps it."""
        return f"{self.name} of {self.package}"

    def __call__(self, article: Article, _model: str | None = None, /) -> Extraction:
        """What it finds in an article.

        Raises ExtractorError if it breaks, or returns something else than an Extraction of this article,
        SpanError if one of its records has a span that is not in the article.
        """
        try:
            found = _load(self)(article)
        except (KGError, MemoryError):
            raise
        except Exception as error:  # whatever somebody else's code raises is that code's own, and said so
            reason = " ".join(f"{type(error).__name__}: {error}".split())[:300]
            raise ExtractorError(f"extractor {self.variant} failed ({reason})") from error
        return replace(checked(found, article, self.variant), extractor=self.name)


@runtime_checkable
class OwnExtractor(Protocol):
    """An extractor other than the rules: it says what tells it from others, and parses as it likes, or not at all."""

    @property
    def variant(self) -> str: ...

    def __call__(self, article: Article, _model: str | None = None, /) -> Extraction: ...


def checked(found: object, article: Article, name: str) -> Extraction:
    """What an extractor returned, if it is an Extraction of the article and has all its words there.

    Raises ExtractorError if it is none, SpanError if one of its records has a span that is not in the article.

    >>> checked("no extraction", Article("Jo Hill said no."), "mine")
    Traceback (most recent call last):
        ...
    kg.errors.ExtractorError: extractor mine returned no kg.Extraction of the article it was given
    """
    if not isinstance(found, Extraction) or found.article != article:
        raise ExtractorError(f"extractor {name} returned no kg.Extraction of the article it was given")
    for span in _spans(found):
        article.quote(span)  # raises if the article ends before
    return found


def extract(
    article: Article,
    /,
    model: str | None = None,
    *,
    extractor: str | OwnExtractor = RULES,
    tables: UserTables | None = None,
    attitudes: bool = False,
    fast: bool = False,
) -> Extraction:
    """Everything that an extractor finds in an article: the rules, the one installed under a name, or the one given.

    `model`, `tables`, `attitudes` and `fast` are for the rules, as `kg.stages.rules.extract` takes them.

    Raises ExtractorError if none has the name, or is not the rules and given what only they take;
    ModelMissing, ReadError or SpanError as the extractor itself does.

    >>> article = Article("Jo Hill denied that the mill had closed.")
    >>> found = extract(article)
    >>> [(str(a.stance), article.quote(a.content[0])) for a in found.attributions]
    [('denies', 'the mill had closed')]
    """
    if extractor == RULES:
        from .rules import extract as rules

        return rules(article, model, tables=tables, attitudes=attitudes, fast=fast)
    own = plugin(extractor) if isinstance(extractor, str) else extractor
    if any((model, tables, attitudes, fast)):
        raise ExtractorError(
            f"extractor {own.variant} takes an article alone; model, tables and attitudes are for the rules"
        )
    return own(article)


def plugin(name: str) -> Plugin:
    """The extractor that an installed package offers under a name.

    Raises ExtractorError if there is none, several packages offer one, or it cannot be loaded.

    >>> plugin("no such extractor")  # doctest: +ELLIPSIS
    Traceback (most recent call last):
        ...
    kg.errors.ExtractorError: no extractor is called 'no such extractor'; ...
    """
    offered = {Plugin(name, _package(entry)) for entry in entry_points(group=GROUP, name=name)}
    if not offered:
        raise ExtractorError(f"no extractor is called {name!r}; installed are {', '.join(installed())}")
    if len(offered) > 1:
        packages = " and ".join(sorted(found.package for found in offered))
        raise ExtractorError(f"{packages} both offer an extractor called {name!r}; uninstall one")
    found = offered.pop()
    _load(found)
    return found


def installed() -> tuple[str, ...]:
    """The names of all extractors that can be asked for, sorted, the rules first.

    >>> installed()[0]
    'rules'
    """
    return (RULES, *sorted({entry.name for entry in entry_points(group=GROUP)} - {RULES}))


def _package(entry: EntryPoint) -> str:
    return f"{entry.dist.name} {entry.dist.version}" if entry.dist is not None else entry.value


@lru_cache(maxsize=64)
def _load(plugin: Plugin) -> Extractor:
    for entry in entry_points(group=GROUP, name=plugin.name):
        if _package(entry) == plugin.package:
            try:
                found = entry.load()
            except Exception as error:  # importing runs somebody else's code
                reason = " ".join(f"{type(error).__name__}: {error}".split())[:300]
                raise ExtractorError(f"extractor {plugin.variant} cannot be loaded ({reason})") from error
            if not callable(found):
                raise ExtractorError(f"extractor {plugin.variant} is {entry.value}, which cannot be called")
            loaded: Extractor = found
            return loaded
    raise ExtractorError(f"extractor {plugin.variant} is not installed here; install the same wherever a worker runs")


def _spans(record: object) -> Iterator[Span]:
    """Every span of a record, and of the records in it."""
    if isinstance(record, Span):
        yield record
    elif isinstance(record, tuple):
        for one in record:
            yield from _spans(one)
    elif is_dataclass(record):
        for field in fields(record):
            yield from _spans(getattr(record, field.name))
