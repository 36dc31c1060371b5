"""Noun phrases that tell a lasting relation: parts, places, allies, wars, and what roles say of membership."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product
from typing import NamedTuple

from ...language.lexicon import listed, words
from ...language.syntax import is_factual
from ...records.entity import Entity
from ...records.mention import EntityType, MentionKind
from ...records.role import Role, RoleStatus
from ...text.document import Document, Token
from ..entities.gazetteer import gazetteer
from ..roles.belonging import SEATS
from ..roles.mention_index import MentionIndex, NamedEntity
from ..roles.role_lexicon import PREPOSITIONS, places_of
from . import relation_lexicon as lexicon
from .arguments import FORCES, Argument, arguments, complements, subject
from .locations import is_site, lies, located, of_origin
from .tie import Tie

_BODIES = (EntityType.ORGANIZATION, EntityType.GROUP)
_POWERS = frozenset((EntityType.ORGANIZATION, EntityType.GROUP, EntityType.PLACE))
_ACTORS = _POWERS | {EntityType.PERSON}


def ties(index: MentionIndex, roles: tuple[Role, ...], entities: tuple[Entity, ...]) -> Iterator[Tie]:
    """The lasting relations of a document that its noun phrases and roles tell."""
    yield from _from_roles(index, roles, entities)
    for n, named in enumerate(index.names):
        yield from of_origin(index, named)
        following = index.names[n + 1] if n + 1 < len(index.names) else None
        if following is not None and _one_sentence(index, named, following):
            yield from located(index, n)
            yield from _between(index, named, following)
    for token in index.document.tokens:
        yield from _told_by(index, token)


def _told_by(index: MentionIndex, token: Token) -> Iterator[Tie]:
    """The relations that a noun or a copula tells with what stands around it."""
    if token.lower in words("events", "joint fight"):
        yield from _parties(index, token.i)
        if token.lower in ("war", "battle", "fight"):
            yield from _nominal(index, token.i, "fights", ("against", "on", "with"))
    elif token.lower in ("is", "are") and token.dep != "aux":
        yield from lies(index, token.i)
    elif token.lower in ("support", "backing") and token.pos == "NOUN":
        yield from _nominal(index, token.i, "supports", ("for", "of", "to"))


def _one_sentence(index: MentionIndex, a: NamedEntity, b: NamedEntity) -> bool:
    return index.document[a.start].sentence == index.document[b.start].sentence


def _from_roles(index: MentionIndex, roles: tuple[Role, ...], entities: tuple[Entity, ...]) -> Iterator[Tie]:
    by_id = {e.id: e for e in entities}
    for role in roles:
        body, place = by_id.get(role.organization or ""), by_id.get(role.place or "")
        where, title = body or place, _GENERAL.sub(r"\1-general", role.title)
        if where is None or not _is_held(role):
            continue
        kind = _in_body(index, title, body) if body is not None else _in_state(index, title, where)
        if kind is not None:
            first, last = index.document.range(role.span)
            yield Tie(kind, by_id[role.holder], where, first, last, role.start, role.end, role.confidence)


def _is_held(role: Role) -> bool:
    """Whether a role ties now, or in a time that is told."""
    if role.status is RoleStatus.FORMER:
        return bool(role.start or role.end)
    return role.status is not RoleStatus.DESIGNATE


def _in_state(index: MentionIndex, title: str, place: Entity) -> str | None:
    """What a post without a body makes of its holder: who leads the place."""
    head = _head(title)
    return "leads" if head in _OF_STATE and _leads(index, title, head, place) else None


def _in_body(index: MentionIndex, title: str, body: Entity) -> str | None:
    """What a post makes of its holder in a body: who leads it, or a member; None for a post that is none of these."""
    head = _head(title)
    seat = body.type is EntityType.PLACE and body.name.split()[-1] in SEATS
    if not (body.type in _BODIES or seat) or not body.named:
        return None
    if head in lexicon.NOT_MEMBERS or head in words("events", "post told elsewhere"):
        return None
    if head in lexicon.HEADS and _leads(index, title, head, body):
        return "leads"
    return None if " from " in title and " " not in body.name else "memberOf"


_GENERAL = re.compile(r"\b(secretary|director) general\b", re.IGNORECASE)
"""Two words that make one title, as it is also written with a hyphen; a general alone leads no body."""

_OF_STATE = words("events", "of state")
_WHOLLY = words("events", "wholly")


def _leads(index: MentionIndex, title: str, head: str, body: Entity) -> bool:
    """Whether a title is that of the body's own head: not of its deputy, a branch of it, or something at it."""
    parts = title.split()
    at = next(n for n, w in enumerate(parts) if w.lower() == head)
    names = {n.casefold() for n in _names(index, body)}
    before = " ".join(w for w in parts[:at] if w.lower() not in _WHOLLY)
    if not _is_own(before, names):
        return False
    rest = " ".join(parts[at + 1 :]).casefold().removeprefix("executive").strip()
    if not rest:
        return True
    opening = next((o for o in listed("events", "before an owner's title") if rest.startswith(f"{o} ")), None)
    if opening is None:
        return rest.startswith(("at ", "in ")) and rest.split(" ", 1)[1].removeprefix("the ") in names
    rest = rest[len(opening) + 1 :]
    return rest in names or any(rest.startswith((f"{n} in ", f"{n} at ", f"{n} from ")) for n in names)


def _is_own(before: str, names: set[str]) -> bool:
    """Whether what stands before the noun of a title is nothing, the body itself, a people or a place."""
    own = before.casefold()
    return not own or own in names or bool(gazetteer().adjectives.get(before)) or _regional(own)


def _names(index: MentionIndex, entity: Entity) -> Iterator[str]:
    """Every name that the article or the gazetteer has for an entity, and the common noun that ends it."""
    yield entity.name
    yield entity.name.split()[-1]
    for mention in entity.mentions:
        if mention.kind is MentionKind.NAME:
            yield index.document.article.quote(mention.span)
    known = gazetteer().get(entity.name)
    if known is not None:
        yield known.name


def _regional(word: str) -> bool:
    return any(places_of(w.capitalize()) for w in word.split())


def _head(title: str) -> str:
    """The noun of a title, in lower case: `director` of `executive director of exhibits at the Weston Museum`."""
    words = title.lower().split()
    cut = next((n for n, w in enumerate(words) if n and w in PREPOSITIONS), len(words))
    if words[max(0, cut - 2) : cut] == ["chief", "executive"]:
        return "chief"
    if words[max(0, cut - 2) : cut] in (["foreign", "minister"], ["finance", "minister"]):
        return "secretary"
    if words[cut - 1] == "minister" and "prime" not in words[:cut]:
        return "secretary"
    return words[cut - 1]


_ACADEMIC = words("events", "academic")


def _between(index: MentionIndex, a: NamedEntity, b: NamedEntity) -> Iterator[Tie]:
    """What the words between two neighbouring names say of them."""
    tokens = index.document.tokens
    gap = _gap([t.lower for t in tokens[a.end : b.start]], tokens[b.end].text if b.end < len(tokens) else ".")
    if gap is None or a.entity.id == b.entity.id:
        return
    for kind, sure, turned in _said_between(gap, a.entity, b.entity):
        first, second = (b.entity, a.entity) if turned else (a.entity, b.entity)
        yield Tie(kind, first, second, a.start, b.end, None, None, sure)


def _said_between(gap: Gap, a: Entity, b: Entity) -> Iterator[tuple[str, float, bool]]:
    """The kinds of relation that a gap tells, how surely, and whether the second is the subject."""
    kinds = {a.type, b.type}
    if kinds == {EntityType.ORGANIZATION} and gap.words in (["at"], ["at", "the"]) and is_site(a.name):
        if _ACADEMIC & set(b.name.casefold().split()):
            yield "partOf", 0.8, False
        return
    yield from _part(gap, a, b)
    if kinds <= _ACTORS:
        if _allied(gap):
            yield "allyOf", 0.85, False
        if _backed(gap):
            yield "supports", 0.8, False
    if kinds <= _POWERS and gap.owned and gap.core in _WAR_ON:
        yield "fights", 0.8, False


def _part(gap: Gap, a: Entity, b: Entity) -> Iterator[tuple[str, float, bool]]:
    """What is part or member of what: `A's armed wing, B`, `A, a branch of B`."""
    if a.type in _BODIES and b.type is EntityType.ORGANIZATION and _owned_part(gap):
        yield "partOf", 0.85, True
        return
    belongs = _belongs(gap, a.type) if a.type in _POWERS and b.type in _BODIES else None
    if belongs is not None:
        yield belongs, 0.85, False


class Gap(NamedTuple):
    """The words between two names, those of them that mean something, and how the second hangs on the first."""

    words: list[str]
    core: list[str]
    owned: bool
    apposed: bool


_WAR_ON = (["war", "on"], ["war", "against"], ["fight", "against"], ["war", "with"])
_SUPPORT_FOR = (["support", "for"], ["support", "of"], ["backing", "of"], ["backing", "for"])


def _gap(between: list[str], closing: str) -> Gap | None:
    """The gap of some words before a name that `closing` follows; None where they are many, or say nothing."""
    core = [w for w in between if w not in words("events", "hollow")]
    if len(between) > 9 or not core:
        return None
    copular = between[0] in ("is", "was", "remains")
    apposed = copular or (between[0] == "," and closing in (",", ".", ";", ")", "—", "–"))
    return Gap(between, core[copular:], between[0] in ("'s", "’s", "'", "’"), apposed)


def _owned_part(gap: Gap) -> bool:
    """Whether the first owns the second as a part of it."""
    return gap.owned and gap.core[-1] in lexicon.PARTS


def _belongs(gap: Gap, kind: EntityType) -> str | None:
    """What the first is of the second, as an apposition says: a part of it, a member."""
    if not gap.apposed or len(gap.core) < 2 or gap.core[-1] != "of":
        return None
    if gap.core[-2] in lexicon.PARTS or gap.core[-2] == "part":
        return "partOf"
    return "memberOf" if gap.core[-2] == "member" and kind is not EntityType.PERSON else None


def _allied(gap: Gap) -> bool:
    core, last = gap.core, gap.core[-1:]
    if "former" in core:
        return False
    named = gap.owned or gap.words[:2] == ["and", "its"]
    if named and last == ["ally"]:
        return True
    return (gap.apposed and core[-2:] == ["ally", "of"]) or core in (["allied", "with"], ["allied", "to"])


def _backed(gap: Gap) -> bool:
    hyphened = gap.core in (["-", "backed"], ["-", "supported"], ["-", "funded"])
    return hyphened or (gap.owned and gap.core in _SUPPORT_FOR)


_GIVING = words("events", "giving")


def _nominal(index: MentionIndex, i: int, kind: str, prepositions: tuple[str, ...]) -> Iterator[Tie]:
    """`its support for B`, `A's war on B`, `A reaffirmed its support of B`: whose it is, and for or against whom."""
    document = index.document
    if document[i - 1].text in ("“", '"', "‘", "'"):
        return  # "his so-called 'war' on": the words are not the article's own
    owners = _owners(index, i)
    givers = () if owners else _givers(index, i)
    if givers:
        prepositions = tuple(p for p in prepositions if p != "of")  # "with the support of B" is B's, not for B
    against = _POWERS if kind == "fights" else _ACTORS
    for preposition in prepositions:
        for b, a in product(complements(index, i, preposition), owners or givers):
            if b.entity.type in against:
                first, last = min(a.start, i), max(b.end, i + 1)
                yield Tie(kind, a.entity, b.entity, first, last, None, None, min(a.sure, b.sure))


def _owners(index: MentionIndex, i: int) -> tuple[Argument, ...]:
    """Whose the thing is that the noun at `i` names, as the words before it say."""
    before = (k for k in index.document.kids(i) if k.i < i and k.dep in ("poss", "compound", "nmod"))
    return tuple(a for k in before for a in arguments(index, k.i))


def _givers(index: MentionIndex, i: int) -> tuple[Argument, ...]:
    """Who gives what the noun at `i` names, in fact: "A reaffirmed its support"."""
    above = index.document[index.document[i].head]
    given = above.lemma in _GIVING and is_factual(index.document, above.i)
    return subject(index, above.i) if given else ()


def _parties(index: MentionIndex, i: int) -> Iterator[Tie]:
    """`the war between A and B`, `fighting between A and B forces`, `an alliance between A and B`."""
    document = index.document
    end = document.sentences[document[i].sentence].end
    if i + 4 >= len(document) or document[i + 1].lower != "between":
        return
    first = _party(index, i + 2, end)
    if first is None:
        return
    j = _past_forces(document, first.end, end)
    second = _party(index, j + 1, end) if j + 1 < end and document[j].lower == "and" else None
    if second is not None:
        kind = "allyOf" if document[i].lower == "alliance" else "fights"
        yield Tie(kind, first.entity, second.entity, i, second.end, None, None, 0.8)


def _past_forces(document: Document, j: int, end: int) -> int:
    while j < end and document[j].lemma.lower() in FORCES:
        j += 1
    return j


def _party(index: MentionIndex, k: int, end: int) -> NamedEntity | None:
    """The body or country named from token `k` on, articles and adjectives passed over."""
    while k < end and index.document[k].pos in ("DET", "ADJ"):
        k += 1
    named = index.at.get(k)
    return named if named is not None and named.entity.type in _POWERS else None
