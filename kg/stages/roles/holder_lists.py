"""One post and the list of those who hold it: "members were A of ORG and B", "guests like A, B and C"."""

from __future__ import annotations

from collections.abc import Iterator

from ...language.lexicon import words
from ...records.entity import Entity
from ...text.document import Token
from . import role_lexicon as lexicon
from .body_behind import CLOSERS, of_organization, of_place
from .draft_role import Found, make, sentence_end
from .mention_index import MentionIndex, NamedEntity
from .post_phrase import PostPhrase, before


def distributed(
    index: MentionIndex, phrase: PostPhrase, named: NamedEntity, *, titled: bool = False
) -> Iterator[Found]:
    """`publishers Jann Wenner of Rolling Stone and Carlo De Benedetti`: one post, several holders."""
    names = list_from(index, named, titled=titled)
    if len(names) < 2:
        return
    whole = phrase.end > phrase.head + 1  # of "members of the panel were A of ORG" the body is the panel's
    of = [None if whole else of_organization(index, n.end) for n in names]
    if of[-1] is not None and not any(of[:-1]):
        of = [of[-1]] * len(names)  # "Researchers Ann Reed and Bob Stone of the University of Kiel"
    for n, organization in zip(names, of, strict=True):
        place = None if phrase.place or organization or phrase.organization else of_place(index, n.end)
        found = make(index, n.entity, phrase, (n.start, n.end), 0.9, organization=organization)
        yield found if place is None else found._replace(place=place)


def named_post(index: MentionIndex, v: int) -> Iterator[Found]:
    """`Other members were A of ORG, B of ORG and C of ORG`, `the owner of the club is A`: who has a post."""
    document, stop = index.document, sentence_end(index.document, v)
    k = v + 1
    while k < stop - 1 and (document[k].text == ":" or document[k].pos == "ADV" or lexicon.is_title(document[k])):
        k += 1
    named, helped = index.person(k) if k < stop else None, v
    while helped and document[helped - 1].dep == "aux":
        helped -= 1
    told = document[v].dep == "ccomp"  # whoever claims that the founder is A makes A no founder
    phrases = before(index, helped) if named is not None and named.start == k and not told else ()
    if named is None or not phrases:
        return
    last = phrases[-1]
    if last.plural:
        yield from distributed(index, last, named, titled=True)
    elif (last.determined(document) or last.organization) and _ends_there(index, named, stop):
        for phrase in phrases:
            yield make(index, named.entity, phrase, (named.start, named.end), 0.8)


def included(index: MentionIndex, v: int) -> Iterator[Found]:
    """`French singers at the gala include nominees A, B and C`: a post in the plural, then some who have it."""
    document, stop = index.document, sentence_end(index.document, v)
    subject = next((k for k in document.kids(v) if k.dep == "nsubj"), None)
    k = v + 1
    while k < stop - 1 and (document[k].text == ":" or document[k].pos == "ADV" or _titles(document[k])):
        k += 1
    named = index.person(k) if k < stop else None
    if subject is None or not lexicon.is_plural(subject) or named is None or named.start != k:
        return
    phrases = before(index, subject.i + 1)
    if phrases:
        yield from distributed(index, phrases[-1], named, titled=True)


def _titles(token: Token) -> bool:
    return lexicon.is_title(token) or lexicon.is_plural(token)


def _ends_there(index: MentionIndex, named: NamedEntity, stop: int) -> bool:
    """Whether a name is all that stands after a copula, but for what is said beside it."""
    document, k = index.document, past_details(index, named.end, stop)
    return k >= stop or document[k].text in CLOSERS or document[k].pos in ("ADP", "SCONJ", "PRON")


def list_from(index: MentionIndex, named: NamedEntity, *, titled: bool = False) -> list[NamedEntity]:
    """The persons of a coordinated list that starts with a name; words that belong to each may stand between.

    With `titled`, their titles too.
    """
    document = index.document
    stop = sentence_end(document, named.start)
    names = [named]
    k = named.end
    while k < stop and len(names) < 40:
        k = past_details(index, k, stop)
        j = k
        if j < stop and document[j].text == ",":
            j += 1
        if j < stop and document[j].lower in ("and", "&", "or"):
            j += 1
        if j == k or j >= stop:
            break
        while j + 1 < stop and (
            document[j].lower in lexicon.FORMS_OF_ADDRESS or (titled and lexicon.is_title(document[j]))
        ):
            j += 1
        following = index.person(j)
        if following is None or following.start != j:
            break
        names.append(following)
        k = following.end
    return names


def list_to(index: MentionIndex, named: NamedEntity) -> list[NamedEntity]:
    """The persons of a coordinated list that ends with a name."""
    document = index.document
    names = [named]
    while (k := names[-1].start - 1) > 0:
        joined = document[k].text in (",", "&") or document[k].lower == "and"
        if document[k].lower == "and" and document[k - 1].text == ",":
            k -= 1
        before = index.person(k - 1)
        if not joined or before is None or before.end != k or document[before.start].sentence != document[k].sentence:
            break
        names.append(before)
    # the first may be the last of what stands before the list
    return names[::-1] if any(document[n.start - 1].lower in ("and", "&") for n in names[:-1]) else [named]


def several(index: MentionIndex, first: tuple[Entity, tuple[int, int]]) -> list[tuple[Entity, tuple[int, int]]]:
    """The persons of the list that a name opens, if several: "Ida Blom and Tom Hale were elected chairs"."""
    named = index.person(first[1][0])
    names = list_from(index, named) if named is not None else []
    return [(n.entity, (n.start, n.end)) for n in names] if len(names) > 1 else []


def past_details(index: MentionIndex, k: int, stop: int) -> int:
    """Past what a list says of one of its names: `of ORG`, a bracket."""
    document = index.document
    if k < stop and document[k].text == "(":
        j = k
        while j < min(stop, k + 8) and document[j].text != ")":
            j += 1
        if j < stop and document[j].text == ")":
            k = max(k, j + 1)
    if k < stop and document[k].lower in words("roles", "before a body"):
        j = k + 1
        while (
            j < stop
            and index.person(j) is None
            and (
                index.thing(j) is not None
                or document[j].tag in words("parse", "tag inside a body")
                or document[j].text == "&"
            )
        ):
            j += 1
        if j > k + 1:
            return j
    return k


def examples(index: MentionIndex, i: int) -> Iterator[Found]:
    """`celebrity guests like A, B and C`; `photographers who ..., such as A and B`."""
    document = index.document
    token = document[i]
    if i + 1 >= len(document):
        return
    named = index.person(i + 1)
    k = i
    if token.lower == "as":
        if i == 0 or document[i - 1].lower != "such":
            return
        k = i - 1
    if named is None or named.start != i + 1 or k == 0:
        return
    far = token.lower == "as"
    if document[k - 1].text == ",":
        k -= 1
    first = document.sentences[token.sentence].start
    for h in range(k - 1, max(first - 1, k - 16), -1):
        t = document[h]
        if lexicon.is_plural(t):
            phrases = before(index, h + 1)
            # "artists of the 1960s like A": the post goes on after its head.
            if phrases:
                for n in list_from(index, named):
                    yield make(index, n.entity, phrases[-1], (n.start, n.end), 0.85)
            return
        if not far and t.pos not in words("parse", "inside an example"):
            return
