"""Words of a statement -> terms by which two tellings of one thing agree: stems, numbers, who is named.

A stem's weight is how much it tells: how few of many news articles have it, by
the table `data/claims/words.tsv`, which is fixed, so that one article more in a
store changes nothing between two others.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise, takewhile
from math import log
from typing import Final

from ..language.lexicon import noted, words
from ..rdf.forms import number
from ..resources import rows
from ..stages.entities.gazetteer import gazetteer
from ..stages.figures.concept_lexicon import lexicon
from ..text.article import Span

_ORDINAL = "|".join(sorted(words("grammar", "ordinal ending")))

WORD: Final = re.compile(rf"\d+(?:{_ORDINAL})\b|\d[\d,]*(?:\.\d+)?|[^\W_]+(?:['’][^\W_]+)*")
"""A word as statements are compared: 21st, a number in digits, or letters and digits with an apostrophe inside."""

_MONTHS = "|".join(sorted({month.capitalize() for month in words("grammar", "month")}))
_DATE = re.compile(
    rf"(?:\b(?P<before>\d{{1,2}})(?:{_ORDINAL})? (?:of )?)?\b(?P<month>{_MONTHS})\b\.?"
    rf"(?: (?P<after>\d{{1,2}})(?:{_ORDINAL})?\b(?![:.]\d))?"
)
"""A month as printed, with its day before or after it."""

DATED: Final = 1.0
"""What a day or a month tells: what happened on one day is seldom one thing."""

NAMED: Final = 2.5
"""What a name tells: less than a rare word, for who is in the news is named in most statements."""

COUNTED: Final = 5.0
"""What a figure tells."""

_RAREST: Final = 0.001
"""The share of articles that a stem outside the table is taken to stand in."""

_NEGATIONS = words("speech", "negation") | words("claims", "negation")
_STOP = words("claims", "stop")
_HEDGES = words("claims", "hedge")
_DENYING = words("claims", "denying")
_SILENT = words("claims", "silent")
_TURNING = words("claims", "turning")
_TURNING_WORDS = words("claims", "turning words")
_LEADS_IN = words("claims", "leads in")
_FINITE = words("claims", "finite")
_IRREGULAR = noted("claims", "irregular")
_RELATIVE = words("claims", "relative")
_TO_COME = words("claims", "to come")
_CLAUSE_BEGINS = "|".join(sorted(_RELATIVE | words("claims", "clause begins")))
_CLAUSE_ENDS = re.compile(rf"[,.;:–—()“”\"]|\b(?:{_CLAUSE_BEGINS})\b")

NOT: Final = "not"
"""How any negation stands among the words that turn a sentence round."""

RELATIVE_WITHIN: Final = 3
"""Words before a negation among which one opens its clause."""


def plain_words(text: str) -> list[str]:
    """The words of a text in small letters, in order, apostrophes straight.

    >>> plain_words("“We’re not,” he said")
    ["we're", 'not', 'he', 'said']
    """
    return [word.replace("’", "'") for word in WORD.findall(text.casefold())]


def small_word(word: str) -> str:
    """A word in small letters, its apostrophe straight."""
    return word.casefold().replace("’", "'")


def date_marks(text: str) -> Iterator[tuple[Span, str]]:
    """The months of a text and the days beside them, each with its term: neither a march nor 27 of anything.

    >>> [term for _, term in date_marks("On 27 March 2024 they marched")]
    ['%27 march', '%march']
    """
    for match in _DATE.finditer(text):
        month = match["month"].casefold()
        for day in ("before", "after"):
            if match[day]:
                yield Span(*match.span(day)), f"%{match[day]} {month}"
        yield Span(*match.span("month")), f"%{month}"


@lru_cache(maxsize=1 << 12)
def thing_term(name: str) -> str:
    """What has a name, as a term: a country by the one that the tables give it first.

    >>> thing_term("U.S."), thing_term("Orla Bank")
    ('~united states', '~orla bank')
    """
    known = gazetteer().get(name)
    return f"~{' '.join(plain_words(known.name if known is not None and known.kind == 'country' else name))}"


@lru_cache(maxsize=1 << 12)
def people_term(word: str) -> str:
    """The country of a word for its people as printed, as a term; "" of any other.

    >>> people_term("Syrian"), people_term("ferry")
    ('~syria', '')
    """
    country = gazetteer().adjectives.get(word, "")
    return thing_term(country) if country and gazetteer().is_country(country) else ""


def is_negation(word: str) -> bool:
    """Whether a word in small letters turns a statement round: not, never, n't.

    >>> is_negation("didn't"), is_negation("note")
    (True, False)
    """
    return word in _NEGATIONS or word.endswith("n't")


def is_turning(word: str) -> bool:
    """Whether a word in small letters may say no to something: a negation, without, fails, false.

    >>> is_turning("without"), is_turning("isn't"), is_turning("with")
    (True, True, False)
    """
    return word in _TURNING or is_negation(word)


def turning_words(words: Sequence[str]) -> frozenset[str]:
    """Those of words in small letters that may say no to something, a negation as "not"; no "than" before a number.

    >>> sorted(turning_words(["never", "rather", "than", "sail"])), turning_words(["more", "than", "30"])
    (['not', 'than'], frozenset())
    """
    found = (
        word for word, after in pairwise([*words, ""])
        if is_turning(word) or (word in _TURNING_WORDS and not after[:1].isdigit())
    )  # fmt: skip
    return frozenset(NOT if is_negation(word) else word for word in found)


def is_denial(cue: str) -> bool:
    """Whether a cue says that something is not so, where "rejected" may only turn it down.

    >>> is_denial("has denied"), is_denial("does not believe"), is_denial("rejected")
    (True, True, False)
    """
    return is_called_untrue(cue) or any(map(is_negation, plain_words(cue)))


def is_called_untrue(cue: str) -> bool:
    """Whether a cue denies by its own word, where "did not feel" does by a negation.

    >>> is_called_untrue("has denied"), is_called_untrue("did not feel")
    (True, False)
    """
    return not _DENYING.isdisjoint(plain_words(cue))


def is_silent(cue: str) -> bool:
    """Whether a cue says that somebody says nothing of it.

    >>> is_silent("declined to comment on"), is_silent("commented on")
    (True, False)
    """
    return not _SILENT.isdisjoint(plain_words(cue))


def is_verbal(word: str) -> bool:
    """Whether a word in small letters is a verb by its form: was, killed, written, isn't.

    >>> is_verbal("killed"), is_verbal("was"), is_verbal("mill")
    (True, True, False)
    """
    past = word.endswith("ied") or (word.endswith("ed") and len(word) > 4)
    return past or word in _FINITE or word in _IRREGULAR or word.endswith("n't")


@lru_cache(maxsize=1 << 12)
def is_to_come(text: str) -> bool:
    """Whether words speak of what will or would be.

    >>> is_to_come("the ferry will sail"), is_to_come("the ferry sailed")
    (True, False)
    """
    return any(word in _TO_COME or word.endswith("'ll") for word in plain_words(text))


@lru_cache(maxsize=1 << 12)
def opening(text: str) -> frozenset[str]:
    """What the words before the first verb of a sentence say: its subject; nothing where they are no noun.

    >>> sorted(opening("the ferry's owner had slept")), sorted(opening("of running a ferry"))
    (['ferri', 'owner'], [])
    """
    before = takewhile(lambda word: not is_verbal(word), plain_words(text)) if is_whole(text) else ()
    return frozenset(filter(None, map(term_of, before)))


def told_terms(text: str) -> list[str]:
    """The terms of the words of a text in order, names word by word.

    >>> told_terms("It entered Syrian waters")
    ['enter', '~syria', 'water']
    """
    return [term for word in WORD.findall(text) if (term := people_term(word) or term_of(small_word(word)))]


@lru_cache(maxsize=1 << 12)
def undone(text: str) -> list[str]:
    """The terms of what a sentence says was not done: what follows its negation in the clause, the verb first.

    >>> undone("the boat had not entered Syrian waters, and nobody had seen it")
    ['enter', '~syria', 'water']
    """
    for match in WORD.finditer(text):
        if is_negation(small_word(match[0])):
            clause = _CLAUSE_ENDS.split(text[match.end() :])[0]
            return told_terms(clause)
    return []


def is_whole(text: str) -> bool:
    """Whether words begin as a sentence or a noun does: not "of running a ferry".

    >>> is_whole("of running a ferry"), is_whole("the ferry ran")
    (False, True)
    """
    return plain_words(text)[:1] != [] and plain_words(text)[0] not in _LEADS_IN


def is_hedge(word: str) -> bool:
    """Whether a word as printed leaves open whether the rest is so: may, reportedly; the month has a capital.

    >>> is_hedge("may"), is_hedge("May"), is_hedge("will")
    (True, False, False)
    """
    return word in _HEDGES


def figure_term(low: str | Decimal | None, high: str | Decimal | None) -> str:
    """A figure as a term that tells its value alone, from its bounds as decimals: thirty is 30; "" without bounds.

    At least 30 is 30, too: whoever denies that 30 died denies that at least 30 did.

    >>> figure_term("30.0", "30"), figure_term("30", None), figure_term("30", "40")
    ('#30', '#30', '#30-40')
    """
    one, other = ("" if value is None else number(Decimal(value)) for value in (low, high))
    return "" if not (one or other) else f"#{one}" if one and other in (one, "") else f"#{one}-{other}"


def relative(before: Sequence[str]) -> bool:
    """Whether words before a negation open a clause that says which thing is meant: "voters who do not ...".

    >>> relative(["voters", "who", "do"]), relative(["the", "voters", "do"])
    (True, False)
    """
    return not _RELATIVE.isdisjoint(before[-RELATIVE_WITHIN:])


@lru_cache(maxsize=1 << 12)
def term_of(word: str) -> str:
    """What a word in small letters says, as its other forms and words of the same happening say it; "" for a filler.

    >>> term_of("killing") == term_of("killed"), term_of("the")
    (True, '')
    """
    if word[0].isdigit() and word[-1].isdigit():
        return f"#{word.replace(',', '').rstrip('.')}"
    word = word.removesuffix("'s")
    if word in _STOP or word in _HEDGES or is_negation(word) or len(word) < 2:
        return ""
    event = lexicon().event(word)
    if event is not None:
        above = (event, *lexicon().above(event))
        return above[-1]
    return _stem(_IRREGULAR.get(word, word))


def _stem(word: str) -> str:
    """A word without the endings of its forms.

    >>> _stem("studies"), _stem("planned"), _stem("planning"), _stem("plans")
    ('studi', 'plan', 'plan', 'plan')
    """
    for ending, least in (("ing", 3), ("ed", 3), ("es", 3), ("s", 3), ("ly", 4)):
        if word.endswith(ending) and not word.endswith("ss") and len(word) - len(ending) >= least:
            word = word[: -len(ending)]
            break
    if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "lsaeiou":
        word = word[:-1]
    if len(word) > 3 and word[-1] in "ey":
        word = word[:-1] + ("i" if word[-1] == "y" else "")
    return word


def weighty(terms: Iterable[str]) -> float:
    """How much terms tell together."""
    # In whole thousandths: the sum of floats depends on their order.
    return sum(map(thousandths, terms)) / 1000


@lru_cache(maxsize=1 << 12)
def thousandths(term: str) -> int:
    """How much a term tells, in whole thousandths: a stem by its weight, a figure, or who or what is named."""
    return round(
        1000 * (NAMED if term[0] in "@~" else DATED if term[0] == "%" else COUNTED if term[0] == "#" else weight(term))
    )


def weight(term: str) -> float:
    """How much a stem tells: 0 for one of every article, about 7 for one of hardly any.

    >>> weight(term_of("people")) < weight(term_of("crematorium"))
    True
    """
    return -log(_shares().get(term, _RAREST))


@lru_cache(maxsize=1)
def _shares() -> Mapping[str, float]:
    return {term: float(share) for term, share in rows("data/claims/words.tsv")}
