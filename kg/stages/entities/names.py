"""Words that names are made of: titles, given names, the heads of organisations, places and events."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from ...language.lexicon import words
from ...records.mention import EntityType
from ...resources import resource, rows

PARTICLES = words("entities", "particles")
"""Lower-case words that stand inside a person's name."""


@dataclass(frozen=True, slots=True, eq=False)
class NameLexicon:
    """The word lists of `data/names/`, lower case.

    `titles` maps a word that can stand before a person's name to the gender it
    tells: "m", "f" or None. `honorifics` are those that hardly do anything else.
    `heads` maps a last word of a name to what it makes the whole: "org",
    "group", "place", "site", "event", "document", "other". `site_leads` are
    words that make a centre a site ("convention centre"), `generic` acronyms
    that name nothing ("CEO"), `portfolios` what ministers are for, `kin` nouns
    that make a group of the name before them ("tribe"). `persons` maps a noun
    for a person to the gender it tells; `beings` are these and further ones
    that never stand as titles. `given` maps a given name to "m", "f" or "u".
    """

    titles: dict[str, str | None]
    honorifics: frozenset[str]
    heads: dict[str, str]
    org_starts: frozenset[str]
    site_leads: frozenset[str]
    generic: frozenset[str]
    portfolios: frozenset[str]
    kin: frozenset[str]
    persons: dict[str, str | None]
    beings: frozenset[str]
    given: dict[str, str]
    nicknames: dict[str, frozenset[str]]


HEAD_TYPES = {
    "org": EntityType.ORGANIZATION,
    "place": EntityType.PLACE,
    "site": EntityType.PLACE,
    "group": EntityType.GROUP,
    "event": EntityType.EVENT,
    "document": EntityType.DOCUMENT,
    "other": EntityType.OTHER,
}
"""What a name is by the kind of its last word; a word of several kinds is of the first."""


@lru_cache(maxsize=1)
def lexicon() -> NameLexicon:
    """The shipped word lists, read once a process."""
    lists: dict[str, list[str]] = {}
    for kind, listed in rows("data/names/words.tsv"):
        lists[kind] = listed.split("|") if "|" in listed else listed.split()
    honorifics = dict.fromkeys(lists["honorific"], None) | _gendered(lists, "honorific")
    heads: dict[str, str] = {}
    for kind in reversed(HEAD_TYPES):
        for word in lists[kind]:
            heads[word] = kind
    given = dict(rows("data/names/given.tsv"))
    nicknames: dict[str, frozenset[str]] = {}
    for nickname, names in rows("data/names/nicknames.tsv"):
        nicknames[nickname.lower()] = frozenset(names.lower().split("|"))
    persons = dict.fromkeys(lists["person"], None) | _gendered(lists, "person")
    titles = dict.fromkeys(lists["title"], None) | honorifics
    titles |= {word: persons[word] for word in titles if persons.get(word)}
    return NameLexicon(
        titles,
        frozenset(honorifics),
        heads,
        frozenset(lists["org start"]),
        frozenset(lists["site lead"]),
        frozenset(lists["generic"]),
        frozenset(lists["portfolio"]),
        frozenset(lists["kin"]),
        persons,
        frozenset(persons) | frozenset(lists["being"]),
        given,
        nicknames,
    )


@lru_cache(maxsize=1)
def _posts() -> frozenset[str]:
    """The nouns of one word that name a post or an occupation."""
    lines = resource("data/roles/titles.tsv").read_text(encoding="utf-8").splitlines()
    return frozenset(line.split("\t")[0] for line in lines if line[:1] != "#" and line.count("\t") == 1)


def is_person_noun(word: str) -> bool:
    """Whether a noun in the singular, lower case, is said of one human being.

    >>> is_person_noun("driver"), is_person_noun("ex-wife"), is_person_noun("crew")
    (True, True, False)
    """
    last = word.rpartition("-")[2]
    return last in lexicon().beings or last in _posts()


def is_post_of_two(first: str, last: str) -> bool:
    """Whether two words, lower case, name a post together: "House Officer"."""
    return f"{first}-{last}" in _posts()


def _gendered(lists: dict[str, list[str]], kind: str) -> dict[str, str | None]:
    return {word: gender for gender in "mf" for word in lists[f"{kind} {gender}"]}


def plain(text: str) -> str:
    """The text without accents, `’` as `'`.

    >>> plain("Paulo Sérgio")
    'Paulo Sergio'
    """
    if text.isascii():
        return text
    text = text.replace("’", "'").replace("‘", "'").replace("–", "-")
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))


_END = re.compile(r"('s?|[,.;:])+$")
_START = re.compile(r"^(the|a|an)\s+", re.I)
_GAP = re.compile(r"[\s\-]+")
_NICKNAME = re.compile(r"(?<=\w\s)[\"“‘'(][^\"“”‘’'()]+[\"”’')]\s(?=\w)")
_GENERATION = re.compile(rf",(?=\s({'|'.join(sorted(words('entities', 'generations')))})\b)", re.I)


def key(text: str) -> str:
    """What two spellings of one name share: lower case, no accents, articles, possessives, hyphens or nicknames.

    >>> key("the al-Assad’s"), key("William “Bill” Holt, Jr.")
    ('al assad', 'william holt jr')
    """
    text = _GENERATION.sub("", _NICKNAME.sub("", text)) if not text.isalnum() else text
    return _GAP.sub(" ", _START.sub("", _END.sub("", plain(text).strip()))).strip().lower()


def is_acronym(word: str) -> bool:
    """Whether a word is written as capitals: `NASA`, `U.N.`, `KCNA`.

    >>> is_acronym("U.N."), is_acronym("A")
    (True, False)
    """
    letters = word.replace(".", "").replace("&", "")
    return len(letters) > 1 and letters.isalpha() and letters.isupper()


_SMALL = words("entities", "small")


def initials(words: list[str]) -> frozenset[str]:
    """The acronyms that a name's words may make, lower case, with and without its small words.

    >>> sorted(initials(["Bank", "of", "Scotland"]))
    ['bos', 'bs']
    """
    every = "".join(w[0] for w in words if w[0].isalpha())
    large = "".join(w[0] for w in words if w[0].isalpha() and w.lower() not in _SMALL)
    return frozenset((every.lower(), large.lower()))


GENERATIONS = words("entities", "generations")
"""Words after a surname that tell which of a family's generations bears the name, without their dots."""

SURNAMES_FIRST = words("entities", "first")
"""Surnames that stand first in Chinese, Korean and Vietnamese names."""


def surnamed(words: list[str]) -> list[str]:
    """The words of a person's name up to the surname.

    >>> surnamed(["igor", "munteanu", "jr"])
    ['igor', 'munteanu']
    """
    while len(words) > 1 and words[-1].rstrip(".") in GENERATIONS:
        words = words[:-1]
    return words


def gender_of_name(words: list[str]) -> str | None:
    """The gender that the first of several words of a person's name tells, if it tells one.

    >>> gender_of_name(["émile", "broeck"]), gender_of_name(["lin", "dewei"])
    ('m', None)
    """
    if len(words) < 2:
        return None
    if words[0] in SURNAMES_FIRST and words[1] not in lexicon().given:
        return None
    found = lexicon().given.get(plain(words[0]))
    return found if found in ("m", "f") else None
