"""Candidates -> candidates: names that the parser took apart, put together again."""

from __future__ import annotations

from ...language.lexicon import words
from ...records.mention import EntityType
from ...text.document import Document, Token
from .candidate import Candidate, is_capital
from .gazetteer import Gazetteer
from .initialled import initialled, is_free
from .name_edges import in_title
from .names import GENERATIONS, PARTICLES, initials, is_acronym, lexicon, plain

PERSON, ORGANIZATION = EntityType.PERSON, EntityType.ORGANIZATION


def joined(document: Document, found: list[Candidate], known: Gazetteer) -> list[Candidate]:
    """The candidates, in order and disjoint, with the parts of one name as one."""
    pieces: list[Candidate] = []
    for c in found:
        pieces.append(c)
        while len(pieces) > 1 and (whole := _whole(document, pieces[-2], pieces[-1], known)) is not None:
            pieces[-2:] = [whole]
    pairs = [whole for c in pieces if (whole := _with_pair(document, c)) is not c]
    pairs += [whole for c in pieces if (whole := _with_members(document, c)) is not c]
    wholes = [*_offices(document), *_spelled(document), *_nicknamed(document, pieces), *pairs]
    taken = {i for w in wholes for i in range(w.start, w.end)}
    people = [c for c in initialled(document, known) if taken.isdisjoint(range(c.start, c.end))]
    return _laid_over(pieces, [*wholes, *people])


def _laid_over(found: list[Candidate], wholes: list[Candidate]) -> list[Candidate]:
    """The candidates with these in place of whatever they overlap."""
    kept = [c for c in found if all(c.end <= w.start or w.end <= c.start for w in wholes)]
    return sorted([*kept, *wholes], key=lambda c: c.start) if wholes else found


def _whole(document: Document, last: Candidate, c: Candidate, known: Gazetteer) -> Candidate | None:
    """The one name that two neighbouring candidates are; None if they are two."""
    tokens = document.tokens
    if tokens[last.start].sentence != tokens[c.start].sentence or c.start - last.end > 4:
        return None
    for join in _JOINS:
        whole = join(document, last, c, known)
        if whole is not None:
            return whole
    return None


def _given_and_surname(document: Document, last: Candidate, c: Candidate, known: Gazetteer) -> Candidate | None:
    """ "Josphat" and "Ekai Lokwang", the first part a given name or a word that hangs on the second."""
    one_word = c.end - c.start == 1
    if last.end != c.start or (not one_word and in_title(document, last.start)):
        return None  # "Minister for Health Orla Quinlan"
    titled = _is_titled(document, last)
    if last.end - last.start != 1 or not (titled or PERSON in (last.label, c.label)):
        return None
    first = document[last.start]
    given = one_word and plain(first.lower) in lexicon().given
    doctor = titled and c.label == PERSON and not last.known and not c.known  # "Dr Nadir Hamid Abbas"
    return Candidate(last.start, c.end, PERSON) if given or doctor or _hangs_on(first, last, c, known) else None


def _is_titled(document: Document, c: Candidate) -> bool:
    """Whether a title stands before a candidate, whatever the parser takes its second name for: "Brigadier Vish"."""
    if c.start == document.sentences[document[c.start].sentence].start:
        return False
    before = document[c.start - 1]
    return is_capital(before) and before.lower.rstrip(".") in lexicon().titles


def _hangs_on(token: Token, last: Candidate, c: Candidate, known: Gazetteer) -> bool:
    """Whether a word that no label has is part of the compound that a person's name is."""
    apart = last.label is not None or c.known
    return not apart and c.start <= token.head < c.end and is_free(token, known)


def _with_particle(document: Document, last: Candidate, c: Candidate, known: Gazetteer) -> Candidate | None:
    """ "Marta" and "del Valle", "Jan" and "Meer" over "van der": between a name's parts nothing but particles."""
    tokens = document.tokens
    between = tokens[last.end : c.start]
    led = tokens[c.start].text in PARTICLES
    if not (led or between) or any(t.text not in PARTICLES for t in between):
        return None
    if PERSON not in (last.label, c.label) or known.get(document.words(last.start, last.end)) is not None:
        return None
    named = plain(tokens[last.start].lower) in lexicon().given or last.label == PERSON
    return Candidate(last.start, c.end, PERSON) if named else None


def _over_and(document: Document, last: Candidate, c: Candidate, known: Gazetteer) -> Candidate | None:
    """ "Luis Marín" and "Soto" over "y": the two surnames of an Iberian name."""
    between = document.tokens[last.end : c.start]
    linked = len(between) == 1 and between[0].text in ("e", "y", "i") and c.end - c.start == 1
    apart = last.known or c.known or last.label not in (PERSON, ORGANIZATION, None)
    body = document[last.end - 1].lower in lexicon().heads
    return Candidate(last.start, c.end, PERSON) if linked and not apart and not body else None


_LONGEST_PERSON = 4
"""Words of a name in two pieces, from more of which on it is a row of surnames: a firm's."""


def _in_two(document: Document, last: Candidate, c: Candidate, known: Gazetteer) -> Candidate | None:
    """ "El Tarek" and "Omar Sow": two persons with nothing between are one; so is a surname that no label has."""
    if last.end != c.start or last.label != PERSON or last.known or last.end - last.start < 2:
        return None
    surname = c.label is None and c.end == c.start + 1 and is_free(document[c.start], known)
    one = document[c.start].lower not in lexicon().titles
    one = one and c.end - last.start <= _LONGEST_PERSON
    return Candidate(last.start, c.end, PERSON) if one and (c.label == PERSON or surname) else None


def _over_apostrophe(document: Document, last: Candidate, c: Candidate, known: Gazetteer) -> Candidate | None:
    """ "Achieng' Otieno": an apostrophe that ends a given name without s is no possessive."""
    tokens = document.tokens
    if c.start - last.end != 1 or tokens[last.end].text not in ("'", "’"):
        return None
    one = last.end - last.start == 1 and c.end - c.start == 1 and tokens[last.end].start == tokens[last.end - 1].end
    plural = tokens[last.end - 1].lower.endswith("s")
    return Candidate(last.start, c.end, PERSON) if one and not plural and c.label == PERSON else None


def _hyphened(document: Document, last: Candidate, c: Candidate, known: Gazetteer) -> Candidate | None:
    """ "Novakova" and "Holt" over a hyphen that touches both, where one is a person's."""
    tokens = document.tokens
    if c.start - last.end != 1 or tokens[last.end].text != "-" or PERSON not in (last.label, c.label):
        return None
    tight = tokens[last.end - 1].end == tokens[last.end].start
    places = any(known.get(document.words(p.start, p.end)) is not None for p in (last, c))
    one = tight and not places and c.end - c.start == 1 and c.label in (PERSON, None)
    return Candidate(last.start, c.end, PERSON) if one else None


def _generation(document: Document, last: Candidate, c: Candidate, known: Gazetteer) -> Candidate | None:
    """ "Elias Holt" and "Jr." over a comma."""
    alone = c.end - c.start == 1 and document[c.start].lower.rstrip(".") in GENERATIONS
    apart = c.start - last.end == 1 and document[last.end].text == ","
    dotted = c.end < len(document) and document[c.end].text == "." and document[c.end].start == document[c.end - 1].end
    return Candidate(last.start, c.end + dotted, PERSON) if alone and apart and last.end - last.start > 1 else None


def _house(document: Document, last: Candidate, c: Candidate, known: Gazetteer) -> Candidate | None:
    """ "Casey’s" and "Bar": a house called by who keeps it."""
    kept = last.end - last.start == 1 and c.end - c.start == 1 and c.start - last.end == 1
    named = kept and document[last.end].tag == "POS" and known.get(document[last.start].text) is None
    return Candidate(last.start, c.end, ORGANIZATION) if named and document[c.start].text in _HOUSES else None


def _of_members(document: Document, last: Candidate, c: Candidate, known: Gazetteer) -> Candidate | None:
    """ "Orin Packers' Alliance", "St Clare's Hospital": a body called by its members or its saint."""
    tokens = document.tokens
    if c.start - last.end != 1 or tokens[last.end].tag != "POS":
        return None
    members = tokens[last.end].text in ("'", "’") and last.end - last.start > 1
    members = members and tokens[c.end - 1].lower in words("entities", "bodies of members")
    saint = tokens[last.start].lower.rstrip(".") in ("st", "saint") and last.end - last.start == 2
    saint = saint and lexicon().heads.get(tokens[c.end - 1].lower) in ("org", "site")
    return Candidate(last.start, c.end, ORGANIZATION) if members or saint else None


def _of_fields(document: Document, last: Candidate, c: Candidate, known: Gazetteer) -> Candidate | None:
    """ "National Mining, Rail" and "Dock Workers Union" over "and": whom a union is for."""
    tokens = document.tokens
    both = c.start - last.end == 1 and tokens[last.end].lower == "and" and last.label is c.label is ORGANIZATION
    listed = both and any(t.text == "," for t in tokens[last.start : last.end])
    ends = listed and lexicon().heads.get(tokens[c.end - 1].lower) == "org"
    return Candidate(last.start, c.end, ORGANIZATION) if ends else None


def _firm(document: Document, last: Candidate, c: Candidate, known: Gazetteer) -> Candidate | None:
    """ "Paz & Cía", "Larsson & Vogt AB": an ampersand joins the names of a firm."""
    tokens = document.tokens
    if c.start - last.end != 1 or tokens[last.end].text != "&":
        return None
    return Candidate(last.start, c.end, ORGANIZATION)


def _body_of_town(document: Document, last: Candidate, c: Candidate, known: Gazetteer) -> Candidate | None:
    """ "Halifax" and "Crown Court": a town that the parser left out of the name of its court, council or club."""
    tokens = document.tokens
    if last.end != c.start or lexicon().heads.get(tokens[c.end - 1].lower) != "org":
        return None
    county = tokens[last.end - 1].text == "County" and tokens[last.end - 1].head >= c.start
    town = c.end - c.start >= 2 and c.label == ORGANIZATION and not c.known
    if county or (town and _is_town(tokens[last.start], c)):
        return Candidate(last.start, c.end, ORGANIZATION)
    return None


def _is_town(first: Token, c: Candidate) -> bool:
    """Whether a word that hangs on the name of a body may be its town: no label, no title."""
    apart = first.ent or is_acronym(first.text) or first.lower in lexicon().titles
    return not apart and c.start <= first.head < c.end


def _body_of_towns(document: Document, last: Candidate, c: Candidate, known: Gazetteer) -> Candidate | None:
    """ "Redholm" and "Orin Parish Council" over "and", behind a preposition: one body of two towns."""
    tokens = document.tokens
    one = c.start - last.end == 1 and tokens[last.end].lower == "and" and last.end - last.start <= 2
    if not one or c.end - c.start < 2 or tokens[c.end - 1].lower not in words("entities", "bodies of joined towns"):
        return None
    town = known.get(document.words(last.start, last.end))
    free = town.kind in ("city", "district", "region") if town is not None else _may_be_town(document, last)
    return Candidate(last.start, c.end, ORGANIZATION) if free and _led(document, last.start) else None


def _led(document: Document, k: int) -> bool:
    """Whether a preposition that takes one thing stands before token `k`, with or without "the" between."""
    before = document.tokens[max(0, k - 2) : k]
    led = before[-1:] if before and before[-1].lower != "the" else before[:1]
    return any(t.pos == "ADP" and t.lower != "between" for t in led)


def _with_pair(document: Document, c: Candidate) -> Candidate:
    """A body's name with the word that its first is joined to: "the Norse and International Pilots' Association"."""
    tokens, k = document.tokens, c.start - 3
    if k < 0 or tokens[k + 2].lower != "and" or tokens[k].lower != "the" or c.end - c.start < 2:
        return c
    first, ends = tokens[k + 1], lexicon().heads.get(tokens[c.end - 1].lower)
    free = first.tag in ("JJ", "NNP")
    joined = c.start <= first.head < c.end
    return Candidate(k + 1, c.end, ORGANIZATION) if ends == "org" and free and joined else c


def _with_members(document: Document, c: Candidate) -> Candidate:
    """A body's name with the first of two kinds of members: "the Northern Employers and Manufacturers Association"."""
    tokens, k = document.tokens, c.start - 2
    if k < 1 or tokens[k + 1].lower != "and" or lexicon().heads.get(tokens[c.end - 1].lower) != "org":
        return c
    members = [tokens[k], tokens[c.start]]
    if c.end - c.start < 2 or not all(t.tag in ("NNS", "NNPS") or t.lower.endswith("s") for t in members):
        return c
    start = k
    while start > 0 and is_capital(tokens[start]) and tokens[start - 1].sentence == tokens[k].sentence:
        start -= 1
    return Candidate(start + 1, c.end, ORGANIZATION) if start < k and tokens[start].lower == "the" else c


def _may_be_town(document: Document, c: Candidate) -> bool:
    """Whether no word of a name is of bodies or titles, and it is no given name with another word behind."""
    parts = [t.lower.rstrip(".") for t in document.tokens[c.start : c.end]]
    names = lexicon()
    named = len(parts) > 1 and plain(parts[0]) in names.given
    return not named and not any(p in names.heads for p in parts)


def _body_of_country(document: Document, last: Candidate, c: Candidate, known: Gazetteer) -> Candidate | None:
    """ "Reserve Bank" and "India" over "of": the country is part of the name of its bank or academy."""
    tokens = document.tokens
    entry = known.get(document.words(c.start, c.end))
    if c.start - last.end != 1 or tokens[last.end].text != "of" or entry is None or entry.type != EntityType.PLACE:
        return None
    named = last.end - last.start > 1 and not last.known and last.label in (ORGANIZATION, None)
    return Candidate(last.start, c.end, ORGANIZATION) if named and tokens[last.end - 1].text in _NATIONAL else None


_NATIONAL = words("entities", "national bodies, as printed")
_OFFICES = words("entities", "offices of holders, as printed")
_HOLDERS = words("entities", "holders")


def _offices(document: Document) -> list[Candidate]:
    """The offices called by who holds them: "Sedgwick County District Attorney's Office", "Orin Coroner's Court"."""
    tokens = document.tokens
    offices: list[Candidate] = []
    for i in range(1, len(tokens) - 1):
        if tokens[i].lower not in ("'s", "’s", "'", "’") or tokens[i + 1].text not in _OFFICES:
            continue
        if tokens[i - 1].lower not in _HOLDERS or not is_capital(tokens[i - 1]):
            continue
        start = i - 1
        while start > 0 and tokens[start - 1].sentence == tokens[i].sentence and is_capital(tokens[start - 1]):
            if tokens[start - 1].pos not in ("PROPN", "ADJ"):
                break
            start -= 1
        if i - start > 1:
            offices.append(Candidate(start, i + 2, ORGANIZATION))
    return offices


def _spelled(document: Document) -> list[Candidate]:
    """The bodies whose letters stand behind them in brackets: "United Front for National Renewal (UFNR)"."""
    tokens = document.tokens
    bodies: list[Candidate] = []
    for i in range(3, len(tokens) - 2):
        letters = tokens[i + 1].text if tokens[i].text == "(" and tokens[i + 2].text == ")" else ""
        if len(letters) < 3 or not is_acronym(letters):
            continue
        first = _spells(document, i, letters.lower())
        if first is not None and any(t.ent == "ORG" for t in tokens[first:i]):
            bodies.append(Candidate(first, i, ORGANIZATION))
    return bodies


_LONGEST_BODY = 12
"""Words of a body's name, the small ones among them."""


def _spells(document: Document, end: int, letters: str) -> int | None:
    """Where the words begin, capitals and small words, that the letters in brackets behind them are for."""
    tokens, small = document.tokens, words("entities", "small")
    for first in range(end - 1, max(0, end - _LONGEST_BODY) - 1, -1):
        capital = is_capital(tokens[first])
        if tokens[first].sentence != tokens[end].sentence or not (capital or tokens[first].text in small):
            return None
        if capital and letters in initials([t.text for t in tokens[first:end]]):
            return first
    return None


_MARKS = {"“": "”", '"': '"', "‘": "’", "'": "'", "(": ")"}
_LONGEST_NICKNAME = 4


def _nicknamed(document: Document, found: list[Candidate]) -> list[Candidate]:
    """Persons over the nickname between their names: Dwayne “The Rock” Holt, William (Bill) Holt."""
    ends = {i: c.end for c in found for i in range(c.start, c.end)}
    whole: list[Candidate] = []
    for c in found:
        if c.end - c.start == 1 and plain(document[c.start].lower) in lexicon().given:
            surname = _past_nickname(document, c.end)
            if surname is not None:
                whole.append(Candidate(c.start, max(surname + 1, ends.get(surname, 0)), PERSON))
    return whole


def _past_nickname(document: Document, k: int) -> int | None:
    """The surname after the nickname whose mark opens at token `k`; in brackets only another given name is one."""
    near = [t for t in document.tokens[k : k + _LONGEST_NICKNAME + 3] if t.sentence == document[k - 1].sentence]
    closing = _MARKS.get(near[0].text) if near else None
    close = next((n for n, t in enumerate(near) if n > 1 and t.text == closing), None)
    if close is None or close + 1 >= len(near):
        return None
    inner, surname = near[1:close], near[close + 1]
    capitals = all(is_capital(t) or t.lower == "the" for t in inner)
    bracketed = closing == ")" and plain(inner[0].lower) not in lexicon().given
    named = surname.pos == "PROPN" and surname.start == near[close].end + 1
    return surname.i if capitals and named and not bracketed else None


_HOUSES = words("entities", "houses, as printed")
_JOINS = (
    _given_and_surname, _with_particle, _over_and, _in_two, _over_apostrophe, _hyphened, _generation, _house, _firm,
    _of_members, _of_fields,
    _body_of_town, _body_of_towns, _body_of_country,
)  # fmt: skip
