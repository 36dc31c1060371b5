"""Words that somebody passes on: in "the agency quoted the ministry as saying" the ministry speaks."""

from __future__ import annotations

from dataclasses import replace

from ...language.quotes import Quotes
from ...language.syntax import NOMINAL, agent, child, is_passive
from ...text.document import Document, Token
from .constructions import Construction, trimmed
from .drafts import Draft, made

QUOTING = frozenset(("quote", "cite"))
"""Verbs whose object, or passive subject, is who speaks."""

_REACH = 15
"""Tokens before "as saying" within which the verb of quoting is looked for: the parse hangs "as" anywhere."""


def relayed(document: Document, quotes: Quotes, drafts: list[Draft]) -> list[Draft]:
    """The drafts with what is quoted of somebody given to him: one statement in place of quoting and saying.

    Whoever quotes is found again by `quoter`.
    """
    result: list[Draft] = []
    taken: set[int] = set()
    dealt = {draft.head: draft.content for draft in drafts}
    for draft in drafts:
        verb = _quoting_above(document, draft)
        whom = _quoted(document, quotes, verb) if verb is not None else None
        if verb is None or whom is None:
            result.append(draft)
            continue
        cue = tuple(sorted({*_group(document, verb), draft.cue[0] - 1, *draft.cue}))
        named = trimmed(document, document.subtree(whom))
        # a quotation before both is dealt to the verb of quoting
        said = draft.content or tuple(i for i in dealt.get(verb.i, ()) if quotes.at[i] is not None)
        result.append(replace(draft, cue=cue, source=tuple(named), content=said, construction=Construction.RELAYED))
        taken.add(verb.i)
    return [_of_quoted(document, quotes, draft) for draft in result if draft.head not in taken]


def _quoted(document: Document, quotes: Quotes, verb: Token) -> int | None:
    """Whose words a verb of quoting passes on, as the head of his name; None if no words of it stand outside marks."""
    deps = ("nsubjpass",) if is_passive(document, verb) else ("dobj",)
    for kid in document.kids(verb.i):
        if kid.dep in deps and quotes.at[kid.i] is None:
            return kid.i
    return None


def quoter(document: Document, verb: Token) -> Token | None:
    """Who quotes, where that is not the one who is quoted: the subject, or the agent of the passive.

    >>> from kg.text.document import Article, parse
    >>> document = parse(Article("He was quoted by the paper."))
    >>> quoter(document, document[2]).text
    'paper'
    """
    for kid in document.kids(verb.i):
        if kid.dep == "nsubj":
            return kid
        if kid.dep == "agent":
            return agent(document, verb.i)
    if verb.dep in ("acl", "advcl"):
        head = document[verb.head]
        if head.pos in NOMINAL:
            return head
        return child(document, head.i, "nsubj")
    return None


def _quoting_above(document: Document, draft: Draft) -> Token | None:
    """The verb of quoting that "as saying" hangs on, on the verb itself or on its object."""
    if draft.head is None or document[draft.head].tag != "VBG":
        return None
    as_ = document[document[draft.head].head]
    if as_.lower != "as":
        return None
    for i in range(as_.i - 1, max(document.sentences[as_.sentence].start, as_.i - _REACH) - 1, -1):
        token = document[i]
        if token.pos == "VERB":
            return token if token.lemma in QUOTING else None
    return None


def _group(document: Document, verb: Token) -> list[int]:
    """A verb with the auxiliaries right before it."""
    kids = {k.i for k in document.kids(verb.i) if k.dep in ("aux", "auxpass")}
    first = verb.i
    while first - 1 in kids:
        first -= 1
    return list(range(first, verb.i + 1))


def _of_quoted(document: Document, quotes: Quotes, draft: Draft) -> Draft:
    """A draft of "the report quoted the ministry: “...”" with the ministry as source."""
    if draft.head is None or document[draft.head].lemma != "quote" or is_passive(document, document[draft.head]):
        return draft
    verb = document[draft.head]
    whom = _quoted(document, quotes, verb)
    words = [i for i in draft.content if quotes.at[i] is not None]
    if whom is None or not words:
        return draft
    named = [i for i in document.subtree(whom) if i < words[0] - 1]
    before = {i for i in draft.content if i < words[0] - 1}
    if document[words[0] - 1].text not in (":", ",") or any(quotes.at[i] is not None for i in named):
        return draft
    own = made(document, quotes, verb, list(draft.cue), named, words, draft.cls, Construction.RELAYED)
    return own if own is not None and own.content and before <= set(named) else draft
