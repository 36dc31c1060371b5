"""A saved web page -> Article, by trafilatura, which reads the page alone and opens nothing."""

from __future__ import annotations

import re
from datetime import date

from ..article import Article
from ..errors import ReadError
from .metadata import Metadata
from .text import article_from_text, clean


def article_from_html(page: str, name: str, meta: Metadata) -> Article:
    """The body text of a page, its headline first, with what the page's own markup says about it.

    Raises ReadError if no article body is found.
    """
    import trafilatura

    found = trafilatura.bare_extraction(
        page, favor_precision=True, include_comments=False, include_tables=False, with_metadata=True
    )
    if isinstance(found, dict):  # only with as_dict=True, which is not asked for
        raise TypeError("trafilatura returned a dict")
    body = clean((found.text if found else None) or "").strip()
    if not found or not body:
        raise ReadError(name, "no article body is found in the page", "save the article's text as .txt")
    title = without_site(found.title, found.sitename)
    text = body if title is None or body.startswith(title) else f"{title}\n\n{body}"
    said = Metadata(
        title,
        (found.author,) if found.author else None,
        found.sitename,
        _day(found.date) if _states_date(page) else None,
        found.url,
        found.language,
    )
    return article_from_text(text, meta.over(said), path=name)


def without_site(title: str | None, site: str | None) -> str | None:
    """A page title without the site's name at its end: `Prison deaths rise | The Example` -> `Prison deaths rise`."""
    if not title:
        return None
    title = clean(title).strip()
    if site:
        title = re.sub(rf"\s+[|\-–—:·»]\s+{re.escape(site)}\s*$", "", title, flags=re.I)
    return title or None


def _day(value: str | None) -> date | None:
    try:
        return date.fromisoformat(value[:10]) if value else None
    except ValueError:
        return None


def _states_date(page: str) -> bool:
    """Whether the markup itself gives a date: one guessed from a URL or a copyright line is none."""
    return bool(
        re.search(r"datePublished|article:published_time|<time[\s>]|name=[\"'](?:date|pubdate|dc\.date)", page, re.I)
    )
