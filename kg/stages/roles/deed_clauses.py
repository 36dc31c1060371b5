"""Roles that the verb itself names: who heads, founded or owns a body, who sits on one."""

from __future__ import annotations

from collections.abc import Iterator

from ...language.lexicon import words
from ...records.entity import Entity
from ...records.mention import EntityType
from ...records.role import RoleStatus
from . import role_lexicon as lexicon
from .clause_dates import period_by_verb
from .draft_role import Found, sentence_end
from .holder_clauses import body_at, conditional, future, past_perfect, subject_of, verb_lemma
from .mention_index import MentionIndex, NamedEntity


def deed(index: MentionIndex, v: int, passive: bool) -> Iterator[Found]:
    """`who heads ORG`, `ORG was founded by X`: the role is named after the verb."""
    document, verb = index.document, index.document[v]
    if conditional(document, v) or future(document, v):
        return
    title = lexicon.DEEDS[verb_lemma(verb)]
    if title == "leader" and any(k.lower in words("roles", "leads somewhere") for k in document.kids(v)):
        return  # leads the league with 11 goals, led the side to the title
    if any(k.dep in ("xcomp", "ccomp") and k.tag == "VB" for k in document.kids(v)):
        return  # "directed Halden Foods Ltd to develop"
    doer = _doer(index, v) if passive else subject_of(index, v)
    if doer is None:
        return
    who, at = doer
    target = _undergone(index, v) if passive else next((k.i for k in document.kids(v) if k.dep == "dobj"), None)
    organization = body_at(index, target)
    if organization is None or not _is_led(organization, title):
        return
    bounds = period_by_verb(index, v, v + 1)
    over = verb.dep == "pcomp" and document[verb.head].lower == "after"
    told = verb.tag == "VBD" and not passive and bounds.end is not None
    past = (told or over) and verb_lemma(verb) not in lexicon.PAST_DEEDS
    place = organization if organization.type is EntityType.PLACE else None
    yield Found(
        who,
        title,
        min(at[0], v),
        max(at[1], v + 1, bounds.stop),
        None if place else organization,
        place,
        RoleStatus.FORMER if past else RoleStatus.CURRENT,
        bounds.start,
        bounds.end,
        0.75,
    )


def _doer(index: MentionIndex, v: int) -> tuple[Entity, tuple[int, int]] | None:
    """By whom it was done, and where the name stands: `led by Smith`, `led by Prime Minister Smith`."""
    document = index.document
    stop = sentence_end(document, v)
    by = next((k for k in document.kids(v) if k.lower == "by"), None)
    places = [] if by is None else [by.i + 1] * (by.i + 1 < stop) + [k.i for k in document.kids(by.i)]
    holder = next((n for i in places if (n := index.person(i)) is not None), None)
    return (holder.entity, (holder.start, holder.end)) if holder is not None else None


def _is_led(organization: Entity, title: str) -> bool:
    """Whether such a thing has such a one: "Republicans led by Smith" are some of them, not the body."""
    if not organization.named or (organization.type is EntityType.GROUP and organization.name.endswith("s")):
        return False
    needed = {"head": EntityType.ORGANIZATION, "owner": EntityType.ORGANIZATION, "governor": EntityType.PLACE}
    return organization.type is needed.get(title, organization.type)


def _undergone(index: MentionIndex, v: int) -> int | None:
    """The token that names what a passive verb is done to: its subject, or what its participle stands right after."""
    document = index.document
    verb = document[v]
    for kid in document.kids(v):
        if kid.dep == "nsubjpass":
            return kid.i
    if verb.dep == "conj":
        return next((k.i for k in document.kids(verb.head) if k.dep == "nsubjpass"), None)
    if verb.dep in ("acl", "relcl"):
        before = v - 2 if v > 1 and document[v - 1].text == "," else v - 1
        return before if before >= 0 and index.thing(before) is not None else verb.head
    return None


def seat(index: MentionIndex, v: int) -> Iterator[Found]:
    """`sits on Halden Borough Council`, `served on the Weston Commission`: a member of it."""
    document, thing = index.document, _sat_on(index, v)
    subject = subject_of(index, v) if thing is not None and not conditional(document, v) else None
    if thing is None or subject is None:
        return
    who, at = subject
    bounds, past = period_by_verb(index, v, v + 1), document[v].tag == "VBD"
    status = RoleStatus.FORMER if past or past_perfect(document, v) else RoleStatus.CURRENT
    yield Found(
        who, "member", min(at[0], v), max(at[1], thing.end, bounds.stop), thing.entity, None, status,
        bounds.start, bounds.end, 0.75,
    )  # fmt: skip


def _sat_on(index: MentionIndex, v: int) -> NamedEntity | None:
    """The body named after a verb's "on"."""
    on = [k.i for k in index.document.kids(v) if k.dep == "prep" and k.lower == "on"]
    named = (index.thing(k.i) for i in on for k in index.document.kids(i) if k.dep == "pobj")
    return next((n for n in named if n is not None and n.entity.type is EntityType.ORGANIZATION), None)
