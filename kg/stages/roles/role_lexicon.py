"""Words that say what somebody is, what a neighbouring place means to them, and whether the post is still held."""

from __future__ import annotations

from enum import StrEnum
from functools import lru_cache

from ...language.lexicon import listed, noted, words
from ...records.role import RoleStatus
from ...resources import resource
from ...text.document import Document, Token
from ..entities.gazetteer import gazetteer


class PostKind(StrEnum):
    """What sort of role a noun names; this decides how a place or organisation beside it is read.

    A place is where a STATE office is held, the sender of an ENVOY, the side a
    TEAM member plays for, and for an OCCUPATION mostly where somebody is from.
    """

    STATE = "state"
    ENVOY = "envoy"
    TEAM = "team"
    RANK = "rank"
    OFFICE = "office"
    OCCUPATION = "occupation"
    MEMBER = "member"


@lru_cache(maxsize=1)
def role_nouns() -> dict[str, PostKind]:
    """Role nouns in lower case, singular, with their kind; not those that are one only before a name."""
    return {row[0]: PostKind(row[1]) for row in _rows("data/roles/titles.tsv") if len(row) == 2}


@lru_cache(maxsize=1)
def _before_names() -> dict[str, PostKind]:
    """The `lock` of "Leicester lock Ann Kay", which elsewhere is something else."""
    return {row[0]: PostKind(row[1]) for row in _rows("data/roles/titles.tsv") if row[2:] == ["name"]}


@lru_cache(maxsize=1)
def _of_two_words() -> dict[tuple[str, str], PostKind]:
    """Posts named by two words, neither of which may name one: `scrum-half`, `number one`."""
    split = ((row[0].partition("-"), row[1]) for row in _rows("data/roles/titles.tsv"))
    return {(first, last): PostKind(kind) for (first, hyphen, last), kind in split if hyphen}


@lru_cache(maxsize=1)
def _regions() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for row in _rows("data/roles/demonyms.tsv"):
        others = row[2].split("|") if len(row) > 2 else []
        found[row[0]] = tuple(name.casefold() for name in [row[1], *others])
    return found


def places_of(word: str) -> tuple[str, ...]:
    """Names, in lower case, of the place that a word of origin points at (`Afghan`: Afghanistan); empty for others."""
    regions = _regions().get(word)
    if regions is not None:
        return regions
    country = gazetteer().adjectives.get(word)
    return (country.casefold(),) if country is not None and country != word else ()


def _rows(path: str) -> list[list[str]]:
    lines = resource(path).read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


COMPOUNDS: dict[tuple[str, str], PostKind] = {
    **{(first, "general"): PostKind.OFFICE for first in listed("roles", "general of an office")},
    **{(first, "general"): PostKind.STATE for first in "attorney governor solicitor".split()},
    **{(first, last): PostKind.RANK for first in listed("roles", "general of a rank") for last in ("general", "gen.")},
    **{(first, "secretary"): PostKind.OFFICE for first in listed("roles", "secretary of an office")},
    ("lt.", "col."): PostKind.RANK,
    ("chief", "executive"): PostKind.OFFICE,
    ("chief", "justice"): PostKind.RANK,
    ("chief", "minister"): PostKind.STATE,
    ("high", "commissioner"): PostKind.ENVOY,
    ("chief", "prosecutor"): PostKind.STATE,
    ("prime", "minister"): PostKind.STATE,
    ("team", "member"): PostKind.MEMBER,
    ("press", "officer"): PostKind.OFFICE,
    ("police", "officer"): PostKind.RANK,
    ("crown", "prosecutor"): PostKind.STATE,
}
"""Two role words, or a common noun and one, that name one post together and are not to be taken apart."""

_COMMON_MODIFIERS = words("roles", "common modifiers")

FORMS_OF_ADDRESS = words("roles", "forms of address")
"""Words before a name that tell no role."""

POSTNOMINALS: dict[str, PostKind] = {
    word: PostKind.STATE if word in words("roles", "postnominals, as printed") else PostKind.RANK
    for word in listed("roles", "postnominals 2, as printed")
}
"""Letters after a name that tell an office or standing; degrees are left out."""

STATUS: dict[str, RoleStatus | None] = {
    **dict.fromkeys(
        listed("roles", "status of the past"),
        RoleStatus.FORMER,
    ),
    **dict.fromkeys(listed("roles", "acting"), RoleStatus.ACTING),
    **dict.fromkeys(listed("roles", "to come"), RoleStatus.DESIGNATE),
    **dict.fromkeys(listed("roles", "status of today")),
}
"""Words before a post that say whether it is held now; None where they say it is, or nothing."""

KEPT_IN_TITLE = words("roles", "acting")
"""Status words that are part of the post's name as printed."""

SKIPPED_BEFORE = words("roles", "skipped before") - {"not"}
"""Adverbs between a name and its post."""

DETERMINERS = words("roles", "determiners")
POSSESSIVE_PRONOUNS = words("roles", "possessive pronouns")

PREPOSITIONS = words("roles", "prepositions")
"""Prepositions by which a post goes on: `chairman of`, `spokesman for`, `ambassador to`."""

OWNING: dict[PostKind, frozenset[str]] = {
    **dict.fromkeys(PostKind, words("roles", "owner of a post")),
    **dict.fromkeys((PostKind.RANK, PostKind.STATE, PostKind.MEMBER), words("roles", "prepositions")),
    PostKind.OCCUPATION: words("roles", "owner of an occupation"),
}
"""Prepositions after which an organisation is where the role is held: a critic of the Post does not work there."""


def noun_kind(token: Token) -> PostKind | None:
    """The kind of role that a noun names, whether singular or plural; None if it names none."""
    if token.pos == "ADJ" and token.lower in _ALSO_ADJECTIVES:
        return None
    nouns = role_nouns()
    return nouns.get(token.lower) or nouns.get(singular(token.lower))


_ALSO_ADJECTIVES = words("roles", "also adjectives")


def kind_at(document: Document, i: int) -> PostKind | None:
    """The kind of role that the token at `i` names as it stands there: alone, with the word before, before a name."""
    token = document[i]
    kind = noun_kind(token)
    if kind is not None:
        posed = f"{document[i - 1].lower} {token.lower}" in words("roles", "no post") if i else False
        return None if posed or _takes_sides(document, token) else kind
    k = i - 2 if i > 1 and document[i - 1].text in "-‑" else i - 1
    if k >= 0 and document[k].sentence == token.sentence:
        first, last = document[k].lower, token.lower
        kind = _of_two_words().get((first, last)) or _of_two_words().get((first, singular(last)))
    named = i + 1 < len(document) and document[i + 1].tag == "NNP" and document[i + 1].text[:1].isupper()
    if named and token.dep == "compound" and token.lower in _ALSO_ADJECTIVES:
        return role_nouns().get(token.lower)  # "Halden Union official Tom Hale"
    return kind or (_before_names().get(token.lower) if named else None)


def _takes_sides(document: Document, token: Token) -> bool:
    """Whether a noun only says how somebody stands to what follows: "a persistent critic of the deal"."""
    after = document[token.i + 1].lower if token.i + 1 < len(document) else ""
    return after == "of" and singular(token.lower) in words("roles", "is against or for what it names")


def is_title(token: Token) -> bool:
    """Whether a word before a name is a title or form of address: `Mr.`, `Senator`, `Prime`."""
    return token.lower in FORMS_OF_ADDRESS or (noun_kind(token) is not None and token.text[:1].isupper())


def singular(word: str) -> str:
    """The singular of an English plural role noun in lower case; other words as they are."""
    if word.endswith("s.") and f"{word[:-2]}." in role_nouns():
        return f"{word[:-2]}."
    if word.endswith("men"):
        return word[:-3] + "man"
    if word.endswith("people"):
        return word[:-6] + "person"
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith("sses") or word.endswith("ches"):
        return word[:-2]
    one = word[:-1]
    return one if word.endswith("s") and not word.endswith("ss") and (len(one) > 2 or one in role_nouns()) else word


def is_plural(token: Token) -> bool:
    """Whether a role noun stands in the plural."""
    nouns = role_nouns()
    listed = token.lower in nouns and not token.lower.endswith("s.")
    return not listed and singular(token.lower) in nouns


def one_post(first: str, second: str) -> bool:
    """Whether two neighbouring role words, in lower case, name one post (`attorney general`, `deputy director`)."""
    return (first, second) in COMPOUNDS or first in _COMMON_MODIFIERS


ENTAILED: tuple[tuple[frozenset[str], tuple[str, ...]], ...] = (
    (frozenset({"secretary", "of", "state"}), ("state department", "department of state")),
    (frozenset({"secretary", "of", "defense"}), ("defense department", "department of defense", "pentagon")),
    (frozenset({"defense", "secretary"}), ("defense department", "department of defense", "pentagon")),
    (frozenset({"defence", "secretary"}), ("ministry of defence", "defence ministry")),
    (frozenset({"treasury", "secretary"}), ("treasury department", "department of the treasury", "treasury")),
    (frozenset({"attorney", "general"}), ("justice department", "department of justice")),
    (
        frozenset({"homeland", "security", "secretary"}),
        ("department of homeland security", "homeland security department"),
    ),
    (frozenset({"foreign", "secretary"}), ("foreign office",)),
    *((frozenset({word}), ("us senate", "u.s. senate", "senate")) for word in ("sen.", "senator")),
    *((frozenset({word}), ("house of representatives", "congress")) for word in ("rep.", "congressman")),
    (frozenset({"congresswoman"}), ("house of representatives", "congress")),
    (frozenset({"foreign", "minister"}), ("foreign ministry", "ministry of foreign affairs")),
    (frozenset({"defence", "minister"}), ("defence ministry", "ministry of defence")),
    (frozenset({"defense", "minister"}), ("defense ministry", "ministry of defense")),
    (frozenset({"home", "secretary"}), ("home office",)),
    (frozenset({"crown", "prosecutor"}), ("crown", "crown prosecution service")),
)  # fmt: skip
"""Words of a title that name the organisation it belongs to, and that organisation's names in lower case."""

DEEDS: dict[str, str] = noted("roles", "deeds")  # fmt: skip
"""Verbs that say of their subject what it is to the organisation they govern, with the name of that role."""

PAST_DEEDS = words("roles", "past deeds")
"""Deeds that stay true once done: who founded it is its founder."""

APPOINT = words("roles", "appoint")
"""Verbs that put somebody into a post."""
SERVE = words("roles", "serve")
"""Verbs of holding or taking up a post, before `as`."""

LEAVE = words("roles", "leave")
"""Verbs of giving up a post, before `as`."""
