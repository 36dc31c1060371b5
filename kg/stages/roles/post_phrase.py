"""Noun phrases that name a post, read off the tokens: `the Acting Assistant Secretary of State for Asian Affairs`.

The small parser gets long titles wrong more often than not, so the phrase is
read from part-of-speech tags and entity names, from its determiner to the end
of its prepositional phrases; syntax only has a say in where it is looked for.
"""

from __future__ import annotations

from typing import NamedTuple

from ...language.lexicon import words
from ...records.entity import Entity
from ...records.mention import EntityType
from ...records.role import RoleStatus
from ...text.document import Document
from ..entities.names import is_person_noun
from . import role_lexicon as lexicon
from .belonging import LONGEST, beside_before, complements, goes_on, nominal, owner, past_gloss, possessive
from .mention_index import MentionIndex
from .role_lexicon import PostKind


class PostPhrase(NamedTuple):
    """A post as the article prints it: tokens `start` to `end`, half-open, after the determiner at `begin`."""

    begin: int
    start: int
    head: int
    end: int
    kind: PostKind
    organization: Entity | None
    place: Entity | None
    status: RoleStatus
    plural: bool

    def determined(self, document: Document) -> bool:
        """Whether a determiner or possessive pronoun introduces it."""
        return document[self.begin].lower in lexicon.DETERMINERS | lexicon.POSSESSIVE_PRONOUNS


def read(index: MentionIndex, i: int, stop: int) -> tuple[PostPhrase, ...]:
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
        if _of_the_next(index, more[-1], stop) or _of_the_body(index, found[-1], more[0]):
            break
        found += more
    return _shared(index, tuple(found))


def _of_the_next(index: MentionIndex, phrase: PostPhrase, stop: int) -> bool:
    """Whether "its" post is of whom is named behind a comma: "the Voss Bank chairman, and its director, Tom Hale,"."""
    document, k = index.document, phrase.end
    its = document[phrase.begin].lower in lexicon.POSSESSIVE_PRONOUNS
    return its and k + 1 < stop and document[k].text == "," and index.person(k + 1) is not None


def _of_the_body(index: MentionIndex, last: PostPhrase, phrase: PostPhrase) -> bool:
    """Whether what follows a comma tells of the body: "of Halden Steel, Norway’s largest steel producer"."""
    document = index.document
    first = document.tokens[last.end + 1 : phrase.head]
    whose = any(possessive(document, t.i) for t in first[:4])
    named = last.organization is not None and index.thing(last.end - 1) is not None
    return named and document[last.end].text == "," and whose and any(t.tag in ("JJS", "RBS") for t in first)


def before(index: MentionIndex, i: int) -> tuple[PostPhrase, ...]:
    """The posts whose phrase ends right before token `i`, where a name or a comma and a name may stand."""
    document = index.document
    left = _leftmost(index, i)
    for s in range(left, i):
        opens = document[s - 1].lower in lexicon.PREPOSITIONS or document[s - 1].pos == "CCONJ" or s - 1 in index.timed
        owner = index.person(s)  # "President Ana Ruiz's spokesman"
        if s > left and not opens and (owner is None or owner.start != s):
            continue
        phrases = read(index, s, i)
        named = index.person(i) is not None
        ends = phrases and phrases[-1].end == i and not (named and of_others(document, phrases[-1]))
        if ends and not _someone_else(document, phrases):
            return phrases
    return ()


def of_others(document: Document, phrase: PostPhrase) -> bool:
    """Whether a phrase ends with the noun of those it is a post for, named after it: coach of sprinters | A and B."""
    last = document[phrase.end - 1]
    if last.lower in words("roles", "chaired") and document[phrase.head].lower in words("roles", "chairs"):
        return False  # "Chair of governors Ida Blom"
    # "lawyer of survivor Priya Nair": who stands bare behind "of" is whoever is named next
    k = last.i
    while k > phrase.head and document[k].text.islower() and document[k].pos in ("NOUN", "ADJ"):
        k -= 1
    bare = k < last.i and document[k].lower in ("of", "for") and is_person_noun(last.lower)
    return last.i > phrase.head and (bare or lexicon.noun_kind(last) is not None)


def _someone_else(document: Document, phrases: tuple[PostPhrase, ...]) -> bool:
    """`the mayor and President Trump`: two people, not one with two posts."""
    first, last = phrases[0], phrases[-1]
    titled = last.kind in (PostKind.STATE, PostKind.RANK) and document[last.head].text[:1].isupper()
    titled = titled or first.kind is last.kind is PostKind.STATE  # "the prime minister and president Ruiz"
    return first.end < last.begin and (first.plural or (first.determined(document) and titled))


def _leftmost(index: MentionIndex, i: int) -> int:
    """The first token of the stretch before `i` that can be part of a phrase ending there."""
    document = index.document
    first = document.sentences[document[i - 1].sentence].start if i else 0
    k = i
    while k > max(first, i - LONGEST):
        t = document[k - 1]
        name = index.person(k - 1)
        if name is not None:
            if not goes_on(document, name.end, i):
                break
            k = name.start
        elif (thing := index.thing(k - 1)) is not None:
            k = thing.start
        elif k > 2 and past_gloss(document, k - 3) == k:
            k -= 3
        elif nominal(document, k - 1, i) or t.lower in lexicon.PREPOSITIONS or t.pos == "CCONJ":
            k -= 1
        elif t.lower in lexicon.DETERMINERS | lexicon.POSSESSIVE_PRONOUNS:
            k -= 1
            if document[k - 1].lower not in lexicon.PREPOSITIONS or k <= first:
                break
        else:
            break
    return max(k, first)


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


def _one(index: MentionIndex, i: int, stop: int) -> tuple[PostPhrase, ...]:
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
    phrases: list[PostPhrase] = []
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


def _run(index: MentionIndex, i: int, stop: int) -> tuple[list[int], int]:
    """The heads of the nominal run that starts at `i`, and where it ends with what belongs to the last head."""
    document = index.document
    heads: list[int] = []
    k = i
    while k < stop:
        past = _past_name(index, k, stop, heads)
        if past is not None:
            if past < 0:
                return [], k
            if past == k:
                break
            k = past
            continue
        if _ends_run(index, i, k, stop, heads):
            break
        if lexicon.kind_at(document, k) is not None and not possessive(document, k):
            heads = [k] if lexicon.is_plural(document[k]) else [*heads, k]
        k += 1
    return _heads(document, heads, k)


def _past_name(index: MentionIndex, k: int, stop: int, heads: list[int]) -> int | None:
    """The end of a name at `k` inside a run; `k` where the run ends before it, -1 where it is no post at all."""
    document, person = index.document, index.person(k)
    right_before = bool(heads) and heads[-1] == k - 1
    if person is not None:
        return k if right_before or not goes_on(document, person.end, stop) else person.end
    thing = index.thing(k)
    if thing is None or (thing.end - thing.start == 1 and lexicon.noun_kind(document[k]) is not None):
        return None
    if right_before:
        # "the seven member Federal Council": the noun only describes what follows.
        if document[k - 1].lower not in _UNDER:
            return -1
        heads.pop()  # "deputy Middle East director"
    return past_gloss(document, thing.end)


def _ends_run(index: MentionIndex, i: int, k: int, stop: int, heads: list[int]) -> bool:
    """Whether token `k` is no part of the run that began at `i`."""
    document = index.document
    joins = document[k].pos == "CCONJ"
    if heads and (joins or k in index.timed):
        return True  # "took over as head coach | last year"
    if not nominal(document, k, stop) and not (joins and k > i and _joins(index, k, stop)):
        return True
    return bool(heads) and heads[-1] == k - 1 and document[k].tag in ("VBN", "VBG")


def _heads(document: Document, heads: list[int], k: int) -> tuple[list[int], int]:
    """The heads of a run up to `k` that name posts of their own, and where it ends with the last one's tail."""
    while heads and _after(document, heads[-1], k) is None:
        heads.pop()
    # What modifies the head it stands before is no post of its own.
    kept: list[int] = []
    for head in heads:
        while kept and _belongs(document, kept[-1], head):
            kept.pop()
        kept.append(head)
    after = _after(document, heads[-1], k) if heads else None
    return (kept, after) if after is not None else ([], k)


def _joins(index: MentionIndex, k: int, stop: int) -> bool:
    """Whether the `and` at `k` joins two modifiers of one head: `sales and marketing director`."""
    document = index.document
    if k + 1 >= stop or index.at.get(k - 1) is not None or index.at.get(k + 1) is not None:
        return False
    a, b = document[k - 1], document[k + 1]
    return b.lower not in lexicon.STATUS and a.pos != "NUM" and a.text[:1].isupper() == b.text[:1].isupper()


def _belongs(document: Document, first: int, head: int) -> bool:
    """Whether the role noun `first` only modifies a later one: `deputy director`, `army general`, `player agent`."""
    a, b = document[first], document[head]
    # "director General al-Amr", "spokesman Captain Moss": a capital after a small letter starts a title of its own.
    # not "non-executive Chairman"
    fresh = a.text[0].islower() and b.text[0].isupper() and document[first + 1].text[0].isupper()
    fresh &= document[first - 1].text != "-"
    if head - first > 1:
        return not fresh
    if fresh:
        return (a.lower, b.lower) not in lexicon.COMPOUNDS and a.lower in words("roles", "lower rank")
    if lexicon.one_post(a.lower, b.lower):
        return True
    if (b.text.endswith(".") and len(b.text) > 2) or b.lower in words("roles", "address of the elected"):
        # "Committee Chair Rep. Ruiz", "Norfield Borough Council leader Cllr Peter Nash"
        return False
    return not (lexicon.noun_kind(b) is PostKind.RANK and lexicon.noun_kind(a) is PostKind.STATE)


def _after(document: Document, head: int, run_end: int) -> int | None:
    """Where the post named by `head` ends, its `-elect`, `in chief` and the like included; None if more follows."""
    k = head + 1
    words = tuple(t.lower for t in document.tokens[k : k + 4])
    for tail in _TAILS:
        if words[: len(tail)] == tail:
            return k + len(tail)
    return k if k >= run_end else None


_UNDER = words("roles", "under")
"""Nouns for a post that, before a name and another such noun, say its rank."""

_TAILS = (
    ("-", "elect"), ("elect",), ("-", "designate"), ("designate",), ("emeritus",), ("emerita",), ("general",),
    ("-", "in", "-", "chief"), ("in", "chief"), ("-", "at", "-", "large"), ("at", "large"), ("-", "general"),
)  # fmt: skip


def _phrase(index: MentionIndex, begin: int, start: int, head: int, end: int, stop: int) -> PostPhrase:
    document = index.document
    token = document[head]
    previous = document[head - 1].lower if head > start else ""
    kind = (
        lexicon.COMPOUNDS.get((previous, token.lower))
        or (document[end - 1].lower == "general" and lexicon.COMPOUNDS.get((token.lower, "general")))
        or lexicon.kind_at(document, head)
    )
    beside = beside_before(index, begin, head)
    end, after = complements(index, kind or PostKind.OCCUPATION, head, end, stop)
    organization, place = owner(kind or PostKind.OCCUPATION, token, [*beside, *after])
    status = _status(document, start, head, end)
    return PostPhrase(
        begin, _title_start(index, start, head), head, end, kind or PostKind.OCCUPATION,
        organization, place, status, lexicon.is_plural(token),
    )  # fmt: skip


def _status(document: Document, start: int, head: int, end: int) -> RoleStatus:
    for k in range(start, head):
        status = lexicon.STATUS.get(document[k].lower)
        if status is not None:
            return status
    if any(t.lower in ("elect", "designate") for t in document.tokens[head + 1 : end]):
        return RoleStatus.DESIGNATE
    return RoleStatus.CURRENT


def _title_start(index: MentionIndex, start: int, head: int) -> int:
    """The first word of the post itself: past `former`, `then-`, `42-year-old`, whose it is, and a count of holders."""
    document = index.document
    k = start
    for i in range(start, head):
        t = document[i]
        named = index.at.get(i)
        inside = named is not None and named.end > i + 1  # the "Sheriff's Office" of a deputy
        owned = possessive(document, i) and not inside
        owned = owned and document[i - 1].lower not in words("roles", "possessors in titles")
        if i in index.timed and named is None:
            k = i + 1 + (document[i + 1].pos == "CCONJ")  # "On Wednesday new chief executive Alex Berg"
        if owned or (t.lower == "old" and document[i - 1].text == "-"):
            k = _state_s(document, start, i) if owned and document[i - 1].text == "State" else i + 1
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
    while k < head and index.at.get(k) is None and _is_before_title(document, k, head):
        k += 1
    return _past_first(document, k, head) if k < head else k


def _is_before_title(document: Document, k: int, head: int) -> bool:
    """Whether a word tells of the post or its holders and is no part of the title: former, a count, a mark."""
    token = document[k]
    hyphened = (token.lower, document[k + 1].text) == ("one", "-")
    return (
        (token.lower in words("roles", "never in a title") and not hyphened)
        or (token.lower in lexicon.STATUS and token.lower not in lexicon.KEPT_IN_TITLE)
        or token.text in ("-", ",")
        or (token.pos == "NUM" and token.lower.isalpha() and lexicon.is_plural(document[head]))
        or token.lower in words("roles", "makes a holder")
    )


def _state_s(document: Document, start: int, i: int) -> int:
    """Where a title with the possessor `State` in it begins: Orin County | Assistant State's Attorney."""
    if "general" in (t.lower for t in document.tokens[i + 2 : i + 3]):
        return i + 1  # "the State’s Attorney General"
    k = i - 1
    while k > start and (document[k - 1].lower in words("roles", "lower rank") or document[k - 1].lower == "chief"):
        k -= 1
    return k


def _past_first(document: Document, k: int, head: int) -> int:
    """Past what tells the first holders of a post from others: the first woman mayor, but the first vice president."""
    rank = words("roles", "common modifiers")
    named = document[head].lower in words("roles", "numbered posts")
    if document[k].text not in words("roles", "tells holders apart, as printed") or document[k + 1].text == "-":
        return k  # "a first-term senator"
    if (k + 1 == head and named) or document[k + 1].lower in rank:
        return k
    return next(i for i in range(k + 1, head + 1) if i == head or document[i].lower in rank)


_BEFORE_TITLES = words("roles", "before titles")


def _shared(index: MentionIndex, phrases: tuple[PostPhrase, ...]) -> tuple[PostPhrase, ...]:
    """Coordinated posts with the organisation that is said once: `curator and director of exhibits at the museum`."""
    document = index.document
    if len(phrases) < 2:
        return phrases
    found = list(phrases)
    for n in range(len(found) - 2, -1, -1):
        a, b = found[n], found[n + 1]
        bare = a.end == a.head + 1 and not (a.determined(document) and document[a.end].text == ",")
        if a.organization is None and a.place is None and bare and a.end < b.begin + 1 and b.end > b.head + 1:
            found[n] = a._replace(organization=b.organization, place=b.place)
    for n in range(1, len(found)):
        a, b = found[n - 1], found[n]
        if (
            not b.determined(document)
            and b.organization is None
            and b.place is None
            and b.end == b.head + 1
            and (
                b.kind in (PostKind.OFFICE, PostKind.TEAM, a.kind)
                or document[b.head].lower in words("roles", "post in a body, surely")
            )
        ):
            sits = b.start < b.head and _sits_on(index, a)
            found[n] = b._replace(
                organization=_said_before(index, a) if sits else a.organization, place=None if sits else a.place
            )
        if b.status is RoleStatus.CURRENT and a.status is RoleStatus.FORMER and not b.begin < b.start:
            found[n] = found[n]._replace(status=a.status)
    return tuple(found)


def _sits_on(index: MentionIndex, phrase: PostPhrase) -> bool:
    """Whether somebody sits on a body, whose "Health Spokesperson" they need not be."""
    behind = (index.thing(i) for i in range(phrase.head, phrase.end))
    return phrase.kind is PostKind.MEMBER and any(n is not None and n.entity is phrase.organization for n in behind)


def _said_before(index: MentionIndex, phrase: PostPhrase) -> Entity | None:
    """The body before the noun of a post: the party of "DA Member of the Provincial Legislature"."""
    bodies = (b.entity for b in beside_before(index, phrase.begin, phrase.head) if not b.origin)
    return next((e for e in bodies if e.type is EntityType.ORGANIZATION), None)
