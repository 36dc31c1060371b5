"""A page's markup -> what it says about the article: JSON-LD, meta elements, links, headings. Nothing is guessed."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, Final

from ..language.lexicon import listed
from .metadata import Metadata, stated_day
from .text import clean

_DEEPEST = 12
_ESCAPED = re.compile(r"&(?:amp|quot|apos|lt|gt|nbsp|[lr][sd]quo|[nm]dash|hellip|#\d{2,5}|#x[0-9a-fA-F]{2,4});")
_PUBLISHED: Final = listed("reading", "meta name of published")
_TITLE: Final = listed("reading", "meta name of title")
_AUTHOR: Final = listed("reading", "meta name of author")
_PUBLISHER: Final = listed("reading", "meta name of publisher")
_URL: Final = ("og:url", "parsely-link", "twitter:url")
_BY: Final = re.compile(r"^\s*by:?\s+", re.I)
_AUTHORS: Final = re.compile(r"[A-Z][\w.'’-]*(?:(?:,|,? and)? [A-Z][\w.'’-]*){1,7}")
_ARTICLE_TYPES: Final = listed("reading", "type of an article")


def markup_says(tree: Any) -> Metadata:
    """What the markup of a parsed page (lxml.html) says, the most specific place first, with where each value stood.

    >>> from kg.reading.html import parsed
    >>> page = '<html lang="en"><meta property="og:title" content="Mill closes"><p>No one was told.</p></html>'
    >>> said = markup_says(parsed(page, "mill.html"))
    >>> said.title, said.origin
    ('Mill closes', (('title', 'meta og:title'), ('language', 'html lang')))
    """
    metas = _metas(tree)
    said = _json_ld(tree)
    said = said.over(_one("title", metas, _TITLE)).over(_one("publisher", metas, _PUBLISHER))
    said = said.over(_authors(metas)).over(_url(tree, metas)).over(_published(tree, metas)).over(_language(tree, metas))
    return said.over(_headings(tree)).over(_byline(tree)).over(Metadata())


def without_site(title: str | None, site: str | None) -> str | None:
    """A page title without the site's name at its end: `Prison deaths rise | The Example` -> `Prison deaths rise`.

    >>> without_site("Mill closes - The Echo", "The Echo")
    'Mill closes'
    """
    if not title:
        return None
    title = " ".join(clean(title).split())
    if site:
        names = {site.casefold(), re.sub(r"^(?:www\.|the )", "", site.casefold())}
        for mark in ("|", "-", "–", "—", "·", "»", "::", "•"):
            head, found, tail = title.rpartition(f" {mark} ")
            if found and head and re.sub(r"^(?:www\.|the )", "", tail.strip().casefold()) in names:
                return head.strip()
    return title or None


def _metas(tree: Any) -> dict[str, list[str]]:
    """The contents of the meta elements by name, property or itemprop in lower case."""
    found: dict[str, list[str]] = {}
    for element in tree.iter("meta"):
        content = _tidy(element.get("content"))
        if content:
            for key in ("property", "name", "itemprop"):
                if element.get(key):
                    found.setdefault(element.get(key).strip().lower(), []).append(content)
    return found


_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")


def _tidy(value: object) -> str:
    text = str(value or "")
    if _ESCAPED.search(text):  # escaped twice, and what then is a tag was one
        text = _TAG.sub("", html.unescape(text))
    return " ".join(clean(text).split())


def _one(field: str, metas: dict[str, list[str]], names: Iterable[str]) -> Metadata:
    for name in names:
        if name in metas:
            return Metadata.found(f"meta {name}", **{field: metas[name][0]})
    return Metadata()


def _authors(metas: dict[str, list[str]]) -> Metadata:
    for name in _AUTHOR:
        people = _people(metas.get(name, ()))
        if people:
            return Metadata.found(f"meta {name}", authors=people)
    return Metadata()


def _people(values: Iterable[object]) -> tuple[str, ...]:
    """Names without "By" and without what is a link: article:author is often a page on a social network."""
    names = [_BY.sub("", _tidy(v)) for v in values]
    return tuple(dict.fromkeys(n for n in names if n and len(n) < 120 and not re.match(r"(?:https?:|//|@)", n)))


def _url(tree: Any, metas: dict[str, list[str]]) -> Metadata:
    for element in tree.iter("link"):
        if "canonical" in (element.get("rel") or "").lower().split() and _is_url(element.get("href")):
            return Metadata.found("link canonical", url=element.get("href").strip())
    for name in _URL:
        for value in metas.get(name, ()):
            if _is_url(value):
                return Metadata.found(f"meta {name}", url=value)
    return Metadata()


def _is_url(value: str | None) -> bool:
    return bool(value and re.match(r"https?://[^\s/]+", value.strip(), re.I)) and len(value or "") < 2000


def _published(tree: Any, metas: dict[str, list[str]]) -> Metadata:
    for name in _PUBLISHED:
        for value in metas.get(name, ()):
            if (found := stated_day(value)) is not None:
                return Metadata.found(f"meta {name}", published=found)
    marked: set[date] = set()
    plain: set[date] = set()
    for element in tree.iter("time"):
        found = stated_day(element.get("datetime"))
        if found is None:
            continue
        signs = f"{element.get('itemprop') or ''} {element.get('class') or ''}"
        signs += " pubdate" if "pubdate" in element.attrib else ""
        if "modif" in signs or "updat" in signs or _in_a_sentence(element):
            continue
        (marked if re.search("publi|pubdate|posted", signs, re.I) else plain).add(found)
    for days in (marked, plain):
        # several different days may belong to other stories on the page
        if len(days) == 1:
            return Metadata.found("time element", published=days.pop())
        if days:
            break
    return Metadata()


def _in_a_sentence(element: Any) -> bool:
    """Whether a time element stands in the text, as in "said on Sunday that": it is no day of publication."""
    around = next(element.iterancestors("p", "li", "blockquote", "td"), None)
    return around is not None and len(_tidy(around.text_content())) > len(_tidy(element.text_content())) + 30


def _language(tree: Any, metas: dict[str, list[str]]) -> Metadata:
    for where, value in (
        ("html lang", tree.getroottree().getroot().get("lang")),
        ("meta og:locale", next(iter(metas.get("og:locale", ())), None)),
        ("meta content-language", next(iter(metas.get("content-language", ())), None)),
    ):
        match = re.match(r"[A-Za-z]{2,3}(?=$|[-_])", (value or "").strip())
        if match:
            return Metadata.found(where, language=match[0].lower())
    return Metadata()


def _byline(tree: Any) -> Metadata:
    """Who is named where a page says who wrote it: `By ADA GREEN` of class byline, or a link to an author."""
    for element in tree.iter("p", "span", "div", "a", "address"):
        words = _tidy(element.text_content()) if len(element) < 4 else ""
        kind = (element.get("class") or "").lower()
        if element.get("rel") == "author" or element.get("itemprop") == "author":
            names = _AUTHORS.fullmatch(_BY.sub("", words))
        else:
            names = _AUTHORS.fullmatch(_BY.sub("", words)) if "byline" in kind and _BY.match(words) else None
        if names:
            people = re.split(r",\s(?:and\s)?|\sand\s", names[0])
            return Metadata.found("byline", authors=tuple(p.title() if p.isupper() else p for p in people))
    return Metadata()


def _headings(tree: Any) -> Metadata:
    """The title of the title element, or the one heading where that only adds to it or is of the site alone."""
    title = _tidy(next((e.text_content() for e in tree.iter("title")), ""))
    headings = [_tidy(e.text_content()) for e in tree.iter("h1")]
    headings = [h for h in headings if h]
    if len(headings) == 1 and title.casefold().startswith(headings[0].casefold()):
        return Metadata.found("h1", title=headings[0])
    if len(headings) == 1 and _is_of_the_site(title, headings[0], tree):
        return Metadata.found("h1", title=headings[0])
    if title:
        return Metadata.found("title", title=title)
    return Metadata.found("h1", title=headings[0]) if len(headings) == 1 else Metadata()


def _is_of_the_site(title: str, heading: str, tree: Any) -> bool:
    """Whether a title says little of what the one heading says, which is a headline and no way to the front page."""
    (element,) = (e for e in tree.iter("h1") if _tidy(e.text_content()))
    said, known = set(heading.casefold().split()), set(title.casefold().split())
    aside = next(element.iterancestors("header", "nav", "a"), None) is not None or element.find(".//a") is not None
    return len(said) >= 4 and 2 * len(said & known) < len(said) and not aside


# JSON-LD


def _json_ld(tree: Any) -> Metadata:
    for element in tree.iter("script"):
        if (element.get("type") or "").strip().lower() != "application/ld+json":
            continue
        try:
            data = json.loads(element.text_content(), strict=False)
        except (ValueError, RecursionError):
            continue  # a page's broken data says nothing; its meta elements may
        for thing in _things(data, _DEEPEST):
            kinds = thing.get("@type")
            names = kinds if isinstance(kinds, list) else [kinds]
            if any(str(name).lower().endswith(_ARTICLE_TYPES) for name in names):
                return _from_json_ld(thing)
    return Metadata()


def _things(data: object, depth: int) -> Iterator[dict[str, Any]]:
    if depth == 0:
        return
    if isinstance(data, dict):
        yield data
        for value in data.values():
            if isinstance(value, dict | list):
                yield from _things(value, depth - 1)
    elif isinstance(data, list):
        for value in data[:100]:
            yield from _things(value, depth - 1)


def _from_json_ld(thing: dict[str, Any]) -> Metadata:
    url = thing.get("url") or thing.get("mainEntityOfPage")
    url = url.get("@id") if isinstance(url, dict) else url
    publisher = _names(thing.get("publisher"))
    language = re.match(r"[A-Za-z]{2,3}(?=$|[-_])", str(thing.get("inLanguage") or ""))
    return Metadata.found(
        "JSON-LD",
        title=_tidy(_text_of(thing.get("headline"))),
        authors=_people(_names(thing.get("author"))),
        publisher=publisher[0] if publisher else None,
        published=stated_day(_text_of(thing.get("datePublished"))),
        url=url if isinstance(url, str) and _is_url(url) else None,
        language=language[0].lower() if language else None,
    )


def _text_of(value: object) -> str:
    if isinstance(value, list):
        value = value[0] if value else ""
    return value if isinstance(value, str) else ""


def _names(value: object) -> list[str]:
    values = value if isinstance(value, list) else [value]
    names = [v.get("name") if isinstance(v, dict) else v for v in values]
    return [_tidy(n) for n in names if isinstance(n, str) and n.strip()]
