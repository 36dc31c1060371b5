"""What things are called in the view: its title, articles, and what happens to those who are counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from ..language.inflect import participle
from ..language.lexicon import words
from ..records.extraction import Extraction
from .plain import Json, flat, fold, headline

# verbs that say nothing of what happened
_LIGHT = words("grammar", "light verb")
# events that no verb names
_NO_VERBS = {"suicide": "by suicide", "missing": "missing", "unemployed": "unemployed"}


def happened(event: str) -> str | None:
    """What happened to those counted, from the lemma of the event: "hang" -> "hanged", "shoot dead" -> "shot dead".

    None for a verb that does not tell, such as "have".
    """
    if event in _LIGHT:
        return None
    if event in _NO_VERBS:
        return _NO_VERBS[event]
    return participle(event)


def unit_words(code: str) -> str:
    """What readers call a unit of many: "a" -> "years", "[mi_i]" -> "miles"; money and percent keep their signs."""
    from ..stages.figures.units import unit_table

    unit = unit_table().by_code(code)
    if unit is None or code == "%" or (unit.kind == "money" and code.isalpha()):
        return code.strip("[]{}")
    first, *rest = unit.name.split(" ")
    if first == "degree":
        return " ".join(("degrees", *rest))
    return {"foot": "feet", "hertz": "hertz"}.get(unit.name) or f"{unit.name}{'' if unit.name.endswith('s') else 's'}"


def money_sign(code: str | None) -> str:
    """The sign that stands before an amount of money, as $ and £; empty for other units and currencies without one.

    >>> money_sign("USD"), money_sign("CHF"), money_sign("km")
    ('$', '', '')
    """
    from ..stages.figures.units import unit_table

    table = unit_table()
    if not code or not code.isalpha() or getattr(table.by_code(code), "kind", "") != "money":
        return ""
    first = next((sign for sign, unit in table.symbols.items() if unit.code == code), "")
    return "" if any(map(str.isalpha, first)) else first


def title_of(extractions: Sequence[Extraction]) -> str:
    """A page's title: that of its article; of several what many of them speak of, else who publishes them, and when.

    `Crematorium, bodies: 5 articles, 2015 to 2022`.
    """
    if not extractions:
        return "No articles"
    if len(extractions) == 1:
        article = extractions[0].article
        return article.title or headline(article)
    years = sorted({x.article.published.year for x in extractions if x.article.published})
    when = "" if not years else f", {years[0]}" if len(years) == 1 else f", {years[0]} to {years[-1]}"
    what = ", ".join(_shared_topics(extractions) or _publishers(extractions))
    lead = f"{what[:1].upper()}{what[1:]}: " if what else ""
    return f"{lead}{len(extractions):,} articles{when}"


def _shared_topics(extractions: Sequence[Extraction], most: int = 2) -> list[str]:
    """The topics that a third of the articles and no fewer than two speak of, those of most statements first."""
    articles: Counter[str] = Counter()
    statements: Counter[str] = Counter()
    labels: dict[str, Counter[str]] = {}
    for extraction in extractions:
        own = {}
        for topic in extraction.topics:
            key = fold(topic.lemma)
            own[key] = flat(topic.label)
            statements[key] += len(topic.attributions)
        for key, label in own.items():
            articles[key] += 1
            labels.setdefault(key, Counter())[label] += 1
    shared = [key for key, count in articles.items() if count >= max(2, len(extractions) / 3)]
    shared.sort(key=lambda key: (-statements[key], -articles[key], key))
    return [min(labels[key], key=lambda label: (-labels[key][label], label)) for key in shared[:most]]


def _publishers(extractions: Sequence[Extraction], most: int = 2) -> list[str]:
    """Who publishes the articles, those of most first; how many others."""
    counts = Counter(flat(x.article.publisher) for x in extractions if x.article.publisher)
    first = sorted(counts, key=lambda name: (-counts[name], name))
    others = len(first) - most
    return [*first[:most], *([f"{others:,} other{'s' * (others > 1)}"] if others > 0 else [])]


def labelled(articles: list[Json]) -> list[Json]:
    """Articles with a short `label` each: date and publisher where these tell them apart, else date and title."""
    names = Counter((a["publisher"] or a["title"], a["published"]) for a in articles)
    publishers = Counter(a["publisher"] for a in articles)
    # a publisher of most articles tells nothing about one
    common = max(publishers.values(), default=0) > max(1, 0.6 * len(articles))
    for article in articles:
        name = article["publisher"] or article["title"]
        if common or names[name, article["published"]] > 1:
            name = article["title"]
        article["label"] = ", ".join(part for part in (article["published"], name) if part)
    return articles
