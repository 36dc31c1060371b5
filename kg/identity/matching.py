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

from dataclasses import dataclass
from enum import StrEnum

from ..records.mention import EntityType
from ..stages.entities.gazetteer import gazetteer
from ..stages.entities.names import lexicon
from .name_likeness import (
    FULL,
    VARIANT,
    Profile,
    body_of,
    core_of,
    head_of,
    is_people,
    long_words,
    misspelt,
    name_key,
    name_words,
    other_names,
    person_names,
    post_of,
    transliterated,
    without_generation,
)
from .namesakes import is_common, namesakes


class Judgement(StrEnum):
    """What a comparison comes to."""

    MERGE = "merge"
    SUGGEST = "suggest"
    APART = "apart"


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


def compare(a: Profile, b: Profile) -> Comparison:
    """Whether two entities are the same thing.

    Vetoes come first: another type, gender, surname, given name, middle
    initial or generation, another external id. Then evidence beyond the name
    decides between merging and suggesting.

    >>> from dataclasses import replace
    >>> mine = Profile("e1", "a1", EntityType.PERSON, "John Smith", roles=("mayor",), places=("Leeds",))
    >>> theirs = Profile("e2", "a2", EntityType.PERSON, "John Smith", roles=("baker",))
    >>> compare(mine, theirs).verdict
    <Judgement.SUGGEST: 'suggest'>
    >>> compare(mine, replace(mine, key="e3", article="a3")).verdict
    <Judgement.MERGE: 'merge'>
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
    """What speaks for and against two entities being one apart from roles, bodies and places.

    >>> jo, ida = (Profile(name, "", EntityType.PERSON, f"{name} Hill") for name in ("Jo", "Ida"))
    >>> grounds(jo, ida).verdict, grounds(jo, ida).why
    (<Judgement.APART: 'apart'>, 'given names jo, ida')
    """
    if a.type is not b.type:
        return Grounds(Judgement.APART, 0.0, f"{a.type} is not {b.type}")
    if a.external and b.external:
        same = a.external == b.external
        return Grounds(
            Judgement.MERGE if same else Judgement.APART, float(same), f"external id {a.external}, {b.external}"
        )
    if a.type is EntityType.GROUP and is_people(a.name) and is_people(b.name):
        return Grounds(Judgement.APART, 0.0, "a people or a party's members: never one by the word alone")
    alike, why = (person_names if a.type is EntityType.PERSON else other_names)(a, b)
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
    mine, theirs = without_generation(name_words(a.name)), without_generation(name_words(b.name))
    titled = {mine[0], theirs[0]} & lexicon().titles.keys()
    slip = alike < VARIANT and misspelt(mine, theirs)
    if len(mine) < 2 or len(theirs) < 2 or titled or (alike < VARIANT and not slip):
        return Grounds(Judgement.SUGGEST, alike, why)
    # The surname comes first in half of Asia.
    bearers = max(namesakes(*ends) for w in (mine, theirs) for ends in ((w[0], w[-1]), (w[-1], w[0])))
    same = mine[-1] == theirs[-1]
    if slip:
        return Grounds(Judgement.SUGGEST, alike, f"{why}, one perhaps misspelt", 1)
    if same and bearers <= _ALONE:
        return Grounds(Judgement.MERGE, alike, f"{why}, a name that hardly two bear")
    most = _UNCONTRADICTED if mine[0] == theirs[0] else _FAMILIAR
    if alike < FULL and bearers > _FAMILIAR:
        return Grounds(Judgement.SUGGEST, alike, why)
    needs = 0 if bearers <= most else 1 if bearers <= _ONE else 2
    return Grounds(Judgement.SUGGEST, alike, why, max(needs, 0 if same or transliterated(mine, theirs) else 1))


def _of_other(a: Profile, b: Profile, alike: float, why: str) -> Grounds:
    """What two agreeing names of bodies, groups, places or works come to, by whether the name is one's own."""
    if alike < FULL:
        return Grounds(Judgement.SUGGEST, alike, why)
    words = min(name_words(a.name), name_words(b.name), key=len)
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
    enough = ground.needs is not None and evidence >= ground.needs and (evidence or not _contradicts(a, b))
    return Judgement.MERGE if enough else Judgement.SUGGEST, score


def share(a: Facts, b: Facts) -> bool:
    """Whether two articles tell of a role, an organisation or a place in common.

    >>> people = (Profile(role, "", EntityType.PERSON, "Jo Hill", roles=(role,)) for role in ("mayor", "baker"))
    >>> mayor, baker = map(facts_of, people)
    >>> share(mayor, mayor), share(mayor, baker)
    (True, False)
    """
    return bool(a.roles & b.roles or a.organizations & b.organizations or a.places & b.places)


def _contradicts(a: Facts, b: Facts) -> bool:
    """Whether two articles tell of other work in other places: a footballer in Leeds, a premier in Canberra."""
    work = bool(a.heads and b.heads and not a.heads & b.heads)
    home, other = a.organizations | a.places, b.organizations | b.places
    return work and bool(home and other and not home & other)


def facts_of(profile: Profile) -> Facts:
    """What a profile tells, in the words by which two of them agree.

    >>> facts_of(Profile("e1", "a1", EntityType.PERSON, "Jo Hill", roles=("mayor of leeds",))).heads
    frozenset({'mayor'})
    """
    blank = {""}
    return Facts(
        frozenset({form for x in profile.roles for form in (post_of(x), core_of(x))} - blank),
        frozenset({body_of(x) for x in profile.organizations} - blank),
        frozenset({body_of(x) for x in profile.places} - blank),
        frozenset({head_of(x) for x in profile.roles} - blank),
    )


def name_alone(profile: Profile) -> Profile:
    """What of a profile decides `grounds`: type, names, gender and id outside.

    Other names that the name has in it tell no more: a body's in another
    spelling, a person's surname.
    """
    person = profile.type is EntityType.PERSON
    words, own = name_words if person else long_words, name_key(profile)[1:]
    said = {own, own[-1:]} if person else {own}
    aliases = tuple(alias for alias in profile.aliases if words(alias) not in said)
    return Profile("", "", profile.type, profile.name, aliases, profile.gender, external=profile.external)
