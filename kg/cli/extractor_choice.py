"""Which extractor a command was asked for, and what a language model takes: told before and after."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from ..errors import ExtractorError
from .console import complain

if TYPE_CHECKING:
    from ..stages.llm.language_model import LanguageModel
    from ..stages.plugins import OwnExtractor
    from ..text.article import Article


def chosen(
    name: str, llm: Path | None, hosts: list[str] | None, replies: Path | None, *for_rules: object
) -> OwnExtractor | None:
    """The extractor that is asked for; None for the rules. `for_rules` are options that only those take.

    Raises ExtractorError if there is none, or two are asked for, or such an option is set.
    """
    from ..stages.llm.language_model import NAME, language_model
    from ..stages.plugins import RULES, plugin

    if name not in (RULES, NAME) and llm is not None:
        raise ExtractorError(f"--extractor {name} and --llm name two extractors; give one")
    if name == NAME and llm is None:
        raise ExtractorError("--extractor llm needs --llm FILE, with url = and model = in it")
    if name == RULES and llm is None:
        return None
    found = plugin(name) if llm is None else language_model(llm, allowed=hosts or (), replies=replies)
    if any(for_rules):
        raise ExtractorError(
            f"extractor {found.variant} takes an article alone; model, tables and attitudes are for the rules"
        )
    return found


@contextmanager
def accounted(
    model: OwnExtractor | None, articles: Iterable[Article], *, more: bool = False, kept: Path | None = None
) -> Iterator[None]:
    """Around a run: what a language model will take at most, and what it took. `more`: not all articles are known yet.

    `kept` is where its replies stay, if they do.

    Raises ExtractorError if it may take more tokens than the model's file allows.
    """
    from ..stages.llm.language_model import LanguageModel

    if not isinstance(model, LanguageModel):
        yield
        return
    _say_before(model, list(articles), more)
    spent = model.spent()
    try:
        yield
    finally:
        where = "" if kept is None else f"; kept in {kept}"
        complain(f"{model.endpoint.model} took {model.priced(model.spent() - spent)}{where}")


def _say_before(model: LanguageModel, waiting: list[Article], more: bool) -> None:
    usage = model.before(waiting)
    besides = ", and what is fetched or piped in" if more else ""
    complain(
        f"{model.endpoint.model} at {model.endpoint.host} reads {len(waiting)} articles{besides}: "
        f"at most about {usage}, less what it answered before"
    )
    if model.most is not None and usage.read + usage.written > model.most:
        raise ExtractorError(
            f"{model.endpoint.model}: that may be {usage.read + usage.written:,} tokens, "
            f"and most_tokens is {model.most:,}; raise it, or name fewer articles"
        )


@contextmanager
def own_folder(named: Path | None) -> Iterator[Path]:
    """A folder for the replies of a command that has no graph to keep them in: the one named, or one that goes."""
    if named is not None:
        yield named
        return
    with TemporaryDirectory(prefix="kg-llm-") as folder:
        yield Path(folder)
