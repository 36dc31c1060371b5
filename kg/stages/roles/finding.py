"""Document, entities and times -> roles."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator

from ...language.lexicon import words as classed
from ...records.entity import Entity
from ...records.mention import EntityType, MentionKind
from ...records.role import Role, RoleStatus
from ...records.time import Time
from ...text.document import Document
from ..entities.names import lexicon as name_words
from . import role_lexicon as lexicon
from .beside import beside_name, examples
from .draft_role import Found, make
from .mention_index import MentionIndex, NamedEntity, index_names
from .merge import merged
from .post_phrase import before
from .role_clauses import clause, stint, telling_verbs
from .role_lexicon import STATUS, noun_kind


def find_roles(document: Document, entities: tuple[Entity, ...], times: tuple[Time, ...]) -> tuple[Role, ...]:
    """The roles of an article, in order; the same role stated twice is returned once, in its fullest form."""
    index = index_names(document, entities, times)
    found: list[Found] = []
    for named in index.names:
        if named.entity.type is EntityType.PERSON and not _bare_title(document, named):
            found += beside_name(index, named)
    for i in telling_verbs(document):
        found += clause(index, i)
    for i, token in enumerate(document.tokens):
        if token.lower in ("as", "like", "including"):
            found += examples(index, i)
        if token.lower == "as":
            found += stint(index, i)
    found += _described(index, entities, found)
    published = document.article.published
    today = published.isoformat() if published else None
    roles: list[Role] = []
    once = merged(found)
    bodies = _Bodies(index, once)
    for f in once:
        organization = bodies.of(f)
        roles.append(
            Role(
                f"r{len(roles) + 1}",
                f.holder.id,
                f.title,
                document.span(f.first, f.last),
                organization.id if organization else None,
                f.place.id if f.place else None,
                f.start,
                f.end,
                today,
                _status_today(f, today),
                f.confidence,
            )
        )
    return tuple(roles)


def _noun(found: Found) -> str:
    """The noun of a post, the last word before its first preposition."""
    words = found.title.casefold().split()
    cut = next((n for n, w in enumerate(words) if w in lexicon.PREPOSITIONS and n), len(words))
    return words[cut - 1]


def _described(index: MentionIndex, entities: tuple[Entity, ...], found: list[Found]) -> Iterator[Found]:
    """The posts that a description gives to whom it stands for: "a fellow band member".

    None that the article gives the same person beside the name, nor one that it gives somebody else right there.
    """
    told = {(f.holder.id, _noun(f)) for f in found}
    taken = {i for f in found for i in range(f.first, f.last)}
    for entity in entities:
        for mention in entity.mentions if entity.type is EntityType.PERSON and entity.named else ():
            if mention.kind is MentionKind.NOMINAL:
                first, last = index.document.range(mention.span)
                phrases = before(index, last) if first < last else ()
                for phrase in phrases if phrases and phrases[0].begin >= first - 1 else ():
                    known = (entity.id, index.document[phrase.head].lower) in told
                    if (
                        phrase.listed
                        and not phrase.plural
                        and phrase.start < phrase.head
                        and not known
                        and phrase.head not in taken
                    ):
                        yield make(index, entity, phrase, (first, last), 0.7)


def _bare_title(document: Document, named: NamedEntity) -> bool:
    """Whether what was taken for a name is a title alone: `Foreign Minister`."""
    return all(
        noun_kind(t) is not None
        or t.pos == "PRON"
        or t.lower in STATUS
        or t.lower in classed("roles", "begins a longer title")
        for t in document.tokens[named.start : named.end]
    )


class _Bodies:
    """Whose a post is that does not say so itself, in one article: by its name, or by what stands around it."""

    __slots__ = ("_ends", "_index", "_offices", "_roles", "_team")

    def __init__(self, index: MentionIndex, roles: list[Found]) -> None:
        self._index, self._roles = index, roles
        self._offices = _offices(index)
        self._ends = {f.last: f for f in roles if f.organization is not None}
        teams = {f.organization.id: f.organization for f in roles if f.organization is not None and _in_team(f)}
        self._team = next(iter(teams.values())) if len(teams) == 1 else None

    def of(self, found: Found) -> Entity | None:
        """The organisation of a role; None if the article does not tell."""
        return (
            found.organization
            or _entailed(self._index, found.title)
            or _ministry(self._index, found)
            or _by_standing(found, self._roles)
            or _only_such(self._index, found)
            or _office(found, self._offices)
            or _beside_another(self._index.document, found, self._ends)
            or _in_title(self._index, found.title)
            or (self._team if found.place is None and _in_team(found) and _bare(found) else None)
            or _spoken_for(self._index, found)
        )


def _in_team(found: Found) -> bool:
    """Whether a post is one in a team by its noun: captain, number eight, coach."""
    noun = _noun(found).rpartition("-")[2]
    return lexicon.role_nouns().get(noun) is lexicon.PostKind.TEAM and noun != "manager"


def _bare(found: Found) -> bool:
    """Whether a title names nothing beside the post: vice-captain, Coach."""
    return found.title.islower() or " " not in found.title


def _ministry(index: MentionIndex, found: Found) -> Entity | None:
    """The only ministry in the article for what a minister is for; of another state than the minister's, none."""
    words = found.title.casefold().split()
    fields = {w for w in words[:-1] if w in name_words().portfolios}
    if not fields or words[-1] not in ("minister", "secretary"):
        return None
    named: dict[str, Entity] = {}
    for name, entity in index.called.items():
        parts = frozenset(name.replace("’s", "").replace("'s", "").split())
        if entity.type is EntityType.ORGANIZATION and fields <= parts and parts & classed("roles", "ministries"):
            named[entity.id] = entity
            states = {w for p in parts for w in lexicon.places_of(p.capitalize())} | parts - fields
            told = states - classed("roles", "ministries") - name_words().portfolios - {"of", "and", "the"}
            if found.place is not None and told and found.place.name.casefold() not in told:
                return None
    return next(iter(named.values())) if len(named) == 1 else None


def _in_title(index: MentionIndex, title: str) -> Entity | None:
    """The only body whose name begins with the name before a post: Kestrel Foods for "Kestrel executive"."""
    first, *rest = title.split()
    plain = {*name_words().org_starts, *name_words().titles, *name_words().portfolios}
    if len(rest) != 1 or not first[:1].isupper() or not rest[0].islower() or first.lower() in plain:
        return None
    if rest[0] in classed("roles", "running"):
        return None  # who runs for the Senate does not sit in it
    of_place = lexicon.role_nouns().get(rest[0]) is lexicon.PostKind.STATE or lexicon.places_of(first)
    if of_place or first.lower() in lexicon.role_nouns():
        return None
    named = {e.id: e for name, e in index.called.items() if name.split()[0] == first.casefold()}
    only = index.called.get(first.casefold()) or (next(iter(named.values())) if len(named) == 1 else None)
    return only if only is not None and only.type is EntityType.ORGANIZATION else None


def _entailed(index: MentionIndex, title: str) -> Entity | None:
    """The organisation that a title names by itself, if the article has it: a Secretary of State's department."""
    words = frozenset(title.casefold().split())
    for needed, names in lexicon.ENTAILED:
        if needed <= words:
            found = index.by_name(names)
            if found is not None:
                return found
    return None


_STANDINGS = tuple(
    (classed("roles", ranks), classed("roles", bodies))
    for ranks, bodies in (
        ("rank of soldiers", "body of soldiers"),
        ("rank of scholars", "body of scholars"),
        ("rank of councillors", "body of councillors"),
        ("rank of police", "body of police"),
    )
)
_ONE_IN_AN_ARTICLE = _STANDINGS[2:]
"""Ranks in bodies of which a report mostly tells of one: councillors, police officers."""


def _by_standing(found: Found, roles: list[Found]) -> Entity | None:
    """The body that a rank or chair must belong to, said with another role of the same holder in the article.

    The general who speaks for the army has his rank in it.
    """
    words = set(found.title.casefold().split())
    for ranks, bodies in _STANDINGS:
        if ranks & words:
            for other in roles:
                body = other.organization
                same = other.holder.id == found.holder.id
                if same and body is not None and bodies & set(body.name.casefold().split()):
                    return body
    return None


def _only_such(index: MentionIndex, found: Found) -> Entity | None:
    """The only council or police force of the article, for a councillor or an officer: `Det Insp`."""
    title = set(found.title.casefold().split())
    if found.place is None and _bare_rank(found):
        for ranks, bodies in _ONE_IN_AN_ARTICLE:
            if ranks & title:
                such = {n.entity.id: n.entity for n in index.names if n.entity.name.casefold().split()[-1] in bodies}
                named = [e for e in such.values() if e.type is EntityType.ORGANIZATION and " " in e.name]
                return named[0] if len(named) == 1 else None
    return None


def _bare_rank(found: Found) -> bool:
    """Whether a title is of ranks alone, short or long: Det Insp, Councillor."""
    ranks = frozenset().union(*(ranks for ranks, _ in _ONE_IN_AN_ARTICLE))
    return set(found.title.casefold().split()) <= ranks | classed("roles", "common modifiers")


def _offices(index: MentionIndex) -> dict[str, dict[str, Entity]]:
    """The offices that an article names by their head's post, by that post: the district attorney's office."""
    found: dict[str, dict[str, Entity]] = {}
    for entity in (*index.called.values(), *index.described.values(), *index.refers.values()):
        name = entity.name.casefold().replace("'", "’")
        if entity.type is EntityType.ORGANIZATION and name.endswith("’s office"):
            words = name.removesuffix("’s office").split()
            for n in range(len(words)):
                found.setdefault(" ".join(words[n:]), {})[entity.id] = entity
    return found


def _office(found: Found, offices: dict[str, dict[str, Entity]]) -> Entity | None:
    """The only office that a title names: the prosecutor's office of "Prosecutor Hill"."""
    if found.title.islower() and " " not in found.title:
        return None
    named = offices.get(found.title.casefold(), {})
    return next(iter(named.values())) if len(named) == 1 else None


def _beside_another(document: Document, found: Found, ends: dict[int, Found]) -> Entity | None:
    """The body of the post that this one is joined to: the firm's founder A and chief editor B."""
    if found.place is not None or not found.first or document[found.first - 1].lower not in ("and", "&"):
        return None
    opener = document[found.first]
    if lexicon.places_of(opener.text):
        return None  # a French striker after a Norwegian captain
    if opener.tag in ("NNP", "NNPS") and noun_kind(opener) is None and opener.text != found.title.split()[-1]:
        return None  # "Leicester lock Ann Kay and Wasps scrum-half Jon Dawson": a body that was not found to be one
    comma = found.first > 1 and document[found.first - 2].text == ","
    other = ends.get(found.first - 1 - comma)
    return other.organization if other is not None else None


def _spoken_for(index: MentionIndex, found: Found) -> Entity | None:
    """The body of a post said by its noun alone, "spokesman Lee": the only one named in the paragraph so far."""
    opens = index.document.sentences[index.document[found.first].sentence].start == found.first
    title = found.title[0].lower() + found.title[1:] if opens else found.title
    if found.place is not None or not _needs_body(title):
        return None
    return (
        _just_spoken(index, found)
        or _acting(index, found)
        or _alone_before(index, found)
        or _alone_in_sentence(index, found)
        or _told_of(index)
    )


def _needs_body(title: str) -> bool:
    """Whether a post must be some body's, though it is said alone or with its field: operations chairman."""
    title, _, whose = title.partition(" of the ")  # "chief executive of the retailer", whichever that is
    if " " in whose:
        return False
    fields = title.split()
    with_field = (
        len(fields) > 1
        and title.islower()
        and fields[-1] in classed("roles", "post of the body told of, with its field")
    )
    named = not classed("roles", "body nouns").isdisjoint(fields)  # a "foreign ministry spokesman" is of that
    return (with_field and not named) or title.lower() in classed("roles", "post of the body told of")


def _acting(index: MentionIndex, found: Found) -> Entity | None:
    """The body that is the subject of the sentence: `Redholm Rovers are close to signing Luc Moreau and manager`."""
    document, sentence = index.document, index.document[found.first].sentence
    for name in _before(index, found.first):
        head = document[name.end - 1]
        if head.sentence != sentence:
            return None
        if head.dep == "nsubj":
            return name.entity if name.entity.type is EntityType.ORGANIZATION else None
    return None


def _alone_in_sentence(index: MentionIndex, found: Found) -> Entity | None:
    """The only body named in the sentence, on either side of the post."""
    sentence = index.document[found.first].sentence
    here = {n.entity.id: n.entity for n in index.names if index.document[n.start].sentence == sentence}
    bodies = [e for e in here.values() if e.type is EntityType.ORGANIZATION]
    return bodies[0] if len(bodies) == 1 else None


def _told_of(index: MentionIndex) -> Entity | None:
    """The body that the article is about: named three times or more, and twice as often as any other."""
    counts = Counter(n.entity.id for n in index.names if n.entity.type is EntityType.ORGANIZATION)
    (first, most), (_, next_most) = (*counts.most_common(2), ("", 0), ("", 0))[:2]
    told = most >= 3 and most >= 2 * next_most
    return next(n.entity for n in index.names if n.entity.id == first) if told else None


def _before(index: MentionIndex, i: int) -> Iterator[NamedEntity]:
    """The names before a token, the nearest first."""
    for k in range(bisect_left(index.names, i, key=lambda name: name.start) - 1, -1, -1):
        yield index.names[k]


def _alone_before(index: MentionIndex, found: Found) -> Entity | None:
    """The only body named in the paragraph before the post."""
    document = index.document
    block = document[found.first].block
    bodies: dict[str, Entity] = {}
    for name in _before(index, found.first):
        if document[name.start].block != block or len(bodies) > 1:
            break
        if name.entity.type is EntityType.ORGANIZATION:
            bodies[name.entity.id] = name.entity
    return next(iter(bodies.values())) if len(bodies) == 1 else None


def _just_spoken(index: MentionIndex, found: Found) -> Entity | None:
    """The body that spoke last, no more than two sentences before: "The Kestrel Bank said ... spokesman"."""
    document, here = index.document, index.document[found.first].sentence
    for name in _before(index, found.first):
        head = document[name.end - 1]
        if head.dep == "compound" and document[head.head].lower in classed("roles", "body nouns"):
            head = document[head.head]  # "The BVR union has announced"
        if here - head.sentence > 2:
            return None
        spoke = head.dep == "nsubj" and document[head.head].lemma.lower() in classed("roles", "saying")
        if spoke and head.sentence < here:
            return name.entity if name.entity.type is EntityType.ORGANIZATION else None
    return None


def _status_today(found: Found, today: str | None) -> RoleStatus:
    """The role's status on the day of publication: an end that is past makes it former."""
    if today is not None and found.status is RoleStatus.CURRENT:
        if found.end is not None and found.end < today[: len(found.end)]:
            return RoleStatus.FORMER
        if found.start is not None and found.start > today[: len(found.start)]:
            return RoleStatus.DESIGNATE
    return found.status
