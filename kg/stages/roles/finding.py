"""Document, entities and times -> roles."""

from __future__ import annotations

from ...language.lexicon import words as classed
from ...records.entity import Entity
from ...records.mention import EntityType
from ...records.role import Role, RoleStatus
from ...records.time import Time
from ...text.document import Document
from . import role_lexicon as lexicon
from .beside import beside_name, examples
from .draft_role import Found
from .mention_index import MentionIndex, NamedEntity, index_names
from .merge import merged
from .role_clauses import clause, telling_verbs
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
    published = document.article.published
    today = published.isoformat() if published else None
    roles: list[Role] = []
    once = merged(found)
    for f in once:
        organization = (
            f.organization
            or _entailed(index, f.title)
            or _by_standing(f, once)
            or _office(index, f)
            or _beside_another(document, f, once)
            or _spoken_for(index, f)
        )
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


def _bare_title(document: Document, named: NamedEntity) -> bool:
    """Whether what was taken for a name is a title alone: `Foreign Minister`."""
    return all(
        noun_kind(t) is not None
        or t.pos == "PRON"
        or t.lower in STATUS
        or t.lower in ("foreign", "prime", "deputy", "vice", "who")
        for t in document.tokens[named.start : named.end]
    )


def _entailed(index: MentionIndex, title: str) -> Entity | None:
    """The organisation that a title names by itself, if the article has it: a Secretary of State's department."""
    words = frozenset(title.casefold().split())
    for needed, names in lexicon.ENTAILED:
        if needed <= words:
            found = index.by_name(names)
            if found is not None:
                return found
    return None


_STANDINGS = (
    (
        frozenset("general colonel major lieutenant captain sergeant commander admiral brigadier".split()),
        frozenset("army military navy force forces guard guards marines corps".split()),
    ),
    (
        frozenset("professor lecturer instructor student major dean graduate".split()),
        frozenset("university college school institute".split()),
    ),
)


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


def _office(index: MentionIndex, found: Found) -> Entity | None:
    """The only office that a title's words name: a prosecutor's office, the district attorney's office."""
    words = found.title.casefold().split()
    if found.title.islower() and len(words) < 2:
        return None
    known = (*index.called.values(), *index.described.values(), *index.refers.values())
    owner = f"{' '.join(words)}’s office"
    offices = {
        e.id: e
        for e in known
        if e.type is EntityType.ORGANIZATION and e.name.casefold().replace("'", "’").endswith(owner)
    }
    return next(iter(offices.values())) if len(offices) == 1 else None


def _beside_another(document: Document, found: Found, roles: list[Found]) -> Entity | None:
    """The body of the post that this one is joined to: the firm's founder A and chief editor B."""
    for other in roles:
        if other.organization is not None and other.last <= found.first and found.place is None:
            between = [t.lower for t in document.tokens[other.last : found.first]]
            if between in (["and"], [",", "and"], ["&"]):
                return other.organization
    return None


def _spoken_for(index: MentionIndex, found: Found) -> Entity | None:
    """The body of a post said by its noun alone, "spokesman Lee": the only one named in the paragraph so far."""
    document = index.document
    first = document[found.first]
    if found.title.lower() not in classed("roles", "post of the body told of") or found.place is not None:
        return None
    start = document.sentences[first.sentence].start
    while start > 0 and document[start - 1].block == first.block:
        start -= 1
    bodies = {
        n.entity.id: n.entity
        for n in index.names
        if start <= n.start < found.first and n.entity.type is EntityType.ORGANIZATION
    }
    return next(iter(bodies.values())) if len(bodies) == 1 else None


def _status_today(found: Found, today: str | None) -> RoleStatus:
    """The role's status on the day of publication: an end that is past makes it former."""
    if today is not None and found.status is RoleStatus.CURRENT:
        if found.end is not None and found.end < today[: len(found.end)]:
            return RoleStatus.FORMER
        if found.start is not None and found.start > today[: len(found.start)]:
            return RoleStatus.DESIGNATE
    return found.status
