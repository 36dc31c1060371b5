"""What the article calls its persons and bodies besides their names, and whom a description stands for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from ...records.mention import Mention, MentionKind
from ...text.document import Document, Token
from .aliases import GROUP, ORGANIZATION, PERSON, PLACE, Cluster
from .gazetteer import Gazetteer
from .names import key, lexicon

GOVERNMENTS = frozenset(
    "government regime administration military army police navy parliament campaign ministry judiciary junta airforce "
    "opposition embassy consulate delegation coalition forces team squad".split()
)
"""Nouns that, with a country, place or person before them, name a body: "the Assad regime"."""

_BETWEEN = frozenset(
    "security armed defence defense air ground naval special national federal central regional local interim "
    "transitional military led backed presidential re-election".split()
)
"""Words that may stand between the owner and the noun: "Iraqi security forces", "U.S.-led coalition"."""

_ARTICLES = frozenset(("the", "a", "an"))
_DEFINITE = frozenset(("the", "this", "that"))
_BESIDE = ("det", "amod", "compound", "poss", "nmod")
_ORG_NOUNS = frozenset("group organization organisation agency".split())
_NO_GROUPS = frozenset(
    "ministry department court parliament university school college police army navy senate congress house government "
    "church hospital bank museum office party".split()
)
_FIRM_NOUNS = frozenset("company firm corporation retailer manufacturer carmaker airline".split())
_PAPER_NOUNS = frozenset("newspaper paper network broadcaster magazine website outlet".split())
_PAPERS = frozenset(
    "times post news press journal herald tribune gazette guardian telegraph observer chronicle magazine review tv "
    "television radio broadcasting today".split()
)
_COUNTRY_NOUNS = frozenset(("country", "nation"))
_CITY_NOUNS = frozenset(("city", "town"))
_CHILD = frozenset("child baby infant toddler daughter son boy girl".split())
_SAME: dict[str, frozenset[str]] = {
    **dict.fromkeys(("child", "baby", "infant", "daughter", "son"), _CHILD),
    "lawmaker": frozenset("lawmaker senator sen congressman congresswoman representative rep mp legislator".split()),
    "politician": frozenset("politician lawmaker senator congressman congresswoman governor mayor mp".split()),
    "diplomat": frozenset("diplomat ambassador envoy".split()),
    "leader": frozenset("leader president premier chancellor chairman chairwoman".split()),
    "premier": frozenset(("premier", "minister")),
    "lawyer": frozenset(("lawyer", "attorney")),
    "attorney": frozenset(("attorney", "lawyer")),
    "spokesperson": frozenset(("spokesperson", "spokesman", "spokeswoman")),
    "nominee": frozenset(("nominee", "candidate")),
    "professor": frozenset(("professor", "prof")),
    "general": frozenset(("general", "gen")),
    "senator": frozenset(("senator", "sen")),
    "governor": frozenset(("governor", "gov")),
}
"""Nouns that stand for several roles."""

_REACH = 400
"""Tokens before a description in which a role was mentioned."""


def left_edge(document: Document, token: Token) -> int:
    """The first token of a short description that ends in `token`, without its article."""
    left = [c for c in document.kids(token.i) if c.i < token.i and c.dep in _BESIDE and c.lower not in _ARTICLES]
    first = min((document.subtree(c.i)[0] for c in left), default=token.i)
    marks = {document[k].text for k in range(first, token.i)}
    return first if token.i - first < 8 and not marks & {"(", ")", "[", "]"} else token.i


class Describer:
    """Finds whom a definite description stands for, from the roles that the article gives its named things."""

    def __init__(self, document: Document, named: dict[int, Cluster], inside: set[int], known: Gazetteer) -> None:
        self.document = document
        self.inside = inside
        self.known = known
        self.circumstances: dict[tuple[int, str], set[str]] = defaultdict(set)
        self.appositions: dict[int, Cluster] = {}
        for i, cluster in named.items():
            self._learn(document[i], cluster)

    def _learn(self, token: Token, cluster: Cluster) -> None:
        """What the article calls a named thing in apposition, before its name and in "X is the ..."."""
        document = self.document
        persons = lexicon().persons
        fitting = persons if cluster.type == PERSON else lexicon().heads
        for noun in self._nouns_for(token):
            word = noun.lemma.lower()
            if noun.tag in ("NNS", "NNPS") or word not in fitting:
                continue
            cluster.roles.add(word)
            self.circumstances[id(cluster), word] |= {document[k].lower for k in document.subtree(noun.i)}
            beside = noun.dep == "appos" or token.dep == "appos" or (noun.i < token.i and noun.head == token.head)
            if beside and not (cluster.type == PLACE and any(c.i in self.inside for c in document.kids(noun.i))):
                self.appositions[noun.i] = cluster
            if cluster.type == PERSON and cluster.gender is None:
                cluster.gender = persons.get(word)
        for k in range(token.i - 1, max(-1, token.i - 8), -1):
            t = document[k]
            if t.pos not in ("PROPN", "NOUN", "ADJ", "PUNCT") or t.text in (",", "“", "”", '"'):
                break
            for title in cluster.roles:
                self.circumstances[id(cluster), title].add(t.lower)

    def _first(self, token: Token) -> int:
        """The first token of the name that `token` is the head of."""
        first = token.i
        while first - 1 in self.inside and self.document[first - 1].sentence == token.sentence:
            first -= 1
        return first

    def _nouns_for(self, token: Token) -> Iterator[Token]:
        document = self.document
        for child in document.kids(token.i):
            if child.dep in ("appos", "compound", "nmod") and child.i not in self.inside:
                yield child
        if token.dep == "appos" and token.head not in self.inside:
            yield document[token.head]
        before = document[self._first(token) - 1]
        subjects = before.dep == token.dep and before.head == token.head and before.i < token.i
        common = before.tag == "NN" and before.text.islower() and before.i not in self.inside
        if subjects and common and before.sentence == token.sentence:
            yield before  # "the state news agency SANA reported": often two subjects to the parser
        if token.dep in ("nsubj", "nsubjpass"):
            verb = document[token.head]
            if verb.lemma in ("be", "become", "remain"):
                yield from (c for c in document.kids(verb.i) if c.dep == "attr" and c.i not in self.inside)
            for child in document.kids(verb.i):
                if child.dep == "prep" and child.lower == "as" and verb.lemma in ("serve", "work", "act"):
                    yield from (c for c in document.kids(child.i) if c.dep == "pobj" and c.i not in self.inside)

    def described(self, token: Token, seen: list[tuple[int, Cluster]]) -> Cluster | None:
        """The named thing that a description stands for, its latest mention first; None if it is none, or unclear."""
        document = self.document
        if token.i in self.appositions:
            return self.appositions[token.i]
        if token.tag in ("NNS", "NNPS") or token.dep in ("compound", "appos", "amod", "nmod"):
            return None
        kids = list(document.kids(token.i))
        definite = any(c.dep == "det" and c.lower in _DEFINITE for c in kids)
        owned = any(c.dep == "poss" and c.tag == "PRP$" for c in kids)
        if not (definite or owned):
            return None
        word = token.lemma.lower()
        details = self._details(token, kids)
        for i, cluster in reversed(seen):
            if token.i - i > _REACH:
                break
            for role in sorted(cluster.roles & _SAME.get(word, frozenset((word,)))):
                if details <= self.circumstances[id(cluster), role] and _agrees(cluster, word):
                    return cluster
        if owned or details or any(c.dep in ("prep", "relcl", "acl") for c in kids):
            return None
        return self._by_kind(token, word, seen)

    def _details(self, token: Token, kids: list[Token]) -> set[str]:
        """The names and peoples that a description adds: "the Russian president", "the president of Iran"."""
        document = self.document
        found = {
            c.lower
            for c in kids
            if c.dep in ("amod", "compound", "poss", "nmod")
            and c.tag != "PRP$"
            and (c.i in self.inside or c.text in self.known.adjectives or c.lower in lexicon().portfolios)
        }
        for c in kids:
            if c.dep == "prep" and c.i > token.i:
                found |= {t.lower for t in document.kids(c.i) if t.dep == "pobj"}
        return found

    def _by_kind(self, token: Token, word: str, seen: list[tuple[int, Cluster]]) -> Cluster | None:
        """The latest body or place of the kind that the noun names, at most three sentences back."""
        for i, cluster in reversed(seen):
            if token.sentence - self.document[i].sentence > 3:
                return None
            if self._is_a(cluster, word):
                return cluster
        return None

    def _is_a(self, cluster: Cluster, word: str) -> bool:
        if cluster.type in (ORGANIZATION, GROUP):
            words = {w for form in cluster.forms for w in form}
            if word in lexicon().heads and word in words:
                return True
            if word in _ORG_NOUNS:
                return cluster.type == GROUP or not words & _NO_GROUPS
            if word in _PAPER_NOUNS:
                return bool(words & _PAPERS)
            return word in _FIRM_NOUNS and bool(words & {"inc", "corp", "company", "ltd", "plc", "llc", "motors"})
        if cluster.type == PLACE and word in _COUNTRY_NOUNS | _CITY_NOUNS:
            kinds = {entry.kind for name in cluster.names if (entry := self.known.get(name.text)) is not None}
            return ("country" if word in _COUNTRY_NOUNS else "city") in kinds
        return False


def _agrees(cluster: Cluster, word: str) -> bool:
    """Whether the noun's gender, if it tells one, is the cluster's."""
    told = lexicon().persons.get(word)
    return told is None or cluster.gender in (None, told)


def unnamed_person(document: Document, token: Token) -> Cluster | None:
    """A person that the article does not name, as a cluster without names; None if the noun is no such thing."""
    persons = lexicon().persons
    if token.tag != "NN" or token.lower not in persons or token.dep in ("compound", "attr", "appos", "amod", "nmod"):
        return None
    kids = list(document.kids(token.i))
    if not any(c.dep in ("det", "poss", "nummod") for c in kids) or any(
        c.lower in ("no", "any", "every") for c in kids
    ):
        return None
    return Cluster(PERSON, gender=persons[token.lower])


def mention_governments(document: Document, clusters: list[Cluster], known: Gazetteer) -> list[Cluster]:
    """Clusters for bodies called by a country, place or person and a noun.

    "The Assad regime", "Syrian security forces", "the government of Iraq" and
    "Iraq's government" are such; of one owner and one noun there is one body.
    """
    inside = {k: c for c in clusters for start, end, _ in c.mentions for k in range(start, end)}
    found: dict[tuple[str, ...], Cluster] = {}
    for token in document.tokens:
        if token.lower not in GOVERNMENTS or token.i in inside or _only_describes(document, token):
            continue
        start, end = _body(document, token, inside, known)
        owners = {_owner(document[k], inside, known) for k in range(start, end)} - {""}
        if not owners:
            continue
        name = " ".join(document.words(start, end).split())
        nouns = [word for word in name.lower().split() if word in GOVERNMENTS or word in _BETWEEN]
        cluster = found.setdefault((*sorted(owners), *nouns), Cluster(ORGANIZATION, roles={token.lower}))
        if cluster.described is None or _clumsy(name) < _clumsy(cluster.described):
            cluster.described = name
        mention = Mention(document.span(start, end), MentionKind.NOMINAL, ORGANIZATION)
        cluster.mentions.append((start, end, mention))
        cluster.forms.append(tuple(key(name).split()))
    return list(found.values())


def _only_describes(document: Document, token: Token) -> bool:
    """Whether "military" only says of what kind a thing is: "Tadmor military prison", not "US military officials"."""
    if token.dep not in ("amod", "compound", "nmod") or token.lower not in ("military", "police", "army", "navy"):
        return False
    head = document[token.head]
    return head.i > token.i and lexicon().heads.get(head.lemma.lower()) == "site"


def _clumsy(name: str) -> int:
    """How far a body's name is from the plain "Syrian government"."""
    words = name.split()
    return 2 * ("of" in words) + 2 * ("'s" in name or "’s" in name) + (not words[-1].islower())


def _body(document: Document, token: Token, inside: dict[int, Cluster], known: Gazetteer) -> tuple[int, int]:
    """The tokens that name the body whose noun is `token`, without its article."""
    start, end = token.i, token.i + 1
    while start > 0 and document[start - 1].sentence == token.sentence:
        before = document[start - 1]
        owner = _owner(before, inside, known)
        if token.lower == "campaign" and (before.i not in inside or inside[before.i].type != PERSON):
            owner = ""
        link = before.lower in _BETWEEN or (before.lower in ("'s", "’s", "-") and start - 2 in inside)
        if not (owner or link):
            break
        start -= 1
    while start < token.i and not _owner(document[start], inside, known):
        start += 1
    after = token.i + 2
    if start == token.i and after < len(document) and document[token.i + 1].lower == "of":
        while after < len(document) and document[after].lower in _ARTICLES:
            after += 1
        cluster = inside.get(after)
        if token.lower != "campaign" and cluster is not None and cluster.type in (PERSON, PLACE):
            end = after
            while inside.get(end) is cluster:
                end += 1
    return start, end


def _owner(token: Token, inside: dict[int, Cluster], known: Gazetteer) -> str:
    """The country, place or person that a word before or after the noun names; "" for none."""
    country, _, led = token.text.partition("-")  # "Saudi-led" is one token or three
    adjective = known.adjectives.get(country if led in ("led", "backed") else token.text)
    if adjective is not None:
        return adjective
    cluster = inside.get(token.i)
    if cluster is None or cluster.type not in (PERSON, PLACE) or token.lower in ("'s", "’s", "-"):
        return ""
    entry = known.get(cluster.name)
    return cluster.name if entry is None else entry.name
