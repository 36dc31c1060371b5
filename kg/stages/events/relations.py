"""Noun phrases that tell a lasting relation: parts, places, allies, wars, and what roles say of membership."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from ...language.lexicon import words
from ...records.entity import Entity
from ...records.mention import EntityType, MentionKind
from ...records.role import Role, RoleStatus
from ..entities.gazetteer import Known, gazetteer
from ..roles.belonging import SEATS
from ..roles.mention_index import MentionIndex, NamedEntity
from ..roles.role_lexicon import PREPOSITIONS, places_of
from . import relation_lexicon as lexicon
from .arguments import FORCES, arguments, factual, subject


class Tie(NamedTuple):
    """A relation before it becomes a record: tokens `first` up to but not including `last` say it."""

    kind: str
    subject: Entity
    object: Entity
    first: int
    last: int
    start: str | None
    end: str | None
    confidence: float


_BODIES = (EntityType.ORGANIZATION, EntityType.GROUP)
_POWERS = (EntityType.ORGANIZATION, EntityType.GROUP, EntityType.PLACE)
_ACTORS = (*_POWERS, EntityType.PERSON)


def ties(index: MentionIndex, roles: tuple[Role, ...], entities: tuple[Entity, ...]) -> Iterator[Tie]:
    """The lasting relations of a document that its noun phrases and roles tell."""
    yield from _from_roles(index, roles, entities)
    for n, named in enumerate(index.names):
        yield from _of_origin(index, named)
        following = index.names[n + 1] if n + 1 < len(index.names) else None
        if following is not None and _one_sentence(index, named, following):
            yield from _located(index, n)
            yield from _between(index, named, following)
    for token in index.document.tokens:
        if token.lower in words("events", "joint fight"):
            yield from _parties(index, token.i)
            if token.lower in ("war", "battle", "fight"):
                yield from _nominal(index, token.i, "fights", ("against", "on", "with"))
        elif token.lower in ("is", "are") and token.dep != "aux":
            yield from _lies(index, token.i)
        elif token.lower in ("support", "backing") and token.pos == "NOUN":
            yield from _nominal(index, token.i, "supports", ("for", "of", "to"))


def _one_sentence(index: MentionIndex, a: NamedEntity, b: NamedEntity) -> bool:
    return index.document[a.start].sentence == index.document[b.start].sentence


def _from_roles(index: MentionIndex, roles: tuple[Role, ...], entities: tuple[Entity, ...]) -> Iterator[Tie]:
    by_id = {e.id: e for e in entities}
    for role in roles:
        title = _GENERAL.sub(r"\1-general", role.title)
        head = _head(title)
        holder = by_id[role.holder]
        body = by_id.get(role.organization or "")
        if role.status in (RoleStatus.DESIGNATE,) or (
            role.status is RoleStatus.FORMER and not (role.start or role.end)
        ):
            continue
        first, last = index.document.range(role.span)
        if body is None:
            place = by_id.get(role.place or "")
            if place is not None and head in _OF_STATE and _leads(index, title, head, place):
                yield Tie("leads", holder, place, first, last, role.start, role.end, role.confidence)
            continue
        seat = body.type is EntityType.PLACE and body.name.split()[-1] in SEATS
        if not (body.type in _BODIES or seat) or head in lexicon.NOT_MEMBERS or not body.named:
            continue
        if head in words("events", "post told elsewhere"):
            continue
        kind = "leads" if head in lexicon.HEADS and _leads(index, title, head, body) else "memberOf"
        if kind == "memberOf" and " from " in title and " " not in body.name:
            continue
        yield Tie(kind, holder, body, first, last, role.start, role.end, role.confidence)


_GENERAL = re.compile(r"\b(secretary|director) general\b", re.IGNORECASE)
"""Two words that make one title, as it is also written with a hyphen; a general alone leads no body."""

_OF_STATE = words("events", "of state")
_WHOLLY = words("events", "wholly")


def _leads(index: MentionIndex, title: str, head: str, body: Entity) -> bool:
    """Whether a title is that of the body's own head: not of its deputy, a branch of it, or something at it."""
    words = title.split()
    at = next(n for n, w in enumerate(words) if w.lower() == head)
    names = {n.casefold() for n in _names(index, body)}
    before = [w for w in words[:at] if w.lower() not in _WHOLLY]
    own = " ".join(before).casefold()
    if own and own not in names and not gazetteer().adjectives.get(" ".join(before)) and not _regional(own):
        return False
    rest = " ".join(words[at + 1 :]).casefold().removeprefix("executive").strip()
    if not rest or rest in ("elect", "- elect"):
        return True
    for opening in ("of the ", "of ", "for the ", "for "):
        if rest.startswith(opening):
            rest = rest[len(opening) :]
            break
    else:
        return rest.startswith(("at ", "in ")) and rest.split(" ", 1)[1].removeprefix("the ") in names
    return rest in names or any(rest.startswith((f"{n} in ", f"{n} at ", f"{n} from ")) for n in names)


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


def _abroad(part: Known | None, whole: Known) -> bool:
    """Whether a region is known to lie in another country: "North Carolina, Georgia" lists two states."""
    countries = part is not None and part.country is not None and whole.kind == "country" and whole.country is not None
    return countries and part is not None and part.country != whole.country


def _located(index: MentionIndex, n: int) -> Iterator[Tie]:
    """Where a thing lies that is named before another.

    `Evansville, Indiana`; `the Weston Museum in Durham`; `the Karrada district of Baghdad`; `Paris, capital of France`.
    """
    document = index.document
    a, b = index.names[n], index.names[n + 1]
    if a.entity.id == b.entity.id or (b.entity.type is not EntityType.PLACE and a.entity.type is not EntityType.PLACE):
        return
    between = tuple(t.lower for t in document.tokens[a.end : b.start] if t.lower not in _DIRECTIONS)
    known = gazetteer()
    whole, part = known.get(b.entity.name), known.get(a.entity.name)
    if a.entity.type is EntityType.PLACE and between in _OWNED_PLACES:
        yield Tie("locatedIn", b.entity, a.entity, a.start, b.end, None, None, 0.9)
        return
    if a.entity.type is EntityType.PLACE and between in (("'s",), ("’s",)) and _site(b.entity.name):
        yield Tie("locatedIn", b.entity, a.entity, a.start, b.end, None, None, 0.85)
        return
    if b.entity.type is not EntityType.PLACE:
        return
    if a.entity.type is EntityType.PLACE:
        if part is not None and part.kind in ("country", "area"):
            return
        if between == (",",) and not _listed(index, n):
            inside = (
                whole is not None
                and whole.kind in ("country", "region", "area")
                and (part is None or part.kind != whole.kind)
                and not _abroad(part, whole)
            )
            district = whole is not None and part is None and document[a.start - 1].pos == "ADP" if a.start else False
            if inside or district:
                yield Tie("locatedIn", a.entity, b.entity, a.start, b.end, None, None, 0.85)
            return
        if between in (("in",), ("in", "the")) and (whole is None or part is None or whole.kind != part.kind):
            yield Tie("locatedIn", a.entity, b.entity, a.start, b.end, None, None, 0.8)
        elif 2 <= len(between) <= 3 and between[0] in _DIVISIONS and between[-1] in ("of", "in"):
            yield Tie("locatedIn", a.entity, b.entity, a.start, b.end, None, None, 0.85)
        elif between in (
            (",", "the", "capital", "of"),
            (",", "capital", "of"),
            (",", "a", "city", "in"),
            (",", "a", "town", "in"),
        ):
            yield Tie("locatedIn", a.entity, b.entity, a.start, b.end, None, None, 0.9)
    elif a.entity.type is EntityType.ORGANIZATION:
        last = document[a.end - 1]
        attached = document[a.end].head in range(a.start, a.end) if a.end < b.start else False
        if between in (("in",), ("in", "the")) and attached and last.dep not in ("dobj",) and _site(a.entity.name):
            yield Tie("locatedIn", a.entity, b.entity, a.start, b.end, None, None, 0.8)
        elif between in (
            (",", "located", "in"),
            (",", "based", "in"),
            (",", "which", "is", "located", "in"),
            (",", "which", "is", "based", "in"),
            ("is", "located", "in"),
            ("is", "based", "in"),
            ("is", "headquartered", "in"),
        ) or (between == (",",) and _site(a.entity.name) and whole is not None and not _listed(index, n)):
            yield Tie("locatedIn", a.entity, b.entity, a.start, b.end, None, None, 0.9)


_DIRECTIONS = words("events", "directions")
_OWNED_PLACES = tuple(
    (ending, *words)
    for ending in ("'s", "’s")
    for words in (("capital",), ("capital", ","), ("capital", "of"), ("capital", "city", ","), ("capital", "city"),
                  ("city", "of"), ("second", "city", ","))
)  # fmt: skip


def _of_origin(index: MentionIndex, named: NamedEntity) -> Iterator[Tie]:
    """`the Iraqi city of Mosul`."""
    document = index.document
    a = named.start
    if named.entity.type is not EntityType.PLACE or a < 3 or document[a - 1].lower != "of":
        return
    if document[a - 2].lower in _SETTLED:
        country = index.origin(document[a - 3], document[a - 4] if a > 3 else None)
        if country is not None and country.id != named.entity.id:
            yield Tie("locatedIn", named.entity, country, a - 3, named.end, None, None, 0.9)


_SETTLED = words("events", "settled")
_DIVISIONS = words("events", "divisions")
_SITES = words("events", "sites")


_ACADEMIC = words("events", "academic")


def _site(name: str) -> bool:
    """Whether an organisation's name is that of a building or campus, which has one place."""
    return bool(_SITES & set(name.casefold().split()))


def _listed(index: MentionIndex, n: int) -> bool:
    """Whether two places belong to a list of their like: `Sudan, Iran, Libya and Yemen`."""
    document = index.document
    names = index.names
    a, b = names[n], names[n + 1]
    if b.end < len(document):
        after = document[b.end]
        following = names[n + 2] if n + 2 < len(names) else None
        if following is not None and following.entity.type is EntityType.PLACE:
            gap = tuple(t.lower for t in document.tokens[b.end : following.start])
            if gap in ((",", "and"), ("and",), ("or",), (",", "or"), ("&",)):
                return True
        if after.lower in ("and", "or"):
            return True
    if n and a.start >= 1:
        before = names[n - 1]
        gap = tuple(t.lower for t in document.tokens[before.end : a.start])
        if before.entity.type is EntityType.PLACE and gap in ((",",), (",", "and"), ("and",)):
            return True
    return document[a.start - 1].lower in ("and", "or") if a.start else False


def _between(index: MentionIndex, a: NamedEntity, b: NamedEntity) -> Iterator[Tie]:
    """What the words between two neighbouring names say of them."""
    tokens = index.document.tokens
    words = [t.lower for t in tokens[a.end : b.start]]
    core = [w for w in words if w not in _HOLLOW]
    if a.entity.id == b.entity.id or len(words) > 9 or not core:
        return
    gap = _gap(words, core, tokens[b.end].text if b.end < len(tokens) else ".")
    kinds = (a.entity.type, b.entity.type)
    if kinds == (EntityType.ORGANIZATION,) * 2 and words in (["at"], ["at", "the"]) and _site(a.entity.name):
        if _ACADEMIC & set(b.entity.name.casefold().split()):
            yield Tie("partOf", a.entity, b.entity, a.start, b.end, None, None, 0.8)
        return
    if kinds[0] in _BODIES and kinds[1] is EntityType.ORGANIZATION and _owned_part(gap):
        yield Tie("partOf", b.entity, a.entity, a.start, b.end, None, None, 0.85)
    elif kinds[0] in _POWERS and kinds[1] in _BODIES and (kind := _belongs(gap, kinds[0])) is not None:
        yield Tie(kind, a.entity, b.entity, a.start, b.end, None, None, 0.85)
    if kinds[0] in _ACTORS and kinds[1] in _ACTORS:
        if _allied(gap):
            yield Tie("allyOf", a.entity, b.entity, a.start, b.end, None, None, 0.85)
        if _backed(gap):
            yield Tie("supports", a.entity, b.entity, a.start, b.end, None, None, 0.8)
    if kinds[0] in _POWERS and kinds[1] in _POWERS and gap.owned and gap.core in _WAR_ON:
        yield Tie("fights", a.entity, b.entity, a.start, b.end, None, None, 0.8)


class Gap(NamedTuple):
    """The words between two names, those of them that mean something, and how the second hangs on the first."""

    words: list[str]
    core: list[str]
    owned: bool
    apposed: bool


_HOLLOW = frozenset(("a", "an", "the", ",", "'s", "’s", "'", "’", "its", "–", "—"))
_WAR_ON = (["war", "on"], ["war", "against"], ["fight", "against"], ["war", "with"])
_SUPPORT_FOR = (["support", "for"], ["support", "of"], ["backing", "of"], ["backing", "for"])


def _gap(words: list[str], core: list[str], closing: str) -> Gap:
    copular = words[0] in ("is", "was", "remains")
    apposed = copular or (words[0] == "," and closing in (",", ".", ";", ")", "—", "–"))
    return Gap(words, core[copular:], words[0] in ("'s", "’s", "'", "’"), apposed)


def _owned_part(gap: Gap) -> bool:
    """Whether the first owns the second as a part of it."""
    return gap.owned and len(gap.core) <= 3 and gap.core[-1] in lexicon.PARTS


def _belongs(gap: Gap, kind: EntityType) -> str | None:
    """What the first is of the second, as an apposition says: a part of it, a member."""
    if not gap.apposed or len(gap.core) < 2 or gap.core[-1] != "of":
        return None
    if gap.core[-2] in lexicon.PARTS or gap.core[-2] == "part":
        return "partOf"
    return "memberOf" if gap.core[-2] == "member" and kind is not EntityType.PERSON else None


def _allied(gap: Gap) -> bool:
    core, short = gap.core, len(gap.core) <= 3
    if "former" in core:
        return False
    if short and core[-1:] == ["ally"] and (gap.owned or gap.words[:2] == ["and", "its"] or core == ["and", "ally"]):
        return True
    if gap.owned and short and core[-1:] == ["allies"]:
        return True
    return (gap.apposed and core[-2:] == ["ally", "of"]) or core in (["allied", "with"], ["allied", "to"])


def _backed(gap: Gap) -> bool:
    hyphened = gap.words[0] == "-" and gap.core in (["-", "backed"], ["-", "supported"], ["-", "funded"])
    return hyphened or (gap.owned and gap.core in _SUPPORT_FOR)


def _lies(index: MentionIndex, i: int) -> Iterator[Tie]:
    """`A is a town in B`, `A is an organisation based in B`."""
    document = index.document
    kids = list(document.kids(i))
    if any(k.dep == "neg" for k in kids):
        return
    a = next((index.thing(k.i) for k in kids if k.dep == "nsubj"), None)
    what = next((k for k in kids if k.dep == "attr"), None)
    if (
        a is None
        or what is None
        or what.lemma.lower() not in lexicon.PLACED
        or a.entity.type not in (EntityType.PLACE, EntityType.ORGANIZATION)
    ):
        return
    for kid in document.kids(what.i):
        sits = kid.dep == "acl" and kid.lower in words("events", "located")
        for preposition in [k for k in document.kids(kid.i) if sits] + [kid]:
            if preposition.lower == "in" and preposition.dep == "prep" and preposition.i < what.i + 6:
                for obj in document.kids(preposition.i):
                    b = index.thing(obj.i)
                    if b is not None and b.entity.type is EntityType.PLACE and b.entity.id != a.entity.id:
                        yield Tie("locatedIn", a.entity, b.entity, a.start, b.end, None, None, 0.85)


_GIVING = words("events", "giving")


def _nominal(index: MentionIndex, i: int, kind: str, prepositions: tuple[str, ...]) -> Iterator[Tie]:
    """`its support for B`, `A's war on B`, `A reaffirmed its support of B`: whose it is, and for or against whom."""
    document = index.document
    token = document[i]
    whom = [
        (kid.lower, argument)
        for kid in document.kids(i)
        if kid.dep == "prep" and kid.lower in prepositions
        for obj in document.kids(kid.i)
        if obj.dep == "pobj"
        for argument in arguments(index, obj.i)
    ]
    if not whom or document[i - 1].text in ("“", '"', "‘", "'"):
        # "his so-called 'war' on": the words are not the article's own.
        return
    whose = tuple(
        a
        for kid in document.kids(i)
        if kid.i < i and kid.dep in ("poss", "compound", "nmod")
        for a in arguments(index, kid.i)
    )
    above = document[token.head]
    given = not whose and token.dep == "dobj" and above.lemma in _GIVING and factual(document, above.i)
    if given:
        whose = subject(index, above.i)
    for preposition, b in whom:
        if preposition == "of" and given:
            # "with the support of B" is B's, not for B.
            continue
        for a in whose:
            if a.entity.type in _ACTORS and b.entity.type in (_POWERS if kind == "fights" else _ACTORS):
                yield Tie(kind, a.entity, b.entity, min(a.start, i), max(b.end, i + 1), None, None, min(a.sure, b.sure))


def _parties(index: MentionIndex, i: int) -> Iterator[Tie]:
    """`the war between A and B`, `fighting between A and B forces`, `an alliance between A and B`."""
    document = index.document
    if i + 4 >= len(document) or document[i + 1].lower != "between":
        return
    end = document.sentences[document[i].sentence].end
    k = i + 2
    while k < end and document[k].pos in ("DET", "ADJ") and k not in index.at:
        k += 1
    first = index.at.get(k)
    if first is None or first.entity.type not in _POWERS:
        return
    j = first.end
    while j < end and (document[j].lemma.lower() in FORCES or document[j].tag == "POS"):
        j += 1
    if j + 1 >= end or document[j].lower != "and":
        return
    j += 1
    while j < end and document[j].pos in ("DET", "ADJ") and j not in index.at:
        j += 1
    second = index.at.get(j)
    if second is None or second.entity.type not in _POWERS or second.entity.id == first.entity.id:
        return
    kind = "allyOf" if document[i].lower == "alliance" else "fights"
    yield Tie(kind, first.entity, second.entity, i, second.end, None, None, 0.8)
