"""What tests share: parses by the default model, cases from files, and the folder of texts that are not ours."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

import pytest
from medium import OTHERWISE
from offline import cut_off

from kg.records.extraction import Extraction
from kg.text.article import Article
from kg.text.document import Document, default_model, parse

NETWORK = pytest.StashKey[str]()
SHARED = Path(__file__).resolve().parents[2] / "shared"


def pytest_configure(config: pytest.Config) -> None:
    config.stash[NETWORK] = cut_off()


def pytest_report_header(config: pytest.Config) -> str:
    return f"network: {config.stash[NETWORK]}"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if default_model() == "en_core_web_md":
        for item in items:
            if item.nodeid in OTHERWISE:
                item.add_marker(pytest.mark.xfail(reason="the medium pipeline parses it otherwise", strict=True))


@lru_cache(maxsize=2048)
def _parsed(article: Article) -> Document:
    return parse(article)


@pytest.fixture(scope="session")
def document() -> Callable[..., Document]:
    """A function: text and metadata of an article -> its Document, parsed once a session."""
    return lambda text, **meta: _parsed(Article(text, **meta))


@pytest.fixture(scope="session")
def extraction(document: Callable[..., Document]) -> Callable[..., Extraction]:
    """A function: text and metadata of an article -> its Extraction by grammar, as with `--fast`."""
    from kg.stages.rules import read_document, readers

    return lambda text, **meta: read_document(document(text, **meta), reading=readers(fast=True))


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with texts that belong to others; the test skips where it is not there."""
    if not SHARED.is_dir():
        pytest.skip(
            f"no folder {SHARED.name}/ beside the checkout: its texts belong to others and do not ship with the project"
        )
    return SHARED
