"""What stands around the noun of a post: the phrases it goes on with, and the body or place that it belongs to."""

from __future__ import annotations

from typing import NamedTuple

from ...language.lexicon import words
from ...language.syntax import BEFORE_NOUN
from ...records.entity import Entity
from ...records.mention import EntityType
from ...text.document import Document, Token
from ..entities.names import lexicon as lexicon_of_names
from . import role_lexicon as lexicon
from .mention_index import MentionIndex
from .role_lexicon import PostKind

LONGEST = 24
"""Tokens of the longest phrase that is read."""


class Beside(NamedTuple):
    """An entity in a phrase: before its head (`preposition` is "") or after a preposition; by name or by origin."""

    entity: Entity
    preposition: str
    origin: bool = False


def goes_on(document: Document, k: int, stop: int) -> bool:
    """Whether a person's name before token `k` is only part of a phrase: `Trump's lawyer`, `Trump campaign manager`."""
    if k >= stop:
        return False
    t = document[k]
    return possessive(document, k) or (t.pos == "NOUN" and t.text[:1].islower())


def possessive(document: Document, k: int) -> bool:
    """Whether token `k` is the 's or ’ of an owner, which the tagger also takes for a quotation mark."""
    token = document[k]
    if token.tag == "POS" or (token.dep == "case" and token.text in ("'", "’")):
        return True
    owner = document[k - 1] if k and token.text in ("'", "’") else token
    after = document[k + 1] if k + 1 < len(document) else token
    # "Outside court, Lopes’ lawyer": nothing was opened that it could close
    plural = owner.end == token.start and owner.lower.endswith("s") and after.pos == "NOUN"
    return plural and not any(t.text in ("'", "‘") for t in document.tokens[max(0, k - 20) : k])


_NOT_NOMINAL = words("roles", "not nominal")


def past_gloss(document: Document, k: int) -> int:
    """Past the short form in brackets after a name: the APC of "the All Progressives Congress (APC) candidate"."""
    short = k + 2 < len(document) and document[k].text == "(" and document[k + 2].text == ")"
    return k + 3 if short and document[k + 1].text[:1].isupper() else k


def nominal(document: Document, k: int, stop: int) -> bool:
    """Whether token `k` can stand inside a noun phrase, before or as its head."""
    t = document[k]
    if t.lower in _NOT_NOMINAL:
        return False
    if t.pos in words("parse", "nominal") or possessive(document, k):
        return True
    if t.tag == "VBG" and k and document[k - 1].lower == "of":
        return True  # "head of gaming"
    if lexicon.is_plural(t):
        # "; photographers A, B and C": the tagger takes a bare plural after a mark for a verb.
        return (
            k == 0
            or document[k - 1].pos in words("parse", "before a listed noun")
            or document[k - 1].sentence != t.sentence
        )
    if t.text in ("-", "/", "‑") and 0 < k < len(document) - 1:
        return document[k - 1].end == t.start and t.end == document[k + 1].start
    if k + 1 >= stop:
        # A listed noun that the tagger takes for a verb: `head`, `chair`, `coach`.
        return t.tag in words("parse", "noun taken for another word") and lexicon.kind_at(document, k) is not None
    if t.tag == "VBN" and t.lower in lexicon.STATUS:
        return True
    if (t.tag in ("VBN", "VBG") and t.dep in BEFORE_NOUN) or t.lower in words("roles", "loose modifier"):
        return document[k + 1].pos in ("NOUN", "PROPN", "ADJ") or document[k + 1].text == "-"
    return t.pos == "ADV" and (document[k + 1].tag in ("JJ", "VBN") or document[k + 1].text == "-")


def beside_before(index: MentionIndex, begin: int, head: int) -> list[Beside]:
    """The entities named, referred to or pointed at before the noun of a post."""
    document = index.document
    found: list[Beside] = []
    k = begin
    while k < head:
        t = document[k]
        thing = index.thing(k)
        if t.lower in lexicon.POSSESSIVE_PRONOUNS:
            whose = None if is_harmed(document, k) else index.refers.get(k) or _joined_with(index, k)
            if whose is not None and whose.type is not EntityType.PERSON:
                found.append(Beside(whose, ""))
        elif thing is not None:
            origin = bool(lexicon.places_of(t.text)) and thing.end - thing.start == 1
            entity = (index.origin(t) or thing.entity) if origin else thing.entity
            if not (origin and entity.type is not EntityType.PLACE and entity is thing.entity):
                found.append(Beside(entity, "", origin))
            k = thing.end
            continue
        elif (body := _body_at(index, k) or _known_by_letters(index, t)) is not None:
            found.append(Beside(body, ""))
        elif (entity_of_origin := index.origin(t, document[k - 1] if k > begin else None)) is not None:
            found.append(Beside(entity_of_origin, "", True))
        k += 1
    return found


def is_harmed(document: Document, i: int) -> bool:
    """Whether what is done to who is named at `i` nobody does to their own: "assassinate its Chief of Staff"."""
    while document[i].dep in words("parse", "part of who is named") and document[i].head != i:
        i = document[i].head
    return document[i].dep == "dobj" and document[document[i].head].lemma in words("roles", "done to others")


def said_to_be_its(index: MentionIndex, k: int) -> Entity | None:
    """Who says what "it" or "its" is said of: "Norway said its President", "Voss Bank said on Monday that it"."""
    document = index.document
    v = k - 1
    while v > 0 and (v in index.timed or document[v].lower in ("that", "on")):
        v -= 1
    said = document[v].pos == "VERB" and document[v].lemma.lower() in words("roles", "saying to", "saying")
    subject = next((index.who(kid.i) for kid in document.kids(v) if kid.dep == "nsubj"), None) if said else None
    return subject if document[k].lower in ("it", "its") and subject is not None and subject.named else None


def _joined_with(index: MentionIndex, k: int) -> Entity | None:
    """What "its" is said of right behind, or who says so: "Ukraine and its president", "Norway said its President"."""
    document = index.document
    if k < 2 or document[k].lower != "its":
        return None
    if (speaker := said_to_be_its(index, k)) is not None:
        return speaker
    thing = index.thing(k - 2) if document[k - 1].lower == "and" else None
    return thing.entity if thing is not None else None


def _known_by_letters(index: MentionIndex, token: Token) -> Entity | None:
    """The organisation that letters in front of a post stand for, if the article names it by them elsewhere."""
    known = index.called.get(token.lower) if token.text.isupper() and len(token.text) > 1 else None
    return known if known is not None and known.type is EntityType.ORGANIZATION else None


def _said_before(document: Document, k: int) -> Token:
    """The word before a token, past the 's of an owner; the token itself where it is the first."""
    k -= k > 1 and possessive(document, k - 1)
    return document[max(0, k - 1)]


def _body_at(index: MentionIndex, k: int) -> Entity | None:
    """The organisation that a common noun stands for: what the mentions say, or the only name that ends in it."""
    following = index.document[k + 1] if k + 1 < len(index.document) else None
    here = following is not None and following.sentence == index.document[k].sentence
    of_post = index.document[k].lower in words("roles", "body nouns") and lexicon.kind_at(index.document, k + 1)
    named = following is not None and following.tag in ("NNP", "NNPS") and index.person(following.i) is None
    if here and named and not of_post:
        return None  # "the group Progress Iowa": the name after the noun says which
    described = index.described.get(k)
    if described is not None and index.document[k].lower in words("roles", "common modifiers"):
        return None  # the "vice" of a vice-president
    if described is not None:
        return described if described.type is not EntityType.PERSON else None
    token = index.document[k]
    alone = token.pos == "PROPN" and index.at.get(k) is None and here and of_post
    opens = index.document.sentences[token.sentence].start == k  # "Club co-owners Ann Reed and Bob Stone"
    if not alone and (token.pos != "NOUN" or not (token.text.islower() or opens)):
        return None  # but the council of "Council President Ida Blom"
    if following is not None and following.lower in words("roles", "body nouns"):
        return None  # the board of "School board member"
    entity = index.bodies.get(token.lower)
    before = _said_before(index.document, k)
    # "the Afghan team", "member of the island's council": not the one that the article names
    apart = (
        before.pos in ("ADJ", "NOUN", "PROPN") and before.text.casefold() not in entity.name.casefold()
        if entity
        else True
    )
    return None if apart else entity


def complements(index: MentionIndex, kind: PostKind, head: int, end: int, stop: int) -> tuple[int, list[Beside]]:
    """Where the post ends with its prepositional phrases, and the entities in them."""
    document = index.document
    found: list[Beside] = []
    while end < stop - 1 and document[end].lower in lexicon.PREPOSITIONS:
        charge = False
        if [t.lower for t in document.tokens[end : end + 3]] == ["in", "charge", "of"] and end + 3 < stop:
            end += 2  # special agent in charge of the bureau's office
            charge = True
        if end + 1 in index.timed or not _allowed(index, kind, head, end):
            break
        read_to, inside = _object(index, end, stop)
        if read_to is None:
            break
        found += [b._replace(preposition="for") for b in inside] if charge else inside
        end = read_to
    if found or end > head + 1:
        end = _participle(document, end, stop)
    return end, found


def _allowed(index: MentionIndex, kind: PostKind, head: int, p: int) -> bool:
    """Whether the prepositional phrase at `p` can be part of the post rather than of the clause around it."""
    document = index.document
    preposition, k = document[p].lower, p + 1
    if preposition in ("of", "for"):
        return document[k].pos != "NUM" or _counts_something(document, k)
    if document[k].tag in words("parse", "verb and no participle"):
        return False
    if document[k].lower in lexicon.DETERMINERS and k + 1 < len(document):
        k += 1
        if index.described.get(k) is not None and preposition in ("at", "with", "in"):
            return True
        if preposition == "to":
            return True
        if preposition == "in" and document[k].lower in words("roles", "where a post is"):
            return k + 1 < len(document) and document[k + 1].text == ","  # "Chairman of the union in the county, Ida"
        if preposition in ("at", "with", "from"):
            k = _past_kind(index, k)
    elif preposition == "on" and kind in (PostKind.OCCUPATION, PostKind.OFFICE, PostKind.RANK, PostKind.MEMBER):
        return document[k].pos in ("NOUN", "ADJ", "PROPN")
    elif preposition == "to":
        return document[k].pos in ("PROPN", "NOUN", "ADJ")
    elif preposition == "in" and (past := _past_field(document, k)) is not None:
        return _allowed(index, kind, head, past)  # lecturer in law at the University of Kiel
    elif preposition in ("at", "with", "from"):
        k = _past_kind(index, k)
    return index.thing(k) is not None or (document[k].pos == "PROPN" and index.person(k) is None)


def _past_kind(index: MentionIndex, k: int) -> int:
    """Past the few words that say what sort of body is named: at (the) data security firm Sophos."""
    document, first = index.document, k
    while k < min(first + 4, len(document) - 1) and document[k].pos in ("NOUN", "ADJ") and index.at.get(k) is None:
        k += 1
    return k


def _past_field(document: Document, k: int) -> int | None:
    """Where the body of a post is named, by "at" or "with", after its field of a few common nouns from `k` on."""
    end = next((i for i in range(k, min(k + 5, len(document))) if document[i].pos not in ("NOUN", "ADJ", "CCONJ")), k)
    return end if end > k and document[end].lower in ("at", "with") and document[k].text.islower() else None


def _counts_something(document: Document, k: int) -> bool:
    """Whether a number stands before a noun: captain of one boat, but mayor of a community of 50,000."""
    after = document[k + 1] if k + 1 < len(document) else document[k]
    return after.pos in ("NOUN", "PROPN", "ADJ")


def _object(index: MentionIndex, p: int, stop: int) -> tuple[int | None, list[Beside]]:
    """Where the noun phrase after the preposition at `p` ends, and the entities in it; None if there is none."""
    document = index.document
    preposition = document[p].lower
    whose = index.refers.get(p + 1) if document[p + 1].lower in lexicon.POSSESSIVE_PRONOUNS else None
    owner = [Beside(whose, preposition)] if whose is not None and whose.type is not EntityType.PERSON else []
    first = p + 1 + (document[p + 1].lower in lexicon.DETERMINERS | lexicon.POSSESSIVE_PRONOUNS)
    if first < stop and document[first].text in ("“", '"', "‘"):
        return None, []
    k, found = _nouns_from(index, first, stop, preposition)
    while k > first and document[k - 1].text in ("-", "&", "and", "/"):
        k -= 1
    if k == first or (k < len(document) and index.person(k) is not None and _is_title_of(document, k)):
        return None, []
    return k, owner + _without_origin(document[p + 1], found)


def _without_origin(first: Token, found: list[Beside]) -> list[Beside]:
    """The entities of a phrase without where just any body is from: "CEO of a major US airline"."""
    any_body = first.lower in ("a", "an")
    return [b for b in found if not any_body or b.entity.type is not EntityType.PLACE]


def _nouns_from(index: MentionIndex, first: int, stop: int, preposition: str) -> tuple[int, list[Beside]]:
    """Where the nouns and names from `first` on end, and the entities among them."""
    document = index.document
    found: list[Beside] = []
    k = first
    while k < stop and (k not in index.timed or k in index.at):
        named = index.thing(k)
        if named is not None:
            both = found and found[-1].entity.type is named.entity.type is EntityType.ORGANIZATION
            if both and possessive(document, k - 1):
                found.pop()  # "director of Kestrel's Orin Academy": whose it is
            k = past_gloss(document, named.end)
            place = named.entity.type is EntityType.PLACE
            owns = place and k < stop - 1 and possessive(document, k)
            part = place and k < stop and document[k].lower in words("roles", "part of a body")  # "its U.S. division"
            if not part and not (owns and preposition == "of" and document[k + 1].text[:1].isupper()):
                found.append(Beside(named.entity, preposition))  # but "president of Norway's Halden Rally"
        elif (person := index.person(k)) is not None:
            if not _opens_phrase(document, first, k):
                break
            k = person.end
            if not goes_on(document, k, stop):
                break
        elif nominal(document, k, stop):
            found += _meant_by(index, k, preposition, document[k - 1] if k > first else None)
            k += 1
        elif k > first and _pairs(index, k, stop):
            k += 1
        else:
            break
    return k, found


def _opens_phrase(document: Document, first: int, k: int) -> bool:
    """Whether a person's name at `k` begins the phrase from `first` on, alone, after a title or after `and`."""
    return document[k - 1].pos == "CCONJ" or all(lexicon.is_title(t) for t in document.tokens[first:k])


def _meant_by(index: MentionIndex, k: int, preposition: str, before: Token | None) -> list[Beside]:
    """The body or the place of origin that a common noun or an adjective means."""
    body = _body_at(index, k)
    if body is not None:
        return [Beside(body, preposition)]
    origin = index.origin(index.document[k], before)
    return [] if origin is None else [Beside(origin, preposition, True)]


def _pairs(index: MentionIndex, k: int, stop: int) -> bool:
    """Whether the `and` at `k` joins two fields of one post: `vice president of marketing and sales`."""
    document = index.document
    if document[k].lower not in ("and", "&") or k + 1 >= stop:
        return False
    first, second = index.thing(k - 1), index.thing(k + 1)
    if first is not None and second is not None and first.entity.type is second.entity.type is EntityType.PLACE:
        return second.end >= stop or document[second.end].pos == "PUNCT"  # "director of schools in Norway and Sweden,"
    end = k + 1
    while end < stop and end < k + 4 and document[end].pos in ("NOUN", "PROPN", "ADJ") and index.at.get(end) is None:
        end += 1
    alike = document[k - 1].text.islower() == document[k + 1].text.islower() and document[k - 1].pos in (
        "NOUN",
        "PROPN",
    )
    field = index.at.get(k - 1) is None and all(lexicon.kind_at(document, i) is None for i in range(k + 1, end))
    return k + 1 < end and alike and field and (end == stop or document[end].pos in ("ADP", "PUNCT"))


def _is_title_of(document: Document, k: int) -> bool:
    """Whether the word before the name at `k` is that person's title: `a supporter of Senator Smith`."""
    t = document[k - 1]
    return lexicon.noun_kind(t) is not None and not lexicon.is_plural(t)


def _participle(document: Document, end: int, stop: int) -> int:
    """The end of a reduced clause that says which body is meant: `the tribunal compiling evidence of war crimes`."""
    if end >= stop or document[end].tag != "VBG" or document[end].dep != "acl":
        return end
    k = end + 1
    while k < stop and document[k].pos not in words("parse", "ends a body"):
        k += 1
    while k > end and document[k - 1].pos in words("parse", "no end of a body"):
        k -= 1
    return k


_HONOURS = words("roles", "honours")


SEATS = words("roles", "seats, as printed")
"""Last words of buildings that stand for who sits in them."""

_RUNNING = words("roles", "running")
_CHAMBERS = words("roles", "chambers, as printed")

_OF_PLACES = words("roles", "of places")
"""Offices of places alone: what else stands there is a place whose name was taken for an organisation's."""


def _owning(kind: PostKind, noun: str) -> frozenset[str]:
    """The prepositions after which a body is that of a post."""
    owning = lexicon.OWNING[kind]
    if kind is PostKind.OCCUPATION and noun not in words("roles", "about what follows of"):
        return owning | {"of"}  # "arts correspondent of the Norfield Times", no author
    return owning - {"for"} if noun == "member" else owning  # whom a member stands "for" is no body


def _without_fields(head: Token, noun: str, beside: list[Beside]) -> list[Beside]:
    """The entities beside a post without what a minister is for, though a party has that name: Minister of Labour."""
    if noun not in ("minister", "secretary") or not head.text[:1].isupper():
        return beside
    return [b for b in beside if b.entity.name.lower() not in lexicon_of_names().portfolios]


def owner(kind: PostKind, head: Token, beside: list[Beside]) -> tuple[Entity | None, Entity | None]:
    """The organisation and the place that a post belongs to, out of the entities in its phrase."""
    noun = lexicon.singular(head.lower)
    if noun in _HONOURS and kind is not PostKind.STATE and head.lower != "nominee":
        return None, None
    if kind is PostKind.ENVOY:
        return _of_envoy(beside, lexicon.OWNING[kind])
    places = [b for b in sorted(beside, key=lambda b: b.preposition != "") if _is_place_of(b, kind)]
    place = places[0].entity if places else None
    organization = _body_of(_without_fields(head, noun, beside), _owning(kind, noun), kind)
    if organization is not None and noun in _RUNNING and organization.name.split()[-1] in _CHAMBERS | SEATS:
        organization = None  # Who runs for the House does not sit in it.
    if kind is PostKind.TEAM:
        # "the English captain" leads what the article calls England, team or country; a French striker is from there
        leads = noun.rpartition("-")[2] in words("roles", "leads a country's team")
        return organization or next((b.entity for b in (*places, *beside) if not b.origin or leads), None), None
    if organization is None and (seat := _seat(kind, noun, places)) is not None:
        return seat, None
    if kind is PostKind.STATE and noun in _OF_PLACES and not (organization and _is_body(organization)):
        return None, place
    if kind is PostKind.OCCUPATION:
        place = next((b.entity for b in places if not b.origin), None)
    return organization, place


def _is_place_of(b: Beside, kind: PostKind) -> bool:
    return b.entity.type is EntityType.PLACE and (b.preposition == "" or b.preposition in lexicon.OWNING[kind])


def _seat(kind: PostKind, noun: str, places: list[Beside]) -> Entity | None:
    """The building before a post, which speaks as the body that sits in it: `Pentagon spokesman`."""
    if noun in _RUNNING or kind not in _HELD_IN_BODIES:
        return None
    return next((b.entity for b in places if b.preposition == "" and b.entity.name.split()[-1] in SEATS), None)


def _is_body(organization: Entity) -> bool:
    """Whether a name says that it is a body's, by a noun or letters: the governor of the Reserve Bank, of the RBN."""
    name = organization.name
    noun = any(lexicon_of_names().heads.get(word) == "org" for word in name.lower().split())
    return noun or any(letter.isupper() for letter in name[1:] if " " not in name)


_TYPES_OF_BODIES = (EntityType.ORGANIZATION, EntityType.GROUP)
_HELD_IN_BODIES = (PostKind.OFFICE, PostKind.MEMBER, PostKind.OCCUPATION)


def _of_envoy(beside: list[Beside], owning: frozenset[str]) -> tuple[Entity | None, Entity | None]:
    """Who sent an envoy, and where to; the body alone where one is sent to a body."""
    after = [b for b in beside if b.preposition in owning]
    senders = [b for b in beside if b.preposition == ""] + [b for b in after if b.preposition == "of"]
    to = next((b.entity for b in after if b.preposition in ("to", "in", "for")), None)
    if to is not None and to.type in _TYPES_OF_BODIES:
        return to, None
    return senders[0].entity if senders else None, to


def _body_of(beside: list[Beside], owning: frozenset[str], kind: PostKind) -> Entity | None:
    """The body nearest before a post, else behind it: of a professor of law at a university, the university.

    What somebody is a member of comes first: the legislature of "Norvik Member of the Provincial Legislature".
    """
    bodies = [b for b in beside if b.entity.type in _TYPES_OF_BODIES]
    before = [b for b in bodies if b.preposition == "" and not b.origin]
    after = sorted((b for b in bodies if b.preposition in owning), key=lambda b: b.preposition != "at")
    found = before[-1:] or after[:1] if kind is not PostKind.MEMBER else after[:1] or before[-1:]
    return found[0].entity if found else None
