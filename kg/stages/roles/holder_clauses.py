"""What a verb's clause is asked: who is its subject, which body it tells of, whether it says that it is so."""

from __future__ import annotations

from ...language.lexicon import words
from ...language.syntax import NOUN_SUBJECTS, VERBAL
from ...records.entity import Entity
from ...records.mention import EntityType
from ...text.document import Document, Token
from .mention_index import MentionIndex


def subject_of(index: MentionIndex, v: int) -> tuple[Entity, tuple[int, int]] | None:
    """The person that is the subject of a verb, through conjunctions, relative pronouns and raising verbs."""
    document = index.document
    right_before = index.person(v - 1) if v and document[v].tag in ("VBD", "VBZ", "VBP") else None
    if right_before is not None and not any(k.dep == "nsubj" for k in document.kids(v)):
        return right_before.entity, (right_before.start, right_before.end)  # "Ana Ruiz sat on the Orin Board"
    for _ in range(4):
        for kid in document.kids(v):
            if kid.dep in NOUN_SUBJECTS:
                return person_at(index, kid.i, v)
        verb = document[v]
        if verb.dep in ("acl", "relcl") and verb.tag in ("VBN", "VBG", "VB"):
            return person_at(index, verb.head, v)
        if verb.dep in ("conj", "xcomp", "advcl") and document[verb.head].pos in VERBAL:
            v = verb.head
            continue
        above = document[document[verb.head].head]
        if document[verb.head].lower in ("after", "before", "since") and above.pos == "VERB":
            v = above.i  # "after leading the Clara Voss charity"
            continue
        break
    return None


def person_at(index: MentionIndex, i: int, v: int) -> tuple[Entity, tuple[int, int]] | None:
    """The person that token `i` stands for as an argument of the verb at `v`, and the tokens of the name or pronoun."""
    document = index.document
    token = document[i]
    if token.lower in ("who", "that", "which"):
        antecedent = document[v].head if document[v].dep == "relcl" else i - 1
        near = index.person(i - 1) or (index.person(i - 2) if i > 1 and document[i - 1].text == "," else None)
        if near is not None:
            return near.entity, (near.start, near.end)
        if antecedent == v or document[antecedent].lower in ("who", "that", "which"):
            return None
        return person_at(index, antecedent, antecedent)
    named = index.person(i)
    if named is not None:
        return named.entity, (named.start, named.end)
    if index.thing(i) is not None and i == v and token.dep == "pobj":
        return person_at(index, document[token.head].head, v)  # "A, a rancher from Arizona who had acted as"
    for kid in document.kids(i):
        apposed = index.person(kid.i)
        if apposed is not None and kid.dep == "appos":
            return apposed.entity, (apposed.start, apposed.end)
    entity = index.refers.get(i)
    if entity is not None and entity.type is EntityType.PERSON and entity.named:
        return entity, (i, i + 1)
    if token.dep == "appos" and token.head < i:
        return person_at(index, token.head, v)  # A, a nurse who had acted as a spokeswoman
    return None


def conditional(document: Document, v: int) -> bool:
    """Whether the verb stands under a modal, a condition or a question, so that nobody says it is so."""
    verb = document[v]
    if verb.dep == "conj" and document[verb.head].pos in VERBAL and verb.tag == "VB":
        # "would rather win and run it": the modal stands with the first of them.
        return conditional(document, verb.head)
    kids = list(document.kids(v))
    if any(k.dep == "aux" and k.lower in words("roles", "modal") for k in kids) and not _told_ahead(document, v):
        return True
    if any(k.lower in ("if", "whether", "unless") for k in kids):
        return True
    return any(k.dep == "aux" and k.lower in ("do", "does", "did") for k in kids)


def _told_ahead(document: Document, v: int) -> bool:
    """Whether "would" is the "will" of what was said: "Halden Steel said Ida Blom would become chairman"."""
    verb, above = document[v], document[document[v].head]
    said = verb.dep == "ccomp" and above.tag in ("VBD", "VBN") and above.lemma.lower() in words("roles", "saying")
    plain = all(k.lower == "would" for k in document.kids(v) if k.dep == "aux")
    return said and plain and not any(k.lower in ("if", "whether") for k in document.kids(v))


def future(document: Document, v: int) -> bool:
    """Whether the verb stands in the future or is to come."""
    ahead = any(k.dep == "aux" and k.lower in words("roles", "of the future") for k in document.kids(v))
    return ahead or _told_ahead(document, v)


def past_perfect(document: Document, v: int) -> bool:
    """Whether the verb stands in the past perfect."""
    return any(k.lower == "had" for k in document.kids(v))


def has_present(document: Document, v: int) -> bool:
    """Whether the verb is in the present perfect or progressive, by which the post is still held."""
    return any(k.dep in ("aux", "auxpass") and k.lower in words("roles", "present auxiliary") for k in document.kids(v))


def skip_adverbs(document: Document, k: int, stop: int) -> int:
    """The first token from `k` on that is no adverb."""
    while k < stop and document[k].pos == "ADV":
        k += 1
    return k


def body_at(index: MentionIndex, i: int | None) -> Entity | None:
    """The organisation that token `i` names, refers to, or that its noun phrase starts with."""
    if i is None:
        return None
    document = index.document
    thing = index.thing(i)
    if thing is not None:
        return thing.entity
    entity = index.refers.get(i)
    if entity is not None:
        return entity if entity.type is not EntityType.PERSON else None
    thing = index.thing(i - 1) if i else None
    if thing is not None and document[thing.end - 1].head == i and thing.entity.type is not EntityType.PLACE:
        return thing.entity if document[i].lower not in words("roles", "only some of a body") else None
    return index.bodies.get(document[i].lower)


def body_told_of(index: MentionIndex, v: int) -> Entity | None:
    """The body that a clause tells of: `left the Kiel Fund, where she was chair`, `of which Ida Blom is a co-chair`."""
    document, verb = index.document, index.document[v]
    inside = verb.dep in ("relcl", "advcl") and any(
        t.lower in ("where", "which")
        for t in document.tokens[max(0, v - 6) : v]
        if v in (t.head, document[t.head].head)
    )
    thing = index.thing(verb.head) if inside else None
    return thing.entity if thing is not None and thing.entity.type is EntityType.ORGANIZATION else None


def verb_lemma(token: Token) -> str:
    """The verb's lemma; the tagger's `found` of `founded` is told apart from that of `find`."""
    if token.lower in words("roles", "form of found"):
        return "found"
    if token.lower == "found":
        return "find"
    return token.lemma.lower()
