"""Roles said by a clause: across a copula, by a verb of appointment, service, leaving, or by what somebody does."""

from __future__ import annotations

from collections.abc import Iterator

from ...language.lexicon import words
from ...language.syntax import VERBAL
from ...text.document import Document
from . import role_lexicon as lexicon
from .copula_clauses import copula
from .deed_clauses import deed, seat
from .draft_role import Found
from .holder_clauses import verb_lemma
from .holder_lists import included
from .mention_index import MentionIndex
from .post_clauses import appointment, held, replacement, service


def telling_verbs(document: Document) -> Iterator[int]:
    """The verbs that may give somebody a role."""
    for token in document.tokens:
        if token.pos in VERBAL and verb_lemma(token) in _INTERESTING:
            yield token.i


BE = frozenset("be become remain".split())
_INTERESTING = (
    BE | frozenset(lexicon.DEEDS) | lexicon.APPOINT | lexicon.SERVE | lexicon.LEAVE
    | words("roles", "interesting") | words("roles", "seats a member") | words("roles", "holds a post")
)  # fmt: skip


def _made_so(document: Document, v: int) -> bool:
    """Whether a participle behind "with" says what who is named was made: "with Ida Blom and Tom Hale elected as"."""
    verb = document[v]
    led = (document[verb.head],) if verb.dep == "pcomp" else document.kids(v) if verb.dep == "advcl" else ()
    after = document[v + 1].lower if v + 1 < len(document) else ""
    return after == "as" and any(t.lower == "with" for t in led)


def clause(index: MentionIndex, v: int) -> Iterator[Found]:
    """The roles that the clause of the verb at `v` gives its subject or object."""
    document = index.document
    verb = document[v]
    lemma = verb_lemma(verb)
    if any(k.dep == "neg" or k.lower in ("never", "not") for k in document.kids(v)):
        return
    passive = (
        any(k.dep in ("auxpass", "nsubjpass") for k in document.kids(v))
        or (
            verb.tag == "VBN"
            and verb.dep in ("acl", "advcl", "ROOT")
            and not any(k.dep == "aux" for k in document.kids(v))
            and index.person(min(v + 1, len(document) - 1)) is None
        )
        or _made_so(document, v)
    )
    if lemma in BE:
        yield from copula(index, v)
    elif lemma == "include":
        yield from included(index, v)
    elif lemma in lexicon.APPOINT or (lemma == "make" and passive):
        yield from appointment(index, v, passive)
    elif lemma in words("roles", "ends a tenure"):
        yield from replacement(index, v, passive)
    elif lemma in words("roles", "enters or leaves") or lemma in lexicon.SERVE | lexicon.LEAVE:
        yield from service(index, v)
    elif lemma in words("roles", "holds a post"):
        yield from held(index, v)
    if lemma in lexicon.DEEDS:
        yield from deed(index, v, passive)
    if lemma in words("roles", "seats a member"):
        yield from seat(index, v)
