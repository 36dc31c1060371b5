"""What the article calls its persons and bodies besides their names, and whom a description stands for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from ...language.lexicon import noted, words
from ...language.syntax import AFTER_NOUN, BEFORE_NOUN, BESIDE_NOUN, NOUN_SUBJECTS, child, has, heads_a_clause
from ...records.mention import Mention, MentionKind
from ...text.document import Document, Token
from .aliases import GROUP, ORGANIZATION, PERSON, PLACE, Cluster
from .candidate import inside_word
from .gazetteer import Gazetteer
from .names import is_person_noun, key, lexicon

GOVERNMENTS = words("entities", "governments")
"""Nouns that, with a country, place or person before them, name a body: "the Assad regime"."""

_BETWEEN = words("entities", "between")
"""Words that may stand between the owner and the noun: "Iraqi security forces", "U.S.-led coalition"."""

_ARTICLES = frozenset(("the", "a", "an"))
_BESIDE = BESIDE_NOUN | {"det"}
_ORG_NOUNS = words("entities", "org nouns")
_NO_GROUPS = words("entities", "no groups")
_FIRM_NOUNS = words("entities", "firm nouns")
_PAPER_NOUNS = words("entities", "paper nouns")
_PAPERS = words("entities", "papers")
_COUNTRY_NOUNS = frozenset(("country", "nation"))
_CITY_NOUNS = frozenset(("city", "town"))
_SAME = {word: frozenset(roles.split()) for word, roles in noted("entities", "stands for several roles").items()}
"""Nouns that stand for several roles."""


_RANKS = words("entities", "rank of a post")


def rank_of(document: Document, noun: Token) -> frozenset[str]:
    """The words before a post that say it is another: "deputy" of "the deputy mayor"."""
    return frozenset(k.lower for k in document.kids(noun.i) if k.i < noun.i and k.lower in _RANKS)


def left_edge(document: Document, token: Token) -> int:
    """The first token of a short description that ends in `token`, without its article."""
    left = [c for c in document.kids(token.i) if c.i < token.i and c.dep in _BESIDE and c.lower not in _ARTICLES]
    first = min((document.subtree(c.i)[0] for c in left), default=token.i)
    marks = {document[k].text for k in range(first, token.i)}
    first = first if token.i - first < 8 and not marks & {"(", ")", "[", "]"} else token.i
    return first - 2 if _is_inner_hyphen(document, first - 1) else first


def edges(document: Document, token: Token) -> tuple[int, int]:
    """A description's first and last token, with modifiers and prepositions, without article and clauses.

    >>> from kg.text.document import Article, parse
    >>> document = parse(Article("The mayor of Leeds who left was ill."))
    >>> edges(document, document[1])
    (1, 3)
    """
    apart = words("parse", "outside a description")
    inside = set(document.subtree(token.i, {k.i for k in document.kids(token.i) if k.dep in apart}))
    first = last = token.i
    while first - 1 in inside:
        first -= 1
    while last + 1 in inside:
        last += 1
    while last > token.i and document[last].pos == "PUNCT":
        last -= 1
    while last + 1 < len(document) and _is_inner_hyphen(document, last + 1):
        last += 2
    while _is_inner_hyphen(document, first - 1):
        first -= 2
    return first, last


def _is_inner_hyphen(document: Document, i: int) -> bool:
    """Whether a hyphen stands inside a word: "brother-in-law", "vice-president"."""
    return inside_word(document, i) and document[i].text == "-"


class Describer:
    """Finds whom a definite description stands for, from the roles that the article gives its named things."""

    def __init__(self, document: Document, named: dict[int, Cluster], inside: set[int], known: Gazetteer) -> None:
        self.document = document
        self.inside = inside
        self.known = known
        self.circumstances: dict[tuple[int, str], set[str]] = defaultdict(set)
        self.ranks: dict[tuple[int, str], set[frozenset[str]]] = defaultdict(set)
        self.appositions: dict[int, Cluster] = {}
        for i, cluster in named.items():
            self._learn(document[i], cluster)

    def _learn(self, token: Token, cluster: Cluster) -> None:
        """What the article calls a named thing in apposition, before its name and in "X is the ..."."""
        document = self.document
        for noun in self._nouns_for(token):
            word = noun.lemma.lower()
            fits = is_person_noun(word) if cluster.type == PERSON else word in lexicon().heads
            if noun.tag in ("NNS", "NNPS") or not fits:
                continue
            cluster.roles.add(word)
            self.circumstances[id(cluster), word] |= {document[k].lower for k in document.subtree(noun.i)}
            self.ranks[id(cluster), word].add(rank_of(document, noun))
            if self._is_beside(token, noun, cluster):
                self.appositions[noun.i] = cluster
            if cluster.type == PERSON and cluster.gender is None:
                cluster.gender = lexicon().persons.get(word)
        if self._is_kind(token, document[token.head], cluster):
            self.appositions[token.head] = cluster
        before = list(self._before(token))
        for title in cluster.roles:
            self.circumstances[id(cluster), title].update(before)
            if title in before:
                self.ranks[id(cluster), title].add(frozenset(before) & _RANKS)

    def _is_kind(self, token: Token, noun: Token, cluster: Cluster) -> bool:
        """Whether a noun behind a body's name only says what that is: "the Halden Unity League (HUL) party"."""
        if token.dep not in ("compound", "nmod") or noun.lower not in words("entities", "kind behind a name"):
            return False
        if cluster.type not in (ORGANIZATION, GROUP):
            return False
        between = self.document.tokens[token.i + 1 : noun.i]
        bracketed = len(between) == 3 and (between[0].text, between[2].text) == ("(", ")")
        return noun.i not in self.inside and noun.i > token.i and (not between or bracketed)

    def _before(self, token: Token) -> Iterator[str]:
        """The nouns, names and adjectives right before a name, from the last, seven at most."""
        for k in range(token.i - 1, max(-1, token.i - 8), -1):
            t = self.document[k]
            if t.pos not in words("parse", "before a described name") or t.text in (",", "“", "”", '"'):
                return
            yield t.lower

    def _is_beside(self, token: Token, noun: Token, cluster: Cluster) -> bool:
        """Whether a noun that the article calls a thing by stands beside its name, as an apposition does."""
        if cluster.type == PLACE and any(c.i in self.inside for c in self.document.kids(noun.i)):
            return False
        if noun.i > token.i and heads_a_clause(self.document, noun):
            return False
        if "appos" in (noun.dep, token.dep) or (noun.i < token.i and noun.head == token.head):
            return True
        return cluster.type == PERSON and noun.dep in ("attr", "pobj", "conj") and noun.tag == "NN"

    def _first(self, token: Token) -> int:
        """The first token of the name that `token` is the head of."""
        first = token.i
        while first - 1 in self.inside and self.document[first - 1].sentence == token.sentence:
            first -= 1
        return first

    def _nouns_for(self, token: Token) -> Iterator[Token]:
        document = self.document
        for kid in document.kids(token.i):
            if kid.dep in ("appos", "compound", "nmod") and kid.i not in self.inside:
                yield kid
                yield from self._listed(kid)
        if token.dep == "appos" and token.head not in self.inside:
            yield document[token.head]
        before = document[self._first(token) - 1]
        if before.tag == "NN" and _beside(before, token):
            yield before  # "the state news agency SANA reported": often two subjects to the parser
        if token.dep in NOUN_SUBJECTS:
            yield from self._predicates(document[token.head])

    def _predicates(self, verb: Token) -> Iterator[Token]:
        """The nouns that a verb says its subject to be, or to serve as."""
        document = self.document
        if verb.lemma in ("be", "become", "remain") and not has(document, verb.i, "neg"):
            for noun in self._outside(verb.i, "attr"):
                yield noun
                yield from self._listed(noun)
        if verb.lemma in ("serve", "work", "act"):
            for kid in document.kids(verb.i):
                if kid.lower == "as":
                    yield from self._outside(kid.i, "pobj")

    def _outside(self, i: int, label: str) -> Iterator[Token]:
        """What depends on a token in one way and is part of no name."""
        return (k for k in self.document.kids(i) if k.dep == label and k.i not in self.inside)

    def _listed(self, noun: Token) -> Iterator[Token]:
        """The nouns that a noun is joined to by "and"."""
        for kid in self.document.kids(noun.i):
            if kid.dep == "conj" and kid.pos == "NOUN":
                yield kid
                yield from self._listed(kid)

    def details(self, token: Token) -> set[str]:
        """The names and peoples that a description adds: "the Russian president", "the president of Iran"."""
        document = self.document
        kids = list(document.kids(token.i))
        found = {
            c.lower
            for c in kids
            if c.dep in BESIDE_NOUN
            and (c.i in self.inside or c.text in self.known.adjectives or c.lower in lexicon().portfolios)
        }
        for c in kids:
            if c.dep == "prep" and c.i > token.i:
                found |= {t.lower for t in document.kids(c.i) if t.dep == "pobj"}
        return found

    def modifiers(self, token: Token) -> Iterator[Token]:
        """What is said of a noun besides its article: adjectives, further nouns, phrases and clauses."""
        return (k for k in self.document.kids(token.i) if k.dep in BESIDE_NOUN | AFTER_NOUN)

    def roles(self, cluster: Cluster, word: str) -> list[str]:
        """Which of the roles that the article gives a thing a noun names, or stands for."""
        return sorted(cluster.roles & _SAME.get(word, frozenset((word,))))

    def is_a(self, cluster: Cluster, word: str) -> bool:
        """Whether a body or place is of the kind that a noun names, by the words of its name."""
        if cluster.type in (ORGANIZATION, GROUP):
            return _is_body_of(cluster, word)
        if cluster.type == PLACE and word in _COUNTRY_NOUNS | _CITY_NOUNS:
            kinds = {entry.kind for name in cluster.names if (entry := self.known.get(name.text)) is not None}
            return ("country" if word in _COUNTRY_NOUNS else "city") in kinds
        return False

    def is_public(self, cluster: Cluster) -> bool:
        """Whether a body is a state's or a court by the words of its names, those that it is known by included."""
        known = {entry.name for name in cluster.names if (entry := self.known.get(name.text)) is not None}
        own = {w for form in cluster.forms for w in form} | {w for name in known for w in name.lower().split()}
        return bool(own & words("entities", "public bodies"))


def _is_body_of(cluster: Cluster, word: str) -> bool:
    own = {w for form in cluster.forms for w in form}
    if word in lexicon().heads and word in own:
        return True
    if word in _ORG_NOUNS:
        return not own & _NO_GROUPS
    if word in _PAPER_NOUNS:
        return bool(own & _PAPERS)
    return word in _FIRM_NOUNS and bool(own & words("entities", "ends a firm's name"))


def unnamed_person(document: Document, token: Token) -> Cluster | None:
    """A person that the article does not name, as a cluster without names; None if the noun is no such thing."""
    persons = lexicon().persons
    if token.dep == "nsubj" and one_of(document, token) is not None:
        return Cluster(PERSON, unnamed=True)
    if token.tag != "NN" or token.lower not in persons or token.dep in {"attr", "appos"} | BEFORE_NOUN:
        return None
    kids = list(document.kids(token.i))
    if not any(c.dep in ("det", "poss", "nummod") for c in kids) or any(
        c.lower in ("no", "any", "every") for c in kids
    ):
        return None
    return Cluster(PERSON, gender=persons[token.lower], unnamed=True)


def one_of(document: Document, token: Token) -> Token | None:
    """The persons one of whom is meant: the selectors of "one of the selectors"; None if it is no such thing."""
    of = next((k for k in document.kids(token.i) if k.lower == "of"), None) if token.lower == "one" else None
    whom = child(document, of.i, "pobj") if of is not None else None
    return whom if whom is not None and is_person_noun(whom.lemma.lower()) else None


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
    if token.dep not in BEFORE_NOUN or token.lower not in words("entities", "forces"):
        return False
    head = document[token.head]
    word = head.lemma.lower()
    apart = lexicon().heads.get(word) == "site" or word in words("entities", "apart from a force")
    return head.i > token.i and apart  # "Norland's police watchdog" is not its police


def _beside(one: Token, other: Token) -> bool:
    """Whether two words are the same part of one clause, in their order."""
    return (one.dep, one.head, one.sentence) == (other.dep, other.head, other.sentence) and one.i < other.i


def _clumsy(name: str) -> int:
    """How far a body's name is from the plain "Syrian government"."""
    words = name.split()
    return 2 * ("of" in words) + 2 * ("'s" in name or "’s" in name) + (not words[-1].islower())


def _body(document: Document, token: Token, inside: dict[int, Cluster], known: Gazetteer) -> tuple[int, int]:
    """The tokens that name the body whose noun is `token`, without its article."""
    campaign = token.lower == "campaign"  # a candidate's, no country's

    def is_owner(i: int) -> bool:
        person = i in inside and inside[i].type == PERSON
        return (person or not campaign) and bool(_owner(document[i], inside, known))

    start = token.i
    while start > 0 and document[start - 1].sentence == token.sentence:
        before = document[start - 1]
        link = before.lower in _BETWEEN or (before.lower in ("'s", "’s", "-") and start - 2 in inside)
        if not (link or is_owner(before.i)):
            break
        start -= 1
    while start < token.i and not _owner(document[start], inside, known):
        start += 1
    end = token.i + 1 if start < token.i or campaign else _end_of_owner(document, token, inside)
    return start, end


def _end_of_owner(document: Document, token: Token, inside: dict[int, Cluster]) -> int:
    """The end of a body's name with the owner after "of": "the government of Iraq"."""
    after = token.i + 2
    if after >= len(document) or document[token.i + 1].lower != "of":
        return token.i + 1
    while after < len(document) and document[after].lower in _ARTICLES:
        after += 1
    cluster = inside.get(after)
    if cluster is None or cluster.type not in (PERSON, PLACE):
        return token.i + 1
    while inside.get(after) is cluster:
        after += 1
    return after


def _owner(token: Token, inside: dict[int, Cluster], known: Gazetteer) -> str:
    """The country, place or person that a word before or after the noun names; "" for none."""
    country, _, led = token.text.partition("-")  # "Saudi-led" is one token or three
    adjective = known.adjectives.get(country if led in ("led", "backed") else token.text)
    if adjective is not None:
        return adjective
    cluster = inside.get(token.i)
    if cluster is None or cluster.type not in (PERSON, PLACE):
        return ""
    entry = known.get(cluster.name)
    return cluster.name if entry is None else entry.name
