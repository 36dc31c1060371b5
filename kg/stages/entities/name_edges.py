"""Candidates -> candidates with the edges that names have: cut apart, freed of titles, articles and marks."""

from __future__ import annotations

from dataclasses import replace

from ...language.lexicon import words
from ...language.syntax import VERBAL
from ...records.mention import EntityType
from ...text.document import Document, Token
from .candidate import FUNCTION, QUOTES, Candidate, inside_word, is_capital, is_post, opens_post
from .gazetteer import Gazetteer
from .names import PARTICLES, SURNAMES_FIRST, is_acronym, is_person_noun, lexicon, plain
from .surroundings import SAYING

_ARTICLES = frozenset(("the", "a", "an"))
_POSSESSIVES = frozenset(("'s", "’s", "'", "’"))
_SUFFIXES = words("entities", "suffixes")
_ADDRESS = words("entities", "address")
"""Words of address that begin no name of a body."""
_PERSON_CUTS = words("entities", "person cuts")
_DASHES = frozenset(("-", "–", "—"))
_PREFIXES = words("entities", "prefixes")
_POSTS_OF_BODIES = words("roles", "post of a body, before its name")
_OF_STATE = words("entities", "post of state, before its field")


def cut(document: Document, raw: Candidate, known: Gazetteer, surnames: set[str]) -> list[Candidate]:
    """The candidate cut at quotation marks, dashes and slashes, between owner and owned, and between two persons."""
    tokens = document.tokens
    pieces: list[Candidate] = []
    start, label = raw.start, raw.label
    for i in range(raw.start, raw.end):
        if _cuts(document, raw, start, i, known, surnames):
            pieces.append(Candidate(start, i, label))
            start = i + 1
            # what follows "and" is as likely a person, what follows "at" or a dash is not
            label = None if tokens[i].text in _DASHES | _POSSESSIVES | _PERSON_CUTS else raw.label
    pieces.append(Candidate(start, raw.end, label))
    if len(pieces) > 1 and tokens[raw.start].lower in _PREFIXES:
        pieces = pieces[1:]
    return [piece for piece in pieces if piece.start < piece.end]


def _cuts(document: Document, raw: Candidate, start: int, i: int, known: Gazetteer, surnames: set[str]) -> bool:
    """Whether no name runs on over token `i` of the candidate, its present piece beginning at `start`."""
    text = document[i].text
    if text in "/()[]" or text == "--" or _is_quotation_mark(document, i):
        return True
    if i in (raw.start, raw.end - 1):
        return text in QUOTES
    if text in ("A", "An") and document[i].dep == "det":
        return True  # what stands before is the word for the picture
    before, after = document.words(start, i) if i > start else "", document.words(i + 1, raw.end)
    person = raw.label == EntityType.PERSON
    if text in _DASHES:
        return _apart_at_dash(document, i, before, after, known)
    if text in _POSSESSIVES:
        return person or _owns(document, i, before, known, surnames)
    if text in (",", "and", "&"):
        return person or _parts_posts(document, raw) or any(_is_person(w, known, surnames) for w in (before, after))
    return person and text in _PERSON_CUTS


def _parts_posts(document: Document, raw: Candidate) -> bool:
    """Whether what "and" joins is the body of one post and the field of the next: "Legislature and Health"."""
    of = raw.start - 1 - (raw.start > 2 and document[raw.start - 1].lower in _ARTICLES)
    return of > 0 and opens_post(document, of - 1) and raw.end < len(document) and is_post(document[raw.end])


def _is_quotation_mark(document: Document, i: int) -> bool:
    """Whether a token is a quotation mark and no apostrophe of a name."""
    return document[i].text in QUOTES and document[i].text not in _POSSESSIVES


def _apart_at_dash(document: Document, i: int, before: str, after: str, known: Gazetteer) -> bool:
    """Whether the dash at `i` parts two names: both known, a space beside it, or "pro-" before it."""
    both = known.get(before) is not None and known.get(after) is not None
    return both or not inside_word(document, i) or before.lower() in _PREFIXES


def _owns(document: Document, i: int, before: str, known: Gazetteer, surnames: set[str]) -> bool:
    """Whether the possessive at `i` parts a thing that is named from what it owns, or from a person."""
    return known.get(before) is not None or before in surnames or plain(document[i + 1].lower) in lexicon().given


def _is_person(words: str, known: Gazetteer, surnames: set[str]) -> bool:
    entry = known.get(words)
    return words in surnames or (entry is not None and entry.type == EntityType.PERSON)


def split(document: Document, c: Candidate, known: Gazetteer) -> list[Candidate]:
    """A person apart from the titles, organisation or place before: "NASA Administrator Charles Bolden"."""
    tokens = document.tokens
    if c.label not in (EntityType.PERSON, EntityType.ORGANIZATION, None):
        inside = _last_title(document, c) if c.label == EntityType.PLACE else -1
        return _split_at_title(document, c, inside) if inside > c.start and _is_called(document, c, inside) else [c]
    c = replace(c, start=c.start + (tokens[c.start].lower in _ARTICLES and c.end - c.start > 1))
    if _is_addressed(document, c):
        return [Candidate(c.start + 1, c.end, EntityType.PERSON)]
    if c.end - c.start > 1 and document.words(c.start, c.end) in known.adjectives:
        return []  # the "Sri Lankan" of a minister
    last = _last_title(document, c)
    if last >= 0 and _is_called(document, c, last):
        return _split_at_title(document, c, last)
    if _is_of_title(document, c):
        return _past_field(document, replace(c, start=c.start + 2), known)
    if _is_title_with_field(document, c):
        return []
    ways = (_split_at_field, _past_field, _split_at_place, _split_at_body, _split_at_for, _without_lead)
    return next(filter(None, (way(document, c, known) for way in ways)), [c])


def _is_called(document: Document, c: Candidate, title: int) -> bool:
    """Whether a person's name follows a title; one of two words, none of them a body's, does: "Mayor Cy Nolan"."""
    names, word = document.tokens[title + 1 : c.end], document[title].lower.rstrip(".")
    if c.label == EntityType.PERSON or word in lexicon().honorifics or plain(names[0].lower) in lexicon().given:
        return True
    return len(names) == 2 and is_person_noun(document[title].lower) and all(_may_be_called(t) for t in names)


def _may_be_called(token: Token) -> bool:
    """Whether a word may be one of the two of a person's name behind a title: "Orin District Collector Om Rao"."""
    known = token.lower in lexicon().heads or token.lower in lexicon().titles or is_person_noun(token.lower)
    return is_capital(token) and not known and not is_acronym(token.text)


def _is_addressed(document: Document, c: Candidate) -> bool:
    """Whether a word of address opens a name of one or two words."""
    two = c.end - c.start in (2, 3) and is_capital(document[c.start + 1])
    return two and document[c.start].lower.rstrip(".") in _ADDRESS


def _last_title(document: Document, c: Candidate) -> int:
    """The last title in the candidate that a name follows; -1 if there is none."""
    titles = lexicon().titles
    for i in range(c.end - 2, c.start - 1, -1):
        follower = document[i + 1]
        named = is_capital(follower) or follower.lower in PARTICLES
        apart = follower.lower in _SUFFIXES or follower.text in ("&", "and", "-")
        post = is_person_noun(document[i].text)  # "Halden boss Owen Marsh"
        if named and not apart and (post or document[i].lower.rstrip(".") in titles):
            return i
    return -1


def _split_at_title(document: Document, c: Candidate, last: int) -> list[Candidate]:
    tokens, words = document.tokens, lexicon()
    first = last
    while first > c.start and tokens[first - 1].lower.rstrip(".") in words.titles:
        first -= 1
    if first == c.start + 1 and c.end == last + 2 and plain(tokens[c.start].lower) in words.given:
        return [c]  # "Howard Dean Smith": between two single words it is no title
    place = first
    while place > c.start + 1 and tokens[place - 1].lower in words.portfolios:
        place -= 1  # the "KwaZulu-Natal" of its "Health MEC"
    before = [Candidate(c.start, place, None)] if place > c.start else []
    return [*before, Candidate(last + 1, c.end, EntityType.PERSON)]


def _split_at_place(document: Document, c: Candidate, known: Gazetteer) -> list[Candidate]:
    """A person apart from a place before, whole."""
    tokens, words = document.tokens, lexicon()
    place = _end_of_place(document, c.start, known)
    if not c.start + 1 < place <= c.end - 2 or plain(tokens[place].lower) not in words.given:
        return []
    if tokens[c.end - 1].lower in words.heads:
        return []
    return [Candidate(c.start, place, EntityType.PLACE), Candidate(place, c.end, EntityType.PERSON)]


def _split_at_body(document: Document, c: Candidate, _: Gazetteer) -> list[Candidate]:
    """A person apart from the body before: "Rural Party Sanjay Rao"."""
    tokens, names, k = document.tokens, lexicon(), c.end - 2
    body = k - c.start >= 2 and names.heads.get(tokens[k - 1].lower) == "org"
    if not body or plain(tokens[k].lower) not in names.given or tokens[k + 1].lower in names.heads:
        return []
    return [Candidate(c.start, k, EntityType.ORGANIZATION), Candidate(k, c.end, EntityType.PERSON)]


def _is_of_title(document: Document, c: Candidate) -> bool:
    """Whether words are the rest of a title: the "State for Health" of "Secretary of State for Health"."""
    first = document.words(max(0, c.start - 2), c.start + 2).lower()
    return first in _OF_STATE


def _is_title_with_field(document: Document, c: Candidate) -> bool:
    """Whether words are a post with what it is for: the "Commissioner of Police"."""
    whole = c.end - c.start > 2 and opens_post(document, c.start)
    return whole and all(map(_is_of_field, document.tokens[c.start + 2 : c.end]))


def _split_at_field(document: Document, c: Candidate, _: Gazetteer) -> list[Candidate]:
    """A person apart from what they are minister or bishop of: "Minister of Transport Anna Marsh"."""
    tokens, names, k = document.tokens, lexicon(), c.start
    while k < c.end - 2 and plain(tokens[k].lower) not in names.given:
        k += 1
    if not c.start < k or not in_title(document, c.start) or plain(tokens[k].lower) not in names.given:
        return []
    if tokens[c.end - 1].lower in names.heads:
        return []
    named = {t.lower for t in tokens[c.start : k]} & names.portfolios or not opens_post(document, c.start - 2)
    place = [] if named else [Candidate(c.start, k, None)]
    return [*place, Candidate(k, c.end, EntityType.PERSON)]


def _past_field(document: Document, c: Candidate, known: Gazetteer) -> list[Candidate]:
    """Somebody of a name that no table has, apart from the field of the post: "for Health |Koh Min Teck"."""
    k = _end_of_place(document, c.start, known)
    place = [Candidate(c.start, k, EntityType.PLACE)] if k > c.start else []
    while k < c.end and _is_of_field(document[k]):
        k += 1
    name = document.tokens[k : c.end]
    if k == c.start or len(name) not in (2, 3) or not in_title(document, c.start):
        return []
    speaks = c.end < len(document) and document[c.end].lemma in SAYING and document[c.end].pos in VERBAL
    named = speaks or name[0].lower in SURNAMES_FIRST
    return [*place, Candidate(k, c.end, EntityType.PERSON)] if named and all(map(_may_be_called, name)) else []


def _end_of_place(document: Document, start: int, known: Gazetteer) -> int:
    """The end of the place that the gazetteer has from a token on; the token if it has none."""
    end = known.longest(document.tokens, start)
    entry = known.get(" ".join(document.words(start, end).split())) if end > start else None
    return end if entry is not None and entry.type == EntityType.PLACE else start


def _is_of_field(token: Token) -> bool:
    """Whether a word says what somebody is minister or commissioner for."""
    fields = lexicon().portfolios | words("entities", "field of a post")
    return token.lower in fields or token.text in ("and", "&", ",")


def in_title(document: Document, k: int) -> bool:
    """Whether a title goes on up to a token: "Superintendent of |Police", "Minister of Co-operative |Governance"."""
    first = k
    while first > max(2, k - _LONGEST_FIELD) and _goes_back(document, first):
        first -= 1
    return first > 1 and document[first - 1].lower in _JOINS and _is_title_word(document[first - 2])


def _goes_back(document: Document, first: int) -> bool:
    """Whether the word before a token is of the field of a post, or joins it to another: "Minister of State |for"."""
    last, before = document[first - 1], document[first - 2]
    joins = last.lower in _JOINS and is_capital(before) and not _is_title_word(before)
    return _in_field(last) or before.text == "-" or joins


def _is_title_word(token: Token) -> bool:
    return token.lower in lexicon().titles


_JOINS = words("grammar", "joins a post to its body", "joins a post to its place")
_LONGEST_FIELD = 9


def _in_field(token: Token) -> bool:
    return is_capital(token) or token.text in ("-", ",", "&") or token.lower == "and"


def _split_at_for(document: Document, c: Candidate, _: Gazetteer) -> list[Candidate]:
    """Somebody apart from a body after "for"."""
    tokens, words = document.tokens, lexicon()
    if c.label != EntityType.ORGANIZATION or plain(tokens[c.start].lower) not in words.given:
        return []
    for i in range(c.start + 2, min(c.start + 4, c.end - 1)):
        if tokens[i].lower == "for" and tokens[i - 1].lower not in words.heads:
            return [Candidate(c.start, i, EntityType.PERSON), Candidate(i + 1, c.end, c.label)]
    return []


def _without_lead(document: Document, c: Candidate, known: Gazetteer) -> list[Candidate]:
    """A person apart from a word before that says where from."""
    lead = document[c.start].text
    entry = known.names.get(lead)
    if c.label != EntityType.PERSON:
        return []
    if entry is not None and lead.endswith(".") and entry.kind == "region" and c.end - c.start > 2:
        return [Candidate(c.start, c.start + 1, EntityType.PLACE), Candidate(c.start + 1, c.end, c.label)]
    for end in (c.start + 2, c.start + 1):
        if document.words(c.start, end) in known.adjectives and c.end > end:
            return [Candidate(end, c.end, c.label)]
    return []


def trimmed(document: Document, c: Candidate, known: Gazetteer) -> Candidate | None:
    """The candidate without articles, titles, possessives and marks at its ends; None if no name is left."""
    start, end = _bounds(document, c)
    if c.label == EntityType.PLACE:
        end = _place_before_post(document, start, end)
    if _is_before_honoured(document, start, end):
        c = replace(c, label=None)
    if c.label in (EntityType.ORGANIZATION, None):
        if end - start > 2 and opens_post(document, start) and document[start].lower in _POSTS_OF_BODIES:
            start += 2  # "Founder of Norvane Robotics"
        if _is_field(document, start, end):
            return None
        end = _body_before_title(document, start, end, known)
    if c.label in (EntityType.PERSON, None):
        if _is_title_before_name(document, start, end):
            return _body_in_title(document, start, end)
        start, end = _without_titles(document, start, end)
    named = any(is_capital(t) for t in document.tokens[start:end])
    return replace(c, start=start, end=end) if named else None


def _is_before_honoured(document: Document, start: int, end: int) -> bool:
    """Whether words end in a form of address that a name follows: "Jeddah Mayor Dr. |Faisal"."""
    honorific = end > start + 1 and document[end - 1].lower.rstrip(".") in lexicon().honorifics
    return honorific and _is_title_before_name(document, start, end)


def _place_before_post(document: Document, start: int, end: int) -> int:
    """The end of a place's name without the post held there: "Redholm District Councillor", "Orin County Sheriff’s"."""
    while end > start + 1 and document[end - 1].lower in words("roles", "held in a place, before a name"):
        end -= 1
    return end


def _is_field(document: Document, start: int, end: int) -> bool:
    """Whether a word only says of what somebody has a post: the "Music" of "the orchestra’s Music Director"."""
    alone = end == start + 1 and end < len(document) and is_post(document[end])
    return alone and document[start].lower in words("roles", "fields of posts") | lexicon().portfolios


def _bounds(document: Document, c: Candidate) -> tuple[int, int]:
    """Where a name begins and ends: "Morocco" of "Morocco 2-1", "Hook County" of "Hook County State's Attorney"."""
    tokens = document.tokens
    start, end = c.start, c.end
    while end > start and _no_end(tokens[end - 1]):
        end -= 1
    while start < end and _no_start(tokens[start]) and not _given(document, c, start, end):
        start += 1
    end = _before_score(document, start, _before_post(document, c, start, end))
    if end - start > 1 and tokens[end - 1].text == "State" and [t.text for t in tokens[end : end + 2]] in _STATE_S:
        end -= 1
    return start, end


def _before_post(document: Document, c: Candidate, start: int, end: int) -> int:
    """The end of a name without the post behind it: the DA of "DA Member of Parliament", "Redholm | Health MEC"."""
    if end < len(document) and document[end].lower in words("entities", "has a field, before a name"):
        fields = lexicon().portfolios | words("entities", "field of a post") | {"and", "&", "affairs"}
        while end > start + 1 and document[end - 1].lower in fields:
            end -= 1
    person = c.label == EntityType.PERSON and plain(document[start].lower) in lexicon().given
    member = end > start and document[end - 1].lower == "member" and opens_post(document, end - 1)
    return end - 1 if member and not person else end


def _before_score(document: Document, start: int, end: int) -> int:
    """The end of a name without the score of its game: "Morocco 2-1"."""
    last = document.tokens[max(start, end - 3) : end]
    score = end - start > 3 and last[1].text in _DASHES and last[2].text.isdigit()
    return end - 3 if score else end


_STATE_S = (["'s", "Attorney"], ["’s", "Attorney"])


def _body_before_title(document: Document, start: int, end: int, known: Gazetteer) -> int:
    """The end of a body's name without the titles behind: "State Department Spokesperson", "Superior Court Judge"."""
    names = lexicon()
    while (
        end > start + 1
        and document[end - 1].lower in names.titles
        and names.heads.get(document[end - 2].lower) == "org"
    ):
        end -= 1
    if end > start + 1 and document[end - 1].lower in words("entities", "ends a title and no name"):
        listed = known.longest(document.tokens, start)
        return listed if start + 1 < listed < end else end  # "United Nations Humanitarian Coordinator"
    return end


def _is_title_before_name(document: Document, start: int, end: int) -> bool:
    """Whether words are a title that a name follows, as the "District Attorney" of "District Attorney Glen Marsh"."""
    if end - start < 2 or end >= len(document) or document[end - 1].lower.rstrip(".") not in lexicon().titles:
        return False
    following = document[end]
    goes_on = following.pos == "PROPN" and is_capital(following) and following.sentence == document[start].sentence
    return goes_on and plain(document[start].lower) not in lexicon().given


def _body_in_title(document: Document, start: int, end: int) -> Candidate | None:
    """What opens a title: a body, by its last noun or in letters, "OPP Sergeant"; a place, by the post held there."""
    names = lexicon()
    while end > start + 1 and document[end - 1].lower.rstrip(".") in names.honorifics:
        end -= 1  # "Jeddah Mayor Dr."
    place = _place_before_post(document, start, end)
    if place < end and _is_place_of_post(document, start, place, end):
        return Candidate(start, place, EntityType.PLACE)
    while end > start and document[end - 1].lower in names.titles:
        end -= 1
    last = document[end - 1].text if end > start else ""
    letters = is_acronym(last) and end == start + 1
    return Candidate(start, end, EntityType.ORGANIZATION) if letters or names.heads.get(last.lower()) == "org" else None


def _is_place_of_post(document: Document, start: int, place: int, end: int) -> bool:
    """Whether what stands before a post held in a place is one: a district, or any name before a mayor."""
    whose = document.words(start, place).lower().split()
    town = document[place - 1].lower in words("roles", "before a rank in a town hall") and len(whose) > 1
    told = town or document[end - 1].lower in words("roles", "one in a place, before a name")
    return told and lexicon().titles.keys().isdisjoint(whose) and is_capital(document[start])


def _without_titles(document: Document, start: int, end: int) -> tuple[int, int]:
    """A person's name without titles before and small words behind."""
    tokens, first = document.tokens, start
    while start < end and tokens[start].lower.rstrip(".") in lexicon().titles:
        start += 1
    if start < end and (tokens[start].text == "-" or tokens[start].lower in _SUFFIXES):
        start = first
    while end > start + 1 and not is_capital(tokens[end - 1]) and tokens[end - 1].lower not in PARTICLES:
        if tokens[end - 2].text == "-" and tokens[end - 1].text.isalpha():
            break
        end -= 1
    return start, end


def _given(document: Document, c: Candidate, start: int, end: int) -> bool:
    """Whether a word that is also another, at the start of what the parser takes for a person, is a name: Will."""
    token = document[start]
    name = c.label == EntityType.PERSON and end - start > 1 and is_capital(token)
    return name and plain(token.lower) in lexicon().given


def _no_end(token: Token) -> bool:
    if not token.text[0].isalnum() and token.text[-1] != ".":
        return True
    return token.pos in FUNCTION and not is_capital(token)


def _no_start(token: Token) -> bool:
    if token.lower in _ARTICLES or not token.text[0].isalnum() or token.lower in words("entities", "opens no name"):
        return True
    return token.pos in FUNCTION and token.lower not in PARTICLES and not is_acronym(token.text)
