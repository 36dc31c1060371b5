"""Document, entities and times -> roles."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

from ...language.lexicon import words
from ...language.syntax import NOUN_SUBJECTS
from ...records.attribution import Attribution, Form
from ...records.entity import Entity
from ...records.mention import EntityType, MentionKind
from ...records.role import Role, RoleStatus
from ...records.time import Time
from ...text.document import Document
from .beside import beside_name
from .bodies import Bodies
from .copula_clauses import praised
from .draft_role import Found, make
from .holder_lists import examples
from .mention_index import MentionIndex, NamedEntity, index_names
from .merge import merged
from .post_clauses import stint
from .post_phrase import before
from .role_clauses import clause, telling_verbs
from .role_lexicon import PostKind


def find_roles(
    document: Document,
    entities: tuple[Entity, ...],
    times: tuple[Time, ...],
    attributions: tuple[Attribution, ...] = (),
) -> tuple[Role, ...]:
    """The roles of an article, in order; the same role stated twice is returned once, in its fullest form.

    With its attributions, nobody gets the post of "he" or "she" in his own quotation.
    """
    index = index_names(document, entities, times)
    found: list[Found] = []
    for named in index.names:
        if named.entity.type is EntityType.PERSON:
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
    once = merged(f for f in found if not _of_another(document, f, attributions))
    bodies = Bodies(index, once)
    for f in once:
        organization, place = bodies.of(f), bodies.state_of(f)
        roles.append(
            Role(
                f"r{len(roles) + 1}",
                f.holder.id,
                f.title,
                document.span(f.first, f.last),
                organization.id if organization else None,
                place.id if place else None,
                f.start,
                f.end,
                today,
                _status_today(f, today),
                f.confidence,
            )
        )
    return tuple(roles)


def _of_another(document: Document, found: Found, attributions: tuple[Attribution, ...]) -> bool:
    """Whether "he" or "she" gets a post from whom it was taken for: in quotation marks, or from who speaks behind."""
    token = document[found.first]
    if token.lower not in words("grammar", "he", "she"):
        return False
    own = (a for a in attributions if a.entity == found.holder.id and a.source)
    return any(
        (a.form is Form.DIRECT or a.content[0].start < a.source[0].start)
        and any(span.start <= token.start < span.end for span in a.content)
        for a in own
    )


def _described(index: MentionIndex, entities: tuple[Entity, ...], found: list[Found]) -> Iterator[Found]:
    """The posts that a description gives to whom it stands for, beside the name or with nobody else named near it.

    None that the article gives the same person otherwise, nor one that it gives somebody else right there.
    """
    document = index.document
    told = {(f.holder.id, f.noun) for f in found}
    taken = {i for f in found for i in range(f.first, f.last)}
    people = [n for n in index.names if n.entity.type is EntityType.PERSON]
    for entity in entities:
        for mention in entity.mentions if entity.type is EntityType.PERSON and entity.named else ():
            if mention.kind is MentionKind.NOMINAL:
                first, last = document.range(mention.span)
                phrases = before(index, last) if first < last else ()
                sure = _certain(document, people, entity, first, last)
                for phrase in phrases if phrases and phrases[0].begin >= first - 1 else ():
                    known = (entity.id, document[phrase.head].lower) in told
                    free = not known and phrase.head not in taken and phrase.start < phrase.head
                    harmless = phrase.kind in (PostKind.OCCUPATION, PostKind.TEAM, PostKind.MEMBER)
                    said = document[phrase.head].dep == "attr" and praised(document, phrase)
                    if not phrase.plural and free and not said and (sure or harmless):
                        yield make(index, entity, phrase, (first, last), 0.7)


def _certain(document: Document, people: list[NamedEntity], entity: Entity, first: int, last: int) -> bool:
    """Whether a description can only stand for a person: it hangs on the name, or nobody else was spoken of there."""
    block = document[first].block
    k = bisect_left(people, last, key=lambda name: name.start)
    near = [n for n in people[max(0, k - 12) : k + 2] if document[n.start].block in (block - 1, block)]
    own = [n for n in near if n.entity is entity]
    if any((document[n.end - 1].dep == "appos" and 0 <= n.start - last < 4) or 0 <= first - n.end < 2 for n in own):
        return True
    acting = [n for n in near if n.end <= first and document[n.end - 1].dep in NOUN_SUBJECTS]
    here = [n for n in near if document[n.start].block == block] or near
    return (bool(acting) and acting[-1].entity is entity) or len(own) == len(here)


def _status_today(found: Found, today: str | None) -> RoleStatus:
    """The role's status on the day of publication: an end that is past makes it former."""
    if today is not None and found.status is RoleStatus.CURRENT:
        if found.end is not None and found.end < today[: len(found.end)]:
            return RoleStatus.FORMER
        if found.start is not None and found.start > today[: len(found.start)]:
            return RoleStatus.DESIGNATE
    return found.status
