"""Roles said before a name: titles, a description and a comma, what somebody is called."""

from __future__ import annotations

from collections.abc import Iterator

from ...language.lexicon import words
from ...records.entity import Entity
from ...text.document import Document
from . import role_lexicon as lexicon
from .body_behind import CLOSERS, of_organization, of_place
from .draft_role import Found, indefinite, make, sentence_end
from .holder_lists import distributed, past_details
from .mention_index import MentionIndex, NamedEntity
from .post_behind import SAYING, after_name
from .post_phrase import PostPhrase, before
from .role_lexicon import PostKind
from .tenure import bounds_at

_NAMING = words("roles", "naming")


def beside_name(index: MentionIndex, named: NamedEntity) -> Iterator[Found]:
    """The roles that the words around one name of a person give to that person."""
    document = index.document
    at = (named.start, named.end)
    organization = of_organization(index, named.end)
    left = _before_address(document, named)
    if left > 0 and document[left - 1].sentence == document[named.start].sentence:
        titles = _titles_before(index, named, left, at, organization)
        yield from titles
        # "the party's nominee, Gov. Ruiz,": a description may stand before title and name.
        first = min([left, *(f.first for f in titles)])
        while first > 0 and document[first - 1].lower in lexicon.STATUS:
            first -= 1  # "The panel's chairman, retired judge Ida Blom"
        if first > 0 and document[first - 1].text == ",":
            yield from _phrase_then_name(index, named, first - 1)
        yield from _so_called(index, named, left)
    yield from after_name(index, named)


def _before_address(document: Document, named: NamedEntity) -> int:
    """Where a name begins with its forms of address and a mark before: "of Norway, the Honourable Ida Blom"."""
    left = named.start
    while left > 0 and document[left - 1].lower in lexicon.FORMS_OF_ADDRESS:
        left -= 1
    left -= 0 < left < named.start and document[left - 1].lower == "the"
    return left - (left > 0 and document[left - 1].text in ("“", '"', "‘"))


def _titles_before(
    index: MentionIndex, named: NamedEntity, left: int, at: tuple[int, int], organization: Entity | None
) -> list[Found]:
    phrases = before(index, left)
    if not phrases:
        return []
    if phrases[-1].plural:
        return list(distributed(index, phrases[-1], named))
    if _opens_a_clause(index.document, phrases[-1], named):
        return []
    found = [
        make(index, named.entity, phrase, at, 0.95, organization=organization)
        for phrase in phrases
        if not phrase.plural
    ]
    if found and found[-1].place is None and phrases[-1].kind is PostKind.STATE:
        found[-1] = found[-1]._replace(place=of_place(index, named.end))
    return found


def _opens_a_clause(document: Document, phrase: PostPhrase, named: NamedEntity) -> bool:
    """Whether a name begins a clause about the noun before it: `the director of the company Smith founded`."""
    return any(
        document[token.head].dep == "relcl" and phrase.start <= document[token.head].head < phrase.end
        for token in document.tokens[named.start : named.end]
    )


def _phrase_then_name(index: MentionIndex, named: NamedEntity, comma: int) -> Iterator[Found]:
    """`Malaysia's Prime Minister, Najib Razak,`."""
    document = index.document
    phrases = before(index, comma)
    last = phrases[-1] if phrases else None
    if last is not None and last.plural and last.determined(document) and document[last.head].text.islower():
        yield from distributed(index, last, named)  # "The company's directors, Ann Reed and Bob Stone,"
    if not phrases or any(p.plural for p in phrases):
        return
    apposed, coordinated = (_hangs_on(document, named, phrases[0].begin, comma, dep) for dep in ("appos", "conj"))
    # "an actor, a singer, John Smith": a list. "said the minister, Smith, ..." is none.
    listed = coordinated and document[phrases[0].begin].lower != "the"
    first = phrases[0].begin
    after_name = first > 1 and document[first - 1].text == "," and index.person(first - 2) is not None
    if after_name and named.start > comma + 1:
        return  # "Chief Ida Blom, head of the division, Supt Tom Hale": what Tom Hale is is said before him
    known = apposed and document[first].lower == "the" and not after_name
    if (listed and not apposed) or not (known or _describes(index, phrases[0], named)):
        return
    bounds, body = bounds_at(index, phrases[-1].end, named.start), of_organization(index, named.end)
    for phrase in phrases:
        yield make(index, named.entity, phrase, (named.start, named.end), 0.9 if apposed else 0.8, bounds, body)


def _hangs_on(document: Document, named: NamedEntity, first: int, last: int, dep: str) -> bool:
    """Whether a name depends on one of some tokens in a given way."""
    return any(document[k].dep == dep and first <= document[k].head < last for k in range(named.start, named.end))


def _describes(index: MentionIndex, first: PostPhrase, named: NamedEntity) -> bool:
    """Whether a phrase before a comma and a name is about whom that names, by how it opens and what follows."""
    document = index.document
    begins = document[first.begin - 1] if first.begin else None
    owned = first.begin > 1 and document[first.begin - 1].text == "," and index.person(first.begin - 2) is not None
    if owned and indefinite(document, first):
        return False  # "judges are A, a lawyer, B": A is the lawyer
    determined = first.organization or first.place or first.start > first.begin
    if not determined and not document[first.start].text[:1].isupper() and first.end == first.head + 1:
        return False
    past = past_details(index, named.end, sentence_end(document, named.start))
    after = document[past] if past < len(document) else None
    if after is None or after.sentence != document[named.start].sentence:
        return True
    # "..., Malaysia's prime minister, Najib Razak said": only where the phrase starts its clause.
    opens = begins is None or begins.text in CLOSERS | {"“"} or begins.sentence != document[first.begin].sentence
    acts = after.lemma in SAYING or (after.tag in ("VBD", "VBZ") and named.end - named.start > 1 and not owned)
    apart = (
        opens and past == named.end and after.pos == "ADP"
    )  # "leader of the Halden Party, Ida Blom in a speech said"
    return after.text in CLOSERS or after.tag == "POS" or (opens and acts) or apart


def _so_called(index: MentionIndex, named: NamedEntity, left: int) -> Iterator[Found]:
    """`a prison photographer, codenamed Caesar`; `a cosplayer going by the name "Kat"`."""
    document = index.document
    k = left
    if document[k - 1].lower in _NAMING:
        k -= 1
    elif document.words(max(0, k - 2), k).lower() in ("known as", "identified as", "going by"):
        k -= 2
    else:
        return
    while k > 0 and (document[k - 1].text == "," or document[k - 1].pos == "ADV"):
        k -= 1
    if k < 1 or document[k - 1].sentence != document[named.start].sentence:
        return
    phrases = before(index, k)
    for phrase in phrases:
        if not phrase.plural:
            yield make(index, named.entity, phrase, (named.start, named.end), 0.85)
