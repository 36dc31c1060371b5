"""The same thing across articles: what is merged, what is suggested, and what people decided.

Two entities of one full name, or of one body's own name, are the same thing
unless something speaks against it. How much must be shared besides - a role,
an organisation, a place - grows with how many may bear the name: Barack Obama
nothing, Gary Johnson one thing, John Smith two. A surname alone never merges,
nor does a name that every country has (Supreme Court). Everything is a pure
function of the entities at hand, so that taking an article out leaves exactly
what the others give.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from itertools import takewhile

from rapidfuzz.distance import DamerauLevenshtein, JaroWinkler

from ..language.lexicon import words
from ..records.mention import EntityType
from ..resources import resource
from ..stages.entities.gazetteer import gazetteer
from ..stages.entities.names import lexicon
from .namesakes import is_common, namesakes


class Judgement(StrEnum):
    """What a comparison comes to."""

    MERGE = "merge"
    SUGGEST = "suggest"
    APART = "apart"


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


@dataclass(frozen=True, slots=True)
class Comparison:
    """How alike two entities are, from 0 to 1, and why: reasons a reviewer can check."""

    verdict: Judgement
    score: float
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Grounds:
    """What two names and genders, and ids outside, come to before any evidence.

    `verdict` is MERGE or APART where they decide alone, else SUGGEST: then
    evidence decides. `needs` is how much of it makes a merge (with 0, what the
    articles tell must only not contradict); None where nothing but a person's
    word does.
    """

    verdict: Judgement
    alike: float
    why: str
    needs: int | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """What an article tells of an entity apart from its name, in the words by which two articles agree."""

    roles: frozenset[str]
    organizations: frozenset[str]
    places: frozenset[str]
    heads: frozenset[str]


_HONORIFIC = words("identity", "honorific")
_GENERATION = words("identity", "generation")
_PARTICLE = words("identity", "particle")
_GENERIC = words("identity", "generic")
_FULL, _VARIANT = 0.95, 0.92
"""How alike two names are at least that are one, and that are one but for a middle name that one article leaves out."""
_LEGAL = words("identity", "legal form")
_PREPOSITION = words("identity", "preposition")
_LONG = {
    "un": ("united", "nations"),
    "us": ("united", "states"),
    "uk": ("united", "kingdom"),
    "eu": ("european", "union"),
}
_TRANSLITERATION = (
    0.88  # Jaro-Winkler: Gaddafi, Qaddafi .87; Zelensky, Zelenskyy .98; Mohib, Mohebi .92; Jones, Johnson .83
)


def compare(a: Profile, b: Profile) -> Comparison:
    """Whether two entities are the same thing.

    Vetoes come first: another type, gender, surname, given name, middle
    initial or generation, another external id. Then evidence beyond the name
    decides between merging and suggesting.
    """
    ground, mine, theirs = grounds(a, b), facts_of(a), facts_of(b)
    verdict, score = judge(ground, mine, theirs)
    reasons = [ground.why]
    if ground.verdict is Judgement.SUGGEST:
        for label, one, other in (
            ("role", mine.roles, theirs.roles),
            ("organisation", mine.organizations, theirs.organizations),
            ("place", mine.places, theirs.places),
        ):
            if one & other:
                reasons.append(f"both have {label} {min(one & other)}")
        if mine.heads & theirs.heads and not mine.roles & theirs.roles:
            reasons.append(f"both are a {min(mine.heads & theirs.heads)}")
    return Comparison(verdict, score, tuple(reasons))


def grounds(a: Profile, b: Profile) -> Grounds:
    """What speaks for and against two entities being one apart from roles, bodies and places."""
    if a.type is not b.type:
        return Grounds(Judgement.APART, 0.0, f"{a.type} is not {b.type}")
    if a.external and b.external:
        same = a.external == b.external
        return Grounds(
            Judgement.MERGE if same else Judgement.APART, float(same), f"external id {a.external}, {b.external}"
        )
    if a.type is EntityType.GROUP and _is_people(a.name) and _is_people(b.name):
        return Grounds(Judgement.APART, 0.0, "a people or a party's members: never one by the word alone")
    alike, why = (_person_names if a.type is EntityType.PERSON else _other_names)(a, b)
    if not alike:
        return Grounds(Judgement.APART, 0.0, why)
    if a.gender and b.gender and a.gender != b.gender:
        return Grounds(Judgement.APART, 0.0, "the articles use different pronouns")
    return (_of_person if a.type is EntityType.PERSON else _of_other)(a, b, alike, why)


_ALONE, _FAMILIAR, _UNCONTRADICTED, _ONE = 0.05, 2.0, 5.0, 40.0
"""People who may bear a name: up to so many it says alone who is meant, then where nothing contradicts, first where
given names are two forms of one (Tim, Timothy), then with one thing shared besides; with two beyond. Set by hand; held
by the pairs of `data/gold/identity.jsonl`."""


def _of_person(a: Profile, b: Profile, alike: float, why: str) -> Grounds:
    """What two agreeing names of people come to, by how many may bear them."""
    mine, theirs = _without_generation(_words(a.name)), _without_generation(_words(b.name))
    titled = {mine[0], theirs[0]} & lexicon().titles.keys()
    misspelt = alike < _VARIANT and _misspelt(mine, theirs)
    if len(mine) < 2 or len(theirs) < 2 or titled or (alike < _VARIANT and not misspelt):
        return Grounds(Judgement.SUGGEST, alike, why)
    # The surname comes first in half of Asia.
    bearers = max(namesakes(*ends) for w in (mine, theirs) for ends in ((w[0], w[-1]), (w[-1], w[0])))
    same = mine[-1] == theirs[-1]
    if misspelt:
        return Grounds(Judgement.SUGGEST, alike, f"{why}, one perhaps misspelt", 1)
    if same and bearers <= _ALONE:
        return Grounds(Judgement.MERGE, alike, f"{why}, a name that hardly two bear")
    most = _UNCONTRADICTED if mine[0] == theirs[0] else _FAMILIAR
    if alike < _FULL and bearers > _FAMILIAR:
        return Grounds(Judgement.SUGGEST, alike, why)
    needs = 0 if bearers <= most else 1 if bearers <= _ONE else 2
    return Grounds(Judgement.SUGGEST, alike, why, max(needs, 0 if same or _transliterated(mine, theirs) else 1))


def _of_other(a: Profile, b: Profile, alike: float, why: str) -> Grounds:
    """What two agreeing names of bodies, groups, places or works come to, by whether the name is one's own."""
    if alike < _FULL:
        return Grounds(Judgement.SUGGEST, alike, why)
    words = min(_words(a.name), _words(b.name), key=len)
    known = gazetteer().get(a.name)
    if a.type is EntityType.PLACE and known is not None and known.kind == "country":
        return Grounds(Judgement.MERGE, alike, f"{why}, a country")
    if a.type is EntityType.EVENT or (len(words) == 1 and (a.type is EntityType.PLACE or is_common(words[0]))):
        return Grounds(Judgement.SUGGEST, alike, why, 1)
    return Grounds(Judgement.MERGE, alike, f"{why}, its own")


def judge(ground: Grounds, a: Facts, b: Facts) -> tuple[Judgement, float]:
    """The verdict on two entities and how alike they are, from what was found of their names and is told of them."""
    if ground.verdict is not Judgement.SUGGEST:
        return ground.verdict, ground.alike
    shared = not a.roles.isdisjoint(b.roles)
    evidence = shared + (not a.organizations.isdisjoint(b.organizations)) + (not a.places.isdisjoint(b.places))
    # A minister and a foreign minister: likelier one person, but no ground to merge namesakes.
    alluded = not shared and not a.heads.isdisjoint(b.heads)
    score = round(min(1.0, ground.alike * (0.6 + 0.2 * evidence + 0.1 * alluded)), 3)
    enough = ground.needs is not None and evidence >= ground.needs and (evidence or not contradicts(a, b))
    return Judgement.MERGE if enough else Judgement.SUGGEST, score


def share(a: Facts, b: Facts) -> bool:
    """Whether two articles tell of a role, an organisation or a place in common."""
    return bool(a.roles & b.roles or a.organizations & b.organizations or a.places & b.places)


def contradicts(a: Facts, b: Facts) -> bool:
    """Whether two articles tell of other work in other places: a footballer in Leeds, a premier in Canberra."""
    work = bool(a.heads and b.heads and not a.heads & b.heads)
    home, other = a.organizations | a.places, b.organizations | b.places
    return work and bool(home and other and not home & other)


def facts_of(profile: Profile) -> Facts:
    """What a profile tells, in the words by which two of them agree."""
    blank = {""}
    return Facts(
        frozenset({form for x in profile.roles for form in (_post(x), _core(x))} - blank),
        frozenset({_body(x) for x in profile.organizations} - blank),
        frozenset({_body(x) for x in profile.places} - blank),
        frozenset({_head(x) for x in profile.roles} - blank),
    )


def name_alone(profile: Profile) -> Profile:
    """What of a profile decides `grounds`: type, names, gender and id outside.

    Other names that the name has in it tell no more: a body's in another
    spelling, a person's surname.
    """
    person = profile.type is EntityType.PERSON
    words, own = _words if person else _long, name_key(profile)[1:]
    said = {own, own[-1:]} if person else {own}
    aliases = tuple(alias for alias in profile.aliases if words(alias) not in said)
    return Profile("", "", profile.type, profile.name, aliases, profile.gender, external=profile.external)


def name_key(profile: Profile) -> tuple[str, ...]:
    """Type and words of a name, as all spellings of it share them."""
    return (profile.type, *(_words if profile.type is EntityType.PERSON else _long)(profile.name))


def agreement(kind: EntityType, a: str, b: str) -> float:
    """How well two names agree as names of one thing of that kind, from 0 to 1."""
    if kind is EntityType.PERSON:
        return _person_pair(_words(a), _words(b))[0]
    return _other_names(Profile("a", "a", kind, a), Profile("b", "b", kind, b))[0]


def _is_people(name: str) -> bool:
    known = gazetteer().get(name)
    return known is not None and known.kind == "people"


def is_generic(name: str) -> bool:
    """Whether a body's name is one that many countries have: Ministry of Health, Supreme Court."""
    return all(w in _GENERIC or w in _PARTICLE for w in _words(name))


def block_keys(kind: EntityType, name: str) -> list[str]:
    """Keys of which two names share one if they may be of one thing."""
    words = _words(name) if kind is EntityType.PERSON else _long(name)
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
        words = _without_generation(_words(kind.name))
        if len(words) > 1:
            given, surname = words[0], words[-1]
            letters = {given[0], *(name[0] for name in _full_names(given))}
            keys.update(f"surname|{_skeleton(surname)}|{letter}" for letter in letters)
            keys.update((f"given|{_skeleton(given)}|{surname[0]}", f"names|{' '.join(sorted(words))}"))
        return keys
    for name in (kind.name, *kind.aliases):
        core = _body(name)
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


def _person_names(a: Profile, b: Profile) -> tuple[float, str]:
    # An alias may meet ("Bush"), but two full names that contradict each other veto it.
    mine, theirs = _words(a.name), _words(b.name)
    if len(mine) > 1 and len(theirs) > 1:
        return _person_pair(mine, theirs)
    best = (0.0, "other names")
    for one in (a.name, *a.aliases):
        for other in (b.name, *b.aliases):
            found = _person_pair(_words(one), _words(other))
            if found[0] > best[0]:
                best = found
    return best


def _without_generation(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(w for w in words if w not in _GENERATION)


@lru_cache(maxsize=1 << 16)
def _person_pair(a: tuple[str, ...], b: tuple[str, ...]) -> tuple[float, str]:
    if not a or not b:
        return 0.0, "no name"
    if {w for w in a if w in _GENERATION} != {w for w in b if w in _GENERATION} and len(a) > 1 and len(b) > 1:
        return 0.0, "another generation"
    a, b = _without_generation(a), _without_generation(b)
    if not a or not b:
        return 0.0, "no name"
    if a == b and len(a) > 1:
        return 1.0, f"the same full name {' '.join(a)}"
    if sorted(a) == sorted(b) and len(a) > 1:
        return 0.96, "the same names in another order"
    surname = 1.0 if a[-1] == b[-1] else JaroWinkler.similarity(a[-1], b[-1])
    if _transliterated(a, b):
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


def _transliterated(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Whether two surnames are one in two transliterations: in names that English has not (Gaddafi, Qadhafi)."""
    foreign = len(a) > 1 and len(b) > 1 and not any(is_common(word) for word in (a[0], a[-1], b[0], b[-1]))
    return foreign and min(len(a[-1]), len(b[-1])) > 4 and _skeleton(a[-1]) == _skeleton(b[-1])


def _misspelt(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Whether two names differ by a letter, and one of the words that do is no name that people are known to have."""
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
    lines = resource("data/names/spellings.tsv").read_text(encoding="utf-8").splitlines()[1:]
    groups = [frozenset(line.split("|")) for line in lines]
    return {name: group for group in groups for name in group}


def _middles_agree(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    return len(a) == len(b) and all(
        x == y or (1 in (len(x), len(y)) and x[0] == y[0]) for x, y in zip(a, b, strict=True)
    )


def _other_names(a: Profile, b: Profile) -> tuple[float, str]:
    """Organisations, places and groups: the same name, an acronym, or one name with a word more."""
    mine, theirs = _long(a.name), _long(b.name)
    if not mine or not theirs:
        return 0.0, "no name"
    if mine == theirs:
        generic = all(w in _GENERIC or w in _PARTICLE for w in mine)
        return (
            0.8 if generic else 1.0
        ), f"the same name {' '.join(mine)}{', which others bear too' if generic else ''}"
    names_a = {" ".join(_long(n)) for n in (a.name, *a.aliases)}
    names_b = {" ".join(_long(n)) for n in (b.name, *b.aliases)}
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


@lru_cache(maxsize=1 << 16)
def _core(title: str) -> str:
    """The last two words of a title before its first preposition, in one order; "" of a title of one word.

    >>> _core("Harbour campaign manager for the east"), _core("manager")
    ('campaign manager', '')
    """
    words = list(takewhile(lambda word: word not in _PREPOSITION, _words(title)))
    return " ".join(sorted(words[-2:])) if len(words) > 1 else ""


@lru_cache(maxsize=1 << 16)
def _post(title: str) -> str:
    """A title's words in one order, without prepositions.

    >>> _post("secretary of labor") == _post("labor secretary")
    True
    """
    return " ".join(sorted(word for word in _words(title) if word not in _PREPOSITION and word not in _PARTICLE))


@lru_cache(maxsize=1 << 16)
def _body(name: str) -> str:
    """A body's or place's name as every article may write it: the UN Commission is the United Nations Commission."""
    return " ".join(word for word in _long(name) if word not in _PARTICLE)


@lru_cache(maxsize=1 << 16)
def _long(name: str) -> tuple[str, ...]:
    """The words of a body's name with the initials of its country or union at the head of it written out."""
    words = tuple(_DOTTED.sub(lambda found: found[0].replace(" ", ""), " ".join(_words(name))).split())
    if len(words) > 1 and words[-1] in _LEGAL:
        words = words[:-1]
    return (*_LONG.get(words[0], words[:1]), *words[1:]) if len(words) > 1 else words


_DOTTED = re.compile(r"\b\w(?: \w\b)+")
"""The letters of an acronym that is printed with full stops: V.A."""

_OWNER = re.compile(r"(\w)['’‘]s?(?=\s|$)")
"""What makes a name an owner: "Ruiz’s campaign", "Sanders' team"."""

_SEX = re.compile(r"(man|woman|person|men|women)$")


@lru_cache(maxsize=1 << 16)
def _head(title: str) -> str:
    """What a title makes somebody: the last noun before its first preposition, whoever holds it.

    >>> _head("chairwoman of the board"), _head("deputy foreign minister"), _head("chair")
    ('chair', 'minister', 'chair')
    """
    before: list[str] = []
    for word in _words(title):
        if before and word in _PREPOSITION:
            break
        before.append(word)
    last = before[-1] if before else ""
    short = _SEX.sub("", last)
    return short if len(short) > 3 else last


@lru_cache(maxsize=1 << 16)
def _words(name: str) -> tuple[str, ...]:
    """A name's words in lower case, without accents, titles, dots and dashes."""
    flat = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c)).casefold()
    flat = flat.replace("ı", "i").replace("ł", "l").replace("ø", "o").replace(".", " ").replace("-", " ")
    flat = _OWNER.sub(r"\1", flat)
    words = ["".join(c for c in w if c.isalnum()) for w in flat.split()]
    return tuple(w for n, w in enumerate(words) if w and w not in _HONORIFIC and (w != "the" or n))
