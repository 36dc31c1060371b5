"""How names agree: of persons by given name, middle name, surname and spelling, of bodies by their words and letters.

Names of one person differ in transliteration, short forms and middle names, those of one body in legal form, order
and acronym. What two articles tell besides is weighed in `kg.identity.matching`.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from itertools import takewhile

from rapidfuzz.distance import DamerauLevenshtein, JaroWinkler

from ..language.lexicon import noted, words
from ..records.mention import EntityType
from ..resources import rows
from ..stages.entities.gazetteer import gazetteer
from ..stages.entities.names import lexicon
from .namesakes import is_common


@dataclass(frozen=True, slots=True)
class Profile:
    """What one article says of one entity that helps to tell whether another article means the same.

    `key` names the entity for good (its IRI). `roles` are titles in lower
    case, `organizations` and `places` names that the article ties to it.
    """

    key: str
    article: str
    type: EntityType
    name: str
    aliases: tuple[str, ...] = ()
    gender: str | None = None
    roles: tuple[str, ...] = ()
    organizations: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    external: str | None = None


_HONORIFIC = words("identity", "honorific")
_GENERATION = words("identity", "generation")
_PARTICLE = words("identity", "particle")
_GENERIC = words("identity", "generic")
FULL, VARIANT = 0.95, 0.92
"""How alike two names are at least that are one, and that are one but for a middle name that one article leaves out."""
_LEGAL = words("identity", "legal form")
_WHOLE = words("identity", "whole of a firm")
_PREPOSITION = words("identity", "preposition")
_LONG = {short: tuple(long.split()) for short, long in noted("identity", "written out").items()}
_TRANSLITERATION = (
    0.88  # Jaro-Winkler: Gaddafi, Qaddafi .87; Zelensky, Zelenskyy .98; Mohib, Mohebi .92; Jones, Johnson .83
)


def name_key(profile: Profile) -> tuple[str, ...]:
    """Type and words of a name, as all spellings of it share them.

    >>> name_key(Profile("e1", "a1", EntityType.PERSON, "Dr. José Núñez"))[1:]
    ('jose', 'nunez')
    """
    return (profile.type, *(name_words if profile.type is EntityType.PERSON else long_words)(profile.name))


def agreement(kind: EntityType, a: str, b: str) -> float:
    """How well two names agree as names of one thing of that kind, from 0 to 1.

    >>> agreement(EntityType.PERSON, "Jo Hill", "Ida Hill")
    0.0
    >>> agreement(EntityType.PERSON, "Robert Hill", "Bob Hill")
    0.97
    """
    if kind is EntityType.PERSON:
        return _person_pair(name_words(a), name_words(b))[0]
    return other_names(Profile("a", "a", kind, a), Profile("b", "b", kind, b))[0]


def is_people(name: str) -> bool:
    """Whether a name is that of a people: the Kurds.

    >>> is_people("Kurds"), is_people("Acme Mills")
    (True, False)
    """
    known = gazetteer().get(name)
    return known is not None and known.kind == "people"


def is_generic(name: str) -> bool:
    """Whether a body's name is one that many countries have: Ministry of Health, Supreme Court.

    >>> is_generic("Ministry of Health"), is_generic("Acme Mills")
    (True, False)
    """
    return all(w in _GENERIC or w in _PARTICLE for w in name_words(name))


def block_keys(kind: EntityType, name: str) -> list[str]:
    """Keys of which two names share one if they may be of one thing.

    >>> block_keys(EntityType.PERSON, "Ida Zelensky") == block_keys(EntityType.PERSON, "Ida Zelenskyy")
    True
    """
    words = name_words(name) if kind is EntityType.PERSON else long_words(name)
    if not words:
        return []
    if kind is EntityType.PERSON:
        # Transliterations differ in vowels and doubled letters most: Zelensky, Zelenskyy; Gaddafi, Qaddafi.
        return sorted({_skeleton(words[-1]), _skeleton(words[0])}) if len(words) > 1 else [_skeleton(words[0])]
    keys = {" ".join(words), _skeleton(words[0])}
    if len(words) > 1:
        keys.update((_initials(words), _initials(words, particles=True)))
    return sorted(keys)


def merge_keys(kind: Profile) -> set[str]:
    """Keys of which two profiles share one if evidence may make them one without anybody's word."""
    keys = {f"{kind.type}|id|{kind.external}"} if kind.external else set()
    if kind.type is EntityType.PERSON:
        words = without_generation(name_words(kind.name))
        if len(words) > 1:
            given, surname = words[0], words[-1]
            letters = {given[0], *(name[0] for name in _full_names(given))}
            keys.update(f"surname|{_skeleton(surname)}|{letter}" for letter in letters)
            keys.update((f"given|{_skeleton(given)}|{surname[0]}", f"names|{' '.join(sorted(words))}"))
        return keys
    for name in (kind.name, *kind.aliases):
        core = body_of(name)
        if core:
            keys.add(f"{kind.type}|{core}")
    return keys


def _skeleton(word: str) -> str:
    """The consonants of a word, sounds that scripts confuse made one: `gaddafi`, `qaddafi` -> `kdf`."""
    out = ""
    for c in word.translate(str.maketrans("qcgyvwz", "kkkifvs")):
        if c not in "aeiouh'’" and (not out or out[-1] != c):
            out += c
    return out or word[:1]


def person_names(a: Profile, b: Profile) -> tuple[float, str]:
    """How well the names of two persons agree, from 0 to 1, and why.

    >>> robert, bob = (Profile(name, "", EntityType.PERSON, f"{name} Hill") for name in ("Robert", "Bob"))
    >>> person_names(robert, bob)
    (0.97, 'names robert hill, bob hill agree')
    """
    # An alias may meet ("Bush"), but two full names that contradict each other veto it.
    mine, theirs = name_words(a.name), name_words(b.name)
    if len(mine) > 1 and len(theirs) > 1:
        return _person_pair(mine, theirs)
    best = (0.0, "other names")
    for one in (a.name, *a.aliases):
        for other in (b.name, *b.aliases):
            found = _person_pair(name_words(one), name_words(other))
            if found[0] > best[0]:
                best = found
    return best


def without_generation(words: tuple[str, ...]) -> tuple[str, ...]:
    """The words of a name without Jr., III and the like.

    >>> without_generation(("jo", "hill", "jr"))
    ('jo', 'hill')
    """
    return tuple(w for w in words if w not in _GENERATION)


@lru_cache(maxsize=1 << 12)
def _person_pair(a: tuple[str, ...], b: tuple[str, ...]) -> tuple[float, str]:
    if not a or not b:
        return 0.0, "no name"
    if {w for w in a if w in _GENERATION} != {w for w in b if w in _GENERATION} and len(a) > 1 and len(b) > 1:
        return 0.0, "another generation"
    a, b = without_generation(a), without_generation(b)
    if not a or not b:
        return 0.0, "no name"
    if a == b and len(a) > 1:
        return 1.0, f"the same full name {' '.join(a)}"
    if sorted(a) == sorted(b) and len(a) > 1:
        return 0.96, "the same names in another order"
    surname = 1.0 if a[-1] == b[-1] else JaroWinkler.similarity(a[-1], b[-1])
    if transliterated(a, b):
        surname = 1.0
    if surname < _TRANSLITERATION:
        return 0.0, f"surnames {a[-1]}, {b[-1]}"
    if len(a) == 1 or len(b) == 1:
        return 0.7 * surname, "one article has the surname alone"
    given = _given(a[0], b[0])
    if not given:
        return 0.0, f"given names {a[0]}, {b[0]}"
    middle_a, middle_b = a[1:-1], b[1:-1]
    if middle_a and middle_b and not _middles_agree(middle_a, middle_b):
        return 0.0, f"middle names {' '.join(middle_a)}, {' '.join(middle_b)}"
    # One article leaves the middle name out. An initial is often dropped; a name in full tells people apart (John
    # Adams, John Quincy Adams), so that it is asked.
    written = middle_a or middle_b
    middle = 1.0 if bool(middle_a) == bool(middle_b) else 0.95 if all(len(m) == 1 for m in written) else 0.94
    return round(surname * given * middle, 3), f"names {' '.join(a)}, {' '.join(b)} agree"


def transliterated(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Whether two surnames are one in two transliterations: in names that English has not (Gaddafi, Qadhafi).

    >>> transliterated(("muammar", "gaddafi"), ("moammar", "qaddafi")), transliterated(("jo", "hill"), ("jo", "hall"))
    (True, False)
    """
    foreign = len(a) > 1 and len(b) > 1 and not any(is_common(word) for word in (a[0], a[-1], b[0], b[-1]))
    return foreign and min(len(a[-1]), len(b[-1])) > 4 and _skeleton(a[-1]) == _skeleton(b[-1])


def misspelt(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Whether two names differ by a letter, and one of the words that do is no name that people are known to have.

    >>> misspelt(("ottoline", "farquharson"), ("ottoline", "farquarson")), misspelt(("jo", "hill"), ("jo", "hall"))
    (True, False)
    """
    odd = [(x, y) for x, y in zip(a, b, strict=False) if x != y]
    if len(a) != len(b) or len(odd) != 1 or DamerauLevenshtein.distance(*odd[0]) > 1:
        return False
    if odd[0][0] == a[0]:
        return min(map(len, odd[0])) > 2 and not all(word in lexicon().given for word in odd[0])
    return min(map(len, odd[0])) > 5 and not all(map(is_common, odd[0]))


def _given(a: str, b: str) -> float:
    """How well two given names agree: 0 if they contradict each other."""
    if a == b:
        return 1.0
    if len(a) == 1 or len(b) == 1:
        return 0.85 if a[0] == b[0] else 0.0
    if b in _full_names(a) or a in _full_names(b):
        return 0.97
    if _full_names(a) & _full_names(b):
        return 0.9
    # Michael and Michelle, Stuart and Stewart: alike enough to ask, never to merge.
    similar = JaroWinkler.similarity(a, b)
    return 0.9 if similar >= 0.92 and a[0] == b[0] else 0.0


@lru_cache(maxsize=4096)
def _full_names(given: str) -> frozenset[str]:
    """The names that a short form stands for, and the other spellings of a name."""
    return lexicon().nicknames.get(given, frozenset()) | _spellings().get(given, frozenset())


@lru_cache(maxsize=1)
def _spellings() -> dict[str, frozenset[str]]:
    groups = [frozenset(names.split("|")) for (names,) in rows("data/names/spellings.tsv")]
    return {name: group for group in groups for name in group}


def _middles_agree(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    return len(a) == len(b) and all(
        x == y or (1 in (len(x), len(y)) and x[0] == y[0]) for x, y in zip(a, b, strict=True)
    )


def other_names(a: Profile, b: Profile) -> tuple[float, str]:
    """Organisations, places and groups: the same name, an acronym, or one name with a word more.

    >>> body = Profile("e1", "", EntityType.ORGANIZATION, "World Health Organization")
    >>> other_names(body, Profile("e2", "", EntityType.ORGANIZATION, "WHO"))
    (0.85, 'WHO are the initials of world health organization')
    """
    mine, theirs = long_words(a.name), long_words(b.name)
    if not mine or not theirs:
        return 0.0, "no name"
    if mine == theirs:
        generic = all(w in _GENERIC or w in _PARTICLE for w in mine)
        return (
            0.8 if generic else 1.0
        ), f"the same name {' '.join(mine)}{', which others bear too' if generic else ''}"
    names_a = {" ".join(long_words(n)) for n in (a.name, *a.aliases)}
    names_b = {" ".join(long_words(n)) for n in (b.name, *b.aliases)}
    shared = sorted(n for n in names_a & names_b if n and (" " in n or len(n) > 2))
    short, long = sorted((mine, theirs), key=len)
    if shared:
        # The fund of a body is another one, whatever an article calls it for short.
        more = len(long) - len(short) > 1 and long[: len(short)] == short
        own = shared[0] in {_initials(long), _initials(long, particles=True)}
        alike = 0.85 if more and not own else 0.95 if own or " " in shared[0] else 0.8
        return alike, f"both are called {shared[0]}"
    if len(short) == 1 and len(long) > 1 and short[0] in {_initials(long), _initials(long, particles=True)}:
        return 0.85, f"{short[0].upper()} are the initials of {' '.join(long)}"
    core_a, core_b = [w for w in mine if w not in _PARTICLE], [w for w in theirs if w not in _PARTICLE]
    if core_a == core_b:
        return 0.97, f"names {' '.join(mine)}, {' '.join(theirs)} agree"
    if len(core_a) == len(core_b) and all(x == y or _spelt_alike(x, y) for x, y in zip(core_a, core_b, strict=True)):
        return 0.9, f"spellings {' '.join(mine)}, {' '.join(theirs)}"
    return 0.0, f"names {' '.join(mine)}, {' '.join(theirs)}"


def _spelt_alike(a: str, b: str) -> bool:
    """Whether two words may be one in two transliterations: Sednaya, Saydnaya."""
    similar = JaroWinkler.similarity(a, b)
    return similar >= 0.93 or (similar >= 0.75 and min(len(a), len(b)) > 4 and _skeleton(a) == _skeleton(b))


def _initials(words: tuple[str, ...], particles: bool = False) -> str:
    return "".join(w[0] for w in words if particles or w not in _PARTICLE)


@lru_cache(maxsize=1 << 12)
def core_of(title: str) -> str:
    """The last two words of a title before its first preposition, in one order; "" of a title of one word.

    >>> core_of("Harbour campaign manager for the east"), core_of("manager")
    ('campaign manager', '')
    """
    words = list(takewhile(lambda word: word not in _PREPOSITION, name_words(title)))
    return " ".join(sorted(words[-2:])) if len(words) > 1 else ""


@lru_cache(maxsize=1 << 12)
def post_of(title: str) -> str:
    """A title's words in one order, without prepositions.

    >>> post_of("secretary of labor") == post_of("labor secretary")
    True
    """
    return " ".join(sorted(word for word in name_words(title) if word not in _PREPOSITION and word not in _PARTICLE))


@lru_cache(maxsize=1 << 12)
def body_of(name: str) -> str:
    """A body's or place's name as every article may write it: the UN Commission is the United Nations Commission.

    >>> body_of("the UN Commission"), body_of("United Nations Commission")
    ('united nations commission', 'united nations commission')
    """
    return " ".join(word for word in long_words(name) if word not in _PARTICLE)


@lru_cache(maxsize=1 << 12)
def long_words(name: str) -> tuple[str, ...]:
    """The words of a body's name with the initials of its country or union at the head of it written out.

    A legal form says nothing, nor does before one that it is the whole firm: news calls Acme Group Plc Acme.

    >>> long_words("U.N. Security Council"), long_words("UN"), long_words("Acme Group Plc"), long_words("Acme Group")
    (('united', 'nations', 'security', 'council'), ('un',), ('acme',), ('acme', 'group'))
    """
    words = tuple(_DOTTED.sub(lambda found: found[0].replace(" ", ""), " ".join(name_words(name))).split())
    if len(words) > 1 and words[-1] in _LEGAL:
        words = words[:-1]
        while len(words) > 1 and words[-1] in _WHOLE:
            words = words[:-1]
    return (*_LONG.get(words[0], words[:1]), *words[1:]) if len(words) > 1 else words


_DOTTED = re.compile(r"\b\w(?: \w\b)+")
"""The letters of an acronym that is printed with full stops: V.A."""

_OWNER = re.compile(r"(\w)['’‘]s?(?=\s|$)")
"""What makes a name an owner: "Ruiz’s campaign", "Sanders' team"."""

_SEX = re.compile(r"(man|woman|person|men|women)$")


@lru_cache(maxsize=1 << 12)
def head_of(title: str) -> str:
    """What a title makes somebody: the last noun before its first preposition, whoever holds it.

    >>> head_of("chairwoman of the board"), head_of("deputy foreign minister"), head_of("chair")
    ('chair', 'minister', 'chair')
    """
    before: list[str] = []
    for word in name_words(title):
        if before and word in _PREPOSITION:
            break
        before.append(word)
    last = before[-1] if before else ""
    short = _SEX.sub("", last)
    return short if len(short) > 3 else last


@lru_cache(maxsize=1 << 12)
def name_words(name: str) -> tuple[str, ...]:
    """A name's words in lower case, without accents, titles, dots and dashes.

    >>> name_words("Dr. José Núñez-Ortiz")
    ('jose', 'nunez', 'ortiz')
    """
    flat = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c)).casefold()
    flat = flat.replace("ı", "i").replace("ł", "l").replace("ø", "o").replace(".", " ").replace("-", " ")
    flat = _OWNER.sub(r"\1", flat)
    words = ["".join(c for c in w if c.isalnum()) for w in flat.split()]
    return tuple(w for n, w in enumerate(words) if w and w not in _HONORIFIC and (w != "the" or n))
