"""What a build shall do: which sources, read by what and how, kept where in the graph. One value, handed on whole."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from ..reading import Metadata
from ..records.extraction import Extraction
from ..resources import VERSION
from ..stages.plugins import OwnExtractor
from ..text.article import Article
from ..text.document import default_model
from .limits import ArticleLimits

if TYPE_CHECKING:
    from ..reading.fetch import Fetcher

Extract = Callable[[Article, str], Extraction]


def rules(article: Article, model: str) -> Extraction:
    """What the rules find in an article.

    >>> found = rules(Article("The mill had closed, said Jo Hill."), "en_core_web_sm")
    >>> [(e.id, e.name) for e in found.entities], found.attributions[0].entity
    ([('e1', 'Jo Hill')], 'e1')
    """
    from ..stages.rules import extract

    return extract(article, model)


@dataclass(frozen=True, slots=True)
class Plan:
    """What to build from.

    `columns` and `fetcher` are as in `kg.reading.articles`; `shard` (i, n)
    takes only the i-th of n parts, numbered from 1, of all inputs. `extract`
    may be an `OwnExtractor`, which then stands in the ledger; for anything else
    `variant` says there what it is. `base` names the nodes of a new store, and
    `outputs` is as in `kg.build.outputs.write_outputs`. With `all_times`, the graph
    holds every time expression, else those that date a record.
    """

    sources: Iterable[str | Path]
    meta: Metadata | None = None
    model: str | None = None
    min_confidence: float = 0.0
    columns: Mapping[str, str] | None = None
    fetcher: Fetcher | None = None
    extract: Extract = rules
    variant: str = "rules"
    limits: ArticleLimits = field(default_factory=ArticleLimits)
    shard: tuple[int, int] | None = None
    base: str | None = None
    outputs: bool | None = None
    all_times: bool = False

    def parser(self) -> str | None:
        """The pipeline that parses; None where a plugin extracts, which parses as it likes.

        Raises ModelMissing if none is named and none installed.
        """
        return None if isinstance(self.extract, OwnExtractor) else self.model or default_model()

    def extractor(self) -> str:
        """What the ledger says of who extracted: an article is read again when this is another."""
        variant = self.extract.variant if isinstance(self.extract, OwnExtractor) else self.variant
        times = ", all times" if self.all_times else ""
        return f"reportedly {VERSION} {variant}, confidence >= {self.min_confidence:g}{times}"
