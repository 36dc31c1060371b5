"""Roles said beside a name: before it, in apposition, in letters after it, and for the names of a list."""

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
from .draft_role import Found, indefinite, make, past_partitive, sentence_end
from .mention_index import MentionIndex, NamedEntity
from .post_phrase import PostPhrase, before, of_others, read
from .role_lexicon import PostKind
from .tenure import bounds_at

_CLOSERS = frozenset(', . ; : ) — – - ” " ’ ! ?'.split())
_NAMING = words("roles", "naming")
_SAYING = words("roles", "saying")


def beside_name(index: MentionIndex, named: NamedEntity) -> Iterator[Found]:
    """The roles that the words around one name of a person give to that person."""
    document = index.document
    at = (named.start, named.end)
    organization = _of_organization(index, named.end)
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
    yield from _after_name(index, named)


def _before_address(document: Document, named: NamedEntity) -> int:
    """Where a name begins with its forms of address and a mark before: "of Norway, the Honourable Ida Blom"."""
    left = named.start
    while left > 0 and document[left - 1].lower in lexicon.FORMS_OF_ADDRESS:
        left -= 1
    left -= 0 < left < named.start and document[left - 1].lower == "the"
    return left - (left > 0 and document[left - 1].text in ("“", '"', "‘"))


def _of_organization(index: MentionIndex, k: int) -> Entity | None:
    """The organisation said after a name: `Nick Rhodes of Duran Duran`."""
    document = index.document
    if k + 1 < len(document) and document[k].text == "," and document[k + 1].lower in ("of", "from"):
        k += 1
    if k + 1 < len(document) and document[k].lower in words("roles", "before a body"):
        k += 1
        while k < len(document) - 1 and (document[k].tag in ("DT", "POS") or _glosses(index, k)):
            k += 1
        thing = index.thing(k) if k < len(document) else None
        if thing is not None and thing.entity.type in (EntityType.ORGANIZATION, EntityType.GROUP):
            return thing.entity
    return None


def _glosses(index: MentionIndex, k: int) -> bool:
    """Whether a word only says what sort of body is named after it: `of the anti-fraud squad BVR`."""
    token = index.document[k]
    plain = index.at.get(k) is None and token.pos in ("NOUN", "ADJ", "PUNCT") and not token.text[:1].isupper()
    after = index.document[k + 1]
    return plain and token.text not in _CLOSERS - {"-"} and (after.pos in ("NOUN", "ADJ", "PROPN") or after.text == "-")


def _titles_before(
    index: MentionIndex, named: NamedEntity, left: int, at: tuple[int, int], organization: Entity | None
) -> list[Found]:
    phrases = before(index, left)
    if not phrases:
        return []
    if phrases[-1].plural:
        return list(_distributed(index, phrases[-1], named))
    if _opens_a_clause(index.document, phrases[-1], named):
        return []
    found = [
        make(index, named.entity, phrase, at, 0.95, organization=organization)
        for phrase in phrases
        if not phrase.plural
    ]
    if found and found[-1].place is None and phrases[-1].kind is PostKind.STATE:
        found[-1] = found[-1]._replace(place=_of_place(index, named.end))
    return found


def _of_place(index: MentionIndex, k: int) -> Entity | None:
    """The place said after an officeholder's name: `Gov. Mike Pence of Indiana`."""
    document = index.document
    of = k + 1 < len(document) and document[k].lower == "of"  # or "Senator Ana Ruiz, who represents Ohio"
    # "Sen. A, R-Ohio", "Rep. A (D-Ohio)"
    party = k + 3 < len(document) and document[k].text in (",", "(") and document[k + 2].text == "-"
    elected = party and document[k + 1].text in words("roles", "letters of parties, as printed")
    seat = document.words(k, min(k + 3, len(document))).lower() == ", who represents"
    thing = index.thing(k + 1) if of else index.thing(k + 3) if elected or seat else None
    if thing is None or thing.entity.type is not EntityType.PLACE:
        return None
    owns = thing.end < len(index.document) and possessive(index.document, thing.end)  # "of Italy's La Repubblica"
    return None if owns else thing.entity


def _opens_a_clause(document: Document, phrase: PostPhrase, named: NamedEntity) -> bool:
    """Whether a name begins a clause about the noun before it: `the director of the company Smith founded`."""
    return any(
        document[token.head].dep == "relcl" and phrase.start <= document[token.head].head < phrase.end
        for token in document.tokens[named.start : named.end]
    )


def _distributed(
    index: MentionIndex, phrase: PostPhrase, named: NamedEntity, *, titled: bool = False
) -> Iterator[Found]:
    """`publishers Jann Wenner of Rolling Stone and Carlo De Benedetti`: one post, several holders."""
    names = _list_from(index, named, titled=titled)
    if len(names) < 2:
        return
    whole = phrase.end > phrase.head + 1  # of "members of the panel were A of ORG" the body is the panel's
    of = [None if whole else _of_organization(index, n.end) for n in names]
    if of[-1] is not None and not any(of[:-1]):
        of = [of[-1]] * len(names)  # "Researchers Ann Reed and Bob Stone of the University of Kiel"
    for n, organization in zip(names, of, strict=True):
        place = None if phrase.place or organization or phrase.organization else _of_place(index, n.end)
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
        yield from _distributed(index, last, named, titled=True)
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
        yield from _distributed(index, phrases[-1], named, titled=True)


def _titles(token: Token) -> bool:
    return lexicon.is_title(token) or lexicon.is_plural(token)


def _ends_there(index: MentionIndex, named: NamedEntity, stop: int) -> bool:
    """Whether a name is all that stands after a copula, but for what is said beside it."""
    document, k = index.document, _past_details(index, named.end, stop)
    return k >= stop or document[k].text in _CLOSERS or document[k].pos in ("ADP", "SCONJ", "PRON")


def _list_from(index: MentionIndex, named: NamedEntity, *, titled: bool = False) -> list[NamedEntity]:
    """The persons of a coordinated list that starts with a name; words that belong to each may stand between.

    With `titled`, their titles too.
    """
    document = index.document
    stop = sentence_end(document, named.start)
    names = [named]
    k = named.end
    while k < stop and len(names) < 40:
        k = _past_details(index, k, stop)
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


def several(index: MentionIndex, first: tuple[Entity, tuple[int, int]]) -> list[tuple[Entity, tuple[int, int]]]:
    """The persons of the list that a name opens, if several: "Ida Blom and Tom Hale were elected chairs"."""
    named = index.person(first[1][0])
    names = _list_from(index, named) if named is not None else []
    return [(n.entity, (n.start, n.end)) for n in names] if len(names) > 1 else []


def _past_details(index: MentionIndex, k: int, stop: int) -> int:
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


def _phrase_then_name(index: MentionIndex, named: NamedEntity, comma: int) -> Iterator[Found]:
    """`Malaysia's Prime Minister, Najib Razak,`."""
    document = index.document
    phrases = before(index, comma)
    last = phrases[-1] if phrases else None
    if last is not None and last.plural and last.determined(document) and document[last.head].text.islower():
        yield from _distributed(index, last, named)  # "The company's directors, Ann Reed and Bob Stone,"
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
    bounds, body = bounds_at(index, phrases[-1].end, named.start), _of_organization(index, named.end)
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
    past = _past_details(index, named.end, sentence_end(document, named.start))
    after = document[past] if past < len(document) else None
    if after is None or after.sentence != document[named.start].sentence:
        return True
    # "..., Malaysia's prime minister, Najib Razak said": only where the phrase starts its clause.
    opens = begins is None or begins.text in _CLOSERS | {"“"} or begins.sentence != document[first.begin].sentence
    acts = after.lemma in _SAYING or (after.tag in ("VBD", "VBZ") and named.end - named.start > 1 and not owned)
    apart = (
        opens and past == named.end and after.pos == "ADP"
    )  # "leader of the Halden Party, Ida Blom in a speech said"
    return after.text in _CLOSERS or after.tag == "POS" or (opens and acts) or apart


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


def _after_name(index: MentionIndex, named: NamedEntity) -> Iterator[Found]:
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
    k = past_age(document, _past_details(index, k, stop), stop)
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
        begun = _list_from(index, after)[-1].end  # Petros Manos, coach of sprinters A and B,
    bounds = bounds_at(index, begun, stop)
    body, end = _body_after(index, last, max(begun, bounds.stop), stop)
    acts = one_of and end < stop and document[end].pos in VERBAL
    if not acts and not _closes(index, named, phrases, end, stop):
        return
    if not one_of and all(phrase.plural for phrase in phrases):
        several = _list_to(index, named)
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
        if thing is not None and named and (thing.end >= stop or document[thing.end].text in _CLOSERS):
            return thing.entity, thing.end
    return None, end


def _in_field(token: Token) -> bool:
    return token.pos in ("NOUN", "PROPN", "ADJ") or token.lower in ("and", "&")


def _list_to(index: MentionIndex, named: NamedEntity) -> list[NamedEntity]:
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


def _closes(index: MentionIndex, named: NamedEntity, phrases: tuple[PostPhrase, ...], end: int, stop: int) -> bool:
    """Whether a phrase after a name and a comma is in apposition to it rather than the start of another clause."""
    document = index.document
    head = document[phrases[0].head]
    name_tokens = range(named.start, named.end)
    apposed = head.dep == "appos" and head.head in name_tokens
    if end >= stop:
        return True
    token = document[end]
    if token.text in _CLOSERS or token.lower in words("roles", "relative pronoun"):
        return True
    says = token.lemma in _SAYING and document[named.end - 1].dep == "nsubj"
    if apposed or says or (token.tag == "VBN" and end + 1 < stop and document[end + 1].pos == "ADP"):
        return True  # "the administrator appointed by the governor"
    last = phrases[-1]
    if token.tag in ("VBD", "VBZ") and last.organization is not None and last.end > last.head + 1:
        return True  # the comma behind is left out: "head teacher at the Orin Academy stood"
    return token.pos in words("parse", "behind a post") and head.dep not in NOUN_SUBJECTS


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
                for n in _list_from(index, named):
                    yield make(index, n.entity, phrases[-1], (n.start, n.end), 0.85)
            return
        if not far and t.pos not in words("parse", "inside an example"):
            return
