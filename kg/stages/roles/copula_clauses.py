"""Roles said across a copula: what somebody is, was or will be."""

from __future__ import annotations

from collections.abc import Iterator

from ...language.lexicon import words
from ...records.role import RoleStatus
from ...text.document import Document
from .clause_dates import event_date, period_of
from .draft_role import Found, indefinite, make, past_partitive, sentence_end
from .holder_clauses import body_told_of, conditional, future, past_perfect, subject_of, verb_lemma
from .holder_lists import named_post
from .mention_index import MentionIndex
from .post_phrase import PostPhrase, read
from .role_lexicon import PostKind
from .tenure import Bounds

_TO_BE = words("roles", "to be")
_ONCE = words("roles", "once")


def copula(index: MentionIndex, v: int) -> Iterator[Found]:
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
            yield make(index, holder, phrase, at, 0.9, bounds, body_told_of(index, v), status)


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
    while k < stop and document[k].pos == "ADV":
        k += 1
    if document[k - 1].lower in words("roles", "makes little of") and document[k].lower in ("a", "an"):
        return ()  # whoever "is just a representative of a small country" is made little of
    k, one_of = past_partitive(document, k)
    phrases = read(index, k, stop)
    if not phrases or index.person(min(phrases[-1].end, stop - 1)) is not None:
        return ()
    first = phrases[0]
    # it is the attr, or the list's last was taken for it
    agreed = any(k - 2 * one_of <= kid.i < phrases[-1].end and kid.dep in _COMPLEMENTS for kid in document.kids(v))
    bare = first.begin == first.head and first.end == first.head + 1 and first.kind in _TOLD_BY_MORE
    if not agreed or (bare and not one_of) or praised(document, first):
        return ()
    return tuple(p for p in phrases if one_of or not p.plural)


_COMPLEMENTS = words("parse", "complement")
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
    when = event_date(index, v, end, stop)
    bounds = period_of(index, v, end, stop)
    came = verb.dep in ("xcomp", "advcl") and document[verb.head].lemma.lower() in words("roles", "came to be")
    if verb_lemma(verb) == "become" and when is not None and bounds.start is None:
        bounds = bounds._replace(start=when)
    if future(document, v) and not (came and document[verb.head].tag in ("VBD", "VBN")):
        return bounds, RoleStatus.DESIGNATE
    once = any(t.lower in _ONCE for t in document.tokens[v + 1 : phrases[0].begin + 1])
    dated = verb_lemma(verb) == "be" and when is not None
    over = verb.tag == "VBD" and (once or verb.dep == "relcl" or _meanwhile(document, v) or dated)
    return bounds, RoleStatus.FORMER if over or past_perfect(document, v) else None


def _meanwhile(document: Document, v: int) -> bool:
    """Whether the clause only says when something else happened: `while she was mayor`."""
    return document[v].dep == "advcl" and any(k.lower in ("when", "while") for k in document.kids(v))
