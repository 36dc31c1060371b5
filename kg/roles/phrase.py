"""Noun phrases that name a post, read off the tokens: `the Acting Assistant Secretary of State for Asian Affairs`.

The small parser gets long titles wrong more often than not, so the phrase is
read from part-of-speech tags and entity names, from its determiner to the end
of its prepositional phrases; syntax only has a say in where it is looked for.
"""

from __future__ import annotations

from typing import NamedTuple

from ..document import Document, Token
from ..entities import Entity
from ..mentions import EntityType
from . import lexicon
from .index import Index
from .lexicon import Kind
from .record import RoleStatus

LONGEST = 24
"""Tokens of the longest phrase that is read."""


class Phrase(NamedTuple):
    """A post as the article prints it: tokens `start` to `end`, half-open, after the determiner at `begin`."""

    begin: int
    start: int
    head: int
    end: int
    kind: Kind
    organization: Entity | None
    place: Entity | None
    status: RoleStatus
    plural: bool
    listed: bool

    def determined(self, document: Document) -> bool:
        """Whether a determiner or possessive pronoun introduces it."""
        return document[self.begin].lower in lexicon.DETERMINERS | lexicon.POSSESSIVE_PRONOUNS


def read(index: Index, i: int, stop: int) -> tuple[Phrase, ...]:
    """The posts named by the noun phrase that starts at token `i`, coordinated ones included; none before `stop`.

    Empty if the phrase names no post. Two come from `director General` as much
    as from `curator and director`.
    """
    document = index.document
    found = list(_one(index, i, stop))
    while found and len(found) < 6:
        k = found[-1].end
        joined = _joint(document, k, stop)
        if joined is None:
            break
        more = _one(index, joined, stop)
        # "the director, actor Jane Doe": what stands before a name belongs to it.
        if not more or (document[k].text == "," and index.person(min(more[-1].end, stop - 1)) is not None):
            break
        found += more
    return _shared(tuple(found))


def before(index: Index, i: int) -> tuple[Phrase, ...]:
    """The posts whose phrase ends right before token `i`, where a name or a comma and a name may stand."""
    document = index.document
    left = _leftmost(index, i)
    for s in range(left, i):
        if s > left and not (
            document[s - 1].lower in lexicon.PREPOSITIONS or document[s - 1].pos == "CCONJ" or s - 1 in index.timed
        ):
            continue
        phrases = read(index, s, i)
        if phrases and phrases[-1].end == i and not _someone_else(document, phrases):
            return phrases
    return ()


def _someone_else(document: Document, phrases: tuple[Phrase, ...]) -> bool:
    """`the mayor and President Trump`: two people, not one with two posts."""
    first, last = phrases[0], phrases[-1]
    return first.end < last.begin and (
        first.plural or (first.determined(document) and document[last.head].text[:1].isupper())
    )


def _leftmost(index: Index, i: int) -> int:
    """The first token of the stretch before `i` that can be part of a phrase ending there."""
    document = index.document
    first = document.sentences[document[i - 1].sentence].start if i else 0
    k = i
    while k > max(first, i - LONGEST):
        t = document[k - 1]
        name = index.person(k - 1)
        if name is not None:
            if not _goes_on(document, name.end, i):
                break
            k = name.start
        elif (thing := index.thing(k - 1)) is not None:
            k = thing.start
        elif _nominal(document, k - 1, i) or t.lower in lexicon.PREPOSITIONS or t.pos == "CCONJ":
            k -= 1
        elif t.lower in lexicon.DETERMINERS | lexicon.POSSESSIVE_PRONOUNS:
            k -= 1
            if document[k - 1].lower not in lexicon.PREPOSITIONS or k <= first:
                break
        else:
            break
    return max(k, first)


def _goes_on(document: Document, k: int, stop: int) -> bool:
    """Whether a person's name before token `k` is only part of a phrase: `Trump's lawyer`, `Trump campaign manager`."""
    if k >= stop:
        return False
    t = document[k]
    return t.tag == "POS" or (t.pos == "NOUN" and t.text[:1].islower())


_NOT_NOMINAL = frozenset(
    "including following regarding concerning according involving featuring starring given % percent".split()
)


def _nominal(document: Document, k: int, stop: int) -> bool:
    """Whether token `k` can stand inside a noun phrase, before or as its head."""
    t = document[k]
    if t.lower in _NOT_NOMINAL:
        return False
    if t.pos in ("NOUN", "PROPN", "ADJ", "NUM") or t.tag == "POS":
        return True
    if t.tag == "VBZ" and lexicon.is_plural(t):
        # "; photographers A, B and C": the tagger takes a bare plural after a mark for a verb.
        return (
            k == 0 or document[k - 1].pos in ("PUNCT", "CCONJ", "ADP", "ADJ") or document[k - 1].sentence != t.sentence
        )
    if t.text in ("-", "/", "‑") and 0 < k < len(document) - 1:
        return document[k - 1].end == t.start and t.end == document[k + 1].start
    if t.text == "&":
        return True
    if k + 1 >= stop:
        # A listed noun that the tagger takes for a verb: `head`, `chair`, `coach`.
        return t.tag in ("VB", "NN", "VBP") and lexicon.noun_kind(t) is not None
    if (t.tag in ("VBN", "VBG") and t.dep in ("amod", "compound", "nmod")) or t.lower in (
        "longtime",
        "then",
        "ex",
        "co",
        "vice",
    ):
        return document[k + 1].pos in ("NOUN", "PROPN", "ADJ") or document[k + 1].text == "-"
    return t.pos == "ADV" and document[k + 1].tag in ("JJ", "VBN")


def _joint(document: Document, k: int, stop: int) -> int | None:
    """Where the next of several coordinated phrases starts, if token `k` joins one on."""
    if k >= stop - 1:
        return None
    t = document[k]
    if t.text == ",":
        k += 1
        if k < stop - 1 and document[k].lower in ("and", "&"):
            k += 1
    elif t.lower in ("and", "&", "/") or (t.lower == "or" and document[k - 1].pos != "ADV"):
        k += 1
    elif document.words(k, min(k + 3, stop)).lower() == "as well as":
        k += 3
    else:
        return None
    while k < stop and document[k].lower in lexicon.SKIPPED_BEFORE | {"later"}:
        k += 1
    return k if k < stop else None


def _one(index: Index, i: int, stop: int) -> tuple[Phrase, ...]:
    """The post named by the phrase at `i`; two where a rank follows another post without more ado."""
    document = index.document
    stop = min(stop, i + LONGEST, document.sentences[document[i].sentence].end) if i < stop else i
    begin = i
    status: RoleStatus | None = None
    while i < stop and document[i].lower in lexicon.SKIPPED_BEFORE:
        status = status or lexicon.STATUS.get(document[i].lower)
        i += 1
    if i < stop and document[i].lower in lexicon.DETERMINERS | lexicon.POSSESSIVE_PRONOUNS:
        begin = i
        i += 1
    heads, run_end = _run(index, i, stop)
    if not heads:
        return ()
    phrases: list[Phrase] = []
    start = i
    for n, head in enumerate(heads):
        last = n == len(heads) - 1
        end = run_end if last else head + 1
        phrase = _phrase(index, begin if n == 0 else start, start, head, end, stop if last else end)
        if status is not None and phrase.status is RoleStatus.CURRENT:
            phrase = phrase._replace(status=status)
        phrases.append(phrase)
        start = head + 1
    return tuple(phrases)


def _run(index: Index, i: int, stop: int) -> tuple[list[int], int]:
    """The heads of the nominal run that starts at `i`, and where it ends with what belongs to the last head."""
    document = index.document
    heads: list[int] = []
    k = i
    while k < stop:
        name = index.person(k)
        if name is not None:
            if (heads and heads[-1] == k - 1) or not _goes_on(document, name.end, stop):
                break
            k = name.end
            continue
        thing = index.thing(k)
        if thing is not None and not (thing.end - thing.start == 1 and lexicon.noun_kind(document[k]) is not None):
            if heads and heads[-1] == k - 1 and document[k].text not in ("-",):
                break
            k = thing.end
            continue
        if document[k].pos == "CCONJ" and heads:
            break
        if not _nominal(document, k, stop) and not (document[k].pos == "CCONJ" and k > i and _joins(index, k, stop)):
            break
        if heads and heads[-1] == k - 1 and document[k].tag in ("VBN", "VBG"):
            break
        if (
            lexicon.noun_kind(document[k]) is not None
            and document[k].tag != "POS"
            and not _before_hyphen(document, k, stop)
        ):
            if lexicon.is_plural(document[k]) and heads:
                heads = []
            heads.append(k)
        k += 1
    if not heads:
        heads = _agent(index, i, k)
    while heads and (after := _after(document, heads[-1], k)) is None:
        heads.pop()
        if heads and _after(document, heads[-1], k) is None:
            return [], k
    if not heads:
        return [], k
    # What modifies the head it stands before is no post of its own.
    kept: list[int] = []
    for head in heads:
        while kept and _belongs(document, kept[-1], head):
            kept.pop()
        kept.append(head)
    after = _after(document, heads[-1], k)
    return (kept, after) if after is not None else ([], k)


def _joins(index: Index, k: int, stop: int) -> bool:
    """Whether the `and` at `k` joins two modifiers of one head: `sales and marketing director`."""
    document = index.document
    if k + 1 >= stop or index.at.get(k - 1) is not None or index.at.get(k + 1) is not None:
        return False
    a, b = document[k - 1], document[k + 1]
    return b.lower not in lexicon.STATUS and a.pos != "NUM" and a.text[:1].isupper() == b.text[:1].isupper()


def _before_hyphen(document: Document, k: int, stop: int) -> bool:
    """`minister-level talks`, but not `president-elect` or `editor-in-chief`."""
    return (
        k + 2 < stop and document[k + 1].text == "-" and document[k + 1].start == document[k].end
        and document[k + 2].lower not in ("elect", "designate", "in", "at", "general")
        and lexicon.noun_kind(document[k + 2]) is None
    )  # fmt: skip


def _belongs(document: Document, first: int, head: int) -> bool:
    """Whether the role noun `first` only modifies a later one: `deputy director`, `army general`, `player agent`."""
    a, b = document[first], document[head]
    # "director General al-Amr", "spokesman Captain Moss": a capital after a small letter starts a title of its own.
    fresh = a.text[0].islower() and b.text[0].isupper() and document[first + 1].text[0].isupper()
    if head - first > 1:
        return not fresh
    if fresh:
        return (a.lower, b.lower) not in lexicon.COMPOUNDS and a.lower in ("vice", "deputy", "assistant", "acting")
    if lexicon.one_post(a.lower, b.lower):
        return True
    return not (lexicon.noun_kind(b) is Kind.RANK and lexicon.noun_kind(a) is Kind.STATE)


def _agent(index: Index, i: int, k: int) -> list[int]:
    """The last token of a run without a listed noun, if it is a noun for a person by its ending."""
    return [k - 1] if k > i and lexicon.is_agent_noun(index.document[k - 1]) and index.at.get(k - 1) is None else []


def _after(document: Document, head: int, run_end: int) -> int | None:
    """Where the post named by `head` ends, its `-elect`, `in chief` and the like included; None if more follows."""
    k = head + 1
    words = tuple(t.lower for t in document.tokens[k : k + 4])
    for tail in _TAILS:
        if words[: len(tail)] == tail:
            return k + len(tail)
    return k if k >= run_end else None


_TAILS = (
    ("-", "elect"), ("elect",), ("-", "designate"), ("designate",), ("emeritus",), ("emerita",), ("general",),
    ("-", "in", "-", "chief"), ("in", "chief"), ("-", "at", "-", "large"), ("at", "large"), ("-", "general"),
)  # fmt: skip


class _Beside(NamedTuple):
    """An entity in a phrase: before its head (`preposition` is "") or after a preposition; by name or by origin."""

    entity: Entity
    preposition: str
    origin: bool = False


def _phrase(index: Index, begin: int, start: int, head: int, end: int, stop: int) -> Phrase:
    document = index.document
    token = document[head]
    previous = document[head - 1].lower if head > start else ""
    kind = (
        lexicon.COMPOUNDS.get((previous, token.lower))
        or (document[end - 1].lower == "general" and lexicon.COMPOUNDS.get((token.lower, "general")))
        or lexicon.noun_kind(token)
    )
    beside = _beside_before(index, begin, head)
    end, after = _complements(index, kind or Kind.OCCUPATION, head, end, stop)
    organization, place = _owner(kind or Kind.OCCUPATION, token, [*beside, *after])
    status = _status(document, start, head, end)
    return Phrase(
        begin, _title_start(index, start, head), head, end, kind or Kind.OCCUPATION,
        organization, place, status, lexicon.is_plural(token), kind is not None,
    )  # fmt: skip


def _status(document: Document, start: int, head: int, end: int) -> RoleStatus:
    for k in range(start, head):
        status = lexicon.STATUS.get(document[k].lower)
        if status is not None:
            return status
    if any(t.lower in ("elect", "designate") for t in document.tokens[head + 1 : end]):
        return RoleStatus.DESIGNATE
    return RoleStatus.CURRENT


def _title_start(index: Index, start: int, head: int) -> int:
    """The first word of the post itself: past `former`, `then-`, `42-year-old`, whose it is, and a count of holders."""
    document = index.document
    k = start
    for i in range(start, head):
        t = document[i]
        if (
            t.tag == "POS" and document[i - 1].lower not in ("people", "women", "men", "children", "master", "workers")
        ) or (t.lower == "old" and document[i - 1].text == "-"):
            k = i + 1
    if document[head].text[:1].isupper():
        # "polls support Republican Sen. Smith": a capitalised title takes no common noun before it, but for these.
        for i in range(k, head):
            t = document[i]
            if (
                t.tag in ("NN", "NNS")
                and t.text.islower()
                and document[i + 1].text != "-"
                and t.lower not in _BEFORE_TITLES
            ):
                k = i + 1
    while (
        k < head
        and index.at.get(k) is None
        and (
            (document[k].lower in lexicon.STATUS and document[k].lower not in lexicon.KEPT_IN_TITLE)
            or document[k].text in ("-", ",")
            or document[k].lower
            in ("other", "such", "many", "several", "various", "well", "known", "own", "one", "newly")
            or (document[k].pos == "NUM" and document[k].lower.isalpha() and lexicon.is_plural(document[head]))
            or (document[k].tag == "VBN" and document[k].lower in ("elected", "appointed", "named", "said"))
        )
    ):
        k += 1
    return k


_BEFORE_TITLES = frozenset("state city county vice deputy chief acting district federal army navy police".split())


def _beside_before(index: Index, begin: int, head: int) -> list[_Beside]:
    document = index.document
    found: list[_Beside] = []
    k = begin
    while k < head:
        t = document[k]
        thing = index.thing(k)
        if t.lower in lexicon.POSSESSIVE_PRONOUNS:
            owner = index.refers.get(k)
            if owner is not None and owner.type is not EntityType.PERSON:
                found.append(_Beside(owner, ""))
        elif thing is not None:
            origin = bool(lexicon.places_of(t.text)) and thing.end - thing.start == 1
            entity = (index.origin(t) or thing.entity) if origin else thing.entity
            if not (origin and entity.type is not EntityType.PLACE and entity is thing.entity):
                found.append(_Beside(entity, "", origin))
            k = thing.end
            continue
        elif (body := _body_at(index, k)) is not None:
            found.append(_Beside(body, ""))
        elif (entity_of_origin := index.origin(t, document[k - 1] if k > begin else None)) is not None:
            found.append(_Beside(entity_of_origin, "", True))
        k += 1
    return found


def _body_at(index: Index, k: int) -> Entity | None:
    """The organisation that a common noun stands for: what the mentions say, or the only name that ends in it."""
    described = index.described.get(k)
    if described is not None:
        return described if described.type is not EntityType.PERSON else None
    token = index.document[k]
    if token.pos != "NOUN" or not token.text.islower():
        return None
    entity = index.bodies.get(token.lower)
    before = index.document[k - 1] if k else token
    # "the Afghan team" is not the Syrian one that the article names.
    apart = (
        before.pos in ("ADJ", "NOUN", "PROPN") and before.text.casefold() not in entity.name.casefold()
        if entity
        else True
    )
    return None if apart else entity


def _complements(index: Index, kind: Kind, head: int, end: int, stop: int) -> tuple[int, list[_Beside]]:
    """Where the post ends with its prepositional phrases, and the entities in them."""
    document = index.document
    found: list[_Beside] = []
    while end < stop - 1 and document[end].lower in lexicon.PREPOSITIONS:
        preposition = document[end].lower
        if end + 1 in index.timed or not _allowed(index, kind, head, end):
            break
        read_to, inside = _object(index, end, stop)
        if read_to is None:
            break
        found += inside
        if preposition == "of" and end > head + 1 and not inside and read_to - end > 6:
            break
        end = read_to
    if found or end > head + 1:
        end = _participle(document, head, end, stop)
    return end, found


def _allowed(index: Index, kind: Kind, head: int, p: int) -> bool:
    """Whether the prepositional phrase at `p` can be part of the post rather than of the clause around it."""
    document = index.document
    preposition, k = document[p].lower, p + 1
    if preposition in ("of", "for"):
        return document[k].pos != "NUM" or preposition == "of"
    if document[k].tag in ("VB", "VBP", "VBZ", "VBD"):
        return False
    if document[k].lower in lexicon.DETERMINERS and k + 1 < len(document):
        k += 1
        if index.described.get(k) is not None and preposition in ("at", "with", "in"):
            return True
        if preposition == "to":
            return True
    elif preposition == "on" and kind in (Kind.OCCUPATION, Kind.OFFICE, Kind.RANK, Kind.MEMBER):
        return document[k].pos in ("NOUN", "ADJ", "PROPN")
    elif preposition == "to":
        return document[k].pos in ("PROPN", "NOUN", "ADJ")
    return index.thing(k) is not None or (document[k].pos == "PROPN" and index.person(k) is None)


def _object(index: Index, p: int, stop: int) -> tuple[int | None, list[_Beside]]:
    """Where the noun phrase after the preposition at `p` ends, and the entities in it; None if there is none."""
    document = index.document
    preposition = document[p].lower
    found: list[_Beside] = []
    k = p + 1
    if document[k].lower in lexicon.POSSESSIVE_PRONOUNS:
        owner = index.refers.get(k)
        if owner is not None and owner.type is not EntityType.PERSON:
            found.append(_Beside(owner, preposition))
    if document[k].lower in lexicon.DETERMINERS | lexicon.POSSESSIVE_PRONOUNS:
        k += 1
    if k < stop and document[k].text in ("“", '"', "‘"):
        return _quoted(index, k, stop), []
    first = k
    while k < stop:
        if k in index.timed and index.at.get(k) is None:
            break
        name = index.at.get(k)
        if name is not None:
            if name.entity.type is EntityType.PERSON:
                titled = all(lexicon.is_title(t) for t in document.tokens[first:k])
                if k > first and document[k - 1].pos != "CCONJ" and not titled:
                    break
                k = name.end
                if not _goes_on(document, k, stop):
                    break
            else:
                found.append(_Beside(name.entity, preposition))
                k = name.end
        elif (body := _body_at(index, k)) is not None and _nominal(document, k, stop):
            found.append(_Beside(body, preposition))
            k += 1
        elif _nominal(document, k, stop):
            origin = index.origin(document[k], document[k - 1] if k > first else None)
            if origin is not None:
                found.append(_Beside(origin, preposition, True))
            k += 1
        elif document[k].lower in ("and", "&") and k > first and _same_name(index, k, stop):
            k += 1
        else:
            break
    while k > first and document[k - 1].text in ("-", "&", "and", "/"):
        k -= 1
    if k == first or (k < len(document) and index.person(k) is not None and _is_title_of(document, k)):
        return None, []
    return k, found


def _quoted(index: Index, k: int, stop: int) -> int | None:
    """The token past a quoted title that opens at `k`; None if it is not closed."""
    for j in range(k + 1, min(stop, k + LONGEST)):
        if index.document[j].text in ("”", '"', "’"):
            return j + 1
    return None


def _is_title_of(document: Document, k: int) -> bool:
    """Whether the word before the name at `k` is that person's title: `a supporter of Senator Smith`."""
    t = document[k - 1]
    return lexicon.noun_kind(t) is not None and not lexicon.is_plural(t)


def _same_name(index: Index, k: int, stop: int) -> bool:
    """Whether the `and` at `k` joins words of one object: `Arts and Letters`, not `the firm and head of another`."""
    document = index.document
    if k + 1 >= stop or index.person(k + 1) is not None:
        return False
    a, b = document[k - 1], document[k + 1]
    j = k + 1
    while j < stop and _nominal(document, j, stop):
        if lexicon.noun_kind(document[j]) is not None:
            return False
        j += 1
    if j == k + 1 or (j < len(document) and document[j].pos in ("VERB", "AUX")):
        return False
    return a.text[:1].isupper() == b.text[:1].isupper()


def _participle(document: Document, head: int, end: int, stop: int) -> int:
    """The end of a reduced clause that says which body is meant: `the tribunal compiling evidence of war crimes`."""
    if end >= stop or document[end].tag != "VBG" or document[end].dep != "acl":
        return end
    if document[end - 1].pos != "NOUN" or not head < document[end].head < end:
        return end
    k = end
    while (k < stop and k - end < 10 and document[k].pos not in ("PUNCT", "VERB", "AUX", "SCONJ", "PRON")) or k == end:
        k += 1
    while k > end and document[k - 1].pos in ("ADP", "DET", "CCONJ", "ADJ"):
        k -= 1
    return k


_HONOURS = frozenset(
    "winner laureate recipient finalist medalist medallist champion nominee prizewinner olympian".split()
)


SEATS = frozenset("Pentagon House Palace Kremlin Street Vatican Capitol Hall".split())
"""Last words of buildings that stand for who sits in them."""

_OF_PLACES = frozenset("mayor governor gov. sheriff king queen emperor sultan emir".split())
"""Offices of places alone: what else stands there is a place whose name was taken for an organisation's."""


def _owner(kind: Kind, head: Token, beside: list[_Beside]) -> tuple[Entity | None, Entity | None]:
    """The organisation and the place that a post belongs to, out of the entities in its phrase."""
    owning = lexicon.OWNING[kind]
    in_head = [b for b in beside if b.preposition == ""]
    after = [b for b in beside if b.preposition in owning]
    bodies = (EntityType.ORGANIZATION, EntityType.GROUP)
    before_bodies = [b.entity for b in in_head if b.entity.type in bodies and not b.origin]
    after_bodies = [b.entity for b in after if b.entity.type in bodies]
    places = [b for b in [*in_head, *after] if b.entity.type is EntityType.PLACE]
    place = places[0].entity if places else None
    organization = before_bodies[-1] if before_bodies else after_bodies[0] if after_bodies else None
    if lexicon.singular(head.lower) in _HONOURS and kind is not Kind.STATE and head.lower != "nominee":
        return None, None
    if kind is Kind.ENVOY:
        sender = next((b.entity for b in in_head), None) or next(
            (b.entity for b in after if b.preposition == "of"), None
        )
        to = next((b.entity for b in after if b.preposition in ("to", "in", "for")), None)
        if to is not None and to.type in bodies:
            return to, None
        return sender, to if to is not None else None
    if kind is Kind.TEAM:
        # "the English captain" leads what the article calls England, team or country.
        return organization or place or next((b.entity for b in beside if b.origin), None), None
    if organization is None and kind in (Kind.OFFICE, Kind.MEMBER, Kind.OCCUPATION):
        # "Pentagon spokesman": the building speaks as the body that sits in it.
        seat = next((b.entity for b in places if b.preposition == "" and b.entity.name.split()[-1] in SEATS), None)
        if seat is not None:
            return seat, None
    if kind is Kind.STATE and lexicon.singular(head.lower) in _OF_PLACES:
        return None, place
    if kind is Kind.OCCUPATION and places and places[0].origin:
        place = next((b.entity for b in places if not b.origin), None)
    return organization, place


def _shared(phrases: tuple[Phrase, ...]) -> tuple[Phrase, ...]:
    """Coordinated posts with the organisation that is said once: `curator and director of exhibits at the museum`."""
    if len(phrases) < 2:
        return phrases
    found = list(phrases)
    for n in range(len(found) - 2, -1, -1):
        a, b = found[n], found[n + 1]
        bare = a.end == a.head + 1
        if a.organization is None and a.place is None and bare and a.end < b.begin + 1 and b.end > b.head + 1:
            found[n] = a._replace(organization=b.organization, place=b.place)
    for n in range(1, len(found)):
        a, b = found[n - 1], found[n]
        if (
            b.organization is None
            and b.place is None
            and b.end == b.head + 1
            and b.kind in (Kind.OFFICE, Kind.TEAM, a.kind)
        ):
            found[n] = b._replace(organization=a.organization, place=a.place)
        if b.status is RoleStatus.CURRENT and a.status is RoleStatus.FORMER and not b.begin < b.start:
            found[n] = found[n]._replace(status=a.status)
    return tuple(found)
