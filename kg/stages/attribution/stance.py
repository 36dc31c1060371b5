"""What a source does with a content: asserts, denies, doubts, asks, demands; by its cue, then by its own words."""

from __future__ import annotations

from dataclasses import dataclass

from ...language.lexicon import words
from ...language.quotes import Quotes
from ...language.syntax import CLAUSE_SUBJECTS, VERBAL, child, clause_kind, has, has_word
from ...records.attribution import Stance
from ...text.document import Document, Token
from .constructions import Construction
from .cues import CueClass
from .drafts import Draft
from .statements import withholds

_BY_CLASS = {
    CueClass.ASSERTS: Stance.ASSERTS,
    CueClass.REPORTS: Stance.ASSERTS,
    CueClass.CALLS: Stance.ASSERTS,
    CueClass.BELIEVES: Stance.ASSERTS,
    CueClass.EXPECTS: Stance.ASSERTS,
    CueClass.KNOWS: Stance.ASSERTS,
    CueClass.ACCUSES: Stance.ASSERTS,
    CueClass.DENIES: Stance.DENIES,
    CueClass.DOUBTS: Stance.DOUBTS,
    CueClass.ASKS: Stance.ASKS,
    CueClass.DEMANDS: Stance.DEMANDS,
}
_NEGATIONS = words("speech", "negation")
_DEMANDING = words("speech", "demanding")
_DOUBTING = frozenset("doubt question wonder".split())
_DENYING = words("speech", "denying")
_FIRST_PERSON = frozenset(("i", "we"))


@dataclass(frozen=True, slots=True)
class _Root:
    """The verb that governs a content, with what bears on its mood."""

    verb: Token
    subject: str
    negated: bool


def stance_of(document: Document, quotes: Quotes, draft: Draft) -> Stance:
    """The stance of a draft: a negated belief denies, a question asks, an imperative demands.

    Only words of speaking and believing let the content decide: "we urge" in
    somebody's mouth is a demand, whatever verb reports it.
    """
    base = _BY_CLASS.get(draft.cls, Stance.OTHER)
    if draft.head is not None and withholds(document, document[draft.head]):
        return Stance.HEDGES
    if draft.head is not None and _negated(document, document[draft.head]):
        return Stance.OTHER if document[draft.head].lemma == "aware" else _turned(draft.cls, base)
    if base is not Stance.DENIES and _scorns_claim(document, draft):
        return Stance.DENIES
    if _is_demand(document, draft):
        return Stance.DEMANDS
    if draft.cls in (CueClass.ASSERTS, CueClass.REPORTS):
        return _by_content(document, quotes, draft)
    return base


def _is_demand(document: Document, draft: Draft) -> bool:
    """Whether a cue of saying or asking demands: "told them to go", "asked for help".

    Not "he is said to have fled", where what the infinitive is said of stands before the cue.
    """
    if draft.cls not in (CueClass.ASSERTS, CueClass.ASKS):
        return False
    turned = draft.head is not None and draft.content[0] < draft.head
    infinitive = draft.construction is Construction.CLAUSE and not turned and _is_infinitive(document, draft)
    if infinitive and not _says_of_himself(document, draft):
        return True
    return draft.cls is CueClass.ASKS and _asks_for(document, draft)


def _turned(cls: CueClass, base: Stance) -> Stance:
    """The stance of a negated cue: "does not believe" denies, "has no doubt" asserts, "did not say" does neither."""
    if cls in (CueClass.BELIEVES, CueClass.EXPECTS):
        return Stance.DENIES
    return Stance.ASSERTS if base is Stance.DOUBTS else Stance.OTHER


def _negated(document: Document, head: Token) -> bool:
    around = list(document.kids(head.i))
    if head.pos not in VERBAL and document[head.head].pos in VERBAL:
        around += [k for k in document.kids(head.head) if k.dep in ("neg", "det")]
    longer = any(k.lower == "longer" and document[k.i - 1].lower == "no" for k in around)
    negated = any(k.lower in _NEGATIONS and (k.dep in ("neg", "det", "preconj")) for k in around)
    return negated or longer or _is_left_undone(document, head) or _is_taken_back(document, head)


def _is_taken_back(document: Document, noun: Token) -> bool:
    """Whether somebody takes back the claim: "withdrew his claim that", "walked back her statement that"."""
    above = document[noun.head]
    verb = document[above.head] if above.dep == "prep" and noun.dep == "pobj" else above
    if noun.pos in VERBAL or verb.pos not in VERBAL:
        return False
    return any(f"{verb.lemma} {rest}".strip() in _TAKING_BACK for rest in ("", document[verb.i + 1].lower))


def _is_left_undone(document: Document, head: Token) -> bool:
    """Whether somebody does not go so far as to say it: "stopped short of denying it", "failed to deny it"."""
    above = document[head.head]
    before = " ".join(document[i].lower for i in range(max(0, head.i - 2), head.i))
    if before in words("speech", "does not go so far"):
        return True
    if head.dep == "pcomp":
        return document[above.head].lemma in words("speech", "leaves undone")
    return head.dep == "xcomp" and above.lemma in words("speech", "leaves undone")


def _is_infinitive(document: Document, draft: Draft) -> bool:
    root = _root(document, draft)
    return root is not None and clause_kind(document, root.verb.i) == "to"


def _scorns_claim(document: Document, draft: Draft) -> bool:
    """Whether what is scorned is that something is so: "slammed claims that he lied", "scoffed at claims that"."""
    if draft.head is None or draft.content[0] <= draft.head:
        return False
    cue = [document[i].lemma if i == draft.head else document[i].lower for i in draft.cue]
    if document[draft.head].lemma not in _SCORNING and " ".join(cue) not in _SCORNING:
        return False
    for i in range(draft.cue[-1] + 1, draft.content[0] + 5):
        if document[i].lower in _CLAIMS:
            return document[i + 1].lower == "that"
        if document[i].pos not in words("parse", "before a claim"):
            return False
    return False


_TAKING_BACK = words("speech", "takes back")
_SCORNING = words("speech", "scorning")
_CLAIMS = words("speech", "claim")


def _says_of_himself(document: Document, draft: Draft) -> bool:
    """Whether an infinitive says what is or was, not what shall be: "claimed to know", "recalled to have read"."""
    root = _root(document, draft)
    if draft.head is not None and document[draft.head].lemma in _OF_HIMSELF:
        return True
    return root is not None and has_word(document, root.verb.i, ("aux",), ("have",))


_OF_HIMSELF = words("speech", "of himself")


def _asks_for(document: Document, draft: Draft) -> bool:
    head = draft.head
    return head is not None and any(
        k.lower == "for" and any(i in draft.content for i in document.subtree(k.i)) for k in document.kids(head)
    )


def _root(document: Document, draft: Draft) -> _Root | None:
    """The highest verb of the content's first sentence."""
    inside = set(draft.content)
    first = document[draft.content[0]].sentence
    for i in draft.content:
        token = document[i]
        if token.sentence != first:
            break
        if token.pos in VERBAL and (token.head not in inside or token.head == i):
            subject = child(document, i, *CLAUSE_SUBJECTS)
            return _Root(token, subject.lower if subject is not None else "", has(document, i, "neg"))
    return None


def _by_content(document: Document, quotes: Quotes, draft: Draft) -> Stance:
    """The stance that the words themselves take, where the cue only says that they were said."""
    last = document[draft.content[-1]]
    following = document[last.i + 1].text if last.i + 1 < len(document) else ""
    quoted = quotes.at[draft.content[0]] is not None
    if quoted and ("?" in last.text or (following == "?" and quotes.at[last.i] is not None)):
        return Stance.ASKS
    root = _root(document, draft)
    if root is None:
        return Stance.ASSERTS
    own = _of_speaker(root)
    if own is not None:
        return own
    if _is_hedged(document, root.verb):
        return Stance.HEDGES
    if has_word(document, root.verb.i, ("aux",), _OBLIGING) and root.verb.tag != "VBN":
        return Stance.DEMANDS  # three of four on annotated news; of "should" one of four
    ordered = quoted and not root.subject and root.verb.tag == "VB"
    if ordered and root.verb.i <= _first_word(document, draft) + 2:
        bare = not any(k.dep == "aux" for k in document.kids(root.verb.i) if k.lower not in ("do", "not"))
        return Stance.DEMANDS if bare else Stance.ASSERTS
    return Stance.ASSERTS


def _of_speaker(root: _Root) -> Stance | None:
    """The stance of "we deny it", "I doubt it", "we demand"; None where the speaker does not say what he does."""
    lemma = root.verb.lemma.lower()
    if root.subject not in _FIRST_PERSON:
        return None
    if lemma in _DOUBTING:
        return Stance.ASSERTS if root.negated else Stance.DOUBTS
    if root.negated or lemma not in _DENYING | _DEMANDING:
        return None
    return Stance.DENIES if lemma in _DENYING else Stance.DEMANDS


_OPEN = frozenset(("may", "might"))
_OBLIGING = frozenset(("must",))
_SURE = frozenset(("sure", "certain", "clear"))
_UNSURE = frozenset(("unsure", "uncertain", "unclear"))


def _is_hedged(document: Document, verb: Token) -> bool:
    """Whether words leave open what they tell: "it may have been a drone", "we cannot confirm", "it is too early".

    So does who does not know, or is not sure.
    """
    kids = list(document.kids(verb.i))
    negated = has(document, verb.i, "neg")
    if negated and verb.lemma == "know":
        return True
    if any(k.lower in _UNSURE or (negated and k.lower in _SURE) for k in kids):
        return True
    if has_word(document, verb.i, ("aux",), _OPEN) or withholds(document, verb):
        return True
    if any(k.lower == "early" and any(j.lower == "too" for j in document.kids(k.i)) for k in kids):
        return True
    known = [k for k in kids if k.dep == "dobj" and verb.lemma == "have" and k.lemma.lower() in _KNOWLEDGE]
    return any(has_word(document, k.i, ("det",), ("no",)) for k in known)


_KNOWLEDGE = words("speech", "knowledge")


def _first_word(document: Document, draft: Draft) -> int:
    return next((i for i in draft.content if document[i].pos not in ("PUNCT", "INTJ")), draft.content[0])
