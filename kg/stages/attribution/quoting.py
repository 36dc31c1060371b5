"""Words that somebody passes on: in "the agency quoted the ministry as saying" the ministry speaks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from ...language.quotes import Quotes
from ...language.syntax import NOMINAL, VERBAL, agent, child, is_passive
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


def handed_on(
    document: Document, quotes: Quotes, drawn: Sequence[tuple[Draft, float]], kept: Sequence[tuple[Draft, float]]
) -> list[tuple[Draft, float]]:
    """What stands, with words that one says and another passes on given to who says them, once.

    Of "“It is shut,” Jo Hill said, according to the Herald" the Herald is found again by `passer`.
    """
    result: dict[tuple[tuple[int, ...], tuple[int, ...]], tuple[Draft, float]] = {}
    ends: dict[int, list[Draft]] = defaultdict(list)
    for inner, _ in (*kept, *drawn):
        if inner.source and inner.cue:
            ends[max(*inner.source, *inner.cue)].append(inner)
    for draft, sure in kept:
        passing = min((*draft.source, *draft.cue), default=0)
        near = (inner for i in range(passing - 1, passing - 1 - _FAR_ON, -1) for inner in ends.get(i, ()))
        said = next((inner for inner in near if _is_within(document, quotes, inner, draft)), draft)
        likely = result.get((said.cue, said.content), (said, 0.0))[1]
        result[said.cue, said.content] = said, max(sure, likely)
    return list(result.values())


def _is_within(document: Document, quotes: Quotes, inner: Draft, outer: Draft) -> bool:
    """Whether one draft's source and cue stand right before the cue of another with the same words."""
    own = {*inner.source, *inner.cue}
    if not (outer.cue and outer.source):
        return False
    passing = min(*outer.cue, *outer.source)
    if quotes.at[inner.cue[0]] != quotes.at[passing]:
        return False  # "“It is shut, Hill told us,” the Herald said"
    if not inner.content or max(inner.content) > min(own):
        return False
    words, whole = (
        {i for i in content if document[i].text.isalnum() and i < min(own)}
        for content in (inner.content, outer.content)
    )
    between = any(document[i].pos in VERBAL for i in range(max(own) + 1, passing))
    return not between and 10 * len(words & whole) >= 9 * len(words | whole)


def passer(document: Document, cue: Sequence[int]) -> Token | None:
    """Who passes on what is said, behind its cue: the Herald of "said, according to the Herald"."""
    last = cue[-1] if cue else len(document)
    near = range(last + 1, min(last + 1 + _FAR_ON + 2, len(document)))
    comma = next((i for i in near if document[i].text == ","), None)
    if comma is None or comma + 3 >= len(document) or document[comma + 1].sentence != document[last].sentence:
        return None
    if [document[comma + 1].lower, document[comma + 2].lower] == ["according", "to"]:
        return child(document, comma + 2, "pobj")
    return None


_FAR_ON = 8
"""Tokens between a cue and who passes on its words: "wrote in an email, according to"."""
