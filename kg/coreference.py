"""Pronouns and descriptions added to the clusters of names they stand for.

One pass over the text, left to right, in the manner of Lappin and Leass
(1994): candidates are the things mentioned so far, weighed by distance in
sentences, grammatical role, how often they were mentioned and whether gender
and kind agree. A thing without a name competes like the named ones, so that a
pronoun for "a woman" stays with her and is left unresolved.
"""

from __future__ import annotations

from dataclasses import dataclass

from .aliases import PERSON, Cluster
from .document import Document, Token
from .gazetteer import EntityType, Gazetteer
from .mentions import Mention, MentionKind
from .names import lexicon
from .nametypes import root_of

HE = frozenset(("he", "him", "his", "himself"))
SHE = frozenset(("she", "her", "hers", "herself"))
SUBJECTS = frozenset(("nsubj", "nsubjpass"))
REFLEXIVE = frozenset(("himself", "herself", "itself", "themselves"))
WINDOW = 5
"""Sentences before a pronoun in which its antecedent is looked for."""

_DISTANCE = (30.0, 22.0, 10.0, 6.0, 3.0, 1.0)


@dataclass(slots=True)
class Antecedent:
    """Something mentioned: a cluster, or a person without a name (`cluster` None)."""

    i: int
    sentence: int
    cluster: Cluster | None
    type: EntityType
    gender: str | None
    quote: int

    def told(self) -> str | None:
        """The gender known by now."""
        return self.cluster.gender if self.cluster is not None else self.gender


def resolve(document: Document, clusters: list[Cluster], known: Gazetteer) -> None:
    """Add pronouns and descriptions to the clusters they refer to."""
    heads: dict[int, Cluster] = {}
    inside: dict[int, Cluster] = {}
    for cluster in clusters:
        for start, end, _ in cluster.mentions:
            heads[root_of(document, start, end).i] = cluster
            inside.update(dict.fromkeys(range(start, end), cluster))
    _learn_roles(document, heads, inside)
    quotes = _quotes(document)
    seen: list[Antecedent] = []
    for token in document.tokens:
        if token.i in heads:
            cluster = heads[token.i]
            seen.append(Antecedent(token.i, token.sentence, cluster, cluster.type, None, quotes[token.i]))
            continue
        if token.i in inside:
            continue
        found: Cluster | None = None
        if token.lower in HE or token.lower in SHE:
            found = _person(document, token, seen, heads, quotes)
            kind = MentionKind.PRONOUN
        elif token.pos == "NOUN":
            kind = MentionKind.NOMINAL
            found = _described(document, token, seen)
            if found is None and (unnamed := _unnamed(document, token, quotes)) is not None:
                seen.append(unnamed)
        if found is None:
            continue
        start = token.i
        if kind == MentionKind.NOMINAL:
            start = _left_edge(document, token)
        found.mentions.append((start, token.i + 1, Mention(document.span(start, token.i + 1), kind, found.type)))
        heads[token.i] = found
        seen.append(Antecedent(token.i, token.sentence, found, found.type, None, quotes[token.i]))


def _quotes(document: Document) -> list[int]:
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


def _learn_roles(document: Document, heads: dict[int, Cluster], inside: dict[int, Cluster]) -> None:
    """What the article calls its persons and organisations in appositions and before their names."""
    persons = lexicon().persons
    for i, cluster in list(heads.items()):
        token = document[i]
        nouns = [c for c in document.kids(i) if c.dep in ("appos", "compound") and c.i not in inside]
        if token.dep == "appos" and token.head not in inside:
            nouns.append(document[token.head])
        if token.dep in SUBJECTS and document[token.head].lemma == "be":
            nouns += [c for c in document.kids(token.head) if c.dep == "attr" and c.i not in inside]
        for noun in nouns:
            word = noun.lemma.lower()
            cluster.roles.add(word)
            if cluster.type == PERSON and cluster.gender is None:
                cluster.gender = persons.get(word)


def _left_edge(document: Document, token: Token) -> int:
    """The first token of a short description that ends in `token`."""
    left = [
        c.i for c in document.kids(token.i) if c.i < token.i and c.dep in ("det", "amod", "compound", "poss", "nmod")
    ]
    first = min(left, default=token.i)
    return first if token.i - first < 6 else token.i


def _person(
    document: Document, token: Token, seen: list[Antecedent], heads: dict[int, Cluster], quotes: list[int]
) -> Cluster | None:
    """The person that he or she stands for; None if it is one without a name, or nobody fits."""
    gender = "m" if token.lower in HE else "f"
    excluded = _bound(document, token, heads)
    best: tuple[float, Antecedent] | None = None
    counts: dict[int, int] = {}
    for a in seen:
        if a.cluster is not None:
            counts[id(a.cluster)] = counts.get(id(a.cluster), 0) + 1
    for a in reversed(seen):
        distance = token.sentence - a.sentence
        if distance > WINDOW:
            break
        if a.type != PERSON or a.told() not in (None, gender) or (a.cluster is not None and id(a.cluster) in excluded):
            continue
        score = _DISTANCE[distance] + (a.i - token.i) / 200
        if document[a.i].dep in SUBJECTS:
            score += 12
        if a.told() == gender:
            score += 6
        if a.quote and a.quote != quotes[token.i]:
            score -= 6
        if a.cluster is not None:
            score += 1.5 * min(4, counts[id(a.cluster)])
        if best is None or score > best[0]:
            best = (score, a)
    if best is None:
        for a in reversed(seen):
            if (
                a.type == PERSON
                and a.cluster is not None
                and a.told() in (None, gender)
                and id(a.cluster) not in excluded
            ):
                best = (0.0, a)
                break
    if best is None or best[1].cluster is None:
        return None
    cluster = best[1].cluster
    if cluster.gender is None:
        cluster.gender = gender
    return cluster


def _bound(document: Document, token: Token, heads: dict[int, Cluster]) -> set[int]:
    """Clusters that the pronoun cannot stand for: the subject of its own clause."""
    if token.dep not in ("dobj", "dative", "pobj") or token.lower in REFLEXIVE:
        return set()
    verb = document[token.head]
    if token.dep == "pobj":
        verb = document[verb.head]
    return {id(heads[c.i]) for c in document.kids(verb.i) if c.dep in SUBJECTS and c.i in heads}


def _described(document: Document, token: Token, seen: list[Antecedent]) -> Cluster | None:
    """The thing that a definite description without complements stands for."""
    kids = list(document.kids(token.i))
    if not any(c.dep == "det" and c.lower in ("the", "this", "that") for c in kids):
        return None
    lemma = token.lemma.lower()
    for a in reversed(seen):
        if token.i - a.i > 400:
            break
        if a.cluster is not None and lemma in a.cluster.roles:
            return a.cluster
    return None


def _unnamed(document: Document, token: Token, quotes: list[int]) -> Antecedent | None:
    """A person that the article does not name."""
    persons = lexicon().persons
    word = token.lower
    if token.tag != "NN" or word not in persons:
        return None
    return Antecedent(token.i, token.sentence, None, PERSON, persons[word], quotes[token.i])
