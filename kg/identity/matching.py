"""The same thing across articles: what is merged, what is suggested, and what people decided.

Two mentions of a name are merged only on strong evidence: the same full name
and a shared organisation, role or country, or the same external id. A name
alone gives a suggestion. Everything is a pure function of the entities at
hand, so that taking an article out leaves exactly what the others give.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache
from itertools import combinations, pairwise

from rapidfuzz.distance import JaroWinkler

from ..entities.gazetteer import EntityType, gazetteer
from ..entities.names import lexicon
from ..resources import resource


class Verdict(StrEnum):
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

    verdict: Verdict
    score: float
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Two entities that may be the same, for a person to decide."""

    first: str
    second: str
    comparison: Comparison


@dataclass(frozen=True, slots=True)
class Identity:
    """Which entities are one: `cluster` maps each key to the least key of its group."""

    cluster: dict[str, str]
    suggestions: tuple[Suggestion, ...]


_HONORIFIC = frozenset("mr mrs ms miss dr prof sir dame lord lady sheikh imam hajj ayatollah".split())
_GENERATION = frozenset("jr sr ii iii iv junior senior".split())
_PARTICLE = frozenset(
    "al el ez ed esh ash bin ibn ben abu de la van von der den du da dos of the and for in on to at".split()
)
_GENERIC = frozenset(
    "ministry department government police army court office agency council committee commission party parliament "
    "senate congress university hospital bank navy foreign interior defence defense justice health finance supreme "
    "high national federal state central general public united house city county security human rights group union "
    "forces force air military opposition administration regime embassy board bureau authority service".split()
)
_PREPOSITION = frozenset("of for at in on to with from under over".split())
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
    if a.type is not b.type:
        return Comparison(Verdict.APART, 0.0, (f"{a.type} is not {b.type}",))
    if a.external and b.external:
        same = a.external == b.external
        return Comparison(
            Verdict.MERGE if same else Verdict.APART, float(same), (f"external id {a.external}, {b.external}",)
        )
    if a.type is EntityType.GROUP and _is_people(a.name) and _is_people(b.name):
        return Comparison(Verdict.APART, 0.0, ("a people or a party's members: never one by the word alone",))
    alike, why = (_person_names if a.type is EntityType.PERSON else _other_names)(a, b)
    if not alike:
        return Comparison(Verdict.APART, 0.0, (why,))
    if a.gender and b.gender and a.gender != b.gender:
        return Comparison(Verdict.APART, 0.0, ("the articles use different pronouns",))
    reasons = [why]
    for label, mine, theirs in (
        ("role", {_plain(x) for x in a.roles}, {_plain(x) for x in b.roles}),
        ("organisation", {_body(x) for x in a.organizations}, {_body(x) for x in b.organizations}),
        ("place", {_body(x) for x in a.places}, {_body(x) for x in b.places}),
    ):
        shared = sorted(mine & theirs - {""})
        if shared:
            reasons.append(f"both have {label} {shared[0]}")
    evidence = len(reasons) - 1
    heads = sorted({_head(x) for x in a.roles} & {_head(x) for x in b.roles} - {""})
    if heads and not any(reason.startswith("both have role") for reason in reasons):
        # A minister and a foreign minister: likelier one person, but no ground to merge namesakes.
        reasons.append(f"both are a {heads[0]}")
    score = round(min(1.0, alike * (0.6 + 0.2 * evidence + 0.1 * (len(reasons) - 1 - evidence))), 3)
    full = len(_words(a.name)) > 1 and len(_words(b.name)) > 1
    strong = alike >= 0.95 and full and evidence > 0
    return Comparison(Verdict.MERGE if strong else Verdict.SUGGEST, score, tuple(reasons))


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


def identify(
    profiles: Iterable[Profile],
    merged: Iterable[tuple[str, str]] = (),
    apart: Iterable[tuple[str, str]] = (),
) -> Identity:
    """Groups of entities that are one thing, by evidence and by what people decided (`merged`, `apart`: pairs of keys).

    A group takes in another only if no two members veto each other; a decision
    to keep two apart is such a veto. Of what may join two groups the likeliest
    pair alone is suggested. Order of input makes no difference.
    """
    joined, kept_apart = sorted({_pair(*p) for p in merged}), {_pair(*p) for p in apart}
    work = _Work(profiles, joined, kept_apart)
    for x, y in joined:
        if x in work.home and y in work.home:
            work.join(x, y)
    questions: list[Suggestion] = []
    strong: list[tuple[float, str, str]] = []
    for x, y in work.pairs():
        found = work.compared(x, y)
        if found.verdict is Verdict.MERGE:
            strong.append((-found.score, x, y))
        elif found.verdict is Verdict.SUGGEST and (x, y) not in kept_apart:
            questions.append(Suggestion(x, y, found))
    for _, x, y in sorted(strong):
        work.join(x, y)
    cluster = work.cluster()
    questions.sort(key=lambda s: (-s.comparison.score, s.first, s.second))
    best: dict[tuple[str, str], Suggestion] = {}
    for s in questions:
        if cluster[s.first] != cluster[s.second]:
            best.setdefault(_pair(cluster[s.first], cluster[s.second]), s)
    return Identity(cluster, tuple(best.values()))


def _pair(x: str, y: str) -> tuple[str, str]:
    return (x, y) if x < y else (y, x)


class _Work:
    """Groups in the making.

    Most entities of a thousand articles are told of in the same words as
    another: they stand as one node, the least key of them, unless somebody
    decided about them. All comparing is of what is told (a profile without key
    and article), and once only.
    """

    def __init__(
        self, profiles: Iterable[Profile], merged: Iterable[tuple[str, str]], apart: Iterable[tuple[str, str]]
    ) -> None:
        singled = {key for pair in (*merged, *apart) for key in pair}
        alike: dict[tuple[Profile, str], list[str]] = defaultdict(list)
        for p in sorted(profiles, key=lambda p: p.key):
            # What is known outside is known by that: the setting of one article adds nothing.
            places = () if p.external and p.type is not EntityType.PERSON else p.places
            alike[replace(p, key="", article="", places=places), p.key if p.key in singled else ""].append(p.key)
        self._memo: dict[tuple[Profile, Profile], Comparison] = {}
        self._apart = set(apart)
        self._told: dict[str, Profile] = {}
        self._node: dict[str, str] = {}
        self._chains: list[list[str]] = []
        for (told, _), keys in alike.items():
            one = self._compare(told, told).verdict is Verdict.MERGE
            for key in keys:
                self._node[key] = keys[0] if one else key
                self._told[self._node[key]] = told
            self._chains.append(keys[:1] if one else keys)
        self.home = {node: node for node in self._told}
        self._groups = {node: [node] for node in self._told}
        self._speaks: dict[str, list[str]] = {node: [node] for node in self._told}
        for x, y in merged:
            if x in self._told and y in self._told:
                self._speaks[x].append(y)
                self._speaks[y].append(x)

    def _compare(self, a: Profile, b: Profile) -> Comparison:
        if (a, b) not in self._memo:
            self._memo[a, b] = compare(a, b)
        return self._memo[a, b]

    def compared(self, x: str, y: str) -> Comparison:
        """How alike two nodes are."""
        return self._compare(self._told[x], self._told[y])

    def pairs(self) -> Iterator[tuple[str, str]]:
        """Pairs of nodes that share the key of a block: only names that could pass `compare` meet.

        Of nodes told of in the same words each meets the next, and the first of them all others: what would be
        said of the rest is said already.
        """
        blocks: dict[tuple[str, str], set[str]] = defaultdict(set)
        for chain in self._chains:
            yield from pairwise(chain)
            told = self._told[chain[0]]
            for name in (told.name, *told.aliases):
                for key in _block_keys(told.type, name):
                    blocks[told.type, key].add(chain[0])
            if told.external:
                blocks[told.type, told.external].add(chain[0])
        follow = {chain[0]: chain for chain in self._chains}
        seen: set[tuple[str, str]] = set()
        for _, nodes in sorted(blocks.items()):
            for x, y in combinations(sorted(nodes), 2):
                if (x, y) in seen:
                    continue
                seen.add((x, y))
                if self.compared(x, y).verdict is Verdict.MERGE:
                    yield from (_pair(m, n) for m in follow[x] for n in follow[y])
                else:
                    yield x, y

    def _vetoed(self, m: str, n: str) -> bool:
        """Whether two may not share a group; what people merged one of them with speaks for it too."""
        if _pair(m, n) in self._apart:
            return True
        return all(
            self.compared(*_pair(p, q)).verdict is Verdict.APART for p in self._speaks[m] for q in self._speaks[n]
        )

    def join(self, x: str, y: str) -> None:
        """Make the groups of two nodes one, unless a member of one vetoes a member of the other."""
        first, second = sorted((self.home[x], self.home[y]))
        if first == second or any(self._vetoed(m, n) for m in self._groups[first] for n in self._groups[second]):
            return
        for node in self._groups.pop(second):
            self._groups[first].append(node)
            self.home[node] = first

    def cluster(self) -> dict[str, str]:
        """The least key of its group for each key."""
        least = {home: min(nodes) for home, nodes in self._groups.items()}
        return {key: least[self.home[node]] for key, node in sorted(self._node.items())}


def _block_keys(kind: EntityType, name: str) -> list[str]:
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


@lru_cache(maxsize=1 << 16)
def _person_pair(a: tuple[str, ...], b: tuple[str, ...]) -> tuple[float, str]:
    if not a or not b:
        return 0.0, "no name"
    if {w for w in a if w in _GENERATION} != {w for w in b if w in _GENERATION} and len(a) > 1 and len(b) > 1:
        return 0.0, "another generation"
    a, b = tuple(w for w in a if w not in _GENERATION), tuple(w for w in b if w not in _GENERATION)
    if not a or not b:
        return 0.0, "no name"
    if a == b and len(a) > 1:
        return 1.0, f"the same full name {' '.join(a)}"
    if sorted(a) == sorted(b) and len(a) > 1:
        return 0.96, "the same names in another order"
    surname = 1.0 if a[-1] == b[-1] else JaroWinkler.similarity(a[-1], b[-1])
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
    middle = 1.0 if bool(middle_a) == bool(middle_b) else 0.95 if all(len(m) == 1 for m in written) else 0.9
    return round(surname * given * middle, 3), f"names {' '.join(a)}, {' '.join(b)} agree"


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
    if shared:
        return (0.95 if " " in shared[0] else 0.8), f"both are called {shared[0]}"
    short, long = sorted((mine, theirs), key=len)
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


def _plain(text: str) -> str:
    return " ".join(_words(text))


@lru_cache(maxsize=1 << 16)
def _body(name: str) -> str:
    """A body's or place's name as every article may write it: the UN Commission is the United Nations Commission."""
    return " ".join(word for word in _long(name) if word not in _PARTICLE)


@lru_cache(maxsize=1 << 16)
def _long(name: str) -> tuple[str, ...]:
    """The words of a body's name with the initials of its country or union at the head of it written out."""
    words = _words(name)
    return (*_LONG.get(words[0], words[:1]), *words[1:]) if len(words) > 1 else words


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
    flat = (
        flat.replace("ı", "i")
        .replace("ł", "l")
        .replace("ø", "o")
        .replace(".", " ")
        .replace("-", " ")
        .replace("’s ", " ")
    )
    words = ["".join(c for c in w if c.isalnum()) for w in flat.split()]
    return tuple(w for n, w in enumerate(words) if w and w not in _HONORIFIC and (w != "the" or n))
