"""Roles said by what happens to a post: somebody is put into it, serves in it, leaves it, takes it from another."""

from __future__ import annotations

from collections.abc import Iterator

from ...language.lexicon import noted, words
from ...language.syntax import VERBAL
from ...records.entity import Entity
from ...records.mention import EntityType
from ...records.role import RoleStatus
from ...text.document import Document
from . import role_lexicon as lexicon
from .belonging import said_to_be_its
from .clause_dates import event_date, period_of
from .draft_role import Found, make, past_partitive, sentence_end
from .holder_clauses import (
    body_at,
    body_told_of,
    conditional,
    future,
    has_present,
    person_at,
    skip_adverbs,
    subject_of,
    verb_lemma,
)
from .holder_lists import several
from .mention_index import MentionIndex
from .post_behind import past_age
from .post_phrase import PostPhrase, read
from .role_lexicon import PostKind
from .tenure import Bounds, bounds_at


def appointment(index: MentionIndex, v: int, passive: bool) -> Iterator[Found]:
    """`was appointed minister`, `named her ambassador`, `elected as its chair`."""
    document = index.document
    if conditional(document, v):
        return
    stop = sentence_end(document, v)
    if passive:
        subject = subject_of(index, v)
        k = v + 1
    else:
        k = skip_adverbs(document, v + 1, stop)
        while k < stop and document[k].lower in lexicon.FORMS_OF_ADDRESS:
            k += 1
        k = _past_titles(index, k, stop)
        named = index.person(k) if k < stop else None
        entity = named.entity if named is not None else index.refers.get(k) if k < stop else None
        if entity is None or entity.type is not EntityType.PERSON:
            return
        end = named.end if named is not None else k + 1
        subject = (entity, (k, end))
        k = past_age(document, end, stop)
        if k > end and document[k].text == ",":
            k += 1  # "is promoting Ida Blom, 41, to executive vice president"
        if k < stop and document[k].text == ",":
            return
    if subject is None:
        return
    phrases = _roles_at(index, k, stop)
    if not phrases:
        return
    when = event_date(index, v, phrases[-1].end, stop)
    lemma = verb_lemma(document[v])
    status = RoleStatus.DESIGNATE if lemma in ("nominate", "designate") or future(document, v) else None
    bounds = bounds_at(index, phrases[-1].end, stop)
    if bounds.start is None and bounds.end is None:
        bounds = Bounds(when, None, phrases[-1].end)
    body = _appointing(index, v, passive)
    for phrase in phrases:
        own = body if phrase.place is None and phrase.kind in _IN_A_BODY else None
        for holder, at in several(index, subject) if phrase.plural else (subject,):
            yield make(index, holder, phrase, at, 0.85, bounds, own, status)


def _past_titles(index: MentionIndex, k: int, stop: int) -> int:
    """Past the posts before a name: "appointed former Voss director Tom Hale"; `k` where no name follows."""
    last = next((j for j in range(k, min(stop, k + 8)) if index.person(j) is not None), k)
    phrases = read(index, k, last) if last > k else ()
    return last if phrases and phrases[-1].end == last else k


_IN_A_BODY = (PostKind.OFFICE, PostKind.OCCUPATION, PostKind.MEMBER, PostKind.TEAM)


def _appointing(index: MentionIndex, v: int, passive: bool) -> Entity | None:
    """The body that puts somebody into a post, which is one in it: `Halden Bank appointed A as director`."""
    document = index.document
    by = next((k.i for k in document.kids(v) if k.dep == "agent"), None)
    doers = document.kids(by) if passive and by is not None else () if passive else document.kids(v)
    doer = next((k for k in doers if k.dep in ("pobj", "nsubj")), None)
    body = (body_at(index, doer.i) or said_to_be_its(index, doer.i)) if doer is not None else None
    return body if body is not None and body.type is EntityType.ORGANIZATION else None


def service(index: MentionIndex, v: int) -> Iterator[Found]:
    """`served as`, `works for ORG as`, `took over as`, `stepped down as`, `resigned as`, `was sworn in as`."""
    document = index.document
    subject = None if conditional(document, v) else subject_of(index, v)
    if subject is None:
        return
    stop = sentence_end(document, v)
    lemma, k = verb_lemma(document[v]), _as_after(document, v, stop)
    between = document.words(v + 1, k).lower() if k is not None and k > v + 1 else ""
    leaves = lemma in lexicon.LEAVE or between.startswith(("down", "aside"))
    if k is None or not (leaves or between.startswith(_PARTICLES.get(lemma, ""))):
        return
    phrases = _roles_at(index, k, stop)
    if not phrases or (phrases[0].plural and not past_partitive(document, phrases[0].begin - 2)[1]):
        return
    things = [thing.entity for j in range(v + 1, k) if (thing := index.thing(j)) is not None]
    organization = next((e for e in reversed(things) if e.type is EntityType.ORGANIZATION), None)
    end = phrases[-1].end
    bounds, status = _term(index, v, leaves, period_of(index, v, end, stop), event_date(index, v, end, stop))
    for phrase in phrases:
        yield make(index, subject[0], phrase, subject[1], 0.85, bounds, organization or body_told_of(index, v), status)


_PARTICLES = {verb: tuple(particles.split()) for verb, particles in noted("roles", "enters a post with").items()}
"""What must follow verbs that say of a post only with it that somebody enters it."""


def _as_after(document: Document, v: int, stop: int) -> int | None:
    """Where "as" stands in the clause of a verb, near it."""
    for k in range(v + 1, min(stop, v + 9)):
        if document[k].lower == "as":
            return k
        if document[k].pos in words("parse", "ends a search for as"):
            return None
    return None


def _term(
    index: MentionIndex, v: int, leaves: bool, bounds: Bounds, when: str | None
) -> tuple[Bounds, RoleStatus | None]:
    """From when to when a post was held, and whether it still is, as the verb says."""
    document, lemma = index.document, verb_lemma(index.document[v])
    ahead = future(document, v)
    if leaves:
        ended = bounds._replace(end=when) if bounds.end is None and when is not None else bounds
        return ended, None if ahead else RoleStatus.FORMER
    if lemma in ("serve", "spend") and document[v].tag in ("VBD", "VBN") and not has_present(document, v):
        return bounds, RoleStatus.FORMER if bounds.start is None or bounds.end is not None else None
    if lemma not in words("roles", "serves"):
        return bounds, None
    begun = bounds._replace(start=when) if bounds.start is None and when is not None else bounds
    return begun, RoleStatus.DESIGNATE if ahead else None


def held(index: MentionIndex, v: int) -> Iterator[Found]:
    """`holds the role of Music Director of`, `held posts as chairman of Voss Bank and director of Kestrel Foods`."""
    document, stop = index.document, sentence_end(index.document, v)
    post = next((k for k in document.kids(v) if k.dep == "dobj" and k.lemma.lower() in _STINTS), None)
    if post is None or post.i + 2 >= stop or document[post.i + 1].lower not in ("of", "as"):
        return
    subject = None if conditional(document, v) else subject_of(index, v)
    before = {t.lower for t in document.tokens[document.sentences[document[v].sentence].start : post.i]}
    over = document[v].tag == "VBD" or not before.isdisjoint(words("roles", "once"))
    for phrase in read(index, post.i + 2, stop) if subject is not None else ():
        if subject is not None and not phrase.plural:
            yield make(index, subject[0], phrase, subject[1], 0.85, status=RoleStatus.FORMER if over else None)


def replacement(index: MentionIndex, v: int, passive: bool) -> Iterator[Found]:
    """`was sacked as head of X`; `replaced A as head of X`, which gives both of them the post, one after the other."""
    document = index.document
    if conditional(document, v):
        return
    stop = sentence_end(document, v)
    k = v + 1
    while k < min(stop, v + 10) and document[k].lower != "as" and document[k].pos not in VERBAL:
        k += 1
    if k >= stop or document[k].lower != "as":
        return
    phrases = _roles_at(index, k, stop)
    if not phrases or any(p.plural for p in phrases):
        return
    end = phrases[-1].end
    when = event_date(index, v, end, stop)
    subject = subject_of(index, v)
    named = next((n for j in range(v + 1, k) if (n := index.person(j)) is not None), None)

    body = _appointing(index, v, passive)

    def came(holder: Entity, at: tuple[int, int]) -> list[Found]:
        return [make(index, holder, p, at, 0.8, Bounds(when, None, end), body) for p in phrases]

    def went(holder: Entity, at: tuple[int, int]) -> list[Found]:
        gone = RoleStatus.FORMER
        return [make(index, holder, p, at, 0.8, Bounds(None, when, end), body, gone) for p in phrases]

    if passive:
        if subject is not None:
            yield from went(*subject)
        by = end if end < stop and document[end].lower == "by" else None
        agent = index.person(by + 1) if by is not None and by + 1 < stop else named
        if agent is not None and verb_lemma(document[v]) in ("replace", "succeed"):
            yield from came(agent.entity, (agent.start, agent.end))
        return
    if verb_lemma(document[v]) in ("replace", "succeed"):
        if subject is not None:
            yield from came(*subject)
        if named is not None:
            yield from went(named.entity, (named.start, named.end))
    elif named is not None:
        yield from went(named.entity, (named.start, named.end))


_STINTS = noted("roles", "stints")
"""Nouns for what somebody does in a post, with its status where they tell one: his time as mayor is over."""


def stint(index: MentionIndex, i: int) -> Iterator[Found]:
    """`his role as chairman of ORG`, `Owen Hale's contribution as captain`, by the "as" at `i`."""
    document = index.document
    noun = document[i - 1] if i else document[i]
    owner = next((k for k in document.kids(noun.i) if k.dep == "poss"), None)
    if owner is None or noun.lemma.lower() not in _STINTS:
        return
    who = person_at(index, owner.i, owner.i)
    status = RoleStatus(told) if (told := _STINTS[noun.lemma.lower()]) else None
    for phrase in _roles_at(index, i, sentence_end(document, i)) if who is not None else ():
        if who is not None and not phrase.plural:
            yield make(index, who[0], phrase, who[1], 0.8, status=status)


def _roles_at(index: MentionIndex, k: int, stop: int) -> tuple[PostPhrase, ...]:
    """The posts named by a complement at `k`: `as the first director of`, `to be chairman`, `mayor`."""
    document = index.document
    k = skip_adverbs(document, k, stop)
    for link in (("to", "be"), ("to", "serve", "as"), ("to", "become"), ("as",), ("to",)):
        if tuple(t.lower for t in document.tokens[k : k + len(link)]) == link:
            k += len(link)
            break
    k, _ = past_partitive(document, k)
    if k >= stop or index.person(k) is not None:
        return ()
    phrases = read(index, k, stop)
    if not phrases or index.person(min(phrases[-1].end, stop - 1)) is not None:
        return ()
    return phrases
