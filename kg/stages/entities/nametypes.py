"""Candidates -> the type of each name, from all its occurrences in the document together."""

from __future__ import annotations

from collections import defaultdict

from ...language.lexicon import words
from ...language.syntax import root_of
from ...records.mention import EntityType
from ...text.document import Document
from .candidate import Candidate
from .gazetteer import Gazetteer
from .name_evidence import scores_of
from .names import key, lexicon, surnamed
from .surroundings import ORGANIZATION, PERSON, PLACE

Scores = dict[EntityType, float]


def type_names(document: Document, candidates: tuple[Candidate, ...], known: Gazetteer) -> dict[str, EntityType | None]:
    """The type of every candidate's key; None for what has too little evidence to be a name."""
    evidence: dict[str, Scores] = defaultdict(lambda: defaultdict(float))
    for c in candidates:
        scores_of(document, c, known, evidence[key(document.words(c.start, c.end))])
    types = {name: _best(scores) for name, scores in evidence.items()}
    fixed, towns = _listed(document, candidates, known)
    _share_surnames(types, evidence, fixed, towns)
    _share_firms(types, fixed)
    _share_storms(types, fixed)
    if _is_sport(document):
        _field_teams(document, candidates, types, known)
    return types


def _best(scores: Scores) -> EntityType | None:
    ranked = sorted(scores.items(), key=lambda item: (-item[1], item[0]))
    return ranked[0][0] if ranked and ranked[0][1] >= 0.5 else None


def _listed(document: Document, candidates: tuple[Candidate, ...], known: Gazetteer) -> tuple[set[str], set[str]]:
    """The keys of candidates that the gazetteer is sure of, and of those it has as a smaller place."""
    fixed: set[str] = set()
    towns: set[str] = set()
    for c in candidates:
        text = document.words(c.start, c.end)
        entry = known.get(text)
        if entry is not None:
            (fixed if entry.weight >= 3 else towns).add(key(text))
    return fixed, towns


def _share_firms(types: dict[str, EntityType | None], fixed: set[str]) -> None:
    """What is a body's name without its "Group" or "plc" is that body, unless it is a country."""
    for name, kind in list(types.items()):
        short, _, last = name.rpartition(" ")
        if kind == ORGANIZATION and last in _FORMS and short in types and short not in fixed:
            types[short] = ORGANIZATION


def _share_storms(types: dict[str, EntityType | None], fixed: set[str]) -> None:
    """What is the name of a storm, "Hurricane Otto", is it alone too, unless it is a country."""
    for name, kind in list(types.items()):
        noun, _, last = name.rpartition(" ")
        if kind == EntityType.EVENT and noun.split()[-1:] and noun.split()[-1] in _STORMS and last not in fixed:
            types[last] = EntityType.EVENT


_STORMS = words("entities", "storms")
_FORMS = words("entities", "forms of firms")


def _share_surnames(
    types: dict[str, EntityType | None], evidence: dict[str, Scores], fixed: set[str], towns: set[str]
) -> None:
    """What is the end of a person's name, or the given name, is that person, unless it is a country."""
    people = [surnamed(name.split()) for name, kind in types.items() if kind == PERSON and " " in name]
    last, ends = {words[-1] for words in people}, _ends(people)
    for name in types.keys() - fixed:
        scores = evidence[name]
        town = name in towns and scores[PLACE] > scores[PERSON] + 1
        if name in ends and types[name] != PERSON and not town:
            types[name] = PERSON
        elif name[-1:] == "s" and name[:-1] in last and name not in last:
            types[name] = EntityType.GROUP
    _join_given_names(types, fixed | towns)


def _join_given_names(types: dict[str, EntityType | None], sure: set[str]) -> None:
    """What ends in the surname of a person is one, too: the "Ana Costa" of an article that calls her Costa."""
    surnames = {name for name, kind in types.items() if kind == PERSON and " " not in name} - lexicon().heads.keys()
    for name in types.keys() - sure:
        words = name.split()
        if types[name] in (PLACE, None) and len(words) == 2 and words[1] in surnames:
            types[name] = PERSON


def _ends(people: list[list[str]]) -> set[str]:
    """What several persons may be called for short: the surname, the rest without the given name, the given name."""
    first = {words[0] for words in people if words[0] in lexicon().given}
    return first | {" ".join(words[n:]) for words in people for n in range(min(1, len(words) - 1), len(words))}


_SPORT = words("entities", "sport")
_SPORT_SHARE = 1 / 60
_AGAINST = words("entities", "against")
_PLAYING = words("parse", "plays in a match")


def _is_sport(document: Document) -> bool:
    """Whether the article reports a game: at least eight words of sport, and one in 60 words."""
    n = sum(t.lower in _SPORT for t in document.tokens)
    return n >= 8 and n >= _SPORT_SHARE * len(document)


def _field_teams(
    document: Document, candidates: tuple[Candidate, ...], types: dict[str, EntityType | None], known: Gazetteer
) -> None:
    """In the report of a game, a country that plays is its team."""
    for c in candidates:
        text = document.words(c.start, c.end)
        entry = known.get(text)
        if entry is None or entry.kind not in ("country", "region"):
            continue
        before = document[c.start - 1].lower if c.start else ""
        if root_of(document, c.start, c.end).dep in _PLAYING or before in _AGAINST:
            types[key(text)] = ORGANIZATION
