"""Name mentions -> clusters: which names of an article are one person's, organisation's or place's."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from ...language.lexicon import words
from ...language.syntax import has, root_of
from ...records.mention import EntityType, Mention
from ...text.document import Document, Token
from .gazetteer import Gazetteer
from .name_forms import organization_alias, person_alias, place_alias
from .names import gender_of_name, initials, is_acronym, key, lexicon
from .surroundings import SAYING

PERSON, ORGANIZATION = EntityType.PERSON, EntityType.ORGANIZATION
PLACE, GROUP = EntityType.PLACE, EntityType.GROUP


@dataclass(slots=True)
class Name:
    """A name mention on its tokens, with the titles before it.

    `owner` is the state whose ministry or the like the article says it to be,
    and `owned` the name with that: "Peru's Interior Ministry"; `former` that it is no longer called so;
    `speaks` that a verb of saying has it for its subject, `told` the gender of a pronoun that comes next in its clause,
    `acts` that it is the subject of a sentence of the paragraph `block`, `blamed` that somebody accuses it,
    `denies` that it denies something, `introduced` that the article says behind it who that is: ", a driver",
    `kin` the word that says before it whose relative that is: "his father".
    """

    mention: Mention
    start: int
    end: int
    text: str
    words: tuple[str, ...]
    titles: tuple[str, ...]
    owner: str | None = None
    owned: str | None = None
    former: bool = False
    speaks: bool = False
    told: str | None = None
    acts: bool = False
    blamed: bool = False
    denies: bool = False
    introduced: bool = False
    kin: str | None = None
    block: int = 0

    @property
    def acronym(self) -> bool:
        return is_acronym(self.text)


@dataclass(slots=True)
class Cluster:
    """What is known so far of one thing: its names, its mentions, the titles and nouns that the article gives it.

    `described` is what it is called where nothing names it, `unnamed` says
    that this is somebody whom the article only describes. `distinct` has the
    first of its names of each form, `starts` the tokens where its names start,
    in order, `full` how many of them have more than a word.
    """

    type: EntityType
    names: list[Name] = field(default_factory=list)
    forms: list[tuple[str, ...]] = field(default_factory=list)
    roles: set[str] = field(default_factory=set)
    gender: str | None = None
    mentions: list[tuple[int, int, Mention]] = field(default_factory=list)
    described: str | None = None
    unnamed: bool = False
    distinct: dict[tuple[str, tuple[str, ...], tuple[str, ...]], Name] = field(default_factory=dict)
    starts: list[int] = field(default_factory=list)
    full: int = 0

    def add(self, name: Name) -> None:
        """One more name of this thing."""
        self.names.append(name)
        self.distinct.setdefault((name.owned or name.text, name.words, name.titles), name)
        insort(self.starts, name.start)
        self.full += len(name.words) > 1
        self.mentions.append((name.start, name.end, name.mention))
        if name.words not in self.forms:
            self.forms.append(name.words)
        self.roles.update(name.titles)

    @property
    def name(self) -> str:
        """The fullest name: of the longest in words, then in characters, the first that the article prints."""
        if not self.names:
            return self.described or ""
        given = lexicon().given if self.type == PERSON else {}
        former = {n.words for n in self.names if n.former}
        best = max(
            (n for n in self._own_names() if n.words not in former or len(former) == len(self.forms)),
            key=lambda n: (
                not n.text.isupper(),
                (n.words[0] in given and len(n.words) > 1) or self._is_fuller(n),
                len(n.words),
                len(n.text),
                -n.start,
            ),
        )
        owned = next((n.owned for n in self.names if n.owned is not None), None)
        return " ".join((owned or best.text).split())

    def _own_names(self) -> list[Name]:
        """All names, but only the given one of a relative who goes on under the family's."""
        return self.names[:1] if self.names[0].kin is not None and not self.full else self.names

    def _is_fuller(self, name: Name) -> bool:
        """Whether a name comes first and has a word before two surnames: "Kamvane Johnson Marsh", "Johnson Marsh"."""
        first = min(n.start for n in self.names)
        return name.start == first and any(len(n.words) > 1 and n.words == name.words[1:] for n in self.names)


def find_clusters(document: Document, mentions: tuple[Mention, ...], known: Gazetteer) -> list[Cluster]:
    """The clusters of an article's name mentions, longer names first so that shorter ones find them."""
    names = [_name(document, m, known) for m in mentions]
    clusters: list[Cluster] = []
    for name in sorted(names, key=lambda n: (-min(len(n.words), 2), n.acronym, -len(n.words), n.start)):
        cluster = _owner_of_name(document, name, clusters, known)
        if cluster is None:
            clusters.append(cluster := Cluster(name.mention.type))
        cluster.add(name)
    for cluster in clusters:
        cluster.mentions.sort(key=lambda m: m[0])
        cluster.names.sort(key=lambda n: n.start)
        if cluster.type == PERSON:
            cluster.gender = _gender(cluster.names, known)
    clusters.sort(key=lambda c: c.mentions[0][0])
    return clusters


def _owner_of_name(document: Document, name: Name, clusters: list[Cluster], known: Gazetteer) -> Cluster | None:
    """The cluster whose name it is most surely, the first of equals; None if it is nobody's yet."""
    relative = _relative(name, clusters, known)
    if relative is not None:
        return relative
    ranked: list[tuple[tuple[int, int, int, int], Cluster]] = []
    for cluster in clusters:
        called = _called(document, name, cluster, known) or _renamed(document, name, cluster)
        strength = _strength(name, cluster, known) or 2 * called
        if strength:
            ranked.append(((strength, *_nearness(name, cluster, known)), cluster))
    return max(ranked, key=lambda pair: pair[0])[1] if ranked else None


def _relative(name: Name, clusters: list[Cluster], known: Gazetteer) -> Cluster | None:
    """Who has spoken as somebody's relative, by a given name alone, and is now called by the surname that both bear.

    "Kyle Nash was killed. His father, Glenn, said they were broken. Mr Nash said he was a good boy": not the son,
    who has said nothing.
    """
    if len(name.words) > 1 or not name.speaks or not name.titles:
        return None
    fits = (c for c in clusters if c.names[0].kin is not None and not c.full and _has_spoken(c, name))
    return next((c for c in fits if _is_of_family(name, c, clusters) and not _opposed(name, c, known)), None)


def _is_of_family(name: Name, relative: Cluster, clusters: list[Cluster]) -> bool:
    """Whether a title and a surname fit a relative: his gender, and the surname of him whose he is, who is mute."""
    first = relative.names[0]
    if lexicon().persons.get(first.kin or "") not in (None, lexicon().titles.get(name.titles[0])):
        return False
    before = [(n.start, c) for c in clusters for n in c.names if n.start < first.start and c.type == PERSON]
    owner = max(before, key=lambda pair: pair[0])[1] if before else None
    surnamed = owner is not None and any(form[-1] == name.words[0] for form in owner.forms)
    return owner is not None and surnamed and not _has_spoken(owner, name)


def _has_spoken(cluster: Cluster, before: Name) -> bool:
    return any(n.speaks for n in cluster.names if n.start < before.start)


def _name(document: Document, mention: Mention, known: Gazetteer) -> Name:
    start, end = document.range(mention.span)
    text = document.text[mention.span.start : mention.span.end]
    flat = " ".join(text.split())
    entry = known.get(flat)
    canonical = key(entry.name if entry is not None and entry.type == mention.type else flat)
    titles: list[str] = []
    if mention.type == PERSON:
        i = start - 1
        while i >= 0 and (word := document[i].lower.rstrip(".")) in lexicon().titles:
            titles.append(word)
            i -= 1
    words = tuple(canonical.split()) or (flat.lower(),)
    owner, owned = _owner(document, start, end, words, known) if mention.type == ORGANIZATION else (None, None)
    name = Name(mention, start, end, flat, words, tuple(titles), owner, owned, block=document[start].block)
    if mention.type == PERSON:
        _see(document, name)
    return name


def _see(document: Document, name: Name) -> None:
    """Note what the sentence tells of a person, or of the noun that his name explains: whether he speaks or is accused.

    He speaks as the subject of a verb of saying, or of one with a clause; he acts as that of a whole past sentence.
    """
    head = root_of(document, name.start, name.end)
    name.kin = _kin(document, head)
    head = document[head.head] if head.dep == "appos" else head
    verb, subject = document[head.head], head.dep == "nsubj"
    name.speaks = subject and (verb.lemma in SAYING or has(document, verb.i, "ccomp"))
    name.told = _pronoun_behind(document, name.end) if name.speaks else None
    name.acts = subject and verb.tag == "VBD" and verb.dep in ("ROOT", "conj")
    name.denies = subject and verb.lemma in _DENYING
    name.blamed = name.denies or (head.dep in ("nsubjpass", "dobj") and verb.lemma in _BLAMING)
    name.introduced = [t.lower for t in document.tokens[name.end : name.end + 2]] in ([",", "a"], [",", "an"])


def _kin(document: Document, head: Token) -> str | None:
    """The word that says whose relative a name is: "his father, Glenn"."""
    beside = (k for k in document.kids(head.i) if k.dep == "compound" and k.i < head.i)
    nouns = [document[head.head]] if head.dep == "appos" else list(beside)
    owned = [n for n in nouns if has(document, n.i, "poss") or has(document, head.i, "poss")]
    return next((n.lower for n in owned if n.lower in _RELATIVES), None)


_NEXT = 6
"""Tokens behind who speaks in which a pronoun is likely his own: "Marsh once said that she"."""


def _pronoun_behind(document: Document, end: int) -> str | None:
    """The gender that the first "he" or "she" behind a name tells, "m" or "f"."""
    for token in document.tokens[end : end + _NEXT]:
        if token.lower in ("he", "she"):
            return "m" if token.lower == "he" else "f"
    return None


_RELATIVES = words("entities", "relative")
_DENYING = words("speech", "denying")
_BLAMING = words("grammar", "blames its object")


def _owner(
    document: Document, start: int, end: int, words: tuple[str, ...], known: Gazetteer
) -> tuple[str | None, str | None]:
    """The state before a body that is called only by what it does, and the name with it: Peru's Interior Ministry."""
    table = lexicon()
    plain = len(words) > 1 and all(word in table.heads or word in table.portfolios for word in words)
    if not plain or start < 2 or document[start - 1].tag != "POS":
        return None, None
    entry = known.get(document[start - 2].text)
    if entry is None:
        return None, None
    return entry.name, document.text[document[start - 2].start : document[end - 1].end]


def _nearness(name: Name, cluster: Cluster, known: Gazetteer) -> tuple[int, int, int]:
    """Higher for a cluster that the article has named by then, and calls by its last word; then for one named nearby.

    Of two of one surname, reporters call by it alone whom they called so
    before, or whom they named first: the others keep their given names. Who
    speaks is before that whom the paragraph has just named in full for the first
    time, then somebody who has spoken: "her sister Mara Ruiz said. Ruiz said".
    """
    before = bisect_left(cluster.starts, name.start)
    if cluster.type != PERSON or len(name.words) != 1:
        return min(cluster.full, 3), cluster.starts[before - 1] if before else -cluster.starts[0], 0
    if not before:
        return -1, 0, -cluster.starts[0]
    earlier = [n for n in cluster.names if n.start < name.start]
    short = any(len(n.words) == 1 for n in earlier)
    if not name.speaks or name.told not in (None, _gender(cluster.names, known) or name.told):
        return short, 0, -cluster.starts[0]
    return _just_named(name, earlier) or short, int(any(n.speaks for n in earlier)), -cluster.starts[0]


def _just_named(name: Name, earlier: Sequence[Name]) -> int:
    """Where the paragraph has named somebody in full for the first time, or he is accused of what is denied; else 0."""
    if name.denies and any(n.blamed for n in earlier):
        return name.start
    full = [n for n in earlier if len(n.words) > 1]
    if len(full) != 1 or not full[0].acts:
        return 0
    near = full[0].block == name.block or (full[0].speaks and full[0].block == name.block - 1)
    return full[0].start if near else 0


def _strength(name: Name, cluster: Cluster, known: Gazetteer) -> int:
    """How surely the name is one of the cluster's: 0 not at all, 3 the same words."""
    if not _may_be_one(name, cluster, known):
        return 0
    best = 0
    for form in cluster.forms:
        if form == name.words:
            return 2 if cluster.type == PERSON and _is_surname(name, cluster) else 3
        if cluster.type == PERSON:
            best = max(best, person_alias(name.words, form))
        elif cluster.type in (ORGANIZATION, GROUP):
            best = max(best, organization_alias(name.words, form, acronym=name.acronym, known=known))
        else:
            best = max(best, place_alias(name.words, form, known))
    return best


def _is_surname(name: Name, cluster: Cluster) -> bool:
    """Whether one word is the last of a fuller name: that it was used alone before says no more than that."""
    return any(form[1:] and form[-1] == name.words[0] for form in cluster.forms)


def _may_be_one(name: Name, cluster: Cluster, known: Gazetteer) -> bool:
    """Whether nothing speaks against a name's being the cluster's: another kind, another given name, another owner."""
    if cluster.type != name.mention.type and {cluster.type, name.mention.type} != {ORGANIZATION, GROUP}:
        return False
    if cluster.type == PERSON and (_opposed(name, cluster, known) or _is_before(name, cluster)):
        return False
    # Peru's Interior Ministry is not Chile's
    return name.owner is None or all(n.owner in (None, name.owner) for n in cluster.distinct.values())


def _is_before(name: Name, cluster: Cluster) -> bool:
    """Whether a title and a surname come before somebody whom the article introduces later: "Officer Singh said"."""
    first = min(cluster.names, key=lambda n: n.start)
    return bool(name.titles) and len(name.words) == 1 and name.start < first.start and first.introduced


_CALLING = words("entities", "calling")


def _called(document: Document, name: Name, cluster: Cluster, known: Gazetteer) -> bool:
    """Whether an acronym, small letters or not, stands right after a body's name: "(IGAD)", ", known as IGAD".

    One in brackets of its own may come from another language, and share no letter with the name.
    """
    if cluster.type not in (ORGANIZATION, GROUP) or name.mention.type not in (ORGANIZATION, GROUP):
        return False
    for full in cluster.names:
        if not name.acronym and name.text.lower() not in initials(list(full.words)):
            continue
        if len(full.words) > 1 and _says_called(document.tokens[full.end : name.start]):
            letters = iter("".join(full.words))
            if _in_brackets(document, name, full.end) and known.get(name.text) is None:
                return True
            if all(letter in letters for letter in name.text.lower().replace(".", "")):
                return True
    return False


def _in_brackets(document: Document, name: Name, end: int) -> bool:
    """Whether an acronym of three letters and more stands alone in brackets at token `end`."""
    around = document.tokens[end : end + 1], document.tokens[name.end : name.end + 1]
    alone = [t.text for side in around for t in side] == ["(", ")"]
    return alone and name.acronym and len(name.text) > 2


def _says_called(between: Sequence[Token]) -> bool:
    """Whether the words between two names say that the second is what the first is called."""
    if not 0 < len(between) <= 6 or between[-1].text == "," or between[-1].lower in ("or", "the"):
        return False
    return all(t.lower in _CALLING or t.text in '"“' for t in between)


def _renamed(document: Document, name: Name, cluster: Cluster) -> bool:
    """Whether a name stands right after another as one that it had: "Halden Foods (formerly Kestrel Foods)"."""
    if cluster.type != name.mention.type:
        return False
    for other in cluster.names:
        first, last = (other, name) if other.end <= name.start else (name, other)
        between = [t.lower for t in document.tokens[first.end : last.start]]
        told = 1 < len(between) <= 6 and between[0] in (",", "(") and not _FORMERLY.isdisjoint(between)
        if told and all(word in _FORMERLY or word in _BETWEEN_NAMES for word in between):
            last.former = True
            return True
    return False


_FORMERLY = words("entities", "formerly")
_BETWEEN_NAMES = words("entities", "between second names")


def _opposed(name: Name, cluster: Cluster, known: Gazetteer) -> bool:
    """Whether the title of one speaks against the other: Mr. Clinton is not Hillary Clinton."""
    titles = lexicon().titles
    told = next((g for t in name.titles if (g := titles.get(t))), None) or gender_of_name(list(name.words))
    if told is None:
        return False
    have = _gender(cluster.distinct.values(), known)
    return have is not None and told != have


def _gender(names: Collection[Name], known: Gazetteer) -> str | None:
    titles = lexicon().titles
    for name in names:
        for title in name.titles:
            if titles.get(title):
                return titles[title]
    for name in names:
        found = gender_of_name(list(name.words))
        if found:
            return found
    entries = [known.get(name.text) for name in names]
    return next((e.gender for e in entries if e is not None and e.gender), None)
