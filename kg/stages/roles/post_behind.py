"""Roles said behind a name: letters, what somebody was put forward as, an apposition."""

from __future__ import annotations

from collections.abc import Iterator

from ...language.lexicon import listed, words
from ...language.syntax import NOUN_SUBJECTS, VERBAL
from ...records.entity import Entity
from ...records.mention import EntityType
from ...records.role import RoleStatus
from ...text.document import Document, Token
from . import role_lexicon as lexicon
from .belonging import possessive
from .body_behind import CLOSERS
from .draft_role import Found, make, past_partitive, sentence_end
from .holder_lists import list_from, list_to, past_details
from .mention_index import MentionIndex, NamedEntity
from .post_phrase import PostPhrase, of_others, read
from .tenure import bounds_at

SAYING = words("roles", "saying")


def after_name(index: MentionIndex, named: NamedEntity) -> Iterator[Found]:
    """The roles that the words behind one name of a person give to that person."""
    document = index.document
    stop = sentence_end(document, named.start)
    k = named.end
    at = (named.start, named.end)
    # "Mark Tedeschi, QC", "John Burrows MP"
    j = k + 1 if k < stop and document[k].text == "," else k
    if document[k - 1].text in lexicon.POSTNOMINALS and k - named.start > 2:
        j = k - 1
    if j < stop and document[j].text in lexicon.POSTNOMINALS:
        phrase = _postnominal(index, j, stop)
        yield make(index, named.entity, phrase, at, 0.95)
        k = phrase.end
    elif j < stop and document[j].text in words("roles", "letters of an honour, as printed"):
        k = j + 1
    yield from _put_forward(index, named, k, stop)
    if k < stop - 1 and document[k].text == "(":
        yield from _apposition(index, named, k + 1, stop)
    k = past_age(document, past_details(index, k, stop), stop)
    if k < stop - 1 and document[k].text in (",", "(", "—", "–", "-", "--"):
        yield from _apposition(index, named, k + 1, stop)


_PUTTING = {
    **dict.fromkeys(listed("roles", "into a post")),
    **dict.fromkeys("nomination designation".split(), RoleStatus.DESIGNATE),
    **dict.fromkeys(listed("roles", "out of a post"), RoleStatus.FORMER),
}


def _postnominal(index: MentionIndex, j: int, stop: int) -> PostPhrase:
    """The post that letters behind a name tell, with whom it is held for: "Tom Hale, MP for Redholm North"."""
    document = index.document
    phrases = read(index, j, stop) if j + 1 < stop and document[j + 1].lower == "for" else ()
    if phrases and phrases[0].head == j:
        return phrases[0]
    return PostPhrase(j, j, j, j + 1, lexicon.POSTNOMINALS[document[j].text], None, None, RoleStatus.CURRENT, False)


def _put_forward(index: MentionIndex, named: NamedEntity, k: int, stop: int) -> Iterator[Found]:
    """`the appointment of Ana Ruiz as director`, `her nomination`."""
    document = index.document
    if k + 1 >= stop or document[k].lower != "as":
        return
    noun = _put_by(index, named)
    phrases = read(index, k + 1, stop) if noun is not None and noun.lower in _PUTTING else ()
    for phrase in phrases:
        if noun is not None and index.person(min(phrase.end, stop - 1)) is None:
            yield make(index, named.entity, phrase, (named.start, named.end), 0.85, status=_PUTTING[noun.lower])


def _put_by(index: MentionIndex, named: NamedEntity) -> Token | None:
    """The noun before "of" and a name with its titles, and whose: "the election of COPE's Orm Vale as mayor"."""
    document, left = index.document, named.start
    while left > 2 and (lexicon.is_title(document[left - 1]) or document[left - 1].lower in lexicon.STATUS):
        left -= 1
    owner = index.thing(left - 2) if left > 1 and possessive(document, left - 1) else None
    if owner is not None:
        left = owner.start - (document[owner.start - 1].lower == "the")
    return document[left - 2] if left > 1 and document[left - 1].lower == "of" else None


def past_age(document: Document, k: int, stop: int) -> int:
    """Past an age after a name, `, 42,` or `(42)`: the comma that follows, or the word after the bracket."""
    if k + 2 >= stop or document[k].text not in (",", "(") or document[k + 1].pos != "NUM":
        return k
    return {",": k + 2, ")": k + 3}.get(document[k + 2].text, k)


def _apposition(index: MentionIndex, named: NamedEntity, k: int, stop: int) -> Iterator[Found]:
    document = index.document
    if k < stop and document[k].lower in ("all", "both"):
        k += 1
    k, one_of = past_partitive(document, k)
    if k >= stop:
        return
    phrases = read(index, k, stop)
    if not phrases:
        return
    last = phrases[-1]
    after, begun = index.person(min(last.end, stop - 1)), last.end
    if after is not None:
        # "Smith, actor Jane Doe and ...": what ends at the next name belongs to that one.
        if not of_others(document, last):
            return
        begun = list_from(index, after)[-1].end  # Petros Manos, coach of sprinters A and B,
    bounds = bounds_at(index, begun, stop)
    body, end = _body_after(index, last, max(begun, bounds.stop), stop)
    acts = one_of and end < stop and document[end].pos in VERBAL
    if not acts and not _closes(index, named, phrases, end, stop):
        return
    if not one_of and all(phrase.plural for phrase in phrases):
        several = list_to(index, named)
        for holder in several if len(several) > 1 else ():
            for phrase in phrases:
                yield make(index, holder.entity, phrase, (holder.start, holder.end), 0.85, bounds)
        return
    for n, phrase in enumerate(phrases):
        if phrase.plural and not one_of:
            continue
        own = bounds if n == len(phrases) - 1 else bounds_at(index, phrase.end, phrases[n + 1].begin)
        yield make(index, named.entity, phrase, (named.start, named.end), 0.9, own, body)


def _body_after(index: MentionIndex, phrase: PostPhrase, end: int, stop: int) -> tuple[Entity | None, int]:
    """The body alone after a post and a comma, and where it ends: "Ros Fowler, general secretary, STUC, said"."""
    document = index.document
    bare = phrase.organization is None and phrase.place is None
    if not bare or end + 1 >= stop or document[end].text != ",":
        return None, end
    field = end + 1
    while field < min(end + 6, stop - 1) and _in_field(document[field]):
        field += 1
    # "Tom Hale, Director, Planning and Strategy, Orin Teachers Union"
    for comma in (field, end) if document[field].text == "," else (end,):
        thing = index.thing(comma + 1) if comma + 1 < stop else None
        named = thing is not None and thing.entity.type is EntityType.ORGANIZATION and thing.start == comma + 1
        if thing is not None and named and (thing.end >= stop or document[thing.end].text in CLOSERS):
            return thing.entity, thing.end
    return None, end


def _in_field(token: Token) -> bool:
    return token.pos in ("NOUN", "PROPN", "ADJ") or token.lower in ("and", "&")


def _closes(index: MentionIndex, named: NamedEntity, phrases: tuple[PostPhrase, ...], end: int, stop: int) -> bool:
    """Whether a phrase after a name and a comma is in apposition to it rather than the start of another clause."""
    document = index.document
    head = document[phrases[0].head]
    name_tokens = range(named.start, named.end)
    apposed = head.dep == "appos" and head.head in name_tokens
    if end >= stop:
        return True
    token = document[end]
    if token.text in CLOSERS or token.lower in words("roles", "relative pronoun"):
        return True
    says = token.lemma in SAYING and document[named.end - 1].dep == "nsubj"
    if apposed or says or (token.tag == "VBN" and end + 1 < stop and document[end + 1].pos == "ADP"):
        return True  # "the administrator appointed by the governor"
    last = phrases[-1]
    if token.tag in ("VBD", "VBZ") and last.organization is not None and last.end > last.head + 1:
        return True  # the comma behind is left out: "head teacher at the Orin Academy stood"
    return token.pos in words("parse", "behind a post") and head.dep not in NOUN_SUBJECTS
