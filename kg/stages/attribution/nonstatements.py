"""What has the form of a statement and is none: words that nobody said, and a "deny" that refuses something."""

from __future__ import annotations

from ...language.lexicon import words
from ...language.syntax import FINITE, NOUN_SUBJECTS, has, has_word, is_negated, is_passive
from ...text.document import Document, Token
from ..entities.names import is_person_noun
from .cues import CueClass, is_cue
from .drafts import Draft
from .nouns import DOCUMENTS
from .unreal import is_unreal

_NOBODY = words("grammar", "nobody")
_TURNED_ROUND = words("grammar", "opens a condition turned round")
_GRANTED = words("speech", "granted")
"""What one who denies it does not grant."""

_TURNING_DOWN = frozenset(("reject", "dismiss", "refuse"))
_INDEFINITE = frozenset(("a", "an", "two"))
_OBJECTS = frozenset(("dobj", "dative"))


def is_unsaid(document: Document, draft: Draft) -> bool:
    """Whether a draft says what was not said.

    "No one said it was safe", "she would neither confirm nor deny it": there
    is no such statement. "The court denied him bail": nothing was called untrue.
    """
    if draft.head is None:
        return False
    head = document[draft.head]
    nobody = _is_nobody(document, draft.source, said=draft.cls is not CueClass.DENIES)
    if nobody or is_unreal(document, head):
        return True
    return any(unsaid(document, draft, head) for unsaid in _UNSAID)


def _is_gesture(document: Document, draft: Draft, head: Token) -> bool:
    """Whether a verb only shows somebody beside words in a sentence of their own: "“We won.” Hill nodded"."""
    apart = any(document[i].sentence != head.sentence for i in draft.content)
    return apart and head.lemma in words("speech", "gesture") and not has(document, head.i, "ccomp", "prt")


def _comes_upon(document: Document, draft: Draft, head: Token) -> bool:
    """Whether "find" is to come upon somebody: "officers found a man there", not "a study found men live longer"."""
    if head.lemma != "find" or not draft.source or document[draft.source[-1]].lemma.lower() in DOCUMENTS:
        return False
    if any(k.dep == "ccomp" and has(document, k.i, "aux", "mark") for k in document.kids(head.i)):
        return False
    whom = next((i for i in range(head.i + 1, min(head.i + 5, len(document))) if document[i].pos == "NOUN"), None)
    one = whom is not None and has_word(document, whom, ("det", "nummod"), _INDEFINITE)
    return whom is not None and one and is_person_noun(document[whom].lower)


def _is_idiom(document: Document, _: Draft, head: Token) -> bool:
    """Whether a verb belongs to a set phrase that nobody says: "rest assured that", "needless to say"."""
    before = " ".join(document[i].lower for i in range(max(0, head.i - 2), head.i + 1))
    return any(before.endswith(phrase) for phrase in words("speech", "set phrase"))


def _is_view(document: Document, draft: Draft, head: Token) -> bool:
    """Whether something is seen so by nobody in particular: "their homes were seen as a target", not "widely seen"."""
    return not draft.source and head.lemma in words("speech", "views") and not has(document, head.i, "advmod")


def _takes(document: Document, _: Draft, head: Token) -> bool:
    """Whether somebody takes, asks for or loses something: "claimed all ten wickets", "conceded most of the goals"."""
    taken = _TAKEN.get(head.lemma, frozenset())
    objects = [k for k in document.kids(head.i) if k.dep in _OBJECTS] if taken else []
    objects += [o for k in objects for of in document.kids(k.i) if of.lower == "of" for o in document.kids(of.i)]
    return any(k.lemma.lower() in taken for k in objects)


_TAKEN = {
    "claim": words("speech", "taken by who claims it"),
    "concede": words("speech", "lost by who concedes it"),
    "report": words("speech", "published by who reports it"),
}


def _perceives(document: Document, _: Draft, head: Token) -> bool:
    """Whether somebody sees or hears what happens: "saw her son win", "will see the square close", not "sees it as"."""
    if head.lemma not in words("speech", "perceiving"):
        return False
    clauses = [k for k in document.kids(head.i) if k.dep == "ccomp" and k.i > head.i]
    return any(k.tag in _BARE and not has(document, k.i, "mark", "aux") for k in clauses)


_BARE = frozenset(("VB", "VBG", "NN"))


def _is_not_told(document: Document, draft: Draft, head: Token) -> bool:
    """Whether nobody said it to anybody: "staff had not been instructed to check", "they were never told"."""
    return not draft.source and is_passive(document, head) and is_negated(document, head.i)


def _is_whenever(document: Document, draft: Draft, head: Token) -> bool:
    """Whether a clause tells when something is done, whoever then thinks so: "calls when he feels help is needed"."""
    if draft.cls not in (CueClass.BELIEVES, CueClass.FEELS) or head.tag not in ("VBZ", "VBP") or head.dep != "advcl":
        return False
    return has_word(document, head.i, ("advmod", "mark"), words("grammar", "opens a time without a date"))


def _is_yet_to_come(document: Document, _: Draft, head: Token) -> bool:
    """Whether nobody has said it so far: "relatives have yet to tell him", "she is still to answer"."""
    before = [document[i].lower for i in range(max(0, head.i - 2), head.i)]
    return before in (["yet", "to"], ["still", "to"])


def _is_condition(document: Document, _: Draft, head: Token) -> bool:
    """Whether what was said is only supposed, or denied: "had he thought so, he would go", "nor did she say so"."""
    first = next((k for k in document.kids(head.i) if k.dep == "aux" and k.lower in _TURNED_ROUND), None)
    if first is None or not any(k.dep in NOUN_SUBJECTS and first.i < k.i < head.i for k in document.kids(head.i)):
        return False
    sentence = document.sentences[head.sentence]
    before = document[first.i - 1].lower if first.i > sentence.start else ","
    supposed = first.lower != "did" and before in (",", "and", "but", "that")
    return before == "nor" or (supposed and document[sentence.end - 1].text != "?")


def _is_nobody(document: Document, source: tuple[int, ...], *, said: bool) -> bool:
    """Whether a source is "nobody", "no official" or "not a single one"; "No 10" is somebody.

    "Neither Moss nor Reed" is nobody of what is `said`, and both of what they do not deny.
    """
    if len(source) > 1 and document[source[0]].lower == "not" and document[source[1]].lower in ("a", "an", "one"):
        return True  # but not "not only Hill"
    for i in source:
        token = document[i]
        if token.head in source and token.head != i:
            continue
        if token.lower in _NOBODY:
            return True
        return token.pos != "NUM" and has_word(document, i, ("det", "preconj") if said else ("det",), _NOBODY)
    return False


def _refuses(document: Document, _: Draft, head: Token) -> bool:
    """Whether a verb refuses something to somebody: "denied him bail", "rejected his appeal"."""
    kids = list(document.kids(head.i))
    objects = [k for k in kids if k.dep in _OBJECTS]
    passive = has(document, head.i, "auxpass")
    given = [k for k in kids if k.dep == "nsubjpass"] if passive else objects
    if head.lemma in _TURNING_DOWN:
        return any(k.lemma in words("speech", "put before a court") for k in given)
    if head.lemma != "deny":
        return False
    return len(objects) > (0 if passive else 1) or any(k.lemma in _GRANTED for k in given)


def _leaves_open(document: Document, _: Draft, head: Token) -> bool:
    """Whether "deny" stands in "confirm or deny", not in "confirmed the call but denied it was his"."""
    first = document[head.head]
    if head.lemma != "deny" or first.lemma != "confirm":
        return False
    return has_word(document, first.i, ("cc",), ("or", "nor"))


def _is_put_to(document: Document, draft: Draft, head: Token) -> bool:
    """Whether "asked about it" only opens what somebody answers."""
    if draft.source or head.lower not in words("speech", "asked about it") or head.i + 1 >= len(document):
        return False
    return document[head.i + 1].lower == "about" and document.sentences[head.sentence].start in (head.i, head.i - 1)


def _calls_back(document: Document, draft: Draft, head: Token) -> bool:
    """Whether "recall" fetches somebody or something: "recalled its ambassador to Rome", "the maker recalled pills"."""
    fetched = (
        head.lemma == "recall"
        and any(k.dep == "dobj" for k in document.kids(head.i))
        and not has(document, head.i, "ccomp")
    )
    return fetched and any(document[i].ent == "ORG" for i in draft.source)


def _keeps(document: Document, _: Draft, head: Token) -> bool:
    """Whether "observe" keeps to something: "observes the Geneva convention", not "observed that it failed"."""
    after = document.tokens[head.i + 1 : head.i + 6]
    return head.lemma == "observe" and any(t.lower in words("speech", "kept by who observes it") for t in after)


def _interrogates(document: Document, _: Draft, head: Token) -> bool:
    """Whether somebody is asked, and nothing doubted: "police questioned the driver", not "questioned the plan"."""
    if head.lemma != "question":
        return False
    whom = next((k for k in document.kids(head.i) if k.dep in ("dobj", "nsubjpass")), None)
    asked = [whom] if whom is not None else []
    asked += [o for t in asked for of in document.kids(t.i) if of.lower == "of" for o in document.kids(of.i)]
    return any(_is_human(t) for t in asked)


def _is_human(token: Token) -> bool:
    noun = token.lemma.lower()
    return (
        token.ent == "PERSON"
        or noun == "people"
        or is_person_noun(noun)
        or token.lower in words("grammar", "he", "she")
    )


def _acts_itself(document: Document, draft: Draft, head: Token) -> bool:
    """Whether the source is the subject of what it is taken to say: "officers explaining the plan were heckled"."""
    who = document[head.head]
    inside = head.dep in ("acl", "relcl") and who.i in draft.source and who.dep in NOUN_SUBJECTS
    return inside and who.head in draft.content


def _follows_from_a_deed(document: Document, _: Draft, head: Token) -> bool:
    """Whether a clause tells what a deed shows, which is the writer's view: "left on Monday, suggesting that ..."."""
    deed = document[head.head]
    if head.tag != "VBG" or head.dep != "advcl" or head.i < 2 or document[head.i - 1].text != "," or deed.i > head.i:
        return False
    return head.lemma in words("speech", "tells what a deed shows") and deed.pos == "VERB" and not is_cue(deed.lower)


def _is_left_out(document: Document, _: Draft, head: Token) -> bool:
    """Whether a participle tells what was not said: "left without saying why"."""
    return head.tag == "VBG" and document[head.i - 1].lower == "without"


def _is_judged(document: Document, draft: Draft, head: Token) -> bool:
    """Whether a clause of saying only belongs to what the sentence is of: "everything he said was a lie"."""
    start = document.sentences[head.sentence].start
    judged = document[head.i + 1].tag in FINITE if head.i + 1 < len(document) else False
    return judged and document[start].lower in words("speech", "all that is said") and draft.content[-1] > head.i


def _only_cites(document: Document, _: Draft, head: Token) -> bool:
    """Whether a participle only says whom somebody has it from who reports it: "said, citing aides, that it fell"."""
    start = document.sentences[head.sentence].start
    if head.lemma != "cite" or head.tag != "VBG" or document[head.i - 1].text != ",":
        return False
    end = min(document.sentences[head.sentence].end, head.i + _FAR)
    told = any(document[i].tag in FINITE for i in range(start, head.i))
    return told and any(document[i].lower == "that" and document[i - 1].text == "," for i in range(head.i, end))


_FAR = 16
"""Tokens of whom somebody has it from."""


def _is_whatever(document: Document, _: Draft, head: Token) -> bool:
    """Whether something is so whatever somebody says of it."""
    return any(k.lower == "whatever" and k.i < head.i for k in document.kids(head.i))


def _is_opposed(document: Document, draft: Draft, head: Token) -> bool:
    """Whether a clause is the contrary of what was said: "contrary to what she said, it was safe".

    What the phrase itself holds was said: "contrary to claims that it was safe".
    """
    contrary = next((t for t in document.ancestors(head.i) if t.lower == "contrary"), None)
    if contrary is None:
        return False
    if any(k.lower == "what" and k.i < head.i for k in document.kids(head.i)):
        return True
    return not all(any(t.i == contrary.i for t in document.ancestors(i)) for i in draft.content)


_UNSAID = (
    _acts_itself, _follows_from_a_deed, _interrogates, _is_put_to, _is_yet_to_come, _is_not_told, _is_whenever,
    _is_condition, _is_gesture, _comes_upon, _is_idiom, _calls_back, _keeps, _takes, _is_view, _perceives, _refuses,
    _leaves_open, _is_opposed, _is_left_out, _is_judged, _is_whatever, _only_cites,
)  # fmt: skip
"""Ways to have the form of a statement and be none."""
