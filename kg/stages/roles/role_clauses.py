"""Roles said by a clause: across a copula, by a verb of appointment, service, leaving, or by what somebody does."""

from __future__ import annotations

from collections.abc import Iterator

from ...language.lexicon import noted, words
from ...records.entity import Entity
from ...records.mention import EntityType
from ...records.role import RoleStatus
from ...text.document import Document, Token
from . import role_lexicon as lexicon
from .beside import included, named_post
from .draft_role import Found, indefinite, make, past_partitive, sentence_end
from .holder_clauses import (
    body_at,
    conditional,
    future,
    has_present,
    past_perfect,
    person_at,
    skip_adverbs,
    subject_of,
)
from .mention_index import MentionIndex, NamedEntity
from .post_phrase import PostPhrase, read
from .role_lexicon import PostKind
from .tenure import Bounds, bounds_at, moment_at


def telling_verbs(document: Document) -> Iterator[int]:
    """The verbs that may give somebody a role."""
    for token in document.tokens:
        if token.pos in ("VERB", "AUX") and _lemma(token) in _INTERESTING:
            yield token.i


BE = frozenset("be become remain".split())
_INTERESTING = (
    BE | frozenset(lexicon.DEEDS) | lexicon.APPOINT | lexicon.SERVE | lexicon.LEAVE
    | words("roles", "interesting") | words("roles", "seats a member")
)  # fmt: skip


def _lemma(token: Token) -> str:
    """The verb's lemma; the tagger's `found` of `founded` is told apart from that of `find`."""
    if token.lower in words("roles", "form of found"):
        return "found"
    if token.lower == "found":
        return "find"
    return token.lemma.lower()


def clause(index: MentionIndex, v: int) -> Iterator[Found]:
    """The roles that the clause of the verb at `v` gives its subject or object."""
    document = index.document
    verb = document[v]
    lemma = _lemma(verb)
    if any(k.dep == "neg" or k.lower in ("never", "not") for k in document.kids(v)):
        return
    passive = any(k.dep in ("auxpass", "nsubjpass") for k in document.kids(v)) or (
        verb.tag == "VBN"
        and verb.dep in ("acl", "advcl", "ROOT")
        and not any(k.dep == "aux" for k in document.kids(v))
        and index.person(min(v + 1, len(document) - 1)) is None
    )
    if lemma in BE:
        yield from _copula(index, v)
    elif lemma == "include":
        yield from included(index, v)
    elif lemma in lexicon.APPOINT or (lemma == "make" and passive):
        yield from _appointment(index, v, passive)
    elif lemma in words("roles", "ends a tenure"):
        yield from _replacement(index, v, passive)
    elif lemma in words("roles", "enters or leaves") or lemma in lexicon.SERVE | lexicon.LEAVE or lemma == "join":
        yield from _service(index, v)
    if lemma in lexicon.DEEDS:
        yield from _deed(index, v, passive)
    if lemma in words("roles", "seats a member"):
        yield from _seat(index, v)


_TO_BE = words("roles", "to be")
_ONCE = words("roles", "once")


def _copula(index: MentionIndex, v: int) -> Iterator[Found]:
    """`is one of the founders of ORG`; with the post as subject, who has it."""
    document = index.document
    if conditional(document, v) or not _is_told(document, v):
        return
    subject = subject_of(index, v)
    if subject is None:
        yield from named_post(index, v)
        return
    holder, at = subject
    phrases = _attributes(index, v) if at[0] <= v else ()
    if phrases:
        bounds, status = _held(index, v, phrases)
        for phrase in phrases:
            yield make(index, holder, phrase, at, 0.9, bounds, _where(index, v), status)


def _where(index: MentionIndex, v: int) -> Entity | None:
    """The body that a clause tells of: `left the Kiel Fund, where she was chair`, `of which Ida Blom is a co-chair`."""
    document, verb = index.document, index.document[v]
    inside = verb.dep in ("relcl", "advcl") and any(
        t.lower in ("where", "which")
        for t in document.tokens[max(0, v - 6) : v]
        if v in (t.head, document[t.head].head)
    )
    thing = index.thing(verb.head) if inside else None
    return thing.entity if thing is not None and thing.entity.type is EntityType.ORGANIZATION else None


def _is_told(document: Document, v: int) -> bool:
    """Whether an infinitive of being stands below a verb by which it comes true: `is set to become`."""
    verb = document[v]
    helpers = [k for k in document.kids(v) if k.dep == "aux"]
    if verb.tag == "VB" and not helpers and verb.dep != "conj":
        return False
    infinitive = verb.dep == "xcomp" or any(k.lower == "to" for k in helpers)
    return not infinitive or document[verb.head].lemma.lower() in _TO_BE


def _attributes(index: MentionIndex, v: int) -> tuple[PostPhrase, ...]:
    """The posts that a copula says its subject has; none unless the parser agrees that it says so."""
    document, stop = index.document, sentence_end(index.document, v)
    k = v + 1
    while k < stop and (document[k].lower in lexicon.SKIPPED_BEFORE or document[k].pos == "ADV"):
        k += 1
    k, one_of = past_partitive(document, k)
    phrases = read(index, k, stop)
    if not phrases or index.person(min(phrases[-1].end, stop - 1)) is not None:
        return ()
    first = phrases[0]
    # it is the attr, or the list's last was taken for it
    agreed = document[first.head].head == v or any(
        k - 2 * one_of <= kid.i < phrases[-1].end and kid.dep in _COMPLEMENTS for kid in document.kids(v)
    )
    bare = first.begin == first.head and first.end == first.head + 1 and first.kind in _TOLD_BY_MORE
    if not agreed or (bare and not one_of) or praised(document, first):
        return ()
    return tuple(p for p in phrases if one_of or not p.plural)


_COMPLEMENTS = frozenset(("attr", "acomp", "dobj", "oprd"))
_TOLD_BY_MORE = (PostKind.OCCUPATION, PostKind.MEMBER)
"""Kinds of posts that one noun alone, without article, does not give to somebody."""


def praised(document: Document, first: PostPhrase) -> bool:
    """Whether somebody is judged or sets a mark, and is given no post: a great leader, the first player to score."""
    bare = first.organization is None and first.place is None and first.end == first.head + 1
    judged = bare and indefinite(document, first) and document[first.head].lower in words("roles", "said in praise")
    opens = document[first.begin + 1].lower if first.begin + 1 < len(document) else ""
    marks = first.kind in (PostKind.TEAM, *_TOLD_BY_MORE) and opens in words("roles", "counted")
    return judged or marks


def _held(index: MentionIndex, v: int, phrases: tuple[PostPhrase, ...]) -> tuple[Bounds, RoleStatus | None]:
    """From when to when the posts of a copula were held, and whether they still are."""
    document, verb, end = index.document, index.document[v], phrases[-1].end
    stop = sentence_end(document, v)
    when = _event_date(index, v, end, stop)
    bounds = _stated(index, v, end, stop)
    came = verb.dep in ("xcomp", "advcl") and document[verb.head].lemma.lower() in words("roles", "came to be")
    if _lemma(verb) == "become" and when is not None and bounds.start is None:
        bounds = bounds._replace(start=when)
    if future(document, v) and not (came and document[verb.head].tag in ("VBD", "VBN")):
        return bounds, RoleStatus.DESIGNATE
    once = any(t.lower in _ONCE for t in document.tokens[v + 1 : phrases[0].begin + 1])
    dated = _lemma(verb) == "be" and when is not None
    over = verb.tag == "VBD" and (once or verb.dep == "relcl" or _meanwhile(document, v) or dated)
    return bounds, RoleStatus.FORMER if over or past_perfect(document, v) else None


def _stated(index: MentionIndex, v: int, end: int, stop: int) -> Bounds:
    """The period said right after a post, else anywhere with its verb."""
    bounds = bounds_at(index, end, stop)
    return bounds if bounds.start is not None or bounds.end is not None else _clause_bounds(index, v, end)


def _meanwhile(document: Document, v: int) -> bool:
    """Whether the clause only says when something else happened: `while she was mayor`."""
    return document[v].dep == "advcl" and any(
        k.lower in ("when", "while") and k.dep in ("mark", "advmod") for k in document.kids(v)
    )


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


def _appointment(index: MentionIndex, v: int, passive: bool) -> Iterator[Found]:
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
        k = end
        if k < stop and document[k].text == ",":
            return
    if subject is None:
        return
    phrases = _roles_at(index, k, stop)
    if not phrases:
        return
    when = _event_date(index, v, phrases[-1].end, stop)
    lemma = _lemma(document[v])
    status = RoleStatus.DESIGNATE if lemma in ("nominate", "designate") or future(document, v) else None
    bounds = bounds_at(index, phrases[-1].end, stop)
    if bounds.start is None and bounds.end is None:
        bounds = Bounds(when, None, phrases[-1].end)
    body = _appointing(index, v, passive)
    for phrase in phrases:
        if not phrase.plural:
            own = body if phrase.place is None and phrase.kind in _IN_A_BODY else None
            yield make(index, subject[0], phrase, subject[1], 0.85, bounds, own, status)


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
    body = body_at(index, doer.i) if doer is not None else None
    return body if body is not None and body.type is EntityType.ORGANIZATION else None


def _service(index: MentionIndex, v: int) -> Iterator[Found]:
    """`served as`, `works for ORG as`, `took over as`, `stepped down as`, `resigned as`, `was sworn in as`."""
    document = index.document
    subject = None if conditional(document, v) else subject_of(index, v)
    if subject is None:
        return
    stop = sentence_end(document, v)
    lemma, k = _lemma(document[v]), _as_after(document, v, stop)
    between = document.words(v + 1, k).lower() if k is not None and k > v + 1 else ""
    leaves = lemma in lexicon.LEAVE or (lemma in ("step", "stand") and between.startswith(("down", "aside")))
    if k is None or not (leaves or between.startswith(_PARTICLES.get(lemma, ""))):
        return
    phrases = _roles_at(index, k, stop)
    if not phrases or (phrases[0].plural and not past_partitive(document, phrases[0].begin - 2)[1]):
        return
    things = [thing.entity for j in range(v + 1, k) if (thing := index.thing(j)) is not None]
    organization = next((e for e in reversed(things) if e.type is EntityType.ORGANIZATION), None)
    end = phrases[-1].end
    bounds, status = _term(index, v, leaves, _stated(index, v, end, stop), _event_date(index, v, end, stop))
    for phrase in phrases:
        yield make(index, subject[0], phrase, subject[1], 0.85, bounds, organization or _where(index, v), status)


_PARTICLES: dict[str, str | tuple[str, ...]] = {
    "take": ("over", "office", "charge", "up"), "swear": "in", "step": "in", "stand": "in",
}  # fmt: skip
"""What must follow verbs that say of a post only with it that somebody enters it."""


def _as_after(document: Document, v: int, stop: int) -> int | None:
    """Where "as" stands in the clause of a verb, near it."""
    for k in range(v + 1, min(stop, v + 9)):
        if document[k].lower == "as":
            return k
        if document[k].pos in ("VERB", "AUX", "PUNCT", "CCONJ", "SCONJ"):
            return None
    return None


def _term(
    index: MentionIndex, v: int, leaves: bool, bounds: Bounds, when: str | None
) -> tuple[Bounds, RoleStatus | None]:
    """From when to when a post was held, and whether it still is, as the verb says."""
    document, lemma = index.document, _lemma(index.document[v])
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


def _replacement(index: MentionIndex, v: int, passive: bool) -> Iterator[Found]:
    """`was sacked as head of X`; `replaced A as head of X`, which gives both of them the post, one after the other."""
    document = index.document
    if conditional(document, v):
        return
    stop = sentence_end(document, v)
    k = v + 1
    while k < min(stop, v + 10) and document[k].lower != "as" and document[k].pos not in ("VERB", "AUX"):
        k += 1
    if k >= stop or document[k].lower != "as":
        return
    phrases = _roles_at(index, k, stop)
    if not phrases or any(p.plural for p in phrases):
        return
    end = phrases[-1].end
    when = _event_date(index, v, end, stop)
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
        if agent is not None and _lemma(document[v]) in ("replace", "succeed"):
            yield from came(agent.entity, (agent.start, agent.end))
        return
    if _lemma(document[v]) in ("replace", "succeed"):
        if subject is not None:
            yield from came(*subject)
        if named is not None:
            yield from went(named.entity, (named.start, named.end))
    elif named is not None:
        yield from went(named.entity, (named.start, named.end))


def _deed(index: MentionIndex, v: int, passive: bool) -> Iterator[Found]:
    """`who heads ORG`, `ORG was founded by X`: the role is named after the verb."""
    document, verb = index.document, index.document[v]
    if conditional(document, v) or future(document, v):
        return
    title = lexicon.DEEDS[_lemma(verb)]
    if title == "leader" and any(k.dep == "prep" and k.lower in ("with", "to") for k in document.kids(v)):
        return  # leads the league with 11 goals, led the side to the title
    doer = _doer(index, v) if passive else subject_of(index, v)
    if doer is None:
        return
    who, at = doer
    target = _undergone(index, v) if passive else next((k.i for k in document.kids(v) if k.dep == "dobj"), None)
    organization = body_at(index, target)
    if organization is None or not _is_led(organization, title):
        return
    bounds = _clause_bounds(index, v, v + 1)
    over = verb.dep == "pcomp" and document[verb.head].lower == "after"
    told = verb.tag == "VBD" and not passive and bounds.end is not None
    past = (told or over) and _lemma(verb) not in lexicon.PAST_DEEDS
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


def _seat(index: MentionIndex, v: int) -> Iterator[Found]:
    """`sits on Halden Borough Council`, `served on the Weston Commission`: a member of it."""
    document, thing = index.document, _sat_on(index, v)
    subject = subject_of(index, v) if thing is not None and not conditional(document, v) else None
    if thing is None or subject is None:
        return
    who, at = subject
    bounds, past = _clause_bounds(index, v, v + 1), document[v].tag == "VBD"
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


def _doer(index: MentionIndex, v: int) -> tuple[Entity, tuple[int, int]] | None:
    """By whom it was done, and where the name stands: `led by Smith`, `led by Prime Minister Smith`."""
    document = index.document
    stop = sentence_end(document, v)
    by = next((k for k in document.kids(v) if k.lower == "by" and k.dep in ("agent", "prep")), None)
    places = [] if by is None else [by.i + 1] * (by.i + 1 < stop) + [k.i for k in document.kids(by.i)]
    if v + 2 < stop and document[v + 1].lower == "by":
        places.append(v + 2)
    holder = next((n for i in places if (n := index.person(i)) is not None), None)
    return (holder.entity, (holder.start, holder.end)) if holder is not None else None


def _is_led(organization: Entity, title: str) -> bool:
    """Whether such a thing has such a one: "Republicans led by Smith" are some of them, not the body."""
    if not organization.named or (organization.type is EntityType.GROUP and organization.name.endswith("s")):
        return False
    needed = {"head": EntityType.ORGANIZATION, "owner": EntityType.ORGANIZATION, "governor": EntityType.PLACE}
    return organization.type is needed.get(title, organization.type)


def _clause_bounds(index: MentionIndex, v: int, end: int) -> Bounds:
    """A period said anywhere else with the verb: `since 2009 he has been`, `he was, from 2009 to 2011, mayor`."""
    document = index.document
    stop = sentence_end(document, v)
    for kid in document.kids(v):
        if kid.dep in ("prep", "mark") and kid.lower in words("roles", "bounds a tenure"):
            found = bounds_at(index, kid.i, stop)
            if found.start is not None or found.end is not None:
                return found._replace(stop=max(end, found.stop) if kid.i > v else end)
    return Bounds(None, None, end)


def _undergone(index: MentionIndex, v: int) -> int | None:
    """The token that names what a passive verb is done to: its subject, or what its participle stands right after."""
    document = index.document
    verb = document[v]
    for kid in document.kids(v):
        if kid.dep == "nsubjpass" and kid.lower not in ("which", "that"):
            return kid.i
    if verb.dep == "conj":
        return next((k.i for k in document.kids(verb.head) if k.dep == "nsubjpass"), None)
    if verb.dep in ("acl", "relcl"):
        before = v - 2 if v > 1 and document[v - 1].text == "," else v - 1
        return before if before >= 0 and index.thing(before) is not None else verb.head
    return None


def _event_date(index: MentionIndex, v: int, end: int, stop: int) -> str | None:
    """When a verb's event took place: a date right after the post, or hung on the verb."""
    document = index.document
    when = moment_at(index, end, stop)
    if when is not None:
        return when
    if end < stop and document[end].text == ",":
        when = moment_at(index, end + 1, stop)
        if when is not None:
            return when
    for kid in document.kids(v):
        if kid.dep in ("prep", "npadvmod", "tmod", "pobj"):
            when = moment_at(index, kid.i, stop)
            if when is not None:
                return when
    return None
