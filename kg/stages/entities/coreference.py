"""Pronouns and descriptions added to the clusters of names they stand for.

One pass over the text, left to right, in the manner of Lappin and Leass
(1994): candidates are the things mentioned so far, weighed by distance in
sentences, grammatical role, how often they were mentioned and whether gender
and kind agree. A person without a name competes like the named ones, so that a
pronoun for "a woman" stays with her and is left out.

I, we and you are left to `kg.stages.attribution.sources`, which knows who speaks.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from ...records.mention import EntityType, Mention, MentionKind
from ...text.blocks import BlockKind
from ...text.document import Document, Token
from .aliases import GROUP, ORGANIZATION, PERSON, PLACE, Cluster
from .descriptions import Describer, left_edge, mention_governments, unnamed_person
from .gazetteer import Gazetteer
from .nametypes import SAYING, root_of

HE = frozenset(("he", "him", "his", "himself"))
SHE = frozenset(("she", "her", "hers", "herself"))
IT = frozenset(("it", "its", "itself"))
THEY = frozenset(("they", "them", "their", "theirs", "themselves"))
SUBJECTS = frozenset(("nsubj", "nsubjpass"))
REFLEXIVE = frozenset(("himself", "herself", "itself", "themselves"))

_DISTANCE = (30.0, 22.0, 12.0, 8.0, 5.0, 3.0)
"""The weight of an antecedent so many sentences back; farther ones are not considered first."""


_BODILY = SAYING | frozenset("put count document record verify identify interview publish release appeal".split())
"""Verbs of saying and counting, whose subject is somebody."""


@dataclass(frozen=True, slots=True)
class Antecedent:
    """Something mentioned at token `i`; a cluster without names is a person whom the article does not name."""

    i: int
    sentence: int
    cluster: Cluster
    quote: int


@dataclass(slots=True)
class _Reading:
    """What the pass knows at a point of the text."""

    document: Document
    heads: dict[int, Cluster]
    quotes: list[int]
    seen: list[Antecedent]
    counts: Counter[int]

    def mention(self, token: Token, cluster: Cluster) -> None:
        """Remember that the token mentions the cluster."""
        self.heads[token.i] = cluster
        self.seen.append(Antecedent(token.i, token.sentence, cluster, self.quotes[token.i]))
        self.counts[id(cluster)] += 1


def resolve(document: Document, clusters: list[Cluster], known: Gazetteer) -> None:
    """Add pronouns and descriptions to the clusters they refer to, and clusters for governments and the like."""
    clusters += mention_governments(document, clusters, known)
    named: dict[int, Cluster] = {}
    inside: set[int] = set()
    for cluster in clusters:
        for start, end, _ in cluster.mentions:
            named[root_of(document, start, end).i] = cluster
            inside.update(range(start, end))
    describer = Describer(document, named, inside, known)
    quotes = quotations(document)
    _learn_genders(document, named)
    reading = _Reading(document, dict(named), quotes, [], Counter())
    for token in document.tokens:
        if token.i in named:
            reading.mention(token, named[token.i])
        elif token.i not in inside:
            found = _referent(reading, token, named, describer)
            if found is None:
                continue
            if found.names or found.described:
                _add(document, found, token)
            reading.mention(token, found)


def _add(document: Document, cluster: Cluster, token: Token) -> None:
    pronoun = token.pos == "PRON" or token.tag in ("PRP", "PRP$")
    start = token.i if pronoun else left_edge(document, token)
    kind = MentionKind.PRONOUN if pronoun else MentionKind.NOMINAL
    cluster.mentions.append((start, token.i + 1, Mention(document.span(start, token.i + 1), kind, cluster.type)))


def _referent(reading: _Reading, token: Token, named: dict[int, Cluster], describer: Describer) -> Cluster | None:
    word = token.lower
    if word in HE or word in SHE:
        return _person(reading, token, "m" if word in HE else "f", named)
    if word in IT:
        return _organization(reading, token, (ORGANIZATION, GROUP, PLACE))
    if word in THEY:
        return _organization(reading, token, (GROUP, ORGANIZATION))
    if token.pos in ("NOUN", "PROPN"):
        found = describer.described(token, [(a.i, a.cluster) for a in reading.seen[-150:]])
        return found if found is not None else unnamed_person(reading.document, token)
    return None


def quotations(document: Document) -> list[int]:
    """For each token the number of the quotation it stands in, 0 outside; quotations end with their block."""
    numbers: list[int] = []
    number, open_, block = 0, False, -1
    for token in document.tokens:
        if token.block != block:
            open_, block = False, token.block
        if token.text in ('"', "“", "”", "``", "''"):
            open_ = token.text in ("“", "``") or (token.text == '"' and not open_)
            number += open_
            numbers.append(0)
        else:
            numbers.append(number if open_ else 0)
    return numbers


def _learn_genders(document: Document, named: dict[int, Cluster]) -> None:
    """Genders of persons whose names do not tell it, from pronouns with nobody else to refer to."""
    votes: dict[int, Counter[str]] = {}
    people = sorted((i, c) for i, c in named.items() if c.type == PERSON and c.names) if named else []
    by_sentence: dict[int, list[Cluster]] = {}
    for i, cluster in people:
        by_sentence.setdefault(document[i].sentence, []).append(cluster)
    for token in document.tokens:
        if token.lower not in HE and token.lower not in SHE:
            continue
        near = by_sentence.get(token.sentence, []) + by_sentence.get(token.sentence - 1, [])
        if near and all(c is near[0] for c in near) and near[0].gender is None:
            votes.setdefault(id(near[0]), Counter())["m" if token.lower in HE else "f"] += 1
    for _, cluster in people:
        if cluster.gender is None and id(cluster) in votes:
            (first, n), *rest = votes[id(cluster)].most_common()
            if not rest or rest[0][1] < n:
                cluster.gender = first


def _person(reading: _Reading, token: Token, gender: str, named: dict[int, Cluster]) -> Cluster | None:
    """The person that he or she stands for; None if nobody fits."""
    document = reading.document
    ahead = _cataphor(document, token, gender, named)
    if ahead is not None:
        return ahead
    excluded = _excluded(reading, token)
    best: tuple[float, Cluster] | None = None
    for a in reversed(reading.seen):
        distance = token.sentence - a.sentence
        if distance >= len(_DISTANCE):
            break
        if _may_be(a.cluster, gender) and id(a.cluster) not in excluded:
            score = _DISTANCE[distance] + _salience(reading, token, a) + (6 if a.cluster.gender == gender else 0)
            if best is None or score > best[0]:
                best = (score, a.cluster)
    if best is None:
        for a in reversed(reading.seen):
            if a.cluster.names and _may_be(a.cluster, gender) and id(a.cluster) not in excluded:
                best = (0.0, a.cluster)
                break
    if best is None:
        return None
    if best[1].gender is None:
        best[1].gender = gender
    return best[1]


def _may_be(cluster: Cluster, gender: str) -> bool:
    return cluster.type == PERSON and cluster.gender in (None, gender)


_ROLES = {"nsubj": 12.0, "nsubjpass": 12.0, "dobj": 4.0, "conj": 4.0, "poss": 4.0, "appos": 4.0, "agent": 4.0}


def _salience(reading: _Reading, token: Token, a: Antecedent) -> float:
    """The weight of an antecedent apart from its distance in sentences and its gender."""
    document = reading.document
    here = document[a.i]
    score = _ROLES.get(here.dep, 0.0) + (a.i - token.i) / 200
    if here.dep == "pobj" and _is_source(document, here):
        score += 14 if token.dep in SUBJECTS else 8
    if a.quote and a.quote != reading.quotes[token.i]:
        score -= 8
    if here.block != token.block and document.kind(a.i) in (BlockKind.HEADLINE, BlockKind.CAPTION, BlockKind.SUBHEAD):
        score -= 6
    if token.dep in SUBJECTS and document[token.head].lemma in SAYING and here.dep in SUBJECTS:
        score += 4 if document[here.head].lemma in SAYING else 0
    if a.cluster.names:
        score += 1.5 * min(4, reading.counts[id(a.cluster)])
    return score


def _is_source(document: Document, token: Token) -> bool:
    """Whether a phrase gives the token as the one whose word or view it is: "according to Jones", "For Jones, ..."."""
    prep = document[token.head]
    if prep.lower == "to":
        return document[prep.head].lower == "according"
    return prep.lower == "for" and document.sentences[token.sentence].start == prep.i


def _excluded(reading: _Reading, token: Token) -> set[int]:
    """Ids of the clusters that the pronoun cannot stand for.

    The subject of its own clause, unless reflexive or possessive; and, inside a
    quotation, whoever speaks it.
    """
    document = reading.document
    found: set[int] = set()
    if token.dep in ("dobj", "dative", "pobj") and token.lower not in REFLEXIVE:
        verb = document[token.head]
        if token.dep == "pobj":
            verb = document[verb.head]
        found |= {id(reading.heads[c.i]) for c in document.kids(verb.i) if c.dep in SUBJECTS and c.i in reading.heads}
    if reading.quotes[token.i]:
        sentence = document.sentences[token.sentence]
        for k in range(sentence.start, sentence.end):
            t = document[k]
            if t.dep == "nsubj" and k in reading.heads and not reading.quotes[k] and document[t.head].lemma in SAYING:
                found.add(id(reading.heads[k]))
    return found


def _cataphor(document: Document, token: Token, gender: str, named: dict[int, Cluster]) -> Cluster | None:
    """The named subject that a pronoun in a phrase before it announces: "In her opening remarks, Waters said"."""
    if token.dep not in ("poss", "nsubj", "dobj", "pobj"):
        return None
    below = token
    for above in document.ancestors(token.i):
        if below.dep in ("prep", "advcl") and above.i > below.i and above.pos in ("VERB", "AUX"):
            if document.sentences[token.sentence].start < token.i - 6:
                return None
            for child in document.kids(above.i):
                if child.dep in SUBJECTS and child.i > token.i and child.i in named:
                    cluster = named[child.i]
                    return cluster if cluster.type == PERSON and cluster.gender in (None, gender) else None
            return None
        below = above
    return None


def _organization(reading: _Reading, token: Token, types: tuple[EntityType, ...]) -> Cluster | None:
    """The organisation, group or country that it or they stands for, where that is safe.

    Safe is a possessive, or the subject of a verb of saying, with the subject of
    the same sentence or of the sentence before as the only candidate.
    """
    document = reading.document
    speaks = token.dep in SUBJECTS and document[token.head].lemma in _BODILY
    owns = token.dep == "poss"
    inner = token.dep in SUBJECTS and document[token.head].dep in ("ccomp", "advcl", "relcl", "conj")
    if not (speaks or owns or inner):
        return None
    for a in reversed(reading.seen):
        distance = token.sentence - a.sentence
        if distance > (1 if speaks or owns else 0):
            return None
        here = document[a.i]
        if a.cluster.type in types and (
            here.dep in SUBJECTS or (owns and distance == 0 and here.dep in ("poss", "pobj", "dobj", "conj"))
        ):
            if inner and not speaks and document[here.head].lemma not in SAYING:
                return None
            if _rival(reading, a.i, token):
                return None
            if token.lower in THEY and a.cluster.type != GROUP and not _same_clause(document, here, token):
                return None
            return a.cluster
    return None


def _same_clause(document: Document, subject: Token, token: Token) -> bool:
    """Whether the subject's verb is the nearest verb above the pronoun: "The union held their vote"."""
    above = next((t for t in document.ancestors(token.i) if t.pos in ("VERB", "AUX")), None)
    return above is not None and subject.head == above.i


def _rival(reading: _Reading, i: int, token: Token) -> bool:
    """Whether another subject or, for they, another plural stands between token `i` and the pronoun.

    What stands in a quotation that the pronoun stands outside of does not count.
    """
    document = reading.document
    plural = token.lower in THEY
    for k in range(i + 1, token.i):
        t = document[k]
        if reading.quotes[k] and not reading.quotes[token.i]:
            continue
        several = t.tag in ("NNS", "NNPS") and not plural and token.dep in SUBJECTS  # "the tents" are no "it"
        subject = t.dep in SUBJECTS and t.pos in ("NOUN", "PROPN", "PRON") and not several
        if subject and t.lower not in ("it", "that", "which", "who"):
            return True
        if plural and t.tag in ("NNS", "NNPS"):
            return True
    return False
