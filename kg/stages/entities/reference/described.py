"""Descriptions ("the judge", "her brother", "the company") and what they may stand for -> the numbers to weigh."""

from __future__ import annotations

from collections.abc import Sequence

from ....language.lexicon import words
from ....language.syntax import AFTER_NOUN, BEFORE_NOUN, NOMINAL, has_word
from ....records.mention import MentionKind
from ....text.document import Document, Token
from ..aliases import GROUP, ORGANIZATION, PERSON, PLACE
from ..descriptions import Describer, one_of, rank_of
from ..names import is_person_noun, lexicon
from .article_scene import ReferenceScene
from .candidate_pool import WINDOW, CandidatePool, Referent, Spot
from .offices import offices_of
from .pairs import AskedMention, Numbers, numbers

DEFINITE = frozenset(("the", "this", "that"))
_PLACES, _BODIES = words("entities", "place taken up"), words("entities", "body taken up")
_INNER = BEFORE_NOUN | {"appos"}


def _kind_of(token: Token) -> str | None:
    """What a noun in the singular is said of: "person", "body", "place"; None for other things.

    >>> from kg.text.document import Article, parse
    >>> _kind_of(parse(Article("The judge left."))[1]), _kind_of(parse(Article("The firm left."))[1])
    ('person', 'body')
    """
    word = token.lemma.lower()
    if is_person_noun(word) or token.ent == "NORP" or word == "old":
        return "person"  # "the Italian", "the 45-year-old"
    head = lexicon().heads.get(word)
    if word in _PLACES:
        return "place"
    return "body" if head in ("org", "group") or word in _BODIES else "place" if head in ("place", "site") else None


def is_asked(scene: ReferenceScene, token: Token) -> bool:
    """Whether a noun may take up something named: in the singular, with "the", "this", "that" or an owner."""
    if token.lower == "old":
        return _is_age_alone(scene.document, token)
    if token.tag not in ("NN", "NNP", "JJ") or token.dep in _INNER or _kind_of(token) is None:
        return False
    called = token.tag == "NNP" and token.lower in lexicon().titles and not token.text.isupper()
    if called and token.dep == "nsubj":  # not "TD said", which is a bank
        return not any(k.dep == "det" and k.lower not in DEFINITE for k in scene.document.kids(token.i))
    owned = any(k.tag == "PRP$" for k in scene.document.kids(token.i))
    return owned or has_word(scene.document, token.i, ("det",), DEFINITE)


def _is_age_alone(document: Document, old: Token) -> bool:
    """Whether an age stands for somebody: "the 45-year-old said", whatever the parse hangs it on."""
    inner = old.dep in _INNER and document[old.head].pos in NOMINAL
    return _ends_age(document, old) and not inner and document[old.i - 5].lower in DEFINITE


def _ends_age(document: Document, old: Token) -> bool:
    """Whether "old" ends an age: "the 45-year-old", not "the old town"."""
    return old.lower == "old" and old.i > 4 and document[old.i - 2].lower in ("year", "month", "week")


_FAR = 2_000
"""Tokens before a description in which something was mentioned that it fits."""


def asked_noun(scene: ReferenceScene, pool: CandidatePool, token: Token, describer: Describer) -> AskedMention:
    """A description with the named things that it may stand for: those near, and those farther back that it fits."""
    word = token.lemma.lower()
    kind = _kind_of(token)
    told = lexicon().persons.get(word)
    owners = {id(pool.heads[k.i]) for k in scene.document.kids(token.i) if k.dep == "poss" and k.i in pool.heads}

    def fits(r: Referent) -> bool:
        near = token.i - r.spots[-1].i <= WINDOW
        if not (near or describer.roles(r.cluster, word) or describer.is_a(r.cluster, word)):
            return False
        if r.cluster.unnamed or not _may_be(r, kind) or id(r) in owners:
            return False
        if r.outside is None and not scene.quotes[token.i]:
            return False  # only quotations name it: that is no thing of the report's
        if word in words("entities", "firm nouns") and describer.is_public(r.cluster):
            return False
        return not _lacks(r, kind, describer, token) and not (told and r.sure and r.gender not in (None, told))

    return AskedMention(token, scene.place(token.i), tuple(filter(fits, pool.near(token.i, _FAR))), told)


def called_so(a: AskedMention, describer: Describer) -> Referent | None:
    """The only body whose name begins or ends with the noun, where nothing else is said of it: the ministry."""
    word = a.token.lemma.lower()
    if _kind_of(a.token) != "body" or describer.details(a.token) or any(True for _ in describer.modifiers(a.token)):
        return None
    fits = [r for r in a.candidates if any(word in (form[0], form[-1]) for form in r.cluster.forms if len(form) > 1)]
    return fits[0] if len(fits) == 1 else None


def just_brought_in(scene: ReferenceScene, pool: CandidatePool, a: AskedMention) -> Referent | None:
    """Somebody without a name whom the noun has just brought in: "A minister told us it was late. The minister said".

    Nobody if somebody of that post has been named since.
    """
    word = a.token.lemma.lower()
    for at, referent, spot in reversed(pool.seen):
        if scene.quotes[at]:
            continue
        if a.token.block - scene.document[at].block > _PARAGRAPHS:
            break
        if referent.cluster.unnamed and spot.kind is MentionKind.NOMINAL and _noun_of(scene, at) == word:
            return referent if _brings_in(scene, at) and len(referent.spots) < _FEW else None
        if word in referent.cluster.roles and len(scene.place(at).verbs) < 2:
            break
    return None


def _noun_of(scene: ReferenceScene, i: int) -> str:
    """What somebody is called: a selector, in "one of the selectors" too."""
    return (one_of(scene.document, scene.document[i]) or scene.document[i]).lemma.lower()


def _brings_in(scene: ReferenceScene, i: int) -> bool:
    """Whether a noun brings somebody in: "a minister", "one of the selectors"."""
    one = one_of(scene.document, scene.document[i]) is not None
    return one or has_word(scene.document, i, ("det", "nummod"), words("grammar", "brings somebody in"))


_PARAGRAPHS = 3
"""Within which somebody is just brought in."""

_FEW = 4
"""Mentions of somebody just brought in."""


def only_holder(scene: ReferenceScene, a: AskedMention, describer: Describer) -> Referent | None:
    """The only one whom the article gives the role that a description names, with all that it adds: "the judge".

    Counted on annotated news, 16 of 16 such are right; where an owner or a
    further word stands with the noun it may be another.
    """
    token, word = a.token, a.token.lemma.lower()
    kids = list(scene.document.kids(token.i))
    added = {k.lower for k in kids if k.dep in BEFORE_NOUN} | describer.details(token)
    holders = [r for r in a.candidates if word in r.cluster.roles]
    if any(k.dep == "poss" for k in kids) or len(holders) != 1:
        return None
    return holders[0] if added <= describer.circumstances[id(holders[0].cluster), word] | {word} else None


_NEAR = 2
"""Sentences in which "the Italian" and "the 45-year-old" take somebody up."""


def only_person(scene: ReferenceScene, pool: CandidatePool, a: AskedMention) -> Referent | None:
    """Whom a nation or an age takes up, where the sentences before mention one person: "the 45-year-old".

    Before a noun an age takes up whoever is said to be of it: "the 63-year-old retiree".
    """
    itself = a.token.lower == "old"
    old = a.token if itself else _aged(scene, a.token)
    if old is not None:
        aged = [r for r in (pool.near(a.token.i, _FAR) if itself else a.candidates) if _is_of_age(scene, r, old)]
        if aged or any(_has_age(scene, r) for r in pool.near(a.token.i)):
            return aged[0] if len(aged) == 1 else None
    elif a.token.ent != "NORP":
        return None
    near = [r for r in pool.near(a.token.i) if _is_near_person(scene, r, a.token)]
    return near[0] if len(near) == 1 and (near[0] in a.candidates or near[0].cluster.unnamed) else None


def _is_near_person(scene: ReferenceScene, r: Referent, token: Token) -> bool:
    """Whether a thing is a person whom the sentences before a word mention."""
    return r.cluster.type == PERSON and token.sentence - scene.document[r.spots[-1].i].sentence <= _NEAR


def _aged(scene: ReferenceScene, token: Token) -> Token | None:
    """The word "old" of an age before a noun: "the 63-year-old retiree"."""
    return next((k for k in scene.document.kids(token.i) if _ends_age(scene.document, k)), None)


def _is_of_age(scene: ReferenceScene, referent: Referent, old: Token) -> bool:
    """Whether the age of "the 34-year-old" stands after a mention of somebody: "Dana Reed, 34, was hurt"."""
    document, age = scene.document, scene.document[old.i - 4].text
    after = (document.tokens[s.last : s.last + 2] for s in referent.spots if s.kind is not MentionKind.PRONOUN)
    return any([t.text for t in two] == [",", age] for two in after)


def _has_age(scene: ReferenceScene, referent: Referent) -> bool:
    """Whether somebody's age stands after a mention: "Dana Reed, 34, was hurt"."""
    tokens = scene.document.tokens
    behind = (tokens[s.last : s.last + 3] for s in referent.spots if s.kind is not MentionKind.PRONOUN)
    return any(len(t) == 3 and t[0].text == "," and t[1].text.isdigit() and t[2].text in ",." for t in behind)


def taken_up(scene: ReferenceScene, pool: CandidatePool, a: AskedMention, describer: Describer) -> Referent | None:
    """The person without a name who was last called by the noun, where it is nobody's role who has one: "the man"."""
    word = a.token.lemma.lower()
    if any(describer.roles(r.cluster, word) for r in a.candidates):
        return None
    document = scene.document
    added = {k.lower for k in document.kids(a.token.i) if k.dep in BEFORE_NOUN}
    for r in pool.near(a.token.i):
        called = next((s for s in reversed(r.spots) if _is_called(document, s, a.token)), None)
        if r.cluster.unnamed and called is not None:
            told = {t.lower for s in r.spots for t in document.tokens[s.first : s.last]}
            return r if added <= told | {"same"} else None
    return None


def _is_called(document: Document, spot: Spot, token: Token) -> bool:
    """Whether a mention has the noun of a description, of the same rank."""
    noun = document[spot.i]
    return noun.lemma.lower() == token.lemma.lower() and rank_of(document, noun) == rank_of(document, token)


def _lacks(r: Referent, kind: str | None, describer: Describer, token: Token) -> bool:
    """Whether a thing has not the role that a noun names: of another nation, body or field; none that is told or known.

    "the French president" is no president of elsewhere; "the foreign minister" nobody whom nothing calls so.
    """
    word = token.lemma.lower()
    details, roles = describer.details(token), describer.roles(r.cluster, word)
    if kind == "body" and not roles and _is_of_other_kind(r, describer, token):
        return True
    if kind == "person" and not _is_of_rank(r, describer, token, roles):
        return True
    if not roles:
        known = offices_of(r.cluster)
        return kind == "person" and bool(details) and not (word in known.nouns and details <= known.further)
    told = details - {k.lower for k in describer.modifiers(token) if k.ent == "GPE"}
    return not any(told <= describer.circumstances[id(r.cluster), role] for role in roles)


def _is_of_rank(r: Referent, describer: Describer, token: Token, roles: Sequence[str]) -> bool:
    """Whether somebody has a post of the rank that a noun names: the mayor is no "deputy mayor", nor she the mayor."""
    rank = rank_of(describer.document, token)
    told = {rank for role in roles for rank in describer.ranks[id(r.cluster), role]}
    if not told:
        return not rank & _UNDER
    under = any(rank & _UNDER == other & _UNDER for other in told)
    return under and any(rank - _UNDER <= other for other in told)


_UNDER = words("entities", "under a post")


def _is_of_other_kind(r: Referent, describer: Describer, token: Token) -> bool:
    """Whether a body's names all have the noun with other words before it: "the investment bank" is no Reserve Bank."""
    kinds = {k.lower for k in describer.modifiers(token) if k.dep == "compound" and k.tag == "NN"} - _LEVELS
    word = token.lemma.lower()
    named = [form for form in r.cluster.forms if word in form[1:]]
    return bool(kinds) and bool(named) and not any(kinds & set(form) for form in r.cluster.forms)


_LEVELS = frozenset(("state", "city", "county"))
"""Nouns that say of which part of the country a body is, not of which kind."""


def _may_be(referent: Referent, kind: str | None) -> bool:
    if kind == "person":
        return referent.cluster.type == PERSON
    return referent.cluster.type in ((ORGANIZATION, GROUP, PLACE) if kind == "body" else (PLACE, ORGANIZATION))


def noun_numbers(scene: ReferenceScene, pool: CandidatePool, a: AskedMention, describer: Describer) -> list[Numbers]:
    """For each candidate for a description what speaks for it and against it."""
    word = a.token.lemma.lower()
    fitting = [
        bool(describer.roles(r.cluster, word)) or describer.is_a(r.cluster, word) or word in offices_of(r.cluster).nouns
        for r in a.candidates
    ]
    own = _own(scene, a)
    return [
        base | _fit(a, r, describer) | _rivals(fitting, n) | own
        for n, (base, r) in enumerate(zip(numbers(scene, pool, a), a.candidates, strict=True))
    ]


_CLASSES = ("firm nouns", "paper nouns", "org nouns", "governments")


def _own(scene: ReferenceScene, a: AskedMention) -> Numbers:
    """The description itself: what it is said of, of which class it is, and what stands with it."""
    kids = list(scene.document.kids(a.token.i))
    kind = _kind_of(a.token)
    word = a.token.lemma.lower()
    classes = {f"noun {name}": float(word in words("entities", name)) for name in _CLASSES}
    return classes | {
        "noun person": float(kind == "person"),
        "noun place": float(kind == "place"),
        "noun gender": float(a.gender is not None),
        "owned": float(any(k.dep == "poss" for k in kids)),
        "owner pronoun": float(any(k.tag == "PRP$" for k in kids)),
        "this": float(any(k.lower in ("this", "that") for k in kids)),
        "modified": float(sum(k.dep in ("amod", "compound") for k in kids)),
        "followed": float(any(k.dep in AFTER_NOUN for k in kids)),
        "with of": float(any(k.dep == "prep" for k in kids)),
        "capital": float(a.token.text[0].isupper()),
        "attribute": float(a.token.dep == "attr"),
    }


def _fit(a: AskedMention, r: Referent, describer: Describer) -> Numbers:
    """Whether the article gives a thing this role, with these details, or its name says that it is such."""
    word = a.token.lemma.lower()
    details = describer.details(a.token)
    roles = describer.roles(r.cluster, word)
    told = {w for role in roles for w in describer.circumstances[id(r.cluster), role]}
    known = offices_of(r.cluster)
    said = {k.lower for k in describer.modifiers(a.token)} | details
    return {
        "role": float(bool(roles)),
        "role itself": float(word in roles),
        "details": float(min(len(details), 3)),
        "details told": float(bool(roles) and details <= told),
        "details missing": float(len(details - told)) if roles else -1.0,
        "is a": float(describer.is_a(r.cluster, word)),
        "in name": float(any(word in form for form in r.cluster.forms)),
        "known": float(word in known.nouns),
        "known further": float(len(said & known.further)),
        "known otherwise": float(len(details - known.further)) if word in known.nouns else -1.0,
        "roles": float(min(len(r.cluster.roles), 4)),
        "organization": float(r.cluster.type == ORGANIZATION),
        "place": float(r.cluster.type == PLACE),
    }


def _rivals(fitting: Sequence[bool], n: int) -> Numbers:
    """How many of the candidates the description fits."""
    return {
        "fitting": float(min(sum(fitting), 5)),
        "fitting others": float(min(sum(fitting) - fitting[n], 5)),
        "first fitting": float(fitting[n] and not any(fitting[:n])),
    }
