"""Contents and sources cut where the labeller takes in what the parse gives to other parts of the sentence."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from ...language.quotes import MARKS, Quotes
from ...text.document import Document, Token
from .cues import ATTITUDES, CueClass
from .drafts import Draft, subject_before
from .proposals import NOMINAL, VERBAL, Construction, trimmed
from .subjects import is_passive

_ADJUNCTS = frozenset(("prep", "npadvmod", "dative", "dobj", "advmod", "advcl"))
_MOST = 4
"""Further acts that are tried for one statement."""

_STRAY = frozenset("as by that which who whom to of for and or but so".split())
_JOINS = frozenset((",", "--", "—", "–", "-"))
_NO_ACTS = ATTITUDES | {CueClass.DISCUSSES}


def parted(document: Document, kept: Sequence[Draft], acts: Sequence[Draft]) -> list[Draft]:
    """The drafts, each cut where a further act of its source begins, which is a draft of its own.

    `acts` are drafts of the rules with a participle for a cue, in order: "she
    said it failed, calling it a shame".
    """
    result: list[Draft] = []
    at = [draft.head or 0 for draft in acts]
    ways: dict[tuple[int, ...], Draft] = {}
    for draft in kept:
        first = bisect_right(at, draft.head or 0)
        act = _next_act(document, draft, acts[first : first + _MOST]) if draft.head is not None else None
        if act is None:
            result.append(draft)
            continue
        before = trimmed(document, (i for i in draft.content if i < act.cue[0]))
        result.append(replace(draft, content=tuple(before)))
        ways[act.cue] = replace(act, source=draft.source)
    heads = {draft.head for draft in result}
    result = [replace(d, source=ways[d.cue].source) if d.cue in ways else d for d in result]
    return result + [act for act in ways.values() if act.head not in heads]


def tidied(document: Document, quotes: Quotes, draft: Draft) -> Draft:
    """The draft without words in its content that belong to its cue's clause or to the main clause."""
    if draft.head is None or not draft.content:
        return draft
    head, draft = draft.head, _with_title(document, quotes, draft)
    content = _of_subordinate(document, quotes, head, _after_colon(document, quotes, draft))
    content = _without_adjunct(document, quotes, head, content)
    content = _without_strays(document, content)
    kept = tuple(trimmed(document, content))
    if kept == draft.content or not any(document[i].pos != "PUNCT" for i in kept):
        return draft
    return replace(draft, content=kept)


def _with_title(document: Document, quotes: Quotes, draft: Draft) -> Draft:
    """The draft of a quotation with what stands right before the source in the source: “No,” survivor Jo Hill said."""
    held = set(draft.content)
    first = min(draft.source, default=0)
    start = first
    while start - 1 in held and quotes.at[start - 1] is None and _may_be_title(document[start - 1]):
        start -= 1
    title = range(start, first)
    if not title or quotes.at[start - 1] is None or not held - set(title):
        return draft
    return replace(
        draft,
        source=tuple(sorted({*draft.source, *title})),
        content=tuple(i for i in draft.content if i not in title),
    )


def _may_be_title(token: Token) -> bool:
    """Whether a word can stand before a name: a noun, also one that the tagger takes for a verb without an ending."""
    return token.pos in NOMINAL or token.pos == "ADJ" or token.tag == "VB"


def own_sentences(document: Document, quotes: Quotes, kept: Sequence[Draft]) -> list[Draft]:
    """The drafts without words outside quotation marks of a later sentence that has a statement of its own."""
    heads = {document[draft.head].sentence for draft in kept if draft.head is not None and draft.source}
    return [_own_sentences(document, quotes, draft, heads) for draft in kept]


def _own_sentences(document: Document, quotes: Quotes, draft: Draft, heads: set[int]) -> Draft:
    if draft.head is None or draft.construction is Construction.LABEL:
        return draft
    own = document[draft.head].sentence
    others = {s for s in {document[i].sentence for i in draft.content} if s > own and s in heads}
    if not others:
        return draft
    kept = [i for i in draft.content if document[i].sentence not in others or quotes.at[i] is not None]
    content = tuple(trimmed(document, kept))
    return replace(draft, content=content) if content and content != draft.content else draft


def joined_sources(document: Document, kept: Sequence[Draft]) -> list[Draft]:
    """The drafts with one source for verbs that are joined: "... Lopez accused him and chided her"."""
    sources = {draft.head: draft.source for draft in kept if draft.head is not None and draft.source}
    result = []
    for draft in kept:
        head = document[draft.head] if draft.head is not None else None
        first = sources.get(head.head, ()) if head is not None and head.dep == "conj" else ()
        shares = bool(set(first) & set(draft.source)) and first != draft.source
        result.append(replace(draft, source=first) if shares else draft)
    return result


def right_source(document: Document, draft: Draft) -> Draft:
    """The draft with another source where its own is who is spoken of, or a place taken for the subject."""
    if draft.head is None or not draft.source or draft.construction is Construction.RELAYED:
        return draft
    head = document[draft.head]
    inside = set(draft.source)
    if draft.cls in _OF_SOMEBODY and is_passive(document, head):
        undergoer = next((k.i for k in document.kids(head.i) if k.dep == "nsubjpass"), None)
        if undergoer in inside:
            return replace(draft, source=(), content=tuple(sorted({*draft.content, *inside} - set(draft.cue))))
    top = next((document[i] for i in draft.source if document[i].head not in inside), document[draft.source[0]])
    if head.tag == "VBG" and top.ent in ("GPE", "LOC", "DATE") and top.dep in ("pobj", "npadvmod", "appos"):
        who = subject_before(document, head)
        if who:
            return replace(draft, source=tuple(who))
    return draft


_OF_SOMEBODY = frozenset((CueClass.CALLS, CueClass.JUDGES, CueClass.ACCUSES, CueClass.DENIES))
"""Classes whose object, or passive subject, is who is spoken of."""


def participles(document: Document, drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts, in order, whose cue is a participle that opens a further act: "..., saying it was late"."""
    found = [
        d
        for d in drafts
        if d.head is not None
        and document[d.head].tag == "VBG"
        and d.cue[0] > 0
        and _parts(document, d.cue[0])
        and d.content
        and d.cls not in _NO_ACTS
        and d.content[0] > d.head
    ]
    return sorted(found, key=lambda d: (d.head or 0, d.cue))


def _parts(document: Document, i: int) -> bool:
    """Whether a comma or a dash stands before a token, quotation marks passed over."""
    while i > 0 and document[i - 1].text in MARKS:
        i -= 1
    return i > 0 and document[i - 1].text in _JOINS


def _next_act(document: Document, draft: Draft, acts: Sequence[Draft]) -> Draft | None:
    """The first act after a draft's cue that has all that follows in the draft's content."""
    for act in acts:
        if not draft.content or act.cue[0] > draft.content[-1]:
            break
        tail = [i for i in draft.content if i > act.cue[-1]]
        own = {*act.content, *act.cue}
        missing = sum(i not in own and document[i].pos != "PUNCT" for i in tail)
        before = any(i < act.cue[0] and document[i].pos != "PUNCT" for i in draft.content)
        if draft.source and tail and before and missing <= 2 and _same_sentence(document, act, draft):
            return act
    return None


def _same_sentence(document: Document, act: Draft, draft: Draft) -> bool:
    assert act.head is not None
    assert draft.head is not None
    return document[act.head].sentence == document[draft.head].sentence


def _of_subordinate(document: Document, quotes: Quotes, head: int, content: tuple[int, ...]) -> tuple[int, ...]:
    """The content without the main clause that follows: "although aides said it was so, nobody knew"."""
    top = document[head]
    while top.dep == "conj" and document[top.head].pos in VERBAL:
        top = document[top.head]
    marked = any(k.dep in ("mark", "advmod") and k.i < top.i and k.tag in ("IN", "WRB") for k in document.kids(top.i))
    if top.dep != "advcl" or top.head < top.i or not marked:
        return content
    last = document.subtree(top.i)[-1]
    if last + 1 < len(document) and document[last + 1].text == "," and content[0] <= last < content[-1]:
        return tuple(i for i in content if i <= last or quotes.at[i] is not None)
    return content


def _after_colon(document: Document, quotes: Quotes, draft: Draft) -> tuple[int, ...]:
    """The content from the quotation on that a colon opens and the cue closes: "Hill was sure: “We won,” he said"."""
    assert draft.head is not None
    for n, i in enumerate(draft.content[:-1]):
        if document[i].text == ":" and quotes.at[i] is None and i < draft.head:
            opens = draft.content[n + 1] == i + 1 and quotes.at[i + 1] is not None
            before = [k for k in draft.content[:n] if quotes.at[k] is not None]
            closes = quotes.at[draft.content[-1]] is not None and draft.content[-1] < min((*draft.cue, *draft.source))
            return draft.content[n + 1 :] if opens and closes and not before else draft.content
    return draft.content


def _without_adjunct(document: Document, quotes: Quotes, head: int, content: tuple[int, ...]) -> tuple[int, ...]:
    """A quotation before its cue without the cue's own adjuncts: "“No,” she told them in the interview on air"."""
    before = [i for i in content if i < head]
    after = [i for i in content if i > head]
    if (
        document[head].pos not in VERBAL
        or not before
        or not after
        or quotes.at[before[-1]] is None
        or any(quotes.at[i] is not None for i in after)
    ):
        return content
    own = {i for k in document.kids(head) if k.dep in _ADJUNCTS and k.i > head for i in document.subtree(k.i)}
    first = document[after[0]]
    if first.lower == "that" or not set(after) <= own | {i for i in after if document[i].pos == "PUNCT"}:
        return content
    return tuple(before)


def _without_strays(document: Document, content: tuple[int, ...]) -> tuple[int, ...]:
    """The content without single words that only join: the "as" of "as the paper reported"."""
    inside = set(content)
    return tuple(
        i
        for i in content
        if i - 1 in inside or i + 1 in inside or document[i].lower not in _STRAY or document[i].pos in NOMINAL
    )


def is_somebody(document: Document, draft: Draft) -> bool:
    """Whether the words of a source can name who speaks: not a day, an infinitive, or part of an idiom ("all told")."""
    if not draft.source or draft.construction is Construction.LABEL:
        return True
    first = document[draft.source[0]]
    words = [document[i] for i in draft.source if document[i].pos not in ("DET", "ADJ", "NUM", "PUNCT", "ADP")]
    if document[draft.source[-1]].lower != "old" and all(
        t.ent in ("DATE", "TIME") and (t.lower in _TIMES or t.pos == "PROPN") for t in words
    ):
        return not any(t.ent in ("DATE", "TIME") for t in words)
    if any(document[i].lower == "to" and document[i + 1].tag == "VB" for i in draft.source[:2]):
        return False
    idiom = len(draft.source) == 1 and draft.head == first.i + 1 and document[draft.head].lower == "told"
    return not (idiom and first.lower in ("all", "truth"))


_TIMES = frozenset(
    "second seconds minute minutes hour hours day days week weeks weekend month months quarter year years decade "
    "decades century morning afternoon evening night noon today yesterday tomorrow".split()
)
